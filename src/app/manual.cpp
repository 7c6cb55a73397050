#include "app/manual.h"

#include <algorithm>
#include <charconv>

#include "app/assess.h"
#include "app/correct.h"
#include "app/months.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

std::string joined(std::span<const std::string> codes) {
  std::string all;
  for (const std::string& code : codes) all += (all.empty() ? "" : " ") + code;
  return all;
}

template <class List>
auto of_person(List& list, std::uint32_t person) {
  return std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.person == person; });
}

// The rest of a decision by hand: it is stored, and what follows from it for everybody is taken on record.
Result<MadeManual> stored(Workspace& workspace, const ManualRequest& asked, ManualDecision manual) {
  if (!is_reason(asked.reason)) return tl::make_unexpected(why_no_reason(asked.reason));
  const ProjectTerms& project = *workspace.project(asked.project);
  if (asked.approved_by == asked.actor.account || (project.two_persons && asked.approved_by.empty()))
    return problem("manual.second-person", asked.actor.account);
  manual.reason = tidy(asked.reason).text;
  manual.evidence = asked.evidence, manual.approved_by = asked.approved_by;
  manual.actor = asked.actor.account, manual.role = asked.actor.role, manual.at = asked.now;
  auto reopened = change_facts(workspace, asked.project, asked.reason, asked.actor, asked.now, [&] {
    workspace.store.at_once([&] {
      // What it stands over is on record first.
      record_new_decisions(workspace, project_state(workspace, asked.project, asked.today, Explain::No), asked.actor, asked.now);
      manual.number = workspace.store.add(asked.project, manual, asked.actor, asked.now);
      record_new_decisions(workspace, project_state(workspace, asked.project, asked.today, Explain::No), asked.actor, asked.now);
    });
  });
  if (!reopened) return tl::make_unexpected(reopened.error());
  return MadeManual{std::move(manual), std::move(*reopened)};
}

}  // namespace

std::vector<ManualDecision> lay_over(std::span<const ManualDecision> stored, std::span<const Participation> participations,
                                     const ProjectTerms& project, const ProgrammeTerms& programme, const LoadedRuleSet& rules,
                                     std::vector<Decision>& decisions, std::vector<Finding>& stale) {
  std::vector<ManualDecision> hold;
  for (ManualDecision& manual : in_force(stored)) {
    const auto participation = of_person(participations, manual.person);
    const auto decision = of_person(decisions, manual.person);
    const bool there = participation != participations.end() && decision != decisions.end();
    const bool same_rules = manual.logic_sha256 == rules.logic_sha256;
    if (there && same_rules &&
        inputs_of(explain(*participation, project, programme, rules), manual.codes) == manual.inputs &&
        apply(manual, *decision, rules.rules)) {
      hold.push_back(std::move(manual));
      continue;
    }
    stale.push_back({.code = same_rules ? "manual.stale" : "manual.stale-rules",
                     .level = Level::Warning,
                     .place = {},
                     .participant = participant_reference(manual.person),
                     .given = {},
                     .values = {manual.id(), joined(manual.codes), manual.at.iso()}});
  }
  return hold;
}

std::vector<ManualDecision> lay_over(std::span<const ManualDecision> stored, ProjectState& state, std::vector<Finding>& stale) {
  if (stored.empty()) return {};
  auto hold = lay_over(stored, state.participations, *state.project, *state.programme, *state.rule_set, state.decisions, stale);
  for (const ManualDecision& manual : hold)
    for (std::size_t i = 0; i < state.explanations.size(); ++i)
      if (state.participations[i].person == manual.person) apply(manual, state.decisions[i], state.explanations[i]);
  return hold;
}

