#pragma once

#include <gtest/gtest.h>

#include <filesystem>

#include "core/values/message.h"
#include "edge/rulesets/rulesets.h"
#include "support/places.h"

namespace horisont {

/// The shipped rule set, read once. A rule set with a complaint stops the tests with the complaint.
inline const LoadedRuleSet& youth_rules() {
  static const LoadedRuleSet rules = [] {
    auto loaded = load_rule_set(std::filesystem::path(HORISONT_SOURCE_DIR) / "config/rules/youth.dmn");
    if (!loaded) {
      for (const Finding& finding : loaded.error())
        ADD_FAILURE() << words({finding.code, finding.values}, Language::English) << " (line " << finding.place.row << ")";
      std::abort();
    }
    return *loaded;
  }();
  return rules;
}

}  // namespace horisont
