#include "edge/import/row_words.h"

#include <algorithm>

#include "edge/import/values.h"
#include "edge/import/words_in.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

}  // namespace

bool says_count(const std::string& text) {
  static constexpr std::string_view begins[] = {"antal", "number of", "count"};
  static constexpr std::string_view what[] = {"", "st", "stycken", "deltagare", "personer", "elever", "ungdomar", "rader", "poster", "people", "participants", "rows"};
  const std::string lower = lower_case(text);
  for (const std::string_view word : begins) {
    if (!lower.starts_with(word)) continue;
    const std::size_t letters = lower.find_last_not_of("0123456789 .:=", lower.size()) + 1;
    const std::string rest = tidy(lower.substr(word.size(), std::max(letters, word.size()) - word.size())).text;
    return std::find(std::begin(what), std::end(what), rest) != std::end(what);
  }
  return false;
}

bool says_foot(const std::string& text) {
  static constexpr std::string_view words[] = {"underskrift*", "namnteckning*", "namnförtydligande", "sida", "sid", "utskrivet", "utskriven", "utskriftsdatum", "utskrift*",
                                               "antal", "ort och datum", "ort datum", "page", "printed",
                                               "signature", "number of rows", "rows", "place and date"};
  if (text.empty() || text.size() > 80) return false;
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    // The text begins so.
    const std::string bare(word.substr(0, word.find('*')));
    return lower_case(text).starts_with(bare.substr(0, bare.find(' '))) && says_any(text, {&word, 1});
  });
}

bool looks_like_a_name(std::string_view text) {
  int words = 0;
  bool in_word = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c), next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    if (c == ' ' || c == ',' || c == '-') {
      in_word = false;
      continue;
    }
    if (!is_letter(c) && c != '\'') return false;
    if (in_word) continue;
    const bool capital = (c >= 'A' && c <= 'Z') || (byte == 0xC3 && next >= 0x80 && next <= 0x9E) || byte > 0xC3;
    if (!capital) return false;
    in_word = true, ++words;
  }
  return words >= 2 && words <= 4;
}

}  // namespace horisont
