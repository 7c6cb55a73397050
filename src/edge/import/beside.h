#pragma once

#include <string_view>
#include <vector>

#include "edge/import/file_table.h"

namespace horisont {

/// Whether a remark beside somebody's hours says that he or she was not there: "sjuk", "kom aldrig", "inställt".
bool says_not_there(std::string_view remark);

/// Whether a heading says a part of what stands beside it: "Varav Ung Horisont", "of which absence".
bool says_part_of(std::string_view heading);

/// Whether a heading says that its hours are the project's: "Tid i projekt", "ESF-timmar".
bool says_of_project(std::string_view heading);

/// The columns, from 0, in which remarks stand: those for notes, and those that nobody reads.
std::vector<std::size_t> remark_columns(const ImportSchema&, const std::vector<ColumnPlan>&);

/// Looks at the columns that are not read in a table of time, beside the hours or the days (and in a register beside the
/// start, beside_people.h):
///   header.part-of-time, header.says-presence: the column may say that the hours are fewer, or none. The file is refused until
///     somebody says what the column is.
///   header.share-of-time: a share of the staff's hours is the project's. The file is refused likewise.
///   header.share-of-presence: how much of that time somebody was there, in per cent. Likewise.
///   header.beside-columns: where days stand as columns, a column of hours that are not theirs together, or one that somebody has
///     said to be presence or absence. Likewise.
///   header.second-time, header.more-times, header.maybe-activity: other time of the same row stands there. Likewise.
///   header.numbers-beside-hours (warning): numbers that may be time, under a heading that says nothing of it.
///   header.numbers-beside-times (warning): numbers or minutes beside times from and to may be a break.
/// Columns that it tells of are marked as told.
void judge_beside(ImportJob& job, const FileTable& table, HeadingGuess& guess);

}  // namespace horisont
