#include "app/witness.h"

#include "edge/files/files.h"
#include "edge/files/lock.h"

namespace horisont {
namespace {

constexpr std::size_t most_request = 1u << 17, most_state = 64u << 20;

Witnessed refuse(Message message) { return {{}, std::nullopt, std::move(message)}; }

// The memory as its file has it, sealed by the witness's key: one that was emptied or set back by hand is damaged. An older file, sealed
// in its time, cannot be told from the newest; keep it where the key is.
std::string sealed(const tlog::WitnessState& state, const tlog::WitnessKey& key) {
  const std::string text = text_of(state);
  return text + "seal " + tlog::hex(tlog::hkdf({reinterpret_cast<const char*>(key.seed.data()), key.seed.size()}, text, "horisont/witness-state/v1", 32)) +
         "\n";
}
std::optional<tlog::WitnessState> unsealed(std::string_view text, const tlog::WitnessKey& key) {
  const std::size_t seal = text.rfind("\nseal ");
  auto state = seal == text.npos ? std::nullopt : tlog::witness_state_from(text.substr(0, seal + 1));
  return state && sealed(*state, key) == text ? state : std::nullopt;
}

}  // namespace

Witnessed witness(const WitnessTask& task, Moment now) {
  const FileLock lock{task.state};
  tlog::WitnessKey key;
  const bool is_new = !std::filesystem::exists(task.key);
  if (is_new) {
    if (task.name.empty()) return refuse({"witness.no-key", {task.key.string()}});
    key.name = task.name;
    const std::string secret = tlog::random_bytes(key.seed.size());
    std::copy(secret.begin(), secret.end(), key.seed.begin());
    if (!tlog::witness_key_from(text_of(key))) return refuse({"witness.name", {task.name}});
  } else {
    const auto read = tlog::witness_key_from(read_file(task.key, 4096));
    if (!read) return refuse({"witness.key-damaged", {task.key.string()}});
    key = *read;
  }
  tlog::WitnessState state;
  if (std::filesystem::exists(task.state)) {
    const auto read = unsealed(read_file(task.state, most_state), key);
    if (!read) return refuse({"witness.state-damaged", {task.state.string()}});
    state = *read;
  } else if (!is_new) {
    return refuse({"witness.state-gone", {task.state.string()}});  // it would cosign a second history
  }
  const tlog::WitnessState before = state;
  if (!task.watch.empty()) {
    const auto log = tlog::vkey_from(task.watch);
    if (!log || log->type != tlog::KeyType::Log) return refuse({"witness.no-vkey", {task.watch}});
    const auto [known, added] = state.try_emplace(log->name, tlog::Watched{*log, {}});
    if (!task.replaces.empty() && (added || known->second.key == *log))
      return refuse({"witness.nothing-replaced", {task.replaces, log->name}});
    if (!added && known->second.key != *log) {
      if (known->second.key.id != task.replaces)
        return refuse({"witness.other-key", {log->name, known->second.key.id, log->id}});
      known->second.key = *log;  // what it cosigned last stays: another history gets no cosignature under the new key either
    }
  }
  Witnessed done{text_of(key.vkey()), std::nullopt, std::nullopt};
  if (!task.request.empty())
    done.answer =
        tlog::witness_answer(read_file(task.request, most_request), state, key, static_cast<std::uint64_t>(now.seconds()));
  if (is_new) write_file(task.key, text_of(key), Readers::Owner);
  if (is_new || state != before) write_file(task.state, sealed(state, key), Readers::Owner);
  return done;
}

std::optional<tlog::WitnessAnswer> read_witness_answer(const std::filesystem::path& file) {
  return tlog::witness_answer_from(read_file(file, most_request));
}

}  // namespace horisont
