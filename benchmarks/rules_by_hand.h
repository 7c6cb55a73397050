#pragma once

#include <span>

#include "dmn/columns.h"
#include "dmn/rule_set.h"

// The ceiling of the rules benchmark: config/rules/youth.dmn written by hand as one loop over the same columns, strict
// unknowns included. Whoever changes the rule set changes this too; the benchmark compares every answer before it times any.

/// What the loop knows of the projects, taken from the rule set once.
struct HandLimits {
  std::int64_t project = 0, from = 0, to = 0, min_age = 0, max_age = 0, evidence_days = 0;
  bool school = false, pupils = false, grades_asked = false, kaa_asked = false;
  std::vector<std::uint8_t> municipalities;  ///< by word
};
std::vector<HandLimits> hand_limits(const dmn::RuleSet&, dmn::Words&);

void answer_by_hand(const dmn::RuleSet&, std::span<const HandLimits>, const dmn::Columns&, std::span<dmn::Answers> out);
