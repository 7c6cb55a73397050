#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/effect.h"
#include "app/workspace.h"
#include "edge/files/files.h"
#include "edge/import/profile.h"

namespace horisont {

/// What becomes of facts that are known, lie in the scope of a file, and are not in it. Nothing is deleted in any case.
struct MissingFacts {
  enum class Treatment {
    Keep,    ///< nothing
    End,     ///< participants: a correction ends them on `on`
    Misread  ///< they are withdrawn
  } treatment = Treatment::Keep;
  std::optional<Date> on;
  std::string reason;  ///< for End and Misread, ten characters at least
};

struct ImportRequest {
  std::string project;
  std::filesystem::path file;
  std::filesystem::path stands_at = {};  ///< where a draft finds it again that is too large to be kept; empty: `file`
  std::optional<RecordKind> kind;
  std::optional<Month> month;
  std::optional<std::string> sheet;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> header;
  bool good_rows_only = false;  ///< --rows good
  bool again = false;           ///< read a file that was read before
  /// Check: nothing remains · Draft: the difference is shown and the file waits to be confirmed · Store: at once.
  enum class Until { Check, Draft, Store } until = Until::Store;
  bool asks = false;  ///< somebody can be asked: with Draft, a file whose headings or month are not clear waits for the answer
  MissingFacts missing;
  std::string correction;  ///< why filed or closed months may change; ten characters at least
  bool late = false;       ///< new time of filed and closed months is stored, and not let in (Reason::PeriodClosed)
  std::optional<ImportProfile> profile;  ///< with the answers given for this file
  std::vector<std::string> answers;      ///< those answers; they come before what a draft took along
  std::string save_profile;              ///< keep how the file was read under this name, as a new version
  std::vector<CellFix> fixes;            ///< cells that are read as something else
  /// What was answered and fixed in a draft that waits is taken along, under what is asked here, and the draft goes when the file
  /// waits or is stored: `replaces`, or with `continues` the draft of these bytes or of the file whose marked-up copy this is.
  bool continues = false;
  std::optional<std::uint32_t> replaces;
  Date today = Date::of_days(0);
  Actor actor;
  Moment now = Moment::of_seconds(0);
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

/// What a file took along from a draft that waited.
struct TakenAlong {
  std::uint32_t draft = 0;     ///< U-3
  std::vector<std::string> answers;  ///< as the command line takes them: "dmy", "--month 2016-03"
  std::vector<std::string> left;     ///< those that were not: the file does not ask them, or of another column
  bool replaced = false;             ///< the draft is gone
};

struct ImportOutcome {
  /// Stored · AlreadyRead: the same bytes, nothing changed · Refused: errors, nothing stored · Checked: a dry run ·
  /// Waiting: a draft that can be confirmed · Overtaken: the facts have changed since the draft's difference was shown.
  enum class State { Stored, AlreadyRead, Refused, Checked, Waiting, Overtaken } state = State::Refused;
  std::string project, file_name, sha256, format;
  RecordKind kind = RecordKind::Participants;
  std::vector<Finding> findings;
  std::int64_t rows_seen = 0, rows_read = 0, rows_refused = 0, rows_left_out = 0, minutes = 0;
  std::vector<std::string> sheets;                           ///< those that were read
  std::vector<std::pair<std::string, std::string>> mapping;  ///< field → heading as written
  std::vector<std::string> unread;                           ///< headings that no field was found for
  Store::ImportResult stored;      ///< as it is, or as it would be
  std::optional<Preview> preview;  ///< not when the file is stored at once
  Difference missing;
  int saved_version = 0;    ///< of save_profile; 0: not saved
  std::uint32_t draft = 0;  ///< U-3; a refused file waits too, for its good rows or its marked-up copy
  std::optional<StoredImport> earlier;
  std::optional<TakenAlong> taken;
  std::int64_t fixes = 0, fixes_not_used = 0;  ///< cells that are read as something else; fixes that lie over nothing
  std::vector<Month> reopened;  ///< filed or closed months that now say something else
  bool whole_file_refused = false;  ///< status 3 rather than 1
};

/// Opens each file and closes it again, so that none is read when one cannot be. Throws FileError for the first that cannot,
/// and for "-": a table is looked at more than once, which standard input does not allow.
void check_files(const std::vector<std::string>& files);

/// Whether a file is lines of text (CSV), which have no sheets. Throws FileError.
bool is_text_file(const std::filesystem::path&);

/// Reads one file and, by `until`, stores all its rows or none (with good_rows_only: those without an error), or shows what
/// that would change. Throws FileError and StoreError; what was not acknowledged is not stored.
ImportOutcome import_file(Workspace&, const ImportRequest&);

/// The stored profile of that name (none when empty) with answers laid into it. A Problem: no such profile, a wrong answer.
Result<std::optional<ImportProfile>> profile_for(const Workspace&, const std::string& project, const std::string& name,
                                                 const std::vector<std::string>& answers);
/// Checks and keeps a profile that a person edited; gives its version. A Problem names the line.
Result<StoredProfile> add_profile(Workspace&, const std::string& project, const std::filesystem::path& file, const Actor&,
                                  Moment now);
/// Writes a stored profile to a file, to be edited; its text when `file` is empty.
Result<std::string> export_profile(const Workspace&, const std::string& project, const std::string& name, int version,
                                   const std::filesystem::path& file);
/// How a draft is confirmed.
struct CommitRequest {
  std::string project;
  std::uint32_t draft = 0;
  bool good_rows_only = false;
  MissingFacts missing;
  std::string correction;  ///< as ImportRequest
  bool late = false;
  Actor actor;
  Moment now = Moment::of_seconds(0);
  ImportRequest::Until until = ImportRequest::Until::Store;  ///< Check: the difference once more
};
/// Confirms a draft: it is read again as it was, stored, and gone. When other facts were stored after its difference was
/// shown it is refused (Overtaken) with the new difference, and may be confirmed after that. A Problem: no such draft, a
/// large file that has gone or changed, a treatment of missing facts that lacks something.
Result<ImportOutcome> commit_draft(Workspace&, const CommitRequest&);

/// Reads a draft's file again with other answers, which are laid over those it has; it waits under a new number. Of `asked`
/// count kind, month, sheet, header and save_profile where they say something, and who asks. A Problem: no such draft, an
/// answer that is none.
Result<ImportOutcome> revise_draft(Workspace&, std::uint32_t draft, const ImportRequest& asked,
                                   const std::vector<std::string>& answers);

/// A draft's file, and how it is to be read.
struct OpenedDraft {
  TemporaryFolder folder;  ///< where the file lies
  ImportRequest request;
  std::string seen;  ///< of the facts, when its difference was shown
};
/// A Problem: no such draft, a large file that has gone or changed.
Result<std::unique_ptr<OpenedDraft>> open_draft(const Workspace&, const std::string& project, std::uint32_t draft);
/// What a file says as it is to be read; nothing is stored and nothing compared with what is stored.
ImportDraft read_as_asked(const Workspace&, const ImportRequest&);

/// Takes back all facts of an import by new facts. A Problem when it is unknown, undone before, or other facts depend on it
/// (they are listed), or the reason is too short. With `only_show` nothing is done.
struct UndoRequest {
  std::string project;
  std::uint32_t import = 0;
  std::string reason;
  bool only_show = false;
  Date today = Date::of_days(0);
  Actor actor;
  Moment now = Moment::of_seconds(0);
};
Result<Preview> undo_import(Workspace&, const UndoRequest&);

/// Drafts are removed after so many days.
inline constexpr int draft_days = 14;

/// "I-57" and "U-3" as numbers; nothing for anything else.
std::optional<std::uint32_t> number_of(std::string_view prefix, std::string_view text);

}  // namespace horisont
