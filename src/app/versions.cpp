#include "app/versions.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "app/report.h"
#include "app/trace.h"
#include "core/reports/versions.h"

namespace horisont {
namespace {

// One version of a report: what it says, and how its workbook calls that.
struct Version {
  std::string name;
  std::vector<Sheet> sheets;  // as sheets_of gives them
  std::vector<SheetTable> shown;
  std::optional<KeptReport> kept;
};

Version version_of(const Workspace& workspace, KeptReport kept) {
  auto sheets = sheets_of(kept.stored.sheets_text).value();  // it was thawed from that text
  return {kept.stored.id, std::move(sheets), sheet_tables(workspace, kept.frozen.report), std::move(kept)};
}

std::string said(const Table::Value& value, Language language) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* count = std::get_if<std::int64_t>(&value)) return std::to_string(*count);
  if (const auto* message = std::get_if<Message>(&value)) return words(*message, language);
  if (const auto* word = std::get_if<Table::Word>(&value)) return word->shown.in(language);
  return std::get<Table::Number>(value).shown.in(language);
}

const SheetTable* shown_in(const Version& version, const std::string& sheet) {
  for (const SheetTable& one : version.shown)
    if (one.table.schema == sheet) return &one;
  return nullptr;
}

// A sheet or column by what the newer workbook calls it, else the older one.
Table::Word sheet_word(const Version& before, const Version& after, const std::string& sheet) {
  for (const Version* one : {&after, &before})
    if (const SheetTable* shown = shown_in(*one, sheet)) return {sheet, shown->name};
  return {sheet, {sheet, sheet}};
}
Table::Value field_word(const Version& before, const Version& after, const std::string& sheet, const std::string& field) {
  if (field.empty()) return std::string();
  for (const Version* one : {&after, &before})
    if (const SheetTable* shown = shown_in(*one, sheet))
      for (const Table::Column& column : shown->table.columns)
        if (column.key == field) return Table::Word{field, column.heading};
  // A column that no workbook shows has the words of the trace of its numbers.
  const Message traced{"trace.field." + field, {}};
  if (text_of(traced.id)) return Table::Word{field, {words(traced, Language::Swedish), words(traced, Language::English)}};
  return Table::Word{field, {field, field}};
}

// "Rader!C14" where a workbook has the cell.
std::string address_in(const Version& version, const VersionDifference& one, const std::optional<std::size_t>& row) {
  if (!version.kept || !row) return {};
  const std::vector<Sheet>& sheets = version.kept->frozen.report.sheets;
  const auto sheet = std::find_if(sheets.begin(), sheets.end(), [&](const Sheet& any) { return any.id == one.sheet; });
  if (sheet == sheets.end()) return {};
  const auto field = std::find(sheet->fields.begin(), sheet->fields.end(), one.field);
  CellPlace place{.sheet = static_cast<std::size_t>(sheet - sheets.begin()), .row = *row};
  place.total = *row >= row_count(*sheet);
  if (one.field.empty()) {
    // Of a whole row the first cell that is shown.
    for (place.field = 0; place.field < sheet->fields.size(); ++place.field)
      if (std::string address = address_of(*version.kept, place); !address.empty()) return address;
    return {};
  }
  if (field == sheet->fields.end()) return {};
  place.field = static_cast<std::size_t>(field - sheet->fields.begin());
  return address_of(*version.kept, place);
}

