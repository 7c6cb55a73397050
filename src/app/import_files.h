#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/import_file.h"

namespace horisont {

/// Several files as one import (INT-27): seen together, confirmed once, stored together or not at all. Each keeps its own
/// original, digest, number, origin and undoing.
struct ImportedTogether {
  /// By file, each read upon the ones before it; its preview has the facts it changes, no effect. A file that fits while another
  /// does not is Checked, or Waiting where it has a draft.
  std::vector<ImportOutcome> files;
  bool all_may = false;  ///< every file fits, or was read before
  /// All files against what is stored; not when they were stored. Its facts are counted once, whatever files say them.
  std::optional<Preview> preview;
  /// What is stored, lies in the scope of the files together, and stands in none of them. Nothing is done about it.
  Difference missing;
};

/// Reads files one upon the other, so that the second may speak of the persons of the first, and by the first one's `until` stores
/// all or nothing, leaves each as a draft, or leaves nothing. A file that cannot be opened is a refused one among the others. Where
/// a later file says something else than an earlier one, its time is an error (files.same-time: it would take the other's
/// place), anything else a warning (files.say-otherwise: the later holds). Facts that are missing are kept. Throws StoreError.
ImportedTogether import_files(Workspace&, const std::vector<ImportRequest>&);

/// Confirms drafts as one import, in the order given; `asked.draft` is not looked at. Overtaken as in commit_draft, all of them.
Result<ImportedTogether> commit_drafts(Workspace&, const std::vector<std::uint32_t>& drafts, const CommitRequest& asked);

}  // namespace horisont
