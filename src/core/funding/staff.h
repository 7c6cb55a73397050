#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cases/participation.h"
#include "core/cases/terms.h"
#include "core/funding/ledger.h"

namespace horisont {

/// The staff time of one project with the terms that it is judged by.
struct StaffOf {
  const ProjectTerms& project;
  const ProgrammeTerms& programme;
  std::span<const StaffTime> time;
};

/// One row of staff time with what became of its minutes: accepted + refused = reported, always.
struct StaffLine {
  std::uint32_t record = 0;                ///< index into StaffOf::time
  std::int64_t accepted = 0, refused = 0;  ///< minutes
  Reason reason = Reason::Accepted;        ///< of the refused part
};

/// Whom rows of staff time are about: a number of one employer is not the same number of another.
struct StaffMember {
  std::string employer, staff_id;
  friend auto operator<=>(const StaffMember&, const StaffMember&) = default;
};

/// A row whose time of day the member also spends elsewhere; that other stay began first.
struct StaffTwoPlaces {
  std::uint32_t record = 0;  ///< index into StaffOf::time
  std::int64_t minutes = 0;  ///< in common, refused
  std::string with;          ///< "09:00–12:00" of this project, "varmlands-framtid 09:00–12:00" of another
};

struct StaffMonth {
  StaffMember member;
  Month month;
  std::int64_t reported = 0, accepted = 0, refused = 0;  ///< minutes, in this project
  std::int64_t whole_hours = 0;                          ///< of `accepted` in each function, by the programme's rounding and its level
  std::optional<Date> signed_on, approved_on;            ///< the latest, when every row with minutes has one
};

/// A day on which the staff member worked longer than may be funded, over all projects.
struct StaffDayOver {
  StaffMember member;
  Date day;
  std::int64_t everywhere = 0, cap = 0, refused_here = 0;  ///< minutes
};

struct StaffYear {
  StaffMember member;
  int year = 0;
  /// Hundredths of a percent, the mean of the year's months; nothing: not stated, and no hour can be accepted.
  std::optional<int> employment_share;
  std::optional<Minutes> cap;              ///< of the programme on the year's last day, times the share
  std::optional<Minutes> part_year_cap;    ///< of the months from the first to the last row only; above it is a warning
  std::int64_t here = 0, elsewhere = 0;    ///< reported minutes: this project, other projects of the installation
  std::int64_t other_eu = 0;               ///< stated in other EU projects, beyond what the installation knows
  std::int64_t accepted = 0, refused = 0;  ///< of `here`
  std::int64_t accepted_elsewhere = 0;     ///< of `elsewhere`
  std::int64_t over = 0;                   ///< of `refused`: what the year's cap alone refused

  /// What takes up the cap: time that is refused for another reason takes up nothing.
  std::int64_t used() const { return accepted + accepted_elsewhere + other_eu; }
  std::int64_t left() const { return cap && cap->count() > used() ? cap->count() - used() : 0; }
};

/// A day on which it cannot be told whether a member was in two places: rows of it have no times of the day, though another row
/// of it has, or is of another project.
struct StaffDayUntold {
  StaffMember member;
  Date day;
};

/// Which whole hours each piece of a member's accepted time in one function and month completes. Pieces come in the order of their days;
/// by month an hour that two of them make belongs to the later, so that all together have the whole hours of their sum whatever is told
/// apart among them, as the time before and after a new unit cost. By day and by row each is rounded for itself.
struct StaffPiece {
  std::int32_t day = 0;
  std::int64_t accepted = 0;  ///< minutes
};
std::vector<std::int64_t> hours_completed(std::span<const StaffPiece>, Rounding, RoundingLevel);

struct StaffLedger {
  std::vector<StaffLine> lines;    ///< ordered as the rows
  std::vector<StaffMonth> months;  ///< by member and month
  std::vector<StaffYear> years;    ///< by member and year
  std::vector<StaffDayOver> days;  ///< by member and day
  std::vector<StaffTwoPlaces> two_places;  ///< by member and day
  std::vector<StaffDayUntold> untold;      ///< by member and day
  std::array<std::int64_t, reason_count> minutes{};
};

/// Judges the staff time of one project, over all projects of the installation: caps per day and calendar year hold for the
/// person, not for the project. A cap that is reached exactly is allowed. Time is accepted in the order of days, so what is
/// above a year's cap is refused from the latest claim first (unverified default); on one day by project key and activity.
///
/// The year's cap is the programme's, times the share of employment: the mean of the months, each with the share last stated
/// (a contract may change inside a year). Time of a month before the first that states a share cannot be decided: it never
/// counts as full time. Hours stated in other EU projects are used up first; hours of the installation's own projects on the
/// same day are taken to be among them. Time that is not signed as the programme asks is refused; a month of zeros needs no
/// signature. Where a programme has no cap per day, the day has 24 hours; a month's total has no more than the days of the
/// month that are the operation's. Where the programme has it, a month's row with the employer's document is a fixed share of
/// the post (CPR article 55(5)): it needs no signature and is accepted up to its share of a twelfth of the year's hours; time
/// sheets of the same month and project are refused beside it, and without a stated share it cannot be decided. Any other month's
/// total beside days of the same month, project and activity says them once more and is refused as a duplicate. Spelling makes no
/// other member (`StaffWho`).
///
/// Nobody is in two places: of time that two rows of a day have in common, in one project or in two, the row that began later has it
/// refused, to the minute that passes; of two that begin at once the one of the later project key. Rows that only touch have none in
/// common. Whole stays are compared, since nobody tells when a break was (unverified default), and whatever else refuses the earlier
/// row: it says where the member was. Sources: hours-and-money F1 to F7, T4, T7, W2, W3.
StaffLedger staff_ledger(const StaffOf& here, std::span<const StaffOf> elsewhere);

}  // namespace horisont
