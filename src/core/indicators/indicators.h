#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/cases/participation.h"
#include "core/values/citation.h"

namespace horisont {

// The common indicators of the funds, one predicate each. Indicators are never stored: they are derived from the facts.

/// Whose indicators: the programme of the operation decides, for all its participants.
enum class Framework : std::uint8_t { Esf2014, Yei, EsfPlus };

/// The keys of the programmes whose operations report a framework's indicators; those of the youth initiative report the
/// common ones of ESF 2014–2020 too.
std::span<const std::string_view> programmes_of(Framework);

/// What the indicators are asked with. `as_of`: only what had happened by that day counts.
struct IndicatorTerms {
  Date as_of;
  int immediate_days = 28;     ///< exit day … exit day + so many, both inside
  int longer_term_months = 6;  ///< after the exit, cut to the end of a shorter month
  LeapBirthday leap = LeapBirthday::Feb28;
  int long_term_months_young = 6, long_term_months = 12;  ///< unemployed for more than this; young: under 25 on entry
  int yei_below_age = 25;                                 ///< a Member State may extend it to 30
  int target_age_from = 15, target_age_to = 24;           ///< of the projects for the young, both inside
};

enum class ReferenceDate : std::uint8_t { None, Entry, Exit, AfterExit, SixMonths };
std::string_view name_of(ReferenceDate);  ///< "none", "entry", "exit", "after_exit", "six_months"
/// The signs of the regulations: none, `*` and `**`.
enum class Sensitivity : std::uint8_t { None, Personal, Special };
std::string_view name_of(Sensitivity);  ///< "none", "personal", "special"

using Asks = Answer (*)(const Participation&, const IndicatorTerms&);

struct Indicator {
  std::string_view code;  ///< "CO01", "YEI-CR01", "EECO01"; the legal name is the text "indicator.<code>"
  Framework framework;
  Asks counts;            ///< null: not counted in participants (projects, enterprises)
  std::string_view base;  ///< codes whose sum is the denominator, "CO01 + CO03"; empty: all
  Asks in_base;           ///< who may have a result; null for outputs: everybody
  ReferenceDate reference;
  Sensitivity sensitivity;
  Period in_force;  ///< by the day of first entry
  Citation source;  ///< of the definition and code, and how sure we are of it
};

/// All indicators of a framework in the order of the law. YEI has its twelve results; its operations also have those of
/// Esf2014.
std::span<const Indicator> indicators(Framework);
/// Those whose number may be an estimate instead of everybody's answer (ESF+: EECO12–EECO17; before: CO18, CO19).
bool may_be_estimated(std::string_view code);
/// The field that the project would collect for it; empty: none tells it.
std::string_view collected_for(std::string_view code);
/// The indicator of a code; null when there is none.
const Indicator* indicator(std::string_view code);

/// What the indicator says of somebody: of a participant who had entered by `as_of`, while the indicator was in force. Nobody
/// has a result before leaving, nor without being in its base. A fact that is not known makes the answer unknown, never no.
Answer answer(const Indicator&, const Participation&, const IndicatorTerms&);

/// Facts without which a record is not complete, by name: gender, employment_status, birth_date, isced_level, household (for
/// entries until 2018-08-01). Empty: the record is complete. Tables of 2014–2020 have no column for non-binary, so that such
/// a record lacks its gender there.
std::vector<std::string_view> missing_facts(const Participation&, Framework, const IndicatorTerms&);

/// Only complete records are counted (2014–2020: delegated acts; ESF+: article 17(5)).
bool counted(const Indicator&, const Participation&, const IndicatorTerms&);

/// The day whose year the indicator is reported in; nothing while there is none.
std::optional<Date> reference_day(const Indicator&, const Participation&, const IndicatorTerms&);

/// Entered by the day.
bool had_entered(const Participation&, const IndicatorTerms&);
/// The last exit, when it is not after the day.
std::optional<Date> exit_by(const Participation&, const IndicatorTerms&);
/// Full years on the day of first entry.
std::optional<int> age_at_entry(const Participation&, const IndicatorTerms&);
/// Has a trait that made a person disadvantaged on the day of entry (2014–2020).
Answer disadvantaged(const Participation&, const IndicatorTerms&);
/// The last status stated from the exit day to the end of the window; null when none is.
const LabourEvent* last_event(const Participation&, const IndicatorTerms&);
/// The same day number so many months later, or the last day of a shorter month.
Date months_after(Date, int months);

}  // namespace horisont
