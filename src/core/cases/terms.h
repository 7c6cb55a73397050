#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/values/citation.h"
#include "core/values/date.h"
#include "core/values/message.h"
#include "core/values/minutes.h"
#include "core/values/money.h"

namespace horisont {

/// Text in both languages.
struct Bilingual {
  std::string sv, en;
  const std::string& in(Language language) const { return language == Language::Swedish ? sv : en; }
  friend bool operator==(const Bilingual&, const Bilingual&) = default;
};

/// A value that holds in a period, with where it comes from and how sure we are. `key` and `line` lead back to the file.
template <class T>
struct Dated {
  T value;
  Period valid;
  Citation cited;
  std::string key;
  int line = 0;
};

/// The values of one setting over time: no two for one day (the loader refuses overlaps).
template <class T>
struct Timeline {
  std::vector<Dated<T>> values;
  const Dated<T>* on(Date day) const {
    for (const auto& dated : values)
      if (dated.valid.contains(day)) return &dated;
    return nullptr;
  }
};

enum class Rounding : std::uint8_t { Down, HalfUp };
enum class RoundingLevel : std::uint8_t { Row, Day, Month, Period };

/// What an hour of staff costs by function and rate area ("riket", "stockholm"), before any flat rate.
struct UnitCost {
  std::string function;  ///< "project_worker"
  std::string area;
  Money per_hour;
};

/// A percentage of a base of cost that stands for other costs.
struct FlatRate {
  std::string key;  ///< "indirect_15"
  int percent = 0;
  bool at_most = false;  ///< the call or the decision may say less
  std::string base;      ///< "direct_staff", "direct", "direct_other_than_staff"
  std::string covers;    ///< "indirect", "all_other", "direct_staff"
};

/// The share of the cost that national co-financing must bear, neither more nor less, by area or region.
struct CofinancingShare {
  std::string area;
  int percent = 0;
};

/// What an attested hour of a participant is worth as co-financing, by kind of compensation and age (both ends inside).
struct ParticipantRate {
  std::string compensation;  ///< "activity_support"
  std::optional<int> age_from, age_to;
  Money per_hour;
};

/// When a duty is due: so many days or months after an event.
struct DeadlineTerms {
  enum class Unit : std::uint8_t { Days, Months };
  std::string duty;   ///< "scb_month", "claim", "last_claim", "final_report", "quarterly_report", "undertaking", "payment"
  std::string after;  ///< "month_end", "operation_start", "operation_end", "decision", "claim"
  int count = 0;
  Unit unit = Unit::Days;
  /// Two months after the last day of February: 28 April, or the end of April.
  bool end_of_month = false;
};

/// What one programme (config/programmes/*.toml) says, dated and cited.
struct ProgrammeTerms {
  std::string key;  ///< "esf-2014-2020", "yei", "esf-plus-2021-2027"
  Bilingual name;
  Period period;
  Timeline<LeapBirthday> leap_birthday;
  Timeline<Rounding> whole_hours_rounding;
  Timeline<RoundingLevel> whole_hours_level;
  /// Minutes of one person's day, month or calendar year that may be funded; none: no cap.
  Timeline<Minutes> participant_day_cap, participant_month_cap, participant_year_cap;
  Timeline<Minutes> participant_month_minimum;  ///< less of a person's month than this is not funded at all; none: no minimum
  Timeline<Minutes> participant_project_cap;  ///< of one person's time in the whole project, by the day that is judged
  Timeline<bool> participant_signature;       ///< whether participants' time is accepted only when it is signed
  Timeline<bool> participant_evidence;        ///< whether it is accepted only while a document of the participant is good
  Timeline<bool> clock_change_counts;         ///< whether the hour that summer time takes or gives counts; no value: it does
  Timeline<bool> participant_holidays, staff_holidays;  ///< whether time on public holidays is accepted; no value: it is
  Timeline<Minutes> plausible_day;        ///< more on a day is a warning
  Timeline<Minutes> staff_year_cap, staff_day_cap;
  Timeline<Minutes> hourly_rate_year;     ///< hours that a year's gross cost is divided by, full time; no value: the method is not known
  Timeline<std::string> fund_text_sv, fund_text_en;
  /// The SCB month. The last four characters of the code for a protected identity, after the birth date ("Tf29"); no value:
  /// not known, and the person is left out of the file.
  Timeline<std::string> scb_protected_woman, scb_protected_man;
  Timeline<std::string> scb_contact_filler;  ///< stands for e-mail and mobile number while valid; no value: the real ones
  Timeline<std::string> scb_zero_hours;      ///< "include" or "leave_out" a participant without hours in the month
  Timeline<std::string> scb_reentry;         ///< entry date of a person who came back: "same_start_date", "new_start_date"
  Timeline<int> scb_extreme_hours;           ///< more hours in a month is a warning; no value: not known
  Timeline<Rounding> money_rounding;         ///< of an amount, once, at the end
  Timeline<std::string> staff_signature;     ///< "person", "person_and_approver"; no value: time is accepted without one
  Timeline<bool> part_year_cap;              ///< whether staff_year_cap shrinks with the months employed
  Timeline<bool> staff_fixed_share;          ///< whether a fixed share of a post may stand for time sheets
  Timeline<Money> simplified_up_to;          ///< total cost in euro up to which real costs alone are refused
  std::vector<Dated<UnitCost>> unit_costs;
  std::vector<Dated<FlatRate>> flat_rates;
  std::vector<Dated<CofinancingShare>> cofinancing;
  Timeline<std::string> owner_cofinancing;  ///< "cash_only": the project's owner gives nothing in kind; "any"
  std::vector<Dated<ParticipantRate>> participant_rates;
  std::vector<Dated<DeadlineTerms>> deadlines;
  Timeline<int> evidence_months;  ///< a document without a last day of its own is good for so long; no value: for ever
  Timeline<int> immediate_result_days, longer_term_months;  ///< windows of results after leaving
  Timeline<int> retention_years, retention_years_state_aid;
  Timeline<int> longest_project_months;
  Timeline<Money> largest_advance;
  Timeline<int> largest_advance_percent;  ///< of the support
  Timeline<int> small_cell_limit;         ///< publications leave smaller counts out
  std::string sha256;                     ///< of the file's bytes
};

/// One activity of a project: what the sheets call it, how reports name it, whether its hours are funded.
struct Activity {
  std::string key;  ///< machine word, "work_placement"
  Bilingual name;
  Bilingual report_name;  ///< what reports that leave the project print (health-revealing activities have another)
  std::vector<std::string> spellings;
  bool funded = true;
  bool sensitive = false;
  Citation cited;
};

/// A municipality (or site) of a project.
struct Subproject {
  std::string key;  ///< municipality code or own key
  std::string name;
  std::string municipality;  ///< SCB code
  std::optional<int> planned_participants;
  Citation cited;
};

/// A grant decision or amendment; never retroactive, all kept.
struct GrantDecision {
  std::optional<Date> decided_on;
  Period operation;
  std::optional<int> planned_participants;
  std::optional<Money> budget, granted_esf, granted_yei;
  std::string union_rate_stated;       ///< as the decision writes it, "67 %"
  std::string amounts_other_currency;  ///< as written, for records in EUR
  Citation cited;
};

/// The rule set that assessments use from a day on.
struct RuleSetUse {
  std::string file;  ///< below config/rules
  Period used;
};

/// What a decision's budget allows for one kind of cost.
struct BudgetLine {
  std::string line;  ///< as AmountLine::what: "staff", "flat_rate", "other_direct", "participant_allowances"
  Money amount;
  Citation cited;
};

/// Money that came or was refused, as its document says.
struct MoneyMoved {
  /// Of the funder: an advance, a payment, a refusal of what was claimed; of those who co-finance: cash, in kind.
  enum class Kind : std::uint8_t { Advance, Paid, Refused, Cash, InKind };
  Kind kind = Kind::Advance;
  Date on = Date::of_days(0);
  std::optional<Date> month;  ///< first day of the month whose claim it is about; an advance is about none
  Money amount;
  std::string who;  ///< who co-finances
  Citation cited;
};

/// A published figure that a report must be able to reproduce.
struct PublishedFigure {
  std::string key;  ///< "participants", "completed", "employed_share", "studies_share"
  Date as_of;
  std::string value;  ///< as printed: "571", "25 %"
  Citation cited;
};

/// What an indicator is to reach, as decided: numbers, or for results a percentage of the base.
struct IndicatorTarget {
  std::string indicator;  ///< "EECO01"
  bool percent = false;
  std::optional<std::int64_t> total, men, women, non_binary;
  std::optional<std::int64_t> milestone;  ///< what it should have reached by the end of 2024 (outputs of ESF+)
  Citation cited;
};

/// What is reported of an indicator that nobody is asked about, as the law allows for some (core/indicators: may_be_estimated).
struct IndicatorEstimate {
  std::string indicator;  ///< "EECO12"
  Date on;                ///< the day that it speaks of
  std::int64_t total = 0, men = 0, women = 0, non_binary = 0;
  Bilingual method;
  Citation cited;
};

/// What the fund's systems keep of an operation and Horisont does not know by itself: an item of Annex XVII, by its word.
struct OperationItem {
  std::string item;  ///< "application_date"
  std::string value;
  Citation cited;
};

/// What one project file (config/projects/*.toml) says.
struct ProjectTerms {
  std::string key;  ///< "ung-horisont"; also the value of `project` in rule sets
  Bilingual name;
  std::string short_name;  ///< for file names: "UngHorisont"
  std::string record_number, call_number, owner, organisation_number, programme_area, nuts2, cci, intervention_type;
  std::string programme;  ///< key of a ProgrammeTerms
  std::vector<GrantDecision> grants;
  std::vector<Subproject> subprojects;
  Bilingual subproject_word;  ///< "delprojekt", "kommun"
  std::vector<Activity> activities;
  std::vector<RuleSetUse> rule_sets;
  std::vector<PublishedFigure> published;
  std::vector<IndicatorTarget> targets;      ///< each indicator once
  std::vector<IndicatorEstimate> estimates;  ///< oldest first
  std::vector<OperationItem> operation_items;
  std::vector<std::string> collect;  ///< fields that are switched on (need "off" in the schema)
  bool two_persons = false;          ///< a decision by hand needs somebody else's approval
  bool school_project = false;       ///< outcomes are grades and admission to a national programme
  bool attest_by_another = false;    ///< a month is attested by somebody else than who changed its facts last
  std::vector<std::string> staff_activities;  ///< what staff time may be spent on; none: not checked
  Bilingual target_group, aim;
  std::map<std::string, Citation> citations;  ///< for each known field, where it comes from
  std::vector<std::string> not_known;         ///< fields that no public source tells; reports say "not known"
  std::string scb_reporting;                  ///< "yes", "no", "when_decided"; empty: not known
  std::optional<bool> participant_time_is_cofinancing, state_aid;
  std::string staff_cost_model;  ///< "function", "occupation", "real"; empty: not known
  std::string rate_area;         ///< of ProgrammeTerms::unit_costs
  std::string flat_rate;         ///< key of ProgrammeTerms::flat_rates
  std::optional<int> cofinancing_percent;
  std::optional<Money> total_cost_eur;  ///< as the decision states it; never worked out from kronor
  std::vector<BudgetLine> budget_lines;
  std::vector<MoneyMoved> money;  ///< by day
  std::string sha256;

  /// The whole operation, from the earliest start to the latest end of all grant decisions.
  Period operation() const;
  /// Index into `activities`, by key or spelling (case and punctuation ignored).
  std::optional<std::uint8_t> activity(std::string_view word) const;
  /// Whether staff time in this activity is of the project: on its list, or there is no list.
  bool has_staff_activity(std::string_view word) const;
};

/// Case and punctuation apart: "Karlstads kommun" and "KARLSTADS KOMMUN".
bool same_word(std::string_view, std::string_view);

}  // namespace horisont
