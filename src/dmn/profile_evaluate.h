#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "dmn/profile_compiled.h"

namespace dmn::profile {

/// A row of a UNIQUE table as a value: `limits.max_age` reads its output of that name.
struct TableRow {
  std::size_t decision, row;
  friend bool operator==(const TableRow&, const TableRow&) = default;
};

/// Numbers are millionths. monostate is null.
using Value = std::variant<std::monostate, bool, std::int64_t, Day, std::string, std::vector<std::string>, TableRow>;

/// What FEEL says, and whether that is known: would it still be said if the missing inputs got values? Explicit questions
/// about absence (`= null`) ask about our knowledge and are known by nature (rules-engine, section 5).
struct Judged {
  Value standard;
  bool known = false;
  bool is_true() const { return std::holds_alternative<bool>(standard) && std::get<bool>(standard); }
  bool is_false() const { return std::holds_alternative<bool>(standard) && !std::get<bool>(standard); }
  bool is_null() const { return std::holds_alternative<std::monostate>(standard); }
};

Judged both(const Judged& a, const Judged& b);    ///< FEEL's `and`
Judged either(const Judged& a, const Judged& b);  ///< FEEL's `or`

/// Answers the expressions of a rule set for one record; each decision is computed once.
class Evaluator {
 public:
  Evaluator(const Rules& rules, std::span<const InputValue> record)
      : rules_(rules), record_(record), decided_(rules.decisions.size()) {}

  Judged evaluate(const Node&);
  Judged decision(std::size_t index);
  /// The cell of a row tested against its input.
  Judged cell(const Table& table, std::size_t row, std::size_t column);
  Judged row(const Table& table, std::size_t row);

 private:
  Judged test(const Node& cell, const Judged& value, bool optional);
  const Rules& rules_;
  std::span<const InputValue> record_;
  std::vector<std::optional<Judged>> decided_;
};

/// Inputs that an expression can read, through other decisions too, as bits.
std::uint64_t dependencies(const Rules&, const Node&);
std::uint64_t dependencies(const Rules&, const Table&, std::size_t row);

std::string text_of(const Value&);  ///< canonical text; empty for null

}  // namespace dmn::profile
