#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace.h"

namespace horisont {

struct ImportRequest {
  std::string project;
  std::filesystem::path file;
  std::optional<RecordKind> kind;
  std::optional<Month> month;
  std::optional<std::string> sheet;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> header;
  bool good_rows_only = false;  ///< --rows good
  bool dry_run = false;
  bool again = false;  ///< read a file that was read before
  Date today = Date::of_days(0);
  Actor actor;
  Moment now = Moment::of_seconds(0);
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

struct ImportOutcome {
  /// Stored · AlreadyRead: the same bytes, nothing changed · Refused: errors, nothing stored · Checked: a dry run.
  enum class State { Stored, AlreadyRead, Refused, Checked } state = State::Refused;
  std::string project, file_name, sha256, format;
  RecordKind kind = RecordKind::Participants;
  std::vector<Finding> findings;
  std::int64_t rows_seen = 0, rows_read = 0, rows_refused = 0, rows_left_out = 0, minutes = 0;
  Store::ImportResult stored;
  std::optional<StoredImport> earlier;
  bool whole_file_refused = false;  ///< status 3 rather than 1
};

/// Reads one file and stores all its rows or none (with good_rows_only: those without an error). Throws FileError and
/// StoreError; what was not acknowledged is not stored.
ImportOutcome import_file(Workspace&, const ImportRequest&);

}  // namespace horisont
