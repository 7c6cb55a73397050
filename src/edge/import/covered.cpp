// Columns of numbers that no heading of their own stands over.

#include "edge/import/covered.h"

#include <algorithm>

#include "edge/import/week.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

using Half = ColumnPlan::Half;

bool is_number(const HeadCell& cell) {
  if (cell.text.empty()) return false;
  if (cell.kind == CellView::Kind::Number || cell.kind == CellView::Kind::Duration) return true;
  return cell.text.find_first_not_of("0123456789,.: ") == std::string::npos && cell.text.find_first_of("0123456789") != std::string::npos;
}

// Rows of the table that have a number in the column, and their hours or a field too: not a note beside the table.
std::size_t numbers_below(const FileTable& table, const HeadingGuess& guess, std::size_t column) {
  std::size_t found = 0;
  for (const HeadRow& row : table.head) {
    if (row.number <= guess.last_row || column >= row.cells.size() || !is_number(row.cells[column])) continue;
    for (std::size_t c = 0; c < row.cells.size() && c < guess.columns.size(); ++c)
      if (guess.columns[c].field >= 0 && !row.cells[c].text.empty()) {
        ++found;
        break;
      }
  }
  return found;
}

}  // namespace

bool has_times_under_days(const HeadingGuess& guess) {
  std::size_t found = 0;
  for (const auto& [first, second] : guess.twice) {
    const std::string& heading = guess.columns[second].heading;
    const std::string over = heading.substr(0, heading.find(" / "));
    std::string word;
    bool day = false;
    for (const char c : over + " ") {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80);
      if (letter) word += c;
      if (!letter && !word.empty()) day = day || weekday_of(heading_key(word)) != 0, word.clear();
    }
    day = day || (!over.empty() && over.size() <= 10 && over.find_first_not_of("0123456789/-. ") == std::string::npos);
    found += day && over != heading;
  }
  return found >= 2;
}

bool all_hours_have_headings(ImportJob& job, const FileTable& table, const HeadingGuess& guess) {
  const ImportSchema& schema = job.schema();
  const auto is_hours = [&](std::size_t c) {
    const ColumnPlan& column = guess.columns[c];
    return column.field >= 0 && schema.fields[static_cast<std::size_t>(column.field)].type == FieldType::Hours;
  };
  const auto is_time = [&](std::size_t c) { return guess.columns[c].holds_time() || is_hours(c); };
  const auto is_read = [&](std::size_t c) {
    const ColumnPlan& column = guess.columns[c];
    return column.field >= 0 || column.holds_time() || column.part || column.row_total || column.told;
  };
  const auto refuse = [&](std::size_t covered, std::size_t by) {
    job.draft.refused = true;
    job.trouble.at("header.covers-two", guess.last_row, covered + 1, {}, {guess.columns[by].heading, cell_name(guess.last_row, covered + 1)});
    return false;
  };
  std::size_t width = 0;
  for (const HeadRow& row : table.head) width = std::max(width, row.cells.size());
  const auto is_bare = [&](std::size_t c) { return c >= guess.columns.size() || (guess.columns[c].heading.empty() && !is_read(c)); };
  const auto says_half = [&](std::size_t c) {
    return c < guess.columns.size() && !is_read(c) && (guess.columns[c].key == "fm" || guess.columns[c].key == "em");
  };
  if (table.sheet)
    for (const auto& merge : table.sheet->merges) {
      if (merge.row1 > guess.last_row || merge.row2 < guess.first_row || merge.col1 > guess.columns.size() || merge.col2 == merge.col1) continue;
      for (std::size_t by = merge.col1 - 1; by < merge.col2 && by < guess.columns.size(); ++by) {
        if (!is_time(by)) continue;
        for (std::size_t c = by + 1; c < merge.col2; ++c)
          if ((is_bare(c) || says_half(c)) && numbers_below(table, guess, c) > 0) return refuse(c, by);
      }
    }
  std::size_t days = 0, beside = 0, first_beside = 0;
  for (std::size_t c = 0; c < guess.columns.size() && table.sheet; ++c) {
    if (!is_time(c)) continue;
    ++days;
    if (c + 1 >= width || !is_bare(c + 1) || numbers_below(table, guess, c + 1) == 0) continue;
    // Alone behind the days it is a sum; behind each of them it is half of the day.
    if (is_hours(c)) return refuse(c + 1, c);
    if (beside++ == 0) first_beside = c;
  }
  return beside < 2 || 2 * beside < days ? true : refuse(first_beside + 1, first_beside);
}

void tell_of_halves(ImportJob& job, const HeadingGuess& guess) {
  std::size_t days = 0, at = 0;
  bool in_words = true;
  for (std::size_t c = 0; c < guess.columns.size(); ++c) {
    const ColumnPlan& column = guess.columns[c];
    if (column.half != Half::Second) continue;
    if (days++ == 0) at = c;
    in_words = in_words && column.heading != guess.columns[c - 1].heading;
  }
  if (days > 0) job.trouble.at(in_words ? "header.day-halves" : "header.day-merged", guess.last_row, at + 1, {}, {std::to_string(days)});
}

}  // namespace horisont
