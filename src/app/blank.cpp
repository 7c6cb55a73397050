#include "app/blank.h"

#include <algorithm>

#include "core/values/texts.h"
#include "edge/import/schemas.h"
#include "edge/xlsx/blank_template.h"

namespace horisont {
namespace {

using Column = BlankTemplate::Column;

std::string word(const char* id, Language language, std::vector<std::string> values = {}) {
  return words({id, std::move(values)}, language);
}

Column::Kind kind_of(const ImportField& field, bool list) {
  switch (field.type) {
    case FieldType::Identity:
      return Column::Kind::Identity;
    case FieldType::Date:
      return Column::Kind::Date;
    case FieldType::Hours:
      return Column::Kind::Hours;
    case FieldType::Integer:
      return Column::Kind::Integer;
    case FieldType::Percent:
      return Column::Kind::Percent;
    case FieldType::YesNo:
    case FieldType::YesNoUnknown:
    case FieldType::YesNoUndisclosed:
    case FieldType::Choice:
      return list ? Column::Kind::Choice : Column::Kind::Text;
    default:
      return Column::Kind::Text;
  }
}

// What the cell takes, in a sentence for each type: shown beside the cell and on the first sheet.
std::string help_of(const ImportField& field, Language language) {
  switch (field.type) {
    case FieldType::Identity:
      return word("template.help.identity", language);
    case FieldType::Date:
      return word("template.help.date", language);
    case FieldType::Month:
      return word("template.help.month", language);
    case FieldType::Time:
      return word("template.help.time", language);
    case FieldType::Hours:
      return word("template.help.hours", language);
    case FieldType::Integer:
      return word("template.help.integer", language);
    case FieldType::Percent:
      return word("template.help.percent", language);
    case FieldType::Choice:
    case FieldType::YesNo:
    case FieldType::YesNoUnknown:
    case FieldType::YesNoUndisclosed:
      return word("template.help.choice", language);
    case FieldType::Municipality:
      return word("template.help.municipality", language);
    case FieldType::Email:
      return word("template.help.email", language);
    default:
      return field.max > 0 ? word("template.help.text", language, {std::to_string(field.max)})
                           : word("template.help.free", language);
  }
}

std::vector<std::string> choices_of(const ImportField& field, RecordKind kind, const ProjectTerms& project, Language language) {
  std::vector<std::string> out;
  // Staff have activities of their own; where the project lists none, any word will do.
  if (field.key == "activity" && kind == RecordKind::StaffTime)
    out = project.staff_activities;
  else if (field.key == "activity")
    for (const Activity& activity : project.activities) out.push_back(activity.name.in(language));
  else if (field.list)
    for (const ListedChoice& choice : field.list->choices) out.push_back(choice.shown.in(language));
  if (field.type == FieldType::YesNo || field.type == FieldType::YesNoUnknown || field.type == FieldType::YesNoUndisclosed) {
    out = {word("yesno.yes", language), word("yesno.no", language)};
    if (field.type != FieldType::YesNo) out.push_back(word("template.unknown", language));
  }
  return out;
}

// Everything but columns and rows.
BlankTemplate blank_of(const ImportSchema& schema, RecordKind kind, const ProjectTerms& project, Language language) {
  BlankTemplate blank;
  blank.record = std::string(name_of(kind));
  blank.version = std::to_string(schema.version);
  blank.language = language == Language::Swedish ? "sv" : "en";
  blank.sheet = schema.sheet.in(language);
  blank.instruction_sheet = word("template.instruction", language);
  blank.lists_sheet = word("template.lists", language);
  blank.title = word("template.title", language, {blank.sheet, project.name.in(language)});
  for (const char* line : {"template.how", "template.needed", "template.personal"})
    blank.instructions.push_back(word(line, language));
  blank.heading_heading = word("template.column", language);
  blank.heading_needed = word("template.is-needed", language);
  blank.heading_help = word("template.what", language);
  blank.heading_example = word("template.example", language);
  blank.yes = word("yesno.yes", language);
  blank.no = word("template.may", language);
  blank.error_title = word("template.error-title", language);
  blank.error_text = word("template.error", language);
  // Birthdays and documents lie before the project, so the cells only refuse what no date of a project can be.
  blank.dates = {*Date::of(1930, 1, 1), *Date::of(2099, 12, 31)};
  return blank;
}

Column column_of(const ImportField& field, RecordKind kind, const ProjectTerms& project, Language language) {
  auto choices = choices_of(field, kind, project, language);
  return {.heading = (language == Language::Swedish || field.headings_en.empty() ? field.headings_sv : field.headings_en).front(),
          .help = field.type == FieldType::Choice && choices.empty() ? word("template.help.free", language) : help_of(field, language),
          .example = field.example,
          .kind = kind_of(field, !choices.empty()),
          .needed = field.need == Need::Must || field.need == Need::OneOf,
          .longest = field.max,
          .choices = std::move(choices)};
}

}  // namespace

void write_template(const Workspace& workspace, const std::string& project_key, RecordKind kind, bool prefill,
                    const std::filesystem::path& file, Language language) {
  const ProjectTerms& project = *workspace.project(project_key);
  const ImportSchema& schema = workspace.schemas->of(kind);
  BlankTemplate blank = blank_of(schema, kind, project, language);
  std::vector<std::size_t> fields;
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    const ImportField& field = schema.fields[f];
    const bool collected = std::find(project.collect.begin(), project.collect.end(), field.key) != project.collect.end();
    if (field.need == Need::Off && !collected) continue;
    if (field.key == "project") continue;  // one file, one project: the command says which
    blank.columns.push_back(column_of(field, kind, project, language));
    fields.push_back(f);
  }
  if (prefill && kind != RecordKind::StaffTime) {
    const People people = workspace.store.people(project_key);
    for (std::uint32_t person = 0; person < people.size(); ++person) {
      std::vector<std::string> row(fields.size());
      for (std::size_t c = 0; c < fields.size(); ++c) {
        const std::string& key = schema.fields[fields[c]].key;
        if (key == "participant") row[c] = participant_reference(person);
        if (key == "local_id") row[c] = people[person].local_id;
        if (key == "identity_number" && kind == RecordKind::Participants && people[person].number)
          row[c] = people[person].number->digits();
        if (key == "name") row[c] = people[person].name;
      }
      blank.rows.push_back(std::move(row));
    }
  }
  write_blank_template(file, blank);
}

