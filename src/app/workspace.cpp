#include "app/workspace.h"

#include <algorithm>
#include <future>
#include <set>

#include "app/correct.h"
#include "app/manual.h"
#include "app/rules.h"
#include "core/cases/staff_rows.h"
#include "core/funding/claim.h"
#include "edge/files/files.h"
#include "edge/rulesets/rulesets.h"
#include "edge/text/text.h"
#include "log/entry.h"
#include "log/evp.h"

namespace horisont {
namespace {

// An installation's own folder comes whole before the program's: files of the two are never merged.
// A file in its place is a mistake that must not pass for "has none of its own".
std::filesystem::path own_or_shared(const std::filesystem::path& home, const std::filesystem::path& share, const char* folder) {
  const auto own = home / folder;
  std::error_code error;
  const auto about = std::filesystem::status(own, error);
  if (!std::filesystem::exists(about)) return share / folder;
  if (!std::filesystem::is_directory(about))
    throw FileError({"file.not-a-folder", {own.string()}}, FileError::Fault::Unreadable);
  return own;
}

struct Definitions {
  Configuration configuration;
  std::shared_ptr<const ImportSchemas> schemas;
  std::map<std::string, LoadedRuleSet> rule_sets;
  std::vector<Finding> findings;
};

Definitions definitions(const std::filesystem::path& home, const std::filesystem::path& share) {
  Definitions found;
  const auto take = [&](const std::vector<Finding>& findings) {
    found.findings.insert(found.findings.end(), findings.begin(), findings.end());
  };
  const auto config = own_or_shared(home, share, "config");
  // Rule sets take longest, so that they are begun before it is known which of them a project uses.
  std::map<std::string, std::future<tl::expected<LoadedRuleSet, std::vector<Finding>>>> begun;
  std::error_code none;
  for (const auto& file : std::filesystem::directory_iterator(config / "rules", none))
    if (file.path().extension() == ".dmn")
      begun.emplace(file.path().filename().string(), std::async(std::launch::async, load_rule_set, file.path()));
  // So are the definitions of imports, which many commands never look at.
  auto imports = std::async(std::launch::async, load_import_schemas, own_or_shared(home, share, "schemas") / "import");
  auto configuration = load_configuration(config);
  if (auto schemas = imports.get())
    found.schemas = std::move(*schemas);
  else
    take(schemas.error());
  if (configuration) {
    found.configuration = std::move(*configuration);
    for (const auto& [key, project] : found.configuration.projects)
      for (const RuleSetUse& use : project.rule_sets) {
        if (!found.rule_sets.contains(use.file)) {
          auto early = begun.extract(use.file);
          auto rules = early.empty() ? load_rule_set(config / "rules" / use.file) : early.mapped().get();
          if (!rules) {
            take(rules.error());
            continue;
          }
          found.rule_sets.emplace(use.file, std::move(*rules));
        }
        if (const auto day = first_day_without_limits(found.rule_sets.at(use.file).rules, project, use.used))
          found.findings.push_back(
              {.code = "rules.no-limits", .place = {.file = use.file}, .values = {project.key, day->iso()}});
      }
  } else {
    take(configuration.error());
  }
  return found;
}

std::vector<std::string> activity_keys(const ProjectTerms& project) {
  std::vector<std::string> keys;
  for (const Activity& activity : project.activities) keys.push_back(activity.key);
  return keys;
}

std::string log_secret(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) {
    std::error_code error;
    make_private_folder(file.parent_path());
    // Of two that begin at once only one makes the key, and both read it: a link does not replace what is there.
    const std::filesystem::path made = file.string() + "." + tlog::hex(tlog::random_bytes(8));
    write_file(made, tlog::hex(tlog::random_bytes(32)) + "\n", Readers::Owner);
    std::filesystem::create_hard_link(made, file, error);
    if (error && !std::filesystem::exists(file)) std::filesystem::rename(made, file);  // a disk without links
    std::filesystem::remove(made, error);
  }
  std::string text = read_file(file);
  while (text.ends_with('\n')) text.pop_back();
  const auto secret = tlog::from_hex(text);
  if (!secret || secret->size() != 32) throw FileError({"log.secret-damaged", {file.string()}}, FileError::Fault::Unreadable);
  return *secret;
}

Store open_store(const std::filesystem::path& home, const std::filesystem::path& share) {
  Store store = Store::open(home / "data" / "horisont.db", share / "schemas" / "store");
  // The secret lies beside the data folder, so that no copy of the data holds it. A log whose key has gone gets no other.
  if (!std::filesystem::exists(home / "keys" / "log-signing.key") && store.has_log())
    throw FileError({"log.key-gone", {(home / "keys" / "log-signing.key").string()}}, FileError::Fault::Unreadable);
  store.keep_log({log_secret(home / "keys" / "log-signing.key")});
  return store;
}

// Participations and staff of the installation's other projects.
struct Elsewhere {
  std::vector<std::pair<std::string, std::vector<Participation>>> participations;
  std::vector<std::pair<const ProjectTerms*, std::vector<StaffTime>>> staff;
};
using Numbers = std::map<PersonalIdentityNumber, std::uint32_t>;
Numbers numbers_of(std::span<const Participation> participations) {
  Numbers numbers;
  for (const Participation& p : participations)
    if (p.number && p.number->names_one_person()) numbers.emplace(*p.number, p.person);
  return numbers;
}

Elsewhere elsewhere(const Workspace& workspace, const std::string& project, const Numbers& numbers,
                    std::span<const StaffTime> staff, std::optional<Moment> known_at) {
  Elsewhere found;
  std::set<std::string, std::less<>> digits;
  for (const auto& [number, person] : numbers) digits.insert(number.digits());
  std::set<std::string, std::less<>> members;
  for (const StaffTime& time : staff) members.insert(staff_number_key(time.staff_id));
  for (const auto& [key, terms] : workspace.configuration.projects) {
    if (key == project) continue;
    // Few are in two projects, and only they are looked at, participants and staff.
    const std::vector<std::uint32_t> shared = workspace.store.persons_known_by(key, digits);
    const std::vector<Record> records = workspace.store.records(key, known_at, {}, Store::Wanted{.persons = shared, .staff = &members});
    if (!shared.empty())
      found.participations.emplace_back(key, fold(records, workspace.store.people(key, shared), terms));
    found.staff.emplace_back(&terms, fold_staff(records));
  }
  return found;
}

// "Another project on the same days" asks about every project of the installation.
void add_overlaps(const Elsewhere& others, std::vector<Participation>& participations, Date today) {
  std::vector<std::pair<std::string, std::span<const Participation>>> named;
  for (const auto& [key, theirs] : others.participations) named.emplace_back(key, theirs);
  find_overlaps(participations, named, today);
}

// So do the caps of a staff member's day and year.
StaffLedger judged_staff(const Workspace& workspace, const ProjectState& state, const Elsewhere& others) {
  std::vector<StaffOf> theirs;
  for (const auto& [terms, time] : others.staff) theirs.push_back({*terms, workspace.programme(*terms), time});
  return staff_ledger({*state.project, *state.programme, state.staff}, theirs);
}

// And a person's hours: those with times of the day that the same person has in another project. Few are in two.
std::vector<TimeElsewhere> times_elsewhere(const Workspace& workspace, const ProjectState& state, const Numbers& here,
                                           const Elsewhere& others) {
  std::vector<TimeElsewhere> found;
  for (const auto& [key, theirs] : others.participations) {
    std::map<std::uint32_t, std::pair<std::uint32_t, std::string>> shared;
    for (const Participation& p : theirs)
      if (const auto same = p.number ? here.find(*p.number) : here.end(); same != here.end())
        shared.emplace(p.person, std::pair(same->second, key + " " + p.reference));
    if (shared.empty()) continue;
    const std::vector<std::string> activities = activity_keys(*workspace.project(key));
    for (const auto& [person, same] : shared)
      for (TimeRecord& time : workspace.store.times(key, activities, state.known_at, person)) {
        if (time.start < 0) continue;
        time.person = same.first;
        found.push_back({time, same.second, key < state.project->key});
      }
  }
  return found;
}

// The log as the eligibility log tells it, with the codes of the rules where these are the ones in use, and the checkpoints over it.
void read_log(const Workspace& workspace, ProjectState& state) {
  const Store::Reading one_moment{workspace.store};
  state.log.clear();
  for (Store::LoggedLine& one : workspace.store.log_lines(state.project->key, state.known_at)) {
    if (state.rule_set && one.line.rule_set_sha256 == state.rule_set->sha256)
      one.line.rules = codes_of(state.rule_set->rules, one.hit, one.cannot_tell);
    // Nobody is named in this report, and somebody may have named a file after a person.
    if (names_a_person(one.line.file_name)) one.line.file_name.clear();
    state.log.push_back(std::move(one.line));
  }
  state.checkpoints = workspace.store.log_checkpoints(state.project->key, state.known_at);
}

}  // namespace

