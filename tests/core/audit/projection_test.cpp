#include "core/audit/projection.h"

#include <gtest/gtest.h>

#include "core/audit/exact.h"

namespace horisont {
namespace {

using enum ConfidenceLevel;
constexpr Money kr(std::int64_t kronor, std::int64_t ore = 0) { return Money::of_ore(kronor * 100 + ore); }
constexpr Money most = Money::of_ore(1'000'000'000'000'000);

template <class T>
std::string outcome(const Result<T>& result) {
  return result ? "" : result.error().message.id;
}

// AU-10, AU-11 and AU-16 of the domain reference, and their limits.
TEST(SampleSize, of_money) {
  struct Case {
    const char* sentence;
    Money book;
    std::uint32_t spread;
    Money tolerable, anticipated;
    std::uint64_t size;
    const char* problem;
  };
  const Case cases[] = {
      {"AU-10", kr(10'000'000), 85'000, kr(200'000), kr(60'000), 100, ""},
      {"exactly a whole number is not raised", kr(1'000'000), 1'000'000, kr(164'500), kr(0), 100, ""},
      {"an öre less room makes one more", kr(1'000'000), 1'000'000, kr(164'499, 99), kr(0), 101, ""},
      {"no spread", kr(1'000'000), 0, kr(1), kr(0), 0, ""},
      {"the largest book", most, 85'000, Money::of_ore(20'000'000'000'000), kr(0), 49, ""},
      {"AU-16", kr(10'000'000), 85'000, kr(200'000), kr(200'000), 0, "sample.no-room-for-errors"},
      {"an öre above", kr(10'000'000), 85'000, kr(200'000), kr(200'000, 1), 0, "sample.no-room-for-errors"},
      {"a negative error", kr(10'000'000), 85'000, kr(200'000), kr(-1), 0, "sample.out-of-range"},
      {"too large a book", most + Money::of_ore(1), 85'000, kr(200'000), kr(0), 0, "sample.out-of-range"},
      {"too large a sample", most, 1'000'000, Money::of_ore(1), kr(0), 0, "sample.out-of-range"},
  };
  for (const Case& c : cases) {
    const auto size = size_of_money_sample(c.book, Percent90, c.spread, c.tolerable, c.anticipated);
    EXPECT_EQ(outcome(size), c.problem) << c.sentence;
    EXPECT_EQ(size.value_or(0), c.size) << c.sentence;
  }
}

TEST(SampleSize, of_simple_samples) {
  EXPECT_EQ(size_of_simple_sample(800, Percent90, kr(1'000), kr(140'000), kr(0)).value(), 89u) << "AU-11";
  EXPECT_EQ(size_of_simple_sample(800, Percent60, kr(1'000), kr(140'000), kr(0)).value(), 24u) << "23.15";
  EXPECT_EQ(size_of_simple_sample(0, Percent90, kr(1'000), kr(140'000), kr(0)).value(), 0u);
  EXPECT_EQ(outcome(size_of_simple_sample(800, Percent90, kr(-1), kr(1), kr(0))), "sample.out-of-range");
  EXPECT_EQ(outcome(size_of_simple_sample(800, Percent90, kr(1), kr(1), kr(1))), "sample.no-room-for-errors");
}

// The table of the domain reference for longer-term results, and its limits.
TEST(SampleSize, of_longer_term_results) {
  struct Case {
    std::uint32_t population;
    std::uint64_t at_3_points, at_2_points;
  };
  const Case cases[] = {{0, 0, 0},       {1, 1, 1},        {50, 48, 49},      {100, 92, 97},       {250, 203, 227},
                        {500, 341, 414}, {1000, 517, 707}, {5000, 880, 1623}, {20000, 1014, 2144}, {4294967295, 1068, 2401}};
  for (const Case& c : cases) {
    EXPECT_EQ(answers_needed(c.population, 3), c.at_3_points) << c.population;
    EXPECT_EQ(answers_needed(c.population, 2), c.at_2_points) << c.population;
  }
  EXPECT_EQ(answers_needed(1000, 98), 1u);
  EXPECT_EQ(people_to_ask(1000, 517, 100), 517u);
  EXPECT_EQ(people_to_ask(1000, 517, 52), 995u) << "994.2";
  EXPECT_EQ(people_to_ask(1000, 517, 51), 1000u) << "1013.7: everybody";
}

TEST(ProjectedError, of_money_AU_12) {
  const Projection p =
      project_money_sample(kr(1'000'000), {{kr(260'000), kr(2'600)}}, kr(740'000),
                           {{kr(100'000), kr(0)}, {kr(50'000), kr(500)}, {kr(1'000), kr(0)}, {kr(200), kr(4)}}, Percent90)
          .value();
  EXPECT_EQ(p.projected, kr(8'150));
  EXPECT_EQ(p.precision, kr(5'827, 38));
  EXPECT_EQ(p.upper_limit, kr(13'977, 38));
  EXPECT_EQ(p.tolerable, kr(20'000));
  EXPECT_EQ(p.rate_hundredths_of_percent, 82);  // 0.815 %
  EXPECT_EQ(p.verdict, AuditVerdict::Accept);
}

TEST(ProjectedError, of_simple_samples_AU_13) {
  const Projection p =
      project_simple_sample(
          kr(2'000'000), 100,
          {{kr(20'000), kr(0)}, {kr(18'000), kr(0)}, {kr(25'000), kr(400)}, {kr(15'000), kr(0)}, {kr(22'000), kr(100)}},
          Percent90)
          .value();
  EXPECT_EQ(p.projected, kr(10'000));
  EXPECT_EQ(p.projected_by_ratio, kr(10'000));
  EXPECT_EQ(p.precision, kr(12'742, 12));
  EXPECT_EQ(p.upper_limit, kr(22'742, 12));
  EXPECT_EQ(p.tolerable, kr(40'000));
  EXPECT_EQ(p.rate_hundredths_of_percent, 50);
  EXPECT_EQ(p.verdict, AuditVerdict::Accept);
}

TEST(ProjectedError, is_judged) {
  using enum AuditVerdict;
  struct Case {
    const char* sentence;
    Money projected, upper, tolerable;
    AuditVerdict verdict;
  };
  const Case cases[] = {
      {"AU-14", kr(45'000), kr(60'000), kr(40'000), Qualify},
      {"AU-15", kr(30'000), kr(45'000), kr(40'000), MoreWork},
      {"the limit itself is within", kr(30'000), kr(40'000), kr(40'000), Accept},
      {"an öre above is not", kr(30'000), kr(40'000, 1), kr(40'000), MoreWork},
      {"an error of the limit itself", kr(40'000), kr(41'000), kr(40'000), MoreWork},
      {"an error an öre above it", kr(40'000, 1), kr(41'000), kr(40'000), Qualify},
      {"no error at all", kr(0), kr(0), kr(0), Accept},
  };
  for (const Case& c : cases) EXPECT_EQ(audit_verdict(c.projected, c.upper, c.tolerable), c.verdict) << c.sentence;
}

TEST(ProjectedError, tolerates_two_percent_rounded_down) {
  EXPECT_EQ(tolerable_error(kr(2'000'000)), kr(40'000));
  EXPECT_EQ(tolerable_error(Money::of_ore(49)), Money::of_ore(0));
  EXPECT_EQ(tolerable_error(Money::of_ore(50)), Money::of_ore(1));
  EXPECT_EQ(tolerable_error(Money::of_ore(149)), Money::of_ore(2));
}

TEST(ProjectedError, needs_no_estimate_when_everything_was_audited) {
  const Projection p = project_money_sample(kr(100), {{kr(60), kr(3)}, {kr(40), kr(0)}}, kr(0), {}, Percent90).value();
  EXPECT_EQ(p.projected, kr(3));
  EXPECT_EQ(p.precision, kr(0));
  EXPECT_EQ(p.verdict, AuditVerdict::Qualify);
}

TEST(ProjectedError, is_exact_for_the_largest_amounts) {
  const Money half = Money::of_ore(most.ore() / 2);
  const Projection p = project_money_sample(most, {}, most, {{half, half}, {half, Money()}}, Percent90).value();
  EXPECT_EQ(p.projected, half);
  // s = sqrt(1/2), so z * book * s / sqrt(2) is z * book / 2.
  EXPECT_EQ(p.precision.ore(), 822'500'000'000'000);
  EXPECT_EQ(p.verdict, AuditVerdict::Qualify);
}

TEST(ProjectedError, is_refused) {
  const Audited sound{kr(10), kr(1)};
  const auto money = [](Money book, std::vector<Audited> all, Money drawn_book, std::vector<Audited> drawn) {
    return outcome(project_money_sample(book, all, drawn_book, drawn, Percent90));
  };
  const auto simple = [](Money book, std::uint32_t units, std::vector<Audited> drawn) {
    return outcome(project_simple_sample(book, units, drawn, Percent90));
  };
  EXPECT_EQ(money(kr(30), {sound}, kr(20), {sound, sound}), "");
  EXPECT_EQ(money(kr(30), {sound}, kr(20), {sound}), "sample.no-spread");
  EXPECT_EQ(money(kr(30), {sound}, kr(20), {}), "sample.no-spread");
  EXPECT_EQ(money(kr(30), {sound}, kr(19, 99), {sound}), "sample.book-differs");
  EXPECT_EQ(money(kr(29), {sound}, kr(19), {sound, sound}), "sample.book-differs");
  EXPECT_EQ(money(kr(0), {}, kr(0), {}), "sample.book-differs");
  EXPECT_EQ(money(kr(30), {sound}, kr(20), {sound, {kr(10), kr(10, 1)}}), "sample.out-of-range");
  EXPECT_EQ(money(kr(30), {sound}, kr(20), {sound, {kr(10), kr(-1)}}), "sample.out-of-range");
  EXPECT_EQ(money(kr(30), {sound}, kr(20), {sound, {kr(0), kr(0)}}), "sample.out-of-range");
  EXPECT_EQ(simple(kr(20), 2, {sound, sound}), "");
  EXPECT_EQ(simple(kr(20), 2, {sound}), "sample.no-spread");
  EXPECT_EQ(simple(kr(20), 1, {sound, sound}), "sample.book-differs");
  EXPECT_EQ(simple(kr(19, 99), 2, {sound, sound}), "sample.book-differs");
  EXPECT_EQ(simple(kr(20), 2, {{kr(10), kr(11)}, sound}), "sample.out-of-range");
  const Money half = Money::of_ore(most.ore() / 2);
  EXPECT_EQ(simple(most, 2, {{half, half}, {half, half}}), "");
  EXPECT_EQ(simple(most, 3, {{half, half}, {half, half}}), "sample.out-of-range");
}

TEST(Exact, products_compare_beyond_128_bits) {
  const Wide large = ~Wide{0};
  EXPECT_TRUE((Product{large, large} <= Product{large, large}));
  EXPECT_TRUE((Product{large, large - 1} <= Product{large, large}));
  EXPECT_FALSE((Product{large, large} <= Product{large - 1, large}));
  EXPECT_TRUE((Product{0, large} <= Product{1}));
  EXPECT_FALSE((Product{1} <= Product{large, 0, large}));
  // (2^128 - 1)^2 = 2^256 - 2^129 + 1, so it lies above (2^128 - 2) * 2^128 / 2 * 2.
  EXPECT_FALSE((Product{large, large} <= Product{large - 1, Wide{1} << 127, 2}));
}

}  // namespace
}  // namespace horisont
