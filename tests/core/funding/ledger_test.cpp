#include "core/funding/ledger.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/funding/rounding.h"
#include "support/given.h"

namespace horisont {
namespace {

struct Time {
  const char* on;
  int minutes;
  int start = -1, end = -1;
  std::uint8_t activity = 0, flags = 0;
  std::uint32_t person = 0;
};

std::vector<TimeRecord> records(std::initializer_list<Time> times) {
  std::vector<TimeRecord> all;
  for (const Time& t : times)
    all.push_back({.person = t.person,
                   .day = day(t.on).days(),
                   .start = static_cast<std::int16_t>(t.start),
                   .end = static_cast<std::int16_t>(t.end),
                   .minutes = static_cast<std::uint16_t>(t.minutes),
                   .activity = t.activity,
                   .flags = t.flags,
                   .origin = {1, 0, static_cast<std::uint32_t>(all.size() + 2), 5}});
  return all;
}

Ledger judged(const std::vector<TimeRecord>& times, Verdict verdict = Verdict::Eligible, int day_cap = 24) {
  const Given given{.entered = "2017-03-01", .left = "2017-06-30", .day_cap_minutes = day_cap * 60};
  const std::vector<Participation> people{participation(given)};
  Decision decision;
  decision.verdict = verdict;
  return ledger(times, people, std::vector{decision}, project(given), programme(given));
}

struct Case {
  const char* name;
  std::vector<TimeRecord> times;
  std::vector<std::pair<int, std::string>> expected;  // accepted minutes and reason, by record
};

void expect(const std::vector<Case>& cases, Verdict verdict = Verdict::Eligible, int day_cap = 24) {
  for (const Case& c : cases) {
    const Ledger found = judged(c.times, verdict, day_cap);
    ASSERT_EQ(found.lines.size(), c.expected.size()) << c.name;
    for (std::size_t i = 0; i < c.expected.size(); ++i) {
      EXPECT_EQ(found.lines[i].accepted, c.expected[i].first) << c.name << ", record " << i;
      EXPECT_EQ(name_of(found.lines[i].reason), c.expected[i].second) << c.name << ", record " << i;
      EXPECT_EQ(found.lines[i].accepted + found.lines[i].refused, c.times[i].minutes) << c.name;
    }
  }
}

TEST(HoursLedger, accepts_the_days_from_entry_to_exit_and_says_why_not_others) {
  expect(
      {{"on the entry day", records({{"2017-03-01", 60}}), {{60, "accepted"}}},
       {"the day before entry", records({{"2017-02-28", 60}}), {{0, "before_entry"}}},
       {"on the exit day", records({{"2017-06-30", 60}}), {{60, "accepted"}}},
       {"the day after exit", records({{"2017-07-01", 60}}), {{0, "after_exit"}}},
       {"an absence", records({{"2017-03-02", 60, -1, -1, 0, TimeAbsent | TimeExcused}}), {{0, "absence"}}},
       {"not signed", records({{"2017-03-02", 60, -1, -1, 0, TimeNotSigned}}), {{0, "not_signed"}}},
       {"signed", records({{"2017-03-02", 60, -1, -1, 0, TimeSigned}}), {{60, "accepted"}}},
       {"of which nobody says whether it is signed", records({{"2017-03-02", 60}}), {{60, "accepted"}}},
       {"an absence of stated minutes comes before the signature",
        records({{"2017-03-02", 60, -1, -1, 0, TimeAbsent | TimeNotSigned}}),
        {{0, "absence"}}},
       {"an activity that the project does not have", records({{"2017-03-02", 60, -1, -1, 3}}), {{0, "activity_not_funded"}}},
       {"an activity that is not funded", records({{"2017-03-02", 60, -1, -1, 2}}), {{0, "activity_not_funded"}}},
       {"a stated zero stays", records({{"2017-03-02", 0}}), {{0, "accepted"}}}});
}

TEST(HoursLedger, refuses_the_hours_of_who_is_not_eligible_or_not_decided) {
  expect({{"not eligible", records({{"2017-03-02", 60}}), {{0, "not_eligible"}}}}, Verdict::NotEligible);
  expect({{"undecided", records({{"2017-03-02", 60}}), {{0, "undecided"}}}}, Verdict::Undecided);
  expect({{"with remarks", records({{"2017-03-02", 60}}), {{60, "accepted"}}}}, Verdict::EligibleWithRemarks);
  expect({{"before entry comes first", records({{"2017-02-28", 60}}), {{0, "before_entry"}}}}, Verdict::NotEligible);
}

TEST(HoursLedger, a_day_cap_that_is_reached_exactly_is_allowed_and_the_part_above_is_refused) {
  expect(
      {{"HM-26 thirteen hours", records({{"2017-03-02", 780}}), {{780, "accepted"}}},
       {"HM-26 one minute more", records({{"2017-03-02", 781}}), {{780, "over_day_limit"}}},
       {"over two records", records({{"2017-03-02", 700}, {"2017-03-02", 100}}), {{700, "accepted"}, {80, "over_day_limit"}}},
       {"refused time does not use the cap up",
        records({{"2017-03-02", 700, -1, -1, 2}, {"2017-03-02", 780}}),
        {{0, "activity_not_funded"}, {780, "accepted"}}},
       {"the next day is another day",
        records({{"2017-03-02", 780}, {"2017-03-03", 780}}),
        {{780, "accepted"}, {780, "accepted"}}},
       {"a month's total knows no days", records({{"2017-03-01", 6000, -1, -1, 0, TimeMonthly}}), {{6000, "accepted"}}}},
      Verdict::Eligible, 13);
}

struct CapCase {
  const char* name;
  std::vector<TimeRecord> times;
  std::optional<int> month_hours, year_hours;
  std::vector<std::pair<int, std::string>> expected;
};
void PrintTo(const CapCase& c, std::ostream* out) { *out << c.name; }
class LongCaps : public ::testing::TestWithParam<CapCase> {};

TEST_P(LongCaps, refuse_the_minutes_above_and_no_other) {
  const CapCase& c = GetParam();
  const Given given{.entered = "2017-01-01", .left = "2018-06-30"};
  ProgrammeTerms terms = programme(given);
  if (c.month_hours) terms.participant_month_cap = always(Minutes{*c.month_hours * 60});
  if (c.year_hours) terms.participant_year_cap = always(Minutes{*c.year_hours * 60});
  Decision decision;
  decision.verdict = Verdict::Eligible;
  const Ledger found = ledger(c.times, std::vector{participation(given)}, std::vector{decision}, project(given), terms);
  std::vector<std::pair<int, std::string>> lines;
  for (const LedgerLine& line : found.lines) {
    lines.emplace_back(line.accepted, name_of(line.reason));
    EXPECT_EQ(line.accepted + line.refused, c.times[line.record].minutes);
  }
  EXPECT_EQ(lines, c.expected);
}

// A cap over the whole project, reached in two calendar years.
TEST(LedgerCaps, of_the_project_hold_over_years_and_for_each_person) {
  const Given given{.entered = "2017-01-01", .left = "2018-06-30"};
  ProgrammeTerms terms = programme(given);
  terms.participant_project_cap = always(Minutes{20 * 60});
  Decision decision;
  decision.verdict = Verdict::Eligible;
  const auto reasons = [&](std::vector<TimeRecord> times) {
    const Ledger found = ledger(times, std::vector{participation(given)}, std::vector{decision}, project(given), terms);
    std::vector<std::pair<int, std::string>> lines;
    for (const LedgerLine& line : found.lines) lines.emplace_back(line.accepted, name_of(line.reason));
    return lines;
  };
  using Lines = std::vector<std::pair<int, std::string>>;
  EXPECT_EQ(reasons(records({{"2017-12-31", 600}, {"2018-01-01", 600}})), (Lines{{600, "accepted"}, {600, "accepted"}}));
  EXPECT_EQ(reasons(records({{"2017-12-31", 600}, {"2018-01-01", 601}})), (Lines{{600, "accepted"}, {600, "over_project_limit"}}));
  EXPECT_EQ(reasons(records({{"2017-12-31", 1200}, {"2018-01-01", 1}})), (Lines{{1200, "accepted"}, {0, "over_project_limit"}}));
  terms.participant_year_cap = always(Minutes{5 * 60});
  EXPECT_EQ(reasons(records({{"2017-12-31", 301}})), (Lines{{300, "over_year_limit"}})) << "the smaller cap is named";
}

TEST(LedgerMinimum, of_a_month_refuses_all_of_it_below_and_nothing_at_it) {
  const Given given{.entered = "2016-01-01", .left = "2018-06-30"};
  ProgrammeTerms terms = programme(given);
  Decision decision;
  decision.verdict = Verdict::Eligible;
  using Lines = std::vector<std::pair<int, std::string>>;
  Ledger found;
  const auto lines = [&](std::vector<TimeRecord> times) {
    found = ledger(times, std::vector{participation(given)}, std::vector{decision}, project(given), terms);
    Lines all;
    std::int64_t told = 0, reported = 0;
    for (const LedgerLine& line : found.lines) all.emplace_back(line.accepted, name_of(line.reason)), reported += line.accepted + line.refused;
    for (const std::int64_t minutes : found.minutes) told += minutes;
    EXPECT_EQ(told, reported) << "each minute in one place";
    return all;
  };
  EXPECT_EQ(lines(records({{"2017-03-02", 1}})), (Lines{{1, "accepted"}})) << "no minimum in the terms";
  terms.participant_month_minimum = always(Minutes{8 * 60});
  EXPECT_EQ(lines(records({{"2017-03-02", 240}, {"2017-03-31", 240}})), (Lines{{240, "accepted"}, {240, "accepted"}})) << "exactly the minimum";
  EXPECT_EQ(lines(records({{"2017-03-02", 240}, {"2017-03-31", 239}})), (Lines{{0, "below_minimum"}, {0, "below_minimum"}})) << "a minute less";
  EXPECT_EQ(lines(records({{"2017-02-28", 240}, {"2017-03-01", 480}})), (Lines{{0, "below_minimum"}, {480, "accepted"}})) << "months apart";
  EXPECT_EQ(lines(records({{"2016-02-28", 240}, {"2016-02-29", 240}})), (Lines{{240, "accepted"}, {240, "accepted"}})) << "29 February is of its month";
  EXPECT_EQ(lines(records({{"2017-03-02", 240}, {"2017-03-03", 480, -1, -1, 0, TimeAbsent}})), (Lines{{0, "below_minimum"}, {0, "absence"}}))
      << "an absence is no presence, and keeps its reason";
  EXPECT_EQ(lines(records({{"2017-03-01", 480, -1, -1, 0, TimeMonthly}})), (Lines{{480, "accepted"}})) << "a month's sum";
  terms.participant_year_cap = always(Minutes{10 * 60});
  EXPECT_EQ(lines(records({{"2017-02-28", 240}, {"2017-03-01", 480}, {"2017-03-02", 120}})),
            (Lines{{0, "below_minimum"}, {480, "accepted"}, {120, "accepted"}}))
      << "what is refused so uses up no year";
  EXPECT_EQ(lines(records({{"2017-03-01", 480}, {"2017-03-02", 120}, {"2017-04-01", 480}})),
            (Lines{{480, "accepted"}, {120, "accepted"}, {0, "over_year_limit"}}))
      << "a month of which the cap leaves nothing is over the cap";
  terms.participant_month_minimum = {};
  terms.participant_month_minimum.values.push_back({Minutes{8 * 60}, {*Date::of(2017, 3, 1), {}}, {}, {}, 0});
  EXPECT_EQ(lines(records({{"2017-02-28", 60}, {"2017-03-31", 60}})), (Lines{{60, "accepted"}, {0, "below_minimum"}})) << "from its first day on";
}

TEST(LedgerSignature, is_asked_for_only_where_the_programme_asks_for_it) {
  const Given given{.entered = "2017-01-01", .left = "2018-06-30"};
  Decision decision;
  decision.verdict = Verdict::Eligible;
  struct {
    bool asked;
    int flags;
    Reason reason;
  } const cases[] = {{false, 0, Reason::Accepted},
                     {false, TimeNotSigned, Reason::NotSigned},
                     {true, 0, Reason::NotSigned},
                     {true, TimeNotSigned, Reason::NotSigned},
                     {true, TimeSigned, Reason::Accepted},
                     {true, TimeSigned | TimePaper, Reason::Accepted},
                     {true, TimeSigned | TimeEmailException, Reason::Accepted}};
  for (const auto& c : cases) {
    ProgrammeTerms terms = programme(given);
    if (c.asked) terms.participant_signature = always(true);
    auto times = records({{"2017-03-02", 60}});
    times[0].flags = static_cast<std::uint8_t>(c.flags);
    const Ledger found = ledger(times, std::vector{participation(given)}, std::vector{decision}, project(given), terms);
    EXPECT_EQ(found.lines[0].reason, c.reason) << c.asked << " " << c.flags;
  }
}

TEST(LedgerHolidays, are_refused_only_where_the_programme_refuses_them) {
  const Given given{.entered = "2017-01-01", .left = "2018-06-30"};
  Decision decision;
  decision.verdict = Verdict::Eligible;
  struct {
    const char* name;
    const char* on;
    std::optional<bool> accepted;  // by the programme; nothing: it says nothing
    int flags;
    Reason reason;
  } const cases[] = {{"a working day", "2017-04-13", false, 0, Reason::Accepted},
                     {"Good Friday", "2017-04-14", false, 0, Reason::Holiday},
                     {"Good Friday where it is accepted", "2017-04-14", true, 0, Reason::Accepted},
                     {"Good Friday where nothing is said", "2017-04-14", {}, 0, Reason::Accepted},
                     {"a Sunday", "2017-04-09", false, 0, Reason::Holiday},
                     {"an absence stays an absence", "2017-04-14", false, TimeAbsent, Reason::Absence},
                     {"a month's total has no day", "2017-01-01", false, TimeMonthly, Reason::Accepted}};
  for (const auto& c : cases) {
    ProgrammeTerms terms = programme(given);
    if (c.accepted) terms.participant_holidays = always(*c.accepted);
    auto times = records({{c.on, 60}});
    times[0].flags = static_cast<std::uint8_t>(c.flags);
    const Ledger found = ledger(times, std::vector{participation(given)}, std::vector{decision}, project(given), terms);
    EXPECT_EQ(found.lines[0].reason, c.reason) << c.name;
    EXPECT_EQ(found.lines[0].accepted + found.lines[0].refused, 60) << c.name;
  }
}

TEST(LedgerEvidence, is_asked_for_only_where_the_programme_asks_for_it) {
  Decision decision;
  decision.verdict = Verdict::Eligible;
  struct {
    const char* name;
    bool asked, document;
    std::optional<std::string_view> from, to;
    const char* on;
    Reason reason;
  } const cases[] = {{"nobody asks", false, false, {}, {}, "2017-03-02", Reason::Accepted},
                     {"there is none", true, false, {}, {}, "2017-03-02", Reason::NoEvidence},
                     {"it is good for ever", true, true, {}, {}, "2017-03-02", Reason::Accepted},
                     {"on its last day", true, true, {}, "2017-03-02", "2017-03-02", Reason::Accepted},
                     {"on the day after", true, true, {}, "2017-03-01", "2017-03-02", Reason::NoEvidence},
                     {"on its first day", true, true, "2017-03-02", {}, "2017-03-02", Reason::Accepted},
                     {"on the day before", true, true, "2017-03-03", {}, "2017-03-02", Reason::NoEvidence}};
  for (const auto& c : cases) {
    const Given given{.entered = "2017-01-01", .left = "2018-06-30", .evidence = c.document};
    ProgrammeTerms terms = programme(given);
    if (c.asked) terms.participant_evidence = always(true);
    Participation person = participation(given);
    for (EvidenceItem& item : person.evidence) {
      if (c.from) item.valid_from = day(*c.from);
      if (c.to) item.valid_to = day(*c.to);
    }
    const auto times = records({{c.on, 60}});
    const Ledger found = ledger(times, std::vector{person}, std::vector{decision}, project(given), terms);
    EXPECT_EQ(found.lines[0].reason, c.reason) << c.name;
  }
}

TEST(Reasons, have_a_name_words_and_what_to_do_each) {
  for (std::size_t i = 0; i < reason_count; ++i) {
    const std::string id = "reason." + std::string(name_of(static_cast<Reason>(i)));
    for (const char* end : {"", ".text", ".do"}) EXPECT_NE(text_of(id + end), nullptr) << id << end;
  }
}

TEST(Signature, is_told_with_its_kind) {
  struct {
    int flags;
    const char* kind;
  } const cases[] = {{0, "not_stated"},
                     {TimeNotSigned, "none"},
                     {TimeSigned, "signed"},
                     {TimeSigned | TimePaper, "paper"},
                     {TimeSigned | TimePortalCode, "portal_code"},
                     {TimeSigned | TimeEmailException | TimeMonthly, "email_exception"}};
  for (const auto& c : cases) EXPECT_EQ(signature_of({.flags = static_cast<std::uint8_t>(c.flags)}), c.kind);
}

const CapCase cap_cases[] = {
    {"exactly_the_month", records({{"2017-03-02", 600}, {"2017-03-31", 600}}), 20, {}, {{600, "accepted"}, {600, "accepted"}}},
    {"a_minute_above_the_month",
     records({{"2017-03-02", 600}, {"2017-03-31", 601}}),
     20,
     {},
     {{600, "accepted"}, {600, "over_month_limit"}}},
    {"no_month_cap_in_the_terms",
     records({{"2017-03-02", 1440}, {"2017-03-03", 1440}}),
     {},
     {},
     {{1440, "accepted"}, {1440, "accepted"}}},
    {"the_next_month_is_another_month",
     records({{"2017-03-31", 1200}, {"2017-04-01", 1200}}),
     20,
     {},
     {{1200, "accepted"}, {1200, "accepted"}}},
    {"a_months_total_fills_the_month",
     records({{"2017-03-01", 1201, -1, -1, 0, TimeMonthly}}),
     20,
     {},
     {{1200, "over_month_limit"}}},
    {"what_is_refused_for_another_reason_does_not_use_the_month_up",
     records({{"2017-03-02", 600, -1, -1, 2}, {"2017-03-03", 1200}}),
     20,
     {},
     {{0, "activity_not_funded"}, {1200, "accepted"}}},
    {"exactly_the_year", records({{"2017-01-02", 600}, {"2017-12-31", 600}}), {}, 20, {{600, "accepted"}, {600, "accepted"}}},
    {"a_minute_above_the_year",
     records({{"2017-01-02", 600}, {"2017-12-31", 601}}),
     {},
     20,
     {{600, "accepted"}, {600, "over_year_limit"}}},
    {"the_latest_day_is_above_whatever_the_order",
     records({{"2017-12-31", 601}, {"2017-01-02", 600}}),
     {},
     20,
     {{600, "over_year_limit"}, {600, "accepted"}}},
    {"the_next_year_is_another_year",
     records({{"2017-12-31", 1200}, {"2018-01-01", 1200}}),
     {},
     20,
     {{1200, "accepted"}, {1200, "accepted"}}},
    {"of_month_and_year_the_month_is_named", records({{"2017-03-02", 1300}}), 20, 10, {{600, "over_month_limit"}}},
};
INSTANTIATE_TEST_SUITE_P(HoursLedger, LongCaps, ::testing::ValuesIn(cap_cases),
                         [](const auto& test) { return test.param.name; });

struct ElsewhereCase {
  const char* name;
  std::vector<TimeRecord> here, there;
  bool theirs_first;
  std::vector<std::pair<int, std::string>> expected;
  std::vector<std::string> told;  ///< "minutes with whom when"
};
void PrintTo(const ElsewhereCase& c, std::ostream* out) { *out << c.name; }
class AnotherProject : public ::testing::TestWithParam<ElsewhereCase> {};

TEST_P(AnotherProject, has_the_same_person_at_the_same_time) {
  const ElsewhereCase& c = GetParam();
  const Given given{.entered = "2017-03-01", .left = "2017-06-30"};
  Decision decision;
  decision.verdict = Verdict::Eligible;
  std::vector<TimeElsewhere> there;
  for (const TimeRecord& time : c.there) there.push_back({time, "varmlands-framtid D-0003", c.theirs_first});
  const Ledger found =
      ledger(c.here, std::vector{participation(given)}, std::vector{decision}, project(given), programme(given), there);
  std::vector<std::pair<int, std::string>> lines;
  for (const LedgerLine& line : found.lines) {
    lines.emplace_back(line.accepted, name_of(line.reason));
    EXPECT_EQ(line.accepted + line.refused, c.here[line.record].minutes);
  }
  EXPECT_EQ(lines, c.expected);
  std::vector<std::string> told;
  for (const TwoPlaces& both : found.two_places) told.push_back(std::to_string(both.minutes) + " " + both.with);
  EXPECT_EQ(told, c.told);
}

const ElsewhereCase elsewhere_cases[] = {
    {"HM_33_the_later_stay_loses_the_hour_in_common",
     records({{"2017-03-02", 180, 660, 840}}),
     records({{"2017-03-02", 180, 540, 720}}),
     false,
     {{120, "overlap_elsewhere"}},
     {"60 varmlands-framtid D-0003 09:00-12:00"}},
    {"HM_33_the_earlier_stay_keeps_it_and_names_the_other",
     records({{"2017-03-02", 180, 540, 720}}),
     records({{"2017-03-02", 180, 660, 840}}),
     true,
     {{180, "accepted"}},
     {"60 varmlands-framtid D-0003 11:00-14:00"}},
    {"HM_34_stays_that_touch_do_not_overlap",
     records({{"2017-03-02", 120, 720, 840}}),
     records({{"2017-03-02", 180, 540, 720}}),
     true,
     {{120, "accepted"}},
     {}},
    {"over_the_change_of_clocks_in_March_an_hour_and_a_half_is",
     records({{"2017-03-26", 180, 60, 300}}),
     records({{"2017-03-26", 150, 0, 210}}),
     true,
     {{90, "overlap_elsewhere"}},
     {"90 varmlands-framtid D-0003 00:00-03:30"}},
    {"one_minute_in_common",
     records({{"2017-03-02", 121, 719, 840}}),
     records({{"2017-03-02", 180, 540, 720}}),
     true,
     {{120, "overlap_elsewhere"}},
     {"1 varmlands-framtid D-0003 09:00-12:00"}},
    {"the_same_stay_in_the_project_whose_key_comes_first",
     records({{"2017-03-02", 180, 540, 720}}),
     records({{"2017-03-02", 180, 540, 720}}),
     false,
     {{180, "accepted"}},
     {"180 varmlands-framtid D-0003 09:00-12:00"}},
    {"the_same_stay_in_the_other_one",
     records({{"2017-03-02", 180, 540, 720}}),
     records({{"2017-03-02", 180, 540, 720}}),
     true,
     {{0, "overlap_elsewhere"}},
     {"180 varmlands-framtid D-0003 09:00-12:00"}},
    {"HM_35_a_stay_without_end_goes_on",
     records({{"2017-03-02", 60, 600, 660}}),
     records({{"2017-03-02", 0, 540}}),
     false,
     {{0, "overlap_elsewhere"}},
     {"60 varmlands-framtid D-0003 09:00-"}},
    {"a_break_of_theirs_is_covered_by_ours",
     records({{"2017-03-02", 180, 540, 720}, {"2017-03-02", 60, 720, 780}}),
     records({{"2017-03-02", 60, 600, 660}}),
     true,
     {{180, "accepted"}, {60, "accepted"}},
     {"60 varmlands-framtid D-0003 10:00-11:00"}},
    {"where_time_of_both_projects_covers_it_the_project_s_own_is_named",
     records({{"2017-03-02", 180, 540, 720}, {"2017-03-02", 180, 660, 840}}),
     records({{"2017-03-02", 120, 630, 750}}),
     true,
     {{180, "accepted"}, {90, "overlap"}},
     {"90 varmlands-framtid D-0003 10:30-12:30", "90 varmlands-framtid D-0003 10:30-12:30"}},
    {"late_time_that_was_not_let_in_there_takes_up_no_time_here",
     records({{"2017-03-02", 180, 540, 720}}),
     records({{"2017-03-02", 180, 540, 720, 0, TimeLate}}),
     true,
     {{180, "accepted"}},
     {}},
    {"another_day",
     records({{"2017-03-03", 180, 540, 720}}),
     records({{"2017-03-02", 180, 540, 720}}),
     true,
     {{180, "accepted"}},
     {}},
    {"another_person",
     records({{"2017-03-02", 180, 540, 720}}),
     records({{.on = "2017-03-02", .minutes = 180, .start = 540, .end = 720, .person = 1}}),
     true,
     {{180, "accepted"}},
     {}},
    {"an_absence_there_takes_up_no_time",
     records({{"2017-03-02", 180, 540, 720}}),
     records({{"2017-03-02", 0, 540, 720, 0, TimeAbsent}}),
     true,
     {{180, "accepted"}},
     {}},
    {"time_there_without_times_of_day_cannot_be_compared",
     records({{"2017-03-02", 180, 540, 720}}),
     records({{"2017-03-02", 180}}),
     true,
     {{180, "accepted"}},
     {}},
    {"time_here_without_times_of_day_cannot_be_compared",
     records({{"2017-03-02", 180}}),
     records({{"2017-03-02", 180, 540, 720}}),
     true,
     {{180, "accepted"}},
     {}},
};
INSTANTIATE_TEST_SUITE_P(HoursLedger, AnotherProject, ::testing::ValuesIn(elsewhere_cases),
                         [](const auto& test) { return test.param.name; });

TEST(HoursLedger, an_hour_in_two_projects_is_refused_in_exactly_one_of_them) {
  std::mt19937 random{5};
  const Given given{.entered = "2017-03-01", .left = "2017-06-30"};
  Decision decision;
  decision.verdict = Verdict::Eligible;
  for (int round = 0; round < 300; ++round) {
    const auto stay = [&] {
      const int start = static_cast<int>(random() % 600), length = static_cast<int>(random() % 300) + 1;
      return records({{"2017-03-02", length, start, start + length}});
    };
    const auto a = stay(), b = stay();
    const auto judged_beside = [&](const std::vector<TimeRecord>& here, const std::vector<TimeRecord>& there, bool first) {
      return ledger(here, std::vector{participation(given)}, std::vector{decision}, project(given), programme(given),
                    std::vector<TimeElsewhere>{{there[0], "b D-0001", first}});
    };
    const Ledger in_a = judged_beside(a, b, false), in_b = judged_beside(b, a, true);
    const int common = std::max(0, std::min(a[0].end, b[0].end) - std::max(a[0].start, b[0].start));
    EXPECT_EQ(in_a.lines[0].refused + in_b.lines[0].refused, common);
    EXPECT_EQ(in_a.two_places.size() + in_b.two_places.size(), common > 0 ? 2u : 0u) << "told of both, or of none";
  }
}

TEST(HoursLedger, time_in_common_on_the_night_of_a_clock_change_is_that_which_passes) {
  const Given given{.entered = "2017-03-01", .left = "2017-12-31"};
  Decision decision;
  decision.verdict = Verdict::Eligible;
  // 00:00-04:00 is five hours, 01:00-04:00 within it four.
  const std::vector<TimeRecord> rows = records({{"2017-10-29", 300, 0, 240}, {"2017-10-29", 240, 60, 240, 1}});
  ProgrammeTerms by_clock = programme(given);
  by_clock.clock_change_counts = always(false);
  const auto refused = [&](const ProgrammeTerms& terms) {
    const Ledger found = ledger(rows, std::vector{participation(given)}, std::vector{decision}, project(given), terms);
    return found.minutes[static_cast<std::size_t>(Reason::Overlap)];
  };
  EXPECT_EQ(refused(programme(given)), 240);
  EXPECT_EQ(refused(by_clock), 180);
}

TEST(HoursLedger, the_same_person_cannot_be_in_two_places) {
  expect({{"HM-33 one hour in common",
           records({{"2017-03-02", 180, 540, 720}, {"2017-03-02", 180, 660, 840}}),
           {{180, "accepted"}, {120, "overlap"}}},
          {"whatever order they come in",
           records({{"2017-03-02", 180, 660, 840}, {"2017-03-02", 180, 540, 720}}),
           {{120, "overlap"}, {180, "accepted"}}},
          {"one inside another",
           records({{"2017-03-02", 480, 540, 1020}, {"2017-03-02", 60, 600, 660}}),
           {{480, "accepted"}, {0, "overlap"}}},
          {"the third still lies in the first",
           records({{"2017-03-02", 480, 540, 1020}, {"2017-03-02", 60, 600, 660}, {"2017-03-02", 90, 990, 1080}}),
           {{480, "accepted"}, {0, "overlap"}, {60, "overlap"}}},
          {"a break is not counted twice: no more than the minutes of the record are refused",
           records({{"2017-03-02", 180, 540, 720}, {"2017-03-02", 30, 660, 720}}),
           {{180, "accepted"}, {0, "overlap"}}},
          {"HM-35 an entry without end is still going on",
           records({{"2017-03-02", 0, 540}, {"2017-03-02", 60, 600, 660}}),
           {{0, "accepted"}, {0, "overlap"}}},
          {"without an end the stated minutes say how far it reached",
           records({{"2017-03-02", 60, 540}, {"2017-03-02", 60, 600, 660}}),
           {{60, "accepted"}, {60, "accepted"}}},
          {"an absence takes up no time",
           records({{"2017-03-02", 0, 540, 720, 0, TimeAbsent}, {"2017-03-02", 180, 540, 720}}),
           {{0, "absence"}, {180, "accepted"}}},
          {"overlap counts before the activity",
           records({{"2017-03-02", 180, 540, 720}, {"2017-03-02", 60, 600, 660, 2}}),
           {{180, "accepted"}, {0, "overlap"}}},
          {"another day",
           records({{"2017-03-02", 180, 540, 720}, {"2017-03-03", 180, 660, 840}}),
           {{180, "accepted"}, {180, "accepted"}}},
          {"HM-34 touching is no overlap",
           records({{"2017-03-02", 180, 540, 720}, {"2017-03-02", 120, 720, 840}}),
           {{180, "accepted"}, {120, "accepted"}}},
          {"the same row twice",
           records({{"2017-03-02", 180, 540, 720}, {"2017-03-02", 180, 540, 720}}),
           {{180, "accepted"}, {0, "duplicate"}}},
          {"two people at once",
           records({{"2017-03-02", 180, 540, 720, 0, 0, 0}, {"2017-03-02", 180, 540, 720, 0, 0, 1}}),
           {{180, "accepted"}, {0, "undecided"}}},
          {"the same day and activity twice, without times of the day",
           records({{"2017-03-02", 180}, {"2017-03-02", 180}}),
           {{180, "accepted"}, {0, "duplicate"}}},
          {"hours alone that a row with times of the day says",
           records({{"2017-03-02", 180}, {"2017-03-02", 180, 540, 720}}),
           {{0, "duplicate"}, {180, "accepted"}}},
          {"hours alone that rows with times of the day come to together",
           records({{"2017-03-02", 60, 540, 600}, {"2017-03-02", 180}, {"2017-03-02", 120, 780, 900}}),
           {{60, "accepted"}, {0, "duplicate"}, {120, "accepted"}}},
          {"hours alone that are more than those with times of the day are another part of it",
           records({{"2017-03-02", 181}, {"2017-03-02", 180, 540, 720}}),
           {{181, "accepted"}, {180, "accepted"}}},
          {"hours alone of another activity than those with times of the day",
           records({{"2017-03-02", 180}, {"2017-03-02", 180, 540, 720, 1}}),
           {{180, "accepted"}, {180, "accepted"}}},
          {"hours alone of another day than those with times of the day",
           records({{"2017-03-02", 180}, {"2017-03-03", 180, 540, 720}}),
           {{180, "accepted"}, {180, "accepted"}}},
          {"hours alone of another person than those with times of the day",
           records({{"2017-03-02", 180, -1, -1, 0, 0, 1}, {"2017-03-02", 180, 540, 720}}),
           {{0, "undecided"}, {180, "accepted"}}},
          {"another activity is another row",
           records({{"2017-03-02", 180}, {"2017-03-02", 180, -1, -1, 1}}),
           {{180, "accepted"}, {180, "accepted"}}},
          {"other hours are another row",
           records({{"2017-03-02", 180}, {"2017-03-02", 120}}),
           {{180, "accepted"}, {120, "accepted"}}},
          {"three times is twice too often",
           records({{"2017-03-02", 180}, {"2017-03-02", 180}, {"2017-03-02", 180}}),
           {{180, "accepted"}, {0, "duplicate"}, {0, "duplicate"}}}});
}

TEST(HoursLedger, time_that_came_late_to_a_closed_month_is_refused_before_anything_else_and_is_in_nobodys_way) {
  expect({{"all of it", records({{"2017-03-02", 180, 540, 720, 0, TimeLate}}), {{0, "period_closed"}}},
          {"before other reasons",
           records({{"2017-02-28", 180, 540, 720, 0, TimeLate}, {"2017-03-02", 180, -1, -1, 0, TimeLate | TimeNotSigned}}),
           {{0, "period_closed"}, {0, "period_closed"}}},
          {"an earlier stay that was let in stands",
           records({{"2017-03-02", 180, 480, 660, 0, TimeLate}, {"2017-03-02", 180, 540, 720}}),
           {{0, "period_closed"}, {180, "accepted"}}},
          {"and is no repetition of one that was not",
           records({{"2017-03-02", 180, 540, 720, 0, TimeLate}, {"2017-03-02", 180, 540, 720}}),
           {{0, "period_closed"}, {180, "accepted"}}},
          {"it uses up no cap",
           records({{"2017-03-02", 480, -1, -1, 0, TimeLate}, {"2017-03-02", 480}}),
           {{0, "period_closed"}, {480, "accepted"}}}});
}

TEST(HoursLedger, a_months_total_is_inside_when_any_day_of_the_month_is) {
  const auto month = [](const char* first, int minutes) { return records({{first, minutes, -1, -1, 0, TimeMonthly}}); };
  expect({{"the month of the exit", month("2017-06-01", 600), {{600, "accepted"}}},
          {"the month after", month("2017-07-01", 600), {{0, "after_exit"}}},
          {"the month before", month("2017-02-01", 600), {{0, "before_entry"}}},
          {"beside a day of the same month",
           records({{"2017-03-01", 600, -1, -1, 0, TimeMonthly}, {"2017-03-01", 600}}),
           {{600, "accepted"}, {600, "accepted"}}},
          {"the same total twice",
           records({{"2017-03-01", 600, -1, -1, 0, TimeMonthly}, {"2017-03-01", 600, -1, -1, 0, TimeMonthly}}),
           {{600, "accepted"}, {0, "duplicate"}}}});
}

TEST(HoursLedger, refuses_time_outside_the_project_and_between_two_spells) {
  Participation back = participation({.entered = "2016-01-01", .left = "2018-12-31"});
  back.spells = {period("2016-01-01", "2016-06-30"), period("2017-02-01", "2018-12-31")};
  const std::vector<Participation> people{back};
  Decision decision;
  decision.verdict = Verdict::Eligible;
  const auto times = records({{"2016-06-30", 60},
                              {"2016-07-01", 60},
                              {"2017-01-31", 60},
                              {"2017-02-01", 60},
                              {"2018-06-30", 60},
                              {"2018-07-01", 60},
                              {"2019-01-01", 60}});
  const Ledger found = ledger(times, people, std::vector{decision}, project(), programme());
  std::vector<std::string> reasons;
  for (const LedgerLine& line : found.lines) reasons.emplace_back(name_of(line.reason));
  EXPECT_EQ(reasons, (std::vector<std::string>{"accepted", "after_exit", "after_exit", "accepted", "accepted",
                                               "outside_project", "after_exit"}));
}

TEST(HoursLedger, cannot_decide_for_who_has_no_participation_decision_or_entry_date) {
  const auto times = records({{"2017-03-02", 60, -1, -1, 0, 0, 7}});
  const std::vector<Participation> nobody, known{participation({.person = 7})},
      undated{participation({.person = 7, .entered = {}})};
  const auto reason = [&](const std::vector<Participation>& people) {
    return name_of(ledger(times, people, {}, project(), programme()).lines[0].reason);
  };
  EXPECT_EQ(reason(nobody), "undecided");
  EXPECT_EQ(reason(known), "undecided");
  EXPECT_EQ(reason(undated), "undecided");
}

TEST(HoursLedger, of_nothing_is_nothing) {
  const Ledger found = ledger({}, {}, {}, project(), programme());
  EXPECT_TRUE(found.lines.empty() && found.cells.empty());
  EXPECT_EQ(found.reported(), 0);
}

TEST(HoursLedger, a_day_without_a_cap_in_the_terms_has_none) {
  const std::vector<Participation> people{participation()};
  Decision decision;
  decision.verdict = Verdict::Eligible;
  const Ledger found = ledger(records({{"2017-03-02", 900}, {"2017-03-02", 800}}), people, std::vector{decision}, project(),
                              programme({.day_cap_minutes = {}}));
  EXPECT_EQ(found.minutes[0], 1700);
}

TEST(HoursLedger, sums_by_person_and_month_agree_with_its_lines) {
  const auto times = records({{"2017-03-02", 60}, {"2017-03-03", 90, -1, -1, 1}, {"2017-04-03", 30}, {"2017-02-01", 45}});
  const Ledger found = judged(times);
  ASSERT_EQ(found.cells.size(), 3u);
  EXPECT_EQ(found.cells[0].refused(), 45);
  EXPECT_EQ(found.cells[1].accepted, 150);
  EXPECT_EQ(found.cells[2].month, Month::parse("2017-04")->number());
  EXPECT_EQ(found.reported(), 225);
  EXPECT_EQ(found.minutes[0], 180);
  EXPECT_EQ(found.minutes[static_cast<std::size_t>(Reason::BeforeEntry)], 45);
}

TEST(HoursLedger, every_minute_ends_in_one_place_whatever_the_order_of_the_records) {
  std::mt19937 random{7};
  for (int round = 0; round < 200; ++round) {
    std::vector<TimeRecord> times;
    std::int64_t reported = 0;
    for (int i = 0; i < 40; ++i) {
      const int start = static_cast<int>(random() % 1000);
      const int minutes = static_cast<int>(random() % 400);
      const bool timed = random() % 2;
      times.push_back({.person = static_cast<std::uint32_t>(random() % 3),
                       .day = day("2017-02-27").days() + static_cast<int>(random() % 5),
                       .start = static_cast<std::int16_t>(timed ? start : -1),
                       .end = static_cast<std::int16_t>(timed ? start + minutes : -1),
                       .minutes = static_cast<std::uint16_t>(minutes),
                       .activity = static_cast<std::uint8_t>(random() % 3),
                       .flags = static_cast<std::uint8_t>(random() % 8 == 0 ? TimeAbsent : 0),
                       .origin = {1, 0, static_cast<std::uint32_t>(i + 2), 5}});
      reported += minutes;
    }
    const Ledger first = judged(times, Verdict::Eligible, 10);
    EXPECT_EQ(first.reported(), reported);
    auto shuffled = times;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    const Ledger second = judged(shuffled, Verdict::Eligible, 10);
    EXPECT_EQ(first.minutes, second.minutes);
    for (std::size_t i = 0; i < shuffled.size(); ++i) {
      const std::size_t was = shuffled[i].origin.row - 2;
      EXPECT_EQ(second.lines[i].accepted, first.lines[was].accepted);
      EXPECT_EQ(second.lines[i].reason, first.lines[was].reason);
    }
    std::int64_t in_cells = 0, refused_in_cells = 0, refused_in_lines = 0;
    for (const LedgerCell& cell : first.cells) in_cells += cell.reported, refused_in_cells += cell.refused();
    for (const LedgerLine& line : first.lines) refused_in_lines += line.refused;
    EXPECT_EQ(in_cells, reported);
    EXPECT_EQ(refused_in_cells, refused_in_lines);
  }
}

TEST(Rounding, happens_once_and_as_the_terms_say) {
  EXPECT_EQ(reported_hours(Minutes{20 * 465}, Rounding::Down), 155) << "HM-40 per month";
  EXPECT_EQ(20 * reported_hours(Minutes{465}, Rounding::Down), 140) << "HM-41 per day";
  EXPECT_EQ(reported_hours(Minutes{59}, Rounding::Down), 0) << "HM-42";
  EXPECT_EQ(reported_hours(Minutes{89}, Rounding::HalfUp), 1);
  EXPECT_EQ(reported_hours(Minutes{90}, Rounding::HalfUp), 2);
  EXPECT_EQ(cost_of(Minutes{600}, Money::of_ore(11475), Rounding::HalfUp).ore(), 114750) << "HM-44";
  EXPECT_EQ(tenths_of_percent(67, 269), 249) << "PR-23";
  EXPECT_EQ(whole_percent(67, 269), 25);
  EXPECT_EQ(whole_percent(78, 269), 29) << "PR-24";
  EXPECT_EQ(whole_percent(66, 269), 25) << "PR-26: 24.54 %";
  EXPECT_EQ(whole_percent(65, 269), 24);
}

}  // namespace
}  // namespace horisont
