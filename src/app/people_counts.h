#pragma once

#include <cstdint>
#include <map>
#include <span>

#include "core/cases/participation.h"

namespace horisont {

/// How many take part, as pages ask it of every month: kept while people are added and taken away, so that nobody is counted anew.
class PeopleCounts {
 public:
  struct Exits {
    std::int64_t left = 0, unanswered = 0;  ///< who left in a month, and of whom nothing is known afterwards
  };
  PeopleCounts(std::span<const Participation> people, Date today) : today_(today) {
    for (const Participation& one : people) add(one);
  }
  void add(const Participation& one) { count(one, 1); }
  void take_away(const Participation& one) { count(one, -1); }
  std::int64_t begun() const { return begun_; }  ///< up to today
  std::int64_t left() const { return left_; }    ///< up to today, and not come back
  Exits exits(Month) const;
  std::int64_t members(Month) const;  ///< who take part on some day of it

 private:
  void count(const Participation&, int sign);
  Date today_;
  std::int64_t begun_ = 0, left_ = 0;
  std::map<Month, Exits> exits_;
  std::map<Month, std::int64_t> more_;  // members than in the month before
};

}  // namespace horisont
