#pragma once

#include <functional>

#include "edge/demo/demo.h"
#include "edge/demo/manifest.h"
#include "edge/demo/people.h"

namespace horisont::demo {

/// What the three projects are written into.
struct Workshop {
  std::filesystem::path folder;
  Manifest& manifest;
  Registry& registry;
  Lottery& lottery;
  DemoInputs& inputs;
  const std::function<void(const std::string&)>& progress;

  /// Notes a file as written, in the order of reading in.
  void written(const std::string& project, const std::string& kind, const std::string& file, bool excel,
               const std::string& month = {});
};

// One function for each project; each gives its people in the order of reading in.
std::vector<Participant> make_ung_horisont(Workshop&);
/// `elsewhere`: somebody of the other project who takes part in this one on the same days.
std::vector<Participant> make_varmlands_framtid(Workshop&, const Participant& elsewhere);
std::vector<Participant> make_varmlands_unga(Workshop&);

/// The story of those who are in two projects at once.
inline constexpr const char* in_two_projects = "takes part in another project on the same days";

// Shared by the three.
std::vector<const Participant*> pointers(const std::vector<Participant>& people);
/// Registers grow at the bottom.
void sort_by_entry(std::vector<Participant*>& people);

}  // namespace horisont::demo
