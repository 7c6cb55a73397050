// Findings and problems, with no cap on rows: by cause, by person, by rule, by file, and what has no evidence. Three sources:
// what the imports left open, what the rules say, and the minutes that are not funded. The value as written in a file is never
// printed: it may be a name or a number.

#include <algorithm>
#include <map>
#include <set>

#include "core/reports/cells.h"
#include "core/reports/evidence.h"
#include "core/reports/measures.h"
#include "core/reports/said.h"

namespace horisont {
namespace {

constexpr std::string_view level_words[] = {"error", "warning", "notice"};
std::string_view word_of(Level level) { return level_words[static_cast<std::size_t>(level)]; }

// One finding about a person or a file, whatever its source.
struct Matter {
  std::string code;
  Level level = Level::Error;
  Cell text, to_do;
  Cell general;  ///< `text` without what it says of this one alone
  std::string who;
  std::string participant;
  std::optional<std::uint32_t> person;
  std::optional<Month> month;
  Bilingual value;
  std::string limit;
  std::int64_t minutes = 0;
  std::vector<std::uint32_t> records;
  std::optional<Date> since;
  std::vector<Cell> source = {{}, {}, {}};
};

const SourceFile* file_named(std::string_view name, std::span<const SourceFile> files) {
  const SourceFile* newest = nullptr;
  for (const SourceFile& file : files)
    if (file.name == name) newest = &file;
  return newest;
}

Matter of_import(const Finding& finding, std::span<const SourceFile> files) {
  Matter matter;
  matter.code = finding.code;
  matter.level = finding.level;
  matter.text = cell(Message{finding.code, finding.values});
  matter.general = cell(Message{finding.code, std::vector<std::string>(finding.values.size(), "…")});
  if (text_of(finding.code + ".do")) matter.to_do = cell(Message{finding.code + ".do", finding.values});
  matter.who = "sender";
  matter.participant = finding.participant;
  matter.person = person_of_reference(finding.participant);
  const SourceFile* file = file_named(finding.place.file, files);
  if (file)
    if (const auto day = Date::parse(std::string_view(file->imported_at).substr(0, 10))) matter.since = *day;
  const std::string at = !finding.place.cell.empty() ? finding.place.cell
                         : finding.place.row > 0     ? std::to_string(finding.place.row)
                                                     : std::string();
  matter.source = {file ? reference_cell(file->reference) : text_cell(finding.place.file), text_cell(finding.place.sheet),
                   text_cell(at)};
  return matter;
}

// Where a person with protected identity lives or goes to school is not for others to read.
Bilingual read_values(const RuleAnswer& answer, const Participation& p) { return p.protected_identity ? Bilingual{} : read_words(answer); }

std::vector<Matter> of_rules(const ReportInput& input) {
  std::vector<Matter> found;
  const auto add = [&](const Participation& p, const std::string& code, bool blocking, const Bilingual& text,
                       const Bilingual& fix, const Bilingual& question) {
    Matter matter;
    matter.code = "rule." + code;
    matter.level = blocking ? Level::Error : Level::Warning;
    matter.text = cell(text);
    matter.general = cell(Message{"findings.of_rule", {in_both(question.sv, question.en)}});
    matter.to_do = cell(fix);
    matter.who = "case_worker";
    matter.participant = p.reference;
    matter.person = p.person;
    matter.since = input.today;
    matter.source = source_cells(p.origin, input.files);
    found.push_back(std::move(matter));
    return &found.back();
  };
  for (std::size_t i = 0; i < input.participations.size(); ++i) {
    const Participation& p = input.participations[i];
    if (i < input.explanations.size()) {
      for (const RuleAnswer& answer : input.explanations[i].answers) {
        if (answer.outcome == RuleOutcome::Met || answer.outcome == RuleOutcome::NotApplicable) continue;
        const bool silent = answer.message.sv.empty();
        Matter* matter = add(p, answer.code, answer.blocking, silent ? answer.question : answer.message, answer.fix, answer.question);
        matter->value = read_values(answer, p);
        matter->limit = answer.limit;
      }
      continue;
    }
    for (const std::string& found_code : input.decisions[i].codes) {
      const std::string code = found_code.ends_with('?') ? found_code.substr(0, found_code.size() - 1) : found_code;
      const auto rule = std::find_if(input.rules.begin(), input.rules.end(), [&](const RuleText& r) { return r.code == code; });
      if (rule == input.rules.end())
        add(p, code, true, {code, code}, {}, {code, code});
      else
        add(p, code, rule->blocking, rule->question, rule->fix, rule->question);
    }
  }
  return found;
}

// Refused minutes, one finding a person, month and reason.
std::vector<Matter> of_hours(const ReportInput& input) {
  struct Sum {
    std::int64_t minutes = 0;
    std::vector<std::uint32_t> records;
  };
  std::map<std::tuple<std::uint32_t, Month, Reason>, Sum> sums;
  for (const LedgerLine& line : input.hours.lines) {
    if (line.refused == 0) continue;
    const TimeRecord& record = input.times[line.record];
    Sum& sum = sums[{record.person, Month::containing(Date::of_days(record.day)), line.reason}];
    sum.minutes += line.refused;
    sum.records.push_back(line.record);
  }
  std::vector<Matter> found;
  for (auto& [key, sum] : sums) {
    const auto& [person, month, reason] = key;
    const std::string word(name_of(reason));
    Matter matter;
    matter.code = "hours." + word;
    matter.level = Level::Warning;
    matter.text = cell(Message{"reason." + word + ".text", {}});
    matter.to_do = cell(Message{"reason." + word + ".do", {}});
    matter.who = reason == Reason::NotEligible || reason == Reason::Undecided ? "case_worker" : "sender";
    matter.participant = participant_reference(person);
    matter.person = person;
    matter.month = month;
    matter.minutes = sum.minutes;
    matter.records = std::move(sum.records);
    matter.source = source_cells(input.times[matter.records.front()].origin, input.files);
    found.push_back(std::move(matter));
  }
  // Time that the person also spends in another project is said of both; refused, and counted above, it is in one.
  for (const TwoPlaces& both : input.hours.two_places) {
    const TimeRecord& record = input.times[both.record];
    Matter matter;
    matter.code = "hours.two_places";
    matter.level = Level::Error;
    matter.text =
        cell(Message{"hours.two_places.text", {Date::of_days(record.day).iso(), both.with, std::to_string(both.minutes)}});
    matter.general = cell(Message{"hours.two_places.text", {"…", "…", "…"}});
    matter.to_do = cell(Message{"hours.two_places.do", {}});
    matter.who = "case_worker";
    matter.participant = participant_reference(record.person);
    matter.person = record.person;
    matter.month = Month::containing(Date::of_days(record.day));
    matter.records = {both.record};
    matter.source = source_cells(record.origin, input.files);
    found.push_back(std::move(matter));
  }
  return found;
}

bool same_text(const Cell& a, const Cell& b) {
  if (const auto *one = std::get_if<Kept<Message>>(&a.value), *other = std::get_if<Kept<Message>>(&b.value); one && other)
    return **one == **other;
  if (const auto *one = std::get_if<Kept<Bilingual>>(&a.value), *other = std::get_if<Kept<Bilingual>>(&b.value); one && other)
    return **one == **other;
  return false;
}

Sheet summary(std::span<const Matter> matters) {
  struct Cause {
    const Matter* first = nullptr;
    bool alike = true;  // all of them say the same
    std::int64_t number = 0, minutes = 0;
    std::set<std::uint32_t> persons;
    std::vector<std::uint32_t> records, whose;  // a problem each; of nobody where it is about a file
  };
  std::map<std::pair<Level, std::string>, Cause> causes;
  for (const Matter& matter : matters) {
    Cause& cause = causes[{matter.level, matter.code}];
    if (!cause.first) cause.first = &matter;
    cause.alike &= same_text(matter.text, cause.first->text);
    ++cause.number;
    cause.minutes += matter.minutes;
    if (matter.person) cause.persons.insert(*matter.person);
    cause.whose.push_back(matter.person.value_or(UINT32_MAX));
    cause.records.insert(cause.records.end(), matter.records.begin(), matter.records.end());
  }
  Sheet sheet{.id = "summary", .fields = {"code", "text", "level", "number", "persons", "minutes_affected", "who"}};
  for (auto& [key, cause] : causes) {
    std::vector<std::uint32_t> persons(cause.persons.begin(), cause.persons.end());
    add_row(sheet, row_of(text_cell(key.second), cause.alike ? cause.first->text : cause.first->general, choice_cell("level", word_of(key.first)),
                          counted_cell(cause.number, std::move(cause.whose), Cell::Counted::Persons), persons_cell(persons),
                          minutes_cell(cause.minutes, std::move(cause.records)), choice_cell("who", cause.first->who)));
  }
  add_totals(sheet, {"number", "minutes_affected"});
  return sheet;
}

Sheet per_person(std::span<const Matter> matters) {
  Sheet sheet{.id = "per_person",
              .fields = {"participant", "month", "text", "level", "code", "value", "limit", "minutes", "to_do", "who", "since",
                         "source_file", "source_sheet", "source_cell", "state"}};
  std::vector<const Matter*> about_persons;
  for (const Matter& matter : matters)
    if (!matter.participant.empty()) about_persons.push_back(&matter);
  std::stable_sort(about_persons.begin(), about_persons.end(),
                   [](const Matter* a, const Matter* b) { return a->participant < b->participant; });
  for (const Matter* matter : about_persons) {
    std::vector<Cell> row =
        row_of(reference_cell(matter->participant), cell(matter->month), matter->text,
               choice_cell("level", word_of(matter->level)), text_cell(matter->code), matter->value.sv.empty() ? Cell{} : cell(matter->value),
               text_cell(matter->limit), matter->records.empty() ? Cell{} : minutes_cell(matter->minutes, matter->records),
               matter->to_do, choice_cell("who", matter->who), cell(matter->since));
    row.insert(row.end(), matter->source.begin(), matter->source.end());
    row.push_back(choice_cell("finding_state", "open"));
    add_row(sheet, std::move(row));
  }
  add_totals(sheet, {"minutes"});
  return sheet;
}

Sheet per_rule(const ReportInput& input) {
  Sheet sheet{.id = "per_rule", .fields = {"code", "question", "met", "not_met", "cannot_tell", "not_applicable"}};
  for (const RuleText& rule : input.rules) {
    std::array<std::vector<std::uint32_t>, 4> persons;
    for (std::size_t i = 0; i < input.participations.size(); ++i) {
      std::optional<RuleOutcome> outcome;
      if (i < input.explanations.size()) {
        for (const RuleAnswer& answer : input.explanations[i].answers)
          if (answer.code == rule.code) outcome = answer.outcome;
      } else {
        for (const std::string& code : input.decisions[i].codes)
          if (code == rule.code || code == rule.code + "?")
            outcome = code == rule.code ? RuleOutcome::NotMet : RuleOutcome::CannotTell;
      }
      if (outcome) persons[static_cast<std::size_t>(*outcome)].push_back(input.participations[i].person);
    }
    const auto number = [&](RuleOutcome outcome) {
      return persons_cell(std::move(persons[static_cast<std::size_t>(outcome)]));
    };
    // Without explanations only the complaints are known; what was met and what did not apply stays empty.
    const bool complete = input.explanations.size() == input.participations.size();
    add_row(sheet, row_of(text_cell(rule.code), cell(rule.question), complete ? number(RuleOutcome::Met) : Cell{},
                          number(RuleOutcome::NotMet), number(RuleOutcome::CannotTell),
                          complete ? number(RuleOutcome::NotApplicable) : Cell{}));
  }
  return sheet;
}

Sheet per_file(const ReportInput& input) {
  Sheet sheet{.id = "per_file",
              .fields = {"file", "name", "sheet", "rows_read", "rows_refused", "errors", "warnings", "notices", "open"}};
  std::map<std::string, std::array<std::int64_t, 3>> numbers;
  for (const Finding& finding : input.findings) ++numbers[finding.place.file][static_cast<std::size_t>(finding.level)];
  const auto add = [&](Cell reference, const std::string& name, Cell sheets, Cell read, Cell refused) {
    const auto [errors, warnings, notices] = numbers[name];
    numbers.erase(name);
    add_row(sheet, row_of(std::move(reference), text_cell(name), std::move(sheets), std::move(read), std::move(refused),
                          cell(errors), cell(warnings), cell(notices), row_sum_cell(errors + warnings + notices, {5, 6, 7})));
  };
  for (const SourceFile& file : input.files) {
    std::string sheets;
    for (const std::string& name : file.sheets) sheets += (sheets.empty() ? "" : ", ") + name;
    // Findings name files by name: they stand with the newest file of that name.
    const bool newest = file_named(file.name, input.files) == &file;
    if (newest) {
      add(reference_cell(file.reference), file.name, text_cell(sheets), cell(file.rows_read), cell(file.rows_refused));
    } else {
      add_row(sheet, row_of(reference_cell(file.reference), text_cell(file.name), text_cell(sheets), cell(file.rows_read),
                            cell(file.rows_refused), cell(0), cell(0), cell(0), cell(0)));
    }
  }
  while (!numbers.empty()) add({}, std::string(numbers.begin()->first), {}, {}, {});
  add_totals(sheet, {"rows_read", "rows_refused", "errors", "warnings", "notices", "open"});
  return sheet;
}

Sheet without_evidence(const ReportInput& input) {
  Sheet sheet{.id = "without_evidence", .fields = {"participant", "criterion", "required_document", "state", "holder"}};
  std::vector<EvidenceRow> rows = evidence_register(input);
  std::erase_if(rows, [](const EvidenceRow& row) {
    return !row.needed || row.state == EvidenceRow::State::OnFile || row.state == EvidenceRow::State::Undated;
  });
  for (auto row = rows.begin(); row != rows.end(); ++row) {
    // Of several that are too old the last one tells who has it.
    if (const auto next = std::next(row);
        next != rows.end() && next->person == row->person && next->criterion == row->criterion)
      continue;
    add_row(sheet,
            row_of(reference_cell(row->person->reference), choice_cell("criterion", row->criterion),
                   choice_cell("document_type", row->item ? std::string_view(row->item->document_type) : row->wanted),
                   choice_cell("evidence_state", name_of(row->state)), row->item ? text_cell(row->item->held_by) : Cell{}));
  }
  return sheet;
}

}  // namespace

Report findings_report(const ReportInput& input) {
  std::vector<Matter> matters;
  for (const Finding& finding : input.findings) matters.push_back(of_import(finding, input.files));
  for (Matter& matter : of_rules(input)) matters.push_back(std::move(matter));
  for (Matter& matter : of_hours(input)) matters.push_back(std::move(matter));

  const Date first = input.project.grants.empty() ? input.today : std::min(input.project.operation().first, input.today);
  Report report = new_report("findings", input, {first, input.today});
  report.sheets = {summary(matters), per_person(matters), per_rule(input), per_file(input), without_evidence(input)};

  std::int64_t refused = 0;
  for (const LedgerCell& sum : input.hours.cells) refused += sum.refused();
  const auto without_person =
      std::count_if(matters.begin(), matters.end(), [](const Matter& p) { return p.participant.empty(); });
  report.checks = {
      {{"check.findings_are_persons", {}},
       total_of(report.sheets[0], "number"),
       static_cast<std::int64_t>(report.sheets[1].rows.size()) + without_person},
      {{"check.file_findings", {}}, total_of(report.sheets[3], "open"), static_cast<std::int64_t>(input.findings.size())},
      {{"check.refused", {}}, total_of(report.sheets[0], "minutes_affected"), refused, true},
      {{"check.causes_are_persons", {}},
       total_of(report.sheets[0], "minutes_affected"),
       total_of(report.sheets[1], "minutes"),
       true},
  };
  if (!matters.empty()) report.remaining.push_back({{"remaining.findings", {}}, static_cast<std::int64_t>(matters.size())});
  const auto missing = static_cast<std::int64_t>(report.sheets[4].rows.size());
  if (missing > 0) report.remaining.push_back({{"remaining.evidence", {}}, missing});
  std::string criteria;
  for (const EvidenceNeed& need : evidence_needs()) criteria += (criteria.empty() ? "" : ", ") + std::string(need.criterion);
  report.unverified.push_back({"unverified.evidence", criteria, input.programme.key + ".toml"});
  note_rules(report, input);
  return report;
}

}  // namespace horisont
