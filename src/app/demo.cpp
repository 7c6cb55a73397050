#include "app/demo.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/assess.h"
#include "app/import_file.h"
#include "app/months.h"
#include "app/report.h"
#include "edge/demo/demo.h"
#include "edge/files/files.h"
#include "edge/json/json.h"

namespace horisont {
namespace {

// The day on which each project is looked at, and the month that is reported: for Värmlands framtid the day of the published
// result (Region Värmland, 4 April 2017).
struct Setting {
  const char* project;
  const char* today;
  const char* month;
};
constexpr Setting settings[] = {{"ung-horisont", "2018-01-15", "2017-12"},
                                {"varmlands-framtid", "2017-04-04", "2017-03"},
                                {"varmlands-unga", "2017-06-30", "2017-05"}};
constexpr std::uint64_t seed = 20170404;
constexpr const char* marker = ".horisont-demo";

constexpr const char* parts[] = {"indata", "installation", "rapporter", "manifest.json", "summary.json"};

// What a file of the demonstration is called there, in the order of names; where the pages are served is no part of it, nor an
// empty journal that SQLite left.
std::map<std::string, std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::map<std::string, std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    if (entry.is_directory() || name == marker || name.ends_with("/ui.running")) continue;
    if ((name.ends_with("-wal") && entry.file_size() == 0) || name.ends_with("-shm")) continue;
    files.emplace(name, entry.path());
  }
  return files;
}

// What the demonstration made, a line a file as sha256sum writes it: whatever else lies there later is somebody's work.
void remember_what_was_made(const std::filesystem::path& folder) {
  std::string lines;
  for (const auto& [name, file] : files_below(folder)) lines += sha256_of_file(file) + "  " + name + "\n";
  write_file(folder / marker, lines);
}

// The first file that the demonstration did not make, or not as it stands now; nothing when all is as it was left.
std::optional<std::string> changed_since(const std::filesystem::path& folder) {
  const std::string known = read_file(folder / marker);
  for (const auto& [name, file] : files_below(folder))
    if (known.find(sha256_of_file(file) + "  " + name + "\n") == std::string::npos) return name;
  return std::nullopt;
}

// What an earlier demonstration made is replaced.
void prepare(const std::filesystem::path& folder) {
  if (std::error_code error; std::filesystem::exists(folder, error))
    for (const char* inside : parts) std::filesystem::remove_all(folder / inside, error);
  make_private_folder(folder);
  write_file(folder / marker, "");
}

// The amounts of the unit costs of 2014–2020 are not public, and without one no claim is worked out. The demonstration has a
// configuration of its own with made-up ones, which say so wherever they are used.
void add_rates(const std::filesystem::path& installation, const std::filesystem::path& share) {
  const auto config = installation / "config";
  std::filesystem::create_directories(installation);
  std::filesystem::copy(share / "config", config, std::filesystem::copy_options::recursive);
  std::string rates;
  for (const auto& [function, per_hour] : {std::pair("project_leader", "412.00"), std::pair("project_worker", "338.50"),
                                           std::pair("project_economist", "365.00"), std::pair("project_administrator", "297.25")})
    rates += std::string("\n[[unit_cost]]\nfunction   = \"") + function + "\"\narea       = \"riket\"\nper_hour   = \"" + per_hour +
             "\"\nfrom       = 2014-01-01\ncited      = \"Påhittad för demonstrationen / made up for the demonstration\"\n"
             "confidence = \"unverified-default\"\n";
  for (const char* programme : {"esf-2014-2020.toml", "yei.toml"}) {
    const auto file = config / "programmes" / programme;
    write_file(file, read_file(file) + rates);
  }
}

std::string text_at(const JsonValue& object, std::string_view key) {
  const JsonValue* value = object.find(key);
  return value ? value->text : "";
}
std::int64_t number_at(const JsonValue& object, std::string_view key) {
  const JsonValue* value = object.find(key);
  return value ? value->integer : 0;
}
const std::vector<JsonValue>& list_at(const JsonValue& object, std::string_view key) {
  static const std::vector<JsonValue> none;
  const JsonValue* value = object.find(key);
  return value ? value->items : none;
}

// What was planted and what was found, as lines that can be compared: a line stands once for each time.
class Comparison {
 public:
  void planted(std::string line) { ++lines_[std::move(line)].first; }
  void found(std::string line) { ++lines_[std::move(line)].second; }
  JsonValue differences() const {
    JsonValue out = JsonValue::array();
    for (const auto& [line, counts] : lines_)
      if (counts.first != counts.second)
        out.add(JsonValue::object({{"what", line}, {"planted", counts.first}, {"found", counts.second}}));
    return out;
  }

 private:
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> lines_;
};

