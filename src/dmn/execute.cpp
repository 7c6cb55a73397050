#include <algorithm>

#include "dmn/feel_parser.h"
#include "dmn/program_parts.h"

namespace dmn {
namespace {

using feel::Context;
using feel::Function;
using feel::Machine;
using feel::ScopePtr;
using feel::Type;
using feel::Value;

// What one evaluation, or one call of a decision service, has been given and has worked out.
struct Frame {
  Context inputs;                              ///< as given from outside, by name
  std::map<const InputData*, Value> data;      ///< given to a service, or read already
  std::map<const Decision*, Value> decisions;  ///< the same
  bool service = false;                        ///< only what was given counts
};

class Executor {
 public:
  Executor(const Program::Parts& parts, Machine& machine) : parts_(parts), m_(machine) {}

  Value decision(const Unit& unit, const Decision& d, Frame& frame) {
    if (const auto known = frame.decisions.find(&d); known != frame.decisions.end()) return known->second;
    const Machine::Level level(m_);
    m_.spend();
    Value value;
    // A decision without logic is made elsewhere and handed in.
    const Value* given = d.expression || frame.service ? nullptr : frame.inputs.find(d.name);
    if (given) value = typed(unit, *given, d.variable.type);
    if (d.expression) value = typed(unit, boxed(unit, *d.expression, scope(unit, d.requirements, &frame)), d.variable.type);
    return frame.decisions[&d] = value;
  }

  // By name: what the outside gives to a service.
  Value service_by_name(const Unit& unit, const DecisionService& s, const Context& inputs) {
    const Function f = service(unit, s);
    std::vector<Value> arguments;
    for (const feel::Parameter& p : f.parameters) {
      const Value* given = inputs.find(p.name);
      arguments.push_back(given ? m_.converted(*given, p.type) : Value());
    }
    return m_.call(f, arguments);
  }

  Function knowledge(const Unit& unit, const KnowledgeModel& k) {
    if (!k.function) return native({}, Type(), [](Machine&, std::span<const Value>) { return Value(); });
    const Boxed& f = *k.function;
    Type result = type(unit, k.variable.type);
    if (result.is == Type::Is::Named) result = resolved(result);
    result = result.is == Type::Is::Function && !result.parts.empty() ? result.parts.back() : result;
    auto made =
        native(parameters(unit, f.parameters), result, [this, &unit, &k, &f](Machine&, std::span<const Value> arguments) {
          if (external(f)) return Value();
          return boxed(unit, f.children[0],
                       feel::scope_in(scope(unit, k.requirements, nullptr), bound(f.parameters, arguments)));
        });
    return made;
  }

 private:
  static bool external(const Boxed& f) { return (f.text != "FEEL" && !f.text.empty()) || f.children.empty(); }

  static Function native(std::vector<feel::Parameter> parameters, Type result,
                         std::function<Value(Machine&, std::span<const Value>)> body) {
    Function out;
    out.parameters = std::move(parameters), out.result = std::move(result), out.body = std::move(body);
    return out;
  }
  static std::vector<std::pair<std::string, Value>> bound(const std::vector<Variable>& names, std::span<const Value> values) {
    std::vector<std::pair<std::string, Value>> out;
    for (std::size_t i = 0; i < names.size(); ++i) out.emplace_back(names[i].name, values[i]);
    return out;
  }

  static Type type(const Unit& unit, const std::string& name) {
    return name.empty() ? Type() : feel::type_named(name, &unit.types);
  }
  static Type resolved(Type type) {
    for (int i = 0; i < 50 && type.is == Type::Is::Named; ++i) type = Type(*type.definition);
    return type;
  }
  Value typed(const Unit& unit, const Value& v, const std::string& name) {
    return name.empty() ? v : m_.converted(v, type(unit, name));
  }
  static std::vector<feel::Parameter> parameters(const Unit& unit, const std::vector<Variable>& variables) {
    std::vector<feel::Parameter> out;
    for (const Variable& v : variables) out.push_back({v.name, type(unit, v.type)});
    return out;
  }

  Value input(const Unit& unit, const InputData& i, Frame& frame) {
    if (const auto known = frame.data.find(&i); known != frame.data.end()) return known->second;
    Value value;
    const Value* given = frame.service ? nullptr : frame.inputs.find(i.name);
    // An imported model's inputs may also come below the import's name.
    if (!given && !frame.service)
      for (const auto& [prefix, imported] : parts_.units.front().imports) {
        const Value* below = imported == &unit ? frame.inputs.find(prefix) : nullptr;
        if (const Context* members = below ? below->as<Context>() : nullptr) given = members->find(i.name);
      }
    if (given) value = typed(unit, *given, i.variable.type);
    return frame.data[&i] = value;
  }

