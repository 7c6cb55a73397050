#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace horisont {

/// Room for `count` values, in pages of two megabytes where there are that many: the system hands out and clears a large vector's memory
/// 512 times fewer times. A hint, of which the values know nothing; memory that is never written is not taken.
template <class T>
void reserve_in_large_pages(std::vector<T>& values, std::size_t count) {
  values.reserve(count);
  constexpr std::uintptr_t page = 2u << 20;
  const auto from = reinterpret_cast<std::uintptr_t>(values.data()), to = from + count * sizeof(T);
  const std::uintptr_t first = (from + page - 1) / page * page;
  if (first + page <= to) madvise(reinterpret_cast<void*>(first), (to - first) / page * page, MADV_HUGEPAGE);  // refused where there are none
}

}  // namespace horisont
