#include "core/funding/claim.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/funding/rounding.h"
#include "core/values/clock.h"
#include "core/values/message.h"

namespace horisont {
namespace {

Finding fault(std::string code, std::vector<std::string> values) {
  return {.code = std::move(code), .values = std::move(values)};
}

// Canonical, with a point: formulas are read by programs too.
std::string two_digits(std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }
std::string kronor(Money amount) { return plain_kronor(amount); }
// In a sentence, with the language's own decimal mark.
std::string kronor_in_both(Money amount) {
  const std::string plain = plain_kronor(amount);
  std::string swedish = plain;
  std::replace(swedish.begin(), swedish.end(), '.', ',');
  return swedish == plain ? plain : in_both(swedish, plain);
}
// What people call a rate, a way of costing staff, a function and an area: the word of the settings stands behind it, to be found there.
std::string called(std::string_view sv, std::string_view en, const std::string& key) {
  return in_both(std::string(sv) + " (" + key + ")", std::string(en) + " (" + key + ")");
}
std::string rate_words(const FlatRate& rate) {
  const std::string percent = std::to_string(rate.percent) + " %";
  return called("schablonen på " + percent, "the flat rate of " + percent, rate.key);
}
std::string called_as(const char* list, const std::string& key) {
  const Message words_of{list + ("." + key), {}};
  return text_of(words_of.id) ? called(words(words_of, Language::Swedish), words(words_of, Language::English), key) : key;
}
std::string model_words(const std::string& model) { return called_as("staff-cost-model", model); }
std::string function_words(const std::string& function) { return called_as("staff-function", function); }
std::string area_words(const std::string& area) {
  const Message words_of{"rate-area." + area, {}};
  if (!text_of(words_of.id)) return area;
  const std::string sv = words(words_of, Language::Swedish), en = words(words_of, Language::English);
  return sv == en ? sv : in_both(sv, en);
}
std::string hours(Minutes time) { return std::to_string(time.count() / 60) + ":" + two_digits(time.count() % 60) + " h"; }
std::string times_percent(ExactMoney base, int percent, Rounding rounding) {
  return kronor(rounded(base, rounding)) + " x " + std::to_string(percent) + " %";
}

AmountLine line(std::string what, std::string of, std::string formula, ExactMoney exact, Rounding rounding,
                Citation cited = {}) {
  return {.what = std::move(what),
          .of = std::move(of),
          .formula = std::move(formula),
          .exact = exact,
          .amount = rounded(exact, rounding),
          .cited = std::move(cited)};
}

template <class T, class Is>
const Dated<T>* on_day(const std::vector<Dated<T>>& values, Date day, Is is) {
  const auto found = std::find_if(values.begin(), values.end(),
                                  [&](const Dated<T>& dated) { return dated.valid.contains(day) && is(dated.value); });
  return found == values.end() ? nullptr : &*found;
}

}  // namespace

std::string plain_kronor(Money amount) {
  const std::int64_t ore = amount.ore(), size = ore < 0 ? -ore : ore;
  return (ore < 0 ? "-" : "") + std::to_string(size / 100) + "." + two_digits(size % 100);
}

const Dated<UnitCost>* unit_cost(const ProgrammeTerms& terms, std::string_view function, std::string_view area, Date on) {
  return on_day(terms.unit_costs, on, [&](const UnitCost& cost) { return cost.function == function && cost.area == area; });
}
const Dated<FlatRate>* flat_rate(const ProgrammeTerms& terms, std::string_view key, Date on) {
  return on_day(terms.flat_rates, on, [&](const FlatRate& rate) { return rate.key == key; });
}
const Dated<ParticipantRate>* participant_rate(const ProgrammeTerms& terms, std::string_view compensation, int age, Date on) {
  return on_day(terms.participant_rates, on, [&](const ParticipantRate& rate) {
    return same_word(rate.compensation, compensation) && (!rate.age_from || *rate.age_from <= age) &&
           (!rate.age_to || age <= *rate.age_to);
  });
}

tl::expected<std::vector<AmountLine>, std::vector<Finding>> costs_of(const CostBase& base, std::span<const ChosenRate> rates,
                                                                     Rounding rounding) {
  std::vector<Finding> faults;
  std::map<std::string, std::string> covered;
  for (const ChosenRate& chosen : rates) {
    const FlatRate& rate = chosen.rate.value;
    if (chosen.percent > rate.percent || chosen.percent < 0 || (!rate.at_most && chosen.percent != rate.percent))
      faults.push_back(fault("claim.percent", {rate_words(rate), std::to_string(chosen.percent), std::to_string(rate.percent)}));
    if (const auto [other, first] = covered.emplace(rate.covers, rate_words(rate)); !first)
      faults.push_back(fault("claim.one-rate", {other->second, rate_words(rate)}));
    if (rate.covers == "all_other" && rates.size() > 1) faults.push_back(fault("claim.rate-alone", {rate_words(rate)}));
    if (rate.covers == "all_other" && base.other_direct > ExactMoney{})
      faults.push_back(fault("claim.covers-all", {rate_words(rate), kronor_in_both(rounded(base.other_direct, rounding))}));
    if (rate.covers == "direct_staff" && base.direct_staff > ExactMoney{})
      faults.push_back(fault("claim.staff-twice", {rate_words(rate)}));
  }
  if (!faults.empty()) return tl::make_unexpected(std::move(faults));

  std::vector<AmountLine> lines;
  ExactMoney staff = base.direct_staff,
             total = base.direct_staff + base.other_direct + base.participant_allowances + base.lump_sums;
  const auto add = [&](const ChosenRate& chosen, ExactMoney of) {
    lines.push_back(line("flat_rate", chosen.rate.value.key, times_percent(of, chosen.percent, rounding),
                         of.percent(chosen.percent), rounding, chosen.rate.cited));
    total = total + lines.back().exact;
    return lines.back().exact;
  };
  // A rate for staff comes first: the other rates are taken of what it gives.
  for (const ChosenRate& chosen : rates)
    if (chosen.rate.value.covers == "direct_staff") staff = staff + add(chosen, base.other_direct);
  for (const ChosenRate& chosen : rates)
    if (chosen.rate.value.covers != "direct_staff")
      add(chosen, chosen.rate.value.base == "direct" ? staff + base.other_direct : staff);
  if (base.other_direct > ExactMoney{}) lines.push_back(line("other_direct", "", "", base.other_direct, rounding));
  if (base.participant_allowances > ExactMoney{})
    lines.push_back(line("participant_allowances", "", "", base.participant_allowances, rounding));
  if (base.lump_sums > ExactMoney{}) lines.push_back(line("lump_sum", "", "", base.lump_sums, rounding));
  lines.push_back(line("total", "", "", total, rounding));
  return lines;
}

bool rests_on_staff_time(const ProjectTerms& project) { return project.staff_cost_model == "function"; }

std::optional<bool> simplified_options_needed(const ProjectTerms& project, const ProgrammeTerms& programme, Date on) {
  const auto* limit = programme.simplified_up_to.on(on);
  if (!limit || !project.total_cost_eur || !project.state_aid) return std::nullopt;
  return !*project.state_aid && *project.total_cost_eur <= limit->value;
}

tl::expected<std::vector<AttestedTime>, std::vector<Finding>> attested_times(const ParticipantHours& hours,
                                                                             const ProgrammeTerms& programme, Month month) {
  std::map<std::uint32_t, const Participation*> people;
  for (const Participation& p : hours.people) people.emplace(p.person, &p);
  // One rate holds for a kind, an age and a day; the first day of each stands for the others.
  std::map<std::tuple<std::string, int, const Dated<ParticipantRate>*>, AttestedTime> sums;
  std::vector<std::string> without;
  for (const LedgerLine& line : hours.lines) {
    const TimeRecord& record = hours.times[line.record];
    const Date day = Date::of_days(record.day);
    if (line.accepted == 0 || Month::containing(day) != month) continue;
    const Participation& p = *people.at(record.person);  // nothing is accepted of somebody without a participation
    const auto* leap = programme.leap_birthday.on(day);
    if (!p.compensation || !p.born_on || !leap) {
      if (std::find(without.begin(), without.end(), p.reference) == without.end()) without.push_back(p.reference);
      continue;
    }
    const int age = age_on(day, p.born_on->value, leap->value);
    const auto* rate = participant_rate(programme, p.compensation->value, age, day);
    AttestedTime& sum = sums.try_emplace({p.compensation->value, age, rate}, AttestedTime{p.compensation->value, age, day, {}, {}})
                            .first->second;
    sum.on = std::min(sum.on, day);
    sum.time = sum.time + Minutes{line.accepted};
    sum.records.push_back(line.record);
  }
  if (!without.empty()) {
    std::sort(without.begin(), without.end());
    std::string list;
    for (const std::string& reference : without) list += (list.empty() ? "" : ", ") + reference;
    return tl::make_unexpected(std::vector{fault("claim.no-compensation", {month.iso(), list})});
  }
  std::vector<AttestedTime> found;
  for (auto& [key, time] : sums) found.push_back(std::move(time));
  return found;
}

tl::expected<std::vector<AmountLine>, std::vector<Finding>> participant_cofinancing(const ProjectTerms& project,
                                                                                    const ProgrammeTerms& programme,
                                                                                    std::span<const AttestedTime> times,
                                                                                    std::optional<Money> documented,
                                                                                    Rounding rounding) {
  std::vector<AmountLine> lines;
  if (!project.participant_time_is_cofinancing.value_or(false)) return lines;
  std::vector<Finding> faults;
  ExactMoney sum;
  for (const AttestedTime& time : times) {
    const auto* rate = participant_rate(programme, time.compensation, time.age, time.on);
    if (!rate) {
      faults.push_back(fault("claim.no-participant-rate", {time.compensation, std::to_string(time.age), time.on.iso()}));
      continue;
    }
    const ExactMoney worth = ExactMoney::of(time.time, rate->value.per_hour);
    lines.push_back(line("participant_time", time.compensation, hours(time.time) + " x " + kronor(rate->value.per_hour), worth,
                         rounding, rate->cited));
    lines.back().time = time.time, lines.back().per_hour = rate->value.per_hour, lines.back().records = time.records;
    sum = sum + worth;
  }
  if (!faults.empty()) return tl::make_unexpected(std::move(faults));
  if (documented) sum = std::min(sum, ExactMoney::of(*documented));
  lines.push_back(line("total", "", documented ? "min(sum, " + kronor(*documented) + ")" : "", sum, rounding));
  return lines;
}

Reconciled reconciled(std::span<const ExactMoney> amounts, Rounding rounding) {
  Reconciled found;
  ExactMoney sum;
  for (const ExactMoney amount : amounts) {
    found.each = found.each + rounded(amount, rounding);
    sum = sum + amount;
  }
  found.once = rounded(sum, rounding);
  return found;
}

ShareKept share_kept(Money total, Money cofinancing, int percent, Rounding rounding) {
  const Money due = rounded(ExactMoney::of(total).percent(percent), rounding);
  return cofinancing < due ? ShareKept::Missed : cofinancing > due ? ShareKept::Exceeded : ShareKept::Kept;
}

std::optional<Money> hourly_rate_cost(Money annual_gross, Minutes worked, Minutes full_time_year,
                                      std::optional<int> employment_share, Rounding rounding) {
  if (!employment_share || *employment_share <= 0 || full_time_year <= Minutes{}) return std::nullopt;
  const Minutes base = part_of(full_time_year, *employment_share, 10'000);
  return share_of(annual_gross, std::min(worked, base).count(), base.count(), rounding);
}

std::optional<Money> largest_advance(const ProgrammeTerms& terms, Money support, Date on, Rounding rounding) {
  const auto* percent = terms.largest_advance_percent.on(on);
  const auto* most = terms.largest_advance.on(on);
  if (!percent || !most) return std::nullopt;
  return std::min(rounded(ExactMoney::of(support).percent(percent->value), rounding), most->value);
}

Money total_of(const Claim& claim) {
  for (const AmountLine& line : claim.lines)
    if (line.what == "total") return line.amount;
  return {};
}

tl::expected<Claim, std::vector<Finding>> claim_of(const ProjectTerms& project, const ProgrammeTerms& programme,
                                                   std::span<const StaffTime> time, const StaffLedger& ledger, Month month,
                                                   const ParticipantHours& participants, const CostBase& besides) {
  std::vector<Finding> faults;
  if (project.staff_cost_model == "real" && simplified_options_needed(project, programme, month.last()).value_or(false))
    faults.push_back(fault("claim.simplified-needed", {project.key, kronor_in_both(*project.total_cost_eur),
                                                       kronor_in_both(programme.simplified_up_to.on(month.last())->value)}));
  else if (project.staff_cost_model != "function")
    faults.push_back(
        fault(project.staff_cost_model.empty() ? "claim.no-model" : "claim.model", {project.key, model_words(project.staff_cost_model)}));
  if (project.rate_area.empty()) faults.push_back(fault("claim.no-area", {project.key}));
  const auto* flat = flat_rate(programme, project.flat_rate, month.last());
  if (!flat) faults.push_back(fault("claim.no-flat-rate", {project.key, project.flat_rate, month.iso()}));
  const auto* rounding_rule = programme.money_rounding.on(month.last());
  const auto* hours_rule = programme.whole_hours_rounding.on(month.last());
  const auto* level_rule = programme.whole_hours_level.on(month.last());
  if (!rounding_rule) faults.push_back(fault("claim.no-rounding", {programme.key, month.iso()}));

  std::vector<AmountLine> of_participants;  // the last one their sum
  if (project.participant_time_is_cofinancing.value_or(false)) {
    const auto add = [&](const std::vector<Finding>& more) { faults.insert(faults.end(), more.begin(), more.end()); };
    if (const auto times = attested_times(participants, programme, month); !times)
      add(times.error());
    else if (auto worth = participant_cofinancing(project, programme, *times, std::nullopt,
                                                  rounding_rule ? rounding_rule->value : Rounding::Down))
      of_participants = std::move(*worth);
    else
      add(worth.error());
  }

  // By member and function: what was accepted with its rate, in the order of days.
  struct Piece {
    StaffPiece time;
    const Dated<UnitCost>* rate;
  };
  std::map<std::pair<StaffMember, std::string>, std::vector<Piece>> pieces;
  std::map<std::pair<std::string, std::string>, std::int64_t> without_rate;
  std::map<StaffMember, std::int64_t> undecided;
  for (const StaffLine& judged : ledger.lines) {
    const StaffTime& row = time[judged.record];
    const Date day = Date::of_days(row.day);
    if (Month::containing(day) != month) continue;
    if (judged.reason == Reason::Undecided) undecided[{row.employer, row.staff_id}] += judged.refused;
    if (judged.accepted == 0) continue;
    const auto* rate = unit_cost(programme, row.function, project.rate_area, day);
    if (rate)
      pieces[{{row.employer, row.staff_id}, row.function}].push_back({{row.day, judged.accepted}, rate});
    else
      without_rate[{row.function, day.iso()}] += judged.accepted;
  }
  std::string said;
  for (const auto& [of, count] : without_rate) {
    if (said == "x" + of.first) continue;  // once a function, on its first day
    said = "x" + of.first;
    faults.push_back(of.first.empty() ? fault("claim.no-function", {of.second})
                                      : fault("claim.no-rate", {function_words(of.first), area_words(project.rate_area), of.second, programme.key}));
  }
  // What is not known is not nothing: time without a share of employment or a year's limit would be left out without a word (HM-15).
  for (const auto& [member, minutes] : undecided)
    if (minutes > 0)
      faults.push_back(fault("claim.no-employment-share", {member.employer, member.staff_id, clock_text(static_cast<int>(minutes)) + " h", month.iso()}));
  if (!faults.empty()) return tl::make_unexpected(std::move(faults));

  const Rounding rounding = rounding_rule->value;
  Claim claim{.month = month};
  std::map<std::string, std::pair<ExactMoney, std::int64_t>> by_function;
  std::map<std::string, Dated<UnitCost>> rates;
  ExactMoney staff;
  std::vector<ExactMoney> rows;
  for (auto& [of, time_of] : pieces) {
    std::stable_sort(time_of.begin(), time_of.end(), [](const Piece& a, const Piece& b) { return a.time.day < b.time.day; });
    std::vector<StaffPiece> times;
    for (const Piece& piece : time_of) times.push_back(piece.time);
    const auto completed = hours_completed(times, hours_rule ? hours_rule->value : Rounding::Down,
                                           level_rule ? level_rule->value : RoundingLevel::Month);
    std::vector<StaffCost> costs;  // one for each rate, in the order of days
    for (std::size_t i = 0; i < time_of.size(); ++i) {
      const Dated<UnitCost>& rate = *time_of[i].rate;
      if (i == 0 || time_of[i].rate != time_of[i - 1].rate)
        costs.push_back({.member = of.first, .function = of.second, .accepted = Minutes{}, .whole_hours = 0, .rate = rate, .exact = {}});
      costs.back().accepted = costs.back().accepted + Minutes{time_of[i].time.accepted};
      costs.back().whole_hours += completed[i];
    }
    for (StaffCost& cost : costs) {
      const Money per_hour = cost.rate.value.per_hour;
      cost.exact = ExactMoney::of(Minutes{cost.whole_hours * 60}, per_hour);
      rows.push_back(cost.exact);
      staff = staff + cost.exact;
      const std::string key = cost.function + " x " + kronor(per_hour);
      by_function[key].first = by_function[key].first + cost.exact;
      by_function[key].second += cost.whole_hours;
      rates.emplace(key, cost.rate);
      claim.staff.push_back(std::move(cost));
    }
  }
  claim.rows = reconciled(rows, rounding);
  for (const auto& [key, sum] : by_function)
    claim.lines.push_back(line("staff", rates.at(key).value.function,
                               hours(Minutes{sum.second * 60}) + " x " + kronor(rates.at(key).value.per_hour), sum.first,
                               rounding, rates.at(key).cited));
  const ChosenRate chosen{*flat, flat->value.percent};
  CostBase base = besides;
  base.direct_staff = base.direct_staff + staff;
  if (!of_participants.empty()) {
    base.participant_allowances = base.participant_allowances + of_participants.back().exact;
    claim.participants = of_participants.back().amount;
    claim.lines.insert(claim.lines.end(), of_participants.begin(), of_participants.end() - 1);
  }
  const auto costs = costs_of(base, std::span(&chosen, 1), rounding);
  if (!costs) return tl::make_unexpected(costs.error());
  claim.lines.insert(claim.lines.end(), costs->begin(), costs->end());
  if (project.cofinancing_percent) {
    const ExactMoney total = claim.lines.back().exact, share = total.percent(*project.cofinancing_percent);
    const auto cited = project.citations.find("cofinancing_percent");
    const Citation source = cited == project.citations.end() ? Citation{} : cited->second;
    claim.lines.push_back(
        line("cofinancing", "", times_percent(total, *project.cofinancing_percent, rounding), share, rounding, source));
    // The rest of the total as printed, so that the two always make it up.
    AmountLine support = line("support", "", kronor(rounded(total, rounding)) + " - " + kronor(rounded(share, rounding)),
                              total - share, rounding);
    support.amount = rounded(total, rounding) - rounded(share, rounding);
    claim.lines.push_back(support);
  }
  return claim;
}

}  // namespace horisont
