#include "core/rules/what_if.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "core/rules/facts.h"

namespace horisont {
namespace {

struct Try {
  OtherValue value;
  std::function<void(Participation&)> apply;
  std::optional<Date> day;  ///< of a date: for the nearest one
};

class WhatIf {
 public:
  WhatIf(const Participation& p, const ProjectTerms& project, const ProgrammeTerms& programme, const LoadedRuleSet& loaded)
      : p_(p), project_(project), programme_(programme), rules_(loaded.rules), masks_(loaded.rules.rows()) {
    for (const dmn::LimitsRow& row : rules_.limits())
      if (row.key == project.key) limits_.push_back(&row);
    is_eligible_ = eligible(verdict(p_));
  }

  std::vector<OtherVerdict> all() {
    collect();
    std::vector<OtherVerdict> found = sets(1);
    for (std::size_t size = 2; size <= 3 && found.empty() && !is_eligible_; ++size) found = sets(size);
    return found;
  }

 private:
  Verdict verdict(const Participation& p) const {
    return masks_.verdict(rules_.answer(facts_of(p, project_, programme_, rules_)));
  }
  bool changed(Verdict v) const { return eligible(v) != is_eligible_; }

  const dmn::InputName* input(std::string_view name) const {
    for (const dmn::InputName& one : rules_.inputs())
      if (one.name == name) return &one;
    return nullptr;
  }
  void add(const char* name, std::string from, std::string to, OtherValue::Reach reach,
           std::function<void(Participation&)> apply, std::optional<Date> day = {}) {
    const dmn::InputName* known = input(name);
    if (!known) return;
    tries_.push_back(
        {{name, {known->label_sv, known->label_en}, std::move(from), std::move(to), reach}, std::move(apply), day});
  }
  static std::string limit(const dmn::LimitsRow& row, std::string_view name) {
    for (const auto& [key, value] : row.values)
      if (key == name) return value;
    return "";
  }
  static std::optional<int> number(const dmn::LimitsRow& row, std::string_view name) {
    const std::string text = limit(row, name);
    if (text.empty() || text.find_first_not_of("0123456789") != text.npos || text.size() > 6) return std::nullopt;
    return std::stoi(text);
  }
  LeapBirthday leap(Date on) const {
    const auto* dated = programme_.leap_birthday.on(on);
    return dated ? dated->value : LeapBirthday::Feb28;
  }
  // The limits that hold on the entry day; without one those that held first.
  const dmn::LimitsRow* holds() const {
    for (const dmn::LimitsRow* row : limits_)
      if (p_.entered_on && row->from.days <= p_.entered_on->value.days() && p_.entered_on->value.days() <= row->to.days)
        return row;
    return limits_.empty() ? nullptr : limits_.front();
  }

  void collect() {
    yes_no("works", &Participation::works);
    yes_no("studies", &Participation::studies);
    yes_no("pupil_at_risk", &Participation::pupil_at_risk);
    yes_no("upper_secondary_complete", &Participation::upper_secondary_complete);
    yes_no("kaa_registered", &Participation::kaa_registered);
    municipality("home_municipality", &Participation::home_municipality);
    municipality("school_municipality", &Participation::school_municipality);
    entry();
    birth();
    leaving();
    evidence();
    if (p_.overlap_days > 0)
      add("overlap_days", std::to_string(p_.overlap_days), "0", OtherValue::Reach::Exactly,
          [](Participation& p) { p.overlap_days = 0; });
  }

  void yes_no(const char* name, Fact<bool> Participation::*fact) {
    for (const bool value : {false, true}) {
      if ((p_.*fact) && (p_.*fact)->value == value) continue;
      add(name,
          !(p_.*fact)         ? ""
          : (p_.*fact)->value ? "yes"
                              : "no",
          value ? "yes" : "no", OtherValue::Reach::Exactly, [fact, value](Participation& p) {
            p.*fact = Known<bool>{value, {}};
          });
    }
  }

  void municipality(const char* name, Fact<std::string> Participation::*fact) {
    const dmn::LimitsRow* row = holds();
    if (!row) return;
    std::string list = limit(*row, "municipalities");
    if (list.size() < 3) return;
    list = list.substr(1, list.size() - 2);
    const std::string now = (p_.*fact) ? (p_.*fact)->value : "", first = list.substr(0, list.find(','));
    const auto set = [fact](std::string to) {
      return [fact, to = std::move(to)](Participation& p) { p.*fact = Known<std::string>{to, {}}; };
    };
    if (is_eligible_)
      add(name, now, list, OtherValue::Reach::NoneOf, set("?"));
    else
      add(name, now, list, OtherValue::Reach::AnyOf, set(first));
  }

  void entry() {
    std::set<std::int32_t> corners{project_.operation().first.days()};
    if (project_.operation().last) corners.insert(project_.operation().last->days());
    for (const dmn::LimitsRow* row : limits_) {
      corners.insert({row->from.days, row->to.days});
      if (p_.born_on && p_.born_on->value.year() < 9000) {
        const auto day = [&](int age) { return birthday(p_.born_on->value, age, leap(p_.born_on->value)).days(); };
        if (const auto age = number(*row, "min_age")) corners.insert(day(*age));
        if (const auto age = number(*row, "max_age")) corners.insert(day(*age + 1));
      }
      const EvidenceItem* item = first_evidence(p_);
      const auto days = number(*row, "evidence_days");
      if (item && item->document_date && days) corners.insert(item->document_date->days() - *days);
    }
    if (p_.left_on) corners.insert(p_.left_on->value.days());
    std::set<std::int32_t> days;
    for (const std::int32_t day : corners) days.insert({day - 1, day, day + 1});
    for (const std::int32_t day : days)
      if (!p_.entered_on || p_.entered_on->value.days() != day)
        add(
            "entry_date", p_.entered_on ? p_.entered_on->value.iso() : "", Date::of_days(day).iso(), OtherValue::Reach::Exactly,
            [day](Participation& p) {
              p.entered_on = Known<Date>{Date::of_days(day), {}};
            },
            Date::of_days(day));
  }

