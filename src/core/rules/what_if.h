#pragma once

#include "core/rules/rules.h"

namespace horisont {

/// A fact and the value that it would have to have. `to` is for people: "2016-11-20", "1780, 1781", "no", empty for none.
struct OtherValue {
  std::string name;
  Bilingual label;
  std::string from, to;  ///< from: empty when missing
  enum class Reach { Exactly, OrLater, OrEarlier, AnyOf, NoneOf, NoLaterThan } reach = Reach::Exactly;
};

/// Facts that together would change whether the person is eligible, each tried by asking the rules again.
struct OtherVerdict {
  std::vector<OtherValue> values;
  Verdict verdict = Verdict::Undecided;
};

/// For someone who is not eligible or not decided: the smallest sets of other facts (three at most) that would make the person
/// eligible. For someone who is: each single fact whose nearest other value would end that. Nothing is suggested, only worked
/// out: whether a fact is wrong is for those who know it.
std::vector<OtherVerdict> what_would_change(const Participation&, const ProjectTerms&, const ProgrammeTerms&,
                                            const LoadedRuleSet&);

}  // namespace horisont
