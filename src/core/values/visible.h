#pragma once

#include <string>
#include <string_view>

namespace horisont {

/// Text from a file or a command line, as it may be printed: what a terminal would obey instead of showing (ESC and other
/// control characters, marks that turn the direction of writing, bytes that are no UTF-8) is written out: `\x1b`,
/// `<U+202E>`, `\xff`. Line feeds and tabs stay. Text without such things comes back as it is, and so does the result.
std::string visible(std::string_view);

/// The same for one line: line feeds, carriage returns and tabs are written out, too.
std::string visible_in_line(std::string_view);

/// JSON with the same characters as \u escapes, which no parser tells from the characters themselves.
std::string visible_json(std::string_view json);

}  // namespace horisont