Result<MadeManual> decide_by_hand(Workspace& workspace, const ManualRequest& asked) {
  const ProjectState state = project_state(workspace, asked.project, asked.today, Explain::No);
  const auto person = person_of_reference(asked.participant);
  const auto participation = person ? of_person(state.participations, *person) : state.participations.end();
  if (participation == state.participations.end()) return problem("cli.participant-unknown", asked.participant, asked.project);
  if (!state.rule_set) return problem("manual.no-rules", asked.project);
  const Explanation said = explain(*participation, *state.project, *state.programme, *state.rule_set);
  ManualDecision manual{.person = *person,
                        .codes = asked.codes,
                        .met = asked.met,
                        .rule_set_sha256 = state.rule_set->sha256,
                        .logic_sha256 = state.rule_set->logic_sha256,
                        .inputs = inputs_of(said, asked.codes)};
  for (const std::string& code : asked.codes)
    if (std::none_of(said.answers.begin(), said.answers.end(), [&](const RuleAnswer& answer) { return answer.code == code; })) {
      std::string known;
      for (const RuleText& rule : state.rules) known += (known.empty() ? "" : ", ") + rule.code;
      return problem("manual.no-rule", code, known);
    }
  Decision decision = *of_person(state.decisions, *person);
  manual.before = decision.verdict;
  if (!apply(manual, decision, state.rule_set->rules)) return problem("manual.cannot-refuse", joined(asked.codes));
  manual.after = decision.verdict;
  return stored(workspace, asked, std::move(manual));
}

Result<MadeManual> withdraw_manual(Workspace& workspace, const std::string& id, const ManualRequest& asked) {
  const auto all = workspace.store.manual_decisions(asked.project);
  const auto holding = in_force(all);
  const auto found = std::find_if(holding.begin(), holding.end(), [&](const ManualDecision& one) { return one.id() == id; });
  if (found == holding.end()) return problem("manual.none", id);
  const ProjectState state = project_state(workspace, asked.project, asked.today, Explain::No);
  ManualDecision manual = *found;
  manual.withdraws = found->number;
  if (const auto now = of_person(state.decisions, manual.person); now != state.decisions.end()) {
    manual.before = now->verdict;
    const auto participation = of_person(state.participations, manual.person);
    manual.after = decide(*participation, *state.project, *state.programme, *state.rule_set).verdict;
  }
  return stored(workspace, asked, std::move(manual));
}

Table manual_table(const ProjectState& state, std::span<const ManualDecision> all) {
  Table table{.schema = "manual-decisions"};
  table.columns = {{"decision", {"Beslut", "Decision"}},       {"participant", {"Deltagare", "Participant"}},
                   {"rules", {"Regler", "Rules"}},             {"answer", {"Svar", "Answer"}},
                   {"before", {"Före", "Before"}},             {"after", {"Efter", "After"}},
                   {"reason", {"Skäl", "Reason"}},             {"evidence", {"Underlag", "Evidence"}},
                   {"actor", {"Av", "By"}},                    {"approved_by", {"Godkänt av", "Approved by"}},
                   {"at", {"När", "When"}},                    {"rule_set", {"Regelverk", "Rule set"}},
                   {"state", {"Läge", "State"}}};
  table.when_empty = {"Inga manuella beslut", "No manual decisions"};
  const auto verdict = [](Verdict of) { return Message{"verdict." + std::string(name_of(of)), {}}; };
  const auto standing = in_force(all);
  const auto among = [](std::span<const ManualDecision> some, const ManualDecision& one) {
    return std::any_of(some.begin(), some.end(), [&](const ManualDecision& other) { return other.number == one.number; });
  };
  for (auto one = all.rbegin(); one != all.rend(); ++one) {
    const char* where = one->withdraws               ? "manual.withdrawal"
                        : among(state.manual, *one)  ? "manual.holds"
                        : among(standing, *one)      ? "manual.is-stale"
                                                     : "manual.withdrawn";
    table.rows.push_back({one->id(), participant_reference(one->person), joined(one->codes),
                          Message{one->withdraws ? "manual.by-rules" : one->met ? "rule-outcome.met" : "rule-outcome.not-met", {}},
                          verdict(one->before), verdict(one->after), one->reason, one->evidence, one->actor, one->approved_by,
                          one->at.iso(), one->rule_set_sha256.substr(0, 16), Message{where, {}}});
  }
  return table;
}

}  // namespace horisont
