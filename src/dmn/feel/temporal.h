#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dmn/feel/number.h"

// FEEL's dates, times and durations (DMN 1.5, 10.3.2.3). Years go from -999,999,999 to 999,999,999, seconds have nine decimals.
namespace dmn::feel {

/// A day of the proleptic Gregorian calendar.
struct Date {
  std::int32_t year = 1970;
  int month = 1, day = 1;
  friend auto operator<=>(const Date&, const Date&) = default;

  static std::optional<Date> make(std::int64_t year, std::int64_t month, std::int64_t day);  ///< nothing: no such day
  static std::optional<Date> of_days(std::int64_t days);                                     ///< since 1970-01-01
  std::int64_t days() const;
  int weekday() const;       ///< Monday 1 … Sunday 7
  int day_of_year() const;   ///< 1 …
  int week_of_year() const;  ///< ISO 8601
};

/// Where a time counts: nowhere said, at an offset, or in a zone of the IANA database.
struct Zone {
  enum class Is { None, Offset, Named } is = Is::None;
  int offset = 0;  ///< seconds east of Greenwich
  std::string name;
  friend bool operator==(const Zone&, const Zone&) = default;
};

struct Time {
  int hour = 0, minute = 0, second = 0, nanos = 0;
  Zone zone;
  friend bool operator==(const Time&, const Time&) = default;

  std::int64_t seconds() const { return hour * 3600 + minute * 60 + second; }  ///< of the day, at its place
};

struct DateTime {
  Date date;
  Time time;
  friend bool operator==(const DateTime&, const DateTime&) = default;

  std::optional<int> offset() const;  ///< seconds, of its zone at that moment; nothing without a zone
};

/// A years and months duration.
struct Months {
  std::int64_t count = 0;
  friend auto operator<=>(const Months&, const Months&) = default;
};
/// A days and time duration.
struct Span {
  Number seconds;
  friend bool operator==(const Span&, const Span&) = default;
};

std::optional<Date> parse_date(std::string_view text);
std::optional<Time> parse_time(std::string_view text);
std::optional<DateTime> parse_date_time(std::string_view text);  ///< a date alone is its midnight
std::optional<Months> parse_months(std::string_view text);       ///< "P1Y2M", "-P3M"
std::optional<Span> parse_span(std::string_view text);           ///< "P1DT2H", "PT0.5S"

std::string text_of(const Date&);
std::string text_of(const Time&);
std::string text_of(const DateTime&);
std::string text_of(const Months&);
std::string text_of(const Span&);

/// Midnight UTC of a day: how a date stands beside a date and time.
DateTime midnight(const Date& date);

/// Which comes first, to the second (the language sees no fractions there). A side without a zone takes the other's, where
/// `lend` says so; otherwise there is no answer. The same for two times.
std::optional<std::strong_ordering> compare(const DateTime& a, const DateTime& b, bool lend);
std::optional<std::strong_ordering> compare(const Time& a, const Time& b, bool lend);

std::optional<Span> difference(const DateTime& a, const DateTime& b);  ///< nothing when only one has a zone
std::optional<Span> difference(const Time& a, const Time& b);

std::optional<Date> plus(const Date& date, Months months);  ///< the day is cut to the month's length
std::optional<DateTime> plus(const DateTime& moment, Months months);
std::optional<DateTime> plus(const DateTime& moment, const Span& span);
std::optional<Time> plus(const Time& time, const Span& span);  ///< around the clock
/// Whole months from one day to the other, negative backwards.
Months months_between(const Date& from, const Date& to);

/// "Europe/Stockholm"; nothing for a name that the zone database does not hold.
std::optional<Zone> named_zone(std::string_view name);
std::optional<Zone> offset_zone(std::int64_t seconds);  ///< at most 18 hours

}  // namespace dmn::feel
