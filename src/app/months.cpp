#include "app/months.h"

#include <algorithm>
#include <set>

#include "app/balance.h"
#include "app/cited.h"
#include "app/correct.h"
#include "app/effect.h"
#include "app/outside.h"
#include "app/report.h"
#include "core/reports/measures.h"
#include "core/reports/said.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

const MonthStanding& of(const std::vector<MonthStanding>& all, Month month) {
  return *std::find_if(all.begin(), all.end(), [&](const MonthStanding& one) { return one.month == month; });
}

Result<MonthStanding> record(Workspace& workspace, const MonthRequest& asked, MonthEvent event,
                             const std::function<Result<bool>(const ProjectState&)>& may) {
  std::optional<Result<MonthStanding>> outcome;
  workspace.store.at_once([&] {
    ProjectState state = project_state(workspace, asked.project, asked.today, Explain::No);
    event.month = asked.month;
    if (!state.month_contents.contains(asked.month))
      state.month_contents.emplace(asked.month, month_digest(state, asked.month));
    event.content = state.month_contents.at(asked.month);
    if (asked.seen && !same_content(*asked.seen, event.content)) {
      outcome = problem("month.changed-meanwhile", asked.month.iso());
      return;
    }
    // Before anything else, so that nobody is told to wait for a month that the project does not have.
    if (const auto outside = outside_project(*state.project, asked.month)) {
      outcome = tl::make_unexpected(Problem{*outside});
      return;
    }
    if (const auto fine = may_become(event.kind, asked.month, months_of(state, state.month_contents), asked.today); !fine) {
      Problem why = fine.error();
      why.message.values.push_back(asked.project);  // for the commands that the sentence names
      outcome = tl::make_unexpected(std::move(why));
      return;
    }
    if (const auto fine = may(state); !fine) {
      outcome = tl::make_unexpected(fine.error());
      return;
    }
    event.actor = asked.actor.account;
    event.role = asked.actor.role;
    event.at = asked.now;
    event.order = workspace.store.add(asked.project, event, asked.actor, asked.now);
    state.month_events.push_back(event);
    outcome = of(months_of(state, state.month_contents), asked.month);
  });
  return std::move(*outcome);
}

// The checks of the SCB file that show errors, each with the first participants that it concerns.
std::string scb_errors(const Report& report) {
  std::string sv, en;
  for (const Sheet& sheet : report.sheets) {
    if (sheet.id != "checks") continue;
    const auto place = [&](std::string_view field) {
      return static_cast<std::size_t>(std::find(sheet.fields.begin(), sheet.fields.end(), field) - sheet.fields.begin());
    };
    const std::size_t code = place("code"), level = place("level"), result = place("result"), rows = place("rows");
    for (const auto& row : sheet.rows) {
      const auto word = [&](std::size_t at) {
        const auto* choice = std::get_if<Kept<Choice>>(&row[at].value);
        return choice ? (*choice)->word : std::string();
      };
      const auto text = [&](std::size_t at) {
        const auto* found = std::get_if<std::string>(&row[at].value);
        return found ? *found : std::string();
      };
      const auto* answer = std::get_if<YesNo>(&row[result].value);
      if (word(level) != "error" || !answer || *answer != YesNo::No) continue;
      std::string who = text(rows);
      std::size_t end = 0;
      for (int n = 0; n < 5 && end != who.npos; ++n) end = who.find(',', end + 1);
      if (end != who.npos) who = who.substr(0, end) + " …";
      if (!who.empty()) who = " (" + who + ")";
      for (auto [all, language] : {std::pair(&sv, Language::Swedish), std::pair(&en, Language::English)})
        *all += (all->empty() ? "" : "; ") + text(code) + " " + words({"scb." + text(code), {}}, language) + who;
    }
  }
  return in_both(sv, en);
}

