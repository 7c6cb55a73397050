#include "edge/import/break_time.h"

#include "edge/import/values.h"
#include "edge/import/week.h"
#include "edge/import/words_in.h"
#include "edge/text/text.h"

namespace horisont {

std::optional<std::int64_t> read_break(const CellView& cell, const std::string& heading) {
  static constexpr std::string_view none[] = {"nej", "ingen", "ingen rast", "utan rast", "no", "none"};
  static constexpr std::string_view hours[] = {"tim", "timmar", "timme", "h", "hours", "hour"};
  std::string text = text_of_cell(cell, false).text;
  const std::string key = heading_key(text);
  if (text == "-" || text == "\u2013") return 0;
  for (const std::string_view word : none)
    if (key == heading_key(word)) return 0;
  // "½ tim" and "1½ tim".
  if (const std::size_t half = text.find("\u00bd"); half != text.npos)
    text.replace(half, 2, half > 0 && text[half - 1] >= '0' && text[half - 1] <= '9' ? ",5" : "0,5");
  CellView as_text;
  as_text.kind = CellView::Kind::Text, as_text.text = text;
  if (cell.kind == CellView::Kind::Text)
    if (const auto between = read_interval(as_text, "tid")) return between->second > between->first ? std::optional<std::int64_t>(between->second - between->first) : std::nullopt;
  const bool with_unit = text.find_first_of("hHtTmM:") != text.npos;
  if (cell.kind == CellView::Kind::Duration || with_unit) {
    const auto time = read_hours(with_unit ? as_text : cell, {});
    return time.error.empty() ? std::optional(time.value) : std::nullopt;
  }
  std::string digits = text;
  for (char& c : digits)
    if (c == ',') c = '.';
  const auto number = decimal_of(digits);
  if (!number) return std::nullopt;
  if (says_any(heading, hours)) {
    bool exact = true;
    const auto minutes = scaled(*number, 60, exact);
    return exact ? minutes : std::nullopt;
  }
  const auto whole = whole_of(*number);
  return whole && *whole >= 1 && *whole <= 4 ? std::nullopt : whole;
}

}  // namespace horisont
