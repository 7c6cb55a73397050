#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "edge/spreadsheet/handmade_workbooks.h"
#include "edge/spreadsheet/number_format.h"

namespace horisont {
namespace {

using testing::ElementsAre;

std::string rows(const std::string& inside) { return "<sheetData>" + inside + "</sheetData>"; }

TEST(Xlsx, each_type_of_cell_is_read_as_the_file_holds_it) {
  const std::string styles =
      R"(<numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>)"
      R"(<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>)"
      R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="2"/></cellXfs>)";
  const std::string strings = R"(<si><t>Lund</t></si><si><r><t>Ås</t></r><r><rPr><b/></rPr><t xml:space="preserve">a x</t></r>)"
                              R"(<rPh sb="0" eb="1"><t>ignored</t></rPh></si><si/>)";
  struct Case {
    const char *what, *cell, *shown;
  };
  const Case cases[] = {
      {"a shared string", R"(<c t="s"><v>0</v></c>)", "Text Lund"},
      {"rich text joined, without the phonetic guide", R"(<c t="s"><v>1</v></c>)", "Text Åsa x"},
      {"an inline string", R"(<c t="inlineStr"><is><t>a</t></is></c>)", "Text a"},
      {"rich inline text", R"(<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>)", "Text ab"},
      {"a number as it is written", R"(<c><v>2.00503042384E11</v></c>)", "Number 2.00503042384E11"},
      {"a number with a format", R"(<c s="4"><v>7.5</v></c>)", "Number 7.5 [0.00]"},
      {"a style that does not exist", R"(<c s="99"><v>7.5</v></c>)", "Number 7.5"},
      {"a date by its own format", R"(<c s="1"><v>46083</v></c>)", R"(Date 46083 [yyyy\-mm\-dd])"},
      {"a date by a built-in format", R"(<c s="3"><v>46083</v></c>)", "Date 46083 [mm-dd-yy]"},
      {"a duration", R"(<c s="2"><v>0.3125</v></c>)", "Duration 0.3125 [[h]:mm]"},
      {"an ISO date", R"(<c t="d"><v>2026-03-02T00:00:00</v></c>)", "Date 2026-03-02T00:00:00"},
      {"true", R"(<c t="b"><v>1</v></c>)", "Boolean 1"},
      {"false", R"(<c t="b"><v>0</v></c>)", "Boolean 0"},
      {"an error", R"(<c t="e"><v>#REF!</v></c>)", "Error #REF!"},
      {"a formula with its result", R"(<c><f>A1+1</f><v>2</v></c>)", "Number 2 formula"},
      {"a shared formula", R"(<c><f t="shared" si="0"/><v>2</v></c>)", "Number 2 formula"},
      {"a formula with text", R"(<c t="str"><f>A1</f><v>x</v></c>)", "Text x formula"},
      {"a formula whose result is no text", R"(<c t="str"><f>A1</f><v></v></c>)", "Empty formula"},
      {"a formula without its result", R"(<c><f>A1+1</f></c>)", "Empty formula without value"},
      {"a formula with an empty number", R"(<c><f>A1+1</f><v/></c>)", "Empty formula without value"},
      {"an escaped character", R"(<c t="inlineStr"><is><t>a_x000A_b_x005F_x0041_</t></is></c>)", "Text a\nb_x0041_"},
      {"an escaped control character stays", R"(<c t="inlineStr"><is><t>a_x0001_</t></is></c>)", "Text a_x0001_"},
      {"an underscore", R"(<c t="inlineStr"><is><t>a_xyz_ _x</t></is></c>)", "Text a_xyz_ _x"},
  };
  for (const Case& c : cases) {
    const HandmadeWorkbook book{.sheet = rows("<row>" + std::string(c.cell) + "</row>"), .strings = strings, .styles = styles};
    EXPECT_THAT(rows_of(book.bytes()), ElementsAre("1: " + std::string(c.shown))) << c.what;
  }
}

TEST(Xlsx, rows_and_cells_stand_where_they_say_or_follow_the_one_before) {
  struct Case {
    const char *what, *inside;
    std::vector<std::string> shown;
  };
  const Case cases[] = {
      {"gaps are empty cells",
       R"(<row r="3"><c r="B3"><v>1</v></c><c r="D3"><v>2</v></c></row>)",
       {"3: Empty | Number 1 | Empty | Number 2"}},
      {"no references",
       "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
       {"1: Number 1 | Number 2", "2: Number 3"}},
      {"some references",
       R"(<row r="5"><c r="C5"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>)",
       {"5: Empty | Empty | Number 1 | Number 2", "6: Number 3"}},
      {"empty cells at the end and empty rows do not count",
       R"(<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"/></row><row r="2"><c r="A2"/></row>)",
       {"1: Number 1"}},
      {"hidden as Excel and as LibreOffice write it",
       R"(<row hidden="1"><c><v>1</v></c></row><row hidden="true"><c><v>2</v></c></row><row hidden="0"><c><v>3</v></c></row>)",
       {"1 hidden: Number 1", "2 hidden: Number 2", "3: Number 3"}},
      {"a row that goes back",
       R"(<row r="2"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>)",
       {"file.damaged xl/worksheets/sheet1.xml, Mars!A2"}},
      {"a cell that goes back",
       R"(<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>)",
       {"file.damaged xl/worksheets/sheet1.xml, Mars!B1"}},
      {"a cell of another row",
       R"(<row r="1"><c r="A2"><v>1</v></c></row>)",
       {"file.damaged xl/worksheets/sheet1.xml, Mars!1"}},
      {"a row beyond the sheet",
       R"(<row r="1048577"><c><v>1</v></c></row>)",
       {"file.damaged xl/worksheets/sheet1.xml, Mars!0"}},
      {"a string that does not exist",
       R"(<row><c t="s"><v>7</v></c></row>)",
       {"file.damaged xl/worksheets/sheet1.xml, Mars!A1"}},
      {"column 1024", R"(<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="AMK2"/></row>)", {"1: Number 1"}},
      {"column 1025 with a value", R"(<row r="2"><c r="AMK2"><v>1</v></c></row>)", {"sheet.too-many-columns Mars!AMK2 1024"}},
  };
  for (const Case& c : cases) EXPECT_EQ(rows_of(HandmadeWorkbook{.sheet = rows(c.inside)}.bytes()), c.shown) << c.what;
}

