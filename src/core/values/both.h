#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/values/message.h"

namespace horisont {

// How the program's texts (texts_*.cpp) are written: `{0}`, `{1}` … stand for the values of a message; `{0|cell|cells}` is the first
// word when the value is "1"; `{?0 …?}` stands only when the value is told (neither empty nor a dash).

/// The half in one language of a text that says the same in both with " / " between: of "A / B", of "A / B: C" and of each part
/// between semicolons. A text in one language comes back as it is; a ring after it (not verified) stays.
std::string half_of_both(std::string_view text, Language);

/// The Swedish and the English half of a message's value that was made by in_both; nothing when it is the same in both.
std::optional<std::pair<std::string, std::string>> halves_of(std::string_view value);

}  // namespace horisont
