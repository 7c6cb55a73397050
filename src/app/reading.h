#pragma once

namespace horisont {

/// From now on this program reads workbooks in a second run of itself, started with `reading_word`.
inline constexpr const char* reading_word = "--read-child";
void read_in_second_run();

/// The second run; the result is its exit status.
int be_second_run();

}  // namespace horisont
