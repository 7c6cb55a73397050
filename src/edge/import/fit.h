#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "edge/import/file_table.h"

namespace horisont {

/// Whether a column holds the field.
bool serves(const HeadingGuess&, const ImportSchema&, std::string_view key);
/// The column that is read as the field; -1: none is, or the schema has no such field.
int column_of(const HeadingGuess&, const ImportSchema&, std::string_view key);
/// Whether a label above a table says the field.
bool serves(const BoundLabel&, const ImportSchema&, std::string_view key);

/// What a heading lacks, and what of it may be found elsewhere.
struct Lack {
  std::vector<MissingHeading> headings;  ///< nothing stands in for these
  /// A list of people and their hours, without a day: sums of the month that its title, its sheet or its file names, where
  /// somebody says that it is attendance.
  bool day = false;
  /// People by name alone: whether they may be taken by it is asked. A list of names and dates may be many things, so where no
  /// hours say that it is attendance somebody has to say what it is.
  bool person = false;
};
Lack lack_of(const ImportJob&, const HeadingGuess&);

/// The kind whose headings fit best; the kind that was asked for when one was.
std::optional<RecordKind> choose_kind(ImportJob& job, std::vector<FileTable>& tables);

/// Activities of the project over columns of hours, where the row has its day but no activity and no time.
void activities_of_columns(const ImportJob& job, HeadingGuess& guess, const ImportSchema& schema);

/// Participants as columns and days as rows: a heading whose cells name participants, in one row or two, beside a column of days.
/// A column that only may be somebody's is told (header.maybe-person), and is not read.
void people_of_columns(ImportJob& job, const FileTable& table, HeadingGuess& guess, const ImportSchema& schema);

/// "2016-03-01 09:00" as the start, and no column for the day.
void day_of_start(const FileTable& table, HeadingGuess& guess, const ImportSchema& schema);

/// "Projekt Ung Horisont" over a column: the hours in the project, where no other column has them.
void hours_of_the_project(const ImportJob& job, HeadingGuess& guess, const ImportSchema& schema);

/// A sheet without a column for the person, but with labels above that say who; or a list of those who came, with the day above
/// it: as if these stood in every row.
void bind_labels(ImportJob& job, FileTable& table);

/// Why the day of such a list cannot be read from its title or name, as a code with values: two days that disagree, a day without
/// its year. Nothing where none of them says a day.
std::optional<std::pair<std::string_view, std::vector<std::string>>> why_no_day(const ImportJob& job, const FileTable& table, const HeadingGuess& guess);

/// A sheet of one person with labels and values, where it is not a table of hours.
void find_forms(ImportJob& job, FileTable& table);

/// A table that fits as a register, but whose unread columns are hours and an activity: perhaps time over periods, which is no
/// register and has no days. The columns, by name; empty where nobody need be asked.
std::string hours_unread(const ImportJob& job, const FileTable& table, RecordKind kind);

}  // namespace horisont
