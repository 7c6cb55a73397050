#include "edge/csv/marks.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace horisont {
namespace {

std::uint64_t marks_of(std::string_view piece, char separator) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < piece.size(); ++i)
    bits |= static_cast<std::uint64_t>(piece[i] == separator || piece[i] == '"' || static_cast<unsigned char>(piece[i]) < ' ')
            << i;
  return bits;
}

}  // namespace

void find_marks_plainly(std::string_view text, char separator, std::vector<std::uint64_t>& marks) {
  marks.clear();
  for (std::size_t at = 0; at < text.size(); at += 64) marks.push_back(marks_of(text.substr(at, 64), separator));
}

void find_marks(std::string_view text, char separator, std::vector<std::uint64_t>& marks) {
#if defined(__SSE2__)
  const __m128i separators = _mm_set1_epi8(separator), quotes = _mm_set1_epi8('"'), below_blank = _mm_set1_epi8(' ' - 1);
  const std::size_t whole = text.size() / 64;
  marks.resize((text.size() + 63) / 64);
  for (std::size_t word = 0; word < whole; ++word) {
    std::uint64_t bits = 0;
    for (unsigned part = 0; part < 4; ++part) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + 64 * word + 16 * part));
      const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, below_blank), bytes);
      const __m128i found = _mm_or_si128(low, _mm_or_si128(_mm_cmpeq_epi8(bytes, separators), _mm_cmpeq_epi8(bytes, quotes)));
      bits |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(found))) << (16 * part);
    }
    marks[word] = bits;
  }
  if (whole < marks.size()) marks[whole] = marks_of(text.substr(64 * whole), separator);
#else
  find_marks_plainly(text, separator, marks);
#endif
}

}  // namespace horisont
