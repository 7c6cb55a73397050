#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/values/date.h"

namespace horisont {

/// A week that a text speaks of: "Vecka 10", "v. 10 2016", "2016-W10".
struct WeekMention {
  int week = 0;             ///< 1 to 53
  std::optional<int> year;  ///< when a year stands in the text
  bool alone = false;       ///< the text says nothing else
};
std::optional<WeekMention> week_in(std::string_view text);

/// 1 for "mån", "måndag", "mon" … to 7 for Sunday, in normal form; 0: no weekday. Single letters are none: two days share each.
int weekday_of(std::string_view key);

/// Monday of a week as the calendar in Sweden counts them (ISO 8601: the first week is that of 4 January); nothing when the year
/// has no such week.
std::optional<Date> monday_of(int year, int week);

}  // namespace horisont
