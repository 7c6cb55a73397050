// Public holidays of Sweden by Act (1989:253), with the days of almanacs that have been printed.

#include "core/funding/holidays.h"

#include <gtest/gtest.h>

#include "support/given.h"

namespace horisont {
namespace {

struct Case {
  const char* name;
  const char* on;
  bool holiday;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
class Holidays : public testing::TestWithParam<Case> {};

TEST_P(Holidays, are_those_of_the_act) { EXPECT_EQ(public_holiday(day(GetParam().on)), GetParam().holiday); }

const Case cases[] = {
    {"new_year", "2026-01-01", true},           {"the_day_after_new_year", "2026-01-02", false},
    {"twelfth_night_is_an_eve", "2026-01-05", false}, {"epiphany", "2026-01-06", true},
    {"maundy_thursday", "2026-04-02", false},   {"good_friday", "2026-04-03", true},
    {"easter_eve", "2026-04-04", false},        {"easter_sunday", "2026-04-05", true},
    {"easter_monday", "2026-04-06", true},      {"the_day_after_easter", "2026-04-07", false},
    {"first_of_may", "2026-05-01", true},       {"ascension", "2026-05-14", true},
    {"the_day_after_ascension", "2026-05-15", false}, {"whit_sunday", "2026-05-24", true},
    {"whit_monday_since_2005", "2026-05-25", false},  {"whit_monday_until_2004", "2004-05-31", true},
    {"the_first_whit_monday_that_is_none", "2005-05-16", false},
    {"national_day", "2025-06-06", true},       {"national_day_before_it_was_a_holiday", "2003-06-06", false},
    {"midsummer_eve", "2026-06-19", false},     {"midsummer_day_on_its_first_date", "2026-06-20", true},
    {"midsummer_day_on_its_last_date", "2021-06-26", true}, {"a_saturday_in_june", "2021-06-19", false},
    {"all_saints_on_its_first_date", "2026-10-31", true}, {"all_saints_on_its_last_date", "2021-11-06", true},
    {"a_saturday_in_november", "2026-11-07", false}, {"christmas_eve", "2026-12-24", false},
    {"christmas_day", "2025-12-25", true},      {"boxing_day", "2025-12-26", true},
    {"a_sunday", "2026-03-01", true},           {"a_saturday", "2026-02-28", false},
    {"29_february", "2024-02-29", false},       {"easter_of_2024_in_march", "2024-03-31", true},
    {"the_latest_easter_monday", "2038-04-26", true}, {"the_earliest_good_friday_since_1818", "2008-03-21", true},
};
INSTANTIATE_TEST_SUITE_P(Act, Holidays, testing::ValuesIn(cases), [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace horisont
