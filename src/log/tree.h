#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "log/evp.h"

// The tree of RFC 6962, section 2.1.
namespace tlog {

Digest leaf_hash(std::string_view leaf);
Digest node_hash(const Digest& left, const Digest& right);

/// The perfect subtrees that make up a growing tree, largest first: all that appending and roots need.
class CompactRange {
 public:
  CompactRange() = default;
  /// As stored; nothing when there is not one hash for each 1 bit of the size.
  static std::optional<CompactRange> of(std::uint64_t size, std::vector<Digest> hashes);
  void push(const Digest& leaf_hash);
  Digest root() const;
  std::uint64_t size() const { return size_; }
  const std::vector<Digest>& hashes() const { return hashes_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> hashes_;
};

Digest root_of(std::span<const Digest> leaf_hashes);

using Proof = std::vector<Digest>;
/// Of leaf `index` in the tree of all these leaves; index < size.
Proof inclusion_proof(std::span<const Digest> leaf_hashes, std::uint64_t index);
/// From the first `size` leaves to all of them; 0 < size <= number of leaves.
Proof consistency_proof(std::span<const Digest> leaf_hashes, std::uint64_t size);

bool includes(std::uint64_t index, std::uint64_t size, const Digest& leaf_hash, std::span<const Digest> proof,
              const Digest& root);
/// From size 0 nothing follows: refused.
bool consistent(std::uint64_t old_size, std::uint64_t size, std::span<const Digest> proof, const Digest& old_root,
                const Digest& root);

}  // namespace tlog
