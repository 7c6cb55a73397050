#pragma once

#include <string_view>

#include "core/cases/cell_view.h"

namespace horisont {

/// What a number with this format code is: Number, Date or Duration (a time of day, too). Letters y, m, d, h and s count
/// outside quotes, brackets and escapes; `[h]`, `[mm]` and `[ss]` count as well.
CellView::Kind kind_of_format(std::string_view code);

/// Code and kind of the formats that every XLSX reader must know by number (ECMA-376, 18.8.30). The ids 27-36 and 50-58
/// are dates of East Asian workbooks whose code depends on the language: kind Date, no code.
struct BuiltInFormat {
  std::string_view code;
  CellView::Kind kind = CellView::Kind::Number;
};
BuiltInFormat built_in_format(unsigned id);

}  // namespace horisont
