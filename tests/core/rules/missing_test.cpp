// Missing data: nobody is called eligible while something that blocks is not known (rules-engine, section 16, gate 2).

#include <gtest/gtest.h>

#include <random>

#include "core/rules/rules.h"
#include "support/given.h"
#include "youth_rules.h"

namespace horisont {
namespace {

using Record = std::vector<dmn::InputValue>;

const dmn::RuleSet& rules() { return youth_rules().rules; }
bool may_be_missing(std::size_t i) { return rules().inputs()[i].need == dmn::Need::MayBeMissing; }

// The record without one fact, and without what is computed from it.
Record without(Record record, std::size_t input) {
  record[input] = std::monostate{};
  for (std::size_t i = 0; i < record.size(); ++i)
    for (const std::string& with : rules().inputs()[i].missing_only_with)
      if (with == rules().inputs()[input].name) record[i] = std::monostate{};
  return record;
}
Verdict verdict(const Record& record) { return verdict_of(rules().answer(record), rules().rows()); }

// How good a verdict is for the person: less certain is never more favourable.
int favour(Verdict v) {
  return v == Verdict::Eligible ? 3 : v == Verdict::EligibleWithRemarks ? 2 : v == Verdict::Undecided ? 1 : 0;
}

struct Kind {
  const char* name;
  Given given;
  std::vector<std::string> not_asked;  // facts that this project's conditions do not need
};
const Kind kinds[] = {
    {"ung-horisont of 20", {}, {"school_municipality", "pupil_at_risk", "kaa_registered"}},
    {"ung-horisont of 18", {.born = "1999-01-15", .kaa_registered = true}, {"school_municipality", "pupil_at_risk"}},
    {"varmlands-framtid",
     {.project = "varmlands-framtid"},
     {"school_municipality", "pupil_at_risk", "kaa_registered", "upper_secondary_complete"}},
    {"varmlands-unga",
     {.project = "varmlands-unga", .school_municipality = "1783", .pupil_at_risk = true},
     {"home_municipality", "works", "studies", "upper_secondary_complete", "kaa_registered"}},
    {"varmlands-unga-i-arbete",
     {.project = "varmlands-unga-i-arbete", .born = "2003-05-10", .entered = "2024-03-01", .evidence_on = "2024-03-10"},
     {"school_municipality", "pupil_at_risk", "kaa_registered", "upper_secondary_complete"}},
};
bool asked(const Kind& kind, std::size_t input) {
  return std::find(kind.not_asked.begin(), kind.not_asked.end(), rules().inputs()[input].name) == kind.not_asked.end();
}

TEST(Missing, each_fact_alone_and_every_pair_leaves_nobody_eligible_who_needs_it) {
  int tried = 0;
  for (const Kind& kind : kinds) {
    const Record whole = facts_of(participation(kind.given), project(kind.given), programme(kind.given), rules());
    ASSERT_EQ(verdict(whole), Verdict::Eligible) << kind.name;
    for (std::size_t i = 0; i < whole.size(); ++i)
      for (std::size_t j = i; j < whole.size(); ++j) {
        if (!may_be_missing(i) || !may_be_missing(j)) continue;
        const bool blocks = (asked(kind, i) && rules().inputs()[i].name != "kaa_registered") ||
                            (asked(kind, j) && rules().inputs()[j].name != "kaa_registered");
        const bool remark = !blocks && (asked(kind, i) || asked(kind, j));
        EXPECT_EQ(name_of(verdict(without(without(whole, i), j))), name_of(blocks   ? Verdict::Undecided
                                                                           : remark ? Verdict::EligibleWithRemarks
                                                                                    : Verdict::Eligible))
            << kind.name << " without " << rules().inputs()[i].name << " and " << rules().inputs()[j].name;
        ++tried;
      }
  }
  EXPECT_EQ(tried, 5 * 10 * 11 / 2);
}

TEST(Missing, an_undecided_verdict_always_has_a_sentence) {
  for (const Kind& kind : kinds) {
    const Record whole = facts_of(participation(kind.given), project(kind.given), programme(kind.given), rules());
    for (std::size_t i = 0; i < whole.size(); ++i) {
      if (!may_be_missing(i)) continue;
      const dmn::Answers answers = rules().answer(without(whole, i));
      const bool undecided = verdict_of(answers, rules().rows()) == Verdict::Undecided;
      EXPECT_TRUE(!undecided || answers.hit != 0) << kind.name << " without " << rules().inputs()[i].name;
    }
  }
}

// A record near the limits, each fact missing now and then.
Record random_record(std::mt19937& random) {
  const auto pick = [&](auto... values) {
    const dmn::InputValue all[] = {dmn::InputValue{values}...};
    return all[random() % sizeof...(values)];
  };
  const auto near = [&](std::string_view iso) { return dmn::Day{day(iso).days() + static_cast<int>(random() % 5) - 2}; };
  using Text = std::string;
  Record record;
  for (const dmn::InputName& input : rules().inputs()) {
    const std::string& name = input.name;
    dmn::InputValue value;
    if (name == "project")
      value = pick(Text("ung-horisont"), Text("varmlands-framtid"), Text("varmlands-unga"), Text("another"));
    else if (name == "birth_date")
      value = near("1999-01-15");
    else if (name == "entry_date")
      value = random() % 2 ? near("2017-03-01") : near("2018-06-30");
    else if (name == "exit_date")
      value = random() % 2 ? dmn::InputValue{} : near("2017-03-01");
    else if (name == "age_at_entry")
      value = std::int64_t{14} + static_cast<std::int64_t>(random() % 12);
    else if (name == "home_municipality" || name == "school_municipality")
      value = pick(Text("1780"), Text("1783"), Text("0180"));
    else if (name == "project_start")
      value = dmn::Day{day("2016-01-01").days()};
    else if (name == "project_end")
      value = dmn::Day{day("2018-06-30").days()};
    else if (name == "overlap_days")
      value = std::int64_t{random() % 8 == 0};
    else if (name == "evidence_after_days")
      value = std::int64_t{28} + static_cast<std::int64_t>(random() % 5);
    else if (input.type == dmn::InputType::Boolean)
      value = random() % 2 == 0;
    record.push_back(value);
  }
  for (std::size_t i = 0; i < record.size(); ++i)
    if (may_be_missing(i) && random() % 12 == 0) record = without(std::move(record), i);
  return record;
}

TEST(Missing, taking_a_fact_away_never_makes_a_verdict_more_favourable) {
  std::mt19937 random{20161120};
  for (int round = 0; round < 4000; ++round) {
    const Record record = random_record(random);
    const int before = favour(verdict(record));
    for (std::size_t i = 0; i < record.size(); ++i) {
      if (!may_be_missing(i) || std::holds_alternative<std::monostate>(record[i])) continue;
      const int after = favour(verdict(without(record, i)));
      // Not eligible may become undecided: then it is the failure that is not known any more.
      EXPECT_LE(after, std::max(before, 1)) << "round " << round << " without " << rules().inputs()[i].name;
    }
  }
}

}  // namespace
}  // namespace horisont
