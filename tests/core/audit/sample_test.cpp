#include "core/audit/sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "log/entry.h"

namespace horisont {
namespace {

using Ids = std::vector<std::string>;
using enum SampleMethod;

Ids ids_of(const std::vector<SampleUnit>& units) {
  Ids ids;
  for (const SampleUnit& unit : units) ids.push_back(unit.id);
  return ids;
}

tlog::Digest digest(std::string_view hex) {
  const std::string bytes = tlog::from_hex(hex).value();
  tlog::Digest result{};
  std::copy(bytes.begin(), bytes.end(), result.begin());
  return result;
}

// The checkpoint of the worked example of docs/formats/eliglog.md.
SampleBasis basis(std::string_view nonce = "00112233445566778899aabbccddeeff") {
  return {"karlstad.example/eligibility/ung-horisont", 3,
          digest("a84955ed704b480fd9321e13a16ce830ce06e320c94fb4e5f7ac8b3c2670e08c"), tlog::from_hex(nonce).value()};
}

std::vector<SampleUnit> ten() {
  const std::int64_t values[] = {120000, 80000, 900000, 45000, 60000, 110000, 30000, 75000, 95000, 55000};
  std::vector<SampleUnit> units;
  for (int i = 0; i < 10; ++i)
    units.push_back({(i < 9 ? "0" : "") + std::to_string(i + 1), Money::of_ore(values[i]), i < 6 ? "kvinnor" : "man"});
  return units;
}

TEST(Sample, simple_check_values) {
  const Sample sample = draw_sample(Simple, ten(), 3, basis()).value();
  EXPECT_EQ(tlog::hex(sample.frame), "001381908a3e945f124fa2a407f0a9d3002369ed82d29ee9646e58d5badde4ae");
  EXPECT_EQ(tlog::hex(sample.seed), "00e91ef51b02ee0fed90697883e41ee4415c815bf4deb9dc52054d369d8613b7");
  EXPECT_EQ(ids_of(sample.drawn), (Ids{"10", "02", "08"}));
  EXPECT_TRUE(sample.exhaustive.empty() && sample.left_out.empty());
}

TEST(Sample, money_check_values) {
  const Sample sample = draw_sample(MonetaryUnit, ten(), 4, basis()).value();
  EXPECT_EQ(tlog::hex(sample.frame), "600ff29169001494846edcf62d74b2a1a765048ea71ddf5c7727ade5f1031201");
  EXPECT_EQ(tlog::hex(sample.seed), "78c0c65d4e400372d55d6d553401ea532d3ba55274bfc787677ce2cb7b285397");
  EXPECT_EQ(ids_of(sample.exhaustive), Ids{"03"});
  EXPECT_EQ(ids_of(sample.drawn), (Ids{"01", "06", "09"}));
}

TEST(Sample, is_the_same_again_in_whatever_order_the_frame_comes_and_another_with_another_seed) {
  auto reversed = ten();
  std::reverse(reversed.begin(), reversed.end());
  for (const SampleMethod method : {Simple, Stratified, MonetaryUnit}) {
    const Sample first = draw_sample(method, ten(), 4, basis()).value();
    const Sample again = draw_sample(method, reversed, 4, basis()).value();
    EXPECT_EQ(first.drawn, again.drawn);
    EXPECT_EQ(first.exhaustive, again.exhaustive);
    EXPECT_EQ(first.seed, again.seed);
    std::set<Ids> samples;
    for (char c = 'a'; c <= 'f'; ++c) {
      const std::string nonce = std::string(31, '0') + c;
      samples.insert(ids_of(draw_sample(method, ten(), 4, basis(nonce)).value().drawn));
    }
    EXPECT_GT(samples.size(), 1u);
  }
}

TEST(Sample, seed_is_bound_to_checkpoint_frame_and_nonce) {
  const tlog::Digest frame = tlog::sha256("01\n");
  std::set<tlog::Digest> seeds{sample_seed(basis(), frame), sample_seed(basis(), tlog::sha256("02\n"))};
  for (int what = 0; what < 4; ++what) {
    SampleBasis other = basis();
    if (what == 0) other.origin += "x";
    if (what == 1) ++other.size;
    if (what == 2) other.root[31] ^= 1;
    if (what == 3) other.nonce.back() = 'x';
    seeds.insert(sample_seed(other, frame));
  }
  EXPECT_EQ(seeds.size(), 6u);
}

TEST(Sample, strata_get_their_share_and_each_is_drawn_by_a_seed_of_its_own) {
  const Sample sample = draw_sample(Stratified, ten(), 5, basis()).value();
  EXPECT_EQ(tlog::hex(sample.frame), "67aa5cac4340f6e391ebff97f6c7512ae7e43797f0194587eeb75e83a6a90c4e");
  EXPECT_EQ(tlog::hex(sample.seed), "4dfda41c6f0c34680f41bd7d6bf106a0ab7dc614f585b0ec019025b4fb3abcdb");
  EXPECT_EQ(ids_of(sample.drawn), (Ids{"05", "02", "06", "07", "10"}));
  EXPECT_EQ(frame_text(Stratified, {ten()[9], ten()[0]}), "01\tkvinnor\n10\tman\n");
}

TEST(Sample, places_of_strata) {
  using Numbers = std::vector<std::uint64_t>;
  struct Case {
    const char* sentence;
    Numbers sizes;
    std::uint64_t places, least;
    Numbers expected;
  };
  const Case cases[] = {
      {"whole shares", {60, 40}, 10, 0, {6, 4}},
      {"the largest remainder gets what is left", {50, 30, 20}, 8, 0, {4, 2, 2}},
      {"of equal remainders the earlier stratum", {1, 1, 1}, 2, 0, {1, 1, 0}},
      {"everything when all are drawn", {3, 0, 7}, 10, 0, {3, 0, 7}},
      {"a small stratum is raised to the least", {97, 3}, 10, 3, {10, 3}},
      {"never above the stratum's size", {98, 2}, 10, 3, {10, 2}},
      {"no strata", {}, 0, 3, {}},
      {"very large strata", {1ull << 62, 1ull << 62}, 1ull << 40, 0, {1ull << 39, 1ull << 39}},
  };
  for (const Case& c : cases) EXPECT_EQ(proportional_places(c.sizes, c.places, c.least), c.expected) << c.sentence;
}

TEST(Sample, takes_the_whole_frame_when_it_has_no_more) {
  for (const std::uint64_t places : {std::uint64_t{10}, std::uint64_t{11}, ~std::uint64_t{0}})
    for (const SampleMethod method : {Simple, Stratified, MonetaryUnit}) {
      const Sample sample = draw_sample(method, ten(), places, basis()).value();
      EXPECT_EQ(sample.drawn.size() + sample.exhaustive.size(), 10u) << places;
    }
  EXPECT_EQ(draw_sample(Simple, ten(), 9, basis()).value().drawn.size(), 9u);
}

TEST(Sample, units_without_positive_value_stand_apart_and_one_above_the_interval_is_always_taken) {
  const std::vector<SampleUnit> frame{{"a", Money::of_ore(-1), ""},
                                      {"b", Money::of_ore(0), ""},
                                      {"c", Money::of_ore(50), ""},
                                      {"d", Money::of_ore(51), ""},
                                      {"e", Money::of_ore(1), ""}};
  // Two places of 102 öre: the interval is 51, which is not above itself.
  Sample sample = draw_sample(MonetaryUnit, frame, 2, basis()).value();
  EXPECT_EQ(ids_of(sample.left_out), (Ids{"a", "b"}));
  EXPECT_TRUE(sample.exhaustive.empty());
  EXPECT_EQ(sample.drawn.size(), 2u);
  auto larger = frame;
  larger[3].value = Money::of_ore(52);
  sample = draw_sample(MonetaryUnit, larger, 2, basis()).value();
  EXPECT_EQ(ids_of(sample.exhaustive), Ids{"d"});
  EXPECT_EQ(sample.drawn.size(), 1u);
}

TEST(Sample, money_falls_on_units_in_proportion_to_their_value) {
  std::map<std::string, int> counts;
  constexpr int draws = 4000;
  for (int i = 0; i < draws; ++i) {
    SampleBasis with = basis();
    with.nonce = "seed " + std::to_string(1'000'000'000'000 + i);
    const Sample sample = draw_sample(MonetaryUnit, ten(), 4, with).value();
    for (const SampleUnit& unit : sample.drawn) ++counts[unit.id];
  }
  for (const SampleUnit& unit : ten()) {
    if (unit.id == "03") continue;
    const auto expected = static_cast<int>(unit.value.ore() * 3 * draws / 670'000);
    EXPECT_NEAR(counts[unit.id], expected, draws / 25) << unit.id;
  }
}

TEST(Sample, is_refused) {
  struct Case {
    const char* sentence;
    SampleMethod method;
    std::vector<SampleUnit> frame;
    std::uint64_t places;
    std::size_t nonce;
    const char* problem;
  };
  const auto unit = [](std::string id, std::int64_t ore = 1, std::string stratum = "x") {
    return SampleUnit{std::move(id), Money::of_ore(ore), std::move(stratum)};
  };
  constexpr std::int64_t most = INT64_MAX;
  const Case cases[] = {
      {"one unit, one place", Simple, {unit("a")}, 1, 16, ""},
      {"no units", Simple, {}, 1, 16, "sample.no-units"},
      {"no places", Simple, {unit("a")}, 0, 16, "sample.no-places"},
      {"the longest seed", Simple, {unit("a")}, 1, 32, ""},
      {"a seed too short", Simple, {unit("a")}, 1, 15, "sample.seed-length"},
      {"a seed too long", Simple, {unit("a")}, 1, 33, "sample.seed-length"},
      {"an id twice", Simple, {unit("a"), unit("b"), unit("a")}, 1, 16, "sample.id-twice"},
      {"an empty id", Simple, {unit("")}, 1, 16, "sample.id-form"},
      {"a tab in an id", Simple, {unit("a\tb")}, 1, 16, "sample.id-form"},
      {"an id that is not ASCII", Simple, {unit("å")}, 1, 16, "sample.id-form"},
      {"a newline in a stratum", Stratified, {unit("a", 1, "x\n")}, 1, 16, "sample.stratum-form"},
      {"a stratum is not asked for elsewhere", Simple, {unit("a", 1, "")}, 1, 16, ""},
      {"no money", MonetaryUnit, {unit("a", 0), unit("b", -5)}, 1, 16, "sample.no-money"},
      {"the most money", MonetaryUnit, {unit("a", most - 1), unit("b", 1)}, 2, 16, ""},
      {"too much money", MonetaryUnit, {unit("a", most), unit("b", 1)}, 2, 16, "sample.too-much-money"},
  };
  for (const Case& c : cases) {
    SampleBasis with = basis();
    with.nonce = std::string(c.nonce, 'n');
    const auto sample = draw_sample(c.method, c.frame, c.places, with);
    EXPECT_EQ(sample ? "" : sample.error().message.id, c.problem) << c.sentence;
  }
}

}  // namespace
}  // namespace horisont