std::string fault_line(const std::string& file, const std::string& sheet, const std::string& cell, std::int64_t row,
                       const std::string& code) {
  return code + " · " + file + (sheet.empty() ? "" : " · " + sheet) + " · " + (cell.empty() ? std::to_string(row) : cell);
}

// The month that is filed: the first with accepted hours whose report is no draft; where there is none, because somebody cannot
// be decided in any, the first with accepted hours.
std::optional<Month> month_to_file(const ProjectState& state) {
  std::set<std::int32_t> with_hours;
  for (const LedgerCell& sum : state.hours.cells)
    if (sum.accepted > 0) with_hours.insert(sum.month);
  std::optional<Month> first;
  const Date begins = state.project->operation().first;
  for (Month month = Month::containing(begins); month.last() < state.today; month = month.next()) {
    if (!with_hours.contains(month.number())) continue;
    if (!scb_month(state.input(), month).draft) return month;
    if (!first) first = month;
  }
  return first;
}

DemoOutcome made_demo(const std::filesystem::path& folder, const std::filesystem::path& share, Language language,
                      const Actor& actor, Moment now, const std::function<void(const Message&)>& say) {
  DemoOutcome outcome;
  prepare(folder);
  say({"demo.making", {folder.string()}});
  const DemoInputs inputs = make_demo_inputs(folder, seed, {});
  say({"demo.made", {std::to_string(inputs.files.size())}});

  add_rates(folder / "installation", share);
  auto opened = open_workspace(folder / "installation", share);
  if (!opened) {
    outcome.status = 3;
    outcome.trouble = opened.error();
    return outcome;
  }
  Workspace workspace = std::move(*opened);

  const auto manifest = parse_json(read_file(inputs.manifest));
  // What the reader does by itself, or says once of a whole file: counted by file and code, not by cell.
  std::set<std::pair<std::string, std::string>> habits;
  for (const JsonValue& habit : list_at(*manifest, "habits")) habits.emplace(text_at(habit, "file"), text_at(habit, "code"));

  // ---- read in
  // ---------------------------------------------------------------------------------------------------------------
  Comparison comparison;
  std::map<std::string, std::map<std::string, std::int64_t>> problems;  // by project and code
  std::map<std::string, std::int64_t> refused_rows;
  for (const Setting& setting : settings) {
    std::int64_t files = 0, rows = 0, refused = 0;
    for (const DemoFile& file : inputs.files) {
      if (file.project != setting.project) continue;
      ImportRequest asked{.project = file.project, .file = file.path};
      asked.kind = record_kind(file.kind);
      if (!file.month.empty()) asked.month = *Month::parse(file.month);
      asked.good_rows_only = true;
      asked.today = *Date::parse(setting.today);
      asked.actor = actor;
      asked.now = now;
      const ImportOutcome read = import_file(workspace, asked);
      ++files, rows += read.rows_read, refused += read.rows_refused;
      const std::string relative = std::filesystem::relative(file.path, folder).generic_string();
      for (const Finding& finding : read.findings) {
        if (finding.code.starts_with("day.codes-")) continue;  // what letters were taken for is told of every such file, and is no fault
        if (finding.level != Level::Notice) ++problems[file.project][finding.code];
        if (finding.level == Level::Notice || habits.contains({relative, finding.code})) {
          comparison.found("habit · " + finding.code + " · " + relative);
          continue;
        }
        comparison.found(fault_line(relative, finding.place.sheet, finding.place.cell, finding.place.row, finding.code));
      }
    }
    refused_rows[setting.project] = refused;
    say({"demo.read",
         {workspace.project(setting.project)->name.in(language), std::to_string(files), count_words(rows, language),
          count_words(refused, language)}});
  }

  // ---- decide, count, report
  // ---------------------------------------------------------------------------------------------------
  using Kind = Table::Column::Kind;
  outcome.table.schema = "demo";
  outcome.table.columns = {{"project", {"Projekt", "Project"}},
                           {"participants", {"Deltagare", "Participants"}, Kind::Count},
                           {"eligible", {"Behöriga", "Eligible"}, Kind::Count},
                           {"eligible_with_remarks", {"med anmärkning", "with remarks"}, Kind::Count},
                           {"not_eligible", {"Ej behöriga", "Not eligible"}, Kind::Count},
                           {"undecided", {"Kan ej avgöras", "Undecided"}, Kind::Count},
                           {"accepted_min", {"Godkända timmar", "Accepted hours"}, Kind::Hours},
                           {"refused_min", {"Ej godkända", "Refused"}, Kind::Hours},
                           {"problems", {"Problem", "Problems"}, Kind::Count},
                           {"refused_rows", {"Ej inlästa rader", "Rows left out"}, Kind::Count}};
  outcome.workbooks.schema = "workbooks";
  outcome.workbooks.columns = {
      {"project", {"Projekt", "Project"}}, {"report", {"Rapport", "Report"}}, {"file", {"Arbetsbok", "Workbook"}}};
  JsonValue summary = JsonValue::object({{"format", "horisont-demo-summary"}, {"version", 1}, {"program", program_version()}});
  JsonValue projects = JsonValue::array();
  std::vector<ProjectState> states;
  for (const Setting& setting : settings)
    states.push_back(project_state(workspace, setting.project, *Date::parse(setting.today), Explain::Yes));

  // Makes a report and lists its workbooks; its id, empty when it could not be made.
  const auto make = [&](const ProjectState& state, Report report, JsonValue& listed) -> std::string {
    const auto target = folder / "rapporter" / state.project->key;
    const std::string kind = report.kind;
    auto made = make_report(workspace, state, std::move(report), language, target, actor, now);
    if (!made) {
      outcome.trouble.insert(outcome.trouble.end(), made.error().begin(), made.error().end());
      return {};
    }
    for (const auto& file : made->files) {
      const std::string relative = std::filesystem::relative(file, folder).generic_string();
      listed.add(relative);
      outcome.workbooks.rows.push_back(
          {state.project->name.in(language), Message{"report." + kind, {}}, (folder / relative).string()});
    }
    return made->id;
  };
  // Attests a month, makes its file for SCB, says that it was sent, and closes it: the whole way of a month.
  const auto file_month = [&](Month month, const ProjectState& state, JsonValue& listed) -> Result<std::string> {
    const std::string key = state.project->key, reason = words({"demo.filing-reason", {}}, language);
    const MonthRequest request{
        .project = key, .month = month, .reason = reason, .today = state.today, .actor = actor, .now = now};
    if (const auto attested = attest_month(workspace, request); !attested) return tl::make_unexpected(attested.error());
    const std::string id =
        make(state, scb_month(project_state(workspace, key, state.today, Explain::No).input(), month), listed);
    if (id.empty()) return id;
    const auto sent = mark_filed(workspace, {.project = key,
                                             .report = id,
                                             .month = month,
                                             .reason = reason,
                                             .to = "SCB",
                                             .today = state.today,
                                             .actor = actor,
                                             .now = now});
    if (!sent) return tl::make_unexpected(sent.error());
    if (const auto closed = close_month(workspace, request); !closed) return tl::make_unexpected(closed.error());
    return id;
  };

  for (std::size_t i = 0; i < states.size(); ++i) {
    const ProjectState& state = states[i];
    const Setting& setting = settings[i];
    const Assessment assessment = assess(workspace, state, true, actor, now);
    reread_log(workspace, states[i]);  // the log's report names the entries of these decisions
    std::int64_t accepted = state.hours.minutes[0], refused = 0;
    JsonValue reasons = JsonValue::object();
    for (std::size_t reason = 1; reason < reason_count; ++reason) {
      if (state.hours.minutes[reason] == 0) continue;
      reasons.add(std::string(name_of(static_cast<Reason>(reason))), state.hours.minutes[reason]);
      refused += state.hours.minutes[reason];
    }
    std::int64_t count = 0;
    JsonValue codes = JsonValue::object();
    for (const auto& [code, times] : problems[setting.project]) codes.add(code, times), count += times;
    JsonValue verdicts = JsonValue::object();
    for (std::size_t v = 0; v < assessment.verdicts.size(); ++v)
      verdicts.add(std::string(name_of(static_cast<Verdict>(v))), assessment.verdicts[v]);

    JsonValue workbooks = JsonValue::array();
    for (const ReportKind& kind : report_kinds()) {
      ReportRequest asked{.kind = std::string(kind.kind)};
      if (kind.period == ReportKind::Period::Month) asked.month = *Month::parse(setting.month);
      auto report = build_report(workspace, state, asked);
      if (report) make(state, std::move(*report), workbooks);
    }
    say({"demo.decided",
         {state.project->name.in(language), count_words(assessment.participants(), language),
          std::to_string(workbooks.items.size())}});
    JsonValue filed;  // null: no month has hours
    if (const auto month = month_to_file(state)) {
      auto id = file_month(*month, state, workbooks);
      if (!id) {
        outcome.trouble.push_back({.code = id.error().message.id, .level = Level::Error, .values = id.error().message.values});
      } else {
        say({"demo.filed", {state.project->name.in(language), month->iso(), *id}});
        filed = JsonValue::object({{"month", month->iso()}, {"report", *id}});
      }
    }

    JsonValue entry = JsonValue::object(
        {{"project", setting.project},
         {"name", state.project->name.sv},
         {"today", setting.today},
         {"participants", assessment.participants()},
         {"verdicts", std::move(verdicts)},
         {"minutes",
          JsonValue::object({{"reported", accepted + refused}, {"accepted", accepted}, {"refused", std::move(reasons)}})},
         {"problems", std::move(codes)},
         {"filed", std::move(filed)},
         {"workbooks", std::move(workbooks)}});
    projects.add(std::move(entry));
    outcome.table.rows.push_back({state.project->name.in(language), assessment.participants(), assessment.verdicts[0],
                                  assessment.verdicts[1], assessment.verdicts[2], assessment.verdicts[3], accepted, refused,
                                  count, refused_rows[setting.project]});
    for (std::size_t d = 0; d < state.decisions.size(); ++d) {
      const Decision& decision = state.decisions[d];
      if (decision.verdict == Verdict::Eligible) continue;
      std::string line = "verdict · " + std::string(setting.project) + " · " + state.participations[d].reference + " · " +
                         std::string(name_of(decision.verdict));
      for (const std::string& code : decision.codes) line += " " + code;
      comparison.found(line);
    }
  }
  {
    // The three side by side, in the spirit of the regional handbook of 2017.
    std::vector<const ProjectState*> all;
    for (const ProjectState& state : states) all.push_back(&state);
    JsonValue workbooks = JsonValue::array();
    Date latest = states[0].today;
    for (const ProjectState& state : states) latest = std::max(latest, state.today);
    Report report = build_good_practice(workspace, all, latest);
    const auto target = folder / "rapporter";
    auto made = make_report(workspace, states[0], std::move(report), language, target, actor, now, all);
    if (!made)
      outcome.trouble.insert(outcome.trouble.end(), made.error().begin(), made.error().end());
    else
      for (const auto& file : made->files) {
        workbooks.add(std::filesystem::relative(file, folder).generic_string());
        outcome.workbooks.rows.push_back(
            {Message{"demo.all-projects", {}}, Message{"report.good-practice", {}}, file.string()});
      }
    summary.add("projects", std::move(projects));
    summary.add("comparison", std::move(workbooks));
  }
  if (!outcome.trouble.empty()) {
    outcome.status = 3;
    return outcome;
  }

  // ---- compare with what was planted
  // ---------------------------------------------------------------------------------------------
  for (const JsonValue& fault : list_at(*manifest, "faults"))
    comparison.planted(fault_line(text_at(fault, "file"), text_at(fault, "sheet"), text_at(fault, "cell"),
                                  number_at(fault, "row"), text_at(fault, "code")));
  for (const JsonValue& habit : list_at(*manifest, "habits"))
    for (std::int64_t n = 0; n < number_at(habit, "findings"); ++n)
      comparison.planted("habit · " + text_at(habit, "code") + " · " + text_at(habit, "file"));
  for (const JsonValue& verdict : list_at(*manifest, "verdicts")) {
    std::string line = "verdict · " + text_at(verdict, "project") + " · " + text_at(verdict, "reference") + " · " +
                       text_at(verdict, "verdict");
    if (text_at(verdict, "verdict") == "eligible") continue;
    for (const JsonValue& code : list_at(verdict, "codes")) line += " " + code.text;
    comparison.planted(line);
  }
  JsonValue differences = comparison.differences();
  outcome.differences = static_cast<std::int64_t>(differences.items.size());
  outcome.agrees = differences.items.empty();
  summary.add("agrees_with_manifest", outcome.agrees);
  summary.add("differences", std::move(differences));
  outcome.summary = folder / "summary.json";
  write_file(outcome.summary, write_json(summary) + "\n");
  return outcome;
}

}  // namespace

