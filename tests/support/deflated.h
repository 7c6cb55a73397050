#pragma once

#include <zip.h>

#include <string>

#include "edge/files/files.h"
#include "edge/zip/directory.h"

namespace horisont {

/// The raw deflated bytes of a text, as libzip writes them.
inline std::string deflated(const std::string& text) {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "a.zip").string();
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
  zip_file_add(archive, "a", zip_source_buffer(archive, text.data(), text.size(), 0), 0);
  zip_close(archive);
  const std::string bytes = read_file(path);
  const auto directory = zip_directory(bytes);
  return bytes.substr(31, directory->at(0).packed);  // header of 30 bytes and a name of one
}

}  // namespace horisont
