#include "dmn/feel/number.h"

// How Debian builds the library: everything by value, rounding and flags as arguments.
#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
#include <bid_functions.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace dmn::feel {
namespace {

constexpr _IDEC_round half_even = BID_ROUNDING_TO_NEAREST;

BID_UINT128 raw(const Number& n) { return std::bit_cast<BID_UINT128>(n.bits()); }

// Removes the sign of zero: FEEL knows no -0.
Number number(BID_UINT128 value) {
  if (bid128_isZero(value)) value = bid128_abs(value);
  return Number(std::bit_cast<Number::Bits>(value));
}

Maybe finite(BID_UINT128 value) {
  if (bid128_isNaN(value) || bid128_isInf(value)) return std::nullopt;
  return number(value);
}

}  // namespace

Number::Number(std::int64_t value) : bits_(std::bit_cast<Bits>(bid128_from_int64(value))) {}

std::optional<Number> Number::parse(std::string_view text) {
  // The library also reads "inf", "nan" and white space, so the form is checked here.
  std::size_t at = 0, digits = 0;
  const auto run = [&] {
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) ++digits;
  };
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  run();
  if (at < text.size() && text[at] == '.') {
    const std::size_t before = digits;
    ++at, run();
    if (digits == before) return std::nullopt;
  }
  if (digits == 0) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at, digits = 0;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    run();
    if (digits == 0) return std::nullopt;
  }
  if (at != text.size()) return std::nullopt;
  std::string copy(text);
  _IDEC_flags flags = 0;
  return finite(bid128_from_string(copy.data(), half_even, &flags));
}

std::string Number::text() const {
  char buffer[64] = {};
  _IDEC_flags flags = 0;
  bid128_to_string(buffer, raw(*this), &flags);  // "+12345E-3"
  const std::string_view written(buffer);
  const std::size_t e = written.find('E');
  std::string digits(written.substr(1, e - 1));
  int exponent = std::stoi(std::string(written.substr(e + 1)));
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return "0";
  while (digits.back() == '0') digits.pop_back(), ++exponent;
  const std::string sign = is_negative() ? "-" : "";
  const int size = static_cast<int>(digits.size());
  if (exponent > 40 || size + exponent < -40) return sign + digits + "E" + (exponent > 0 ? "+" : "") + std::to_string(exponent);
  if (exponent >= 0) return sign + digits + std::string(static_cast<std::size_t>(exponent), '0');
  const int whole = size + exponent;
  if (whole > 0)
    return sign + digits.substr(0, static_cast<std::size_t>(whole)) + "." + digits.substr(static_cast<std::size_t>(whole));
  return sign + "0." + std::string(static_cast<std::size_t>(-whole), '0') + digits;
}

int Number::digits() const {
  char buffer[64] = {};
  _IDEC_flags flags = 0;
  bid128_to_string(buffer, raw(*this), &flags);
  std::string_view d(buffer + 1, std::strchr(buffer, 'E'));
  while (!d.empty() && d.front() == '0') d.remove_prefix(1);
  while (!d.empty() && d.back() == '0') d.remove_suffix(1);
  return static_cast<int>(d.size());
}

bool Number::is_whole() const {
  _IDEC_flags flags = 0;
  return compare(*this, number(bid128_round_integral_zero(raw(*this), &flags))) == 0;
}
bool Number::is_zero() const { return bid128_isZero(raw(*this)); }
bool Number::is_negative() const { return bid128_isSigned(raw(*this)) && !is_zero(); }

