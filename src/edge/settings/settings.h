#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/cases/terms.h"
#include "core/reports/report_input.h"
#include "core/values/finding.h"
#include "core/values/result.h"
#include "edge/settings/setting_values.h"

namespace horisont {

/// All of config/: programmes, projects, and the projects' own words for the good-practice sheet.
struct Configuration {
  std::map<std::string, ProgrammeTerms> programmes;
  std::map<std::string, ProjectTerms> projects;
  std::vector<GoodPracticeText> good_practice;
  std::vector<SettingValue> values;  ///< all that the files say, with where it stands
  std::filesystem::path folder;
};

/// Reads programmes/*.toml and projects/*.toml. Every fault in one pass, each with file, line, what is wrong and what to
/// do: unknown key (with the nearest known), missing value, wrong type, two values for one day, a dated value without
/// citation or confidence, min above max, a programme or rule-set file that is not there. Throws FileError.
tl::expected<Configuration, std::vector<Finding>> load_configuration(const std::filesystem::path& config_folder);

}  // namespace horisont
