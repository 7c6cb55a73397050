#pragma once

#include <string>
#include <vector>

#include "app/report.h"

namespace horisont::web {

/// A report as one HTML file that needs nothing else: its title, notes and every sheet as a table. Identity numbers and addresses are
/// masked, as on the pages.
std::string preview_as_html(const Report&, const std::vector<SheetTable>&, Language);

}  // namespace horisont::web
