// Every check of the funds' tables, A1 to A14, P1 to P17 and G1 to G13, is broken on purpose and says so: by its formula, and by
// the cells or participants that disagree. What no facts can break, because the numbers are counted as the law says, is broken in
// the table, by a changed number.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "core/indicators/checks.h"
#include "support/given.h"
#include "support/places.h"

namespace horisont {
namespace {

using Found = IndicatorCheck::Found;
using enum Framework;

struct Changed {
  const char* code;
  Column column;
  std::size_t number;
};
struct BrokenTable {
  const char* sentence;
  Framework framework;
  const char *id, *formula;
  Column column;
  std::vector<Changed> changed;
  const char* cells;
};

std::vector<std::uint32_t> somebody(std::size_t number) {
  std::vector<std::uint32_t> persons(number);
  for (std::size_t i = 0; i < number; ++i) persons[i] = static_cast<std::uint32_t>(i);
  return persons;
}
IndicatorValues table(const std::vector<Changed>& changed) {
  IndicatorValues values;
  for (const auto& [code, column, number] : changed) values.persons[code][static_cast<std::size_t>(column)] = somebody(number);
  return values;
}

constexpr Column T = Column::Total, M = Column::Men, W = Column::Women, N = Column::NonBinary;

const std::vector<BrokenTable>& broken_tables() {
  static const std::vector<BrokenTable> cases = {
      {"the sum that the system keeps for 02 and 04 is one short", EsfPlus, "A1", "EECO02+04 = EECO02 + EECO04", W,
       {{"EECO02", W, 2}, {"EECO04", W, 1}, {"EECO02+04", W, 2}}, "EECO02+04 women 2, EECO02 women 2, EECO04 women 1"},
      {"the one for 02 and 05 is one too many", EsfPlus, "A2", "EECO02+05 = EECO02 + EECO05", M,
       {{"EECO02+05", M, 1}}, "EECO02+05 men 1, EECO02 men 0, EECO05 men 0"},
      {"the one for all three statuses leaves the employed out", EsfPlus, "A3", "EECO02+04+05 = EECO02 + EECO04 + EECO05", T,
       {{"EECO02", T, 1}, {"EECO05", T, 1}, {"EECO02+04+05", T, 1}},
       "EECO02+04+05 total 1, EECO02 total 1, EECO04 total 0, EECO05 total 1"},
      {"a project for those of 15 to 24 has a sum of ages without the children", EsfPlus, "A4", "EECO06+07 = EECO06 + EECO07", N,
       {{"EECO06", N, 1}}, "EECO06+07 non_binary 0, EECO06 non_binary 1, EECO07 non_binary 0"},
      {"the sum of education counts somebody twice", EsfPlus, "A5", "EECO10+11 = EECO10 + EECO11", T,
       {{"EECO10", T, 1}, {"EECO10+11", T, 2}}, "EECO10+11 total 2, EECO10 total 1, EECO11 total 0"},
      {"more women found work than had none", EsfPlus, "A6", "EECR04 ≤ EECO02+04", W,
       {{"EECR04", W, 1}}, "EECR04 women 1, EECO02+04 women 0"},
      {"more have an improved situation than had work", EsfPlus, "A6", "EECR06 ≤ EECO05", T,
       {{"EECR06", T, 3}, {"EECO05", T, 2}}, "EECR06 total 3, EECO05 total 2"},
      {"the three statuses are not all complete records", Esf2014, "A7", "CO01 + CO03 + CO05 = COMPLETE", T,
       {{"CO01", T, 1}, {"COMPLETE", T, 2}}, "CO01 total 1, CO03 total 0, CO05 total 0, COMPLETE total 2"},
      {"more records are complete than there are", Esf2014, "A7", "COMPLETE ≤ GRAND", M,
       {{"COMPLETE", M, 2}, {"GRAND", M, 1}}, "COMPLETE men 2, GRAND men 1"},
      {"the three statuses are not everybody", EsfPlus, "G1", "EECO02 + EECO04 + EECO05 = EECO01", M,
       {{"EECO01", M, 1}}, "EECO02 men 0, EECO04 men 0, EECO05 men 0, EECO01 men 1"},
      {"the three statuses are more than the complete records", Esf2014, "G1", "CO01 + CO03 + CO05 = COMPLETE", W,
       {{"CO03", W, 1}}, "CO01 women 0, CO03 women 1, CO05 women 0, COMPLETE women 0"},
      {"more are long-term unemployed than unemployed", Esf2014, "G2", "CO02 ≤ CO01", T, {{"CO02", T, 1}}, "CO02 total 1, CO01 total 0"},
      {"more are long-term unemployed than unemployed in ESF+", EsfPlus, "G2", "EECO03 ≤ EECO02", M,
       {{"EECO03", M, 1}}, "EECO03 men 1, EECO02 men 0"},
      {"the ages are more than the complete records", Esf2014, "G3", "CO06 + CO07 ≤ COMPLETE", T,
       {{"CO06", T, 1}, {"CO07", T, 1}, {"COMPLETE", T, 1}}, "CO06 total 1, CO07 total 1, COMPLETE total 1"},
      {"more above 54 without work than above 54", Esf2014, "G3", "CO08 ≤ CO07", W, {{"CO08", W, 1}}, "CO08 women 1, CO07 women 0"},
      {"the ages of ESF+ are more than everybody", EsfPlus, "G3", "EECO06 + EECO07 + EECO08 ≤ EECO01", T,
       {{"EECO08", T, 1}}, "EECO06 total 0, EECO07 total 0, EECO08 total 1, EECO01 total 0"},
      {"the education levels are more than the complete records", Esf2014, "G4", "CO09 + CO10 + CO11 ≤ COMPLETE", M,
       {{"CO11", M, 1}}, "CO09 men 0, CO10 men 0, CO11 men 1, COMPLETE men 0"},
      {"somebody of ESF+ has no level of education", EsfPlus, "G4", "EECO09 + EECO10 + EECO11 = EECO01", T,
       {{"EECO01", T, 2}, {"EECO09", T, 1}}, "EECO09 total 1, EECO10 total 0, EECO11 total 0, EECO01 total 2"},
      {"more are from rural areas than there are", Esf2014, "G5", "CO19 ≤ GRAND", T, {{"CO19", T, 1}}, "CO19 total 1, GRAND total 0"},
      {"more live in jobless households with children than in jobless households", Esf2014, "G5", "CO13 ≤ CO12", W,
       {{"CO13", W, 2}, {"CO12", W, 1}}, "CO13 women 2, CO12 women 1"},
      {"more have a disability than there are in ESF+", EsfPlus, "G5", "EECO12 ≤ EECO01", N,
       {{"EECO12", N, 1}}, "EECO12 non_binary 1, EECO01 non_binary 0"},
      {"more disadvantaged have a result than are disadvantaged", Esf2014, "G6", "CR05 ≤ DISADVANTAGED", T,
       {{"CR05", T, 1}}, "CR05 total 1, DISADVANTAGED total 0"},
      {"search and work together are more than had no work", EsfPlus, "G6", "EECR01 + EECR04 ≤ EECO02 + EECO04", M,
       {{"EECR01", M, 1}, {"EECR04", M, 1}, {"EECO02", M, 1}}, "EECR01 men 1, EECR04 men 1, EECO02 men 1, EECO04 men 0"},
      {"more unemployed have completed than are unemployed", Yei, "G7", "YEI-CR01 ≤ CO01", W,
       {{"YEI-CR01", W, 1}}, "YEI-CR01 women 1, CO01 women 0"},
      {"somebody of the initiative had work", Yei, "G7", "CO01 + CO04 = COMPLETE", T,
       {{"CO01", T, 1}, {"COMPLETE", T, 2}}, "CO01 total 1, CO04 total 0, COMPLETE total 2"},
      {"more have left than have entered", Esf2014, "G12", "EXITS ≤ ENTRIES", T, {{"EXITS", T, 1}}, "EXITS total 1, ENTRIES total 0"},
      {"more have left than have entered in ESF+", EsfPlus, "G12", "EXITS ≤ ENTRIES", W,
       {{"EXITS", W, 2}, {"ENTRIES", W, 1}}, "EXITS women 2, ENTRIES women 1"},
  };
  return cases;
}

const IndicatorCheck* the(const std::vector<IndicatorCheck>& checks, std::string_view id, std::string_view formula,
                          std::optional<Column> column) {
  for (const IndicatorCheck& check : checks)
    if (check.id == id && check.formula == formula && check.column == column) return &check;
  return nullptr;
}

TEST(BrokenChecks, each_table_says_which_formula_does_not_hold_and_in_which_cells) {
  for (const BrokenTable& c : broken_tables()) {
    const auto before = check_values(c.framework, {}, {}, {}), after = check_values(c.framework, table(c.changed), {}, {});
    const IndicatorCheck *empty = the(before, c.id, c.formula, c.column), *broken = the(after, c.id, c.formula, c.column);
    ASSERT_TRUE(empty && broken) << c.sentence;
    EXPECT_EQ(empty->result, Found::Agrees) << c.sentence;
    EXPECT_EQ(broken->result, Found::Differs) << c.sentence;
    EXPECT_EQ(broken->cells, c.cells) << c.sentence;
  }
}

// Beside the finding that is meant there is none but those whose formula has a changed cell in it, too (A6 and G6 are one formula of two
// texts). All of it stands, as people read it, in tests/golden/broken-checks.txt; UPDATE_GOLDEN=1 writes it anew.
TEST(BrokenChecks, nothing_else_complains_than_what_a_changed_cell_is_part_of) {
  std::string said;
  for (const BrokenTable& c : broken_tables()) {
    said += std::string(c.sentence) + "\n";
    std::size_t meant = 0;
    for (const IndicatorCheck& check : check_values(c.framework, table(c.changed), {}, {})) {
      if (check.result != Found::Differs) continue;
      if (check.level == Level::Warning) continue;  // worth a look, as every new number is
      const bool is_meant = check.id == c.id && check.formula == c.formula && check.column == c.column;
      meant += is_meant;
      // Sums over columns and years name the cell, the others have it in their formula.
      const bool of_a_changed_cell = std::any_of(c.changed.begin(), c.changed.end(), [&](const Changed& changed) {
        return (check.formula + " " + check.cells).find(changed.code) != std::string::npos;
      });
      EXPECT_TRUE(of_a_changed_cell) << c.sentence << ": " << check.id << " " << check.formula << " " << check.cells;
      const Bilingual formula = check_words(check.formula), cells = check_words(check.cells);
      said += std::string(is_meant ? "  " : "  also ") + check.id + " | " + formula.sv + " | " + cells.sv + " | " + formula.en + " | " + cells.en + "\n";
    }
    EXPECT_EQ(meant, 1u) << c.sentence;
  }
  const std::string file = std::string(HORISONT_SOURCE_DIR) + "/tests/golden/broken-checks.txt";
  if (const char* update = std::getenv("UPDATE_GOLDEN"); update && std::string_view(update) == "1") {
    std::ofstream(file) << said;
    return;
  }
  std::stringstream expected;
  expected << std::ifstream(file).rdbuf();
  EXPECT_EQ(said, expected.str());
}

// docs/formats/indicator-checks.md says of each check which test breaks it.
TEST(BrokenChecks, the_document_names_a_test_that_is_there_for_every_check) {
  const auto read = [](const std::string& path) {
    std::stringstream text;
    text << std::ifstream(std::string(HORISONT_SOURCE_DIR) + "/" + path).rdbuf();
    return text.str();
  };
  const std::string document = read("docs/formats/indicator-checks.md");
  const std::string tests = read("tests/core/indicators/broken_checks_test.cpp") + read("tests/core/indicators/checks_test.cpp");
  for (const auto& [letter, last] : {std::pair{"A", 14}, {"P", 17}, {"G", 13}})
    for (int n = 1; n <= last; ++n) {
      const std::string id = letter + std::to_string(n);
      const auto row = document.find("\n| " + id + " |");
      ASSERT_NE(row, std::string::npos) << id;
      const std::string line = document.substr(row + 1, document.find('\n', row + 1) - row - 1);
      std::size_t named = 0;
      for (std::size_t at = line.find('`'); at != std::string::npos; at = line.find('`', line.find('`', at + 1) + 1)) {
        const std::string test = line.substr(at + 1, line.find('`', at + 1) - at - 1);
        EXPECT_NE(tests.find(", " + test + ")"), std::string::npos) << id << ": " << test;
        ++named;
      }
      EXPECT_GT(named, 0u) << id;
    }
}

TEST(BrokenChecks, of_several_columns_or_years_name_the_indicator_that_does_not_add_up) {
  struct Case {
    const char* sentence;
    Framework framework;
    const char *id, *formula;
    std::vector<Changed> now, earlier, in_2016;
    const char* cells;
  };
  const std::vector<Case> cases = {
      {"the total has somebody who is neither man nor woman", Esf2014, "G8", "total = men + women", {{"CO01", T, 3}, {"CO01", M, 1}, {"CO01", W, 1}}, {}, {},
       "CO01 total 3"},
      {"the total of ESF+ lacks the third column", EsfPlus, "G8", "total = men + women + non_binary", {{"EECO02", T, 1}, {"EECO02", W, 1}, {"EECO02", N, 1}}, {}, {},
       "EECO02 total 1"},
      {"the years add up to more than the whole", Esf2014, "G9", "Σ = 2014 + … + 2023", {{"CR03", T, 1}}, {}, {{"CR03", T, 2}}, "CR03 total 1"},
      {"a value of ESF+ falls from one year to the next", EsfPlus, "G9", "t − 1 ≤ t", {{"EECO05", T, 1}}, {{"EECO05", T, 2}}, {}, "EECO05 total 1"},
      {"a result of more than have left", EsfPlus, "G12", "CR ≤ EXITS", {{"EECR03", W, 1}}, {}, {}, "EECR03 women 1"},
      {"a result of 96 in a hundred is worth a look", Esf2014, "G13", "5 % ≤ CR / base ≤ 95 %", {{"CR07", T, 96}, {"CO05", T, 100}}, {}, {}, "CR07 total 96"},
      {"a result of 4 in a hundred is worth a look", Esf2014, "G13", "5 % ≤ CR / base ≤ 95 %", {{"CR07", T, 4}, {"CO05", T, 100}}, {}, {}, "CR07 total 4"},
      {"a value that more than half is new is worth a look", Esf2014, "G13", "|t − (t − 1)| ≤ 50 %", {{"CO02", T, 16}}, {{"CO02", T, 10}}, {}, "CO02 total 16"},
      {"only women take part, which is worth a look", Esf2014, "G13", "men < total, women < total", {{"COMPLETE", T, 2}, {"COMPLETE", W, 2}}, {}, {}, "COMPLETE total 2"},
  };
  for (const Case& c : cases) {
    std::vector<IndicatorValues> years(10);
    years[2] = table(c.in_2016);
    const auto checks = check_values(c.framework, table(c.now), table(c.earlier), years);
    const IndicatorCheck* broken = the(checks, c.id, c.formula, T);
    ASSERT_TRUE(broken) << c.sentence;
    EXPECT_EQ(broken->result, Found::Differs) << c.sentence;
    EXPECT_NE((", " + broken->cells + ",").find(std::string(", ") + c.cells + ","), std::string::npos) << c.sentence << ": " << broken->cells;
  }
}

TEST(BrokenChecks, the_bounds_of_what_is_worth_a_look_are_inside) {
  const auto result = [](std::size_t of_hundred) {
    const auto checks = check_values(Esf2014, table({{"CR07", T, of_hundred}, {"CO05", T, 100}}), {}, {});
    return the(checks, "G13", "5 % ≤ CR / base ≤ 95 %", T)->cells.find("CR07") == std::string::npos;
  };
  EXPECT_FALSE(result(4));
  EXPECT_TRUE(result(5));
  EXPECT_TRUE(result(95));
  EXPECT_FALSE(result(96));
  const auto jump = [](std::size_t now) {
    const auto checks = check_values(Esf2014, table({{"CO02", T, now}}), table({{"CO02", T, 10}}), {});
    return the(checks, "G13", "|t − (t − 1)| ≤ 50 %", T)->cells.empty();
  };
  EXPECT_FALSE(jump(4));
  EXPECT_TRUE(jump(5));
  EXPECT_TRUE(jump(15));
  EXPECT_FALSE(jump(16));
}

// Each flag of a record is 1 or 0. For every formula there are flags that break it, and flags that it holds for; none holds always.
TEST(BrokenChecks, every_formula_of_a_participant_can_be_broken_by_a_changed_flag) {
  std::set<std::string> ids;
  for (const Framework framework : {Esf2014, Yei, EsfPlus})
    for (const IndicatorCheck& check : check_participants(framework, {}, {}, {.as_of = day("2026-12-31")})) {
      std::set<std::string> codes;
      bool formula = check.formula.find(" = ") != std::string::npos || check.formula.find(" ≤ ") != std::string::npos;
      for (std::size_t at = 0; at < check.formula.size();) {
        const std::size_t end = std::min(check.formula.find(' ', at), check.formula.size());
        const std::string term = check.formula.substr(at, end - at);
        if (indicator(term) || term == "DISADVANTAGED")
          codes.insert(term);
        else if (term != "+" && term != "=" && term != "≤" && term != "1")
          formula = false;
        at = end + 1;
      }
      if (!formula || codes.empty()) continue;
      const std::vector<std::string> flags(codes.begin(), codes.end());
      int holds = 0, broken = 0;
      for (std::size_t bits = 0; bits < (std::size_t{1} << flags.size()); ++bits) {
        IndicatorValues record;
        for (std::size_t i = 0; i < flags.size(); ++i) record.persons[flags[i]][0] = somebody(bits >> i & 1);
        const IndicatorCheck again = check_formula(check.id, check.level, check.formula, record, T);
        (again.result == Found::Agrees ? holds : broken) += 1;
        if (again.result == Found::Agrees) continue;
        for (const std::string& flag : flags) EXPECT_NE(again.cells.find(flag + " total"), std::string::npos) << check.formula;
      }
      EXPECT_GT(holds, 0) << check.id << " " << check.formula;
      EXPECT_GT(broken, 0) << check.id << " " << check.formula;
      ids.insert(check.id);
    }
  for (const char* id : {"A9", "A10", "A11", "A14", "P1", "P2", "P3", "P4", "P5", "P6", "P8", "P11", "P12", "P13"})
    EXPECT_TRUE(ids.contains(id)) << id;
}

// What facts can break is broken by facts: each case changes the one record out of two.
TEST(BrokenChecks, facts_that_contradict_each_other_are_found_with_their_participant) {
  struct Case {
    const char* sentence;
    Framework framework;
    const char *id, *formula;
    void (*breaks)(Participation&);
  };
  const Case cases[] = {
      {"a status that is none of the three", Esf2014, "A14", "CO01 + CO03 + CO05 = 1", [](Participation& p) { p.employment_status = word_fact("other"); }},
      {"a status that is none of the three is in no sum", Esf2014, "P1", "CO01 + CO03 + CO05 = 1", [](Participation& p) { p.employment_status = word_fact("other"); }},
      {"a status that is none of the three in ESF+", EsfPlus, "P1", "EECO02 + EECO04 + EECO05 = 1", [](Participation& p) { p.employment_status = word_fact("other"); }},
      {"children in a jobless household that is not jobless", Esf2014, "P8", "CO13 ≤ CO12",
       [](Participation& p) { p.traits.jobless_household = Answer::No, p.traits.jobless_household_children = Answer::Yes; }},
  };
  for (const Case& c : cases) {
    std::vector<Participation> people;
    for (const std::uint32_t person : {0u, 1u}) {
      const bool plus = c.framework == EsfPlus;
      Participation p = participation({.person = person, .born = plus ? "2005-05-10" : "1998-05-10", .entered = plus ? "2025-09-01" : "2017-03-01"});
      p.gender = "woman", p.employment_status = word_fact("unemployed"), p.isced_level = word_fact("isced2");
      p.traits.jobless_household = p.traits.jobless_household_children = p.traits.single_adult_children = Answer::No;
      people.push_back(std::move(p));
    }
    c.breaks(people[1]);
    const auto checks = check_participants(c.framework, people, {}, {.as_of = day("2026-12-31")});
    const IndicatorCheck* broken = the(checks, c.id, c.formula, std::nullopt);
    ASSERT_TRUE(broken) << c.sentence;
    EXPECT_EQ(broken->result, Found::Differs) << c.sentence;
    EXPECT_EQ(broken->persons, std::vector<std::uint32_t>{1}) << c.sentence;
    EXPECT_EQ(broken->cells, "D-0002") << c.sentence;
  }
}

// P7: the register's own flag against the days: more than six months under 25, more than twelve from 25.
TEST(BrokenChecks, the_registers_flag_of_long_term_unemployment_is_worked_out_anew) {
  struct Case {
    const char *sentence, *born, *since;
    Answer flag;
    Found found;
    std::int64_t asked;
  };
  const Case cases[] = {
      {"no flag, nothing to compare", "2005-05-10", "2025-01-01", Answer::Unknown, Found::NotTested, 0},
      {"a flag that is refused is none", "2005-05-10", "2025-01-01", Answer::NotDisclosed, Found::NotTested, 0},
      {"yes after six months and a day", "2005-05-10", "2025-02-28", Answer::Yes, Found::Agrees, 1},
      {"yes after exactly six months", "2005-05-10", "2025-03-01", Answer::Yes, Found::Differs, 1},
      {"no after exactly six months", "2005-05-10", "2025-03-01", Answer::No, Found::Agrees, 1},
      {"no after six months and a day", "2005-05-10", "2025-02-28", Answer::No, Found::Differs, 1},
      {"yes at 25 after exactly twelve months", "2000-09-01", "2024-09-01", Answer::Yes, Found::Differs, 1},
      {"yes at 25 after twelve months and a day", "2000-09-01", "2024-08-31", Answer::Yes, Found::Agrees, 1},
      {"yes without a day rests on nothing", "2005-05-10", nullptr, Answer::Yes, Found::Differs, 1},
      {"no without a day cannot be gainsaid", "2005-05-10", nullptr, Answer::No, Found::Agrees, 1},
  };
  for (const Framework framework : {Esf2014, EsfPlus})
    for (const Case& c : cases) {
      Participation p = participation({.born = c.born, .entered = "2025-09-01"});
      if (framework == Esf2014) {  // ten years earlier, the same ages
        p.born_on = day_fact((std::to_string(std::stoi(c.born) - 10) + std::string(c.born).substr(4)).c_str());
        p.entered_on = day_fact("2015-09-01");
      }
      p.gender = "woman", p.employment_status = word_fact("unemployed"), p.isced_level = word_fact("isced2");
      if (c.since)
        p.unemployed_since = framework == Esf2014 ? day_fact((std::to_string(std::stoi(c.since) - 10) + std::string(c.since).substr(4)).c_str())
                                                  : day_fact(c.since);
      p.traits.long_term_unemployed = c.flag;
      const std::vector<Participation> people{p};
      const auto checks = check_participants(framework, people, {}, {.as_of = day("2026-12-31")});
      const IndicatorCheck* found = the(checks, "P7", framework == Esf2014 ? "CO02 = register" : "EECO03 = register", std::nullopt);
      ASSERT_TRUE(found) << c.sentence;
      EXPECT_EQ(found->result, c.found) << c.sentence;
      EXPECT_EQ(found->left.value_or(0), c.asked) << c.sentence;
      EXPECT_EQ(found->cells, c.found == Found::Differs ? "D-0001" : "") << c.sentence;
    }
}

TEST(BrokenChecks, parts_that_do_not_add_up_to_the_whole_name_the_cell_and_both_numbers) {  // G10
  const IndicatorValues whole = table({{"EECO01", T, 3}, {"EECO01", W, 2}, {"EECO01", M, 1}});
  const IndicatorValues north = table({{"EECO01", T, 2}, {"EECO01", W, 2}}), south = table({{"EECO01", T, 1}, {"EECO01", M, 1}});
  const std::vector<IndicatorValues> both{north, south}, one{north};
  EXPECT_EQ(check_parts(EsfPlus, whole, both).result, Found::Agrees);
  const IndicatorCheck broken = check_parts(EsfPlus, whole, one);
  EXPECT_EQ(broken.result, Found::Differs);
  EXPECT_EQ(broken.cells, "EECO01 total 3 ≠ 2, EECO01 men 1 ≠ 0");
  EXPECT_EQ(*broken.left - *broken.right, 2);
  EXPECT_EQ(check_parts(EsfPlus, whole, {}).result, Found::NotTested) << "an operation without parts";
  IndicatorValues estimated = whole;
  estimated.estimated["EECO12"] = {5, 2, 3, 0};
  EXPECT_EQ(check_parts(EsfPlus, estimated, both).result, Found::Agrees) << "an estimate is of the whole";
}

TEST(BrokenChecks, a_ratio_is_its_value_over_its_target) {  // G11
  const IndicatorValues values = table({{"EECO01", T, 30}, {"EECO01", W, 20}, {"EECO02", T, 10}, {"EECO04", T, 10}, {"EECR04", T, 5}});
  const std::vector<IndicatorTarget> targets{{.indicator = "EECO01", .total = 40, .women = 0}, {.indicator = "EECR04", .percent = true, .total = 50}};
  std::vector<Achieved> ratios;
  for (const IndicatorTarget& target : targets)
    for (const Column column : all_columns)
      if (const auto found = achieved(*indicator(target.indicator), target, values, column)) ratios.push_back(*found);
  ASSERT_EQ(ratios.size(), 2u) << "a target of 0 has no ratio, nor has a column without target";
  EXPECT_EQ(ratios[0].numerator * 4, ratios[0].denominator * 3) << "30 of 40";
  EXPECT_EQ(ratios[1].numerator * 2, ratios[1].denominator) << "5 of 20 is 25 %, half of 50 %";
  EXPECT_EQ(check_ratios(EsfPlus, values, targets, ratios).result, Found::Agrees);
  EXPECT_EQ(*check_ratios(EsfPlus, values, targets, ratios).left, 2);
  EXPECT_EQ(check_ratios(EsfPlus, values, {}, {}).result, Found::NotTested);

  auto wrong = ratios;
  wrong[0].numerator += 1;
  EXPECT_EQ(check_ratios(EsfPlus, values, targets, wrong).cells, "EECO01 total 30 / 40");
  wrong = ratios, wrong[1].denominator *= 2;
  EXPECT_EQ(check_ratios(EsfPlus, values, targets, wrong).cells, "EECR04 total 5 / 50");
  wrong = {ratios[1]};
  EXPECT_EQ(check_ratios(EsfPlus, values, targets, wrong).cells, "EECO01 total 30 / 40") << "one that is not there";
  wrong = ratios, wrong.push_back({"EECO01", W, 20, 1});
  EXPECT_EQ(check_ratios(EsfPlus, values, targets, wrong).cells, "EECO01 women 20 / 0") << "one over nothing";
}

TEST(BrokenChecks, an_estimate_stands_in_the_place_of_what_was_counted_and_is_checked_like_it) {  // IND-16
  const std::vector<IndicatorEstimate> estimates{{"EECO12", day("2025-06-30"), 4, 2, 2, 0, {}, {}}, {"EECO12", day("2025-12-31"), 6, 3, 3, 0, {}, {}}};
  const auto with = [&](const char* as_of) {
    IndicatorValues values = table({{"EECO01", T, 5}, {"EECO01", M, 3}, {"EECO01", W, 2}, {"EECO12", T, 1}});
    put_estimates(values, EsfPlus, estimates, day(as_of));
    return values;
  };
  EXPECT_EQ(with("2025-06-29").number("EECO12", T), 1) << "counted until the first estimate";
  EXPECT_EQ(with("2025-06-30").number("EECO12", T), 4);
  EXPECT_EQ(with("2025-12-30").number("EECO12", T), 4);
  EXPECT_EQ(with("2025-12-31").number("EECO12", W), 3);
  const auto checks = check_values(EsfPlus, with("2025-12-31"), with("2025-06-30"), {});
  EXPECT_EQ(the(checks, "G5", "EECO12 ≤ EECO01", T)->cells, "EECO12 total 6, EECO01 total 5");
  EXPECT_EQ(the(checks, "G5", "EECO12 ≤ EECO01", M)->result, Found::Agrees);
  for (const Indicator& one : indicators(EsfPlus)) {
    const std::string_view code = one.code;
    EXPECT_EQ(may_be_estimated(code), code >= "EECO12" && code <= "EECO17") << code;
  }
  EXPECT_TRUE(may_be_estimated("CO18") && may_be_estimated("CO19"));
  EXPECT_FALSE(may_be_estimated("CO16"));
}

TEST(BrokenChecks, formulas_and_cells_are_read_in_either_language) {
  EXPECT_EQ(check_words("CO01 + CO03 + CO05 = COMPLETE").sv, "CO01 + CO03 + CO05 = fullständiga uppgifter");
  EXPECT_EQ(check_words("CO01 + CO03 + CO05 = COMPLETE").en, "CO01 + CO03 + CO05 = complete records");
  EXPECT_EQ(check_words("EECO06+07 non_binary 0, EECO06 men 1").sv, "EECO06+07 icke-binära 0, EECO06 män 1");
  EXPECT_EQ(check_words("D-0001, … +7").en, "D-0001, … +7");
  // No word with an underscore, and none that only the other language has, is left in any formula.
  for (const Framework framework : {Esf2014, Yei, EsfPlus}) {
    auto all = check_values(framework, {}, {}, {});
    for (auto& check : check_participants(framework, {}, {}, {.as_of = day("2026-12-31")})) all.push_back(check);
    all.push_back(check_parts(framework, {}, {})), all.push_back(check_ratios(framework, {}, {}, {}));
    for (const IndicatorCheck& check : all) {
      const Bilingual both = check_words(check.formula);
      EXPECT_EQ(both.sv.find('_'), std::string::npos) << both.sv;
      EXPECT_EQ(both.en.find('_'), std::string::npos) << both.en;
      for (const char* english : {"exit", "entry", "result", "age ", "evidence", "total", "women", "base", "COMPLETE", "EXITS", "register "})
        EXPECT_EQ((" " + both.sv + " ").find(std::string(" ") + english + " "), std::string::npos) << both.sv;
    }
  }
}

}  // namespace
}  // namespace horisont