// What stands in the way of answering for a month: figures that do not agree, people who cannot be decided.
Result<bool> complete(const Workspace& workspace, const ProjectState& state, Month month, const std::string& reason) {
  for (const char* kind : {"scb-month", "hours-summary"}) {
    const auto report = build_report(workspace, state, {.kind = kind, .month = month, .period = {}});
    if (!report) return tl::make_unexpected(report.error());
    if (!all_agree(*report)) return problem("month.does-not-agree", month.iso(), kind);
    // Someone without a number is left out of the file and named there; that is no reason not to answer for the rest.
    for (const Report::Remaining& one : report->remaining) {
      if (one.what.id == "remaining.scb_errors") return problem("month.scb-errors", month.iso(), scb_errors(*report));
      if (one.what.id == "remaining.undecided" && !is_reason(reason))
        return problem("month.cannot-attest", month.iso(), std::to_string(one.number));
    }
  }
  return true;
}

struct WouldChangeFiled {
  std::vector<Month> months;
};

// The months before this one in which somebody took part, where nothing has been filed yet (SC-9). That one in the middle is
// left out is refused by `may_become`.
std::vector<Month> never_filed_before(const ProjectState& state, Month month) {
  const auto filed = [](const MonthEvent& event) { return event.kind == MonthEvent::Kind::Filed; };
  if (std::any_of(state.month_events.begin(), state.month_events.end(), filed)) return {};
  std::vector<Month> found;
  for (Month before = Month::containing(state.project->operation().first); before < month; before = before.next())
    if (std::any_of(state.participations.begin(), state.participations.end(),
                    [&](const Participation& p) { return touches(p, {before.first(), before.last()}); }))
      found.push_back(before);
  return found;
}

}  // namespace

bool is_draft(const StoredReport& report) {
  // "…-UTKAST.xlsx", or "…-UTKAST_R-2016-03-002.xlsx" where the first name was taken.
  const auto marked = [&](Language language) {
    const std::string mark = "-" + words({"xlsx.draft", {}}, language);
    return std::any_of(report.files.begin(), report.files.end(), [&](const StoredReport::File& file) {
      return file.name.ends_with(mark) || file.name.find(mark + ".") != std::string::npos ||
             file.name.find(mark + "_" + report.id) != std::string::npos;
    });
  };
  return marked(Language::Swedish) || marked(Language::English);
}

std::optional<Message> why_not_filed(const ProjectState& state, const StoredReport& report, Month month) {
  if (is_draft(report)) {
    const std::vector<Message> why = why_draft(scb_month(state.input(), month));
    if (why.empty()) return Message{"report.draft-remake", {report.id, month.iso()}};
    return Message{"report.is-draft", {report.id, said_in_both(why)}};
  }
  // The report is the one that was made of what the month says now.
  if (report.sheets_text.find(month_content(state.input(), month)) == std::string::npos)
    return Message{"report.has-changed", {report.id, month.iso()}};
  return std::nullopt;
}

Result<MonthStanding> attest_month(Workspace& workspace, const MonthRequest& asked) {
  MonthEvent event{.month = asked.month, .kind = MonthEvent::Kind::Attested};
  event.reason = asked.reason;
  const bool same_person = workspace.store.last_to_change(asked.project) == asked.actor.account;
  event.same_person = same_person;
  return record(workspace, asked, std::move(event),
                [&](const ProjectState& state) -> Result<bool> {
                  if (state.project->attest_by_another && same_person)
                    return problem("month.attest-by-another", asked.month.iso(), asked.actor.account);
                  return complete(workspace, state, asked.month, asked.reason);
                });
}

Result<MonthStanding> close_month(Workspace& workspace, const MonthRequest& asked) {
  return record(workspace, asked, {.month = asked.month, .kind = MonthEvent::Kind::Closed},
                [](const ProjectState&) { return Result<bool>(true); });
}

Result<MonthStanding> reopen_month(Workspace& workspace, const MonthRequest& asked) {
  if (!is_reason(asked.reason)) return tl::make_unexpected(why_no_reason(asked.reason));
  MonthEvent event{.month = asked.month, .kind = MonthEvent::Kind::Reopened};
  event.reason = asked.reason;
  return record(workspace, asked, std::move(event), [](const ProjectState&) { return Result<bool>(true); });
}

namespace {

// The report that was sent.
Result<StoredReport> made_report(const Workspace& workspace, const FilingRequest& asked) {
  for (StoredReport& report : workspace.store.reports(asked.project))
    if (report.id == asked.report) return std::move(report);
  return problem("report.not-made", asked.report, asked.project);
}

}  // namespace

