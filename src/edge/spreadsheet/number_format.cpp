#include "edge/spreadsheet/number_format.h"

#include <algorithm>
#include <string>

namespace horisont {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

}  // namespace

CellView::Kind kind_of_format(std::string_view code) {
  bool day = false, month_or_minute = false, clock = false;
  const auto note = [&](char c) {
    if (c == 'y' || c == 'd') day = true;
    if (c == 'm') month_or_minute = true;
    if (c == 'h' || c == 's') clock = true;
  };
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = lower(code[i]);
    if (c == '"') {
      i = code.find('"', i + 1);
      if (i == code.npos) break;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const std::size_t end = code.find(']', i);
      if (end == code.npos) break;
      const std::string_view inside = code.substr(i + 1, end - i - 1);
      const char letter = inside.empty() ? '\0' : lower(inside[0]);
      const bool elapsed = (letter == 'h' || letter == 'm' || letter == 's') &&
                           std::all_of(inside.begin(), inside.end(), [&](char other) { return lower(other) == letter; });
      if (elapsed) clock = true;
      i = end;
    } else {
      note(c);
    }
  }
  if (day || (month_or_minute && !clock)) return CellView::Kind::Date;
  return clock ? CellView::Kind::Duration : CellView::Kind::Number;
}

BuiltInFormat built_in_format(unsigned id) {
  using Kind = CellView::Kind;
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return {"", Kind::Date};
  switch (id) {
    case 1:
      return {"0"};
    case 2:
      return {"0.00"};
    case 3:
      return {"#,##0"};
    case 4:
      return {"#,##0.00"};
    case 9:
      return {"0%"};
    case 10:
      return {"0.00%"};
    case 11:
      return {"0.00E+00"};
    case 12:
      return {"# ?/?"};
    case 13:
      return {"# ?\?/??"};
    case 14:
      return {"mm-dd-yy", Kind::Date};
    case 15:
      return {"d-mmm-yy", Kind::Date};
    case 16:
      return {"d-mmm", Kind::Date};
    case 17:
      return {"mmm-yy", Kind::Date};
    case 18:
      return {"h:mm AM/PM", Kind::Duration};
    case 19:
      return {"h:mm:ss AM/PM", Kind::Duration};
    case 20:
      return {"h:mm", Kind::Duration};
    case 21:
      return {"h:mm:ss", Kind::Duration};
    case 22:
      return {"m/d/yy h:mm", Kind::Date};
    case 37:
      return {"#,##0 ;(#,##0)"};
    case 38:
      return {"#,##0 ;[Red](#,##0)"};
    case 39:
      return {"#,##0.00;(#,##0.00)"};
    case 40:
      return {"#,##0.00;[Red](#,##0.00)"};
    case 45:
      return {"mm:ss", Kind::Duration};
    case 46:
      return {"[h]:mm:ss", Kind::Duration};
    case 47:
      return {"mm:ss.0", Kind::Duration};
    case 48:
      return {"##0.0E+0"};
    case 49:
      return {"@"};
    default:
      return {};
  }
}

}  // namespace horisont
