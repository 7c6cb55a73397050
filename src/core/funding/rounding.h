#pragma once

#include <cassert>
#include <cstdint>

#include "core/cases/terms.h"
#include "core/values/minutes.h"
#include "core/values/money.h"

namespace horisont {

// The one place that rounds. The way to round comes from the programme's terms, with its citation.

/// Whole hours of time worked, as reports of whole hours want them. Minutes stay stored.
constexpr std::int64_t reported_hours(Minutes worked, Rounding rounding) {
  assert(worked.count() >= 0);
  return (worked.count() + (rounding == Rounding::HalfUp ? 30 : 0)) / 60;
}

}  // namespace horisont
