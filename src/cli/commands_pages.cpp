#include "cli/commands.h"
#include "web/ui.h"

namespace horisont {
namespace {

int ui_command(const Command& command, int port, bool browser, bool service) {
  if (port < 1 || port > 65535) throw Stop{WrongUsage, {"cli.wrong-port", {std::to_string(port)}}};
  command.open();  // no pages without an installation
  const Surroundings& here = command.here();
  UiOptions options{.home = command.home(), .share = here.share, .account = here.account, .language = command.language()};
  const Date day = command.today();
  const bool fixed = day != here.today;
  options.today = fixed || !here.today_then ? std::function<Date()>([day] { return day; }) : here.today_then;
  options.now = here.now_then ? here.now_then : std::function<Moment()>([now = here.now] { return now; });
  options.port = port;
  options.browser = browser;
  options.service = service;
  options.out = here.out;
  options.messages = here.messages;
  return serve_pages(options);
}

int link_command(const Command& command, const std::vector<std::string>& paths, int valid) {
  const auto links = page_links(command.home(), paths, valid > 60);
  if (links.empty()) throw Stop{Refused, {"web.ui.not-running", {}}};
  if (command.form() == Form::Json) {
    Table table{.schema = "links"};
    table.columns = {{"link", {"Länk", "Link"}}};
    for (const std::string& link : links) table.rows.push_back({link});
    command.print(table);
  } else {
    for (const std::string& link : links) command.out() << link << '\n';
  }
  return Done;
}

}  // namespace

void add_pages(Menu& menu) {
  const Command& command = menu.command();
  auto& port = menu.keep<int>(8421);
  auto& valid = menu.keep<int>(60);
  auto& no_browser = menu.keep<bool>(false);
  auto& paths = menu.keep<std::vector<std::string>>();
  CLI::App* ui = menu.sub("ui");
  ui->add_option("--port", port, menu.text("cli.o.port"));
  ui->add_flag("--no-browser", no_browser, menu.text("cli.o.no-browser"));
  menu.does(ui, [&] { return ui_command(command, port, !no_browser, false); });
  CLI::App* serve = menu.sub("serve");
  serve->add_option("--port", port, menu.text("cli.o.port"));
  menu.does(serve, [&] { return ui_command(command, port, false, true); });
  CLI::App* link = menu.sub("link");
  link->add_option("PATH", paths, menu.text("cli.o.path"))->required();
  link->add_option("--valid", valid, menu.text("cli.o.valid"));
  menu.does(link, [&] { return link_command(command, paths, valid); });
}

}  // namespace horisont
