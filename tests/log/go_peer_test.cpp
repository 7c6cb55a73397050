// The packages behind Go's checksum database open our notes and proofs, and we open theirs.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "log/note.h"
#include "log/tree.h"
#include "support/places.h"

namespace tlog {
namespace {

const std::filesystem::path packages = "/usr/share/gocode";

bool has_go() {
  return std::filesystem::exists(packages / "src/golang.org/x/mod/sumdb/tlog/tlog.go") &&
         std::system("go version > /dev/null 2>&1") == 0;
}

// The answers, a line each; nothing is fetched from anywhere.
std::vector<std::string> answers(const std::string& questions) {
  const auto folder = std::filesystem::temp_directory_path() / ("horisont-go-" + hex(random_bytes(8)));
  std::filesystem::create_directory(folder);
  std::ofstream(folder / "in", std::ios::binary) << questions;
  const std::string command = "cd " + folder.string() + " && GO111MODULE=off GOPROXY=off GOPATH=" + packages.string() +
                              " GOCACHE=" + (folder / "cache").string() + " go run " +
                              (std::filesystem::path(HORISONT_SOURCE_DIR) / "tests/log/go_peer/main.go").string() +
                              " < in > out 2>&1";
  const int status = std::system(command.c_str());
  std::ifstream in(folder / "out");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  in.close();
  EXPECT_EQ(status, 0) << (lines.empty() ? "" : lines.front());
  std::filesystem::remove_all(folder);
  return lines;
}

std::string text(const Digest& hash) { return base64({reinterpret_cast<const char*>(hash.data()), hash.size()}); }
std::string text(const Proof& proof) {
  std::string all;
  for (const Digest& hash : proof) all += (all.empty() ? "" : ",") + text(hash);
  return all.empty() ? "-" : all;
}
Digest digest_from(const std::string& encoded) {
  Digest digest{};
  const auto bytes = from_base64(encoded);
  EXPECT_TRUE(bytes && bytes->size() == digest.size()) << encoded;
  if (bytes) std::copy_n(bytes->begin(), std::min(bytes->size(), digest.size()), digest.begin());
  return digest;
}
Proof proof_from(const std::string& line) {
  Proof proof;
  std::istringstream in(line == "-" ? "" : line);
  for (std::string one; std::getline(in, one, ',');) proof.push_back(digest_from(one));
  return proof;
}
Digest any(std::mt19937_64& random) {
  Digest digest{};
  for (auto& byte : digest) byte = static_cast<std::uint8_t>(random());
  return digest;
}

struct Tree {
  std::uint64_t size, leaf, older;
  Digest root, older_root;
  std::span<const Digest> hashes;
};

// One run for all, since the peer is compiled for it: 2,000 trees of 1 to 5,000 leaves and 1,000 notes, both ways.
TEST(GoPeer, agrees_on_trees_proofs_notes_and_cosignatures_both_ways) {
  if (!has_go()) GTEST_SKIP() << "needs golang-go and golang-golang-x-mod-dev";
  std::mt19937_64 random(4711);
  std::ostringstream out;
  std::vector<Checkpoint> points;
  for (int i = 0; i < 1'000; ++i) {
    const Checkpoint point{"karlstad.example/eligibility/p" + std::to_string(i), random() % 1'000'000 + 1, any(random)};
    const Digest seed = any(random), by = any(random);
    const std::string note = signed_checkpoint(point, seed);
    const std::string key = text_of(vkey_of(point.origin, KeyType::Log, public_key_of(seed)));
    if (i % 2)
      out << "note " << key << ' ' << base64(note) << '\n';
    else
      out << "cosigned " << key << ' ' << text_of(vkey_of("w.example/1", KeyType::Witness, public_key_of(by))) << ' '
          << base64(note + cosignature(point, "w.example/1", by, random() % 2'000'000'000)) << '\n';
    points.push_back(point);
  }
  for (const Checkpoint& point : points) out << "sign " << point.origin << ' ' << point.size << ' ' << text(point.root) << '\n';
  constexpr std::size_t lists = 4, trees_in_each = 500, most = 5'000;
  std::vector<std::vector<Digest>> leaves(lists);
  std::vector<Tree> trees;
  for (std::size_t list = 0; list < lists; ++list) {
    for (std::size_t i = 0; i < most; ++i)
      leaves[list].push_back(leaf_hash("leaf " + std::to_string(list) + " " + std::to_string(i)));
    out << "list " << list << ' ' << most << '\n';
    for (std::size_t i = 0; i < trees_in_each; ++i) {
      const std::uint64_t size = i < 70 ? i + 1 : random() % most + 1;
      Tree tree{size, random() % size, random() % size + 1, {}, {}, std::span(leaves[list]).first(size)};
      tree.root = root_of(tree.hashes), tree.older_root = root_of(tree.hashes.first(tree.older));
      trees.push_back(tree);
      out << "tree " << size << ' ' << text(tree.root) << ' ' << tree.leaf << ' ' << tree.older << ' ' << text(tree.older_root)
          << ' ' << text(inclusion_proof(tree.hashes, tree.leaf)) << ' ' << text(consistency_proof(tree.hashes, tree.older))
          << '\n';
    }
  }
  // What is wrong, the peer refuses too: its answers above mean something.
  const Digest seed = any(random);
  const std::string key = text_of(vkey_of(points[0].origin, KeyType::Log, public_key_of(seed)));
  out << "note " << key << ' ' << base64(signed_checkpoint(points[0], any(random))) << '\n';

  const std::vector<std::string> lines = answers(out.str());
  ASSERT_EQ(lines.size(), 2 * points.size() + lists + trees.size() + 1) << (lines.empty() ? "" : lines.back());
  std::size_t at = 0;
  for (const Checkpoint& point : points) EXPECT_EQ(lines[at++], "ok") << point.origin;
  for (const Checkpoint& point : points) {
    const std::string& line = lines[at++];
    const std::size_t space = line.find(' ');
    const auto theirs = vkey_from(line.substr(0, space));
    ASSERT_TRUE(theirs) << line;
    const auto note = checkpoint_note_from(from_base64(line.substr(space + 1)).value_or(""));
    ASSERT_TRUE(note) << line;
    EXPECT_EQ(note->checkpoint, point);
    EXPECT_TRUE(signed_by(note->checkpoint, note->signatures.at(0), *theirs, Verifier(theirs->key)));
  }
  for (std::size_t i = 0; i < trees.size(); ++i) {
    if (i % trees_in_each == 0) {
      EXPECT_EQ(lines[at++], "ok");
    }
    const Tree& tree = trees[i];
    std::istringstream line(lines[at++]);
    std::string root, included, grown, record, older;
    line >> root >> included >> grown >> record >> older;
    const std::string what =
        std::to_string(tree.size) + " leaves, leaf " + std::to_string(tree.leaf) + ", from " + std::to_string(tree.older);
    EXPECT_EQ(root, text(tree.root)) << what;
    EXPECT_EQ(included, "ok") << what;
    EXPECT_EQ(grown, "ok") << what;
    const std::uint64_t mirrored = tree.size - 1 - tree.leaf;
    EXPECT_TRUE(includes(mirrored, tree.size, tree.hashes[mirrored], proof_from(record), tree.root)) << what;
    EXPECT_TRUE(consistent(tree.older, tree.size, proof_from(older), tree.older_root, tree.root)) << what;
  }
  EXPECT_TRUE(lines[at].starts_with("bad ")) << lines[at];
}

}  // namespace
}  // namespace tlog
