#include "app/running.h"

#include "edge/files/files.h"

namespace horisont {
namespace {

std::filesystem::path file_in(const std::filesystem::path& home) { return home / "data" / "ui.running"; }

}  // namespace

void write_running(const std::filesystem::path& home, const Running& running) {
  write_file(file_in(home), std::to_string(running.port) + "\n" + running.secret + "\n", Readers::Owner);
}

std::optional<Running> read_running(const std::filesystem::path& home) {
  std::string text;
  try {
    text = read_file(file_in(home), 4096);
  } catch (const FileError&) {
    return std::nullopt;  // nobody is running
  }
  const std::size_t end = text.find('\n');
  if (end == text.npos || end == 0 || end > 5 || text.find_first_not_of("0123456789") != end || !text.ends_with('\n'))
    return std::nullopt;
  return Running{std::stoi(text.substr(0, end)), text.substr(end + 1, text.size() - end - 2)};
}

void forget_running(const std::filesystem::path& home, const Running& running) {
  const auto known = read_running(home);
  std::error_code ignored;
  if (known && known->secret == running.secret) std::filesystem::remove(file_in(home), ignored);
}

}  // namespace horisont
