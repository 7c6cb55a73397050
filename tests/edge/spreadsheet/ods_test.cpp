#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "edge/spreadsheet/handmade_workbooks.h"

namespace horisont {
namespace {

using testing::ElementsAre;

std::string sheet(const std::string& inside) { return "<table:table table:name=\"Mars\">" + inside + "</table:table>"; }
std::string row(const std::string& cells, const std::string& attributes = "") {
  return "<table:table-row " + attributes + ">" + cells + "</table:table-row>";
}
const std::string one = R"(<table:table-cell office:value-type="float" office:value="1"/>)";

TEST(Ods, rows_and_cells_where_no_sheet_has_them_are_damage) {
  struct Case {
    const char* what;
    std::string inside, verdict;
  };
  const std::string cell = "<table:table-cell>", cell_end = "</table:table-cell>";
  const Case cases[] = {{"a row in a cell", row(cell + row(one) + cell_end), "file.damaged Mars!A2"},
                        {"a cell in a cell", row(cell + one + cell_end), "file.damaged Mars!B1"},
                        {"a cell in no row", one, "file.damaged Mars!A"},
                        {"a row in a row", row(row(one)), "file.damaged Mars!2"},
                        {"a whole table in a cell is no part of the sheet",
                         row(cell + sheet(row(one)) + cell_end + one), "1: Empty | Number 1"}};
  for (const Case& c : cases)
    EXPECT_THAT(rows_of(handmade_ods(sheet(c.inside))), ElementsAre(testing::StartsWith(c.verdict))) << c.what;
}

TEST(Ods, each_type_of_cell_is_read_as_the_file_holds_it) {
  struct Case {
    const char *what, *attributes, *inside, *shown;
  };
  const Case cases[] = {
      {"a number", R"(office:value-type="float" office:value="7.5")", "<text:p>7,50</text:p>", "Number 7.5"},
      {"a percentage", R"(office:value-type="percentage" office:value="0.5")", "<text:p>50 %</text:p>", "Number 0.5 [0%]"},
      {"money", R"(office:value-type="currency" office:value="12.5")", "<text:p>12,50 kr</text:p>", "Number 12.5 [0\" kr\"]"},
      {"a number with words about it", R"(office:value-type="float" office:value="10")", "<text:p>10 min</text:p>", "Number 10 [0\" min\"]"},
      {"a number with words before it", R"(office:value-type="float" office:value="3")", "<text:p>ca 3</text:p>", "Number 3 [\"ca \"0]"},
      {"a large number in powers of ten", R"(office:value-type="float" office:value="200503042384")", "<text:p>2,01E+11</text:p>", "Number 200503042384"},
      {"a date", R"(office:value-type="date" office:date-value="2026-03-02")", "<text:p>2/3</text:p>", "Date 2026-03-02"},
      {"a duration", R"(office:value-type="time" office:time-value="PT07H30M00S")", "<text:p>7:30</text:p>",
       "Duration PT07H30M00S"},
      {"true", R"(office:value-type="boolean" office:boolean-value="true")", "<text:p>SANT</text:p>", "Boolean 1"},
      {"false", R"(office:value-type="boolean" office:boolean-value="false")", "", "Boolean 0"},
      {"text", R"(office:value-type="string")", "<text:p>Åsa</text:p>", "Text Åsa"},
      {"paragraphs are lines", R"(office:value-type="string")", "<text:p>a</text:p><text:p>b</text:p>", "Text a\nb"},
      {"parts of a text", R"(office:value-type="string")", "<text:p>a<text:span>b</text:span><text:a>c</text:a></text:p>",
       "Text abc"},
      {"blanks as ODF counts them", R"(office:value-type="string")",
       "<text:p>  a  <text:s text:c=\"2\"/>b<text:tab/>c</text:p>", "Text a   b\tc"},
      {"a comment is no text", R"(office:value-type="string")",
       "<office:annotation><text:p>no</text:p></office:annotation><text:p>a</text:p>", "Text a"},
      {"a formula", R"(table:formula="of:=1+1" office:value-type="float" office:value="2")", "", "Number 2 formula"},
      {"a formula without its result", R"(table:formula="of:=1+1")", "", "Empty formula without value"},
      {"an error", R"(table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error")",
       "<text:p>#DIV/0!</text:p>", "Error #DIV/0! formula"},
  };
  for (const Case& c : cases) {
    const std::string cell = "<table:table-cell " + std::string(c.attributes) + ">" + c.inside + "</table:table-cell>";
    EXPECT_THAT(rows_of(handmade_ods(sheet(row(cell)))), ElementsAre("1: " + std::string(c.shown))) << c.what;
  }
}

TEST(Ods, repeated_covered_and_hidden_rows_and_cells_keep_their_places) {
  const std::string empty = "<table:table-cell/>";
  const auto repeated = [](int times, const std::string& rest = "/") {
    return "<table:table-cell table:number-columns-repeated=\"" + std::to_string(times) + "\" " + rest + ">";
  };
  struct Case {
    const char* what;
    std::string inside;
    std::vector<std::string> shown;
  };
  const Case cases[] = {
      {"empty cells repeated", row(repeated(2) + one), {"1: Empty | Empty | Number 1"}},
      {"a value repeated",
       row(repeated(3, R"(office:value-type="float" office:value="1"/)")),
       {"1: Number 1 | Number 1 | Number 1"}},
      {"empty cells to the end of the sheet", row(one + repeated(16383)), {"1: Number 1"}},
      {"a row repeated",
       row(one, "table:number-rows-repeated=\"2\"") + row(one + one),
       {"1: Number 1", "2: Number 1", "3: Number 1 | Number 1"}},
      {"empty rows repeated", row(empty, "table:number-rows-repeated=\"1048574\"") + row(one), {"1048575: Number 1"}},
      {"a covered cell",
       row(one + R"(<table:covered-table-cell office:value-type="float" office:value="9"/>)" + one),
       {"1: Number 1 | Empty | Number 1"}},
      {"hidden rows",
       row(one, "table:visibility=\"collapse\"") + row(one, "table:visibility=\"filter\"") + row(one),
       {"1 hidden: Number 1", "2 hidden filtered: Number 1", "3: Number 1"}},
      {"rows in groups",
       "<table:table-header-rows>" + row(one) + "</table:table-header-rows><table:table-row-group>" + row(one) +
           "</table:table-row-group>",
       {"1: Number 1", "2: Number 1"}},
      {"a table inside a cell is no sheet",
       row("<table:table-cell>" + sheet(row(one)) + "</table:table-cell>" + one),
       {"1: Empty | Number 1"}},
      {"a value repeated over more columns than are read",
       row(repeated(1025, R"(office:value-type="float" office:value="1"/)")),
       {"sheet.too-many-columns Mars!A1 1024"}},
      {"values repeated without end",
       row(one, "table:number-rows-repeated=\"18446744073709551615\""),
       {"sheet.too-many-rows Mars 200000"}},
      {"empty rows without end before a value",
       row(empty, "table:number-rows-repeated=\"18446744073709551615\"") + row(one),
       {"file.damaged Mars!A1048576"}},
  };
  for (const Case& c : cases) EXPECT_EQ(rows_of(handmade_ods(sheet(c.inside))), c.shown) << c.what;
}

TEST(Ods, the_look_of_a_sheet_that_matters_is_kept) {
  const auto book = read_bytes(handmade_ods(
      R"(<table:table table:name="Åkes blad" table:style-name="ta2"><table:table-column/>)"
      R"(<table:table-column table:number-columns-repeated="2" table:visibility="collapse"/><table:table-row>)"
      R"(<table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2"/></table:table-row></table:table>)",
      R"(<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>)"
      R"(<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>)",
      {{"Basic/script.xml", "<x/>"},
       {"meta.xml",
        R"(<m xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><meta:user-defined meta:name="horisont.report">R-1</meta:user-defined></m>)"}}));
  ASSERT_TRUE(book) << shown(book.error());
  EXPECT_EQ(book->format(), "ods");
  const SheetView& view = book->sheets().at(0);
  EXPECT_EQ(view.name, "Åkes blad");
  EXPECT_TRUE(view.hidden);
  EXPECT_THAT(view.hidden_columns, ElementsAre(2, 3));
  ASSERT_EQ(view.merges.size(), 1u);
  EXPECT_THAT((std::vector{view.merges[0].row1, view.merges[0].col1, view.merges[0].row2, view.merges[0].col2}),
              ElementsAre(1, 1, 2, 3));
  EXPECT_THAT(book->properties(), ElementsAre(testing::Pair("horisont.report", "R-1")));
  ASSERT_EQ(book->findings().size(), 2u);
  EXPECT_EQ(book->findings()[0].code, "sheet.hidden");
  EXPECT_EQ(book->findings()[1].code, "file.has-macros");
}

