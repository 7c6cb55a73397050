// What the verifier says of the worked example, of every damaged copy of it, and of a log by someone with the key.

#include "log/verify.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <iostream>

#include "log/given_log.h"
#include "log/time_authority.h"

namespace tlog {
namespace {

bool refused(const std::string& text) {
  const Shown shown = read(text).shown;
  return shown == Shown::Altered || shown == Shown::Unreadable;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t end; (end = text.find('\n')) != text.npos; text.remove_prefix(end + 1))
    lines.emplace_back(text.substr(0, end + 1));
  return lines;
}
std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

TEST(Example, agrees_and_says_that_nothing_pins_it) {
  const Answer answer = read(example());
  EXPECT_EQ(answer.shown, Shown::NothingOutside) << said(answer);
  EXPECT_EQ(answer.entries, 3u);
  EXPECT_EQ(answer.checkpoints, 2u);
  EXPECT_NE(said(answer).find("NOT SHOWN"), std::string::npos);
}

// Copies of the example with one thing changed, each with what was done to it. A new trailer is what an editor of the file
// makes.
struct Copy {
  std::string what, text;
};

// With sanitizers, which look for faults of memory, one bit in nine (each of a byte's eight in turn) is flipped: the build without them
// flips every one.
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t bits_to_the_next = 9;
#else
constexpr std::size_t bits_to_the_next = 1;
#endif

// Every bit, or of every so many the first.
template <class Each>
void each_flipped_copy(const std::string& text, std::size_t every, Each&& each) {
  for (std::size_t i = 0; i < 8 * text.size(); i += every) {
    std::string flipped = text;
    flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << i % 8));
    const std::string what = "byte " + std::to_string(i / 8) + " bit " + std::to_string(i % 8);
    if (i / 8 < text.rfind("end ")) each(Copy{what + ", new trailer", with_trailer(flipped)});
    each(Copy{what, std::move(flipped)});
  }
}
std::vector<Copy> flipped_copies(const std::string& text, std::size_t every) {
  std::vector<Copy> copies;
  each_flipped_copy(text, every, [&](Copy copy) { copies.push_back(std::move(copy)); });
  return copies;
}

std::vector<Copy> truncated_copies(const std::string& text) {
  std::vector<Copy> copies;
  for (std::size_t size = 0; size < text.size(); ++size) {
    copies.push_back({"cut at " + std::to_string(size), text.substr(0, size)});
    if (size < text.rfind("end "))
      copies.push_back({"cut at " + std::to_string(size) + ", new trailer", with_trailer(text.substr(0, size))});
  }
  return copies;
}

std::vector<Copy> copies_with_other_lines(const std::string& text) {
  const std::vector<std::string> lines = lines_of(text);
  const std::size_t body = lines.size() - 1;
  std::vector<Copy> copies;
  for (std::size_t i = 0; i < body; ++i) {
    auto deleted = lines, doubled = lines;
    deleted.erase(deleted.begin() + static_cast<std::ptrdiff_t>(i));
    doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
    copies.push_back({"deleted " + lines[i], with_trailer(joined(deleted))});
    copies.push_back({"doubled " + lines[i], with_trailer(joined(doubled))});
    for (std::size_t j = i + 1; j < body; ++j) {
      if (lines[i] == lines[j]) continue;
      auto swapped = lines;
      std::swap(swapped[i], swapped[j]);
      copies.push_back({"swapped " + lines[i] + lines[j], with_trailer(joined(swapped))});
    }
  }
  return copies;
}

TEST(Hostile, what_is_no_log_is_unreadable_and_a_line_without_end_costs_nothing) {
  EXPECT_EQ(read("").shown, Shown::Unreadable);
  EXPECT_EQ(read("PK\3\4").shown, Shown::Unreadable);
  EXPECT_EQ(read(std::string(3 << 20, 'x')).shown, Shown::Unreadable);
  EXPECT_EQ(read("horisont-eliglog 1\norigin " + std::string(3 << 20, 'x')).shown, Shown::Unreadable);
}

// ---- a log by someone with the key -----------------------------------------------------------------------------------

constexpr std::int64_t a_day = 86'400'000, start = 1'767'225'600'000;  // 2026-01-01
Digest key_of(char c) {
  Digest seed{};
  seed.fill(static_cast<std::uint8_t>(c));
  return seed;
}

