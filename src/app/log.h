#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace.h"
#include "core/values/result.h"
#include "log/verify.h"

namespace horisont {

/// Writes a project's whole log as `*.eliglog`, for horisont-verify. Throws FileError and StoreError.
void export_log(const Workspace&, const std::string& project, const std::filesystem::path& file);

/// Writes the proof of one entry ("L-41"), and its leaf as FILE.leaf; false when the log has no such entry.
bool prove_entry(const Workspace&, const std::string& project, const std::string& entry, const std::filesystem::path& file);

/// Writes a receipt beside the name of each workbook of a made report ("FILE.kvitto.txt"), none where one of them is there already.
/// A Problem: no such report, or a receipt is there. Throws FileError and StoreError.
Result<std::vector<std::filesystem::path>> write_receipts(const Workspace&, const std::string& project, const std::string& report,
                                                          const std::filesystem::path& folder);

/// The newest checkpoint as a request (RFC 3161) to an authority; nothing goes over a network. Throws FileError and StoreError.
void write_timestamp_request(const Workspace&, const std::string& project, const std::filesystem::path& file);

struct TakenIn {
  bool unreadable = false, disagrees = false;  ///< how it was refused, where not for the log's own sake
  std::optional<Message> refused;              ///< nothing: the time stamp is kept and told of in the log
};
/// An authority's reply to that request, checked against its certificates. Throws FileError and StoreError.
TakenIn take_in_timestamp(Workspace&, const std::string& project, const std::filesystem::path& reply,
                          const std::filesystem::path& request, const std::filesystem::path& authorities, const Actor&,
                          Moment now);

/// Why a text may not be an auditor's challenge: length, characters, or an identity number in it.
std::optional<Message> unfit_challenge(const std::string& text);

/// The checkpoint in a file: a note, or a workbook that bears one on its control sheet. Throws FileError.
std::optional<tlog::CheckpointNote> checkpoint_in(const std::filesystem::path& file);
/// Whether a log has the checkpoint that someone holds: the project's own, or the one in the export file.
tlog::Answer compare_checkpoint(const Workspace&, const std::string& project, const std::filesystem::path& exported,
                                const tlog::CheckpointNote& held, Language, Moment now);

}  // namespace horisont
