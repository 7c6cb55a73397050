#include <gtest/gtest.h>

#include "core/reports/cells.h"
#include "golden.h"
#include "story.h"

namespace horisont {
namespace {

TEST(SheetText, every_kind_of_cell_has_its_own_form) {
  const std::pair<Cell::Value, std::string> cases[] = {
      {std::monostate{}, "e:"},
      {std::string("Säffle"), "s:Säffle"},
      {std::string("a\tb\nc\rd\\e/f"), "s:a\\tb\\nc\\rd\\\\e/f"},
      {std::int64_t{-12}, "i:-12"},
      {Minutes{7650}, "m:7650"},
      {Money::of_ore(123450), "c:SEK:123450"},
      {day("2026-03-02"), "d:2026-03-02"},
      {month("2026-03"), "d:2026-03"},
      {Clock{8 * 60 + 30}, "t:08:30"},
      {Ratio{67, 269}, "r:67/269"},
      {Reference{"D-0042"}, "s:D-0042"},
      {Identity{"199703012386"}, "s:199703012386"},
      {Hash{"00ff"}, "s:00ff"},
      {Choice{"reason", "absence"}, "k:reason/absence"},
      {YesNo::Unknown, "y:unknown"},
      {Verdict::EligibleWithRemarks, "v:eligible-with-remarks"},
      {Message{"outcome.preliminary", {"2017-04-04", "a/b"}}, "x:outcome.preliminary/2017-04-04/a\\/b"},
      {Bilingual{"och/eller", "and/or"}, "b:och\\/eller/and\\/or"},
  };
  for (const auto& [value, text] : cases) EXPECT_EQ(text_of_cell(cell(value)), text);
}

TEST(SheetText, a_report_is_its_sheets_in_order_with_keys_for_headings) {
  Report report;
  Sheet first{.id = "first", .fields = {"participant", "minutes"}};
  add_row(first, {reference_cell("D-0001"), minutes_cell(90, {0})});
  add_row(first, {cell(Message{"practice.aim", {}}), {}}, Role::Heading);
  add_row(first, {reference_cell("D-0002"), minutes_cell(30, {1})});
  add_totals(first, {"minutes"});
  report.sheets = {first, Sheet{.id = "second", .fields = {"code"}}};
  EXPECT_EQ(to_text(report),
            "horisont-sheet-text/1\n"
            "sheet\tfirst\n"
            "heading\ts:participant\ts:minutes\n"
            "body\ts:D-0001\tm:90\n"
            "heading\tx:practice.aim\te:\n"
            "body\ts:D-0002\tm:30\n"
            "total\te:\tm:120\n"
            "sheet\tsecond\n"
            "heading\ts:code\n"
            "end\n");
}

TEST(SheetText, a_column_of_which_nothing_is_known_has_no_sum) {
  Sheet sheet{.id = "costs", .fields = {"month", "planned", "support", "minutes"}};
  add_totals(sheet, {"planned", "minutes"});
  EXPECT_EQ(text_of_cell(sheet.totals[1]), "i:0") << "no rows: nothing was paid";
  EXPECT_EQ(text_of_cell(sheet.totals[3]), "m:0");
  add_row(sheet, {cell(Month::of(2016, 1)), {}, cell(Money::of_ore(0)), {}});
  add_row(sheet, {cell(Month::of(2016, 2)), {}, {}, {}});
  add_totals(sheet, {"planned", "support", "minutes"});
  EXPECT_EQ(text_of_cell(sheet.totals[1]), "e:") << "rows, but no figure";
  EXPECT_EQ(text_of_cell(sheet.totals[2]), text_of_cell(cell(Money::of_ore(0)))) << "0 is a figure";
  EXPECT_EQ(text_of_cell(sheet.totals[3]), "e:");
}

TEST(SheetText, names_and_headings_of_a_project_do_not_change_it_but_its_numbers_do) {
  Story story;
  story.add({});
  story.attend(0, "2016-05-02", 90);
  const std::string before = to_text(scb_month(story.input(), month("2016-05")));
  story.project.name = {"Annat namn", "Another name"};
  EXPECT_EQ(to_text(scb_month(story.input(), month("2016-05"))), before);
  story.attend(0, "2016-05-03", 1);
  EXPECT_NE(to_text(scb_month(story.input(), month("2016-05"))), before);
}

TEST(ReportPeriods, are_named_as_people_name_them) {
  struct Case {
    const char *first, *last, *canonical, *sv, *en;
  };
  const Case cases[] = {
      {"2016-05-01", "2016-05-31", "2016-05", "maj 2016", "May 2016"},
      {"2016-02-01", "2016-02-29", "2016-02", "februari 2016", "February 2016"},
      {"2016-02-01", "2016-02-28", "2016-02-01/2016-02-28", "2016-02-01 till 2016-02-28", "2016-02-01 to 2016-02-28"},
      {"2016-01-01", "2016-12-31", "2016", "2016", "2016"},
      {"2017-04-04", "2017-04-04", "2017-04-04", "2017-04-04", "2017-04-04"},
      {"2016-01-01", "2018-06-30", "2016-01-01/2018-06-30", "2016-01-01 till 2018-06-30", "2016-01-01 to 2018-06-30"},
  };
  for (const Case& c : cases) {
    const ReportPeriod period{day(c.first), day(c.last)};
    EXPECT_EQ(canonical(period), c.canonical);
    EXPECT_EQ(words(period), (Bilingual{c.sv, c.en}));
  }
}

TEST(SourceCells, name_the_place_as_the_spreadsheet_does) {
  EXPECT_EQ(cell_name({1, 0, 17, 5}), "E17");
  EXPECT_EQ(cell_name({1, 0, 17, 26}), "Z17");
  EXPECT_EQ(cell_name({1, 0, 17, 27}), "AA17");
  EXPECT_EQ(cell_name({1, 0, 17, 702}), "ZZ17");
  EXPECT_EQ(cell_name({1, 0, 17, 703}), "AAA17");
  EXPECT_EQ(cell_name({1, 0, 17, 0}), "17") << "the origin is the row";
  EXPECT_EQ(cell_name({}), "") << "computed, from no cell";
}

}  // namespace
}  // namespace horisont
