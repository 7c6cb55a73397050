// Reads a workbook or a text file with the program's own readers, and nothing else: for benchmarks/reading.py.

#include <cstdio>

#include "edge/csv/csv.h"
#include "edge/spreadsheet/spreadsheet.h"

int main(int count, char** words) {
  using namespace horisont;
  if (count != 2) return 2;
  std::size_t rows = 0, cells = 0, bytes = 0;
  const auto take = [&](const RowView& row) {
    ++rows;
    for (const CellView& cell : row.cells)
      if (cell.kind != CellView::Kind::Empty) ++cells, bytes += cell.text.size();
  };
  if (format_of(words[1]) == FileFormat::Text) {
    auto reader = CsvReader::open(words[1]);
    while (reader) {
      const auto row = reader->next();
      if (!row) return 1;
      if (*row == nullptr) break;
      take(**row);
    }
  } else {
    const auto book = read_workbook(words[1]);
    if (!book) return 1;
    for (const SheetView& sheet : book->sheets())
      for (const RowView& row : sheet.rows) take(row);
  }
  std::printf("%zu rows, %zu cells, %zu bytes\n", rows, cells, bytes);
}
