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
  expect({{"on the entry day", records({{"2017-03-01", 60}}), {{60, "accepted"}}},
          {"the day before entry", records({{"2017-02-28", 60}}), {{0, "before_entry"}}},
          {"on the exit day", records({{"2017-06-30", 60}}), {{60, "accepted"}}},
          {"the day after exit", records({{"2017-07-01", 60}}), {{0, "after_exit"}}},
          {"an absence", records({{"2017-03-02", 60, -1, -1, 0, TimeAbsent | TimeExcused}}), {{0, "absence"}}},
          {"not signed", records({{"2017-03-02", 60, -1, -1, 0, TimeNotSigned}}), {{0, "not_signed"}}},
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

TEST(HoursLedger, sums_by_person_month_and_activity_agree_with_its_lines) {
  const auto times = records({{"2017-03-02", 60}, {"2017-03-03", 90, -1, -1, 1}, {"2017-04-03", 30}, {"2017-02-01", 45}});
  const Ledger found = judged(times);
  ASSERT_EQ(found.cells.size(), 4u);
  EXPECT_EQ(found.cells[0].refused, 45);
  EXPECT_EQ(found.cells[1].accepted, 60);
  EXPECT_EQ(found.cells[2].activity, 1);
  EXPECT_EQ(found.cells[3].month, Month::parse("2017-04")->number());
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
    std::int64_t in_cells = 0;
    for (const LedgerCell& cell : first.cells) {
      EXPECT_EQ(cell.accepted + cell.refused, cell.reported);
      in_cells += cell.reported;
    }
    EXPECT_EQ(in_cells, reported);
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
