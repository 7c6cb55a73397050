#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/values/date.h"
#include "core/values/result.h"

namespace horisont {

/// Whom a new project takes, as a row of the table `limits` (docs/rules.md).
struct NewLimits {
  std::string project, like;  ///< keys; what is not stated below is as in the last row of `like`
  Period entered{Date::of_days(0), std::nullopt};
  std::optional<int> min_age, max_age;
  std::vector<std::string> municipalities;  ///< SCB's codes
  std::string citation;
};

/// The rule set file with one more row in `limits`, and with the municipalities among the values that are allowed; every other byte
/// is as it was. "rules.row-by-hand" where the file is of another make, "rules.like-no-limits" {like} where that project has no row.
Result<std::string> with_limits(std::string_view file, const NewLimits&);

}  // namespace horisont
