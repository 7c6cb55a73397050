// The handbook: the same chapters in both languages, reached from every page, made of a little Markdown.

#include "web/handbook.h"

#include <gmock/gmock.h>

#include <set>

namespace horisont::web {
namespace {

using testing::HasSubstr;

TEST(Handbook, has_the_same_chapters_in_the_same_order_in_both_languages_and_none_is_empty) {
  const auto sv = handbook(Language::Swedish), en = handbook(Language::English);
  ASSERT_EQ(sv.size(), en.size());
  ASSERT_GE(sv.size(), 10u);
  std::set<std::string> names;
  for (std::size_t i = 0; i < sv.size(); ++i) {
    EXPECT_EQ(sv[i].name, en[i].name);
    EXPECT_TRUE(names.insert(sv[i].name).second) << sv[i].name;
    for (const Chapter& chapter : {sv[i], en[i]}) {
      EXPECT_EQ(chapter.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string::npos) << chapter.name;
      EXPECT_GT(chapter.body.markup().size(), 100u) << chapter.title;
      EXPECT_THAT(chapter.body.markup(), testing::Not(HasSubstr("**"))) << chapter.title;
    }
  }
}

TEST(Handbook, has_a_chapter_for_every_place_of_a_project) {
  const auto chapters = handbook(Language::Swedish);
  for (const char* path :
       {"/", "", "/inlasningar", "/utkast/1", "/problem", "/deltagare", "/deltagare/D-0001/bedomning", "/timmar", "/rapporter",
        "/rapporter/R-1/tal", "/manader", "/manad/2016-02", "/granskning", "/stickprov/S-1", "/logg"})
    EXPECT_TRUE(std::any_of(chapters.begin(), chapters.end(), [&](const Chapter& one) {
      return one.name == chapter_for(path);
    })) << path;
  EXPECT_EQ(chapter_for("/tillganglighet"), "");
}

TEST(Handbook, is_made_of_headings_paragraphs_lists_bold_words_and_links) {
  const auto chapters = chapters_of(
      "# Title\n\nnot shown\n\n## One & two {#one}\n\nA **bold** word and a [link](/to).\n\n1. first\n2. second\n\n- a\n- b\n"
      "## Bare\n<script>\n**open\n[no](http://example.se)\n");
  ASSERT_EQ(chapters.size(), 2u);
  EXPECT_EQ(chapters[0].name, "one");
  EXPECT_EQ(chapters[0].title, "One & two");
  EXPECT_EQ(chapters[0].body.markup(),
            "<p>A <strong>bold</strong> word and a <a href=\"/to\">link</a>.</p><ol><li>first</li><li>second</li></ol>"
            "<ul><li>a</li><li>b</li></ul>");
  EXPECT_EQ(chapters[1].name, "");
  EXPECT_EQ(chapters[1].body.markup(), "<p>&lt;script&gt;</p><p>**open</p><p>[no](http://example.se)</p>");
}

}  // namespace
}  // namespace horisont::web
