#include "app/questions.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "edge/import/schemas.h"
#include "edge/import/values.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

using Choices = std::vector<Question::Choice>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

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
  Choices choices;
  // "½" alone: half an hour, or half a day?
  const std::string key = heading_key(written);
  if (written == "0.5" || written == "0,5" || written == "1/2" || written == "\u00bd" || key == "halv" || key == "enhalv" || key == "half" || key == "ahalf" || key == "halvtimme" || key == "enhalvtimme")
    choices.push_back({left + "30", {"Närvarande 30 minuter", "Present 30 minutes"}});
  const Choices ordinary{{left + "excused", {"Giltig frånvaro", "Excused absence"}},
                  {left + "not_excused", {"Ogiltig frånvaro", "Absence that is not excused"}},
                  {left + "empty", {"Ingenting, som en tom cell", "Nothing, like an empty cell"}}};
  choices.insert(choices.end(), ordinary.begin(), ordinary.end());
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

// What a column beside the time is, whether a part of the file is read, whether somebody without a mark was there.
bool ask_of_columns_and_parts(const Workspace& workspace, const ImportOutcome& outcome, const Finding& finding, const auto& ask) {
  const std::string& said = finding.given;
  const bool staff = outcome.kind == RecordKind::StaffTime;
  const auto one = [&](const char* question, const std::string& about, std::int64_t cells, Choices choices) {
    ask(std::string(question) + ":" + heading_key(about), finding, cells, [&] { return Question{{question, {about}}, 0, {}, std::move(choices)}; });
    return true;
  };
  const Choices::value_type aside{said + "=not-read", {"Läs den inte: all tid bredvid gäller", "Do not read it: all time beside it holds"}};
  if (finding.code == "header.part-of-time") {
    Choices choices{{said + "=hours", {staff ? "Tiden i projektet" : "Den tid som ska läsas", staff ? "The time in the project" : "The time that is to be read"}}};
    if (!staff) choices.push_back({said + "=absence_hours", {"Frånvaro, som dras av", "Absence, which is taken off"}});
    choices.push_back(aside);
    return one("question.column", said, 1, std::move(choices));
  }
  if (finding.code == "header.says-presence") {
    Choices choices;
    if (!staff) choices.push_back({said + "=present", {"Närvaro: ja eller ett kryss är närvarande", "Presence: yes or a cross is present"}});
    choices.push_back({said + "=absence", {"Frånvaro: ja, ett kryss eller ett skäl är frånvarande", "Absence: yes, a cross or a reason is absent"}});
    if (!staff) choices.push_back({said + "=absence_hours", {"Frånvarotimmar", "Hours of absence"}});
    choices.push_back(aside);
    return one("question.column", said, 1, std::move(choices));
  }
  if (finding.code == "header.second-time") {
    Choices choices{{said + "=hours", {"Den tid som gäller", "The time that holds"}}};
    if (!staff) choices.push_back({said + "=absence_hours", {"Frånvarotimmar", "Hours of absence"}});
    choices.push_back(aside);
    return one("question.column", said, 1, std::move(choices));
  }
  if (finding.code == "header.beside-columns" || finding.code == "header.share-of-time" || finding.code == "header.share-of-presence" || finding.code == "header.more-times") return one("question.column", said, 1, {aside});
  if (finding.code == "header.maybe-exit")
    return one("question.column-exit", said, 1,
               {{said + "=exit_date", {"Ja, slutdatum", "Yes, the end date"}}, {said + "=not-read", {"Nej, läs den inte", "No, do not read it"}}});
  if (finding.code == "header.maybe-activity") {
    Choices choices;
    if (const ProjectTerms* project = workspace.project(outcome.project))
      for (const Activity& activity : project->activities) choices.push_back({"activity:" + said + "=" + activity.key, activity.name});
    choices.push_back({said + "=not-read", {"Ingen: läs den inte", "None: do not read it"}});
    return one("question.column-activity", said, 1, std::move(choices));
  }
  if (finding.code == "sheet.people-not-read" || finding.code == "sheet.heading-missing")
    return said.empty() || said.find('=') != said.npos || one("question.part", said, 1, {{"part:" + said + "=skip", {"Nej, läs den inte", "No, do not read it"}}});
  if (finding.code == "part.people-words" || finding.code == "part.sheet" || finding.code == "part.rows-below" || finding.code == "part.row-words" || finding.code == "part.row-kinds") {
    if (finding.code == "part.row-words" || finding.code == "part.row-kinds" || finding.code == "part.people-words" ? !may_be_shown(said) : said.find('=') != said.npos) return true;
    return one("question.part", said, 1, {{"part:" + said + "=skip", {"Nej, läs den inte", "No, do not read it"}}, {"part:" + said + "=keep", {"Ja, läs den", "Yes, read it"}}});
  }
  const std::int64_t cells = finding.values.empty() ? 1 : std::atoll(finding.values.front().c_str());
  if (finding.code == "attendance.unmarked")
    return one("question.unmarked", finding.place.heading, cells,
               {{"present:unmarked=absent", {"Nej, de var frånvarande", "No, they were absent"}},
                {"present:unmarked=present", {"Ja, tiden räknas", "Yes, the time counts"}},
                {"present:unmarked=left-out", {"Lämna raderna utanför", "Leave the rows out"}}});
  if (finding.code == "hours.minutes-beside")
    return one("question.minutes-beside", finding.place.heading, cells,
               {{"minutes:beside=added", {"Ja, lägg ihop dem", "Yes, add them"}}, {"minutes:beside=same", {"Nej, de ska vara samma tid", "No, they are to be the same time"}}});
  if (finding.code == "hours.absence-beside")
    return one("question.absence-beside", finding.place.heading, cells,
               {{"absence_hours:beside=within", {"Ja, dra av den", "Yes, take it off"}},
                {"absence_hours:beside=apart", {"Nej, timmarna är närvaro", "No, the hours were attended"}}});
  return false;
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
    if (finding.code == "date.maybe-turned" || finding.code == "hours.day-fraction") {
      static const Choices as_dates{{"ymd", {"Datumen stämmer som de står", "The dates are right as they stand"}}};
      static const Choices as_hours{{"decimal", {"Talen är timmar med decimaler", "The numbers are hours with decimals"}}};
      const bool turned = finding.code == "date.maybe-turned";
      ask(finding.code, finding, finding.values.empty() ? 1 : std::stoll(finding.values.front()), [&] {
        return Question{{turned ? "question.turned" : "question.day-fraction", {finding.place.heading, finding.given}}, 0, {}, turned ? as_dates : as_hours};
      });
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
    if ((finding.code == "sheet.says-planned" || finding.code == "sheet.says-absence") && !finding.values.empty()) {
      static const Choices been{{"attended", {"Talen är tid som deltagarna (eller personalen) var där", "The numbers are time that the participants (or the staff) were there"}}};
      ask("attended", finding, 1, [&] { return Question{{"question.attended", {finding.values.front()}}, 0, {}, been}; });
      continue;
    }
    if (finding.code == "row.no-person" && outcome.kind != RecordKind::Participants && !of_one_person) {
      // In a sheet of days a second row may be a part, a sum or an absence, and is nobody's until it says whose.
      const bool days = !finding.values.empty();
      Choices same;
      if (!days) same.push_back({"carry-person", {"Personen i raden ovanför", "The person of the row above"}});
      same.push_back({"no-person=skip", {"Ingen: utelämna raderna", "Nobody: leave the rows out"}});
      ask("person-above", finding, 1, [&] { return Question{{"question.no-person", {finding.place.heading}}, 0, {}, same}; });
      continue;
    }
    if (ask_of_columns_and_parts(workspace, outcome, finding, ask)) continue;
    if (finding.code == "hours.maybe-arrival" && finding.values.size() == 2) {
      static const Choices how_long{{"hours.minutes", {"Ja: 08:30 är 8 timmar och 30 minuter", "Yes: 08:30 is 8 hours and 30 minutes"}}};
      ask("clock", finding, std::stoll(finding.values[0]), [&] { return Question{{"question.clock", finding.values}, 0, {}, how_long}; });
      continue;
    }
    if (finding.code == "day.code-explained" && finding.values.size() == 3) {
      // Its own word for it first, where it says how long that is.
      Choices choices = day_meanings(finding.values[0]);
      std::stable_partition(choices.begin(), choices.end(), [](const Question::Choice& one) { return is_digit(one.answer.back()); });
      if (const std::string& minutes = finding.values[2]; !minutes.empty()) {
        const std::string answer = "day:" + finding.values[0] + "=" + minutes, as_hours = hours_text(std::stoll(minutes));
        std::erase_if(choices, [&](const Question::Choice& one) { return one.answer == answer; });
        choices.insert(choices.begin(), {answer, {"Närvarande " + as_hours + ", som filen säger", "Present " + as_hours + ", as the file says"}});
      }
      const std::string said = heading_key(finding.values[0]);
      ask("day:" + (said.empty() ? finding.values[0] : said), finding, 1, [&] {
        return Question{{"question.day-explained", {finding.values[0], finding.values[1]}}, 0, {}, std::move(choices)};
      });
      continue;
    }
    const bool ones = finding.code == "hours.ones-unclear" || finding.code == "hours.halves-unclear", present = ones || finding.code == "hours.present-without-hours";
    if (finding.code != "choice.unknown" && finding.code != "choice.asked" && finding.code != "place.unknown-municipality" &&
        !present)
      continue;
    const auto column = is_field(finding);
    if (!may_be_shown(finding.given)) continue;
    // A column that is no field is a day of the month.
    const bool day = column == outcome.mapping.end();
    if (day ? outcome.kind != RecordKind::Attendance : present) continue;
    const std::string said = heading_key(finding.given);
    const std::string key = (day ? "day" : column->first) + ":" + (said.empty() ? finding.given : said);
    const std::int64_t cells = ones && !finding.values.empty() ? std::stoll(finding.values.front()) : 1;
    if (known.contains(key)) {
      ++questions[known[key]].cells;
      questions[known[key]].headings.insert(heading_of(finding));
      continue;
    }
    Choices choices = day ? day_meanings(finding.given) : meanings(workspace, outcome, column->first, finding.given);
    if (choices.empty()) continue;
    // "Tid: 09.00-12.00" above says how long those who came were there.
    if (finding.code == "hours.present-without-hours" && !finding.values.empty()) {
      const std::string answer = "day:" + finding.given + "=" + finding.values[0], as_hours = hours_text(std::stoll(finding.values[0]));
      std::erase_if(choices, [&](const Question::Choice& one) { return one.answer == answer; });
      choices.insert(choices.begin(), {answer, {"Närvarande " + as_hours + ", som tiden ovanför tabellen", "Present " + as_hours + ", as the time above the table"}});
    }
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
  constexpr std::size_t most = 12;  // of a long list; all of it stands in schemas/import/choices.toml
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
