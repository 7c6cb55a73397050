#include "core/rules/rules.h"

#include <algorithm>
#include <set>

#include "core/rules/facts.h"
#include "core/values/both.h"
#include "dmn/columns.h"

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

// What a row writes as its basis when that is the row of `limits` (docs/rules.md); reports name the citation of that row.
constexpr std::string_view limits_row = "limits row";

// Values that, put in place of a missing one, show whether it mattered. No municipality is called "?".
std::vector<dmn::InputValue> probes(dmn::InputType type) {
  switch (type) {
    case dmn::InputType::Boolean:
      return {true, false};
    case dmn::InputType::Number:
      return {std::int64_t{0}};
    case dmn::InputType::Date:
      return {dmn::Day{0}};
    case dmn::InputType::String:
      return {std::string("?")};
  }
  return {};
}

Decision decided(std::uint32_t person, const dmn::RuleSet& rules, const dmn::Answers& answers) {
  Decision decision{
      .person = person, .verdict = verdict_of(answers, rules.rows()), .hit = answers.hit, .cannot_tell = answers.cannot_tell};
  bool blocked = false;
  const auto name = [&](std::size_t i, bool unknown) {
    std::string code = rules.rows()[i].code + (unknown ? "?" : "");
    if (std::find(decision.codes.begin(), decision.codes.end(), code) == decision.codes.end())
      decision.codes.push_back(std::move(code));
  };
  for (std::size_t i = 0; i < rules.rows().size(); ++i) {
    if (!(answers.hit >> i & 1)) continue;
    name(i, rules.rows()[i].outcome == dmn::RowOutcome::Unknown);
    blocked = blocked || rules.rows()[i].severity == dmn::Severity::Blocking;
  }
  // Rows that cannot be told are named only where no row that hit explains the verdict.
  for (std::size_t i = 0; i < rules.rows().size() && !blocked; ++i)
    if (answers.cannot_tell >> i & 1) name(i, true);
  return decision;
}

// Something could not be told, or was told to be unknown: what is missing has to be named.
bool open(const dmn::Answers& answers, const dmn::RuleSet& rules) {
  if (answers.cannot_tell != 0) return true;
  for (std::size_t i = 0; i < rules.rows().size(); ++i)
    if ((answers.hit >> i & 1) && rules.rows()[i].outcome == dmn::RowOutcome::Unknown) return true;
  return false;
}

