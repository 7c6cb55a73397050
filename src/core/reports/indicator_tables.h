#pragma once

#include "core/reports/report_input.h"

namespace horisont {

/// Fields 49 to 55 of Annex XVII: the common indicators of ESF+ with target, achieved value and ratio, outputs and then results.
/// The same numbers as those of tables 6 and 10.
Sheet operation_indicators(const ReportInput&, Date as_of);

}  // namespace horisont
