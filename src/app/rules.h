#pragma once

#include <map>

#include "app/answers.h"
#include "core/rules/what_if.h"
#include "edge/rulesets/examples.h"

namespace horisont {

// Questions about rule sets as tables of values: what they say, what changed, whom a change would touch, whether old decisions
// come out the same.

/// A rule set by a file's path, by its name below config/rules ("youth" or "youth.dmn"), by the beginning of its SHA-256 among
/// those, or by the whole SHA-256 of one that decisions were taken under. Every reason why not, as findings.
tl::expected<LoadedRuleSet, std::vector<Finding>> find_rule_set(const std::filesystem::path& home,
                                                                const std::filesystem::path& share, const std::string& word);

/// The rule sets below config/rules with identity, validity and approval; findings for those that cannot be loaded.
Table rule_sets_table(const std::filesystem::path& home, const std::filesystem::path& share, std::vector<Finding>& findings);
/// Every row in words: question, condition, outcome, effect, message, basis.
Table rules_table(const LoadedRuleSet&, Language);
/// The limits: project, first and last day, name, value, citation.
Table limits_table(const LoadedRuleSet&);
/// The same; people read municipalities by name.
Table limits_table(const LoadedRuleSet&, const ImportSchemas& names);
/// The rule set as SQL for an auditor, with the definition of the table of facts that it expects.
std::string rules_as_sql(const LoadedRuleSet&);
/// What changed from one to the other, in words.
Table changes_table(const LoadedRuleSet& before, const LoadedRuleSet& after, Language);

/// Whose verdict another rule set would change, over all projects or the named one, as known today or then. Nothing is stored.
Table impact_table(const Workspace&, const LoadedRuleSet&, const std::string& project, Date today,
                   std::optional<Moment> known_at);

/// Every stored decision made anew under its own rule set and terms, from the facts as they were known then.
struct Replay {
  Table table;                    ///< a row a run
  std::vector<Finding> findings;  ///< decisions that come out otherwise, runs whose rule set or terms are not kept
  std::int64_t decisions = 0, differing = 0;
};
Replay replay(Workspace&, const std::string& project, std::optional<Date> from, std::optional<Date> to);

/// The runnable examples of a rule set, each with what came out; `failed` counts those that came out otherwise.
Table examples_table(const LoadedRuleSet&, const std::vector<RuleExample>&, Language, std::size_t& failed);

/// Runs the examples that stand beside a rule set ("youth.examples.toml" beside "youth.dmn"); with an empty word those of every
/// rule set below config/rules that has some.
tl::expected<Table, std::vector<Finding>> run_rule_examples(const std::filesystem::path& home,
                                                            const std::filesystem::path& share, const std::string& word,
                                                            Language, std::size_t& failed);

/// How often each rule hit (RUL-08): persons, in the newest assessment of each project under the rule set.
struct RuleHits {
  std::map<std::string, std::int64_t> by_code;
  std::int64_t decisions = 0;
};
RuleHits rule_hits(const Workspace&, const LoadedRuleSet&);

/// The rule set as pages to publish: a list, and one page a rule with question, conditions, texts, basis, limits with their
/// days, examples and how often it hit. File name ("sv/P05.html") and HTML; both languages.
std::vector<std::pair<std::string, std::string>> rule_pages(const LoadedRuleSet&, std::span<const RuleExample>,
                                                            const RuleHits&);
/// The examples beside a rule set below config/rules or beside the file; none when there are none.
std::vector<RuleExample> examples_beside(const std::filesystem::path& home, const std::filesystem::path& share,
                                         const std::string& word, const LoadedRuleSet&);

/// Writes a text file, whole or not at all. Throws FileError.
void write_text_file(const std::filesystem::path& file, const std::string& text);

/// What would change the verdict, a sentence for each way.
std::vector<std::string> other_verdicts(const std::vector<OtherVerdict>&, Language);

/// The codes of the rows that hit, with "?" where it could not be told: "P03, P12?". Bits are those of Decision.
std::string codes_of(const dmn::RuleSet&, std::uint64_t hit, std::uint64_t cannot_tell);

}  // namespace horisont
