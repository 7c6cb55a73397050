#include "app/answers.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>

#include "app/cited.h"
#include "app/months.h"
#include "app/municipalities.h"
#include "core/funding/grant.h"
#include "core/indicators/checks.h"
#include "core/values/both.h"
#include "core/values/column_letters.h"
#include "edge/import/schemas.h"
#include "log/note.h"

namespace horisont {
namespace {

using Kind = Table::Column::Kind;

Message named(const char* list, std::string_view word) { return {std::string(list) + "." + std::string(word), {}}; }

Table::Word word_of(const Activity& activity) { return {activity.key, activity.name}; }

// A sub-project is called by its municipality's code in registers, and by its name where people read.
Table::Value word_of(const std::vector<Subproject>& subprojects, const std::string& key) {
  for (const Subproject& one : subprojects)
    if (one.key == key && !one.name.empty()) return Table::Word{key, {one.name, one.name}};
  return key;
}

std::string date_of(const Fact<Date>& fact) { return fact ? fact->value.iso() : ""; }

Message level_word(Level level) {
  return named("level", level == Level::Error ? "error" : level == Level::Warning ? "warning" : "notice");
}

}  // namespace

std::string cell_address(std::uint32_t column, std::uint32_t row) {
  return column_letters(column) + std::to_string(row);
}

std::string origin_words(const ProjectState& state, std::uint32_t person, const Origin& origin, Language language) {
  if (origin.correction != 0) {
    // The correction is the source; the cell that it lies over is still what the file says.
    Origin beneath = origin;
    beneath.correction = 0;
    const std::string cell = origin_words(state, person, beneath, language);
    for (const StoredCorrection& correction : state.corrections)
      if (correction.person == person && correction.number == origin.correction)
        return words({cell.empty() ? "origin.correction" : "origin.correction-over",
                      {correction.actor, correction.at.iso(), correction.reason, cell}},
                     language);
    return cell;
  }
  const auto file =
      std::find_if(state.files.begin(), state.files.end(), [&](const SourceFile& f) { return f.import == origin.import; });
  if (origin.row == 0 || file == state.files.end()) return "";
  Place place{.file = file->reference + " " + file->name, .row = origin.row};
  if (origin.sheet < file->sheets.size()) place.sheet = file->sheets[origin.sheet];
  if (origin.column != 0) place.cell = cell_address(origin.column, origin.row);
  for (const auto& [import, fix] : state.fixed_cells)
    if (import == origin.import && fix.place.sheet == place.sheet && fix.place.cell == place.cell)
      return place_words(place, language) + ". " + finding_words(fix, language);
  return place_words(place, language);
}

std::string printable(const std::string& field, const std::string& value) {
  if (value.empty()) return "";
  if (field == "identity_number") return value.substr(0, 8) + "-****";
  for (const std::string_view hidden : {"name", "family_name", "given_name", "email", "mobile", "phone", "address"})
    if (field == hidden || (field.starts_with(hidden) && field.substr(hidden.size()) == "_or_filler")) return "…";
  return value;
}

Table::Word field_word(const ImportSchemas& schemas, RecordKind kind, const std::string& field) {
  const ImportSchema& schema = schemas.of(kind);
  const auto known = schema.field(field);
  if (!known) return {field, {field, field}};
  return {field, {schema.fields[*known].headings_sv.front(), schema.fields[*known].headings_en.front()}};
}

Table::Value value_word(const ImportSchemas& schemas, RecordKind kind, const std::string& field, const std::string& value) {
  const ImportSchema& schema = schemas.of(kind);
  if (const auto known = schema.field(field); known && !value.empty()) {
    const ImportField& of = schema.fields[*known];
    if (of.list)
      for (const ListedChoice& choice : of.list->choices)
        if (choice.word == value && !choice.shown.sv.empty()) {
          // A place, which has a number for a word, is called the same in both languages.
          const bool place = choice.shown.en.find_first_not_of("0123456789") == std::string::npos;
          return Table::Word{value, place ? Bilingual{choice.shown.sv, choice.shown.sv} : choice.shown};
        }
    const bool answer =
        of.type == FieldType::YesNo || of.type == FieldType::YesNoUnknown || of.type == FieldType::YesNoUndisclosed;
    const std::string id = "yesno." + value;
    if (answer && text_of(id))
      return Table::Word{value, {words({id.c_str(), {}}, Language::Swedish), words({id.c_str(), {}}, Language::English)}};
  }
  return printable(field, value);
}

Table import_table(const std::vector<ImportOutcome>& outcomes) {
  Table table{.schema = "import"};
  table.columns = {{"file", {"Fil", "File"}},
                   {"kind", {"Innehåll", "Contents"}},
                   {"state", {"Läge", "State"}},
                   {"import", {"Inläsning", "Import"}},
                   {"rows", {"Rader", "Rows"}, Kind::Count},
                   {"read", {"Inlästa", "Read"}, Kind::Count},
                   {"refused", {"Ej inlästa", "Refused"}, Kind::Count},
                   {"left_out", {"Utanför", "Left out"}, Kind::Count},
                   {"new", {"Nya", "New"}, Kind::Count},
                   {"changed", {"Ändrade", "Changed"}, Kind::Count},
                   {"missing", {"Saknas i filen", "Missing"}, Kind::Count},
                   {"unchanged", {"Oförändrade", "Unchanged"}, Kind::Count},
                   {"minutes", {"Timmar", "Hours"}, Kind::Hours},
                   {"errors", {"Fel", "Errors"}, Kind::Count},
                   {"warnings", {"Varningar", "Warnings"}, Kind::Count},
                   {"notices", {"Notiser", "Notices"}, Kind::Count}};
  for (const ImportOutcome& outcome : outcomes) {
    std::int64_t levels[3] = {};
    for (const Finding& finding : outcome.findings) ++levels[static_cast<std::size_t>(finding.level)];
    static constexpr const char* states[] = {"stored", "already-read", "refused", "checked", "waiting", "overtaken"};
    const std::uint32_t id = outcome.earlier ? outcome.earlier->id : outcome.stored.id;
    const std::string number = id              ? "I-" + std::to_string(id)
                               : outcome.draft ? "U-" + std::to_string(outcome.draft)
                                               : std::string();
    table.rows.push_back(
        {outcome.file_name, named("record", name_of(outcome.kind)),
         named("import-state", states[static_cast<std::size_t>(outcome.state)]), number, outcome.rows_seen, outcome.rows_read,
         outcome.rows_refused, outcome.rows_left_out, outcome.stored.new_records + outcome.stored.new_times,
         outcome.stored.changed_records + outcome.stored.changed_times, outcome.missing.missing_facts,
         outcome.stored.unchanged_records + outcome.stored.unchanged_times, outcome.minutes, levels[0], levels[1], levels[2]});
  }
  return table;
}

namespace {

class DifferenceLines {
 public:
  DifferenceLines(const Workspace& workspace, std::size_t most) : workspace_(workspace), most_(most) {
    table.schema = "difference";
    table.columns = {{"file", {"Fil", "File"}},
                     {"change", {"Ändring", "Change"}},
                     {"participant", {"Deltagare", "Participant"}},
                     {"kind", {"Innehåll", "Contents"}},
                     {"when", {"När", "When"}},
                     {"activity", {"Aktivitet", "Activity"}},
                     {"field", {"Fält", "Field"}},
                     {"before", {"Förut", "Before"}},
                     {"after", {"Nu", "After"}},
                     {"row", {"Rad", "Row"}}};
    table.when_empty = {"Inget ändras", "Nothing changes"};
  }
  void add(const std::string& file, const std::string& project, const Difference& difference) {
    const auto& activities = workspace_.project(project)->activities;
    std::map<std::pair<std::uint32_t, std::string>, std::int64_t> new_times;  // person and month → days
    for (const Change& change : difference.changes) {
      if (change.kind == ChangeKind::New && change.activity) {
        ++new_times[{change.person, change.when.substr(0, 7)}];
        continue;
      }
      const bool somebody = change.person != 0xFFFFFFFF;
      line({file, named("change", name_of(change.kind)), somebody ? participant_reference(change.person) : change.staff_id,
            named("record", name_of(change.record)), change.when, change.activity ? Table::Value(word_of(activities.at(*change.activity))) : Table::Value(std::string()),
            change.field.empty() ? Table::Value(std::string()) : field_of(change), value_of(change, change.before),
            value_of(change, change.after),
            change.origin.import == 0 || change.kind == ChangeKind::Missing ? "" : std::to_string(change.origin.row)});
    }
    for (const auto& [key, days] : new_times)
      line({file, named("change", "new"), participant_reference(key.first), named("record", "attendance"), key.second, "",
            Table::Word{"records", {"dagar med tid", "days with time"}}, "", std::to_string(days), ""});
  }
  Table table;
  std::size_t left_out = 0;

