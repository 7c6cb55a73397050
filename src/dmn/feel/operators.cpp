#include "dmn/feel/machine.h"

namespace dmn::feel {
namespace {

std::optional<Months> months(std::int64_t count) {
  constexpr std::int64_t most = 100'000'000'000'000;
  return count < -most || count > most ? std::nullopt : std::optional(Months{count});
}

Value span_of(const Maybe& seconds) {
  // A duration counts nanoseconds at the finest.
  const Maybe cut = seconds ? rounded(*seconds, 9, Round::Down) : std::nullopt;
  return cut ? Value(Span{*cut}) : Value();
}

// A duration added to a point in time, or nothing when they do not go together.
template <class Duration>
std::optional<Value> later(const Value& point, const Duration& d) {
  if (const Date* date = point.as<Date>()) {
    if constexpr (std::is_same_v<Duration, Months>)
      return Value(plus(*date, d));
    else if (const auto moment = plus(midnight(*date), d))
      return Value(moment->date);
    return Value();
  }
  if (const DateTime* moment = point.as<DateTime>()) return Value(plus(*moment, d));
  if constexpr (std::is_same_v<Duration, Span>)
    if (const Time* time = point.as<Time>()) return Value(plus(*time, d));
  return std::nullopt;
}

Value sum(const Value& a, const Value& b) {
  if (const Number* x = a.as<Number>())
    if (const Number* y = b.as<Number>()) return add(*x, *y);
  if (const std::string* x = a.as<std::string>())
    if (const std::string* y = b.as<std::string>()) return *x + *y;
  for (const auto& [point, duration] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    if (const Months* m = duration->as<Months>()) {
      if (const Months* n = point->as<Months>()) return months(m->count + n->count);
      if (const auto found = later(*point, *m)) return *found;
    }
    if (const Span* s = duration->as<Span>()) {
      if (const Span* t = point->as<Span>()) return span_of(add(s->seconds, t->seconds));
      if (const auto found = later(*point, *s)) return *found;
    }
  }
  return {};
}

std::optional<DateTime> moment(const Value& v) {
  if (const Date* date = v.as<Date>()) return midnight(*date);
  if (const DateTime* m = v.as<DateTime>()) return *m;
  return std::nullopt;
}

Value less(const Value& a, const Value& b) {
  if (const Number* x = a.as<Number>())
    if (const Number* y = b.as<Number>()) return subtract(*x, *y);
  if (const Months* m = b.as<Months>()) return sum(a, Months{-m->count});
  if (const Span* s = b.as<Span>()) return sum(a, Span{-s->seconds});
  if (const auto x = moment(a))
    if (const auto y = moment(b)) return difference(*x, *y);
  if (const Time* x = a.as<Time>())
    if (const Time* y = b.as<Time>()) return difference(*x, *y);
  return {};
}

Value months_of(const Maybe& count_of) {  // towards zero
  const Maybe cut = count_of ? rounded(*count_of, 0, Round::Down) : std::nullopt;
  const auto count = cut ? cut->whole() : std::nullopt;
  return count ? Value(months(*count)) : Value();
}

Value times(const Value& a, const Value& b) {
  for (const auto& [factor, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    const Number* n = factor->as<Number>();
    if (!n) continue;
    if (const Number* x = other->as<Number>()) return multiply(*n, *x);
    if (const Months* m = other->as<Months>()) return months_of(multiply(Number(m->count), *n));
    if (const Span* s = other->as<Span>()) return span_of(multiply(s->seconds, *n));
  }
  return {};
}

Value divided(const Value& a, const Value& b) {
  if (const Number* n = b.as<Number>()) {
    if (const Number* x = a.as<Number>()) return divide(*x, *n);
    if (const Months* m = a.as<Months>()) return months_of(divide(Number(m->count), *n));
    if (const Span* s = a.as<Span>()) return span_of(divide(s->seconds, *n));
  }
  if (const Months* m = a.as<Months>())
    if (const Months* n = b.as<Months>()) return divide(Number(m->count), Number(n->count));
  if (const Span* s = a.as<Span>())
    if (const Span* t = b.as<Span>()) return divide(s->seconds, t->seconds);
  return {};
}

Value of_date(const Date& d, std::string_view name) {
  if (name == "year") return Number(d.year);
  if (name == "month") return Number(d.month);
  if (name == "day") return Number(d.day);
  if (name == "weekday") return Number(d.weekday());
  return {};
}

Value of_time(const Time& t, std::string_view name, std::optional<int> offset) {
  if (name == "hour") return Number(t.hour);
  if (name == "minute") return Number(t.minute);
  if (name == "second") return Number(t.second);
  if (name == "timezone") return t.zone.is == Zone::Is::Named ? Value(t.zone.name) : Value();
  if (name == "time offset") return offset ? Value(Span{Number(*offset)}) : Value();
  return {};
}

// How many whole units of a duration there are beyond the larger unit; the sign of the duration.
Value unit(const Number& seconds, std::int64_t size, std::int64_t of_larger) {
  const Maybe count = divide(seconds.magnitude(), Number(size));
  const Maybe whole = count ? rounded(*count, 0, Round::Floor) : std::nullopt;
  const Maybe rest = whole && of_larger ? modulo(*whole, Number(of_larger)) : whole;
  return rest ? Value(seconds.is_negative() ? -*rest : *rest) : Value();
}

Value of_range(const Range& r, std::string_view name) {
  if (name == "start") return r.start;
  if (name == "end") return r.end;
  if (name == "start included") return r.start_included;
  if (name == "end included") return r.end_included;
  return {};
}

}  // namespace

Value arithmetic(Kind kind, const Value& a, const Value& b) {
  switch (kind) {
    case Kind::Add:
      return sum(a, b);
    case Kind::Subtract:
      return less(a, b);
    case Kind::Multiply:
      return times(a, b);
    case Kind::Divide:
      return divided(a, b);
    case Kind::Power: {
      const Number *x = a.as<Number>(), *y = b.as<Number>();
      return x && y ? Value(power(*x, *y)) : Value();
    }
    default:
      return {};
  }
}

Value member(const Value& v, std::string_view name) {
  if (const Context* context = v.as<Context>()) {
    const Value* found = context->find(name);
    return found ? *found : Value();
  }
  if (const Date* d = v.as<Date>()) return of_date(*d, name);
  if (const Time* t = v.as<Time>())
    return of_time(*t, name, t->zone.is == Zone::Is::Offset ? std::optional(t->zone.offset) : std::nullopt);
  if (const DateTime* m = v.as<DateTime>()) {
    const Value of_day = of_date(m->date, name);
    return of_day.is_null() ? of_time(m->time, name, m->offset()) : of_day;
  }
  if (const Months* m = v.as<Months>()) {
    if (name == "years") return Number(m->count / 12);
    if (name == "months") return Number(m->count % 12);
  }
  if (const Span* s = v.as<Span>()) {
    if (name == "days") return unit(s->seconds, 86'400, 0);
    if (name == "hours") return unit(s->seconds, 3600, 24);
    if (name == "minutes") return unit(s->seconds, 60, 60);
    if (name == "seconds") return unit(s->seconds, 1, 60);
  }
  if (const Range* r = v.as<Range>()) return of_range(*r, name);
  return {};
}

Value at_literal(std::string_view text) {
  if (const auto date = parse_date(text)) return *date;
  if (const auto moment_found = parse_date_time(text)) return *moment_found;
  if (const auto time = parse_time(text)) return *time;
  if (const auto count = parse_months(text)) return *count;
  return parse_span(text);
}

std::optional<bool> both(std::optional<bool> a, std::optional<bool> b) {
  if (a == false || b == false) return false;
  return a && b ? std::optional(true) : std::nullopt;
}
std::optional<bool> either(std::optional<bool> a, std::optional<bool> b) {
  if (a == true || b == true) return true;
  return a && b ? std::optional(false) : std::nullopt;
}

}  // namespace dmn::feel
