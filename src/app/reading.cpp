#include "app/reading.h"

#include "edge/spreadsheet/apart.h"

namespace horisont {

void read_in_second_run() {
#ifndef __SANITIZE_ADDRESS__
  read_workbooks_in({{"/proc/self/exe", reading_word}});
#endif
}

int be_second_run() { return serve_reading_child(); }

}  // namespace horisont
