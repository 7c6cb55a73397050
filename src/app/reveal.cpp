#include "app/reveal.h"

#include <algorithm>

#include "app/correct.h"
#include "edge/files/files.h"

namespace horisont {

Result<Revealed> reveal(const Workspace& workspace, const ProjectState& state, const RevealRequest& asked) {
  const auto person = std::find_if(state.participations.begin(), state.participations.end(),
                                   [&](const Participation& one) { return one.reference == asked.participant; });
  if (person == state.participations.end()) return problem("cli.participant-unknown", asked.participant, asked.project);
  if (!is_reason(asked.purpose)) return problem("reveal.purpose");
  if (person->protected_identity) return problem("reveal.protected", asked.participant);
  std::string line = asked.now.iso() + "\t" + asked.actor.account + "\t" + asked.project + "\t" + asked.participant + "\t";
  for (const char c : asked.purpose) line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  append_line(workspace.home / "data" / "access.log", line);
  return Revealed{person->number ? person->number->digits() : "", person->name};
}

}  // namespace horisont
