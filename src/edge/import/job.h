#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "edge/import/heading.h"
#include "edge/import/import.h"
#include "edge/import/legend.h"
#include "edge/import/people_index.h"
#include "edge/import/schemas.h"
#include "edge/import/trouble.h"
#include "edge/import/values.h"

namespace horisont {

/// One file on its way in: what it is read against, and the draft that grows.
struct ImportJob {
  ImportJob(const ImportSchemas& all, const ProjectTerms& of_project, const ProgrammeTerms& of_programme,
            std::span<const Spell> spells, const ImportOptions& how, ImportDraft& into, const std::string& file)
      : schemas(all),
        project(of_project),
        programme(of_programme),
        known(spells),
        options(how),
        draft(into),
        people(into.people),
        trouble(into, file) {
    index_people();
    for (const CellFix& fix : how.fixes) into.fixes.push_back({.state = {}, .beneath = {}, .fix = fix});
  }

  /// Whether a fix lies over the cell that is read, and that says `beneath`; one of the options' fixes.
  bool lays(const CellFix& fix, const std::string& beneath) {
    ImportDraft::FixUse& use = draft.fixes[static_cast<std::size_t>(&fix - options.fixes.data())];
    using State = ImportDraft::FixUse::State;
    use.state = State::Laid, use.beneath = beneath;
    // Kept on a line of its own, between tabs.
    std::replace_if(
        use.beneath.begin(), use.beneath.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    if (fix.beneath && *fix.beneath != use.beneath) use.state = beneath == fix.value ? State::InFile : State::Overtaken;
    return use.state == State::Laid;
  }
  /// The code that tells of a fix that does not lie over its cell.
  std::string_view told_as(const CellFix& fix) const {
    const auto state = draft.fixes[static_cast<std::size_t>(&fix - options.fixes.data())].state;
    return state == ImportDraft::FixUse::State::InFile ? "cell.fix-in-file" : "cell.fix-overtaken";
  }

  const ImportSchemas& schemas;
  const ProjectTerms& project;
  const ProgrammeTerms& programme;
  std::span<const Spell> known;
  const ImportOptions& options;
  ImportDraft& draft;
  PeopleIndex people;
  Trouble trouble;
  std::optional<NameIndex> names;  ///< built when a proposal is needed
  Legend legend;  ///< what the file says of its codes
  class FixSearch* search = nullptr;  ///< the rows are looked through for the cells of fixes, and not read

  /// Makes everybody findable, under the first number and under the newest.
  void index_people() {
    people = PeopleIndex(draft.people);
    for (std::size_t i = 0; i < known.size(); ++i)
      if (known[i].number && known[i].number != draft.people[i].number)
        people.add_number(*known[i].number, draft.people[i].name, static_cast<std::uint32_t>(i));
  }

  const ImportSchema& schema() const { return schemas.of(draft.kind); }
};

/// A sheet (or CSV file) with its heading found.
struct TablePlan {
  std::uint16_t sheet = 0;  ///< index into the draft's sheets
  std::uint32_t last_heading_row = 0;
  bool date1904 = false;
  bool text_file = false;  ///< a separator too many moves the cells; in a workbook nothing can
  bool commas = false;     ///< its cells are separated by commas, as decimals may be
  bool days_as_columns = false, activities_as_columns = false, people_as_columns = false, day_in_start = false;  ///< as HeadingGuess says
  /// The day stands in the row, and each column says whose or of what its hours are.
  bool day_in_row() const { return activities_as_columns || people_as_columns; }
  std::map<std::uint32_t, std::uint32_t> merged;  ///< rows with hours in a cell that is merged over several, and its column
  bool activity_above = false;                    ///< the activity of all rows stands above the table
  bool by_name = false;  ///< people stand by name alone
  std::optional<std::size_t> numbered_days;  ///< the column, from 0, of days that are numbers of `month`
  std::vector<ColumnPlan> columns;
  std::optional<Month> said_month;  ///< what sheet, title or file say, where days have no year
  HoursUnit said_unit = HoursUnit::Unknown;  ///< what they say that the numbers are
  int week = 0;  ///< of the whole sheet, where its columns are weekdays; 0: each has its own
  std::optional<Month> month;
  std::vector<ColumnFacts> facts;  ///< by column; what a profile tells, then what the survey finds
  /// Of a column of hours: the cells that an answer about it holds for, and some of them, as written. The days of a sheet are one.
  struct HoursSeen {
    std::uint32_t cells = 0;
    std::vector<std::string> examples;
    void add(const std::string& written);  ///< three are enough
  };
  std::vector<HoursSeen> hours;  ///< by column, after the survey
  bool surveyed = false;
};

enum class RowResult : std::uint8_t {
  GoOn,
  Stop,       ///< the table has ended
  NeedSurvey  ///< a value can only be understood with the whole column in view: survey and read from the start
};

/// Reads the rows of one table. Rows come one by one, so that a large file is never held.
class RowReader {
 public:
  virtual ~RowReader() = default;
  virtual RowResult row(const RowView&) = 0;
  virtual void end() = 0;
};
std::unique_ptr<RowReader> attendance_rows(ImportJob&, const TablePlan&);
std::unique_ptr<RowReader> record_rows(ImportJob&, const TablePlan&);

/// What is left out of every table and counted: the gap that ends it, sum rows, notes, repeated headings.
class RowSieve {
 public:
  RowSieve(ImportJob& job, const TablePlan& plan);
  enum class Verdict : std::uint8_t { Data, LeftOut, End, SumRow };
  /// Looks at a row before it is read. `person_columns` are those that name somebody.
  Verdict sift(const RowView&);
  /// From here on the table is so wide: days stand again further down.
  void set_width(const std::vector<ColumnPlan>&);
  /// The column that stands for the row in messages: the first that names a person.
  std::size_t key_column() const { return key_column_; }

