#pragma once

#include <exception>
#include <optional>

#include "core/values/message.h"

namespace horisont {

/// A failure of disk or database as a person hears it, with the exit status (interface, 12.5) that stands for it.
struct ToldTrouble {
  int status;
  Message message;
};
/// Nothing for an exception that is our own fault.
std::optional<ToldTrouble> trouble_of(const std::exception&);

}  // namespace horisont
