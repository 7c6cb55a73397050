// Participants' hours: by month, by person, by month and activity, every refused record with its reason, every day.

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "core/reports/cells.h"
#include "core/reports/measures.h"
#include "core/reports/open_months.h"
#include "core/reports/said.h"

namespace horisont {
namespace {

std::vector<Month> months_of(ReportPeriod period) {
  std::vector<Month> months;
  for (Month month = Month::containing(period.first); month.first() <= period.last; month = month.next())
    months.push_back(month);
  return months;
}

// The part of a month that lies in the period.
ReportPeriod part_of(Month month, ReportPeriod period) {
  return {std::max(month.first(), period.first), std::min(month.last(), period.last)};
}

Sheet summary(const ReportInput& input, ReportPeriod period, std::span<const PersonMonth> hours) {
  Sheet sheet{.id = "summary",
              .fields = {"month", "participants_with_hours", "participants_without_hours", "reported_minutes",
                         "accepted_minutes", "refused_minutes", "whole_hours", "lost_minutes", "of_target"}};
  auto next = hours.begin();
  for (const Month month : months_of(period)) {
    std::vector<std::uint32_t> funded;  // ordered, as the hours are
    PersonMonth sum{.month = month, .person = 0};
    for (; next != hours.end() && next->month == month; ++next) {
      if (next->accepted > 0) funded.push_back(next->person);
      sum.reported += next->reported;
      sum.accepted += next->accepted;
      sum.refused += next->refused;
      sum.whole_hours += next->whole_hours;
      sum.records.insert(sum.records.end(), next->records.begin(), next->records.end());
    }
    // Participations and hours are both ordered by person.
    std::vector<std::uint32_t> without;
    auto with = funded.begin();
    for (const Participation& p : input.participations) {
      while (with != funded.end() && *with < p.person) ++with;
      if ((with == funded.end() || *with != p.person) && touches(p, part_of(month, period))) without.push_back(p.person);
    }
    const auto planned = planned_participants(input.project, month.last());
    const std::vector<std::uint32_t> so_far = who(taken_part, input.participations, part_of(month, period).last);
    const auto number = static_cast<std::int64_t>(so_far.size());
    add_row(sheet,
            row_of(cell(month), persons_cell(funded), persons_cell(std::move(without)), minutes_cell(sum.reported, sum.records),
                   minutes_cell(sum.accepted, sum.records), minutes_cell(sum.refused, sum.records),
                   counted_cell(sum.whole_hours, sum.records, Cell::Counted::TimeRecords),
                   row_sum_cell(Minutes{sum.lost()}, {4, 6}),
                   planned ? counted_cell(Ratio{number, *planned}, so_far, Cell::Counted::Persons) : Cell{}));
  }
  add_totals(sheet, {"reported_minutes", "accepted_minutes", "refused_minutes", "whole_hours", "lost_minutes"});
  return sheet;
}

// The records of the period, by person, day and activity.
struct Records {
  std::vector<std::uint32_t> lines;      // places in the ledger
  std::vector<std::uint8_t> activities;  // see report_activities
};

std::uint8_t activity_of(const TimeRecord& record, const Records& records) {
  return record.activity < records.activities.size() ? records.activities[record.activity] : record.activity;
}

Records records_of(const ReportInput& input, ReportPeriod period) {
  Records found{{}, report_activities(input.project)};
  for (std::uint32_t line = 0; line < input.hours.lines.size(); ++line) {
    const std::int32_t day = input.times[input.hours.lines[line].record].day;
    if (period.first.days() <= day && day <= period.last.days()) found.lines.push_back(line);
  }
  const auto key = [&](std::uint32_t line) {
    const TimeRecord& record = input.times[input.hours.lines[line].record];
    return std::tuple(record.person, record.day, activity_of(record, found), record.start, line);
  };
  // Records mostly come by person and day, and then only those of one day have to be put in order.
  const auto day = [&](std::uint32_t line) {
    const TimeRecord& record = input.times[input.hours.lines[line].record];
    return std::pair(record.person, record.day);
  };
  const auto by_key = [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); };
  if (!std::is_sorted(found.lines.begin(), found.lines.end(),
                      [&](std::uint32_t a, std::uint32_t b) { return day(a) < day(b); })) {
    std::sort(found.lines.begin(), found.lines.end(), by_key);
    return found;
  }
  for (auto from = found.lines.begin(), to = from; from != found.lines.end(); from = to) {
    while (to != found.lines.end() && day(*to) == day(*from)) ++to;
    if (to - from > 1) std::sort(from, to, by_key);
  }
  return found;
}

// What the rows of the long sheets are made of; those that are made when they are asked for keep it.
struct Material {
  ReportInput input;
  ReportPeriod period;
  std::vector<Month> months;
  std::vector<PersonMonth> hours;
  Records records;
  PersonIndex place;
  /// Who stands in the list of participants; the months of the next one follow in `by_person`.
  struct Person {
    std::uint32_t person = 0;
    std::size_t first = 0;
  };
  std::vector<Person> persons;
  std::vector<const PersonMonth*> by_person;
};
using SharedMaterial = std::shared_ptr<const Material>;

SharedMaterial material(const ReportInput& input, ReportPeriod period) {
  auto of = std::make_shared<Material>(Material{.input = input,
                                                .period = period,
                                                .months = months_of(period),
                                                .hours = person_months(input, period),
                                                .records = records_of(input, period),
                                                .place = PersonIndex(input.participations),
                                                .persons = {},
                                                .by_person = {}});
  of->by_person.reserve(of->hours.size());
  for (const PersonMonth& of_month : of->hours) of->by_person.push_back(&of_month);
  std::stable_sort(of->by_person.begin(), of->by_person.end(),
                   [](const PersonMonth* a, const PersonMonth* b) { return a->person < b->person; });
  std::vector<std::uint32_t> persons;
  for (const PersonMonth* of_month : of->by_person)
    if (persons.empty() || persons.back() != of_month->person) persons.push_back(of_month->person);
  for (const Participation& p : input.participations)
    if (touches(p, period)) persons.push_back(p.person);
  std::sort(persons.begin(), persons.end());
  persons.erase(std::unique(persons.begin(), persons.end()), persons.end());
  of->persons.reserve(persons.size());
  std::size_t next = 0;
  for (const std::uint32_t person : persons) {
    of->persons.push_back({person, next});
    while (next < of->by_person.size() && of->by_person[next]->person == person) ++next;
  }
  return of;
}

std::vector<Cell> participant_row(const Material& of, std::size_t place, std::size_t width) {
  const std::uint32_t person = of.persons[place].person;
  std::vector<Cell> row(5);
  row.reserve(width);
  row[0] = reference_cell(participant_reference(person));
  if (const auto at = of.place[person]) {
    const Participation& p = of.input.participations[*at];
    // The place where a person with protected identity takes part is not for others to read.
    const Subproject* subproject = subproject_of(p, of.input.project);
    if (!p.protected_identity && subproject) row[1] = text_cell(subproject->name);
    row[2] = cell(p.entered_on);
    row[3] = cell(last_day(p));
    row[4] = cell(of.input.decisions[*at].verdict);
  }
  std::int64_t accepted = 0, refused = 0;
  std::vector<std::uint32_t> records, places;
  auto next = of.by_person.begin() + static_cast<std::ptrdiff_t>(of.persons[place].first);
  for (const Month month : of.months) {
    if (next == of.by_person.end() || (*next)->person != person || (*next)->month != month) {
      row.emplace_back();  // nothing was reported; 0 says that nothing of it was accepted
      continue;
    }
    places.push_back(static_cast<std::uint32_t>(row.size()));
    accepted += (*next)->accepted;
    refused += (*next)->refused;
    records.insert(records.end(), (*next)->records.begin(), (*next)->records.end());
    row.push_back(minutes_cell((*next)->accepted, (*next)->records));
    ++next;
  }
  const auto total_at = static_cast<std::uint32_t>(row.size());
  row.push_back(row_sum_cell(Minutes{accepted}, std::move(places)));
  row.push_back(minutes_cell(refused, std::move(records)));
  row.push_back(row_sum_cell(Minutes{accepted + refused}, {total_at, total_at + 1}));
  return row;
}

Sheet participants(const SharedMaterial& of) {
  Sheet sheet{.id = "participants", .fields = {"participant", "subproject", "entry_date", "exit_date", "verdict"}};
  std::vector<std::string> summed;
  for (const Month month : of->months) summed.push_back("accepted_" + month.iso());
  summed.insert(summed.end(), {"accepted_minutes", "refused_minutes", "reported_minutes"});
  sheet.fields.insert(sheet.fields.end(), summed.begin(), summed.end());
  set_rows(sheet, of->persons.size(),
           [of, width = sheet.fields.size()](std::size_t row) { return participant_row(*of, row, width); });
  add_totals(sheet, summed);
  return sheet;
}

Sheet month_activity(const ReportInput& input, const Records& records) {
  struct Sum {
    std::int64_t reported = 0, accepted = 0, refused = 0;
    std::vector<std::uint32_t> persons;
    std::vector<std::uint32_t> records;
  };
  std::map<std::pair<Month, std::uint8_t>, Sum> sums;
  for (const std::uint32_t at : records.lines) {
    const LedgerLine& line = input.hours.lines[at];
    const TimeRecord& record = input.times[line.record];
    Sum& sum = sums[{Month::containing(Date::of_days(record.day)), activity_of(record, records)}];
    sum.reported += record.minutes;
    sum.accepted += line.accepted;
    sum.refused += line.refused;
    // The records come ordered by person.
    if (record.minutes > 0 && (sum.persons.empty() || sum.persons.back() != record.person))
      sum.persons.push_back(record.person);
    sum.records.push_back(line.record);
  }
  Sheet sheet{.id = "month_activity",
              .fields = {"month", "activity", "participants", "reported_minutes", "accepted_minutes", "refused_minutes"}};
  for (auto& [key, sum] : sums)
    add_row(sheet, row_of(cell(key.first), cell(report_name(input.project, key.second)), persons_cell(std::move(sum.persons)),
                          minutes_cell(sum.reported, sum.records), minutes_cell(sum.accepted, sum.records),
                          minutes_cell(sum.refused, sum.records)));
  add_totals(sheet, {"reported_minutes", "accepted_minutes", "refused_minutes"});
  return sheet;
}

// A month's total has no day.
Cell day_cell(const TimeRecord& record) {
  const Date day = Date::of_days(record.day);
  return record.flags & TimeMonthly ? cell(Month::containing(day)) : cell(day);
}

std::string cap_text(const Timeline<Minutes>& caps, const TimeRecord& record) {
  const auto* cap = caps.on(Date::of_days(record.day));
  return cap ? span_text(cap->value) : std::string();
}

// What decided that the minutes are not funded, as the register or the terms have it.
std::string rule_or_limit(Reason reason, const TimeRecord& record, const Participation* p, const Decision* decision,
                          const ReportInput& input) {
  switch (reason) {
    case Reason::BeforeEntry:
      return p && p->entered_on ? p->entered_on->value.iso() : std::string();
    case Reason::AfterExit: {
      const auto last = p ? last_day(*p) : std::nullopt;
      return last ? last->iso() : std::string();
    }
    case Reason::OutsideProject: {
      if (input.project.grants.empty()) return {};
      const Period operation = input.project.operation();
      return operation.first.iso() + "–" + (operation.last ? operation.last->iso() : std::string());
    }
    case Reason::NotEligible:
    case Reason::Undecided:
      return decision ? codes_of(*decision) : std::string();
    case Reason::OverDayLimit:
      return cap_text(input.programme.participant_day_cap, record);
    case Reason::OverMonthLimit:
      return cap_text(input.programme.participant_month_cap, record);
    case Reason::BelowMinimum:
      return cap_text(input.programme.participant_month_minimum, record);
    case Reason::OverYearLimit:
      return cap_text(input.programme.participant_year_cap, record);
    case Reason::Overlap:
    case Reason::OverlapElsewhere: {
      std::string elsewhere;
      for (const TwoPlaces& both : input.hours.two_places_of(static_cast<std::uint32_t>(&record - input.times.data())))
        elsewhere += (elsewhere.empty() ? "" : ", ") + both.with;
      return elsewhere;
    }
    default:
      return {};
  }
}

std::vector<Cell> refused_row(const Material& of, std::uint32_t at) {
  const ReportInput& input = of.input;
  const LedgerLine& line = input.hours.lines[at];
  const TimeRecord& record = input.times[line.record];
  const auto person = of.place[record.person];
  const std::string limit = rule_or_limit(line.reason, record, person ? &input.participations[*person] : nullptr,
                                          person ? &input.decisions[*person] : nullptr, input);
  const std::string reason(name_of(line.reason));
  std::vector<Cell> row = row_of(reference_cell(participant_reference(record.person)), day_cell(record),
                                 cell(report_name(input.project, activity_of(record, of.records))),
                                 minutes_cell(line.refused, {line.record}), choice_cell("reason", reason), text_cell(limit),
                                 cell(Message{"reason." + reason + ".text", {}}));
  for (Cell& source : source_cells(record.origin, input.files)) row.push_back(std::move(source));
  row.push_back(cell(Message{"reason." + reason + ".do", {}}));
  return row;
}

Sheet refused(const SharedMaterial& of) {
  Sheet sheet{.id = "refused",
              .fields = {"participant", "date", "activity", "refused_minutes", "reason", "rule_or_limit", "text", "source_file",
                         "source_sheet", "source_cell", "to_do"}};
  std::vector<std::uint32_t> lines;
  for (const std::uint32_t at : of->records.lines)
    if (of->input.hours.lines[at].refused != 0) lines.push_back(at);
  const std::size_t count = lines.size();
  set_rows(sheet, count, [of, lines = std::move(lines)](std::size_t row) { return refused_row(*of, lines[row]); });
  add_totals(sheet, {"refused_minutes"});
  return sheet;
}

std::vector<Cell> day_row(const Material& of, std::uint32_t at) {
  const ReportInput& input = of.input;
  const LedgerLine& line = input.hours.lines[at];
  const TimeRecord& record = input.times[line.record];
  std::vector<Cell> row = row_of(
      reference_cell(participant_reference(record.person)), day_cell(record),
      cell(report_name(input.project, activity_of(record, of.records))), minutes_cell(record.minutes, {line.record}),
      minutes_cell(line.accepted, {line.record}), minutes_cell(line.refused, {line.record}),
      line.refused > 0 ? choice_cell("reason", name_of(line.reason)) : Cell{},
      record.flags & TimeAbsent ? choice_cell("absence", record.flags & TimeExcused ? "excused" : "not_excused") : Cell{});
  for (Cell& source : source_cells(record.origin, input.files)) row.push_back(std::move(source));
  row.push_back({});
  return row;
}

Sheet days(const SharedMaterial& of) {
  Sheet sheet{.id = "days",
              .fields = {"participant", "date", "activity", "reported_minutes", "accepted_minutes", "refused_minutes", "reason",
                         "absence", "source_file", "source_sheet", "source_cell", "correction"}};
  set_rows(sheet, of->records.lines.size(), [of](std::size_t row) { return day_row(*of, of->records.lines[row]); });
  add_totals(sheet, {"reported_minutes", "accepted_minutes", "refused_minutes"});
  return sheet;
}

// The ledger's own sums by person, activity and month can be compared where whole months were asked for.
bool whole_months(ReportPeriod period) {
  return Month::containing(period.first).first() == period.first && Month::containing(period.last).last() == period.last;
}

}  // namespace

