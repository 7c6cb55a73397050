// What would change a verdict: the nearest limit, the missing fact, the smallest sets that suffice.

#include "core/rules/what_if.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/given.h"
#include "youth_rules.h"

namespace horisont {
namespace {

// "entry_date 2016-11-20 or-later + works no", one a way.
std::vector<std::string> ways(const Given& given) {
  constexpr const char* reaches[] = {"", " or-later", " or-earlier", " any-of", " none-of", " no-later-than"};
  std::vector<std::string> all;
  for (const OtherVerdict& other : what_would_change(participation(given), project(given), programme(given), youth_rules())) {
    std::string text;
    for (const OtherValue& value : other.values)
      text += (text.empty() ? "" : " + ") + value.name + " " + value.to + reaches[static_cast<std::size_t>(value.reach)];
    all.push_back(std::move(text));
  }
  return all;
}
bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

TEST(WhatWouldChange, someone_too_young_may_enter_on_the_birthday_or_later) {
  const auto found = ways({.born = "2002-03-10", .entered = "2017-03-01", .evidence_on = "2017-03-10"});
  EXPECT_TRUE(has(found, "entry_date 2017-03-10 or-later")) << (found.empty() ? "nothing" : found[0]);
}

TEST(WhatWouldChange, a_missing_fact_is_tried_with_each_of_its_values) {
  EXPECT_EQ(ways({.home_municipality = {}}), std::vector<std::string>{"home_municipality 1780 any-of"});
  EXPECT_EQ(ways({.works = {}}), std::vector<std::string>{"works no"});
}

TEST(WhatWouldChange, two_things_that_stand_in_the_way_are_named_together) {
  const auto found = ways({.home_municipality = "1761", .works = {}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0], "works no + home_municipality 1780 any-of");
}

TEST(WhatWouldChange, for_a_pass_each_fact_whose_nearest_other_value_would_end_it) {
  const auto found = ways({});
  EXPECT_TRUE(has(found, "works yes"));
  EXPECT_TRUE(has(found, "studies yes"));
  EXPECT_TRUE(has(found, "home_municipality 1780 none-of"));
  EXPECT_FALSE(has(found, "kaa_registered no")) << "a remark keeps nobody out";
}

TEST(WhatWouldChange, dates_at_the_ends_of_the_calendar_are_no_trouble) {
  EXPECT_NO_FATAL_FAILURE((void)ways({.born = {}, .entered = "0001-01-02"}));
  EXPECT_NO_FATAL_FAILURE((void)ways({.born = "9990-01-01", .entered = "9999-12-30"}));
}

}  // namespace
}  // namespace horisont
