#include "core/funding/ledger.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace horisont {
namespace {

constexpr std::array<std::string_view, reason_count> names{
    "accepted",       "before_entry",     "after_exit",      "outside_project",    "not_eligible", "undecided",
    "over_day_limit", "over_month_limit", "over_year_limit", "over_project_limit", "overlap",      "duplicate",
    "absence",        "not_signed",       "no_evidence",     "activity_not_funded"};

constexpr std::int32_t whole_day = 24 * 60;
constexpr std::int32_t far = std::numeric_limits<std::int32_t>::max();

// What the pass needs of a time record, in twenty bytes that lie side by side: the records themselves are read in order
// once, and again only to tell two otherwise equal rows apart.
struct Entry {
  std::uint32_t record;
  std::uint32_t person;
  std::int32_t day;
  std::int16_t start, end;
  std::uint16_t minutes;
  std::uint8_t activity, flags;

  bool monthly() const { return flags & TimeMonthly; }
  bool timed() const { return start >= 0 && !monthly(); }
  bool absent() const { return flags & TimeAbsent; }
  // A stay without an end is still going on as far as anybody knows; stated minutes say how far it reached at least.
  std::int32_t until() const { return end >= 0 ? end : minutes > 0 ? start + minutes : whole_day; }
};

// What a record says, its place and the person apart.
auto said(const Entry& e) {
  return std::tuple(e.monthly(), static_cast<std::uint16_t>(e.start), e.end, e.activity, e.minutes, e.absent());
}

// The order in which a person's records are judged, which decides what of too much time is refused: by day; a month's
// total after the days; records with times of the day by their start, the others after them; then as they stand in the files.
class InOrder {
 public:
  explicit InOrder(std::span<const TimeRecord> records) : records_(records) {}
  bool operator()(const Entry& a, const Entry& b) const {
    const auto when = [](const Entry& e) {
      return std::tuple(e.person, e.day, e.monthly(), static_cast<std::uint16_t>(e.start));
    };
    if (when(a) != when(b)) return when(a) < when(b);
    const auto place = [&](const Entry& e) {
      const Origin& o = records_[e.record].origin;
      return std::tuple(o.import, o.sheet, o.row, o.column);
    };
    if (place(a) != place(b)) return place(a) < place(b);
    return std::pair(said(a), a.flags) < std::pair(said(b), b.flags);
  }

 private:
  std::span<const TimeRecord> records_;
};

// A participation as the ledger asks it.
struct Asked {
  const Participation* participation = nullptr;
  Verdict verdict = Verdict::Undecided;
  std::int32_t entered = far, left = far;

  // `first` and `last` are one day, or the days of a month, of which any may have been attended.
  Reason window(std::int32_t first, std::int32_t last) const {
    if (!participation || entered == far) return Reason::Accepted;  // undecided anyway, and that is what is said
    if (last < entered) return Reason::BeforeEntry;
    if (first > left) return Reason::AfterExit;
    const auto& spells = participation->spells;
    const auto touched = [&](const Period& spell) {
      return spell.first.days() <= last && (!spell.last || first <= spell.last->days());
    };
    // Between two spells the person had left.
    if (spells.size() > 1 && std::none_of(spells.begin(), spells.end(), touched)) return Reason::AfterExit;
    return Reason::Accepted;
  }
};

// Months and caps of the days that occur, looked up instead of computed.
class Calendar {
 public:
  Calendar(std::span<const TimeRecord> records, const ProgrammeTerms& programme) : programme_(programme) {
    if (records.empty()) return;
    const auto [low, high] = std::minmax_element(records.begin(), records.end(),
                                                 [](const TimeRecord& a, const TimeRecord& b) { return a.day < b.day; });
    Month month = Month::containing(Date::of_days(low->day));
    first_ = month.first().days();
    while (first_ + static_cast<std::int32_t>(months_.size()) <= high->day) {
      months_.insert(months_.end(), static_cast<std::size_t>(month.last() - month.first() + 1), month.number());
      month = month.next();
    }
  }
  std::int32_t month(std::int32_t day) const { return months_[static_cast<std::size_t>(day - first_)]; }
  std::int32_t last_of_month(std::int32_t day) const { return Month::containing(Date::of_days(day)).last().days(); }
  std::int64_t cap(std::int32_t day) {
    if (day != cap_day_) {
      const auto* dated = programme_.participant_day_cap.on(Date::of_days(day));
      cap_day_ = day;
      cap_ = dated ? dated->value.count() : std::numeric_limits<std::int64_t>::max();
    }
    return cap_;
  }

