#pragma once

#include <functional>

#include "app/table.h"
#include "app/workspace.h"

namespace horisont {

/// What the demonstration found.
struct DemoOutcome {
  Table table;                    ///< a row for each project: participants, verdicts, minutes, problems
  Table workbooks;                ///< the workbooks that were made
  std::filesystem::path summary;  ///< D/summary.json
  bool agrees = false;            ///< the problems found are exactly the faults planted, and the verdicts those expected
  std::int64_t differences = 0;
  int status = 0;  ///< when `trouble` is not empty
  std::vector<Finding> trouble;
};

/// Makes inputs below `folder`, reads them in, decides, counts the hours, makes every workbook, and compares what was found
/// with what was planted. `folder` must be new, empty, or made by an earlier demonstration. `say` gets one sentence for
/// each step. Throws FileError and StoreError.
DemoOutcome run_demo(const std::filesystem::path& folder, const std::filesystem::path& share, Language, const Actor&,
                     Moment now, const std::function<void(const Message&)>& say);

}  // namespace horisont
