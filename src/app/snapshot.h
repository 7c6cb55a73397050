#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <tuple>

#include "app/people_counts.h"
#include "app/workspace.h"
#include "core/cases/by_person.h"
#include "core/cases/packed.h"
#include "core/funding/packed_hours.h"

namespace horisont {

/// All that pages show of one project, of one moment. Nothing in it changes: who has one reads on while others write.
class Snapshot {
 public:
  /// What files left to look at, with how many there are of each level. Nothing but files that are read in or taken back changes it.
  struct OfFiles {
    std::vector<Finding> findings;
    std::array<std::int64_t, 3> levels{};
    explicit OfFiles(std::vector<Finding>&&);
  };
  /// What is known, but for the participations and the time, which are large and of which pages show little at a time. What is large
  /// lies in pieces that are shared with what was known before.
  struct Known {
    ProjectState state;           ///< the cells of its hours are the sums of everybody by month; its findings are not those of files
    PackedParticipations people;
    PackedHours hours;
    ByPerson<Decision> decisions;            ///< in the order of `people`
    std::array<std::int64_t, 4> verdicts{};  ///< of everybody, by Verdict
    PeopleCounts counts;
    std::shared_ptr<const OfFiles> of_files;
    std::int64_t problems(Level) const;
    std::int64_t open_problems() const { return problems(Level::Error) + problems(Level::Warning); }  ///< more than notices
    std::int64_t eligible() const;
    std::string month_content(Month) const;  ///< month_digest; worked out once
    /// Of a project in which nobody takes part: state_of_persons of nobody.
    Known(ProjectState&& nobody, std::shared_ptr<const OfFiles>);
    enum class Months { Left, Told };
    /// The same after something was written about some people (ordered): `part` is what is now known of them. What months say may be left
    /// until all is known.
    Known(const Known&, std::span<const std::uint32_t> persons, ProjectState&& part, std::shared_ptr<const OfFiles>,
          Months = Months::Told);
    /// Everybody, read some thousand at a time, so that what is being worked out never takes much memory.
    static std::shared_ptr<const Known> read(const Workspace&, const std::string& project, Date today, std::optional<Moment> known_at = {},
                                             std::size_t at_a_time = 10'000);

   private:
    void tell_months(const Known& before, const ProjectState& were, const ProjectState& are);
    mutable std::mutex mutex_;
    mutable std::map<Month, std::string> contents_;  // of months that were asked about, beside those of the state
  };
  std::shared_ptr<const Known> known;
  std::vector<StoredImport> imports;
  std::vector<StoredDraft> drafts;
  std::vector<StoredReport> reports;
  std::vector<StoredProfile> profiles;
  std::vector<StoredRun> runs;
  std::optional<LogHead> log;

  /// Without participations, decisions, time records and their lines: for what asks about sums of hours and months.
  const ProjectState& state() const { return known->state; }
  const PackedParticipations& people() const { return known->people; }
  const PeopleCounts& counts() const { return known->counts; }
  /// Project, programme, day, and time records with their lines; of one person, or of everybody. Made when asked for.
  ProjectState hours(std::optional<std::uint32_t> person = {}) const;
  /// With everything: for what goes through everybody. Made when asked for and kept only as long as somebody holds it.
  std::shared_ptr<const ProjectState> whole() const;
  /// With participations, decisions and hours of some people (ordered) alone.
  ProjectState part(std::span<const std::uint32_t> persons) const { return part_of(*known, persons); }
  /// What is derived from the state once and asked for often (a table, its sums, an order of its rows), by a key of the
  /// asker's. `make` is called when it is not there.
  template <class T>
  std::shared_ptr<const T> derived(const std::string& key, const std::function<T()>& make) const {
    return std::static_pointer_cast<const T>(
        derived_any(key, [&]() -> std::shared_ptr<const void> { return std::make_shared<const T>(make()); }));
  }
  /// The same of what is made of each person alone: after somebody has written, `mend` is given what was derived before, and the people
  /// (ordered) of whom something else is known now.
  template <class T>
  std::shared_ptr<const T> derived_by_person(const std::string& key, const std::function<T()>& make,
                                             const std::function<T(const T&, std::span<const std::uint32_t>)>& mend) const {
    return std::static_pointer_cast<const T>(derived_any(
        key, [&]() -> std::shared_ptr<const void> { return std::make_shared<const T>(make()); },
        [&](const void* before, std::span<const std::uint32_t> persons) -> std::shared_ptr<const void> {
          return std::make_shared<const T>(mend(*static_cast<const T*>(before), persons));
        }));
  }

