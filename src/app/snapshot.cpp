#include "app/snapshot.h"

#include <malloc.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "app/months.h"

namespace horisont {
namespace {

constexpr std::size_t most_snapshots = 4, most_derived = 60, large = 5'000;

// Above a twentieth all are read sooner than some.
constexpr std::size_t few_of(std::size_t people) { return 20 + people / 20; }

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

namespace {

// The places of some people in a list that is ordered by person.
template <class List>
auto run_of(const List& list, std::uint32_t person) {
  const auto from = std::partition_point(list.begin(), list.end(), [&](const auto& one) { return one.person < person; });
  return std::pair(from, std::partition_point(from, list.end(), [&](const auto& one) { return one.person == person; }));
}

// A list ordered by person with what is now known of some.
template <class T>
std::vector<T> mended(const std::vector<T>& list, std::span<const std::uint32_t> persons, const std::vector<T>& now) {
  std::vector<T> out;
  out.reserve(list.size() + now.size());
  auto kept = list.begin();
  for (const std::uint32_t person : persons) {
    const auto [from, to] = run_of(list, person);
    out.insert(out.end(), kept, from);
    kept = to;
    const auto [first, last] = run_of(now, person);
    out.insert(out.end(), first, last);
  }
  out.insert(out.end(), kept, list.end());
  return out;
}

// Sums by person and month, as the ledger orders them.
std::vector<LedgerCell> cells_of(const ProjectState& state) {
  std::vector<LedgerCell> cells;
  bool in_order = true;
  std::int32_t day = -1, month = 0;
  for (const LedgerLine& line : state.hours.lines) {
    const TimeRecord& time = state.times[line.record];
    if (cells.empty() || time.day != day) day = time.day, month = Month::containing(Date::of_days(day)).number();
    if (cells.empty() || cells.back().person != time.person || cells.back().month != month) {
      in_order &= cells.empty() || std::pair(cells.back().person, cells.back().month) < std::pair(time.person, month);
      cells.push_back({.person = time.person, .month = month});
    }
    cells.back().reported += time.minutes, cells.back().accepted += line.accepted;
  }
  if (in_order) return cells;
  std::stable_sort(cells.begin(), cells.end(), [](const LedgerCell& a, const LedgerCell& b) {
    return std::pair(a.person, a.month) < std::pair(b.person, b.month);
  });
  std::vector<LedgerCell> summed;
  for (const LedgerCell& cell : cells) {
    if (summed.empty() || summed.back().person != cell.person || summed.back().month != cell.month) {
      summed.push_back(cell);
      continue;
    }
    summed.back().reported += cell.reported, summed.back().accepted += cell.accepted;
  }
  return summed;
}

// Sums by month, of everybody: added to those there are, or taken away.
void add_months(std::vector<LedgerCell>& months, const std::vector<LedgerCell>& cells, int sign) {
  for (const LedgerCell& cell : cells) {
    auto at = std::partition_point(months.begin(), months.end(), [&](const LedgerCell& one) { return one.month < cell.month; });
    if (at == months.end() || at->month != cell.month) at = months.insert(at, LedgerCell{.person = 0, .month = cell.month});
    at->reported += sign * cell.reported, at->accepted += sign * cell.accepted;
  }
}

// What is large goes into packed lists; hours keep their sums by month.
void drop_large(ProjectState& state) {
  std::vector<Participation>().swap(state.participations);
  std::vector<Decision>().swap(state.decisions);
  std::vector<TimeRecord>().swap(state.times);
  std::vector<LedgerLine>().swap(state.hours.lines);
}

// All but people, what is decided of them, their hours, and what is said of problems and months.
ProjectState frame_of(const ProjectState& state) {
  ProjectState frame;
  frame.project = state.project, frame.programme = state.programme, frame.rule_set = state.rule_set;
  frame.today = state.today, frame.known_at = state.known_at;
  frame.staff = state.staff, frame.staff_hours = state.staff_hours;
  frame.rules = state.rules, frame.files = state.files, frame.corrections = state.corrections, frame.manual = state.manual;
  frame.fixed_cells = state.fixed_cells;
  return frame;
}

ProjectState whole_of(const Snapshot::Known& known) {
  ProjectState whole = known.state;
  whole.participations = known.people.all();
  whole.decisions = known.decisions.all();
  whole.findings.insert(whole.findings.end(), known.of_files->findings.begin(), known.of_files->findings.end());
  auto records = known.hours.all();
  whole.times = std::move(records.times);
  whole.hours.lines = std::move(records.lines);
  whole.hours.cells = cells_of(whole);
  return whole;
}

}  // namespace

Snapshot::OfFiles::OfFiles(std::vector<Finding>&& of) : findings(std::move(of)) {
  for (const Finding& finding : findings) ++levels[static_cast<std::size_t>(finding.level)];
}

std::int64_t Snapshot::Known::problems(Level level) const {
  return of_files->levels[static_cast<std::size_t>(level)] +
         std::count_if(state.findings.begin(), state.findings.end(), [&](const Finding& finding) { return finding.level == level; });
}

std::int64_t Snapshot::Known::eligible() const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < verdicts.size(); ++i)
    if (horisont::eligible(static_cast<Verdict>(i))) sum += verdicts[i];
  return sum;
}

