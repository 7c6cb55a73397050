#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/cases/participation.h"
#include "core/cases/terms.h"

// The one builder of test cases. What a test does not mention is an ordinary, eligible participation in Ung Horisont:
// participation({.born = "1998-05-10"}).

namespace horisont {

inline Date day(std::string_view iso) { return Date::parse(iso).value(); }
inline Period period(std::string_view first, std::string_view last) { return {day(first), day(last)}; }

template <class T>
Fact<T> fact(const std::optional<T>& value, std::uint16_t column = 1) {
  if (!value) return std::nullopt;
  return Known<T>{*value, Origin{.import = 1, .sheet = 0, .row = 2, .column = column}};
}
inline Fact<Date> day_fact(const std::optional<std::string_view>& iso) { return iso ? fact<Date>(day(*iso)) : std::nullopt; }
inline Fact<std::string> word_fact(const std::optional<std::string_view>& word) {
  return word ? fact<std::string>(std::string(*word)) : std::nullopt;
}

struct Given {
  std::string_view project = "ung-horisont";
  std::uint32_t person = 0;
  std::optional<std::string_view> number = {};  // twelve characters, of the tax agency's series
  std::optional<std::string_view> born = "1996-05-10";
  std::optional<std::string_view> entered = "2017-03-01";
  std::optional<std::string_view> left = {};                   // absent: still taking part
  std::optional<std::string_view> home_municipality = "1780";  // Karlstad
  std::optional<std::string_view> school_municipality = {};
  std::optional<bool> works = false, studies = false;
  std::optional<bool> pupil_at_risk = {};
  std::optional<bool> upper_secondary_complete = false;
  std::optional<bool> kaa_registered = {};
  std::int64_t overlap_days = 0;
  bool evidence = true;
  std::optional<std::string_view> evidence_on = "2017-03-10";
  std::string_view evidence_criterion = "residence";
  LeapBirthday leap = LeapBirthday::Feb28;
  std::optional<int> day_cap_minutes = 24 * 60;
};

inline Participation participation(const Given& given = {}) {
  Participation p;
  p.person = given.person;
  p.reference = participant_reference(given.person);
  if (given.number) p.number = PersonalIdentityNumber::of_normal_form(*given.number).value();
  p.born_on = day_fact(given.born);
  p.entered_on = day_fact(given.entered);
  p.left_on = day_fact(given.left);
  if (p.entered_on) p.spells = {{p.entered_on->value, p.left_on ? std::optional(p.left_on->value) : std::nullopt}};
  p.home_municipality = word_fact(given.home_municipality);
  p.school_municipality = word_fact(given.school_municipality);
  p.works = fact(given.works);
  p.studies = fact(given.studies);
  p.pupil_at_risk = fact(given.pupil_at_risk);
  p.upper_secondary_complete = fact(given.upper_secondary_complete);
  p.kaa_registered = fact(given.kaa_registered);
  p.overlap_days = given.overlap_days;
  if (given.evidence)
    p.evidence = {EvidenceItem{.criterion = std::string(given.evidence_criterion),
                               .document_type = "register_extract",
                               .document_date = given.evidence_on ? std::optional(day(*given.evidence_on)) : std::nullopt,
                               .origin = {.import = 2, .row = 2}}};
  return p;
}

inline ProjectTerms project(const Given& given = {}) {
  ProjectTerms terms;
  terms.key = given.project;
  terms.name = {terms.key, terms.key};
  GrantDecision grant{.operation = period("2016-01-01", "2018-06-30")};
  if (given.project == "varmlands-framtid") grant.operation = period("2015-05-01", "2018-06-30");
  if (given.project == "varmlands-unga") grant.operation = period("2016-03-01", "2019-02-28");
  if (given.project == "varmlands-unga-i-arbete") grant.operation = period("2023-09-01", "2026-06-30");
  terms.grants = {grant};
  terms.activities = {Activity{.key = "individual_support", .name = {"individuellt stöd", "individual support"}},
                      Activity{.key = "work_placement", .name = {"praktik", "work placement"}},
                      Activity{.key = "other", .name = {"annat", "other"}, .funded = false}};
  terms.school_project = given.project == "varmlands-unga";
  return terms;
}

template <class T>
Timeline<T> always(T value) {
  return {{Dated<T>{.value = value, .valid = {day("2000-01-01"), std::nullopt}}}};
}

inline ProgrammeTerms programme(const Given& given = {}) {
  ProgrammeTerms terms{.key = "yei", .name = {}, .period = period("2013-09-01", "2027-12-31")};
  terms.leap_birthday = always(given.leap);
  terms.whole_hours_rounding = always(Rounding::Down);
  terms.whole_hours_level = always(RoundingLevel::Month);
  if (given.day_cap_minutes) terms.participant_day_cap = always(Minutes{*given.day_cap_minutes});
  return terms;
}

}  // namespace horisont
