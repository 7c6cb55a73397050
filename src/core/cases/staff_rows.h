#pragma once

#include <compare>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/cases/record.h"

namespace horisont {

/// What `same_word` compares: the letters and digits alone, small.
std::string plain_word(std::string_view);

/// What a staff number is compared by: "030001", "30001 " and "30 001" are one number.
std::string staff_number_key(std::string_view);

/// Whom a row of staff time is about, however the employer and the number are spelled.
struct StaffWho {
  std::string employer, staff_id;
  static StaffWho of(std::string_view employer, std::string_view staff_id);
  friend auto operator<=>(const StaffWho&, const StaffWho&) = default;
};

/// What a row of staff time is about: whom, the day or month, and the activity, however they are spelled. The one key by which
/// rows are held against each other, in a file, in the store and in what is counted.
struct StaffRowKey {
  StaffWho who;
  std::string when;  ///< "2024-03-04" or "2024-03"
  std::string activity;
  bool from_midnight = false;  ///< the rest of a night stands beside the day's own rows, and a later file of those does not replace it
  static StaffRowKey of(const Record&);
  friend auto operator<=>(const StaffRowKey&, const StaffRowKey&) = default;
};

/// What a row says with spelling apart: two rows of one file that say the same are one row that stands twice.
std::string staff_said_alike(const Record&);

/// Whether a later file speaks of some of a key's functions alone, and leaves the others as they are: all that it has are among those
/// of before, and stated. A function that is new to the key is a correction, and then the file speaks of the whole key.
bool speaks_of_parts(const std::set<std::string_view>& before, const std::set<std::string_view>& now);

/// The rows of staff time that hold, in the order of known_before; other records are passed over. Several rows of one key in one
/// import are several facts, also in several functions. A later import replaces what earlier ones say of the key, or of the
/// functions that it speaks of (`speaks_of_parts`).
std::vector<const Record*> standing_staff_time(std::span<const Record* const>);
std::vector<const Record*> standing_staff_time(std::span<const Record>);

}  // namespace horisont
