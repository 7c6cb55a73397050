#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/reports/behind.h"
#include "core/reports/said.h"
#include "golden.h"
#include "story.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

Story two_months() {
  Story story;
  story.add({.left = "2016-05-20"});
  story.add(
      {.number = "199703062381", .verdict = Verdict::NotEligible, .codes = {"P05"}, .gender = "man", .municipality = "1715"});
  story.add({.number = "199703112384", .entered = "2016-05-09"});
  story.attend(0, "2016-04-04", 465);
  story.attend(0, "2016-04-05", 480, 45, Reason::OverDayLimit, 1);
  story.attend(0, "2016-05-23", 120, Reason::AfterExit, 2);
  story.attend(1, "2016-05-02", 240, Reason::NotEligible);
  story.attend(2, "2016-05-02", 90, Reason::BeforeEntry);
  story.attend(2, "2016-05-10", 0, Reason::Accepted, 2);
  story.times.back().flags = TimeAbsent | TimeExcused;
  story.attend(2, "2016-06-10", 300);
  for (const char* closed : {"2016-04", "2016-05", "2016-06"})
    story.months.push_back({.month = month(closed), .state = MonthState::Closed});
  return story;
}

TEST(HoursSummary, two_months_of_three_people) {
  const Story story = two_months();
  const Report report = hours_summary(story.input(), {day("2016-04-01"), day("2016-05-31")});
  expect_golden(report, "hours-summary");
  expect_all_agree(report);
}

TEST(HoursSummary, totals_are_those_of_the_ledger) {
  const Story story = two_months();
  const Report report = hours_summary(story.input(), {day("2016-01-01"), day("2018-06-30")});
  std::int64_t reported = 0;
  for (const TimeRecord& record : story.times) reported += record.minutes;
  const Sheet& by_month = sheet_of(report, "summary");
  EXPECT_EQ(std::get<Minutes>(by_month.totals[3].value), Minutes{reported});
  EXPECT_EQ(std::get<Minutes>(by_month.totals[4].value), Minutes{story.hours.minutes[0]});
  expect_all_agree(report);
}

TEST(HoursSummary, a_wrong_ledger_sum_does_not_pass_unseen) {
  Story story = two_months();
  story.hours.cells[0].reported += 1;
  const Report report = hours_summary(story.input(), {day("2016-04-01"), day("2016-05-31")});
  EXPECT_TRUE(std::any_of(report.checks.begin(), report.checks.end(), [](const auto& check) { return !check.agrees(); }));
}

// What the sheet of refused time says decided, by reason.
std::string limit_of(const Report& report, std::string_view reason) {
  for (std::size_t row = 0; row < sheet_of(report, "refused").rows.size(); ++row)
    if (text_at(report, "refused", row, "reason").find(reason) != std::string::npos)
      return text_at(report, "refused", row, "rule_or_limit");
  return "no such row";
}

TEST(HoursSummary, names_the_other_project_of_time_that_is_refused_for_it) {
  Story story = two_months();
  story.attend(0, "2016-05-25", 120, 60, Reason::Overlap);
  const auto at = static_cast<std::uint32_t>(story.times.size() - 1);
  story.hours.two_places = {{at, 0, 30, "varmlands-framtid D-0003 09:00-12:00"}, {at, 1, 30, "varmlands-unga D-0001 12:30-"}};
  const Report report = hours_summary(story.input(), {day("2016-04-01"), day("2016-05-31")});
  EXPECT_EQ(limit_of(report, "overlap"), "s:varmlands-framtid D-0003 09:00-12:00, varmlands-unga D-0001 12:30-");
  expect_all_agree(report);
}

TEST(HoursSummary, says_the_cap_of_month_and_year_that_refused) {
  Story story = two_months();
  const auto hours = [](int n) {
    return Timeline<Minutes>{{Dated<Minutes>{Minutes{n * 60}, {day("2000-01-01"), {}}, {}, {}, 0}}};
  };
  story.programme.participant_month_cap = hours(160), story.programme.participant_year_cap = hours(1000);
  story.attend(0, "2016-05-25", 0, 60, Reason::OverMonthLimit);
  story.attend(0, "2016-05-26", 0, 60, Reason::OverYearLimit);
  const Report report = hours_summary(story.input(), {day("2016-04-01"), day("2016-05-31")});
  EXPECT_EQ(limit_of(report, "over_month_limit"), "s:160 h");
  EXPECT_EQ(limit_of(report, "over_year_limit"), "s:1000 h");
}

TEST(HoursSummary, without_participants_has_a_row_of_zeros_for_the_month) {
  const Story story;
  const Report report = hours_summary(story.input(), {day("2016-05-01"), day("2016-05-31")});
  ASSERT_EQ(sheet_of(report, "summary").rows.size(), 1u);
  EXPECT_EQ(text_at(report, "summary", 0, "participants_with_hours"), "i:0");
  EXPECT_TRUE(sheet_of(report, "participants").rows.empty());
  EXPECT_TRUE(sheet_of(report, "days").rows.empty());
  expect_all_agree(report);
}

