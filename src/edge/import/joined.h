#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "edge/import/heading.h"
#include "edge/import/schemas.h"

namespace horisont {

/// What stands over a column: the lowest level first, then the levels above it, then all of them together.
struct ColumnLevels {
  std::vector<std::string> texts, keys;  ///< as written; in normal form
};

/// Finds the columns that say one field together: a date of birth and the last four figures are a number; a year and a month are a month; crosses under the
/// words of a list ("Kön / K" and "Kön / M", or "Kvinna" and "Man" side by side with nothing but crosses below) are a choice.
/// `body` are the rows below the heading that are known already. The fields of a joined column's other parts are cleared, but
/// for a date of birth that is a field of its own.
void join_columns(std::vector<ColumnPlan>& columns, const std::vector<ColumnLevels>& levels, std::span<const HeadRow> body,
                  const ImportSchema&);

/// 08:00 and 12:00 as "08:00-12:00". A word beside nothing is the day's code; one of the two times alone is no time of the day
/// (half_span), and is left for the reading of the cell to refuse.
std::string span_of_day(const CellView& from, const CellView& to, bool date1904);

/// One of two times alone, as span_of_day and people write it: "09:00-" and "…-12:00".
struct HalfSpan {
  bool has_start = false;
  std::string clock;  ///< the one that stands there
};
std::optional<HalfSpan> half_span(const std::string& text);

/// Whether the column is a day whose time stands as from and to in its two parts ("Från" and "Till" below the day).
bool is_span_of_day(const ColumnPlan&);

/// Lays what the parts of each joined column say into its cell. Its text is added to `texts`. A row in which nothing is to be joined
/// (a heading that is repeated, a note) stays as it is.
void join_cells(std::vector<CellView>& cells, const std::vector<ColumnPlan>& columns, bool date1904, std::deque<std::string>& texts);

}  // namespace horisont
