#include "core/values/personal_identity_number.h"

#include <array>
#include <cassert>
#include <cstddef>

namespace horisont {
namespace {

using Kind = IdentityKind;
using Repair = IdentityRepair;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  for (const char c : text)
    if (!is_digit(c)) return false;
  return true;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// What the date part of twelve characters says. `birthday` is absent where month or day is unknown or the day does not
// exist; `possible` says whether a number of this kind may carry such a date at all.
struct BirthDate {
  bool possible;
  std::optional<Date> birthday;
};

BirthDate birth_date(std::string_view yyyymmdd, Kind kind) {
  const int year = number(yyyymmdd.substr(0, 4)), month = number(yyyymmdd.substr(4, 2)),
            written = number(yyyymmdd.substr(6, 2));
  switch (kind) {
    case Kind::Personal: {
      const auto day = Date::of(year, month, written);
      return {day.has_value(), day};
    }
    case Kind::Coordination:
      // The tax agency gives out month 00, day 60 and days such as 31 November: known to be unknown.
      return {month <= 12 && written >= 60 && written <= 91, Date::of(year, month, written - 60)};
    case Kind::Temporary:
    case Kind::Protected: {
      const auto day = Date::of(year, month, written);
      const bool unknown = (month == 0 && written <= 31) || (written == 0 && month <= 12);
      return {day || unknown, day};
    }
  }
  return {false, std::nullopt};
}

// The kind that the form of twelve characters shows, before date and check digit are looked at.
std::optional<Kind> kind_of_form(std::string_view twelve) {
  if (twelve.size() != 12 || !all_digits(twelve.substr(0, 8))) return std::nullopt;
  const int century = number(twelve.substr(0, 2));
  if (century < 18 || century > 20) return std::nullopt;
  if (all_digits(twelve.substr(8))) return number(twelve.substr(6, 2)) >= 60 ? Kind::Coordination : Kind::Personal;
  if (twelve[8] != 'T' || !all_digits(twelve.substr(10))) return std::nullopt;
  if (is_digit(twelve[9])) return Kind::Temporary;
  if (twelve[9] != 'F') return std::nullopt;
  return twelve.substr(8) == "TF29" ? Kind::Protected : Kind::Temporary;
}

// The code of what is wrong with the date, the serial or the check digit of twelve characters; empty when all is right.
std::string_view fault_of(std::string_view twelve, Kind kind) {
  if (!birth_date(twelve.substr(0, 8), kind).possible) return "pnr.not-in-calendar";
  if (kind != Kind::Personal && kind != Kind::Coordination) return {};
  if (twelve.substr(8, 3) == "000") return "pnr.serial-000";
  if (!luhn(twelve.substr(2))) return "pnr.check-digit";
  return {};
}

// Organisation numbers have at least 20 where a person has the month.
bool is_organisation(std::string_view ten) { return number(ten.substr(2, 2)) >= 20 && luhn(ten); }

constexpr char blank = ' ';

// A character of the text as this file compares it: digits, capital letters, '-', '+', a blank; 0 for what is dropped
// because nobody can see it.
char plain(char32_t c) {
  if (c >= U'a' && c <= U'z') return static_cast<char>(c - U'a' + U'A');
  if (c > U' ' && c < 0x7F) return static_cast<char>(c);
  if (c >= 0xFF10 && c <= 0xFF19) return static_cast<char>(c - 0xFF10 + U'0');  // full width
  if (c >= 0xFF21 && c <= 0xFF3A) return static_cast<char>(c - 0xFF21 + U'A');
  if (c >= 0xFF41 && c <= 0xFF5A) return static_cast<char>(c - 0xFF41 + U'A');
  if (c >= 0x2010 && c <= 0x2015) return '-';
  if (c >= 0x2000 && c <= 0x200A) return blank;
  switch (c) {
    case 0x00AD:  // soft hyphen
    case 0x2043:
    case 0x2212:  // minus
    case 0xFE58:
    case 0xFE63:
    case 0xFF0D:
      return '-';
    case 0xFF0B:
      return '+';
    case U' ':
    case U'\t':
    case U'\r':
    case U'\n':
    case 0x00A0:
    case 0x202F:
    case 0x205F:
    case 0x3000:
      return blank;
    case 0x2018:
    case 0x2019:
    case 0x00B4:
      return '\'';
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x200E:
    case 0x200F:
    case 0x2060:
    case 0xFEFF:
      return 0;
    default:
      return '?';
  }
}

// The code point at `at`, which is moved behind it; U+FFFD for bytes that are not UTF-8.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at++);
  if (first < 0x80) return first;
  const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 0;
  if (more == 0 || at + more > text.size()) return 0xFFFD;
  char32_t value = first & (0x3Fu >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if ((byte(at) & 0xC0) != 0x80) return 0xFFFD;
    value = value << 6 | (byte(at++) & 0x3Fu);
  }
  return value;
}

// The text in plain characters without what surrounds it. Longer texts than any number are cut, so they stay wrong.
struct Cleaned {
  std::array<char, 40> characters{};
  std::size_t size = 0;
  bool changed = false;

