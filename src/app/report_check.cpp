#include "app/report_check.h"

#include <algorithm>
#include <sstream>

#include "app/months.h"
#include "core/values/both.h"
#include "edge/files/files.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/xlsx/parts.h"
#include "edge/xlsx/render.h"
#include "edge/xlsx/template.h"
#include "log/verify.h"

namespace horisont {
namespace {

// The report that a workbook says it is (document properties that the renderer sets, or its control sheet), or nothing.
struct Named {
  std::string report, fingerprint;
};
Named named_report(const std::filesystem::path& file, std::span<const StoredReport> known) {
  Named named;
  const auto workbook = read_workbook(file);
  if (!workbook || workbook->format() != "xlsx") return named;
  for (const auto& [name, value] : workbook->properties()) {
    if (name == "Horisont report") named.report = value;
    if (name == "Horisont fingerprint") named.fingerprint = value;
  }
  if (!named.report.empty()) return named;
  // Some programs drop properties when they save; the control sheet says the same.
  for (const SheetView& sheet : workbook->sheets())
    for (const RowView& row : sheet.rows)
      for (const CellView& cell : row.cells) {
        const auto one = std::find_if(known.begin(), known.end(), [&](const StoredReport& r) {
          return cell.text.size() >= 64 && cell.text.starts_with(r.fingerprint);
        });
        if (one != known.end()) return {one->id, one->fingerprint};
      }
  return named;
}

// Whether a report may have made a workbook of these sheets: some file of its template has no other.
bool may_have_made(const Workspace& workspace, const StoredReport& report, const Workbook& book) {
  const auto bytes = workspace.store.kept(report.template_sha256);
  if (!bytes) return false;
  const TemporaryFolder work;
  write_file(work.path() / "template.toml", *bytes);
  const auto layout = load_report_template(work.path() / "template.toml",
                                           [&](const std::string& sha256) { return workspace.store.kept(sha256); });
  if (!layout) return false;
  const auto has = [&](const std::string& name) {
    return std::any_of(book.sheets().begin(), book.sheets().end(), [&](const SheetView& sheet) { return sheet.name == name; });
  };
  const Language language = report.language == "en" ? Language::English : Language::Swedish;
  return std::any_of((*layout)->files.begin(), (*layout)->files.end(), [&](const TemplateFile& file) {
    return std::all_of(file.sheets.begin(), file.sheets.end(),
                       [&](const TemplateSheet& sheet) { return sheet.id.ends_with('*') || has(sheet.name.in(language)); }) &&
           std::all_of(file.fill.tables.begin(), file.fill.tables.end(),
                       [&](const TemplateFill::Table& table) { return has(table.sheet); });
  });
}

// The report that a workbook without a name differs least from.
const StoredReport* nearest_report(const Workspace& workspace, const std::filesystem::path& file, std::span<const StoredReport> known) {
  const auto book = read_workbook(file);
  if (!book) return nullptr;
  std::map<std::string, bool> by_template;  // its digest and language
  std::vector<std::pair<bool, const StoredReport*>> candidates;
  std::map<std::string, std::vector<MonthEvent>> events;
  for (const StoredReport& report : known) {
    const auto [fits, fresh] = by_template.try_emplace(report.template_sha256 + report.language);
    if (fresh) fits->second = may_have_made(workspace, report, *book);
    if (!fits->second) continue;
    const auto [of_project, new_project] = events.try_emplace(report.project);
    if (new_project) of_project->second = workspace.store.month_events(report.project);
    const bool filed = std::any_of(of_project->second.begin(), of_project->second.end(),
                                   [&](const MonthEvent& event) { return event.report == report.id; });
    candidates.emplace_back(filed, &report);
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
    return std::pair(b.first, b.second->at) < std::pair(a.first, a.second->at);
  });
  const StoredReport* nearest = nullptr;
  Likeness best;
  for (const auto& [filed, report] : candidates) {
    const TemporaryFolder folder;
    const auto again = remake_report(workspace, report->project, report->id, folder.path() / "made", true);
    if (!again) continue;
    for (const auto& made : again->files) {
      const Likeness like = likeness(made.path, file);
      // Shares are compared without dividing: a / b > c / d.
      if (like.same * 2 < like.of || like.same * std::max<std::size_t>(best.of, 1) <= best.same * std::max<std::size_t>(like.of, 1)) continue;
      best = like, nearest = report;
    }
  }
  return nearest;
}

// Whether the log, with every signature in it, has the entry of a report's file. The rows of the register alone prove nothing:
// whoever has the machine can write one, but the log's entry he cannot sign.
bool log_has(const Workspace& workspace, const StoredReport& report, const std::string& sha256) {
  std::stringstream text;
  workspace.store.export_log(report.project, text);
  const bool has = [&] {
    for (std::string line; std::getline(text, line);) {
      if (!line.starts_with("L1 ")) continue;
      const auto leaf = tlog::leaf_from(line);
      if (leaf && leaf->kind == "report" && tlog::value_of(leaf->refs, "report") == report.id && tlog::value_of(leaf->refs, "file") == sha256)
        return true;
    }
    return false;
  }();
  if (!has) return false;
  text.clear();
  text.seekg(0);
  const tlog::Shown shown = tlog::verify_export(text, {}).shown;
  return shown != tlog::Shown::Altered && shown != tlog::Shown::Unreadable;
}

bool is_filed_with(const Workspace& workspace, const StoredReport& report) {
  const auto sent = workspace.store.claim_filings(report.project);
  if (std::any_of(sent.begin(), sent.end(), [&](const ClaimFiling& one) { return one.report == report.id; })) return true;
  const auto events = workspace.store.month_events(report.project);
  return std::any_of(events.begin(), events.end(), [&](const MonthEvent& event) { return event.report == report.id; });
}

// How a report that was not filed stands to the facts of today; only a month is compared.
Message unfiled_now(const Workspace& workspace, const StoredReport& report, Date today) {
  const auto month = Month::parse(report.period);
  if (report.kind != "scb-month" || !month) return {"report-check.not-compared", {}};
  const ProjectState state = project_state(workspace, report.project, today, Explain::No);
  const bool same = report.sheets_text.find(month_content(state.input(), *month)) != std::string::npos;
  return {same ? "report-check.as-made" : "plan.changed", {}};
}

// Whether the month that was filed with a report says something else today.
std::optional<Message> other_now(const Workspace& workspace, const StoredReport& report, Date today) {
  const ProjectState state = project_state(workspace, report.project, today, Explain::No);
  if (report.kind == "payment-claim") {
    const auto month = Month::parse(report.period);
    const ClaimFiling* newest = month ? sent_claim(state, *month) : nullptr;
    if (newest && newest->report != report.id) return Message{"report-check.newer", {newest->report}};
    return newest ? differs_message(*newest) : std::nullopt;
  }
  for (const MonthStanding& one : standings_of(state)) {
    if (!one.filed || one.month.iso() != report.period) continue;
    if (one.filed->report != report.id) return Message{"report-check.newer", {one.filed->report}};
    if (const auto differs = differs_message(one)) return differs;
    if (one.changed || one.claim_changed) return Message{"plan.changed", {}};
  }
  return std::nullopt;
}

// A place with words in both languages is told in the reader's.
Table::Value in_either(const std::string& place) {
  return halves_of(place) ? Table::Value(Message{"table.text", {place}}) : Table::Value(place);
}

}  // namespace