 private:
  const ProgrammeTerms& programme_;
  std::int32_t first_ = 0;
  std::vector<std::int32_t> months_;
  std::int32_t cap_day_ = std::numeric_limits<std::int32_t>::min();
  std::int64_t cap_ = 0;
};

// All records, by participation and in the order in which they are judged; records of people without a participation
// come last. Records that come in order are only looked at; otherwise they are dealt out by person and the short runs sorted.
std::vector<Entry> in_judging_order(std::span<const TimeRecord> records, std::span<const std::uint32_t> place_of_person,
                                    std::size_t participations) {
  const auto place = [&](std::uint32_t person) {
    return person < place_of_person.size() ? place_of_person[person] : static_cast<std::uint32_t>(participations);
  };
  std::vector<std::uint32_t> next(participations + 2, 0);
  bool ordered = true;
  std::uint32_t before = 0;
  for (const TimeRecord& record : records) {
    const std::uint32_t at = place(record.person);
    ordered &= before <= at;
    before = at;
    ++next[at + 1];
  }
  std::partial_sum(next.begin(), next.end(), next.begin());
  const std::vector<std::uint32_t> begin = next;
  std::vector<Entry> entries(records.size());
  for (std::uint32_t i = 0; i < records.size(); ++i) {
    const TimeRecord& r = records[i];
    const std::uint32_t to = ordered ? i : next[place(r.person)]++;
    entries[to] = {i, r.person, r.day, r.start, r.end, r.minutes, r.activity, r.flags};
  }
  const InOrder in_order(records);
  for (std::size_t p = 0; p + 1 < begin.size(); ++p) {
    const auto run = entries.begin() + begin[p], end = entries.begin() + begin[p + 1];
    if (!std::is_sorted(run, end, in_order)) std::sort(run, end, in_order);
  }
  return entries;
}

// Judges one person's day at a time.
class Judge {
 public:
  Judge(const ProjectTerms& project, Calendar& calendar, std::vector<LedgerLine>& lines)
      : project_(project), operation_(project.operation()), calendar_(calendar), lines_(lines) {}

  void judge(std::span<const Entry> day, const Asked& asked) {
    find_repeated(day);
    std::int64_t funded = 0;
    std::int32_t taken_until = -1;  // minute of the day up to which earlier records reach
    for (std::size_t i = 0; i < day.size(); ++i) {
      const Entry& e = day[i];
      std::int64_t overlapping = 0;
      if (e.timed() && !e.absent() && !repeated_[i]) {
        overlapping = std::min<std::int64_t>(e.minutes, std::max(0, std::min(taken_until, e.until()) - e.start));
        taken_until = std::max(taken_until, e.until());
      }
      Reason reason = refused_whole(e, asked, repeated_[i], overlapping);
      std::int64_t accepted = 0;
      if (reason == Reason::Accepted) {
        // A cap that is reached exactly is allowed. It counts what nothing else refuses; a month's total cannot be tested.
        const std::int64_t offered = e.minutes - overlapping;
        accepted = e.monthly() ? offered : std::clamp<std::int64_t>(calendar_.cap(e.day) - funded, 0, offered);
        if (!e.monthly()) funded += accepted;
        if (accepted < offered)
          reason = Reason::OverDayLimit;
        else if (overlapping > 0)
          reason = Reason::Overlap;
      }
      // A record of no minutes keeps its reason: "absence, 0 minutes" is what a reader looks for.
      lines_[e.record] = {.record = e.record,
                          .accepted = static_cast<std::uint16_t>(accepted),
                          .refused = static_cast<std::uint16_t>(e.minutes - accepted),
                          .reason = reason};
    }
  }

 private:
  // The first reason that holds for all of the record, in the order of Reason; Accepted when none does.
  Reason refused_whole(const Entry& e, const Asked& asked, bool repeated, std::int64_t overlapping) const {
    const std::int32_t last = e.monthly() ? calendar_.last_of_month(e.day) : e.day;
    if (const Reason outside = asked.window(e.day, last); outside != Reason::Accepted) return outside;
    if (last < operation_.first.days() || (operation_.last && e.day > operation_.last->days())) return Reason::OutsideProject;
    if (asked.verdict == Verdict::NotEligible) return Reason::NotEligible;
    if (asked.verdict == Verdict::Undecided) return Reason::Undecided;
    if (overlapping > 0 && overlapping == e.minutes) return Reason::Overlap;
    if (repeated) return Reason::Duplicate;
    if (e.absent()) return Reason::Absence;
    if (e.flags & TimeNotSigned) return Reason::NotSigned;
    if (e.activity >= project_.activities.size() || !project_.activities[e.activity].funded) return Reason::ActivityNotFunded;
    return Reason::Accepted;
  }

