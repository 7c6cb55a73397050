#include "app/audit_pack.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <map>
#include <set>

#include "app/answers.h"
#include "app/assess.h"
#include "app/correct.h"
#include "app/evidence.h"
#include "app/manual.h"
#include "app/remake.h"
#include "app/report.h"
#include "app/rules.h"
#include "app/sample.h"
#include "core/reports/audit_pack.h"
#include "edge/files/files.h"
#include "edge/rulesets/rulesets.h"
#include "edge/text/text.h"
#include "edge/xlsx/render.h"
#include "edge/zip/rewrite.h"
#include "edge/zip/zip.h"
#include "log/entry.h"
#include "log/note.h"
#include "log/receipt.h"
#include "log/verify.h"

namespace horisont {
namespace {

constexpr std::uint64_t most_parts = 60'000;  // what a directory without extensions can hold
constexpr std::size_t part_limit = std::size_t{150} << 20;
constexpr std::size_t all_limit = std::size_t{200} << 20;  // what is read of an archive (edge/zip)
constexpr std::string_view first_line = "horisont-audit-pack 1";
// Without these a pack is none, whatever its list says.
constexpr std::string_view needed_parts[] = {"data/horisont.db", "log/policy.txt", "log/project.eliglog"};

// A new private folder on the same disk as a file or folder to be, which is renamed out of it; what is left in it goes with it.
// Nothing that is there is taken for ours.
class FolderBeside {
 public:
  explicit FolderBeside(const std::filesystem::path& target) {
    std::string name = target.string() + ".XXXXXX";
    if (!::mkdtemp(name.data())) throw write_error(target, errno);
    path_ = name;
  }
  ~FolderBeside() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  FolderBeside(const FolderBeside&) = delete;
  FolderBeside& operator=(const FolderBeside&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

using Parts = std::map<std::string, std::string>;

// ---- what stands for what is not shown ----------------------------------------------------------------------------------

// A made-up number in the place of each real one: of the same day and gender, valid, the same one each time.
class StandIns {
 public:
  std::string of(const std::string& digits) {
    const auto [known, is_new] = made_.try_emplace(digits);
    if (is_new) known->second = made(digits);
    return known->second;
  }

 private:
  std::string made(const std::string& digits) {
    const auto number = PersonalIdentityNumber::of_normal_form(digits);
    if (!number || !number->names_one_person()) return "";
    for (int serial = 999; serial >= 0; --serial) {
      if ((serial % 2) != ((digits[10] - '0') % 2)) continue;
      std::string text = std::to_string(1000 + serial).substr(1);
      for (char check = '0'; check <= '9'; ++check) {
        const std::string all = digits.substr(0, 8) + text + check;
        if (!luhn(all.substr(2))) continue;
        if (all != digits && !made_.contains(all) && used_.insert(all).second) return all;
      }
    }
    return "";
  }
  std::map<std::string, std::string> made_;
  std::set<std::string> used_;
};

// Texts that people wrote, without the project's names and without numbers that may be a person's.
class Scrubbed {
 public:
  void add(std::string_view name) {
    std::string word;
    for (const char c : std::string(name) + " ") {
      if (c != ' ' && c != ',' && c != '-') {
        word += c;
        continue;
      }
      if (word.size() >= 2) words_.insert(lower_case(word));
      word.clear();
    }
  }
  std::string of(const std::string& text) const {
    std::string out, word;
    const auto end = [&] {
      const auto digits = std::count_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
      const bool identity = digits >= 10 || (digits == 4 && word.size() == 4 && out.size() > 6 && out.ends_with('-'));
      out += identity || words_.contains(lower_case(word)) ? "…" : word;
      word.clear();
    };
    for (const char c : text) {
      if (std::string_view(" ,.;:()!?\"'/").find(c) == std::string_view::npos) {
        word += c;
        continue;
      }
      end();
      out += c;
    }
    end();
    return out;
  }

 private:
  std::set<std::string> words_;
};

bool identifies(const std::string& field) {
  static const std::set<std::string> known{"name",  "family_name", "given_name",    "email",    "mobile",
                                           "note",  "local_id",    "kaa_reference", "employer", "employer_org_number",
                                           "file_name", "participant"};
  return known.contains(field);
}

// ---- whose -----------------------------------------------------------------------------------------------------------------

std::vector<std::uint32_t> sampled(const ProjectState& state, const DrawnSample& drawn) {
  std::set<std::uint32_t> persons;
  for (const auto& row : sample_table(state, drawn, Language::Swedish).rows)
    if (const auto person = person_of_reference(std::get<std::string>(row[2]))) persons.insert(*person);
  return {persons.begin(), persons.end()};
}

// The same human beings in the installation's other projects: what they do there counts in what was decided here.
void add_elsewhere(const Workspace& workspace, const std::string& project, Extract& asked) {
  static constexpr std::string_view stated[] = {"identity_number"};
  std::set<std::string> numbers;
  const std::vector<std::uint32_t> own = asked.persons.at(project);
  const auto each = [&](const std::string& key, const auto& visit) {
    const People people = workspace.store.people(key);
    for (std::uint32_t i = 0; i < people.size(); ++i)
      if (people[i].number && people[i].number->names_one_person()) visit(i, people[i].number->digits());
    for (const Record& record : workspace.store.records(key, {}, stated, [](RecordKind kind, std::uint32_t) {
           return kind == RecordKind::Participants;
         }))
      if (const std::string* text = record.find("identity_number")) visit(record.person, *text);
  };
  each(project, [&](std::uint32_t person, const std::string& digits) {
    if (std::binary_search(own.begin(), own.end(), person)) numbers.insert(digits);
  });
  for (const auto& [key, terms] : workspace.configuration.projects) {
    if (key == project) continue;
    std::set<std::uint32_t> theirs;
    each(key, [&](std::uint32_t person, const std::string& digits) {
      if (numbers.contains(digits)) theirs.insert(person);
    });
    if (!theirs.empty()) asked.persons[key] = {theirs.begin(), theirs.end()};
  }
}

// The same members of staff in the installation's other projects: a year's hours count over all of them.
void add_staff_elsewhere(const Workspace& workspace, Extract& asked) {
  for (const auto& [key, terms] : workspace.configuration.projects)
    for (const StaffTime& time : fold_staff(workspace.store.records(
             key, {}, {}, [](RecordKind kind, std::uint32_t) { return kind == RecordKind::StaffTime; })))
      if (asked.staff.contains({time.employer, time.staff_id})) {
        asked.persons.try_emplace(key);
        break;
      }
}

// ---- parts -----------------------------------------------------------------------------------------------------------------

void add_configuration(Parts& parts, const Workspace& workspace) {
  const auto folder = workspace.configuration.folder;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto ending = entry.path().extension();
    if (!entry.is_regular_file() || (ending != ".toml" && ending != ".dmn")) continue;
    parts["config/" + entry.path().lexically_relative(folder).generic_string()] = read_file(entry.path());
  }
}

void add_rules(Parts& parts, const Store& copy, const std::string& project) {
  for (const StoredRun& run : copy.runs(project)) {
    const std::string name = "rules/" + run.rule_set_sha256.substr(0, 16);
    if (parts.contains(name + ".dmn")) continue;
    const auto bytes = copy.kept(run.rule_set_sha256);
    const auto rules = bytes ? read_rule_set(*bytes, run.rule_set_sha256.substr(0, 16) + ".dmn")
                             : tl::expected<LoadedRuleSet, std::vector<Finding>>(tl::make_unexpected(std::vector<Finding>{}));
    if (!rules) continue;  // opening the pack says so
    parts[name + ".dmn"] = *bytes;
    parts[name + ".sql"] = rules_as_sql(*rules);
    for (const auto& [language, ending] : {std::pair(Language::Swedish, ".sv.txt"), std::pair(Language::English, ".en.txt")})
      parts[name + ending] = as_text(rules_table(*rules, language), language) + "\n" + as_text(limits_table(*rules), language);
  }
}

// The log as it is exported, and each entry about the sampled persons, the files that tell of the sample and its draw, alone
// with its proof and what opens it.
std::map<std::uint32_t, std::string> add_log(Parts& parts, const Workspace& workspace, const Store& copy,
                                             const std::string& project, std::span<const std::uint32_t> persons,
                                             const std::set<std::uint32_t>& imports, const std::string& seed) {
  std::ostringstream exported;
  workspace.store.export_log(project, exported);
  std::string& log = parts["log/project.eliglog"] = exported.str();
  std::string policy;
  for (std::size_t at = 0; at < log.size() && log[at] != '\n';) {
    const std::size_t end = std::min(log.find('\n', at), log.size());
    const std::string line = log.substr(at, end - at);
    if (line.starts_with("log ")) policy += line + "\n";
    at = end + 1;
  }
  parts["log/policy.txt"] = policy + "quorum none\n";
  std::map<std::uint32_t, std::string> entries;
  for (const std::uint32_t person : persons) {
    std::vector<tlog::Opening> openings;
    for (const ProvedEntry& entry : copy.entries_about(project, std::span(&person, 1))) {
      const std::string id = "L-" + std::to_string(entry.seq);
      parts["log/leaves/" + id + ".leaf"] = entry.leaf;
      parts["log/proofs/" + id + ".tlog-proof"] = entry.proof;
      entries[person] += (entries[person].empty() ? "" : " ") + id;
      for (tlog::Opening& one : tlog::openings_from(entry.opening).value_or(std::vector<tlog::Opening>{}))
        openings.push_back(std::move(one));
    }
    if (!openings.empty()) parts["log/openings/" + participant_reference(person) + ".open"] = tlog::opening_text(openings);
  }
  for (const ProvedEntry& entry : copy.entries_of(project, imports, seed)) {
    const std::string id = "L-" + std::to_string(entry.seq);
    parts["log/leaves/" + id + ".leaf"] = entry.leaf;
    parts["log/proofs/" + id + ".tlog-proof"] = entry.proof;
    if (!entry.opening.empty()) parts["log/openings/" + id + ".open"] = entry.opening;
  }
  return entries;
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(";\"\n\r") == text.npos && (text.empty() || std::string_view("=+-@\t").find(text[0]) == std::string_view::npos))
    return text;
  std::string out = "\"";
  if (std::string_view("=+-@\t").find(text[0]) != std::string_view::npos) out += '\'';
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

// Of each file that was read in the rows about the sampled persons, cell by cell; the file itself where it is about nobody else and
// names may be seen.
std::set<std::uint32_t> add_originals(Parts& parts, const Workspace& workspace, const Store& copy, const ProjectState& state,
                                      const PackRequest& asked, const std::set<std::uint32_t>& persons,
                                      const std::set<std::pair<std::string, std::string>>& staff) {
  std::vector<std::string> activities;
  for (const Activity& activity : state.project->activities) activities.push_back(activity.key);
  std::map<std::uint32_t, std::string> lines;
  const auto imports = copy.imports(asked.project);
  const auto place = [&](const Origin& origin, std::uint16_t column) {
    const auto import = std::find_if(imports.begin(), imports.end(), [&](const StoredImport& one) { return one.id == origin.import; });
    std::string heading;
    if (import != imports.end() && origin.sheet < import->columns.size() && column > 0 &&
        column <= import->columns[origin.sheet].size())
      heading = import->columns[origin.sheet][column - 1];
    return (import != imports.end() && origin.sheet < import->sheets.size() ? csv_cell(import->sheets[origin.sheet]) : "") + ";" +
           std::to_string(origin.row) + ";" + (column ? cell_address(column, origin.row) : "") + ";" + csv_cell(heading);
  };
  const auto text = [](const Record& record, const char* field) {
    const std::string* found = record.find(field);
    return found ? *found : std::string();
  };
  const auto of_staff = [&](const Record& record) {
    return record.kind == RecordKind::StaffTime && staff.contains({text(record, "employer"), text(record, "staff_id")});
  };
  for (const Record& record : copy.records(asked.project))
    if (persons.contains(record.person) || of_staff(record))
      for (const FieldValue& value : record.values)
        lines[record.origin.import] +=
            place(record.origin, value.column) + ";" +
            (of_staff(record) ? csv_cell(text(record, "staff_id")) : participant_reference(record.person)) + ";" + value.field +
            ";" + csv_cell(value.value) + ";" + (value.correction ? std::to_string(value.correction) : "") + "\n";
  for (const TimeRecord& time : copy.times(asked.project, activities))
    lines[time.origin.import] += place(time.origin, time.origin.column) + ";" + participant_reference(time.person) + ";" +
                                 Date::of_days(time.day).iso() + " " + activities[time.activity] + ";" + std::to_string(time.minutes) + ";\n";
  for (const auto& [import, rows] : lines)
    parts["originals/F-" + std::to_string(import) + ".csv"] =
        "\xEF\xBB\xBF"
        "blad;rad;cell;rubrik;deltagare;uppgift;värde;rättelse\n" +
        rows;
  std::set<std::uint32_t> read;
  for (const auto& [import, rows] : lines) read.insert(import);
  if (!asked.names) return read;
  std::set<std::uint32_t> others;
  for (const Record& record : workspace.store.records(asked.project))
    if (!persons.contains(record.person) && !of_staff(record)) others.insert(record.origin.import);
  for (const TimeRecord& time : workspace.store.times(asked.project, activities))
    if (!persons.contains(time.person)) others.insert(time.origin.import);
  for (const StoredImport& import : imports) {
    if (others.contains(import.id) || !lines.contains(import.id) || import.rows_refused > 0) continue;
    const auto bytes = workspace.store.file_bytes(import.sha256);
    if (!bytes || bytes->empty()) continue;
    parts["originals/F-" + std::to_string(import.id) + std::filesystem::path(import.file_name).extension().string()] = *bytes;
  }
  return read;
}

// Reports that identify nobody, made again from what was kept of them.
std::set<std::string> add_reports(Parts& parts, const Workspace& workspace, const std::string& project) {
  std::set<std::string> whole;
  for (const StoredReport& report : workspace.store.reports(project)) {
    const auto layout = workspace.store.kept(report.template_sha256);
    if (!layout || layout->find("\npersonal_data = \"identified\"") != layout->npos) continue;
    const TemporaryFolder folder;
    const auto made = remake_report(workspace, project, report.id, folder.path() / "made");
    if (!made || !made->same()) continue;
    whole.insert(report.id);
    for (const RemadeReport::File& file : made->files) parts["reports/" + report.id + "/" + file.name] = read_file(file.path);
  }
  return whole;
}

Message what_of(const std::string& path) {
  static const std::pair<std::string_view, const char*> known[] = {
      {"data/", "audit.part.data"},     {"config/", "audit.part.config"},       {"rules/", "audit.part.rules"},
      {"log/leaves/", "audit.part.leaf"}, {"log/proofs/", "audit.part.proof"},  {"log/openings/", "audit.part.opening"},
      {"log/policy", "audit.part.policy"}, {"log/", "audit.part.log"},          {"originals/", "audit.part.original"},
      {"reports/", "audit.part.report"}, {"decisions/", "audit.part.decision"}, {"sample/", "audit.part.sample"},
      {"evidence", "audit.part.evidence"}, {"pack.txt", "audit.part.pack"},     {"manual", "audit.part.manual"}};
  for (const auto& [begins, id] : known)
    if (path.starts_with(begins)) return {id, {}};
  return {"audit.part.other", {}};
}

std::string manifest_of(const Parts& parts) {
  std::string text;
  for (const auto& [path, bytes] : parts) text += sha256_of(bytes) + "  " + path + "\n";
  return text;
}

// Lines of sha256sum: digest, two blanks, path. Nothing when a line is of another form.
std::optional<std::map<std::string, std::string>> digests_of(std::string_view manifest) {
  std::map<std::string, std::string> found;
  while (!manifest.empty()) {
    const std::size_t end = manifest.find('\n');
    const std::string_view line = manifest.substr(0, end);
    if (end == manifest.npos || line.size() < 67 || line.substr(64, 2) != "  " || !tlog::from_hex(line.substr(0, 64)) ||
        !found.emplace(line.substr(66), line.substr(0, 64)).second)
      return std::nullopt;
    manifest.remove_prefix(end + 1);
  }
  return found;
}

std::string line_of(const std::string& text, std::string_view key) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(std::string(key) + " ")) return line.substr(key.size() + 1);
  return "";
}

bool leads_out(const std::string& path) {
  const std::filesystem::path as_path(path);
  if (path.empty() || as_path.is_absolute()) return true;
  return std::any_of(as_path.begin(), as_path.end(), [](const auto& part) { return part == ".." || part == "." || part.empty(); });
}

}  // namespace

