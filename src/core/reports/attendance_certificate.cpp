// Attendance certificates of a month, one sheet a participant to be printed and signed, and a list of them.

#include <algorithm>
#include <map>
#include <set>

#include "core/reports/cells.h"
#include "core/reports/measures.h"

namespace horisont {
namespace {

// What one participant has in the month.
struct Certified {
  const Participation* who = nullptr;
  const PersonMonth* hours = nullptr;   // null: nothing was reported
  std::vector<std::uint32_t> records;   // by day and time of day
};

std::set<std::int32_t> days_attended(const Certified& one, const ReportInput& input) {
  std::set<std::int32_t> days;
  for (const std::uint32_t record : one.records)
    if (input.times[record].minutes > 0 && !(input.times[record].flags & TimeMonthly)) days.insert(input.times[record].day);
  return days;
}

// Signed when all of the month is; nobody has said so of a sheet without a column for it.
YesNo signature_of(const Certified& one, const ReportInput& input) {
  bool all = !one.records.empty();
  for (const std::uint32_t record : one.records) {
    if (input.times[record].flags & TimeNotSigned) return YesNo::No;
    all = all && (input.times[record].flags & TimeSigned);
  }
  return all ? YesNo::Yes : YesNo::Unknown;
}

// How the month was signed, each kind once: "på papper", or "på papper, kod i portalen".
Bilingual signature_kinds(const Certified& one, const ReportInput& input) {
  std::set<std::string_view> kinds;
  for (const std::uint32_t record : one.records) kinds.insert(signature_of(input.times[record]));
  Bilingual words_of_all;
  for (const std::string_view kind : kinds) {
    const Message message{"signature." + std::string(kind), {}};
    words_of_all.sv += (words_of_all.sv.empty() ? "" : ", ") + words(message, Language::Swedish);
    words_of_all.en += (words_of_all.en.empty() ? "" : ", ") + words(message, Language::English);
  }
  return words_of_all;
}

Cell clock_cell(std::int16_t minute) { return minute < 0 ? Cell{} : cell(Clock{minute}); }

// Absence as it was stated, else why the time is not accepted.
Cell remark_of(const TimeRecord& record, const LedgerLine* line) {
  if (record.flags & TimeAbsent)
    return cell(Message{record.flags & TimeExcused ? "certificate.absent_excused" : "certificate.absent", {}});
  return line && line->refused > 0 ? choice_cell("reason", name_of(line->reason)) : Cell{};
}

Sheet certificate(const Certified& one, const ReportInput& input, const std::vector<const LedgerLine*>& judged) {
  const Participation& p = *one.who;
  Sheet sheet{.id = "certificate_" + p.reference,
              .fields = {"date", "weekday", "activity", "from", "to", "reported_minutes", "accepted_minutes", "remark"}};
  const auto said = [](const char* id) { return cell(Message{id, {}}); };
  const auto particular = [&](const char* label, Cell value) {
    std::vector<Cell> row(sheet.fields.size());
    row[0] = said(label), row[2] = std::move(value);
    add_row(sheet, std::move(row));
  };
  particular("certificate.project", cell(input.project.name));
  particular("certificate.record_number", text_cell(input.project.record_number));
  particular("certificate.owner", text_cell(input.project.owner));
  // Where a person with protected identity takes part, and who it is, is not for others to read.
  if (!p.protected_identity) {
    if (const Subproject* subproject = subproject_of(p, input.project)) particular("certificate.subproject", text_cell(subproject->name));
    particular("certificate.participant", text_cell(p.name));
    if (p.number) particular("certificate.number", cell(Identity{p.number->digits()}));
  } else {
    particular("certificate.participant", said("certificate.protected"));
  }
  particular("certificate.reference", reference_cell(p.reference));
  add_row(sheet,
          row_of(said("certificate.date"), said("certificate.weekday"), said("certificate.activity"), said("certificate.from"),
                 said("certificate.to"), said("certificate.hours"), said("certificate.accepted"), said("certificate.remark")),
          Role::Heading);
  std::int64_t reported = 0, accepted = 0;
  for (const std::uint32_t at : one.records) {
    const TimeRecord& record = input.times[at];
    const Date day = Date::of_days(record.day);
    const bool monthly = record.flags & TimeMonthly;
    const LedgerLine* line = judged[at];
    reported += record.minutes, accepted += line ? line->accepted : 0;
    add_row(sheet, row_of(monthly ? cell(Month::containing(day)) : cell(day),
                          monthly ? Cell{} : choice_cell("weekday", std::to_string(day.weekday())),
                          cell(report_name(input.project, record.activity)), clock_cell(record.start), clock_cell(record.end),
                          minutes_cell(record.minutes, {at}), minutes_cell(line ? line->accepted : 0, {at}), remark_of(record, line)));
  }
  if (one.records.empty()) particular("certificate.none", Cell{});
  const std::string days = std::to_string(days_attended(one, input).size());
  add_row(sheet,
          row_of(cell(Message{"certificate.total", {days}}), Cell{}, Cell{}, Cell{}, Cell{}, minutes_cell(reported, one.records),
                 minutes_cell(accepted, one.records), Cell{}),
          Role::Total);
  add_row(sheet,
          row_of(said("certificate.whole_hours"), Cell{}, Cell{}, Cell{}, Cell{}, Cell{},
                 counted_cell(one.hours ? one.hours->whole_hours : 0, one.records, Cell::Counted::TimeRecords), Cell{}),
          Role::Total);
  if (!one.records.empty()) particular("certificate.signature_kind", cell(signature_kinds(one, input)));
  std::vector<Cell> attestation(sheet.fields.size());
  attestation[0] = said("certificate.attestation");
  add_row(sheet, std::move(attestation), Role::Note);
  // An empty row is room to write in; what belongs there stands below it.
  for (const char* who : {"certificate.signature", "certificate.supervisor"}) {
    add_row(sheet, std::vector<Cell>(sheet.fields.size()));
    add_row(sheet, row_of(said("certificate.place"), Cell{}, said(who), Cell{}, Cell{}, said("certificate.name"), Cell{}, Cell{}));
  }
  return sheet;
}

}  // namespace

Report attendance_certificate(const ReportInput& input, Month month) {
  const ReportPeriod period = period_of(month);
  const std::vector<PersonMonth> hours = person_months(input, period);
  std::vector<const LedgerLine*> judged(input.times.size());
  for (const LedgerLine& line : input.hours.lines) judged[line.record] = &line;
  std::map<std::uint32_t, const PersonMonth*> by_person;
  for (const PersonMonth& of_month : hours) by_person.emplace(of_month.person, &of_month);

  Report report = new_report("attendance-certificate", input, period);
  Sheet list{.id = "list",
             .fields = {"participant", "entry_date", "exit_date", "days", "reported_minutes", "refused_minutes", "accepted_minutes",
                        "whole_hours", "signed"}};
  std::vector<Sheet> certificates;
  std::int64_t not_signed = 0;
  for (const Participation& p : input.participations) {
    Certified one{.who = &p};
    if (const auto found = by_person.find(p.person); found != by_person.end()) {
      one.hours = found->second, one.records = one.hours->records;
      by_person.erase(found);
    }
    if (!one.hours && !touches(p, period)) continue;
    std::stable_sort(one.records.begin(), one.records.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(input.times[a].day, input.times[a].start) < std::pair(input.times[b].day, input.times[b].start);
    });
    const YesNo is_signed = signature_of(one, input);
    not_signed += is_signed == YesNo::No;
    const auto minutes = [&](std::int64_t PersonMonth::*part) { return minutes_cell(one.hours ? one.hours->*part : 0, one.records); };
    add_row(list, row_of(reference_cell(p.reference), cell(p.entered_on), cell(last_day(p)),
                         counted_cell(std::int64_t{std::ssize(days_attended(one, input))}, one.records, Cell::Counted::TimeRecords),
                         minutes(&PersonMonth::reported), minutes(&PersonMonth::refused), minutes(&PersonMonth::accepted),
                         counted_cell(one.hours ? one.hours->whole_hours : 0, one.records, Cell::Counted::TimeRecords),
                         is_signed == YesNo::Unknown ? Cell{} : cell(is_signed)));  // a certificate that is still to be signed says nothing of it
    certificates.push_back(certificate(one, input, judged));
  }
  add_totals(list, {"days", "reported_minutes", "refused_minutes", "accepted_minutes", "whole_hours"});

