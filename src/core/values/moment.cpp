#include "core/values/moment.h"

#include <cstdio>

#include "core/values/date.h"

namespace horisont {

Result<Moment> Moment::parse(std::string_view iso) {
  const auto two = [&](std::size_t at) -> int {
    if (iso[at] < '0' || iso[at] > '9' || iso[at + 1] < '0' || iso[at + 1] > '9') return -1;
    return (iso[at] - '0') * 10 + (iso[at + 1] - '0');
  };
  if (iso.size() == 20 && iso[10] == 'T' && iso[13] == ':' && iso[16] == ':' && iso[19] == 'Z') {
    const auto day = Date::parse(iso.substr(0, 10));
    const int h = two(11), m = two(14), s = two(17);
    if (day && h >= 0 && h < 24 && m >= 0 && m < 60 && s >= 0 && s < 60)
      return Moment{std::int64_t{day->days()} * 86400 + h * 3600 + m * 60 + s};
  }
  return problem("moment.form", iso);
}

std::string Moment::iso() const {
  std::int64_t days = seconds_ / 86400, rest = seconds_ % 86400;
  if (rest < 0) rest += 86400, --days;
  char clock[16];
  std::snprintf(clock, sizeof clock, "T%02d:%02d:%02dZ", static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60),
                static_cast<int>(rest % 60));
  return Date::of_days(static_cast<std::int32_t>(days)).iso() + clock;
}

namespace {

// 01:00 UTC of the last Sunday of a month with 31 days.
std::int64_t change_of_clocks(int year, int month) {
  const std::int64_t last = Date::of(year, month, 31)->days();
  // 1970-01-01 was a Thursday, four days after a Sunday.
  return (last - (last + 4) % 7) * 86400 + 3600;
}

}  // namespace

std::int64_t ahead_of_utc(Moment moment) {
  const std::int64_t seconds = moment.seconds();
  const int year = Date::of_days(static_cast<std::int32_t>((seconds - (seconds % 86400 + 86400) % 86400) / 86400)).year();
  return change_of_clocks(year, 3) <= seconds && seconds < change_of_clocks(year, 10) ? 120 : 60;
}

std::string Moment::swedish() const {
  std::string local = Moment{seconds_ + ahead_of_utc(*this) * 60}.iso();
  local[10] = ' ';
  return local.substr(0, 16);
}

std::string clock_words(std::string text) {
  if (text.size() != 20 || text.back() != 'Z') return text;
  const auto moment = Moment::parse(text);
  return moment ? moment->swedish() : std::move(text);
}

}  // namespace horisont
