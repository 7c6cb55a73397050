#include "edge/import/values.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "edge/text/text.h"

namespace horisont {
namespace {

using Kind = CellView::Kind;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }
int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Days since 1970-01-01 of a day that the calendar has (Howard Hinnant's civil calendar, as in the standard library but
// without its checks; a million rows ask for it).
std::optional<std::int32_t> day_of(int year, int month, int day) {
  static constexpr std::array<int, 13> last{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return std::nullopt;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (day > last[static_cast<std::size_t>(month)] + (month == 2 && leap ? 1 : 0)) return std::nullopt;
  const int y = month <= 2 ? year - 1 : year, era = y / 400, of_era = y - era * 400;
  const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

// The parts of a text as people write dates: numbers and words, blanks and punctuation between them.
struct Token {
  std::string_view text;
  bool number = false;
  char before = ' ';  ///< the last character between this token and the one before
};
struct Tokens {
  std::array<Token, 8> items;
  std::size_t size = 0;
  bool overflow = false;
};
Tokens tokens_of(std::string_view text) {
  Tokens out;
  char before = ' ';
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool digit = is_digit(text[at]);
    const bool letter = !digit && (byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'));
    if (!digit && !letter) {
      if (text[at] != ' ' || before == 0) before = text[at];
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size()) {
      const auto next = static_cast<unsigned char>(text[end]);
      const bool same =
          digit ? is_digit(text[end]) : next >= 0x80 || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
      if (!same) break;
      ++end;
    }
    if (out.size == out.items.size()) {
      out.overflow = true;
      return out;
    }
    out.items[out.size++] = {text.substr(at, end - at), digit, before};
    before = 0;
    at = end;
  }
  return out;
}

// 1 to 12 for the name of a month, Swedish or English, whole or three letters ("sept" too).
int month_named(std::string_view lower) {
  static constexpr std::array<std::pair<std::string_view, int>, 24> names{
      {{"januari", 1},  {"january", 1},   {"februari", 2},  {"february", 2},  {"mars", 3}, {"march", 3},
       {"april", 4},    {"maj", 5},       {"may", 5},       {"juni", 6},      {"june", 6}, {"juli", 7},
       {"july", 7},     {"augusti", 8},   {"august", 8},    {"september", 9}, {"sept", 9}, {"oktober", 10},
       {"october", 10}, {"november", 11}, {"december", 12}, {"okt", 10},      {"oct", 10}, {"aug", 8}}};
  for (const auto& [name, month] : names)
    if (lower == name || (lower.size() == 3 && name.substr(0, 3) == lower)) return month;
  return 0;
}

bool is_weekday(std::string_view lower) {
  static constexpr std::array<std::string_view, 14> names{"måndag",   "tisdag", "onsdag",   "torsdag", "fredag",
                                                          "lördag",   "söndag", "monday",   "tuesday", "wednesday",
                                                          "thursday", "friday", "saturday", "sunday"};
  for (const std::string_view name : names) {
    if (lower == name) return true;
    // "mån" has four bytes.
    const std::size_t three = static_cast<unsigned char>(name[1]) >= 0x80 ? 4 : 3;
    if (lower == name.substr(0, three)) return true;
  }
  return lower == "den" || lower == "kl" || lower == "tors" || lower == "tues" || lower == "thurs";
}

int full_year(int two_digits, const DateFrame& frame) {
  if (frame.birth) {
    const int year = frame.middle_year - frame.middle_year % 100 + two_digits;
    return year > frame.middle_year ? year - 100 : year;
  }
  int year = frame.middle_year - frame.middle_year % 100 + two_digits;
  if (year - frame.middle_year > 50) year -= 100;
  if (frame.middle_year - year > 50) year += 100;
  return year;
}

// A date whose order is open: three short numbers, or two and a year behind them.
struct OpenDate {
  int a = 0, b = 0, c = 0;
  bool year_last = false;  ///< c has four digits
  bool packed = false;     ///< written 260302, without any sign
  bool dotted = false;     ///< written 7.3.2016: day.month in Swedish use, unless the column shows otherwise
  bool swedish = false;    ///< written `2/3 2026` or `2/3-26`: day/month is meant when anything is
};

struct DayText {
  std::optional<std::int32_t> day;
  std::string_view error, remark;
  std::optional<OpenDate> open;
};

DayText whole_date(int year, int month, int day, std::string_view remark = {}) {
  DayText out;
  out.day = day_of(year, month, day);
  if (out.day)
    out.remark = remark;
  else
    out.error = "date.not-in-calendar";
  return out;
}

DayText wrong(std::string_view code) { return {std::nullopt, code, {}, std::nullopt}; }

bool is_week(std::string_view lower) {
  return lower == "v" || lower == "w" || lower == "vecka" || lower == "week" || lower == "vk" || lower == "wk";
}

// The day of a week of ISO 8601: week 1 is that of 4 January, day 1 is Monday.
DayText day_of_week(int year, int week, int weekday) {
  const auto fourth = day_of(year, 1, 4), next = day_of(year + 1, 1, 4);
  if (!fourth || !next || week < 1 || weekday < 1 || weekday > 7) return wrong("date.not-in-calendar");
  const auto monday = [](std::int32_t day) { return day - ((day + 3) % 7 + 7) % 7; };
  DayText out;
  out.day = monday(*fourth) + (week - 1) * 7 + weekday - 1;
  if (*out.day >= monday(*next)) return wrong("date.not-in-calendar");
  return out;
}

std::optional<std::int32_t> in_order(const OpenDate& date, DateOrder order, const DateFrame& frame) {
  const auto year = [&](int written) { return written >= 100 ? written : full_year(written, frame); };
  switch (order) {
    case DateYmd:
      return date.year_last || date.swedish ? std::nullopt : day_of(year(date.a), date.b, date.c);
    case DateDmy:
      return day_of(year(date.c), date.b, date.a);
    case DateMdy:
      return date.swedish ? std::nullopt : day_of(year(date.c), date.a, date.b);
    default:
      return std::nullopt;
  }
}

// The orders that the form of an open date leaves: an answer, or what the column shows, holds for the form that it is about.
std::uint8_t orders_for(const OpenDate& date, const ColumnFacts& facts, const DateFrame& frame) {
  std::uint8_t orders = facts.date_orders;
  if (date.packed) {
    const auto near = [&](DateOrder order) {
      const auto day = in_order(date, order, frame);
      return day && *day >= frame.near_first && *day <= frame.near_last;
    };
    // 160301 is yymmdd where no other order makes sense, or somebody says so.
    const bool others = near(DateDmy) || near(DateMdy);
    if (near(DateYmd) && (!others || (facts.date_order_told && (orders & DateYmd)))) return DateYmd;
    return orders;
  }
  constexpr std::uint8_t behind = DateDmy | DateMdy;
  if (date.year_last || date.swedish) {
    if (facts.date_order_told && (orders & behind)) return orders & behind;
    if (date.dotted) return (orders & behind) == DateMdy ? DateMdy : DateDmy;
    return orders;
  }
  // Both are told: years stand first where there are dashes, and last where there are not.
  if (facts.date_order_told && (orders & DateYmd) && (orders & behind)) return DateYmd;
  return orders;
}

// Signs that people put at a value that is not certain: "?2026-03-02", "(2026-03-02)", "~08:30", "2026-05-01*". A weekday may
// stand in brackets.
bool has_sign_of_doubt(std::string_view written) {
  if (written.find_first_of("?~*") != std::string_view::npos) return true;
  const std::size_t open = written.find_first_of("([{<");
  if (open == std::string_view::npos) return false;
  const std::size_t close = std::min(written.find_first_of(")]}>", open), written.size());
  return std::any_of(written.begin() + static_cast<std::ptrdiff_t>(open), written.begin() + static_cast<std::ptrdiff_t>(close), is_digit);
}

DayText day_of_text(std::string_view written, const DateFrame& frame) {
  // The form of nearly every machine: yyyy-mm-dd.
  if (written.size() == 10 && written[4] == written[7] && (written[4] == '-' || written[4] == '/' || written[4] == '.') &&
      all_digits(written.substr(0, 4)) && all_digits(written.substr(5, 2)) && all_digits(written.substr(8, 2)))
    return whole_date(number(written.substr(0, 4)), number(written.substr(5, 2)), number(written.substr(8, 2)));

  std::string_view remark;
  Tokens tokens = tokens_of(written);
  if (tokens.overflow || tokens.size == 0) return wrong("date.form");
  if (has_sign_of_doubt(written)) return wrong("date.uncertain");
  // A sign before or behind belongs to a number or to a period ("-2016-03-01", "2016-03-01–", "/2016-03-01"), not to a day.
  for (const std::string_view sign : {"-", "+", "/", "=", "\u2212", "\u2013", "\u2014"})
    if (trimmed(written).starts_with(sign) || trimmed(written).ends_with(sign)) return wrong("date.form");
  std::array<std::string, 8> lower;
  // Weekdays and small words say nothing new.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < tokens.size; ++i) {
    if (!tokens.items[i].number) {
      std::string word = lower_case(tokens.items[i].text);
      if (is_weekday(word)) continue;
      lower[kept] = std::move(word);
    }
    tokens.items[kept++] = tokens.items[i];
  }
  tokens.size = kept;
  const auto& t = tokens.items;
  const auto numeric = [&](std::size_t i) { return i < tokens.size && t[i].number; };
  const auto digits = [&](std::size_t i) { return t[i].text.size(); };
  const auto value = [&](std::size_t i) { return t[i].text.size() > 8 ? 0 : number(t[i].text); };

  // A time of day behind the date is dropped: 2026-03-02 08:15, 2026-03-02T00:00:00.
  if (tokens.size >= 5 && numeric(0) && numeric(1) && numeric(2) && digits(0) == 4) {
    // Two numbers at least with a colon between them: the end of a period ("2026-03-02 - 2026-06-05") is no time of day.
    bool time = false, zero = true;
    for (std::size_t i = 4; i < tokens.size; ++i) time |= t[i].number && t[i].before == ':' && t[i - 1].number;
    for (std::size_t i = 3; i < tokens.size; ++i) {
      if (!t[i].number && lower[i] != "t" && lower[i] != "z") time = false;
      if (t[i].number && digits(i) > 2 && t[i].before != '.' && t[i].before != ',') time = false;
      if (t[i].number && value(i) != 0) zero = false;
    }
    if (!time) return wrong("date.form");
    if (!zero) remark = "date.time-dropped";
    return whole_date(value(0), value(1), value(2), remark);
  }
  if (tokens.size == 1 && numeric(0)) {
    if (digits(0) == 8)
      return whole_date(number(t[0].text.substr(0, 4)), number(t[0].text.substr(4, 2)), number(t[0].text.substr(6)));
    if (digits(0) == 6) {
      // 202603 is a month; 260302 needs the column's owner.
      const int year = number(t[0].text.substr(0, 4)), month = number(t[0].text.substr(4));
      if (year >= 1990 && year <= 2099 && month >= 1 && month <= 12) return wrong("date.day-missing");
      DayText out;
      out.open = OpenDate{.a = number(t[0].text.substr(0, 2)),
                          .b = number(t[0].text.substr(2, 2)),
                          .c = number(t[0].text.substr(4)),
                          .packed = true};
      out.remark = "date.year-assumed";
      return out;
    }
    return wrong("date.form");
  }
  // Weeks: 2026-W10-1 and 2026W101 are days; 2026-W10, v 10, v.10 2026 and vecka 10 are not.
  if (tokens.size <= 4 && std::any_of(lower.begin(), lower.begin() + static_cast<std::ptrdiff_t>(tokens.size), is_week)) {
    const bool iso = tokens.size >= 3 && numeric(0) && digits(0) == 4 && lower[1] == "w" && numeric(2);
    if (iso && tokens.size == 4 && numeric(3) && digits(2) == 2 && digits(3) == 1)
      return day_of_week(value(0), value(2), value(3));
    if (iso && tokens.size == 3 && digits(2) == 3) return day_of_week(value(0), value(2) / 10, value(2) % 10);
    const bool numbers = tokens.size >= 2 && std::count_if(t.begin(), t.begin() + static_cast<std::ptrdiff_t>(tokens.size),
                                                           [](const Token& each) { return !each.number; }) == 1;
    return wrong(numbers ? "date.week" : "date.form");
  }
  if (tokens.size == 3 && numeric(0) && numeric(1) && numeric(2)) {
    if (digits(0) > 4 || digits(1) > 2 || digits(2) > 4) return wrong("date.form");
    if (digits(0) == 4) return whole_date(value(0), value(1), value(2));
    if (digits(0) > 2 || digits(2) == 3) return wrong("date.form");
    OpenDate open{.a = value(0), .b = value(1), .c = value(2), .year_last = digits(2) == 4};
    open.swedish = t[1].before == '/' && t[2].before != '/';
    open.dotted = open.year_last && t[1].before == '.' && t[2].before == '.';
    DayText out;
    out.open = open;
    if (digits(2) <= 2) out.remark = "date.year-assumed";
    return out;
  }
  if (tokens.size == 2 && numeric(0) && numeric(1) && (digits(0) == 4 || digits(1) == 4)) return wrong("date.day-missing");
  // 1/3, 18.03: which year that was, nobody can tell, but a sheet that is of that month.
  const auto of_sheet = [&](int month, int day) -> std::optional<DayText> {
    if (!frame.sheet_month || frame.sheet_month->month() != month) return std::nullopt;
    return whole_date(frame.sheet_month->year(), month, day, "date.year-of-sheet");
  };
  if (tokens.size == 2 && numeric(0) && numeric(1) && digits(0) <= 2 && digits(1) <= 2 && t[1].before == '/')
    if (const auto day = of_sheet(value(1), value(0))) return *day;
  if (tokens.size == 2 && numeric(0) && numeric(1) && digits(0) <= 2 && digits(1) <= 2 && (t[1].before == '/' || t[1].before == '.'))
    return wrong("date.year-missing");
  // A month by name.
  for (std::size_t i = 0; i < tokens.size; ++i) {
    if (t[i].number) continue;
    const int month = month_named(lower[i]);
    if (month == 0) return wrong("date.form");
    if (tokens.size == 2 && numeric(1 - i) && digits(1 - i) <= 2)
      if (const auto day = of_sheet(month, value(1 - i))) return *day;
    if (tokens.size == 2) return wrong(!numeric(1 - i) || digits(1 - i) == 3 ? "date.form" : digits(1 - i) == 4 ? "date.day-missing" : "date.year-missing");
    if (tokens.size != 3) return wrong("date.form");
    std::size_t day = i == 0 ? 1 : 0, year = i == 2 ? 1 : 2;
    if (!numeric(day) || !numeric(year)) return wrong("date.form");
    if (digits(day) == 4) std::swap(day, year);
    if (digits(day) > 2 || (digits(year) != 4 && digits(year) != 2)) return wrong("date.form");
    if (digits(year) == 2) return whole_date(full_year(value(year), frame), month, value(day), "date.year-assumed");
    return whole_date(value(year), month, value(day));
  }
  return wrong("date.form");
}

Reading<std::int32_t> of_serial(std::string_view text, bool date1904, std::string_view remark) {
  const auto serial = decimal_of(text);
  if (!serial) return {0, "date.form", {}};
  if (const auto whole = whole_of(*serial)) {
    const auto day = day_of_serial(*whole, date1904);
    return day ? Reading<std::int32_t>{*day, {}, remark} : Reading<std::int32_t>{0, "date.not-in-calendar", {}};
  }
  // The time of day goes; the day is the part before the point.
  std::int64_t before = serial->mantissa;
  for (int i = serial->exponent; i < 0; ++i) before /= 10;
  const auto day = serial->mantissa < 0 ? std::nullopt : day_of_serial(before, date1904);
  if (!day) return {0, "date.not-in-calendar", {}};
  return {*day, {}, "date.time-dropped"};
}

std::optional<std::int64_t> power_of_ten(int exponent) {
  if (exponent < 0 || exponent > 18) return std::nullopt;
  std::int64_t out = 1;
  for (int i = 0; i < exponent; ++i) out *= 10;
  return out;
}

// Hours and minutes as words and signs: 7:30, 7 h 30 min, 7h30, 7t 30m, 7 tim, 450 min.
Reading<std::int32_t> worded_hours(std::string_view text) {
  const Tokens tokens = tokens_of(text);
  if (tokens.overflow || tokens.size == 0 || !tokens.items[0].number) return {0, "hours.form", {}};
  const auto& t = tokens.items;
  for (std::size_t i = 0; i < tokens.size; ++i)
    if (t[i].number && t[i].text.size() > 5) return {0, "hours.form", {}};
  const auto unit = [&](std::size_t i) {
    const std::string word = lower_case(t[i].text);
    if (word == "h" || word == "t" || word == "tim" || word == "timmar" || word == "timme" || word == "hours" ||
        word == "hour" || word == "hrs" || word == "hr")
      return 60;
    if (word == "m" || word == "min" || word == "minuter" || word == "minutes" || word == "minut" || word == "mins") return 1;
    return 0;
  };
  const auto together = [](int hours, int minutes) -> Reading<std::int32_t> {
    if (minutes >= 60) return {0, "hours.form", {}};
    return {hours * 60 + minutes, {}, {}};
  };
  // A sign says something that the numbers alone do not: less than nothing, about, or a length between two.
  const std::string_view head = text.substr(0, static_cast<std::size_t>(t[0].text.data() - text.data()));
  const Token& last = t[tokens.size - 1];
  const std::string_view tail = text.substr(static_cast<std::size_t>(last.text.data() + last.text.size() - text.data()));
  if (trimmed(head) == "-") return {0, "hours.negative", {}};
  if (!trimmed(head).empty() || (!trimmed(tail).empty() && (trimmed(tail) != "." || last.number))) return {0, "hours.form", {}};
  const bool colon = text.find(':') != std::string_view::npos;
  for (std::size_t i = 1; i < tokens.size; ++i) {
    const char* end = t[i - 1].text.data() + t[i - 1].text.size();
    const std::string_view between = trimmed({end, static_cast<std::size_t>(t[i].text.data() - end)});
    const bool decimal = i == 1 && !colon && t[1].number && (between == "," || between == ".");
    const bool clock = colon && between == ":";
    const bool abbreviated = between == "." && !t[i - 1].number;  // 7 tim. 30 min.
    if (!between.empty() && !decimal && !clock && !abbreviated) return {0, "hours.form", {}};
  }
  if (colon) {
    // 7:30 or 7:30:00; seconds other than zero are no whole minutes.
    if (tokens.size < 2 || tokens.size > 3 || !t[1].number || t[1].text.size() != 2) return {0, "hours.form", {}};
    if (tokens.size == 3 && (!t[2].number || number(t[2].text) != 0)) return {0, "hours.form", {}};
    return together(number(t[0].text), number(t[1].text));
  }
  if (tokens.size == 2 && !t[1].number) {
    const int minutes = unit(1);
    if (minutes == 0) return {0, "hours.form", {}};
    return {number(t[0].text) * minutes, {}, {}};
  }
  // 7,5 tim and 7.5 h: a decimal with its unit.
  if (tokens.size == 3 && t[1].number && !t[2].number && unit(2) == 60 && (t[1].before == ',' || t[1].before == '.')) {
    bool exact = true;
    const auto decimal = decimal_of(std::string(t[0].text) + "." + std::string(t[1].text));
    const auto minutes = decimal ? scaled(*decimal, 60, exact) : std::nullopt;
    if (!minutes || *minutes > 1'000'000) return {0, "hours.form", {}};
    return {static_cast<std::int32_t>(*minutes), {}, exact ? std::string_view{} : "hours.rounded-to-minute"};
  }
  if ((tokens.size == 3 || tokens.size == 4) && !t[1].number && unit(1) == 60 && t[2].number &&
      (tokens.size == 3 || (!t[3].number && unit(3) == 1)))
    return together(number(t[0].text), number(t[2].text));
  return {0, "hours.form", {}};
}

// PT07H30M00S, as ODS writes a length of time.
std::optional<std::int32_t> iso_duration(std::string_view text) {
  if (!text.starts_with("PT")) return std::nullopt;
  std::int32_t minutes = 0, value = 0;
  bool any = false;
  for (const char c : text.substr(2)) {
    if (is_digit(c)) {
      if (value > 100'000) return std::nullopt;
      value = value * 10 + (c - '0');
      any = true;
    } else if (any && c == 'H') {
      minutes += value * 60, value = 0;
    } else if (any && c == 'M') {
      minutes += value, value = 0;
    } else if (any && c == 'S') {
      if (value != 0) return std::nullopt;
    } else if (c != '.' && c != ',') {
      return std::nullopt;
    }
  }
  return minutes;
}

// A fraction of a day as minutes: the nearest minute when it lies within a thousandth of one.
Reading<std::int32_t> of_day_fraction(std::string_view text) {
  if (const auto minutes = iso_duration(text)) return {*minutes, {}, {}};
  const auto fraction = decimal_of(text);
  if (!fraction) return {0, "hours.form", {}};
  bool exact = true;
  const auto thousandths = scaled(*fraction, 1'440'000, exact);
  if (!thousandths || *thousandths > 1'000'000'000 || *thousandths < -1'000'000'000) return {0, "hours.form", {}};
  if (*thousandths < 0) return {0, "hours.negative", {}};
  const std::int64_t minutes = (*thousandths + 500) / 1000, rest = *thousandths - minutes * 1000;
  if (rest < -1 || rest > 1) return {0, "hours.not-whole-minutes", {}};
  return {static_cast<std::int32_t>(minutes), {}, {}};
}

Reading<std::int32_t> of_decimal_hours(Decimal hours) {
  if (hours.mantissa < 0) return {0, "hours.negative", {}};
  bool exact = true;
  const auto minutes = scaled(hours, 60, exact);
  if (!minutes || *minutes > 1'000'000) return {0, "hours.over-24", {}};
  return {static_cast<std::int32_t>(*minutes), {}, exact ? std::string_view{} : "hours.rounded-to-minute"};
}

// `12,50` split at its sign: digits before, digits behind.
bool split_at(std::string_view text, char sign, std::string_view& before, std::string_view& behind) {
  const auto at = text.find(sign);
  if (at == std::string_view::npos) return false;
  before = text.substr(0, at), behind = text.substr(at + 1);
  if (!before.empty() && before[0] == '-') before.remove_prefix(1);
  return (before.empty() || all_digits(before)) && all_digits(behind);
}

}  // namespace

std::optional<Decimal> decimal_of(std::string_view text) {
  if (text.empty() || text.size() > 40) return std::nullopt;
  bool negative = false, any = false, point = false;
  std::size_t at = 0;
  if (text[0] == '-' || text[0] == '+') negative = text[0] == '-', at = 1;
  Decimal out;
  int significant = 0;
  bool round_up = false, rounded = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !point) {
      point = true;
    } else if (is_digit(c)) {
      any = true;
      if (significant < 15) {
        out.mantissa = out.mantissa * 10 + (c - '0');
        if (out.mantissa != 0) ++significant;
        if (point) --out.exponent;
      } else {
        if (!rounded) round_up = c >= '5', rounded = true;
        if (!point) ++out.exponent;
      }
    } else {
      break;
    }
  }
  if (!any) return std::nullopt;
  if (round_up) ++out.mantissa;
  if (at < text.size()) {
    if (text[at] != 'E' && text[at] != 'e') return std::nullopt;
    ++at;
    bool down = false;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) down = text[at] == '-', ++at;
    const std::string_view exponent = text.substr(at);
    if (!all_digits(exponent) || exponent.size() > 3) return std::nullopt;
    out.exponent += down ? -number(exponent) : number(exponent);
  }
  if (negative) out.mantissa = -out.mantissa;
  while (out.mantissa != 0 && out.mantissa % 10 == 0) out.mantissa /= 10, ++out.exponent;
  if (out.mantissa == 0) out.exponent = 0;
  return out;
}

