#pragma once

#include <cstdint>
#include <optional>

#include "core/cases/terms.h"

namespace horisont {

/// The Union's share of a decision's budget as its amounts give it, beside the rate that it states. Percent in hundredths.
struct GrantedShare {
  std::int64_t by_amounts = 0;         ///< half up
  std::optional<std::int64_t> stated;  ///< nothing: no rate is stated, or none that is a number of percent
  bool differs = false;                ///< from the stated rate by more than the tolerance
  /// Twice the amount gives the rate: YEI money has two equal parts, and the record shows one of them.
  bool one_of_two_parts = false;
};
/// Nothing: budget or support is not known. The tolerance is half a percentage point (unverified default); what differs by
/// exactly that does not differ. Nothing is ever corrected by it.
std::optional<GrantedShare> granted_share(const GrantDecision&, std::int64_t tolerance = 50);

}  // namespace horisont
