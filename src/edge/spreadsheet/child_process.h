#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/finding.h"
#include "core/values/result.h"
#include "edge/spreadsheet/answer.h"
#include "edge/spreadsheet/apart.h"
#include "edge/spreadsheet/state.h"

// A running reading child, and its answer field by field. What it sends is as hostile as the file.

namespace horisont::apart {

constexpr std::size_t most_findings = 100'000;
constexpr std::uint32_t last_row = 1'048'576, last_column = 16'384;  // of any sheet

using Clock = std::chrono::steady_clock;

struct TooSlow {};
/// The answer is none that a sound reader gives, or ends too early.
struct Unsound {};

struct Descriptor {
  int number = -1;
  explicit Descriptor(int open) : number(open) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  void close();
};

/// A file that is read, as it was when it was opened. Throws FileError when it cannot be.
struct OpenedFile : Descriptor {
  explicit OpenedFile(const std::filesystem::path&);
  /// Whether somebody has written to it since; a file that another one has taken the place of is still the same.
  bool has_changed() const;

 private:
  std::pair<std::int64_t, std::int64_t> size_and_time() const;
  std::pair<std::int64_t, std::int64_t> was_;  // bytes; nanoseconds
};

/// The child's answer, each field within its limit. Throws Unsound, and TooSlow when nothing comes in time.
class Reader {
 public:
  Reader(int pipe, Clock::time_point until) : pipe_(pipe), until_(until) {}
  void wait_until(Clock::time_point until) { until_ = until; }

  std::uint8_t byte(std::uint8_t most = 0xFF);
  std::uint32_t number(std::uint32_t most);
  std::uint64_t long_number();
  /// UTF-8, valid until the next field is read.
  std::string_view text(std::uint32_t most = 4 * cell_limit);
  /// So many bytes as they are, valid until the next field is read.
  std::string_view bytes(std::size_t size) { return need(size); }
  std::vector<std::string> texts(std::uint32_t most);
  void nothing_more();

 private:
  std::string_view need(std::size_t size);
  bool fill();

  int pipe_;
  Clock::time_point until_;
  std::string bytes_;  // those from at_ to end_ have not been read
  std::size_t at_ = 0, end_ = 0;
};

/// Strict: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);
/// Only sentences that the program has. Throws Unsound.
std::string known_code(std::string_view code);
Finding read_finding(Reader&);
/// "refused" has been read: the problem that follows.
Problem read_problem(Reader&);

/// A child that is always waited for; one that is no longer wanted is killed first.
class Child {
 public:
  /// `words` follow those of the command. Throws FileError.
  Child(const ReadingChild& how, const std::vector<std::string>& words, int file, int pipe);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  int wait();
  std::optional<int> wait_until(Clock::time_point until);
  void stop();

 private:
  pid_t id_ = 0;
};

/// The reading end and the child's end of a pipe. Throws FileError.
std::pair<int, int> pipe_ends();

/// Of a child that did not answer soundly: what became of it, or of the file that it read. Stops it.
Problem what_became_of(Child&, const std::string& seconds, const OpenedFile&, const std::filesystem::path&);

/// Where files are read; nothing: in this process.
std::optional<ReadingChild>& reading_child();

}  // namespace horisont::apart
