#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/values/date.h"
#include "core/values/moment.h"
#include "core/values/money.h"

namespace horisont {

/// That a payment claim was sent. The newest of a month holds; what the claim says stays what it was when it was made.
struct ClaimFiling {
  std::int64_t order = 0;  ///< rises from filing to filing
  std::string report;      ///< R-2016-03-002
  Month month;
  Money total;             ///< the total cost that it claims
  Date filed_on = Date::of_days(0);
  std::string filed_to, reference;  ///< to whom, and their receipt number
  std::string reason;               ///< why it is recorded once more
  std::string actor, role;
  Moment at = Moment::of_seconds(0);
  /// The total cost of the month as known now; nothing: the claim stops. Worked out, not stored.
  std::optional<Money> now = {};
  bool differs() const { return now != total; }
};

}  // namespace horisont
