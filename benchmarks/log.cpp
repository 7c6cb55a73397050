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

double clock_seconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// What was spent since `from`, by the clock and by all processors.
struct Spent {
  double clock = -clock_seconds(), processor = -processor_seconds();
  Spent until_now() const { return {clock + clock_seconds(), processor + processor_seconds()}; }
};

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
Spent hashing(const std::string& file, Digest& root) {
  std::ifstream in(file, std::ios::binary);
  CompactRange tree;
  std::vector<std::string> block;
  Spent spent{0, 0};
  const auto hash = [&] {
    const Spent from;
    for (const std::string& leaf : block) tree.push(leaf_hash(leaf));
    const Spent more = from.until_now();
    spent.clock += more.clock, spent.processor += more.processor;
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
  std::vector<double> bare, verified, bare_processor, verified_processor;
  for (std::uint64_t i = 0; i < rounds; ++i) {
    Digest root{};
    const Spent hashed = hashing(file, root);
    bare.push_back(hashed.clock), bare_processor.push_back(hashed.processor);
    std::ifstream in(file, std::ios::binary);
    const Spent from;
    const Answer answer = verify_export(in, {});
    const Spent spent = from.until_now();
    verified.push_back(spent.clock), verified_processor.push_back(spent.processor);
    if (answer.shown != Shown::NothingOutside || !answer.newest || answer.newest->root != root || answer.entries != entries)
      return std::fputs("the two do not find the same log\n", stderr), 1;
  }
  std::printf("%llu entries, %llu checkpoints, %llu rounds\n", static_cast<unsigned long long>(entries),
              static_cast<unsigned long long>(checkpoints), static_cast<unsigned long long>(rounds));
  const auto line = [](const char* what, const std::vector<double>& seconds) {
    std::printf("%-28s %.2f s (%.2f-%.2f)\n", what, median(seconds), *std::min_element(seconds.begin(), seconds.end()),
                *std::max_element(seconds.begin(), seconds.end()));
  };
  line("bare hashing", bare);
  line("bare hashing, processor", bare_processor);
  line("verifying", verified);
  line("verifying, processor", verified_processor);
  std::printf("ratio %.1f by the clock, %.1f of processor time\nmemory at most %.0f MiB\n", median(verified) / median(bare),
              median(verified_processor) / median(bare_processor), peak_mib());
}
