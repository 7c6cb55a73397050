#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "edge/import/blocks.h"
#include "edge/import/form.h"
#include "edge/import/job.h"
#include "edge/spreadsheet/text_rows.h"

namespace horisont {

//// "Personnummer: 20050304-2384" above a table: holds for all its rows.
struct BoundLabel {
  std::string label, key;
  std::uint32_t row = 0, column = 0;  // of the value
  CellView::Kind kind = CellView::Kind::Empty;
  std::string text;
  const CellFix* fix = nullptr;
  bool laid = false;  ///< the fix lies over it
  bool title = false;  ///< no label: a title that says nothing but the day
};

/// One sheet of a workbook, or a text file as the only sheet of its own.
struct FileTable {
  std::string name;
  const SheetView* sheet = nullptr;  // null: the text file
  std::filesystem::path path;
  CsvOptions form;      // of the text file, once it was opened: its encoding may take all of it to find
  bool assumed_encoding = false;  // the text file does not say how its letters are coded, and is no UTF-8
  bool commas = false;  // it is the comma that stands between the cells of the text file
  std::vector<HeadRow> head;
  std::vector<HeadingGuess> guesses;  // by kind
  std::vector<BoundLabel> bound;           // a sheet of one person: who, from above the table
  std::size_t bound_from = 0;         // the column, from 0, after all others, in which that stands as it were
  RecordKind bound_as = RecordKind::Attendance;  // the kind of record that is read so
  bool binds_list = false;                       // day or activity of a list of people, not who it is about
  std::uint32_t block = 0;            // of several tables of one sheet, one below the other, from 1; 0: the sheet is one table
  BlockRows rows;                     // of the text file, or of the sheet that the block was taken from
  std::map<RecordKind, Form> forms;   // a sheet of one person with labels and values
};

/// Calls `f` with every row until it says false; `whole` when that is not soon. Returns what ended a text file before its end.
template <class F>
std::optional<Problem> for_each_row(const FileTable& table, bool whole, const ImportOptions* progress, Trouble* trouble, F&& f) {
  if (table.sheet) {
    std::uint64_t done = 0;
    for (const RowView& row : table.sheet->rows) {
      if (progress && progress->progress && ++done % 16384 == 0) progress->progress(done, table.sheet->rows.size());
      if (!f(row)) break;
    }
    return std::nullopt;
  }
  auto rows = TextRows::open(table.path, table.form, whole);
  if (!rows) return rows.error();
  for (std::uint64_t done = 0;; ++done) {
    const auto row = rows->next();
    if (!row) return row.error();
    if (*row == nullptr) break;
    if (progress && progress->progress && done % 16384 == 16383) progress->progress(rows->bytes_read(), rows->bytes_total());
    if ((*row)->number > table.rows.last) break;
    if (table.block != 0 && !table.rows.hold((*row)->number)) continue;
    if (!f(**row)) break;
  }
  if (trouble && table.block <= 1)  // said of the file once
    for (const Finding& finding : rows->findings()) trouble->passed_on(finding);
  return std::nullopt;
}

/// The first text among the head rows whose letters were coded in another way than they were read: UTF-8 read as Windows-1252 once
/// too often ("Ã–berg"), or the code pages of DOS and of old Macintoshes ("Sj\u201dstr\u201dm"); empty where there is none.
std::string wrong_letters(const FileTable&);

/// The first `rows` rows, as what may be headings; of a text file also how it is written. A Problem when it cannot be read.
std::optional<Problem> read_head(FileTable&, std::size_t rows);

}  // namespace horisont
