#pragma once

#include <CLI/CLI.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/effect.h"
#include "cli/command.h"

namespace horisont {

/// What can be asked for, and what the line did ask for. Every command of it has the common options and prints the exit
/// statuses below its help.
class Menu {
 public:
  Menu(Common& common, const Command& command);

  const Command& command() const { return command_; }
  std::string text(const char* id) const { return words({id, {}}, command_.language()); }
  /// A command; its help text is `cli.c.NAME`, or `cli.c.PARENT-NAME` of one below another.
  CLI::App* sub(const char* name) { return sub(&app_, name); }
  CLI::App* sub(CLI::App* parent, const char* name);
  /// A command that is nothing without one of those below it.
  CLI::App* group(const char* name);
  /// What the command does when the line asks for it; the answer is the exit status.
  void does(CLI::App* on, std::function<int()> what);
  /// The same of a command that can answer as known on an earlier day (`--as-of`).
  void answers(CLI::App* on, std::function<int()> what);
  /// A value that an option writes to; it lives as long as the menu.
  template <class Value, class... Arguments>
  Value& keep(Arguments&&... arguments) {
    auto made = std::make_shared<Value>(std::forward<Arguments>(arguments)...);
    kept_.push_back(made);
    return *made;
  }

  /// Reads the line and does what it asks for. Throws the parser's own exceptions, `Stop`, and whatever the command throws.
  int obey(const std::vector<std::string>& arguments);
  const CLI::App& app() const { return app_; }
  /// The help of the command that the line has come to.
  std::string help() const;

 private:
  void common_options(CLI::App* to);
  static void no_empty_values(CLI::App* of);

  Common& common_;
  const Command& command_;
  CLI::App app_;
  std::shared_ptr<CLI::Formatter> formatter_ = std::make_shared<CLI::Formatter>();
  std::deque<std::shared_ptr<void>> kept_;
  std::function<int()> chosen_;
  bool dated_ = false;  // whether the chosen one can answer as known earlier
};

void add_set_up(Menu&);   ///< init, demo, doctor, config, project, version
void add_imports(Menu&);  ///< import, imports, profile, problems, template
void add_answers(Menu&);  ///< correct, effect, duplicates, participants, status, hours, assess, explain, identity
void add_money(Menu&);    ///< staff-time, claim, balance, hourly-rate
void add_reports(Menu&);  ///< report, indicators
void add_samples(Menu&);  ///< sample
void add_months(Menu&);   ///< months, month, plan, calendar, follow-up
void add_rules(Menu&);    ///< rules
void add_log(Menu&);      ///< log
void add_audit(Menu&);    ///< audit, evidence, override, overrides, history
void add_pages(Menu&);    ///< ui, serve, link

/// One month's standing, as a table.
void print_month(const Command&, const Workspace&, const std::string& project, Month);
/// What a change of the facts would do, with what would have to be sent again: `effect`'s answer.
void show_effect(const Command&, const Workspace&, const std::string& project, const Preview&,
                 const std::vector<Finding>& problems = {});
/// A change that filed or closed months would not survive is shown before it is made, and made only with --yes or when somebody
/// says so on the keyboard. Gives the status to stop with; nothing: go on. `change` is tried out, and nothing of it remains.
/// `shown_always`: to people other changes are shown too, and asked about where there is a keyboard.
std::optional<int> stopped_at_filed(const Command&, Workspace&, const std::string& project,
                                    const std::function<Result<bool>()>& change, bool shown_always = false);
/// The finding of such a change that nobody has said yes to.
Finding needs_yes(const std::vector<Month>&);
/// That filed months no longer say what was filed.
void say_reopened(const Command&, const std::vector<Month>&);

}  // namespace horisont
