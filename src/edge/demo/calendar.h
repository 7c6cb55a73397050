#pragma once

#include <cstdint>
#include <string>

namespace horisont::demo {

// A small calendar of the demo's own, written apart from core/values/date.h: what makes the inputs must not share a fault
// with what checks them.

using Day = std::int32_t;  ///< days since 1970-01-01

struct Ymd {
  int year, month, day;
};

Day day_of(int year, int month, int day);
Ymd ymd(Day);
int weekday(Day);  ///< 1 Monday … 7 Sunday
int length_of_month(int year, int month);
/// Saturdays, Sundays, Swedish public holidays and the eves on which offices are closed.
bool is_free(Day);
/// The working day on or after the day.
Day working_day_from(Day);
int age_on(Day day, Day born);

std::string iso(Day);                      ///< 2016-03-02
std::string compact(Day);                  ///< 20160302
std::string slashed(Day);                  ///< 2/3 2016
std::string worded(Day);                   ///< 2 mars 2016
const std::string& month_name(int month);  ///< mars

}  // namespace horisont::demo
