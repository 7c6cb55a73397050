#pragma once

#include "app/workspace.h"

namespace horisont {

/// The heading of a participant's or a result's field, as people read it; the key itself when no schema has it.
std::string field_heading(const Workspace&, const std::string& field, Language);
/// A stored word of such a field in words: "unemployed" is "arbetslös".
std::string field_value(const Workspace&, const std::string& field, const std::string& value, Language);

}  // namespace horisont
