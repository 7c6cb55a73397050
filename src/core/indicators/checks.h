#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/indicators/indicators.h"
#include "core/values/finding.h"

namespace horisont {

/// A column of the funds' tables.
enum class Column : std::uint8_t { Total, Men, Women, NonBinary };
inline constexpr std::array<Column, 4> all_columns{Column::Total, Column::Men, Column::Women, Column::NonBinary};
std::string_view name_of(Column);  ///< "total", "men", "women", "non_binary"

/// Who was counted, by code and column, in the order of the participations. Beside the indicators: COMPLETE (complete
/// records), GRAND (all who entered), ENTRIES, EXITS and DISADVANTAGED (among the complete), and the sums that the Commission's
/// system reserves, "EECO02+04", as one group.
class IndicatorValues {
 public:
  std::map<std::string, std::array<std::vector<std::uint32_t>, 4>, std::less<>> persons;
  const std::vector<std::uint32_t>& of(std::string_view code, Column) const;
  std::int64_t number(std::string_view code, Column column) const { return std::ssize(of(code, column)); }
};

/// Counts everything of a framework (YEI: its own and those of Esf2014). `year`: only those whose reference day is in it.
IndicatorValues count_indicators(Framework, std::span<const Participation>, const IndicatorTerms&,
                                 std::optional<int> year = std::nullopt);

/// What a check found. `left` and `right` are the two sides; of a check of each participant, how many were asked and how many
/// agree.
struct IndicatorCheck {
  enum class Found : std::uint8_t { Agrees, Differs, NotTested };
  std::string id;  ///< "A1", "P9", "G13"
  Level level = Level::Error;
  std::string formula;           ///< "EECO02 + EECO04 + EECO05 = EECO01"
  std::optional<Column> column;  ///< none: each participant
  std::optional<std::int64_t> left, right;
  Found result = Found::Agrees;
  std::vector<std::uint32_t> persons;  ///< who disagree
  std::string cells;                   ///< which cells disagree: "CO01 women 3"
};

/// A formula over values: codes and whole numbers, " + " between them, and one of " = " and " ≤ ".
IndicatorCheck check_formula(std::string id, Level, std::string formula, const IndicatorValues&, Column);

/// The checks of aggregates (A, G) on values, as they are or as somebody has changed them; `before`: those of a year earlier.
std::vector<IndicatorCheck> check_values(Framework, const IndicatorValues&, const IndicatorValues& before,
                                         std::span<const IndicatorValues> years);
/// The checks of each participant (A, P).
std::vector<IndicatorCheck> check_participants(Framework, std::span<const Participation>, const ProjectTerms&,
                                               const IndicatorTerms&);

}  // namespace horisont
