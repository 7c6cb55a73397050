#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "edge/import/import.h"
#include "support/places.h"

namespace horisont {
namespace story {

inline Date day(int year, int month, int of_month) { return *Date::of(year, month, of_month); }

inline Person person(const char* number, const char* local_id, const char* name) {
  Person out;
  if (*number) {
    auto read = PersonalIdentityNumber::of_normal_form(number);
    if (!read) throw std::invalid_argument(number);
    out.number = *read;
  }
  out.local_id = local_id;
  out.name = name;
  return out;
}

inline std::string masked(const std::string& value) { return value.substr(0, 8) + "-****"; }

inline const ImportSchemas& schemas() {
  static const auto loaded = load_import_schemas(std::filesystem::path(HORISONT_SOURCE_DIR) / "schemas" / "import");
  if (!loaded) throw std::runtime_error("schemas/import is not sound");
  return **loaded;
}

}  // namespace story

/// A small project from 2025 to 2027 in Karlstad and Hagfors with four activities.
inline ProjectTerms story_project() {
  ProjectTerms project;
  project.key = "ung-framtid";
  project.name = {"Ung framtid", "Young future"};
  project.short_name = "UngFramtid";
  project.record_number = "25-001-S02";
  project.grants.push_back(GrantDecision{.operation = {story::day(2025, 1, 1), story::day(2027, 12, 31)}});
  project.subprojects.push_back(Subproject{.key = "1780", .name = "Karlstad", .municipality = "1780"});
  project.subprojects.push_back(Subproject{.key = "1783", .name = "Hagfors", .municipality = "1783"});
  const auto activity = [&](const char* key, const char* sv, const char* en, std::vector<std::string> spellings) {
    project.activities.push_back(Activity{.key = key, .name = {sv, en}, .spellings = std::move(spellings)});
  };
  activity("work_placement", "Praktik", "Work placement", {"APL", "arbetsplatsförlagd"});
  activity("study_career_guidance", "Studie- och yrkesvägledning", "Study and career guidance", {"SYV"});
  activity("study_visit", "Studiebesök", "Study visit", {});
  activity("other", "Annat", "Other", {});
  return project;
}

/// A plausible day of twelve hours, a cap of ten.
inline ProgrammeTerms story_programme() {
  ProgrammeTerms programme{.key = "esf-plus", .period = {story::day(2021, 1, 1), story::day(2029, 12, 31)}};
  const Period always{story::day(2021, 1, 1), {}};
  programme.plausible_day.values.push_back({Minutes{720}, always, {}, {}, 0});
  programme.participant_day_cap.values.push_back({Minutes{600}, always, {}, {}, 0});
  return programme;
}

/// Anna (D-0001), Bo (D-0002, a coordination number), Cia (D-0003, a number that begins with 05) and Dan (D-0004, known by
/// id only).
inline People story_people() {
  return {story::person("199501022389", "", "Ek, Anna"), story::person("199202622396", "", "Sten, Bo"),
          story::person("200503042384", "K-03", "Åberg, Cia"), story::person("", "K-04", "Dahl, Dan")};
}

/// All entered on 2026-01-12, Cia left on 2026-03-20.
inline std::vector<Spell> story_spells() {
  const Date start = story::day(2026, 1, 12);
  return {{start, {}}, {start, {}}, {start, story::day(2026, 3, 20)}, {start, {}}};
}

/// Reads a file against all that, on 2026-04-10.
inline ImportDraft read_story(const std::filesystem::path& path, ImportOptions options) {
  options.today = story::day(2026, 4, 10);
  return read_import(path, story::schemas(), story_project(), story_programme(), story_people(), story_spells(), options);
}

/// The same; the name tells the kind ("attendance-…"), or leaves it open ("guess-…").
inline ImportDraft read_story(const std::filesystem::path& path) {
  ImportOptions options;
  const std::string name = path.filename().string();
  for (const char* kind : {"participants", "attendance", "staff-time", "results", "evidence"})
    if (name.starts_with(std::string(kind) + "-")) options.kind = record_kind(kind);
  return read_story(path, options);
}

/// Everything that a draft holds, one line each. No identity number stands there whole.
inline std::string draft_text(const ImportDraft& draft) {
  std::string out;
  const auto line = [&](const std::string& text) { out += text + "\n"; };
  line(std::string(name_of(draft.kind)) + (draft.refused ? ", refused" : "") + ": seen " + std::to_string(draft.rows_seen) +
       ", read " + std::to_string(draft.rows_read) + ", refused " + std::to_string(draft.rows_refused) + ", left out " +
       std::to_string(draft.rows_left_out) + ", minutes " + std::to_string(draft.minutes_seen));
  for (std::size_t i = draft.people_before; i < draft.people.size(); ++i) {
    const Person& each = draft.people[i];
    line("new " + participant_reference(static_cast<std::uint32_t>(i)) + " " + (each.number ? each.number->masked() : "-") +
         " " + (each.local_id.empty() ? "-" : each.local_id) + " " + each.name);
  }
  const auto place = [&](const Origin& origin) {
    const std::string& sheet = draft.sheets[origin.sheet];
    return (sheet.empty() ? "" : sheet + "!") + std::to_string(origin.row) +
           (origin.column ? "/" + std::to_string(origin.column) : "");
  };
  for (const Record& record : draft.records) {
    std::string text = place(record.origin) + (record.person == 0xFFFFFFFF ? "" : " " + participant_reference(record.person));
    for (const FieldValue& value : record.values)
      text += " " + value.field + "=" + (value.field == "identity_number" ? story::masked(value.value) : value.value);
    line(text);
  }
  for (const TimeRecord& time : draft.times) {
    std::string text = place(time.origin) + " " + participant_reference(time.person) + " " + Date::of_days(time.day).iso() +
                       " " + std::to_string(time.minutes) + " min activity " + std::to_string(time.activity);
    if (time.start >= 0) text += " from " + std::to_string(time.start) + " to " + std::to_string(time.end);
    if (time.flags & TimeAbsent) text += " absent";
    if (time.flags & TimeExcused) text += " excused";
    if (time.flags & TimeMonthly) text += " monthly";
    if (time.flags & TimeSigned) text += " signed";
    if (time.flags & TimeNotSigned) text += " not-signed";
    line(text);
  }
  for (const Finding& finding : draft.findings) {
    const char* level = finding.level == Level::Error ? "fel" : finding.level == Level::Warning ? "varning" : "notis";
    std::string text = std::string(level) + " ";
    if (!finding.place.sheet.empty()) text += finding.place.sheet + "!";
    text += finding.place.cell.empty() ? (finding.place.row ? "row " + std::to_string(finding.place.row) : "file")
                                       : finding.place.cell;
    if (!finding.place.heading.empty()) text += " <" + finding.place.heading + ">";
    text += " " + finding.code;
    if (!finding.participant.empty()) text += " " + finding.participant;
    const bool number = finding.code.starts_with("pnr.");
    if (!finding.given.empty() && !number) text += " \"" + finding.given + "\"";
    text += ": " + words({finding.code, finding.values}, Language::English);
    line(text);
  }
  return out;
}

}  // namespace horisont
