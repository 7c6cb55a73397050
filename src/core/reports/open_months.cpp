#include "core/reports/open_months.h"

#include <algorithm>
#include <vector>

namespace horisont {

void note_open_months(Report& report, const ReportInput& input, ReportPeriod period, const std::set<Month>& with_time) {
  const auto note = [&](const char* id, std::string value) {
    report.notes.push_back({id, {std::move(value)}});
    report.draft = true;
  };
  if (period.last >= input.today) note("draft.period_not_over", period.last.iso());
  std::vector<Month> open, differ;
  for (const Month month : with_time) {
    if (input.today <= month.last()) continue;  // told already: it cannot be closed yet
    const auto standing =
        std::find_if(input.months.begin(), input.months.end(), [&](const MonthStanding& one) { return one.month == month; });
    if (standing == input.months.end() || standing->state != MonthState::Closed)
      open.push_back(month);
    else if (!standing->differs_because.empty())
      differ.push_back(month);
  }
  if (!open.empty()) note("draft.month_not_closed", listed(open));
  if (!differ.empty()) note("draft.month_differs", listed(differ));
}

}  // namespace horisont
