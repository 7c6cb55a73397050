#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <tuple>

#include "app/evidence.h"
#include "app/answers.h"
#include "app/blank.h"
#include "app/correct.h"
#include "app/fix.h"
#include "app/import_files.h"
#include "app/inspect.h"
#include "app/marked_up.h"
#include "app/questions.h"
#include "app/trouble.h"
#include "cli/commands.h"

namespace horisont {
namespace {

struct ImportArguments {
  std::vector<std::string> files;
  std::string record, month, sheet, header, rows = "all", missing = "keep", end_date, reason, number, profile, save_profile,
                                            marked_up, replaces;
  std::vector<std::string> answers, numbers;
  bool dry_run = false, again = false, late = false;
};

struct FixArguments {
  std::string cell, row;
  std::optional<std::string> value;
  bool empty = false, alike = false, take_back = false;
};

constexpr std::size_t lines_for_people = 40;

// What would change: to people as tables, to programs as parts of one object.
void show_change(const Command& command, const Table& head, const std::vector<Finding>& problems, const Table& facts,
                 const Effect& effect, bool shown, const std::vector<Question>& questions = {}, const Table& resend = {}) {
  if (command.form() == Form::Json) {
    std::vector<Table> parts;
    if (shown)
      parts = {facts, verdict_changes_table(effect), month_changes_table(effect), claim_changes_table(effect),
               indicator_changes_table(effect)};
    if (!effect.staff.empty()) parts.push_back(staff_changes_table(effect));
    if (!resend.rows.empty()) parts.push_back(resend);
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
  if (!facts.facts.empty()) command.say({"cli.import-more", {facts.facts[0].second.text}});
  if (!effect.verdicts.empty()) {
    command.out() << '\n';
    command.print(verdict_changes_table(effect));
  }
  if (!effect.months.empty()) {
    command.out() << '\n';
    command.print(month_changes_table(effect));
  }
  if (!effect.staff.empty()) {
    command.out() << '\n';
    command.print(staff_changes_table(effect));
  }
  if (!effect.claims.empty()) {
    command.out() << '\n';
    command.print(claim_changes_table(effect));
  }
  if (!effect.indicators.empty()) {
    command.out() << '\n';
    command.print(indicator_changes_table(effect));
  }
  if (!resend.rows.empty()) {
    command.out() << '\n';
    command.print(resend);
  }
}

// `together` is what several files do as one import; what each of them changes stands in its own outcome.
void show_outcomes(const Command& command, const Workspace& workspace, const std::vector<ImportOutcome>& outcomes,
                   std::vector<Finding> problems = {}, const ImportedTogether* together = nullptr) {
  Table resend;
  std::vector<Question> questions;
  Effect effect;
  bool shown = false;
  for (const ImportOutcome& outcome : outcomes) {
    for (Question& question : questions_of(workspace, outcome)) questions.push_back(std::move(question));
    problems.insert(problems.end(), outcome.findings.begin(), outcome.findings.end());
    if (!outcome.preview) continue;
    if (together && !together->preview) continue;
    shown = true;
    const Preview& of_all = together ? *together->preview : *outcome.preview;
    effect = of_all.effect;
    if (!of_all.filed.empty()) resend = of_all.resend;
  }
  const std::size_t most = command.form() == Form::Json ? 0 : lines_for_people;
  for (const Finding& finding : problems)
    if (finding.code == "sheet.form")
      command.say({"cli.form", {place_words(finding.place, command.language()), finding.values[0], finding.values[1]}});
  std::vector<ImportOutcome> changes = outcomes;
  if (together && !together->missing.changes.empty())
    changes.push_back({.project = outcomes.front().project, .missing = together->missing});
  show_change(command, import_table(outcomes), problems, difference_table(workspace, changes, most), effect, shown, questions,
              resend);
  if (together) command.say({"cli.several-files", {std::to_string(outcomes.size())}});
  command.say(problems, Level::Warning);
  // A column that nobody reads is else lost without a word: notices are not shown one by one.
  for (const ImportOutcome& outcome : outcomes) {
    std::vector<std::string> left_out;
    for (const Finding& finding : outcome.findings)
      if (finding.code == "header.not-read") left_out.push_back(finding.place.heading);
    if (!left_out.empty()) command.say({"cli.columns-not-read", {outcome.file_name, command.joined(left_out)}});
  }
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
                    [](const Finding& f) { return f.code.starts_with("month.filed") && f.level == Level::Error; }))
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
          .late = arguments.late,
          .actor = command.actor(),
          .now = command.now()};
}

Message marked_up_words(const MarkedUp& done, const std::string& file) {
  return {done.own_workbook ? "cli.marked-up" : "cli.marked-up-new", {file, std::to_string(done.problems)}};
}

