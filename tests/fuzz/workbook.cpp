// Any bytes as an archive, or as one part of an otherwise good workbook (PART says which): the reader ends with sheets within
// the limits, or with a problem that has words and advice; and the same twice.

#include <cstdlib>

#include "core/values/message.h"
#include "edge/spreadsheet/apart.h"
#include "edge/spreadsheet/handmade_workbooks.h"
#include "edge/spreadsheet/told.h"

using namespace horisont;

namespace {

enum class Part { zip, workbook, sheet, strings, styles, ods };

std::string file_with(Part part, const std::string& bytes) {
  // Cells that use what the part under test says: a shared string, a format, an inline text, a formula.
  HandmadeWorkbook book{.sheet = R"(<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46000.5</v></c>)"
                                 R"(<c r="C1" t="inlineStr"><is><t>a</t></is></c><c r="D1" t="s"><v>1</v></c></row></sheetData>)",
                        .strings = "<si><t>a</t></si>",
                        .styles = R"(<cellXfs><xf/><xf numFmtId="14"/></cellXfs>)"};
  switch (part) {
    case Part::zip:
      return bytes;
    case Part::ods:
      return handmade_ods(bytes);
    case Part::workbook:
      book.workbook = bytes;
      break;
    case Part::sheet:
      book.sheet = bytes;
      break;
    case Part::strings:
      book.strings = bytes;
      break;
    case Part::styles:
      book.styles = bytes;
      break;
  }
  return book.bytes();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string file = file_with(Part::PART, {reinterpret_cast<const char*>(data), size});
  const auto read = read_workbook_bytes(file);
  if (!read) {
    if (!text_of(read.error().message.id) || !text_of(read.error().message.id + ".do")) std::abort();
    return 0;
  }
  std::size_t cells = 0;
  for (const SheetView& sheet : read->sheets()) {
    if (sheet.rows.size() > 200'000) std::abort();
    std::uint32_t last = 0;
    for (const RowView& row : sheet.rows) {
      if (row.number <= last || row.number > 1'048'576 || row.cells.empty() || row.cells.size() > 1'024) std::abort();
      last = row.number;
      for (const CellView& cell : row.cells)
        if (cell.text.size() > 4 * 32'767) std::abort();
      cells += row.cells.size();
    }
    for (const std::uint32_t column : sheet.hidden_columns)
      if (column == 0 || column > 1'024) std::abort();
    for (const auto& merge : sheet.merges)
      if (merge.row1 == 0 || merge.col1 == 0 || merge.row2 < merge.row1 || merge.col2 < merge.col1) std::abort();
  }
  for (const Finding& finding : read->findings())
    if (!text_of(finding.code)) std::abort();
  if (cells <= 10'000 && told(read) != told(read_workbook_bytes(file))) std::abort();
  return 0;
}
