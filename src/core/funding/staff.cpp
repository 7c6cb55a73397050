#include "core/funding/staff.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <tuple>

#include "core/cases/staff_rows.h"
#include "core/funding/holidays.h"
#include "core/funding/rounding.h"
#include "core/values/clock.h"

namespace horisont {
namespace {

constexpr std::int64_t whole_day = 24 * 60;

StaffMember member_of(const StaffTime& time) { return {time.employer, time.staff_id}; }

// Spelling apart: the caps are the person's, however a project writes the employer.
StaffWho who_of(const StaffTime& time) { return StaffWho::of(time.employer, time.staff_id); }

// A row of any project, in the order in which hours are used up: a month's total counts after the month's days.
struct Used {
  const StaffTime* time;
  const StaffOf* of;
  StaffLine* line;  // null: of another project

  Date first() const { return Date::of_days(time->day); }
  Date last() const { return time->monthly ? Month::containing(first()).last() : first(); }
};
bool in_order(const Used& a, const Used& b) {
  const auto key = [](const Used& u) {
    return std::tuple(u.last().days(), u.time->monthly, std::string_view(u.of->project.key), std::string_view(u.time->activity),
                      u.time->minutes.count());
  };
  return key(a) < key(b);
}

// One member's shares of employment: what is stated in a month holds until something else is.
class Shares {
 public:
  explicit Shares(std::span<const Used> rows) {
    for (const Used& row : rows)
      if (row.time->employment_share) stated_[Month::containing(row.last()).number()] = *row.time->employment_share;
  }
  std::optional<int> in(int month) const {
    if (stated_.empty()) return std::nullopt;
    auto next = stated_.upper_bound(month);
    return next == stated_.begin() ? next->second : std::prev(next)->second;
  }
  /// Whether a share is known in a month at all: one that is stated later says nothing of the months before it.
  bool known_in(int month) const { return !stated_.empty() && stated_.begin()->first <= month; }
  /// The sum over the months of a year from `first` to `last` (0 to 11).
  std::optional<std::int64_t> sum(int year, int first = 0, int last = 11) const {
    if (stated_.empty()) return std::nullopt;
    std::int64_t all = 0;
    for (int month = first; month <= last; ++month) all += *in(year * 12 + month);
    return all;
  }

 private:
  std::map<int, int> stated_;
};

// The months of the year in which the member has a row, in any project.
std::pair<int, int> months_with_rows(std::span<const Used> rows, int year) {
  int first = 11, last = 0;
  for (const Used& row : rows) {
    const Month month = Month::containing(row.last());
    if (month.year() != year) continue;
    first = std::min(first, month.month() - 1);
    last = std::max(last, month.month() - 1);
  }
  return {first, last};
}

template <class T>
std::optional<T> value_on(const Timeline<T>& timeline, Date day) {
  const auto* dated = timeline.on(day);
  return dated ? std::optional(dated->value) : std::nullopt;
}

bool signed_as_asked(const StaffTime& time, const std::optional<std::string>& asked) {
  if (!asked) return true;
  return time.signed_on && (*asked != "person_and_approver" || time.approved_on);  // a name alone is no signature
}

// A fixed share of a post for a month, where the programme has that (CPR article 55(5)): the employer's document is the evidence.
bool is_fixed_share(const Used& row) {
  return !row.time->fixed_share_document.empty() && value_on(row.of->programme.staff_fixed_share, row.last()).value_or(false);
}

// Where a member was on a day, in minutes that pass since its midnight.
struct Stay {
  std::size_t row;  // among the member's rows
  const Used* used;
  ClockStay at;
};

// A stay without an end lasted as long as its minutes say.
std::optional<ClockStay> stay_of(const Used& row) {
  const StaffTime& time = *row.time;
  const int minutes = static_cast<int>(time.minutes.count()), end = time.end >= 0 ? time.end : time.start + minutes;
  if (time.start < 0 || time.monthly || minutes == 0 || !time.absence.empty()) return std::nullopt;
  const bool by_clock = !value_on(row.of->programme.clock_change_counts, row.first()).value_or(true);
  return by_clock ? ClockStay{time.start, end} : since_midnight(row.first(), time.start, end, minutes);
}

// The earlier of two stays of a day, whatever the order of files and projects: rows that are alike in all of this are one to the sums.
bool began_before(const Stay& a, const Stay& b) {
  const auto key = [](const Stay& s) {
    const StaffTime& t = *s.used->time;
    return std::tuple(s.at.from, std::string_view(s.used->of->project.key), s.at.until, t.minutes.count(), std::string_view(t.activity),
                      std::string_view(t.function), t.signed_on, t.approved_on, std::string_view(t.description));
  };
  return key(a) < key(b);
}

constexpr std::int64_t full_year = 12 * 10'000;  // twelve months of a whole post, in hundredths of a percent

class OfMember {
 public:
  OfMember(StaffMember member, std::span<Used> rows, const StaffOf& here, StaffLedger& ledger)
      : member_(std::move(member)), rows_(rows), here_(here), ledger_(ledger), shares_(rows) {
    for (const Used& row : rows)
      if (is_fixed_share(row)) fixed_[{row.of, Month::containing(row.last()).number()}] = 0;
    places();
  }