 private:
  using Mend = std::function<std::shared_ptr<const void>(const void* before, std::span<const std::uint32_t> persons)>;
  std::shared_ptr<const void> derived_any(const std::string& key, const std::function<std::shared_ptr<const void>()>& make,
                                          const Mend& mend = {}) const;
  static ProjectState part_of(const Known&, std::span<const std::uint32_t> persons);
  struct Derived {
    std::mutex making;  // while something is made, which may ask the store
    std::mutex mutex;   // of the lists
    std::map<std::string, std::shared_ptr<const void>> values;
    std::set<std::string> by_person;  // keys of those that can be mended
    // What was derived before somebody wrote, and of whom something else is known since.
    struct Earlier {
      std::shared_ptr<const void> value;
      std::vector<std::uint32_t> persons;
    };
    std::map<std::string, Earlier> earlier;
    std::mutex whole_mutex;
    std::weak_ptr<const ProjectState> whole;
    std::atomic<bool> unpacked = false;  // it was made since memory was given back
  };
  void inherit(const Snapshot& before, std::span<const std::uint32_t> persons);
  std::shared_ptr<Derived> derived_ = std::make_shared<Derived>();
  friend class Snapshots;
};

/// The one place where snapshots are kept. Asking costs one question to the store whether anything was written; facts are
/// read and decided anew only when facts were, and only of the people whom they speak of where these are few. May be used by
/// many threads.
class Snapshots {
 public:
  explicit Snapshots(Workspace&&);
  /// Throws StoreError.
  std::shared_ptr<const Snapshot> of(const std::string& project, Date today, std::optional<Moment> known_at = {});
  /// Whether that is known already, so that it is soon answered; asks nobody and waits for nobody.
  bool has(const std::string& project, Date today, std::optional<Moment> known_at = {}) const;
  /// Configuration, rules and definitions; not for questions to its store.
  const Workspace& workspace() const { return workspace_; }
  /// Does something with the store while nobody else asks it anything.
  template <class F>
  auto with_store(F&& what) {
    const std::lock_guard lock(mutex_);
    return what(std::as_const(workspace_));
  }

  /// Of how many people facts have been read and decided since the start: what was written costs what it speaks of.
  std::size_t people_read() const { return people_read_; }

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
    std::string project;
    std::map<std::string, std::string> seen;  // Store::seen of every project
    Date today;
    std::optional<Moment> known_at;
    std::int64_t version;
    std::shared_ptr<const Snapshot> snapshot;
  };
  // Makes a snapshot of the one before and of what was written since, of one moment; false: everybody is to be read anew.
  bool mended(std::list<Kept>::iterator kept, std::map<std::string, std::string>& seen, Snapshot& made);
  // Whom the new facts speak of; nothing: everybody is read anew.
  std::optional<std::vector<std::uint32_t>> to_read_anew(const Kept&, const std::map<std::string, std::string>& seen) const;
  Workspace workspace_;
  std::mutex mutex_;
  std::list<Kept> kept_;  // the one used last first
  mutable std::mutex known_mutex_;
  std::set<std::tuple<std::string, Date, std::optional<Moment>>> known_;  // which there are in `kept_`
  std::atomic<int> writing_ = 0;
  std::atomic<std::size_t> people_read_ = 0;
};

}  // namespace horisont
