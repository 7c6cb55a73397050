#pragma once

#include <string>
#include <vector>

#include "app/workspace.h"

namespace horisont {

struct CorrectionRequest {
  std::string project, participant;  ///< key and reference
  struct Change {
    std::string field, text;  ///< as a person types it; an empty text withdraws the value
  };
  std::vector<Change> changes;
  std::string reason;  ///< ten characters at least
  Date today = Date::of_days(0);
  Actor actor;
  Moment now = Moment::of_seconds(0);
};

/// Lays corrections over a participant's facts: all of them or none. A Problem names the field or value that cannot be,
/// the reason that is too short, or the participant that is not there. Throws StoreError.
Result<bool> correct(Workspace&, const CorrectionRequest&);

}  // namespace horisont