std::optional<std::int64_t> whole_of(Decimal decimal) {
  if (decimal.exponent < 0) return std::nullopt;
  const auto power = power_of_ten(decimal.exponent);
  if (!power || std::abs(decimal.mantissa) > INT64_MAX / *power) return std::nullopt;
  return decimal.mantissa * *power;
}

std::optional<std::int64_t> scaled(Decimal decimal, std::int64_t factor, bool& exact) {
  // 15 digits times 1,440,000 would not fit; digits that far behind the point cannot matter for minutes.
  while (std::abs(decimal.mantissa) > INT64_MAX / factor && decimal.exponent < 0) {
    exact = exact && decimal.mantissa % 10 == 0;
    decimal.mantissa /= 10, ++decimal.exponent;
  }
  if (std::abs(decimal.mantissa) > INT64_MAX / factor) return std::nullopt;
  std::int64_t product = decimal.mantissa * factor;
  if (decimal.exponent >= 0) return whole_of({product, decimal.exponent});
  const auto power = power_of_ten(-decimal.exponent);
  if (!power) {
    exact = exact && product == 0;
    return 0;
  }
  const std::int64_t whole = product / *power, rest = product % *power;
  exact = exact && rest == 0;
  // Half up, away from zero for the few negative numbers that end as a problem anyway.
  return std::abs(rest) >= *power - std::abs(rest) ? whole + (product < 0 ? -1 : 1) : whole;
}

