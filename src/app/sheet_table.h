#pragma once

#include <string>

#include "app/table.h"
#include "core/reports/sheet.h"

namespace horisont {

/// A report's sheet as a table for programs: a column for the row's role and one for each field; times in minutes, amounts in
/// öre, shares as "67/269".
Table sheet_table(const Sheet&, Language);

/// A share with one decimal: "33,9 %".
Message share_words(Ratio);

/// What `report preview` gives to programs: the report's particulars, its sheets (all, or the one named; "rows" and
/// "checks" as "sheet_rows" and "sheet_checks") and its checks.
std::string preview_as_json(const Report&, const std::string& only_sheet, Language);

}  // namespace horisont
