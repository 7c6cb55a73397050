// Any bytes as the answer of the reading child: a workbook within its limits, or a sentence that says what became of the child.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/values/message.h"
#include "edge/files/files.h"
#include "edge/spreadsheet/apart.h"

using namespace horisont;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const TemporaryFolder folder;
  const auto file = folder.path() / "answer";
  write_file(file, {reinterpret_cast<const char*>(data), size});
  // A child that answers with the file itself.
  const auto read = read_workbook_apart(file, {.command = {"/bin/cat"}, .patience = std::chrono::seconds(10)});
  if (!read) {
    if (!text_of(read.error().message.id) || !text_of(read.error().message.id + ".do")) std::abort();
    return 0;
  }
  if (read->format() != "xlsx" && read->format() != "xlsm" && read->format() != "ods") std::abort();
  std::size_t letters = 0;
  for (const SheetView& sheet : read->sheets()) {
    std::uint32_t last = 0;
    for (const RowView& row : sheet.rows) {
      if (row.number <= last || row.number > 1'048'576 || row.cells.size() > 1'024) std::abort();
      last = row.number;
      for (const CellView& cell : row.cells)
        for (const char letter : cell.text) letters += letter != 0;
    }
  }
  return letters == SIZE_MAX;
}
