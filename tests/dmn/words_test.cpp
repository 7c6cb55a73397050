// A rule set in words, what changed between two, and the text that two files share when they decide the same.

#include "dmn/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "edge/rulesets/rulesets.h"
#include "support/minimal_rules.h"

namespace dmn {
namespace {

RuleSet loaded(const std::string& xml) {
  const auto rules = RuleSet::load(*horisont::read_dmn(xml), {});
  if (!rules) throw std::runtime_error(rules.error().front().en);
  return *rules;
}

std::string with(const std::string& was, const std::string& becomes) {
  std::string xml = minimal_rules();
  const std::size_t at = xml.find(was);
  if (at == std::string::npos) throw std::runtime_error("the example no longer holds " + was);
  return xml.replace(at, was.size(), becomes);
}

TEST(Words, a_condition_is_a_sentence_in_both_languages) {
  const RuleSet rules = loaded(minimal_rules());
  const auto all = conditions(rules);
  ASSERT_EQ(all.size(), rules.rows().size());
  ASSERT_EQ(all[0].size(), 1u);
  EXPECT_TRUE(all[0][0].sv.ends_with("saknas")) << all[0][0].sv;
  EXPECT_TRUE(all[0][0].en.ends_with("is missing")) << all[0][0].en;
  EXPECT_TRUE(all[2][0].sv.ends_with("är mindre än limits.min_age")) << all[2][0].sv;
  EXPECT_TRUE(all[2][0].en.ends_with("is less than limits.min_age")) << all[2][0].en;
}

TEST(Changes, are_none_between_a_rule_set_and_itself) { EXPECT_TRUE(changes(loaded(minimal_rules()), loaded(minimal_rules())).empty()); }

TEST(Changes, are_told_with_what_was_and_what_is) {
  struct Case {
    const char *was, *becomes, *table, *what, *before, *after;
    bool same_logic;
  };
  const Case cases[] = {
      {"<outputEntry><text>24</text></outputEntry>", "<outputEntry><text>29</text></outputEntry>", "limits",
       "the limit max_age", "24", "29", false},
      {"date(\"2018-06-30\")]", "date(\"2018-12-31\")]", "limits", "holds until", "2018-06-30", "2018-12-31", false},
      {"\"needed for every limit\"", "\"asked for everywhere\"", "check_age", "basis", "needed for every limit",
       "asked for everywhere", true},
      {"\"Is the date of birth known?\"", "\"Is the day of birth known?\"", "rule_texts", "question",
       "Is the date of birth known?", "Is the day of birth known?", true},
      {"version=\"1\" valid", "version=\"2\" valid", "", "version", "1", "2", true},
  };
  const RuleSet before = loaded(minimal_rules());
  for (const Case& c : cases) {
    const RuleSet after = loaded(with(c.was, c.becomes));
    const auto found = changes(before, after);
    ASSERT_EQ(found.size(), 1u) << c.what;
    EXPECT_EQ(found[0].table, c.table);
    EXPECT_EQ(found[0].what.en, c.what);
    EXPECT_EQ(found[0].before.en, c.before);
    EXPECT_EQ(found[0].after.en, c.after);
    EXPECT_EQ(logic_text(before) == logic_text(after), c.same_logic) << c.what;
  }
}

TEST(Logic, layout_of_cells_does_not_count) {
  EXPECT_EQ(logic_text(loaded(minimal_rules())), logic_text(loaded(with("&lt; limits.min_age", "&lt;   limits.min_age"))));
}

}  // namespace
}  // namespace dmn
