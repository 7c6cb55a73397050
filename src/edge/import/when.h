#pragma once

#include <optional>
#include <string>

#include "edge/import/file_table.h"

namespace horisont {

/// The month of a sheet whose days have none (intake 3.5). Two sources that disagree are a problem, not a choice.
std::optional<Month> month_of(ImportJob& job, const FileTable& table, const HeadingGuess& guess, const std::string& file);

/// Gives weeks, weekdays and months as columns their dates: week and year stand over them, above the table, in the sheet's or the
/// file's name; a year that stands nowhere is that of the project in which they lie, when there is only one.
bool place_in_calendar(ImportJob& job, const FileTable& table, HeadingGuess& guess, const std::string& file, int& sheet_week);

/// A title, a sheet or a file that speaks of what is planned: nobody has been there yet.
std::optional<std::string> plan_in(const FileTable& table, const HeadingGuess& guess, const std::string& file);

/// A title, a sheet or a file that speaks of absence alone: its numbers are not taken for attendance.
std::optional<std::string> absence_in(const FileTable& table, const HeadingGuess& guess, const std::string& file);

/// Days stand as columns or as numbers of one month, and yet each row says its own week, month or day.
bool says_when_twice(ImportJob& job, const HeadingGuess& guess, bool days_as_columns);

/// A line above another block of the table that names another week or month than the one whose days are read.
std::optional<std::string> other_period_in(const RowView& row, const TablePlan& plan, bool date1904);

/// The days that a file of several sheets can speak of; none where one of them speaks of whole months.
void widen_days(std::optional<Period>& days, const HeadingGuess& guess, bool first_sheet);

}  // namespace horisont
