#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/reports/measures.h"
#include "golden.h"
#include "story.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

// One of each outcome, one who dropped out, one who still takes part.
Story outcomes() {
  Story story;
  const auto left = [&](Answer completed, const char* status, Answer studies) {
    story.add({.left = "2016-06-15", .municipality = story.people.size() % 2 ? "1715" : "1780"});
    story.result(static_cast<std::uint32_t>(story.people.size() - 1), completed, status, studies);
  };
  left(Answer::Yes, "employed", Answer::No);
  left(Answer::Yes, "self_employed", Answer::Unknown);
  left(Answer::Yes, "inactive", Answer::Yes);
  left(Answer::Yes, "employed", Answer::Yes);
  left(Answer::Yes, "unemployed", Answer::No);
  left(Answer::Yes, "unemployed", Answer::No);
  story.people.back().result->qualification = Answer::Yes;
  left(Answer::Yes, "unemployed", Answer::Unknown);
  left(Answer::No, "employed", Answer::No);
  left(Answer::Unknown, "employed", Answer::No);
  story.add({.municipality = "1761"});
  return story;
}

TEST(ProjectOutcome, one_of_each) {
  Story story = outcomes();
  story.project.published = {{"participants", day("2016-06-30"), "10", {"Region Värmland 2016", Confidence::Verified}},
                             {"employed_share", day("2016-06-30"), "44 %", {"uppskattat", Confidence::UnverifiedDefault}}};
  const Report report = project_outcome(story.input(), day("2016-06-30"));
  expect_golden(report, "project-outcome");
  expect_all_agree(report);
}

TEST(ProjectOutcome, as_region_varmland_told_of_its_first_project) {
  // 571 have taken part, 269 completed; of the completed 67 in employment and 78 in studies (programmes and projects, 7).
  Story story;
  for (int i = 0; i < 571; ++i) {
    story.add({.left = i < 269 ? "2016-12-01" : ""});
    if (i < 269)
      story.result(static_cast<std::uint32_t>(i), Answer::Yes, i < 67 ? "employed" : "unemployed",
                   i >= 67 && i < 145 ? Answer::Yes : Answer::No);
  }
  const Citation region{"Region Värmland 2017-04-04", Confidence::Verified};
  story.project.published = {{"participants", day("2017-04-04"), "571", region},
                             {"completed", day("2017-04-04"), "269", region},
                             {"employed_share", day("2017-04-04"), "25 %", region},
                             {"studies_share", day("2017-04-04"), "29 %", region}};
  const Report report = project_outcome(story.input(), day("2017-04-04"));
  EXPECT_EQ(text_at(report, "outcome", 0, "number"), "i:571");
  EXPECT_EQ(text_at(report, "outcome", 2, "number"), "i:269");
  EXPECT_EQ(text_at(report, "outcome", 2, "share"), "r:269/571");
  EXPECT_EQ(text_at(report, "outcome", 3, "share"), "r:67/269");
  EXPECT_EQ(text_at(report, "outcome", 3, "share_rounded"), "i:25");
  EXPECT_EQ(text_at(report, "outcome", 4, "share"), "r:78/269");
  EXPECT_EQ(text_at(report, "outcome", 4, "share_rounded"), "i:29");
  for (const std::size_t row : {0u, 2u, 3u, 4u}) EXPECT_EQ(text_at(report, "outcome", row, "published_agrees"), "y:yes") << row;
  EXPECT_EQ(text_at(report, "outcome", 7, "number"), "i:124") << "269 − 67 − 78";
  expect_all_agree(report);
}

TEST(ProjectOutcome, rounds_shares_half_up_and_leaves_them_out_without_anybody) {
  const std::pair<Ratio, std::optional<std::int64_t>> cases[] = {
      {{66, 269}, 25}, {{67, 269}, 25}, {{68, 269}, 25}, {{65, 269}, 24}, {{77, 269}, 29},        {{79, 269}, 29},
      {{1, 200}, 1},   {{1, 201}, 0},   {{0, 5}, 0},     {{5, 5}, 100},   {{0, 0}, std::nullopt},
  };
  for (const auto& [ratio, percent] : cases) EXPECT_EQ(per_cent(ratio), percent) << ratio.numerator << "/" << ratio.denominator;
}

