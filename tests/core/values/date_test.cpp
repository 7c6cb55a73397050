#include "core/values/date.h"

#include <gtest/gtest.h>

#include "core/values/moment.h"

namespace horisont {
namespace {

Date day(const char* iso) { return *Date::parse(iso); }

struct AgeCase {
  const char* name;
  const char* born;
  const char* on;
  int feb28, mar1;
};

TEST(Age, counts_whole_years_and_the_birthday_itself) {
  const AgeCase cases[] = {
      {"PR-01 the day before the 15th birthday", "2001-06-15", "2016-06-14", 14, 14},
      {"PR-02 the 15th birthday", "2001-06-15", "2016-06-15", 15, 15},
      {"PR-03 the day before the 25th birthday", "1991-06-15", "2016-06-14", 24, 24},
      {"PR-04 the 25th birthday", "1991-06-15", "2016-06-15", 25, 25},
      {"PR-10 born on 29 February, 28 February of a common year", "2000-02-29", "2015-02-28", 15, 14},
      {"PR-11 born on 29 February, 1 March of a common year", "2000-02-29", "2015-03-01", 15, 15},
      {"born on 29 February, 28 February of a leap year", "2000-02-29", "2016-02-28", 15, 15},
      {"born on 29 February, 29 February of a leap year", "2000-02-29", "2016-02-29", 16, 16},
      {"born on 28 February, 28 February three years on", "2001-02-28", "2004-02-28", 3, 3},
      {"the day of birth", "2001-06-15", "2001-06-15", 0, 0},
  };
  for (const AgeCase& c : cases) {
    EXPECT_EQ(age_on(day(c.on), day(c.born), LeapBirthday::Feb28), c.feb28) << c.name;
    EXPECT_EQ(age_on(day(c.on), day(c.born), LeapBirthday::Mar1), c.mar1) << c.name;
  }
}

TEST(DateText, is_read_in_one_form_only) {
  EXPECT_EQ(day("2016-02-29").days(), 16860);
  EXPECT_EQ(day("2016-02-29").iso(), "2016-02-29");
  EXPECT_EQ(Date::parse("2015-02-29").error().message.id, "date.not-in-calendar");
  for (const char* text : {"2015-2-28", "20150228", "2015-02-28 ", "", "2015-0a-01", "2015/02/28"})
    EXPECT_EQ(Date::parse(text).error().message.id, "date.form") << text;
  EXPECT_EQ(day("2026-11-25").weekday(), 3);
  EXPECT_FALSE(Date::of(0, 1, 1));
  EXPECT_FALSE(Date::of(2015, 13, 1));
}

TEST(MonthText, knows_its_first_and_last_day) {
  const Month february = *Month::parse("2016-02");
  EXPECT_EQ(february.first(), day("2016-02-01"));
  EXPECT_EQ(february.last(), day("2016-02-29"));
  EXPECT_EQ(Month::parse("2016-12")->next().iso(), "2017-01");
  EXPECT_EQ(Month::containing(day("2016-12-31")).iso(), "2016-12");
  EXPECT_FALSE(Month::parse("2016-13"));
}

TEST(PeriodOfDays, includes_its_last_day) {
  const Period project{day("2016-01-01"), day("2018-06-30")};
  EXPECT_TRUE(project.contains(day("2018-06-30")));
  EXPECT_FALSE(project.contains(day("2018-07-01")));
  EXPECT_TRUE((Period{day("2016-01-01"), std::nullopt}.contains(day("2099-01-01"))));
  EXPECT_TRUE(project.touches({day("2018-06-30"), std::nullopt}));
  EXPECT_FALSE(project.touches({day("2018-07-01"), std::nullopt}));
}

TEST(MomentText, people_read_their_own_clocks) {
  const std::pair<const char*, const char*> cases[] = {
      {"2016-02-29T23:30:00Z", "2016-03-01 00:30"},  // winter: an hour ahead, over midnight from a leap day
      {"2016-03-27T00:59:59Z", "2016-03-27 01:59"},  // the last minute of winter time
      {"2016-03-27T01:00:00Z", "2016-03-27 03:00"},  // and the first of summer time
      {"2016-10-30T00:59:59Z", "2016-10-30 02:59"},
      {"2016-10-30T01:00:00Z", "2016-10-30 02:00"},
      {"2023-03-26T01:00:00Z", "2023-03-26 03:00"},
      {"2019-03-31T00:59:59Z", "2019-03-31 01:59"},  // the month's last day is the Sunday
      {"2019-03-31T01:00:00Z", "2019-03-31 03:00"},
      {"2015-12-31T23:00:00Z", "2016-01-01 00:00"}};
  for (const auto& [utc, local] : cases) EXPECT_EQ(Moment::parse(utc)->swedish(), local) << utc;
  EXPECT_EQ(clock_words("2016-02-30T12:00:00Z"), "2016-02-30T12:00:00Z");
  EXPECT_EQ(clock_words("2016-02-28T12:00:00Z"), "2016-02-28 13:00");
}

TEST(MomentText, is_utc_to_the_second) {
  EXPECT_EQ(Moment::parse("2026-11-25T12:09:21Z")->iso(), "2026-11-25T12:09:21Z");
  EXPECT_EQ(Moment::of_seconds(-1).iso(), "1969-12-31T23:59:59Z");
  for (const char* text : {"2026-11-25 12:09:21Z", "2026-11-25T24:00:00Z", "2026-02-30T00:00:00Z", "2026-11-25T12:09:21"})
    EXPECT_FALSE(Moment::parse(text)) << text;
}

}  // namespace
}  // namespace horisont
