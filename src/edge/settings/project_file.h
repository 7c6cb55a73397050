#pragma once

#include <string>
#include <vector>

#include "core/cases/terms.h"

namespace horisont {

/// What somebody states who sets up a project of their own; the rest is taken over from a project that is like it.
struct NewProject {
  std::string key;  ///< small letters, digits and hyphens; also the file's name
  Bilingual name;
  Period operation{Date::of_days(0), std::nullopt};
  std::vector<Subproject> municipalities;  ///< key, name and SCB's code
  std::string owner, organisation_number, record_number;  ///< empty: not stated
  std::string basis;  ///< the decision where all of this is read; empty: nothing is verified
};

/// The project file (config/projects) of a new project. What was stated has `basis` as its source; activities, target group and how
/// costs are worked out are those of `like`, cited as taken over and never verified; what nobody stated stands in `not_known`.
std::string project_file(const NewProject&, const ProjectTerms& like);

}  // namespace horisont