// An authority that the auditor trusts ('s'), or another; the same token each time for the same checkpoint.
const TimeAuthority& authority(char name) {
  static const TimeAuthority trusted, other;
  return name == 's' ? trusted : other;
}
std::string token_of(const Checkpoint& point, char by, std::int64_t seconds) {
  static std::map<std::string, std::string> made;
  std::string& token = made[text_of(point) + by + std::to_string(seconds)];
  if (token.empty()) token = authority(by).token(sha256(text_of(point)), seconds);
  return token;
}

struct Story {
  std::string origin = "karlstad.example/eligibility/ung";
  char key = 'k';
  std::uint64_t size = 60;
  std::uint64_t fork = UINT64_MAX;  // from here on other entries
  std::uint64_t rewritten = UINT64_MAX;
  bool witnessed = true;  // the cosignature of size 40, and its entry 40
  bool stamped = true;    // the time stamp of size 40, and its entry 41
  char witness = 'w', stamper = 's';
  std::int64_t shift = 0;          // what the clock was wrong by
  std::int64_t all_later_at = -1;  // entries after 40 claim this time
  std::string challenge;

  Digest seed() const { return key_of(key); }
  std::vector<std::string> leaves;
  std::map<std::uint64_t, std::string> notes;

  std::string text() {
    leaves.clear(), notes.clear();
    const VKey log = vkey_of(origin, KeyType::Log, public_key_of(seed()));
    const VKey by = vkey_of("granskare.example/w1", KeyType::Witness, public_key_of(key_of(witness)));
    CompactRange tree;
    std::string cosigned, token;
    for (std::uint64_t i = 0; i < size; ++i) {
      Entry entry{.seq = i,
                  .milliseconds = start + static_cast<std::int64_t>(i) * a_day + shift,
                  .kind = "month",
                  .actor = "7c1d9a4be2f03355",
                  .role = "caseworker",
                  .organisation = "karlstad",
                  .outcome = "closed",
                  .refs = {{"approver", "7c1d9a4be2f03355"}, {"period", "2026-01"}}};
      if (i >= fork) entry.outcome = "reopened";
      if (i == rewritten) entry.outcome = "filed";
      if (i == 0) entry.kind = "log-opened", entry.outcome = "-", entry.refs = {{"format", "1"}, {"key", log.id}};
      if (i == 10)
        entry.kind = "correction", entry.outcome = "-", entry.refs = {},
        entry.commits = {{"reason", hex(commitment("reason", std::string(32, 's'), {{"text", 'v', "enligt intyg"}}))}};
      if (i == 40 && witnessed)
        entry.kind = "anchor", entry.outcome = "-",
        entry.refs = {{"by", by.id},
                      {"digest", hex(sha256(cosigned.substr(0, cosigned.size() - 1)))},
                      {"size", "40"},
                      {"type", "cosignature"}};
      if (i == 41 && stamped)
        entry.kind = "anchor", entry.outcome = "-",
        entry.refs = {{"digest", hex(sha256(token))}, {"size", "40"}, {"type", "rfc3161"}};
      if (all_later_at >= 0 && i >= 40) entry.milliseconds = all_later_at;
      if (i + 1 == size && !challenge.empty())
        entry.kind = "challenge", entry.outcome = "-", entry.refs = {{"nonce", hex(sha256(challenge))}};
      leaves.push_back(leaf_of(entry));
      EXPECT_TRUE(leaf_from(leaves.back())) << leaves.back();
      tree.push(leaf_hash(leaves.back()));
      const Checkpoint point{origin, i + 1, tree.root()};
      notes[i + 1] = signed_checkpoint(point, seed());
      // The witness and the authority saw size 40 at noon of the day of the last entry.
      constexpr std::int64_t noon = (start + 39 * a_day) / 1000 + 43'200;
      if (i + 1 == 40) cosigned = cosignature(point, "granskare.example/w1", key_of(witness), static_cast<std::uint64_t>(noon));
      if (i + 1 == 40 && stamped) token = token_of(point, stamper, noon);
    }
    std::ostringstream out;
    ExportWriter writer(out, origin, {log}, witnessed && size >= 40 ? std::vector<VKey>{by} : std::vector<VKey>{}, size, size);
    for (std::uint64_t i = 0; i < size; ++i) {
      const auto here = [&](bool is, const std::string& what) {
        return is && i + 1 == 40 ? std::vector<std::string>{what} : std::vector<std::string>{};
      };
      writer.leaf(leaves[i]);
      writer.checkpoint(notes[i + 1], here(witnessed, cosigned), here(stamped && size > 41, token));
    }
    writer.end();
    return out.str();
  }
};

