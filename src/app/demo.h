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

/// Why no demonstration is made in a folder: it holds other things, or things changed or added since an earlier one.
struct DemoObstacle {
  Message why;
  bool may_be_replaced = false;  ///< an earlier demonstration's, which goes when somebody says so
};
/// Nothing for a new folder, an empty one, or an earlier demonstration's where all is as it was left. Throws FileError.
std::optional<DemoObstacle> demo_obstacle(const std::filesystem::path& folder);

/// Makes inputs below `folder`, reads them in, decides, counts the hours, makes every workbook, and compares what was found
/// with what was planted. What an earlier demonstration made in `folder` is replaced: ask demo_obstacle() before. `say` gets one
/// sentence for each step. Throws FileError and StoreError.
DemoOutcome run_demo(const std::filesystem::path& folder, const std::filesystem::path& share, Language, const Actor&,
                     Moment now, const std::function<void(const Message&)>& say);

}  // namespace horisont
