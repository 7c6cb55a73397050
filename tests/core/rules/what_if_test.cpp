// What would change a verdict: exact intervals, the missing fact, the smallest sets that suffice. Each claim is held against
// the rules themselves, asked about every value of a fact.

#include "core/rules/what_if.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "core/rules/facts.h"
#include "support/given.h"
#include "youth_rules.h"

namespace horisont {
namespace {

std::string text(const OtherValue& value) {
  constexpr const char* reaches[] = {"",         " through ", " or later", " or earlier", " or more",
                                     " or less", " any of",   " none of",  " any",        "missing"};
  return value.name + " " + value.to + reaches[static_cast<std::size_t>(value.reach)] + value.until;
}
// "entry_date 2016-11-20 or later + works no: eligible", one a way.
std::vector<std::string> ways(const Given& given) {
  std::vector<std::string> all;
  for (const OtherVerdict& other : what_would_change(participation(given), project(given), programme(given), youth_rules())) {
    std::string way;
    for (const OtherValue& value : other.values) way += (way.empty() ? "" : " + ") + text(value);
    all.push_back(way + ": " + std::string(name_of(other.verdict)));
  }
  return all;
}
bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}
std::string list(const std::vector<std::string>& all) {
  std::string lines;
  for (const std::string& one : all) lines += "\n  " + one;
  return lines;
}

TEST(WhatWouldChange, someone_too_young_may_enter_from_the_birthday_until_the_evidence_comes_too_early_to_count) {
  const auto found = ways({.born = "2002-03-10", .entered = "2017-03-01", .evidence_on = "2017-03-10"});
  EXPECT_TRUE(has(found, "entry_date 2017-03-10 through 2018-06-30: eligible-with-remarks")) << list(found);
  EXPECT_TRUE(has(found, "birth_date 1992-03-02 through 1997-03-01: eligible")) << list(found);
  EXPECT_TRUE(has(found, "birth_date 1997-03-02 through 2002-03-01: eligible-with-remarks")) << list(found);
}

TEST(WhatWouldChange, a_missing_fact_is_tried_with_each_of_its_values) {
  EXPECT_EQ(ways({.home_municipality = {}}), std::vector<std::string>{"home_municipality 1780 any of: eligible"});
  EXPECT_EQ(ways({.works = {}}), std::vector<std::string>{"works no: eligible"});
  EXPECT_EQ(ways({.born = {}}), (std::vector<std::string>{"birth_date 1992-03-02 through 1997-03-01: eligible",
                                                          "birth_date 1997-03-02 through 2002-03-01: eligible-with-remarks"}));
}

TEST(WhatWouldChange, evidence_that_came_too_late_may_lie_anywhere_up_to_the_last_day) {
  const auto found = ways({.evidence_on = "2017-04-01"});
  EXPECT_TRUE(has(found, "evidence_on_file 2017-03-31 or earlier: eligible")) << list(found);
  EXPECT_TRUE(has(found, "entry_date 2017-03-02 through 2018-06-30: eligible")) << list(found);
}

TEST(WhatWouldChange, an_exit_before_the_entry_may_be_later_or_not_have_been) {
  const auto found = ways({.left = "2017-02-01"});
  EXPECT_TRUE(has(found, "exit_date missing: eligible")) << list(found);
  EXPECT_TRUE(has(found, "exit_date 2017-03-01 or later: eligible")) << list(found);
}

TEST(WhatWouldChange, two_things_that_stand_in_the_way_are_named_together) {
  const auto found = ways({.home_municipality = "1761", .works = {}});
  EXPECT_TRUE(has(found, "home_municipality 1780 any of: undecided")) << list(found);
  EXPECT_TRUE(has(found, "works no + home_municipality 1780 any of: eligible")) << list(found);
  EXPECT_EQ(found.size(), 2u) << list(found);
}

TEST(WhatWouldChange, for_a_pass_each_fact_whose_other_value_would_end_it) {
  const auto found = ways({});
  EXPECT_TRUE(has(found, "works yes: not-eligible"));
  EXPECT_TRUE(has(found, "studies yes: not-eligible"));
  EXPECT_TRUE(has(found, "home_municipality 1780 none of: not-eligible"));
  EXPECT_TRUE(has(found, "overlap_days 1 or more: not-eligible")) << list(found);
  EXPECT_TRUE(has(found, "entry_date 2018-07-01 or later: not-eligible")) << list(found);
  EXPECT_TRUE(has(found, "evidence_on_file missing: undecided")) << list(found);
  EXPECT_FALSE(has(found, "kaa_registered no: eligible-with-remarks")) << "a remark keeps nobody out";
}

TEST(WhatWouldChange, a_remark_may_be_answered) {
  const auto found = ways({.born = "1999-05-10"});
  EXPECT_TRUE(has(found, "kaa_registered yes: eligible")) << list(found);
}

TEST(WhatWouldChange, dates_at_the_ends_of_the_calendar_are_no_trouble) {
  EXPECT_NO_FATAL_FAILURE((void)ways({.born = {}, .entered = "0001-01-02"}));
  EXPECT_NO_FATAL_FAILURE((void)ways({.born = "9990-01-01", .entered = "9999-12-30"}));
}

TEST(WhatWouldChange, every_fact_that_a_rule_set_may_name_is_tried_or_follows_from_one_that_is) {
  const std::set<std::string> follow{"age_at_entry", "evidence_after_days", "project", "project_start", "project_end"};
  const auto tried = facts_that_are_tried();
  for (const dmn::InputName& input : eligibility_facts())
    EXPECT_NE(has(tried, input.name), follow.contains(input.name)) << input.name;
}

// The facts as the test sets them: a second way beside the one under test.
void put(Participation& p, const std::string& name, const dmn::InputValue& to) {
  const auto on = [&](Fact<Date>& fact) {
    if (const auto* d = std::get_if<dmn::Day>(&to))
      fact = Known<Date>{Date::of_days(d->days), {}};
    else
      fact.reset();
  };
  const auto is = [&](Fact<bool>& fact) { fact = Known<bool>{std::get<bool>(to), {}}; };
  if (name == "entry_date") on(p.entered_on);
  if (name == "birth_date") on(p.born_on);
  if (name == "exit_date") on(p.left_on);
  if (name == "evidence_on_file") {
    p.evidence.clear();
    if (const auto* d = std::get_if<dmn::Day>(&to))
      p.evidence.push_back({.criterion = "residence", .document_date = Date::of_days(d->days)});
  }
  if (name == "works") is(p.works);
  if (name == "studies") is(p.studies);
  if (name == "pupil_at_risk") is(p.pupil_at_risk);
  if (name == "upper_secondary_complete") is(p.upper_secondary_complete);
  if (name == "kaa_registered") is(p.kaa_registered);
  if (name == "home_municipality") p.home_municipality = Known<std::string>{std::get<std::string>(to), {}};
  if (name == "school_municipality") p.school_municipality = Known<std::string>{std::get<std::string>(to), {}};
  if (name == "overlap_days") p.overlap_days = std::get<std::int64_t>(to);
}

bool holds(const OtherValue& claim, const dmn::InputValue& value) {
  using Reach = OtherValue::Reach;
  if (claim.reach == Reach::Missing) return std::holds_alternative<std::monostate>(value);
  if (std::holds_alternative<std::monostate>(value)) return false;
  if (claim.reach == Reach::Any) return true;
  if (const auto* b = std::get_if<bool>(&value)) return claim.to == (*b ? "yes" : "no");
  if (const auto* s = std::get_if<std::string>(&value)) {
    const bool among = (", " + claim.to + ",").find(", " + *s + ",") != std::string::npos;
    return claim.reach == Reach::NoneOf ? !among : among;
  }
  const auto whole = [&](const std::string& text) {
    return std::holds_alternative<dmn::Day>(value) ? std::int64_t{day(text).days()} : std::int64_t{std::stoll(text)};
  };
  const auto* d = std::get_if<dmn::Day>(&value);
  const std::int64_t is = d ? d->days : std::get<std::int64_t>(value), at = whole(claim.to);
  switch (claim.reach) {
    case Reach::Exactly:
      return is == at;
    case Reach::Between:
      return at <= is && is <= whole(claim.until);
    case Reach::OrLater:
    case Reach::OrMore:
      return is >= at;
    default:
      return is <= at;
  }
}

// All values of one fact in a range that holds every limit of the shipped rule set, and then some.
std::vector<dmn::InputValue> values_of(const std::string& name) {
  std::vector<dmn::InputValue> all;
  const auto days = [&](std::string_view from, std::string_view to) {
    for (Date at = day(from); at <= day(to); at = at.plus_days(1)) all.emplace_back(dmn::Day{at.days()});
  };
  if (name == "birth_date")
    days("1984-01-01", "2012-12-31");
  else if (name == "entry_date")
    days("2012-01-01", "2028-12-31");
  else if (name == "exit_date" || name == "evidence_on_file")
    all.emplace_back(std::monostate{}), days("2014-01-01", "2027-12-31");
  else if (name.ends_with("municipality"))
    for (int code = 1700; code < 1800; ++code) all.emplace_back(std::to_string(code));
  else if (name == "overlap_days")
    for (std::int64_t n = 0; n < 2000; ++n) all.emplace_back(n);
  else
    all = {true, false};
  return all;
}

Given random_given(std::mt19937& random, std::vector<std::string>& kept) {
  const auto chance = [&](unsigned in) { return random() % in == 0; };
  constexpr const char* projects[] = {"ung-horisont", "varmlands-framtid", "varmlands-unga", "varmlands-unga-i-arbete"};
  constexpr const char* starts[] = {"2016-01-01", "2015-05-01", "2016-03-01", "2023-09-01"};
  const std::size_t of = random() % 4;
  kept.reserve(8);
  const auto keep = [&](Date date) -> std::string_view { return kept.emplace_back(date.iso()); };
  const auto answer = [&]() -> std::optional<bool> {
    if (chance(5)) return std::nullopt;
    return chance(3);
  };
  Given given{.project = projects[of]};
  const Date entered = day(starts[of]).plus_days(static_cast<int>(random() % 1000) - 60);
  const Date born = entered.plus_days(-static_cast<int>(14 * 365 + random() % (16 * 365)));
  given.entered = chance(12) ? std::nullopt : std::optional(keep(entered));
  given.born = chance(8) ? std::nullopt : std::optional(chance(8) ? std::string_view("1992-02-29") : keep(born));
  if (chance(3)) given.left = keep(entered.plus_days(static_cast<int>(random() % 300) - 30));
  constexpr const char* codes[] = {"1780", "1783", "1761", "0180"};
  given.home_municipality = chance(6) ? std::nullopt : std::optional<std::string_view>(codes[random() % 4]);
  given.school_municipality = chance(3) ? std::nullopt : std::optional<std::string_view>(codes[random() % 4]);
  given.works = answer(), given.studies = answer(), given.pupil_at_risk = chance(3) ? std::nullopt : std::optional(!chance(4));
  given.upper_secondary_complete = answer(), given.kaa_registered = answer();
  given.overlap_days = chance(10) ? 3 : 0;
  given.evidence = !chance(8);
  given.evidence_on = chance(8) ? std::nullopt : std::optional(keep(entered.plus_days(static_cast<int>(random() % 45))));
  if (chance(2)) given.leap = LeapBirthday::Mar1;
  return given;
}

int favour(Verdict v) {
  return v == Verdict::Eligible ? 3 : v == Verdict::EligibleWithRemarks ? 2 : v == Verdict::Undecided ? 1 : 0;
}

TEST(WhatWouldChange, every_claim_holds_and_no_single_change_is_left_out) {
  const char* more = std::getenv("HORISONT_RECORDS");
  const int people = more ? std::atoi(more) : 16;
  std::mt19937 random{20'161'120};
  int claims = 0, told = 0;
  for (int n = 0; n < people; ++n) {
    std::vector<std::string> kept;
    const Given given = random_given(random, kept);
    const ProjectTerms terms = project(given);
    const ProgrammeTerms programme_terms = programme(given);
    const Participation person = participation(given);
    const auto verdict = [&](const Participation& p) {
      return verdict_of(youth_rules().rules.answer(facts_of(p, terms, programme_terms, youth_rules().rules)),
                        youth_rules().rules.rows());
    };
    const Verdict now = verdict(person);
    const auto found = what_would_change(person, terms, programme_terms, youth_rules());
    std::map<std::string, std::vector<const OtherVerdict*>> singles;
    for (const OtherVerdict& other : found)
      if (other.values.size() == 1) singles[other.values[0].name].push_back(&other), ++claims;
    for (const std::string& name : facts_that_are_tried()) {
      Participation changed = person;
      int wrong = 0;
      for (const dmn::InputValue& value : values_of(name)) {
        put(changed, name, value);
        const Verdict then = verdict(changed);
        const bool better = favour(then) > favour(now) || (eligible(now) && !eligible(then));
        int said = 0;
        bool right = true;
        for (const OtherVerdict* other : singles[name])
          if (holds(other->values[0], value)) ++said, right = right && other->verdict == then;
        told += better;
        if (said != (better ? 1 : 0) || !right) ++wrong;
      }
      EXPECT_EQ(wrong, 0) << "person " << n << " of " << given.project << " (" << name_of(now) << "): " << name
                          << list(ways(given));
    }
    // Sets: each stretch holds at its ends and not beside them, the other facts standing.
    for (const OtherVerdict& other : found) {
      if (other.values.size() == 1) continue;
      Participation changed = person;
      const OtherValue* wide = nullptr;
      std::vector<dmn::InputValue> all;
      for (const OtherValue& value : other.values) {
        if (value.reach != OtherValue::Reach::Exactly) {
          EXPECT_EQ(wide, nullptr) << "two stretches at once say more than was tried";
          wide = &value;
          continue;
        }
        for (const dmn::InputValue& one : values_of(value.name))
          if (holds(value, one)) put(changed, value.name, one);
      }
      ++claims;
      if (!wide) {
        EXPECT_EQ(verdict(changed), other.verdict);
        continue;
      }
      int in = 0;
      for (const dmn::InputValue& one : values_of(wide->name)) {
        if (!holds(*wide, one)) continue;
        ++in;
        put(changed, wide->name, one);
        EXPECT_EQ(verdict(changed), other.verdict) << list(ways(given));
        if (testing::Test::HasFailure()) return;
      }
      EXPECT_GT(in, 0) << text(*wide);
    }
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(claims, people);
  EXPECT_GT(told, people * 100);
}

}  // namespace
}  // namespace horisont
