#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/cases/terms.h"
#include "core/values/date.h"
#include "core/values/moment.h"
#include "core/values/result.h"

namespace horisont {

/// What a month said at some moment, and what that was worked out with. Stored as one word.
struct MonthContent {
  std::string people;  ///< SHA-256 of the rows of SCB's file and who is left out: month_content
  std::string claim;   ///< SHA-256 of staff time and what may be claimed: month_claim_content; empty: not kept then
  static constexpr std::string_view no_claim = "none";  ///< in its place where there was no staff time
  std::string rules, programme, project;                ///< the first 16 letters of the SHA-256 of the files
  std::string program;                                  ///< version of the program
  std::string text() const;
  static MonthContent of(std::string_view text);
};
/// Whether the SCB file, or what may be claimed, says the same. What was not kept is taken to be the same; so is the first
/// staff time of a month that is not closed, which mostly comes when SCB's file has long been sent.
bool same_people(std::string_view then, std::string_view now);
bool same_claim(std::string_view then, std::string_view now, bool closed = false);
inline bool same_content(std::string_view then, std::string_view now, bool closed = false) {
  return same_people(then, now) && same_claim(then, now, closed);
}
/// What it was worked out with that differs: "rules", "programme", "project", "program"; without any of these, "elsewhere":
/// what is known of the installation's other projects.
std::vector<std::string> causes(std::string_view filed, std::string_view now);

/// Something that happened to a month (HRS-09). Nothing else is stored of its state.
struct MonthEvent {
  enum class Kind : std::uint8_t { Attested, Filed, Closed, Reopened };
  std::int64_t order = 0;  ///< rises from event to event of a project
  Month month;
  Kind kind = Kind::Attested;
  std::string content;           ///< MonthContent::text
  std::string report;            ///< Filed: R-2016-03-002
  std::optional<Date> filed_on;  ///< Filed: the day and to whom, with their receipt number
  std::string filed_to, reference;
  std::string reason;        ///< Reopened; Attested: why those who cannot be decided are left out; Filed: how earlier months were reported
  bool same_person = false;  ///< Attested: by the one who read in the newest file or corrected last
  std::string actor, role;
  Moment at = Moment::of_seconds(0);
};
std::string_view name_of(MonthEvent::Kind);  ///< "attested", "filed", "closed", "reopened", as in the log

enum class MonthState : std::uint8_t { Open, Attested, Filed, Closed };
std::string_view name_of(MonthState);  ///< "open" …

/// The state of the month's file for SCB (Swedish reporting, 2.3). `Stale`: it, or an earlier month, says something else than
/// what was filed, or an earlier month was filed again afterwards; that it was opened again is no reason by itself.
enum class FileState : std::uint8_t { NotOpen, Open, Submitted, Stale };
std::string_view name_of(FileState);  ///< "not_open" …

/// Where a month stands on a day.
struct MonthStanding {
  Month month;
  MonthState state = MonthState::Open;
  FileState file = FileState::NotOpen;
  bool attest_fell = false;    ///< it was attested, and the facts have changed since
  bool changed = false;        ///< its SCB file says something else than when it was filed
  bool claim_changed = false;  ///< so do its staff time or what may be claimed for it
  /// Filed or closed, and it says something else though nobody opened it: why (see `causes`). What was filed stays.
  std::vector<std::string> differs_because;
  std::optional<Date> first_filed_on;  ///< the day of the first filing; later ones correct it
  bool late = false;                   ///< first filed after the last day, or not yet and it has passed
  bool settled = false;                ///< before the first file of all, which was sent with a reason that tells of this month
  std::int64_t versions = 0;           ///< how often it was filed
  std::optional<Date> due;             ///< last day for SCB; nothing when the programme file has no deadline
  std::optional<MonthEvent> attested, filed, closed, reopened;  ///< the newest of each
};

/// Filed or closed: what it says changes only with a reason.
inline bool is_filed(const MonthStanding& one) { return one.state == MonthState::Filed || one.state == MonthState::Closed; }
/// Nothing in it changed, but an earlier month did: its file is sent once more as it is.
inline bool is_sent_once_more(const MonthStanding& one) { return one.file == FileState::Stale && !one.changed; }
/// "2026-03, 2026-04"
std::string listed(std::span<const Month>);

/// Where the months from `first` to `last` stand. `contents` has what each month with an event says now.
std::vector<MonthStanding> standings(std::span<const MonthEvent>, Month first, Month last, Date today, const ProgrammeTerms&,
                                     const std::map<Month, std::string>& contents);

/// The months whose file must be sent again, in the order in which that is to be done.
std::vector<Month> to_send_again(std::span<const MonthStanding>);

/// Whether a month may be attested, filed, closed or opened again now; else a Problem that says why not and what comes first.
/// A file is refused while an earlier month must be sent again, and when the month before was never filed (SR-06).
Result<bool> may_become(MonthEvent::Kind, Month, std::span<const MonthStanding>, Date today);

}  // namespace horisont
