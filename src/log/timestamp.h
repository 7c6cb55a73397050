#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "log/evp.h"

// Time stamps of RFC 3161: an authority outside signs that a checkpoint existed at a time. No network: files go and come.
namespace tlog {

/// A TimeStampReq (DER) for what has this SHA-256, with a random nonce, asking for the authority's certificate.
std::string timestamp_request(const Digest& imprint);

/// What a time stamp says of itself; nothing of it is proved yet.
struct TimeStamp {
  Digest imprint{};
  std::int64_t time = 0;  ///< seconds since 1970, the fraction cut off
  std::string by;         ///< first 16 hex digits of the SHA-256 of its signer's certificate; empty when the token holds none
};
/// From a TimeStampToken (DER); nothing when it is none, goes on after its end, or stamps another digest than SHA-256.
std::optional<TimeStamp> timestamp_from(std::string_view token);

/// The certificates of the authorities that a reader trusts.
class TimeAuthorities {
 public:
  /// PEM, one certificate or more; nothing when there is none or one is damaged.
  static std::optional<TimeAuthorities> from_pem(std::string_view pem);
  /// Whether the token is signed, for this SHA-256, by a time-stamp signer whose chain ends at one of these, as of the token's
  /// time.
  bool signed_for(std::string_view token, const Digest& imprint) const;

 private:
  std::shared_ptr<void> certificates_;
};

enum class ReplyFault { None, NoRequest, NoReply, NotGranted, OtherRequest, NotSigned };
struct TimeStampReply {
  ReplyFault fault = ReplyFault::None;
  std::string token;  ///< DER
  TimeStamp stamp;
};
/// A TimeStampResp (DER) to a request of ours: its imprint, its nonce, its signer's chain.
TimeStampReply timestamp_reply(std::string_view reply, std::string_view request, const TimeAuthorities&);
/// The SHA-256 that a request asks to stamp.
std::optional<Digest> imprint_of_request(std::string_view request);

}  // namespace tlog
