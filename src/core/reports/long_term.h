#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/reports/report_input.h"

namespace horisont {

// The sample of leavers that are asked six months after leaving: it has to stand for all of them by status, age and education.

/// The groups that a leaver belongs to, as words of "long-term.group.<word>".
struct LongTermGroups {
  std::string status;     ///< unemployed, inactive, employed
  std::string age;        ///< on entry: age-0-24, age-25-54, age-55; ESF+ age-0-17, age-18-29, age-30-54, age-55
  std::string education;  ///< isced-0, isced-1-2, isced-3-4, isced-5-8; ESF+ isced-0-2 and the last two
};
/// Nothing for somebody who has not left by the day, or whose record is not complete: no part of the frame.
std::optional<LongTermGroups> long_term_groups(const Participation&, Framework, const IndicatorTerms&);

/// A sample that was drawn: references of the frame, and of those drawn in the order of the draw.
struct LongTermSample {
  std::string id, method, seed, checkpoint, digest, drawn_at;
  std::vector<std::string> frame, drawn;
};

/// chi-square of observed against expected shares, in thousandths, half up; corrected for what a sample takes of a finite frame.
/// A group that is empty in the frame is left out.
std::int64_t chi_square_thousandths(const std::vector<std::int64_t>& frame, const std::vector<std::int64_t>& sample);
/// What chi-square exceeds by chance one time in twenty, in thousandths; 1 to 4 degrees of freedom.
std::int64_t chi_square_limit(std::size_t degrees);
/// Half of the interval around a share with 95 % confidence, in hundredths of a percentage point, up: the normal approximation with
/// finite-population correction; where all or none say yes, three by the number of answers.
std::int64_t margin_hundredths(std::int64_t population, std::int64_t answers, std::int64_t yes);

/// Plan, how well sample and answers stand for the frame, the sample, and the estimates from its answers so far.
Report long_term_sample(const ReportInput&, Framework, const LongTermSample&);

}  // namespace horisont