HeldCheckpoint stamp_of(Story story, std::uint64_t size) {
  story.text();
  return {*checkpoint_note_from(story.notes.at(size)), (start + static_cast<std::int64_t>(size) * a_day) / 1000};
}

Question asked(char auditor) {
  Question question;
  question.now = (start + 61 * a_day) / 1000;
  Story honest;
  if (auditor == 'S') question.since = {stamp_of(honest, 20)};
  if (auditor == 'W') {
    const VKey witness = vkey_of("granskare.example/w1", KeyType::Witness, public_key_of(key_of('w')));
    question.policy = Policy{{vkey_of(honest.origin, KeyType::Log, public_key_of(honest.seed()))}, {{"w1", witness}}, {}, "w1"};
  }
  if (auditor == 'T') {
    question.policy = Policy{{vkey_of(honest.origin, KeyType::Log, public_key_of(honest.seed()))}, {}, {}, "none"};
    question.authorities = TimeAuthorities::from_pem(authority('s').pem());
  }
  return question;
}

TEST(Honest, a_log_with_a_witness_or_a_held_checkpoint_is_good_and_alone_it_is_not) {
  Story honest;
  EXPECT_EQ(read(honest.text(), asked('E')).shown, Shown::NothingOutside);
  EXPECT_EQ(read(honest.text(), asked('S')).shown, Shown::Good) << said(read(honest.text(), asked('S')));
  const Answer witnessed = read(honest.text(), asked('W'));
  EXPECT_EQ(witnessed.shown, Shown::Good) << said(witnessed);
  EXPECT_NE(said(witnessed).find("entries L-40 to L-59 rest on the operator's key alone"), std::string::npos)
      << said(witnessed);
}

TEST(Honest, a_time_stamp_of_a_trusted_authority_is_good_and_is_no_witness) {
  Story honest;
  const Answer stamped = read(honest.text(), asked('T'));
  EXPECT_EQ(stamped.shown, Shown::Good) << said(stamped);
  for (const char* words :
       {"Time stamp at 40 entries: 2026-02-09T12:00:00.000Z", "Newest outside anchor: time stamp, 2026-02-09",
        "entries L-40 to L-59 rest on the operator's key alone", "NOT SHOWN: that L-0 and onwards are the only history",
        "Unknown witness granskare.example/w1"})
    EXPECT_NE(said(stamped).find(words), std::string::npos) << words << "\n" << said(stamped);
  Question nobody = asked('T');
  nobody.authorities.reset();
  const Answer unchecked = read(honest.text(), nobody);
  EXPECT_EQ(unchecked.shown, Shown::NothingOutside) << said(unchecked);
  EXPECT_NE(said(unchecked).find("NOT SHOWN: the time stamps (1)"), std::string::npos) << said(unchecked);
  Question both = asked('W');
  both.authorities = asked('T').authorities;
  EXPECT_EQ(read(honest.text(), both).shown, Shown::Good);
  honest.witnessed = false;
  const Answer no_quorum = read(honest.text(), both);
  EXPECT_EQ(no_quorum.shown, Shown::NothingOutside) << "a reader who asks for a witness is not content with a time stamp\n"
                                                    << said(no_quorum);
}

TEST(Honest, an_anchor_older_than_the_limit_counts_no_more) {
  Story honest;
  Question question = asked('W');
  const std::int64_t seen = (start + 39 * a_day) / 1000 + 43'200;
  for (const char auditor : {'W', 'T'}) {
    question = asked(auditor);
    question.now = seen + 46 * 86'400 - 1;
    EXPECT_EQ(read(honest.text(), question).shown, Shown::Good) << "45 days and some hours";
    question.now = seen + 46 * 86'400;
    EXPECT_EQ(read(honest.text(), question).shown, Shown::NothingOutside) << "46 days";
  }
}

