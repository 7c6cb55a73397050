#pragma once

namespace dmn::feel {

/// Thrown when an evaluation asks for more than it may: depth, steps, memory, or time for a pattern. The library's edge turns
/// it into a message.
struct LimitReached {
  const char* what;
};

}  // namespace dmn::feel