TEST(Xlsx, rows_hidden_by_a_filter_are_told_apart) {
  const std::string table = rows(
      R"(<row><c><v>1</v></c></row><row hidden="1"><c><v>2</v></c></row><row><c><v>3</v></c></row><row hidden="1"><c><v>4</v></c></row>)");
  struct Case {
    const char *what, *filter;
    std::vector<std::string> shown;
  };
  const Case cases[] = {{"no filter", "", {"1: Number 1", "2 hidden: Number 2", "3: Number 3", "4 hidden: Number 4"}},
                        {"a filter that hides nothing",
                         R"(<autoFilter ref="A1:A3"/>)",
                         {"1: Number 1", "2 hidden: Number 2", "3: Number 3", "4 hidden: Number 4"}},
                        {"a filter over the first three rows",
                         R"(<autoFilter ref="$A$1:$A$3"><filterColumn colId="0"/></autoFilter>)",
                         {"1: Number 1", "2 hidden filtered: Number 2", "3: Number 3", "4 hidden: Number 4"}}};
  for (const Case& c : cases) EXPECT_EQ(rows_of(HandmadeWorkbook{.sheet = table + c.filter}.bytes()), c.shown) << c.what;
}

TEST(Xlsx, the_look_of_a_sheet_that_matters_is_kept) {
  const auto book = read_bytes(HandmadeWorkbook{
      .sheet = R"(<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" hidden="0"/></cols><sheetData/>)"
               R"(<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="nonsense"/></mergeCells>)",
      .workbook = R"(<workbookPr date1904="1"/>)",
      .sheets = R"(<sheet name="Åkes blad" sheetId="1" r:id="rId1" state="veryHidden"/>)"}
                                   .bytes());
  ASSERT_TRUE(book) << shown(book.error());
  const SheetView& sheet = book->sheets().at(0);
  EXPECT_EQ(sheet.name, "Åkes blad");
  EXPECT_TRUE(sheet.hidden);
  EXPECT_TRUE(sheet.date1904);
  EXPECT_THAT(sheet.hidden_columns, ElementsAre(2, 3));
  ASSERT_EQ(sheet.merges.size(), 1u);
  EXPECT_THAT((std::vector{sheet.merges[0].row1, sheet.merges[0].col1, sheet.merges[0].row2, sheet.merges[0].col2}),
              ElementsAre(1, 1, 2, 3));
  ASSERT_EQ(book->findings().size(), 1u);
  EXPECT_EQ(book->findings()[0].code, "sheet.hidden");
  EXPECT_EQ(book->findings()[0].level, Level::Notice);
  EXPECT_EQ(book->findings()[0].place.sheet, "Åkes blad");
}

