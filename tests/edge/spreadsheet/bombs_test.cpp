// Files of a few bytes that would cost a careless reader minutes or gigabytes: each is refused, or read, within a second.

#include <gtest/gtest.h>

#include <ctime>
#include <functional>

#include "edge/spreadsheet/handmade_workbooks.h"
#include "edge/zip/zip.h"
#include "support/deflated.h"

namespace horisont {
namespace {

constexpr std::size_t mega = 1'000'000;

std::string many(std::string_view unit, std::size_t bytes) {
  std::string all;
  all.reserve(bytes + unit.size());
  while (all.size() < bytes) all += unit;
  return all;
}

// Comments that do not shrink: with them a part is less than a hundred times its packed size, and passes that gate.
std::string noise(std::size_t bytes) {
  std::string all;
  std::uint64_t state = 20'170'404;
  while (all.size() < bytes) {
    all += "<!--";
    for (int i = 0; i < 1'000; ++i) {
      state = state * 6'364'136'223'846'793'005u + 1'442'695'040'888'963'407u;
      all += static_cast<char>('a' + (state >> 40) % 26);
    }
    all += "-->";
  }
  return all;
}

// A workbook one of whose parts has grown. The part is packed; the others are as they are.
std::string with_part(const std::string& name, const std::string& part, const HandmadeWorkbook& rest = {}) {
  HandmadeWorkbook book = rest;
  const std::string plain = book.bytes();
  // The same archive again, with the part exchanged.
  const auto zip = Zip::open(plain);
  std::vector<HandmadePart> parts;
  for (const ZipEntry& entry : zip->entries()) {
    if (entry.name == name)
      parts.push_back({.name = name, .data = deflated(part), .method = 8, .unpacked = part});
    else
      parts.push_back({entry.name, *zip->text(entry)});
  }
  return handmade_zip(parts);
}

const std::string open_sheet = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
const std::string open_strings = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
const std::string open_styles = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";

std::string sheet(const std::string& inside) { return with_part("xl/worksheets/sheet1.xml", inside); }
std::string strings(const std::string& inside) {
  return with_part("xl/sharedStrings.xml", inside,
                   {.sheet = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData>"});
}
std::string styles(const std::string& inside) { return with_part("xl/styles.xml", inside); }

// Two entries whose bytes are the same ones of the archive: each has a header of its own that fits.
std::string overlapping() {
  const std::string inner = handmade_zip({{"b", "2"}}).substr(0, 32);
  std::string bytes = handmade_zip({{"a", inner}, {"b", "2"}});
  bytes[bytes.rfind("PK\x01\x02") + 42] = 31;
  return bytes;
}

struct Bomb {
  const char* what;
  std::function<std::string()> bytes;
  const char* verdict;  ///< what the problem begins with, or "read"
};

std::ostream& operator<<(std::ostream& out, const Bomb& bomb) { return out << bomb.what; }

const Bomb bombs[] = {
    {"an_entity_of_entities_of_entities",
     [] {
       std::string all = "<!DOCTYPE a [<!ENTITY x0 'hahaha'>";
       for (int i = 1; i < 30; ++i)
         all += "<!ENTITY x" + std::to_string(i) + " '&x" + std::to_string(i - 1) + ";&x" + std::to_string(i - 1) + ";'>";
       return sheet(all + "]>" + open_sheet + "&x29;</worksheet>");
     },
     "file.suspicious DOCTYPE"},
    {"one_long_entity_said_often",
     [] {
       return sheet("<!DOCTYPE a [<!ENTITY x '" + many("x", 100'000) + "'>]>" + open_sheet + many("&x;", mega) +
                    "</worksheet>");
     },
     "file.suspicious DOCTYPE"},
    {"an_entity_of_another_file",
     [] { return sheet("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + open_sheet + "&x;</worksheet>"); },
     "file.suspicious DOCTYPE"},
    {"a_definition_from_the_network",
     [] { return sheet("<!DOCTYPE a SYSTEM 'http://example.se/a.dtd'>" + open_sheet + "</worksheet>"); },
     "file.suspicious DOCTYPE"},
    {"an_entity_in_the_shared_texts",
     [] { return strings("<!DOCTYPE a [<!ENTITY x 'y'>]>" + open_strings + "<si><t>&x;</t></si></sst>"); },
     "file.suspicious DOCTYPE"},
    {"a_million_nested_elements", [] { return sheet(open_sheet + many("<a>", 3 * mega)); }, "file.suspicious XML"},
    {"a_comment_of_150_million_bytes",
     [] { return sheet(open_sheet + noise(2 * mega) + "<!--" + many("x", 150 * mega) + "--></worksheet>"); },
     "file.suspicious XML"},
    {"the_same_comment_where_it_shrinks_to_nothing",
     [] { return sheet(open_sheet + "<!--" + many("x", 150 * mega) + "--></worksheet>"); }, "file.suspicious XML"},
    {"an_instruction_of_50_million_bytes",
     [] { return sheet(open_sheet + noise(mega) + "<?a " + many("x", 50 * mega) + "?></worksheet>"); }, "file.suspicious XML"},
    {"an_attribute_of_50_million_bytes",
     [] { return sheet(open_sheet + noise(mega) + "<row a=\"" + many("x", 50 * mega) + "\"/></worksheet>"); },
     "file.suspicious XML"},
    {"a_million_attributes",
     [] {
       std::string all = open_sheet + noise(mega / 2) + "<row ";
       for (int i = 0; i < 1'000'000; ++i) all += "a" + std::to_string(i) + "='' ";
       return sheet(all + "/></worksheet>");
     },
     "file.suspicious XML"},
    {"a_name_of_a_million_letters", [] { return sheet(open_sheet + "<" + many("x", mega) + "/></worksheet>"); },
     "file.suspicious XML"},
    {"a_million_namespaces",
     [] {
       std::string all = "<worksheet ";
       for (int i = 0; i < 1'000'000; ++i) all += "xmlns:a" + std::to_string(i) + "='u" + std::to_string(i) + "' ";
       return sheet(all + "/>");
     },
     "file.suspicious XML"},
    {"ten_million_columns",
     [] {
       return sheet(open_sheet + noise(mega) + "<sheetData><row r=\"1\">" + many("<c><v>1</v></c>", 150 * mega - 4 * mega) +
                    "</row></sheetData></worksheet>");
     },
     "sheet.too-many-columns"},
    {"ten_million_columns_in_one_word",
     [] {
       return handmade_ods(
           "<table:table table:name=\"s\"><table:table-row><table:table-cell table:number-columns-repeated=\"10000000\" "
           "office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>");
     },
     "sheet.too-many-columns"},
    {"a_column_that_no_sheet_has",
     [] { return sheet(open_sheet + "<sheetData><row r=\"1\"><c r=\"ZZZZZZ1\"><v>1</v></c></row></sheetData></worksheet>"); },
     "file.damaged"},
    {"more_rows_than_any_register",
     [] {
       return sheet(open_sheet + noise(mega / 2) + "<sheetData>" + many("<row><c><v>1</v></c></row>", 40 * mega) +
                    "</sheetData></worksheet>");
     },
     "sheet.too-many-rows"},
    {"a_cell_of_a_hundred_million_letters",
     [] {
       return sheet(open_sheet + noise(mega) + "<sheetData><row><c t=\"inlineStr\"><is><t>" + many("x", 100 * mega) +
                    "</t></is></c></row></sheetData></worksheet>");
     },
     "sheet.cell-too-long"},
    {"a_shared_text_of_a_hundred_million_letters",
     [] { return strings(open_strings + noise(mega) + "<si><t>" + many("x", 100 * mega) + "</t></si></sst>"); },
     "sheet.cell-too-long"},
    {"a_shared_text_of_millions_of_pieces",
     [] { return strings(open_strings + noise(mega) + "<si>" + many("<r><t>x</t></r>", 60 * mega) + "</si></sst>"); },
     "sheet.cell-too-long"},
    {"ten_million_shared_texts", [] { return strings(open_strings + noise(mega) + many("<si/>", 50 * mega) + "</sst>"); },
     "file.too-many"},
    {"as_many_formats_as_fit",
     [] { return styles(open_styles + noise(mega) + "<cellXfs>" + many("<xf/>", 50 * mega) + "</cellXfs></styleSheet>"); },
     "file.too-many"},
    {"a_format_of_a_million_letters",
     [] {
       return styles(open_styles + "<numFmts><numFmt numFmtId=\"170\" formatCode=\"" + many("#,", mega) +
                     "\"/></numFmts></styleSheet>");
     },
     "file.suspicious XML"},
    {"a_hundred_thousand_sheets",
     [] {
       std::string all =
           "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
           "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>";
       for (int i = 0; i < 100'000; ++i)
         all += "<sheet name=\"s" + std::to_string(i) + "\" sheetId=\"" + std::to_string(i + 1) + "\" r:id=\"rId1\"/>";
       return with_part("xl/workbook.xml", all + "</sheets></workbook>");
     },
     "file.too-many"},
    {"a_million_merged_areas",
     [] {
       return sheet(open_sheet + noise(mega / 2) + "<sheetData/><mergeCells>" + many("<mergeCell ref=\"A1:B2\"/>", 25 * mega) +
                    "</mergeCells></worksheet>");
     },
     "file.too-many"},
    {"a_part_that_shrinks_a_thousand_times", [] { return sheet(open_sheet + many(" ", 100 * mega) + "</worksheet>"); },
     "file.suspicious"},
    {"a_part_that_says_it_is_smaller_than_it_is",
     [] {
       const std::string zeros = open_sheet + noise(mega) + many(" ", 100 * mega);
       return handmade_zip(
           {{.name = "xl/workbook.xml", .data = deflated(zeros), .method = 8, .unpacked = zeros, .claimed = 1'000}});
     },
     "file."},
    {"two_parts_of_the_same_bytes", overlapping, "file.suspicious overlapping parts"},
    {"two_parts_of_one_name",
     [] {
       return handmade_zip({{"xl/workbook.xml", "1"}, {"XL/Workbook.xml", "2"}});
     },
     "file.suspicious double name"},
    {"sixty_thousand_parts",
     [] {
       std::vector<HandmadePart> parts;
       for (int i = 0; i < 60'000; ++i) parts.push_back({"a" + std::to_string(i), ""});
       return handmade_zip(parts);
     },
     "file.too-many"},
    {"150_million_blanks_between_the_rows",
     [] { return sheet(open_sheet + noise(3 * mega) + "<sheetData>" + many(" ", 140 * mega) + "</sheetData></worksheet>"); },
     "read"},
};

class Bombs : public testing::TestWithParam<Bomb> {};

TEST_P(Bombs, are_refused_or_read_within_a_second) {
  const std::string bytes = GetParam().bytes();
  ASSERT_LT(bytes.size(), 20u << 20) << "a file above the first limit of all shows nothing";
  const TemporaryFolder folder;
  write_file(folder.path() / "a.bin", bytes);
  // The time of this process alone, and twice what is asked, so that a slow machine does not matter.
  const std::clock_t begun = std::clock();
  const auto book = read_workbook(folder.path() / "a.bin");
  const double seconds = static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
#ifdef __SANITIZE_ADDRESS__
  EXPECT_LT(seconds, 20);
#else
  EXPECT_LT(seconds, 2);
#endif
  RecordProperty("milliseconds", static_cast<int>(seconds * 1000));
  EXPECT_EQ((book ? "read" : shown(book.error())).substr(0, std::string(GetParam().verdict).size()), GetParam().verdict)
      << (book ? "read" : shown(book.error()));
}

INSTANTIATE_TEST_SUITE_P(Table, Bombs, testing::ValuesIn(bombs), [](const auto& bomb) { return std::string(bomb.param.what); });

}  // namespace
}  // namespace horisont
