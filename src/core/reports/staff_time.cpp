// Staff time: by member and month, the year's cap over all projects, days above the day's cap, activities, every refused row.

#include <algorithm>
#include <map>
#include <set>

#include "core/reports/cells.h"
#include "core/reports/measures.h"
#include "core/reports/open_months.h"
#include "core/reports/said.h"
#include "core/reports/staff_cells.h"

namespace horisont {
namespace {

using MemberMonth = std::pair<StaffMember, Month>;

// What stands behind a month of the ledger: its rows, the functions in them, why time of it was refused.
struct Behind {
  std::vector<std::uint32_t> records;
  std::set<std::string> functions;
};
using ByMonth = std::map<MemberMonth, Behind>;

bool in_period(std::int32_t day, ReportPeriod period) { return period.first.days() <= day && day <= period.last.days(); }

ByMonth behind_months(const ReportInput& input, ReportPeriod period) {
  ByMonth found;
  for (const StaffLine& line : input.staff_hours->lines) {
    const StaffTime& time = input.staff[line.record];
    if (!in_period(time.day, period)) continue;
    Behind& behind = found[{{time.employer, time.staff_id}, Month::containing(Date::of_days(time.day))}];
    behind.records.push_back(line.record);
    if (!time.function.empty()) behind.functions.insert(time.function);
  }
  return found;
}

template <class Words>
Cell joined(const Words& ids) {
  Bilingual all;
  for (const std::string& id : ids) {
    all.sv += (all.sv.empty() ? "" : ", ") + words({id, {}}, Language::Swedish);
    all.en += (all.en.empty() ? "" : ", ") + words({id, {}}, Language::English);
  }
  return all.sv.empty() ? Cell{} : cell(all);
}

Sheet months(const ReportInput& input, ReportPeriod period, const ByMonth& by_month) {
  Sheet sheet{.id = "months",
              .fields = {"staff", "employer", "functions", "month", "reported_minutes", "accepted_minutes", "refused_minutes",
                         "whole_hours", "reasons", "signed_on", "approved_on"}};
  const auto reasons = staff_reasons(*input.staff_hours, input.staff);
  for (const StaffMonth& month : input.staff_hours->months) {
    if (!in_period(month.month.first().days(), period)) continue;
    const auto found = by_month.find({month.member, month.month});
    const Behind behind = found == by_month.end() ? Behind{} : found->second;
    std::vector<std::string> functions;
    for (const std::string& function : behind.functions) functions.push_back("staff-function." + function);
    const auto why = reasons.find({month.member, month.month});
    add_row(sheet, row_of(text_cell(month.member.staff_id), text_cell(month.member.employer), joined(functions),
                          cell(month.month), staff_minutes_cell(month.reported, behind.records),
                          staff_minutes_cell(month.accepted, behind.records), staff_minutes_cell(month.refused, behind.records),
                          counted_cell(month.whole_hours, behind.records, Cell::Counted::StaffRecords),
                          why == reasons.end() ? Cell{} : cell(words_of(why->second)),
                          cell(month.signed_on), cell(month.approved_on)));
  }
  add_totals(sheet, {"reported_minutes", "accepted_minutes", "refused_minutes", "whole_hours"});
  return sheet;
}

// The cap is one of the calendar year, so a year is shown whole however short the period is.
Sheet years(const ReportInput& input, ReportPeriod period) {
  Sheet sheet{.id = "years",
              .fields = {"staff", "employer", "year", "employment_share", "cap_minutes", "here_minutes", "accepted_minutes",
                         "elsewhere_minutes", "other_eu_minutes", "used_minutes", "left_minutes", "over_minutes"}};
  for (const StaffYear& year : input.staff_hours->years) {
    if (year.year < period.first.year() || period.last.year() < year.year) continue;
    std::vector<std::uint32_t> records, over;
    for (const StaffLine& line : input.staff_hours->lines) {
      const StaffTime& time = input.staff[line.record];
      if (StaffMember{time.employer, time.staff_id} != year.member || Date::of_days(time.day).year() != year.year) continue;
      records.push_back(line.record);
      if (line.reason == Reason::OverYearLimit) over.push_back(line.record);
    }
    const auto of_cap = [&](std::int64_t minutes, std::vector<std::uint32_t> places) {
      return year.cap ? row_sum_cell(Minutes{minutes}, std::move(places)) : Cell{};
    };
    add_row(sheet,
            row_of(text_cell(year.member.staff_id), text_cell(year.member.employer), cell(std::to_string(year.year)),
                   year.employment_share ? setting_cell(Ratio{*year.employment_share, 10'000}) : Cell{},
                   year.cap ? setting_cell(*year.cap) : Cell{}, staff_minutes_cell(year.here, records),
                   staff_minutes_cell(year.accepted, records), cell(Minutes{year.accepted_elsewhere}),
                   cell(Minutes{year.other_eu}), row_sum_cell(Minutes{year.used()}, {6, 7, 8}), of_cap(year.left(), {4, 9}),
                   year.cap ? staff_minutes_cell(year.over, std::move(over)) : Cell{}));
  }
  add_totals(sheet, {"here_minutes", "accepted_minutes", "elsewhere_minutes", "other_eu_minutes", "used_minutes", "over_minutes"});
  return sheet;
}

Sheet days_over(const ReportInput& input, ReportPeriod period) {
  Sheet sheet{.id = "days_over",
              .fields = {"staff", "employer", "date", "everywhere_minutes", "cap_minutes", "over_minutes", "refused_minutes"}};
  for (const StaffDayOver& day : input.staff_hours->days) {
    if (!in_period(day.day.days(), period)) continue;
    std::vector<std::uint32_t> records;
    for (std::uint32_t i = 0; i < input.staff.size(); ++i) {
      const StaffTime& time = input.staff[i];
      if (StaffMember{time.employer, time.staff_id} == day.member && !time.monthly && time.day == day.day.days())
        records.push_back(i);
    }
    add_row(sheet,
            row_of(text_cell(day.member.staff_id), text_cell(day.member.employer), cell(day.day), cell(Minutes{day.everywhere}),
                   setting_cell(Minutes{day.cap}), row_sum_cell(Minutes{day.everywhere - day.cap}, {3, 4}),
                   staff_minutes_cell(day.refused_here, std::move(records))));
  }
  add_totals(sheet, {"refused_minutes"});
  return sheet;
}

Sheet activities(const ReportInput& input, ReportPeriod period) {
  struct Sum {
    std::int64_t reported = 0, accepted = 0, refused = 0;
    std::vector<std::uint32_t> records;
  };
  std::map<std::pair<Month, std::string>, Sum> sums;
  for (const StaffLine& line : input.staff_hours->lines) {
    const StaffTime& time = input.staff[line.record];
    if (!in_period(time.day, period)) continue;
    Sum& sum = sums[{Month::containing(Date::of_days(time.day)), time.activity}];
    sum.reported += time.minutes.count(), sum.accepted += line.accepted, sum.refused += line.refused;
    sum.records.push_back(line.record);
  }
  Sheet sheet{.id = "activities", .fields = {"month", "activity", "reported_minutes", "accepted_minutes", "refused_minutes"}};
  for (const auto& [key, sum] : sums)
    add_row(sheet, row_of(cell(key.first), staff_activity_cell(input.project, key.second),
                          staff_minutes_cell(sum.reported, sum.records), staff_minutes_cell(sum.accepted, sum.records),
                          staff_minutes_cell(sum.refused, sum.records)));
  add_totals(sheet, {"reported_minutes", "accepted_minutes", "refused_minutes"});
  return sheet;
}

// The limit that decided, as the terms have it; of an overlap the other time.
std::string limit_of(const StaffLine& line, const StaffTime& time, const ReportInput& input) {
  const Reason reason = line.reason;
  const Date day = Date::of_days(time.day);
  if (reason == Reason::OutsideProject && !input.project.grants.empty()) {
    const Period operation = input.project.operation();
    return operation.first.iso() + "–" + (operation.last ? operation.last->iso() : std::string());
  }
  if (reason == Reason::OverDayLimit) {
    const auto* cap = input.programme.staff_day_cap.on(day);
    return span_text(cap ? cap->value : Minutes{24 * 60});
  }
  if (reason == Reason::Overlap || reason == Reason::OverlapElsewhere)
    for (const StaffTwoPlaces& both : input.staff_hours->two_places)
      if (both.record == line.record) return both.with;
  if (reason == Reason::OverYearLimit)
    for (const StaffYear& year : input.staff_hours->years)
      if (year.member == StaffMember{time.employer, time.staff_id} && year.year == day.year() && year.cap)
        return span_text(*year.cap);
  return {};
}

Sheet refused(const ReportInput& input, ReportPeriod period) {
  Sheet sheet{.id = "refused",
              .fields = {"staff", "employer", "date", "activity", "refused_minutes", "reason", "limit", "source_file",
                         "source_sheet", "source_cell", "to_do"}};
  for (const StaffLine& line : input.staff_hours->lines) {
    const StaffTime& time = input.staff[line.record];
    if (line.refused == 0 || !in_period(time.day, period)) continue;
    const Date day = Date::of_days(time.day);
    const Message why = staff_reason(line.reason);
    std::vector<Cell> row =
        row_of(text_cell(time.staff_id), text_cell(time.employer), time.monthly ? cell(Month::containing(day)) : cell(day),
               staff_activity_cell(input.project, time.activity), staff_minutes_cell(line.refused, {line.record}),
               cell(why), text_cell(limit_of(line, time, input)));
    for (Cell& source : source_cells(time.origin, input.files)) row.push_back(std::move(source));
    row.push_back(cell(Message{why.id + ".do", {}}));
    add_row(sheet, std::move(row));
  }
  add_totals(sheet, {"refused_minutes"});
  return sheet;
}

}  // namespace

Message staff_reason(Reason reason) { return {"staff-reason." + std::string(name_of(reason)), {}}; }

std::string codes_of(const StaffReasons& reasons) {
  std::string all;
  for (const Reason reason : reasons) all += (all.empty() ? "" : ", ") + std::string(name_of(reason));
  return all;
}

Bilingual words_of(const StaffReasons& reasons) {
  Bilingual all;
  for (const Reason reason : reasons)
    for (auto [text, language] : {std::pair(&all.sv, Language::Swedish), std::pair(&all.en, Language::English)})
      *text += (text->empty() ? "" : "; ") + words(staff_reason(reason), language);
  return all;
}

std::map<std::pair<StaffMember, Month>, StaffReasons> staff_reasons(const StaffLedger& ledger, std::span<const StaffTime> all) {
  std::map<std::pair<StaffMember, Month>, StaffReasons> found;
  for (const StaffLine& line : ledger.lines) {
    const StaffTime& time = all[line.record];
    if (line.refused > 0)
      found[{{time.employer, time.staff_id}, Month::containing(Date::of_days(time.day))}].insert(line.reason);
  }
  return found;
}

StaffReasons staff_reasons(const StaffLedger& ledger, std::span<const StaffTime> all, Month month) {
  StaffReasons found;
  for (const StaffLine& line : ledger.lines)
    if (line.refused > 0 && Month::containing(Date::of_days(all[line.record].day)) == month) found.insert(line.reason);
  return found;
}

Cell staff_minutes_cell(std::int64_t minutes, std::vector<std::uint32_t> records) {
  return counted_cell(Minutes{minutes}, std::move(records), Cell::Counted::StaffRecords);
}

Cell staff_activity_cell(const ProjectTerms& project, const std::string& word) {
  if (word.empty()) return {};
  const auto activity = project.activity(word);
  return cell(activity ? report_name(project, *activity) : Bilingual{word, word});
}

void note_staff_terms(Report& report, const ReportInput& input, Date on) {
  const ProgrammeTerms& terms = input.programme;
  const auto hours = [&](const auto* dated) { return dated ? span_text(dated->value) : std::string(); };
  note_use(report, terms.staff_year_cap.on(on), "unverified.staff_year_cap", hours(terms.staff_year_cap.on(on)), terms.key);
  note_use(report, terms.staff_day_cap.on(on), "unverified.staff_day_cap", hours(terms.staff_day_cap.on(on)), terms.key);
  if (const auto* part = terms.part_year_cap.on(on))
    note_use(report, part, "unverified.part_year_cap", part->value ? "on" : "off", terms.key);
  if (const auto* signature = terms.staff_signature.on(on))
    note_use(report, signature, "unverified.staff_signature", signature->value, terms.key);
  if (const auto* rounding = terms.whole_hours_rounding.on(on))
    note_use(report, rounding, "unverified.whole_hours_rounding", rounding->value == Rounding::Down ? "down" : "half_up",
             terms.key);
  report.unverified.push_back({"unverified.latest_refused_first", "F7", "staff.h"});
}

Report staff_time_report(const ReportInput& input, ReportPeriod asked) {
  // Caps and whole hours are of months and years, so the period is one of whole months.
  const ReportPeriod period{Month::containing(asked.first).first(), Month::containing(asked.last).last()};
  Report report = new_report("staff-time", input, period);
  const ByMonth by_month = behind_months(input, period);
  report.sheets = {months(input, period, by_month), years(input, period), days_over(input, period), activities(input, period),
                   refused(input, period)};
  const Sheet &of_months = report.sheets[0], &of_activities = report.sheets[3], &refusals = report.sheets[4];

  std::int64_t reported = 0, accepted = 0, left_over = 0, undecided = 0, without_share = 0, above_part_year = 0,
               unsigned_months = 0;
  for (const StaffLine& line : input.staff_hours->lines) {
    const StaffTime& time = input.staff[line.record];
    if (!in_period(time.day, period)) continue;
    reported += time.minutes.count(), accepted += line.accepted, left_over += line.refused;
    undecided += line.reason == Reason::Undecided && line.refused > 0;
  }
  for (const StaffYear& year : input.staff_hours->years) {
    if (year.year < period.first.year() || period.last.year() < year.year) continue;
    without_share += !year.employment_share;
    above_part_year += year.part_year_cap && year.used() > year.part_year_cap->count();
  }
  for (const StaffMonth& month : input.staff_hours->months)
    if (in_period(month.month.first().days(), period) && month.reported > 0 && !month.signed_on) ++unsigned_months;

  report.checks = {
      {{"check.reported_is_accepted_and_refused", {}},
       total_of(of_months, "reported_minutes"),
       total_of(of_months, "accepted_minutes") + total_of(of_months, "refused_minutes"),
       true},
      {{"check.reported", {}}, total_of(of_months, "reported_minutes"), reported, true},
      {{"check.accepted", {}}, total_of(of_months, "accepted_minutes"), accepted, true},
      {{"check.refused", {}}, total_of(refusals, "refused_minutes"), left_over, true},
      {{"check.months_are_activities", {}},
       total_of(of_months, "reported_minutes"),
       total_of(of_activities, "reported_minutes"),
       true},
  };
  const auto remains = [&](const char* what, std::int64_t number) {
    if (number > 0) report.remaining.push_back({{what, {}}, number});
  };
  remains("remaining.staff_share", without_share);
  remains("remaining.staff_undecided", undecided);
  remains("remaining.staff_part_year", above_part_year);
  remains("remaining.staff_unsigned", unsigned_months);
  remains("remaining.staff_untold", std::count_if(input.staff_hours->untold.begin(), input.staff_hours->untold.end(),
                                                  [&](const StaffDayUntold& day) { return in_period(day.day.days(), period); }));
  std::set<Month> with_time;
  for (const StaffTime& time : input.staff)
    if (in_period(time.day, period)) with_time.insert(Month::containing(Date::of_days(time.day)));
  note_open_months(report, input, period, with_time);
  note_staff_terms(report, input, period.last);
  return report;
}

}  // namespace horisont
