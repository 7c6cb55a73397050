// What a terminal would obey is written out.

#include "core/values/visible.h"

#include <gtest/gtest.h>

namespace horisont {
namespace {

using namespace std::string_literals;

TEST(Visible, is_what_a_terminal_would_obey) {
  struct Case {
    const char* name;
    std::string text, shown, in_json;
  };
  const Case cases[] = {
      {"nothing of the kind", "Åsa Öberg – 7,5 h 👩‍👧", "Åsa Öberg – 7,5 h 👩‍👧",
       "Åsa Öberg – 7,5 h 👩‍👧"},
      {"empty", "", "", ""},
      {"line feed and tab stay", "a\n\tb", "a\n\tb", "a\n\tb"},
      {"an escape sequence", "a\x1b[31mb", "a\\x1b[31mb", "a\\u001b[31mb"},
      {"a bell", "\a", "\\x07", "\\u0007"},
      {"a zero", "a\0b"s, "a\\x00b", "a\\u0000b"},
      {"delete", "\x7f", "\\x7f", "\\u007f"},
      {"the last of the control characters", "\u009f\u00a0", "\\x9f\u00a0", "\\u009f\u00a0"},
      {"a control sequence in one character", "\u009b31m", "\\x9b31m", "\\u009b31m"},
      {"right to left", "a\u202Eb", "a<U+202E>b", "a\\u202eb"},
      {"isolates", "\u2066a\u2069", "<U+2066>a<U+2069>", "\\u2066a\\u2069"},
      {"a mark that nobody sees", "a\u200Bb", "a<U+200B>b", "a\\u200bb"},
      {"a byte order mark inside", "a\uFEFFb", "a<U+FEFF>b", "a\\ufeffb"},
      {"a tag character", "a\U000E0041", "a<U+E0041>", "a\\udb40\\udc41"},
      {"bytes that are no UTF-8", "a\xFF\xC3(", "a\\xff\\xc3(", "a\uFFFD\uFFFD("},
      {"an overlong form", "\xC0\x8A", "\\xc0\\x8a", "\uFFFD\uFFFD"},
      {"a surrogate", "\xED\xA0\x80", "\\xed\\xa0\\x80", "\uFFFD\uFFFD\uFFFD"},
      {"half a character at the end", "a\xE2\x80", "a\\xe2\\x80", "a\uFFFD\uFFFD"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(visible(c.text), c.shown) << c.name;
    EXPECT_EQ(visible(c.shown), c.shown) << c.name << ": a second time changes nothing";
    EXPECT_EQ(visible_json(c.text), c.in_json) << c.name;
  }
  EXPECT_EQ(visible_in_line("a\n\tb\r"), "a\\x0a\\x09b\\x0d");
}

}  // namespace
}  // namespace horisont
