#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/cases/record.h"
#include "edge/import/flat_index.h"

namespace horisont {

constexpr std::uint32_t nobody = 0xFFFFFFFF;

/// The people of a project by number, by reference (D-0042) and by local id.
class PeopleIndex {
 public:
  explicit PeopleIndex(const People& people);

  /// Temporary and protected numbers name nobody by themselves; the name must agree too.
  std::uint32_t by_number(const PersonalIdentityNumber&, std::string_view name) const;
  /// A reference of ours or a local id.
  std::uint32_t by_reference(std::string_view tidied) const;

  /// Makes a person that stands in the list at `index` findable.
  void add(const Person&, std::uint32_t index);
  /// Makes the person findable under another number too.
  void add_number(const PersonalIdentityNumber&, std::string_view name, std::uint32_t index);

 private:
  NumberIndex numbers_;
  TextIndex special_numbers_, local_ids_;
  std::uint32_t count_ = 0;
};

/// The people of a project by name, whatever the order of its words.
class NameIndex {
 public:
  explicit NameIndex(const People& people);
  /// The only person of that name; nobody when there are several.
  std::uint32_t find(std::string_view name) const;
  /// All persons of that name, or none.
  std::span<const std::uint32_t> all(std::string_view name) const;
  /// The person whose name is at most two letters away, where it is one alone; else nobody.
  std::uint32_t nearest(std::string_view name) const;
  /// Those whose names are likest, at most three, the likest first: a few letters away, or with a word of the name in theirs.
  std::vector<std::uint32_t> near(std::string_view name) const;
  /// Their references for a message; a dash where nobody's is like it.
  std::string near_words(std::string_view name) const;

 private:
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> names_;
};

/// The words of a name in one order: "Öberg, Åsa" and "Åsa Öberg" are equal.
std::string name_key(std::string_view name);

/// Whether two names are hardly one person's: not one inside the other ("Åsa Öberg", "Öberg, Åsa Maria"), nor two letters apart.
bool names_differ(std::string_view written, std::string_view stored);

/// The text that the identity reader gets: a number cell in all its digits, the zeros of its format kept.
std::string identity_text(const struct CellView&);

}  // namespace horisont
