// The shipped rule set, with every fact missing that can be missing: nobody is eligible on what is not known.

#include "edge/rulesets/rulesets.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace horisont
