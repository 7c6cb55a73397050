#include "app/effect.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "app/effect_on_some.h"
#include "app/months.h"
#include "app/report.h"
#include "core/funding/claim.h"
#include "core/indicators/checks.h"

namespace horisont {
namespace {

std::vector<std::string> activity_keys(const ProjectTerms& project) {
  std::vector<std::string> keys;
  for (const Activity& activity : project.activities) keys.push_back(activity.key);
  return keys;
}

std::map<Month, std::optional<Money>> claims_of(const ProjectState& state) {
  std::map<Month, std::optional<Money>> totals;
  std::set<Month> months;
  for (const StaffTime& time : state.staff) months.insert(Month::containing(Date::of_days(time.day)));
  for (const Month month : months) {
    const auto claim = claim_of(*state.project, *state.programme, state.staff, state.staff_hours, month, state.participant_hours());
    totals[month] = claim ? std::optional(total_of(*claim)) : std::nullopt;
  }
  return totals;
}

// How many each indicator counts, by column.
using IndicatorNumbers = std::map<std::string, std::array<std::int64_t, all_columns.size()>>;
IndicatorNumbers numbers_of(const ProjectState& state, std::span<const Participation> participations) {
  const IndicatorValues counted = count_indicators(framework_of(state.programme->key), participations, indicator_terms(state.input(), state.today));
  IndicatorNumbers numbers;
  for (const auto& [code, persons] : counted.persons)
    if (indicator(code))
      for (std::size_t i = 0; i < all_columns.size(); ++i) numbers[code][i] = counted.number(code, all_columns[i]);
  return numbers;
}

void compare_verdicts(Effect& found, std::span<const Decision> before, std::span<const Decision> after) {
  std::map<std::uint32_t, Effect::OfVerdict> verdicts;
  for (const Decision& decision : before) verdicts[decision.person] = {decision.person, decision.verdict, {}};
  for (const Decision& decision : after) {
    auto& verdict = verdicts[decision.person];
    verdict.person = decision.person;
    verdict.after = decision.verdict;
  }
  for (const auto& [person, verdict] : verdicts)
    if (verdict.before != verdict.after) found.verdicts.push_back(verdict);
}

void compare_months(Effect& found, std::span<const LedgerCell> before, std::span<const LedgerCell> after) {
  std::map<std::int32_t, Effect::OfMonth> months;
  const auto month_of = [&](std::int32_t number) -> Effect::OfMonth& {
    return months.try_emplace(number, Effect::OfMonth{*Month::of(number / 12, number % 12 + 1)}).first->second;
  };
  for (const LedgerCell& cell : before) {
    auto& month = month_of(cell.month);
    month.reported_before += cell.reported, month.accepted_before += cell.accepted;
  }
  for (const LedgerCell& cell : after) {
    auto& month = month_of(cell.month);
    month.reported_after += cell.reported, month.accepted_after += cell.accepted;
  }
  for (const auto& [number, month] : months)
    if (month.reported_before != month.reported_after || month.accepted_before != month.accepted_after)
      found.months.push_back(month);
}

void compare_staff(Effect& found, const ProjectState& before, const ProjectState& after) {
  std::map<Month, Effect::OfMonth> months;
  const auto month_of = [&](Month month) -> Effect::OfMonth& { return months.try_emplace(month, Effect::OfMonth{month}).first->second; };
  for (const StaffMonth& one : before.staff_hours.months) {
    auto& month = month_of(one.month);
    month.reported_before += one.reported, month.accepted_before += one.accepted;
  }
  for (const StaffMonth& one : after.staff_hours.months) {
    auto& month = month_of(one.month);
    month.reported_after += one.reported, month.accepted_after += one.accepted;
  }
  for (const auto& [number, month] : months)
    if (month.reported_before != month.reported_after || month.accepted_before != month.accepted_after) found.staff.push_back(month);
}

void compare_claims(Effect& found, const ProjectState& before, const ProjectState& after) {
  const auto claims_before = claims_of(before), claims_after = claims_of(after);
  std::set<Month> claimed;
  for (const auto* all : {&claims_before, &claims_after})
    for (const auto& [month, total] : *all) claimed.insert(month);
  for (const Month month : claimed) {
    const auto of = [&](const auto& all) {
      const auto one = all.find(month);
      return one == all.end() ? std::optional(Money{}) : one->second;
    };
    if (of(claims_before) != of(claims_after)) found.claims.push_back({month, of(claims_before), of(claims_after)});
  }
}

// What an indicator no longer counts at all differs too.
void compare_indicators(Effect& found, IndicatorNumbers were, IndicatorNumbers are) {
  for (const auto& [code, number] : were) are[code];
  for (const auto& [code, number] : are)
    if (were[code] != number) found.indicators.push_back({code, were[code], number});
}

bool counts_non_binary(const ProjectState& state) { return framework_of(state.programme->key) == Framework::EsfPlus; }

// What had to be sent again before is no effect of the change.
Table resend_besides(const ProjectState& before, const ProjectState& after) {
  const Table known = plan_table(before);
  Table resend = plan_table(after);
  std::erase_if(resend.rows, [&](const auto& row) {
    return std::any_of(known.rows.begin(), known.rows.end(), [&](const auto& one) {
      // A sent claim that differed already is told again when it would differ otherwise.
      const bool claim = std::get<Message>(row[5]).id == "plan.claim";
      return std::get<std::string>(one[1]) == std::get<std::string>(row[1]) && std::get<std::string>(one[2]) == std::get<std::string>(row[2]) &&
             (!claim || std::get<Message>(one[3]) == std::get<Message>(row[3]));
    });
  });
  std::int64_t order = 0;
  for (auto& row : resend.rows) row[0] = ++order;
  if (!known.rows.empty())
    resend.when_empty = {"Inget mer än förut behöver skickas om.", "Nothing more than before needs to be sent again."};
  return resend;
}

}  // namespace

Difference difference_between(std::span<const Record> records_before, std::span<const TimeRecord> times_before,
                              std::span<const Record> records, std::span<const TimeRecord> times) {
  Difference found = difference(records_before, records);
  Difference of_times = difference(times_before, times);
  found.new_facts += of_times.new_facts;
  found.changed_facts += of_times.changed_facts;
  found.gone_facts += of_times.gone_facts;
  found.changes.insert(found.changes.end(), std::make_move_iterator(of_times.changes.begin()),
                       std::make_move_iterator(of_times.changes.end()));
  return found;
}

Effect effect(const ProjectState& before, const ProjectState& after) {
  Effect found{.non_binary = counts_non_binary(after)};
  compare_verdicts(found, before.decisions, after.decisions);
  compare_months(found, before.hours.cells, after.hours.cells);
  compare_staff(found, before, after);
  compare_claims(found, before, after);
  compare_indicators(found, numbers_of(before, before.participations), numbers_of(after, after.participations));
  return found;
}

std::vector<Month> filed_that_differ(const ProjectState& before, const ProjectState& after) {
  std::vector<Month> found;
  for (const MonthStanding& one : before.months)
    if (is_filed(one) &&
        !same_content(before.month_contents.at(one.month), after.month_contents.at(one.month), one.state == MonthState::Closed))
      found.push_back(one.month);
  return found;
}

Preview preview(Workspace& workspace, const std::string& project, Date today, const std::function<void()>& change) {
  const std::vector<std::string> activities = activity_keys(*workspace.project(project));
  const auto records_before = workspace.store.records(project);
  const auto times_before = workspace.store.times(project, activities);
  const ProjectState before = project_state(workspace, project, today, Explain::No);
  Preview found;
  workspace.store.try_out([&] {
    change();
    found.facts = difference_between(records_before, times_before, workspace.store.records(project),
                                     workspace.store.times(project, activities));
    const ProjectState after = project_state(workspace, project, today, Explain::No);
    found.effect = effect(before, after);
    found.filed = filed_that_differ(before, after);
    found.resend = resend_besides(before, after);
  });
  return found;
}

Preview preview(Workspace& workspace, const Snapshot& snapshot, std::vector<std::uint32_t> persons, const std::function<void()>& change) {
  const ProjectState& before = snapshot.state();
  const std::string& project = before.project->key;
  if (before.known_at || before.project->participant_time_is_cofinancing.value_or(false))
    return preview(workspace, project, before.today, change);
  // What is found of two projects together, and what is said of decisions by hand, is found anew.
  for (const TwoPlaces& both : before.hours.two_places) persons.push_back(snapshot.known->hours.person_of(both.record));
  for (const ManualDecision& manual : workspace.store.manual_decisions(project)) persons.push_back(manual.person);
  std::sort(persons.begin(), persons.end());
  persons.erase(std::unique(persons.begin(), persons.end()), persons.end());
  const std::vector<std::string> activities = activity_keys(*before.project);
  const auto records = [&] { return workspace.store.records(project, {}, {}, Store::Wanted{.persons = persons}); };
  const auto times = [&] { return workspace.store.times(project, activities, {}, persons); };
  const auto records_before = records();
  const auto times_before = times();
  const ProjectState were = snapshot.part(persons);
  Preview found{.effect = {.non_binary = counts_non_binary(before)}};
  workspace.store.try_out([&] {
    change();
    found.facts = difference_between(records_before, times_before, records(), times());
    ProjectState are = state_of_persons(workspace, project, before.today, persons);
    compare_verdicts(found.effect, were.decisions, are.decisions);
    // Who is counted is found of each person alone: the others are counted only for the sums of what differs.
    const IndicatorNumbers was = numbers_of(were, were.participations), is = numbers_of(are, are.participations);
    if (was != is) {
      const auto all = snapshot.derived<IndicatorNumbers>("indicator numbers", [&] { return numbers_of(before, snapshot.people().all()); });
      IndicatorNumbers then = *all;
      for (std::size_t i = 0; i < all_columns.size(); ++i) {
        for (const auto& [code, number] : was) then[code][i] -= number[i];
        for (const auto& [code, number] : is) then[code][i] += number[i];
      }
      compare_indicators(found.effect, *all, then);
    }
    const Snapshot::Known after(*snapshot.known, persons, std::move(are), snapshot.known->of_files);
    compare_months(found.effect, before.hours.cells, after.state.hours.cells);
    compare_staff(found.effect, before, after.state);
    compare_claims(found.effect, before, after.state);
    found.filed = filed_that_differ(before, after.state);
    found.resend = resend_besides(before, after.state);
  });
  return found;
}

Preview preview(Workspace& workspace, const std::string& project, Date today, std::vector<std::uint32_t> persons,
                const std::function<void()>& change) {
  Snapshot now;
  now.known = Snapshot::Known::read(workspace, project, today);
  return preview(workspace, now, std::move(persons), change);
}

}  // namespace horisont
