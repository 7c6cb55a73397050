#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace horisont {

// What people write, in the forms in which it is compared and sorted. Bytes that are not UTF-8 become U+FFFD; nothing here
// fails.

/// Unicode NFC.
std::string nfc(std::string_view text);

/// Lower case by the rules of Swedish.
std::string lower_case(std::string_view text);

/// The normal form of a heading or spelling (intake 3.1): NFC, lower case, letters and digits only. "Fr.o.m." → "from".
std::string heading_key(std::string_view text);

/// A normal form compared a second time: å ä → a, ö → o, é → e.
std::string plain_key(std::string_view key);

struct Tidied {
  std::string text;
  bool hidden_removed = false;  ///< soft hyphens, zero-width, bidirectional or control characters were taken out
};
/// A value as people mean it: NFC, outer blanks of every width off, inner runs of blanks one, nothing that cannot be seen.
Tidied tidy(std::string_view text);

/// Whether tidy() would leave the text as it is, for the common plain ASCII text.
bool is_tidy(std::string_view text);

/// Full-width digits and letters (０５ＡＢ) as the ordinary ones.
std::string narrow(std::string_view text);

/// Bytes that sort as a Swedish reader expects (å ä ö after z, v and w apart), by byte comparison.
std::string sort_key(std::string_view text);

/// Number of characters (code points).
std::size_t characters(std::string_view text);

/// Insertions, deletions, changes and swaps of neighbours between two texts, counted up to `limit` + 1.
int edits(std::string_view a, std::string_view b, int limit);

}  // namespace horisont
