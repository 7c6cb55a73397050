#include "app/questions.h"

#include <algorithm>
#include <map>

#include "edge/import/schemas.h"
#include "edge/import/values.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

using Choices = std::vector<Question::Choice>;

// A column of hours that can be read in several ways, or several such columns: one answer holds for all.
struct HoursAsked {
  std::set<std::string> headings;  // as written
  std::set<std::string> keys;
  std::string where;
  std::int64_t doubtful = 0, cells = 0;
  std::vector<std::string> examples;
  bool days = false;
};

// What some cells would be if the numbers were of a unit: "7.30 → 7:18, 6.45 → 6:27".
std::string would_be(const std::vector<std::string>& examples, HoursUnit unit) {
  std::string all;
  for (const std::string& example : examples) {
    CellView cell;
    cell.kind = CellView::Kind::Text, cell.text = example;
    ColumnFacts facts;
    facts.hours_unit = unit, facts.decimal_dot = unit == HoursUnit::Decimal;
    const auto read = read_hours(cell, facts);
    all += (all.empty() ? "" : ", ") + example + " \u2192 " + (read.error.empty() ? hours_text(read.value) : "\u2013");
  }
  return all;
}

Question question_of(const HoursAsked& asked) {
  const struct {
    const char* answer;
    HoursUnit unit;
    Bilingual words;
  } units[] = {{"decimal", HoursUnit::Decimal, {"Timmar med decimaler", "Hours with decimals"}},
               {"hours.minutes", HoursUnit::HoursMinutes, {"Timmar och minuter", "Hours and minutes"}},
               {"minutes", HoursUnit::Minutes, {"Minuter", "Minutes"}}};
  Question question;
  std::string become;
  for (const auto& [answer, unit, words] : units) {
    const std::string them = would_be(asked.examples, unit);
    question.choices.push_back({answer, {words.sv + ": " + them, words.en + ": " + them}});
    become += (become.empty() ? "" : "; ") + std::string(answer) + ": " + them;
  }
  std::string headings;
  for (const std::string& heading : asked.headings) headings += (headings.empty() ? "" : ", ") + heading;
  std::vector<std::string> values{headings, std::to_string(asked.doubtful), std::to_string(asked.cells), become};
  if (asked.days) values.erase(values.begin());
  question.asked = {asked.days ? "question.hours-days" : "question.hours", std::move(values)};
  question.cells = asked.cells, question.where = asked.where, question.headings = asked.keys;
  return question;
}

const Choices& date_choices() {
  static const Choices choices{
      {"dmy", {"Dag, månad, år: 5/6 är den 5 juni", "Day, month, year: 5/6 is 5 June"}},
      {"mdy", {"Månad, dag, år: 5/6 är den 6 maj", "Month, day, year: 5/6 is 6 May"}},
      {"ymd", {"År, månad, dag: 16-05-06 är den 6 maj 2016", "Year, month, day: 16-05-06 is 6 May 2016"}}};
  return choices;
}

// What a code in a day's cell may mean.
Choices day_meanings(const std::string& written) {
  const std::string left = "day:" + written + "=";
  Choices choices{{left + "excused", {"Giltig frånvaro", "Excused absence"}},
                  {left + "not_excused", {"Ogiltig frånvaro", "Absence that is not excused"}},
                  {left + "empty", {"Ingenting, som en tom cell", "Nothing, like an empty cell"}}};
  for (int hours = 1; hours <= 8; ++hours) {
    const std::string count = std::to_string(hours);
    choices.push_back({left + std::to_string(60 * hours), {"Närvarande " + count + " timmar", "Present " + count + " hours"}});
  }
  return choices;
}

