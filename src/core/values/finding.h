#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/values/message.h"

namespace horisont {

/// fel: the row (or the file) is not read in · varning: read in, somebody should look · notis: done or left out.
enum class Level : std::uint8_t { Error, Warning, Notice };

/// Where something stands: file name as the user knows it, sheet (empty for CSV), cell ("E17") or row, heading as written.
struct Place {
  std::string file, sheet, cell, heading;
  std::uint32_t row = 0;  ///< 1-based row of the sheet or line of the file; 0 when the place is the whole file
  friend bool operator==(const Place&, const Place&) = default;
};

/// Something a person should know about the data: what (code and values), where, about whom. The code names the texts:
/// `<code>` says what is wrong, `<code>.do` what to do. `given` is the value as written; it is left out of logs.
struct Finding {
  std::string code;
  Level level = Level::Error;
  Place place;
  std::string participant;  ///< reference (D-0042), empty when unknown
  std::string given;
  std::vector<std::string> values;  ///< for the text of the code
  friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace horisont
