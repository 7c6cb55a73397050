#include "edge/store/log.h"

#include <algorithm>
#include <ostream>
#include <unordered_map>
#include <utility>

#include "log/export.h"
#include "log/note.h"
#include "log/tree.h"
#include "log/verify.h"

namespace horisont {
namespace {

std::string raw(const tlog::Digest& digest) { return {digest.begin(), digest.end()}; }

std::vector<tlog::Digest> digests_from(std::string_view bytes) {
  std::vector<tlog::Digest> found;
  for (; bytes.size() >= 32; bytes.remove_prefix(32)) std::copy_n(bytes.begin(), 32, found.emplace_back().begin());
  return found;
}

[[noreturn]] void broken() { throw StoreError(StoreError::Kind::Damaged, {"store.damaged-row", {"log"}}); }

// The random names of persons and accounts in this project's log. A first assessment asks for as many as there are people, so
// what is known is read once and nothing is prepared anew.
class NamesInLog {
 public:
  NamesInLog(const Database& database, std::int64_t project) {
    Statement known{database, "SELECT what, name FROM log_name WHERE project = $1"};
    known.bind_all(project);
    while (known.step()) names_.emplace(known.text(0), known.text(1));
  }
  const std::string& of(const std::string& what, std::size_t bytes, bool* made = nullptr) {
    const auto [name, is_new] = names_.try_emplace(what);
    if (made) *made = is_new;
    if (is_new) {
      name->second = tlog::hex(tlog::random_bytes(bytes));
      given_.push_back(&*name);
    }
    return name->second;
  }
  void store(const Database& database, std::int64_t project) const {
    insert_many(
        database, "INSERT INTO log_name (project, what, name)", 3, given_.size(),
        [&](Statement& row, int at, std::size_t i) { row.bind_from(at, project, given_[i]->first, given_[i]->second); });
  }

 private:
  std::unordered_map<std::string, std::string> names_;
  std::vector<const std::pair<const std::string, std::string>*> given_;  // anew, not stored yet
};

// Entries and openings on their way into the store, some thousand at a time.
class EntryRows {
 public:
  EntryRows(const Database& database, std::int64_t project) : database_(database), project_(project) {}
  void add(std::uint64_t seq, std::string leaf, const tlog::Digest& hash, std::string opening) {
    if (!opening.empty()) opened_.push_back(rows_.size());
    rows_.push_back({static_cast<std::int64_t>(seq), std::move(leaf), raw(hash), std::move(opening)});
    if (rows_.size() == 5'000) store();
  }
  void store() {
    insert_many(database_, "INSERT INTO log_entry (project, seq, leaf, leaf_hash)", 4, rows_.size(),
                [&](Statement& to, int at, std::size_t i) {
                  to.bind_from(at, project_, rows_[i].seq);
                  to.bind_bytes(at + 2, rows_[i].leaf);
                  to.bind_bytes(at + 3, rows_[i].hash);
                });
    insert_many(database_, "INSERT INTO log_opening (project, seq, opening)", 3, opened_.size(),
                [&](Statement& to, int at, std::size_t i) {
                  const Row& row = rows_[opened_[i]];
                  to.bind_from(at, project_, row.seq, row.opening);
                });
    rows_.clear();
    opened_.clear();
  }

 private:
  struct Row {
    std::int64_t seq;
    std::string leaf, hash, opening;
  };
  const Database& database_;
  std::int64_t project_;
  std::vector<Row> rows_;
  std::vector<std::size_t> opened_;  // those with an opening
};

std::string role_in_log(std::string role) {
  std::erase(role, '-');
  for (const char* known : {"caseworker", "approver", "auditor", "reader", "administrator"})
    if (role == known) return role;
  return "system";
}

std::string origin_of(const LogKeeping& keeping, const std::string& project) {
  const auto seed = tlog::log_seed(keeping.master, "@installation", 0);
  const auto key = tlog::public_key_of(seed);
  return "horisont/" + tlog::hex(tlog::sha256(raw(key))).substr(0, 16) + "/" + project;
}

struct Head {
  std::string origin;
  tlog::CompactRange tree;
  std::int64_t last_ms = 0;
  std::uint32_t generation = 0;
};

std::optional<Head> head_of(const Database& database, std::int64_t project) {
  Statement find{
      database,
      "SELECT origin, size, range, last_ms, (SELECT count(*) FROM log_key WHERE log_key.project = log.project) FROM log JOIN "
      "log_head USING (project) WHERE project = $1"};
  find.bind_all(project);
  if (!find.step()) return std::nullopt;
  auto tree = tlog::CompactRange::of(static_cast<std::uint64_t>(find.number(1)), digests_from(find.view(2)));
  if (!tree) broken();
  return Head{find.text(0), std::move(*tree), find.number(3), static_cast<std::uint32_t>(find.number(4))};
}

}  // namespace

std::string as_ref(const std::string& value) {
  const bool fits = !value.empty() && value.size() <= 128 && std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._:/@-").find(c) != std::string_view::npos;
  });
  return fits ? value : tlog::hex(tlog::sha256(value));
}

