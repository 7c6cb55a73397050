#pragma once

#include <string>
#include <vector>

#include "edge/toml/toml.h"

namespace horisont {

/// One value of a settings file: where it stands, from when it holds, where it comes from and how sure that is.
struct SettingValue {
  std::string file;  ///< "programmes/yei.toml"
  int line = 0;
  std::string key;  ///< "staff_cost_model", "unit_cost[2].amount"
  std::string sv, en;
  std::string from, to;            ///< days; empty: not dated
  std::string cited, confidence;   ///< empty: a name or a choice of the project's own, which no source tells
};

/// Every value of a file, in its order. What says when or why a value holds is part of it and no value of its own.
std::vector<SettingValue> setting_values(const TomlNode& document, const std::string& file);

}  // namespace horisont
