#include "app/effect.h"

#include <algorithm>
#include <map>
#include <set>

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

IndicatorValues indicators_of(const ProjectState& state) {
  const Framework framework = framework_of(state.programme->key);
  return count_indicators(framework, state.participations, indicator_terms(state.input(), state.today));
}

}  // namespace

Effect effect(const ProjectState& before, const ProjectState& after) {
  Effect found;
  std::map<std::uint32_t, Effect::OfVerdict> verdicts;
  for (const Decision& decision : before.decisions) verdicts[decision.person] = {decision.person, decision.verdict, {}};
  for (const Decision& decision : after.decisions) {
    auto& verdict = verdicts[decision.person];
    verdict.person = decision.person;
    verdict.after = decision.verdict;
  }
  for (const auto& [person, verdict] : verdicts)
    if (verdict.before != verdict.after) found.verdicts.push_back(verdict);

  std::map<std::int32_t, Effect::OfMonth> months;
  const auto month_of = [&](std::int32_t number) -> Effect::OfMonth& {
    return months.try_emplace(number, Effect::OfMonth{*Month::of(number / 12, number % 12 + 1)}).first->second;
  };
  for (const LedgerCell& cell : before.hours.cells) {
    auto& month = month_of(cell.month);
    month.reported_before += cell.reported, month.accepted_before += cell.accepted;
  }
  for (const LedgerCell& cell : after.hours.cells) {
    auto& month = month_of(cell.month);
    month.reported_after += cell.reported, month.accepted_after += cell.accepted;
  }
  for (const auto& [number, month] : months)
    if (month.reported_before != month.reported_after || month.accepted_before != month.accepted_after)
      found.months.push_back(month);

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

  const IndicatorValues was = indicators_of(before), is = indicators_of(after);
  for (const auto& [code, persons] : is.persons) {
    if (!indicator(code)) continue;
    Effect::OfIndicator one{.code = code};
    for (std::size_t i = 0; i < all_columns.size(); ++i)
      one.before[i] = was.number(code, all_columns[i]), one.after[i] = is.number(code, all_columns[i]);
    if (one.before != one.after) found.indicators.push_back(one);
  }
  found.non_binary = framework_of(after.programme->key) == Framework::EsfPlus;
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
    found.facts = difference(records_before, workspace.store.records(project));
    Difference times = difference(times_before, workspace.store.times(project, activities));
    found.facts.new_facts += times.new_facts;
    found.facts.changed_facts += times.changed_facts;
    found.facts.gone_facts += times.gone_facts;
    found.facts.changes.insert(found.facts.changes.end(), std::make_move_iterator(times.changes.begin()),
                               std::make_move_iterator(times.changes.end()));
    const ProjectState after = project_state(workspace, project, today, Explain::No);
    found.effect = effect(before, after);
    found.filed = filed_that_differ(before, after);
    // What had to be sent again before is no effect of this change.
    const Table known = plan_table(before);
    found.resend = plan_table(after);
    std::erase_if(found.resend.rows, [&](const auto& row) {
      return std::any_of(known.rows.begin(), known.rows.end(), [&](const auto& one) {
        return std::get<std::string>(one[1]) == std::get<std::string>(row[1]);
      });
    });
    std::int64_t order = 0;
    for (auto& row : found.resend.rows) row[0] = ++order;
    if (!known.rows.empty())
      found.resend.when_empty = {"Inget mer än förut behöver skickas om.", "Nothing more than before needs to be sent again."};
  });
  return found;
}

}  // namespace horisont
