#include "app/import_file.h"

#include <algorithm>
#include <future>
#include <map>
#include <set>

#include "app/correct.h"
#include "app/draft_request.h"
#include "app/import_files.h"
#include "app/marked_up.h"
#include "app/months.h"
#include "app/staff_import.h"
#include "app/taken_along.h"
#include "core/cases/stays.h"
#include "edge/files/files.h"
#include "edge/import/trouble.h"
#include "edge/import/values.h"
#include "edge/spreadsheet/spreadsheet.h"

namespace horisont {
namespace {

// A workbook is kept whole; a text file read by the command line may be huge, and is then kept by its digest alone.
constexpr std::uintmax_t kept_bytes_limit = 20u << 20;

std::vector<Spell> spells(const Workspace& workspace, const ProjectTerms& project, const People& people) {
  std::vector<Spell> known(people.size());
  if (people.empty()) return known;
  constexpr std::string_view fields[] = {"entry_date", "exit_date", "identity_number"};
  const std::vector<Record> records = workspace.store.records(project.key, {}, fields);
  for (const auto& [person, stays] : stays(records, people.size())) {
    Spell& spell = known[person];
    const Record* newest = nullptr;
    for (const Stay& stay : stays)
      for (const Record* row : stay.rows)
        if (row->find("identity_number") && (!newest || known_before(*newest, *row))) newest = row;
    if (newest)
      if (auto number = PersonalIdentityNumber::of_normal_form(*newest->find("identity_number"))) spell.number = *number;
    if (const auto& entered = stays.front().entered) spell.entered_on = entered->value;
    if (const auto left = stays.back().exit()) spell.left_on = left->value;
    spell.each = periods_of(stays);
  }
  return known;
}

ImportDraft read(const Workspace& workspace, const ImportRequest& asked, const People& people, const std::vector<Spell>& known,
                 const std::string& sha256) {
  const ProjectTerms& project = *workspace.project(asked.project);
  return read_import(asked.file, *workspace.schemas, project, workspace.programme(project), people, known,
                     {.kind = asked.kind,
                      .month = asked.month,
                      .sheet = asked.sheet,
                      .header = asked.header,
                      .good_rows_only = asked.good_rows_only,
                      .today = asked.today,
                      .profile = asked.profile ? &*asked.profile : nullptr,
                      .progress = asked.progress,
                      .sha256 = sha256,
                      .fixes = asked.fixes});
}

std::vector<std::string> activity_keys(const ProjectTerms& project) {
  std::vector<std::string> keys;
  for (const Activity& activity : project.activities) keys.push_back(activity.key);
  return keys;
}

NewImport import_of(const ImportDraft& draft, const ImportRequest& asked, const std::string& sha256,
                    const ProjectTerms& project) {
  NewImport import{.project = asked.project, .kind = draft.kind};
  import.file_name = draft.file_name;
  import.sha256 = sha256;
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
  import.activities = activity_keys(project);
  import.findings = draft.findings;
  return import;
}

bool speaks_of_one_person(const ImportDraft& draft) {
  return std::any_of(draft.findings.begin(), draft.findings.end(),
                     [](const Finding& finding) { return finding.code == "sheet.form"; });
}

Difference missing_in(const Workspace& workspace, const ImportDraft& draft, const ImportRequest& asked,
                      const ProjectTerms& project) {
  // A form speaks of one person, and not of who else there is.
  if (speaks_of_one_person(draft)) return {};
  if (draft.kind == RecordKind::Attendance)
    return missing(workspace.store.times(asked.project, activity_keys(project)), draft.times, draft.days, draft.unread_people);
  return missing(draft.kind, workspace.store.records(asked.project), draft.records, draft.unread_people);
}

// Rows that are not read in stand in the file all the same. Whom they name is not missing; where one names nobody who is known,
// whoever is missing may stand in it, and nobody is ended or withdrawn for want of a row.
bool in_doubt(const ImportDraft& draft, const Difference& gone) { return draft.rows_of_nobody > 0 && gone.missing_facts > 0; }
void tell_of_doubt(ImportDraft& draft, const Difference& gone, const MissingFacts& treatment) {
  if (draft.kind != RecordKind::Participants && draft.kind != RecordKind::Attendance) return;
  const std::set<std::uint32_t> known(draft.unread_people.begin(), draft.unread_people.end());
  if (!known.empty() && draft.rows_refused > 0 && (gone.missing_facts > 0 || treatment.treatment != MissingFacts::Treatment::Keep)) {
    constexpr std::size_t most_named = 12;
    std::string references;
    std::size_t named = 0;
    for (const std::uint32_t person : known)
      if (++named <= most_named) references += (named == 1 ? "" : ", ") + participant_reference(person);
    if (named > most_named) references += ", \u2026";
    draft.findings.push_back({.code = "missing.in-error", .level = Level::Notice, .place = {.file = draft.file_name}, .values = {std::to_string(known.size()), references}});
  }
  if (!in_doubt(draft, gone)) return;
  const bool keeps = treatment.treatment == MissingFacts::Treatment::Keep;
  draft.findings.push_back({.code = "missing.in-doubt",
                            .level = keeps ? Level::Warning : Level::Error,
                            .place = {.file = draft.file_name},
                            .values = {std::to_string(draft.rows_of_nobody)}});
}

// What the file does not say any more is ended or withdrawn; `last` is the newest import before this one.
void treat_missing(Workspace& workspace, const Difference& gone, const ImportRequest& asked, const ProjectTerms& project) {
  std::uint32_t last = 0;
  for (const StoredImport& import : workspace.store.imports(asked.project)) last = std::max(last, import.id);
  for (const Change& change : gone.changes) {
    if (asked.missing.treatment == MissingFacts::Treatment::End) {
      if (change.record != RecordKind::Participants) continue;
      workspace.store.add(
          Correction{asked.project, change.person, change.record, "exit_date", asked.missing.on->iso(), asked.missing.reason},
          asked.actor, asked.now);
      continue;
    }
    Withdrawal withdrawal{.project = asked.project, .import = last, .of = {}, .reason = asked.missing.reason};
    withdrawal.of = Withdrawal::Of{.kind = change.record, .person = change.person, .day = {}, .start = -1, .activity = {}};
    if (change.activity) {
      const auto day = Date::parse(change.when.size() == 7 ? change.when + "-01" : change.when);
      if (day) withdrawal.of->day = *day;
      withdrawal.of->start = change.start;
      withdrawal.of->activity = project.activities[*change.activity].key;
    }
    workspace.store.add(withdrawal, asked.actor, asked.now);
  }
}

// Marks the new time of filed and closed months as late. What is stored already stays what it is.
void mark_late(const Workspace& workspace, ImportDraft& draft, const ImportRequest& asked, const ProjectTerms& project) {
  const std::vector<MonthEvent> events = workspace.store.month_events(asked.project);
  if (events.empty()) return;
  std::set<Month> filed;
  for (const MonthStanding& one : project_state(workspace, asked.project, day_of_guard(events, asked.now), Explain::No).months)
    if (is_filed(one)) filed.insert(one.month);
  const auto said = [](const TimeRecord& t) {
    return std::tuple(t.person, t.day, t.start, t.end, t.minutes, t.activity, static_cast<std::uint8_t>(t.flags & ~TimeLate));
  };
  std::set<decltype(said(draft.times.front()))> known;
  for (const TimeRecord& time : workspace.store.times(asked.project, activity_keys(project)))
    if (!(time.flags & TimeLate)) known.insert(said(time));
  std::int64_t minutes = 0;
  std::set<Month> late;
  for (TimeRecord& time : draft.times) {
    const Month month = Month::containing(Date::of_days(time.day));
    if (!filed.contains(month) || known.contains(said(time))) continue;
    time.flags |= TimeLate;
    minutes += time.minutes;
    late.insert(month);
  }
  if (late.empty()) return;
  draft.findings.push_back(
      {.code = "attendance.period-closed",
       .level = Level::Warning,
       .place = {.file = draft.file_name},
       .values = {std::to_string(minutes / 60) + ":" + (minutes % 60 < 10 ? "0" : "") + std::to_string(minutes % 60),
                  listed(std::vector(late.begin(), late.end()))}});
}

std::string words_of(const Period& period) {
  return period.first.day() == 1 ? Month::containing(period.first).iso() : period.first.iso() + "/" + period.last->iso();
}

// Sums of a month or a week and the days in it would count twice. Where days are known, a sum is held against them in whole hours,
// as such files state them, and is not read in. Where a sum is stored, neither its days nor another sum of them are read in.
// Time of two activities is two things, unless one of them is not stated.
void hold_sums_against_days(const Workspace& workspace, ImportDraft& draft, const ImportRequest& asked, const ProjectTerms& project) {
  const auto is_sum = [](const TimeRecord& time) { return (time.flags & TimeMonthly) != 0; };
  // Nearly every list is of days, and reading what is stored of its people takes its time.
  if (std::none_of(draft.times.begin(), draft.times.end(), is_sum) && !workspace.store.has_sums(asked.project)) return;
  const auto is_time = [](const TimeRecord& time) { return time.minutes > 0 && !(time.flags & TimeAbsent); };
  const std::uint8_t not_stated = project.activity("other").value_or(0);
  const auto may_be_one = [&](std::uint8_t a, std::uint8_t b) { return a == b || a == not_stated || b == not_stated; };
  std::vector<std::uint32_t> persons;
  for (const TimeRecord& time : draft.times) persons.push_back(time.person);
  std::sort(persons.begin(), persons.end());
  persons.erase(std::unique(persons.begin(), persons.end()), persons.end());
  const std::vector<TimeRecord> stored = workspace.store.times(asked.project, activity_keys(project), std::nullopt, std::span<const std::uint32_t>(persons));

  using Day = std::pair<std::int32_t, std::uint8_t>;                   // and activity
  std::map<std::uint32_t, std::map<Day, std::int64_t>> days;            // minutes of the store and of the file
  std::map<std::uint32_t, std::vector<TimeRecord>> sums;               // stored
  for (const TimeRecord& time : stored)
    if (is_sum(time))
      sums[time.person].push_back(time);
    else if (is_time(time))
      days[time.person][{time.day, time.activity}] += time.minutes;
  for (const TimeRecord& time : draft.times)
    if (!is_sum(time) && is_time(time)) days[time.person][{time.day, time.activity}] += time.minutes;
  const auto minutes_in = [&](std::uint32_t person, const Period& period, std::uint8_t activity) {
    std::int64_t minutes = 0;
    const auto known = days.find(person);
    if (known != days.end())
      for (auto day = known->second.lower_bound({period.first.days(), 0}); day != known->second.end() && day->first.first <= period.last->days(); ++day)
        if (may_be_one(day->first.second, activity)) minutes += day->second;
    return minutes;
  };
  using Key = std::tuple<std::uint32_t, Date, Date, std::uint8_t>;
  const auto key_of_sum = [&](const TimeRecord& time) {
    const Period period = period_of_sum(time);
    return Key{time.person, period.first, *period.last, time.activity};
  };
  std::map<Key, std::int64_t> stated;
  for (const TimeRecord& time : draft.times)
    if (is_sum(time)) stated[key_of_sum(time)] += time.minutes;

  std::set<std::pair<std::string, Key>> told;
  std::map<std::pair<std::uint16_t, std::uint32_t>, bool> rows;  // of which something is not read in; whether that is an error
  const auto tell = [&](const TimeRecord& time, const char* code, Level level, const Key& key, std::vector<std::string> values) {
    bool& error = rows[{time.origin.sheet, time.origin.row}];
    error = error || level == Level::Error;
    if (level == Level::Error) draft.unread_people.push_back(time.person);
    draft.minutes_seen -= time.minutes;
    if (!told.insert({code, key}).second) return;
    Finding finding{.code = code, .level = level, .participant = participant_reference(time.person), .values = std::move(values)};
    finding.place.file = draft.file_name, finding.place.sheet = draft.sheets[time.origin.sheet];
    finding.place.row = time.origin.row, finding.place.cell = cell_name(time.origin.row, time.origin.column);
    draft.findings.push_back(std::move(finding));
  };
  std::erase_if(draft.times, [&](const TimeRecord& time) {
    const Period period = is_sum(time) ? period_of_sum(time) : Period{Date::of_days(time.day), Date::of_days(time.day)};
    if (is_sum(time)) {
      if (const std::int64_t known = minutes_in(time.person, period, time.activity); known > 0) {
        const std::int64_t in_file = stated[key_of_sum(time)];
        const bool agrees = in_file / 60 == known / 60;
        tell(time, agrees ? "attendance.month-agrees" : "attendance.month-differs", agrees ? Level::Notice : Level::Error, key_of_sum(time),
             {words_of(period), hours_text(in_file), hours_text(known)});
        return true;
      }
    } else if (!is_time(time)) {
      return false;
    }
    const auto known = sums.find(time.person);
    if (known == sums.end()) return false;
    for (const TimeRecord& sum : known->second) {
      const Period of = period_of_sum(sum);
      if (!may_be_one(sum.activity, time.activity)) continue;
      const bool same = is_sum(time) && sum.activity == time.activity && of.first == period.first && of.last == period.last;  // the same sum again, or corrected
      if (same || *of.last < period.first || *period.last < of.first) continue;
      tell(time, "attendance.sum-stored", Level::Error, key_of_sum(sum), {words_of(of), hours_text(sum.minutes), "I-" + std::to_string(sum.origin.import)});
      return true;
    }
    return false;
  });
  for (const TimeRecord& time : draft.times) rows.erase({time.origin.sheet, time.origin.row});  // something of the row stays
  for (const auto& [row, error] : rows) --draft.rows_read, ++(error ? draft.rows_refused : draft.rows_left_out);
}

// The same file read into another project may be the same time paid for twice.
void tell_of_other_projects(const Workspace& workspace, ImportDraft& draft, const ImportRequest& asked, const std::string& sha256) {
  for (const auto& [key, terms] : workspace.configuration.projects) {
    if (key == asked.project) continue;
    if (const auto earlier = workspace.store.import_of_file(key, sha256))
      draft.findings.push_back({.code = "file.in-other-project",
                                .level = Level::Warning,
                                .place = {.file = draft.file_name},
                                .values = {key, "I-" + std::to_string(earlier->id), earlier->at.iso()}});
  }
}

// A file that was refused because of its headings or its month waits for somebody to say what they are.
bool answers_may_help(const ImportDraft& draft) {
  return std::any_of(draft.findings.begin(), draft.findings.end(), [](const Finding& finding) {
    return finding.level == Level::Error && (finding.code.starts_with("header.") || finding.code.starts_with("month."));
  });
}

}  // namespace

void check_files(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (file == "-") throw FileError({"file.stdin", {}}, FileError::Fault::Unreadable);
    read_file(file, 0);
    constexpr std::uintmax_t largest = 4ull << 30;  // of a text file; a workbook's own limit is far below
    std::error_code error;
    if (std::filesystem::is_regular_file(file, error) && std::filesystem::file_size(file, error) > largest && !error)
      throw FileError({"file.too-large", {"4 GiB"}}, FileError::Fault::Unreadable);
  }
}

