#pragma once

#include "app/table.h"
#include "app/workspace.h"
#include "core/rules/manual.h"

namespace horisont {

/// Puts the manual decisions that hold into the state's decisions and explanations, and gives them. One whose rule set has other
/// logic now, or whose facts are not those that it was taken on, does not hold: that is a finding.
std::vector<ManualDecision> lay_over(std::span<const ManualDecision> stored, ProjectState&, std::vector<Finding>& stale);
/// The same for decisions alone.
std::vector<ManualDecision> lay_over(std::span<const ManualDecision> stored, std::span<const Participation>, const ProjectTerms&,
                                     const ProgrammeTerms&, const LoadedRuleSet&, std::vector<Decision>&,
                                     std::vector<Finding>& stale);

struct ManualRequest {
  std::string project, participant;
  std::vector<std::string> codes;  ///< rules: "P07"
  bool met = true;
  std::string reason, evidence, approved_by;
  Date today = Date::of_days(0);
  Actor actor;
  Moment now = Moment::of_seconds(0);
};

/// Decides rules of a participant by hand, and takes the project's decisions anew; the filed months that this changes are open again.
/// A Problem: no such participant or rule, a rule that cannot say no, a reason that says nothing, nobody else where the project asks
/// for two persons. Throws StoreError.
struct MadeManual {
  ManualDecision decision;
  std::vector<Month> reopened;
};
Result<MadeManual> decide_by_hand(Workspace&, const ManualRequest&);
/// Withdraws one ("B-1"): the rule set decides again.
Result<MadeManual> withdraw_manual(Workspace&, const std::string& id, const ManualRequest&);

/// All of them, the newest first, each with whether it holds.
Table manual_table(const ProjectState&, std::span<const ManualDecision>);

}  // namespace horisont
