#include "core/reports/open_months.h"

#include <algorithm>
#include <vector>

namespace horisont {
namespace {

// "2016-02–2016-06, 2016-08": a project's two years would else be a line that no page has room for.
std::string in_runs(const std::vector<Month>& months) {
  std::string text;
  for (std::size_t from = 0, to = 0; from < months.size(); from = to) {
    for (to = from + 1; to < months.size() && months[to] == months[to - 1].next();) ++to;
    text += (text.empty() ? "" : ", ") + months[from].iso();
    if (to - from > 1) text += (to - from > 2 ? "–" : ", ") + months[to - 1].iso();
  }
  return text;
}

}  // namespace

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
    if (!months.empty()) note(months.size() == 1 ? why : why == month_differs ? "draft.months_differ" : "draft.months_not_closed", in_runs(months));
  }
}

}  // namespace horisont
