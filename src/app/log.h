#pragma once

#include <filesystem>
#include <string>

#include "app/workspace.h"

namespace horisont {

/// Writes a project's whole log as `*.eliglog`, for horisont-verify. Throws FileError and StoreError.
void export_log(const Workspace&, const std::string& project, const std::filesystem::path& file);

/// Writes the proof of one entry ("L-41"), and its leaf as FILE.leaf; false when the log has no such entry.
bool prove_entry(const Workspace&, const std::string& project, const std::string& entry, const std::filesystem::path& file);

}  // namespace horisont
