#pragma once

#include <string>
#include <vector>

#include "edge/import/job.h"

namespace horisont {

// Rows below the heading of a sheet with days as columns that are no participant's.

/// Whether the row has nothing but weekdays under the days, as letters or words; their columns.
bool is_row_of_weekdays(const RowView&, const std::vector<ColumnPlan>&, std::vector<std::size_t>& weekdays);

/// Whether a weekday of such a row may be that of a day: a letter alone may be of two.
bool may_be_weekday(const CellView&, int weekday);

/// The words of a row of counts or limits ("Antal närvarande", "Max tim/dag", "Medel"), which stand alone
/// beside the days; empty for any other row.
std::string label_of_counts(const RowView&, const std::vector<ColumnPlan>&);

/// The column, from 1, in which a row says that its cells are when somebody came ("In", "Ankomst") or went ("Ut"); 0: none.
/// `name`: the column of names, from 0, which may be anything.
std::size_t says_in_or_out(const RowView&, const std::vector<ColumnPlan>&, int name);

/// Warns of a weekday that is not the day's (date.other-weekday).
void tell_other_weekday(ImportJob&, const RowView&, std::size_t column, Date, bool date1904);

}  // namespace horisont
