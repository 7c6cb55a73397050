#pragma once

#include <string>
#include <vector>

#include "core/values/result.h"
#include "edge/xlsx/written.h"

namespace horisont {

/// What is to stand in a workbook that somebody else made.
struct Filling {
  struct Place {
    std::string sheet, cell;  ///< "Uppgifter", "C4"
    std::string name;         ///< or a defined name of the workbook
  };
  struct Value {
    Place at;
    Written value;  ///< blank empties the cell
  };
  std::vector<Value> values;
  std::vector<Value> results;  ///< of formulas of the workbook whose result is known
  struct Expected {
    std::string sheet, cell, text;
  };
  std::vector<Expected> expected;  ///< otherwise it is another workbook than the one that is meant
  bool write_locked = false;       ///< also cells that a protected sheet locks
};

/// The workbook (.xlsx, .xlsm) with its cells filled. Only the parts of sheets that hold such cells, or formulas that may depend on
/// them, change, and in them only those cells: each keeps its style. Formulas stay; those that may depend on a filled cell lose
/// their value, unless it is among the results, and are calculated when the workbook is opened. A Problem, and nothing written,
/// where a place is not there, holds a formula, lies within merged cells, is locked, or does not take the value by its list.
Result<std::string> filled_workbook(const std::string& bytes, const Filling&);

}  // namespace horisont
