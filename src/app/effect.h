#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "app/table.h"
#include "app/workspace.h"
#include "core/cases/difference.h"
#include "core/values/money.h"

namespace horisont {

/// What a change of the facts does to what follows from them.
struct Effect {
  struct OfVerdict {
    std::uint32_t person;
    std::optional<Verdict> before, after;  ///< absent: no participation
  };
  struct OfMonth {
    Month month;
    std::int64_t reported_before = 0, reported_after = 0, accepted_before = 0, accepted_after = 0;  ///< minutes
  };
  /// The total of a month's claim; absent: it cannot be told (a rate is missing).
  struct OfClaim {
    Month month;
    std::optional<Money> before, after;
  };
  /// How many an indicator counts: in total, of men, women and others (`all_columns` of core/indicators).
  struct OfIndicator {
    std::string code;
    std::array<std::int64_t, 4> before{}, after{};
  };
  std::vector<OfVerdict> verdicts;  ///< of each list those that differ
  std::vector<OfMonth> months;  ///< of participants
  std::vector<OfMonth> staff;   ///< staff time
  std::vector<OfClaim> claims;
  std::vector<OfIndicator> indicators;
  bool non_binary = false;  ///< the period counts people of a third gender in a column of their own
};
Effect effect(const ProjectState& before, const ProjectState& after);

/// The filed and closed months of `before` that say something else in `after`.
std::vector<Month> filed_that_differ(const ProjectState& before, const ProjectState& after);

/// What is new, changed or gone, in facts and in time.
Difference difference_between(std::span<const Record> records_before, std::span<const TimeRecord> times_before,
                              std::span<const Record> records, std::span<const TimeRecord> times);

/// A change of the facts, seen before it is made: facts, verdicts and hours by the same functions as the reports, on the
/// facts as they would be. Nothing remains of it.
struct Preview {
  Difference facts;
  Effect effect;
  std::vector<Month> filed;  ///< months that were filed or closed and would say something else
  Table resend;              ///< what would have to be sent again besides what has to be already, in order (plan_table)
};
Preview preview(Workspace&, const std::string& project, Date today, const std::function<void()>& change);

}  // namespace horisont
