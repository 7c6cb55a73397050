#include "core/funding/packed_hours.h"

#include <gtest/gtest.h>

#include <algorithm>

#include <random>
#include <tuple>

namespace horisont {
namespace {

auto all_of(const TimeRecord& t) {
  return std::tuple(t.person, t.day, t.start, t.end, t.minutes, t.activity, t.flags, t.origin.import, t.origin.sheet,
                    t.origin.row, t.origin.column, t.origin.correction);
}
auto all_of(const LedgerLine& l) { return std::tuple(l.record, l.accepted, l.refused, l.reason); }

struct Given {
  std::vector<TimeRecord> times;
  std::vector<LedgerLine> lines;
};

// Records of all widths: some like the one before, some with the largest and smallest numbers that fit.
Given given(std::size_t count, bool by_person) {
  std::mt19937 chance(20160415);
  const auto pick = [&](auto... values) {
    const std::int64_t all[] = {static_cast<std::int64_t>(values)...};
    return all[chance() % sizeof...(values)];
  };
  Given out;
  TimeRecord t;
  for (std::size_t i = 0; i < count; ++i) {
    if (by_person)
      t.person += static_cast<std::uint32_t>(chance() % 40 == 0);
    else
      t.person = static_cast<std::uint32_t>(pick(0, 7, 8, 4'294'967'295));
    t.day = static_cast<std::int32_t>(pick(t.day, std::int64_t{t.day} + 1, 16'800, -1, 2'147'483'647, -2'147'483'648));
    t.start = static_cast<std::int16_t>(pick(t.start, -1, 480, 1439));
    t.end = static_cast<std::int16_t>(pick(t.end, -1, 960, 1440));
    t.minutes = static_cast<std::uint16_t>(pick(t.minutes, 0, 450, 65'535));
    t.activity = static_cast<std::uint8_t>(pick(t.activity, 0, 255));
    t.flags = static_cast<std::uint8_t>(pick(t.flags, 0, TimeAbsent, 255));
    t.origin.import = static_cast<std::uint32_t>(pick(t.origin.import, 1, 4'294'967'295));
    t.origin.sheet = static_cast<std::uint16_t>(pick(t.origin.sheet, 0, 65'535));
    t.origin.row = static_cast<std::uint32_t>(pick(std::int64_t{t.origin.row} + 1, 2, 4'294'967'295));
    t.origin.column = static_cast<std::uint16_t>(pick(t.origin.column, 0, 65'535));
    t.origin.correction = static_cast<std::uint16_t>(pick(0, 0, 0, 65'535));
    const auto refused = static_cast<std::uint16_t>(pick(0, t.minutes, t.minutes / 2));
    out.lines.push_back({.record = static_cast<std::uint32_t>(i),
                         .accepted = static_cast<std::uint16_t>(t.minutes - refused),
                         .refused = refused,
                         .reason = static_cast<Reason>(chance() % reason_count)});
    out.times.push_back(t);
  }
  return out;
}

TEST(PackedHours, give_back_what_was_put_in_in_its_order) {
  for (const std::size_t count : {0u, 1u, 255u, 256u, 257u, 5000u})
    for (const bool by_person : {true, false}) {
      const Given in = given(count, by_person);
      const PackedHours packed(in.times, in.lines);
      const auto out = packed.all();
      ASSERT_EQ(out.times.size(), count);
      ASSERT_EQ(out.lines.size(), count);
      EXPECT_EQ(packed.size(), count);
      for (std::size_t i = 0; i < count; ++i) {
        ASSERT_EQ(all_of(out.times[i]), all_of(in.times[i])) << i;
        ASSERT_EQ(all_of(out.lines[i]), all_of(in.lines[i])) << i;
      }
    }
}

TEST(PackedHours, give_a_person_s_records_alone_whatever_order_all_came_in) {
  for (const bool by_person : {true, false}) {
    const Given in = given(3000, by_person);
    const PackedHours packed(in.times, in.lines);
    for (const std::uint32_t person : {0u, 1u, 7u, 8u, 30u, 70u, 100'000u, 4'294'967'295u}) {
      const auto out = packed.of(person);
      ASSERT_EQ(out.times.size(), out.lines.size());
      std::size_t at = 0;
      for (std::size_t i = 0; i < in.times.size(); ++i) {
        if (in.times[i].person != person) continue;
        ASSERT_LT(at, out.times.size()) << person;
        EXPECT_EQ(all_of(out.times[at]), all_of(in.times[i]));
        EXPECT_EQ(out.lines[at].record, at);
        EXPECT_EQ(out.lines[at].accepted, in.lines[i].accepted);
        EXPECT_EQ(out.lines[at].reason, in.lines[i].reason);
        ++at;
      }
      EXPECT_EQ(at, out.times.size()) << person;
    }
  }
  EXPECT_TRUE(PackedHours().of(3).times.empty());
}

TEST(PackedHours, hold_what_a_plain_list_holds_whosever_time_is_changed) {
  Given all = given(5000, true);
  PackedHours packed(all.times, all.lines);
  for (std::uint32_t round = 1; round < 40; ++round) {
    // Two people's time is another, or gone; one of them may be new.
    std::vector<std::uint32_t> persons{round * 3 % 100, 100 + round * 7 % 60};
    PackedHours::Records now;
    Given next;
    const auto add = [](auto& to, const TimeRecord& time, LedgerLine line) {
      line.record = static_cast<std::uint32_t>(to.times.size());
      to.times.push_back(time), to.lines.push_back(line);
    };
    const auto put = [&](std::uint32_t person) {
      for (std::uint32_t i = 0; i < round * 37 % 300; ++i) {
        TimeRecord time = all.times[i];
        time.person = person;
        add(next, time, all.lines[i]);
        add(now, time, all.lines[i]);
      }
    };
    auto whose = persons.begin();
    for (std::size_t i = 0; i < all.times.size(); ++i) {
      for (; whose != persons.end() && *whose <= all.times[i].person; ++whose) put(*whose);
      if (std::find(persons.begin(), persons.end(), all.times[i].person) == persons.end()) add(next, all.times[i], all.lines[i]);
    }
    for (; whose != persons.end(); ++whose) put(*whose);
    packed = packed.with(persons, now);
    all = next;
    const auto out = packed.all();
    ASSERT_EQ(out.times.size(), all.times.size()) << round;
    ASSERT_EQ(packed.size(), all.times.size());
    for (std::size_t i = 0; i < all.times.size(); ++i) {
      ASSERT_EQ(all_of(out.times[i]), all_of(all.times[i])) << round << ": " << i;
      ASSERT_EQ(all_of(out.lines[i]), all_of(all.lines[i])) << round << ": " << i;
    }
    for (std::size_t i = 0; i < all.times.size(); i += 501) EXPECT_EQ(packed.person_of(i), all.times[i].person);
    for (const std::uint32_t person : persons) EXPECT_EQ(packed.of(person).times.size(), now.times.size() / 2) << person;
  }
}

}  // namespace
}  // namespace horisont
