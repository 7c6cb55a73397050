#include "app/import_file.h"

#include "edge/files/files.h"

namespace horisont {
namespace {

// A workbook is kept whole; a text file read by the command line may be huge, and is then kept by its digest alone.
constexpr std::uintmax_t kept_bytes_limit = 20u << 20;

std::vector<Spell> spells(const Workspace& workspace, const ProjectTerms& project, const People& people) {
  std::vector<Spell> known(people.size());
  if (people.empty()) return known;
  for (const Participation& participation : fold(workspace.store.records(project.key), people, project)) {
    Spell& spell = known[participation.person];
    if (participation.entered_on) spell.entered_on = participation.entered_on->value;
    if (participation.left_on) spell.left_on = participation.left_on->value;
  }
  return known;
}

}  // namespace

ImportOutcome import_file(Workspace& workspace, const ImportRequest& asked) {
  const ProjectTerms& project = *workspace.project(asked.project);
  ImportOutcome outcome{.project = asked.project, .file_name = asked.file.filename().string()};
  outcome.sha256 = sha256_of_file(asked.file);
  if (!asked.again)
    if (auto earlier = workspace.store.import_of_file(asked.project, outcome.sha256)) {
      outcome.state = ImportOutcome::State::AlreadyRead;
      outcome.kind = earlier->kind;
      outcome.findings.push_back({.code = "file.already-read",
                                  .level = Level::Notice,
                                  .place = {.file = outcome.file_name},
                                  .values = {earlier->at.iso(), earlier->actor, "I-" + std::to_string(earlier->id)}});
      outcome.earlier = std::move(*earlier);
      return outcome;
    }

  const People people = workspace.store.people(asked.project);
  ImportDraft draft = read_import(asked.file, *workspace.schemas, project, workspace.programme(project), people,
                                  spells(workspace, project, people),
                                  {.kind = asked.kind,
                                   .month = asked.month,
                                   .sheet = asked.sheet,
                                   .header = asked.header,
                                   .good_rows_only = asked.good_rows_only,
                                   .today = asked.today,
                                   .progress = asked.progress});
  outcome.format = draft.format;
  outcome.kind = draft.kind;
  outcome.rows_seen = draft.rows_seen;
  outcome.rows_read = draft.rows_read;
  outcome.rows_refused = draft.rows_refused;
  outcome.rows_left_out = draft.rows_left_out;
  outcome.minutes = draft.minutes_seen;
  outcome.whole_file_refused = draft.refused;

  const bool acceptable = !draft.refused && (asked.good_rows_only || !draft.has_errors());
  if (!acceptable || asked.dry_run) {
    outcome.state = acceptable ? ImportOutcome::State::Checked : ImportOutcome::State::Refused;
    outcome.findings = std::move(draft.findings);
    return outcome;
  }
  NewImport import{.project = asked.project, .kind = draft.kind};
  import.file_name = draft.file_name;
  import.sha256 = outcome.sha256;
  import.format = draft.format;
  if (std::filesystem::file_size(asked.file) <= kept_bytes_limit) import.bytes = read_file(asked.file);
  import.sheets = draft.sheets;
  import.columns = draft.columns;
  import.rows_seen = draft.rows_seen;
  import.rows_read = draft.rows_read;
  import.rows_refused = draft.rows_refused;
  import.people = &draft.people;
  import.people_before = draft.people_before;
  import.records = draft.records;
  import.times = draft.times;
  for (const Activity& activity : project.activities) import.activities.push_back(activity.key);
  import.findings = draft.findings;
  outcome.stored = workspace.store.add(import, asked.actor, asked.now);
  outcome.state = ImportOutcome::State::Stored;
  outcome.findings = std::move(draft.findings);
  return outcome;
}

}  // namespace horisont
