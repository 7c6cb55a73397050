#include "edge/import/joined.h"

#include <algorithm>
#include <array>

#include "core/values/clock.h"
#include "edge/import/job.h"
#include "edge/import/values.h"
#include "edge/import/words_in.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

// Normal forms of headings that are no field of their own: half a number says nobody.
constexpr std::string_view last_four[] = {"sistafyra",      "fyrasista",   "4sista",       "sista4",
                                          "sistafyrasiffror", "fyrasistasiffror", "fyrasistasiffrorna", "sistafyrasiffrorna",
                                          "4sistasiffror",  "sista4siffror", "kontrollsiffror", "lastfour",
                                          "last4",          "lastfourdigits", "nummersista4", "xxxx", "nnnn"};
constexpr std::string_view birth[] = {"födelsedatum", "född", "födelsetid", "födelsedag", "födelsedata", "dateofbirth", "birthdate", "born"};

bool is_cross(std::string_view text) {
  for (const std::string_view mark : {"x", "X", "✓", "✔", "☒", "☑", "✗", "✘", "1", "*", "•"})
    if (text == mark) return true;
  return heading_key(text) == "ja";
}
bool says_no(std::string_view text) {
  const std::string key = heading_key(text);
  return text.empty() || text == "-" || text == "–" || text == "☐" || key == "0" || key == "nej";
}

std::size_t column_where(const std::vector<ColumnLevels>& levels, const auto& is) {
  for (std::size_t c = 0; c < levels.size(); ++c)
    if (std::any_of(levels[c].keys.begin(), levels[c].keys.end(), is)) return c;
  return levels.size();
}

void join_number(std::vector<ColumnPlan>& columns, const std::vector<ColumnLevels>& levels, const ImportSchema& schema) {
  const auto field = schema.field("identity_number");
  const auto is_number = [&](const ColumnPlan& column) { return field && column.field == static_cast<int>(*field); };
  if (!field || std::any_of(columns.begin(), columns.end(), is_number)) return;
  const std::size_t four = column_where(levels, [](const std::string& key) { return is_one_of(key, last_four); });
  const std::size_t born = column_where(levels, [](const std::string& key) { return is_one_of(key, birth); });
  if (four == levels.size() || born == levels.size() || four == born) return;
  columns[four].field = static_cast<int>(*field);
  columns[four].joined = ColumnPlan::Joined::Number;
  columns[four].parts = {born, four};
  columns[born].part = columns[born].field < 0;
}

// "År" and "Månad": 2016 and "februari".
void join_month(std::vector<ColumnPlan>& columns, const std::vector<ColumnLevels>& levels, const ImportSchema& schema) {
  const auto field = schema.field("month");
  const auto month = std::find_if(columns.begin(), columns.end(), [&](const ColumnPlan& column) { return field && column.field == static_cast<int>(*field); });
  const std::size_t year = column_where(levels, [](const std::string& key) { return key == "år" || key == "year"; });
  if (month == columns.end() || year == levels.size() || columns[year].field >= 0) return;
  month->joined = ColumnPlan::Joined::Month;
  month->parts = {year, static_cast<std::size_t>(month - columns.begin())};
  columns[year].part = true;
}

bool is_choice(const ChoiceList& list, const std::string& key) { return list.by_key.contains(key) || list.asked_keys.contains(key); }

void join_as_choice(std::vector<ColumnPlan>& columns, const std::vector<ColumnLevels>& levels, const std::vector<std::size_t>& parts, int field) {
  ColumnPlan& carrier = columns[parts.front()];
  for (const std::size_t c : parts) {
    columns[c].field = -1, columns[c].part = c != parts.front();
    carrier.words.push_back(levels[c].texts.front());
  }
  carrier.field = field, carrier.joined = ColumnPlan::Joined::Choice, carrier.parts = parts;
}

