#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/table.h"
#include "app/workspace.h"
#include "core/values/result.h"

namespace horisont {

struct PackRequest {
  std::string project, sample;  ///< "S-1"
  bool names = false;           ///< with names and identity numbers: needs a reason and somebody else's approval
  std::string reason, approved_by, recipient;
  std::filesystem::path receipt;  ///< where the receipt of the log's entry on the pack is written; empty: nowhere
  Language language = Language::Swedish;  ///< of the index and the words
  Date today = Date::of_days(0);
  Actor actor;
  Moment now = Moment::of_seconds(0);
};

struct MadePack {
  std::filesystem::path file;
  std::size_t files = 0, persons = 0, left_out = 0;  ///< persons: participants, or staff of a sample of costs; left out:
                                                     ///< sampled persons with protected identity
  std::string manifest_sha256;
  std::string entry;  ///< of the log, that tells of it
};

/// Writes what belongs to a sample as one zip (docs/formats/audit-pack.md) and tells the log that it was given out. The same
/// facts and the same question give the same bytes. A Problem: no such sample, a sample of costs of staff who have identity
/// numbers for their own, no log, names without reason and a second person. Throws FileError and StoreError. `progress`: parts
/// done, of so many.
Result<MadePack> make_pack(Workspace&, const PackRequest&, const std::filesystem::path& zip,
                           const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

/// What came out of opening a pack.
struct OpenedPack {
  std::filesystem::path folder;
  std::string project, sample, manifest_sha256;
  Table table;                    ///< a row a check
  std::vector<Finding> findings;  ///< what does not agree
  std::vector<Message> unproved;  ///< what nothing vouches for but the list of the pack itself
  bool agrees() const { return findings.empty(); }
};
/// Why a pack was not opened: it cannot be read, or it is not what was made.
struct PackFault {
  bool altered = false;
  Message message;
};
/// Checks every file's digest, unpacks into `folder` (which must not be there), holds all that the log can vouch for against it,
/// and makes again what follows from the rest: the draw, the verdicts, every part that is made. Of a folder that was unpacked
/// before: the same. `expected`: the SHA-256 of the pack's list, in hex, or a file that has it (a receipt of a pack, a newer export of
/// the log); empty: there is nothing to compare with. Throws FileError and StoreError.
tl::expected<OpenedPack, PackFault> open_pack(const std::filesystem::path& pack, const std::filesystem::path& folder,
                                              const std::filesystem::path& share, const std::string& expected = {});

}  // namespace horisont
