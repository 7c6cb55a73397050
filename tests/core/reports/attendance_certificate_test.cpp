#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/reports/trace.h"
#include "golden.h"
#include "story.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

// Somebody with days of all kinds, somebody without any, somebody with protected identity, somebody who came in June.
Story may() {
  Story story;
  story.add({});
  story.add({.number = "199703112384", .entered = "2016-05-16"});
  story.add({.number = "199703062381", .gender = "man", .protected_identity = true});
  story.add({.number = "199703072380", .entered = "2016-06-01"});
  story.attend(0, "2016-05-03", 420);
  story.times.back().start = 8 * 60 + 30, story.times.back().end = 15 * 60 + 30, story.times.back().flags = TimeSigned;
  story.attend(0, "2016-05-02", 450);
  story.times.back().flags = TimeSigned;
  story.attend(0, "2016-05-03", 30, Reason::OverDayLimit, 2);
  story.times.back().start = 16 * 60, story.times.back().flags = TimeSigned;
  story.attend(0, "2016-05-04", 0);
  story.times.back().flags = TimeSigned | TimeAbsent | TimeExcused;
  story.attend(2, "2016-05-02", 125);
  story.times.back().flags = TimeNotSigned;
  story.attend(0, "2016-06-02", 60);
  return story;
}

TEST(AttendanceCertificate, of_a_month_one_for_each_participant_with_a_list_of_them) {
  const Story story = may();
  const Report report = attendance_certificate(story.input(), month("2016-05"));
  expect_golden(report, "attendance-certificate");
  expect_all_agree(report);
  std::vector<std::string> sheets;
  for (const Sheet& sheet : report.sheets) sheets.push_back(sheet.id);
  EXPECT_EQ(sheets, (std::vector<std::string>{"list", "certificate_D-0001", "certificate_D-0002", "certificate_D-0003"}));
}

TEST(AttendanceCertificate, days_are_counted_once_and_an_absence_is_no_day) {
  const Report report = attendance_certificate(may().input(), month("2016-05"));
  EXPECT_EQ(text_at(report, "list", 0, "days"), "i:2");
  EXPECT_EQ(text_at(report, "list", 1, "days"), "i:0");
  EXPECT_EQ(text_at(report, "list", 0, "whole_hours"), "i:14") << "870 minutes";
}

TEST(AttendanceCertificate, is_signed_when_all_time_is_and_not_known_where_nothing_was_said) {
  const Report report = attendance_certificate(may().input(), month("2016-05"));
  EXPECT_EQ(text_at(report, "list", 0, "signed"), "y:yes");
  EXPECT_EQ(text_at(report, "list", 1, "signed"), "e:") << "nobody has said whether";
  EXPECT_EQ(text_at(report, "list", 2, "signed"), "y:no");
  ASSERT_EQ(report.remaining.size(), 1u);
  EXPECT_EQ(report.remaining[0].number, 1);
}

TEST(AttendanceCertificate, leaves_out_who_a_person_with_protected_identity_is_and_where) {
  const Report report = attendance_certificate(may().input(), month("2016-05"));
  const std::string protected_one = to_text(sheet_of(report, "certificate_D-0003"));
  EXPECT_THAT(protected_one, HasSubstr("D-0003"));
  for (const char* hidden : {"199703062381", "Namn3", "s:Karlstad\t"}) EXPECT_THAT(protected_one, Not(HasSubstr(hidden)));
  const std::string other = to_text(sheet_of(report, "certificate_D-0001"));
  for (const char* shown : {"199703012386", "Namn1", "s:Karlstad\t"}) EXPECT_THAT(other, HasSubstr(shown));
}

TEST(AttendanceCertificate, is_signed_before_the_month_is_closed_and_a_draft_while_it_goes_on_or_when_it_differs) {
  Story story = may();
  const auto note = [&] {
    const Report report = attendance_certificate(story.input(), month("2016-05"));
    if (report.notes.empty()) return std::string(report.draft ? "a draft without a word" : "");
    EXPECT_EQ(report.draft, report.notes[0].id != "draft.month_not_closed");
    return report.notes[0].id;
  };
  EXPECT_EQ(note(), "draft.month_not_closed") << "nothing has happened to any month";
  for (const MonthState state : {MonthState::Open, MonthState::Attested, MonthState::Filed}) {
    story.months = {{.month = month("2016-04"), .state = MonthState::Closed}, {.month = month("2016-05"), .state = state}};
    EXPECT_EQ(note(), "draft.month_not_closed") << name_of(state);
  }
  story.months[1].state = MonthState::Closed;
  EXPECT_EQ(note(), "");
  story.months[1].differs_because = {"rules"};
  EXPECT_EQ(note(), "draft.month_differs");
  story.today = day("2016-05-31");
  EXPECT_EQ(note(), "draft.month_not_over") << "the last day still goes on";
}

TEST(AttendanceCertificate, above_a_thousand_participants_only_the_list_is_made) {
  for (const auto& [people, sheets] : {std::pair<std::size_t, std::size_t>{1'000, 1'001}, {1'001, 1}}) {
    Story story;
    for (std::size_t i = 0; i < people; ++i)
      story.add({.number = ""}).reference = participant_reference(static_cast<std::uint32_t>(i));
    const Report report = attendance_certificate(story.input(), month("2016-05"));
    EXPECT_EQ(report.sheets.size(), sheets);
    EXPECT_EQ(report.sheets[0].rows.size(), people);
    EXPECT_EQ(report.notes.size(), sheets == 1 ? 2u : 1u) << "one is that the month is not closed";
  }
}

TEST(AttendanceCertificate, every_number_leads_to_its_records) {
  const Story story = may();
  const ReportInput input = story.input();
  const ReportInput* projects[] = {&input};
  const Report report = attendance_certificate(input, month("2016-05"));
  const auto frozen = thaw(to_text(report), freeze(report, projects));
  ASSERT_TRUE(frozen);
  int traced = 0;
  for (std::size_t sheet = 0; sheet < report.sheets.size(); ++sheet)
    for (std::size_t row = 0; row < report.sheets[sheet].rows.size(); ++row)
      for (std::size_t field = 0; field < report.sheets[sheet].fields.size(); ++field) {
        if (!is_number(report.sheets[sheet].rows[row][field].value)) continue;
        const auto found = trace(*frozen, {sheet, row, field});
        ASSERT_TRUE(found);
        EXPECT_EQ(found->difference, 0) << report.sheets[sheet].id << " " << row << " " << report.sheets[sheet].fields[field];
        ++traced;
      }
  EXPECT_GT(traced, 20);
}

}  // namespace
}  // namespace horisont
