#include "dmn/rule_set.h"

#include <algorithm>

#include "dmn/compiled.h"

namespace dmn {

RowState::RowState(const Compiled& compiled, std::span<const InputValue> record)
    : compiled_(compiled), record_(record), lookups_(compiled.lookups.size()), derived_(compiled.derived.size()) {}

const JudgedValue& RowState::lookup(std::size_t i) const {
  if (!lookups_[i]) lookups_[i] = find_row(compiled_.lookups[i]);
  return *lookups_[i];
}

const JudgedValue& RowState::derived(std::size_t i) const {
  if (!derived_[i]) derived_[i] = value(compiled_.derived[i].expression.tree);
  return *derived_[i];
}

// The row that plain FEEL finds. It is known only when every row is: an unknown one might be the right one.
JudgedValue RowState::find_row(const Lookup& lookup) const {
  JudgedValue found{std::nullopt, true};
  for (std::size_t r = 0; r < lookup.rows.size(); ++r) {
    Truth hit{true, true};
    for (std::size_t i = 0; i < lookup.columns.size(); ++i) hit = both(hit, cell(lookup.columns[i], lookup.rows[r].cells[i]));
    found.known = found.known && hit.known;
    if (hit.standard == true && !found.standard) found.standard = Value{LookupRow{static_cast<std::uint32_t>(r)}};
  }
  return found;
}

JudgedValue RowState::of(const Symbol& symbol) const {
  switch (symbol.is) {
    case Symbol::Is::Constant:
      return {symbol.constant, true};
    case Symbol::Is::Lookup:
      return lookup(symbol.index);
    case Symbol::Is::Derived:
      return derived(symbol.index);
    case Symbol::Is::Member: {
      const JudgedValue& row = lookup(symbol.index);
      if (!row.standard) return {std::nullopt, row.known};
      return {compiled_.lookups[symbol.index].rows[std::get<LookupRow>(*row.standard).row].values[symbol.member], row.known};
    }
    case Symbol::Is::Input:
      break;
  }
  const InputValue& given = record_[symbol.index];
  if (const bool* b = std::get_if<bool>(&given)) return {Value{*b}, true};
  if (const auto* n = std::get_if<std::int64_t>(&given)) return {Value{*n}, true};
  if (const Day* d = std::get_if<Day>(&given)) return {Value{*d}, true};
  if (const auto* s = std::get_if<std::string>(&given)) return {Value{std::string_view(*s)}, true};
  return {std::nullopt, false};
}

namespace {

JudgedValue boxed(const Truth& t) { return {t.standard ? std::optional<Value>(Value{*t.standard}) : std::nullopt, t.known}; }
Truth unboxed(const JudgedValue& v) {
  return {v.standard ? std::optional<bool>(std::get<bool>(*v.standard)) : std::nullopt, v.known};
}

// -1, 0 or 1 of two numbers or days.
template <class Holds>
Truth compare(const JudgedValue& a, const JudgedValue& b, Holds holds) {
  if (!a.standard || !b.standard) return {std::nullopt, false};
  int order = 0;
  if (const auto* n = std::get_if<std::int64_t>(&*a.standard)) {
    const std::int64_t m = std::get<std::int64_t>(*b.standard);
    order = *n < m ? -1 : *n > m ? 1 : 0;
  } else {
    const std::int32_t x = std::get<Day>(*a.standard).days, y = std::get<Day>(*b.standard).days;
    order = x < y ? -1 : x > y ? 1 : 0;
  }
  return {holds(order), a.known && b.known};
}

Truth compare(Kind kind, const JudgedValue& a, const JudgedValue& b) {
  switch (kind) {
    case Kind::Less:
      return compare(a, b, [](int o) { return o < 0; });
    case Kind::LessEqual:
      return compare(a, b, [](int o) { return o <= 0; });
    case Kind::Greater:
      return compare(a, b, [](int o) { return o > 0; });
    default:
      return compare(a, b, [](int o) { return o >= 0; });
  }
}

Truth within(const JudgedValue& value, const JudgedValue& from, const JudgedValue& to, const Node& range) {
  return both(compare(range.open_start ? Kind::Greater : Kind::GreaterEqual, value, from),
              compare(range.open_end ? Kind::Less : Kind::LessEqual, value, to));
}

Kind kind_of(std::string_view sign) {
  return sign == "<" ? Kind::Less : sign == "<=" ? Kind::LessEqual : sign == ">" ? Kind::Greater : Kind::GreaterEqual;
}

JudgedValue sum(Kind kind, const JudgedValue& a, const JudgedValue& b) {
  if (!a.standard || !b.standard) return {std::nullopt, false};
  const std::int64_t x = std::get<std::int64_t>(*a.standard), y = std::get<std::int64_t>(*b.standard);
  std::int64_t out = 0;
  const bool over = kind == Kind::Add ? __builtin_add_overflow(x, y, &out) : __builtin_sub_overflow(x, y, &out);
  if (over) return {std::nullopt, false};  // cannot be told, rather than wrong
  return {Value{out}, a.known && b.known};
}

}  // namespace

Truth RowState::truth(const Node& n) const {
  switch (n.kind) {
    case Kind::And:
      return both(truth(n.children[0]), truth(n.children[1]));
    case Kind::Or:
      return either(truth(n.children[0]), truth(n.children[1]));
    case Kind::Equal:
    case Kind::NotEqual: {
      const Node &left = n.children[0], &right = n.children[1];
      Truth same = right.kind == Kind::Null  ? is_null(value(left))
                   : left.kind == Kind::Null ? is_null(value(right))
                                             : equal(value(left), value(right));
      return n.kind == Kind::Equal ? same : negated(same);
    }
    case Kind::Less:
    case Kind::LessEqual:
    case Kind::Greater:
    case Kind::GreaterEqual:
      return compare(n.kind, value(n.children[0]), value(n.children[1]));
    case Kind::In: {
      const Node& range = n.children[1].children[0];
      return within(value(n.children[0]), value(range.children[0]), value(range.children[1]), range);
    }
    case Kind::If:
      return unboxed(value(n));
    case Kind::Null:
      return {std::nullopt, true};
    case Kind::Call: {
      if (n.children.size() == 2) return negated(truth(n.children[1]));  // not(...)
      const JudgedValue list = value(n.children[1]), element = value(n.children[2]);
      if (!list.standard) return {std::nullopt, false};
      if (!element.standard) return {false, false};  // FEEL looks for null in the list
      const auto& items = *std::get<const std::vector<std::string>*>(*list.standard);
      const bool found = std::find(items.begin(), items.end(), std::get<std::string_view>(*element.standard)) != items.end();
      return {found, list.known && element.known};
    }
    default:
      return unboxed(value(n));
  }
}

JudgedValue RowState::value(const Node& n) const {
  if (n.slot >= 0) return of(compiled_.symbol(n));
  switch (n.kind) {
    case Kind::Null:
      return {std::nullopt, true};
    case Kind::If:
      return choose(truth(n.children[0]), value(n.children[1]), value(n.children[2]));
    case Kind::Add:
    case Kind::Subtract:
      return sum(n.kind, value(n.children[0]), value(n.children[1]));
    default:
      return boxed(truth(n));
  }
}

bool RowState::optional_empty(const Node& n) const {
  if (n.slot < 0) return false;
  const Symbol& symbol = compiled_.symbol(n);
  return symbol.is == Symbol::Is::Input && compiled_.inputs[symbol.index].need == Need::Optional &&
         std::holds_alternative<std::monostate>(record_[symbol.index]);
}

Truth RowState::test(const JudgedValue& tested, bool empty, const Node& n) const {
  if (n.kind == Kind::Null) return is_null(tested);
  const bool no_hit = empty ||
                      std::any_of(n.children.begin(), n.children.end(), [&](const Node& c) { return optional_empty(c); }) ||
                      optional_empty(n);
  if (no_hit) return {false, true};  // an optional input that is empty has an answer of its own: no
  if (n.kind == Kind::Compare) return compare(kind_of(n.text), tested, value(n.children[0]));
  if (n.kind == Kind::Range) return within(tested, value(n.children[0]), value(n.children[1]), n);
  return equal(tested, value(n));
}

Truth RowState::cell(const Column& column, const Cell& cell) const {
  const Node& tests = cell.test.tree;
  if (tests.kind == Kind::Anything) return {true, true};
  const JudgedValue tested = value(column.expression.tree);
  const bool empty = optional_empty(column.expression.tree);
  Truth any = test(tested, empty, tests.children[0]);
  for (std::size_t i = 1; i < tests.children.size(); ++i) any = either(any, test(tested, empty, tests.children[i]));
  return any;
}

Truth RowState::row(const FindingTable& table, std::size_t r) const {
  Truth hit{true, true};
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    hit = both(hit, cell(table.columns[i], table.rows[r][i]));
    if (hit.known && hit.standard == false) break;
  }
  return hit;
}

