#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/cases/cell_view.h"
#include "core/values/finding.h"
#include "core/values/result.h"

namespace horisont {

class CellStock;

/// The rows of a sheet that hold something, in order. Held as numbers of a stock of cells and made into cells one row after
/// the other: a row is valid until the iterator moves on.
class SheetRows {
 public:
  struct Row {
    std::uint32_t number = 0;
    bool hidden = false, filtered = false;
    std::span<const std::uint32_t> cells;
  };
  class Iterator {
   public:
    using value_type = RowView;
    using difference_type = std::ptrdiff_t;
    const RowView& operator*() const;
    const RowView* operator->() const { return &**this; }
    Iterator& operator++() { return ++at_, *this; }
    void operator++(int) { ++at_; }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    friend class SheetRows;
    Iterator(const SheetRows& rows, std::size_t at) : rows_(&rows), at_(at) {}
    const SheetRows* rows_;
    std::size_t at_;
    mutable std::vector<CellView> cells_;
    mutable RowView row_;
  };

  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, held.size()}; }
  std::size_t size() const { return held.size(); }
  bool empty() const { return held.empty(); }
  /// The cells of a row, to keep; an iterator's row is valid until it moves on.
  std::vector<CellView> cells(std::size_t row) const;

  const CellStock* stock = nullptr;
  std::vector<Row> held;
};

struct SheetView {
  std::string name;
  bool hidden = false;
  bool date1904 = false;  ///< serial numbers of Date cells count from 1904
  SheetRows rows;
  struct Merge {
    std::uint32_t row1, col1, row2, col2;
  };  ///< 1-based, both ends inside
  std::vector<Merge> merges;
  std::vector<std::uint32_t> hidden_columns;  ///< 1-based
};

/// A workbook as typed cells with sheet and address; owns the text that the views point to.
class Workbook {
 public:
  const std::vector<SheetView>& sheets() const;
  const std::vector<Finding>& findings() const;  ///< "file.has-macros", "sheet.hidden" …, without file name
  const std::string& format() const;             ///< "xlsx", "xlsm", "ods"
  /// Custom document properties ("horisont.template", "horisont.marked_up", "horisont.report").
  const std::vector<std::pair<std::string, std::string>>& properties() const;

  struct State;
  explicit Workbook(std::shared_ptr<const State>);

 private:
  std::shared_ptr<const State> state_;
};

/// Whether the first bytes are those of a text; nothing is unpacked.
bool is_text(const std::filesystem::path&);

/// Reads XLSX, XLSM and ODS with the limits of intake 2.2. A Problem says what the file is and how to save it right.
/// Throws FileError.
Result<Workbook> read_workbook(const std::filesystem::path&);

}  // namespace horisont
