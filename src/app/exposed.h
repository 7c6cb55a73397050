#pragma once

#include <filesystem>
#include <vector>

#include "core/values/message.h"

namespace horisont {

/// The files of an installation that others on the machine may read or write although they hold personal data or the log's
/// secret: somebody has changed their rights. Empty where all is as the program makes it.
std::vector<Message> exposed_files(const std::filesystem::path& home);

}  // namespace horisont
