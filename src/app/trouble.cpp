#include "app/trouble.h"

#include "edge/files/files.h"
#include "edge/store/store.h"

namespace horisont {

std::optional<ToldTrouble> trouble_of(const std::exception& error) {
  if (const auto* file = dynamic_cast<const FileError*>(&error))
    return ToldTrouble{file->fault() == FileError::Fault::Unreadable ? 3 : 74, file->message()};
  if (const auto* store = dynamic_cast<const StoreError*>(&error)) {
    switch (store->kind()) {
      case StoreError::Kind::Foreign:
      case StoreError::Kind::Newer:
        return ToldTrouble{3, store->message()};
      case StoreError::Kind::Damaged:
        return ToldTrouble{4, store->message()};
      case StoreError::Kind::ReadOnly:
        return ToldTrouble{5, store->message()};
      case StoreError::Kind::Busy:
      case StoreError::Kind::Machine:
        return ToldTrouble{74, store->message()};
    }
  }
  // A path that the machine would not even look at.
  if (const auto* system = dynamic_cast<const std::filesystem::filesystem_error*>(&error)) {
    if (system->code() == std::errc::filename_too_long) return ToldTrouble{2, {"file.name-too-long", {system->path1().string()}}};
    return ToldTrouble{74, {"file.machine", {system->path1().string(), error_words(system->code().value())}}};
  }
  return std::nullopt;
}

}  // namespace horisont