TEST(Honest, what_claims_to_be_later_than_the_readers_now_is_told_and_is_not_shown) {
  Story honest;
  struct Case {
    const char* name;
    std::int64_t now;  // seconds
    Shown shown;
    const char* told;
  };
  const std::int64_t first = start / 1000, d = a_day / 1000;
  for (const Case& one : {Case{"a day after the last entry", first + 60 * d, Shown::Good, nullptr},
                          Case{"at the last entry but for the slack of clocks", first + 59 * d - 300, Shown::Good, nullptr},
                          Case{"a second earlier", first + 59 * d - 301, Shown::NothingOutside, "NOT SHOWN: that L-59 have been written"},
                          Case{"in the middle of the log", first + 50 * d, Shown::NothingOutside, "NOT SHOWN: that L-51–L-59 have been written"},
                          Case{"years before", first - 2000 * d, Shown::NothingOutside, "NOT SHOWN: any outside anchor"}}) {
    Question question = asked('W');
    question.now = one.now;
    const Answer answer = read(honest.text(), question);
    EXPECT_EQ(answer.shown, one.shown) << one.name << "\n" << said(answer);
    if (one.told)
      EXPECT_NE(said(answer).find(one.told), std::string::npos) << one.name << "\n" << said(answer);
    else
      EXPECT_EQ(said(answer).find("later than now"), std::string::npos) << one.name;
  }
}

struct Attack {
  const char* name;
  std::string text;
  const char* expected;  // E S W T
  std::string challenge;
  bool opening = false;
};

std::vector<Attack> attacks() {
  const auto with = [](auto change) {
    Story story;
    change(story);
    return story.text();
  };
  auto lines = lines_of(Story{}.text());
  for (std::size_t i = 0; i + 1 < lines.size(); ++i)
    if (lines[i].starts_with("L1 12 ")) {
      for (std::size_t j = i + 1; j < lines.size(); ++j)
        if (lines[j].starts_with("L1 13 ")) {
          std::swap(lines[i], lines[j]);
          break;
        }
      break;
    }
  return {
      {"1 rewrite an old entry, leave the anchors out",
       with([](Story& s) { s.rewritten = 12, s.witnessed = s.stamped = false; }), "-=--"},
      {"1 rewrite an entry after the stamp", with([](Story& s) { s.rewritten = 25, s.witnessed = s.stamped = false; }), "----"},
      {"2 cut the tail below the stamp", with([](Story& s) { s.size = 15; }), "-=--"},
      {"2 cut the tail above it", with([](Story& s) { s.size = 30; }), "----"},
      {"3 a second history for another reader", with([](Story& s) { s.fork = 15, s.witnessed = s.stamped = false; }), "-=--"},
      {"3 the same, time-stamped as well", with([](Story& s) { s.fork = 15, s.witnessed = false; }), "-=--"},
      {"4 back-date entries past the anchors", with([](Story& s) { s.all_later_at = start + 39 * a_day; }), "--=="},
      {"5 restore an old database and go on", with([](Story& s) { s.fork = 18, s.size = 70, s.witnessed = s.stamped = false; }),
       "-=--"},
      {"6 an own witness and an own authority", with([](Story& s) { s.witness = s.stamper = 'x'; }), "----"},
      {"7 an own log key", with([](Story& s) { s.key = 'x'; }), "-==="},
      {"8 entries in another order", with_trailer(joined(lines)), "===="},
      {"9 another project's log in its place", with([](Story& s) { s.origin = "karlstad.example/eligibility/annat"; }), "-==="},
      {"10 an old export as the current one", with([](Story& s) { s.size = 30; }), "----"},
      {"10 the same, after a challenge", with([](Story& s) { s.size = 30; }), "====", "fråga 17"},
      {"11 a clock that goes sixty days ahead", with([](Story& s) { s.shift = 60 * a_day; }), "-==="},
      {"12 a changed database, opened", with([](Story&) {}), "====", "", true},
  };
}

// Twelve attacks by someone with root and the signing key, against four auditors: E has the export alone, S one filed
// workbook (checkpoint of size 20), W a policy of his own with log key and witness, T one with the log key, and the
// certificate of a time-stamp authority. `=` seen, `-` declared: status 3, or 0
// with the words NOT SHOWN about the entries concerned.
TEST(Attacks, each_is_seen_or_declared_and_none_passes_silently) {
  std::cout << "attack                                               export     report     witness    time stamp\n";
  for (const Attack& attack : attacks()) {
    std::string got, words;
    for (const char auditor : {'E', 'S', 'W', 'T'}) {
      Question question = asked(auditor);
      if (!attack.challenge.empty()) question.challenges = {attack.challenge};
      if (attack.opening) question.openings = {{10, "reason", std::string(32, 's'), {{"text", 'v', "enligt telefon"}}}};
      const Answer answer = read(attack.text, question);
      const bool seen = answer.shown == Shown::Altered;
      const bool declared =
          answer.shown == Shown::NothingOutside ||
          (answer.shown == Shown::Good && said(answer).find("rest on the operator's key alone") != std::string::npos);
      got += seen ? '=' : declared ? '-' : '!';
      words += said(answer);
    }
    std::printf("%-52s", attack.name);
    for (const char c : got) std::printf(" %-10s", c == '=' ? "seen" : c == '-' ? "declared" : "SILENT");
    std::printf("\n");
    EXPECT_EQ(got, attack.expected) << attack.name << "\n" << words;
  }
}

