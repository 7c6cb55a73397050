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

}  // namespace horisont
