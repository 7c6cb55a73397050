// A witness answers each request as C2SP tlog-witness says, and never cosigns two histories or an older one.

#include "log/witness.h"

#include <gtest/gtest.h>

#include "log/given_log.h"

namespace tlog {
namespace {

const std::string origin = "karlstad.example/eligibility/ung-horisont";
Digest all(std::uint8_t byte) {
  Digest seed;
  seed.fill(byte);
  return seed;
}
const Digest log_seed_here = all(1), other_seed = all(2);
const WitnessKey witness{"granskare.example/w1", all(3)};

// Histories of numbered leaves; another history differs from `fork` on.
struct History {
  std::vector<Digest> leaves;
  explicit History(std::size_t size, std::size_t fork = SIZE_MAX) {
    for (std::size_t i = 0; i < size; ++i) leaves.push_back(leaf_hash((i >= fork ? "other " : "entry ") + std::to_string(i)));
  }
  std::string note(const Digest& seed = log_seed_here, const std::string& name = origin) const {
    return signed_checkpoint({name, leaves.size(), root_of(leaves)}, seed);
  }
  WitnessRequest from(std::uint64_t old) const { return {old, old == 0 ? Proof{} : consistency_proof(leaves, old), note()}; }
};

WitnessState watching(const std::string& note = "") {
  return {{origin, {vkey_of(origin, KeyType::Log, public_key_of(log_seed_here)), note}}};
}

TEST(Witness, answers_each_request_as_the_format_says) {
  const History five(5), nine(9), forked(9, 3);
  const auto with = [](WitnessRequest request, auto change) { return change(request), text_of(request); };
  std::string spoilt = nine.note();
  spoilt[spoilt.size() - 10] = spoilt[spoilt.size() - 10] == 'A' ? 'B' : 'A';
  const struct {
    const char* what;
    std::string seen, request;
    int code;
    std::string line = "";
  } cases[] = {
      {"the first request of a log", "", text_of(nine.from(0)), 200},
      {"a log that has grown", five.note(), text_of(nine.from(5)), 200},
      {"the same checkpoint again", nine.note(), text_of(nine.from(9)), 200},
      {"no request at all", "", "hello\n", 400},
      {"a request cut in its note", "", text_of(nine.from(0)).substr(0, 60), 400},
      {"an old size above the checkpoint's", five.note(), with(five.from(5), [](auto& r) { r.old_size = 6, r.proof = {}; }),
       400},
      {"sixty-four hashes", "", with(nine.from(0), [](auto& r) { r.proof.resize(64); }), 400},
      {"a size of nothing", "", with(nine.from(0), [](auto& r) { r.note.replace(r.note.find("\n9\n"), 3, "\n0\n"); }), 400},
      {"a log that it does not watch", "",
       with(nine.from(0), [&](auto& r) { r.note = nine.note(log_seed_here, "elsewhere.example/log"); }), 404},
      {"a signature by another key", "", with(nine.from(0), [&](auto& r) { r.note = nine.note(other_seed); }), 403},
      {"a signature that fails", "", with(nine.from(0), [&](auto& r) { r.note = spoilt; }), 403},
      {"an older size than it has cosigned: a log rolled back", nine.note(), text_of(five.from(5)), 409, "9\n"},
      {"a proof from where it does not stand", five.note(), text_of(nine.from(3)), 409, "5\n"},
      {"from nothing, though it has cosigned", five.note(), text_of(nine.from(0)), 409, "5\n"},
      {"another history: a fork", five.note(), text_of(forked.from(5)), 422},
      {"the same size with another root", nine.note(), text_of(forked.from(9)), 422},
      {"a proof though nothing was cosigned", "", with(nine.from(0), [](auto& r) { r.proof.resize(1); }), 422},
      {"a proof with a hash too many", five.note(), with(nine.from(5), [](auto& r) { r.proof.emplace_back(); }), 422},
      {"a proof with a hash too few", five.note(), with(nine.from(5), [](auto& r) { r.proof.pop_back(); }), 422},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    WitnessState state = watching(one.seen);
    const WitnessState before = state;
    const WitnessAnswer answer = witness_answer(one.request, state, witness, 1'772'443'800);
    EXPECT_EQ(answer.code, one.code);
    if (answer.code != 200) {
      EXPECT_EQ(answer.line, one.line);
      EXPECT_EQ(state, before) << "a refusal changes nothing";
      continue;
    }
    const auto note = checkpoint_note_from(nine.note() + answer.line);
    ASSERT_TRUE(note);
    std::uint64_t time = 0;
    EXPECT_TRUE(signed_by(note->checkpoint, note->signatures.back(), witness.vkey(), Verifier(witness.vkey().key), &time));
    EXPECT_EQ(time, 1'772'443'800u);
    EXPECT_EQ(state.at(origin).note, nine.note());
  }
}

TEST(Witness, follows_every_growth_and_refuses_every_fork_up_to_40_entries) {
  for (std::size_t old = 1; old <= 40; ++old)
    for (std::size_t size = old; size <= 40; ++size) {
      WitnessState state = watching(History(old).note());
      EXPECT_EQ(witness_answer(text_of(History(size, old - 1).from(old)), state, witness, 1).code, 422)
          << old << " to " << size;
      EXPECT_EQ(witness_answer(text_of(History(size).from(old)), state, witness, 1).code, 200) << old << " to " << size;
    }
}

TEST(Witness, the_worked_example_is_answered_with_its_own_bytes) {
  Digest log{}, secret{};
  const std::string one = *from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"),
                    two = *from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  std::copy(one.begin(), one.end(), log.begin());
  std::copy(two.begin(), two.end(), secret.begin());
  const std::string text = example();
  std::vector<Digest> leaves;
  for (std::size_t at = 0; (at = text.find("\nL1 ", at)) != text.npos; ++at)
    leaves.push_back(leaf_hash(std::string_view(text).substr(at + 1, text.find('\n', at + 1) - at - 1)));
  ASSERT_EQ(leaves.size(), 3u);
  const auto first = std::span(leaves).first(1);
  WitnessState state{
      {origin, {vkey_of(origin, KeyType::Log, public_key_of(log)), signed_checkpoint({origin, 1, root_of(first)}, log)}}};
  const WitnessRequest request{1, consistency_proof(leaves, 1), signed_checkpoint({origin, 3, root_of(leaves)}, log)};
  const auto answer = witness_answer(text_of(request), state, {"granskare.example/w1", secret}, 1'772'443'800);
  EXPECT_EQ(answer.code, 200);
  EXPECT_NE(text.find("\n" + answer.line + "end "), text.npos) << answer.line;
}

TEST(Witness, what_it_remembers_and_its_key_are_read_back_and_no_part_of_them_is) {
  const std::string state = text_of(watching(History(5).note())), empty = text_of(watching()), key = text_of(witness);
  EXPECT_EQ(witness_state_from(state), watching(History(5).note()));
  EXPECT_EQ(witness_state_from(empty), watching());
  ASSERT_TRUE(witness_key_from(key));
  EXPECT_EQ(text_of(*witness_key_from(key)), key);
  for (std::size_t cut = 0; cut < state.size(); ++cut) EXPECT_FALSE(witness_state_from(state.substr(0, cut))) << cut;
  for (std::size_t cut = 0; cut < key.size(); ++cut) EXPECT_FALSE(witness_key_from(key.substr(0, cut))) << cut;
  EXPECT_FALSE(witness_key_from(text_of(WitnessKey{"two words", all(3)})));
  const std::string twice = state.substr(0, state.size() - 4) + state.substr(state.find('\n') + 1);
  EXPECT_FALSE(witness_state_from(twice)) << "one log twice";
}

TEST(Witness, an_answer_is_read_back_and_nothing_else_is) {
  const WitnessAnswer conflict{409, "5\n"}, refused{422, ""};
  for (const auto& answer : {conflict, refused}) {
    const auto read = witness_answer_from(text_of(answer));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->code, answer.code);
    EXPECT_EQ(read->line, answer.line);
  }
  for (const char* bad : {"", "200", "hello\n", "99\n", "200\none\ntwo\n", "200\nhalf"})
    EXPECT_FALSE(witness_answer_from(bad)) << bad;
}

}  // namespace
}  // namespace tlog
