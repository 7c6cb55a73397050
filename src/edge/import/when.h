#pragma once

#include <optional>
#include <string>

#include "edge/import/file_table.h"

namespace horisont {

/// The month of a sheet whose days have none (intake 3.5). Two sources that disagree are a problem, not a choice.
std::optional<Month> month_of(ImportJob& job, const FileTable& table, const HeadingGuess& guess, const std::string& file);

/// The year of the project in which a month lies, when there is only one.
std::optional<int> only_year_of(const ImportJob& job, int month);

/// The same without a word of what is missing or disagrees: for days that say no year ("11/3" on a sheet of March 2016).
std::optional<Month> month_of_sheet(const ImportJob& job, const FileTable& table, const HeadingGuess& guess, const std::string& file);

/// Whether the headings that are whole dates are of a month that the sheet, the title and the file name, where they name one;
/// refuses the draft where not (month.contradiction).
bool dated_headings_agree(ImportJob& job, const FileTable& table, const HeadingGuess& guess, const std::string& file);

/// Gives weeks, weekdays and months as columns their dates: week and year stand over them, above the table, in the sheet's or the
/// file's name; a year that stands nowhere is that of the project in which they lie, when there is only one.
bool place_in_calendar(ImportJob& job, const FileTable& table, HeadingGuess& guess, const std::string& file, int& sheet_week);

/// A title or a sheet that speaks of what is planned, wished for or an example: nobody has been there yet.
std::optional<std::string> plan_in(const FileTable& table, const HeadingGuess& guess);

/// A sheet or a title that says that the numbers are minutes.
std::optional<std::string> minutes_in(const FileTable& table, const HeadingGuess& guess);

/// A title or a note that speaks of lunch or breaks, as "30 min lunch avdras".
std::optional<std::string> break_in(const FileTable& table, const HeadingGuess& guess);

/// A title, a sheet or a file that speaks of absence alone: its numbers are not taken for attendance.
std::optional<std::string> absence_in(const FileTable& table, const HeadingGuess& guess, const std::string& file);

/// Days stand as columns or as numbers of one month, and yet each row says its own week, month or day.
bool says_when_twice(ImportJob& job, const HeadingGuess& guess, bool days_as_columns);

/// The weekday in a text, "mån 7/3" or "Torsdag 2016-03-03": 1 for Monday to 7; 0: none.
int weekday_said(std::string_view text);

/// "måndag" in both languages.
std::string weekday_words(Date);

/// Warns of a weekday that is not the day's (date.other-weekday): in the cell of the date itself, or in a column of weekdays.
void compare_weekday(ImportJob& job, const TablePlan& plan, const RowView& row, std::size_t date_column, std::int32_t day);

/// The same of the headings of days, or of the row right above them: "mån 1" over 1 March 2016.
void compare_weekdays_over(ImportJob& job, const FileTable& table, const HeadingGuess& guess, const std::optional<Month>& month);

/// A line above another block of the table that names another week or month than the one whose days are read.
std::optional<std::string> other_period_in(const RowView& row, const TablePlan& plan, bool date1904);

/// The days that a file of several sheets can speak of; none where one of them speaks of whole months.
void widen_days(std::optional<Period>& days, const HeadingGuess& guess, bool first_sheet);

}  // namespace horisont
