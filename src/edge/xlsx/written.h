#pragma once

#include <string>
#include <string_view>

#include "core/reports/sheet.h"
#include "edge/xlsx/template.h"

namespace horisont {

/// A typed cell as a spreadsheet holds it: nothing, a finite number, or text; and its number format.
struct Written {
  enum class Kind : std::uint8_t { Blank, Number, Text } kind = Kind::Blank;
  double number = 0;
  std::string text;
  const char* format = "";
};

/// Minutes, öre and days become numbers here and nowhere else (workbooks, section 2).
Written written(const Cell::Value&, As, Language);
/// How a number field is written in a cell that has no template column.
As as_for(const Cell::Value&);
/// The machine word of a verdict, a choice or an answer, by which templates highlight; the text of a text; otherwise empty.
std::string_view machine_word(const Cell::Value&);
bool shown_right(As);  ///< numbers stand to the right, with their headings

}  // namespace horisont
