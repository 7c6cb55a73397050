#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

// With timestamp.cpp the only includer of OpenSSL in the program.
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

/// `size` bytes that nobody can guess. Throws std::bad_alloc when the machine gives none.
std::string random_bytes(std::size_t size);

/// RFC 5869 with SHA-256; at most 8160 bytes.
std::string hkdf(std::string_view key, std::string_view salt, std::string_view info, std::size_t size);

// Ed25519 (RFC 8032). A seed is the private key of 32 bytes.
using PublicKey = std::array<std::uint8_t, 32>;
PublicKey public_key_of(const Digest& seed);
std::string sign(const Digest& seed, std::string_view message);  ///< 64 bytes

/// A public key that is ready to check many signatures.
class Verifier {
 public:
  explicit Verifier(const PublicKey&);
  bool verify(std::string_view signature, std::string_view message) const;

 private:
  std::shared_ptr<void> key_;
};

}  // namespace tlog
