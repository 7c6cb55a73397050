#pragma once

#include <optional>

#include "core/reports/trace.h"

namespace horisont {

/// Where a number of the control sheet came from: what the report says in a reconciliation, what the register says, their difference, or
/// how much of something remains. Cells of the report, and all that stands behind them, are counted anew; what the register alone counted,
/// when the report was made, is said to be that. Nothing for a place that is none.
std::optional<Trace> trace_control(const FrozenReport&, const CellPlace&);
/// The same, without what stands behind it.
std::optional<std::int64_t> control_number(const FrozenReport&, const CellPlace&);

/// How many UTF-16 units a text has, which is what a cell of a workbook counts.
std::int64_t units_of(std::string_view text);

}  // namespace horisont
