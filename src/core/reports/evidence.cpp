#include "core/reports/evidence.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "core/indicators/indicators.h"
#include "core/reports/measures.h"

namespace horisont {

std::span<const EvidenceNeed> evidence_needs() {
  // Which criteria need a document, and which one: an unverified default (audit, 1.3).
  static constexpr EvidenceNeed needs[] = {
      {"residence", "register_extract", taken_part},
      {"labour_status", "certificate", taken_part},
      {"exit_status", "certificate",
       [](const Participation& p, Date today) { return completed_employed(p, today) || completed_in_studies(p, today); }},
  };
  return needs;
}

std::string_view name_of(EvidenceRow::State state) {
  static constexpr std::array<std::string_view, 4> names = {"on-file", "missing", "expired", "undated"};
  return names[static_cast<std::size_t>(state)];
}

std::optional<Date> expires_on(const EvidenceItem& item, const ProgrammeTerms& programme) {
  if (item.valid_to) return item.valid_to;
  if (!item.document_date) return std::nullopt;
  const auto* months = programme.evidence_months.on(*item.document_date);
  return months ? std::optional(months_after(*item.document_date, months->value)) : std::nullopt;
}

std::vector<EvidenceRow> evidence_register(const ReportInput& input) {
  using State = EvidenceRow::State;
  std::vector<EvidenceRow> rows;
  for (std::size_t i = 0; i < input.participations.size(); ++i) {
    const Participation& p = input.participations[i];
    const std::size_t first = rows.size();
    const auto need_of = [&](const std::string& criterion) {
      const auto needs = evidence_needs();
      // Who cannot be decided, too: a document is often what is wanting. Who is out needs none.
      return i < input.decisions.size() && input.decisions[i].verdict != Verdict::NotEligible &&
             std::any_of(needs.begin(), needs.end(),
                         [&](const EvidenceNeed& need) { return need.criterion == criterion && need.applies(p, input.today); });
    };
    for (const EvidenceItem& item : p.evidence) {
      EvidenceRow row{&p, item.criterion, &item, State::OnFile, expires_on(item, input.programme), need_of(item.criterion)};
      if (!item.document_date && !item.valid_to)
        row.state = State::Undated;
      else if (row.expires && p.entered_on && *row.expires < p.entered_on->value)
        row.state = State::Expired;
      rows.push_back(std::move(row));
    }
    for (const EvidenceNeed& need : evidence_needs())
      if (need_of(std::string(need.criterion)) &&
          std::none_of(p.evidence.begin(), p.evidence.end(),
                       [&](const EvidenceItem& item) { return item.criterion == need.criterion; }))
        rows.push_back({&p, std::string(need.criterion), nullptr, State::Missing, std::nullopt, true, need.document});
    // One document in force is enough: what is older beside it is wanting no more.
    for (std::size_t at = first; at < rows.size(); ++at)
      if (rows[at].needed && rows[at].state != State::OnFile && rows[at].state != State::Missing)
        rows[at].needed = std::none_of(rows.begin() + static_cast<std::ptrdiff_t>(first), rows.end(), [&](const EvidenceRow& other) {
          return other.criterion == rows[at].criterion && other.state == State::OnFile;
        });
  }
  const auto wanting = [](const EvidenceRow& row) { return row.needed && row.state != State::OnFile; };
  std::stable_sort(rows.begin(), rows.end(), [&](const EvidenceRow& a, const EvidenceRow& b) {
    return std::tuple(!wanting(a), a.person->person, std::string_view(a.criterion)) <
           std::tuple(!wanting(b), b.person->person, std::string_view(b.criterion));
  });
  return rows;
}

}  // namespace horisont
