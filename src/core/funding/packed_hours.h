#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/funding/ledger.h"

namespace horisont {

/// Time records with what became of each, as bytes, about a fifth of what they take as values: for a program that stays, where
/// few of them are looked at. What is taken out is what was put in. They lie in pieces that are shared with every list made of this one, as
/// PackedParticipations do.
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
  Records of(std::span<const std::uint32_t> persons) const;  ///< ordered
  std::size_t first_of(std::uint32_t person) const;  ///< the number of the person's first record, where records come by person
  std::uint32_t person_of(std::size_t record) const;
  /// One record after the other, none kept; `LedgerLine::record` counts them.
  void each(const std::function<void(const TimeRecord&, const LedgerLine&)>& what) const;
  /// The same with what is now known of some people's time; both, and what was packed, are ordered by person.
  PackedHours with(std::span<const std::uint32_t> persons, const Records& now) const;

 private:
  class Adding;
  template <class What>
  void near(std::uint32_t person, What what) const;
  // Records that are told one by the other, so that nobody has to read from the first one.
  struct Piece {
    std::string bytes;
    std::uint32_t records = 0, person = 0;  ///< of the first of them
  };
  struct Place {
    std::shared_ptr<const Piece> piece;
    std::size_t first = 0;  ///< the number of its first record
  };
  std::vector<Place> pieces_;
  std::size_t size_ = 0;
  bool by_person_ = true;
};

}  // namespace horisont
