#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace horisont {

/// What a workbook (.xlsx, .xlsm) holds beside the values of its cells: what programs that save it anew may write otherwise or
/// leave out.
struct WorkbookForm {
  std::map<std::string, std::string> formulas;  ///< "Rader!C14" → its text as saved, without blanks
  std::size_t charts = 0, comments = 0, tables = 0, names = 0;
};

/// Nothing where the file is no such workbook, or is damaged. Throws FileError.
std::optional<WorkbookForm> form_of(const std::filesystem::path&);

}  // namespace horisont
