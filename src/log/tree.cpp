#include "log/tree.h"

#include <algorithm>
#include <bit>

namespace tlog {

Digest leaf_hash(std::string_view leaf) {
  thread_local Sha256 context;
  context.add(std::string_view("\0", 1));
  context.add(leaf);
  return context.finish();
}

Digest node_hash(const Digest& left, const Digest& right) {
  thread_local Sha256 context;
  char bytes[65];
  bytes[0] = 1;
  std::copy(left.begin(), left.end(), bytes + 1);
  std::copy(right.begin(), right.end(), bytes + 33);
  context.add({bytes, sizeof bytes});
  return context.finish();
}

std::optional<CompactRange> CompactRange::of(std::uint64_t size, std::vector<Digest> hashes) {
  if (static_cast<std::size_t>(std::popcount(size)) != hashes.size()) return std::nullopt;
  CompactRange range;
  range.size_ = size;
  range.hashes_ = std::move(hashes);
  return range;
}

void CompactRange::push(const Digest& leaf) {
  Digest hash = leaf;
  for (std::uint64_t below = size_; below & 1; below >>= 1) hash = node_hash(hashes_.back(), hash), hashes_.pop_back();
  hashes_.push_back(hash);
  ++size_;
}

Digest CompactRange::root() const {
  if (hashes_.empty()) return sha256("");
  Digest hash = hashes_.back();
  for (auto left = hashes_.rbegin() + 1; left != hashes_.rend(); ++left) hash = node_hash(*left, hash);
  return hash;
}

Digest root_of(std::span<const Digest> leaves) {
  CompactRange range;
  for (const Digest& leaf : leaves) range.push(leaf);
  return range.root();
}

namespace {

std::size_t split_of(std::size_t size) { return std::bit_ceil(size) / 2; }  // the largest power of two below size, size > 1

}  // namespace

Proof inclusion_proof(std::span<const Digest> leaves, std::uint64_t index) {
  Proof proof;
  while (leaves.size() > 1) {
    const std::size_t k = split_of(leaves.size());
    if (index < k) {
      proof.push_back(root_of(leaves.subspan(k)));
      leaves = leaves.first(k);
    } else {
      proof.push_back(root_of(leaves.first(k)));
      leaves = leaves.subspan(k);
      index -= k;
    }
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

Proof consistency_proof(std::span<const Digest> leaves, std::uint64_t size) {
  Proof proof;
  bool whole = true;  // the old tree is the whole left part: its root is known to the asker
  while (size != leaves.size()) {
    const std::size_t k = split_of(leaves.size());
    if (size <= k) {
      proof.push_back(root_of(leaves.subspan(k)));
      leaves = leaves.first(k);
    } else {
      proof.push_back(root_of(leaves.first(k)));
      leaves = leaves.subspan(k);
      size -= k;
      whole = false;
    }
  }
  if (!whole) proof.push_back(root_of(leaves));
  std::reverse(proof.begin(), proof.end());
  return proof;
}

bool includes(std::uint64_t index, std::uint64_t size, const Digest& leaf, std::span<const Digest> proof, const Digest& root) {
  if (index >= size) return false;
  std::uint64_t at = index, last = size - 1;
  Digest hash = leaf;
  for (const Digest& sibling : proof) {
    if (last == 0) return false;
    if ((at & 1) || at == last) {
      hash = node_hash(sibling, hash);
      while (!(at & 1) && at != 0) at >>= 1, last >>= 1;
    } else {
      hash = node_hash(hash, sibling);
    }
    at >>= 1, last >>= 1;
  }
  return last == 0 && hash == root;
}

bool consistent(std::uint64_t old_size, std::uint64_t size, std::span<const Digest> proof, const Digest& old_root,
                const Digest& root) {
  if (old_size == 0 || old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  std::uint64_t at = old_size - 1, last = size - 1;
  while (at & 1) at >>= 1, last >>= 1;
  Digest older = old_root;
  if (!std::has_single_bit(old_size)) {
    if (proof.empty()) return false;
    older = proof.front();
    proof = proof.subspan(1);
  }
  Digest newer = older;
  for (const Digest& hash : proof) {
    if (last == 0) return false;
    if ((at & 1) || at == last) {
      older = node_hash(hash, older);
      newer = node_hash(hash, newer);
      while (!(at & 1) && at != 0) at >>= 1, last >>= 1;
    } else {
      newer = node_hash(newer, hash);
    }
    at >>= 1, last >>= 1;
  }
  return last == 0 && older == old_root && newer == root;
}

}  // namespace tlog
