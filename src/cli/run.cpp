#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include "app/answers.h"
#include "app/blank.h"
#include "app/correct.h"
#include "app/demo.h"
#include "app/duplicates.h"
#include "app/follow_up.h"
#include "app/funding_answers.h"
#include "app/identity.h"
#include "app/log.h"
#include "app/marked_up.h"
#include "app/money_answers.h"
#include "app/month.h"
#include "app/months.h"
#include "app/questions.h"
#include "app/preview.h"
#include "app/report.h"
#include "app/remake.h"
#include "app/report_check.h"
#include "app/trace.h"
#include "app/rules.h"
#include "app/sample.h"
#include "app/sheet_table.h"
#include "app/trouble.h"
#include "app/watch.h"
#include "app/witness.h"
#include "cli/command_line.h"
#include "cli/usage.h"
#include "cli/visible_buffer.h"
#include "core/indicators/indicators.h"
#include "core/values/visible.h"
#include "web/preview.h"
#include "web/ui.h"

namespace horisont {
namespace {

// Stops a command with a status and one sentence; nothing was changed.
struct Stop {
  int status;
  Message message;
};

// Nothing is entered in the log for a file that could not be written.
void must_have_folder(const std::string& file) {
  std::error_code ignored;
  const auto folder = std::filesystem::absolute(file, ignored).parent_path();
  if (!file.empty() && !std::filesystem::is_directory(folder, ignored))
    throw Stop{MachineFailed, {"file.folder-missing", {file}}};
}

// What a person names as a target is never written over.
void must_be_new(const std::string& file) {
  std::error_code ignored;
  if (!file.empty() && std::filesystem::exists(std::filesystem::symlink_status(file, ignored)))
    throw Stop{Refused, {"cli.file-exists", {file}}};
}

enum class Form { Text, Plain, Json };

// What every command has.
struct Common {
  std::string home, project, language, today, as_of;
  bool json = false, plain = false, quiet = false, verbose = false, no_input = false, yes = false, no_color = false,
       no_progress = false;
};

class Command {
 public:
  /// `drawn` is where progress is drawn over and over: the only output that a terminal is to obey.
  Command(const Common& common, const Surroundings& here, std::ostream& drawn) : common_(common), here_(here), drawn_(drawn) {}

  Language language() const {
    return common_.language == "en" ? Language::English : common_.language == "sv" ? Language::Swedish : here_.language;
  }
  Form form() const { return common_.json ? Form::Json : common_.plain ? Form::Plain : Form::Text; }
  std::ostream& out() const { return *here_.out; }
  // The installation's folder, which need not be there yet; one that cannot be is told before anything looks into it.
  std::filesystem::path home() const {
    const auto home = common_.home.empty() ? here_.default_home : std::filesystem::path(common_.home);
    if (home.empty()) throw Stop{WrongUsage, {"cli.home-needed", {}}};
    std::error_code error;
    const auto about = std::filesystem::status(home, error);
    if (error == std::errc::filename_too_long || home.filename().string().size() > 255)
      throw Stop{WrongUsage, {"cli.home-too-long", {home.string()}}};
    if (error == std::errc::not_a_directory || (std::filesystem::exists(about) && !std::filesystem::is_directory(about)))
      throw Stop{WrongUsage, {"cli.home-not-a-folder", {home.string()}}};
    // A folder that may be seen but not entered would else pass for one without an installation.
    std::error_code inside;
    static_cast<void>(std::filesystem::status(home / "data", inside));
    if (error == std::errc::permission_denied || inside == std::errc::permission_denied)
      throw Stop{MachineFailed, {"cli.home-forbidden", {home.string()}}};
    return home;
  }
  Actor actor() const { return {here_.account, "case-worker"}; }
  Moment now() const { return here_.now; }
  bool said_yes() const { return common_.yes; }
  // Asks on a keyboard; without one, or where nobody is to be asked, nothing is confirmed.
  bool confirmed(const Message& question) const {
    if (!here_.keyboard || common_.no_input || form() != Form::Text) return false;
    *here_.messages << words(question, language()) << ' ' << words({"cli.yes-no", {}}, language()) << ' ' << std::flush;
    std::string answer;
    std::getline(*here_.in, answer);
    return answer == "j" || answer == "J" || answer == "ja" || answer == "y" || answer == "Y" || answer == "yes";
  }
  const Surroundings& here() const { return here_; }

  Date today() const { return common_.today.empty() ? here_.today : date(common_.today, "--today"); }
  Date date(const std::string& text, const char* option) const {
    const auto day = Date::parse(text);
    if (!day) throw Stop{WrongUsage, {"cli.date", {option, text}}};
    return *day;
  }
  std::optional<Month> month(const std::string& text, const char* option) const {
    if (text.empty()) return std::nullopt;
    const auto month = Month::parse(text);
    if (!month) throw Stop{WrongUsage, {"cli.month", {option, text}}};
    return *month;
  }
  // As known at the end of that day, UTC.
  std::optional<Moment> known_at() const {
    if (common_.as_of.empty()) return std::nullopt;
    return Moment::of_seconds((std::int64_t{date(common_.as_of, "--as-of").days()} + 1) * 86400 - 1);
  }

  Workspace open() const {
    std::error_code error;
    if (!std::filesystem::exists(home() / "data" / "horisont.db", error))
      throw Stop{Refused, {"cli.no-installation", {home().string()}}};
    return create();
  }
  Workspace create() const {
    auto workspace = open_workspace(home(), here_.share);
    if (!workspace) throw Unusable{workspace.error()};
    return std::move(*workspace);
  }
  /// To look and try out only: where nothing may be written, a copy that goes with the answer.
  Workspace open_to_try() const {
    auto workspace = open_workspace_to_try(home(), here_.share);
    if (!workspace) throw Unusable{workspace.error()};
    return std::move(*workspace);
  }
  Configuration configuration() const {
    auto found = read_configuration(home(), here_.share);
    if (!found) throw Unusable{found.error()};
    return std::move(*found);
  }
  struct Unusable {
    std::vector<Finding> findings;
  };

  std::string project(const Workspace& workspace) const {
    std::vector<std::string> keys;
    for (const auto& [key, terms] : workspace.configuration.projects) keys.push_back(key);
    std::string key = common_.project;
    if (key.empty()) {
      if (keys.size() == 1) return keys[0];
      throw Stop{WrongUsage, {"cli.project-needed", {joined(keys)}}};
    }
    if (workspace.project(key)) return key;
    for (const auto& [known, terms] : workspace.configuration.projects)
      if (terms.record_number == key) return known;
    const std::string near = nearest_word(key, keys);
    throw Stop{Refused, {near.empty() ? "cli.project-unknown" : "cli.project-unknown-near", {key, joined(keys), near}}};
  }

  // The project that the line names, or none: for commands that look through all.
  std::string named_project(const Workspace& workspace) const {
    return common_.project.empty() ? std::string() : project(workspace);
  }

  std::uint32_t person(const ProjectState& state, const std::string& reference) const {
    const auto number = person_of_reference(reference);
    if (number)
      for (const Participation& participation : state.participations)
        if (participation.person == *number) return *number;
    throw Stop{Refused, {"cli.participant-unknown", {reference, state.project->key}}};
  }

  // `parts` follow the table: in JSON they are members of the one object.
  void print(const Table& table, const std::vector<Finding>& problems = {}, const std::vector<Table>& parts = {}) const {
    if (form() == Form::Json) {
      out() << (parts.empty() ? as_json(table, problems) : as_json(table, problems, parts)) << '\n';
      return;
    }
    const auto words_of = [&](const Table& one) {
      return form() == Form::Plain ? as_plain(one, language()) : as_text(one, language());
    };
    out() << words_of(table);
    for (const Table& part : parts) out() << '\n' << words_of(part);
  }
  // What a command has done, where it has nothing to list: a sentence to people, an object to programs.
  void done(const std::string& what, std::vector<std::pair<std::string, std::string>> facts, const Message& message) const {
    if (form() == Form::Json) {
      Table table{.schema = what};
      table.facts = std::move(facts);
      print(table);
    }
    say(message);
  }
  // A text that is itself the answer: as it is to people, as one member of an object to programs.
  void text(const std::string& what, const std::string& member, const std::string& text) const {
    if (form() != Form::Json) {
      out() << text;
      return;
    }
    Table table{.schema = what};
    table.facts = {{member, text}};
    print(table);
  }
  // For people only: programs find the same in the JSON.
  void say(const Message& message) const {
    if (form() == Form::Text && !common_.quiet) *here_.messages << words(message, language()) << '\n';
  }
  void say(const std::vector<Finding>& findings, Level least) const {
    if (form() == Form::Json) return;
    // Three of a kind show what is wrong; of the others it is enough to know where they are.
    constexpr std::size_t shown = 3, named = 12;
    std::vector<std::pair<const Finding*, std::vector<std::string>>> kinds;  // the first of a kind, and the places of all
    for (const Finding& finding : findings) {
      if (finding.level > least && !common_.verbose) continue;
      auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& known) {
        return known.first->code == finding.code && known.first->place.file == finding.place.file;
      });
      if (kind == kinds.end()) kind = kinds.emplace(kinds.end(), &finding, std::vector<std::string>{});
      kind->second.push_back(finding.place.cell);
      if (kind->second.size() <= shown || common_.verbose) *here_.messages << as_text(finding, language());
    }
    for (const auto& [first, cells] : kinds) {
      if (cells.size() <= shown || common_.verbose) continue;
      std::vector<std::string> places(cells.begin() + shown,
                                      cells.begin() + static_cast<std::ptrdiff_t>(std::min(cells.size(), shown + named)));
      std::erase(places, "");
      if (cells.size() > shown + named) places.push_back("…");
      const std::string where = first->place.file + (places.empty() ? "" : ", " + joined(places));
      *here_.messages << words({"cli.more-alike", {std::to_string(cells.size() - shown), first->code, where}}, language())
                      << '\n';
    }
  }
  int trouble(int status, std::vector<Finding> findings) const {
    if (form() == Form::Json)
      out() << error_as_json(status, findings) << '\n';
    else
      for (const Finding& finding : findings) *here_.messages << as_text(finding, language());
    return status;
  }

