#include "dmn/feel/temporal.h"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <exception>

namespace dmn::feel {
namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t last_year = 999'999'999;

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
int month_length(std::int64_t year, std::int64_t month) {
  static constexpr std::array lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : lengths[static_cast<std::size_t>(month - 1)];
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }
std::int64_t floor_mod(std::int64_t a, std::int64_t b) { return a - floor_div(a, b) * b; }

// Reads a text from the left.
struct Scanner {
  std::string_view left;

  bool take(char c) {
    if (left.empty() || left.front() != c) return false;
    left.remove_prefix(1);
    return true;
  }
  std::string_view digits() {
    std::size_t n = 0;
    while (n < left.size() && left[n] >= '0' && left[n] <= '9') ++n;
    const std::string_view found = left.substr(0, n);
    left.remove_prefix(n);
    return found;
  }
  std::optional<int> two() {
    const std::string_view d = digits();
    if (d.size() != 2) return std::nullopt;
    return (d[0] - '0') * 10 + (d[1] - '0');
  }
};

std::int64_t value_of(std::string_view digits) {  // at most 18 of them
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

std::optional<Date> date_part(Scanner& in) {
  const bool negative = in.take('-');
  const std::string_view year = in.digits();
  if (year.size() < 4 || year.size() > 9 || (year.size() > 4 && year.front() == '0')) return std::nullopt;
  if (!in.take('-')) return std::nullopt;
  const auto month = in.two();
  if (!month || !in.take('-')) return std::nullopt;
  const auto day = in.two();
  if (!day) return std::nullopt;
  return Date::make(negative ? -value_of(year) : value_of(year), *month, *day);
}

std::optional<Zone> zone_part(Scanner& in) {
  if (in.left.empty()) return Zone{};
  if (in.take('Z') || in.take('z')) return offset_zone(0);
  if (in.take('@')) {
    const std::string_view name = std::exchange(in.left, {});
    return named_zone(name);
  }
  const bool west = in.take('-');
  if (!west && !in.take('+')) return std::nullopt;
  const auto hours = in.two();
  if (!hours || !in.take(':')) return std::nullopt;
  const auto minutes = in.two();
  if (!minutes || *minutes > 59) return std::nullopt;
  int seconds = 0;
  if (in.take(':')) {
    const auto given = in.two();
    if (!given || *given > 59) return std::nullopt;
    seconds = *given;
  }
  const int east = *hours * 3600 + *minutes * 60 + seconds;
  return offset_zone(west ? -east : east);
}

// Hour 24 is left in place: it is another day for a date and time.
std::optional<Time> time_part(Scanner& in) {
  Time time;
  const auto hour = in.two();
  if (!hour || !in.take(':')) return std::nullopt;
  const auto minute = in.two();
  if (!minute || !in.take(':')) return std::nullopt;
  const auto second = in.two();
  if (!second || *hour > 24 || *minute > 59 || *second > 59) return std::nullopt;
  time.hour = *hour, time.minute = *minute, time.second = *second;
  if (in.take('.')) {
    const std::string_view fraction = in.digits();
    if (fraction.empty()) return std::nullopt;
    std::string nine(fraction.substr(0, 9));
    nine.resize(9, '0');
    time.nanos = static_cast<int>(value_of(nine));
  }
  if (time.hour == 24 && (time.minute || time.second || time.nanos)) return std::nullopt;
  const auto zone = zone_part(in);
  if (!zone || !in.left.empty()) return std::nullopt;
  time.zone = *zone;
  return time;
}

std::string padded(std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

int zone_offset(const Zone& zone, std::int64_t local) {
  if (zone.is != Zone::Is::Named) return zone.offset;
  const auto info = date::locate_zone(zone.name)->get_info(date::local_seconds{std::chrono::seconds{local}});
  return static_cast<int>(info.first.offset.count());
}

std::int64_t local_seconds(const DateTime& m) { return m.date.days() * day_seconds + m.time.seconds(); }

// Seconds since 1970 at the place itself, or in UTC when it has a zone.
std::int64_t instant(const DateTime& m) { return local_seconds(m) - m.offset().value_or(0); }

Number exact_seconds(std::int64_t seconds, int nanos) {
  return *add(Number(seconds), *divide(Number(nanos), Number(1'000'000'000)));
}

// Seconds of a duration, rounded down, and the nanoseconds that are left.
struct Parts {
  std::int64_t seconds = 0;
  int nanos = 0;
};
std::optional<Parts> parts_of(const Span& span) {
  const Maybe down = rounded(span.seconds, 0, Round::Floor);
  const auto whole = down ? down->whole() : std::nullopt;
  if (!whole || *whole > 4 * day_seconds * 366 * last_year / 2 || *whole < -4 * day_seconds * 366 * last_year / 2)
    return std::nullopt;
  const Maybe rest = multiply(*subtract(span.seconds, Number(*whole)), Number(1'000'000'000));
  return Parts{*whole, static_cast<int>(rest->whole().value_or(0))};
}

std::optional<DateTime> at_local(std::int64_t seconds, int nanos, const Zone& zone) {
  const auto date = Date::of_days(floor_div(seconds, day_seconds));
  if (!date) return std::nullopt;
  const int of_day = static_cast<int>(floor_mod(seconds, day_seconds));
  return DateTime{*date, {of_day / 3600, of_day / 60 % 60, of_day % 60, nanos, zone}};
}

std::optional<std::strong_ordering> compared(std::int64_t a, const Zone& zone_a, std::int64_t b, const Zone& zone_b,
                                             int offset_a, int offset_b, bool lend) {
  const bool bare_a = zone_a.is == Zone::Is::None, bare_b = zone_b.is == Zone::Is::None;
  if (bare_a != bare_b && !lend) return std::nullopt;
  if (bare_a != bare_b || zone_a == zone_b) return a <=> b;
  return a - offset_a <=> b - offset_b;
}

}  // namespace

std::optional<Date> Date::make(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < -last_year || year > last_year || month < 1 || month > 12 || day < 1 || day > month_length(year, month))
    return std::nullopt;
  return Date{static_cast<std::int32_t>(year), static_cast<int>(month), static_cast<int>(day)};
}

// Both ways count in eras of 400 years that begin on 1 March, so that 29 February is the last day of a year.
std::int64_t Date::days() const {
  const std::int64_t y = month <= 2 ? std::int64_t{year} - 1 : year, era = floor_div(y, 400), year_of_era = y - era * 400;
  const std::int64_t day_of_march_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_march_year - 719'468;
}
std::optional<Date> Date::of_days(std::int64_t days) {
  if (days < -366 * (last_year + 2000) || days > 366 * (last_year + 2000)) return std::nullopt;
  const std::int64_t shifted = days + 719'468, era = floor_div(shifted, 146'097), of_era = shifted - era * 146'097;
  const std::int64_t year_of_era = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t march_month = (5 * of_year + 2) / 153;
  const std::int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
  return make(year_of_era + era * 400 + (month <= 2), month, of_year - (153 * march_month + 2) / 5 + 1);
}
int Date::weekday() const { return static_cast<int>(floor_mod(days() + 3, 7)) + 1; }
int Date::day_of_year() const { return static_cast<int>(days() - Date{year, 1, 1}.days()) + 1; }
int Date::week_of_year() const {
  // The week belongs to the year that its Thursday is in.
  const auto thursday = of_days(days() - weekday() + 4);
  return thursday ? (thursday->day_of_year() - 1) / 7 + 1 : 1;
}

std::optional<int> DateTime::offset() const {
  if (time.zone.is == Zone::Is::None) return std::nullopt;
  return zone_offset(time.zone, local_seconds(*this));
}

std::optional<Zone> named_zone(std::string_view name) {
  try {
    date::locate_zone(name);
    return Zone{Zone::Is::Named, 0, std::string(name)};
  } catch (const std::exception&) {
    return std::nullopt;
  }
}
std::optional<Zone> offset_zone(std::int64_t seconds) {
  if (seconds < -18 * 3600 || seconds > 18 * 3600) return std::nullopt;
  return Zone{Zone::Is::Offset, static_cast<int>(seconds), {}};
}

std::optional<Date> parse_date(std::string_view text) {
  Scanner in{text};
  const auto date = date_part(in);
  return in.left.empty() ? date : std::nullopt;
}
std::optional<Time> parse_time(std::string_view text) {
  Scanner in{text};
  auto time = time_part(in);
  if (time) time->hour %= 24;
  return time;
}
std::optional<DateTime> parse_date_time(std::string_view text) {
  Scanner in{text};
  const auto date = date_part(in);
  if (!date) return std::nullopt;
  if (in.left.empty()) return DateTime{*date, {}};
  if (!in.take('T')) return std::nullopt;
  auto time = time_part(in);
  if (!time) return std::nullopt;
  if (time->hour < 24) return DateTime{*date, *time};
  time->hour = 0;
  const auto next = Date::of_days(date->days() + 1);
  if (!next) return std::nullopt;
  return DateTime{*next, *time};
}

std::optional<Months> parse_months(std::string_view text) {
  Scanner in{text};
  const bool negative = in.take('-');
  if (!in.take('P')) return std::nullopt;
  std::int64_t count = 0;
  bool any = false;
  for (const char unit : {'Y', 'M'}) {
    const Scanner before = in;
    const std::string_view digits = in.digits();
    if (digits.empty() || !in.take(unit)) {
      in = before;
      continue;
    }
    if (digits.size() > 15) return std::nullopt;
    count += value_of(digits) * (unit == 'Y' ? 12 : 1);
    any = true;
  }
  if (!any || !in.left.empty()) return std::nullopt;
  return Months{negative ? -count : count};
}

std::optional<Span> parse_span(std::string_view text) {
  Scanner in{text};
  const bool negative = in.take('-');
  if (!in.take('P')) return std::nullopt;
  Number total;
  bool any = false;
  const auto part = [&](char unit, std::int64_t seconds, bool fraction) {
    Scanner ahead = in;
    const char* begin = ahead.left.data();
    if (ahead.digits().empty()) return true;
    std::string_view number(begin, static_cast<std::size_t>(ahead.left.data() - begin));
    if (fraction && ahead.take('.') && !ahead.digits().empty())  // "0." will do, as in the kit
      number = {begin, static_cast<std::size_t>(ahead.left.data() - begin)};
    if (!ahead.take(unit)) return true;
    const Maybe value = Number::parse(number);
    const Maybe more = value ? multiply(*value, Number(seconds)) : std::nullopt;
    const Maybe sum = more ? add(total, *more) : std::nullopt;
    if (!sum || number.size() > 25) return false;
    total = *sum, in = ahead, any = true;
    return true;
  };
  if (!part('D', day_seconds, false)) return std::nullopt;
  if (in.take('T')) {
    any = false;
    if (!part('H', 3600, false) || !part('M', 60, false) || !part('S', 1, true)) return std::nullopt;
  }
  if (!any || !in.left.empty()) return std::nullopt;
  return Span{negative ? -total : total};
}

std::string text_of(const Date& d) {
  const std::int64_t year = d.year;
  return (year < 0 ? "-" : "") + padded(year < 0 ? -year : year, 4) + "-" + padded(d.month, 2) + "-" + padded(d.day, 2);
}
std::string text_of(const Time& t) {
  std::string out = padded(t.hour, 2) + ":" + padded(t.minute, 2) + ":" + padded(t.second, 2);
  if (t.nanos) {
    out += "." + padded(t.nanos, 9);
    while (out.back() == '0') out.pop_back();
  }
  if (t.zone.is == Zone::Is::Named) return out + "@" + t.zone.name;
  if (t.zone.is == Zone::Is::None) return out;
  if (t.zone.offset == 0) return out + "Z";
  const int east = std::abs(t.zone.offset);
  out += (t.zone.offset < 0 ? "-" : "+") + padded(east / 3600, 2) + ":" + padded(east / 60 % 60, 2);
  return east % 60 ? out + ":" + padded(east % 60, 2) : out;
}
std::string text_of(const DateTime& m) { return text_of(m.date) + "T" + text_of(m.time); }

std::string text_of(const Months& m) {
  if (m.count == 0) return "P0M";
  const std::int64_t count = m.count < 0 ? -m.count : m.count;
  std::string out = m.count < 0 ? "-P" : "P";
  if (count / 12) out += std::to_string(count / 12) + "Y";
  if (count % 12) out += std::to_string(count % 12) + "M";
  return out;
}
std::string text_of(const Span& s) {
  if (s.seconds.is_zero()) return "PT0S";
  Number left = s.seconds.magnitude();
  std::string out = s.seconds.is_negative() ? "-P" : "P";
  const auto take = [&](std::int64_t unit, const char* letter) {
    const Maybe count = rounded(*divide(left, Number(unit)), 0, Round::Floor);
    left = *modulo(left, Number(unit));
    if (!count->is_zero()) out += count->text() + letter;
  };
  take(day_seconds, "D");
  if (left.is_zero()) return out;
  out += "T";
  take(3600, "H");
  take(60, "M");
  return left.is_zero() ? out : out + left.text() + "S";
}

DateTime midnight(const Date& date) { return {date, {0, 0, 0, 0, *offset_zone(0)}}; }

std::optional<std::strong_ordering> compare(const DateTime& a, const DateTime& b, bool lend) {
  return compared(local_seconds(a), a.time.zone, local_seconds(b), b.time.zone, a.offset().value_or(0), b.offset().value_or(0),
                  lend);
}
std::optional<std::strong_ordering> compare(const Time& a, const Time& b, bool lend) {
  // A zone's offset depends on the day, and a time has none: 1970-01-01 stands in.
  return compared(a.seconds(), a.zone, b.seconds(), b.zone, zone_offset(a.zone, a.seconds()), zone_offset(b.zone, b.seconds()),
                  lend);
}

std::optional<Span> difference(const DateTime& a, const DateTime& b) {
  if ((a.time.zone.is == Zone::Is::None) != (b.time.zone.is == Zone::Is::None)) return std::nullopt;
  return Span{exact_seconds(instant(a) - instant(b), a.time.nanos - b.time.nanos)};
}
std::optional<Span> difference(const Time& a, const Time& b) {
  if ((a.zone.is == Zone::Is::None) != (b.zone.is == Zone::Is::None)) return std::nullopt;
  const std::int64_t seconds =
      a.zone == b.zone ? a.seconds() - b.seconds()
                       : a.seconds() - zone_offset(a.zone, a.seconds()) - (b.seconds() - zone_offset(b.zone, b.seconds()));
  return Span{exact_seconds(seconds, a.nanos - b.nanos)};
}

std::optional<Date> plus(const Date& date, Months months) {
  if (months.count > 24 * last_year || months.count < -24 * last_year) return std::nullopt;
  const std::int64_t month = std::int64_t{date.year} * 12 + date.month - 1 + months.count;
  const std::int64_t year = floor_div(month, 12), of_year = floor_mod(month, 12) + 1;
  return Date::make(year, of_year, std::min(date.day, month_length(year, of_year)));
}
std::optional<DateTime> plus(const DateTime& moment, Months months) {
  const auto date = plus(moment.date, months);
  if (!date) return std::nullopt;
  return DateTime{*date, moment.time};
}
std::optional<DateTime> plus(const DateTime& moment, const Span& span) {
  const auto parts = parts_of(span);
  if (!parts) return std::nullopt;
  const int nanos = moment.time.nanos + parts->nanos;
  const std::int64_t later = instant(moment) + parts->seconds + nanos / 1'000'000'000;
  std::int64_t local = later;
  if (moment.time.zone.is == Zone::Is::Offset) local += moment.time.zone.offset;
  if (moment.time.zone.is == Zone::Is::Named)
    local += date::locate_zone(moment.time.zone.name)->get_info(date::sys_seconds{std::chrono::seconds{later}}).offset.count();
  return at_local(local, nanos % 1'000'000'000, moment.time.zone);
}
std::optional<Time> plus(const Time& time, const Span& span) {
  const auto parts = parts_of(span);
  if (!parts) return std::nullopt;
  const int nanos = time.nanos + parts->nanos;
  const std::int64_t seconds = floor_mod(time.seconds() + parts->seconds + nanos / 1'000'000'000, day_seconds);
  const int s = static_cast<int>(seconds);
  return Time{s / 3600, s / 60 % 60, s % 60, nanos % 1'000'000'000, time.zone};
}

Months months_between(const Date& from, const Date& to) {
  if (to < from) return {-months_between(to, from).count};
  const std::int64_t months = (std::int64_t{to.year} - from.year) * 12 + to.month - from.month;
  return {months - (to.day < from.day)};
}

}  // namespace dmn::feel
