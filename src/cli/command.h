#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/assess.h"
#include "app/table.h"
#include "app/workspace.h"
#include "cli/command_line.h"

namespace horisont {

/// Stops a command with a status and one sentence; nothing was changed.
struct Stop {
  int status;
  Message message;
};

/// Nothing is entered in the log for a file that could not be written. Throws `Stop`.
void must_have_folder(const std::string& file);

/// What a person names as a target is never written over. Throws `Stop`.
void must_be_new(const std::string& file);

enum class Form { Text, Plain, Json };

/// What every command has.
struct Common {
  std::string home, project, language, today, as_of;
  bool json = false, plain = false, quiet = false, verbose = false, no_input = false, yes = false, no_color = false,
       no_progress = false;
};

/// One asked command: what was said on the line, where answers go, and how they look there.
class Command {
 public:
  /// `drawn` is where progress is drawn over and over: the only output that a terminal is to obey.
  Command(const Common& common, const Surroundings& here, std::ostream& drawn) : common_(common), here_(here), drawn_(drawn) {}

  Language language() const;
  Form form() const { return common_.json ? Form::Json : common_.plain ? Form::Plain : Form::Text; }
  std::ostream& out() const { return *here_.out; }
  /// The installation's folder, which need not be there yet; one that cannot be is told before anything looks into it.
  std::filesystem::path home() const;
  Actor actor() const { return {here_.account, "case-worker"}; }
  Moment now() const { return here_.now; }
  bool said_yes() const { return common_.yes; }
  /// Asks on a keyboard; without one, or where nobody is to be asked, nothing is confirmed.
  bool confirmed(const Message& question) const;
  bool may_ask() const { return here_.keyboard && !common_.no_input && form() == Form::Text; }
  const Surroundings& here() const { return here_; }

  /// The day from which deadlines count: --today, else the clock's, but what is asked as known on an earlier day is asked on that day.
  Date today() const;
  Date date(const std::string& text, const char* option) const;
  std::optional<Month> month(const std::string& text, const char* option) const;
  /// As known at the end of that day, UTC.
  std::optional<Moment> known_at() const;

  Workspace open() const;
  Workspace create() const;
  /// To look and try out only: where nothing may be written, a copy that goes with the answer.
  Workspace open_to_try() const;
  Configuration configuration() const;
  struct Unusable {
    std::vector<Finding> findings;
  };

  std::string project(const Configuration& configuration) const;
  std::string project(const Workspace& workspace) const { return project(workspace.configuration); }

  /// The project that the line names, or none: for commands that look through all.
  std::string named_project(const Configuration& configuration) const;
  std::string named_project(const Workspace& workspace) const { return named_project(workspace.configuration); }

  std::uint32_t person(const ProjectState& state, const std::string& reference) const;

  /// `parts` follow the table: in JSON they are members of the one object.
  void print(const Table& table, const std::vector<Finding>& problems = {}, const std::vector<Table>& parts = {}) const;
  /// What a command has done, where it has nothing to list: a sentence to people, an object to programs.
  void done(const std::string& what, std::vector<std::pair<std::string, Table::Fact>> facts, const Message& message,
            const std::vector<Finding>& problems = {}) const;
  /// A text that is itself the answer: as it is to people, as one member of an object to programs.
  void text(const std::string& what, const std::string& member, const std::string& text) const;
  /// For people only: programs find the same in the JSON.
  void say(const Message& message) const;
  void say(const std::vector<Finding>& findings, Level least) const;
  int trouble(int status, std::vector<Finding> findings) const;

  /// One line that is drawn over, on a terminal only, at most ten times a second and only for work over one second.
  std::function<void(std::uint64_t, std::uint64_t)> progress(const std::string& what) const;
  bool draws_progress() const { return here_.terminal && !common_.no_progress && !common_.quiet && form() == Form::Text; }

  static std::string joined(const std::vector<std::string>& list) {
    std::string all;
    for (const std::string& one : list) all += (all.empty() ? "" : ", ") + one;
    return all;
  }

 private:
  const Common& common_;
  const Surroundings& here_;
  std::ostream& drawn_;
};

}  // namespace horisont
