#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "core/cases/staff_rows.h"
#include "core/cases/stays.h"

namespace horisont {
namespace {

// The fields of participants that become facts of the participation; the rest of the canonical file serves other things.
enum Field : std::size_t {
  IdentityNumber,
  LocalId,
  ProtectedIdentity,
  Gender,
  BirthDate,
  Email,
  Mobile,  // of the person
  Subproject,
  School,
  HomeMunicipality,
  SchoolMunicipality,
  EmploymentStatus,
  IscedLevel,
  SchoolStage,
  TargetGroup,
  ReferredBy,
  CompensationType,
  InEducation,
  InTraining,
  PupilAtRisk,
  UpperSecondaryComplete,
  KaaRegistered,
  UnemployedSince,
  InformationGivenOn,
  JoblessHousehold,
  JoblessHouseholdChildren,
  SingleAdultChildren,
  ForeignBackground,
  ThirdCountryNational,
  Homeless,
  Minority,
  Disability,
  OtherDisadvantaged,
  LongTermUnemployed,  // of the entry
  field_count
};
constexpr std::array<std::string_view, field_count> field_names{"identity_number",
                                                                "local_id",
                                                                "protected_identity",
                                                                "gender",
                                                                "birth_date",
                                                                "email",
                                                                "mobile",
                                                                "subproject",
                                                                "school",
                                                                "home_municipality",
                                                                "school_municipality",
                                                                "employment_status",
                                                                "isced_level",
                                                                "school_stage",
                                                                "target_group",
                                                                "referred_by",
                                                                "compensation_type",
                                                                "in_education",
                                                                "in_training",
                                                                "pupil_at_risk",
                                                                "upper_secondary_complete",
                                                                "kaa_registered",
                                                                "unemployed_since",
                                                                "information_given_on",
                                                                "jobless_household",
                                                                "jobless_household_children",
                                                                "single_adult_children",
                                                                "foreign_background",
                                                                "third_country_national",
                                                                "homeless",
                                                                "minority",
                                                                "disability",
                                                                "other_disadvantaged",
                                                                "long_term_unemployed"};

std::size_t field_of(std::string_view name) {
  return static_cast<std::size_t>(std::find(field_names.begin(), field_names.end(), name) - field_names.begin());
}

// A value as written in a record, with its cell. The text belongs to the record.
struct Written {
  const std::string* text = nullptr;
  Origin origin;

  explicit operator bool() const { return text && !text->empty() && *text != "unknown"; }
  std::string or_empty() const { return text ? *text : std::string(); }
  Fact<std::string> word() const {
    if (!*this) return std::nullopt;
    return Known<std::string>{*text, origin};
  }
  Fact<Date> date() const {
    if (!*this) return std::nullopt;
    const auto day = Date::parse(*text);
    if (!day) return std::nullopt;
    return Known<Date>{*day, origin};
  }
  Fact<bool> yes_no() const {
    if (!text || (*text != "yes" && *text != "no")) return std::nullopt;
    return Known<bool>{*text == "yes", origin};
  }
  Answer answer() const {
    return !text                      ? Answer::Unknown
           : *text == "yes"           ? Answer::Yes
           : *text == "no"            ? Answer::No
           : *text == "not_disclosed" ? Answer::NotDisclosed
                                      : Answer::Unknown;
  }
};

Written written(const Record& record, std::string_view field) {
  for (const FieldValue& value : record.values)
    if (value.field == field) return {&value.value, origin_of(record, value)};
  return {};
}

std::optional<Date> day_of(const Record& record, std::string_view field) {
  const auto fact = written(record, field).date();
  return fact ? std::optional(fact->value) : std::nullopt;
}

// The digits of canonical text.
std::int64_t whole_number(std::string_view text) {
  std::int64_t number = 0;
  for (const char c : text)
    if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
  return number;
}

// "62.5" is 6250; nothing for an empty text.
std::optional<int> hundredths_of_percent(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string decimals(text.substr(std::min(point + 1, text.size())));
  decimals.resize(2, '0');
  return static_cast<int>(whole_number(text.substr(0, point)) * 100 + whole_number(decimals));
}

// Works: employed or self-employed yes; unemployed or inactive no; else not known (intake, 18.1).
Fact<bool> works(const Fact<std::string>& status) {
  if (!status) return std::nullopt;
  if (status->value == "employed" || status->value == "self_employed") return Known<bool>{true, status->origin};
  if (status->value == "unemployed" || status->value == "inactive") return Known<bool>{false, status->origin};
  return std::nullopt;
}

// Studies: yes if in education or in training, no if neither; a "no" to one alone says nothing of the other (intake, 18.1).
Fact<bool> studies(const Fact<bool>& education, const Fact<bool>& training) {
  if (education && education->value) return education;
  if (training && training->value) return training;
  if (!education || !training) return std::nullopt;
  // Both said no: the one that was corrected last is why it is so.
  return training->origin.correction > education->origin.correction ? training : education;
}

bool collects(const ProjectTerms& project, std::string_view field) {
  return std::find(project.collect.begin(), project.collect.end(), field) != project.collect.end();
}

class Case {
 public:
  explicit Case(std::span<const Record* const> records) : records_(records) {}