std::optional<std::int32_t> day_of_serial(std::int64_t serial, bool date1904) {
  if (date1904)
    return serial < 0 || serial > 2'957'003 ? std::nullopt : std::optional(static_cast<std::int32_t>(serial - 24107));
  // Serial 60 is 29 February 1900, a day that never was; the days before it are one off.
  if (serial < 1 || serial == 60 || serial > 2'958'465) return std::nullopt;
  return static_cast<std::int32_t>(serial - 25569 + (serial < 60 ? 1 : 0));
}

namespace {

// "mmm-yy": what a spreadsheet makes of "feb-26" is the first of February, and only the month is seen.
bool hides_the_day(std::string_view format) {
  bool quoted = false, bracket = false, month_or_year = false;
  for (std::size_t i = 0; i < format.size() && format[i] != ';'; ++i) {
    const char c = static_cast<char>(format[i] | 0x20);
    if (format[i] == '"') quoted = !quoted;
    if (format[i] == '[') bracket = true;
    if (format[i] == ']') bracket = false;
    if (format[i] == '\\') ++i;
    if (quoted || bracket || format[i] == '\\') continue;
    if (c == 'd' || c == 'h' || c == 's') return false;
    month_or_year |= c == 'm' || c == 'y';
  }
  return month_or_year;
}

}  // namespace

