#include "edge/files/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "edge/files/files.h"

namespace horisont {

namespace {

int locked(int descriptor, const std::string& name) {
  if (descriptor < 0) throw write_error(name, errno);
  while (::flock(descriptor, LOCK_EX) != 0) {
    if (errno == EINTR) continue;
    const int error = errno;
    ::close(descriptor);
    throw write_error(name, error);
  }
  return descriptor;
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& file) {
  const std::string name = file.string() + ".lock";
  descriptor_ = locked(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600), name);
}

FileLock::~FileLock() { ::close(descriptor_); }

FolderLock::FolderLock(const std::filesystem::path& folder)
    : descriptor_(locked(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), folder.string())) {}

FolderLock::~FolderLock() { ::close(descriptor_); }

}  // namespace horisont
