#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/date.h"
#include "core/values/result.h"

namespace horisont {

/// A TOML document as a plain tree that knows its lines. Times and floats have no use in our files and are refused.
struct TomlNode {
  enum class Kind { Table, Array, Text, Integer, Boolean, Day };
  Kind kind = Kind::Table;
  int line = 0;
  struct Member;
  std::vector<Member> members;  ///< of a table, in the order of the file
  std::vector<TomlNode> items;  ///< of an array
  std::string text;
  std::int64_t integer = 0;
  bool boolean = false;
  std::optional<Date> day;

  const TomlNode* find(std::string_view key) const;
};

struct TomlNode::Member {
  std::string name;
  TomlNode node;
};

inline const TomlNode* TomlNode::find(std::string_view key) const {
  for (const auto& [name, node] : members)
    if (name == key) return &node;
  return nullptr;
}

/// The whole document, or "toml.syntax" {line, column, what} / "toml.type" {line, key}.
Result<TomlNode> parse_toml(std::string_view bytes);

/// A text as a TOML document holds it, in quotes and on one line.
std::string toml_text(std::string_view);

}  // namespace horisont