TEST(ProjectOutcome, says_preliminary_until_the_last_day_of_the_operation) {
  Story story;
  const auto note = [&](const char* as_of) { return project_outcome(story.input(), day(as_of)).notes.at(0).id; };
  EXPECT_EQ(note("2018-06-29"), "outcome.preliminary");
  EXPECT_EQ(note("2018-06-30"), "outcome.final");
  story.project.grants.clear();
  EXPECT_EQ(note("2020-01-01"), "outcome.preliminary") << "no decision says that it has ended";
}

TEST(ProjectOutcome, counts_only_what_had_happened_by_the_day) {
  const Story story = outcomes();
  const Report before = project_outcome(story.input(), day("2016-06-14"));
  EXPECT_EQ(text_at(before, "outcome", 0, "number"), "i:10");
  EXPECT_EQ(text_at(before, "outcome", 2, "number"), "i:0");
  EXPECT_EQ(text_at(before, "outcome", 3, "share"), "r:0/0");
  EXPECT_EQ(text_at(before, "outcome", 3, "share_rounded"), "e:");
  EXPECT_EQ(text_at(project_outcome(story.input(), day("2016-06-15")), "outcome", 2, "number"), "i:7");
  EXPECT_EQ(text_at(project_outcome(story.input(), day("2016-03-31")), "outcome", 0, "number"), "i:0");
}

TEST(ProjectOutcome, no_result_counts_before_its_day_and_what_has_no_day_counts_from_leaving_on) {
  const auto number = [](const ExitResult& result, const char* as_of, std::size_t row) {
    Story story;
    story.add({.entered = "2016-01-11", .left = "2016-02-15"});
    story.people[0].result = result;
    return text_at(project_outcome(story.input(), day(as_of)), "outcome", row, "number");
  };
  constexpr std::size_t employed = 3, studies = 4, other = 6, neither = 7, not_known = 8;
  const auto with = [](auto&& tell) {
    ExitResult result;
    result.completed = Answer::Yes;
    tell(result);
    return result;
  };
  const struct {
    const char* name;
    ExitResult result;
    const char* as_of;
    std::size_t row;
  } cases[] = {
      {"work, the day before", with([](ExitResult& r) { r.events = {{"employed", day("2016-02-29"), {}}}; }), "2016-02-28", not_known},
      {"work, on its day", with([](ExitResult& r) { r.events = {{"employed", day("2016-02-29"), {}}}; }), "2016-02-29", employed},
      {"work without a day", with([](ExitResult& r) { r.events = {{"employed", std::nullopt, {}}}; }), "2016-02-15", employed},
      {"work first, without it later",
       with([](ExitResult& r) { r.events = {{"employed", day("2016-02-20"), {}}, {"unemployed", day("2016-03-20"), {}}}; }), "2016-03-19", employed},
      {"and after that day",
       with([](ExitResult& r) {
         r.events = {{"employed", day("2016-02-20"), {}}, {"unemployed", day("2016-03-20"), {}}};
         r.in_education_after = Answer::No;
       }),
       "2016-03-20", neither},
      {"studies, the day before",
       with([](ExitResult& r) { r.in_education_after = Answer::Yes, r.status_after_date = known(day("2016-02-29")); }), "2016-02-28", not_known},
      {"studies, on the day", with([](ExitResult& r) { r.in_education_after = Answer::Yes, r.status_after_date = known(day("2016-02-29")); }),
       "2016-02-29", studies},
      {"studies without a day", with([](ExitResult& r) { r.in_education_after = Answer::Yes; }), "2016-02-15", studies},
      {"a qualification, the day before",
       with([](ExitResult& r) { r.qualification = Answer::Yes, r.qualification_date = known(day("2016-02-29")); }), "2016-02-28", not_known},
      {"a qualification, on its own day though the status is of a later one",
       with([](ExitResult& r) {
         r.qualification = Answer::Yes, r.qualification_date = known(day("2016-02-29")), r.status_after_date = known(day("2016-03-20"));
       }),
       "2016-02-29", other},
      {"an offer by the status day", with([](ExitResult& r) { r.offer = Answer::Yes, r.offer_date = known(day("2016-02-29")); }), "2016-02-28", not_known},
      {"an offer on it", with([](ExitResult& r) { r.offer = Answer::Yes, r.offer_date = known(day("2016-02-29")); }), "2016-02-29", other},
  };
  for (const auto& c : cases)
    for (const std::size_t row : {employed, studies, other, neither, not_known})
      EXPECT_EQ(number(c.result, c.as_of, row), row == c.row ? "i:1" : "i:0") << c.name << " " << row;
}

