// A workbook of somebody else's gets values into named places and keeps every other byte: macros, images, lists, formulas.

#include "edge/xlsx/fill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "edge/files/files.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/xlsx/render.h"
#include "edge/xlsx/template.h"
#include "edge/zip/zip.h"
#include "sample_report.h"
#include "support/handmade_zip.h"
#include "support/places.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

constexpr const char* head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const std::string main_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                  relation_space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                  package_space = "http://schemas.openxmlformats.org/package/2006/relationships";

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
  return "<Relationship Id=\"" + id + "\" Type=\"" + relation_space + "/" + type + "\" Target=\"" + target + "\"/>";
}
std::string relations_file(const std::string& inside) {
  return head + ("<Relationships xmlns=\"" + package_space + "\">") + inside + "</Relationships>";
}

// A form as funders send them: a protected first sheet with lists, merged cells, an image and formulas; a table of participants;
// a sheet of lists; one that nothing leads to; macros.
std::map<std::string, std::string> official() {
  std::map<std::string, std::string> parts;
  std::string macros = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", image = "\x89PNG\r\n\x1A\n";
  for (unsigned i = 0; i < 9'000; ++i) macros += static_cast<char>(i * 2'654'435'761u >> 13);
  for (unsigned i = 0; i < 3'000; ++i) image += static_cast<char>(i * 40'503u >> 7);
  parts["xl/vbaProject.bin"] = macros;
  parts["xl/media/image1.png"] = image;
  parts["xl/printerSettings/printerSettings1.bin"] = macros.substr(100, 500);
  parts["customXml/item1.xml"] = "<form  xmlns='urn:example'>\n\t<version>7</version></form>";
  parts["[Content_Types].xml"] =
      head + std::string("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                         "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                         "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" "
                         "ContentType=\"image/png\"/><Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>"
                         "<Override PartName=\"/xl/workbook.xml\" "
                         "ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/>");
  for (int i = 1; i <= 4; ++i)
    parts["[Content_Types].xml"] += "<Override PartName=\"/xl/worksheets/sheet" + std::to_string(i) +
                                    ".xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>";
  parts["[Content_Types].xml"] +=
      "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
      "<Override PartName=\"/xl/sharedStrings.xml\" "
      "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/>"
      "<Override PartName=\"/xl/drawings/drawing1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.drawing+xml\"/></Types>";
  parts["_rels/.rels"] = relations_file(relation("rId1", "officeDocument", "xl/workbook.xml"));
  std::string inside = "<Relationship Id=\"rIdM\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" "
                       "Target=\"vbaProject.bin\"/>" +
                       relation("rIdS", "styles", "styles.xml") + relation("rIdT", "sharedStrings", "sharedStrings.xml");
  for (const char* i : {"1", "2", "3", "4"})
    inside += relation(std::string("rId") + i, "worksheet", std::string("worksheets/sheet") + i + ".xml");
  parts["xl/_rels/workbook.xml.rels"] = relations_file(inside);
  parts["xl/workbook.xml"] =
      head + ("<workbook xmlns=\"" + main_space + "\" xmlns:r=\"" + relation_space + "\"><workbookPr codeName=\"Form\"/><sheets>" +
              "<sheet name=\"Uppgifter\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Deltagare\" sheetId=\"2\" r:id=\"rId2\"/>" +
              "<sheet name=\"Listor\" sheetId=\"3\" state=\"hidden\" r:id=\"rId3\"/><sheet name=\"Om\" sheetId=\"4\" r:id=\"rId4\"/>" +
              "</sheets><definedNames><definedName name=\"Period\">Uppgifter!$C$5</definedName>" +
              "<definedName name=\"Ort\">Listor!$A$1:$A$2</definedName></definedNames></workbook>");
  // Style 1: may be written on a protected sheet; 2: a date; 3: text.
  parts["xl/styles.xml"] =
      head + ("<styleSheet xmlns=\"" + main_space + "\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Arial\"/></font></fonts>" +
              "<fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><borders count=\"1\"><border/></borders>" +
              "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"4\"><xf/><xf applyProtection=\"1\"><protection " +
              "locked=\"0\"/></xf><xf numFmtId=\"14\" applyNumberFormat=\"1\"/><xf numFmtId=\"49\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
  parts["xl/sharedStrings.xml"] =
      head + ("<sst xmlns=\"" + main_space + "\"><si><t>Personnummer</t></si><si><r><t>Karl</t></r><r><t>stad</t></r></si><si><t>Säffle" +
              "</t></si></sst>");
  parts["xl/worksheets/sheet1.xml"] =
      head + ("<worksheet xmlns=\"" + main_space + "\" xmlns:r=\"" + relation_space + "\"><dimension ref=\"B2:C6\"/><sheetData>" +
              "<row r=\"2\" spans=\"2:3\"><c r=\"B2\" t=\"inlineStr\"><is><t>Ansökan</t></is></c></row>" +
              "<row r=\"4\"><c r=\"C4\" s=\"1\"/></row><row r=\"5\"><c r=\"C5\" s=\"1\" t=\"s\"><v>2</v></c></row>" +
              "<row r=\"6\"><c r=\"C6\" s=\"1\"/><c r=\"D6\"><f>Deltagare!E3*2</f><v>0</v></c></row></sheetData>" +
              "<sheetProtection sheet=\"1\" objects=\"1\"/><mergeCells count=\"1\"><mergeCell ref=\"B8:D8\"/></mergeCells>" +
              "<dataValidations count=\"3\"><dataValidation type=\"list\" sqref=\"C6 C9\"><formula1>Ort</formula1></dataValidation>" +
              "<dataValidation type=\"list\" sqref=\"C7\"><formula1>\"ja, nej\"</formula1></dataValidation>" +
              "<dataValidation type=\"list\" sqref=\"C10\"><formula1>INDIRECT(B10)</formula1></dataValidation></dataValidations>" +
              "<pageSetup paperSize=\"9\" r:id=\"rId2\"/><drawing r:id=\"rId1\"/></worksheet>");
  parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations_file(relation("rId1", "drawing", "../drawings/drawing1.xml"));
  parts["xl/drawings/drawing1.xml"] =
      head + std::string("<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\"/>");
  parts["xl/drawings/_rels/drawing1.xml.rels"] = relations_file(relation("rId1", "image", "../media/image1.png"));
  parts["xl/worksheets/sheet2.xml"] =
      head + ("<worksheet xmlns=\"" + main_space + "\"><dimension ref=\"A3:E6\"/><cols><col min=\"1\" max=\"1\" width=\"16\" style=\"3\"/>" +
              "</cols><sheetData><row r=\"3\"><c r=\"E3\"><f>SUM(E6:E500)</f><v>99</v></c></row><row r=\"5\"><c r=\"A5\" t=\"s\"><v>0</v>" +
              "</c></row><row r=\"6\"><c r=\"A6\" s=\"3\" t=\"s\"><v>1</v></c><c r=\"B6\" s=\"2\"/><c r=\"F6\"><f>E6+1</f><v>1</v></c></row>" +
              "<row r=\"9\"><c r=\"A9\" s=\"3\"><v>9</v></c></row></sheetData></worksheet>");
  parts["xl/worksheets/sheet3.xml"] =
      head + ("<worksheet xmlns=\"" + main_space + "\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c></row><row r=\"2\">" +
              "<c r=\"A2\" t=\"s\"><v>2</v></c></row></sheetData></worksheet>");
  parts["xl/worksheets/sheet4.xml"] =
      head + ("<worksheet xmlns=\"" + main_space + "\"><sheetData><row r=\"1\"><c r=\"A1\"><f>1+1</f><v>2</v></c></row></sheetData>" +
              "</worksheet>");
  return parts;
}

std::string zipped(const std::map<std::string, std::string>& parts) {
  std::vector<HandmadePart> all;
  for (const auto& [name, data] : parts) all.push_back({name, data});
  return handmade_zip(all);
}

std::map<std::string, std::string> unzipped(const std::string& bytes) {
  const auto zip = Zip::open(bytes);
  EXPECT_TRUE(zip);
  std::map<std::string, std::string> parts;
  for (const ZipEntry& entry : zip->entries()) parts[entry.name] = *zip->text(entry);
  return parts;
}

Written text_value(const std::string& text) { return written(text, As::Text, Language::Swedish); }
Written number_value(std::int64_t number) { return written(number, As::Integer, Language::Swedish); }

Filling some() {
  Filling filling;
  filling.values = {{{"Uppgifter", "C4", ""}, text_value("2015/00112 & <ett>")},
                    {{"", "", "period"}, text_value("2016-05")},
                    {{"Uppgifter", "C6", ""}, text_value("Karlstad")},
                    {{"Deltagare", "A6", ""}, text_value("199801019810")},
                    {{"Deltagare", "B6", ""}, written(*Date::parse("2016-05-02"), As::Date, Language::Swedish)},
                    {{"Deltagare", "E6", ""}, number_value(12)},
                    {{"Deltagare", "A7", ""}, text_value("199801019828")},
                    {{"Deltagare", "E7", ""}, written(Minutes{90}, As::Hours, Language::Swedish)}};
  filling.results = {{{"Deltagare", "E3", ""}, number_value(12)}};
  filling.expected = {{"Deltagare", "A5", "Personnummer"}};
  return filling;
}

TEST(Fill, only_the_sheets_with_filled_cells_change_and_all_else_is_byte_for_byte) {
  const auto before = official();
  const std::string bytes = zipped(before);
  const auto filled = filled_workbook(bytes, some());
  ASSERT_TRUE(filled) << words(filled.error().message, Language::English);
  const auto after = unzipped(*filled);
  std::vector<std::string> changed;
  ASSERT_EQ(after.size(), before.size());
  for (const auto& [name, data] : before)
    if (after.at(name) != data) changed.push_back(name);
  EXPECT_THAT(changed, UnorderedElementsAre("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"));
  EXPECT_EQ(*filled_workbook(bytes, some()), *filled) << "the same input gives the same bytes";
  EXPECT_NE(filled->find(before.at("xl/vbaProject.bin")), std::string::npos) << "packed as it was";

  // In the changed parts nothing else is different.
  std::string sheet = before.at("xl/worksheets/sheet1.xml");
  const auto replace = [&](const std::string& old, const std::string& now) {
    const auto at = sheet.find(old);
    ASSERT_NE(at, std::string::npos) << old;
    sheet.replace(at, old.size(), now);
  };
  const auto text = [](const std::string& inside) { return "<is><t xml:space=\"preserve\">" + inside + "</t></is></c>"; };
  replace("<c r=\"C4\" s=\"1\"/>", "<c r=\"C4\" s=\"1\" t=\"inlineStr\">" + text("2015/00112 &amp; &lt;ett&gt;"));
  replace("<c r=\"C5\" s=\"1\" t=\"s\"><v>2</v></c>", "<c r=\"C5\" s=\"1\" t=\"inlineStr\">" + text("2016-05"));
  replace("<c r=\"C6\" s=\"1\"/>", "<c r=\"C6\" s=\"1\" t=\"inlineStr\">" + text("Karlstad"));
  replace("<f>Deltagare!E3*2</f><v>0</v>", "<f>Deltagare!E3*2</f>");
  EXPECT_EQ(after.at("xl/worksheets/sheet1.xml"), sheet);

  const std::string& rows = after.at("xl/worksheets/sheet2.xml");
  EXPECT_THAT(rows, HasSubstr("<dimension ref=\"A3:E7\"/>"));
  EXPECT_THAT(rows, HasSubstr("<f>SUM(E6:E500)</f><v>12</v>"));
  EXPECT_THAT(rows, HasSubstr("<c r=\"B6\" s=\"2\"><v>42492</v></c><c r=\"E6\"><v>12</v></c><c r=\"F6\"><f>E6+1</f></c></row>"
                              "<row r=\"7\"><c r=\"A7\" s=\"3\" t=\"inlineStr\">"));
  EXPECT_THAT(rows, HasSubstr("<c r=\"E7\"><v>1.5</v></c></row><row r=\"9\">"));
  EXPECT_THAT(after.at("xl/workbook.xml"), HasSubstr("</definedNames><calcPr fullCalcOnLoad=\"1\"/></workbook>"));

  const TemporaryFolder folder;
  write_file(folder.path() / "a.xlsm", *filled);
  const auto read = read_workbook(folder.path() / "a.xlsm");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->format(), "xlsm");
}

