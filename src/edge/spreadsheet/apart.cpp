#include "edge/spreadsheet/apart.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "edge/files/files.h"
#include "edge/spreadsheet/answer.h"
#include "edge/spreadsheet/state.h"

namespace horisont {
namespace {

constexpr std::size_t most_findings = 100'000;
constexpr std::uint32_t last_row = 1'048'576, last_column = 16'384;  // of any sheet

using Clock = std::chrono::steady_clock;

struct TooSlow {};
// The answer is none that a sound reader gives, or ends too early.
struct Unsound {};

struct Descriptor {
  int number = -1;
  void close() {
    if (number >= 0) ::close(number);
    number = -1;
  }
  ~Descriptor() { close(); }
};

// Strict: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
    const unsigned first = byte(i);
    if (first < 0x80) {
      ++i;
      continue;
    }
    const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    if (first < 0xC2 || first > 0xF4) return false;
    std::uint32_t code = first & (0x3Fu >> more);
    for (std::size_t k = 1; k <= more; ++k) {
      if ((byte(i + k) & 0xC0) != 0x80) return false;
      code = code << 6 | (byte(i + k) & 0x3F);
    }
    if (code < (more == 1 ? 0x80u : more == 2 ? 0x800u : 0x10000u) || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return false;
    i += more + 1;
  }
  return true;
}

// The child's answer, field by field, each within its limit.
class Reader {
 public:
  Reader(int pipe, Clock::time_point until) : pipe_(pipe), until_(until) {}

  std::uint8_t byte(std::uint8_t most = 0xFF) {
    const auto value = static_cast<std::uint8_t>(need(1)[0]);
    return value <= most ? value : throw Unsound{};
  }
  std::uint32_t number(std::uint32_t most) {
    std::uint32_t value = 0;
    for (const char c : need(4)) value = value << 8 | static_cast<unsigned char>(c);
    return value <= most ? value : throw Unsound{};
  }
  /// Valid until the next field is read.
  std::string_view text(std::uint32_t most = 4 * cell_limit) {
    const auto text = need(number(most));
    return is_utf8(text) ? text : throw Unsound{};
  }
  std::vector<std::string> texts(std::uint32_t most) {
    std::vector<std::string> all(number(most));
    for (auto& one : all) one = text();
    return all;
  }
  void nothing_more() {
    if (at_ != bytes_.size() || fill()) throw Unsound{};
  }

 private:
  std::string_view need(std::size_t size) {
    while (bytes_.size() - at_ < size)
      if (!fill()) throw Unsound{};
    at_ += size;
    return {bytes_.data() + at_ - size, size};
  }
  bool fill() {
    bytes_.erase(0, at_);
    at_ = 0;
    while (true) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until_ - Clock::now()).count();
      if (left <= 0) throw TooSlow{};
      pollfd waits{pipe_, POLLIN, 0};
      const int ready = poll(&waits, 1, static_cast<int>(left));
      if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
      const std::size_t size = bytes_.size(), step = 256 << 10;
      bytes_.resize(size + step);
      const ssize_t count = ::read(pipe_, bytes_.data() + size, step);
      bytes_.resize(size + (count > 0 ? static_cast<std::size_t>(count) : 0));
      if (count < 0 && errno == EINTR) continue;
      return count > 0;
    }
  }

  int pipe_;
  Clock::time_point until_;
  std::string bytes_;
  std::size_t at_ = 0;
};

// Only sentences that the program has.
std::string known_code(std::string_view code) { return text_of(code) ? std::string(code) : throw Unsound{}; }

Finding read_finding(Reader& in) {
  Finding finding;
  finding.level = static_cast<Level>(in.byte(2));
  finding.code = known_code(in.text());
  for (std::string* text : {&finding.place.sheet, &finding.place.cell, &finding.place.heading, &finding.given}) *text = in.text();
  finding.place.row = in.number(last_row);
  finding.values = in.texts(16);
  return finding;
}

SheetView read_sheet(Reader& in) {
  SheetView sheet;
  sheet.name = in.text();
  const auto flags = in.byte(3);
  sheet.hidden = flags & 1, sheet.date1904 = flags & 2;
  const auto row = [&] { return std::max(1u, in.number(last_row)); };
  const auto column = [&] { return std::max(1u, in.number(last_column)); };
  for (auto left = in.number(all_cells_limit); left > 0; --left) {
    auto& merge = sheet.merges.emplace_back();
    merge.row1 = row(), merge.col1 = column(), merge.row2 = row(), merge.col2 = column();
    if (merge.row2 < merge.row1 || merge.col2 < merge.col1) throw Unsound{};
  }
  for (auto left = in.number(last_column); left > 0; --left) sheet.hidden_columns.push_back(column());
  return sheet;
}

class BookReader {
 public:
  explicit BookReader(Reader& in) : in_(in) {}

  std::shared_ptr<Workbook::State> read() {
    state_->format = in_.text();
    if (state_->format != "xlsx" && state_->format != "xlsm" && state_->format != "ods") throw Unsound{};
    std::uint32_t rows = 0;
    while (true) switch (in_.byte()) {
        case answer::finding:
          if (state_->findings.size() == most_findings) throw Unsound{};
          state_->findings.push_back(read_finding(in_));
          break;
        case answer::property: {
          if (state_->properties.size() == most_findings) throw Unsound{};
          std::string name(in_.text());
          state_->properties.emplace_back(std::move(name), in_.text());
          break;
        }
        case answer::sheet:
          if (state_->sheets.size() == sheet_limit) throw Unsound{};
          state_->sheets.push_back(read_sheet(in_));
          state_->sheets.back().rows.stock = &state_->stock;
          break;
        case answer::row:
          if (state_->sheets.empty() || state_->sheets.back().rows.size() == row_limit) throw Unsound{};
          read_row(state_->sheets.back().rows.held), ++rows;
          break;
        case answer::end:
          if (in_.number(sheet_limit) != state_->sheets.size() || in_.number(0xFFFFFFFF) != rows) throw Unsound{};
          in_.nothing_more();
          return state_;
        default:
          throw Unsound{};
      }
  }

