#include "edge/csv/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "edge/files/files.h"
#include "edge/json/json.h"
#include "support/shared_data.h"

namespace horisont {
namespace {

using testing::ElementsAre;
using Rows = std::vector<std::vector<std::string>>;

struct Read {
  Rows rows;
  std::vector<std::uint32_t> numbers;
  std::vector<Finding> findings;
  std::string problem;  // code and values
  char separator = 0;
  std::string encoding;
};

std::string shown(const Problem& problem) {
  std::string text = problem.message.id;
  for (const std::string& value : problem.message.values) text += " " + value;
  return text;
}

Read read(const std::filesystem::path& path, const CsvOptions& options = {}) {
  Read read;
  auto reader = CsvReader::open(path, options);
  if (!reader) {
    read.problem = shown(reader.error());
    return read;
  }
  for (;;) {
    const auto row = reader->next();
    if (!row) read.problem = shown(row.error());
    if (!row || !*row) break;
    read.numbers.push_back((*row)->number);
    read.rows.emplace_back();
    for (const CellView& cell : (*row)->cells) {
      EXPECT_EQ(cell.kind, cell.text.empty() ? CellView::Kind::Empty : CellView::Kind::Text);
      read.rows.back().emplace_back(cell.text);
    }
  }
  read.findings = reader->findings();
  read.separator = reader->separator();
  read.encoding = reader->encoding();
  return read;
}

Read read_bytes(const std::string& bytes, const CsvOptions& options = {}) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.csv", std::ios::binary) << bytes;
  return read(folder.path() / "a.csv", options);
}

std::vector<std::string> codes(const Read& read) {
  std::vector<std::string> codes;
  for (const Finding& finding : read.findings) codes.push_back(finding.code);
  return codes;
}

std::string utf16(const std::string& ascii, bool big) {
  std::string out = big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) out += big ? std::string{'\0', c} : std::string{c, '\0'};
  return out;
}

TEST(Csv, cells_are_what_stands_between_separators_and_quotes) {
  struct Case {
    const char *what, *bytes;
    Rows rows;
  };
  const Case cases[] = {
      {"a plain table", "a;b\n1;2\n", {{"a", "b"}, {"1", "2"}}},
      {"no line end at the end", "a;b\n1;2", {{"a", "b"}, {"1", "2"}}},
      {"CRLF", "a;b\r\n1;2\r\n", {{"a", "b"}, {"1", "2"}}},
      {"CR alone", "a;b\r1;2\r", {{"a", "b"}, {"1", "2"}}},
      {"all three line ends", "a;b\r1;2\r\n3;4\n", {{"a", "b"}, {"1", "2"}, {"3", "4"}}},
      {"empty cells at both ends", ";a;\n;;\n", {{"", "a", ""}, {"", "", ""}}},
      {"an empty line has no cells", "a;b\n\n1;2\n", {{"a", "b"}, {}, {"1", "2"}}},
      {"a separator in quotes", "\"a;b\";c\n", {{"a;b", "c"}}},
      {"a line end in quotes", "\"a\r\nb\";c\nd;e\n", {{"a\r\nb", "c"}, {"d", "e"}}},
      {"a doubled quote", "\"a\"\"b\";\"\"\"\"\n", {{"a\"b", "\""}}},
      {"nothing in quotes", "\"\";\"\"\n", {{"", ""}}},
      {"quotes up to the end of the file", "a;\"b\"", {{"a", "b"}}},
      {"blanks are kept", " a ;b \n", {{" a ", "b "}}},
      {"one column", "a\nb\n", {{"a"}, {"b"}}},
  };
  for (const Case& c : cases) {
    const Read got = read_bytes(c.bytes, {.separator = ';'});
    EXPECT_EQ(got.rows, c.rows) << c.what;
    EXPECT_EQ(got.problem, "") << c.what;
    EXPECT_THAT(codes(got), ElementsAre()) << c.what;
  }
}

TEST(Csv, a_row_has_the_number_of_the_line_where_it_begins) {
  EXPECT_THAT(read_bytes("a;b\n\"1\n2\r\n3\";x\n\ny;z\n").numbers, ElementsAre(1, 2, 5, 6));
  EXPECT_THAT(read_bytes("sep=;\na;b\n").numbers, ElementsAre(2));
}

