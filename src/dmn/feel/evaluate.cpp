#include <algorithm>

#include "dmn/feel/functions.h"
#include "dmn/feel/machine.h"

namespace dmn::feel {
namespace {

bool mentions(const Node& node, std::string_view name) {
  if (node.kind == Kind::Name && node.text == name) return true;
  return std::any_of(node.children.begin(), node.children.end(), [&](const Node& child) { return mentions(child, name); });
}

const Value* lookup(const Scope* scope, std::string_view name) {
  for (; scope; scope = scope->outer.get()) {
    if (const Context* members = scope->members.as<Context>())
      if (const Value* found = members->find(name)) return found;
    for (auto entry = scope->names.rbegin(); entry != scope->names.rend(); ++entry)
      if (entry->first == name) return &entry->second;
  }
  return nullptr;
}

Value function_value(const BuiltIn& found) {
  Function function;
  function.built_in = &found;
  return function;
}

Range::Form form_of(std::string_view sign) {
  using Form = Range::Form;
  return sign == "<"    ? Form::Less
         : sign == "<=" ? Form::LessEqual
         : sign == ">"  ? Form::Greater
         : sign == ">=" ? Form::GreaterEqual
         : sign == "="  ? Form::Equal
                        : Form::NotEqual;
}

// `< x` as the range of what passes it.
Range comparison(std::string_view sign, const Value& bound) {
  using Form = Range::Form;
  Range range;
  range.form = form_of(sign);
  switch (range.form) {
    case Form::Less:
    case Form::LessEqual:
      range.end = bound, range.end_included = range.form == Form::LessEqual;
      break;
    case Form::Greater:
    case Form::GreaterEqual:
      range.start = bound, range.start_included = range.form == Form::GreaterEqual;
      break;
    default:
      range.start = range.end = bound;
      range.start_included = range.end_included = true;
  }
  return range;
}

std::optional<bool> compared(Kind kind, const Value& a, const Value& b) {
  if (kind == Kind::Equal) return equal(a, b);
  if (kind == Kind::NotEqual) {
    const auto same = equal(a, b);
    return same ? std::optional(!*same) : std::nullopt;
  }
  const auto o = order(a, b);
  if (!o) return std::nullopt;
  switch (kind) {
    case Kind::Less:
      return *o < 0;
    case Kind::LessEqual:
      return *o <= 0;
    case Kind::Greater:
      return *o > 0;
    default:
      return *o >= 0;
  }
}

}  // namespace

ScopePtr scope_in(const ScopePtr& outer, std::vector<std::pair<std::string, Value>> names, Value members) {
  auto scope = std::make_shared<Scope>();
  scope->depth = std::max(outer ? outer->depth + 1 : 1, members.depth());
  for (const auto& entry : names) scope->depth = std::max(scope->depth, entry.second.depth());
  scope->types = outer ? outer->types : nullptr;
  scope->outer = outer;
  scope->names = std::move(names);
  scope->members = std::move(members);
  return scope;
}

/// Walks one tree; the machine counts.
class Evaluator {
 public:
  Evaluator(Machine& machine, const ScopePtr& scope) : m_(machine), scope_(scope) {}

  Value value(const Node& n) {
    const Machine::Level level(m_);
    m_.spend();
    switch (n.kind) {
      case Kind::Null:
        return {};
      case Kind::Boolean:
        return n.text == "true";
      case Kind::Number:
        return Number::parse(n.text);
      case Kind::String:
        return n.text;
      case Kind::At:
        return at_literal(n.text);
      case Kind::Name:
        return name(n.text);
      case Kind::List:
        return list(n);
      case Kind::Context:
        return context(n);
      case Kind::Range:
        return range(n);
      case Kind::Compare:
        return comparison(n.text, value(n.children[0]));
      case Kind::Negate:
        return negated(value(n.children[0]));
      case Kind::Add:
      case Kind::Subtract:
      case Kind::Multiply:
      case Kind::Divide:
        return arithmetic(n.kind, value(n.children[0]), value(n.children[1]));
      case Kind::Power:
        m_.spend(20);  // the library works it out with logarithms
        return arithmetic(n.kind, value(n.children[0]), value(n.children[1]));
      case Kind::And:
        return conjunction(n);
      case Kind::Or:
        return disjunction(n);
      case Kind::Equal:
      case Kind::NotEqual:
      case Kind::Less:
      case Kind::LessEqual:
      case Kind::Greater:
      case Kind::GreaterEqual:
        return comparing(n);
      case Kind::Between:
        return between(n);
      case Kind::In:
        return among(n);
      case Kind::InstanceOf:
        return instance_of(n);
      case Kind::If:
        return choice(n);
      case Kind::For:
        return iteration(n);
      case Kind::Some:
      case Kind::Every:
        return quantified(n);
      case Kind::Path:
        return path(value(n.children[0]), n.text);
      case Kind::Filter:
        return filter(n);
      case Kind::Call:
        return call(n);
      case Kind::Function:
        return function(n);
      default:  // parts of others
        return {};
    }
  }