FormatWords words_of_format(std::string_view format) {
  FormatWords out;
  bool bracket = false;
  for (std::size_t i = 0; i < format.size() && format[i] != ';'; ++i) {
    const char c = format[i];
    if (bracket || c == '[') {
      bracket = c != ']';
    } else if (c == '"') {
      const std::size_t end = std::min(format.find('"', i + 1), format.size());
      out.text += format.substr(i + 1, end - i - 1), i = end;
    } else if (c == '\\' && i + 1 < format.size()) {
      out.text += format[++i];
    } else if (c == '_' || c == '*') {
      ++i;  // a blank as wide as the next letter, or a letter that fills the cell
    } else {
      out.percent |= c == '%';
    }
  }
  out.text = tidy(out.text).text;
  return out;
}

std::optional<std::string> with_its_format(const CellView& cell) {
  if (cell.kind != Kind::Number || cell.format.empty()) return std::nullopt;
  const FormatWords words = words_of_format(cell.format);
  if (words.text.find_first_not_of(" -+/.,()") == std::string::npos && !words.percent) return std::nullopt;
  CellView bare = cell;
  std::string hundredfold;
  if (words.percent) {
    bool exact = true;
    const auto decimal = decimal_of(cell.text);
    const auto hundred = decimal ? scaled(*decimal, 10'000, exact) : std::nullopt;
    if (!hundred) return std::nullopt;
    hundredfold = std::to_string(*hundred / 100) + (*hundred % 100 == 0 ? "" : "." + std::to_string(std::abs(*hundred % 100)));
    bare.text = hundredfold;
  }
  return shown(bare, false) + (words.percent ? " %" : "") + (words.text.empty() ? "" : " " + words.text);
}

Reading<std::int32_t> read_day(const CellView& cell, bool date1904, const ColumnFacts& facts, const DateFrame& frame) {
  Reading<std::int32_t> out;
  const bool number_cell = cell.kind == Kind::Number;
  if (cell.kind == Kind::Boolean || cell.kind == Kind::Duration) return {0, "date.form", {}};
  if (cell.kind == Kind::Date && cell.text.find('-', 1) == std::string_view::npos) {
    out = of_serial(cell.text, date1904, {});
    if (out.error.empty() && !cell.format.empty() && Date::of_days(out.value).day() == 1 && hides_the_day(cell.format)) return {0, "date.day-missing", {}};
  } else {
    std::string kept;
    std::string_view text = cell.text;
    if (number_cell) {
      const auto decimal = decimal_of(text);
      const auto whole = decimal ? whole_of(*decimal) : std::nullopt;
      if (!whole) return {0, "date.form", {}};
      kept = std::to_string(*whole);
      text = kept;
    } else if (!is_tidy(text)) {
      kept = narrow(tidy(text).text);
      text = kept;
    }
    if (text.size() == 5 && all_digits(text) && number(text) >= 30000 && number(text) <= 60000) {
      out = of_serial(text, date1904, "date.serial-without-format");
    } else {
      const DayText read = day_of_text(text, frame);
      if (!read.error.empty()) return {0, read.error, {}};
      if (read.day) {
        out = {*read.day, {}, read.remark};
      } else {
        // The orders that give a day at all, cut down to those that fit every value of the column.
        std::optional<std::int32_t> found;
        bool valid = false;
        const std::uint8_t orders = orders_for(*read.open, facts, frame);
        for (const DateOrder order : {DateYmd, DateDmy, DateMdy}) {
          const auto day = in_order(*read.open, order, frame);
          if (!day) continue;
          valid = true;
          const bool by_form = read.open->swedish && orders == DateYmd;  // the column is asked about, and Swedish
          if (!(orders & order) && !by_form) continue;
          if (found && *found != *day) return {0, "date.order-ambiguous", {}};
          found = day;
        }
        if (!valid) return {0, "date.not-in-calendar", {}};
        if (read.open->packed && !facts.date_order_told && orders != DateYmd) return {0, "date.order-ambiguous", {}};
        if (!found) return {0, "date.order-ambiguous", {}};
        if (read.open->swedish && read.open->a <= 12 && read.open->b <= 12 && read.open->a != read.open->b &&
            !facts.date_slash_settled && orders != DateYmd)
          return {0, "date.order-ambiguous", {}};
        out = {*found, {}, read.remark};
      }
    }
  }
  if (out.error.empty() && (out.value < frame.earliest || out.value > frame.latest)) out.error = "date.implausible";
  return out;
}

std::uint8_t possible_orders(const CellView& cell, const DateFrame& frame) {
  if (cell.kind != Kind::Text) return DateAnyOrder;
  const Tidied tidied = tidy(cell.text);
  const DayText read = day_of_text(narrow(tidied.text), frame);
  if (!read.open || read.open->packed) return DateAnyOrder;  // six digits show nothing of the column
  std::uint8_t orders = 0;
  for (const DateOrder order : {DateYmd, DateDmy, DateMdy}) {
    // `2/3 2026` says day/month by its form; whether it is meant so, another value must show.
    const auto day = in_order(*read.open, order, frame);
    if (day && *day >= frame.earliest && *day <= frame.latest) orders |= order;
  }
  // It says nothing of the order of dates with the same sign twice.
  if (read.open->swedish) orders |= DateYmd;
  if (read.open->swedish && read.open->a <= 12) orders |= DateDmy | DateMdy;
  return orders == 0 ? std::uint8_t{DateAnyOrder} : orders;
}

std::optional<MonthMention> month_in(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  std::vector<Token> found;
  for (std::string_view rest = spaced; !rest.empty();) {
    const Tokens tokens = tokens_of(rest);
    for (std::size_t i = 0; i < tokens.size; ++i) found.push_back(tokens.items[i]);
    if (!tokens.overflow) break;
    const Token& last = tokens.items[tokens.size - 1];
    rest = rest.substr(static_cast<std::size_t>(last.text.data() + last.text.size() - rest.data()));
  }
  const auto year_of = [&](std::size_t i) -> std::optional<int> {
    if (i >= found.size() || !found[i].number) return std::nullopt;
    const int value = found[i].text.size() > 4 ? 0 : number(found[i].text);
    if (found[i].text.size() == 4 && value >= 1990 && value <= 2099) return value;
    return std::nullopt;
  };
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i].number) {
      const int month = month_named(lower_case(found[i].text));
      if (month == 0) continue;
      if (const auto year = year_of(i + 1)) return MonthMention{year, month};
      if (i > 0)
        if (const auto year = year_of(i - 1)) return MonthMention{year, month};
      if (i + 1 < found.size() && found[i + 1].number && found[i + 1].text.size() == 2)
        return MonthMention{2000 + number(found[i + 1].text), month};
      return MonthMention{std::nullopt, month};
    }
    if (found[i].text.size() == 6) {
      const int year = number(found[i].text.substr(0, 4)), month = number(found[i].text.substr(4));
      if (year >= 1990 && year <= 2099 && month >= 1 && month <= 12) return MonthMention{year, month};
    }
    const bool pair = i + 1 < found.size() && found[i + 1].number && found[i + 1].before != ' ';
    if (!pair) continue;
    const auto short_month = [&](std::size_t k) {
      const int value = found[k].text.size() <= 2 ? number(found[k].text) : 0;
      return value <= 12 ? value : 0;
    };
    if (const auto year = year_of(i); year && short_month(i + 1)) {
      const bool day_follows = i + 2 < found.size() && found[i + 2].number && found[i + 2].before == found[i + 1].before &&
                               found[i + 2].text.size() <= 2;
      if (!day_follows) return MonthMention{year, short_month(i + 1)};
      i += 2;
    } else if (const auto later = year_of(i + 1);
               later && short_month(i) && (i == 0 || !found[i - 1].number || found[i].before == ' ')) {
      return MonthMention{later, short_month(i)};
    }
  }
  return std::nullopt;
}

