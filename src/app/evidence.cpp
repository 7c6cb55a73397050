#include "app/evidence.h"

#include <map>

#include "app/answers.h"

namespace horisont {

Table evidence_table(const ProjectState& state, std::span<const EvidenceRow> rows, Language language) {
  Table table{.schema = "evidence"};
  table.columns = {{"participant", {"Deltagare", "Participant"}},
                   {"criterion", {"Krav", "Criterion"}},
                   {"state", {"Läge", "State"}},
                   {"document_type", {"Dokument", "Document"}},
                   {"document_date", {"Dokumentets datum", "Document date"}},
                   {"expires", {"Gäller till", "Good until"}},
                   {"seen_by", {"Sett av", "Seen by"}},
                   {"seen_on", {"Sett", "Seen on"}},
                   {"held_by", {"Förvaras hos", "Held by"}},
                   {"location", {"Plats", "Place"}},
                   {"reference", {"Beteckning", "Reference"}},
                   {"sha256", {"Filens SHA-256", "SHA-256 of the file"}},
                   {"source", {"Källa", "Source"}}};
  table.when_empty = {"Inga underlag är inlästa och inga saknas", "No evidence has been read in and none is missing"};
  const auto iso = [](const std::optional<Date>& day) { return day ? day->iso() : std::string(); };
  const auto word = [](const char* list, const std::string& name) -> Table::Value {
    const std::string id = std::string(list) + "." + name;
    return text_of(id) ? Table::Value(Message{id, {}}) : Table::Value(name);
  };
  for (const EvidenceRow& row : rows) {
    const EvidenceItem none, &item = row.item ? *row.item : none;
    // Where somebody with a protected identity lives is not for a list.
    const bool open = !row.person->protected_identity;
    table.rows.push_back({row.person->reference, word("criterion", row.criterion),
                          Message{"evidence_state." + std::string(name_of(row.state)), {}},
                          word("document_type", row.item ? item.document_type : std::string(row.wanted)),
                          iso(item.document_date), iso(row.expires), item.seen_by, iso(item.seen_on), item.held_by,
                          item.location, open ? item.reference : "", item.file_sha256,
                          row.item ? origin_words(state, row.person->person, item.origin, language) : std::string()});
  }
  return table;
}

namespace {

// Time that was read in as good and that a correction of the entry or exit put outside: nobody was told when it was read in.
void tell_time_put_outside(const ProjectState& state, std::vector<Finding>& found) {
  struct Outside {
    std::int64_t before = 0, after = 0;
  };
  std::map<std::uint32_t, Moment> corrected;  // the newest correction of a spell's days
  for (const StoredCorrection& one : state.corrections)
    if (one.field == "entry_date" || one.field == "exit_date") corrected.insert_or_assign(one.person, one.at);
  if (corrected.empty()) return;
  std::map<std::uint32_t, Moment> read_in;
  for (const SourceFile& file : state.files)
    if (const auto at = Moment::parse(file.imported_at)) read_in.emplace(file.import, *at);
  std::map<std::uint32_t, Outside> outside;
  for (const LedgerLine& line : state.hours.lines) {
    if (line.refused == 0 || (line.reason != Reason::AfterExit && line.reason != Reason::BeforeEntry)) continue;
    const TimeRecord& time = state.times[line.record];
    const auto correction = corrected.find(time.person);
    const auto import = read_in.find(time.origin.import);
    if (correction == corrected.end() || import == read_in.end() || correction->second < import->second) continue;
    (line.reason == Reason::AfterExit ? outside[time.person].after : outside[time.person].before) += line.refused;
  }
  for (const Participation& p : state.participations) {
    const auto of = outside.find(p.person);
    if (of == outside.end()) continue;
    const auto tell = [&](const char* code, std::int64_t minutes) {
      if (minutes > 0)
        found.push_back({.code = code, .level = Level::Warning, .place = {}, .participant = p.reference, .given = {},
                         .values = {in_both(hours_words(minutes, Language::Swedish), hours_words(minutes, Language::English))}});
    };
    tell("attendance.before-corrected-entry", of->second.before);
    tell("attendance.after-corrected-exit", of->second.after);
    outside.erase(of);
  }
}

}  // namespace

std::vector<Finding> evidence_findings(const ProjectState& state) {
  std::vector<Finding> found;
  tell_time_put_outside(state, found);
  const ReportInput input = state.input();
  for (const EvidenceRow& row : evidence_register(input)) {
    const SourceFile* file = nullptr;
    if (row.item)
      for (const SourceFile& one : state.files)
        if (one.import == row.item->origin.import) file = &one;
    const auto place = [&](Finding& finding) {
      if (!file) return;
      finding.place.file = file->name;
      if (row.item->origin.sheet < file->sheets.size()) finding.place.sheet = file->sheets[row.item->origin.sheet];
      finding.place.row = row.item->origin.row;
    };
    // No document is of a day after the one on which its list was read in, by the clocks of the place.
    const auto read_in = file ? Moment::parse(file->imported_at) : Result<Moment>(problem("moment"));
    if (read_in && row.item->document_date && row.item->document_date->iso() > read_in->swedish().substr(0, 10)) {
      Finding future{.code = "evidence.future", .level = Level::Warning, .place = {}, .participant = row.person->reference,
                     .given = {}, .values = {row.item->document_date->iso(), read_in->swedish().substr(0, 10)}};
      place(future);
      found.push_back(std::move(future));
    }
    if (!row.needed || row.state == EvidenceRow::State::OnFile) continue;
    const Message criterion{"criterion." + row.criterion, {}};
    const bool old = row.state == EvidenceRow::State::Expired;
    Finding finding{.code = old ? "evidence.old" : "evidence." + std::string(name_of(row.state)), .level = Level::Warning, .place = {},
                    .participant = row.person->reference, .given = {},
                    .values = {in_both(words(criterion, Language::Swedish), words(criterion, Language::English)),
                               row.expires ? row.expires->iso() : std::string()}};
    place(finding);
    found.push_back(std::move(finding));
  }
  return found;
}

std::vector<Finding> open_problems(const ProjectState& state) {
  std::vector<Finding> all = state.findings;
  for (Finding& finding : evidence_findings(state)) all.push_back(std::move(finding));
  return all;
}

}  // namespace horisont
