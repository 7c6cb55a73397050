#pragma once

#include <string>
#include <string_view>

#include "app/import_file.h"

namespace horisont {

/// How a draft is to be read, as it is kept with it: a line for each choice that was made.
std::string request_text(const ImportRequest&);
/// Lays what such a text says into a request. The text is our own: one that cannot be read is a fault of the program.
void read_request(std::string_view text, ImportRequest&);

}  // namespace horisont