  std::optional<bool> tests(const Node& n, const Value& tested) {
    switch (n.kind) {
      case Kind::Anything:
        return true;
      case Kind::NotTests: {
        const auto passed = tests(n.children[0], tested);
        return passed ? std::optional(!*passed) : std::nullopt;
      }
      case Kind::Tests: {
        std::optional<bool> any = false;
        for (const Node& one : n.children) any = either(any, test(one, tested));
        return any;
      }
      default:
        return test(n, tested);
    }
  }

 private:
  Value in(const ScopePtr& inner, const Node& n) { return Evaluator(m_, inner).value(n); }

  Value name(const std::string& text) {
    if (const Value* found = lookup(scope_.get(), text)) return *found;
    if (const BuiltIn* found = built_in(text)) return function_value(*found);
    // A parameter elsewhere may be named "Person.Name"; here it is a path.
    if (const std::size_t dot = text.rfind('.'); dot != std::string::npos && dot > 0)
      return path(name(text.substr(0, dot)), text.substr(dot + 1));
    return {};
  }

  Value list(const Node& n) {
    std::vector<Value> items;
    for (const Node& child : n.children) items.push_back(value(child));
    return items;
  }

  // Each entry sees those before it. The same name twice is an error.
  Value context(const Node& n) {
    Context out;
    ScopePtr scope = scope_;
    for (const Node& entry : n.children) {
      if (out.find(entry.text)) return {};
      Value v = in(scope, entry.children[0]);
      scope = scope_in(scope, entry.text, v);
      out.entries.emplace_back(entry.text, std::move(v));
    }
    return out;
  }

  Value range(const Node& n) {
    Range out;
    out.start = value(n.children[0]), out.end = value(n.children[1]);
    out.start_included = !n.open_start, out.end_included = !n.open_end;
    return out;
  }

  Value negated(const Value& v) {
    if (const Number* number = v.as<Number>()) return -*number;
    if (const Months* months = v.as<Months>()) return Months{-months->count};
    if (const Span* span = v.as<Span>()) return Span{-span->seconds};
    return {};
  }

  Value conjunction(const Node& n) {
    const auto left = truth(value(n.children[0]));
    if (left == false) return false;
    return both(left, truth(value(n.children[1])));
  }
  Value disjunction(const Node& n) {
    const auto left = truth(value(n.children[0]));
    if (left == true) return true;
    return either(left, truth(value(n.children[1])));
  }

  Value comparing(const Node& n) {
    const Value a = value(n.children[0]), b = value(n.children[1]);
    m_.spend_on(a, b);
    return compared(n.kind, a, b);
  }
  Value between(const Node& n) {
    const Value v = value(n.children[0]), low = value(n.children[1]), high = value(n.children[2]);
    return both(compared(Kind::GreaterEqual, v, low), compared(Kind::LessEqual, v, high));
  }

  Value among(const Node& n) {
    const Value tested = value(n.children[0]);
    return tests(n.children[1], tested);
  }

  // One test of a cell, or what stands after `in`.
  std::optional<bool> test(const Node& n, const Value& tested) {
    if (n.kind == Kind::Compare) return contains(comparison(n.text, value(n.children[0])), tested);
    if (mentions(n, "?")) return truth(in(scope_in(scope_, "?", tested), n));
    return matched(value(n), tested);
  }

  std::optional<bool> matched(const Value& t, const Value& tested) {
    m_.spend_on(t, tested);
    if (const Range* r = t.as<Range>(); r && !tested.as<Range>()) return contains(*r, tested);
    if (const List* all = t.as<List>()) {
      if (tested.as<List>() && equal(t, tested) == true) return true;
      std::optional<bool> any = false;
      m_.spend(all->items.size());
      for (const Value& one : all->items) any = either(any, matched_item(one, tested));
      return any;
    }
    // A test that has answered already.
    if (const bool* answer = t.as<bool>(); answer && !tested.as<bool>() && !tested.is_null()) return *answer;
    return equal(t, tested);
  }
  std::optional<bool> matched_item(const Value& one, const Value& tested) {
    m_.spend_on(one, tested);
    if (const Range* r = one.as<Range>(); r && !tested.as<Range>()) return contains(*r, tested);
    if (const List* inner = one.as<List>(); inner && !tested.as<List>()) {
      std::optional<bool> any = false;
      for (const Value& item : inner->items) any = either(any, matched_item(item, tested));
      return any;
    }
    return equal(one, tested) == true;  // as `list contains`
  }

