#include "app/history.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "app/answers.h"
#include "app/duplicates.h"
#include "edge/files/files.h"

namespace horisont {

Table history_table(const Workspace& workspace, const std::string& project, std::uint32_t person, Language language,
                    std::optional<Moment> known_at) {
  Table table{.schema = "history"};
  table.facts = {{"participant", participant_reference(person)}};
  table.columns = {{"field", {"Uppgift", "Fact"}}, {"value", {"Värde", "Value"}},   {"since", {"Känt sedan", "Known since"}},
                   {"by", {"Av", "By"}},           {"source", {"Källa", "Source"}}, {"reason", {"Skäl", "Reason"}}};
  table.when_empty = {"Inga uppgifter", "No facts"};
  const auto imports = workspace.store.imports(project);
  const auto corrections = workspace.store.corrections(project, {}, person);
  // A value can have changed only when something was read, taken back or corrected.
  std::set<Moment> moments;
  for (const StoredImport& import : imports) {
    moments.insert(import.at);
    if (import.withdrawn_at) moments.insert(*import.withdrawn_at);
  }
  for (const StoredCorrection& one : corrections) moments.insert(one.at);

  if (known_at) std::erase_if(moments, [&](Moment moment) { return *known_at < moment; });

  struct Step {
    std::string value;
    Moment since;
    Origin origin;
  };
  // Who has entered again has a start and an end for each time; those after the first stand together, behind the rest.
  struct Key {
    RecordKind kind;
    std::size_t again;  // times entered before
    std::string field;
    auto operator<=>(const Key&) const = default;
  };
  std::map<Key, std::vector<Step>> fields;
  // A value that is gone was corrected away, or its import was taken back.
  const auto emptied_by = [&](const std::string& field, Moment moment) {
    Origin origin;
    for (const StoredCorrection& one : corrections)
      if (one.person == person && one.field == field && one.value.empty() && one.at == moment) origin.correction = one.number;
    return origin;
  };
  for (const Moment moment : moments) {
    std::map<Key, std::pair<std::string, Origin>> now;
    std::vector<Record> records = workspace.store.records(project, moment, {}, Store::Wanted{.persons = {&person, 1}});
    std::erase_if(records, [&](const Record& record) { return record.person != person || (record.kind != RecordKind::Participants && record.kind != RecordKind::Results); });
    std::set<std::string> entries;
    for (const Record& record : records)
      if (const std::string* entry = record.kind == RecordKind::Participants ? record.find("entry_date") : nullptr) entries.insert(*entry);
    for (const Record& record : records) {
      const std::string* entry = record.kind == RecordKind::Participants ? record.find("entry_date") : nullptr;
      const auto before = entry ? static_cast<std::size_t>(std::distance(entries.begin(), entries.find(*entry))) : 0;
      for (const FieldValue& value : record.values) {
        if (value.value.empty()) continue;
        Origin origin = record.origin;
        origin.column = value.column, origin.correction = value.correction;
        const bool of_the_time = value.field == "entry_date" || value.field == "exit_date";
        now[{record.kind, of_the_time ? before : 0, value.field}] = {value.value, origin};
      }
    }
    for (const auto& [field, value] : now) {
      auto& steps = fields[field];
      if (steps.empty() || steps.back().value != value.first) steps.push_back({value.first, moment, value.second});
    }
    for (auto& [field, steps] : fields)
      if (!now.contains(field) && !steps.back().value.empty()) steps.push_back({"", moment, emptied_by(field.field, moment)});
  }

  ProjectState named;  // only what words of a source need
  named.corrections = corrections;
  named.fixed_cells = workspace.store.fixed_cells(project);
  for (const StoredImport& import : imports)
    named.files.push_back({.import = import.id,
                           .reference = "F-" + std::to_string(import.id),
                           .name = import.file_name,
                           .sha256 = import.sha256,
                           .kind = import.kind,
                           .sheets = import.sheets,
                           .imported_at = import.at.iso()});
  for (const auto& [field, steps] : fields)
    for (const Step& step : steps) {
      std::string by, reason;
      if (step.origin.correction) {
        for (const StoredCorrection& one : corrections)
          if (one.number == step.origin.correction) by = one.actor, reason = one.reason;
      } else {
        for (const StoredImport& import : imports)
          if (import.id == step.origin.import) by = import.actor;
      }
      table.rows.push_back({field_word(*workspace.schemas, field.kind, field.field),
                            step.value.empty() ? Message{"table.missing", {}}
                                               : value_word(*workspace.schemas, field.kind, field.field, step.value),
                            step.since.iso(), by, origin_words(named, person, step.origin, language), reason});
    }
  for (const auto& [other, answer] : same_person_answers_about(workspace, {project, person}, known_at))
    table.rows.push_back({Message{"same-person.about", {other}}, Message{"same-person." + std::string(name_of(answer.said)), {}},
                          answer.at.iso(), answer.actor, std::string(), answer.reason});
  return table;
}

Table looks_table(const Workspace& workspace, const std::string& project) {
  Table table{.schema = "looks"};
  table.columns = {{"at", {"När", "When"}},
                   {"by", {"Av", "By"}},
                   {"project", {"Projekt", "Project"}},
                   {"participant", {"Deltagare", "Participant"}},
                   {"purpose", {"Varför", "Why"}}};
  table.when_empty = {"Ingen har låtit visa något", "Nobody has had anything shown"};
  const auto file = workspace.home / "data" / "access.log";
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return table;
  std::istringstream lines(read_file(file));
  for (std::string line; std::getline(lines, line);) {
    std::vector<Table::Value> row;
    std::istringstream parts(line);
    for (std::string part; row.size() < 5 && std::getline(parts, part, '\t');) row.push_back(std::move(part));
    while (row.size() < 5) row.push_back(std::string());
    if (project.empty() || std::get<std::string>(row[2]) == project) table.rows.push_back(std::move(row));
  }
  std::reverse(table.rows.begin(), table.rows.end());
  return table;
}

}  // namespace horisont
