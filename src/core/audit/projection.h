#pragma once

#include <cstdint>
#include <vector>

#include "core/values/money.h"
#include "core/values/result.h"

// How large a sample of expenditure must be, and what its errors say of the whole. The formulas are those of the Commission's
// guidance on sampling (EGESIF_16-0014-01) and unverified; the check values of the tests come with them.

namespace horisont {

/// z of the two-sided confidence levels, in thousandths.
enum class ConfidenceLevel : std::uint16_t { Percent60 = 842, Percent70 = 1036, Percent80 = 1282, Percent90 = 1645 };

/// Above this error rate expenditure is qualified: 2 % (Regulation 480/2014, article 28; Regulation 2023/67).
inline constexpr std::int64_t materiality_percent = 2;
/// 2 % of the book value, whole öre down.
Money tolerable_error(Money book);

/// Monetary units: (z * book * spread / (tolerable - anticipated))^2, up. `spread_millionths`: the standard deviation of the
/// error rates; without spread the size is 0. Refuses a plan without room between the errors, negative amounts, more than 10^15
/// öre, and a size of 2^32 or more.
Result<std::uint64_t> size_of_money_sample(Money book, ConfidenceLevel, std::uint32_t spread_millionths, Money tolerable,
                                           Money anticipated);
/// Simple random: (units * z * spread / (tolerable - anticipated))^2, up. `spread`: the standard deviation of the errors.
Result<std::uint64_t> size_of_simple_sample(std::uint32_t units, ConfidenceLevel, Money spread, Money tolerable, Money anticipated);

/// How many must answer so that a share among `population` leavers is told with 95 % confidence within `points` percentage
/// points (3 for ESF+, 2 in the guidance of 2014–2020, unverified): n0 / (1 + (n0 - 1) / population) up, n0 = 1.96^2 / 4 /
/// points^2. `points` from 1 on.
std::uint64_t answers_needed(std::uint32_t population, std::uint32_t points);
/// How many to ask when so many percent are expected to answer, 1 to 100: never more than there are.
std::uint64_t people_to_ask(std::uint32_t population, std::uint64_t answers, std::uint32_t response_percent);

/// An audited unit: 0 <= error <= value, value above 0.
struct Audited {
  Money value, error;
};

enum class AuditVerdict { Accept, MoreWork, Qualify };
/// Accept when the upper limit is within the tolerable error, qualify when the error itself is above it.
AuditVerdict audit_verdict(Money projected, Money upper_limit, Money tolerable);

/// What the sample says of the whole; öre, half up. Units picked by judgement do not belong in it.
struct Projection {
  Money projected;                              ///< EE
  Money precision;                              ///< SE
  Money upper_limit;                            ///< ULE = EE + SE
  Money tolerable;                              ///< TE
  Money projected_by_ratio;                     ///< simple random only: EE by the ratio of the errors to the values
  std::int64_t rate_hundredths_of_percent = 0;  ///< EE of the book value
  AuditVerdict verdict = AuditVerdict::MoreWork;
};

/// `drawn` are the units below the interval, `drawn_book` the book value of all units below it. Error rates are kept to 10^-12.
/// Refuses one drawn unit (it has no spread), a unit as `Audited` does not allow, a book value below what was audited, and
/// more than a million units or 10^15 öre.
Result<Projection> project_money_sample(Money book, const std::vector<Audited>& exhaustive, Money drawn_book,
                                        const std::vector<Audited>& drawn, ConfidenceLevel);
Result<Projection> project_simple_sample(Money book, std::uint32_t units, const std::vector<Audited>& drawn, ConfidenceLevel);

}  // namespace horisont
