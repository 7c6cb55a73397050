#pragma once

#include <string>
#include <vector>

#include "app/import_file.h"
#include "app/table.h"

namespace horisont {

/// Another value for a cell of a file that waits as a draft (intake, section 10.1). It lies over the file, which stays as it
/// came; it is read again whenever the draft is, and goes with the import.
struct FixRequest {
  std::string project;
  std::uint32_t draft = 0;
  std::string cell;        ///< "Mars!E17"; "E17" where that is one cell only
  std::string value;       ///< empty: as if nothing stood there
  std::string reason;      ///< ten characters at least
  bool alike = false;      ///< all cells that say the same in the same column and have the same problem
  bool take_back = false;  ///< what the file says is read again
  bool only_show = false;
  Actor actor;
  Moment now = Moment::of_seconds(0);
};

/// What was fixed, or would be, each with the problem that it had (with the fix that it has, when it is taken back).
struct Fixed {
  std::vector<Finding> cells;
  std::optional<ImportOutcome> outcome;  ///< the draft read again, under a new number; not when it is only shown
};

/// A Problem: no such draft, a cell that has no problem (or no fix to take back), one that is not settled by another value in
/// it, a value that is wrong too, a reason that is too short. Nothing has changed then.
Result<Fixed> fix_cells(Workspace&, const FixRequest&);

/// Leaves whole rows of a draft out, with one reason: "Mars!12", or "12" where there is one sheet. `cell`, `value`, `alike` and
/// `only_show` say nothing. All or none: a Problem is no such draft, no row, one that is not read (or not left out, when it is taken
/// back), a reason that is too short.
Result<Fixed> leave_out_rows(Workspace&, const FixRequest&, const std::vector<std::string>& rows);
/// The same of one row, which is `cell`.
Result<Fixed> leave_out_row(Workspace&, const FixRequest&);

/// Whether another value in its cell can settle it. What is asked once for a whole column, or is about headings, cannot.
bool can_be_fixed(const Finding&);
/// The findings that one fix settles: the same problem of the same text in the same column, or in any day of a month.
std::vector<Finding> alike(const std::vector<Finding>&, const std::vector<std::pair<std::string, std::string>>& mapping,
                           const Finding&);
/// The text of a problem's cell, when it may be shown: no number or name of a person.
std::string given_words(const Finding&);
/// "Mars!E17"
std::string cell_words(const Place&);
/// "Mars!17"
std::string row_words(const Place&);

/// The cells that were fixed: where, what stood there, what is read, by whom and why.
Table fixes_table(const std::vector<Finding>&);

}  // namespace horisont