Snapshot::Known::Known(ProjectState&& nobody, std::shared_ptr<const OfFiles> left)
    : state(std::move(nobody)), counts({}, state.today), of_files(std::move(left)) {}

Snapshot::Known::Known(const Known& before, std::span<const std::uint32_t> persons, ProjectState&& part,
                       std::shared_ptr<const OfFiles> left, Months months)
    : state(std::move(part)),
      people(before.people.with(persons, state.participations)),
      hours(before.hours.with(persons, {state.times, state.hours.lines})),
      decisions(before.decisions.with(persons, state.decisions)),
      verdicts(before.verdicts),
      counts(before.counts),
      of_files(std::move(left)) {
  const ProjectState were = part_of(before, persons);
  for (const Participation& one : were.participations) counts.take_away(one);
  for (const Participation& one : state.participations) counts.add(one);
  for (const Decision& one : were.decisions) --verdicts[static_cast<std::size_t>(one.verdict)];
  for (const Decision& one : state.decisions) ++verdicts[static_cast<std::size_t>(one.verdict)];
  if (months == Months::Told) tell_months(before, were, state);
  state.former_numbers = mended(before.state.former_numbers, persons, state.former_numbers);
  const std::vector<LedgerCell> cells = std::exchange(state.hours.cells, before.state.hours.cells);
  add_months(state.hours.cells, were.hours.cells, -1);
  add_months(state.hours.cells, cells, 1);
  // A month in which nobody has time any more has no sum.
  std::erase_if(state.hours.cells, [](const LedgerCell& month) { return month.reported == 0; });
  for (TwoPlaces& both : state.hours.two_places) {
    const std::uint32_t person = state.times[both.record].person;
    const auto first = run_of(state.times, person).first - state.times.begin();
    both.record = static_cast<std::uint32_t>(hours.first_of(person) + both.record - static_cast<std::size_t>(first));
  }
  for (std::size_t reason = 0; reason < reason_count; ++reason)
    state.hours.minutes[reason] += before.state.hours.minutes[reason] - were.hours.minutes[reason];
  drop_large(state);
  if (months == Months::Left) return;
  std::optional<ProjectState> whole;
  const auto everybody = [&]() -> const ProjectState& {
    if (!whole) whole = whole_of(*this);
    return *whole;
  };
  // What participants' time is worth is asked of everybody's hours; staff time is whole in each part.
  if (!state.claim_filings.empty())
    hold_against_now(state.claim_filings, state.project->participant_time_is_cofinancing.value_or(false) ? everybody() : state);
  if (state.month_events.empty()) return;
  for (const MonthEvent& event : state.month_events) {
    if (state.month_contents.contains(event.month)) continue;
    state.month_contents.emplace(event.month, month_digest(everybody(), event.month));
  }
  state.months = months_of(state, state.month_contents);
}

// A month says the same when these people's part of it does, and what depends on everybody's hours did not change.
void Snapshot::Known::tell_months(const Known& before, const ProjectState& were, const ProjectState& are) {
  const bool hours_hold = same_hours(were, are);
  const auto holds = [&](Month month) { return hours_hold && month_digest(were, month) == month_digest(are, month); };
  std::set<Month> seen;
  for (const MonthEvent& event : state.month_events)
    if (const auto known = before.state.month_contents.find(event.month);
        seen.insert(event.month).second && known != before.state.month_contents.end() && holds(event.month))
      state.month_contents.insert(*known);
  const std::lock_guard lock(before.mutex_);
  for (const auto& [month, content] : before.contents_)
    if (holds(month)) contents_.emplace(month, content);
}

