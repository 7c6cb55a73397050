#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "edge/import/file_table.h"

namespace horisont {

/// "In" and "Ut" (or "Från" and "Till" …) as two rows of each person in a sheet of days: read as one row, whose days say from and to.
class InAndOut {
 public:
  /// The sheet's column, from 0, that says which of the two a row is; nothing where it says anything else too, or not in turn.
  static std::optional<InAndOut> find(const FileTable&, const HeadingGuess&);
  std::size_t column() const { return column_; }

  /// Begins at the first row again.
  void restart() { first_.reset(); }
  /// The rows that are to be read now: none while the second of two is awaited. One of the two alone, or two that name different
  /// persons, are rows of their own, in which each time lacks the other. Valid until the next call.
  std::span<const RowView> take(const RowView&);
  /// What is left behind the last row.
  std::span<const RowView> rest();

 private:
  struct Kept {
    RowView row;
    std::vector<CellView> cells;
  };
  InAndOut(const FileTable&, const HeadingGuess&, std::size_t column);
  bool is_second(const RowView&) const;
  bool same_person(const RowView&) const;
  void give(const Kept* in, const Kept* out);

  std::size_t column_;
  bool date1904_;
  std::vector<bool> days_, fields_;  // by column
  std::optional<Kept> first_;
  std::deque<Kept> kept_;
  std::vector<RowView> given_;
  std::deque<std::string> texts_;
};

}  // namespace horisont
