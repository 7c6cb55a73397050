#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/table.h"

namespace horisont {

/// A table as a workbook: its rows as a filtered sheet with real numbers, and a sheet that says what the table is. `value`
/// gives the words of a value that is no number. Nothing when a sheet cannot hold so many rows. Throws FileError.
std::optional<std::string> as_workbook(
    const Table&, const std::string& name, const std::vector<std::pair<std::string, std::string>>& about, Language,
    const std::function<std::string(const Table::Column&, const Table::Value&)>& value);

}  // namespace horisont
