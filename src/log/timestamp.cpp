#include "log/timestamp.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <algorithm>
#include <new>
#include <vector>

namespace tlog {

namespace {

template <class T>
using Held = std::unique_ptr<T, void (*)(T*)>;

constexpr std::size_t most_bytes = 48'000;  // a token's line in an export stays under 64 KiB

// DER, all of it.
template <class T>
Held<T> from_der(std::string_view bytes, T* (*read)(T**, const unsigned char**, long), void (*release)(T*)) {
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  const auto* const end = at + bytes.size();
  if (bytes.size() > most_bytes) return {nullptr, release};
  Held<T> found(read(nullptr, &at, static_cast<long>(bytes.size())), release);
  if (!found) ERR_clear_error();
  if (found && at != end) found.reset();
  return found;
}

template <class T>
std::string to_der(T* thing, int (*write)(const T*, unsigned char**)) {
  const int size = write(thing, nullptr);
  if (size <= 0) throw std::bad_alloc();
  std::string bytes(static_cast<std::size_t>(size), '\0');
  auto* at = reinterpret_cast<unsigned char*>(bytes.data());
  write(thing, &at);
  return bytes;
}

Held<PKCS7> token_from(std::string_view bytes) { return from_der<PKCS7>(bytes, d2i_PKCS7, PKCS7_free); }
Held<TS_REQ> request_from(std::string_view bytes) { return from_der<TS_REQ>(bytes, d2i_TS_REQ, TS_REQ_free); }

std::optional<Digest> digest_in(TS_MSG_IMPRINT* imprint) {
  const ASN1_OCTET_STRING* bytes = TS_MSG_IMPRINT_get_msg(imprint);
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  if (OBJ_obj2nid(algorithm) != NID_sha256 || ASN1_STRING_length(bytes) != 32) return std::nullopt;
  Digest digest{};
  std::copy_n(ASN1_STRING_get0_data(bytes), 32, digest.begin());
  return digest;
}

std::optional<TimeStamp> stamp_in(PKCS7* token) {
  const Held<TS_TST_INFO> info(PKCS7_type_is_signed(token) ? PKCS7_to_TS_TST_INFO(token) : nullptr, TS_TST_INFO_free);
  if (!info) return ERR_clear_error(), std::nullopt;
  const auto imprint = digest_in(TS_TST_INFO_get_msg_imprint(info.get()));
  tm time{};
  if (!imprint || !ASN1_TIME_to_tm(TS_TST_INFO_get_time(info.get()), &time)) return ERR_clear_error(), std::nullopt;
  TimeStamp stamp{*imprint, timegm(&time), {}};
  const Held<STACK_OF(X509)> signers(PKCS7_get0_signers(token, nullptr, 0), [](STACK_OF(X509) * all) { sk_X509_free(all); });
  if (signers && sk_X509_num(signers.get()) == 1) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(sk_X509_value(signers.get(), 0), &der);
    if (size > 0) stamp.by = hex(sha256({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)})).substr(0, 16);
    OPENSSL_free(der);
  }
  ERR_clear_error();
  return stamp;
}

using Certificates = std::vector<Held<X509>>;

// A certificate is judged as of the stamp's own time: an authority's lasts some years, what it stamped lasts longer.
X509_STORE* store_of(const Certificates& trusted, std::int64_t time) {
  X509_STORE* store = X509_STORE_new();
  if (!store) throw std::bad_alloc();
  for (const Held<X509>& certificate : trusted) X509_STORE_add_cert(store, certificate.get());
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), static_cast<time_t>(time));
  return store;
}

bool holds(const Certificates& trusted, PKCS7* token, std::int64_t time, TS_VERIFY_CTX* context) {
  TS_VERIFY_CTX_add_flags(context, TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(context, store_of(trusted, time));  // released with the context
  const bool good = TS_RESP_verify_token(context, token) == 1;
  ERR_clear_error();
  return good;
}

}  // namespace

