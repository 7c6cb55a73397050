#pragma once

#include <optional>
#include <utility>

// The strict-unknown channel (rules-engine.md, section 5): beside what FEEL says stands whether that is known, that is, whether
// it would still be said if the missing inputs got values. Explicit questions about absence are known by nature.
namespace dmn {

template <class T>
struct Judged {
  std::optional<T> standard;  ///< empty: null
  bool known = false;         ///< no missing input could change it (null tests aside)
};
using Truth = Judged<bool>;

template <class T>
constexpr Judged<T> input(std::optional<T> value) {
  const bool present = value.has_value();
  return {std::move(value), present};
}

/// FEEL's `and`.
constexpr Truth both(const Truth& a, const Truth& b) {
  const bool a_false = a.standard == false, b_false = b.standard == false;
  if ((a.known && a_false) || (b.known && b_false)) return {false, true};
  const bool known = a.known && b.known && a.standard && b.standard;
  if (a_false || b_false) return {false, known};
  if (a.standard && b.standard) return {true, known};
  return {std::nullopt, false};
}

constexpr Truth negated(const Truth& a) {
  if (!a.standard) return {std::nullopt, false};
  return {!*a.standard, a.known};
}

/// FEEL's `or`.
constexpr Truth either(const Truth& a, const Truth& b) {
  const bool a_true = a.standard == true, b_true = b.standard == true;
  if ((a.known && a_true) || (b.known && b_true)) return {true, true};
  const bool known = a.known && b.known && a.standard && b.standard;
  if (a_true || b_true) return {true, known};
  if (a.standard && b.standard) return {false, known};
  return {std::nullopt, false};
}

/// `=`, which is two-valued in FEEL.
template <class T>
constexpr Truth equal(const Judged<T>& a, const Judged<T>& b) {
  return {a.standard == b.standard, a.known && b.known && a.standard && b.standard};
}

/// `x = null`.
template <class T>
constexpr Truth is_null(const Judged<T>& a) {
  return {!a.standard, a.known || !a.standard};
}

/// `if`: a null condition goes to else.
template <class T>
constexpr Judged<T> choose(const Truth& condition, const Judged<T>& then, const Judged<T>& otherwise) {
  const Judged<T>& taken = condition.standard == true ? then : otherwise;
  return {taken.standard, condition.known && condition.standard && taken.known};
}

}  // namespace dmn
