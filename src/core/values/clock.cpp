#include "core/values/clock.h"

#include <algorithm>

#include "core/values/moment.h"

namespace horisont {
namespace {

// Minutes that clocks are ahead of UTC at the day's 00:00 UTC: an hour before they change, if they do.
std::int64_t ahead_at(Date day) { return ahead_of_utc(Moment::of_seconds(std::int64_t{day.days()} * 86'400)); }

}  // namespace

std::string clock_text(int minute) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(minute / 60) + ":" + two(minute % 60);
}

std::optional<ClockSpan> minutes_between(Date day, int from, int to) {
  constexpr int two = 2 * 60, three = 3 * 60;
  const int shown = to - from;
  if (to <= two || from >= three) return ClockSpan{shown, shown};
  const auto gained = ahead_at(day.plus_days(1)) - ahead_at(day);
  if (gained == 0) return ClockSpan{shown, shown};
  if (gained > 0) {
    // No clock shows 02:00: nothing begins then. What ends at 02:00 ended at 03:00, and was taken above.
    if (from >= two || to < three) return std::nullopt;
    return ClockSpan{shown - 60, shown - 60};
  }
  if (from < two && to >= three) return ClockSpan{shown + 60, shown + 60};
  return ClockSpan{shown, shown + 60};
}

ClockStay since_midnight(Date day, int from, int to, int minutes) {
  constexpr int two = 2 * 60, three = 3 * 60, hour = 60;
  const auto gained = ahead_at(day.plus_days(1)) - ahead_at(day);
  if (gained == 0 || to <= two) return {from, to};
  const auto first = [&](int clock) { return gained > 0 ? (clock < three ? std::min(clock, two) : clock - hour) : clock < three ? clock : clock + hour; };
  const auto second = [&](int clock) { return gained < 0 && clock >= two && clock < three ? clock + hour : first(clock); };
  // A stay has at least its minutes; what is longer had a break. An end at 02:00 of October is the first.
  ClockStay best{first(from), first(to)};
  const auto fits = [&](const ClockStay& stay) { return stay.until - stay.from + 1 >= minutes; };
  for (const ClockStay stay : {ClockStay{second(from), second(to)}, ClockStay{second(from), first(to)}, ClockStay{first(from), second(to)}}) {
    const int length = stay.until - stay.from, kept = best.until - best.from;
    if (length > 0 && (fits(stay) ? !fits(best) || length < kept : !fits(best) && length > kept)) best = stay;
  }
  return best;
}

}  // namespace horisont
