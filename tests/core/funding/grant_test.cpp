// The Union's share of a decision beside the rate that it states (hours-and-money, HM-60 to HM-62).

#include "core/funding/grant.h"

#include <gtest/gtest.h>

#include "support/given.h"

namespace horisont {
namespace {

struct Case {
  const char* name;
  std::optional<Money> budget, esf, yei;
  const char* stated;
  std::optional<std::int64_t> by_amounts, read;
  bool differs, one_of_two_parts;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
class Granted : public ::testing::TestWithParam<Case> {};

TEST_P(Granted, is_compared_with_what_is_stated) {
  const Case& c = GetParam();
  GrantDecision grant{.operation = period("2016-01-01", "2018-06-30")};
  grant.budget = c.budget, grant.granted_esf = c.esf, grant.granted_yei = c.yei, grant.union_rate_stated = c.stated;
  const auto share = granted_share(grant);
  ASSERT_EQ(share.has_value(), c.by_amounts.has_value());
  if (!share) return;
  EXPECT_EQ(share->by_amounts, *c.by_amounts);
  EXPECT_EQ(share->stated, c.read);
  EXPECT_EQ(share->differs, c.differs);
  EXPECT_EQ(share->one_of_two_parts, c.one_of_two_parts);
}

constexpr Money kr(std::int64_t kronor, std::int64_t ore = 0) { return Money::of_ore(kronor * 100 + ore); }
const Case cases[] = {
    {"HM_60_one_of_two_equal_parts", kr(12'851'062), kr(4'285'713), {}, "67 %", 3335, 6700, true, true},
    {"HM_60_both_parts", kr(12'851'062), kr(4'285'713), kr(4'285'713), "67 %", 6670, 6700, false, false},
    {"HM_61_the_whole_support", kr(71'402'008), kr(47'817'064), {}, "67 %", 6697, 6700, false, false},
    {"HM_62_within_half_a_point", kr(4'146'074, 82), kr(2'474'729, 80), {}, "60 %", 5969, 6000, false, false},
    {"half_a_point_exactly", kr(10'000), kr(5'950), {}, "60 %", 5950, 6000, false, false},
    {"a_hundredth_more", kr(10'000), kr(5'949), {}, "60 %", 5949, 6000, true, false},
    {"above_by_a_hundredth_more", kr(10'000), kr(6'051), {}, "60 %", 6051, 6000, true, false},
    {"a_rate_with_decimals", kr(10'000), kr(6'670), {}, "66,7 %", 6670, 6670, false, false},
    {"a_rate_with_two_decimals", kr(10'000), kr(6'670), {}, "66.70%", 6670, 6670, false, false},
    {"no_rate_stated", kr(10'000), kr(6'000), {}, "", 6000, {}, false, false},
    {"a_rate_in_words", kr(10'000), kr(1'000), {}, "två tredjedelar", 1000, {}, false, false},
    {"no_budget", {}, kr(6'000), {}, "60 %", {}, {}, false, false},
    {"a_budget_of_nothing", kr(0), kr(0), {}, "60 %", {}, {}, false, false},
    {"no_support", kr(10'000), {}, {}, "60 %", {}, {}, false, false},
};
INSTANTIATE_TEST_SUITE_P(Decision, Granted, ::testing::ValuesIn(cases), [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace horisont
