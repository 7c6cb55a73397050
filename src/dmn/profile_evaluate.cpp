#include "dmn/profile_evaluate.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace dmn::profile {
namespace {

const Judged unknown{};
Judged truth(bool value, bool known) { return {Value{value}, known}; }

bool optional_input(const Rules& rules, const Node& node) {
  if (node.kind != Node::Kind::Path || node.children[0].kind != Node::Kind::Name || node.children[0].text != rules.input_name)
    return false;
  const auto found = rules.input_index.find(node.text);
  return found != rules.input_index.end() && rules.inputs[found->second].need == Need::Optional;
}

// Two-valued in FEEL; known only when both sides are there.
Judged equal(const Judged& a, const Judged& b) {
  return truth(a.standard == b.standard, a.known && b.known && !a.is_null() && !b.is_null());
}
// `x = null` asks about our knowledge.
Judged asks_null(const Judged& a) { return truth(a.is_null(), a.known || a.is_null()); }
Judged negated(const Judged& a) {
  if (a.is_null()) return unknown;
  return truth(!a.is_true(), a.known);
}

template <class T>
std::optional<int> order(const Value& a, const Value& b) {
  const auto *x = std::get_if<T>(&a), *y = std::get_if<T>(&b);
  if (!x || !y) return std::nullopt;
  return *x < *y ? -1 : *y < *x ? 1 : 0;
}

Judged compared(const Judged& a, const std::string& sign, const Judged& b) {
  if (sign == "=") return equal(a, b);
  if (sign == "!=") return negated(equal(a, b));
  std::optional<int> found = order<std::int64_t>(a.standard, b.standard);
  if (!found) found = order<Day>(a.standard, b.standard);
  if (!found) found = order<std::string>(a.standard, b.standard);
  if (!found) return unknown;
  const bool holds = sign == "<" ? *found < 0 : sign == "<=" ? *found <= 0 : sign == ">" ? *found > 0 : *found >= 0;
  return truth(holds, a.known && b.known);
}

}  // namespace

Judged both(const Judged& a, const Judged& b) {
  if ((a.known && a.is_false()) || (b.known && b.is_false())) return truth(false, true);
  const bool known = a.known && b.known && !a.is_null() && !b.is_null();
  if (a.is_false() || b.is_false()) return truth(false, known);
  if (!a.is_null() && !b.is_null()) return truth(true, known);
  return unknown;
}

Judged either(const Judged& a, const Judged& b) {
  if ((a.known && a.is_true()) || (b.known && b.is_true())) return truth(true, true);
  const bool known = a.known && b.known && !a.is_null() && !b.is_null();
  if (a.is_true() || b.is_true()) return truth(true, known);
  if (!a.is_null() && !b.is_null()) return truth(false, known);
  return unknown;
}

Judged Evaluator::decision(std::size_t index) {
  if (decided_[index]) return *decided_[index];
  const DecisionModel& model = rules_.decisions[index];
  Judged answer = unknown;
  if (model.kind == DecisionModel::Kind::Expression) {
    answer = evaluate(model.expression);
  } else if (model.kind == DecisionModel::Kind::Unique) {
    // One row or none; the answer is known when every row is told.
    answer.known = true;
    for (std::size_t i = 0; i < model.table.rows.size(); ++i) {
      const Judged hit = row(model.table, i);
      if (hit.is_true()) answer.standard = TableRow{index, i};
      if (!(hit.known && !hit.is_null())) answer.known = false;
    }
  }
  decided_[index] = answer;
  return answer;
}

Judged Evaluator::row(const Table& table, std::size_t row) {
  Judged all = truth(true, true);
  for (std::size_t column = 0; column < table.inputs.size(); ++column) all = both(all, cell(table, row, column));
  return all;
}

Judged Evaluator::cell(const Table& table, std::size_t row, std::size_t column) {
  const Node& cell = table.rows[row].cells[column];
  if (cell.kind == Node::Kind::Any) return truth(true, true);
  const Node& input = table.inputs[column].expression;
  return test(cell, evaluate(input), optional_input(rules_, input));
}

