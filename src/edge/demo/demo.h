#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/values/date.h"

namespace horisont {

/// One file of the made-up inputs, in the order in which it is to be read in.
struct DemoFile {
  std::string project;  ///< key
  std::string kind;     ///< "participants", "attendance", …
  std::filesystem::path path;
  std::string month;  ///< yyyy-mm where the sheet has no year, else empty
};

struct DemoInputs {
  std::vector<DemoFile> files;
  std::filesystem::path manifest;  ///< D/manifest.json: every fault planted, with file, sheet, cell and expected code
};

/// Makes the inputs of the three projects below `folder`. Deterministic: the same seed gives the same bytes. Shares no
/// code with the checks that read them.
DemoInputs make_demo_inputs(const std::filesystem::path& folder, std::uint64_t seed,
                            const std::function<void(const std::string& what)>& progress);

}  // namespace horisont
