#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/reports/report_input.h"

namespace horisont {

// How the builders of reports make cells and sheets.

/// A cell that is no number, or a number of which nothing more can be asked.
inline Cell cell(Cell::Value value) { return {std::move(value), {}, Cell::Counted::None}; }
template <class T>
Cell cell(const std::optional<T>& value) {
  return value ? cell(Cell::Value{*value}) : Cell{};
}
template <class T>
Cell cell(const Fact<T>& fact) {
  return fact ? cell(Cell::Value{fact->value}) : Cell{};
}
inline Cell text_cell(std::string_view text) { return text.empty() ? Cell{} : cell(std::string(text)); }
inline Cell reference_cell(std::string_view text) { return text.empty() ? Cell{} : cell(Reference{std::string(text)}); }
inline Cell hash_cell(std::string_view hex) { return hex.empty() ? Cell{} : cell(Hash{std::string(hex)}); }
inline Cell choice_cell(std::string list, std::string_view word) {
  return word.empty() ? Cell{} : cell(Choice{std::move(list), std::string(word)});
}
inline Cell yes_no_cell(bool yes) { return cell(yes ? YesNo::Yes : YesNo::No); }

/// How many persons, and which.
Cell persons_cell(std::vector<std::uint32_t> persons);
/// A number that was counted over some persons but is not their number.
Cell counted_cell(Cell::Value value, std::vector<std::uint32_t> counted, Cell::Counted kind);
Cell minutes_cell(std::int64_t minutes, std::vector<std::uint32_t> records);
/// A sum of the cells at these places of the same row.
Cell row_sum_cell(Cell::Value value, std::vector<std::uint32_t> places);
Cell setting_cell(Cell::Value value);
/// A cell of the same report, by places.
struct CellAt {
  std::uint32_t sheet = 0, row = 0, field = 0;
  static constexpr std::uint32_t total = UINT32_MAX;  ///< as the row
};
/// Amounts that come from cells of the report: their exact sum rounded once, the first less the others, a percentage of the sum.
Cell sum_of_cells(Money, Rounding, std::span<const CellAt>);
Cell less_cells(Money, std::span<const CellAt>);
Cell percent_of_cells(Money, int percent, Rounding, std::span<const CellAt>);
/// A percentage of what staff time costs, rounded by month.
Cell percent_of_staff(Money, int percent, Rounding, const std::vector<std::uint32_t>& records);

/// A row, its cells moved and not copied.
template <class... Cells>
std::vector<Cell> row_of(Cells&&... cells) {
  std::vector<Cell> row;
  row.reserve(sizeof...(cells));
  (row.push_back(std::forward<Cells>(cells)), ...);
  return row;
}
/// The first cells of a row of the sheet, with room for the rest.
template <class... Cells>
std::vector<Cell> row_for(const Sheet& sheet, Cells&&... cells) {
  std::vector<Cell> row;
  row.reserve(sheet.fields.size());
  (row.push_back(std::forward<Cells>(cells)), ...);
  return row;
}
/// Adds a row; it has a cell for every field.
void add_row(Sheet&, std::vector<Cell> row, Role role = Role::Body);
/// Gives a sheet its body: few rows are held, many are made whenever they are asked for.
void set_rows(Sheet&, std::size_t count, std::function<std::vector<Cell>(std::size_t)> row);
/// Makes the sheet's totals: the sums of the named fields over its body rows.
void add_totals(Sheet&, std::span<const std::string> fields);
void add_totals(Sheet&, std::initializer_list<std::string_view> fields);
/// The total of a field as minutes or number, for the reconciliations; 0 where it has none.
std::int64_t total_of(const Sheet&, std::string_view field);
/// The sum of a field's body cells, added up anew.
std::int64_t sum_of_rows(const Sheet&, std::string_view field);

/// A report with its heading: project, organisation, period, and the rows of the control sheet that core knows.
Report new_report(std::string kind, const ReportInput&, ReportPeriod);
/// A report of a month's money or certificates is a draft until the month is over and closed, and when it says something else
/// now than what was filed; says why.
/// `closed_last`: for what is made before the month is closed, as what people sign; that the month is not closed is then told, and the
/// report is a draft for the other reasons only.
void note_open_month(Report&, const ReportInput&, Month, bool closed_last = false);
/// "maj 2016" / "May 2016", the year, or the two days.
Bilingual words(ReportPeriod);
/// Canonical text of a period: "2016-05", "2016" or "2016-01-01/2018-06-30".
std::string canonical(ReportPeriod);
ReportPeriod period_of(Month);

/// Notes a dated value as used; only those marked as unverified defaults are listed. `what` is the id of a text.
template <class T>
void note_use(Report& report, const Dated<T>* dated, std::string what, std::string value, const std::string& file) {
  if (!dated || dated->cited.confidence != Confidence::UnverifiedDefault) return;
  report.unverified.push_back({std::move(what), std::move(value),
                               file + ".toml: " + dated->key + (dated->line > 0 ? ", " + std::to_string(dated->line) : "")});
}
/// Every rule of the rule set whose basis is an unverified default.
void note_rules(Report&, const ReportInput&);
/// Programme terms behind accepted minutes and whole hours, on one day.
void note_hour_terms(Report&, const ReportInput&, Date on);

/// A flat rate as people say it: "15 % på direkta personalkostnader, för indirekta kostnader"; the key where the programme has none.
Message flat_rate_words(const ProgrammeTerms&, const std::string& key);

/// The source of a fact, as three cells: F-61, sheet, cell or row.
std::vector<Cell> source_cells(const Origin&, std::span<const SourceFile>);
/// "E17"; the row alone when the origin is a whole row; empty when there is none.
std::string cell_name(const Origin&);

/// Where the persons and records of a project begin in what the cells of a report counted: a report of several projects counts on
/// from one to the next.
struct Beginning {
  std::uint32_t persons = 0, times = 0, staff = 0;
};
/// One for each project, and one where the last ends.
std::vector<Beginning> beginnings(std::span<const ReportInput* const> projects);

/// Where a person stands among the participations (and decisions); nothing when there is no such participation.
class PersonIndex {
 public:
  explicit PersonIndex(std::span<const Participation>);
  std::optional<std::size_t> operator[](std::uint32_t person) const;

 private:
  std::vector<std::uint32_t> place_;  // 0: nobody; otherwise place + 1
};

/// The newest log entry about each participant, by reference.
std::map<std::string_view, std::string_view> newest_entries(std::span<const LogLine>);

/// Rules not met and, with a question mark, not told: "P03 P06?".
std::string codes_of(const Decision&);

}  // namespace horisont
