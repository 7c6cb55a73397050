// A table that is kept small gives back every row as it was.

#include "web/packed_table.h"

#include <gtest/gtest.h>

namespace horisont::web {
namespace {

using Rows = std::vector<std::vector<Table::Value>>;

Rows rows_of(const PackedTable& packed) {
  Rows rows;
  for (std::size_t i = 0; i < packed.size(); ++i) rows.push_back(packed.row(i));
  return rows;
}

TEST(PackedTable, rows_come_out_as_they_were_put_in) {
  const std::int64_t least = INT64_MIN, most = INT64_MAX;
  const struct {
    const char* what;
    Rows rows;
  } cases[] = {
      {"no rows", {}},
      {"numbers alone", {{least}, {std::int64_t{0}}, {most}}},
      {"numbers that fit into 32 bits",
       {{std::int64_t{-7}}, {std::int64_t{INT32_MAX}}, {std::int64_t{INT32_MIN}}, {std::int64_t{-7}}}},
      {"one that does not", {{std::int64_t{1}}, {std::int64_t{INT32_MAX} + 1}, {std::int64_t{1}}}},
      {"texts alone, empty ones among them",
       {{std::string()}, {std::string("D-0001")}, {std::string()}, {std::string("å")}, {std::string("D-0001")}}},
      {"a number and the text that looks like it", {{std::int64_t{1}}, {std::string("1")}, {std::string()}, {std::int64_t{1}}}},
      {"a word, and a message of that name", {{std::string("table.total")}, {Message{"table.total", {}}}}},
      {"messages that differ in their values alone",
       {{Message{"m", {"a", "b"}}}, {Message{"m", {"ab"}}}, {Message{"m", {"a"}}}}},
      {"columns of their own kinds, and a total",
       {{std::string("D-0001"), std::int64_t{60}},
        {std::string("D-0001"), std::int64_t{60}},
        {Message{"table.total", {}}, std::int64_t{120}}}},
  };
  for (const auto& one : cases) {
    Table table{.schema = "hours"};
    if (!one.rows.empty()) table.columns.resize(one.rows.front().size());
    table.rows = one.rows;
    const PackedTable packed(std::move(table));
    EXPECT_EQ(packed.head().schema, "hours") << one.what;
    EXPECT_TRUE(packed.head().rows.empty()) << one.what;
    ASSERT_EQ(packed.size(), one.rows.size()) << one.what;
    const Rows out = rows_of(packed);
    for (std::size_t i = 0; i < out.size(); ++i)
      for (std::size_t k = 0; k < out[i].size(); ++k) {
        ASSERT_EQ(out[i][k].index(), one.rows[i][k].index()) << one.what << ", row " << i;
        if (const auto* message = std::get_if<Message>(&out[i][k])) {
          EXPECT_EQ(message->id, std::get<Message>(one.rows[i][k]).id) << one.what << ", row " << i;
          EXPECT_EQ(message->values, std::get<Message>(one.rows[i][k]).values) << one.what << ", row " << i;
        } else if (const auto* text = std::get_if<std::string>(&out[i][k])) {
          EXPECT_EQ(*text, std::get<std::string>(one.rows[i][k])) << one.what << ", row " << i;
        } else {
          EXPECT_EQ(std::get<std::int64_t>(out[i][k]), std::get<std::int64_t>(one.rows[i][k])) << one.what << ", row " << i;
        }
      }
  }
}

}  // namespace
}  // namespace horisont::web