std::string nearest_word(std::string_view word, std::span<const std::string> known) {
  std::string nearest;
  // A slip of the hand changes a letter or two; a word that shares a third less is another word.
  const std::size_t letters = word.size() - std::min(word.size(), word.find_first_not_of('-'));
  int distance = static_cast<int>(std::max<std::size_t>(letters / 3, 1)) + 1;
  for (const std::string& candidate : known)
    if (const int away = edits(word, candidate, distance); away < distance) distance = away, nearest = candidate;
  return nearest;
}

const ProjectTerms* Workspace::project(const std::string& key) const {
  const auto found = configuration.projects.find(key);
  return found == configuration.projects.end() ? nullptr : &found->second;
}

const LoadedRuleSet* Workspace::rule_set(const ProjectTerms& project, Date on) const {
  // Before the first and after the last day of use the nearest one answers: entries outside the project are still judged.
  const RuleSetUse* nearest = nullptr;
  for (const RuleSetUse& use : project.rule_sets) {
    if (use.used.contains(on)) return &rule_sets.at(use.file);
    if (!nearest || on > use.used.first) nearest = &use;
  }
  return nearest ? &rule_sets.at(nearest->file) : nullptr;
}

bool is_pack(const std::filesystem::path& home) {
  std::error_code error;
  return std::filesystem::exists(home / "pack.txt", error);
}

