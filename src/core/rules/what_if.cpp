#include "core/rules/what_if.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "core/rules/facts.h"

// A verdict changes only at the values that the rule set compares with, and where a birthday or a day of evidence makes one of
// them. Between two of these places it is the same, so that asking once in each stretch answers for every value.
namespace horisont {
namespace {

using dmn::InputValue;
using Reach = OtherValue::Reach;

// How good a verdict is for the person.
int favour(Verdict v) {
  return v == Verdict::Eligible ? 3 : v == Verdict::EligibleWithRemarks ? 2 : v == Verdict::Undecided ? 1 : 0;
}

// One fact that can be given another value.
struct Dial {
  const char* name;
  InputValue (*now)(const Participation&);
  void (*set)(Participation&, const InputValue&);
  enum class Values { YesNo, Words, Days, Count } values;
  bool may_end = false;  // the absence of a value means something
};

template <auto Member>
InputValue yes_no(const Participation& p) {
  return p.*Member ? InputValue{(p.*Member)->value} : InputValue{};
}
template <auto Member>
void set_yes_no(Participation& p, const InputValue& to) {
  p.*Member = Known<bool>{std::get<bool>(to), {}};
}
template <auto Member>
InputValue word(const Participation& p) {
  return p.*Member ? InputValue{(p.*Member)->value} : InputValue{};
}
template <auto Member>
void set_word(Participation& p, const InputValue& to) {
  p.*Member = Known<std::string>{std::get<std::string>(to), {}};
}
template <auto Member>
InputValue day(const Participation& p) {
  return p.*Member ? InputValue{dmn::Day{(p.*Member)->value.days()}} : InputValue{};
}
template <auto Member>
void set_day(Participation& p, const InputValue& to) {
  if (const auto* found = std::get_if<dmn::Day>(&to))
    p.*Member = Known<Date>{Date::of_days(found->days), {}};
  else
    (p.*Member).reset();
}
InputValue evidence_day(const Participation& p) {
  const EvidenceItem* item = first_evidence(p);
  return item && item->document_date ? InputValue{dmn::Day{item->document_date->days()}} : InputValue{};
}
void set_evidence(Participation& p, const InputValue& to) {
  p.evidence.clear();
  if (const auto* found = std::get_if<dmn::Day>(&to))
    p.evidence = {EvidenceItem{.criterion = "identity", .document_date = Date::of_days(found->days)}};
}

using P = Participation;
using Values = Dial::Values;
constexpr Dial facts[] = {
    {"works", yes_no<&P::works>, set_yes_no<&P::works>, Values::YesNo},
    {"studies", yes_no<&P::studies>, set_yes_no<&P::studies>, Values::YesNo},
    {"pupil_at_risk", yes_no<&P::pupil_at_risk>, set_yes_no<&P::pupil_at_risk>, Values::YesNo},
    {"upper_secondary_complete", yes_no<&P::upper_secondary_complete>, set_yes_no<&P::upper_secondary_complete>, Values::YesNo},
    {"kaa_registered", yes_no<&P::kaa_registered>, set_yes_no<&P::kaa_registered>, Values::YesNo},
    {"home_municipality", word<&P::home_municipality>, set_word<&P::home_municipality>, Values::Words},
    {"school_municipality", word<&P::school_municipality>, set_word<&P::school_municipality>, Values::Words},
    {"overlap_days", [](const P& p) { return InputValue{p.overlap_days}; },
     [](P& p, const InputValue& to) { p.overlap_days = std::get<std::int64_t>(to); }, Values::Count},
    {"birth_date", day<&P::born_on>, set_day<&P::born_on>, Values::Days},
    {"entry_date", day<&P::entered_on>, set_day<&P::entered_on>, Values::Days},
    {"exit_date", day<&P::left_on>, set_day<&P::left_on>, Values::Days, true},
    {"evidence_on_file", evidence_day, set_evidence, Values::Days, true},
};

// From this value on, up to the next stretch, every value gives the same answers.
struct Stretch {
  std::int64_t first, last;
};

class WhatIf {
 public:
  WhatIf(const Participation& p, const ProjectTerms& project, const ProgrammeTerms& programme, const LoadedRuleSet& loaded)
      : p_(p), project_(project), programme_(programme), rules_(loaded.rules), masks_(loaded.rules.rows()) {
    marks_ = dmn::landmarks(rules_);
    marks_.days.insert(project.operation().first.days());
    if (project.operation().last) marks_.days.insert(project.operation().last->days());
    for (const auto& dated : programme.leap_birthday.values) {
      marks_.days.insert(dated.valid.first.days());
      if (dated.valid.last) marks_.days.insert(dated.valid.last->days() + 1);
    }
    for (const Dial& fact : facts)
      if (input(fact)) tried_.push_back(&fact);
    now_ = verdict(p_);
  }

