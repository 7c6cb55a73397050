#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "log/entry.h"
#include "log/evp.h"

// C2SP signed-note, tlog-checkpoint, tlog-cosignature and tlog-policy.
namespace tlog {

enum class KeyType : std::uint8_t { Log = 1, Witness = 4 };

/// name+id+base64(type, public key)
struct VKey {
  std::string name, id;  ///< id: 8 hex digits
  KeyType type = KeyType::Log;
  PublicKey key{};
  friend bool operator==(const VKey&, const VKey&) = default;
};
VKey vkey_of(std::string name, KeyType, const PublicKey&);
std::string text_of(const VKey&);
std::optional<VKey> vkey_from(std::string_view text);

/// The log key of an origin, made from the installation's master secret; generation grows with each rotation.
Digest log_seed(std::string_view master, std::string_view origin, std::uint32_t generation);

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Digest root{};
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};
std::string text_of(const Checkpoint&);     ///< three lines
std::string short_code(const Checkpoint&);  ///< "8GADW-2M2BG-BS2JG-4FR5N", for reading aloud only

struct NoteSignature {
  std::string name, id, signature;
  std::string line;  ///< as it stands, without newline
};
struct CheckpointNote {
  Checkpoint checkpoint;
  std::vector<NoteSignature> signatures;
};
/// Three lines, an empty one, 1 to 64 signature lines; at most 64 KiB. Signatures are not checked.
std::optional<CheckpointNote> checkpoint_note_from(std::string_view text);

/// As a person copied it out of a workbook: CR LF and a missing last line end are forgiven here, and only here.
std::optional<CheckpointNote> checkpoint_copied(std::string_view text);
std::string text_of(const CheckpointNote&);

std::string signature_line(const VKey&, std::string_view signature);   ///< with newline
std::string log_signature(const Checkpoint&, const Digest& seed);      ///< the line of the log's signature
std::string signed_checkpoint(const Checkpoint&, const Digest& seed);  ///< the note with the log's signature
/// One line with newline, to stand after the log's signature.
std::string cosignature(const Checkpoint&, std::string_view witness, const Digest& seed, std::uint64_t time);

/// Who signed a cosignature line (with its newline) and when it says so, in seconds since 1970; nothing is proved.
std::optional<std::pair<std::string, std::int64_t>> time_of_cosignature(std::string_view line);

/// Whether the signature is this key's over the checkpoint; a witness's time is given back.
bool signed_by(const Checkpoint&, const NoteSignature&, const VKey&, const Verifier&, std::uint64_t* time = nullptr);

/// Which keys a reader trusts.
struct Policy {
  std::vector<VKey> logs;
  std::map<std::string, VKey> witnesses;
  struct Group {
    std::string name;
    std::size_t least = 0;
    std::vector<std::string> members;
  };
  std::vector<Group> groups;
  std::string quorum = "none";
  bool met_by(const std::vector<VKey>& cosigned) const;
};
/// At most 1 MiB; nothing when a line is wrong, a name unknown or a key there twice.
std::optional<Policy> policy_from(std::string_view text);

}  // namespace tlog