TEST(Xlsx, parts_are_found_by_every_name_that_producers_give_them) {
  const std::string one = rows("<row><c><v>1</v></c></row>");
  for (const char* target : {"worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "./worksheets/../worksheets/Sheet1.XML"})
    EXPECT_THAT(rows_of(HandmadeWorkbook{.sheet = one, .target = target}.bytes()), ElementsAre("1: Number 1")) << target;
  EXPECT_THAT(rows_of(HandmadeWorkbook{.sheet = one,
                                       .space = "http://purl.oclc.org/ooxml/spreadsheetml/main",
                                       .ids = "http://purl.oclc.org/ooxml/officeDocument/relationships"}
                          .bytes()),
              ElementsAre("1: Number 1"));
  EXPECT_THAT(rows_of(HandmadeWorkbook{.target = "worksheets/sheet2.xml"}.bytes()),
              ElementsAre("file.damaged xl/worksheets/sheet2.xml ?"));
  EXPECT_THAT(rows_of(HandmadeWorkbook{.target = "../../../etc/passwd"}.bytes()), ElementsAre("file.damaged etc/passwd ?"));
}

TEST(Xlsx, macros_links_and_properties_are_told) {
  const std::string type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  const auto book = read_bytes(HandmadeWorkbook{
      .relationships =
          R"(<Relationship Id="rId8" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>)"
          "<Relationship Id=\"rId9\" Type=\"" +
          type + "externalLink\" Target=\"externalLinks/externalLink1.xml\"/>",
      .main = "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
      .more =
          {{"docProps/custom.xml",
            R"(<Properties xmlns="urn:p" xmlns:vt="urn:vt"><property name="horisont.template"><vt:lpwstr>narvaro 3</vt:lpwstr></property></Properties>)"}}}
                                   .bytes());
  ASSERT_TRUE(book) << shown(book.error());
  EXPECT_EQ(book->format(), "xlsm");
  ASSERT_EQ(book->findings().size(), 2u);
  EXPECT_EQ(book->findings()[0].code, "file.has-macros");
  EXPECT_EQ(book->findings()[1].code, "file.external-links");
  EXPECT_THAT(book->properties(), ElementsAre(testing::Pair("horisont.template", "narvaro 3")));
}

TEST(Xlsx, hostile_xml_is_refused_with_its_part) {
  struct Case {
    const char* what;
    HandmadeWorkbook book;
    const char* problem;
  };
  std::string deep;
  for (int i = 0; i < 70; ++i) deep += "<a>";
  const Case cases[] = {
      {"XML that breaks off", {.sheet = "<sheetData><row>"}, "file.damaged XML, xl/worksheets/sheet1.xml:2"},
      {"nesting", {.sheet = deep}, "file.suspicious XML, xl/worksheets/sheet1.xml:2"},
      {"a cell of 32768 characters",
       {.sheet = rows("<row><c t=\"inlineStr\"><is><t>" + std::string(32'768, 'x') + "</t></is></c></row>")},
       "sheet.cell-too-long Mars!A1 32767"},
      {"a string of 32768 characters",
       {.strings = "<si><t>" + std::string(32'768, 'x') + "</t></si>"},
       "sheet.cell-too-long xl/sharedStrings.xml 32767"},
      {"a sheet that is not there", {.target = "worksheets/sheet7.xml"}, "file.damaged xl/worksheets/sheet7.xml ?"},
  };
  for (const Case& c : cases) EXPECT_THAT(rows_of(c.book.bytes()), ElementsAre(c.problem)) << c.what;
  EXPECT_EQ(rows_of(HandmadeWorkbook{
                        .sheet = rows("<row><c t=\"inlineStr\"><is><t>" + std::string(32'767, 'x') + "</t></is></c></row>")}
                        .bytes())
                .at(0)
                .size(),
            8u + 32'767u);
}

TEST(Xlsx, two_hundred_thousand_rows_are_read_and_one_more_is_refused) {
  std::string inside;
  for (int i = 0; i < 200'000; ++i) inside += "<row><c><v>1</v></c></row>";
  EXPECT_EQ(rows_of(HandmadeWorkbook{.sheet = rows(inside + "<row/>")}.bytes()).size(), 200'000u);
  EXPECT_THAT(rows_of(HandmadeWorkbook{.sheet = rows(inside + "<row><c><v>1</v></c></row>")}.bytes()),
              ElementsAre("sheet.too-many-rows Mars 200000"));
}

TEST(NumberFormat, dates_and_durations_are_known_by_their_letters) {
  using Kind = CellView::Kind;
  struct Case {
    const char* code;
    Kind kind;
  };
  const Case cases[] = {{"General", Kind::Number},
                        {"0.00", Kind::Number},
                        {"# ##0,00 \"kr\"", Kind::Number},
                        {"000000-0000", Kind::Number},
                        {"[Red]-0.00;[Blue]0", Kind::Number},
                        {"0 \\d\\a\\y\\s", Kind::Number},
                        {"0 \"days\"", Kind::Number},
                        {"0_d", Kind::Number},
                        {"0*s", Kind::Number},
                        {"[$kr-41D]#,##0", Kind::Number},
                        {"yyyy-mm-dd", Kind::Date},
                        {"YYYY\\-MM\\-DD", Kind::Date},
                        {"[$-41D]d mmmm yyyy", Kind::Date},
                        {"mmm", Kind::Date},
                        {"dd/mm/yy hh:mm", Kind::Date},
                        {"h:mm", Kind::Duration},
                        {"[h]:mm", Kind::Duration},
                        {"[mm]", Kind::Duration},
                        {"mm:ss", Kind::Duration},
                        {"[h]:mm;-[h]:mm", Kind::Duration},
                        {"h:mm AM/PM", Kind::Duration},
                        {"\"unclosed", Kind::Number},
                        {"[unclosed", Kind::Number}};
  for (const Case& c : cases) EXPECT_EQ(kind_of_format(c.code), c.kind) << c.code;
  for (const unsigned id : {14u, 17u, 22u, 27u, 36u, 50u, 58u}) EXPECT_EQ(built_in_format(id).kind, Kind::Date) << id;
  for (const unsigned id : {18u, 21u, 45u, 47u}) EXPECT_EQ(built_in_format(id).kind, Kind::Duration) << id;
  for (const unsigned id : {0u, 13u, 23u, 26u, 37u, 44u, 48u, 49u, 59u})
    EXPECT_EQ(built_in_format(id).kind, Kind::Number) << id;
}

}  // namespace
}  // namespace horisont
