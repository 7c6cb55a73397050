#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>

#include "edge/import/values.h"

namespace horisont {

/// Readings of the short texts of one column, by their text: most of a long column is a few hundred dates, times and amounts
/// over and over. For one way of reading (facts and frame) only; a text that falls in another's place moves it to the place
/// beside. What is given is valid until the next call.
class Remembered {
 public:
  template <class Read>
  const Reading<std::int32_t>& operator()(const CellView& cell, Read&& read) {
    const std::size_t size = cell.text.size();
    if (cell.kind != CellView::Kind::Text || size == 0 || size > longest) return other_ = read(cell);
    if (!slots_) slots_ = std::make_unique<Slot[]>(slots);
    const Key key = key_of(cell.text);
    const std::size_t place =
        (key.first * 0x9E37'79B9'7F4A'7C15u ^ key.last * 0xC2B2'AE3D'27D4'EB4Fu ^ size) >> (64 - slot_bits);
    const auto holds = [&](const Slot& slot) {
      return slot.size == size && slot.key.first == key.first && slot.key.last == key.last;
    };
    Slot &slot = slots_[place], &beside = slots_[place ^ 1];
    if (holds(slot)) return slot.reading;
    if (holds(beside)) return beside.reading;
    beside = std::exchange(slot, {key, size, read(cell)});
    return slot.reading;
  }

 private:
  static constexpr std::size_t longest = 16, slot_bits = 10, slots = 1 << slot_bits;
  // The first and the last bytes, which may overlap: with the size they are the text.
  struct Key {
    std::uint64_t first = 0, last = 0;
  };
  struct alignas(64) Slot {
    Key key;
    std::size_t size = 0;
    Reading<std::int32_t> reading;
  };

  template <class Part>
  static Key ends(std::string_view text) {
    Part first, last;
    std::memcpy(&first, text.data(), sizeof first);
    std::memcpy(&last, text.data() + text.size() - sizeof last, sizeof last);
    return {first, last};
  }
  static Key key_of(std::string_view text) {
    if (text.size() >= 8) return ends<std::uint64_t>(text);
    if (text.size() >= 4) return ends<std::uint32_t>(text);
    if (text.size() >= 2) return ends<std::uint16_t>(text);
    return ends<std::uint8_t>(text);
  }

  std::unique_ptr<Slot[]> slots_;
  Reading<std::int32_t> other_;
};

}  // namespace horisont
