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
  /// Whether the row says "Ut".
  bool is_second(const RowView&) const;

  /// A row as it is to be read: that of the first of the two, or a row of its own.
  struct Given {
    RowView row;
    std::uint32_t second = 0;                 ///< the number of the second of the two; 0: the row stands alone
    std::vector<std::size_t> wrong_in_second; ///< columns whose time cannot be read because of the second
    std::uint32_t left_out = 0;               ///< the one of the two that somebody has left out, and with it both; 0: none
  };

  /// Begins at the first row again.
  void restart() { first_.reset(); }
  /// The rows that are to be read now: none while the second of two is awaited. One of the two alone, or two that name different
  /// persons, are rows of their own, in which each time lacks the other. Valid until the next call.
  std::span<const Given> take(const RowView&, bool left_out = false);
  /// What is left behind the last row.
  std::span<const Given> rest();

 private:
  struct Kept {
    RowView row;
    std::vector<CellView> cells;
    bool left_out = false;
  };
  InAndOut(const FileTable&, const HeadingGuess&, std::size_t column);
  bool same_person(const RowView&) const;
  void give(const Kept* in, const Kept* out);

  std::size_t column_;
  bool date1904_;
  std::vector<bool> days_, fields_;  // by column
  std::optional<Kept> first_;
  std::deque<Kept> kept_;
  std::vector<Given> given_;
  std::deque<std::string> texts_;
};

}  // namespace horisont
