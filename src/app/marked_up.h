#pragma once

#include <filesystem>
#include <string>

#include "app/import_file.h"

namespace horisont {

/// The marked-up copy of a file (intake, section 10.2): of a draft ("U-3") or of an import ("I-57").
struct MarkedUpRequest {
  std::string project, id;
  std::filesystem::path file;  ///< to write
  Language language = Language::Swedish;
  Actor actor;
  Moment now = Moment::of_seconds(0);
};
/// The sheet of the copy of a text file, which has no sheets.
inline constexpr const char* copied_text_sheet = "Data";
struct MarkedUp {
  std::size_t problems = 0;
  bool own_workbook = true;  ///< the user's own package, edited; otherwise a new workbook with the same cells
};
/// A Problem: no such draft or import, a file that was too large to keep. Throws FileError.
Result<MarkedUp> write_marked_up(Workspace&, const MarkedUpRequest&);

/// The same for a file that was just read and lies where it lay.
MarkedUp write_marked_up(const std::filesystem::path& source, const std::vector<Finding>&, const std::string& id,
                         const std::string& sha256, const std::filesystem::path& file, Language);

}  // namespace horisont
