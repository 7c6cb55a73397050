#include "core/values/clock.h"

#include "core/values/moment.h"

namespace horisont {
namespace {

// Minutes that clocks are ahead of UTC at the day's 00:00 UTC: an hour before they change, if they do.
std::int64_t ahead_at(Date day) { return ahead_of_utc(Moment::of_seconds(std::int64_t{day.days()} * 86'400)); }

}  // namespace

std::optional<ClockSpan> minutes_between(Date day, int from, int to) {
  constexpr int two = 2 * 60, three = 3 * 60;
  const int shown = to - from;
  if (to <= two || from >= three) return ClockSpan{shown, shown};
  const auto gained = ahead_at(day.plus_days(1)) - ahead_at(day);
  if (gained == 0) return ClockSpan{shown, shown};
  if (gained > 0) {
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
