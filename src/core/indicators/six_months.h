#pragma once

#include "core/indicators/indicators.h"

namespace horisont {

/// The six-month response says that there is no answer: not reached, refused, not asked. What stands beside it is none.
bool gave_no_answer(const ExitResult&);
/// Has said anything six months after leaving that an indicator may use: asked when the months had passed and by `as_of`. The one
/// rule of who has answered (decision 273).
bool answered_after_six_months(const Participation&, const IndicatorTerms&);

}  // namespace horisont
