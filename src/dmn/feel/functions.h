#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/feel/machine.h"

// The built-in functions (DMN 1.5, 10.3.4): tables of name, parameters and what is run.
namespace dmn::feel {

/// What a function is given: of the kinds that its signature says, in its order.
struct Arguments {
  std::span<const Value> values;

  std::size_t size() const { return values.size(); }
  const Value& operator[](std::size_t i) const { return values[i]; }
  const Number& number(std::size_t i) const { return *values[i].as<Number>(); }
  const std::string& text(std::size_t i) const { return *values[i].as<std::string>(); }
  const std::vector<Value>& list(std::size_t i) const { return values[i].as<List>()->items; }
  const Context& context(std::size_t i) const { return *values[i].as<Context>(); }
  const Range& range(std::size_t i) const { return *values[i].as<Range>(); }
};

/// `parameters`: "string: string, start position: number". A kind with `?` takes null too; `...` takes all that follow, as one
/// list. A function has as many rows as it has signatures; the first that fits runs.
struct FunctionRow {
  const char* name;
  const char* parameters;
  Value (*run)(Machine&, const Arguments&);
};

std::span<const FunctionRow> text_functions();
std::span<const FunctionRow> number_functions();
std::span<const FunctionRow> time_functions();
std::span<const FunctionRow> list_functions();
std::span<const FunctionRow> context_functions();
std::span<const FunctionRow> range_functions();

struct Signature {
  struct Slot {
    std::string name, kind;
    bool null_too = false, rest = false;
  };
  std::vector<Slot> slots;
  Value (*run)(Machine&, const Arguments&);
};
struct BuiltIn {
  std::string name;
  std::vector<Signature> signatures;
};

/// nullptr: no such function.
const BuiltIn* built_in(std::string_view name);
std::vector<const BuiltIn*> all_built_ins();

/// Null when no signature fits.
Value run(Machine& machine, const BuiltIn& function, std::span<const Value> arguments);
Value run(Machine& machine, const BuiltIn& function, std::span<const std::pair<std::string, Value>> arguments);

}  // namespace dmn::feel