  // One line that is drawn over, on a terminal only, at most ten times a second and only for work over one second.
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

std::function<void(std::uint64_t, std::uint64_t)> Command::progress(const std::string& what) const {
  if (!draws_progress()) return {};
  struct Line {
    std::ostream& out;
    std::string what;
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now(), drawn = started;
    bool shown = false;
    ~Line() {
      if (shown) out << "\r\033[K" << std::flush;
    }
  };
  auto line = std::make_shared<Line>(Line{drawn_, visible_in_line(what)});
  return [line](std::uint64_t done, std::uint64_t total) {
    using namespace std::chrono_literals;
    const auto now = std::chrono::steady_clock::now();
    if (now - line->started < 1s || now - line->drawn < 100ms) return;
    line->drawn = now;
    line->shown = true;
    line->out << '\r' << line->what << "  ";
    if (total) {
      const auto tenths = static_cast<int>(done * 20 / total);
      line->out << '[' << std::string(static_cast<std::size_t>(tenths), '#')
                << std::string(static_cast<std::size_t>(20 - tenths), '-') << "] " << done * 100 / total << " %";
    } else {
      line->out << done;
    }
    line->out << "\033[K" << std::flush;
  };
}

// ---- commands
// ------------------------------------------------------------------------------------------------------------------

struct ImportArguments {
  std::vector<std::string> files;
  std::string record, month, sheet, header, rows = "all", missing = "keep", end_date, reason, number, profile, save_profile,
                                            marked_up;
  std::vector<std::string> answers;
  bool dry_run = false, again = false;
};

constexpr std::size_t lines_for_people = 40;

// What would change: to people as tables, to programs as parts of one object.
void show_change(const Command& command, const Table& head, const std::vector<Finding>& problems, const Table& facts,
                 const Effect& effect, bool shown, const std::vector<Question>& questions = {}) {
  if (command.form() == Form::Json) {
    std::vector<Table> parts;
    if (shown)
      parts = {facts, verdict_changes_table(effect), month_changes_table(effect), claim_changes_table(effect),
               indicator_changes_table(effect)};
    if (!questions.empty()) parts.push_back(questions_table(questions));
    command.out() << as_json(head, problems, parts) << '\n';
    return;
  }
  command.print(head);
  if (command.form() == Form::Plain) return;
  if (!questions.empty()) {
    command.out() << '\n';
    command.print(questions_table(questions));
  }
  if (!shown) return;
  command.out() << '\n';
  command.print(facts);
  if (!facts.facts.empty()) command.say({"cli.import-more", {facts.facts[0].second}});
  if (!effect.verdicts.empty()) {
    command.out() << '\n';
    command.print(verdict_changes_table(effect));
  }
  if (!effect.months.empty()) {
    command.out() << '\n';
    command.print(month_changes_table(effect));
  }
  if (!effect.claims.empty()) {
    command.out() << '\n';
    command.print(claim_changes_table(effect));
  }
  if (!effect.indicators.empty()) {
    command.out() << '\n';
    command.print(indicator_changes_table(effect));
  }
}

void show_outcomes(const Command& command, const Workspace& workspace, const std::vector<ImportOutcome>& outcomes) {
  std::vector<Finding> problems;
  std::vector<Question> questions;
  Effect effect;
  bool shown = false;
  for (const ImportOutcome& outcome : outcomes) {
    for (Question& question : questions_of(workspace, outcome)) questions.push_back(std::move(question));
    problems.insert(problems.end(), outcome.findings.begin(), outcome.findings.end());
    if (!outcome.preview) continue;
    // Each file is seen against what is stored, so several files have several effects, one after the other.
    shown = true;
    const Effect& one = outcome.preview->effect;
    effect.verdicts.insert(effect.verdicts.end(), one.verdicts.begin(), one.verdicts.end());
    effect.months.insert(effect.months.end(), one.months.begin(), one.months.end());
    effect.claims.insert(effect.claims.end(), one.claims.begin(), one.claims.end());
    effect.indicators.insert(effect.indicators.end(), one.indicators.begin(), one.indicators.end());
  }
  const std::size_t most = command.form() == Form::Json ? 0 : lines_for_people;
  show_change(command, import_table(outcomes), problems, difference_table(workspace, outcomes, most), effect, shown,
              questions);
  command.say(problems, Level::Warning);
}

int status_of(const std::vector<ImportOutcome>& outcomes) {
  int status = Done;
  for (const ImportOutcome& outcome : outcomes) {
    const bool errors =
        std::any_of(outcome.findings.begin(), outcome.findings.end(), [](const Finding& f) { return f.level == Level::Error; });
    const bool waits = outcome.state == ImportOutcome::State::Waiting;
    if (outcome.state == ImportOutcome::State::Overtaken) return Refused;
    // Nothing is wrong with the file: somebody has filed or closed the month.
    if (std::any_of(outcome.findings.begin(), outcome.findings.end(),
                    [](const Finding& f) { return f.code == "month.filed" && f.level == Level::Error; }))
      return Refused;
    if (outcome.whole_file_refused)
      status = Unreadable;
    else if ((errors || waits) && status == Done)
      status = DoneWithRemarks;
  }
  return status;
}

MissingFacts missing_facts(const Command& command, const ImportArguments& arguments) {
  MissingFacts missing{.treatment = {}, .on = {}, .reason = arguments.reason};
  if (arguments.missing == "end") missing.treatment = MissingFacts::Treatment::End;
  if (arguments.missing == "misread") missing.treatment = MissingFacts::Treatment::Misread;
  if (!arguments.end_date.empty() && missing.treatment != MissingFacts::Treatment::End)
    throw Stop{WrongUsage, {"cli.end-date-without-end", {arguments.missing}}};
  if (!arguments.end_date.empty()) missing.on = command.date(arguments.end_date, "--end-date");
  return missing;
}

std::uint32_t numbered(const char* prefix, const std::string& text) {
  if (const auto number = number_of(prefix, text)) return *number;
  throw Stop{WrongUsage, {"cli.number", {text, prefix}}};
}

ImportOutcome committed(Workspace& workspace, const CommitRequest& asked) {
  auto outcome = commit_draft(workspace, asked);
  if (!outcome) throw Stop{Refused, outcome.error().message};
  return std::move(*outcome);
}

CommitRequest commit_request(const Command& command, const Workspace& workspace, const ImportArguments& arguments,
                             std::uint32_t draft) {
  return {.project = command.project(workspace),
          .draft = draft,
          .good_rows_only = arguments.rows == "good",
          .missing = missing_facts(command, arguments),
          .correction = arguments.reason,
          .actor = command.actor(),
          .now = command.now()};
}

Message marked_up_words(const MarkedUp& done, const std::string& file) {
  return {done.own_workbook ? "cli.marked-up" : "cli.marked-up-new", {file, std::to_string(done.problems)}};
}

void say_marked_up(const Command& command, const MarkedUp& done, const std::string& file) {
  command.say(marked_up_words(done, file));
}

void say_reopened(const Command& command, const std::vector<Month>& months) {
  if (!months.empty()) command.say({"month.reopened", {listed(months)}});
}

int import_command(const Command& command, const ImportArguments& arguments) {
  ImportRequest asked;
  if (!arguments.record.empty()) {
    asked.kind = record_kind(arguments.record);
    if (!asked.kind) throw Stop{WrongUsage, {"cli.record", {arguments.record}}};
  }
  asked.month = command.month(arguments.month, "--month");
  if (!arguments.sheet.empty()) asked.sheet = arguments.sheet;
  if (const std::string& header = arguments.header; !header.empty()) {
    std::uint32_t first = 0, last = 0;
    char rest = 0;
    const int read = std::sscanf(header.c_str(), "%u-%u%c", &first, &last, &rest);
    if (read == 1 && header.find_first_not_of("0123456789") == std::string::npos)
      last = first;
    else if (read != 2)
      first = 0;
    if (first == 0 || last < first || last - first > 2) throw Stop{WrongUsage, {"cli.header", {header}}};
    asked.header = {first, last};
  }
  asked.good_rows_only = arguments.rows == "good";
  asked.again = arguments.again;
  using Until = ImportRequest::Until;
  asked.until = arguments.dry_run ? Until::Check : command.said_yes() ? Until::Store : Until::Draft;
  asked.missing = missing_facts(command, arguments);
  asked.correction = arguments.reason;
  if (asked.missing.treatment != MissingFacts::Treatment::Keep) {
    if (!is_reason(asked.missing.reason)) throw Stop{Refused, {"correct.reason", {}}};
    if (asked.missing.treatment == MissingFacts::Treatment::End && !asked.missing.on)
      throw Stop{Refused, {"draft.end-date", {}}};
  }
  asked.today = command.today();
  asked.actor = command.actor();
  asked.now = command.now();

  check_files(arguments.files);
  must_be_new(arguments.marked_up);
  if (asked.sheet)
    for (const std::string& file : arguments.files)
      if (is_text_file(file)) throw Stop{WrongUsage, {"cli.sheet-of-text", {file, arguments.sheet}}};
  Workspace workspace = asked.until == Until::Check ? command.open_to_try() : command.create();
  asked.project = command.project(workspace);
  auto profile = profile_for(workspace, asked.project, arguments.profile, arguments.answers);
  if (!profile) throw Stop{arguments.profile.empty() ? WrongUsage : Refused, profile.error().message};
  asked.profile = std::move(*profile);
  asked.save_profile = arguments.save_profile;
  std::vector<ImportOutcome> outcomes;
  for (const std::string& file : arguments.files) {
    asked.file = file;
    asked.progress = command.progress(asked.file.filename().string());
    try {
      outcomes.push_back(import_file(workspace, asked));
    } catch (const std::exception& error) {
      // What was read before stands; say so before the trouble is told. A program gets both in one document.
      if (outcomes.empty()) throw;
      const auto trouble = trouble_of(error);
      if (command.form() == Form::Json && trouble)
        outcomes.back().findings.push_back(
            {trouble->message.id, Level::Error, {.file = asked.file.filename().string()}, {}, {}, trouble->message.values});
      show_outcomes(command, workspace, outcomes);
      if (command.form() == Form::Json && trouble) return trouble->status;
      throw;
    }
  }
  show_outcomes(command, workspace, outcomes);
  bool stored = false;
  for (ImportOutcome& outcome : outcomes) {
    say_reopened(command, outcome.reopened);
    if (outcome.state == ImportOutcome::State::Waiting && command.confirmed({"cli.import-ask", {outcome.file_name}})) {
      outcome = committed(workspace, commit_request(command, workspace, arguments, outcome.draft));
      command.print(import_table({outcome}));
    }
    if (outcome.saved_version)
      command.say({"cli.profile-saved", {arguments.save_profile, std::to_string(outcome.saved_version)}});
    if (!arguments.marked_up.empty() && arguments.files.size() == 1 && outcome.state != ImportOutcome::State::AlreadyRead) {
      const std::string id = outcome.stored.id ? "I-" + std::to_string(outcome.stored.id)
                             : outcome.draft   ? "U-" + std::to_string(outcome.draft)
                                               : "U";
      say_marked_up(
          command,
          write_marked_up(arguments.files[0], outcome.findings, id, outcome.sha256, arguments.marked_up, command.language()),
          arguments.marked_up);
    }
    const std::string draft = "U-" + std::to_string(outcome.draft);
    using State = ImportOutcome::State;
    if (outcome.state == State::Waiting) command.say({"cli.import-waits", {outcome.file_name, draft, asked.project}});
    if (outcome.state == State::Refused && outcome.draft && !outcome.whole_file_refused)
      command.say({"cli.import-refused-waits", {outcome.file_name, draft, asked.project}});
    else if (outcome.state == State::Refused)
      command.say({"cli.import-refused", {outcome.file_name}});
    if (outcome.state == State::AlreadyRead)
      command.say(
          {"cli.import-already",
           {outcome.file_name, "I-" + std::to_string(outcome.earlier->id), outcome.earlier->at.iso(), outcome.earlier->actor}});
    stored = stored || outcome.state == State::Stored;
  }
  const int status = status_of(outcomes);
  if (status == Done && stored) command.say({"cli.import-next", {asked.project}});
  return status;
}

int profile_show_command(const Command& command, const std::string& name, int version, const std::string& file) {
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  must_be_new(file);
  const auto text = export_profile(workspace, project, name, version, file);
  if (!text) throw Stop{Refused, text.error().message};
  if (file.empty())
    command.text("profile", "profile", *text);
  else
    command.done("profile-written", {{"profile", name}, {"file", file}}, {"cli.profile-written", {name, file}});
  return Done;
}

int profile_add_command(const Command& command, const std::string& file) {
  Workspace workspace = command.open();
  const auto added = add_profile(workspace, command.project(workspace), file, command.actor(), command.now());
  if (!added) throw Stop{Unreadable, added.error().message};
  const std::string version = std::to_string(added->version);
  command.done("profile-saved", {{"profile", added->name}, {"version", version}},
               {"cli.profile-saved", {added->name, version}});
  return Done;
}

int profile_retire_command(const Command& command, const std::string& name) {
  Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  if (!workspace.store.profile(project, name)) throw Stop{Refused, {"profile.unknown", {name, project}}};
  workspace.store.add_profile(project, name, "", command.actor(), command.now());
  command.done("profile-retired", {{"profile", name}}, {"cli.profile-retired", {name}});
  return Done;
}

int problems_export_command(const Command& command, const std::string& id, const std::string& file) {
  Workspace workspace = command.open();
  if (!number_of("U-", id) && !number_of("I-", id)) throw Stop{WrongUsage, {"cli.number", {id, "I-"}}};
  must_be_new(file);
  const auto done = write_marked_up(workspace, {.project = command.project(workspace),
                                                .id = id,
                                                .file = file,
                                                .language = command.language(),
                                                .actor = command.actor(),
                                                .now = command.now()});
  if (!done) throw Stop{Refused, done.error().message};
  command.done("marked-up", {{"file", file}, {"marked", std::to_string(done->problems)}}, marked_up_words(*done, file));
  return Done;
}

int template_command(const Command& command, const std::string& record, const std::string& file, bool prefill) {
  const auto kind = record_kind(record);
  if (!kind) throw Stop{WrongUsage, {"cli.record", {record}}};
  must_be_new(file);
  const Workspace workspace = command.create();
  const std::string project = command.project(workspace);
  write_template(workspace, project, *kind, prefill, file, command.language());
  command.done("template", {{"record", record}, {"file", file}, {"project", project}}, {"cli.template-done", {file, project}});
  return Done;
}

struct LogArguments {
  std::string entry, output, file, key, state, name, watch, challenge;
  std::optional<std::uint64_t> since;
};

// The project's newest checkpoint.
LogHead log_head(const Workspace& workspace, const std::string& project) {
  const auto head = workspace.store.log_head(project);
  if (!head) throw Stop{Refused, {"log.empty", {project}}};
  return *head;
}

int log_status_command(const Command& command) {
  const Workspace workspace = command.open();
  command.print(log_table(log_head(workspace, command.project(workspace))));
  return Done;
}

// The note alone, as a witness or a file takes it.
int log_checkpoint_command(const Command& command, const LogArguments& arguments) {
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  const LogHead head = log_head(workspace, project);
  must_be_new(arguments.output);
  std::string text = head.note;
  if (arguments.since) {
    const auto request = workspace.store.log_request(project, *arguments.since);
    if (!request) throw Stop{Refused, {"log.too-few", {std::to_string(*arguments.since), std::to_string(head.size)}}};
    text = *request;
  }
  if (arguments.output.empty()) {
    command.text("checkpoint", arguments.since ? "request" : "note", text);
    return Done;
  }
  write_text_file(arguments.output, text);
  command.print(log_table(head));
  return Done;
}

// The second party's side: no installation, no project.
int log_witness_command(const Command& command, const LogArguments& arguments) {
  const Witnessed done =
      witness({arguments.file, arguments.state, arguments.key, arguments.name, arguments.watch}, command.now());
  if (done.refused) throw Stop{Refused, *done.refused};
  if (!done.answer) {
    command.done("witness", {{"vkey", done.vkey}}, {"witness.ready", {done.vkey}});
    return Done;
  }
  command.text("witness-answer", "answer", text_of(*done.answer));
  const int code = done.answer->code;
  command.say({("witness." + std::to_string(code)).c_str(), {}});
  return code == 200 ? Done : code == 400 ? Unreadable : Disagreement;
}

int log_cosign_command(const Command& command, const LogArguments& arguments) {
  Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  log_head(workspace, project);
  const auto answer = read_witness_answer(arguments.file);
  if (!answer) throw Stop{Unreadable, {"witness.no-answer", {arguments.file}}};
  if (answer->code != 200) throw Stop{Disagreement, {("witness." + std::to_string(answer->code)).c_str(), {}}};
  if (const auto why = workspace.store.add_cosignature(project, arguments.key, answer->line, command.actor(), command.now()))
    throw Stop{Refused, *why};
  command.print(log_table(log_head(workspace, project)));
  return Done;
}

// The auditor's own words, answered with an entry, its proof and a checkpoint.
int log_challenge_command(const Command& command, const LogArguments& arguments) {
  Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  log_head(workspace, project);
  must_be_new(arguments.output);
  must_be_new(arguments.output + ".leaf");
  must_have_folder(arguments.output);
  const auto entry = workspace.store.add_challenge(project, arguments.challenge, command.actor(), command.now());
  prove_entry(workspace, project, std::to_string(entry), arguments.output);
  command.print(log_table(log_head(workspace, project)));
  command.say({"log.challenged", {"L-" + std::to_string(entry), arguments.output}});
  return Done;
}

int log_verify_command(const Command& command) {
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  const auto faults = workspace.store.check_log(project);
  command.print(log_check_table(log_head(workspace, project), faults));
  return faults.empty() ? Done : Disagreement;
}

int log_export_command(const Command& command, const LogArguments& arguments) {
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  const LogHead head = log_head(workspace, project);
  must_be_new(arguments.output);
  export_log(workspace, project, arguments.output);
  command.print(log_table(head));
  return Done;
}

int log_prove_command(const Command& command, const LogArguments& arguments) {
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  const LogHead head = log_head(workspace, project);
  must_be_new(arguments.output);
  must_be_new(arguments.output + ".leaf");
  if (!prove_entry(workspace, project, arguments.entry, arguments.output))
    throw Stop{Refused, {"log.no-entry", {arguments.entry, std::to_string(head.size)}}};
  command.print(log_table(head));
  return Done;
}

int imports_list_command(const Command& command) {
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  const Table imports = imports_table(workspace.store.imports(project)), drafts = drafts_table(workspace.store.drafts(project));
  if (command.form() == Form::Json) {
    command.out() << as_json(imports, {}, {drafts}) << '\n';
    return Done;
  }
  command.print(imports);
  if (command.form() == Form::Text && !drafts.rows.empty()) {
    command.out() << '\n';
    command.print(drafts);
  }
  return Done;
}

int imports_show_command(const Command& command, const ImportArguments& arguments) {
  Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  if (arguments.number.starts_with("U-")) {
    CommitRequest asked = commit_request(command, workspace, arguments, numbered("U-", arguments.number));
    asked.until = ImportRequest::Until::Check;
    const std::vector<ImportOutcome> outcomes{committed(workspace, asked)};
    show_outcomes(command, workspace, outcomes);
    return status_of(outcomes);
  }
  const std::uint32_t id = numbered("I-", arguments.number);
  std::vector<StoredImport> imports = workspace.store.imports(project);
  std::erase_if(imports, [&](const StoredImport& import) { return import.id != id; });
  if (imports.empty()) throw Stop{Refused, {"import.unknown", {arguments.number, project}}};
  const auto findings = workspace.store.findings(project, id);
  command.print(imports_table(imports), findings);
  command.say(findings, Level::Warning);
  return findings.empty() ? Done : DoneWithRemarks;
}

int imports_commit_command(const Command& command, const ImportArguments& arguments) {
  Workspace workspace = command.open();
  const std::vector<ImportOutcome> outcomes{
      committed(workspace, commit_request(command, workspace, arguments, numbered("U-", arguments.number)))};
  show_outcomes(command, workspace, outcomes);
  const ImportOutcome& outcome = outcomes[0];
  if (outcome.state == ImportOutcome::State::Overtaken) command.say({"cli.import-overtaken", {arguments.number}});
  if (outcome.state == ImportOutcome::State::Refused)
    command.say({"cli.import-refused-waits", {outcome.file_name, arguments.number, outcome.project}});
  if (outcome.state == ImportOutcome::State::Stored) command.say({"cli.import-next", {outcome.project}});
  return status_of(outcomes);
}

int imports_drop_command(const Command& command, const ImportArguments& arguments) {
  Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  const std::uint32_t id = numbered("U-", arguments.number);
  if (!workspace.store.draft(project, id)) throw Stop{Refused, {"draft.unknown", {arguments.number, project}}};
  workspace.store.drop_draft(id);
  command.done("draft-dropped", {{"draft", arguments.number}}, {"cli.draft-dropped", {arguments.number}});
  return Done;
}

int imports_undo_command(const Command& command, const ImportArguments& arguments) {
  Workspace workspace = command.open();
  const UndoRequest asked{.project = command.project(workspace),
                          .import = numbered("I-", arguments.number),
                          .reason = arguments.reason,
                          .only_show = arguments.dry_run,
                          .today = command.today(),
                          .actor = command.actor(),
                          .now = command.now()};
  const auto undone = undo_import(workspace, asked);
  if (!undone) throw Stop{Refused, undone.error().message};
  const std::size_t most = command.form() == Form::Json ? 0 : lines_for_people;
  Table head = difference_table(workspace, asked.project, *undone, most);
  if (command.form() == Form::Json)
    command.out() << as_json(head, {}, {verdict_changes_table(undone->effect), month_changes_table(undone->effect)}) << '\n';
  else
    show_change(command, head, {}, head, undone->effect, false);
  if (!arguments.dry_run) command.say({"cli.import-undone", {arguments.number}});
  return Done;
}

int assess_command(const Command& command, bool dry_run) {
  Workspace workspace = command.open();
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
  const Assessment assessment = assess(workspace, state, !dry_run, command.actor(), command.now());
  command.print(verdict_table(state, assessment));
  return assessment.verdicts[static_cast<std::size_t>(Verdict::Undecided)] ? DoneWithRemarks : Done;
}

int status_command(const Command& command, const std::string& month) {
  Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  Snapshots snapshots{std::move(workspace)};
  const auto snapshot = snapshots.of(project, command.today(), command.known_at());
  const MonthEnd end = month_end(*snapshot, command.month(month, "--month").value_or(latest_month(snapshot->state())));
  command.print(month_table(end));
  return end.done() == static_cast<std::int64_t>(end.steps.size()) ? Done : DoneWithRemarks;
}

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
  for (const std::string& link : links) command.out() << link << '\n';
  return Done;
}

