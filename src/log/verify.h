#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "log/entry.h"
#include "log/note.h"
#include "log/timestamp.h"
#include "log/tree.h"

namespace tlog {

/// A checkpoint that the reader got at some time, and the day of it (seconds since 1970 of the day's end).
struct HeldCheckpoint {
  CheckpointNote note;
  std::optional<std::int64_t> received;
};

/// What a reader wants to know of an export.
struct Question {
  std::optional<Policy> policy;
  std::optional<TimeAuthorities> authorities;  ///< whose time stamps count
  std::vector<HeldCheckpoint> since;
  std::vector<Digest> files;            ///< made workbooks, by SHA-256 of their bytes
  std::vector<std::string> challenges;  ///< texts
  std::vector<Opening> openings;
  std::vector<std::uint64_t> entries;  ///< to show
  std::int64_t now = 0;                ///< seconds since 1970
  int max_age_days = 45;
  bool swedish = false;
};

/// Statuses of `horisont-verify`.
enum class Shown { Good = 0, Altered = 1, Unreadable = 2, NothingOutside = 3 };

struct Answer {
  Shown shown = Shown::Good;
  std::vector<std::string> lines;    ///< for a person
  std::optional<Checkpoint> newest;  ///< of the export
  std::uint64_t entries = 0, checkpoints = 0;
  std::vector<std::string> contradiction;  ///< two notes of one origin: a proof for others
};

/// Everything an export can show, in one pass; memory does not grow with the export but for one bit an entry.
Answer verify_export(std::istream&, const Question&);

/// What a `.tlog-proof` begins with.
inline constexpr std::string_view proof_begins = "c2sp.org/tlog-proof@v1\n";
/// A `.tlog-proof` with its leaf.
Answer verify_proof(std::string_view proof_file, std::string_view leaf, const Question&);
std::string proof_file(std::uint64_t index, const Proof&, std::string_view checkpoint_note);

}  // namespace tlog
