#pragma once

#include <compare>
#include <cstdint>

namespace horisont {

/// An amount of time in whole minutes. Hours are a way to show it, never a way to store it.
class Minutes {
 public:
  constexpr Minutes() = default;
  constexpr explicit Minutes(std::int64_t count) : count_(count) {}
  constexpr std::int64_t count() const { return count_; }
  constexpr Minutes& operator+=(Minutes other) { return count_ += other.count_, *this; }
  constexpr Minutes& operator-=(Minutes other) { return count_ -= other.count_, *this; }
  friend constexpr Minutes operator+(Minutes a, Minutes b) { return Minutes{a.count_ + b.count_}; }
  friend constexpr Minutes operator-(Minutes a, Minutes b) { return Minutes{a.count_ - b.count_}; }
  friend constexpr auto operator<=>(Minutes, Minutes) = default;

 private:
  std::int64_t count_ = 0;
};

}  // namespace horisont
