// Reads a workbook or a text file as the program does, in a child process, and nothing else: for benchmarks/reading.py.
// read_table FILE: cells. read_table typed FILE: the time records of a text file as columns of numbers.

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <unordered_map>
#include <vector>

#include "edge/files/files.h"
#include "edge/import/remembered.h"
#include "edge/spreadsheet/apart.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/spreadsheet/text_rows.h"

using namespace horisont;

namespace {

constexpr std::string_view as_child = "child";

// The peak of this process alone in KiB, from a descriptor that was opened before the child gave files up: `ru_maxrss` begins with
// the size of whoever started the process.
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

// What a row of time records says, as columns.
class Columns {
 public:
  bool take(const RowView& row) {
    if (row.number == 1) return true;
    if (row.cells.size() != 6) return false;
    const auto day = days_(row.cells[1], [&](const CellView& cell) { return read_day(cell, false, facts_, frame_); }),
               hours = hours_(row.cells[3], [&](const CellView& cell) { return read_hours(cell, facts_); }),
               from = clocks_(row.cells[4], read_clock), to = clocks_(row.cells[5], read_clock);
    if (!day.error.empty() || !hours.error.empty() || !from.error.empty() || !to.error.empty()) return false;
    person_.push_back(number_of(row.cells[0].text, persons_));
    activity_.push_back(number_of(row.cells[2].text, activities_));
    day_.push_back(day.value), minutes_.push_back(hours.value), from_.push_back(from.value), to_.push_back(to.value);
    return true;
  }
  void tell() const {
    long long days = 0, minutes = 0, present = 0;
    for (std::size_t i = 0; i < day_.size(); ++i) days += day_[i], minutes += minutes_[i], present += to_[i] - from_[i];
    std::printf("%zu records, %zu persons, %lld days, %lld minutes, %lld present\n", day_.size(), persons_.size(), days, minutes, present);
  }

 private:
  // A name and its number; the one before is asked first.
  struct Numbers {
    std::unordered_map<std::string, std::uint32_t> by_name{1 << 17};
    const std::pair<const std::string, std::uint32_t>* last = nullptr;
    std::size_t size() const { return by_name.size(); }
  };
  std::uint32_t number_of(std::string_view text, Numbers& among) {
    if (!among.last || among.last->first != text) {
      key_ = text;
      among.last = &*among.by_name.try_emplace(key_, static_cast<std::uint32_t>(among.size())).first;
    }
    return among.last->second;
  }

  const ColumnFacts facts_;
  const DateFrame frame_{Date::of(1900, 1, 1)->days(), Date::of(2029, 12, 31)->days(), 2026};
  Remembered days_, hours_, clocks_;
  std::string key_;
  Numbers persons_, activities_;
  std::vector<std::uint32_t> person_, activity_;
  std::vector<std::int32_t> day_, minutes_, from_, to_;
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
    ++rows;
    for (const CellView& cell : row.cells)
      if (cell.kind != CellView::Kind::Empty) ++cells;
    return !typed || columns.take(row);
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
