#include "core/rules/manual.h"

#include <algorithm>

namespace horisont {
namespace {

bool among(std::span<const std::string> codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

std::string inputs_of(const Explanation& explanation, std::span<const std::string> codes) {
  std::string text;
  for (const RuleAnswer& answer : explanation.answers) {
    if (!among(codes, answer.code)) continue;
    for (const InputRead& input : answer.inputs)
      text += answer.code + " " + input.name + (input.missing ? " ?" : " = " + input.value) + "\n";
  }
  return text;
}

std::vector<ManualDecision> in_force(std::span<const ManualDecision> all) {
  std::vector<ManualDecision> held;
  for (const ManualDecision& one : all) {
    if (one.withdraws) {
      std::erase_if(held, [&](const ManualDecision& earlier) { return earlier.number == one.withdraws; });
      continue;
    }
    for (ManualDecision& earlier : held)
      if (earlier.person == one.person) std::erase_if(earlier.codes, [&](const std::string& code) { return among(one.codes, code); });
    std::erase_if(held, [](const ManualDecision& earlier) { return earlier.codes.empty(); });
    held.push_back(one);
  }
  return held;
}

bool apply(const ManualDecision& manual, Decision& decision, const dmn::RuleSet& rules) {
  const auto& rows = rules.rows();
  std::uint64_t hit = decision.hit, cannot_tell = decision.cannot_tell;
  for (const std::string& code : manual.codes) {
    bool known = false, said = manual.met;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].code != code) continue;
      known = true;
      const std::uint64_t bit = std::uint64_t{1} << i;
      hit &= ~bit, cannot_tell &= ~bit;
      if (said || rows[i].outcome != dmn::RowOutcome::Fail) continue;
      hit |= bit, said = true;
    }
    if (!known || !said) return false;
  }
  decision.hit = hit, decision.cannot_tell = cannot_tell;
  decision.verdict = verdict_of({.hit = hit, .cannot_tell = cannot_tell}, rows);
  std::vector<std::string> codes;
  for (const std::string& code : decision.codes)
    if (!among(manual.codes, code.ends_with('?') ? code.substr(0, code.size() - 1) : code)) codes.push_back(code);
  if (!manual.met) codes.insert(codes.end(), manual.codes.begin(), manual.codes.end());
  std::sort(codes.begin(), codes.end());
  decision.codes = std::move(codes);
  return true;
}

void apply(const ManualDecision& manual, const Decision& decision, Explanation& explanation) {
  explanation.verdict = decision.verdict;
  for (RuleAnswer& answer : explanation.answers)
    if (among(manual.codes, answer.code)) {
      answer.outcome = manual.met ? RuleOutcome::Met : RuleOutcome::NotMet;
      answer.manual = manual.id();
    }
}

}  // namespace horisont
