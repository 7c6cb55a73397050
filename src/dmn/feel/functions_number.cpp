#include <algorithm>

#include "dmn/feel/functions.h"

namespace dmn::feel {
namespace {

using Args = const Arguments&;

template <Round mode>
Value round_to(Machine&, Args a) {
  const auto scale = a.size() > 1 ? a.number(1).whole() : std::optional<std::int64_t>(0);
  if (!scale) return {};
  return rounded(a.number(0), *scale, mode);
}
Value absolute(Machine&, Args a) {
  if (const Number* n = a[0].as<Number>()) return n->magnitude();
  if (const Span* s = a[0].as<Span>()) return Span{s->seconds.magnitude()};
  const std::int64_t months = a[0].as<Months>()->count;
  return Months{months < 0 ? -months : months};
}
Value modulo_of(Machine&, Args a) { return modulo(a.number(0), a.number(1)); }
// These cost as much as many ordinary steps.
Value root(Machine& m, Args a) { return m.spend(20), square_root(a.number(0)); }
Value log_of(Machine& m, Args a) { return m.spend(20), logarithm(a.number(0)); }
Value exp_of(Machine& m, Args a) { return m.spend(20), exponential(a.number(0)); }

template <bool odd>
Value parity(Machine&, Args a) {
  if (!a.number(0).is_whole()) return false;
  return modulo(a.number(0), Number(2))->is_zero() != odd;
}

Value number_of_text(Machine&, Args a) {
  std::string text = a.text(0);
  if (a.size() > 1) {
    const std::string* grouping = a[1].as<std::string>();
    const std::string* decimal = a[2].as<std::string>();
    if (grouping && *grouping != " " && *grouping != "," && *grouping != ".") return {};
    if (decimal && *decimal != "." && *decimal != ",") return {};
    if (grouping && decimal && *grouping == *decimal) return {};
    // Without a decimal separator it is the point; a point that groups cannot be that too.
    if (grouping) std::erase(text, (*grouping)[0]);
    if (decimal && *decimal == ",") {
      if (text.find('.') != std::string::npos) return {};
      std::replace(text.begin(), text.end(), ',', '.');
    }
  }
  return Number::parse(text);
}
Value number_itself(Machine&, Args a) { return a[0]; }

Value negation(Machine&, Args a) { return !*a[0].as<bool>(); }

constexpr FunctionRow rows[] = {
    {"decimal", "n: number, scale: number", round_to<Round::HalfEven>},
    {"floor", "n: number", round_to<Round::Floor>},
    {"floor", "n: number, scale: number", round_to<Round::Floor>},
    {"ceiling", "n: number", round_to<Round::Ceiling>},
    {"ceiling", "n: number, scale: number", round_to<Round::Ceiling>},
    {"round up", "n: number, scale: number", round_to<Round::Up>},
    {"round down", "n: number, scale: number", round_to<Round::Down>},
    {"round half up", "n: number, scale: number", round_to<Round::HalfUp>},
    {"round half down", "n: number, scale: number", round_to<Round::HalfDown>},
    {"abs", "n: number", absolute},
    {"abs", "n: duration", absolute},
    {"modulo", "dividend: number, divisor: number", modulo_of},
    {"sqrt", "number: number", root},
    {"log", "number: number", log_of},
    {"exp", "number: number", exp_of},
    {"odd", "number: number", parity<true>},
    {"even", "number: number", parity<false>},
    {"number", "from: string", number_of_text},
    {"number", "from: number", number_itself},
    {"number", "from: string, grouping separator: string?, decimal separator: string?", number_of_text},
    {"not", "negand: boolean", negation},
};

}  // namespace

std::span<const FunctionRow> number_functions() { return rows; }

}  // namespace dmn::feel
