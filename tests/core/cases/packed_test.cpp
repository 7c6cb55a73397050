// What is packed away comes out as it was put in.

#include "core/cases/packed.h"

#include <gtest/gtest.h>

#include "support/given.h"

namespace horisont {
namespace {

Date day(const char* iso) { return *Date::parse(iso); }

// Everything that can be known, each value another one, so that two that change places are found.
Participation known_in_full() {
  Participation p;
  p.person = 41, p.reference = "D-0042", p.number = *PersonalIdentityNumber::of_normal_form("199803039800");
  p.protected_identity = true;
  p.name = "Öberg, Åsa", p.email = "asa@exempel.se", p.mobile = "070-1740605", p.gender = "woman", p.local_id = "UH-1";
  p.origin = {3, 1, 70'000, 0, 0};
  std::uint16_t column = 0;
  const auto origin = [&] { return Origin{3, 1, 70'000, ++column, 0}; };
  p.born_on = {day("1998-03-03"), origin()};
  p.entered_on = {day("2016-02-29"), {9, 0, 4, 5, 2}};
  p.left_on = {day("2017-01-31"), origin()};
  p.spells = {{day("2016-02-29"), day("2016-05-31")}, {day("2016-09-01"), std::nullopt}};
  for (auto* fact : {&p.subproject, &p.school, &p.home_municipality, &p.school_municipality, &p.employment_status, &p.isced_level,
                     &p.school_stage, &p.target_group, &p.referred_by})
    *fact = {"word-" + std::to_string(column), origin()};
  p.gender_by_number = true;
  p.works = {true, origin()}, p.studies = {false, origin()}, p.pupil_at_risk = {true, origin()};
  p.upper_secondary_complete = {false, origin()}, p.kaa_registered = {true, origin()};
  p.unemployed_since = {day("1969-12-31"), origin()}, p.information_given_on = {day("2016-03-01"), origin()};
  p.traits = {Answer::Yes, Answer::No, Answer::NotDisclosed, Answer::Unknown, Answer::Yes, Answer::No, Answer::Yes, Answer::No, Answer::Yes, Answer::No};
  ExitResult result;
  for (auto* fact : {&result.exit_reason, &result.status_after, &result.education_kind, &result.status_source, &result.offer_kind,
                     &result.six_month_response, &result.six_month_status})
    *fact = {"word-" + std::to_string(column), origin()};
  for (auto* fact : {&result.exit_date, &result.status_after_date, &result.qualification_date, &result.offer_date, &result.six_month_date})
    *fact = {day("2017-01-31"), origin()};
  result.completed = Answer::Yes, result.offer = Answer::No, result.six_month_improved = Answer::NotDisclosed;
  result.events = {{"employed", std::nullopt, {4, 0, 2, 1, 0}}, {"in-education", day("2017-02-01"), {4, 0, 3, 1, 1}}};
  result.origin = {4, 0, 2, 0, 0};
  p.result = result;
  p.evidence = {{"residence", "register-extract", "FB 8", "Karlstads kommun", "Skatteverket", "Ek", "pärm 3", "intyg.pdf", "ab12", day("2016-01-25"), day("2016-01-26"), std::nullopt, day("2016-01-27"), {5, 0, 2, 0, 0}}};
  p.overlap_days = -1, p.overlap_with = {"varmlands-framtid D-0003", ""};
  return p;
}

// Two are the same when each tells what the other tells.
void expect_same(const Participation& a, const Participation& b) {
  EXPECT_EQ(a.person, b.person);
  EXPECT_EQ(a.reference, b.reference);
  EXPECT_EQ(a.number, b.number);
  EXPECT_EQ(a.protected_identity, b.protected_identity);
  EXPECT_EQ(a.gender_by_number, b.gender_by_number);
  EXPECT_EQ(a.name + "|" + a.email + "|" + a.mobile + "|" + a.gender + "|" + a.local_id,
            b.name + "|" + b.email + "|" + b.mobile + "|" + b.gender + "|" + b.local_id);
  for (const auto fact : {&Participation::born_on, &Participation::entered_on, &Participation::left_on, &Participation::unemployed_since,
                          &Participation::information_given_on})
    EXPECT_EQ(a.*fact, b.*fact);
  ASSERT_EQ(a.spells.size(), b.spells.size());
  for (std::size_t i = 0; i < a.spells.size(); ++i)
    EXPECT_TRUE(a.spells[i].first == b.spells[i].first && a.spells[i].last == b.spells[i].last) << i;
  for (const auto fact :
       {&Participation::subproject, &Participation::school, &Participation::home_municipality, &Participation::school_municipality,
        &Participation::employment_status, &Participation::isced_level, &Participation::school_stage, &Participation::target_group,
        &Participation::referred_by})
    EXPECT_EQ(a.*fact, b.*fact);
  for (const auto fact : {&Participation::works, &Participation::studies, &Participation::pupil_at_risk,
                          &Participation::upper_secondary_complete, &Participation::kaa_registered})
    EXPECT_EQ(a.*fact, b.*fact);
  for (const auto trait : {&Traits::jobless_household, &Traits::jobless_household_children, &Traits::single_adult_children,
                           &Traits::foreign_background, &Traits::third_country_national, &Traits::homeless, &Traits::minority,
                           &Traits::disability, &Traits::other_disadvantaged, &Traits::long_term_unemployed})
    EXPECT_EQ(a.traits.*trait, b.traits.*trait);
  ASSERT_EQ(a.result.has_value(), b.result.has_value());
  if (a.result) {
    const ExitResult &x = *a.result, &y = *b.result;
    for (const auto fact : {&ExitResult::exit_date, &ExitResult::status_after_date, &ExitResult::qualification_date,
                            &ExitResult::offer_date, &ExitResult::six_month_date})
      EXPECT_EQ(x.*fact, y.*fact);
    for (const auto fact : {&ExitResult::exit_reason, &ExitResult::status_after, &ExitResult::education_kind, &ExitResult::status_source,
                            &ExitResult::offer_kind, &ExitResult::six_month_response, &ExitResult::six_month_status})
      EXPECT_EQ(x.*fact, y.*fact);
    for (const auto answer : {&ExitResult::completed, &ExitResult::in_education_after, &ExitResult::national_programme,
                              &ExitResult::completed_grades, &ExitResult::qualification, &ExitResult::offer, &ExitResult::health_improved,
                              &ExitResult::six_month_self_employed, &ExitResult::six_month_education, &ExitResult::six_month_improved})
      EXPECT_EQ(x.*answer, y.*answer);
    ASSERT_EQ(x.events.size(), y.events.size());
    for (std::size_t i = 0; i < x.events.size(); ++i) {
      EXPECT_EQ(x.events[i].status, y.events[i].status);
      EXPECT_EQ(x.events[i].on, y.events[i].on);
      EXPECT_EQ(x.events[i].origin, y.events[i].origin);
    }
    EXPECT_EQ(x.origin, y.origin);
  }
  ASSERT_EQ(a.evidence.size(), b.evidence.size());
  for (std::size_t i = 0; i < a.evidence.size(); ++i) {
    const EvidenceItem &x = a.evidence[i], &y = b.evidence[i];
    EXPECT_EQ(x.criterion + "|" + x.document_type + "|" + x.reference + "|" + x.held_by,
              y.criterion + "|" + y.document_type + "|" + y.reference + "|" + y.held_by);
    EXPECT_TRUE(x.document_date == y.document_date && x.valid_from == y.valid_from && x.valid_to == y.valid_to);
    EXPECT_EQ(x.origin, y.origin);
  }
  EXPECT_EQ(a.origin, b.origin);
  EXPECT_EQ(a.overlap_days, b.overlap_days);
  EXPECT_EQ(a.overlap_with, b.overlap_with);
}

TEST(PackedParticipations, one_of_whom_everything_is_known_comes_out_as_put_in) {
  const Participation p = known_in_full();
  expect_same(PackedParticipations({p})[0], p);
}

TEST(PackedParticipations, one_of_whom_nothing_is_known_comes_out_as_put_in) {
  expect_same(PackedParticipations({Participation{}})[0], Participation{});
}

TEST(PackedParticipations, each_is_found_by_person_and_nobody_else_is) {
  std::vector<Participation> people(3);
  people[0].person = 0, people[0].name = "A";
  people[1] = known_in_full();
  people[2].person = 4'000'000'000u, people[2].name = std::string(200, 'c');
  const PackedParticipations packed(people);
  ASSERT_EQ(packed.size(), 3u);
  for (std::size_t i = 0; i < people.size(); ++i) {
    ASSERT_EQ(packed.place_of(people[i].person), i);
    expect_same(packed[i], people[i]);
    expect_same(packed.all()[i], people[i]);
  }
  for (const std::uint32_t nobody : {1u, 40u, 42u, 4'000'000'001u}) EXPECT_EQ(packed.place_of(nobody), std::nullopt) << nobody;
  EXPECT_TRUE(PackedParticipations().empty());
}

}  // namespace
}  // namespace horisont
