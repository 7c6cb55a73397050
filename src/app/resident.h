#pragma once

#include <atomic>
#include <cstdint>

namespace horisont {

/// Lists of a hundred thousand people are worked out in several times the memory that they are kept in. A program that stays gives it
/// back when it has grown: after an answer, when nobody waits for it. May be used by many threads.
class Resident {
 public:
  void give_back();

 private:
  std::atomic<std::int64_t> kept_ = 0;  // bytes, after it was given back the last time
};

/// At once: after long work that read much. May be used by many threads.
void give_memory_back();

}  // namespace horisont
