#pragma once

#include <string>
#include <vector>

#include "edge/import/job.h"

namespace horisont {

/// What a row is about, in words that a row of another file about the same has too: whom (by number, else by reference, else by
/// name) and the other columns of its kind's key, with the time of day where one is stated. In a sheet of days the day is the
/// column's and not the row's.
class RowKeys {
 public:
  RowKeys(const ImportJob&, const TablePlan&);
  /// A digest of it; empty for a row that names nobody.
  std::string of(const RowView&) const;
  /// Whether the row is a heading that gives the columns of days other days; they have those from then on.
  bool heads(const RowView&);
  /// What a column, from 0, is known by: the day of a day's column, else its heading; empty: nothing.
  std::string heading(std::size_t column) const;
  std::size_t width() const { return columns_.size(); }

 private:
  std::string whom(const RowView&) const;
  std::string normal(const CellView&, std::size_t column) const;
  const CellView& cell(const RowView&, int column) const;

  const ImportJob& job_;
  const TablePlan& plan_;
  std::vector<ColumnPlan> columns_;  // as they are now
  int number_ = -1, reference_ = -1;
  std::vector<std::size_t> names_, others_;
};

/// Finds the rows and columns of fixes in a file: of those that were made for it, what they are known by; of those that were
/// made for another file, their cells (CellFix::astray).
class FixSearch {
 public:
  explicit FixSearch(std::vector<CellFix>& fixes);
  /// Whether there is anything to find.
  bool needed() const;
  /// A cell that is read, in a row of that key. May be called many times for one row.
  void cell(const std::string& key, const std::string& heading, const std::string& sheet, std::uint32_t row,
            std::uint32_t column);
  /// A row that may be left out.
  void row(const std::string& key, const std::string& sheet, std::uint32_t row);
  bool is_of_a_fix(const std::string& key, const std::string& sheet, std::uint32_t row) const;
  /// After the last cell: gives the fixes what was found.
  void settle();
  /// Why a fix could not be followed; NotRead for all others.
  ImportDraft::FixUse::State why(std::size_t fix) const { return why_[fix]; }

 private:
  struct Found {
    struct At {
      std::string sheet;
      std::uint32_t row, column;
    };
    bool row = false;
    std::vector<At> cells;
  };
  std::vector<CellFix>& fixes_;
  std::vector<Found> found_;
  std::vector<ImportDraft::FixUse::State> why_;
};

}  // namespace horisont
