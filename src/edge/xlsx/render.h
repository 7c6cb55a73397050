#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/reports/sheet.h"
#include "core/values/finding.h"
#include "core/values/moment.h"
#include "core/values/result.h"

namespace horisont {

/// Where cells stand and what they are called (report-templates/<id>/template.toml), checked against the report.
struct ReportTemplate;
/// A template that fills a workbook has it beside it, with the bytes that it was mapped for; or `kept` gives them by digest.
using KeptBytes = std::function<std::optional<std::string>(const std::string& sha256)>;
tl::expected<std::shared_ptr<const ReportTemplate>, std::vector<Finding>> load_report_template(
    const std::filesystem::path& template_toml, const KeptBytes& kept = {});
/// The digest and the bytes of the workbook that a template fills; empty digest for one that fills none.
std::pair<std::string, std::string> workbook_of(const ReportTemplate&);

struct RenderOptions {
  Language language = Language::Swedish;
  Moment created = Moment::of_seconds(0);  ///< for the document's properties; never the clock
  /// SHA-256 of the report's canonical text. Asked for when the data is written, so that it can be worked out meanwhile;
  /// without it the renderer does.
  std::function<std::string()> fingerprint;
  /// What the file with this place in the template is called, when it is not to have the name that the template gives it.
  std::function<std::string(std::size_t file, const std::string& name)> called;
};

/// Writes the report's files into `folder` (which must exist) and gives their paths. Each appears whole or not at all; nobody waits
/// for the disk (sync_file). Throws FileError.
std::vector<std::filesystem::path> render(const Report&, const ReportTemplate&, const std::filesystem::path& folder,
                                          const RenderOptions&);

}  // namespace horisont
