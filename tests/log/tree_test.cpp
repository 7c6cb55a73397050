// The tree against independent vectors and against the definition of RFC 6962.

#include "log/tree.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "log/entry.h"
#include "log/given_log.h"
#include "support/shared_data.h"

namespace tlog {
namespace {

Digest digest_of_bytes(std::string_view bytes) {
  Digest digest{};
  std::copy_n(bytes.begin(), std::min<std::size_t>(32, bytes.size()), digest.begin());
  return digest;
}

// The vectors are flat: numbers, texts and one list of texts.
std::uint64_t number_in(const std::string& json, const std::string& name) {
  std::smatch found;
  return std::regex_search(json, found, std::regex("\"" + name + "\"\\s*:\\s*([0-9]+)")) ? std::stoull(found[1]) : 0;
}
// Nothing when it is not base64 of 32 bytes.
std::optional<Digest> hash_in(const std::string& json, const std::string& name) {
  std::smatch found;
  if (!std::regex_search(json, found, std::regex("\"" + name + "\"\\s*:\\s*\"([^\"]*)\""))) return std::nullopt;
  const auto bytes = from_base64(found[1].str());
  if (!bytes || bytes->size() != 32) return std::nullopt;
  return digest_of_bytes(*bytes);
}
std::optional<Proof> proof_in(const std::string& json) {
  const std::size_t from = json.find("\"proof\"");
  Proof proof;
  if (from == json.npos) return proof;
  const std::size_t open = json.find_first_of("[n", from + 7);
  if (open == json.npos || json[open] != '[') return proof;
  const std::string list = json.substr(open, json.find(']', open) - open);
  static const std::regex item("\"([^\"]*)\"");
  for (std::sregex_iterator it(list.begin(), list.end(), item), end; it != end; ++it) {
    const auto bytes = from_base64((*it)[1].str());
    if (!bytes || bytes->size() != 32) return std::nullopt;
    proof.push_back(digest_of_bytes(*bytes));
  }
  return proof;
}

template <class Check>
std::pair<int, int> play(const std::filesystem::path& folder, Check check) {
  int accepted = 0, all = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.path().extension() != ".json") continue;
    const std::string json = contents_of(file.path());
    const bool wanted = !std::regex_search(json, std::regex("\"wantErr\"\\s*:\\s*true"));
    const bool got = check(json);
    EXPECT_EQ(got, wanted) << file.path();
    ++all, accepted += got;
  }
  return {all, accepted};
}

TEST(Tree, every_inclusion_vector_is_judged_as_its_authors_say) {
  NEED_SHARED_DATA(data);
  const auto [all, accepted] = play(data / "merkle/inclusion", [](const std::string& json) {
    const auto root = hash_in(json, "root"), leaf = hash_in(json, "leafHash");
    const auto proof = proof_in(json);
    return root && leaf && proof && includes(number_in(json, "leafIdx"), number_in(json, "treeSize"), *leaf, *proof, *root);
  });
  EXPECT_EQ(all, 53);
  EXPECT_GT(accepted, 0);
}

TEST(Tree, every_consistency_vector_is_judged_as_its_authors_say) {
  NEED_SHARED_DATA(data);
  const auto [all, accepted] = play(data / "merkle/consistency", [](const std::string& json) {
    const auto one = hash_in(json, "root1"), two = hash_in(json, "root2");
    const auto proof = proof_in(json);
    return one && two && proof && consistent(number_in(json, "size1"), number_in(json, "size2"), *proof, *one, *two);
  });
  EXPECT_EQ(all, 52);
  EXPECT_GT(accepted, 0);
}

TEST(Tree, the_known_tree_has_its_roots) {
  NEED_SHARED_DATA(data);
  const std::string json = contents_of(data / "merkle/known-tree.json");
  const auto list = [&](const std::string& name) {
    std::vector<std::string> found;
    const std::size_t from = json.find('[', json.find("\"" + name + "\""));
    const std::string text = json.substr(from, json.find(']', from) - from);
    static const std::regex item("\"([0-9a-f]*)\"");
    for (std::sregex_iterator it(text.begin(), text.end(), item), end; it != end; ++it) found.push_back((*it)[1]);
    return found;
  };
  const auto leaves = list("leaves_hex"), hashes = list("leaf_hashes_hex");
  ASSERT_EQ(leaves.size(), 8u);
  ASSERT_EQ(hashes.size(), 8u);
  CompactRange range;
  EXPECT_NE(json.find(hex(range.root())), json.npos);
  for (std::size_t i = 0; i < 8; ++i) {
    const Digest hash = leaf_hash(*from_hex(leaves[i]));
    EXPECT_EQ(hex(hash), hashes[i]);
    range.push(hash);
    EXPECT_NE(json.find(hex(range.root())), json.npos) << "root of " << i + 1;
  }
}

TEST(Tree, every_proof_of_every_tree_up_to_forty_leaves_holds_and_no_other_leaf_passes_with_it) {
  std::vector<Digest> leaves;
  for (std::size_t n = 1; n <= 40; ++n) {
    leaves.push_back(leaf_hash("leaf " + std::to_string(n)));
    const Digest root = root_of(leaves);
    for (std::size_t i = 0; i < n; ++i) {
      const Proof proof = inclusion_proof(leaves, i);
      EXPECT_TRUE(includes(i, n, leaves[i], proof, root)) << i << " of " << n;
      EXPECT_FALSE(includes(i, n, leaves[(i + 1) % n], proof, root) && n > 1) << i << " of " << n;
      const std::span<const Digest> old(leaves.data(), i + 1);
      EXPECT_TRUE(consistent(i + 1, n, consistency_proof(leaves, i + 1), root_of(old), root)) << i + 1 << " to " << n;
    }
  }
}

TEST(Tree, a_stored_range_needs_one_hash_for_each_bit_of_its_size) {
  EXPECT_TRUE(CompactRange::of(5, std::vector<Digest>(2)));
  EXPECT_FALSE(CompactRange::of(5, std::vector<Digest>(3)));
  EXPECT_FALSE(CompactRange::of(0, std::vector<Digest>(1)));
}

}  // namespace
}  // namespace tlog