void add_complaint(std::vector<Complaint>& all, Complaint complaint) {
  constexpr std::size_t most = 100;
  if (all.size() > most) return;
  if (all.size() == most) {
    complaint.sv = "Härifrån finns fler fel. Rätta de hundra första och pröva filen igen.";
    complaint.en = "There are more faults from here on. Correct the first hundred and try the file again.";
  }
  all.push_back(std::move(complaint));
}

tl::expected<RuleSet, std::vector<Complaint>> RuleSet::load(const Element& definitions,
                                                            std::span<const InputName> known_inputs) {
  auto model = read(definitions);
  if (!model) return tl::make_unexpected(std::move(model.error()));
  std::vector<Complaint> complaints;
  auto compiled = std::make_shared<const Compiled>(compile(std::move(*model), known_inputs, complaints));
  if (complaints.empty()) lint(*compiled, complaints);
  if (!complaints.empty()) return tl::make_unexpected(std::move(complaints));
  return RuleSet(std::move(compiled));
}

const std::string& RuleSet::name() const { return compiled_->name; }
const std::string& RuleSet::version() const { return compiled_->facts.version; }
const RuleSetFacts& RuleSet::facts() const { return compiled_->facts; }
std::span<const LimitsRow> RuleSet::limits() const { return compiled_->limits; }
std::span<const InputName> RuleSet::inputs() const { return compiled_->inputs; }
std::span<const FindingRow> RuleSet::rows() const { return compiled_->rows; }
std::span<const RuleText> RuleSet::texts() const { return compiled_->texts; }

