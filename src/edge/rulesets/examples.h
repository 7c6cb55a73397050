#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/rules/rules.h"
#include "core/values/finding.h"

namespace horisont {

/// A runnable example beside a rule set: a record, and the verdict and codes that it must get.
struct RuleExample {
  Bilingual what;
  std::vector<dmn::InputValue> record;  ///< in the order of the rule set's inputs
  Verdict verdict = Verdict::Undecided;
  std::vector<std::string> codes;  ///< of the rows that hit, "P05" or "P05?", in their order
};

/// Reads "NAME.examples.toml" (docs/rules.md says how it is written): every fault in one pass. Throws FileError.
tl::expected<std::vector<RuleExample>, std::vector<Finding>> load_rule_examples(const std::filesystem::path& file,
                                                                                const LoadedRuleSet&);

}  // namespace horisont
