#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/cases/terms.h"
#include "core/rules/decision.h"
#include "core/values/date.h"
#include "core/values/message.h"
#include "core/values/minutes.h"
#include "core/values/money.h"

namespace horisont {

/// What a row is for. Fonts, colours and number formats belong to the renderer and the template.
enum class Role : std::uint8_t { Title, Subtitle, Label, Heading, Body, Subtotal, Total, Note, Control };

struct Reference {
  std::string text;
};  ///< D-0042, F-61, L-4811
struct Identity {
  std::string digits;
};  ///< written as text, twelve characters
struct Ratio {
  std::int64_t numerator = 0, denominator = 0;
};  ///< empty when the denominator is 0
struct Clock {
  std::int16_t minute = 0;
};  ///< minute of the day
struct Choice {
  std::string list, word;
};  ///< a machine word; the renderer finds "<list>.<word>" among the texts
struct Hash {
  std::string hex;
};
enum class YesNo : std::uint8_t { Yes, No, Unknown };

/// A value that is kept elsewhere and never changed, so that cells stay small: large reports have millions.
template <class T>
class Kept {
 public:
  Kept(T value) : value_(std::make_shared<const T>(std::move(value))) {}  // NOLINT: a cell is made from the value itself
  operator const T&() const { return *value_; }                           // NOLINT
  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }

 private:
  std::shared_ptr<const T> value_;
};

/// One typed cell; a number keeps the participations, records or cells behind it, so any cell can be asked where it
/// came from (workbooks, section 9).
struct Cell {
  using Value = std::variant<std::monostate, std::string, std::int64_t, Minutes, Money, Date, Month, Clock, Ratio, Reference,
                             Identity, Kept<Choice>, Hash, YesNo, Verdict, Kept<Message>, Kept<Bilingual>>;
  Value value;
  std::vector<std::uint32_t> counted;  ///< what stands behind the number, by `counted_kind`
  /// Persons: Participation::person · TimeRecords: places in ReportInput::times · StaffRecords: places in ReportInput::staff ·
  /// Column: rows of the same column, all of them when empty · Row: places of cells in the same row · Setting: a value of the
  /// project or programme file. The others begin with how amounts are rounded and a whole percentage (0: none), then come cells of
  /// the report as sheet, row (from 1; 0: the total) and field, or places of staff time: Sum of cells · Less: the first cell less
  /// the others · Percent of the sum of cells · StaffPercent: of what the staff time costs, each month rounded.
  enum class Counted : std::uint8_t {
    None,
    Persons,
    TimeRecords,
    StaffRecords,
    Column,
    Row,
    Setting,
    Sum,
    Less,
    Percent,
    StaffPercent
  } counted_kind = Counted::None;
};

/// The rows of a large sheet: made one at a time, as often as somebody asks and by several threads at once, so that nobody holds them all.
/// What they are made of lives as long as the input of the report.
struct MadeRows {
  std::size_t count = 0;
  std::function<std::vector<Cell>(std::size_t)> row{};
};

/// One sheet: fields by key and rows of cells in that order. Headings, widths, formats and the order of columns are the
/// template's. `rows` are the body; totals are computed here too, so that renderings cannot disagree.
struct Sheet {
  std::string id;                   ///< "audit_rows"
  std::vector<std::string> fields;  ///< "participant", "accepted_minutes", …; cell i of a row belongs to field i
  std::vector<std::vector<Cell>> rows;
  std::vector<Cell> totals;  ///< empty, or one cell a field (monostate where there is no total)
  std::vector<Role> roles;   ///< empty: all Body; otherwise one a row
  MadeRows made{};           ///< instead of `rows`, all of them Body
};

inline std::size_t row_count(const Sheet& sheet) { return sheet.rows.size() + sheet.made.count; }
inline Role role_of(const Sheet& sheet, std::size_t row) { return sheet.roles.empty() ? Role::Body : sheet.roles[row]; }
inline Cell cell_at(const Sheet& sheet, std::size_t row, std::size_t field) {
  return row < sheet.rows.size() ? sheet.rows[row][field] : sheet.made.row(row)[field];
}
/// Every row in order, held or made.
template <class Visit>
void each_row(const Sheet& sheet, Visit&& visit) {
  for (const std::vector<Cell>& row : sheet.rows) visit(row);
  for (std::size_t i = 0; i < sheet.made.count; ++i) {
    const std::vector<Cell> row = sheet.made.row(i);
    visit(row);
  }
}

/// A report as a value: everything a rendering needs, and nothing about looks.
struct Report {
  std::string kind;     ///< "scb-month"; names report and template folder
  std::string id;       ///< "R-2026-03-002", empty while a preview
  std::string project;  ///< key
  Bilingual project_name;
  std::string record_number, organisation, period;  ///< period as "2016-05", "2016", "2016-01-01/2018-06-30"
  Bilingual period_words, fund_text;
  Date today = Date::of_days(0);
  bool draft = false;
  std::vector<Message> notes;  ///< sentences for the line below the title ("preliminary", "due on …")
  std::vector<Sheet> sheets;
  std::vector<std::pair<std::string, Bilingual>>
      names;  ///< what a key behind the `*` of a field stands for, where it is no word
  std::vector<std::pair<std::string, std::string>>
      control;  ///< label id → value for the control sheet (rule set, terms, version …)

  /// Reconciliations printed on the control sheet: what the report says, what the register says; equal or not.
  struct Check {
    Message what;
    std::int64_t in_report = 0, in_register = 0;
    bool minutes = false;  ///< both are minutes
    bool money = false;    ///< both are öre
    bool agrees() const { return in_report == in_register; }
  };
  std::vector<Check> checks;
  struct Unverified {
    std::string what, value, where;
  };
  std::vector<Unverified> unverified;  ///< every unverified default the report has used
  struct Remaining {
    Message what;
    std::int64_t number = 0;
  };
  std::vector<Remaining> remaining;  ///< what is still open: undecided verdicts, open problems, missing evidence
};

/// The canonical text of a sheet (docs/formats/report-fields.md; workbooks, section 5), language-free: without the first and
/// last line, which belong to the report.
std::string to_text(const Sheet&);
/// All sheets in order, as horisont-sheet-text/1: what golden tests compare and what the fingerprint is the digest of.
std::string to_text(const Report&);
/// The sheets that a canonical text tells of, the words of its cells as texts; totals stand as a last row of their role.
/// Nothing when it is no such text.
std::optional<std::vector<Sheet>> sheets_of(std::string_view text);

}  // namespace horisont