ReportCheck check_report(const Workspace& workspace, const std::filesystem::path& file, const std::string& project,
                         Date today, const std::string& report_id) {
  constexpr std::uintmax_t largest = 1u << 30;
  std::error_code error;
  if (const auto size = std::filesystem::file_size(file, error); !error && size > largest)
    throw FileError({"file.too-large", {"1 GiB"}}, FileError::Fault::Unreadable);
  ReportCheck check{.file_name = file.filename().string(), .sha256 = sha256_of_file(file)};
  std::vector<StoredReport> known;
  for (const auto& [key, terms] : workspace.configuration.projects)
    for (StoredReport& report : workspace.store.reports(key)) known.push_back(std::move(report));
  const auto is = [&](const StoredReport& report, ReportCheck::State state) {
    check.state = state;
    check.project = report.project, check.report = report.id, check.kind = report.kind, check.made_at = report.at.iso();
  };
  const StoredReport* unlogged = nullptr;
  for (const StoredReport& report : known)
    for (const StoredReport::File& made : report.files)
      // The file of another report than the one that is asked about is held to that one, cell by cell.
      if (made.sha256 == check.sha256 && (report_id.empty() || report.id == report_id)) {
        if (!log_has(workspace, report, made.sha256)) {
          unlogged = &report;
          continue;
        }
        is(report, project.empty() || report.project == project ? ReportCheck::State::Identical : ReportCheck::State::Elsewhere);
        if (check.state == ReportCheck::State::Elsewhere) return check;
        if (is_filed_with(workspace, report))
          check.now_other = other_now(workspace, report, today);
        else
          check.now_unfiled = unfiled_now(workspace, report, today);
        return check;
      }
  if (unlogged) {
    is(*unlogged, ReportCheck::State::Unlogged);
    return check;
  }
  if (!project.empty()) std::erase_if(known, [&](const StoredReport& report) { return report.project != project; });
  bool by_likeness = false;
  Named named = report_id.empty() ? named_report(file, known) : Named{report_id, {}};
  check.says_so = report_id.empty() && !named.report.empty();
  // A workbook that names nothing any more may still bear the name that one report's file was given.
  if (named.report.empty()) {
    std::vector<const StoredReport*> so_called;
    for (const StoredReport& report : known)
      if (std::any_of(report.files.begin(), report.files.end(), [&](const auto& made) { return made.name == check.file_name; }))
        so_called.push_back(&report);
    if (so_called.size() == 1) named = {so_called.front()->id, so_called.front()->fingerprint};
  }
  if (named.report.empty())
    if (const StoredReport* nearest = nearest_report(workspace, file, known)) {
      const StoredReport one = *nearest;  // a copy: the list is given up
      known = {one};
      named = {one.id, one.fingerprint};
      by_likeness = true;
    }
  check.report = named.report;
  if (check.report.empty()) {
    if (read_file(file, 2) == "PK" && !read_workbook(file)) check.state = ReportCheck::State::Unreadable;
    return check;
  }
  // Every project has reports of the same names; what they say tells them apart.
  std::erase_if(known, [&](const StoredReport& report) { return report.id != named.report; });
  if (known.size() > 1) {
    std::vector<StoredReport> same;
    std::copy_if(known.begin(), known.end(), std::back_inserter(same),
                 [&](const StoredReport& report) { return report.fingerprint == named.fingerprint; });
    if (same.size() != 1) {
      check.state = ReportCheck::State::Several;
      return check;
    }
    known = std::move(same);
  }
  if (known.empty()) return check;
  is(known.front(), by_likeness ? ReportCheck::State::Nearest : ReportCheck::State::Altered);
  // A report that was written into the register behind the log is none to hold a workbook to.
  if (std::none_of(known.front().files.begin(), known.front().files.end(), [&](const StoredReport::File& made) {
        return log_has(workspace, known.front(), made.sha256);
      })) {
    check.state = ReportCheck::State::Unlogged;
    return check;
  }
  if (!is_sound_workbook(file)) {
    check.state = ReportCheck::State::Unreadable;
    return check;
  }
  for (const StoredReport::File& made : known.front().files)
    if (made.name == check.file_name || known.front().files.size() == 1) check.sha256_made = made.sha256;
  // Which cells differ is told from the workbook as it was made: made again, it has the bytes that were registered then.
  // What another version made has its values, perhaps in other words and places.
  const std::string wanted = check.sha256_made;
  const TemporaryFolder folder;
  const auto again = remake_report(workspace, check.project, check.report, folder.path() / "made", true);
  if (!again) {
    check.why = again.error().message;
    return check;
  }
  if (!again->same()) check.why = Message{"report-check.other-version", {again->made_by, again->now}};
  for (const auto& made : again->files) {
    if (!wanted.empty() && made.sha256_made != wanted) continue;
    // Under another name it is the one of the report's workbooks that it differs least from: fewest sheets, then fewest cells.
    auto [differences, missing, whole] = workbook_differences(made.path, file, made.same());
    if (!whole) {
      check.state = ReportCheck::State::Unreadable;
      return check;
    }
    const auto far = [](const std::vector<CellDifference>& all) {
      return std::pair(std::count_if(all.begin(), all.end(), [](const auto& one) { return one.cell.find('!') == one.cell.npos; }),
                       all.size());
    };
    if (check.differences && far(*check.differences) <= far(differences)) continue;
    check.differences = std::move(differences);
    check.missing = std::move(missing);
    check.made_file = made.name;
    check.sha256_made = made.sha256_made;
    check.form = check.differences->empty() ? form_differences(made.path, file) : std::vector<FormDifference>{};
  }
  return check;
}

