#include "core/values/date.h"

#include <cassert>
#include <cstdio>

namespace horisont {
namespace {

// The number that `text` is made of, when it is digits and nothing else.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string padded(const char* format, int a, int b, int c = 0) {
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, format, a, b, c);
  return buffer;
}

}  // namespace

std::optional<Date> Date::of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count())};
}

Result<Date> Date::parse(std::string_view iso) {
  if (iso.size() == 10 && iso[4] == '-' && iso[7] == '-') {
    const auto y = digits(iso.substr(0, 4)), m = digits(iso.substr(5, 2)), d = digits(iso.substr(8, 2));
    if (y && m && d) {
      if (const auto date = of(*y, *m, *d)) return *date;
      return problem("date.not-in-calendar", iso);
    }
  }
  return problem("date.form", iso);
}

int Date::weekday() const {
  return static_cast<int>(std::chrono::weekday{std::chrono::sys_days{std::chrono::days{days_}}}.iso_encoding());
}

std::string Date::iso() const {
  const auto d = ymd();
  return padded("%04d-%02d-%02d", int{d.year()}, static_cast<int>(unsigned{d.month()}), static_cast<int>(unsigned{d.day()}));
}

std::optional<Month> Month::of(int year, int month) {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return std::nullopt;
  return Month{year * 12 + month - 1};
}

Month Month::containing(Date day) { return Month{day.year() * 12 + day.month() - 1}; }

Result<Month> Month::parse(std::string_view iso) {
  if (iso.size() == 7 && iso[4] == '-') {
    const auto y = digits(iso.substr(0, 4)), m = digits(iso.substr(5, 2));
    if (y && m)
      if (const auto month = of(*y, *m)) return *month;
  }
  return problem("month.form", iso);
}

Date Month::first() const { return *Date::of(year(), month(), 1); }
Date Month::last() const { return next().first().plus_days(-1); }
std::string Month::iso() const { return padded("%04d-%02d", year(), month()); }

int age_on(Date day, Date born_on, LeapBirthday leap) {
  assert(born_on <= day);
  int years = day.year() - born_on.year();
  return birthday(born_on, years, leap) <= day ? years : years - 1;
}

Date birthday(Date born_on, int age, LeapBirthday leap) {
  const int year = born_on.year() + age;
  if (const auto day = Date::of(year, born_on.month(), born_on.day())) return *day;
  // Only 29 February can be missing.
  return leap == LeapBirthday::Feb28 ? *Date::of(year, 2, 28) : *Date::of(year, 3, 1);
}

}  // namespace horisont
