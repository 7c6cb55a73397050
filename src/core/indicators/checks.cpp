#include "core/indicators/checks.h"

#include <algorithm>
#include <functional>
#include <set>

namespace horisont {
namespace {

using Found = IndicatorCheck::Found;

std::vector<std::string_view> split(std::string_view text, std::string_view by) {
  std::vector<std::string_view> parts;
  for (std::size_t at = text.find(by); at != std::string_view::npos; at = text.find(by)) {
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + by.size());
  }
  parts.push_back(text);
  return parts;
}

struct Relation {
  std::vector<std::string_view> left, right;
  bool equal = false;
  bool holds(std::int64_t l, std::int64_t r) const { return equal ? l == r : l <= r; }
};

Relation relation(std::string_view formula) {
  for (const auto& [sign, equal] : {std::pair<std::string_view, bool>{" = ", true}, {" ≤ ", false}})
    if (const auto sides = split(formula, sign); sides.size() == 2)
      return {split(sides[0], " + "), split(sides[1], " + "), equal};
  return {};
}

bool is_number(std::string_view term) {
  return !term.empty() && std::all_of(term.begin(), term.end(), [](char c) { return '0' <= c && c <= '9'; });
}

template <class Value>
std::int64_t sum(const std::vector<std::string_view>& terms, Value&& value) {
  std::int64_t total = 0;
  for (const std::string_view term : terms) {
    if (is_number(term)) {
      std::int64_t n = 0;
      for (const char digit : term) n = n * 10 + (digit - '0');
      total += n;
    } else {
      total += value(term);
    }
  }
  return total;
}

// ---- The formulas ----

struct Formula {
  std::string_view id, formula;
  Level level = Level::Error;
};

constexpr Formula of_values_2014[] = {
    {"A7", "CO01 + CO03 + CO05 = COMPLETE"},
    {"A7", "COMPLETE ≤ GRAND"},
    {"G1", "CO01 + CO03 + CO05 = COMPLETE"},
    {"G2", "CO02 ≤ CO01"},
    {"G2", "CO04 ≤ CO03"},
    {"G3", "CO06 + CO07 ≤ COMPLETE"},
    {"G3", "CO08 ≤ CO07"},
    {"G3", "CO08 ≤ CO01 + CO04"},
    {"G4", "CO09 + CO10 + CO11 ≤ COMPLETE"},
    {"G5", "CO12 ≤ GRAND"},
    {"G5", "CO13 ≤ CO12"},
    {"G5", "CO14 ≤ GRAND"},
    {"G5", "CO15 ≤ GRAND"},
    {"G5", "CO16 ≤ GRAND"},
    {"G5", "CO17 ≤ GRAND"},
    {"G5", "CO18 ≤ GRAND"},
    {"G5", "CO19 ≤ GRAND"},
    {"G6", "CR01 ≤ CO03"},
    {"G6", "CR02 ≤ COMPLETE"},
    {"G6", "CR03 ≤ COMPLETE"},
    {"G6", "CR04 ≤ CO01 + CO03"},
    {"G6", "CR05 ≤ DISADVANTAGED"},
    {"G6", "CR06 ≤ CO01 + CO03"},
    {"G6", "CR07 ≤ CO05"},
    {"G6", "CR08 ≤ CO07"},
    {"G6", "CR09 ≤ DISADVANTAGED"},
    {"G12", "EXITS ≤ ENTRIES"},
};
constexpr Formula of_values_yei[] = {
    {"G7", "YEI-CR01 ≤ CO01"},        {"G7", "YEI-CR02 ≤ CO01"},     {"G7", "YEI-CR03 ≤ CO01"},
    {"G7", "YEI-CR04 ≤ CO02"},        {"G7", "YEI-CR05 ≤ CO02"},     {"G7", "YEI-CR06 ≤ CO02"},
    {"G7", "YEI-CR07 ≤ CO04"},        {"G7", "YEI-CR08 ≤ CO04"},     {"G7", "YEI-CR09 ≤ CO04"},
    {"G7", "YEI-CR04 ≤ YEI-CR01"},    {"G7", "YEI-CR05 ≤ YEI-CR02"}, {"G7", "YEI-CR06 ≤ YEI-CR03"},
    {"G7", "CO01 + CO04 = COMPLETE"},
};
constexpr Formula of_values_plus[] = {
    {"A1", "EECO02+04 = EECO02 + EECO04"},
    {"A2", "EECO02+05 = EECO02 + EECO05"},
    {"A3", "EECO02+04+05 = EECO02 + EECO04 + EECO05"},
    {"A4", "EECO06+07 = EECO06 + EECO07"},
    {"A5", "EECO10+11 = EECO10 + EECO11"},
    {"A6", "EECR01 ≤ EECO04"},
    {"A6", "EECR02 ≤ EECO01"},
    {"A6", "EECR03 ≤ EECO01"},
    {"A6", "EECR04 ≤ EECO02+04"},
    {"A6", "EECR05 ≤ EECO02+04"},
    {"A6", "EECR06 ≤ EECO05"},
    {"G1", "EECO02 + EECO04 + EECO05 = EECO01"},
    {"G2", "EECO03 ≤ EECO02"},
    {"G3", "EECO06 + EECO07 + EECO08 ≤ EECO01"},
    {"G4", "EECO09 + EECO10 + EECO11 = EECO01"},
    {"G5", "EECO12 ≤ EECO01"},
    {"G5", "EECO13 ≤ EECO01"},
    {"G5", "EECO14 ≤ EECO01"},
    {"G5", "EECO15 ≤ EECO01"},
    {"G5", "EECO16 ≤ EECO01"},
    {"G5", "EECO17 ≤ EECO01"},
    {"G6", "EECR01 ≤ EECO04"},
    {"G6", "EECR02 ≤ EECO01"},
    {"G6", "EECR03 ≤ EECO01"},
    {"G6", "EECR04 ≤ EECO02 + EECO04"},
    {"G6", "EECR05 ≤ EECO02 + EECO04"},
    {"G6", "EECR06 ≤ EECO05"},
    {"G6", "EECR01 + EECR04 ≤ EECO02 + EECO04"},
    {"G12", "EXITS ≤ ENTRIES"},
};

// Of one complete record each code is 1 or 0.
constexpr Formula of_each_2014[] = {
    {"A9", "CR01 ≤ CO03"},
    {"A10", "CR04 ≤ CO01 + CO03"},
    {"A10", "CR06 ≤ CO01 + CO03"},
    {"A10", "CR07 ≤ CO05"},
    {"A10", "CR08 ≤ CO07"},
    {"A14", "CO01 + CO03 + CO05 = 1"},
    {"P1", "CO01 + CO03 + CO05 = 1"},
    {"P2", "CO02 ≤ CO01"},
    {"P3", "CO04 ≤ CO03"},
    {"P4", "CO06 + CO07 ≤ 1"},
    {"P4", "CO08 ≤ CO07"},
    {"P4", "CO08 ≤ CO01 + CO04"},
    {"P4", "CO07 + CO01 + CO04 ≤ CO08 + 1"},
    {"P5", "CO09 + CO10 + CO11 ≤ 1"},
    {"P6", "CO06 + CO07 ≤ 1"},
    {"P8", "CO13 ≤ CO12"},
    {"P11", "CR01 ≤ CO03"},
    {"P11", "CR04 ≤ CO01 + CO03"},
    {"P11", "CR06 ≤ CO01 + CO03"},
    {"P11", "CR07 ≤ CO05"},
    {"P11", "CR08 ≤ CO07"},
    {"P11", "CR05 ≤ DISADVANTAGED"},
    {"P11", "CR09 ≤ DISADVANTAGED"},
    {"P12", "CR05 ≤ CR01 + CR02 + CR03 + CR04"},
};
constexpr Formula of_each_yei[] = {
    {"P13", "YEI-CR01 ≤ CO01"}, {"P13", "YEI-CR02 ≤ CO01"}, {"P13", "YEI-CR03 ≤ CO01"},
    {"P13", "YEI-CR04 ≤ CO02"}, {"P13", "YEI-CR05 ≤ CO02"}, {"P13", "YEI-CR06 ≤ CO02"},
    {"P13", "YEI-CR07 ≤ CO04"}, {"P13", "YEI-CR08 ≤ CO04"}, {"P13", "YEI-CR09 ≤ CO04"},
};
constexpr Formula of_each_plus[] = {
    {"A11", "EECR01 + EECR04 ≤ 1"},
    {"A14", "EECO02 + EECO04 + EECO05 = 1"},
    {"P1", "EECO02 + EECO04 + EECO05 = 1"},
    {"P2", "EECO03 ≤ EECO02"},
    {"P5", "EECO09 + EECO10 + EECO11 = 1"},
    {"P6", "EECO06 + EECO07 + EECO08 ≤ 1"},
    {"P11", "EECR06 ≤ EECO05"},
    {"P12", "EECR01 ≤ EECO04"},
    {"P12", "EECR04 ≤ EECO02 + EECO04"},
    {"P12", "EECR05 ≤ EECO02 + EECO04"},
};

std::vector<Formula> formulas(Framework framework, bool of_each) {
  const auto take = [](auto& list) { return std::vector<Formula>(std::begin(list), std::end(list)); };
  if (framework == Framework::EsfPlus) return of_each ? take(of_each_plus) : take(of_values_plus);
  std::vector<Formula> all = of_each ? take(of_each_2014) : take(of_values_2014);
  // An operation of the initiative has nobody with work on entry (CO05, CO08): what follows is asked of it besides.
  if (framework == Framework::Yei) {
    const auto more = of_each ? take(of_each_yei) : take(of_values_yei);
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

std::vector<const Indicator*> all_indicators(Framework framework) {
  std::vector<const Indicator*> all;
  if (framework == Framework::Yei)
    for (const Indicator& one : indicators(Framework::Esf2014)) all.push_back(&one);
  for (const Indicator& one : indicators(framework)) all.push_back(&one);
  return all;
}

std::optional<Column> column_of(const Participation& p) {
  if (p.gender == "man") return Column::Men;
  if (p.gender == "woman") return Column::Women;
  if (p.gender == "non_binary") return Column::NonBinary;
  return std::nullopt;
}

constexpr std::pair<std::string_view, std::string_view> reserved[] = {{"EECO02+04", "EECO02 + EECO04"},
                                                                      {"EECO02+05", "EECO02 + EECO05"},
                                                                      {"EECO02+04+05", "EECO02 + EECO04 + EECO05"},
                                                                      {"EECO06+07", "EECO06 + EECO07"},
                                                                      {"EECO10+11", "EECO10 + EECO11"}};

bool is_result(const Indicator& one) { return one.in_base != nullptr; }

// ---- Facts of a participant ----

bool after_entry(const Participation& p, const std::optional<Date>& day) { return day && *day > p.entered_on->value; }

bool days_in_order(const Participation& p, const ProjectTerms& project, const IndicatorTerms& t) {
  const Date entry = p.entered_on->value;
  if (!project.grants.empty() && !project.operation().contains(entry)) return false;
  const auto exit = last_day(p);
  if (!exit) return true;
  if (*exit < entry) return false;
  if (!p.result) return true;
  const auto outside = [&](const std::optional<Date>& day) {
    return day && (*day < *exit || *day > exit->plus_days(t.immediate_days));
  };
  const auto value = [](const Fact<Date>& fact) { return fact ? std::optional(fact->value) : std::nullopt; };
  for (const LabourEvent& event : p.result->events)
    if (outside(event.on)) return false;
  if (outside(value(p.result->qualification_date)) || outside(value(p.result->offer_date))) return false;
  const auto asked = value(p.result->six_month_date);
  return !asked || *asked >= months_after(*exit, t.longer_term_months);
}

bool result_without_exit(const Participation& p) {
  if (last_day(p) || !p.result) return false;
  const ExitResult& r = *p.result;
  return !r.events.empty() || r.status_after || r.completed == Answer::Yes || r.in_education_after == Answer::Yes ||
         r.qualification == Answer::Yes || r.offer == Answer::Yes || r.six_month_status;
}

bool in_yei_group(const Participation& p, const IndicatorTerms& t) {
  const auto age = age_at_entry(p, t);
  const bool without_work =
      p.employment_status && (p.employment_status->value == "unemployed" || p.employment_status->value == "inactive");
  return age && *age < t.yei_below_age && without_work && p.studies && !p.studies->value;
}

bool plausible_level(const Participation& p, const IndicatorTerms& t) {
  const auto age = age_at_entry(p, t);
  if (!age || !p.isced_level) return true;
  const std::string& level = p.isced_level->value;
  const bool tertiary = level >= "isced5" && level.starts_with("isced");
  return !(tertiary && *age < 18) && !(level == "isced3" && *age < 16);
}

bool informed(const Participation& p) {
  const Traits& t = p.traits;
  for (const Answer sensitive : {t.minority, t.disability, t.other_disadvantaged})
    if (sensitive == Answer::Yes || sensitive == Answer::No) return p.information_given_on.has_value();
  return true;
}

bool in_target_group(const Participation& p, const IndicatorTerms& t) {
  const auto age = age_at_entry(p, t);
  if (!age || *age < t.target_age_from || *age > t.target_age_to) return false;
  return std::any_of(p.evidence.begin(), p.evidence.end(),
                     [&](const EvidenceItem& item) { return item.document_date && !after_entry(p, item.document_date); });
}

// The flag of the register, where it says one. Without the day from which somebody is unemployed, a yes rests on nothing.
std::optional<bool> long_term_agrees(const Participation& p, const Indicator& long_term, const IndicatorTerms& t) {
  const Answer given = p.traits.long_term_unemployed, found = answer(long_term, p, t);
  if (given != Answer::Yes && given != Answer::No) return std::nullopt;
  return found == Answer::Yes || found == Answer::No ? found == given : given == Answer::No;
}

std::string cell_words(std::string_view code, Column column, std::int64_t number) {
  return std::string(code) + " " + std::string(name_of(column)) + " " + std::to_string(number);
}

IndicatorCheck not_tested(std::string id, std::string formula) {
  IndicatorCheck check;
  check.id = std::move(id), check.formula = std::move(formula), check.result = Found::NotTested;
  return check;
}

}  // namespace

std::string_view name_of(Column column) {
  constexpr std::array<std::string_view, 4> names{"total", "men", "women", "non_binary"};
  return names[static_cast<std::size_t>(column)];
}

const std::vector<std::uint32_t>& IndicatorValues::of(std::string_view code, Column column) const {
  static const std::vector<std::uint32_t> nobody;
  const auto found = persons.find(code);
  return found == persons.end() ? nobody : found->second[static_cast<std::size_t>(column)];
}

std::int64_t IndicatorValues::number(std::string_view code, Column column) const {
  const auto found = estimated.find(code);
  return found == estimated.end() ? std::ssize(of(code, column)) : found->second[static_cast<std::size_t>(column)];
}

const IndicatorEstimate* estimate_of(std::string_view code, std::span<const IndicatorEstimate> estimates, Date as_of,
                                     std::optional<int> year) {
  const IndicatorEstimate* newest = nullptr;  // they come oldest first
  for (const IndicatorEstimate& one : estimates)
    if (one.indicator == code && one.on <= as_of) newest = &one;
  return newest && year && newest->on.year() != *year ? nullptr : newest;
}

void put_estimates(IndicatorValues& values, Framework framework, std::span<const IndicatorEstimate> estimates, Date as_of,
                   std::optional<int> year) {
  for (const Indicator* one : all_indicators(framework))
    if (const IndicatorEstimate* found = may_be_estimated(one->code) ? estimate_of(one->code, estimates, as_of, year) : nullptr)
      values.estimated[std::string(one->code)] = {found->total, found->men, found->women, found->non_binary};
}

std::int64_t base_number(const IndicatorValues& values, std::string_view base, Column column) {
  return sum(split(base.empty() ? "COMPLETE" : base, " + "), [&](std::string_view code) { return values.number(code, column); });
}

std::optional<std::int64_t> target_in(const IndicatorTarget& target, Column column) {
  const std::array<const std::optional<std::int64_t>*, 4> columns{&target.total, &target.men, &target.women, &target.non_binary};
  return *columns[static_cast<std::size_t>(column)];
}

const IndicatorTarget* target_of(std::string_view code, std::span<const IndicatorTarget> targets) {
  const auto found = std::find_if(targets.begin(), targets.end(), [&](const auto& one) { return one.indicator == code; });
  return found == targets.end() ? nullptr : &*found;
}

std::optional<Achieved> achieved(const Indicator& one, const IndicatorTarget& target, const IndicatorValues& values, Column column) {
  const auto aim = target_in(target, column);
  if (!aim || *aim == 0 || !one.counts) return std::nullopt;
  const std::int64_t value = values.number(one.code, column);
  if (!target.percent) return Achieved{target.indicator, column, value, *aim};
  const std::int64_t base = base_number(values, one.base, column);
  if (base == 0) return std::nullopt;
  return Achieved{target.indicator, column, value * 100, base * *aim};
}

Bilingual check_words(std::string_view formula) {
  // What stands in formulas beside the codes of the law, its own words and numbers.
  static constexpr std::string_view spoken[] = {
      "COMPLETE", "GRAND",    "ENTRIES", "EXITS",       "DISADVANTAGED", "total",           "men",       "women",
      "non_binary", "base",   "target",  "entry",       "exit",          "result",          "age",       "evidence",
      "NEET",     "gender",   "employment_status", "birth_date", "isced_level", "dropped_out", "identity_number", "name",
      "information_given_on", "days", "parts", "register"};
  Bilingual words_of;
  for (std::size_t at = 0; at < formula.size();) {
    const std::size_t end = std::min(formula.find_first_of(" ,", at), formula.size());
    const std::string_view word = formula.substr(at, end - at);
    const bool known = std::find(std::begin(spoken), std::end(spoken), word) != std::end(spoken);
    const Message message{"indicator-word." + std::string(word), {}};
    words_of.sv += known ? words(message, Language::Swedish) : std::string(word);
    words_of.en += known ? words(message, Language::English) : std::string(word);
    at = std::min(end + 1, formula.size());
    if (end < formula.size()) words_of.sv += formula[end], words_of.en += formula[end];
  }
  return words_of;
}

IndicatorValues count_indicators(Framework framework, std::span<const Participation> participations, const IndicatorTerms& t,
                                 std::optional<int> year) {
  IndicatorValues values;
  const auto all = all_indicators(framework);
  for (const Participation& p : participations) {
    if (!had_entered(p, t)) continue;
    const auto column = column_of(p);
    const auto add = [&](std::string_view code) {
      auto& cells = values.persons.try_emplace(std::string(code)).first->second;
      cells[0].push_back(p.person);
      if (column) cells[static_cast<std::size_t>(*column)].push_back(p.person);
    };
    const bool complete = missing_facts(p, framework, t).empty();
    if (!year || p.entered_on->value.year() == *year) {
      add("GRAND");
      add("ENTRIES");
      if (complete) add("COMPLETE");
      if (complete && disadvantaged(p, t) == Answer::Yes) add("DISADVANTAGED");
    }
    const auto exit = exit_by(p, t);
    if (exit && (!year || exit->year() == *year)) add("EXITS");
    if (!complete) continue;
    std::set<std::string_view> yes;
    for (const Indicator* one : all) {
      const auto day = reference_day(*one, p, t);
      if (!day || (year && day->year() != *year) || answer(*one, p, t) != Answer::Yes) continue;
      add(one->code);
      yes.insert(one->code);
    }
    if (framework != Framework::EsfPlus) continue;
    for (const auto& [code, parts] : reserved)
      for (const std::string_view part : split(parts, " + "))
        if (yes.contains(part)) {
          add(code);
          break;
        }
  }
  return values;
}

IndicatorCheck check_formula(std::string id, Level level, std::string formula, const IndicatorValues& values, Column column) {
  const Relation parts = relation(formula);
  const auto number = [&](std::string_view code) { return values.number(code, column); };
  IndicatorCheck check;
  check.id = std::move(id), check.level = level, check.column = column;
  check.left = sum(parts.left, number), check.right = sum(parts.right, number);
  if (!parts.holds(*check.left, *check.right)) {
    check.result = Found::Differs;
    for (const auto* side : {&parts.left, &parts.right})
      for (const std::string_view code : *side)
        if (!is_number(code)) check.cells += (check.cells.empty() ? "" : ", ") + cell_words(code, column, number(code));
  }
  check.formula = std::move(formula);
  return check;
}

std::vector<IndicatorCheck> check_values(Framework framework, const IndicatorValues& values, const IndicatorValues& before,
                                         std::span<const IndicatorValues> years) {
  std::vector<IndicatorCheck> checks;
  const bool plus = framework == Framework::EsfPlus;
  const std::span<const Column> columns = std::span(all_columns).first(plus ? 4 : 3);
  for (const Formula& one : formulas(framework, false))
    for (const Column column : columns)
      checks.push_back(check_formula(std::string(one.id), one.level, std::string(one.formula), values, column));

  const auto all = all_indicators(framework);
  IndicatorCheck parts{
      .id = "G8", .formula = plus ? "total = men + women + non_binary" : "total = men + women", .column = Column::Total, .left = 0, .right = 0};
  IndicatorCheck over_time{
      .id = "G9", .formula = plus ? "t − 1 ≤ t" : "Σ = 2014 + … + 2023", .column = Column::Total, .left = 0, .right = 0};
  IndicatorCheck results{.id = "G12", .formula = "CR ≤ EXITS", .column = Column::Total, .left = 0, .right = 0};
  IndicatorCheck shares{.id = "G13",
                        .level = Level::Warning,
                        .formula = "5 % ≤ CR / base ≤ 95 %",
                        .column = Column::Total,
                        .left = 0,
                        .right = 0};
  IndicatorCheck jumps{
      .id = "G13", .level = Level::Warning, .formula = "|t − (t − 1)| ≤ 50 %", .column = Column::Total, .left = 0, .right = 0};
  const auto ask = [](IndicatorCheck& check, bool agrees, const std::string& cells) {
    ++*check.left;
    if (agrees) {
      ++*check.right;
      return;
    }
    check.result = Found::Differs;
    check.cells += (check.cells.empty() ? "" : ", ") + cells;
  };
  for (const Indicator* one : all) {
    if (!one->counts) continue;
    const std::int64_t total = values.number(one->code, Column::Total);
    std::int64_t columns_sum = 0;
    for (const Column column : columns.subspan(1)) columns_sum += values.number(one->code, column);
    ask(parts, total == columns_sum, cell_words(one->code, Column::Total, total));
    const std::int64_t earlier = before.number(one->code, Column::Total);
    if (plus) {
      ask(over_time, earlier <= total, cell_words(one->code, Column::Total, total));
    } else {
      std::int64_t of_years = 0;
      for (const IndicatorValues& year : years) of_years += year.number(one->code, Column::Total);
      ask(over_time, of_years == total, cell_words(one->code, Column::Total, total));
    }
    if (earlier > 0)
      ask(jumps, 2 * std::max(earlier, total) <= 3 * earlier && 2 * total >= earlier,
          cell_words(one->code, Column::Total, total));
    if (!is_result(*one)) continue;
    for (const Column column : columns)
      ask(results, values.number(one->code, column) <= values.number("EXITS", column),
          cell_words(one->code, column, values.number(one->code, column)));
    const std::int64_t base = base_number(values, one->base, Column::Total);
    if (base > 0) ask(shares, 20 * total >= base && 20 * total <= 19 * base, cell_words(one->code, Column::Total, total));
  }
  const std::int64_t everybody = values.number("COMPLETE", Column::Total);
  IndicatorCheck genders{
      .id = "G13", .level = Level::Warning, .formula = "men < total, women < total", .column = Column::Total};
  genders.left = std::max(values.number("COMPLETE", Column::Men), values.number("COMPLETE", Column::Women));
  genders.right = everybody;
  if (everybody > 0 && genders.left == genders.right)
    genders.result = Found::Differs, genders.cells = cell_words("COMPLETE", Column::Total, everybody);
  for (IndicatorCheck* check : {&parts, &over_time}) checks.push_back(std::move(*check));
  for (IndicatorCheck* check : {&results, &shares, &jumps, &genders}) checks.push_back(std::move(*check));
  return checks;
}

IndicatorCheck check_parts(Framework framework, const IndicatorValues& values, std::span<const IndicatorValues> parts) {
  const char* formula = "Σ parts = total";
  if (parts.empty()) return not_tested("G10", formula);
  IndicatorCheck check{.id = "G10", .formula = formula, .column = Column::Total, .left = 0, .right = 0};
  for (const Indicator* one : all_indicators(framework)) {
    if (!one->counts || values.estimated.contains(one->code)) continue;  // an estimate is of the whole operation
    for (const Column column : std::span(all_columns).first(framework == Framework::EsfPlus ? 4 : 3)) {
      std::int64_t of_parts = 0;
      for (const IndicatorValues& part : parts) of_parts += part.number(one->code, column);
      ++*check.left;
      if (of_parts == values.number(one->code, column)) {
        ++*check.right;
        continue;
      }
      check.result = Found::Differs;
      check.cells += (check.cells.empty() ? "" : ", ") + cell_words(one->code, column, values.number(one->code, column)) + " ≠ " + std::to_string(of_parts);
    }
  }
  return check;
}

IndicatorCheck check_ratios(Framework framework, const IndicatorValues& values, std::span<const IndicatorTarget> targets,
                            std::span<const Achieved> ratios) {
  const char* formula = "Σ / target × 100";
  IndicatorCheck check{.id = "G11", .formula = formula, .column = Column::Total, .left = 0, .right = 0};
  for (const Indicator* one : all_indicators(framework)) {
    const IndicatorTarget* target = target_of(one->code, targets);
    if (!target) continue;
    for (const Column column : std::span(all_columns).first(framework == Framework::EsfPlus ? 4 : 3)) {
      const auto aim = target_in(*target, column);
      const auto given = std::find_if(ratios.begin(), ratios.end(), [&](const Achieved& a) { return a.indicator == one->code && a.column == column; });
      const std::int64_t base = target->percent ? base_number(values, one->base, column) : 1;
      // A ratio stands where there is something to divide by, and only there.
      const bool divides = aim && *aim > 0 && base > 0 && one->counts;
      if (!divides && given == ratios.end()) continue;
      ++*check.left;
      if (divides && given != ratios.end() && given->denominator > 0 &&
          given->numerator * *aim * base == given->denominator * values.number(one->code, column) * (target->percent ? 100 : 1)) {
        ++*check.right;
        continue;
      }
      check.result = Found::Differs;
      check.cells += (check.cells.empty() ? "" : ", ") + cell_words(one->code, column, values.number(one->code, column)) + " / " +
                     (aim ? std::to_string(*aim) : "–");
    }
  }
  return *check.left == 0 ? not_tested("G11", formula) : check;
}

std::vector<IndicatorCheck> check_participants(Framework framework, std::span<const Participation> participations,
                                               const ProjectTerms& project, const IndicatorTerms& t) {
  std::vector<const Participation*> entered, complete;
  for (const Participation& p : participations) {
    if (!had_entered(p, t)) continue;
    entered.push_back(&p);
    if (missing_facts(p, framework, t).empty()) complete.push_back(&p);
  }
  std::vector<IndicatorCheck> checks;
  const auto each = [&](std::string id, Level level, std::string formula, const std::vector<const Participation*>& asked,
                        const std::function<bool(const Participation&)>& holds) {
    IndicatorCheck check;
    check.id = std::move(id), check.level = level, check.formula = std::move(formula);
    // The persons are all there; a cell of text has room for some.
    constexpr std::size_t named = 100;
    for (const Participation* p : asked)
      if (!holds(*p)) {
        check.persons.push_back(p->person);
        if (check.persons.size() <= named) check.cells += (check.cells.empty() ? "" : ", ") + p->reference;
      }
    if (check.persons.size() > named) check.cells += ", … +" + std::to_string(check.persons.size() - named);
    check.left = std::ssize(asked), check.right = std::ssize(asked) - std::ssize(check.persons);
    if (!check.persons.empty()) check.result = Found::Differs;
    checks.push_back(std::move(check));
  };

  for (const Formula& one : formulas(framework, true)) {
    const Relation parts = relation(one.formula);
    each(std::string(one.id), one.level, std::string(one.formula), complete, [&](const Participation& p) {
      const auto flag = [&](std::string_view code) -> std::int64_t {
        if (code == "DISADVANTAGED") return disadvantaged(p, t) == Answer::Yes;
        const Indicator* found = indicator(code);
        return found && answer(*found, p, t) == Answer::Yes;
      };
      return parts.holds(sum(parts.left, flag), sum(parts.right, flag));
    });
  }
  using Persons = std::map<std::uint32_t, int>;
  Persons records;
  for (const Participation* p : entered) ++records[p->person];
  each("A8", Level::Error, "0 ≤ CO ≤ 1", entered, [&](const Participation& p) { return records[p.person] == 1; });
  if (framework == Framework::Yei)
    each("A12", Level::Error, "dropped_out → YEI-CR01 = 0", entered, [](const Participation& p) {
      return !(p.result && p.result->completed == Answer::Yes && p.result->exit_reason &&
               p.result->exit_reason->value == "dropped_out");
    });
  if (framework == Framework::EsfPlus)
    each("A13", Level::Error, "gender, employment_status, birth_date, isced_level", entered,
         [&](const Participation& p) { return missing_facts(p, framework, t).empty(); });
  const Indicator& long_term = *indicator(framework == Framework::EsfPlus ? "EECO03" : "CO02");
  std::vector<const Participation*> flagged;
  for (const Participation* p : entered)
    if (long_term_agrees(*p, long_term, t)) flagged.push_back(p);
  // Most registers have no such column; the days are what is counted.
  const std::string of_flag = std::string(long_term.code) + " = register";
  if (flagged.empty())
    checks.push_back(not_tested("P7", of_flag));
  else
    each("P7", Level::Error, of_flag, flagged, [&](const Participation& p) { return *long_term_agrees(p, long_term, t); });
  each("P9", Level::Error, "entry ≤ exit ≤ result ≤ exit + " + std::to_string(t.immediate_days) + " days", entered,
       [&](const Participation& p) { return days_in_order(p, project, t); });
  each("P10", Level::Error, "result → exit", entered, [](const Participation& p) { return !result_without_exit(p); });
  if (framework == Framework::Yei)
    each("P13", Level::Error, "age < " + std::to_string(t.yei_below_age) + ", NEET", entered,
         [&](const Participation& p) { return in_yei_group(p, t); });
  std::map<std::string, int> numbers, names;
  const auto name_and_day = [](const Participation& p) {
    return p.born_on && !p.name.empty() ? p.name + "\n" + p.born_on->value.iso() : std::string();
  };
  for (const Participation* p : entered) {
    if (p->number) ++numbers[p->number->digits()];
    if (const std::string key = name_and_day(*p); !key.empty()) ++names[key];
  }
  each("P14", Level::Error, "identity_number", entered,
       [&](const Participation& p) { return !p.number || numbers[p.number->digits()] == 1; });
  each("P14", Level::Warning, "name, birth_date", entered, [&](const Participation& p) {
    const std::string key = name_and_day(p);
    return key.empty() || names[key] == 1;
  });
  each("P15", Level::Warning, "ISCED 5–8 → age ≥ 18, ISCED 3 → age ≥ 16", entered,
       [&](const Participation& p) { return plausible_level(p, t); });
  each("P16", Level::Error, "** → information_given_on", entered, informed);
  each("P17", Level::Error,
       std::to_string(t.target_age_from) + " ≤ age ≤ " + std::to_string(t.target_age_to) + ", evidence ≤ entry", entered,
       [&](const Participation& p) { return in_target_group(p, t); });
  return checks;
}

}  // namespace horisont
