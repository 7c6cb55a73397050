#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/values/result.h"

namespace horisont {

/// A moment in UTC, in whole seconds since 1970-01-01. Read from the clock in cli or web only.
class Moment {
 public:
  static constexpr Moment of_seconds(std::int64_t seconds) { return Moment{seconds}; }
  /// `yyyy-mm-ddThh:mm:ssZ`
  static Result<Moment> parse(std::string_view iso);
  constexpr std::int64_t seconds() const { return seconds_; }
  std::string iso() const;
  /// As people in Sweden read it: the day and the minute of their own clocks, `yyyy-mm-dd hh:mm`.
  std::string swedish() const;
  friend constexpr auto operator<=>(Moment, Moment) = default;

 private:
  explicit constexpr Moment(std::int64_t seconds) : seconds_(seconds) {}
  std::int64_t seconds_;
};

/// Minutes that clocks in Sweden are ahead of UTC at that moment: 60, and 120 from the last Sunday of March to the last of
/// October, each at 01:00 UTC (directive 2000/84/EC; so since 1996, and nothing here is older).
std::int64_t ahead_of_utc(Moment);

/// A moment in ISO form as people read it; any other text as it is.
std::string clock_words(std::string text);

}  // namespace horisont
