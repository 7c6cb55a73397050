// What a person and an auditor are told about a decision: every question with its answer, what was read and where it stood.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rules/rules.h"
#include "support/given.h"
#include "youth_rules.h"

namespace horisont {
namespace {

Explanation explained(const Given& given = {}) {
  return explain(participation(given), project(given), programme(given), youth_rules());
}
const RuleAnswer& answer(const Explanation& explanation, std::string_view code) {
  for (const RuleAnswer& answer : explanation.answers)
    if (answer.code == code) return answer;
  throw std::out_of_range(std::string(code));
}
std::vector<std::string> codes_with(const Explanation& explanation, RuleOutcome outcome) {
  std::vector<std::string> codes;
  for (const RuleAnswer& answer : explanation.answers)
    if (answer.outcome == outcome) codes.push_back(answer.code);
  return codes;
}

TEST(Explanation, answers_every_code_of_the_rule_set_passed_ones_too) {
  const Explanation explanation = explained();
  EXPECT_EQ(explanation.verdict, Verdict::Eligible);
  EXPECT_EQ(explanation.rule_set_sha256, youth_rules().sha256);
  EXPECT_EQ(
      codes_with(explanation, RuleOutcome::Met),
      (std::vector<std::string>{"P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "P10", "P11", "P12", "P13"}));
  for (const RuleAnswer& answer : explanation.answers) {
    EXPECT_FALSE(answer.question.sv.empty() || answer.question.en.empty()) << answer.code;
    EXPECT_FALSE(answer.fix.sv.empty() || answer.fix.en.empty()) << answer.code;
    EXPECT_FALSE(answer.legal_basis.sv.empty() || answer.legal_basis.en.empty()) << answer.code;
    EXPECT_FALSE(answer.inputs.empty()) << answer.code;
    EXPECT_TRUE(answer.message.sv.empty() && answer.message.en.empty()) << answer.code << ": nothing to complain about";
  }
}

TEST(Explanation, says_what_is_not_met_and_what_cannot_be_told) {
  const Explanation explanation = explained({.born = "1999-01-15", .home_municipality = "1761", .works = {}});
  EXPECT_EQ(explanation.verdict, Verdict::NotEligible);
  EXPECT_EQ(codes_with(explanation, RuleOutcome::NotMet), (std::vector<std::string>{"P05"}));
  EXPECT_EQ(codes_with(explanation, RuleOutcome::CannotTell), (std::vector<std::string>{"P06", "P08"}));
  EXPECT_TRUE(answer(explanation, "P05").blocking);
  EXPECT_FALSE(answer(explanation, "P05").message.sv.empty());
  EXPECT_FALSE(answer(explanation, "P08").blocking);
}

TEST(Explanation, puts_the_values_into_its_sentences) {
  EXPECT_EQ(answer(explained({.born = "1992-03-01"}), "P04").message.sv,
            "Var 25 år vid start. Projektet tar emot till och med 24 år.");
  EXPECT_EQ(answer(explained({.home_municipality = "1761"}), "P05").message.en,
            "Municipality 1761 does not belong to the project.");
  EXPECT_EQ(answer(explained({.entered = "2018-07-01", .evidence_on = "2018-07-01"}), "P09").message.sv,
            "Startdatum 2018-07-01 ligger utanför projekttiden, 2016-01-01 till 2018-06-30.");
  EXPECT_EQ(answer(explained({.evidence_on = "2017-04-01"}), "P13").message.en,
            "The earliest evidence is dated 31 days after entry. The limit is 30 days.");
  // Whatever fails, no placeholder is left.
  for (const Given& given : {Given{.born = {}}, Given{.entered = {}}, Given{.left = "2017-02-28"}, Given{.overlap_days = 3},
                             Given{.evidence = false}, Given{.project = "another"}})
    for (const RuleAnswer& answer : explained(given).answers)
      EXPECT_EQ((answer.message.sv + answer.message.en).find_first_of("{}"), std::string::npos) << answer.message.en;
}

TEST(Explanation, names_the_limit_that_was_tested) {
  const Explanation explanation = explained();
  EXPECT_EQ(answer(explanation, "P03").limit, "15");
  EXPECT_EQ(answer(explanation, "P04").limit, "24");
  EXPECT_EQ(answer(explanation, "P05").limit, "1780");
  EXPECT_EQ(answer(explanation, "P09").limit, "2016-01-01–2018-06-30");
  EXPECT_EQ(answer(explanation, "P13").limit, "30");
}

TEST(Explanation, leads_every_fact_back_to_its_cell) {
  const Explanation explanation = explained({.home_municipality = "1761"});
  EXPECT_THAT(answer(explanation, "P05").inputs,
              testing::Contains(testing::AllOf(
                  testing::Field(&InputRead::name, "home_municipality"), testing::Field(&InputRead::value, "1761"),
                  testing::Field(&InputRead::missing, false), testing::Field(&InputRead::origin, Origin{1, 0, 2, 1}))));
  EXPECT_THAT(
      answer(explanation, "P03").inputs,
      testing::Contains(testing::AllOf(testing::Field(&InputRead::name, "age_at_entry"),
                                       testing::Field(&InputRead::value, "20"), testing::Field(&InputRead::origin, Origin{}))))
      << "a computed fact has no cell";
}

TEST(Explanation, marks_a_missing_fact_and_leaves_an_empty_optional_one_unmarked) {
  const Explanation explanation = explained({.home_municipality = {}});
  EXPECT_THAT(answer(explanation, "P05").inputs,
              testing::Contains(testing::AllOf(testing::Field(&InputRead::name, "home_municipality"),
                                               testing::Field(&InputRead::missing, true))));
  EXPECT_THAT(answer(explanation, "P10").inputs, testing::Contains(testing::AllOf(testing::Field(&InputRead::name, "exit_date"),
                                                                                  testing::Field(&InputRead::missing, false))));
}

TEST(Explanation, a_basis_is_said_in_the_language_asked_for_and_what_is_common_in_both) {
  struct Case {
    const char *written, *sv, *en;
  };
  const Case cases[] = {
      {"Projektbanken 2015/00678", "Projektbanken 2015/00678", "Projektbanken 2015/00678"},
      {"Behövs för P03 / needed for P03", "Behövs för P03", "needed for P03"},
      {"Ingen dubbel finansiering / no double funding: artikel 65.11", "Ingen dubbel finansiering: artikel 65.11",
       "no double funding: artikel 65.11"},
      {"Gränsen är antagen / the limit is assumed°", "Gränsen är antagen°", "the limit is assumed°"},
      {"a / b; c / d", "a; c", "b; d"},
      {"", "", ""}};
  for (const auto& [written, sv, en] : cases) {
    EXPECT_EQ(basis_in_both(written).sv, sv) << written;
    EXPECT_EQ(basis_in_both(written).en, en) << written;
  }
}

TEST(Explanation, cites_the_limits_row_and_shows_what_is_unverified) {
  const Explanation explanation = explained();
  EXPECT_THAT(answer(explanation, "P03").legal_basis.sv, testing::HasSubstr("2015/00678"));
  EXPECT_TRUE(answer(explanation, "P08").unverified);
  EXPECT_TRUE(answer(explanation, "P13").unverified);
  EXPECT_FALSE(answer(explanation, "P01").unverified);
}

TEST(Explanation, does_not_ask_what_depends_on_limits_when_none_hold) {
  const Explanation explanation = explained({.entered = {}});
  EXPECT_EQ(codes_with(explanation, RuleOutcome::NotApplicable), (std::vector<std::string>{"P05", "P06", "P07", "P08"}));
}

TEST(Explanation, does_not_judge_the_day_of_evidence_that_is_not_there) {
  EXPECT_EQ(answer(explained(), "P13").outcome, RuleOutcome::Met) << "there is evidence, dated in time";
  const Explanation without = explained({.evidence = false});
  EXPECT_EQ(answer(without, "P12").outcome, RuleOutcome::CannotTell);
  EXPECT_EQ(answer(without, "P13").outcome, RuleOutcome::NotApplicable);
}

// The codes whose question needs a limit of the project.
const std::vector<std::string> of_limits{"P03", "P04", "P05", "P06", "P07", "P08", "P13"};

struct WithoutLimits {
  const char* name;
  Given given;
  std::string sv, en;
};
void PrintTo(const WithoutLimits& c, std::ostream* out) { *out << c.name; }
class NoLimits : public testing::TestWithParam<WithoutLimits> {};

TEST_P(NoLimits, is_said_in_words_and_never_by_an_empty_value) {
  const WithoutLimits& c = GetParam();
  const Explanation explanation = explained(c.given);
  for (const std::string& code : of_limits) {
    const RuleAnswer& found = answer(explanation, code);
    EXPECT_TRUE(found.outcome == RuleOutcome::CannotTell || found.outcome == RuleOutcome::NotApplicable) << code;
    EXPECT_EQ(found.message.sv, c.sv) << code;
    EXPECT_EQ(found.message.en, c.en) << code;
    EXPECT_EQ(found.limit, "") << code;
  }
  for (const RuleAnswer& found : explanation.answers)
    for (const std::string& text : {found.message.sv, found.message.en, found.fix.sv, found.fix.en, found.limit}) {
      EXPECT_EQ(text.find("null"), text.npos) << found.code << ": " << text;
      EXPECT_EQ(text.find(" – "), text.npos) << found.code << ": " << text;
    }
}
const WithoutLimits without_limits[] = {
    {"the_day_before_the_first_limits",
     {.born = "1991-10-01", .entered = "2015-12-31", .evidence_on = "2015-12-31"},
     "Ingen av projektets gränser gällde den 2015-12-31. De första gäller från och med 2016-01-01.",
     "None of the project's limits were in force on 2015-12-31. The first are in force from 2016-01-01."},
    {"the_day_after_the_last_limits",
     {.entered = "2018-07-01", .evidence_on = "2018-07-01"},
     "Ingen av projektets gränser gällde den 2018-07-01. De sista gällde till och med 2018-06-30.",
     "None of the project's limits were in force on 2018-07-01. The last were in force through 2018-06-30."},
    {"a_project_that_the_rule_set_does_not_name",
     {.project = "another"},
     "Inga gränser gällde den 2017-03-01: regelverket har inga för projektet another.",
     "No limits were in force on 2017-03-01: the rule set has none for the project another."},
};
INSTANTIATE_TEST_SUITE_P(Explanation, NoLimits, testing::ValuesIn(without_limits),
                         [](const auto& test) { return test.param.name; });

TEST(Explanation, tests_limits_on_their_first_and_last_day) {
  for (const char* entered : {"2016-01-01", "2018-06-30"}) {
    const Explanation explanation = explained({.born = "1995-05-10", .entered = entered, .evidence_on = entered});
    for (const std::string& code : of_limits) EXPECT_EQ(answer(explanation, code).outcome, RuleOutcome::Met) << entered << code;
    EXPECT_EQ(answer(explanation, "P05").limit, "1780") << entered;
  }
}

TEST(Explanation, says_that_limits_are_chosen_by_an_entry_date_that_is_missing) {
  const Explanation explanation = explained({.entered = {}});
  for (const char* code : {"P05", "P06", "P07", "P08"}) {
    EXPECT_EQ(answer(explanation, code).limit, "") << code;
    EXPECT_EQ(answer(explanation, code).message.sv,
              "Startdatum saknas, så det går inte att se vilka av projektets gränser som gällde.")
        << code;
    EXPECT_EQ(answer(explanation, code).fix.en, "Fill in the entry date.") << code;
  }
}

TEST(RuleTexts, stand_for_every_code_in_both_languages_with_basis_and_severity) {
  const auto texts = rule_texts(youth_rules());
  ASSERT_EQ(texts.size(), 13u);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string number = std::to_string(i + 1), code = (number.size() == 1 ? "P0" : "P") + number;
    EXPECT_EQ(texts[i].code, code);
    EXPECT_FALSE(texts[i].question.sv.empty() || texts[i].question.en.empty()) << code;
    EXPECT_FALSE(texts[i].fix.sv.empty() || texts[i].fix.en.empty()) << code;
    EXPECT_FALSE(texts[i].legal_basis.sv.empty()) << code;
    EXPECT_EQ(texts[i].blocking, texts[i].code != "P08") << code;
  }
}

}  // namespace
}  // namespace horisont
