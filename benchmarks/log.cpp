// Verifying an eligibility log beside the bare SHA-256 hashing of the same leaves and inner nodes.
// log-benchmark FILE [ENTRIES [CHECKPOINTS [ROUNDS]]]: FILE is made, and stays.

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "log/export.h"
#include "log/verify.h"

namespace {

using namespace tlog;

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double peak_mib() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) / 1024;
}

double median(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

// A log of one registration after the other, each with four commitments, as an import writes them.
void make(const std::string& file, std::uint64_t entries, std::uint64_t checkpoints) {
  const std::string origin = "karlstad.example/eligibility/benchmark";
  Digest seed;
  seed.fill(7);
  const VKey key = vkey_of(origin, KeyType::Log, public_key_of(seed));
  std::ofstream out(file, std::ios::binary);
  ExportWriter writer(out, origin, {key}, {}, entries, checkpoints);
  CompactRange tree;
  std::uint64_t made = 0;
  for (std::uint64_t i = 0; i < entries; ++i) {
    Entry entry{.seq = i, .milliseconds = 1'772'000'000'000 + static_cast<std::int64_t>(i), .kind = "facts"};
    entry.actor = "7c1d9a4be2f03355", entry.role = "caseworker", entry.organisation = "karlstad";
    if (i == 0) {
      entry.kind = "log-opened", entry.actor = entry.role = "system", entry.refs = {{"format", "1"}, {"key", key.id}};
    } else {
      const std::string any = hex(sha256(std::to_string(i)));
      entry.subject = any.substr(0, 32), entry.refs = {{"import", "1"}, {"row", std::to_string(i)}};
      entry.commits = {{"hours", any}, {"s1", any}, {"s2", any}, {"s3", any}};
    }
    const std::string leaf = leaf_of(entry);
    writer.leaf(leaf);
    tree.push(leaf_hash(leaf));
    if ((i + 1) * checkpoints / entries == made) continue;
    ++made;
    writer.checkpoint(signed_checkpoint({origin, i + 1, tree.root()}, seed));
  }
  writer.end();
}

// The leaves hashed and every inner node, nothing else: no line is looked into; reading is not counted.
double hashing(const std::string& file, Digest& root) {
  std::ifstream in(file, std::ios::binary);
  CompactRange tree;
  std::vector<std::string> block;
  double spent = 0;
  const auto hash = [&] {
    const double from = processor_seconds();
    for (const std::string& leaf : block) tree.push(leaf_hash(leaf));
    spent += processor_seconds() - from;
    block.clear();
  };
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("L1 ")) continue;
    block.push_back(std::move(line));
    if (block.size() == 10'000) hash();
  }
  hash();
  root = tree.root();
  return spent;
}

}  // namespace

int main(int count, char** values) {
  if (count < 2 || count > 5) return std::fputs("log-benchmark FILE [ENTRIES [CHECKPOINTS [ROUNDS]]]\n", stderr), 2;
  const auto number = [&](int at, std::uint64_t otherwise) { return at < count ? std::stoull(values[at]) : otherwise; };
  const std::uint64_t entries = number(2, 1'000'000), checkpoints = number(3, 1'000), rounds = number(4, 5);
  if (entries == 0 || checkpoints == 0 || checkpoints > entries || rounds == 0) return 2;
  const std::string file = values[1];
  make(file, entries, checkpoints);
  std::vector<double> bare, verified;
  for (std::uint64_t i = 0; i < rounds; ++i) {
    Digest root{};
    bare.push_back(hashing(file, root));
    std::ifstream in(file, std::ios::binary);
    const double from = processor_seconds();
    const Answer answer = verify_export(in, {});
    verified.push_back(processor_seconds() - from);
    if (answer.shown != Shown::NothingOutside || !answer.newest || answer.newest->root != root || answer.entries != entries)
      return std::fputs("the two do not find the same log\n", stderr), 1;
  }
  std::printf("%llu entries, %llu checkpoints, %llu rounds, processor time\n", static_cast<unsigned long long>(entries),
              static_cast<unsigned long long>(checkpoints), static_cast<unsigned long long>(rounds));
  std::printf("bare hashing   %.2f s (%.2f-%.2f)\n", median(bare), *std::min_element(bare.begin(), bare.end()),
              *std::max_element(bare.begin(), bare.end()));
  std::printf("verifying      %.2f s (%.2f-%.2f)\n", median(verified), *std::min_element(verified.begin(), verified.end()),
              *std::max_element(verified.begin(), verified.end()));
  std::printf("ratio          %.1f\nmemory at most %.0f MiB\n", median(verified) / median(bare), peak_mib());
}
