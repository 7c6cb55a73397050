#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "dmn/feel/value.h"

namespace dmn::feel {

/// The item definitions that a type name can mean: "tPerson", "imported.tPerson".
using TypeNames = std::map<std::string, const Type*, std::less<>>;

/// The names that an expression sees.
struct Scope {
  std::shared_ptr<const Scope> outer;
  std::vector<std::pair<std::string, Value>> names;
  Value members;  ///< a context whose entries are names too: the item that a filter tests
  const TypeNames* types = nullptr;
  int depth = 1;  ///< of the values that it holds, and of its outer scopes
};
using ScopePtr = std::shared_ptr<const Scope>;

ScopePtr scope_in(const ScopePtr& outer, std::vector<std::pair<std::string, Value>> names, Value members = {});
inline ScopePtr scope_in(const ScopePtr& outer, std::string name, Value value) {
  std::vector<std::pair<std::string, Value>> names;
  names.emplace_back(std::move(name), std::move(value));
  return scope_in(outer, std::move(names));
}

/// One evaluation: its clock and what it has spent. FEEL's errors are nulls; only limits are exceptions (`LimitReached`).
class Machine {
 public:
  explicit Machine(DateTime now) : now_(std::move(now)) {}

  const DateTime& now() const { return now_; }

  Value evaluate(const Node& node, const ScopePtr& scope);
  /// Whether the value passes a cell (a tree of parse_cell); no answer when they cannot be compared.
  std::optional<bool> passes(const Node& cell, const Value& value, const ScopePtr& scope);

  Value call(const Function& function, std::span<const Value> arguments);
  Value call(const Function& function, std::span<const std::pair<std::string, Value>> arguments);

  /// The items that a `for` runs over; nothing when the value is no domain.
  std::optional<std::vector<Value>> domain(const Value& value);
  std::optional<std::vector<Value>> domain(const Value& from, const Value& to, bool may_descend);

  bool conforms(const Value& value, const Type& type, int depth = 0);
  /// The value as one of the type: itself, its only item, a list of it, its midnight; null when it is none of the type.
  Value converted(const Value& value, const Type& type);

  /// Counts work; the loops of the functions call it too.
  void spend(std::size_t steps = 1) {
    if ((spent_ += steps) > most_steps) throw LimitReached{"number of steps"};
  }
  /// Counts a comparison: it ends with the smaller one.
  void spend_on(const Value& a, const Value& b) {
    spend(static_cast<std::size_t>(std::min(a.extent().nodes, b.extent().nodes)));
  }
  /// One level of nesting, of whatever kind.
  struct Level {
    explicit Level(Machine& m) : machine(m) {
      if (++machine.depth_ > deepest) throw LimitReached{"depth of calls"};
    }
    ~Level() { --machine.depth_; }
    Level(const Level&) = delete;
    Machine& machine;
  };

 private:
  friend class Evaluator;
  static constexpr std::size_t most_steps = 10'000'000;
  static constexpr int deepest = 1'000;

  DateTime now_;
  std::size_t spent_ = 0;
  int depth_ = 0;
};

/// What an expression gives in a scope: FEEL text or a boxed expression.
using Body = std::function<Value(const ScopePtr&)>;
/// `base[condition]`: the item at a position, or the items that pass. The condition sees `item` and the members of each.
Value filtered(const Value& base, const ScopePtr& scope, const Body& condition);
/// Joins the answers of `some` or `every`: a condition that is neither true, false nor null makes the whole null.
class Quantified {
 public:
  explicit Quantified(bool every) : every_(every), answer_(every) {}
  bool add(const Value& one);  ///< false: no condition
  Value answer() const { return answer_; }

 private:
  bool every_;
  std::optional<bool> answer_;
};

/// A type as FEEL text writes it, or as a typeRef names it.
Type type_of(const Node& node, const TypeNames* names);
Type type_named(std::string_view name, const TypeNames* names);

Value at_literal(std::string_view text);
/// `.name` of a value that is no list: a context's entry or a property ("year", "start included").
Value member(const Value& value, std::string_view name);
Value arithmetic(Kind kind, const Value& a, const Value& b);

/// Kleene's `and`, `or` of what an expression gave: anything but a boolean counts as unknown.
inline std::optional<bool> truth(const Value& value) {
  const bool* b = value.as<bool>();
  return b ? std::optional(*b) : std::nullopt;
}
std::optional<bool> both(std::optional<bool> a, std::optional<bool> b);
std::optional<bool> either(std::optional<bool> a, std::optional<bool> b);

}  // namespace dmn::feel
