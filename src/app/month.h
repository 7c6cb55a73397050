#pragma once

#include "app/snapshot.h"
#include "app/table.h"

namespace horisont {

/// One step of a month-end and how far it has come.
struct MonthStep {
  enum class State { Done, Look, Left } state = State::Left;
  std::string_view key;  ///< "participants", "attendance", "staff-time", "results", "drafts", "problems", "verdicts", "reports", "attest", "filed", "closed", "claim"
  Message fact;
};

/// What a month consists of and what is left of it.
struct MonthEnd {
  Month month;
  std::vector<MonthStep> steps;
  struct Due {
    std::string duty;  ///< "scb_month", "claim"
    Date on;
    Citation cited;
  };
  std::vector<Due> due;
  std::int64_t participants = 0, eligible = 0, undecided = 0;  ///< of the project
  std::int64_t reported = 0, accepted = 0, refused = 0;        ///< minutes of the month
  std::int64_t done() const;
};
MonthEnd month_end(const Snapshot&, Month);

/// The newest month that has hours; without any, the month before today's inside the project.
Month latest_month(const ProjectState&);
/// Every month of the project up to today, the newest first.
std::vector<Month> months_so_far(const ProjectState&);

Table month_table(const MonthEnd&);

}  // namespace horisont
