#pragma once

#include <optional>

#include "core/cases/terms.h"
#include "core/values/message.h"

namespace horisont {

/// That no day of a month is one of the project's; nothing when some day is.
inline std::optional<Message> outside_project(const ProjectTerms& project, Month month) {
  if (project.grants.empty()) return std::nullopt;
  const Period operation = project.operation();
  if (operation.touches({month.first(), month.last()})) return std::nullopt;
  return Message{"month.outside-project",
                 {month.iso(), Month::containing(operation.first).iso(),
                  operation.last ? Month::containing(*operation.last).iso() : std::string()}};
}

}  // namespace horisont
