#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/cases/cell_view.h"
#include "edge/import/schemas.h"
#include "edge/spreadsheet/spreadsheet.h"

namespace horisont {

/// The first rows of a sheet, kept while the heading is looked for.
struct HeadCell {
  CellView::Kind kind = CellView::Kind::Empty;
  std::string text;  ///< as shown, at most 200 characters
  std::string key;   ///< normal form
};
struct HeadRow {
  std::uint32_t number = 0;
  std::vector<HeadCell> cells;
  bool empty() const;
};
HeadRow head_row(const RowView&, bool date1904);

/// What a column is.
struct ColumnPlan {
  std::string heading;               ///< as written, levels joined with " / "
  std::string key;                   ///< normal form of the lowest level
  int field = -1;                    ///< index into the schema's fields
  bool similar = false;              ///< the field was found by a heading that is only nearly right
  int day = 0;                       ///< 1 to 31 for a day of the sheet's month
  int of_month = 0;                  ///< of "7/3" it is 3
  std::optional<std::int32_t> date;  ///< a whole date as heading; of a week or its days once the year is known
  int week = 0, weekday = 0;         ///< "v. 10" over one column, or over or above its weekdays (1 Monday); 0: none
  int month = 0;                     ///< "Mars" over one column
  std::optional<int> year;           ///< when it stands beside the week or the month
  bool surely_day = false;           ///< "mån 7" or "7/3", which are nothing else than a day, as 7 alone may be
  /// Of a day with two columns: its first or its second half ("fm" and "em", or one heading merged over both).
  enum class Half : std::uint8_t { No, First, Second } half = Half::No;
  std::optional<std::uint8_t> activity;  ///< the heading is an activity of the project, and the column holds its hours
  std::vector<std::string> person;  ///< the heading names a participant, and the column holds his or her time: what stands in its rows
  bool told = false;                 ///< why it is not read has been told: of another than the participant
  bool row_total = false;            ///< "Summa", "Totalt": compared with what the row holds
  enum class Joined : std::uint8_t { No, Number, Choice, Month } joined = Joined::No;
  std::vector<std::size_t> parts;  ///< of a joined column: those, from 0, that say the field together
  std::vector<std::string> words;  ///< of a choice: what a cross in each of them says
  bool part = false;               ///< read together with another column
  bool between = false;              ///< a day whose heading is missing, between the day before and the day after
  bool of_project = false;         ///< taken for hours because the project's name stands over it
  bool is_whole_week() const { return week != 0 && weekday == 0; }
  bool of_person() const { return !person.empty(); }
  /// The cells below are hours, or codes in their place.
  bool holds_time() const { return is_day() || activity || of_person(); }
  bool is_day() const { return day != 0 || date.has_value() || week != 0 || weekday != 0 || month != 0; }
  void is_no_day() { day = of_month = week = weekday = month = 0, date.reset(), year.reset(), surely_day = false, half = Half::No; }
};

/// A heading found: which rows, what the columns are, how well it fits.
struct HeadingGuess {
  RecordKind kind = RecordKind::Participants;
  std::uint32_t first_row = 0, last_row = 0;
  int points = 0, levels = 1;
  bool accepted = false;
  std::vector<ColumnPlan> columns;
  std::vector<std::pair<std::size_t, std::size_t>> twice;  ///< columns that claim one field
  bool days_as_columns = false;
  bool activities_as_columns = false;  ///< the row has the day, the columns have the hours of an activity each
  bool people_as_columns = false;      ///< the row has the day, the columns have the hours of a participant each
  bool day_in_start = false;           ///< there is no column of days: the start has its day with it
  bool days_by_number = false;  ///< the column of days holds 1 to 31; the month stands above the table or in a name

  int column_of(int field) const;
};

/// Whether the column of days below the heading holds days of a month, 1 to 31, and nothing else.
bool has_numbered_days(const HeadingGuess&, const std::vector<HeadRow>&, const ImportSchema&);

/// Whether a row holds labels, each with its value: "Namn: | Åsa Öberg | | Månad: | mars 2026".
bool holds_labels(const HeadRow&, const ImportSchema&);

/// The best heading for one schema (intake 3.2). `fixed`: the rows that the user named.
HeadingGuess find_heading(const std::vector<HeadRow>& head, const std::vector<SheetView::Merge>& merges,
                          const ImportSchema& schema, const std::optional<std::pair<std::uint32_t, std::uint32_t>>& fixed);

/// The days of a row that stands as a second heading further down (1-15 above, 16-31 below), by column; empty when the row
/// has fewer than seven of them in rising order.
std::vector<ColumnPlan> day_headings(const HeadRow&);

struct MissingHeading {
  std::string group;  ///< "person", "day" …; empty for a single field
  std::string words;  ///< the headings that it would have had
};
/// Whether somebody has said what the column is.
bool is_told(const ColumnPlan&, const ImportSchema&);
/// The must fields and one-of groups that no column serves.
std::vector<MissingHeading> missing_headings(const HeadingGuess&, const ImportSchema&);

/// Whether a text is, or begins with, a word that marks a sum ("Summa", "Totalt mars"; not "Sara").
bool says_sum(const std::string& text);

}  // namespace horisont
