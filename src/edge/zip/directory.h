#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/result.h"

namespace horisont {

/// One part of an archive, as its directory names it.
struct ZipEntry {
  std::string name;
  std::uint64_t index = 0;     ///< its place in the directory
  std::uint64_t packed = 0;    ///< bytes in the archive
  std::uint64_t unpacked = 0;  ///< bytes that it claims to have; `ZipPart` holds it to that
};

/// The entries of an archive whose directory and local headers agree in everything and whose parts lie side by side.
/// libzip is lenient here, so this check comes first (hostile-input.md 4). A Problem is "file.damaged",
/// "file.encrypted", "file.too-large", "file.too-many" or "file.suspicious" with what is wrong and where.
constexpr std::uint64_t most_zip_parts = 1'000;
Result<std::vector<ZipEntry>> zip_directory(std::string_view bytes, std::uint64_t most_parts = most_zip_parts);

}  // namespace horisont
