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
  friend constexpr auto operator<=>(Moment, Moment) = default;

 private:
  explicit constexpr Moment(std::int64_t seconds) : seconds_(seconds) {}
  std::int64_t seconds_;
};

}  // namespace horisont