std::string timestamp_request(const Digest& imprint) {
  const Held<TS_REQ> request(TS_REQ_new(), TS_REQ_free);
  const Held<TS_MSG_IMPRINT> print(TS_MSG_IMPRINT_new(), TS_MSG_IMPRINT_free);
  const Held<X509_ALGOR> algorithm(X509_ALGOR_new(), X509_ALGOR_free);
  std::string random = random_bytes(8);
  random[0] = static_cast<char>((random[0] & 0x3F) | 0x40);  // positive, no leading zero
  Digest bytes = imprint;
  const Held<BIGNUM> number(BN_bin2bn(reinterpret_cast<const unsigned char*>(random.data()), 8, nullptr), BN_free);
  const Held<ASN1_INTEGER> nonce(BN_to_ASN1_INTEGER(number.get(), nullptr), ASN1_INTEGER_free);
  if (!request || !print || !algorithm || !nonce ||
      !X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) ||
      !TS_MSG_IMPRINT_set_algo(print.get(), algorithm.get()) || !TS_MSG_IMPRINT_set_msg(print.get(), bytes.data(), 32) ||
      !TS_REQ_set_version(request.get(), 1) || !TS_REQ_set_msg_imprint(request.get(), print.get()) ||
      !TS_REQ_set_nonce(request.get(), nonce.get()) || !TS_REQ_set_cert_req(request.get(), 1))
    throw std::bad_alloc();
  return to_der<TS_REQ>(request.get(), i2d_TS_REQ);
}

std::optional<Digest> imprint_of_request(std::string_view bytes) {
  const Held<TS_REQ> request = request_from(bytes);
  return request ? digest_in(TS_REQ_get_msg_imprint(request.get())) : std::nullopt;
}

std::optional<TimeStamp> timestamp_from(std::string_view bytes) {
  const Held<PKCS7> token = token_from(bytes);
  return token ? stamp_in(token.get()) : std::nullopt;
}

std::optional<TimeAuthorities> TimeAuthorities::from_pem(std::string_view pem) {
  const Held<BIO> in(BIO_new_mem_buf(pem.data(), static_cast<int>(std::min<std::size_t>(pem.size(), 1 << 20))),
                     [](BIO* bio) { BIO_free(bio); });
  auto found = std::make_shared<Certificates>();
  while (X509* certificate = PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr))
    found->emplace_back(certificate, X509_free);
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (found->empty() || !at_end || pem.size() > (1 << 20)) return std::nullopt;
  TimeAuthorities authorities;
  authorities.certificates_ = std::move(found);
  return authorities;
}

bool TimeAuthorities::signed_for(std::string_view bytes, const Digest& imprint) const {
  const Held<PKCS7> token = token_from(bytes);
  const auto stamp = token ? stamp_in(token.get()) : std::nullopt;
  const Held<TS_VERIFY_CTX> context(TS_VERIFY_CTX_new(), TS_VERIFY_CTX_free);
  auto* copy = static_cast<unsigned char*>(OPENSSL_memdup(imprint.data(), imprint.size()));  // released with the context
  if (!context || !copy) throw std::bad_alloc();
  TS_VERIFY_CTX_set_imprint(context.get(), copy, static_cast<long>(imprint.size()));
  return stamp && stamp->imprint == imprint &&
         holds(*static_cast<const Certificates*>(certificates_.get()), token.get(), stamp->time, context.get());
}

TimeStampReply timestamp_reply(std::string_view bytes, std::string_view request_bytes, const TimeAuthorities& authorities) {
  const auto fails = [](ReplyFault fault) { return TimeStampReply{fault, {}, {}}; };
  const Held<TS_REQ> request = request_from(request_bytes);
  const auto imprint = imprint_of_request(request_bytes);
  if (!imprint || !TS_REQ_get_nonce(request.get())) return fails(ReplyFault::NoRequest);
  const Held<TS_RESP> reply = from_der<TS_RESP>(bytes, d2i_TS_RESP, TS_RESP_free);
  if (!reply) return fails(ReplyFault::NoReply);
  const auto status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(reply.get())));
  if ((status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS) || !TS_RESP_get_token(reply.get()))
    return fails(ReplyFault::NotGranted);
  // What is kept is what is read again from what is kept.
  const std::string kept = to_der<PKCS7>(TS_RESP_get_token(reply.get()), i2d_PKCS7);
  const auto stamp = timestamp_from(kept);
  if (!stamp) return fails(ReplyFault::NoReply);
  const Held<TS_TST_INFO> info(PKCS7_to_TS_TST_INFO(TS_RESP_get_token(reply.get())), TS_TST_INFO_free);
  const ASN1_INTEGER* nonce = info ? TS_TST_INFO_get_nonce(info.get()) : nullptr;
  if (stamp->imprint != *imprint || !nonce || ASN1_INTEGER_cmp(nonce, TS_REQ_get_nonce(request.get())) != 0)
    return fails(ReplyFault::OtherRequest);
  if (!authorities.signed_for(kept, *imprint)) return fails(ReplyFault::NotSigned);
  return {ReplyFault::None, kept, *stamp};
}

}  // namespace tlog
