#pragma once

#include "edge/files/files.h"

namespace horisont {

/// commit_file in steps, for several files at once: a file gets its name, and nobody waits for the disk; its bytes are waited for;
/// the names of all that a folder has got are waited for. Throw FileError.
void put_in_place(const std::filesystem::path& temporary, const std::filesystem::path& target, Readers = Readers::Owner);
void sync_file(const std::filesystem::path&);
void sync_folder(const std::filesystem::path&);

}  // namespace horisont
