#include "edge/files/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "edge/files/in_place.h"
#include "edge/files/shared_folder.h"
#include "log/evp.h"

namespace horisont {
namespace {

[[noreturn]] void fail(const char* id, const std::filesystem::path& path, int error) {
  const bool machine =
      error == ENOSPC || error == EIO || error == EDQUOT || error == EROFS || error == EMFILE || error == ENFILE;
  throw FileError(Message{error == ENAMETOOLONG ? "file.name-too-long" : id, {path.string(), error_words(error)}},
                  machine ? FileError::Fault::Machine : FileError::Fault::Unreadable);
}

[[noreturn]] void fail_writing(const std::filesystem::path& path, int error) { throw write_error(path, error); }

class Handle {
 public:
  explicit Handle(int descriptor) : descriptor_(descriptor) {}
  ~Handle() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Handle(Handle&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  int get() const { return descriptor_; }
  bool open() const { return descriptor_ >= 0; }
  int release() { return std::exchange(descriptor_, -1); }
  int close() { return ::close(std::exchange(descriptor_, -1)); }

 private:
  int descriptor_;
};

Handle open_for_reading(const std::filesystem::path& path) {
  // A pipe that nobody writes to would otherwise be waited for.
  Handle file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  if (!file.open()) {
    const int error = errno;
    fail(error == ENOENT   ? "file.not-found"
         : error == EACCES ? "file.not-readable"
         : error == ENXIO  ? "file.not-regular"
                           : "file.read-failed",
         path, error);
  }
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) fail("file.read-failed", path, errno);
  if (S_ISDIR(about.st_mode)) fail("file.is-folder", path, EISDIR);
  if (!S_ISREG(about.st_mode)) fail("file.not-regular", path, EINVAL);
  return file;
}

std::filesystem::path folder_of(const std::filesystem::path& target) {
  return target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
}

[[noreturn]] void give_up(const std::filesystem::path& temporary, const std::filesystem::path& target, int error) {
  ::unlink(temporary.c_str());
  fail_writing(target, error);
}

}  // namespace

// What stands in the way of writing is the machine's: nothing the user sent is wrong.
FileError write_error(const std::filesystem::path& path, int error) {
  const char* id = error == ENOSPC || error == EDQUOT                    ? "file.disk-full"
                   : error == EROFS || error == EACCES || error == EPERM ? "file.not-writable"
                   : error == ENOENT || error == ENOTDIR                 ? "file.folder-missing"
                   : error == ENAMETOOLONG                               ? "file.name-too-long"
                   : error == EFBIG                                      ? "file.too-big-to-write"
                                                                         : "file.write-failed";
  return FileError(Message{id, {path.string(), error_words(error)}}, FileError::Fault::Machine);
}

bool may_write(const std::filesystem::path& path) { return ::access(path.c_str(), W_OK) == 0; }

std::string error_words(int error) {
  switch (error) {
    case ENOENT:
      return in_both("finns inte", "does not exist");
    case EACCES:
    case EPERM:
      return in_both("åtkomst nekad", "permission denied");
    case EROFS:
      return in_both("skrivskyddad disk", "read-only disk");
    case ENOTDIR:
      return in_both("en del av sökvägen är ingen mapp", "a part of the path is not a folder");
    case EISDIR:
      return in_both("är en mapp", "is a folder");
    case EEXIST:
      return in_both("finns redan", "exists already");
    case ENAMETOOLONG:
      return in_both("för långt namn", "name too long");
    case ELOOP:
      return in_both("länkar som pekar på varandra", "links that point at each other");
    case ENOSPC:
    case EDQUOT:
      return in_both("disken är full", "the disk is full");
    case EFBIG:
      return in_both("större än vad som får skrivas", "larger than what may be written");
    case EIO:
      return in_both("fel på disken", "an error of the disk");
    case EMFILE:
    case ENFILE:
      return in_both("för många öppna filer", "too many open files");
    default:
      return in_both("fel " + std::to_string(error) + ", " + std::strerror(error),
                     "error " + std::to_string(error) + ", " + std::strerror(error));
  }
}

int open_file(const std::filesystem::path& path) { return open_for_reading(path).release(); }

std::string read_file(const std::filesystem::path& path, std::size_t most) {
  const Handle file = open_for_reading(path);
  std::string bytes;
  char piece[1 << 16];
  for (;;) {
    const ssize_t n = ::read(file.get(), piece, std::min(sizeof piece, most - bytes.size()));
    if (n == 0) return bytes;
    if (n < 0) {
      if (errno == EINTR) continue;
      fail("file.read-failed", path, errno);
    }
    bytes.append(piece, static_cast<std::size_t>(n));
  }
}

namespace {

mode_t mode_for(const std::filesystem::path& file, Readers readers) {
  return readers == Readers::Everyone ? 0644 : is_shared(folder_of(file)) ? 0660 : 0600;
}

}  // namespace

bool is_shared(const std::filesystem::path& folder) {
  struct stat about {};
  return ::stat(folder.c_str(), &about) == 0 && S_ISDIR(about.st_mode) && (about.st_mode & S_ISGID) != 0 &&
         (about.st_mode & S_IRWXG) == S_IRWXG && (about.st_mode & S_IRWXO) == 0;
}

void append_line(const std::filesystem::path& path, std::string_view line) {
  Handle file{::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
  if (!file.open()) fail_writing(path, errno);
  if (is_shared(folder_of(path))) (void)!::fchmod(file.get(), 0660);  // whoever made the file has done so
  // In one piece, so that lines of two programs do not run into each other.
  const std::string whole = std::string(line) + "\n";
  if (::write(file.get(), whole.data(), whole.size()) != static_cast<ssize_t>(whole.size()) || ::fsync(file.get()) != 0)
    fail_writing(path, errno);
}

void write_file(const std::filesystem::path& path, std::string_view bytes, Readers readers) {
  std::string temporary = path.string() + ".XXXXXX";
  Handle file{::mkostemp(temporary.data(), O_CLOEXEC)};
  if (!file.open()) fail_writing(path, errno);
  while (!bytes.empty()) {
    const ssize_t n = ::write(file.get(), bytes.data(), bytes.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      give_up(temporary, path, errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::fchmod(file.get(), mode_for(path, readers)) != 0 || ::fsync(file.get()) != 0 ||
      file.close() != 0 || ::rename(temporary.c_str(), path.c_str()) != 0)
    give_up(temporary, path, errno);
  sync_folder(folder_of(path));
}

void make_private_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (folder.empty() || std::filesystem::is_directory(folder, error)) return;
  make_private_folder(folder.parent_path());
  const bool shared = is_shared(folder_of(folder));
  // Another process may make the same one meanwhile.
  if (::mkdir(folder.c_str(), 0700) != 0 && (errno != EEXIST || !std::filesystem::is_directory(folder, error)))
    throw FileError({errno == EEXIST ? "file.not-a-folder" : errno == ENOENT ? "file.folder-not-made" : "file.not-writable",
                     {folder.string(), error_words(errno)}},
                    FileError::Fault::Machine);
  if (shared) (void)!::chmod(folder.c_str(), 02770);
}

void commit_file(const std::filesystem::path& temporary, const std::filesystem::path& target, Readers readers) {
  Handle file{::open(temporary.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!file.open() || ::fchmod(file.get(), mode_for(target, readers)) != 0 || ::fsync(file.get()) != 0 ||
      ::rename(temporary.c_str(), target.c_str()) != 0)
    give_up(temporary, target, errno);
  sync_folder(folder_of(target));
}

void put_in_place(const std::filesystem::path& temporary, const std::filesystem::path& target, Readers readers) {
  if (::chmod(temporary.c_str(), mode_for(target, readers)) != 0 || ::rename(temporary.c_str(), target.c_str()) != 0)
    give_up(temporary, target, errno);
}

void sync_file(const std::filesystem::path& path) {
  Handle file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!file.open() || ::fsync(file.get()) != 0) fail_writing(path, errno);
}

void sync_folder(const std::filesystem::path& folder) {
  Handle handle{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!handle.open() || ::fsync(handle.get()) != 0) fail_writing(folder, errno);
}

SilencedLibrary::SilencedLibrary() {
  std::fflush(stderr);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  before_ = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  if (before_ >= 0) ::dup2(nowhere, STDERR_FILENO);
  ::close(nowhere);
}

SilencedLibrary::~SilencedLibrary() {
  if (before_ < 0) return;
  const int error = errno;  // of the call that was silenced
  std::fflush(stderr);
  ::dup2(before_, STDERR_FILENO);
  ::close(before_);
  errno = error;
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "horisont-XXXXXX").string();
  if (!::mkdtemp(name.data())) fail_writing(name, errno);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // nothing useful can be done about a folder that does not go away
  std::filesystem::remove_all(path_, ignored);
}

std::string sha256_of_file(const std::filesystem::path& path) {
  const Handle file = open_for_reading(path);
  tlog::Sha256 digest;
  char piece[1 << 16];
  for (;;) {
    const ssize_t n = ::read(file.get(), piece, sizeof piece);
    if (n == 0) return tlog::hex(digest.finish());
    if (n < 0) {
      if (errno == EINTR) continue;
      fail("file.read-failed", path, errno);
    }
    digest.add({piece, static_cast<std::size_t>(n)});
  }
}

std::string sha256_of(std::string_view bytes) { return tlog::hex(tlog::sha256(bytes)); }

}  // namespace horisont
