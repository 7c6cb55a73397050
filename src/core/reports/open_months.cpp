#include "core/reports/open_months.h"

#include <algorithm>
#include <vector>

namespace horisont {

std::string_view draft_of_month(const ReportInput& input, Month month) {
  const auto standing =
      std::find_if(input.months.begin(), input.months.end(), [&](const MonthStanding& one) { return one.month == month; });
  if (standing == input.months.end() || standing->state != MonthState::Closed) return month_not_closed;
  return standing->differs_because.empty() ? std::string_view() : month_differs;
}

void note_open_months(Report& report, const ReportInput& input, ReportPeriod period, const std::set<Month>& with_time) {
  const auto note = [&](std::string_view id, std::string value) {
    report.notes.push_back({std::string(id), {std::move(value)}});
    report.draft = true;
  };
  if (period.last >= input.today) note("draft.period_not_over", period.last.iso());
  for (const std::string_view why : {month_not_closed, month_differs}) {
    std::vector<Month> months;
    for (const Month month : with_time)  // what is not over is told already: it cannot be closed yet
      if (month.last() < input.today && draft_of_month(input, month) == why) months.push_back(month);
    if (!months.empty()) note(why, listed(months));
  }
}

}  // namespace horisont