Result<MadePack> make_pack(Workspace& workspace, const PackRequest& asked, const std::filesystem::path& zip,
                           const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  std::uint64_t step = 0;
  const auto done = [&] {
    if (progress) progress(++step, 8);
  };
  if (asked.names && (!is_reason(asked.reason) || asked.approved_by.empty() || asked.approved_by == asked.actor.account))
    return problem("audit.names-reason", asked.actor.account);
  if (!asked.names && !(asked.reason + asked.approved_by).empty()) return problem("audit.reason-unasked");
  const auto drawn = drawn_sample(workspace, asked.project, asked.sample);
  if (!drawn) return tl::make_unexpected(drawn.error());
  const bool costs = drawn->stored.frame == name_of(SampleFrame::Claims);
  ProjectState state = project_state(workspace, asked.project, asked.today, Explain::Yes);
  record_new_decisions(workspace, state, asked.actor, asked.now);
  const auto head = workspace.store.log_head(asked.project);
  if (!head) return problem("audit.no-log", asked.project);
  done();

  MadePack made{.file = zip, .manifest_sha256 = {}};
  SampledCosts sampled_staff;
  if (costs) {
    auto found = sampled_costs(state, *drawn);
    if (!found) return tl::make_unexpected(found.error());
    sampled_staff = std::move(*found);
    // The number is in the unit's id, and so in the frame that the draw binds.
    for (const auto& [employer, number] : sampled_staff.staff)
      if (!asked.names && names_a_person(number)) return problem("audit.staff-identity", asked.sample);
    made.persons = sampled_staff.staff.size();
  }
  std::vector<std::uint32_t> persons;
  for (const std::uint32_t person : costs ? std::vector<std::uint32_t>{} : sampled(state, *drawn)) {
    const auto found = std::find_if(state.participations.begin(), state.participations.end(),
                                    [&](const Participation& one) { return one.person == person; });
    if (found == state.participations.end()) continue;
    if (found->protected_identity)
      ++made.left_out;
    else
      persons.push_back(person);
  }
  made.persons += persons.size();

  Parts parts;
  const std::set<std::string> whole = add_reports(parts, workspace, asked.project);
  done();
  StandIns stand_ins;
  Scrubbed scrubbed;
  for (const Participation& one : state.participations) scrubbed.add(one.name);
  for (const StaffTime& one : state.staff) scrubbed.add(one.name);
  if (!asked.names) {
    // What is said of a value's source has the reason of its correction.
    for (StoredCorrection& one : state.corrections) one.reason = scrubbed.of(one.reason);
    for (ManualDecision& one : state.manual) one.reason = scrubbed.of(one.reason);
  }
  Extract extract{.project = asked.project,
                  .persons = {{asked.project, persons}},
                  .staff = sampled_staff.staff,
                  .reports = {whole.begin(), whole.end()},
                  .sample = drawn->stored.number,
                  .shown = {}};
  if (costs)
    add_staff_elsewhere(workspace, extract);
  else
    add_elsewhere(workspace, asked.project, extract);
  extract.shown = [&](const std::string& project, const std::string& field,
                      const std::string& value) -> std::optional<std::string> {
    if (costs) {
      // That somebody signed counts in the cost; who it was does not. The employer is no person, and part of the unit's id.
      if (asked.names || field == "employer") return std::nullopt;
      if (field == "reason") return scrubbed.of(value);
      if (field == "signed_by" || field == "approved_by") return value.empty() ? value : "…";
      return field == "description" || identifies(field) ? std::optional<std::string>("") : std::nullopt;
    }
    if (project != asked.project && field != "identity_number" && field != "birth_date" && field != "entry_date" && field != "exit_date")
      return "";
    if (asked.names) return std::nullopt;
    if (field == "identity_number") return stand_ins.of(value);
    if (field == "reason") return scrubbed.of(value);
    return identifies(field) ? std::optional<std::string>("") : std::nullopt;
  };
  const TemporaryFolder folder;
  const auto database = folder.path() / "horisont.db";
  workspace.store.extract(extract, database, workspace.share / "schemas" / "store");
  parts["data/horisont.db"] = read_file(database);
  done();
  const Store copy = Store::open(database, workspace.share / "schemas" / "store");

  add_configuration(parts, workspace);
  add_rules(parts, copy, asked.project);
  const auto files = add_originals(parts, workspace, copy, state, asked, {persons.begin(), persons.end()}, sampled_staff.staff);
  done();
  const auto entries = add_log(parts, workspace, copy, asked.project, persons, files, drawn->stored.nonce);
  done();
  for (std::size_t i = 0; i < state.participations.size(); ++i)
    if (std::binary_search(persons.begin(), persons.end(), state.participations[i].person) && i < state.explanations.size())
      parts["decisions/" + state.participations[i].reference + ".json"] =
          as_json(explanation_table(state, state.explanations[i], state.participations[i].person, asked.language)) + "\n";
  std::vector<EvidenceRow> documents;
  const ReportInput input = state.input();
  for (EvidenceRow& row : evidence_register(input))
    if (std::binary_search(persons.begin(), persons.end(), row.person->person)) documents.push_back(std::move(row));
  parts["evidence.txt"] = as_plain(evidence_table(state, documents, asked.language), asked.language);
  parts["sample/" + asked.sample + ".txt"] = as_plain(sample_table(state, *drawn, asked.language), asked.language);
  parts["sample/" + asked.sample + ".units.txt"] = drawn->stored.units;
  write_sample(workspace, state, *drawn, folder.path() / "sample.xlsx", asked.language);
  parts["sample/" + asked.sample + ".xlsx"] = read_file(folder.path() / "sample.xlsx");
  parts["pack.txt"] = std::string(first_line) + "\nproject " + asked.project + "\nsample " + asked.sample + "\nnames " +
                      (asked.names ? "yes" : "no") + "\nprogram " + program_version() + "\nday " + asked.today.iso() + "\norigin " +
                      head->origin + "\nentries " + std::to_string(head->size) + "\n";
  parts["LAS-MIG.txt"] = words({asked.names ? "audit.readme.names" : "audit.readme", {asked.sample, asked.project}}, Language::Swedish) +
                         words({"audit.readme.how", {}}, Language::Swedish);
  parts["README.txt"] = words({asked.names ? "audit.readme.names" : "audit.readme", {asked.sample, asked.project}}, Language::English) +
                        words({"audit.readme.how", {}}, Language::English);
  done();

  AuditPackInput index{.input = input, .persons = persons, .names = asked.names, .files = {}, .units = {}, .log_entries = entries,
                       .corrections = {}, .reports = {}};
  for (const auto& [path, bytes] : parts) index.files.emplace_back(path, what_of(path), sha256_of(bytes));
  const bool hours = drawn->stored.frame == name_of(SampleFrame::Hours);
  for (const auto& row : sample_table(state, *drawn, asked.language).rows) {
    const std::int64_t value = std::get<std::int64_t>(row[7]);
    index.units.push_back({std::get<std::string>(row[1]), std::get<std::string>(row[2]), std::get<std::string>(row[3]),
                           std::holds_alternative<std::string>(row[6]) ? std::get<std::string>(row[6])
                                                                       : words(std::get<Message>(row[6]), asked.language),
                           hours   ? Cell::Value(Minutes(value))
                           : costs ? Cell::Value(Money::of_ore(value))
                                   : Cell::Value(value),
                           std::get<Message>(row[8])});
  }
  for (const StoredCorrection& one : copy.corrections(asked.project))
    index.corrections.push_back({participant_reference(one.person), one.field, printable(one.field, one.value), one.reason, one.actor,
                                 one.at.iso()});
  for (const StoredReport& report : copy.reports(asked.project))
    for (const StoredReport::File& file : report.files)
      index.reports.push_back({report.id, report.kind, report.period, report.at.iso(), file.name, file.sha256, whole.contains(report.id)});
  Report report = audit_pack(index);
  report.id = asked.sample;
  const auto layout = load_report_template(template_file(workspace, "audit-pack"));
  if (!layout) return tl::make_unexpected(Problem{{layout.error().front().code, layout.error().front().values}});
  std::filesystem::create_directory(folder.path() / "index");
  for (const auto& path : render(report, **layout, folder.path() / "index",
                                 {.language = asked.language, .created = drawn->stored.at, .fingerprint = {}}))
    parts[path.filename().string()] = read_file(path);
  // Whoever opens it reads no more than this.
  std::size_t all = 0;
  for (const auto& [path, content] : parts) {
    all += content.size();
    if (content.size() > part_limit || all > all_limit)
      return problem("audit.too-large", path, std::to_string(all_limit >> 20) + " MiB");
  }
  const std::string manifest = manifest_of(parts);
  made.manifest_sha256 = sha256_of(manifest);
  parts["manifest.txt"] = manifest;
  made.files = parts.size();
  done();
  const auto bytes = zip_with_parts("", parts);
  if (!bytes) return tl::make_unexpected(bytes.error());
  // First the record, then the file: nothing is given out that the log does not know.
  if (zip.has_parent_path()) make_private_folder(zip.parent_path());
  const FolderBeside beside(zip);
  const std::filesystem::path written = beside.path() / "pack.zip";
  write_file(written, *bytes, Readers::Owner);
  workspace.store.add_disclosure(asked.project, made.manifest_sha256, asked.recipient.empty() ? "-" : asked.recipient,
                                 asked.approved_by, asked.names ? asked.reason : "", asked.actor, asked.now);
  commit_file(written, zip);
  done();
  return made;
}

