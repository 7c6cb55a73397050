#include "core/values/texts.h"

namespace horisont {

std::span<const Text> texts_cli() { return {}; }

}  // namespace horisont