Judged Evaluator::test(const Node& cell, const Judged& value, bool optional) {
  switch (cell.kind) {
    case Node::Kind::Any:
      return truth(true, true);
    case Node::Kind::OneOf: {
      Judged any = truth(false, true);
      for (const Node& one : cell.children) any = either(any, test(one, value, optional));
      return any;
    }
    case Node::Kind::Test: {
      if (cell.children[0].kind == Node::Kind::Null) return asks_null(value);
      if (optional && value.is_null()) return truth(false, true);  // empty has a meaning: the test does not apply
      return compared(value, cell.text, evaluate(cell.children[0]));
    }
    case Node::Kind::Interval: {
      if (optional && value.is_null()) return truth(false, true);
      return both(compared(value, cell.open_low ? ">" : ">=", evaluate(cell.children[0])),
                  compared(value, cell.open_high ? "<" : "<=", evaluate(cell.children[1])));
    }
    default:
      return unknown;
  }
}

Judged Evaluator::evaluate(const Node& node) {
  using Kind = Node::Kind;
  switch (node.kind) {
    case Kind::Null:
      return {std::monostate{}, true};
    case Kind::Boolean:
      return truth(node.units != 0, true);
    case Kind::Number:
      return {Value{node.units}, true};
    case Kind::String:
      return {Value{node.text}, true};
    case Kind::Date:
      return {Value{Day{static_cast<std::int32_t>(node.units)}}, true};
    case Kind::Name: {
      const auto found = rules_.decision_index.find(node.text);
      return found == rules_.decision_index.end() ? unknown : decision(found->second);
    }
    case Kind::Path: {
      const Node& of = node.children[0];
      if (of.kind == Kind::Name && of.text == rules_.input_name) {
        const auto found = rules_.input_index.find(node.text);
        if (found == rules_.input_index.end()) return unknown;
        const InputValue& given = record_[found->second];
        const InputName& input = rules_.inputs[found->second];
        if (std::holds_alternative<std::monostate>(given)) return {std::monostate{}, input.need == Need::Optional};
        if (const auto* yes = std::get_if<bool>(&given)) return truth(*yes, true);
        if (const auto* units = std::get_if<std::int64_t>(&given)) {
          std::int64_t scaled = *units;
          for (int i = input.scale; i < number_decimals; ++i) scaled *= 10;
          return {Value{scaled}, true};
        }
        if (const auto* day = std::get_if<Day>(&given)) return {Value{*day}, true};
        return {Value{std::get<std::string>(given)}, true};
      }
      const Judged whole = evaluate(of);
      const auto* row = std::get_if<TableRow>(&whole.standard);
      if (!row) return {std::monostate{}, false};
      const Table& table = rules_.decisions[row->decision].table;
      for (std::size_t i = 0; i < table.outputs.size(); ++i)
        if (table.outputs[i] == node.text) {
          Judged value = evaluate(table.rows[row->row].out[i]);
          value.known = value.known && whole.known;
          return value;
        }
      return unknown;
    }
    case Kind::If: {
      const Judged condition = evaluate(node.children[0]);
      Judged taken = evaluate(node.children[condition.is_true() ? 1 : 2]);  // null goes to else
      taken.known = taken.known && condition.known && !condition.is_null();
      return taken;
    }
    case Kind::And:
      return both(evaluate(node.children[0]), evaluate(node.children[1]));
    case Kind::Or:
      return either(evaluate(node.children[0]), evaluate(node.children[1]));
    case Kind::Compare: {
      const Node &left = node.children[0], &right = node.children[1];
      if (left.kind == Kind::Null || right.kind == Kind::Null) {
        const Judged asked = asks_null(evaluate(left.kind == Kind::Null ? right : left));
        return node.text == "!=" ? negated(asked) : asked;
      }
      return compared(evaluate(left), node.text, evaluate(right));
    }
    case Kind::Add:
    case Kind::Subtract: {
      const Judged a = evaluate(node.children[0]), b = evaluate(node.children[1]);
      const auto *x = std::get_if<std::int64_t>(&a.standard), *y = std::get_if<std::int64_t>(&b.standard);
      std::int64_t sum = 0;
      if (!x || !y || (node.kind == Kind::Add ? __builtin_add_overflow(*x, *y, &sum) : __builtin_sub_overflow(*x, *y, &sum)))
        return unknown;
      return {Value{sum}, a.known && b.known};
    }
    case Kind::Negate: {
      const Judged a = evaluate(node.children[0]);
      const auto* x = std::get_if<std::int64_t>(&a.standard);
      return x ? Judged{Value{-*x}, a.known} : unknown;
    }
    case Kind::In: {
      const Judged value = evaluate(node.children[0]);
      const Node& range = node.children[1];
      if (range.kind == Kind::Interval)
        return both(compared(value, range.open_low ? ">" : ">=", evaluate(range.children[0])),
                    compared(value, range.open_high ? "<" : "<=", evaluate(range.children[1])));
      Judged any = truth(false, true);
      for (const Node& one : range.children) any = either(any, equal(value, evaluate(one)));
      return any;
    }
    case Kind::Between:
      return both(compared(evaluate(node.children[0]), ">=", evaluate(node.children[1])),
                  compared(evaluate(node.children[0]), "<=", evaluate(node.children[2])));
    case Kind::List: {
      std::vector<std::string> list;
      bool known = true;
      for (const Node& child : node.children) {
        const Judged item = evaluate(child);
        known = known && item.known;
        if (const auto* text = std::get_if<std::string>(&item.standard))
          list.push_back(*text);
        else
          return unknown;
      }
      return {Value{std::move(list)}, known};
    }
    case Kind::Call: {
      if (node.text == "not") return negated(evaluate(node.children[0]));
      const Judged list = evaluate(node.children[0]), item = evaluate(node.children[1]);  // list contains
      const auto* all = std::get_if<std::vector<std::string>>(&list.standard);
      const auto* one = std::get_if<std::string>(&item.standard);
      if (!all || !one) return unknown;
      return truth(std::find(all->begin(), all->end(), *one) != all->end(), list.known && item.known);
    }
    default:
      return unknown;
  }
}

