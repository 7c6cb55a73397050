#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cases/record.h"
#include "core/cases/terms.h"
#include "core/values/finding.h"
#include "core/values/moment.h"
#include "core/values/result.h"

namespace horisont {

/// When a person takes part, as far as stored; index = person.
struct Spell {
  std::optional<Date> entered_on, left_on;  ///< the first entry and the last exit
  std::vector<Period> each;                 ///< every time in the project, by entry; exits that only the results know count
  std::optional<PersonalIdentityNumber> number;  ///< as the newest register or correction states it
};

/// The definition of a canonical file (schemas/import/*.toml): fields, types, needs, headings, choices.
struct ImportSchemas;
/// Loads and checks all of schemas/import; findings with file and line when one is wrong.
tl::expected<std::shared_ptr<const ImportSchemas>, std::vector<Finding>> load_import_schemas(
    const std::filesystem::path& folder);

struct ImportProfile;

/// A cell that is read as if another value stood in it. The file stays as it came.
struct CellFix {
  std::string sheet;                  ///< empty for a text file
  std::uint32_t row = 0, column = 0;  ///< from 1
  std::string value;                  ///< as a person types it; empty: nothing
  std::string reason, by;
  Moment at = Moment::of_seconds(0);
  std::optional<std::string> beneath = {};  ///< what stood in the file when it was fixed; where it is known, the fix lies over that alone
  std::string of_row = {}, heading = {};    ///< what its row is about, as a digest, and its column; found out by the first reading
  bool leaves_out = false;  ///< the whole row is left out; the cell is the one that stands for it
  bool astray = false;      ///< sheet, row and column are those of another file; the cell is found by `of_row` and `heading`
  bool is_at(const Place&) const;
};

struct ImportOptions {
  std::optional<RecordKind> kind;  ///< otherwise the schema whose headings match best
  std::optional<Month> month;      ///< for sheets without a year
  std::optional<std::string> sheet;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> header;  ///< rows of the heading
  bool good_rows_only = false;                                    ///< --rows good: rows without an error are kept
  Date today = Date::of_days(0);
  /// Answers that were given before: headings, units, spellings, codes of day cells. Outlives the reading.
  const ImportProfile* profile = nullptr;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
  std::string sha256;  ///< of the file, where it is known; otherwise worked out
  std::span<const CellFix> fixes;  ///< outlive the reading
};

/// Everything a file says, checked, before anything is stored.
///
/// Findings. Errors and warnings stand in the cell with the wrong value; problems of a whole row stand in the cell that names
/// its person; attendance.* and row.twice of attendance stand in the cell of the hours (or of the day). What the reader
/// repairs or leaves out is told
///   once for each cell or row: pnr.zero-restored, row.sum, row.note, row.repeated-header, header.not-read,
///   header.not-collected; once for each column, with the number of cells: pnr.century-assumed, pnr.cleaned,
///   date.order-ambiguous (error),
///     date.serial-without-format, date.time-dropped, date.year-assumed, hours.dot-ambiguous (error), hours.unit-unclear
///     (error), hours.rounded-to-minute, hours.monthly, cell.unknown, text.hidden-characters;
///   once for each sheet, with the number: day.weekend, row.hidden, row.filtered.
/// A row with an error is not among the records; whether the rows without one may be read in (--rows good) is the caller's
/// choice. sum.mismatch refuses no row: it says that something is wrong, not where. A row of participants, results or
/// evidence that says the same as an earlier one is merged with it (row.twice as a notice); in attendance and staff time it
/// may be time that was counted twice, and is an error.
///
/// A cell that was fixed is told (cell.fixed; cell.fixed-private without the values where they name or number a person), in its
/// place, with who, when, why, what it is read as and, as given, what stands in the file. So is a fix that does not lie over the
/// file that is read: the cell says something else now (cell.fix-overtaken), says what the fix says (cell.fix-in-file), or is
/// not read (cell.fix-gone). A fix of another file follows what its row is about and the heading of its column; where the row is
/// not there (cell.fix-row-gone), the column is not (cell.fix-heading-gone), or either stands several times (cell.fix-several),
/// it lies over nothing.
///
/// Time without a stated activity is the project's activity "other", or its first.
struct ImportDraft {
  RecordKind kind = RecordKind::Participants;
  std::string file_name, sha256, format;
  std::vector<std::string> sheets;                           ///< names by Origin::sheet
  std::vector<std::vector<std::string>> columns;             ///< headings as written, by sheet, column − 1
  std::vector<std::pair<std::string, std::string>> mapping;  ///< field → heading, of the first sheet read
  std::vector<std::string> unread;                           ///< its headings that no field was found for
  std::vector<Record> records;                               ///< all but attendance
  std::vector<TimeRecord> times;                             ///< attendance
  People people;                                             ///< the project's people, new ones appended
  std::size_t people_before = 0;
  std::vector<Finding> findings;  ///< every problem, one pass
  std::int64_t rows_seen = 0, rows_read = 0, rows_refused = 0, rows_left_out = 0;
  /// Whom rows speak of that are not read in, as far as they say it: they stand in the file, whatever is wrong there. Persons of
  /// `people` that were known before, in no order.
  std::vector<std::uint32_t> unread_people;
  std::int64_t rows_of_nobody = 0;  ///< rows that are not read in and name nobody who is known: anybody may stand in them
  /// The first and last day that the file can speak of, where its columns are weeks or whole days; a month's sheet and a list
  /// speak of the whole month.
  std::optional<Period> days;
  std::int64_t minutes_seen = 0;  ///< attendance: sum of what was read
  bool refused = false;           ///< a file.* or header.* error: nothing can be read in
  struct FixUse {
    enum class State : std::uint8_t { NotRead, Laid, InFile, Overtaken, RowGone, HeadingGone, Several } state = State::NotRead;
    std::string beneath;  ///< what the file says there, where the cell is read
    CellFix fix;          ///< with the address that it has in this file
  };
  std::vector<FixUse> fixes;  ///< beside ImportOptions::fixes
  std::string copy_of;        ///< SHA-256 of the file of which this is our marked-up copy

  bool has_errors() const;
};

/// Reads one file against the project. `people` are those already stored; `known` are the participations, for the checks
/// of stage 3 (before entry, after exit …). Throws FileError.
ImportDraft read_import(const std::filesystem::path&, const ImportSchemas&, const ProjectTerms&, const ProgrammeTerms&,
                        const People& people, std::span<const Spell> known, const ImportOptions&);

/// The canonical text of a value that a person typed for a field (a correction), or why it cannot be one. Empty withdraws.
Result<std::string> canonical_value(const ImportSchemas&, RecordKind, const std::string& field, const std::string& text,
                                    const ProjectTerms&, Date today);

}  // namespace horisont
