// What may be claimed for a month, in the order of a claim with simplified options: the lines with their formulas, the hours of
// each member of staff, the months to date, what must be there to back it. Nothing is claimed while something is missing.

#include <algorithm>
#include <map>

#include "core/cases/deadlines.h"
#include "core/funding/claim.h"
#include "core/funding/rounding.h"
#include "core/reports/cells.h"
#include "core/reports/cost_months.h"
#include "core/reports/said.h"
#include "core/reports/staff_cells.h"

namespace horisont {
namespace {

ParticipantHours participants_of(const ReportInput& input) { return {input.times, input.hours.lines, input.participations}; }

// The accepted rows of the month that a predicate takes.
template <class Takes>
std::vector<std::uint32_t> accepted_rows(const ReportInput& input, Month month, Takes takes) {
  std::vector<std::uint32_t> records;
  for (const StaffLine& line : input.staff_hours->lines) {
    const StaffTime& time = input.staff[line.record];
    if (line.accepted > 0 && Month::containing(Date::of_days(time.day)) == month && takes(time)) records.push_back(line.record);
  }
  return records;
}

// "staff" of a function, "flat_rate" of a key; the others stand alone.
Cell description(const ReportInput& input, const AmountLine& line) {
  if (line.what == "staff")
    return cell(Message{"claim-line.staff",
                        {in_both(words({"staff-function." + line.of, {}}, Language::Swedish),
                                 words({"staff-function." + line.of, {}}, Language::English))}});
  if (line.what == "flat_rate") return cell(flat_rate_words(input.programme, line.of));
  if (line.what == "participant_time") return cell(Message{"claim-line.participant_time", {line.of}});
  return cell(Message{"claim-line." + line.what, {}});
}

// "projektledare, 46:00 h × 412,00"
std::string rate_words(const AmountLine& line) {
  const Bilingual formula = formula_words(line.formula);
  const std::string function = "staff-function." + line.of;
  const auto in = [&](Language language) {
    const std::string of = text_of(function) ? words({function, {}}, language) : line.of;
    return of + (of.empty() ? "" : ", ") + formula.in(language);
  };
  return in_both(in(Language::Swedish), in(Language::English));
}

// Sheets of the report and the fields of their amounts.
constexpr std::uint32_t claim_sheet = 0, staff_sheet = 1, to_date_sheet = 2, claim_amount = 3, staff_amount = 7;

Sheet claim_lines(const ReportInput& input, const Claim& claim, Rounding rounding) {
  // Time and rate of participants stand in fields that no column shows, for whoever asks where the amount came from.
  Sheet sheet{.id = "claim", .fields = {"line", "description", "formula", "amount", "source", "confidence", "participant_minutes", "participant_rate"}};
  constexpr std::uint32_t of_minutes = 6, of_rate = 7;
  std::int64_t number = 0;
  // The lines so far that others are made of.
  std::vector<CellAt> staff, participants, costs, total, cofinancing;
  for (const AmountLine& line : claim.lines) {
    const CellAt here{claim_sheet, static_cast<std::uint32_t>(number), claim_amount};
    const bool sum = line.what == "total" || line.what == "support";
    Cell amount = cell(line.amount);
    if (line.what == "staff") staff.push_back(here);
    if (line.what == "participant_time") participants.push_back(here);
    if (line.what == "staff" || line.what == "flat_rate" || line.what == "participant_allowances") costs.push_back(here);
    if (line.what == "flat_rate")
      if (const auto* flat = flat_rate(input.programme, line.of, claim.month.last()))
        // A rate for staff is of other direct costs, of which a claim of staff time has none.
        amount = percent_of_cells(line.amount, flat->value.percent, rounding,
                                  flat->value.covers == "direct_staff" ? std::span<const CellAt>{} : staff);
    if (line.what == "participant_time") amount = row_sum_cell(line.amount, {of_minutes, of_rate});
    if (line.what == "participant_allowances") amount = sum_of_cells(line.amount, rounding, participants);
    if (line.what == "total") amount = sum_of_cells(line.amount, rounding, costs), total.push_back(here);
    if (line.what == "cofinancing") {
      amount = percent_of_cells(line.amount, input.project.cofinancing_percent.value_or(0), rounding, total);
      cofinancing = {total[0], here};
    }
    if (line.what == "support") amount = less_cells(line.amount, cofinancing);
    if (line.what == "staff")
      amount = counted_cell(line.amount,
                            accepted_rows(input, claim.month,
                                          [&](const StaffTime& t) {
                                            // A function may have two rates in a month: a line for each.
                                            const auto* rate = unit_cost(input.programme, t.function, input.project.rate_area, Date::of_days(t.day));
                                            return t.function == line.of && rate && line.formula.ends_with(" x " + plain_kronor(rate->value.per_hour));
                                          }),
                            Cell::Counted::StaffRecords);
    add_row(sheet,
            row_of(cell(++number), description(input, line), line.formula.empty() ? Cell{} : cell(formula_words(line.formula)), std::move(amount), cited_cell(line.cited.text),
                   line.cited.text.empty() ? Cell{} : choice_cell("confidence", name_of(line.cited.confidence)),
                   line.records.empty() ? Cell{} : minutes_cell(line.time.count(), line.records),
                   line.records.empty() ? Cell{} : setting_cell(line.per_hour)),
            sum ? Role::Total : Role::Body);
  }
  // Printed so that the rows of the staff sheet can be reconciled; never claimed.
  staff.insert(staff.begin(), {staff_sheet, CellAt::total, staff_amount});
  add_row(sheet,
          row_of(Cell{}, cell(Message{"claim-line.rounding", {}}), Cell{}, less_cells(claim.rows.difference(), staff), Cell{},
                 Cell{}, Cell{}, Cell{}),
          Role::Note);
  return sheet;
}

Sheet staff_costs(const ReportInput& input, const Claim& claim, Rounding rounding) {
  Sheet sheet{.id = "staff",
              .fields = {"staff", "employer", "function", "accepted_minutes", "whole_hours", "rate", "rate_from", "amount",
                         "source", "confidence"}};
  for (const StaffCost& cost : claim.staff) {
    const auto records = accepted_rows(input, claim.month, [&](const StaffTime& time) {
      return StaffMember{time.employer, time.staff_id} == cost.member && time.function == cost.function &&
             cost.rate.valid.contains(Date::of_days(time.day));
    });
    add_row(sheet,
            row_of(text_cell(cost.member.staff_id), text_cell(cost.member.employer),
                   choice_cell("staff-function", cost.function), staff_minutes_cell(cost.accepted.count(), records),
                   counted_cell(cost.whole_hours, records, Cell::Counted::StaffRecords), setting_cell(cost.rate.value.per_hour),
                   cell(cost.rate.valid.first), row_sum_cell(rounded(cost.exact, rounding), {4, 5}),
                   cited_cell(cost.rate.cited.text), choice_cell("confidence", name_of(cost.rate.cited.confidence))));
  }
  add_totals(sheet, {"accepted_minutes", "whole_hours", "amount"});
  return sheet;
}

const AmountLine* line_of(const Claim& claim, std::string_view what) {
  const auto found = std::find_if(claim.lines.begin(), claim.lines.end(), [&](const AmountLine& l) { return l.what == what; });
  return found == claim.lines.end() ? nullptr : &*found;
}

// Of the claim's own month what the first sheet says; of the months before it, what they are made of stands in fields that no
// column shows, for whoever asks where an amount came from.
Sheet to_date(const ReportInput& input, const Claim& claim, Rounding rounding) {
  Month first = claim.month;
  if (!input.project.grants.empty()) first = std::min(first, Month::containing(input.project.operation().first));
  Sheet sheet = cost_months(input, first, claim.month, to_date_sheet);
  const AmountLine* total = line_of(claim, "total");
  const CellAt line[] = {{claim_sheet, static_cast<std::uint32_t>(total - claim.lines.data()), claim_amount}};
  sheet.rows.back()[2] = sum_of_cells(total->amount, rounding, line);
  add_totals(sheet, {"whole_hours", "total", "cofinancing", "support"});
  return sheet;
}

Sheet evidence(const ReportInput& input, Month month) {
  Sheet sheet{.id = "evidence", .fields = {"item", "number", "missing", "who"}};
  struct Row {
    const char* item;
    bool (*has)(const StaffTime&);
  };
  static constexpr Row rows[] = {
      {"signed", [](const StaffTime& t) { return t.signed_on.has_value(); }},
      {"approved", [](const StaffTime& t) { return t.approved_on.has_value(); }},
      {"function", [](const StaffTime& t) { return !t.function.empty(); }},
      {"activity", [](const StaffTime& t) { return !t.activity.empty(); }},
      {"described", [](const StaffTime& t) { return !t.activity.empty() || !t.description.empty(); }},
  };
  const auto* asked = input.programme.staff_signature.on(month.last());
  for (const Row& row : rows) {
    const bool approver = asked && asked->value == "person_and_approver";
    if (std::string_view(row.item) == "approved" && !approver) continue;
    // Where the call has classes of activities each row has one of them; else it says what was done in words.
    if (std::string_view(row.item) == (input.project.staff_activities.empty() ? "activity" : "described")) continue;
    std::vector<std::uint32_t> all, missing;
    std::string who;
    for (std::uint32_t i = 0; i < input.staff.size(); ++i) {
      const StaffTime& time = input.staff[i];
      if (Month::containing(Date::of_days(time.day)) != month || time.minutes.count() == 0) continue;
      all.push_back(i);
      if (row.has(time)) continue;
      missing.push_back(i);
      if ((", " + who + ", ").find(", " + time.staff_id + ", ") == std::string::npos)
        who += (who.empty() ? "" : ", ") + time.staff_id;
    }
    const auto number = std::ssize(all), without = std::ssize(missing);
    add_row(sheet,
            row_of(cell(Message{"claim-evidence." + std::string(row.item), {}}),
                   counted_cell(std::int64_t{number}, std::move(all), Cell::Counted::StaffRecords),
                   counted_cell(std::int64_t{without}, std::move(missing), Cell::Counted::StaffRecords), text_cell(who)));
  }
  return sheet;
}

}  // namespace

Sheet cost_months(const ReportInput& input, Month first, Month last, std::uint32_t sheet_at) {
  Sheet sheet{.id = "to_date",
              .fields = {"month", "whole_hours", "total", "cofinancing", "support", "stops", "staff_cost", "flat_rate_cost",
                         "participant_cost"}};
  constexpr std::uint32_t of_total = 2, of_cofinancing = 3, of_staff = 6, of_flat_rate = 7, of_participants = 8;
  for (Month m = first; m <= last; m = m.next()) {
    const auto claim = claim_of(input.project, input.programme, input.staff, *input.staff_hours, m, participants_of(input));
    if (!claim) {
      const Finding& why = claim.error().front();
      add_row(sheet, row_of(cell(m), Cell{}, Cell{}, Cell{}, Cell{}, cell(Message{why.code, why.values}), Cell{}, Cell{}, Cell{}));
      continue;
    }
    std::int64_t hours = 0;
    for (const StaffCost& cost : claim->staff) hours += cost.whole_hours;
    const auto records = accepted_rows(input, m, [](const StaffTime&) { return true; });
    const auto here = [&](std::uint32_t field) { return CellAt{sheet_at, static_cast<std::uint32_t>(sheet.rows.size()), field}; };
    Money staff;
    std::vector<std::uint32_t> attendance;
    for (const AmountLine& line : claim->lines) {
      if (line.what == "staff") staff = staff + line.amount;
      attendance.insert(attendance.end(), line.records.begin(), line.records.end());
    }
    const AmountLine *flat = line_of(*claim, "flat_rate"), *participants = line_of(*claim, "participant_allowances"),
                     *total = line_of(*claim, "total"), *cofinancing = line_of(*claim, "cofinancing"),
                     *support = line_of(*claim, "support");
    const auto* rate = flat ? flat_rate(input.programme, flat->of, m.last()) : nullptr;
    std::vector<CellAt> parts{here(of_staff)};
    if (flat) parts.push_back(here(of_flat_rate));
    if (participants) parts.push_back(here(of_participants));
    const auto* rule = input.programme.money_rounding.on(m.last());
    const Rounding of_month = rule ? rule->value : Rounding::Down;  // claim_of stops without one
    const CellAt shared[] = {here(of_total)}, less[] = {here(of_total), here(of_cofinancing)};
    add_row(sheet,
            row_of(cell(m), counted_cell(hours, records, Cell::Counted::StaffRecords), sum_of_cells(total->amount, of_month, parts),
                   cofinancing ? percent_of_cells(cofinancing->amount, input.project.cofinancing_percent.value_or(0), of_month, shared)
                               : Cell{},
                   support ? less_cells(support->amount, less) : Cell{}, Cell{},
                   counted_cell(staff, records, Cell::Counted::StaffRecords),
                   rate ? percent_of_staff(flat->amount, rate->value.covers == "direct_staff" ? 0 : rate->value.percent, of_month, records)
                        : Cell{},
                   participants ? counted_cell(participants->amount, std::move(attendance), Cell::Counted::TimeRecords) : Cell{}));
  }
  return sheet;
}

std::string month_claim_content(const ReportInput& input, Month month) {
  if (!input.staff_hours) return {};
  Sheet rows{.id = "staff_rows",
             .fields = {"staff", "employer", "date", "activity", "function", "reported_minutes", "accepted_minutes", "reason"}};
  for (const StaffLine& line : input.staff_hours->lines) {
    const StaffTime& time = input.staff[line.record];
    const Date day = Date::of_days(time.day);
    if (Month::containing(day) != month) continue;
    add_row(rows, row_of(text_cell(time.staff_id), text_cell(time.employer), time.monthly ? cell(month) : cell(day),
                         text_cell(time.activity), text_cell(time.function), cell(time.minutes), cell(Minutes{line.accepted}),
                         text_cell(std::string(name_of(line.reason)))));
  }
  if (rows.rows.empty()) return {};
  Sheet amounts{.id = "amounts", .fields = {"line", "formula", "amount"}};
  if (const auto claim = claim_of(input.project, input.programme, input.staff, *input.staff_hours, month, participants_of(input)))
    for (const AmountLine& line : claim->lines)
      add_row(amounts, row_of(text_cell(line.what), text_cell(line.formula), cell(line.amount)));
  return to_text(rows) + to_text(amounts);
}

tl::expected<Report, std::vector<Finding>> payment_claim(const ReportInput& input, Month month) {
  const auto claim = claim_of(input.project, input.programme, input.staff, *input.staff_hours, month, participants_of(input));
  if (!claim) return tl::make_unexpected(claim.error());
  const auto* rounding = input.programme.money_rounding.on(month.last());  // claim_of stops without one

  Report report = new_report("payment-claim", input, period_of(month));
  report.sheets = {claim_lines(input, *claim, rounding->value), staff_costs(input, *claim, rounding->value),
                   to_date(input, *claim, rounding->value), evidence(input, month)};
  const auto due = month_due(input.programme, "claim", month);
  if (due) report.notes.push_back({"claim.due", {due->iso()}});

  std::int64_t accepted = 0, whole = 0;
  for (const StaffLine& line : input.staff_hours->lines)
    if (Month::containing(Date::of_days(input.staff[line.record].day)) == month) accepted += line.accepted;
  for (const StaffCost& cost : claim->staff) whole += cost.whole_hours;
  const Sheet &staff = report.sheets[1], &months = report.sheets[2];
  const AmountLine *total = line_of(*claim, "total"), *cofinancing = line_of(*claim, "cofinancing"),
                   *support = line_of(*claim, "support");
  report.checks = {
      {{"check.accepted", {}}, total_of(staff, "accepted_minutes"), accepted, true},
      {{"check.claim_hours", {}}, total_of(staff, "whole_hours"), whole},
      {{"check.claim_rows", {}}, total_of(staff, "amount"), claim->rows.each.ore(), false, true},
      {{"check.claim_month", {}}, std::get<Money>(months.rows.back()[2].value).ore(), total->amount.ore(), false, true},
  };
  if (cofinancing && support)
    report.checks.push_back(
        {{"check.claim_parts", {}}, (cofinancing->amount + support->amount).ore(), total->amount.ore(), false, true});

  const auto stopped = std::count_if(months.rows.begin(), months.rows.end(),
                                     [](const auto& row) { return !std::holds_alternative<std::monostate>(row[5].value); });
  if (stopped > 0) report.remaining.push_back({{"remaining.claim_months", {}}, stopped});
  for (const auto& row : report.sheets[3].rows)
    if (const auto missing = std::get<std::int64_t>(row[2].value); missing > 0)
      report.remaining.push_back({*std::get<Kept<Message>>(row[0].value), missing});
  note_open_month(report, input, month);
  // A claim that rests on staff time is nothing to hand in without any, however right the rest of it is.
  if (rests_on_staff_time(input.project) && claim->staff.empty()) {
    const Bilingual why = words_of(staff_reasons(*input.staff_hours, input.staff, month));
    report.notes.push_back({"draft.no_staff_time", {month.iso(), why.sv.empty() ? std::string() : in_both(why.sv, why.en)}});
    report.remaining.push_back({{"remaining.claim_no_staff", {}}, 1});
    report.draft = true;
  }

  note_staff_terms(report, input, month.last());
  note_use(report, rounding, "unverified.money_rounding", rounding->value == Rounding::Down ? "down" : "half_up",
           input.programme.key);
  for (const AmountLine& line : claim->lines)
    if (!line.cited.text.empty() && line.cited.confidence == Confidence::UnverifiedDefault)
      report.unverified.push_back({"unverified.claim_rate", rate_words(line), line.cited.text});
  for (const char* value : {"staff_cost_model", "rate_area", "flat_rate"})
    if (const auto cited = input.project.citations.find(value);
        cited != input.project.citations.end() && cited->second.confidence == Confidence::UnverifiedDefault)
      report.unverified.push_back({"unverified.claim_term", value, input.project.key + ".toml: " + value});
  if (due) report.unverified.push_back({"unverified.claim_due", due->iso(), input.programme.key + ".toml: deadline"});
  return report;
}

}  // namespace horisont
