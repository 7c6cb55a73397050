// The shipped rule set, with every fact missing that can be missing: nobody is eligible on what is not known.

#include "edge/rulesets/rulesets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "edge/files/files.h"
#include "support/places.h"
#include "support/random_records.h"

namespace horisont {
namespace {

const LoadedRuleSet& youth() {
  static const LoadedRuleSet rules = [] {
    auto loaded = load_rule_set(std::filesystem::path(HORISONT_SOURCE_DIR) / "config/rules/youth.dmn");
    std::string why;
    if (!loaded)
      for (const Finding& f : loaded.error()) why += words({f.code, f.values}, Language::English) + "\n";
    if (!loaded) throw std::runtime_error(why);
    return std::move(*loaded);
  }();
  return rules;
}

using Record = std::vector<dmn::InputValue>;

std::size_t index_of(std::string_view name) {
  const auto inputs = youth().rules.inputs();
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (inputs[i].name == name) return i;
  throw std::runtime_error("no input " + std::string(name));
}

Record random_record(std::mt19937_64& random, int missing) { return ::random_record(youth().rules, random, missing); }

Verdict verdict(const Record& record) { return verdict_of(youth().rules.answer(record), youth().rules.rows()); }

TEST(ShippedRules, load_without_a_complaint_and_know_their_identity) {
  EXPECT_EQ(youth().rules.rows().size(), 18u);
  EXPECT_EQ(youth().rules.texts().size(), 13u);
  EXPECT_EQ(youth().rules.limits().size(), 4u);
  EXPECT_EQ(youth().sha256, sha256_of(read_file(std::filesystem::path(HORISONT_SOURCE_DIR) / "config/rules/youth.dmn")));
}

TEST(ShippedRules, nobody_is_eligible_with_a_fact_missing_that_a_blocking_row_reads_unless_every_value_of_it_is_eligible) {
  std::mt19937_64 random(1);
  const auto inputs = youth().rules.inputs();
  int eligible_people = 0, judged = 0;
  for (int n = 0; n < 20'000; ++n) {
    Record whole = random_record(random, 0);
    if (!eligible(verdict(whole))) continue;
    ++eligible_people;
    for (std::size_t a = 0; a < inputs.size(); ++a)
      for (std::size_t b = a; b < inputs.size(); ++b) {
        if (inputs[a].need != dmn::Need::MayBeMissing || inputs[b].need != dmn::Need::MayBeMissing) continue;
        Record record = whole;
        record[a] = {}, record[b] = {};
        for (std::size_t i = 0; i < inputs.size(); ++i)
          for (const std::string& other : inputs[i].missing_only_with)
            if (std::holds_alternative<std::monostate>(record[index_of(other)])) record[i] = {};
        ++judged;
        if (!eligible(verdict(record))) continue;
        // The missing facts are of no account here: whatever they turn out to be, the person stays eligible.
        for (int fill = 0; fill < 8; ++fill) {
          const Record other = random_record(random, 0);
          Record filled = record;
          filled[a] = other[a], filled[b] = other[b];
          ASSERT_TRUE(eligible(verdict(filled))) << inputs[a].name << ", " << inputs[b].name;
        }
      }
  }
  EXPECT_GT(eligible_people, 200);
  EXPECT_GT(judged, 5'000);
}

TEST(ShippedRules, a_verdict_that_is_told_stays_whatever_the_missing_facts_turn_out_to_be) {
  std::mt19937_64 random(2);
  const auto inputs = youth().rules.inputs();
  int told = 0;
  for (int n = 0; n < 20'000; ++n) {
    const Record record = random_record(random, 15), other = random_record(random, 0);
    const Verdict before = verdict(record);
    if (before == Verdict::Undecided) continue;
    ++told;
    Record filled = record;
    for (std::size_t i = 0; i < inputs.size(); ++i)
      if (std::holds_alternative<std::monostate>(filled[i]) && inputs[i].need != dmn::Need::Optional) filled[i] = other[i];
    ASSERT_EQ(eligible(before), eligible(verdict(filled))) << n;
  }
  EXPECT_GT(told, 1'000);
}

TEST(RuleSetFiles, what_cannot_be_read_is_refused_with_its_reason) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "rules.dmn";
  struct Case {
    const char* what;
    std::string bytes, code;
  };
  std::string nested;
  for (int i = 0; i < 100'000; ++i) nested += "<a>";
  const Case cases[] = {
      {"nothing", "", "rules.not-xml"},
      {"no XML", "PK\3\4", "rules.not-xml"},
      {"an entity bomb", "<!DOCTYPE a [<!ENTITY a 'a'>]><a>&a;</a>", "rules.not-xml"},
      {"nested without end", nested, "rules.not-xml"},
      {"another document", "<html/>", "rules.L01"},
      {"more than four mebibytes", std::string(4 * 1024 * 1024 + 1, ' '), "rules.too-large"},
  };
  for (const Case& c : cases) {
    std::ofstream(path, std::ios::binary) << c.bytes;
    const auto loaded = load_rule_set(path);
    ASSERT_FALSE(loaded) << c.what;
    const Finding& finding = loaded.error().front();
    EXPECT_EQ(finding.code, c.code) << c.what;
    EXPECT_EQ(finding.place.file, "rules.dmn") << c.what;
    for (const Language language : {Language::Swedish, Language::English}) {
      const std::string text = words({finding.code, finding.values}, language);
      EXPECT_NE(text.front(), '[') << c.what;
      EXPECT_EQ(text.find('\x1F'), std::string::npos) << c.what;
      EXPECT_NE(words({finding.code + ".do", finding.values}, language).front(), '[') << c.what;
    }
  }
  EXPECT_THROW((void)load_rule_set(folder.path() / "none.dmn"), FileError);
}

std::string repeated(const std::string& what, std::size_t times) {
  std::string text;
  text.reserve(what.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += what;
  return text;
}

// The shipped rule set with one place written otherwise.
std::string youth_with(const std::string& text, const std::string& other) {
  std::string bytes = read_file(std::filesystem::path(HORISONT_SOURCE_DIR) / "config/rules/youth.dmn");
  const std::size_t at = bytes.find(text);
  if (at == bytes.npos) throw std::runtime_error("not in youth.dmn: " + text);
  return bytes.replace(at, text.size(), other);
}

int line_of(const std::string& text) {
  const std::string bytes = read_file(std::filesystem::path(HORISONT_SOURCE_DIR) / "config/rules/youth.dmn");
  return 1 + static_cast<int>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(bytes.find(text)), '\n'));
}

// A file made to do harm is refused with the place and the reason. `row` and `line` are given where the place has them.
TEST(RuleSetFiles, made_to_do_harm_are_refused_with_place_and_reason) {
  const std::string known = "<text>limits != null</text>", cell = "<text>&lt; limits.min_age</text>";
  const std::string needs_limits = "<informationRequirement id=\"limits_known_needs_limits\">";
  const std::string known_line = "(line " + std::to_string(line_of(known)) + " of the file)";
  const std::string cell_line = "(line " + std::to_string(line_of(cell)) + " of the file)";
  const std::string needs_p = "<informationRequirement id=\"limits_needs_p\"><requiredInput href=\"#p\"/>";
  std::string nested = "<?xml version=\"1.0\"?>\n<!DOCTYPE d [<!ENTITY a0 \"aaaaaaaaaa\">";
  for (int i = 1; i < 10; ++i)
    nested += "<!ENTITY a" + std::to_string(i) + " \"" + repeated("&a" + std::to_string(i - 1) + ";", 10) + "\">";
  nested += "]>\n<d>&a9;</d>";
  const std::string quadratic = "<?xml version=\"1.0\"?>\n<!DOCTYPE d [<!ENTITY a \"" + std::string(50'000, 'a') +
                                "\">]>\n<d>" + repeated("&a;", 50'000) + "</d>";
  struct Case {
    const char* what;
    std::string bytes, code, table;
    std::uint32_t row;
    std::string heading;
    std::vector<std::string> said;
  };
  const auto expression = [&](const std::string& text) { return youth_with(known, "<text>" + text + "</text>"); };
  const auto in_cell = [&](const std::string& text) { return youth_with(cell, "<text>" + text + "</text>"); };
  const std::string too_long = "The expression is too long (", too_deep = "The expression is too deep or too long",
                    age = "Ålder vid start / age on entry";
  const std::vector<Case> cases{
      {"a table that is not closed",
       youth_with("</decisionTable>", ""),
       "rules.not-xml",
       "",
       0,
       "",
       {"Line ", "not whole XML"}},
      {"half a file", youth_with("", "").substr(0, 20'000), "rules.not-xml", "", 0, "", {"Line ", "not whole XML"}},
      {"entities within entities", nested, "rules.not-xml", "", 0, "", {"Line 2", "DOCTYPE"}},
      {"one long entity many times", quadratic, "rules.not-xml", "", 0, "", {"Line 2", "DOCTYPE"}},
      {"a million elements in each other", repeated("<a>", 1'000'000), "rules.not-xml", "", 0, "", {"Line 1", "64 levels"}},
      {"an unknown DMN version",
       youth_with("DMN/20191111/MODEL/", "DMN/20991111/MODEL/"),
       "rules.L01",
       "",
       0,
       "",
       {"DMN/20991111/MODEL/", "(line " + std::to_string(line_of("<definitions")) + " of the file)"}},
      {"decisions that need each other",
       youth_with(needs_p, "<informationRequirement id=\"limits_needs_p\"><requiredDecision href=\"#in_area\"/>"),
       "rules.L01",
       "limits",
       0,
       "",
       {"depends on itself", "of the file)"}},
      {"a decision that needs itself",
       youth_with(needs_limits, needs_limits + "<requiredDecision href=\"#limits_known\"/></informationRequirement>"
                                               "<informationRequirement id=\"again\">"),
       "rules.L01",
       "limits_known",
       0,
       "",
       {"depends on itself", "of the file)"}},
      {"1 MB of parentheses",
       expression(repeated("(", 500'000) + "limits != null" + repeated(")", 500'000)),
       "rules.L02",
       "limits_known",
       0,
       "",
       {too_long, known_line}},
      {"1 MB of a sum",
       expression("1" + repeated(" + 1", 262'144) + " &gt; 0"),
       "rules.L02",
       "limits_known",
       0,
       "",
       {too_long, known_line}},
      {"1 MB of a list",
       expression("1 in [1" + repeated(", 1", 349'525) + "]"),
       "rules.L02",
       "limits_known",
       0,
       "",
       {too_long, known_line}},
      {"1 MB of brackets that open", expression(repeated("[", 1'000'000)), "rules.L02", "limits_known", 0, "", {too_long}},
      {"1 MB of not", expression(repeated("not(", 250'000)), "rules.L02", "limits_known", 0, "", {too_long}},
      {"1 MB of if", expression(repeated("if true then ", 76'923)), "rules.L02", "limits_known", 0, "", {too_long, known_line}},
      {"1 MB of digits", expression(std::string(1'000'000, '9') + " &gt; 0"), "rules.L02", "limits_known", 0, "", {too_long}},
      {"1 MB of a list in a cell",
       in_cell("1" + repeated(", 1", 349'525)),
       "rules.L02",
       "check_age",
       3,
       age,
       {too_long, cell_line}},
      {"1 MB of parentheses in a cell",
       in_cell(repeated("(", 500'000) + "1" + repeated(")", 500'000)),
       "rules.L02",
       "check_age",
       3,
       age,
       {too_long, cell_line}},
      // Within the length of 256 KiB, and far beyond the depth.
      {"256 KiB of a sum",
       expression("1" + repeated(" + 1", 65'000) + " &gt; 0"),
       "rules.L02",
       "limits_known",
       0,
       "",
       {too_deep, known_line}},
      {"256 KiB of a list",
       expression("1 in [1" + repeated(", 1", 86'000) + "]"),
       "rules.L02",
       "limits_known",
       0,
       "",
       {"After in stands an interval", known_line}},
      {"256 KiB of letters of two bytes",
       expression("\"a" + repeated("å", 130'000) + "\" &lt; \"b\""),
       "rules.L04",
       "limits_known",
       0,
       "",
       {"compared by size", "å…", known_line}},
      {"256 KiB of not", expression(repeated("not(", 65'000)), "rules.L02", "limits_known", 0, "", {too_deep, known_line}},
      {"a thousand parentheses",
       expression(repeated("(", 1'000) + "limits != null" + repeated(")", 1'000)),
       "rules.L02",
       "limits_known",
       0,
       "",
       {too_deep, known_line}},
  };
  for (const Case& c : cases) {
    const auto loaded = read_rule_set(c.bytes, "rules.dmn");
    ASSERT_FALSE(loaded) << c.what;
    const Finding& first = loaded.error().front();
    EXPECT_EQ(first.code, c.code) << c.what;
    EXPECT_EQ(first.place.file, "rules.dmn") << c.what;
    EXPECT_EQ(first.place.sheet, c.table) << c.what;
    EXPECT_EQ(first.place.row, c.row) << c.what;
    EXPECT_EQ(first.place.heading, c.heading) << c.what;
    const std::string text = words({first.code, first.values}, Language::English);
    for (const std::string& said : c.said) EXPECT_NE(text.find(said), text.npos) << c.what << ": " << text.substr(0, 600);
    std::size_t all = 0;
    for (const Finding& finding : loaded.error()) all += words({finding.code, finding.values}, Language::English).size();
    EXPECT_LT(all, 10'000u) << c.what << ": the megabyte is not repeated";
  }
}

}  // namespace
}  // namespace horisont
