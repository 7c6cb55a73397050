#include "edge/import/in_out.h"

#include <algorithm>

#include "edge/import/job.h"
#include "edge/import/joined.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::pair<std::string_view, std::string_view> pairs[] = {{"in", "ut"}, {"från", "till"}, {"start", "slut"}, {"kom", "gick"}, {"ankomst", "avgång"},
                                                                   {"in", "out"}, {"from", "to"}, {"start", "end"}};

std::string word_of(const CellView& cell) { return cell.kind == CellView::Kind::Text ? heading_key(tidy(cell.text).text) : std::string(); }

}  // namespace

std::optional<InAndOut> InAndOut::find(const FileTable& table, const HeadingGuess& guess) {
  if (!table.sheet || !guess.days_as_columns) return std::nullopt;
  std::size_t width = 0;
  for (const RowView& row : table.sheet->rows) width = std::max(width, row.cells.size());
  for (std::size_t c = 0; c < width; ++c) {
    if (c < guess.columns.size() && (guess.columns[c].field >= 0 || guess.columns[c].holds_time())) continue;
    std::size_t found = 0;
    std::string awaited;
    bool in_turn = true;
    for (const RowView& row : table.sheet->rows) {
      const CellView& cell = cell_at(row, c);
      if (row.number <= guess.last_row || is_empty(cell)) continue;
      const std::string word = word_of(cell);
      if (!awaited.empty()) {
        in_turn = std::any_of(std::begin(pairs), std::end(pairs), [&](const auto& pair) { return pair.first == awaited && pair.second == word; });
        found += in_turn, awaited.clear();
      } else {
        in_turn = std::any_of(std::begin(pairs), std::end(pairs), [&](const auto& pair) { return pair.first == word; });
        awaited = word;
      }
      if (!in_turn) break;
    }
    if (in_turn && awaited.empty() && found > 0) return InAndOut(table, guess, c);
  }
  return std::nullopt;
}

InAndOut::InAndOut(const FileTable& table, const HeadingGuess& guess, std::size_t column) : column_(column), date1904_(table.sheet->date1904) {
  for (const ColumnPlan& one : guess.columns) days_.push_back(one.is_day()), fields_.push_back(one.field >= 0);
}

bool InAndOut::is_second(const RowView& row) const {
  const std::string word = word_of(cell_at(row, column_));
  return std::any_of(std::begin(pairs), std::end(pairs), [&](const auto& pair) { return pair.second == word; });
}

bool InAndOut::same_person(const RowView& row) const {
  for (std::size_t c = 0; c < fields_.size(); ++c)
    if (const CellView& cell = cell_at(row, c); fields_[c] && !is_empty(cell) && cell.text != cell_at(first_->row, c).text) return false;
  return true;
}

// What both rows say, in the place of the first; of one alone where the other is not given.
void InAndOut::give(const Kept* in, const Kept* out) {
  static constexpr CellView empty;
  const auto cell = [&](const Kept* of, std::size_t c) -> const CellView& { return of && c < of->cells.size() ? of->cells[c] : empty; };
  Given given;
  if (in && out) given.second = out->row.number;
  for (const Kept* one : {in, out})
    if (one && one->left_out && given.left_out == 0) given.left_out = one->row.number;
  const auto is_clock = [](const CellView& of) { return !is_empty(of) && read_clock(of).error.empty(); };
  Kept& whole = kept_.emplace_back(in ? *in : *out);
  whole.cells.resize(std::max({in ? in->cells.size() : 0, out ? out->cells.size() : 0, column_ + 1}));
  for (std::size_t c = 0; c < whole.cells.size(); ++c) {
    if (c < days_.size() && days_[c]) {
      // An error, and a formula without its value, are for the reading of the cell to tell.
      const CellView &from = cell(in, c), &to = cell(out, c);
      if (from.without_value || from.kind == CellView::Kind::Error) continue;
      if (in && out && is_clock(from) && !is_clock(to)) given.wrong_in_second.push_back(c);
      whole.cells[c] = {};
      if (to.without_value || to.kind == CellView::Kind::Error) {
        whole.cells[c] = to;
        continue;
      }
      std::string said = span_of_day(from, to, date1904_);
      if (!said.empty()) whole.cells[c].kind = CellView::Kind::Text, whole.cells[c].text = texts_.emplace_back(std::move(said));
    } else if (is_empty(whole.cells[c])) {
      whole.cells[c] = cell(out, c);
    }
  }
  whole.cells[column_] = {};
  whole.row.cells = whole.cells;
  given.row = whole.row;
  given_.push_back(std::move(given));
}

std::span<const InAndOut::Given> InAndOut::take(const RowView& row, bool left_out) {
  kept_.clear(), given_.clear(), texts_.clear();
  const Kept here{row, {row.cells.begin(), row.cells.end()}, left_out};
  if (first_ && is_second(row) && same_person(row)) {
    give(&*first_, &here);
    first_.reset();
    return given_;
  }
  if (first_) give(&*first_, nullptr), first_.reset();
  if (is_second(row)) {
    give(nullptr, &here);
  } else if (!is_empty(cell_at(row, column_))) {
    first_ = here;
    first_->row.cells = first_->cells;
  } else {
    given_.push_back({.row = row, .wrong_in_second = {}, .left_out = left_out ? row.number : 0});
  }
  return given_;
}

std::span<const InAndOut::Given> InAndOut::rest() {
  kept_.clear(), given_.clear(), texts_.clear();
  if (first_) give(&*first_, nullptr), first_.reset();
  return given_;
}

}  // namespace horisont