// What a value of a field may mean, each as the answer that says so; nothing for a field without a list.
Choices meanings(const Workspace& workspace, const ImportOutcome& outcome, const std::string& field,
                 const std::string& written) {
  Choices choices;
  const auto add = [&](const std::string& word, const Bilingual& shown) {
    choices.push_back({field + ":" + written + "=" + word, shown});
  };
  const ProjectTerms* project = workspace.project(outcome.project);
  if (field == "activity" && outcome.kind == RecordKind::Attendance && project) {
    for (const Activity& activity : project->activities) add(activity.key, activity.name);
    return choices;
  }
  const ImportSchema& schema = workspace.schemas->of(outcome.kind);
  const auto known = schema.field(field);
  if (!known || !schema.fields[*known].list) return choices;
  const ChoiceList& list = *schema.fields[*known].list;
  for (const ListedChoice& choice : list.choices) {
    Bilingual said = choice.shown;
    if (list.name == "municipality" && !said.sv.empty())
      said = {said.sv + " (" + choice.word + ")", said.in(Language::English) + " (" + choice.word + ")"};
    add(choice.word, said);
  }
  if (list.name == "municipality") {
    // By name, as one looks for them; what is nearest to the written word stands first.
    std::sort(choices.begin(), choices.end(), [](const auto& a, const auto& b) { return a.shown.sv < b.shown.sv; });
    std::vector<std::string> names;
    for (const ListedChoice& choice : list.choices) names.push_back(choice.shown.sv);
    if (const std::string near = nearest_word(written, names); !near.empty())
      std::stable_partition(choices.begin(), choices.end(),
                            [&](const auto& one) { return one.shown.sv.starts_with(near + " ("); });
  }
  return choices;
}

std::string where_of(const Place& place) { return place.sheet.empty() ? place.cell : place.sheet + ", " + place.cell; }

}  // namespace

bool may_be_shown(const std::string& given) {
  return !given.empty() && given.find('=') == given.npos && given.find('\n') == given.npos &&
         std::count_if(given.begin(), given.end(), [](char c) { return c >= '0' && c <= '9'; }) < 6;
}

