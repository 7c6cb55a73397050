#pragma once

#include "app/table.h"
#include "web/site.h"

namespace horisont::web {

/// What of a table is drawn: rows with a bar for each of `values`, in the order of the table.
struct Chart {
  std::string id, title;            ///< `id` is the page's own, for who hears the picture
  std::vector<std::string> labels;  ///< keys of the columns whose words name a row
  std::vector<std::string> values;  ///< keys of columns of numbers, at most four
  std::size_t most_rows = 20;       ///< more are left out, and the picture says so
};

/// Lying bars with their numbers beside them, and one sentence that says the same. Nothing where fewer than two rows have a
/// number above 0. It stands beside its table: what it shows is there too.
Html bar_chart(const Visit&, const Table&, const Chart&);

/// The picture of a report's sheet, where people would rather look: indicators beside their targets, outcomes, projects side by
/// side.
Html sheet_chart(const Visit&, const Table& sheet, const std::string& title);

}  // namespace horisont::web
