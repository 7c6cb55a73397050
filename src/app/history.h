#pragma once

#include <optional>

#include "app/table.h"
#include "app/workspace.h"

namespace horisont {

/// A participant's facts over time: each value a field has had, since when it was known, where it came from, who read or wrote it
/// and why. Numbers are masked, names and addresses left out.
/// `known_at`: what was known then; absent: everything.
Table history_table(const Workspace&, const std::string& project, std::uint32_t person, Language, std::optional<Moment> known_at = {});

/// Who had names and identity numbers shown, the newest look first; of one project, or of all when `project` is empty.
Table looks_table(const Workspace&, const std::string& project);

}  // namespace horisont
