#pragma once

#include "core/reports/report_input.h"

namespace horisont {

/// What each month from `first` to `last` costs and what that is made of, as sheet number `sheet` of a report: fields month,
/// whole_hours, total, cofinancing, support, stops (why nothing may be claimed), staff_cost, flat_rate_cost, participant_cost.
/// Without totals.
Sheet cost_months(const ReportInput&, Month first, Month last, std::uint32_t sheet);

}  // namespace horisont