Result<MonthStanding> mark_filed(Workspace& workspace, const FilingRequest& asked) {
  const auto report = made_report(workspace, asked);
  if (!report) return tl::make_unexpected(report.error());
  const auto month = Month::parse(report->period);
  if (report->kind != "scb-month" || !month) return problem(report->kind == "payment-claim" ? "report.not-of-a-month" : "report.not-to-file", asked.report);
  if (asked.month && *asked.month != *month)
    return problem("report.of-another-month", asked.report, month->iso(), asked.month->iso());
  if (tidy(asked.to).text.empty()) return problem("report.filed-to");
  const Date on = asked.on.value_or(asked.today);
  if (on > asked.today) return problem("report.filed-in-future", on.iso());
  if (on <= month->last()) return problem("report.filed-too-early", on.iso(), month->iso());
  MonthEvent event{.month = *month, .kind = MonthEvent::Kind::Filed};
  event.report = report->id;
  event.filed_on = on;
  event.filed_to = tidy(asked.to).text;
  event.reference = tidy(asked.reference).text;
  event.reason = asked.reason;
  return record(workspace,
                {.project = asked.project,
                 .month = *month,
                 .reason = asked.reason,
                 .seen = asked.seen,
                 .today = asked.today,
                 .actor = asked.actor,
                 .now = asked.now},
                std::move(event), [&](const ProjectState& state) -> Result<bool> {
                  if (const auto why = why_not_filed(state, *report, *month)) return tl::make_unexpected(Problem{*why});
                  // The first file of all: what came before it was sent from elsewhere, or has been forgotten.
                  if (const auto before = never_filed_before(state, *month); !before.empty() && !is_reason(asked.reason))
                    return tidy(asked.reason).text.empty()
                               ? Result<bool>(problem("report.earlier-never-filed", asked.report, month->iso(), listed(before)))
                               : Result<bool>(tl::make_unexpected(why_no_reason(asked.reason)));
                  return true;
                });
}

namespace {

Result<ClaimFiling> filing_of(Workspace& workspace, const FilingRequest& asked) {
  const auto report = made_report(workspace, asked);
  if (!report) return tl::make_unexpected(report.error());
  const auto month = Month::parse(report->period);
  const auto total = report->kind == "payment-claim" ? claimed_total(*report) : std::nullopt;
  if (!month || !total) return problem("report.not-to-file", asked.report);
  if (tidy(asked.to).text.empty()) return problem("report.claim-filed-to");
  // SCB gets the months; a claim that went there has not been made.
  if (const std::string to = lower_case(tidy(asked.to).text); to == "scb" || to == "statistiska centralbyrån")
    return problem("report.claim-to-scb", asked.report);
  const Date on = asked.on.value_or(asked.today);
  if (on > asked.today) return problem("report.filed-in-future", on.iso());
  if (on <= month->last()) return problem("report.claim-too-early", on.iso(), month->iso());
  if (is_draft(*report)) return problem("report.claim-draft", asked.report, month->iso());
  const std::vector<ClaimFiling> before = workspace.store.claim_filings(asked.project);
  const auto same = std::find_if(before.rbegin(), before.rend(), [&](const ClaimFiling& one) { return one.report == asked.report; });
  if (same != before.rend() && !is_reason(asked.reason)) {
    if (!tidy(asked.reason).text.empty()) return tl::make_unexpected(why_no_reason(asked.reason));
    return problem("report.claim-filed-before", asked.report, same->filed_on.iso(), same->filed_to);
  }
  return ClaimFiling{.report = report->id,
                     .month = *month,
                     .total = *total,
                     .filed_on = on,
                     .filed_to = tidy(asked.to).text,
                     .reference = tidy(asked.reference).text,
                     .reason = tidy(asked.reason).text,
                     .actor = asked.actor.account,
                     .role = asked.actor.role,
                     .at = asked.now};
}

}  // namespace

