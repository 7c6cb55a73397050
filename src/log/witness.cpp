#include "log/witness.h"

#include <algorithm>

namespace tlog {
namespace {

constexpr std::string_view state_head = "horisont-witness-state 1\n", key_head = "horisont-witness-key 1\n";
constexpr std::size_t most_hashes = 63, most_note = 65'536;

// The next line without its newline; nothing when there is no whole line.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == text.npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<std::string_view> take(std::string_view& text, std::string_view tag) {
  const auto line = take_line(text);
  if (!line || !line->starts_with(tag)) return std::nullopt;
  return line->substr(tag.size());
}

// Whether the log's own key signed: a signature by that key that fails spoils the note.
bool signed_by_log(const CheckpointNote& note, const VKey& key) {
  const Verifier verifier(key.key);
  bool found = false;
  for (const NoteSignature& signature : note.signatures) {
    if (signature.name != key.name || signature.id != key.id) continue;
    if (!signed_by(note.checkpoint, signature, key, verifier)) return false;
    found = true;
  }
  return found;
}

}  // namespace

std::string text_of(const WitnessRequest& request) {
  std::string out = "old " + std::to_string(request.old_size) + "\n";
  for (const Digest& hash : request.proof) out += base64({reinterpret_cast<const char*>(hash.data()), hash.size()}) + "\n";
  return out + "\n" + request.note;
}

std::optional<WitnessRequest> witness_request_from(std::string_view text) {
  const auto old = take(text, "old ");
  const auto size = old ? number_from(*old) : std::nullopt;
  if (!size) return std::nullopt;
  WitnessRequest request{*size, {}, {}};
  while (true) {
    const auto line = take_line(text);
    if (!line) return std::nullopt;
    if (line->empty()) break;
    const auto hash = from_base64(*line);
    if (!hash || hash->size() != 32 || request.proof.size() == most_hashes) return std::nullopt;
    std::copy(hash->begin(), hash->end(), request.proof.emplace_back().begin());
  }
  if (text.size() > most_note) return std::nullopt;
  request.note = text;
  return request;
}

std::string text_of(const WitnessState& state) {
  std::string out(state_head);
  for (const auto& [origin, watched] : state) {
    out += "log " + text_of(watched.key) + "\nnote " + std::to_string(std::ranges::count(watched.note, '\n')) + "\n";
    out += watched.note;
  }
  return out + "end\n";
}

std::optional<WitnessState> witness_state_from(std::string_view text) {
  if (!text.starts_with(state_head)) return std::nullopt;
  text.remove_prefix(state_head.size());
  WitnessState state;
  while (!text.starts_with("end\n")) {
    const auto log = take(text, "log "), lines = take(text, "note ");
    const auto key = log ? vkey_from(*log) : std::nullopt;
    const std::uint64_t count = lines ? number_from(*lines).value_or(69) : 69;  // 68 lines are the most
    if (!key || key->type != KeyType::Log || count > 68) return std::nullopt;
    Watched watched{*key, {}};
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto line = take_line(text);
      if (!line) return std::nullopt;
      watched.note.append(*line) += '\n';
    }
    if (!watched.note.empty()) {
      const auto note = checkpoint_note_from(watched.note);
      if (!note || note->checkpoint.origin != key->name) return std::nullopt;
    }
    if (!state.emplace(key->name, std::move(watched)).second) return std::nullopt;
  }
  return text == "end\n" ? std::optional(state) : std::nullopt;
}

std::string text_of(const WitnessKey& key) {
  return std::string(key_head) + "name " + key.name + "\nseed " + hex(key.seed) + "\n";
}

std::optional<WitnessKey> witness_key_from(std::string_view text) {
  if (!text.starts_with(key_head)) return std::nullopt;
  text.remove_prefix(key_head.size());
  const auto name = take(text, "name "), digits = take(text, "seed ");
  const auto seed = digits ? from_hex(*digits) : std::nullopt;
  if (!name || !seed || seed->size() != 32 || !text.empty()) return std::nullopt;
  WitnessKey key{std::string(*name), {}};
  std::ranges::copy(*seed, key.seed.begin());
  if (!vkey_from(text_of(key.vkey()))) return std::nullopt;  // a name that no note can hold
  return key;
}

WitnessAnswer witness_answer(std::string_view text, WitnessState& state, const WitnessKey& key, std::uint64_t time) {
  const auto request = witness_request_from(text);
  const auto note = request ? checkpoint_note_from(request->note) : std::nullopt;
  if (!note || request->old_size > note->checkpoint.size) return {400, ""};
  const Checkpoint& asked = note->checkpoint;
  const auto known = state.find(asked.origin);
  if (known == state.end()) return {404, ""};
  Watched& watched = known->second;
  if (!signed_by_log(*note, watched.key)) return {403, ""};
  const auto last = checkpoint_note_from(watched.note);
  const std::uint64_t seen = last ? last->checkpoint.size : 0;
  if (request->old_size != seen) return {409, std::to_string(seen) + "\n"};
  const bool follows =
      last ? consistent(seen, asked.size, request->proof, last->checkpoint.root, asked.root) : request->proof.empty();
  if (!follows) return {422, ""};
  watched.note = request->note;
  return {200, cosignature(asked, key.name, key.seed, time)};
}

std::string text_of(const WitnessAnswer& answer) { return std::to_string(answer.code) + "\n" + answer.line; }

std::optional<WitnessAnswer> witness_answer_from(std::string_view text) {
  const auto code = take_line(text);
  const auto number = code ? number_from(*code) : std::nullopt;
  if (!number || *number < 200 || *number > 599 || text.size() > most_note) return std::nullopt;
  if (!text.empty() && text.find('\n') != text.size() - 1) return std::nullopt;
  return WitnessAnswer{static_cast<int>(*number), std::string(text)};
}

}  // namespace tlog