TEST(HoursSummary, an_activity_that_reveals_health_stands_under_its_report_name) {
  const Story story = two_months();
  const Report report = hours_summary(story.input(), {day("2016-04-01"), day("2016-05-31")});
  EXPECT_THAT(everything(report), Not(HasSubstr("KBT")));
  EXPECT_THAT(everything(report), Not(HasSubstr("CBT")));
  // April has support and therapy; they are one row, so that the second cannot be told from the first.
  EXPECT_EQ(text_at(report, "month_activity", 0, "activity"), "b:individuellt stöd/individual support");
  EXPECT_EQ(text_at(report, "month_activity", 0, "reported_minutes"), "m:990");
  EXPECT_EQ(text_at(report, "month_activity", 1, "month"), "d:2016-05");
}

TEST(HoursSummary, a_sensitive_activity_without_report_name_is_not_named) {
  Story story = two_months();
  story.project.activities[1].report_name = {};
  const Report report = hours_summary(story.input(), {day("2016-04-01"), day("2016-05-31")});
  EXPECT_THAT(everything(report), Not(HasSubstr("KBT")));
  EXPECT_THAT(everything(report), HasSubstr("b:aktivitet/activity"));
}

TEST(HoursSummary, neither_place_nor_name_of_a_protected_person_is_shown) {
  Story story;
  story.add({.protected_identity = true});
  story.attend(0, "2016-05-02", 60);
  const Report report = hours_summary(story.input(), {day("2016-05-01"), day("2016-05-31")});
  EXPECT_EQ(text_at(report, "participants", 0, "participant"), "s:D-0001");
  EXPECT_EQ(text_at(report, "participants", 0, "subproject"), "e:");
  EXPECT_THAT(everything(report), Not(HasSubstr("199703012386")));
  EXPECT_THAT(everything(report), Not(HasSubstr("Namn1")));
}

TEST(HoursSummary, a_months_total_has_a_month_and_no_day) {
  Story story;
  story.add({});
  story.attend(0, "2016-05-01", 600);
  story.times[0].flags = TimeMonthly;
  const Report report = hours_summary(story.input(), {day("2016-05-01"), day("2016-05-31")});
  EXPECT_EQ(text_at(report, "days", 0, "date"), "d:2016-05");
}

TEST(HoursSummary, target_uses_the_grant_decision_of_that_day) {
  Story story;
  story.add({});
  story.project.grants.push_back({.decided_on = day("2016-05-15"),
                                  .operation = {day("2016-01-01"), day("2018-12-31")},
                                  .planned_participants = 20,
                                  .cited = {}});
  const Report report = hours_summary(story.input(), {day("2016-04-01"), day("2016-05-31")});
  EXPECT_EQ(text_at(report, "summary", 0, "of_target"), "r:1/10");
  EXPECT_EQ(text_at(report, "summary", 1, "of_target"), "r:1/20");
}

TEST(HoursSummary, a_part_of_a_month_counts_its_own_days_only) {
  Story story;
  story.add({});
  story.attend(0, "2016-05-14", 60);
  story.attend(0, "2016-05-15", 70);
  story.attend(0, "2016-05-16", 80);
  const Report report = hours_summary(story.input(), {day("2016-05-15"), day("2016-05-15")});
  EXPECT_EQ(text_at(report, "summary", 0, "accepted_minutes"), "m:70");
  expect_all_agree(report);
}

TEST(HoursSummary, leaves_out_days_that_no_spreadsheet_could_hold_and_says_so) {
  Story story;
  story.add({});
  story.attend(0, "2016-05-02", 5);
  const TimeRecord one = story.times[0];
  while (story.times.size() < 200'001) {
    story.hours.lines.push_back({static_cast<std::uint32_t>(story.times.size()), 5, 0, Reason::Accepted});
    story.times.push_back(one);
    story.hours.cells[0].reported += 5, story.hours.cells[0].accepted += 5;
  }
  const Report larger = hours_summary(story.input(), {day("2016-05-01"), day("2016-05-31")});
  EXPECT_THROW(sheet_of(larger, "days"), std::out_of_range);
  ASSERT_EQ(larger.notes.size(), 2u);
  EXPECT_EQ(larger.notes[0], (Message{"hours.days_left_out", {"200001"}}));
  EXPECT_EQ(std::get<Minutes>(sheet_of(larger, "summary").totals[3].value), Minutes{1'000'005});
  expect_all_agree(larger);
}

