#include "app/balance.h"

#include <charconv>
#include <map>

#include "app/cited.h"
#include "app/months.h"
#include "core/funding/claim.h"
#include "core/funding/rounding.h"

namespace horisont {
namespace {

using Kind = Table::Column::Kind;
using Moved = MoneyMoved::Kind;

const char* name_of(Moved kind) {
  switch (kind) {
    case Moved::Advance: return "balance.advance";
    case Moved::Paid: return "balance.paid";
    case Moved::Refused: return "balance.refused";
    case Moved::Cash: return "balance.cash";
    case Moved::InKind: return "balance.in_kind";
  }
  return "";
}

}  // namespace

std::optional<Money> claimed_total(const StoredReport& report) {
  const std::string& sheets = report.sheets_text;
  const std::size_t row = sheets.find("x:claim-line.total"), end = row == sheets.npos ? row : sheets.find('\n', row);
  constexpr std::string_view mark = "c:SEK:";
  const std::size_t at = row == sheets.npos ? row : sheets.find(mark, row);
  if (at == sheets.npos || at > end) return std::nullopt;
  std::int64_t ore = 0;
  const char* from = sheets.data() + at + mark.size();
  if (std::from_chars(from, sheets.data() + sheets.size(), ore).ec != std::errc{}) return std::nullopt;
  return Money::of_ore(ore);
}

namespace {

// The newest claim that was made of each month, of drafts only where there is nothing else.
struct MadeClaim {
  std::string report;
  Money total;
  bool draft = false;
};
std::map<Month, MadeClaim> made_claims(const Workspace& workspace, const ProjectState& state) {
  std::map<Month, StoredReport> newest;
  for (StoredReport& report : workspace.store.reports(state.project->key)) {
    const auto month = report.kind == "payment-claim" ? Month::parse(report.period) : Result<Month>(problem("month"));
    if (!month || (state.known_at && report.at > *state.known_at)) continue;
    const auto found = newest.find(*month);
    const auto counts = [](const StoredReport& of) { return std::pair(!is_draft(of), of.at); };
    if (found == newest.end() || counts(found->second) <= counts(report)) newest.insert_or_assign(*month, std::move(report));
  }
  std::map<Month, MadeClaim> made;
  for (const auto& [month, report] : newest)
    if (const auto total = claimed_total(report)) made.emplace(month, MadeClaim{report.id, *total, is_draft(report)});
  return made;
}

Table documents_table(const ProjectState& state) {
  Table table{.schema = "documents"};
  table.columns = {{"on", {"Dag", "Day"}}, {"kind", {"Vad", "What"}}, {"month", {"Månad", "Month"}},
                   {"amount_ore", {"Belopp kr", "Amount SEK"}, Kind::Money}, {"who", {"Vem", "Who"}},
                   {"confidence", {"Säkerhet", "Confidence"}}, {"cited", {"Handling", "Document"}}};
  table.when_empty = {"Inga utbetalningar och ingen medfinansiering är kända.", "No payments and no co-financing are known."};
  for (const MoneyMoved& moved : state.project->money)
    if (moved.on <= state.today)
      table.rows.push_back({moved.on.iso(), Message{name_of(moved.kind), {}},
                            moved.month ? Month::containing(*moved.month).iso() : std::string(), moved.amount.ore(), moved.who,
                            Message{"confidence." + std::string(horisont::name_of(moved.cited.confidence)), {}}, cited_value(moved.cited.text)});
  return table;
}

}  // namespace

tl::expected<Balance, std::vector<Finding>> balance_of(const Workspace& workspace, const ProjectState& state) {
  const ProjectTerms& project = *state.project;
  Balance balance{.documents = documents_table(state)};
  Table& months = balance.months;
  months.schema = "months";
  months.columns = {{"month", {"Månad", "Month"}}, {"report", {"Senast gjorda underlag", "Newest claim made"}},
                    {"draft", {"Utkast", "Draft"}},
                    {"made_ore", {"Kostnad då", "Cost then"}, Kind::Money}, {"now_ore", {"Kostnad nu", "Cost now"}, Kind::Money},
                    {"difference_ore", {"Skillnad", "Difference"}, Kind::Money}};
  months.when_empty = {"Ingen månad har godkänd tid.", "No month has accepted time."};
  std::vector<Finding> faults;
  std::map<std::string, Money> outcome;  // by line of a claim
  Money total, due, of_participants;
  auto made = made_claims(workspace, state);
  const Month last = Month::containing(std::min(state.today, project.operation().last.value_or(state.today)));
  for (Month month = Month::containing(project.operation().first); month <= last; month = month.next()) {
    const auto claim = claim_of(project, *state.programme, state.staff, state.staff_hours, month, state.participant_hours());
    const auto then = made.find(month);
    if (!claim) {
      for (const Finding& fault : claim.error())
        if (std::find(faults.begin(), faults.end(), fault) == faults.end()) faults.push_back(fault);
      continue;
    }
    const Money now = total_of(*claim);
    if (claim->staff.empty() && claim->participants == Money{} && then == made.end()) continue;
    for (const AmountLine& line : claim->lines)
      if (line.what != "participant_time") outcome[line.what] = outcome[line.what] + line.amount;
    total = total + now, of_participants = of_participants + claim->participants;
    // What was made while the month could still change binds nobody: it is shown as a draft, and nothing is held against it.
    const bool draft = then != made.end() && then->second.draft;
    const Money difference = then == made.end() || draft ? Money{} : now - then->second.total;
    balance.as_it_should &= difference == Money{};
    const Table::Value nothing = std::string();
    months.rows.push_back({month.iso(), then == made.end() ? std::string() : then->second.report,
                           draft ? Table::Value(Message{"yesno.yes", {}}) : nothing,
                           then == made.end() ? nothing : Table::Value(then->second.total.ore()), now.ore(),
                           then == made.end() || draft ? nothing : Table::Value(difference.ore())});
  }
  if (!faults.empty()) return tl::make_unexpected(std::move(faults));

  std::map<Moved, Money> moved;
  for (const MoneyMoved& one : project.money)
    if (one.on <= state.today) moved[one.kind] = moved[one.kind] + one.amount;
  Table& sums = balance.sums;
  sums.schema = "balance";
  sums.facts = {{"project", project.key}, {"today", state.today.iso()}};
  sums.columns = {{"sum", {"Summa", "Sum"}}, {"amount_ore", {"Belopp kr", "Amount SEK"}, Kind::Money}};
  const auto sum = [&](std::string what, Money amount) { sums.rows.push_back({Message{std::move(what), {}}, amount.ore()}); };
  sum("claim-line.total", total);
  const auto* rounding = state.programme->money_rounding.on(state.today);
  if (project.cofinancing_percent && rounding) {
    const Money given = moved[Moved::Cash] + moved[Moved::InKind] + of_participants;
    const ShareKept kept = share_kept(total, given, *project.cofinancing_percent, rounding->value);
    due = outcome["cofinancing"];
    sum("claim-line.cofinancing", due);
    sum("balance.cash", moved[Moved::Cash]);
    sum("balance.in_kind", moved[Moved::InKind]);
    sum("balance.participants", of_participants);
    sum(kept == ShareKept::Kept     ? "claim-line.share_kept"
        : kept == ShareKept::Missed ? "claim-line.share_missed"
                                    : "claim-line.share_exceeded",
        given - rounded(ExactMoney::of(total).percent(*project.cofinancing_percent), rounding->value));
    balance.as_it_should &= kept == ShareKept::Kept;
    const Money support = outcome["support"];
    sum("claim-line.support", support);
    for (const Moved kind : {Moved::Refused, Moved::Advance, Moved::Paid}) sum(name_of(kind), moved[kind]);
    sum("balance.left", support - moved[Moved::Refused] - moved[Moved::Advance] - moved[Moved::Paid]);
    std::optional<Money> granted;
    for (const GrantDecision& grant : project.grants)
      if (grant.granted_esf || grant.granted_yei) granted = grant.granted_esf.value_or(Money{}) + grant.granted_yei.value_or(Money{});
    if (const auto most = granted ? largest_advance(*state.programme, *granted, state.today, rounding->value) : std::nullopt) {
      sum("balance.largest_advance", *most);
      balance.as_it_should &= moved[Moved::Advance] <= *most;
    }
  }

  Table& budget = balance.budget;
  budget.schema = "budget";
  budget.columns = {{"line", {"Budgetrad", "Budget line"}}, {"budget_ore", {"Budget kr", "Budget SEK"}, Kind::Money},
                    {"outcome_ore", {"Utfall kr", "Outcome SEK"}, Kind::Money}, {"left_ore", {"Kvar kr", "Left SEK"}, Kind::Money}};
  budget.when_empty = {"Beslutets budget är inte känd rad för rad.", "The budget of the decision is not known line by line."};
  for (const BudgetLine& line : project.budget_lines) {
    const Money left = line.amount - outcome[line.line];
    budget.rows.push_back({Message{"budget-line." + line.line, {}}, line.amount.ore(), outcome[line.line].ore(), left.ore()});
    balance.as_it_should &= left >= Money{};
  }
  return balance;
}

}  // namespace horisont
