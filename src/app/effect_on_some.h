#pragma once

#include "app/effect.h"
#include "app/snapshot.h"

namespace horisont {

/// `preview` of a change that speaks of `persons` alone (in any order), with the same answer: only they are read, before the change
/// and after it, and what is known of everybody else is the snapshot's. A project whose claims rest on participants' time, or one as
/// it was known earlier, is read whole.
Preview preview(Workspace&, const Snapshot&, std::vector<std::uint32_t> persons, const std::function<void()>& change);
/// The same where there is no snapshot: everybody is read once, not twice.
Preview preview(Workspace&, const std::string& project, Date today, std::vector<std::uint32_t> persons,
                const std::function<void()>& change);

}  // namespace horisont
