// Signatures, notes, keys and commitments against vectors that are not ours and the worked example.

#include "log/note.h"

#include <gtest/gtest.h>

#include <regex>

#include "log/given_log.h"
#include "support/shared_data.h"

namespace tlog {
namespace {

Digest seed_of(std::string_view text) {
  Digest seed{};
  const std::string bytes = *from_hex(text);
  std::copy(bytes.begin(), bytes.end(), seed.begin());
  return seed;
}
const Digest log_key = seed_of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");      // RFC 8032, test 1
const Digest witness_key = seed_of("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");  // RFC 8032, test 2
const std::string origin = "karlstad.example/eligibility/ung-horisont";

Checkpoint of_size_three() { return {origin, 3, seed_of("a84955ed704b480fd9321e13a16ce830ce06e320c94fb4e5f7ac8b3c2670e08c")}; }

TEST(Wycheproof, every_ed25519_signature_is_judged_as_it_should_be) {
  NEED_SHARED_DATA(data);
  const std::string json = contents_of(data / "wycheproof/ed25519_test.json");
  // In file order: a group's key, then its tests.
  static const std::regex part(
      R"x("pk"\s*:\s*"([0-9a-f]*)"|"msg"\s*:\s*"([0-9a-f]*)"|"sig"\s*:\s*"([0-9a-f]*)"|"result"\s*:\s*"(\w+)")x");
  std::string message, signature;
  PublicKey key{};
  int all = 0, valid = 0;
  for (std::sregex_iterator it(json.begin(), json.end(), part), end; it != end; ++it) {
    if ((*it)[1].matched) key = seed_of((*it)[1].str());
    if ((*it)[2].matched) message = *from_hex((*it)[2].str());
    if ((*it)[3].matched) signature = *from_hex((*it)[3].str());
    if (!(*it)[4].matched) continue;
    const bool good = Verifier(key).verify(signature, message);
    EXPECT_EQ(good, (*it)[4].str() == "valid") << "test " << all + 1;
    ++all, valid += good;
  }
  EXPECT_EQ(all, 151);
  EXPECT_GT(valid, 50);
}

TEST(Keys, log_keys_come_from_the_master_secret) {
  std::string master;
  for (int i = 0; i < 32; ++i) master += static_cast<char>(i);
  EXPECT_EQ(hex(log_seed(master, origin, 0)), "439abf532d06a3bb75055f75076b4dbba75d8dfae957fca03e3776e1f3c5feaa");
  EXPECT_EQ(hex(public_key_of(log_seed(master, origin, 0))),
            "a793b24e6529b5b71c820b29891845a54bb825731be9a8f57515291d92e46a76");
  EXPECT_EQ(hex(public_key_of(log_seed(master, origin, 1))),
            "4d443f3fc4bde4b29aee15334c5fe194d3f068c0b46d5865dbc528968e3fa75a");
}

TEST(Notes, the_example_is_signed_and_cosigned_byte_for_byte) {
  const std::string note = signed_checkpoint(of_size_three(), log_key) +
                           cosignature(of_size_three(), "granskare.example/w1", witness_key, 1772443800);
  EXPECT_NE(example().find("checkpoint 6\n" + note), std::string::npos) << note;
  EXPECT_EQ(short_code(of_size_three()), "8GADW-2M2BG-BS2JG-4FR5N");
}

TEST(Notes, a_vkey_is_read_back_and_refused_when_a_letter_differs) {
  const VKey key = vkey_of(origin, KeyType::Log, public_key_of(log_key));
  EXPECT_EQ(key.id, "c1aa6d9c");
  EXPECT_EQ(vkey_from(text_of(key)), key);
  std::string other = text_of(key);
  for (std::size_t i = 0; i < other.size(); ++i) {
    std::string changed = other;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(vkey_from(changed)) << changed;
  }
}

TEST(Commitments, those_of_the_worked_example) {
  const auto salt = [](int from) {
    std::string out;
    for (int i = 0; i < 32; ++i) out += static_cast<char>(from + i);
    return out;
  };
  EXPECT_EQ(hex(commitment("s2", salt(0x40), {{"disability", 'r', ""}})),
            "c8c25577b7330a46cd8b8e9de740b14e5fb5dcb31c1c375d476fb443dbe2b82f");
  EXPECT_EQ(hex(commitment("inputs", salt(0xa0),
                           {{"neet_at_entry", 'u', ""}, {"age_at_entry", 'v', "18"}, {"entry_date", 'v', "2016-02-01"}})),
            "38b1e2e050023449cf3a759eec47d2d93b32f6c11c1d4b0a4de4a63280766548");
}

TEST(Openings, are_read_back_with_every_byte) {
  const std::vector<Opening> one{{2, "reason", std::string(32, 'x'), {{"text", 'v', "100 % å\nrad två"}, {"who", 'u', ""}}}};
  const auto back = openings_from(opening_text(one));
  ASSERT_TRUE(back);
  EXPECT_EQ((*back)[0].fields[0].value, "100 % å\nrad två");
  EXPECT_EQ((*back)[0].fields[1].status, 'u');
  EXPECT_FALSE(openings_from("horisont-opening 1\nindex 2\ncommit reason\n"));
}

TEST(Policies, count_witnesses_by_quorum) {
  const std::string log = text_of(vkey_of(origin, KeyType::Log, public_key_of(log_key)));
  const VKey w = vkey_of("granskare.example/w1", KeyType::Witness, public_key_of(witness_key));
  const auto policy =
      policy_from("log " + log + "\nwitness a " + text_of(w) + " https://w.example\ngroup g any a\nquorum g # one is enough\n");
  ASSERT_TRUE(policy);
  EXPECT_TRUE(policy->met_by({w}));
  EXPECT_FALSE(policy->met_by({}));
  const std::vector<std::pair<const char*, std::string>> refused{
      {"no quorum", "log " + log + "\n"},
      {"a key twice", "log " + log + "\nlog " + log + "\nquorum none\n"},
      {"an unknown member", "group g any b\nquorum g\n"},
      {"more than there are", "witness a " + text_of(w) + "\ngroup g 2 a\nquorum g\n"},
  };
  for (const auto& [name, text] : refused) EXPECT_FALSE(policy_from(text)) << name;
}

TEST(Base64, only_the_text_that_encoding_gives_is_read) {
  EXPECT_EQ(from_base64("Zg=="), "f");
  for (const char* text : {"Zh==", "Zg=", "Zg", "Z===", "Zg==\n", "Zg=a"}) EXPECT_FALSE(from_base64(text)) << text;
}

}  // namespace
}  // namespace tlog
