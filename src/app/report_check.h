#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/remake.h"
#include "app/table.h"
#include "app/workspace.h"

namespace horisont {

/// What the register of made reports says of a workbook.
struct ReportCheck {
  /// Identical: the very bytes that were made · Altered: it names a report of the register and has other bytes · Unknown: it
  /// names none, or one that is not in the register · Several: projects have a report of that name, and nothing tells which ·
  /// Elsewhere: it is the very file of another project than the one that was asked about · Nearest: it names none, and differs
  /// least from the report that is told · Unlogged: the register of reports says so, but the log has no such entry (the register was
  /// changed behind the log) · Unreadable: it names a report, or was said to be one, and is no workbook that can be compared.
  enum class State { Identical, Altered, Unknown, Several, Elsewhere, Nearest, Unlogged, Unreadable } state = State::Unknown;
  std::string file_name, sha256;
  std::string project, report, kind, made_at;  ///< empty where nothing is known; `report` may be what an unknown file names
  std::string sha256_made;                     ///< Altered: the digest of the file that was made, where its name tells which
  /// Altered and Nearest: the cells that differ from the workbook as it was made, where that can be made again.
  std::optional<std::vector<CellDifference>> differences;
  std::vector<CellDifference> missing;  ///< what the workbook was made with and the file has nothing of; no figure is other for it
  std::vector<FormDifference> form;     ///< where no cell differs: what differs otherwise
  std::string made_file;             ///< Nearest: which of the report's files
  bool says_so = false;              ///< Altered: the file itself names the report; else its name does, or it was asked for
  /// Altered and Nearest: why the workbook cannot be made again as it was. With differences: they are those of what this version
  /// makes of the same values.
  std::optional<Message> why;
  /// The month was filed with this report, and says something else today: why.
  std::optional<Message> now_other;
  std::optional<Message> now_unfiled;  ///< of a report that was not filed: how it stands to the facts of today, or that it is not compared
};

/// Looks a file up among the reports of one project, or of all when `project` is empty: by the digest of its bytes, else by the
/// report that it names, else, when it names none (a file to be pasted elsewhere bears no mark of ours), by the report that it differs
/// least from: one with the same sheets and at least half of its cells, of equals the one that was filed, then the newest. `report`:
/// it is held to that one, whatever it says. A file that is larger than any workbook is not looked into. Throws FileError and
/// StoreError.
ReportCheck check_report(const Workspace&, const std::filesystem::path& file, const std::string& project, Date today,
                         const std::string& report = {});

Table report_check_table(const ReportCheck&);
Table cell_differences_table(const std::vector<CellDifference>&);
Table missing_table(const std::vector<CellDifference>&);
Table form_differences_table(const std::vector<FormDifference>&);

}  // namespace horisont
