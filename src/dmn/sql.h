#pragma once

#include <string>

#include "dmn/rule_set.h"

namespace dmn {

/// The rule set as plain SQL for SQLite, made from the syntax trees alone: tables for lookups, views `derived`, `answers` (one
/// column a row: 1 hit, 0 no hit, NULL cannot tell) and `verdicts`, over a table `facts` that the script expects: `reference`
/// and the inputs by name; booleans 0 and 1, days as ISO text, numbers in whole units of their scale. SQL's own three values
/// are the strict channel. `facts_table` gives the CREATE TABLE of that table.
std::string to_sql(const RuleSet&);
std::string facts_table(const RuleSet&);

}  // namespace dmn
