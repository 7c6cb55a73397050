#include "app/resident.h"

#include <malloc.h>

#include <fstream>
#include <string>

namespace horisont {
namespace {

constexpr std::int64_t growth = 8 << 20;

// Bytes of this process in memory; 0 where the machine does not say.
std::int64_t resident() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word != "VmRSS:") continue;
    std::int64_t kib = 0;
    status >> kib;
    return kib * 1024;
  }
  return 0;
}

}  // namespace

void give_memory_back() { malloc_trim(0); }

void Resident::give_back() {
  if (resident() < kept_ + growth) return;
  give_memory_back();
  kept_ = resident();
}

}  // namespace horisont
