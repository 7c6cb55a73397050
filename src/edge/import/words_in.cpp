#include "edge/import/words_in.h"

#include <algorithm>
#include <string>

#include "edge/text/text.h"

namespace horisont {
namespace {

// The words of a text, each between two blanks.
std::string spaced(std::string_view text) {
  std::string out = " ";
  for (const char c : lower_case(nfc(text))) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80);
    if (letter || out.back() != ' ') out += letter ? c : ' ';
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

}  // namespace

bool says_any(std::string_view text, std::span<const std::string_view> phrases) {
  const std::string words = spaced(text);
  return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
    const bool open = phrase.ends_with('*');
    if (open) phrase.remove_suffix(1);
    return words.find(" " + std::string(phrase) + (open ? "" : " ")) != words.npos;
  });
}

bool is_one_of(std::string_view word, std::span<const std::string_view> words) { return std::find(words.begin(), words.end(), word) != words.end(); }

bool begins_with_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view one) { return word.starts_with(one); });
}

}  // namespace horisont
