#pragma once

#include <compare>
#include <cstdint>

namespace horisont {

/// An amount in Swedish kronor, kept in whole öre. (EUR figures of public records stay text in the project file.)
class Money {
 public:
  constexpr Money() = default;
  static constexpr Money of_ore(std::int64_t ore) { return Money{ore}; }
  constexpr std::int64_t ore() const { return ore_; }
  friend constexpr Money operator+(Money a, Money b) { return Money{a.ore_ + b.ore_}; }
  friend constexpr Money operator-(Money a, Money b) { return Money{a.ore_ - b.ore_}; }
  friend constexpr auto operator<=>(Money, Money) = default;

 private:
  constexpr explicit Money(std::int64_t ore) : ore_(ore) {}
  std::int64_t ore_ = 0;
};

}  // namespace horisont
