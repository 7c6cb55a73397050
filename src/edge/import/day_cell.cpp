#include "edge/import/day_cell.h"

#include <algorithm>
#include <string>
#include <vector>

#include "edge/import/values.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "(rast 30)", ", lunch 30 min", "rast 0:30" at the end, in minutes; taken off the text.
std::optional<std::int64_t> take_pause(std::string& text) {
  const std::string lower = lower_case(text);
  std::size_t at = std::string::npos;
  for (const std::string_view word : {"rast", "lunch", "paus", "break"}) at = std::min(at, lower.find(word));
  if (at == std::string::npos) return 0;
  std::string said = lower.substr(at);
  text.resize(at);
  while (!text.empty() && std::string_view(" ,;(-").find(text.back()) != std::string_view::npos) text.pop_back();
  said.erase(std::remove(said.begin(), said.end(), ')'), said.end());
  const std::size_t digits = said.find_first_of("0123456789");
  if (digits == std::string::npos) return std::nullopt;
  std::size_t end = digits;
  while (end < said.size() && (is_digit(said[end]) || said[end] == ':')) ++end;
  const std::string number = said.substr(digits, end - digits), unit = tidy(said.substr(end)).text;
  if (number.find(':') != number.npos) {
    CellView cell;
    cell.kind = CellView::Kind::Text, cell.text = number;
    const auto read = read_hours(cell, {});
    return read.error.empty() && unit.empty() && read.value <= 180 ? std::optional(read.value) : std::nullopt;
  }
  const bool minutes = unit.empty() || unit == "min" || unit == "m" || unit == "min." || unit == "minuter" || unit == "minutes";
  if (!minutes || number.size() > 3) return std::nullopt;
  const int value = std::stoi(number);
  return value >= 5 && value <= 180 ? std::optional<std::int64_t>(value) : std::nullopt;  // 1 is an hour rather than a minute
}

}  // namespace

std::optional<TimesOfDay> read_times_of_day(const CellView& cell, bool bare_hours) {
  if (cell.kind != CellView::Kind::Text || cell.text.size() > 60 || cell.text.size() < 3) return std::nullopt;
  std::string text = tidy(cell.text).text;
  const auto pause = take_pause(text);
  if (!pause) return std::nullopt;
  std::vector<std::string> parts;
  std::string part;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool between_words = i + 5 <= text.size() && text.compare(i, 5, " och ") == 0;
    if (i == text.size() || text[i] == ',' || text[i] == ';' || text[i] == '+' || text[i] == '/' || between_words) {
      parts.push_back(tidy(part).text), part.clear();
      if (between_words) i += 4;
      continue;
    }
    part += text[i];
  }
  TimesOfDay out;
  out.pause = *pause, out.one = parts.size() == 1;
  int last = -1;
  for (const std::string& one : parts) {
    CellView view;
    view.kind = CellView::Kind::Text, view.text = one;
    auto times = read_interval(view, "timmar");
    if (!times) {
      times = read_interval(view, "tid");
      if (!times) return std::nullopt;
      // Bare hours: 6-7 may be amounts, 8-15 cannot.
      out.bare = parts.size() == 1 && *pause == 0;
      if (!bare_hours && out.bare && (times->first < 5 * 60 || times->second <= 10 * 60 || times->second <= times->first)) return std::nullopt;
    }
    if (parts.size() > 1 && (times->second <= times->first || times->first < last)) return std::nullopt;
    if (last < 0) out.from = times->first;
    last = out.to = times->second;
    out.between += times->second - times->first;
  }
  return out;
}

std::optional<int> clock_like(const CellView& cell) {
  if (cell.kind == CellView::Kind::Date && (cell.text.starts_with("0.") || cell.text.starts_with("."))) {
    const auto read = read_clock(cell);
    return read.error.empty() ? std::optional(read.value) : std::nullopt;
  }
  if (cell.kind != CellView::Kind::Text) return std::nullopt;
  const std::string text = tidy(cell.text).text;
  if (text.size() != 5 || (text[2] != ':' && text[2] != '.') || !is_digit(text[0]) || !is_digit(text[1]) || !is_digit(text[3]) || !is_digit(text[4])) return std::nullopt;
  const auto read = read_clock(cell);
  return read.error.empty() ? std::optional(read.value) : std::nullopt;
}

}  // namespace horisont
