#include "app/audit_pack.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "app/assess.h"
#include "app/correct.h"
#include "app/manual.h"
#include "app/pack_parts.h"
#include "app/remake.h"
#include "core/cases/staff_rows.h"
#include "edge/files/files.h"
#include "edge/store/person_rows.h"
#include "edge/text/text.h"
#include "edge/zip/rewrite.h"

namespace horisont {
namespace {

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
    // A reason has ten letters at least, also without names.
    const auto letters = [](const std::string& of) { return std::count_if(of.begin(), of.end(), [](char c) { return (c & 0xC0) != 0x80; }); };
    for (auto missing = std::min<std::ptrdiff_t>(10, letters(text)) - letters(out); missing > 0; --missing) out += "…";
    return out;
  }

 private:
  std::set<std::string> words_;
};

// ---- whose--------------------

// The same human beings in the installation's other projects: what they do there counts in what was decided here.
void add_elsewhere(const Workspace& workspace, const std::string& project, Extract& asked) {
  static constexpr std::string_view stated[] = {"identity_number"};
  std::set<std::string> numbers;
  const std::vector<std::uint32_t> own = asked.persons.at(project);
  const auto each = [&](const std::string& key, const auto& visit) {
    const People people = workspace.store.people(key);
    for (std::uint32_t i = 0; i < people.size(); ++i)
      if (people[i].number && people[i].number->names_one_person()) visit(i, people[i].number->digits());
    for (const Record& record :
         workspace.store.records(key, {}, stated, Store::Wanted{.persons = {}, .of_everybody = RecordKind::Participants}))
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

// The same members of staff, however their rows spell them, and in the installation's other projects: a year's hours count over
// all of them.
void add_all_of_staff(const Workspace& workspace, Extract& asked) {
  std::set<StaffWho> who;
  for (const auto& [employer, staff_id] : asked.staff) who.insert(StaffWho::of(employer, staff_id));
  for (const auto& [key, terms] : workspace.configuration.projects)
    for (const Record& record : workspace.store.records(key, {}, {}, Store::Wanted{.persons = {}, .of_everybody = RecordKind::StaffTime})) {
      if (record.kind != RecordKind::StaffTime || !who.contains(StaffRowKey::of(record).who)) continue;
      asked.persons.try_emplace(key);
      const std::string *employer = record.find("employer"), *number = record.find("staff_id");
      asked.staff.emplace(employer ? *employer : std::string(), number ? *number : std::string());
    }
}

void add_configuration(PackParts& parts, const Workspace& workspace) {
  const auto folder = workspace.configuration.folder;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto ending = entry.path().extension();
    if (!entry.is_regular_file() || (ending != ".toml" && ending != ".dmn")) continue;
    parts["config/" + entry.path().lexically_relative(folder).generic_string()] = read_file(entry.path());
  }
}

// The files themselves where names may be seen and they are about nobody else.
void add_original_files(PackParts& parts, const Workspace& workspace, const std::string& project, const Extract& extract) {
  const ProjectTerms& terms = *workspace.project(project);
  std::vector<std::string> activities;
  for (const Activity& activity : terms.activities) activities.push_back(activity.key);
  const std::vector<std::uint32_t>& persons = extract.persons.at(project);
  const auto shown = [&](const Record& record) {
    const std::string *employer = record.find("employer"), *number = record.find("staff_id");
    return record.kind == RecordKind::StaffTime
               ? extract.staff.contains({employer ? *employer : std::string(), number ? *number : std::string()})
               : std::binary_search(persons.begin(), persons.end(), record.person);
  };
  std::map<std::uint32_t, bool> theirs_alone;  // by import
  const auto see = [&](std::uint32_t import, bool theirs) {
    const auto [known, is_new] = theirs_alone.try_emplace(import, theirs);
    if (!is_new) known->second = known->second && theirs;
  };
  for (const Record& record : workspace.store.records(project)) see(record.origin.import, shown(record));
  for (const TimeRecord& time : workspace.store.times(project, activities))
    see(time.origin.import, std::binary_search(persons.begin(), persons.end(), time.person));
  for (const StoredImport& import : workspace.store.imports(project)) {
    const auto found = theirs_alone.find(import.id);
    if (found == theirs_alone.end() || !found->second || import.rows_refused > 0) continue;
    const auto bytes = workspace.store.file_bytes(import.sha256);
    if (!bytes || bytes->empty()) continue;
    parts["originals/F-" + std::to_string(import.id) + ".original" + std::filesystem::path(import.file_name).extension().string()] = *bytes;
  }
}

// Reports that identify nobody, and that come out the same when they are made again.
std::vector<std::string> reports_to_show(const Workspace& workspace, const std::string& project) {
  std::vector<std::string> whole;
  for (const StoredReport& report : workspace.store.reports(project)) {
    const auto layout = workspace.store.kept(report.template_sha256);
    if (!layout || layout->find("\npersonal_data = \"identified\"") != layout->npos) continue;
    const TemporaryFolder folder;
    const auto made = remake_report(workspace, project, report.id, folder.path() / "made");
    if (made && made->same()) whole.push_back(report.id);
  }
  return whole;
}

}  // namespace

