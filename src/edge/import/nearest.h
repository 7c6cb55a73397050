#pragma once

#include <algorithm>
#include <string>

#include "edge/import/schemas.h"
#include "edge/text/text.h"

namespace horisont {

/// The value of a list whose spelling is nearest to `key` (a heading_key), as people read it; empty when none is within `most`
/// letters. A word of one or two letters is near to nothing, and one of less than six to what is one letter away: "P" is no "f".
inline Bilingual nearest_choice(const ChoiceList& list, const std::string& key, int most = 2) {
  const std::size_t length = characters(key);
  if (length < 3) return {};
  if (length < 6) most = std::min(most, 1);
  int distance = most + 1;
  Bilingual best;
  for (const auto& [spelling, index] : list.by_key)
    if (const int away = edits(key, spelling, most); away < distance) distance = away, best = list.choices[index].shown;
  return best;
}

}  // namespace horisont
