#include "app/witness.h"

#include "edge/files/files.h"
#include "edge/files/lock.h"

namespace horisont {
namespace {

constexpr std::size_t most_request = 1u << 17, most_state = 64u << 20;

Witnessed refuse(Message message) { return {{}, std::nullopt, std::move(message)}; }

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
    const auto read = tlog::witness_state_from(read_file(task.state, most_state));
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
  if (is_new || state != before) write_file(task.state, text_of(state), Readers::Owner);
  return done;
}

std::optional<tlog::WitnessAnswer> read_witness_answer(const std::filesystem::path& file) {
  return tlog::witness_answer_from(read_file(file, most_request));
}

}  // namespace horisont