  Value instance_of(const Node& n) {
    const Value v = value(n.children[0]);
    const Type type = type_of(n.children[1], scope_ ? scope_->types : nullptr);
    if (type.is == Type::Is::Unknown) return {};
    if (v.is_null()) return type.is == Type::Is::Null;
    return m_.conforms(v, type);
  }

  // A condition that is null takes the else; one that is no condition at all is an error.
  Value choice(const Node& n) {
    const Value condition = value(n.children[0]);
    if (!condition.is_null() && !condition.as<bool>()) return {};
    return value(n.children[truth(condition) == true ? 1 : 2]);
  }

  std::optional<std::vector<Value>> domain(const Node& iterator, const ScopePtr& scope) {
    const Value from = in(scope, iterator.children[0]);
    if (iterator.children.size() > 1) return m_.domain(from, in(scope, iterator.children[1]), true);
    return m_.domain(from);
  }

  // Calls `each` with the scope of every combination, the last iterator fastest. False when some domain is none, or `each` says
  // so.
  template <class Each>
  bool combinations(const Node& n, std::size_t at, const ScopePtr& scope, const Each& each) {
    if (at + 1 == n.children.size()) return each(scope);
    const Machine::Level level(m_);
    const Node& iterator = n.children[at];
    const auto items = domain(iterator, scope);
    if (!items) return false;
    for (const Value& item : *items) {
      m_.spend();
      if (!combinations(n, at + 1, scope_in(scope, iterator.text, item), each)) return false;
    }
    return true;
  }

  Value iteration(const Node& n) {
    const Node& body = n.children.back();
    const bool looks_back = mentions(body, "partial");
    std::vector<Value> out;
    const bool done = combinations(n, 0, scope_, [&](const ScopePtr& scope) {
      if (looks_back) m_.spend(out.size());
      out.push_back(in(looks_back ? scope_in(scope, "partial", Value(out)) : scope, body));
      if (out.size() > static_cast<std::size_t>(Held::most)) throw LimitReached{"memory"};
      return true;
    });
    return done ? Value(std::move(out)) : Value();
  }

  Value quantified(const Node& n) {
    Quantified all(n.kind == Kind::Every);
    const bool done = combinations(n, 0, scope_, [&](const ScopePtr& scope) { return all.add(in(scope, n.children.back())); });
    return done ? all.answer() : Value();
  }

  Value path(const Value& of, const std::string& text) {
    const List* all = of.as<List>();
    if (!all) return member(of, text);
    std::vector<Value> out;
    for (const Value& item : all->items) {
      m_.spend();
      out.push_back(item.as<List>() ? path(item, text) : member(item, text));
    }
    return out;
  }

  Value filter(const Node& n) {
    return filtered(value(n.children[0]), scope_, [&](const ScopePtr& scope) { return in(scope, n.children[1]); });
  }

  Value call(const Node& n) {
    const Value callee = value(n.children[0]);
    const Function* f = callee.as<Function>();
    if (!f) return {};
    if (n.children.size() > 1 && n.children[1].kind == Kind::NamedArgument) {
      std::vector<std::pair<std::string, Value>> arguments;
      for (std::size_t i = 1; i < n.children.size(); ++i)
        arguments.emplace_back(n.children[i].text, value(n.children[i].children[0]));
      return m_.call(*f, arguments);
    }
    std::vector<Value> arguments;
    for (std::size_t i = 1; i < n.children.size(); ++i) arguments.push_back(value(n.children[i]));
    return m_.call(*f, arguments);
  }

  Value function(const Node& n) {
    Function out;
    const TypeNames* types = scope_ ? scope_->types : nullptr;
    std::vector<std::string> names;
    for (std::size_t i = 0; i + 1 < n.children.size(); ++i) {
      const Node& p = n.children[i];
      names.push_back(p.text);
      out.parameters.push_back({p.text, p.children.empty() ? Type() : type_of(p.children[0], types)});
    }
    out.depth = scope_ ? scope_->depth : 1;
    if (n.text == "external")  // other people's code is never run
      out.body = [](Machine&, std::span<const Value>) { return Value(); };
    else
      out.body = [body = &n.children.back(), scope = scope_, names = std::move(names)](Machine& m,
                                                                                       std::span<const Value> arguments) {
        std::vector<std::pair<std::string, Value>> bound;
        for (std::size_t i = 0; i < names.size(); ++i) bound.emplace_back(names[i], arguments[i]);
        return m.evaluate(*body, scope_in(scope, std::move(bound)));
      };
    return out;
  }