// Names in each open decision the missing facts that stand in the way: with some value in their place the rows would answer
// otherwise. The whole population is asked anew for each fact and value, which costs less than asking one person once.
void name_missing(const dmn::RuleSet& rules, const dmn::ColumnProgram& program, dmn::Words& words, dmn::Columns& columns,
                  std::span<const dmn::Answers> answers, std::span<Decision> decisions) {
  std::vector<char> is_open(answers.size());
  for (std::size_t i = 0; i < answers.size(); ++i) is_open[i] = open(answers[i], rules);
  std::vector<dmn::Answers> otherwise(answers.size());
  for (std::size_t input = 0; input < columns.size(); ++input) {
    if (rules.inputs()[input].need != dmn::Need::MayBeMissing) continue;
    dmn::InputColumn& column = columns[input];
    const dmn::InputColumn before = column;
    std::vector<char> matters(answers.size());
    bool any = false;
    for (std::size_t i = 0; i < answers.size(); ++i) any = any || (is_open[i] && before.missing[i]);
    if (!any) continue;
    for (const dmn::InputValue& value : probes(rules.inputs()[input].type)) {
      dmn::Columns one;
      dmn::ColumnProgram::append(std::span(&value, 1), words, one);
      for (std::size_t i = 0; i < answers.size(); ++i)
        if (before.missing[i]) column.values[i] = one[0].values[0], column.missing[i] = 0;
      program.answer(columns, 0, otherwise);
      for (std::size_t i = 0; i < answers.size(); ++i)
        if (is_open[i] && before.missing[i] && otherwise[i] != answers[i]) matters[i] = 1;
    }
    column = before;
    for (std::size_t i = 0; i < answers.size(); ++i)
      if (matters[i]) decisions[i].missing.push_back(rules.inputs()[input].name);
  }
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

// Nor where there is nothing to ask it about: no document is on file whose day could be judged.
bool nothing_to_ask(const dmn::TracedRow& row) {
  return not_asked(row) || std::any_of(row.cells.begin(), row.cells.end(), [](const dmn::TracedCell& cell) {
           return cell.expression == "p.evidence_on_file" && cell.test == "true" && cell.is == dmn::TracedCell::Is::False;
         });
}

Bilingual both_of(const Message& message) { return {words(message, Language::Swedish), words(message, Language::English)}; }

// Why no limits could be tested: none were in force on the entry day, or there is no entry day to choose them by. What the
// rows would print of limits is then empty, so this is said instead. Nothing when limits were in force.
std::optional<Message> no_limits(const Participation& participation, const ProjectTerms& project, const dmn::RuleSet& rules) {
  if (rules.limits().empty()) return std::nullopt;
  if (!participation.entered_on) return Message{"rules.limits-need-entry", {}};
  const std::int32_t entry = participation.entered_on->value.days();
  // The last day of the limits that had ended, the first day of those to come; never both, as a gap is refused (L05).
  std::optional<std::int32_t> before, after;
  for (const dmn::LimitsRow& row : rules.limits()) {
    if (row.key != project.key) continue;
    if (row.from.days <= entry && entry <= row.to.days) return std::nullopt;
    if (row.from.days > entry)
      after = std::min(after.value_or(row.from.days), row.from.days);
    else
      before = std::max(before.value_or(row.to.days), row.to.days);
  }
  const std::string on = participation.entered_on->value.iso();
  if (after) return Message{"rules.limits-not-yet", {on, Date::of_days(*after).iso()}};
  if (before) return Message{"rules.limits-over", {on, Date::of_days(*before).iso()}};
  return Message{"rules.limits-never", {on, project.key}};
}

// Would this row have tested or named a limit of the project?
bool asks_limits(const dmn::FindingRow& row, const dmn::TracedRow& traced) {
  return not_asked(traced) || row.message_sv.find("{limits.") != std::string::npos;
}

// A message with the values of its names in place: `{p.age_at_entry}`, `{limits.max_age}`, `{municipality}`. For a missing
// one the sentence says that it is not known.
std::string filled(std::string_view message, const dmn::RuleSet& rules, std::span<const dmn::InputValue> record,
                   const dmn::Trace& trace, Language language) {
  const auto value_of = [&](std::string_view name) -> std::string {
    for (std::size_t i = 0; i < record.size(); ++i)
      if (name == "p." + rules.inputs()[i].name) return text_of(record[i]);
    for (const auto& [derived, value] : trace.derived)
      if (name == derived) return value == "null" ? "" : value;
    return "";
  };
  std::string text;
  while (!message.empty()) {
    const std::size_t open = message.find('{'), close = message.find('}', open);
    text += message.substr(0, close == message.npos ? message.npos : open);
    if (close == message.npos) break;
    const std::string value = value_of(message.substr(open + 1, close - open - 1));
    text += value.empty() ? words({"rules.not-known", {}}, language) : value;
    message.remove_prefix(close + 1);
  }
  return text;
}

// An age of -1 is a birth date after the entry (see age_at_entry): no age, and nothing to print as one.
bool born_after_entry(const dmn::RuleSet& rules, std::span<const dmn::InputValue> record, std::size_t input) {
  const auto* age = std::get_if<std::int64_t>(&record[input]);
  return rules.inputs()[input].name == "age_at_entry" && age && *age < 0;
}

// The message of a row; where it would print an age that is none it says why.
Bilingual message_of(const dmn::FindingRow& row, const dmn::RuleSet& rules, std::span<const dmn::InputValue> record,
                     const dmn::Trace& trace) {
  for (std::size_t i = 0; i < record.size(); ++i)
    if (born_after_entry(rules, record, i) && row.message_sv.find("{p.age_at_entry}") != std::string::npos)
      return both_of({"rules.born-after-entry", {}});
  return {filled(row.message_sv, rules, record, trace, Language::Swedish),
          filled(row.message_en, rules, record, trace, Language::English)};
}

// What a value was compared with: a number or a day in a cell, or the project's municipalities.
std::string limit_of(const dmn::Trace& trace, const dmn::TracedRow& row) {
  std::string limit;
  for (const dmn::TracedCell& cell : row.cells) {
    if (!cell.compared.empty() && cell.compared != "true" && cell.compared != "false" && cell.compared != "null")
      limit = cell.compared;
    if (cell.expression != "in_area") continue;
    for (const auto& [name, value] : trace.derived)
      // A list is traced in brackets; people read its words.
      if (name == "limits.municipalities" && value != "null")
        limit = value.starts_with('[') && value.ends_with(']') ? value.substr(1, value.size() - 2) : value;
  }
  return limit;
}

}  // namespace

Bilingual basis_in_both(const std::string& text) {
  return {half_of_both(text, Language::Swedish), half_of_both(text, Language::English)};
}

std::vector<dmn::InputValue> facts_of(const Participation& participation, const ProjectTerms& project,
                                      const ProgrammeTerms& programme, const dmn::RuleSet& rules) {
  std::vector<dmn::InputValue> record;
  for (const FactDefinition* fact : plan_of(rules)) record.push_back(fact->value(participation, project, programme));
  return record;
}

