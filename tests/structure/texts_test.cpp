#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "core/values/surface.h"
#include "core/values/texts.h"
#include "support/commands.h"

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

bool names_a_command(const Text& text) { return test::names_a_command(text.sv) || test::names_a_command(text.en); }

TEST(Texts, what_a_page_says_takes_the_place_of_a_text_that_there_is_once_and_with_its_values) {
  std::set<std::string_view> seen;
  for (const Text& text : texts_on_pages()) {
    const Text* const other = text_of(text.id);
    ASSERT_TRUE(other) << text.id;
    EXPECT_TRUE(seen.insert(text.id).second) << text.id << " stands twice";
    EXPECT_EQ(text_of(text.id, Surface::Page), &text);
    const auto used = placeholders(text.sv), known = placeholders(other->sv);
    EXPECT_EQ(used, placeholders(text.en)) << text.id;
    EXPECT_TRUE(std::includes(known.begin(), known.end(), used.begin(), used.end())) << text.id << " names a value that is not there";
  }
}

// Who reads a page may never have seen a terminal.
TEST(Texts, no_text_of_a_page_tells_to_type_a_command) {
  // Said by commands alone: of the command line, of witnesses and time stamps, of starting the program, of opening a pack.
  const std::string_view of_commands[] = {"cli.", "witness.", "timestamp.", "web.ui.", "audit.", "rules.replay-"};
  const std::set<std::string_view> also = {
      "month.filed-late", "month.filed-late.do",                                          // time that came late is read in by a command
      "month.needs-yes.do", "log.rotate-unconfirmed", "demo.changed",                    // a command asks back
      "problems.and-alike",                                                              // of a command's list alone
      "claim.lump-sum-not-shown.do", "claim.no-employment", "claim.in-kind-from.do",     // what only a command takes
      "manual.second-person", "remake.exists"};
  for (const Text& text : all_texts()) {
    const bool command = also.contains(text.id) || std::any_of(std::begin(of_commands), std::end(of_commands),
                                                              [&](std::string_view begins) { return text.id.starts_with(begins); });
    const Text* const on_page = text_of(text.id, Surface::Page);
    EXPECT_TRUE((command && on_page == text_of(text.id)) || !names_a_command(*on_page)) << text.id << ": " << on_page->sv;
  }
}

}  // namespace
}  // namespace horisont
