#include "edge/toml/toml.h"

#include <sstream>

#include <algorithm>

#include <toml++/toml.h>

namespace horisont {
namespace {

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

Result<TomlNode> plain(const toml::node& node, const std::string& key) {
  TomlNode out;
  out.line = line_of(node);
  if (const auto* table = node.as_table()) {
    out.kind = TomlNode::Kind::Table;
    for (const auto& [name, child] : *table) {
      auto member = plain(child, std::string(name.str()));
      if (!member) return tl::make_unexpected(member.error());
      // An inline or implicit table has no place of its own; its key has.
      if (member->line == 0) member->line = static_cast<int>(name.source().begin.line);
      out.members.push_back({std::string(name.str()), std::move(*member)});
    }
    // The library sorts keys; people read files from the top.
    std::stable_sort(out.members.begin(), out.members.end(),
                     [](const auto& a, const auto& b) { return a.node.line < b.node.line; });
  } else if (const auto* array = node.as_array()) {
    out.kind = TomlNode::Kind::Array;
    for (const auto& child : *array) {
      auto item = plain(child, key);
      if (!item) return tl::make_unexpected(item.error());
      out.items.push_back(std::move(*item));
    }
  } else if (const auto* text = node.as_string()) {
    out.kind = TomlNode::Kind::Text;
    out.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = TomlNode::Kind::Integer;
    out.integer = integer->get();
  } else if (const auto* boolean = node.as_boolean()) {
    out.kind = TomlNode::Kind::Boolean;
    out.boolean = boolean->get();
  } else if (const auto* date = node.as_date()) {
    out.kind = TomlNode::Kind::Day;
    out.day = Date::of(date->get().year, date->get().month, date->get().day);
  } else {
    return problem("toml.type", std::to_string(out.line), key);
  }
  return out;
}

}  // namespace

Result<TomlNode> parse_toml(std::string_view bytes) {
  // The library speaks in exceptions; this is the one function that turns them into a Result.
  try {
    return plain(toml::parse(bytes), "");
  } catch (const toml::parse_error& error) {
    return problem("toml.syntax", std::to_string(error.source().begin.line), std::to_string(error.source().begin.column),
                   std::string(error.description()));
  }
}

std::string toml_text(std::string_view text) {
  std::ostringstream out;
  out << toml::toml_formatter{toml::value<std::string>(std::string(text)), toml::format_flags::none};
  return out.str();
}

}  // namespace horisont
