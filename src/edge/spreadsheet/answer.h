#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

// What the reading child writes, and its parent checks. Numbers are four bytes, the highest first; texts have their length
// in front. The first byte says whether system calls are filtered; then comes `refused` (message id, values), or
// `workbook`, findings, properties, sheets each with its rows, and `end` with the counts of sheets and rows; or, of a text
// file, `text` (separator, encoding, size), blocks, and `end` or `refused`. A block: bytes read; findings so far; how many lines,
// how many bytes of sizes and of text; the sizes: of each line how many lines it comes after the one before, how many cells it
// has, and the length of each; the text: each cell with one byte of ASCII after it. A size is one byte, or 255 and four bytes.

namespace horisont::answer {

enum Item : std::uint8_t { filtered = 'G', unfiltered = 'g', refused = 'X', workbook = 'W', finding = 'N', property = 'P', sheet = 'S', row = 'R', text = 'T', block = 'B', end = 'E' };

enum Status { whole = 0, out_of_memory = 4, crashed = 5 };

/// What the child is told besides its word, when the file is a text file.
inline constexpr const char* of_text = "text";
constexpr std::uint32_t lines_of_block = 4096, text_of_block = 8u << 20;
constexpr unsigned char long_size = 255;

/// A number as its four bytes stand in the answer, and back.
constexpr std::uint32_t highest_first(std::uint32_t number) {
  return std::endian::native == std::endian::big ? number : __builtin_bswap32(number);
}

constexpr std::size_t file_limit = 20u << 20, memory_limit = 1u << 30;

}  // namespace horisont::answer
