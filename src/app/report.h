#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/table.h"
#include "app/workspace.h"

namespace horisont {

/// The reports that can be asked for, by kind; the template folder has the same name.
struct ReportKind {
  std::string_view kind;
  enum class Period { Month, FromTo, ToDate } period;
  bool explained;      ///< needs every rule's answer
  bool alone = false;  ///< made when it is asked for by name only: it stops where something is missing
};
std::span<const ReportKind> report_kinds();
/// Indicators are those of the project's own programme; all other reports are for every programme.
bool report_fits(std::string_view kind, std::string_view programme);
/// Whose indicators a programme's operations have.
Framework framework_of(std::string_view programme);
const ReportKind* report_kind(std::string_view kind);  ///< null: unknown

struct ReportRequest {
  std::string kind;
  std::optional<Month> month;    ///< for Period::Month; for FromTo: that month only
  std::optional<Period> period;  ///< for FromTo; absent: the whole operation up to today
};

/// The layout of a report: the installation's own, else the program's.
std::filesystem::path template_file(const Workspace&, const std::string& kind);

/// The report as a value, or why it cannot be built: no month given, unknown kind, another programme.
Result<Report> build_report(const Workspace&, const ProjectState&, const ReportRequest&);
/// The good-practice sheet of one project, or of several side by side.
Report build_good_practice(const Workspace&, std::span<const ProjectState* const>, Date as_of);

/// Whether every reconciliation of the report holds.
bool all_agree(const Report&);

/// A report's sheets as tables, with the headings of its template: what a page previews. The numbers are the report's own.
struct SheetTable {
  Bilingual name;
  Table table;
  std::vector<std::size_t> fields;  ///< of the sheet, for each column of the table
};
/// On pages identity numbers and addresses are masked; a file of one's own shows them.
enum class Identities { Masked, Shown };
std::vector<SheetTable> sheet_tables(const Workspace&, const Report&, Identities = Identities::Masked);
/// One cell by itself, as a page shows it; minutes, öre and counts are numbers to programs.
Table::Value shown_cell(const Cell&, const std::string& field);

struct MadeReport {
  std::string id, kind;
  std::vector<std::filesystem::path> files;
  bool agrees = true;    ///< all_agree
  bool complete = true;  ///< nothing remains to be done before it can be filed
  std::vector<Message> draft = {};     ///< why_draft; empty: it is none
  std::vector<std::pair<Message, std::int64_t>> remaining = {};  ///< what remains, and of how much
};
/// Freezes what `build` gives and writes its workbooks into `folder`: all of them or nothing. `build` runs on another thread,
/// without the store, while decisions that are not on record are recorded; what it throws is passed on. Findings say what is
/// wrong with a template. `joint`: the projects of a report of several, in its order. Throws FileError and StoreError.
/// Records what is decided anew, so that a report which tells of the log tells of that, too.
void record_first(Workspace&, ProjectState&, const Actor&, Moment now);

tl::expected<std::vector<MadeReport>, std::vector<Finding>> make_reports(Workspace&, const ProjectState&,
                                                                         const std::function<std::vector<Report>()>& build,
                                                                         Language, const std::filesystem::path& folder,
                                                                         const Actor&, Moment now,
                                                                         std::span<const ProjectState* const> joint = {});
tl::expected<MadeReport, std::vector<Finding>> make_report(Workspace&, const ProjectState&, Report, Language,
                                                           const std::filesystem::path& folder, const Actor&, Moment now,
                                                           std::span<const ProjectState* const> joint = {});

}  // namespace horisont
