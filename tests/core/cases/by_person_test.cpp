// A list by person in pieces says what the same list in one piece says, after any number of changes.

#include "core/cases/by_person.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/cases/packed.h"

namespace horisont {
namespace {

struct One {
  std::uint32_t person = 0;
  int value = 0;
  friend bool operator==(const One&, const One&) = default;
};

std::vector<std::uint32_t> keys(const std::set<std::uint32_t>& persons) { return {persons.begin(), persons.end()}; }

TEST(ByPerson, holds_what_a_plain_list_holds_whatever_is_changed) {
  std::uint32_t chance = 1;
  const auto pick = [&](std::uint32_t below) { return chance = chance * 1664525u + 1013904223u, (chance >> 8) % below; };
  for (const std::size_t begun : {0u, 1u, 300u, 513u, 3000u}) {
    std::map<std::uint32_t, std::vector<One>> should;
    std::vector<One> all;
    for (std::uint32_t i = 0; i < begun; ++i) {
      all.push_back({i * 2, static_cast<int>(i)});
      should[i * 2].push_back(all.back());
    }
    ByPerson<One> list(std::move(all));
    for (int round = 0; round < 40; ++round) {
      std::set<std::uint32_t> persons;
      std::vector<One> now;
      for (std::uint32_t i = 0; i <= pick(5); ++i) persons.insert(round % 10 == 9 ? 7000 + pick(3000) : pick(7000));
      for (const std::uint32_t person : persons) {
        should.erase(person);
        for (std::uint32_t i = pick(4); i > 0; --i) {
          now.push_back({person, round * 10 + static_cast<int>(i)});
          should[person].push_back(now.back());
        }
      }
      list = list.with(keys(persons), now);
      std::vector<One> expected;
      for (const auto& [person, ones] : should) expected.insert(expected.end(), ones.begin(), ones.end());
      ASSERT_EQ(list.size(), expected.size());
      ASSERT_EQ(list.all(), expected) << "round " << round << " of " << begun;
      for (std::size_t i = 0; i < expected.size(); i += 97) EXPECT_EQ(list[i], expected[i]);
      for (const std::uint32_t person : persons) {
        const auto found = list.of(person);
        EXPECT_EQ(std::vector<One>(found.begin(), found.end()), should.contains(person) ? should[person] : std::vector<One>{});
      }
    }
  }
}

TEST(PackedParticipations, hold_what_a_plain_list_holds_whoever_comes_and_goes) {
  std::uint32_t chance = 7;
  const auto pick = [&](std::uint32_t below) { return chance = chance * 1664525u + 1013904223u, (chance >> 8) % below; };
  std::map<std::uint32_t, std::string> should;
  PackedParticipations packed;
  for (int round = 0; round < 60; ++round) {
    std::set<std::uint32_t> persons;
    std::vector<Participation> now;
    for (std::uint32_t i = 0, many = round == 0 ? 1500 : pick(9); i < many; ++i) persons.insert(pick(4000));
    for (const std::uint32_t person : persons) {
      should.erase(person);
      if (round > 0 && pick(3) == 0) continue;
      Participation one;
      one.person = person, one.name = std::to_string(round) + " " + std::to_string(person);
      should[person] = one.name;
      now.push_back(std::move(one));
    }
    packed = packed.with(keys(persons), now);
    ASSERT_EQ(packed.size(), should.size());
    std::size_t place = 0;
    for (const auto& [person, name] : should) {
      ASSERT_EQ(packed.place_of(person), place);
      ASSERT_EQ(packed.person_at(place), person);
      ASSERT_EQ(packed[place].name, name);
      ++place;
    }
    for (const std::uint32_t person : persons)
      if (!should.contains(person)) {
        EXPECT_EQ(packed.place_of(person), std::nullopt);
      }
  }
}

}  // namespace
}  // namespace horisont
