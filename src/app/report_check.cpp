#include "app/report_check.h"

#include <algorithm>

#include "edge/files/files.h"
#include "edge/spreadsheet/spreadsheet.h"

namespace horisont {
namespace {

// The report that a workbook says it is (a document property that the renderer sets), or nothing.
std::string named_report(const std::filesystem::path& file) {
  if (format_of(file) != FileFormat::Xlsx) return "";
  const auto workbook = read_workbook(file);
  if (!workbook) return "";
  for (const auto& [name, value] : workbook->properties())
    if (name == "Horisont report") return value;
  return "";
}

}  // namespace

ReportCheck check_report(const Workspace& workspace, const std::filesystem::path& file, const std::string& project) {
  ReportCheck check{.file_name = file.filename().string(), .sha256 = sha256_of_file(file)};
  std::vector<StoredReport> known;
  for (const auto& [key, terms] : workspace.configuration.projects)
    if (project.empty() || key == project)
      for (StoredReport& report : workspace.store.reports(key)) known.push_back(std::move(report));
  const auto is = [&](const StoredReport& report, ReportCheck::State state) {
    check.state = state;
    check.project = report.project, check.report = report.id, check.kind = report.kind, check.made_at = report.at.iso();
  };
  for (const StoredReport& report : known)
    for (const StoredReport::File& made : report.files)
      if (made.sha256 == check.sha256) {
        is(report, ReportCheck::State::Identical);
        return check;
      }
  check.report = named_report(file);
  if (check.report.empty()) return check;
  for (const StoredReport& report : known) {
    if (report.id != check.report) continue;
    is(report, ReportCheck::State::Altered);
    for (const StoredReport::File& made : report.files)
      if (made.name == check.file_name || report.files.size() == 1) check.sha256_made = made.sha256;
    break;
  }
  return check;
}

Table report_check_table(const ReportCheck& check) {
  static constexpr const char* states[] = {"identical", "altered", "unknown"};
  Table table{.schema = "report-check"};
  table.facts = {{"state", states[static_cast<std::size_t>(check.state)]}};
  table.columns = {{"file", {"Fil", "File"}},           {"state", {"Läge", "State"}},
                   {"report", {"Rapport", "Report"}},   {"kind", {"Slag", "Kind"}},
                   {"project", {"Projekt", "Project"}}, {"at", {"Skapad", "Made"}},
                   {"sha256", {"SHA-256", "SHA-256"}},  {"sha256_made", {"SHA-256 när den skapades", "SHA-256 when made"}}};
  const std::string made = check.state == ReportCheck::State::Identical ? check.sha256 : check.sha256_made;
  table.rows.push_back({check.file_name,
                        Message{std::string("report-check.") + states[static_cast<std::size_t>(check.state)], {}}, check.report,
                        check.kind.empty() ? Table::Value(std::string()) : Message{"report." + check.kind, {}}, check.project,
                        check.made_at, check.sha256.substr(0, 16), made.substr(0, 16)});
  return table;
}

}  // namespace horisont
