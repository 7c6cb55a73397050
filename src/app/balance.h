#pragma once

#include <vector>

#include "app/table.h"
#include "app/workspace.h"

namespace horisont {

/// What the project has claimed, been given, been paid and been refused, to the day of the state.
struct Balance {
  Table sums;       ///< cost, share due and given, advance, paid, refused, left to be paid
  Table months;     ///< each month with cost: what its newest made claim said beside what it says now
  Table budget;     ///< each line of the budget beside the outcome
  Table documents;  ///< what came and was refused, by day, with where it says so
  bool as_it_should = true;  ///< no made claim differs, no share or line is exceeded, the advance is no larger than may be
};
/// The total cost that a made payment claim says; nothing: it is none.
std::optional<Money> claimed_total(const StoredReport&);

/// Months without accepted time are left out. What is missing in any month comes back at once and there is no balance.
tl::expected<Balance, std::vector<Finding>> balance_of(const Workspace&, const ProjectState&);

}  // namespace horisont
