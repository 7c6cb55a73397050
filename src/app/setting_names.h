#pragma once

#include "app/table.h"

namespace horisont {

/// What people call a setting: "unit_cost[3].per_hour" is "Enhetskostnad 3: kronor per timme", without the number where it is `alone`. A
/// key without a name is its own.
Message setting_name(std::string_view key, bool alone = false);
/// The same as `settings_table`, for people: each value by its name first and its key last; words that a setting chooses among said.
Table settings_in_words(const Table& settings);

}  // namespace horisont
