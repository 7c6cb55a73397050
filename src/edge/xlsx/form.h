#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace horisont {

/// What a workbook (.xlsx, .xlsm) holds beside the values of its cells: what programs that save it anew may write otherwise or
/// leave out.
struct WorkbookForm {
  std::map<std::string, std::string> formulas;  ///< "Rader!C14" → its text, without blanks; a shared one is written out
  /// "Rader" → what is printed above and below each page, without fonts and sizes: "&L" left, "&C" centre, "&R" right.
  std::map<std::string, std::string> headers, footers;
  std::size_t charts = 0, comments = 0, tables = 0, names = 0;
};

/// A formula as programs mean it, however they write it: letters large, no blanks, no prefixes and quotes that change nothing.
std::string plain_formula(std::string_view text);

/// Nothing where the file is no such workbook, or is damaged. Throws FileError.
std::optional<WorkbookForm> form_of(const std::filesystem::path&);

}  // namespace horisont
