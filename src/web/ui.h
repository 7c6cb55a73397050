#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "core/values/date.h"
#include "core/values/message.h"
#include "core/values/moment.h"

namespace horisont {

struct UiOptions {
  std::filesystem::path home, share;
  std::string account;
  Language language = Language::Swedish;
  std::function<Date()> today;
  std::function<Moment()> now;
  int port = 8421;
  bool browser = true;
  bool service = false;  ///< goes on without requests, until it is told to stop; otherwise it ends after 12 hours without one
  std::ostream* out = nullptr;       ///< the address
  std::ostream* messages = nullptr;  ///< what to do with it
};

/// Serves the pages until they are closed; where they are served already, says so and opens them anew. Gives the exit status.
/// Throws StoreError and FileError.
int serve_pages(const UiOptions&);

/// One-time addresses of pages that are served already, one for each path; empty when nobody serves.
std::vector<std::string> page_links(const std::filesystem::path& home, const std::vector<std::string>& paths, bool long_valid);

}  // namespace horisont
