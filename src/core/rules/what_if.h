#pragma once

#include "core/rules/rules.h"

namespace horisont {

/// A fact and the values that it would have to have, for people: "2016-11-20", "1780, 1781", "no". Exact: every value that is
/// named gives the verdict, and its neighbours outside do not.
struct OtherValue {
  std::string name;
  Bilingual label;
  std::string from;       ///< the present value; empty when missing
  std::string to, until;  ///< until: the last value of Between
  enum class Reach {
    Exactly,
    Between,    ///< from `to` through `until`
    OrLater,    ///< `to` and every later day
    OrEarlier,  ///< `to` and every earlier day
    OrMore,     ///< `to` and every larger number
    OrLess,     ///< `to` and every smaller number
    AnyOf,      ///< each of the words
    NoneOf,     ///< every word but these
    Any,        ///< whatever it is
    Missing     ///< no value: still taking part, no evidence
  } reach = Reach::Exactly;
};

/// Facts that together would change the verdict, each tried by asking the rules again.
struct OtherVerdict {
  std::vector<OtherValue> values;
  Verdict verdict = Verdict::Undecided;
};

/// First every single fact whose other value would give a better verdict (eligible, with remarks, undecided, not eligible),
/// with all its values as exact intervals or lists. Where no single one makes the person eligible, some sets of two or three
/// that do, the nearest values of each; the interval of one of them is exact while the others stand. For someone who is
/// eligible also each single fact whose other value would end that. What is computed over many records (days in another
/// project) is taken as it is. Nothing is suggested, only worked out: whether a fact is wrong is for those who know it.
std::vector<OtherVerdict> what_would_change(const Participation&, const ProjectTerms&, const ProgrammeTerms&,
                                            const LoadedRuleSet&);

/// The facts of a participation that are tried, by the names of the rule set's inputs.
std::vector<std::string> facts_that_are_tried();

}  // namespace horisont
