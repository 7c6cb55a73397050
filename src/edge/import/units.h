#pragma once

#include <cstdint>

namespace horisont {

/// In which orders day, month and year of a column may stand; a bit for each.
enum DateOrder : std::uint8_t { DateYmd = 1, DateDmy = 2, DateMdy = 4, DateAnyOrder = 7 };

/// What the numbers of an hours column are, when a profile says so: 7.5 hours, 7.30 for 7 h 30 min, or 450 minutes.
enum class HoursUnit : std::uint8_t { Unknown, Decimal, HoursMinutes, Minutes };

/// Whole numbers from here on are not hours of a day, a week or a month, and may be minutes. In minutes.
constexpr std::int64_t too_much_for_a_day = 30 * 60, too_much_for_a_week = 80 * 60, too_much_for_a_month = 300 * 60;

}  // namespace horisont
