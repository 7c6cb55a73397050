#pragma once

#include <filesystem>
#include <string>

#include "app/workspace.h"

namespace horisont {

/// Writes the blank workbook of a canonical file: only the fields that the project collects, its activities and
/// subprojects as choices. With `prefill` the participants' references (and names, for attendance) stand there already.
/// Throws FileError.
void write_template(const Workspace&, const std::string& project, RecordKind, bool prefill, const std::filesystem::path& file,
                    Language);

}  // namespace horisont