Reading<std::int32_t> read_month(const CellView& cell, bool date1904, const DateFrame& frame) {
  std::int32_t day = 0;
  if (cell.kind == Kind::Date) {
    const auto read = read_day(cell, date1904, {}, frame);
    if (!read.error.empty()) return read;
    day = read.value;
  } else {
    std::string text;
    if (cell.kind == Kind::Number) {
      const auto decimal = decimal_of(cell.text);
      const auto whole = decimal ? whole_of(*decimal) : std::nullopt;
      if (!whole) return {0, "month.form", {}};
      text = std::to_string(*whole);
    } else {
      text = tidy(cell.text).text;
    }
    const auto mention = month_in(text);
    if (has_sign_of_doubt(text)) return {0, "month.form", {}};
    if (mention && mention->year) {
      const auto first = day_of(*mention->year, mention->month, 1);
      if (!first) return {0, "month.form", {}};
      day = *first;
    } else {
      const auto read = read_day(cell, date1904, {}, frame);
      if (!read.error.empty()) return {0, read.error == "date.implausible" ? read.error : "month.form", {}};
      day = read.value;
    }
  }
  const Month month = Month::containing(Date::of_days(day));
  if (day < frame.earliest || day > frame.latest) return {0, "date.implausible", {}};
  return {month.first().days(), {}, {}};
}

