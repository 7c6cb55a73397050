#include "app/assess.h"

#include <unordered_map>

#include "edge/files/files.h"

namespace horisont {

namespace {
std::string terms_of(const ProjectState& state) { return state.programme->sha256 + " " + state.project->sha256; }
}  // namespace

std::uint32_t record_decisions(Workspace& workspace, const ProjectState& state, const Actor& actor, Moment now) {
  if (!state.rule_set) return 0;
  const auto config = workspace.configuration.folder;
  std::uint32_t run = 0;
  workspace.store.at_once([&] {
    workspace.store.keep("rule-set", state.rule_set->sha256, read_file(config / "rules" / state.rule_set->file), now);
    workspace.store.keep("programme", state.programme->sha256,
                         read_file(config / "programmes" / (state.programme->key + ".toml")), now);
    workspace.store.keep("project", state.project->sha256, read_file(config / "projects" / (state.project->key + ".toml")),
                         now);
    run = workspace.store.add_run(state.project->key, state.rule_set->sha256, terms_of(state), program_version(), state.today,
                                  state.decisions, actor, now);
  });
  return run;
}

void record_new_decisions(Workspace& workspace, const ProjectState& state, const Actor& actor, Moment now) {
  if (state.known_at || !state.rule_set) return;
  if (!workspace.store.decided(state.project->key, state.rule_set->sha256, terms_of(state), state.decisions))
    record_decisions(workspace, state, actor, now);
}

Assessment assess(Workspace& workspace, const ProjectState& state, bool record, const Actor& actor, Moment now) {
  Assessment assessment;
  std::unordered_map<std::uint32_t, Verdict> before;
  for (const Decision& decision : workspace.store.decisions(state.project->key)) before[decision.person] = decision.verdict;
  for (const Decision& decision : state.decisions) {
    ++assessment.verdicts[static_cast<std::size_t>(decision.verdict)];
    const auto last = before.find(decision.person);
    assessment.changed += last == before.end() || last->second != decision.verdict;
  }
  if (record) assessment.run = record_decisions(workspace, state, actor, now);
  return assessment;
}

}  // namespace horisont
