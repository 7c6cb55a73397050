#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "edge/import/job.h"

namespace horisont {

/// Whom a name means, and what is to be told of it.
struct NamedPerson {
  std::uint32_t person = nobody;
  std::string_view code = {};  ///< empty: nothing is to be told
  std::vector<std::string> values = {};
  /// Told once for all rows, so that no name need be shown.
  bool is_counted() const { return code.starts_with("person."); }
};

/// A number or a reference in a text, alone ("UH-1", "20050304-2384") or beside a name ("Öberg, Åsa (UH-1)").
struct NumberedPerson {
  std::uint32_t person = nobody;
  bool looks_like_number = false;  ///< an identity number stands there, whether or not anybody has it
};
NumberedPerson person_by_number_in(ImportJob&, const std::string& text);

/// People of lists that have names and no numbers. A name is taken where it is that of one participant alone and somebody has
/// said that names may be taken (ImportProfile::by_name); a reference in its place always.
class PeopleByName {
 public:
  const NamedPerson& find(ImportJob&, std::string_view name);

 private:
  TextIndex known_;
  std::vector<NamedPerson> found_;
};

}  // namespace horisont
