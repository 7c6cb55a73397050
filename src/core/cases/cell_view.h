#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace horisont {

/// One cell as the file holds it, before anything is decided about its meaning. The text belongs to the reader.
struct CellView {
  enum class Kind : std::uint8_t {
    Empty,
    Text,
    Number,    ///< text = the digits as they stand in the file
    Date,      ///< a number with a date format: text = serial number (XLSX) or ISO date (ODS, and XLSX cells of type d)
    Duration,  ///< a number with a time or duration format: text = fraction of a day (XLSX) or ISO duration (ODS)
    Boolean,   ///< text = "1" or "0"
    Error      ///< text = "#REF!" …
  };
  Kind kind = Kind::Empty;
  bool formula = false;        ///< the value is the cached result of a formula
  bool without_value = false;  ///< a formula that was saved without its result
  std::string_view text;
  std::string_view format;  ///< number format code, empty for General
};

/// One row of a sheet or line of a CSV file. `cells[0]` is column A; cells after the last value may be missing.
struct RowView {
  std::uint32_t number = 0;  ///< 1-based, as the user sees it
  bool hidden = false, filtered = false;
  std::span<const CellView> cells;
};

}  // namespace horisont