 private:
  void read_row(std::vector<SheetRows::Row>& rows) {
    SheetRows::Row row;
    row.number = in_.number(last_row);
    if (row.number == 0 || (!rows.empty() && row.number <= rows.back().number)) throw Unsound{};
    const auto flags = in_.byte(7);
    row.hidden = flags & 1, row.filtered = flags & 2;
    if (flags & 4) {
      if (rows.empty()) throw Unsound{};
      row.cells = rows.back().cells;
      if ((state_->cell_count += row.cells.size()) > all_cells_limit) throw Unsound{};
    } else {
      cells_.resize(in_.number(column_limit));
      for (std::uint32_t& cell : cells_) cell = read_cell();
      row.cells = state_->keep(cells_);
    }
    rows.push_back(row);
  }

  // The number that the cell has among those of the workbook.
  std::uint32_t read_cell() {
    CellView cell;
    const auto flags = in_.byte(0x3F);
    if ((flags & 0xF) > static_cast<unsigned>(CellView::Kind::Error)) throw Unsound{};
    cell.kind = static_cast<CellView::Kind>(flags & 0xF);
    cell.formula = flags & 0x10, cell.without_value = flags & 0x20;
    text_ = in_.text();
    cell.text = text_;
    const auto format = in_.number(static_cast<std::uint32_t>(formats_.size()));
    if (format == formats_.size()) formats_.push_back(state_->texts.keep(in_.text()));
    cell.format = formats_[format];
    return state_->number_of(cell);
  }

  Reader& in_;
  std::shared_ptr<Workbook::State> state_ = std::make_shared<Workbook::State>();
  std::vector<std::string_view> formats_;
  std::vector<std::uint32_t> cells_;
  std::string text_;
};

// A child that is always waited for; one that is no longer wanted is killed first.
class Child {
 public:
  Child(const ReadingChild& how, int file, int pipe) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, file, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, pipe, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    std::vector<char*> words;
    for (const std::string& word : how.command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    char* const surroundings[] = {nullptr};
    const int error = posix_spawn(&id_, words[0], &actions, nullptr, words.data(), surroundings);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw FileError({"reader.not-started", {error_words(error)}}, FileError::Fault::Machine);
  }
  ~Child() {
    if (id_ > 0) kill(id_, SIGKILL), wait();
  }
  int wait() {
    int status = 0;
    while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {}
    id_ = 0;
    return status;
  }
  std::optional<int> wait_until(Clock::time_point until) {
    while (true) {
      int status = 0;
      const pid_t ended = waitpid(id_, &status, WNOHANG);
      if (ended == id_) return id_ = 0, status;
      if (ended < 0 && errno != EINTR) return std::nullopt;
      if (Clock::now() > until) return std::nullopt;
      poll(nullptr, 0, 1);
    }
  }
  void stop() { kill(id_, SIGKILL); }

 private:
  pid_t id_ = 0;
};

Result<Workbook> read_answer(Reader& in) {
  const auto guard = in.byte();
  if (guard != answer::filtered && guard != answer::unfiltered) throw Unsound{};
  const auto first = in.byte();
  if (first == answer::refused) {
    Message message{known_code(in.text()), {}};
    message.values = in.texts(16);
    in.nothing_more();
    return tl::make_unexpected(Problem{std::move(message)});
  }
  if (first != answer::workbook) throw Unsound{};
  auto state = BookReader(in).read();
  if (guard == answer::unfiltered) state->findings.push_back({.code = "reader.no-filter", .level = Level::Notice});
  return Workbook(std::move(state));
}

}  // namespace

Result<Workbook> read_workbook_apart(const std::filesystem::path& path, const ReadingChild& how) {
  const Descriptor file{open_file(path)};
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw FileError({"reader.not-started", {error_words(errno)}}, FileError::Fault::Machine);
  Descriptor answers{ends[0]}, childs{ends[1]};
  Child child(how, file.number, childs.number);
  childs.close();
  Reader in(answers.number, Clock::now() + how.patience);
  const std::string seconds = std::to_string(std::chrono::ceil<std::chrono::seconds>(how.patience).count());
  const auto crashed = [&] { return problem("reader.crashed", sha256_of_file(path)); };
  try {
    auto read = read_answer(in);
    // Who has answered ends; one that stays all the same is not waited for.
    const auto status = child.wait_until(Clock::now() + std::chrono::seconds(2));
    if (!status) {
      child.stop();
      return crashed();
    }
    if (WIFEXITED(*status) && WEXITSTATUS(*status) == answer::whole) return read;
    return crashed();
  } catch (const TooSlow&) {
    return problem("reader.too-slow", seconds);
  } catch (const Stop& stopped) {
    return tl::make_unexpected(stopped.problem);
  } catch (const Unsound&) {
    answers.close();  // a child that goes on writing ends with it
  }
  child.stop();
  const int status = child.wait();
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) return problem("reader.too-slow", seconds);
  if (WIFEXITED(status) && WEXITSTATUS(status) == answer::out_of_memory) return problem("reader.out-of-memory");
  return crashed();
}

}  // namespace horisont