TEST(ProjectOutcome, a_wrong_published_figure_is_said_to_differ) {
  Story story = outcomes();
  story.project.published = {{"completed", day("2016-06-30"), "8", {}}, {"studies_share", day("2016-06-30"), "29 %", {}}};
  const Report report = project_outcome(story.input(), day("2016-06-30"));
  EXPECT_EQ(text_at(report, "outcome", 2, "published_agrees"), "y:no");
  EXPECT_EQ(text_at(report, "outcome", 4, "published_agrees"), "y:yes") << "2 of 7";
}

TEST(ProjectOutcome, of_a_project_without_participants_is_zeros) {
  const Story story;
  const Report report = project_outcome(story.input(), day("2016-03-31"));
  EXPECT_EQ(sheet_of(report, "outcome").rows.size(), 9u);
  EXPECT_EQ(sheet_of(report, "per_month").rows.size(), 3u);
  expect_all_agree(report);
}

TEST(ProjectOutcome, pupils_are_counted_by_school_over_those_who_left) {
  Story story;
  story.project.school_project = true;
  for (int i = 0; i < 4; ++i) {
    Participation& p = story.add({.left = i < 3 ? "2016-06-10" : ""});
    p.school = known(std::string(i < 2 ? "Älvstrandsskolan" : "Asplundsskolan"));
    p.protected_identity = i == 1;
    ExitResult result;
    result.completed_grades = i == 0 ? Answer::Yes : Answer::Unknown;
    result.national_programme = i == 2 ? Answer::Yes : Answer::No;
    p.result = result;
  }
  const Report report = project_outcome(story.input(), day("2016-06-30"));
  const Sheet& schools = sheet_of(report, "schools");
  ASSERT_EQ(schools.rows.size(), 3u);
  EXPECT_EQ(text_at(report, "schools", 0, "school"), "x:outcome.without_school") << "a protected pupil's school is not told";
  EXPECT_EQ(text_at(report, "schools", 1, "school"), "s:Asplundsskolan");
  EXPECT_EQ(text_at(report, "schools", 1, "programme_share"), "r:1/1");
  EXPECT_EQ(text_of_cell(schools.totals[4]), "r:1/3");
  expect_all_agree(report);
}

TEST(ProjectOutcome, of_other_projects_has_no_sheet_of_schools) {
  EXPECT_EQ(project_outcome(outcomes().input(), day("2016-06-30")).sheets.size(), 3u);
}

TEST(Measures, the_groups_of_the_completed_leave_nobody_out_and_count_nobody_twice) {
  const Story story = outcomes();
  for (const Participation& p : story.people) {
    const Date on = day("2016-06-30");
    const int groups = (completed_employed(p, on) || completed_in_studies(p, on)) + completed_other(p, on) +
                       completed_neither(p, on) + completed_not_known(p, on);
    EXPECT_EQ(groups, completed(p, on) ? 1 : 0) << p.reference;
  }
}

TEST(Measures, the_median_is_the_lower_minute_between_the_two_in_the_middle) {
  Story story;
  EXPECT_EQ(median_minutes(story.input(), day("2016-06-30")), std::nullopt);
  story.add({});
  story.add({});
  story.attend(0, "2016-05-02", 61);
  EXPECT_EQ(median_minutes(story.input(), day("2016-06-30")), Minutes{30}) << "those without hours count";
  story.add({});
  story.attend(1, "2016-05-02", 10);
  EXPECT_EQ(median_minutes(story.input(), day("2016-06-30")), Minutes{10});
  EXPECT_EQ(median_minutes(story.input(), day("2016-05-01")), Minutes{0}) << "hours of the day after do not count";
}

TEST(Measures, a_subproject_is_found_by_what_is_stated_then_by_municipality) {
  Story story;
  Participation& p = story.add({.municipality = "1715"});
  const auto name = [&] {
    const Subproject* found = subproject_of(p, story.project);
    return found ? found->name : std::string();
  };
  EXPECT_EQ(name(), "Kil");
  p.subproject = known(std::string("Karlstad"));
  EXPECT_EQ(name(), "Karlstad");
  p.subproject = known(std::string("Okänd ort"));
  EXPECT_EQ(name(), "") << "what is stated is not replaced by a guess";
  p.subproject.reset();
  story.project.school_project = true;
  EXPECT_EQ(name(), "") << "a pupil belongs where the school is";
  p.school_municipality = known(std::string("1780"));
  EXPECT_EQ(name(), "Karlstad");
}

}  // namespace
}  // namespace horisont
