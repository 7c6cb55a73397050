#include "core/values/clock.h"

#include <gtest/gtest.h>

namespace horisont {
namespace {

struct Between {
  const char *name, *on;
  int from, to;  ///< hour * 100 + minute, as a clock shows them
  std::optional<ClockSpan> passed;
};
void PrintTo(const Between& one, std::ostream* out) { *out << one.name; }
constexpr auto nothing = std::nullopt;
constexpr ClockSpan exactly(int minutes) { return {minutes, minutes}; }

class SwedishClock : public testing::TestWithParam<Between> {};
TEST_P(SwedishClock, counts_the_minutes_that_pass) {
  const Between& c = GetParam();
  const auto minute = [](int shown) { return shown / 100 * 60 + shown % 100; };
  EXPECT_EQ(minutes_between(*Date::parse(c.on), minute(c.from), minute(c.to)), c.passed);
}

// Daylight saving begins and ends on the last Sundays: 27 March and 30 October 2016, 29 March and 25 October 2026, 31 March
// 2024.
const Between cases[] = {
    {"an_ordinary_night", "2026-03-28", 130, 330, exactly(120)},
    {"HM_47_in_March", "2026-03-29", 130, 330, exactly(60)},
    {"HM_47_in_October", "2026-10-25", 130, 330, exactly(180)},
    {"the_31st_of_March_may_be_the_last_Sunday", "2024-03-31", 130, 330, exactly(60)},
    {"the_24th_never_is", "2024-03-24", 130, 330, exactly(120)},
    {"the_25th_may_be", "2018-03-25", 130, 330, exactly(60)},
    {"a_Sunday_in_September_is_none", "2026-09-27", 130, 330, exactly(120)},
    {"a_whole_day_of_23_hours", "2026-03-29", 0, 2400, exactly(23 * 60)},
    {"a_whole_day_of_25_hours", "2026-10-25", 0, 2400, exactly(25 * 60)},
    {"until_the_change_in_March", "2026-03-29", 30, 200, exactly(90)},
    {"from_two_which_no_clock_showed", "2026-03-29", 200, 400, nothing},
    {"from_the_moment_of_the_change_by_its_new_name", "2026-03-29", 300, 400, exactly(60)},
    {"until_the_moment_of_the_change_by_its_new_name", "2026-03-29", 130, 300, exactly(30)},
    {"until_a_time_that_never_was", "2026-03-29", 130, 230, nothing},
    {"until_a_minute_that_never_was", "2026-03-29", 130, 201, nothing},
    {"from_a_time_that_never_was", "2026-03-29", 201, 400, nothing},
    {"from_the_last_minute_that_never_was", "2026-03-29", 259, 400, nothing},
    {"an_hour_that_never_was", "2026-03-29", 200, 300, nothing},
    {"until_two_in_October_is_the_first_time", "2026-10-25", 30, 200, exactly(90)},
    {"until_a_minute_past_two_comes_twice", "2026-10-25", 30, 201, ClockSpan{91, 151}},
    {"from_two_in_October_comes_twice", "2026-10-25", 200, 400, ClockSpan{120, 180}},
    {"within_the_hour_that_comes_twice", "2026-10-25", 210, 250, ClockSpan{40, 100}},
    {"after_it", "2026-10-25", 300, 400, exactly(60)},
    {"over_both_of_them", "2026-10-25", 159, 300, exactly(121)},
};
INSTANTIATE_TEST_SUITE_P(Year, SwedishClock, testing::ValuesIn(cases), [](const auto& test) { return test.param.name; });

struct StayCase {
  const char *name, *on;
  int from, to, minutes;  ///< from and to as hour * 100 + minute
  ClockStay passed;
};
TEST(SwedishClock, places_a_stay_among_the_minutes_of_its_day) {
  constexpr StayCase stays[] = {
      {"an ordinary day", "2026-03-28", 130, 330, 120, {90, 210}},
      {"before the change in March", "2026-03-29", 0, 200, 120, {0, 120}},
      {"over it", "2026-03-29", 130, 330, 60, {90, 150}},
      {"after it", "2026-03-29", 300, 400, 60, {120, 180}},
      {"before the hour that comes twice", "2026-10-25", 100, 200, 60, {60, 120}},
      {"over all of it", "2026-10-25", 100, 400, 240, {60, 300}},
      {"until half past two, the first time", "2026-10-25", 100, 230, 90, {60, 150}},
      {"until half past two, the second time", "2026-10-25", 100, 230, 150, {60, 210}},
      {"the same with a break", "2026-10-25", 100, 230, 120, {60, 210}},
      {"from half past two, the first time", "2026-10-25", 230, 400, 150, {150, 300}},
      {"from half past two, the second time", "2026-10-25", 230, 400, 90, {210, 300}},
      {"within the hour, once", "2026-10-25", 210, 250, 40, {130, 170}},
      {"within the hour, over the change", "2026-10-25", 210, 250, 100, {130, 230}},
      {"after three", "2026-10-25", 300, 400, 60, {240, 300}},
      {"the whole day", "2026-10-25", 0, 2400, 1500, {0, 1500}},
  };
  const auto minute = [](int shown) { return shown / 100 * 60 + shown % 100; };
  for (const StayCase& c : stays) {
    const ClockStay found = since_midnight(*Date::parse(c.on), minute(c.from), minute(c.to), c.minutes);
    EXPECT_EQ(found.from, c.passed.from) << c.name;
    EXPECT_EQ(found.until, c.passed.until) << c.name;
  }
}

}  // namespace
}  // namespace horisont