Table differences_table(const Version& before, const Version& after) {
  Table table{.schema = "versions"};
  const auto found = version_differences(before.sheets, after.sheets);
  table.facts = {{"before", before.name}, {"after", after.name}, {"differences", static_cast<std::int64_t>(found.size())}};
  table.columns = {{"what", {"Skillnad", "Difference"}},  {"sheet", {"Blad", "Sheet"}},
                   {"row", {"Rad", "Row"}},               {"field", {"Kolumn", "Column"}},
                   {"before", {"Före", "Before"}},        {"after", {"Efter", "After"}},
                   {"cell_before", {"Cell före", "Cell before"}}, {"cell_after", {"Cell efter", "Cell after"}}};
  table.when_empty = {"Ingen skillnad: de säger detsamma.", "No difference: they say the same."};
  using Kind = VersionDifference::Kind;
  static constexpr const char* what[] = {"cell", "row-gone", "row-new", "sheet-gone", "sheet-new"};
  for (const VersionDifference& one : found) {
    std::string row_sv, row_en;
    // By its column, so that an identity number is masked here as in a cell of its own.
    for (std::size_t i = 0; i < one.row.size(); ++i)
      for (auto [text, language] : {std::pair(&row_sv, Language::Swedish), std::pair(&row_en, Language::English)})
        if (const std::string part = said(shown_cell(one.row[i], one.row_fields[i]), language); !part.empty()) *text += (text->empty() ? "" : " · ") + part;
    const char* kind = what[static_cast<std::size_t>(one.kind)];
    table.rows.push_back({Message{std::string("versions.") + kind, {}},
                          sheet_word(before, after, one.sheet),
                          row_sv == row_en ? Table::Value(row_sv) : Table::Value(Message{"table.text", {in_both(row_sv, row_en)}}),
                          field_word(before, after, one.sheet, one.field),
                          one.kind == Kind::Cell ? shown_cell(one.before, one.field) : Table::Value(std::string()),
                          one.kind == Kind::Cell ? shown_cell(one.after, one.field) : Table::Value(std::string()),
                          address_in(before, one, one.at), address_in(after, one, one.at_now)});
  }
  return table;
}

// What says something else with every entry of the log and every file that is sent, and nothing of the facts: left out where a report is
// held against what is known now.
std::vector<Sheet> of_the_facts(std::vector<Sheet> sheets, const std::string& kind) {
  static const std::set<std::pair<std::string_view, std::string_view>> process = {
      {"scb-month", "checks"}, {"scb-month", "chain"}, {"eligibility-log", "log"}, {"eligibility-log", "checkpoints"}};
  std::erase_if(sheets, [&](const Sheet& sheet) { return process.contains({kind, sheet.id}); });
  for (Sheet& sheet : sheets) {
    const auto entry = std::find(sheet.fields.begin(), sheet.fields.end(), "log_entry");
    if (entry == sheet.fields.end()) continue;
    for (auto& row : sheet.rows) row[static_cast<std::size_t>(entry - sheet.fields.begin())] = {};
  }
  return sheets;
}

// The facts as they are now, seen from a report's day; kept from one report to the next of the same day.
class Now {
 public:
  explicit Now(const Workspace& workspace) : workspace_(workspace) {}

  Result<Report> again(const std::string& project, const StoredReport& made, const FrozenReport& frozen) {
    const ReportKind* kind = report_kind(made.kind);
    if (!kind) return problem("versions.not-again", made.id, made.kind);
    std::vector<std::string> projects = frozen.behind.projects;
    if (projects.size() < 2) projects = {project};
    std::vector<const ProjectState*> states;
    for (const std::string& one : projects) {
      if (!workspace_.project(one)) return problem("versions.no-project", made.id, one);
      states.push_back(&state(one, frozen.report.today, kind->explained));
    }
    if (projects.size() > 1) return build_good_practice(workspace_, states, frozen.report.today);
    ReportRequest asked{.kind = made.kind};
    if (const auto month = Month::parse(made.period))
      asked.month = *month;
    else if (kind->period == ReportKind::Period::FromTo)
      asked.period = period_in(made.period);
    return build_report(workspace_, *states.front(), asked);
  }

 private:
  // "2016", "2016-05-03" or "2016-01-01/2018-06-30", as `canonical` writes it.
  static std::optional<Period> period_in(const std::string& text) {
    const std::size_t slash = text.find('/');
    if (text.size() == 4) return Period{Date::parse(text + "-01-01").value(), Date::parse(text + "-12-31").value()};
    const auto first = Date::parse(text.substr(0, slash)), last = Date::parse(slash == text.npos ? text : text.substr(slash + 1));
    return first && last ? std::optional(Period{*first, *last}) : std::nullopt;
  }

