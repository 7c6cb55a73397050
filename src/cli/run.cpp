#include <algorithm>
#include <iostream>

#include "app/trouble.h"
#include "cli/commands.h"
#include "cli/usage.h"
#include "cli/visible_buffer.h"

namespace horisont {

int run(std::vector<std::string> arguments, const Surroundings& outside) {
  Common common;
  // Whatever a file or the line itself holds: a terminal shows it and obeys none of it.
  const auto json = [&] { return common.json; };
  VisibleBuffer shown_out(*outside.out, json), shown_messages(*outside.messages, json);
  std::ostream out(&shown_out), messages(&shown_messages);
  Surroundings here = outside;
  here.out = &out;
  here.messages = &messages;
  // The language of messages about wrong usage is needed before the line has been understood.
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--lang" && i + 1 < arguments.size()) common.language = arguments[i + 1];
    if (arguments[i].starts_with("--lang=")) common.language = arguments[i].substr(7);
  }
  const Command command{common, here, *outside.messages};
  Menu menu{common, command};
  for (const auto add :
       {add_set_up, add_imports, add_answers, add_money, add_reports, add_samples, add_months, add_rules, add_log, add_audit, add_pages})
    add(menu);

  const auto wrong = [&](int status, const Message& message) {
    return command.trouble(status, {Finding{.code = message.id, .values = message.values}});
  };
  try {
    return menu.obey(arguments);
  } catch (const CLI::CallForHelp&) {
    out << menu.help();
    return Done;
  } catch (const CLI::CallForVersion&) {
    out << "horisont " << program_version() << '\n';
    return Done;
  } catch (const CLI::ParseError& error) {
    // The parser may have stopped before it came to the form that was asked for.
    common.json = common.json || std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
    const int status = wrong(WrongUsage, usage_message(error, menu.app(), arguments));
    command.say({"cli.see-help", {}});
    return status;
  } catch (const Stop& stop) {
    common.json = common.json || std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
    return wrong(stop.status, stop.message);
  } catch (const Command::Unusable& unusable) {
    return command.trouble(Unreadable, unusable.findings);
  } catch (const std::exception& error) {
    const auto trouble = trouble_of(error);
    if (!trouble) throw;
    return wrong(trouble->status, trouble->message);
  }
}

}  // namespace horisont
