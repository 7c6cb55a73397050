#include "app/traced.h"

#include <algorithm>
#include <filesystem>

#include "app/pack_parts.h"
#include "app/report.h"
#include "core/reports/behind.h"
#include "core/reports/cells.h"
#include "core/reports/cost_months.h"
#include "edge/files/files.h"
#include "edge/xlsx/render.h"

namespace horisont {
namespace {

// Places of the sheets, as they are added below.
constexpr std::uint32_t sums_sheet = 0, months_sheet = 1, budget_sheet = 2, documents_sheet = 3, costs_sheet = 4, share_sheet = 5;

std::uint32_t field_of(const Sheet& sheet, std::string_view field) {
  return static_cast<std::uint32_t>(std::find(sheet.fields.begin(), sheet.fields.end(), field) - sheet.fields.begin());
}

// The table's rows as cells; what its numbers counted is said afterwards.
Sheet sheet_of(const Table& table) {
  Sheet sheet{.id = table.schema};
  for (const Table::Column& column : table.columns) sheet.fields.push_back(column.key);
  for (const auto& row : table.rows) {
    std::vector<Cell> cells;
    for (const Table::Value& value : row) {
      if (const auto* ore = std::get_if<std::int64_t>(&value))
        cells.push_back(setting_cell(Money::of_ore(*ore)));
      else if (const auto* message = std::get_if<Message>(&value))
        cells.push_back(cell(*message));
      else
        cells.push_back(text_cell(std::holds_alternative<std::string>(value) ? std::get<std::string>(value) : std::string()));
    }
    add_row(sheet, std::move(cells));
  }
  return sheet;
}

const std::string& message_in(const Table& table, std::size_t row, std::size_t column) {
  return std::get<Message>(table.rows[row][column]).id;
}

PlacedSheet placed(const Sheet& sheet, std::size_t at) {
  PlacedSheet place{.sheet = at, .name = sheet.id, .first_row = 1};
  if (!sheet.totals.empty()) place.total_row = static_cast<std::uint32_t>(1 + sheet.rows.size());
  for (std::size_t i = 0; i < sheet.fields.size(); ++i) {
    const bool summed = !sheet.totals.empty() && is_number(sheet.totals[i].value);
    place.columns.push_back({.at = static_cast<std::uint16_t>(i), .field = i, .heading = sheet.fields[i], .name = {},
                             .total = summed ? Total::Sum : Total::None});
  }
  return place;
}

std::optional<FrozenReport> frozen_of(const Report& report, const ReportInput& input) {
  const ReportInput* const inputs[] = {&input};
  return thaw(to_text(report), freeze(report, inputs));
}

}  // namespace

Result<KeptReport> kept_balance(const Workspace& workspace, const ProjectState& state, const Balance& balance) {
  const ReportInput input = state.input();
  const ProjectTerms& project = *state.project;
  const Date until = std::min(state.today, project.operation().last.value_or(state.today));
  const Month first = Month::containing(project.operation().first), last = Month::containing(until);
  Sheet sums = sheet_of(balance.sums), months = sheet_of(balance.months), budget = sheet_of(balance.budget),
        documents = sheet_of(balance.documents), costs = cost_months(input, first, last, costs_sheet);
  costs.id = "costs";
  add_totals(costs, {"whole_hours", "total", "cofinancing", "support", "staff_cost", "flat_rate_cost", "participant_cost"});
  Sheet share{.id = "share", .fields = {"given", "due"}};

  const auto sum_of = [](Cell& of, std::vector<CellAt> cells) { of = sum_of_cells(std::get<Money>(of.value), Rounding::Down, cells); };
  const auto all_of = [&](std::string_view field) { return std::vector{CellAt{costs_sheet, CellAt::total, field_of(costs, field)}}; };
  const auto sum_row = [&](std::string_view what) {
    std::uint32_t row = 0;
    while (row < balance.sums.rows.size() && message_in(balance.sums, row, 0) != what) ++row;
    return CellAt{sums_sheet, row, 1};
  };
  for (std::size_t row = 0; row < balance.sums.rows.size(); ++row) {
    const std::string& what = message_in(balance.sums, row, 0);
    Cell& amount = sums.rows[row][1];
    if (what == "claim-line.total") sum_of(amount, all_of("total"));
    if (what == "claim-line.cofinancing") sum_of(amount, all_of("cofinancing"));
    if (what == "claim-line.support") sum_of(amount, all_of("support"));
    if (what == "balance.participants") sum_of(amount, all_of("participant_cost"));
    if (what == "balance.cash" || what == "balance.in_kind" || what == "balance.refused" || what == "balance.advance" || what == "balance.paid") {
      std::vector<CellAt> of;
      for (std::uint32_t i = 0; i < balance.documents.rows.size(); ++i)
        if (message_in(balance.documents, i, 1) == what) of.push_back({documents_sheet, i, field_of(documents, "amount_ore")});
      sum_of(amount, std::move(of));
    }
    if (what.starts_with("claim-line.share_")) {
      const CellAt given[] = {sum_row("balance.cash"), sum_row("balance.in_kind"), sum_row("balance.participants")};
      Money sum;
      for (const CellAt& one : given) sum = sum + std::get<Money>(sums.rows[one.row][1].value);
      const Money due = sum - std::get<Money>(amount.value);
      const auto* rounding = input.programme.money_rounding.on(state.today);
      add_row(share, row_of(sum_of_cells(sum, Rounding::Down, given),
                            percent_of_cells(due, project.cofinancing_percent.value_or(0), rounding ? rounding->value : Rounding::Down, all_of("total"))));
      const CellAt less[] = {{share_sheet, 0, 0}, {share_sheet, 0, 1}};
      amount = less_cells(std::get<Money>(amount.value), less);
    }
    if (what == "balance.left") {
      const CellAt less[] = {sum_row("claim-line.support"), sum_row("balance.refused"), sum_row("balance.advance"), sum_row("balance.paid")};
      amount = less_cells(std::get<Money>(amount.value), less);
    }
  }
  std::vector<KeptReport::Elsewhere> elsewhere;
  const std::uint32_t made = field_of(months, "made_ore"), now = field_of(months, "now_ore"), differs = field_of(months, "difference_ore");
  for (std::uint32_t row = 0; row < months.rows.size(); ++row) {
    const auto month = Month::parse(std::get<std::string>(balance.months.rows[row][0]));
    const auto* of_month = input.programme.money_rounding.on(month->last());
    const CellAt cost[] = {{costs_sheet, static_cast<std::uint32_t>(month->number() - first.number()), field_of(costs, "total")}};
    Cell& now_cell = months.rows[row][now];
    now_cell = sum_of_cells(std::get<Money>(now_cell.value), of_month ? of_month->value : Rounding::Down, cost);
    if (std::holds_alternative<Money>(months.rows[row][differs].value)) {
      const CellAt less[] = {{months_sheet, row, now}, {months_sheet, row, made}};
      months.rows[row][differs] = less_cells(std::get<Money>(months.rows[row][differs].value), less);
    }
    const auto* then = std::get_if<Money>(&months.rows[row][made].value);
    if (!then) continue;
    months.rows[row][made].counted_kind = Cell::Counted::None;
    const auto& report = std::get<std::string>(balance.months.rows[row][1]);
    const auto claim = kept_report(workspace, project.key, report);
    if (!claim) return tl::make_unexpected(claim.error());
    const Sheet& lines = claim->frozen.report.sheets.at(0);
    const auto total = std::find(lines.roles.begin(), lines.roles.end(), Role::Total) - lines.roles.begin();
    const CellPlace there{.row = static_cast<std::size_t>(total), .field = field_of(lines, "amount")};
    const auto found = trace(claim->frozen, there);
    if (!found || found->number != then->ore()) return problem("trace.damaged", report);
    elsewhere.push_back({{.sheet = months_sheet, .row = row, .field = made}, report, address_of(*claim, there)});
  }
  for (std::uint32_t row = 0; row < budget.rows.size(); ++row) {
    const std::uint32_t of_budget = field_of(budget, "budget_ore"), outcome = field_of(budget, "outcome_ore"), left = field_of(budget, "left_ore");
    const std::string line = message_in(balance.budget, row, 0).substr(std::string_view("budget-line.").size());
    const std::string field = line == "staff" || line == "flat_rate" ? line + "_cost" : line == "participant_allowances" ? "participant_cost" : line;
    sum_of(budget.rows[row][outcome], field_of(costs, field) < costs.fields.size() ? all_of(field) : std::vector<CellAt>{});
    const CellAt less[] = {{budget_sheet, row, of_budget}, {budget_sheet, row, outcome}};
    budget.rows[row][left] = less_cells(std::get<Money>(budget.rows[row][left].value), less);
  }

  Report report = new_report("balance", input, {project.operation().first, until});
  report.id = "balance";
  report.sheets = {std::move(sums), std::move(months), std::move(budget), std::move(documents), std::move(costs), std::move(share)};
  auto frozen = frozen_of(report, input);
  if (!frozen) return problem("trace.damaged", report.id);
  KeptReport kept{.stored = {.id = report.id, .kind = report.kind, .project = project.key}, .frozen = std::move(*frozen)};
  for (std::size_t i = 0; i < report.sheets.size(); ++i) kept.places.push_back(placed(report.sheets[i], i));
  kept.elsewhere = std::move(elsewhere);
  return kept;
}

Result<KeptReport> kept_index(const Workspace& workspace, const std::string& sample) {
  const std::filesystem::path& home = workspace.home;
  std::error_code error;
  const auto order = std::filesystem::is_regular_file(home / "pack.txt", error) ? pack_order_from(read_file(home / "pack.txt")) : std::nullopt;
  if (!order || order->sample != sample) return problem("trace.no-pack", sample);
  PackParts given;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(home)) {
    const std::string path = entry.path().lexically_relative(home).generic_string();
    if (std::filesystem::is_regular_file(entry.symlink_status()) && is_given(path)) given.emplace(path, read_file(entry.path()));
  }
  const auto made = make_parts(workspace, *order, given);
  if (!made) return tl::make_unexpected(made.error());
  const auto index = made->parts.find("index.xlsx");
  if (index == made->parts.end() || !std::filesystem::is_regular_file(home / "index.xlsx", error) || read_file(home / "index.xlsx") != index->second)
    return problem("trace.index-differs", sample);
  auto frozen = thaw(made->index_text, made->index_behind);
  const auto layout = load_report_template(template_file(workspace, "audit-pack"));
  if (!frozen || !layout) return problem("trace.damaged", sample);
  KeptReport kept{.stored = {.id = sample, .kind = "audit-pack", .project = order->project}, .frozen = std::move(*frozen)};
  kept.language = order->language;
  kept.places = placed_sheets(kept.frozen.report, **layout, kept.language);
  kept.control = placed_control(kept.frozen.report, **layout, kept.language);
  return kept;
}

}  // namespace horisont