void say_marked_up(const Command& command, const MarkedUp& done, const std::string& file) {
  command.say(marked_up_words(done, file));
}

// What a file is read as, as far as the line says it.
ImportRequest read_as(const Command& command, const ImportArguments& arguments) {
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
  asked.today = command.today();
  asked.actor = command.actor();
  asked.now = command.now();
  check_files(arguments.files);
  if (asked.sheet)
    for (const std::string& file : arguments.files)
      if (is_text_file(file)) throw Stop{WrongUsage, {"cli.sheet-of-text", {file, arguments.sheet}}};
  return asked;
}

// Whether a file would change what a filed or closed month says, and no reason was given for it.
bool touches_filed(const ImportOutcome& outcome) {
  return std::any_of(outcome.findings.begin(), outcome.findings.end(),
                     [](const Finding& finding) { return finding.code.starts_with("month.filed"); });
}

// Whether anything that is known is different after a file was stored.
bool changes_anything(const ImportOutcome& outcome) {
  const Store::ImportResult& stored = outcome.stored;
  return stored.new_people + stored.new_records + stored.changed_records + stored.new_times + stored.changed_times > 0 ||
         !outcome.reopened.empty() || !outcome.missing.changes.empty();
}

// What comes next after files were stored; of each that changed nothing, that and why.
void say_what_next(const Command& command, const std::vector<ImportOutcome>& outcomes, int status) {
  bool changed = false;
  for (const ImportOutcome& outcome : outcomes) {
    if (outcome.state != ImportOutcome::State::Stored) continue;
    if (changes_anything(outcome)) {
      changed = true;
      continue;
    }
    const bool known_before = outcome.stored.unchanged_records + outcome.stored.unchanged_times > 0;
    command.say({known_before ? "cli.import-nothing-new" : "cli.import-nothing-filled",
                 {outcome.file_name, std::to_string(outcome.rows_seen)}});
  }
  if (changed && status == Done) command.say({"cli.import-next", {outcomes.front().project}});
}

// What is said of one file when all have been shown.
void say_what_waits(const Command& command, const Workspace& workspace, const ImportOutcome& outcome) {
  using State = ImportOutcome::State;
  const std::string draft = "U-" + std::to_string(outcome.draft);
  for (const Finding& finding : outcome.findings)
    if (finding.code == "draft.replaced" || finding.code == "draft.would-replace") command.say({finding.code, finding.values});
  if (outcome.draft && !questions_of(workspace, outcome).empty()) command.say({"cli.import-answer", {draft, outcome.project}});
  // One advice: what is right for filed months is said by itself, and not that the rows have errors, which they have not.
  if (outcome.state == State::Waiting)
    command.say({!touches_filed(outcome)                       ? "cli.import-waits"
                 : outcome.kind == RecordKind::Attendance      ? "cli.import-waits-filed-time"
                                                               : "cli.import-waits-filed",
                 {outcome.file_name, draft, outcome.project}});
  const bool rows_wrong = std::any_of(outcome.findings.begin(), outcome.findings.end(),
                                      [](const Finding& f) { return f.level == Level::Error && !f.code.starts_with("month.filed"); });
  // Good rows alone were asked for, and what stands in the way is who is missing.
  const bool in_doubt = std::any_of(outcome.findings.begin(), outcome.findings.end(),
                                    [](const Finding& f) { return f.level == Level::Error && f.code == "missing.in-doubt"; });
  if (outcome.state == State::Refused && in_doubt)
    command.say({"cli.import-refused-in-doubt", {outcome.file_name}});
  else if (outcome.state == State::Refused && touches_filed(outcome) && !rows_wrong)
    command.say({"cli.import-refused-whole", {outcome.file_name}});
  else if (outcome.state == State::Refused && outcome.draft && !outcome.whole_file_refused)
    command.say({"cli.import-refused-waits", {outcome.file_name, draft, outcome.project}});
  else if (outcome.state == State::Refused)
    command.say({outcome.whole_file_refused ? "cli.import-refused-whole" : "cli.import-refused", {outcome.file_name}});
}

