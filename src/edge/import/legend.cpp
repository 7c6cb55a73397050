#include "edge/import/legend.h"

#include <algorithm>
#include <array>
#include <vector>

#include "edge/import/values.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::size_t longest_text = 400, longest_meaning = 80, longest_short_code = 3, longest_word_code = 12;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : lower_case(std::string(text)) + " ") {
    if (is_letter(c) || is_digit(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

bool has_letters(std::string_view text) { return std::count_if(text.begin(), text.end(), is_letter) >= 2; }

// The word that ends before `end`, if it can be a code: short, or a word alone, with nothing odd in it.
std::optional<std::pair<std::size_t, std::string>> code_before(const std::string& text, std::size_t end, std::size_t longest) {
  while (end > 0 && text[end - 1] == ' ') --end;
  std::size_t first = end;
  while (first > 0 && std::string_view(" ,;:()\n/=").find(text[first - 1]) == std::string_view::npos) --first;
  if (first < end && (text[first] == '"' || text[first] == '\'')) ++first;
  std::string code = text.substr(first, end - first);
  if (!code.empty() && (code.back() == '"' || code.back() == '\'')) code.pop_back();
  if (code.empty() || characters(code) > longest || heading_key(code).empty()) return std::nullopt;
  return std::pair(first, code);
}

}  // namespace

std::string_view absence_said(std::string_view meaning) {
  bool not_excused = false, excused = false, absent = false;
  std::string before;
  for (const std::string& word : words_in(meaning)) {
    const bool negated = before == "ej" || before == "inte" || before == "icke" || before == "not";
    for (const char* bad : {"ogiltig", "oanmäl", "olovlig", "skolk", "unexcused", "truan"}) not_excused = not_excused || word.starts_with(bad);
    for (const char* good : {"giltig", "anmäld", "excused"})
      if (word.starts_with(good)) (negated ? not_excused : excused) = true;
    for (const char* good : {"sjuk", "vab", "ledig", "semester", "permission", "läkarbesök", "föräldraledig"}) excused = excused || word.starts_with(good);
    for (const char* good : {"sick", "ill", "leave", "barn"}) excused = excused || word == good;  // vård av barn
    for (const char* none : {"frånv", "borta", "absen"}) absent = absent || word.starts_with(none);
    if (negated && (word.starts_with("närv") || word.starts_with("present"))) absent = true;
    before = word;
  }
  return not_excused ? "not_excused" : excused ? "excused" : absent ? "unknown" : "";
}

std::optional<std::int64_t> minutes_said(std::string_view text) {
  std::optional<std::int64_t> found;
  const auto take = [&](std::int64_t minutes) {
    if (found && *found != minutes) return false;
    found = minutes;
    return true;
  };
  const auto cell_of = [](const std::string& of) {
    CellView cell;
    cell.kind = CellView::Kind::Text, cell.text = of;
    return cell;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i]) || (i > 0 && (is_digit(text[i - 1]) || text[i - 1] == ',' || text[i - 1] == '.' || text[i - 1] == ':'))) continue;
    std::size_t end = i;
    while (end < text.size() && (is_digit(text[end]) || text[end] == ',' || text[end] == '.' || text[end] == ':')) ++end;
    std::size_t unit = end;
    while (unit < text.size() && text[unit] == ' ') ++unit;
    // "09.00-12.00"
    std::size_t dash = unit;
    for (const std::string_view between : {"-", "\u2013", "\u2014", "till ", "to "})
      if (text.substr(dash).starts_with(between)) {
        dash += between.size();
        while (dash < text.size() && text[dash] == ' ') ++dash;
        std::size_t last = dash;
        while (last < text.size() && (is_digit(text[last]) || text[last] == '.' || text[last] == ':')) ++last;
        while (last > dash && !is_digit(text[last - 1])) --last;
        const std::string both = std::string(text.substr(i, end - i)) + "-" + std::string(text.substr(dash, last - dash));
        const auto times = read_interval(cell_of(both), "tid");
        if (times && times->second > times->first && !take(times->second - times->first)) return std::nullopt;
        i = last;
        break;
      }
    if (i >= end) continue;
    std::string word;
    for (std::size_t at = unit; at < text.size() && is_letter(text[at]); ++at) word += text[at];
    word = lower_case(word);
    const bool hours = word == "h" || word == "t" || word == "tim" || word == "timmar" || word == "timme" || word == "hours" || word == "hour",
               minutes = word == "min" || word == "minuter" || word == "minutes";
    if (!hours && !minutes) continue;
    std::string number(text.substr(i, end - i));
    while (!number.empty() && !is_digit(number.back())) number.pop_back();
    std::replace(number.begin(), number.end(), '.', ',');
    const auto read = read_hours(cell_of(number + (hours ? " tim" : " min")), {});
    if (!read.error.empty() || read.value <= 0 || read.value > 24 * 60 || !take(read.value)) return std::nullopt;
  }
  return found;
}

