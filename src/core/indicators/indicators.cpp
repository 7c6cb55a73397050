#include "core/indicators/indicators.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <iterator>

#include "core/indicators/six_months.h"

namespace horisont {
namespace {

using P = Participation;
using T = IndicatorTerms;

// ---- Answers ----

Answer of(bool yes) { return yes ? Answer::Yes : Answer::No; }

Answer no(Answer a) { return a == Answer::Yes ? Answer::No : a == Answer::No ? Answer::Yes : a; }

// No as soon as one is no; then what is not known outweighs what was refused.
Answer all_of(std::initializer_list<Answer> answers) {
  const auto has = [&](Answer a) { return std::find(answers.begin(), answers.end(), a) != answers.end(); };
  for (const Answer a : {Answer::No, Answer::Unknown, Answer::NotDisclosed})
    if (has(a)) return a;
  return Answer::Yes;
}

Answer any_of(std::initializer_list<Answer> answers) {
  const auto has = [&](Answer a) { return std::find(answers.begin(), answers.end(), a) != answers.end(); };
  for (const Answer a : {Answer::Yes, Answer::Unknown, Answer::NotDisclosed})
    if (has(a)) return a;
  return Answer::No;
}

Answer of(const Fact<bool>& fact) { return fact ? of(fact->value) : Answer::Unknown; }

// ---- On entry ----

bool employed_word(std::string_view status) { return status == "employed" || status == "self_employed"; }

Answer status_is(const P& p, std::string_view word) {
  return p.employment_status ? of(p.employment_status->value == word) : Answer::Unknown;
}
Answer unemployed(const P& p, const T&) { return status_is(p, "unemployed"); }
Answer inactive(const P& p, const T&) { return status_is(p, "inactive"); }
Answer employed(const P& p, const T&) {
  return p.employment_status ? of(employed_word(p.employment_status->value)) : Answer::Unknown;
}
Answer not_employed(const P& p, const T& t) { return no(employed(p, t)); }
Answer in_education(const P& p) { return of(p.studies); }
Answer not_in_education(const P& p, const T&) { return no(in_education(p)); }
Answer everybody(const P&, const T&) { return Answer::Yes; }

Answer long_term(const P& p, const T& t) {
  const Answer without_work = unemployed(p, t);
  if (without_work != Answer::Yes) return without_work;
  const auto age = age_at_entry(p, t);
  if (!age || !p.unemployed_since) return Answer::Unknown;
  const int months = *age < 25 ? t.long_term_months_young : t.long_term_months;
  return of(months_after(p.unemployed_since->value, months) < p.entered_on->value);
}
Answer neet(const P& p, const T& t) { return all_of({inactive(p, t), not_in_education(p, t)}); }

template <int from, int to>
Answer aged(const P& p, const T& t) {
  const auto age = age_at_entry(p, t);
  return age ? of(from <= *age && *age <= to) : Answer::Unknown;
}
constexpr int oldest = 1000;
constexpr Asks above_54 = aged<55, oldest>;
Answer above_54_without_work(const P& p, const T& t) {
  return all_of({above_54(p, t), any_of({unemployed(p, t), neet(p, t)})});
}
Answer above_54_not_employed(const P& p, const T& t) { return all_of({above_54(p, t), not_employed(p, t)}); }

// "isced3" is 3, "isced5_8" is 5; nothing when it is not known.
std::optional<int> isced(const P& p) {
  if (!p.isced_level) return std::nullopt;
  const std::string& word = p.isced_level->value;
  if (!word.starts_with("isced") || word.size() < 6 || word[5] < '0' || word[5] > '8') return std::nullopt;
  return word[5] - '0';
}
template <int from, int to>
Answer educated(const P& p, const T&) {
  const auto level = isced(p);
  return level ? of(from <= *level && *level <= to) : Answer::Unknown;
}

template <Answer Traits::*trait>
Answer has(const P& p, const T&) {
  return p.traits.*trait;
}
Answer migrant_or_minority(const P& p, const T&) { return any_of({p.traits.foreign_background, p.traits.minority}); }
// No canonical file tells where somebody lives closely enough.
Answer rural(const P&, const T&) { return Answer::Unknown; }

Answer status_known(const P& p, const T&) { return p.employment_status ? Answer::Yes : Answer::Unknown; }

// ---- On leaving ----

const Period household_asked{*Date::of(2014, 1, 1), *Date::of(2018, 8, 1)};

// From the exit day to the end of the window, and not later than the day of the report.
bool in_window(Date day, const P& p, const T& t) {
  const auto exit = exit_by(p, t);
  return exit && *exit <= day && day <= exit->plus_days(t.immediate_days) && day <= t.as_of;
}

bool after_window(Date day, const P& p, const T& t) {
  const auto exit = exit_by(p, t);
  return exit && day > exit->plus_days(t.immediate_days);
}

// A yes that has no day lies nowhere (decision 271). A status day in place of its own shows that it had come by then, which
// settles it only inside the window.
Answer dated(Answer said, const Fact<Date>& day, const P& p, const T& t) {
  if (said != Answer::Yes) return said;
  if (!day) return Answer::Unknown;
  if (in_window(day->value, p, t)) return Answer::Yes;
  const Fact<Date>& status = p.result->status_after_date;
  const bool of_the_status = status && status->origin == day->origin;
  const bool to_come = day->value > t.as_of && !after_window(day->value, p, t);
  return of_the_status || to_come ? Answer::Unknown : Answer::No;
}

// What the last labour-market event of the window was. A status without a day may lie anywhere, so it says nothing; one that
// begins after the window says that nothing came before it.
template <class Test>
Answer after_leaving(const P& p, const T& t, Test&& test) {
  if (const LabourEvent* event = last_event(p, t)) return of(test(event->status));
  if (!p.result) return Answer::Unknown;
  const auto& events = p.result->events;
  const bool undated = std::any_of(events.begin(), events.end(), [](const LabourEvent& e) { return !e.on; });
  const bool later = std::any_of(events.begin(), events.end(), [&](const LabourEvent& e) { return e.on && after_window(*e.on, p, t); });
  return later && !undated ? Answer::No : Answer::Unknown;
}
Answer seeks_work(const P& p, const T& t) {
  return after_leaving(p, t, [](std::string_view status) { return status == "unemployed"; });
}
Answer works_after(const P& p, const T& t) { return after_leaving(p, t, employed_word); }
Answer studies_after(const P& p, const T& t) {
  if (!p.result) return Answer::Unknown;
  // The status day is the day of the studies: those that begin after the window are none of it, as a job (EI-13).
  const Fact<Date>& day = p.result->status_after_date;
  const bool later = day && p.result->in_education_after == Answer::Yes && after_window(day->value, p, t);
  return later ? Answer::No : dated(p.result->in_education_after, day, p, t);
}
Answer qualified(const P& p, const T& t) {
  return p.result ? dated(p.result->qualification, p.result->qualification_date, p, t) : Answer::Unknown;
}
Answer offered(const P& p, const T& t) {
  return p.result ? dated(p.result->offer, p.result->offer_date, p, t) : Answer::Unknown;
}
// A drop-out has not completed, whatever the reason.
Answer completes(const P& p, const T&) {
  if (!p.result) return Answer::Unknown;
  if (p.result->exit_reason && p.result->exit_reason->value == "dropped_out") return Answer::No;
  return p.result->completed;
}
Answer newly_studies(const P& p, const T& t) { return all_of({not_in_education(p, t), studies_after(p, t)}); }
Answer any_outcome(const P& p, const T& t) { return any_of({studies_after(p, t), qualified(p, t), works_after(p, t)}); }
Answer any_result(const P& p, const T& t) {
  return any_of({all_of({inactive(p, t), seeks_work(p, t)}), newly_studies(p, t), qualified(p, t),
                 all_of({not_employed(p, t), works_after(p, t)})});
}

// ---- Six months after leaving ----

// Asked when the months had passed, by the day of the report, and not said to have given no answer.
bool heard_in_time(const P& p, const T& t) {
  const auto exit = exit_by(p, t);
  if (!exit || !p.result || !p.result->six_month_date || gave_no_answer(*p.result)) return false;
  const Date on = p.result->six_month_date->value;
  return months_after(*exit, t.longer_term_months) <= on && on <= t.as_of;
}

Answer six_months(const P& p, const T& t, Answer said) {
  if (!p.result) return Answer::Unknown;
  const auto& response = p.result->six_month_response;
  if (response && response->value == "refused") return Answer::NotDisclosed;
  return heard_in_time(p, t) ? said : Answer::Unknown;
}
template <class Test>
Answer six_month_status(const P& p, const T& t, Test&& test) {
  const bool known = p.result && p.result->six_month_status;
  return six_months(p, t, known ? of(test(p.result->six_month_status->value)) : Answer::Unknown);
}
Answer works_at_six_months(const P& p, const T& t) { return six_month_status(p, t, employed_word); }
Answer has_job_at_six_months(const P& p, const T& t) {
  return six_month_status(p, t, [](std::string_view status) { return status == "employed"; });
}
Answer own_business_at_six_months(const P& p, const T& t) {
  // A status of another kind is a no (K13). Where status and column exclude each other, neither is an answer.
  const Answer by_status = six_month_status(p, t, [](std::string_view status) { return status == "self_employed"; });
  const Answer works = works_at_six_months(p, t), said = p.result ? p.result->six_month_self_employed : Answer::Unknown;
  if (said == Answer::Yes) return six_months(p, t, works == Answer::No ? Answer::Unknown : said);
  if (said == Answer::No) return six_months(p, t, by_status == Answer::Yes ? Answer::Unknown : said);
  return by_status == Answer::Unknown ? six_months(p, t, said) : by_status;
}
Answer studies_at_six_months(const P& p, const T& t) {
  return six_months(p, t, p.result ? p.result->six_month_education : Answer::Unknown);
}
// Who has no work then has no better work.
Answer improved(const P& p, const T& t) {
  const Answer said = six_months(p, t, p.result ? p.result->six_month_improved : Answer::Unknown);
  if (works_at_six_months(p, t) != Answer::No) return said;
  return said == Answer::Yes ? Answer::Unknown : Answer::No;
}
Answer disadvantaged_not_employed(const P& p, const T& t) { return all_of({disadvantaged(p, t), not_employed(p, t)}); }

// ---- The tables ----

using enum ReferenceDate;
using enum Framework;
constexpr Sensitivity open = Sensitivity::None, personal = Sensitivity::Personal, special = Sensitivity::Special;

// The text of a citation is an id: reports say it in their language.
Citation read_in(const char* text) { return {text, Confidence::Secondary}; }
Citation guess(const char* text) { return {text, Confidence::UnverifiedDefault}; }

std::vector<Indicator> esf_2014() {
  const Period always{*Date::of(2014, 1, 1), *Date::of(2023, 12, 31)};
  const char* outputs = "indicator-source.outputs";
  const char* removed = "indicator-source.household";
  const char* entities = "indicator-source.entities";
  const char* results = "indicator-source.results";
  const auto output = [&](std::string_view code, Asks counts, Sensitivity sensitivity) {
    return Indicator{code, Esf2014, counts, "", nullptr, Entry, sensitivity, always, guess(outputs)};
  };
  const auto household = [&](std::string_view code, Asks counts) {
    return Indicator{code, Esf2014, counts, "", nullptr, Entry, personal, household_asked, guess(removed)};
  };
  const auto entity = [&](std::string_view code) {
    return Indicator{code, Esf2014, nullptr, "", nullptr, None, open, always, guess(entities)};
  };
  const auto result = [&](std::string_view code, Asks counts, std::string_view base, Asks in_base, ReferenceDate on,
                          Sensitivity sensitivity) {
    return Indicator{code, Esf2014, counts, base, in_base, on, sensitivity, always, guess(results)};
  };
  return {
      output("CO01", unemployed, personal),
      output("CO02", long_term, personal),
      output("CO03", inactive, personal),
      output("CO04", neet, personal),
      output("CO05", employed, personal),
      output("CO06", aged<0, 24>, personal),
      output("CO07", above_54, personal),
      output("CO08", above_54_without_work, personal),
      output("CO09", educated<1, 2>, personal),
      output("CO10", educated<3, 4>, personal),
      output("CO11", educated<5, 8>, personal),
      household("CO12", has<&Traits::jobless_household>),
      household("CO13", has<&Traits::jobless_household_children>),
      household("CO14", has<&Traits::single_adult_children>),
      output("CO15", migrant_or_minority, special),
      output("CO16", has<&Traits::disability>, special),
      output("CO17", has<&Traits::other_disadvantaged>, special),
      output("CO18", has<&Traits::homeless>, personal),
      output("CO19", rural, personal),
      entity("CO20"),
      entity("CO21"),
      entity("CO22"),
      entity("CO23"),
      result("CR01", seeks_work, "CO03", inactive, AfterExit, personal),
      result("CR02", newly_studies, "", not_in_education, AfterExit, personal),
      result("CR03", qualified, "", everybody, AfterExit, personal),
      result("CR04", works_after, "CO01 + CO03", not_employed, AfterExit, personal),
      result("CR05", any_result, "DISADVANTAGED", disadvantaged, AfterExit, special),
      result("CR06", works_at_six_months, "CO01 + CO03", not_employed, SixMonths, personal),
      result("CR07", improved, "CO05", employed, SixMonths, personal),
      result("CR08", works_at_six_months, "CO07", above_54_not_employed, SixMonths, personal),
      result("CR09", works_at_six_months, "DISADVANTAGED", disadvantaged_not_employed, SixMonths, special),
  };
}

std::vector<Indicator> yei() {
  const Period always{*Date::of(2013, 9, 1), *Date::of(2023, 12, 31)};
  const auto result = [&](std::string_view code, Asks counts, std::string_view base, Asks in_base, ReferenceDate on) {
    return Indicator{
        code,     Yei,     counts,
        base,     in_base, on,
        personal, always,  guess("indicator-source.yei")};
  };
  return {
      result("YEI-CR01", completes, "CO01", unemployed, Exit),
      result("YEI-CR02", offered, "CO01", unemployed, AfterExit),
      result("YEI-CR03", any_outcome, "CO01", unemployed, AfterExit),
      result("YEI-CR04", completes, "CO02", long_term, Exit),
      result("YEI-CR05", offered, "CO02", long_term, AfterExit),
      result("YEI-CR06", any_outcome, "CO02", long_term, AfterExit),
      result("YEI-CR07", completes, "CO04", neet, Exit),
      result("YEI-CR08", offered, "CO04", neet, AfterExit),
      result("YEI-CR09", any_outcome, "CO04", neet, AfterExit),
      result("YEI-CR10", studies_at_six_months, "", everybody, SixMonths),
      result("YEI-CR11", has_job_at_six_months, "", everybody, SixMonths),
      result("YEI-CR12", own_business_at_six_months, "", everybody, SixMonths),
  };
}

std::vector<Indicator> esf_plus() {
  const Period always{*Date::of(2021, 1, 1), *Date::of(2029, 12, 31)};
  const char* in_law = "indicator-source.plus";
  const char* in_part = "indicator-source.plus-in-part";
  const auto output = [&](std::string_view code, Asks counts, Sensitivity sensitivity, Citation cited) {
    return Indicator{code, EsfPlus, counts, "", nullptr, counts ? Entry : None, sensitivity, always, cited};
  };
  const auto result = [&](std::string_view code, Asks counts, std::string_view base, Asks in_base, ReferenceDate on,
                          Citation cited) {
    return Indicator{code, EsfPlus, counts, base, in_base, on, personal, always, cited};
  };
  return {
      output("EECO01", status_known, open, guess(in_part)),
      output("EECO02", unemployed, personal, guess(in_part)),
      output("EECO03", long_term, personal, guess(in_part)),
      output("EECO04", inactive, personal, guess(in_part)),
      output("EECO05", employed, personal, guess(in_part)),
      output("EECO06", aged<0, 17>, personal, read_in(in_law)),
      output("EECO07", aged<18, 29>, personal, read_in(in_law)),
      output("EECO08", above_54, personal, guess(in_part)),
      output("EECO09", educated<0, 2>, personal, guess(in_part)),
      output("EECO10", educated<3, 4>, personal, read_in(in_law)),
      output("EECO11", educated<5, 8>, personal, read_in(in_law)),
      output("EECO12", has<&Traits::disability>, special, read_in(in_law)),
      output("EECO13", has<&Traits::third_country_national>, personal, read_in(in_law)),
      output("EECO14", has<&Traits::foreign_background>, personal, guess(in_part)),
      output("EECO15", has<&Traits::minority>, special, read_in(in_law)),
      output("EECO16", has<&Traits::homeless>, personal, guess(in_part)),
      output("EECO17", rural, personal, guess(in_part)),
      output("EECO18", nullptr, open, guess(in_part)),
      output("EECO19", nullptr, open, guess(in_part)),
      result("EECR01", seeks_work, "EECO04", inactive, AfterExit, read_in(in_law)),
      result("EECR02", newly_studies, "EECO01", not_in_education, AfterExit, guess(in_part)),
      result("EECR03", qualified, "EECO01", everybody, AfterExit, guess(in_part)),
      result("EECR04", works_after, "EECO02 + EECO04", not_employed, AfterExit, guess(in_part)),
      result("EECR05", works_at_six_months, "EECO02 + EECO04", not_employed, SixMonths, guess(in_part)),
      result("EECR06", improved, "EECO05", employed, SixMonths, guess(in_part)),
  };
}

}  // namespace

std::string_view name_of(ReferenceDate date) {
  constexpr std::array<std::string_view, 5> names{"none", "entry", "exit", "after_exit", "six_months"};
  return names[static_cast<std::size_t>(date)];
}

std::string_view name_of(Sensitivity sensitivity) {
  constexpr std::array<std::string_view, 3> names{"none", "personal", "special"};
  return names[static_cast<std::size_t>(sensitivity)];
}

std::span<const std::string_view> programmes_of(Framework framework) {
  static constexpr std::string_view esf_2014[] = {"esf-2014-2020", "yei"}, initiative[] = {"yei"}, plus[] = {"esf-plus-2021-2027"};
  using Keys = std::span<const std::string_view>;
  return framework == Esf2014 ? Keys(esf_2014) : framework == Yei ? Keys(initiative) : Keys(plus);
}

std::span<const Indicator> indicators(Framework framework) {
  static const std::array<std::vector<Indicator>, 3> all{esf_2014(), yei(), esf_plus()};
  return all[static_cast<std::size_t>(framework)];
}

namespace {
// Who may be estimated, and what would be asked otherwise.
constexpr std::pair<std::string_view, std::string_view> estimable[] = {
    {"EECO12", "disability"}, {"EECO13", "third_country_national"}, {"EECO14", "foreign_background"}, {"EECO15", "minority"},
    {"EECO16", "homeless"},   {"EECO17", ""},                       {"CO18", "homeless"},             {"CO19", ""}};
const auto* found_estimable(std::string_view code) {
  const auto found = std::find_if(std::begin(estimable), std::end(estimable), [&](const auto& one) { return one.first == code; });
  return found == std::end(estimable) ? nullptr : found;
}
}  // namespace

bool may_be_estimated(std::string_view code) { return found_estimable(code) != nullptr; }
std::string_view collected_for(std::string_view code) {
  const auto* one = found_estimable(code);
  return one ? one->second : std::string_view();
}

const Indicator* indicator(std::string_view code) {
  for (const Framework framework : {Esf2014, Yei, EsfPlus})
    for (const Indicator& one : indicators(framework))
      if (one.code == code) return &one;
  return nullptr;
}

bool had_entered(const Participation& p, const IndicatorTerms& t) { return p.entered_on && p.entered_on->value <= t.as_of; }

std::optional<Date> exit_by(const Participation& p, const IndicatorTerms& t) {
  const auto last = last_day(p);
  return last && *last <= t.as_of ? last : std::nullopt;
}

std::optional<int> age_at_entry(const Participation& p, const IndicatorTerms& t) {
  if (!p.born_on || !p.entered_on || p.born_on->value > p.entered_on->value) return std::nullopt;
  return age_on(p.entered_on->value, p.born_on->value, t.leap);
}

Date months_after(Date day, int months) {
  Month month = Month::containing(day);
  for (int i = 0; i < months; ++i) month = month.next();
  const auto same = Date::of(month.year(), month.month(), day.day());
  return same ? *same : month.last();
}

const LabourEvent* last_event(const Participation& p, const IndicatorTerms& t) {
  if (!p.result) return nullptr;
  const auto& events = p.result->events;  // by day
  const auto last =
      std::find_if(events.rbegin(), events.rend(), [&](const LabourEvent& e) { return e.on && in_window(*e.on, p, t); });
  return last == events.rend() ? nullptr : &*last;
}

bool gave_no_answer(const ExitResult& result) {
  const auto& response = result.six_month_response;
  return response && response->value != "answered" && response->value != "from_register";
}

bool answered_after_six_months(const Participation& p, const IndicatorTerms& t) {
  if (!heard_in_time(p, t)) return false;
  const ExitResult& result = *p.result;
  const Answer said[] = {result.six_month_self_employed, result.six_month_education, result.six_month_improved};
  return result.six_month_status || std::any_of(std::begin(said), std::end(said), [](Answer a) { return a == Answer::Yes || a == Answer::No; });
}

Answer disadvantaged(const Participation& p, const IndicatorTerms& t) {
  const Answer still = any_of({migrant_or_minority(p, t), p.traits.disability, p.traits.other_disadvantaged});
  if (!p.entered_on || !household_asked.contains(p.entered_on->value)) return still;
  return any_of({still, p.traits.jobless_household, p.traits.jobless_household_children, p.traits.single_adult_children});
}

Answer answer(const Indicator& one, const Participation& p, const IndicatorTerms& t) {
  if (!one.counts || !had_entered(p, t) || !one.in_force.contains(p.entered_on->value)) return Answer::No;
  if (!one.in_base) return one.counts(p, t);
  const auto exit = exit_by(p, t);
  if (!exit) return Answer::No;
  if (one.reference == SixMonths && months_after(*exit, t.longer_term_months) > t.as_of) return Answer::No;
  return all_of({one.in_base(p, t), one.counts(p, t)});
}

std::vector<std::string_view> missing_facts(const Participation& p, Framework framework, const IndicatorTerms& t) {
  std::vector<std::string_view> missing;
  const bool third_column = framework == EsfPlus;
  if (!(p.gender == "woman" || p.gender == "man" || (third_column && p.gender == "non_binary"))) missing.push_back("gender");
  if (!p.employment_status) missing.push_back("employment_status");
  if (!age_at_entry(p, t)) missing.push_back("birth_date");
  if (!isced(p)) missing.push_back("isced_level");
  const auto known = [](Answer a) { return a == Answer::Yes || a == Answer::No; };
  if (framework != EsfPlus && p.entered_on && household_asked.contains(p.entered_on->value) &&
      !(known(p.traits.jobless_household) && known(p.traits.jobless_household_children) &&
        known(p.traits.single_adult_children)))
    missing.push_back("household");
  return missing;
}

bool counted(const Indicator& one, const Participation& p, const IndicatorTerms& t) {
  return answer(one, p, t) == Answer::Yes && missing_facts(p, one.framework, t).empty();
}

std::optional<Date> reference_day(const Indicator& one, const Participation& p, const IndicatorTerms& t) {
  if (one.reference == None || !had_entered(p, t)) return std::nullopt;
  if (one.reference == Entry) return p.entered_on->value;
  const auto exit = exit_by(p, t);
  if (exit && one.reference == SixMonths) return months_after(*exit, t.longer_term_months);
  return exit;
}

}  // namespace horisont
