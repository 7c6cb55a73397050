#include "core/indicators/indicators.h"

#include <gtest/gtest.h>

#include "core/indicators/six_months.h"

#include <set>

#include "support/given.h"

namespace horisont {
namespace {

constexpr auto Yes = Answer::Yes, No = Answer::No, Unknown = Answer::Unknown, NotDisclosed = Answer::NotDisclosed;

// A woman of 20 without work, who left on 2026-03-10; every case changes what it is about.
struct Person {
  Participation p = participation({.born = "2005-05-10", .entered = "2025-09-01", .left = "2026-03-10", .studies = false});
  IndicatorTerms terms{.as_of = day("2027-06-30")};

  Person() {
    p.gender = "woman";
    p.employment_status = word_fact("unemployed");
    p.isced_level = word_fact("isced2");
    p.result = ExitResult{};
  }
  Person& status(std::string_view word) { return p.employment_status = word_fact(word), *this; }
  Person& after(std::string_view word, std::optional<std::string_view> on) {
    p.result->events.push_back({std::string(word), on ? std::optional(day(*on)) : std::nullopt, {}});
    return *this;
  }
  Person& entered(std::string_view on) {
    p.entered_on = day_fact(on);
    return *this;
  }
  Person& born(std::string_view on) { return p.born_on = day_fact(on), *this; }
  Person& since(std::optional<std::string_view> on) { return p.unemployed_since = day_fact(on), *this; }
  Person& left(std::string_view on) {
    p.left_on = day_fact(on);
    return *this;
  }
  Answer is(std::string_view code) const { return answer(*indicator(code), p, terms); }
  /// Whatever the year: the design's cases are told of 2026 for the indicators of both periods.
  Answer means(std::string_view code) const {
    Indicator ever = *indicator(code);
    ever.in_force = {day("2000-01-01"), std::nullopt};
    return answer(ever, p, terms);
  }
};

TEST(Indicators, every_code_of_the_law_once_in_its_order_with_name_and_source) {
  const auto codes = [](Framework framework) {
    std::string all;
    for (const Indicator& one : indicators(framework)) all += std::string(one.code) + " ";
    return all;
  };
  EXPECT_EQ(
      codes(Framework::Esf2014),
      "CO01 CO02 CO03 CO04 CO05 CO06 CO07 CO08 CO09 CO10 CO11 CO12 CO13 CO14 CO15 CO16 CO17 CO18 CO19 CO20 CO21 CO22 CO23 "
      "CR01 CR02 CR03 CR04 CR05 CR06 CR07 CR08 CR09 ");
  EXPECT_EQ(codes(Framework::Yei),
            "YEI-CR01 YEI-CR02 YEI-CR03 YEI-CR04 YEI-CR05 YEI-CR06 YEI-CR07 YEI-CR08 YEI-CR09 YEI-CR10 YEI-CR11 YEI-CR12 ");
  EXPECT_EQ(codes(Framework::EsfPlus),
            "EECO01 EECO02 EECO03 EECO04 EECO05 EECO06 EECO07 EECO08 EECO09 EECO10 EECO11 EECO12 EECO13 EECO14 EECO15 EECO16 "
            "EECO17 EECO18 EECO19 EECR01 EECR02 EECR03 EECR04 EECR05 EECR06 ");
  for (const Framework framework : {Framework::Esf2014, Framework::Yei, Framework::EsfPlus})
    for (const Indicator& one : indicators(framework)) {
      EXPECT_NE(text_of("indicator." + std::string(one.code)), nullptr) << one.code;
      EXPECT_FALSE(one.source.text.empty()) << one.code;
      EXPECT_NE(one.source.confidence, Confidence::Verified) << one.code << ": not compared with the consolidated law yet";
    }
}

TEST(Indicators, long_term_unemployment_is_strictly_more_than_six_months_under_25_and_twelve_from_25) {
  const struct {
    const char *id, *born;
    std::optional<std::string_view> since;
    const char* entry;
    Answer expected;
  } cases[] = {
      {"EI-01 exactly six months", "1991-06-01", "2015-09-01", "2016-03-01", No},
      {"EI-02 a day more", "1991-06-01", "2015-09-01", "2016-03-02", Yes},
      {"EI-03 aged 25", "1990-06-01", "2015-09-01", "2016-03-02", No},
      {"EI-04 exactly twelve months", "1990-06-01", "2015-03-01", "2016-03-01", No},
      {"EI-05 a day more", "1990-06-01", "2015-03-01", "2016-03-02", Yes},
      {"EI-06 start of the spell not known", "1991-06-01", std::nullopt, "2016-03-02", Unknown},
      {"turns 25 on the day of entry", "1991-03-02", "2015-09-01", "2016-03-02", No},
      {"turns 25 the day after", "1991-03-03", "2015-09-01", "2016-03-02", Yes},
      {"born on 29 February, 25 on 28 February 2017", "1992-02-29", "2016-08-01", "2017-02-28", No},
      {"the day before still 24", "1992-02-29", "2016-08-01", "2017-02-27", Yes},
  };
  for (const auto& c : cases) {
    Person person;
    person.born(c.born).since(c.since).entered(c.entry).left("2016-12-31");
    EXPECT_EQ(person.is("CO02"), c.expected) << c.id;
    EXPECT_EQ(person.is("CO01"), Yes) << c.id;
  }
  Person with_job;
  EXPECT_EQ(with_job.status("employed").is("EECO03"), No)
      << "with work nobody is long-term unemployed, whatever else is missing";
}

TEST(Indicators, the_last_labour_market_event_within_28_days_counts) {
  struct Event {
    const char* status;
    std::optional<std::string_view> on;
  };
  const struct {
    const char* id;
    const char* at_entry;
    std::vector<Event> after;
    Answer searching, employed;
  } cases[] = {
      {"EI-10 seeks work, hired on day 20", "inactive", {{"unemployed", "2026-03-10"}, {"employed", "2026-03-30"}}, No, Yes},
      {"EI-11 hired at once, unemployed within 28 days",
       "inactive",
       {{"employed", "2026-03-10"}, {"unemployed", "2026-04-01"}},
       Yes,
       No},
      {"EI-12 hired on the last day of the window", "unemployed", {{"employed", "2026-04-07"}}, No, Yes},
      {"EI-13 hired the day after", "unemployed", {{"employed", "2026-04-08"}}, No, No},
      {"EI-15 still seeking work", "unemployed", {{"unemployed", "2026-03-20"}}, No, No},
      {"hired the day before leaving only", "unemployed", {{"employed", "2026-03-09"}}, No, Unknown},
      {"own business", "inactive", {{"self_employed", "2026-03-10"}}, No, Yes},
      {"nothing known", "inactive", {}, Unknown, Unknown},
      {"a status without its day says nothing", "inactive", {{"employed", std::nullopt}}, Unknown, Unknown},
      {"employed before, employed after", "employed", {{"employed", "2026-03-20"}}, No, No},
  };
  for (const auto& c : cases) {
    Person person;
    person.status(c.at_entry);
    for (const Event& event : c.after) person.after(event.status, event.on);
    EXPECT_EQ(person.is("EECR01"), c.searching) << c.id;
    EXPECT_EQ(person.means("CR01"), c.searching) << c.id;
    EXPECT_EQ(person.is("EECR04"), c.employed) << c.id;
    EXPECT_EQ(person.means("CR04"), c.employed) << c.id;
  }
}

TEST(Indicators, a_longer_window_is_a_setting) {
  Person person;
  person.after("employed", "2026-04-09");  // EI-14
  EXPECT_EQ(person.is("EECR04"), No);
  person.terms.immediate_days = 31;
  EXPECT_EQ(person.is("EECR04"), Yes);
}

TEST(Indicators, studies_and_qualification_go_with_work) {
  Person both;  // EI-16
  both.after("employed", "2026-03-25").p.result->qualification = Answer::Yes;
  both.p.result->qualification_date = day_fact("2026-03-20");
  EXPECT_EQ(both.is("EECR03"), Yes);
  EXPECT_EQ(both.is("EECR04"), Yes);
  both.p.result->qualification_date = day_fact("2026-04-07");
  EXPECT_EQ(both.is("EECR03"), Yes);
  both.p.result->qualification_date = day_fact("2026-04-08");
  EXPECT_EQ(both.is("EECR03"), No);

  Person student;  // EI-17
  student.p.result->in_education_after = Answer::Yes;
  student.p.result->status_after_date = day_fact("2026-03-10");
  EXPECT_EQ(student.is("EECR02"), Yes);
  student.p.studies = fact<bool>(true);
  EXPECT_EQ(student.is("EECR02"), No) << "was in education on entry";
  student.p.studies = std::nullopt;
  EXPECT_EQ(student.is("EECR02"), Unknown);
}

// Exit 2026-03-10, window to 2026-04-07.
TEST(Indicators, studies_a_qualification_and_an_offer_count_on_a_day_of_the_window_and_without_a_day_are_not_known) {
  using Day = std::optional<std::string_view>;
  const struct {
    const char* name;
    Day own, status;
    Answer studies, other;  // studies have no day but the status day
  } cases[] = {
      {"no day at all", {}, {}, Unknown, Unknown},
      {"own day the day before leaving", "2026-03-09", {}, Unknown, No},
      {"own day the exit day", "2026-03-10", {}, Unknown, Yes},
      {"own day the last of the window", "2026-04-07", {}, Unknown, Yes},
      {"own day the day after the window", "2026-04-08", {}, Unknown, No},
      {"status day the day before leaving", {}, "2026-03-09", Unknown, Unknown},
      {"status day the exit day", {}, "2026-03-10", Yes, Yes},
      {"status day the last of the window", {}, "2026-04-07", Yes, Yes},
      {"status day after the window: studies begin then, and the others had come by then", {}, "2026-04-08", No, Unknown},
      {"the own day goes before the status day", "2026-04-08", "2026-03-20", Yes, No},
      {"own day in the window, status day after it", "2026-03-20", "2026-05-20", No, Yes},
  };
  for (const auto& c : cases) {
    Person person;
    ExitResult& r = *person.p.result;
    r.in_education_after = r.qualification = r.offer = Answer::Yes;
    if (c.status) r.status_after_date = {day(*c.status), {1, 0, 2, 7, 0}};
    r.qualification_date = r.offer_date = c.own ? day_fact(c.own) : r.status_after_date;
    for (const char* code : {"EECR02", "CR02"}) EXPECT_EQ(person.means(code), c.studies) << c.name << " " << code;
    for (const char* code : {"EECR03", "CR03", "YEI-CR02"}) EXPECT_EQ(person.means(code), c.other) << c.name << " " << code;
    const Answer any = c.studies == Yes || c.other == Yes ? Yes : Unknown;  // what the work was is not known
    EXPECT_EQ(person.means("YEI-CR03"), any) << c.name;
  }
  Person no;
  no.p.result->in_education_after = no.p.result->qualification = no.p.result->offer = Answer::No;
  for (const char* code : {"EECR02", "EECR03", "CR02", "CR03", "YEI-CR02"}) EXPECT_EQ(no.means(code), No) << "a no needs no day " << code;
}

TEST(Indicators, no_immediate_result_counts_before_its_day) {
  const struct {
    const char *on, *as_of;
    Answer expected;
  } cases[] = {
      {"2026-03-20", "2026-03-19", Unknown}, {"2026-03-20", "2026-03-20", Yes}, {"2026-04-08", "2026-03-20", No}, {"2026-03-09", "2026-03-20", No}};
  for (const auto& c : cases) {
    Person person;
    person.terms.as_of = day(c.as_of);
    person.p.result->qualification = Answer::Yes;
    person.p.result->qualification_date = day_fact(c.on);
    EXPECT_EQ(person.is("EECR03"), c.expected) << c.on << " seen on " << c.as_of;
  }
  Person leap;  // left on 1 February of a leap year: the 29th is the last day but none of a common year's
  leap.left("2024-02-01").p.result->qualification = Answer::Yes;
  for (const auto& [on, expected] : {std::pair{"2024-02-29", Yes}, {"2024-03-01", No}}) {
    leap.p.result->qualification_date = day_fact(on);
    EXPECT_EQ(leap.means("CR03"), expected) << on;
  }
  leap.left("2023-02-01");
  for (const auto& [on, expected] : {std::pair{"2023-03-01", Yes}, {"2023-03-02", No}}) {
    leap.p.result->qualification_date = day_fact(on);
    EXPECT_EQ(leap.means("CR03"), expected) << on;
  }
}

TEST(Indicators, a_status_of_another_kind_is_a_no_and_what_excludes_each_other_is_no_answer) {
  const struct {
    const char* name;
    std::optional<std::string_view> status;
    Answer said, own_business, improved;  // `said`: in the column of self-employment, and of improvement
  } cases[] = {
      {"employed", "employed", Unknown, No, Unknown},
      {"without work", "unemployed", Unknown, No, No},
      {"outside the labour force", "inactive", Unknown, No, No},
      {"self-employed", "self_employed", Unknown, Yes, Unknown},
      {"no status", {}, Unknown, Unknown, Unknown},
      {"no status, and the column says yes", {}, Yes, Yes, Yes},
      {"no status, and the column says no", {}, No, No, No},
      {"employed with a business beside", "employed", Yes, Yes, Yes},
      {"without work, and yes in the column", "unemployed", Yes, Unknown, Unknown},
      {"self-employed, and no in the column", "self_employed", No, Unknown, No},
      {"the column is not answered", "employed", NotDisclosed, No, NotDisclosed},
      {"nothing is answered", {}, NotDisclosed, NotDisclosed, NotDisclosed},
  };
  for (const auto& c : cases) {
    Person person;
    person.p.result->six_month_date = day_fact("2026-09-10");
    person.p.result->six_month_status = word_fact(c.status);
    person.p.result->six_month_self_employed = person.p.result->six_month_improved = c.said;
    EXPECT_EQ(person.means("YEI-CR12"), c.own_business) << c.name;
    EXPECT_EQ(person.status("employed").is("EECR06"), c.improved) << c.name;
    EXPECT_EQ(person.means("CR07"), c.improved) << c.name;
  }
}

TEST(Indicators, who_has_answered_after_six_months_is_one_rule) {
  const struct {
    const char* name;
    const char* exit;
    std::optional<std::string_view> on, status, response;
    const char* as_of;
    bool answered;
  } cases[] = {
      {"on the first day that counts", "2026-03-10", "2026-09-10", "employed", "answered", "2027-06-30", true},
      {"the day before", "2026-03-10", "2026-09-09", "employed", "answered", "2027-06-30", false},
      {"without a day", "2026-03-10", {}, "employed", "answered", "2027-06-30", false},
      {"without a word of the response", "2026-03-10", "2026-09-10", "employed", {}, "2027-06-30", true},
      {"from a register", "2026-03-10", "2026-09-10", "employed", "from_register", "2027-06-30", true},
      {"answered, and nothing is said", "2026-03-10", "2026-09-10", {}, "answered", "2027-06-30", false},
      {"not reached, with a status beside", "2026-03-10", "2026-09-10", "employed", "not_reached", "2027-06-30", false},
      {"refused, with a status beside", "2026-03-10", "2026-09-10", "employed", "refused", "2027-06-30", false},
      {"not asked, with a status beside", "2026-03-10", "2026-09-10", "employed", "not_asked", "2027-06-30", false},
      {"a day that has come", "2026-03-10", "2026-09-20", "employed", "answered", "2026-09-20", true},
      {"a day that has not come", "2026-03-10", "2026-09-20", "employed", "answered", "2026-09-19", false},
      {"left on 31 August: 29 February of a leap year", "2023-08-31", "2024-02-29", "employed", "answered", "2027-06-30", true},
      {"the 28th of a leap year", "2023-08-31", "2024-02-28", "employed", "answered", "2027-06-30", false},
      {"the 28th of a common year", "2024-08-31", "2025-02-28", "employed", "answered", "2027-06-30", true},
  };
  for (const auto& c : cases) {
    Person person;
    person.terms.as_of = day(c.as_of);
    person.entered("2023-01-10").left(c.exit);
    person.p.result->six_month_date = day_fact(c.on);
    person.p.result->six_month_status = word_fact(c.status);
    person.p.result->six_month_response = word_fact(c.response);
    EXPECT_EQ(answered_after_six_months(person.p, person.terms), c.answered) << c.name;
    EXPECT_EQ(person.means("YEI-CR11") == Yes, c.answered) << c.name;
  }
  Person only_studies;
  only_studies.p.result->six_month_date = day_fact("2026-09-10");
  only_studies.p.result->six_month_education = Answer::No;
  EXPECT_TRUE(answered_after_six_months(only_studies.p, only_studies.terms));
}

TEST(Indicators, six_months_after_is_the_same_day_or_the_last_of_a_shorter_month) {
  const std::tuple<const char*, int, const char*> days[] = {{"2026-03-10", 6, "2026-09-10"},  {"2025-08-31", 6, "2026-02-28"},
                                                            {"2023-08-31", 6, "2024-02-29"},  {"2025-12-31", 6, "2026-06-30"},
                                                            {"2024-02-29", 12, "2025-02-28"}, {"2026-03-10", 0, "2026-03-10"}};
  for (const auto& [from, months, to] : days) EXPECT_EQ(months_after(day(from), months).iso(), to) << from;

  const struct {
    const char* id;
    std::optional<std::string_view> on;
    std::optional<std::string_view> status, response;
    Answer expected;
  } cases[] = {
      {"asked on the day", "2026-09-10", "employed", "answered", Yes},
      {"asked the day before", "2026-09-09", "employed", "answered", Unknown},
      {"without work", "2026-09-10", "unemployed", "answered", No},
      {"would not answer", std::nullopt, std::nullopt, "refused", NotDisclosed},
      {"not reached", std::nullopt, std::nullopt, "not_reached", Unknown},
      {"without its day", std::nullopt, "employed", "answered", Unknown},
  };
  for (const auto& c : cases) {
    Person person;
    person.p.result->six_month_date = day_fact(c.on);
    person.p.result->six_month_status = word_fact(c.status);
    person.p.result->six_month_response = word_fact(c.response);
    EXPECT_EQ(person.is("EECR05"), c.expected) << c.id;
    EXPECT_EQ(person.means("CR06"), c.expected) << c.id;
    EXPECT_EQ(person.means("YEI-CR11"), c.expected) << c.id;
    EXPECT_EQ(person.is("EECR06"), No) << c.id << ": was not employed on entry";
  }
  Person early;
  early.terms.as_of = day("2026-09-09");
  EXPECT_EQ(early.is("EECR05"), No) << "nobody has a result before its day";
  early.terms.as_of = day("2026-09-10");
  EXPECT_EQ(early.is("EECR05"), Unknown);
}

TEST(Indicators, coming_back_keeps_the_entry_and_takes_the_results_anew) {  // EI-20
  Person person;
  person.after("employed", "2026-03-12");
  EXPECT_EQ(person.is("EECR04"), Yes);
  person.p.spells.push_back({day("2026-05-02"), std::nullopt});
  person.p.left_on = std::nullopt;
  person.p.result = std::nullopt;
  EXPECT_EQ(person.is("EECR04"), No) << "has not left";
  person.left("2026-06-30").p.result = ExitResult{};
  EXPECT_EQ(person.is("EECR04"), Unknown) << "asked anew";
  person.after("employed", "2026-07-28");
  EXPECT_EQ(person.is("EECR04"), Yes) << "the last day of the new window";
  EXPECT_EQ(reference_day(*indicator("EECR04"), person.p, person.terms)->iso(), "2026-06-30");
  EXPECT_EQ(reference_day(*indicator("EECO01"), person.p, person.terms)->iso(), "2025-09-01");
}

TEST(Indicators, who_left_early_for_a_job_has_not_completed_but_has_the_job) {  // EI-21
  Person person;
  person.entered("2016-09-01").born("1997-01-01").left("2017-03-10").after("employed", "2017-03-11");
  person.p.result->completed = Answer::Yes;
  person.p.result->exit_reason = word_fact("dropped_out");
  EXPECT_EQ(person.means("YEI-CR01"), No);
  EXPECT_EQ(person.means("YEI-CR03"), Yes);
  person.p.result->exit_reason = word_fact("completed");
  EXPECT_EQ(person.means("YEI-CR01"), Yes);
  person.p.result->completed = Answer::Unknown;
  EXPECT_EQ(person.means("YEI-CR01"), Unknown);
  EXPECT_EQ(person.status("inactive").means("YEI-CR01"), No) << "another base";
  EXPECT_EQ(person.means("YEI-CR07"), Unknown);
}

TEST(Indicators, age_bands_by_full_years_on_entry) {
  const struct {
    const char *born, *entry, *bands;
  } cases[] = {
      {"2007-09-02", "2025-09-01", "CO06 EECO06 "},
      {"2007-09-01", "2025-09-01", "CO06 EECO07 "},
      {"2000-09-02", "2025-09-01", "CO06 EECO07 "},
      {"2000-09-01", "2025-09-01", "EECO07 "},
      {"1995-09-02", "2025-09-01", "EECO07 "},
      {"1995-09-01", "2025-09-01", ""},
      {"1970-09-02", "2025-09-01", ""},
      {"1970-09-01", "2025-09-01", "CO07 CO08 EECO08 "},
      {"2008-02-29", "2026-02-27", "CO06 EECO06 "},
      {"2008-02-29", "2026-02-28", "CO06 EECO07 "},
  };
  for (const auto& c : cases) {
    Person person;
    person.born(c.born);
    std::string bands;
    // The two periods do not overlap in these years: each is asked for an entry of its own, of the same age.
    for (const char* code : {"CO06", "CO07", "CO08", "EECO06", "EECO07", "EECO08"}) {
      const Indicator& one = *indicator(code);
      person.entered(c.entry);
      if (one.counts(person.p, person.terms) == Yes) bands += std::string(code) + " ";
    }
    EXPECT_EQ(bands, c.bands) << c.born << " " << c.entry;
  }
  Person person;
  person.p.born_on = std::nullopt;
  EXPECT_EQ(person.is("EECO07"), Unknown);
  person.born("2025-09-02");
  EXPECT_EQ(person.is("EECO07"), Unknown) << "born after the entry";
}

TEST(Indicators, education_levels_differ_between_the_periods_for_isced_0) {
  const std::pair<const char*, const char*> cases[] = {
      {"isced0", "EECO09 "},      {"isced1", "CO09 EECO09 "}, {"isced2", "CO09 EECO09 "}, {"isced3", "CO10 EECO10 "},
      {"isced4", "CO10 EECO10 "}, {"isced5", "CO11 EECO11 "}, {"isced8", "CO11 EECO11 "}, {"isced5_8", "CO11 EECO11 "}};
  for (const auto& [word, expected] : cases) {
    Person person;
    person.p.isced_level = word_fact(word);
    std::string levels;
    for (const char* code : {"CO09", "CO10", "CO11", "EECO09", "EECO10", "EECO11"})
      if (indicator(code)->counts(person.p, person.terms) == Yes) levels += std::string(code) + " ";
    EXPECT_EQ(levels, expected) << word;
  }
  Person person;
  person.p.isced_level = std::nullopt;
  EXPECT_EQ(person.is("EECO09"), Unknown);
}

TEST(Indicators, household_counts_for_entries_until_1_august_2018) {
  Person person;
  person.p.traits.jobless_household = Answer::Yes;
  person.entered("2018-08-01").left("2018-12-01");
  EXPECT_EQ(person.is("CO12"), Yes);
  EXPECT_EQ(disadvantaged(person.p, person.terms), Yes);
  EXPECT_EQ(missing_facts(person.p, Framework::Esf2014, person.terms), std::vector<std::string_view>{"household"});
  person.p.traits.jobless_household_children = person.p.traits.single_adult_children = Answer::No;
  EXPECT_TRUE(missing_facts(person.p, Framework::Esf2014, person.terms).empty());
  person.entered("2018-08-02");
  EXPECT_EQ(person.is("CO12"), No);
  EXPECT_EQ(disadvantaged(person.p, person.terms), Unknown) << "the household says nothing now, and the rest is not known";
  person.p.traits.jobless_household = Answer::Unknown;
  EXPECT_TRUE(missing_facts(person.p, Framework::Esf2014, person.terms).empty());
}

TEST(Indicators, yes_no_refused_and_not_known_are_four_answers) {
  for (const Answer said : {Yes, No, NotDisclosed, Unknown}) {
    Person person;
    person.p.traits.disability = said;
    EXPECT_EQ(person.is("EECO12"), said);
  }
  Person person;
  person.p.traits.foreign_background = Answer::NotDisclosed;
  person.p.traits.minority = Answer::No;
  person.entered("2019-01-01").left("2019-06-01");
  EXPECT_EQ(person.is("CO15"), NotDisclosed);
  person.p.traits.minority = Answer::Yes;
  EXPECT_EQ(person.is("CO15"), Yes);
  EXPECT_EQ(person.is("CO19"), Unknown) << "no file tells it";
  EXPECT_TRUE(missing_facts(person.p, Framework::Esf2014, person.terms).empty()) << "sensitive facts may be refused";
}

TEST(Indicators, only_complete_records_count) {
  const auto lacking = [](auto&& take_away) {
    Person person;
    take_away(person.p);
    EXPECT_FALSE(counted(*indicator("EECO01"), person.p, person.terms) &&
                 missing_facts(person.p, Framework::EsfPlus, person.terms).size() > 0);
    return missing_facts(person.p, Framework::EsfPlus, person.terms);
  };
  using Names = std::vector<std::string_view>;
  EXPECT_EQ(lacking([](Participation&) {}), Names{});
  EXPECT_EQ(lacking([](Participation& p) { p.gender = ""; }), Names{"gender"});
  EXPECT_EQ(lacking([](Participation& p) { p.gender = "non_binary"; }), Names{});
  EXPECT_EQ(lacking([](Participation& p) { p.employment_status = std::nullopt; }), Names{"employment_status"});
  EXPECT_EQ(lacking([](Participation& p) { p.born_on = std::nullopt; }), Names{"birth_date"});
  EXPECT_EQ(lacking([](Participation& p) { p.isced_level = std::nullopt; }), Names{"isced_level"});
  Person person;
  EXPECT_TRUE(counted(*indicator("EECO02"), person.p, person.terms));
  person.p.isced_level = std::nullopt;
  EXPECT_FALSE(counted(*indicator("EECO02"), person.p, person.terms));
  person.p.gender = "non_binary";
  EXPECT_EQ(missing_facts(person.p, Framework::Yei, person.terms), (Names{"gender", "isced_level"}))
      << "tables of 2014–2020 have two columns";
}

TEST(Indicators, of_participants_who_came_later_or_before_the_period_are_no) {
  Person person;
  person.terms.as_of = day("2025-08-31");
  EXPECT_EQ(person.is("EECO02"), No);
  person.terms.as_of = day("2025-09-01");
  EXPECT_EQ(person.is("EECO02"), Yes);
  person.entered("2020-12-31");
  EXPECT_EQ(person.is("EECO02"), No);
  person.entered("2021-01-01");
  EXPECT_EQ(person.is("EECO02"), Yes);
  EXPECT_EQ(person.is("EECO18"), No) << "not counted in participants";
}

TEST(Indicators, after_six_months_improvement_is_for_those_with_work_on_entry) {
  Person person;
  person.status("employed").p.result->six_month_improved = Answer::Yes;
  person.p.result->six_month_date = day_fact("2026-09-10");
  EXPECT_EQ(person.is("EECR06"), Yes);
  EXPECT_EQ(person.is("EECR05"), No);
  EXPECT_EQ(person.status("self_employed").is("EECR06"), Yes);
  EXPECT_EQ(person.status("inactive").is("EECR06"), No);
}

}  // namespace
}  // namespace horisont
