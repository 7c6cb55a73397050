#include "core/rules/rules.h"

#include <algorithm>
#include <set>

#include "core/rules/facts.h"

namespace horisont {
namespace {

// The facts of a rule set's inputs, in their order: looked up once for a whole list of participations.
std::vector<const FactDefinition*> plan_of(const dmn::RuleSet& rules) {
  std::vector<const FactDefinition*> plan;
  const auto facts = fact_definitions();
  for (const dmn::InputName& input : rules.inputs())
    plan.push_back(
        &*std::find_if(facts.begin(), facts.end(), [&](const FactDefinition& fact) { return fact.input.name == input.name; }));
  return plan;
}

Decision decided(std::uint32_t person, const dmn::Answers& answers, const dmn::RuleSet& rules,
                 std::span<const dmn::InputValue> record) {
  Decision decision{
      .person = person, .verdict = verdict_of(answers, rules.rows()), .hit = answers.hit, .cannot_tell = answers.cannot_tell};
  std::uint64_t read = 0;
  for (std::size_t i = 0; i < rules.rows().size(); ++i) {
    const dmn::FindingRow& row = rules.rows()[i];
    const bool hit = answers.hit >> i & 1;
    if (hit) decision.codes.push_back(row.code + (row.outcome == dmn::RowOutcome::Unknown ? "?" : ""));
    if (answers.cannot_tell >> i & 1 || (hit && row.outcome == dmn::RowOutcome::Unknown)) read |= row.depends_on;
  }
  for (std::size_t i = 0; i < record.size(); ++i)
    if (read >> i & 1 && std::holds_alternative<std::monostate>(record[i]) && rules.inputs()[i].need == dmn::Need::MayBeMissing)
      decision.missing.push_back(rules.inputs()[i].name);
  return decision;
}

std::string text_of(const dmn::InputValue& value) {
  if (const auto* yes = std::get_if<bool>(&value)) return *yes ? "yes" : "no";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* day = std::get_if<dmn::Day>(&value)) return Date::of_days(day->days).iso();
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return "";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "; ") + text;
  return all;
}

// Of the rows of one code: the first that hits; else the first that cannot be told; else the last, the failure that did not
// come about.
std::size_t row_that_answers(const dmn::Trace& trace, std::span<const std::size_t> rows) {
  for (const std::uint64_t mask : {trace.answers.hit, trace.answers.cannot_tell})
    for (const std::size_t row : rows)
      if (mask >> row & 1) return row;
  return rows.back();
}

// Where no limits hold on the entry day the question is not asked: the row's guard says so.
bool not_asked(const dmn::TracedRow& row) {
  return std::any_of(row.cells.begin(), row.cells.end(), [](const dmn::TracedCell& cell) {
    return cell.expression == "limits_known" && cell.is == dmn::TracedCell::Is::False;
  });
}

// What a value was compared with: a number or a day in a cell, or the project's municipalities.
std::string limit_of(const dmn::Trace& trace, const dmn::TracedRow& row) {
  std::string limit;
  for (const dmn::TracedCell& cell : row.cells) {
    if (!cell.compared.empty() && cell.compared != "true" && cell.compared != "false") limit = cell.compared;
    if (cell.expression != "in_area") continue;
    for (const auto& [name, value] : trace.derived)
      if (name == "limits.municipalities") limit = value;
  }
  return limit;
}

}  // namespace

std::vector<dmn::InputValue> facts_of(const Participation& participation, const ProjectTerms& project,
                                      const ProgrammeTerms& programme, const dmn::RuleSet& rules) {
  std::vector<dmn::InputValue> record;
  for (const FactDefinition* fact : plan_of(rules)) record.push_back(fact->value(participation, project, programme));
  return record;
}

Verdict verdict_of(const dmn::Answers& answers, std::span<const dmn::FindingRow> rows) {
  std::uint64_t blocking_fail = 0, blocking_unknown = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].severity != dmn::Severity::Blocking) continue;
    (rows[i].outcome == dmn::RowOutcome::Fail ? blocking_fail : blocking_unknown) |= std::uint64_t{1} << i;
  }
  if (answers.hit & blocking_fail) return Verdict::NotEligible;
  if (answers.hit & blocking_unknown) return Verdict::Undecided;
  if (answers.cannot_tell & (blocking_fail | blocking_unknown)) return Verdict::Undecided;
  if (answers.hit | answers.cannot_tell) return Verdict::EligibleWithRemarks;
  return Verdict::Eligible;
}

Decision decide(const Participation& participation, const ProjectTerms& project, const ProgrammeTerms& programme,
                const LoadedRuleSet& rules) {
  return decide(std::span(&participation, 1), project, programme, rules).front();
}