std::shared_ptr<const Snapshot::Known> Snapshot::Known::read(const Workspace& workspace, const std::string& project, Date today,
                                                             std::optional<Moment> known_at, std::size_t at_a_time) {
  const Store::Reading one_moment{workspace.store};
  const auto left = std::make_shared<const OfFiles>(workspace.store.findings(project));
  auto known = std::make_shared<const Known>(state_of_persons(workspace, project, today, {}, known_at), left);
  const auto people = static_cast<std::uint32_t>(workspace.store.people_count(project));
  // What two projects say of somebody together, and what was decided by hand, is known of all of them at once.
  std::set<std::uint32_t> together;
  for (const ManualDecision& manual : workspace.store.manual_decisions(project, known_at)) together.insert(manual.person);
  for (std::uint32_t from = 0; from < people;) {
    const auto to = static_cast<std::uint32_t>(std::min<std::size_t>(people, from + at_a_time));
    std::vector<std::uint32_t> persons(to - from);
    std::iota(persons.begin(), persons.end(), from);
    ProjectState part = state_of_persons(workspace, project, today, persons, known_at);
    for (const TwoPlaces& both : part.hours.two_places) together.insert(part.times[both.record].person);
    known = std::make_shared<const Known>(*known, persons, std::move(part), left, Months::Left);
    from = to;
    if (people > large) malloc_trim(0);
  }
  const std::vector<std::uint32_t> last(together.begin(), together.end());
  return std::make_shared<const Known>(*known, last, state_of_persons(workspace, project, today, last, known_at), left);
}

std::string Snapshot::Known::month_content(Month month) const {
  if (const auto known = state.month_contents.find(month); known != state.month_contents.end()) return known->second;
  const std::lock_guard lock(mutex_);
  if (const auto found = contents_.find(month); found != contents_.end()) return found->second;
  const std::string content = month_digest(whole_of(*this), month);
  if (people.size() > large) malloc_trim(0);
  return contents_.emplace(month, content).first->second;
}

ProjectState Snapshot::part_of(const Known& known, std::span<const std::uint32_t> persons) {
  ProjectState part = frame_of(known.state);
  auto records = known.hours.of(persons);
  part.times = std::move(records.times);
  part.hours.lines = std::move(records.lines);
  for (const LedgerLine& line : part.hours.lines) {
    part.hours.minutes[static_cast<std::size_t>(Reason::Accepted)] += line.accepted;
    if (line.refused > 0) part.hours.minutes[static_cast<std::size_t>(line.reason)] += line.refused;
  }
  part.hours.cells = cells_of(part);
  for (const std::uint32_t person : persons) {
    const auto take = [&](const auto& list, auto& to) {
      const auto [from, end] = run_of(list, person);
      to.insert(to.end(), from, end);
    };
    take(known.state.former_numbers, part.former_numbers);
    if (const auto place = known.people.place_of(person)) {
      part.participations.push_back(known.people[*place]);
      if (!known.decisions.empty()) part.decisions.push_back(known.decisions[*place]);
    }
  }
  return part;
}

std::shared_ptr<const void> Snapshot::derived_any(const std::string& key,
                                                  const std::function<std::shared_ptr<const void>()>& make, const Mend& mend) const {
  Derived& derived = *derived_;
  const std::lock_guard making(derived.making);
  std::optional<Derived::Earlier> earlier;
  {
    const std::lock_guard lock(derived.mutex);
    if (const auto found = derived.values.find(key); found != derived.values.end()) return found->second;
    // "participants|order 3" is soon made again of "participants": orders and counts go before the lists they are of.
    if (derived.values.size() >= most_derived)
      std::erase_if(derived.values, [](const auto& one) { return one.first.find('|') != std::string::npos; });
    if (derived.values.size() >= most_derived) derived.values.clear(), derived.earlier.clear();
    if (const auto found = derived.earlier.find(key); mend && found != derived.earlier.end()) earlier = found->second;
  }
  std::shared_ptr<const void> made = earlier ? mend(earlier->value.get(), earlier->persons) : make();
  const bool was_mended = earlier.has_value();
  earlier.reset();
  {
    const std::lock_guard lock(derived.mutex);
    derived.earlier.erase(key);
  }
  // What was unpacked of everybody has gone again, and the list that was mended.
  if ((derived.unpacked.exchange(false) || was_mended) && people().size() > large) malloc_trim(0);
  const std::lock_guard lock(derived.mutex);
  if (mend) derived.by_person.insert(key);
  return derived.values.emplace(key, std::move(made)).first->second;
}

