// A text read before gives the reading it gave; nothing else does.

#include "edge/import/remembered.h"

#include <gtest/gtest.h>

#include <random>

namespace horisont {
namespace {

CellView text(std::string_view text) { return {.kind = text.empty() ? CellView::Kind::Empty : CellView::Kind::Text, .text = text}; }

TEST(Remembered, the_same_text_is_read_once_and_any_other_for_itself) {
  Remembered readings;
  int read = 0;
  const auto length = [&](const CellView& cell) { return ++read, Reading<std::int32_t>{static_cast<int>(cell.text.size()), "date.form", "x"}; };
  for (int round = 0; round < 3; ++round) {
    const auto reading = readings(text("2026-03-02"), length);
    EXPECT_EQ(reading.value, 10);
    EXPECT_EQ(reading.error, "date.form");
    EXPECT_EQ(reading.remark, "x");
  }
  EXPECT_EQ(read, 1);
  readings(text("2026-03-03"), length);
  EXPECT_EQ(read, 2);
}

TEST(Remembered, numbers_long_texts_and_empty_cells_are_read_each_time) {
  Remembered readings;
  int read = 0;
  const auto count = [&](const CellView&) { return Reading<std::int32_t>{++read}; };
  for (int round = 1; round <= 2; ++round) {
    readings({.kind = CellView::Kind::Number, .text = "7"}, count);
    readings(text("mellan 8:00 och 16"), count);  // 17 bytes and more
    readings(text(""), count);
    EXPECT_EQ(read, 3 * round);
  }
  readings(text("sexton tecken .."), count);  // the longest that is remembered
  readings(text("sexton tecken .."), count);
  EXPECT_EQ(read, 7);
}

// Texts of few letters, so that many share their ends, their length or their place.
TEST(Remembered, random_texts_in_any_order_give_what_reading_them_gives) {
  std::mt19937 random(7);
  Remembered readings;
  const auto of = [](const CellView& cell) {
    std::int32_t value = 1;
    for (const char c : cell.text) value = (value * 31 + c) % 1'000'003;
    return Reading<std::int32_t>{value};
  };
  for (int i = 0; i < 200'000; ++i) {
    std::string word(1 + random() % 18, 'a');
    for (char& c : word) c = "ab0"[random() % (word.size() > 6 ? 2 : 3)];
    ASSERT_EQ(readings(text(word), of).value, of(text(word)).value) << word;
  }
}

}  // namespace
}  // namespace horisont
