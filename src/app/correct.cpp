#include "app/correct.h"

#include "app/table.h"

namespace horisont {

Result<bool> correct(Workspace& workspace, const CorrectionRequest& asked) {
  if (count_characters(asked.reason) < 10) return problem("correct.reason");
  const auto person = person_of_reference(asked.participant);
  const People people = workspace.store.people(asked.project);
  if (!person || *person >= people.size()) return problem("correct.participant", asked.participant, asked.project);
  std::vector<Correction> corrections;
  for (const CorrectionRequest::Change& change : asked.changes) {
    auto value = canonical_value(*workspace.schemas, RecordKind::Participants, change.field, change.text,
                                 *workspace.project(asked.project), asked.today);
    if (!value) return tl::make_unexpected(value.error());
    corrections.push_back({asked.project, *person, RecordKind::Participants, change.field, std::move(*value), asked.reason});
  }
  for (const Correction& correction : corrections) workspace.store.add(correction, asked.actor, asked.now);
  return true;
}

}  // namespace horisont
