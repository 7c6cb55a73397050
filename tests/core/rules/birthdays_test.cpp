// The birthdays that an entry turns on, over every project of config/ with its own terms and the rule set that it names, on
// the ordinary path: an identity number and rows of files, folded, then decided. The people are made up: serials 980–999.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "core/rules/rules.h"
#include "edge/rulesets/rulesets.h"
#include "edge/settings/settings.h"
#include "support/places.h"

namespace horisont {
namespace {

const Configuration& shipped() {
  static const Configuration configuration = [] {
    auto loaded = load_configuration(std::filesystem::path(HORISONT_SOURCE_DIR) / "config");
    if (!loaded) throw std::runtime_error("config/ has complaints");
    return std::move(*loaded);
  }();
  return configuration;
}

// The rule set that the project uses on that day.
const LoadedRuleSet& rules_of(const ProjectTerms& project, Date on) {
  static std::map<std::string, LoadedRuleSet> read;
  for (const RuleSetUse& use : project.rule_sets) {
    if (on < use.used.first || (use.used.last && *use.used.last < on)) continue;
    if (!read.count(use.file)) {
      auto loaded = load_rule_set(std::filesystem::path(HORISONT_SOURCE_DIR) / "config/rules" / use.file);
      if (!loaded) throw std::runtime_error(use.file + " has complaints");
      read.emplace(use.file, std::move(*loaded));
    }
    return read.at(use.file);
  }
  throw std::runtime_error(project.key + " names no rule set for " + on.iso());
}

// "20010615" and a serial, with the digit that makes the number right.
PersonalIdentityNumber number(const std::string& eight, const std::string& serial) {
  for (char digit = '0'; digit <= '9'; ++digit)
    if (luhn(eight.substr(2) + serial + digit)) {
      auto read = PersonalIdentityNumber::parse(eight + "-" + serial + digit, *Date::parse("2026-06-30"));
      if (!read) throw std::invalid_argument(eight + serial);
      return read->number;
    }
  throw std::invalid_argument(eight);
}

struct Entrant {
  const char* project;
  std::string born;  ///< yyyymmdd as the number writes it
  std::string entered;
  std::string serial = "981";
  bool evidence = true;
};

// One who meets every other condition of the project, so that the birth date alone settles the answer.
struct Decided {
  Participation participation;
  Decision decision;
  Explanation explanation;
};
Decided decided(const Entrant& entrant) {
  const ProjectTerms& project = shipped().projects.at(entrant.project);
  const ProgrammeTerms& programme = shipped().programmes.at(project.programme);
  const std::string municipality = project.key == "ung-horisont" ? "1780" : "1783";
  Record person{.kind = RecordKind::Participants, .origin = {1, 0, 2, 0}, .person = 0, .values = {}};
  std::uint16_t column = 1;
  for (const auto& [field, value] :
       std::initializer_list<std::pair<const char*, std::string>>{{"entry_date", entrant.entered},
                                                                  {"home_municipality", municipality},
                                                                  {"school_municipality", municipality},
                                                                  {"employment_status", "inactive"},
                                                                  {"in_education", "no"},
                                                                  {"in_training", "no"},
                                                                  {"pupil_at_risk", "yes"},
                                                                  {"upper_secondary_complete", "no"},
                                                                  {"kaa_registered", "yes"}})
    person.values.push_back({field, value, ++column});
  Record extract{.kind = RecordKind::Evidence, .origin = {2, 0, 2, 0}, .person = 0, .values = {}};
  extract.values = {
      {"criterion", "residence", 1}, {"document_type", "register_extract", 2}, {"document_date", entrant.entered, 3}};
  std::vector<Record> records{person};
  if (entrant.evidence) records.push_back(extract);
  const People people{{.number = number(entrant.born, entrant.serial), .local_id = "", .name = "Ek, Kim"}};
  const auto all = fold(records, people, project);
  if (all.size() != 1) throw std::logic_error("one participation expected");
  const LoadedRuleSet& rules = rules_of(project, *Date::parse(entrant.entered));
  return {all[0], decide(all[0], project, programme, rules), explain(all[0], project, programme, rules)};
}

constexpr Verdict yes = Verdict::Eligible, no = Verdict::NotEligible;

struct Birthday {
  const char* name;
  Entrant entrant;
  Verdict verdict;
  std::vector<std::string> codes;
};
void PrintTo(const Birthday& c, std::ostream* out) { *out << c.name; }
class Birthdays : public testing::TestWithParam<Birthday> {};

TEST_P(Birthdays, settle_who_may_enter_on_the_day) {
  const Birthday& c = GetParam();
  const Decided found = decided(c.entrant);
  ASSERT_TRUE(found.participation.born_on);
  EXPECT_EQ(found.participation.born_on->value.iso(),
            c.entrant.born.substr(0, 4) + "-" + c.entrant.born.substr(4, 2) + "-" + c.entrant.born.substr(6, 2));
  EXPECT_EQ(name_of(found.decision.verdict), name_of(c.verdict));
  EXPECT_EQ(found.decision.codes, c.codes);
  EXPECT_EQ(found.explanation.verdict, found.decision.verdict);
}

// Ages 15 to 24 in three projects, 16 to 29 in the fourth. 29 February is a year older on 28 February (leap_birthday).
const Birthday birthdays[] = {
    {"ung_horisont_the_day_before_15", {"ung-horisont", "20020301", "2017-02-28"}, no, {"P03"}},
    {"ung_horisont_15_that_day", {"ung-horisont", "20020301", "2017-03-01"}, yes, {}},
    {"ung_horisont_the_day_before_25", {"ung-horisont", "19920301", "2017-02-28"}, yes, {}},
    {"ung_horisont_25_that_day", {"ung-horisont", "19920301", "2017-03-01"}, no, {"P04"}},
    {"ung_horisont_leap_day_the_day_before_25", {"ung-horisont", "19920229", "2017-02-27"}, yes, {}},
    {"ung_horisont_leap_day_25_that_day", {"ung-horisont", "19920229", "2017-02-28"}, no, {"P04"}},

    {"varmlands_framtid_the_day_before_15", {"varmlands-framtid", "20010615", "2016-06-14"}, no, {"P03"}},
    {"varmlands_framtid_15_that_day", {"varmlands-framtid", "20010615", "2016-06-15"}, yes, {}},
    {"varmlands_framtid_the_day_before_25", {"varmlands-framtid", "19910615", "2016-06-14"}, yes, {}},
    {"varmlands_framtid_25_that_day", {"varmlands-framtid", "19910615", "2016-06-15"}, no, {"P04"}},
    {"varmlands_framtid_leap_day_the_day_before_25", {"varmlands-framtid", "19920229", "2017-02-27"}, yes, {}},
    {"varmlands_framtid_leap_day_25_that_day", {"varmlands-framtid", "19920229", "2017-02-28"}, no, {"P04"}},

    {"varmlands_unga_the_day_before_15", {"varmlands-unga", "20011120", "2016-11-19"}, no, {"P03"}},
    {"varmlands_unga_15_that_day", {"varmlands-unga", "20011120", "2016-11-20"}, yes, {}},
    {"varmlands_unga_the_day_before_25", {"varmlands-unga", "19911120", "2016-11-19"}, yes, {}},
    {"varmlands_unga_25_that_day", {"varmlands-unga", "19911120", "2016-11-20"}, no, {"P04"}},
    {"varmlands_unga_leap_day_the_day_before_15", {"varmlands-unga", "20040229", "2019-02-27"}, no, {"P03"}},
    {"varmlands_unga_leap_day_15_on_the_last_day_of_the_project", {"varmlands-unga", "20040229", "2019-02-28"}, yes, {}},
    {"varmlands_unga_leap_day_the_day_before_25", {"varmlands-unga", "19920229", "2017-02-27"}, yes, {}},
    {"varmlands_unga_leap_day_25_that_day", {"varmlands-unga", "19920229", "2017-02-28"}, no, {"P04"}},

    {"i_arbete_the_day_before_15", {"varmlands-unga-i-arbete", "20090201", "2024-01-31"}, no, {"P03"}},
    {"i_arbete_15_that_day_is_still_too_young", {"varmlands-unga-i-arbete", "20090201", "2024-02-01"}, no, {"P03"}},
    {"i_arbete_the_day_before_16", {"varmlands-unga-i-arbete", "20080201", "2024-01-31"}, no, {"P03"}},
    {"i_arbete_16_that_day", {"varmlands-unga-i-arbete", "20080201", "2024-02-01"}, yes, {}},
    {"i_arbete_the_day_before_25", {"varmlands-unga-i-arbete", "19990201", "2024-01-31"}, yes, {}},
    {"i_arbete_25_that_day_changes_nothing", {"varmlands-unga-i-arbete", "19990201", "2024-02-01"}, yes, {}},
    {"i_arbete_the_day_before_30", {"varmlands-unga-i-arbete", "19940201", "2024-01-31"}, yes, {}},
    {"i_arbete_30_that_day", {"varmlands-unga-i-arbete", "19940201", "2024-02-01"}, no, {"P04"}},
    {"i_arbete_leap_day_25_that_day", {"varmlands-unga-i-arbete", "20000229", "2025-02-28"}, yes, {}},
    {"i_arbete_leap_day_the_day_before_30", {"varmlands-unga-i-arbete", "19960229", "2026-02-27"}, yes, {}},
    {"i_arbete_leap_day_30_that_day", {"varmlands-unga-i-arbete", "19960229", "2026-02-28"}, no, {"P04"}},
};
INSTANTIATE_TEST_SUITE_P(EveryProject, Birthdays, testing::ValuesIn(birthdays),
                         [](const auto& test) { return test.param.name; });

TEST(EveryProject, has_its_birthdays_here) {
  for (const auto& [key, project] : shipped().projects)
    for (const char* age : {"15", "25"}) {
      const auto of = [&, one = key](const char* mark) {
        return std::count_if(std::begin(birthdays), std::end(birthdays), [&](const Birthday& c) {
          return c.entrant.project == one && std::string(c.name).find(mark + std::string(age)) != std::string::npos;
        });
      };
      EXPECT_GE(of("_the_day_before_"), 1) << key << age;
      EXPECT_GE(of("_"), 2) << key << age;
    }
}

// Coordination numbers (day + 60) whose month or day was never known: no birth date, and none is guessed. Whoever is of the
// right age whatever the day is not let in either; nor is whoever is too old whatever the day refused.
struct NeverKnown {
  const char* name;
  std::string born;
};
void PrintTo(const NeverKnown& c, std::ostream* out) { *out << c.name; }
class BirthDateNeverKnown : public testing::TestWithParam<NeverKnown> {};

TEST_P(BirthDateNeverKnown, cannot_be_decided_in_any_project_and_a_birth_date_is_asked_for) {
  const std::map<std::string, std::string> entered{{"ung-horisont", "2017-03-01"},
                                                   {"varmlands-framtid", "2016-06-15"},
                                                   {"varmlands-unga", "2016-11-21"},
                                                   {"varmlands-unga-i-arbete", "2024-02-01"}};
  ASSERT_EQ(entered.size(), shipped().projects.size());
  for (const auto& [key, day] : entered) {
    const Decided found = decided({key.c_str(), GetParam().born, day, "982"});
    EXPECT_EQ(found.participation.number->kind(), IdentityKind::Coordination) << key;
    EXPECT_FALSE(found.participation.born_on) << key;
    EXPECT_EQ(name_of(found.decision.verdict), name_of(Verdict::Undecided)) << key;
    ASSERT_FALSE(found.decision.codes.empty()) << key;
    EXPECT_EQ(found.decision.codes.front(), "P01?") << key;
    EXPECT_EQ(found.decision.missing, std::vector<std::string>{"birth_date"}) << key;
    const RuleAnswer& answer = found.explanation.answers.front();
    EXPECT_EQ(answer.code, "P01") << key;
    EXPECT_EQ(answer.message.sv, "Födelsedatum saknas, så åldern kan inte prövas.") << key;
    EXPECT_EQ(answer.fix.en, "Give a complete identity number or a date of birth.") << key;
    EXPECT_THAT(answer.inputs, testing::Contains(testing::AllOf(testing::Field(&InputRead::name, "birth_date"),
                                                                testing::Field(&InputRead::missing, true))))
        << key;
  }
}
const NeverKnown never_known[] = {
    {"month_00", "19960070"},
    {"day_60", "19960560"},
    {"month_00_and_day_60", "19960060"},
    {"of_the_wrong_age_by_any_day_still_undecided", "19600060"},
    {"day_60_in_the_year_of_the_15th_birthday", "20020360"},
    {"a_day_that_does_not_exist", "19961191"},
};
INSTANTIATE_TEST_SUITE_P(EveryProject, BirthDateNeverKnown, testing::ValuesIn(never_known),
                         [](const auto& test) { return test.param.name; });

TEST(CoordinationNumber, without_a_birth_date_and_without_evidence_asks_for_both) {
  const Decided found = decided({"varmlands-framtid", "19960060", "2016-06-15", "984", false});
  EXPECT_EQ(name_of(found.decision.verdict), name_of(Verdict::Undecided));
  EXPECT_EQ(found.decision.codes, (std::vector<std::string>{"P01?", "P12?"}));
  for (const RuleAnswer& answer : found.explanation.answers)
    if (answer.code == "P12") {
      EXPECT_EQ(answer.outcome, RuleOutcome::CannotTell);
      EXPECT_EQ(answer.fix.en, "Register the evidence: what it proves, the day it is dated and where it is kept.");
    }
}

TEST(CoordinationNumber, with_a_known_birth_date_is_decided_as_any_other_number) {
  EXPECT_EQ(decided({"ung-horisont", "20020361", "2017-03-01", "983"}).decision.verdict, yes) << "born on 1 March 2002";
  EXPECT_EQ(decided({"ung-horisont", "20020361", "2017-02-28", "983"}).decision.codes, std::vector<std::string>{"P03"});
}

}  // namespace
}  // namespace horisont