TEST(Fill, where_nothing_depends_on_a_filled_cell_the_workbook_part_stays_too) {
  auto parts = official();
  for (const char* name : {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"})
    for (std::size_t at; (at = parts[name].find("<f>")) != std::string::npos;)
      parts[name].erase(at, parts[name].find("</f>", at) + 4 - at);
  Filling filling = some();
  filling.results.clear();
  const auto after = unzipped(*filled_workbook(zipped(parts), filling));
  EXPECT_EQ(after.at("xl/workbook.xml"), parts.at("xl/workbook.xml"));
  EXPECT_EQ(after.at("xl/worksheets/sheet4.xml"), parts.at("xl/worksheets/sheet4.xml"));
}

TEST(Fill, what_may_not_be_filled_is_said_with_its_cell) {
  struct Case {
    const char* what;
    Filling::Value value;
    std::string id, first;
  };
  const Case cases[] = {
      {"an unknown sheet", {{"Uppgift", "C4", ""}, text_value("x")}, "fill.no-sheet", "Uppgift"},
      {"an unknown name", {{"", "", "Perioder"}, text_value("x")}, "fill.no-name", "Perioder"},
      {"no cell", {{"Uppgifter", "4C", ""}, text_value("x")}, "fill.no-cell", "Uppgifter!4C"},
      {"a formula", {{"Deltagare", "E3", ""}, number_value(1)}, "fill.formula", "Deltagare!E3"},
      {"a locked cell", {{"Uppgifter", "B2", ""}, text_value("x")}, "fill.locked", "Uppgifter!B2"},
      {"a locked cell that is not there yet", {{"Uppgifter", "Z99", ""}, text_value("x")}, "fill.locked", "Uppgifter!Z99"},
      {"within merged cells", {{"Uppgifter", "C8", ""}, text_value("x")}, "fill.merged", "Uppgifter!C8"},
      {"not in the list of a name", {{"Uppgifter", "C6", ""}, text_value("Arvika")}, "fill.not-listed", "Uppgifter!C6"},
  };
  for (const Case& one : cases) {
    Filling filling;
    filling.values = {one.value};
    const auto filled = filled_workbook(zipped(official()), filling);
    ASSERT_FALSE(filled) << one.what;
    EXPECT_EQ(filled.error().message.id, one.id) << one.what;
    EXPECT_EQ(filled.error().message.values.at(0), one.first) << one.what;
  }
  const auto unlocked = [](const char* cell, const std::string& text) {
    Filling filling;
    filling.values = {{{"Uppgifter", cell, ""}, text_value(text)}};
    filling.write_locked = true;
    const auto filled = filled_workbook(zipped(official()), filling);
    return filled ? std::string("filled") : filled.error().message.id;
  };
  EXPECT_EQ(unlocked("B2", "x"), "filled");
  EXPECT_EQ(unlocked("B8", "x"), "filled") << "the first of merged cells";
  EXPECT_EQ(unlocked("C7", "ja"), "filled");
  EXPECT_EQ(unlocked("C7", "kanske"), "fill.not-listed");
  EXPECT_EQ(unlocked("C9", "Säffle"), "filled");
  EXPECT_EQ(unlocked("C10", "x"), "fill.list-unreadable");

  Filling other = some();
  other.expected = {{"Deltagare", "A5", "Samordningsnummer"}};
  EXPECT_EQ(filled_workbook(zipped(official()), other).error().message.id, "fill.expected");
  Filling result = some();
  result.results = {{{"Deltagare", "A5", ""}, number_value(1)}};
  EXPECT_EQ(filled_workbook(zipped(official()), result).error().message.id, "fill.no-formula");
  auto is_signed = official();
  is_signed["_rels/.rels"] = relations_file(
      relation("rId1", "officeDocument", "xl/workbook.xml") +
      "<Relationship Id=\"s\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin\" Target=\"s\"/>");
  EXPECT_EQ(filled_workbook(zipped(is_signed), some()).error().message.id, "fill.signed");
  EXPECT_FALSE(filled_workbook("no zip", some()));
}

TEST(Fill, days_count_from_1904_where_the_workbook_does) {
  auto parts = official();
  auto& workbook = parts["xl/workbook.xml"];
  workbook.replace(workbook.find("<workbookPr "), 12, "<workbookPr date1904=\"1\" ");
  const auto after = unzipped(*filled_workbook(zipped(parts), some()));
  EXPECT_THAT(after.at("xl/worksheets/sheet2.xml"), HasSubstr("<c r=\"B6\" s=\"2\"><v>41030</v></c>"));
}

// A template of the installation's own that fills the form from a report.
std::string fill_template(const std::string& sha256) {
  std::string toml = R"(id = "scb-official"
kind = "fill"
version = 1
report = "scb-month"
status = "unverified-default"
period = "month"
personal_data = "identified"
title.sv = "Mallen"
title.en = "The template"
workbook = "official.xlsm"
workbook_sha256 = "SHA"
[[source]]
what = "made for the test"
where = "none"
[[file]]
id = "upload"
name.sv = "{{month_name}}_fylld.xlsm"
name.en = "{{month_name}}_filled.xlsm"
stamp = "companion"
[[file.put]]
sheet = "Uppgifter"
at = "C4"
field = "project.record_number"
as = "text"
[[file.put]]
name = "Period"
field = "period"
as = "text"
[[file.table]]
sheet = "Deltagare"
first_row = 6
max_rows = 12
source = "rows"
rest = "clear"
columns = { A = "identity_number", B = "entry_date", E = "whole_hours" }
as = { A = "text", B = "date", E = "integer" }
[[file.expect]]
sheet = "Deltagare"
at = "A5"
text = "Personnummer"
[[file.result]]
sheet = "Deltagare"
at = "E3"
field = "total.whole_hours"
source = "rows"
as = "integer"
[[file]]
id = "control"
name.sv = "kontroll.xlsx"
name.en = "control.xlsx"
stamp = "control-sheet"
[[file.sheet]]
id = "rows"
name.sv = "Rader"
name.en = "Rows"
layout = "block"
[[file.sheet.column]]
field = "identity_number"
heading.sv = "Personnummer"
heading.en = "Identity number"
as = "text"
width = 16
)";
  return toml.replace(toml.find("\"SHA\"") + 1, 3, sha256);
}

TEST(Fill, a_template_fills_the_form_and_a_companion_names_its_digest) {
  const TemporaryFolder folder;
  const std::string bytes = zipped(official());
  write_file(folder.path() / "official.xlsm", bytes);
  write_file(folder.path() / "template.toml", fill_template(sha256_of(bytes)));
  const auto layout = load_report_template(folder.path() / "template.toml");
  ASSERT_TRUE(layout) << layout.error().front().code << layout.error().front().place.row;
  const Report report = sample_report("scb-month", {.rows = 5});
  const auto files = render(report, **layout, folder.path(), {.language = Language::Swedish, .created = Moment::of_seconds(1)});
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[0].extension(), ".xlsm");
  const auto after = unzipped(read_file(files[0])), before = official();
  EXPECT_EQ(after.at("xl/vbaProject.bin"), before.at("xl/vbaProject.bin"));
  EXPECT_THAT(after.at("xl/worksheets/sheet1.xml"), HasSubstr(report.record_number));
  EXPECT_THAT(after.at("xl/worksheets/sheet2.xml"), HasSubstr("199801019814"));
  EXPECT_THAT(after.at("xl/worksheets/sheet2.xml"), Not(HasSubstr("<v>9</v>"))) << "row 9 was cleared or filled";
  std::string companion;
  for (const auto& [name, data] : unzipped(read_file(files[1]))) companion += data;
  EXPECT_THAT(companion, HasSubstr(sha256_of_file(files[0])));

  EXPECT_NO_THROW(render(sample_report("scb-month", {.rows = 12}), **layout, folder.path(), {}));
  try {
    render(sample_report("scb-month", {.rows = 13}), **layout, folder.path(), {});
    ADD_FAILURE() << "thirteen rows where twelve have room";
  } catch (const FileError& error) {
    EXPECT_EQ(error.message().id, "fill.too-many");
  }

  write_file(folder.path() / "official.xlsm", bytes + " ");
  EXPECT_EQ(load_report_template(folder.path() / "template.toml").error().front().code, "template.other-workbook");
  EXPECT_TRUE(load_report_template(folder.path() / "template.toml", [&](const std::string&) { return bytes; }));
  std::filesystem::remove(folder.path() / "official.xlsm");
  EXPECT_EQ(load_report_template(folder.path() / "template.toml").error().front().code, "template.no-workbook");
}

