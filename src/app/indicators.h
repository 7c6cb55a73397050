#pragma once

#include <optional>
#include <string>

#include "app/table.h"
#include "app/workspace.h"
#include "core/indicators/indicators.h"

namespace horisont {

/// What the indicators of a project are split by.
enum class IndicatorsBy : std::uint8_t { Nothing, Region, Municipality, School, Subproject };
std::optional<IndicatorsBy> indicators_by(std::string_view);  ///< "region", "municipality", "school", "subproject"

/// The frameworks that a project of a programme reports; `programme`: one of them by its key. Nothing when the project's
/// operations do not report it.
std::vector<Framework> frameworks_of(const ProjectState&, const std::string& programme);

/// Every indicator with code, legal name, value by gender, and the base of results, until the state's day; `year`: of that year
/// only. Counted by core/indicators, as the funds' tables are. Of each group when they are split.
Table indicators_table(const ProjectState&, std::span<const Framework>, std::optional<int> year, IndicatorsBy);

}  // namespace horisont
