#include "log/note.h"

#include <algorithm>
#include <set>

namespace tlog {

namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";

std::string raw(const PublicKey& key) { return {key.begin(), key.end()}; }
Digest digest_from(std::string_view bytes) {
  Digest digest{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), digest.size()), digest.begin());
  return digest;
}
bool good_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != '+' && c != 0x7F; });
}
std::string big_endian(std::uint64_t number, int bytes) {
  std::string out;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>((number >> shift) & 255);
  return out;
}
// A line without its newline.
std::optional<NoteSignature> signature_from(std::string_view line) {
  const std::string whole(line);
  if (!line.starts_with(dash)) return std::nullopt;
  line.remove_prefix(dash.size());
  const std::size_t space = line.find(' ');
  if (space == line.npos || !good_name(line.substr(0, space))) return std::nullopt;
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() < 5) return std::nullopt;
  return NoteSignature{std::string(line.substr(0, space)), hex(std::string_view(*bytes).substr(0, 4)), bytes->substr(4), whole};
}
// Of a witness's signature: its first eight bytes.
std::optional<std::uint64_t> time_in(std::string_view signature) {
  if (signature.size() != 72) return std::nullopt;
  std::uint64_t at = 0;
  for (std::size_t i = 0; i < 8; ++i) at = at << 8 | static_cast<std::uint8_t>(signature[i]);
  return at;
}
std::string cosigned_text(const Checkpoint& checkpoint, std::uint64_t time) {
  return "cosignature/v1\ntime " + std::to_string(time) + "\n" + text_of(checkpoint);
}

}  // namespace

VKey vkey_of(std::string name, KeyType type, const PublicKey& key) {
  const std::string typed = std::string(1, static_cast<char>(type)) + raw(key);
  const std::string id = hex(sha256(name + "\n" + typed)).substr(0, 8);
  return {std::move(name), id, type, key};
}

std::string text_of(const VKey& key) {
  return key.name + "+" + key.id + "+" + base64(std::string(1, static_cast<char>(key.type)) + raw(key.key));
}

std::optional<VKey> vkey_from(std::string_view text) {
  const std::size_t first = text.find('+'), second = first == text.npos ? first : text.find('+', first + 1);
  if (second == text.npos || !good_name(text.substr(0, first))) return std::nullopt;
  const auto bytes = from_base64(text.substr(second + 1));
  if (!bytes || bytes->size() != 33 || ((*bytes)[0] != 1 && (*bytes)[0] != 4)) return std::nullopt;
  VKey key = vkey_of(std::string(text.substr(0, first)), static_cast<KeyType>((*bytes)[0]),
                     digest_from(std::string_view(*bytes).substr(1)));
  if (key.id != text.substr(first + 1, second - first - 1)) return std::nullopt;
  return key;
}

Digest log_seed(std::string_view master, std::string_view origin, std::uint32_t generation) {
  std::string info("horisont/log-key/v1\0", 20);
  info.append(origin).push_back('\0');
  info += big_endian(generation, 4);
  return digest_from(hkdf(master, "", info, 32));
}

std::string text_of(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + base64(raw(checkpoint.root)) + "\n";
}

std::string short_code(const Checkpoint& checkpoint) {
  static constexpr std::string_view figures = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const Digest digest = sha256(text_of(checkpoint));
  std::string code;
  for (std::size_t i = 0; i < 20; ++i) {
    const std::size_t bit = 5 * i;
    const unsigned two = static_cast<unsigned>(digest[bit / 8]) << 8 | digest[bit / 8 + 1];
    if (i && i % 5 == 0) code += '-';
    code += figures[(two >> (11 - bit % 8)) & 31];
  }
  return code;
}

std::optional<CheckpointNote> checkpoint_note_from(std::string_view text) {
  if (text.size() > 65536 || !text.ends_with('\n')) return std::nullopt;
  std::vector<std::string_view> lines;
  for (std::size_t end; (end = text.find('\n')) != text.npos; text.remove_prefix(end + 1)) lines.push_back(text.substr(0, end));
  if (lines.size() < 5 || lines.size() > 68 || !lines[3].empty() || !good_name(lines[0])) return std::nullopt;
  const auto size = number_from(lines[1]);
  const auto root = from_base64(lines[2]);
  if (!size || *size == 0 || !root || root->size() != 32) return std::nullopt;
  CheckpointNote note{{std::string(lines[0]), *size, digest_from(*root)}, {}};
  for (std::size_t i = 4; i < lines.size(); ++i) {
    auto signature = signature_from(lines[i]);
    if (!signature) return std::nullopt;
    note.signatures.push_back(std::move(*signature));
  }
  return note;
}

std::optional<CheckpointNote> checkpoint_copied(std::string_view copied) {
  std::string text(copied);
  std::erase(text, '\r');
  while (text.ends_with("\n\n")) text.pop_back();
  if (!text.ends_with('\n')) text += '\n';
  return checkpoint_note_from(text);
}

