#pragma once

#include <span>
#include <string_view>

namespace horisont {

/// Whether one of the phrases stands in a text as whole words: "kom aldrig" in "Kom aldrig i dag". A phrase that ends with * may
/// go on: "sjuk*" in "sjukanmäld". Compared without case; what is no letter or digit parts words.
bool says_any(std::string_view text, std::span<const std::string_view> phrases);

/// Whether a word, as it is, is one of the words, or begins with one of them.
bool is_one_of(std::string_view word, std::span<const std::string_view> words);
bool begins_with_one_of(std::string_view word, std::span<const std::string_view> words);

}  // namespace horisont
