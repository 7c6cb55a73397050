#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/values/personal_identity_number.h"

namespace horisont {

/// What is known of somebody who may stand twice (intake, section 8.4).
struct Likeable {
  std::optional<PersonalIdentityNumber> number;
  std::optional<Date> born_on;  ///< by the number, or as stated
  std::string family, given;    ///< in one form; "Ek, Bo" and "Bo Ek" are one name
};
Likeable likeable(const std::optional<PersonalIdentityNumber>&, std::optional<Date> born_on, std::string_view name);

/// Why two may be one person; a question with its reason, nobody is joined by it. The surest first.
enum class Likeness {
  SwappedDigits,             ///< one name, and two numbers of which two digits have changed places
  CoordinationThenPersonal,  ///< one birth date and name; one has a coordination number and the other a personal one
  OneWithoutNumber,          ///< one birth date and name; one has no number that names one person
  TwoNumbers                 ///< one birth date and name, two numbers of one kind that are both right: most often two people
};
std::string_view name_of(Likeness);  ///< "swapped-digits", "coordination", "no-number", "two-numbers"

/// Nothing for one and the same number, for people without a name, and for twins: their given names differ. A family name may
/// be spelt with two letters different where the birth date is one, except of TwoNumbers.
std::optional<Likeness> likeness(const Likeable&, const Likeable&);

/// Two can only be alike when one of these is the same: by birth date and given name, by the whole name.
std::string birth_key(const Likeable&);
std::string whole_key(const Likeable&);

}  // namespace horisont
