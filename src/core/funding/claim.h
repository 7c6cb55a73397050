#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cases/terms.h"
#include "core/funding/exact_money.h"
#include "core/funding/ledger.h"
#include "core/funding/staff.h"
#include "core/values/finding.h"
#include "core/values/result.h"

namespace horisont {

/// An amount with all that an auditor needs to work it out again. The exact value is what later amounts are taken of.
struct AmountLine {
  std::string what;     ///< "staff", "flat_rate", "other_direct", "participant_allowances", "total", "cofinancing", "support"
  std::string of;       ///< function of staff, key of a flat rate; else empty
  std::string formula;  ///< "3440:00 h x 674.80"
  ExactMoney exact;
  Money amount;    ///< `exact`, rounded once
  Citation cited;  ///< of the rate; empty where the line is a sum of others
  Minutes time{};  ///< of "participant_time", which is this time at `per_hour`; of no other
  Money per_hour{};
  std::vector<std::uint32_t> records{};  ///< the attendance that it is: places in ParticipantHours::times
};

/// A flat rate as the call or the decision uses it.
struct ChosenRate {
  Dated<FlatRate> rate;
  int percent = 0;  ///< at most the rate's own, and exactly it unless the rate says "at most"
};

/// What flat rates are taken of. Allowances of participants come on top of everything and are part of no base.
struct CostBase {
  ExactMoney direct_staff, other_direct, participant_allowances;
  ExactMoney lump_sums{};  ///< on top as well, and part of no base (CPR article 53(1)(c))
};

/// The lines of a cost with simplified options, the last one the total (hours-and-money H6 to H8). Faults, all in one pass:
/// a percentage above the rate's, two rates for one kind of cost, a rate that covers all other costs beside real costs or
/// another rate, a flat rate for staff beside real staff cost.
tl::expected<std::vector<AmountLine>, std::vector<Finding>> costs_of(const CostBase&, std::span<const ChosenRate>, Rounding);

/// What an hour of a function costs in a rate area on a day; null: no rate is known, and nothing may be claimed.
const Dated<UnitCost>* unit_cost(const ProgrammeTerms&, std::string_view function, std::string_view area, Date on);
/// A flat rate of a programme on a day; null: none.
const Dated<FlatRate>* flat_rate(const ProgrammeTerms&, std::string_view key, Date on);
/// The rate of one kind of compensation at an age on a day; null: none.
const Dated<ParticipantRate>* participant_rate(const ProgrammeTerms&, std::string_view compensation, int age, Date on);

/// "1234.50": an amount for programs and formulas.
std::string plain_kronor(Money);

/// A lump sum is paid whole when what it is for is evidenced, and else not at all (H9).
constexpr Money lump_sum(Money whole, bool evidenced) { return evidenced ? whole : Money{}; }

/// Whether a project of real costs alone is refused because its total cost is no higher than the programme's limit, which itself
/// is refused (CPR article 53(2)); never where the support is State aid. Nothing: the limit, the cost or the State aid is not known.
std::optional<bool> simplified_options_needed(const ProjectTerms&, const ProgrammeTerms&, Date on);

/// Whether the project's staff is costed by its hours, so that a month without accepted staff time claims less than it might.
bool rests_on_staff_time(const ProjectTerms&);

/// Time of participants with what became of it.
struct ParticipantHours {
  std::span<const TimeRecord> times;
  std::span<const LedgerLine> lines;
  std::span<const Participation> people;
};

/// Attested time of participants of one kind of compensation and one age.
struct AttestedTime {
  std::string compensation;
  int age = 0;
  Date on = Date::of_days(0);
  Minutes time;
  std::vector<std::uint32_t> records{};  ///< places in ParticipantHours::times
};
/// What the ledger accepted of a month, by kind of compensation and age on the day. A participant whose compensation or birth date
/// is not known is a fault: nobody's time is left out of a sum.
tl::expected<std::vector<AttestedTime>, std::vector<Finding>> attested_times(const ParticipantHours&, const ProgrammeTerms&, Month);
/// Participants' time as co-financing in kind: attested hours times rate, and never more than what the third party's documents
/// show (where known). Nothing where the project's participants' time is no co-financing. A missing rate is a fault, never 0.
tl::expected<std::vector<AmountLine>, std::vector<Finding>> participant_cofinancing(const ProjectTerms&, const ProgrammeTerms&,
                                                                                    std::span<const AttestedTime>,
                                                                                    std::optional<Money> documented, Rounding);

/// Amounts each rounded and then added, beside their sum rounded once. The difference is printed, never claimed.
struct Reconciled {
  Money each, once;
  Money difference() const { return each - once; }
};
Reconciled reconciled(std::span<const ExactMoney>, Rounding);

/// How a co-financing compares with the share that must be neither missed nor exceeded, on whole amounts.
enum class ShareKept : std::uint8_t { Kept, Missed, Exceeded };
ShareKept share_kept(Money total, Money cofinancing, int percent, Rounding);

/// The hourly-rate method: annual gross cost for the hours worked, of the hours that the rate rests on (1,720 hours times the
/// share of employment). Hours above are refused, so it is never more than the annual cost. Nothing: the share is not known.
std::optional<Money> hourly_rate_cost(Money annual_gross, Minutes worked, Minutes full_time_year,
                                      std::optional<int> employment_share, Rounding);

/// The advance that may be asked for: a percentage of the support, and no more than a sum; nothing: no rule is known.
std::optional<Money> largest_advance(const ProgrammeTerms&, Money support, Date on, Rounding);

/// Hours and money of staff in one month, by member, function and rate.
struct StaffCost {
  StaffMember member;
  std::string function;
  Minutes accepted;
  std::int64_t whole_hours = 0;  ///< what is claimed: hours_completed of the month and function, those of this rate's days
  Dated<UnitCost> rate;
  ExactMoney exact;
};

struct Claim {
  Month month;
  std::vector<StaffCost> staff;
  std::vector<AmountLine> lines;  ///< staff, flat rates, total; co-financing and support where the share is known
  Reconciled rows;  ///< the amounts of the staff rows
  Money participants;  ///< what participants' time is worth: a cost, and co-financing in kind as well
};

/// The total of its lines; nothing is claimed where there is none.
Money total_of(const Claim&);

/// What may be claimed for a month under the function model: accepted whole hours times the rate of the day's function, the
/// costs `besides` (real costs and participants' allowances), the project's flat rate, its co-financing. Where participants' time is
/// co-financing, what it is worth is a cost like other allowances. Everything that is missing comes back at once and there is no
/// claim: a function without rate, staff without function, a project without cost model, rate area or flat rate, a participant
/// without compensation, a compensation without rate.
tl::expected<Claim, std::vector<Finding>> claim_of(const ProjectTerms&, const ProgrammeTerms&, std::span<const StaffTime>,
                                                   const StaffLedger&, Month, const ParticipantHours& = {},
                                                   const CostBase& besides = {});

}  // namespace horisont
