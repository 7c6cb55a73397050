#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/rules/rules.h"
#include "core/values/moment.h"

namespace horisont {

/// A person's answer to single rules instead of the rule set's, as it is kept; or that an earlier one no longer holds.
struct ManualDecision {
  std::uint32_t number = 0;  ///< B-1; given by the store
  std::uint32_t person = 0;
  std::vector<std::string> codes;
  bool met = true;
  std::uint32_t withdraws = 0;  ///< number of the one that no longer holds
  std::uint32_t run = 0;        ///< the newest assessment before it
  std::string rule_set_sha256, logic_sha256;
  std::string inputs;  ///< what the rules read when it was taken: `inputs_of`
  Verdict before = Verdict::Undecided, after = Verdict::Undecided;
  std::string reason, evidence, approved_by, actor, role;
  Moment at = Moment::of_seconds(0);
  std::string id() const { return "B-" + std::to_string(number); }
};

/// What the named rules read of a participation, a line each: the facts that a manual decision rests on.
std::string inputs_of(const Explanation&, std::span<const std::string> codes);

/// Those that were not withdrawn; of two about the same rule of a person the later one.
std::vector<ManualDecision> in_force(std::span<const ManualDecision>);

/// Puts the person's answers in the place of the rule set's, and gives the verdict that follows. False: the rule set has no such
/// rule, or none of its rows can say that the rule is not met.
bool apply(const ManualDecision&, Decision&, const dmn::RuleSet&);
/// The same in the answers of the explanation, which then say whose they are.
void apply(const ManualDecision&, const Decision&, Explanation&);

}  // namespace horisont
