#pragma once

#include <optional>

#include "app/table.h"
#include "app/workspace.h"

namespace horisont {

/// What somebody should keep an eye on, soonest first: from `state.today` until `to`, and what is overdue.
/// "turns-age": reaches an age limit of the rules' (15, 25) · "evidence-expires": the last day that a document states, of
/// several the latest · "no-attendance": none for four weeks · "exit-without-result", "six-months": as `follow_ups`.
struct Watched {
  std::string kind, who;
  Date due = Date::of_days(0);
  std::string what;  ///< the age, the criterion, the last day with time
};
std::vector<Watched> watch_list(const ProjectState&, Date to);
Table watch_table(const ProjectState&, const std::vector<Watched>&);

/// How much there is to watch of each kind, and what comes first of it; `calendar` tells of each one.
Table watch_counts_table(const ProjectState&, const std::vector<Watched>&);

/// Planned participants and budget against the outcome, with what there would be at the end of the operation if it went on as it
/// has: outcome · days of the operation / days gone, whole persons and öre down. What cannot be told is not there.
struct Outlook {
  std::optional<std::int64_t> planned, people_at_end;  ///< participants
  std::int64_t people = 0;                              ///< who have begun, up to `state.today`
  std::optional<std::int64_t> budget, cost, cost_at_end;  ///< öre; cost: of all months to `state.today`
};
/// `people` have begun. Of time it needs staff's alone, unless participants' is co-financing in the project.
Outlook outlook_of(const ProjectState&, std::int64_t people);
Table outlook_table(const ProjectState&);

}  // namespace horisont
