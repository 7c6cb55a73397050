#include "core/values/message.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "core/values/both.h"
#include "core/values/moment.h"
#include "core/values/surface.h"
#include "core/values/texts.h"

namespace horisont {
namespace {

struct Said {
  const Text *in_terminal, *on_page;
};

const std::unordered_map<std::string_view, Said>& index() {
  static const auto all = [] {
    std::unordered_map<std::string_view, Said> found;
    for (const auto list : text_lists)
      for (const Text& text : list()) found.emplace(text.id, Said{&text, &text});
    for (const Text& text : texts_on_pages())
      if (const auto said = found.find(text.id); said != found.end()) said->second.on_page = &text;
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

const Text* text_of(std::string_view id) { return text_of(id, Surface::Terminal); }

const Text* text_of(std::string_view id, Surface surface) {
  const auto found = index().find(id);
  if (found == index().end()) return nullptr;
  return surface == Surface::Page ? found->second.on_page : found->second.in_terminal;
}

std::string in_both(std::string_view sv, std::string_view en) { return std::string(sv) + between_languages + std::string(en); }

std::optional<std::pair<std::string, std::string>> halves_of(std::string_view value) {
  if (value.find(between_languages) == value.npos) return std::nullopt;
  return std::pair(std::string(half_of(value, Language::Swedish)), std::string(half_of(value, Language::English)));
}

std::string half_of_both(std::string_view text, Language language) {
  constexpr std::string_view between = " / ", mark = "\u00B0";
  const bool swedish = language == Language::Swedish, marked = text.ends_with(mark);
  const std::size_t at = text.find(between);
  if (at == text.npos) return std::string(text);
  const auto parts = [](std::string_view of) { return std::count(of.begin(), of.end(), ';'); };
  const std::string_view sv = text.substr(0, at), en = text.substr(at + between.size());
  // As many parts on both sides: the whole is said twice.
  if (parts(sv) == parts(en) && en.find(between) == en.npos && en.find(": ") == en.npos)
    return swedish ? std::string(sv) + (marked ? std::string(mark) : std::string()) : std::string(en);
  std::string out;
  for (std::string_view left = text; !left.empty();) {
    const std::size_t end = left.find("; ");
    const std::string_view part = left.substr(0, end);
    left.remove_prefix(end == left.npos ? left.size() : end + 2);
    if (!out.empty()) out += "; ";
    const std::size_t middle = part.find(between);
    if (middle == part.npos) {
      out += part;
      continue;
    }
    const std::string_view second = part.substr(middle + between.size());
    const std::size_t colon = second.find(": ");  // what follows belongs to both
    if (swedish)
      out += std::string(part.substr(0, middle)) + (colon == second.npos ? std::string() : std::string(second.substr(colon)));
    else
      out += second;
  }
  if (marked && !out.ends_with(mark)) out += mark;
  return out;
}

namespace {

std::string filled(std::string_view pattern, const std::vector<std::string>& values, Language language);

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "{?0 …?}" and "{0|one|many}", from their brace; nothing when it is neither.
std::optional<std::string> with_choice(std::string_view& pattern, const std::vector<std::string>& values, Language language) {
  const auto value = [&](char digit) {
    const auto n = static_cast<std::size_t>(digit - '0');
    return n < values.size() ? half_of(values[n], language) : std::string_view();
  };
  if (pattern.size() > 3 && pattern[1] == '?' && is_digit(pattern[2])) {
    const std::size_t end = pattern.find("?}");
    if (end == pattern.npos) return std::nullopt;
    const std::string_view told = value(pattern[2]), inside = pattern.substr(3, end - 3);
    pattern.remove_prefix(end + 2);
    return told.empty() || told == "\u2013" ? std::string() : filled(inside, values, language);
  }
  if (pattern.size() > 3 && is_digit(pattern[1]) && pattern[2] == '|') {
    const std::size_t between = pattern.find('|', 3), end = pattern.find('}');
    if (between == pattern.npos || end == pattern.npos || end < between) return std::nullopt;
    const bool one = value(pattern[1]) == "1";
    const std::string word(one ? pattern.substr(3, between - 3) : pattern.substr(between + 1, end - between - 1));
    pattern.remove_prefix(end + 1);
    return word;
  }
  return std::nullopt;
}

std::string filled(std::string_view pattern, const std::vector<std::string>& values, Language language) {
  std::string out;
  while (!pattern.empty()) {
    if (pattern.front() == '{') {
      if (const auto chosen = with_choice(pattern, values, language)) {
        out += *chosen;
        continue;
      }
      if (pattern.size() > 2 && pattern[2] == '}' && is_digit(pattern[1])) {
        const auto n = static_cast<std::size_t>(pattern[1] - '0');
        if (n < values.size()) out += clock_words(std::string(half_of(values[n], language)));
        pattern.remove_prefix(3);
        continue;
      }
    }
    out += pattern.front();
    pattern.remove_prefix(1);
  }
  return out;
}

}  // namespace

std::string words(const Message& message, Language language) { return words(message, language, Surface::Terminal); }

std::string words(const Message& message, Language language, Surface surface) {
  const Text* text = text_of(message.id, surface);
  if (!text) return "[" + message.id + "]";
  return filled(language == Language::Swedish ? text->sv : text->en, message.values, language);
}

std::vector<Text> all_texts() {
  std::vector<Text> all;
  for (const auto list : text_lists) all.insert(all.end(), list().begin(), list().end());
  return all;
}

}  // namespace horisont
