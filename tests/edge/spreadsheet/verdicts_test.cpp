// Every public file has a verdict, which is recorded: read, with what was in it, or refused, with the reason. A verdict that changes is
// looked at before it is recorded anew.

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "edge/csv/csv.h"
#include "edge/files/files.h"
#include "edge/spreadsheet/apart.h"
#include "edge/spreadsheet/told.h"
#include "support/places.h"
#include "support/shared_data.h"

namespace horisont {
namespace {

std::string refused(const Problem& problem) {
  std::string text = "refused " + problem.message.id;
  for (const auto& value : problem.message.values) text += " | " + value;
  return text;
}

std::string counted(const std::string& format, std::size_t sheets, std::size_t rows, std::size_t cells, const std::string& content) {
  return "read " + format + ", sheets " + std::to_string(sheets) + ", rows " + std::to_string(rows) + ", cells " + std::to_string(cells) + ", " +
         sha256_of(content).substr(0, 16);
}

std::string verdict_of_workbook(const std::filesystem::path& path) {
#ifdef __SANITIZE_ADDRESS__
  const auto read = read_workbook(path);
#else
  const auto read = read_workbook_apart(path, {{std::string(HORISONT_BINARY_DIR) + "/tests/reading_child", "read"}});
  EXPECT_EQ(told(read), told(read_workbook(path))) << path << ": the child and its parent read differently";
#endif
  if (!read) return refused(read.error());
  std::size_t rows = 0, cells = 0;
  for (const SheetView& sheet : read->sheets())
    for (const RowView& row : sheet.rows) ++rows, cells += row.cells.size();
  return counted(read->format(), read->sheets().size(), rows, cells, told(read));
}

std::string verdict_of_text(const std::filesystem::path& path) {
  auto reader = CsvReader::open(path);
  if (!reader) return refused(reader.error());
  std::size_t rows = 0, cells = 0;
  std::string content;
  while (true) {
    const auto row = reader->next();
    if (!row) return refused(row.error());
    if (!*row) break;
    ++rows;
    for (const CellView& cell : (*row)->cells) {
      ++cells;
      content += cell.text;
      content += '\x1F';
    }
    content += '\n';
  }
  return counted("text " + reader->encoding() + " '" + (reader->separator() == '\t' ? std::string("TAB") : std::string(1, reader->separator())) + "'", 1,
                 rows, cells, content);
}

TEST(Verdicts, every_shared_file_is_read_or_refused_as_recorded) {
  NEED_SHARED_DATA(data);
  std::vector<std::string> names;
  for (const char* folder : {"poi", "sheetjs", "frictionless", "messytables", "csv-spectrum"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data / folder))
      if (entry.is_regular_file()) names.push_back(std::filesystem::relative(entry.path(), data).generic_string());
  std::sort(names.begin(), names.end());
  std::string verdicts;
  for (const auto& name : names) verdicts += name + ": " + (is_text(data / name) ? verdict_of_text(data / name) : verdict_of_workbook(data / name)) + "\n";

  // UPDATE_GOLDEN=1 writes what is found, for somebody to read.
  const auto golden = std::filesystem::path(HORISONT_SOURCE_DIR) / "tests/golden/intake-verdicts.txt";
  if (std::getenv("UPDATE_GOLDEN")) write_file(golden, verdicts);
  std::istringstream found(verdicts), recorded(read_file(golden));
  std::string one, other;
  while (std::getline(recorded, other)) {
    ASSERT_TRUE(std::getline(found, one)) << "gone: " << other;
    EXPECT_EQ(one, other);
  }
  EXPECT_FALSE(std::getline(found, one)) << "without a recorded verdict: " << one;
}

}  // namespace
}  // namespace horisont
