#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/values/message.h"

namespace horisont {

/// The disk did not do what was asked: full, read-only, not there, not allowed. Carries the sentence for the user and
/// whether the fault is the path's (status 3: unreadable) or the machine's (status 74).
class FileError : public std::runtime_error {
 public:
  enum class Fault { Unreadable, Machine };
  FileError(Message message, Fault fault) : std::runtime_error(message.id), message_(std::move(message)), fault_(fault) {}
  const Message& message() const { return message_; }
  Fault fault() const { return fault_; }

 private:
  Message message_;
  Fault fault_;
};

/// Opens an ordinary file for reading, for the caller to close. Whatever else a path can name (a folder, a pipe, a device)
/// is refused without waiting for it; throws FileError.
int open_file(const std::filesystem::path&);

/// All bytes of a file, or the first `most`; throws FileError.
std::string read_file(const std::filesystem::path&, std::size_t most = static_cast<std::size_t>(-1));

/// Writes through a temporary name beside the target, fsync, rename, fsync of the folder: the old file or the new one,
/// never a half. Throws FileError.
enum class Readers { Everyone, Owner };
void write_file(const std::filesystem::path&, std::string_view bytes, Readers = Readers::Everyone);

/// Adds a line to a file that only its owner may read, and waits until it is on disk. Throws FileError.
void append_line(const std::filesystem::path&, std::string_view line);

/// The same for a file that another library has already written under a temporary name.
void commit_file(const std::filesystem::path& temporary, const std::filesystem::path& target, Readers = Readers::Owner);

/// Makes a folder, and those above it that are missing, for files with personal data: only their owner may enter. Folders that
/// are there stay as they are. Throws FileError.
void make_private_folder(const std::filesystem::path&);

/// Whether a file or folder that is there may be written.
bool may_write(const std::filesystem::path&);

/// Why a file was not written, from errno: full, read-only, no folder, too long a name.
FileError write_error(const std::filesystem::path&, int error);

/// What the machine says about a failure, in both languages (see in_both): "disken är full", "the disk is full".
std::string error_words(int error);

/// While it lives, what a library prints on the process's standard error goes nowhere: the user gets a sentence of ours
/// instead. Of the whole process, so it is kept around single calls.
class SilencedLibrary {
 public:
  SilencedLibrary();
  ~SilencedLibrary();
  SilencedLibrary(const SilencedLibrary&) = delete;
  SilencedLibrary& operator=(const SilencedLibrary&) = delete;

 private:
  int before_ = -1;
};

/// A new private folder (0700) below the system's temporary folder, removed with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The SHA-256 of a whole file or text as 64 hex digits (through log's evp).
std::string sha256_of_file(const std::filesystem::path&);
std::string sha256_of(std::string_view bytes);

}  // namespace horisont
