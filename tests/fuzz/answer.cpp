// Any bytes as the answer of the reading child: a workbook or the lines of a text file within their limits, or a sentence that
// says what became of the child. The bytes are the file as well.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/values/message.h"
#include "edge/files/files.h"
#include "edge/spreadsheet/apart.h"
#include "edge/spreadsheet/text_rows.h"

using namespace horisont;

namespace {

void check(const Problem& why) {
  if (!text_of(why.message.id) || !text_of(why.message.id + ".do")) std::abort();
}

std::size_t letters_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c != 0; }));
}

std::size_t read_lines(const std::filesystem::path& file) {
  read_files_in(ReadingChild{.command = {"/bin/sh", "-c", "cat"}, .patience = std::chrono::seconds(10)});
  auto lines = TextRows::open(file);
  if (!lines) return check(lines.error()), 0;
  std::size_t letters = 0;
  std::uint32_t last = 0;
  while (true) {
    const auto row = lines->next();
    if (!row) return check(row.error()), letters;
    if (!*row) return letters;
    if ((*row)->number <= last || (*row)->cells.size() > 1'024) std::abort();
    last = (*row)->number;
    for (const CellView& cell : (*row)->cells) letters += letters_of(cell.text);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const TemporaryFolder folder;
  const auto file = folder.path() / "answer";
  write_file(file, {reinterpret_cast<const char*>(data), size});
  // A child that answers with the file itself.
  const auto read = read_workbook_apart(file, {.command = {"/bin/cat"}, .patience = std::chrono::seconds(10)});
  std::size_t letters = read_lines(file);
  if (!read) return check(read.error()), 0;
  if (read->format() != "xlsx" && read->format() != "xlsm" && read->format() != "ods") std::abort();
  for (const SheetView& sheet : read->sheets()) {
    std::uint32_t last = 0;
    for (const RowView& row : sheet.rows) {
      if (row.number <= last || row.number > 1'048'576 || row.cells.size() > 1'024) std::abort();
      last = row.number;
      for (const CellView& cell : row.cells) letters += letters_of(cell.text);
    }
  }
  return letters == SIZE_MAX;
}
