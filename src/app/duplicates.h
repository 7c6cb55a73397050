#pragma once

#include "app/table.h"
#include "app/workspace.h"
#include "core/cases/same_person.h"

namespace horisont {

/// What may be paid for twice, each a question with its evidence; nothing is merged or left out by itself. Whether two are one person
/// can be answered (`answer_same_person`).
struct DoubleUse {
  enum class Kind {
    SamePerson,   ///< two references that may be one person, by `likeness`
    InTwo,        ///< one identity number takes part in two projects on the same days
    SameHour,     ///< one person's accepted time in two projects: times of day that overlap, or a day of more than 24 hours
    SameRow,      ///< time that stands twice in this project: another file or month repeats it (refused)
    SumBesideDays,  ///< the accepted sum of a month or a week, and accepted time of its days, of another activity, or another sum with them
    SameDocument,  ///< one document proves the same criterion for two persons, or was used in another project
    SameStaffTime  ///< a staff member's rows of one month that stand with the same hours in another project: one time sheet in two
  } kind = Kind::SamePerson;
  std::string who, other;  ///< references; of another project with its key: "varmlands-unga D-0003"
  std::string on;          ///< day, period or document
  std::int64_t minutes = 0;
  std::string where, where_other;  ///< sources
  Message why = {};                ///< of SamePerson: what speaks for it
  std::optional<SamePersonAnswer> answer = {};  ///< of SamePerson: the newest, unless it took an earlier one back
  bool other_signs = false;                     ///< the answer was given when something else spoke for it: it is asked again

  /// Somebody has to look at it still: not answered, or answered on other signs, or one person stands twice.
  bool open() const { return !answer || other_signs || answer->said == SamePersonAnswer::Said::Same; }
};
std::string_view name_of(DoubleUse::Kind);  ///< "same-person", "in-two", "same-hour", "same-row", "sum-beside-days", "same-document", "same-staff-time"

/// All of a project, against itself and the other projects of the installation; by kind, person and day. Throws StoreError.
std::vector<DoubleUse> double_uses(const Workspace&, const ProjectState&, Language);
Table double_uses_table(const std::vector<DoubleUse>&);

struct SamePersonRequest {
  std::string project, participant, other;  ///< as `double_uses` names them: "D-0001", "varmlands-unga D-0003"
  SamePersonAnswer::Said said = SamePersonAnswer::Said::Open;
  std::string reason;
  Date today = Date::of_days(0);
  Actor actor;
  Moment now = Moment::of_seconds(0);
};
/// Keeps an answer to whether two are one person, also for the other's project. A Problem: no such participant, two of whom the
/// question is neither asked nor answered, nothing to take back, a reason that says nothing. Throws StoreError.
Result<SamePersonAnswer> answer_same_person(Workspace&, const SamePersonRequest&);

/// All answers about the project's participants as known then, the newest first, each with whether it holds.
Table same_person_table(const Workspace&, const ProjectState&, const std::vector<DoubleUse>&);

/// Of one participant, oldest first: who the other is, as seen from that project, and the answer.
std::vector<std::pair<std::string, SamePersonAnswer>> same_person_answers_about(const Workspace&, const OfProject&,
                                                                                std::optional<Moment> known_at);

}  // namespace horisont
