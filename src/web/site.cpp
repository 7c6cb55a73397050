#include "web/site.h"

#include <algorithm>

#include "app/trouble.h"
#include "web/assets.h"
#include "web/gate.h"

namespace horisont::web {
namespace {

std::vector<std::string> hosts_of(int port) {
  std::vector<std::string> hosts;
  for (const char* name : {"horisont.localhost", "localhost", "127.0.0.1", "[::1]"})
    hosts.push_back(std::string(name) + ":" + std::to_string(port));
  return hosts;
}

std::string cookie_of(const Head& head, std::string_view name) {
  std::string_view cookies = head.header("cookie");
  while (!cookies.empty()) {
    std::string_view one = cookies.substr(0, cookies.find(';'));
    cookies.remove_prefix(std::min(cookies.size(), one.size() + 1));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.starts_with(name) && one.size() > name.size() && one[name.size()] == '=')
      return std::string(one.substr(name.size() + 1));
  }
  return "";
}

std::string session_name(int port) { return "horisont-" + std::to_string(port); }

// Where a stranger may come.
bool open_to_all(const Head& head) {
  return head.path.starts_with("/statisk/") || head.path == "/oppna" || head.path == "/kontroll/kod";
}

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> parts;
  for (std::size_t at = 1; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    parts.emplace_back(path.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

// The parts that the pattern's stars stand for.
std::optional<std::vector<std::string>> matched(std::string_view pattern, const std::vector<std::string>& path) {
  const auto expected = split(pattern);
  if (expected.size() != path.size()) return std::nullopt;
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (expected[i] == "*" && !path[i].empty())
      parts.push_back(path[i]);
    else if (expected[i] != path[i])
      return std::nullopt;
  }
  return parts;
}

// A path of ours to go on to; a stranger's word leads nowhere else.
std::string own_path(const std::string& path) {
  const bool ours = path.starts_with('/') && !path.starts_with("//") && path.find_first_of("\\\r\n") == path.npos;
  return ours ? path : "/";
}

}  // namespace

void DraftTrail::became(std::uint32_t before, std::uint32_t after) {
  const std::lock_guard lock(mutex_);
  if (after > before) next_[before] = after;
}

std::optional<std::uint32_t> DraftTrail::now(std::uint32_t draft) const {
  const std::lock_guard lock(mutex_);
  std::optional<std::uint32_t> end;
  for (auto next = next_.find(draft); next != next_.end(); next = next_.find(next->second)) end = next->second;
  return end;
}

void LogChecks::found(const std::string& project, Check check) {
  const std::lock_guard lock(mutex_);
  last_.insert_or_assign(project, std::move(check));
}

std::optional<LogChecks::Check> LogChecks::last(const std::string& project) const {
  const std::lock_guard lock(mutex_);
  const auto found = last_.find(project);
  return found == last_.end() ? std::nullopt : std::optional(found->second);
}

namespace {

// A large project is read once, beside the request; who asks meanwhile is told so. Nothing: it is known, or soon read.
std::optional<Response> being_read(const Visit& visit) {
  Site& site = visit.site;
  std::string address = visit.request.head.path;
  for (const auto& [name, value] : visit.request.head.query)
    address += (address.size() == visit.request.head.path.size() ? "?" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
  const auto known_at = visit.known_at();
  if (site.snapshots.has(visit.project, visit.today, known_at)) return std::nullopt;
  const std::string key = "known " + visit.project + " " + visit.today.iso() + (known_at ? " " + known_at->iso() : "");
  const std::uint32_t number = site.jobs.begin(
      visit.project, {"web.being-read", {}}, "/",
      [&site, project = visit.project, today = visit.today, known_at](Job&) { site.snapshots.of(project, today, known_at); }, key);
  site.jobs.wait(number, site.options.patience);
  if (site.jobs.is_over(number)) return std::nullopt;
  Response response = page(visit, visit.t("web.being-read"),
                           el("div", {{"data-poll", address}}, el("p", {{"role", "status"}}, visit.t("web.being-read.lead")),
                              el("progress", {{"aria-label", visit.t("web.job.progress")}}),
                              el("p", el("a", {{"href", address}, {"class", "button"}}, visit.t("web.job.again")))),
                           503);
  response.headers.emplace_back("Retry-After", "2");
  return response;
}

}  // namespace

Site::Site(SiteOptions with, Workspace&& workspace) : options(std::move(with)), snapshots(std::move(workspace)) {}

std::optional<Response> Site::admit(const Head& head) {
  if (const auto refusal = judge(head, hosts_of(options.port))) return refuse(*refusal);
  if (open_to_all(head)) {
    constexpr std::uint64_t code_form = 4096;
    return head.length > code_form ? std::optional(refuse({413, "web.gate.large-form"})) : std::nullopt;
  }
  if (sessions.form_token(cookie_of(head, session_name(options.port)))) return std::nullopt;
  return refuse({403, "web.gate.not-opened"});
}

std::string Site::opening(std::string path, std::chrono::seconds valid) {
  return "/oppna?kod=" + sessions.new_code(own_path(path), valid, Sessions::Clock::now());
}

Response Site::refuse(const Refusal& refusal, Language language) {
  Response response{.status = refusal.status};
  const auto t = [&](const std::string& id) { return words({id, {}}, language); };
  const std::string title = t("web.refused");
  response.body =
      "<!doctype html>" +
      el("html", {{"lang", language == Language::Swedish ? "sv" : "en"}},
         el("head", el("meta", {{"charset", "utf-8"}}),
            el("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}),
            el("title", title + " – Horisont"),
            el("link", {{"rel", "stylesheet"}, {"href", std::string(asset_path("horisont.css"))}}),
            el("link", {{"rel", "icon"}, {"type", "image/svg+xml"}, {"href", std::string(asset_path("horisont.svg"))}})),
         el("body", el("main", {{"class", "alone"}}, el("h1", title), el("p", t(refusal.text)),
                       el("p", {{"class", "small"}}, words({"web.refused.status", {std::to_string(refusal.status)}}, language)))))
          .markup();
  return response;
}

Response Site::answer(const Request& request) {
  const Language language = request.query("lang") == "en"   ? Language::English
                            : request.query("lang") == "sv" ? Language::Swedish
                            : cookie_of(request.head, "horisont-lang") == "en"
                                ? Language::English
                                : (cookie_of(request.head, "horisont-lang") == "sv" ? Language::Swedish : options.language);
  try {
    const std::string& path = request.head.path;
    if (path.starts_with("/statisk/")) {
      if (auto asset = asset_response(path)) return std::move(*asset);
      return refuse({404, "web.not-found"}, language);
    }
    if (path == "/oppna" && request.head.method == "GET") {
      const auto opened = sessions.use_code(request.query("kod"), Sessions::Clock::now());
      if (!opened) return refuse({403, "web.gate.code-used"}, language);
      Response response = see_other(opened->path);
      response.headers.emplace_back("Set-Cookie",
                                    session_name(options.port) + "=" + opened->cookie + "; HttpOnly; SameSite=Strict; Path=/");
      return response;
    }
    if (path == "/kontroll/kod" && request.head.method == "POST") {
      if (options.secret.empty() || !same_secret(request.field("hemlighet"), options.secret))
        return refuse({403, "web.gate.other-site"}, language);
      const bool minutes = request.field("giltig") == "900";
      return {.status = 200,
              .type = "text/plain; charset=utf-8",
              .headers = {},
              .body = opening(request.field("till"), std::chrono::seconds(minutes ? 900 : 60))};
    }
    const auto token = sessions.form_token(cookie_of(request.head, session_name(options.port)));
    if (!token) return refuse({403, "web.gate.not-opened"}, language);
    if (request.head.method == "POST" && !same_secret(request.field("token"), *token))
      return refuse({403, "web.gate.token"}, language);
    if (request.head.method == "POST" && path == "/sprak") {
      Response response = see_other(own_path(request.field("till")));
      response.headers.emplace_back("Set-Cookie", std::string("horisont-lang=") +
                                                      (request.field("lang") == "en" ? "en" : "sv") +
                                                      "; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000");
      return response;
    }
    Visit visit{.site = *this,
                .request = request,
                .language = language,
                .token = *token,
                .path = path,
                .today = options.today(),
                .now = options.now()};
    // A table's other forms have its address with an ending; other addresses may end so themselves.
    Visit::Form form = Visit::Form::Page;
    std::string table = path;
    for (const auto& [ending, named] :
         {std::pair{".csv", Visit::Form::Csv}, {".json", Visit::Form::Json}, {".xlsx", Visit::Form::Xlsx}})
      if (path.ends_with(ending)) form = named, table.resize(path.size() - std::string_view(ending).size());
    const auto parts = split(path), table_parts = split(table);
    const std::string method = request.head.method == "HEAD" ? "GET" : request.head.method;
    int status = 404;
    for (const Route& route : routes()) {
      auto found = matched(route.pattern, route.lists ? table_parts : parts);
      if (!found) continue;
      const bool of_project = route.pattern.starts_with("/p/*");
      if (of_project && !snapshots.workspace().project(found->front())) continue;
      if (route.method != method) {
        status = 405;
        continue;
      }
      if (of_project) {
        visit.project = found->front();
        found->erase(found->begin());
        // What was known on a day is asked on that day: nothing is late that was not.
        if (const auto day = Date::parse(request.query("kand"))) visit.today = std::min(visit.today, *day);
        // A file that is asked for waits; a page says why it is not there yet.
        if (method == "GET" && form == Visit::Form::Page)
          if (auto response = being_read(visit)) return std::move(*response);
        visit.refresh();
        // What is known now is never shown for what was known on a day that there is not.
        if (const std::string& day = request.query("kand"); !day.empty())
          if (const auto read = Date::parse(day); !read)
            return message_page(visit, 400, visit.t("web.not-found.title"), visit.say(read.error().message), path);
      }
      if (route.lists) visit.form = form, visit.path = table;
      visit.parts = std::move(*found);
      return route.answer(visit);
    }
    return message_page(visit, status, visit.t("web.not-found.title"), visit.t("web.not-found"), "/");
  } catch (const std::exception& error) {
    const auto trouble = trouble_of(error);
    if (!trouble) return refuse({500, "web.gate.our-fault"}, language);
    Response response = refuse({503, "web.gate.trouble"}, language);
    const std::string why = Html(words(trouble->message, language, Surface::Page)).markup();
    response.body.insert(response.body.find("<p class="), "<p>" + why + "</p>");
    return response;
  }
}

void Visit::refresh() {
  snapshot = site.snapshots.of(project, today, known_at());
}

std::optional<Moment> Visit::known_at() const {
  const auto day = Date::parse(request.query("kand"));
  return day ? std::optional(Moment::of_seconds((std::int64_t{day->days()} + 1) * 86400 - 1)) : std::nullopt;
}

}  // namespace horisont::web
