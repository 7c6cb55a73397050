#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

// The only includer of OpenSSL in the program.
namespace tlog {

using Digest = std::array<std::uint8_t, 32>;

/// SHA-256 in pieces; the context is reused by `finish`.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void add(std::string_view bytes);
  Digest finish();  ///< and starts anew

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

Digest sha256(std::string_view bytes);
std::string hex(const Digest&);

}  // namespace tlog
