#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cases/participation.h"

namespace horisont {

/// Participations as bytes, about a tenth of what they take as values: for a program that stays, where few of them are looked
/// at. What is taken out is what was put in. They lie in pieces that are shared with every list made of this one: what is known anew of
/// a few people costs their pieces, however many the others are.
class PackedParticipations {
 public:
  PackedParticipations() = default;
  explicit PackedParticipations(const std::vector<Participation>&);  ///< ordered by person
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  Participation operator[](std::size_t place) const;
  std::uint32_t person_at(std::size_t place) const;
  /// The place of a person; nothing: does not take part.
  std::optional<std::size_t> place_of(std::uint32_t person) const;
  std::vector<Participation> all() const;
  /// The same with what is now known of some people, both ordered by person: those who are not in `now` do not take part (any more).
  PackedParticipations with(std::span<const std::uint32_t> persons, const std::vector<Participation>& now) const;

 private:
  struct Piece {
    std::string bytes;
    std::vector<std::uint32_t> begins, persons;  // at least one
  };
  struct Place {
    std::shared_ptr<const Piece> piece;
    std::size_t first = 0;  // the place of its first
  };
  class Adding;
  const Place& at(std::size_t place) const;
  std::vector<Place> pieces_;
  std::size_t size_ = 0;
};

}  // namespace horisont
