// Any bytes as a workbook, or as one part of an otherwise good one (the first byte says which): the reader ends with
// sheets within the limits, or with a problem that has words.

#include <cstdlib>

#include "core/values/message.h"
#include "edge/spreadsheet/handmade_workbooks.h"

using namespace horisont;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  HandmadeWorkbook book{.strings = "<si><t>a</t></si>", .styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>"};
  std::string file;
  switch (data[0] % 7) {
    case 0:
      file = bytes;
      break;
    case 1:
      book.sheet = bytes;
      break;
    case 2:
      book.strings = bytes;
      break;
    case 3:
      book.styles = bytes;
      break;
    case 4:
      book.workbook = bytes;
      break;
    case 5:
      book.relationships = bytes;
      break;
    default:
      file = handmade_ods(bytes);
  }
  const auto read = read_bytes(file.empty() ? book.bytes() : file);
  if (!read) {
    if (!text_of(read.error().message.id) || !text_of(read.error().message.id + ".do")) std::abort();
    return 0;
  }
  for (const SheetView& sheet : read->sheets()) {
    if (sheet.rows.size() > 200'000) std::abort();
    std::uint32_t last = 0;
    for (const RowView& row : sheet.rows) {
      if (row.number <= last || row.cells.empty() || row.cells.size() > 1'024) std::abort();
      last = row.number;
      for (const CellView& cell : row.cells)
        if (cell.text.size() > 4 * 32'767) std::abort();
    }
  }
  return 0;
}