std::vector<Decision> decide(std::span<const Participation> participations, const ProjectTerms& project,
                             const ProgrammeTerms& programme, const LoadedRuleSet& loaded) {
  const auto plan = plan_of(loaded.rules);
  std::vector<Decision> decisions;
  decisions.reserve(participations.size());
  std::vector<dmn::InputValue> record(plan.size());
  for (const Participation& participation : participations) {
    for (std::size_t i = 0; i < plan.size(); ++i) record[i] = plan[i]->value(participation, project, programme);
    decisions.push_back(decided(participation.person, loaded.rules.answer(record), loaded.rules, record));
  }
  return decisions;
}

Explanation explain(const Participation& participation, const ProjectTerms& project, const ProgrammeTerms& programme,
                    const LoadedRuleSet& loaded) {
  const dmn::RuleSet& rules = loaded.rules;
  const auto plan = plan_of(rules);
  std::vector<dmn::InputValue> record;
  for (const FactDefinition* fact : plan) record.push_back(fact->value(participation, project, programme));
  const dmn::Trace trace = rules.trace(record);
  Explanation explanation{.verdict = verdict_of(trace.answers, rules.rows()),
                          .rule_set = rules.name() + " " + rules.version(),
                          .rule_set_sha256 = loaded.sha256,
                          .answers = {}};
  for (const dmn::RuleText& text : rules.texts()) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < rules.rows().size(); ++i)
      if (rules.rows()[i].code == text.code) rows.push_back(i);
    if (rows.empty()) continue;
    const std::size_t shown = row_that_answers(trace, rows);
    const dmn::FindingRow& row = rules.rows()[shown];
    const dmn::TracedRow& traced = trace.rows[shown];

    RuleAnswer answer{
        .code = text.code, .question = {text.question_sv, text.question_en}, .message = {}, .fix = {text.fix_sv, text.fix_en}};
    answer.blocking = row.severity == dmn::Severity::Blocking;
    if (trace.answers.hit >> shown & 1)
      answer.outcome = row.outcome == dmn::RowOutcome::Fail ? RuleOutcome::NotMet : RuleOutcome::CannotTell;
    else if (trace.answers.cannot_tell >> shown & 1)
      answer.outcome = RuleOutcome::CannotTell;
    else if (std::all_of(rows.begin(), rows.end(), [&](std::size_t i) { return not_asked(trace.rows[i]); }))
      answer.outcome = RuleOutcome::NotApplicable;
    if (answer.outcome == RuleOutcome::NotMet || answer.outcome == RuleOutcome::CannotTell)
      answer.message = {row.message_sv, row.message_en};
    answer.legal_basis = row.legal_basis == "limits.citation" ? joined(trace.limits_cited) : row.legal_basis;
    answer.unverified = answer.legal_basis.find("°") != std::string::npos;

    std::uint64_t reads = 0;
    for (const std::size_t i : rows) reads |= rules.rows()[i].depends_on;
    std::string first_day, last_day;
    for (std::size_t i = 0; i < record.size(); ++i) {
      if (!(reads >> i & 1)) continue;
      const dmn::InputName& input = rules.inputs()[i];
      // The project is the same for everybody: its days are the limit that was tested, not a fact of the person.
      if (input.name == "project_start")
        first_day = text_of(record[i]);
      else if (input.name == "project_end")
        last_day = text_of(record[i]);
      else if (input.name != "project")
        answer.inputs.push_back(
            {.name = input.name,
             .label = {input.label_sv, input.label_en},
             .value = text_of(record[i]),
             .missing = std::holds_alternative<std::monostate>(record[i]) && input.need != dmn::Need::Optional,
             .origin = plan[i]->origin(participation)});
    }
    answer.limit = limit_of(trace, traced);
    if (answer.limit.empty() && !last_day.empty()) answer.limit = first_day + "–" + last_day;
    explanation.answers.push_back(std::move(answer));
  }
  return explanation;
}

std::vector<RuleText> rule_texts(const LoadedRuleSet& loaded) {
  std::vector<RuleText> texts;
  for (const dmn::RuleText& text : loaded.rules.texts()) {
    RuleText rule{.code = text.code,
                  .legal_basis = {},
                  .question = {text.question_sv, text.question_en},
                  .fix = {text.fix_sv, text.fix_en}};
    std::set<std::string> bases;
    for (const dmn::FindingRow& row : loaded.rules.rows()) {
      if (row.code != text.code) continue;
      rule.blocking = rule.blocking || row.severity == dmn::Severity::Blocking;
      rule.unverified = rule.unverified || row.unverified;
      const std::string basis = row.legal_basis == "limits.citation" ? "gränsraden / the limits row" : row.legal_basis;
      if (bases.insert(basis).second) rule.legal_basis += (rule.legal_basis.empty() ? "" : "; ") + basis;
    }
    texts.push_back(std::move(rule));
  }
  return texts;
}

}  // namespace horisont