DotForm dot_form(const CellView& cell) {
  std::string_view before, behind;
  if (cell.kind != Kind::Text || !split_at(trimmed(cell.text), '.', before, behind)) return DotForm::None;
  if (behind.size() == 1) return DotForm::OneDigit;
  if (behind.size() != 2 || behind[0] >= '6') return DotForm::Decimal;
  return behind[1] == '0' && behind[0] != '0' ? DotForm::Tens : DotForm::Either;
}

NumberForm number_form(const CellView& cell) {
  const auto value = cell.kind == Kind::Number ? decimal_of(cell.text) : std::nullopt;
  if (!value || whole_of(*value)) return NumberForm::None;
  bool exact = true;
  const auto hundredths = scaled(*value, 100, exact);
  if (hundredths && exact && (*hundredths % 100 == 15 || *hundredths % 100 == 30 || *hundredths % 100 == 45)) return NumberForm::MinutesBehind;
  // To a thousandth of a minute, as a spreadsheet keeps 7:00.
  const auto of_day = scaled(*value, 1'440'000, exact), of_hour = scaled(*value, 60'000, exact);
  const auto is_whole = [](std::int64_t thousandths) { return thousandths % 1000 <= 1 || thousandths % 1000 >= 999; };
  if (of_day && of_hour && *of_day > 0 && *of_day < 1'440'000 && is_whole(*of_day) && !is_whole(*of_hour)) return NumberForm::DayFraction;
  return NumberForm::Other;
}

int comma_evidence(const CellView& cell) {
  std::string_view before, behind;
  if (cell.kind != Kind::Text || !split_at(trimmed(cell.text), ',', before, behind)) return 0;
  if (behind == "15" || behind == "30" || behind == "45") return 1;
  return behind.find_first_not_of('0') == std::string_view::npos && behind.size() == 2 ? 0 : 2;
}

namespace {

// A number whose unit a profile has settled as other than decimal hours.
std::optional<Reading<std::int32_t>> of_told_unit(const CellView& cell, HoursUnit unit) {
  if (cell.kind != Kind::Number && cell.kind != Kind::Text) return std::nullopt;
  std::string text = narrow(tidy(cell.text).text);
  std::replace(text.begin(), text.end(), ',', '.');
  const auto decimal = decimal_of(text);
  if (!decimal) return std::nullopt;
  bool exact = true;
  if (unit == HoursUnit::Minutes) {
    const auto minutes = whole_of(*decimal);
    if (!minutes || *minutes > INT32_MAX) return Reading<std::int32_t>{0, "hours.form", {}};
    if (*minutes < 0) return Reading<std::int32_t>{0, "hours.negative", {}};
    return Reading<std::int32_t>{static_cast<std::int32_t>(*minutes), {}, {}};
  }
  // 7.3 is how a spreadsheet keeps 7.30.
  const auto hundredths = scaled(*decimal, 100, exact);
  if (!hundredths || !exact || *hundredths > INT32_MAX || *hundredths % 100 >= 60)
    return Reading<std::int32_t>{0, "hours.form", {}};
  if (*hundredths < 0) return Reading<std::int32_t>{0, "hours.negative", {}};
  return Reading<std::int32_t>{static_cast<std::int32_t>(*hundredths / 100 * 60 + *hundredths % 100), {}, {}};
}

}  // namespace

namespace {

// What is seen is what holds: "10 min" where the format of the 10 says min, and no time at all where it says % or days.
std::optional<Reading<std::int32_t>> hours_of_format(const CellView& cell) {
  const FormatWords words = words_of_format(cell.format);
  if (words.percent) return Reading<std::int32_t>{0, "hours.percent", {}};
  if (words.text.find_first_not_of(" -+/.,()") == std::string::npos) return std::nullopt;
  std::string seen(cell.text);
  std::replace(seen.begin(), seen.end(), '.', ',');
  Reading<std::int32_t> read = worded_hours(seen + " " + words.text);
  if (!read.error.empty()) read.error = "hours.unit-of-format";
  return read;
}

}  // namespace

Reading<std::int32_t> read_hours(const CellView& cell, const ColumnFacts& facts) {
  if (cell.kind == Kind::Number && !cell.format.empty())
    if (const auto seen = hours_of_format(cell)) return *seen;
  if (facts.hours_unit > HoursUnit::Decimal)
    if (const auto told = of_told_unit(cell, facts.hours_unit)) return *told;
  switch (cell.kind) {
    case Kind::Duration:
      return of_day_fraction(cell.text);
    case Kind::Date:  // 7:30 in a cell that Excel formatted as a time of a day
      if (cell.text.starts_with("0") || cell.text.starts_with(".")) return of_day_fraction(cell.text);
      return {0, "hours.form", {}};
    case Kind::Number: {
      const auto decimal = decimal_of(cell.text);
      if (!decimal) return {0, "hours.form", {}};
      return of_decimal_hours(*decimal);
    }
    case Kind::Text:
      break;
    default:
      return {0, "hours.form", {}};
  }
  std::string kept;
  std::string_view text = cell.text;
  // Plain digits with or without a comma: nearly every cell there is.
  const auto plain = [&](std::string_view digits) -> std::optional<Reading<std::int32_t>> {
    if (digits.empty() || digits.size() > 8) return std::nullopt;
    Decimal value;
    bool comma = false;
    for (const char c : digits) {
      if (c == ',' && !comma) {
        comma = true;
      } else if (is_digit(c)) {
        value.mantissa = value.mantissa * 10 + (c - '0');
        value.exponent -= comma ? 1 : 0;
      } else {
        return std::nullopt;
      }
    }
    if (digits.front() == ',' || digits.back() == ',') return std::nullopt;
    return of_decimal_hours(value);
  };
  if (const auto read = plain(text)) return *read;
  if (!is_tidy(text)) {
    kept = narrow(tidy(text).text);
    text = kept;
  }
  // 1½ and ½ h.
  for (const auto& [sign, fraction] : {std::pair("\u00bd", ",5"), std::pair("\u00bc", ",25"), std::pair("\u00be", ",75")}) {
    const auto at = text.find(sign);
    if (at == std::string_view::npos) continue;
    const std::string_view whole = trimmed(text.substr(0, at));
    if (!whole.empty() && !all_digits(whole)) return {0, "hours.form", {}};
    kept = (whole.empty() ? "0" : std::string(whole)) + fraction + std::string(text.substr(at + 2));
    text = kept;
    break;
  }
  // The minus of typographers.
  if (text.starts_with("\u2212")) kept = "-" + std::string(text.substr(3)), text = kept;
  std::string_view before, behind;
  if (split_at(text, ',', before, behind) || split_at(text, '.', before, behind) || all_digits(text) ||
      (text.size() > 1 && text[0] == '-' && all_digits(text.substr(1)))) {
    std::string dotted(text);
    std::replace(dotted.begin(), dotted.end(), ',', '.');
    const auto decimal = decimal_of(dotted);
    if (!decimal) return {0, "hours.form", {}};
    const auto read = of_decimal_hours(*decimal);
    // A dot may stand between hours and minutes; the column decides.
    if (read.error.empty() && text.find('.') != std::string_view::npos && !facts.decimal_dot)
      return {read.value, "hours.dot-ambiguous", {}};
    return read;
  }
  return worded_hours(text);
}

Reading<std::int32_t> read_clock(const CellView& cell) {
  if (cell.kind == Kind::Duration || cell.kind == Kind::Date) {
    std::string_view text = cell.text;
    // A time with its day in front: only the part behind the point or the T is the clock.
    if (const auto time = text.find('T'); cell.kind == Kind::Date && time != std::string_view::npos && text.size() >= time + 6) {
      CellView clock;
      clock.kind = Kind::Text, clock.text = text.substr(time + 1, 5);
      return read_clock(clock);
    }
    if (const auto point = text.find('.');
        point != std::string_view::npos && point > 0 && text.find('E') == std::string_view::npos)
      text = text.substr(point);
    const auto read = of_day_fraction(text);
    if (!read.error.empty() || read.value > 1440) return {0, "time.form", {}};
    return read;
  }
  std::string_view text = cell.text;
  if (text.size() == 5 && text[2] == ':' && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[3]) && is_digit(text[4])) {
    const int hour = (text[0] - '0') * 10 + (text[1] - '0'), minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (minute < 60 && (hour < 24 || (hour == 24 && minute == 0))) return {hour * 60 + minute, {}, {}};
    return {0, "time.form", {}};
  }
  const std::string tidied = narrow(tidy(text).text);
  if (has_sign_of_doubt(tidied)) return {0, "time.form", {}};
  Tokens tokens = tokens_of(tidied);
  std::size_t first = 0;
  // 08:30 AM, 4:00 PM
  std::optional<bool> afternoon;
  if (tokens.size > 1 && !tokens.items[tokens.size - 1].number)
    if (const std::string half = lower_case(tokens.items[tokens.size - 1].text); half == "am" || half == "pm") afternoon = half == "pm", --tokens.size;
  if (tokens.size > 0 && !tokens.items[0].number && lower_case(tokens.items[0].text) == "kl") first = 1;
  if (tokens.overflow || tokens.size == first || tokens.size > first + 3) return {0, "time.form", {}};
  for (std::size_t i = first; i < tokens.size; ++i)
    if (!tokens.items[i].number || tokens.items[i].text.size() > 4) return {0, "time.form", {}};
  int hour = 0, minute = 0;
  const std::string_view whole = tokens.items[first].text;
  if (tokens.size == first + 1) {
    if (whole.size() <= 2)
      hour = number(whole);
    else
      hour = number(whole.substr(0, whole.size() - 2)), minute = number(whole.substr(whole.size() - 2));
  } else {
    if (whole.size() > 2 || tokens.items[first + 1].text.size() != 2) return {0, "time.form", {}};
    hour = number(whole), minute = number(tokens.items[first + 1].text);
    if (tokens.size == first + 3 && number(tokens.items[first + 2].text) != 0) return {0, "time.form", {}};
  }
  if (minute > 59 || hour > 24 || (hour == 24 && minute > 0)) return {0, "time.form", {}};
  if (afternoon) {
    if (hour < 1 || hour > 12) return {0, "time.form", {}};
    hour = hour % 12 + (*afternoon ? 12 : 0);
  }
  return {hour * 60 + minute, {}, {}};
}

