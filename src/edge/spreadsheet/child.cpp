// The child's half of reading apart.

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <ctime>
#include <new>
#include <unordered_map>

#include "edge/csv/csv.h"
#include "edge/csv/sizes.h"
#include "edge/spreadsheet/answer.h"
#include "edge/spreadsheet/apart.h"
#include "edge/spreadsheet/state.h"

namespace horisont {
namespace {

// The sanitizers reserve more address space than a program may have, and make calls of their own.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool sanitized = true;
constexpr int calls_of_sanitizers[] = {SYS_sched_yield, SYS_gettid, SYS_getpid,
                                       SYS_sigaltstack, SYS_prctl,  SYS_sched_getaffinity};
#else
constexpr bool sanitized = false;
constexpr int calls_of_sanitizers[] = {SYS_exit};
#endif

// Bytes on their way to the pipe. When nobody reads any more there is nothing left to do.
class Writer {
 public:
  void byte(std::uint8_t value) {
    bytes_ += static_cast<char>(value);
    if (bytes_.size() >= 64 << 10) flush();
  }
  void number(std::uint32_t value) { numbers({&value, 1}); }
  void numbers(std::span<const std::uint32_t> values) {
    const std::size_t begin = bytes_.size();
    bytes_.resize(begin + 4 * values.size());
    char* const to = bytes_.data() + begin;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::uint32_t bytes = answer::highest_first(values[i]);
      std::memcpy(to + 4 * i, &bytes, sizeof bytes);
    }
  }
  void long_number(std::uint64_t value) {
    number(static_cast<std::uint32_t>(value >> 32));
    number(static_cast<std::uint32_t>(value));
  }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    bytes_ += value;
  }
  void problem(const Problem& why) {
    byte(answer::refused);
    text(why.message.id);
    number(static_cast<std::uint32_t>(why.message.values.size()));
    for (const std::string& value : why.message.values) text(value);
  }
  void flush() {
    give(bytes_);
    bytes_.clear();
  }
  // Without a copy: after what was written, at once.
  void bytes(std::string_view all) {
    flush();
    give(all);
  }

