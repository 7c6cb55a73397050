#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/cases/months.h"
#include "core/cases/record.h"
#include "core/cases/claim_filing.h"
#include "core/cases/same_person.h"
#include "core/reports/report_input.h"
#include "core/rules/decision.h"
#include "core/rules/manual.h"
#include "core/values/finding.h"
#include "core/values/moment.h"

namespace horisont {

/// The database failed, is another program's, is newer than this program, or does not agree with itself.
class StoreError : public std::runtime_error {
 public:
  enum class Kind { Foreign, Newer, Damaged, Busy, Machine, ReadOnly };  ///< statuses 3, 3, 4, 74, 74, 5
  StoreError(Kind kind, Message message) : std::runtime_error(message.id), kind_(kind), message_(std::move(message)) {}
  Kind kind() const { return kind_; }
  const Message& message() const { return message_; }

 private:
  Kind kind_;
  Message message_;
};

struct Actor {
  std::string account, role;
};

/// One confirmed import, to be stored whole or not at all.
struct NewImport {
  std::string project;
  RecordKind kind = RecordKind::Participants;
  std::string file_name, sha256, format;
  std::string bytes;  ///< the original file, kept unchanged; empty for files above the keeping limit (then only the digest)
  std::vector<std::string> sheets;
  std::vector<std::vector<std::string>> columns;
  std::int64_t rows_seen = 0, rows_read = 0, rows_refused = 0;
  const People* people = nullptr;  ///< all people of the project; those from `people_before` on are new
  std::size_t people_before = 0;
  std::span<const Record> records;
  std::span<const TimeRecord> times;
  std::vector<std::string> activities;  ///< keys by TimeRecord::activity; the store keeps keys, not places in a list
  std::span<const Finding> findings;    ///< what was left to look at
};

struct StoredImport {
  std::uint32_t id = 0;
  std::string project;
  RecordKind kind = RecordKind::Participants;
  std::string file_name, sha256, format, actor;
  Moment at = Moment::of_seconds(0);
  std::vector<std::string> sheets;
  std::vector<std::vector<std::string>> columns;
  std::int64_t rows_seen = 0, rows_read = 0, rows_refused = 0;
  std::optional<Moment> withdrawn_at;  ///< undone
};

/// An import that waits to be confirmed: the file and how it is to be read. No fact.
struct NewDraft {
  std::string project, file_name, sha256;
  std::string path;  ///< where a file lies that is too large to be kept; empty when `bytes` holds it
  std::string bytes;
  std::string request;  ///< text of the request, for the one who made it
  std::string seen;     ///< Store::seen() when its difference was computed
};
struct StoredDraft {
  std::uint32_t id = 0;
  NewDraft draft;  ///< `bytes` only when a single draft was asked for
  std::string actor;
  Moment at = Moment::of_seconds(0);
};

/// Takes facts back by a new fact (intake, section 14). Without a person: all of the import. With one: what this import and
/// earlier ones state of the person in that kind; with a time key too: that time alone.
struct Withdrawal {
  std::string project;
  std::uint32_t import = 0;
  struct Of {
    RecordKind kind = RecordKind::Participants;
    std::uint32_t person = 0;
    std::optional<Date> day;
    std::int16_t start = -1;
    std::string activity;  ///< key
  };
  std::optional<Of> of;
  std::string reason;  ///< at least 10 characters
};

/// One version of an import profile; an empty text retires the name.
struct StoredProfile {
  std::string name;
  int version = 0;
  std::string text, actor;
  Moment at = Moment::of_seconds(0);
};

/// A correction: a new fact that names the one it replaces, with a reason (intake, section 13).
struct Correction {
  std::string project;
  std::uint32_t person = 0;
  RecordKind kind = RecordKind::Participants;
  std::string field, value;  ///< canonical text; empty withdraws
  std::string reason;        ///< at least 10 characters
};

/// A correction as it is kept: who laid it, when and why.
struct StoredCorrection {
  std::uint32_t person = 0;
  std::uint16_t number = 0;  ///< among the person's, from 1: as in Origin::correction
  std::string field, value, reason, actor;
  Moment at = Moment::of_seconds(0);
};

/// One taking of decisions: under which rule set and terms, as known when. Both are kept by digest.
struct StoredRun {
  std::uint32_t id = 0;
  std::string rule_set_sha256, terms_sha256, program_version, actor;
  Date today = Date::of_days(0);
  Moment at = Moment::of_seconds(0);
};

/// A frozen report.
struct StoredReport {
  std::string id, kind, project, period, language;
  Moment at = Moment::of_seconds(0);
  std::string template_sha256, rule_set_sha256, programme_sha256, project_sha256, program_version, fingerprint;
  std::string sheets_text;  ///< canonical text of all sheets
  std::string behind;       ///< what stands behind the numbers (freeze); not read back with a list of reports
  struct File {
    std::string name, sha256;
  };
  std::vector<File> files;
  std::string replaces;
};

/// The ids of a project's next reports: "R-2016-03-002" is the second of its period.
class ReportNumbers {
 public:
  explicit ReportNumbers(std::map<std::string, std::int64_t> made) : made_(std::move(made)) {}
  std::string next(const std::string& period);

