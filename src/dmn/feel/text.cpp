#include "dmn/feel/text.h"

#include <unicode/locid.h>
#include <unicode/regex.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "dmn/feel/limit.h"

namespace dmn::feel {
namespace {

bool is_tail(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

// Translates a regular expression of XPath into ICU's language, and refuses what is not one.
class Translator {
 public:
  Translator(std::string_view pattern, bool dots_match_all, bool lines)
      : in_(pattern),
        dot_(dots_match_all ? "[\\x{0}-\\x{10FFFF}]" : "[^\\n\\r]"),
        end_(lines ? "$" : "\\z") {}  // ICU's $ would also fit before a last line end

  std::optional<std::string> whole() {
    if (!alternatives(0) || at_ != in_.size()) return std::nullopt;
    return out_;
  }

 private:
  static constexpr int deepest = 100;

  char peek() const { return at_ < in_.size() ? in_[at_] : '\0'; }
  bool done() const { return at_ >= in_.size(); }
  bool take(char c) {
    if (done() || in_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool alternatives(int depth) {
    if (depth > deepest) return false;
    do
      if (!pieces(depth)) return false;
    while (take('|') && (out_ += '|', true));
    return true;
  }

  bool pieces(int depth) {
    while (!done() && peek() != '|' && peek() != ')')
      if (!atom(depth) || !quantifier()) return false;
    return true;
  }

  bool quantifier() {
    if (take('?') || take('*') || take('+')) {
      out_ += in_[at_ - 1];
    } else if (take('{')) {
      const auto number = [&]() -> std::optional<int> {
        std::string digits;
        while (!done() && std::isdigit(static_cast<unsigned char>(peek()))) digits += in_[at_++];
        if (digits.empty() || digits.size() > 6) return std::nullopt;
        return std::stoi(digits);
      };
      const auto least = number();
      if (!least) return false;
      out_ += "{" + std::to_string(*least);
      if (take(',')) {
        out_ += ',';
        if (peek() != '}') {
          const auto most = number();
          if (!most || *most < *least) return false;
          out_ += std::to_string(*most);
        }
      }
      if (!take('}')) return false;
      out_ += '}';
    } else {
      return true;
    }
    if (take('?')) out_ += '?';
    return true;
  }

  bool atom(int depth) {
    const char c = peek();
    switch (c) {
      case '(': {
        ++at_;
        std::size_t group = 0;
        if (in_.substr(at_, 2) == "?:") {
          at_ += 2, out_ += "(?:";
        } else {
          out_ += '(', group = ++groups_;
          closed_.push_back(false);
        }
        if (!alternatives(depth + 1) || !take(')')) return false;
        out_ += ')';
        if (group) closed_[group - 1] = true;
        return true;
      }
      case '[':
        return set(depth);
      case '.':
        ++at_, out_ += dot_;
        return true;
      case '^':
        ++at_, out_ += '^';
        return true;
      case '$':
        ++at_, out_ += end_;
        return true;
      case '\\':
        return escape(false);
      case '?':
      case '*':
      case '+':
      case '{':
      case '}':
      case ')':
      case ']':
      case '|':
        return false;
      default:
        literal();
        return true;
    }
  }

  // One code point that stands for itself.
  void literal() {
    const char c = in_[at_++];
    if (static_cast<unsigned char>(c) < 0x80 && !std::isalnum(static_cast<unsigned char>(c))) out_ += '\\';
    out_ += c;
    while (!done() && is_tail(peek())) out_ += in_[at_++];
  }

  bool escape(bool in_set) {
    ++at_;
    if (done()) return false;
    const char c = in_[at_++];
    switch (c) {
      case 'n':
      case 'r':
      case 't':
        out_ += '\\', out_ += c;
        return true;
      case 's':
        out_ += "[ \\t\\n\\r]";
        return true;
      case 'S':
        out_ += "[^ \\t\\n\\r]";
        return true;
      case 'd':
        out_ += "\\p{Nd}";
        return true;
      case 'D':
        out_ += "\\P{Nd}";
        return true;
      case 'w':
        out_ += "[^\\p{P}\\p{Z}\\p{C}]";
        return true;
      case 'W':
        out_ += "[\\p{P}\\p{Z}\\p{C}]";
        return true;
      case 'i':
      case 'I':
        out_ += std::string(c == 'I' ? "[^" : "[") + name_start + "]";
        return true;
      case 'c':
      case 'C':
        out_ += std::string(c == 'C' ? "[^" : "[") + name_start + "\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]";
        return true;
      case 'p':
      case 'P':
        return category(c);
      default:
        break;
    }
    if (std::string_view("\\|.-^?*+{}()[]$").find(c) != std::string_view::npos) {
      out_ += '\\', out_ += c;
      return true;
    }
    if (in_set || c < '1' || c > '9') return false;
    // A reference to a group that is closed already; more digits belong to it as long as there are so many groups.
    std::size_t group = static_cast<std::size_t>(c - '0');
    while (!done() && peek() >= '0' && peek() <= '9' && group * 10 + static_cast<std::size_t>(peek() - '0') <= groups_)
      group = group * 10 + static_cast<std::size_t>(in_[at_++] - '0');
    if (group > groups_ || !closed_[group - 1]) return false;
    out_ += "(?:\\" + std::to_string(group) + ")";
    return true;
  }

  bool category(char sign) {
    if (!take('{')) return false;
    const std::size_t close = in_.find('}', at_);
    if (close == std::string_view::npos || close == at_ || close - at_ > 60) return false;
    const std::string name(in_.substr(at_, close - at_));
    for (const char c : name)
      if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_') return false;
    at_ = close + 1;
    const bool block = name.starts_with("Is");
    if (!block && name.size() > 2) return false;
    out_ += std::string("\\") + sign + "{" + (block ? "Block=" + name.substr(2) : "General_Category=" + name) + "}";
    return true;
  }

  // [a-z], [^…], and with another set taken away: [a-z-[aeiou]].
  bool set(int depth) {
    if (depth > deepest) return false;
    ++at_;
    const std::size_t begin = out_.size();
    out_ += take('^') ? "[^" : "[";
    bool any = false, minus = false;
    while (!done() && peek() != ']') {
      if (peek() == '-' && in_.substr(at_ + 1, 1) == "[") {
        if (!any) return false;
        ++at_, minus = true;
        break;
      }
      if (!set_item()) return false;
      any = true;
    }
    if (!any) return false;
    out_ += ']';
    if (minus) {
      out_.insert(begin, "[");
      out_ += "--";
      if (!set(depth + 1)) return false;
      out_ += ']';
    }
    return take(']');
  }

  // A character, a range of two, or a class.
  bool set_item() {
    const auto single = [&]() -> std::optional<char32_t> {  // writes it too
      const std::size_t begin = at_;
      if (peek() == '\\') {
        const char c = at_ + 1 < in_.size() ? in_[at_ + 1] : '\0';
        if (!escape(true) || std::string_view("sSdDwWiIcCpP").find(c) != std::string_view::npos) return std::nullopt;
        return c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : static_cast<char32_t>(c);
      }
      if (peek() == '[') return std::nullopt;
      literal();
      const auto text = icu::UnicodeString::fromUTF8(std::string(in_.substr(begin, at_ - begin)));
      return static_cast<char32_t>(text.char32At(0));
    };
    if (peek() == '\\' && at_ + 1 < in_.size() && std::string_view("sSdDwWiIcCpP").find(in_[at_ + 1]) != std::string_view::npos)
      return escape(true);
    const auto from = single();
    if (!from) return false;
    const bool range = peek() == '-' && at_ + 1 < in_.size() && in_[at_ + 1] != ']' && in_[at_ + 1] != '[';
    if (!range) return true;
    ++at_, out_ += '-';
    const auto to = single();
    return to && *from <= *to;
  }

  static constexpr const char* name_start =
      ":A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F"
      "\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\x{10000}-\\x{EFFFF}";

  std::string_view in_;
  const char *dot_, *end_;
  std::string out_;
  std::size_t at_ = 0, groups_ = 0;
  std::vector<bool> closed_;
};

// The flag x: white space goes before anything else is read, but within sets.
std::string without_space(const std::string& pattern) {
  std::string out;
  int sets = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && sets > 0 && i + 1 < pattern.size()) {
      out += c, out += pattern[++i];
      continue;
    }
    const bool escaped = !out.empty() && out.back() == '\\' && (out.size() < 2 || out[out.size() - 2] != '\\');
    if (c == '[' && !escaped) ++sets;
    if (c == ']' && !escaped && sets > 0) --sets;
    if (sets > 0 || (c != ' ' && c != '\t' && c != '\n' && c != '\r')) out += c;
  }
  return out;
}

using Matcher = std::unique_ptr<icu::RegexMatcher>;

Matcher matcher(const std::string& pattern, std::string_view flags) {
  if (flags.find_first_not_of("smixq") != std::string_view::npos || pattern.size() > 10'000) return nullptr;
  const auto has = [&](char c) { return flags.find(c) != std::string_view::npos; };
  std::string translated;
  if (has('q')) {
    for (const char c : pattern) {
      if (static_cast<unsigned char>(c) < 0x80 && !std::isalnum(static_cast<unsigned char>(c))) translated += '\\';
      translated += c;
    }
  } else {
    const std::string plain = has('x') ? without_space(pattern) : pattern;
    const auto out = Translator(plain, has('s'), has('m')).whole();
    if (!out) return nullptr;
    translated = *out;
  }
  std::uint32_t options = UREGEX_UNIX_LINES;
  if (has('m')) options |= UREGEX_MULTILINE;
  if (has('i')) options |= UREGEX_CASE_INSENSITIVE;
  UErrorCode status = U_ZERO_ERROR;
  auto made = std::make_unique<icu::RegexMatcher>(icu::UnicodeString::fromUTF8(translated), options, status);
  if (U_FAILURE(status)) return nullptr;
  made->setTimeLimit(100, status);
  made->setStackLimit(4 * 1024 * 1024, status);
  return U_FAILURE(status) ? nullptr : std::move(made);
}

// False when matching failed; a pattern that takes too much ends the evaluation.
bool went_well(UErrorCode status) {
  if (status == U_REGEX_TIME_OUT || status == U_REGEX_STACK_OVERFLOW) throw LimitReached{"time of a pattern"};
  return U_SUCCESS(status);
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

// Whether the pattern fits the empty text; nothing when it cannot be told.
std::optional<bool> fits_nothing(icu::RegexMatcher& m) {
  const icu::UnicodeString empty;
  UErrorCode status = U_ZERO_ERROR;
  const bool found = m.reset(empty).find(status);
  if (!went_well(status)) return std::nullopt;
  return found;
}

}  // namespace

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !is_tail(c); }));
}

