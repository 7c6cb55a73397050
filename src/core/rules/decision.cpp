#include "core/rules/decision.h"

namespace horisont {

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Eligible:
      return "eligible";
    case Verdict::EligibleWithRemarks:
      return "eligible-with-remarks";
    case Verdict::NotEligible:
      return "not-eligible";
    case Verdict::Undecided:
      return "undecided";
  }
  return "";
}

std::string_view name_of(RuleOutcome outcome) {
  switch (outcome) {
    case RuleOutcome::Met:
      return "met";
    case RuleOutcome::NotMet:
      return "not-met";
    case RuleOutcome::CannotTell:
      return "cannot-tell";
    case RuleOutcome::NotApplicable:
      return "not-applicable";
  }
  return "";
}

}  // namespace horisont