bool is_text_file(const std::filesystem::path& file) { return is_text(file); }

namespace {

// The draft of a file with these bytes.
std::optional<StoredDraft> waits_for(const Workspace& workspace, const std::string& project, const std::string& sha256) {
  if (sha256.empty()) return std::nullopt;
  for (const StoredDraft& draft : workspace.store.drafts(project))
    if (draft.draft.sha256 == sha256) return draft;
  return std::nullopt;
}

// What a file that is one of several says: what it changes, and what is missing, is told of all of them together.
struct AmongOthers {
  RecordKind kind = RecordKind::Participants;
  std::vector<Record> records;
  std::vector<TimeRecord> times;
  std::optional<Period> days;
  bool of_one_person = false;  // a form
  std::vector<std::uint32_t> beside;  // the imports of the files before it
  std::vector<std::uint32_t> unread_people = {};
};

ImportOutcome read_in(Workspace& workspace, const ImportRequest& asked, std::string* copy_of = nullptr, AmongOthers* among = nullptr) {
  using Until = ImportRequest::Until;
  using State = ImportOutcome::State;
  const ProjectTerms& project = *workspace.project(asked.project);
  ImportOutcome outcome{.project = asked.project, .file_name = asked.file.filename().string()};
  // Another thread works out the digest, while what is stored of the people is looked up here.
  auto digest = std::async(std::launch::async, [&] { return sha256_of_file(asked.file); });
  const People people = workspace.store.people(asked.project);
  const std::vector<Spell> known = spells(workspace, project, people);
  outcome.sha256 = digest.get();
  if (!asked.again)
    if (auto earlier = workspace.store.import_of_file(asked.project, outcome.sha256)) {
      outcome.state = State::AlreadyRead;
      outcome.kind = earlier->kind;
      outcome.findings.push_back({.code = "file.already-read",
                                  .level = Level::Notice,
                                  .place = {.file = outcome.file_name},
                                  .values = {earlier->at.iso(), earlier->actor, "I-" + std::to_string(earlier->id)}});
      outcome.earlier = std::move(*earlier);
      return outcome;
    }

  ImportDraft draft = read(workspace, asked, people, known, outcome.sha256);
  if (!draft.refused) hold_sums_against_days(workspace, draft, asked, project);
  if (!draft.refused) hold_staff_against_stored(workspace.store, asked.project, draft, among ? among->beside : std::vector<std::uint32_t>());
  if (!draft.refused) tell_what_cannot_be_funded(project, workspace.programme(project), draft);
  if (!draft.refused) tell_whose_share_is_not_known(workspace.store, asked.project, workspace.programme(project), draft);
  if (!draft.refused) tell_of_other_projects(workspace, draft, asked, outcome.sha256);
  if (asked.late && !draft.refused) mark_late(workspace, draft, asked, project);
  outcome.format = draft.format;
  outcome.kind = draft.kind;
  outcome.rows_seen = draft.rows_seen;
  outcome.rows_read = draft.rows_read;
  outcome.rows_refused = draft.rows_refused;
  outcome.rows_left_out = draft.rows_left_out;
  outcome.minutes = draft.minutes_seen;
  outcome.sheets = draft.sheets;
  outcome.mapping = draft.mapping;
  outcome.unread = draft.unread;
  outcome.whole_file_refused = draft.refused;
  for (const ImportDraft::FixUse& use : draft.fixes) {
    using Use = ImportDraft::FixUse::State;
    outcome.fixes += use.state == Use::Laid;
    outcome.fixes_not_used += !draft.refused && use.state != Use::Laid && use.state != Use::InFile;
  }
  if (copy_of) *copy_of = draft.copy_of;
  if (copy_of && waits_for(workspace, asked.project, draft.copy_of)) return outcome;  // to be read with what is known of it
  if (!asked.save_profile.empty() && !draft.refused && asked.until != Until::Check) {
    ImportProfile profile = asked.profile.value_or(ImportProfile{});
    profile.name = asked.save_profile;
    profile.version = 0;
    profile.record = draft.kind;
    if (asked.sheet) profile.sheet = *asked.sheet;
    profile.columns = draft.mapping;
    profile.not_read = draft.unread;
    outcome.saved_version =
        workspace.store.add_profile(asked.project, asked.save_profile, text_of(profile), asked.actor, asked.now);
  }
  bool acceptable = !draft.refused && (asked.good_rows_only || !draft.has_errors());
  if (!draft.refused && asked.missing.treatment != MissingFacts::Treatment::Keep)
    outcome.missing = missing_in(workspace, draft, asked, project);
  if (!draft.refused && asked.missing.treatment != MissingFacts::Treatment::Keep) {
    tell_of_doubt(draft, outcome.missing, asked.missing);
    acceptable = acceptable && !in_doubt(draft, outcome.missing);
  }
  // Nobody is ended before he or she came.
  if (asked.missing.treatment == MissingFacts::Treatment::End && draft.kind == RecordKind::Participants) {
    std::map<std::uint32_t, Date> came;
    for (const Participation& participation : fold(workspace.store.records(project.key), people, project))
      if (!participation.spells.empty()) came.emplace(participation.person, participation.spells.back().first);
    for (const Change& change : outcome.missing.changes) {
      const auto last = came.find(change.person);
      if (last == came.end() || last->second <= *asked.missing.on) continue;
      draft.findings.push_back({.code = "order.exit-before-entry",
                                .level = Level::Error,
                                .place = {.file = outcome.file_name},
                                .participant = participant_reference(change.person),
                                .given = asked.missing.on->iso(),
                                .values = {asked.missing.on->iso(), last->second.iso()}});
      acceptable = false;
    }
  }

  const auto store = [&](const Difference& gone) {
    const auto add = [&] {
      outcome.stored = workspace.store.add(import_of(draft, asked, outcome.sha256, project), asked.actor, asked.now);
    };
    // A savepoint around a million rows costs time, so only several steps are put together.
    if (asked.missing.treatment == MissingFacts::Treatment::Keep) return add();
    workspace.store.at_once([&] {
      treat_missing(workspace, gone, asked, project);
      add();
    });
  };
  const auto say_filed = [&](Level level, std::string months) {
    draft.findings.push_back(
        {.code = asked.late ? "month.filed-late" : "month.filed", .level = level, .place = {.file = outcome.file_name}, .values = {std::move(months)}});
  };
  const auto wait = [&] {
    const bool kept = std::filesystem::file_size(asked.file) <= kept_bytes_limit;
    ImportRequest again = asked;
    again.fixes.clear();
    for (const ImportDraft::FixUse& use : draft.fixes) {
      again.fixes.push_back(use.fix);
      if (!use.fix.beneath && use.state == ImportDraft::FixUse::State::Laid) again.fixes.back().beneath = use.beneath;
    }
    NewDraft waits{asked.project, draft.file_name, outcome.sha256, {}, {}, request_text(again), workspace.store.seen(asked.project)};
    if (kept)
      waits.bytes = read_file(asked.file);
    else
      waits.path = std::filesystem::absolute(asked.stands_at.empty() ? asked.file : asked.stands_at).string();
    workspace.store.drop_drafts_before(Moment::of_seconds(asked.now.seconds() - std::int64_t{draft_days} * 86400));
    // The same file again takes the place of its draft.
    for (const StoredDraft& other : workspace.store.drafts(asked.project))
      if (other.draft.sha256 == outcome.sha256) workspace.store.drop_draft(other.id);
    outcome.draft = workspace.store.add(waits, asked.actor, asked.now);
  };
  if (asked.until == Until::Store) {
    outcome.state = acceptable ? State::Stored : State::Refused;
    if (acceptable) {
      // What comes late leaves filed and closed months as they are, whatever the reason: they are opened by a correction alone.
      auto reopened = change_facts(workspace, asked.project, asked.late ? std::string() : asked.correction, asked.actor, asked.now,
                                   [&] { store(outcome.missing); });
      if (reopened) {
        outcome.reopened = std::move(*reopened);
      } else {
        outcome.state = State::Refused;
        outcome.stored = {};
        say_filed(Level::Error, reopened.error().message.values.at(0));
      }
    } else if (!draft.refused && (asked.late || !is_reason(asked.correction)) && !workspace.store.month_events(asked.project).empty()) {
      // What stands in the way besides the rows is told with them, not after they were corrected.
      const auto filed = preview(workspace, asked.project, asked.today, [&] { store(outcome.missing); }).filed;
      outcome.stored = {};
      if (!filed.empty()) say_filed(Level::Warning, listed(filed));
    }
  } else if (!draft.refused) {
    outcome.state = !acceptable ? State::Refused : asked.until == Until::Draft ? State::Waiting : State::Checked;
    if (!among && asked.missing.treatment == MissingFacts::Treatment::Keep) {
      outcome.missing = missing_in(workspace, draft, asked, project);
      tell_of_doubt(draft, outcome.missing, asked.missing);
    }
    if (!among) outcome.preview = preview(workspace, asked.project, asked.today, [&] { store(outcome.missing); });
    if (outcome.preview && !outcome.preview->filed.empty() && (asked.late || !is_reason(asked.correction)))
      say_filed(Level::Warning, listed(outcome.preview->filed));
    outcome.stored.id = 0;
    if (asked.until == Until::Draft) wait();
  } else if (asked.until == Until::Draft && asked.asks && answers_may_help(draft)) {
    wait();
  }
  if (among && !draft.refused)
    *among = {draft.kind, std::move(draft.records), std::move(draft.times), draft.days, speaks_of_one_person(draft), {}, std::move(draft.unread_people)};
  outcome.findings = std::move(draft.findings);
  return outcome;
}

ImportOutcome import_as_it_stands(Workspace& workspace, const ImportRequest& asked, AmongOthers* among) {
  using State = ImportOutcome::State;
  if (!asked.continues && !asked.replaces) return read_in(workspace, asked, nullptr, among);
  auto before = asked.replaces ? workspace.store.draft(asked.project, *asked.replaces) : std::nullopt;
  if (!before && !workspace.store.drafts(asked.project).empty())
    before = waits_for(workspace, asked.project, sha256_of_file(asked.file));
  if (!before) {
    std::string copy_of;
    ImportOutcome outcome = read_in(workspace, asked, &copy_of, among);
    before = waits_for(workspace, asked.project, copy_of);
    if (!before) return outcome;
  }
  TakenAlong taken;
  ImportOutcome outcome = read_in(workspace, with_taken_along(workspace, asked, *before, taken), nullptr, among);
  const bool has_its_place = outcome.draft != 0 || outcome.state == State::Stored;
  if (!has_its_place && (asked.until != ImportRequest::Until::Check || outcome.whole_file_refused)) return outcome;
  if (has_its_place && outcome.draft != before->id) workspace.store.drop_draft(before->id);
  taken.replaced = has_its_place;
  outcome.findings.push_back({.code = has_its_place ? "draft.replaced" : "draft.would-replace",
                              .level = Level::Notice,
                              .place = {.file = outcome.file_name},
                              .values = {"U-" + std::to_string(taken.draft), std::to_string(taken.answers.size()),
                                         std::to_string(outcome.fixes), std::to_string(outcome.fixes_not_used)}});
  for (const std::string& left : taken.left)
    outcome.findings.push_back({.code = "draft.answer-left",
                                .level = Level::Warning,
                                .place = {.file = outcome.file_name},
                                .values = {left, "U-" + std::to_string(taken.draft)}});
  outcome.taken = std::move(taken);
  return outcome;
}

ImportOutcome import_one(Workspace& workspace, const ImportRequest& asked, AmongOthers* among) {
  // Somebody may save the file meanwhile: what is digested, read and kept is one copy of it. What is no file, or cannot be
  // read, is told by the reading itself.
  std::error_code error;
  if (!std::filesystem::is_regular_file(asked.file, error) ||
      std::filesystem::file_size(asked.file, error) > kept_bytes_limit || error)
    return import_as_it_stands(workspace, asked, among);
  const TemporaryFolder folder;
  ImportRequest copied = asked;
  copied.file = folder.path() / asked.file.filename();
  copied.stands_at = asked.file;
  std::filesystem::copy_file(asked.file, copied.file, error);
  return import_as_it_stands(workspace, error ? asked : copied, among);
}

// One of several files: what is no file of ours is told of it, and the others are read all the same.
ImportOutcome import_among(Workspace& workspace, const ImportRequest& asked, AmongOthers& among) {
  try {
    return import_one(workspace, asked, &among);
  } catch (const FileError& error) {
    if (error.fault() == FileError::Fault::Machine) throw;
    ImportOutcome outcome{.project = asked.project, .file_name = asked.file.filename().string()};
    outcome.whole_file_refused = true;
    outcome.findings.push_back({.code = error.message().id,
                                .level = Level::Error,
                                .place = {.file = outcome.file_name},
                                .values = error.message().values});
    return outcome;
  }
}

// The facts of the project, to be held against those after the next file.
struct Facts {
  std::vector<Record> records;
  std::vector<TimeRecord> times;
};
Facts facts_of(const Workspace& workspace, const ProjectTerms& project) {
  return {workspace.store.records(project.key), workspace.store.times(project.key, activity_keys(project))};
}

Difference difference_between(const Facts& before, const Facts& after) {
  return difference_between(before.records, before.times, after.records, after.times);
}

// What files of one import have said so far, and which of them.
class SaidTogether {
 public:
  explicit SaidTogether(const ImportSchemas& schemas) : schemas_(schemas) {}

