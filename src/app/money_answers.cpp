#include "app/money_answers.h"

#include <algorithm>
#include <charconv>

#include "app/cited.h"
#include "core/funding/rounding.h"
#include "core/reports/cells.h"
#include "core/reports/staff_cells.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

using Kind = Table::Column::Kind;

constexpr std::int64_t most_kronor = 1'000'000'000;  // ExactMoney stays exact to here

std::optional<std::int64_t> whole(std::string_view text, std::int64_t most) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || text.front() == '-' || error != std::errc{} || end != text.data() + text.size() || number > most)
    return std::nullopt;
  return number;
}

// A number with at most two decimals, in hundredths; blanks between groups of digits are passed over.
std::optional<std::int64_t> hundredths(std::string_view given, std::int64_t most) {
  std::string text(given);
  for (const std::string_view blank : {" ", "\u00A0", "\u202F"})
    for (std::size_t at; (at = text.find(blank)) != text.npos;) text.erase(at, blank.size());
  const std::size_t point = text.find_first_of(".,");
  const auto kronor = whole(std::string_view(text).substr(0, point), most);
  if (!kronor) return std::nullopt;
  if (point == text.npos) return *kronor * 100;
  std::string rest = text.substr(point + 1);
  if (rest.size() == 1) rest += '0';
  const auto cents = whole(rest, 99);
  if (rest.size() != 2 || !cents) return std::nullopt;
  return *kronor * 100 + *cents;
}

// Programs get the formula with points, people as they write numbers.
Table::Value formula_value(const std::string& formula) {
  if (formula.empty()) return std::string();
  return Table::Word{formula, formula_words(formula)};
}

Table::Value confidence(const Citation& cited) {
  if (cited.text.empty()) return std::string();
  return Message{"confidence." + std::string(name_of(cited.confidence)), {}};
}

Table::Value line_words(const ProgrammeTerms& programme, const AmountLine& line) {
  if (line.what == "staff")
    return Message{"claim-line.staff",
                   {in_both(words({"staff-function." + line.of, {}}, Language::Swedish),
                            words({"staff-function." + line.of, {}}, Language::English))}};
  if (line.what == "flat_rate") return flat_rate_words(programme, line.of);
  if (line.what == "participant_time") return Message{"claim-line.participant_time", {line.of}};
  return Message{"claim-line." + line.what, {}};
}

std::string clock_time(std::int64_t minutes) {
  return std::to_string(minutes / 60) + ":" + (minutes % 60 < 10 ? "0" : "") + std::to_string(minutes % 60);
}
std::string hours_and_minutes(std::int64_t minutes) { return clock_time(minutes) + " h"; }

const char* name_of_rounding(Rounding rounding) { return rounding == Rounding::Down ? "rounding.down" : "rounding.half_up"; }

Table terms_table(const ProjectState& state, Month month) {
  Table table{.schema = "terms"};
  table.columns = {{"term", {"Villkor", "Term"}},
                   {"value", {"Värde", "Value"}},
                   {"confidence", {"Säkerhet", "Confidence"}},
                   {"cited", {"Källa", "Source"}}};
  const auto rounding = [&](const char* key, const Timeline<Rounding>& timeline) {
    if (const auto* rule = timeline.on(month.last()))
      table.rows.push_back({Message{key, {}}, Message{name_of_rounding(rule->value), {}}, confidence(rule->cited),
                            cited_value(rule->cited.text)});
  };
  rounding("claim-term.money_rounding", state.programme->money_rounding);
  rounding("claim-term.whole_hours_rounding", state.programme->whole_hours_rounding);
  // The words of the settings are for programs; people read what they mean.
  const auto in_words = [](const char* list, const std::string& key) -> Table::Value {
    const Message said{list + ("." + key), {}};
    if (key.empty() || !text_of(said.id)) return key;
    return Table::Word{key, {words(said, Language::Swedish), words(said, Language::English)}};
  };
  const auto of_project = [&](const char* key, Table::Value value) {
    const auto found = state.project->citations.find(key);
    const Citation cited = found == state.project->citations.end() ? Citation{} : found->second;
    table.rows.push_back({Message{std::string("claim-term.") + key, {}}, std::move(value), confidence(cited), cited_value(cited.text)});
  };
  of_project("staff_cost_model", in_words("staff-cost-model", state.project->staff_cost_model));
  of_project("rate_area", in_words("rate-area", state.project->rate_area));
  const std::string& rate = state.project->flat_rate;
  if (rate.empty() || !flat_rate(*state.programme, rate, month.last())) {
    of_project("flat_rate", rate);
  } else {
    const Message said = flat_rate_words(*state.programme, rate);
    of_project("flat_rate", Table::Word{rate, {words(said, Language::Swedish), words(said, Language::English)}});
  }
  if (state.project->cofinancing_percent)
    of_project("cofinancing_percent",
               Table::Number{*state.project->cofinancing_percent,
                             {std::to_string(*state.project->cofinancing_percent) + " %", std::to_string(*state.project->cofinancing_percent) + "%"}});
  return table;
}

}  // namespace

