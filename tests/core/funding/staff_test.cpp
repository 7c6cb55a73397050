// Staff time under the caps of the person's day and year, over all projects (hours-and-money, HM-01 to HM-30).

#include "core/funding/staff.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "support/given.h"

namespace horisont {
namespace {

constexpr int hours = 60;

struct Row {
  std::string_view on;
  std::int64_t minutes;
  std::optional<int> share = 10'000;  // hundredths of a percent
  std::int64_t other_eu = 0;
  bool monthly = true;
  std::string_view absence = "";
  std::string_view staff = "10417";
  std::string_view employer = "Karlstads kommun";
  std::string_view activity = "";
};
std::vector<StaffTime> rows(const std::vector<Row>& given) {
  std::vector<StaffTime> all;
  for (const Row& row : given)
    all.push_back({.staff_id = std::string(row.staff),
                   .employer = std::string(row.employer),
                   .activity = std::string(row.activity),
                   .day = day(row.on).days(),
                   .monthly = row.monthly,
                   .minutes = Minutes{row.minutes},
                   .other_eu_minutes = Minutes{row.other_eu},
                   .employment_share = row.share,
                   .absence = std::string(row.absence)});
  return all;
}

ProgrammeTerms with_caps(int year_hours, std::optional<int> day_hours = {}) {
  ProgrammeTerms terms = programme();
  terms.staff_year_cap = always(Minutes{year_hours * hours});
  if (day_hours) terms.staff_day_cap = always(Minutes{*day_hours * hours});
  return terms;
}
const ProgrammeTerms esf_2014 = with_caps(1662), esf_plus = with_caps(1720, 13), without_caps = programme(),
                     forty_hours = with_caps(40, 13);

StaffLedger judged(const std::vector<Row>& given, const ProgrammeTerms& programme = esf_plus) {
  const auto time = rows(given);
  const ProjectTerms terms = project();
  return staff_ledger({terms, programme, time}, {});
}

// A year's hours in twelve totals, the rest in December.
std::vector<Row> year_of(std::int64_t minutes, std::optional<int> share = 10'000) {
  std::vector<Row> all;
  static constexpr std::string_view months[] = {"2017-01-01", "2017-02-01", "2017-03-01", "2017-04-01",
                                                "2017-05-01", "2017-06-01", "2017-07-01", "2017-08-01",
                                                "2017-09-01", "2017-10-01", "2017-11-01", "2017-12-01"};
  for (const auto month : months) all.push_back({.on = month, .minutes = minutes / 12, .share = share});
  all.back().minutes += minutes % 12;
  return all;
}

// The same of some months of 2017.
std::vector<Row> months_of(int first, int count, std::int64_t minutes, std::int64_t other_eu = 0) {
  std::vector<Row> all = year_of(12 * minutes / count);
  all = {all.begin() + first, all.begin() + first + count};
  for (Row& row : all) row.other_eu = other_eu / count;
  return all;
}

struct Case {
  const char* name;
  std::vector<Row> rows;
  const ProgrammeTerms* programme;
  std::int64_t accepted, refused;
  Reason reason;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
class StaffCaps : public ::testing::TestWithParam<Case> {};

TEST_P(StaffCaps, accept_up_to_the_cap_and_refuse_the_part_above) {
  const Case& c = GetParam();
  const StaffLedger found = judged(c.rows, *c.programme);
  EXPECT_EQ(found.minutes[0], c.accepted);
  EXPECT_EQ(found.minutes[static_cast<std::size_t>(c.reason)], c.reason == Reason::Accepted ? c.accepted : c.refused);
  std::int64_t reported = 0, everywhere = 0;
  for (const StaffTime& time : rows(c.rows)) reported += time.minutes.count();
  for (const std::int64_t minutes : found.minutes) everywhere += minutes;
  EXPECT_EQ(everywhere, reported) << "no minute is lost";
  EXPECT_EQ(reported, c.accepted + c.refused);
}

const Case cases[] = {
    {"HM_01_eighty_hours_above_1720", year_of(1800 * hours), &esf_plus, 1720 * hours, 80 * hours, Reason::OverYearLimit},
    {"HM_02_exactly_1720", year_of(1720 * hours), &esf_plus, 1720 * hours, 0, Reason::Accepted},
    {"HM_03_sixty_per_cent_have_1032", year_of(1040 * hours, 6000), &esf_plus, 1032 * hours, 8 * hours, Reason::OverYearLimit},
    {"HM_15_share_of_employment_missing", year_of(100 * hours, std::nullopt), &esf_plus, 0, 100 * hours, Reason::Undecided},
    {"HM_27_one_hour_above_1662", year_of(1663 * hours), &esf_2014, 1662 * hours, 1 * hours, Reason::OverYearLimit},
    {"exactly_1662", year_of(1662 * hours), &esf_2014, 1662 * hours, 0, Reason::Accepted},
    {"HM_26_thirteen_hours", {{.on = "2017-03-02", .minutes = 780, .monthly = false}}, &esf_plus, 780, 0, Reason::Accepted},
    {"HM_26_one_minute_more",
     {{.on = "2017-03-02", .minutes = 781, .monthly = false}},
     &esf_plus,
     780,
     1,
     Reason::OverDayLimit},
    {"no_cap_per_day_is_known_for_2014",
     {{.on = "2017-03-02", .minutes = 781, .monthly = false}},
     &esf_2014,
     781,
     0,
     Reason::Accepted},
    {"other_EU_projects_use_the_day_up",
     {{.on = "2017-03-02", .minutes = 480, .other_eu = 360, .monthly = false}},
     &esf_plus,
     420,
     60,
     Reason::OverDayLimit},
    {"other_EU_projects_use_the_year_up", months_of(0, 12, 120 * hours, 1680 * hours), &esf_plus, 110 * hours, 10 * hours,
     Reason::OverYearLimit},
    {"half_time_has_exactly_860", year_of(860 * hours, 5000), &esf_plus, 860 * hours, 0, Reason::Accepted},
    {"half_time_and_a_minute", year_of(860 * hours + 1, 5000), &esf_plus, 860 * hours, 1, Reason::OverYearLimit},
    {"half_time_has_exactly_831_in_2014_2020", year_of(831 * hours, 5000), &esf_2014, 831 * hours, 0, Reason::Accepted},
    {"half_time_and_a_minute_in_2014_2020", year_of(831 * hours + 1, 5000), &esf_2014, 831 * hours, 1, Reason::OverYearLimit},
    {"a_third_of_an_hour_of_the_cap_is_rounded_down", year_of(573 * hours + 20, 3333), &esf_plus, 1720 * hours * 3333 / 10'000,
     573 * hours + 20 - 1720 * hours * 3333 / 10'000, Reason::OverYearLimit},
    {"a_share_stated_late_says_nothing_of_the_months_before",
     {{.on = "2017-10-31", .minutes = 8 * hours, .share = std::nullopt, .monthly = false},
      {.on = "2017-11-01", .minutes = 61 * hours, .share = 5000},
      {.on = "2017-12-01", .minutes = 10 * hours, .share = std::nullopt}},
     &esf_plus,
     71 * hours,
     8 * hours,
     Reason::Undecided},
    {"a_month_has_thirteen_hours_for_each_of_its_days",
     {{.on = "2017-04-01", .minutes = 30 * 13 * hours}},
     &esf_plus,
     390 * hours,
     0,
     Reason::Accepted},
    {"and_no_minute_more",
     {{.on = "2017-04-01", .minutes = 30 * 13 * hours + 1}},
     &esf_plus,
     390 * hours,
     1,
     Reason::OverMonthLimit},
    {"the_days_of_the_month_use_it_up",
     {{.on = "2017-04-03", .minutes = 60, .monthly = false, .activity = "lead"},
      {.on = "2017-04-01", .minutes = 390 * hours, .activity = "teach"}},
     &esf_plus,
     390 * hours,
     60,
     Reason::OverMonthLimit},
    {"a_month_s_total_beside_its_days_says_them_once_more",
     {{.on = "2017-04-03", .minutes = 8 * hours, .monthly = false, .activity = "lead"},
      {.on = "2017-04-01", .minutes = 100 * hours, .activity = "Lead "}},
     &esf_plus,
     8 * hours,
     100 * hours,
     Reason::Duplicate},
    {"also_where_one_of_them_states_no_activity",
     {{.on = "2017-04-03", .minutes = 8 * hours, .monthly = false}, {.on = "2017-04-01", .minutes = 100 * hours, .activity = "lead"}},
     &esf_plus,
     8 * hours,
     100 * hours,
     Reason::Duplicate},
    {"not_where_the_day_is_of_another_month",
     {{.on = "2017-05-02", .minutes = 8 * hours, .monthly = false}, {.on = "2017-04-01", .minutes = 100 * hours}},
     &esf_plus,
     108 * hours,
     0,
     Reason::Accepted},
    {"a_leap_February_has_a_day_more",
     {{.on = "2016-02-01", .minutes = 29 * 13 * hours + 1}},
     &esf_plus,
     377 * hours,
     1,
     Reason::OverMonthLimit},
    {"other_February_has_not",
     {{.on = "2017-02-01", .minutes = 28 * 13 * hours + 1}},
     &esf_plus,
     364 * hours,
     1,
     Reason::OverMonthLimit},
    {"where_no_cap_per_day_is_known_a_day_has_24_hours",
     {{.on = "2017-04-01", .minutes = 30 * 24 * hours + 1}},
     &esf_2014,
     720 * hours,
     1,
     Reason::OverMonthLimit},
    {"a_year_without_a_cap_in_the_terms", year_of(2000 * hours), &without_caps, 2000 * hours, 0, Reason::Accepted},
    {"a_day_has_no_more_than_24_hours_whatever_the_terms_say",
     {{.on = "2017-03-02", .minutes = 25 * hours, .monthly = false}},
     &esf_2014,
     24 * hours,
     1 * hours,
     Reason::OverDayLimit},
    {"29_February_is_a_day_like_others",
     {{.on = "2016-02-29", .minutes = 781, .monthly = false}},
     &esf_plus,
     780,
     1,
     Reason::OverDayLimit},
    {"the_next_year_is_another_year",
     {{.on = "2016-12-01", .minutes = 40 * hours}, {.on = "2017-01-01", .minutes = 10 * hours}},
     &forty_hours,
     50 * hours,
     0,
     Reason::Accepted},
    {"outside_the_project", {{.on = "2018-07-01", .minutes = 60}}, &esf_plus, 0, 60, Reason::OutsideProject},
    {"the_last_day_of_the_project",
     {{.on = "2018-06-30", .minutes = 60, .monthly = false}},
     &esf_plus,
     60,
     0,
     Reason::Accepted},
    {"absence",
     {{.on = "2017-03-02", .minutes = 60, .monthly = false, .absence = "excused"}},
     &esf_plus,
     0,
     60,
     Reason::Absence},
};
INSTANTIATE_TEST_SUITE_P(Staff, StaffCaps, ::testing::ValuesIn(cases), [](const auto& test) { return test.param.name; });

TEST(StaffLedger, a_share_that_changes_inside_a_year_counts_by_month) {
  // Half a year full time, half a year half time: three quarters of 1,720 hours.
  auto given = year_of(1720 * hours);
  for (std::size_t month = 6; month < 12; ++month) given[month].share = 5000;
  const StaffLedger found = judged(given);
  ASSERT_EQ(found.years.size(), 1u);
  EXPECT_EQ(found.years[0].employment_share, 7500);
  EXPECT_EQ(found.years[0].cap, Minutes{1290 * hours});
  EXPECT_EQ(found.minutes[0], 1290 * hours);
}

TEST(StaffLedger, a_share_stated_once_holds_from_its_month_on) {
  auto given = year_of(1720 * hours, std::nullopt);
  given[4].share = 5000;
  const StaffLedger found = judged(given);
  EXPECT_EQ(found.minutes[0], 860 * hours);
  EXPECT_EQ(found.minutes[static_cast<std::size_t>(Reason::Undecided)], 4 * 1720 * hours / 12) << "January to April";
  given[0].share = 5000;
  EXPECT_EQ(judged(given).minutes[static_cast<std::size_t>(Reason::Undecided)], 0);
}

TEST(StaffLedger, the_cap_of_a_part_of_the_year_is_told_and_applied_only_where_the_terms_say_so) {
  const std::vector<Row> spring{{.on = "2017-01-01", .minutes = 200 * hours}, {.on = "2017-03-01", .minutes = 300 * hours}};
  const StaffLedger found = judged(spring);
  EXPECT_EQ(found.minutes[0], 500 * hours);
  EXPECT_EQ(found.years[0].part_year_cap, Minutes{430 * hours}) << "three months of twelve";
  ProgrammeTerms part_year = esf_plus;
  part_year.part_year_cap = always(true);
  EXPECT_EQ(judged(spring, part_year).minutes[0], 430 * hours);
}

TEST(StaffLedger, HM_30_the_cap_holds_over_all_projects_of_the_installation) {
  const ProjectTerms a = project(), b = project({.project = "varmlands-framtid"});
  const auto in_a = rows(months_of(0, 6, 900 * hours)), in_b = rows(months_of(6, 6, 900 * hours));
  const StaffOf of_a{a, esf_plus, in_a}, of_b{b, esf_plus, in_b};
  const StaffLedger from_a = staff_ledger(of_a, std::span(&of_b, 1)), from_b = staff_ledger(of_b, std::span(&of_a, 1));
  EXPECT_EQ(from_a.minutes[0], 900 * hours);
  EXPECT_EQ(from_b.minutes[0], 820 * hours);
  EXPECT_EQ(from_b.minutes[static_cast<std::size_t>(Reason::OverYearLimit)], 80 * hours) << "the latest hours first";
  EXPECT_EQ(from_b.years[0].here, 900 * hours);
  EXPECT_EQ(from_b.years[0].elsewhere, 900 * hours);
}

// The same as HM-30; what is stated of another Union fund's project, which the installation does not know, is used up first.
TEST(StaffLedger, HM_31_hours_of_a_project_of_another_Union_fund_count_as_well) {
  const ProjectTerms a = project(), b = project({.project = "varmlands-framtid"});
  ProgrammeTerms other_fund = esf_plus;
  other_fund.key = "eruf-2021-2027";
  const auto in_a = rows(months_of(0, 6, 900 * hours)), in_b = rows(months_of(6, 6, 900 * hours));
  const StaffOf of_a{a, esf_plus, in_a}, of_b{b, other_fund, in_b};
  EXPECT_EQ(staff_ledger(of_a, std::span(&of_b, 1)).minutes[static_cast<std::size_t>(Reason::OverYearLimit)] +
                staff_ledger(of_b, std::span(&of_a, 1)).minutes[static_cast<std::size_t>(Reason::OverYearLimit)],
            80 * hours);
  auto stated = months_of(0, 6, 0, 900 * hours);
  for (const Row& row : months_of(6, 6, 900 * hours)) stated.push_back(row);
  EXPECT_EQ(judged(stated).minutes[static_cast<std::size_t>(Reason::OverYearLimit)], 80 * hours);
}

// What is refused for another reason takes nothing of the year's cap.
TEST(StaffLedger, the_year_tells_what_is_left_of_the_cap_and_what_it_refused) {
  ProgrammeTerms with_signature = with_caps(40, 13);
  with_signature.staff_signature = always(std::string("person"));
  auto time = rows({{.on = "2017-03-01", .minutes = 30 * hours}, {.on = "2017-04-01", .minutes = 20 * hours}, {.on = "2017-05-01", .minutes = 10 * hours + 15}});
  time[0].signed_on = time[2].signed_on = day("2017-06-01");
  const ProjectTerms terms = project();
  const auto year = [&] { return staff_ledger({terms, with_signature, time}, {}).years.at(0); };
  EXPECT_EQ(year().here, 60 * hours + 15);
  EXPECT_EQ(year().accepted, 40 * hours);
  EXPECT_EQ(year().used(), 40 * hours);
  EXPECT_EQ(year().left(), 0) << "exactly the cap";
  EXPECT_EQ(year().over, 15) << "the twenty hours are refused for the signature";
  time[2].minutes = Minutes{10 * hours - 1};
  EXPECT_EQ(year().left(), 1);
  EXPECT_EQ(year().over, 0);
}

TEST(StaffLedger, thirteen_hours_a_day_are_of_all_projects_together) {
  const ProjectTerms a = project(), b = project({.project = "varmlands-framtid"});
  const auto refused_over_both = [&](std::int64_t in_b_minutes) {
    const auto in_a = rows({{.on = "2017-03-02", .minutes = 400, .monthly = false}}),
               in_b = rows({{.on = "2017-03-02", .minutes = in_b_minutes, .monthly = false}});
    const StaffOf of_a{a, esf_plus, in_a}, of_b{b, esf_plus, in_b};
    const StaffLedger from_a = staff_ledger(of_a, std::span(&of_b, 1)), from_b = staff_ledger(of_b, std::span(&of_a, 1));
    return std::pair(from_a.lines[0].refused, from_b.lines[0].refused);
  };
  EXPECT_EQ(refused_over_both(380), std::pair(std::int64_t{0}, std::int64_t{0})) << "13 hours exactly";
  EXPECT_EQ(refused_over_both(381), std::pair(std::int64_t{0}, std::int64_t{1})) << "once, of the project with the later key";
}

TEST(StaffLedger, whole_hours_are_rounded_down_where_the_call_says_so) {
  // Three days of 59, 61 and 60 minutes, two rows on the last.
  const auto whole = [](RoundingLevel level, Rounding rounding = Rounding::Down) {
    ProgrammeTerms terms = esf_plus;
    terms.whole_hours_level = always(level), terms.whole_hours_rounding = always(rounding);
    const StaffLedger found = judged({{.on = "2017-03-01", .minutes = 59, .monthly = false},
                                      {.on = "2017-03-02", .minutes = 61, .monthly = false},
                                      {.on = "2017-03-03", .minutes = 30, .monthly = false},
                                      {.on = "2017-03-03", .minutes = 30, .monthly = false}},
                                     terms);
    EXPECT_EQ(found.months[0].accepted, 180) << "the minutes stay";
    return found.months[0].whole_hours;
  };
  EXPECT_EQ(whole(RoundingLevel::Month), 3);
  EXPECT_EQ(whole(RoundingLevel::Day), 2);
  EXPECT_EQ(whole(RoundingLevel::Row), 1);
  EXPECT_EQ(whole(RoundingLevel::Row, Rounding::HalfUp), 4);
  const StaffLedger short_of_an_hour = judged({{.on = "2017-03-01", .minutes = 59, .monthly = false}});
  EXPECT_EQ(short_of_an_hour.months[0].whole_hours, 0) << "HM-42: the month stays, with nothing";
  EXPECT_EQ(short_of_an_hour.months[0].accepted, 59);
}

TEST(StaffLedger, rounding_down_never_pays_more_for_split_rows) {
  std::mt19937 random{3};
  for (int round = 0; round < 200; ++round) {
    const std::int64_t minutes = static_cast<std::int64_t>(random() % 700) + 2,
                       first = static_cast<std::int64_t>(random()) % minutes;
    for (const RoundingLevel level : {RoundingLevel::Row, RoundingLevel::Day, RoundingLevel::Month}) {
      ProgrammeTerms terms = esf_plus;
      terms.whole_hours_level = always(level);
      const auto whole = [&](const std::vector<Row>& given) { return judged(given, terms).months[0].whole_hours; };
      const auto one = whole({{.on = "2017-03-01", .minutes = minutes, .monthly = false}});
      const auto split = whole({{.on = "2017-03-01", .minutes = first, .monthly = false},
                                {.on = "2017-03-01", .minutes = minutes - first, .monthly = false}});
      EXPECT_LE(split, one) << first << " of " << minutes;
      if (level != RoundingLevel::Row) {
        EXPECT_EQ(split, one);
      }
    }
  }
}

TEST(StaffLedger, hours_of_the_installation_are_not_counted_again_as_other_EU_hours) {
  const ProjectTerms a = project(), b = project({.project = "varmlands-framtid"});
  const auto in_a = rows({{.on = "2017-03-02", .minutes = 240, .other_eu = 240, .monthly = false}});
  const auto in_b = rows({{.on = "2017-03-02", .minutes = 240, .other_eu = 240, .monthly = false}});
  const StaffOf of_a{a, esf_plus, in_a}, of_b{b, esf_plus, in_b};
  EXPECT_EQ(staff_ledger(of_a, std::span(&of_b, 1)).years[0].other_eu, 0);
  EXPECT_EQ(staff_ledger(of_a, {}).years[0].other_eu, 240);
}

TEST(StaffLedger, time_counts_when_signed_as_the_programme_asks) {
  ProgrammeTerms by_person = esf_plus, by_both = esf_plus;
  by_person.staff_signature = always(std::string("person"));
  by_both.staff_signature = always(std::string("person_and_approver"));
  const ProjectTerms terms = project();
  const auto accepted = [&](const ProgrammeTerms& programme, bool is_signed, bool is_approved, std::int64_t minutes = 60) {
    auto time = rows({{.on = "2017-03-02", .minutes = minutes, .monthly = false}});
    if (is_signed) time[0].signed_on = day("2017-04-01");
    time[0].approved_by = "Birgitta Norén";  // a name alone is no signature
    if (is_approved) time[0].approved_on = day("2017-04-02");
    const StaffLedger found = staff_ledger({terms, programme, time}, {});
    EXPECT_EQ(found.minutes[static_cast<std::size_t>(Reason::NotSigned)], minutes - found.minutes[0]);
    EXPECT_EQ(found.lines[0].reason, found.minutes[0] == minutes ? Reason::Accepted : Reason::NotSigned);
    return found.minutes[0];
  };
  EXPECT_EQ(accepted(by_person, true, false), 60);
  EXPECT_EQ(accepted(by_person, false, true), 0);
  EXPECT_EQ(accepted(by_both, true, true), 60);
  EXPECT_EQ(accepted(by_both, true, false), 0);
  EXPECT_EQ(accepted(esf_plus, false, false), 60) << "no signature is asked for";
  EXPECT_EQ(accepted(by_both, false, false, 0), 0) << "and a month of zeros needs none";
}

// CPR article 55(5), W7. A twelfth of 1,720 hours is 143 h 20 min; half of it 71 h 40 min.
TEST(FixedShare, stands_for_time_sheets_by_the_employers_document_and_its_share_of_the_month) {
  struct {
    const char* name;
    bool allowed;
    std::int64_t minutes;
    std::optional<int> employment, share;
    bool monthly;
    std::int64_t accepted;
    Reason reason;
  } const shares[] = {
      {"exactly half a month", true, 71 * 60 + 40, 10'000, 5'000, true, 71 * 60 + 40, Reason::Accepted},
      {"a minute more", true, 71 * 60 + 41, 10'000, 5'000, true, 71 * 60 + 40, Reason::OverMonthLimit},
      {"half of half a post", true, 36 * 60, 5'000, 5'000, true, 35 * 60 + 50, Reason::OverMonthLimit},
      {"no share of the project", true, 60, 10'000, {}, true, 0, Reason::Undecided},
      {"no share of employment", true, 60, {}, 5'000, true, 0, Reason::Undecided},
      {"a day is no month", true, 60, 10'000, 5'000, false, 0, Reason::Undecided},
      {"where the programme has none it is a time sheet, and wants a signature", false, 60, 10'000, 5'000, true, 0, Reason::NotSigned},
  };
  for (const auto& c : shares) {
    ProgrammeTerms terms = esf_plus;
    terms.staff_signature = always(std::string("person"));
    if (c.allowed) terms.staff_fixed_share = always(true);
    auto time = rows({{.on = "2017-03-01", .minutes = c.minutes, .share = c.employment, .monthly = c.monthly}});
    time[0].project_share = c.share;
    time[0].fixed_share_document = "Beslut KS 2017:4";
    const ProjectTerms here = project();
    const StaffLedger found = staff_ledger({here, terms, time}, {});
    EXPECT_EQ(found.lines[0].accepted, c.accepted) << c.name;
    EXPECT_EQ(found.lines[0].reason, c.reason) << c.name;
    EXPECT_EQ(found.lines[0].accepted + found.lines[0].refused, c.minutes) << c.name;
  }
}

// "08:00-12:00" of a member's day; minutes are those of the clock where none are given.
struct Stay {
  std::string_view times;
  std::string_view on = "2017-03-02";
  std::int64_t minutes = -1;
  std::string_view project = "ung-horisont";
  std::string_view activity = "lead";
  std::string_view absence = "";
};
StaffTime stay_row(const Stay& stay) {
  const auto minute = [&](std::size_t at) { return static_cast<std::int16_t>(std::stoi(std::string(stay.times.substr(at, 2))) * 60 + std::stoi(std::string(stay.times.substr(at + 3, 2)))); };
  StaffTime time = rows({{.on = stay.on, .minutes = stay.minutes, .monthly = false, .absence = stay.absence, .activity = stay.activity}})[0];
  if (stay.times.empty()) return time;
  time.start = minute(0);
  if (stay.times.size() > 6) time.end = minute(6);
  if (stay.minutes < 0) time.minutes = Minutes{time.end - time.start};
  return time;
}
// What both projects refuse of each stay, in the order given, and how many days cannot be told.
struct Placed {
  std::vector<std::int64_t> refused;
  std::vector<Reason> reasons;
  std::vector<std::string> with;
  std::size_t untold = 0;
};
Placed placed(const std::vector<Stay>& stays, const ProgrammeTerms& terms = esf_2014) {
  const ProjectTerms a = project(), b = project({.project = "varmlands-framtid"});
  std::vector<StaffTime> of_a, of_b;
  for (const Stay& stay : stays) (stay.project == a.key ? of_a : of_b).push_back(stay_row(stay));
  const StaffOf in_a{a, terms, of_a}, in_b{b, terms, of_b};
  const StaffLedger found_a = staff_ledger(in_a, std::span(&in_b, 1)), found_b = staff_ledger(in_b, std::span(&in_a, 1));
  Placed found{.untold = std::max(found_a.untold.size(), found_b.untold.size())};
  std::size_t at_a = 0, at_b = 0;
  for (const Stay& stay : stays) {
    const StaffLedger& ledger = stay.project == a.key ? found_a : found_b;
    const StaffLine& line = ledger.lines[stay.project == a.key ? at_a++ : at_b++];
    found.refused.push_back(line.refused), found.reasons.push_back(line.reason);
    for (const StaffTwoPlaces& both : ledger.two_places)
      if (both.record == line.record) found.with.push_back(both.with);
  }
  return found;
}

TEST(StaffPlaces, nobody_is_in_two_places_to_the_minute) {
  constexpr std::string_view there = "varmlands-framtid";
  struct {
    const char* name;
    std::vector<Stay> stays;
    std::vector<std::int64_t> refused;
    Reason reason;
    std::size_t untold = 0;
  } const places[] = {
      {"touching", {{"08:00-12:00"}, {.times = "12:00-16:00", .activity = "teach"}}, {0, 0}, Reason::Accepted},
      {"one minute", {{"08:00-12:00"}, {.times = "11:59-16:00", .activity = "teach"}}, {0, 1}, Reason::Overlap},
      {"the later row comes first", {{.times = "11:59-16:00", .activity = "teach"}, {"08:00-12:00"}}, {1, 0}, Reason::Overlap},
      {"wholly within", {{"08:00-16:00"}, {.times = "10:00-11:00", .activity = "teach"}}, {0, 60}, Reason::Overlap},
      {"over a third that is short", {{"08:00-16:00"}, {.times = "09:00-10:00", .activity = "teach"}, {.times = "15:00-17:00", .activity = "write"}}, {0, 60, 60}, Reason::Overlap},
      {"another project, touching", {{"08:00-12:00"}, {.times = "12:00-16:00", .project = there}}, {0, 0}, Reason::Accepted},
      {"another project, one minute", {{"08:00-12:00"}, {.times = "11:59-16:00", .project = there}}, {0, 1}, Reason::OverlapElsewhere},
      {"both begin at once: the project with the first key has it", {{.times = "08:00-12:00", .project = there}, {"08:00-10:00"}}, {120, 0}, Reason::OverlapElsewhere},
      {"covered here and there: it is told of here", {{"08:00-12:00"}, {.times = "08:00-14:00", .activity = "teach"}, {.times = "08:00-16:00", .project = there}},
       {0, 240, 360}, Reason::Overlap},
      {"until 24:00", {{"20:00-24:00"}, {.times = "23:59-24:00", .activity = "teach"}}, {0, 1}, Reason::Overlap},
      {"over midnight: the day and the next", {{"22:00-24:00"}, {"00:00-02:00", "2017-03-03"}, {.times = "01:59-03:00", .on = "2017-03-03", .activity = "teach"}}, {0, 0, 1}, Reason::Overlap},
      {"the same times of another day", {{"08:00-12:00"}, {"08:00-12:00", "2017-03-03"}}, {0, 0}, Reason::Accepted},
      {"an absence takes up no time", {{.times = "08:00-12:00", .absence = "excused"}, {.times = "08:00-12:00", .activity = "teach"}}, {240, 0}, Reason::Absence},
      {"a break is somewhere within", {{.times = "08:00-17:00", .minutes = 480}, {.times = "12:00-13:00", .project = there}}, {0, 60}, Reason::OverlapElsewhere},
      {"of the later with a break no more than its minutes", {{"08:00-17:00"}, {.times = "08:30-16:30", .minutes = 420, .activity = "teach"}}, {0, 420}, Reason::Overlap},
      {"no end: as long as its minutes", {{.times = "08:00", .minutes = 120}, {.times = "10:00-11:00", .activity = "teach"}}, {0, 0}, Reason::Accepted},
      {"no end, a minute longer", {{.times = "08:00", .minutes = 121}, {.times = "10:00-11:00", .activity = "teach"}}, {0, 1}, Reason::Overlap},
      {"over the change in October five hours are in common", {{"00:00-04:00", "2017-10-29", 300}, {"00:00-04:00", "2017-10-29", 300, there}}, {0, 300}, Reason::OverlapElsewhere},
      {"in October the later row is refused by the minutes that pass", {{"00:00-04:00", "2017-10-29", 300}, {"01:00-05:00", "2017-10-29", 300, there}}, {0, 240},
       Reason::OverlapElsewhere},
      {"the first half past two is before the second", {{"01:00-02:30", "2017-10-29", 90}, {"02:15-05:00", "2017-10-29", 165, there}}, {0, 0}, Reason::Accepted},
      {"over the change in March", {{"00:00-03:30", "2017-03-26", 150}, {"01:00-05:00", "2017-03-26", 180, there}}, {0, 90}, Reason::OverlapElsewhere},
      {"touching at the change in March", {{"00:00-02:00", "2017-03-26", 120}, {"03:00-05:00", "2017-03-26", 120, there}}, {0, 0}, Reason::Accepted},
      {"one without times beside one with them cannot be told", {{"08:00-12:00"}, {.times = "", .minutes = 240, .activity = "teach"}}, {0, 0}, Reason::Accepted, 1},
      {"nor two projects without times", {{.times = "", .minutes = 240}, {.times = "", .minutes = 240, .project = there}}, {0, 0}, Reason::Accepted, 1},
      {"a day's parts of one project without any times are no two places", {{.times = "", .minutes = 240}, {.times = "", .minutes = 240, .activity = "teach"}}, {0, 0}, Reason::Accepted},
      {"one without times that was an absence", {{"08:00-12:00"}, {.times = "", .minutes = 0, .project = there}}, {0, 0}, Reason::Accepted},
  };
  for (const auto& c : places) {
    const Placed found = placed(c.stays);
    EXPECT_EQ(found.refused, c.refused) << c.name;
    EXPECT_EQ(found.untold, c.untold) << c.name;
    for (std::size_t i = 0; i < c.refused.size(); ++i) EXPECT_TRUE(c.refused[i] == 0 || found.reasons[i] == c.reason || found.reasons[i] == Reason::OverlapElsewhere) << c.name;
  }
  EXPECT_EQ(placed({{"08:00-12:00"}, {.times = "09:00-13:00", .activity = "teach"}, {.times = "11:00-14:00", .project = there}}).with,
            (std::vector<std::string>{"08:00–12:00", "ung-horisont 09:00–13:00"}));
  ProgrammeTerms by_clock = esf_2014;
  by_clock.clock_change_counts = always(false);
  EXPECT_EQ(placed({{"00:00-04:00", "2017-10-29", 240}, {"01:00-05:00", "2017-10-29", 240, there}}, by_clock).refused, (std::vector<std::int64_t>{0, 180}));
}

TEST(StaffPlaces, an_overlap_goes_before_a_cap_and_uses_none_of_it) {
  // 13 hours a day: 7 + 7, of which one hour is the same. The hour is refused as overlap; what is left is 13 exactly.
  EXPECT_EQ(placed({{"06:00-13:00"}, {.times = "12:00-19:00", .activity = "teach"}}, esf_plus).refused, (std::vector<std::int64_t>{0, 60}));
  EXPECT_EQ(placed({{"06:00-13:00"}, {.times = "12:00-19:00", .activity = "teach"}}, esf_plus).reasons[1], Reason::Overlap);
  const Placed more = placed({{"06:00-13:00"}, {.times = "12:00-19:01", .activity = "teach"}}, esf_plus);
  EXPECT_EQ(more.refused, (std::vector<std::int64_t>{0, 61}));
  EXPECT_EQ(more.reasons[1], Reason::OverDayLimit) << "of two causes the first in the order of Reason";
}

TEST(StaffPlaces, a_member_s_minute_counts_once_in_whatever_order_rows_come) {
  std::mt19937 random{166};
  for (int round = 0; round < 300; ++round) {
    std::vector<Stay> stays;
    std::vector<std::string> times;
    times.reserve(12);
    std::vector<bool> any(1440, false);
    for (int i = 0; i < 8; ++i) {
      const int from = static_cast<int>(random() % 1300), to = from + 1 + static_cast<int>(random() % static_cast<unsigned>(std::min(300, 1440 - from)));
      const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
      times.push_back(two(from / 60) + ":" + two(from % 60) + "-" + two(to / 60) + ":" + two(to % 60));
      static constexpr std::string_view activities[] = {"lead", "teach"}, projects[] = {"ung-horisont", "varmlands-framtid"};
      stays.push_back({.times = times.back(), .project = projects[random() % 2], .activity = activities[random() % 2]});
      for (int minute = from; minute < to; ++minute) any[static_cast<std::size_t>(minute)] = true;
    }
    const Placed first = placed(stays);
    std::int64_t accepted = 0;
    for (std::size_t i = 0; i < stays.size(); ++i) accepted += stay_row(stays[i]).minutes.count() - first.refused[i];
    EXPECT_EQ(accepted, std::count(any.begin(), any.end(), true)) << "each minute in which the member was somewhere, once";
    std::vector<std::size_t> order(stays.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), random);
    std::vector<Stay> shuffled;
    for (const std::size_t i : order) shuffled.push_back(stays[i]);
    const Placed again = placed(shuffled);
    const auto by_row = [&](const std::vector<Stay>& given, const Placed& found) {
      std::multiset<std::string> all;
      for (std::size_t i = 0; i < given.size(); ++i)
        all.insert(std::string(given[i].times) + " " + std::string(given[i].project) + " " + std::string(given[i].activity) + " " + std::to_string(found.refused[i]) + " " +
                   std::string(name_of(found.reasons[i])));
      return all;
    };
    EXPECT_EQ(by_row(shuffled, again), by_row(stays, first));
  }
}

TEST(FixedShare, refuses_time_sheets_of_the_same_month_and_project_beside_it) {
  ProgrammeTerms terms = esf_plus;
  terms.staff_fixed_share = always(true);
  auto time = rows({{.on = "2017-03-01", .minutes = 60},
                    {.on = "2017-03-02", .minutes = 60, .monthly = false},
                    {.on = "2017-04-03", .minutes = 60, .monthly = false},
                    {.on = "2017-03-01", .minutes = 71 * 60}});
  for (const std::size_t fixed : {0u, 3u}) time[fixed].fixed_share_document = "Beslut KS 2017:4", time[fixed].project_share = 5'000;
  const ProjectTerms here = project(), there = project({.project = "varmlands-framtid"});
  const StaffLedger found = staff_ledger({here, terms, time}, {});
  EXPECT_EQ(found.lines[1].reason, Reason::BesideFixedShare);
  EXPECT_EQ(found.lines[2].reason, Reason::Accepted) << "another month";
  EXPECT_EQ(found.lines[0].accepted + found.lines[3].accepted, 71 * 60 + 40) << "two rows share the month";
  const auto sheet = rows({{.on = "2017-03-02", .minutes = 60, .monthly = false}});
  const StaffOf other{here, terms, time};
  EXPECT_EQ(staff_ledger({there, terms, sheet}, std::span(&other, 1)).lines[0].reason, Reason::Accepted) << "another project";
}

TEST(StaffHolidays, are_refused_only_where_the_programme_refuses_them) {
  ProgrammeTerms refused = esf_plus, accepted = esf_plus;
  refused.staff_holidays = always(false), accepted.staff_holidays = always(true);
  const std::vector<Row> good_friday{{.on = "2017-04-14", .minutes = 60, .monthly = false}},
      day_before{{.on = "2017-04-13", .minutes = 60, .monthly = false}}, month{{.on = "2017-01-01", .minutes = 60}};
  EXPECT_EQ(judged(good_friday, refused).lines[0].reason, Reason::Holiday);
  EXPECT_EQ(judged(day_before, refused).lines[0].reason, Reason::Accepted);
  EXPECT_EQ(judged(month, refused).lines[0].reason, Reason::Accepted) << "a month's total has no day";
  EXPECT_EQ(judged(good_friday, accepted).lines[0].reason, Reason::Accepted);
  EXPECT_EQ(judged(good_friday).lines[0].reason, Reason::Accepted) << "nothing is said";
}

TEST(StaffLedger, the_same_number_of_two_employers_is_two_people) {
  const StaffLedger found = judged({{.on = "2017-03-02", .minutes = 700, .monthly = false, .employer = "Karlstads kommun"},
                                    {.on = "2017-03-02", .minutes = 700, .monthly = false, .employer = "Hagfors kommun"}});
  EXPECT_EQ(found.minutes[0], 1400);
  EXPECT_EQ(found.months.size(), 2u);
}

TEST(StaffLedger, days_above_the_cap_are_listed_with_all_projects) {
  const ProjectTerms a = project(), b = project({.project = "varmlands-framtid"});
  const auto in_a = rows({{.on = "2017-03-02", .minutes = 480, .monthly = false}}),
             in_b = rows({{.on = "2017-03-02", .minutes = 480, .monthly = false}});
  const StaffOf of_a{a, esf_plus, in_a}, of_b{b, esf_plus, in_b};
  const StaffLedger found = staff_ledger(of_b, std::span(&of_a, 1));
  ASSERT_EQ(found.days.size(), 1u);
  EXPECT_EQ(found.days[0].everywhere, 960);
  EXPECT_EQ(found.days[0].cap, 780);
  EXPECT_EQ(found.days[0].refused_here + staff_ledger(of_a, std::span(&of_b, 1)).days[0].refused_here, 180) << "once over both";
}

TEST(StaffLedger, a_month_is_signed_when_every_row_with_time_is) {
  auto time = rows({{.on = "2017-03-02", .minutes = 60, .monthly = false},
                    {.on = "2017-03-03", .minutes = 90, .monthly = false},
                    {.on = "2017-03-04", .minutes = 0, .monthly = false}});
  time[0].signed_on = day("2017-04-01"), time[1].signed_on = day("2017-04-03"), time[0].approved_on = day("2017-04-04");
  const ProjectTerms terms = project();
  const StaffLedger found = staff_ledger({terms, esf_plus, time}, {});
  ASSERT_EQ(found.months.size(), 1u);
  EXPECT_EQ(found.months[0].signed_on, day("2017-04-03"));
  EXPECT_EQ(found.months[0].approved_on, std::nullopt);
  EXPECT_EQ(found.months[0].accepted, 150);
  EXPECT_EQ(found.months[0].whole_hours, 2);
}

TEST(StaffLedger, no_minute_is_lost_and_the_order_of_rows_does_not_matter) {
  std::mt19937 random{11};
  for (int round = 0; round < 100; ++round) {
    std::vector<Row> given;
    for (int i = 0; i < 30; ++i) {
      static constexpr std::string_view days[] = {"2016-02-29", "2017-03-01", "2017-03-02", "2018-06-30", "2018-07-01"};
      given.push_back({.on = days[random() % 5],
                       .minutes = static_cast<std::int64_t>(random() % 900),
                       .share = random() % 3 ? std::optional<int>(5000) : std::nullopt,
                       .other_eu = static_cast<std::int64_t>(random() % 3 ? 0 : random() % 300),
                       .monthly = random() % 4 == 0,
                       .staff = random() % 2 ? "1" : "2"});
    }
    const StaffLedger first = judged(given, with_caps(40, 13));
    std::int64_t reported = 0, counted = 0, by_month = 0, by_year = 0;
    for (const Row& row : given) reported += row.minutes;
    for (const std::int64_t minutes : first.minutes) counted += minutes;
    for (const StaffMonth& month : first.months) by_month += month.accepted + month.refused;
    for (const StaffYear& year : first.years) by_year += year.accepted + year.refused;
    EXPECT_EQ(counted, reported);
    EXPECT_EQ(by_month, reported);
    EXPECT_EQ(by_year, reported);
    std::shuffle(given.begin(), given.end(), random);
    EXPECT_EQ(judged(given, with_caps(40, 13)).minutes, first.minutes);
  }
}

TEST(StaffActivities, are_those_of_the_projects_list_where_there_is_one) {
  struct {
    std::vector<std::string> listed;
    const char* written;
    Reason reason;
  } const lists[] = {{{}, "vad som helst", Reason::Accepted},
                     {{"Projektarbete", "Administration"}, "projektarbete", Reason::Accepted},
                     {{"Projektarbete", "Administration"}, "Projekt-arbete", Reason::Accepted},
                     {{"Projektarbete", "Administration"}, "Försäljning", Reason::ActivityNotFunded},
                     {{"Projektarbete", "Administration"}, "", Reason::ActivityNotFunded}};
  for (const auto& c : lists) {
    auto time = rows({{"2017-03-01", 60}});
    time[0].activity = c.written;
    ProjectTerms terms = project();
    terms.staff_activities = c.listed;
    const StaffLedger found = staff_ledger({terms, esf_plus, time}, {});
    EXPECT_EQ(found.lines[0].reason, c.reason) << c.written;
    EXPECT_EQ(found.lines[0].accepted + found.lines[0].refused, 60) << c.written;
  }
}

}  // namespace
}  // namespace horisont
