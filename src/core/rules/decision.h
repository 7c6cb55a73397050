#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/cases/participation.h"
#include "core/values/citation.h"

namespace horisont {

enum class Verdict : std::uint8_t { Eligible, EligibleWithRemarks, NotEligible, Undecided };
std::string_view name_of(Verdict);  ///< "eligible", "eligible-with-remarks", "not-eligible", "undecided"
inline bool eligible(Verdict v) { return v == Verdict::Eligible || v == Verdict::EligibleWithRemarks; }

/// What one rule (code) says about one participation.
enum class RuleOutcome : std::uint8_t { Met, NotMet, CannotTell, NotApplicable };
std::string_view name_of(RuleOutcome);  ///< "met", "not-met", "cannot-tell", "not-applicable"

/// A verdict with the rows behind it, as two masks over the finding rows of the rule set (rules-engine, section 6).
/// Texts are made again on demand from the stored rule set (`explain`).
struct Decision {
  std::uint32_t person = 0;
  Verdict verdict = Verdict::Undecided;
  std::uint64_t hit = 0, cannot_tell = 0;
  std::vector<std::string> codes;    ///< rules not met or not told, in order ("P03", "P06?")
  std::vector<std::string> missing;  ///< facts that could not be read, by name
};

/// One fact that a rule read.
struct InputRead {
  std::string name;  ///< "home_municipality"
  Bilingual label;
  std::string value;  ///< canonical text, empty when missing
  bool missing = false;
  Origin origin;  ///< row 0: computed
};

struct RuleAnswer {
  std::string code;  ///< "P05"
  Bilingual question, message, fix;
  RuleOutcome outcome = RuleOutcome::Met;
  bool blocking = false;
  std::vector<InputRead> inputs;
  Bilingual legal_basis;
  bool unverified = false;  ///< the basis is marked as an unverified default in the rule set
  std::string limit;        ///< the limit that was tested, in words ("15", "1780"); empty when none was in force
  std::string manual;       ///< "B-1": the manual decision that answers instead of the rule set; empty: none
};

/// Every rule's answer for one participation, passed ones too.
struct Explanation {
  Verdict verdict;
  std::string rule_set, rule_set_sha256;
  std::vector<RuleAnswer> answers;
};

/// One rule (code) as reports and pages list it.
struct RuleText {
  std::string code;
  Bilingual legal_basis, question, fix;
  bool blocking = false, unverified = false;
};

}  // namespace horisont