 private:
  std::map<std::string, std::int64_t> made_;  // by period
};

/// A sample that was drawn for an auditor, with all that it takes to draw it again (docs/formats/sample.md).
struct StoredSample {
  std::uint32_t number = 0;                   ///< S-1; given by the store
  std::string frame, method, strata, period;  ///< "participants", "stratified", "subproject", "2016-01-01/2016-12-31"
  std::uint64_t places = 0, least = 0;
  std::string nonce;  ///< hex
  std::string origin;
  std::uint64_t size = 0;
  std::string root, digest;  ///< hex
  std::string units;         ///< a line a unit: id, tab, stratum, tab, value
  std::string actor, role;
  Moment at = Moment::of_seconds(0);
};

/// What signs the eligibility log. An empty master secret: no log is kept.
struct LogKeeping {
  std::string master;    ///< 32 bytes that no database and no copy of one holds
  std::string exported;  ///< of a store that is only read: the log as it was exported
};

/// What an auditor's copy of a project holds: some of its persons, their values as `shown` says, the named reports whole, the log
/// without what would open the entries of others. Of everybody else nothing but that they are counted.
struct Extract {
  std::string project;
  std::map<std::string, std::vector<std::uint32_t>> persons;  ///< by project: those of others are the same human beings
  std::set<std::pair<std::string, std::string>> staff;        ///< employer and number, in each of these projects
  std::vector<std::string> reports;
  std::uint32_t sample = 0;
  /// A value as it is to stand: unchanged (nothing), left out (empty), or another.
  std::function<std::optional<std::string>(const std::string& project, const std::string& field, const std::string& value)> shown;
};

/// An entry of the log that speaks of a person, with all that proves it alone.
struct ProvedEntry {
  std::uint64_t seq = 0;
  std::string leaf, proof, opening;  ///< the opening is empty where the entry commits to nothing
};

/// What someone outside has signed of a log: a witness its cosignature, an authority its time stamp.
struct LogAnchor {
  bool witness = false;
  std::string by;  ///< the witness's name, or the authority's id
  std::uint64_t size = 0;
  Moment at = Moment::of_seconds(0);
};

/// The newest checkpoint of a project's log, its key in force and what stands outside.
struct LogHead {
  std::string origin, note;
  std::uint64_t size = 0;
  std::string key;                         ///< vkey
  std::optional<std::uint64_t> key_since;  ///< the entry that told of it; none: the first key
  std::vector<LogAnchor> anchors;          ///< by time
};

/// The one place with SQL. SQLite through POCO Data; DELETE journal, synchronous EXTRA, foreign keys on, every pragma read
/// back. Facts are append-only (triggers). Every function is one transaction (see at_once for several); every failure is a
/// StoreError and leaves things as they were.
class Store {
 public:
  /// Opens or creates. Runs the migrations of `schemas` (schemas/store/*.sql) that are missing.
  static Store open(const std::filesystem::path& database, const std::filesystem::path& schemas);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// While it lives, all that is read is of one moment, also by another Store of the same file: nobody can commit meanwhile.
  class Reading {
   public:
    explicit Reading(const Store&);
    ~Reading();
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

   private:
    struct State;
    std::unique_ptr<State> state_;
  };

