#pragma once

#include <cassert>
#include <cstdint>

#include "core/cases/terms.h"
#include "core/funding/exact_money.h"
#include "core/values/minutes.h"
#include "core/values/money.h"

namespace horisont {

// The only place that rounds.

/// Whole hours of an amount of time. Some programmes want whole hours only; minutes stay stored.
constexpr std::int64_t reported_hours(Minutes worked, Rounding rounding) {
  assert(worked.count() >= 0);
  return (worked.count() + (rounding == Rounding::HalfUp ? 30 : 0)) / 60;
}

/// A share of an amount of time, whole minutes down: what is above a cap is refused, so a cap never grows by rounding.
constexpr Minutes part_of(Minutes whole, std::int64_t share, std::int64_t of) {
  assert(whole.count() >= 0 && share >= 0 && of > 0);
  return Minutes{whole.count() * share / of};
}

/// Percent with one decimal, in tenths, half up: 67 of 269 is 249. `whole` must not be 0.
constexpr std::int64_t tenths_of_percent(std::int64_t part, std::int64_t whole) {
  assert(whole > 0 && part >= 0);
  return (part * 2000 + whole) / (whole * 2);
}

/// The same in hundredths: 4 285 713 of 12 851 062 is 3335.
constexpr std::int64_t hundredths_of_percent(std::int64_t part, std::int64_t whole) {
  assert(whole > 0 && part >= 0);
  return (part * 20'000 + whole) / (whole * 2);
}

/// Whole percent, half up, from the exact counts (not from the tenths): 67 of 269 is 25.
constexpr std::int64_t whole_percent(std::int64_t part, std::int64_t whole) {
  assert(whole > 0 && part >= 0);
  return (part * 200 + whole) / (whole * 2);
}

/// What time costs at an hourly rate: rounded once, here.
constexpr Money cost_of(Minutes worked, Money per_hour, Rounding rounding) {
  assert(worked.count() >= 0 && per_hour.ore() >= 0);
  const std::int64_t exact_times_60 = worked.count() * per_hour.ore();
  return Money::of_ore((exact_times_60 + (rounding == Rounding::HalfUp ? 30 : 0)) / 60);
}

/// The one rounding of an amount that was exact until here.
constexpr Money rounded(ExactMoney exact, Rounding rounding) {
  assert(exact.count() >= 0);
  return Money::of_ore((exact.count() + (rounding == Rounding::HalfUp ? ExactMoney::parts / 2 : 0)) / ExactMoney::parts);
}

/// A part of an amount, such as the hours worked of those that an annual cost is for: rounded once, here.
constexpr Money share_of(Money whole, std::int64_t part, std::int64_t of, Rounding rounding) {
  assert(whole.ore() >= 0 && part >= 0 && of > 0);
  return Money::of_ore((whole.ore() * part + (rounding == Rounding::HalfUp ? of / 2 : 0)) / of);
}

}  // namespace horisont
