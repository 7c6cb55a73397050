#include "core/values/clock.h"

namespace horisont {

std::optional<ClockSpan> minutes_between(Date day, int from, int to) {
  constexpr int two = 2 * 60, three = 3 * 60;
  const int shown = to - from;
  const bool changes = day.weekday() == 7 && day.day() > 24 && (day.month() == 3 || day.month() == 10);
  if (!changes || to <= two || from >= three) return ClockSpan{shown, shown};
  if (day.month() == 3) {
    const bool in_the_gap = (from > two && from < three) || to < three;
    // From 02:00 on the clock is the same moment as from 03:00.
    const int passed = shown - 60;
    if (in_the_gap || passed == 0) return std::nullopt;
    return ClockSpan{passed, passed};
  }
  if (from < two && to >= three) return ClockSpan{shown + 60, shown + 60};
  return ClockSpan{shown, shown + 60};
}

}  // namespace horisont