std::optional<Date> first_day_without_limits(const dmn::RuleSet& rules, const ProjectTerms& project, Period used) {
  if (rules.limits().empty() || project.grants.empty()) return std::nullopt;
  const Period operation = project.operation();
  // What goes on without an end is asked about as long as the rule set is valid.
  std::int32_t last = rules.facts().valid_to.days;
  for (const auto& end : {operation.last, used.last})
    if (end) last = std::min(last, end->days());
  for (std::int32_t day = std::max(operation.first, used.first).days(); day <= last;) {
    const auto limits = rules.limits();
    const auto row = std::find_if(limits.begin(), limits.end(), [&](const dmn::LimitsRow& one) {
      return one.key == project.key && one.from.days <= day && day <= one.to.days;
    });
    if (row == limits.end()) return Date::of_days(day);
    day = row->to.days + 1;
  }
  return std::nullopt;
}

VerdictMasks::VerdictMasks(std::span<const dmn::FindingRow> rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].severity != dmn::Severity::Blocking) continue;
    (rows[i].outcome == dmn::RowOutcome::Fail ? blocking_fail_ : blocking_unknown_) |= std::uint64_t{1} << i;
  }
}

Verdict verdict_of(const dmn::Answers& answers, std::span<const dmn::FindingRow> rows) {
  return VerdictMasks(rows).verdict(answers);
}

Decision decide(const Participation& participation, const ProjectTerms& project, const ProgrammeTerms& programme,
                const LoadedRuleSet& rules) {
  return decide(std::span(&participation, 1), project, programme, rules).front();
}

std::vector<Decision> decide(std::span<const Participation> participations, const ProjectTerms& project,
                             const ProgrammeTerms& programme, const LoadedRuleSet& loaded, Missing missing) {
  const dmn::RuleSet& rules = loaded.rules;
  const auto plan = plan_of(rules);
  const dmn::ColumnProgram program(rules);
  dmn::Words words = program.words();
  dmn::Columns columns(plan.size());
  std::vector<dmn::InputValue> record(plan.size());
  for (const Participation& participation : participations) {
    for (std::size_t i = 0; i < plan.size(); ++i) record[i] = plan[i]->value(participation, project, programme);
    dmn::ColumnProgram::append(record, words, columns);
  }
  std::vector<dmn::Answers> answers(participations.size());
  program.answer(columns, 0, answers);
  std::vector<Decision> decisions;
  decisions.reserve(participations.size());
  for (std::size_t i = 0; i < participations.size(); ++i)
    decisions.push_back(decided(participations[i].person, rules, answers[i]));
  if (missing == Missing::Named) name_missing(rules, program, words, columns, answers, decisions);
  return decisions;
}

Explanation explain(const Participation& participation, const ProjectTerms& project, const ProgrammeTerms& programme,
                    const LoadedRuleSet& loaded) {
  const dmn::RuleSet& rules = loaded.rules;
  const auto plan = plan_of(rules);
  std::vector<dmn::InputValue> record;
  for (const FactDefinition* fact : plan) record.push_back(fact->value(participation, project, programme));
  const dmn::Trace trace = rules.trace(record);
  const std::optional<Message> without_limits = no_limits(participation, project, rules);
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
    else if (std::all_of(rows.begin(), rows.end(), [&](std::size_t i) { return nothing_to_ask(trace.rows[i]); }))
      answer.outcome = RuleOutcome::NotApplicable;
    if (answer.outcome == RuleOutcome::NotMet || answer.outcome == RuleOutcome::CannotTell)
      answer.message = message_of(row, rules, record, trace);
    // The remedy of a question that could not be asked is the entry day or the rule set, not the fact that it would have read.
    if (without_limits && answer.outcome != RuleOutcome::Met && asks_limits(row, traced)) {
      answer.message = both_of(*without_limits);
      answer.fix = both_of({without_limits->id + ".do", {}});
    }
    const std::string basis = row.legal_basis == limits_row ? joined(trace.limits_cited) : row.legal_basis;
    answer.legal_basis = basis_in_both(basis);
    answer.unverified = basis.find("°") != std::string::npos;

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
             .value = born_after_entry(rules, record, i) ? "" : text_of(record[i]),
             .missing = born_after_entry(rules, record, i) ||
                        (std::holds_alternative<std::monostate>(record[i]) && input.need != dmn::Need::Optional),
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
      const std::string basis = row.legal_basis == limits_row ? "gränsraden / the limits row" : row.legal_basis;
      if (!bases.insert(basis).second) continue;
      const auto [sv, en] = basis_in_both(basis);
      rule.legal_basis.sv += (rule.legal_basis.sv.empty() ? "" : "; ") + sv;
      rule.legal_basis.en += (rule.legal_basis.en.empty() ? "" : "; ") + en;
    }
    texts.push_back(std::move(rule));
  }
  return texts;
}

}  // namespace horisont
