#pragma once

#include "app/table.h"
#include "app/workspace.h"

namespace horisont {

// What the commands about staff time print.

/// Staff time by member and month: reported, accepted, refused with its reasons, whole hours, and when it was signed.
Table staff_time_table(const ProjectState&, Period);
/// The cap of each member and calendar year that the period touches: used here, elsewhere, left, over.
Table staff_caps_table(const ProjectState&, Period);
/// Who was in two places at once, by row; and of each member the days on which that cannot be told.
std::vector<Finding> staff_findings(const ProjectState&, Period);

}  // namespace horisont
