#pragma once

#include <string>

#include "edge/spreadsheet/spreadsheet.h"

namespace horisont {

/// All that a workbook says, as text.
inline std::string told(const Result<Workbook>& read) {
  if (!read) {
    std::string text = read.error().message.id;
    for (const auto& value : read.error().message.values) text += "|" + value;
    return text;
  }
  std::string text = read->format() + "\n";
  for (const Finding& f : read->findings()) {
    text += f.code + "|" + f.place.sheet + "|" + f.place.cell + "|" + std::to_string(f.place.row) + "|" + f.given;
    for (const auto& value : f.values) text += "|" + value;
    text += "\n";
  }
  for (const auto& [name, value] : read->properties()) text += name + "=" + value + "\n";
  for (const SheetView& sheet : read->sheets()) {
    text += sheet.name + (sheet.hidden ? " hidden" : "") + (sheet.date1904 ? " 1904" : "") + "\n";
    for (const auto& m : sheet.merges)
      text += std::to_string(m.row1) + "," + std::to_string(m.col1) + ":" + std::to_string(m.row2) + "," + std::to_string(m.col2) + " ";
    for (const auto column : sheet.hidden_columns) text += std::to_string(column) + " ";
    for (const RowView& row : sheet.rows) {
      text += "\n" + std::to_string(row.number) + (row.hidden ? "h" : "") + (row.filtered ? "f" : "");
      for (const CellView& cell : row.cells) {
        text += "|" + std::to_string(static_cast<int>(cell.kind)) + (cell.formula ? "=" : "") + (cell.without_value ? "-" : "");
        text += cell.text;
        text += "/";
        text += cell.format;
      }
    }
  }
  return text;
}

}  // namespace horisont
