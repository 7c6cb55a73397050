#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dmn/judged.h"
#include "dmn/model.h"
#include "dmn/rule_set.h"
#include "dmn/syntax.h"

// A rule set after reading: syntax trees whose names are resolved to symbols, with types. Internal to this folder; the row
// interpreter, the column engine, the SQL export and the linter all work on it.
namespace dmn {

/// The row of a lookup table that applies.
struct LookupRow {
  std::uint32_t row = 0;
  friend auto operator<=>(LookupRow, LookupRow) = default;
};

/// A value inside the profile; views point into the record or the rule set. A null is the empty optional around it.
using Value = std::variant<bool, std::int64_t, Day, std::string_view, const std::vector<std::string>*, LookupRow>;
using JudgedValue = Judged<Value>;

struct Type {
  enum class Is : std::uint8_t { Null, Boolean, Number, Date, String, Strings, Structure } is = Is::Null;
  int scale = 0;
  bool literal = false;  ///< a number written out: its scale adapts to the other side
  int words = -1;        ///< of texts with a list of allowed values: index into `Compiled::allowed`
};
std::string_view name_of(Type::Is);

/// What `Node::slot` of a Name, Path, literal or `date("...")` stands for.
struct Symbol {
  enum class Is : std::uint8_t { Constant, Input, Lookup, Member, Derived } is = Is::Constant;
  std::uint32_t index = 0;   ///< of the input, lookup or derived value
  std::uint32_t member = 0;  ///< column of the lookup's outputs
  Value constant;
  Type type;
  std::uint64_t depends_on = 0;  ///< inputs, as bits
};

struct Cell {
  Feel test;
  int line = 0;
};
struct Column {
  Feel expression;
  Type type;
  std::string label;  ///< for messages: the label, else the expression
};

/// A UNIQUE table that gives a structure: `limits`.
struct Lookup {
  std::string name;
  std::vector<Column> columns;
  std::vector<std::string> members;
  std::vector<Type> member_types;
  struct Row {
    std::vector<Cell> cells;
    std::vector<std::optional<Value>> values;
    std::vector<std::string> written;  ///< the values as they stand in the file
    int line = 0;
  };
  std::vector<Row> rows;
  std::uint64_t depends_on = 0;
};

struct Derived {
  std::string name;
  Feel expression;
  Type type;
  std::uint64_t depends_on = 0;
  int line = 0;
};

struct FindingTable {
  std::string name;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::size_t first_row = 0;  ///< index of its first row among all finding rows
  int line = 0;
};

struct Compiled {
  Model model;
  std::string name, structure;
  RuleSetFacts facts;
  std::vector<InputName> inputs;
  std::vector<Symbol> symbols;
  std::vector<Lookup> lookups;
  std::vector<Derived> derived;  ///< in an order in which each needs only earlier ones
  std::vector<FindingTable> tables;
  std::vector<FindingRow> rows;
  std::vector<RuleText> texts;
  std::vector<LimitsRow> limits;
  std::vector<std::string> retired;
  std::vector<std::vector<std::string>> allowed;  ///< the words that texts of some item definition may be
  std::map<std::string, std::int32_t> slots;      ///< "p.project", "limits", "limits.min_age", "in_area": index into symbols
  std::vector<std::unique_ptr<std::vector<std::string>>> lists;  ///< owned by the rule set, pointed at by values
  std::vector<std::unique_ptr<std::string>> strings;             ///< likewise

  const Symbol& symbol(const Node& node) const { return symbols[static_cast<std::size_t>(node.slot)]; }
};

/// Compiles as far as it can and says everything that is wrong: L02, L03, L04, L10, and L13.
Compiled compile(Model model, std::span<const InputName> known_inputs, std::vector<Complaint>& complaints);

/// The rest: L05 to L09, L11, L12. Only for a rule set that compiled without complaint.
void lint(const Compiled&, std::vector<Complaint>& complaints);

/// The inputs that a tree can read, as bits.
std::uint64_t depends_on(const Compiled&, const Node&);

/// Canonical text: "true", "15", "2016-03-01", "1780"; a list in square brackets.
std::string text_of(const Value&, Type);

/// The names in braces in a message: "p.age_at_entry".
std::set<std::string> placeholders(std::string_view message);

/// The day of "yyyy-mm-dd", if there is such a day between the years 1 and 9999.
std::optional<Day> day_of(std::string_view iso);
std::string iso_of(Day);

/// One record in the making: lookups and derived values are worked out once. Views into record and rule set.
class RowState {
 public:
  RowState(const Compiled& compiled, std::span<const InputValue> record);

  JudgedValue value(const Node&) const;
  Truth truth(const Node&) const;
  Truth cell(const Column&, const Cell&) const;
  Truth row(const FindingTable&, std::size_t row) const;
  const JudgedValue& lookup(std::size_t i) const;
  const JudgedValue& derived(std::size_t i) const;

 private:
  JudgedValue of(const Symbol&) const;
  Truth test(const JudgedValue& value, bool optional_empty, const Node& test) const;
  bool optional_empty(const Node&) const;
  JudgedValue find_row(const Lookup&) const;

  const Compiled& compiled_;
  std::span<const InputValue> record_;
  // Worked out when they are first asked for: the linter asks thousands of records about a row or two.
  mutable std::vector<std::optional<JudgedValue>> lookups_, derived_;
};

/// What a complaint repeats of a text of the file: at most 200 bytes, whole characters, "…" where more followed.
std::string beginning(std::string_view text);

}  // namespace dmn
