#include "app/watch.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "app/follow_up.h"
#include "core/funding/claim.h"
#include "core/funding/rounding.h"

namespace horisont {
namespace {

constexpr int quiet_days = 28;

bool takes_part(const Participation& p, Date today) {
  if (!p.entered_on || p.entered_on->value > today) return false;
  const auto last = last_day(p);
  return !last || *last >= today;
}

}  // namespace

std::vector<Watched> watch_list(const ProjectState& state, Date to) {
  std::vector<Watched> found;
  const IndicatorTerms terms = indicator_terms(state.input(), state.today);
  std::map<std::uint32_t, std::int32_t> last_time;
  for (const TimeRecord& record : state.times)
    if (record.day <= state.today.days() && record.minutes > 0) {
      auto& last = last_time.try_emplace(record.person, record.day).first->second;
      last = std::max(last, record.day);
    }
  for (const Participation& p : state.participations) {
    if (!takes_part(p, state.today)) continue;
    if (p.born_on)
      for (const int age : {terms.target_age_from, terms.target_age_to + 1}) {
        // The first day on which the age is reached, also for who was born on 29 February.
        const Date born = p.born_on->value;
        for (Date day = state.today.plus_days(1); day <= to; day = day.plus_days(1)) {
          if (age_on(day, born, terms.leap) < age) continue;
          if (age_on(day.plus_days(-1), born, terms.leap) < age) found.push_back({"turns-age", p.reference, day, std::to_string(age)});
          break;
        }
      }
    // Of several documents for one thing, the one that is good for longest is what runs out.
    std::map<std::string, std::optional<Date>> good_until;  // nothing: for good
    for (const EvidenceItem& item : p.evidence) {
      const auto [known, added] = good_until.emplace(item.criterion, item.valid_to);
      if (!added && known->second) known->second = item.valid_to ? std::max(*known->second, *item.valid_to) : item.valid_to;
    }
    for (const auto& [criterion, last] : good_until)
      if (last && *last >= state.today && *last <= to) found.push_back({"evidence-expires", p.reference, *last, criterion});
    const auto last = last_time.find(p.person);
    const Date since = last == last_time.end() ? p.entered_on->value : Date::of_days(last->second);
    if (state.today - since > quiet_days)
      found.push_back({"no-attendance", p.reference, since.plus_days(quiet_days), last == last_time.end() ? std::string() : since.iso()});
  }
  for (const FollowUp& question : follow_ups(state, to))
    if (question.due <= to)
      found.push_back({question.what == "result" ? "exit-without-result" : "six-months", question.reference, question.due,
                       question.left.iso()});
  std::stable_sort(found.begin(), found.end(),
                   [](const Watched& a, const Watched& b) { return std::tie(a.due, a.kind, a.who) < std::tie(b.due, b.kind, b.who); });
  return found;
}

Table watch_table(const ProjectState& state, const std::vector<Watched>& watched) {
  Table table{.schema = "watch"};
  table.columns = {{"due", {"Senast", "Due"}},
                   {"days", {"Dagar kvar", "Days left"}, Table::Column::Kind::Count},
                   {"kind", {"Vad", "What"}},
                   {"participant", {"Deltagare", "Participant"}},
                   {"about", {"Gäller", "About"}}};
  table.when_empty = {"Inget att bevaka under tiden", "Nothing to watch in that time"};
  for (const Watched& one : watched)
    table.rows.push_back({one.due.iso(), std::int64_t{one.due - state.today}, Message{"watch." + one.kind, {}}, one.who,
                          one.kind == "evidence-expires" ? Table::Value(Message{"criterion." + one.what, {}}) : Table::Value(one.what)});
  return table;
}

Table watch_counts_table(const ProjectState& state, const std::vector<Watched>& watched) {
  Table table{.schema = "watch"};
  table.columns = {{"kind", {"Bevaka", "Watch"}},
                   {"count", {"Antal", "Count"}, Table::Column::Kind::Count},
                   {"first", {"Först", "First"}},
                   {"days", {"Dagar kvar", "Days left"}, Table::Column::Kind::Count},
                   {"participant", {"Deltagare", "Participant"}}};
  table.when_empty = {"Inget att bevaka den närmaste månaden.", "Nothing to watch in the next month."};
  std::map<std::string, std::pair<std::int64_t, const Watched*>> kinds;
  for (const Watched& one : watched) {
    auto& [count, first] = kinds[one.kind];
    ++count;
    if (!first || one.due < first->due) first = &one;
  }
  for (const auto& [kind, of] : kinds)
    table.rows.push_back({Message{"watch." + kind, {}}, of.first, of.second->due.iso(), std::int64_t{of.second->due - state.today},
                          of.second->who});
  return table;
}

Outlook outlook_of(const ProjectState& state, std::int64_t people) {
  Outlook found{.people = people};
  const Period operation = state.project->operation();
  const GrantDecision* newest = nullptr;
  for (const GrantDecision& grant : state.project->grants)
    if (!grant.decided_on || *grant.decided_on <= state.today) newest = &grant;
  const std::int64_t gone = std::min(state.today, operation.last.value_or(state.today)) - operation.first + 1;
  const std::int64_t whole = operation.last ? *operation.last - operation.first + 1 : 0;
  const auto at_end = [&](std::int64_t outcome) -> std::optional<std::int64_t> {
    if (gone <= 0 || whole <= 0) return std::nullopt;
    return share_of(Money::of_ore(outcome), whole, gone, Rounding::Down).ore();
  };
  if (newest && newest->planned_participants) found.planned = *newest->planned_participants;
  found.people_at_end = at_end(people);
  if (newest && newest->budget) found.budget = newest->budget->ore();
  found.cost = 0;
  for (Month month = Month::containing(operation.first); month.first() <= state.today; month = month.next()) {
    const auto claim = claim_of(*state.project, *state.programme, state.staff, state.staff_hours, month, state.participant_hours());
    if (!claim) {
      found.cost.reset();
      break;
    }
    *found.cost += total_of(*claim).ore();
  }
  if (found.cost) found.cost_at_end = at_end(*found.cost);
  return found;
}

Table outlook_table(const ProjectState& state) {
  Table table{.schema = "outlook"};
  table.columns = {{"what", {"Vad", "What"}},
                   {"planned", {"Planerat", "Planned"}},
                   {"outcome", {"Utfall", "Outcome"}},
                   {"outlook", {"Vid slutet, om det går som hittills", "At the end, if it goes on as it has"}}};
  std::int64_t entered = 0;
  for (const Participation& p : state.participations) entered += p.entered_on && p.entered_on->value <= state.today;
  const Outlook of = outlook_of(state, entered);
  const auto said = [](std::optional<std::int64_t> value, std::string (*in_words)(std::int64_t, Language)) -> Table::Value {
    if (!value) return std::string();
    return Table::Number{*value, {in_words(*value, Language::Swedish), in_words(*value, Language::English)}};
  };
  std::int64_t not_eligible = 0;
  std::set<std::uint32_t> entered_persons;
  for (const Participation& p : state.participations)
    if (p.entered_on && p.entered_on->value <= state.today) entered_persons.insert(p.person);
  for (const Decision& decision : state.decisions)
    not_eligible += decision.verdict == Verdict::NotEligible && entered_persons.contains(decision.person);
  table.rows.push_back({Message{"outlook.participants", {}}, said(of.planned, count_words), said(of.people, count_words),
                        said(of.people_at_end, count_words)});
  if (not_eligible > 0)
    table.rows.push_back({Message{"outlook.not-eligible", {}}, std::string(), said(not_eligible, count_words), std::string()});
  table.rows.push_back({Message{"outlook.budget", {}}, said(of.budget, kronor_words), said(of.cost, kronor_words), said(of.cost_at_end, kronor_words)});
  return table;
}

}  // namespace horisont