Report hours_summary(const ReportInput& input, ReportPeriod period) {
  const SharedMaterial of = material(input, period);
  const Records& records = of->records;
  Report report = new_report("hours-summary", input, period);
  // More rows than this nobody reads, and a spreadsheet soon cannot hold; the sums of all of them stand in the other sheets.
  constexpr std::size_t most_rows = 200'000;
  report.sheets.push_back(summary(input, period, of->hours));
  report.sheets.push_back(participants(of));
  report.sheets.push_back(month_activity(input, records));
  Sheet refusals = refused(of);
  const std::int64_t refused_in_rows = total_of(refusals, "refused_minutes");
  if (row_count(refusals) > most_rows)
    report.notes.push_back({"hours.refused_left_out", {std::to_string(row_count(refusals))}});
  else
    report.sheets.push_back(std::move(refusals));
  std::optional<std::int64_t> reported_in_days;
  if (records.lines.size() > most_rows) {
    report.notes.push_back({"hours.days_left_out", {std::to_string(records.lines.size())}});
  } else {
    report.sheets.push_back(days(of));
    reported_in_days = total_of(report.sheets.back(), "reported_minutes");
  }

  const Sheet& by_month = report.sheets[0];
  std::int64_t reported = 0, accepted = 0, left_over = 0;
  if (whole_months(period)) {
    const int first = Month::containing(period.first).number(), last = Month::containing(period.last).number();
    for (const LedgerCell& sum : input.hours.cells)
      if (first <= sum.month && sum.month <= last) reported += sum.reported, accepted += sum.accepted, left_over += sum.refused();
  } else {
    for (const std::uint32_t at : records.lines) {
      reported += input.times[input.hours.lines[at].record].minutes;
      accepted += input.hours.lines[at].accepted;
      left_over += input.hours.lines[at].refused;
    }
  }
  report.checks = {
      {{"check.reported_is_accepted_and_refused", {}},
       total_of(by_month, "reported_minutes"),
       total_of(by_month, "accepted_minutes") + total_of(by_month, "refused_minutes"),
       true},
      {{"check.reported", {}}, total_of(by_month, "reported_minutes"), reported, true},
      {{"check.accepted", {}}, total_of(by_month, "accepted_minutes"), accepted, true},
      {{"check.refused", {}}, refused_in_rows, left_over, true},
      {{"check.whole_hours", {}},
       total_of(by_month, "whole_hours") * 60 + total_of(by_month, "lost_minutes"),
       total_of(by_month, "accepted_minutes"),
       true},
      {{"check.months_are_participants", {}},
       total_of(by_month, "accepted_minutes"),
       total_of(report.sheets[1], "accepted_minutes"),
       true},
      {{"check.months_are_activities", {}},
       total_of(by_month, "reported_minutes"),
       total_of(report.sheets[2], "reported_minutes"),
       true},
      {{"check.rows_are_total", {}},
       total_of(report.sheets[1], "reported_minutes"),
       sum_of_rows(report.sheets[1], "reported_minutes"),
       true},
  };
  if (reported_in_days)
    report.checks.push_back({{"check.months_are_days", {}}, total_of(by_month, "reported_minutes"), *reported_in_days, true});
  std::set<Month> with_time;
  for (const PersonMonth& of_month : of->hours) with_time.insert(of_month.month);
  note_open_months(report, input, period, with_time);
  note_hour_terms(report, input, period.last);
  note_rules(report, input);
  return report;
}

}  // namespace horisont