Result<ClaimFiling> mark_claim_filed(Workspace& workspace, const FilingRequest& asked) {
  std::optional<Result<ClaimFiling>> outcome;
  workspace.store.at_once([&] {
    outcome = filing_of(workspace, asked);
    if (*outcome) (*outcome)->order = workspace.store.add(asked.project, **outcome, asked.actor, asked.now);
  });
  if (*outcome) {
    std::vector<ClaimFiling> one{**outcome};
    hold_against_now(one, project_state(workspace, asked.project, asked.today, Explain::No));
    outcome = one.front();
  }
  return std::move(*outcome);
}

std::vector<const ClaimFiling*> sent_claims_that_differ(const ProjectState& state) {
  std::map<Month, const ClaimFiling*> newest;
  for (const ClaimFiling& one : state.claim_filings) newest[one.month] = &one;
  std::vector<const ClaimFiling*> found;
  for (const auto& [month, one] : newest)
    if (one->differs()) found.push_back(one);
  return found;
}

std::optional<Message> differs_message(const ClaimFiling& one) {
  if (!one.differs()) return std::nullopt;
  const auto kronor = [](Money amount) {
    return in_both(kronor_words(amount.ore(), Language::Swedish), kronor_words(amount.ore(), Language::English));
  };
  if (!one.now) return Message{"plan.claim-stops", {kronor(one.total)}};
  const Money more = *one.now - one.total;
  return Message{more.ore() < 0 ? "plan.claim-less" : "plan.claim-more",
                 {kronor(one.total), kronor(*one.now), kronor(more.ore() < 0 ? one.total - *one.now : more)}};
}