void write_wide_template(const Workspace& workspace, const std::string& project_key, Month month, bool prefill,
                         const std::filesystem::path& file, Language language) {
  const ProjectTerms& project = *workspace.project(project_key);
  const ImportSchema& schema = workspace.schemas->of(RecordKind::Attendance);
  BlankTemplate blank = blank_of(schema, RecordKind::Attendance, project, language);
  blank.sheet += " " + month.iso();
  blank.title = word("template.title", language, {blank.sheet, project.name.in(language)});
  blank.instructions.insert(blank.instructions.begin() + 1, word("template.wide", language, {month.iso()}));
  for (const char* key : {"participant", "name", "activity"})
    blank.columns.push_back(column_of(schema.fields[*schema.field(key)], RecordKind::Attendance, project, language));
  const auto hours = schema.field("hours");
  for (int day = 1; day <= month.last().day(); ++day) {
    Column column = column_of(schema.fields[*hours], RecordKind::Attendance, project, language);
    column.heading = std::to_string(day), column.needed = false;
    column.narrow = true;
    if (day > 1) column.help.clear(), column.example.clear();
    blank.columns.push_back(std::move(column));
  }
  if (prefill) {
    const People people = workspace.store.people(project_key);
    for (std::uint32_t person = 0; person < people.size(); ++person)
      blank.rows.push_back({participant_reference(person), people[person].name});
  }
  write_blank_template(file, blank);
}

void write_follow_up(const Workspace& workspace, const std::string& project_key, const std::vector<PersonToAsk>& people,
                     const std::filesystem::path& file, Language language) {
  const ProjectTerms& project = *workspace.project(project_key);
  const ImportSchema& schema = workspace.schemas->of(RecordKind::Results);
  BlankTemplate blank = blank_of(schema, RecordKind::Results, project, language);
  using Value = std::string (*)(const PersonToAsk&);
  std::vector<Value> values;
  for (const ImportField& field : schema.fields) {
    const bool asked = field.key.starts_with("six_month_");
    if (field.key != "participant" && field.key != "name" && field.key != "exit_date" && !asked) continue;
    blank.columns.push_back(column_of(field, RecordKind::Results, project, language));
    values.push_back(field.key == "participant" ? Value([](const PersonToAsk& p) { return participant_reference(p.person); })
                     : field.key == "name"      ? Value([](const PersonToAsk& p) { return p.name; })
                     : field.key == "exit_date" ? Value([](const PersonToAsk& p) { return p.exit ? p.exit->iso() : std::string(); })
                                                : Value([](const PersonToAsk&) { return std::string(); }));
    if (field.key != "exit_date") continue;
    // No field of results: they are left unread when the answers come back.
    for (const char* id : {"template.mobile", "template.email"}) {
      blank.columns.push_back({.heading = word(id, language), .help = word("template.to-reach", language), .example = {}, .choices = {}});
      values.push_back(id == std::string_view("template.mobile") ? Value([](const PersonToAsk& p) { return p.mobile; })
                                                                 : Value([](const PersonToAsk& p) { return p.email; }));
    }
  }
  for (const PersonToAsk& one : people) {
    std::vector<std::string> row;
    for (const Value value : values) row.push_back(value(one));
    blank.rows.push_back(std::move(row));
  }
  write_blank_template(file, blank);
}

}  // namespace horisont