tl::expected<Workspace, std::vector<Finding>> open_workspace(const std::filesystem::path& home,
                                                             const std::filesystem::path& share) {
  Definitions found = definitions(home, share);
  if (!found.findings.empty()) return tl::make_unexpected(std::move(found.findings));
  if (is_pack(home)) {
    const auto copy = std::make_shared<const TemporaryFolder>();
    write_file(copy->path() / "horisont.db", read_file(home / "data" / "horisont.db"), Readers::Owner);
    Store store = Store::open(copy->path() / "horisont.db", share / "schemas" / "store");
    store.only_read(read_file(home / "log" / "project.eliglog"));
    return Workspace{.home = home,
                     .share = share,
                     .configuration = std::move(found.configuration),
                     .schemas = std::move(found.schemas),
                     .rule_sets = std::move(found.rule_sets),
                     .copy = copy,
                     .store = std::move(store)};
  }
  const auto data = home / "data";
  make_private_folder(data);
  return Workspace{.home = home,
                   .share = share,
                   .configuration = std::move(found.configuration),
                   .schemas = std::move(found.schemas),
                   .rule_sets = std::move(found.rule_sets),
                   .copy = {},
                   .store = open_store(home, share)};
}

tl::expected<Workspace, std::vector<Finding>> open_workspace_to_try(const std::filesystem::path& home,
                                                                    const std::filesystem::path& share) {
  const auto database = home / "data" / "horisont.db", secret = home / "keys" / "log-signing.key";
  const bool there = std::filesystem::exists(database);
  if (is_pack(home)) return open_workspace(home, share);
  if (there && may_write(database) && may_write(database.parent_path()) && std::filesystem::exists(secret))
    return open_workspace(home, share);
  Definitions found = definitions(home, share);
  if (!found.findings.empty()) return tl::make_unexpected(std::move(found.findings));
  const auto copy = std::make_shared<const TemporaryFolder>();
  const auto take = [&](const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) return;
    const auto to = copy->path() / file.parent_path().filename() / file.filename();
    std::filesystem::create_directories(to.parent_path());
    std::filesystem::copy_file(file, to);
    std::filesystem::permissions(to, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  };
  take(database);
  take(database.string() + "-journal");  // of a change that was cut off: without it the copy would not be whole
  take(secret);
  std::filesystem::create_directories(copy->path() / "data");
  return Workspace{.home = copy->path(),
                   .share = share,
                   .configuration = std::move(found.configuration),
                   .schemas = std::move(found.schemas),
                   .rule_sets = std::move(found.rule_sets),
                   .copy = copy,
                   .store = open_store(copy->path(), share)};
}

std::vector<Finding> check_configuration(const std::filesystem::path& home, const std::filesystem::path& share) {
  return definitions(home, share).findings;
}

tl::expected<Configuration, std::vector<Finding>> read_configuration(const std::filesystem::path& home,
                                                                     const std::filesystem::path& share) {
  return load_configuration(own_or_shared(home, share, "config"));
}

