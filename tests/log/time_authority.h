#pragma once

// A time-stamp authority of a test's own: a root certificate, a signer below it, and a clock that says what the test wants.

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "log/timestamp.h"

class TimeAuthority {
 public:
  struct Valid {
    const char *from = "20100101000000Z", *to = "20400101000000Z";
  };
  explicit TimeAuthority(const char* use = "critical,timeStamping") : TimeAuthority(use, Valid()) {}
  TimeAuthority(const char* use, Valid signer)
      : root_key_(made(EVP_EC_gen("P-256"))),
        key_(made(EVP_EC_gen("P-256"))),
        root_(certificate("Rot", root_key_.get(), nullptr, {}, "critical,CA:TRUE", nullptr)),
        certificate_(certificate("Klocka", key_.get(), root_.get(), signer, nullptr, use)) {}

  std::string pem() const {
    const std::unique_ptr<BIO, int (*)(BIO*)> out(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(out.get(), root_.get());
    return all_of(out.get());
  }

  /// A TimeStampResp to a TimeStampReq, given at that second; a refusal when it does not like the request.
  std::string reply(std::string_view request, std::int64_t seconds) const {
    const std::unique_ptr<TS_RESP_CTX, void (*)(TS_RESP_CTX*)> context(TS_RESP_CTX_new(), TS_RESP_CTX_free);
    const std::unique_ptr<ASN1_OBJECT, void (*)(ASN1_OBJECT*)> policy(OBJ_txt2obj("1.2.3.4.1", 1), ASN1_OBJECT_free);
    TS_RESP_CTX_set_signer_cert(context.get(), certificate_.get());
    TS_RESP_CTX_set_signer_key(context.get(), key_.get());
    TS_RESP_CTX_set_signer_digest(context.get(), EVP_sha256());
    TS_RESP_CTX_set_def_policy(context.get(), policy.get());
    TS_RESP_CTX_add_md(context.get(), EVP_sha256());
    TS_RESP_CTX_set_serial_cb(
        context.get(),
        [](TS_resp_ctx*, void*) {
          ASN1_INTEGER* number = ASN1_INTEGER_new();
          ASN1_INTEGER_set(number, 17);
          return number;
        },
        nullptr);
    TS_RESP_CTX_set_time_cb(
        context.get(),
        [](TS_resp_ctx*, void* given, long* second, long* micro) {
          *second = static_cast<long>(*static_cast<std::int64_t*>(given));
          *micro = 0;
          return 1;
        },
        &seconds);
    const std::unique_ptr<BIO, int (*)(BIO*)> in(BIO_new_mem_buf(request.data(), static_cast<int>(request.size())), BIO_free);
    const std::unique_ptr<TS_RESP, void (*)(TS_RESP*)> response(TS_RESP_create_response(context.get(), in.get()), TS_RESP_free);
    const std::unique_ptr<BIO, int (*)(BIO*)> out(BIO_new(BIO_s_mem()), BIO_free);
    if (!response || !i2d_TS_RESP_bio(out.get(), response.get())) throw std::runtime_error("no reply");
    return all_of(out.get());
  }

  std::string token(const tlog::Digest& imprint, std::int64_t seconds) const {
    const std::string request = tlog::timestamp_request(imprint);
    const auto taken = tlog::timestamp_reply(reply(request, seconds), request, *tlog::TimeAuthorities::from_pem(pem()));
    if (taken.fault != tlog::ReplyFault::None) throw std::runtime_error("no token");
    return taken.token;
  }

 private:
  using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
  using Certificate = std::unique_ptr<X509, void (*)(X509*)>;
  static Key made(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

  static std::string all_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
  }

  Certificate certificate(const char* name, EVP_PKEY* key, X509* issuer, Valid valid, const char* basic,
                          const char* use) const {
    Certificate made(X509_new(), X509_free);
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), issuer ? 2 : 1);
    ASN1_TIME_set_string_X509(X509_getm_notBefore(made.get()), valid.from);
    ASN1_TIME_set_string_X509(X509_getm_notAfter(made.get()), valid.to);
    X509_set_pubkey(made.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    X509_set_issuer_name(made.get(), X509_get_subject_name(issuer ? issuer : made.get()));
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer ? issuer : made.get(), made.get(), nullptr, nullptr, 0);
    for (const auto& [id, value] : {std::pair(NID_basic_constraints, basic), std::pair(NID_ext_key_usage, use)}) {
      if (!value) continue;
      X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, id, value);
      X509_add_ext(made.get(), extension, -1);
      X509_EXTENSION_free(extension);
    }
    if (!X509_sign(made.get(), root_key_.get(), EVP_sha256())) throw std::runtime_error("no certificate");
    return made;
  }

  Key root_key_, key_;
  Certificate root_, certificate_;
};