  void birth() {
    const dmn::LimitsRow* row = holds();
    if (p_.born_on || !p_.entered_on || p_.entered_on->value.year() < 1000 || !row) return;
    const auto min = number(*row, "min_age");
    if (!min) return;
    // The last birth date that is old enough; the age of the others follows from it.
    for (int back = 0; back < 3; ++back) {
      const Date entered = p_.entered_on->value;
      const Date born = birthday(entered, -*min, LeapBirthday::Feb28);
      const Date day = Date::of_days(born.days() - back);
      add(
          "birth_date", "", day.iso(), OtherValue::Reach::NoLaterThan,
          [day](Participation& p) {
            p.born_on = Known<Date>{day, {}};
          },
          day);
    }
  }

  void leaving() {
    if (!p_.left_on || !p_.entered_on || p_.left_on->value >= p_.entered_on->value) return;
    const Date day = p_.entered_on->value;
    add(
        "exit_date", p_.left_on->value.iso(), day.iso(), OtherValue::Reach::OrLater,
        [day](Participation& p) {
          p.left_on = Known<Date>{day, {}};
        },
        day);
  }

  void evidence() {
    const dmn::LimitsRow* row = holds();
    const auto days = row ? number(*row, "evidence_days") : std::nullopt;
    if (!days || !p_.entered_on) return;
    const Date day = Date::of_days(p_.entered_on->value.days() + *days);
    const EvidenceItem* item = first_evidence(p_);
    add(
        "evidence_on_file", item && item->document_date ? item->document_date->iso() : "", day.iso(),
        OtherValue::Reach::NoLaterThan,
        [day](Participation& p) { p.evidence = {EvidenceItem{.criterion = "identity", .document_date = day}}; }, day);
  }

  std::vector<OtherVerdict> sets(std::size_t size) {
    std::vector<OtherVerdict> found;
    std::vector<const Try*> chosen;
    std::map<std::vector<std::string>, std::size_t> by_names;
    const std::function<void(std::size_t)> choose = [&](std::size_t from) {
      if (chosen.size() == size) {
        Participation other = p_;
        for (const Try* one : chosen) one->apply(other);
        const Verdict then = verdict(other);
        if (changed(then)) keep(chosen, then, found, by_names);
        return;
      }
      for (std::size_t i = from; i < tries_.size(); ++i) {
        const bool again =
            std::any_of(chosen.begin(), chosen.end(), [&](const Try* one) { return one->value.name == tries_[i].value.name; });
        if (again) continue;
        chosen.push_back(&tries_[i]);
        choose(i + 1);
        chosen.pop_back();
      }
    };
    choose(0);
    return found;
  }

  // Of several values of the same facts the nearest day before and after the present one is told.
  void keep(const std::vector<const Try*>& chosen, Verdict then, std::vector<OtherVerdict>& found,
            std::map<std::vector<std::string>, std::size_t>& by_names) {
    std::vector<std::string> names;
    std::int64_t away = 0;
    for (const Try* one : chosen) {
      const bool dated = one->day && one->value.name == "entry_date" && p_.entered_on;
      const bool later = dated && *one->day > p_.entered_on->value;
      if (dated) away += std::abs(one->day->days() - p_.entered_on->value.days());
      names.push_back(one->value.name + (dated ? later ? ">" : "<" : ""));
    }
    OtherVerdict verdict_then{{}, then};
    for (const Try* one : chosen) verdict_then.values.push_back(reaching(*one, chosen));
    const auto [place, fresh] = by_names.try_emplace(names, found.size());
    if (fresh) {
      found.push_back(std::move(verdict_then));
      distances_.resize(found.size());
      distances_[place->second] = away;
    } else if (away < distances_[place->second]) {
      found[place->second] = std::move(verdict_then);
      distances_[place->second] = away;
    }
  }

  // "on that day", or later ones too: the day after is tried, and the day before.
  OtherValue reaching(const Try& one, const std::vector<const Try*>& chosen) const {
    OtherValue value = one.value;
    if (!one.day || value.name != "entry_date") return value;
    const auto holds_on = [&](int step) {
      Participation other = p_;
      for (const Try* t : chosen) t->apply(other);
      other.entered_on = Known<Date>{Date::of_days(one.day->days() + step), {}};
      return changed(verdict(other));
    };
    const bool before = holds_on(-1), after = holds_on(1);
    value.reach = after && !before   ? OtherValue::Reach::OrLater
                  : before && !after ? OtherValue::Reach::OrEarlier
                                     : OtherValue::Reach::Exactly;
    return value;
  }

  const Participation& p_;
  const ProjectTerms& project_;
  const ProgrammeTerms& programme_;
  const dmn::RuleSet& rules_;
  const VerdictMasks masks_;
  std::vector<const dmn::LimitsRow*> limits_;
  std::vector<Try> tries_;
  std::vector<std::int64_t> distances_;
  bool is_eligible_ = false;
};

}  // namespace

std::vector<OtherVerdict> what_would_change(const Participation& participation, const ProjectTerms& project,
                                            const ProgrammeTerms& programme, const LoadedRuleSet& rules) {
  return WhatIf(participation, project, programme, rules).all();
}

}  // namespace horisont
