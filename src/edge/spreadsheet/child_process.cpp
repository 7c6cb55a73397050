#include "edge/spreadsheet/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "edge/csv/encoding.h"
#include "edge/files/files.h"
#include "edge/spreadsheet/answer.h"

namespace horisont::apart {

void Descriptor::close() {
  if (number >= 0) ::close(number);
  number = -1;
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = ascii_run(text); i < text.size(); i += ascii_run(text.substr(i))) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
    const unsigned first = byte(i);
    const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    if (first < 0xC2 || first > 0xF4) return false;
    std::uint32_t code = first & (0x3Fu >> more);
    for (std::size_t k = 1; k <= more; ++k) {
      if ((byte(i + k) & 0xC0) != 0x80) return false;
      code = code << 6 | (byte(i + k) & 0x3F);
    }
    if (code < (more == 1 ? 0x80u : more == 2 ? 0x800u : 0x10000u) || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
      return false;
    i += more + 1;
  }
  return true;
}

std::uint8_t Reader::byte(std::uint8_t most) {
  const auto value = static_cast<std::uint8_t>(need(1)[0]);
  return value <= most ? value : throw Unsound{};
}

std::uint32_t Reader::number(std::uint32_t most) {
  std::uint32_t value = 0;
  std::memcpy(&value, need(sizeof value).data(), sizeof value);
  value = answer::highest_first(value);
  return value <= most ? value : throw Unsound{};
}

std::uint64_t Reader::long_number() {
  const std::uint64_t high = number(0xFFFFFFFF);
  return high << 32 | number(0xFFFFFFFF);
}

std::string_view Reader::text(std::uint32_t most) {
  const auto text = need(number(most));
  return is_utf8(text) ? text : throw Unsound{};
}

std::vector<std::string> Reader::texts(std::uint32_t most) {
  std::vector<std::string> all(number(most));
  for (auto& one : all) one = text();
  return all;
}

void Reader::nothing_more() {
  if (at_ != end_ || fill()) throw Unsound{};
}

std::string_view Reader::need(std::size_t size) {
  while (end_ - at_ < size)
    if (!fill()) throw Unsound{};
  at_ += size;
  return {bytes_.data() + at_ - size, size};
}

bool Reader::fill() {
  constexpr std::size_t step = 256 << 10;
  std::memmove(bytes_.data(), bytes_.data() + at_, end_ - at_);
  end_ -= std::exchange(at_, 0);
  if (bytes_.size() < end_ + step) bytes_.resize(std::max(2 * bytes_.size(), end_ + step));
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until_ - Clock::now()).count();
    if (left <= 0) throw TooSlow{};
    pollfd waits{pipe_, POLLIN, 0};
    const int ready = poll(&waits, 1, static_cast<int>(left));
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    const ssize_t count = ::read(pipe_, bytes_.data() + end_, step);
    if (count < 0 && errno == EINTR) continue;
    if (count > 0) end_ += static_cast<std::size_t>(count);
    return count > 0;
  }
}

std::string known_code(std::string_view code) { return text_of(code) ? std::string(code) : throw Unsound{}; }

Finding read_finding(Reader& in) {
  Finding finding;
  finding.level = static_cast<Level>(in.byte(2));
  finding.code = known_code(in.text());
  for (std::string* text : {&finding.place.sheet, &finding.place.cell, &finding.place.heading, &finding.given})
    *text = in.text();
  finding.place.row = in.number(last_row);
  finding.values = in.texts(16);
  return finding;
}

Problem read_problem(Reader& in) {
  Message message{known_code(in.text()), {}};
  message.values = in.texts(16);
  return {std::move(message)};
}

Child::Child(const ReadingChild& how, const std::vector<std::string>& more, int file, int pipe) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, file, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipe, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  std::vector<char*> words;
  for (const std::vector<std::string>* part : {&how.command, &more})
    for (const std::string& word : *part) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  char* const surroundings[] = {nullptr};
  const int error = posix_spawn(&id_, words[0], &actions, nullptr, words.data(), surroundings);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw FileError({"reader.not-started", {error_words(error)}}, FileError::Fault::Machine);
}

Child::~Child() {
  if (id_ > 0) kill(id_, SIGKILL), wait();
}

int Child::wait() {
  int status = 0;
  while (id_ > 0 && waitpid(id_, &status, 0) < 0 && errno == EINTR) {
  }
  id_ = 0;
  return status;
}

std::optional<int> Child::wait_until(Clock::time_point until) {
  while (true) {
    int status = 0;
    const pid_t ended = waitpid(id_, &status, WNOHANG);
    if (ended == id_) return id_ = 0, status;
    if (ended < 0 && errno != EINTR) return std::nullopt;
    if (Clock::now() > until) return std::nullopt;
    poll(nullptr, 0, 1);
  }
}

void Child::stop() {
  if (id_ > 0) kill(id_, SIGKILL);  // 0 would be this program and all that belong to it
}

std::pair<int, int> pipe_ends() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw FileError({"reader.not-started", {error_words(errno)}}, FileError::Fault::Machine);
  fcntl(ends[0], F_SETPIPE_SZ, 1 << 20);  // fewer turns; where it is refused the pipe is smaller
  return {ends[0], ends[1]};
}

OpenedFile::OpenedFile(const std::filesystem::path& path) : Descriptor(open_file(path)), was_(size_and_time()) {}

std::pair<std::int64_t, std::int64_t> OpenedFile::size_and_time() const {
  struct stat about{};
  if (fstat(number, &about) != 0) return {};
  return {about.st_size, std::int64_t{about.st_mtim.tv_sec} * 1'000'000'000 + about.st_mtim.tv_nsec};
}

bool OpenedFile::has_changed() const { return size_and_time() != was_; }

Problem what_became_of(Child& child, const std::string& seconds, const OpenedFile& file, const std::filesystem::path& path) {
  child.stop();
  const int status = child.wait();
  if (file.has_changed()) return {{"reader.file-changed", {}}};
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) return {{"reader.too-slow", {seconds}}};
  if (WIFEXITED(status) && WEXITSTATUS(status) == answer::out_of_memory) return {{"reader.out-of-memory", {}}};
  return {{"reader.crashed", {sha256_of_file(path)}}};
}

std::optional<ReadingChild>& reading_child() {
  static std::optional<ReadingChild> child;
  return child;
}

}  // namespace horisont::apart
