// What a file is, told by its content; and every shared file read or refused with a clear code.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "core/values/message.h"
#include "edge/csv/csv.h"
#include "edge/spreadsheet/handmade_workbooks.h"
#include "support/shared_data.h"

namespace horisont {
namespace {

std::string utf16(std::string_view ascii) {
  std::string wide;
  for (const char c : ascii) wide += {c, '\0'};
  return wide;
}

TEST(Format, is_told_by_the_content_and_the_refusal_says_what_the_file_is) {
  const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  const auto zip_with = [](const std::string& type) {
    return handmade_zip({{"[Content_Types].xml", "<Types><Override ContentType=\"" + type + "\"/></Types>"}});
  };
  struct Case {
    const char* what;
    std::string bytes;
    const char* verdict;
  };
  const Case cases[] = {
      {"nothing", "", "file.empty"},
      {"a table as text", "a;b\n1;2\n", "file.unknown-format text"},
      {"text in UTF-16", std::string("\xFF\xFE", 2) + utf16("a;b\n"), "file.unknown-format text"},
      {"PDF", "%PDF-1.7\n", "file.unknown-format PDF"},
      {"RTF", "{\\rtf1", "file.unknown-format RTF"},
      {"a web page", "<html><table>", "file.unknown-format HTML"},
      {"a web page with a mark and blanks", "\xEF\xBB\xBF\r\n <!DOCTYPE HTML>", "file.unknown-format HTML"},
      {"a table whose cells speak of web pages", "a;b\n1;skrev <html> och urn:schemas-microsoft-com:office:spreadsheet\n", "file.unknown-format text"},
      {"a picture", "\x89PNG\r\n", "file.unknown-format PNG/JPEG/GIF"},
      {"bytes", std::string("ab\0c", 4), "file.unknown-format ?"},
      {"old Excel", ole + utf16("Workbook"), "file.old-excel Excel 97–2003"},
      {"very old Excel", std::string("\x09\x08\x08\x00rest", 8), "file.old-excel Excel 2–5"},
      {"Excel 2003 as XML", "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "file.old-excel Excel 2003 XML"},
      {"a workbook with a password", ole + utf16("EncryptedPackage"), "file.encrypted"},
      {"old Word", ole + utf16("WordDocument"), "file.unknown-format Word"},
      {"an encrypted archive", handmade_zip({{.name = "a", .data = "1", .flags = 1}}), "file.encrypted"},
      {"XLSB", zip_with("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "file.binary-workbook"},
      {"Word", zip_with("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
       "file.unknown-format Word"},
      {"Apple Numbers", handmade_zip({{"Index/Document.iwa", "x"}}), "file.unknown-format Apple Numbers"},
      {"an archive", handmade_zip({{"a.csv", "a;b"}}), "file.unknown-format zip"},
      {"a damaged archive", handmade_zip({{"a.csv", "a;b"}}).substr(0, 40),
       "file.damaged zip: no directory"},
      {"XLSX", HandmadeWorkbook{}.bytes(), "read"},
      {"XLSM", HandmadeWorkbook{.main = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"}.bytes(),
       "read"},
      {"ODS", handmade_ods(""), "read"},
      {"more than 20 MiB", "PK\x03\x04" + std::string(20 << 20, 'x'), "file.too-large 20 MiB"},
  };
  for (const Case& c : cases) {
    const auto book = read_bytes(c.bytes);
    EXPECT_EQ(book ? "read" : shown(book.error()), c.verdict) << c.what;
  }
  EXPECT_THROW((void)read_workbook("/nowhere/a.xlsx"), FileError);
}

std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, '\t');) out.push_back(field);
  return out;
}

std::map<std::string, std::vector<std::string>> index_of(const std::filesystem::path& folder) {
  std::map<std::string, std::vector<std::string>> rows;
  std::istringstream in(read_file(folder / "index.tsv"));
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    auto cells = fields(line);
    const std::string name = cells.at(0);
    rows.emplace(name, std::move(cells));
  }
  return rows;
}

bool has_words(const Problem& problem) { return text_of(problem.message.id) && text_of(problem.message.id + ".do"); }

TEST(SharedWorkbooks, each_is_read_or_refused_as_its_index_demands) {
  NEED_SHARED_DATA(data);
  int read = 0, refused = 0;
  for (const char* folder : {"poi", "sheetjs"})
    for (const auto& [name, row] : index_of(data / folder)) {
      const auto book = read_workbook(data / folder / name);
      const std::string& must = row.at(2);
      EXPECT_TRUE(book || must != "rows") << name << ": " << shown(book.error());
      EXPECT_FALSE(book && must == "refuse") << name;
      EXPECT_TRUE(book || has_words(book.error())) << name << ": " << shown(book.error());
      ++(book ? read : refused);
    }
  EXPECT_EQ(read + refused, 56);
  EXPECT_GE(read, 45);
}

// The index names the sheets that have a table of cells with " | " between them and "(hidden)" behind.
TEST(SharedWorkbooks, sheets_have_the_names_and_the_visibility_of_the_index) {
  NEED_SHARED_DATA(data);
  const auto book = read_workbook(data / "sheetjs/sheet_visibility.xlsx");
  ASSERT_TRUE(book);
  std::string names;
  for (const SheetView& sheet : book->sheets()) names += sheet.name + (sheet.hidden ? " hidden; " : "; ");
  EXPECT_EQ(names, "Visible; Hidden hidden; VeryHidden hidden; ");
}

TEST(SharedWorkbooks, values_of_known_files_are_right) {
  NEED_SHARED_DATA(data);
  const auto sheet = [&](const char* file, std::size_t number) {
    const auto book = read_workbook(data / file);
    return book ? shown(book->sheets().at(number)) : std::vector<std::string>{shown(book.error())};
  };
  EXPECT_EQ(sheet("sheetjs/sheet_visibility.xlsx", 0).size(), 2u);
  EXPECT_EQ(sheet("poi/MalformedSSTCount.xlsx", 0).size(), 3u);
  // The same dates in both formats, beside their ISO text.
  for (const char* file : {"sheetjs/1904/1900.ods", "sheetjs/1904/1900.xlsx"}) {
    const auto book = read_workbook(data / file);
    ASSERT_TRUE(book) << file;
    for (const RowView& row : book->sheets().at(0).rows) {
      ASSERT_GE(row.cells.size(), 3u);
      EXPECT_EQ(row.cells[1].kind, CellView::Kind::Date) << file << row.number;
    }
  }
}

struct CsvShape {
  std::size_t rows = 0, least = SIZE_MAX, most = 0;
  std::string problem;
};

CsvShape shape_of(const std::filesystem::path& path) {
  CsvShape shape;
  auto reader = CsvReader::open(path);
  if (!reader) return {.problem = shown(reader.error())};
  for (;;) {
    const auto row = reader->next();
    if (!row) shape.problem = shown(row.error());
    if (!row || !*row) return shape;
    ++shape.rows;
    shape.least = std::min(shape.least, (*row)->cells.size());
    shape.most = std::max(shape.most, (*row)->cells.size());
  }
}

TEST(SharedTables, text_files_have_the_rows_and_columns_of_the_index_and_others_are_read_or_refused) {
  NEED_SHARED_DATA(data);
  // Beyond the limit of columns, or without any.
  const std::map<std::string, std::string> refused{{"wide.csv", "text.too-many-columns 1 9074 1024"},
                                                   {"empty.csv", "file.empty"}};
  int texts = 0, books = 0;
  for (const char* folder : {"messytables", "frictionless"})
    for (const auto& [name, row] : index_of(data / folder)) {
      const auto path = data / folder / name;
      if (row.at(6) == "-") {
        const auto book = read_workbook(path);
        EXPECT_TRUE(book || has_words(book.error())) << name << ": " << shown(book.error());
        EXPECT_EQ(book.has_value(), name.ends_with(".xlsx") || name.ends_with(".xlsm") || name.ends_with(".ods")) << name;
        ++books;
        continue;
      }
      const CsvShape shape = shape_of(path);
      const auto refusal = refused.find(name);
      EXPECT_EQ(shape.problem, refusal == refused.end() ? "" : refusal->second) << name;
      if (refusal != refused.end()) continue;
      EXPECT_EQ(std::to_string(shape.rows), row.at(6)) << name;
      EXPECT_EQ(std::to_string(shape.least), row.at(7)) << name;
      EXPECT_EQ(std::to_string(shape.most), row.at(8)) << name;
      ++texts;
    }
  EXPECT_GT(texts, 35);
  EXPECT_GT(books, 15);
}

}  // namespace
}  // namespace horisont