// What is said of files that are one import, when all have been shown; `drafts` are those that wait.
int say_together(const Command& command, const Workspace& workspace, const ImportedTogether& done,
                 const std::vector<std::string>& drafts) {
  using State = ImportOutcome::State;
  const std::string& project = done.files.front().project;
  std::vector<std::string> wrong;
  bool waits = false, overtaken = false;
  for (const ImportOutcome& outcome : done.files) {
    say_reopened(command, outcome.reopened);
    waits = waits || outcome.state == State::Waiting;
    overtaken = overtaken || outcome.state == State::Overtaken;
    if (outcome.state == State::Refused) wrong.push_back(outcome.file_name);
    for (const Finding& finding : outcome.findings)
      if (finding.code == "draft.replaced" || finding.code == "draft.would-replace") command.say({finding.code, finding.values});
    if (outcome.draft && !questions_of(workspace, outcome).empty())
      command.say({"cli.import-answer", {"U-" + std::to_string(outcome.draft), project}});
    if (outcome.state == State::AlreadyRead && outcome.findings.front().code == "file.already-read")
      command.say(
          {"cli.import-already",
           {outcome.file_name, "I-" + std::to_string(outcome.earlier->id), outcome.earlier->at.iso(), outcome.earlier->actor}});
  }
  std::string all;
  for (const std::string& draft : drafts) all += (all.empty() ? "" : " ") + draft;
  if (!wrong.empty()) command.say({"cli.together-refused", {command.joined(wrong)}});
  if (!wrong.empty() && !drafts.empty()) command.say({"cli.together-drafts", {command.joined(drafts), project}});
  if (wrong.empty() && waits) {
    const bool filed = done.preview && !done.preview->filed.empty();
    command.say({filed ? "cli.together-waits-filed" : "cli.together-waits", {all, project}});
  }
  if (overtaken) command.say({"cli.import-overtaken", {all}});
  const int status = status_of(done.files);
  say_what_next(command, done.files, status);
  return status;
}

ImportedTogether committed_together(Workspace& workspace, const std::vector<std::uint32_t>& drafts, const CommitRequest& asked) {
  auto done = commit_drafts(workspace, drafts, asked);
  if (!done) throw Stop{Refused, done.error().message};
  return std::move(*done);
}

// Whether somebody says that drafts, shown together, are to be read in. Filed months are opened again only on an answer of its own.
bool confirmed_together(const Command& command, const ImportedTogether& shown) {
  if (!shown.preview->filed.empty()) return command.confirmed({"month.ask-yes", {listed(shown.preview->filed)}});
  return command.confirmed({"cli.import-ask-all", {std::to_string(shown.files.size())}});
}

int import_together(const Command& command, Workspace& workspace, const ImportArguments& arguments, const ImportRequest& asked) {
  std::vector<ImportRequest> each;
  for (const std::string& file : arguments.files) {
    each.push_back(asked);
    each.back().file = file;
    each.back().progress = command.progress(each.back().file.filename().string());
  }
  ImportedTogether done = import_files(workspace, each);
  show_outcomes(command, workspace, done.files, {}, &done);
  std::vector<std::uint32_t> drafts;
  std::vector<std::string> named;
  for (const ImportOutcome& outcome : done.files)
    if (outcome.draft) drafts.push_back(outcome.draft), named.push_back("U-" + std::to_string(outcome.draft));
  if (done.all_may && !drafts.empty() && confirmed_together(command, done)) {
    CommitRequest confirmed = commit_request(command, workspace, arguments, drafts.front());
    done = committed_together(workspace, drafts, confirmed);
    command.print(import_table(done.files));
  }
  for (const ImportOutcome& outcome : done.files)
    if (outcome.saved_version) command.say({"cli.profile-saved", {arguments.save_profile, std::to_string(outcome.saved_version)}});
  return say_together(command, workspace, done, named);
}

