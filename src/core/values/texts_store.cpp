#include "core/values/texts.h"

namespace horisont {

std::span<const Text> texts_store() { return {}; }

}  // namespace horisont