  People people(const std::string& project) const;
  std::size_t people_count(const std::string& project) const;
  /// Those of these who are known.
  SomePeople people(const std::string& project, std::span<const std::uint32_t> persons) const;
  /// Those whom a register, a correction or their own row ever called by one of these numbers (twelve digits), now or before;
  /// ordered.
  std::vector<std::uint32_t> persons_known_by(const std::string& project, const std::set<std::string, std::less<>>& numbers) const;
  /// Everything of some persons, and one kind of everybody.
  struct Wanted {
    std::span<const std::uint32_t> persons;
    RecordKind of_everybody = RecordKind::StaffTime;  ///< which belongs to nobody
    const std::set<std::string, std::less<>>* staff = nullptr;  ///< of staff time only that of these `staff_number_key`s
  };
  /// The facts as known on a moment (all when absent), corrections applied: each corrected field has the new value. Only the
  /// named fields where some are named, and only the rows that are wanted where that is said.
  std::vector<Record> records(const std::string& project, std::optional<Moment> known_at = {},
                              std::span<const std::string_view> fields = {}, const std::optional<Wanted>& of = {}) const;
  /// `activities` are the keys of the project's activities, in the order that TimeRecord::activity shall count by. Of two
  /// imports that state the same person, day, activity and start, the later one holds. A stored activity that is not in the
  /// list is a StoreError. Ordered by person and day. Of one person where one is named.
  std::vector<TimeRecord> times(const std::string& project, const std::vector<std::string>& activities,
                                std::optional<Moment> known_at = {}, std::optional<std::uint32_t> person = {}) const;
  std::vector<TimeRecord> times(const std::string& project, const std::vector<std::string>& activities,
                                std::optional<Moment> known_at, std::span<const std::uint32_t> persons) const;
  /// Whether any sum of a month or a week was ever stored (TimeMonthly), standing or not.
  bool has_sums(const std::string& project) const;
  std::vector<StoredImport> imports(const std::string& project) const;
  /// The import of those bytes that stands (not one that was undone).
  std::optional<StoredImport> import_of_file(const std::string& project, const std::string& sha256) const;
  /// Left by imports that stand; of one import when `import` is not 0.
  std::vector<Finding> findings(const std::string& project, std::uint32_t import = 0) const;
  std::optional<std::string> file_bytes(const std::string& sha256) const;  ///< the original file, where it was kept

  /// Gives the import its number; origins of records get it. Rows whose fact is stored already with the same values are
  /// recorded as another source, not stored twice.
  struct ImportResult {
    std::uint32_t id = 0;
    std::int64_t new_people = 0, new_records = 0, changed_records = 0, unchanged_records = 0, new_times = 0, changed_times = 0,
                 unchanged_times = 0;
  };
  ImportResult add(const NewImport&, const Actor&, Moment now);
  void add(const Correction&, const Actor&, Moment now);
  void add(const Withdrawal&, const Actor&, Moment now);
  /// What stands on an import and would hang in the air without it: "I-58" for a later import of the same kind or one that
  /// speaks of the people it brought in, "D-0042" for a correction of its rows.
  std::vector<std::string> dependants(const std::string& project, std::uint32_t import) const;

  /// The cells whose values were fixed before they were read in (cell.fixed …), each with the number of its import.
  std::vector<std::pair<std::uint32_t, Finding>> fixed_cells(const std::string& project) const;

  /// All corrections as known on a moment, oldest first; of one person where one is named.
  std::vector<StoredCorrection> corrections(const std::string& project, std::optional<Moment> known_at = std::nullopt,
                                            std::optional<std::uint32_t> person = {}) const;

  /// Does `what` in a transaction of its own and takes everything back: the facts as they would be.
  void try_out(const std::function<void()>& what);
  /// Does several things whole or not at all.
  void at_once(const std::function<void()>& what);

  /// A word that changes with every fact of the project and with every event of its months.
  std::string seen(const std::string& project) const;
  /// Whether no file was read in or taken back between two of these words.
  static bool same_files(const std::string& seen, const std::string& other);
  /// Whom facts speak of that were written after `seen` said so, and everybody about whom somebody decided by hand; ordered.
  /// Nothing when they are more than `most`.
  std::optional<std::vector<std::uint32_t>> persons_since(const std::string& project, const std::string& seen,
                                                          std::size_t most) const;
  /// A number that changes when somebody else has written anything to the file.
  std::int64_t version() const;
  /// Gives back the memory of what was read and may be read again: for a program that stays.
  void give_memory_back() const;
  std::uint32_t add(const NewDraft&, const Actor&, Moment now);
  std::vector<StoredDraft> drafts(const std::string& project) const;
  std::optional<StoredDraft> draft(const std::string& project, std::uint32_t id) const;
  void drop_draft(std::uint32_t id);
  void drop_drafts_before(Moment);
  void draft_seen(std::uint32_t id, const std::string& seen);