  std::vector<OtherVerdict> all() {
    std::vector<OtherVerdict> found;
    for (const Dial* fact : tried_) single(*fact, found);
    // The best first; among equals in the order of the facts, and of the values.
    std::stable_sort(found.begin(), found.end(),
                     [](const OtherVerdict& a, const OtherVerdict& b) { return favour(a.verdict) > favour(b.verdict); });
    const bool suffices = eligible(now_) || (!found.empty() && eligible(found.front().verdict));
    for (std::size_t size = 2; size <= 3 && !suffices; ++size) {
      const auto together = sets(size);
      found.insert(found.end(), together.begin(), together.end());
      if (!together.empty()) break;
    }
    return found;
  }

 private:
  dmn::Answers answers(const Participation& p) const { return rules_.answer(facts_of(p, project_, programme_, rules_)); }
  Verdict verdict(const Participation& p) const { return masks_.verdict(answers(p)); }
  bool told(Verdict v) const { return favour(v) > favour(now_) || (eligible(now_) && !eligible(v)); }

  const dmn::InputName* input(const Dial& fact) const {
    for (const dmn::InputName& one : rules_.inputs())
      if (one.name == fact.name) return &one;
    return nullptr;
  }

  static Participation with(Participation p, const Dial& fact, const InputValue& value) {
    fact.set(p, value);
    return p;
  }
  static InputValue value_of(const Dial& fact, std::int64_t whole) {
    if (fact.values == Values::Days) return dmn::Day{static_cast<std::int32_t>(whole)};
    return whole;
  }
  static std::string text_of(const InputValue& value) {
    if (const bool* b = std::get_if<bool>(&value)) return *b ? "yes" : "no";
    if (const auto* n = std::get_if<std::int64_t>(&value)) return std::to_string(*n);
    if (const auto* d = std::get_if<dmn::Day>(&value)) return Date::of_days(d->days).iso();
    if (const auto* s = std::get_if<std::string>(&value)) return *s;
    return "";
  }

  // Where the answers for one whole-numbered fact of this participation can change, as stretches over its whole range.
  std::vector<Stretch> stretches(const Dial& fact, const Participation& p) const {
    std::set<std::int64_t> starts;
    std::int64_t lowest = 0, highest = std::int64_t{1} << 40;
    const auto beside = [&](std::int64_t at) { starts.insert({at, at + 1}); };
    if (fact.values == Values::Count) {
      for (const std::int64_t n : marks_.numbers) beside(n);
    } else {
      static const std::int64_t first_day = Date::of(1, 1, 1)->days(), last_day = Date::of(9999, 12, 31)->days();
      lowest = first_day, highest = last_day;
      for (const std::int32_t d : marks_.days) beside(d);
      const std::string_view name = fact.name;
      for (const Dial& other : facts)
        if (other.name != name)
          if (const InputValue value = other.now(p); const auto* d = std::get_if<dmn::Day>(&value)) beside(d->days);
      const bool entry = name == "entry_date", birth = name == "birth_date";
      if ((entry && p.born_on) || (birth && p.entered_on)) {
        const Date from = entry ? p.born_on->value : p.entered_on->value;
        for (const std::int64_t n : marks_.numbers)
          for (std::int64_t age = std::max<std::int64_t>(n, 0); age <= std::min<std::int64_t>(n + 1, 200); ++age) {
            const int year = from.year() + static_cast<int>(entry ? age : -age);
            if (year < 2 || year > 9998) continue;
            // 29 February stands beside 28 February and 1 March.
            const std::int64_t day = birthday(from, static_cast<int>(entry ? age : -age), LeapBirthday::Feb28).days();
            starts.insert({day - 1, day, day + 1, day + 2});
          }
      }
      const EvidenceItem* item = first_evidence(p);
      for (const std::int64_t n : marks_.numbers) {
        if (n < -100'000 || n > 100'000) continue;
        if (entry && item && item->document_date) beside(item->document_date->days() - n);
        if (name == "evidence_on_file" && p.entered_on) beside(p.entered_on->value.days() + n);
      }
    }
    starts.insert(lowest);
    std::vector<Stretch> all;
    for (const std::int64_t start : starts) {
      if (start < lowest || start > highest) continue;
      if (!all.empty()) all.back().last = start - 1;
      all.push_back({start, highest});
    }
    return all;
  }

