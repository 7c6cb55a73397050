// Any bytes as a text file: the reader ends with rows or a problem that has words, and rows that it accepts come back the
// same when they are written and read again.

#include "edge/csv/csv.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "core/values/message.h"

using namespace horisont;

namespace {

// The rows, or nothing when the file was refused.
std::vector<std::vector<std::string>> rows_of(const std::string& bytes) {
  // In memory: a file on a disk takes most of the time.
  static const int memory = memfd_create("a.csv", MFD_CLOEXEC);
  static const auto path = std::filesystem::path("/proc/self/fd") / std::to_string(memory);
  if (ftruncate(memory, 0) != 0 || pwrite(memory, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) std::abort();
  std::vector<std::vector<std::string>> rows;
  auto reader = CsvReader::open(path);
  for (; reader;) {
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
  const auto rows = rows_of(std::string(reinterpret_cast<const char*>(data), size));
  std::string written = "sep=;\r\n";
  for (const auto& row : rows) {
    for (const std::string& cell : row)
      if (cell.starts_with("=\"") || cell.starts_with('\'')) return 0;  // marks of Excel, which a second reading takes away
    written += csv_line(row);
  }
  if (rows_of(written) != rows) std::abort();
  return 0;
}
