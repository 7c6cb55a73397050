#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/report_input.h"

namespace horisont {

/// A criterion that a document has to prove, and which kind of document does. Which criteria those are is an unverified default.
struct EvidenceNeed {
  std::string_view criterion, document;
  bool (*applies)(const Participation&, Date today);
};
std::span<const EvidenceNeed> evidence_needs();

/// The last day of a document: the one that it states, else so many months after its date as the programme's file says for that
/// day; nothing: it does not grow old.
std::optional<Date> expires_on(const EvidenceItem&, const ProgrammeTerms&);

/// One line of the register: a document that is on file for a criterion, or one that is missing.
struct EvidenceRow {
  enum class State : std::uint8_t { OnFile, Missing, Expired, Undated };
  const Participation* person = nullptr;
  std::string criterion;
  const EvidenceItem* item = nullptr;  ///< null: missing
  State state = State::OnFile;         ///< Expired: before the day of entry that it is to prove · Undated: nobody can tell
  std::optional<Date> expires;
  bool needed = false;  ///< without it the criterion is not proved
  std::string_view wanted;  ///< the kind of document that would do, where none is there
};
std::string_view name_of(EvidenceRow::State);  ///< "on-file", "missing", "expired", "undated"

/// Every document of every participation and every one that is missing: what is wanting first, then by person and criterion. A
/// document is wanting of everybody who may be counted: who is eligible, and who cannot be decided (yet).
std::vector<EvidenceRow> evidence_register(const ReportInput&);

}  // namespace horisont
