#include "app/reveal.h"

#include "app/correct.h"
#include "edge/files/files.h"

namespace horisont {

Result<Revealed> reveal(const Workspace& workspace, const Participation& person, const RevealRequest& asked) {
  if (!is_reason(asked.purpose)) return problem("reveal.purpose");
  if (person.protected_identity) return problem("reveal.protected", person.reference);
  if (is_pack(workspace.home)) return problem("audit.read-only");
  std::string line = asked.now.iso() + "\t" + asked.actor.account + "\t" + asked.project + "\t" + person.reference + "\t";
  for (const char c : asked.purpose) line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  append_line(workspace.home / "data" / "access.log", line);
  return Revealed{person.number ? person.number->digits() : "", person.name};
}

}  // namespace horisont