// "Kön / K" and "Kön / M": all of them claim the field by what stands above them.
void join_under_one_heading(std::vector<ColumnPlan>& columns, const std::vector<ColumnLevels>& levels, const ImportSchema& schema) {
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    const ChoiceList* list = schema.fields[f].list;
    if (!list) continue;
    std::vector<std::size_t> parts;
    bool all = true;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c].field != static_cast<int>(f)) continue;
      parts.push_back(c);
      all = all && levels[c].keys.size() > 1 && is_choice(*list, levels[c].keys.front());
    }
    if (all && parts.size() > 1) join_as_choice(columns, levels, parts, static_cast<int>(f));
  }
}

// Nothing but crosses stands below, and some do.
bool holds_crosses(std::size_t column, std::span<const HeadRow> body) {
  bool any = false;
  for (const HeadRow& row : body) {
    if (column >= row.cells.size() || says_no(row.cells[column].text)) continue;
    if (!is_cross(row.cells[column].text)) return false;
    any = true;
  }
  return any;
}

// "Kvinna" and "Man" side by side.
void join_side_by_side(std::vector<ColumnPlan>& columns, const std::vector<ColumnLevels>& levels, std::span<const HeadRow> body, const ImportSchema& schema) {
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    const ChoiceList* list = schema.fields[f].type == FieldType::Choice ? schema.fields[f].list : nullptr;
    const auto claims = [&](const ColumnPlan& column) { return column.field == static_cast<int>(f); };
    if (!list || std::any_of(columns.begin(), columns.end(), claims)) continue;
    // A list of two fields does not say which of them is meant.
    if (std::count_if(schema.fields.begin(), schema.fields.end(), [&](const ImportField& field) { return field.list == list; }) > 1) continue;
    std::vector<std::size_t> parts;
    for (std::size_t c = 0; c <= columns.size(); ++c) {
      const bool fits = c < columns.size() && columns[c].field < 0 && !columns[c].part && columns[c].joined == ColumnPlan::Joined::No &&
                        levels[c].texts.size() == 1 && list->by_key.contains(levels[c].keys.front());
      if (fits) parts.push_back(c);
      if (fits || parts.empty()) continue;
      if (parts.size() > 1 && std::all_of(parts.begin(), parts.end(), [&](std::size_t part) { return holds_crosses(part, body); })) {
        join_as_choice(columns, levels, parts, static_cast<int>(f));
        break;
      }
      parts.clear();
    }
  }
}

std::string only_digits(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

// 10303 for 010303, and 105 for 000105.
bool has_lost_noughts(const CellView& born, const std::string& day) {
  return born.kind == CellView::Kind::Number && day.size() >= 3 && day.size() <= 5 && only_digits(day) == day;
}

// "1997-03-04" and 2384 as "19970304-2384"; a number that has lost its first nought gets it back, and the check digit judges.
std::string number_of(const CellView& born, const CellView& four, bool date1904) {
  const std::string day = text_of_cell(born, date1904).text, digits = only_digits(day);
  std::string last = text_of_cell(four, date1904).text;
  if (!last.empty() && last.front() == '-') last.erase(0, 1);
  // The noughts come back where the check digit is right, as in a number in one cell.
  if (has_lost_noughts(born, day) && !last.empty() && last.size() <= 4 && only_digits(last) == last)
    return digits + std::string(4 - last.size(), '0') + last;
  if (four.kind == CellView::Kind::Number && last.size() < 4) last.insert(0, 4 - last.size(), '0');
  if (last.empty() || (digits.size() != 6 && digits.size() != 8)) return {};
  return digits + "-" + last;
}

// "februari" and 2016 as "februari 2016", 2 and 2016 as "2016-02"; a month with its own year stays.
std::string month_of(const CellView& year, const CellView& month, bool date1904) {
  const std::string of = text_of_cell(year, date1904).text, text = text_of_cell(month, date1904).text;
  if (of.size() != 4 || only_digits(of) != of || text.empty() || month.kind == CellView::Kind::Date) return {};
  if (only_digits(text) == text) return text.size() > 2 ? std::string() : of + "-" + (text.size() == 1 ? "0" : "") + text;
  if (only_digits(text).empty()) return text + " " + of;
  return text.find(of) == text.npos ? only_digits(text) + " / " + of : std::string();  // of two years no month can be read
}

std::string choice_of(const std::vector<CellView>& cells, const ColumnPlan& column, bool date1904) {
  std::string said;
  for (std::size_t i = 0; i < column.parts.size(); ++i) {
    if (column.parts[i] >= cells.size()) continue;
    const std::string text = text_of_cell(cells[column.parts[i]], date1904).text;
    // What is neither a cross nor a no is for the list to refuse.
    if (is_cross(text)) said += (said.empty() ? "" : " + ") + column.words[i];
    else if (!says_no(text)) said += (said.empty() ? "" : " + ") + text;
  }
  return said;
}

}  // namespace

