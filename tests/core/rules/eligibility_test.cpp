// The answers that the rule set for the youth projects must give (rules-engine, section 13; programmes-and-projects, PR-01 to
// PR-13). A case asserts exactly this verdict and these codes, so it also proves that nothing else complained.

#include <gtest/gtest.h>

#include "core/rules/rules.h"
#include "support/given.h"
#include "youth_rules.h"

namespace horisont {
namespace {

constexpr Verdict eligible_ = Verdict::Eligible, remarks = Verdict::EligibleWithRemarks, refused = Verdict::NotEligible,
                  undecided = Verdict::Undecided;

struct Case {
  const char* name;
  Given given;
  Verdict verdict;
  std::vector<std::string> codes;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Eligibility : public ::testing::TestWithParam<Case> {};

TEST_P(Eligibility, gives_exactly_this_verdict_and_these_codes) {
  const Case& c = GetParam();
  const Decision decision = decide(participation(c.given), project(c.given), programme(c.given), youth_rules());
  EXPECT_EQ(name_of(decision.verdict), name_of(c.verdict));
  EXPECT_EQ(decision.codes, c.codes);
}

const auto name_of_case = [](const auto& test) { return test.param.name; };

const Case ung_horisont[] = {
    {"in_order", {}, eligible_, {}},
    // P01, P02
    {"birth_date_missing_so_under_20_cannot_be_told_either", {.born = {}}, undecided, {"P01?", "P08?"}},
    {"entry_date_missing_asks_for_nothing_else", {.entered = {}}, undecided, {"P02?"}},
    {"both_dates_missing", {.born = {}, .entered = {}}, undecided, {"P01?", "P02?"}},
    // P03, P04: from the 15th birthday to the day before the 25th
    {"fifteenth_birthday_on_the_entry_date", {.born = "2002-03-01", .kaa_registered = true}, eligible_, {}},
    {"fifteenth_birthday_the_day_after", {.born = "2002-03-02", .kaa_registered = true}, refused, {"P03"}},
    {"twenty_fifth_birthday_the_day_after", {.born = "1992-03-02"}, eligible_, {}},
    {"twenty_fifth_birthday_on_the_entry_date", {.born = "1992-03-01"}, refused, {"P04"}},
    {"leap_day_is_25_on_the_last_of_february", {.born = "1992-02-29", .entered = "2017-02-28"}, refused, {"P04"}},
    {"leap_day_is_24_where_the_terms_say_first_of_march",
     {.born = "1992-02-29", .entered = "2017-02-28", .leap = LeapBirthday::Mar1},
     eligible_,
     {}},
    {"leap_day_is_25_on_first_of_march_by_either_setting",
     {.born = "1992-02-29", .entered = "2017-03-01", .leap = LeapBirthday::Mar1},
     refused,
     {"P04"}},
    {"born_after_entry_is_too_young", {.born = "2017-03-02", .kaa_registered = true}, refused, {"P03"}},
    // P05
    {"lives_in_hammaro", {.home_municipality = "1761"}, refused, {"P05"}},
    {"home_municipality_missing", {.home_municipality = {}}, undecided, {"P05?"}},
    {"school_in_karlstad_does_not_make_up_for_home",
     {.home_municipality = {}, .school_municipality = "1780"},
     undecided,
     {"P05?"}},
    // P06
    {"works", {.works = true}, refused, {"P06"}},
    {"studies", {.studies = true}, refused, {"P06"}},
    {"works_missing_does_not_study", {.works = {}}, undecided, {"P06?"}},
    {"works_missing_but_studies", {.works = {}, .studies = true}, refused, {"P06"}},
    {"studies_missing_does_not_work", {.studies = {}}, undecided, {"P06?"}},
    {"studies_missing_but_works", {.works = true, .studies = {}}, refused, {"P06"}},
    // P07
    {"upper_secondary_complete", {.upper_secondary_complete = true}, refused, {"P07"}},
    {"grades_not_known", {.upper_secondary_complete = {}}, undecided, {"P07?"}},
    // P08: the last day under 20 and the 20th birthday
    {"twenty_and_not_in_the_register", {.born = "1997-03-01", .kaa_registered = false}, eligible_, {}},
    {"twenty_tomorrow_and_not_in_the_register", {.born = "1997-03-02", .kaa_registered = false}, remarks, {"P08"}},
    {"eighteen_and_in_the_register", {.born = "1999-01-15", .kaa_registered = true}, eligible_, {}},
    {"eighteen_and_register_not_known", {.born = "1999-01-15"}, remarks, {"P08?"}},
    // P09
    {"entry_on_the_first_day", {.born = "1995-05-10", .entered = "2016-01-01", .evidence_on = "2016-01-10"}, eligible_, {}},
    {"entry_on_the_last_day", {.entered = "2018-06-30", .evidence_on = "2018-06-30"}, eligible_, {}},
    {"entry_the_day_before", {.born = "1995-05-10", .entered = "2015-12-31", .evidence_on = "2016-01-10"}, refused, {"P09"}},
    {"entry_the_day_after", {.entered = "2018-07-01", .evidence_on = "2018-07-01"}, refused, {"P09"}},
    // P10
    {"exit_on_the_entry_date", {.left = "2017-03-01"}, eligible_, {}},
    {"exit_before_entry_is_no_failure_of_the_person", {.left = "2017-02-28"}, undecided, {"P10?"}},
    // P11
    {"one_day_in_another_project", {.overlap_days = 1}, refused, {"P11"}},
    {"three_days_in_another_project", {.overlap_days = 3}, refused, {"P11"}},
    // P12, P13
    {"no_evidence", {.evidence = false}, undecided, {"P12?"}},
    {"evidence_of_attendance_proves_no_condition", {.evidence_criterion = "attendance"}, undecided, {"P12?"}},
    {"evidence_without_date", {.evidence_on = {}}, undecided, {"P13?"}},
    {"evidence_on_day_30", {.evidence_on = "2017-03-31"}, eligible_, {}},
    {"evidence_on_day_31", {.evidence_on = "2017-04-01"}, refused, {"P13"}},
    {"evidence_older_than_the_entry", {.evidence_on = "2016-11-01"}, eligible_, {}},
    // A project without limits for the day: nothing is missing of the person, and still nobody is eligible.
    {"no_limits_for_the_project", {.project = "another"}, undecided, {"P03?", "P04?", "P13?"}},
    // Several at once: a failure that is known settles the verdict, what is missing is still told.
    {"too_old_and_municipality_missing", {.born = "1992-03-01", .home_municipality = {}}, refused, {"P04", "P05?"}},
    {"a_remark_does_not_hide_what_is_missing", {.born = "1999-01-15", .home_municipality = {}}, undecided, {"P05?", "P08?"}},
};
INSTANTIATE_TEST_SUITE_P(UngHorisont, Eligibility, ::testing::ValuesIn(ung_horisont), name_of_case);

// A pupil of Värmlands unga: the school's municipality counts, and the risk of dropping out.
Given pupil(Given given) {
  given.project = "varmlands-unga";
  if (!given.school_municipality) given.school_municipality = "1783";
  given.home_municipality = {}, given.works = {}, given.studies = {}, given.upper_secondary_complete = {};
  return given;
}
const Case varmlands_unga[] = {
    {"turns_15_on_the_entry_date",
     pupil({.born = "2001-11-20", .entered = "2016-11-20", .pupil_at_risk = true, .evidence_on = "2016-11-20"}),
     eligible_,
     {}},
    {"the_same_pupil_in_september_is_14",
     pupil({.born = "2001-11-20", .entered = "2016-09-05", .pupil_at_risk = true, .evidence_on = "2016-09-05"}),
     refused,
     {"P03"}},
    {"risk_not_recorded",
     pupil({.born = "2001-11-20", .entered = "2016-11-20", .evidence_on = "2016-11-20"}),
     undecided,
     {"P06?"}},
    {"no_risk",
     pupil({.born = "2001-11-20", .entered = "2016-11-20", .pupil_at_risk = false, .evidence_on = "2016-11-20"}),
     refused,
     {"P06"}},
    {"school_in_karlstad",
     pupil({.born = "2001-11-20",
            .entered = "2016-11-20",
            .school_municipality = "1780",
            .pupil_at_risk = true,
            .evidence_on = "2016-11-20"}),
     refused,
     {"P05"}},
};
INSTANTIATE_TEST_SUITE_P(VarmlandsUnga, Eligibility, ::testing::ValuesIn(varmlands_unga), name_of_case);

const Case varmlands_framtid[] = {
    {"every_municipality_of_the_county_and_grades_do_not_matter",
     {.project = "varmlands-framtid", .home_municipality = "1715", .upper_secondary_complete = true},
     eligible_,
     {}},
    {"outside_the_county", {.project = "varmlands-framtid", .home_municipality = "1883"}, refused, {"P05"}},
    {"under_20_and_not_in_the_register",
     {.project = "varmlands-framtid", .born = "1999-01-15", .kaa_registered = false},
     eligible_,
     {}},
};
INSTANTIATE_TEST_SUITE_P(VarmlandsFramtid, Eligibility, ::testing::ValuesIn(varmlands_framtid), name_of_case);

Given in_work(Given given) {
  given.project = "varmlands-unga-i-arbete";
  given.entered = "2024-02-01", given.evidence_on = "2024-02-01";
  return given;
}
const Case varmlands_unga_i_arbete[] = {
    {"sixteenth_birthday_on_the_entry_date", in_work({.born = "2008-02-01"}), eligible_, {}},
    {"sixteenth_birthday_the_day_after", in_work({.born = "2008-02-02"}), refused, {"P03"}},
    {"thirtieth_birthday_the_day_after", in_work({.born = "1994-02-02"}), eligible_, {}},
    {"thirtieth_birthday_on_the_entry_date", in_work({.born = "1994-02-01"}), refused, {"P04"}},
    {"lives_in_a_municipality_that_is_not_among_the_ten",
     in_work({.born = "2000-01-15", .home_municipality = "1715"}),
     refused,
     {"P05"}},
};
INSTANTIATE_TEST_SUITE_P(VarmlandsUngaIArbete, Eligibility, ::testing::ValuesIn(varmlands_unga_i_arbete), name_of_case);

// PR-01 to PR-12 of the domain reference, in Värmlands framtid (15–24) unless the case names another.
Given pr(std::optional<std::string_view> born, std::string_view entered, LeapBirthday leap = LeapBirthday::Feb28) {
  return {.project = "varmlands-framtid", .born = born, .entered = entered, .evidence_on = entered, .leap = leap};
}
const Case reference_cases[] = {
    {"PR_01_one_day_too_early", pr("2001-06-15", "2016-06-14"), refused, {"P03"}},
    {"PR_02_fifteen", pr("2001-06-15", "2016-06-15"), eligible_, {}},
    {"PR_03_last_day", pr("1991-06-15", "2016-06-14"), eligible_, {}},
    {"PR_04_twenty_five", pr("1991-06-15", "2016-06-15"), refused, {"P04"}},
    {"PR_05_turning_25_during_participation_changes_nothing", pr("1991-09-01", "2016-02-01"), eligible_, {}},
    {"PR_06_the_test_on_a_later_entry_finds_25", pr("1991-09-01", "2016-10-01"), refused, {"P04"}},
    {"PR_07_year_nine_pupil_of_14",
     pupil({.born = "2001-11-20", .entered = "2016-09-05", .pupil_at_risk = true, .evidence_on = "2016-09-05"}),
     refused,
     {"P03"}},
    {"PR_08_the_same_pupil_of_15",
     pupil({.born = "2001-11-20", .entered = "2016-11-20", .pupil_at_risk = true, .evidence_on = "2016-11-20"}),
     eligible_,
     {}},
    {"PR_09_birth_date_not_known", pr(std::nullopt, "2016-06-15"), undecided, {"P01?"}},
    {"PR_10_leap_day_is_15_by_feb28",
     {.project = "varmlands-framtid", .born = "2000-02-29", .entered = "2015-05-01", .evidence_on = "2015-05-01"},
     eligible_,
     {}},
    {"PR_12_twenty_nine_is_not_eligible_before_the_wider_limit_is_dated", pr("1986-05-01", "2016-04-30"), refused, {"P04"}},
};
INSTANTIATE_TEST_SUITE_P(Reference, Eligibility, ::testing::ValuesIn(reference_cases), name_of_case);

// PR-10 and PR-11 fall before every project of the rule set, so the age itself is asked.
TEST(Age, a_leap_day_is_15_on_28_february_or_1_march_by_the_setting) {
  const auto age = [](std::string_view on, LeapBirthday leap) { return age_on(day(on), day("2000-02-29"), leap); };
  EXPECT_EQ(age("2015-02-28", LeapBirthday::Feb28), 15);
  EXPECT_EQ(age("2015-02-28", LeapBirthday::Mar1), 14);
  EXPECT_EQ(age("2015-03-01", LeapBirthday::Feb28), 15);
  EXPECT_EQ(age("2015-03-01", LeapBirthday::Mar1), 15);
}

TEST(Limits, span_the_project_while_it_uses_the_rules_or_the_first_day_without_is_named) {
  const auto first_gap = [](const char* first, const char* last, Period used = {*Date::parse("2014-01-01"), std::nullopt}) {
    ProjectTerms terms = project();
    terms.grants[0].operation = {*Date::parse(first), std::nullopt};
    if (last) terms.grants[0].operation.last = *Date::parse(last);
    const auto day = first_day_without_limits(youth_rules().rules, terms, used);
    return day ? day->iso() : "";
  };
  EXPECT_EQ(first_gap("2016-01-01", "2018-06-30"), "") << "exactly the limits' days";
  EXPECT_EQ(first_gap("2015-12-31", "2018-06-30"), "2015-12-31") << "a day too early";
  EXPECT_EQ(first_gap("2016-01-01", "2018-07-01"), "2018-07-01") << "a day too late";
  EXPECT_EQ(first_gap("2016-01-01", nullptr), "2018-07-01") << "a project without an end";
  EXPECT_EQ(first_gap("2016-01-01", "2018-07-01", {*Date::parse("2014-01-01"), *Date::parse("2018-06-30")}), "")
      << "another rule set takes over";
  ProjectTerms unknown = project();
  unknown.key = "nobody";
  EXPECT_EQ(*first_day_without_limits(youth_rules().rules, unknown, {*Date::parse("2014-01-01"), std::nullopt}),
            *Date::parse("2016-01-01"));
}

TEST(Decide, many_at_once_answers_as_one_by_one) {
  std::vector<Participation> all;
  for (const Case& c : ung_horisont) all.push_back(participation(c.given));
  const auto decisions = decide(all, project(), programme(), youth_rules());
  ASSERT_EQ(decisions.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Decision one = decide(all[i], project(), programme(), youth_rules());
    EXPECT_EQ(decisions[i].verdict, one.verdict) << ung_horisont[i].name;
    EXPECT_EQ(decisions[i].codes, one.codes) << ung_horisont[i].name;
    EXPECT_EQ(decisions[i].hit, one.hit) << ung_horisont[i].name;
    EXPECT_EQ(decisions[i].cannot_tell, one.cannot_tell) << ung_horisont[i].name;
    EXPECT_EQ(decisions[i].missing, one.missing) << ung_horisont[i].name;
    // The population is asked in columns; asked row by row, as explanations are, the same rules answer.
    const dmn::Answers by_row = youth_rules().rules.answer(facts_of(all[i], project(), programme(), youth_rules().rules));
    EXPECT_EQ(decisions[i].hit, by_row.hit) << ung_horisont[i].name;
    EXPECT_EQ(decisions[i].cannot_tell, by_row.cannot_tell) << ung_horisont[i].name;
  }
}

TEST(Decide, what_is_missing_is_named) {
  EXPECT_EQ(decide(participation({.home_municipality = {}}), project(), programme(), youth_rules()).missing,
            (std::vector<std::string>{"home_municipality"}));
  EXPECT_EQ(decide(participation({.works = {}}), project(), programme(), youth_rules()).missing,
            (std::vector<std::string>{"works"}));
  EXPECT_EQ(decide(participation({.born = {}, .works = {}, .studies = {}}), project(), programme(), youth_rules()).missing,
            (std::vector<std::string>{"birth_date", "works", "studies"}));
  EXPECT_EQ(decide(participation({.entered = {}, .home_municipality = {}}), project(), programme(), youth_rules()).missing,
            (std::vector<std::string>{"entry_date"}))
      << "without an entry date nothing is known of the limits, so nothing more is asked";
  EXPECT_TRUE(decide(participation(), project(), programme(), youth_rules()).missing.empty());
}

}  // namespace
}  // namespace horisont
