#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/http.h"

namespace horisont::web {

/// Where a file of ours is found: its name with a digest of its content, so that it can be kept for a year.
std::string_view asset_path(std::string_view name);
std::optional<Response> asset_response(std::string_view path);

}  // namespace horisont::web
