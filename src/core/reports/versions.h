#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/reports/sheet.h"

namespace horisont {

/// One place where two versions of a report do not say the same (COR-06).
struct VersionDifference {
  enum class Kind { Cell, RowGone, RowNew, SheetGone, SheetNew } kind = Kind::Cell;
  std::string sheet;                     ///< id
  std::vector<Cell> row;                 ///< what the row is known by, "D-0042"; empty of a whole sheet
  std::string field;                     ///< of Kind::Cell
  Cell before, after;                    ///< of Kind::Cell
  std::optional<std::size_t> at, at_now; ///< the row's place in either version, its totals after its body
  std::vector<std::string> row_fields = {};  ///< of each cell of `row`
};

/// What differs, cell by cell, in the order of the newer version's sheets and rows; what is gone from a sheet comes last in it.
/// Rows are held against each other by what they are about and not by where they stand: by the first column without
/// numbers, and as many more of them as it takes to tell every row from the others in both versions. Both as `sheets_of` gives them.
std::vector<VersionDifference> version_differences(std::span<const Sheet> before, std::span<const Sheet> after);

}  // namespace horisont
