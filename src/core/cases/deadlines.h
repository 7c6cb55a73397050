#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/cases/terms.h"
#include "core/values/date.h"

namespace horisont {

/// The last day of a duty whose event was on `event`. Months are counted to the same day of the month, or to the last day of a
/// shorter one; with `end_of_month` the last day of a month leads to the last day of a month.
Date due_after(Date event, const DeadlineTerms&);

/// The last day of a monthly duty ("scb_month", "claim") for a month; nothing when the programme file has no such deadline.
std::optional<Date> month_due(const ProgrammeTerms&, std::string_view duty, Month);

/// One duty on one day.
struct Due {
  Date on = Date::of_days(0);
  std::string duty;   ///< of DeadlineTerms
  std::string about;  ///< "2026-03", or the day of the event
  Citation cited;
};
/// Every duty of the project that is due on a day from `from` to `to`, by day. A quarterly report is due every third month
/// after the start, as long as the operation goes on. Documents are kept ("retention") for years after the newest payment until `from`.
std::vector<Due> duties(const ProjectTerms&, const ProgrammeTerms&, Date from, Date to);

}  // namespace horisont