  // Tells where a file says something else than those before it; whether all of it may be.
  bool hold(const Difference& changes, ImportOutcome& outcome, std::size_t file, const std::vector<ImportOutcome>& files) {
    bool fine = true;
    std::vector<Key> says;
    for (const Change& change : changes.changes) {
      if (change.kind == ChangeKind::Missing) continue;
      says.push_back({change.record, change.person, change.staff_id, change.when, change.start, change.activity, change.field});
      if (change.kind == ChangeKind::New || change.before.empty()) continue;
      const auto earlier = who_said(says.back());
      if (!earlier) continue;
      const bool time = change.record == RecordKind::Attendance || change.record == RecordKind::StaffTime;
      fine = fine && !time;
      const std::uint16_t sheet = change.origin.sheet;
      Finding finding{.code = time ? "files.same-time" : "files.say-otherwise", .level = time ? Level::Error : Level::Warning};
      finding.place = {.file = outcome.file_name, .sheet = sheet < outcome.sheets.size() ? outcome.sheets[sheet] : std::string()};
      finding.place.row = change.origin.row;
      if (change.origin.column) finding.place.cell = cell_name(change.origin.row, change.origin.column);
      finding.participant = change.staff_id.empty() ? participant_reference(change.person) : change.staff_id;
      finding.values = {time ? change.when : field_name(change), files[*earlier].file_name};
      outcome.findings.push_back(std::move(finding));
    }
    for (Key& key : says) by_[std::move(key)] = file;
    return fine;
  }