  const ProjectState& state(const std::string& project, Date today, bool explained) {
    if (held_.size() > 2) held_.clear();  // reports come by day, and a large project's state is large
    auto& held = held_[{project, today.days(), explained}];
    if (!held) held = std::make_unique<ProjectState>(project_state(workspace_, project, today, explained ? Explain::Yes : Explain::No));
    return *held;
  }

  const Workspace& workspace_;
  std::map<std::tuple<std::string, std::int32_t, bool>, std::unique_ptr<ProjectState>> held_;
};

std::string listed_some(const std::set<std::string>& names) {
  std::string text;
  std::size_t said = 0;
  for (const std::string& name : names) {
    if (said++ == 5) return text + ", …";
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

// What of a project's facts was written after a moment.
std::vector<Message> facts_since(const Workspace& workspace, const std::string& project, Moment at) {
  std::vector<Message> why;
  std::set<std::string> read, undone, corrected, decided;
  for (const StoredImport& one : workspace.store.imports(project)) {
    if (at < one.at) read.insert("I-" + std::to_string(one.id));
    if (one.withdrawn_at && at < *one.withdrawn_at) undone.insert("I-" + std::to_string(one.id));
  }
  for (const StoredCorrection& one : workspace.store.corrections(project))
    if (at < one.at) corrected.insert(participant_reference(one.person));
  for (const ManualDecision& one : workspace.store.manual_decisions(project))
    if (at < one.at) decided.insert(one.id());
  for (const auto& [id, names] : {std::pair("stale.imports", &read), std::pair("stale.undone", &undone),
                                  std::pair("stale.corrections", &corrected), std::pair("stale.decisions", &decided)})
    if (!names->empty()) why.push_back({id, {listed_some(*names)}});
  return why;
}

// What a report rests on that is another now than when it was made.
std::vector<Message> changed_since(const Workspace& workspace, const std::string& project, const StoredReport& made) {
  std::vector<Message> why = facts_since(workspace, project, made.at);
  const ProjectTerms& terms = *workspace.project(project);
  const ProgrammeTerms& programme = workspace.programme(terms);
  const bool other_rules = !made.rule_set_sha256.empty() && std::none_of(workspace.rule_sets.begin(), workspace.rule_sets.end(), [&](const auto& one) {
    return one.second.sha256 == made.rule_set_sha256;
  });
  if (other_rules) why.push_back({"month-cause.rules", {}});
  if (made.programme_sha256 != programme.sha256) why.push_back({"month-cause.programme", {}});
  if (made.project_sha256 != terms.sha256) why.push_back({"month-cause.project", {}});
  if (made.program_version != program_version()) why.push_back({"month-cause.program", {}});
  for (const auto& [other, of_other] : workspace.configuration.projects)
    if (other != project && !facts_since(workspace, other, made.at).empty()) why.push_back({"stale.elsewhere", {other}});
  return why;
}

Result<Version> again(const Workspace& workspace, Now& now, const std::string& project, const KeptReport& kept) {
  auto report = now.again(project, kept.stored, kept.frozen);
  if (!report) return tl::make_unexpected(report.error());
  auto sheets = sheets_of(to_text(*report));
  return Version{"now", std::move(*sheets), sheet_tables(workspace, *report), std::nullopt};
}

}  // namespace

Result<Comparison> compare_reports(const Workspace& workspace, const std::string& project, const std::string& before, const std::string& after) {
  auto then = kept_report(workspace, project, before);
  if (!then) return tl::make_unexpected(then.error());
  auto now = kept_report(workspace, project, after);
  if (!now) return tl::make_unexpected(now.error());
  if (then->stored.kind != now->stored.kind) return problem("versions.other-kind", before, after);
  return Comparison{differences_table(version_of(workspace, std::move(*then)), version_of(workspace, std::move(*now))), {}};
}

Result<Comparison> compare_with_now(const Workspace& workspace, const std::string& project, const std::string& report) {
  auto kept = kept_report(workspace, project, report);
  if (!kept) return tl::make_unexpected(kept.error());
  Now facts(workspace);
  auto now = again(workspace, facts, project, *kept);
  if (!now) return tl::make_unexpected(now.error());
  const StoredReport made = kept->stored;
  Version then = version_of(workspace, std::move(*kept));
  then.sheets = of_the_facts(std::move(then.sheets), made.kind);
  now->sheets = of_the_facts(std::move(now->sheets), made.kind);
  Comparison comparison{differences_table(then, *now), {}};
  if (!comparison.table.rows.empty()) comparison.why = changed_since(workspace, project, made);
  return comparison;
}

std::vector<ReportStanding> report_standings(const Workspace& workspace, const std::string& project) {
  const std::vector<StoredReport> all = workspace.store.reports(project);
  std::map<std::pair<std::string, std::string>, const StoredReport*> newest;
  const auto of = [](const StoredReport& one) {
    // What holds up to a day is made anew for another day.
    const ReportKind* kind = report_kind(one.kind);
    return std::pair(one.kind, kind && kind->period == ReportKind::Period::ToDate ? std::string() : one.period);
  };
  for (const StoredReport& one : all) newest[of(one)] = &one;
  std::map<Month, std::string> filed;
  for (const MonthEvent& event : workspace.store.month_events(project))
    if (event.kind == MonthEvent::Kind::Filed) filed[event.month] = event.report;
  std::map<Month, std::string> sent;  // claims
  for (const ClaimFiling& one : workspace.store.claim_filings(project)) sent[one.month] = one.report;
  const auto is_filed = [&](const StoredReport& one) {
    if (std::any_of(sent.begin(), sent.end(), [&](const auto& of_month) { return of_month.second == one.id; })) return true;
    return std::any_of(filed.begin(), filed.end(), [&](const auto& of_month) { return of_month.second == one.id; });
  };
  Now facts(workspace);
  std::vector<ReportStanding> standings;
  for (const StoredReport& one : all) {
    ReportStanding& standing = standings.emplace_back();
    standing.report = one.id, standing.kind = one.kind, standing.period = one.period;
    if (const std::string& by = newest[of(one)]->id; by != one.id && !is_filed(one)) {
      standing.state = ReportStanding::State::Replaced, standing.replaced_by = by;
      continue;
    }
    auto why = changed_since(workspace, project, one);
    if (why.empty()) continue;
    const auto compared = compare_with_now(workspace, project, one.id);
    if (!compared) {
      standing.state = ReportStanding::State::Stopped, standing.why = {compared.error().message};
    } else if (!compared->table.rows.empty()) {
      standing.state = ReportStanding::State::Changed, standing.why = std::move(why);
      standing.differences = static_cast<std::int64_t>(compared->table.rows.size());
    }
  }
  return standings;
}

Message in_one(const std::vector<Message>& why) {
  std::string sv, en;
  for (const Message& one : why)
    for (auto [text, language] : {std::pair(&sv, Language::Swedish), std::pair(&en, Language::English)})
      *text += (text->empty() ? "" : "; ") + words(one, language);
  return {"table.text", {in_both(sv, en)}};
}

Table stale_table(const std::vector<ReportStanding>& standings) {
  Table table{.schema = "stale"};
  table.columns = {{"report", {"Rapport", "Report"}},
                   {"kind", {"Slag", "Kind"}},
                   {"period", {"Period", "Period"}},
                   {"state", {"Läge", "State"}},
                   {"differences", {"Skillnader", "Differences"}, Table::Column::Kind::Count},
                   {"why", {"Varför", "Why"}, Table::Column::Kind::Text, true}};
  table.when_empty = {"Alla rapporter säger det som är känt nu.", "All reports say what is known now."};
  std::int64_t replaced = 0;
  for (const ReportStanding& one : standings) {
    replaced += one.state == ReportStanding::State::Replaced;
    const bool stopped = one.state == ReportStanding::State::Stopped;
    if (!stopped && one.state != ReportStanding::State::Changed) continue;
    table.rows.push_back({one.report, Message{"report." + one.kind, {}}, one.period,
                          Message{stopped ? "stale.stopped" : "stale.changed", {}}, one.differences, in_one(one.why)});
  }
  table.facts = {{"reports", static_cast<std::int64_t>(standings.size())}, {"replaced", replaced}};
  return table;
}

}  // namespace horisont
