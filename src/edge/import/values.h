#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/cases/cell_view.h"
#include "core/values/date.h"
#include "edge/import/schemas.h"
#include "edge/import/units.h"

namespace horisont {

// Cells as values (intake 7 and 8). A value is right, or `error` names the code of what is wrong and the value is not used;
// `remark` names what was done to read it. Both are codes of the texts, empty for the ordinary cell, so that the ordinary
// cell costs no allocation.
template <class T>
struct Reading {
  T value{};
  std::string_view error, remark;
};

/// A decimal number exactly as written: mantissa · 10^exponent, at most 15 significant digits (what spreadsheets show).
struct Decimal {
  std::int64_t mantissa = 0;
  int exponent = 0;
};
/// Reads `7.5`, `-3`, `2.00503042384E11`; no blanks, no comma, at most 40 characters.
std::optional<Decimal> decimal_of(std::string_view text);
/// The whole number, when it is one.
std::optional<std::int64_t> whole_of(Decimal);
/// value · factor, to the nearest whole number, half up; `exact` says whether nothing was rounded. Nothing when too large.
std::optional<std::int64_t> scaled(Decimal, std::int64_t factor, bool& exact);

/// What only the whole column can tell; found by a first pass over the rows when a value asks for it.
struct ColumnFacts {
  std::uint8_t date_orders = DateAnyOrder;
  bool date_order_told = false;               ///< by a profile, so that `260302` is a day
  bool date_slash_settled = false;            ///< a day over 12 shows that `2/3 2026` is day/month
  bool decimal_dot = false;                   ///< `7.5` or `7.75` shows that a dot is a decimal sign
  bool unit_unclear = false;                  ///< most numbers of an hours column are 30 to 720
  bool ones_alone = false;                    ///< nothing but ones, halves and noughts in the days of a month: an hour, or a day?
  bool crosses = false;                       ///< there are cells with an x
  bool other_than_crosses = false;            ///< and cells with something else
  bool answers = false;                       ///< cells that say yes or no, a cross among them
  bool minutes_behind = false;                ///< all decimals of the numbers are .15, .3 and .45, as 7,30 becomes in a spreadsheet
  bool day_fractions = false;                 ///< parts of a day, as a pasted 7:30 becomes: 0.3125
  bool few_minutes = false;                   ///< whole numbers by fives, most of them more than a day's hours: 15, 20, 10
  bool has_k = false;                         ///< gender: k beside f
  HoursUnit hours_unit = HoursUnit::Unknown;  ///< told by a profile
  bool percent_whole = false, percent_fraction = false;
};

/// What dates of a file are seen against.
struct DateFrame {
  std::int32_t earliest, latest;  ///< days; outside is date.implausible
  int middle_year;                ///< years of two digits are taken nearest to it
  bool birth = false;             ///< a birthday: the latest year that is not after the reference
  std::int32_t near_first = INT32_MIN, near_last = INT32_MAX;  ///< where six digits without signs are believed to lie
  std::optional<Month> sheet_month{};  ///< days of this month may stand without their year
};

/// A day (intake 7.1). `known` is false before the column has been surveyed: an ambiguous date then gives
/// "date.order-ambiguous" whatever the column holds.
Reading<std::int32_t> read_day(const CellView&, bool date1904, const ColumnFacts&, const DateFrame&);
/// Which orders an ambiguous date leaves open (DateAnyOrder for all other cells); for the survey of a column.
std::uint8_t possible_orders(const CellView&, const DateFrame&);

/// `mars 2026`, `2026-03`, `202603`, `03/2026`, or a day of the month; as a day: the first of the month.
Reading<std::int32_t> read_month(const CellView&, bool date1904, const DateFrame&);

/// A month with or without its year, found anywhere in a text (a sheet's name, a title, a file name).
struct MonthMention {
  std::optional<int> year;
  int month = 0;
};
std::optional<MonthMention> month_in(std::string_view text);

/// Two times of day in one text ("9.00–12.30", "kl 9-12"), in minutes of the day; `heading` is the column's, in normal form. Bare
/// hours ("9-12") are times under a heading of time, and under one of hours an amount that nobody can tell.
std::optional<std::pair<int, int>> read_interval(const CellView&, std::string_view heading);

/// What the format of a number adds to what is seen of it.
struct FormatWords {
  bool percent = false;  ///< 0.5 is seen as 50 %
  std::string text;      ///< what stands in quotes or behind a backslash, such as "min" in `0" min"`; tidied
};
FormatWords words_of_format(std::string_view format);
/// A number as its format shows it where that says more than the digits do: "50 %", "10 min"; nothing for all other cells.
std::optional<std::string> with_its_format(const CellView&);

/// Minutes of an amount of time in hours (intake 7.2). A number is read with the unit that its format shows.
Reading<std::int32_t> read_hours(const CellView&, const ColumnFacts&);
/// A decimal with a dot in text, by what it shows about its column.
enum class DotForm : std::uint8_t {
  None,      ///< not such a value
  Either,    ///< 7.15 may be hours and minutes
  Tens,      ///< 7.30 may be so too, and no decimal ends in a zero unless all have two digits
  OneDigit,  ///< 7.5
  Decimal    ///< 7.75 is no time of 75 minutes
};
constexpr std::size_t dot_forms = 5;
DotForm dot_form(const CellView&);
/// What a number of a spreadsheet shows about its column of hours.
enum class NumberForm : std::uint8_t {
  None,           ///< no number, or a whole one
  MinutesBehind,  ///< .15, .3 or .45
  DayFraction,    ///< below one, whole minutes as a part of a day and none as one of an hour
  Other
};
NumberForm number_form(const CellView&);
/// All the decimals that could be minutes (00, 15, 30, 45)? 0: no decimals, 1: could be minutes, 2: cannot.
int comma_evidence(const CellView&);

/// Minute of the day, 0 to 1440.
Reading<std::int32_t> read_clock(const CellView&);

/// The text of a cell as it is stored: tidied; a number in plain digits.
struct CellText {
  std::string text;
  bool hidden_removed = false;
};
CellText text_of_cell(const CellView&, bool date1904);
/// The text of a cell as a person sees it, for messages: a date as a date.
std::string shown(const CellView&, bool date1904);

/// "-", "?", "okänt", "vet ej", "saknas", "n/a".
bool says_unknown(std::string_view tidied);
/// Whether a tidied text can be an address for e-mail: one @ with something before it, and a dot behind that is not the last.
bool is_email(std::string_view tidied);
/// Whether a tidied text can be a telephone number: 6 to 15 digits, however they are written.
bool is_phone(std::string_view tidied);

/// "uppges ej", "vill ej uppge", "not disclosed": the person was asked and does not say.
bool says_not_disclosed(std::string_view tidied);

/// 1 yes, 0 no, -1 unknown or not disclosed, -2 not understood.
int yes_or_no(std::string_view tidied, const ColumnFacts&);

/// Minutes as hours for messages: 450 → "7:30".
std::string hours_text(std::int64_t minutes);
/// Days since 1970 of a date serial of a workbook; nothing for days that never were.
std::optional<std::int32_t> day_of_serial(std::int64_t serial, bool date1904);

}  // namespace horisont