TEST(Csv, the_separator_is_the_one_that_gives_the_most_stable_columns) {
  struct Case {
    const char *what, *bytes;
    char separator;
  };
  const Case cases[] = {
      {"semicolons with decimal commas", "namn;h;d\nA;7,5;8\nB;8;7,5\n", ';'},
      {"semicolons with a comma in every line", "namn;h, d\nA;7,5\nB;8,0\n", ';'},
      {"commas", "a,b\n1,2\n", ','},
      {"tabs with decimal commas", "namn\th\tc\nA\t7,5\t1\nB\t8\t2\n", '\t'},
      {"bars", "a|b|c\n1|2|3\n", '|'},
      {"a title above", "Närvaro mars, 2026\n\na;b;c\n1;2;3\n4;5;6\n", ';'},
      {"separators in quotes do not count", "\"a;b;c\",d\n\"e;f;g\",h\n", ','},
      {"a first line that says so", "sep=|\na;b|c;d\n", '|'},
      {"a first line that says so in quotes", "\"SEP=,\"\r\na;b,c\n", ','},
      {"no separator at all", "a\nb\n", ';'},
  };
  for (const Case& c : cases) EXPECT_EQ(read_bytes(c.bytes).separator, c.separator) << c.what;
  EXPECT_EQ(read_bytes("sep=;\na;b,c\n", {.separator = ','}).rows, (Rows{{"a;b", "c"}}));
}

TEST(Csv, the_first_letter_of_a_long_file_may_stand_in_its_last_line) {
  std::string lines;
  while (lines.size() < 1'000'000) lines += "anna;karlstad\n";
  const Read utf8 = read_bytes(lines + "Åsa;Örebro\n"), other = read_bytes(lines + "\xC5sa;\xD6rebro\n"), ascii = read_bytes(lines);
  EXPECT_EQ(utf8.encoding, "utf-8");
  EXPECT_THAT(codes(utf8), ElementsAre());
  EXPECT_EQ(other.encoding, "windows-1252");
  ASSERT_THAT(codes(other), ElementsAre("text.encoding-assumed"));
  EXPECT_EQ(other.findings[0].given, "Åsa;Örebro");
  EXPECT_EQ(other.rows.back(), (std::vector<std::string>{"Åsa", "Örebro"}));
  EXPECT_EQ(other.rows, utf8.rows);
  EXPECT_EQ(ascii.encoding, "utf-8");
  EXPECT_EQ(ascii.rows.size() + 1, utf8.rows.size());
}

TEST(Csv, the_encoding_is_found_by_mark_and_then_by_the_bytes) {
  struct Case {
    const char* what;
    std::string bytes;
    const char *encoding, *cell;
  };
  const Case cases[] = {
      {"ASCII", "a;b\n", "utf-8", "a"},
      {"UTF-8", "å;b\n", "utf-8", "å"},
      {"UTF-8 with mark", "\xEF\xBB\xBFå;b\n", "utf-8", "å"},
      {"UTF-16 LE", utf16("ab;c\n", false), "utf-16le", "ab"},
      {"UTF-16 BE", utf16("ab;c\n", true), "utf-16be", "ab"},
      {"a pair of surrogates", std::string("\xFF\xFE\x3D\xD8\x00\xDE;\0b\0", 10), "utf-16le", "😀"},
      {"Windows-1252", "\xE5\x80;b\n", "windows-1252", "å€"},
      {"a letter cut at the end of the file", "ab;b\xC3", "windows-1252", "ab"},
  };
  for (const Case& c : cases) {
    const Read got = read_bytes(c.bytes);
    EXPECT_EQ(got.problem, "") << c.what;
    EXPECT_EQ(got.encoding, c.encoding) << c.what;
    ASSERT_FALSE(got.rows.empty()) << c.what;
    EXPECT_EQ(got.rows[0][0], c.cell) << c.what;
  }
}

