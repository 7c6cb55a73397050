#include "edge/xlsx/fast_deflate.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <random>
#include <string>
#include <thread>
#include <vector>

namespace horisont {
namespace {

constexpr int raw = -MAX_WBITS;

// Packs through zlib's interface in pieces of any size, as minizip and libzip do.
std::string packed(const std::string& text, std::size_t in_piece, std::size_t out_piece, int window = raw) {
  z_stream s{};
  EXPECT_EQ(deflateInit2(&s, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out;
  std::vector<unsigned char> buffer(out_piece);
  std::size_t at = 0;
  for (int code = Z_OK; code != Z_STREAM_END;) {
    const std::size_t piece = std::min(in_piece, text.size() - at);
    s.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(text.data() + at));
    s.avail_in = static_cast<uInt>(piece);
    s.next_out = buffer.data();
    s.avail_out = static_cast<uInt>(out_piece);
    code = deflate(&s, at + piece == text.size() ? Z_FINISH : Z_NO_FLUSH);
    EXPECT_TRUE(code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR) << code;
    if (code == Z_BUF_ERROR && s.avail_in == piece && s.avail_out == out_piece && piece > 0) break;
    at += piece - s.avail_in;
    out.append(reinterpret_cast<const char*>(buffer.data()), out_piece - s.avail_out);
  }
  EXPECT_EQ(s.total_in, text.size());
  EXPECT_EQ(s.total_out, out.size());
  EXPECT_EQ(deflateEnd(&s), Z_OK);
  return out;
}

std::string unpacked(const std::string& bytes, std::size_t size) {
  std::string out(size + 1, '\0');
  z_stream s{};
  EXPECT_EQ(inflateInit2(&s, raw), Z_OK);
  s.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
  s.avail_in = static_cast<uInt>(bytes.size());
  s.next_out = reinterpret_cast<unsigned char*>(out.data());
  s.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&s, Z_FINISH), Z_STREAM_END);
  out.resize(s.total_out);
  inflateEnd(&s);
  return out;
}

std::string sheet_of(std::size_t cells) {
  std::string text;
  std::mt19937 random(7);
  for (std::size_t i = 0; i < cells; ++i)
    text += "<c r=\"A" + std::to_string(i) + "\"><v>" + std::to_string(random() % 10'000) + "</v></c>";
  return text;
}

TEST(FastDeflate, what_it_packs_is_what_zlib_unpacks_whatever_the_pieces) {
  const FastDeflate fast(true);
  for (const std::size_t cells : {0u, 1u, 5'000u}) {
    const std::string text = sheet_of(cells);
    for (const std::size_t in : {7u, 4'096u, 1u << 20})
      for (const std::size_t out : {64u, 16'384u}) EXPECT_EQ(unpacked(packed(text, in, out), text.size()), text) << cells;
  }
}

TEST(FastDeflate, answers_only_while_it_is_wanted_on_this_thread_and_only_raw_streams) {
  if (!FastDeflate::available()) GTEST_SKIP() << "built without ISA-L";
  const std::string text = sheet_of(100);
  const std::uint64_t before = FastDeflate::answered();
  packed(text, 4'096, 4'096);
  EXPECT_EQ(FastDeflate::answered(), before) << "not asked for";
  {
    const FastDeflate unwanted(false);
    packed(text, 4'096, 4'096);
    EXPECT_EQ(FastDeflate::answered(), before) << "not wanted";
  }
  const FastDeflate fast(true);
  packed(text, 4'096, 4'096, MAX_WBITS);
  EXPECT_EQ(FastDeflate::answered(), before) << "a stream with a head is zlib's";
  std::thread([&] {
    packed(text, 4'096, 4'096);
    EXPECT_EQ(FastDeflate::answered(), 0u) << "another thread";
  }).join();
  packed(text, 4'096, 4'096);
  EXPECT_EQ(FastDeflate::answered(), before + 1);
}

TEST(FastDeflate, says_when_nothing_moves_so_that_callers_stop) {
  const FastDeflate fast(true);
  z_stream s{};
  ASSERT_EQ(deflateInit2(&s, 6, Z_DEFLATED, raw, 8, Z_DEFAULT_STRATEGY), Z_OK);
  unsigned char out[64];
  s.next_out = out;
  s.avail_out = sizeof out;
  EXPECT_EQ(deflate(&s, Z_NO_FLUSH), Z_BUF_ERROR);
  deflateEnd(&s);
}

}  // namespace
}  // namespace horisont
