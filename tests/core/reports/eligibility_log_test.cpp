#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden.h"
#include "story.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

Explanation explanation(Verdict verdict, RuleOutcome age, RuleOutcome place) {
  Explanation e{verdict, "yei.dmn", std::string(64, 'c'), {}};
  e.answers.push_back({.code = "P03",
                       .question = {"Har fyllt 15 år?", "Has turned 15?"},
                       .message = {"Har inte fyllt 15 år", "Is not 15"},
                       .fix = {"Rätta.", "Correct."},
                       .outcome = age,
                       .blocking = true,
                       .limit = "15"});
  e.answers.push_back({.code = "P05",
                       .question = {"Bor i Karlstad?", "Lives in Karlstad?"},
                       .message = {"Bor utanför Karlstad", "Lives elsewhere"},
                       .fix = {"Kontrollera.", "Check."},
                       .outcome = place,
                       .blocking = true,
                       .unverified = true,
                       .limit = "1780"});
  return e;
}

Story assessed() {
  Story story;
  story.add({});
  story.add({.number = "199703062381", .verdict = Verdict::NotEligible, .codes = {"P05"}, .municipality = "1715"});
  story.add({.number = "", .verdict = Verdict::Undecided, .codes = {"P03?"}});
  story.decisions[2].missing = {"birth_date", "of_a_later_rule_set"};
  story.explanations = {explanation(Verdict::Eligible, RuleOutcome::Met, RuleOutcome::Met),
                        explanation(Verdict::NotEligible, RuleOutcome::Met, RuleOutcome::NotMet),
                        explanation(Verdict::Undecided, RuleOutcome::CannotTell, RuleOutcome::NotApplicable)};
  story.explanations[2].answers[0].inputs = {
      {.name = "birth_date", .label = {"Födelsedatum", "Date of birth"}, .value = "", .missing = true, .origin = {}}};
  story.project.rule_sets = {{"other.dmn", {day("2015-01-01"), day("2015-12-31")}},
                             {"yei.dmn", {day("2016-01-01"), day("2018-06-30")}}};
  story.log = {
      {"L-0", "2016-06-20T09:00:00.000Z", "log-opened", "", "", "", "system", "", std::string(64, '0'), "", ""},
      {"L-1", "2016-06-20T09:00:00.000Z", "import", "", "accepted", "", "caseworker", "", std::string(64, '1'), "",
       std::string(64, 'f'), "F-1", "deltagare.xlsx"},
      {"L-2", "2016-06-20T09:01:00.000Z", "decision", "D-0002", "not-eligible", "P05", "caseworker", "", std::string(64, '2'),
       std::string(64, 'c'), ""},
      {"L-3", "2016-06-21T09:01:00.000Z", "override", "D-0002", "eligible", "", "approver", "Flyttade in i tid",
       std::string(64, '3'), "", ""},
      {"L-4", "2016-06-21T09:02:00.000Z", "report", "", "", "", "caseworker", "", std::string(64, '4'), "", std::string(64, 'e'),
       "R-2016-05-001", ""},
      {"L-5", "2016-06-22T09:02:00.000Z", "of-a-later-program", "", "seen", "", "keeper", "", std::string(64, '5'), "", ""}};
  const std::string by = "\u2014 horisont/0011/ung-horisont ";
  story.checkpoints = {{2, std::string(64, 'a'), "2016-06-20T09:00:00.000Z", by + "AAAA", {}, {}},
                       {5,
                        std::string(64, 'b'),
                        "2016-06-21T09:02:00.000Z",
                        by + "BBBB\n" + by + "CCCC",
                        {{"witness", "vittne.example", "2016-06-21T10:00:00Z"}, {"authority", "Stämpelverket", "2016-06-21T11:00:00Z"}},
                        {"R-2016-05-001", "R-2016-05-002"}},
                       {6, std::string(64, 'd'), "2016-06-22T09:02:00.000Z", by + "DDDD", {}, {}}};
  return story;
}

TEST(EligibilityLog, three_assessments_with_every_rules_answer) {
  const Story story = assessed();
  const Report report = eligibility_log(story.input());
  expect_golden(report, "eligibility-log");
  expect_all_agree(report);
}

TEST(EligibilityLog, names_nobody_and_no_number) {
  const Story story = assessed();
  const std::string text = everything(eligibility_log(story.input()));
  EXPECT_THAT(text, Not(HasSubstr("Namn")));
  EXPECT_THAT(text, Not(HasSubstr("199703")));
  EXPECT_THAT(text, HasSubstr("D-0002"));
}

TEST(EligibilityLog, points_at_the_newest_entry_about_the_person) {
  const Report report = eligibility_log(assessed().input());
  EXPECT_EQ(text_at(report, "assessments", 1, "log_entry"), "s:L-3") << "the decision by hand, not the one before";
  EXPECT_EQ(text_at(report, "assessments", 0, "log_entry"), "e:");
}

TEST(EligibilityLog, has_a_row_for_each_checkpoint_and_each_further_anchor) {
  struct Case {
    const char* what;
    std::size_t checkpoints, rows;
  };
  for (const auto& [what, checkpoints, rows] :
       {Case{"an empty log", 0, 0}, {"one", 1, 1}, {"two, one of them anchored twice", 2, 3}, {"three", 3, 4}}) {
    SCOPED_TRACE(what);
    Story story = assessed();
    story.checkpoints.resize(checkpoints);
    story.log.resize(checkpoints == 0 ? 0 : static_cast<std::size_t>(story.checkpoints.back().size));
    const Report report = eligibility_log(story.input());
    EXPECT_EQ(sheet_of(report, "checkpoints").rows.size(), rows);
    expect_all_agree(report);
  }
}

TEST(EligibilityLog, does_not_agree_with_a_log_that_goes_beyond_its_newest_checkpoint) {
  Story story = assessed();
  story.checkpoints.pop_back();
  EXPECT_FALSE(eligibility_log(story.input()).checks.back().agrees());
}

TEST(EligibilityLog, without_explanations_says_only_what_the_decision_says) {
  Story story = assessed();
  story.explanations.clear();
  const Report report = eligibility_log(story.input());
  EXPECT_EQ(text_at(report, "assessments", 0, "rule_P05"), "e:") << "not claimed to be met";
  EXPECT_EQ(text_at(report, "assessments", 1, "rule_P05"), "k:rule-outcome/not-met");
  EXPECT_EQ(text_at(report, "assessments", 2, "rule_P03"), "k:rule-outcome/cannot-tell");
}

TEST(EligibilityLog, without_participants_lists_the_rules_all_the_same) {
  const Story story;
  const Report report = eligibility_log(story.input());
  EXPECT_TRUE(sheet_of(report, "assessments").rows.empty());
  EXPECT_EQ(sheet_of(report, "rules").rows.size(), 2u);
  EXPECT_EQ(text_at(report, "rules", 1, "confidence"), "k:confidence/unverified");
  ASSERT_EQ(report.unverified.size(), 1u);
  EXPECT_EQ(report.unverified[0].value, "P05");
}

}  // namespace
}  // namespace horisont
