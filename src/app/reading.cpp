#include "app/reading.h"

#include "edge/spreadsheet/apart.h"

namespace horisont {

void read_in_second_run() {
#ifndef __SANITIZE_ADDRESS__
  read_files_in(ReadingChild{{"/proc/self/exe", reading_word}});
#endif
}

int be_second_run(const std::vector<std::string>& words) { return words.empty() ? serve_reading_child() : serve_text_child(words); }

}  // namespace horisont
