#include "app/indicators.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/report.h"
#include "core/indicators/checks.h"
#include "core/reports/measures.h"

namespace horisont {
namespace {

constexpr std::string_view by_names[] = {"", "region", "municipality", "school", "subproject"};

std::string group_of(const Participation& p, const ProjectTerms& project, IndicatorsBy by) {
  // Where a person with protected identity lives, goes to school or takes part is not for others to read.
  if (by == IndicatorsBy::Region) return project.nuts2;
  if (p.protected_identity) return {};
  switch (by) {
    case IndicatorsBy::Municipality:
      return p.home_municipality ? p.home_municipality->value : std::string();
    case IndicatorsBy::School:
      return p.school ? p.school->value : std::string();
    case IndicatorsBy::Subproject: {
      const Subproject* subproject = subproject_of(p, project);
      return subproject ? subproject->name : std::string();
    }
    default:
      return {};
  }
}

}  // namespace

std::optional<IndicatorsBy> indicators_by(std::string_view name) {
  const auto found = std::find(std::begin(by_names), std::end(by_names), name);
  if (found == std::end(by_names)) return std::nullopt;
  return static_cast<IndicatorsBy>(found - std::begin(by_names));
}

std::vector<Framework> frameworks_of(const ProjectState& state, const std::string& programme) {
  static constexpr std::pair<std::string_view, Framework> all[] = {
      {"esf-2014-2020", Framework::Esf2014}, {"yei", Framework::Yei}, {"esf-plus-2021-2027", Framework::EsfPlus}};
  static constexpr const char* kinds[] = {"indicators-esf-2014", "indicators-yei", "indicators-esf-plus"};
  std::vector<Framework> found;
  for (const auto& [key, framework] : all)
    if ((programme.empty() || programme == key) && report_fits(kinds[static_cast<std::size_t>(framework)], state.programme->key))
      found.push_back(framework);
  return found;
}

Table indicators_table(const ProjectState& state, std::span<const Framework> frameworks, std::optional<int> year, IndicatorsBy by) {
  const ReportInput input = state.input();
  const IndicatorTerms terms = indicator_terms(input, state.today);
  Table table{.schema = "indicators"};
  table.facts = {{"project", state.project->key}, {"programme", state.programme->key}, {"as_of", state.today.iso()}};
  if (year) table.facts.emplace_back("year", static_cast<std::int64_t>(*year));
  using Kind = Table::Column::Kind;
  const bool plus = std::find(frameworks.begin(), frameworks.end(), Framework::EsfPlus) != frameworks.end();
  if (by != IndicatorsBy::Nothing) table.columns.push_back({std::string(by_names[static_cast<std::size_t>(by)]), {"Grupp", "Group"}});
  table.columns.insert(table.columns.end(), {{"code", {"Kod", "Code"}},
                                             {"name", {"Indikator", "Indicator"}},
                                             {"men", {"Män", "Men"}, Kind::Count},
                                             {"women", {"Kvinnor", "Women"}, Kind::Count}});
  if (plus) table.columns.push_back({"non_binary", {"Icke-binära", "Non-binary"}, Kind::Count});
  table.columns.insert(table.columns.end(), {{"total", {"Totalt", "Total"}, Kind::Count},
                                             {"not_eligible", {"Varav inte behöriga", "Of them not eligible"}, Kind::Count},
                                             {"base", {"Bas", "Base"}},
                                             {"base_total", {"Antal i basen", "Number in the base"}, Kind::Count},
                                             {"reference", {"Avser dagen", "On the day of"}},
                                             {"confidence", {"Säkerhet", "Confidence"}}});
  table.when_empty = {"Projektet har inga indikatorer i det programmet.", "The project has no indicators of that programme."};

  std::map<std::string, std::vector<Participation>> groups;
  if (by != IndicatorsBy::Nothing)
    for (const Participation& p : input.participations) groups[group_of(p, *state.project, by)].push_back(p);
  // Indicators count who takes part, whatever the rules say; who among them is not eligible stands beside the number.
  std::set<std::uint32_t> not_eligible;
  for (const Decision& decision : state.decisions)
    if (decision.verdict == Verdict::NotEligible) not_eligible.insert(decision.person);
  const auto add = [&](const std::string* group, std::span<const Participation> people) {
    std::vector<Participation> of_them;
    for (const Participation& p : people)
      if (not_eligible.contains(p.person)) of_them.push_back(p);
    for (const Framework framework : frameworks) {
      IndicatorValues values = count_indicators(framework, people, terms, year);
      const IndicatorValues of_not_eligible = count_indicators(framework, of_them, terms, year);
      // An estimate is of the whole operation.
      if (!group) put_estimates(values, framework, state.project->estimates, state.today, year);
      for (const Indicator& one : indicators(framework)) {
        std::vector<Table::Value> row;
        if (group) row.push_back(group->empty() ? Table::Value(Message{"table.unknown-group", {}}) : Table::Value(*group));
        row.push_back(std::string(one.code));
        // The name itself, for programs too; the code they have.
        const Message name{"indicator." + std::string(one.code), {}};
        row.push_back(Message{"table.text", {in_both(words(name, Language::Swedish), words(name, Language::English))}});
        // Projects and enterprises are not counted here: no number is not none.
        const auto number = [&](std::int64_t value) { return one.counts ? Table::Value(value) : Table::Value(std::string()); };
        for (const Column column : {Column::Men, Column::Women}) row.push_back(number(values.number(one.code, column)));
        if (plus) row.push_back(number(values.number(one.code, Column::NonBinary)));
        row.push_back(number(values.number(one.code, Column::Total)));
        row.push_back(number(of_not_eligible.number(one.code, Column::Total)));
        const bool result = one.in_base != nullptr;
        row.push_back(result ? one.base.empty() ? std::string("COMPLETE") : std::string(one.base) : std::string());
        row.push_back(result ? Table::Value(base_number(values, one.base, Column::Total)) : Table::Value(std::string()));
        row.push_back(Message{"indicator-date." + std::string(name_of(one.reference)), {}});
        row.push_back(Message{"confidence." + std::string(name_of(one.source.confidence)), {}});
        table.rows.push_back(std::move(row));
      }
    }
  };
  if (by == IndicatorsBy::Nothing) add(nullptr, input.participations);
  for (const auto& [group, people] : groups) add(&group, people);
  return table;
}

}  // namespace horisont