// A month is final when it is closed, several when every one of them with time is.
TEST(HoursSummary, is_a_draft_until_every_month_with_time_is_closed) {
  const std::vector<std::string> differs{"rules"};
  struct {
    const char *name, *from, *to, *today;
    std::vector<MonthStanding> months;
    std::vector<std::string> why;
  } cases[] = {
      {"the month is not over", "2016-05-01", "2016-05-31", "2016-05-31", {}, {"draft.period_not_over 2016-05-31"}},
      {"the month is over and nothing was done to it", "2016-05-01", "2016-05-31", "2016-06-01", {}, {"draft.month_not_closed 2016-05"}},
      {"the month is attested", "2016-05-01", "2016-05-31", "2016-06-01",
       {{.month = month("2016-05"), .state = MonthState::Attested}}, {"draft.month_not_closed 2016-05"}},
      {"the month is closed", "2016-05-01", "2016-05-31", "2016-06-01", {{.month = month("2016-05"), .state = MonthState::Closed}}, {}},
      {"a part of a closed month", "2016-05-02", "2016-05-20", "2016-06-01", {{.month = month("2016-05"), .state = MonthState::Closed}}, {}},
      {"the closed month says something else now", "2016-05-01", "2016-05-31", "2016-06-01",
       {{.month = month("2016-05"), .state = MonthState::Closed, .differs_because = differs}}, {"draft.month_differs 2016-05"}},
      {"one of several months is open", "2016-04-01", "2016-06-30", "2016-08-01",
       {{.month = month("2016-05"), .state = MonthState::Closed}}, {"draft.months_not_closed 2016-04, 2016-06"}},
      {"months that follow upon each other are told by the first and the last", "2016-01-01", "2016-12-31", "2017-02-01", {},
       {"draft.months_not_closed 2016-04–2016-06"}},
      {"the months without time are open", "2016-01-01", "2016-05-31", "2016-08-01",
       {{.month = month("2016-04"), .state = MonthState::Closed}, {.month = month("2016-05"), .state = MonthState::Closed}}, {}},
  };
  for (const auto& each : cases) {
    Story story = two_months();
    story.months = each.months, story.today = day(each.today);
    const Report report = hours_summary(story.input(), {day(each.from), day(each.to)});
    std::vector<std::string> why;
    for (const Message& note : why_draft(report)) why.push_back(note.id + " " + note.values.at(0));
    EXPECT_EQ(why, each.why) << each.name;
    EXPECT_EQ(report.draft, !each.why.empty()) << each.name;
  }
}

TEST(HoursSummary, every_number_of_the_sheets_says_what_it_counted) {
  const Story story = two_months();
  const Report report = hours_summary(story.input(), {day("2016-04-01"), day("2016-05-31")});
  for (const Sheet& sheet : report.sheets)
    for (const auto& row : sheet.rows)
      for (std::size_t column = 0; column < row.size(); ++column) {
        const Cell& cell = row[column];
        const bool number = std::holds_alternative<std::int64_t>(cell.value) || std::holds_alternative<Minutes>(cell.value) ||
                            std::holds_alternative<Ratio>(cell.value);
        if (number) {
          EXPECT_NE(cell.counted_kind, Cell::Counted::None) << sheet.id << "." << sheet.fields[column];
        }
        // Where a column shows one part of its records' minutes, adding them up again gives the cell.
        if (cell.counted_kind != Cell::Counted::TimeRecords || !std::holds_alternative<Minutes>(cell.value)) continue;
        std::int64_t sum = 0;
        for (const std::uint32_t record : cell.counted) {
          const LedgerLine& line = story.hours.lines[record];
          const std::string& field = sheet.fields[column];
          sum += field.starts_with("accepted")  ? line.accepted
                 : field.starts_with("refused") ? line.refused
                                                : line.accepted + line.refused;
        }
        EXPECT_EQ(Minutes{sum}, std::get<Minutes>(cell.value)) << sheet.id << "." << sheet.fields[column];
      }
}

// Rows of long sheets are made when they are asked for. Nobody may see a difference.
TEST(HoursSummary, from_5001_rows_on_they_are_made_when_asked_for_and_text_and_what_is_kept_stay_the_same) {
  for (const std::size_t records : {4'999, 5'000}) {
    Story story = two_months();
    story.times.clear(), story.hours = {};
    for (std::size_t i = 0; i < records; ++i) story.attend(0, Date::of_days(day("2016-04-01").days() + static_cast<int>(i % 50)).iso(), 60);
    story.attend(1, "2016-05-02", 240, Reason::NotEligible);
    const ReportInput input = story.input();
    const ReportInput* const inputs[] = {&input};
    const Report report = hours_summary(input, {day("2016-04-01"), day("2016-05-31")});
    const Sheet& days = sheet_of(report, "days");
    EXPECT_EQ(row_count(days), records + 1);
    EXPECT_EQ(days.rows.size(), records == 4'999 ? 5'000u : 0u);
    EXPECT_EQ(std::get<Minutes>(days.totals[3].value), Minutes{static_cast<std::int64_t>(records) * 60 + 240});
    expect_all_agree(report);

    Report held = report;
    for (Sheet& sheet : held.sheets) {
      for (std::size_t row = 0; row < sheet.made.count; ++row) sheet.rows.push_back(sheet.made.row(row));
      sheet.made = {};
    }
    EXPECT_EQ(to_text(report), to_text(held));
    EXPECT_EQ(freeze(report, inputs), freeze(held, inputs));
    const auto thawed = thaw(to_text(report), freeze(report, inputs));
    ASSERT_TRUE(thawed);
    EXPECT_EQ(to_text(thawed->report), to_text(report));
  }
}

}  // namespace
}  // namespace horisont
