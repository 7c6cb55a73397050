#include "edge/toml/toml.h"

#include <sstream>

#include <algorithm>

#include <toml++/toml.h>

namespace horisont {
namespace {

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

// Fills `out`; false: `fault` says why not.
bool fill(TomlNode& out, const toml::node& node, std::string_view key, Problem& fault) {
  out.line = line_of(node);
  if (const auto* table = node.as_table()) {
    out.kind = TomlNode::Kind::Table;
    out.members.reserve(table->size());
    for (const auto& [name, child] : *table) {
      TomlNode::Member& member = out.members.emplace_back();
      member.name = name.str();
      if (!fill(member.node, child, member.name, fault)) return false;
      // An inline or implicit table has no place of its own; its key has.
      if (member.node.line == 0) member.node.line = static_cast<int>(name.source().begin.line);
    }
    // The library sorts keys; people read files from the top.
    const auto above = [](const auto& a, const auto& b) { return a.node.line < b.node.line; };
    if (!std::is_sorted(out.members.begin(), out.members.end(), above)) std::stable_sort(out.members.begin(), out.members.end(), above);
  } else if (const auto* array = node.as_array()) {
    out.kind = TomlNode::Kind::Array;
    out.items.reserve(array->size());
    for (const auto& child : *array)
      if (!fill(out.items.emplace_back(), child, key, fault)) return false;
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
    fault = {{"toml.type", {std::to_string(out.line), std::string(key)}}};
    return false;
  }
  return true;
}

}  // namespace

Result<TomlNode> parse_toml(std::string_view bytes) {
  // The library speaks in exceptions; this is the one function that turns them into a Result.
  try {
    TomlNode out;
    Problem fault;
    if (!fill(out, toml::parse(bytes), "", fault)) return tl::make_unexpected(std::move(fault));
    return out;
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
