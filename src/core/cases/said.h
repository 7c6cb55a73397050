#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/cases/difference.h"

namespace horisont {

/// What a row says, without where it stood: two rows of one key that say the same are one statement.
std::string said_by(const Record&);
inline auto said_by(const TimeRecord& time) { return std::tuple(key_of(time), time.end, time.minutes, time.flags); }

/// Whether `morning` is what one cell says from midnight on, and `evening` what it says until then. The two are one row's: who
/// states the evening anew states the whole night, and a morning that is not stated with it is gone.
inline bool is_rest_of(const TimeRecord& morning, const TimeRecord& evening) {
  return evening.end == 24 * 60 && morning.start == 0 && morning.day == evening.day + 1 && morning.person == evening.person &&
         morning.activity == evening.activity && morning.origin == evening.origin;
}
/// An evening and its morning.
using Night = std::pair<const TimeRecord*, const TimeRecord*>;
/// The nights among times that are ordered by key.
std::vector<Night> nights_in(std::span<const TimeRecord* const>);

/// What is known of a project, held against the rows of a file in turn. Participants' rows add up field by field within a
/// spell; other rows are replaced whole by their key, those of staff time all rows of a key together. The records must outlive the object.
class KnownRecords {
 public:
  enum class News : std::uint8_t { None, Changed, New };
  KnownRecords(std::span<const Record* const> stored, std::span<const Record> incoming);
  ~KnownRecords();
  KnownRecords(const KnownRecords&) = delete;
  KnownRecords& operator=(const KnownRecords&) = delete;
  /// What the row tells; from then on it is known.
  News take(const Record&);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace horisont
