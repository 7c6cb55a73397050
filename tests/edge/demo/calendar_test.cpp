#include "edge/demo/calendar.h"

#include <gtest/gtest.h>

#include "core/values/date.h"
#include "core/values/personal_identity_number.h"
#include "edge/demo/people.h"

namespace horisont::demo {
namespace {

TEST(DemoCalendar, agrees_with_the_calendar_of_the_product_on_every_day_of_sixty_years) {
  for (Day day = day_of(1970, 1, 1); day <= day_of(2029, 12, 31); ++day) {
    const auto date = horisont::Date::of_days(day);
    const Ymd parts = ymd(day);
    ASSERT_EQ(day_of(parts.year, parts.month, parts.day), day);
    ASSERT_EQ(iso(day), date.iso());
    ASSERT_EQ(weekday(day), date.weekday()) << date.iso();
  }
}

TEST(DemoCalendar, offices_are_closed_on_weekends_holidays_and_eves) {
  struct Case {
    int year, month, day;
    bool free;
    const char* what;
  };
  for (const Case& c :
       {Case{2016, 3, 24, true, "Maundy Thursday"}, Case{2016, 3, 25, true, "Good Friday"},
        Case{2016, 3, 28, true, "Easter Monday"}, Case{2016, 3, 29, false, "the day after Easter Monday"},
        Case{2016, 5, 5, true, "Ascension Day"}, Case{2016, 6, 6, true, "National Day"},
        Case{2016, 6, 24, true, "Midsummer Eve"}, Case{2016, 11, 4, true, "the eve of All Saints' Day"},
        Case{2016, 12, 23, false, "the day before Christmas Eve"}, Case{2016, 2, 29, false, "leap day, a Monday"},
        Case{2016, 4, 16, true, "a Saturday"}, Case{2017, 4, 14, true, "Good Friday of the next year"}})
    EXPECT_EQ(is_free(day_of(c.year, c.month, c.day)), c.free) << c.what;
}

TEST(DemoCalendar, age_changes_on_the_birthday) {
  const Day born = day_of(2001, 11, 20);
  EXPECT_EQ(age_on(day_of(2016, 11, 19), born), 14);
  EXPECT_EQ(age_on(day_of(2016, 11, 20), born), 15);
}

TEST(DemoPeople, have_numbers_with_a_right_check_digit_and_the_serials_of_nobody) {
  Lottery lottery(7);
  Registry registry(lottery);
  std::set<Day> births;
  for (int i = 0; i < 500; ++i) {
    const Participant person = registry.someone(day_of(1992, 1, 1), day_of(2001, 12, 31));
    const auto parsed = PersonalIdentityNumber::of_normal_form(person.number);
    ASSERT_TRUE(parsed) << person.number;
    EXPECT_EQ(parsed->born_on()->days(), person.born);
    EXPECT_EQ(*parsed->gender_digit() % 2 == 0, person.woman);
    EXPECT_GE(person.number.substr(8, 3), "980");
    EXPECT_TRUE(births.insert(person.born).second) << "two people of one project share a birthday";
  }
}

}  // namespace
}  // namespace horisont::demo
