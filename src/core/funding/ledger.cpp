#include "core/funding/ledger.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

#include "core/funding/holidays.h"
#include "core/values/clock.h"

namespace horisont {
namespace {

constexpr std::array<std::string_view, reason_count> names{
    "accepted",          "before_entry",     "after_exit",      "outside_project",     "not_eligible", "undecided",
    "over_day_limit",    "over_month_limit", "over_year_limit", "over_project_limit",  "overlap",      "duplicate",
    "absence",           "not_signed",       "no_evidence",     "activity_not_funded", "holiday",      "beside_fixed_share",
    "overlap_elsewhere", "period_closed",    "below_minimum"};

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

  static Entry of(std::uint32_t at, const TimeRecord& r) {
    return {at, r.person, r.day, r.start, r.end, r.minutes, r.activity, r.flags};
  }
  bool monthly() const { return flags & TimeMonthly; }
  bool absent() const { return flags & TimeAbsent; }
  bool late() const { return flags & TimeLate; }
  // What was not let in is in nobody's way.
  bool takes_up_time() const { return start >= 0 && !(flags & (TimeMonthly | TimeAbsent | TimeLate)); }
  // A stay without an end is still going on as far as anybody knows; stated minutes say how far it reached at least.
  std::int32_t until() const { return end >= 0 ? end : minutes > 0 ? start + minutes : whole_day; }
  // A person's records go by day; a month's total after the day; those with times of the day by their start, others last.
  std::uint64_t when() const {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(day) ^ 0x8000'0000u) << 17 |
           static_cast<std::uint64_t>(monthly()) << 16 | static_cast<std::uint16_t>(start);
  }
};

// What a record says, its place and the person apart.
auto said(const Entry& e) {
  return std::tuple(e.monthly(), static_cast<std::uint16_t>(e.start), e.end, e.activity, e.minutes, e.absent());
}

// The order in which a person's records are judged, which decides what of too much time is refused: by their days and
// times, then as they stand in the files.
class InOrder {
 public:
  explicit InOrder(std::span<const TimeRecord> records) : records_(records) {}
  bool operator()(const Entry& a, const Entry& b) const {
    if (a.person != b.person) return a.person < b.person;
    if (a.when() != b.when()) return a.when() < b.when();
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
  const std::vector<Period>* spells = nullptr;  // where there are several
  const std::vector<EvidenceItem>* evidence = nullptr;
  std::int32_t entered = far, left = far;       // no entry: of nobody, or not known
  Verdict verdict = Verdict::Undecided;

  // `first` and `last` are one day, or the days of a month, of which any may have been attended.
  Reason window(std::int32_t first, std::int32_t last) const {
    if (entered == far) return Reason::Accepted;  // undecided anyway, and that is what is said
    if (last < entered) return Reason::BeforeEntry;
    if (first > left) return Reason::AfterExit;
    const auto touched = [&](const Period& spell) {
      return spell.first.days() <= last && (!spell.last || first <= spell.last->days());
    };
    // Between two spells the person had left.
    if (spells && std::none_of(spells->begin(), spells->end(), touched)) return Reason::AfterExit;
    return Reason::Accepted;
  }

  // Whether a document is good on one of the days.
  bool documented(std::int32_t first, std::int32_t last) const {
    return evidence && std::any_of(evidence->begin(), evidence->end(), [&](const EvidenceItem& item) {
      return (!item.valid_from || item.valid_from->days() <= last) && (!item.valid_to || first <= item.valid_to->days());
    });
  }
};

// Month and caps of each day that occurs, looked up instead of computed.
class Calendar {
 public:
  struct Day {
    std::int32_t month = 0;
    std::int32_t day_cap = far, month_cap = far, year_cap = far, project_cap = far;  // minutes
    std::int32_t least = 0;                                                          // of the month, for any of it to be funded
    bool only_signed = false, only_documented = false, holiday_refused = false;
    bool clocks_change = false;  // its minutes are those that pass, not those that the clocks show
  };
  Calendar(std::int32_t first, std::int32_t last, const ProgrammeTerms& programme) : first_(first) {
    const auto minutes = [](const Timeline<Minutes>& caps, Date date) {
      const auto* cap = caps.on(date);
      return cap ? static_cast<std::int32_t>(cap->value.count()) : far;
    };
    for (std::int32_t at = first; at <= last; ++at) {
      const Date date = Date::of_days(at);
      const auto on = [&](const Timeline<bool>& rule, bool otherwise) {
        const auto* dated = rule.on(date);
        return dated ? dated->value : otherwise;
      };
      days_.push_back({Month::containing(date).number(), minutes(programme.participant_day_cap, date),
                       minutes(programme.participant_month_cap, date), minutes(programme.participant_year_cap, date),
                       minutes(programme.participant_project_cap, date), least_of(programme, date), on(programme.participant_signature, false),
                       on(programme.participant_evidence, false),
                       !on(programme.participant_holidays, true) && public_holiday(date),
                       on(programme.clock_change_counts, true) && minutes_between(date, 0, whole_day) != ClockSpan{whole_day, whole_day}});
    }
  }
  // Of a month its first day tells: it cannot ask for two different times.
  static std::int32_t least_of(const ProgrammeTerms& programme, Date date) {
    const auto* least = programme.participant_month_minimum.on(Month::containing(date).first());
    return least ? static_cast<std::int32_t>(least->value.count()) : 0;
  }
  const Day& operator[](std::int32_t day) const { return days_[static_cast<std::size_t>(day - first_)]; }

