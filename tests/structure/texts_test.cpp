#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/values/message.h"

namespace horisont {
namespace {

std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> found;
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (text[i] == '{' && text[i + 2] == '}') found.insert(std::string(text.substr(i, 3)));
  return found;
}

TEST(Texts, every_message_stands_once_in_both_languages_with_the_same_values) {
  std::set<std::string_view> seen;
  for (const Text& text : all_texts()) {
    EXPECT_TRUE(seen.insert(text.id).second) << text.id << " stands twice";
    EXPECT_FALSE(text.sv.empty()) << text.id;
    EXPECT_FALSE(text.en.empty()) << text.id;
    EXPECT_EQ(placeholders(text.sv), placeholders(text.en)) << text.id;
  }
  EXPECT_GT(seen.size(), 10u);
}

}  // namespace
}  // namespace horisont