  // Input decisions take the place of what they would work out.
  Function service(const Unit& unit, const DecisionService& s) {
    std::vector<feel::Parameter> names;
    std::vector<Target> given, outputs;
    for (const auto* hrefs : {&s.input_data, &s.input_decisions})
      for (const std::string& href : *hrefs) {
        const Target t = parts_.find(unit, href);
        if (t.input) names.push_back({t.input->variable.name, type(*t.unit, t.input->variable.type)});
        if (t.decision) names.push_back({t.decision->variable.name, type(*t.unit, t.decision->variable.type)});
        if (t.input || t.decision) given.push_back(t);
      }
    for (const std::string& href : s.output_decisions)
      if (const Target t = parts_.find(unit, href); t.decision) outputs.push_back(t);
    Type result = resolved(type(unit, s.variable.type));
    if (result.is == Type::Is::Function && !result.parts.empty()) result = Type(result.parts.back());
    return native(std::move(names), result, [this, given, outputs](Machine&, std::span<const Value> arguments) {
      Frame frame;
      frame.service = true;
      for (std::size_t i = 0; i < given.size(); ++i)
        if (given[i].input)
          frame.data[given[i].input] = arguments[i];
        else
          frame.decisions[given[i].decision] = arguments[i];
      if (outputs.size() == 1) return decision(*outputs[0].unit, *outputs[0].decision, frame);
      Context all;
      for (const Target& t : outputs) all.put(t.decision->variable.name, decision(*t.unit, *t.decision, frame));
      return Value(all);
    });
  }

  // The names that the requirements bring: own ones by name, imported ones below the import's name.
  ScopePtr scope(const Unit& unit, const std::vector<Requirement>& requirements, Frame* frame) {
    std::vector<std::pair<std::string, Value>> names;
    std::map<std::string, Context> imported;
    for (const Requirement& r : requirements) {
      const Target t = parts_.find(unit, r.href);
      Value value;
      std::string name;
      if (t.input && frame) value = input(*t.unit, *t.input, *frame), name = t.input->variable.name;
      if (t.decision && frame) value = decision(*t.unit, *t.decision, *frame), name = t.decision->variable.name;
      if (t.knowledge) value = knowledge(*t.unit, *t.knowledge), name = t.knowledge->variable.name;
      if (t.service) value = service(*t.unit, *t.service), name = t.service->variable.name;
      const auto prefix =
          std::find_if(unit.imports.begin(), unit.imports.end(), [&](const auto& i) { return i.second == t.unit; });
      if (t.unit == &unit || prefix == unit.imports.end() || prefix->first.empty())
        names.emplace_back(std::move(name), std::move(value));
      else
        imported[prefix->first].put(name, std::move(value));
    }
    for (auto& [prefix, members] : imported) names.emplace_back(prefix, Value(std::move(members)));
    auto made = std::make_shared<feel::Scope>(*feel::scope_in(nullptr, std::move(names)));
    made->types = &unit.types;
    return made;
  }

  Value boxed(const Unit& unit, const Boxed& b, const ScopePtr& scope) {
    const Machine::Level level(m_);
    m_.spend();
    return typed(unit, untyped(unit, b, scope), b.form == Boxed::Form::Function ? std::string() : b.type);
  }

  Value untyped(const Unit& unit, const Boxed& b, const ScopePtr& scope) {
    using Form = Boxed::Form;
    const auto part = [&](std::size_t i, const ScopePtr& inner) { return boxed(unit, b.children[i], inner); };
    switch (b.form) {
      case Form::Literal: {
        const Feel* feel = unit.expression(b.text);
        return feel ? m_.evaluate(feel->tree, scope) : Value();
      }
      case Form::Table:
        return decide(m_, unit, *b.table, scope);
      case Form::Context:
        return context(unit, b, scope);
      case Form::Invocation:
        return invocation(unit, b, scope);
      case Form::List: {
        std::vector<Value> items;
        for (std::size_t i = 0; i < b.children.size(); ++i) items.push_back(part(i, scope));
        return items;
      }
      case Form::Relation:
        return relation(unit, b, scope);
      case Form::Function:
        return function(unit, b, scope);
      case Form::Conditional: {
        const Value condition = part(0, scope);
        if (!condition.is_null() && !condition.as<bool>()) return {};
        return part(feel::truth(condition) == true ? 1 : 2, scope);
      }
      case Form::Filter:
        return feel::filtered(part(0, scope), scope, [&](const ScopePtr& inner) { return part(1, inner); });
      case Form::For: {
        const auto items = m_.domain(part(0, scope));
        if (!items) return {};
        std::vector<Value> out;
        for (const Value& item : *items) {
          m_.spend(out.size());
          out.push_back(part(1, feel::scope_in(feel::scope_in(scope, "partial", Value(out)), b.iterator, item)));
        }
        return out;
      }
      case Form::Some:
      case Form::Every: {
        const auto items = m_.domain(part(0, scope));
        if (!items) return {};
        feel::Quantified all(b.form == Form::Every);
        for (const Value& item : *items)
          if (!all.add(part(1, feel::scope_in(scope, b.iterator, item)))) return {};
        return all.answer();
      }
    }
    return {};
  }

