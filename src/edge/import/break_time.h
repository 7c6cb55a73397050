#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/cases/cell_view.h"

namespace horisont {

constexpr std::int64_t longest_break = 180;  ///< minutes

/// A break in minutes: 45, "45 min", 0:45, "1 h", "½ tim", from and to (11-12), "nej" for none. A bare number is minutes, and
/// hours where the heading says so ("Rast (tim)"). Nothing where it cannot be told: 1 to 4 are hours rather than minutes.
std::optional<std::int64_t> read_break(const CellView& cell, const std::string& heading);

}  // namespace horisont