  /// Gives the profile its version.
  int add_profile(const std::string& project, const std::string& name, const std::string& text, const Actor&, Moment now);
  std::vector<StoredProfile> profiles(const std::string& project) const;  ///< all versions, by name
  /// The newest version, or the one asked for; nothing when there is none or the newest is retired.
  std::optional<StoredProfile> profile(const std::string& project, const std::string& name, int version = 0) const;

  /// The bytes that decisions and reports refer to, by SHA-256.
  void keep(const std::string& kind, const std::string& sha256, std::string_view bytes, Moment now);
  std::optional<std::string> kept(const std::string& sha256) const;

  std::uint32_t add_run(const std::string& project, const std::string& rule_set_sha256, const std::string& terms_sha256,
                        const std::string& program_version, Date today, std::span<const Decision>, const Actor&, Moment now);
  std::vector<Decision> decisions(const std::string& project) const;  ///< of the newest run
  std::vector<StoredRun> runs(const std::string& project) const;      ///< oldest first
  std::vector<Decision> decisions_of(std::uint32_t run) const;        ///< verdict and masks, by person
  /// The newest run took exactly these decisions under these rules and terms.
  bool decided(const std::string& project, const std::string& rule_set_sha256, const std::string& terms_sha256,
               std::span<const Decision>) const;

  ReportNumbers report_numbers(const std::string& project) const;
  void add(const StoredReport&, const Actor&, Moment now);
  std::vector<StoredReport> reports(const std::string& project) const;
  /// What was kept behind a report's numbers; nothing for one that was made before that was kept.
  std::optional<std::string> behind(const std::string& project, const std::string& report) const;

  /// Stores a sample and gives it its number; actor and moment are the ones given. Nothing: its nonce was used before.
  std::optional<std::uint32_t> add(const std::string& project, const StoredSample&, const Actor&, Moment now);
  std::vector<StoredSample> samples(const std::string& project) const;

  /// What happened to the months, oldest first.
  std::vector<MonthEvent> month_events(const std::string& project, std::optional<Moment> known_at = {}) const;
  /// Stores the event and gives it its order; actor and moment are the ones given.
  std::int64_t add(const std::string& project, const MonthEvent&, const Actor&, Moment now);
  /// Which payment claims were sent, oldest first.
  std::vector<ClaimFiling> claim_filings(const std::string& project, std::optional<Moment> known_at = {}) const;
  /// Stores the filing and gives it its order; actor and moment are the ones given.
  std::int64_t add(const std::string& project, const ClaimFiling&, const Actor&, Moment now);
  /// The account that read in the newest file or made the newest correction; empty when there is none.
  std::string last_to_change(const std::string& project) const;
  /// A change is being made that nobody else can see yet.
  bool in_change() const;