std::vector<Finding> check_rule_files(const std::vector<std::string>& files) {
  std::vector<Finding> findings;
  for (const std::string& file : files)
    if (const auto rules = load_rule_set(file); !rules)
      findings.insert(findings.end(), rules.error().begin(), rules.error().end());
  return findings;
}

ReportInput ProjectState::input() const {
  return {.project = *project,
          .programme = *programme,
          .participations = participations,
          .decisions = decisions,
          .explanations = explanations,
          .rules = rules,
          .times = times,
          .hours = hours,
          .staff = staff,
          .findings = findings,
          .files = files,
          .log = log,
          .rule_set = rule_set ? rule_set->rules.name() + " " + rule_set->rules.version() : "",
          .rule_set_sha256 = rule_set ? rule_set->sha256 : "",
          .program_version = program_version(),
          .today = today,
          .months = months,
          .staff_hours = &staff_hours,
          .checkpoints = checkpoints,
          .manual = manual};
}

namespace {

// Numbers that registers once stated.
std::vector<FormerNumber> former_numbers(std::span<const Record> records, std::span<const Participation> participations) {
  std::vector<FormerNumber> found;
  for (const Record& record : records) {
    const std::string* text = record.kind == RecordKind::Participants ? record.find("identity_number") : nullptr;
    if (!text) continue;
    const auto whose = std::lower_bound(participations.begin(), participations.end(), record.person,
                                        [](const Participation& one, std::uint32_t person) { return one.person < person; });
    if (whose == participations.end() || whose->person != record.person) continue;
    if (whose->number && whose->number->digits() == *text) continue;
    const auto number = PersonalIdentityNumber::of_normal_form(*text);
    if (!number) continue;
    const auto value = std::find_if(record.values.begin(), record.values.end(),
                                    [](const FieldValue& one) { return one.field == "identity_number"; });
    found.push_back({record.person, *number, origin_of(record, *value)});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const FormerNumber& a, const FormerNumber& b) { return a.person < b.person; });
  return found;
}

// Of everybody, or of some people.
using Some = std::optional<std::span<const std::uint32_t>>;
ProjectState state_of(const Workspace& workspace, const std::string& project, Date today, Explain explained,
                      std::optional<Moment> known_at, Some persons) {
  ProjectState state;
  state.project = workspace.project(project);
  state.programme = &workspace.programme(*state.project);
  state.rule_set = workspace.rule_set(*state.project, today);
  state.today = today;
  state.known_at = known_at;
  // Another connection would not see a change that is being made.
  const bool alone = !workspace.store.in_change() && !workspace.copy;
  const Store::Reading one_moment{workspace.store};
  const std::vector<std::string> activities = activity_keys(*state.project);
  // Time is most of what is stored. In a large project another thread reads it, through a connection of its own.
  constexpr std::size_t large = 5'000;
  std::future<std::vector<TimeRecord>> times;
  if (alone && !persons && workspace.store.people_count(project) > large)
    times = std::async(std::launch::async,
                       [&] { return open_store(workspace.home, workspace.share).times(project, activities, known_at); });
  {
    std::optional<Store::Wanted> wanted;
    if (persons) wanted = Store::Wanted{.persons = *persons};
    const std::vector<Record> records = workspace.store.records(project, known_at, {}, wanted);
    People all;
    SomePeople some;
    if (persons) some = workspace.store.people(project, *persons);
    else all = workspace.store.people(project);
    // Records are folded while time is read: neither needs the other. For a few people it is not worth a thread.
    constexpr std::size_t many = 500;
    auto folding = std::async(records.size() > many ? std::launch::async : std::launch::deferred, [&] {
      state.participations = persons ? fold(records, some, *state.project) : fold(records, all, *state.project);
      state.staff = fold_staff(records);
      state.former_numbers = former_numbers(records, state.participations);
    });
    if (!times.valid())
      state.times = persons ? workspace.store.times(project, activities, known_at, *persons)
                            : workspace.store.times(project, activities, known_at);
    folding.get();
  }
  std::vector<TimeElsewhere> also_elsewhere;
  {
    const Numbers numbers = numbers_of(state.participations);
    const Elsewhere others = elsewhere(workspace, project, numbers, state.staff, known_at);
    add_overlaps(others, state.participations, today);
    state.staff_hours = judged_staff(workspace, state, others);
    also_elsewhere = times_elsewhere(workspace, state, numbers, others);
  }
  if (state.rule_set) {
    state.decisions = decide(state.participations, *state.project, *state.programme, *state.rule_set,
                             explained == Explain::Yes ? Missing::Named : Missing::Left);
    state.rules = rule_texts(*state.rule_set);
    if (explained == Explain::Yes)
      for (const Participation& participation : state.participations)
        state.explanations.push_back(explain(participation, *state.project, *state.programme, *state.rule_set));
    state.manual = lay_over(workspace.store.manual_decisions(project, known_at), state, state.findings);
  }
  if (explained == Explain::Yes) read_log(workspace, state);
  if (times.valid()) state.times = times.get();
  state.hours = ledger(state.times, state.participations, state.decisions, *state.project, *state.programme, also_elsewhere);
  if (!persons)
    for (Finding& finding : workspace.store.findings(project)) state.findings.push_back(std::move(finding));
  state.corrections = workspace.store.corrections(project, known_at);
  state.fixed_cells = workspace.store.fixed_cells(project);
  for (const StoredImport& import : workspace.store.imports(project))
    state.files.push_back({.import = import.id,
                           .reference = "F-" + std::to_string(import.id),
                           .name = import.file_name,
                           .sha256 = import.sha256,
                           .kind = import.kind,
                           .sheets = import.sheets,
                           .rows_read = import.rows_read,
                           .rows_refused = import.rows_refused,
                           .imported_at = import.at.iso()});
  state.month_events = workspace.store.month_events(project, known_at);
  if (!state.month_events.empty() && !persons) {
    for (const MonthEvent& event : state.month_events)
      if (!state.month_contents.contains(event.month))
        state.month_contents.emplace(event.month, month_digest(state, event.month));
    state.months = months_of(state, state.month_contents);
  }
  state.claim_filings = workspace.store.claim_filings(project, known_at);
  if (!persons) hold_against_now(state.claim_filings, state);
  return state;
}

}  // namespace

