#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "core/values/date.h"

namespace horisont {

/// A workbook as an administrator keeps one: cells of any kind anywhere, no template. Used to make example inputs and
/// blank templates; written by libxlsxwriter.
struct PlainCell {
  /// empty · text · a number as exact decimal text ("7.5"), written as a number · a date · minutes shown as [h]:mm or as hours with two decimals
  struct Number {
    std::string digits;
    std::string format;
  };
  struct Duration {
    std::int64_t minutes;
    bool decimal = false;  ///< 7.50 rather than 7:30
  };
  struct Formula {
    std::string formula, value;
  };  ///< without "="; value as number text
  std::variant<std::monostate, std::string, Number, Date, Duration, Formula> value;
  bool bold = false;
};
struct PlainSheet {
  std::string name;
  std::vector<std::vector<PlainCell>> rows;
  struct Merge {
    std::uint32_t row1, col1, row2, col2;
  };  ///< 1-based
  std::vector<Merge> merges;
  std::vector<std::uint32_t> hidden_rows;  ///< 1-based
  std::vector<double> widths;
  bool hidden = false;
  bool table = false;  ///< the first row is a heading: it stays in sight, on every page, and filters the others; texts keep their column
  bool notes = false;  ///< what is said, and what it is: texts keep their column, and the page is as wide as they are
  std::string head;    ///< over each printed page of such a sheet
};
/// A sheet holds at most so many rows.
constexpr std::size_t most_sheet_rows = 1'048'576;
/// Throws FileError.
void write_plain_workbook(const std::filesystem::path&, const std::vector<PlainSheet>&);

}  // namespace horisont
