// Requests to a time-stamp authority, its replies, and which of them count.

#include "log/timestamp.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "log/note.h"
#include "log/time_authority.h"

namespace tlog {
namespace {

constexpr std::int64_t noon = 1'770'638'400;  // 2026-02-09T12:00:00Z
const Digest ours = sha256("karlstad.example/eligibility/ung\n41\n"), others = sha256("another checkpoint");

const TimeAuthority& authority() {
  static const TimeAuthority made;
  return made;
}
TimeAuthorities trusted(const TimeAuthority& by = authority()) { return *TimeAuthorities::from_pem(by.pem()); }

TEST(Request, asks_for_the_imprint_with_a_nonce_of_its_own) {
  const std::string request = timestamp_request(ours);
  EXPECT_EQ(imprint_of_request(request), ours);
  EXPECT_NE(request, timestamp_request(ours)) << "the nonce";
  EXPECT_FALSE(imprint_of_request(request + "x"));
  EXPECT_FALSE(imprint_of_request(request.substr(0, request.size() - 1)));
  EXPECT_FALSE(imprint_of_request(""));
}

TEST(Reply, to_our_request_by_a_trusted_authority_is_taken_in_with_its_time) {
  const std::string request = timestamp_request(ours);
  const auto taken = timestamp_reply(authority().reply(request, noon), request, trusted());
  ASSERT_EQ(taken.fault, ReplyFault::None);
  EXPECT_EQ(taken.stamp.imprint, ours);
  EXPECT_EQ(taken.stamp.time, noon);
  EXPECT_EQ(taken.stamp.by.size(), 16u);
  const auto read = timestamp_from(taken.token);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->by, taken.stamp.by);
  EXPECT_TRUE(trusted().signed_for(taken.token, ours));
  EXPECT_FALSE(trusted().signed_for(taken.token, others));
}

TEST(Reply, each_wrong_one_is_refused_for_what_is_wrong) {
  const std::string request = timestamp_request(ours), again = timestamp_request(ours), other = timestamp_request(others);
  const std::string good = authority().reply(request, noon);
  const TimeAuthority stranger;
  std::string wants_sha1 = request;  // an authority that stamps SHA-256 only refuses it
  wants_sha1.replace(wants_sha1.find("\x60\x86\x48\x01\x65\x03\x04\x02\x01"), 9, "\x60\x86\x48\x01\x65\x03\x04\x02\x03");
  std::string altered = good;
  altered[altered.size() - 1] = static_cast<char>(altered.back() ^ 1);  // of the signature
  const struct {
    const char* what;
    std::string reply, request;
    TimeAuthorities authorities;
    ReplyFault fault;
  } cases[] = {
      {"to another request of the same checkpoint", good, again, trusted(), ReplyFault::OtherRequest},
      {"to a request of another checkpoint", good, other, trusted(), ReplyFault::OtherRequest},
      {"by an authority that is not trusted", good, request, trusted(stranger), ReplyFault::NotSigned},
      {"with an altered signature", altered, request, trusted(), ReplyFault::NotSigned},
      {"a refusal", authority().reply(wants_sha1, noon), request, trusted(), ReplyFault::NotGranted},
      {"cut short", good.substr(0, good.size() - 1), request, trusted(), ReplyFault::NoReply},
      {"with something after it", good + "x", request, trusted(), ReplyFault::NoReply},
      {"the request itself", request, request, trusted(), ReplyFault::NoReply},
      {"nothing", "", request, trusted(), ReplyFault::NoReply},
      {"to no request", good, "hello", trusted(), ReplyFault::NoRequest},
  };
  for (const auto& one : cases)
    EXPECT_EQ(timestamp_reply(one.reply, one.request, one.authorities).fault, one.fault) << one.what;
}

TEST(Reply, a_certificate_that_is_not_for_time_stamps_counts_for_nothing) {
  const TimeAuthority server("critical,serverAuth");
  const std::string request = timestamp_request(ours);
  EXPECT_EQ(timestamp_reply(server.reply(request, noon), request, trusted(server)).fault, ReplyFault::NotGranted)
      << "OpenSSL's own authority does not sign with it";
}

TEST(Certificates, hold_as_of_the_stamps_own_time) {
  const TimeAuthority brief("critical,timeStamping", {"20260101000000Z", "20260209120000Z"});
  const auto at = [&](std::int64_t seconds) {
    const std::string request = timestamp_request(ours);
    return timestamp_reply(brief.reply(request, seconds), request, trusted(brief)).fault;
  };
  EXPECT_EQ(at(noon - 1), ReplyFault::None) << "the last second, long past by now";
  EXPECT_EQ(at(noon), ReplyFault::NotSigned);
  EXPECT_EQ(at(1'767'225'600), ReplyFault::None) << "the first second";
  EXPECT_EQ(at(1'767'225'599), ReplyFault::NotSigned);
}

TEST(Certificates, are_read_from_pem_whole_or_not_at_all) {
  const std::string one = authority().pem();
  EXPECT_TRUE(TimeAuthorities::from_pem(one + one)) << "several";
  EXPECT_FALSE(TimeAuthorities::from_pem(""));
  EXPECT_FALSE(TimeAuthorities::from_pem("hello\n"));
  EXPECT_FALSE(TimeAuthorities::from_pem(one + one.substr(0, one.size() / 2))) << "the second is damaged";
}

TEST(Token, no_text_and_no_other_container_is_one) {
  EXPECT_FALSE(timestamp_from(""));
  EXPECT_FALSE(timestamp_from("a time stamp"));
  EXPECT_FALSE(timestamp_from(std::string(60'000, '\x30')));
  const std::string token = authority().token(ours, noon);
  EXPECT_FALSE(timestamp_from(token + "x"));
  for (std::size_t size = 0; size < token.size(); ++size) EXPECT_FALSE(timestamp_from(token.substr(0, size))) << size;
}

// Hostile bytes: whatever a token's bytes become, reading them ends, and a stamp that is still good says the same.
TEST(Token, any_single_bit_may_flip) {
  const std::string token = authority().token(ours, noon);
  const auto authorities = trusted();
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string flipped = token;
    flipped[i] = static_cast<char>(flipped[i] ^ (1 << (i % 8)));
    if (!authorities.signed_for(flipped, ours)) continue;
    EXPECT_EQ(timestamp_from(flipped)->time, noon) << i;
  }
}

TEST(Peer, the_openssl_program_reads_our_request_and_its_authority_satisfies_us) {
  if (std::system("openssl version > /dev/null 2>&1") != 0) GTEST_SKIP() << "needs the program openssl";
  const auto folder = std::filesystem::temp_directory_path() / ("horisont-tsa-" + hex(random_bytes(8)));
  std::filesystem::create_directory(folder);
  const auto run = [&](const std::string& command) {
    return std::system(("cd " + folder.string() + " && " + command + " > out 2>&1").c_str());
  };
  const auto contents = [&](const char* name) {
    std::ifstream in(folder / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  std::ofstream(folder / "request.tsq", std::ios::binary) << timestamp_request(ours);
  std::ofstream(folder / "serial") << "01\n";
  std::ofstream(folder / "tsa.cnf")
      << "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_digest = sha256\n"
         "default_policy = 1.2.3.4.1\ndigests = sha256\n[ext]\nextendedKeyUsage = critical,timeStamping\n";
  ASSERT_EQ(
      run("openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj /CN=Root -days 30 && "
          "openssl req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=Clock && "
          "openssl x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -out tsa.pem -days 30 -extfile tsa.cnf "
          "-extensions ext && "
          "openssl ts -reply -config tsa.cnf -queryfile request.tsq -signer tsa.pem -inkey tsa.key -out reply.tsr"),
      0)
      << contents("out");
  const auto authorities = TimeAuthorities::from_pem(contents("root.pem"));
  ASSERT_TRUE(authorities);
  const auto taken = timestamp_reply(contents("reply.tsr"), contents("request.tsq"), *authorities);
  ASSERT_EQ(taken.fault, ReplyFault::None);
  // And the program finds ours good, as we keep it.
  std::ofstream(folder / "token.der", std::ios::binary) << taken.token;
  EXPECT_EQ(run("openssl ts -verify -token_in -in token.der -digest " + hex(ours) + " -CAfile root.pem"), 0) << contents("out");
  EXPECT_NE(run("openssl ts -verify -token_in -in token.der -digest " + hex(others) + " -CAfile root.pem"), 0);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace tlog