 private:
  struct Key {
    RecordKind record;
    std::uint32_t person;
    std::string staff_id, when;
    std::int16_t start;
    std::optional<std::uint8_t> activity;
    std::string field;  // empty: a new row, whole
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  // A field may have come with a new row, and a participant's new row has no day where it is the only one.
  std::optional<std::size_t> who_said(Key key) const {
    for (int wider = 0; wider < 3; ++wider) {
      if (const auto known = by_.find(key); known != by_.end()) return known->second;
      (wider == 0 ? key.field : key.when).clear();
    }
    return std::nullopt;
  }
  std::string field_name(const Change& change) const {
    const ImportSchema& schema = schemas_.of(change.record);
    const auto field = schema.field(change.field);
    return field ? in_both(schema.fields[*field].headings_sv.front(), schema.fields[*field].headings_en.front()) : change.field;
  }
  const ImportSchemas& schemas_;
  std::map<Key, std::size_t> by_;
};

// What the files do not say between them. Each kind by itself, as when one file has it all.
Difference missing_in_all(const Facts& stored, const std::vector<AmongOthers>& said) {
  Difference found;
  std::map<RecordKind, AmongOthers> kinds;
  for (const AmongOthers& one : said) {
    if (one.of_one_person || (one.records.empty() && one.times.empty())) continue;
    const auto [at, first] = kinds.try_emplace(one.kind, one);
    if (first) continue;
    AmongOthers& all = at->second;
    all.records.insert(all.records.end(), one.records.begin(), one.records.end());
    all.times.insert(all.times.end(), one.times.begin(), one.times.end());
    all.unread_people.insert(all.unread_people.end(), one.unread_people.begin(), one.unread_people.end());
    if (all.days && one.days)
      all.days = Period{std::min(all.days->first, one.days->first), std::max(*all.days->last, *one.days->last)};
    else
      all.days.reset();
  }
  for (auto& [kind, all] : kinds) {
    std::stable_sort(all.times.begin(), all.times.end(),
                     [](const TimeRecord& a, const TimeRecord& b) { return std::pair(a.person, a.day) < std::pair(b.person, b.day); });
    Difference gone = kind == RecordKind::Attendance ? missing(stored.times, all.times, all.days, all.unread_people)
                                                     : missing(kind, stored.records, all.records, all.unread_people);
    found.missing_facts += gone.missing_facts;
    found.changes.insert(found.changes.end(), std::make_move_iterator(gone.changes.begin()),
                         std::make_move_iterator(gone.changes.end()));
  }
  return found;
}

struct NotTogether {};  // rolls back what was stored of files that may not all be

// Reads the files one upon the other and stores those that fit.
void store_each(Workspace& workspace, const std::vector<ImportRequest>& asked, ImportedTogether& done) {
  const ProjectTerms& project = *workspace.project(asked.front().project);
  const Facts stored = facts_of(workspace, project);
  Facts before = stored;
  SaidTogether said(*workspace.schemas);
  std::vector<AmongOthers> among(asked.size());
  done.files.clear();
  done.all_may = true;
  using State = ImportOutcome::State;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    ImportRequest one = asked[i];
    one.until = ImportRequest::Until::Store;
    for (const ImportOutcome& earlier : done.files)
      if (earlier.state == State::Stored) among[i].beside.push_back(earlier.stored.id);
    ImportOutcome outcome;
    try {
      workspace.store.at_once([&] {
        outcome = import_among(workspace, one, among[i]);
        if (outcome.state != State::Stored) return;
        Facts after = facts_of(workspace, project);
        outcome.preview.emplace().facts = difference_between(before, after);
        if (!said.hold(outcome.preview->facts, outcome, i, done.files)) throw NotTogether{};
        before = std::move(after);
      });
    } catch (const NotTogether&) {
      outcome.state = State::Refused, outcome.stored.id = 0, outcome.reopened.clear();
    }
    if (outcome.state == State::AlreadyRead)
      for (const ImportOutcome& earlier : done.files)
        if (earlier.sha256 == outcome.sha256)
          outcome.findings = {{.code = "files.twice", .level = Level::Warning, .place = {.file = outcome.file_name}, .values = {earlier.file_name}}};
    done.all_may = done.all_may && (outcome.state == State::Stored || outcome.state == State::AlreadyRead);
    done.files.push_back(std::move(outcome));
  }
  done.missing = missing_in_all(stored, among);
}

}  // namespace

