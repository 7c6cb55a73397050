#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace horisont {

/// Where a text may not be ordinary: a bit for each byte, set for the separator, the quote and everything below the blank, in
/// words of 64. With sixteen bytes at a time where the processor's baseline has them.
void find_marks(std::string_view text, char separator, std::vector<std::uint64_t>& marks);

/// The same byte by byte, for every processor: what the other is tested against.
void find_marks_plainly(std::string_view text, char separator, std::vector<std::uint64_t>& marks);

}  // namespace horisont