namespace {

Answers answers_of(const Compiled& compiled, const RowState& state) {
  Answers answers;
  for (const FindingTable& table : compiled.tables) {
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      const Truth hit = state.row(table, r);
      const std::uint64_t bit = std::uint64_t{1} << (table.first_row + r);
      if (hit.known && hit.standard == true)
        answers.hit |= bit;
      else if (!(hit.known && hit.standard == false))
        answers.cannot_tell |= bit;
    }
  }
  return answers;
}

std::string text_or(const JudgedValue& value, Type type, std::string_view when_null) {
  return value.standard ? text_of(*value.standard, type) : std::string(when_null);
}

Type type_of(const Compiled& compiled, const Node& n) { return n.slot >= 0 ? compiled.symbol(n).type : Type{}; }

// The limits of a cell after evaluation: "15", "2016-01-01..2018-06-30", "a, b".
std::string compared(const Compiled& compiled, const RowState& state, const Node& tests) {
  std::string out;
  for (const Node& test : tests.children) {
    if (!out.empty()) out += ", ";
    const auto one = [&](const Node& n) {
      return n.kind == Kind::Null ? "null" : text_or(state.value(n), type_of(compiled, n), "null");
    };
    if (test.kind == Kind::Compare)
      out += one(test.children[0]);
    else if (test.kind == Kind::Range)
      out += one(test.children[0]) + ".." + one(test.children[1]);
    else
      out += one(test);
  }
  return out;
}

// `{p.age_at_entry}` becomes the value; the linter has seen to it that every name is known.
std::string filled(const Compiled& compiled, const RowState& state, const std::string& message) {
  std::string out;
  for (std::size_t at = 0; at < message.size();) {
    const std::size_t close = message[at] == '{' ? message.find('}', at) : std::string::npos;
    const auto slot =
        close == std::string::npos ? compiled.slots.end() : compiled.slots.find(message.substr(at + 1, close - at - 1));
    if (slot == compiled.slots.end()) {
      out += message[at++];
      continue;
    }
    Node name;
    name.slot = slot->second;
    std::string text = text_or(state.value(name), compiled.symbol(name).type, "–");
    if (text.size() > 1 && text.front() == '[') text = text.substr(1, text.size() - 2);
    out += text;
    at = close + 1;
  }
  return out;
}

}  // namespace

