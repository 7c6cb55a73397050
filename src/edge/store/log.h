#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "edge/store/database.h"
#include "log/entry.h"
#include "log/note.h"

namespace horisont {

/// What is to be written in a project's log, before it has its number and its time.
struct Happened {
  std::string kind, outcome = "-";
  std::int64_t person = -1;  ///< -1: nobody
  std::vector<std::pair<std::string, std::string>> refs;
  std::vector<std::pair<std::string, std::vector<tlog::CommittedField>>> commits;
};

/// The one function that writes the log: appends within the caller's transaction and signs the new root. Opens the log with
/// its first entry. A last entry `key-rotated` changes the key: its refs are filled in, and both keys sign. Without a master
/// secret (a store outside an installation) there is no log and nothing happens.
void append_to_log(const Database&, const LogKeeping&, std::int64_t project, const std::string& project_key,
                   std::vector<Happened>, const Actor&, Moment now);

/// The key that signs a log after so many changes of key.
tlog::VKey log_key(const LogKeeping&, const std::string& origin, std::uint32_t generation);

/// The entries that are wanted, in order, each with its proof under the checkpoint of all, and what opens it.
std::vector<ProvedEntry> proved_entries(const Database&, std::int64_t project, const std::string& note,
                                        const std::function<bool(std::uint64_t seq, std::string_view leaf)>& wanted);

/// A value as a ref may hold it; what may not stand there stands as its SHA-256.
std::string as_ref(const std::string& value);

}  // namespace horisont
