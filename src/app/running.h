#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace horisont {

/// Where the pages of an installation are served just now, for a second start: a file that only its owner may read.
struct Running {
  int port = 0;
  std::string secret;  ///< who knows it may ask for one-time addresses
};
/// Throws FileError.
void write_running(const std::filesystem::path& home, const Running&);
std::optional<Running> read_running(const std::filesystem::path& home);
/// Removes the file when it is still that one's.
void forget_running(const std::filesystem::path& home, const Running&);

}  // namespace horisont
