#include "app/exposed.h"

#include <algorithm>

namespace horisont {

std::vector<Message> exposed_files(const std::filesystem::path& home) {
  using std::filesystem::perms;
  std::vector<Message> found;
  std::error_code error;
  const auto open_to_others = [&](const std::filesystem::path& path) {
    const auto rights = std::filesystem::status(path, error).permissions();
    return !error && (rights & (perms::group_all | perms::others_all)) != perms::none;
  };
  for (const char* folder : {"data", "keys"}) {
    // A folder that nobody else may enter guards what is in it.
    if (!open_to_others(home / folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(home / folder, error))
      if (entry.is_regular_file(error) && open_to_others(entry.path()))
        found.push_back({"doctor.exposed", {entry.path().string()}});
  }
  std::sort(found.begin(), found.end(), [](const Message& a, const Message& b) { return a.values < b.values; });
  return found;
}

}  // namespace horisont
