#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/cases/participation.h"
#include "core/rules/decision.h"

namespace horisont {

/// Where a reported minute ends. Each minute ends in exactly one place; where several reasons hold, the first in this
/// order decides (workbooks, section 10).
enum class Reason : std::uint8_t {
  Accepted,
  BeforeEntry,
  AfterExit,
  OutsideProject,
  NotEligible,
  Undecided,
  OverDayLimit,
  OverMonthLimit,
  OverYearLimit,
  OverProjectLimit,
  Overlap,
  Duplicate,
  Absence,
  NotSigned,
  NoEvidence,
  ActivityNotFunded,
  Holiday,           // reports that were made keep the numbers: new ones stand last, and decide after absence
  BesideFixedShare,  // after a holiday
  OverlapElsewhere,  // after an overlap in the project itself: all that is covered is covered by time in another project
  PeriodClosed,      // before all others: it came late and was not let into a month that was filed or closed
  BelowMinimum,      // after all others: what nothing else refuses of a month is less than the call asks for
};
inline constexpr Reason last_reason = Reason::BelowMinimum;
inline constexpr std::size_t reason_count = static_cast<std::size_t>(last_reason) + 1;
std::string_view name_of(Reason);  ///< "accepted", "before_entry", …

/// One time record with what became of its minutes: accepted + refused = reported, always.
struct LedgerLine {
  std::uint32_t record = 0;          ///< index into the time records that were judged
  std::uint16_t accepted = 0;        ///< minutes
  std::uint16_t refused = 0;         ///< minutes
  Reason reason = Reason::Accepted;  ///< of the refused part
};

/// Sums of one participation and month.
struct LedgerCell {
  std::uint32_t person = 0;
  std::int32_t month = 0;                   ///< Month::number()
  std::int64_t reported = 0, accepted = 0;  ///< minutes
  std::int64_t refused() const { return reported - accepted; }
};

/// Time of the same human being in another project of the installation.
struct TimeElsewhere {
  TimeRecord time;   ///< `person` is the one of the records that are judged
  std::string with;  ///< who it is there: "varmlands-framtid D-0003"
  bool counts_first =
      false;  ///< of two stays that start at once, theirs counts as the earlier (the project with the first key)
};

/// A record whose time of day somebody also spends in another project. Said of both projects, refused in one.
struct TwoPlaces {
  std::uint32_t record = 0;     ///< index into the time records that were judged
  std::uint32_t elsewhere = 0;  ///< index into the times elsewhere
  std::uint16_t minutes = 0;    ///< in common
  std::string with;             ///< "varmlands-framtid D-0003 09:00-12:00"
};

struct Ledger {
  std::vector<LedgerLine> lines;                     ///< ordered as the records
  std::vector<LedgerCell> cells;                     ///< ordered by person, month
  std::vector<TwoPlaces> two_places;                 ///< ordered by record
  std::array<std::int64_t, reason_count> minutes{};  ///< minutes by reason; [Accepted] is what is funded
  std::int64_t reported() const;
  std::span<const TwoPlaces> two_places_of(std::uint32_t record) const;
};

/// Judges every time record against the participation's own days, the operation, the verdict, the caps of the programme on
/// that day, and the person's other records. Pure and linear: records may come in any order and are not changed.
/// `participations` and `decisions` are joined by person; somebody without a participation cannot be decided.
///
/// A record has one reason. That it came late to a closed month is the first. Days, operation, verdict, repetition, absence,
/// signature and activity refuse all of it; an overlap refuses the minutes that an earlier stay of the same day already covers,
/// here or in another project (stays that only touch do not overlap, one without an end is still going on; time that only
/// another project covers has a reason of its own); the caps of day, month, calendar year and project refuse the minutes above
/// them, counted over what nothing else refuses. Of two causes that each refuse a part, the first in the order of Reason is
/// named. Where a call asks for a least time of a participant's month, what is left of a month with less is refused, and uses up
/// no cap of year or project. What of a day is "earlier" follows from the times of day, then from the project's key and the place in the files,
/// never from the order in which the records come. Monthly totals have no day: they are inside when any day of the month is,
/// and neither overlap nor reach a day's cap.
Ledger ledger(std::span<const TimeRecord> records, std::span<const Participation> participations,
              std::span<const Decision> decisions, const ProjectTerms& project, const ProgrammeTerms& programme,
              std::span<const TimeElsewhere> elsewhere = {});

}  // namespace horisont
