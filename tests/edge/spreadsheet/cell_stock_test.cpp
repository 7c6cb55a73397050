// The stock of cells: equal cells are one, whatever differs makes another, and what was put in comes out.

#include <gtest/gtest.h>

#include <set>

#include "edge/spreadsheet/handmade_workbooks.h"
#include "edge/spreadsheet/state.h"

namespace horisont {
namespace {

using Kind = CellView::Kind;

TEST(CellStock, equal_cells_are_one_and_every_difference_makes_another) {
  struct Case {
    const char* what;
    CellView cell;
  };
  const Case cases[] = {{"a text", {.kind = Kind::Text, .text = "7"}},
                        {"another text", {.kind = Kind::Text, .text = "8"}},
                        {"a longer text", {.kind = Kind::Text, .text = "77"}},
                        {"an empty text", {.kind = Kind::Text}},
                        {"a NUL more", {.kind = Kind::Text, .text = std::string_view("7\0", 2)}},
                        {"a number of the same digits", {.kind = Kind::Number, .text = "7"}},
                        {"with a format", {.kind = Kind::Number, .text = "7", .format = "0.00"}},
                        {"with another format", {.kind = Kind::Number, .text = "7", .format = "0"}},
                        {"a date", {.kind = Kind::Date, .text = "7"}},
                        {"a duration", {.kind = Kind::Duration, .text = "7"}},
                        {"a boolean", {.kind = Kind::Boolean, .text = "7"}},
                        {"an error", {.kind = Kind::Error, .text = "7"}},
                        {"by a formula", {.kind = Kind::Number, .formula = true, .text = "7"}},
                        {"a formula without its value", {.kind = Kind::Empty, .formula = true, .without_value = true}},
                        {"a formula of nothing", {.kind = Kind::Empty, .formula = true}}};
  CellStock stock;
  TextKeeper texts;
  std::set<std::uint32_t> numbers{0};
  for (const Case& c : cases) {
    const std::uint32_t number = stock.number_of(c.cell, texts);
    EXPECT_TRUE(numbers.insert(number).second) << c.what << " is one of the others";
    // From other memory: it is the content that counts.
    const std::string text(c.cell.text), format(c.cell.format);
    CellView same = c.cell;
    same.text = text, same.format = format;
    EXPECT_EQ(stock.number_of(same, texts), number) << c.what;
    EXPECT_EQ(shown(stock.at(number)), shown(c.cell)) << c.what;
    EXPECT_EQ(stock.at(number).text, c.cell.text) << c.what;
  }
}

TEST(CellStock, the_empty_cell_is_number_0_whatever_it_looks_like) {
  CellStock stock;
  TextKeeper texts;
  EXPECT_EQ(stock.number_of({}, texts), 0u);
  EXPECT_EQ(stock.number_of({.kind = Kind::Empty, .format = "0.00"}, texts), 0u);
  EXPECT_EQ(stock.at(0).kind, Kind::Empty);
  EXPECT_EQ(stock.at(0).text, "");
}

TEST(CellStock, a_text_is_kept_unless_it_stays_where_it_is) {
  CellStock stock;
  TextKeeper texts;
  std::string gone = "forgotten by its owner", stays = "kept by its owner";
  const std::uint32_t first = stock.number_of({.kind = Kind::Text, .text = gone}, texts);
  const std::uint32_t second = stock.number_of({.kind = Kind::Text, .text = stays}, texts, true);
  gone.assign(gone.size(), 'x');
  EXPECT_EQ(stock.at(first).text, "forgotten by its owner");
  EXPECT_EQ(stock.at(second).text.data(), stays.data());
}

// Far beyond the first table of slots, and beyond the blocks of texts: no cell is lost or taken for another.
TEST(CellStock, two_hundred_thousand_cells_keep_their_numbers_while_it_grows) {
  CellStock stock;
  TextKeeper texts;
  const auto cell = [](std::uint32_t i, std::string& text) {
    text = "cell " + std::to_string(i / 2);
    return CellView{.kind = i % 2 ? Kind::Text : Kind::Number, .text = text};
  };
  std::string text;
  for (std::uint32_t i = 0; i < 200'000; ++i) ASSERT_EQ(stock.number_of(cell(i, text), texts), i + 1);
  for (std::uint32_t i = 0; i < 200'000; ++i) {
    const CellView put = cell(i, text);
    ASSERT_EQ(stock.number_of(put, texts), i + 1);
    ASSERT_EQ(stock.at(i + 1).text, put.text);
    ASSERT_EQ(stock.at(i + 1).kind, put.kind);
  }
}

TEST(CellStock, as_many_formats_as_two_bytes_count_and_no_more) {
  CellStock stock;
  TextKeeper texts;
  std::deque<std::string> codes;
  const auto with = [&](int i) {
    return stock.number_of({.kind = Kind::Number, .text = "1", .format = codes.emplace_back("0\"" + std::to_string(i) + "\"")}, texts);
  };
  for (int i = 1; i <= 65'535; ++i) ASSERT_EQ(with(i), static_cast<std::uint32_t>(i));
  try {
    with(65'536);
    FAIL() << "one format too many was taken";
  } catch (const ReadingStopped& stopped) {
    EXPECT_EQ(shown(stopped.problem), "file.too-many 65535 numFmt");
  }
  EXPECT_EQ(with(65'535), 65'535u) << "what is known still is";
}

TEST(TextKeeper, texts_larger_than_a_block_and_empty_ones_stay) {
  TextKeeper texts;
  std::vector<std::string> given{"", "a", std::string(65'536, 'b'), "c", std::string(65'537, 'd'), std::string(1 << 20, 'e'), "", "f"};
  std::vector<std::string_view> kept;
  for (const std::string& one : given) kept.push_back(texts.keep(one));
  for (std::size_t i = 0; i < given.size(); ++i) EXPECT_EQ(kept[i], given[i]) << i;
}

}  // namespace
}  // namespace horisont
