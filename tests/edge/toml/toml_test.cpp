#include "edge/toml/toml.h"

#include <gtest/gtest.h>

namespace horisont {
namespace {

TEST(Toml, keeps_the_order_and_the_lines_of_the_file) {
  const auto document = parse_toml("b = 1\na = \"x\"\n\n[t]\nd = 2016-02-29\nlist = [true,\n 2]\n");
  ASSERT_TRUE(document);
  ASSERT_EQ(document->members.size(), 3u);
  EXPECT_EQ(document->members[0].name, "b");
  EXPECT_EQ(document->members[1].node.line, 2);
  const TomlNode* table = document->find("t");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->find("d")->day, Date::of(2016, 2, 29));
  EXPECT_EQ(table->find("list")->items[1].line, 7);
}

TEST(Toml, says_line_and_column_of_what_cannot_be_read) {
  const auto document = parse_toml("a = 1\nb = = 2\n");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().message.id, "toml.syntax");
  EXPECT_EQ(document.error().message.values[0], "2");
}

TEST(Toml, refuses_a_decimal_number_because_money_and_hours_are_integers) {
  const auto document = parse_toml("a = 1\nrate = 674.8\n");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().message, (Message{"toml.type", {"2", "rate"}}));
}

TEST(Toml, refuses_a_day_that_is_not_in_the_calendar) { EXPECT_FALSE(parse_toml("d = 2015-02-29\n")); }

}  // namespace
}  // namespace horisont
