#include "core/values/visible.h"

#include <cstdint>
#include <cstdio>

namespace horisont {
namespace {

// The character at the start of a text, and how many bytes it has; none when the bytes are no UTF-8 (overlong forms and
// surrogates included).
struct Character {
  char32_t code = 0;
  std::size_t length = 0;
};

Character character_at(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) return {};
  char32_t code = first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3F);
  }
  static constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  return {code, length};
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

// Marks that change how what follows is laid out, and separators of lines: nobody sees them, and they make a line say
// something else than it holds.
bool is_hidden_mark(char32_t c) {
  return c == 0x061C || c == 0x180E || (c >= 0x200B && c <= 0x200F && c != 0x200C && c != 0x200D) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE007F);
}

std::string formatted(const char* format, unsigned value) {
  char text[24];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

// `write` says how a character (or a byte that is none) is written out.
template <class Keep, class Write>
std::string written_out(std::string_view text, Keep&& keep, Write&& write) {
  std::string out;
  std::size_t from = 0, at = 0;
  while (at < text.size()) {
    const Character c = character_at(text.substr(at));
    const bool show = c.length == 0 || ((is_control(c.code) || is_hidden_mark(c.code)) && !keep(c.code));
    const std::size_t length = c.length == 0 ? 1 : c.length;
    if (show) {
      out += text.substr(from, at - from);
      out += write(c, static_cast<unsigned char>(text[at]));
      from = at + length;
    }
    at += length;
  }
  return from == 0 ? std::string(text) : out += text.substr(from);
}

std::string for_people(const Character& c, unsigned char byte) {
  if (c.length == 0) return formatted("\\x%02x", byte);
  return is_control(c.code) ? formatted("\\x%02x", c.code) : formatted("<U+%04X>", c.code);
}

}  // namespace

std::string visible(std::string_view text) {
  return written_out(
      text, [](char32_t c) { return c == '\n' || c == '\t'; }, for_people);
}

std::string visible_in_line(std::string_view text) {
  return written_out(
      text, [](char32_t) { return false; }, for_people);
}

std::string visible_json(std::string_view json) {
  return written_out(
      json, [](char32_t c) { return c == '\n' || c == '\t' || c == '\r'; },
      [](const Character& c, unsigned char) -> std::string {
        if (c.length == 0) return "\uFFFD";
        if (c.code < 0x10000) return formatted("\\u%04x", c.code);
        return formatted("\\u%04x", 0xD800 + ((c.code - 0x10000) >> 10)) + formatted("\\u%04x", 0xDC00 + (c.code & 0x3FF));
      });
}

}  // namespace horisont
