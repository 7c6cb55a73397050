// Reads a workbook or a text file as the program does, in a child process, and nothing else: for benchmarks/reading.py.
// read_table FILE: cells. read_table typed FILE: the time records of a text file as columns of numbers.

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "edge/files/files.h"
#include "edge/import/flat_index.h"
#include "edge/import/remembered.h"
#include "edge/spreadsheet/apart.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/spreadsheet/text_rows.h"

using namespace horisont;

namespace {

constexpr std::string_view as_child = "child";

// The peak of this process alone in KiB, from a descriptor that was opened before the child gave files up: `ru_maxrss` begins
// with the size of whoever started the process.
long peak_in(int status) {
  static char text[8192];
  lseek(status, 0, SEEK_SET);
  const ssize_t size = read(status, text, sizeof text - 1);
  const std::string_view all(text, size > 0 ? static_cast<std::size_t>(size) : 0);
  const std::size_t at = all.find("VmHWM:");
  return at == all.npos ? 0 : std::strtol(text + at + 6, nullptr, 10);
}

long* shared(const char* file) {
  const int number = open(file, O_RDWR | O_CLOEXEC);
  void* const place = mmap(nullptr, sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED, number, 0);
  if (place == MAP_FAILED) std::exit(1);
  return static_cast<long*>(place);
}

// What a row of time records says, as columns, in parts that stay where they are.
class Columns {
 public:
  bool take(const RowView& row) {
    if (row.number == 1) return true;
    if (row.cells.size() != 6) return false;
    const auto &day = days_(row.cells[1], [&](const CellView&cell) { return read_day(cell, false, facts_, frame_); }),
               &hours = hours_(row.cells[3], [&](const CellView&cell) { return read_hours(cell, facts_); }),
               &from = clocks_from_(row.cells[4], read_clock), &to = clocks_to_(row.cells[5], read_clock);
    if (!day.error.empty() || !hours.error.empty() || !from.error.empty() || !to.error.empty()) return false;
    const std::size_t at = count_++ % part_size;
    if (at == 0) parts_.push_back(std::make_unique<Part>());
    Part& part = *parts_.back();
    part.person[at] = persons_.number_of(row.cells[0]);
    part.activity[at] = activities_.number_of(row.cells[2]);
    part.day[at] = day.value, part.minutes[at] = hours.value;
    part.from[at] = static_cast<std::int16_t>(from.value), part.to[at] = static_cast<std::int16_t>(to.value);  // up to 1440
    return true;
  }
  void tell() const {
    long long days = 0, minutes = 0, present = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      const Part& part = *parts_[i / part_size];
      const std::size_t at = i % part_size;
      days += part.day[at], minutes += part.minutes[at], present += part.to[at] - part.from[at];
    }
    std::printf("%zu records, %zu persons, %lld days, %lld minutes, %lld present\n", count_, persons_.size(), days, minutes,
                present);
  }

 private:
  static constexpr std::size_t part_size = 1 << 16;
  struct Part {
    std::array<std::uint32_t, part_size> person, activity;
    std::array<std::int32_t, part_size> day, minutes;
    std::array<std::int16_t, part_size> from, to;
    Part() {}  // nothing is written before there is a value
  };
  // Names by number, the last ones remembered.
  class Names {
   public:
    std::size_t size() const { return all_.size(); }
    std::uint32_t number_of(const CellView& name) {
      const auto number = [&](const CellView& one) {
        return Reading<std::int32_t>{static_cast<std::int32_t>(all_.insert(one.text, static_cast<std::uint32_t>(size())))};
      };
      return static_cast<std::uint32_t>(last_(name, number).value);
    }

   private:
    TextIndex all_;
    Remembered last_;
  };

  const ColumnFacts facts_;
  const DateFrame frame_{Date::of(1900, 1, 1)->days(), Date::of(2029, 12, 31)->days(), 2026};
  Remembered days_, hours_, clocks_from_, clocks_to_;
  Names persons_, activities_;
  std::vector<std::unique_ptr<Part>> parts_;
  std::size_t count_ = 0;
};

}  // namespace

int main(int count, char** words) {
  const int status = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  // The child tells its peak in a file that both have in memory: it keeps no other descriptor than those of its work.
  if (count >= 3 && words[1] == as_child) {
    long* const told = shared(words[2]);
    const std::vector<std::string> rest(words + 3, words + count);
    const int result = rest.empty() ? serve_reading_child() : serve_text_child(rest);
    *told = peak_in(status);
    return result;
  }
  const TemporaryFolder folder;
  const std::string place = folder.path() / "peak";
  write_file(place, std::string(sizeof(long), '\0'));
  const long* const told = shared(place.c_str());
  read_files_in(ReadingChild{{"/proc/self/exe", std::string(as_child), place}});
  const bool typed = count == 3 && words[1] == std::string_view("typed");
  if (count != 2 && !typed) return 2;
  const char* file = words[count - 1];
  Columns columns;
  std::size_t rows = 0, cells = 0;
  const auto take = [&](const RowView& row) {
    if (typed) return columns.take(row);
    ++rows;
    for (const CellView& cell : row.cells) cells += cell.kind != CellView::Kind::Empty;
    return true;
  };
  if (is_text(file)) {
    auto lines = TextRows::open(file);
    while (true) {
      if (!lines) return 1;
      const auto row = lines->next();
      if (!row) return 1;
      if (*row == nullptr) break;
      if (!take(**row)) return 1;
    }
  } else {
    const auto book = read_workbook(file);
    if (!book) return 1;
    for (const SheetView& sheet : book->sheets())
      for (const RowView& row : sheet.rows)
        if (!take(row)) return 1;
  }
  if (typed)
    columns.tell();
  else
    std::printf("%zu rows, %zu cells\n", rows, cells);
  std::fprintf(stderr, "child %ld\nparent %ld\n", *told, peak_in(status));
}
