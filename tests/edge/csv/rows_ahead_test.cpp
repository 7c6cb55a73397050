// Rows that another thread cuts are the rows that the reader gives, in every kind of file and however early one stops.

#include "edge/csv/rows_ahead.h"

#include <gtest/gtest.h>

#include <fstream>

#include "edge/files/files.h"

namespace horisont {
namespace {

struct Outcome {
  std::vector<std::string> rows;  // number and cells
  std::string ended;              // the problem's id
  std::vector<std::string> findings;
  bool operator==(const Outcome&) const = default;
};

template <class Reader>
Outcome all_of(Reader& reader) {
  Outcome found;
  for (;;) {
    const auto row = reader.next();
    if (!row) {
      found.ended = row.error().message.id;
      break;
    }
    if (*row == nullptr) break;
    std::string text = std::to_string((*row)->number);
    for (const CellView& cell : (*row)->cells) (text += '|') += cell.text;
    found.rows.push_back(std::move(text));
  }
  for (const Finding& finding : reader.findings()) found.findings.push_back(finding.code);
  return found;
}

std::string lines(int count, const std::string& line) {
  std::string text = "deltagare;datum;timmar\n";
  for (int i = 0; i < count; ++i) text += std::to_string(i) + ";" + line + "\n";
  return text;
}

std::string two_long_cells() {
  std::string text(30'000, 'x');
  text += ';';
  return text.append(30'000, 'y');
}

struct Case {
  const char* sentence;
  std::string text;
};

TEST(RowsAhead, GivesTheRowsOfTheReader) {
  const Case cases[] = {
      {"one line", "a;b\n"},
      {"a heading alone without a line end", "a;b"},
      {"many blocks of short lines", lines(20'000, "2016-03-01;3,5")},
      {"lines that fill a block each", lines(6, two_long_cells())},
      {"a line longer than a block", "a;b\n1;" + std::string(32'000, 'x') + "\n"},
      {"cells in quotes over several lines", lines(5'000, "\"två\nrader\";\"ett \"\"citat\"\"\"")},
      {"empty cells and empty lines", lines(5'000, ";") + "\n\n"},
      {"a quote that never closes ends the file with a problem", lines(9'000, "x;1") + "1;\"öppen"},
      {"a NUL ends the file with a problem", lines(9'000, "x;1") + std::string("1;a\0b\n", 7)},
  };
  const TemporaryFolder folder;
  for (const Case& c : cases) {
    SCOPED_TRACE(c.sentence);
    const auto file = folder.path() / "rader.csv";
    std::ofstream(file, std::ios::binary) << c.text;
    auto plain = CsvReader::open(file), other = CsvReader::open(file);
    ASSERT_TRUE(plain && other);
    const Outcome expected = all_of(*plain);
    RowsAhead ahead{*std::move(other)};
    EXPECT_EQ(all_of(ahead), expected);
    EXPECT_FALSE(expected.rows.empty());
    EXPECT_EQ(ahead.bytes_read(), ahead.bytes_total());
  }
}

TEST(RowsAhead, CanBeLeftAtAnyRow) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "rader.csv";
  std::ofstream(file, std::ios::binary) << lines(60'000, "2016-03-01;3,5");
  for (const int rows : {0, 1, 4'096, 4'097, 30'000}) {
    auto reader = CsvReader::open(file);
    ASSERT_TRUE(reader);
    RowsAhead ahead{*std::move(reader)};
    for (int i = 0; i < rows; ++i) {
      const auto row = ahead.next();
      ASSERT_TRUE(row && *row);
      EXPECT_EQ((*row)->number, static_cast<std::uint32_t>(i + 1));
    }
  }
}

}  // namespace
}  // namespace horisont
