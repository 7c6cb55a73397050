#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

// What the reading child writes, and its parent checks. Numbers are four bytes, the highest first; texts have their length
// in front. The first byte says whether system calls are filtered; then comes `refused` (message id, values), or
// `workbook`, findings, properties, sheets each with its rows, and `end` with the counts of sheets and rows; or, of a text
// file, `text` (separator, encoding and whether it is certain, size), lines, and `end` or `refused`. Lines: `lines_sent` or, when they stand in the file as they
// are meant and the parent takes them from there, `lines_in_file`; bytes read; encoding; findings so far; of lines in the file their place;
// how many bytes of sizes and of text; the sizes (edge/csv/sizes.h); and the text of lines that are sent: the cells of each with
// the separator between them and a line end behind.

namespace horisont::answer {

enum Item : std::uint8_t { filtered = 'G', unfiltered = 'g', refused = 'X', workbook = 'W', finding = 'N', property = 'P', sheet = 'S', row = 'R', text = 'T', lines_sent = 'B', lines_in_file = 'F', end = 'E' };

enum Status { whole = 0, out_of_memory = 4, crashed = 5 };

/// What the child is told besides its word, when the file is a text file.
inline constexpr const char* of_text = "text";
/// Bytes of lines that come together: a line has 1 MiB at the most. An empty line has two sizes.
constexpr std::uint32_t text_of_block = 8u << 20, sizes_of_block = 2 * text_of_block + 16;

/// A number as its four bytes stand in the answer, and back.
constexpr std::uint32_t highest_first(std::uint32_t number) {
  return std::endian::native == std::endian::big ? number : __builtin_bswap32(number);
}

constexpr std::size_t file_limit = 20u << 20, memory_limit = 1u << 30;

}  // namespace horisont::answer
