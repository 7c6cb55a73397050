#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

// Whole numbers of any size, for the squares that estimates of errors need; and the only place that rounds an estimate.

namespace horisont {

__extension__ using Wide = unsigned __int128;

/// A product of whole numbers, exact.
class Product {
 public:
  Product(std::initializer_list<Wide> factors) {
    for (const Wide factor : factors) multiply(factor);
  }
  friend bool operator<=(const Product& a, const Product& b) {
    if (a.limbs_.size() != b.limbs_.size()) return a.limbs_.size() < b.limbs_.size();
    for (std::size_t i = a.limbs_.size(); i-- > 0;)
      if (a.limbs_[i] != b.limbs_[i]) return a.limbs_[i] < b.limbs_[i];
    return true;
  }

 private:
  void multiply(Wide factor) {
    std::vector<std::uint32_t> result(limbs_.size() + 4, 0);
    for (std::size_t i = 0; i < limbs_.size(); ++i) {
      std::uint64_t carry = 0;
      for (std::size_t j = 0; j < 4; ++j) {
        const auto part = static_cast<std::uint32_t>(factor >> (32 * j));
        carry += std::uint64_t{limbs_[i]} * part + result[i + j];
        result[i + j] = static_cast<std::uint32_t>(carry);
        carry >>= 32;
      }
      result[i + 4] = static_cast<std::uint32_t>(carry);  // nothing has been added there yet
    }
    while (!result.empty() && result.back() == 0) result.pop_back();
    limbs_ = std::move(result);
  }
  std::vector<std::uint32_t> limbs_{1};  ///< lowest first, none of them a leading zero
};

/// The last whole number from 0 on, below 2^62, for which `holds`; it must hold for 0 and stop holding once.
template <class Holds>
std::uint64_t last_that(Holds holds) {
  std::uint64_t found = 0;
  for (std::uint64_t step = std::uint64_t{1} << 61; step > 0; step /= 2)
    if (holds(found + step)) found += step;
  return found;
}

/// part / of, half up.
constexpr std::uint64_t half_up(Wide part, Wide of) {
  assert(of > 0);
  return static_cast<std::uint64_t>((part + of / 2) / of);
}

}  // namespace horisont