TEST(Attacks, two_signed_histories_are_written_out_as_a_proof_for_others) {
  Story fork;
  fork.fork = 15, fork.witnessed = fork.stamped = false;
  const Answer answer = read(fork.text(), asked('S'));
  ASSERT_EQ(answer.contradiction.size(), 2u);
  EXPECT_NE(answer.contradiction[0], answer.contradiction[1]);
  for (const std::string& note : answer.contradiction) EXPECT_TRUE(checkpoint_note_from(note));
}

// Signatures are checked some hundred at a time: the first bad one is told, also when something further down is bad too.
TEST(Signatures, a_bad_one_is_found_wherever_it_stands_and_the_first_is_told) {
  Story honest;
  honest.size = 600;
  const std::string text = honest.text();
  const auto spoilt = [](std::string log, int checkpoint) {
    const std::string head = "\nkarlstad.example/eligibility/ung\n" + std::to_string(checkpoint) + "\n";
    const std::size_t key = log.find("ung ", log.find("\xE2\x80\x94", log.find(head)));
    log[key + 40] = log[key + 40] == 'A' ? 'B' : 'A';
    return log;
  };
  const auto says = [](const Answer& answer, int checkpoint) {
    return answer.shown == Shown::Altered &&
           said(answer).find("checkpoint " + std::to_string(checkpoint) + " does not verify") != std::string::npos;
  };
  ASSERT_FALSE(refused(text));
  for (const int at : {1, 255, 256, 257, 511, 512, 513, 600}) {
    const Answer answer = read(with_trailer(spoilt(text, at)));
    EXPECT_TRUE(says(answer, at)) << at << ": " << said(answer);
  }
  EXPECT_TRUE(says(read(with_trailer(spoilt(spoilt(text, 590), 300))), 300));
  const std::string cut = spoilt(text, 300).substr(0, text.size() / 4 * 3);
  EXPECT_TRUE(says(read(cut), 300)) << "what is altered weighs more than that the file is cut short";
}

// Every project has reports of the same numbers: a key that is trusted for one log says nothing of another.
TEST(Proofs, of_another_log_signed_by_a_trusted_key_are_refused_and_the_log_is_named) {
  const tlog::Digest seed = tlog::sha256("b");
  const std::string leaf = example().substr(example().find("L1 "), example().find('\n', example().find("L1 ")) - example().find("L1 "));
  for (const bool own : {true, false}) {
    const tlog::Checkpoint point{own ? "b.example/b" : "a.example/a", 1, tlog::leaf_hash(leaf)};
    const tlog::VKey key = tlog::vkey_of("b.example/b", tlog::KeyType::Log, tlog::public_key_of(seed));
    const std::string note = text_of(point) + "\n" + tlog::signature_line(key, tlog::sign(seed, text_of(point)));
    tlog::Question question;
    question.policy = tlog::policy_from("log " + text_of(key) + "\nquorum none\n");
    ASSERT_TRUE(question.policy);
    const tlog::Answer answer = tlog::verify_proof(tlog::proof_file(0, {}, note), leaf, question);
    EXPECT_EQ(answer.shown, own ? tlog::Shown::NothingOutside : tlog::Shown::Altered);
    EXPECT_EQ(said(answer).find("b.example/b") != std::string::npos, own) << said(answer);
  }
}

TEST(Proofs, one_entry_is_proved_without_the_others) {
  Story honest;
  honest.text();
  std::vector<Digest> hashes;
  for (const std::string& leaf : honest.leaves) hashes.push_back(leaf_hash(leaf));
  const std::string proof = proof_file(17, inclusion_proof(hashes, 17), honest.notes[60]);
  Question question = asked('W');
  question.policy->quorum = "none";
  EXPECT_EQ(verify_proof(proof, honest.leaves[17], question).shown, Shown::NothingOutside);
  EXPECT_EQ(verify_proof(proof, honest.leaves[18], question).shown, Shown::Altered);
  question.policy->logs[0] = vkey_of(honest.origin, KeyType::Log, public_key_of(key_of('x')));
  EXPECT_EQ(verify_proof(proof, honest.leaves[17], question).shown, Shown::Altered) << "another key";
  EXPECT_EQ(verify_proof(proof.substr(0, 40), honest.leaves[17], question).shown, Shown::Unreadable);
}

