#include "core/funding/holidays.h"

namespace horisont {
namespace {

// The Gregorian Easter Sunday: the Sunday after the full moon of the church's tables on or after 21 March.
Date easter(int year) {
  const int golden = year % 19, century = year / 100;
  const int leap_days_left_out = century - century / 4, moon_drift = (8 * century + 13) / 25;
  int moon = (15 + leap_days_left_out - moon_drift + 19 * golden) % 30;  // days from 21 March to the full moon
  if (moon == 29 || (moon == 28 && golden > 10)) --moon;
  const Date full = Date::of(year, 3, 21)->plus_days(moon);
  return full.plus_days(7 - full.weekday() % 7);
}

bool sunday(Date day) { return day.weekday() == 7; }

// The first day of a week's day (Saturdays only are asked for) from that date on.
Date saturday_from(Date day) {
  while (!sunday(day.plus_days(1))) day = day.plus_days(1);
  return day;
}

}  // namespace

bool public_holiday(Date day) {
  if (sunday(day)) return true;
  const int year = day.year(), month = day.month();
  const auto is = [&](int of_month, int number) { return month == of_month && day == *Date::of(year, of_month, number); };
  if (is(1, 1) || is(1, 6) || is(5, 1) || is(12, 25) || is(12, 26) || (year >= 2005 && is(6, 6))) return true;
  if (month == 6 && day == saturday_from(*Date::of(year, 6, 20))) return true;                     // Midsummer Day
  if ((month == 10 || month == 11) && day == saturday_from(*Date::of(year, 10, 31))) return true;  // All Saints' Day
  const std::int64_t from_easter = day - easter(year);
  return from_easter == -2 || from_easter == 1 || from_easter == 39 || (year <= 2004 && from_easter == 50);
}

}  // namespace horisont
