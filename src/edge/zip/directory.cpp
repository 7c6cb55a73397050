#include "edge/zip/directory.h"

#include <algorithm>
#include <set>

namespace horisont {
namespace {

constexpr std::uint64_t unpacked_limit = 200ull << 20;
constexpr std::size_t end_record_size = 22, directory_record_size = 46, local_header_size = 30;

// Little-endian numbers of an archive; `fits` was asked before.
class Fields {
 public:
  Fields(std::string_view bytes, std::size_t at) : bytes_(bytes), at_(at) {}
  std::uint32_t u16(std::size_t offset) const { return byte(offset) | byte(offset + 1) << 8; }
  std::uint32_t u32(std::size_t offset) const { return u16(offset) | u16(offset + 2) << 16; }

 private:
  std::uint32_t byte(std::size_t offset) const { return static_cast<unsigned char>(bytes_[at_ + offset]); }
  std::string_view bytes_;
  std::size_t at_;
};

bool fits(std::string_view bytes, std::uint64_t at, std::uint64_t size) {
  return at <= bytes.size() && size <= bytes.size() - at;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool safe_name(std::string_view name) {
  if (name.empty() || name.size() > 255 || name[0] == '/') return false;
  for (const char c : name)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '\\' || c == ':') return false;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    if (name.substr(begin, end - begin) == "..") return false;
    begin = end + 1;
  }
  return true;
}

struct Range {
  std::uint64_t begin, end;
  bool descriptor;
  const std::string* name;
};

tl::unexpected<Problem> suspicious(const char* what, std::string_view where = "") {
  return problem("file.suspicious", where.empty() ? std::string(what) : std::string(what) + ", " + std::string(where));
}

}  // namespace

Result<std::vector<ZipEntry>> zip_directory(std::string_view bytes, std::uint64_t most_parts) {
  if (!bytes.starts_with("PK\x03\x04")) return problem("file.damaged", "zip: no first header");
  const std::size_t end_at = bytes.rfind("PK\x05\x06");
  if (end_at == bytes.npos || !fits(bytes, end_at, end_record_size)) return problem("file.damaged", "zip: no directory");
  const Fields end(bytes, end_at);
  const std::uint64_t count = end.u16(10), size = end.u32(12), start = end.u32(16);
  if (end_at + end_record_size + end.u16(20) != bytes.size()) return problem("file.damaged", "zip: bytes after the end");
  if (count == 0xFFFF || size == 0xFFFFFFFF || start == 0xFFFFFFFF) return suspicious("zip64");
  if (end.u16(4) != 0 || end.u16(6) != 0 || end.u16(8) != count) return suspicious("several disks");
  if (start + size != end_at) return problem("file.damaged", "zip: displaced directory");
  if (count > most_parts) return problem("file.too-many", std::to_string(most_parts), "zip");

  std::vector<ZipEntry> entries;
  entries.reserve(count);
  std::set<std::string> seen;
  std::vector<Range> ranges;
  std::uint64_t at = start, unpacked = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (!fits(bytes, at, directory_record_size) || !bytes.substr(at).starts_with("PK\x01\x02"))
      return problem("file.damaged", "zip: directory cut");
    const Fields record(bytes, at);
    const std::uint32_t flags = record.u16(8), method = record.u16(10);
    const std::uint64_t name_size = record.u16(28), rest = record.u16(30) + record.u16(32);
    if (!fits(bytes, at + directory_record_size, name_size + rest)) return problem("file.damaged", "zip: directory cut");
    ZipEntry entry{.name = std::string(bytes.substr(at + directory_record_size, name_size)),
                   .index = i,
                   .packed = record.u32(20),
                   .unpacked = record.u32(24)};
    if (!safe_name(entry.name)) return suspicious("name of a part");
    if (flags & (1u | 1u << 6 | 1u << 13)) return problem("file.encrypted");
    if (method != 0 && method != 8) return suspicious("compression method", entry.name);
    if (entry.packed == 0xFFFFFFFF || entry.unpacked == 0xFFFFFFFF) return suspicious("zip64", entry.name);
    if (method == 0 && entry.packed != entry.unpacked) return suspicious("sizes", entry.name);
    std::string key = entry.name;
    std::transform(key.begin(), key.end(), key.begin(), lower);
    if (!seen.insert(key).second) return suspicious("double name", entry.name);
    if ((unpacked += entry.unpacked) > unpacked_limit) return problem("file.too-large", "200 MiB");

    const std::uint64_t local_at = record.u32(42);
    if (!fits(bytes, local_at, local_header_size) || !bytes.substr(local_at).starts_with("PK\x03\x04"))
      return problem("file.damaged", "zip: header missing, " + entry.name);
    const Fields local(bytes, local_at);
    const bool descriptor = (flags & 8u) != 0;
    const std::uint64_t data_at = local_at + local_header_size + local.u16(26) + local.u16(28);
    if (!fits(bytes, data_at, entry.packed)) return problem("file.damaged", "zip: part cut, " + entry.name);
    const bool same_sizes = local.u32(14) == record.u32(16) && local.u32(18) == entry.packed && local.u32(22) == entry.unpacked;
    if (local.u16(26) != name_size || bytes.substr(local_at + local_header_size, name_size) != entry.name ||
        local.u16(8) != method || ((local.u16(6) ^ flags) & 8u) != 0 || (!descriptor && !same_sizes))
      return suspicious("header and directory differ", entry.name);
    entries.push_back(std::move(entry));
    ranges.push_back({local_at, data_at + entries.back().packed, descriptor, &entries.back().name});
    at += directory_record_size + name_size + rest;
  }
  if (at != end_at) return problem("file.damaged", "zip: directory and count differ");

  // From the first byte to the directory without overlap and without gap; a part written as a stream is followed by a
  // descriptor of 12 or 16 bytes.
  std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.begin < b.begin; });
  std::uint64_t expected = 0;
  bool gap_allowed = false;
  const auto follows = [&](std::uint64_t begin) {
    return begin == expected || (gap_allowed && (begin == expected + 12 || begin == expected + 16));
  };
  for (const Range& range : ranges) {
    if (range.begin < expected) return suspicious("overlapping parts", *range.name);
    if (!follows(range.begin)) return suspicious("bytes between parts", *range.name);
    expected = range.end, gap_allowed = range.descriptor;
  }
  if (expected > start) return suspicious("overlapping parts");
  if (!follows(start)) return suspicious("bytes between parts");
  return entries;
}

}  // namespace horisont