std::string text_of(const CheckpointNote& note) {
  std::string text = text_of(note.checkpoint) + "\n";
  for (const NoteSignature& signature : note.signatures) text += signature.line + "\n";
  return text;
}

std::optional<std::pair<std::string, std::int64_t>> time_of_cosignature(std::string_view line) {
  if (!line.ends_with('\n')) return std::nullopt;
  const auto signature = signature_from(line.substr(0, line.size() - 1));
  const auto time = signature ? time_in(signature->signature) : std::nullopt;
  if (!time || *time > 253'402'300'799) return std::nullopt;
  return std::pair(signature->name, static_cast<std::int64_t>(*time));
}

std::string signature_line(const VKey& key, std::string_view signature) {
  return std::string(dash) + key.name + " " + base64(*from_hex(key.id) + std::string(signature)) + "\n";
}

std::string log_signature(const Checkpoint& checkpoint, const Digest& seed) {
  return signature_line(vkey_of(checkpoint.origin, KeyType::Log, public_key_of(seed)), sign(seed, text_of(checkpoint)));
}

std::string signed_checkpoint(const Checkpoint& checkpoint, const Digest& seed) {
  return text_of(checkpoint) + "\n" + log_signature(checkpoint, seed);
}

std::string cosignature(const Checkpoint& checkpoint, std::string_view witness, const Digest& seed, std::uint64_t time) {
  return signature_line(vkey_of(std::string(witness), KeyType::Witness, public_key_of(seed)),
                        big_endian(time, 8) + sign(seed, cosigned_text(checkpoint, time)));
}

bool signed_by(const Checkpoint& checkpoint, const NoteSignature& signature, const VKey& key, const Verifier& verifier,
               std::uint64_t* time) {
  if (signature.name != key.name || signature.id != key.id) return false;
  if (key.type == KeyType::Log) return verifier.verify(signature.signature, text_of(checkpoint));
  const auto at = time_in(signature.signature);
  if (!at) return false;
  if (time) *time = *at;
  return verifier.verify(std::string_view(signature.signature).substr(8), cosigned_text(checkpoint, *at));
}

// ---- policy ----------------------------------------------------------------------------------------------------------

bool Policy::met_by(const std::vector<VKey>& cosigned) const {
  std::set<std::string> met;
  for (const auto& [name, key] : witnesses)
    if (std::find(cosigned.begin(), cosigned.end(), key) != cosigned.end()) met.insert(name);
  for (const Group& group : groups) {
    std::size_t count = 0;
    for (const std::string& member : group.members) count += met.count(member);
    if (count >= group.least) met.insert(group.name);
  }
  return quorum != "none" && met.count(quorum) != 0;
}

std::optional<Policy> policy_from(std::string_view text) {
  if (text.size() > (1u << 20)) return std::nullopt;
  Policy policy;
  std::set<std::string> names, members;
  std::set<PublicKey> keys;
  bool quorum = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    for (const char c : line)
      if (static_cast<unsigned char>(c) < 0x20 ? c != '\t' : c == 0x7F) return std::nullopt;
    line = line.substr(0, line.find('#'));
    std::vector<std::string> words;
    for (std::size_t from; (from = line.find_first_not_of(" \t")) != line.npos;) {
      const std::size_t to = std::min(line.find_first_of(" \t", from), line.size());
      words.emplace_back(line.substr(from, to - from));
      line.remove_prefix(to);
    }
    if (words.empty()) continue;
    if (words[0] == "log" && (words.size() == 2 || words.size() == 3)) {
      const auto key = vkey_from(words[1]);
      if (!key || key->type != KeyType::Log || !keys.insert(key->key).second) return std::nullopt;
      policy.logs.push_back(*key);
    } else if (words[0] == "witness" && (words.size() == 3 || words.size() == 4)) {
      const auto key = vkey_from(words[2]);
      if (!key || key->type != KeyType::Witness || !keys.insert(key->key).second || !names.insert(words[1]).second ||
          words[1] == "none")
        return std::nullopt;
      policy.witnesses[words[1]] = *key;
    } else if (words[0] == "group" && words.size() >= 4) {
      Policy::Group group{words[1], 0, {words.begin() + 3, words.end()}};
      for (const std::string& member : group.members)
        if (!names.count(member) || !members.insert(member).second) return std::nullopt;
      const auto least = number_from(words[2]);
      group.least = words[2] == "all"   ? group.members.size()
                    : words[2] == "any" ? 1
                    : least             ? static_cast<std::size_t>(*least)
                                        : 0;
      if (group.least == 0 || group.least > group.members.size() || !names.insert(group.name).second || group.name == "none")
        return std::nullopt;
      policy.groups.push_back(std::move(group));
    } else if (words[0] == "quorum" && words.size() == 2 && !quorum) {
      if (words[1] != "none" && !names.count(words[1])) return std::nullopt;
      policy.quorum = words[1];
      quorum = true;
    } else {
      return std::nullopt;
    }
  }
  return quorum ? std::optional(policy) : std::nullopt;
}

}  // namespace tlog
