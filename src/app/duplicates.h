#pragma once

#include "app/table.h"
#include "app/workspace.h"

namespace horisont {

/// What may be paid for twice, each a question with its evidence; nothing is merged or left out by itself.
struct DoubleUse {
  enum class Kind {
    SamePerson,   ///< two references that may be one person, by `likeness`
    InTwo,        ///< one identity number takes part in two projects on the same days
    SameHour,     ///< one person's accepted time in two projects: times of day that overlap, or a day of more than 24 hours
    SameRow,      ///< time that stands twice in this project: another file or month repeats it (refused)
    SumBesideDays,  ///< the accepted sum of a month or a week, and accepted time of its days, of another activity, or another sum with them
    SameDocument  ///< one document proves the same criterion for two persons, or was used in another project
  } kind = Kind::SamePerson;
  std::string who, other;  ///< references; of another project with its key: "varmlands-unga D-0003"
  std::string on;          ///< day, period or document
  std::int64_t minutes = 0;
  std::string where, where_other;  ///< sources
  Message why = {};                ///< of SamePerson: what speaks for it
};
std::string_view name_of(DoubleUse::Kind);  ///< "same-person", "in-two", "same-hour", "same-row", "sum-beside-days", "same-document"

/// All of a project, against itself and the other projects of the installation; by kind, person and day. Throws StoreError.
std::vector<DoubleUse> double_uses(const Workspace&, const ProjectState&, Language);
Table double_uses_table(const std::vector<DoubleUse>&);

}  // namespace horisont
