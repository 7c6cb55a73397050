#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cases/record.h"
#include "core/cases/terms.h"
#include "core/values/date.h"

namespace horisont {

/// yes, no, said to be unknown, or asked for and refused; absent (no fact at all) is treated as unknown by everything that
/// decides, and neither of the last two ever as no.
enum class Answer : std::uint8_t { Unknown, No, Yes, NotDisclosed };

/// A value with the cell it came from.
template <class T>
struct Known {
  T value;
  Origin origin;
  friend bool operator==(const Known&, const Known&) = default;
};
template <class T>
using Fact = std::optional<Known<T>>;

/// What somebody did on the labour market from a day on; no day: it is not known when.
struct LabourEvent {
  std::string status;  ///< machine word of employment_status
  std::optional<Date> on;
  Origin origin;
};

/// What is known of a participant's leaving and results (canonical file "results").
struct ExitResult {
  Fact<Date> exit_date;
  Fact<std::string> exit_reason, status_after, education_kind, status_source, offer_kind;  // machine words
  Fact<Date> status_after_date;  ///< of the row that says in_education_after: the day of the studies; else of the newest row
  Answer completed = Answer::Unknown, in_education_after = Answer::Unknown, national_programme = Answer::Unknown,
         completed_grades = Answer::Unknown, qualification = Answer::Unknown, offer = Answer::Unknown,
         health_improved = Answer::Unknown;
  std::vector<LabourEvent> events;  ///< every status stated after this exit, by day; those without a day come first
  Fact<Date> qualification_date, offer_date, six_month_date;  ///< the first two: without a day of its own, the status day of the row that says yes
  Fact<std::string> six_month_response, six_month_status;  // machine words
  Answer six_month_self_employed = Answer::Unknown, six_month_education = Answer::Unknown, six_month_improved = Answer::Unknown;
  Origin origin;
};

/// A document that proves a criterion (canonical file "evidence").
struct EvidenceItem {
  std::string criterion, document_type, reference, held_by, issued_by, seen_by, location, file_name, file_sha256;
  std::optional<Date> document_date, valid_from, valid_to, seen_on;
  Origin origin;
};

/// What only indicators ask for; unknown unless the project collects the field of that name.
struct Traits {
  Answer jobless_household = Answer::Unknown, jobless_household_children = Answer::Unknown,
         single_adult_children = Answer::Unknown, foreign_background = Answer::Unknown,
         third_country_national = Answer::Unknown, homeless = Answer::Unknown, minority = Answer::Unknown,
         disability = Answer::Unknown, other_disadvantaged = Answer::Unknown;
  Answer long_term_unemployed = Answer::Unknown;  ///< as the register says it; the indicators work it out from the days
};

/// One person's time in one project: the unit that is decided, counted and paid for. The facts on entry are a snapshot;
/// what happens later never rewrites them.
struct Participation {
  std::uint32_t person = 0;  ///< index in People; the reference D-0001 follows from it
  std::string reference;
  std::optional<PersonalIdentityNumber> number;
  bool protected_identity = false;
  std::string name, email, mobile, gender, local_id;
  bool gender_by_number = false;   ///< no column said it: it is that of the number
  Fact<Date> born_on;              ///< from the number, else from the column
  Fact<Date> entered_on, left_on;  ///< first entry, last exit; no exit: still taking part
  std::vector<Period> spells;      ///< in order; empty when the entry date is not known
  Fact<std::string> subproject, school, home_municipality, school_municipality;
  Fact<std::string> employment_status, isced_level, school_stage, target_group, referred_by, compensation;  // machine words
  Fact<bool> works, studies, pupil_at_risk, upper_secondary_complete, kaa_registered;         // absent: not known
  Fact<Date> unemployed_since, information_given_on;
  Traits traits;
  std::optional<ExitResult> result;
  std::vector<EvidenceItem> evidence;
  Origin origin;  ///< the row that brought the participant in

  // Computed over all participations of the installation before the rules are asked (core/rules/overlap.h).
  std::int64_t overlap_days = 0;
  std::vector<std::string> overlap_with;  ///< project keys and references, as evidence
};

/// The last day of a participation, from the exit date or the results; nothing while it goes on (again).
std::optional<Date> last_day(const Participation&);

/// Facts in, cases out, ordered by person. Records may come in any order: a later one (by import, sheet and row; not yet
/// stored ones last) replaces earlier values field by field, and "unknown" takes a value back. An entry date after an exit
/// is another spell: the first entry stands, with the facts of its rows as the snapshot on entry, and the last exit counts.
/// Without an exit before it, another entry date is the same entry stated anew. An exit date in a row of results goes before
/// the one of a participants row of the same spell; the results are those of the last spell. Rows of other kinds for a person
/// without a participants row are left out. `works` and `studies` follow from employment status, education and training as
/// intake 18.1 says.
std::vector<Participation> fold(std::span<const Record> records, const People& people, const ProjectTerms& project);
/// The same of some people: rows of others are left out.
std::vector<Participation> fold(std::span<const Record> records, const SomePeople& people, const ProjectTerms& project);

/// A staff member's hours on a day (or month), from the canonical file "staff-time".
struct StaffTime {
  std::string staff_id, name, employer, function, activity, description;
  std::int32_t day = 0;  ///< Date::days(); first of the month when `monthly`
  bool monthly = false;
  Minutes minutes, other_eu_minutes;
  std::int16_t start = -1, end = -1;                   ///< minutes of the day, to 1440; -1: not stated
  std::optional<int> employment_share, project_share;  ///< hundredths of a percent
  std::string absence, pay_group, rate_region;         ///< machine words
  std::string fixed_share_document;  ///< of the employer, for a fixed share of the post; empty: a time sheet
  std::optional<Date> signed_on, approved_on;
  std::string signed_by, approved_by;
  Origin origin;
};
/// What holds (`standing_staff_time`), by employer, member, day or month, and activity; one spelling of each, the first row's.
std::vector<StaffTime> fold_staff(std::span<const Record> records);

}  // namespace horisont