  // Which records of the day say what an earlier one says: another row, or another file, stated it again.
  void find_repeated(std::span<const Entry> day) {
    repeated_.assign(day.size(), false);
    if (day.size() == 1) return;
    by_what_they_say_.resize(day.size());
    std::iota(by_what_they_say_.begin(), by_what_they_say_.end(), 0u);
    std::sort(by_what_they_say_.begin(), by_what_they_say_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return std::pair(said(day[a]), a) < std::pair(said(day[b]), b); });
    for (std::size_t i = 1; i < day.size(); ++i)
      repeated_[by_what_they_say_[i]] = said(day[by_what_they_say_[i]]) == said(day[by_what_they_say_[i - 1]]);
  }

  const ProjectTerms& project_;
  Period operation_;
  Calendar& calendar_;
  std::vector<LedgerLine>& lines_;
  std::vector<bool> repeated_;  // of the day at hand, as the next
  std::vector<std::uint32_t> by_what_they_say_;
};

// Sums of one person and month, a cell for each activity.
class MonthCells {
 public:
  explicit MonthCells(std::vector<LedgerCell>& cells) : cells_(cells) {}
  void add(const Entry& e, std::int32_t month, const LedgerLine& line) {
    if (first_ == cells_.size() || cells_[first_].person != e.person || cells_[first_].month != month) first_ = cells_.size();
    auto cell = cells_.begin() + static_cast<std::ptrdiff_t>(first_);
    while (cell != cells_.end() && cell->activity < e.activity) ++cell;
    if (cell == cells_.end() || cell->activity != e.activity)
      cell = cells_.insert(cell, {.person = e.person, .month = month, .activity = e.activity});
    cell->reported += e.minutes;
    cell->accepted += line.accepted;
    cell->refused += line.refused;
  }

 private:
  std::vector<LedgerCell>& cells_;
  std::size_t first_ = 0;  // of the month at hand
};

}  // namespace

std::string_view name_of(Reason reason) { return names[static_cast<std::size_t>(reason)]; }

std::int64_t Ledger::reported() const { return std::accumulate(minutes.begin(), minutes.end(), std::int64_t{0}); }

Ledger ledger(std::span<const TimeRecord> records, std::span<const Participation> participations,
              std::span<const Decision> decisions, const ProjectTerms& project, const ProgrammeTerms& programme) {
  std::vector<std::uint32_t> place_of_person;
  std::vector<Asked> asked(participations.size() + 1);  // the last one stands for people without a participation
  for (std::uint32_t i = 0; i < participations.size(); ++i) {
    const Participation& p = participations[i];
    if (place_of_person.size() <= p.person)
      place_of_person.resize(p.person + 1, static_cast<std::uint32_t>(participations.size()));
    place_of_person[p.person] = i;
    asked[i].participation = &p;
    if (p.entered_on) asked[i].entered = p.entered_on->value.days();
    if (p.left_on) asked[i].left = p.left_on->value.days();
  }
  for (const Decision& decision : decisions)
    if (decision.person < place_of_person.size()) asked[place_of_person[decision.person]].verdict = decision.verdict;
  asked.back() = {};

  const std::vector<Entry> entries = in_judging_order(records, place_of_person, participations.size());
  Calendar calendar(records, programme);
  Ledger result;
  result.lines.resize(records.size());
  Judge judge(project, calendar, result.lines);
  MonthCells months(result.cells);
  for (std::size_t from = 0, to = 0; from < entries.size(); from = to) {
    const Entry& first = entries[from];
    while (to < entries.size() && entries[to].person == first.person && entries[to].day == first.day) ++to;
    const std::size_t at = first.person < place_of_person.size() ? place_of_person[first.person] : participations.size();
    judge.judge(std::span(entries).subspan(from, to - from), asked[at]);
    for (std::size_t i = from; i < to; ++i) {
      const LedgerLine& line = result.lines[entries[i].record];
      months.add(entries[i], calendar.month(first.day), line);
      result.minutes[static_cast<std::size_t>(Reason::Accepted)] += line.accepted;
      if (line.refused > 0) result.minutes[static_cast<std::size_t>(line.reason)] += line.refused;
    }
  }
  const auto in_order = [](const LedgerCell& a, const LedgerCell& b) {
    return std::tuple(a.person, a.month, a.activity) < std::tuple(b.person, b.month, b.activity);
  };
  if (!std::is_sorted(result.cells.begin(), result.cells.end(), in_order))
    std::sort(result.cells.begin(), result.cells.end(), in_order);
  return result;
}

}  // namespace horisont
