#include "edge/zip/rewrite.h"

#include <zip.h>

#include <cstdlib>
#include <cstring>
#include <new>

namespace horisont {

Result<std::string> zip_with_parts(const std::string& archive, const std::map<std::string, std::string>& parts) {
  // The library keeps the unchanged beginning of an archive where it lies and frees it in the end, whoever owns it: so it gets
  // a copy of its own. Of an empty one it would keep nothing and free nothing.
  void* const own = archive.empty() ? nullptr : std::malloc(archive.size());
  if (!own && !archive.empty()) throw std::bad_alloc();
  if (own) std::memcpy(own, archive.data(), archive.size());
  zip_source_t* source = zip_source_buffer_create(own, archive.size(), 1, nullptr);
  if (!source) {
    std::free(own);
    throw std::bad_alloc();
  }
  zip_t* zip = zip_open_from_source(source, archive.empty() ? ZIP_TRUNCATE : 0, nullptr);
  if (!zip) {
    zip_source_free(source);
    return problem("file.damaged", "zip");
  }
  zip_source_keep(source);  // it holds the result when the archive is closed
  const auto failed = [&]() -> Result<std::string> {
    zip_discard(zip);
    zip_source_free(source);
    return problem("file.damaged", "zip");
  };
  for (const auto& [name, content] : parts) {
    zip_source_t* part = zip_source_buffer(zip, content.data(), content.size(), 0);
    if (!part) return failed();
    const zip_int64_t added = zip_file_add(zip, name.c_str(), part, ZIP_FL_OVERWRITE | ZIP_FL_ENC_UTF_8);
    if (added < 0) {
      zip_source_free(part);
      return failed();
    }
    // The same input gives the same bytes: no clock in the archive (1 January 1980, the first day that it can hold).
    zip_file_set_dostime(zip, static_cast<zip_uint64_t>(added), 0, 0x21, 0);
  }
  if (zip_close(zip) != 0) return failed();
  std::string bytes;
  zip_stat_t stat;
  bool read = zip_source_stat(source, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) && zip_source_open(source) == 0;
  if (read) {
    bytes.resize(stat.size);
    read = zip_source_read(source, bytes.data(), stat.size) == static_cast<zip_int64_t>(stat.size);
    zip_source_close(source);
  }
  zip_source_free(source);
  if (!read) return problem("file.damaged", "zip");
  return bytes;
}

}  // namespace horisont
