#include "edge/text/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace horisont {
namespace {

struct Pair {
  const char* name;
  std::string written, expected;
};

TEST(HeadingKey, two_ways_to_write_a_heading_are_one) {
  const Pair cases[] = {
      {"case", "Personnummer", "personnummer"},
      {"dots", "Fr.o.m.", "from"},
      {"blanks and hyphens", " Deltagar - ID ", "deltagarid"},
      {"a non-breaking space", "Start\u00A0datum", "startdatum"},
      {"letters of Swedish stay", "NÄRVARO ÅR ÖVRIGT", "närvaroårövrigt"},
      {"a with ring as two characters", "A\u030Ar", "år"},
      {"full-width digits", "Vecka １０", "vecka10"},
      {"signs only", "–/()", ""},
      {"nothing", "", ""},
  };
  for (const Pair& each : cases) EXPECT_EQ(heading_key(each.written), each.expected) << each.name;
}

TEST(PlainKey, letters_with_marks_are_compared_without_them) {
  EXPECT_EQ(plain_key("närvaroår"), "narvaroar");
  EXPECT_EQ(plain_key("övrigtidé"), "ovrigtide");
  EXPECT_EQ(plain_key("timmar"), "timmar");
}

TEST(Tidy, what_people_mean_is_left) {
  const Pair cases[] = {
      {"outer blanks", "  Åsa  ", "Åsa"},
      {"non-breaking and thin spaces", "\u00A0Anna\u2009Maria\u202F", "Anna Maria"},
      {"runs of blanks", "Anna    Maria", "Anna Maria"},
      {"line breaks and tabs are blanks", "Anna\r\nMaria\tLind", "Anna Maria Lind"},
      {"soft hyphen", "Karl\u00ADstad", "Karlstad"},
      {"zero width", "Karl\u200Bstad\uFEFF", "Karlstad"},
      {"marks of direction", "\u202EAnna\u202C", "Anna"},
      {"a letter and its mark", "A\u030Asa", "Åsa"},
      {"plain text", "Karlstad", "Karlstad"},
      {"blanks only", " \u00A0 ", ""},
      {"nothing", "", ""},
  };
  for (const Pair& each : cases) EXPECT_EQ(tidy(each.written).text, each.expected) << each.name;
  EXPECT_TRUE(tidy("Karl\u00ADstad").hidden_removed);
  EXPECT_FALSE(tidy("\u00A0Karlstad ").hidden_removed);
}

TEST(Tidy, tidying_twice_changes_nothing_and_bytes_that_are_not_text_do_no_harm) {
  for (const std::string text : {"\xFF\xFE\x80", "a\xC3", "\xED\xA0\x80", "\x01\x02 x", "naïve \xF0\x9F\x98\x80"}) {
    const std::string once = tidy(text).text;
    EXPECT_EQ(tidy(once).text, once);
    EXPECT_FALSE(tidy(once).hidden_removed);
  }
}

TEST(Narrow, full_width_signs_are_the_ordinary_ones) {
  EXPECT_EQ(narrow("２００５-０３-０４"), "2005-03-04");
  EXPECT_EQ(narrow("ＡＢ　１"), "AB 1");
  EXPECT_EQ(narrow("7,5"), "7,5");
}

TEST(SortKey, names_stand_in_swedish_order) {
  std::vector<std::string> names{"Öberg", "Zander", "Ärlig", "Åberg", "andersson", "Alm", "Wiklund", "Vik", "Ek"};
  std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return sort_key(a) < sort_key(b); });
  EXPECT_EQ(names, (std::vector<std::string>{"Alm", "andersson", "Ek", "Vik", "Wiklund", "Zander", "Åberg", "Ärlig", "Öberg"}));
}

TEST(Edits, letters_and_not_bytes_are_counted) {
  EXPECT_EQ(edits("närvaro", "narvaro", 2), 1);
  EXPECT_EQ(edits("personnummer", "personnumer", 2), 1);
  EXPECT_EQ(edits("startdatum", "strartdatum", 2), 1);
  EXPECT_EQ(edits("timmar", "timmra", 2), 1);  // two neighbours that changed places
  EXPECT_EQ(edits("timmar", "timmar", 2), 0);
  EXPECT_EQ(edits("datum", "aktivitet", 2), 3);  // more than two, and that is all we ask
  EXPECT_EQ(edits("", "ab", 2), 2);
}

TEST(Characters, are_code_points) {
  EXPECT_EQ(characters("Åsa"), 3u);
  EXPECT_EQ(characters(""), 0u);
}

}  // namespace
}  // namespace horisont
