#include "edge/xlsx/template.h"

#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>

#include "edge/files/files.h"
#include "edge/xlsx/render.h"
#include "support/places.h"

namespace horisont {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAreArray;

const std::filesystem::path source = HORISONT_SOURCE_DIR;

std::string good_template() { return read_file(source / "report-templates/scb-month/template.toml"); }

std::vector<Finding> faults_of(const std::string& toml) {
  const TemporaryFolder folder;
  write_file(folder.path() / "template.toml", toml);
  const auto loaded = load_report_template(folder.path() / "template.toml");
  return loaded ? std::vector<Finding>{} : loaded.error();
}

TEST(ReportTemplates, all_that_are_shipped_are_right) {
  int n = 0;
  for (const auto& folder : std::filesystem::directory_iterator(source / "report-templates")) {
    const auto loaded = load_report_template(folder.path() / "template.toml");
    ASSERT_TRUE(loaded) << folder.path() << ": " << words({loaded.error()[0].code, loaded.error()[0].values}, Language::English)
                        << " line " << loaded.error()[0].place.row;
    EXPECT_EQ((*loaded)->id, folder.path().filename());
    ++n;
  }
  EXPECT_EQ(n, 15);
}

// The same hours must not be 126.00 on one sheet and 126:00 on the next.
TEST(ReportTemplates, hours_have_one_form_in_all_that_are_shipped) {
  for (const auto& folder : std::filesystem::directory_iterator(source / "report-templates"))
    EXPECT_EQ(read_file(folder.path() / "template.toml").find("\"hours-minutes\""), std::string::npos) << folder.path();
}

TEST(ReportTemplates, what_is_wrong_is_told_with_line_and_nearest_word) {
  struct Case {
    const char *name, *from, *to, *code;
    std::vector<std::string> values;
  };
  const Case cases[] = {
      {"a name that leads out of the folder", "name.en = \"{{project.short_name}}_{{period}}_SCB_control.xlsx\"", "name.en = \"../../evil.xlsx\"", "template.file-name",
       {"../../evil.xlsx"}},
      {"a name without its ending", "name.en = \"{{project.short_name}}_{{period}}_SCB_control.xlsx\"", "name.en = \"control.xls\"", "template.file-name", {"control.xls"}},
      {"unknown key", "wrap       = true", "wrapp      = true", "template.unknown-key", {"wrapp", "wrap"}},
      {"unknown field",
       "field      = \"lost_minutes\"",
       "field      = \"lost_minuts\"",
       "template.unknown-field",
       {"lost_minuts", "audit_rows", "lost_minutes"}},
      {"unknown sheet",
       "id       = \"audit_rows\"",
       "id       = \"audit_row\"",
       "template.unknown-sheet",
       {"audit_row", "audit_rows"}},
      {"unknown report",
       "report        = \"scb-month\"",
       "report        = \"scb-mont\"",
       "template.unknown-report",
       {"scb-mont", "scb-month"}},
      {"unknown word",
       "layout   = \"block\"",
       "layout   = \"blok\"",
       "template.unknown-word",
       {"layout", "blok", "table, block, form"}},
      {"unknown kind",
       "kind          = \"write\"",
       "kind          = \"draw\"",
       "template.unknown-word",
       {"kind", "draw", "write, fill"}},
      {"missing language",
       "title.en      = \"Participant report to SCB, {{period.words}}\"",
       "",
       "template.language",
       {"title.en"}},
      {"wrong type", "version       = 1", "version       = \"1\"", "template.type", {"version", "integer"}},
      {"version zero", "version       = 1", "version       = 0", "template.range", {"version", "1", "1000000"}},
      {"a date where hours are",
       "as         = \"hours\"",
       "as         = \"date\"",
       "template.as",
       {"reported_minutes", "minutes", "hours, hours-minutes, minutes"}},
      {"sum of a month",
       "note       = \"scb.first_reported_in\"",
       "total      = \"sum\"",
       "template.no-total",
       {"first_reported_in"}},
      {"unknown definition",
       "note       = \"hours.lost\"",
       "note       = \"hours.lots\"",
       "template.no-definition",
       {"hours.lots"}},
      {"unknown placeholder",
       "\"Rows in the file to SCB, {{period.words}}\"",
       "\"Rows {{period.word}}\"",
       "template.placeholder",
       {"period.word", "period.words"}},
      {"names of persons are no placeholders",
       "footer.left  = \"{{report.id}}\"",
       "footer.left  = \"{{person.name}}\"",
       "template.placeholder",
       {"person.name", "project.name"}},
      {"table name", "\"T_Kedja\"", "\"A1\"", "template.table-name", {"A1"}},
      {"table name twice without case", "\"T_Kedja\"", "\"T_RADER\"", "template.twice", {"table.name", "T_RADER"}},
      {"heading twice without case",
       "\"Ej godkända timmar\"",
       "\"RAPPORTERADE TIMMAR\"",
       "template.twice",
       {"heading.sv", "RAPPORTERADE TIMMAR"}},
      {"sheet name twice without case", "name.sv  = \"Kedja\"", "name.sv  = \"RADER\"", "template.twice", {"name.sv", "RADER"}},
      {"sheet name of the control sheet",
       "name.sv  = \"Kedja\"",
       "name.sv  = \"kontroll\"",
       "template.twice",
       {"name.sv", "kontroll"}},
      {"sheet name too long",
       "name.sv  = \"Kedja\"",
       "name.sv  = \"Kedjan av alla månader före den här\"",
       "template.too-long",
       {"name.sv", "31"}},
      {"sheet name of 32 characters",
       "name.sv  = \"Kedja\"",
       "name.sv  = \"åäö456789012345678901234567890ab\"",
       "template.too-long",
       {"name.sv", "31"}},
      {"sheet name of 30 characters of which two count twice",
       "name.sv  = \"Kedja\"",
       "name.sv  = \"\U0001F600\U0001F6003456789012345678901234567890\"",
       "template.too-long",
       {"name.sv", "31"}},
      {"sheet name that Excel keeps", "name.sv  = \"Kedja\"", "name.sv  = \"History\"", "template.sheet-name-kept", {"History"}},
      {"the same in other letters", "name.sv  = \"Kedja\"", "name.sv  = \"hISTORY\"", "template.sheet-name-kept", {"hISTORY"}},
      {"sheet name with a line feed", "name.sv  = \"Kedja\"", "name.sv  = \"a\\nb\"", "template.sheet-name", {"a\\x0ab"}},
      {"sheet name with an apostrophe", "name.sv  = \"Kedja\"", "name.sv  = \"'Kedja\"", "template.sheet-name", {"'Kedja"}},
      {"sheet name with a colon", "name.sv  = \"Kedja\"", "name.sv  = \"a:b\"", "template.sheet-name", {"a:b"}},
      {"empty sheet name", "name.sv  = \"Kedja\"", "name.sv  = \"\"", "template.empty", {"sv"}},
      {"heading with brackets", "\"Ordning att skicka\"", "\"Ordning [nr]\"", "template.heading", {"Ordning [nr]"}},
      {"defined name like a cell", "\"TimmarGodkanda\"", "\"ABC12\"", "template.defined-name", {"ABC12"}},
      {"month that is none",
       "valid_from    = \"\"",
       "valid_from    = \"2016-13\"",
       "template.month",
       {"valid_from", "2016-13"}},
      {"place that is none", "start    = \"A1\"", "start    = \"1A\"", "template.place", {"start", "1A"}},
      {"funder's file alone", "stamp   = \"control-sheet\"", "stamp   = \"none\"", "template.no-companion", {}},
      {"not TOML", "version       = 1", "version       = = 1", "template.toml", {}},
  };
  for (const Case& c : cases) {
    std::string toml = good_template();
    // The piece is replaced where it stands last, so that its line differs from the file's first ones.
    const auto at = toml.rfind(c.from);
    ASSERT_NE(at, std::string::npos) << c.name;
    toml.replace(at, std::string(c.from).size(), c.to);
    const auto faults = faults_of(toml);
    const auto found = std::find_if(faults.begin(), faults.end(), [&](const Finding& f) { return f.code == c.code; });
    ASSERT_NE(found, faults.end()) << c.name << ": " << (faults.empty() ? "no fault" : faults[0].code);
    if (!c.values.empty()) {
      EXPECT_EQ(found->values, c.values) << c.name;
    }
    EXPECT_GT(found->place.row, 0u) << c.name;
    const auto line_of_fault = 1 + std::count(toml.begin(), toml.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    if (std::string_view(c.code) != "template.language") {
      EXPECT_EQ(found->place.row, line_of_fault) << c.name;
    }
    EXPECT_TRUE(text_of(found->code)) << c.name;
    EXPECT_TRUE(text_of(found->code + ".do")) << c.name;
  }
}

TEST(ReportTemplates, a_sheet_may_have_a_name_of_31_characters_and_of_no_character_that_excel_refuses) {
  const auto faults_with = [](const std::string& name) {
    std::string toml = good_template();
    const std::string before = "name.sv  = \"Kedja\"";
    return faults_of(toml.replace(toml.rfind(before), before.size(), "name.sv  = \"" + name + "\""));
  };
  EXPECT_TRUE(faults_with("åäö456789012345678901234567890a").empty());
  EXPECT_TRUE(faults_with("Historik").empty());
  std::string swedish = good_template();
  swedish.replace(swedish.rfind("\"Uteslutna\""), 11, "\"Översikt\"");
  swedish.replace(swedish.rfind("name.sv  = \"Kedja\""), 18, "name.sv  = \"öVERSIKT\"");
  ASSERT_EQ(faults_of(swedish).size(), 1u);
  EXPECT_EQ(faults_of(swedish)[0].code, "template.twice") << "å, ä and ö have capitals, too";
  for (const char* refused : {"[", "]", ":", "*", "?", "/", "\\\\", "'"}) {
    const auto faults = faults_with("a" + std::string(refused));
    ASSERT_EQ(faults.size(), 1u) << refused;
    EXPECT_EQ(faults[0].code, "template.sheet-name") << refused;
  }
  // One of many gets a participant's reference into its name, which must have room.
  std::string toml = read_file(source / "report-templates/attendance-certificate/template.toml");
  const auto at = toml.find("{{*}}\"");
  ASSERT_NE(at, std::string::npos);
  const auto begin = toml.rfind('"', at);
  const auto with = [&](std::size_t length) {
    std::string changed = toml;
    return faults_of(changed.replace(begin + 1, at - begin - 1, std::string(length, 'x')));
  };
  EXPECT_TRUE(with(19).empty());
  ASSERT_EQ(with(20).size(), 1u);
  EXPECT_EQ(with(20)[0].code, "template.too-long");
}

TEST(ReportTemplates, everything_wrong_is_told_at_once) {
  std::string toml = good_template();
  toml.replace(toml.find("\"T_Kedja\""), 9, "\"Kedja\"  ");
  toml.replace(toml.find("version       = 1"), 17, "version       = 0");
  std::vector<std::string> codes;
  for (const Finding& fault : faults_of(toml)) codes.push_back(fault.code);
  EXPECT_THAT(codes, ElementsAre("template.range", "template.table-name"));
}

TEST(ReportTemplates, loader_and_schema_know_the_same_keys) {
  Poco::JSON::Parser parser;
  const auto root = parser.parse(read_file(source / "schemas/report-template.schema.json")).extract<Poco::JSON::Object::Ptr>();
  for (const TemplateTable& table : template_tables()) {
    Poco::JSON::Object::Ptr node = root;
    std::string_view path = table.table;
    while (!path.empty()) {
      const std::string name(path.substr(0, path.find('.')));
      path.remove_prefix(std::min(path.size(), name.size() + 1));
      node = node->getObject("properties")->getObject(name);
      ASSERT_TRUE(node) << table.table;
      if (node->getValue<std::string>("type") == "array") node = node->getObject("items");
    }
    std::vector<std::string> known(table.required.begin(), table.required.end()), required = known, listed;
    known.insert(known.end(), table.optional.begin(), table.optional.end());
    EXPECT_THAT(node->getObject("properties")->getNames(), UnorderedElementsAreArray(known)) << table.table;
    for (const auto& key : *node->getArray("required")) listed.push_back(key.convert<std::string>());
    EXPECT_THAT(listed, UnorderedElementsAreArray(required)) << table.table;
  }
}

// docs/formats/report-fields.md is what people read; report_fields() is what templates are checked against.
TEST(ReportFields, documentation_and_list_are_the_same) {
  std::map<std::string, std::set<std::string>> documented, listed;
  std::string report, sheet;
  std::ifstream in(source / "docs/formats/report-fields.md");
  for (std::string line; std::getline(in, line);) {
    std::smatch match;
    if (line.starts_with("## ")) report = std::regex_search(line, match, std::regex("`([a-z0-9-]+)`")) ? match[1].str() : "";
    if (line.starts_with("### ") && std::regex_search(line, match, std::regex("`([a-z0-9_]+)(<[^>]+>)?`")))
      sheet = match[1].str() + (match[2].matched ? "*" : "");
    if (report.empty() || !line.starts_with("| `")) continue;
    const auto cell_end = line.find(" | ", 2);
    const std::string keys = line.substr(2, cell_end - 2),
                      type = line.substr(cell_end + 3, line.find(" |", cell_end + 3) - cell_end - 3);
    const bool as_above = type == "as above";
    static const std::regex key("`([a-z0-9_]+)(<[^>]+>)?`");
    for (std::sregex_iterator it(keys.begin(), keys.end(), key), none; it != none; ++it)
      documented[report + "/" + sheet].insert((*it)[1].str() + ((*it)[2].matched ? "*" : "") +
                                              (as_above                              ? ""
                                               : type.find("Σ") != std::string::npos ? " sum"
                                                                                     : ""));
  }
  for (const SheetOffer& offer : report_fields())
    for (const FieldOffer& field : offer.fields)
      listed[std::string(offer.report) + "/" + std::string(offer.sheet)].insert(std::string(field.key) +
                                                                                (field.summed ? " sum" : ""));
  EXPECT_EQ(listed, documented);
}

TEST(ReportFields, a_key_with_a_star_stands_for_all_that_begin_like_it) {
  EXPECT_TRUE(stands_for("accepted_*", "accepted_2016-05"));
  EXPECT_FALSE(stands_for("accepted_*", "reported_2016-05"));
  EXPECT_TRUE(stands_for("month", "month"));
  EXPECT_FALSE(stands_for("month", "month_state"));
}

}  // namespace
}  // namespace horisont