void Legend::add(const std::string& code, const std::string& written) {
  std::string meaning = tidy(written).text;
  while (!meaning.empty() && std::string_view(" ,;./|(").find(meaning.back()) != std::string_view::npos) meaning.pop_back();
  if (std::count(meaning.begin(), meaning.end(), '(') < std::count(meaning.begin(), meaning.end(), ')') && meaning.ends_with(')')) meaning.pop_back();
  if (!has_letters(meaning)) return;
  std::size_t end = std::min(meaning.size(), longest_meaning);
  while (end < meaning.size() && end > 0 && (static_cast<unsigned char>(meaning[end]) & 0xC0) == 0x80) --end;
  meaning.resize(end);
  CodeMeaning& known = codes_[heading_key(code)];
  if (known.meaning == meaning) return;
  const auto minutes = minutes_said(meaning);
  known.minutes = known.meaning.empty() || known.minutes == minutes ? minutes : std::nullopt;
  known.meaning += (known.meaning.empty() ? "" : " / ") + meaning;
}

void Legend::look_at(const std::string& text) {
  if (text.size() < 3 || text.size() > longest_text) return;
  if (const std::string lower = lower_case(text); (lower.starts_with("tid:") || lower.starts_with("tider:") || lower.starts_with("time:") || lower.starts_with("kl ") || lower.starts_with("kl.")))
    if (const auto minutes = minutes_said(text)) {
      other_time_ = other_time_ || (time_ && *time_ != *minutes);
      time_ = minutes;
    }
  // Where codes begin, and where their meanings do.
  struct Found {
    std::string code;
    std::size_t first, meaning;
  };
  std::vector<Found> found;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(i);
    const bool equals = rest[0] == '=', colon = rest[0] == ':';
    const std::size_t dash = rest.starts_with(" - ") ? 3 : rest.starts_with(" \u2013 ") ? 5 : 0;
    if (!equals && !colon && dash == 0) continue;
    const auto code = code_before(text, i, equals ? longest_word_code : longest_short_code);
    if (!code) continue;
    if (!equals) {
      // A time of day, a day or a name has these signs too: only a short code of letters first in its part is meant.
      std::size_t part = code->first;
      while (part > 0 && text[part - 1] == ' ') --part;
      const bool first_of_part = part == 0 || std::string_view(",;:(\n").find(text[part - 1]) != std::string_view::npos;
      if (!first_of_part || std::any_of(code->second.begin(), code->second.end(), is_digit)) continue;
    }
    found.push_back({code->second, code->first, i + (dash ? dash : 1)});
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::size_t end = i + 1 < found.size() ? std::max(found[i + 1].first, found[i].meaning) : text.size();
    std::string meaning = text.substr(found[i].meaning, end - found[i].meaning);
    if (const std::size_t line = meaning.find('\n'); line != meaning.npos) meaning.resize(line);
    add(found[i].code, meaning);
  }
}

void Legend::look(const RowView& row, const std::string& sheet, bool date1904) {
  std::array<const CellView*, 3> filled{};
  std::size_t count = 0;
  for (const CellView& cell : row.cells) {
    if (cell.kind == CellView::Kind::Empty || cell.text.empty()) continue;
    if (count < filled.size()) filled[count] = &cell;
    ++count;
    if (cell.kind == CellView::Kind::Text && cell.text.find_first_of("=:-\xE2") != std::string_view::npos) look_at(text_of_cell(cell, date1904).text);
  }
  // A code and its meaning alone in the row, perhaps with its hours.
  if (count < 2 || count > 3 || filled[0]->kind != CellView::Kind::Text || filled[1]->kind != CellView::Kind::Text) return;
  const std::string code = tidy(filled[0]->text).text, meaning = tidy(filled[1]->text).text;
  const bool short_code = characters(code) <= longest_short_code || (characters(code) <= longest_word_code && code.find(' ') == code.npos && lower_case(code) == code);
  if (!short_code || heading_key(code).empty() || characters(meaning) < 3 || !has_letters(meaning)) return;
  std::string whole = meaning;
  if (count == 3) {
    const auto hours = read_hours(*filled[2], {.decimal_dot = true});
    if (hours.error.empty() && hours.value > 0 && hours.value <= 24 * 60)
      whole += " " + hours_text(hours.value) + " tim";
    else
      return;
  }
  add(code, whole);
  rows_.emplace(std::pair(sheet, row.number), heading_key(code));
}

const CodeMeaning* Legend::find(std::string_view key) const {
  const auto found = codes_.find(key);
  return found == codes_.end() ? nullptr : &found->second;
}

std::optional<std::string> Legend::explained_in(const std::string& sheet, std::uint32_t row) const {
  const auto found = rows_.find(std::pair(sheet, row));
  return found == rows_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace horisont
