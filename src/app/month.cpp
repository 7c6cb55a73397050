#include "app/month.h"

#include <algorithm>

#include "app/months.h"
#include "core/cases/deadlines.h"

namespace horisont {
namespace {

using State = MonthStep::State;

// The newest import of a kind that stands.
const StoredImport* newest(const Snapshot& snapshot, RecordKind kind) {
  const StoredImport* found = nullptr;
  for (const StoredImport& import : snapshot.imports)
    if (import.kind == kind && !import.withdrawn_at && (!found || import.id > found->id)) found = &import;
  return found;
}

Message last_read(const StoredImport& import) {
  return {"month.read", {"I-" + std::to_string(import.id), import.at.iso().substr(0, 10)}};
}

MonthStep step_of(std::string_view key, State state, Message fact) {
  return {.state = state, .key = key, .fact = std::move(fact)};
}

std::string text_of(std::int64_t number) { return std::to_string(number); }

}  // namespace

std::int64_t MonthEnd::done() const {
  return std::count_if(steps.begin(), steps.end(), [](const MonthStep& step) { return step.state == State::Done; });
}

std::vector<Month> months_so_far(const ProjectState& state) {
  const Period operation = state.project->operation();
  const Date last = operation.last ? std::min(*operation.last, state.today) : state.today;
  std::vector<Month> months;
  for (Month month = Month::containing(operation.first); month.first() <= std::max(last, operation.first); month = month.next())
    months.push_back(month);
  std::reverse(months.begin(), months.end());
  return months;
}

Month latest_month(const ProjectState& state) {
  // Hours of days to come, or of after the project, are mistakes.
  const auto months = months_so_far(state);
  std::optional<std::int32_t> newest_number;
  for (const LedgerCell& cell : state.hours.cells)
    if (cell.month <= months.front().number() && (!newest_number || cell.month > *newest_number)) newest_number = cell.month;
  if (newest_number) return *Month::of(*newest_number / 12, *newest_number % 12 + 1);
  return months.size() > 1 && months.front() == Month::containing(state.today) ? months[1] : months.front();
}

namespace {

// What is counted over everybody, once for each month that is asked about.
struct Figures {
  MonthEnd end;
  std::int64_t staff = 0, left = 0, unanswered = 0, errors = 0, warnings = 0;
};

Figures figures(const Snapshot& snapshot, Month month) {
  const ProjectState& state = snapshot.state();
  Figures found{.end = {.month = month}};
  MonthEnd& end = found.end;
  end.participants = static_cast<std::int64_t>(snapshot.people().size());
  const Snapshot::Known& known = *snapshot.known;
  end.eligible = known.eligible();
  end.undecided = known.verdicts[static_cast<std::size_t>(Verdict::Undecided)];
  for (const LedgerCell& cell : state.hours.cells)
    if (cell.month == month.number())
      end.reported += cell.reported, end.accepted += cell.accepted, end.refused += cell.refused();
  found.staff = std::count_if(state.staff.begin(), state.staff.end(),
                              [&](const StaffTime& time) { return Month::containing(Date::of_days(time.day)) == month; });
  const PeopleCounts::Exits exits = snapshot.counts().exits(month);
  found.left = exits.left, found.unanswered = exits.unanswered;
  found.errors = known.problems(Level::Error), found.warnings = known.problems(Level::Warning);
  return found;
}

}  // namespace

namespace {

// The report that the month is filed with: SCB's file, done when it could be filed or has been; where nothing is sent to SCB, the
// newest report of the month.
MonthStep report_step(const Snapshot& snapshot, Month month) {
  const ProjectState& state = snapshot.state();
  const bool to_scb = state.project->scb_reporting != "no";
  const StoredReport *newest = nullptr, *draft = nullptr;
  for (const StoredReport& report : snapshot.reports)
    if (report.period == month.iso() && (!to_scb || report.kind == "scb-month")) (is_draft(report) ? draft : newest) = &report;
  const StoredReport* report = newest ? newest : draft;
  if (!report) return step_of("reports", State::Left, {to_scb ? "month.no-scb-file" : "month.no-report", {}});
  const Message kind{"report." + report->kind, {}};
  const std::vector<std::string> what{report->id, report->at.iso().substr(0, 10),
                                      in_both(words(kind, Language::Swedish), words(kind, Language::English))};
  if (!to_scb)
    return draft == report ? step_of("reports", State::Look, {"month.report-draft", what})
                           : step_of("reports", State::Done, {"month.report", what});
  const auto standings = standings_of(state);
  const auto standing =
      std::find_if(standings.begin(), standings.end(), [&](const MonthStanding& one) { return one.month == month; });
  std::string key = "file of " + month.iso() + " " + report->id;
  if (standing != standings.end()) {
    if (standing->filed && standing->filed->report == report->id && standing->file == FileState::Submitted)
      return step_of("reports", State::Done, {"month.report", what});
    key += " " + std::string(name_of(standing->state)) + (standing->attested ? " " + standing->attested->at.iso() : std::string());
  }
  // Goes through everybody, so it is asked once of a report and what happened to its month.
  const auto why = snapshot.derived<std::optional<Message>>(key, [&] { return why_not_filed(*snapshot.whole(), *report, month); });
  return *why ? step_of("reports", State::Look, **why) : step_of("reports", State::Done, {"month.report", what});
}

}  // namespace

namespace {

// The month's payment claim: sent, still to be sent, or late; and which other claims are late. Nothing where there is none to send.
std::optional<MonthStep> claim_step(const ProjectState& state, Month month) {
  const auto late = overdue_claims(state);
  std::vector<Month> others;
  std::optional<Date> due;
  for (const Due& one : late)
    if (one.about == month.iso())
      due = one.on;
    else if (const auto of = Month::parse(one.about))
      others.push_back(*of);
  const ClaimFiling* sent = sent_claim(state, month);
  if (sent)
    if (const auto differs = differs_message(*sent)) return step_of("claim", State::Look, *differs);
  if (due) return step_of("claim", State::Look, {others.empty() ? "month.claim-late" : "month.claims-late", {due->iso(), listed(others)}});
  if (!others.empty()) return step_of("claim", State::Look, {"month.other-claims-late", {listed(others)}});
  if (sent) return step_of("claim", State::Done, {"month.filed-to", {sent->filed_on.iso(), sent->filed_to, sent->report}});
  return std::nullopt;
}

}  // namespace

MonthEnd month_end(const Snapshot& snapshot, Month month) {
  const ProjectState& state = snapshot.state();
  const auto counted = snapshot.derived<Figures>("month " + month.iso(), [&] { return figures(snapshot, month); });
  MonthEnd end = counted->end;
  const StoredImport* people = newest(snapshot, RecordKind::Participants);
  end.steps.push_back(people ? step_of("participants", State::Done, last_read(*people))
                             : step_of("participants", State::Left, {"month.no-file", {}}));
  end.steps.push_back(
      end.reported > 0
          ? step_of("attendance", State::Done,
                    {"month.minutes",
                     {in_both(hours_words(end.reported, Language::Swedish), hours_words(end.reported, Language::English))}})
          : step_of("attendance", State::Left, {"month.no-hours", {}}));
  end.steps.push_back(counted->staff ? step_of("staff-time", State::Done, {"month.rows", {text_of(counted->staff)}})
                                     : step_of("staff-time", State::Left, {"month.no-staff", {}}));
  end.steps.push_back(step_of("results", counted->unanswered ? State::Look : State::Done,
                              {"month.exits", {text_of(counted->left), text_of(counted->unanswered)}}));
  end.steps.push_back(step_of("drafts", snapshot.drafts.empty() ? State::Done : State::Look,
                              {"month.drafts", {text_of(static_cast<std::int64_t>(snapshot.drafts.size()))}}));
  end.steps.push_back(step_of("problems", counted->errors || counted->warnings ? State::Look : State::Done,
                              {"month.problems", {text_of(counted->errors), text_of(counted->warnings)}}));
  end.steps.push_back(end.participants == 0 ? step_of("verdicts", State::Left, {"month.nobody", {}})
                                            : step_of("verdicts", end.undecided ? State::Look : State::Done,
                                                      {"month.undecided", {text_of(end.undecided)}}));
  end.steps.push_back(report_step(snapshot, month));

  const auto standings = standings_of(state);
  const auto found =
      std::find_if(standings.begin(), standings.end(), [&](const MonthStanding& one) { return one.month == month; });
  const MonthStanding standing = found == standings.end() ? MonthStanding{.month = month} : *found;
  const auto day_and_actor = [](const MonthEvent& event) {
    return std::vector<std::string>{event.at.iso().substr(0, 10), event.actor};
  };
  if (standing.attested && standing.state != MonthState::Open)
    end.steps.push_back(
        step_of("attest", State::Done,
                {standing.attested->same_person ? "month.by-same" : "month.by", day_and_actor(*standing.attested)}));
  else
    end.steps.push_back(standing.attest_fell ? step_of("attest", State::Look, {"month.fell", {}})
                                             : step_of("attest", State::Left, {"month.not-yet", {}}));
  const std::string due = standing.due ? standing.due->iso() : "";
  if (state.project->scb_reporting != "no") {
    if (standing.file == FileState::Submitted)
      end.steps.push_back(
          step_of("filed", State::Done,
                  {"month.filed-to", {standing.filed->filed_on->iso(), standing.filed->filed_to, standing.filed->report}}));
    else if (standing.file == FileState::Stale)
      end.steps.push_back(step_of("filed", State::Look, {"month.send-again", {}}));
    else
      end.steps.push_back(step_of("filed", standing.late ? State::Look : State::Left,
                                  {standing.late ? "month.late"
                                   : due.empty() ? "month.not-yet"
                                                 : "month.due",
                                   {due}}));
  }
  const auto differs = differs_message(standing);
  end.steps.push_back(differs ? step_of("closed", State::Look, *differs)
                      : standing.state == MonthState::Closed
                          ? step_of("closed", State::Done, {"month.by", day_and_actor(*standing.closed)})
                          : step_of("closed", State::Left, {"month.not-yet", {}}));
  if (auto claim = claim_step(state, month)) end.steps.push_back(std::move(*claim));

  for (const Dated<DeadlineTerms>& dated : state.programme->deadlines)
    if (dated.value.after == "month_end" && dated.valid.contains(month.last()))
      end.due.push_back({dated.value.duty, due_after(month.last(), dated.value), dated.cited});
  return end;
}

Table month_table(const MonthEnd& end) {
  Table table{.schema = "month"};
  table.facts = {{"month", end.month.iso()}};
  table.columns = {
      {"step", {"Steg", "Step"}}, {"state", {"Läge", "State"}}, {"fact", {"Uppgift", "Fact"}, Table::Column::Kind::Text, true}};
  for (const MonthStep& step : end.steps) {
    static constexpr const char* states[] = {"month-state.done", "month-state.look", "month-state.left"};
    Message fact = step.fact;
    table.rows.push_back({Message{"month-step." + std::string(step.key), {}},
                          Message{states[static_cast<std::size_t>(step.state)], {}}, std::move(fact)});
  }
  return table;
}

}  // namespace horisont
