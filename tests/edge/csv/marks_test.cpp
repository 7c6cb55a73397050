// Where a text is not ordinary: sixteen bytes at a time finds what byte by byte finds.

#include "edge/csv/marks.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace horisont {
namespace {

TEST(Marks, every_byte_at_every_place_of_a_word_is_marked_or_not_as_byte_by_byte) {
  std::vector<std::uint64_t> quick, plain;
  for (int byte = 0; byte < 256; ++byte)
    for (std::size_t place = 0; place < 130; ++place) {
      std::string text(130, 'x');
      text[place] = static_cast<char>(byte);
      find_marks(text, ';', quick);
      find_marks_plainly(text, ';', plain);
      ASSERT_EQ(quick, plain) << "byte " << byte << " at " << place;
      const bool marked = (quick[place / 64] >> (place % 64) & 1) != 0;
      ASSERT_EQ(marked, byte < ' ' || byte == ';' || byte == '"') << "byte " << byte << " at " << place;
    }
}

TEST(Marks, random_texts_of_every_length_give_the_same_whatever_the_separator) {
  std::mt19937 random(20261126);
  std::vector<std::uint64_t> quick, plain;
  for (std::size_t length = 0; length < 300; ++length)
    for (const char separator : {';', ',', '\t', '|', '\xE5'}) {
      std::string text(length, ' ');
      for (char& c : text) c = static_cast<char>(random());
      find_marks(text, separator, quick);
      find_marks_plainly(text, separator, plain);
      ASSERT_EQ(quick, plain) << length << " bytes, separator " << static_cast<int>(separator);
      ASSERT_EQ(quick.size(), (length + 63) / 64);
    }
}

}  // namespace
}  // namespace horisont