  bool taken_in() const {
    return std::any_of(records_.begin(), records_.end(), [](const Record* r) { return r->kind == RecordKind::Participants; });
  }
  Participation participation(std::uint32_t person, const Person& known, const ProjectTerms& project) {
    gather();
    Participation p;
    p.person = person;
    p.reference = participant_reference(person);
    p.origin = origin_;
    about_the_person(p, known);
    on_entry(p);
    traits(p.traits, project);
    stay_and_results(p, project);
    documents(p);
    return p;
  }

 private:
  // The facts on entry are those of the first stay; a later one does not rewrite them.
  void gather() {
    const auto take = [&](const Record* record, bool of_the_person) {
      for (const FieldValue& value : record->values) {
        const std::size_t field = field_of(value.field);
        if (field == field_count || (field < Subproject) != of_the_person) continue;
        values_[field] = {&value.value, origin_of(*record, value)};
      }
    };
    const Record* first = nullptr;
    for (const Record* record : records_) {
      if (record->kind != RecordKind::Participants) continue;
      if (!first) first = record;
      take(record, true);
    }
    origin_ = first->origin;
    stays_ = stays_of(records_);
    for (const Record* record : stays_.front().rows) take(record, false);
  }

  void about_the_person(Participation& p, const Person& known) const {
    // The newest register or correction says the number; the one under which the person was first met is only the first.
    p.number = known.number;
    if (values_[IdentityNumber])
      if (const auto stated = PersonalIdentityNumber::of_normal_form(*values_[IdentityNumber].text)) p.number = *stated;
    p.local_id = known.local_id.empty() ? values_[LocalId].or_empty() : known.local_id;
    p.name = known.name;
    p.protected_identity =
        values_[ProtectedIdentity].answer() == Answer::Yes || (p.number && p.number->kind() == IdentityKind::Protected);
    p.email = values_[Email].or_empty();
    p.mobile = values_[Mobile].or_empty();
    if (values_[Gender])
      p.gender = *values_[Gender].text;
    else if (p.number && p.number->names_one_person() && p.number->gender_digit())
      p.gender = *p.number->gender_digit() % 2 == 0 ? "woman" : "man", p.gender_by_number = true;
    // The number goes before the column: it has a check digit. That they differ is told when the file is read.
    if (p.number && p.number->born_on())
      p.born_on = Known<Date>{*p.number->born_on(), values_[IdentityNumber].text ? values_[IdentityNumber].origin : origin_};
    else
      p.born_on = values_[BirthDate].date();
  }

  void on_entry(Participation& p) const {
    p.subproject = values_[Subproject].word();
    p.school = values_[School].word();
    p.home_municipality = values_[HomeMunicipality].word();
    p.school_municipality = values_[SchoolMunicipality].word();
    p.employment_status = values_[EmploymentStatus].word();
    p.isced_level = values_[IscedLevel].word();
    p.school_stage = values_[SchoolStage].word();
    p.target_group = values_[TargetGroup].word();
    p.referred_by = values_[ReferredBy].word();
    p.compensation = values_[CompensationType].word();
    p.works = works(p.employment_status);
    p.studies = studies(values_[InEducation].yes_no(), values_[InTraining].yes_no());
    p.pupil_at_risk = values_[PupilAtRisk].yes_no();
    p.upper_secondary_complete = values_[UpperSecondaryComplete].yes_no();
    p.kaa_registered = values_[KaaRegistered].yes_no();
    p.unemployed_since = values_[UnemployedSince].date();
    p.information_given_on = values_[InformationGivenOn].date();
  }

  // Not looked at where the project does not collect them, whatever an old file says.
  void traits(Traits& t, const ProjectTerms& project) const {
    const std::pair<Answer*, Field> all[] = {{&t.jobless_household, JoblessHousehold},
                                             {&t.jobless_household_children, JoblessHouseholdChildren},
                                             {&t.single_adult_children, SingleAdultChildren},
                                             {&t.foreign_background, ForeignBackground},
                                             {&t.third_country_national, ThirdCountryNational},
                                             {&t.homeless, Homeless},
                                             {&t.minority, Minority},
                                             {&t.disability, Disability},
                                             {&t.other_disadvantaged, OtherDisadvantaged},
                                             {&t.long_term_unemployed, LongTermUnemployed}};
    for (const auto& [answer, field] : all)
      if (collects(project, field_names[field])) *answer = values_[field].answer();
  }

