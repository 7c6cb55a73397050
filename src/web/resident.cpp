#include "web/resident.h"

#include <malloc.h>
#include <unistd.h>

#include <fstream>

namespace horisont::web {
namespace {

constexpr std::int64_t growth = 8 << 20;

// Bytes of this process in memory; 0 where the machine does not say.
std::int64_t resident() {
  std::ifstream pages("/proc/self/statm");
  std::int64_t all = 0, here = 0;
  pages >> all >> here;
  return here * sysconf(_SC_PAGESIZE);
}

}  // namespace

void Resident::give_back() {
  if (resident() < kept_ + growth) return;
  malloc_trim(0);
  kept_ = resident();
}

}  // namespace horisont::web
