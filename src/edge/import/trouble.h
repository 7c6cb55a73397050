#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "edge/import/import.h"

namespace horisont {

/// Collects the findings of one file. Each code has its level, and whether it is told for each cell, or once for each
/// column or sheet with the number of cells as its first value (trouble.cpp holds the table).
class Trouble {
 public:
  Trouble(ImportDraft& draft, std::string file) : draft_(draft), file_(std::move(file)) {}

  /// The sheet that the following findings stand in.
  void enter_sheet(std::uint16_t index) { sheet_ = index, elsewhere_.clear(); }
  /// What is wrong in this column of the sheet stands in one cell above its table.
  void stands_above(std::size_t column, std::uint32_t row, std::size_t its_column) { elsewhere_[column] = {row, its_column}; }
  /// No longer: what is said of the column stands in the row that it is said of.
  void stands_in_its_row(std::size_t column) { elsewhere_.erase(column); }

  /// `column` is 1-based, 0 for the row. `values` stand behind the count where the code is told once. `instead`
  /// replaces the level of the table.
  void at(std::string_view code, std::uint32_t row, std::size_t column, std::string given, std::vector<std::string> values = {},
          std::string participant = {}, std::optional<Level> instead = {});
  /// The cell that a message about a row and a column names.
  std::string cell_of(std::uint32_t row, std::size_t column) const;
  /// About the whole file.
  void about_file(std::string_view code, std::vector<std::string> values = {});
  /// A finding of a reader, which knows row and cell but not the file; a heading is added when the column is known.
  void passed_on(Finding finding);

  /// What has been told so far, and the way back to it: for reading a table a second time.
  struct State {
    std::size_t findings = 0;
    std::map<std::tuple<std::string_view, std::uint16_t, std::size_t>, std::size_t> once;
  };
  State state() const { return {draft_.findings.size(), once_}; }
  void back_to(const State& before);

  bool row_failed = false;  ///< set by every error in a cell or row; the row readers clear it

  /// Orders the findings by sheet, row and column, and writes the counts.
  void finish();

 private:
  struct Mark {
    std::uint16_t sheet;
    std::uint32_t row;
    std::size_t column;
    std::uint32_t count;
    bool counted;
  };
  void add(Finding finding, Mark mark);

  ImportDraft& draft_;
  std::string file_;
  std::uint16_t sheet_ = 0;
  std::map<std::size_t, std::pair<std::uint32_t, std::size_t>> elsewhere_;
  std::vector<Mark> marks_;  // beside draft_.findings
  std::map<std::tuple<std::string_view, std::uint16_t, std::size_t>, std::size_t> once_;
};

/// "E17".
std::string cell_name(std::uint32_t row, std::size_t column);

}  // namespace horisont
