// Two versions of a report, cell by cell.

#include "core/reports/versions.h"

#include <gtest/gtest.h>

#include "core/reports/cells.h"

namespace horisont {
namespace {

using Kind = VersionDifference::Kind;

struct Line {
  const char* participant;
  const char* activity;
  std::int64_t minutes;
};

Sheet hours(const std::vector<Line>& lines) {
  Sheet sheet{.id = "hours", .fields = {"participant", "activity", "minutes"}};
  for (const Line& line : lines)
    add_row(sheet, row_of(reference_cell(line.participant), text_cell(line.activity), cell(Minutes{line.minutes})));
  return sheet;
}

// "D-0002.minutes", "+D-0003", "-D-0001", as few letters as tell what differs and where.
std::vector<std::string> said(const Sheet& before, const Sheet& after) {
  std::vector<std::string> all;
  for (const VersionDifference& one : version_differences(std::span(&before, 1), std::span(&after, 1))) {
    std::string text = one.kind == Kind::RowNew ? "+" : one.kind == Kind::RowGone ? "-" : "";
    for (const Cell& cell : one.row)
      if (const auto* reference = std::get_if<Reference>(&cell.value))
        text += reference->text;
      else if (const auto* name = std::get_if<std::string>(&cell.value))
        text += "/" + *name;
    all.push_back(text + (one.field.empty() ? "" : "." + one.field));
  }
  return all;
}

using Told = std::vector<std::string>;

TEST(Versions, rows_are_held_against_each_other_by_what_they_are_about) {
  struct {
    const char* name;
    std::vector<Line> before, after;
    Told told;
  } cases[] = {
      {"the same", {{"D-0001", "kurs", 60}}, {{"D-0001", "kurs", 60}}, {}},
      {"a number", {{"D-0001", "kurs", 60}}, {{"D-0001", "kurs", 61}}, {"D-0001.minutes"}},
      {"a word, where the participant alone tells the rows apart", {{"D-0001", "kurs", 60}}, {{"D-0001", "praktik", 60}}, {"D-0001.activity"}},
      {"another order says the same", {{"D-0001", "kurs", 60}, {"D-0002", "kurs", 30}}, {{"D-0002", "kurs", 30}, {"D-0001", "kurs", 60}}, {}},
      {"a new row above moves the others and changes nothing in them",
       {{"D-0002", "kurs", 30}}, {{"D-0001", "kurs", 60}, {"D-0002", "kurs", 30}}, {"+D-0001"}},
      {"a row that is gone", {{"D-0001", "kurs", 60}, {"D-0002", "kurs", 30}}, {{"D-0002", "kurs", 45}}, {"D-0002.minutes", "-D-0001"}},
      {"rows of one participant are told apart by the activity",
       {{"D-0001", "kurs", 60}, {"D-0001", "praktik", 30}}, {{"D-0001", "kurs", 60}, {"D-0001", "praktik", 31}}, {"D-0001/praktik.minutes"}},
      {"rows that nothing tells apart come in their order",
       {{"D-0001", "kurs", 60}, {"D-0001", "kurs", 30}}, {{"D-0001", "kurs", 60}, {"D-0001", "kurs", 31}}, {"D-0001.minutes"}},
      {"no rows at all", {}, {{"D-0001", "kurs", 60}}, {"+D-0001"}},
      {"another participant in the only row", {{"D-0001", "kurs", 60}}, {{"D-0002", "kurs", 60}}, {"+D-0002", "-D-0001"}},
  };
  for (const auto& each : cases) EXPECT_EQ(said(hours(each.before), hours(each.after)), each.told) << each.name;
}

TEST(Versions, a_total_is_a_row_and_a_column_of_a_further_month_is_new_in_each_row) {
  Sheet before{.id = "months", .fields = {"participant", "minutes_2016-01"}}, after{.id = "months", .fields = {"participant", "minutes_2016-01", "minutes_2016-02"}};
  add_row(before, row_of(reference_cell("D-0001"), cell(Minutes{60})));
  add_row(after, row_of(reference_cell("D-0001"), cell(Minutes{60}), cell(Minutes{30})));
  EXPECT_EQ(said(before, after), Told{"D-0001.minutes_2016-02"});
  add_totals(before, {"minutes_2016-01"});
  add_totals(after, {"minutes_2016-01", "minutes_2016-02"});
  const auto text = [](const Sheet& sheet) { return sheets_of("horisont-sheet-text/1\n" + to_text(sheet) + "end\n").value().front(); };
  const auto found = version_differences(std::vector{text(before)}, std::vector{text(after)});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].at_now, 1u) << "the total stands after the body";
}

TEST(Versions, whole_sheets_are_told_of_once) {
  const Sheet a = hours({{"D-0001", "kurs", 60}}), b{.id = "other", .fields = {"code"}};
  const auto found = version_differences(std::vector{a}, std::vector{b});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].kind, Kind::SheetNew);
  EXPECT_EQ(found[0].sheet, "other");
  EXPECT_EQ(found[1].kind, Kind::SheetGone);
  EXPECT_EQ(found[1].sheet, "hours");
}

}  // namespace
}  // namespace horisont
