#include "edge/demo/manifest.h"

#include <algorithm>
#include <set>

#include "edge/files/files.h"
#include "edge/json/json.h"

namespace horisont::demo {

std::string cell_name(std::uint32_t row, std::uint32_t column) {
  std::string name;
  for (std::uint32_t rest = column; rest > 0; rest = (rest - 1) / 26)
    name.insert(0, 1, static_cast<char>('A' + (rest - 1) % 26));
  return name + std::to_string(row);
}

std::string_view level_of(std::string_view code) {
  static const std::set<std::string_view> warnings{
      "attendance.after-exit", "attendance.before-entry", "attendance.outside-project", "attendance.overlap",
      "cell.needed-missing",   "evidence.after-entry",    "hours.implausible",          "pnr.birth-date-incomplete",
      "result.other-exit",     "status.contradiction",    "text.encoding-assumed"};
  static const std::set<std::string_view> notices{"date.serial-without-format",
                                                  "day.weekend",
                                                  "header.not-collected",
                                                  "header.not-read",
                                                  "hours.rounded-to-minute",
                                                  "pnr.century-assumed",
                                                  "pnr.zero-restored",
                                                  "row.hidden",
                                                  "row.note",
                                                  "row.repeated-header",
                                                  "row.sum",
                                                  "sheet.hidden"};
  return warnings.contains(code) ? "warning" : notices.contains(code) ? "notice" : "error";
}

bool leaves_row_out(std::string_view code) { return level_of(code) == "error" && code != "sum.mismatch"; }

void Manifest::fault(const Where& where, std::uint32_t row, std::uint32_t column, std::string code, std::string what) {
  faults_.push_back({where, row, column, std::move(code), std::move(what)});
}

void Manifest::habit(const Where& where, std::string code, const std::string& group) {
  const auto [known, fresh] = habit_of_.emplace(std::tuple(where.file, code), habits_.size());
  if (fresh) habits_.push_back({where, code});
  Habit& habit = habits_[known->second];
  ++habit.cells;
  if (group.empty() || groups_.emplace(std::tuple(where.file, std::move(code), group), true).second) ++habit.findings;
}

void Manifest::file(const Where& where, std::uint32_t rows) { files_.push_back({where, rows}); }

void Manifest::project(const std::string& key, const std::vector<Participant>& people) { projects_.push_back({key, people}); }

void Manifest::minutes(const std::string& project, const std::string& reason, std::int64_t minutes) {
  minutes_[project]["read"] += minutes;
  if (!reason.empty()) minutes_[project][reason] += minutes;
}

void Manifest::outcome(std::string project, Day as_of, std::vector<std::pair<std::string, std::int64_t>> figures) {
  outcomes_.push_back({std::move(project), as_of, std::move(figures)});
}

void Manifest::save(const std::filesystem::path& path, std::uint64_t seed) const {
  const auto place = [](JsonValue& entry, const Where& where) {
    entry.add("project", where.project);
    entry.add("file", where.file);
  };
  // One cause refuses a row; two causes in one row refuse it once.
  std::map<std::string, std::set<std::pair<std::string, std::uint32_t>>> left_out;
  for (const Fault& fault : faults_)
    if (leaves_row_out(fault.code)) left_out[fault.where.file].emplace(fault.where.sheet, fault.row);

  JsonValue root = JsonValue::object({{"format", "horisont-demo-manifest"}, {"version", 1}, {"seed", std::to_string(seed)}});
  JsonValue& projects = root.add("projects", JsonValue::array());
  for (const Project& project : projects_) {
    std::map<std::string, int> verdicts;
    for (const Participant& person : project.people) ++verdicts[person.verdict];
    JsonValue entry = JsonValue::object({{"project", project.key}, {"participants", project.people.size()}});
    JsonValue& counts = entry.add("verdicts", JsonValue::object());
    for (const char* verdict : {"eligible", "eligible-with-remarks", "not-eligible", "undecided"})
      counts.add(verdict, verdicts[verdict]);
    JsonValue& sums = entry.add("minutes", JsonValue::object());
    if (const auto found = minutes_.find(project.key); found != minutes_.end())
      for (const auto& [reason, minutes] : found->second) sums.add(reason, minutes);
    projects.add(std::move(entry));
  }
  JsonValue& files = root.add("files", JsonValue::array());
  for (const File& file : files_) {
    JsonValue entry = JsonValue::object();
    place(entry, file.where);
    entry.add("kind", file.where.kind);
    entry.add("rows", file.rows);
    const auto found = left_out.find(file.where.file);
    entry.add("left_out", found == left_out.end() ? std::size_t{0} : found->second.size());
    files.add(std::move(entry));
  }
  JsonValue& faults = root.add("faults", JsonValue::array());
  for (const Fault& fault : faults_) {
    JsonValue entry = JsonValue::object();
    place(entry, fault.where);
    entry.add("sheet", fault.where.sheet);
    entry.add("cell", fault.column == 0 ? std::string() : cell_name(fault.row, fault.column));
    entry.add("row", fault.row);
    entry.add("code", fault.code);
    entry.add("level", level_of(fault.code));
    entry.add("left_out", leaves_row_out(fault.code));
    entry.add("what", fault.what);
    faults.add(std::move(entry));
  }
  JsonValue& habits = root.add("habits", JsonValue::array());
  for (const Habit& habit : habits_) {
    JsonValue entry = JsonValue::object();
    place(entry, habit.where);
    entry.add("code", habit.code);
    entry.add("level", level_of(habit.code));
    entry.add("findings", habit.findings);
    entry.add("cells", habit.cells);
    habits.add(std::move(entry));
  }
  JsonValue& verdicts = root.add("verdicts", JsonValue::array());
  for (const Project& project : projects_)
    for (const Participant& person : project.people) {
      if (person.verdict == "eligible" && person.why.empty()) continue;
      JsonValue entry = JsonValue::object({{"project", project.key}});
      std::string reference = std::to_string(person.index + 1);
      entry.add("reference", "D-" + std::string(reference.size() < 4 ? 4 - reference.size() : 0, '0') + reference);
      entry.add("identity_number", person.number);
      entry.add("verdict", person.verdict);
      JsonValue& codes = entry.add("codes", JsonValue::array());
      for (const std::string& code : person.codes) codes.add(code);
      entry.add("what", person.why);
      verdicts.add(std::move(entry));
    }
  JsonValue& outcomes = root.add("outcome", JsonValue::array());
  for (const Outcome& outcome : outcomes_) {
    JsonValue entry = JsonValue::object({{"project", outcome.project}, {"as_of", iso(outcome.as_of)}});
    for (const auto& [key, value] : outcome.figures) entry.add(key, value);
    outcomes.add(std::move(entry));
  }
  write_file(path, write_json(root) + "\n");
}

}  // namespace horisont::demo
