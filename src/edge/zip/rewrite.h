#pragma once

#include <map>
#include <string>

#include "core/values/result.h"

namespace horisont {

/// An archive with some parts replaced or added; all other parts stay as they are, byte for byte, packed as they were. The
/// new bytes of the archive, or "file.damaged".
/// With an empty archive given: one of these parts alone, without a clock, so that the same parts give the same bytes.
Result<std::string> zip_with_parts(const std::string& archive, const std::map<std::string, std::string>& parts);

}  // namespace horisont