ImportOutcome import_file(Workspace& workspace, const ImportRequest& asked) { return import_one(workspace, asked, nullptr); }

ImportedTogether import_files(Workspace& workspace, const std::vector<ImportRequest>& asked) {
  using State = ImportOutcome::State;
  using Until = ImportRequest::Until;
  ImportedTogether done;
  const auto not_stored = [&](State state) {
    for (ImportOutcome& outcome : done.files)
      if (outcome.state == State::Stored) outcome.state = state, outcome.stored.id = 0, outcome.saved_version = 0, outcome.reopened.clear();
  };
  if (asked.front().until == Until::Store) {
    try {
      workspace.store.at_once([&] {
        store_each(workspace, asked, done);
        if (!done.all_may) throw NotTogether{};
      });
    } catch (const NotTogether&) {
      not_stored(State::Checked);
    }
    return done;
  }
  done.preview = preview(workspace, asked.front().project, asked.front().today, [&] { store_each(workspace, asked, done); });
  not_stored(asked.front().until == Until::Check ? State::Checked : State::Waiting);
  if (asked.front().until == Until::Check) return done;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    ImportOutcome& outcome = done.files[i];
    if (outcome.state == State::AlreadyRead) continue;
    AmongOthers alone;
    const ImportOutcome waits = import_among(workspace, asked[i], alone);
    outcome.draft = waits.draft, outcome.saved_version = waits.saved_version;
  }
  return done;
}