 private:
  std::int32_t first_;
  std::vector<Day> days_;
};
std::int32_t last_of_month(std::int32_t day) { return Month::containing(Date::of_days(day)).last().days(); }

// What one walk through the records tells of them.
struct Walked {
  std::int32_t first_day = far, last_day = -far;
  bool by_person = true;  // in the order of the participations
};

// Hands every person's records to `judge` in the order in which they are judged; people without a participation come last, all
// together. Records that come by person are only walked through; otherwise they are dealt out by person first.
template <class Place, class Judge>
void each_person(std::span<const TimeRecord> records, bool by_person, std::uint32_t nobody, Place place, Judge judge) {
  const InOrder in_order(records);
  const auto count = static_cast<std::uint32_t>(records.size());
  std::vector<Entry> entries;
  if (by_person) {
    for (std::uint32_t i = 0; i < count;) {
      const std::uint32_t person = records[i].person, at = place(person);
      entries.clear();
      bool sorted = true;
      for (std::uint64_t before = 0; i < count && (records[i].person == person || place(records[i].person) == at); ++i) {
        const Entry& entry = entries.emplace_back(Entry::of(i, records[i]));
        sorted &= before < entry.when() && entry.person == person;
        before = entry.when();
      }
      if (!sorted) std::sort(entries.begin(), entries.end(), in_order);
      judge(std::span<const Entry>(entries), at);
    }
    return;
  }
  std::vector<std::uint32_t> next(nobody + 2, 0);
  for (const TimeRecord& record : records) ++next[place(record.person) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  entries.resize(records.size());
  for (std::uint32_t i = 0; i < count; ++i) entries[next[place(records[i].person)]++] = Entry::of(i, records[i]);
  for (std::uint32_t at = 0, from = 0; at <= nobody; from = next[at++]) {
    const std::span<Entry> run = std::span(entries).subspan(from, next[at] - from);
    if (!std::is_sorted(run.begin(), run.end(), in_order)) std::sort(run.begin(), run.end(), in_order);
    judge(std::span<const Entry>(run), at);
  }
}

// The times elsewhere, by person, day and start.
class Elsewhere {
 public:
  struct Stay {
    Entry entry;  // `record` is the place among the times elsewhere
    bool counts_first;
    bool before(const Entry& e) const { return entry.start < e.start || (entry.start == e.start && counts_first); }
  };
  explicit Elsewhere(std::span<const TimeElsewhere> times) : times_(times) {
    for (std::uint32_t i = 0; i < times.size(); ++i)
      if (const Entry entry = Entry::of(i, times[i].time); entry.takes_up_time())
        stays_.push_back({entry, times[i].counts_first});
    std::sort(stays_.begin(), stays_.end(), [](const Stay& a, const Stay& b) { return key(a) < key(b); });
  }
  bool empty() const { return stays_.empty(); }
  std::span<const Stay> on(std::uint32_t person, std::int32_t day) const {
    const auto at = [](const Stay& stay) { return std::pair(stay.entry.person, stay.entry.day); };
    const std::pair asked(person, day);
    const auto from = std::partition_point(stays_.begin(), stays_.end(), [&](const Stay& s) { return at(s) < asked; });
    return {from, std::partition_point(from, stays_.end(), [&](const Stay& s) { return at(s) == asked; })};
  }
  TwoPlaces in_common(const Entry& here, const Stay& there, std::int32_t minutes) const {
    const Entry& e = there.entry;
    return {here.record, e.record, static_cast<std::uint16_t>(std::min<std::int32_t>(minutes, here.minutes)),
            times_[e.record].with + " " + clock_text(e.start) + "-" + (e.end >= 0 ? clock_text(e.end) : "")};
  }

 private:
  static std::tuple<std::uint32_t, std::int32_t, std::int16_t, std::int32_t, std::uint32_t> key(const Stay& s) {
    return {s.entry.person, s.entry.day, s.entry.start, s.entry.until(), s.entry.record};
  }
  std::span<const TimeElsewhere> times_;
  std::vector<Stay> stays_;
};

// Judges records in their order, a person's one after the other.
class Judge {
 public:
  Judge(const ProjectTerms& project, const Calendar& calendar, std::span<const TimeElsewhere> elsewhere, Ledger& result)
      : project_(project), operation_(project.operation()), calendar_(calendar), elsewhere_(elsewhere), result_(result) {}

  void judge(std::span<const Entry> entries, const Asked& asked) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const Entry& e = entries[i];
      const Calendar::Day& terms = calendar_[e.day];
      if (e.person != month_.person || terms.month != month_.month) begin_month(e, terms);
      begin_day(e);
      const bool repeated = says_what_an_earlier_one_says(entries, i);
      const std::int32_t overlapping = e.takes_up_time() && !repeated ? overlap(e, terms.clocks_change) : 0;
      Reason reason = refused_whole(e, asked, terms, repeated, overlapping);
      std::int32_t accepted = 0;
      if (reason == Reason::Accepted) {
        // A cap that is reached exactly is allowed. It counts what nothing else refuses; a month's total is of no day.
        const std::int32_t offered = e.minutes - overlapping;
        const std::int32_t today = e.monthly() ? offered : up_to(terms.day_cap - funded_today_, offered);
        const std::int32_t in_month = up_to(terms.month_cap - month_.accepted, today);
        const std::int32_t in_year = up_to(terms.year_cap - funded_in_year_, in_month);
        accepted = up_to(terms.project_cap - funded_in_project_, in_year);
        if (!e.monthly()) funded_today_ += accepted;
        funded_in_year_ += accepted;
        funded_in_project_ += accepted;
        if (accepted < e.minutes)
          reason = today < offered      ? Reason::OverDayLimit
                   : in_month < offered ? Reason::OverMonthLimit
                   : in_year < in_month ? Reason::OverYearLimit
                   : accepted < offered ? Reason::OverProjectLimit
                                        : overlap_;
      }
      // A record of no minutes keeps its reason: "absence, 0 minutes" is what a reader looks for.
      const std::int32_t refused = e.minutes - accepted;
      result_.lines[e.record] = {.record = e.record,
                                 .accepted = static_cast<std::uint16_t>(accepted),
                                 .refused = static_cast<std::uint16_t>(refused),
                                 .reason = reason};
      if (refused > 0) result_.minutes[static_cast<std::size_t>(reason)] += refused;
      month_.reported += e.minutes;
      month_.accepted += accepted;
      if (least_ > 0 && accepted > 0) accepted_lines_.push_back(e.record);
    }
  }

