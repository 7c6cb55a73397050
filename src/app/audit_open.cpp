#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "app/assess.h"
#include "app/audit_pack.h"
#include "app/pack_parts.h"
#include "app/rules.h"
#include "edge/files/files.h"
#include "edge/zip/zip.h"
#include "log/entry.h"
#include "log/note.h"
#include "log/receipt.h"
#include "log/verify.h"

namespace horisont {
namespace {

constexpr std::uint64_t most_parts = 60'000;  // what a directory without extensions can hold
// Without these a pack is none, whatever its list says.
constexpr std::string_view needed_parts[] = {"data/horisont.db", "log/policy.txt", "log/project.eliglog"};

bool leads_out(const std::string& path) {
  const std::filesystem::path as_path(path);
  if (path.empty() || as_path.is_absolute()) return true;
  return std::any_of(as_path.begin(), as_path.end(), [](const auto& part) { return part == ".." || part == "." || part.empty(); });
}

PackFault fault(const char* id, std::vector<std::string> values, bool altered = false) { return {altered, {id, std::move(values)}}; }
// `id` says what it is instead, where that can be seen, and so what to do with it.
tl::unexpected<PackFault> no_pack(const std::filesystem::path& pack, const Message& why, const char* id = "audit.not-a-pack") {
  return tl::make_unexpected(
      fault(id, {pack.filename().string(), in_both(words(why, Language::Swedish), words(why, Language::English))}));
}

using Checked = tl::expected<PackParts, PackFault>;

// What the list says is there is there, as it was, and nothing else.
Checked checked(const std::filesystem::path& pack, PackParts parts) {
  if (!parts.contains("manifest.txt") || !parts.contains("pack.txt")) return no_pack(pack, {"audit.why.no-list", {}});
  const auto digests = digests_of(parts.at("manifest.txt"));
  if (!digests) return no_pack(pack, {"audit.why.list", {}});
  if (!parts.at("pack.txt").starts_with("horisont-audit-pack 1\n")) return no_pack(pack, {"audit.why.version", {}});
  for (const auto& [path, digest] : *digests) {
    if (leads_out(path)) return no_pack(pack, {"audit.why.name", {path}});
    const auto part = parts.find(path);
    if (part == parts.end()) return tl::make_unexpected(fault("audit.missing", {path}, true));
    if (sha256_of(part->second) != digest) return tl::make_unexpected(fault("audit.altered", {path}, true));
  }
  for (const std::string_view needed : needed_parts)
    if (!digests->contains(std::string(needed)))
      return tl::make_unexpected(fault("audit.missing", {std::string(needed)}, true));
  for (const auto& [path, bytes] : parts) {
    if (path != "manifest.txt" && !digests->contains(path)) return tl::make_unexpected(fault("audit.unlisted", {path}, true));
    if (path != "manifest.txt" && !is_pack_path(path)) return tl::make_unexpected(fault("audit.unknown-part", {path}, true));
  }
  return parts;
}

Checked parts_of_zip(const std::filesystem::path& pack) {
  std::string bytes = read_file(pack, pack_limit + 1);
  if (bytes.size() > pack_limit) return no_pack(pack, {"file.too-large", {std::to_string(pack_limit >> 20) + " MiB"}});
  for (const std::string_view begins : {std::string_view("horisont-eliglog "), tlog::proof_begins, tlog::receipt_begins})
    if (bytes.starts_with(begins)) return no_pack(pack, {"audit.why.no-zip", {}}, "audit.log-not-pack");
  if (!bytes.starts_with("PK")) return no_pack(pack, {"audit.why.no-zip", {}});
  const auto zip = Zip::open(std::move(bytes), most_parts);
  if (!zip) return no_pack(pack, zip.error().message);
  if (zip->find("[Content_Types].xml")) return no_pack(pack, {"audit.why.no-list", {}}, "audit.workbook-not-pack");
  PackParts parts;
  for (const ZipEntry& entry : zip->entries()) {
    if (leads_out(entry.name)) return no_pack(pack, {"audit.why.name", {entry.name}});
    auto text = zip->text(entry, pack_part_limit);
    if (!text) return no_pack(pack, text.error().message);
    parts[entry.name] = std::move(*text);
  }
  return checked(pack, std::move(parts));
}

Checked parts_of_folder(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder / "manifest.txt") || !is_pack(folder))
    return no_pack(
        folder, {"audit.why.no-list", {}},
        std::filesystem::exists(folder / "data" / "horisont.db") ? "audit.installation-not-pack" : "audit.not-a-pack");
  PackParts parts;
  std::size_t all = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::string& bytes = parts[entry.path().lexically_relative(folder).generic_string()] = read_file(entry.path(), pack_part_limit + 1);
    all += bytes.size();
    if (bytes.size() > pack_part_limit || all > pack_limit)
      return no_pack(folder, {"file.too-large", {std::to_string(pack_limit >> 20) + " MiB"}});
  }
  return checked(folder, std::move(parts));
}

