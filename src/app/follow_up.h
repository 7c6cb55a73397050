#pragma once

#include "app/table.h"
#include "app/workspace.h"

namespace horisont {

/// One question to one who has left. A result must be known by its day; six months are the first day on which the answer
/// counts.
struct FollowUp {
  Date due = Date::of_days(0);
  std::string what, reference;  ///< "result" or "six_months"; D-0042
  Date left = Date::of_days(0);
  Citation cited;
};

/// Whom to ask what, by the last day for it: those who left without a result within the programme's days, and those whose
/// six-month follow-up is due until `to` or was due and is not known. Who refused to answer is not asked again.
std::vector<FollowUp> follow_ups(const ProjectState&, Date to);
Table follow_up_table(const ProjectState&, Date to);

}  // namespace horisont
