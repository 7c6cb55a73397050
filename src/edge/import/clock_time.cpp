#include "edge/import/clock_time.h"

#include <algorithm>
#include <cstdlib>

#include "core/values/clock.h"
#include "edge/import/break_time.h"

namespace horisont {
namespace {

constexpr std::int64_t plausible_day_by_default = 12 * 60;
constexpr int two = 2 * 60, three = 3 * 60, midnight = 24 * 60;

// The minutes that pass on one day, or that the clocks show where the programme counts so.
std::optional<ClockSpan> passed(const ProgrammeTerms& programme, std::int32_t day, int from, int to) {
  const auto* by_clock = programme.clock_change_counts.on(Date::of_days(day));
  if (to <= from || (by_clock && !by_clock->value)) return ClockSpan{to - from, to - from};
  return minutes_between(Date::of_days(day), from, to);
}

}  // namespace

std::optional<std::int32_t> other_day_of(const CellView& cell, std::int32_t expected, bool date1904, const DateFrame& frame) {
  if (cell.kind != CellView::Kind::Date || cell.text.starts_with("0") || cell.text.starts_with(".")) return std::nullopt;
  const auto stated = read_day(cell, date1904, {}, frame);
  return stated.error.empty() && stated.value != expected ? std::optional(stated.value) : std::nullopt;
}

std::vector<std::string> clock_fault_values(const ClockFault& fault, const std::string& written) {
  if (fault.of == ClockFault::Of::Break) return {written, std::to_string(longest_break)};
  return fault.day ? std::vector<std::string>{Date::of_days(*fault.day).iso()} : std::vector<std::string>();
}

std::int64_t plausible_day_on(const ProgrammeTerms& programme, std::int32_t day) {
  const auto* dated = programme.plausible_day.on(Date::of_days(day));
  return dated ? dated->value.count() : plausible_day_by_default;
}

tl::expected<ClockTime, ClockFault> clock_time(const ProgrammeTerms& programme, std::int32_t day, int from, int to,
                                               std::optional<std::int64_t> stated_pause, std::optional<std::int64_t> stated) {
  const auto fault = [](std::string_view code, ClockFault::Of of, std::optional<std::int32_t> on = {}) {
    return tl::make_unexpected(ClockFault{code, of, on});
  };
  const bool turned = to < from, no_time = to == from || to + midnight == from;
  const std::int64_t longest = to - from + (turned ? midnight : 0), pause = stated_pause.value_or(-1);
  if (pause < 0 || pause > longest_break || (pause > 0 && !no_time && pause >= longest)) return fault("break.form", ClockFault::Of::Break);
  const auto is_stated = [&](std::int64_t minutes) { return stated && std::abs(*stated - (minutes - pause)) <= 1; };
  // Both in the hour that comes twice, the end in its second half: the clock was turned back between them.
  if (turned && from < three && to >= two) {
    const auto twice = passed(programme, day, two, three);
    if (twice && twice->least != twice->most) {
      const int minutes = to - from + (twice->most - twice->least);
      if (!is_stated(minutes)) return fault("hours.clock-change", ClockFault::Of::Start, day);
      return ClockTime{.minutes = minutes - pause, .end = three};
    }
  }
  if (no_time || (turned && to + midnight - from - pause > plausible_day_on(programme, day)))
    return fault("hours.over-midnight", ClockFault::Of::End);
  // What stands on both sides of midnight is counted day by day; only one of them has a change of clocks.
  const auto before = passed(programme, day, from, turned ? midnight : to);
  const auto after = turned ? passed(programme, day + 1, 0, to) : std::optional(ClockSpan{});
  if (!before || !after) return fault("hours.clock-change", ClockFault::Of::Start, before ? day + 1 : day);
  std::int64_t first = before->least, second = after->least;
  if (before->least != before->most || after->least != after->most) {
    if (is_stated(before->most + after->most))
      first = before->most, second = after->most;
    else if (!is_stated(first + second))
      return fault("hours.clock-change", ClockFault::Of::Start, before->least != before->most ? day : day + 1);
  }
  if (first + second <= pause) return fault("break.form", ClockFault::Of::Break);
  // When the break was is not told: it is taken off the longer part, of two alike the first (unverified default).
  const std::int64_t off_first = first >= second ? std::min(pause, first) : pause - std::min(pause, second);
  return ClockTime{.minutes = first + second - pause,
                   .after_midnight = second - (pause - off_first),
                   .until = turned ? to : 0,
                   .end = turned ? midnight : to};
}

}  // namespace horisont