  /// From now on every import, correction, decision and report is an entry of its project's log, in the same transaction.
  void keep_log(LogKeeping);
  bool has_log() const;                                               ///< whether any project has a log
  std::optional<LogHead> log_head(const std::string& project) const;  ///< nothing: no entry yet
  /// Its entries as the eligibility log shows them, up to a moment: people by reference, and of decisions the rows that hit or
  /// could not be told, as bits of the rule set that is named.
  struct LoggedLine {
    LogLine line;
    std::uint64_t hit = 0, cannot_tell = 0;
  };
  std::vector<LoggedLine> log_lines(const std::string& project, std::optional<Moment> known_at = {}) const;
  /// Its checkpoints up to a moment, oldest first, with the anchors that the log told of by then.
  std::vector<LogCheckpoint> log_checkpoints(const std::string& project, std::optional<Moment> known_at = {}) const;
  /// The whole log as one `*.eliglog`.
  void export_log(const std::string& project, std::ostream&) const;
  /// The leaf of an entry ("L-41" or "41") and its `.tlog-proof` under the newest checkpoint; nothing when there is none.
  std::optional<std::pair<std::string, std::string>> log_proof(const std::string& project, std::string_view entry) const;
  /// Of each file of a made report, in the order of its entries: the same under the newest checkpoint.
  std::vector<ProvedEntry> report_proofs(const std::string& project, const std::string& report) const;
  /// What a witness that last cosigned `old_size` entries (0: none) is asked; nothing when the log has fewer.
  std::optional<std::string> log_request(const std::string& project, std::uint64_t old_size) const;
  /// Keeps a witness's cosignature line and tells the log of it. Nothing when it is kept; else why it is not.
  std::optional<Message> add_cosignature(const std::string& project, const std::string& vkey, const std::string& line,
                                         const Actor&, Moment now);
  /// Keeps a time stamp whose signature was checked, and tells the log of it. Nothing when it is kept; else why it is not.
  std::optional<Message> add_token(const std::string& project, const std::string& token, const Actor&, Moment now);
  /// The log gets a new key, signed by the old one; the entry's number.
  std::uint64_t rotate_log_key(const std::string& project, const Actor&, Moment now);
  /// An auditor's own text becomes an entry (its SHA-256 alone); the entry's number.
  std::uint64_t add_challenge(const std::string& project, const std::string& text, const Actor&, Moment now);
  /// Recomputes the log and opens every commitment against the rows of the store; what does not agree. `unproved`: of a copy, what
  /// no open commitment speaks of.
  /// `progress`: entries looked at, and how many there are.
  std::vector<Message> check_log(const std::string& project, std::vector<Message>* unproved = nullptr,
                                 const std::function<void(std::uint64_t done, std::uint64_t total)>& progress = {}) const;
  /// What proves the rows of these persons and members of staff in each file that was read in ("L-41" → text), for whoever has a
  /// copy; with names: also what says who they are. Of files that an older version read in: nothing.
  std::map<std::string, std::string> row_proofs(const std::string& project, std::span<const std::uint32_t> persons,
                                                const std::set<std::pair<std::string, std::string>>& staff, bool names) const;
  /// Holds a copy's rows against them.
  struct RowCheck {
    std::size_t held = 0;              ///< rows of one person in one file
    std::vector<Message> found;        ///< what differs
    std::vector<Message> unproved;     ///< what nothing speaks of
  };
  RowCheck check_rows(const std::string& project, std::span<const std::uint32_t> persons,
                      const std::set<std::pair<std::string, std::string>>& staff, const std::map<std::string, std::string>& proofs,
                      bool names) const;

  /// Writes a new database with what the extract holds; the same facts give the same bytes.
  void extract(const Extract&, const std::filesystem::path& database, const std::filesystem::path& schemas) const;
  /// The entries about the persons, oldest first, each with its proof under the newest checkpoint.
  std::vector<ProvedEntry> entries_about(const std::string& project, std::span<const std::uint32_t> persons) const;
  /// Those that tell of no person: that these imports were read in or taken back, and that a sample was drawn with this seed.
  std::vector<ProvedEntry> entries_of(const std::string& project, const std::set<std::uint32_t>& imports,
                                      const std::string& seed) const;
  /// Tells the log that a copy was given out.
  void add_disclosure(const std::string& project, const std::string& manifest_sha256, const std::string& recipient,
                      const std::string& approver, const std::string& reason, const Actor&, Moment now);
  /// From now on nothing is written, and the log is the exported one.
  void only_read(std::string exported_log);

  /// Stores the decision, or that one is withdrawn, and gives it its number; actor and moment are the ones given.
  std::uint32_t add(const std::string& project, const ManualDecision&, const Actor&, Moment now);
  std::vector<ManualDecision> manual_decisions(const std::string& project, std::optional<Moment> known_at = {}) const;

  /// Stores the answer in the project of `one` and gives it its number; actor and moment are the ones given.
  std::uint32_t add(const SamePersonAnswer&, const Actor&, Moment now);
  /// Those that were given in the project, oldest first.
  std::vector<SamePersonAnswer> same_person_answers(const std::string& project, std::optional<Moment> known_at = {}) const;

  /// PRAGMA values as read back, for `doctor` and the tests.
  std::vector<std::pair<std::string, std::string>> pragmas() const;
  /// Problems found by a full check (integrity, foreign keys, volume keys); empty when sound.
  std::vector<Message> check() const;

 private:
  void write_log(const std::string& project, std::ostream&) const;
  struct State;
  explicit Store(std::unique_ptr<State>);
  std::unique_ptr<State> state_;
};

}  // namespace horisont
