#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/table.h"
#include "app/workspace.h"
#include "core/values/result.h"

namespace horisont {

/// What two versions of a report do not say alike, a row for each cell, row or sheet.
struct Comparison {
  Table table;
  std::vector<Message> why;  ///< what has changed since the older one was made; only of a comparison with what is known now
};
/// Of two made reports of one kind (COR-06). A Problem: none of that id, of different kinds, or nothing was kept of one. Throws StoreError.
Result<Comparison> compare_reports(const Workspace&, const std::string& project, const std::string& before, const std::string& after);

/// Of a made report and what it would say now: the facts as they are known now, seen from the report's own day. Sheets and columns
/// about the log and about what was sent in are left out: they change with every report. A Problem, too, when it cannot be built now.
Result<Comparison> compare_with_now(const Workspace&, const std::string& project, const std::string& report);

/// Where a made report stands to what is known now (COR-08).
struct ReportStanding {
  enum class State { AsMade, Changed, Replaced, Stopped } state = State::AsMade;
  std::string report, kind, period;
  std::int64_t differences = 0;  ///< of Changed: cells, rows and sheets
  std::string replaced_by;       ///< of Replaced: the newest of that kind and period
  std::vector<Message> why;      ///< of Changed: what has changed since; of Stopped: why it cannot be built now
};
/// Of every report of the project, oldest first. The newest of each kind and period, and the newest that was filed of each month, is
/// built again and compared as `compare_with_now` does, where anything has been changed since it was made.
std::vector<ReportStanding> report_standings(const Workspace&, const std::string& project);

/// Those that no longer say what is known.
Table stale_table(const std::vector<ReportStanding>&);
/// What has changed, as one value of a table.
Message in_one(const std::vector<Message>&);

}  // namespace horisont