CellText text_of_cell(const CellView& cell, bool date1904) {
  if (cell.kind == Kind::Text) {
    Tidied tidied = tidy(cell.text);
    return {std::move(tidied.text), tidied.hidden_removed};
  }
  return {shown(cell, date1904), false};
}

std::string shown(const CellView& cell, bool date1904) {
  switch (cell.kind) {
    case Kind::Number: {
      const auto decimal = decimal_of(cell.text);
      if (!decimal) return std::string(cell.text);
      if (const auto whole = whole_of(*decimal)) return std::to_string(*whole);
      if (cell.text.find_first_of("eE") == std::string_view::npos && cell.text.size() < 16) return std::string(cell.text);
      // 7.3999999999999995 is shown as 7.4.
      std::string digits = std::to_string(std::abs(decimal->mantissa));
      const auto behind = static_cast<std::size_t>(-decimal->exponent);
      if (behind > 30) return std::string(cell.text);
      if (digits.size() <= behind) digits.insert(0, behind + 1 - digits.size(), '0');
      digits.insert(digits.size() - behind, ".");
      return (decimal->mantissa < 0 ? "-" : "") + digits;
    }
    case Kind::Date: {
      if (cell.text.find('-', 1) != std::string_view::npos) return std::string(cell.text.substr(0, 10));
      const auto read = of_serial(cell.text, date1904, {});
      return read.error.empty() ? Date::of_days(read.value).iso() : std::string(cell.text);
    }
    case Kind::Duration: {
      const auto read = of_day_fraction(cell.text);
      return read.error.empty() ? hours_text(read.value) : std::string(cell.text);
    }
    default:
      return std::string(cell.text);
  }
}

