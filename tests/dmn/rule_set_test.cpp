#include "dmn/rule_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "edge/rulesets/rulesets.h"
#include "support/places.h"

namespace dmn {
namespace {

std::string text_of_file(const std::string& name) {
  std::ifstream in(std::string(HORISONT_SOURCE_DIR) + "/tests/dmn/" + name, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

RuleSet minimal() {
  const auto document = horisont::read_dmn(text_of_file("minimal.dmn"));
  EXPECT_TRUE(document);
  auto rules = RuleSet::load(*document, {});
  std::string why;
  if (!rules)
    for (const Complaint& c : rules.error())
      why += c.id + " " + c.table + " " + c.cell + " " + std::to_string(c.row) + ": " + c.en + "\n";
  EXPECT_TRUE(rules) << why;
  return *rules;
}

// Days since 1970: 2017-03-01 is 17226.
constexpr Day entry{17226};

struct Person {
  InputValue birth = Day{10957};
  InputValue entry_date = entry;
  InputValue exit = {};
  InputValue age = std::int64_t{17};
  InputValue municipality = std::string("1780");
};

std::vector<InputValue> record_of(const Person& p) {
  return {std::string("ung-horisont"), p.birth, p.entry_date, p.exit, p.age, p.municipality, Day{16801}, Day{17712}};
}

// "P01?" for an UNKNOWN row that hits, "P03" for a FAIL row, "~P03" for a row that cannot be told.
std::string codes(const RuleSet& rules, const Answers& answers) {
  std::string out;
  for (std::size_t i = 0; i < rules.rows().size(); ++i) {
    const FindingRow& row = rules.rows()[i];
    const std::string code = row.code + (row.outcome == RowOutcome::Unknown ? "?" : "");
    if (answers.hit >> i & 1) out += code + " ";
    if (answers.cannot_tell >> i & 1) out += "~" + code + " ";
  }
  return out;
}

TEST(RuleSet, each_row_says_hit_no_hit_or_cannot_tell) {
  const RuleSet rules = minimal();
  struct Case {
    const char* what;
    Person person;
    const char* codes;
  };
  const Case cases[] = {
      {"in order", {}, ""},
      {"15 years old", {.age = std::int64_t{15}}, ""},
      {"14 years old", {.age = std::int64_t{14}}, "P03 "},
      {"24 years old", {.age = std::int64_t{24}}, ""},
      {"25 years old", {.age = std::int64_t{25}}, "P04 "},
      {"birth date missing", {.birth = {}, .age = {}}, "P01? ~P03 ~P04 "},
      {"entry date missing", {.entry_date = {}, .age = {}}, "P02? ~P03 ~P04 ~P09 "},
      {"municipality missing", {.municipality = {}}, "P05? ~P05 "},
      {"lives elsewhere", {.municipality = std::string("1715")}, "P05 "},
      {"first day of the project", {.entry_date = Day{16801}}, ""},
      {"last day of the project", {.entry_date = Day{17712}}, ""},
      {"the day before the project", {.entry_date = Day{16800}}, "~P03 ~P04 P09 "},
      {"the day after the project", {.entry_date = Day{17713}}, "~P03 ~P04 P09 "},
      {"exit on the entry day", {.exit = entry}, ""},
      {"exit before entry", {.exit = Day{entry.days - 1}}, "P10? "},
      {"exit known, entry date missing", {.entry_date = {}, .exit = entry, .age = {}}, "P02? ~P03 ~P04 ~P09 ~P10? "},
  };
  for (const Case& c : cases) EXPECT_EQ(codes(rules, rules.answer(record_of(c.person))), c.codes) << c.what;
}

TEST(RuleSet, knows_its_head_inputs_rows_texts_and_limits) {
  const RuleSet rules = minimal();
  EXPECT_EQ(rules.version(), "1");
  EXPECT_EQ(rules.facts().supersedes, "none");
  EXPECT_EQ(rules.inputs().size(), 8u);
  EXPECT_EQ(rules.inputs()[4].missing_only_with, (std::vector<std::string>{"birth_date", "entry_date"}));
  ASSERT_EQ(rules.rows().size(), 8u);
  EXPECT_EQ(rules.rows()[2].code, "P03");
  EXPECT_EQ(rules.rows()[2].depends_on, 0b10101u) << "project, entry date (through limits) and age";
  EXPECT_TRUE(rules.rows()[6].unverified);
  ASSERT_EQ(rules.texts().size(), 7u);
  EXPECT_EQ(rules.texts()[4].question_en, "Living in a municipality of the project?");
  ASSERT_EQ(rules.limits().size(), 1u);
  EXPECT_EQ(rules.limits()[0].key, "ung-horisont");
  EXPECT_EQ(rules.limits()[0].from.days, 16801);
  EXPECT_EQ(rules.limits()[0].values[2], (std::pair<std::string, std::string>{"municipalities", "[1780, 1761]"}));
  EXPECT_EQ(rules.limits()[0].citation, "project bank 2015/00678");
}

TEST(RuleSet, a_trace_shows_every_row_with_the_values_it_read) {
  const RuleSet rules = minimal();
  const Trace trace = rules.trace(record_of({.age = std::int64_t{25}, .municipality = {}}));
  EXPECT_EQ(trace.answers, rules.answer(record_of({.age = std::int64_t{25}, .municipality = {}})));
  ASSERT_EQ(trace.rows.size(), rules.rows().size());
  const TracedRow& too_old = trace.rows[3];
  ASSERT_EQ(too_old.cells.size(), 1u);
  EXPECT_EQ(too_old.cells[0].expression, "p.age_at_entry");
  EXPECT_EQ(too_old.cells[0].test, "> limits.max_age");
  EXPECT_EQ(too_old.cells[0].value, "25");
  EXPECT_EQ(too_old.cells[0].compared, "24");
  EXPECT_EQ(too_old.cells[0].is, TracedCell::Is::True);
  EXPECT_EQ(too_old.message_sv, "Äldre än 24 år vid start (25 år).");
  EXPECT_EQ(trace.rows[5].missing, 0b100000u) << "the municipality";
  EXPECT_EQ(trace.rows[5].cells[1].is, TracedCell::Is::Unknown);
  EXPECT_EQ(trace.rows[5].message_en, "The municipality – does not belong to the project.");
  EXPECT_EQ(trace.limits_cited, std::vector<std::string>{"project bank 2015/00678"});
  const auto holds = [&](const char* name, const char* value) {
    return std::find(trace.derived.begin(), trace.derived.end(), std::pair<std::string, std::string>(name, value)) !=
           trace.derived.end();
  };
  EXPECT_TRUE(holds("in_area", "null"));
  EXPECT_TRUE(holds("limits.municipalities", "[1780, 1761]"));
}

}  // namespace
}  // namespace dmn