 private:
  Verdict look(const RowView&);
  bool says_sum_beside(const RowView&) const;
  bool names_by_number(const RowView&) const;
  bool skip_hidden(const RowView&);  ///< tells a hidden row; whether the profile leaves it out
  bool within_headings(const RowView&);
  bool number_cut_in_two(const RowView&);

  ImportJob& job_;
  const TablePlan& plan_;
  std::size_t width_ = 0;                                   // up to the last heading
  std::vector<std::size_t> person_columns_, name_columns_;  // 0-based
  std::vector<std::size_t> hours_beside_words_;             // columns of hours with one behind them that holds no numbers
  std::size_t key_column_ = 0;                              // 1-based
  std::uint32_t last_row_;
  bool in_gap_ = false;
  std::uint32_t after_gap_ = 0;
};

/// Compares sums that the file states with what was read, in minutes.
class ControlTotals {
 public:
  explicit ControlTotals(std::size_t columns) : since_(columns, 0), all_(columns, 0), broken_(columns, false) {}
  void add(std::size_t column, std::int64_t minutes) { since_[column] += minutes, all_[column] += minutes; }
  /// A value that could not be read: its column (and row) cannot be compared.
  void unreadable(std::size_t column) { broken_[column] = true; }
  bool comparable(std::size_t column) const { return !broken_[column]; }
  /// A stated sum is right when it is that of the rows since the last sum row, or of all rows.
  bool agrees(std::size_t column, std::int64_t stated) const { return stated == since_[column] || stated == all_[column]; }
  std::int64_t all(std::size_t column) const { return all_[column]; }
  void sum_row_done() { since_.assign(since_.size(), 0); }

 private:
  std::vector<std::int64_t> since_, all_;
  std::vector<bool> broken_;
};

/// Checks over all rows of the file together, after the last sheet.
void check_attendance(ImportJob&);
void check_records(ImportJob&);

/// One pass over the rows for what only a whole column can tell.
class Survey {
 public:
  Survey(ImportJob& job, TablePlan& plan);
  void row(const RowView&);
  void end();

 private:
  struct Numbers {
    std::uint32_t all = 0, like_minutes = 0, ones = 0, halves = 0, noughts = 0, filled = 0, behind = 0, of_day = 0, other = 0, from_one = 0, not_by_fives = 0,
                  over_a_day = 0;
    std::array<std::uint32_t, dot_forms> dots{};
  };
  TablePlan& plan_;
  std::vector<FieldType> types_;
  std::vector<bool> mapped_;
  std::vector<Numbers> numbers_;
  std::vector<TablePlan::HoursSeen> plain_;  // beside plan_.hours: examples of the numbers that can be read in one way only
  DateFrame frame_;
};

/// What a question about a column of hours says of it: the cells that the answer holds for, then some of them.
std::vector<std::string> hours_seen(const TablePlan&, std::size_t column);

/// What the profile tells of every column of hours and dates.
ColumnFacts told_facts(const ImportOptions&);
/// The same, and where nobody has told what the hours are, what the sheet says of it.
ColumnFacts told_facts(const ImportOptions&, HoursUnit said);

/// Dates of the project: up to two years after its end; `birth` for birthdays.
DateFrame date_frame(const ImportJob&, bool birth = false);

/// Whether a text names this project: its key, record number, name or short name.
bool names_project(const ProjectTerms&, const std::string& text);

inline const CellView& cell_at(const RowView& row, std::size_t column) {
  static constexpr CellView empty;
  return column < row.cells.size() ? row.cells[column] : empty;
}
inline bool is_empty(const CellView& cell) {
  return !cell.without_value &&
         (cell.kind == CellView::Kind::Empty || (cell.kind == CellView::Kind::Text && cell.text.empty()));
}

}  // namespace horisont