std::optional<DemoObstacle> demo_obstacle(const std::filesystem::path& folder) {
  std::error_code error;
  const auto about = std::filesystem::status(folder, error);
  if (!std::filesystem::exists(about)) return std::nullopt;
  if (!std::filesystem::is_directory(about)) return DemoObstacle{{"demo.not-a-folder", {folder.string()}}};
  try {
    if (std::filesystem::exists(folder / marker)) {
      const auto changed = changed_since(folder);
      return changed ? std::optional(DemoObstacle{{"demo.changed", {folder.string(), *changed}}, true}) : std::nullopt;
    }
    if (!std::filesystem::is_empty(folder)) return DemoObstacle{{"demo.not-empty", {folder.string()}}};
  } catch (const std::filesystem::filesystem_error& fault) {
    throw FileError({"file.not-readable", {folder.string(), error_words(fault.code().value())}}, FileError::Fault::Unreadable);
  }
  return std::nullopt;
}

DemoOutcome run_demo(const std::filesystem::path& folder, const std::filesystem::path& share, Language language,
                     const Actor& actor, Moment now, const std::function<void(const Message&)>& say) {
  DemoOutcome outcome = made_demo(folder, share, language, actor, now, say);
  remember_what_was_made(folder);  // only now is the database closed and whole in its file
  return outcome;
}

}  // namespace horisont
