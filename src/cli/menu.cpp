#include "cli/commands.h"
#include "cli/usage.h"

namespace horisont {

Menu::Menu(Common& common, const Command& command) : common_(common), command_(command), app_(text("cli.about"), "horisont") {
  for (const char* label : {"Usage", "OPTIONS", "Options", "SUBCOMMAND", "SUBCOMMANDS", "Subcommands", "Positionals",
                            "REQUIRED", "Env", "Needs", "Excludes", "TEXT"})
    formatter_->label(label, text(("cli.label." + std::string(label)).c_str()));
  formatter_->column_width(34);
  app_.formatter(formatter_);
  app_.option_defaults()->group(text("cli.label.Options"));
  common_options(&app_);
  app_.add_option("--as-of", common_.as_of, text("cli.o.as-of"));
  app_.set_help_flag("-h,--help", text("cli.o.help"))->group(text("cli.label.Options"));
  app_.set_version_flag("--version", program_version(), text("cli.o.version"))->group(text("cli.label.Options"));
  app_.footer(text("cli.statuses"));
  app_.require_subcommand(1);
}

CLI::App* Menu::sub(CLI::App* parent, const char* name) {
  const std::string id = parent == &app_ ? name : parent->get_name() + "-" + name;
  CLI::App* made = parent->add_subcommand(name, text(("cli.c." + id).c_str()));
  made->formatter(formatter_);
  made->group(text("cli.label.Subcommands"));
  made->option_defaults()->group(text("cli.label.Options"));
  made->set_help_flag("-h,--help", text("cli.o.help"))->group(text("cli.label.Options"));
  made->footer(text("cli.statuses"));
  return made;
}

CLI::App* Menu::group(const char* name) {
  CLI::App* made = sub(name);
  made->require_subcommand(1);
  return made;
}

// What all commands have is made for the one that the line names: to make it for ninety took half the program's start.
void Menu::does(CLI::App* on, std::function<int()> what) {
  on->preparse_callback([this, on](std::size_t) {
    common_options(on);
    no_empty_values(on);
  });
  on->callback([this, what = std::move(what)] { chosen_ = what; });
}

void Menu::answers(CLI::App* on, std::function<int()> what) {
  on->preparse_callback([this, on](std::size_t) {
    common_options(on);
    on->add_option("--as-of", common_.as_of, text("cli.o.as-of"));
    no_empty_values(on);
  });
  on->callback([this, what = std::move(what)] { chosen_ = what, dated_ = true; });
}

void Menu::common_options(CLI::App* to) {
  to->add_option("--home", common_.home, text("cli.o.home"));
  to->add_option("--project", common_.project, text("cli.o.project"));
  to->add_option("--lang", common_.language, text("cli.o.lang"))->check(CLI::IsMember({"sv", "en"}));
  to->add_option("--today", common_.today, text("cli.o.today"));
  to->add_flag("--json", common_.json, text("cli.o.json"));
  to->add_flag("--plain", common_.plain, text("cli.o.plain"));
  to->add_flag("--no-input", common_.no_input, text("cli.o.no-input"));
  to->add_flag("--yes", common_.yes, text("cli.o.yes"));
  to->add_flag("--quiet", common_.quiet, text("cli.o.quiet"));
  to->add_flag("--verbose", common_.verbose, text("cli.o.verbose"));
  to->add_flag("--no-color", common_.no_color, text("cli.o.no-color"));
  to->add_flag("--no-progress", common_.no_progress, text("cli.o.no-progress"));
}

// An empty value is a variable that a script forgot, never an answer.
void Menu::no_empty_values(CLI::App* of) {
  for (CLI::Option* option : of->get_options())
    if (option->get_items_expected_max() > 0)
      option->each([option](const std::string& value) {
        if (value.empty()) throw Stop{WrongUsage, {"cli.value-empty", {name_of_option(*option)}}};
      });
}

int Menu::obey(const std::vector<std::string>& arguments) {
  no_empty_values(&app_);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  app_.parse(reversed);
  if (common_.json && common_.plain) throw Stop{WrongUsage, {"cli.not-together", {"--json", "--plain"}}};
  if (common_.quiet && common_.verbose) throw Stop{WrongUsage, {"cli.not-together", {"--quiet", "--verbose"}}};
  // Never an answer of today that looks like one of then.
  if (!common_.as_of.empty() && !dated_) throw Stop{WrongUsage, {"cli.unknown-option", {"--as-of"}}};
  return chosen_();
}

std::string Menu::help() const {
  const CLI::App* asked_for = &app_;
  for (bool deeper = true; deeper;) {
    deeper = false;
    for (const CLI::App* one : asked_for->get_subcommands())
      if (one->parsed()) asked_for = one, deeper = true;
  }
  std::string path;
  for (const CLI::App* level = asked_for->get_parent(); level; level = level->get_parent())
    path = level->get_name() + " " + path;
  return asked_for->help(path.empty() ? "" : path.substr(0, path.size() - 1));
}

}  // namespace horisont