std::string_view slice(std::string_view text, std::size_t from, std::size_t count) {
  const auto advance = [&](std::size_t at, std::size_t steps) {
    for (; steps > 0 && at < text.size(); --steps) do
        ++at;
      while (at < text.size() && is_tail(text[at]));
    return at;
  };
  const std::size_t begin = advance(0, from);
  return text.substr(begin, advance(begin, count) - begin);
}

bool says_something(std::string_view text) {
  const auto unicode = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  for (int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
    const UChar32 c = unicode.char32At(i);
    // Fillers are letters to Unicode and nothing to the eye.
    if (u_isalnum(c) && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return true;
  }
  return false;
}

std::string upper_case(const std::string& text) {
  return utf8(icu::UnicodeString::fromUTF8(text).toUpper(icu::Locale::getRoot()));
}
std::string lower_case(const std::string& text) {
  return utf8(icu::UnicodeString::fromUTF8(text).toLower(icu::Locale::getRoot()));
}

std::optional<bool> matches(const std::string& text, const std::string& pattern, std::string_view flags) {
  const Matcher m = matcher(pattern, flags);
  if (!m) return std::nullopt;
  const auto input = icu::UnicodeString::fromUTF8(text);
  UErrorCode status = U_ZERO_ERROR;
  const bool found = m->reset(input).find(status);
  if (!went_well(status)) return std::nullopt;
  return found;
}

std::optional<std::string> replace(const std::string& text, const std::string& pattern, std::string_view replacement,
                                   std::string_view flags) {
  const Matcher m = matcher(pattern, flags);
  if (!m || fits_nothing(*m) != false) return std::nullopt;
  const bool literal = flags.find('q') != std::string_view::npos;
  const int groups = m->groupCount();
  struct Piece {
    icu::UnicodeString text;
    int group = -1;  // -1: the text itself
  };
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i], after = i + 1 < replacement.size() ? replacement[i + 1] : '\0';
    if (!literal && c == '\\') {
      if (after != '\\' && after != '$') return std::nullopt;
      pieces.push_back({icu::UnicodeString(static_cast<char16_t>(after)), -1});
      ++i;
    } else if (!literal && c == '$') {
      if (!std::isdigit(static_cast<unsigned char>(after))) return std::nullopt;
      int group = after - '0';
      for (++i; i + 1 < replacement.size() && std::isdigit(static_cast<unsigned char>(replacement[i + 1])); ++i) {
        const int longer = group * 10 + (replacement[i + 1] - '0');
        if (longer > groups) break;
        group = longer;
      }
      pieces.push_back({{}, group});
    } else {
      std::size_t end = i + 1;
      while (end < replacement.size() && (literal || (replacement[end] != '\\' && replacement[end] != '$'))) ++end;
      pieces.push_back({icu::UnicodeString::fromUTF8(std::string(replacement.substr(i, end - i))), -1});
      i = end - 1;
    }
  }
  const auto input = icu::UnicodeString::fromUTF8(text);
  icu::UnicodeString out;
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t last = 0;
  m->reset(input);
  while (m->find(status) && U_SUCCESS(status)) {
    out.append(input, last, m->start(status) - last);
    for (const Piece& piece : pieces) {
      if (piece.group < 0)
        out.append(piece.text);
      else if (piece.group <= groups && m->start(piece.group, status) >= 0)
        out.append(input, m->start(piece.group, status), m->end(piece.group, status) - m->start(piece.group, status));
    }
    last = m->end(status);
    if (out.length() > 10'000'000) return std::nullopt;
  }
  if (!went_well(status)) return std::nullopt;
  out.append(input, last, input.length() - last);
  return utf8(out);
}

std::optional<std::vector<std::string>> split(const std::string& text, const std::string& delimiter) {
  const Matcher m = matcher(delimiter, "");
  if (!m || fits_nothing(*m) != false) return std::nullopt;
  const auto input = icu::UnicodeString::fromUTF8(text);
  std::vector<std::string> parts;
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t last = 0;
  m->reset(input);
  while (m->find(status) && U_SUCCESS(status)) {
    parts.push_back(utf8(input.tempSubStringBetween(last, m->start(status))));
    last = m->end(status);
  }
  if (!went_well(status)) return std::nullopt;
  parts.push_back(utf8(input.tempSubString(last)));
  return parts;
}

}  // namespace dmn::feel
