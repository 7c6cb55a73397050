// The outcome of the project in the form in which Region Värmland published its first one on 4 April 2017: how many had taken
// part, how many had completed, and of the completed the shares in work and in studies. The denominator is the completed, never
// all (programmes and projects, section 7).

#include <algorithm>
#include <map>

#include "core/reports/cells.h"
#include "core/reports/measures.h"
#include "core/reports/said.h"

namespace horisont {
namespace {

// The published figure of a measure: a number, or a share of the completed.
struct Published {
  const PublishedFigure* figure = nullptr;
  bool agrees = false;
};

std::string digits_of(const std::string& printed) {
  std::string digits;
  for (const char c : printed)
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

// Compares what was printed with what counts on the day of the figure, rounded as it was printed.
Published published(std::string_view measure_key, const ReportInput& input) {
  static constexpr std::pair<std::string_view, std::string_view> keys[] = {{"taken_part", "participants"},
                                                                           {"completed", "completed"},
                                                                           {"completed_employed", "employed_share"},
                                                                           {"completed_in_studies", "studies_share"}};
  const auto key = std::find_if(std::begin(keys), std::end(keys), [&](const auto& pair) { return pair.first == measure_key; });
  if (key == std::end(keys)) return {};
  for (const PublishedFigure& figure : input.project.published) {
    if (figure.key != key->second) continue;
    const std::int64_t number = count(measure(measure_key)->counts, input.participations, figure.as_of);
    std::optional<std::int64_t> comparable = number;
    if (figure.value.find('%') != std::string::npos)
      comparable = per_cent(Ratio{number, count(completed, input.participations, figure.as_of)});
    return {&figure, comparable && std::to_string(*comparable) == digits_of(figure.value)};
  }
  return {};
}

Sheet outcome(const ReportInput& input, Date as_of) {
  Sheet sheet{.id = "outcome",
              .fields = {"measure", "number", "of", "share", "share_rounded", "published", "published_on", "published_agrees",
                         "definition", "source"}};
  const std::vector<std::uint32_t> all = who(taken_part, input.participations, as_of);
  const std::vector<std::uint32_t> done = who(completed, input.participations, as_of);
  for (const Measure& row : outcome_measures()) {
    const std::string key(row.key);
    const std::vector<std::uint32_t> persons = who(row.counts, input.participations, as_of);
    const auto number = static_cast<std::int64_t>(persons.size());
    const bool of_completed = key.starts_with("completed_");
    const std::vector<std::uint32_t>& base = of_completed ? done : all;
    const Ratio share{number, static_cast<std::int64_t>(base.size())};
    const bool has_share = row.counts != taken_part;
    const Published known = published(key, input);
    add_row(sheet, row_of(cell(Message{"measure." + key, {}}), persons_cell(persons), has_share ? persons_cell(base) : Cell{},
                          has_share ? row_sum_cell(share, {1, 2}) : Cell{},
                          has_share && share.denominator > 0 ? row_sum_cell(*per_cent(share), {1, 2}) : Cell{},
                          known.figure ? text_cell(known.figure->value) : Cell{},
                          known.figure ? cell(known.figure->as_of) : Cell{}, known.figure ? yes_no_cell(known.agrees) : Cell{},
                          cell(Message{"def." + key, {}}), known.figure ? cited_cell(known.figure->cited.text) : Cell{}));
  }
  return sheet;
}

using Group = std::vector<const Participation*>;

Group all_of(std::span<const Participation> participations) {
  Group all;
  for (const Participation& p : participations) all.push_back(&p);
  return all;
}

// Numbers of a group of participations, and the shares of its completed.
std::vector<Cell> group_cells(const Group& group, Date as_of, std::uint32_t first_place) {
  std::vector<std::uint32_t> part = who(taken_part, group, as_of), done = who(completed, group, as_of);
  std::vector<std::uint32_t> employed = who(completed_employed, group, as_of),
                             studies = who(completed_in_studies, group, as_of);
  const auto completed_number = static_cast<std::int64_t>(done.size());
  const Ratio employed_share{static_cast<std::int64_t>(employed.size()), completed_number};
  const Ratio studies_share{static_cast<std::int64_t>(studies.size()), completed_number};
  return row_of(persons_cell(std::move(part)), persons_cell(std::move(done)), persons_cell(std::move(employed)),
                persons_cell(std::move(studies)), row_sum_cell(employed_share, {first_place + 2, first_place + 1}),
                row_sum_cell(studies_share, {first_place + 3, first_place + 1}));
}

void set_total(Sheet& sheet, std::size_t place, Cell total) {
  if (sheet.totals.empty()) sheet.totals.resize(sheet.fields.size());
  sheet.totals[place] = std::move(total);
}

Sheet subprojects(const ReportInput& input, Date as_of) {
  Sheet sheet{.id = "subprojects",
              .fields = {"subproject", "planned", "taken_part", "completed", "completed_employed", "completed_in_studies",
                         "employed_share", "studies_share"}};
  std::map<const Subproject*, Group> groups;
  for (const Participation& p : input.participations) groups[subproject_of(p, input.project)].push_back(&p);
  const auto add = [&](Cell name, std::optional<int> planned, const Group& group) {
    std::vector<Cell> row = row_of(std::move(name), planned ? setting_cell(std::int64_t{*planned}) : Cell{});
    for (Cell& number : group_cells(group, as_of, 2)) row.push_back(std::move(number));
    add_row(sheet, std::move(row));
  };
  for (const Subproject& subproject : input.project.subprojects)
    add(text_cell(subproject.name), subproject.planned_participants, groups[&subproject]);
  if (!groups[nullptr].empty() || input.project.subprojects.empty())
    add(cell(Message{"outcome.without_subproject", {}}), std::nullopt, groups[nullptr]);
  add_totals(sheet, {"planned", "taken_part", "completed", "completed_employed", "completed_in_studies"});
  std::vector<Cell> all = group_cells(all_of(input.participations), as_of, 2);
  set_total(sheet, 6, std::move(all[4]));
  set_total(sheet, 7, std::move(all[5]));
  return sheet;
}

// Months of the operation up to the day, and any other month in which somebody entered or left.
Sheet per_month(const ReportInput& input, Date as_of) {
  struct Sum {
    std::vector<std::uint32_t> entries, exits, done;
  };
  std::map<Month, Sum> months;
  if (!input.project.grants.empty()) {
    const Period operation = input.project.operation();
    const Date last = std::min(as_of, operation.last.value_or(as_of));
    for (Month month = Month::containing(operation.first); month.first() <= last; month = month.next()) months[month];
  }
  for (const Participation& p : input.participations) {
    if (taken_part(p, as_of)) months[Month::containing(p.entered_on->value)].entries.push_back(p.person);
    if (left(p, as_of)) months[Month::containing(*last_day(p))].exits.push_back(p.person);
    if (completed(p, as_of)) months[Month::containing(*last_day(p))].done.push_back(p.person);
  }
  Sheet sheet{.id = "per_month", .fields = {"month", "entries", "exits", "completed", "taken_part_to_date"}};
  for (auto& [month, sum] : months)
    add_row(sheet, row_of(cell(month), persons_cell(std::move(sum.entries)), persons_cell(std::move(sum.exits)),
                          persons_cell(std::move(sum.done)),
                          persons_cell(who(taken_part, input.participations, std::min(month.last(), as_of)))));
  add_totals(sheet, {"entries", "exits", "completed"});
  return sheet;
}

Sheet schools(const ReportInput& input, Date as_of) {
  Sheet sheet{.id = "schools",
              .fields = {"school", "left", "complete_grades", "national_programme", "grades_share", "programme_share"}};
  std::map<std::string, Group> groups;
  for (const Participation& p : input.participations)
    if (taken_part(p, as_of)) groups[p.school && !p.protected_identity ? p.school->value : std::string()].push_back(&p);
  const auto numbers = [&](const Group& group) -> std::vector<Cell> {
    std::vector<std::uint32_t> gone = who(left, group, as_of), grades = who(left_with_grades, group, as_of),
                               programme = who(left_to_national_programme, group, as_of);
    const Ratio grades_share{std::ssize(grades), std::ssize(gone)}, programme_share{std::ssize(programme), std::ssize(gone)};
    return row_of(persons_cell(std::move(gone)), persons_cell(std::move(grades)), persons_cell(std::move(programme)),
                  row_sum_cell(grades_share, {2, 1}), row_sum_cell(programme_share, {3, 1}));
  };
  for (const auto& [school, group] : groups) {
    std::vector<Cell> row = row_of(school.empty() ? cell(Message{"outcome.without_school", {}}) : text_cell(school));
    for (Cell& number : numbers(group)) row.push_back(std::move(number));
    add_row(sheet, std::move(row));
  }
  add_totals(sheet, {"left", "complete_grades", "national_programme"});
  std::vector<Cell> all = numbers(all_of(input.participations));
  set_total(sheet, 4, std::move(all[3]));
  set_total(sheet, 5, std::move(all[4]));
  return sheet;
}

}  // namespace

Report project_outcome(const ReportInput& input, Date as_of) {
  Report report = new_report("project-outcome", input, {as_of, as_of});
  report.sheets = {outcome(input, as_of), subprojects(input, as_of), per_month(input, as_of)};
  if (input.project.school_project) report.sheets.push_back(schools(input, as_of));

  const std::optional<Date> end = input.project.grants.empty() ? std::nullopt : input.project.operation().last;
  const bool running = !end || as_of < *end;
  report.notes.push_back({running ? "outcome.preliminary" : "outcome.final", {as_of.iso()}});

  const auto number = [&](Counts counts) { return count(counts, input.participations, as_of); };
  const Sheet& by_subproject = report.sheets[1];
  const Sheet& by_month = report.sheets[2];
  report.checks = {
      {{"check.outcome_parts", {}},
       number(completed_employed) + number(completed_in_studies) - number(completed_both) + number(completed_other) +
           number(completed_neither) + number(completed_not_known),
       number(completed)},
      {{"check.subprojects", {}}, total_of(by_subproject, "taken_part"), number(taken_part)},
      {{"check.subprojects_completed", {}}, total_of(by_subproject, "completed"), number(completed)},
      {{"check.entries", {}}, total_of(by_month, "entries"), number(taken_part)},
      {{"check.exits", {}}, total_of(by_month, "exits"), number(left)},
  };
  const std::int64_t not_known = number(completed_not_known);
  if (not_known > 0) report.remaining.push_back({{"remaining.outcome_not_known", {}}, not_known});
  for (const PublishedFigure& figure : input.project.published)
    if (figure.cited.confidence == Confidence::UnverifiedDefault)
      report.unverified.push_back({"unverified.published", figure.value, input.project.key + ".toml: published " + figure.key});
  return report;
}

}  // namespace horisont