TEST(Fill, a_wrong_template_is_told_line_by_line) {
  const std::string right = fill_template(std::string(64, '0'));
  const std::tuple<std::string, std::string, std::string> cases[] = {
      {"kind = \"fill\"", "kind = \"write\"", "template.fill"},
      {"workbook = \"official.xlsm\"", "workbook = \"../official.xlsm\"", "template.workbook"},
      {"_fylld.xlsm", "_fylld.xlsx", "template.workbook-ending"},
      {"field = \"project.record_number\"", "field = \"project.recordnumber\"", "template.placeholder"},
      {"name = \"Period\"\n", "", "template.put-place"},
      {"at = \"C4\"", "at = \"c4\"", "template.place"},
      {"A = \"identity_number\"", "A = \"identity\"", "template.unknown-field"},
      {"B = \"date\"", "B = \"hours\"", "template.as"},
      {", E = \"integer\" }", " }", "template.missing-key"},
      {"source = \"rows\"\nrest", "source = \"row\"\nrest", "template.unknown-sheet"},
      {"rest = \"clear\"", "rest = \"empty\"", "template.unknown-word"},
      {"max_rows = 12", "max_rows = 0", "template.range"},
      {"field = \"total.whole_hours\"", "field = \"total.entry_date\"", "template.no-total"},
      {"stamp = \"companion\"", "stamp = \"companion\"\nsheet = []", "template.sheet-or-put"},
  };
  const TemporaryFolder folder;
  for (const auto& [old, now, code] : cases) {
    std::string toml = right;
    const auto at = toml.find(old);
    ASSERT_NE(at, std::string::npos) << old;
    toml.replace(at, old.size(), now);
    write_file(folder.path() / "template.toml", toml);
    const auto layout = load_report_template(folder.path() / "template.toml");
    ASSERT_FALSE(layout) << now;
    std::vector<std::string> codes;
    for (const Finding& fault : layout.error()) codes.push_back(fault.code);
    EXPECT_THAT(codes, testing::Contains(code)) << now;
  }
}

}  // namespace
}  // namespace horisont
