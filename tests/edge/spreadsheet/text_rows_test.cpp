// Rows of a text file that the child cuts are the rows that the reader gives, and whatever the child does is a message.

#include "edge/spreadsheet/text_rows.h"

#include <gtest/gtest.h>

#include <fstream>

#include "edge/files/files.h"
#include "edge/spreadsheet/apart.h"
#include "support/places.h"

namespace horisont {
namespace {

struct Outcome {
  std::vector<std::string> rows;  // number and cells
  std::string ended;              // the problem's id
  std::vector<std::string> findings;
  std::string form;
  std::uint64_t read = 0, total = 0;
  bool operator==(const Outcome&) const = default;
};

Outcome all_of(const std::filesystem::path& file, const CsvOptions& options = {}) {
  Outcome found;
  auto rows = TextRows::open(file, options);
  if (!rows) return {.rows = {}, .ended = rows.error().message.id, .findings = {}, .form = {}};
  while (true) {
    const auto row = rows->next();
    if (!row) {
      found.ended = row.error().message.id;
      break;
    }
    if (*row == nullptr) break;
    std::string text = std::to_string((*row)->number);
    for (const CellView& cell : (*row)->cells) (text += cell.kind == CellView::Kind::Empty ? "|-" : "|") += cell.text;
    found.rows.push_back(std::move(text));
  }
  for (const Finding& finding : rows->findings()) {
    found.findings.push_back(finding.code + " " + std::to_string(finding.place.row));
    for (const std::string& value : finding.values) found.findings.back() += " " + value;
  }
  std::erase_if(found.findings, [](const std::string& one) { return one.starts_with("reader.no-filter"); });
  found.form = rows->encoding() + rows->separator();
  found.read = rows->bytes_read(), found.total = rows->bytes_total();
  return found;
}

ReadingChild child(const std::string& behaviour, int milliseconds = 60'000) {
  return {{std::string(HORISONT_BINARY_DIR) + "/tests/reading_child", behaviour}, std::chrono::milliseconds(milliseconds)};
}

class TextApart : public testing::Test {
 protected:
  void SetUp() override {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "the sanitizer does not start under a limit on addresses";
#endif
  }
  void TearDown() override { read_files_in(std::nullopt); }
  Outcome apart(const std::string& behaviour, const CsvOptions& options = {}, int milliseconds = 60'000) {
    read_files_in(child(behaviour, milliseconds));
    auto found = all_of(file, options);
    read_files_in(std::nullopt);
    return found;
  }
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "närvaro.csv";
};

std::string lines(int count, const std::string& line) {
  std::string text = "deltagare;datum;timmar\n";
  for (int i = 0; i < count; ++i) text += std::to_string(i) + ";" + line + "\n";
  return text;
}

TEST_F(TextApart, rows_are_those_of_the_reader_in_every_kind_of_file) {
  const struct {
    const char* sentence;
    std::string text;
    CsvOptions options = {};
  } cases[] = {
      {"one line", "a;b\n"},
      {"a heading alone without a line end", "a;b"},
      {"many blocks of short lines", lines(20'000, "2016-03-01;3,5")},
      {"lines that fill a block each", lines(20, std::string(30'000, 'x') + ";" + std::string(30'000, 'y'))},
      {"cells in quotes over several lines", lines(5'000, "\"två\nrader\";\"ett \"\"citat\"\"\"")},
      {"empty cells and empty lines", lines(5'000, ";") + "\n\n"},
      {"empty lines between", lines(5'000, "x\n\n\n")},
      {"empty lines alone", std::string(700'000, '\n')},
      {"plain lines between few that are not",
       lines(1'000, "x") + "\"å\";\"y\nz\"\n" + lines(1'000, "ö") + "'1;2\n" + lines(1'000, "")},
      {"a line of every kind after each other",
       [] {
         std::string text = "a;b;c\n";
         for (int i = 0; i < 3'000; ++i) text += "1;2;3\n\"x\";\"y\n\"\n\n=\"1\";2\r\n" + std::string(300, ';') + "\n";
         return text;
       }()},
      {"lines of the longest cells", lines(50, std::string(32'767, 'x')) + lines(50, std::string(255, ';'))},
      {"a mark of byte order and line ends of Windows",
       [] {
         std::string text = "\xEF\xBB\xBFnamn;ort\r\n";
         for (int i = 0; i < 30'000; ++i) text += "Åsa;Örebro\r\n";
         return text;
       }()},
      {"cells of 254, 255 and 256 bytes",
       std::string(254, 'x') + ";" + std::string(255, 'y') + ";" + std::string(256, 'z') + "\n"},
      {"line ends of Windows and of old Macs", "a;b\r\nc;d\r\n\r\ne;f\rg;h\r"},
      {"words that Excel marks", lines(3, "=\"0503\";'0503;=;'")},
      {"letters beside every separator", "å;ä;ö\n;å;\nå\n"},
      {"a quote that never closes", lines(9'000, "x;1") + "1;\"öppen"},
      {"a NUL", lines(9'000, "x;1") + std::string("1;a\0b\n", 7)},
      {"the first letter of UTF-8 in the last line", lines(40'000, "x;1") + "Åsa;1;2\n"},
      {"the first letter of Windows-1252 in the last line", lines(40'000, "x;1") + "\xC5sa;1;2\n"},
      {"Windows-1252", "namn;ort\n\xC5sa;\xD6rebro\n"},
      {"UTF-16", std::string("\xFF\xFE"
                             "a\0;\0\xE5\0\n\0",
                             10)},
      {"a given separator and encoding", "a,b;c\n", {.separator = ',', .encoding = "windows-1252"}},
      {"an unknown encoding", "a;b\n", {.separator = {}, .encoding = "ebcdic"}},
      {"nothing", ""},
      {"a PDF", "%PDF-1.7\n"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.sentence);
    write_file(file, c.text);
    const Outcome here = all_of(file, c.options);
    EXPECT_EQ(apart("read", c.options), here);
    EXPECT_TRUE(!here.rows.empty() || !here.ended.empty());
  }
}

TEST_F(TextApart, whatever_the_child_says_or_does_is_rows_or_a_message) {
  write_file(file, "abcåd\n");
  const Outcome whole = apart("text whole");
  EXPECT_EQ(whole.rows, std::vector<std::string>{"1|abc|åd"});
  EXPECT_EQ(whole.ended, "");
  EXPECT_EQ(apart("text with a long size"), whole);
  EXPECT_EQ(apart("text with the line end of Windows"), whole);
  EXPECT_EQ(apart("text of an empty line").rows, std::vector<std::string>{"1"});
  EXPECT_EQ(apart("text in the file").rows, std::vector<std::string>{"1|abcåd"});
  EXPECT_EQ(apart("text in the file after three bytes").rows, std::vector<std::string>{"1|åd"});
  for (const char* behaviour : {"text cut",
                                "text half of it",
                                "text of other lengths",
                                "text with another separator",
                                "text without its last byte",
                                "text with a byte more",
                                "text cut inside a character",
                                "text ended by a character of two bytes",
                                "text longer than it is",
                                "text no UTF-8",
                                "text the same line again",
                                "text line nought",
                                "text lines beyond all numbers",
                                "text sizes that end too early",
                                "text a long size cut",
                                "text a size too many",
                                "text without sizes",
                                "text too many cells",
                                "text beyond the file",
                                "text too many sizes",
                                "text too much of it",
                                "text in the file without its end",
                                "text in the file of other lengths",
                                "text in the file inside a character",
                                "text in the file beyond its end",
                                "text in the file at no place",
                                "text in the file at a place beyond all numbers",
                                "text in a file that became shorter",
                                "text more after the end",
                                "text a workbook",
                                "text own words",
                                "crash",
                                "silent",
                                "nonsense",
                                "no such behaviour"})
    EXPECT_EQ(apart(behaviour).ended, "reader.crashed") << behaviour;
  for (const char* behaviour : {"hang", "text stalled between lines"}) {
    const Outcome slow = apart(behaviour, {}, 300);
    EXPECT_EQ(slow.ended, "reader.too-slow") << behaviour;
    EXPECT_TRUE(slow.rows.empty()) << behaviour;
  }
}

TEST_F(TextApart, can_be_left_at_any_row) {
  write_file(file, lines(60'000, "2016-03-01;3,5"));
  read_files_in(child("read"));
  for (const int wanted : {0, 1, 4'096, 4'097, 30'000}) {
    auto rows = TextRows::open(file);
    ASSERT_TRUE(rows);
    for (int i = 0; i < wanted; ++i) {
      const auto row = rows->next();
      ASSERT_TRUE(row && *row);
      EXPECT_EQ((*row)->number, static_cast<std::uint32_t>(i + 1));
    }
  }
}

TEST_F(TextApart, a_file_that_is_written_to_while_it_is_read_is_told_as_that) {
  const struct {
    const char* sentence;
    std::string then;
  } cases[] = {{"it becomes shorter", lines(10, "2016-03-01;3,5")}, {"it becomes longer", lines(500'000, "2016-03-01;3,5")},
               {"it becomes empty", ""}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.sentence);
    write_file(file, lines(400'000, "2016-03-01;3,5"));
    read_files_in(child("read"));
    auto rows = TextRows::open(file);
    ASSERT_TRUE(rows);
    ASSERT_TRUE(rows->next());
    {
      std::ofstream same(file, std::ios::binary | std::ios::trunc);  // write_file would put another file in its place
      same << c.then;
    }
    std::string ended;
    while (ended.empty()) {
      const auto row = rows->next();
      if (!row)
        ended = row.error().message.id;
      else if (*row == nullptr)
        ended = "end";
    }
    EXPECT_EQ(ended, "reader.file-changed");
  }
}

}  // namespace
}  // namespace horisont