 private:
  static void give(std::string_view left) {
    while (!left.empty()) {
      const ssize_t count = ::write(STDOUT_FILENO, left.data(), left.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) _exit(answer::crashed);
      left.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  std::string bytes_;
};

std::string whole_file() {
  std::string bytes;
  while (bytes.size() <= answer::file_limit) {
    const std::size_t size = bytes.size(), step = 1 << 20;
    bytes.resize(size + step);
    const ssize_t count = ::read(STDIN_FILENO, bytes.data() + size, step);
    bytes.resize(size + (count > 0 ? static_cast<std::size_t>(count) : 0));
    if (count == 0) break;
    if (count < 0 && errno != EINTR) _exit(answer::crashed);
  }
  return bytes;
}

void limit(__rlimit_resource_t what, rlim_t value, rlim_t grace = 0) {
  const rlimit both{value, value + grace};
  setrlimit(what, &both);
}

// Allowed is what reading memory and writing to an open pipe need; anything else ends the process.
bool filter_system_calls() {
#if defined(__x86_64__)
  constexpr std::uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  constexpr std::uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
  return false;
#endif
#if defined(__x86_64__) || defined(__aarch64__)
  constexpr int allowed[] = {SYS_read,          SYS_pread64, SYS_write,      SYS_close,        SYS_fstat,
                             SYS_newfstatat,    SYS_lseek,   SYS_mmap,       SYS_munmap,       SYS_mremap,
                             SYS_mprotect,      SYS_madvise, SYS_brk,        SYS_futex,        SYS_getrandom,
                             SYS_clock_gettime, SYS_exit,    SYS_exit_group, SYS_rt_sigreturn, SYS_rt_sigprocmask};
  std::vector<sock_filter> program{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
  };
  const auto allow = [&](int call) {
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  };
  for (const int call : allowed) allow(call);
  for (const int call : calls_of_sanitizers) allow(call);
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
#endif
}

// Returns whether system calls are filtered, too.
bool give_everything_up() {
  tzset();  // libzip converts times of DOS, for which the C library would open a file later
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (!sanitized) limit(RLIMIT_AS, answer::memory_limit);
  limit(RLIMIT_CPU, 60, 5);  // SIGXCPU at the first, which says why
  limit(RLIMIT_NOFILE, 8);
  limit(RLIMIT_NPROC, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  return filter_system_calls();
}

void write_finding(Writer& out, const Finding& finding) {
  out.byte(answer::finding);
  out.byte(static_cast<std::uint8_t>(finding.level));
  for (const std::string* text :
       {&finding.code, &finding.place.sheet, &finding.place.cell, &finding.place.heading, &finding.given})
    out.text(*text);
  out.number(finding.place.row);
  out.number(static_cast<std::uint32_t>(finding.values.size()));
  for (const std::string& value : finding.values) out.text(value);
}

void write_workbook(Writer& out, const Workbook& book) {
  out.byte(answer::workbook);
  out.text(book.format());
  for (const Finding& finding : book.findings()) write_finding(out, finding);
  for (const auto& [name, value] : book.properties()) {
    out.byte(answer::property);
    out.text(name);
    out.text(value);
  }
  std::unordered_map<std::string_view, std::uint32_t> formats;
  std::uint32_t rows = 0;
  for (const SheetView& sheet : book.sheets()) {
    out.byte(answer::sheet);
    out.text(sheet.name);
    out.byte(static_cast<std::uint8_t>(sheet.hidden | sheet.date1904 << 1));
    out.number(static_cast<std::uint32_t>(sheet.merges.size()));
    for (const auto& merge : sheet.merges)
      for (const std::uint32_t edge : {merge.row1, merge.col1, merge.row2, merge.col2}) out.number(edge);
    out.number(static_cast<std::uint32_t>(sheet.hidden_columns.size()));
    for (const std::uint32_t column : sheet.hidden_columns) out.number(column);
    std::span<const std::uint32_t> before;
    for (std::size_t place = 0; place < sheet.rows.size(); ++place) {
      const SheetRows::Row& row = sheet.rows.held[place];
      ++rows;
      // The rows of a repetition share their cells.
      const bool same = !row.cells.empty() && row.cells.data() == before.data() && row.cells.size() == before.size();
      before = row.cells;
      out.byte(answer::row);
      out.number(row.number);
      out.byte(static_cast<std::uint8_t>(row.hidden | row.filtered << 1 | same << 2));
      if (same) continue;
      out.number(static_cast<std::uint32_t>(row.cells.size()));
      for (const std::uint32_t number : row.cells) {
        const CellView cell = sheet.rows.stock->at(number);
        out.byte(static_cast<std::uint8_t>(static_cast<unsigned>(cell.kind) | static_cast<unsigned>(cell.formula) << 4 |
                                           static_cast<unsigned>(cell.without_value) << 5));
        out.text(cell.text);
        const auto [found, fresh] = formats.emplace(cell.format, static_cast<std::uint32_t>(formats.size()));
        out.number(found->second);
        if (fresh) out.text(cell.format);
      }
    }
  }
  out.byte(answer::end);
  out.number(static_cast<std::uint32_t>(book.sheets().size()));
  out.number(rows);
}

void begin_lines(Writer& out, answer::Item item, const CsvReader& reader) {
  out.byte(item);
  out.long_number(std::min(reader.bytes_read(), reader.bytes_total()));
  out.text(reader.encoding());
  out.number(static_cast<std::uint32_t>(reader.findings().size()));
  for (const Finding& finding : reader.findings()) write_finding(out, finding);
}

// Lines that are sent, many at a time.
class Block {
 public:
  explicit Block(char separator) : separator_(separator) {}
  void add(std::uint32_t later, const RowView& row) {
    append_size(sizes_, later);
    append_size(sizes_, row.cells.size());
    for (const CellView& cell : row.cells) {
      append_size(sizes_, cell.text.size());
      (text_ += cell.text) += separator_;
    }
    if (row.cells.empty())
      text_ += '\n';
    else
      text_.back() = '\n';
  }
  void add(const PlainLines& lines) { sizes_ += lines.sizes, text_ += lines.text; }
  bool empty() const { return sizes_.empty(); }
  bool full() const { return text_.size() >= enough; }
  void give(Writer& out, const CsvReader& reader) {
    begin_lines(out, answer::lines_sent, reader);
    for (const std::size_t many : {sizes_.size(), text_.size()}) out.number(static_cast<std::uint32_t>(many));
    out.bytes(sizes_);
    out.bytes(text_);
    sizes_.clear(), text_.clear();
  }

 private:
  static constexpr std::size_t enough = 64 << 10;  // so that they stay near the processor that reads them

  char separator_;
  std::string sizes_, text_;
};

void write_text(Writer& out, CsvReader& reader) {
  constexpr std::size_t worth_a_look = 16 << 10;  // in the file; fewer bytes are sent with others
  out.byte(answer::text);
  out.byte(static_cast<std::uint8_t>(reader.separator()));
  out.text(reader.encoding());
  out.byte(reader.encoding_is_certain());
  out.long_number(reader.bytes_total());
  Block block(reader.separator());
  std::uint32_t last = 0;
  while (true) {
    if (const auto lines = reader.plain_lines()) {
      last = lines->last;
      if (lines->text.size() < worth_a_look) {
        block.add(*lines);
      } else {
        if (!block.empty()) block.give(out, reader);
        begin_lines(out, answer::lines_in_file, reader);
        out.long_number(lines->offset);
        for (const std::string_view part : {lines->sizes, lines->text}) out.number(static_cast<std::uint32_t>(part.size()));
        out.bytes(lines->sizes);
      }
    } else {
      const auto row = reader.next();
      if (!row || *row == nullptr) {
        block.give(out, reader);
        if (!row)
          out.problem(row.error());
        else
          out.byte(answer::end);
        return;
      }
      block.add((*row)->number - std::exchange(last, (*row)->number), **row);
    }
    if (block.full()) block.give(out, reader);
  }
}

}  // namespace

int serve_reading_child(const std::function<Result<Workbook>(std::string bytes)>& behaviour) {
  try {
    std::string bytes = whole_file();
    Writer out;
    out.byte(give_everything_up() ? answer::filtered : answer::unfiltered);
    out.flush();
    const auto book = behaviour ? behaviour(std::move(bytes)) : read_workbook_bytes(std::move(bytes));
    if (book)
      write_workbook(out, *book);
    else
      out.problem(book.error());
    out.flush();
    return answer::whole;
  } catch (const std::bad_alloc&) {
    return answer::out_of_memory;
  } catch (const std::exception&) {
    return answer::crashed;
  }
}

int serve_text_child(std::span<const std::string> words) {
  try {
    if (words.size() != 3 || words[0] != answer::of_text || words[1].size() > 1) return answer::crashed;
    CsvOptions options;
    if (!words[1].empty()) options.separator = words[1][0];
    if (!words[2].empty()) options.encoding = words[2];
    Writer out;
    out.byte(give_everything_up() ? answer::filtered : answer::unfiltered);
    out.flush();
    auto reader = CsvReader::of_descriptor(STDIN_FILENO, options);
    if (reader)
      write_text(out, *reader);
    else
      out.problem(reader.error());
    out.flush();
    return answer::whole;
  } catch (const std::bad_alloc&) {
    return answer::out_of_memory;
  } catch (const std::exception&) {
    return answer::crashed;
  }
}

}  // namespace horisont
