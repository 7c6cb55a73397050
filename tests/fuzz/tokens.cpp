// A time stamp, a receipt, a proof and an export that were good, with bytes changed, taken out or put in: whatever comes of it is an
// answer, and a time stamp or receipt that still counts says what it said. The input: which of them, then for each change a place
// of two bytes, a way and a byte.

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "log/receipt.h"
#include "log/time_authority.h"
#include "log/timestamp.h"
#include "log/tree.h"

using namespace tlog;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

std::string changed(std::string text, std::string_view changes) {
  for (; changes.size() >= 4 && !text.empty(); changes.remove_prefix(4)) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(changes[i]); };
    const std::size_t place = static_cast<std::size_t>(byte(0) << 8 | byte(1)) % text.size();
    switch (byte(2) % 4) {
      case 0:
        text[place] = changes[3];
        break;
      case 1:
        text.erase(place, 1u + byte(3));
        break;
      case 2:
        text.insert(place, 1u + byte(3) % 16u, changes[3]);
        break;
      default:
        text.resize(place);
    }
  }
  return text;
}

struct Good {
  Digest imprint = sha256("a checkpoint");
  TimeAuthority authority;
  TimeAuthorities trusted = *TimeAuthorities::from_pem(authority.pem());
  std::string request = timestamp_request(imprint), reply = authority.reply(request, 1'461'000'000),
              token = timestamp_reply(reply, request, trusted).token;
  Receipt receipt;
  Question question;

  Good() {
    Digest seed;
    seed.fill(3);
    const std::string origin = "karlstad.example/eligibility/ung-horisont";
    const VKey key = vkey_of(origin, KeyType::Log, public_key_of(seed));
    std::vector<Digest> hashes;
    std::string leaf;
    for (std::uint64_t i = 0; i < 5; ++i) {
      Entry entry{.seq = i, .milliseconds = 1'461'000'000'000, .kind = i == 0 ? "log-opened" : "report"};
      entry.actor = entry.role = "system", entry.organisation = "karlstad";
      entry.refs = i == 0 ? decltype(entry.refs){{"format", "1"}, {"key", key.id}}
                          : decltype(entry.refs){{"file", hex(std::string(32, static_cast<char>(i)))},
                                                 {"fingerprint", hex(std::string(32, 'f'))},
                                                 {"period", "2016-03"},
                                                 {"report", "R-2016-03-001"},
                                                 {"template", hex(std::string(32, 't'))}};
      leaf = leaf_of(entry);
      hashes.push_back(leaf_hash(leaf));
    }
    receipt = {.report = "R-2016-03-001",
               .period = "2016-03",
               .file = "a.xlsx",
               .sha256 = hex(std::string(32, 4)),
               .fingerprint = hex(std::string(32, 'f')),
               .template_id = hex(std::string(32, 't')),
               .leaf = leaf,
               .proof = proof_file(4, inclusion_proof(hashes, 4), signed_checkpoint({origin, 5, root_of(hashes)}, seed))};
    question.policy = policy_from("log " + text_of(key) + "\nquorum none\n");
    must(verify_receipt(receipt, question).shown == Shown::NothingOutside);
    must(!token.empty() && trusted.signed_for(token, imprint));
  }
};

std::string example() {
  std::ifstream in(std::string(HORISONT_SOURCE_DIR) + "/docs/formats/example.eliglog", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Good good;
  static const std::string log = example();
  if (size == 0) return 0;
  const std::string_view changes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 6) {
    case 0: {
      const std::string token = changed(good.token, changes);
      const auto stamp = timestamp_from(token);
      if (good.trusted.signed_for(token, good.imprint)) must(stamp && stamp->imprint == good.imprint && stamp->time == 1'461'000'000);
      break;
    }
    case 1: {
      const TimeStampReply taken = timestamp_reply(changed(good.reply, changes), good.request, good.trusted);
      if (taken.fault == ReplyFault::None) must(taken.stamp.imprint == good.imprint && taken.stamp.time == 1'461'000'000);
      break;
    }
    case 2:
      timestamp_reply(good.reply, changed(good.request, changes), good.trusted);
      TimeAuthorities::from_pem(changed(good.authority.pem(), changes));
      break;
    case 3: {
      const auto receipt = receipt_from(changed(text_of(good.receipt), changes));
      if (!receipt || verify_receipt(*receipt, good.question).shown != Shown::NothingOutside) break;
      must(receipt->sha256 == good.receipt.sha256 && receipt->report == good.receipt.report && receipt->leaf == good.receipt.leaf);
      break;
    }
    case 4: {
      std::istringstream in(changed(log, changes));
      const Answer answer = verify_export(in, {});
      must(!answer.lines.empty());
      if (in.str() != log) must(answer.shown == Shown::Altered || answer.shown == Shown::Unreadable);
      break;
    }
    default: {
      policy_from(changes), openings_from(changes), checkpoint_copied(changes), vkey_from(changes), leaf_from(changes);
      receipt_from(changes), verify_proof(changes, good.receipt.leaf, good.question);
      timestamp_from(changes), imprint_of_request(changes);
    }
  }
  return 0;
}
