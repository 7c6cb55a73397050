#pragma once

#include <cstdint>

namespace horisont {

/// While one lives, the raw deflate streams that this thread opens are answered by Intel's ISA-L, four times as fast and 1.25
/// times as large as zlib's. libxlsxwriter packs with zlib and offers no setting, so `deflateInit2_`, `deflate` and
/// `deflateEnd` are defined here and come before the library's own; all other streams go on to it. Where ISA-L was not found
/// when the program was built, this does nothing.
class FastDeflate {
 public:
  explicit FastDeflate(bool wanted);
  ~FastDeflate();
  FastDeflate(const FastDeflate&) = delete;
  FastDeflate& operator=(const FastDeflate&) = delete;

  static bool available();
  /// Streams answered so far on this thread: a change in linking would otherwise lose the speed without a word.
  static std::uint64_t answered();

 private:
  bool wanted_;
};

}  // namespace horisont
