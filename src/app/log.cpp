#include "app/log.h"

#include <algorithm>
#include <map>
#include <sstream>

#include "app/correct.h"
#include "edge/files/files.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/text/text.h"
#include "log/receipt.h"
#include "log/timestamp.h"

namespace horisont {
namespace {

constexpr std::size_t most_reply = 64u << 10, most_certificates = 1u << 20, most_note = 64u << 10;

}  // namespace

void export_log(const Workspace& workspace, const std::string& project, const std::filesystem::path& file) {
  std::ostringstream text;
  workspace.store.export_log(project, text);
  write_file(file, text.str());
}

bool prove_entry(const Workspace& workspace, const std::string& project, const std::string& entry,
                 const std::filesystem::path& file) {
  const auto proved = workspace.store.log_proof(project, entry);
  if (!proved) return false;
  write_file(file, proved->second);
  write_file(file.string() + ".leaf", proved->first);
  return true;
}

Result<std::vector<std::filesystem::path>> write_receipts(const Workspace& workspace, const std::string& project,
                                                          const std::string& report, const std::filesystem::path& folder) {
  const auto known = workspace.store.reports(project);
  const auto stored = std::find_if(known.begin(), known.end(), [&](const StoredReport& one) { return one.id == report; });
  if (stored == known.end()) return problem("trace.no-report", report, project);
  std::vector<std::pair<std::filesystem::path, std::string>> receipts;
  for (const ProvedEntry& one : workspace.store.report_proofs(project, report)) {
    const auto entry = tlog::leaf_from(one.leaf);
    const auto of = [&](const char* name) { return std::string(tlog::value_of(entry->refs, name)); };
    for (const StoredReport::File& file : stored->files) {
      if (!entry || file.sha256 != of("file")) continue;
      const auto path = folder / (file.name + ".kvitto.txt");
      if (std::filesystem::exists(path)) return problem("remake.exists", path.string());
      receipts.emplace_back(path, text_of(tlog::Receipt{.report = of("report"),
                                                        .period = of("period"),
                                                        .file = file.name,
                                                        .sha256 = of("file"),
                                                        .fingerprint = of("fingerprint"),
                                                        .template_id = of("template"),
                                                        .leaf = one.leaf,
                                                        .proof = one.proof}));
      break;
    }
  }
  if (receipts.size() != stored->files.size()) throw StoreError(StoreError::Kind::Damaged, {"store.damaged-row", {"log_entry"}});
  make_private_folder(folder);
  std::vector<std::filesystem::path> written;
  for (const auto& [path, text] : receipts) write_file(path, text, Readers::Owner), written.push_back(path);
  return written;
}

void write_timestamp_request(const Workspace& workspace, const std::string& project, const std::filesystem::path& file) {
  const auto head = workspace.store.log_head(project);
  const auto note = head ? tlog::checkpoint_note_from(head->note) : std::nullopt;
  if (!note) throw StoreError(StoreError::Kind::Damaged, {"store.damaged-row", {"log_checkpoint"}});
  write_file(file, tlog::timestamp_request(tlog::sha256(text_of(note->checkpoint))));
}

TakenIn take_in_timestamp(Workspace& workspace, const std::string& project, const std::filesystem::path& reply,
                          const std::filesystem::path& request, const std::filesystem::path& authorities, const Actor& actor,
                          Moment now) {
  const auto trusted = tlog::TimeAuthorities::from_pem(read_file(authorities, most_certificates + 1));
  if (!trusted) return {true, false, Message{"timestamp.no-certificates", {authorities.string()}}};
  const auto taken = tlog::timestamp_reply(read_file(reply, most_reply), read_file(request, most_reply), *trusted);
  switch (taken.fault) {
    case tlog::ReplyFault::NoRequest:
      return {true, false, Message{"timestamp.no-request", {request.string()}}};
    case tlog::ReplyFault::NoReply:
      return {true, false, Message{"timestamp.no-reply", {reply.string()}}};
    case tlog::ReplyFault::NotGranted:
      return {false, true, Message{"timestamp.not-granted", {}}};
    case tlog::ReplyFault::OtherRequest:
      return {false, true, Message{"timestamp.other-request", {}}};
    case tlog::ReplyFault::NotSigned:
      return {false, true, Message{"timestamp.not-signed", {authorities.string()}}};
    case tlog::ReplyFault::None:
      break;
  }
  return {false, false, workspace.store.add_token(project, taken.token, actor, now)};
}

std::optional<Message> unfit_challenge(const std::string& text) {
  constexpr std::size_t most = 200;
  const std::string tidied = nfc(text);
  if (tidied.find("\xEF\xBF\xBD") != std::string::npos) return Message{"challenge.not-text", {}};
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }))
    return Message{"challenge.not-text", {}};
  const std::size_t length = characters(text);
  if (length == 0 || length > most) return Message{"challenge.length", {std::to_string(most), std::to_string(length)}};
  if (names_a_person(text)) return Message{"challenge.identity", {}};
  return std::nullopt;
}

std::optional<tlog::CheckpointNote> checkpoint_in(const std::filesystem::path& file) {
  const std::string text = read_file(file, most_note + 1);
  if (!text.starts_with("PK")) return tlog::checkpoint_copied(text);
  const auto workbook = read_workbook(file);
  if (!workbook) return std::nullopt;
  for (const SheetView& sheet : workbook->sheets()) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> cells;  // column and row
    for (const RowView& row : sheet.rows)
      for (std::uint32_t i = 0; i < row.cells.size(); ++i)
        if (!row.cells[i].text.empty()) cells[{i, row.number}] = row.cells[i].text;
    // One line a row: three, an empty one, the signatures.
    for (const auto& [place, origin] : cells) {
      const auto line = [&](std::uint32_t below) {
        const auto found = cells.find({place.first, place.second + below});
        return found == cells.end() ? std::string() : found->second;
      };
      if (!tlog::number_from(line(1)) || !line(3).empty()) continue;
      std::string copied = origin + "\n" + line(1) + "\n" + line(2) + "\n\n";
      for (std::uint32_t i = 4; line(i).starts_with("\xE2\x80\x94 "); ++i) copied += line(i) + "\n";
      if (auto note = tlog::checkpoint_note_from(copied)) return note;
    }
  }
  return std::nullopt;
}

tlog::Answer compare_checkpoint(const Workspace& workspace, const std::string& project, const std::filesystem::path& exported,
                                const tlog::CheckpointNote& held, Language language, Moment now) {
  tlog::Question question;
  question.since = {{held, std::nullopt}};
  question.now = now.seconds();
  question.swedish = language == Language::Swedish;
  std::stringstream text;
  if (exported.empty())
    workspace.store.export_log(project, text);
  else
    text << read_file(exported);
  return tlog::verify_export(text, question);
}

}  // namespace horisont