  // The last entry without a name is the result.
  Value context(const Unit& unit, const Boxed& b, ScopePtr scope) {
    Context out;
    for (const Boxed& entry : b.children) {
      Value value = boxed(unit, entry, scope);
      if (entry.variable.name.empty()) return value;
      value = typed(unit, value, entry.variable.type);
      scope = feel::scope_in(scope, entry.variable.name, value);
      out.put(entry.variable.name, std::move(value));
    }
    return out;
  }

  Value invocation(const Unit& unit, const Boxed& b, const ScopePtr& scope) {
    if (b.children.empty()) return {};
    const Value callee = boxed(unit, b.children[0], scope);
    const Function* f = callee.as<Function>();
    if (!f) return {};
    std::vector<std::pair<std::string, Value>> arguments;
    for (std::size_t i = 1; i < b.children.size(); ++i) {
      const Boxed& argument = b.children[i];
      arguments.emplace_back(argument.variable.name, typed(unit, boxed(unit, argument, scope), argument.variable.type));
    }
    return m_.call(*f, arguments);
  }

  Value relation(const Unit& unit, const Boxed& b, const ScopePtr& scope) {
    std::vector<Value> rows;
    for (const Boxed& row : b.children) {
      Context out;
      for (std::size_t i = 0; i < b.columns.size(); ++i)
        out.put(b.columns[i].name,
                i < row.children.size() ? typed(unit, boxed(unit, row.children[i], scope), b.columns[i].type) : Value());
      rows.emplace_back(std::move(out));
    }
    return rows;
  }

  Value function(const Unit& unit, const Boxed& b, const ScopePtr& scope) {
    Function out =
        native(parameters(unit, b.parameters), Type(), [this, &unit, &b, scope](Machine&, std::span<const Value> arguments) {
          if (external(b)) return Value();
          return boxed(unit, b.children[0], feel::scope_in(scope, bound(b.parameters, arguments)));
        });
    out.depth = scope ? scope->depth : 1;
    return out;
  }

  const Program::Parts& parts_;
  Machine& m_;
};

Complaint limit(const feel::LimitReached& reached) {
  const std::string what = reached.what;
  return {"limit",
          "",
          "",
          "Uträkningen avbröts: en gräns nåddes (" + what + "). Förenkla modellen eller ge den mindre data.",
          "The evaluation was stopped: a limit was reached (" + what + "). Simplify the model or give it less data.",
          0,
          0};
}

}  // namespace

tl::expected<feel::Value, Complaint> Program::evaluate(std::string_view name, const feel::Context& inputs,
                                                       const feel::DateTime& now) const {
  const Target t = parts_->named(name);
  if (!t.unit)
    return tl::make_unexpected(Complaint{"L03", "", "", "Det finns inget beslut som heter ”" + std::string(name) + "”.",
                                         "There is no decision named \"" + std::string(name) + "\".", 0, 0});
  try {
    Machine machine(now);
    Executor executor(*parts_, machine);
    if (t.service) return executor.service_by_name(*t.unit, *t.service, inputs);
    if (t.knowledge) return machine.call(executor.knowledge(*t.unit, *t.knowledge), inputs.entries);
    Frame frame;
    frame.inputs = inputs;
    return executor.decision(*t.unit, *t.decision, frame);
  } catch (const feel::LimitReached& reached) {
    return tl::make_unexpected(limit(reached));
  }
}

tl::expected<feel::Value, Complaint> evaluate(std::string_view expression, const feel::Context& variables,
                                              const feel::DateTime& now) {
  FeelNames names;
  for (const auto& entry : variables.entries) names.add(entry.first);
  const auto feel = parse_expression(expression, names);
  if (!feel) return tl::make_unexpected(Complaint{"L02", "", "", feel.error().sv, feel.error().en, 0, feel.error().line});
  try {
    Machine machine(now);
    return machine.evaluate(feel->tree, feel::scope_in(nullptr, variables.entries));
  } catch (const feel::LimitReached& reached) {
    return tl::make_unexpected(limit(reached));
  }
}

}  // namespace dmn