// ---- what the pack's list is compared with ---------------------------------------------------------------------------------

// Why the list is not the expected one; nothing: it is. A digest is compared as it is; a receipt must be of the pack's own log; a
// newer export of the log must go on from the pack's, and tell of the pack.
std::optional<Message> other_than(const std::string& expected, const PackParts& parts) {
  const std::string digest = sha256_of(parts.at("manifest.txt"));
  const Message other{"audit.other-manifest", {digest, expected}};
  if (expected.size() == 64 && tlog::from_hex(expected)) return expected == digest ? std::nullopt : std::optional(other);
  const std::string text = read_file(expected, pack_limit);
  tlog::Question question;
  question.policy = tlog::policy_from(parts.at("log/policy.txt"));
  const auto sound = [](const tlog::Answer& answer) {
    return answer.shown == tlog::Shown::Good || answer.shown == tlog::Shown::NothingOutside;
  };
  const auto tells_of_it = [&](std::string_view line) {
    const auto leaf = tlog::leaf_from(line);
    return leaf && leaf->kind == "disclosure" && tlog::value_of(leaf->refs, "manifest") == digest;
  };
  if (text.starts_with(pack_receipt_begins)) {
    const auto receipt = pack_receipt_from(text);
    if (!receipt || !question.policy || !sound(tlog::verify_proof(receipt->proof, receipt->leaf, question)))
      return Message{"audit.receipt-broken", {expected}};
    return receipt->manifest == digest && tells_of_it(receipt->leaf) ? std::nullopt : std::optional(other);
  }
  if (text.starts_with("horisont-eliglog ")) {
    std::istringstream here(parts.at("log/project.eliglog"));
    std::string note;  // the newest of the pack
    for (std::string line; std::getline(here, line);) {
      if (!line.starts_with("checkpoint ")) continue;
      note.clear();
      for (auto lines = tlog::number_from(line.substr(11)).value_or(0); lines > 0 && std::getline(here, line); --lines) note += line + "\n";
    }
    const auto held = tlog::checkpoint_note_from(note);
    if (!held) return Message{"audit.receipt-broken", {expected}};
    question.since.push_back({*held, std::nullopt});
    std::istringstream there(text);
    if (!sound(tlog::verify_export(there, question))) return Message{"audit.other-log", {expected}};
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with("L1 ") && tells_of_it(line)) return std::nullopt;
    return other;
  }
  return Message{"audit.no-manifest", {expected}};
}

// What is in the settings that no kept digest speaks of: the terms of the newest assessment and its rule set have theirs.
std::vector<std::string> unbound_settings(const PackParts& parts, const Workspace& copy, const std::string& project,
                                          std::vector<Finding>& findings) {
  const auto runs = copy.store.runs(project);
  std::set<std::string> bound;
  for (const StoredRun& run : runs) bound.insert(run.rule_set_sha256);
  const ProjectTerms& terms = *copy.project(project);
  const std::string now = copy.programme(terms).sha256 + " " + terms.sha256;
  if (!runs.empty() && runs.back().terms_sha256 == now)
    bound.insert({terms.sha256, copy.programme(terms).sha256});
  else if (!runs.empty())
    findings.push_back({.code = "audit.terms-differ", .place = {}, .participant = {}, .given = {}, .values = {project}});
  std::vector<std::string> unbound;
  for (const auto& [path, bytes] : parts)
    if (path.starts_with("config/") && !bound.contains(sha256_of(bytes))) unbound.push_back(path);
  if (!runs.empty() && std::none_of(parts.begin(), parts.end(), [&](const auto& part) {
        return part.first.starts_with("config/rules/") && sha256_of(part.second) == runs.back().rule_set_sha256;
      }))
    findings.push_back({.code = "audit.rules-differ", .place = {}, .participant = {}, .given = {}, .values = {project}});
  return unbound;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

}  // namespace

