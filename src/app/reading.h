#pragma once

#include <string>
#include <vector>

namespace horisont {

/// From now on this program reads users' files in a second run of itself, started with `reading_word`.
inline constexpr const char* reading_word = "--read-child";
void read_in_second_run();

/// The second run, with the words after `reading_word`; the result is its exit status.
int be_second_run(const std::vector<std::string>& words);

}  // namespace horisont
