// Any bytes as a text file: the reader ends with rows or a problem that has words, and rows that it accepts come back the
// same when they are written and read again. Lines that are plain are those that cell by cell gives.

#include "edge/csv/csv.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "core/values/message.h"
#include "edge/csv/sizes.h"

using namespace horisont;

namespace {

using Rows = std::vector<std::vector<std::string>>;

// Puts plain lines behind the rows.
void cut(const PlainLines& lines, const std::string& bytes, Rows& rows) {
  if (bytes.substr(lines.offset, lines.text.size()) != lines.text) std::abort();
  Sizes sizes(lines.sizes);
  std::string_view rest = lines.text;
  while (!sizes.done()) {
    sizes.next();  // the line's number
    rows.emplace_back();
    for (auto left = sizes.next().value(); left > 0; --left) {
      const std::uint32_t size = sizes.next().value();
      rows.back().emplace_back(rest.substr(0, size));
      rest.remove_prefix(size + (left > 1));
    }
    rest.remove_prefix(rest.starts_with("\r\n") ? 2 : 1);
  }
  if (!rest.empty()) std::abort();
}

// The rows, or nothing when the file was refused.
Rows rows_of(const std::string& bytes, bool plainly = false) {
  // In memory: a file on a disk takes most of the time.
  static const int memory = memfd_create("a.csv", MFD_CLOEXEC);
  static const auto path = std::filesystem::path("/proc/self/fd") / std::to_string(memory);
  if (ftruncate(memory, 0) != 0 || pwrite(memory, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    std::abort();
  Rows rows;
  auto reader = CsvReader::open(path);
  for (; reader;) {
    if (const auto lines = plainly ? reader->plain_lines() : std::nullopt) {
      cut(*lines, bytes, rows);
      continue;
    }
    const auto row = reader->next();
    if (!row && !text_of(row.error().message.id)) std::abort();
    if (!row) return {};
    if (!*row) break;
    rows.emplace_back();
    for (const CellView& cell : (*row)->cells) rows.back().emplace_back(cell.text);
  }
  return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto rows = rows_of(bytes);
  if (rows_of(bytes, true) != rows) std::abort();
  std::string written = "sep=;\r\n";
  for (const auto& row : rows) {
    for (const std::string& cell : row)
      if (cell.starts_with("=\"") || cell.starts_with('\'')) return 0;  // marks of Excel, which a second reading takes away
    written += csv_line(row);
  }
  if (rows_of(written) != rows) std::abort();
  return 0;
}