void Snapshot::inherit(const Snapshot& before, std::span<const std::uint32_t> persons) {
  const std::lock_guard lock(before.derived_->mutex);
  Derived& to = *derived_;
  const Derived& from = *before.derived_;
  for (const auto& [key, value] : from.values)
    if (from.by_person.contains(key)) to.earlier[key] = {value, {persons.begin(), persons.end()}};
  for (const auto& [key, earlier] : from.earlier) {
    std::vector<std::uint32_t> all;
    std::set_union(earlier.persons.begin(), earlier.persons.end(), persons.begin(), persons.end(), std::back_inserter(all));
    to.earlier[key] = {earlier.value, std::move(all)};
  }
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
  auto whole = std::make_shared<const ProjectState>(whole_of(*known));
  derived_->whole = whole;
  derived_->unpacked = true;
  return whole;
}

Snapshots::Snapshots(Workspace&& workspace) : workspace_(std::move(workspace)) {}

std::shared_ptr<const Snapshot> Snapshots::of(const std::string& project, Date today, std::optional<Moment> known_at) {
  const std::lock_guard lock(mutex_);
  auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
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
  std::map<std::string, std::string> seen;
  for (const auto& [key, terms] : workspace_.configuration.projects) seen.emplace(key, workspace_.store.seen(key));
  auto made = std::make_shared<Snapshot>();
  if (found != kept_.end() && found->seen == seen) {
    // No fact was written, only drafts, reports or decisions: what was derived of the facts holds.
    made->known = found->snapshot->known;
    made->derived_ = found->snapshot->derived_;
  } else if (!mended(found, seen, *made)) {
    if (found != kept_.end()) kept_.erase(found), found = kept_.end();
    made->known = Snapshot::Known::read(workspace_, project, today, known_at);
    people_read_ += made->people().size();
  }
  read_lists(*made, workspace_, project, known_at);
  if (found == kept_.end()) {
    if (kept_.size() >= most_snapshots) kept_.pop_back();
    kept_.push_front({.project = project, .seen = {}, .today = today, .known_at = known_at, .version = 0, .snapshot = {}});
    found = kept_.begin();
  }
  const bool read = found->snapshot == nullptr || found->snapshot->known != made->known;
  found->seen = std::move(seen), found->version = version, found->snapshot = std::move(made);
  {
    const std::lock_guard known_lock(known_mutex_);
    known_.clear();
    for (const Kept& kept : kept_) known_.emplace(kept.project, kept.today, kept.known_at);
  }
  if (read) {
    // The rows that the state was folded from are gone, and what was known before: a program that stays gives their memory back.
    workspace_.store.give_memory_back();
    if (found->snapshot->people().size() > large) malloc_trim(0);
  }
  return found->snapshot;
}

bool Snapshots::has(const std::string& project, Date today, std::optional<Moment> known_at) const {
  const std::lock_guard lock(known_mutex_);
  return known_.contains({project, today, known_at});
}

bool Snapshots::mended(std::list<Kept>::iterator kept, std::map<std::string, std::string>& seen, Snapshot& made) {
  if (kept == kept_.end()) return false;
  const Store::Reading one_moment{workspace_.store};
  for (auto& [key, word] : seen) word = workspace_.store.seen(key);
  const auto persons = to_read_anew(*kept, seen);
  if (!persons) return false;
  const Snapshot::Known& before = *kept->snapshot->known;
  const bool same_files = Store::same_files(seen.at(kept->project), kept->seen.at(kept->project));
  made.known = std::make_shared<const Snapshot::Known>(
      before, *persons, state_of_persons(workspace_, kept->project, kept->today, *persons, kept->known_at),
      same_files ? before.of_files : std::make_shared<const Snapshot::OfFiles>(workspace_.store.findings(kept->project)));
  made.inherit(*kept->snapshot, *persons);
  people_read_ += persons->size();
  return true;
}

std::optional<std::vector<std::uint32_t>> Snapshots::to_read_anew(const Kept& kept,
                                                                  const std::map<std::string, std::string>& seen) const {
  for (const auto& [key, word] : seen)
    if (key != kept.project && kept.seen.at(key) != word) return std::nullopt;
  const Snapshot::Known& known = *kept.snapshot->known;
  auto persons = workspace_.store.persons_since(kept.project, kept.seen.at(kept.project), few_of(known.people.size()));
  if (!persons) return std::nullopt;
  // Where two projects have something to say of a person, it is found anew.
  std::set<std::uint32_t> all(persons->begin(), persons->end());
  for (const TwoPlaces& both : known.state.hours.two_places) all.insert(known.hours.person_of(both.record));
  return std::vector(all.begin(), all.end());
}

}  // namespace horisont
