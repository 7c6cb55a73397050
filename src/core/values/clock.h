#pragma once

#include <optional>
#include <string>

#include "core/values/date.h"

namespace horisont {

/// "08:30" for the minute 510 of a day; "24:00" for its end.
std::string clock_text(int minute);

/// Minutes that pass between two times of one day. They differ where one of the times stands in the hour that comes twice.
struct ClockSpan {
  int least = 0, most = 0;
  friend bool operator==(const ClockSpan&, const ClockSpan&) = default;
};

/// Minutes of the day from 0 to 1440, `from` before `to`, by Swedish clocks: summer time from 02:00 on the last Sunday of
/// March, which becomes 03:00, to 03:00 on the last Sunday of October, which becomes 02:00 (ahead_of_utc). A span that ends at
/// 02:00 of that October day ends there the first time. Nothing: in March one of the times lies in the hour that is left out,
/// or all of the span does.
std::optional<ClockSpan> minutes_between(Date day, int from, int to);

/// A stay as minutes that have passed since the day's midnight.
struct ClockStay {
  int from = 0, until = 0;
  friend bool operator==(const ClockStay&, const ClockStay&) = default;
};

/// Times of a day as minutes that have passed since midnight; on a day of a change they differ from what the clocks show. Where a
/// time comes twice, the `minutes` that the stay lasted (at least: it may have had a break) tell which it is; of two readings that
/// fit as well, the earlier.
ClockStay since_midnight(Date day, int from, int to, int minutes);

}  // namespace horisont
