#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/cases/terms.h"
#include "core/values/result.h"
#include "edge/import/values.h"

namespace horisont {

/// The time between two times of day, the break taken off, in minutes that pass.
struct ClockTime {
  std::int64_t minutes = 0, after_midnight = 0;  ///< the latter are among the former
  int until = 0;                                 ///< minute of the next day; 0: all of it is on the day itself
  int end = 0;                                   ///< minute of the day itself
};

/// Why two times of day are no time, and of which of them that is told.
struct ClockFault {
  enum class Of : std::uint8_t { Start, End, Break };
  std::string_view code;
  Of of;
  std::optional<std::int32_t> day;  ///< on which the clocks change
};

/// The values of the message: the day of the change, or of a break its cell as written and the longest that is read.
std::vector<std::string> clock_fault_values(const ClockFault&, const std::string& written);

/// An end at or before the start is of the next day, unless that makes more than a plausible day: then the times are more likely
/// wrong. Where a time comes twice in a night, `stated` hours tell which it is. `pause` in minutes; nothing: it cannot be read.
/// One reading for participants and staff.
tl::expected<ClockTime, ClockFault> clock_time(const ProgrammeTerms&, std::int32_t day, int from, int to, std::optional<std::int64_t> pause,
                                               std::optional<std::int64_t> stated);

/// The day that a cell with a time of day bears with it, when that is not the expected one.
std::optional<std::int32_t> other_day_of(const CellView&, std::int32_t expected, bool date1904, const DateFrame&);

/// What a day may have before it is told as implausible, minutes.
std::int64_t plausible_day_on(const ProgrammeTerms&, std::int32_t day);

}  // namespace horisont