Date day_of_guard(std::span<const MonthEvent> events, Moment now) {
  const auto day = [](Moment moment) { return Date::of_days(static_cast<std::int32_t>(moment.seconds() / 86'400)); };
  Date latest = day(now);
  for (const MonthEvent& event : events)
    latest = std::max({latest, day(event.at), event.month.next().first(), event.filed_on.value_or(latest)});
  return latest;
}

bool same_hours(const ProjectState& a, const ProjectState& b) {
  const auto same = [](const TimeRecord& one, const TimeRecord& other) {
    return one.person == other.person && one.day == other.day && one.minutes == other.minutes && one.activity == other.activity &&
           one.flags == other.flags;
  };
  return std::equal(a.times.begin(), a.times.end(), b.times.begin(), b.times.end(), same) &&
         std::equal(a.hours.lines.begin(), a.hours.lines.end(), b.hours.lines.begin(), b.hours.lines.end(),
                    [](const LedgerLine& one, const LedgerLine& other) { return one.accepted == other.accepted; });
}

Result<std::vector<Month>> change_facts(Workspace& workspace, const std::string& project, const std::string& reason,
                                        const Actor& actor, Moment now, const std::function<void()>& change,
                                        std::span<const std::uint32_t> of) {
  const std::vector<MonthEvent> events = workspace.store.month_events(project);
  if (events.empty()) {
    change();
    return std::vector<Month>{};
  }
  const Date today = day_of_guard(events, now);
  if (!of.empty()) {
    // What a month says of everybody holds when what it says of these people does.
    struct AskEverybody {};
    try {
      workspace.store.at_once([&] {
        const ProjectState before = state_of_persons(workspace, project, today, of);
        change();
        const ProjectState after = state_of_persons(workspace, project, today, of);
        if (!same_hours(before, after)) throw AskEverybody{};
        for (const MonthEvent& event : workspace.store.month_events(project))
          if (month_digest(before, event.month) != month_digest(after, event.month)) throw AskEverybody{};
      });
      return std::vector<Month>{};
    } catch (const AskEverybody&) {
    }
  }
  std::vector<Month> changed;
  try {
    workspace.store.at_once([&] {
      const ProjectState before = project_state(workspace, project, today, Explain::No);
      change();
      if (std::none_of(before.months.begin(), before.months.end(), is_filed)) return;
      const ProjectState after = project_state(workspace, project, today, Explain::No);
      changed = filed_that_differ(before, after);
      if (changed.empty()) return;
      if (!is_reason(reason)) throw WouldChangeFiled{changed};
      for (const Month month : changed) {
        MonthEvent event{.month = month, .kind = MonthEvent::Kind::Reopened};
        event.content = after.month_contents.at(month);
        event.reason = reason;
        workspace.store.add(project, event, actor, now);
      }
    });
  } catch (const WouldChangeFiled& found) {
    return problem("month.filed", listed(found.months));
  }
  return changed;
}

namespace {

using Column = Table::Column;

Message word(const char* list, std::string_view name) { return {std::string(list) + "." + std::string(name), {}}; }

std::string iso(const std::optional<Date>& day) { return day ? day->iso() : std::string(); }

}  // namespace

std::optional<Message> differs_message(const MonthStanding& one) {
  if (one.differs_because.empty()) return std::nullopt;
  std::string sv, en;
  for (const std::string& cause : one.differs_because)
    for (auto [text, language] : {std::pair(&sv, Language::Swedish), std::pair(&en, Language::English)})
      *text += (text->empty() ? "" : ", ") + words({"month-cause." + cause, {}}, language);
  return Message{one.changed ? one.claim_changed ? "month.differs-both" : "month.differs" : "month.differs-claim",
                 {in_both(sv, en)}};
}

namespace {

// What a month says against what was filed of it, or of how it was filed elsewhere.
Table::Value against_the_filed(const ProjectState& state, const MonthStanding& one) {
  if (const auto differs = differs_message(one)) return *differs;
  if (one.filed && one.state == MonthState::Open && one.file == FileState::Submitted) return Message{"month.opened-same", {}};
  if (!one.settled) return std::string();
  for (const MonthEvent& event : state.month_events)
    if (event.kind == MonthEvent::Kind::Filed) return Message{"month.settled", {event.reason}};
  return std::string();
}

}  // namespace

Table months_table(const ProjectState& state, const PeopleCounts& people) {
  Table table{.schema = "months"};
  table.columns = {{"month", {"Månad", "Month"}},
                   {"state", {"Läge", "State"}},
                   {"attested", {"Attesterad (datorns klocka)", "Attested (the machine's clock)"}},
                   {"attested_by", {"av", "by"}},
                   {"file", {"SCB-fil", "SCB file"}},
                   {"report", {"Rapport", "Report"}},
                   {"version", {"Version", "Version"}, Column::Kind::Count},
                   {"filed_on", {"Lämnad (uppgiven dag)", "Filed (day stated)"}},
                   {"due", {"Senast", "Due"}},
                   {"late", {"Försenad", "Late"}},
                   {"differs", {"Mot det lämnade", "Against what was filed"}},
                   {"participants", {"Deltagare, även utelämnade", "Participants, left out ones too"}, Column::Kind::Count},
                   {"accepted_minutes", {"Godkända timmar", "Accepted hours"}, Column::Kind::Hours}};
  std::map<std::int32_t, std::int64_t> accepted;
  for (const LedgerCell& cell : state.hours.cells) accepted[cell.month] += cell.accepted;
  for (const MonthStanding& one : standings_of(state)) {
    const bool attested = one.attested && one.state != MonthState::Open;
    table.rows.push_back(
        {one.month.iso(), one.attest_fell ? Message{"month-state.fell", {}} : word("month-state", name_of(one.state)),
         attested ? one.attested->at.iso().substr(0, 10) : std::string(), attested ? one.attested->actor : std::string(),
         word("month_state", name_of(one.file)), one.filed ? one.filed->report : std::string(), one.versions,
         one.filed ? iso(one.filed->filed_on) : std::string(), iso(one.due), word("yesno", one.late ? "yes" : "no"),
         against_the_filed(state, one), people.members(one.month),
         accepted[one.month.number()]});
  }
  return table;
}

Table plan_table(const ProjectState& state) {
  Table table{.schema = "plan"};
  table.columns = {{"order", {"Ordning", "Order"}, Column::Kind::Count},
                   {"month", {"Månad", "Month"}},
                   {"filed", {"Lämnad som", "Filed as"}},
                   {"why", {"Varför", "Why"}},
                   {"state", {"Läge", "State"}},
                   {"next", {"Gör nu", "Do now"}}};
  table.when_empty = {"Inget behöver skickas om.", "Nothing needs to be sent again."};
  std::int64_t order = 0;
  const auto months = standings_of(state);
  for (const MonthStanding& one : months) {
    const auto differs = differs_message(one);
    if (one.file != FileState::Stale && !differs) continue;
    const char* id = one.changed ? "plan.changed" : "plan.earlier";
    const Message why = differs.value_or(Message{id, {}});
    const char* next = one.state == MonthState::Open ? "plan.attest" : differs ? "plan.reopen" : "plan.make-and-file";
    table.rows.push_back({++order, one.month.iso(), one.filed->report, why, word("month-state", name_of(one.state)),
                          Message{next, {one.month.iso(), state.project->key}}});
  }
  for (const ClaimFiling* sent : sent_claims_that_differ(state)) {
    const auto at = std::find_if(months.begin(), months.end(), [&](const MonthStanding& one) { return one.month == sent->month; });
    table.rows.push_back({++order, sent->month.iso(), sent->report, *differs_message(*sent),
                          at == months.end() ? Table::Value(std::string()) : word("month-state", name_of(at->state)),
                          Message{"plan.claim", {sent->month.iso(), state.project->key, sent->report}}});
  }
  return table;
}

namespace {

// The claims that are neither sent nor answered, of months with time of staff or participants, due in a time that the program knows.
std::vector<Due> claims_to_send(const ProjectState& state, Date from, Date to) {
  if (state.project->grants.empty()) return {};
  std::set<std::string> with_time, settled;
  for (const StaffTime& time : state.staff) with_time.insert(Month::containing(Date::of_days(time.day)).iso());
  for (const LedgerCell& cell : state.hours.cells)
    if (cell.reported > 0) with_time.insert(Month::of(cell.month / 12, cell.month % 12 + 1)->iso());
  for (const ClaimFiling& sent : state.claim_filings)
    if (sent.filed_on <= state.today) settled.insert(sent.month.iso());
  for (const MoneyMoved& moved : state.project->money)
    if (moved.month && moved.on <= state.today && (moved.kind == MoneyMoved::Kind::Paid || moved.kind == MoneyMoved::Kind::Refused))
      settled.insert(Month::containing(*moved.month).iso());
  std::vector<Due> found = duties(*state.project, *state.programme, from, to);
  std::erase_if(found, [&](const Due& due) { return due.duty != "claim" || !with_time.contains(due.about) || settled.contains(due.about); });
  return found;
}

}  // namespace

std::vector<Due> overdue_claims(const ProjectState& state) {
  return claims_to_send(state, state.project->operation().first, state.today.plus_days(-1));
}

Table calendar_table(const ProjectState& state, Date to) {
  Table table{.schema = "calendar"};
  table.columns = {{"on", {"Senast", "Due"}},
                   {"days", {"Dagar kvar", "Days left"}, Column::Kind::Count},
                   {"duty", {"Vad", "Duty"}},
                   {"about", {"Gäller", "About"}},
                   {"state", {"Läge", "State"}},
                   {"confidence", {"Säkerhet", "Confidence"}},
                   {"cited", {"Källa", "Source"}}};
  table.when_empty = {"Inget förfaller under tiden.", "Nothing falls due in that time."};
  const auto months = standings_of(state);
  const auto add = [&](const Due& due, const char* when) {
    table.rows.push_back({due.on.iso(), std::int64_t{due.on - state.today}, word("duty", due.duty), due.about,
                          Message{when, {}}, word("confidence", name_of(due.cited.confidence)), cited_value(due.cited.text)});
  };
  // What should have been sent comes first.
  for (const MonthStanding& one : months)
    if (one.late && !one.filed && one.due)
      for (const Due& due : duties(*state.project, *state.programme, *one.due, *one.due))
        if (due.duty == "scb_month" && due.about == one.month.iso()) add(due, "plan.overdue");
  for (const Due& due : overdue_claims(state)) add(due, "plan.overdue-unanswered");
  for (const Due& due : duties(*state.project, *state.programme, state.today, to)) {
    const bool filed = due.duty == "scb_month" && std::any_of(months.begin(), months.end(), [&](const MonthStanding& one) {
                         return one.month.iso() == due.about && (one.file == FileState::Submitted || one.settled);
                       });
    const auto about = due.duty == "claim" ? Month::parse(due.about) : Result<Month>(tl::make_unexpected(Problem{}));
    if (!filed && !(about && sent_claim(state, *about))) add(due, "plan.to-come");
  }
  return table;
}

}  // namespace horisont
