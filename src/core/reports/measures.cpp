#include "core/reports/measures.h"

#include <algorithm>
#include <map>

#include "core/funding/rounding.h"

namespace horisont {
namespace {

// Nothing counts before its day, as in the indicators; what has no day counts from leaving on, for the outcome has no window
// that it might lie outside (decision 272).
bool has_come(const Fact<Date>& day, Date as_of) { return !day || day->value <= as_of; }

// The newest status by the day; null: none is known.
const LabourEvent* status_by(const ExitResult& result, Date as_of) {
  const auto& events = result.events;  // those without a day come first
  const auto last = std::find_if(events.rbegin(), events.rend(), [&](const LabourEvent& e) { return !e.on || *e.on <= as_of; });
  return last == events.rend() ? nullptr : &*last;
}

bool works_after(const ExitResult& result, Date as_of) {
  const LabourEvent* status = status_by(result, as_of);
  return status && (status->status == "employed" || status->status == "self_employed");
}

Answer studies_by(const ExitResult& result, Date as_of) {
  return has_come(result.status_after_date, as_of) ? result.in_education_after : Answer::Unknown;
}
bool qualified_by(const ExitResult& r, Date as_of) {
  return r.qualification == Answer::Yes && has_come(r.qualification_date, as_of);
}
bool offered_by(const ExitResult& r, Date as_of) {
  return r.offer == Answer::Yes && has_come(r.offer_date, as_of);
}

std::string_view gender_of(const Participation& p) {
  if (!p.gender.empty()) return p.gender;
  if (!p.number) return {};
  const auto digit = p.number->gender_digit();
  if (!digit) return {};
  return *digit % 2 == 0 ? "woman" : "man";
}

constexpr Measure all_measures[] = {
    {"taken_part", taken_part},
    {"left", left},
    {"completed", completed},
    {"completed_employed", completed_employed},
    {"completed_in_studies", completed_in_studies},
    {"completed_both", completed_both},
    {"completed_other", completed_other},
    {"completed_neither", completed_neither},
    {"completed_not_known", completed_not_known},
    {"women", woman},
    {"men", man},
    {"left_with_grades", left_with_grades},
    {"left_to_national_programme", left_to_national_programme},
};
constexpr std::size_t outcome_count = 9;

}  // namespace

std::optional<Period> spell_in(const Participation& p, ReportPeriod period) {
  const Period asked{period.first, period.last};
  for (auto spell = p.spells.rbegin(); spell != p.spells.rend(); ++spell)
    if (spell->touches(asked)) return *spell;
  if (!p.spells.empty() || !p.entered_on) return std::nullopt;
  const Period whole{p.entered_on->value, last_day(p)};
  return whole.touches(asked) ? std::optional(whole) : std::nullopt;
}

bool touches(const Participation& p, ReportPeriod period) { return spell_in(p, period).has_value(); }

bool taken_part(const Participation& p, Date as_of) { return p.entered_on && p.entered_on->value <= as_of; }

bool left(const Participation& p, Date as_of) {
  const auto last = last_day(p);
  return taken_part(p, as_of) && last && *last <= as_of;
}

bool completed(const Participation& p, Date as_of) { return left(p, as_of) && p.result && p.result->completed == Answer::Yes; }

bool completed_employed(const Participation& p, Date as_of) { return completed(p, as_of) && works_after(*p.result, as_of); }

bool completed_in_studies(const Participation& p, Date as_of) {
  return completed(p, as_of) && studies_by(*p.result, as_of) == Answer::Yes;
}

bool completed_both(const Participation& p, Date as_of) {
  return completed_employed(p, as_of) && completed_in_studies(p, as_of);
}

bool completed_other(const Participation& p, Date as_of) {
  return completed(p, as_of) && !completed_employed(p, as_of) && !completed_in_studies(p, as_of) &&
         (qualified_by(*p.result, as_of) || offered_by(*p.result, as_of));
}

bool completed_neither(const Participation& p, Date as_of) {
  return completed(p, as_of) && !completed_employed(p, as_of) && !completed_in_studies(p, as_of) &&
         !completed_other(p, as_of) && status_by(*p.result, as_of) && studies_by(*p.result, as_of) == Answer::No;
}

bool completed_not_known(const Participation& p, Date as_of) {
  return completed(p, as_of) && !completed_employed(p, as_of) && !completed_in_studies(p, as_of) &&
         !completed_other(p, as_of) && !completed_neither(p, as_of);
}

bool woman(const Participation& p, Date as_of) { return taken_part(p, as_of) && gender_of(p) == "woman"; }
bool man(const Participation& p, Date as_of) { return taken_part(p, as_of) && gender_of(p) == "man"; }

bool left_with_grades(const Participation& p, Date as_of) {
  return left(p, as_of) && p.result && p.result->completed_grades == Answer::Yes;
}

bool left_to_national_programme(const Participation& p, Date as_of) {
  return left(p, as_of) && p.result && p.result->national_programme == Answer::Yes;
}

std::span<const Measure> outcome_measures() { return std::span(all_measures).first(outcome_count); }

const Measure* measure(std::string_view key) {
  const auto found =
      std::find_if(std::begin(all_measures), std::end(all_measures), [&](const Measure& m) { return m.key == key; });
  return found == std::end(all_measures) ? nullptr : found;
}

std::vector<std::uint32_t> who(Counts counts, std::span<const Participation> participations, Date as_of) {
  std::vector<std::uint32_t> persons;
  for (const Participation& p : participations)
    if (counts(p, as_of)) persons.push_back(p.person);
  return persons;
}

std::vector<std::uint32_t> who(Counts counts, std::span<const Participation* const> participations, Date as_of) {
  std::vector<std::uint32_t> persons;
  for (const Participation* p : participations)
    if (counts(*p, as_of)) persons.push_back(p->person);
  return persons;
}

std::int64_t count(Counts counts, std::span<const Participation> participations, Date as_of) {
  return std::count_if(participations.begin(), participations.end(), [&](const Participation& p) { return counts(p, as_of); });
}

std::optional<std::int64_t> per_cent(Ratio ratio) {
  if (ratio.denominator == 0) return std::nullopt;
  return whole_percent(ratio.numerator, ratio.denominator);
}

std::optional<std::int64_t> planned_participants(const ProjectTerms& project, Date on) {
  const GrantDecision* in_force = nullptr;
  for (const GrantDecision& grant : project.grants) {
    if (!grant.planned_participants || (grant.decided_on && *grant.decided_on > on)) continue;
    if (!in_force || !in_force->decided_on || (grant.decided_on && *grant.decided_on >= *in_force->decided_on))
      in_force = &grant;
  }
  if (!in_force) return std::nullopt;
  return *in_force->planned_participants;
}

const Subproject* subproject_of(const Participation& p, const ProjectTerms& project) {
  const auto find = [&](auto&& fits) -> const Subproject* {
    const auto found = std::find_if(project.subprojects.begin(), project.subprojects.end(), fits);
    return found == project.subprojects.end() ? nullptr : &*found;
  };
  if (p.subproject)
    return find([&](const Subproject& s) { return s.key == p.subproject->value || s.name == p.subproject->value; });
  const Fact<std::string>& municipality = project.school_project ? p.school_municipality : p.home_municipality;
  if (!municipality) return nullptr;
  return find([&](const Subproject& s) { return s.municipality == municipality->value; });
}

std::vector<PersonMonth> person_months(const ReportInput& input, ReportPeriod period) {
  struct Key {
    std::uint32_t person;
    std::int32_t day;
    std::uint32_t line;
    auto operator<=>(const Key&) const = default;
  };
  // A bucket for each month; within it the records mostly come in order already.
  std::map<std::int32_t, std::vector<Key>> of_month;
  std::int32_t known_day = 0;
  std::vector<Key>* bucket = nullptr;
  for (std::uint32_t line = 0; line < input.hours.lines.size(); ++line) {
    const TimeRecord& record = input.times[input.hours.lines[line].record];
    if (record.day < period.first.days() || period.last.days() < record.day) continue;
    if (!bucket || record.day != known_day) {
      known_day = record.day;
      bucket = &of_month[Month::containing(Date::of_days(record.day)).number()];
    }
    bucket->push_back({record.person, record.day, line});
  }
  // Of large projects there are more than a million: they are counted first, so that they are never copied, and each month's keys go
  // when the month is done.
  std::size_t count = 0;
  for (auto& [month, keys] : of_month) {
    if (!std::is_sorted(keys.begin(), keys.end())) std::sort(keys.begin(), keys.end());
    for (std::size_t i = 0; i < keys.size(); ++i) count += i == 0 || keys[i].person != keys[i - 1].person;
  }
  std::vector<PersonMonth> months;
  months.reserve(count);
  for (auto& [number, of_number] : of_month) {
    const std::vector<Key> keys = std::move(of_number);
    const Month month = Month::containing(Date::of_days(keys.front().day));
    const auto* rounding_term = input.programme.whole_hours_rounding.on(month.last());
    const auto* level_term = input.programme.whole_hours_level.on(month.last());
    const Rounding rounding = rounding_term ? rounding_term->value : Rounding::Down;
    const RoundingLevel level = level_term ? level_term->value : RoundingLevel::Month;
    for (auto key = keys.begin(); key != keys.end();) {
      PersonMonth& sum = months.emplace_back(PersonMonth{.month = month, .person = key->person});
      std::int64_t of_day = 0;
      const auto end = std::find_if(key, keys.end(), [&](const Key& other) { return other.person != sum.person; });
      sum.records.reserve(static_cast<std::size_t>(end - key));
      for (; key != end; ++key) {
        const LedgerLine& line = input.hours.lines[key->line];
        sum.reported += input.times[line.record].minutes;
        sum.accepted += line.accepted;
        sum.refused += line.refused;
        sum.records.push_back(line.record);
        if (line.accepted > 0) sum.last_funded = Date::of_days(key->day);
        if (level == RoundingLevel::Row) sum.whole_hours += reported_hours(Minutes{line.accepted}, rounding);
        of_day += line.accepted;
        const auto next = key + 1;
        if (next == end || next->day != key->day) {
          if (level == RoundingLevel::Day) sum.whole_hours += reported_hours(Minutes{of_day}, rounding);
          of_day = 0;
        }
      }
      // A month that is reported by itself is its own period.
      if (level == RoundingLevel::Month || level == RoundingLevel::Period)
        sum.whole_hours = reported_hours(Minutes{sum.accepted}, rounding);
    }
  }
  return months;
}

std::optional<Minutes> median_minutes(const ReportInput& input, Date as_of) {
  std::map<std::uint32_t, std::int64_t> accepted;
  for (const Participation& p : input.participations)
    if (taken_part(p, as_of)) accepted[p.person] = 0;
  if (accepted.empty()) return std::nullopt;
  for (const LedgerLine& line : input.hours.lines) {
    const TimeRecord& record = input.times[line.record];
    const auto found = accepted.find(record.person);
    if (found != accepted.end() && record.day <= as_of.days()) found->second += line.accepted;
  }
  std::vector<std::int64_t> sums;
  for (const auto& [person, minutes] : accepted) sums.push_back(minutes);
  std::sort(sums.begin(), sums.end());
  const std::size_t upper = sums.size() / 2;
  return Minutes{sums.size() % 2 == 1 ? sums[upper] : (sums[upper - 1] + sums[upper]) / 2};
}

std::vector<std::uint8_t> report_activities(const ProjectTerms& project) {
  std::vector<std::uint8_t> first_with_name;
  for (std::size_t i = 0; i < project.activities.size(); ++i) {
    std::size_t same = 0;
    while (!(report_name(project, static_cast<std::uint8_t>(same)) == report_name(project, static_cast<std::uint8_t>(i))))
      ++same;
    first_with_name.push_back(static_cast<std::uint8_t>(same));
  }
  return first_with_name;
}

Bilingual report_name(const ProjectTerms& project, std::uint8_t activity) {
  if (activity >= project.activities.size()) return {};
  const Activity& found = project.activities[activity];
  if (!found.report_name.sv.empty()) return found.report_name;
  // A sensitive activity without a report name is not named at all.
  return found.sensitive ? Bilingual{"aktivitet", "activity"} : found.name;
}

}  // namespace horisont
