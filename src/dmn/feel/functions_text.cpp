#include "dmn/feel/functions.h"
#include "dmn/feel/text.h"

namespace dmn::feel {
namespace {

using Args = const Arguments&;

Value substring(Machine&, Args a) {
  const auto start = a.number(1).whole();
  const auto length = a.size() > 2 ? a.number(2).whole() : std::optional<std::int64_t>(INT64_MAX);
  const auto size = static_cast<std::int64_t>(code_points(a.text(0)));
  if (!start || !length || *start == 0 || *start < -size || *start > size || *length < 0 || (a.size() > 2 && *length == 0)) return {};
  const std::int64_t from = *start > 0 ? *start - 1 : size + *start;
  return std::string(slice(a.text(0), static_cast<std::size_t>(from), static_cast<std::size_t>(*length)));
}
Value string_length(Machine&, Args a) { return Number(static_cast<std::int64_t>(code_points(a.text(0)))); }
Value to_upper(Machine&, Args a) { return upper_case(a.text(0)); }
Value to_lower(Machine&, Args a) { return lower_case(a.text(0)); }
Value substring_before(Machine&, Args a) {
  const std::size_t at = a.text(0).find(a.text(1));
  return at == std::string::npos ? std::string() : a.text(0).substr(0, at);
}
Value substring_after(Machine&, Args a) {
  const std::size_t at = a.text(0).find(a.text(1));
  return at == std::string::npos ? std::string() : a.text(0).substr(at + a.text(1).size());
}
Value contains_text(Machine&, Args a) { return a.text(0).find(a.text(1)) != std::string::npos; }
Value starts_with(Machine&, Args a) { return a.text(0).starts_with(a.text(1)); }
Value ends_with(Machine&, Args a) { return a.text(0).ends_with(a.text(1)); }

std::string_view flags_of(Args a, std::size_t i) {
  return a.size() > i && !a[i].is_null() ? std::string_view(a.text(i)) : std::string_view();
}
Value matches_pattern(Machine& m, Args a) {
  m.spend(a.text(0).size());
  return matches(a.text(0), a.text(1), flags_of(a, 2));
}
Value replace_pattern(Machine& m, Args a) {
  m.spend(a.text(0).size());
  return replace(a.text(0), a.text(1), a.text(2), flags_of(a, 3));
}
Value split_text(Machine& m, Args a) {
  m.spend(a.text(0).size());
  const auto parts = split(a.text(0), a.text(1));
  if (!parts) return {};
  return std::vector<Value>(parts->begin(), parts->end());
}

Value string_join(Machine& m, Args a) {
  const std::string delimiter = a.size() > 1 && !a[1].is_null() ? a.text(1) : "";
  std::string out;
  bool first = true;
  for (const Value& item : a.list(0)) {
    if (item.is_null()) continue;
    const std::string* text = item.as<std::string>();
    if (!text) return {};
    m.spend(text->size() / 32 + delimiter.size() / 32 + 1);
    if (!std::exchange(first, false)) out += delimiter;
    out += *text;
  }
  return out;
}

Value string_of(Machine& m, Args a) {
  if (a[0].is_null()) return {};
  m.spend(static_cast<std::size_t>(a[0].extent().nodes));
  return text_of(a[0]);
}

constexpr FunctionRow rows[] = {
    {"substring", "string: string, start position: number", substring},
    {"substring", "string: string, start position: number, length: number", substring},
    {"string length", "string: string", string_length},
    {"upper case", "string: string", to_upper},
    {"lower case", "string: string", to_lower},
    {"substring before", "string: string, match: string", substring_before},
    {"substring after", "string: string, match: string", substring_after},
    {"replace", "input: string, pattern: string, replacement: string", replace_pattern},
    {"replace", "input: string, pattern: string, replacement: string, flags: string?", replace_pattern},
    {"contains", "string: string, match: string", contains_text},
    {"starts with", "string: string, match: string", starts_with},
    {"ends with", "string: string, match: string", ends_with},
    {"matches", "input: string, pattern: string", matches_pattern},
    {"matches", "input: string, pattern: string, flags: string?", matches_pattern},
    {"split", "string: string, delimiter: string", split_text},
    {"string join", "list: list", string_join},
    {"string join", "list: list, delimiter: string?", string_join},
    {"string", "from: any?", string_of},
};

}  // namespace

std::span<const FunctionRow> text_functions() { return rows; }

}  // namespace dmn::feel
