#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace horisont {

/// From a text to a number, in one flat table. A volume file says the same few texts a million times: each is understood
/// once and found again here, without a heap block for a look-up.
class TextIndex {
 public:
  const std::uint32_t* find(std::string_view text) const {
    if (slots_.empty()) return nullptr;
    for (std::size_t at = hash(text) & mask();; at = (at + 1) & mask()) {
      const Slot& slot = slots_[at];
      if (slot.size == unused) return nullptr;
      if (slot.size == text.size() && std::string_view(texts_.data() + slot.at, slot.size) == text) return &slot.value;
    }
  }
  /// Keeps the value that is already there; returns the one that is kept.
  std::uint32_t insert(std::string_view text, std::uint32_t value) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    for (std::size_t at = hash(text) & mask();; at = (at + 1) & mask()) {
      Slot& slot = slots_[at];
      if (slot.size == text.size() && std::string_view(texts_.data() + slot.at, slot.size) == text) return slot.value;
      if (slot.size != unused) continue;
      slot = {texts_.size(), static_cast<std::uint32_t>(text.size()), value};
      texts_ += text;
      ++count_;
      return value;
    }
  }
  std::size_t size() const { return count_; }

 private:
  static constexpr std::uint32_t unused = 0xFFFFFFFF;
  struct Slot {
    std::size_t at = 0;
    std::uint32_t size = unused, value = 0;
  };

  static std::size_t hash(std::string_view text) { return std::hash<std::string_view>{}(text); }
  std::size_t mask() const { return slots_.size() - 1; }
  void place(const Slot& slot, std::size_t hashed) {
    std::size_t at = hashed & mask();
    while (slots_[at].size != unused) at = (at + 1) & mask();
    slots_[at] = slot;
  }
  void grow() {
    const std::vector<Slot> before = std::move(slots_);
    slots_.assign(before.empty() ? 64 : before.size() * 2, Slot{});
    for (const Slot& slot : before)
      if (slot.size != unused) place(slot, hash(std::string_view(texts_.data() + slot.at, slot.size)));
  }

  std::vector<Slot> slots_;
  std::string texts_;
  std::size_t count_ = 0;
};

/// From a whole number (the twelve digits of an identity number) to a number, in one flat table. 0 is no key.
class NumberIndex {
 public:
  const std::uint32_t* find(std::uint64_t key) const {
    if (slots_.empty()) return nullptr;
    for (std::size_t at = mix(key) & mask();; at = (at + 1) & mask()) {
      if (slots_[at].key == key) return &slots_[at].value;
      if (slots_[at].key == 0) return nullptr;
    }
  }
  void insert(std::uint64_t key, std::uint32_t value) {
    if (find(key)) return;
    if (2 * (count_ + 1) > slots_.size()) {
      const std::vector<Slot> before = std::move(slots_);
      slots_.assign(before.empty() ? 64 : before.size() * 2, Slot{});
      for (const Slot& slot : before)
        if (slot.key != 0) place(slot);
    }
    place({key, value});
    ++count_;
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t value = 0;
  };
  // Neighbouring numbers must not fill neighbouring slots (the finalizer of MurmurHash3).
  static std::size_t mix(std::uint64_t key) {
    key ^= key >> 33;
    key *= 0xff51afd7ed558ccdULL;
    key ^= key >> 33;
    return static_cast<std::size_t>(key);
  }
  std::size_t mask() const { return slots_.size() - 1; }
  void place(const Slot& slot) {
    std::size_t at = mix(slot.key) & mask();
    while (slots_[at].key != 0) at = (at + 1) & mask();
    slots_[at] = slot;
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace horisont