  std::string_view text() const { return {characters.data(), size}; }
};

Cleaned clean(std::string_view text) {
  Cleaned result;
  for (std::size_t at = 0; at < text.size() && result.size < result.characters.size();) {
    const char32_t c = next_code_point(text, at);
    const char kept = plain(c);
    const bool leading_mark = result.size == 0 && (kept == blank || kept == '\'' || kept == '`');
    if (kept != 0 && !leading_mark) result.characters[result.size++] = kept;
    // A small t or f is a way to write the code, not damage.
    result.changed |= kept == 0 || leading_mark || c >= 0x80;
  }
  while (result.size > 0 && result.characters[result.size - 1] == blank) {
    --result.size;
    result.changed = true;
  }
  return result;
}

// `2,00503E+11`: a spreadsheet kept six digits of twelve.
bool is_scientific(std::string_view text) {
  const auto e = text.find('E');
  if (e == std::string_view::npos || e == 0) return false;
  std::string_view exponent = text.substr(e + 1);
  if (!exponent.empty() && (exponent[0] == '+' || exponent[0] == '-')) exponent.remove_prefix(1);
  if (exponent.empty() || exponent.size() > 2 || !all_digits(exponent)) return false;
  const bool mark_fits = e == 1 || text[1] == ',' || text[1] == '.';
  return is_digit(text[0]) && mark_fits && (e < 2 || all_digits(text.substr(2, e - 2)));
}

bool has_decimals(std::string_view text) {
  const auto mark = text.find_first_of(",.");
  return mark != std::string_view::npos && mark >= 6 && all_digits(text.substr(0, mark)) && all_digits(text.substr(mark + 1));
}

// Whether a shorter text is a birth date that lacks its four last characters.
bool is_birth_date_only(std::string_view digits) {
  if (digits.size() == 8) {
    const int century = number(digits.substr(0, 2));
    return century >= 18 && century <= 20 && birth_date(digits, Kind::Personal).possible;
  }
  return digits.size() == 6 && birth_date("20" + std::string(digits), Kind::Personal).possible;
}

// The parts of a text that has the outline of a number.
struct Parts {
  std::string_view date, last_four;  // six or eight digits, four characters
  char separator = 0;
};

std::optional<Parts> parts_of(std::string_view text) {
  Parts parts;
  if (text.size() == 12 || text.size() == 10) {
    parts = {text.substr(0, text.size() - 4), text.substr(text.size() - 4), 0};
  } else if (text.size() == 13 || text.size() == 11) {
    parts = {text.substr(0, text.size() - 5), text.substr(text.size() - 4), text[text.size() - 5]};
    if (parts.separator != '-' && parts.separator != '+') return std::nullopt;
  } else {
    return std::nullopt;
  }
  if (!all_digits(parts.date)) return std::nullopt;
  return parts;
}

bool is_interim(std::string_view last_four) {
  return std::string_view("RSUWXJKLMN").find(last_four[0]) != std::string_view::npos && all_digits(last_four.substr(1));
}

// Says as exactly as possible why a text has no outline of a number.
tl::unexpected<Problem> no_outline(std::string_view text) {
  if (is_scientific(text)) return problem("pnr.digits-lost");
  if (has_decimals(text)) return problem("pnr.decimals");
  if (!text.empty() && all_digits(text))
    return is_birth_date_only(text) ? problem("pnr.birth-date-only") : problem("pnr.length", std::to_string(text.size()));
  bool blanks = false, letters = false, digits_and_marks_only = true;
  std::size_t characters = 0;
  for (const char c : text) {
    blanks |= c == blank;
    letters |= c == 'O' || c == 'L' || c == 'I';
    digits_and_marks_only &=
        is_digit(c) || c == blank || c == '-' || c == '+' || c == 'O' || c == 'L' || c == 'I' || c == 'T' || c == 'F';
    characters += c != blank && c != '-' && c != '+';
  }
  const bool size_of_a_number = characters == 10 || characters == 12;
  if (digits_and_marks_only && size_of_a_number && letters) return problem("pnr.letter-for-digit");
  if (digits_and_marks_only && size_of_a_number && blanks) return problem("pnr.blank-for-hyphen");
  return problem("pnr.form");
}

// The year of two digits, seen from the reference day: the latest one that makes the person younger than 100, and a
// hundred years earlier with a plus or when the birthday still lies ahead.
struct Century {
  int year;
  bool moved_back;  // no day of birth lies ahead of the reference
};

Century century_of(std::string_view yymmdd, char separator, Date reference) {
  const int two = number(yymmdd.substr(0, 2));
  const int year = reference.year() - (reference.year() % 100 - two + 100) % 100;
  if (separator == '+') return {year - 100, false};
  int day = number(yymmdd.substr(4, 2));
  if (day > 60) day -= 60;
  const auto birthday = Date::of(year, number(yymmdd.substr(2, 2)), day);
  if (birthday && *birthday > reference) return {year - 100, true};
  return {year, false};
}

std::array<char, 12> joined(int year, std::string_view yymmdd, std::string_view last_four) {
  std::array<char, 12> twelve;
  twelve[0] = static_cast<char>('0' + year / 1000 % 10);
  twelve[1] = static_cast<char>('0' + year / 100 % 10);
  for (std::size_t i = 0; i < 6; ++i) twelve[2 + i] = yymmdd[i];
  for (std::size_t i = 0; i < 4; ++i) twelve[8 + i] = last_four[i];
  return twelve;
}

std::string_view view(const std::array<char, 12>& twelve) { return {twelve.data(), twelve.size()}; }

}  // namespace