TEST(Ods, rows_that_are_struck_through_are_read_and_told) {
  const auto cells = [](const std::string& style) { return "<table:table-row>" + std::string(2, ' ') + R"(<table:table-cell table:style-name=")" + style + R"(" office:value-type="float" office:value="1" table:number-columns-repeated="2"/></table:table-row>)"; };
  const auto book = read_bytes(handmade_ods(
      "<table:table table:name=\"Mars\">" + cells("ce1") + cells("ce2") + cells("ce3") + cells("ce4") + cells("ce5") + "</table:table>",
      R"(<style:style style:name="ce1"><style:text-properties style:text-line-through-style="none"/></style:style>)"
      R"(<style:style style:name="ce2"><style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>)"
      R"(<style:style style:name="ce3" style:parent-style-name="ce2"/>)"
      R"(<style:style style:name="ce4" style:parent-style-name="Utgått"/>)"
      R"(<style:style style:name="ce5" style:parent-style-name="Utgått"><style:text-properties style:text-line-through-style="none"/></style:style>)",
      {{"styles.xml", R"(<s xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><style:style style:name="Utgått"><style:text-properties style:text-line-through-type="single"/></style:style></s>)"}}));
  ASSERT_TRUE(book) << shown(book.error());
  EXPECT_EQ(book->sheets().at(0).rows.size(), 5u);
  ASSERT_EQ(book->findings().size(), 1u);
  EXPECT_EQ(book->findings()[0].code, "row.struck");
  EXPECT_THAT(book->findings()[0].values, ElementsAre("3", "2, 3, 4"));
}

TEST(Ods, a_file_with_a_password_is_refused) {
  EXPECT_THAT(
      rows_of(handmade_ods(sheet(row(one)), "",
                           {{"META-INF/manifest.xml", R"(<m:manifest xmlns:m="urn:m"><m:encryption-data/></m:manifest>)"}})),
      ElementsAre("file.encrypted"));
}

}  // namespace
}  // namespace horisont
