#include "app/people_counts.h"

#include <vector>

namespace horisont {

void PeopleCounts::count(const Participation& one, int sign) {
  const auto last = last_day(one);
  begun_ += sign * (one.entered_on && one.entered_on->value <= today_);
  left_ += sign * (last && *last <= today_);
  if (last) {
    Exits& exits = exits_[Month::containing(*last)];
    exits.left += sign;
    exits.unanswered += sign * !one.result;
  }
  std::vector<Period> stays = one.spells;
  if (stays.empty() && one.entered_on) stays.push_back({one.entered_on->value, last});
  // Two stays in one month are one member.
  for (std::size_t i = 0; i < stays.size();) {
    const Month first = Month::containing(stays[i].first);
    std::optional<Month> end;
    for (; i < stays.size() && (!end || Month::containing(stays[i].first) <= *end); ++i) {
      if (!stays[i].last) {
        end.reset();
        i = stays.size();
        break;
      }
      const Month left = Month::containing(*stays[i].last);
      end = end ? std::max(*end, left) : std::max(left, first);
    }
    more_[first] += sign;
    if (end) more_[end->next()] -= sign;
  }
}

PeopleCounts::Exits PeopleCounts::exits(Month month) const {
  const auto found = exits_.find(month);
  return found == exits_.end() ? Exits{} : found->second;
}

std::int64_t PeopleCounts::members(Month month) const {
  std::int64_t members = 0;
  for (const auto& [at, more] : more_) {
    if (month < at) break;
    members += more;
  }
  return members;
}

}  // namespace horisont