tl::expected<OpenedPack, PackFault> open_pack(const std::filesystem::path& pack, const std::filesystem::path& folder,
                                              const std::filesystem::path& share, const std::string& expected) {
  const bool unpacked = std::filesystem::is_directory(pack);
  const Checked parts = unpacked ? parts_of_folder(pack) : parts_of_zip(pack);
  if (!parts) return tl::make_unexpected(parts.error());
  const auto order = pack_order_from(parts->at("pack.txt"));
  if (!order) return no_pack(pack, {"audit.why.order", {}});
  if (!expected.empty())
    if (const auto other = other_than(expected, *parts)) return tl::make_unexpected(PackFault{true, *other});
  OpenedPack opened{.folder = unpacked ? pack : folder,
                    .project = order->project,
                    .sample = order->sample,
                    .manifest_sha256 = sha256_of(parts->at("manifest.txt")),
                    .table = {},
                    .findings = {},
                    .unproved = {}};
  if (!unpacked) {
    std::error_code error;
    if (std::filesystem::exists(std::filesystem::symlink_status(folder, error)))
      return tl::make_unexpected(fault("audit.folder-exists", {folder.string()}));
    const FolderBeside beside(folder);
    const std::filesystem::path made = beside.path() / "pack";
    make_private_folder(made);
    for (const auto& [path, bytes] : *parts) {
      make_private_folder((made / path).parent_path());
      write_file(made / path, bytes, Readers::Owner);
    }
    std::filesystem::rename(made, folder);
  }

  auto opening = open_workspace(opened.folder, share);
  if (!opening) {
    opened.findings = opening.error();
    return opened;
  }
  Workspace& workspace = *opening;
  opened.table = {.schema = "audit-pack"};
  opened.table.facts = {{"folder", opened.folder.string()}, {"project", opened.project}, {"sample", opened.sample},
                        {"manifest", opened.manifest_sha256}, {"entries", std::to_string(order->entries)},
                        {"names", order->names ? "yes" : "no"}};
  opened.table.columns = {{"check", {"Kontroll", "Check"}},
                          {"number", {"Antal", "Number"}, Table::Column::Kind::Count},
                          {"differing", {"Stämmer inte", "Differ"}, Table::Column::Kind::Count}};
  const auto row = [&](const char* what, std::size_t number, std::size_t differing) {
    opened.table.rows.push_back({Message{what, {}}, static_cast<std::int64_t>(number), static_cast<std::int64_t>(differing)});
  };
  const auto tell = [&](const Message& message) {
    opened.findings.push_back({.code = message.id, .place = {}, .participant = {}, .given = {}, .values = message.values});
  };
  const auto tell_all = [&](const std::vector<Message>& messages) {
    for (const Message& one : messages) tell(one);
    return messages.size();
  };
  const auto rests = [&](const Message& message) { opened.unproved.push_back(message); };
  row("audit.check.files", parts->size() - 1, 0);
  if (!workspace.project(opened.project)) {
    tell({"audit.no-project", {opened.project}});
    return opened;
  }
  // A database that is built otherwise than the program builds it is not asked anything.
  const auto built = workspace.store.check();
  row("audit.check.store", 1, tell_all(built) > 0);
  if (!built.empty()) return opened;

  // What the log says, which is compared with somebody else's copy of it by horisont-verify and --manifest.
  if (expected.empty()) rests({"audit.rests.manifest", {opened.manifest_sha256}});
  const auto head = workspace.store.log_head(opened.project);
  if (!head || head->origin != order->origin || head->size != order->entries) tell({"audit.order-differs", {}});
  if (head) rests({"audit.rests.key", {head->key}});
  row("audit.check.log", head ? head->size : 0, tell_all(workspace.store.check_log(opened.project, &opened.unproved)));
  tlog::Question question;
  question.policy = tlog::policy_from(parts->at("log/policy.txt"));
  std::size_t proofs = 0, broken = 0;
  for (const auto& [path, leaf] : *parts) {
    if (!path.starts_with("log/leaves/")) continue;
    const std::string id = path.substr(11, path.size() - 16);
    const auto proof = parts->find("log/proofs/" + id + ".tlog-proof");
    ++proofs;
    const bool holds = proof != parts->end() && question.policy && [&] {
      const auto answer = tlog::verify_proof(proof->second, leaf, question);
      return answer.shown == tlog::Shown::Good || answer.shown == tlog::Shown::NothingOutside;
    }();
    if (holds) continue;
    ++broken;
    tell({"audit.proof-differs", {id}});
  }
  row("audit.check.proofs", proofs, broken);
  const auto unbound = unbound_settings(*parts, workspace, opened.project, opened.findings);
  if (!unbound.empty()) rests({"audit.rests.config", {list_of(unbound)}});

  const auto drawn = drawn_sample(workspace, opened.project, opened.sample);
  if (!drawn) tell({"audit.sample-differs", {opened.sample}});
  row("audit.check.sample", drawn ? drawn->units.size() : 0, drawn ? 0 : 1);
  if (!drawn) return opened;
  rests(draw_holds_if(workspace, opened.project, *drawn));
  if (drawn->stored.frame == name_of(SampleFrame::Claims)) {
    // By the facts that were known when the sample was drawn.
    const auto again = sampled_costs(project_state(workspace, opened.project, order->day, Explain::No, drawn->stored.at), *drawn);
    std::size_t other = 0;
    for (const auto& unit : drawn->units) {
      const auto amount = again ? again->amounts.find(unit.unit.id) : std::map<std::string, Money>::const_iterator{};
      if (again && amount != again->amounts.end() && amount->second == unit.unit.value) continue;
      ++other;
      tell({"audit.amount-differs", {unit.unit.id}});
    }
    row("audit.check.amounts", drawn->units.size(), other);
  }
  const Replay again = replay(workspace, opened.project, {}, {});
  opened.findings.insert(opened.findings.end(), again.findings.begin(), again.findings.end());
  row("audit.check.verdicts", static_cast<std::size_t>(again.decisions), static_cast<std::size_t>(again.differing));

  // Everything that follows from what is given.
  PackParts given;
  for (const auto& [path, bytes] : *parts)
    if (is_given(path)) given.emplace(path, bytes);
  const auto made = make_parts(workspace, *order, given);
  if (!made) {
    tell(made.error().message);
    return opened;
  }
  std::map<std::string, std::string> row_proofs;
  for (const auto& [path, bytes] : given)
    if (path.starts_with("log/rows/")) row_proofs[path.substr(9, path.size() - 14)] = bytes;
  const auto rows = workspace.store.check_rows(opened.project, made->persons, made->staff, row_proofs, order->names);
  row("audit.check.rows", rows.held, tell_all(rows.found));
  for (const Message& one : rows.unproved) rests(one);
  std::size_t originals = 0, other_originals = 0;
  const auto imports = workspace.store.imports(opened.project);
  for (const auto& [path, bytes] : given) {
    if (!path.starts_with("originals/")) continue;
    ++originals;
    const bool known = std::any_of(imports.begin(), imports.end(), [&, sha256 = sha256_of(bytes)](const StoredImport& one) {
      return path.starts_with("originals/F-" + std::to_string(one.id) + ".original") && one.sha256 == sha256;
    });
    if (!known) ++other_originals, tell({"audit.original-differs", {path}});
  }
  if (originals > 0) row("audit.check.originals", originals, other_originals);
  for (const std::string& report : made->reports_that_differ) tell({"audit.report-differs", {report}});
  row("audit.check.reports", made->reports, made->reports_that_differ.size());

  // Another version may word and lay out things otherwise; what is not words is the same in every version.
  const bool same_version = order->program == program_version();
  std::size_t others = 0, compared = 0;
  std::vector<std::string> not_compared;
  const auto of_any_version = [](const std::string& path) {
    return path.starts_with("log/") || path.starts_with("originals/") || path.ends_with(".dmn") || path.ends_with(".units.txt") ||
           path == "pack.txt";
  };
  for (const auto& [path, bytes] : made->parts) {
    const auto there = parts->find(path);
    if (!same_version && !of_any_version(path)) {
      if (there != parts->end() && there->second != bytes) not_compared.push_back(path);
      continue;
    }
    ++compared;
    if (there != parts->end() && there->second == bytes) continue;
    ++others;
    tell({there == parts->end() ? "audit.part-missing" : "audit.part-differs", {path}});
  }
  for (const auto& [path, bytes] : *parts) {
    if (path == "manifest.txt" || is_given(path) || made->parts.contains(path)) continue;
    ++others;
    tell({"audit.part-unasked", {path}});
  }
  row("audit.check.made", compared, others);
  if (!not_compared.empty()) rests({"audit.rests.program", {order->program, program_version(), list_of(not_compared)}});
  if (!made->left_out.empty()) rests({"audit.rests.left-out", {list_of(made->left_out)}});
  if (!order->names && !made->persons.empty()) rests({"audit.rests.stand-ins", {}});
  std::vector<std::string> elsewhere;
  for (const auto& [key, terms] : workspace.configuration.projects)
    if (key != opened.project && !workspace.store.imports(key).empty()) elsewhere.push_back(key);
  if (!elsewhere.empty()) rests({"audit.rests.elsewhere", {list_of(elsewhere)}});
  rests({"audit.rests.order", {order->day.iso()}});
  return opened;
}

}  // namespace horisont