int explain_command(const Command& command, const std::string& reference) {
  const Workspace workspace = command.open();
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::Yes, command.known_at());
  const std::uint32_t person = command.person(state, reference);
  for (std::size_t i = 0; i < state.participations.size(); ++i) {
    if (state.participations[i].person != person) continue;
    const Explanation& explanation = state.explanations[i];
    const auto others = other_verdicts(
        what_would_change(state.participations[i], *state.project, *state.programme, *state.rule_set), command.language());
    if (command.form() != Form::Text) {
      Table would_change{.schema = "would_change"};
      would_change.columns = {{"text", {"Ändring", "Change"}}};
      for (const std::string& other : others) would_change.rows.push_back({other});
      command.print(explanation_table(state, explanation, person, command.language()), {}, {would_change});
    } else {
      // People read sentences, not a table of seven columns.
      const Language language = command.language();
      command.out() << reference << ": " << words({"verdict." + std::string(name_of(explanation.verdict)), {}}, language)
                    << "  (" << explanation.rule_set << ", SHA-256 " << explanation.rule_set_sha256.substr(0, 16) << ")\n";
      const Table table = explanation_table(state, explanation, person, language);
      for (const auto& row : table.rows) {
        const auto text = [&](std::size_t column) { return std::get<std::string>(row[column]); };
        command.out() << "\n" << text(0) << "  " << words(std::get<Message>(row[2]), language) << "  " << text(1) << '\n';
        if (!text(3).empty()) command.out() << "     " << words({"cli.explain-limit", {text(3)}}, language) << '\n';
        if (!text(4).empty()) command.out() << "     " << words({"cli.explain-read", {text(4)}}, language) << '\n';
        if (!text(5).empty()) command.out() << "     " << text(5) << '\n';
        if (!text(6).empty()) command.out() << "     " << words({"cli.explain-basis", {text(6)}}, language) << '\n';
      }
      if (!others.empty()) command.out() << '\n' << words({"cli.explain-other", {}}, language) << '\n';
      for (const std::string& other : others) command.out() << "  – " << other << '\n';
    }
    return explanation.verdict == Verdict::Undecided ? DoneWithRemarks : Done;
  }
  return Done;
}

int hours_command(const Command& command, const std::string& by, const std::string& month, const std::string& from,
                  const std::string& to) {
  if (!month.empty() && !(from.empty() && to.empty()))
    throw Stop{WrongUsage, {"cli.not-together", {"--month", from.empty() ? "--to" : "--from"}}};
  Period period{*Date::of(1, 1, 1), std::nullopt};
  if (const auto asked = command.month(month, "--month")) period = {asked->first(), asked->last()};
  if (!from.empty()) period.first = command.date(from, "--from");
  if (!to.empty()) period.last = command.date(to, "--to");
  if (period.last && *period.last < period.first)
    throw Stop{WrongUsage, {"cli.period", {period.first.iso(), period.last->iso()}}};
  const Workspace workspace = command.open();
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
  const Table table = hours_table(state, by, period);
  command.print(table);
  return !table.rows.empty() && std::get<std::int64_t>(table.rows.back().back()) != 0 ? DoneWithRemarks : Done;
}

