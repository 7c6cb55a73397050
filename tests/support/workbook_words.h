#pragma once

#include <filesystem>
#include <string>

#include "edge/files/files.h"
#include "edge/zip/zip.h"

namespace horisont {

/// All that a workbook's cells may say; nothing for a file that is none.
inline std::string workbook_words(const std::filesystem::path& workbook) {
  const auto zip = Zip::open(read_file(workbook));
  std::string all;
  if (!zip) return all;
  for (const ZipEntry& entry : zip->entries())
    if (entry.name.ends_with(".xml"))
      if (const auto text = zip->text(entry)) all += *text;
  return all;
}

}  // namespace horisont