Result<std::optional<ImportProfile>> profile_for(const Workspace& workspace, const std::string& project,
                                                 const std::string& name, const std::vector<std::string>& answers) {
  std::optional<ImportProfile> profile;
  if (!name.empty()) {
    const auto stored = workspace.store.profile(project, name);
    if (!stored) return problem("profile.unknown", name, project);
    auto read = read_profile(stored->text);
    if (!read) return tl::make_unexpected(read.error());
    profile = std::move(*read);
    profile->name = name;
    profile->version = stored->version;
  }
  if (!answers.empty() && !profile) profile.emplace();
  for (const std::string& given : answers)
    if (const auto taken = answer(*profile, given); !taken) return tl::make_unexpected(taken.error());
  if (profile)
    if (const auto named = name_fields(*profile, *workspace.schemas); !named) return tl::make_unexpected(named.error());
  return profile;
}

Result<std::string> export_profile(const Workspace& workspace, const std::string& project, const std::string& name, int version,
                                   const std::filesystem::path& file) {
  const auto stored = workspace.store.profile(project, name, version);
  if (!stored) return problem("profile.unknown", name, project);
  if (!file.empty()) write_file(file, stored->text);
  return stored->text;
}

Result<StoredProfile> add_profile(Workspace& workspace, const std::string& project, const std::filesystem::path& file,
                                  const Actor& actor, Moment now) {
  const auto profile = read_profile(read_file(file));
  if (!profile) return tl::make_unexpected(profile.error());
  if (profile->name.empty()) return problem("profile.no-name");
  const int version = workspace.store.add_profile(project, profile->name, text_of(*profile), actor, now);
  return *workspace.store.profile(project, profile->name, version);
}