std::optional<std::int64_t> Number::whole() const {
  _IDEC_flags flags = 0;
  const auto value = bid128_to_int64_int(raw(*this), &flags);
  if (flags & BID_INVALID_EXCEPTION) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

Number Number::operator-() const { return number(bid128_negate(raw(*this))); }
Number Number::magnitude() const { return number(bid128_abs(raw(*this))); }

int compare(const Number& a, const Number& b) {
  _IDEC_flags flags = 0;
  if (bid128_quiet_less(raw(a), raw(b), &flags)) return -1;
  return bid128_quiet_equal(raw(a), raw(b), &flags) ? 0 : 1;
}

Maybe add(const Number& a, const Number& b) {
  _IDEC_flags flags = 0;
  return finite(bid128_add(raw(a), raw(b), half_even, &flags));
}
Maybe subtract(const Number& a, const Number& b) { return add(a, -b); }
Maybe multiply(const Number& a, const Number& b) {
  _IDEC_flags flags = 0;
  return finite(bid128_mul(raw(a), raw(b), half_even, &flags));
}
Maybe divide(const Number& a, const Number& b) {
  _IDEC_flags flags = 0;
  if (b.is_zero()) return std::nullopt;
  return finite(bid128_div(raw(a), raw(b), half_even, &flags));
}

Maybe power(const Number& a, const Number& b) {
  // Whole exponents by multiplication as long as nothing is rounded: the library's power need not give the exact value.
  if (const auto exponent = b.whole(); exponent && b.is_whole() && *exponent > -10'000 && *exponent < 10'000) {
    _IDEC_flags flags = 0;
    BID_UINT128 result = raw(Number(1)), factor = raw(a);
    for (std::int64_t left = *exponent < 0 ? -*exponent : *exponent; left > 0; left /= 2) {
      if (left % 2) result = bid128_mul(result, factor, half_even, &flags);
      if (left > 1) factor = bid128_mul(factor, factor, half_even, &flags);
    }
    if (!(flags & (BID_INEXACT_EXCEPTION | BID_OVERFLOW_EXCEPTION | BID_UNDERFLOW_EXCEPTION)))
      return *exponent < 0 ? divide(Number(1), number(result)) : finite(result);
  }
  _IDEC_flags flags = 0;
  return finite(bid128_pow(raw(a), raw(b), half_even, &flags));
}

Maybe modulo(const Number& a, const Number& b) {
  if (b.is_zero()) return std::nullopt;
  _IDEC_flags flags = 0;
  const Maybe rest = finite(bid128_fmod(raw(a), raw(b), &flags));  // exact, with the sign of a
  if (!rest || rest->is_zero() || rest->is_negative() == b.is_negative()) return rest;
  return add(*rest, b);
}

Maybe square_root(const Number& a) {
  _IDEC_flags flags = 0;
  return finite(bid128_sqrt(raw(a), half_even, &flags));
}
Maybe exponential(const Number& a) {
  _IDEC_flags flags = 0;
  return finite(bid128_exp(raw(a), half_even, &flags));
}
Maybe logarithm(const Number& a) {
  _IDEC_flags flags = 0;
  return finite(bid128_log(raw(a), half_even, &flags));
}

Maybe rounded(const Number& a, std::int64_t scale, Round mode) {
  if (scale < -6111 || scale > 6176) return std::nullopt;
  const auto to = [&](_IDEC_round rounding) {
    _IDEC_flags flags = 0;
    std::string unit = "1E" + std::to_string(-scale);
    const BID_UINT128 step = bid128_from_string(unit.data(), half_even, &flags);
    const BID_UINT128 value = bid128_quantize(raw(a), step, rounding, &flags);
    return bid128_isNaN(value) ? a : number(value);  // not a number: the scale is finer than 34 digits can hold
  };
  switch (mode) {
    case Round::HalfEven:
      return to(BID_ROUNDING_TO_NEAREST);
    case Round::HalfUp:
      return to(BID_ROUNDING_TIES_AWAY);
    case Round::Down:
      return to(BID_ROUNDING_TO_ZERO);
    case Round::Up:
      return to(a.is_negative() ? BID_ROUNDING_DOWN : BID_ROUNDING_UP);
    case Round::Floor:
      return to(BID_ROUNDING_DOWN);
    case Round::Ceiling:
      return to(BID_ROUNDING_UP);
    case Round::HalfDown:
      break;
  }
  // Not in IEEE 754: the nearer one, and towards zero when both are as near.
  const Number near = to(BID_ROUNDING_TO_ZERO), far = to(BID_ROUNDING_TIES_AWAY);
  const Maybe down = subtract(a, near), up = subtract(far, a);
  return down && up && down->magnitude() == up->magnitude() ? near : far;
}

}  // namespace dmn::feel
