#include "core/reports/long_term.h"

#include <gtest/gtest.h>

#include "core/reports/trace.h"
#include "golden.h"
#include "story.h"

namespace horisont {
namespace {

// Check values worked out by hand from the formulas of docs/formats/sample.md.
TEST(LongTermSample, the_margin_is_that_of_a_share_in_a_finite_population) {
  const struct {
    const char* name;
    std::int64_t population, answers, yes, hundredths;
  } cases[] = {
      {"1 067 answers of very many are within 3 points and a little", 100'000'000, 1'067, 533, 301},
      {"1 068 answers of very many are within 3 points", 100'000'000, 1'068, 534, 300},
      {"2 401 answers of very many are within 2 points", 100'000'000, 2'401, 1'200, 200},
      {"of 1 000, 517 answers are within 3 points", 1'000, 517, 258, 300},
      {"of 1 000, 707 answers are within 2 points", 1'000, 707, 353, 200},
      {"everybody has answered: there is no margin", 100, 100, 40, 0},
      {"nobody has answered: nothing is known", 100, 0, 0, 10'000},
      {"nobody said yes: three by the answers", 100, 30, 0, 1'000},
      {"all said yes: three by the answers", 100, 30, 30, 1'000},
      {"of seven the third part is rounded up", 100, 7, 7, 4'286},
      {"one answer: never more than all", 100, 1, 1, 10'000},
  };
  for (const auto& c : cases) EXPECT_EQ(margin_hundredths(c.population, c.answers, c.yes), c.hundredths) << c.name;
}

TEST(LongTermSample, chi_square_tells_a_sample_that_stands_for_the_frame_from_one_that_does_not) {
  const struct {
    const char* name;
    std::vector<std::int64_t> frame, sample;
    std::int64_t thousandths;
  } cases[] = {
      {"the same shares", {60, 40}, {30, 20}, 0},
      {"(5^2 / 30 + 5^2 / 20) × 100 / 50", {60, 40}, {35, 15}, 4'167},
      {"the whole frame stands for itself", {60, 40}, {60, 40}, 0},
      {"nobody was drawn", {60, 40}, {0, 0}, 0},
      {"an empty group takes no part", {60, 0, 40}, {35, 0, 15}, 4'167},
  };
  for (const auto& c : cases) EXPECT_EQ(chi_square_thousandths(c.frame, c.sample), c.thousandths) << c.name;
  EXPECT_EQ(chi_square_limit(1), 3'841);
  EXPECT_EQ(chi_square_limit(4), 9'488);
}

// Ten who have left with complete records, one who has not left, one whose education is not known.
Story left() {
  Story story;
  story.today = day("2019-12-31");
  for (int i = 0; i < 12; ++i) {
    Participation& p = story.add({.number = "", .entered = "2018-09-01", .left = i == 10 ? "" : "2019-03-10", .gender = i % 2 ? "man" : "woman"});
    p.reference = participant_reference(p.person);
    p.born_on = known(day(i < 5 ? "1999-05-01" : "1980-05-01"));
    p.employment_status = known(std::string(i < 4 ? "unemployed" : i < 7 ? "inactive" : "self_employed"));
    if (i != 11) p.isced_level = known(std::string(i < 6 ? "isced2" : "isced3"));
    p.studies = known(false);
  }
  return story;
}
LongTermSample sample_of(const Story& story, std::vector<std::string> drawn) {
  LongTermSample sample{.id = "S-1", .method = "simple", .seed = "00ff", .checkpoint = "karlstad, 7, ab", .digest = "cd", .drawn_at = "2019-04-01T08:00:00Z",
                        .frame = {}, .drawn = std::move(drawn)};
  const IndicatorTerms terms{.as_of = day("2019-04-01")};
  for (const Participation& p : story.people)
    if (long_term_groups(p, Framework::Esf2014, terms)) sample.frame.push_back(p.reference);
  return sample;
}
void answers(Participation& p, const char* response, const char* status) {
  p.result.emplace();
  p.result->six_month_response = known(std::string(response));
  if (*status) p.result->six_month_status = known(std::string(status)), p.result->six_month_date = known(day("2019-09-15"));
}

TEST(LongTermSample, of_a_project_with_its_estimates) {
  Story story = left();
  answers(story.people[0], "answered", "employed");
  answers(story.people[1], "answered", "unemployed");
  answers(story.people[4], "not_reached", "");
  answers(story.people[5], "from_register", "employed");
  const LongTermSample sample = sample_of(story, {"D-0006", "D-0001", "D-0005", "D-0002", "D-0008"});
  const ReportInput input = story.input();
  const Report report = long_term_sample(input, Framework::Esf2014, sample);
  expect_golden(report, "long-term-sample");
  expect_all_agree(report);
  const ReportInput* projects[] = {&input};
  const auto frozen = thaw(to_text(report), freeze(report, projects));
  ASSERT_TRUE(frozen);
  int traced = 0;
  for (std::size_t sheet = 0; sheet < report.sheets.size(); ++sheet)
    for (std::size_t row = 0; row < report.sheets[sheet].rows.size(); ++row)
      for (std::size_t field = 0; field < report.sheets[sheet].fields.size(); ++field)
        if (is_number(report.sheets[sheet].rows[row][field].value)) {
          EXPECT_EQ(trace(*frozen, {sheet, row, field})->difference, 0) << report.sheets[sheet].id << " " << row << " " << field;
          ++traced;
        }
  EXPECT_GT(traced, 50);
}

TEST(LongTermSample, an_answer_that_no_indicator_uses_is_none_in_the_plan_and_is_asked_for_again) {
  struct Case {
    const char *name, *response, *status, *on;
    const char *answered, *to_ask, *shown;
  };
  // Left on 2019-03-10: the first day that counts is 2019-09-10, that of the report 2019-12-31.
  const Case cases[] = {
      {"on the first day", "answered", "employed", "2019-09-10", "i:1", "0", "answered"},
      {"the day before", "answered", "employed", "2019-09-09", "i:0", "1", "not_counted"},
      {"without a day", "answered", "employed", "", "i:0", "1", "not_counted"},
      {"a status without a day or a word", "", "employed", "", "i:0", "1", "not_counted"},
      {"on the day of the report", "answered", "employed", "2019-12-31", "i:1", "0", "answered"},
      {"the day after", "answered", "employed", "2020-01-01", "i:0", "1", "not_counted"},
      {"not reached, with a status", "not_reached", "employed", "2019-09-15", "i:0", "0", "not_reached"},
      {"refused, with a status", "refused", "employed", "2019-09-15", "i:0", "0", "refused"},
      {"nothing at all", "", "", "", "i:0", "1", ""},
  };
  for (const Case& c : cases) {
    Story story = left();
    Participation& p = story.people[0];
    p.result.emplace();
    if (*c.response) p.result->six_month_response = known(std::string(c.response));
    if (*c.status) p.result->six_month_status = known(std::string(c.status));
    if (*c.on) p.result->six_month_date = known(day(c.on));
    const Report report = long_term_sample(story.input(), Framework::Esf2014, sample_of(story, {"D-0001"}));
    const Sheet& estimates = sheet_of(report, "estimates");
    EXPECT_EQ(text_at(report, "plan", 5, "value"), c.answered) << c.name;
    for (std::size_t row = 0; row < estimates.rows.size(); ++row)
      if (text_at(report, "estimates", row, "id") == "s:CR06") {
        EXPECT_EQ(text_at(report, "estimates", row, "answered"), c.answered) << c.name;
      }
    EXPECT_EQ(std::to_string(report.remaining.empty() ? 0 : report.remaining[0].number), c.to_ask) << c.name;
    const std::string shown = text_at(report, "sample", 0, "response");
    EXPECT_NE(shown.find(c.shown), std::string::npos) << c.name << ": " << shown;
  }
}

TEST(LongTermSample, its_frame_is_who_left_with_a_complete_record) {
  const Story story = left();
  const IndicatorTerms terms{.as_of = day("2019-04-01")};
  EXPECT_FALSE(long_term_groups(story.people[10], Framework::Esf2014, terms)) << "still there";
  EXPECT_FALSE(long_term_groups(story.people[11], Framework::Esf2014, terms)) << "education not known";
  EXPECT_FALSE(long_term_groups(story.people[0], Framework::Esf2014, {.as_of = day("2019-03-09")})) << "the day before leaving";
  EXPECT_TRUE(long_term_groups(story.people[0], Framework::Esf2014, {.as_of = day("2019-03-10")}));
}

TEST(LongTermSample, groups_are_those_of_each_period) {
  struct Case {
    const char *born, *isced;
    Framework framework;
    const char *age, *education;
  };
  const Case cases[] = {
      {"1993-09-02", "isced0", Framework::Esf2014, "age-0-24", "isced-0"},    {"1993-09-01", "isced1", Framework::Esf2014, "age-25-54", "isced-1-2"},
      {"1963-09-02", "isced4", Framework::Esf2014, "age-25-54", "isced-3-4"}, {"1963-09-01", "isced5_8", Framework::Esf2014, "age-55", "isced-5-8"},
      {"2000-09-02", "isced0", Framework::EsfPlus, "age-0-17", "isced-0-2"},  {"2000-09-01", "isced2", Framework::EsfPlus, "age-18-29", "isced-0-2"},
      {"1988-09-02", "isced3", Framework::EsfPlus, "age-18-29", "isced-3-4"}, {"1988-09-01", "isced8", Framework::EsfPlus, "age-30-54", "isced-5-8"},
  };
  Story story = left();
  Participation& p = story.people[0];
  for (const Case& c : cases) {
    p.born_on = known(day(c.born)), p.isced_level = known(std::string(c.isced));
    const auto groups = long_term_groups(p, c.framework, {.as_of = day("2019-04-01")});
    ASSERT_TRUE(groups) << c.born;
    EXPECT_EQ(groups->age, c.age) << c.born;
    EXPECT_EQ(groups->education, c.education) << c.isced;
  }
}

}  // namespace
}  // namespace horisont
