#pragma once

#include <string>

namespace horisont::web {

/// A period as people read it: "2016-01-01 – 2018-01-15" for "2016-01-01/2018-01-15", "2016-01-01 –" for one without an end. A month, and
/// what is no period, stands as it is.
inline std::string period_words(const std::string& period) {
  const std::size_t at = period.find('/');
  if (at == std::string::npos || period.size() < 2) return period;
  const std::string first = period.substr(0, at), last = period.substr(at + 1);
  return first + (first.empty() ? "" : " ") + "–" + (last.empty() ? "" : " ") + last;
}

}  // namespace horisont::web
