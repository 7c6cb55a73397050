#pragma once

#include <cstdint>
#include <vector>

#include "edge/import/job.h"

namespace horisont {

/// Who of those that were known before the file a row names, by number, reference or name, whatever else is wrong in it: each of
/// them stands in the file, also where the row cannot be read in. Nobody where it says it of nobody that is known.
std::vector<std::uint32_t> named_in(ImportJob&, const TablePlan&, const RowView&);

}  // namespace horisont