  Machine& m_;
  const ScopePtr& scope_;
};

Value filtered(const Value& base, const ScopePtr& scope, const Body& condition) {
  const auto at = [](const std::vector<Value>& items, const Number& index) {
    const auto i = index.whole();
    const auto size = static_cast<std::int64_t>(items.size());
    if (!i || *i == 0 || *i > size || *i < -size) return Value();
    return items[static_cast<std::size_t>(*i > 0 ? *i - 1 : size + *i)];
  };
  std::vector<Value> only;
  if (!base.is_null() && !base.as<List>()) only.push_back(base);
  const std::vector<Value>& items = base.as<List>() ? base.as<List>()->items : only;
  if (items.empty()) {
    const Value index = condition(scope);
    return base.is_null() || index.as<Number>() ? Value() : Value(std::vector<Value>{});
  }
  std::vector<Value> out;
  for (const Value& item : items) {
    std::vector<std::pair<std::string, Value>> names;
    names.emplace_back("item", item);
    const Value answer = condition(scope_in(scope, std::move(names), item.as<Context>() ? item : Value()));
    if (const Number* index = answer.as<Number>(); index && &item == &items.front()) return at(items, *index);
    if (!answer.is_null() && !answer.as<bool>()) return {};
    if (truth(answer) == true) out.push_back(item);
  }
  return out;
}

bool Quantified::add(const Value& one) {
  if (!one.is_null() && !one.as<bool>()) return false;
  answer_ = every_ ? both(answer_, truth(one)) : either(answer_, truth(one));
  return true;
}

Value Machine::evaluate(const Node& node, const ScopePtr& scope) { return Evaluator(*this, scope).value(node); }

std::optional<bool> Machine::passes(const Node& cell, const Value& value, const ScopePtr& scope) {
  const ScopePtr inner = scope_in(scope, "?", value);
  return Evaluator(*this, inner).tests(cell, value);
}

Value Machine::call(const Function& f, std::span<const Value> arguments) {
  const Level level(*this);
  spend();
  if (f.built_in) return run(*this, *f.built_in, arguments);
  if (arguments.size() != f.parameters.size()) return {};
  std::vector<Value> fitted;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    fitted.push_back(converted(arguments[i], f.parameters[i].type));
    if (fitted.back().is_null() && !arguments[i].is_null()) return {};  // not of the type: the function is not called
  }
  return converted(f.body(*this, fitted), f.result);
}

Value Machine::call(const Function& f, std::span<const std::pair<std::string, Value>> arguments) {
  if (f.built_in) {
    const Level level(*this);
    spend();
    return run(*this, *f.built_in, arguments);
  }
  std::vector<Value> ordered;
  for (const Parameter& p : f.parameters)
    for (const auto& [name, value] : arguments)
      if (name == p.name) ordered.push_back(value);
  if (ordered.size() != arguments.size()) return {};
  return call(f, ordered);
}

std::optional<std::vector<Value>> Machine::domain(const Value& value) {
  if (const List* list = value.as<List>()) return list->items;
  if (const Range* range = value.as<Range>()) {
    if (range->form != Range::Form::Ends) return std::nullopt;
    auto items = domain(range->start, range->end, false);
    if (items && !range->end_included && !items->empty()) items->pop_back();
    if (items && !range->start_included && !items->empty()) items->erase(items->begin());
    return items;
  }
  if (value.is_null()) return std::nullopt;
  return std::vector<Value>{value};
}

std::optional<std::vector<Value>> Machine::domain(const Value& from, const Value& to, bool may_descend) {
  const auto ends = [](const Value& v) -> std::optional<std::int64_t> {
    if (const Date* d = v.as<Date>()) return d->days();
    const Number* n = v.as<Number>();
    return n && n->is_whole() ? n->whole() : std::nullopt;
  };
  const auto first = ends(from), last = ends(to);
  if (!first || !last || !from.same_kind(to) || (*last < *first && !may_descend)) return std::nullopt;
  // The difference cannot overflow: it is counted without sign.
  const auto count = *first <= *last ? static_cast<std::uint64_t>(*last) - static_cast<std::uint64_t>(*first)
                                     : static_cast<std::uint64_t>(*first) - static_cast<std::uint64_t>(*last);
  if (count > static_cast<std::uint64_t>(Held::most)) throw LimitReached{"memory"};
  spend(count);
  std::vector<Value> items;
  for (std::int64_t i = *first;; i += *first <= *last ? 1 : -1) {
    if (from.as<Date>())
      items.emplace_back(Date::of_days(i));
    else
      items.emplace_back(Number(i));
    if (i == *last) return items;
  }
}

}  // namespace dmn::feel