  // To be asked once, after the last record.
  void finish() { write_month(); }
  bool in_order() const { return in_order_; }  // whether the cells are

 private:
  void begin_month(const Entry& e, const Calendar::Day& terms) {
    write_month();
    least_ = terms.least;
    if (e.person != month_.person) funded_in_project_ = 0;
    if (e.person != month_.person || terms.month / 12 != month_.month / 12) funded_in_year_ = 0;
    month_ = {.person = e.person, .month = terms.month};
    day_ = -far;
  }

  // Without a branch for the day: half of the records begin one, and none foresees which.
  void begin_day(const Entry& e) {
    const bool another = e.day != day_;
    day_ = e.day;
    funded_today_ = another ? 0 : funded_today_;
    taken_until_ = another ? -1 : taken_until_;
    taken_here_until_ = another ? -1 : taken_here_until_;
    if (elsewhere_.empty() || !another) return;
    there_ = elsewhere_.on(e.person, e.day);
    next_there_ = 0;
  }

  void write_month() {
    if (month_.person == no_person) return;
    if (month_.accepted < least_) refuse_month();
    accepted_lines_.clear();
    std::vector<LedgerCell>& cells = result_.cells;
    in_order_ &= cells.empty() || cells.back().person <= month_.person;
    cells.push_back(month_);
    result_.minutes[static_cast<std::size_t>(Reason::Accepted)] += month_.accepted;
  }

