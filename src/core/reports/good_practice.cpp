// The good-practice sheet in the spirit of the regional handbook on early school leaving of 2017 (its own form is not
// available), and the projects side by side. Numbers come from the same measures as the outcome sheet; the free text is
// people's own.

#include <algorithm>

#include "core/reports/cells.h"
#include "core/reports/measures.h"

namespace horisont {
namespace {

// Rows that people write, in the order of the form.
constexpr std::string_view written_rows[] = {"problem", "aim",          "steps",     "partners", "young_people", "resources",
                                             "worked",  "did_not_work", "follow_up", "copying",  "contact"};

const GrantDecision* newest_grant(const ProjectTerms& project, Date on) {
  const GrantDecision* newest = nullptr;
  for (const GrantDecision& grant : project.grants) {
    if (grant.decided_on && *grant.decided_on > on) continue;
    if (!newest || !newest->decided_on || (grant.decided_on && *grant.decided_on >= *newest->decided_on)) newest = &grant;
  }
  return newest;
}

std::string joined(const std::vector<Subproject>& subprojects) {
  std::string names;
  for (const Subproject& subproject : subprojects) names += (names.empty() ? "" : ", ") + subproject.name;
  return names;
}

Cell money_cell(const std::optional<Money>& amount) { return amount ? setting_cell(*amount) : Cell{}; }

Cell share_cell(const ReportInput& input, Counts counts, Counts base, Date as_of) {
  const Ratio share{count(counts, input.participations, as_of), count(base, input.participations, as_of)};
  return counted_cell(share, who(counts, input.participations, as_of), Cell::Counted::Persons);
}

Cell median_cell(const ReportInput& input, Date as_of) {
  const auto median = median_minutes(input, as_of);
  return median ? counted_cell(*median, who(taken_part, input.participations, as_of), Cell::Counted::Persons) : Cell{};
}

Cell operation_cell(const ProjectTerms& project) {
  if (project.grants.empty()) return {};
  const Period operation = project.operation();
  if (operation.last) return cell(words(ReportPeriod{operation.first, *operation.last}));
  return cell(Bilingual{"från " + operation.first.iso(), "from " + operation.first.iso()});
}

void add_practice(Sheet& sheet, const ReportInput& input, std::span<const GoodPracticeText> texts, Date as_of) {
  const ProjectTerms& project = input.project;
  const auto add = [&](std::string_view row, Cell value, bool of_a_day = false) {
    add_row(sheet, row_of(cell(Message{"practice." + std::string(row), {}}), std::move(value), Cell{},
                          of_a_day ? cell(as_of) : Cell{}));
  };
  const auto persons = [&](std::string_view row, Counts counts) {
    add(row, persons_cell(who(counts, input.participations, as_of)), true);
  };
  // What no public source tells is said to be unknown, not left empty as if nobody had looked.
  const auto add_known = [&](std::string_view row, std::string_view field, Cell value) {
    const bool empty = std::holds_alternative<std::monostate>(value.value);
    const bool unknown = std::find(project.not_known.begin(), project.not_known.end(), field) != project.not_known.end();
    add(row, empty && unknown ? cell(Message{"practice.not_known", {}}) : std::move(value));
  };
  const GrantDecision* grant = newest_grant(project, as_of);

  add_row(sheet, row_of(cell(Message{"practice.project", {}}), cell(project.name), Cell{}, Cell{}), Role::Heading);
  add_known("record_number", "record_number", text_cell(project.record_number));
  add("fund", cell(input.programme.name));
  add("period", operation_cell(project));
  add_known("area", "programme_area", text_cell(project.programme_area));
  add("municipalities", text_cell(joined(project.subprojects)));
  add_known("target_group", "target_group", project.target_group.sv.empty() ? Cell{} : cell(project.target_group));
  persons("participants", taken_part);
  persons("women", woman);
  persons("men", man);
  persons("completed", completed);
  persons("employed", completed_employed);
  persons("in_studies", completed_in_studies);
  add("median_hours", median_cell(input, as_of), true);
  add_known("budget", "budget", grant ? money_cell(grant->budget) : Cell{});
  add_known("support_esf", "granted_esf", grant ? money_cell(grant->granted_esf) : Cell{});
  add_known("support_yei", "granted_yei", grant ? money_cell(grant->granted_yei) : Cell{});
  add("support_share", grant ? text_cell(grant->union_rate_stated) : Cell{});
  add("other_currency", grant ? text_cell(grant->amounts_other_currency) : Cell{});

  for (const std::string_view row : written_rows) {
    const auto written = std::find_if(texts.begin(), texts.end(), [&](const GoodPracticeText& text) {
      return text.project == project.key && text.field == row;
    });
    const bool empty = written == texts.end() || (written->text.sv.empty() && written->text.en.empty());
    // The aim as the project file has it, until somebody writes it for this sheet.
    const bool known_aim = empty && row == "aim" && !project.aim.sv.empty();
    add_row(sheet, row_of(cell(Message{"practice." + std::string(row), {}}),
                          known_aim ? cell(project.aim)
                          : empty   ? Cell{}
                                    : cell(written->text),
                          empty && !known_aim ? cell(Message{"practice." + std::string(row) + ".hint", {}}) : Cell{}, Cell{}));
  }
}

std::int64_t minutes_until(const ReportInput& input, Date as_of, std::uint16_t LedgerLine::*part) {
  std::int64_t sum = 0;
  for (const LedgerLine& line : input.hours.lines)
    if (input.times[line.record].day <= as_of.days()) sum += line.*part;
  return sum;
}

std::vector<std::uint32_t> records_until(const ReportInput& input, Date as_of) {
  std::vector<std::uint32_t> records;
  for (const LedgerLine& line : input.hours.lines)
    if (input.times[line.record].day <= as_of.days()) records.push_back(line.record);
  return records;
}

// What the cells counted, as the report of all projects numbers it.
void count_on(std::vector<Cell>& row, std::size_t first, std::size_t end, const Beginning& at) {
  for (std::size_t i = first; i < end; ++i) {
    const std::uint32_t more = row[i].counted_kind == Cell::Counted::Persons        ? at.persons
                               : row[i].counted_kind == Cell::Counted::TimeRecords  ? at.times
                               : row[i].counted_kind == Cell::Counted::StaffRecords ? at.staff
                                                                                    : 0;
    for (std::uint32_t& one : row[i].counted) one += more;
  }
}

Sheet comparison(std::span<const ReportInput* const> projects, Date as_of) {
  Sheet sheet{.id = "comparison", .fields = {"measure"}};
  for (const ReportInput* input : projects) sheet.fields.push_back("project_" + input->project.key);
  sheet.fields.push_back("definition");
  const auto add = [&](std::string_view key, auto&& value) {
    std::vector<Cell> row = row_of(cell(Message{"measure." + std::string(key), {}}));
    for (const ReportInput* input : projects) row.push_back(value(*input));
    row.push_back(cell(Message{"def." + std::string(key), {}}));
    add_row(sheet, std::move(row));
  };
  const auto add_persons = [&](std::string_view key) {
    add(key, [&](const ReportInput& input) { return persons_cell(who(measure(key)->counts, input.participations, as_of)); });
  };
  add("planned", [&](const ReportInput& input) {
    const auto planned = planned_participants(input.project, as_of);
    return planned ? setting_cell(*planned) : Cell{};
  });
  for (const std::string_view key : {"taken_part", "women", "men", "left", "completed"}) add_persons(key);
  add("completed_share", [&](const ReportInput& input) { return share_cell(input, completed, taken_part, as_of); });
  add_persons("completed_employed");
  add("employed_share", [&](const ReportInput& input) { return share_cell(input, completed_employed, completed, as_of); });
  add_persons("completed_in_studies");
  add("studies_share", [&](const ReportInput& input) { return share_cell(input, completed_in_studies, completed, as_of); });
  add_persons("completed_not_known");
  add("median_hours", [&](const ReportInput& input) { return median_cell(input, as_of); });
  add("accepted_hours", [&](const ReportInput& input) {
    return minutes_cell(minutes_until(input, as_of, &LedgerLine::accepted), records_until(input, as_of));
  });
  add("refused_hours", [&](const ReportInput& input) {
    return minutes_cell(minutes_until(input, as_of, &LedgerLine::refused), records_until(input, as_of));
  });
  return sheet;
}

// The shares again, a project a row, as a chart wants them.
Sheet shares(std::span<const ReportInput* const> projects, std::span<const Beginning> begin, Date as_of) {
  Sheet sheet{.id = "shares", .fields = {"project", "completed", "employed", "in_studies"}};
  for (std::size_t i = 0; i < projects.size(); ++i) {
    const ReportInput& input = *projects[i];
    std::vector<Cell> row = row_of(cell(input.project.name), share_cell(input, completed, taken_part, as_of),
                                   share_cell(input, completed_employed, completed, as_of),
                                   share_cell(input, completed_in_studies, completed, as_of));
    count_on(row, 0, row.size(), begin[i]);
    add_row(sheet, std::move(row));
  }
  return sheet;
}

}  // namespace

Report good_practice(std::span<const ReportInput* const> projects, std::span<const GoodPracticeText> texts, Date as_of) {
  if (projects.empty()) {
    Report none;
    none.kind = "good-practice";
    return none;
  }
  Report report = new_report("good-practice", *projects.front(), {as_of, as_of});
  for (const ReportInput* input : projects.subspan(1)) {
    report.project += "+" + input->project.key;
    report.project_name.sv += ", " + input->project.name.sv;
    report.project_name.en += ", " + input->project.name.en;
    if (!input->project.record_number.empty())
      report.record_number += (report.record_number.empty() ? "" : ", ") + input->project.record_number;
    if (input->project.owner != projects.front()->project.owner) report.organisation += ", " + input->project.owner;
  }
  Sheet practice{.id = "practice", .fields = {"label", "value", "hint", "as_of"}};
  std::int64_t empty_rows = 0;
  const std::vector<Beginning> begin = beginnings(projects);
  for (std::size_t i = 0; i < projects.size(); ++i) {
    const std::size_t before = practice.rows.size();
    add_practice(practice, *projects[i], texts, as_of);
    for (std::size_t row = before; row < practice.rows.size(); ++row)
      count_on(practice.rows[row], 0, practice.rows[row].size(), begin[i]);
  }
  for (const auto& row : practice.rows)
    if (!std::holds_alternative<std::monostate>(row[2].value)) ++empty_rows;
  report.sheets = {std::move(practice), comparison(projects, as_of), shares(projects, begin, as_of)};
  for (auto& row : report.sheets[1].rows)
    for (std::size_t i = 0; i < projects.size(); ++i) count_on(row, i + 1, i + 2, begin[i]);

  for (const ReportInput* input : projects) {
    report.names.emplace_back(input->project.key, input->project.name);
    const std::int64_t until =
        minutes_until(*input, as_of, &LedgerLine::accepted) + minutes_until(*input, as_of, &LedgerLine::refused);
    std::int64_t reported = 0;
    for (const TimeRecord& record : input->times)
      if (record.day <= as_of.days()) reported += record.minutes;
    report.checks.push_back({{"check.reported_of", {input->project.short_name}}, until, reported, true});
  }
  report.notes.push_back({"outcome.as_of", {as_of.iso()}});
  if (empty_rows > 0) report.remaining.push_back({{"remaining.practice_texts", {}}, empty_rows});
  report.unverified.push_back({"unverified.practice_form", "", "report-templates/good-practice/template.toml"});
  return report;
}

}  // namespace horisont
