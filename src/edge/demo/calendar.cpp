#include "edge/demo/calendar.h"

#include <array>

namespace horisont::demo {
namespace {

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
int length_of_year(int year) { return is_leap(year) ? 366 : 365; }

// Easter Sunday, by the calculation of Meeus, Jones and Butcher.
Day easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
  return day_of(year, n / 31, n % 31 + 1);
}

std::string two(int number) { return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)}; }

}  // namespace

int length_of_month(int year, int month) {
  static constexpr std::array lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return lengths[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap(year) ? 1 : 0);
}

// The demo's years lie near 1970: counting them is plain, and plainly right.
Day day_of(int year, int month, int day) {
  Day days = day - 1;
  for (int m = 1; m < month; ++m) days += length_of_month(year, m);
  for (int y = 1970; y < year; ++y) days += length_of_year(y);
  return days;
}

Ymd ymd(Day day) {
  int year = 1970, month = 1;
  for (; day >= length_of_year(year); ++year) day -= length_of_year(year);
  for (; day >= length_of_month(year, month); ++month) day -= length_of_month(year, month);
  return {year, month, day + 1};
}

int weekday(Day day) { return (day + 3) % 7 + 1; }  // 1970-01-01 was a Thursday

bool is_free(Day day) {
  const int of_week = weekday(day);
  if (of_week >= 6) return true;
  const auto [year, month, date] = ymd(day);
  static constexpr std::array<std::array<int, 2>, 10> fixed{
      {{1, 1}, {1, 5}, {1, 6}, {4, 30}, {5, 1}, {6, 6}, {12, 24}, {12, 25}, {12, 26}, {12, 31}}};
  for (const auto& [m, d] : fixed)
    if (month == m && date == d) return true;
  // Maundy Thursday, Good Friday, Easter Monday, Ascension Day; Midsummer Eve; the eve of All Saints' Day.
  const Day sunday = easter(year);
  if (day == sunday - 3 || day == sunday - 2 || day == sunday + 1 || day == sunday + 39) return true;
  if (month == 6 && of_week == 5 && date >= 19 && date <= 25) return true;
  return of_week == 5 && ((month == 10 && date >= 30) || (month == 11 && date <= 5));
}

Day working_day_from(Day day) {
  while (is_free(day)) ++day;
  return day;
}

int age_on(Day day, Day born) {
  const Ymd now = ymd(day), then = ymd(born);
  const bool before_birthday = now.month < then.month || (now.month == then.month && now.day < then.day);
  return now.year - then.year - (before_birthday ? 1 : 0);
}

std::string iso(Day day) {
  const auto [year, month, date] = ymd(day);
  return std::to_string(year) + "-" + two(month) + "-" + two(date);
}

std::string compact(Day day) {
  const auto [year, month, date] = ymd(day);
  return std::to_string(year) + two(month) + two(date);
}

std::string slashed(Day day) {
  const auto [year, month, date] = ymd(day);
  return std::to_string(date) + "/" + std::to_string(month) + " " + std::to_string(year);
}

std::string worded(Day day) {
  const auto [year, month, date] = ymd(day);
  return std::to_string(date) + " " + month_name(month) + " " + std::to_string(year);
}

const std::string& month_name(int month) {
  static const std::array<std::string, 12> names{"januari", "februari", "mars",      "april",   "maj",      "juni",
                                                 "juli",    "augusti",  "september", "oktober", "november", "december"};
  return names[static_cast<std::size_t>(month - 1)];
}

}  // namespace horisont::demo