Period staff_period(const Command& command, const std::string& year, const std::string& month) {
  if (const auto asked = command.month(month, "--month")) return {asked->first(), asked->last()};
  if (year.empty()) return {*Date::of(1, 1, 1), std::nullopt};
  const auto january = Month::parse(year + "-01");
  if (!january) throw Stop{WrongUsage, {"cli.year", {year}}};
  return {january->first(), Date::of(january->year(), 12, 31)};
}

int staff_time_command(const Command& command, const std::string& year, const std::string& month) {
  const Period period = staff_period(command, year, month);
  const Workspace workspace = command.open();
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
  const Table months = staff_time_table(state, period), caps = staff_caps_table(state, period);
  if (command.form() == Form::Json) {
    command.out() << as_json(months, {}, {caps}) << '\n';
  } else {
    command.print(months);
    if (command.form() == Form::Text && !caps.rows.empty()) {
      command.out() << '\n';
      command.print(caps);
    }
  }
  const auto& rows = months.rows;
  return !rows.empty() && std::get<std::int64_t>(rows.back()[5]) != 0 ? DoneWithRemarks : Done;
}

struct ClaimArguments {
  std::string period, from, to, other_direct, allowances, given;
};

Money money_argument(const std::string& text, const char* option) {
  if (const auto amount = money_of(text)) return *amount;
  throw Stop{WrongUsage, {"cli.money", {option, text}}};
}

// The months that are meant, one after the other, all of the operation.
std::vector<Month> months_asked(const Command& command, const Workspace& workspace, const ClaimArguments& arguments) {
  if (!arguments.period.empty() && !(arguments.from.empty() && arguments.to.empty()))
    throw Stop{WrongUsage, {"cli.not-together", {"--period", arguments.from.empty() ? "--to" : "--from"}}};
  const bool one = !arguments.period.empty();
  const auto first = one ? command.month(arguments.period, "--period") : command.month(arguments.from, "--from");
  const auto last = one ? first : command.month(arguments.to, "--to");
  if (!first || !last) throw Stop{WrongUsage, {"cli.claim-which", {}}};
  if (*last < *first) throw Stop{WrongUsage, {"cli.period", {first->iso(), last->iso()}}};
  const Period operation = workspace.project(command.project(workspace))->operation();
  std::vector<Month> months;
  for (Month month = *first; month <= *last; month = month.next()) {
    if (!operation.touches({month.first(), month.last()}))
      throw Stop{Refused,
                 {"month.outside-project",
                  {month.iso(), Month::containing(operation.first).iso(),
                   operation.last ? Month::containing(*operation.last).iso() : std::string()}}};
    months.push_back(month);
  }
  return months;
}

int claim_command(const Command& command, const ClaimArguments& arguments) {
  CostBase besides;
  if (!arguments.other_direct.empty())
    besides.other_direct = ExactMoney::of(money_argument(arguments.other_direct, "--other-direct"));
  if (!arguments.allowances.empty())
    besides.participant_allowances = ExactMoney::of(money_argument(arguments.allowances, "--allowances"));
  std::optional<Money> given;
  if (!arguments.given.empty()) given = money_argument(arguments.given, "--cofinancing-given");
  const Workspace workspace = command.open();
  const std::vector<Month> months = months_asked(command, workspace, arguments);
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
  const auto answer = claim_answer(state, months, besides, given);
  if (!answer) {
    const int status = command.trouble(Refused, answer.error());
    command.say({"claim.nothing", {}});
    return status;
  }
  command.print(answer->lines, {}, {answer->sums, answer->terms});
  const bool over = months.back().last() < command.today();
  if (!over) command.say({"claim.not-over", {months.back().iso()}});
  return answer->share_kept && over ? Done : DoneWithRemarks;
}

int hourly_rate_command(const Command& command, const std::string& annual, const std::string& share, const std::string& worked,
                        const std::string& on) {
  const Money annual_gross = money_argument(annual, "--annual-gross");
  const auto time = time_of(worked);
  if (!time) throw Stop{WrongUsage, {"cli.hours-worked", {worked}}};
  std::optional<int> employed;
  if (!share.empty()) {
    employed = share_of_work(share);
    if (!employed) throw Stop{WrongUsage, {"cli.employment", {share}}};
  }
  const Date day = on.empty() ? command.today() : command.date(on, "--on");
  const Workspace workspace = command.open();
  const auto table = hourly_rate_table(workspace.programme(*workspace.project(command.project(workspace))), day, annual_gross,
                                       *time, employed);
  if (!table) throw Stop{Refused, table.error().message};
  command.print(*table);
  return std::get<std::int64_t>(table->rows[2][2]) == 0 ? Done : DoneWithRemarks;
}

struct ReportArguments {
  std::string kind, period, from, to, folder, sheet, format;
  bool all = false;
};

ReportRequest report_request(const Command& command, const ReportArguments& arguments) {
  if (!arguments.period.empty() && !(arguments.from.empty() && arguments.to.empty()))
    throw Stop{WrongUsage, {"cli.not-together", {"--period", arguments.from.empty() ? "--to" : "--from"}}};
  ReportRequest asked{.kind = arguments.kind};
  asked.month = command.month(arguments.period, "--period");
  if (!arguments.from.empty() || !arguments.to.empty()) {
    if (arguments.from.empty() || arguments.to.empty()) throw Stop{WrongUsage, {"cli.from-to", {}}};
    const Date from = command.date(arguments.from, "--from"), to = command.date(arguments.to, "--to");
    if (to < from) throw Stop{WrongUsage, {"cli.period", {from.iso(), to.iso()}}};
    asked.period = Period{from, to};
  }
  return asked;
}

// These hold up to the day that is looked at; a period would be taken for an answer that they do not give.
void must_take_period(const ReportArguments& arguments, const ReportKind& kind) {
  if (kind.period == ReportKind::Period::ToDate && !arguments.period.empty())
    throw Stop{WrongUsage, {"report.takes-no-period", {std::string(kind.kind)}}};
}

Report built(const Workspace& workspace, const ProjectState& state, const ReportRequest& asked) {
  auto report = build_report(workspace, state, asked);
  if (!report) throw Stop{WrongUsage, report.error().message};
  return std::move(*report);
}

const ReportKind& known_kind(const std::string& name) {
  if (const ReportKind* kind = report_kind(name)) return *kind;
  std::vector<std::string> names;
  for (const ReportKind& kind : report_kinds()) names.emplace_back(kind.kind);
  throw Stop{WrongUsage, {"cli.report-unknown", {name, Command::joined(names)}}};
}

int report_preview_command(const Command& command, const ReportArguments& arguments) {
  const ReportKind& kind = known_kind(arguments.kind);
  const Workspace workspace = command.open();
  const ProjectState state = project_state(workspace, command.project(workspace), command.today(),
                                           kind.explained ? Explain::Yes : Explain::No, command.known_at());
  const Report report = built(workspace, state, report_request(command, arguments));
  std::vector<std::string> sheets;
  for (const Sheet& sheet : report.sheets) sheets.push_back(sheet.id);
  if (!arguments.sheet.empty() && std::find(sheets.begin(), sheets.end(), arguments.sheet) == sheets.end())
    throw Stop{WrongUsage, {"cli.sheet-unknown", {arguments.sheet, Command::joined(sheets)}}};
  // Its mark and its line ends are for a file.
  if (arguments.format == "excel" && arguments.folder.empty()) throw Stop{WrongUsage, {"cli.excel-needs-file", {}}};
  std::vector<SheetTable> tables;
  if (arguments.format == "html" || arguments.format == "excel")
    tables = sheet_tables(workspace, report, arguments.format == "html" ? Identities::Masked : Identities::Shown);
  for (std::size_t i = tables.size(); i-- > 0;)
    if (!arguments.sheet.empty() && report.sheets[i].id != arguments.sheet)
      tables.erase(tables.begin() + static_cast<std::ptrdiff_t>(i));
  const bool one_table = arguments.format == "excel" || arguments.format == "csv";
  if (one_table && arguments.sheet.empty() && sheets.size() > 1)
    throw Stop{WrongUsage, {"cli.one-sheet", {arguments.format, Command::joined(sheets)}}};
  std::string out;
  if (arguments.format == "html") {
    out = web::preview_as_html(report, tables, command.language());
  } else if (arguments.format == "excel") {
    out = as_excel_csv(tables.front().table, command.language());
  } else if (arguments.format.empty() ? command.form() == Form::Json : arguments.format == "json") {
    out = preview_as_json(report, arguments.sheet, command.language()) + "\n";
  } else {
    for (const Sheet& sheet : report.sheets)
      if (arguments.sheet.empty() || sheet.id == arguments.sheet)
        out += arguments.format == "csv" ? as_program_csv(sheet, command.language()) : to_text(sheet);
  }
  std::error_code error;
  if (arguments.folder.empty())
    command.out() << out;
  else if (std::filesystem::exists(arguments.folder, error))
    throw Stop{Refused, {"cli.file-exists", {arguments.folder}}};
  else
    write_private_file(arguments.folder, out);
  return all_agree(report) && report.remaining.empty() ? Done : DoneWithRemarks;
}

int report_make_command(const Command& command, const ReportArguments& arguments) {
  std::vector<const ReportKind*> kinds;
  if (arguments.all && !arguments.kind.empty()) throw Stop{WrongUsage, {"cli.report-all-or-one", {arguments.kind}}};
  if (arguments.all)
    for (const ReportKind& kind : report_kinds()) kinds.push_back(&kind);
  else if (arguments.kind.empty())
    throw Stop{WrongUsage, {"cli.report-which", {}}};
  else
    kinds.push_back(&known_kind(arguments.kind));
  if (!arguments.all) must_take_period(arguments, *kinds.front());
  Workspace workspace = command.open();
  const bool explained = std::any_of(kinds.begin(), kinds.end(), [](const ReportKind* kind) { return kind->explained; });
  const ProjectState state = project_state(workspace, command.project(workspace), command.today(),
                                           explained ? Explain::Yes : Explain::No, command.known_at());
  const auto made = make_reports(
      workspace, state,
      [&] {
        std::vector<Report> reports;
        for (const ReportKind* kind : kinds) {
          if (arguments.all && (kind->alone || !report_fits(kind->kind, state.programme->key))) continue;
          ReportArguments one = arguments;
          one.kind = kind->kind;
          reports.push_back(built(workspace, state, report_request(command, one)));
        }
        return reports;
      },
      command.language(), arguments.folder, command.actor(), command.now());
  if (!made) return command.trouble(Unreadable, made.error());
  Table table{.schema = "made"};
  table.columns = {{"report", {"Rapport", "Report"}},
                   {"kind", {"Slag", "Kind"}},
                   {"file", {"Fil", "File"}},
                   {"agrees", {"Stämmer", "Agrees"}}};
  int status = Done;
  for (const MadeReport& report : *made) {
    if (!report.agrees || !report.complete) status = DoneWithRemarks;
    for (const auto& file : report.files)
      table.rows.push_back({report.id, Message{"report." + report.kind, {}}, file.string(),
                            Message{report.agrees ? "yesno.yes" : "yesno.no", {}}});
  }
  command.print(table);
  return status;
}

void print_month(const Command& command, const Workspace& workspace, const std::string& project, Month month) {
  ProjectState state = project_state(workspace, project, command.today(), Explain::No);
  std::erase_if(state.months, [&](const MonthStanding& one) { return one.month != month; });
  command.print(months_table(state));
}

