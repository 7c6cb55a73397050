#pragma once

#include <string>
#include <vector>

#include "app/workspace.h"

namespace horisont {

/// The reports that can be asked for, by kind; the template folder has the same name.
struct ReportKind {
  std::string_view kind;
  enum class Period { Month, FromTo, ToDate } period;
  bool explained;  ///< needs every rule's answer
};
std::span<const ReportKind> report_kinds();
const ReportKind* report_kind(std::string_view kind);  ///< null: unknown

struct ReportRequest {
  std::string kind;
  std::optional<Month> month;    ///< for Period::Month; for FromTo: that month only
  std::optional<Period> period;  ///< for FromTo; absent: the whole operation up to today
};

/// The report as a value, or why it cannot be built: no month given, unknown kind.
Result<Report> build_report(const Workspace&, const ProjectState&, const ReportRequest&);
/// The good-practice sheet of one project, or of several side by side.
Report build_good_practice(const Workspace&, std::span<const ProjectState* const>, Date as_of);

struct MadeReport {
  std::string id;
  std::vector<std::filesystem::path> files;
};
/// Freezes the report and writes its workbooks into `folder`: all of it or nothing. Findings say what is wrong with a
/// template. Throws FileError and StoreError.
tl::expected<MadeReport, std::vector<Finding>> make_report(Workspace&, const ProjectState&, Report, Language,
                                                           const std::filesystem::path& folder, const Actor&, Moment now);

}  // namespace horisont