std::vector<Question> questions_of(const Workspace& workspace, const ImportOutcome& outcome) {
  std::vector<Question> questions;
  std::map<std::string, std::size_t> known;
  const auto is_field = [&](const Finding& finding) {
    return std::find_if(outcome.mapping.begin(), outcome.mapping.end(),
                        [&](const auto& one) { return one.second == finding.place.heading; });
  };
  const auto heading_of = [&](const Finding& finding) {
    return is_field(finding) == outcome.mapping.end() ? std::string() : heading_key(finding.place.heading);
  };
  const auto ask = [&](const std::string& key, const Finding& finding, std::int64_t cells, const auto& make) {
    const auto [at, is_new] = known.try_emplace(key, questions.size());
    if (is_new) {
      questions.push_back(make());
      questions.back().where = where_of(finding.place);
    }
    questions[at->second].cells += cells;
    questions[at->second].headings.insert(heading_of(finding));
  };
  HoursAsked hours;
  // Above a sheet of one person nobody stands.
  const bool of_one_person = std::any_of(outcome.findings.begin(), outcome.findings.end(), [](const Finding& finding) { return finding.code == "sheet.person"; });
  std::vector<std::string> date_columns;
  for (const Finding& finding : outcome.findings) {
    // These are told once for a column, with the number of its cells.
    if ((finding.code == "hours.dot-ambiguous" || finding.code == "hours.unit-unclear") && finding.values.size() >= 2) {
      if (hours.cells == 0) hours.where = where_of(finding.place);
      const std::string key = heading_of(finding);
      const bool day = key.empty(), again = day && hours.keys.contains(key);
      hours.keys.insert(key), hours.headings.insert(finding.place.heading), hours.days |= day;
      hours.doubtful += std::stoll(finding.values[0]);
      if (!again) hours.cells += std::stoll(finding.values[1]);  // all days of a sheet are one
      for (std::size_t i = 2; i < finding.values.size() && hours.examples.size() < 3; ++i)
        if (std::find(hours.examples.begin(), hours.examples.end(), finding.values[i]) == hours.examples.end())
          hours.examples.push_back(finding.values[i]);
      continue;
    }
    if (finding.code == "date.order-ambiguous") {
      const std::int64_t cells = finding.values.empty() ? 1 : std::stoll(finding.values.front());
      ask("dates", finding, cells, [&] {
        return Question{{"question.dates", {finding.place.heading, finding.given, "1"}}, 0, {}, date_choices()};
      });
      // One answer is for every column of dates in the file, so all that need it are named.
      if (const std::string& heading = finding.place.heading;
          std::find(date_columns.begin(), date_columns.end(), heading) == date_columns.end())
        date_columns.push_back(heading);
      continue;
    }
    if (finding.code == "person.by-name-asked") {
      static const Choices take{{"by-name",
                                 {"Ta varje person på namnet, där det är en enda deltagares", "Take each person by name, where it is one participant's alone"}}};
      ask("people", finding, finding.values.empty() ? 1 : std::stoll(finding.values.front()), [&] {
        return Question{{"question.by-name", {finding.place.heading}}, 0, {}, take};
      });
      continue;
    }
    if (finding.code == "row.no-person" && outcome.kind != RecordKind::Participants && !of_one_person) {
      static const Choices same{{"carry-person", {"Personen i raden ovanför", "The person of the row above"}}};
      ask("person-above", finding, 1, [&] { return Question{{"question.no-person", {finding.place.heading}}, 0, {}, same}; });
      continue;
    }
    const bool ones = finding.code == "hours.ones-unclear", present = ones || finding.code == "hours.present-without-hours";
    if (finding.code != "choice.unknown" && finding.code != "choice.asked" && finding.code != "place.unknown-municipality" &&
        !present)
      continue;
    const auto column = is_field(finding);
    if (!may_be_shown(finding.given)) continue;
    // A column that is no field is a day of the month.
    const bool day = column == outcome.mapping.end();
    if (day ? outcome.kind != RecordKind::Attendance : present) continue;
    const std::string key = (day ? "day" : column->first) + ":" + heading_key(finding.given);
    const std::int64_t cells = ones && !finding.values.empty() ? std::stoll(finding.values.front()) : 1;
    if (known.contains(key)) {
      ++questions[known[key]].cells;
      questions[known[key]].headings.insert(heading_of(finding));
      continue;
    }
    Choices choices = day ? day_meanings(finding.given) : meanings(workspace, outcome, column->first, finding.given);
    if (choices.empty()) continue;
    ask(key, finding, cells, [&] {
      return Question{
          day ? Message{"question.day", {finding.given}} : Message{"question.value", {finding.given, finding.place.heading}},
          0,
          {},
          std::move(choices)};
    });
  }
  if (date_columns.size() > 1) {
    std::string all;
    for (const std::string& heading : date_columns) all += (all.empty() ? "" : ", ") + heading;
    questions[known.at("dates")].asked.values[0] = all;
    questions[known.at("dates")].asked.values[2] = std::to_string(date_columns.size());
  }
  if (hours.cells > 0) questions.push_back(question_of(hours));
  std::stable_sort(questions.begin(), questions.end(), [](const Question& a, const Question& b) { return a.cells > b.cells; });
  return questions;
}

Table questions_table(const std::vector<Question>& questions) {
  constexpr std::size_t most = 8;  // of a long list; all of it stands in schemas/import/choices.toml
  Table table{.schema = "questions"};
  table.columns = {{"question", {"Fråga", "Question"}},
                   {"cells", {"Celler", "Cells"}, Table::Column::Kind::Count},
                   {"first", {"Första", "First"}},
                   {"answers", {"Svar (--read-as)", "Answers (--read-as)"}}};
  table.when_empty = {"Inga frågor", "No questions"};
  for (const Question& question : questions) {
    std::string answers;
    for (std::size_t i = 0; i < question.choices.size() && i < most; ++i)
      answers += (i ? " | " : "") + question.choices[i].answer;
    if (question.choices.size() > most) answers += " | …";
    table.rows.push_back({question.asked, question.cells, question.where, answers});
  }
  return table;
}

std::vector<std::pair<std::string, Bilingual>> fields_of(const Workspace& workspace, RecordKind kind) {
  std::vector<std::pair<std::string, Bilingual>> fields;
  for (const ImportField& field : workspace.schemas->of(kind).fields)
    fields.emplace_back(field.key, Bilingual{field.headings_sv.empty() ? field.key : field.headings_sv.front(),
                                             field.headings_en.empty() ? field.key : field.headings_en.front()});
  return fields;
}

}  // namespace horisont
