#pragma once

#include "core/rules/rules.h"

namespace horisont {

/// One fact that a rule set may name: how it is computed, and the cell it was read from (row 0: computed).
struct FactDefinition {
  dmn::InputName input;
  dmn::InputValue (*value)(const Participation&, const ProjectTerms&, const ProgrammeTerms&);
  Origin (*origin)(const Participation&);
};
std::span<const FactDefinition> fact_definitions();

/// The evidence that counts for eligibility: the earliest dated document that proves a condition of entry (identity, age,
/// residence, labour status, not in education, registered as unemployed, activity responsibility, level of education,
/// incomplete grades, target group; intake 19.15), else one without a date; null when there is none. Attendance, information
/// given and results prove nothing about the entry. That one such document suffices is an unverified default: what each
/// condition needs stands in the findings report.
const EvidenceItem* first_evidence(const Participation&);

}  // namespace horisont
