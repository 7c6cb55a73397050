#pragma once

#include <cstdint>
#include <string>

namespace horisont {

/// The letters of a spreadsheet's column, which counts from 1: A, Z, AA; nothing for 0.
inline std::string column_letters(std::uint64_t column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26) letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  return letters;
}

}  // namespace horisont