int import_command(const Command& command, const ImportArguments& arguments) {
  const MissingFacts missing = missing_facts(command, arguments);  // the line before the files
  ImportRequest asked = read_as(command, arguments);
  asked.good_rows_only = arguments.rows == "good";
  asked.again = arguments.again;
  asked.late = arguments.late;
  using Until = ImportRequest::Until;
  asked.until = arguments.dry_run ? Until::Check : command.said_yes() ? Until::Store : Until::Draft;
  asked.missing = missing;
  asked.correction = arguments.reason;
  if (asked.missing.treatment != MissingFacts::Treatment::Keep) {
    if (asked.missing.reason.empty()) throw Stop{Refused, {"cli.missing-needs-reason", {}}};
    if (!is_reason(asked.missing.reason)) throw Stop{Refused, why_no_reason(asked.missing.reason).message};
    if (asked.missing.treatment == MissingFacts::Treatment::End && !asked.missing.on)
      throw Stop{Refused, {"draft.end-date", {}}};
  }
  if (arguments.files.size() > 1)
    for (const auto& [option, given] : {std::pair("--missing", asked.missing.treatment != MissingFacts::Treatment::Keep),
                                        std::pair("--marked-up", !arguments.marked_up.empty()),
                                        std::pair("--replaces", !arguments.replaces.empty())})
      if (given) throw Stop{WrongUsage, {"cli.one-file-option", {option}}};
  must_be_new(arguments.marked_up);
  Workspace workspace = asked.until == Until::Check ? command.open_to_try() : command.create();
  asked.project = command.project(workspace);
  auto profile = profile_for(workspace, asked.project, arguments.profile, arguments.answers);
  if (!profile) throw Stop{arguments.profile.empty() ? WrongUsage : Refused, profile.error().message};
  asked.profile = std::move(*profile);
  asked.answers = arguments.answers;
  asked.save_profile = arguments.save_profile;
  asked.continues = true;
  if (!arguments.replaces.empty()) {
    asked.replaces = numbered("U-", arguments.replaces);
    if (!workspace.store.draft(asked.project, *asked.replaces))
      throw Stop{Refused, {"draft.unknown", {arguments.replaces, asked.project}}};
  }
  if (arguments.files.size() > 1) return import_together(command, workspace, arguments, asked);
  asked.file = arguments.files.front();
  asked.progress = command.progress(asked.file.filename().string());
  std::vector<ImportOutcome> outcomes{import_file(workspace, asked)};
  show_outcomes(command, workspace, outcomes);
  for (ImportOutcome& outcome : outcomes) {
    say_reopened(command, outcome.reopened);
    if (outcome.state == ImportOutcome::State::Waiting && !touches_filed(outcome) && command.confirmed({"cli.import-ask", {outcome.file_name}})) {
      outcome = committed(workspace, commit_request(command, workspace, arguments, outcome.draft));
      command.print(import_table({outcome}));
    }
    if (outcome.saved_version)
      command.say({"cli.profile-saved", {arguments.save_profile, std::to_string(outcome.saved_version)}});
    if (!arguments.marked_up.empty() && outcome.earlier) {
      // Read before: marked with what was found then.
      const auto done = write_marked_up(workspace, {.project = asked.project,
                                                    .id = "I-" + std::to_string(outcome.earlier->id),
                                                    .file = arguments.marked_up,
                                                    .language = command.language(),
                                                    .actor = command.actor(),
                                                    .now = command.now()});
      if (!done) throw Stop{Refused, done.error().message};
      say_marked_up(command, *done, arguments.marked_up);
    } else if (!arguments.marked_up.empty()) {
      const std::string id = outcome.stored.id ? "I-" + std::to_string(outcome.stored.id)
                             : outcome.draft   ? "U-" + std::to_string(outcome.draft)
                                               : "U";
      say_marked_up(
          command,
          write_marked_up(arguments.files[0], outcome.findings, id, outcome.sha256, arguments.marked_up, command.language()),
          arguments.marked_up);
    }
    using State = ImportOutcome::State;
    say_what_waits(command, workspace, outcome);
    if (outcome.state == State::AlreadyRead)
      command.say(
          {"cli.import-already",
           {outcome.file_name, "I-" + std::to_string(outcome.earlier->id), outcome.earlier->at.iso(), outcome.earlier->actor}});
    // The line may say something else than what the file was read as: that was not done.
    if (outcome.state == State::AlreadyRead && ((asked.kind && *asked.kind != outcome.earlier->kind) || asked.month))
      command.say({"cli.import-already-as",
                   {asked.month ? "--month" : "--record", outcome.file_name, "I-" + std::to_string(outcome.earlier->id)}});
  }
  const int status = status_of(outcomes);
  say_what_next(command, outcomes, status);
  return status;
}