// ---- opening ---------------------------------------------------------------------------------------------------------------

namespace {

PackFault fault(const char* id, std::vector<std::string> values, bool altered = false) { return {altered, {id, std::move(values)}}; }
// `id` says what it is instead, where that can be seen, and so what to do with it.
tl::unexpected<PackFault> no_pack(const std::filesystem::path& pack, const Message& why, const char* id = "audit.not-a-pack") {
  return tl::make_unexpected(
      fault(id, {pack.filename().string(), in_both(words(why, Language::Swedish), words(why, Language::English))}));
}

using Checked = tl::expected<Parts, PackFault>;

// What the list says is there is there, as it was; `unlisted`: and nothing else.
Checked checked(const std::filesystem::path& pack, Parts parts, bool unlisted) {
  if (!parts.contains("manifest.txt") || !parts.contains("pack.txt")) return no_pack(pack, {"audit.why.no-list", {}});
  const auto digests = digests_of(parts.at("manifest.txt"));
  if (!digests) return no_pack(pack, {"audit.why.list", {}});
  if (!parts.at("pack.txt").starts_with(std::string(first_line) + "\n")) return no_pack(pack, {"audit.why.version", {}});
  for (const auto& [path, digest] : *digests) {
    if (leads_out(path)) return no_pack(pack, {"audit.why.name", {path}});
    const auto part = parts.find(path);
    if (part == parts.end()) return tl::make_unexpected(fault("audit.missing", {path}, true));
    if (sha256_of(part->second) != digest) return tl::make_unexpected(fault("audit.altered", {path}, true));
  }
  for (const std::string_view needed : needed_parts)
    if (!digests->contains(std::string(needed)))
      return tl::make_unexpected(fault("audit.missing", {std::string(needed)}, true));
  for (const auto& [path, bytes] : parts)
    if (unlisted && path != "manifest.txt" && !digests->contains(path)) return tl::make_unexpected(fault("audit.unlisted", {path}, true));
  return parts;
}

Checked parts_of_zip(const std::filesystem::path& pack) {
  std::string bytes = read_file(pack, all_limit + 1);
  if (bytes.size() > all_limit) return no_pack(pack, {"file.too-large", {std::to_string(all_limit >> 20) + " MiB"}});
  for (const std::string_view begins : {std::string_view("horisont-eliglog "), tlog::proof_begins, tlog::receipt_begins})
    if (bytes.starts_with(begins)) return no_pack(pack, {"audit.why.no-zip", {}}, "audit.log-not-pack");
  if (!bytes.starts_with("PK")) return no_pack(pack, {"audit.why.no-zip", {}});
  const auto zip = Zip::open(std::move(bytes), most_parts);
  if (!zip) return no_pack(pack, zip.error().message);
  if (zip->find("[Content_Types].xml")) return no_pack(pack, {"audit.why.no-list", {}}, "audit.workbook-not-pack");
  Parts parts;
  for (const ZipEntry& entry : zip->entries()) {
    if (leads_out(entry.name)) return no_pack(pack, {"audit.why.name", {entry.name}});
    auto text = zip->text(entry, part_limit);
    if (!text) return no_pack(pack, text.error().message);
    parts[entry.name] = std::move(*text);
  }
  return checked(pack, std::move(parts), true);
}

Checked parts_of_folder(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder / "manifest.txt") || !is_pack(folder))
    return no_pack(
        folder, {"audit.why.no-list", {}},
        std::filesystem::exists(folder / "data" / "horisont.db") ? "audit.installation-not-pack" : "audit.not-a-pack");
  Parts parts;
  parts["manifest.txt"] = read_file(folder / "manifest.txt");
  const auto digests = digests_of(parts["manifest.txt"]);
  if (!digests) return no_pack(folder, {"audit.why.list", {}});
  for (const auto& [path, digest] : *digests)
    if (!leads_out(path) && std::filesystem::is_regular_file(folder / path)) parts[path] = read_file(folder / path);
  return checked(folder, std::move(parts), false);
}

}  // namespace

