#include "edge/xlsx/fast_deflate.h"

#ifdef HORISONT_ISAL

#include <dlfcn.h>
#include <isa-l/igzip_lib.h>
#include <zlib.h>

#include <new>

namespace {

thread_local int scopes = 0;
thread_local std::uint64_t streams = 0;

const char tag = 0;

// zlib's own state begins with a pointer to its z_stream, so the mark tells the two apart.
struct Stream {
  const void* mark = &tag;
  isal_zstream isal{};
  unsigned char work[ISAL_DEF_LVL1_DEFAULT];
};

Stream* ours(z_streamp s) {
  auto* const stream = s ? reinterpret_cast<Stream*>(s->state) : nullptr;
  return stream && stream->mark == &tag ? stream : nullptr;
}

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

__attribute__((visibility("default"))) int deflateInit2_(z_streamp s, int level, int method, int window_bits, int memory,
                                                         int strategy, const char* version, int size) {
  using Function = int(z_streamp, int, int, int, int, int, const char*, int);
  static auto* const zlib = real<Function>("deflateInit2_");
  if (scopes == 0 || !s || method != Z_DEFLATED || window_bits != -MAX_WBITS)
    return zlib(s, level, method, window_bits, memory, strategy, version, size);
  auto* const stream = new (std::nothrow) Stream;
  if (!stream) return Z_MEM_ERROR;
  isal_deflate_init(&stream->isal);
  stream->isal.level = 1;
  stream->isal.level_buf = stream->work;
  stream->isal.level_buf_size = sizeof stream->work;
  s->state = reinterpret_cast<internal_state*>(stream);
  s->total_in = s->total_out = 0;
  s->msg = nullptr;
  ++streams;
  return Z_OK;
}

__attribute__((visibility("default"))) int deflate(z_streamp s, int flush) {
  static auto* const zlib = real<int(z_streamp, int)>("deflate");
  Stream* const stream = ours(s);
  if (!stream) return zlib(s, flush);
  isal_zstream& z = stream->isal;
  z.next_in = s->next_in;
  z.avail_in = s->avail_in;
  z.next_out = s->next_out;
  z.avail_out = s->avail_out;
  z.end_of_stream = flush == Z_FINISH;
  z.flush = flush == Z_FULL_FLUSH ? FULL_FLUSH : flush == Z_NO_FLUSH || flush == Z_FINISH ? NO_FLUSH : SYNC_FLUSH;
  if (isal_deflate(&z) != COMP_OK) return Z_STREAM_ERROR;
  const uInt taken = s->avail_in - z.avail_in, given = s->avail_out - z.avail_out;
  s->next_in = z.next_in;
  s->avail_in = z.avail_in;
  s->total_in += taken;
  s->next_out = z.next_out;
  s->avail_out = z.avail_out;
  s->total_out += given;
  if (flush == Z_FINISH && z.internal_state.state == ZSTATE_END) return Z_STREAM_END;
  // Callers loop until Z_BUF_ERROR says that nothing moves any more.
  return taken || given ? Z_OK : Z_BUF_ERROR;
}

__attribute__((visibility("default"))) int deflateEnd(z_streamp s) {
  static auto* const zlib = real<int(z_streamp)>("deflateEnd");
  Stream* const stream = ours(s);
  if (!stream) return zlib(s);
  delete stream;
  s->state = nullptr;
  return Z_OK;
}

}  // extern "C"

namespace horisont {
FastDeflate::FastDeflate(bool wanted) : wanted_(wanted) { scopes += wanted_; }
FastDeflate::~FastDeflate() { scopes -= wanted_; }
bool FastDeflate::available() { return true; }
std::uint64_t FastDeflate::answered() { return streams; }
}  // namespace horisont

#else

namespace horisont {
FastDeflate::FastDeflate(bool wanted) : wanted_(wanted) {}
FastDeflate::~FastDeflate() = default;
bool FastDeflate::available() { return false; }
std::uint64_t FastDeflate::answered() { return 0; }
}  // namespace horisont

#endif
