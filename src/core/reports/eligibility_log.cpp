// The eligibility log: every logged event, every assessment with the answer of each rule, the rules with their citations,
// the checkpoints. Participants stand by reference only.

#include <algorithm>

#include "core/reports/cells.h"
#include "core/reports/said.h"

namespace horisont {
namespace {

// What has a word in both languages is shown by it; what a later program logs stays as it is written.
Cell known_word(const char* list, const std::string& word) {
  return text_of(std::string(list) + "." + word) ? choice_cell(list, word) : text_cell(word);
}

Sheet log_sheet(const ReportInput& input) {
  Sheet sheet{.id = "log",
              .fields = {"log_entry", "time", "event", "participant", "outcome", "rule_codes", "rule_set", "file", "source_file",
                         "actor_role", "reason", "leaf_hash"}};
  for (const LogLine& line : input.log) {
    const bool judges = line.event == "decision" || line.event == "override";
    add_row(sheet, row_of(reference_cell(line.entry), text_cell(time_words(line.time)), known_word("log-event", line.event),
                          reference_cell(line.participant), known_word(judges ? "verdict" : "log-outcome", line.outcome),
                          text_cell(line.rules), hash_cell(line.rule_set_sha256.substr(0, 16)),
                          text_cell(line.file + (line.file_name.empty() ? "" : " ") + line.file_name),
                          hash_cell(line.source_sha256.substr(0, 16)), known_word("role", line.actor_role),
                          text_cell(line.reason), hash_cell(line.leaf_hash)));
  }
  return sheet;
}

// One row a checkpoint; another one for each further anchor.
Sheet checkpoints(const ReportInput& input) {
  Sheet sheet{.id = "checkpoints",
              .fields = {"size", "root", "time", "signature", "anchor_kind", "anchor_who", "anchor_when", "report"}};
  for (const LogCheckpoint& point : input.checkpoints) {
    std::string reports;
    for (const std::string& report : point.reports) reports += (reports.empty() ? "" : ", ") + report;
    for (std::size_t i = 0; i < std::max<std::size_t>(1, point.anchors.size()); ++i) {
      const LogCheckpoint::Anchor anchor = point.anchors.empty() ? LogCheckpoint::Anchor{} : point.anchors[i];
      add_row(sheet, row_of(cell(point.size), hash_cell(point.root), text_cell(time_words(point.time)), text_cell(point.signature),
                            choice_cell("anchor", anchor.kind), text_cell(anchor.who), text_cell(time_words(anchor.when)),
                            text_cell(reports)));
    }
  }
  return sheet;
}

// A fact by the name that the rule set gives it, from what a rule read; without one by its key.
Bilingual fact_words(const std::string& fact, const Explanation* explanation) {
  if (explanation)
    for (const RuleAnswer& answer : explanation->answers)
      for (const InputRead& input : answer.inputs)
        if (input.name == fact && !input.label.sv.empty()) return input.label;
  return {fact, fact};
}

// A rule's answer, from the explanation; without one only what the decision itself says.
Cell answer_cell(const std::string& code, const Decision& decision, const Explanation* explanation) {
  if (explanation) {
    for (const RuleAnswer& answer : explanation->answers)
      if (answer.code == code) return choice_cell("rule-outcome", name_of(answer.outcome));
    return {};
  }
  for (const std::string& found : decision.codes) {
    if (found == code) return choice_cell("rule-outcome", name_of(RuleOutcome::NotMet));
    if (found == code + "?") return choice_cell("rule-outcome", name_of(RuleOutcome::CannotTell));
  }
  return {};
}

Sheet assessments(const ReportInput& input) {
  Sheet sheet{.id = "assessments", .fields = {"participant", "date", "verdict"}};
  for (const RuleText& rule : input.rules) sheet.fields.push_back("rule_" + rule.code);
  sheet.fields.insert(sheet.fields.end(), {"missing", "log_entry"});
  auto log = newest_entries(input.log);
  for (std::size_t i = 0; i < input.participations.size(); ++i) {
    const Participation& p = input.participations[i];
    const Decision& decision = input.decisions[i];
    const Explanation* explanation = i < input.explanations.size() ? &input.explanations[i] : nullptr;
    std::vector<Cell> row = row_of(reference_cell(p.reference), cell(input.today), cell(decision.verdict));
    for (const RuleText& rule : input.rules) row.push_back(answer_cell(rule.code, decision, explanation));
    Bilingual missing;
    for (const std::string& fact : decision.missing) {
      const Bilingual words = fact_words(fact, explanation);
      const char* before = missing.sv.empty() ? "" : ", ";
      missing.sv += before + words.sv, missing.en += before + words.en;
    }
    row.push_back(missing.sv.empty() ? Cell{} : cell(missing));
    row.push_back(reference_cell(log[p.reference]));
    add_row(sheet, std::move(row));
  }
  return sheet;
}

Sheet rules(const ReportInput& input) {
  Sheet sheet{.id = "rules",
              .fields = {"rule_set", "code", "question", "citation", "valid_from", "valid_to", "severity", "confidence"}};
  const auto& uses = input.project.rule_sets;
  auto used = std::find_if(uses.begin(), uses.end(), [&](const RuleSetUse& use) { return use.file == input.rule_set; });
  if (used == uses.end())
    used = std::find_if(uses.begin(), uses.end(), [&](const RuleSetUse& use) { return use.used.contains(input.today); });
  const bool known = used != uses.end();
  for (const RuleText& rule : input.rules)
    add_row(sheet, row_of(text_cell(input.rule_set), text_cell(rule.code), cell(rule.question), cell(rule.legal_basis),
                          known ? cell(used->used.first) : Cell{}, known ? cell(used->used.last) : Cell{},
                          choice_cell("severity", rule.blocking ? "blocking" : "remark"),
                          choice_cell("confidence", rule.unverified ? "unverified" : "verified")));
  return sheet;
}

}  // namespace

Report eligibility_log(const ReportInput& input) {
  const Date first = input.project.grants.empty() ? input.today : std::min(input.project.operation().first, input.today);
  Report report = new_report("eligibility-log", input, {first, input.today});
  report.sheets = {log_sheet(input), assessments(input), rules(input), checkpoints(input)};
  report.checks = {{{"check.assessed", {}},
                    static_cast<std::int64_t>(report.sheets[1].rows.size()),
                    static_cast<std::int64_t>(input.participations.size())},
                   {{"check.checkpoint", {}},
                    static_cast<std::int64_t>(input.log.size()),
                    input.checkpoints.empty() ? 0 : input.checkpoints.back().size}};
  const auto undecided = std::count_if(input.decisions.begin(), input.decisions.end(),
                                       [](const Decision& decision) { return decision.verdict == Verdict::Undecided; });
  if (undecided > 0) report.remaining.push_back({{"remaining.undecided", {}}, undecided});
  note_rules(report, input);
  return report;
}

}  // namespace horisont
