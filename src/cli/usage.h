#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/values/message.h"

namespace horisont {

/// What is wrong with a command line, and what to write instead. CLI11's own words are English and speak of its parts; they
/// are read here and never printed.
Message usage_message(const CLI::ParseError&, const CLI::App&, const std::vector<std::string>& arguments);

/// "--home", or "FILE" for what stands without a name.
std::string name_of_option(const CLI::Option&);

}  // namespace horisont
