#pragma once

#include <span>

#include "app/table.h"
#include "app/workspace.h"
#include "core/funding/claim.h"

namespace horisont {

// What the commands about money print.

/// "60 000", "482,50", "482.50"; nothing: no amount, or one above a thousand million kronor.
std::optional<Money> money_of(std::string_view text);
/// "1040", "1040:30"; nothing: no time.
std::optional<Minutes> time_of(std::string_view text);
/// "60", "37,5" as hundredths of a percent, above 0 and at most 100; nothing: no share.
std::optional<int> share_of_work(std::string_view text);

/// Co-financing that was given for the months that are claimed.
struct Given {
  std::optional<Money> cash, in_kind;
  std::string from;  ///< who gives in kind
};

/// A lump sum of the decision, and the document that shows what it is for; without one nothing of it is claimed (HM-12).
struct LumpSum {
  Money whole;
  std::string deliverable;
};

struct ClaimAnswer {
  Table lines;  ///< every amount by month with formula, source and confidence; after each month its rounding line
  Table sums;   ///< of all the months: total, co-financing, support, what rounding them one by one makes, the share of what was given
  Table terms;  ///< the policy: rounding, cost model, co-financing
  bool share_kept = true;
  /// Each month without accepted staff time, where the project's costs rest on it: nothing is read in, or none of it is
  /// accepted.
  std::vector<Finding> findings;
  std::vector<Month> not_closed;  ///< of the months that are over
  /// Whether the amounts may still change or are less than they might be: a month is not over, not closed, or has no staff
  /// time.
  bool draft = false;
};
/// What may be claimed for the months. Everything that is missing in any of them comes back at once and nothing is claimed.
/// `besides` is of all the months together and goes with the last; so is the lump sum. What the project's owner gives in kind
/// is refused where the programme takes only cash of it.
tl::expected<ClaimAnswer, std::vector<Finding>> claim_answer(const ProjectState&, std::span<const Month>,
                                                             const CostBase& besides, const Given& given,
                                                             const std::optional<LumpSum>& = {});

/// The hourly-rate method for one person, by the year's hours that the programme rests on: cap, rate, hours refused, cost.
Result<Table> hourly_rate_table(const ProgrammeTerms&, Date on, Money annual_gross, Minutes worked,
                                std::optional<int> employment_share);

}  // namespace horisont
