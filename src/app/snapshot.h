#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>

#include "app/workspace.h"
#include "core/cases/packed.h"
#include "core/funding/packed_hours.h"

namespace horisont {

/// All that pages show of one project, of one moment. Nothing in it changes: who has one reads on while others write.
class Snapshot {
 public:
  /// What is known, but for the participations and the time, which are large and of which pages show little at a time.
  struct Known {
    ProjectState state;
    PackedParticipations people;  ///< in the order of `state.decisions`
    PackedHours hours;
  };
  std::shared_ptr<const Known> known;
  std::vector<StoredImport> imports;
  std::vector<StoredDraft> drafts;
  std::vector<StoredReport> reports;
  std::vector<StoredProfile> profiles;
  std::vector<StoredRun> runs;
  std::optional<LogHead> log;

  /// Without participations and without time records and their lines: for what asks about decisions, sums of hours, findings, months.
  const ProjectState& state() const { return known->state; }
  const PackedParticipations& people() const { return known->people; }
  /// Project, programme, day, and time records with their lines; of one person, or of everybody. Made when asked for.
  ProjectState hours(std::optional<std::uint32_t> person = {}) const;
  /// With everything: for what goes through everybody. Made when asked for and kept only as long as somebody holds it.
  std::shared_ptr<const ProjectState> whole() const;
  /// What is derived from the state once and asked for often (a table, its sums, an order of its rows), by a key of the
  /// asker's. `make` is called when it is not there.
  template <class T>
  std::shared_ptr<const T> derived(const std::string& key, const std::function<T()>& make) const {
    return std::static_pointer_cast<const T>(
        derived_any(key, [&]() -> std::shared_ptr<const void> { return std::make_shared<const T>(make()); }));
  }

 private:
  std::shared_ptr<const void> derived_any(const std::string& key,
                                          const std::function<std::shared_ptr<const void>()>& make) const;
  struct Derived {
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<const void>> values;
    std::mutex whole_mutex;
    std::weak_ptr<const ProjectState> whole;
  };
  std::shared_ptr<Derived> derived_ = std::make_shared<Derived>();
  friend class Snapshots;
};

/// The one place where snapshots are kept. Asking costs one question to the store whether anything was written; facts are
/// read and decided anew only when facts were. May be used by many threads.
class Snapshots {
 public:
  explicit Snapshots(Workspace&&);
  /// Throws StoreError.
  std::shared_ptr<const Snapshot> of(const std::string& project, Date today, std::optional<Moment> known_at = {});
  /// Configuration, rules and definitions; not for questions to its store.
  const Workspace& workspace() const { return workspace_; }
  /// Does something with the store while nobody else asks it anything.
  template <class F>
  auto with_store(F&& what) {
    const std::lock_guard lock(mutex_);
    return what(std::as_const(workspace_));
  }

  /// While it lives somebody writes for long, and what was known before is shown without asking the store.
  class Writing {
   public:
    explicit Writing(Snapshots& all) : all_(all) { ++all_.writing_; }
    ~Writing() { --all_.writing_; }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

   private:
    Snapshots& all_;
  };

 private:
  struct Kept {
    std::string project, seen;
    Date today;
    std::optional<Moment> known_at;
    std::int64_t version;
    std::shared_ptr<const Snapshot> snapshot;
  };
  Workspace workspace_;
  std::mutex mutex_;
  std::list<Kept> kept_;  // the one used last first
  std::atomic<int> writing_ = 0;
};

}  // namespace horisont