namespace {

std::uint64_t dependencies(const Rules& rules, const Node& node, int depth) {
  if (depth > 200) return ~std::uint64_t{0};
  if (node.kind == Node::Kind::Path && node.children[0].kind == Node::Kind::Name && node.children[0].text == rules.input_name) {
    const auto found = rules.input_index.find(node.text);
    return found == rules.input_index.end() ? 0 : std::uint64_t{1} << found->second;
  }
  std::uint64_t bits = 0;
  if (node.kind == Node::Kind::Name)
    if (const auto found = rules.decision_index.find(node.text); found != rules.decision_index.end()) {
      const DecisionModel& model = rules.decisions[found->second];
      if (model.kind == DecisionModel::Kind::Expression) bits |= dependencies(rules, model.expression, depth + 1);
      for (const Table::In& input : model.table.inputs) bits |= dependencies(rules, input.expression, depth + 1);
    }
  for (const Node& child : node.children) bits |= dependencies(rules, child, depth + 1);
  return bits;
}

}  // namespace

std::uint64_t dependencies(const Rules& rules, const Node& node) { return dependencies(rules, node, 0); }

std::uint64_t dependencies(const Rules& rules, const Table& table, std::size_t row) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < table.inputs.size(); ++i)
    if (table.rows[row].cells[i].kind != Node::Kind::Any)
      bits |= dependencies(rules, table.inputs[i].expression) | dependencies(rules, table.rows[row].cells[i]);
  return bits;
}

std::string text_of(const Value& value) {
  if (const auto* yes = std::get_if<bool>(&value)) return *yes ? "true" : "false";
  if (const auto* units = std::get_if<std::int64_t>(&value)) {
    std::string text = std::to_string(*units / number_scale);
    if (std::int64_t rest = *units % number_scale; rest != 0) {
      std::string decimals = std::to_string(rest < 0 ? -rest : rest);
      decimals.insert(0, static_cast<std::size_t>(number_decimals) - decimals.size(), '0');
      while (decimals.back() == '0') decimals.pop_back();
      text = (*units < 0 && *units > -number_scale ? "-" : "") + text + "." + decimals;
    }
    return text;
  }
  if (const auto* day = std::get_if<Day>(&value)) {
    const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{day->days}}};
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", int{ymd.year()}, unsigned{ymd.month()}, unsigned{ymd.day()});
    return buffer;
  }
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    std::string text;
    for (const std::string& item : *list) text += (text.empty() ? "" : ", ") + item;
    return text;
  }
  return "";
}

}  // namespace dmn::profile
