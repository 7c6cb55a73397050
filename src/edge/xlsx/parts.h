#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace horisont {

/// Whether a file is a workbook (.xlsx, .xlsm) that can be compared with another part by part, so that every reader of it sees the same:
/// each part whole, the workbook, its styles, texts and theme where every program writes them, each relationship and each sheet's name
/// there once. Throws FileError.
bool is_sound_workbook(const std::filesystem::path&);

/// What somebody changed in a workbook with his own hands: the parts that are other ones, added or gone in `found`, while others that every
/// program writes anew when it saves (the workbook, its styles, texts and sheets) are as they were made. Empty for one that a program saved
/// as a whole, and for one with other properties of the document alone. Parts are compared as XML, other bytes as they are.
std::vector<std::string> parts_changed_by_hand(const std::filesystem::path& made, const std::filesystem::path& found);

}  // namespace horisont