Result<MadePack> make_pack(Workspace& workspace, const PackRequest& asked, const std::filesystem::path& zip,
                           const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  std::uint64_t step = 0;
  const auto done = [&] {
    if (progress) progress(++step, 5);
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
  for (const std::uint32_t person : costs ? std::vector<std::uint32_t>{} : sampled_persons(state, *drawn)) {
    const auto found = std::find_if(state.participations.begin(), state.participations.end(),
                                    [&](const Participation& one) { return one.person == person; });
    if (found == state.participations.end()) continue;
    if (found->protected_identity)
      ++made.left_out;
    else
      persons.push_back(person);
  }
  made.persons += persons.size();

  StandIns stand_ins;
  Scrubbed scrubbed;
  for (const Participation& one : state.participations) scrubbed.add(one.name);
  for (const StaffTime& one : state.staff) scrubbed.add(one.name);
  const std::vector<std::string> whole = reports_to_show(workspace, asked.project);
  done();
  Extract extract{.project = asked.project,
                  .persons = {{asked.project, persons}},
                  .staff = sampled_staff.staff,
                  .reports = whole,
                  .sample = drawn->stored.number,
                  .shown = {}};
  if (costs)
    add_all_of_staff(workspace, extract);
  else
    add_elsewhere(workspace, asked.project, extract);
  extract.shown = [&](const std::string& project, const std::string& field,
                      const std::string& value) -> std::optional<std::string> {
    if (costs) {
      // That somebody signed counts in the cost; who it was does not. The employer is no person, and part of the unit's id.
      if (asked.names || field == "employer") return std::nullopt;
      if (field == "reason") return scrubbed.of(value);
      if (field == "signed_by" || field == "approved_by") return value.empty() ? value : "…";
      return names_somebody(RecordKind::StaffTime, field) ? std::optional<std::string>("") : std::nullopt;
    }
    if (project != asked.project && field != "identity_number" && field != "birth_date" && field != "entry_date" && field != "exit_date")
      return "";
    if (asked.names) return std::nullopt;
    if (field == "identity_number") return stand_ins.of(value);
    if (field == "reason") return scrubbed.of(value);
    return names_somebody(RecordKind::Participants, field) ? std::optional<std::string>("") : std::nullopt;
  };
  // What is given; the rest is made from it alone, as whoever opens the pack makes it again.
  const TemporaryFolder folder;
  const std::filesystem::path inside = folder.path() / "pack";
  std::filesystem::create_directories(inside / "data");
  workspace.store.extract(extract, inside / "data" / "horisont.db", workspace.share / "schemas" / "store");
  PackParts given;
  given["data/horisont.db"] = read_file(inside / "data" / "horisont.db");
  add_configuration(given, workspace);
  std::ostringstream exported;
  workspace.store.export_log(asked.project, exported);
  given["log/project.eliglog"] = exported.str();
  for (auto& [entry, text] : workspace.store.row_proofs(asked.project, persons, extract.staff, asked.names))
    given["log/rows/" + entry + ".rows"] = std::move(text);
  if (asked.names) add_original_files(given, workspace, asked.project, extract);
  const PackOrder order{.project = asked.project,
                        .sample = asked.sample,
                        .names = asked.names,
                        .program = program_version(),
                        .day = asked.today,
                        .language = asked.language,
                        .origin = head->origin,
                        .entries = head->size};
  for (const auto& [path, bytes] : given) {
    std::filesystem::create_directories((inside / path).parent_path());
    write_file(inside / path, bytes, Readers::Owner);
  }
  write_file(inside / "pack.txt", text_of(order), Readers::Owner);
  done();
  const auto copy = open_workspace(inside, workspace.share);
  if (!copy) return tl::make_unexpected(Problem{{copy.error().front().code, copy.error().front().values}});
  auto rest = make_parts(*copy, order, given);
  if (!rest) return tl::make_unexpected(rest.error());
  PackParts parts = std::move(rest->parts);
  parts.merge(given);
  done();
  // Whoever opens it reads no more than this.
  std::size_t all = 0;
  for (const auto& [path, content] : parts) {
    all += content.size();
    if (content.size() > pack_part_limit || all > pack_limit)
      return problem("audit.too-large", path, std::to_string(pack_limit >> 20) + " MiB");
  }
  const std::string manifest = manifest_of(parts);
  made.manifest_sha256 = sha256_of(manifest);
  parts["manifest.txt"] = manifest;
  made.files = parts.size();
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
  const std::string entry = std::to_string(workspace.store.log_head(asked.project)->size - 1);
  made.entry = "L-" + entry;
  if (const auto proof = workspace.store.log_proof(asked.project, entry); proof && !asked.receipt.empty())
    write_file(asked.receipt, text_of(PackReceipt{made.manifest_sha256, proof->first, proof->second}), Readers::Owner);
  done();
  return made;
}

}  // namespace horisont
