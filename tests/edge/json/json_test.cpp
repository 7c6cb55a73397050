#include "edge/json/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace horisont {
namespace {

JsonValue summary() {
  JsonValue root = JsonValue::object();
  root.add("project", "ung-horisont");
  root.add("participants", 300);
  root.add("öppen", true);
  root.add("nothing", {});
  root.add("codes", JsonValue::array({"P03", 7, JsonValue::object(), JsonValue::array()}));
  return root;
}

TEST(Json, is_written_with_the_keys_in_the_order_in_which_they_were_added) {
  EXPECT_EQ(write_json(summary(), false),
            R"({"project":"ung-horisont","participants":300,"öppen":true,"nothing":null,"codes":["P03",7,{},[]]})");
  EXPECT_EQ(write_json(JsonValue::object({{"b", 1}, {"a", JsonValue::array({2})}})),
            "{\n  \"b\": 1,\n  \"a\": [\n    2\n  ]\n}");
}

TEST(Json, read_back_gives_the_same_tree) {
  for (bool indented : {false, true}) {
    const auto read = parse_json(write_json(summary(), indented));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, summary());
  }
}

TEST(Json, text_survives_with_quotes_controls_and_letters_of_all_lengths) {
  const std::string text = std::string("\"\\\n\t\r\x01/å€𝄞") + '\0' + "x";
  const std::string written = write_json(text);
  EXPECT_EQ(written, "\"\\\"\\\\\\n\\t\\u000d\\u0001/å€𝄞\\u0000x\"");
  // Poco takes only objects and arrays as documents.
  const auto read = parse_json("[" + written + "]");
  ASSERT_TRUE(read) << read.error().message.values[0];
  EXPECT_EQ(read->items.at(0).text, text);
}

TEST(Json, bytes_that_are_not_utf8_become_the_replacement_character) {
  struct Case {
    const char *what, *bytes, *written;
  };
  for (const Case& c :
       {Case{"a letter of Windows-1252", "Sj\xF6", "\"Sj\uFFFD\""}, Case{"an overlong slash", "\xC0\xAF", "\"\uFFFD\uFFFD\""},
        Case{"a surrogate", "\xED\xA0\x80", "\"\uFFFD\uFFFD\uFFFD\""},
        Case{"beyond the last character", "\xF4\x90\x80\x80", "\"\uFFFD\uFFFD\uFFFD\uFFFD\""},
        Case{"cut in the middle", "a\xE2\x82", "\"a\uFFFD\uFFFD\""}})
    EXPECT_EQ(write_json(std::string(c.bytes)), c.written) << c.what;
}

TEST(Json, whole_numbers_are_read_to_the_limits_of_64_bits) {
  EXPECT_EQ(parse_json("[9223372036854775807]")->items[0].integer, INT64_MAX);
  EXPECT_EQ(parse_json("[-9223372036854775808]")->items[0].integer, INT64_MIN);
  EXPECT_EQ(parse_json("[-1]")->items[0].integer, -1);
}

TEST(Json, what_is_not_json_or_not_ours_is_refused) {
  struct Case {
    const char* what;
    std::string bytes;
  };
  const Case cases[] = {{"nothing", ""},
                        {"a cut object", R"({"a": 1)"},
                        {"text after the end", "{} x"},
                        {"a second document", "{}{}"},
                        {"a key twice", R"({"a": 1, "a": 2})"},
                        {"decimals", "[1.5]"},
                        {"one more than 64 bits hold", "[9223372036854775808]"},
                        {"far more than 64 bits hold", "[99999999999999999999]"},
                        {"nesting", std::string(100, '[') + std::string(100, ']')},
                        {"a comment", "[1 /* two */]"},
                        {"a raw line end in text", "[\"a\nb\"]"},
                        {"a lone surrogate", R"(["\ud800"])"}};
  for (const Case& c : cases) {
    const auto read = parse_json(c.bytes);
    ASSERT_FALSE(read) << c.what;
    EXPECT_EQ(read.error().message.id, "json.syntax") << c.what;
  }
}

TEST(Json, a_member_is_found_by_its_key) {
  const JsonValue root = summary();
  ASSERT_TRUE(root.find("participants"));
  EXPECT_EQ(root.find("participants")->integer, 300);
  EXPECT_EQ(root.find("Participants"), nullptr);
}

}  // namespace
}  // namespace horisont
