#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace.h"
#include "core/values/finding.h"
#include "core/values/result.h"

namespace horisont {

/// A project that an office sets up itself, as it was typed.
struct NewProjectRequest {
  std::string key, like;  ///< like: the key of a project whose activities, target group and ways to work out cost it takes over
  Bilingual name;
  Date from = Date::of_days(0), to = Date::of_days(0);  ///< the operation, both days included
  std::vector<std::string> municipalities;               ///< names or SCB's codes
  std::optional<int> min_age, max_age;                   ///< absent: as in the project that it is like
  std::string owner, organisation_number, record_number, basis;
};

struct NewProjectFiles {
  std::filesystem::path project, rules;
};

/// Writes the project's file and its row of limits into the installation's own `config` folder, which begins as a copy of the
/// program's. All of it is read and linted as a whole before anything is put in its place: it is there whole or not at all. A Problem
/// for a fault in what was typed; findings where the settings as a whole would not be sound. Throws FileError.
tl::expected<Result<NewProjectFiles>, std::vector<Finding>> set_up_project(const Workspace&, const NewProjectRequest&, Date today);

}  // namespace horisont
