#pragma once

#include <set>
#include <string_view>

#include "core/reports/report_input.h"
#include "core/reports/sheet.h"

namespace horisont {

/// Why a report of a month that is over is a draft all the same, as an id of a text; empty when it is none.
constexpr std::string_view month_not_closed = "draft.month_not_closed", month_differs = "draft.month_differs";
std::string_view draft_of_month(const ReportInput&, Month);

/// A report of a period's time is a draft until the period is over and every month of it that has time is closed, and while such a
/// month says something else than what was filed; says why. A month without time holds nothing up: there is nothing to close in it.
void note_open_months(Report&, const ReportInput&, ReportPeriod, const std::set<Month>& with_time);

}  // namespace horisont
