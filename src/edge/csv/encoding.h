#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// The encodings of text files (intake 2.3), by tables of our own: what iconv and others make of bad bytes differs.

namespace horisont {

enum class Encoding { Utf8, Utf16Le, Utf16Be, Windows1252 };

/// "utf-8", "utf-16le", "utf-16be", "windows-1252".
const char* name_of(Encoding);

/// How far bytes went into text. `used` bytes are decoded; what is left is the beginning of a character that the next
/// piece completes, or, when `bad`, something that is no character of this encoding.
struct Decoded {
  std::size_t used = 0;
  bool bad = false;
};

/// How many bytes from the first on are ASCII.
std::size_t ascii_run(std::string_view bytes);

/// How many bytes are strictly valid UTF-8: no overlong forms, no surrogates, no U+FFFE and U+FFFF, nothing above U+10FFFF.
Decoded check_utf8(std::string_view bytes);

/// Appends the bytes as UTF-8.
Decoded decode(std::string_view bytes, Encoding, std::string& out);

}  // namespace horisont