namespace {

// A draft's file as it was, in the folder or where it lies; nothing when a large one has gone or changed.
std::optional<std::filesystem::path> file_of(const StoredDraft& stored, const TemporaryFolder& folder) {
  if (stored.draft.path.empty()) {
    const auto file = folder.path() / stored.draft.file_name;
    write_file(file, stored.draft.bytes);
    return file;
  }
  std::error_code error;
  const std::filesystem::path file = stored.draft.path;
  if (!std::filesystem::is_regular_file(file, error) || sha256_of_file(file) != stored.draft.sha256) return std::nullopt;
  return file;
}

}  // namespace

Result<std::unique_ptr<OpenedDraft>> open_draft(const Workspace& workspace, const std::string& project, std::uint32_t draft) {
  const auto stored = workspace.store.draft(project, draft);
  const std::string name = "U-" + std::to_string(draft);
  if (!stored) return problem("draft.unknown", name, project);
  auto opened = std::make_unique<OpenedDraft>();
  const auto file = file_of(*stored, opened->folder);
  if (!file) return problem("draft.file-gone", name, stored->draft.path);
  opened->request.project = project;
  opened->request.file = *file;
  opened->request.again = true;
  opened->seen = stored->draft.seen;
  read_request(stored->draft.request, opened->request);
  return opened;
}

ImportDraft read_as_asked(const Workspace& workspace, const ImportRequest& asked) {
  const People people = workspace.store.people(asked.project);
  return read(workspace, asked, people, spells(workspace, *workspace.project(asked.project), people), {});
}

