// Small files that claim to be large, or that make careless readers slow: each is read or refused in a moment.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include "core/values/message.h"
#include "edge/spreadsheet/handmade_workbooks.h"

namespace horisont {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string repeated(std::string_view unit, std::size_t count) {
  std::string all;
  all.reserve(unit.size() * count);
  for (std::size_t i = 0; i < count; ++i) all += unit;
  return all;
}

// Time of this process alone, so that a busy machine does not matter; generous enough for the sanitizers.
constexpr double second_limit = 10;
class Hostile : public testing::Test {
 protected:
  void TearDown() override { EXPECT_LT(static_cast<double>(std::clock() - begun_) / CLOCKS_PER_SEC, second_limit); }

 private:
  std::clock_t begun_ = std::clock();
};

std::string ods_row(int rows, int columns) {
  return "<table:table-row table:number-rows-repeated=\"" + std::to_string(rows) +
         "\"><table:table-cell table:number-columns-repeated=\"" + std::to_string(columns) +
         "\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
}
std::string ods_sheets(int sheets, const std::string& rows) {
  std::string all;
  for (int i = 1; i <= sheets; ++i) all += "<table:table table:name=\"s" + std::to_string(i) + "\">" + rows + "</table:table>";
  return handmade_ods(all);
}

TEST_F(Hostile, repeated_rows_count_as_often_as_they_are_repeated) {
  struct Case {
    const char* what;
    std::string bytes;
    const char* verdict;
  };
  const Case cases[] = {
      {"8 million cells on one sheet", ods_sheets(1, ods_row(200'000, 40)), "read"},
      {"one cell more", ods_sheets(1, ods_row(195'121, 41) + ods_row(1, 40)), "file.too-many-cells 8000000"},
      {"8 million cells on forty sheets", ods_sheets(40, ods_row(200'000, 1)), "read"},
      {"one sheet more", ods_sheets(41, ods_row(200'000, 1)), "file.too-many-cells 8000000"},
      {"two hundred million cells in 500 bytes", ods_sheets(1, ods_row(200'000, 1'024)), "file.too-many-cells 8000000"},
      {"a thousand million rows", ods_sheets(1, ods_row(1'000'000'000, 1)), "sheet.too-many-rows s1 200000"},
  };
  for (const Case& c : cases) {
    const auto book = read_bytes(c.bytes);
    EXPECT_EQ(book ? "read" : shown(book.error()), c.verdict) << c.what;
    EXPECT_TRUE(book || text_of(book.error().message.id + ".do")) << c.what;
  }
}

TEST_F(Hostile, hidden_columns_said_a_hundred_thousand_times_are_hidden_once) {
  const auto book = read_bytes(HandmadeWorkbook{
      .sheet = "<cols>" + repeated(R"(<col min="1" max="4294967295" hidden="1"/>)", 100'000) + "</cols><sheetData/>"}
                                   .bytes());
  ASSERT_TRUE(book) << shown(book.error());
  const auto& hidden = book->sheets()[0].hidden_columns;
  ASSERT_EQ(hidden.size(), 1'024u);
  EXPECT_EQ(hidden.front(), 1u);
  EXPECT_EQ(hidden.back(), 1'024u);
}

TEST_F(Hostile, hidden_columns_beyond_the_last_or_backwards_are_none) {
  const auto book =
      read_bytes(HandmadeWorkbook{.sheet = R"(<cols><col min="1025" max="2000" hidden="1"/><col min="9" max="7" hidden="1"/>)"
                                           R"(<col min="1024" max="1024" hidden="1"/></cols><sheetData/>)"}
                     .bytes());
  ASSERT_TRUE(book) << shown(book.error());
  EXPECT_THAT(book->sheets()[0].hidden_columns, ElementsAre(1'024u));
}

TEST_F(Hostile, a_hundred_thousand_filters_over_as_many_hidden_rows) {
  const auto book = read_bytes(
      HandmadeWorkbook{.sheet = "<sheetData>" + repeated(R"(<row hidden="1"><c><v>1</v></c></row>)", 100'000) + "</sheetData>" +
                                repeated(R"(<autoFilter ref="A1:B9"><filterColumn/></autoFilter>)", 100'000)}
          .bytes());
  ASSERT_TRUE(book) << shown(book.error());
  const auto& rows = book->sheets()[0].rows;
  ASSERT_EQ(rows.size(), 100'000u);
  for (const RowView& row : rows) ASSERT_EQ(row.filtered, row.number >= 2 && row.number <= 9) << row.number;
}

TEST_F(Hostile, filters_on_different_rows_hide_what_lies_below_each) {
  const auto filter = [](const char* range) {
    return std::string("<autoFilter ref=\"") + range + "\"><filterColumn/></autoFilter>";
  };
  const auto book =
      read_bytes(HandmadeWorkbook{.sheet = "<sheetData>" + repeated(R"(<row hidden="1"><c><v>1</v></c></row>)", 12) +
                                           "</sheetData>" + filter("A9:B10") + filter("A1:B6") + filter("A2:B3")}
                     .bytes());
  ASSERT_TRUE(book) << shown(book.error());
  std::vector<std::uint32_t> filtered;
  for (const RowView& row : book->sheets()[0].rows)
    if (row.filtered) filtered.push_back(row.number);
  EXPECT_THAT(filtered, ElementsAre(2, 3, 4, 5, 6, 10));
}

TEST_F(Hostile, texts_full_of_escapes_are_decoded_in_one_pass) {
  const std::string item = "<si><t>å" + repeated("_x000A_", 32'766) + "</t></si>";
  const auto book = read_bytes(
      HandmadeWorkbook{.sheet = R"(<sheetData><row><c t="s"><v>79</v></c></row></sheetData>)", .strings = repeated(item, 80)}
          .bytes());
  ASSERT_TRUE(book) << shown(book.error());
  EXPECT_TRUE(book->sheets()[0].rows.begin()->cells[0].text == "å" + std::string(32'766, '\n'));
}

TEST_F(Hostile, escapes_keep_their_places_between_other_text) {
  struct Case {
    const char *written, *text;
  };
  const Case cases[] = {{"_x0041_", "A"},
                        {"a_x0041_b_x00E5__x20AC_", "aAbå€"},
                        {"_x005F_x0041_", "_x0041_"},
                        {"_x_x0041_", "_xA"},
                        {"_x0041", "_x0041"},
                        {"_x0001_ _xD800_ _xFFFE_ _x00g1_", "_x0001_ _xD800_ _xFFFE_ _x00g1_"},
                        {"slut_x0041_", "slutA"}};
  for (const Case& c : cases) {
    const std::string cell =
        std::string("<sheetData><row><c t=\"inlineStr\"><is><t>") + c.written + "</t></is></c></row></sheetData>";
    EXPECT_THAT(rows_of(HandmadeWorkbook{.sheet = cell}.bytes()), ElementsAre(std::string("1: Text ") + c.text));
  }
}

TEST_F(Hostile, as_many_cell_formats_as_excel_has_and_no_more) {
  const auto with = [](std::size_t count) {
    return rows_of(HandmadeWorkbook{.styles = "<cellXfs>" + repeated("<xf/>", count) + "</cellXfs>"}.bytes());
  };
  EXPECT_THAT(with(65'536), IsEmpty());
  EXPECT_THAT(with(65'537), ElementsAre("file.too-many 65536 xf"));
}

TEST_F(Hostile, copies_of_other_files_that_libreoffice_keeps_are_no_sheets) {
  const auto book = read_bytes(handmade_ods("<table:table table:name=\"Mars\">" + ods_row(1, 1) +
                                            "</table:table><table:table table:name=\"'file:///a/b.ods'#Blad1\">" +
                                            ods_row(1, 1) + "</table:table>"));
  ASSERT_TRUE(book) << shown(book.error());
  ASSERT_EQ(book->sheets().size(), 1u);
  EXPECT_EQ(book->sheets()[0].name, "Mars");
  ASSERT_EQ(book->findings().size(), 1u);
  EXPECT_EQ(book->findings()[0].code, "file.external-links");
}

}  // namespace
}  // namespace horisont
