#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/cases/participation.h"
#include "core/rules/decision.h"
#include "dmn/rule_set.h"

namespace horisont {

/// The facts that a rule set may name, with type and need: the list that a rule set's declared inputs are compared with.
std::span<const dmn::InputName> eligibility_facts();

/// A rule set with the identity of its bytes.
struct LoadedRuleSet {
  dmn::RuleSet rules;
  std::string file, sha256;
  std::string logic_sha256;  ///< of `dmn::logic_text`: two files with the same one decide the same
};

/// The first day of the project, while it uses the rule set, for which the rule set has no limits of that project: nobody who
/// entered on it could be decided. Nothing when there is none, or when the rule set has no limits at all.
std::optional<Date> first_day_without_limits(const dmn::RuleSet&, const ProjectTerms&, Period used);

/// The values of the facts for one participation, in the order of the rule set's inputs.
std::vector<dmn::InputValue> facts_of(const Participation&, const ProjectTerms&, const ProgrammeTerms&, const dmn::RuleSet&);

/// Which rows mean what, worked out once for many answers.
class VerdictMasks {
 public:
  explicit VerdictMasks(std::span<const dmn::FindingRow>);
  /// The only place where rows become a verdict (rules-engine, section 6).
  Verdict verdict(const dmn::Answers& answers) const {
    if (answers.hit & blocking_fail_) return Verdict::NotEligible;
    if (answers.hit & blocking_unknown_) return Verdict::Undecided;
    if (answers.cannot_tell & (blocking_fail_ | blocking_unknown_)) return Verdict::Undecided;
    if (answers.hit | answers.cannot_tell) return Verdict::EligibleWithRemarks;
    return Verdict::Eligible;
  }

 private:
  std::uint64_t blocking_fail_ = 0, blocking_unknown_ = 0;
};
Verdict verdict_of(const dmn::Answers&, std::span<const dmn::FindingRow>);

Decision decide(const Participation&, const ProjectTerms&, const ProgrammeTerms&, const LoadedRuleSet&);
/// All at once; the same answers as one by one. `Missing::Left`: without the names of what is missing, which cost as much as
/// all the rest and which only the log prints.
enum class Missing { Named, Left };
std::vector<Decision> decide(std::span<const Participation>, const ProjectTerms&, const ProgrammeTerms&, const LoadedRuleSet&,
                             Missing = Missing::Named);

Explanation explain(const Participation&, const ProjectTerms&, const ProgrammeTerms&, const LoadedRuleSet&);
std::vector<RuleText> rule_texts(const LoadedRuleSet&);
/// A basis as rule sets write it, "på svenska / in English", in each language; a text without the bar is the same in both.
Bilingual basis_in_both(const std::string&);

/// Fills overlap_days and overlap_with of every participation whose person (same identity number that names one person)
/// takes part in another project of the installation on the same days. `others` are the other projects' participations.
void find_overlaps(std::span<Participation> participations,
                   std::span<const std::pair<std::string, std::span<const Participation>>> others, Date today);

}  // namespace horisont
