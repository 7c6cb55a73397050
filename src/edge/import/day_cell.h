#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/cases/cell_view.h"

namespace horisont {

/// The time that the cell of a day states by the clock: "8-15", "8.30-15.00 (rast 30)", "8-12, 13-16".
struct TimesOfDay {
  int from = 0, to = 0;       ///< minutes of the day; of several the first one's start and the last one's end
  std::int64_t between = 0;   ///< minutes between them, of several added up, before the break
  std::int64_t pause = 0;     ///< minutes of the break
  bool one = true;            ///< one from and to
  bool bare = false;          ///< two whole numbers and nothing else: "8-12"
};
/// `bare_hours`: two whole numbers are times of day ("8-15"), as in a column of times; else only where they can be nothing else:
/// the second is more than anybody's hours of a day, and the first a time at which a day begins.
std::optional<TimesOfDay> read_times_of_day(const CellView&, bool bare_hours);

/// Whether a cell is written as a time of day is: "08:30", or a time of day by its format; and that time.
std::optional<int> clock_like(const CellView&);

}  // namespace horisont
