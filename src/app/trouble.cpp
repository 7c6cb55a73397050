#include "app/trouble.h"

#include "edge/files/files.h"
#include "edge/store/store.h"

namespace horisont {

std::optional<Trouble> trouble_of(const std::exception& error) {
  if (const auto* file = dynamic_cast<const FileError*>(&error))
    return Trouble{file->fault() == FileError::Fault::Unreadable ? 3 : 74, file->message()};
  if (const auto* store = dynamic_cast<const StoreError*>(&error)) {
    switch (store->kind()) {
      case StoreError::Kind::Foreign:
      case StoreError::Kind::Newer:
        return Trouble{3, store->message()};
      case StoreError::Kind::Damaged:
        return Trouble{4, store->message()};
      case StoreError::Kind::Busy:
      case StoreError::Kind::Machine:
        return Trouble{74, store->message()};
    }
  }
  return std::nullopt;
}

}  // namespace horisont
