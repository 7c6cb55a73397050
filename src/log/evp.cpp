#include "log/evp.h"

#include <openssl/evp.h>

#include <new>

namespace tlog {

struct Sha256::Context {
  EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* state = EVP_MD_CTX_new();
  Context() {
    if (!algorithm || !state || !EVP_DigestInit_ex2(state, algorithm, nullptr)) throw std::bad_alloc();
  }
  ~Context() {
    EVP_MD_CTX_free(state);
    EVP_MD_free(algorithm);
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) { EVP_DigestUpdate(context_->state, bytes.data(), bytes.size()); }

Digest Sha256::finish() {
  Digest digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(context_->state, digest.data(), &length);
  EVP_DigestInit_ex2(context_->state, context_->algorithm, nullptr);
  return digest;
}

Digest sha256(std::string_view bytes) {
  thread_local Sha256 context;
  context.add(bytes);
  return context.finish();
}

std::string hex(const Digest& digest) {
  static constexpr char figures[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) text += figures[byte >> 4], text += figures[byte & 15];
  return text;
}

}  // namespace tlog
