#include <algorithm>

#include "dmn/program_parts.h"

// Decision tables with every hit policy (DMN 1.5, 8.2.8).
namespace dmn {
namespace {

using feel::Context;
using feel::Value;

class Table {
 public:
  Table(feel::Machine& machine, const Unit& unit, const DecisionTable& table, const feel::ScopePtr& scope)
      : m_(machine), unit_(unit), t_(table), scope_(scope) {}

  Value decide() {
    std::vector<Value> inputs;
    for (const DecisionTable::Input& input : t_.inputs) inputs.push_back(typed(value(input.expression), input.type));
    for (const DecisionTable::Rule& rule : t_.rules) {
      if (!applies(rule, inputs)) continue;
      std::vector<Value> outputs;
      for (std::size_t i = 0; i < rule.outputs.size(); ++i)
        outputs.push_back(typed(value(rule.outputs[i]), t_.outputs[i].type));
      hits_.push_back(std::move(outputs));
      if (t_.hit_policy == "FIRST") break;
    }
    if (hits_.empty()) return without_hit();
    return with_hits();
  }

 private:
  Value value(const std::string& text) {
    const Feel* feel = unit_.expression(text);
    return feel ? m_.evaluate(feel->tree, scope_) : Value();
  }
  Value typed(const Value& v, const std::string& type) {
    return type.empty() ? v : m_.converted(v, feel::type_named(type, &unit_.types));
  }

  bool applies(const DecisionTable::Rule& rule, const std::vector<Value>& inputs) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const Feel* cell = unit_.cell(rule.inputs[i]);
      if (!cell || m_.passes(cell->tree, inputs[i], scope_) != true) return false;
    }
    return true;
  }

  // One output is the value itself; several are a context of their names.
  Value result(const std::vector<Value>& outputs) const {
    if (outputs.size() == 1) return outputs[0];
    Context out;
    for (std::size_t i = 0; i < outputs.size(); ++i) out.put(t_.outputs[i].name, outputs[i]);
    return out;
  }
  Value all() const {
    std::vector<Value> out;
    for (const auto& hit : hits_) out.push_back(result(hit));
    return out;
  }

  Value without_hit() {
    const bool any = std::any_of(t_.outputs.begin(), t_.outputs.end(), [](const auto& o) { return !o.default_value.empty(); });
    if (!any) return {};
    std::vector<Value> outputs;
    for (const DecisionTable::Output& output : t_.outputs) outputs.push_back(typed(value(output.default_value), output.type));
    return result(outputs);
  }

  Value with_hits() {
    const std::string& policy = t_.hit_policy;
    if (policy == "FIRST") return result(hits_[0]);
    if (policy == "RULE ORDER") return all();
    if (policy == "COLLECT") return collected();
    if (policy == "PRIORITY" || policy == "OUTPUT ORDER") {
      sort_by_priority();
      return policy == "PRIORITY" ? result(hits_[0]) : all();
    }
    if (policy == "ANY") {
      const Value first = result(hits_[0]);
      for (const auto& hit : hits_)
        if (equal(result(hit), first) != true) return {};
      return first;
    }
    return hits_.size() == 1 ? result(hits_[0]) : Value();  // UNIQUE: two hits are an error
  }

  Value collected() {
    if (t_.aggregation.empty()) return all();
    if (t_.aggregation == "COUNT") return feel::Number(static_cast<std::int64_t>(hits_.size()));
    if (t_.outputs.size() != 1) return {};
    Value out = hits_[0][0];
    for (std::size_t i = 1; i < hits_.size(); ++i) {
      const Value& next = hits_[i][0];
      if (t_.aggregation == "SUM") {
        out = out.same_kind(next) ? feel::arithmetic(Kind::Add, out, next) : Value();
      } else {
        const auto o = feel::order(next, out);
        if (!o) return {};
        if (t_.aggregation == "MIN" ? *o < 0 : *o > 0) out = next;
      }
    }
    return out;
  }

  // The place of a value among its output's allowed values; those that are not among them come last.
  void sort_by_priority() {
    std::vector<std::vector<Value>> orders;
    for (const DecisionTable::Output& output : t_.outputs) orders.push_back(listed(output));
    const auto rank = [&](const std::vector<Value>& hit) {
      std::vector<std::size_t> places;
      for (std::size_t i = 0; i < hit.size(); ++i) {
        const auto found =
            std::find_if(orders[i].begin(), orders[i].end(), [&](const Value& v) { return equal(v, hit[i]) == true; });
        places.push_back(static_cast<std::size_t>(found - orders[i].begin()));
      }
      return places;
    };
    std::stable_sort(hits_.begin(), hits_.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  }
  std::vector<Value> listed(const DecisionTable::Output& output) {
    const Feel* cell = unit_.cell(output.allowed_values);
    if (!cell) {
      feel::Type type = feel::type_named(output.type, &unit_.types);
      for (int i = 0; i < 50 && (type.is == feel::Type::Is::Named || type.is == feel::Type::Is::Item); ++i) {
        if (type.is == feel::Type::Is::Item) {
          cell = type.allowed;
          break;
        }
        type = feel::Type(*type.definition);
      }
    }
    std::vector<Value> out;
    if (cell)
      for (const Node& one : cell->tree.children) out.push_back(m_.evaluate(one, scope_));
    return out;
  }

  feel::Machine& m_;
  const Unit& unit_;
  const DecisionTable& t_;
  const feel::ScopePtr& scope_;
  std::vector<std::vector<Value>> hits_;
};

}  // namespace

feel::Value decide(feel::Machine& machine, const Unit& unit, const DecisionTable& table, const feel::ScopePtr& scope) {
  return Table(machine, unit, table, scope).decide();
}

}  // namespace dmn
