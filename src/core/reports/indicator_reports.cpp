// The tables of the indicators: ESF 2014–2020 (2A, 2C, 4A, 4B), YEI (2B) and ESF+ (tables 6 and 10), with who is missing from
// them, what the Commission's checks and ours say, and how every number is defined. Targets and estimates are those of the
// project's file; without them their cells are empty, as are the ratios.

#include <algorithm>
#include <array>

#include "core/indicators/checks.h"
#include "core/reports/cells.h"
#include "core/reports/indicator_tables.h"
#include "core/reports/measures.h"
#include "core/reports/said.h"

namespace horisont {

IndicatorTerms indicator_terms(const ReportInput& input, Date as_of) {
  IndicatorTerms terms{.as_of = as_of};
  if (const auto* days = input.programme.immediate_result_days.on(as_of)) terms.immediate_days = days->value;
  if (const auto* months = input.programme.longer_term_months.on(as_of)) terms.longer_term_months = months->value;
  if (const auto* leap = input.programme.leap_birthday.on(as_of)) terms.leap = leap->value;
  return terms;
}

namespace {

constexpr int first_year = 2014, last_year = 2023;

std::span<const Column> columns_of(Framework framework) {
  static constexpr Column plus[] = {Column::Men, Column::Women, Column::NonBinary, Column::Total};
  static constexpr Column before[] = {Column::Men, Column::Women, Column::Total};
  return framework == Framework::EsfPlus ? std::span<const Column>(plus) : std::span<const Column>(before);
}

struct Counted {
  Framework framework;
  IndicatorTerms terms;
  IndicatorValues values, year_before;
  std::vector<IndicatorValues> years;  // 2014 … 2023; none for ESF+
  std::vector<IndicatorValues> parts;  // of each sub-project, where there are several
  std::vector<Achieved> ratios;        // those of the tables
};

Counted count_all(const ReportInput& input, Framework framework, Date as_of) {
  Counted counted{framework, indicator_terms(input, as_of), {}, {}, {}, {}, {}};
  counted.values = count_indicators(framework, input.participations, counted.terms);
  IndicatorTerms earlier = counted.terms;
  earlier.as_of = as_of.plus_days(-365);
  counted.year_before = count_indicators(framework, input.participations, earlier);
  const std::span<const IndicatorEstimate> estimates = input.project.estimates;
  put_estimates(counted.values, framework, estimates, as_of);
  put_estimates(counted.year_before, framework, estimates, earlier.as_of);
  if (framework != Framework::EsfPlus)
    for (int year = first_year; year <= last_year; ++year) {
      counted.years.push_back(count_indicators(framework, input.participations, counted.terms, year));
      put_estimates(counted.years.back(), framework, estimates, as_of, year);
    }
  if (input.project.subprojects.size() > 1) {
    std::map<const Subproject*, std::vector<Participation>> people;
    for (const Participation& p : input.participations)
      if (const Subproject* subproject = subproject_of(p, input.project)) people[subproject].push_back(p);
    for (const auto& [unused, of_part] : people) counted.parts.push_back(count_indicators(framework, of_part, counted.terms));
    if (counted.parts.empty()) counted.parts.emplace_back();
  }
  for (const IndicatorTarget& target : input.project.targets)
    if (const Indicator* one = indicator(target.indicator))
      for (const Column column : all_columns)
        if (auto found = achieved(*one, target, counted.values, column)) counted.ratios.push_back(*std::move(found));
  return counted;
}

// An item of the operation as the project's file tells it.
Cell item_cell(const ReportInput& input, std::string_view word) {
  for (const OperationItem& item : input.project.operation_items)
    if (item.item == word) return text_cell(item.value);
  return {};
}

Cell name_cell(std::string_view code) { return cell(Message{"indicator." + std::string(code), {}}); }
// Who is disadvantaged is said by the outputs that say it.
Cell base_cell(std::string_view base) { return text_cell(base == "DISADVANTAGED" ? "CO12–CO17" : base); }
void add_targets(std::vector<Cell>& row, const ReportInput& input, std::string_view code, std::span<const Column> columns) {
  const IndicatorTarget* target = target_of(code, input.project.targets);
  for (const Column column : columns) {
    const auto aim = target ? target_in(*target, column) : std::nullopt;
    row.push_back(aim ? setting_cell(*aim) : Cell{});
  }
}
void add_ratios(std::vector<Cell>& row, const Counted& counted, std::string_view code, std::span<const Column> columns) {
  for (const Column column : columns) {
    const auto found = std::find_if(counted.ratios.begin(), counted.ratios.end(),
                                    [&](const Achieved& one) { return one.indicator == code && one.column == column; });
    if (found == counted.ratios.end()) {
      row.emplace_back();
      continue;
    }
    const Ratio ratio{found->numerator, found->denominator};
    // A target in per cent is of a base, and no count of these persons alone.
    auto persons = counted.values.of(code, column);
    row.push_back(std::ssize(persons) == ratio.numerator ? counted_cell(ratio, std::move(persons), Cell::Counted::Persons) : cell(ratio));
  }
}
Cell target_unit_cell(const ReportInput& input, std::string_view code) {
  const IndicatorTarget* target = target_of(code, input.project.targets);
  return target ? cell(Message{target->percent ? "indicator-unit.percent" : "indicator-unit.number", {}}) : Cell{};
}
Cell unit_cell() { return cell(Message{"indicator-unit.number", {}}); }
void leave_empty(std::vector<Cell>& row, std::size_t cells) { row.resize(row.size() + cells); }

std::vector<std::string> with_columns(Framework framework, const std::string& prefix) {
  std::vector<std::string> fields;
  for (const Column column : columns_of(framework)) fields.push_back(prefix + std::string(name_of(column)));
  return fields;
}
void append(std::vector<std::string>& fields, const std::vector<std::string>& more) {
  fields.insert(fields.end(), more.begin(), more.end());
}

void add_values(std::vector<Cell>& row, const IndicatorValues& values, std::string_view code, std::span<const Column> columns) {
  const bool estimated = values.estimated.contains(code);
  for (const Column column : columns)
    row.push_back(estimated ? setting_cell(values.number(code, column)) : persons_cell(values.of(code, column)));
}
// Target, outcome and how much of the target is reached, each column by column.
void add_figures(std::vector<Cell>& row, const ReportInput& input, const Counted& counted, const Indicator& one,
                 std::span<const Column> columns) {
  add_targets(row, input, one.code, columns);
  if (one.counts)
    add_values(row, counted.values, one.code, columns);
  else
    leave_empty(row, columns.size());
  add_ratios(row, counted, one.code, columns);
}

// Tables 6 and 10 of Annex VII.
Sheet table_plus(const ReportInput& input, const Counted& counted, bool results) {
  const std::span<const Column> columns = columns_of(Framework::EsfPlus);
  Sheet sheet{.id = results ? "table_10" : "table_6"};
  sheet.fields = {"priority", "specific_objective", "fund", "region", "id", "indicator"};
  if (results) sheet.fields.push_back("base");
  append(sheet.fields, {"unit"});
  if (results) append(sheet.fields, {"target_unit"});
  if (!results) append(sheet.fields, {"milestone"});
  append(sheet.fields, with_columns(Framework::EsfPlus, "target_"));
  append(sheet.fields, with_columns(Framework::EsfPlus, ""));
  append(sheet.fields, with_columns(Framework::EsfPlus, "ratio_"));
  sheet.fields.push_back("comment");
  for (const Indicator& one : indicators(Framework::EsfPlus)) {
    if ((one.in_base != nullptr) != results) continue;
    std::vector<Cell> row = row_of(item_cell(input, "priority"), item_cell(input, "specific_objective"), text_cell("ESF+"),
                                   item_cell(input, "region_category"), text_cell(one.code), name_cell(one.code));
    if (results) row.push_back(base_cell(one.base));
    row.push_back(unit_cell());
    const IndicatorTarget* target = target_of(one.code, input.project.targets);
    if (results)
      row.push_back(target_unit_cell(input, one.code));
    else
      row.push_back(target && target->milestone ? setting_cell(*target->milestone) : Cell{});
    add_figures(row, input, counted, one, columns);
    const IndicatorEstimate* estimate = may_be_estimated(one.code) ? estimate_of(one.code, input.project.estimates, counted.terms.as_of) : nullptr;
    row.push_back(estimate ? cell(Message{"indicator.estimated", {in_both(estimate->method.sv, estimate->method.en), estimate->on.iso()}}) : Cell{});
    add_row(sheet, std::move(row));
  }
  return sheet;
}

// Tables 2A, 2B and 4A of Implementing Regulation (EU) 2015/207.
Sheet table_by_year(const ReportInput& input, const Counted& counted, std::string id, std::span<const Indicator> rows, bool results) {
  static constexpr Column by_year[] = {Column::Men, Column::Women};
  static constexpr Column to_date[] = {Column::Total, Column::Men, Column::Women};
  Sheet sheet{.id = std::move(id)};
  sheet.fields = {"id", "indicator", "region"};
  if (results) append(sheet.fields, {"base", "unit"});
  append(sheet.fields, {"target_total", "target_men", "target_women"});
  for (int year = first_year; year <= last_year; ++year)
    for (const Column column : by_year) sheet.fields.push_back(std::string(name_of(column)) + "_" + std::to_string(year));
  append(sheet.fields, {"total", "men", "women", "ratio_total", "ratio_men", "ratio_women"});
  const auto add = [&](std::string_view code, std::string_view base, bool in_participants) {
    std::vector<Cell> row = row_of(text_cell(code), name_cell(code), item_cell(input, "region_category"));
    if (results) {
      const Cell unit = target_unit_cell(input, code);
      row.push_back(base_cell(base));
      row.push_back(std::holds_alternative<std::monostate>(unit.value) ? unit_cell() : unit);
    }
    add_targets(row, input, code, to_date);
    if (in_participants) {
      for (const IndicatorValues& year : counted.years) add_values(row, year, code, by_year);
      add_values(row, counted.values, code, to_date);
    } else {
      leave_empty(row, 2 * counted.years.size() + 3);
    }
    add_ratios(row, counted, code, to_date);
    add_row(sheet, std::move(row));
  };
  for (const Indicator& one : rows)
    if ((one.in_base != nullptr) == results) add(one.code, one.base, one.counts != nullptr);
  if (!results && !rows.empty()) add("GRAND", "", true);
  return sheet;
}

Sheet completeness(const ReportInput& input, const Counted& counted) {
  Sheet sheet{.id = "completeness", .fields = {"group", "participants"}};
  const IndicatorTerms& terms = counted.terms;
  std::vector<std::uint32_t> entered, complete, incomplete, gone, undated;
  std::map<std::string_view, std::vector<std::uint32_t>> lacking;
  for (const Participation& p : input.participations) {
    if (!had_entered(p, terms)) continue;
    entered.push_back(p.person);
    const auto missing = missing_facts(p, counted.framework, terms);
    (missing.empty() ? complete : incomplete).push_back(p.person);
    for (const std::string_view fact : missing) lacking[fact].push_back(p.person);
    if (!exit_by(p, terms)) continue;
    gone.push_back(p.person);
    const bool dated = p.result && std::any_of(p.result->events.begin(), p.result->events.end(),
                                               [](const LabourEvent& event) { return event.on.has_value(); });
    if (!dated) undated.push_back(p.person);
  }
  const auto add = [&](std::string_view group, std::vector<std::uint32_t> persons) {
    add_row(sheet, row_of(cell(Message{"indicator-group." + std::string(group), {}}), persons_cell(std::move(persons))));
  };
  add("participants", std::move(entered));
  add("complete", std::move(complete));
  add("incomplete", std::move(incomplete));
  for (const std::string_view fact : {"gender", "employment_status", "birth_date", "isced_level", "household"}) {
    if (fact == "household" && counted.framework == Framework::EsfPlus) continue;
    add("missing." + std::string(fact), lacking[fact]);
  }
  std::vector<std::uint32_t> stated, by_number, third;
  for (const Participation& p : input.participations) {
    if (!had_entered(p, terms) || p.gender.empty()) continue;
    (p.gender_by_number ? by_number : stated).push_back(p.person);
    if (p.gender == "non_binary") third.push_back(p.person);
  }
  add("gender.stated", std::move(stated));
  add("gender.by_number", std::move(by_number));
  add("gender.third", std::move(third));
  add("left", std::move(gone));
  add("undated_status", std::move(undated));
  // They took part and are counted (decision 244); how many is never left untold.
  std::vector<std::uint32_t> not_eligible;
  for (std::size_t i = 0; i < input.participations.size() && i < input.decisions.size(); ++i)
    if (input.decisions[i].verdict == Verdict::NotEligible && had_entered(input.participations[i], terms))
      not_eligible.push_back(input.participations[i].person);
  if (!not_eligible.empty()) add("not_eligible", std::move(not_eligible));
  return sheet;
}

Sheet checks(const ReportInput& input, const Counted& counted) {
  Sheet sheet{.id = "checks", .fields = {"id", "level", "formula", "column", "left", "right", "agrees", "disagree", "cells"}};
  std::vector<IndicatorCheck> all = check_values(counted.framework, counted.values, counted.year_before, counted.years);
  all.push_back(check_parts(counted.framework, counted.values, counted.parts));
  all.push_back(check_ratios(counted.framework, counted.values, input.project.targets, counted.ratios));
  for (IndicatorCheck& check : check_participants(counted.framework, input.participations, input.project, counted.terms))
    all.push_back(std::move(check));
  // A1 … A14, G1 … G13, P1 … P17.
  const auto key = [](const IndicatorCheck& check) { return std::pair(check.id[0], std::stoi(check.id.substr(1))); };
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  for (IndicatorCheck& check : all) {
    using Found = IndicatorCheck::Found;
    const bool tested = check.result != Found::NotTested;
    const YesNo agrees = !tested ? YesNo::Unknown : check.result == Found::Agrees ? YesNo::Yes : YesNo::No;
    add_row(sheet, row_of(text_cell(check.id), choice_cell("level", check.level == Level::Error ? "error" : "warning"),
                          cell(check_words(check.formula)),
                          tested ? choice_cell("indicator-column", check.column ? name_of(*check.column) : "each") : Cell{},
                          check.left ? cell(*check.left) : Cell{}, check.right ? cell(*check.right) : Cell{}, cell(agrees),
                          check.column || !tested ? Cell{} : persons_cell(std::move(check.persons)),
                          check.cells.empty() ? Cell{} : cell(check_words(check.cells))));
  }
  return sheet;
}

// What is estimated, by whom and how; the others of those that may be are counted.
Sheet estimates(const ReportInput& input, const Counted& counted) {
  Sheet sheet{.id = "estimates", .fields = {"id", "indicator", "men", "women", "non_binary", "total", "method", "on", "source", "confidence"}};
  for (const Framework framework : {Framework::Esf2014, Framework::EsfPlus}) {
    if ((framework == Framework::EsfPlus) != (counted.framework == Framework::EsfPlus)) continue;
    for (const Indicator& one : indicators(framework)) {
      const auto* found = may_be_estimated(one.code) ? estimate_of(one.code, input.project.estimates, counted.terms.as_of) : nullptr;
      if (!found) continue;
      add_row(sheet, row_of(text_cell(one.code), name_cell(one.code), setting_cell(found->men), setting_cell(found->women),
                            setting_cell(found->non_binary), setting_cell(found->total), cell(found->method), cell(found->on),
                            cited_cell(found->cited.text), choice_cell("confidence", name_of(found->cited.confidence))));
    }
  }
  return sheet;
}

Sheet definitions(const ReportInput& input, const Counted& counted) {
  Sheet sheet{.id = "definitions",
              .fields = {"id", "indicator", "base", "reference_date", "sign", "in_force_from", "in_force_to", "yes", "no",
                         "not_disclosed", "unknown", "source", "confidence"}};
  const auto add = [&](const Indicator& one) {
    std::array<std::vector<std::uint32_t>, 4> persons;
    for (const Participation& p : input.participations)
      if (had_entered(p, counted.terms) && missing_facts(p, counted.framework, counted.terms).empty())
        persons[static_cast<std::size_t>(answer(one, p, counted.terms))].push_back(p.person);
    const auto said = [&](Answer a) {
      return one.counts ? persons_cell(std::move(persons[static_cast<std::size_t>(a)])) : Cell{};
    };
    add_row(sheet,
            row_of(text_cell(one.code), name_cell(one.code), base_cell(one.base),
                   choice_cell("indicator-date", name_of(one.reference)),
                   choice_cell("indicator-sign", name_of(one.sensitivity)), cell(one.in_force.first), cell(one.in_force.last),
                   said(Answer::Yes), said(Answer::No), said(Answer::NotDisclosed), said(Answer::Unknown),
                   cell(Message{one.source.text, {}}), choice_cell("confidence", name_of(one.source.confidence))));
  };
  for (const Indicator& one : indicators(counted.framework)) add(one);
  if (counted.framework == Framework::Yei)
    for (const Indicator& one : indicators(Framework::Esf2014)) add(one);
  return sheet;
}

void note_terms(Report& report, const ReportInput& input, const Counted& counted, Date as_of) {
  const ProgrammeTerms& terms = input.programme;
  note_use(report, terms.immediate_result_days.on(as_of), "unverified.immediate_days",
           std::to_string(counted.terms.immediate_days), terms.key);
  note_use(report, terms.longer_term_months.on(as_of), "unverified.longer_term_months",
           std::to_string(counted.terms.longer_term_months), terms.key);
  report.unverified.push_back(
      {"unverified.long_term",
       std::to_string(counted.terms.long_term_months_young) + " / " + std::to_string(counted.terms.long_term_months), "K1"});
  std::string codes;
  for (const Indicator& one : indicators(counted.framework))
    if (one.source.confidence == Confidence::UnverifiedDefault) codes += (codes.empty() ? "" : " ") + std::string(one.code);
  report.unverified.push_back({"unverified.indicator", codes, "definitions"});
  const auto assumed = [&](const char* what, const std::string& code, const Citation& cited, const char* key) {
    if (cited.confidence == Confidence::UnverifiedDefault)
      report.unverified.push_back({what, code, input.project.key + ".toml: " + key});
  };
  for (const IndicatorTarget& target : input.project.targets) assumed("unverified.target", target.indicator, target.cited, "target");
  for (const IndicatorEstimate& one : input.project.estimates)
    if (one.on <= as_of) assumed("unverified.estimate", one.indicator, one.cited, "estimate");
  report.unverified.push_back({"unverified.indicator_names", std::string(input.programme.name.sv), "indicator.*"});
}

}  // namespace

Sheet operation_indicators(const ReportInput& input, Date as_of) {
  const Counted counted = count_all(input, Framework::EsfPlus, as_of);
  const std::span<const Column> columns = columns_of(Framework::EsfPlus);
  Sheet sheet{.id = "indicators", .fields = {"number", "id", "indicator", "unit", "milestone", "target_unit"}};
  append(sheet.fields, with_columns(Framework::EsfPlus, "target_"));
  append(sheet.fields, with_columns(Framework::EsfPlus, ""));
  append(sheet.fields, with_columns(Framework::EsfPlus, "ratio_"));
  for (const Indicator& one : indicators(Framework::EsfPlus)) {
    const IndicatorTarget* target = target_of(one.code, input.project.targets);
    std::vector<Cell> row = row_of(text_cell(one.in_base ? "52–55" : "49–51"), text_cell(one.code), name_cell(one.code), unit_cell(),
                                   target && target->milestone ? setting_cell(*target->milestone) : Cell{},
                                   target_unit_cell(input, one.code));
    add_figures(row, input, counted, one, columns);
    add_row(sheet, std::move(row));
  }
  return sheet;
}

Report indicators_report(const ReportInput& input, Framework framework, Date as_of) {
  constexpr std::array<const char*, 3> kinds{"indicators-esf-2014", "indicators-yei", "indicators-esf-plus"};
  Report report = new_report(kinds[static_cast<std::size_t>(framework)], input, {as_of, as_of});
  const Counted counted = count_all(input, framework, as_of);
  switch (framework) {
    case Framework::EsfPlus:
      report.sheets = {table_plus(input, counted, false), table_plus(input, counted, true)};
      break;
    case Framework::Esf2014:
      // No file tells the programme's own indicators (2C, 4B): their tables stand with their headings and without rows.
      report.sheets = {table_by_year(input, counted, "table_2a", indicators(Framework::Esf2014), true),
                       table_by_year(input, counted, "table_2c", {}, true),
                       table_by_year(input, counted, "table_4a", indicators(Framework::Esf2014), false),
                       table_by_year(input, counted, "table_4b", {}, false)};
      break;
    case Framework::Yei: {
      std::vector<Indicator> rows;
      for (const Framework part : {Framework::Yei, Framework::Esf2014})
        for (const Indicator& one : indicators(part)) rows.push_back(one);
      report.sheets = {table_by_year(input, counted, "table_2b", rows, true), table_by_year(input, counted, "table_4a", rows, false)};
      break;
    }
  }
  report.sheets.push_back(completeness(input, counted));
  report.sheets.push_back(estimates(input, counted));
  report.sheets.push_back(checks(input, counted));
  report.sheets.push_back(definitions(input, counted));
  report.notes.push_back({"outcome.as_of", {as_of.iso()}});

  const auto number = [&](std::string_view code) { return counted.values.number(code, Column::Total); };
  const Sheet& found = *(report.sheets.end() - 4);
  const auto in_group = [&](std::size_t row) { return std::get<std::int64_t>(found.rows[row][1].value); };
  report.checks.push_back(
      {{"check.indicator_records", {}}, in_group(1) + in_group(2), count(taken_part, input.participations, as_of)});
  std::int64_t of_columns = 0;
  for (const Column column : columns_of(framework).first(framework == Framework::EsfPlus ? 3 : 2))
    of_columns += counted.values.number("COMPLETE", column);
  report.checks.push_back({{"check.indicator_columns", {in_both("fullständiga uppgifter", "complete records")}}, of_columns, number("COMPLETE")});

  if (in_group(2) > 0)
    report.notes.push_back({"indicator.counted", {std::to_string(in_group(1)), std::to_string(in_group(0))}});
  if (const auto& last = found.rows.back(); std::get<Kept<Message>>(last[0].value)->id == "indicator-group.not_eligible")
    report.notes.push_back({"indicator.not-eligible", {std::to_string(std::get<std::int64_t>(last[1].value))}});
  if (in_group(2) > 0) report.remaining.push_back({{"remaining.indicator_incomplete", {}}, in_group(2)});
  const Sheet& tested = *(report.sheets.end() - 2);
  const auto differs = std::count_if(tested.rows.begin(), tested.rows.end(), [](const auto& row) {
    const auto* agrees = std::get_if<YesNo>(&row[6].value);
    return agrees && *agrees == YesNo::No;
  });
  if (differs > 0) report.remaining.push_back({{"remaining.indicator_checks", {}}, differs});
  note_terms(report, input, counted, as_of);
  return report;
}

}  // namespace horisont
