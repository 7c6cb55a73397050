#include "app/assess.h"

#include <unordered_map>

#include "edge/files/files.h"

namespace horisont {

Assessment assess(Workspace& workspace, const ProjectState& state, bool record, const Actor& actor, Moment now) {
  Assessment assessment;
  std::unordered_map<std::uint32_t, Verdict> before;
  for (const Decision& decision : workspace.store.decisions(state.project->key)) before[decision.person] = decision.verdict;
  for (const Decision& decision : state.decisions) {
    ++assessment.verdicts[static_cast<std::size_t>(decision.verdict)];
    const auto last = before.find(decision.person);
    assessment.changed += last == before.end() || last->second != decision.verdict;
  }
  if (!record || !state.rule_set) return assessment;
  const auto config = workspace.configuration.folder;
  workspace.store.keep("rule-set", state.rule_set->sha256, read_file(config / "rules" / state.rule_set->file), now);
  workspace.store.keep("programme", state.programme->sha256,
                       read_file(config / "programmes" / (state.programme->key + ".toml")), now);
  workspace.store.keep("project", state.project->sha256, read_file(config / "projects" / (state.project->key + ".toml")), now);
  assessment.run =
      workspace.store.add_run(state.project->key, state.rule_set->sha256, state.programme->sha256 + " " + state.project->sha256,
                              program_version(), state.today, state.decisions, actor, now);
  return assessment;
}

}  // namespace horisont
