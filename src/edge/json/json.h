#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/values/result.h"

namespace horisont {

/// A JSON document as a plain tree. Members keep the order in which they were added or read, so the same values always
/// give the same bytes. Numbers are whole: what needs decimals (hours, money) is written as minutes or öre, or as text.
struct JsonValue {
  enum class Kind { Null, Boolean, Integer, Text, Array, Object };
  using Member = std::pair<std::string, JsonValue>;

  Kind kind = Kind::Null;
  bool boolean = false;
  std::int64_t integer = 0;
  std::string text;
  std::vector<JsonValue> items;  ///< of an array
  std::vector<Member> members;   ///< of an object

  JsonValue() = default;
  JsonValue(std::same_as<bool> auto value) : kind(Kind::Boolean), boolean(value) {}
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) JsonValue(Number value)
      : kind(Kind::Integer), integer(static_cast<std::int64_t>(value)) {}
  JsonValue(std::string value) : kind(Kind::Text), text(std::move(value)) {}
  JsonValue(std::string_view value) : JsonValue(std::string(value)) {}
  JsonValue(const char* value) : JsonValue(std::string(value)) {}

  static JsonValue array(std::vector<JsonValue> items = {});
  static JsonValue object(std::vector<Member> members = {});

  /// Adds to an array.
  JsonValue& add(JsonValue item);
  /// Adds a member to an object; the key must be new.
  JsonValue& add(std::string key, JsonValue value);
  const JsonValue* find(std::string_view key) const;

  friend bool operator==(const JsonValue&, const JsonValue&) = default;
};

/// The document as UTF-8 without a final line end; `indented` puts each member on a line of its own. Bytes that are not
/// UTF-8 (a file name can hold them) become U+FFFD.
std::string write_json(const JsonValue&, bool indented = true);

/// The whole document, or "json.syntax" {what}. A key that stands twice, a number with decimals or beyond 64 bits, and
/// nesting deeper than 64 are refused.
Result<JsonValue> parse_json(std::string_view bytes);

}  // namespace horisont
