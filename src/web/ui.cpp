#include "web/ui.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <iostream>

#include "app/running.h"
#include "app/table.h"
#include "web/gate.h"
#include "web/server.h"
#include "web/site.h"

namespace horisont {
namespace {

constexpr int unreadable = 3, machine_failed = 74;

std::string address(const char* name, int port, const std::string& path) {
  return "http://" + std::string(name) + ":" + std::to_string(port) + path;
}

// The server that a signal stops. What was begun is answered; a second signal ends the program at once.
std::atomic<web::Server*> stopped_by_signal = nullptr;

extern "C" void stop_server(int) {
  if (web::Server* server = stopped_by_signal) server->stop();
}

class StopOnSignal {
 public:
  explicit StopOnSignal(web::Server& server) {
    stopped_by_signal = &server;
    struct sigaction action {};
    action.sa_handler = stop_server;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, &interrupt_);
    sigaction(SIGTERM, &action, &terminate_);
  }
  ~StopOnSignal() {
    sigaction(SIGINT, &interrupt_, nullptr);
    sigaction(SIGTERM, &terminate_, nullptr);
    stopped_by_signal = nullptr;
  }
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

 private:
  struct sigaction interrupt_ {}, terminate_ {};
};

// The browser of the desktop, where there is one. The program goes on whatever becomes of it.
void open_browser(const std::string& url) {
  if (!std::getenv("DISPLAY") && !std::getenv("WAYLAND_DISPLAY")) return;
  const pid_t child = fork();
  if (child == 0) {
    if (fork() == 0) execlp("xdg-open", "xdg-open", url.c_str(), static_cast<char*>(nullptr));
    _exit(0);
  }
  if (child > 0) waitpid(child, nullptr, 0);
}

void tell(const UiOptions& options, int port, const std::string& path) {
  const std::string url = address("horisont.localhost", port, path);
  *options.out << url << std::endl;
  *options.messages << words({"web.ui.open", {address("127.0.0.1", port, path)}}, options.language) << std::endl;
  if (options.browser) open_browser(url);
}

std::optional<std::string> code_of_running(const Running& running, const std::string& path, bool long_valid) {
  return web::ask_running(running.port, "/kontroll/kod",
                          "hemlighet=" + web::percent_encoded(running.secret) + "&till=" + web::percent_encoded(path) +
                              (long_valid ? "&giltig=900" : ""));
}

}  // namespace

int serve_pages(const UiOptions& options) {
  if (const auto running = read_running(options.home))
    if (const auto path = code_of_running(*running, "/", false)) {
      *options.messages << words({"web.ui.running", {std::to_string(running->port)}}, options.language) << std::endl;
      tell(options, running->port, *path);
      return 0;
    }
  auto workspace = open_workspace(options.home, options.share);
  if (!workspace) {
    for (const Finding& finding : workspace.error()) *options.messages << as_text(finding, options.language);
    return unreadable;
  }
  const auto server = web::Server::bind(options.port);
  if (!server) {
    *options.messages << words({"web.ui.no-port", {std::to_string(options.port)}}, options.language) << std::endl;
    return machine_failed;
  }
  web::SiteOptions with{.home = options.home,
                        .share = options.share,
                        .account = options.account,
                        .language = options.language,
                        .today = options.today,
                        .now = options.now,
                        .port = server->port(),
                        .secret = web::random_secret(),
                        .stop = [&] { server->stop(); }};
  const Running running{with.port, with.secret};
  web::Site site{std::move(with), std::move(*workspace)};
  write_running(options.home, running);
  tell(options, running.port, site.opening("/", std::chrono::seconds(60)));
  *options.messages << words({"web.ui.stop", {}}, options.language) << std::endl;
  const auto uploads = std::filesystem::temp_directory_path() / ("horisont-" + web::random_secret().substr(0, 16));
  const StopOnSignal by_signal(*server);
  constexpr std::chrono::hours idle{12}, always{24 * 36'500};
  server->run({.admit = [&](const web::Head& head) { return site.admit(head); },
               .answer = [&](const web::Request& request) { return site.answer(request); },
               .refuse = [&](const web::Refusal& refusal) { return site.refuse(refusal); }},
              uploads, options.service ? always : idle);
  forget_running(options.home, running);
  std::error_code ignored;
  std::filesystem::remove_all(uploads, ignored);
  *options.messages << words({"web.ui.stopped", {}}, options.language) << std::endl;
  return 0;
}

std::vector<std::string> page_links(const std::filesystem::path& home, const std::vector<std::string>& paths, bool long_valid) {
  std::vector<std::string> links;
  const auto running = read_running(home);
  if (!running) return links;
  for (const std::string& path : paths) {
    const auto opening = code_of_running(*running, path, long_valid);
    if (!opening) return {};
    links.push_back(address("127.0.0.1", running->port, *opening));
  }
  return links;
}

}  // namespace horisont