int month_command(const Command& command, const std::string& what, const std::string& month, const std::string& reason) {
  const auto asked_month = command.month(month, "MONTH");
  if (!asked_month) throw Stop{WrongUsage, {"cli.month", {"MONTH", month}}};
  Workspace workspace = command.open();
  const MonthRequest asked{.project = command.project(workspace),
                           .month = *asked_month,
                           .reason = reason,
                           .today = command.today(),
                           .actor = command.actor(),
                           .now = command.now()};
  const auto done = what == "attest"  ? attest_month(workspace, asked)
                    : what == "close" ? close_month(workspace, asked)
                                      : reopen_month(workspace, asked);
  if (!done) throw Stop{Refused, done.error().message};
  print_month(command, workspace, asked.project, *asked_month);
  if (what == "attest" && done->attested && done->attested->same_person) command.say({"month.same-person", {}});
  return Done;
}

int mark_filed_command(const Command& command, const FilingRequest& given, const std::string& on) {
  Workspace workspace = command.open();
  FilingRequest asked = given;
  asked.project = command.project(workspace);
  if (!on.empty()) asked.on = command.date(on, "--on");
  asked.today = command.today();
  asked.actor = command.actor();
  asked.now = command.now();
  const auto done = mark_filed(workspace, asked);
  if (!done) throw Stop{Refused, done.error().message};
  print_month(command, workspace, asked.project, done->month);
  return Done;
}

// What stands behind a number of a made report.
int report_trace_command(const Command& command, const std::string& report, const std::string& address, bool all) {
  if (all == !address.empty()) throw Stop{WrongUsage, {"cli.trace-all-or-one", {report}}};
  const Workspace workspace = command.open();
  const auto kept = kept_report(workspace, command.project(workspace), report);
  if (!kept) throw Stop{Refused, kept.error().message};
  if (all) {
    const Table table = traces_table(*kept);
    command.print(table);
    const std::string& differences = table.facts.back().second;
    command.say({"cli.traced-all", {report, std::to_string(table.rows.size()), differences}});
    return differences == "0" ? Done : Disagreement;
  }
  const auto place = number_at(*kept, address);
  if (!place) throw Stop{WrongUsage, place.error().message};
  const auto found = trace(kept->frozen, *place);
  if (!found) throw Stop{Refused, {"trace.damaged", {report}}};
  command.print(trace_table(*kept, *found, command.language()));
  command.say({"cli.traced",
               {address_of(*kept, *place), shown_number(*found, found->number, command.language()),
                in_both(words({"trace.how." + std::string(name_of(found->derivation)), {}}, Language::Swedish),
                        words({"trace.how." + std::string(name_of(found->derivation)), {}}, Language::English)),
                shown_number(*found, found->made_of, command.language()), std::to_string(found->difference)}});
  return found->difference == 0 ? Done : Disagreement;
}

// The workbooks of a made report again, byte for byte.
int report_remake_command(const Command& command, const std::string& report, const std::string& folder) {
  const Workspace workspace = command.open();
  const auto made = remake_report(workspace, command.project(workspace), report, folder);
  if (!made) throw Stop{Refused, made.error().message};
  command.print(remade_table(*made));
  if (made->same()) {
    command.say({"cli.remade", {report, std::to_string(made->files.size()), folder}});
    return Done;
  }
  command.say({"cli.remade-other", {report, made->made_by, made->now, made->template_sha256.substr(0, 16)}});
  return Disagreement;
}

struct SampleArguments {
  std::string frame, method = "simple", strata, seed, from, to, output, id, file, book, spread, anticipated;
  std::uint64_t places = 0, least = 2;  // a stratum of one drawn unit says nothing of the spread
  std::uint32_t population = 0, points = 3, response = 60;
  int confidence = 90;
};

ConfidenceLevel confidence_of(int percent) {
  return percent == 60 ? ConfidenceLevel::Percent60 : percent == 70 ? ConfidenceLevel::Percent70 : percent == 80 ? ConfidenceLevel::Percent80 : ConfidenceLevel::Percent90;
}

void show_sample(const Command& command, const Workspace& workspace, const DrawnSample& sample, const std::string& file) {
  const ProjectState state = project_state(workspace, command.project(workspace), command.today(), Explain::No);
  if (!file.empty()) write_sample(state, sample, file, command.language());
  command.print(sample_table(state, sample, command.language()));
}

int sample_draw_command(const Command& command, const SampleArguments& arguments) {
  must_be_new(arguments.output);
  must_have_folder(arguments.output);
  Workspace workspace = command.open();
  SampleRequest asked{.project = command.project(workspace),
                      .frame = *sample_frame(arguments.frame),
                      .method = *sample_method(arguments.method),
                      .strata = arguments.strata,
                      .period = {*Date::of(1, 1, 1), std::nullopt},
                      .places = arguments.places,
                      .least = arguments.least,
                      .seed = arguments.seed,
                      .today = command.today(),
                      .actor = command.actor(),
                      .now = command.now()};
  if (!arguments.from.empty()) asked.period.first = command.date(arguments.from, "--from");
  if (!arguments.to.empty()) asked.period.last = command.date(arguments.to, "--to");
  const auto sample = draw_sample(workspace, asked);
  if (!sample) throw Stop{Refused, sample.error().message};
  show_sample(command, workspace, *sample, arguments.output);
  command.say({"cli.sample-drawn",
               {sample->id(), std::to_string(sample->units.size()), std::to_string(sample->frame.size()),
                sample->stored.digest.substr(0, 16)}});
  return Done;
}

int sample_show_command(const Command& command, const SampleArguments& arguments) {
  must_be_new(arguments.output);
  const Workspace workspace = command.open();
  const auto sample = drawn_sample(workspace, command.project(workspace), arguments.id);
  if (!sample) throw Stop{Refused, sample.error().message};
  show_sample(command, workspace, *sample, arguments.output);
  return Done;
}

int sample_result_command(const Command& command, const SampleArguments& arguments) {
  const Workspace workspace = command.open();
  const auto sample = drawn_sample(workspace, command.project(workspace), arguments.id);
  if (!sample) throw Stop{Refused, sample.error().message};
  const auto result = sample_result(*sample, arguments.file, confidence_of(arguments.confidence));
  if (!result) throw Stop{Unreadable, result.error().message};
  command.print(sample_result_table(*result));
  command.say({"cli.sample-plan-unverified", {}});
  return result->whole.verdict == AuditVerdict::Accept ? Done : DoneWithRemarks;
}

std::int64_t amount_of(const std::string& text, const char* option, std::int64_t scale) {
  const auto amount = whole_amount(text, scale);
  if (!amount || *amount < 0) throw Stop{WrongUsage, {"cli.amount", {text, option}}};
  return *amount;
}

// How large a sample of money has to be, or of people who left.
int sample_plan_command(const Command& command, const SampleArguments& arguments) {
  Table table{.schema = "sample-plan"};
  table.columns = {{"what", {"Vad", "What"}}, {"number", {"Antal", "Number"}, Table::Column::Kind::Count}};
  if (arguments.population > 0) {
    const std::uint64_t answers = answers_needed(arguments.population, arguments.points);
    const std::uint64_t ask = people_to_ask(arguments.population, answers, arguments.response);
    table.rows.push_back({Message{"sample.plan.population", {}}, static_cast<std::int64_t>(arguments.population)});
    table.rows.push_back({Message{"sample.plan.answers", {std::to_string(arguments.points)}}, static_cast<std::int64_t>(answers)});
    table.rows.push_back({Message{"sample.plan.ask", {std::to_string(arguments.response)}}, static_cast<std::int64_t>(ask)});
  } else {
    if (arguments.book.empty() || arguments.spread.empty()) throw Stop{WrongUsage, {"cli.sample-plan-what", {}}};
    const Money book = Money::of_ore(amount_of(arguments.book, "--book", 100));
    const Money anticipated = Money::of_ore(arguments.anticipated.empty() ? 0 : amount_of(arguments.anticipated, "--anticipated", 100));
    const auto spread = amount_of(arguments.spread, "--spread", 1'000'000);
    if (spread > 1'000'000) throw Stop{WrongUsage, {"cli.amount", {arguments.spread, "--spread"}}};
    const auto size = size_of_money_sample(book, confidence_of(arguments.confidence), static_cast<std::uint32_t>(spread),
                                           tolerable_error(book), anticipated);
    if (!size) throw Stop{Refused, size.error().message};
    table.rows.push_back({Message{"sample.plan.tolerable", {}}, tolerable_error(book).ore()});
    table.rows.push_back({Message{"sample.plan.size", {}}, static_cast<std::int64_t>(*size)});
  }
  command.print(table);
  command.say({"cli.sample-plan-unverified", {}});
  return Done;
}

// Whether a workbook is the one that was made: by its bytes, else by the report that it says it is.
int report_check_command(const Command& command, const std::string& file) {
  const Workspace workspace = command.open();
  const ReportCheck check = check_report(workspace, file, command.named_project(workspace), command.today());
  std::vector<Table> parts;
  if (check.differences) parts.push_back(cell_differences_table(*check.differences));
  command.print(report_check_table(check), {}, parts);
  switch (check.state) {
    case ReportCheck::State::Identical:
      command.say({"cli.report-identical", {check.report, check.made_at}});
      if (!check.now_other) return Done;
      command.say(
          {"cli.report-now-other",
           {check.report, in_both(words(*check.now_other, Language::Swedish), words(*check.now_other, Language::English))}});
      return DoneWithRemarks;
    case ReportCheck::State::Altered:
      if (!check.differences)
        command.say({"cli.report-altered", {check.report, check.made_at}});
      else if (check.differences->empty())
        command.say({"cli.report-saved-anew", {check.report, check.made_at}});
      else
        command.say({"cli.report-cells-differ", {check.report, check.made_at, std::to_string(check.differences->size())}});
      return Disagreement;
    case ReportCheck::State::Several:
      command.say({"cli.report-several", {file, check.report}});
      return Refused;
    case ReportCheck::State::Unknown:
      break;
  }
  command.say({check.report.empty() ? "cli.report-not-known" : "cli.report-not-known-id", {file, check.report}});
  return Refused;
}

CorrectionRequest correction_of(const Command& command, const Workspace& workspace, const std::string& reference,
                                const std::vector<std::string>& changes, const std::string& reason) {
  CorrectionRequest asked{.project = command.project(workspace), .participant = reference, .changes = {}, .reason = reason};
  for (const std::string& change : changes) {
    const std::size_t equals = change.find('=');
    if (equals == std::string::npos || equals == 0) throw Stop{WrongUsage, {"cli.field-value", {change}}};
    asked.changes.push_back({change.substr(0, equals), change.substr(equals + 1)});
  }
  std::set<std::string> fields;
  for (const auto& change : asked.changes)
    if (!fields.insert(change.field).second) throw Stop{WrongUsage, {"cli.field-twice", {change.field}}};
  asked.today = command.today();
  asked.actor = command.actor();
  asked.now = command.now();
  return asked;
}

// What a correction would do, before anything is changed: facts, verdicts, hours, money, indicators, and what would have to be
// sent again.
int effect_command(const Command& command, const std::string& reference, const std::vector<std::string>& changes) {
  Workspace workspace = command.open_to_try();
  CorrectionRequest asked = correction_of(command, workspace, reference, changes, words({"effect.not-done", {}}, Language::English));
  std::optional<Message> wrong;
  const Preview shown = preview(workspace, asked.project, command.today(), [&] {
    if (const auto done = correct(workspace, asked); !done) wrong = done.error().message;
  });
  if (wrong) throw Stop{Refused, *wrong};
  const Table facts = difference_table(workspace, asked.project, shown, 0);
  if (command.form() == Form::Json) {
    command.out() << as_json(facts, {}, {verdict_changes_table(shown.effect), month_changes_table(shown.effect),
                                         claim_changes_table(shown.effect), indicator_changes_table(shown.effect), shown.resend})
                  << '\n';
  } else {
    command.print(facts);
    if (command.form() == Form::Text)
      for (const Table& table : {verdict_changes_table(shown.effect), month_changes_table(shown.effect),
                                 claim_changes_table(shown.effect), indicator_changes_table(shown.effect), shown.resend}) {
        command.out() << '\n';
        command.print(table);
      }
  }
  command.say({"cli.effect-not-done", {}});
  return shown.resend.rows.empty() ? Done : DoneWithRemarks;
}