// The tables of a file, what would be asked and what is wrong, before anybody decides to read it in.
int inspect_command(const Command& command, const ImportArguments& arguments) {
  ImportRequest asked = read_as(command, arguments);
  Workspace workspace = command.open_to_try();
  asked.project = command.project(workspace);
  asked.file = arguments.files.front();
  asked.progress = command.progress(asked.file.filename().string());
  const Inspection found = inspect_file(workspace, asked);
  const Table sheets = inspected_sheets_table(found), columns = inspected_columns_table(found);
  const std::vector<Question> questions = questions_of(workspace, found.outcome);
  if (command.form() == Form::Json) {
    command.out() << as_json(sheets, found.outcome.findings, {columns, questions_table(questions)}) << '\n';
    return status_of({found.outcome});
  }
  if (command.form() == Form::Text && !found.sheets.empty()) {
    const bool text = !found.encoding.empty();
    command.out() << words({text ? "inspect.text" : "inspect.workbook",
                            {found.outcome.file_name, text ? found.encoding : found.outcome.format, found.separator}},
                           command.language())
                  << '\n';
  }
  command.print(sheets);
  if (command.form() == Form::Text)
    for (const Table& part : {columns, questions_table(questions), inspected_causes_table(found)})
      if (!part.rows.empty()) command.out() << '\n' << as_text(part, command.language());
  return status_of({found.outcome});
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

// Problems as people read them: of more than three that say the same of the same column of a file, the first stands for all.
Table alike_together(const std::vector<Finding>& findings) {
  constexpr std::size_t few = 3;
  using What = std::tuple<Level, std::string, std::string, std::string, std::string, std::vector<std::string>>;
  const auto what = [](const Finding& finding) {
    return What{finding.level, finding.code, finding.place.file, finding.place.sheet, finding.place.heading, finding.values};
  };
  std::map<What, std::size_t> alike;
  for (const Finding& finding : findings) ++alike[what(finding)];
  std::vector<Finding> shown;
  std::vector<std::size_t> others;  // for which each one stands besides itself
  std::set<What> told;
  for (const Finding& finding : findings) {
    const std::size_t number = alike[what(finding)];
    if (number > few && !told.insert(what(finding)).second) continue;
    shown.push_back(finding);
    others.push_back(number > few ? number - 1 : 0);
  }
  Table table = findings_table(shown);
  for (std::size_t i = 0; i < shown.size(); ++i)
    if (others[i]) {
      const Message said{shown[i].code, shown[i].values};
      table.rows[i].back() = Message{"problems.and-alike", {in_both(words(said, Language::Swedish), words(said, Language::English)),
                                                            std::to_string(others[i]), shown[i].code}};
    }
  return table;
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
  command.done("marked-up", {{"file", file}, {"marked", static_cast<std::int64_t>(done->problems)}}, marked_up_words(*done, file));
  return Done;
}

int template_command(const Command& command, const std::string& record, const std::string& month_text, const std::string& file,
                     bool prefill) {
  const bool wide = record == "attendance-wide";
  const auto kind = wide ? std::optional(RecordKind::Attendance) : record_kind(record);
  if (!kind) throw Stop{WrongUsage, {"cli.template-record", {record}}};
  const auto month = command.month(month_text, "--month");
  if (wide != month.has_value()) throw Stop{WrongUsage, {wide ? "cli.template-month" : "cli.template-no-month", {}}};
  must_be_new(file);
  const Workspace workspace = command.create();
  const std::string project = command.project(workspace);
  if (wide)
    write_wide_template(workspace, project, *month, prefill, file, command.language());
  else
    write_template(workspace, project, *kind, prefill, file, command.language());
  command.done("template", {{"record", record}, {"file", file}, {"project", project}}, {"cli.template-done", {file, project}});
  return Done;
}

int imports_list_command(const Command& command) {
  const Workspace workspace = command.open();
  const std::string project = command.project(workspace);
  const Table imports = imports_table(workspace.store.imports(project)), drafts = drafts_table(workspace.store.drafts(project));
  // People read nothing of drafts where there are none; a program finds its two tables always.
  const bool two = command.form() != Form::Text || !drafts.rows.empty();
  command.print(imports, {}, two ? std::vector<Table>{drafts} : std::vector<Table>{});
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

// Several drafts as one import. They are shown once more, unless the line says that they need not be.
int commit_together(const Command& command, Workspace& workspace, const ImportArguments& arguments) {
  if (arguments.missing != "keep") throw Stop{WrongUsage, {"cli.one-file-option", {"--missing"}}};
  std::vector<std::uint32_t> drafts;
  for (const std::string& number : arguments.numbers) {
    drafts.push_back(numbered("U-", number));
    if (std::count(drafts.begin(), drafts.end(), drafts.back()) > 1) throw Stop{WrongUsage, {"cli.draft-twice", {number}}};
  }
  CommitRequest asked = commit_request(command, workspace, arguments, drafts.front());
  if (!command.said_yes() && is_reason(arguments.reason) && !workspace.store.month_events(asked.project).empty()) {
    asked.until = ImportRequest::Until::Check;
    const ImportedTogether tried = committed_together(workspace, drafts, asked);
    asked.until = ImportRequest::Until::Store;
    if (const auto& filed = tried.preview->filed; !filed.empty()) {
      show_outcomes(command, workspace, tried.files, {needs_yes(filed)}, &tried);
      if (!confirmed_together(command, tried)) return Refused;
    }
  }
  const ImportedTogether done = committed_together(workspace, drafts, asked);
  show_outcomes(command, workspace, done.files, {}, &done);
  return say_together(command, workspace, done, arguments.numbers);
}

int imports_commit_command(const Command& command, ImportArguments& arguments) {
  Workspace workspace = command.open();
  if (arguments.numbers.size() > 1) return commit_together(command, workspace, arguments);
  arguments.number = arguments.numbers.front();
  CommitRequest asked = commit_request(command, workspace, arguments, numbered("U-", arguments.number));
  // Filed months are opened again only by somebody who has seen what that does.
  if (!command.said_yes() && is_reason(arguments.reason) && !workspace.store.month_events(asked.project).empty()) {
    asked.until = ImportRequest::Until::Check;
    const std::vector<ImportOutcome> tried{committed(workspace, asked)};
    asked.until = ImportRequest::Until::Store;
    if (const auto& shown = tried[0].preview; shown && !shown->filed.empty()) {
      const Finding unconfirmed = needs_yes(shown->filed);
      const bool text = command.form() == Form::Text;
      if (text) show_outcomes(command, workspace, tried);
      if (!command.confirmed({"month.ask-yes", {listed(shown->filed)}})) {
        if (text)
          command.say(std::vector{unconfirmed}, Level::Error);
        else
          show_outcomes(command, workspace, tried, {unconfirmed});
        return Refused;
      }
    }
  }
  const std::vector<ImportOutcome> outcomes{committed(workspace, asked)};
  show_outcomes(command, workspace, outcomes);
  say_reopened(command, outcomes[0].reopened);
  const ImportOutcome& outcome = outcomes[0];
  if (outcome.state == ImportOutcome::State::Overtaken) command.say({"cli.import-overtaken", {arguments.number}});
  const bool of_rows = std::none_of(outcome.findings.begin(), outcome.findings.end(),
                                    [](const Finding& f) { return f.code.starts_with("month.filed") && f.level == Level::Error; });
  if (outcome.state == ImportOutcome::State::Refused && of_rows)
    command.say({"cli.import-refused-waits", {outcome.file_name, arguments.number, outcome.project}});
  const int status = status_of(outcomes);
  say_what_next(command, outcomes, Done);
  return status;
}

int imports_fix_command(const Command& command, const ImportArguments& arguments, const FixArguments& how) {
  const std::uint32_t draft = numbered("U-", arguments.number);
  const int ways = how.value.has_value() + how.empty + how.take_back;
  const bool row = !how.row.empty();
  if (row == !how.cell.empty()) throw Stop{WrongUsage, {"cli.fix-cell-or-row", {}}};
  if (row && (how.value || how.empty || how.alike || arguments.dry_run)) throw Stop{WrongUsage, {"cli.fix-row-alone", {}}};
  if (!row && ways == 0 && !arguments.dry_run) throw Stop{WrongUsage, {"cli.fix-needs-value", {}}};
  if (ways > 1) throw Stop{WrongUsage, {"cli.fix-either", {}}};
  Workspace workspace = command.open();
  const FixRequest asked{.project = command.project(workspace),
                         .draft = draft,
                         .cell = row ? how.row : how.cell,
                         .value = how.value.value_or(std::string()),
                         .reason = arguments.reason,
                         .alike = how.alike,
                         .take_back = how.take_back,
                         .only_show = arguments.dry_run,
                         .actor = command.actor(),
                         .now = command.now()};
  const auto fixed = row ? leave_out_row(workspace, asked) : fix_cells(workspace, asked);
  if (!fixed) throw Stop{Refused, fixed.error().message};
  if (!fixed->outcome) {
    command.print(findings_table(fixed->cells), fixed->cells);
    return DoneWithRemarks;
  }
  const ImportOutcome& outcome = *fixed->outcome;
  Table table = fixes_table(outcome.findings);
  const std::string id = "U-" + std::to_string(outcome.draft);
  table.facts = {{"draft", id}, {"cells", std::ssize(fixed->cells)}};
  command.print(table, outcome.findings);
  command.say(outcome.findings, Level::Warning);
  command.say({how.take_back ? "cli.fix-taken-back" : row ? "cli.row-left-out" : "cli.fixed",
               {std::to_string(fixed->cells.size()), arguments.number, id, outcome.project}});
  std::vector<std::string> wrong;
  for (const Finding& finding : outcome.findings)
    if (finding.level == Level::Error) wrong.push_back(finding.place.cell.empty() ? finding.code : finding.place.cell);
  if (outcome.state == ImportOutcome::State::Waiting) {
    say_what_waits(command, workspace, outcome);
  } else if (!wrong.empty()) {
    constexpr std::size_t named = 12;
    const std::string number = std::to_string(wrong.size());
    if (wrong.size() > named) wrong.resize(named), wrong.push_back("…");
    command.say({"cli.fix-remaining", {id, number, command.joined(wrong), outcome.project}});
  }
  return status_of({outcome});
}

int imports_answer_command(const Command& command, const ImportArguments& arguments) {
  const std::uint32_t draft = numbered("U-", arguments.number);
  ImportRequest asked = read_as(command, arguments);
  if (arguments.answers.empty() && !asked.kind && !asked.month && !asked.sheet && !asked.header)
    throw Stop{WrongUsage, {"cli.answer-needs", {}}};
  Workspace workspace = command.open();
  asked.project = command.project(workspace);
  asked.save_profile = arguments.save_profile;
  auto revised = revise_draft(workspace, draft, asked, arguments.answers);
  if (!revised) throw Stop{revised.error().message.id.starts_with("draft.") ? Refused : WrongUsage, revised.error().message};
  const std::vector<ImportOutcome> outcomes{std::move(*revised)};
  const ImportOutcome& outcome = outcomes.front();
  show_outcomes(command, workspace, outcomes);
  if (!outcome.draft) {
    command.say({"cli.answer-no-help", {arguments.number}});
    return status_of(outcomes);
  }
  command.say({"cli.answered", {arguments.number, "U-" + std::to_string(outcome.draft)}});
  if (outcome.saved_version)
    command.say({"cli.profile-saved", {arguments.save_profile, std::to_string(outcome.saved_version)}});
  say_what_waits(command, workspace, outcome);
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
  if (!arguments.dry_run) {
    const auto stop = stopped_at_filed(command, workspace, asked.project, [&]() -> Result<bool> {
      const auto tried = undo_import(workspace, asked);
      if (!tried) return tl::make_unexpected(tried.error());
      return true;
    });
    if (stop) return *stop;
  }
  const auto undone = undo_import(workspace, asked);
  if (!undone) throw Stop{Refused, undone.error().message};
  const std::size_t most = command.form() == Form::Json ? 0 : lines_for_people;
  Table head = difference_table(workspace, asked.project, *undone, most);
  if (command.form() == Form::Json)
    command.out() << as_json(head, {}, {verdict_changes_table(undone->effect), month_changes_table(undone->effect)}) << '\n';
  else
    show_change(command, head, {}, head, undone->effect, false);
  if (!arguments.dry_run) {
    command.say({"cli.import-undone", {arguments.number}});
    say_reopened(command, undone->filed);
  }
  return Done;
}

}  // namespace

void add_imports(Menu& menu) {
  const Command& command = menu.command();
  auto& read_in = menu.keep<ImportArguments>();
  const auto rows_option = [&](CLI::App* on) {
    on->add_option("--rows", read_in.rows, menu.text("cli.o.rows"))->check(CLI::IsMember({"all", "good"}));
    on->add_option("--missing", read_in.missing, menu.text("cli.o.missing"))->check(CLI::IsMember({"keep", "end", "misread"}));
    on->add_option("--end-date", read_in.end_date, menu.text("cli.o.end-date"));
    on->add_option("--reason", read_in.reason, menu.text("cli.o.reason"));
    on->add_flag("--late", read_in.late, menu.text("cli.o.late"));
  };
  const auto read_as_options = [&](CLI::App* on) {
    on->add_option("--record", read_in.record, menu.text("cli.o.record"));
    on->add_option("--month", read_in.month, menu.text("cli.o.month"));
    on->add_option("--sheet", read_in.sheet, menu.text("cli.o.sheet"));
    on->add_option("--header", read_in.header, menu.text("cli.o.header"));
  };
  CLI::App* inspect = menu.sub("inspect");
  inspect->add_option("FILE", read_in.files, menu.text("cli.o.inspect"))->required()->expected(1);
  read_as_options(inspect);
  menu.does(inspect, [&] { return inspect_command(command, read_in); });
  CLI::App* import = menu.sub("import");
  import->add_option("FILE", read_in.files, menu.text("cli.o.file"))->required();
  read_as_options(import);
  import->add_option("--profile", read_in.profile, menu.text("cli.o.profile"));
  import->add_option("--read-as", read_in.answers, menu.text("cli.o.read-as"));
  import->add_option("--save-profile", read_in.save_profile, menu.text("cli.o.save-profile"));
  import->add_option("--replaces", read_in.replaces, menu.text("cli.o.replaces"));
  import->add_option("--marked-up", read_in.marked_up, menu.text("cli.o.marked-up"));
  rows_option(import);
  import->add_flag("--dry-run", read_in.dry_run, menu.text("cli.o.dry-run"));
  import->add_flag("--again", read_in.again, menu.text("cli.o.again"));
  menu.does(import, [&] { return import_command(command, read_in); });
  CLI::App* imports = menu.group("imports");
  menu.does(menu.sub(imports, "list"), [&] { return imports_list_command(command); });
  const auto numbered_sub = [&](const char* name, const char* what) {
    CLI::App* made = menu.sub(imports, name);
    made->add_option("ID", read_in.number, menu.text(what))->required();
    return made;
  };
  menu.does(numbered_sub("show", "cli.o.import-or-draft"), [&] { return imports_show_command(command, read_in); });
  CLI::App* commit = menu.sub(imports, "commit");
  commit->add_option("ID", read_in.numbers, menu.text("cli.o.drafts"))->required();
  rows_option(commit);
  menu.does(commit, [&] { return imports_commit_command(command, read_in); });
  CLI::App* answers = numbered_sub("answer", "cli.o.draft");
  answers->add_option("--read-as", read_in.answers, menu.text("cli.o.read-as"));
  read_as_options(answers);
  answers->add_option("--save-profile", read_in.save_profile, menu.text("cli.o.save-profile"));
  menu.does(answers, [&] { return imports_answer_command(command, read_in); });
  auto& how = menu.keep<FixArguments>();
  CLI::App* fix = numbered_sub("fix", "cli.o.draft");
  fix->add_option("--cell", how.cell, menu.text("cli.o.fix-cell"));
  fix->add_option("--leave-out", how.row, menu.text("cli.o.fix-row"));
  fix->add_option("--value", how.value, menu.text("cli.o.fix-value"));
  fix->add_flag("--empty", how.empty, menu.text("cli.o.fix-empty"));
  fix->add_option("--reason", read_in.reason, menu.text("cli.o.fix-reason"));
  fix->add_flag("--alike", how.alike, menu.text("cli.o.fix-alike"));
  fix->add_flag("--take-back", how.take_back, menu.text("cli.o.fix-take-back"));
  fix->add_flag("--dry-run", read_in.dry_run, menu.text("cli.o.fix-dry-run"));
  menu.does(fix, [&] { return imports_fix_command(command, read_in, how); });
  menu.does(numbered_sub("drop", "cli.o.draft"), [&] { return imports_drop_command(command, read_in); });
  CLI::App* undo = numbered_sub("undo", "cli.o.import");
  undo->add_option("--reason", read_in.reason, menu.text("cli.o.reason"));
  undo->add_flag("--dry-run", read_in.dry_run, menu.text("cli.o.dry-run"));
  menu.does(undo, [&] { return imports_undo_command(command, read_in); });
  CLI::App* profile = menu.group("profile");
  auto& profile_name = menu.keep<std::string>();
  auto& profile_file = menu.keep<std::string>();
  auto& profile_version = menu.keep<int>(0);
  menu.does(menu.sub(profile, "list"), [&] {
    const Workspace workspace = command.open();
    command.print(profiles_table(workspace.store.profiles(command.project(workspace))));
    return Done;
  });
  const auto profile_sub = [&](const char* name) {
    CLI::App* made = menu.sub(profile, name);
    made->add_option("NAME", profile_name, menu.text("cli.o.profile"))->required();
    return made;
  };
  for (const char* name : {"show", "export"}) {
    CLI::App* made = profile_sub(name);
    made->add_option("--version", profile_version, menu.text("cli.o.profile-version"));
    if (*name == 'e') made->add_option("-o,--output", profile_file, menu.text("cli.o.profile-output"))->required();
    menu.does(made, [&] { return profile_show_command(command, profile_name, profile_version, profile_file); });
  }
  CLI::App* profile_add = menu.sub(profile, "add");
  profile_add->add_option("FILE", profile_file, menu.text("cli.o.profile-file"))->required();
  menu.does(profile_add, [&] { return profile_add_command(command, profile_file); });
  menu.does(profile_sub("retire"), [&] { return profile_retire_command(command, profile_name); });
  auto& level = menu.keep<std::string>();
  auto& code = menu.keep<std::string>();
  CLI::App* problems = menu.group("problems");
  CLI::App* problems_list = menu.sub(problems, "list");
  problems_list->add_option("--level", level, menu.text("cli.o.level"))->check(CLI::IsMember({"error", "warning", "notice"}));
  problems_list->add_option("--code", code, menu.text("cli.o.code"));
  menu.answers(problems_list, [&] {
    const Workspace workspace = command.open();
    auto findings = open_problems(
        project_state(workspace, command.project(workspace), command.today(), Explain::No, command.known_at()));
    std::erase_if(findings, [&](const Finding& finding) {
      const char* is = finding.level == Level::Error ? "error" : finding.level == Level::Warning ? "warning" : "notice";
      return (!level.empty() && level != is) || (!code.empty() && code != finding.code);
    });
    command.print(command.form() == Form::Text && code.empty() ? alike_together(findings) : findings_table(findings), findings);
    return findings.empty() ? Done : DoneWithRemarks;
  });
  auto& export_id = menu.keep<std::string>();
  auto& export_file = menu.keep<std::string>();
  CLI::App* problems_export = menu.sub(problems, "export");
  problems_export->add_option("ID", export_id, menu.text("cli.o.import-or-draft"))->required();
  problems_export->add_option("-o,--output", export_file, menu.text("cli.o.template-output"))->required();
  menu.does(problems_export, [&] { return problems_export_command(command, export_id, export_file); });
  auto& blank_record = menu.keep<std::string>();
  auto& prefill = menu.keep<bool>(false);
  CLI::App* blank = menu.sub("template");
  blank->add_option("RECORD", blank_record, menu.text("cli.o.template-record"))->required();
  blank->add_option("-o,--output", export_file, menu.text("cli.o.template-output"))->required();
  blank->add_flag("--prefill", prefill, menu.text("cli.o.prefill"));
  blank->add_option("--month", read_in.month, menu.text("cli.o.template-month"));
  menu.does(blank, [&] { return template_command(command, blank_record, read_in.month, export_file, prefill); });
}

}  // namespace horisont
