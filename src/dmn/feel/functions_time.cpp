#include "dmn/feel/functions.h"

namespace dmn::feel {
namespace {

using Args = const Arguments&;

Date day_of(const Value& v) {
  const DateTime* moment = v.as<DateTime>();
  return moment ? moment->date : *v.as<Date>();
}

std::optional<std::int64_t> whole(const Number& n) { return n.is_whole() ? n.whole() : std::nullopt; }

std::optional<Date> date_of(const Value& year, const Value& month, const Value& day) {
  const auto y = whole(*year.as<Number>()), m = whole(*month.as<Number>()), d = whole(*day.as<Number>());
  return y && m && d ? Date::make(*y, *m, *d) : std::nullopt;
}

std::optional<Time> time_of(const Value& hour, const Value& minute, const Value& second, std::optional<Zone> zone) {
  const auto h = whole(*hour.as<Number>()), m = whole(*minute.as<Number>());
  const Number& s = *second.as<Number>();
  if (!zone || !h || !m || *h < 0 || *h > 23 || *m < 0 || *m > 59 || s < Number(0) || !(s < Number(60))) return std::nullopt;
  const Number down = *rounded(s, 0, Round::Floor);
  const Maybe nanos = multiply(*subtract(s, down), Number(1'000'000'000));
  return Time{static_cast<int>(*h), static_cast<int>(*m), static_cast<int>(*down.whole()), static_cast<int>(*nanos->whole()),
              *zone};
}

std::optional<Zone> zone_at(Args a, std::size_t i) {
  if (a.size() <= i || a[i].is_null()) return Zone{};
  if (const std::string* name = a[i].as<std::string>()) return named_zone(*name);
  const Number& seconds = a[i].as<Span>()->seconds;
  const auto east = whole(seconds);
  return east ? offset_zone(*east) : std::nullopt;
}

Value date_of_text(Machine&, Args a) { return parse_date(a.text(0)); }
Value date_of_day(Machine&, Args a) { return day_of(a[0]); }
Value date_of_parts(Machine&, Args a) { return date_of(a[0], a[1], a[2]); }

Value time_of_text(Machine&, Args a) { return parse_time(a.text(0)); }
Value time_itself(Machine&, Args a) { return a[0]; }
Value time_of_day(Machine&, Args a) {
  const DateTime* moment = a[0].as<DateTime>();
  return moment ? moment->time : midnight(*a[0].as<Date>()).time;
}
Value time_of_parts(Machine&, Args a) { return time_of(a[0], a[1], a[2], zone_at(a, 3)); }

Value moment_of_text(Machine&, Args a) { return parse_date_time(a.text(0)); }
Value moment_of_both(Machine&, Args a) { return DateTime{day_of(a[0]), *a[1].as<Time>()}; }
Value moment_of_parts(Machine&, Args a) {
  const auto date = date_of(a[0], a[1], a[2]);
  const auto time = time_of(a[3], a[4], a[5], zone_at(a, 6));
  if (!date || !time) return {};
  return DateTime{*date, *time};
}

Value duration_of_text(Machine&, Args a) {
  if (const auto months = parse_months(a.text(0))) return *months;
  return parse_span(a.text(0));
}
Value duration_itself(Machine&, Args a) { return a[0]; }
Value months_from_to(Machine&, Args a) { return months_between(day_of(a[0]), day_of(a[1])); }

Value day_of_year(Machine&, Args a) { return Number(day_of(a[0]).day_of_year()); }
Value week_of_year(Machine&, Args a) { return Number(day_of(a[0]).week_of_year()); }
Value day_of_week(Machine&, Args a) {
  static constexpr const char* names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  return names[day_of(a[0]).weekday() - 1];
}
Value month_of_year(Machine&, Args a) {
  static constexpr const char* names[] = {"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};
  return names[day_of(a[0]).month - 1];
}

Value now(Machine& m, Args) { return m.now(); }
Value today(Machine& m, Args) { return m.now().date; }
Value is(Machine& m, Args a) { return m.spend_on(a[0], a[1]), identical(a[0], a[1]); }

constexpr FunctionRow rows[] = {
    {"date", "from: string", date_of_text},
    {"date", "from: day", date_of_day},
    {"date", "year: number, month: number, day: number", date_of_parts},
    {"time", "from: string", time_of_text},
    {"time", "from: time", time_itself},
    {"time", "from: day", time_of_day},
    {"time", "hour: number, minute: number, second: number", time_of_parts},
    {"time", "hour: number, minute: number, second: number, offset: span?", time_of_parts},
    {"date and time", "from: string", moment_of_text},
    {"date and time", "date: day, time: time", moment_of_both},
    {"date and time", "year: number, month: number, day: number, hour: number, minute: number, second: number",
     moment_of_parts},
    {"date and time", "year: number, month: number, day: number, hour: number, minute: number, second: number, offset: span?",
     moment_of_parts},
    {"date and time",
     "year: number, month: number, day: number, hour: number, minute: number, second: number, timezone: string",
     moment_of_parts},
    {"duration", "from: string", duration_of_text},
    {"duration", "from: duration", duration_itself},
    {"years and months duration", "from: day, to: day", months_from_to},
    {"day of year", "date: day", day_of_year},
    {"day of week", "date: day", day_of_week},
    {"month of year", "date: day", month_of_year},
    {"week of year", "date: day", week_of_year},
    {"now", "", now},
    {"today", "", today},
    {"is", "value1: any?, value2: any?", is},
};

}  // namespace

std::span<const FunctionRow> time_functions() { return rows; }

}  // namespace dmn::feel
