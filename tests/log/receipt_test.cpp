// A receipt says what the log's entry says, under a checkpoint that someone signed; one changed character of it is found.

#include "log/receipt.h"

#include <gtest/gtest.h>

#include <sstream>

#include "log/export.h"
#include "log/tree.h"

namespace tlog {
namespace {

// A log of ten entries, the seventh a made report.
struct Filed {
  const std::string origin = "karlstad.example/eligibility/ung-horisont", workbook = "the workbook's bytes";
  Digest seed{};
  std::vector<std::string> leaves, notes;
  std::vector<Digest> hashes;
  CompactRange tree;

  explicit Filed(char other = 'r') {
    seed.fill(5);
    for (std::uint64_t i = 0; i < 10; ++i) {
      Entry entry{.seq = i, .milliseconds = 1'772'000'000'000 + static_cast<std::int64_t>(i), .kind = "facts"};
      entry.actor = "7c1d9a4be2f03355", entry.role = "caseworker", entry.organisation = "karlstad";
      if (i == 0) {
        entry.kind = "log-opened", entry.actor = entry.role = "system", entry.refs = {{"format", "1"}, {"key", key().id}};
      } else if (i == 6) {
        entry.kind = "report";
        entry.refs = {{"asof", "5"},
                      {"file", digest(workbook)},
                      {"fingerprint", digest("cells")},
                      {"period", "2016-03"},
                      {"report", "R-2016-03-001"},
                      {"template", digest("template")}};
      } else {
        entry.refs = {{"import", "1"}, {"row", std::to_string(i) + (i == 8 ? std::string(1, other) : "")}};
      }
      leaves.push_back(leaf_of(entry));
      hashes.push_back(leaf_hash(leaves.back()));
      tree.push(hashes.back());
      notes.push_back(signed_checkpoint({origin, i + 1, tree.root()}, seed));
    }
  }
  static std::string digest(std::string_view text) {
    const Digest of = sha256(text);
    return hex({reinterpret_cast<const char*>(of.data()), of.size()});
  }
  VKey key() const { return vkey_of(origin, KeyType::Log, public_key_of(seed)); }
  Receipt receipt(std::size_t entry = 6) const {
    return {.report = "R-2016-03-001",
            .period = "2016-03",
            .file = "timmar 2016-03.xlsx",
            .sha256 = digest(workbook),
            .fingerprint = digest("cells"),
            .template_id = digest("template"),
            .leaf = leaves[entry],
            .proof = proof_file(entry, inclusion_proof(hashes, entry), notes.back())};
  }
  std::string text() const {
    std::ostringstream out;
    ExportWriter writer(out, origin, {key()}, {}, leaves.size(), 1);
    for (const std::string& leaf : leaves) writer.leaf(leaf);
    writer.checkpoint(notes.back());
    writer.end();
    return out.str();
  }
  Question asked() const {
    Question question;
    question.policy = policy_from("log " + text_of(key()) + "\nquorum none\n");
    EXPECT_TRUE(question.policy);
    return question;
  }
};

TEST(Receipts, come_back_as_they_were_written_and_hold) {
  const Filed filed;
  const auto read = receipt_from(text_of(filed.receipt()));
  ASSERT_TRUE(read);
  EXPECT_EQ(text_of(*read), text_of(filed.receipt()));
  EXPECT_EQ(read->note().checkpoint.size, 10u);
  EXPECT_EQ(verify_receipt(*read, filed.asked()).shown, Shown::NothingOutside);
  Question with_file = filed.asked();
  with_file.files = {sha256(filed.workbook)};
  EXPECT_EQ(verify_receipt(*read, with_file).lines.back(), "The file is the receipt's: every byte is the same.");
  with_file.files = {sha256("another workbook")};
  EXPECT_EQ(verify_receipt(*read, with_file).shown, Shown::Altered);
}

// The file's name alone is nobody's proof.
TEST(Receipts, every_changed_bit_outside_the_name_is_found) {
  const Filed filed;
  const std::string good = text_of(filed.receipt());
  const std::size_t name = good.find("file: ") + 6, after_name = good.find('\n', name);
  std::size_t tried = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    if (at >= name && at < after_name) continue;
    for (int bit = 0; bit < 8; ++bit) {
      std::string spoilt = good;
      spoilt[at] = static_cast<char>(spoilt[at] ^ 1 << bit);
      const auto read = receipt_from(spoilt);
      ++tried;
      if (!read) continue;
      const Shown shown = verify_receipt(*read, filed.asked()).shown;
      ASSERT_TRUE(shown == Shown::Altered || shown == Shown::Unreadable) << "byte " << at << ", bit " << bit << "\n" << spoilt;
    }
  }
  EXPECT_GT(tried, 8 * 1000u);
}

TEST(Receipts, no_part_of_one_is_one) {
  const std::string good = text_of(Filed().receipt());
  for (std::size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(receipt_from(good.substr(0, size))) << size;
  EXPECT_FALSE(receipt_from(good + std::string(128 << 10, '\n')));
  EXPECT_FALSE(receipt_from(text_of(Filed().receipt(5)))) << "an entry that is no report";
}

TEST(Receipts, another_report_period_template_or_digest_than_the_entry_s_is_named) {
  const Filed filed;
  for (const auto part : {&Receipt::report, &Receipt::period, &Receipt::sha256, &Receipt::fingerprint, &Receipt::template_id}) {
    Receipt receipt = filed.receipt();
    (receipt.*part).back() = 'x';
    const Answer answer = verify_receipt(receipt, filed.asked());
    EXPECT_EQ(answer.shown, Shown::Altered);
    EXPECT_TRUE(answer.lines.back().starts_with("ALTERED: the receipt's line")) << answer.lines.back();
  }
}

TEST(Receipts, an_export_of_the_same_history_has_it_and_one_of_another_history_is_altered) {
  const Filed filed, other('s');
  std::istringstream same(filed.text()), forked(other.text());
  const Answer holds = verify_export(same, {filed.receipt()}, filed.asked());
  EXPECT_NE(holds.shown, Shown::Altered);
  EXPECT_NE(std::find(holds.lines.begin(), holds.lines.end(), "The workbook: made in entry L-6 (2026-02-25)."), holds.lines.end());
  const Answer altered = verify_export(forked, {filed.receipt()}, filed.asked());
  EXPECT_EQ(altered.shown, Shown::Altered);
  EXPECT_EQ(altered.contradiction.size(), 2u) << "both notes, a proof for others";
  Receipt spoilt = filed.receipt();
  spoilt.period = "2016-04";
  std::istringstream again(filed.text());
  EXPECT_EQ(verify_export(again, {spoilt}, filed.asked()).shown, Shown::Altered);
}

}  // namespace
}  // namespace tlog
