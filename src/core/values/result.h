#pragma once

#include <utility>

#include <tl/expected.hpp>

#include "core/values/message.h"

namespace horisont {

/// Why some input could not be read.
struct Problem {
  Message message;
  friend bool operator==(const Problem&, const Problem&) = default;
};

/// A T, or the Problem that stood in its way. One line to change when C++23 gives us std::expected.
template <class T>
using Result = tl::expected<T, Problem>;

/// `return problem("date.not-in-calendar", text);`
template <class... Values>
tl::unexpected<Problem> problem(std::string id, Values&&... values) {
  return tl::make_unexpected(Problem{Message{std::move(id), {std::string(std::forward<Values>(values))...}}});
}

}  // namespace horisont
