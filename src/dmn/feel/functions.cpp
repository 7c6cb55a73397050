#include "dmn/feel/functions.h"

#include <algorithm>
#include <map>

namespace dmn::feel {
namespace {

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

Signature signature(const FunctionRow& row) {
  Signature out{{}, row.run};
  for (std::string_view left = row.parameters; !left.empty();) {
    const std::size_t comma = std::min(left.find(','), left.size());
    const std::string_view one = left.substr(0, comma);
    left.remove_prefix(std::min(comma + 1, left.size()));
    const std::size_t colon = one.find(':');
    std::string_view kind = trimmed(one.substr(colon + 1));
    Signature::Slot slot;
    slot.name = trimmed(one.substr(0, colon));
    if (kind.ends_with("...")) slot.rest = true, kind.remove_suffix(3);
    if (kind.ends_with("?")) slot.null_too = true, kind.remove_suffix(1);
    slot.kind = kind;
    out.slots.push_back(std::move(slot));
  }
  return out;
}

bool is_of(const Value& v, std::string_view kind) {
  if (kind == "any") return true;
  if (kind == "string") return v.as<std::string>();
  if (kind == "number") return v.as<Number>();
  if (kind == "list") return v.as<List>();
  if (kind == "context") return v.as<Context>();
  if (kind == "boolean") return v.as<bool>();
  if (kind == "range") return v.as<Range>();
  if (kind == "function") return v.as<Function>();
  if (kind == "date") return v.as<Date>();
  if (kind == "time") return v.as<Time>();
  if (kind == "date and time") return v.as<DateTime>();
  if (kind == "day") return v.as<Date>() || v.as<DateTime>();  // whatever has a day of the calendar
  if (kind == "span") return v.as<Span>();
  if (kind == "duration") return v.as<Span>() || v.as<Months>();
  if (kind == "point") return !v.is_null() && !v.as<Range>() && !v.as<List>() && !v.as<Context>() && !v.as<Function>();
  return false;
}

// The argument as the slot wants it; nothing when it does not fit. `convert`: its only item or a list of it will do.
std::optional<Value> fitted(const Value& v, const Signature::Slot& slot, bool convert) {
  if (v.is_null()) return slot.null_too ? std::optional(v) : std::nullopt;
  if (is_of(v, slot.kind)) return v;
  if (!convert) return std::nullopt;
  if (slot.kind == "list") return Value(std::vector<Value>{v});
  const List* list = v.as<List>();
  if (list && list->items.size() == 1 && is_of(list->items[0], slot.kind) && !list->items[0].is_null()) return list->items[0];
  return std::nullopt;
}

std::optional<std::vector<Value>> fitted(std::span<const Value> given, const Signature& s, bool convert) {
  const bool rest = !s.slots.empty() && s.slots.back().rest;
  if (rest ? given.size() < s.slots.size() : given.size() != s.slots.size()) return std::nullopt;
  std::vector<Value> out;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const Signature::Slot& slot = s.slots[std::min(i, s.slots.size() - 1)];
    auto value = fitted(given[i], slot, convert);
    if (!value) return std::nullopt;
    out.push_back(std::move(*value));
  }
  if (rest) {
    std::vector<Value> last(out.begin() + static_cast<std::ptrdiff_t>(s.slots.size() - 1), out.end());
    out.resize(s.slots.size() - 1);
    out.emplace_back(std::move(last));
  }
  return out;
}

// Texts are walked by most functions that take them; lists are counted by the functions that walk them.
Value paid(Machine& machine, const Signature& s, const std::vector<Value>& values) {
  for (const Value& v : values)
    if (const std::string* text = v.as<std::string>()) machine.spend(text->size() / 32);
  return s.run(machine, {values});
}

using Table = std::map<std::string, BuiltIn, std::less<>>;

const Table& table() {
  static const Table all = [] {
    Table made;
    for (const auto rows :
         {text_functions(), number_functions(), time_functions(), list_functions(), context_functions(), range_functions()})
      for (const FunctionRow& row : rows) {
        BuiltIn& function = made[row.name];
        function.name = row.name;
        function.signatures.push_back(signature(row));
      }
    return made;
  }();
  return all;
}

}  // namespace

const BuiltIn* built_in(std::string_view name) {
  const auto found = table().find(name);
  return found == table().end() ? nullptr : &found->second;
}

std::vector<const BuiltIn*> all_built_ins() {
  std::vector<const BuiltIn*> out;
  for (const auto& entry : table()) out.push_back(&entry.second);
  return out;
}

Value run(Machine& machine, const BuiltIn& function, std::span<const Value> arguments) {
  for (const bool convert : {false, true})
    for (const Signature& s : function.signatures)
      if (auto values = fitted(arguments, s, convert)) return paid(machine, s, *values);
  return {};
}

Value run(Machine& machine, const BuiltIn& function, std::span<const std::pair<std::string, Value>> arguments) {
  for (const bool convert : {false, true})
    for (const Signature& s : function.signatures) {
      if (s.slots.size() != arguments.size()) continue;
      std::vector<Value> ordered;
      for (const Signature::Slot& slot : s.slots)
        for (const auto& [name, value] : arguments)
          if (name == slot.name) ordered.push_back(value);
      if (ordered.size() != arguments.size()) continue;
      if (auto values = fitted(ordered, s, convert)) return paid(machine, s, *values);
    }
  return {};
}

}  // namespace dmn::feel
