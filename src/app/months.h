#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/table.h"
#include "app/workspace.h"
#include "core/cases/deadlines.h"

namespace horisont {

struct MonthRequest {
  std::string project;
  Month month;
  std::string reason;  ///< ten characters at least: for opening again, and for attesting while people cannot be decided
  Date today = Date::of_days(0);
  Actor actor;
  Moment now = Moment::of_seconds(0);
};
/// Attests what the month says now. Refused while the month goes on, while checks fail, and, without a
/// reason, while people cannot be decided: they are left out and can be reported by a correction. Whether the
/// one who attests also read in the newest file is recorded and shown.
Result<MonthStanding> attest_month(Workspace&, const MonthRequest&);
/// A closed month refuses change. Only a filed one is closed.
Result<MonthStanding> close_month(Workspace&, const MonthRequest&);
/// Opens a month again; its file and every later one must then be sent again.
Result<MonthStanding> reopen_month(Workspace&, const MonthRequest&);

/// That a made SCB month was sent: the report stands still in any case; the month is filed with it. A Problem: no such report
/// or not one of a month, not attested, something has changed since it was made, an earlier month comes first.
struct FilingRequest {
  std::string project, report;
  std::optional<Date> on;  ///< absent: today
  std::string to, reference;
  Date today = Date::of_days(0);
  Actor actor;
  Moment now = Moment::of_seconds(0);
};
Result<MonthStanding> mark_filed(Workspace&, const FilingRequest&);

/// Makes a change of the facts (an import, a correction, taking one back). Filed and closed months may say something else
/// afterwards only with a reason: then they are open again, and are returned. Without one nothing is changed, and the Problem
/// names them.
Result<std::vector<Month>> change_facts(Workspace&, const std::string& project, Date today, const std::string& reason,
                                        const Actor&, Moment now, const std::function<void()>& change);

Table months_table(const ProjectState&);
/// What must be sent again, in order.
Table plan_table(const ProjectState&);
/// Every duty that is due until `to`, from today on.
Table calendar_table(const ProjectState&, Date to);

}  // namespace horisont