std::optional<std::pair<int, int>> read_interval(const CellView& cell, std::string_view heading) {
  if (cell.kind != Kind::Text || cell.text.size() > 40 || cell.text.size() < 3) return std::nullopt;
  const std::string text = tidy(cell.text).text;
  std::size_t at = std::string::npos, length = 0;
  for (const std::string_view between : {"\u2013", "\u2014", "-", " till ", " to "}) {
    const std::size_t found = text.find(between);
    if (found == text.npos || found == 0) continue;
    if (at != std::string::npos || text.find(between, found + 1) != text.npos) return std::nullopt;
    at = found, length = between.size();
  }
  if (at == std::string::npos) return std::nullopt;
  const std::string before = tidy(text.substr(0, at)).text, after = tidy(text.substr(at + length)).text;
  const auto clock = [](const std::string& of) -> std::optional<int> {
    CellView view;
    view.kind = Kind::Text, view.text = of;
    const auto read = read_clock(view);
    return read.error.empty() ? std::optional<int>(read.value) : std::nullopt;
  };
  const auto digits = [](const std::string& of) { return !of.empty() && of.find_first_not_of("0123456789") == of.npos; };
  // 2016-03 is a month.
  if (digits(before) && before.size() == 4 && (before.starts_with("19") || before.starts_with("20")) && after.size() <= 2) return std::nullopt;
  const bool of_time = heading == "tid" || heading == "time" || heading == "närvarotid";
  // Bare hours, whatever sign stands behind them ("8-12.", "1-2?"), may be amounts or lessons.
  const auto says_clock = [](const std::string& of) {
    for (std::size_t i = 1; i + 2 < of.size(); ++i)
      if ((of[i] == ':' || of[i] == '.') && is_digit(of[i - 1]) && is_digit(of[i + 1]) && is_digit(of[i + 2])) return true;
    return of.size() == 4 && of.find_first_not_of("0123456789") == of.npos;  // 0830
  };
  if (!of_time && !says_clock(before) && !says_clock(after) && !lower_case(before).starts_with("kl")) return std::nullopt;
  const auto from = clock(before), to = clock(after);
  if (!from || !to) return std::nullopt;
  return std::pair(*from, *to);
}

bool says_unknown(std::string_view tidied) {
  if (tidied == "-" || tidied == "\u2013" || tidied == "\u2014" || tidied == "?") return true;
  if (tidied.size() > 12 || tidied.empty()) return false;
  const std::string key = heading_key(tidied);
  return key == "okänt" || key == "okänd" || key == "vetej" || key == "saknas" || key == "na" || key == "unknown" ||
         key == "notknown";
}

bool is_email(std::string_view tidied) {
  const std::size_t at = tidied.find('@');
  return at != tidied.npos && at > 0 && tidied.find('@', at + 1) == tidied.npos && tidied.find('.', at) != tidied.npos &&
         tidied.back() != '.' && tidied.find(' ') == tidied.npos;
}

bool is_phone(std::string_view tidied) {
  const auto digits = std::count_if(tidied.begin(), tidied.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 6 && digits <= 15;
}

bool says_not_disclosed(std::string_view tidied) {
  static constexpr std::string_view keys[] = {
      "uppgesej",         "uppgesinte",     "uppgerej",     "ejuppgivet",    "ejuppgett",       "inteuppgivet",
      "villejuppge",      "villinteuppge",  "villejsvara",  "villintesvara", "önskarejuppge",   "önskarinteuppge",
      "avstår",           "avstårattuppge", "notdisclosed", "undisclosed",   "doesnotdisclose", "prefernottosay",
      "doesnotwanttosay", "declined",       "refused",      "notstated"};
  if (tidied.empty() || tidied.size() > 40) return false;
  const std::string key = heading_key(tidied);
  return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

int yes_or_no(std::string_view tidied, const ColumnFacts& facts) {
  const std::string key = heading_key(tidied);
  if (key == "ja" || key == "j" || key == "yes" || key == "y" || key == "1" || key == "sant" || key == "true") return 1;
  if (key == "nej" || key == "n" || key == "no" || key == "0" || key == "falskt" || key == "false") return 0;
  if (key == "x") return facts.other_than_crosses ? -2 : 1;
  if (says_not_disclosed(tidied) || says_unknown(tidied)) return -1;
  return -2;
}

std::string hours_text(std::int64_t minutes) {
  char text[40];
  std::snprintf(text, sizeof text, "%lld:%02lld", static_cast<long long>(minutes / 60),
                static_cast<long long>(std::abs(minutes % 60)));
  return text;
}

}  // namespace horisont
