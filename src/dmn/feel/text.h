#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Texts of FEEL: UTF-8, counted in code points; regular expressions are those of XPath (XQuery and XPath Functions 3.1, 5.6).
namespace dmn::feel {

std::size_t code_points(std::string_view text);
/// `count` code points from the 0-based `from`, cut at the end of the text.
std::string_view slice(std::string_view text, std::size_t from, std::size_t count);

/// Whether a reader finds something in the text: a letter or a digit of any script. Spaces, invisible characters and signs
/// alone say nothing.
bool says_something(std::string_view text);

std::string upper_case(const std::string& text);
std::string lower_case(const std::string& text);

/// A pattern with XPath's flags (`s`, `m`, `i`, `x`, `q`). Nothing in all of these when the pattern or a flag is none of
/// XPath's. Throws LimitReached when matching takes more time or stack than it may: a hostile pattern costs a fraction of a
/// second.
std::optional<bool> matches(const std::string& text, const std::string& pattern, std::string_view flags);
/// With `$1` … and `$0`, `\$` and `\\` in the replacement. A pattern that matches the empty text is refused, as in XPath.
std::optional<std::string> replace(const std::string& text, const std::string& pattern, std::string_view replacement,
                                   std::string_view flags);
std::optional<std::vector<std::string>> split(const std::string& text, const std::string& delimiter);

}  // namespace dmn::feel
