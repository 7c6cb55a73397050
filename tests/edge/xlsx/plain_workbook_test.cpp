#include "edge/xlsx/plain_workbook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "edge/files/files.h"
#include "workbook_parts.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<PlainSheet> attendance() {
  PlainSheet sheet;
  sheet.name = "Maj 2016";
  sheet.widths = {14, 12, 8};
  sheet.rows = {{{"Närvaro maj 2016", true}, {}, {}},
                {{"Deltagare", true}, {"Datum", true}, {"Timmar", true}},
                {{"Åsa Öberg"}, {*Date::of(2016, 5, 2)}, {PlainCell::Number{"7.5", "0.00"}}},
                {{"<Pär & \"Co\">"}, {*Date::of(2016, 2, 29)}, {PlainCell::Duration{450}}},
                {{"Summa"}, {}, {PlainCell::Formula{"SUM(C3:C3)", "7.5"}}}};
  sheet.merges = {{1, 1, 1, 3}, {5, 1, 5, 1}};
  sheet.hidden_rows = {4};
  PlainSheet lists;
  lists.name = "Listor";
  lists.hidden = true;
  return {lists, sheet};
}

TEST(PlainWorkbook, the_same_sheets_give_the_same_bytes) {
  const TemporaryFolder folder;
  write_plain_workbook(folder.path() / "a.xlsx", attendance());
  write_plain_workbook(folder.path() / "b.xlsx", attendance());
  EXPECT_EQ(sha256_of_file(folder.path() / "a.xlsx"), sha256_of_file(folder.path() / "b.xlsx"));
}

TEST(PlainWorkbook, cells_merges_hidden_rows_and_hidden_sheets_are_as_asked) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.xlsx";
  write_plain_workbook(path, attendance());
  const std::string sheet = part(path, "xl/worksheets/sheet2.xml");
  EXPECT_THAT(sheet, HasSubstr("<v>42492</v>"));  // 2016-05-02
  EXPECT_THAT(sheet, HasSubstr("<v>42429</v>"));  // 2016-02-29
  EXPECT_THAT(sheet, HasSubstr("<v>7.5</v>"));
  EXPECT_THAT(sheet, HasSubstr("<v>0.3125</v>"));  // 7:30
  EXPECT_THAT(sheet, HasSubstr("<f>SUM(C3:C3)</f><v>7.5</v>"));
  EXPECT_THAT(sheet, HasSubstr("<mergeCells count=\"1\"><mergeCell ref=\"A1:C1\"/></mergeCells>"));
  EXPECT_THAT(sheet, HasSubstr("hidden=\"1\""));
  EXPECT_THAT(part(path, "xl/sharedStrings.xml"), HasSubstr("&lt;Pär &amp; \"Co\"&gt;"));
  EXPECT_THAT(part(path, "xl/workbook.xml"), HasSubstr("name=\"Listor\" sheetId=\"1\" state=\"hidden\""));
  EXPECT_THAT(part(path, "xl/workbook.xml"), HasSubstr("activeTab=\"1\""));
}

TEST(PlainWorkbook, damaged_bytes_of_a_name_become_the_replacement_character) {
  const TemporaryFolder folder;
  PlainSheet sheet;
  sheet.name = "A";
  sheet.rows = {
      {{std::string("L\xF6"
                    "fgren \xED\xA0\x80 \x01")}}};
  write_plain_workbook(folder.path() / "a.xlsx", {sheet});
  const std::string strings = part(folder.path() / "a.xlsx", "xl/sharedStrings.xml");
  EXPECT_THAT(strings, HasSubstr("L\uFFFDfgren \uFFFD\uFFFD\uFFFD _x0001_"));
}

TEST(PlainWorkbook, a_folder_that_is_not_there_is_said_and_nothing_is_left_behind) {
  const TemporaryFolder folder;
  try {
    write_plain_workbook(folder.path() / "nowhere" / "a.xlsx", attendance());
    FAIL() << "no error";
  } catch (const FileError& error) {
    EXPECT_EQ(error.message().id, "file.folder-missing");
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(PlainWorkbook, an_earlier_file_is_replaced_whole) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.xlsx") << "old";
  write_plain_workbook(folder.path() / "a.xlsx", attendance());
  EXPECT_EQ(read_file(folder.path() / "a.xlsx").substr(0, 2), "PK");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

}  // namespace
}  // namespace horisont
