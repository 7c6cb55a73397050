#pragma once

#include <array>

#include "app/workspace.h"

namespace horisont {

/// How a project's participants were decided, in numbers.
struct Assessment {
  std::uint32_t run = 0;                   ///< 0: not recorded (a dry run)
  std::array<std::int64_t, 4> verdicts{};  ///< by Verdict
  std::int64_t changed = 0;                ///< participations whose verdict differs from the one taken last
  std::int64_t participants() const { return verdicts[0] + verdicts[1] + verdicts[2] + verdicts[3]; }
};

/// Stores that the state's decisions were taken: rule set, terms, program, answers. Gives the number of the run; 0 where
/// there are no rules to decide by.
std::uint32_t record_decisions(Workspace&, const ProjectState&, const Actor&, Moment now);
/// The same, unless the newest run says all of it already, or the state is one of an earlier moment.
void record_new_decisions(Workspace&, const ProjectState&, const Actor&, Moment now);

/// Counts the state's decisions, and with `record` stores that they were taken: rule set, terms, program, answers.
Assessment assess(Workspace&, const ProjectState&, bool record, const Actor&, Moment now);

}  // namespace horisont
