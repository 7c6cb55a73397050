#pragma once

#include "app/workspace.h"

namespace horisont {

/// What is hidden until somebody asks for it with a purpose.
struct Revealed {
  std::string number, name;
};

struct RevealRequest {
  std::string project, purpose;  ///< purpose: ten characters at least
  Actor actor;
  Moment now = Moment::of_seconds(0);
};

/// Shows a participant's number and name. That it was asked is on disk before the answer is given: a line in
/// home/data/access.log with time, account, project, participant and purpose, which only the owner may read. A Problem: no
/// purpose that says anything, a protected identity. Throws FileError, and then nothing is shown.
Result<Revealed> reveal(const Workspace&, const Participation&, const RevealRequest&);

}  // namespace horisont