tlog::VKey log_key(const LogKeeping& keeping, const std::string& origin, std::uint32_t generation) {
  return tlog::vkey_of(origin, tlog::KeyType::Log, tlog::public_key_of(tlog::log_seed(keeping.master, origin, generation)));
}

void append_to_log(const Database& database, const LogKeeping& keeping, std::int64_t project, const std::string& project_key,
                   std::vector<Happened> happened, const Actor& actor, Moment now) {
  if (keeping.master.empty() || happened.empty()) return;
  auto head = head_of(database, project);
  if (!head) {
    // The log begins with the first import; one that is missing later was taken away, and no second one begins under its name.
    Statement imports{database, "SELECT count(*) FROM import WHERE project = $1"};
    imports.bind_all(project);
    imports.step();
    const bool first = happened.front().kind == "import" && happened.front().outcome == "accepted";
    if (imports.number(0) > (first ? 1 : 0)) throw StoreError(StoreError::Kind::Damaged, {"log.gone", {project_key}});
    head = Head{origin_of(keeping, project_key), {}, 0, 0};
    Statement{database, "INSERT INTO log (project, origin) VALUES ($1, $2)"}(project, head->origin);
    Statement begin{database, "INSERT INTO log_head (project, size, range, last_ms) VALUES ($1, 0, $2, 0)"};
    begin.bind(1, project);
    begin.bind_bytes(2, "");
    begin.step();
  }
  if (head->tree.size() == 0) {
    happened.insert(happened.begin(),
                    Happened{.kind = "log-opened", .refs = {{"format", "1"}, {"key", log_key(keeping, head->origin, 0).id}}});
  } else if (head->origin != origin_of(keeping, project_key)) {
    throw StoreError(StoreError::Kind::Machine, {"log.other-key", {head->origin}});
  }

  // Of a change of key the old key signs, and the new one below it.
  const std::uint32_t old_key = head->generation;
  if (happened.back().kind == "key-rotated") {
    const auto key = log_key(keeping, head->origin, ++head->generation);
    happened.back().refs = {{"key", key.id},
                            {"pub", tlog::hex({reinterpret_cast<const char*>(key.key.data()), key.key.size()})}};
    Statement{database, "INSERT INTO log_key (project, generation, vkey, seq) VALUES ($1, $2, $3, $4)"}(
        project, head->generation, text_of(key), static_cast<std::int64_t>(head->tree.size() + happened.size() - 1));
  }

  NamesInLog names{database, project};
  bool new_account = false;
  const std::string account = names.of("account " + actor.account, 8, &new_account);
  const std::int64_t time = std::max(now.seconds() * 1000, head->last_ms);
  EntryRows rows{database, project};
  for (Happened& one : happened) {
    tlog::Entry entry{.seq = head->tree.size(), .milliseconds = time, .kind = one.kind};
    const bool own = one.kind == "log-opened";
    entry.actor = own ? "system" : account;
    entry.role = own ? "system" : role_in_log(actor.role);
    entry.organisation = "local";
    if (one.person >= 0) entry.subject = names.of(participant_reference(static_cast<std::uint32_t>(one.person)), 16);
    entry.outcome = std::move(one.outcome);
    entry.refs = std::move(one.refs);
    // Who approved stands under the same random name as when he acts himself.
    for (auto& [key, value] : entry.refs) {
      if (key != "approver") continue;
      const std::string name = value;
      bool is_new = false;
      value = names.of("account " + name, 8, &is_new);
      if (is_new) one.commits.push_back({"approver", {{"name", 'v', name}}});
    }
    // The first entry with an account's random name binds to whose it is.
    if (!own && std::exchange(new_account, false)) one.commits.push_back({"account", {{"name", 'v', actor.account}}});
    std::sort(one.commits.begin(), one.commits.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (one.kind == "decision" || one.kind == "assessed" || one.kind == "report")
      entry.refs.emplace_back("asof", std::to_string(entry.seq - 1));
    std::vector<tlog::Opening> openings;
    for (auto& [group, fields] : one.commits) {
      openings.push_back({entry.seq, group, tlog::random_bytes(32), std::move(fields)});
      const tlog::Opening& opening = openings.back();
      entry.commits.emplace_back(group, tlog::hex(tlog::commitment(group, opening.salt, opening.fields)));
    }
    std::string leaf = tlog::leaf_of(entry);
    if (!tlog::leaf_from(leaf)) throw StoreError(StoreError::Kind::Machine, {"log.no-leaf", {one.kind}});
    const tlog::Digest hash = tlog::leaf_hash(leaf);
    rows.add(entry.seq, std::move(leaf), hash, openings.empty() ? std::string() : tlog::opening_text(openings));
    head->tree.push(hash);
  }
  rows.store();
  names.store(database, project);
  const tlog::Checkpoint point{head->origin, head->tree.size(), head->tree.root()};
  std::string note = tlog::signed_checkpoint(point, tlog::log_seed(keeping.master, head->origin, old_key));
  if (head->generation != old_key)
    note += tlog::log_signature(point, tlog::log_seed(keeping.master, head->origin, head->generation));
  Statement{database, "INSERT INTO log_checkpoint (project, size, note) VALUES ($1, $2, $3)"}(
      project, static_cast<std::int64_t>(point.size), note);
  std::string range;
  for (const auto& hash : head->tree.hashes()) range += raw(hash);
  Statement update{database, "UPDATE log_head SET size = $1, range = $2, last_ms = $3 WHERE project = $4"};
  update.bind(1, static_cast<std::int64_t>(point.size));
  update.bind_bytes(2, range);
  update.bind(3, time);
  update.bind(4, project);
  update.step();
}

std::vector<ProvedEntry> proved_entries(const Database& database, std::int64_t project, const std::string& note,
                                        const std::function<bool(std::uint64_t seq, std::string_view leaf)>& wanted) {
  std::vector<ProvedEntry> found;
  std::vector<tlog::Digest> hashes;
  Statement rows{database,
                 "SELECT seq, leaf, leaf_hash, opening FROM log_entry LEFT JOIN log_opening USING (project, seq) WHERE project = $1 "
                 "ORDER BY seq"};
  rows.bind_all(project);
  while (rows.step()) {
    const std::string_view hash = rows.view(2);
    std::copy_n(hash.begin(), std::min<std::size_t>(32, hash.size()), hashes.emplace_back().begin());
    const auto seq = static_cast<std::uint64_t>(rows.number(0));
    if (wanted(seq, rows.view(1))) found.push_back({seq, rows.text(1), "", rows.absent(3) ? "" : rows.text(3)});
  }
  for (ProvedEntry& one : found) one.proof = tlog::proof_file(one.seq, tlog::inclusion_proof(hashes, one.seq), note);
  return found;
}

}  // namespace horisont
