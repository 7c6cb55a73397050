#pragma once

#include <string>
#include <vector>

#include "app/table.h"
#include "app/workspace.h"
#include "core/reports/trace.h"
#include "edge/xlsx/placed.h"

namespace horisont {

/// A made report as it was kept, with where its cells stand in its workbooks.
struct KeptReport {
  StoredReport stored;
  FrozenReport frozen;
  Language language = Language::Swedish;
  std::vector<PlacedSheet> places;
  std::optional<PlacedControl> control{};  ///< where there is one
  struct Elsewhere {
    CellPlace place;
    std::string report, cell;
  };
  std::vector<Elsewhere> elsewhere{};  ///< numbers that another made report said, and its cell
};

/// What was kept of a report; a problem where there is none of that id, where it was made before that was kept, or where what
/// is kept does not agree with its fingerprint. Throws StoreError.
Result<KeptReport> kept_report(const Workspace&, const std::string& project, const std::string& report);

/// Every cell with a number, in the order of sheets, rows and columns; those of the control sheet last.
std::vector<CellPlace> number_cells(const KeptReport&);

/// The cell at "Sheet!C14" (also "'Sheet one'!C14", the sheet by its name or its id; the control sheet by its name in either language) or with a defined name, such as
/// "TimmarGodkanda"; or why there is no number there.
Result<CellPlace> number_at(const KeptReport&, const std::string& address);
/// "Rader!C14", as the workbook names it; nothing for a cell that no workbook shows.
std::string address_of(const KeptReport&, const CellPlace&);

/// A trace as a table: a row for each cell, person and record behind the number, each with its source; the sum and the
/// difference among the facts.
Table trace_table(const KeptReport&, const Trace&, Language);

/// Every numeric cell with how it was made, what its parts give, and how many persons and records stand behind it.
Table traces_table(const KeptReport&);

/// The number as its cell shows it: a share as per cent with what it is of.
std::string shown_value(const Trace&, Language);
/// The number, or what its parts give, as people read it: hours for minutes, kronor for öre.
std::string shown_number(const Trace&, std::int64_t, Language);

}  // namespace horisont