Answers RuleSet::answer(std::span<const InputValue> record) const {
  return answers_of(*compiled_, RowState(*compiled_, record));
}

Trace RuleSet::trace(std::span<const InputValue> record) const {
  const Compiled& c = *compiled_;
  const RowState state(c, record);
  Trace trace;
  trace.answers = answers_of(c, state);
  std::uint64_t nulls = 0;
  for (std::size_t i = 0; i < c.inputs.size(); ++i)
    if (std::holds_alternative<std::monostate>(record[i]) && c.inputs[i].need != Need::Optional) nulls |= std::uint64_t{1} << i;
  for (const FindingTable& table : c.tables) {
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      TracedRow traced;
      traced.row = table.first_row + r;
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const Cell& cell = table.rows[r][i];
        if (cell.test.tree.kind == Kind::Anything) continue;
        const Column& column = table.columns[i];
        const Truth truth = state.cell(column, cell);
        TracedCell out;
        out.expression = column.expression.source;
        out.test = cell.test.source;
        out.value = text_or(state.value(column.expression.tree), column.type, "");
        out.compared = compared(c, state, cell.test.tree);
        out.is = !truth.known || !truth.standard ? TracedCell::Is::Unknown
                 : *truth.standard               ? TracedCell::Is::True
                                                 : TracedCell::Is::False;
        traced.cells.push_back(std::move(out));
      }
      const FindingRow& row = c.rows[traced.row];
      traced.missing = row.depends_on & nulls;
      traced.message_sv = filled(c, state, row.message_sv), traced.message_en = filled(c, state, row.message_en);
      trace.rows.push_back(std::move(traced));
    }
  }
  for (std::size_t i = 0; i < c.lookups.size(); ++i) {
    const auto slot = c.slots.find(c.lookups[i].name + ".citation");
    if (slot == c.slots.end()) continue;
    Node citation;
    citation.slot = slot->second;
    if (const JudgedValue text = state.value(citation); text.standard)
      trace.limits_cited.push_back(text_of(*text.standard, {}));
  }
  for (const auto& [name, slot] : c.slots) {
    const Symbol& symbol = c.symbols[static_cast<std::size_t>(slot)];
    if (symbol.is != Symbol::Is::Member) continue;
    Node member;
    member.slot = slot;
    trace.derived.emplace_back(name, text_or(state.value(member), symbol.type, "null"));
  }
  for (std::size_t i = 0; i < c.derived.size(); ++i)
    trace.derived.emplace_back(c.derived[i].name, text_or(state.derived(i), c.derived[i].type, "null"));
  return trace;
}

namespace {

bool adds(const Node& n) {
  return n.kind == Kind::Add || n.kind == Kind::Subtract || std::any_of(n.children.begin(), n.children.end(), adds);
}

}  // namespace

Landmarks landmarks(const RuleSet& rules) {
  const Compiled& c = rules.compiled();
  Landmarks found;
  // Every literal became a symbol, those of lookup tables too; only the items of lists did not.
  for (const Symbol& symbol : c.symbols) {
    if (symbol.is != Symbol::Is::Constant) continue;
    if (const auto* number = std::get_if<std::int64_t>(&symbol.constant)) found.numbers.insert(*number);
    if (const Day* day = std::get_if<Day>(&symbol.constant)) found.days.insert(day->days);
    if (const auto* word = std::get_if<std::string_view>(&symbol.constant)) found.words.emplace(*word);
  }
  for (const auto& list : c.lists) found.words.insert(list->begin(), list->end());
  if (std::any_of(c.derived.begin(), c.derived.end(), [](const Derived& d) { return adds(d.expression.tree); })) {
    const std::set<std::int64_t> single = found.numbers;
    for (const std::int64_t a : single)
      for (const std::int64_t b : single) found.numbers.insert({a + b, a - b, -a - b});
  }
  return found;
}

}  // namespace dmn
