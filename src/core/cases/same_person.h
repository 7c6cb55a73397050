#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/values/moment.h"

namespace horisont {

/// A participant of a project of the installation.
struct OfProject {
  std::string project;  ///< key
  std::uint32_t person = 0;
  friend auto operator<=>(const OfProject&, const OfProject&) = default;
};

/// What somebody answered when asked whether two are one person, as it is kept. Nobody is joined by it: who are one is put right
/// in the register. The newest answer about two holds, whichever of the two it was given about.
struct SamePersonAnswer {
  enum class Said { Same, Different, Open };  ///< Open takes an earlier answer back
  std::uint32_t number = 0;                   ///< given by the store; later answers have greater numbers
  OfProject one, other;                       ///< `one` is of the project that was asked
  Said said = Said::Open;
  std::string signs;  ///< what spoke for it then: the name of a likeness
  std::string reason, actor, role;
  Moment at = Moment::of_seconds(0);

  std::pair<OfProject, OfProject> pair() const { return one < other ? std::pair(one, other) : std::pair(other, one); }
};

/// "same", "different", "open"
constexpr std::string_view name_of(SamePersonAnswer::Said said) {
  constexpr std::string_view names[] = {"same", "different", "open"};
  return names[static_cast<std::size_t>(said)];
}

}  // namespace horisont