// ---- a log whose key was changed, with a time stamp ------------------------------------------------------------------

enum class Wrong {
  Nothing,
  TwoTokens,  // is right
  TokenLeftOut,
  CosignatureLeftOut,
  TokenOfAnother,
  TokensOutOfOrder,
  TokenAfterNextEntry,
  NoOldSignature,
  NoNewSignature,
  NewSignatureFirst,
  OldKeyAfterwards,
  NoEntryOfRotation,
  OtherKeyInEntry,
  RotationTwice,
  TokenWithoutEntry,
  TokenBeforeCheckpoint
};

std::string rotated_log(Wrong wrong) {
  const std::string origin = "karlstad.example/eligibility/ung";
  const Digest old_seed = key_of('k'), new_seed = key_of('n');
  const VKey old_key = vkey_of(origin, KeyType::Log, public_key_of(old_seed));
  const VKey new_key = vkey_of(origin, KeyType::Log, public_key_of(new_seed));
  const bool two_tokens = wrong == Wrong::TokensOutOfOrder || wrong == Wrong::TwoTokens;
  std::ostringstream out;
  const VKey witness = vkey_of("granskare.example/w1", KeyType::Witness, public_key_of(key_of('w')));
  ExportWriter writer(out, origin, {old_key, new_key}, {witness}, two_tokens ? 6 : 5, 2);
  CompactRange tree;
  std::uint64_t seq = 0;
  const auto add = [&](const char* kind, std::vector<std::pair<std::string, std::string>> refs) {
    const std::string leaf = leaf_of({.seq = seq,
                                      .milliseconds = start + static_cast<std::int64_t>(seq) * a_day,
                                      .kind = kind,
                                      .actor = "system",
                                      .role = "system",
                                      .organisation = "karlstad",
                                      .refs = std::move(refs)});
    ++seq;
    EXPECT_TRUE(leaf_from(leaf)) << leaf;
    tree.push(leaf_hash(leaf));
    writer.leaf(leaf);
  };
  const std::pair<std::string, std::string> pub{"pub", hex(std::string(new_key.key.begin(), new_key.key.end()))};
  add("log-opened", {{"format", "1"}, {"key", old_key.id}});
  if (wrong == Wrong::NoEntryOfRotation)
    add("restore", {});
  else
    add("key-rotated", {{"key", wrong == Wrong::OtherKeyInEntry ? old_key.id : new_key.id}, pub});
  if (wrong == Wrong::RotationTwice)
    add("key-rotated", {{"key", new_key.id}, pub});
  else
    add("backup", {});
  const Checkpoint point{origin, seq, tree.root()};
  constexpr std::int64_t seen = (start + 3 * a_day) / 1000;
  std::vector<std::string> tokens, token_lines;
  const Checkpoint stamped = wrong == Wrong::TokenOfAnother ? Checkpoint{origin, seq + 1, tree.root()} : point;
  tokens.push_back(token_of(stamped, 's', seen));
  if (two_tokens) tokens.push_back(token_of(stamped, 'x', seen));
  for (const std::string& token : tokens) token_lines.push_back("token rfc3161 " + base64(token));
  std::sort(token_lines.begin(), token_lines.end());
  if (wrong == Wrong::TokensOutOfOrder) std::swap(token_lines[0], token_lines[1]);
  const auto write_tokens = [&] {
    for (const std::string& line : token_lines) writer.leaf(line);
  };
  if (wrong == Wrong::TokenBeforeCheckpoint) write_tokens();
  const std::string text = text_of(point);
  const std::string cosigned = cosignature(point, witness.name, key_of('w'), static_cast<std::uint64_t>(seen));
  const std::string by_old = signature_line(old_key, sign(old_seed, text)),
                    by_new = signature_line(new_key, sign(new_seed, text));
  writer.checkpoint(text + "\n" +
                        (wrong == Wrong::NoOldSignature      ? by_new
                         : wrong == Wrong::NoNewSignature    ? by_old
                         : wrong == Wrong::NewSignatureFirst ? by_new + by_old
                                                             : by_old + by_new),
                    wrong == Wrong::CosignatureLeftOut ? std::vector<std::string>{} : std::vector<std::string>{cosigned});
  if (wrong != Wrong::TokenBeforeCheckpoint && wrong != Wrong::TokenLeftOut && wrong != Wrong::TokenAfterNextEntry)
    write_tokens();
  add("anchor",
      {{"by", witness.id}, {"digest", hex(sha256(cosigned.substr(0, cosigned.size() - 1)))}, {"type", "cosignature"}});
  if (wrong == Wrong::TokenAfterNextEntry) write_tokens();
  for (const std::string& token : tokens)
    if (wrong == Wrong::TokenWithoutEntry)
      add("backup", {});
    else
      add("anchor", {{"digest", hex(sha256(token))}, {"size", "3"}, {"type", "rfc3161"}});
  writer.checkpoint(signed_checkpoint({origin, seq, tree.root()}, wrong == Wrong::OldKeyAfterwards ? old_seed : new_seed));
  writer.end();
  return out.str();
}

