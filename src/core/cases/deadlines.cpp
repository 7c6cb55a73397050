#include "core/cases/deadlines.h"

#include <algorithm>
#include <tuple>

namespace horisont {

Date due_after(Date event, const DeadlineTerms& terms) {
  if (terms.unit == DeadlineTerms::Unit::Days) return event.plus_days(terms.count);
  const Month month = Month::containing(event);
  const int target = month.number() + terms.count;
  const Month to = *Month::of(target / 12, target % 12 + 1);
  if (terms.end_of_month && event == month.last()) return to.last();
  return std::min(to.first().plus_days(event.day() - 1), to.last());
}

std::optional<Date> month_due(const ProgrammeTerms& terms, std::string_view duty, Month month) {
  for (const auto& deadline : terms.deadlines)
    if (deadline.value.duty == duty && deadline.value.after == "month_end" && deadline.valid.contains(month.last()))
      return due_after(month.last(), deadline.value);
  return std::nullopt;
}

namespace {

// The last day on which documents must still be kept: 31 December, so many years after the year of the newest payment that is known
// (Swedish reporting, 9). Ten years with State aid; where it is not said whether there is any, the longer time holds. Nothing: no
// payment or no time is known, and then nothing has a day on which it may be thrown away.
std::optional<Due> kept_until(const ProjectTerms& project, const ProgrammeTerms& programme, Date today) {
  std::optional<Date> paid;
  for (const MoneyMoved& moved : project.money)
    if (moved.kind == MoneyMoved::Kind::Paid && moved.on <= today && (!paid || *paid < moved.on)) paid = moved.on;
  if (!paid) return std::nullopt;
  const auto *years = programme.retention_years.on(*paid), *with_aid = programme.retention_years_state_aid.on(*paid);
  const bool longer = project.state_aid.value_or(true) && with_aid && (!years || years->value < with_aid->value);
  const auto* term = longer ? with_aid : years;
  const auto last = term ? Date::of(paid->year() + term->value, 12, 31) : std::nullopt;
  if (!last) return std::nullopt;
  return Due{*last, "retention", paid->iso(), term->cited};
}

}  // namespace

std::vector<Due> duties(const ProjectTerms& project, const ProgrammeTerms& programme, Date from, Date to) {
  std::vector<Due> found;
  if (project.grants.empty()) return found;
  const Period operation = project.operation();
  for (const auto& deadline : programme.deadlines) {
    const DeadlineTerms& terms = deadline.value;
    const auto add = [&](Date event, const std::string& about) {
      if (!deadline.valid.contains(event)) return;
      const Date on = due_after(event, terms);
      if (from <= on && on <= to) found.push_back({on, terms.duty, about, deadline.cited});
    };
    if (terms.after == "month_end") {
      if (terms.duty == "scb_month" && project.scb_reporting == "no") continue;
      const Month last = Month::containing(operation.last ? std::min(*operation.last, to) : to);
      for (Month month = Month::containing(operation.first); month <= last; month = month.next())
        add(month.last(), month.iso());
    } else if (terms.after == "operation_start" && terms.duty == "quarterly_report" && terms.count > 0) {
      DeadlineTerms repeated = terms;
      for (;; repeated.count += terms.count) {
        const Date on = due_after(operation.first, repeated);
        if (on > to || (operation.last && on > *operation.last)) break;
        if (from <= on) found.push_back({on, terms.duty, operation.first.iso(), deadline.cited});
      }
    } else if (terms.after == "operation_start") {
      add(operation.first, operation.first.iso());
    } else if (terms.after == "operation_end") {
      if (operation.last) add(*operation.last, operation.last->iso());
    } else if (terms.after == "decision") {
      for (const GrantDecision& grant : project.grants)
        if (grant.decided_on) add(*grant.decided_on, grant.decided_on->iso());
    }
  }
  if (auto kept = kept_until(project, programme, from); kept && from <= kept->on && kept->on <= to) found.push_back(std::move(*kept));
  std::stable_sort(found.begin(), found.end(),
                   [](const Due& a, const Due& b) { return std::tie(a.on, a.duty) < std::tie(b.on, b.duty); });
  return found;
}

}  // namespace horisont
