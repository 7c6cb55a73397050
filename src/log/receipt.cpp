#include "log/receipt.h"

#include <algorithm>
#include <array>

namespace tlog {
namespace {

struct Line {
  std::string_view name;
  std::string Receipt::*value;
  std::string_view ref;  // of the entry that must say the same; empty: none
};
constexpr std::array<Line, 7> lines{{{"report", &Receipt::report, "report"},
                                     {"period", &Receipt::period, "period"},
                                     {"file", &Receipt::file, ""},
                                     {"sha256", &Receipt::sha256, "file"},
                                     {"fingerprint", &Receipt::fingerprint, "fingerprint"},
                                     {"template", &Receipt::template_id, "template"},
                                     {"entry", &Receipt::leaf, ""}}};

std::string_view note_of(std::string_view proof) {
  const std::size_t empty_line = proof.find("\n\n");
  return empty_line == proof.npos ? std::string_view() : proof.substr(empty_line + 2);
}

}  // namespace

CheckpointNote Receipt::note() const { return checkpoint_note_from(note_of(proof)).value_or(CheckpointNote{}); }

std::string text_of(const Receipt& receipt) {
  std::string out(receipt_begins);
  for (const Line& line : lines) (((out += line.name) += ": ") += receipt.*line.value) += '\n';
  return out + "\n" + receipt.proof;
}

std::optional<Receipt> receipt_from(std::string_view text) {
  if (text.size() > 128 << 10 || !text.starts_with(receipt_begins)) return std::nullopt;
  text.remove_prefix(receipt_begins.size());
  Receipt receipt;
  for (const Line& line : lines) {
    const std::size_t end = text.find('\n');
    const std::string_view whole = text.substr(0, end);
    const bool named = whole.starts_with(line.name) && whole.substr(line.name.size()).starts_with(": ");
    if (end == text.npos || !named) return std::nullopt;
    receipt.*line.value = whole.substr(line.name.size() + 2);
    text.remove_prefix(end + 1);
  }
  if (text.empty() || text[0] != '\n' || !text.substr(1).starts_with(proof_begins)) return std::nullopt;
  receipt.proof = text.substr(1);
  const auto leaf = leaf_from(receipt.leaf);
  if (!leaf || leaf->kind != "report" || !checkpoint_note_from(note_of(receipt.proof))) return std::nullopt;
  return receipt;
}

Answer verify_receipt(const Receipt& receipt, const Question& question) {
  Answer answer;
  const auto say = [&](std::string sv, std::string en) { answer.lines.push_back(question.swedish ? std::move(sv) : std::move(en)); };
  const auto altered = [&](std::string sv, std::string en) {
    answer.shown = Shown::Altered;
    say("ÄNDRAD: " + std::move(sv), "ALTERED: " + std::move(en));
    return answer;
  };
  const auto leaf = leaf_from(receipt.leaf);
  if (!leaf) {
    answer.shown = Shown::Unreadable;
    say("OLÄSLIG: kvittots post har inte loggens form.", "UNREADABLE: the receipt's entry has not the log's form.");
    return answer;
  }
  for (const Line& line : lines)
    if (!line.ref.empty() && value_of(leaf->refs, line.ref) != receipt.*line.value)
      return altered("kvittots rad \"" + std::string(line.name) + "\" är inte vad loggens post säger.",
                     "the receipt's line \"" + std::string(line.name) + "\" is not what the log's entry says.");
  answer = verify_proof(receipt.proof, receipt.leaf, question);
  if (answer.shown == Shown::Altered || answer.shown == Shown::Unreadable) return answer;
  say("Kvitto: " + receipt.report + " (" + receipt.period + "), SHA-256 " + receipt.sha256 + ", i loggen " +
          std::string(leaf->time) + ".",
      "Receipt: " + receipt.report + " (" + receipt.period + "), SHA-256 " + receipt.sha256 + ", in the log " +
          std::string(leaf->time) + ".");
  for (const Digest& file : question.files) {
    const std::string digest = hex({reinterpret_cast<const char*>(file.data()), file.size()});
    if (digest != receipt.sha256)
      return altered("filen (SHA-256 " + digest + ") är inte kvittots.", "the file (SHA-256 " + digest + ") is not the receipt's.");
    say("Filen är kvittots: varje byte är densamma.", "The file is the receipt's: every byte is the same.");
  }
  return answer;
}

Answer verify_export(std::istream& in, const std::vector<Receipt>& receipts, Question question) {
  for (const Receipt& one : receipts) {
    Question alone = question;
    alone.files.clear();
    Answer answer = verify_receipt(one, alone);
    if (answer.shown == Shown::Altered || answer.shown == Shown::Unreadable) return answer;
    question.since.push_back({one.note(), std::nullopt});
    const auto bytes = from_hex(one.sha256);
    if (bytes && bytes->size() == 32) std::copy(bytes->begin(), bytes->end(), question.files.emplace_back().begin());
  }
  return verify_export(in, question);
}

}  // namespace tlog
