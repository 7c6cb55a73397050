#pragma once

#include <optional>
#include <string_view>

#include "core/cases/terms.h"

namespace horisont {

/// When a duty is due after a day (the end of a month, of the operation, a decision), by the terms in force that day; nothing
/// where the programme has no such duty. Months end on the same day number, cut to a shorter month (28 February and two months
/// is 28 April), or on the last day where the terms say so.
std::optional<Date> due_date(const ProgrammeTerms&, std::string_view duty, Date after);

}  // namespace horisont
