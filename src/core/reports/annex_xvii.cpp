// What the fund's systems keep of an operation (Regulation (EU) 2021/1060, Annex XVII), as far as the project's file and the
// register tell it: one row a field, those that are not known too; the indicators of fields 49 to 55; unit costs and flat rates of
// the claims to date (86 to 90, 95, 96). There is nothing of any participant in it.

#include <algorithm>

#include "core/funding/claim.h"
#include "core/reports/cells.h"
#include "core/reports/said.h"
#include "core/reports/indicator_tables.h"
#include "core/reports/staff_cells.h"

namespace horisont {
namespace {

// A field of the annex; `item` is the word under which the project's file tells it, where nothing else does.
struct Field {
  const char *number, *block, *item;
};
constexpr Field fields[] = {
    {"1", "beneficiary", "beneficiary"},
    {"2", "beneficiary", "beneficiary_kind"},
    {"3", "beneficiary", "beneficial_owners"},
    {"4", "beneficiary", "beneficiary_role"},
    {"7", "beneficiary", "contact"},
    {"9", "operation", "operation"},
    {"10", "operation", "description"},
    {"11", "operation", "art_94_95"},
    {"12", "operation", "strategic_importance"},
    {"14", "operation", "application_date"},
    {"15", "operation", "start"},
    {"16", "operation", "end"},
    {"17", "operation", "completion_date"},
    {"18", "operation", "issuing_body"},
    {"19", "operation", "grant_dates"},
    {"20", "operation", "state_aid"},
    {"21", "operation", "de_minimis"},
    {"22", "operation", "public_private_partnership"},
    {"23", "operation", "contractors"},
    {"24", "operation", "subcontractors"},
    {"25", "operation", "cascaded_grants"},
    {"26", "operation", "vat"},
    {"27", "operation", "currency"},
    {"28", "operation", "cci"},
    {"29", "operation", "priority"},
    {"", "operation", "specific_objective"},
    {"30", "operation", "fund"},
    {"35", "operation", "region_category"},
    {"46", "intervention", "intervention_type"},
    {"47", "intervention", "secondary_theme"},
    {"49–55", "indicators", "indicators"},
    {"56", "finance", "eligible_cost"},
    {"57", "finance", "public_contribution"},
    {"58", "finance", "support"},
    {"70", "claims", "claim_received"},
    {"71", "claims", "last_payment"},
    {"72", "claims", "claims_paid"},
    {"75", "claims", "pro_rata"},
    {"76", "claims", "verifications"},
    {"77", "claims", "audits"},
    {"78", "claims", "verifying_body"},
    {"86–90", "costs", "unit_costs"},
    {"95–96", "costs", "flat_rates"},
};

struct Told {
  Cell value;
  Citation cited;
};

Told told(const ReportInput& input, std::string_view item) {
  const ProjectTerms& project = input.project;
  const auto of_file = [&](const char* key, Cell value) {
    const auto found = project.citations.find(key);
    return Told{std::move(value), found == project.citations.end() ? Citation{} : found->second};
  };
  const bool granted = !project.grants.empty();
  const Citation of_grant = granted ? project.grants.back().cited : Citation{};
  if (item == "beneficiary")
    return of_file("owner", text_cell(project.owner + (project.organisation_number.empty() ? "" : ", " + project.organisation_number)));
  if (item == "operation")
    return of_file("record_number", cell(Bilingual{project.name.sv + ", " + project.record_number, project.name.en + ", " + project.record_number}));
  if (item == "description") {
    const bool aim = !project.aim.sv.empty();
    return of_file(aim ? "aim" : "target_group", cell(aim ? project.aim : project.target_group));
  }
  if (item == "start") return granted ? Told{cell(project.operation().first), of_grant} : Told{};
  if (item == "end") return granted ? Told{cell(project.operation().last), of_grant} : Told{};
  if (item == "grant_dates") {
    std::string days;
    for (const GrantDecision& grant : project.grants)
      if (grant.decided_on) days += (days.empty() ? "" : ", ") + grant.decided_on->iso();
    return {text_cell(days), of_grant};
  }
  if (item == "state_aid")
    return of_file("state_aid", project.state_aid ? yes_no_cell(*project.state_aid) : Cell{});
  if (item == "currency") return {text_cell("SEK"), {"Horisont", Confidence::Verified}};
  if (item == "cci") return of_file("cci", text_cell(project.cci));
  if (item == "fund") return {text_cell("ESF+"), {"Reg. (EU) 2021/1057", Confidence::Verified}};
  if (item == "intervention_type") return of_file("intervention_type", text_cell(project.intervention_type));
  if (item == "eligible_cost" && granted && project.grants.back().budget)
    return {setting_cell(*project.grants.back().budget), of_grant};
  if (item == "support" && granted && (project.grants.back().granted_esf || project.grants.back().granted_yei))
    return {setting_cell(project.grants.back().granted_esf.value_or(Money{}) + project.grants.back().granted_yei.value_or(Money{})), of_grant};
  if (item == "indicators" || item == "unit_costs" || item == "flat_rates")
    return {cell(Message{"annex-xvii.see." + std::string(item), {}}), {}};
  for (const OperationItem& one : project.operation_items)
    if (one.item == item) {
      const auto day = Date::parse(one.value);
      return {day ? cell(*day) : text_cell(one.value), one.cited};
    }
  return {};
}

Sheet operation_fields(const ReportInput& input) {
  Sheet sheet{.id = "fields", .fields = {"number", "block", "item", "value", "known", "source", "confidence"}};
  for (const Field& field : fields) {
    Told found = told(input, field.item);
    const bool known = !std::holds_alternative<std::monostate>(found.value.value);
    add_row(sheet, row_of(text_cell(field.number), choice_cell("annex-xvii-block", field.block),
                          cell(Message{"annex-xvii." + std::string(field.item), {}}), std::move(found.value), yes_no_cell(known),
                          cited_cell(known ? found.cited.text : ""),
                          known && !found.cited.text.empty() ? choice_cell("confidence", name_of(found.cited.confidence)) : Cell{}));
  }
  return sheet;
}

struct Costs {
  Sheet sheet;
  Money claimed, lines;
  std::int64_t stopped = 0;  // months in which something is missing
};

// Unit costs by function and rate, then flat rates, of every month that may be claimed by the day.
Costs costs_to_date(const ReportInput& input, Date as_of) {
  Costs costs{.sheet = {.id = "costs", .fields = {"number", "cost", "unit", "whole_hours", "unit_cost", "amount", "source", "confidence"}}, .claimed = {}, .lines = {}};
  struct Sum {
    std::int64_t hours = 0;
    Money amount, per_hour;
    Citation cited;
    std::vector<std::uint32_t> records;
    int percent = 0;
    bool one_percent = true;  ///< the same in every month
    Rounding rounding = Rounding::Down;
  };
  std::map<std::pair<std::string, std::int64_t>, Sum> staff;  // function and öre an hour
  std::map<std::string, Sum> flat;
  if (!input.project.grants.empty() && input.staff_hours) {
    const Period operation = input.project.operation();
    const Month last = Month::containing(operation.last ? std::min(*operation.last, as_of) : as_of);
    for (Month month = Month::containing(operation.first); month <= last; month = month.next()) {
      const bool worked = std::any_of(input.staff_hours->lines.begin(), input.staff_hours->lines.end(), [&](const StaffLine& line) {
        return line.accepted > 0 && Month::containing(Date::of_days(input.staff[line.record].day)) == month;
      });
      if (!worked) continue;
      const auto claim = claim_of(input.project, input.programme, input.staff, *input.staff_hours, month);
      if (!claim) {
        ++costs.stopped;
        continue;
      }
      for (const StaffCost& cost : claim->staff) {
        Sum& sum = staff[{cost.function, cost.rate.value.per_hour.ore()}];
        sum.hours += cost.whole_hours, sum.per_hour = cost.rate.value.per_hour, sum.cited = cost.rate.cited;
        sum.amount = sum.amount + Money::of_ore(cost.whole_hours * cost.rate.value.per_hour.ore());
        for (const StaffLine& line : input.staff_hours->lines) {
          const StaffTime& time = input.staff[line.record];
          if (line.accepted > 0 && Month::containing(Date::of_days(time.day)) == month && StaffMember{time.employer, time.staff_id} == cost.member &&
              time.function == cost.function && cost.rate.valid.contains(Date::of_days(time.day)))
            sum.records.push_back(line.record);
        }
      }
      for (const AmountLine& line : claim->lines) {
        if (line.what == "flat_rate") {
          Sum& sum = flat[line.of];
          const auto* rate = flat_rate(input.programme, line.of, month.last());
          const int percent = rate && rate->value.covers != "direct_staff" ? rate->value.percent : 0;
          sum.one_percent = sum.one_percent && (sum.records.empty() || sum.percent == percent);
          sum.amount = sum.amount + line.amount, sum.cited = line.cited, sum.percent = percent;
          if (const auto* rule = input.programme.money_rounding.on(month.last())) sum.rounding = rule->value;
          for (const StaffLine& judged : input.staff_hours->lines)
            if (judged.accepted > 0 && Month::containing(Date::of_days(input.staff[judged.record].day)) == month)
              sum.records.push_back(judged.record);
        }
        if (line.what == "staff" || line.what == "flat_rate") costs.lines = costs.lines + line.amount;
      }
    }
  }
  for (auto& [key, sum] : staff) {
    costs.claimed = costs.claimed + sum.amount;
    add_row(costs.sheet, row_of(text_cell("86–90"), cell(Message{"claim-line.staff", {in_both(words({"staff-function." + key.first, {}}, Language::Swedish),
                                                                                             words({"staff-function." + key.first, {}}, Language::English))}}),
                                cell(Message{"annex-xvii.hour", {}}), counted_cell(sum.hours, sum.records, Cell::Counted::StaffRecords),
                                setting_cell(sum.per_hour), counted_cell(sum.amount, sum.records, Cell::Counted::StaffRecords),
                                cited_cell(sum.cited.text), choice_cell("confidence", name_of(sum.cited.confidence))));
  }
  for (auto& [key, sum] : flat) {
    costs.claimed = costs.claimed + sum.amount;
    add_row(costs.sheet, row_of(text_cell("95–96"), cell(flat_rate_words(input.programme, key)), Cell{}, Cell{}, Cell{},
                                sum.one_percent ? percent_of_staff(sum.amount, sum.percent, sum.rounding, sum.records) : cell(sum.amount),
                                cited_cell(sum.cited.text), choice_cell("confidence", name_of(sum.cited.confidence))));
  }
  add_totals(costs.sheet, {"whole_hours", "amount"});
  return costs;
}

}  // namespace

Report annex_xvii(const ReportInput& input, Date as_of) {
  Report report = new_report("annex-xvii", input, {as_of, as_of});
  Costs costs = costs_to_date(input, as_of);
  report.sheets = {operation_fields(input), operation_indicators(input, as_of), std::move(costs.sheet)};
  report.notes.push_back({"outcome.as_of", {as_of.iso()}});
  report.checks.push_back({{"check.annex_costs", {}}, total_of(report.sheets[2], "amount"), costs.lines.ore(), false, true});
  const auto unknown = std::count_if(report.sheets[0].rows.begin(), report.sheets[0].rows.end(), [](const auto& row) {
    return std::get<YesNo>(row[4].value) == YesNo::No;
  });
  if (unknown > 0) report.remaining.push_back({{"remaining.annex_unknown", {}}, unknown});
  if (costs.stopped > 0) report.remaining.push_back({{"remaining.claim_months", {}}, costs.stopped});
  for (const auto& row : report.sheets[0].rows) {
    const auto* confidence = std::get_if<Kept<Choice>>(&row[6].value);
    const auto* number = std::get_if<std::string>(&row[0].value);  // the specific objective has none
    if (confidence && (*confidence)->word == name_of(Confidence::UnverifiedDefault))
      report.unverified.push_back({"unverified.annex_value", number ? *number : "–", input.project.key + ".toml"});
  }
  report.unverified.push_back({"unverified.annex_words", "Annex XVII", "annex-xvii.*"});
  return report;
}

}  // namespace horisont
