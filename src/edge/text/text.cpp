#include "edge/text/text.h"

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <vector>

namespace horisont {
namespace {

icu::UnicodeString wide(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

icu::UnicodeString normal(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no data for NFC");
  const icu::UnicodeString out = normalizer->normalize(text, status);
  return U_FAILURE(status) ? text : out;
}

const icu::Locale& swedish() {
  static const icu::Locale locale("sv", "SE");
  return locale;
}

// What nobody can see and nobody means: it would only make two equal texts differ. Tab and line breaks are blanks.
bool is_hidden(UChar32 c) {
  if (c == 0xFFFD) return false;
  const auto type = u_charType(c);
  return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || c == 0x034F || (c >= 0xFE00 && c <= 0xFE0F);
}

bool is_blank(UChar32 c) { return c == '\t' || c == '\n' || c == '\r' || u_isUWhiteSpace(c); }

}  // namespace

std::string nfc(std::string_view text) { return is_ascii(text) ? std::string(text) : utf8(normal(wide(text))); }

std::string lower_case(std::string_view text) {
  if (!is_ascii(text)) return utf8(wide(text).toLower(swedish()));
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string heading_key(std::string_view text) {
  std::string out;
  if (is_ascii(text)) {
    for (const char c : text) {
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
      if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    }
    return out;
  }
  const icu::UnicodeString lower = normal(wide(text)).toLower(swedish());
  icu::UnicodeString kept;
  for (std::int32_t i = 0; i < lower.length(); i = lower.moveIndex32(i, 1)) {
    const UChar32 c = lower.char32At(i);
    if (u_isalnum(c)) kept.append(c >= 0xFF10 && c <= 0xFF19 ? c - 0xFF10 + '0' : c);
  }
  return utf8(kept);
}

std::string plain_key(std::string_view key) {
  if (is_ascii(key)) return std::string(key);
  icu::UnicodeString out;
  const icu::UnicodeString text = wide(key);
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    out.append(c == 0xE5 || c == 0xE4 ? UChar32{'a'} : c == 0xF6 ? UChar32{'o'} : c == 0xE9 ? UChar32{'e'} : c);
  }
  return utf8(out);
}

bool is_tidy(std::string_view text) {
  bool blank_before = true;  // a blank at the start is one too many
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F) return false;
    if (c == ' ' && blank_before) return false;
    blank_before = c == ' ';
  }
  return text.empty() || !blank_before;
}

Tidied tidy(std::string_view text) {
  if (is_tidy(text)) return {std::string(text), false};
  Tidied out;
  icu::UnicodeString kept;
  const icu::UnicodeString whole = normal(wide(text));
  bool blank = false;
  for (std::int32_t i = 0; i < whole.length(); i = whole.moveIndex32(i, 1)) {
    const UChar32 c = whole.char32At(i);
    if (is_blank(c)) {
      blank = true;
    } else if (is_hidden(c)) {
      out.hidden_removed = true;
    } else {
      if (blank && !kept.isEmpty()) kept.append(UChar32{' '});
      blank = false;
      kept.append(c);
    }
  }
  out.text = utf8(kept);
  return out;
}

std::string narrow(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  icu::UnicodeString out;
  const icu::UnicodeString whole = wide(text);
  for (std::int32_t i = 0; i < whole.length(); i = whole.moveIndex32(i, 1)) {
    const UChar32 c = whole.char32At(i);
    out.append(c >= 0xFF01 && c <= 0xFF5E ? c - 0xFF01 + 0x21 : c == 0x3000 ? UChar32{' '} : c);
  }
  return utf8(out);
}

std::string sort_key(std::string_view text) {
  static const std::unique_ptr<icu::Collator> collator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(swedish(), status));
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no Swedish sorting order");
    return made;
  }();
  const icu::UnicodeString whole = wide(text);
  std::vector<std::uint8_t> bytes(64);
  auto size = static_cast<std::size_t>(collator->getSortKey(whole, bytes.data(), static_cast<std::int32_t>(bytes.size())));
  if (size > bytes.size()) {
    bytes.resize(size);
    size = static_cast<std::size_t>(collator->getSortKey(whole, bytes.data(), static_cast<std::int32_t>(bytes.size())));
  }
  if (size > 0) --size;  // the closing zero
  return std::string(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

int edits(std::string_view a, std::string_view b, int limit) {
  const icu::UnicodeString left = wide(a), right = wide(b);
  const int n = left.length(), m = right.length();
  if (std::abs(n - m) > limit) return limit + 1;
  std::vector<std::vector<int>> cost(static_cast<std::size_t>(n) + 1, std::vector<int>(static_cast<std::size_t>(m) + 1));
  for (int i = 0; i <= n; ++i) {
    for (int j = 0; j <= m; ++j) {
      const auto at = [&](int x, int y) -> int& { return cost[static_cast<std::size_t>(x)][static_cast<std::size_t>(y)]; };
      if (i == 0 || j == 0) {
        at(i, j) = i + j;
        continue;
      }
      const int changed = at(i - 1, j - 1) + (left[i - 1] == right[j - 1] ? 0 : 1);
      at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, changed});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
    }
  }
  return std::min(cost[static_cast<std::size_t>(n)][static_cast<std::size_t>(m)], limit + 1);
}

}  // namespace horisont