  // A line has one reason: where some of it was refused before, all of it is refused for this one.
  void refuse_month() {
    for (const std::uint32_t record : accepted_lines_) {
      LedgerLine& line = result_.lines[record];
      result_.minutes[static_cast<std::size_t>(line.reason)] -= line.reason == Reason::Accepted ? 0 : line.refused;
      line = {.record = record,
              .accepted = 0,
              .refused = static_cast<std::uint16_t>(line.accepted + line.refused),
              .reason = Reason::BelowMinimum};
      result_.minutes[static_cast<std::size_t>(Reason::BelowMinimum)] += line.refused;
    }
    funded_in_year_ -= month_.accepted;
    funded_in_project_ -= month_.accepted;
    month_.accepted = 0;
  }

  static std::int32_t up_to(std::int64_t left, std::int32_t minutes) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(left, 0, minutes));
  }

  // Minutes that earlier stays of the day cover already; where one of the project itself does, that is the reason.
  std::int32_t overlap(const Entry& e, bool clocks_change) {
    const auto stay = [clocks_change](const Entry& of) {
      return clocks_change ? since_midnight(Date::of_days(of.day), of.start, of.until(), of.minutes) : ClockStay{of.start, of.until()};
    };
    for (; next_there_ < there_.size() && there_[next_there_].before(e); ++next_there_)
      taken_until_ = std::max<std::int32_t>(taken_until_, stay(there_[next_there_].entry).until);
    const auto [start, until] = stay(e);
    const std::int32_t common = std::min<std::int32_t>(e.minutes, std::max<std::int32_t>(0, std::min<std::int32_t>(taken_until_, until) - start));
    overlap_ = taken_here_until_ > start ? Reason::Overlap : Reason::OverlapElsewhere;
    taken_until_ = std::max<std::int32_t>(taken_until_, until);
    taken_here_until_ = std::max<std::int32_t>(taken_here_until_, until);
    for (const Elsewhere::Stay& other : there_) {
      const ClockStay there = stay(other.entry);
      if (const auto both = std::min(there.until, until) - std::max(there.from, start); both > 0)
        result_.two_places.push_back(elsewhere_.in_common(e, other, both));
    }
    return common;
  }

  // The first reason that holds for all of the record, in the order of Reason; Accepted when none does.
  Reason refused_whole(const Entry& e, const Asked& asked, const Calendar::Day& terms, bool repeated, std::int32_t overlapping) const {
    if (e.late()) return Reason::PeriodClosed;
    const std::int32_t last = e.monthly() ? last_of_month(e.day) : e.day;
    if (const Reason outside = asked.window(e.day, last); outside != Reason::Accepted) return outside;
    if (last < operation_.first.days() || (operation_.last && e.day > operation_.last->days())) return Reason::OutsideProject;
    if (asked.verdict == Verdict::NotEligible) return Reason::NotEligible;
    if (asked.verdict == Verdict::Undecided) return Reason::Undecided;
    if (overlapping > 0 && overlapping == e.minutes) return overlap_;
    if (repeated) return Reason::Duplicate;
    if (e.absent()) return Reason::Absence;
    if (terms.holiday_refused && !e.monthly()) return Reason::Holiday;
    if (e.flags & TimeNotSigned || (terms.only_signed && !(e.flags & TimeSigned))) return Reason::NotSigned;
    if (terms.only_documented && !asked.documented(e.day, last)) return Reason::NoEvidence;
    if (e.activity >= project_.activities.size() || !project_.activities[e.activity].funded) return Reason::ActivityNotFunded;
    return Reason::Accepted;
  }

  // Another row, or another file, stated it again. What says the same stands at the same time.
  static bool says_what_an_earlier_one_says(std::span<const Entry> day, std::size_t i) {
    for (std::size_t earlier = i; earlier-- > 0 && day[earlier].when() == day[i].when();)
      if (said(day[earlier]) == said(day[i]) && !day[earlier].late()) return true;
    return stated_with_times(day, i);
  }

  // Hours alone, where rows of the same day and activity with times of the day come to the same: one of them, or all together.
  // Other hours than theirs may be another part of the day.
  static bool stated_with_times(std::span<const Entry> entries, std::size_t i) {
    const Entry& e = entries[i];
    if (e.start >= 0 || e.monthly() || e.absent() || e.minutes == 0) return false;
    std::int32_t together = 0;
    const auto adds_up = [&](const Entry& other) {
      if (other.start < 0 || other.monthly() || other.absent() || other.late() || other.activity != e.activity) return false;
      together += other.minutes;
      return other.minutes == e.minutes;
    };
    // A person's day stands together; those with times of the day come before those without.
    for (std::size_t at = i; at-- > 0 && entries[at].day == e.day;)
      if (adds_up(entries[at])) return true;
    for (std::size_t at = i + 1; at < entries.size() && entries[at].day == e.day; ++at)
      if (adds_up(entries[at])) return true;
    return together == e.minutes;
  }

  const ProjectTerms& project_;
  Period operation_;
  const Calendar& calendar_;
  Elsewhere elsewhere_;
  Ledger& result_;
  bool in_order_ = true;

  // Of the person, year, month and day at hand.
  static constexpr std::uint32_t no_person = std::numeric_limits<std::uint32_t>::max();
  LedgerCell month_{.person = no_person};
  std::int32_t day_ = -far;
  std::int64_t funded_today_ = 0, funded_in_year_ = 0, funded_in_project_ = 0;  // in the month: what is accepted of it
  std::int32_t least_ = 0;                              // of the month
  std::vector<std::uint32_t> accepted_lines_;           // of the month, where it has a least time
  std::int32_t taken_until_ = -1;                       // minute of the day up to which earlier stays reach
  std::int32_t taken_here_until_ = -1;                  // the same of stays in this project alone
  Reason overlap_ = Reason::Overlap;                    // of the stay at hand
  std::span<const Elsewhere::Stay> there_;
  std::size_t next_there_ = 0;
};

}  // namespace

