#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "core/values/personal_identity_number.h"

namespace horisont {
namespace {

// A number of the series that is never given to a person (serial 980 to 999), personal or coordination, born where ten
// digits without a plus are enough.
std::string any_number(Date reference) {
  const Date born = Date::of_days(*rc::gen::inRange(Date::of(1927, 1, 1)->days(), reference.days()));
  std::string twelve = born.iso();
  std::erase(twelve, '-');
  if (*rc::gen::arbitrary<bool>()) twelve[6] = static_cast<char>(twelve[6] + 6);
  twelve += std::to_string(*rc::gen::inRange(980, 1000));
  for (char check = '0'; check <= '9'; ++check)
    if (luhn(twelve.substr(2) + check)) return twelve + check;
  return twelve;
}

RC_GTEST_PROP(IdentityNumber, has_one_normal_form_however_it_is_written, ()) {
  const Date reference = *Date::of(2026, 1, 31);
  const std::string twelve = any_number(reference);
  const std::string date = twelve.substr(0, 8), last = twelve.substr(8);
  std::string forms[] = {twelve,
                         date + "-" + last,
                         // A plus says that somebody is 100 or older; beside a whole year it must not contradict.
                         date + (twelve < std::to_string(reference.year() - 100) ? "+" : "-") + last,
                         date.substr(2) + "-" + last,
                         date.substr(2) + last,
                         "'" + twelve,
                         "\u00A0" + date + "\u2013" + last + " ",
                         std::to_string(std::stoll(twelve.substr(2)))};
  // A zero is lost only where one stood.
  if (twelve[2] != '0') forms[7] = twelve;
  for (const std::string& form : forms) {
    const auto parsed = PersonalIdentityNumber::parse(form, reference);
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(parsed->number.digits() == twelve);
  }
}

RC_GTEST_PROP(IdentityNumber, with_one_digit_changed_is_never_read_as_the_same_person, ()) {
  const Date reference = *Date::of(2026, 1, 31);
  const std::string twelve = any_number(reference);
  std::string wrong = twelve;
  const auto at = *rc::gen::inRange<std::size_t>(2, 12);
  wrong[at] = static_cast<char>('0' + (wrong[at] - '0' + *rc::gen::inRange(1, 10)) % 10);
  RC_ASSERT(!PersonalIdentityNumber::parse(wrong, reference));
}

RC_GTEST_PROP(IdentityNumber, reading_any_bytes_answers_without_a_crash, (const std::string& bytes)) {
  const auto parsed = PersonalIdentityNumber::parse(bytes, *Date::of(2026, 1, 31));
  RC_ASSERT(parsed.has_value() || text_of(parsed.error().message.id) != nullptr);
}

}  // namespace
}  // namespace horisont