  OtherValue other(const Dial& fact, std::string to, std::string until, Reach reach) const {
    const dmn::InputName* known = input(fact);
    return {fact.name, {known->label_sv, known->label_en}, text_of(fact.now(p_)), std::move(to), std::move(until), reach};
  }
  OtherValue between(const Dial& fact, std::int64_t first, std::int64_t last, const std::vector<Stretch>& range) const {
    const std::string from = text_of(value_of(fact, first)), to = text_of(value_of(fact, last));
    const bool days = fact.values == Values::Days;
    const bool from_the_first = first == range.front().first, to_the_last = last == range.back().last;
    if (from_the_first && to_the_last) return other(fact, "", "", Reach::Any);
    if (to_the_last) return other(fact, from, "", days ? Reach::OrLater : Reach::OrMore);
    if (from_the_first && (days || first != last)) return other(fact, to, "", days ? Reach::OrEarlier : Reach::OrLess);
    return first == last ? other(fact, from, "", Reach::Exactly) : other(fact, from, to, Reach::Between);
  }

  // Every change of this fact alone.
  void single(const Dial& fact, std::vector<OtherVerdict>& found) const {
    const auto tell = [&](OtherValue value, Verdict then) { found.push_back({{std::move(value)}, then}); };
    if (fact.values == Values::YesNo) {
      for (const bool value : {false, true}) {
        const Verdict then = verdict(with(p_, fact, value));
        if (told(then)) tell(other(fact, value ? "yes" : "no", "", Reach::Exactly), then);
      }
      return;
    }
    if (fact.values == Values::Words) return words(fact, tell);
    if (fact.may_end) {
      const Verdict then = verdict(with(p_, fact, InputValue{}));
      if (told(then)) tell(other(fact, "", "", Reach::Missing), then);
    }
    const auto range = stretches(fact, p_);
    std::vector<Verdict> verdicts;
    for (const Stretch& one : range) verdicts.push_back(verdict(with(p_, fact, value_of(fact, one.first))));
    for (std::size_t i = 0; i < range.size();) {
      std::size_t end = i + 1;
      while (end < range.size() && verdicts[end] == verdicts[i]) ++end;
      if (told(verdicts[i])) tell(between(fact, range[i].first, range[end - 1].last, range), verdicts[i]);
      i = end;
    }
  }

  // Every word that the rule set knows, and any other one.
  void words(const Dial& fact, const std::function<void(OtherValue, Verdict)>& tell) const {
    const Verdict any = verdict(with(p_, fact, std::string()));
    std::map<Verdict, std::string> those;
    std::string except;
    for (const std::string& one : words_of(fact)) {
      const Verdict then = verdict(with(p_, fact, one));
      std::string& list = those[then];
      list += (list.empty() ? "" : ", ") + one;
      if (then != any) except += (except.empty() ? "" : ", ") + one;
    }
    if (told(any)) tell(other(fact, except, "", except.empty() ? Reach::Any : Reach::NoneOf), any);
    for (const auto& [then, list] : those)
      if (then != any && told(then)) tell(other(fact, list, "", Reach::AnyOf), then);
  }
  std::set<std::string> words_of(const Dial& fact) const {
    std::set<std::string> all = marks_.words;
    for (const Dial& one : facts)
      if (one.values == Values::Words && one.name != std::string_view(fact.name))
        if (const InputValue value = one.now(p_); const auto* text = std::get_if<std::string>(&value)) all.insert(*text);
    return all;
  }

  // Several together. Of the values of one fact that say the same by themselves the nearest is enough to try.
  struct Try {
    const Dial* fact;
    InputValue value;
    std::int64_t away = 0;
    bool later = false;
  };

  std::vector<Try> tries() const {
    std::vector<Try> all;
    for (const Dial* fact : tried_) {
      const InputValue now = fact->now(p_);
      if (fact->values == Values::YesNo) {
        for (const bool value : {false, true})
          if (now != InputValue{value}) all.push_back({fact, value});
      } else if (fact->values == Values::Words) {
        std::map<std::pair<std::uint64_t, std::uint64_t>, bool> seen;
        for (const std::string& one : words_of(*fact)) {
          const dmn::Answers said = answers(with(p_, *fact, one));
          if (seen.try_emplace({said.hit, said.cannot_tell}, true).second && now != InputValue{one}) all.push_back({fact, one});
        }
      } else {
        std::map<std::tuple<std::uint64_t, std::uint64_t, bool>, Try> nearest;
        for (const Stretch& one : stretches(*fact, p_)) {
          Try next{fact, value_of(*fact, one.first)};
          const std::int64_t here = whole(now);
          if (!std::holds_alternative<std::monostate>(now)) {
            const std::int64_t value = std::clamp(here, one.first, one.last);
            next.value = value_of(*fact, value), next.away = std::abs(value - here), next.later = value > here;
          }
          if (next.value == now) continue;
          const dmn::Answers said = answers(with(p_, *fact, next.value));
          const auto [place, fresh] = nearest.try_emplace({said.hit, said.cannot_tell, next.later}, next);
          if (!fresh && next.away < place->second.away) place->second = next;
        }
        for (auto& [key, one] : nearest) all.push_back(std::move(one));
      }
    }
    return all;
  }
  static std::int64_t whole(const InputValue& value) {
    if (const auto* d = std::get_if<dmn::Day>(&value)) return d->days;
    const auto* n = std::get_if<std::int64_t>(&value);
    return n ? *n : 0;
  }

