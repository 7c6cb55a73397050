#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "support/places.h"

/// The public test data: HORISONT_SHARED_DATA, else ../shared/data beside the repository. Nothing when it is not there.
inline std::optional<std::filesystem::path> shared_data() {
  if (const char* named = std::getenv("HORISONT_SHARED_DATA")) {
    if (std::filesystem::is_directory(named)) return std::filesystem::path(named);
    return std::nullopt;
  }
  const auto beside = std::filesystem::path(HORISONT_SOURCE_DIR).parent_path() / "shared" / "data";
  if (std::filesystem::is_directory(beside)) return beside;
  return std::nullopt;
}

/// Skips the test where the data is absent, and fails it there when CI=true: CI must not be green for want of data.
#define NEED_SHARED_DATA(variable)                                                                              \
  const auto variable##_maybe = shared_data();                                                                  \
  if (!variable##_maybe) {                                                                                      \
    const char* ci = std::getenv("CI");                                                                         \
    if (ci && std::string_view(ci) == "true") FAIL() << "shared test data is absent: set HORISONT_SHARED_DATA"; \
    GTEST_SKIP() << "shared test data is absent: set HORISONT_SHARED_DATA to its folder";                       \
  }                                                                                                             \
  const std::filesystem::path variable = *variable##_maybe
