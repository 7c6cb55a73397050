#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/reports/report_input.h"

namespace horisont {

// Who and what counts in the reports. Outcome sheet, hours sheet, good-practice sheet, comparison and pages all count with
// these and with nothing else.

/// The newest spell that has a day in the period; nothing when the participation has none there.
std::optional<Period> spell_in(const Participation&, ReportPeriod);
/// A day of the participation lies in the period.
bool touches(const Participation&, ReportPeriod);

/// Entered on or before the day; whatever the verdict, because that is how participants are published.
bool taken_part(const Participation&, Date as_of);
bool left(const Participation&, Date as_of);
/// Left on or before the day, and has completed: a drop-out never has, and unknown is not yes.
bool completed(const Participation&, Date as_of);
/// Employed or self-employed after leaving, as no result counts before its day. Somebody who also studies is in both groups.
bool completed_employed(const Participation&, Date as_of);
bool completed_in_studies(const Participation&, Date as_of);
bool completed_both(const Participation&, Date as_of);
/// Neither in work nor in studies, but with a new qualification or an offer.
bool completed_other(const Participation&, Date as_of);
/// Known to have neither work, studies nor another of these results.
bool completed_neither(const Participation&, Date as_of);
/// Completed, and what came after is not known well enough to say.
bool completed_not_known(const Participation&, Date as_of);
bool woman(const Participation&, Date as_of);
bool man(const Participation&, Date as_of);
/// Pupils: left, with complete grades; left, and entered a national programme.
bool left_with_grades(const Participation&, Date as_of);
bool left_to_national_programme(const Participation&, Date as_of);

using Counts = bool (*)(const Participation&, Date);
/// A number with its key ("measure.<key>" is its name, "def.<key>" its definition).
struct Measure {
  std::string_view key;
  Counts counts;
};
/// The rows of the outcome sheet, in order.
std::span<const Measure> outcome_measures();
/// The measure of a key, of all there are; nothing when there is none.
const Measure* measure(std::string_view key);

/// The persons that count, in the order of the participations.
std::vector<std::uint32_t> who(Counts, std::span<const Participation>, Date as_of);
std::vector<std::uint32_t> who(Counts, std::span<const Participation* const>, Date as_of);
std::int64_t count(Counts, std::span<const Participation>, Date as_of);
/// Whole per cent, half up; nothing when there is nobody to divide by.
std::optional<std::int64_t> per_cent(Ratio);

/// Participants planned by the grant decision in force on the day: the latest that had been decided by then.
std::optional<std::int64_t> planned_participants(const ProjectTerms&, Date on);

/// The subproject that a participation belongs to: the one stated (by key or name), else the one of the municipality where
/// the person lives or, in a project with pupils, goes to school. Nothing when it cannot be told.
const Subproject* subproject_of(const Participation&, const ProjectTerms&);

/// One person's minutes in one month, and as whole hours.
struct PersonMonth {
  Month month;
  std::uint32_t person;
  std::int64_t reported = 0, accepted = 0, refused = 0;  ///< minutes
  std::int64_t whole_hours = 0;                          ///< of `accepted`, by the programme's rounding and its level
  std::optional<Date> last_funded;                       ///< last day with accepted minutes
  std::vector<std::uint32_t> records;                    ///< places in ReportInput::times
  std::int64_t lost() const { return accepted - whole_hours * 60; }
};
/// All months of the period in which somebody has a time record, ordered by month and person.
std::vector<PersonMonth> person_months(const ReportInput&, ReportPeriod);

/// Median of accepted minutes over those who have taken part; of an even number the lower whole minute between the two
/// in the middle. Nothing when nobody has taken part.
std::optional<Minutes> median_minutes(const ReportInput&, Date as_of);

/// Activities by the name that reports print: the first activity with the same report name stands for all, so that an
/// activity that reveals health cannot be told from the one whose name it bears.
std::vector<std::uint8_t> report_activities(const ProjectTerms&);
Bilingual report_name(const ProjectTerms&, std::uint8_t activity);

}  // namespace horisont
