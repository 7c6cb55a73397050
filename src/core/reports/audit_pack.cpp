// The index of an audit pack: what is in it, the sample, and of the sampled persons all that was decided and counted.

#include <algorithm>
#include <set>

#include "core/reports/audit_pack.h"
#include "core/reports/cells.h"
#include "core/reports/evidence.h"
#include "core/reports/said.h"

namespace horisont {
namespace {

// "2016-01-01/2018-01-15" as "2016-01-01–2018-01-15"; a month or a day as it is.
std::string period_said(std::string period) {
  if (const auto between = period.find('/'); between != period.npos) period.replace(between, 1, "–");
  return period;
}

std::string choice_of_level(bool blocking) { return blocking ? "blocking" : "remark"; }

}  // namespace

Report audit_pack(const AuditPackInput& pack) {
  const ReportInput& input = pack.input;
  const std::set<std::uint32_t> persons(pack.persons.begin(), pack.persons.end());
  const Date first = input.project.grants.empty() ? input.today : std::min(input.project.operation().first, input.today);
  Report report = new_report("audit-pack", input, {first, input.today});
  Sheet contents{.id = "contents", .fields = {"path", "what", "sha256"}};
  for (const auto& [path, what, sha256] : pack.files) add_row(contents, row_of(text_cell(path), cell(what), hash_cell(sha256)));

  Sheet sample{.id = "sample",
               .fields = {"rank", "unit", "participant", "day", "stratum", "value", "taken", "finding", "amount_in_error", "note"}};
  std::int64_t rank = 0;
  for (const AuditPackInput::Unit& unit : pack.units)
    add_row(sample, row_of(cell(++rank), text_cell(unit.unit), reference_cell(unit.participant), text_cell(unit.day),
                           text_cell(unit.stratum), unit.value, cell(unit.taken), Cell{}, Cell{}, Cell{}));

  Sheet who{.id = "persons",
            .fields = {"participant", "identity_number", "name", "entry_date", "exit_date", "verdict", "reported_minutes",
                       "accepted_minutes", "refused_minutes", "log_entries"}};
  Sheet answers{.id = "assessments",
                .fields = {"participant", "code", "question", "answer", "severity", "inputs", "limit", "citation", "confidence",
                           "manual", "source_file", "source_sheet", "source_cell"}};
  for (std::size_t i = 0; i < input.participations.size(); ++i) {
    const Participation& p = input.participations[i];
    if (!persons.contains(p.person)) continue;
    std::int64_t reported = 0, accepted = 0, refused = 0;
    std::vector<std::uint32_t> records;
    for (const LedgerLine& line : input.hours.lines) {
      if (input.times[line.record].person != p.person) continue;
      reported += line.accepted + line.refused, accepted += line.accepted, refused += line.refused;
      records.push_back(line.record);
    }
    const auto entries = pack.log_entries.find(p.person);
    add_row(who, row_of(reference_cell(p.reference), pack.names && p.number ? cell(Identity{p.number->digits()}) : Cell{},
                        pack.names ? text_cell(p.name) : Cell{}, cell(p.entered_on), cell(last_day(p)),
                        cell(input.decisions[i].verdict), minutes_cell(reported, records), minutes_cell(accepted, records),
                        minutes_cell(refused, records), text_cell(entries == pack.log_entries.end() ? "" : entries->second)));
    if (i >= input.explanations.size()) continue;
    for (const RuleAnswer& answer : input.explanations[i].answers) {
      Origin from;
      for (const InputRead& read : answer.inputs)
        if (from.row == 0) from = read.origin;
      std::vector<Cell> row = row_of(
          reference_cell(p.reference), text_cell(answer.code), cell(answer.question),
          choice_cell("rule-outcome", name_of(answer.outcome)), choice_cell("severity", choice_of_level(answer.blocking)),
          cell(read_words(answer)), text_cell(answer.limit), cell(answer.legal_basis),
          choice_cell("confidence", answer.unverified ? "unverified" : "verified"), text_cell(answer.manual));
      for (Cell& one : source_cells(from, input.files)) row.push_back(std::move(one));
      add_row(answers, std::move(row));
    }
  }

  Sheet hours{.id = "hours",
              .fields = {"participant", "date", "activity", "reported_minutes", "accepted_minutes", "refused_minutes", "reason",
                         "source_file", "source_sheet", "source_cell"}};
  for (const LedgerLine& line : input.hours.lines) {
    const TimeRecord& record = input.times[line.record];
    if (!persons.contains(record.person)) continue;
    std::vector<Cell> row =
        row_of(reference_cell(participant_reference(record.person)), cell(Date::of_days(record.day)),
               cell(input.project.activities[record.activity].report_name), minutes_cell(line.accepted + line.refused, {line.record}),
               minutes_cell(line.accepted, {line.record}), minutes_cell(line.refused, {line.record}),
               line.refused > 0 ? choice_cell("reason", name_of(line.reason)) : Cell{});
    for (Cell& one : source_cells(record.origin, input.files)) row.push_back(std::move(one));
    add_row(hours, std::move(row));
  }

  Sheet evidence{.id = "evidence",
                 .fields = {"participant", "criterion", "state", "document_type", "document_date", "expires", "seen_by", "seen_on",
                            "holder", "reference", "sha256"}};
  for (const EvidenceRow& one : evidence_register(input)) {
    if (!persons.contains(one.person->person)) continue;
    const EvidenceItem none, &item = one.item ? *one.item : none;
    add_row(evidence, row_of(reference_cell(one.person->reference), choice_cell("criterion", one.criterion),
                             choice_cell("evidence_state", name_of(one.state)),
                             choice_cell("document_type", one.item ? std::string_view(item.document_type) : one.wanted),
                             cell(item.document_date), cell(one.expires), text_cell(item.seen_by), cell(item.seen_on),
                             text_cell(item.held_by), text_cell(item.reference), hash_cell(item.file_sha256)));
  }

  Sheet corrections{.id = "corrections", .fields = {"participant", "field", "value", "reason", "actor", "at"}};
  for (const AuditPackInput::Correction& one : pack.corrections)
    add_row(corrections, row_of(reference_cell(one.participant), cell(one.field), cell(one.value), text_cell(one.reason),
                                text_cell(one.actor), text_cell(time_words(one.at))));

  Sheet reports{.id = "reports", .fields = {"report", "kind", "period", "made_at", "file", "sha256", "in_pack"}};
  for (const AuditPackInput::MadeFile& one : pack.reports)
    add_row(reports, row_of(reference_cell(one.report), cell(Message{"report." + one.kind, {}}), text_cell(period_said(one.period)), text_cell(time_words(one.at)),
                            text_cell(one.file), hash_cell(one.sha256), yes_no_cell(one.in_pack)));
  report.sheets = {std::move(contents), std::move(sample),   std::move(who),         std::move(answers),
                   std::move(hours),    std::move(evidence), std::move(corrections), std::move(reports)};
  note_rules(report, input);
  return report;
}

}  // namespace horisont