  std::int64_t in_register = 0, of_nobody = 0, on_certificates = 0;
  for (const LedgerCell& sum : input.hours.cells)
    if (sum.month == month.number()) in_register += sum.reported;
  for (const auto& [person, rest] : by_person) of_nobody += rest->reported;
  for (const Sheet& sheet : certificates)
    for (std::size_t row = 0; row < sheet.rows.size(); ++row)
      if (sheet.roles[row] == Role::Body)
        if (const auto* minutes = std::get_if<Minutes>(&sheet.rows[row][6].value)) on_certificates += minutes->count();
  report.checks = {
      {{"check.reported", {}}, total_of(list, "reported_minutes"), in_register - of_nobody, true},
      {{"check.reported_is_accepted_and_refused", {}},
       total_of(list, "reported_minutes"),
       total_of(list, "accepted_minutes") + total_of(list, "refused_minutes"),
       true},
      {{"check.certificates_are_list", {}}, on_certificates, total_of(list, "accepted_minutes"), true},
  };
  // Time of somebody without a participation has no certificate; it stands among the findings.
  if (!by_person.empty()) report.remaining.push_back({{"remaining.certificate_nobody", {}}, std::ssize(by_person)});
  if (not_signed > 0) report.remaining.push_back({{"remaining.certificate_not_signed", {}}, not_signed});
  note_open_month(report, input, month, true);  // it is signed before the month is attested
  report.sheets.push_back(std::move(list));
  // More sheets than this nobody can leaf through; the list still has everybody.
  constexpr std::size_t most_certificates = 1'000;
  if (certificates.size() > most_certificates)
    report.notes.push_back({"certificate.left_out", {std::to_string(certificates.size()), std::to_string(most_certificates)}});
  else
    std::move(certificates.begin(), certificates.end(), std::back_inserter(report.sheets));
  note_hour_terms(report, input, month.last());
  return report;
}

}  // namespace horisont
