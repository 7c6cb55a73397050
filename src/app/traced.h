#pragma once

#include "app/balance.h"
#include "app/trace.h"

// What can be traced as made reports are, though no made report holds it: what `balance` says, and the index of an opened audit pack.
namespace horisont {

/// The tables of a balance as sheets of their names ("balance", "months", "budget", "documents"; the headings are row 1), and behind
/// them "costs", the cost of each month by what it is made of, and "share", what the share of others is held against. What a claim
/// said when it was made stands in that report (KeptReport::elsewhere).
Result<KeptReport> kept_balance(const Workspace&, const ProjectState&, const Balance&);

/// The index.xlsx of the pack that was opened in the workspace's home, made again from it; a problem where that is no pack of this
/// sample, or where it makes another index than it holds. Throws StoreError and FileError.
Result<KeptReport> kept_index(const Workspace&, const std::string& sample);

}  // namespace horisont
