#include <gtest/gtest.h>

#include "golden.h"
#include "story.h"

namespace horisont {
namespace {

// A woman and a man with work after leaving, one who seeks it, one who is still there, one whose level is not known.
Story story_of(int year) {
  Story story;
  const std::string y = std::to_string(year), next = std::to_string(year + 1);
  story.project.grants = {{.operation = {day(y + "-01-01"), day(next + "-12-31")}}};
  story.today = day(next + "-12-31");
  const auto add = [&](const char* gender, const char* status, const char* level, const char* after, const char* on) {
    Participation& p = story.add({.entered = y + "-04-01", .left = *after ? y + "-11-10" : "", .gender = gender});
    p.born_on = known(day(std::to_string(year - 19) + "-03-01"));
    p.employment_status = known(std::string(status));
    p.studies = known(false);
    if (*level) p.isced_level = known(std::string(level));
    p.evidence = {{.criterion = "age", .document_date = p.entered_on->value}};
    p.traits.jobless_household = Answer::Yes;
    p.traits.jobless_household_children = p.traits.single_adult_children = Answer::No;
    if (!*after) return;
    p.result = ExitResult{};
    p.result->completed = Answer::Yes;
    p.result->events = {{after, day(y + on), {}}};
    p.result->status_after = known(std::string(after));
  };
  add("woman", "unemployed", "isced2", "employed", "-11-20");
  add("man", "inactive", "isced3", "self_employed", "-12-08");
  add("man", "inactive", "isced0", "unemployed", "-11-10");
  add("woman", "unemployed", "isced2", "", "");
  add("woman", "unemployed", "", "employed", "-11-20");
  return story;
}

std::string row_of_code(const Report& report, std::string_view sheet, std::string_view code, std::string_view field) {
  const Sheet& found = sheet_of(report, sheet);
  for (std::size_t row = 0; row < found.rows.size(); ++row)
    if (text_at(report, sheet, row, "id") == "s:" + std::string(code)) return text_at(report, sheet, row, field);
  return "no row";
}

TEST(IndicatorReports, esf_plus_tables_6_and_10) {
  Story story = story_of(2024);
  story.people[1].gender = "non_binary";
  const Report report = indicators_report(story.input(), Framework::EsfPlus, story.today);
  expect_golden(report, "indicators-esf-plus");
  expect_all_agree(report);
  EXPECT_EQ(row_of_code(report, "table_6", "EECO01", "total"), "i:4") << "who lacks a level is not counted";
  EXPECT_EQ(row_of_code(report, "table_6", "EECO01", "non_binary"), "i:1");
  EXPECT_EQ(row_of_code(report, "table_6", "EECO18", "total"), "e:") << "not counted in participants, and not known";
  EXPECT_EQ(row_of_code(report, "table_10", "EECR04", "total"), "i:2");
  EXPECT_EQ(row_of_code(report, "table_10", "EECR01", "men"), "i:1");
}

TEST(IndicatorReports, targets_and_estimates_of_the_project_file_fill_their_columns) {
  Story story = story_of(2024);
  story.project.targets = {{.indicator = "EECO01", .total = 10, .men = 0, .women = 8, .milestone = 5}, {.indicator = "EECR04", .percent = true, .total = 50}};
  story.project.estimates = {{"EECO17", day("2025-06-30"), 2, 1, 1, 0, {"Enkät", "Survey"}, {"Rapport", Confidence::UnverifiedDefault}}};
  story.project.operation_items = {{"priority", "1", {}}, {"region_category", "mer utvecklad", {}}};
  story.people[3].gender_by_number = true;
  const Report report = indicators_report(story.input(), Framework::EsfPlus, story.today);
  EXPECT_EQ(row_of_code(report, "table_6", "EECO01", "priority"), "s:1");
  EXPECT_EQ(row_of_code(report, "table_6", "EECO01", "region"), "s:mer utvecklad");
  EXPECT_EQ(row_of_code(report, "table_6", "EECO01", "milestone"), "i:5");
  EXPECT_EQ(row_of_code(report, "table_6", "EECO01", "target_total"), "i:10");
  EXPECT_EQ(row_of_code(report, "table_6", "EECO01", "ratio_total"), "r:4/10");
  EXPECT_EQ(row_of_code(report, "table_6", "EECO01", "ratio_men"), "e:") << "a target of 0 has no ratio";
  EXPECT_EQ(row_of_code(report, "table_6", "EECO01", "ratio_women"), "r:2/8");
  EXPECT_EQ(row_of_code(report, "table_6", "EECO02", "ratio_total"), "e:");
  EXPECT_EQ(row_of_code(report, "table_10", "EECR04", "target_unit"), "x:indicator-unit.percent");
  EXPECT_EQ(row_of_code(report, "table_10", "EECR04", "ratio_total"), "r:200/200") << "2 of 4 is 50 %, which is the target";
  EXPECT_EQ(row_of_code(report, "table_6", "EECO17", "total"), "i:2");
  EXPECT_NE(row_of_code(report, "table_6", "EECO17", "comment").find("2025-06-30"), std::string::npos);
  EXPECT_EQ(row_of_code(report, "estimates", "EECO17", "men"), "i:1");
  EXPECT_EQ(sheet_of(report, "estimates").rows.size(), 1u);
  EXPECT_EQ(row_of_code(report, "checks", "G11", "agrees"), "y:yes");
  EXPECT_EQ(text_at(report, "completeness", 8, "group"), "x:indicator-group.gender.by_number");
  EXPECT_EQ(text_at(report, "completeness", 8, "participants"), "i:1");
  EXPECT_NE(everything(report).find("EECO17"), std::string::npos);
  expect_all_agree(report);
}

TEST(IndicatorReports, a_participant_of_no_sub_project_is_missing_from_the_sum_of_the_parts) {  // G10
  Story story = story_of(2024);
  story.project.subprojects = {{"1780", "Karlstad", "1780", {}, {}}, {"1715", "Kil", "1715", {}, {}}};
  for (Participation& p : story.people) p.subproject = known(std::string(p.person % 2 ? "Karlstad" : "Kil"));
  EXPECT_EQ(row_of_code(indicators_report(story.input(), Framework::EsfPlus, story.today), "checks", "G10", "agrees"), "y:yes");
  story.people[0].subproject = story.people[0].home_municipality = std::nullopt;
  const Report report = indicators_report(story.input(), Framework::EsfPlus, story.today);
  EXPECT_EQ(row_of_code(report, "checks", "G10", "agrees"), "y:no");
  EXPECT_NE(row_of_code(report, "checks", "G10", "cells").find("EECO01 kvinnor 2 ≠ 1"), std::string::npos) << row_of_code(report, "checks", "G10", "cells");
}

TEST(IndicatorReports, esf_2014_tables_2a_2c_4a_and_4b) {
  const Story story = story_of(2016);
  const Report report = indicators_report(story.input(), Framework::Esf2014, story.today);
  expect_golden(report, "indicators-esf-2014");
  expect_all_agree(report);
  EXPECT_EQ(row_of_code(report, "table_4a", "GRAND", "total"), "i:5");
  EXPECT_EQ(row_of_code(report, "table_4a", "CO01", "women_2016"), "i:2");
  EXPECT_EQ(row_of_code(report, "table_4a", "CO12", "total"), "i:4");
  EXPECT_EQ(row_of_code(report, "table_2a", "CR04", "men_2016"), "i:1");
}

TEST(IndicatorReports, yei_table_2b) {
  const Story story = story_of(2016);
  const Report report = indicators_report(story.input(), Framework::Yei, story.today);
  expect_golden(report, "indicators-yei");
  expect_all_agree(report);
  EXPECT_EQ(row_of_code(report, "table_2b", "YEI-CR01", "total"), "i:1");
  EXPECT_EQ(row_of_code(report, "table_2b", "YEI-CR09", "total"), "i:1");
}

TEST(IndicatorReports, every_number_keeps_the_persons_it_counted) {
  const Story story = story_of(2024);
  const Report report = indicators_report(story.input(), Framework::EsfPlus, story.today);
  for (const char* id : {"table_6", "table_10", "completeness"})
    for (const auto& row : sheet_of(report, id).rows)
      for (const Cell& cell : row)
        if (const auto* number = std::get_if<std::int64_t>(&cell.value)) {
          EXPECT_EQ(cell.counted_kind, Cell::Counted::Persons) << id;
          EXPECT_EQ(*number, std::ssize(cell.counted)) << id;
        }
  EXPECT_EQ(cell_at(report, "table_6", 1, "total").counted, (std::vector<std::uint32_t>{0, 3}));
}

TEST(IndicatorReports, say_how_many_of_those_counted_are_not_eligible_and_nothing_where_nobody_is) {
  const auto said = [](const Report& report) {
    return std::count_if(report.notes.begin(), report.notes.end(), [](const Message& note) { return note.id == "indicator.not-eligible"; });
  };
  Story story = story_of(2024);
  const Report of_eligible = indicators_report(story.input(), Framework::EsfPlus, story.today);
  EXPECT_EQ(said(of_eligible), 0);
  const std::size_t rows = sheet_of(of_eligible, "completeness").rows.size();
  story.decisions[0].verdict = story.decisions[3].verdict = Verdict::NotEligible;
  const Report report = indicators_report(story.input(), Framework::EsfPlus, story.today);
  ASSERT_EQ(sheet_of(report, "completeness").rows.size(), rows + 1);
  EXPECT_EQ(text_at(report, "completeness", rows, "group"), "x:indicator-group.not_eligible");
  EXPECT_EQ(text_at(report, "completeness", rows, "participants"), "i:2");
  EXPECT_EQ(cell_at(report, "completeness", rows, "participants").counted, (std::vector<std::uint32_t>{0, 3}));
  EXPECT_EQ(said(report), 1);
  EXPECT_EQ(row_of_code(report, "table_6", "EECO01", "total"), row_of_code(of_eligible, "table_6", "EECO01", "total")) << "they are counted all the same";
  expect_all_agree(report);
}

TEST(IndicatorReports, of_nobody_are_zeros) {
  const Story story;
  for (const Framework framework : {Framework::Esf2014, Framework::Yei, Framework::EsfPlus}) {
    const Report report = indicators_report(story.input(), framework, day("2016-06-30"));
    expect_all_agree(report);
    for (std::size_t row = 0; row < sheet_of(report, "checks").rows.size(); ++row)
      EXPECT_NE(text_at(report, "checks", row, "agrees"), "y:no") << text_at(report, "checks", row, "id");
  }
}

}  // namespace
}  // namespace horisont