int duplicates_command(const Command& command) {
  const Workspace workspace = command.open();
  const ProjectState state =
      project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
  const auto found = double_uses(workspace, state, command.language());
  command.print(double_uses_table(found));
  if (!found.empty()) command.say({"cli.duplicates-questions", {}});
  return found.empty() ? Done : DoneWithRemarks;
}

int correct_command(const Command& command, const std::string& reference, const std::vector<std::string>& changes,
                    const std::string& reason) {
  Workspace workspace = command.open();
  const CorrectionRequest asked = correction_of(command, workspace, reference, changes, reason);
  const auto laid = correct(workspace, asked);
  if (!laid) throw Stop{Refused, laid.error().message};
  std::set<std::string> fields;
  for (const auto& change : asked.changes) fields.insert(change.field);
  std::vector<std::pair<std::string, std::string>> facts{{"participant", reference}};
  for (const std::string& field : fields) facts.emplace_back("corrected." + field, "yes");
  command.done("corrected", std::move(facts), {"cli.corrected", {reference}});
  say_reopened(command, *laid);
  return Done;
}

int identity_command(const Command& command, const std::string& file) {
  std::vector<IdentityCheck> checks;
  if (file == "-")
    checks = check_identities(*command.here().in, command.today());
  else
    checks = check_identities(std::filesystem::path(file), command.today());
  command.print(identity_table(checks));
  return std::any_of(checks.begin(), checks.end(), [](const IdentityCheck& check) { return !check.read; }) ? DoneWithRemarks
                                                                                                           : Done;
}