TEST(Csv, windows_1252_is_assumed_aloud_with_up_to_three_example_lines) {
  const Read got = read_bytes("namn;ort\nSj\xF6gren;\xC5rj\xE4ng\nLund;Torsby\n\xD6;1\n\xC4;2\n\xC5;3\n");
  ASSERT_THAT(codes(got), ElementsAre("text.encoding-assumed"));
  EXPECT_EQ(got.findings[0].level, Level::Warning);
  EXPECT_EQ(got.findings[0].given, "Sjögren;Årjäng\nÖ;1\nÄ;2");
  EXPECT_EQ(got.rows[1], (std::vector<std::string>{"Sjögren", "Årjäng"}));
  // also when the first such letter stands far down
  std::string bytes;
  while (bytes.size() < 300'000) bytes += "Lund;Torsby\n";
  const Read late = read_bytes(bytes + "x;\xE5\n");
  EXPECT_EQ(late.problem, "");
  EXPECT_EQ(late.findings.at(0).given, "x;å");
}

TEST(Csv, what_cannot_be_read_is_refused_with_its_line_and_column) {
  struct Case {
    const char* what;
    std::string bytes, problem;
    CsvOptions options = {};
  };
  const Case cases[] = {
      {"nothing", "", "file.empty"},
      {"a zip file", "PK\x03\x04rest", "file.not-text"},
      {"a NUL", std::string("a;b\n1;\0x\n", 9), "text.nul 2 3 utf-8"},
      {"bad UTF-8 after a mark",
       "\xEF\xBB\xBF"
       "a;b\n\xC3\xA5;\xFF\n",
       "text.invalid-encoding 2 3 utf-8"},
      {"an overlong slash",
       "\xEF\xBB\xBF"
       "a\xC0\xAF",
       "text.invalid-encoding 1 2 utf-8"},
      {"a surrogate in UTF-8", "\xEF\xBB\xBF\xED\xA0\x80", "text.invalid-encoding 1 1 utf-8"},
      {"U+FFFE without a mark is UTF-8 nevertheless", "å;\xEF\xBF\xBE", "text.invalid-encoding 1 3 utf-8"},
      {"U+FFFF", "\xEF\xBB\xBF\xEF\xBF\xBF", "text.invalid-encoding 1 1 utf-8"},
      {"a letter cut at the end",
       "\xEF\xBB\xBF"
       "a\xC3",
       "text.invalid-encoding 1 2 utf-8"},
      {"an odd number of bytes in UTF-16", utf16("ab", false) + "c", "text.invalid-encoding 1 3 utf-16le"},
      {"a lone surrogate in UTF-16", std::string("\xFF\xFE\x00\xDC", 4), "text.invalid-encoding 1 1 utf-16le"},
      {"a byte that Windows-1252 leaves open", "\xE5;\x81\n", "text.invalid-encoding 1 3 windows-1252"},
      {"UTF-8 said to be UTF-8 that is not", "\xE5;b\n", "text.invalid-encoding 1 1 utf-8", {.encoding = "utf-8"}},
      {"an encoding nobody knows", "a;b", "text.unknown-encoding klingon", {.encoding = "klingon"}},
      {"a quote that is never closed", "a;b\n1;\"2\n3;4\n", "text.quote-not-closed 2"},
  };
  for (const Case& c : cases) EXPECT_EQ(read_bytes(c.bytes, c.options).problem, c.problem) << c.what;
}

TEST(Csv, limits_let_the_last_through_and_stop_the_first_beyond) {
  struct Case {
    const char* what;
    std::string bytes, problem;
  };
  const std::string cell(32'767, 'x');
  std::string long_line;  // with its line end 1 MiB exactly
  for (int i = 0; i < 31; ++i) long_line += cell + ";";
  long_line.resize((1 << 20) - 1, 'y');
  const Case cases[] = {
      {"a cell of the greatest length", "a;b\n" + cell + ";1\n", ""},
      {"one character more", "a;b\n" + cell + "x;1\n", "text.cell-too-long 2 1 32767"},
      {"letters of two bytes count once", "a;b\n" + cell.substr(1) + "å;1\n", ""},
      {"1024 columns", std::string(1023, ',') + "x\n", ""},
      {"1025 columns", std::string(1024, ',') + "x\n", "text.too-many-columns 1 1025 1024"},
      {"empty columns do not count", "x" + std::string(3000, ',') + "\n", ""},
      {"a line of 1 MiB", long_line + "\n", ""},
      {"a line of one byte more", long_line + "y\n", "text.line-too-long 1 1 MiB"},
      {"a quote that swallows the file", "a\n\"b\n" + std::string(3 << 20, '\n'), "text.quote-not-closed 2"},
  };
  for (const Case& c : cases) EXPECT_EQ(read_bytes(c.bytes).problem, c.problem) << c.what;
}

TEST(Csv, repairs_are_told_with_the_lines) {
  struct Case {
    const char *what, *bytes;
    std::vector<std::string> row;
    std::vector<std::string> codes;
  };
  const Case cases[] = {
      {"Excel's formula for text", "=\"0503\";x\n", {"0503", "x"}, {"text.excel-mark-removed"}},
      {"the same in quotes", "\"=\"\"0503\"\"\";x\n", {"0503", "x"}, {"text.excel-mark-removed"}},
      {"an apostrophe before a number", "'0503;x\n", {"0503", "x"}, {"text.excel-mark-removed"}},
      {"an apostrophe that defuses a formula", "\"'=1+1\";x\n", {"=1+1", "x"}, {"text.excel-mark-removed"}},
      {"an apostrophe in a name", "'t Hooft;x\n", {"'t Hooft", "x"}, {}},
      {"a formula is just text", "=SUM(A1);x\n", {"=SUM(A1)", "x"}, {}},
      {"a quote inside", "5\" rör;x\n", {"5\" rör", "x"}, {"text.lone-quote"}},
      {"text after a closing quote", "\"a\"b;x\n", {"ab", "x"}, {"text.lone-quote"}},
      {"a control character", "a\x01;x\n", {"a\x01", "x"}, {"text.control-characters"}},
  };
  for (const Case& c : cases) {
    const Read got = read_bytes(c.bytes);
    ASSERT_EQ(got.rows.size(), 1u) << c.what;
    EXPECT_EQ(got.rows[0], c.row) << c.what;
    EXPECT_EQ(codes(got), c.codes) << c.what;
  }
  const Read many = read_bytes("x;y\n'1;2\n'3;4\n");
  ASSERT_EQ(many.findings.size(), 1u);
  EXPECT_EQ(many.findings[0].place.row, 2u);
  EXPECT_THAT(many.findings[0].values, ElementsAre("2", "2, 3"));
}

TEST(Csv, rows_are_the_same_wherever_the_pieces_are_cut) {
  // 1.5 MB in which quotes, doubled quotes, CRLF and letters of four bytes meet every offset of the pieces of 256 KiB.
  std::string bytes;
  Rows rows;
  for (int i = 0; bytes.size() < 1'500'000; ++i) {
    const std::string number = std::to_string(i);
    bytes += number + ";\"a\"\"" + number + "\r\nb\";😀å\r\n";
    rows.push_back({number, "a\"" + number + "\r\nb", "😀å"});
  }
  const Read got = read_bytes(bytes);
  EXPECT_EQ(got.problem, "");
  EXPECT_TRUE(got.rows == rows);
  EXPECT_EQ(got.numbers.back(), 2 * rows.size() - 1);
}

TEST(Csv, a_missing_file_is_the_users_fault_and_says_so) {
  try {
    (void)CsvReader::open("/nowhere/a.csv");
    FAIL();
  } catch (const FileError& error) {
    EXPECT_EQ(error.message().id, "file.not-found");
    EXPECT_EQ(error.fault(), FileError::Fault::Unreadable);
  }
  EXPECT_THROW((void)CsvReader::open("/"), FileError);
}

TEST(CsvLine, text_that_a_spreadsheet_would_run_is_defused) {
  struct Case {
    const char *what, *cell, *written;
  };
  const Case cases[] = {{"plain", "Torsby", "Torsby"},
                        {"a separator", "a;b", "\"a;b\""},
                        {"quotes", "5\" rör", "\"5\"\" rör\""},
                        {"a line end", "a\nb", "\"a\nb\""},
                        {"a formula", "=1+1", "\"'=1+1\""},
                        {"plus", "+46", "\"'+46\""},
                        {"an at sign", "@SUM(A1)", "\"'@SUM(A1)\""},
                        {"a tab", "\tx", "\"'\tx\""},
                        {"a wide equals sign", "＝1", "\"'＝1\""},
                        {"a negative number", "-12,50", "-12,50"},
                        {"minus and a formula", "-1+cmd", "\"'-1+cmd\""},
                        {"a dash alone", "-", "\"'-\""},
                        {"a line end before a formula", "\n=1", "\"'\n=1\""},
                        {"a carriage return", "\r=1", "\"'\r=1\""},
                        {"a blank before a formula", " =1", "\"' =1\""},
                        {"a no-break blank before a formula", "\u00A0=1", "\"'\u00A0=1\""},
                        {"a mark of byte order before a formula", "\uFEFF=1", "\"'\uFEFF=1\""},
                        {"a blank of width zero before a formula", "\u200B=1", "\"'\u200B=1\""},
                        {"a quotation mark before a formula", "\"=1", "\"'\"\"=1\""},
                        {"all of them before a wide plus", " \uFEFF\u200B\"＋1", "\"' \uFEFF\u200B\"\"＋1\""},
                        {"a blank before a word", " Torsby", "\" Torsby\""},
                        {"a sign inside", "a=1", "a=1"},
                        {"blanks at the end", "a ", "\"a \""},
                        {"nothing", "", ""}};
  for (const Case& c : cases) EXPECT_EQ(csv_line({c.cell, "x"}), std::string(c.written) + ";x\r\n") << c.what;
}

TEST(CsvLine, read_back_gives_the_same_cells) {
  const std::vector<std::string> cells{"=1+1", "a;\"b\"", "-12,5", "", " x", "Åsa\r\nÖ", "@x", "-", " =1", "\uFEFF+1", "\n-1"};
  EXPECT_EQ(read_bytes(csv_line(cells)).rows, (Rows{cells}));
  EXPECT_EQ(read_bytes(csv_line({""})).rows, (Rows{{""}}));
}

TEST(SharedCsv, the_spectrum_gives_the_rows_of_its_json) {
  NEED_SHARED_DATA(data);
  int compared = 0;
  for (const auto& file : std::filesystem::directory_iterator(data / "csv-spectrum" / "csvs")) {
    const std::string name = file.path().stem().string();
    const Read got = read(file.path());
    EXPECT_EQ(got.problem, "") << name;
    if (name == "location_coordinates") continue;  // its JSON is known to be wrong (SOURCE.txt)
    const auto json = parse_json(read_file(data / "csv-spectrum" / "json" / (name + ".json")));
    ASSERT_TRUE(json) << name;
    ASSERT_EQ(got.rows.size(), json->items.size() + 1) << name;
    for (std::size_t i = 0; i < json->items.size(); ++i) {
      std::vector<std::string> keys, values;
      for (const auto& [key, value] : json->items[i].members) keys.push_back(key), values.push_back(value.text);
      EXPECT_EQ(got.rows[0], keys) << name;
      EXPECT_EQ(got.rows[i + 1], values) << name << " row " << i;
    }
    ++compared;
  }
  EXPECT_EQ(compared, 11);
}

TEST(SharedCsv, naughty_strings_come_back_unchanged_or_are_told) {
  NEED_SHARED_DATA(data);
  const auto json = parse_json(read_file(data / "naughty-strings" / "blns.json"));
  ASSERT_TRUE(json);
  ASSERT_EQ(json->items.size(), 515u);
  for (const JsonValue& item : json->items) {
    const Read got = read_bytes(csv_line({"x", item.text}));
    if (!got.problem.empty()) {  // U+FFFE and its like, which no workbook may hold
      EXPECT_EQ(got.problem, "text.invalid-encoding 1 3 utf-8") << item.text;
      continue;
    }
    ASSERT_EQ(got.rows.size(), 1u) << item.text;
    EXPECT_EQ(got.rows[0][1], item.text);
  }
}

}  // namespace
}  // namespace horisont
