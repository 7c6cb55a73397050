#include "core/values/message.h"

#include <unordered_map>

#include "core/values/moment.h"
#include "core/values/texts.h"

namespace horisont {
namespace {

const std::unordered_map<std::string_view, const Text*>& index() {
  static const auto all = [] {
    std::unordered_map<std::string_view, const Text*> found;
    for (const auto list : text_lists)
      for (const Text& text : list()) found.emplace(text.id, &text);
    return found;
  }();
  return all;
}

// U+001F, the unit separator, which no text of ours holds.
constexpr char between_languages = '\x1F';

std::string_view half_of(std::string_view value, Language language) {
  const std::size_t at = value.find(between_languages);
  if (at == std::string_view::npos) return value;
  return language == Language::Swedish ? value.substr(0, at) : value.substr(at + 1);
}

}  // namespace

const Text* text_of(std::string_view id) {
  const auto found = index().find(id);
  return found == index().end() ? nullptr : found->second;
}

std::string in_both(std::string_view sv, std::string_view en) { return std::string(sv) + between_languages + std::string(en); }

std::string words(const Message& message, Language language) {
  const Text* text = text_of(message.id);
  if (!text) return "[" + message.id + "]";
  const std::string_view pattern = language == Language::Swedish ? text->sv : text->en;
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' && pattern[i + 1] >= '0' &&
        pattern[i + 1] <= '9') {
      const std::size_t n = static_cast<std::size_t>(pattern[i + 1] - '0');
      if (n < message.values.size()) out += clock_words(std::string(half_of(message.values[n], language)));
      i += 2;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

std::vector<Text> all_texts() {
  std::vector<Text> all;
  for (const auto list : text_lists) all.insert(all.end(), list().begin(), list().end());
  return all;
}

}  // namespace horisont