  void stay_and_results(Participation& p, const ProjectTerms& project) {
    p.entered_on = stays_.front().entered;
    p.left_on = stays_.back().exit();
    p.spells = periods_of(stays_);
    if (!stays_.back().results.empty()) p.result = result_of(stays_.back().results, project);
  }

  static ExitResult result_of(std::span<const Record* const> records, const ProjectTerms& project) {
    // The latest row that says anything of the field.
    const auto of = [&](std::string_view field) {
      Written latest;
      for (const Record* record : records)
        if (const Written value = written(*record, field); value.text) latest = value;
      return latest;
    };
    const auto said_of = [&](std::string_view field) -> Fact<Date> {
      const auto row = std::find_if(records.rbegin(), records.rend(), [&](const Record* record) { return written(*record, field).text; });
      return row == records.rend() ? std::nullopt : written(**row, "status_after_date").date();
    };
    ExitResult result;
    result.exit_date = of("exit_date").date();
    result.exit_reason = of("exit_reason").word();
    result.status_after = of("status_after").word();
    result.education_kind = of("education_kind").word();
    result.status_source = of("status_source").word();
    result.offer_kind = of("offer_kind").word();
    // Days of studies, a qualification and an offer: their own, else the status day of the row that says them (decision 271).
    result.status_after_date = of("in_education_after").text ? said_of("in_education_after") : of("status_after_date").date();
    result.completed = of("completed").answer();
    result.in_education_after = of("in_education_after").answer();
    result.national_programme = of("national_programme").answer();
    result.completed_grades = of("completed_grades").answer();
    result.qualification = of("qualification").answer();
    result.offer = of("offer").answer();
    // Health is not looked at where the project does not collect it, whatever an old file says.
    if (collects(project, "health_improved")) result.health_improved = of("health_improved").answer();
    result.qualification_date = of("qualification_date").date();
    if (!result.qualification_date && result.qualification == Answer::Yes) result.qualification_date = said_of("qualification");
    result.offer_date = of("offer_date").date();
    if (!result.offer_date && result.offer == Answer::Yes) result.offer_date = said_of("offer");
    result.six_month_date = of("six_month_date").date();
    result.six_month_response = of("six_month_response").word();
    result.six_month_status = of("six_month_status").word();
    result.six_month_self_employed = of("six_month_self_employed").answer();
    result.six_month_education = of("six_month_education").answer();
    result.six_month_improved = of("six_month_improved").answer();
    result.events = events_of(records);
    result.origin = records.back()->origin;
    return result;
  }

  // Each day's status once: the row that came last says it, and "unknown" takes it back.
  static std::vector<LabourEvent> events_of(std::span<const Record* const> records) {
    std::vector<LabourEvent> events;
    for (const Record* record : records) {
      const Written status = written(*record, "status_after");
      if (!status.text) continue;
      const auto on = day_of(*record, "status_after_date");
      std::erase_if(events, [&](const LabourEvent& event) { return event.on == on; });
      if (status) events.push_back({*status.text, on, status.origin});
    }
    std::stable_sort(events.begin(), events.end(), [](const LabourEvent& a, const LabourEvent& b) { return a.on < b.on; });
    return events;
  }

  // By criterion, document, date and reference; a row that says the same again replaces the earlier one.
  void documents(Participation& p) const {
    for (const Record* record : records_) {
      if (record->kind != RecordKind::Evidence || !written(*record, "staff_id").or_empty().empty()) continue;
      EvidenceItem item{.criterion = written(*record, "criterion").or_empty(),
                        .document_type = written(*record, "document_type").or_empty(),
                        .reference = written(*record, "reference").or_empty(),
                        .held_by = written(*record, "held_by").or_empty(),
                        .issued_by = written(*record, "issued_by").or_empty(),
                        .seen_by = written(*record, "seen_by").or_empty(),
                        .location = written(*record, "location").or_empty(),
                        .file_name = written(*record, "file_name").or_empty(),
                        .file_sha256 = written(*record, "file_sha256").or_empty(),
                        .document_date = day_of(*record, "document_date"),
                        .valid_from = day_of(*record, "valid_from"),
                        .valid_to = day_of(*record, "valid_to"),
                        .seen_on = day_of(*record, "seen_on"),
                        .origin = record->origin};
      const auto same = std::find_if(p.evidence.begin(), p.evidence.end(), [&](const EvidenceItem& other) {
        return other.criterion == item.criterion && other.document_type == item.document_type &&
               other.document_date == item.document_date && other.reference == item.reference;
      });
      if (same == p.evidence.end())
        p.evidence.push_back(std::move(item));
      else
        *same = std::move(item);
    }
  }

