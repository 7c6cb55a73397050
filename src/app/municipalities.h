#pragma once

#include <string>

#include "core/values/message.h"
#include "edge/import/import.h"

namespace horisont {

/// "1780, 1761" as "Karlstad, Hammarö": every number that is a municipality's code stands as its name, all else as it is.
std::string municipality_names(const ImportSchemas&, const std::string& text, Language);

}  // namespace horisont
