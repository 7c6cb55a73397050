#pragma once

#include "core/values/date.h"

namespace horisont {

/// A public holiday of Sweden: Act (1989:253) on public holidays, Sundays among them; with Whit Monday until 2004 and the national day
/// from 2005. Eves are none.
bool public_holiday(Date);

}  // namespace horisont