Table cell_differences_table(const std::vector<CellDifference>& differences) {
  Table table{.schema = "differences"};
  table.columns = {{"cell", {"Cell", "Cell"}}, {"made", {"Som den skapades", "As made"}}, {"found", {"I filen", "In the file"}}};
  for (const CellDifference& one : differences) table.rows.push_back({in_either(one.cell), Message{"table.text", {one.made}}, Message{"table.text", {one.found}}});
  table.when_empty = {"Ingen cell skiljer sig: filen har sparats om.", "No cell differs: the file was saved anew."};
  return table;
}

Table missing_table(const std::vector<CellDifference>& missing) {
  Table table{.schema = "missing"};
  table.columns = {{"what", {"Saknas i filen", "Missing in the file"}}, {"made", {"Som den skapades", "As made"}}};
  for (const CellDifference& one : missing) table.rows.push_back({in_either(one.cell), Message{"table.text", {one.made}}});
  return table;
}

Table form_differences_table(const std::vector<FormDifference>& differences) {
  Table table{.schema = "form-differences"};
  table.columns = {{"what", {"Skiljer sig bara till formen", "Differs in form only"}},
                   {"made", {"Som den skapades", "As made"}, Table::Column::Kind::Count},
                   {"found", {"I filen", "In the file"}, Table::Column::Kind::Count}};
  for (const FormDifference& one : differences) table.rows.push_back({one.what, one.made, one.found});
  return table;
}

