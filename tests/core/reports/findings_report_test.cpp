#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "golden.h"
#include "story.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

Story problems() {
  Story story;
  story.add({});
  story.add({.number = "199703062381", .verdict = Verdict::NotEligible, .codes = {"P05"}, .municipality = "1715"});
  story.add({.number = "199703112384", .verdict = Verdict::Undecided, .codes = {"P03?"}});
  story.people[0].evidence = {
      {.criterion = "residence", .document_type = "register_extract", .held_by = "Karlstads kommun", .document_date = day("2016-03-20")},
      {.criterion = "labour_status", .document_type = "certificate", .held_by = "Arbetsförmedlingen", .document_date = day("2015-01-01"),
       .valid_to = day("2016-03-31")}};
  story.attend(0, "2016-05-02", 60);
  story.attend(0, "2016-05-03", 90, Reason::Absence);
  story.attend(0, "2016-05-04", 30, Reason::Absence);
  story.attend(0, "2016-06-01", 30, Reason::Absence);
  story.attend(1, "2016-05-02", 240, Reason::NotEligible);
  story.findings = {
      {"date.form", Level::Error, {"deltagare.xlsx", "Blad1", "C5", "Startdatum", 5}, "", "Svensson 1 mars", {"1 mars"}},
      {"date.form", Level::Error, {"deltagare.xlsx", "Blad1", "C9", "Startdatum", 9}, "D-0003", "", {"i våras"}},
      {"month.form", Level::Warning, {"gammal.csv", "", "", "", 7}, "", "", {"maj"}}};
  return story;
}

TEST(FindingsReport, from_imports_rules_and_hours) {
  const Story story = problems();
  const Report report = findings_report(story.input());
  expect_golden(report, "findings");
  expect_all_agree(report);
}

TEST(FindingsReport, never_prints_the_value_as_written_in_the_file) {
  EXPECT_THAT(everything(findings_report(problems().input())), Not(HasSubstr("Svensson")));
}

TEST(FindingsReport, adds_refused_minutes_by_person_month_and_reason) {
  const Report report = findings_report(problems().input());
  EXPECT_EQ(text_at(report, "per_person", 0, "code"), "s:hours.absence");
  EXPECT_EQ(text_at(report, "per_person", 0, "month"), "d:2016-05");
  EXPECT_EQ(text_at(report, "per_person", 0, "minutes"), "m:120");
  EXPECT_EQ(cell_at(report, "per_person", 0, "minutes").counted, (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(text_at(report, "per_person", 1, "month"), "d:2016-06");
}

TEST(FindingsReport, evidence_is_missing_expired_or_in_force_on_the_entry_date) {
  Story story = problems();
  // The third, who cannot be decided, wants both documents all the time.
  const auto rows = [&] { return sheet_of(findings_report(story.input()), "without_evidence").rows.size() - 2; };
  EXPECT_EQ(text_at(findings_report(story.input()), "without_evidence", 2, "required_document"), "k:document_type/register_extract");
  EXPECT_EQ(rows(), 1u) << "expired the day before entry";
  EXPECT_EQ(text_at(findings_report(story.input()), "without_evidence", 0, "state"), "k:evidence_state/expired");
  story.people[0].evidence[1].valid_to = day("2016-04-01");
  EXPECT_EQ(rows(), 0u) << "valid to the entry date itself";
  story.people[0].evidence.clear();
  EXPECT_EQ(rows(), 2u);
  EXPECT_EQ(text_at(findings_report(story.input()), "without_evidence", 0, "state"), "k:evidence_state/missing");
}

TEST(FindingsReport, with_explanations_shows_value_and_limit_but_not_of_a_protected_person) {
  Story story = problems();
  RuleAnswer answer{.code = "P05",
                    .question = {"Bor i Karlstad?", "?"},
                    .message = {"Bor utanför", "Lives elsewhere"},
                    .fix = {"Kontrollera.", "Check."},
                    .outcome = RuleOutcome::NotMet,
                    .blocking = true,
                    .limit = "1780"};
  answer.inputs.push_back({"home_municipality", {"Hemkommun", "Municipality"}, "1715", false, {}});
  Explanation none{Verdict::Eligible, "", "", {}}, one{Verdict::NotEligible, "", "", {answer}};
  story.explanations = {none, one, none};
  const auto value = [&] {
    const Report report = findings_report(story.input());
    for (std::size_t row = 0; row < sheet_of(report, "per_person").rows.size(); ++row)
      if (text_at(report, "per_person", row, "code") == "s:rule.P05") return text_at(report, "per_person", row, "value");
    return std::string("no row");
  };
  EXPECT_EQ(value(), "b:Hemkommun: 1715/Municipality: 1715");
  story.people[1].protected_identity = true;
  EXPECT_EQ(value(), "e:");
}

TEST(FindingsReport, every_rule_counts_everybody_once) {
  Story story = problems();
  const auto answers = [](RuleOutcome age, RuleOutcome place) {
    Explanation e{Verdict::Eligible, "", "", {}};
    e.answers = {{.code = "P03", .outcome = age}, {.code = "P05", .outcome = place}};
    return e;
  };
  story.explanations = {answers(RuleOutcome::Met, RuleOutcome::Met), answers(RuleOutcome::Met, RuleOutcome::NotMet),
                        answers(RuleOutcome::CannotTell, RuleOutcome::NotApplicable)};
  const Report report = findings_report(story.input());
  for (std::size_t row = 0; row < 2; ++row) {
    std::int64_t sum = 0;
    for (const char* field : {"met", "not_met", "cannot_tell", "not_applicable"})
      sum += std::get<std::int64_t>(cell_at(report, "per_rule", row, field).value);
    EXPECT_EQ(sum, 3);
  }
  EXPECT_EQ(text_at(report, "per_rule", 1, "not_met"), "i:1");
}

TEST(FindingsReport, without_problems_is_empty_and_says_so_by_its_sheets) {
  const Story story;
  const Report report = findings_report(story.input());
  EXPECT_TRUE(sheet_of(report, "summary").rows.empty());
  EXPECT_TRUE(sheet_of(report, "per_person").rows.empty());
  EXPECT_EQ(sheet_of(report, "per_file").rows.size(), 2u);
  EXPECT_TRUE(report.remaining.empty());
  expect_all_agree(report);
}

TEST(FindingsReport, the_newest_file_of_a_name_has_the_findings) {
  Story story = problems();
  story.files.push_back({3, "F-3", "deltagare.xlsx", "", RecordKind::Participants, {"Blad1"}, 4, 0, "2016-06-25T09:00:00Z"});
  const Report report = findings_report(story.input());
  EXPECT_EQ(text_at(report, "per_file", 0, "open"), "i:0");
  EXPECT_EQ(text_at(report, "per_file", 2, "open"), "i:2");
  expect_all_agree(report);
}

}  // namespace
}  // namespace horisont
