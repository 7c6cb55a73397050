#pragma once

#include <string>

#include "edge/files/files.h"
#include "support/places.h"

/// The smallest rule set that has one of everything, as it stands in tests/dmn/minimal.dmn.
inline std::string minimal_rules() { return horisont::read_file(std::string(HORISONT_SOURCE_DIR) + "/tests/dmn/minimal.dmn"); }