Table report_check_table(const ReportCheck& check) {
  static constexpr const char* states[] = {"identical", "altered", "unknown", "several", "elsewhere", "nearest", "unlogged", "unreadable"};
  Table table{.schema = "report-check"};
  table.facts = {{"state", states[static_cast<std::size_t>(check.state)]}};
  table.columns = {{"file", {"Fil", "File"}},
                   {"state", {"Läge", "State"}},
                   {"report", {"Rapport", "Report"}},
                   {"kind", {"Slag", "Kind"}},
                   {"project", {"Projekt", "Project"}},
                   {"at", {"Skapad", "Made"}},
                   {"now", {"Uppgifterna nu", "The facts now"}},
                   {"sha256", {"SHA-256", "SHA-256"}},
                   {"sha256_made", {"SHA-256 när den skapades", "SHA-256 when made"}}};
  const std::string made = check.state == ReportCheck::State::Identical ? check.sha256 : check.sha256_made;
  table.rows.push_back({check.file_name,
                        Message{std::string("report-check.") + states[static_cast<std::size_t>(check.state)], {}}, check.report,
                        check.kind.empty() ? Table::Value(std::string()) : Message{"report." + check.kind, {}}, check.project,
                        check.made_at, check.now_other     ? Table::Value(*check.now_other)
                        : check.now_unfiled ? Table::Value(*check.now_unfiled)
                                            : Table::Value(std::string()),
                        check.sha256.substr(0, 16), made.substr(0, 16)});
  return table;
}

}  // namespace horisont
