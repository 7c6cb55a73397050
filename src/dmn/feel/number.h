#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dmn::feel {

/// A FEEL number: decimal128, 34 digits, half-even. Finite always: what is not finite has no value (nullopt).
class Number {
 public:
  Number() : Number(0) {}
  Number(std::int64_t value);

  /// Digits with optional sign, fraction and exponent: "-1.50", ".5", "1e3". Nothing else.
  static std::optional<Number> parse(std::string_view text);

  /// Plain digits without exponent and without zeros at the end: "1.5", "-0.003". Huge ones keep an exponent ("1E+40").
  std::string text() const;
  /// Significant digits of the value, without zeros at either end.
  int digits() const;

  bool is_whole() const;
  bool is_zero() const;
  bool is_negative() const;
  /// The whole part (towards zero), when it fits.
  std::optional<std::int64_t> whole() const;

  Number operator-() const;
  Number magnitude() const;
  friend int compare(const Number& a, const Number& b);  ///< -1, 0, 1
  friend bool operator==(const Number& a, const Number& b) { return compare(a, b) == 0; }
  friend bool operator<(const Number& a, const Number& b) { return compare(a, b) < 0; }

  struct Bits {
    alignas(16) std::array<std::uint64_t, 2> words;
  };
  const Bits& bits() const { return bits_; }
  explicit Number(Bits bits) : bits_(bits) {}

 private:
  Bits bits_;
};

int compare(const Number& a, const Number& b);

using Maybe = std::optional<Number>;
Maybe add(const Number& a, const Number& b);
Maybe subtract(const Number& a, const Number& b);
Maybe multiply(const Number& a, const Number& b);
Maybe divide(const Number& a, const Number& b);  ///< nothing when b is zero
Maybe power(const Number& a, const Number& b);
Maybe modulo(const Number& a, const Number& b);  ///< the sign of the divisor: a - b * floor(a / b)
Maybe square_root(const Number& a);
Maybe exponential(const Number& a);
Maybe logarithm(const Number& a);

enum class Round { HalfEven, HalfUp, HalfDown, Up, Down, Floor, Ceiling };  ///< HalfUp, Up: away from zero
/// To `scale` decimals (negative: tens, hundreds …). A scale finer than the value's leaves it as it is.
Maybe rounded(const Number& a, std::int64_t scale, Round mode);

}  // namespace dmn::feel
