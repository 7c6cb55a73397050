// Amounts of a claim, with the worked examples of the domain reference (hours-and-money, section 7) and of the Swedish rates.

#include "core/funding/claim.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/funding/rounding.h"
#include "support/given.h"

namespace horisont {
namespace {

constexpr Money kr(std::int64_t kronor, std::int64_t ore = 0) { return Money::of_ore(kronor * 100 + ore); }
ExactMoney exact(Money amount) { return ExactMoney::of(amount); }
constexpr Rounding half_up = Rounding::HalfUp;

ChosenRate chosen(std::string key, int percent, std::string base, std::string covers, bool at_most = false, int limit = 0) {
  return {{.value = {std::move(key), limit ? limit : percent, at_most, std::move(base), std::move(covers)},
           .valid = {day("2021-01-01"), std::nullopt},
           .cited = {"call", Confidence::Secondary}},
          percent};
}
const ChosenRate indirect_15 = chosen("indirect_15", 15, "direct_staff", "indirect");
const ChosenRate indirect_7 = chosen("indirect_7", 7, "direct", "indirect", true);
const ChosenRate other_40 = chosen("other_40", 40, "direct_staff", "all_other");
const ChosenRate staff_20 = chosen("staff_20", 20, "direct_other_than_staff", "direct_staff", true);

struct Case {
  const char* name;
  CostBase base;
  std::vector<ChosenRate> rates;
  std::vector<Money> amounts;       ///< of the lines, the last the total
  std::vector<std::string> faults;  ///< codes, where it is refused
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
class FlatRates : public ::testing::TestWithParam<Case> {};

TEST_P(FlatRates, stand_for_other_costs) {
  const Case& c = GetParam();
  const auto found = costs_of(c.base, c.rates, half_up);
  std::vector<Money> amounts;
  std::vector<std::string> codes;
  if (found)
    for (const AmountLine& line : *found) amounts.push_back(line.amount);
  else
    for (const Finding& finding : found.error()) {
      codes.push_back(finding.code);
      EXPECT_NE(text_of(finding.code), nullptr);
      EXPECT_NE(text_of(finding.code + ".do"), nullptr);
    }
  EXPECT_EQ(amounts, c.amounts);
  EXPECT_EQ(codes, c.faults);
}

const Case cases[] = {
    {"HM_04_fifteen_per_cent_of_staff", {.direct_staff = exact(kr(100'000))}, {indirect_15}, {kr(15'000), kr(115'000)}, {}},
    {"HM_05_forty_per_cent_and_allowances_on_top",
     {.direct_staff = exact(kr(100'000)), .participant_allowances = exact(kr(12'000))},
     {other_40},
     {kr(40'000), kr(12'000), kr(152'000)},
     {}},
    {"HM_06_travel_beside_forty_per_cent",
     {.direct_staff = exact(kr(100'000)), .other_direct = exact(kr(3'000))},
     {other_40},
     {},
     {"claim.covers-all"}},
    {"HM_07_twenty_per_cent_for_staff",
     {.other_direct = exact(kr(80'000))},
     {staff_20},
     {kr(16'000), kr(80'000), kr(96'000)},
     {}},
    {"HM_07_then_no_forty_per_cent",
     {.other_direct = exact(kr(80'000))},
     {staff_20, other_40},
     {},
     {"claim.rate-alone", "claim.covers-all"}},
    {"HM_08_seven_per_cent_of_all_direct_costs",
     {.other_direct = exact(kr(80'000))},
     {staff_20, indirect_7},
     {kr(16'000), kr(6'720), kr(80'000), kr(102'720)},
     {}},
    {"HM_09_twenty_six_per_cent",
     {.direct_staff = exact(kr(100))},
     {chosen("indirect_25", 26, "direct", "indirect", true, 25)},
     {},
     {"claim.percent"}},
    {"twenty_five_per_cent_is_the_last_that_passes",
     {.direct_staff = exact(kr(100))},
     {chosen("indirect_25", 25, "direct", "indirect", true, 25)},
     {kr(25), kr(125)},
     {}},
    {"less_than_a_rate_that_is_fixed",
     {.direct_staff = exact(kr(100))},
     {chosen("indirect_15", 14, "direct_staff", "indirect", false, 15)},
     {},
     {"claim.percent"}},
    {"HM_10_two_rates_for_indirect_costs",
     {.direct_staff = exact(kr(100'000))},
     {indirect_15, indirect_7},
     {},
     {"claim.one-rate"}},
    {"a_rate_for_staff_beside_real_staff", {.direct_staff = exact(kr(1))}, {staff_20}, {}, {"claim.staff-twice"}},
    {"no_rate", {.direct_staff = exact(kr(1))}, {}, {kr(1)}, {}},
};
INSTANTIATE_TEST_SUITE_P(Claim, FlatRates, ::testing::ValuesIn(cases), [](const auto& test) { return test.param.name; });

// Each rate of the regulations: its percent is the last that passes, a percent more does not.
TEST(FlatRate, of_each_kind_passes_at_its_percent_and_not_a_percent_above) {
  struct {
    const char* name;
    const char *base, *covers;
    int percent;
    bool at_most;
    CostBase costs;
    Money passes;  // its line at the percent
  } rates[] = {
      {"7 % of direct costs for indirect costs", "direct", "indirect", 7, true, {.direct_staff = exact(kr(1'000))}, kr(70)},
      {"15 % of direct staff for indirect costs", "direct_staff", "indirect", 15, false, {.direct_staff = exact(kr(1'000))}, kr(150)},
      {"20 % of other direct costs for staff", "direct_other_than_staff", "direct_staff", 20, true, {.other_direct = exact(kr(1'000))}, kr(200)},
      {"25 % of direct costs for indirect costs", "direct", "indirect", 25, true, {.direct_staff = exact(kr(1'000))}, kr(250)},
      {"40 % of direct staff for all other costs", "direct_staff", "all_other", 40, false, {.direct_staff = exact(kr(1'000))}, kr(400)},
  };
  for (const auto& each : rates) {
    const auto with = [&](int percent) {
      return costs_of(each.costs, std::vector{chosen("rate", percent, each.base, each.covers, each.at_most, each.percent)}, half_up);
    };
    const auto passes = with(each.percent);
    ASSERT_TRUE(passes) << each.name;
    EXPECT_TRUE(std::any_of(passes->begin(), passes->end(), [&](const AmountLine& line) { return line.amount == each.passes; })) << each.name;
    const auto above = with(each.percent + 1);
    ASSERT_FALSE(above) << each.name;
    EXPECT_EQ(above.error()[0].code, "claim.percent") << each.name;
    EXPECT_EQ(bool(with(each.percent - 1)), each.at_most) << each.name << ": less is chosen only where the rate is a ceiling";
  }
}

TEST(HourlyRate, has_a_cap_whose_last_minute_is_paid_and_the_next_is_not) {
  const Minutes year{1720 * 60};
  const auto cost = [&](Minutes worked, int share) { return hourly_rate_cost(kr(103'200), worked, year, share, half_up); };
  EXPECT_EQ(cost(year, 10'000), kr(103'200)) << "one krona a minute";
  EXPECT_EQ(cost(Minutes{1720 * 60 - 1}, 10'000), kr(103'199)) << "a minute less";
  EXPECT_EQ(cost(Minutes{1720 * 60 + 1}, 10'000), kr(103'200)) << "a minute more is not paid";
  EXPECT_EQ(cost(Minutes{860 * 60}, 5'000), kr(103'200)) << "half time: the cost is of half the hours";
  EXPECT_EQ(cost(Minutes{860 * 60 + 1}, 5'000), kr(103'200)) << "and a minute more";
  EXPECT_EQ(cost(Minutes{0}, 10'000), Money{}) << "nothing worked";
}

TEST(HourlyRate, is_the_annual_cost_for_the_hours_it_rests_on) {
  const Minutes year{1720 * 60};
  const auto cost = [&](std::int64_t annual, std::int64_t hours, std::optional<int> share) {
    return hourly_rate_cost(kr(annual), Minutes{hours * 60}, year, share, half_up);
  };
  EXPECT_EQ(cost(60'000, 1800, 10'000), kr(60'000)) << "HM-01";
  EXPECT_EQ(cost(60'000, 1720, 10'000), kr(60'000)) << "HM-02";
  EXPECT_EQ(cost(60'000, 1719, 10'000), kr(59'965, 12));
  EXPECT_EQ(cost(36'000, 1040, 6'000), kr(36'000)) << "HM-03";
  EXPECT_EQ(cost(60'000, 100, std::nullopt), std::nullopt) << "HM-15: not known is not full time";
  EXPECT_EQ(hourly_rate_cost(kr(4'000), Minutes{165 * 60}, Minutes{160 * 60}, 10'000, half_up), kr(4'000)) << "HM-14, a month";
}

TEST(Rates, HM_20_to_23_make_the_printed_amounts) {
  const auto staff = [](std::int64_t hours, Money wage, int percent) {
    const ExactMoney base = ExactMoney::of(Minutes{hours * 60}, wage);
    return rounded(base + base.percent(percent), half_up);
  };
  EXPECT_EQ(staff(3'440, kr(482), 40), kr(2'321'312)) << "HM-20, SU-1";
  EXPECT_EQ(staff(5'160, kr(592), 40), kr(4'276'608)) << "HM-22, SU-2";
  EXPECT_EQ(staff(1'720, kr(592), 15), kr(1'170'976)) << "HM-23";
  EXPECT_EQ(staff(1'720, kr(592), 0), kr(1'018'240)) << "HM-23";
  const ExactMoney total = ExactMoney::of(kr(2'321'312));
  EXPECT_EQ(rounded(total.percent(40), half_up), kr(928'524, 80)) << "HM-21";
  EXPECT_EQ(rounded(total - total.percent(40), half_up), kr(1'392'787, 20)) << "HM-21";
}

TEST(Rates, HM_11_pay_attested_hours_and_not_planned_ones) {
  EXPECT_EQ(rounded(ExactMoney::of(Minutes{930 * 60}, kr(7)), half_up), kr(6'510));
  EXPECT_EQ(rounded(ExactMoney::of(Minutes{20 * 50 * 60}, kr(7)), half_up), kr(7'000)) << "what was planned";
}

TEST(Rates, HM_24_a_twelfth_of_1720_hours_is_143_hours_and_20_minutes) {
  EXPECT_EQ(part_of(Minutes{1720 * 60}, 1, 12), Minutes{143 * 60 + 20});
}

TEST(Rounding, HM_44_is_done_once_on_the_total) {
  std::int64_t seconds = 0;
  for (const int entry : {900, 1600, 4200, 8763, 3300, 600, 1300, 1837, 4217, 5400, 3283, 600}) seconds += entry;
  EXPECT_EQ(cost_of(Minutes{seconds / 60}, kr(114, 75), half_up), kr(1'147, 50));
  EXPECT_EQ(rounded(ExactMoney::of(Minutes{1}, Money::of_ore(30)), half_up), Money::of_ore(1)) << "half an öre, up";
  EXPECT_EQ(rounded(ExactMoney::of(Minutes{1}, Money::of_ore(30)), Rounding::Down), Money::of_ore(0));
  EXPECT_EQ(rounded(ExactMoney::of(Minutes{1}, Money::of_ore(29)), half_up), Money::of_ore(0));
}

// Entries of 0.25, 0.44, 1.17 … hours: hours rounded to hundredths, as in a list of entries. They make 10.00 hours.
TEST(Rounding, HM_43_of_each_entry_is_reconciled_with_HM_44_of_the_total) {
  std::vector<ExactMoney> entries;
  for (const int seconds : {900, 1600, 4200, 8763, 3300, 600, 1300, 1837, 4217, 5400, 3283, 600})
    entries.push_back(ExactMoney::of(kr(114, 75)).percent((seconds + 18) / 36));
  const Reconciled both = reconciled(entries, half_up);
  EXPECT_EQ(both.each, kr(1'147, 51)) << "HM-43";
  EXPECT_EQ(both.once, kr(1'147, 50)) << "HM-44: what is paid";
  EXPECT_EQ(both.difference(), Money::of_ore(1));
  EXPECT_LT(reconciled(entries, Rounding::Down).difference(), Money{}) << "rounding down each pays no more than once";
  EXPECT_EQ(reconciled({}, half_up).difference(), Money{});
}

// Half an öre in each of three months: three öre against two.
TEST(Rounding, of_three_months_is_reconciled_with_the_rounding_of_their_sum) {
  const std::vector<ExactMoney> months(3, ExactMoney::of(Minutes{1}, Money::of_ore(30)));
  EXPECT_EQ(reconciled(months, half_up).each, Money::of_ore(3));
  EXPECT_EQ(reconciled(months, half_up).once, Money::of_ore(2));
}

TEST(Rates, HM_25_a_month_of_1071_per_cent_of_155_16_hours_rounds_to_a_cap_of_1662) {
  constexpr std::int64_t hundredths_squared = 15'516 * 1'071;  // 155.16 h x 10.71 months
  EXPECT_EQ(hundredths_squared / 1'000, 16'617) << "1 661.7 h";
  EXPECT_EQ((hundredths_squared + 5'000) / 10'000, 1'662);
}

TEST(Share, HM_54_is_neither_missed_nor_exceeded) {
  EXPECT_EQ(share_kept(kr(152'000), kr(60'800), 40, half_up), ShareKept::Kept);
  EXPECT_EQ(share_kept(kr(152'000), kr(60'700), 40, half_up), ShareKept::Missed);
  EXPECT_EQ(share_kept(kr(152'000), kr(60'900), 40, half_up), ShareKept::Exceeded);
}

TEST(Advance, HM_29_is_half_the_support_and_at_most_the_sum) {
  ProgrammeTerms terms = programme();
  EXPECT_EQ(largest_advance(terms, kr(600'000), day("2024-01-01"), half_up), std::nullopt) << "no rule is known";
  terms.largest_advance = always(kr(400'000));
  terms.largest_advance_percent = always(50);
  EXPECT_EQ(largest_advance(terms, kr(1'392'787, 20), day("2024-01-01"), half_up), kr(400'000));
  EXPECT_EQ(largest_advance(terms, kr(600'000), day("2024-01-01"), half_up), kr(300'000));
}

// HM-50 to 55. The rate of the tests is invented: the Swedish amounts are not known.
TEST(ParticipantTime, is_worth_its_rate_and_no_more_than_is_documented) {
  ProjectTerms terms = project();
  ProgrammeTerms rates = programme();
  rates.participant_rates = {
      {.value = {"activity_support", std::nullopt, 24, kr(50)}, .valid = {day("2017-01-01"), day("2017-12-31")}}};
  const auto worth = [&](std::int64_t hours, std::optional<Money> documented = {}, int age = 20,
                         std::string_view on = "2017-03-01") {
    const AttestedTime time{"activity_support", age, day(on), Minutes{hours * 60}};
    return participant_cofinancing(terms, rates, std::span(&time, 1), documented, half_up);
  };
  terms.participant_time_is_cofinancing = false;
  EXPECT_TRUE(worth(95)->empty()) << "HM-55: no line";
  terms.participant_time_is_cofinancing = true;
  EXPECT_EQ(worth(95)->back().amount, kr(4'750)) << "HM-50";
  EXPECT_EQ(worth(95, kr(4'500))->back().amount, kr(4'500)) << "HM-51";
  EXPECT_EQ(worth(90)->back().amount, kr(4'500)) << "HM-52: attested hours only";
  EXPECT_EQ(worth(95, {}, 24)->back().amount, kr(4'750)) << "the last age";
  for (const auto& missing : {worth(95, {}, 25), worth(95, {}, 20, "2018-01-01")}) {
    ASSERT_FALSE(missing.has_value()) << "HM-53";
    EXPECT_EQ(missing.error()[0].code, "claim.no-participant-rate");
  }
}

struct Staffed {
  ProjectTerms terms = project({.project = "varmlands-unga-i-arbete"});
  ProgrammeTerms rates = programme();
  std::vector<StaffTime> time;

  Staffed() {
    terms.staff_cost_model = "function", terms.rate_area = "riket", terms.flat_rate = "other_40";
    terms.cofinancing_percent = 40;
    rates.staff_year_cap = always(Minutes{1720 * 60});
    rates.money_rounding = always(Rounding::HalfUp);
    const Citation table{"Enhetskostnader", Confidence::Secondary};
    rates.unit_costs = {
        {.value = {"project_worker", "riket", kr(482)}, .valid = {day("2021-01-01"), day("2024-03-15")}, .cited = table},
        {.value = {"project_worker", "riket", kr(500)}, .valid = {day("2024-03-16"), std::nullopt}, .cited = table}};
    rates.flat_rates = {other_40.rate};
  }
  void work(std::string_view on, std::int64_t minutes, std::string function = "project_worker", std::string who = "1") {
    time.push_back({.staff_id = std::move(who),
                    .employer = "Karlstads kommun",
                    .function = std::move(function),
                    .day = day(on).days(),
                    .minutes = Minutes{minutes},
                    .employment_share = 10'000});
  }
  tl::expected<Claim, std::vector<Finding>> claim() const {
    return claim_of(terms, rates, time, staff_ledger({terms, rates, time}, {}), Month::parse("2024-03").value());
  }
};

TEST(Claim, takes_the_rate_of_the_day_and_the_hours_that_are_whole) {
  Staffed given;
  given.work("2024-03-15", 10 * 60), given.work("2024-03-16", 10 * 60 + 59), given.work("2024-04-02", 60);
  const auto claim = given.claim();
  ASSERT_TRUE(claim);
  ASSERT_EQ(claim->staff.size(), 2u);
  ASSERT_EQ(claim->lines.size(), 6u);
  EXPECT_EQ(claim->lines[0].formula, "10:00 h x 482.00");
  EXPECT_EQ(claim->lines[0].amount, kr(4'820));
  EXPECT_EQ(claim->lines[1].amount, kr(5'000)) << "59 minutes make no hour";
  EXPECT_EQ(claim->lines[0].cited.text, "Enhetskostnader");
  EXPECT_EQ(claim->lines[2].amount, kr(3'928)) << "40 per cent";
  EXPECT_EQ(claim->lines[3].what, "total");
  EXPECT_EQ(claim->lines[3].amount, kr(13'748));
  EXPECT_EQ(claim->lines[4].amount + claim->lines[5].amount, claim->lines[3].amount) << "co-financing and support";
  EXPECT_EQ(claim->rows.difference(), Money{});
}

// A unit cost that changes within the month takes no hour away: what both parts make together is claimed at the later rate.
TEST(Claim, an_hour_on_both_sides_of_a_new_rate_is_claimed_once_at_the_later) {
  struct {
    const char* name;
    std::int64_t before, after;          // minutes at 482, then at 500
    std::int64_t hours_before, hours_after;
  } rates[] = {
      {"half an hour on either side is an hour", 11 * 60 + 30, 11 * 60 + 30, 11, 12},
      {"a minute less is none", 11 * 60 + 30, 11 * 60 + 29, 11, 11},
      {"whole hours stay with their rate", 10 * 60, 10 * 60, 10, 10},
      {"nothing before", 0, 61, 0, 1},
      {"nothing after", 59, 0, 0, 0},
      {"an hour of two pieces, both below one", 40, 20, 0, 1},
  };
  for (const auto& each : rates) {
    Staffed given;
    given.work("2024-03-16", each.after), given.work("2024-03-15", each.before);  // in whatever order rows come
    const auto claim = given.claim();
    ASSERT_TRUE(claim) << each.name;
    std::int64_t at_482 = 0, at_500 = 0;
    for (const StaffCost& cost : claim->staff) (cost.rate.value.per_hour == kr(482) ? at_482 : at_500) += cost.whole_hours;
    EXPECT_EQ(at_482, each.hours_before) << each.name;
    EXPECT_EQ(at_500, each.hours_after) << each.name;
    EXPECT_EQ(claim->rows.once, kr(482 * each.hours_before + 500 * each.hours_after)) << each.name;
  }
}

TEST(Claim, has_the_whole_hours_that_staff_time_says) {
  for (const RoundingLevel level : {RoundingLevel::Month, RoundingLevel::Day, RoundingLevel::Row}) {
    Staffed given;
    given.rates.whole_hours_level = always(level);
    given.rates.unit_costs.push_back({.value = {"project_administrator", "riket", kr(400)}, .valid = {day("2021-01-01"), std::nullopt}, .cited = {}});
    given.work("2024-03-14", 330), given.work("2024-03-14", 330, "project_administrator"), given.work("2024-03-16", 345);
    std::int64_t claimed = 0;
    const auto claim = given.claim();
    ASSERT_TRUE(claim);
    for (const StaffCost& cost : claim->staff) claimed += cost.whole_hours;
    EXPECT_EQ(staff_ledger({given.terms, given.rates, given.time}, {}).months.at(0).whole_hours, claimed);
    EXPECT_EQ(claimed, level == RoundingLevel::Month ? 11 + 5 : 5 + 5 + 5) << "an hour is of one function";
  }
}

TEST(Claim, a_month_of_zeros_is_not_claimed) {
  Staffed given;
  given.work("2024-03-15", 10 * 60), given.work("2024-03-15", 0, "project_worker", "2");
  const auto claim = given.claim();
  ASSERT_TRUE(claim);
  ASSERT_EQ(claim->staff.size(), 1u);
  EXPECT_EQ(claim->staff[0].member.staff_id, "1");
}

TEST(Claim, of_real_costs_is_refused_whatever_they_are) {
  Staffed given;
  given.work("2024-03-15", 60);
  given.terms.staff_cost_model = "real";
  const auto claim = given.claim();
  ASSERT_FALSE(claim) << "what real costs are is not read in";
  EXPECT_EQ(claim.error()[0].code, "claim.model");
}

TEST(Claim, in_a_year_without_a_rate_stops) {
  Staffed given;
  given.work("2024-03-15", 60);
  given.rates.unit_costs[0].valid.last = day("2023-12-31");
  const auto claim = given.claim();
  ASSERT_FALSE(claim);
  EXPECT_EQ(claim.error()[0].code, "claim.no-rate");
  EXPECT_EQ(claim.error()[0].values[2], "2024-03-15") << "the day is named";
}

// The unit cost is of the function, the area and the day; where one of them has none the claim stops and names it.
TEST(Claim, takes_the_unit_cost_of_function_area_and_day_or_stops) {
  const auto rate = [](const char* function, const char* area, Money per_hour, const char* first, std::optional<Date> last) {
    return Dated<UnitCost>{.value = {function, area, per_hour}, .valid = {day(first), last}, .cited = {}};
  };
  struct {
    const char* name;
    const char *function, *area, *on;
    std::optional<Money> per_hour;  // nothing: it stops
  } asked[] = {
      {"the last day of a rate", "project_worker", "riket", "2024-02-28", kr(482)},
      {"29 February, the first day of the next", "project_worker", "riket", "2024-02-29", kr(500)},
      {"the last day of all", "project_worker", "riket", "2024-03-31", kr(500)},
      {"the day after", "project_worker", "riket", "2024-04-01", {}},
      {"the first day of all", "project_worker", "riket", "2024-01-01", kr(482)},
      {"the day before", "project_worker", "riket", "2023-12-31", {}},
      {"another area", "project_worker", "storstockholm", "2024-02-29", kr(560)},
      {"an area without rates", "project_worker", "övre norrland", "2024-02-29", {}},
      {"another function", "project_leader", "riket", "2024-02-29", kr(592)},
      {"a function that the area has no rate of", "project_leader", "storstockholm", "2024-02-29", {}},
  };
  for (const auto& each : asked) {
    Staffed given;
    given.rates.unit_costs = {rate("project_worker", "riket", kr(482), "2024-01-01", day("2024-02-28")),
                              rate("project_worker", "riket", kr(500), "2024-02-29", day("2024-03-31")),
                              rate("project_worker", "storstockholm", kr(560), "2024-01-01", day("2024-12-31")),
                              rate("project_leader", "riket", kr(592), "2024-01-01", day("2024-12-31"))};
    given.terms.rate_area = each.area;
    given.work(each.on, 60, each.function);
    const Month month = Month::containing(day(each.on));
    const auto claim = claim_of(given.terms, given.rates, given.time, staff_ledger({given.terms, given.rates, given.time}, {}), month);
    if (!each.per_hour) {
      ASSERT_FALSE(claim) << each.name;
      EXPECT_EQ(claim.error()[0].code, "claim.no-rate") << each.name;
      continue;
    }
    ASSERT_TRUE(claim) << each.name;
    ASSERT_EQ(claim->staff.size(), 1u) << each.name;
    EXPECT_EQ(claim->staff[0].rate.value.per_hour, *each.per_hour) << each.name;
  }
}

// Of generated months: the order of rows decides nothing, every accepted minute is in a cost, and split rows are paid the same.
TEST(Claim, of_any_rows_is_the_same_in_any_order_and_loses_no_minute) {
  std::mt19937 random{20'240'315};
  const auto up_to = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
  for (int round = 0; round < 200; ++round) {
    Staffed given, split;
    given.rates.unit_costs.push_back({.value = {"project_leader", "riket", kr(592)}, .valid = {day("2021-01-01"), std::nullopt}, .cited = {}});
    split.rates = given.rates;
    for (int rows = 1 + up_to(12); rows > 0; --rows) {
      const std::string on = "2024-03-" + std::to_string(10 + up_to(15)), who = std::to_string(1 + up_to(2));
      const std::string function = up_to(1) ? "project_worker" : "project_leader";
      const std::int64_t minutes = up_to(110), first = up_to(static_cast<int>(minutes));
      given.work(on, minutes, function, who);
      split.work(on, first, function, who), split.work(on, minutes - first, function, who);
    }
    const auto claim = given.claim();
    ASSERT_TRUE(claim);
    const auto amounts = [](const Claim& of) {
      std::vector<std::pair<std::string, std::int64_t>> found;
      for (const AmountLine& line : of.lines) found.emplace_back(line.what + line.of + line.formula, line.amount.ore());
      return found;
    };
    std::int64_t accepted = 0, claimed = 0, whole = 0;
    for (const StaffLine& line : staff_ledger({given.terms, given.rates, given.time}, {}).lines) accepted += line.accepted;
    for (const StaffCost& cost : claim->staff) claimed += cost.accepted.count(), whole += cost.whole_hours;
    EXPECT_EQ(claimed, accepted) << "every accepted minute stands in a cost";
    EXPECT_LE(whole * 60, accepted) << "rounding down never pays more";
    Staffed shuffled = given;
    std::shuffle(shuffled.time.begin(), shuffled.time.end(), random);
    EXPECT_EQ(amounts(*shuffled.claim()), amounts(*claim));
    EXPECT_EQ(total_of(*split.claim()), total_of(*claim)) << "rows that are split";
  }
}

TEST(Claim, split_rows_are_never_paid_more_than_one) {
  for (std::int64_t first = 0; first <= 125; ++first) {
    Staffed one, split;
    one.work("2024-03-16", 125);
    split.work("2024-03-16", first), split.work("2024-03-16", 125 - first);
    EXPECT_EQ(split.claim()->lines.back().amount, one.claim()->lines.back().amount) << first;
  }
}

TEST(Claim, stops_at_everything_that_is_missing_and_never_counts_it_as_nothing) {
  const auto codes = [](const Staffed& given) {
    std::vector<std::string> found;
    if (const auto claim = given.claim(); !claim)
      for (const Finding& finding : claim.error()) {
        found.push_back(finding.code);
        EXPECT_NE(text_of(finding.code), nullptr);
        EXPECT_NE(text_of(finding.code + ".do"), nullptr);
      }
    return found;
  };
  Staffed given;
  given.work("2024-03-04", 60);
  EXPECT_EQ(codes(given), std::vector<std::string>{});
  Staffed other = given;
  other.work("2024-03-05", 60, "project_economist", "2"), other.work("2024-03-06", 60, "", "3");
  EXPECT_EQ(codes(other), (std::vector<std::string>{"claim.no-function", "claim.no-rate"}));
  Staffed bare = given;
  bare.terms.staff_cost_model.clear(), bare.terms.rate_area.clear(), bare.terms.flat_rate.clear();
  EXPECT_EQ(codes(bare), (std::vector<std::string>{"claim.no-model", "claim.no-area", "claim.no-flat-rate", "claim.no-rate"}));
}

TEST(LumpSum, HM_12_is_paid_whole_or_not_at_all) {
  EXPECT_EQ(lump_sum(kr(10'000), false), Money{});
  EXPECT_EQ(lump_sum(kr(10'000), true), kr(10'000));
}

// CPR article 53(2). Amounts in euro.
TEST(SimplifiedOptions, HM_13_are_needed_up_to_the_limit_itself_and_never_with_State_aid) {
  struct {
    const char* name;
    std::optional<Money> cost, limit;
    std::optional<bool> state_aid, needed;
    const char* code;
  } const given_costs[] = {{"the limit itself", kr(200'000), kr(200'000), false, true, "claim.simplified-needed"},
                     {"a cent more", kr(200'000, 1), kr(200'000), false, false, "claim.model"},
                     {"State aid", kr(200'000), kr(200'000), true, false, "claim.model"},
                     {"the cost is not known", {}, kr(200'000), false, {}, "claim.model"},
                     {"no limit is known", kr(1), {}, false, {}, "claim.model"},
                     {"whether it is State aid is not known", kr(1), kr(200'000), {}, {}, "claim.model"}};
  for (const auto& c : given_costs) {
    Staffed given;
    given.work("2024-03-15", 60);
    given.terms.staff_cost_model = "real", given.terms.total_cost_eur = c.cost, given.terms.state_aid = c.state_aid;
    if (c.limit) given.rates.simplified_up_to = always(*c.limit);
    EXPECT_EQ(simplified_options_needed(given.terms, given.rates, day("2024-03-31")), c.needed) << c.name;
    ASSERT_FALSE(given.claim()) << c.name;
    EXPECT_EQ(given.claim().error()[0].code, c.code) << c.name;
    EXPECT_NE(text_of(given.claim().error()[0].code + ".do"), nullptr);
  }
}

// Accepted time of a participant who turns 25 on 10 March 2024; the rates are invented.
struct Compensated : Staffed {
  std::vector<TimeRecord> times;
  std::vector<LedgerLine> lines;
  std::vector<Participation> people{participation({.born = "1999-03-10"})};

  Compensated() {
    terms.participant_time_is_cofinancing = true;
    people[0].compensation = fact<std::string>("Aktivitetsstöd");
    rates.participant_rates = {
        {.value = {"aktivitetsstöd", std::nullopt, 24, kr(40)}, .valid = {day("2024-01-01"), std::nullopt}},
        {.value = {"aktivitetsstöd", 25, std::nullopt, kr(50)}, .valid = {day("2024-01-01"), std::nullopt}}};
    work("2024-03-15", 60);
  }
  void attend(std::string_view on, std::uint16_t accepted, std::uint16_t refused = 0) {
    lines.push_back({static_cast<std::uint32_t>(times.size()), accepted, refused});
    times.push_back({.day = day(on).days(), .minutes = static_cast<std::uint16_t>(accepted + refused)});
  }
  tl::expected<Claim, std::vector<Finding>> claimed() const {
    return claim_of(terms, rates, time, staff_ledger({terms, rates, time}, {}), Month::parse("2024-03").value(),
                    {times, lines, people});
  }
};

TEST(ParticipantTimeInAClaim, is_a_cost_by_kind_age_and_day_on_top_of_the_flat_rate) {
  Compensated given;
  given.attend("2024-03-09", 60), given.attend("2024-03-10", 90, 30), given.attend("2024-04-01", 600);
  const auto claim = given.claimed();
  ASSERT_TRUE(claim);
  EXPECT_EQ(claim->participants, kr(115)) << "40 and 75: the day of the birthday has the next rate, refused time none";
  EXPECT_EQ(total_of(*claim), kr(482) + kr(192, 80) + kr(115)) << "no 40 per cent of it";
  given.terms.participant_time_is_cofinancing = false;
  EXPECT_EQ(total_of(*given.claimed()), kr(674, 80)) << "HM-55";
}

TEST(ParticipantTimeInAClaim, stops_where_compensation_birth_date_or_rate_is_missing) {
  const auto code = [](const Compensated& given) { return given.claimed() ? std::string() : given.claimed().error()[0].code; };
  Compensated given;
  given.attend("2024-03-09", 60);
  EXPECT_EQ(code(given), "");
  Compensated kind = given, age = given, rate = given, refused;
  kind.people[0].compensation.reset();
  EXPECT_EQ(code(kind), "claim.no-compensation");
  EXPECT_EQ(kind.claimed().error()[0].values[1], "D-0001") << "who";
  age.people[0].born_on.reset();
  EXPECT_EQ(code(age), "claim.no-compensation");
  rate.rates.participant_rates.clear();
  EXPECT_EQ(code(rate), "claim.no-participant-rate");
  refused.people[0].compensation.reset();
  refused.attend("2024-03-09", 0, 60);
  EXPECT_EQ(code(refused), "") << "of refused time nothing is asked";
}

}  // namespace
}  // namespace horisont