// In the place of the first of two times, so that the second alone is not taken for an amount below nothing.
constexpr std::string_view nothing_said = "\u2026";

std::string span_of_day(const CellView& from, const CellView& to, bool date1904) {
  const std::string first = text_of_cell(from, date1904).text, second = text_of_cell(to, date1904).text;
  const auto read = [](const CellView& cell, const std::string& text) {
    const auto clock = read_clock(cell);
    return clock.error.empty() && !text.empty() ? clock_text(clock.value) : text;
  };
  const auto is_code = [](const CellView& cell, const std::string& text) {
    return cell.kind == CellView::Kind::Text && text.find_first_of("0123456789") == text.npos;
  };
  if (first.empty() && second.empty()) return {};
  if (second.empty() && is_code(from, first)) return first;
  if (first.empty() && is_code(to, second)) return second;
  if (first == second && is_code(from, first)) return first;
  return (first.empty() ? std::string(nothing_said) : read(from, first)) + "-" + read(to, second);
}

std::optional<HalfSpan> half_span(const std::string& text) {
  HalfSpan half;
  half.has_start = text.ends_with('-');
  if (half.has_start)
    half.clock = text.substr(0, text.size() - 1);
  else if (text.starts_with(nothing_said) && text.size() > nothing_said.size() && text[nothing_said.size()] == '-')
    half.clock = text.substr(nothing_said.size() + 1);
  CellView cell;
  cell.kind = CellView::Kind::Text, cell.text = half.clock;
  return half.clock.find_first_of(":.") != half.clock.npos && read_clock(cell).error.empty() ? std::optional(std::move(half)) : std::nullopt;
}

bool is_span_of_day(const ColumnPlan& column) { return column.is_day() && column.parts.size() == 2; }

void join_columns(std::vector<ColumnPlan>& columns, const std::vector<ColumnLevels>& levels, std::span<const HeadRow> body,
                  const ImportSchema& schema) {
  join_number(columns, levels, schema);
  join_month(columns, levels, schema);
  join_under_one_heading(columns, levels, schema);
  join_side_by_side(columns, levels, body, schema);
}

void join_cells(std::vector<CellView>& cells, const std::vector<ColumnPlan>& columns, bool date1904, std::deque<std::string>& texts) {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const ColumnPlan& column = columns[c];
    if (column.joined == ColumnPlan::Joined::No && !is_span_of_day(column)) continue;
    const std::size_t last = *std::max_element(column.parts.begin(), column.parts.end());
    if (cells.size() <= last) cells.resize(last + 1);
    const bool is_choice = column.joined == ColumnPlan::Joined::Choice;
    std::string said = is_span_of_day(column)                       ? span_of_day(cells[column.parts[0]], cells[column.parts[1]], date1904)
                       : is_choice                                  ? choice_of(cells, column, date1904)
                       : column.joined == ColumnPlan::Joined::Month ? month_of(cells[column.parts[0]], cells[column.parts[1]], date1904)
                                                                    : number_of(cells[column.parts[0]], cells[column.parts[1]], date1904);
    // A "no" or a blank under one of several crosses says nothing.
    if (said.empty() && (!is_choice || !says_no(text_of_cell(cells[c], date1904).text))) continue;
    // What is left of such a birth date is no date by itself; the number says it.
    if (column.joined == ColumnPlan::Joined::Number && has_lost_noughts(cells[column.parts[0]], text_of_cell(cells[column.parts[0]], date1904).text)) cells[column.parts[0]] = {};
    cells[c] = {};
    if (said.empty()) continue;
    cells[c].kind = CellView::Kind::Text, cells[c].text = texts.emplace_back(std::move(said));
  }
}

}  // namespace horisont