  void judge() {
    for (std::size_t from = 0, to = 0; from < rows_.size(); from = to) {
      while (to < rows_.size() && rows_[to].last() == rows_[from].last() &&
             rows_[to].time->monthly == rows_[from].time->monthly)
        ++to;
      day(rows_.subspan(from, to - from));
    }
    years();
    months();
  }

 private:
  // The minutes of a calendar year that may be accepted at all under a programme; nothing: the share is not known.
  std::optional<std::int64_t> year_cap(const ProgrammeTerms& programme, Date day, bool part_year) const {
    const auto whole = value_on(programme.staff_year_cap, day);
    if (!whole) return std::numeric_limits<std::int64_t>::max();
    const auto [first, last] = part_year ? months_with_rows(rows_, day.year()) : std::pair{0, 11};
    const auto share = shares_.sum(day.year(), first, last);
    if (!share) return std::nullopt;
    return part_of(*whole, *share, full_year).count();
  }

  // The minutes of a month that a fixed share of the post stands for: a twelfth of the year's hours, times the employment, times
  // the share of the post. Nothing: one of them is not known.
  std::optional<std::int64_t> fixed_share_cap(const Used& row) const {
    const auto whole = value_on(row.of->programme.staff_year_cap, row.last());
    const auto employed = shares_.sum(row.last().year(), row.last().month() - 1, row.last().month() - 1);
    if (!whole || !employed || !row.time->monthly || !row.time->project_share) return std::nullopt;
    return part_of(*whole, *employed * *row.time->project_share, full_year * 10'000).count();
  }

  // Which of each row's minutes an earlier stay of the day covers already.
  void places() {
    common_.resize(rows_.size());
    std::map<std::int32_t, std::vector<std::size_t>> days;
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (const StaffTime& time = *rows_[i].time; !time.monthly && time.minutes.count() > 0 && time.absence.empty()) days[time.day].push_back(i);
    for (const auto& [day, rows] : days) {
      std::vector<Stay> stays;
      bool two_projects = false, any_here = false;
      for (const std::size_t i : rows) {
        two_projects = two_projects || rows_[i].of != rows_[rows.front()].of, any_here = any_here || rows_[i].line;
        if (const auto at = stay_of(rows_[i])) stays.push_back({i, &rows_[i], *at});
      }
      if (any_here && stays.size() < rows.size() && (two_projects || !stays.empty())) ledger_.untold.push_back({member_, Date::of_days(day)});
      std::sort(stays.begin(), stays.end(), began_before);
      compare(stays);
    }
  }
  void compare(std::span<const Stay> stays) {
    const Stay *reaches = nullptr, *reaches_of_own = nullptr;  // the earlier stays that end last: of all, and by project below
    std::map<const StaffOf*, const Stay*> of_project;
    for (const Stay& stay : stays) {
      reaches_of_own = of_project[stay.used->of];
      const std::int64_t offered = stay.used->time->minutes.count();
      if (reaches && reaches->at.until > stay.at.from) {
        const bool own = reaches_of_own && reaches_of_own->at.until > stay.at.from;
        Common& common = common_[stay.row];
        common.minutes = std::min<std::int64_t>(offered, std::min(reaches->at.until, stay.at.until) - stay.at.from);
        common.reason = own ? Reason::Overlap : Reason::OverlapElsewhere;
        const Used& with = own ? *reaches_of_own->used : *reaches->used;
        if (stay.used->line) ledger_.two_places.push_back({stay.used->line->record, common.minutes, own ? times_of(with) : with.of->project.key + " " + times_of(with)});
      }
      for (const Stay** last : {&reaches, &of_project[stay.used->of]})
        if (!*last || (*last)->at.until < stay.at.until) *last = &stay;
    }
  }
  static std::string times_of(const Used& row) { return clock_text(row.time->start) + "–" + (row.time->end >= 0 ? clock_text(row.time->end) : ""); }

  // Whether days of the same month, project and activity (or where it is not stated) are known: the total says them once more.
  bool has_days_of(const Used& total) const {
    const Month month = Month::containing(total.last());
    const std::string activity = plain_word(total.time->activity);
    return std::any_of(rows_.begin(), rows_.end(), [&](const Used& day) {
      if (day.of != total.of || day.time->monthly || day.time->minutes.count() == 0 || !day.time->absence.empty()) return false;
      const std::string theirs = plain_word(day.time->activity);
      return Month::containing(day.last()) == month && (theirs == activity || theirs.empty() || activity.empty());
    });
  }

  // The minutes that the days of a total's month may have together, as far as they are the operation's.
  std::int64_t month_room(const Used& row) const {
    const Month month = Month::containing(row.last());
    const Period operation = row.of->project.operation();
    std::int64_t room = 0;
    for (Date date = month.first(); date <= month.last(); date = date.plus_days(1))
      if (operation.touches({date, date})) room += day_room(row, date);
    return room;
  }
  static std::int64_t day_room(const Used& row, Date date) {
    return std::min(whole_day, value_on(row.of->programme.staff_day_cap, date).value_or(Minutes{whole_day}).count());
  }

  // The rows of one day, or the totals of one month.
  void day(std::span<Used> rows) {
    const Date date = rows.front().last();
    const bool monthly = rows.front().time->monthly;
    std::int64_t here = 0, known = 0, stated = 0;
    for (const Used& row : rows) {
      known += row.time->minutes.count();
      if (row.line) here += row.time->minutes.count();
      std::int64_t in_other_projects = 0;
      for (const Used& other : rows)
        if (other.of != row.of) in_other_projects += other.time->minutes.count();
      stated = std::max(stated, row.time->other_eu_minutes.count() - in_other_projects);
    }
    std::int64_t used_today = stated, refused_here = 0, smallest_cap = whole_day;
    std::int64_t& used = used_[date.year()];
    used += stated;
    other_eu_[date.year()] += stated;
    const int month = Month::containing(date).number();
    std::int64_t& used_in_month = used_in_month_[month];
    used_in_month += stated;
    for (const Used& row : rows) {
      const StaffTime& time = *row.time;
      const Common common = common_[static_cast<std::size_t>(&row - rows_.data())];
      const std::int64_t reported = time.minutes.count(), offered = reported - common.minutes;
      const Period operation = row.of->project.operation();
      const std::int64_t day_cap = day_room(row, date);
      const bool part_year = value_on(row.of->programme.part_year_cap, date).value_or(false);
      const auto cap = year_cap(row.of->programme, date, part_year);
      const bool fixed = is_fixed_share(row);
      const std::pair of_month(row.of, month);
      const bool share_missing = value_on(row.of->programme.staff_year_cap, date) && !shares_.known_in(month);
      const auto month_cap = fixed ? fixed_share_cap(row) : std::numeric_limits<std::int64_t>::max();
      Reason reason = Reason::Accepted;
      std::int64_t accepted = 0;
      if (!operation.touches({row.first(), row.last()})) {
        reason = Reason::OutsideProject;
      } else if (!cap || !month_cap || share_missing) {
        reason = Reason::Undecided;
      } else if (common.minutes > 0 && offered == 0) {
        reason = common.reason;
      } else if (!time.absence.empty()) {
        reason = Reason::Absence;
      } else if (!monthly && !value_on(row.of->programme.staff_holidays, date).value_or(true) && public_holiday(date)) {
        reason = Reason::Holiday;
      } else if (!fixed && fixed_.contains(of_month)) {
        reason = Reason::BesideFixedShare;
      } else if (!fixed && offered > 0 && !signed_as_asked(time, value_on(row.of->programme.staff_signature, date))) {
        reason = Reason::NotSigned;
      } else if (monthly && !fixed && has_days_of(row)) {
        reason = Reason::Duplicate;
      } else if (!row.of->project.has_staff_activity(time.activity)) {
        reason = Reason::ActivityNotFunded;
      } else {
        const std::int64_t today = fixed     ? std::clamp<std::int64_t>(*month_cap - fixed_[of_month], 0, offered)
                                   : monthly ? std::clamp<std::int64_t>(month_room(row) - used_in_month, 0, offered)
                                             : std::clamp<std::int64_t>(day_cap - used_today, 0, offered);
        accepted = std::clamp<std::int64_t>(*cap - used, 0, today);
        if (today < offered)
          reason = monthly ? Reason::OverMonthLimit : Reason::OverDayLimit;
        else if (accepted < offered)
          reason = Reason::OverYearLimit;
        else if (common.minutes > 0)
          reason = common.reason;
        used_today += accepted;
        used += accepted;
        used_in_month += accepted;
        if (fixed) fixed_[of_month] += accepted;
      }
      if (!row.line) accepted_elsewhere_[date.year()] += accepted;
      if (!row.line) continue;
      smallest_cap = std::min(smallest_cap, day_cap);
      row.line->accepted = accepted;
      row.line->refused = reported - accepted;
      row.line->reason = reason;
      refused_here += reason == Reason::OverDayLimit ? offered - accepted : 0;
      ledger_.minutes[static_cast<std::size_t>(Reason::Accepted)] += accepted;
      if (reported > accepted) ledger_.minutes[static_cast<std::size_t>(reason)] += reported - accepted;
    }
    if (!monthly && here > 0 && known + stated > smallest_cap)
      ledger_.days.push_back({member_, date, known + stated, smallest_cap, refused_here});
  }

  void years() {
    std::map<int, StaffYear> by_year;
    for (const Used& row : rows_) {
      const int year = row.last().year();
      StaffYear& sum = by_year[year];
      (row.line ? sum.here : sum.elsewhere) += row.time->minutes.count();
      if (!row.line) continue;
      sum.accepted += row.line->accepted, sum.refused += row.line->refused;
      if (row.line->reason == Reason::OverYearLimit) sum.over += row.line->refused;
    }
    for (auto& [year, sum] : by_year) {
      if (sum.here == 0 &&
          std::none_of(rows_.begin(), rows_.end(), [y = year](const Used& row) { return row.line && row.last().year() == y; }))
        continue;
      const Date last = *Date::of(year, 12, 31);
      sum.member = member_;
      sum.year = year;
      sum.other_eu = other_eu_[year];
      sum.accepted_elsewhere = accepted_elsewhere_[year];
      if (const auto share = shares_.sum(year)) {
        sum.employment_share = static_cast<int>(*share / 12);
        if (value_on(here_.programme.staff_year_cap, last)) {
          const bool part_year = value_on(here_.programme.part_year_cap, last).value_or(false);
          sum.cap = Minutes{*year_cap(here_.programme, last, part_year)};
          sum.part_year_cap = Minutes{*year_cap(here_.programme, last, true)};
        }
      }
      ledger_.years.push_back(sum);
    }
  }

  void months() {
    // Rows come by their last day, so the rows of a month stand together, and those of a day within it.
    for (std::size_t from = 0, to = 0; from < rows_.size(); from = to) {
      const Month month = Month::containing(rows_[from].last());
      while (to < rows_.size() && Month::containing(rows_[to].last()) == month) ++to;
      StaffMonth sum{.member = member_, .month = month};
      const Rounding rounding = value_on(here_.programme.whole_hours_rounding, month.last()).value_or(Rounding::Down);
      const RoundingLevel level = value_on(here_.programme.whole_hours_level, month.last()).value_or(RoundingLevel::Month);
      bool any = false, all_signed = true, all_approved = true;
      std::map<std::string, std::vector<StaffPiece>> by_function;
      for (std::size_t i = from; i < to; ++i) {
        const StaffLine* line = rows_[i].line;
        if (!line) continue;
        const StaffTime& time = *rows_[i].time;
        any = true;
        sum.reported += time.minutes.count();
        sum.accepted += line->accepted;
        sum.refused += line->refused;
        by_function[time.function].push_back({time.day, line->accepted});
        if (time.minutes.count() > 0) {
          all_signed = all_signed && time.signed_on;
          all_approved = all_approved && time.approved_on;
          sum.signed_on = std::max(sum.signed_on, time.signed_on);
          sum.approved_on = std::max(sum.approved_on, time.approved_on);
        }
      }
      for (auto& [function, pieces] : by_function) {
        std::stable_sort(pieces.begin(), pieces.end(), [](const StaffPiece& a, const StaffPiece& b) { return a.day < b.day; });
        for (const std::int64_t hours : hours_completed(pieces, rounding, level)) sum.whole_hours += hours;
      }
      if (!all_signed) sum.signed_on.reset();
      if (!all_approved) sum.approved_on.reset();
      if (any) ledger_.months.push_back(sum);
    }
  }

  StaffMember member_;
  std::span<Used> rows_;
  const StaffOf& here_;
  StaffLedger& ledger_;
  Shares shares_;
  struct Common {
    std::int64_t minutes = 0;  // that an earlier stay of the day covers
    Reason reason = Reason::Accepted;
  };
  std::vector<Common> common_;  // by row
  std::map<std::pair<const StaffOf*, int>, std::int64_t> fixed_;  // accepted of a fixed share of the post, by project and month
  std::map<int, std::int64_t> used_, other_eu_, accepted_elsewhere_;  // minutes of a calendar year
  std::map<int, std::int64_t> used_in_month_;
};

}  // namespace

std::vector<std::int64_t> hours_completed(std::span<const StaffPiece> pieces, Rounding rounding, RoundingLevel level) {
  std::vector<std::int64_t> hours;
  std::int64_t before = 0;  // minutes of the unit that is rounded
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (level == RoundingLevel::Row || (level == RoundingLevel::Day && i > 0 && pieces[i].day != pieces[i - 1].day)) before = 0;
    const std::int64_t after = before + pieces[i].accepted;
    hours.push_back(reported_hours(Minutes{after}, rounding) - reported_hours(Minutes{before}, rounding));
    before = after;
  }
  return hours;
}

StaffLedger staff_ledger(const StaffOf& here, std::span<const StaffOf> elsewhere) {
  StaffLedger ledger;
  ledger.lines.resize(here.time.size());
  std::map<StaffWho, std::vector<Used>> members;
  for (std::uint32_t i = 0; i < here.time.size(); ++i) {
    ledger.lines[i].record = i;
    members[who_of(here.time[i])].push_back({&here.time[i], &here, &ledger.lines[i]});
  }
  for (const StaffOf& other : elsewhere)
    for (const StaffTime& time : other.time)
      if (const auto found = members.find(who_of(time)); found != members.end())
        found->second.push_back({&time, &other, nullptr});
  for (auto& [who, rows] : members) {
    const StaffMember member = member_of(*rows.front().time);  // as this project spells it: its rows come first
    std::stable_sort(rows.begin(), rows.end(), in_order);
    OfMember(member, rows, here, ledger).judge();
  }
  return ledger;
}

}  // namespace horisont