  std::vector<OtherVerdict> sets(std::size_t size) const {
    const std::vector<Try> all = tries();
    struct Kept {
      std::vector<const Try*> chosen;
      std::int64_t away = 0;
    };
    std::vector<Kept> kept;
    std::map<std::vector<std::string>, std::size_t> by_names;
    std::vector<const Try*> chosen;
    const std::function<void(std::size_t, const Participation&)> choose = [&](std::size_t from, const Participation& so_far) {
      if (chosen.size() == size) {
        if (!eligible(verdict(so_far))) return;
        std::vector<std::string> names;
        std::int64_t away = 0;
        for (const Try* one : chosen) names.push_back(one->fact->name + std::string(one->later ? ">" : "")), away += one->away;
        const auto [place, fresh] = by_names.try_emplace(names, kept.size());
        if (fresh)
          kept.push_back({chosen, away});
        else if (away < kept[place->second].away)
          kept[place->second] = {chosen, away};
        return;
      }
      for (std::size_t i = from; i < all.size(); ++i) {
        if (!chosen.empty() && chosen.back()->fact == all[i].fact) continue;
        chosen.push_back(&all[i]);
        choose(i + 1, with(so_far, *all[i].fact, all[i].value));
        chosen.pop_back();
      }
    };
    choose(0, p_);
    std::vector<OtherVerdict> found;
    for (const Kept& one : kept) found.push_back(together(one.chosen));
    return found;
  }

  // The values chosen; the last of them that has neighbours is widened as far as the verdict stays, the others standing.
  OtherVerdict together(const std::vector<const Try*>& chosen) const {
    Participation all = p_;
    for (const Try* one : chosen) one->fact->set(all, one->value);
    const Verdict then = verdict(all);
    OtherVerdict out{{}, then};
    const Dial* wide = nullptr;
    for (const Try* one : chosen)
      if (one->fact->values == Values::Days || (one->fact->values == Values::Words && !wide)) wide = one->fact;
    for (const Try* one : chosen) {
      const Dial& fact = *one->fact;
      if (one->fact != wide) {
        out.values.push_back(other(fact, text_of(one->value), "", Reach::Exactly));
      } else if (fact.values == Values::Words) {
        std::string list;
        for (const std::string& word : words_of(fact))
          if (verdict(with(all, fact, word)) == then) list += (list.empty() ? "" : ", ") + word;
        out.values.push_back(other(fact, list, "", Reach::AnyOf));
      } else {
        const auto range = stretches(fact, all);
        const std::int64_t here = whole(one->value);
        std::size_t at = 0;
        while (at + 1 < range.size() && range[at + 1].first <= here) ++at;
        std::size_t first = at, last = at;
        const auto same = [&](std::size_t i) { return verdict(with(all, fact, value_of(fact, range[i].first))) == then; };
        while (first > 0 && same(first - 1)) --first;
        while (last + 1 < range.size() && same(last + 1)) ++last;
        out.values.push_back(between(fact, range[first].first, range[last].last, range));
      }
    }
    return out;
  }

  const Participation& p_;
  const ProjectTerms& project_;
  const ProgrammeTerms& programme_;
  const dmn::RuleSet& rules_;
  const VerdictMasks masks_;
  dmn::Landmarks marks_;
  std::vector<const Dial*> tried_;
  Verdict now_ = Verdict::Undecided;
};

}  // namespace

std::vector<OtherVerdict> what_would_change(const Participation& participation, const ProjectTerms& project,
                                            const ProgrammeTerms& programme, const LoadedRuleSet& rules) {
  return WhatIf(participation, project, programme, rules).all();
}

std::vector<std::string> facts_that_are_tried() {
  std::vector<std::string> names;
  for (const Dial& fact : facts) names.emplace_back(fact.name);
  return names;
}

}  // namespace horisont