Result<ImportOutcome> revise_draft(Workspace& workspace, std::uint32_t draft, const ImportRequest& asked,
                                   const std::vector<std::string>& answers) {
  const auto opened = open_draft(workspace, asked.project, draft);
  if (!opened) return tl::make_unexpected(opened.error());
  ImportRequest& request = (*opened)->request;
  request.until = ImportRequest::Until::Draft;
  request.asks = true;
  request.save_profile = asked.save_profile;
  request.correction = asked.correction;
  request.actor = asked.actor;
  request.now = asked.now;
  request.progress = asked.progress;
  if (asked.kind) request.kind = asked.kind;
  if (asked.month) request.month = asked.month;
  if (asked.sheet) request.sheet = asked.sheet;
  if (asked.header) request.header = asked.header;
  if (!answers.empty() && !request.profile) request.profile.emplace();
  for (const std::string& given : answers)
    if (const auto taken = answer(*request.profile, given); !taken) return tl::make_unexpected(taken.error());
  if (request.profile)
    if (const auto named = name_fields(*request.profile, *workspace.schemas); !named) return tl::make_unexpected(named.error());
  return import_file(workspace, request);
}

namespace {

// What was said when a draft was confirmed holds for its file; what is missing in it is said of one file alone.
void confirm(ImportRequest& request, const CommitRequest& asked) {
  request.good_rows_only = asked.good_rows_only;
  request.correction = asked.correction;
  request.late = asked.late;
  request.actor = asked.actor;
  request.now = asked.now;
  request.until = asked.until;
}

}  // namespace

Result<ImportOutcome> commit_draft(Workspace& workspace, const CommitRequest& asked) {
  const auto opened = open_draft(workspace, asked.project, asked.draft);
  if (!opened) return tl::make_unexpected(opened.error());
  const auto& missing = asked.missing;
  if (missing.treatment != MissingFacts::Treatment::Keep && !is_reason(missing.reason)) return tl::make_unexpected(why_no_reason(missing.reason));
  if (missing.treatment == MissingFacts::Treatment::End && !missing.on) return problem("draft.end-date");

  ImportRequest& request = (*opened)->request;
  confirm(request, asked);
  request.missing = missing;
  const bool overtaken = asked.until == ImportRequest::Until::Store && workspace.store.seen(asked.project) != (*opened)->seen;
  if (overtaken) request.until = ImportRequest::Until::Check;
  ImportOutcome outcome = import_file(workspace, request);
  if (overtaken) {
    workspace.store.draft_seen(asked.draft, workspace.store.seen(asked.project));
    outcome.state = ImportOutcome::State::Overtaken;
  }
  if (outcome.state == ImportOutcome::State::Stored)
    workspace.store.drop_draft(asked.draft);
  else
    outcome.draft = asked.draft;
  return outcome;
}

Result<ImportedTogether> commit_drafts(Workspace& workspace, const std::vector<std::uint32_t>& drafts, const CommitRequest& asked) {
  std::vector<std::unique_ptr<OpenedDraft>> opened;
  std::vector<ImportRequest> requests;
  const std::string now = workspace.store.seen(asked.project);
  bool overtaken = false;
  for (const std::uint32_t draft : drafts) {
    auto one = open_draft(workspace, asked.project, draft);
    if (!one) return tl::make_unexpected(one.error());
    overtaken = overtaken || (asked.until == ImportRequest::Until::Store && (*one)->seen != now);
    confirm((*one)->request, asked);
    opened.push_back(std::move(*one));
  }
  for (const auto& one : opened) {
    requests.push_back(one->request);
    if (overtaken) requests.back().until = ImportRequest::Until::Check;
  }
  ImportedTogether done = import_files(workspace, requests);
  using State = ImportOutcome::State;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    ImportOutcome& outcome = done.files[i];
    if (outcome.state == State::Stored) {
      workspace.store.drop_draft(drafts[i]);
      continue;
    }
    outcome.draft = drafts[i];
    if (!overtaken) continue;
    workspace.store.draft_seen(drafts[i], now);
    if (outcome.state == State::Checked) outcome.state = State::Overtaken;
  }
  return done;
}

Result<Preview> undo_import(Workspace& workspace, const UndoRequest& asked) {
  const std::string name = "I-" + std::to_string(asked.import);
  const auto imports = workspace.store.imports(asked.project);
  const auto import =
      std::find_if(imports.begin(), imports.end(), [&](const StoredImport& one) { return one.id == asked.import; });
  if (import == imports.end()) return problem("import.unknown", name, asked.project);
  if (import->withdrawn_at) return problem("import.undone-before", name, import->withdrawn_at->iso());
  if (!asked.only_show && !is_reason(asked.reason)) return tl::make_unexpected(why_no_reason(asked.reason));
  if (const auto dependants = workspace.store.dependants(asked.project, asked.import); !dependants.empty()) {
    std::string all;
    for (std::size_t i = 0; i < dependants.size() && i < 10; ++i) all += (i ? ", " : "") + dependants[i];
    if (dependants.size() > 10) all += " …";
    return problem("import.has-dependants", name, all);
  }
  const Withdrawal withdrawal{asked.project, asked.import, {}, asked.only_show ? "shown, not done" : asked.reason};
  const auto withdraw = [&] { workspace.store.add(withdrawal, asked.actor, asked.now); };
  Preview found = preview(workspace, asked.project, asked.today, withdraw);
  if (!asked.only_show)
    if (const auto done = change_facts(workspace, asked.project, asked.reason, asked.actor, asked.now, withdraw); !done)
      return tl::make_unexpected(done.error());
  return found;
}

std::optional<std::uint32_t> number_of(std::string_view prefix, std::string_view text) {
  if (!text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  return static_cast<std::uint32_t>(std::stoul(std::string(text)));
}

}  // namespace horisont