std::vector<Copy> wrongly_rotated_copies() {
  return {{"without the old key's signature", rotated_log(Wrong::NoOldSignature)},
          {"without the new key's signature", rotated_log(Wrong::NoNewSignature)},
          {"the new key's signature first", rotated_log(Wrong::NewSignatureFirst)},
          {"signed by the old key afterwards", rotated_log(Wrong::OldKeyAfterwards)},
          {"no entry tells of the new key", rotated_log(Wrong::NoEntryOfRotation)},
          {"the entry tells of another key", rotated_log(Wrong::OtherKeyInEntry)},
          {"changed twice before a checkpoint", rotated_log(Wrong::RotationTwice)},
          {"a time stamp that no entry names", rotated_log(Wrong::TokenWithoutEntry)},
          {"an entry that names a time stamp that is left out", rotated_log(Wrong::TokenLeftOut)},
          {"an entry that names a cosignature that is left out", rotated_log(Wrong::CosignatureLeftOut)},
          {"a time stamp before its checkpoint", rotated_log(Wrong::TokenBeforeCheckpoint)},
          {"a time stamp after the next entry", rotated_log(Wrong::TokenAfterNextEntry)},
          {"a time stamp of another checkpoint", rotated_log(Wrong::TokenOfAnother)},
          {"time stamps in another order", rotated_log(Wrong::TokensOutOfOrder)}};
}

TEST(Rotation, a_key_is_changed_by_an_entry_and_two_signatures) {
  const Answer answer = read(rotated_log(Wrong::Nothing));
  EXPECT_EQ(answer.shown, Shown::NothingOutside) << said(answer);
  EXPECT_NE(said(answer).find("NOT SHOWN: the time stamps (1)"), std::string::npos) << said(answer);
  EXPECT_FALSE(refused(rotated_log(Wrong::TwoTokens)));
  EXPECT_NE(said(answer).find("The key was changed in L-1: "), std::string::npos) << said(answer);
  for (const Copy& copy : wrongly_rotated_copies()) EXPECT_TRUE(refused(copy.text)) << copy.what;
}

// Two logs that have every kind of line between them: the example, and one with two keys, a witness and two time stamps.
std::vector<std::string> damaged_logs() { return {example(), rotated_log(Wrong::Nothing)}; }

TEST(Damage, is_done_to_logs_with_every_kind_of_line) {
  const std::string all = "\n" + damaged_logs()[0] + damaged_logs()[1];
  for (const char* line : {"horisont-eliglog 1", "origin ", "log ", "witness ", "entries ", "checkpoints ", "\n", "L1 ",
                           "checkpoint ", "\xE2\x80\x94 ", "token rfc3161 ", "end "})
    EXPECT_NE(all.find("\n" + std::string(line)), std::string::npos) << line;
  for (const std::string& text : damaged_logs()) EXPECT_FALSE(refused(text));
}

TEST(Damage, every_single_bit_flip_is_found_with_the_old_and_with_a_new_trailer) {
  std::size_t flipped = 0, bits = 0;
  for (const std::string& text : damaged_logs()) {
    for (const std::size_t bytes : {text.size(), text.rfind("end ")}) bits += (8 * bytes + bits_to_the_next - 1) / bits_to_the_next;
    each_flipped_copy(text, bits_to_the_next, [&](const Copy& copy) {
      EXPECT_TRUE(refused(copy.text)) << copy.what;
      ++flipped;
    });
  }
  EXPECT_EQ(flipped, bits);
}

TEST(Damage, every_truncation_is_found) {
  for (const std::string& text : damaged_logs())
    for (const Copy& copy : truncated_copies(text)) EXPECT_TRUE(refused(copy.text)) << copy.what;
}

