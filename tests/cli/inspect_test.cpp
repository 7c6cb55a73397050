// `horisont inspect`: what a file is and how it would be read, without anything being stored.

#include <gmock/gmock.h>

#include <filesystem>

#include "cli/cli_fixture.h"
#include "edge/json/json.h"
#include "edge/spreadsheet/handmade_workbooks.h"

namespace horisont {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Inspect : public Cli {
 protected:
  Said inspect(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "inspect");
    arguments.insert(arguments.end(), {"--project", "ung-horisont"});
    return run(std::move(arguments));
  }
  // The values of these keys, row by row: "A Deltagar-id field participant".
  std::vector<std::string> rows(const std::string& json, const char* part, const std::vector<const char*>& keys) {
    std::vector<std::string> all;
    const auto read = parse_json(json);
    for (const JsonValue& row : read->find(part)->items) {
      std::string line;
      for (const char* key : keys) {
        const JsonValue& value = *row.find(key);
        line += (line.empty() ? "" : " ") + (value.kind == JsonValue::Kind::Text ? value.text : std::to_string(value.integer));
      }
      all.push_back(line);
    }
    return all;
  }
};

const std::string attendance =
    "Närvaro mars 2016;;;\nDeltagar-id;Datum;Timmar;Telefon anhörig\nUH-1;2016-03-02;7,5;070\nUH-2;2016-03-03;6.30;\n";

TEST_F(Inspect, a_text_file_its_heading_its_columns_and_what_would_be_asked) {
  const std::string path = file("mars.csv", attendance);
  const Said said = inspect({path, "--json"});
  EXPECT_EQ(said.status, DoneWithRemarks);
  EXPECT_THAT(said.out, HasSubstr(R"("encoding":"utf-8","separator":";")"));
  EXPECT_THAT(rows(said.out, "rows", {"sheet", "kind", "heading", "rows", "columns", "read"}),
              ElementsAre("mars.csv attendance 2 4 4 yes"));
  EXPECT_THAT(rows(said.out, "columns", {"column", "heading", "use", "field", "text", "number"}),
              ElementsAre("A Deltagar-id field participant 2 0", "B Datum field date 2 0", "C Timmar field hours 2 0",
                          "D Telefon anhörig none  1 0"));
  EXPECT_THAT(rows(said.out, "questions", {"cells", "first", "answers"}),
              ElementsAre("2 C4 decimal | hours.minutes | minutes"));
}

TEST_F(Inspect, nothing_is_stored_and_no_name_or_number_is_said) {
  const std::string path = file("deltagare.csv", "Deltagar-id;Personnummer;Namn;Startdatum\nUH-1;19990517-9819;Öberg, Åsa;2016-02-01\n");
  const Said said = inspect({path});
  EXPECT_THAT(said.out, HasSubstr("deltagare.csv: textfil, teckenkod utf-8, avgränsare ;"));
  EXPECT_THAT(said.out + said.messages, Not(testing::AnyOf(HasSubstr("9819"), HasSubstr("Öberg"))));
  EXPECT_FALSE(std::filesystem::exists(home));
}

TEST_F(Inspect, a_workbook_with_a_hidden_sheet_a_hidden_column_and_two_rows_of_headings) {
  const auto text = [](const char* words) { return std::string("<c t=\"inlineStr\"><is><t>") + words + "</t></is></c>"; };
  const HandmadeWorkbook book{
      .sheet = "<cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols><sheetData><row r=\"1\">" + text("Mars 2016") +
               "</row><row r=\"3\">" + text("Deltagar-id") + text("Datum") + text("Timmar") + "</row><row r=\"4\">" + text("UH-1") +
               "<c s=\"1\"><v>42431</v></c><c><f>3+4</f><v>7</v></c></row></sheetData>",
      .styles = R"(<cellXfs><xf/><xf numFmtId="14"/></cellXfs>)",
      .sheets = R"(<sheet name="Mars" sheetId="1" r:id="rId1"/><sheet name="Priv" sheetId="2" state="hidden" r:id="rId9"/>)",
      .relationships = R"(<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/)"
                       R"(worksheet" Target="worksheets/sheet2.xml"/>)",
      .more = {{"xl/worksheets/sheet2.xml", "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
                                            "<sheetData><row r=\"1\"><c><v>1</v></c></row></sheetData></worksheet>"}}};
  const std::string path = file("mars.xlsx", book.bytes());
  const Said said = inspect({path, "--json"});
  EXPECT_THAT(said.out, HasSubstr(R"("format":"xlsx")"));
  EXPECT_THAT(rows(said.out, "rows", {"sheet", "hidden", "kind", "heading", "rows", "read"}),
              ElementsAre("Mars no attendance 3 3 yes", "Priv yes no-heading  1 no"));
  EXPECT_THAT(rows(said.out, "columns", {"sheet", "column", "use", "hidden", "text", "number", "date", "formula"}),
              ElementsAre("Mars A field no 1 0 0 0", "Mars B field no 0 0 1 0", "Mars C field yes 0 1 0 1",
                          "Priv A none no 0 1 0 0"));
  EXPECT_THAT(inspect({path}).out, HasSubstr("mars.xlsx: kalkylblad, xlsx"));
}

TEST_F(Inspect, what_cannot_be_read_or_has_no_heading_is_status_3_and_says_why) {
  struct Case {
    const char *what, *name, *bytes, *code;
    std::size_t sheets;
  };
  const Case cases[] = {{"an old workbook", "a.xls", "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>", "file.old-excel", 0},
                        {"a paper", "a.pdf", "%PDF-1.7", "file.unknown-format", 0},
                        {"an empty file", "a.csv", "", "file.empty", 0},
                        {"text without headings", "b.csv", "a;b\n1;2\n", "header.not-found", 1}};
  for (const Case& c : cases) {
    const Said said = inspect({file(c.name, c.bytes), "--json"});
    EXPECT_EQ(said.status, Unreadable) << c.what;
    EXPECT_THAT(said.out, HasSubstr(std::string("\"code\":\"") + c.code + "\"")) << c.what;
    EXPECT_EQ(rows(said.out, "rows", {"sheet", "kind"}).size(), c.sheets) << c.what;
  }
  EXPECT_EQ(inspect({(folder.path() / "none.csv").string()}).status, Unreadable);
}

TEST_F(Inspect, people_see_each_cause_once_errors_first_with_the_number_of_places) {
  const Said said = inspect({file("mars.csv", attendance), "--lang", "en"});
  const auto unknown = said.out.find("2  A3"), hours = said.out.find("1  C4     1 "), heading = said.out.find("1  D2");
  EXPECT_NE(unknown, std::string::npos) << said.out;
  EXPECT_LT(unknown, hours) << said.out;
  EXPECT_LT(hours, heading) << said.out;
  EXPECT_NE(heading, std::string::npos) << said.out;
}

TEST_F(Inspect, wrong_usage_is_status_2_and_help_names_the_statuses) {
  const std::string path = file("mars.csv", attendance);
  EXPECT_EQ(run({"inspect"}).status, WrongUsage);
  EXPECT_EQ(inspect({path, path}).status, WrongUsage);
  EXPECT_EQ(inspect({path, "--sheet", "Mars"}).status, WrongUsage);
  EXPECT_EQ(inspect({path, "--record", "cats"}).status, WrongUsage);
  EXPECT_THAT(run({"inspect", "--help"}).out, testing::AllOf(HasSubstr("--record"), HasSubstr("Slutstatus: 0 klart")));
}

}  // namespace
}  // namespace horisont
