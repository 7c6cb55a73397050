// A log, a witness outside and an auditor: each with its own files, through the commands.

#include <gmock/gmock.h>

#include "cli/cli_fixture.h"

namespace horisont {
namespace {

using testing::HasSubstr;

class WitnessCli : public Cli {
 protected:
  std::string p = "--project=ung-horisont", state = at("w.state"), key = at("w.key"), log_key, witness_key;

  std::string at(const std::string& name) const { return (folder.path() / name).string(); }
  std::string request(const std::string& since, const std::string& name) {
    EXPECT_EQ(run({"log", "checkpoint", "--since", since, "-o", at(name), p}).status, 0);
    return at(name);
  }
  Said judge(const std::string& asked) { return run({"log", "witness", asked, "--state", state, "--key", key}); }
  std::string exported(const std::string& name) {
    EXPECT_EQ(run({"log", "export", "-o", at(name), p}).status, 0);
    return read_file(at(name));
  }
  void SetUp() override {
    ASSERT_EQ(run({"import", register_file(), p, "--yes"}).status, 0);
    const std::string text = exported("first.eliglog");
    const std::size_t from = text.find("\nlog ") + 5;
    log_key = text.substr(from, text.find('\n', from) - from);
    const Said made = run({"log", "witness", "--state", state, "--key", key, "--name", "w.example/1", "--watch", log_key});
    ASSERT_EQ(made.status, 0) << made.messages;
    witness_key = made.messages.substr(made.messages.find("w.example/1+"));
    witness_key.resize(witness_key.find('\n'));
  }
};

TEST_F(WitnessCli, a_checkpoint_is_cosigned_taken_in_and_exported) {
  const Said answer = judge(request("0", "r1"));
  EXPECT_EQ(answer.status, 0) << answer.messages;
  EXPECT_TRUE(answer.out.starts_with("200\n"));
  ASSERT_EQ(run({"log", "cosign", file("a1", answer.out), "--witness", witness_key, p}).status, 0);
  const std::string text = exported("second.eliglog");
  EXPECT_THAT(text, HasSubstr("\nwitness " + witness_key + "\n"));
  EXPECT_THAT(text, HasSubstr(answer.out.substr(4)));
  EXPECT_THAT(text, HasSubstr(" anchor "));
  EXPECT_EQ(run({"log", "verify", p}).status, 0);

  const Said again = run({"log", "cosign", at("a1"), "--witness", witness_key, p});
  EXPECT_EQ(again.status, 5);
  EXPECT_THAT(again.messages, HasSubstr("finns redan"));
  const Said next = judge(request("2", "r2"));
  EXPECT_EQ(next.status, 0) << "the log has grown by the anchor: " << next.out;
}

TEST_F(WitnessCli, a_log_that_was_rolled_back_gets_no_cosignature) {
  std::filesystem::copy(home, at("backup"), std::filesystem::copy_options::recursive);
  const Said first = judge(request("0", "r1"));
  ASSERT_EQ(run({"log", "cosign", file("a1", first.out), "--witness", witness_key, p}).status, 0);
  ASSERT_EQ(judge(request("2", "r2")).status, 0);
  std::filesystem::remove_all(home);
  std::filesystem::rename(at("backup"), home);
  const Said older = judge(request("2", "r3"));
  EXPECT_EQ(older.status, 4);
  EXPECT_EQ(older.out, "409\n3\n") << "it knows of three entries";
  ASSERT_EQ(run({"log", "challenge", "another history", "-o", at("c.tlog-proof"), p}).status, 0);
  const Said fork = judge(request("3", "r4"));
  EXPECT_EQ(fork.status, 4);
  EXPECT_EQ(fork.out, "422\n");
  EXPECT_THAT(fork.messages, HasSubstr("en annan historia"));
}

TEST_F(WitnessCli, a_witness_without_its_memory_cosigns_nothing) {
  const std::string asked = request("0", "r1");
  std::filesystem::remove(state);
  const Said gone = judge(asked);
  EXPECT_EQ(gone.status, 5);
  EXPECT_EQ(gone.out, "");
  EXPECT_THAT(gone.messages, HasSubstr("saknas fast nyckeln finns"));
  file("w.state", "horisont-witness-state 1\nend");
  EXPECT_THAT(judge(asked).messages, HasSubstr("skadat"));
  file("w.state", "horisont-witness-state 1\nend\n");
  EXPECT_THAT(judge(asked).messages, HasSubstr("skadat")) << "an empty memory is none, where there is a key";
}

TEST_F(WitnessCli, a_memory_that_was_changed_by_hand_is_damaged) {
  ASSERT_EQ(judge(request("0", "r1")).status, 0);
  const std::string kept = read_file(state);
  const std::size_t size = kept.find("\n2\n");
  ASSERT_NE(size, kept.npos) << kept;
  std::string other = kept;
  other[size + 1] = '1';
  std::string seal = kept;
  seal[seal.size() - 2] = seal[seal.size() - 2] == '0' ? '1' : '0';
  int asked = 10;
  for (const std::string& text : {other, kept.substr(0, kept.rfind("seal ")), seal}) {
    file("w.state", text);
    const Said said = judge(request("2", "r" + std::to_string(++asked)));
    EXPECT_EQ(said.out, "");
    EXPECT_THAT(said.messages, HasSubstr("skadat"));
  }
  file("w.state", kept);
  EXPECT_EQ(judge(request("0", "r9")).out, "409\n2\n");
}

TEST_F(WitnessCli, a_key_that_nothing_is_replaced_by_is_told) {
  const Said said = run({"log", "witness", "--state", state, "--key", key, "--watch", log_key, "--replaces", "deadbeef"});
  EXPECT_EQ(said.status, 5);
  EXPECT_THAT(said.messages, HasSubstr("inget att byta"));
}

TEST_F(WitnessCli, each_wrong_request_answer_and_key_is_refused_and_the_log_stays) {
  const std::string before = exported("before.eliglog");
  EXPECT_EQ(judge(file("r", "hello\n")).status, 3);
  EXPECT_EQ(run({"log", "checkpoint", "--since", "3", "-o", at("r3"), p}).status, 5) << "the log has two entries";
  EXPECT_EQ(run({"log", "checkpoint", "--since", "2", "-o", at("r2"), p}).status, 0);
  const Said good = judge(request("0", "r1"));
  const struct {
    const char* what;
    std::string answer, key;
    int status;
  } cases[] = {
      {"no answer", "hello\n", witness_key, 3},
      {"a refusal", "409\n7\n", witness_key, 4},
      {"no key", good.out, "w.example/1", 5},
      {"the log's key instead of the witness's", good.out, log_key, 5},
      {"a cosignature without its line", "200\n", witness_key, 5},
      {"a cosignature that was altered",
       good.out.substr(0, good.out.size() - 20) + "AAAA" + good.out.substr(good.out.size() - 16), witness_key, 5},
  };
  for (const auto& one : cases)
    EXPECT_EQ(run({"log", "cosign", file("answer", one.answer), "--witness", one.key, p}).status, one.status) << one.what;
  const Moment real = now;
  now = Moment::of_seconds(real.seconds() - 301);
  EXPECT_THAT(run({"log", "cosign", file("answer", good.out), "--witness", witness_key, p}).messages, HasSubstr("klockan"));
  now = Moment::of_seconds(real.seconds() - 300);
  EXPECT_EQ(exported("after.eliglog"), before);
  EXPECT_EQ(run({"log", "cosign", at("answer"), "--witness", witness_key, p}).status, 0) << "300 seconds are allowed";
  EXPECT_EQ(run({"log", "witness", "--state", state, "--key", at("new.key")}).status, 5) << "no key and no name for one";
  EXPECT_EQ(run({"log", "witness", "--state", at("s"), "--key", at("new.key"), "--name", "two words"}).status, 5);
  EXPECT_FALSE(std::filesystem::exists(at("new.key")));
}

TEST_F(WitnessCli, an_auditors_text_is_an_entry_with_a_proof_and_is_not_in_clear) {
  const Said done = run({"log", "challenge", "tärning 4711", "-o", at("c.tlog-proof"), p});
  EXPECT_EQ(done.status, 0) << done.messages;
  EXPECT_THAT(done.messages, HasSubstr("L-2"));
  const std::string leaf = read_file(at("c.tlog-proof.leaf"));
  EXPECT_THAT(leaf, HasSubstr("nonce=" + sha256_of("tärning 4711")));
  EXPECT_THAT(exported("c.eliglog"), HasSubstr("\n" + leaf + "\n"));
  EXPECT_THAT(exported("d.eliglog"), testing::Not(HasSubstr("4711")));
  EXPECT_EQ(run({"log", "challenge", "again", "-o", at("c.tlog-proof"), p}).status, 5) << "nothing is written over";
  EXPECT_EQ(run({"log", "verify", p}).status, 0);
}

}  // namespace
}  // namespace horisont