TEST(Damage, every_deleted_doubled_and_swapped_line_is_found) {
  for (const std::string& text : damaged_logs())
    for (const Copy& copy : copies_with_other_lines(text)) EXPECT_TRUE(refused(copy.text)) << copy.what;
}

// What a reader in another language, written from docs/formats/eliglog.md alone, says of each text: a line for each.
std::vector<std::string> second_reader(const std::vector<Copy>& copies, std::string trusted, const std::string& pem) {
  const auto file = std::filesystem::temp_directory_path() / ("horisont-second-reader-" + hex(random_bytes(8)));
  std::ofstream out(file, std::ios::binary);
  for (const Copy& copy : copies) out << copy.text.size() << '\n' << copy.text;
  out.close();
  const std::filesystem::path certificates = file.string() + ".pem";
  if (!pem.empty()) {
    std::ofstream(certificates) << pem;
    trusted += " " + certificates.string();
  }
  const std::string command = "/usr/bin/python3 " +
                              (std::filesystem::path(HORISONT_SOURCE_DIR) / "tests/log/second_reader.py").string() + trusted +
                              " < " + file.string() + " 2>&1";
  std::string said;
  if (FILE* pipe = popen(command.c_str(), "r")) {
    char part[512];
    while (std::fgets(part, sizeof part, pipe)) said += part;
    pclose(pipe);
  }
  std::filesystem::remove(file);
  if (!pem.empty()) std::filesystem::remove(certificates);
  return lines_of(said);
}

// Both refuse, or both find the same entries, checkpoints and root.
void expect_agreement(const std::vector<Copy>& copies, const Question& question = {}) {
  std::string trusted;
  if (question.policy) {
    for (const VKey& log : question.policy->logs) trusted += " " + text_of(log);
    for (const auto& [name, witness] : question.policy->witnesses) trusted += " " + text_of(witness);
  }
  const std::vector<std::string> theirs = second_reader(copies, trusted, question.authorities ? authority('s').pem() : "");
  if (!theirs.empty() && theirs.back().find("No module named 'cryptography'") != std::string::npos)
    GTEST_SKIP() << "needs python3-cryptography";
  ASSERT_EQ(theirs.size(), copies.size()) << (theirs.empty() ? "nothing" : theirs.back());
  for (std::size_t i = 0; i < copies.size(); ++i) {
    const Answer ours = read(copies[i].text, question);
    if (ours.shown == Shown::Altered || ours.shown == Shown::Unreadable) {
      EXPECT_TRUE(theirs[i].starts_with("refused ")) << copies[i].what << ": " << theirs[i] << said(ours);
    } else {
      ASSERT_TRUE(ours.newest) << copies[i].what;
      EXPECT_EQ(theirs[i], "agrees " + std::to_string(ours.entries) + " " + std::to_string(ours.checkpoints) + " " +
                               hex(ours.newest->root) + "\n")
          << copies[i].what << ": " << said(ours);
    }
  }
}

TEST(SecondReader, agrees_on_the_example_and_on_a_log_of_sixty_entries) {
  ASSERT_FALSE(refused(example()) || refused(Story{}.text()));
  expect_agreement({{"the example", example()}, {"sixty entries", Story{}.text()}});
}

TEST(SecondReader, refuses_every_damaged_copy) {
  expect_agreement(flipped_copies(example(), bits_to_the_next));
  expect_agreement(truncated_copies(example()));
  expect_agreement(copies_with_other_lines(example()));
  const std::string other = rotated_log(Wrong::Nothing);
  expect_agreement(flipped_copies(other, 11));
  expect_agreement(copies_with_other_lines(other), asked('T'));
}

TEST(SecondReader, agrees_on_changes_of_key_and_time_stamps) {
  for (const char auditor : {'E', 'W', 'T'}) {
    expect_agreement({{"rightly changed", rotated_log(Wrong::Nothing)}, {"two time stamps", rotated_log(Wrong::TwoTokens)}},
                     asked(auditor));
    expect_agreement(wrongly_rotated_copies(), asked(auditor));
  }
}

TEST(SecondReader, agrees_on_the_logs_of_someone_with_the_key) {
  std::vector<Copy> copies;
  for (const Attack& attack : attacks()) copies.push_back({attack.name, attack.text});
  expect_agreement(copies);
  expect_agreement(copies, asked('W'));
  expect_agreement(copies, asked('T'));
}

}  // namespace
}  // namespace tlog