bool luhn(std::string_view ten_digits) {
  if (ten_digits.size() != 10 || !all_digits(ten_digits)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    const int product = (ten_digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += product > 9 ? product - 9 : product;
  }
  return (10 - sum % 10) % 10 == ten_digits[9] - '0';
}

Result<PersonalIdentityNumber> PersonalIdentityNumber::of_normal_form(std::string_view twelve) {
  const auto kind = kind_of_form(twelve);
  if (!kind) return problem("pnr.form");
  if (const auto fault = fault_of(twelve, *kind); !fault.empty()) return problem(std::string(fault));
  return PersonalIdentityNumber(std::string(twelve), *kind);
}

Result<PersonalIdentityNumber::Parsed> PersonalIdentityNumber::parse(std::string_view text, Date reference,
                                                                     const CenturyWindow* window) {
  const Cleaned cleaned = clean(text);
  std::string_view plain_text = cleaned.text();
  std::vector<Repair> repairs;
  if (cleaned.changed) repairs.push_back(Repair::Cleaned);

  // A number cell or a text of digits whose leading zeros a spreadsheet took away.
  std::array<char, 10> restored;
  const bool shortened = plain_text.size() >= 6 && plain_text.size() <= 9 && all_digits(plain_text) && plain_text[0] != '0';
  if (shortened) {
    restored.fill('0');
    for (std::size_t i = 0; i < plain_text.size(); ++i) restored[10 - plain_text.size() + i] = plain_text[i];
    const std::string_view ten(restored.data(), restored.size());
    const auto century = century_of(ten.substr(0, 6), 0, reference);
    const auto twelve = joined(century.year, ten.substr(0, 6), ten.substr(6));
    const auto kind = kind_of_form(view(twelve));
    // Short of a possible date these are just too few digits; with one the check digit decides.
    if (!kind || !birth_date(view(twelve).substr(0, 8), *kind).possible) return no_outline(plain_text);
    plain_text = ten;
    repairs.push_back(Repair::ZeroRestored);
  }

  // "19990101 9804", "19990101 - 9804": a blank stands for the hyphen, or beside it; the check digit judges.
  std::array<char, 13> hyphened;
  if (const std::size_t gap = plain_text.find_first_not_of("0123456789"); (gap == 6 || gap == 8) && plain_text[gap] == blank) {
    const std::size_t behind = plain_text.find_first_not_of(std::string_view{" -"}, gap);
    if (behind != std::string_view::npos && behind - gap <= 3 && plain_text.size() - behind == 4) {
      std::copy_n(plain_text.begin(), gap, hyphened.begin());
      hyphened[gap] = '-';
      std::copy_n(plain_text.begin() + static_cast<std::ptrdiff_t>(behind), 4, hyphened.begin() + static_cast<std::ptrdiff_t>(gap) + 1);
      plain_text = {hyphened.data(), gap + 5};
      if (repairs.empty()) repairs.push_back(Repair::Cleaned);
    }
  }
  const auto parts = parts_of(plain_text);
  if (!parts) return no_outline(plain_text);
  if (is_interim(parts->last_four)) return problem("pnr.interim");

  const bool given = parts->date.size() == 8;
  const std::string_view yymmdd = given ? parts->date.substr(2) : parts->date;
  if (all_digits(parts->last_four)) {
    std::array<char, 10> ten;
    for (std::size_t i = 0; i < 6; ++i) ten[i] = yymmdd[i];
    for (std::size_t i = 0; i < 4; ++i) ten[6 + i] = parts->last_four[i];
    if (is_organisation({ten.data(), ten.size()})) return problem("pnr.organisation");
    // Twelve digits from a number cell that a spreadsheet rounded.
    if (given && parts->separator == 0 && parts->last_four == "0000") return problem("pnr.digits-lost");
  }

  Century century{0, false};
  if (given) {
    century.year = number(parts->date.substr(0, 4));
    // The plus stands from the year in which the person turns 100 (Act 1991:481, section 18): one of the two is wrong.
    if (parts->separator == '+' && reference.year() - century.year < 100) return problem("pnr.plus-contradicts");
  } else {
    century = century_of(yymmdd, parts->separator, reference);
    if (!shortened && (parts->separator == 0 || century.moved_back)) repairs.push_back(Repair::CenturyAssumed);
  }
  const auto twelve = joined(century.year, yymmdd, parts->last_four);
  const auto kind = kind_of_form(view(twelve));
  if (!kind) return no_outline(plain_text);
  if (const auto fault = fault_of(view(twelve), *kind); !fault.empty()) return problem(std::string(fault));
  if (!given && window && (century.year < window->first_year || century.year > window->last_year))
    return problem("pnr.century-unclear");
  return Parsed{PersonalIdentityNumber(std::string(view(twelve)), *kind), std::move(repairs)};
}

std::optional<Date> PersonalIdentityNumber::born_on() const {
  return birth_date(std::string_view(digits_).substr(0, 8), kind_).birthday;
}

std::optional<int> PersonalIdentityNumber::gender_digit() const {
  // The same place for every kind: the third character behind the hyphen, also of T and TF codes.
  return digits_[10] - '0';
}

std::string_view name_of(IdentityKind kind) {
  switch (kind) {
    case Kind::Personal:
      return "personal";
    case Kind::Coordination:
      return "coordination";
    case Kind::Temporary:
      return "temporary";
    case Kind::Protected:
      return "protected";
  }
  return {};
}

std::string_view code_of(IdentityRepair repair) {
  switch (repair) {
    case Repair::ZeroRestored:
      return "pnr.zero-restored";
    case Repair::CenturyAssumed:
      return "pnr.century-assumed";
    case Repair::Cleaned:
      return "pnr.cleaned";
  }
  return {};
}

std::optional<std::string> proposed_identity(std::string_view text, Date reference, const CenturyWindow* window) {
  const Cleaned cleaned = clean(text);
  std::string proposal;
  bool changed = false;
  for (const char c : cleaned.text()) {
    const char meant = c == 'O' ? '0' : c == 'L' || c == 'I' ? '1' : c;
    changed |= meant != c || c == blank;
    if (meant != blank) proposal += meant;
  }
  if (!changed) return std::nullopt;
  const bool has_separator = proposal.find_first_of("-+") != std::string::npos;
  if (!has_separator && (proposal.size() == 10 || proposal.size() == 12)) proposal.insert(proposal.size() - 4, 1, '-');
  if (!PersonalIdentityNumber::parse(proposal, reference, window)) return std::nullopt;
  return proposal;
}

}  // namespace horisont
