#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/people_counts.h"
#include "app/table.h"
#include "app/workspace.h"
#include "core/cases/deadlines.h"

namespace horisont {

struct MonthRequest {
  std::string project;
  Month month;
  std::string reason;  ///< ten characters at least: for opening again, and for attesting while people cannot be decided
  /// What the month said to the one who asks (month_digest); when it says something else now, nothing is done. Absent: asked
  /// without having been shown anything.
  std::optional<std::string> seen = {};
  Date today = Date::of_days(0);
  Actor actor;
  Moment now = Moment::of_seconds(0);
};
/// Attests what the month says now. Refused while the month goes on, while checks fail, and, without a
/// reason, while people cannot be decided: they are left out and can be reported by a correction. Whether the
/// one who attests also read in the newest file is recorded and shown, and refused where the project asks for another person.
Result<MonthStanding> attest_month(Workspace&, const MonthRequest&);
/// A closed month refuses change. Only a filed one is closed.
Result<MonthStanding> close_month(Workspace&, const MonthRequest&);
/// Opens a month again; its file and every later one must then be sent again.
Result<MonthStanding> reopen_month(Workspace&, const MonthRequest&);

/// That a made SCB month was sent: the report stands still in any case; the month is filed with it. A Problem: no such report
/// or not one of a month (of another one than `month`), not attested, a draft, something has changed since it was made, an earlier
/// month comes first; without a reason, the first file of all where somebody took part in earlier months.
struct FilingRequest {
  std::string project, report;
  std::optional<Month> month = {};  ///< the month that is meant; absent: the report's own
  std::string reason = {};          ///< ten characters at least
  std::optional<std::string> seen = {};
  std::optional<Date> on;  ///< absent: today
  std::string to, reference;
  Date today = Date::of_days(0);
  Actor actor;
  Moment now = Moment::of_seconds(0);
};
Result<MonthStanding> mark_filed(Workspace&, const FilingRequest&);

/// That a made payment claim was sent: when and to whom. The month's state stays. A Problem: no such report, no payment claim, a
/// draft, not over, the day is yet to come; recorded before, without a reason to record it once more.
Result<ClaimFiling> mark_claim_filed(Workspace&, const FilingRequest&);
/// The sent claims whose month says something else now, or cannot be claimed; the newest of each month.
std::vector<const ClaimFiling*> sent_claims_that_differ(const ProjectState&);
/// What a sent claim says against now; nothing when it is the same.
std::optional<Message> differs_message(const ClaimFiling&);

/// The day on which filed months are compared: that of the clock, and never before what was recorded.
Date day_of_guard(std::span<const MonthEvent>, Moment now);

/// Makes a change of the facts (an import, a correction, taking one back). Filed and closed months may say something else
/// afterwards only with a reason: then they are open again, and are returned. Without one nothing is changed, and the Problem
/// names them. Which months those are follows from what was recorded, and is judged on no earlier day than that: nobody gets
/// past it by saying that today is another day. `of`: whom alone the change speaks of, where that is known; then everybody is read
/// only when what it says of them concerns a filed month.
Result<std::vector<Month>> change_facts(Workspace&, const std::string& project, const std::string& reason, const Actor&,
                                        Moment now, const std::function<void()>& change, std::span<const std::uint32_t> of = {});

/// Whether people's time and what is accepted of it is the same.
bool same_hours(const ProjectState&, const ProjectState&);

/// Why a filed month says something else though nobody opened it; nothing when it does not.
std::optional<Message> differs_message(const MonthStanding&);
/// Whether a report's workbooks say that they are a draft: that stands in their names.
bool is_draft(const StoredReport&);
/// Why a made SCB month cannot be filed as it stands: it is a draft (and why), or the month says something else now. Nothing: it can.
std::optional<Message> why_not_filed(const ProjectState&, const StoredReport&, Month);

/// The claims whose last day has passed, of months with time, that were neither recorded as sent nor answered by a payment or a
/// refusal in the project file.
std::vector<Due> overdue_claims(const ProjectState&);

Table months_table(const ProjectState&, const PeopleCounts&);
/// What must be sent again, in order.
Table plan_table(const ProjectState&);
/// Every duty that is due until `to`, from today on.
Table calendar_table(const ProjectState&, Date to);

}  // namespace horisont