ProjectState project_state(const Workspace& workspace, const std::string& project, Date today, Explain explained,
                           std::optional<Moment> known_at) {
  return state_of(workspace, project, today, explained, known_at, {});
}

ProjectState state_of_persons(const Workspace& workspace, const std::string& project, Date today,
                              std::span<const std::uint32_t> persons, std::optional<Moment> known_at) {
  return state_of(workspace, project, today, Explain::No, known_at, persons);
}

void reread_log(const Workspace& workspace, ProjectState& state) { read_log(workspace, state); }

std::vector<Participation> known_participations(const Workspace& workspace, const std::string& project, Date today,
                                                std::optional<Moment> known_at) {
  const Store::Reading one_moment{workspace.store};
  auto participations =
      fold(workspace.store.records(project, known_at), workspace.store.people(project), *workspace.project(project));
  add_overlaps(elsewhere(workspace, project, numbers_of(participations), {}, known_at), participations, today);
  return participations;
}

std::string month_digest(const ProjectState& state, Month month) {
  const ReportInput input = state.input();
  const std::string claim = month_claim_content(input, month);
  const auto named = [](const std::string& sha256) { return sha256.substr(0, 16); };
  return MonthContent{.people = sha256_of(month_content(input, month)),
                      .claim = claim.empty() ? std::string(MonthContent::no_claim) : sha256_of(claim),
                      .rules = named(input.rule_set_sha256),
                      .programme = named(state.programme->sha256),
                      .project = named(state.project->sha256),
                      .program = input.program_version}
      .text();
}

std::vector<MonthStanding> months_of(const ProjectState& state, const std::map<Month, std::string>& contents) {
  if (state.project->grants.empty()) return {};
  const Period operation = state.project->operation();
  const Month first = Month::containing(operation.first);
  Month last = Month::containing(operation.last ? std::min(*operation.last, state.today) : state.today);
  for (const auto& [month, content] : contents) last = std::max(last, month);
  return standings(state.month_events, first, std::max(first, last), state.today, *state.programme, contents);
}

void hold_against_now(std::vector<ClaimFiling>& filings, const ProjectState& state) {
  for (ClaimFiling& one : filings) {
    const auto claim = claim_of(*state.project, *state.programme, state.staff, state.staff_hours, one.month, state.participant_hours());
    one.now = claim ? std::optional(total_of(*claim)) : std::nullopt;
  }
}

const ClaimFiling* sent_claim(const ProjectState& state, Month month) {
  const ClaimFiling* newest = nullptr;
  for (const ClaimFiling& one : state.claim_filings)
    if (one.month == month) newest = &one;
  return newest;
}

std::vector<MonthStanding> standings_of(const ProjectState& state) {
  return state.months.empty() ? months_of(state, {}) : state.months;
}

std::string program_version() { return HORISONT_VERSION; }

}  // namespace horisont
