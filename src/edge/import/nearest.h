#pragma once

#include <algorithm>
#include <string>

#include "edge/import/schemas.h"
#include "edge/text/text.h"

namespace horisont {

/// The value of a list whose spelling is nearest to `key` (a heading_key), as people read it; empty when none is within `most`
/// letters.
inline Bilingual nearest_choice(const ChoiceList& list, const std::string& key, int most = 2) {
  int distance = most + 1;
  Bilingual best;
  for (const auto& [spelling, index] : list.by_key)
    if (const int away = edits(key, spelling, most); away < distance) distance = away, best = list.choices[index].shown;
  return best;
}

}  // namespace horisont
