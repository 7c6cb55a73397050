#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/funding/exact_money.h"
#include "core/reports/behind.h"

namespace horisont {

/// How a number comes from what stands behind it.
enum class Derivation : std::uint8_t {
  Persons,        ///< how many persons
  Records,        ///< how many records
  Reported,       ///< minutes reported
  Accepted,       ///< minutes accepted
  Refused,        ///< minutes refused
  WholeHours,     ///< accepted minutes as whole hours, by the programme's rounding and its level
  Days,           ///< how many days of a participant have attendance
  Median,         ///< of the accepted minutes of each person
  Share,          ///< persons of a number that is stated
  Cost,           ///< whole hours of each person at the rate of the day
  Column,         ///< sum of cells of the same column
  FilledCells,    ///< how many cells of the column hold something
  RowSum,         ///< sum of cells of the same row
  RowDifference,  ///< one cell of the row less another, nothing when that is below zero
  Lost,           ///< minutes less whole hours
  RowShare,       ///< one cell of the row of another
  PerCent,        ///< the same, as whole per cent
  Product,        ///< hours at a rate, of the same row
  Setting,        ///< a value of the project or programme file
  Sum,            ///< sum of amounts elsewhere in the report, rounded once
  Less,           ///< an amount elsewhere in the report less others
  Percent,        ///< a percentage of the sum of amounts elsewhere in the report
  StaffPercent,   ///< a percentage of what staff time costs, rounded by month
  Worth,          ///< attendance at the rates of its days, of a month before the claim's
  Cells,          ///< of the control sheet: sum of cells of the report
  Rows,           ///< of the control sheet: how many rows
  Different,      ///< of the control sheet: how many different participants stand in rows
  Disagreement,   ///< of the control sheet: what the report says less what the register says
  Letters,        ///< of the control sheet: how long a text is that no cell holds whole
  Register,       ///< of the control sheet: what the register counted when the report was made
  Stated          ///< counts neither persons nor time: a number of an order, of a file, of problems
};
std::string_view name_of(Derivation);  ///< "persons", "whole-hours", …

/// What a number of the control sheet tells of.
enum class Control : std::uint8_t { None, Check, Remaining, Cut };

/// A cell of a report by its place: row of the sheet, or its totals. A number of the control sheet by what it tells of: `row` is the place
/// of the reconciliation (`field` 0: in the report, 1: in the register, 2: their difference) or of what remains; of a text that was cut it
/// is the cell of the text.
struct CellPlace {
  std::size_t sheet = 0, row = 0, field = 0;
  bool total = false;
  bool filled_cells = false;  ///< the total is not a sum but how many cells hold something
  Control control = Control::None;
  friend bool operator==(const CellPlace&, const CellPlace&) = default;
};

/// Where a number came from: the cells that it is made of, if any, and all that stands behind it in the end. The parts add
/// up to it when `difference` is 0.
struct Trace {
  CellPlace place;
  Cell::Value value;
  Derivation derivation = Derivation::Stated;
  std::int64_t number = 0, made_of = 0;  ///< persons, minutes, hours or öre: the cell's, and what the parts give
  std::int64_t difference = 0;           ///< number less made_of, and every difference within the parts
  int percent = 0;     ///< of Percent and StaffPercent
  ExactMoney exact;    ///< an amount before it was rounded
  std::vector<CellPlace> cells;
  std::vector<std::uint32_t> persons, times, staff;  ///< places in Behind; a person that is FrozenReport::nobody has none
};

/// Whether the value is a number: text, dates and words have nothing behind them to add up.
bool is_number(const Cell::Value&);
/// Nothing when the cell is no number or is not there.
std::optional<Trace> trace(const FrozenReport&, const CellPlace&);

}  // namespace horisont
