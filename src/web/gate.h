#pragma once

#include <span>
#include <variant>

#include "web/http.h"

namespace horisont::web {

// The gate: what stands in front of every page (security-and-privacy, section 3). Pure functions of bytes, so that a test can
// try every byte.

inline constexpr std::size_t head_limit = 16 << 10, target_limit = 8 << 10, header_lines = 64;
inline constexpr std::uint64_t form_limit = 64 << 10, upload_limit = 20 << 20;

struct Incomplete {};
/// Reads a request's head, from its first byte to the empty line, and says how long it was. Exactly one reading is possible
/// of what passes; everything else is refused with its status.
struct ReadHead {
  std::variant<Incomplete, Refusal, Head> outcome;
  std::size_t size = 0;
};
ReadHead read_head(std::string_view bytes);

/// Whether a request may be answered at all: the name it was sent to, where it was sent from.
/// `hosts`: "horisont.localhost:8421", "127.0.0.1:8421" …
std::optional<Refusal> judge(const Head&, std::span<const std::string> hosts);

/// What every answer carries besides its own headers.
Fields guarding_headers();

/// The same time for every text of the same length.
bool same_secret(std::string_view, std::string_view);
/// 256 random bits as 64 hexadecimal digits.
std::string random_secret();

}  // namespace horisont::web
