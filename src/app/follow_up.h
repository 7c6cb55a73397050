#pragma once

#include "app/table.h"
#include "app/workspace.h"

namespace horisont {

/// Whom to ask what, by the last day for it: those who left without a result within the programme's days, and those whose
/// six-month follow-up is due until `to` or was due and is not known. Who refused to answer is not asked again.
Table follow_up_table(const ProjectState&, Date to);

}  // namespace horisont