int demo_command(const Command& command, const std::string& folder) {
  const auto target = folder.empty() ? std::filesystem::path("horisont-demo") : std::filesystem::path(folder);
  const auto say = [&](const Message& message) { command.say(message); };
  const DemoOutcome outcome = run_demo(target, command.here().share, command.language(), command.actor(), command.now(), say);
  if (!outcome.trouble.empty()) return command.trouble(outcome.status, outcome.trouble);
  command.print(outcome.table);
  command.print(outcome.workbooks);
  if (command.form() == Form::Text)
    command.say(
        {outcome.agrees ? "demo.agrees" : "demo.differs", {outcome.summary.string(), std::to_string(outcome.differences)}});
  return outcome.agrees ? Done : Disagreement;
}

}  // namespace

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
  const Language language = command.language();
  const auto text = [&](const char* id) { return words({id, {}}, language); };

  CLI::App app{text("cli.about"), "horisont"};
  const auto formatter = std::make_shared<CLI::Formatter>();
  for (const char* label : {"Usage", "OPTIONS", "Options", "SUBCOMMAND", "SUBCOMMANDS", "Subcommands", "Positionals",
                            "REQUIRED", "Env", "Needs", "Excludes", "TEXT"})
    formatter->label(label, text(("cli.label." + std::string(label)).c_str()));
  formatter->column_width(34);
  std::vector<CLI::App*> all;
  const auto common_options = [&](CLI::App* to) {
    to->add_option("--home", common.home, text("cli.o.home"));
    to->add_option("--project", common.project, text("cli.o.project"));
    to->add_option("--lang", common.language, text("cli.o.lang"))->check(CLI::IsMember({"sv", "en"}));
    to->add_option("--as-of", common.as_of, text("cli.o.as-of"));
    to->add_option("--today", common.today, text("cli.o.today"));
    to->add_flag("--json", common.json, text("cli.o.json"));
    to->add_flag("--plain", common.plain, text("cli.o.plain"));
    to->add_flag("--no-input", common.no_input, text("cli.o.no-input"));
    to->add_flag("--yes", common.yes, text("cli.o.yes"));
    to->add_flag("--quiet", common.quiet, text("cli.o.quiet"));
    to->add_flag("--verbose", common.verbose, text("cli.o.verbose"));
    to->add_flag("--no-color", common.no_color, text("cli.o.no-color"));
    to->add_flag("--no-progress", common.no_progress, text("cli.o.no-progress"));
  };
  common_options(&app);
  int status = Done;
  std::function<int()> chosen;
  const auto sub = [&](CLI::App* parent, const char* name) {
    std::string id = parent == &app ? name : parent->get_name() + "-" + name;
    CLI::App* made = parent->add_subcommand(name, text(("cli.c." + id).c_str()));
    made->formatter(formatter);
    made->group(text("cli.label.Subcommands"));
    made->option_defaults()->group(text("cli.label.Options"));
    made->set_help_flag("-h,--help", text("cli.o.help"))->group(text("cli.label.Options"));
    made->footer(text("cli.statuses"));
    all.push_back(made);
    return made;
  };
  const auto does = [&](CLI::App* on, std::function<int()> what) {
    common_options(on);
    on->callback([&chosen, what] { chosen = what; });
  };
  const auto group = [&](CLI::App* parent, const char* name) {
    CLI::App* made = sub(parent, name);
    made->require_subcommand(1);
    return made;
  };
  app.formatter(formatter);
  app.option_defaults()->group(text("cli.label.Options"));
  app.set_help_flag("-h,--help", text("cli.o.help"))->group(text("cli.label.Options"));
  app.set_version_flag("--version", program_version(), text("cli.o.version"))->group(text("cli.label.Options"));
  app.footer(text("cli.statuses"));
  app.require_subcommand(1);

  // Set up
  does(sub(&app, "init"), [&] {
    const Workspace workspace = command.create();
    // A database that stood there before may be damaged; nothing is built on that.
    if (const auto faults = workspace.store.check(); !faults.empty())
      throw Stop{Disagreement,
                 {"store.damaged", {(command.home() / "data" / "horisont.db").string(), words(faults[0], language)}}};
    const std::string made = command.home().string();
    command.done("init", {{"home", made}}, {"cli.init-done", {made}});
    return Done;
  });
  std::string demo_folder;
  CLI::App* demo = sub(&app, "demo");
  demo->add_option("DIR", demo_folder, text("cli.o.demo-dir"));
  does(demo, [&] { return demo_command(command, demo_folder); });
  does(sub(&app, "doctor"), [&] {
    const Workspace workspace = command.open();
    const auto faults = workspace.store.check();
    command.print(pragmas_table(workspace.store.pragmas(), faults));
    return faults.empty() ? Done : Disagreement;
  });
  CLI::App* config = group(&app, "config");
  does(sub(config, "check"), [&] {
    const auto findings = check_configuration(command.home(), here.share);
    if (!findings.empty()) return command.trouble(Unreadable, findings);
    command.print(findings_table({}));
    command.say({"cli.config-sound", {}});
    return int{Done};
  });
  CLI::App* project = group(&app, "project");
  does(sub(project, "list"), [&] {
    command.print(projects_table(command.configuration()));
    return Done;
  });
  std::string project_key;
  CLI::App* project_show = sub(project, "show");
  project_show->add_option("KEY", project_key, text("cli.o.key"))->required();
  does(project_show, [&] {
    const Configuration configuration = command.configuration();
    const auto found = configuration.projects.find(project_key);
    if (found == configuration.projects.end()) {
      std::vector<std::string> keys;
      for (const auto& [key, terms] : configuration.projects) keys.push_back(key);
      throw Stop{Refused, {"cli.project-unknown", {project_key, Command::joined(keys)}}};
    }
    command.print(project_table(found->second));
    return Done;
  });

  // Read in
  std::vector<std::string> files;
  ImportArguments read_in;
  bool dry_run = false;
  const auto rows_option = [&](CLI::App* on) {
    on->add_option("--rows", read_in.rows, text("cli.o.rows"))->check(CLI::IsMember({"all", "good"}));
    on->add_option("--missing", read_in.missing, text("cli.o.missing"))->check(CLI::IsMember({"keep", "end", "misread"}));
    on->add_option("--end-date", read_in.end_date, text("cli.o.end-date"));
    on->add_option("--reason", read_in.reason, text("cli.o.reason"));
  };
  CLI::App* import = sub(&app, "import");
  import->add_option("FILE", read_in.files, text("cli.o.file"))->required();
  import->add_option("--record", read_in.record, text("cli.o.record"));
  import->add_option("--month", read_in.month, text("cli.o.month"));
  import->add_option("--sheet", read_in.sheet, text("cli.o.sheet"));
  import->add_option("--header", read_in.header, text("cli.o.header"));
  import->add_option("--profile", read_in.profile, text("cli.o.profile"));
  import->add_option("--read-as", read_in.answers, text("cli.o.read-as"));
  import->add_option("--save-profile", read_in.save_profile, text("cli.o.save-profile"));
  import->add_option("--marked-up", read_in.marked_up, text("cli.o.marked-up"));
  rows_option(import);
  import->add_flag("--dry-run", read_in.dry_run, text("cli.o.dry-run"));
  import->add_flag("--again", read_in.again, text("cli.o.again"));
  does(import, [&] { return import_command(command, read_in); });
  LogArguments of_log;
  CLI::App* log = group(&app, "log");
  does(sub(log, "status"), [&] { return log_status_command(command); });
  CLI::App* log_checkpoint = sub(log, "checkpoint");
  log_checkpoint->add_option("--since", of_log.since, text("cli.o.log-since"));
  log_checkpoint->add_option("-o,--output", of_log.output, text("cli.o.log-file"));
  does(log_checkpoint, [&] { return log_checkpoint_command(command, of_log); });
  CLI::App* log_witness = sub(log, "witness");
  log_witness->add_option("REQUEST", of_log.file, text("cli.o.witness-request"));
  log_witness->add_option("--state", of_log.state, text("cli.o.witness-state"))->required();
  log_witness->add_option("--key", of_log.key, text("cli.o.witness-key"))->required();
  log_witness->add_option("--name", of_log.name, text("cli.o.witness-name"));
  log_witness->add_option("--watch", of_log.watch, text("cli.o.witness-watch"));
  does(log_witness, [&] { return log_witness_command(command, of_log); });
  CLI::App* cosign = sub(log, "cosign");
  cosign->add_option("ANSWER", of_log.file, text("cli.o.witness-answer"))->required();
  cosign->add_option("--witness", of_log.key, text("cli.o.witness-vkey"))->required();
  does(cosign, [&] { return log_cosign_command(command, of_log); });
  CLI::App* challenge = sub(log, "challenge");
  challenge->add_option("TEXT", of_log.challenge, text("cli.o.challenge"))->required();
  challenge->add_option("-o,--output", of_log.output, text("cli.o.log-file"))->required();
  does(challenge, [&] { return log_challenge_command(command, of_log); });
  does(sub(log, "verify"), [&] { return log_verify_command(command); });
  CLI::App* log_export = sub(log, "export");
  log_export->add_option("-o,--output", of_log.output, text("cli.o.log-file"))->required();
  does(log_export, [&] { return log_export_command(command, of_log); });
  CLI::App* prove = sub(log, "prove");
  prove->add_option("ENTRY", of_log.entry, text("cli.o.log-entry"))->required();
  prove->add_option("-o,--output", of_log.output, text("cli.o.log-file"))->required();
  does(prove, [&] { return log_prove_command(command, of_log); });
  CLI::App* imports = group(&app, "imports");
  does(sub(imports, "list"), [&] { return imports_list_command(command); });
  const auto numbered_sub = [&](const char* name, const char* what) {
    CLI::App* made = sub(imports, name);
    made->add_option("ID", read_in.number, text(what))->required();
    return made;
  };
  does(numbered_sub("show", "cli.o.import-or-draft"), [&] { return imports_show_command(command, read_in); });
  CLI::App* commit = numbered_sub("commit", "cli.o.draft");
  rows_option(commit);
  does(commit, [&] { return imports_commit_command(command, read_in); });
  does(numbered_sub("drop", "cli.o.draft"), [&] { return imports_drop_command(command, read_in); });
  CLI::App* undo = numbered_sub("undo", "cli.o.import");
  undo->add_option("--reason", read_in.reason, text("cli.o.reason"));
  undo->add_flag("--dry-run", read_in.dry_run, text("cli.o.dry-run"));
  does(undo, [&] { return imports_undo_command(command, read_in); });
  CLI::App* profile = group(&app, "profile");
  std::string profile_name, profile_file;
  int profile_version = 0;
  does(sub(profile, "list"), [&] {
    const Workspace workspace = command.open();
    command.print(profiles_table(workspace.store.profiles(command.project(workspace))));
    return Done;
  });
  const auto profile_sub = [&](const char* name) {
    CLI::App* made = sub(profile, name);
    made->add_option("NAME", profile_name, text("cli.o.profile"))->required();
    return made;
  };
  for (const char* name : {"show", "export"}) {
    CLI::App* made = profile_sub(name);
    made->add_option("--version", profile_version, text("cli.o.profile-version"));
    if (*name == 'e') made->add_option("-o,--output", profile_file, text("cli.o.profile-output"))->required();
    does(made, [&] { return profile_show_command(command, profile_name, profile_version, profile_file); });
  }
  CLI::App* profile_add = sub(profile, "add");
  profile_add->add_option("FILE", profile_file, text("cli.o.profile-file"))->required();
  does(profile_add, [&] { return profile_add_command(command, profile_file); });
  does(profile_sub("retire"), [&] { return profile_retire_command(command, profile_name); });
  std::string level, code;
  CLI::App* problems = group(&app, "problems");
  CLI::App* problems_list = sub(problems, "list");
  problems_list->add_option("--level", level, text("cli.o.level"))->check(CLI::IsMember({"error", "warning", "notice"}));
  problems_list->add_option("--code", code, text("cli.o.code"));
  does(problems_list, [&] {
    const Workspace workspace = command.open();
    auto findings = workspace.store.findings(command.project(workspace));
    std::erase_if(findings, [&](const Finding& finding) {
      const char* is = finding.level == Level::Error ? "error" : finding.level == Level::Warning ? "warning" : "notice";
      return (!level.empty() && level != is) || (!code.empty() && code != finding.code);
    });
    command.print(findings_table(findings), findings);
    return findings.empty() ? Done : DoneWithRemarks;
  });
  std::string export_id, export_file;
  CLI::App* problems_export = sub(problems, "export");
  problems_export->add_option("ID", export_id, text("cli.o.import-or-draft"))->required();
  problems_export->add_option("-o,--output", export_file, text("cli.o.template-output"))->required();
  does(problems_export, [&] { return problems_export_command(command, export_id, export_file); });
  std::string blank_record;
  bool prefill = false;
  CLI::App* blank = sub(&app, "template");
  blank->add_option("RECORD", blank_record, text("cli.o.template-record"))->required();
  blank->add_option("-o,--output", export_file, text("cli.o.template-output"))->required();
  blank->add_flag("--prefill", prefill, text("cli.o.prefill"));
  does(blank, [&] { return template_command(command, blank_record, export_file, prefill); });
  std::string reference, reason;
  std::vector<std::string> changes;
  CLI::App* correct = sub(&app, "correct");
  correct->add_option("ID", reference, text("cli.o.id"))->required();
  correct->add_option("FIELD=VALUE", changes, text("cli.o.change"))->required();
  correct->add_option("--reason", reason, text("cli.o.reason"))->required();
  does(correct, [&] { return correct_command(command, reference, changes, reason); });
  CLI::App* effect_of = sub(&app, "effect");
  effect_of->add_option("ID", reference, text("cli.o.id"))->required();
  effect_of->add_option("FIELD=VALUE", changes, text("cli.o.change"))->required();
  does(effect_of, [&] { return effect_command(command, reference, changes); });
  does(sub(&app, "duplicates"), [&] { return duplicates_command(command); });

  // See
  std::string verdict;
  CLI::App* participants = sub(&app, "participants");
  participants->add_option("--verdict", verdict, text("cli.o.verdict"))
      ->check(CLI::IsMember({"eligible", "eligible-with-remarks", "not-eligible", "undecided"}));
  does(participants, [&] {
    const Workspace workspace = command.open();
    const ProjectState state =
        project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
    std::optional<Verdict> only;
    for (int i = 0; i < 4; ++i)
      if (name_of(static_cast<Verdict>(i)) == verdict) only = static_cast<Verdict>(i);
    command.print(participants_table(state, only));
    return Done;
  });
  std::string by = "month", from, to, hours_month;
  CLI::App* status_app = sub(&app, "status");
  status_app->add_option("--month", hours_month, text("cli.o.only-month"));
  does(status_app, [&] { return status_command(command, hours_month); });
  CLI::App* hours = sub(&app, "hours");
  hours->add_option("--by", by, text("cli.o.by"))->check(CLI::IsMember({"participant", "activity", "day", "month", "reason"}));
  hours->add_option("--month", hours_month, text("cli.o.only-month"));
  hours->add_option("--from", from, text("cli.o.from"));
  hours->add_option("--to", to, text("cli.o.to"));
  does(hours, [&] { return hours_command(command, by, hours_month, from, to); });

  std::string staff_year, staff_month;
  CLI::App* staff = sub(&app, "staff-time");
  staff->add_option("--year", staff_year, text("cli.o.year"));
  staff->add_option("--month", staff_month, text("cli.o.only-month"));
  does(staff, [&] { return staff_time_command(command, staff_year, staff_month); });

  ClaimArguments claimed;
  CLI::App* claim = sub(&app, "claim");
  claim->add_option("--period", claimed.period, text("cli.o.claim-period"));
  claim->add_option("--from", claimed.from, text("cli.o.claim-from"));
  claim->add_option("--to", claimed.to, text("cli.o.claim-to"));
  claim->add_option("--other-direct", claimed.other_direct, text("cli.o.other-direct"));
  claim->add_option("--allowances", claimed.allowances, text("cli.o.allowances"));
  claim->add_option("--cofinancing-given", claimed.given, text("cli.o.cofinancing-given"));
  does(claim, [&] { return claim_command(command, claimed); });
  std::string annual_gross, employment, hours_worked, rate_day;
  CLI::App* hourly_rate = sub(&app, "hourly-rate");
  hourly_rate->add_option("--annual-gross", annual_gross, text("cli.o.annual-gross"))->required();
  hourly_rate->add_option("--hours", hours_worked, text("cli.o.hours-worked"))->required();
  hourly_rate->add_option("--employment", employment, text("cli.o.employment"));
  hourly_rate->add_option("--on", rate_day, text("cli.o.rate-day"));
  does(hourly_rate, [&] { return hourly_rate_command(command, annual_gross, employment, hours_worked, rate_day); });

  // Decide
  CLI::App* assess_app = sub(&app, "assess");
  assess_app->add_flag("--dry-run", dry_run, text("cli.o.assess-dry-run"));
  does(assess_app, [&] { return assess_command(command, dry_run); });
  CLI::App* explain_app = sub(&app, "explain");
  explain_app->add_option("ID", reference, text("cli.o.id"))->required();
  does(explain_app, [&] { return explain_command(command, reference); });

  // Report
  CLI::App* report = group(&app, "report");
  ReportArguments asked;
  does(sub(report, "templates"), [&] {
    Table table{.schema = "templates"};
    table.columns = {{"kind", {"Mall", "Template"}}, {"name", {"Rapport", "Report"}}};
    for (const ReportKind& kind : report_kinds())
      table.rows.push_back({std::string(kind.kind), Message{"report." + std::string(kind.kind), {}}});
    command.print(table);
    return Done;
  });
  const auto report_options = [&](CLI::App* on) {
    on->add_option("--period", asked.period, text("cli.o.period"));
    on->add_option("--from", asked.from, text("cli.o.from"));
    on->add_option("--to", asked.to, text("cli.o.to"));
  };
  CLI::App* preview = sub(report, "preview");
  preview->add_option("TEMPLATE", asked.kind, text("cli.o.template"))->required();
  preview->add_option("--sheet", asked.sheet, text("cli.o.only-sheet"));
  preview->add_option("-o,--output", asked.folder, text("cli.o.preview-file"));
  preview->add_option("--format", asked.format, text("cli.o.format"))->check(CLI::IsMember({"text", "html", "excel", "csv", "json"}));
  report_options(preview);
  does(preview, [&] { return report_preview_command(command, asked); });
  CLI::App* make = sub(report, "make");
  make->add_option("TEMPLATE", asked.kind, text("cli.o.template"));
  make->add_flag("--all", asked.all, text("cli.o.all"));
  make->add_option("-o,--output", asked.folder, text("cli.o.output"))->required();
  report_options(make);
  does(make, [&] { return report_make_command(command, asked); });
  std::string report_file;
  CLI::App* report_check = sub(report, "check");
  report_check->add_option("FILE", report_file, text("cli.o.report-file"))->required();
  does(report_check, [&] { return report_check_command(command, report_file); });
  std::string made_report, address, remake_folder;
  bool every_cell = false;
  CLI::App* report_trace = sub(report, "trace");
  report_trace->add_option("ID", made_report, text("cli.o.report-id"))->required();
  report_trace->add_option("CELL", address, text("cli.o.cell"));
  report_trace->add_flag("--all", every_cell, text("cli.o.every-cell"));
  does(report_trace, [&] { return report_trace_command(command, made_report, address, every_cell); });
  CLI::App* remake = sub(report, "remake");
  remake->add_option("ID", made_report, text("cli.o.report-id"))->required();
  remake->add_option("-o,--output", remake_folder, text("cli.o.output"))->required();
  does(remake, [&] { return report_remake_command(command, made_report, remake_folder); });
  does(sub(report, "list"), [&] {
    const Workspace workspace = command.open();
    command.print(reports_table(workspace.store.reports(command.project(workspace))));
    return Done;
  });

  // Samples
  SampleArguments of_sample;
  CLI::App* sample = group(&app, "sample");
  const auto confidence = [&](CLI::App* on) {
    on->add_option("--confidence", of_sample.confidence, text("cli.o.confidence"))->check(CLI::IsMember({60, 70, 80, 90}));
  };
  CLI::App* sample_plan = sub(sample, "plan");
  sample_plan->add_option("--leavers", of_sample.population, text("cli.o.leavers"));
  sample_plan->add_option("--points", of_sample.points, text("cli.o.points"))->check(CLI::Range(1, 20));
  sample_plan->add_option("--response", of_sample.response, text("cli.o.response"))->check(CLI::Range(1, 100));
  sample_plan->add_option("--book", of_sample.book, text("cli.o.book"));
  sample_plan->add_option("--spread", of_sample.spread, text("cli.o.spread"));
  sample_plan->add_option("--anticipated", of_sample.anticipated, text("cli.o.anticipated"));
  confidence(sample_plan);
  does(sample_plan, [&] { return sample_plan_command(command, of_sample); });
  CLI::App* sample_draw = sub(sample, "draw");
  sample_draw->add_option("FRAME", of_sample.frame, text("cli.o.sample-frame"))
      ->required()
      ->check(CLI::IsMember({"participants", "hours", "claims"}));
  sample_draw->add_option("--size", of_sample.places, text("cli.o.sample-size"))->required()->check(CLI::Range(1, 1'000'000));
  sample_draw->add_option("--seed", of_sample.seed, text("cli.o.sample-seed"))->required();
  sample_draw->add_option("--method", of_sample.method, text("cli.o.sample-method"))
      ->check(CLI::IsMember({"simple", "stratified", "monetary-unit"}));
  sample_draw->add_option("--by", of_sample.strata, text("cli.o.sample-by"));
  sample_draw->add_option("--least", of_sample.least, text("cli.o.sample-least"))->check(CLI::Range(0, 1'000'000));
  sample_draw->add_option("--from", of_sample.from, text("cli.o.from"));
  sample_draw->add_option("--to", of_sample.to, text("cli.o.to"));
  sample_draw->add_option("-o,--output", of_sample.output, text("cli.o.sample-file"));
  does(sample_draw, [&] { return sample_draw_command(command, of_sample); });
  does(sub(sample, "list"), [&] {
    const Workspace workspace = command.open();
    command.print(samples_table(workspace.store.samples(command.project(workspace))));
    return Done;
  });
  CLI::App* sample_show = sub(sample, "show");
  sample_show->add_option("ID", of_sample.id, text("cli.o.sample-id"))->required();
  sample_show->add_option("-o,--output", of_sample.output, text("cli.o.sample-file"));
  does(sample_show, [&] { return sample_show_command(command, of_sample); });
  CLI::App* sample_results = sub(sample, "result");
  sample_results->add_option("ID", of_sample.id, text("cli.o.sample-id"))->required();
  sample_results->add_option("FILE", of_sample.file, text("cli.o.sample-filled"))->required();
  confidence(sample_results);
  does(sample_results, [&] { return sample_result_command(command, of_sample); });

  FilingRequest filing;
  std::string filed_on;
  CLI::App* mark = sub(report, "mark-filed");
  mark->add_option("ID", filing.report, text("cli.o.report-id"))->required();
  mark->add_option("--to", filing.to, text("cli.o.filed-to"))->required();
  mark->add_option("--on", filed_on, text("cli.o.filed-on"));
  mark->add_option("--reference", filing.reference, text("cli.o.receipt"));
  mark->add_option("--reason", filing.reason, text("cli.o.reason"));
  does(mark, [&] { return mark_filed_command(command, filing, filed_on); });

  // Months
  std::string month_word, month_reason;
  does(sub(&app, "months"), [&] {
    const Workspace workspace = command.open();
    command.print(
        months_table(project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at())));
    return Done;
  });
  CLI::App* month_group = group(&app, "month");
  for (const char* what : {"attest", "close", "reopen"}) {
    CLI::App* made = sub(month_group, what);
    made->add_option("MONTH", month_word, text("cli.o.month-of"))->required();
    if (std::string_view(what) != "close") {
      CLI::Option* why = made->add_option("--reason", month_reason, text("cli.o.reason"));
      if (std::string_view(what) == "reopen") why->required();
    }
    does(made, [&, what] { return month_command(command, what, month_word, month_reason); });
  }
  does(sub(&app, "plan"), [&] {
    const Workspace workspace = command.open();
    const Table plan =
        plan_table(project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at()));
    command.print(plan);
    return plan.rows.empty() ? Done : DoneWithRemarks;
  });
  int months_ahead = 3;
  CLI::App* calendar = sub(&app, "calendar");
  calendar->add_option("--months", months_ahead, text("cli.o.months-ahead"))->check(CLI::Range(1, 120));
  does(calendar, [&] {
    const Workspace workspace = command.open();
    Month last = Month::containing(command.today());
    for (int i = 0; i < months_ahead; ++i) last = last.next();
    const ProjectState state =
        project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
    command.print(calendar_table(state, last.last()), {}, {watch_table(state, watch_list(state, last.last())), outlook_table(state)});
    return Done;
  });
  CLI::App* follow_up = sub(&app, "follow-up");
  follow_up->add_option("--months", months_ahead, text("cli.o.months-ahead"))->check(CLI::Range(1, 120));
  does(follow_up, [&] {
    const Workspace workspace = command.open();
    const ProjectState state =
        project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at());
    const Table table = follow_up_table(state, months_after(command.today(), months_ahead));
    command.print(table);
    return table.rows.empty() ? Done : DoneWithRemarks;
  });

  // Rules
  CLI::App* rules = group(&app, "rules");
  CLI::App* rules_check = sub(rules, "check");
  rules_check->add_option("FILE", files, text("cli.o.rule-file"))->required();
  does(rules_check, [&] {
    const auto findings = check_rule_files(files);
    command.print(findings_table(findings), findings);
    command.say(findings, Level::Notice);
    return findings.empty() ? Done : Unreadable;
  });

  std::string rule_word, rule_other, sql_file;
  const auto rule_set = [&](const std::string& word) {
    auto found = find_rule_set(command.home(), here.share, word);
    if (!found) throw Command::Unusable{found.error()};
    return std::move(*found);
  };
  const auto rule_option = [&](CLI::App* on) { on->add_option("RULES", rule_word, text("cli.o.rule-set"))->required(); };
  does(sub(rules, "list"), [&] {
    std::vector<Finding> findings;
    const Table table = rule_sets_table(command.home(), here.share, findings);
    command.print(table, findings);
    command.say(findings, Level::Notice);
    return findings.empty() ? Done : Unreadable;
  });
  CLI::App* rules_show = sub(rules, "show");
  rule_option(rules_show);
  does(rules_show, [&] {
    const LoadedRuleSet found = rule_set(rule_word);
    command.print(rules_table(found, command.language()), {}, {limits_table(found)});
    return Done;
  });
  CLI::App* rules_sql = sub(rules, "sql");
  rule_option(rules_sql);
  rules_sql->add_option("-o,--output", sql_file, text("cli.o.sql-output"));
  does(rules_sql, [&] {
    const std::string sql = rules_as_sql(rule_set(rule_word));
    if (sql_file.empty()) {
      command.text("sql", "sql", sql);
      return Done;
    }
    must_be_new(sql_file);
    write_text_file(sql_file, sql);
    command.done("sql-written", {{"file", sql_file}}, {"cli.sql-written", {sql_file}});
    return Done;
  });
  CLI::App* rules_publish = sub(rules, "publish");
  rule_option(rules_publish);
  rules_publish->add_option("-o,--output", sql_file, text("cli.o.pages-output"))->required();
  does(rules_publish, [&] {
    const LoadedRuleSet found = rule_set(rule_word);
    const std::filesystem::path folder = sql_file;
    if (std::filesystem::exists(folder)) throw Stop{Refused, {"cli.file-exists", {sql_file}}};
    RuleHits hits;
    if (std::filesystem::exists(command.home() / "data" / "horisont.db")) hits = rule_hits(command.open(), found);
    const auto pages = rule_pages(found, examples_beside(command.home(), here.share, rule_word, found), hits);
    Table written{.schema = "rule-pages"};
    written.columns = {{"file", {"Fil", "File"}}};
    for (const auto& [name, html] : pages) {
      std::filesystem::create_directories((folder / name).parent_path());
      write_text_file(folder / name, html);
      written.rows.push_back({(folder / name).string()});
    }
    if (command.form() != Form::Text) command.print(written);
    command.say({"cli.rules-published", {std::to_string(pages.size()), sql_file, (folder / "sv" / "index.html").string()}});
    return Done;
  });
  CLI::App* rules_diff = sub(rules, "diff");
  rule_option(rules_diff);
  rules_diff->add_option("NEW", rule_other, text("cli.o.rule-set-new"))->required();
  does(rules_diff, [&] {
    const Table table = changes_table(rule_set(rule_word), rule_set(rule_other), command.language());
    command.print(table);
    return table.rows.empty() ? Done : DoneWithRemarks;
  });
  CLI::App* rules_impact = sub(rules, "impact");
  rule_option(rules_impact);
  does(rules_impact, [&] {
    const LoadedRuleSet found = rule_set(rule_word);
    const Workspace workspace = command.open();
    const std::string only = command.named_project(workspace);
    const Table table = impact_table(workspace, found, only, command.today(), command.known_at());
    command.print(table);
    return table.rows.empty() ? Done : DoneWithRemarks;
  });
  CLI::App* rules_replay = sub(rules, "replay");
  rules_replay->add_option("--from", from, text("cli.o.replay-from"));
  rules_replay->add_option("--to", to, text("cli.o.replay-to"));
  does(rules_replay, [&] {
    std::optional<Date> first, last;
    if (!from.empty()) first = command.date(from, "--from");
    if (!to.empty()) last = command.date(to, "--to");
    if (first && last && *last < *first) throw Stop{WrongUsage, {"cli.replay-turned", {from, to}}};
    Workspace workspace = command.open();
    const Replay made = replay(workspace, command.named_project(workspace), first, last);
    command.print(made.table, made.findings);
    command.say(made.findings, Level::Notice);
    if (made.differing) return Disagreement;
    command.say({"cli.replay-agrees", {std::to_string(made.decisions)}});
    return Done;
  });
  CLI::App* rules_test = sub(rules, "test");
  rules_test->add_option("RULES", rule_word, text("cli.o.rule-set"));
  does(rules_test, [&] {
    std::size_t failed = 0;
    const auto table = run_rule_examples(command.home(), here.share, rule_word, command.language(), failed);
    if (!table) throw Command::Unusable{table.error()};
    command.print(*table);
    return failed == 0 ? Done : DoneWithRemarks;
  });

  // Pages
  int port = 8421, valid = 60;
  bool no_browser = false;
  std::vector<std::string> paths;
  CLI::App* ui = sub(&app, "ui");
  ui->add_option("--port", port, text("cli.o.port"));
  ui->add_flag("--no-browser", no_browser, text("cli.o.no-browser"));
  does(ui, [&] { return ui_command(command, port, !no_browser, false); });
  CLI::App* serve = sub(&app, "serve");
  serve->add_option("--port", port, text("cli.o.port"));
  does(serve, [&] { return ui_command(command, port, false, true); });
  CLI::App* link = sub(&app, "link");
  link->add_option("PATH", paths, text("cli.o.path"))->required();
  link->add_option("--valid", valid, text("cli.o.valid"));
  does(link, [&] { return link_command(command, paths, valid); });

  // Identity
  std::string identity_file;
  CLI::App* identity = group(&app, "identity");
  CLI::App* check = sub(identity, "check");
  check->add_option("FILE", identity_file, text("cli.o.identity-file"))->required();
  does(check, [&] { return identity_command(command, identity_file); });

  does(sub(&app, "version"), [&] {
    if (command.form() == Form::Json)
      command.text("version", "version", program_version());
    else
      command.out() << "horisont " << program_version() << '\n';
    return Done;
  });

  // An empty value is a variable that a script forgot, never an answer.
  const auto no_empty_values = [](CLI::App* of) {
    for (CLI::Option* option : of->get_options())
      if (option->get_items_expected_max() > 0)
        option->each([option](const std::string& value) {
          if (value.empty()) throw Stop{WrongUsage, {"cli.value-empty", {name_of_option(*option)}}};
        });
  };
  no_empty_values(&app);
  for (CLI::App* of : all) no_empty_values(of);
  const auto not_together = [&] {
    if (common.json && common.plain) throw Stop{WrongUsage, {"cli.not-together", {"--json", "--plain"}}};
    if (common.quiet && common.verbose) throw Stop{WrongUsage, {"cli.not-together", {"--quiet", "--verbose"}}};
  };

  const auto wrong = [&](int code_, const Message& message) {
    return command.trouble(code_, {Finding{.code = message.id, .values = message.values}});
  };
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(reversed);
    not_together();
    status = chosen();
  } catch (const CLI::CallForHelp&) {
    const CLI::App* asked_for = &app;
    for (bool deeper = true; deeper;) {
      deeper = false;
      for (const CLI::App* one : asked_for->get_subcommands())
        if (one->parsed()) asked_for = one, deeper = true;
    }
    std::string path;
    for (const CLI::App* level_ = asked_for->get_parent(); level_; level_ = level_->get_parent())
      path = level_->get_name() + " " + path;
    *here.out << asked_for->help(path.empty() ? "" : path.substr(0, path.size() - 1));
  } catch (const CLI::CallForVersion&) {
    *here.out << "horisont " << program_version() << '\n';
  } catch (const CLI::ParseError& error) {
    // The parser may have stopped before it came to the form that was asked for.
    common.json = common.json || std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
    status = wrong(WrongUsage, usage_message(error, app, arguments));
    command.say({"cli.see-help", {}});
  } catch (const Stop& stop) {
    status = wrong(stop.status, stop.message);
  } catch (const Command::Unusable& unusable) {
    status = command.trouble(Unreadable, unusable.findings);
  } catch (const std::exception& error) {
    const auto trouble = trouble_of(error);
    if (!trouble) throw;
    status = wrong(trouble->status, trouble->message);
  }
  return status;
}

}  // namespace horisont
