#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// The sizes of lines, apart from their text. Of each line: how many lines it comes after the one before, how many cells it has,
// and the bytes of each. A size is one byte, or 255 and four bytes, the highest first.

namespace horisont {

constexpr unsigned char long_size = 255;

/// Writes a size, five bytes at the most; returns the place after it.
inline char* write_size(char* to, std::size_t size) {
  if (size < long_size) {
    *to++ = static_cast<char>(size);
    return to;
  }
  *to++ = static_cast<char>(long_size);
  for (const int shift : {24, 16, 8, 0}) *to++ = static_cast<char>(size >> shift);
  return to;
}

inline void append_size(std::string& sizes, std::size_t size) {
  char bytes[5];
  sizes.append(bytes, static_cast<std::size_t>(write_size(bytes, size) - bytes));
}

/// The sizes again, one after the other; nothing where they end too early.
class Sizes {
 public:
  Sizes() = default;
  explicit Sizes(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}
  bool done() const { return at_ == end_; }
  std::optional<std::uint32_t> next() {
    if (at_ == end_) return std::nullopt;
    const auto first = static_cast<unsigned char>(*at_++);
    if (first != long_size) return first;
    if (end_ - at_ < 4) return std::nullopt;
    std::uint32_t size = 0;
    for (int i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(*at_++);
    return size;
  }

 private:
  const char* at_ = nullptr;
  const char* end_ = nullptr;
};

}  // namespace horisont
