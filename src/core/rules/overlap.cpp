#include <algorithm>
#include <tuple>

#include "core/rules/rules.h"

namespace horisont {
namespace {

struct Stay {
  const PersonalIdentityNumber* number;
  std::int32_t first, last;
  std::size_t project, place;
};

// Every spell of everybody whose number names one human being.
std::vector<Stay> stays(std::span<const Participation> participations, std::size_t project, Date today) {
  std::vector<Stay> found;
  for (std::size_t i = 0; i < participations.size(); ++i) {
    const Participation& p = participations[i];
    if (!p.number || !p.number->names_one_person()) continue;
    for (const Period& spell : p.spells) {
      // Who has not left takes part until today; a later day is not known yet.
      const Date last = spell.last ? *spell.last : std::max(today, spell.first);
      if (spell.first <= last) found.push_back({&*p.number, spell.first.days(), last.days(), project, i});
    }
  }
  return found;
}

}  // namespace

void find_overlaps(std::span<Participation> participations,
                   std::span<const std::pair<std::string, std::span<const Participation>>> others, Date today) {
  for (Participation& p : participations) p.overlap_days = 0, p.overlap_with.clear();
  std::vector<Stay> all;
  for (std::size_t i = 0; i < others.size(); ++i) {
    const auto theirs = stays(others[i].second, i, today);
    all.insert(all.end(), theirs.begin(), theirs.end());
  }
  const auto by_number = [](const Stay& a, const Stay& b) { return *a.number < *b.number; };
  std::sort(all.begin(), all.end(), [&](const Stay& a, const Stay& b) {
    if (by_number(a, b) || by_number(b, a)) return by_number(a, b);
    return std::tuple(a.first, a.project, a.place) < std::tuple(b.first, b.project, b.place);
  });
  for (const Stay& stay : stays(participations, 0, today)) {
    const auto [from, to] = std::equal_range(all.begin(), all.end(), stay, by_number);
    Participation& participation = participations[stay.place];
    std::int32_t counted_to = stay.first - 1;  // days in two other projects at once are one day each
    for (auto other = from; other != to; ++other) {
      const std::int32_t first = std::max(stay.first, other->first), last = std::min(stay.last, other->last);
      if (first > last) continue;
      const auto& [project, people] = others[other->project];
      const std::string name = project + " " + people[other->place].reference;
      auto& with = participation.overlap_with;
      if (std::find(with.begin(), with.end(), name) == with.end()) with.push_back(name);
      if (last <= counted_to) continue;
      participation.overlap_days += last - std::max(first, counted_to + 1) + 1;
      counted_to = last;
    }
  }
}

}  // namespace horisont
