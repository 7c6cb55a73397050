#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cases/participation.h"

namespace horisont {

/// Participations as bytes, about a tenth of what they take as values: for a program that stays, where few of them are looked
/// at. What is taken out is what was put in.
class PackedParticipations {
 public:
  PackedParticipations() = default;
  explicit PackedParticipations(const std::vector<Participation>&);  ///< ordered by person
  std::size_t size() const { return persons_.size(); }
  bool empty() const { return persons_.empty(); }
  Participation operator[](std::size_t place) const;
  /// The place of a person; nothing: does not take part.
  std::optional<std::size_t> place_of(std::uint32_t person) const;
  std::vector<Participation> all() const;
  /// The same with what is now known of some people, both ordered by person: those who are not in `now` do not take part (any more).
  PackedParticipations with(std::span<const std::uint32_t> persons, const std::vector<Participation>& now) const;

 private:
  void add(const Participation&);
  std::string bytes_;
  std::vector<std::size_t> begins_;
  std::vector<std::uint32_t> persons_;
};

}  // namespace horisont
