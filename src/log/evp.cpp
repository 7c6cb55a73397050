#include "log/evp.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>

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

std::string random_bytes(std::size_t size) {
  const auto draw = [](std::string& bytes) {
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) != 1) throw std::bad_alloc();
  };
  constexpr std::size_t much = std::size_t{64} << 10;
  std::string bytes(size, '\0');
  if (size > much) {
    draw(bytes);
    return bytes;
  }
  // A hundred thousand salts of 32 bytes are drawn by 64 KiB; what was given out is wiped.
  thread_local std::string drawn(much, '\0');
  thread_local std::size_t used = much;
  if (much - used < size) {
    draw(drawn);
    used = 0;
  }
  bytes.assign(drawn, used, size);
  OPENSSL_cleanse(drawn.data() + used, size);
  used += size;
  return bytes;
}

std::string hkdf(std::string_view key, std::string_view salt, std::string_view info, std::size_t size) {
  const std::unique_ptr<EVP_KDF, void (*)(EVP_KDF*)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr), EVP_KDF_free);
  const std::unique_ptr<EVP_KDF_CTX, void (*)(EVP_KDF_CTX*)> context(EVP_KDF_CTX_new(kdf.get()), EVP_KDF_CTX_free);
  std::string out(size, '\0'), digest = "SHA256", k(key), s(salt), i(info);
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), digest.size()),
                                   OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, k.data(), k.size()),
                                   OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, s.data(), s.size()),
                                   OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, i.data(), i.size()),
                                   OSSL_PARAM_construct_end()};
  if (!context || EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char*>(out.data()), size, parameters) != 1)
    throw std::bad_alloc();
  return out;
}

namespace {

using PKey = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
using MdContext = std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

PKey private_key(const Digest& seed) {
  PKey key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()), EVP_PKEY_free);
  if (!key) throw std::bad_alloc();
  return key;
}

}  // namespace

PublicKey public_key_of(const Digest& seed) {
  PublicKey key{};
  std::size_t size = key.size();
  if (EVP_PKEY_get_raw_public_key(private_key(seed).get(), key.data(), &size) != 1) throw std::bad_alloc();
  return key;
}

std::string sign(const Digest& seed, std::string_view message) {
  const PKey key = private_key(seed);
  const MdContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes_of(message),
                     message.size()) != 1)
    throw std::bad_alloc();
  return signature;
}

Verifier::Verifier(const PublicKey& key)
    : key_(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()),
           [](void* made) { EVP_PKEY_free(static_cast<EVP_PKEY*>(made)); }) {}

bool Verifier::verify(std::string_view signature, std::string_view message) const {
  if (!key_ || signature.size() != 64) return false;
  const MdContext context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  return context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, static_cast<EVP_PKEY*>(key_.get())) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) == 1;
}

}  // namespace tlog
