#pragma once

#include <string>
#include <vector>

#include "dmn/rule_set.h"

// A rule set for people who read sentences rather than tables, and what two versions of one have between them.
namespace dmn {

struct Sentence {
  std::string sv, en;
  friend bool operator==(const Sentence&, const Sentence&) = default;
};

/// The conditions of each finding row, in the order of `RuleSet::rows()`; cells that match everything are left out.
std::vector<std::vector<Sentence>> conditions(const RuleSet&);

/// One difference between two rule sets.
struct Change {
  std::string table;  ///< "limits", "check_age", "rule_texts"; empty: the rule set itself
  std::string of;     ///< code, project and first day, or name
  Sentence what;      ///< "the limit max_age"
  Sentence before, after;
};
/// What changed, in the order of the file: identity, facts, limits, derived values, rows, texts. Empty: they say the same.
std::vector<Change> changes(const RuleSet& before, const RuleSet& after);

/// What decides, and nothing else, in a canonical form: inputs, limits, derived values, rows with outcome and severity. Layout,
/// labels, messages, citations and approval are left out, so two files with the same text here decide the same.
std::string logic_text(const RuleSet&);

}  // namespace dmn
