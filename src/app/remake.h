#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/table.h"
#include "app/workspace.h"
#include "core/values/result.h"

namespace horisont {

/// The workbooks of a made report, made again from what was kept of it.
struct RemadeReport {
  std::string report;
  std::string made_by, now;  ///< versions of the program: then and now
  std::string template_sha256;
  struct File {
    std::string name, sha256, sha256_made;
    std::filesystem::path path;
    bool same() const { return sha256 == sha256_made; }
  };
  std::vector<File> files;
  bool same() const;  ///< every file has the bytes that it had when it was made
};

/// Writes the workbooks into `folder`, which must not hold files of these names; none of them when one differs from the one
/// that was made (`keep_differing`: all the same). A problem where that cannot be done. Throws FileError and StoreError.
Result<RemadeReport> remake_report(const Workspace&, const std::string& project, const std::string& report,
                                   const std::filesystem::path& folder, bool keep_differing = false);

Table remade_table(const RemadeReport&);

/// What differs between a workbook and the same as it was made: a cell's value or formula, or a number format that lets the value look like
/// another; a row or column that is hidden or too narrow to be seen, letters that cannot be read; what lies over the cells; names,
/// comments, charts that say something else; what is printed above and below the pages, the day from which dates are counted. Texts as
/// cells hold them.
struct CellDifference {
  std::string cell;  ///< "Rader!C14"; "Rader!C14 (formel)"; the sheet's name alone when one of the two has no such sheet
  std::string made, found;
};
/// `altered`: at most so many, in the order of sheets and cells; nothing when one of the two is no workbook that can be read. A formula
/// is compared by its text, and by its result where it was saved with one. `missing`: what the workbook was made with and the file has
/// nothing of, while every figure that it shows is the one that was made: charts as a whole, comments, names that no formula reads,
/// pictures, conditions on looks; part of a chart and a name that a formula reads are among what is altered. Programs leave such things out
/// when they save a workbook; in one that was changed by hand all of it is altered, and so is any part that is another one.
struct WorkbookDifferences {
  std::vector<CellDifference> altered, missing;
  bool whole = false;  ///< both could be read and compared; else nothing is said by the absence of differences
};
/// `as_made`: `made` has the very bytes that were made; what another version of the program makes is not compared part by part.
WorkbookDifferences workbook_differences(const std::filesystem::path& made, const std::filesystem::path& found, bool as_made = true,
                                         std::size_t most = 200);

/// What two workbooks of the same values have otherwise: formulas without result, number formats, charts, comments, tables, names.
struct FormDifference {
  Message what;
  std::int64_t made = 0, found = 0;
};
std::vector<FormDifference> form_differences(const std::filesystem::path& made, const std::filesystem::path& found);

/// How many cells of two workbooks have the same text in the same sheet and column, whatever their rows, of how many in the larger.
struct Likeness {
  std::size_t same = 0, of = 0;
};
Likeness likeness(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace horisont
