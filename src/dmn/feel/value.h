#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "dmn/feel/limit.h"
#include "dmn/feel/number.h"
#include "dmn/feel/temporal.h"
#include "dmn/syntax.h"

namespace dmn::feel {

class Machine;
class Value;
struct List;
struct Context;
struct Range;
struct Function;

/// How far a value reaches as a tree. What is shared counts each time, for a walk passes it each time.
struct Extent {
  int depth = 1;           ///< one more for each list, context, range or closure around
  std::int64_t nodes = 1;  ///< a text counts once more for every 32 bytes
  /// The extent of something around this and others; throws LimitReached beyond 300 levels or 10,000,000 nodes.
  void around(const Value& inner);
};

/// Any FEEL value. Immutable; copying shares what is big. Its extent is bounded (`LimitReached`), so that walks may recurse and
/// end.
class Value {
 public:
  Value() = default;  ///< null
  Value(bool b) : held_(b) {}
  Value(Number n) : held_(n) {}
  Value(Date d) : held_(d) {}
  Value(Months m) : held_(m) {}
  Value(Span s) : held_(s) {}
  Value(Time t) : held_(std::make_shared<const Time>(std::move(t))) {}
  Value(DateTime t) : held_(std::make_shared<const DateTime>(std::move(t))) {}
  Value(std::string text);
  Value(const char* text) : Value(std::string(text)) {}
  Value(std::vector<Value> items);
  Value(Context context);
  Value(Range range);
  Value(Function function);
  /// Nothing is null.
  template <class T>
  Value(const std::optional<T>& maybe) {
    if (maybe) *this = Value(*maybe);
  }

  bool is_null() const { return std::holds_alternative<std::monostate>(held_); }
  /// The value as a T, or nullptr when it is something else.
  template <class T>
  const T* as() const {
    if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, Number> || std::is_same_v<T, Date> ||
                  std::is_same_v<T, Months> || std::is_same_v<T, Span>) {
      return std::get_if<T>(&held_);
    } else {
      const auto* shared = std::get_if<std::shared_ptr<const T>>(&held_);
      return shared ? shared->get() : nullptr;
    }
  }
  bool same_kind(const Value& other) const { return held_.index() == other.held_.index(); }
  Extent extent() const;
  int depth() const { return extent().depth; }

 private:
  template <class T>
  using Shared = std::shared_ptr<const T>;
  std::variant<std::monostate, bool, Number, Date, Months, Span, Shared<Time>, Shared<DateTime>, Shared<std::string>,
               Shared<List>, Shared<Context>, Shared<Range>, Shared<Function>>
      held_;
};

/// Counts what all values of the process hold, in units of a list item; refuses more than `most`.
class Held {
 public:
  static constexpr std::int64_t most = 3'000'000;
  explicit Held(std::size_t units);
  Held(Held&& other) noexcept : units_(std::exchange(other.units_, 0)) {}
  Held& operator=(Held&&) = delete;
  ~Held();

 private:
  std::int64_t units_;
};

struct List {
  explicit List(std::vector<Value> all);
  std::vector<Value> items;
  Extent extent;
  Held held;
};

/// Entries in the order in which they were made.
struct Context {
  std::vector<std::pair<std::string, Value>> entries;

  const Value* find(std::string_view name) const;
  void put(std::string_view name, Value value);  ///< replaces in place
};

struct Range {
  /// How it was written: between two ends, or as a comparison. `= x` and `!= x` have both ends at x.
  enum class Form : std::uint8_t { Ends, Less, LessEqual, Greater, GreaterEqual, Equal, NotEqual };
  Value start, end;
  bool start_included = false, end_included = false;
  Form form = Form::Ends;
};

/// A type: of FEEL, or an item definition.
struct Type {
  enum class Is : std::uint8_t {
    Any,
    Null,
    Number,
    String,
    Boolean,
    Date,
    Time,
    DateTime,
    Months,
    Span,
    List,      ///< parts: the items' type
    Range,     ///< parts: the ends' type
    Context,   ///< parts and names: the members; without any, every context
    Function,  ///< parts: parameters, then the result
    Item,      ///< parts: one, the definition's type; `allowed` and `name`
    Named,     ///< `definition`
    Unknown,   ///< nothing conforms
  };
  Is is = Is::Any;
  std::vector<Type> parts;
  std::vector<std::string> names;
  const Feel* allowed = nullptr;     ///< a cell that every value must pass
  const Type* definition = nullptr;  ///< definitions may name each other, so they are not nested
};

struct Parameter {
  std::string name;
  Type type;
};

struct Function {
  std::vector<Parameter> parameters;
  Type result;
  /// Arguments in the order of the parameters, already of their types.
  std::function<Value(Machine&, std::span<const Value>)> body;
  const struct BuiltIn* built_in = nullptr;  ///< then nothing else counts
  int depth = 1;                             ///< of what a closure holds
};

/// FEEL's `=`: no answer for different kinds of value, false beside null.
std::optional<bool> equal(const Value& a, const Value& b);
/// FEEL's `is`: the same kind, with the same parts (zones too). Always an answer.
bool identical(const Value& a, const Value& b);
/// -1, 0, 1 of two values that have an order (numbers, texts by code points, dates, times, durations); otherwise no answer.
std::optional<int> order(const Value& a, const Value& b);
/// Whether the value lies in the range; no answer when they cannot be compared.
std::optional<bool> contains(const Range& range, const Value& value);

/// As FEEL's string() writes it; `quoted` puts texts into quotation marks and escapes them.
std::string text_of(const Value& value, bool quoted = false);

}  // namespace dmn::feel
