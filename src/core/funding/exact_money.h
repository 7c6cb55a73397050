#pragma once

#include <cassert>
#include <compare>
#include <cstdint>

#include "core/values/minutes.h"
#include "core/values/money.h"

namespace horisont {

/// An amount before it is rounded, in parts of an öre so small that minutes times a rate times three whole percentages stay
/// exact. Good for amounts up to 1.5 thousand million kronor.
class ExactMoney {
 public:
  static constexpr std::int64_t parts = 60LL * 100 * 100 * 100;  ///< of an öre
  constexpr ExactMoney() = default;
  static constexpr ExactMoney of(Money amount) { return ExactMoney{amount.ore() * parts}; }
  static constexpr ExactMoney of(Minutes worked, Money per_hour) {
    return ExactMoney{worked.count() * per_hour.ore() * (parts / 60)};
  }
  constexpr ExactMoney percent(int share) const {
    assert(count_ % 100 == 0 && share >= 0);
    return ExactMoney{count_ / 100 * share};
  }
  constexpr std::int64_t count() const { return count_; }
  friend constexpr ExactMoney operator+(ExactMoney a, ExactMoney b) { return ExactMoney{a.count_ + b.count_}; }
  friend constexpr ExactMoney operator-(ExactMoney a, ExactMoney b) { return ExactMoney{a.count_ - b.count_}; }
  friend constexpr auto operator<=>(ExactMoney, ExactMoney) = default;

 private:
  constexpr explicit ExactMoney(std::int64_t count) : count_(count) {}
  std::int64_t count_ = 0;
};

}  // namespace horisont
