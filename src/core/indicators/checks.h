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
  /// Numbers that are estimated and not counted: they go before the persons.
  std::map<std::string, std::array<std::int64_t, 4>, std::less<>> estimated;
  const std::vector<std::uint32_t>& of(std::string_view code, Column) const;
  std::int64_t number(std::string_view code, Column) const;
};

/// Counts everything of a framework (YEI: its own and those of Esf2014). `year`: only those whose reference day is in it.
IndicatorValues count_indicators(Framework, std::span<const Participation>, const IndicatorTerms&,
                                 std::optional<int> year = std::nullopt);

/// The estimate that an indicator is reported with on a day, or in a year: the newest one; null: it is counted.
const IndicatorEstimate* estimate_of(std::string_view code, std::span<const IndicatorEstimate>, Date as_of,
                                     std::optional<int> year = std::nullopt);
/// Puts the estimates of the framework's indicators in the place of what was counted.
void put_estimates(IndicatorValues&, Framework, std::span<const IndicatorEstimate>, Date as_of, std::optional<int> year = std::nullopt);
/// The number of a base ("CO01 + CO03"); of all complete records where it names none.
std::int64_t base_number(const IndicatorValues&, std::string_view base, Column);

/// What a target says of a column; nothing where it is not split.
std::optional<std::int64_t> target_in(const IndicatorTarget&, Column);
/// The target of an indicator; null: none.
const IndicatorTarget* target_of(std::string_view code, std::span<const IndicatorTarget>);
/// How much of a target is reached: values over target, or of a percentage value × 100 over base × target. A target of 0 has none.
struct Achieved {
  std::string indicator;
  Column column;
  std::int64_t numerator = 0, denominator = 0;
};
std::optional<Achieved> achieved(const Indicator&, const IndicatorTarget&, const IndicatorValues&, Column);

/// What a check found. `left` and `right` are the two sides; of a check of each participant, how many were asked and how many
/// agree.
struct IndicatorCheck {
  enum class Found : std::uint8_t { Agrees, Differs, NotTested };
  std::string id;  ///< "A1", "P9", "G13"
  Level level = Level::Error;
  std::string formula;           ///< "EECO02 + EECO04 + EECO05 = EECO01"; for people: check_words
  std::optional<Column> column;  ///< none: each participant
  std::optional<std::int64_t> left, right;
  Found result = Found::Agrees;
  std::vector<std::uint32_t> persons;  ///< who disagree
  std::string cells;                   ///< which cells disagree: "CO01 women 3"
};

/// A formula, or the cells that disagree, as people read them: groups, columns and facts by their words.
Bilingual check_words(std::string_view);

/// A formula over values: codes and whole numbers, " + " between them, and one of " = " and " ≤ ".
IndicatorCheck check_formula(std::string id, Level, std::string formula, const IndicatorValues&, Column);

/// The checks of aggregates (A, G) on values, as they are or as somebody has changed them; `before`: those of a year earlier.
std::vector<IndicatorCheck> check_values(Framework, const IndicatorValues&, const IndicatorValues& before,
                                         std::span<const IndicatorValues> years);
/// G10: the rows of the parts of an operation add up to the whole; not tested where it has no parts.
IndicatorCheck check_parts(Framework, const IndicatorValues&, std::span<const IndicatorValues> parts);
/// G11: every achievement ratio is the value over its target, multiplied out anew; not tested where there are no targets.
IndicatorCheck check_ratios(Framework, const IndicatorValues&, std::span<const IndicatorTarget>, std::span<const Achieved>);
/// The checks of each participant (A, P).
std::vector<IndicatorCheck> check_participants(Framework, std::span<const Participation>, const ProjectTerms&,
                                               const IndicatorTerms&);

}  // namespace horisont
