#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "log/note.h"
#include "log/tree.h"

// The second party of C2SP tlog-witness: what a log asks of it and what it answers, as texts.
namespace tlog {

struct WitnessRequest {
  std::uint64_t old_size = 0;
  Proof proof;  ///< from `old_size` to the note's size; empty when that is 0
  std::string note;
};
std::string text_of(const WitnessRequest&);
/// At most 63 hashes and 64 KiB of note; the note itself is not looked into.
std::optional<WitnessRequest> witness_request_from(std::string_view text);

/// What a witness remembers: the logs that it watches and, of each, the last note that it cosigned (empty: none yet).
struct Watched {
  VKey key;
  std::string note;
  friend bool operator==(const Watched&, const Watched&) = default;
};
using WitnessState = std::map<std::string, Watched>;  ///< by origin
std::string text_of(const WitnessState&);
std::optional<WitnessState> witness_state_from(std::string_view text);

/// The name and the secret of a witness, as its key file holds them.
struct WitnessKey {
  std::string name;
  Digest seed{};
  VKey vkey() const { return vkey_of(name, KeyType::Witness, public_key_of(seed)); }
};
std::string text_of(const WitnessKey&);
std::optional<WitnessKey> witness_key_from(std::string_view text);

/// 200 with a cosignature line; 409 with the size last cosigned; 400, 403, 404 and 422 with nothing. Only 200 changes the
/// state, and the changed state must be on disk before the answer is given to anyone: else requests that cross roll it back.
struct WitnessAnswer {
  int code = 400;
  std::string line;  ///< with newline, or empty
};
WitnessAnswer witness_answer(std::string_view request, WitnessState&, const WitnessKey&, std::uint64_t time);

/// An answer as a file: the code on a line, then the line.
std::string text_of(const WitnessAnswer&);
std::optional<WitnessAnswer> witness_answer_from(std::string_view text);

}  // namespace tlog