 private:
  void line(std::vector<Table::Value> values) {
    if (most_ != 0 && table.rows.size() == most_)
      ++left_out;
    else
      table.rows.push_back(std::move(values));
  }
  Table::Value field_of(const Change& change) const {
    if (change.field == "minutes") return Table::Word{"minutes", {"tid", "time"}};
    return field_word(*workspace_.schemas, change.record, change.field);
  }
  // Minutes and absences as they are compared, "180 + 0 excused", as people say them: "3,00 h + giltig frånvaro".
  static Table::Value time_of(const std::string& value) {
    Bilingual said;
    for (auto [text, language] : {std::pair(&said.sv, Language::Swedish), std::pair(&said.en, Language::English)}) {
      std::istringstream parts(value);
      for (std::string word; parts >> word;) {
        const std::string absence = "change-time." + word;
        if (word == "+")
          *text += " + ";
        else if (text_of(absence))
          *text += (text->empty() || text->ends_with("+ ") ? "" : " ") + words({absence, {}}, language);
        else if (std::int64_t minutes = 0; std::from_chars(word.data(), word.data() + word.size(), minutes).ec != std::errc{})
          *text += word;
        else if (minutes > 0 || value == word)
          *text += hours_words(minutes, language) + " h";
      }
    }
    return Table::Word{value, said};
  }
  Table::Value value_of(const Change& change, const std::string& value) const {
    const bool staff_time = change.record == RecordKind::StaffTime && change.field == "hours";
    if ((change.field == "minutes" || staff_time) && !value.empty()) return time_of(value);
    return value_word(*workspace_.schemas, change.record, change.field, value);
  }
  const Workspace& workspace_;
  std::size_t most_;
};

}  // namespace

Table difference_table(const Workspace& workspace, const std::vector<ImportOutcome>& outcomes, std::size_t most) {
  DifferenceLines lines(workspace, most);
  for (const ImportOutcome& outcome : outcomes) {
    if (outcome.preview) lines.add(outcome.file_name, outcome.project, outcome.preview->facts);
    lines.add(outcome.file_name, outcome.project, outcome.missing);
  }
  if (lines.left_out) lines.table.facts = {{"left_out", static_cast<std::int64_t>(lines.left_out)}};
  return std::move(lines.table);
}

Table difference_table(const Workspace& workspace, const std::string& project, const Preview& preview, std::size_t most) {
  DifferenceLines lines(workspace, most);
  lines.add("", project, preview.facts);
  if (lines.left_out) lines.table.facts = {{"left_out", static_cast<std::int64_t>(lines.left_out)}};
  return std::move(lines.table);
}

Table verdict_changes_table(const Effect& effect) {
  Table table{.schema = "verdict-changes"};
  table.columns = {{"participant", {"Deltagare", "Participant"}},
                   {"before", {"Bedömning förut", "Verdict before"}},
                   {"after", {"Bedömning nu", "Verdict after"}}};
  table.when_empty = {"Inga bedömningar ändras", "No verdicts change"};
  const auto word = [](const std::optional<Verdict>& verdict) {
    return verdict ? Table::Value(named("verdict", name_of(*verdict))) : Table::Value(std::string());
  };
  for (const Effect::OfVerdict& verdict : effect.verdicts)
    table.rows.push_back({participant_reference(verdict.person), word(verdict.before), word(verdict.after)});
  return table;
}

namespace {

Table hours_changes_table(const char* schema, std::span<const Effect::OfMonth> months) {
  Table table{.schema = schema};
  table.columns = {{"month", {"Månad", "Month"}},
                   {"reported_before_min", {"Rapporterade förut", "Reported before"}, Kind::Hours},
                   {"reported_after_min", {"Rapporterade nu", "Reported after"}, Kind::Hours},
                   {"accepted_before_min", {"Godkända förut", "Accepted before"}, Kind::Hours},
                   {"accepted_after_min", {"Godkända nu", "Accepted after"}, Kind::Hours}};
  table.when_empty = {"Inga timmar för deltagare ändras", "No hours of participants change"};
  for (const Effect::OfMonth& month : months)
    table.rows.push_back(
        {month.month.iso(), month.reported_before, month.reported_after, month.accepted_before, month.accepted_after});
  return table;
}

}  // namespace

Table month_changes_table(const Effect& effect) { return hours_changes_table("month-changes", effect.months); }

Table staff_changes_table(const Effect& effect) {
  Table table = hours_changes_table("staff-changes", effect.staff);
  table.columns[1].heading = {"Personaltid förut", "Staff time before"};
  table.columns[2].heading = {"Personaltid nu", "Staff time after"};
  return table;
}

Table claim_changes_table(const Effect& effect) {
  Table table{.schema = "claim-changes"};
  table.columns = {{"month", {"Månad", "Month"}},
                   {"before_ore", {"Ansökan förut, kr", "Claim before, kr"}, Kind::Money},
                   {"after_ore", {"Ansökan nu, kr", "Claim after, kr"}, Kind::Money}};
  table.when_empty = {"Ingen ansökan ändras", "No claim changes"};
  const auto amount = [](const std::optional<Money>& money) -> Table::Value {
    return money ? Table::Value(money->ore()) : Message{"claim.cannot-tell", {}};
  };
  for (const Effect::OfClaim& claim : effect.claims)
    table.rows.push_back({claim.month.iso(), amount(claim.before), amount(claim.after)});
  return table;
}

Table indicator_changes_table(const Effect& effect) {
  Table table{.schema = "indicator-changes"};
  table.columns = {{"code", {"Kod", "Code"}}, {"indicator", {"Indikator", "Indicator"}}};
  struct Shown {
    Column column;
    const char* key;
    Bilingual word;
  };
  static const Shown shown[] = {{Column::Men, "men_", {"Män", "Men"}},
                                {Column::Women, "women_", {"Kvinnor", "Women"}},
                                {Column::NonBinary, "non_binary_", {"Icke-binära", "Non-binary"}},
                                {Column::Total, "", {"Antal", "Number"}}};
  for (const Shown& each : shown) {
    if (each.column == Column::NonBinary && !effect.non_binary) continue;
    const std::string key = each.key;
    table.columns.push_back({key + "before", {each.word.sv + " förut", each.word.en + " before"}, Kind::Count});
    table.columns.push_back({key + "after", {each.word.sv + " nu", each.word.en + " after"}, Kind::Count});
  }
  table.when_empty = {"Ingen indikator ändras", "No indicator changes"};
  for (const Effect::OfIndicator& one : effect.indicators) {
    std::vector<Table::Value> row{one.code, Message{"indicator." + one.code, {}}};
    for (const Shown& each : shown) {
      if (each.column == Column::NonBinary && !effect.non_binary) continue;
      const auto at = static_cast<std::size_t>(each.column);
      row.push_back(one.before[at]), row.push_back(one.after[at]);
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table profiles_table(const std::vector<StoredProfile>& profiles) {
  Table table{.schema = "profiles"};
  table.columns = {{"profile", {"Profil", "Profile"}},
                   {"version", {"Version", "Version"}, Kind::Count},
                   {"at", {"När", "When"}},
                   {"by", {"Av", "By"}},
                   {"state", {"Läge", "State"}}};
  table.when_empty = {"Inga profiler är sparade", "No profiles are saved"};
  for (const StoredProfile& profile : profiles)
    table.rows.push_back({profile.name, std::int64_t{profile.version}, profile.at.iso(), profile.actor,
                          named("profile-state", profile.text.empty() ? "retired" : "saved")});
  return table;
}

Table drafts_table(const std::vector<StoredDraft>& drafts) {
  Table table{.schema = "drafts"};
  table.columns = {{"draft", {"Utkast", "Draft"}},
                   {"at", {"När", "When"}},
                   {"by", {"Av", "By"}},
                   {"file", {"Fil", "File"}},
                   {"sha256", {"SHA-256", "SHA-256"}}};
  table.when_empty = {"Inga utkast väntar", "No drafts wait"};
  for (const StoredDraft& draft : drafts)
    table.rows.push_back({"U-" + std::to_string(draft.id), draft.at.iso(), draft.actor, draft.draft.file_name,
                          draft.draft.sha256.substr(0, 16)});
  return table;
}

Table findings_table(const std::vector<Finding>& findings) {
  Table table{.schema = "problems"};
  table.columns = {{"level", {"Nivå", "Level"}},
                   {"code", {"Kod", "Code"}},
                   {"file", {"Fil", "File"}},
                   {"sheet", {"Blad", "Sheet"}},
                   {"cell", {"Cell", "Cell"}},
                   {"heading", {"Rubrik", "Heading"}},
                   {"participant", {"Deltagare", "Participant"}},
                   {"text", {"Vad", "What"}, Kind::Text, true}};
  table.when_empty = {"Inga problem", "No problems"};
  for (const Finding& finding : findings)
    table.rows.push_back(
        {level_word(finding.level), finding.code, finding.place.file, finding.place.sheet,
         finding.place.cell.empty() && finding.place.row ? std::to_string(finding.place.row) : finding.place.cell,
         finding.place.heading, finding.participant, Message{finding.code, finding.values}});
  return table;
}

Table imports_table(const std::vector<StoredImport>& imports) {
  Table table{.schema = "imports"};
  table.columns = {{"import", {"Inläsning", "Import"}},
                   {"at", {"När", "When"}},
                   {"by", {"Av", "By"}},
                   {"kind", {"Innehåll", "Contents"}},
                   {"file", {"Fil", "File"}},
                   {"state", {"Läge", "State"}},
                   {"rows", {"Rader", "Rows"}, Kind::Count},
                   {"read", {"Inlästa", "Read"}, Kind::Count},
                   {"refused", {"Ej inlästa", "Refused"}, Kind::Count},
                   {"sha256", {"SHA-256", "SHA-256"}}};
  table.when_empty = {"Inget är inläst", "Nothing has been read in"};
  for (const StoredImport& import : imports)
    table.rows.push_back({"I-" + std::to_string(import.id), import.at.iso(), import.actor,
                          named("record", name_of(import.kind)), import.file_name,
                          named("import-state", import.withdrawn_at ? "undone" : "stored"), import.rows_seen, import.rows_read,
                          import.rows_refused, import.sha256.substr(0, 16)});
  return table;
}

Table verdict_table(const ProjectState& state, const Assessment& assessment) {
  Table table{.schema = "assessment"};
  table.facts = {{"project", state.project->key},
                 {"today", state.today.iso()},
                 {"rules", state.rule_set ? state.rule_set->sha256 : ""},
                 {"changed", static_cast<std::int64_t>(assessment.changed)}};
  table.columns = {{"verdict", {"Bedömning", "Verdict"}}, {"participants", {"Deltagare", "Participants"}, Kind::Count}};
  for (std::size_t i = 0; i < assessment.verdicts.size(); ++i)
    table.rows.push_back({named("verdict", name_of(static_cast<Verdict>(i))), assessment.verdicts[i]});
  return table;
}

Table participants_table(const ProjectState& state, std::optional<Verdict> only) {
  Table table{.schema = "participants"};
  table.facts = {{"project", state.project->key}, {"today", state.today.iso()}};
  table.columns = {{"participant", {"Deltagare", "Participant"}},
                   {"subproject", {"Delprojekt", "Subproject"}},
                   {"entry_date", {"Start", "Entry"}},
                   {"exit_date", {"Slut", "Exit"}},
                   {"verdict", {"Bedömning", "Verdict"}},
                   {"rules", {"Regler", "Rules"}},
                   {"accepted_min", {"Godkända timmar", "Accepted hours"}, Kind::Hours},
                   {"refused_min", {"Ej godkända", "Refused"}, Kind::Hours}};
  table.when_empty = {"Inga deltagare", "No participants"};
  std::map<std::uint32_t, std::pair<std::int64_t, std::int64_t>> hours;
  for (const LedgerCell& cell : state.hours.cells) {
    auto& [accepted, refused] = hours[cell.person];
    accepted += cell.accepted, refused += cell.refused();
  }
  for (std::size_t i = 0; i < state.participations.size(); ++i) {
    const Participation& participation = state.participations[i];
    const Decision& decision = state.decisions[i];
    if (only && decision.verdict != *only) continue;
    std::string codes;
    for (const std::string& code : decision.codes) codes += (codes.empty() ? "" : " ") + code;
    const auto& [accepted, refused] = hours[participation.person];
    table.rows.push_back({participation.reference, word_of(state.project->subprojects, participation.subproject ? participation.subproject->value : ""),
                          date_of(participation.entered_on), date_of(participation.left_on),
                          named("verdict", name_of(decision.verdict)), codes, accepted, refused});
  }
  return table;
}

HoursCount::HoursCount(std::string_view by, Period period, std::optional<std::uint32_t> person)
    : by_(by == "reason"      ? By::Reason
          : by == "activity"  ? By::Activity
          : by == "month"     ? By::Month
          : by == "day"       ? By::Day
          : by == "signature" ? By::Signature
                              : By::Participant),
      period_(period),
      person_(person) {}

std::int64_t HoursCount::key_of(const TimeRecord& time) const {
  switch (by_) {
    case By::Activity:
      return time.activity;
    case By::Month:
      return month_;
    case By::Day:
      return time.day;
    case By::Signature:
      return time.flags & (TimeSigned | TimeNotSigned | TimePaper);
    case By::Participant:
    case By::Reason:
      break;
  }
  return time.person;
}

HoursCount::Sums& HoursCount::at(std::int64_t key) {
  if (!last_ || key != last_key_) last_ = &sums_[key], last_key_ = key;
  return *last_;
}

void HoursCount::add(const TimeRecord& time, const LedgerLine& line) {
  if (person_ && time.person != *person_) return;
  if (!last_ || time.day != last_day_) {
    const Date day = Date::of_days(time.day);
    last_day_ = time.day, inside_ = period_.contains(day), month_ = Month::containing(day).number();
  }
  if (!inside_) return;
  if (by_ == By::Reason) {
    if (Sums& sums = at(0); line.accepted) sums.reported += line.accepted, sums.accepted += line.accepted;
    if (line.refused) {
      Sums& sums = at(1 + static_cast<std::int64_t>(line.reason));
      sums.reported += line.refused, sums.refused += line.refused;
    }
    return;
  }
  Sums& sums = at(key_of(time));
  sums.reported += line.accepted + line.refused, sums.accepted += line.accepted, sums.refused += line.refused;
}

namespace {

std::vector<Table::Column> hours_columns(const std::string& first, const Bilingual& heading) {
  return {{first, heading},
          {"reported_min", {"Rapporterade", "Reported"}, Kind::Hours},
          {"accepted_min", {"Godkända", "Accepted"}, Kind::Hours},
          {"refused_min", {"Ej godkända", "Refused"}, Kind::Hours}};
}

Table empty_hours(const ProjectState& state) {
  Table table{.schema = "hours"};
  table.facts = {{"project", state.project->key}, {"today", state.today.iso()}};
  table.when_empty = {"Inga timmar", "No hours"};
  return table;
}

std::string month_of(std::int64_t number) {
  return Month::of(static_cast<int>(number / 12), static_cast<int>(number % 12) + 1)->iso();
}

}  // namespace

Table HoursCount::table(const ProjectState& state) const {
  static constexpr struct {
    const char *key, *sv, *en;
  } firsts[] = {{"participant", "Deltagare", "Participant"}, {"activity", "Aktivitet", "Activity"},
                {"month", "Månad", "Month"},                 {"day", "Dag", "Day"},
                {"signature", "Underskrift", "Signature"},   {"reason", "Utfall", "Outcome"}};
  const auto& first = firsts[static_cast<std::size_t>(by_)];
  Table table = empty_hours(state);
  table.columns = hours_columns(first.key, {first.sv, first.en});
  std::map<std::string, std::pair<Table::Value, Sums>> named_sums;  // in the order of their words
  Sums total;
  for (const auto& [key, sums] : sums_) {
    if (by_ == By::Reason && sums.reported == 0) continue;
    TimeRecord signed_so;
    signed_so.flags = static_cast<std::uint8_t>(key);
    std::string word;
    Table::Value value;
    switch (by_) {
      case By::Reason:
        word = key == 0 ? "accepted" : std::string(name_of(static_cast<Reason>(key - 1)));
        value = named("reason", word);
        break;
      case By::Signature:
        word = signature_of(signed_so);
        value = named("signature", word);
        break;
      case By::Activity:
        word = state.project->activities[static_cast<std::size_t>(key)].key;
        value = word_of(state.project->activities[static_cast<std::size_t>(key)]);
        break;
      case By::Month:
        value = word = month_of(key);
        break;
      case By::Day:
        value = word = Date::of_days(static_cast<std::int32_t>(key)).iso();
        break;
      case By::Participant:
        value = word = participant_reference(static_cast<std::uint32_t>(key));
        break;
    }
    Sums& of = named_sums.try_emplace(word, std::move(value), Sums{}).first->second.second;
    for (Sums* to : {&of, &total}) to->reported += sums.reported, to->accepted += sums.accepted, to->refused += sums.refused;
  }
  for (auto& [word, of] : named_sums)
    table.rows.push_back({std::move(of.first), of.second.reported, of.second.accepted, of.second.refused});
  if (!named_sums.empty()) table.rows.push_back({Message{"table.total", {}}, total.reported, total.accepted, total.refused});
  return table;
}

Table hours_table(const ProjectState& state, std::string_view by, Period period, std::optional<std::uint32_t> person) {
  HoursCount count(by, period, person);
  for (const LedgerLine& line : state.hours.lines) count.add(state.times[line.record], line);
  return count.table(state);
}

Table participant_hours_table(const ProjectState& state, std::optional<Month> month) {
  Table table = empty_hours(state);
  table.columns = hours_columns("participant", {"Deltagare", "Participant"});
  const auto& cells = state.hours.cells;
  for (auto cell = cells.begin(); cell != cells.end();) {
    const std::uint32_t person = cell->person;
    std::int64_t reported = 0, accepted = 0;
    bool any = false;
    for (; cell != cells.end() && cell->person == person; ++cell)
      if (!month || cell->month == month->number()) any = true, reported += cell->reported, accepted += cell->accepted;
    if (any) table.rows.push_back({participant_reference(person), reported, accepted, reported - accepted});
  }
  return table;
}

void MonthActivities::add(const TimeRecord& time, const LedgerLine& line) {
  if (sums_.empty() || time.day != last_day_)
    last_day_ = time.day, month_ = Month::containing(Date::of_days(time.day)).number();
  LedgerCell& sum = sums_[{month_, time.activity}];
  sum.reported += time.minutes, sum.accepted += line.accepted;
}

Table MonthActivities::table(const ProjectState& state) const {
  Table table = empty_hours(state);
  table.columns = hours_columns("month", {"Månad", "Month"});
  table.columns.insert(table.columns.begin() + 1, {"activity", {"Aktivitet", "Activity"}});
  for (const auto& [key, sum] : sums_)
    table.rows.push_back({month_of(key.first), word_of(state.project->activities[key.second]), sum.reported, sum.accepted,
                          sum.refused()});
  return table;
}

namespace {

// A number that registers once stated for a person, and the days of the first and the last of them.
struct StatedNumber {
  PersonalIdentityNumber number;
  std::string from, to;
  Origin origin;
};
std::vector<StatedNumber> stated_numbers(const ProjectState& state, std::uint32_t person) {
  std::vector<StatedNumber> all;
  const auto& former = state.former_numbers;
  const auto from = std::lower_bound(former.begin(), former.end(), person,
                                     [](const FormerNumber& one, std::uint32_t of) { return one.person < of; });
  for (auto one = from; one != former.end() && one->person == person; ++one) {
    const auto file = std::find_if(state.files.begin(), state.files.end(),
                                   [&](const SourceFile& of) { return of.import == one->origin.import; });
    if (file == state.files.end()) continue;
    const std::string day = file->imported_at.substr(0, 10);
    const auto known = std::find_if(all.begin(), all.end(), [&](const StatedNumber& other) { return other.number == one->number; });
    if (known == all.end())
      all.push_back({one->number, day, day, one->origin});
    else
      known->from = std::min(known->from, day), known->to = std::max(known->to, day);
  }
  return all;
}

}  // namespace

Table person_table(const ImportSchemas& schemas, const ProjectState& state, const Participation& person, Language language) {
  Table table{.schema = "person"};
  table.facts = {{"project", state.project->key}, {"participant", person.reference}};
  table.columns = {{"field", {"Uppgift", "Field"}}, {"value", {"Värde", "Value"}}, {"origin", {"Står i", "Stands in"}}};
  table.when_empty = {"Inga uppgifter", "Nothing is known"};
  const auto add = [&](const char* key, const std::string& value, const Origin& origin) {
    if (value.empty()) return;
    table.rows.push_back({field_word(schemas, RecordKind::Participants, key),
                          value_word(schemas, RecordKind::Participants, key, value),
                          origin_words(state, person.person, origin, language)});
  };
  const auto word = [&](const char* key, const Fact<std::string>& fact) {
    if (fact) add(key, fact->value, fact->origin);
  };
  const auto yes_no = [&](const char* key, const Fact<bool>& fact) {
    if (fact) add(key, fact->value ? "yes" : "no", fact->origin);
  };
  const auto date = [&](const char* key, const Fact<Date>& fact) {
    if (fact) add(key, fact->value.iso(), fact->origin);
  };
  // Of what is kept without an origin of its own: the newest correction that says what holds, over the row of the register.
  const auto stated_by = [&](const char* key, const std::string& value) {
    Origin origin = person.origin;
    for (const StoredCorrection& correction : state.corrections)
      if (correction.person == person.person && correction.field == key && correction.value == value) origin.correction = correction.number;
    return origin;
  };
  if (!person.protected_identity) {
    if (person.number) add("identity_number", person.number->digits(), stated_by("identity_number", person.number->digits()));
    for (const StatedNumber& former : stated_numbers(state, person.person))
      table.rows.push_back({words({"person.former-number", {}}, language),
                            words({"person.former-number-dates",
                                   {words({"identity-kind." + std::string(name_of(former.number.kind())), {}}, language),
                                    printable("identity_number", former.number.digits()), former.from,
                                    former.to}},
                                  language),
                            origin_words(state, person.person, former.origin, language)});
    add("name", person.name, stated_by("name", person.name));
    add("gender", person.gender, stated_by("gender", person.gender));
    date("birth_date", person.born_on);
    add("local_id", person.local_id, stated_by("local_id", person.local_id));
    word("home_municipality", person.home_municipality);
    word("school_municipality", person.school_municipality);
    word("school", person.school);
  }
  word("subproject", person.subproject);
  date("entry_date", person.entered_on);
  date("exit_date", person.left_on);
  word("employment_status", person.employment_status);
  yes_no("in_education", person.studies);
  word("isced_level", person.isced_level);
  word("school_stage", person.school_stage);
  yes_no("upper_secondary_complete", person.upper_secondary_complete);
  yes_no("kaa_registered", person.kaa_registered);
  date("unemployed_since", person.unemployed_since);
  date("information_given_on", person.information_given_on);
  word("referred_by", person.referred_by);
  return table;
}

Table explanation_table(const ProjectState& state, const Explanation& explanation, std::uint32_t person, Language language,
                        const ImportSchemas* names) {
  Table table{.schema = "explanation"};
  table.facts = {{"participant", participant_reference(person)},
                 {"verdict", std::string(name_of(explanation.verdict))},
                 {"rules", explanation.rule_set_sha256}};
  table.columns = {{"rule", {"Regel", "Rule"}},   {"question", {"Fråga", "Question"}}, {"outcome", {"Utfall", "Outcome"}},
                   {"limit", {"Gräns", "Limit"}}, {"read", {"Läst", "Read"}},          {"text", {"Förklaring", "Explanation"}},
                   {"basis", {"Grund", "Basis"}}};
  const auto named_in = [&](const std::string& text) { return names ? municipality_names(*names, text, language) : text; };
  for (const RuleAnswer& answer : explanation.answers) {
    std::string read;
    bool of_places = false;
    for (const InputRead& input : answer.inputs) {
      const bool place = input.name.ends_with("municipality");
      of_places = of_places || place;
      if (!read.empty()) read += "; ";
      const std::string label = input.label.in(language);
      const bool answer_word = input.value == "yes" || input.value == "no";
      const std::string value = answer_word ? words({"yesno." + input.value, {}}, language)
                                : place     ? named_in(input.value)
                                            : input.value;
      read += (label.empty() ? input.name : label) + ": " +
              (input.missing   ? words({input.name == "studies" ? "table.missing-studies" : "table.missing", {}}, language)
               : value.empty() ? "\u2013"
                               : value);
      if (const std::string where = origin_words(state, person, input.origin, language); !where.empty())
        read += " (" + where + ")";
    }
    std::string text = answer.message.in(language);
    if (answer.outcome != RuleOutcome::Met && !answer.fix.in(language).empty())
      text += (text.empty() ? "" : " ") + answer.fix.in(language);
    for (const ManualDecision& manual : state.manual)
      if (manual.id() == answer.manual)
        text = words({manual.approved_by.empty() ? "manual.by" : "manual.by-two",
                      {manual.id(), manual.actor, manual.at.iso(), manual.reason, manual.approved_by}},
                     language);
    table.rows.push_back(
        {answer.code, answer.question.in(language), named("rule-outcome", name_of(answer.outcome)),
         of_places ? named_in(answer.limit) : answer.limit, read, text,
         answer.legal_basis.in(language) + (answer.unverified ? " (" + words({"table.unverified", {}}, language) + ")" : "")});
  }
  return table;
}

Table projects_table(const Configuration& configuration) {
  Table table{.schema = "projects"};
  table.columns = {
      {"project", {"Projekt", "Project"}},     {"name", {"Namn", "Name"}}, {"record_number", {"Diarienummer", "Record number"}},
      {"programme", {"Program", "Programme"}}, {"from", {"Från", "From"}}, {"to", {"Till", "To"}}};
  table.when_empty = {"Inga projekt", "No projects"};
  for (const auto& [key, project] : configuration.projects) {
    const Period operation = project.operation();
    table.rows.push_back({key, project.name.sv, project.record_number, project.programme, operation.first.iso(),
                          operation.last ? operation.last->iso() : ""});
  }
  return table;
}

Table project_table(const ProjectTerms& project) {
  Table table{.schema = "project"};
  table.facts = {{"project", project.key}, {"sha256", project.sha256}};
  table.columns = {{"what", {"Uppgift", "Field"}},
                   {"value", {"Värde", "Value"}},
                   {"confidence", {"Säkerhet", "Confidence"}},
                   {"cited", {"Källa", "Source"}}};
  const auto confidence = [](const Citation& cited) {
    return named("confidence", cited.confidence == Confidence::Verified    ? "verified"
                               : cited.confidence == Confidence::Secondary ? "secondary"
                                                                           : "unverified-default");
  };
  const auto add = [&](const char* what, Bilingual value, const Citation& cited) {
    if (value.sv.empty()) return;
    const Table::Value said = value.sv == value.en || value.en.empty() ? Table::Value{value.sv} : Message{"table.text", {in_both(value.sv, value.en)}};
    table.rows.push_back({named("project-field", what), said, confidence(cited), cited_value(cited.text)});
  };
  const auto same = [](const std::string& text) { return Bilingual{text, text}; };
  const auto field_in_both = [&](const char* key, const Bilingual& value) {
    const auto cited = project.citations.find(key);
    add(key, value, cited == project.citations.end() ? Citation{} : cited->second);
  };
  const auto field = [&](const char* key, const std::string& value) { field_in_both(key, same(value)); };
  field("record_number", project.record_number);
  field("call_number", project.call_number);
  field("owner", project.owner);
  field("organisation_number", project.organisation_number);
  field("programme_area", project.programme_area);
  field("nuts2", project.nuts2);
  field("cci", project.cci);
  field("intervention_type", project.intervention_type);
  field_in_both("target_group", project.target_group);
  field_in_both("aim", project.aim);
  for (const GrantDecision& grant : project.grants) {
    Bilingual text;
    for (const Language language : {Language::Swedish, Language::English}) {
      std::string& said = language == Language::Swedish ? text.sv : text.en;
      said = grant.operation.first.iso() + "–" + (grant.operation.last ? grant.operation.last->iso() : "");
      if (grant.planned_participants) said += ", " + words({"project-field.planned", {std::to_string(*grant.planned_participants)}}, language);
      if (grant.budget) said += ", " + words({"project-field.budget", {kronor_words(grant.budget->ore(), language)}}, language);
      if (!grant.union_rate_stated.empty()) said += ", " + grant.union_rate_stated;
      if (!grant.amounts_other_currency.empty()) said += ", " + grant.amounts_other_currency;
    }
    add("grant", text, grant.cited);
    if (const auto share = granted_share(grant); share && share->differs) {
      const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
      table.rows.push_back(
          {named("project-field", "granted_share"),
           Message{share->one_of_two_parts ? "grant.one-of-two-parts" : "grant.share-differs",
                   {std::to_string(share->by_amounts / 100), two(share->by_amounts % 100), grant.union_rate_stated}},
           confidence(grant.cited), cited_value(grant.cited.text)});
    }
  }
  for (const Subproject& subproject : project.subprojects)
    add("subproject", same(subproject.municipality + " " + subproject.name), subproject.cited);
  for (const Activity& activity : project.activities) add("activity", activity.name, activity.cited);
  for (const RuleSetUse& use : project.rule_sets)
    table.rows.push_back({named("project-field", "rule_set"), use.file + ", " + use.used.first.iso() + "–", "", ""});
  for (const PublishedFigure& figure : project.published) {
    const std::string id = "project-field.published." + figure.key, says = ": " + figure.value + " (" + figure.as_of.iso() + ")";
    const auto name = [&](Language language) { return text_of(id) ? words({id, {}}, language) : figure.key; };
    add("published", {name(Language::Swedish) + says, name(Language::English) + says}, figure.cited);
  }
  return table;
}

Table settings_table(const Configuration& configuration, const std::string& project, const std::string& key) {
  Table table{.schema = "settings"};
  table.facts = {{"folder", configuration.folder.string()}};
  table.columns = {{"key", {"Nyckel i filen", "Key in the file"}},
                   {"value", {"Värde", "Value"}},
                   {"from", {"Från", "From"}},
                   {"to", {"Till", "To"}},
                   {"confidence", {"Säkerhet", "Confidence"}},
                   {"cited", {"Källa", "Source"}},
                   {"file", {"Fil", "File"}},
                   {"line", {"Rad", "Line"}, Kind::Count}};
  table.when_empty = {"Ingen inställning heter så", "No setting has that name"};
  std::string programme;
  if (const auto found = configuration.projects.find(project); found != configuration.projects.end())
    programme = found->second.programme;
  for (const SettingValue& value : configuration.values) {
    if (!project.empty() && value.file != "projects/" + project + ".toml" && value.file != "programmes/" + programme + ".toml")
      continue;
    // "unit_cost" names all its values.
    const bool asked = value.key.starts_with(key) && (key.empty() || value.key.size() == key.size() ||
                                                      value.key[key.size()] == '[' || value.key[key.size()] == '.');
    if (!asked) continue;
    Table::Value confidence = std::string();
    if (!value.confidence.empty()) confidence = named("confidence", value.confidence);
    Table::Value said = value.sv;
    if (value.sv != value.en) said = Message{"table.text", {in_both(value.sv, value.en)}};
    table.rows.push_back(
        {value.key, said, value.from, value.to, confidence, cited_value(value.cited), value.file, std::int64_t{value.line}});
  }
  return table;
}

std::map<std::string, Message> sent_reports(const std::vector<MonthEvent>& events, const std::vector<ClaimFiling>& claims) {
  std::map<std::string, Message> sent;
  const auto add = [&](const std::string& report, Date on, const std::string& to) {
    sent.insert_or_assign(report, Message{"report.sent", {on.iso(), to}});
  };
  for (const MonthEvent& event : events)
    if (event.kind == MonthEvent::Kind::Filed) add(event.report, *event.filed_on, event.filed_to);
  for (const ClaimFiling& one : claims) add(one.report, one.filed_on, one.filed_to);
  return sent;
}

Table reports_table(const std::vector<StoredReport>& reports, const std::map<std::string, Message>& filed) {
  Table table{.schema = "reports"};
  table.columns = {{"report", {"Rapport", "Report"}},
                   {"kind", {"Slag", "Kind"}},
                   {"period", {"Period", "Period"}},
                   {"state", {"Läge", "State"}},
                   {"filed", {"Lämnad", "Filed"}},
                   {"at", {"Skapad", "Made"}},
                   {"file", {"Fil", "File"}},
                   {"sha256", {"SHA-256", "SHA-256"}},
                   {"fingerprint", {"Fingeravtryck", "Fingerprint"}}};
  table.when_empty = {"Inga rapporter är skapade", "No reports have been made"};
  for (const StoredReport& report : reports)
    for (const StoredReport::File& file : report.files)
      table.rows.push_back({report.id, named("report", report.kind), report.period,
                            named("report-state", is_draft(report) ? "draft" : "final"),
                            filed.contains(report.id) ? Table::Value(filed.at(report.id)) : Table::Value(std::string()), report.at.iso(), file.name,
                            file.sha256.substr(0, 16), report.fingerprint.substr(0, 16)});
  return table;
}

Table log_table(const LogHead& head, std::optional<Moment> now) {
  Table table{.schema = "log"};
  table.columns = {{"what", {"Loggen", "The log"}}, {"value", {"Värde", "Value"}}};
  table.rows.push_back({Message{"log.origin", {}}, head.origin});
  table.rows.push_back({Message{"log.size", {}}, std::to_string(head.size)});
  if (const auto note = tlog::checkpoint_note_from(head.note)) {
    table.rows.push_back({Message{"log.root", {}}, tlog::hex(note->checkpoint.root)});
    table.rows.push_back({Message{"log.code", {}}, tlog::short_code(note->checkpoint)});
  }
  table.rows.push_back({Message{"log.times", {}}, Message{"log.times-real", {}}});
  table.rows.push_back({Message{"log.key", {}}, head.key});
  if (head.key_since) table.rows.push_back({Message{"log.key-since", {}}, "L-" + std::to_string(*head.key_since)});
  const auto witnessed =
      std::count_if(head.anchors.begin(), head.anchors.end(), [](const LogAnchor& one) { return one.witness; });
  table.rows.push_back({Message{"log.cosignatures", {}}, std::to_string(witnessed)});
  table.rows.push_back(
      {Message{"log.tokens", {}}, std::to_string(static_cast<std::ptrdiff_t>(head.anchors.size()) - witnessed)});
  if (head.anchors.empty()) {
    table.rows.push_back({Message{"log.newest-anchor", {}}, Message{"log.no-anchor", {}}});
    return table;
  }
  const LogAnchor& newest = head.anchors.back();
  table.rows.push_back({Message{"log.newest-anchor", {}}, anchor_words(newest)});
  if (now)
    table.rows.push_back(
        {Message{"log.anchor-age", {}},
         Message{"log.days", {std::to_string(std::max<std::int64_t>(0, now->seconds() - newest.at.seconds()) / 86400)}}});
  return table;
}

Message anchor_words(const LogAnchor& anchor) {
  return {anchor.witness ? "log.by-witness" : "log.by-authority", {anchor.by, anchor.at.iso(), std::to_string(anchor.size)}};
}

Table log_check_table(const LogHead& head, const std::vector<Message>& faults, Moment now) {
  Table table = log_table(head, now);
  table.schema = "log-check";
  if (faults.empty()) table.rows.push_back({Message{"log.check", {}}, Message{"log.agrees", {}}});
  for (const Message& fault : faults) table.rows.push_back({Message{"log.check", {}}, fault});
  table.rows.push_back({Message{"log.not-shown", {}}, Message{"log.rests-on-key", {}}});
  return table;
}

Table pragmas_table(const std::vector<std::pair<std::string, std::string>>& pragmas, const std::vector<Message>& faults) {
  Table table{.schema = "doctor"};
  table.columns = {{"what", {"Kontroll", "Check"}}, {"value", {"Svar", "Answer"}}};
  for (const auto& [name, value] : pragmas) table.rows.push_back({"sqlite " + name, value});
  if (faults.empty()) table.rows.push_back({Message{"doctor.store", {}}, Message{"doctor.sound", {}}});
  for (const Message& fault : faults) table.rows.push_back({Message{"doctor.store", {}}, fault});
  return table;
}

}  // namespace horisont