std::string_view name_of(Reason reason) { return names[static_cast<std::size_t>(reason)]; }

std::int64_t Ledger::reported() const { return std::accumulate(minutes.begin(), minutes.end(), std::int64_t{0}); }

std::span<const TwoPlaces> Ledger::two_places_of(std::uint32_t record) const {
  const auto from =
      std::partition_point(two_places.begin(), two_places.end(), [&](const TwoPlaces& t) { return t.record < record; });
  return {from, std::partition_point(from, two_places.end(), [&](const TwoPlaces& t) { return t.record == record; })};
}

Ledger ledger(std::span<const TimeRecord> records, std::span<const Participation> participations,
              std::span<const Decision> decisions, const ProjectTerms& project, const ProgrammeTerms& programme,
              std::span<const TimeElsewhere> elsewhere) {
  Ledger result;
  if (records.empty()) return result;
  const auto nobody = static_cast<std::uint32_t>(participations.size());
  std::vector<std::uint32_t> place_of_person;
  std::vector<Asked> asked(participations.size() + 1);  // the last one stands for people without a participation
  for (std::uint32_t i = 0; i < nobody; ++i) {
    const Participation& p = participations[i];
    // Participations are large and read in one place each: the next ones are on their way meanwhile.
    if (nobody - i > 16) {
      __builtin_prefetch(&(&p + 16)->person);
      __builtin_prefetch(&(&p + 16)->entered_on);
      __builtin_prefetch(&(&p + 16)->left_on);
      __builtin_prefetch(&(&p + 16)->spells);
    }
    if (place_of_person.size() <= p.person) place_of_person.resize(p.person + 1, nobody);
    place_of_person[p.person] = i;
    if (p.spells.size() > 1) asked[i].spells = &p.spells;
    if (!p.evidence.empty()) asked[i].evidence = &p.evidence;
    if (p.entered_on) asked[i].entered = p.entered_on->value.days();
    if (p.left_on) asked[i].left = p.left_on->value.days();
  }
  for (const Decision& decision : decisions)
    if (decision.person < place_of_person.size()) asked[place_of_person[decision.person]].verdict = decision.verdict;
  asked.back() = {};

  const auto place = [&](std::uint32_t person) { return person < place_of_person.size() ? place_of_person[person] : nobody; };
  Walked walked;
  for (std::uint32_t before = 0; const TimeRecord& record : records) {
    walked.first_day = std::min(walked.first_day, record.day);
    walked.last_day = std::max(walked.last_day, record.day);
    const std::uint32_t at = place(record.person);
    walked.by_person &= before <= at;
    before = at;
  }
  const Calendar calendar(walked.first_day, walked.last_day, programme);
  result.lines.resize(records.size());
  Judge judge(project, calendar, elsewhere, result);
  each_person(records, walked.by_person, nobody, place,
              [&](std::span<const Entry> entries, std::uint32_t at) { judge.judge(entries, asked[at]); });
  judge.finish();
  if (!judge.in_order())
    std::sort(result.cells.begin(), result.cells.end(), [](const LedgerCell& a, const LedgerCell& b) {
      return std::pair(a.person, a.month) < std::pair(b.person, b.month);
    });
  std::stable_sort(result.two_places.begin(), result.two_places.end(),
                   [](const TwoPlaces& a, const TwoPlaces& b) { return a.record < b.record; });
  return result;
}

}  // namespace horisont
