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
