#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "golden.h"
#include "core/reports/staff_cells.h"
#include "story.h"

namespace horisont {
namespace {

using testing::HasSubstr;

// Two members of staff under a cap of 160 hours a year and 13 a day: one keeps within, one works too long on a day and too much
// in the year; a third has no stated share of employment.
Story staffed() {
  Story story;
  const Period always{day("2014-01-01"), std::nullopt};
  const Citation guess{"antaget", Confidence::UnverifiedDefault};
  story.programme.staff_year_cap.values = {{Minutes{160 * 60}, always, guess, "staff_year_cap", 40}};
  story.programme.staff_day_cap.values = {{Minutes{13 * 60}, always, guess, "staff_day_cap", 44}};
  story.programme.staff_signature.values = {{"person", always, guess, "staff_signature", 48}};
  for (const char* on : {"2016-05-02", "2016-05-03", "2016-06-01"}) story.work(on, 7 * 60 + 45);
  story.work("2016-05-04", 7 * 60).signed_on.reset();
  story.work("2016-05-02", 13 * 60 + 1, "8", "project_leader");
  for (int n = 3; n <= 20; ++n)
    story.work("2016-05-" + std::string(n < 10 ? "0" : "") + std::to_string(n), 9 * 60, "8", "project_leader");
  story.work("2016-06-02", 8 * 60, "9").employment_share.reset();
  StaffTime& away = story.work("2016-06-03", 8 * 60);
  away.absence = "excused";
  for (const char* closed : {"2016-05", "2016-06"}) story.months.push_back({.month = month(closed), .state = MonthState::Closed});
  story.judge_staff();
  return story;
}

TEST(StaffTimeReport, months_years_days_activities_and_what_is_refused) {
  const Story story = staffed();
  const Report report = staff_time_report(story.input(), {day("2016-05-01"), day("2016-06-30")});
  expect_golden(report, "staff-time");
  expect_all_agree(report);
  EXPECT_EQ(text_at(report, "days_over", 0, "over_minutes"), "m:1") << "one minute above thirteen hours";
  EXPECT_EQ(text_at(report, "months", 3, "refused_minutes"), "m:480") << "without a share nothing is accepted";
  EXPECT_EQ(text_at(report, "years", 2, "cap_minutes"), "e:");
  EXPECT_FALSE(report.draft);
}

TEST(StaffTimeReport, every_minute_is_accepted_or_refused) {
  const Story story = staffed();
  const Report report = staff_time_report(story.input(), {day("2016-05-01"), day("2016-06-30")});
  std::int64_t reported = 0;
  for (const StaffTime& time : story.staff) reported += time.minutes.count();
  std::int64_t months = 0, refused = 0;
  for (const auto& row : sheet_of(report, "months").rows) months += std::get<Minutes>(row[5].value).count();
  for (const auto& row : sheet_of(report, "refused").rows) refused += std::get<Minutes>(row[4].value).count();
  EXPECT_EQ(months + refused, reported);
  EXPECT_GT(refused, 0);
}

TEST(StaffTimeReport, says_why_time_is_refused_in_the_same_words_on_every_sheet) {
  for (const Reason reason : {Reason::OutsideProject, Reason::Undecided, Reason::OverDayLimit, Reason::OverMonthLimit,
                              Reason::OverYearLimit, Reason::Absence, Reason::NotSigned, Reason::ActivityNotFunded, Reason::Holiday,
                              Reason::BesideFixedShare}) {
    EXPECT_NE(text_of(staff_reason(reason).id), nullptr) << name_of(reason);
    EXPECT_NE(text_of(staff_reason(reason).id + ".do"), nullptr) << name_of(reason);
  }
  const Story story = staffed();
  const Report report = staff_time_report(story.input(), {day("2016-05-01"), day("2016-06-30")});
  std::map<std::string, std::set<std::string>> on_refused;  // by member of staff and month
  for (const auto& row : sheet_of(report, "refused").rows) {
    const auto* date = std::get_if<Date>(&row[2].value);
    ASSERT_NE(date, nullptr);
    on_refused[std::get<std::string>(row[0].value) + Month::containing(*date).iso()].insert(
        words(*std::get<Kept<Message>>(row[5].value), Language::Swedish));
  }
  std::size_t told = 0;
  for (const auto& row : sheet_of(report, "months").rows) {
    const auto* said = std::get_if<Kept<Bilingual>>(&row[8].value);
    const auto& expected = on_refused[std::get<std::string>(row[0].value) + std::get<Month>(row[3].value).iso()];
    EXPECT_EQ(said == nullptr, expected.empty());
    if (!said) continue;
    ++told;
    for (const std::string& one : expected) EXPECT_THAT((*said)->sv, HasSubstr(one));
  }
  EXPECT_EQ(told, on_refused.size());
}

TEST(StaffTimeReport, is_a_draft_while_a_month_with_staff_time_is_open) {
  Story story = staffed();
  const ReportPeriod both{day("2016-05-01"), day("2016-06-30")}, may{day("2016-05-01"), day("2016-05-31")};
  story.months[1].state = MonthState::Attested;
  EXPECT_TRUE(staff_time_report(story.input(), both).draft);
  EXPECT_FALSE(staff_time_report(story.input(), may).draft) << "May is closed";
  story.months.clear();
  EXPECT_TRUE(staff_time_report(story.input(), may).draft);
}

TEST(StaffTimeReport, is_of_whole_months_and_of_no_others) {
  const Story story = staffed();
  const Report report = staff_time_report(story.input(), {day("2016-06-15"), day("2016-06-20")});
  EXPECT_EQ(report.period, "2016-06");
  for (const auto& row : sheet_of(report, "months").rows) EXPECT_EQ(std::get<Month>(row[3].value), month("2016-06"));
  EXPECT_EQ(sheet_of(report, "years").rows.size(), 3u) << "a year's cap is one of the whole year";
  EXPECT_TRUE(sheet_of(report, "days_over").rows.empty());
}

TEST(StaffTimeReport, of_no_staff_is_empty_and_a_month_that_is_not_over_a_draft) {
  const Story story;
  const Report report = staff_time_report(story.input(), {day("2016-07-01"), day("2016-07-31")});
  for (const Sheet& sheet : report.sheets) EXPECT_TRUE(sheet.rows.empty()) << sheet.id;
  expect_all_agree(report);
  EXPECT_TRUE(report.draft);
}

}  // namespace
}  // namespace horisont
