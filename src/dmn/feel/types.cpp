#include <algorithm>
#include <array>

#include "dmn/feel/functions.h"
#include "dmn/feel/machine.h"

namespace dmn::feel {
namespace {

using Is = Type::Is;

Type simple(Is is) {
  Type type;
  type.is = is;
  return type;
}
Type of(Is is, std::vector<Type> parts) {
  Type type;
  type.is = is;
  type.parts = std::move(parts);
  return type;
}

const Type& resolved(const Type& type) {
  const Type* at = &type;
  for (int i = 0; i < 100 && at->is == Is::Named; ++i) at = at->definition;
  return *at;
}

// Whether a type is at least as narrow as another: of a function's parameters and result.
bool within(const Type& narrow_type, const Type& wide_type, int depth) {
  if (depth > 50) return false;
  const Type &narrow = resolved(narrow_type), &wide = resolved(wide_type);
  if (&narrow == &wide || wide.is == Is::Any) return true;
  if (narrow.is == Is::Item) return within(narrow.parts[0], wide, depth + 1);
  if (narrow.is == Is::Any || narrow.is != wide.is) return false;
  switch (narrow.is) {
    case Is::List:
    case Is::Range:
      return within(narrow.parts[0], wide.parts[0], depth + 1);
    case Is::Context:
      for (std::size_t i = 0; i < wide.names.size(); ++i) {
        const auto found = std::find(narrow.names.begin(), narrow.names.end(), wide.names[i]);
        if (found == narrow.names.end()) return false;
        if (!within(narrow.parts[static_cast<std::size_t>(found - narrow.names.begin())], wide.parts[i], depth + 1))
          return false;
      }
      return true;
    case Is::Function:
      if (narrow.parts.size() != wide.parts.size()) return false;
      for (std::size_t i = 0; i + 1 < wide.parts.size(); ++i)
        if (!within(wide.parts[i], narrow.parts[i], depth + 1)) return false;
      return within(narrow.parts.back(), wide.parts.back(), depth + 1);
    case Is::Item:
    case Is::Unknown:
      return false;
    default:
      return true;
  }
}

bool function_conforms(const Function& f, const Type& type) {
  if (type.parts.empty()) return true;
  const std::size_t count = type.parts.size() - 1;
  if (f.built_in) {
    const auto& signatures = f.built_in->signatures;
    return std::any_of(signatures.begin(), signatures.end(), [&](const Signature& s) { return s.slots.size() == count; });
  }
  Type own = simple(Is::Function);
  for (const Parameter& p : f.parameters) own.parts.push_back(p.type);
  own.parts.push_back(f.result);
  // What says nothing about itself is taken at its word.
  if (own.parts.back().is == Is::Any) own.parts.back() = type.parts.back();
  return within(own, type, 0);
}

bool context_conforms(Machine& m, const Context& context, const Type& type, int depth) {
  for (std::size_t i = 0; i < type.names.size(); ++i) {
    const Value* found = context.find(type.names[i]);
    if (!found || !m.conforms(*found, type.parts[i], depth)) return false;
  }
  return true;
}

}  // namespace

Type type_named(std::string_view name, const TypeNames* names) {
  static constexpr std::array<std::pair<std::string_view, Is>, 17> simple_types{{{"Any", Is::Any},
                                                                                 {"Null", Is::Null},
                                                                                 {"number", Is::Number},
                                                                                 {"string", Is::String},
                                                                                 {"boolean", Is::Boolean},
                                                                                 {"date", Is::Date},
                                                                                 {"time", Is::Time},
                                                                                 {"date and time", Is::DateTime},
                                                                                 {"dateTime", Is::DateTime},
                                                                                 {"years and months duration", Is::Months},
                                                                                 {"yearMonthDuration", Is::Months},
                                                                                 {"days and time duration", Is::Span},
                                                                                 {"dayTimeDuration", Is::Span},
                                                                                 {"context", Is::Context},
                                                                                 {"function", Is::Function},
                                                                                 {"list", Is::List},
                                                                                 {"range", Is::Range}}};
  if (names)
    if (const auto found = names->find(name); found != names->end()) {
      Type type = simple(Is::Named);
      type.definition = found->second;
      return type;
    }
  // With a prefix, as older tools write it: "feel:number".
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos)
    return type_named(name.substr(colon + 1), names);
  for (const auto& [known, is] : simple_types)
    if (known == name) return is == Is::List || is == Is::Range ? of(is, {simple(Is::Any)}) : simple(is);
  return simple(Is::Unknown);
}

Type type_of(const Node& node, const TypeNames* names) {
  if (node.children.empty() && node.text != "function") return type_named(node.text, names);
  if (node.text == "list" || node.text == "range")
    return of(node.text == "list" ? Is::List : Is::Range, {type_of(node.children[0], names)});
  if (node.text == "context") {
    Type type = simple(Is::Context);
    for (const Node& entry : node.children) {
      type.names.push_back(entry.text);
      type.parts.push_back(type_of(entry.children[0], names));
    }
    return type;
  }
  Type type = simple(Is::Function);
  for (const Node& part : node.children) type.parts.push_back(type_of(part, names));
  return type;
}

bool Machine::conforms(const Value& v, const Type& type, int depth) {
  if (v.is_null()) return true;
  if (depth > 300) return false;
  spend();
  switch (type.is) {
    case Is::Any:
      return true;
    case Is::Null:
    case Is::Unknown:
      return false;
    case Is::Number:
      return v.as<Number>();
    case Is::String:
      return v.as<std::string>();
    case Is::Boolean:
      return v.as<bool>();
    case Is::Date:
      return v.as<Date>();
    case Is::Time:
      return v.as<Time>();
    case Is::DateTime:
      return v.as<DateTime>();
    case Is::Months:
      return v.as<Months>();
    case Is::Span:
      return v.as<Span>();
    case Is::List: {
      const List* list = v.as<List>();
      return list && std::all_of(list->items.begin(), list->items.end(),
                                 [&](const Value& item) { return conforms(item, type.parts[0], depth + 1); });
    }
    case Is::Range: {
      const Range* range = v.as<Range>();
      return range && conforms(range->start, type.parts[0], depth + 1) && conforms(range->end, type.parts[0], depth + 1);
    }
    case Is::Context: {
      const Context* context = v.as<Context>();
      return context && context_conforms(*this, *context, type, depth + 1);
    }
    case Is::Function: {
      const Function* function = v.as<Function>();
      return function && function_conforms(*function, type);
    }
    case Is::Item:
      return conforms(v, type.parts[0], depth + 1) && (!type.allowed || passes(type.allowed->tree, v, nullptr) == true);
    case Is::Named:
      return conforms(v, *type.definition, depth + 1);
  }
  return false;
}

Value Machine::converted(const Value& v, const Type& type) {
  if (conforms(v, type)) return v;
  if (const Date* date = v.as<Date>())
    if (const Value moment(midnight(*date)); conforms(moment, type)) return moment;
  if (const List* list = v.as<List>()) {
    if (list->items.size() == 1 && !list->items[0].is_null() && conforms(list->items[0], type)) return list->items[0];
  } else if (const Value only(std::vector<Value>{v}); conforms(only, type)) {
    return only;
  }
  return {};
}

}  // namespace dmn::feel
