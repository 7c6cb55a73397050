#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/values/message.h"
#include "core/values/moment.h"
#include "log/witness.h"

namespace horisont {

/// What a second party is asked; it needs no installation, only its key file and its state file.
struct WitnessTask {
  std::filesystem::path request, state, key;
  std::string name;      ///< for a key file that is not there: made, under this name
  std::string watch;     ///< a log's vkey to watch from now on; empty: none
  std::string replaces;  ///< the id of the key that `watch` comes instead of, after a change of key; empty: none
};
struct Witnessed {
  std::string vkey;
  std::optional<tlog::WitnessAnswer> answer;  ///< none without a request
  std::optional<Message> refused;             ///< a file or a vkey that is none; nothing was changed
};
/// Judges a request and remembers it, under one lock; the state is on disk before this returns. Throws FileError.
Witnessed witness(const WitnessTask&, Moment now);

/// Nothing when the file is no answer of a witness. Throws FileError.
std::optional<tlog::WitnessAnswer> read_witness_answer(const std::filesystem::path&);

}  // namespace horisont
