#include "edge/import/likeness.h"

#include <gtest/gtest.h>

namespace horisont {
namespace {

Likeable somebody(const char* number, const char* name, const char* born = "") {
  std::optional<PersonalIdentityNumber> known;
  if (*number) known = *PersonalIdentityNumber::of_normal_form(number);
  const auto day = Date::parse(born);
  return likeable(known, day ? std::optional<Date>(*day) : std::nullopt, name);
}

struct Case {
  const char* name;
  Likeable a, b;
  const char* likeness;  // "" for none
};

TEST(Likeness, is_a_question_with_a_reason) {
  const Case cases[] = {
      {"one and the same number", somebody("199803039800", "Ek, Bo"), somebody("199803039800", "Ek, Bo"), ""},
      {"a coordination number and a personal one", somebody("199905779808", "Ek, Bo"), somebody("199905179819", "Bo Ek"),
       "coordination"},
      {"the family name two letters different", somebody("199905779808", "Lindqvist, Åsa"),
       somebody("199905179819", "Lindkvis, Åsa"), "coordination"},
      {"three letters different", somebody("199905779808", "Lindqvist, Åsa"), somebody("199905179819", "Lindkvi, Åsa"), ""},
      {"a short family name one letter different", somebody("199905779808", "Ek, Bo"), somebody("199905179819", "Ax, Bo"), ""},
      {"twins", somebody("199905779808", "Ek, Bo"), somebody("199905179819", "Ek, Bodil"), ""},
      {"another day", somebody("199905779808", "Ek, Bo"), somebody("199803039800", "Ek, Bo"), ""},
      {"one without a number, born on that day", somebody("", "Ek, Bo", "1999-05-17"), somebody("199905179819", "Ek, Bo"),
       "no-number"},
      {"one without a number or a birth date", somebody("", "Ek, Bo"), somebody("199905179819", "Ek, Bo"), ""},
      {"two without a name", somebody("199905779808", ""), somebody("199905179819", ""), ""},
      {"the given name first, and last", somebody("", "Anna Maria Berg", "1999-05-17"),
       somebody("199905179819", "Berg, Maria Anna"), "no-number"},
      {"two digits of the day have changed places", somebody("199703039801", "Ek, Bo"), somebody("199703309808", "Ek, Bo"),
       "swapped-digits"},
      {"they have, under another name", somebody("199703039801", "Ek, Bo"), somebody("199703309808", "Ek, Ulf"), ""},
  };
  for (const Case& one : cases) {
    const auto found = likeness(one.a, one.b), turned = likeness(one.b, one.a);
    EXPECT_EQ(found ? name_of(*found) : "", one.likeness) << one.name;
    EXPECT_EQ(found, turned) << one.name;
    if (found) {
      EXPECT_TRUE((!birth_key(one.a).empty() && birth_key(one.a) == birth_key(one.b)) || whole_key(one.a) == whole_key(one.b))
          << one.name << ": found by one of the keys";
    }
  }
}

}  // namespace
}  // namespace horisont
