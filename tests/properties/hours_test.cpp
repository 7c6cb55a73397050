// What holds of hours whatever is sent in: no minute is lost, the order of records decides nothing, an hour of one person is
// accepted once however many projects state it, and splitting rows never pays more.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "core/funding/ledger.h"
#include "core/funding/rounding.h"
#include "support/given.h"

namespace horisont {
namespace {

constexpr std::string_view first_day = "2017-02-26";  // two days before entry

std::vector<TimeRecord> any_records() {
  const auto count = *rc::gen::inRange(0, 40);
  std::vector<TimeRecord> all;
  for (int i = 0; i < count; ++i) {
    // Few days and starts, so that records meet.
    const int start = *rc::gen::element(-1, -1, 480, 510, 600, 1200), minutes = *rc::gen::inRange(0, 240);
    const bool monthly = *rc::gen::inRange(0, 10) == 0;
    all.push_back({.person = *rc::gen::inRange<std::uint32_t>(0, 3),
                   .day = day(first_day).days() + *rc::gen::element(0, 1, 2, 3, 3, 4, 34, 35, 36),
                   .start = static_cast<std::int16_t>(start),
                   .end = static_cast<std::int16_t>(start < 0 || *rc::gen::inRange(0, 8) == 0 ? -1 : start + minutes),
                   .minutes = static_cast<std::uint16_t>(minutes),
                   .activity = *rc::gen::inRange<std::uint8_t>(0, 4),
                   .flags = static_cast<std::uint8_t>((monthly ? TimeMonthly : 0) | *rc::gen::element(0, 0, 0, 1, 16)),
                   .origin = {1, 0, static_cast<std::uint32_t>(i + 2), 5}});
  }
  return all;
}

Ledger judged(const std::vector<TimeRecord>& times, const ProgrammeTerms& terms, const std::vector<TimeElsewhere>& there = {}) {
  std::vector<Participation> people;
  std::vector<Decision> decisions;
  for (const std::uint32_t person : {0u, 1u}) {
    people.push_back(participation({.person = person, .entered = "2017-02-28", .left = "2017-04-02"}));
    Decision decision;
    decision.person = person;
    decision.verdict = Verdict::Eligible;
    decisions.push_back(decision);
  }
  return ledger(times, people, decisions, project(), terms, there);
}

ProgrammeTerms any_terms() {
  ProgrammeTerms terms = programme({.day_cap_minutes = *rc::gen::inRange(1, 600)});
  if (*rc::gen::arbitrary<bool>()) terms.participant_month_cap = always(Minutes{*rc::gen::inRange(1, 1200)});
  if (*rc::gen::arbitrary<bool>()) terms.participant_year_cap = always(Minutes{*rc::gen::inRange(1, 2000)});
  return terms;
}

RC_GTEST_PROP(Hours, end_in_one_place_each_and_no_minute_is_lost, ()) {
  const auto times = any_records();
  const Ledger found = judged(times, any_terms());
  std::int64_t reported = 0, by_month = 0;
  std::array<std::int64_t, reason_count> by_reason{};
  RC_ASSERT(found.lines.size() == times.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    const LedgerLine& line = found.lines[i];
    RC_ASSERT(line.record == i);
    RC_ASSERT(line.accepted + line.refused == times[i].minutes);
    RC_ASSERT(line.refused == 0 || line.reason != Reason::Accepted);
    reported += times[i].minutes;
    by_reason[0] += line.accepted;
    by_reason[static_cast<std::size_t>(line.reason)] += line.refused;
  }
  for (const LedgerCell& cell : found.cells) {
    RC_ASSERT(cell.accepted >= 0 && cell.refused() >= 0);
    by_month += cell.reported;
  }
  RC_ASSERT(by_reason == found.minutes);
  RC_ASSERT(by_month == reported);
  RC_ASSERT(found.reported() == reported);
}

RC_GTEST_PROP(Hours, come_out_the_same_whatever_the_order_of_the_records, ()) {
  const auto times = any_records();
  const ProgrammeTerms terms = any_terms();
  const Ledger found = judged(times, terms);
  std::vector<std::uint32_t> order(times.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[*rc::gen::inRange<std::size_t>(0, i)]);
  std::vector<TimeRecord> shuffled;
  for (const std::uint32_t at : order) shuffled.push_back(times[at]);
  const Ledger again = judged(shuffled, terms);
  RC_ASSERT(again.minutes == found.minutes);
  for (std::size_t i = 0; i < order.size(); ++i) {
    RC_ASSERT(again.lines[i].accepted == found.lines[order[i]].accepted);
    RC_ASSERT(again.lines[i].reason == found.lines[order[i]].reason);
  }
}

RC_GTEST_PROP(Hours, of_one_person_in_two_projects_are_accepted_for_no_minute_twice, ()) {
  const auto stays = [](std::uint32_t first_row) {
    std::vector<TimeRecord> all;
    for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
      const int start = *rc::gen::inRange(0, 300), minutes = *rc::gen::inRange(1, 120);
      all.push_back({.day = day("2017-03-02").days(),
                     .start = static_cast<std::int16_t>(start),
                     .end = static_cast<std::int16_t>(start + minutes),
                     .minutes = static_cast<std::uint16_t>(minutes),
                     .origin = {1, 0, first_row + static_cast<std::uint32_t>(i), 5}});
    }
    return all;
  };
  const auto a = stays(0), b = stays(100);
  const auto as_elsewhere = [](const std::vector<TimeRecord>& times, bool first) {
    std::vector<TimeElsewhere> there;
    for (const TimeRecord& time : times) there.push_back({time, "D-0001", first});
    return there;
  };
  const ProgrammeTerms terms = programme();
  const Ledger in_a = judged(a, terms, as_elsewhere(b, false)), in_b = judged(b, terms, as_elsewhere(a, true));
  std::array<bool, 24 * 60> taken{};
  for (const auto* times : {&a, &b})
    for (const TimeRecord& time : *times) std::fill(taken.begin() + time.start, taken.begin() + time.end, true);
  RC_ASSERT(in_a.minutes[0] + in_b.minutes[0] <= std::count(taken.begin(), taken.end(), true));
  RC_ASSERT(in_a.reported() + in_b.reported() == [&] {
    std::int64_t all = 0;
    for (const auto* times : {&a, &b})
      for (const TimeRecord& time : *times) all += time.minutes;
    return all;
  }());
}

RC_GTEST_PROP(Hours, rounded_down_are_never_more_for_rows_that_are_split, ()) {
  const auto parts = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 2000));
  std::int64_t whole = 0, of_parts = 0;
  Money paid_for_parts{};
  const Money rate = Money::of_ore(*rc::gen::inRange(0, 100'000));
  for (const int minutes : parts) {
    whole += minutes;
    of_parts += reported_hours(Minutes{minutes}, Rounding::Down);
    paid_for_parts = paid_for_parts + cost_of(Minutes{minutes}, rate, Rounding::Down);
  }
  RC_ASSERT(of_parts <= reported_hours(Minutes{whole}, Rounding::Down));
  RC_ASSERT(paid_for_parts <= cost_of(Minutes{whole}, rate, Rounding::Down));
}

}  // namespace
}  // namespace horisont