tl::expected<OpenedPack, PackFault> open_pack(const std::filesystem::path& pack, const std::filesystem::path& folder,
                                              const std::filesystem::path& share) {
  const bool unpacked = std::filesystem::is_directory(pack);
  const Checked parts = unpacked ? parts_of_folder(pack) : parts_of_zip(pack);
  if (!parts) return tl::make_unexpected(parts.error());
  OpenedPack opened{.folder = unpacked ? pack : folder,
                    .project = line_of(parts->at("pack.txt"), "project"),
                    .sample = line_of(parts->at("pack.txt"), "sample"),
                    .manifest_sha256 = sha256_of(parts->at("manifest.txt")),
                    .table = {},
                    .findings = {}};
  if (!unpacked) {
    std::error_code error;
    if (std::filesystem::exists(std::filesystem::symlink_status(folder, error)))
      return tl::make_unexpected(fault("audit.folder-exists", {folder.string()}));
    const FolderBeside beside(folder);
    const std::filesystem::path made = beside.path() / "pack";
    make_private_folder(made);
    for (const auto& [path, bytes] : *parts) {
      make_private_folder((made / path).parent_path());
      write_file(made / path, bytes, Readers::Owner);
    }
    std::filesystem::rename(made, folder);
  }

  auto opening = open_workspace(opened.folder, share);
  if (!opening) {
    opened.findings = opening.error();
    return opened;
  }
  Workspace& workspace = *opening;
  opened.table = {.schema = "audit-pack"};
  opened.table.facts = {{"folder", opened.folder.string()}, {"project", opened.project}, {"sample", opened.sample},
                        {"manifest", opened.manifest_sha256}, {"entries", line_of(parts->at("pack.txt"), "entries")},
                        {"names", line_of(parts->at("pack.txt"), "names")}};
  opened.table.columns = {{"check", {"Kontroll", "Check"}},
                          {"number", {"Antal", "Number"}, Table::Column::Kind::Count},
                          {"differing", {"Stämmer inte", "Differ"}, Table::Column::Kind::Count}};
  const auto row = [&](const char* what, std::size_t number, std::size_t differing) {
    opened.table.rows.push_back({Message{what, {}}, static_cast<std::int64_t>(number), static_cast<std::int64_t>(differing)});
  };
  const auto tell = [&](const Message& message) {
    opened.findings.push_back({.code = message.id, .place = {}, .participant = {}, .given = {}, .values = message.values});
  };
  row("audit.check.files", parts->size() - 1, 0);
  if (!workspace.project(opened.project)) {
    tell({"audit.no-project", {opened.project}});
    return opened;
  }
  // A database that is built otherwise than the program builds it is not asked anything.
  const auto built = workspace.store.check();
  for (const Message& one : built) tell(one);
  row("audit.check.store", 1, built.empty() ? 0 : 1);
  if (!built.empty()) return opened;
  const auto head = workspace.store.log_head(opened.project);
  const auto faults = workspace.store.check_log(opened.project);
  for (const Message& one : faults) tell(one);
  row("audit.check.log", head ? head->size : 0, faults.size());

  tlog::Question question;
  question.policy = tlog::policy_from(parts->at("log/policy.txt"));
  std::size_t proofs = 0, broken = 0;
  for (const auto& [path, leaf] : *parts) {
    if (!path.starts_with("log/leaves/")) continue;
    const std::string id = path.substr(11, path.size() - 16);
    const auto proof = parts->find("log/proofs/" + id + ".tlog-proof");
    ++proofs;
    const bool holds = proof != parts->end() && question.policy && [&] {
      const auto answer = tlog::verify_proof(proof->second, leaf, question);
      return answer.shown == tlog::Shown::Good || answer.shown == tlog::Shown::NothingOutside;
    }();
    if (holds) continue;
    ++broken;
    tell({"audit.proof-differs", {id}});
  }
  row("audit.check.proofs", proofs, broken);

  const auto drawn = drawn_sample(workspace, opened.project, opened.sample);
  if (!drawn) tell({"audit.sample-differs", {opened.sample}});
  row("audit.check.sample", drawn ? drawn->units.size() : 0, drawn ? 0 : 1);
  const auto day = Date::parse(line_of(parts->at("pack.txt"), "day"));
  if (drawn && day && drawn->stored.frame == name_of(SampleFrame::Claims)) {
    // By the facts that were known when the sample was drawn.
    const auto again = sampled_costs(project_state(workspace, opened.project, *day, Explain::No, drawn->stored.at), *drawn);
    std::size_t other = 0;
    for (const auto& unit : drawn->units) {
      const auto amount = again ? again->amounts.find(unit.unit.id) : std::map<std::string, Money>::const_iterator{};
      if (again && amount != again->amounts.end() && amount->second == unit.unit.value) continue;
      ++other;
      tell({"audit.amount-differs", {unit.unit.id}});
    }
    row("audit.check.amounts", drawn->units.size(), other);
  }

  const Replay again = replay(workspace, opened.project, {}, {});
  opened.findings.insert(opened.findings.end(), again.findings.begin(), again.findings.end());
  row("audit.check.verdicts", static_cast<std::size_t>(again.decisions), static_cast<std::size_t>(again.differing));

  std::size_t reports = 0, others = 0;
  for (const StoredReport& report : workspace.store.reports(opened.project)) {
    if (report.sheets_text.empty()) continue;
    const TemporaryFolder work;
    const auto made = remake_report(workspace, opened.project, report.id, work.path() / "made", true);
    ++reports;
    if (made && made->same()) continue;
    ++others;
    tell({"audit.report-differs", {report.id, made ? made->files.front().name : words(made.error().message, Language::Swedish)}});
  }
  row("audit.check.reports", reports, others);
  return opened;
}

}  // namespace horisont
