#include "app/snapshot.h"

#include <malloc.h>

#include <algorithm>

namespace horisont {
namespace {

constexpr std::size_t most_snapshots = 4, most_derived = 60, large = 5'000;

void read_lists(Snapshot& snapshot, const Workspace& workspace, const std::string& project, std::optional<Moment> known_at) {
  const Store::Reading one_moment{workspace.store};
  snapshot.imports = workspace.store.imports(project);
  snapshot.drafts = workspace.store.drafts(project);
  snapshot.reports = workspace.store.reports(project);
  snapshot.profiles = workspace.store.profiles(project);
  snapshot.runs = workspace.store.runs(project);
  snapshot.log = workspace.store.log_head(project);
  if (!known_at) return;
  const auto later = [&](const auto& one) { return *known_at < one.at; };
  std::erase_if(snapshot.imports, later);
  std::erase_if(snapshot.drafts, later);
  std::erase_if(snapshot.reports, later);
  std::erase_if(snapshot.runs, later);
  for (StoredImport& import : snapshot.imports)
    if (import.withdrawn_at && *known_at < *import.withdrawn_at) import.withdrawn_at.reset();
}

}  // namespace

std::shared_ptr<const void> Snapshot::derived_any(const std::string& key,
                                                  const std::function<std::shared_ptr<const void>()>& make) const {
  const std::lock_guard lock(derived_->mutex);
  if (const auto found = derived_->values.find(key); found != derived_->values.end()) return found->second;
  if (derived_->values.size() >= most_derived) derived_->values.clear();
  const auto made = derived_->values.emplace(key, make()).first->second;
  // What was made of everybody has gone again.
  if (people().size() > large) malloc_trim(0);
  return made;
}

ProjectState Snapshot::hours(std::optional<std::uint32_t> person) const {
  ProjectState out;
  out.project = state().project;
  out.programme = state().programme;
  out.today = state().today;
  out.known_at = state().known_at;
  auto records = person ? known->hours.of(*person) : known->hours.all();
  out.times = std::move(records.times);
  out.hours.lines = std::move(records.lines);
  return out;
}

std::shared_ptr<const ProjectState> Snapshot::whole() const {
  const std::lock_guard lock(derived_->whole_mutex);
  if (auto held = derived_->whole.lock()) return held;
  auto whole = std::make_shared<ProjectState>(state());
  whole->participations = people().all();
  auto records = known->hours.all();
  whole->times = std::move(records.times);
  whole->hours.lines = std::move(records.lines);
  derived_->whole = whole;
  return whole;
}

Snapshots::Snapshots(Workspace&& workspace) : workspace_(std::move(workspace)) {}

std::shared_ptr<const Snapshot> Snapshots::of(const std::string& project, Date today, std::optional<Moment> known_at) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.project == project && kept.today == today && kept.known_at == known_at;
  });
  if (found != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, found);
    if (writing_ > 0) return found->snapshot;
    if (workspace_.store.version() == found->version) return found->snapshot;
  }
  // The version is asked first: what is written while we read makes the next question read again.
  const std::int64_t version = workspace_.store.version();
  // Another project's facts count too: somebody may take part in both.
  std::string seen;
  for (const auto& [key, terms] : workspace_.configuration.projects) seen += workspace_.store.seen(key) + ";";
  if (found != kept_.end() && found->seen == seen) {
    // No fact was written, only drafts, reports or decisions: what was derived of the facts holds.
    auto renewed = std::make_shared<Snapshot>();
    renewed->known = found->snapshot->known;
    renewed->derived_ = found->snapshot->derived_;
    read_lists(*renewed, workspace_, project, known_at);
    found->version = version;
    found->snapshot = std::move(renewed);
    return found->snapshot;
  }
  if (found != kept_.end()) kept_.erase(found);
  if (kept_.size() >= most_snapshots) kept_.pop_back();
  auto made = std::make_shared<Snapshot>();
  {
    ProjectState state = project_state(workspace_, project, today, Explain::No, known_at);
    PackedParticipations people(state.participations);
    std::vector<Participation>().swap(state.participations);
    PackedHours hours(state.times, state.hours.lines);
    std::vector<TimeRecord>().swap(state.times);
    std::vector<LedgerLine>().swap(state.hours.lines);
    state.hours.cells.shrink_to_fit();
    made->known = std::make_shared<const Snapshot::Known>(std::move(state), std::move(people), std::move(hours));
  }
  read_lists(*made, workspace_, project, known_at);
  // The rows that the state was folded from are gone, and a program that stays gives their memory back.
  workspace_.store.give_memory_back();
  malloc_trim(0);
  kept_.push_front({project, std::move(seen), today, known_at, version, std::move(made)});
  return kept_.front().snapshot;
}

}  // namespace horisont
