#include "rules_by_hand.h"

#include <map>
#include <stdexcept>
#include <string>

namespace {

std::vector<std::string> words_of(std::string list) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : list) {
    if (c >= '0' && c <= '9')
      word += c;
    else if (!word.empty())
      words.push_back(std::move(word)), word.clear();
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

}  // namespace

std::vector<HandLimits> hand_limits(const dmn::RuleSet& rules, dmn::Words& words) {
  std::vector<HandLimits> all;
  for (const dmn::LimitsRow& row : rules.limits()) {
    std::map<std::string, std::string> values(row.values.begin(), row.values.end());
    HandLimits limits;
    limits.project = words.id(row.key);
    limits.from = row.from.days, limits.to = row.to.days;
    limits.min_age = std::stoll(values.at("min_age")), limits.max_age = std::stoll(values.at("max_age"));
    limits.evidence_days = std::stoll(values.at("evidence_days"));
    limits.school = values.at("area_basis") == "school", limits.pupils = values.at("target") == "pupil at risk";
    limits.grades_asked = values.at("grades_asked") == "true", limits.kaa_asked = values.at("kaa_asked") == "true";
    for (const std::string& code : words_of(values.at("municipalities"))) {
      const auto id = static_cast<std::size_t>(words.id(code));
      if (limits.municipalities.size() <= id) limits.municipalities.resize(id + 1);
      limits.municipalities[id] = 1;
    }
    all.push_back(std::move(limits));
  }
  return all;
}

void answer_by_hand(const dmn::RuleSet& rules, std::span<const HandLimits> limits, const dmn::Columns& columns,
                    std::span<dmn::Answers> out) {
  struct Column {
    const std::int64_t* values;
    const std::uint8_t* missing;
  };
  const auto column = [&](const char* name) {
    for (std::size_t i = 0; i < rules.inputs().size(); ++i)
      if (rules.inputs()[i].name == name) return Column{columns[i].values.data(), columns[i].missing.data()};
    throw std::runtime_error(name);
  };
  const Column project = column("project"), birth = column("birth_date"), entry = column("entry_date"),
               exit = column("exit_date"), age = column("age_at_entry"), home = column("home_municipality"),
               school = column("school_municipality"), works = column("works"), studies = column("studies"),
               pupil = column("pupil_at_risk"), grades = column("upper_secondary_complete"), kaa = column("kaa_registered"),
               start = column("project_start"), end = column("project_end"), overlap = column("overlap_days"),
               on_file = column("evidence_on_file"), after = column("evidence_after_days");
  const auto row = [](bool is, unsigned number) { return std::uint64_t{is} << number; };
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::uint64_t hit = 0, open = 0;
    const bool no_entry = entry.missing[i], no_age = age.missing[i];
    const std::int64_t day = entry.values[i];

    const HandLimits* found = nullptr;
    if (!no_entry)
      for (const HandLimits& one : limits)
        if (one.project == project.values[i] && one.from <= day && day <= one.to) {
          found = &one;
          break;
        }

    hit |= row(birth.missing[i], 0) | row(no_entry, 1);
    if (found && !no_age)
      hit |= row(age.values[i] < found->min_age, 2) | row(age.values[i] > found->max_age, 3);
    else
      open |= 0b1100;
    if (found) {
      const Column& lives = found->school ? school : home;
      if (lives.missing[i]) {
        hit |= row(true, 4), open |= row(true, 5);
      } else {
        const auto word = static_cast<std::size_t>(lives.values[i]);
        hit |= row(word >= found->municipalities.size() || !found->municipalities[word], 5);
      }
      bool told, is;
      if (found->pupils) {
        told = !pupil.missing[i], is = pupil.values[i];
      } else {
        const bool working = !works.missing[i] && works.values[i], studying = !studies.missing[i] && studies.values[i];
        told = working || studying || !(works.missing[i] | studies.missing[i]);
        is = !working && !studying;
      }
      hit |= row(!told, 6) | row(told && !is, 7), open |= row(!told, 7);
      if (found->grades_asked)
        hit |= row(grades.missing[i], 8) | row(!grades.missing[i] && grades.values[i], 9), open |= row(grades.missing[i], 9);
      if (found->kaa_asked && (no_age || age.values[i] < 20)) {
        const bool unknown = no_age || kaa.missing[i];
        hit |= row(unknown, 10) | row(!unknown && !kaa.values[i], 11), open |= row(unknown, 11);
      }
    }
    if (no_entry)
      open |= row(true, 12) | row(!exit.missing[i], 13);
    else
      hit |= row(day < start.values[i] || day > end.values[i], 12) | row(!exit.missing[i] && exit.values[i] < day, 13);
    hit |= row(overlap.values[i] > 0, 14);
    if (!on_file.values[i]) {
      hit |= row(true, 15);
    } else {
      hit |= row(!no_entry && after.missing[i], 16);
      if (found && !after.missing[i])
        hit |= row(after.values[i] > found->evidence_days, 17);
      else
        open |= row(true, 17);
    }
    out[i] = {hit, open};
  }
}
