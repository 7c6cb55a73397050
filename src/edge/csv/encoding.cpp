#include "edge/csv/encoding.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace horisont {
namespace {

// Windows-1252 from 0x80 to 0x9F; zero where nothing is assigned. The rest is Latin-1.
constexpr std::array<std::uint16_t, 32> windows_1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

void append(std::string& out, std::uint32_t c) {
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

Decoded decode_windows_1252(std::string_view bytes, std::string& out) {
  for (std::size_t at = 0;;) {
    const std::size_t plain = at + ascii_run(bytes.substr(at));
    out.append(bytes, at, plain - at);
    if (plain == bytes.size()) return {plain, false};
    const auto byte = static_cast<unsigned char>(bytes[plain]);
    const std::uint32_t c = byte < 0xA0 ? windows_1252[byte - 0x80u] : byte;
    if (c == 0) return {plain, true};
    append(out, c);
    at = plain + 1;
  }
}

Decoded decode_utf16(std::string_view bytes, bool big, std::string& out) {
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
    return big ? static_cast<std::uint32_t>(first << 8 | second) : static_cast<std::uint32_t>(second << 8 | first);
  };
  std::size_t at = 0;
  while (at + 2 <= bytes.size()) {
    std::uint32_t c = unit(at);
    std::size_t length = 2;
    if (c >= 0xD800 && c < 0xE000) {
      if (c >= 0xDC00) return {at, true};
      if (at + 4 > bytes.size()) break;
      const std::uint32_t low = unit(at + 2);
      if (low < 0xDC00 || low >= 0xE000) return {at, true};
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      length = 4;
    }
    if (c == 0xFFFE || c == 0xFFFF) return {at, true};
    append(out, c);
    at += length;
  }
  return {at, false};
}

}  // namespace

const char* name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::Utf8:
      return "utf-8";
    case Encoding::Utf16Le:
      return "utf-16le";
    case Encoding::Utf16Be:
      return "utf-16be";
    case Encoding::Windows1252:
      break;
  }
  return "windows-1252";
}

std::size_t ascii_run(std::string_view bytes) {
  constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080u;
  std::size_t at = 0;
  for (std::uint64_t words[4]; at + sizeof words <= bytes.size(); at += sizeof words) {
    std::memcpy(words, bytes.data() + at, sizeof words);
    if ((words[0] | words[1] | words[2] | words[3]) & high_bits) break;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

Decoded check_utf8(std::string_view bytes) {
  for (std::size_t at = 0;;) {
    at += ascii_run(bytes.substr(at));
    if (at == bytes.size()) return {at, false};
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0) return {at, true};
    // The second byte carries the limits: overlong forms, surrogates, the last character.
    const unsigned char lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned char highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    for (std::size_t i = 1; i < length; ++i) {
      if (at + i == bytes.size()) return {at, false};
      if (byte(i) < (i == 1 ? lowest : 0x80) || byte(i) > (i == 1 ? highest : 0xBF)) return {at, true};
    }
    if (first == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE) return {at, true};
    at += length;
  }
}

Decoded decode(std::string_view bytes, Encoding encoding, std::string& out) {
  switch (encoding) {
    case Encoding::Utf16Le:
      return decode_utf16(bytes, false, out);
    case Encoding::Utf16Be:
      return decode_utf16(bytes, true, out);
    case Encoding::Windows1252:
      return decode_windows_1252(bytes, out);
    case Encoding::Utf8:
      break;
  }
  const Decoded checked = check_utf8(bytes);
  out.append(bytes, 0, checked.used);
  return checked;
}

}  // namespace horisont
