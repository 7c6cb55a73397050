#include "core/indicators/checks.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/given.h"

namespace horisont {
namespace {

using Found = IndicatorCheck::Found;

// Somebody without work of the ESF+ years, with everything that a complete record has, informed and with evidence.
Participation complete(std::uint32_t person, std::string_view gender, std::string_view status = "unemployed") {
  Participation p = participation({.person = person, .born = "2005-05-10", .entered = "2025-09-01", .left = "2026-03-10"});
  p.gender = gender;
  p.employment_status = word_fact(status);
  p.isced_level = word_fact("isced2");
  p.evidence = {{.criterion = "age", .document_date = day("2025-08-20")}};
  return p;
}
const IndicatorTerms terms{.as_of = day("2026-12-31")};

ProjectTerms project() {
  ProjectTerms project;
  project.grants.push_back({.operation = {day("2025-01-01"), day("2027-12-31")}});
  return project;
}

IndicatorCheck the(const std::vector<IndicatorCheck>& checks, std::string_view id, std::string_view formula) {
  for (const IndicatorCheck& check : checks)
    if (check.id == id && check.formula == formula) return check;
  ADD_FAILURE() << id << " " << formula;
  return {};
}

TEST(IndicatorChecks, a_formula_is_two_sums_and_a_sign) {
  IndicatorValues values;
  values.persons["A"] = {std::vector<std::uint32_t>{1, 2, 3}, {1, 2}, {3}, {}};
  values.persons["B"] = {std::vector<std::uint32_t>{1, 2}, {1, 2}, {}, {}};
  const std::tuple<const char*, Column, bool, const char*> cases[] = {
      {"A = 3", Column::Total, true, ""},     {"A = 4", Column::Total, false, "A total 3"},
      {"B ≤ A", Column::Total, true, ""},     {"A ≤ B", Column::Total, false, "A total 3, B total 2"},
      {"A ≤ B", Column::Men, true, ""},       {"A ≤ B", Column::Women, false, "A women 1, B women 0"},
      {"A + B = 5", Column::Total, true, ""}, {"A + B ≤ 4", Column::Total, false, "A total 3, B total 2"},
      {"C ≤ A", Column::Total, true, ""},
  };
  for (const auto& [formula, column, holds, cells] : cases) {
    const IndicatorCheck check = check_formula("X", Level::Error, formula, values, column);
    EXPECT_EQ(check.result == Found::Agrees, holds) << formula;
    EXPECT_EQ(check.cells, cells) << formula;
  }
}

TEST(IndicatorChecks, all_agree_on_what_was_counted) {
  const std::vector<Participation> people = {complete(0, "woman"), complete(1, "man", "inactive"),
                                             complete(2, "non_binary", "employed"), complete(3, "man")};
  const IndicatorValues values = count_indicators(Framework::EsfPlus, people, terms);
  EXPECT_EQ(values.of("EECO01", Column::Total), (std::vector<std::uint32_t>{0, 1, 2, 3}));
  EXPECT_EQ(values.of("EECO02", Column::Men), (std::vector<std::uint32_t>{3}));
  EXPECT_EQ(values.of("EECO02+04", Column::Total), (std::vector<std::uint32_t>{0, 1, 3}));
  EXPECT_EQ(values.number("EECO05", Column::NonBinary), 1);
  for (const IndicatorCheck& check : check_values(Framework::EsfPlus, values, {}, {}))
    if (check.level == Level::Error) {
      EXPECT_NE(check.result, Found::Differs) << check.id << " " << check.formula << " " << check.cells;
    }
  for (const IndicatorCheck& check : check_participants(Framework::EsfPlus, people, project(), terms))
    EXPECT_NE(check.result, Found::Differs) << check.id << " " << check.formula << " " << check.cells;
}

// Takes one cell of a table that agrees and makes it too large: each formula in which it stands on the smaller side, or of
// which it is a part, must say so in that column, and in no other.
TEST(IndicatorChecks, every_formula_of_values_is_broken_by_a_changed_cell) {
  for (const Framework framework : {Framework::Esf2014, Framework::Yei, Framework::EsfPlus}) {
    const std::vector<IndicatorCheck> agreeing = check_values(framework, {}, {}, {});
    int broken = 0;
    for (const IndicatorCheck& check : agreeing) {
      if (!check.column || check.formula.find(" ≤ ") == std::string::npos || check.id == "G13" || check.id == "G9") continue;
      const std::string code = check.formula.substr(0, check.formula.find(' '));
      if (code == "CR") continue;
      IndicatorValues changed;
      changed.persons[code][static_cast<std::size_t>(*check.column)] = {7};
      for (const IndicatorCheck& again : check_values(framework, changed, {}, {}))
        if (again.id == check.id && again.formula == check.formula) {
          EXPECT_EQ(again.result == Found::Differs, again.column == check.column) << again.id << " " << again.formula;
          ++broken;
        }
    }
    EXPECT_GT(broken, 40);
  }
}

TEST(IndicatorChecks, a_gender_without_base_fails_although_the_total_passes) {  // A6 is tested per gender
  IndicatorValues values;
  values.persons["EECO04"] = {std::vector<std::uint32_t>{1, 2}, {1, 2}, {}, {}};
  values.persons["EECR01"] = {std::vector<std::uint32_t>{3}, {}, {3}, {}};
  std::string said;
  for (const IndicatorCheck& check : check_values(Framework::EsfPlus, values, {}, {}))
    if (check.id == "A6" && check.formula == "EECR01 ≤ EECO04")
      said += std::string(name_of(*check.column)) + (check.result == Found::Agrees ? " agrees, " : " differs, ");
  EXPECT_EQ(said, "total agrees, men agrees, women differs, non_binary agrees, ");
}

TEST(IndicatorChecks, each_participant_test_finds_who_breaks_it) {
  const struct {
    const char *id, *formula;
    void (*breaks)(Participation&);
  } cases[] = {
      {"A13", "gender, employment_status, birth_date, isced_level", [](Participation& p) { p.isced_level = std::nullopt; }},
      {"P9", "entry ≤ exit ≤ result ≤ exit + 28 days", [](Participation& p) { p.left_on = day_fact("2025-08-31"); }},
      {"P9", "entry ≤ exit ≤ result ≤ exit + 28 days", [](Participation& p) { p.entered_on = day_fact("2024-12-31"); }},
      {"P9", "entry ≤ exit ≤ result ≤ exit + 28 days",
       [](Participation& p) {
         p.result = ExitResult{};
         p.result->events = {{"employed", day("2026-04-08"), {}}};
       }},
      {"P9", "entry ≤ exit ≤ result ≤ exit + 28 days",
       [](Participation& p) {
         p.result = ExitResult{};
         p.result->six_month_date = day_fact("2026-09-09");
       }},
      {"P10", "result → exit",
       [](Participation& p) {
         p.left_on = std::nullopt, p.spells.clear();
         p.result = ExitResult{};
         p.result->completed = Answer::Yes;
       }},
      {"P15", "ISCED 5–8 → age ≥ 18, ISCED 3 → age ≥ 16",
       [](Participation& p) { p.isced_level = word_fact("isced6"), p.born_on = day_fact("2008-05-10"); }},
      {"P16", "** → information_given_on", [](Participation& p) { p.traits.disability = Answer::No; }},
      {"P17", "15 ≤ age ≤ 24, evidence ≤ entry", [](Participation& p) { p.born_on = day_fact("2000-09-01"); }},
      {"P17", "15 ≤ age ≤ 24, evidence ≤ entry", [](Participation& p) { p.evidence.clear(); }},
      {"P17", "15 ≤ age ≤ 24, evidence ≤ entry", [](Participation& p) { p.evidence[0].document_date = day("2025-09-02"); }},
  };
  for (const auto& c : cases) {
    std::vector<Participation> people = {complete(0, "woman"), complete(1, "man")};
    c.breaks(people[1]);
    const IndicatorCheck check = the(check_participants(Framework::EsfPlus, people, project(), terms), c.id, c.formula);
    EXPECT_EQ(check.result, Found::Differs) << c.id;
    EXPECT_EQ(check.persons, std::vector<std::uint32_t>{1}) << c.id;
    EXPECT_EQ(check.cells, "D-0002") << c.id;
    EXPECT_EQ(check.left, 2) << c.id;
    EXPECT_EQ(check.right, 1) << c.id;
  }
}

TEST(IndicatorChecks, doubles_are_an_error_by_number_and_a_warning_by_name_and_birth_date) {
  std::vector<Participation> people = {complete(0, "woman"), complete(1, "woman")};
  for (Participation& p : people) p.name = "Namn, Test";
  const auto by_name = the(check_participants(Framework::EsfPlus, people, project(), terms), "P14", "name, birth_date");
  EXPECT_EQ(by_name.result, Found::Differs);
  EXPECT_EQ(by_name.level, Level::Warning);
  for (Participation& p : people) p.number = PersonalIdentityNumber::of_normal_form("199703012386").value();
  const auto by_number = the(check_participants(Framework::EsfPlus, people, project(), terms), "P14", "identity_number");
  EXPECT_EQ(by_number.result, Found::Differs);
  EXPECT_EQ(by_number.level, Level::Error);
  people[1].person = 0;
  EXPECT_EQ(the(check_participants(Framework::EsfPlus, people, project(), terms), "A8", "0 ≤ CO ≤ 1").result, Found::Differs);
}

TEST(IndicatorChecks, a_drop_out_cannot_have_completed_and_the_initiative_is_for_the_young_without_work_or_studies) {
  ProjectTerms yei;
  const auto asked = [&](void (*breaks)(Participation&), std::string_view id, std::string_view formula) {
    Participation p = complete(0, "woman");
    p.entered_on = day_fact("2017-03-01"), p.born_on = day_fact("1996-05-10"), p.left_on = day_fact("2017-12-01");
    p.studies = fact<bool>(false);
    p.result = ExitResult{};
    breaks(p);
    const std::vector<Participation> people = {p};
    return the(check_participants(Framework::Yei, people, yei, terms), id, formula).result;
  };
  EXPECT_EQ(asked([](Participation& p) { p.result->completed = Answer::Yes; }, "A12", "dropped_out → YEI-CR01 = 0"),
            Found::Agrees);
  EXPECT_EQ(asked(
                [](Participation& p) {
                  p.result->completed = Answer::Yes;
                  p.result->exit_reason = word_fact("dropped_out");
                },
                "A12", "dropped_out → YEI-CR01 = 0"),
            Found::Differs);
  EXPECT_EQ(asked([](Participation& p) { p.born_on = day_fact("1992-03-02"); }, "P13", "age < 25, NEET"), Found::Agrees);
  EXPECT_EQ(asked([](Participation& p) { p.born_on = day_fact("1992-03-01"); }, "P13", "age < 25, NEET"), Found::Differs);
  EXPECT_EQ(asked([](Participation& p) { p.studies = fact<bool>(true); }, "P13", "age < 25, NEET"), Found::Differs);
  EXPECT_EQ(asked([](Participation& p) { p.employment_status = word_fact("employed"); }, "P13", "age < 25, NEET"),
            Found::Differs);
}

TEST(IndicatorChecks, of_law_and_of_ours_are_all_there) {
  std::set<std::string> ids;
  for (const Framework framework : {Framework::Esf2014, Framework::Yei, Framework::EsfPlus}) {
    for (const auto& check : check_values(framework, {}, {}, {})) ids.insert(check.id);
    ids.insert(check_parts(framework, {}, {}).id);
    ids.insert(check_ratios(framework, {}, {}, {}).id);
    for (const auto& check : check_participants(framework, {}, project(), terms)) ids.insert(check.id);
  }
  for (const auto& [letter, last] : {std::pair{"A", 14}, {"P", 17}, {"G", 13}})
    for (int n = 1; n <= last; ++n) EXPECT_TRUE(ids.contains(letter + std::to_string(n))) << letter << n;
}

TEST(IndicatorChecks, years_add_up_to_the_whole) {
  std::vector<Participation> people;
  for (std::uint32_t i = 0; i < 3; ++i) {
    Participation p = complete(i, i == 0 ? "man" : "woman");
    p.entered_on = day_fact(i == 0 ? "2018-12-31" : "2019-01-01"), p.left_on = day_fact("2020-02-01");
    people.push_back(p);
  }
  std::vector<IndicatorValues> years;
  for (int year = 2014; year <= 2023; ++year) years.push_back(count_indicators(Framework::Esf2014, people, terms, year));
  const IndicatorValues all = count_indicators(Framework::Esf2014, people, terms);
  EXPECT_EQ(years[4].number("CO01", Column::Men), 1);
  EXPECT_EQ(years[5].number("CO01", Column::Women), 2);
  EXPECT_EQ(all.number("CO01", Column::Total), 3);
  EXPECT_EQ(the(check_values(Framework::Esf2014, all, all, years), "G9", "Σ = 2014 + … + 2023").result, Found::Agrees);
  years.pop_back(), years.erase(years.begin() + 4);
  const auto missing_year = the(check_values(Framework::Esf2014, all, all, years), "G9", "Σ = 2014 + … + 2023");
  EXPECT_EQ(missing_year.result, Found::Differs);
  EXPECT_NE(missing_year.cells.find("CO01 total 3"), std::string::npos);
}

}  // namespace
}  // namespace horisont
