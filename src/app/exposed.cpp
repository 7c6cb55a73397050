#include "app/exposed.h"

#include <algorithm>

#include "edge/files/shared_folder.h"

namespace horisont {

std::vector<Message> exposed_files(const std::filesystem::path& home) {
  using std::filesystem::perms;
  std::vector<Message> found;
  std::error_code error;
  const auto open_to = [&](const std::filesystem::path& path, perms whom) {
    const auto rights = std::filesystem::status(path, error).permissions();
    return !error && (rights & whom) != perms::none;
  };
  for (const char* name : {"data", "keys"}) {
    const std::filesystem::path folder = home / name;
    // A folder that nobody else may enter guards what is in it; one that is shared with a group is for its members.
    const perms strangers = is_shared(folder) ? perms::others_all : perms::group_all | perms::others_all;
    if (!open_to(folder, strangers) && !is_shared(folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
      if (entry.is_regular_file(error) && open_to(entry.path(), strangers)) found.push_back({is_shared(folder) ? "doctor.exposed-shared" : "doctor.exposed", {entry.path().string()}});
  }
  std::sort(found.begin(), found.end(), [](const Message& a, const Message& b) { return a.values < b.values; });
  return found;
}

}  // namespace horisont