std::optional<Money> money_of(std::string_view text) {
  const auto ore = hundredths(text, most_kronor);
  return ore ? std::optional(Money::of_ore(*ore)) : std::nullopt;
}

std::optional<Minutes> time_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto hours = whole(text.substr(0, colon), 100'000);
  if (!hours) return std::nullopt;
  if (colon == text.npos) return Minutes{*hours * 60};
  const auto minutes = whole(text.substr(colon + 1), 59);
  if (!minutes || text.size() - colon != 3) return std::nullopt;
  return Minutes{*hours * 60 + *minutes};
}

std::optional<int> share_of_work(std::string_view text) {
  const auto share = hundredths(text, 100);
  if (!share || *share <= 0 || *share > 10'000) return std::nullopt;
  return static_cast<int>(*share);
}

namespace {

// Staff time of a month: what was read in, and what of it is accepted.
struct StaffOfMonth {
  std::int64_t reported = 0, accepted = 0;
};
StaffOfMonth staff_of(const ProjectState& state, Month month) {
  StaffOfMonth found;
  for (const StaffMonth& one : state.staff_hours.months)
    if (one.month == month) found.reported += one.reported, found.accepted += one.accepted;
  return found;
}

// That no staff time is accepted, and why: programs have the reasons in `staff-time`.
Table::Word none_accepted(const std::string& why) {
  const Message said{"claim-line.no_staff_accepted", {why}};
  return {"no_staff_accepted", {words(said, Language::Swedish), words(said, Language::English)}};
}

// Why what is given in kind is no co-financing; nothing when it is.
std::optional<Finding> in_kind_refused(const ProjectState& state, Month month, const Given& given) {
  if (!given.in_kind) return std::nullopt;
  if (given.from.empty()) return Finding{.code = "claim.in-kind-from", .values = {}};
  const auto* rule = state.programme->owner_cofinancing.on(month.last());
  if (!rule || rule->value != "cash_only") return std::nullopt;
  if (state.project->owner.empty()) return Finding{.code = "claim.in-kind-owner", .values = {state.project->key}};
  if (!same_word(given.from, state.project->owner)) return std::nullopt;
  const Bilingual cited = citation_words(rule->cited.text);
  return Finding{.code = "claim.owner-only-cash", .values = {given.from, in_both(cited.sv, cited.en)}};
}

bool is_nothing(const CostBase& besides) {
  return besides.other_direct == ExactMoney{} && besides.participant_allowances == ExactMoney{} &&
         besides.lump_sums == ExactMoney{};
}

}  // namespace

tl::expected<ClaimAnswer, std::vector<Finding>> claim_answer(const ProjectState& state, std::span<const Month> months,
                                                             const CostBase& asked, const Given& given,
                                                             const std::optional<LumpSum>& lump) {
  CostBase besides = asked;
  const std::string deliverable = lump ? tidy(lump->deliverable).text : std::string();
  if (lump) besides.lump_sums = ExactMoney::of(lump_sum(lump->whole, !deliverable.empty()));
  std::vector<Finding> faults;
  const auto fault = [&](std::string code, std::vector<std::string> values) {
    faults.push_back({.code = std::move(code), .values = std::move(values)});
  };
  const bool compared = given.cash || given.in_kind;
  if (compared && !state.project->cofinancing_percent) fault("claim.no-share", {state.project->key});
  if (auto refused = in_kind_refused(state, months.back(), given)) faults.push_back(std::move(*refused));
  std::vector<Claim> claims;
  for (const Month month : months) {
    auto claim = claim_of(*state.project, *state.programme, state.staff, state.staff_hours, month, state.participant_hours(),
                          month == months.back() ? besides : CostBase{});
    if (claim)
      claims.push_back(std::move(*claim));
    else
      for (Finding& one : claim.error())
        if (std::find(faults.begin(), faults.end(), one) == faults.end()) faults.push_back(std::move(one));
  }
  if (!faults.empty()) return tl::make_unexpected(std::move(faults));

  ClaimAnswer answer;
  Table& lines = answer.lines;
  lines.schema = "claim";
  lines.facts = {{"project", state.project->key},
                 {"programme", state.programme->key},
                 {"from", months.front().iso()},
                 {"to", months.back().iso()},
                 {"today", state.today.iso()}};
  lines.columns = {{"month", {"Månad", "Month"}},
                   {"line", {"Rad", "Line"}},
                   {"formula", {"Formel", "Formula"}},
                   {"amount_ore", {"Belopp kr", "Amount SEK"}, Kind::Money},
                   {"confidence", {"Säkerhet", "Confidence"}},
                   {"cited", {"Källa", "Source"}}};
  std::map<std::string, Money> sums;
  std::vector<ExactMoney> totals;  // of the months, before any was rounded
  Money not_claimed, of_participants;
  bool any_staff = false;
  for (const Claim& claim : claims) {
    any_staff = any_staff || !claim.staff.empty();
    of_participants = of_participants + claim.participants;
    const StaffOfMonth staff = staff_of(state, claim.month);
    const Bilingual reasons = words_of(staff_reasons(state.staff_hours, state.staff, claim.month));
    const std::string why = reasons.sv.empty() ? std::string() : in_both(reasons.sv, reasons.en);
    if (staff.accepted == 0 && rests_on_staff_time(*state.project))
      answer.findings.push_back({.code = staff.reported ? "claim.staff-refused" : "claim.without-staff",
                                 .level = Level::Warning,
                                 .values = {claim.month.iso(), clock_time(staff.reported), why}});
    if (staff.accepted == 0)
      lines.rows.push_back({claim.month.iso(),
                            staff.reported ? Table::Value(none_accepted(why)) : Message{"claim-line.no_staff_time", {}},
                            std::string(), std::string(), std::string(), std::string()});
    if (staff.accepted == 0 && claim.participants == Money{} && (claim.month != months.back() || is_nothing(besides))) continue;
    for (const AmountLine& line : claim.lines) {
      if (line.what == "total") totals.push_back(line.exact);
      lines.rows.push_back({claim.month.iso(), line_words(*state.programme, line),
                            line.what == "lump_sum" && lump ? Table::Value(deliverable) : formula_value(line.formula), line.amount.ore(),
                            confidence(line.cited), cited_value(line.cited.text)});
      sums[line.what] = sums[line.what] + line.amount;
    }
    const Money difference = claim.rows.difference();
    lines.rows.push_back({claim.month.iso(), Message{"claim-line.rounding", {}}, std::string(), difference.ore(), std::string(),
                          std::string()});
    not_claimed = not_claimed + difference;
  }

  if (lump && deliverable.empty()) {
    lines.rows.push_back({months.back().iso(), Message{"claim-line.lump_sum", {}}, std::string(), std::int64_t{0},
                          std::string(), std::string()});
    answer.findings.push_back(
        {.code = "claim.lump-sum-not-shown", .level = Level::Warning, .values = {in_both(kronor_words(lump->whole.ore(), Language::Swedish), kronor_words(lump->whole.ore(), Language::English))}});
  }

  Table& all = answer.sums;
  all.schema = "sums";
  all.columns = {{"sum", {"Summa", "Sum"}}, {"amount_ore", {"Belopp kr", "Amount SEK"}, Kind::Money}};
  const auto sum = [&](const char* what, Money amount) {
    all.rows.push_back({Message{std::string("claim-line.") + what, {}}, amount.ore()});
  };
  for (const char* what : {"total", "cofinancing", "support"})
    if (sums.contains(what)) sum(what, sums[what]);
  sum("rounding", not_claimed);
  const Rounding rounding = state.programme->money_rounding.on(months.back().last())->value;
  // Each month is claimed by itself, so its amounts are rounded; of several months that is told beside one rounding.
  if (months.size() > 1) sum("rounding_months", reconciled(totals, rounding).difference());
  const auto standings = standings_of(state);
  for (const Month month : months) {
    const auto closed = [&](const MonthStanding& one) { return one.month == month && one.state == MonthState::Closed; };
    if (month.last() < state.today && std::none_of(standings.begin(), standings.end(), closed))
      answer.not_closed.push_back(month);
  }
  answer.draft = !answer.findings.empty() || !answer.not_closed.empty() || months.back().last() >= state.today;
  lines.facts.emplace_back("without_staff", any_staff ? "no" : "yes");
  lines.facts.emplace_back("draft", answer.draft ? "yes" : "no");
  if (compared) {
    const Money all_given = given.cash.value_or(Money{}) + given.in_kind.value_or(Money{}) + of_participants;
    const ShareKept kept = share_kept(sums["total"], all_given, *state.project->cofinancing_percent, rounding);
    answer.share_kept = kept == ShareKept::Kept;
    sum("cofinancing_given", all_given);
    if (given.in_kind) sum("cofinancing_in_kind", *given.in_kind);
    if (of_participants > Money{}) sum("cofinancing_participants", of_participants);
    all.rows.push_back({Message{kept == ShareKept::Kept     ? "claim-line.share_kept"
                                : kept == ShareKept::Missed ? "claim-line.share_missed"
                                                            : "claim-line.share_exceeded",
                                {}},
                        (all_given - sums["cofinancing"]).ore()});
  }
  answer.terms = terms_table(state, months.back());
  return answer;
}

Result<Table> hourly_rate_table(const ProgrammeTerms& programme, Date on, Money annual_gross, Minutes worked,
                                std::optional<int> employment_share) {
  if (!programme.period.contains(on))
    return problem("hourly-rate.outside-programme", programme.key, on.iso(), programme.period.first.iso(),
                   programme.period.last ? programme.period.last->iso() : "");
  const auto* year = programme.hourly_rate_year.on(on);
  if (!year) return problem("claim.no-year", programme.key, on.iso());
  const auto* rounding = programme.money_rounding.on(on);
  if (!rounding) return problem("claim.no-rounding", programme.key, on.iso());
  const auto cost = hourly_rate_cost(annual_gross, worked, year->value, employment_share, rounding->value);
  if (!cost) return problem("claim.no-employment");
  const std::int64_t cap = part_of(year->value, *employment_share, 10'000).count();
  const std::int64_t accepted = std::min(worked.count(), cap);
  Table table{.schema = "hourly-rate"};
  table.facts = {{"programme", programme.key}, {"on", on.iso()}};
  table.columns = {{"line", {"Rad", "Line"}},
                   {"formula", {"Formel", "Formula"}},
                   {"minutes", {"Timmar", "Hours"}, Kind::Hours},
                   {"amount_ore", {"Belopp kr", "Amount SEK"}, Kind::Money},
                   {"confidence", {"Säkerhet", "Confidence"}},
                   {"cited", {"Källa", "Source"}}};
  const std::string share = std::to_string(*employment_share / 100) + "." + (*employment_share % 100 < 10 ? "0" : "") +
                            std::to_string(*employment_share % 100) + " %";
  const auto none = std::string();
  table.rows = {{Message{"rate-line.cap", {}}, formula_value(hours_and_minutes(year->value.count()) + " x " + share), cap, none,
                 confidence(year->cited), cited_value(year->cited.text)},
                {Message{"rate-line.accepted", {}}, formula_value("min(" + hours_and_minutes(worked.count()) + ", " + hours_and_minutes(cap) + ")"),
                 accepted, none, none, none},
                {Message{"rate-line.refused", {}}, none, worked.count() - accepted, none, none, none},
                {Message{"rate-line.cost", {}},
                 formula_value(plain_kronor(annual_gross) + " x " + hours_and_minutes(accepted) + " / " + hours_and_minutes(cap)), none,
                 cost->ore(), none, none},
                {Message{"claim-term.money_rounding", {}}, none, none, none, confidence(rounding->cited), cited_value(rounding->cited.text)}};
  table.rows.back()[1] = Message{name_of_rounding(rounding->value), {}};
  return table;
}

}  // namespace horisont
