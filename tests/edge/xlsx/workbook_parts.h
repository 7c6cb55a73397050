#pragma once

#include <zip.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

/// One part of a workbook as text, inflated; empty when there is none of that name.
inline std::string part(const std::filesystem::path& workbook, const std::string& name) {
  zip_t* archive = zip_open(workbook.c_str(), ZIP_RDONLY, nullptr);
  if (!archive) throw std::runtime_error("no zip: " + workbook.string());
  std::string text;
  if (zip_file_t* file = zip_fopen(archive, name.c_str(), 0)) {
    char piece[4096];
    for (zip_int64_t n; (n = zip_fread(file, piece, sizeof piece)) > 0;) text.append(piece, static_cast<std::size_t>(n));
    zip_fclose(file);
  }
  zip_discard(archive);
  return text;
}

inline std::vector<std::string> part_names(const std::filesystem::path& workbook) {
  zip_t* archive = zip_open(workbook.c_str(), ZIP_RDONLY, nullptr);
  if (!archive) throw std::runtime_error("no zip: " + workbook.string());
  std::vector<std::string> names;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i)
    names.emplace_back(zip_get_name(archive, static_cast<zip_uint64_t>(i), 0));
  zip_discard(archive);
  return names;
}
