#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/funding/ledger.h"

namespace horisont {

/// Time records with what became of each, as bytes, about a fifth of what they take as values: for a program that stays, where
/// few of them are looked at. What is taken out is what was put in.
class PackedHours {
 public:
  struct Records {
    std::vector<TimeRecord> times;
    std::vector<LedgerLine> lines;  ///< of `times`, one each, in their order
  };
  PackedHours() = default;
  /// `lines` as the ledger makes them: one for each record, in its order.
  PackedHours(const std::vector<TimeRecord>& times, const std::vector<LedgerLine>& lines);
  std::size_t size() const { return size_; }
  Records all() const;
  Records of(std::uint32_t person) const;

 private:
  // Where a record begins, so that nobody has to read from the first one.
  struct Mark {
    std::size_t at = 0;
    std::uint32_t record = 0, person = 0;  ///< of the record that begins there
  };
  std::string bytes_;
  std::vector<Mark> marks_;
  std::size_t size_ = 0;
  bool by_person_ = true;
};

}  // namespace horisont
