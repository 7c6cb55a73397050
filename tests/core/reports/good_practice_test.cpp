#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden.h"
#include "story.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

Story finished_project() {
  Story story;
  story.add({.left = "2016-06-15"});
  story.result(0, Answer::Yes, "employed", Answer::No);
  story.add({.number = "199703062381", .gender = "man"});
  story.attend(0, "2016-05-02", 450);
  story.attend(1, "2016-05-02", 120, Reason::Absence);
  story.project.programme_area = "3.1";
  story.project.target_group = {"unga 15–24 år", "young people aged 15–24"};
  story.project.aim = {"Fler unga i arbete eller studier", "More young people in work or studies"};
  story.project.grants[0].budget = Money::of_ore(1285106200);
  story.project.grants[0].granted_esf = Money::of_ore(428571300);
  story.project.grants[0].union_rate_stated = "67 %";
  return story;
}

const GoodPracticeText texts[] = {
    {"ung-horisont", "problem", {"Unga utan fullständiga betyg.", "Young people without complete grades."}},
    {"annat", "problem", {"Ett annat projekt.", "Another project."}}};

TEST(GoodPractice, of_two_projects_side_by_side) {
  const Story first = finished_project();
  Story second = finished_project();
  second.project.key = "annat";
  second.project.name = {"Annat", "Another"};
  second.project.short_name = "Annat";
  second.add({.number = "199703112384"});
  const ReportInput a = first.input(), b = second.input();
  const ReportInput* projects[] = {&a, &b};
  const Report report = good_practice(projects, texts, day("2016-06-30"));
  expect_golden(report, "good-practice");
  expect_all_agree(report);
}

TEST(GoodPractice, of_one_project_has_its_own_words_and_hints_where_nobody_has_written) {
  const Story story = finished_project();
  const ReportInput input = story.input();
  const ReportInput* projects[] = {&input};
  const Report report = good_practice(projects, texts, day("2016-06-30"));
  EXPECT_EQ(report.project, "ung-horisont");
  EXPECT_THAT(everything(report), HasSubstr("Unga utan fullständiga betyg."));
  EXPECT_THAT(everything(report), Not(HasSubstr("Ett annat projekt.")));
  EXPECT_THAT(everything(report), HasSubstr("x:practice.contact.hint"));
  EXPECT_THAT(everything(report), Not(HasSubstr("x:practice.aim.hint"))) << "the project file has the aim";
  ASSERT_EQ(report.remaining.size(), 1u);
  EXPECT_EQ(report.remaining[0].number, 9);
}

TEST(GoodPractice, counts_as_the_outcome_sheet_does) {
  const Story story = finished_project();
  const ReportInput input = story.input();
  const ReportInput* projects[] = {&input};
  const Report practice = good_practice(projects, {}, day("2016-06-30"));
  const Report outcome = project_outcome(input, day("2016-06-30"));
  for (const auto& row : sheet_of(practice, "comparison").rows) {
    const std::string measure = std::get<Kept<Message>>(row[0].value)->id;
    for (const auto& of_outcome : sheet_of(outcome, "outcome").rows) {
      if (std::get<Kept<Message>>(of_outcome[0].value)->id != measure) continue;
      EXPECT_EQ(text_of_cell(row[1]), text_of_cell(of_outcome[1])) << measure;
    }
  }
}

TEST(GoodPractice, says_what_no_public_source_tells_and_when_the_end_is_not_decided) {
  Story story = finished_project();
  story.project.not_known = {"budget", "granted_yei"};
  story.project.grants[0].budget.reset();
  story.project.grants[0].operation.last.reset();
  const ReportInput input = story.input();
  const ReportInput* projects[] = {&input};
  const std::string text = to_text(good_practice(projects, {}, day("2016-06-30")));
  EXPECT_THAT(text, HasSubstr("x:practice.budget\tx:practice.not_known"));
  EXPECT_THAT(text, HasSubstr("x:practice.support_yei\tx:practice.not_known"));
  EXPECT_THAT(text, HasSubstr("x:practice.support_esf\tc:SEK:428571300"));
  EXPECT_THAT(text, HasSubstr("b:från 2016-01-01/from 2016-01-01"));
}

TEST(GoodPractice, of_no_project_has_no_sheets) { EXPECT_TRUE(good_practice({}, {}, day("2016-06-30")).sheets.empty()); }

TEST(GoodPractice, a_project_without_anything_leaves_its_cells_empty) {
  Story story;
  story.project.grants.clear();
  const ReportInput input = story.input();
  const ReportInput* projects[] = {&input};
  const Report report = good_practice(projects, {}, day("2016-06-30"));
  EXPECT_EQ(text_at(report, "comparison", 0, "project_ung-horisont"), "e:") << "nothing planned is not zero planned";
  EXPECT_EQ(text_at(report, "comparison", 1, "project_ung-horisont"), "i:0");
  expect_all_agree(report);
}

}  // namespace
}  // namespace horisont
