#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/values/result.h"

namespace horisont {

/// A day in the Gregorian calendar, without clock or zone; kept as days since 1970-01-01.
class Date {
 public:
  /// Nothing when the calendar has no such day, or the year is outside 1..9999.
  static std::optional<Date> of(int year, int month, int day);
  static constexpr Date of_days(std::int32_t days) { return Date{days}; }
  /// Exactly `yyyy-mm-dd`; what people write in sheets is read in edge/import.
  static Result<Date> parse(std::string_view iso);

  constexpr std::int32_t days() const { return days_; }
  int year() const { return int{ymd().year()}; }
  int month() const { return static_cast<int>(unsigned{ymd().month()}); }
  int day() const { return static_cast<int>(unsigned{ymd().day()}); }
  /// 1 Monday … 7 Sunday (ISO 8601).
  int weekday() const;
  std::string iso() const;

  constexpr Date plus_days(std::int32_t n) const { return Date{days_ + n}; }
  friend constexpr std::int32_t operator-(Date a, Date b) { return a.days_ - b.days_; }
  friend constexpr auto operator<=>(Date, Date) = default;

 private:
  explicit constexpr Date(std::int32_t days) : days_(days) {}
  std::chrono::year_month_day ymd() const { return std::chrono::sys_days{std::chrono::days{days_}}; }
  std::int32_t days_;
};

/// A calendar month; the unit of reports to SCB and of claims.
class Month {
 public:
  static std::optional<Month> of(int year, int month);
  static Month containing(Date);
  static Result<Month> parse(std::string_view iso);  ///< exactly `yyyy-mm`

  int year() const { return number_ / 12; }
  int month() const { return number_ % 12 + 1; }
  Date first() const;
  Date last() const;
  Month next() const { return Month{number_ + 1}; }
  /// Months since year 0, for arrays by month.
  int number() const { return number_; }
  std::string iso() const;
  friend constexpr auto operator<=>(Month, Month) = default;

 private:
  explicit constexpr Month(int number) : number_(number) {}
  int number_;
};

/// Days from the first to the last, both inside, as grant decisions write them. `last` absent: still open.
struct Period {
  Date first;
  std::optional<Date> last;

  bool contains(Date day) const { return first <= day && (!last || day <= *last); }
  bool touches(const Period& other) const {
    return (!last || other.first <= *last) && (!other.last || first <= *other.last);
  }
  friend bool operator==(const Period&, const Period&) = default;
};

/// The day on which someone born on 29 February turns a year older in a common year. The terms say which, with
/// a citation (Swedish default: 28 February, by analogy with Act 1930:173, section 1; unverified, and shown as such).
enum class LeapBirthday { Feb28, Mar1 };

/// Whole years lived on `day`; the birthday itself counts as the new age. `born_on` must not lie after `day`.
int age_on(Date day, Date born_on, LeapBirthday leap);

/// The day on which someone born on `born_on` reaches `age` whole years.
Date birthday(Date born_on, int age, LeapBirthday leap);

}  // namespace horisont
