#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "edge/import/job.h"

namespace horisont {

/// What the cells of a column of hours (or of all days of a sheet) show together, where each alone can be read: told once, of the
/// first cell, as a warning. Nothing is told where somebody has said what the numbers are.
///   hours.maybe-hours-and-minutes: "7,30" as text where all decimals are quarters, or beside cells with a colon.
///   hours.maybe-clock: "09:00" in the only column of time, under a heading of time ("Tid"): nine hours, or nine o'clock?
class HoursInDoubt {
 public:
  void look(const RowView& row, std::size_t column, const CellView& cell, std::string_view heading);
  void tell(ImportJob& job) const;

 private:
  struct First {
    std::uint32_t row = 0, cells = 0;
    std::size_t column = 0;
    std::string text;
    void seen(const RowView& of, std::size_t at, const CellView& cell);
  };
  First quarter_, clock_, number_;
  std::uint32_t colons_ = 0, durations_ = 0;
  bool other_fractions_ = false;
};

/// What a number of a column of hours may be instead, once the column is surveyed: the code of an error, or empty. "?" asks for
/// the survey.
std::string_view doubt_of_number(const CellView&, const ColumnFacts&, bool surveyed, bool of_a_day);

/// Dates that a spreadsheet has turned: it took 3/7 for 7 March or 3 July as it pleased, and left 14/3 as text. Looks at one column
/// of dates; an error for the file (date.maybe-turned) where no true date has a day over 12, the texts have all of those, and the true
/// dates stand on one day of many months. Nothing is told where somebody has said what the order is.
class DatesInDoubt {
 public:
  void look(const RowView& row, std::size_t column, const CellView& cell, std::int32_t day);
  void tell(ImportJob& job) const;

 private:
  std::uint32_t row_ = 0, dates_ = 0, texts_ = 0;
  std::size_t column_ = 0;
  std::string text_, date_;
  bool clear_ = false;  ///< a date or a text that a turned column does not have
  std::set<int> months_, days_;
};

/// Whether the amounts of all days may be when people came or went: each is written as a time of day ("08:30", not "8:30"), in the
/// morning or in the afternoon, and none is anything else.
class ClocksInDoubt {
 public:
  void look(const RowView& row, std::size_t column, const CellView& cell, std::int64_t minutes);
  /// An error of the first cell (hours.maybe-arrival) when they may; whether it was told.
  bool tell(ImportJob& job) const;

 private:
  std::uint32_t clocks_ = 0, others_ = 0, mornings_ = 0, afternoons_ = 0, row_ = 0;
  std::size_t column_ = 0;
  std::string text_;
};

/// The letters in day cells that were taken for absence without a legend of the file: told once for each kind of absence.
class CodesTaken {
 public:
  void look(const RowView& row, std::size_t column, const std::string& code, std::string_view absence);
  void tell(ImportJob& job) const;

 private:
  struct Kind {
    std::uint32_t row = 0, cells = 0;
    std::size_t column = 0;
    std::map<std::string, std::uint32_t> codes;
  };
  std::map<std::string, Kind, std::less<>> kinds_;
};

}  // namespace horisont
