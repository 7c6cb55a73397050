#include "edge/import/likeness.h"

#include <algorithm>
#include <vector>

#include "edge/import/values.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::size_t shortest_to_misspell = 4;

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : lower_case(nfc(text)))
    if (c != ' ')
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  if (words.back().empty()) words.pop_back();
  return words;
}
std::string in_order(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
  return all;
}

// Of the eleven digits before the check digit, which follows them, or of all twelve.
bool two_changed_places(const std::string& a, const std::string& b) {
  const auto swapped = [&](std::size_t length) {
    std::vector<std::size_t> different;
    for (std::size_t i = 0; i < length; ++i)
      if (a[i] != b[i]) different.push_back(i);
    return different.size() == 2 && a[different[0]] == b[different[1]] && a[different[1]] == b[different[0]];
  };
  return a.size() == 12 && b.size() == 12 && (swapped(11) || swapped(12));
}

}  // namespace

Likeable likeable(const std::optional<PersonalIdentityNumber>& number, std::optional<Date> born_on, std::string_view name) {
  Likeable one{number, number && number->born_on() ? number->born_on() : born_on, {}, {}};
  const std::size_t comma = name.find(',');
  std::vector<std::string> given = words_in(comma == name.npos ? name : name.substr(comma + 1)), family;
  if (comma != name.npos) {
    family = words_in(name.substr(0, comma));
  } else if (given.size() > 1) {
    family.push_back(std::move(given.back()));
    given.pop_back();
  }
  one.family = in_order(std::move(family)), one.given = in_order(std::move(given));
  return one;
}

std::string_view name_of(Likeness likeness) {
  static constexpr std::string_view names[] = {"swapped-digits", "coordination", "no-number", "two-numbers"};
  return names[static_cast<std::size_t>(likeness)];
}

std::optional<Likeness> likeness(const Likeable& a, const Likeable& b) {
  if (a.given.empty() || a.given != b.given) return std::nullopt;
  if (a.number && b.number && *a.number == *b.number) return std::nullopt;
  const auto names_one = [](const Likeable& one) { return one.number && one.number->names_one_person(); };
  const bool both = names_one(a) && names_one(b), one_name = a.family == b.family;
  if (both && one_name && two_changed_places(a.number->digits(), b.number->digits())) return Likeness::SwappedDigits;
  if (!a.born_on || a.born_on != b.born_on) return std::nullopt;
  const bool one_spelling = one_name || (std::min(characters(a.family), characters(b.family)) >= shortest_to_misspell &&
                                         edits(a.family, b.family, 2) <= 2);
  if (!one_spelling) return std::nullopt;
  if (!both) return Likeness::OneWithoutNumber;
  if (a.number->kind() != b.number->kind()) return Likeness::CoordinationThenPersonal;
  return one_name ? std::optional(Likeness::TwoNumbers) : std::nullopt;
}

std::string birth_key(const Likeable& one) {
  return one.born_on && !one.given.empty() ? one.born_on->iso() + " " + one.given : std::string();
}
std::string whole_key(const Likeable& one) { return one.given.empty() ? std::string() : one.family + ", " + one.given; }

}  // namespace horisont
