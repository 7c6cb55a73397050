#include "core/rules/facts.h"

#include <algorithm>
#include <iterator>

namespace horisont {
namespace {

using dmn::InputType;
using dmn::InputValue;
using dmn::Need;

constexpr std::monostate absent{};

InputValue day(const Fact<Date>& fact) { return fact ? InputValue{dmn::Day{fact->value.days()}} : InputValue{absent}; }
InputValue word(const Fact<std::string>& fact) { return fact ? InputValue{fact->value} : InputValue{absent}; }
InputValue yes_no(const Fact<bool>& fact) { return fact ? InputValue{fact->value} : InputValue{absent}; }
template <class T>
Origin origin_of(const Fact<T>& fact) {
  return fact ? fact->origin : Origin{};
}
Origin computed(const Participation&) { return {}; }

LeapBirthday leap(const ProgrammeTerms& programme, Date on) {
  const auto* dated = programme.leap_birthday.on(on);
  return dated ? dated->value : LeapBirthday::Feb28;
}

// Whole years on the entry date. Absent when a date is absent: the tables say what that means. A birth date after the entry
// is no age either; the person counts as too young by any limit.
InputValue age_at_entry(const Participation& p, const ProjectTerms&, const ProgrammeTerms& programme) {
  if (!p.born_on || !p.entered_on) return absent;
  if (p.entered_on->value < p.born_on->value) return std::int64_t{-1};
  return std::int64_t{age_on(p.entered_on->value, p.born_on->value, leap(programme, p.entered_on->value))};
}

}  // namespace

const EvidenceItem* first_evidence(const Participation& p) {
  static constexpr std::string_view conditions_of_entry[] = {"identity",
                                                             "age",
                                                             "residence",
                                                             "labour_status",
                                                             "not_in_education",
                                                             "registered_unemployed",
                                                             "activity_responsibility",
                                                             "isced_level",
                                                             "incomplete_grades",
                                                             "target_group"};
  const EvidenceItem* first = nullptr;
  for (const EvidenceItem& item : p.evidence) {
    if (std::find(std::begin(conditions_of_entry), std::end(conditions_of_entry), item.criterion) ==
        std::end(conditions_of_entry))
      continue;
    const bool earlier = first && item.document_date && (!first->document_date || *item.document_date < *first->document_date);
    if (!first || earlier) first = &item;
  }
  return first;
}

std::span<const FactDefinition> fact_definitions() {
  using P = const Participation&;
  using J = const ProjectTerms&;
  using G = const ProgrammeTerms&;
  static const FactDefinition facts[] = {
      {{"birth_date", InputType::Date, 0, Need::MayBeMissing},
       [](P p, J, G) { return day(p.born_on); },
       [](P p) { return origin_of(p.born_on); }},
      {{"entry_date", InputType::Date, 0, Need::MayBeMissing},
       [](P p, J, G) { return day(p.entered_on); },
       [](P p) { return origin_of(p.entered_on); }},
      {{"exit_date", InputType::Date, 0, Need::Optional},
       [](P p, J, G) { return day(p.left_on); },
       [](P p) { return origin_of(p.left_on); }},
      {{"age_at_entry", InputType::Number, 0, Need::MissingOnlyWith, {"birth_date", "entry_date"}}, age_at_entry, computed},
      {{"home_municipality", InputType::String, 0, Need::MayBeMissing},
       [](P p, J, G) { return word(p.home_municipality); },
       [](P p) { return origin_of(p.home_municipality); }},
      {{"school_municipality", InputType::String, 0, Need::MayBeMissing},
       [](P p, J, G) { return word(p.school_municipality); },
       [](P p) { return origin_of(p.school_municipality); }},
      {{"works", InputType::Boolean, 0, Need::MayBeMissing},
       [](P p, J, G) { return yes_no(p.works); },
       [](P p) { return origin_of(p.works); }},
      {{"studies", InputType::Boolean, 0, Need::MayBeMissing},
       [](P p, J, G) { return yes_no(p.studies); },
       [](P p) { return origin_of(p.studies); }},
      {{"pupil_at_risk", InputType::Boolean, 0, Need::MayBeMissing},
       [](P p, J, G) { return yes_no(p.pupil_at_risk); },
       [](P p) { return origin_of(p.pupil_at_risk); }},
      {{"upper_secondary_complete", InputType::Boolean, 0, Need::MayBeMissing},
       [](P p, J, G) { return yes_no(p.upper_secondary_complete); },
       [](P p) { return origin_of(p.upper_secondary_complete); }},
      {{"kaa_registered", InputType::Boolean, 0, Need::MayBeMissing},
       [](P p, J, G) { return yes_no(p.kaa_registered); },
       [](P p) { return origin_of(p.kaa_registered); }},
      {{"project", InputType::String, 0, Need::Required}, [](P, J j, G) { return InputValue{j.key}; }, computed},
      {{"project_start", InputType::Date, 0, Need::Required},
       [](P, J j, G) { return InputValue{dmn::Day{j.operation().first.days()}}; },
       computed},
      // An operation without an end is open: the last day of the calendar stands for it.
      {{"project_end", InputType::Date, 0, Need::Required},
       [](P, J j, G) {
         const auto last = j.operation().last;
         return InputValue{dmn::Day{(last ? *last : *Date::of(9999, 12, 31)).days()}};
       },
       computed},
      {{"overlap_days", InputType::Number, 0, Need::Required}, [](P p, J, G) { return InputValue{p.overlap_days}; }, computed},
      {{"evidence_on_file", InputType::Boolean, 0, Need::Required},
       [](P p, J, G) { return InputValue{first_evidence(p) != nullptr}; },
       [](P p) { return first_evidence(p) ? first_evidence(p)->origin : Origin{}; }},
      {{"evidence_after_days", InputType::Number, 0, Need::MayBeMissing},
       [](P p, J, G) {
         const EvidenceItem* item = first_evidence(p);
         if (!item || !item->document_date || !p.entered_on) return InputValue{absent};
         return InputValue{std::int64_t{*item->document_date - p.entered_on->value}};
       },
       [](P p) { return first_evidence(p) ? first_evidence(p)->origin : Origin{}; }},
  };
  return facts;
}

std::span<const dmn::InputName> eligibility_facts() {
  static const std::vector<dmn::InputName> names = [] {
    std::vector<dmn::InputName> all;
    for (const FactDefinition& fact : fact_definitions()) all.push_back(fact.input);
    return all;
  }();
  return names;
}

}  // namespace horisont
