#pragma once

#include <algorithm>
#include <random>

#include "dmn/rule_set.h"

/// A record for a rule set with `limits`, its values drawn near the limits: half of the days within two days of an end, ages
/// and days around the usual ones; `missing` percent of what may be missing left out, optional facts half the time.
inline std::vector<dmn::InputValue> random_record(const dmn::RuleSet& rules, std::mt19937_64& random, int missing) {
  const auto inputs = rules.inputs();
  const auto limits = rules.limits();
  const dmn::LimitsRow& row = limits[random() % limits.size()];
  const auto near = [&](dmn::Day day) { return dmn::Day{day.days + static_cast<int>(random() % 5) - 2}; };
  std::vector<dmn::InputValue> record(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const std::string& name = inputs[i].name;
    if (inputs[i].type == dmn::InputType::Boolean) {
      record[i] = random() % 2 == 0;
    } else if (inputs[i].type == dmn::InputType::Number) {
      record[i] = static_cast<std::int64_t>(name == "age_at_entry"   ? random() % 20 + 12
                                            : name == "overlap_days" ? random() % 4 / 3
                                                                     : random() % 5 + 28);
    } else if (inputs[i].type == dmn::InputType::Date) {
      const dmn::Day inside{row.from.days + static_cast<int>(random() % static_cast<unsigned>(row.to.days - row.from.days))};
      record[i] = name == "project_start" ? row.from
                  : name == "project_end" ? row.to
                  : random() % 2          ? inside
                                          : near(random() % 2 ? row.from : row.to);
    } else {
      static const char* const codes[] = {"1780", "1761", "1783", "1765", "0180"};
      record[i] = name == "project" ? row.key : std::string(codes[random() % 5]);
    }
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].need == dmn::Need::MayBeMissing && static_cast<int>(random() % 100) < missing) record[i] = {};
    if (inputs[i].need == dmn::Need::Optional && random() % 2) record[i] = {};
  }
  for (std::size_t i = 0; i < inputs.size(); ++i)
    for (std::size_t other = 0; other < inputs.size(); ++other) {
      const auto& with = inputs[i].missing_only_with;
      if (std::find(with.begin(), with.end(), inputs[other].name) != with.end() &&
          std::holds_alternative<std::monostate>(record[other]))
        record[i] = {};
    }
  return record;
}
