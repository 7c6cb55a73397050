#include <algorithm>

#include "dmn/feel/functions.h"

namespace dmn::feel {
namespace {

using Args = const Arguments&;

Value get_value(Machine&, Args a) {
  const Value* found = a.context(0).find(a.text(1));
  return found ? *found : Value();
}
Value get_value_along(Machine&, Args a) {
  Value at = a[0];
  for (const Value& key : a.list(1)) {
    const Context* context = at.as<Context>();
    const std::string* name = key.as<std::string>();
    const Value* found = context && name ? context->find(*name) : nullptr;
    if (!found) return {};
    at = Value(*found);
  }
  return at;
}

Value get_entries(Machine& m, Args a) {
  std::vector<Value> out;
  for (const auto& [name, value] : a.context(0).entries) {
    m.spend();
    out.emplace_back(Context{{{"key", Value(name)}, {"value", value}}});
  }
  return out;
}

Value context_of(Machine& m, Args a) {
  Context out;
  for (const Value& item : a.list(0)) {
    m.spend(out.entries.size() + 1);
    const Context* entry = item.as<Context>();
    const Value* key = entry ? entry->find("key") : nullptr;
    const Value* value = entry ? entry->find("value") : nullptr;
    const std::string* name = key ? key->as<std::string>() : nullptr;
    if (!name || !value || out.find(*name)) return {};
    out.entries.emplace_back(*name, *value);
  }
  return out;
}

Value put(Machine& m, Args a) {
  Context out = a.context(0);
  m.spend(out.entries.size());
  out.put(a.text(1), a[2]);
  return out;
}

std::optional<Value> put_along(Machine& m, const Context& context, std::span<const Value> keys, const Value& value) {
  const Machine::Level level(m);
  const std::string* name = keys[0].as<std::string>();
  if (!name) return std::nullopt;
  Context out = context;
  m.spend(out.entries.size());
  if (keys.size() == 1) {
    out.put(*name, value);
    return Value(std::move(out));
  }
  const Value* inner = context.find(*name);
  const Context* below = inner ? inner->as<Context>() : nullptr;
  const auto changed = below ? put_along(m, *below, keys.subspan(1), value) : std::nullopt;
  if (!changed) return std::nullopt;
  out.put(*name, *changed);
  return Value(std::move(out));
}
Value put_deep(Machine& m, Args a) {
  if (a.list(1).empty()) return {};
  const auto out = put_along(m, a.context(0), a.list(1), a[2]);
  return out ? *out : Value();
}

Value merge(Machine& m, Args a) {
  Context out;
  for (const Value& item : a.list(0)) {
    const Context* context = item.as<Context>();
    if (!context) return {};
    for (const auto& [name, value] : context->entries) m.spend(out.entries.size() + 1), out.put(name, value);
  }
  return out;
}

constexpr FunctionRow rows[] = {
    {"get value", "m: context, key: string", get_value},
    {"get value", "m: context, keys: list", get_value_along},
    {"get entries", "m: context", get_entries},
    {"context", "entries: list", context_of},
    {"context put", "context: context, key: string, value: any?", put},
    {"context put", "context: context, keys: list, value: any?", put_deep},
    {"context merge", "contexts: list", merge},
};

}  // namespace

std::span<const FunctionRow> context_functions() { return rows; }

}  // namespace dmn::feel
