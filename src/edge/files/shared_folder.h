#pragma once

#include <filesystem>

namespace horisont {

/// Whether a folder is meant for the members of its group and nobody else: setgid, all rights for the group, none for others
/// (chmod 2770). What we make in it gets the same rights for the group, whatever the umask; anywhere else the owner alone has any.
bool is_shared(const std::filesystem::path& folder);

}  // namespace horisont
