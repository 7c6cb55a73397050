#pragma once

#include <string>
#include <string_view>

namespace horisont {

/// How sure we are of a dated value. What is not read in its source is shown to the user as
/// "overifierad / unverified" wherever it is used.
enum class Confidence { Verified, Secondary, UnverifiedDefault };
inline std::string_view name_of(Confidence confidence) {
  constexpr std::string_view names[] = {"verified", "secondary", "unverified"};
  return names[static_cast<std::size_t>(confidence)];
}

/// Where a value comes from: regulation and article, call, decision, page; and how sure we are of it.
struct Citation {
  std::string text;
  Confidence confidence = Confidence::UnverifiedDefault;
  friend bool operator==(const Citation&, const Citation&) = default;
};

}  // namespace horisont
