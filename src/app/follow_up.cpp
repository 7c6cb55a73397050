#include "app/follow_up.h"

#include <algorithm>

#include "app/cited.h"
#include "core/indicators/six_months.h"

namespace horisont {

std::vector<FollowUp> follow_ups(const ProjectState& state, Date to) {
  std::vector<FollowUp> found;
  for (const Participation& person : state.participations) {
    const auto left = last_day(person);
    if (!left || *left >= state.today) continue;
    const ExitResult* result = person.result ? &*person.result : nullptr;
    const auto* window = state.programme->immediate_result_days.on(*left);
    if (window && !(result && result->status_after))
      found.push_back({left->plus_days(window->value), "result", person.reference, *left, window->cited});
    const auto* months = state.programme->longer_term_months.on(*left);
    const IndicatorTerms terms{.as_of = state.today, .longer_term_months = months ? months->value : 0};
    if (!months || (result && (gave_no_answer(*result) || answered_after_six_months(person, terms)))) continue;
    const Date due = months_after(*left, months->value);
    if (due <= to) found.push_back({due, "six_months", person.reference, *left, months->cited});
  }
  std::sort(found.begin(), found.end(), [](const FollowUp& a, const FollowUp& b) {
    return std::tie(a.due, a.what, a.reference) < std::tie(b.due, b.what, b.reference);
  });
  return found;
}

Table follow_up_table(const ProjectState& state, Date to) {
  Table table{.schema = "follow-up"};
  table.facts = {{"project", state.project->key}, {"today", state.today.iso()}, {"to", to.iso()}};
  table.columns = {{"on", {"Dag", "Day"}},
                   {"days", {"Dagar kvar", "Days left"}, Table::Column::Kind::Count},
                   {"participant", {"Deltagare", "Participant"}},
                   {"left", {"Slutade", "Left"}},
                   {"ask", {"Fråga", "Ask"}},
                   {"state", {"Läge", "State"}},
                   {"confidence", {"Säkerhet", "Confidence"}},
                   {"cited", {"Källa", "Source"}}};
  table.when_empty = {"Ingen som har slutat behöver frågas nu.", "Nobody who has left needs to be asked now."};
  for (const FollowUp& one : follow_ups(state, to)) {
    const bool past = one.due < state.today;
    const char* when = one.what == "result" ? past ? "late" : "in-time" : past || one.due == state.today ? "due" : "to-come";
    table.rows.push_back({one.due.iso(), std::int64_t{one.due - state.today}, one.reference, one.left.iso(),
                          Message{"follow-up." + one.what, {}}, Message{std::string("follow-up.") + when, {}},
                          Message{"confidence." + std::string(name_of(one.cited.confidence)), {}}, cited_value(one.cited.text)});
  }
  return table;
}

}  // namespace horisont