  std::span<const Record* const> records_;
  std::array<Written, field_count> values_{};
  std::vector<Stay> stays_;
  Origin origin_;
};

// "08:30" as the import writes it; -1 where nothing is stated.
std::int16_t minute_of_day(const std::string& clock) {
  if (clock.size() != 5) return -1;
  const auto digit = [&](std::size_t at) { return clock[at] - '0'; };
  return static_cast<std::int16_t>((digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4));
}

}  // namespace

std::optional<Date> last_day(const Participation& p) {
  if (p.left_on) return p.left_on->value;
  // A last spell without an end: the results are of an earlier one.
  if (!p.spells.empty()) return p.spells.back().last;
  if (p.result && p.result->exit_date) return p.result->exit_date->value;
  return std::nullopt;
}

namespace {

// `who` gives what a person is called; null: passed over.
template <class Who>
std::vector<Participation> folded(std::span<const Record> records, std::size_t people, const ProjectTerms& project, Who who) {
  const std::vector<const Record*> ordered = by_person(records, people);
  std::vector<Participation> participations;
  participations.reserve(std::min(people, ordered.size()));
  for (auto from = ordered.begin(), to = from; from != ordered.end(); from = to) {
    while (to != ordered.end() && (*to)->person == (*from)->person) ++to;
    const Person* const person = who((*from)->person);
    if (!person) continue;
    Case of_person{std::span<const Record* const>(from, to)};
    if (of_person.taken_in()) participations.push_back(of_person.participation((*from)->person, *person, project));
  }
  return participations;
}

}  // namespace

std::vector<Participation> fold(std::span<const Record> records, const People& people, const ProjectTerms& project) {
  return folded(records, people.size(), project, [&](std::uint32_t person) { return &people[person]; });
}

std::vector<Participation> fold(std::span<const Record> records, const SomePeople& people, const ProjectTerms& project) {
  const std::size_t last = people.empty() ? 0 : std::size_t{people.rbegin()->first} + 1;
  return folded(records, last, project, [&](std::uint32_t person) {
    const auto found = people.find(person);
    return found == people.end() ? nullptr : &found->second;
  });
}

std::vector<StaffTime> fold_staff(std::span<const Record> records) {
  std::vector<StaffTime> all;
  for (const Record* record : standing_staff_time(records)) {
    const auto text = [&](std::string_view field) { return written(*record, field).or_empty(); };
    StaffTime time{.staff_id = text("staff_id"),
                   .name = text("name"),
                   .employer = text("employer"),
                   .function = text("function"),
                   .activity = text("activity"),
                   .description = text("description"),
                   .minutes = Minutes{whole_number(text("hours"))},
                   .other_eu_minutes = Minutes{whole_number(text("other_eu_hours"))},
                   .start = minute_of_day(text("start_time")),
                   .end = minute_of_day(text("end_time")),
                   .employment_share = hundredths_of_percent(text("employment_share")),
                   .project_share = hundredths_of_percent(text("project_share")),
                   .absence = text("absence"),
                   .pay_group = text("pay_group"),
                   .rate_region = text("rate_region"),
                   .fixed_share_document = text("fixed_share_document"),
                   .signed_on = day_of(*record, "signed_on"),
                   .approved_on = day_of(*record, "approved_on"),
                   .signed_by = text("signed_by"),
                   .approved_by = text("approved_by"),
                   .origin = record->origin};
    if (const auto day = day_of(*record, "date")) {
      time.day = day->days();
    } else if (const auto month = Month::parse(text("month"))) {
      time.day = month->first().days();
      time.monthly = true;
    } else {
      continue;  // the import refuses a row without a day
    }
    all.push_back(std::move(time));
  }
  // One spelling of whom and of what, the first: reports group by them. Where a row spells it otherwise, its origin shows that.
  std::map<StaffWho, std::pair<std::string, std::string>> who;
  std::map<std::string, std::string> activities;
  for (StaffTime& time : all) {
    std::tie(time.employer, time.staff_id) =
        who.try_emplace(StaffWho::of(time.employer, time.staff_id), time.employer, time.staff_id).first->second;
    time.activity = activities.try_emplace(plain_word(time.activity), time.activity).first->second;
  }
  // Their places are sorted, not they: a row is a dozen texts.
  std::vector<StaffTime*> order;
  for (StaffTime& time : all) order.push_back(&time);
  std::stable_sort(order.begin(), order.end(), [](const StaffTime* a, const StaffTime* b) {
    return std::tie(a->employer, a->staff_id, a->day, a->monthly, a->activity) <
           std::tie(b->employer, b->staff_id, b->day, b->monthly, b->activity);
  });
  std::vector<StaffTime> sorted;
  sorted.reserve(all.size());
  for (StaffTime* time : order) sorted.push_back(std::move(*time));
  return sorted;
}

}  // namespace horisont
