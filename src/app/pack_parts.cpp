#include "app/pack_parts.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "app/answers.h"
#include "app/evidence.h"
#include "app/remake.h"
#include "app/report.h"
#include "app/rules.h"
#include "core/reports/audit_pack.h"
#include "core/reports/behind.h"
#include "core/reports/cells.h"
#include "edge/files/files.h"
#include "edge/rulesets/rulesets.h"
#include "edge/import/schemas.h"
#include "edge/text/text.h"
#include "edge/xlsx/render.h"
#include "log/entry.h"

namespace horisont {
namespace {

constexpr std::string_view first_line = "horisont-audit-pack 1";

// Where a part stands, what it is, and whether it is given.
struct Kind {
  std::string_view begins, ends;
  const char* what;
  bool given = false;
};
constexpr Kind kinds[] = {
    {"data/horisont.db", "", "audit.part.data", true},
    {"config/", ".toml", "audit.part.config", true},
    {"config/", ".dmn", "audit.part.config", true},
    {"rules/", ".dmn", "audit.part.rules"},
    {"rules/", ".sql", "audit.part.rules"},
    {"rules/", ".sv.txt", "audit.part.rules"},
    {"rules/", ".en.txt", "audit.part.rules"},
    {"log/leaves/L-", ".leaf", "audit.part.leaf"},
    {"log/proofs/L-", ".tlog-proof", "audit.part.proof"},
    {"log/openings/", ".open", "audit.part.opening"},
    {"log/rows/L-", ".rows", "audit.part.row-proof", true},
    {"log/policy.txt", "", "audit.part.policy"},
    {"log/project.eliglog", "", "audit.part.log", true},
    {"originals/F-", ".cells.csv", "audit.part.original"},
    {"originals/F-", "", "audit.part.original-file", true},
    {"reports/R-", "", "audit.part.report"},
    {"decisions/D-", ".json", "audit.part.decision"},
    {"sample/S-", "", "audit.part.sample"},
    {"evidence.txt", "", "audit.part.evidence"},
    {"pack.txt", "", "audit.part.pack"},
    {"LAS-MIG.txt", "", "audit.part.other"},
    {"README.txt", "", "audit.part.other"},
    {"index.xlsx", "", "audit.part.other"},
};
const Kind* kind_of(const std::string& path) {
  for (const Kind& kind : kinds) {
    const bool whole = kind.begins.find('.') != kind.begins.npos;
    if (whole ? path == kind.begins : path.starts_with(kind.begins) && path.ends_with(kind.ends)) return &kind;
  }
  return nullptr;
}

void add_rules(PackParts& parts, const Store& store, const std::string& project) {
  for (const StoredRun& run : store.runs(project)) {
    const std::string name = "rules/" + run.rule_set_sha256.substr(0, 16);
    if (parts.contains(name + ".dmn")) continue;
    const auto bytes = store.kept(run.rule_set_sha256);
    const auto rules = bytes ? read_rule_set(*bytes, run.rule_set_sha256.substr(0, 16) + ".dmn")
                             : tl::expected<LoadedRuleSet, std::vector<Finding>>(tl::make_unexpected(std::vector<Finding>{}));
    if (!rules) continue;  // opening the pack says so
    parts[name + ".dmn"] = *bytes;
    parts[name + ".sql"] = rules_as_sql(*rules);
    for (const auto& [language, ending] : {std::pair(Language::Swedish, ".sv.txt"), std::pair(Language::English, ".en.txt")})
      parts[name + ending] = as_text(rules_table(*rules, language), language) + "\n" + as_text(limits_table(*rules), language);
  }
}


// Each entry about the persons, the files that tell of the sample and its draw, alone with its proof and what opens it; and the
// key by which they are checked, as the log's export has it.
std::map<std::uint32_t, std::string> add_log(PackParts& parts, const Store& store, const std::string& project,
                                             std::span<const std::uint32_t> persons, const std::set<std::uint32_t>& imports,
                                             const std::string& seed) {
  std::ostringstream exported;
  store.export_log(project, exported);
  std::istringstream lines(exported.str());
  std::string& policy = parts["log/policy.txt"];
  for (std::string line; std::getline(lines, line) && !line.empty();)
    if (line.starts_with("log ")) policy += line + "\n";
  policy += "quorum none\n";
  const auto add = [&](const ProvedEntry& entry) {
    const std::string id = "L-" + std::to_string(entry.seq);
    parts["log/leaves/" + id + ".leaf"] = entry.leaf;
    parts["log/proofs/" + id + ".tlog-proof"] = entry.proof;
    return id;
  };
  std::map<std::uint32_t, std::string> entries;
  for (const std::uint32_t person : persons) {
    std::vector<tlog::Opening> openings;
    for (const ProvedEntry& entry : store.entries_about(project, std::span(&person, 1))) {
      entries[person] += (entries[person].empty() ? "" : " ") + add(entry);
      for (tlog::Opening& one : tlog::openings_from(entry.opening).value_or(std::vector<tlog::Opening>{}))
        openings.push_back(std::move(one));
    }
    if (!openings.empty()) parts["log/openings/" + participant_reference(person) + ".open"] = tlog::opening_text(openings);
  }
  for (const ProvedEntry& entry : store.entries_of(project, imports, seed)) {
    const std::string id = add(entry);
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

// Of each file that was read in the rows that the pack shows, cell by cell; which files those are.
std::set<std::uint32_t> add_cells(PackParts& parts, const Workspace& copy, const ProjectState& state, const MadeParts& shown) {
  const std::string& project = state.project->key;
  std::vector<std::string> activities;
  for (const Activity& activity : state.project->activities) activities.push_back(activity.key);
  std::map<std::uint32_t, std::string> lines;
  const auto imports = copy.store.imports(project);
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
    return record.kind == RecordKind::StaffTime && shown.staff.contains({text(record, "employer"), text(record, "staff_id")});
  };
  const auto of_person = [&](std::uint32_t person) { return std::binary_search(shown.persons.begin(), shown.persons.end(), person); };
  for (const Record& record : copy.store.records(project))
    if (of_person(record.person) || of_staff(record))
      for (const FieldValue& value : record.values)
        lines[record.origin.import] +=
            place(record.origin, value.column) + ";" +
            (of_staff(record) ? csv_cell(text(record, "staff_id")) : participant_reference(record.person)) + ";" + value.field +
            ";" + csv_cell(value.value) + ";" + (value.correction ? std::to_string(value.correction) : "") + "\n";
  for (const TimeRecord& time : copy.store.times(project, activities))
    lines[time.origin.import] += place(time.origin, time.origin.column) + ";" + participant_reference(time.person) + ";" +
                                 Date::of_days(time.day).iso() + " " + activities[time.activity] + ";" + std::to_string(time.minutes) + ";\n";
  std::set<std::uint32_t> read;
  for (const auto& [import, rows] : lines) {
    read.insert(import);
    parts["originals/F-" + std::to_string(import) + ".cells.csv"] =
        "\xEF\xBB\xBF"
        "blad;rad;cell;rubrik;deltagare;uppgift;värde;rättelse\n" +
        rows;
  }
  return read;
}

// The reports that the copy has whole, made again from what was kept of them.
std::set<std::string> add_reports(MadeParts& made, const Workspace& copy, const std::string& project) {
  std::set<std::string> whole;
  for (const StoredReport& report : copy.store.reports(project)) {
    if (report.sheets_text.empty()) continue;
    const TemporaryFolder folder;
    const auto again = remake_report(copy, project, report.id, folder.path() / "made", true);
    whole.insert(report.id);
    ++made.reports;
    if (!again || !again->same()) made.reports_that_differ.push_back(report.id);
    if (!again) continue;
    for (const RemadeReport::File& file : again->files) made.parts["reports/" + report.id + "/" + file.name] = read_file(file.path);
  }
  return whole;
}

std::string line_of(std::string_view text, std::string_view key) {
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(std::string(key) + " ")) return line.substr(key.size() + 1);
  return "";
}

// A correction by the words that people have for its fact and value.
AuditPackInput::Correction said_of(const ImportSchemas& schemas, const StoredCorrection& one) {
  const RecordKind kind =
      schemas.of(RecordKind::Participants).field(one.field) ? RecordKind::Participants : RecordKind::Results;
  const std::string shown = printable(one.field, one.value);
  const Table::Value value = value_word(schemas, kind, one.field, shown);
  const auto* word = std::get_if<Table::Word>(&value);
  return {.participant = participant_reference(one.person),
          .field = field_word(schemas, kind, one.field).shown,
          .value = word ? word->shown : Bilingual{shown, shown},
          .reason = one.reason,
          .actor = one.actor,
          .at = one.at.iso()};
}

}  // namespace

std::string text_of(const PackOrder& order) {
  return std::string(first_line) + "\nproject " + order.project + "\nsample " + order.sample + "\nnames " +
         (order.names ? "yes" : "no") + "\nprogram " + order.program + "\nday " + order.day.iso() + "\nlanguage " +
         (order.language == Language::English ? "en" : "sv") + "\norigin " + order.origin + "\nentries " +
         std::to_string(order.entries) + "\n";
}

std::optional<PackOrder> pack_order_from(std::string_view text) {
  const auto day = Date::parse(line_of(text, "day"));
  const auto entries = tlog::number_from(line_of(text, "entries"));
  if (!day || !entries) return std::nullopt;
  PackOrder order{.project = line_of(text, "project"),
                  .sample = line_of(text, "sample"),
                  .names = line_of(text, "names") == "yes",
                  .program = line_of(text, "program"),
                  .day = *day,
                  .language = line_of(text, "language") == "en" ? Language::English : Language::Swedish,
                  .origin = line_of(text, "origin"),
                  .entries = *entries};
  return text_of(order) == text ? std::optional(std::move(order)) : std::nullopt;
}

bool is_pack_path(const std::string& path) { return kind_of(path) != nullptr; }
bool is_given(const std::string& path) {
  const Kind* kind = kind_of(path);
  return kind && kind->given;
}

std::vector<std::uint32_t> sampled_persons(const ProjectState& state, const DrawnSample& drawn) {
  std::set<std::uint32_t> persons;
  for (const auto& row : sample_table(state, drawn, Language::Swedish).rows)
    if (const auto person = person_of_reference(std::get<std::string>(row[2]))) persons.insert(*person);
  return {persons.begin(), persons.end()};
}

Result<MadeParts> make_parts(const Workspace& copy, const PackOrder& order, const PackParts& given) {
  const auto drawn = drawn_sample(copy, order.project, order.sample);
  if (!drawn) return tl::make_unexpected(drawn.error());
  const ProjectState state = project_state(copy, order.project, order.day, Explain::Yes);
  const bool costs = drawn->stored.frame == name_of(SampleFrame::Claims), hours = drawn->stored.frame == name_of(SampleFrame::Hours);
  MadeParts made;
  if (costs) {
    auto found = sampled_costs(state, *drawn);
    if (!found) return tl::make_unexpected(found.error());
    made.staff = std::move(found->staff);
  } else {
    for (const std::uint32_t person : sampled_persons(state, *drawn))
      if (std::any_of(state.participations.begin(), state.participations.end(), [&](const auto& one) { return one.person == person; }))
        made.persons.push_back(person);
  }
  PackParts& parts = made.parts;
  const std::set<std::string> whole = add_reports(made, copy, order.project);
  add_rules(parts, copy.store, order.project);
  const auto files = add_cells(parts, copy, state, made);
  const auto entries = add_log(parts, copy.store, order.project, made.persons, files, drawn->stored.nonce);
  const auto shown = [&](std::uint32_t person) { return std::binary_search(made.persons.begin(), made.persons.end(), person); };
  for (std::size_t i = 0; i < state.participations.size(); ++i)
    if (shown(state.participations[i].person) && i < state.explanations.size())
      parts["decisions/" + state.participations[i].reference + ".json"] =
          as_json(explanation_table(state, state.explanations[i], state.participations[i].person, order.language)) + "\n";
  std::vector<EvidenceRow> documents;
  const ReportInput input = state.input();
  for (EvidenceRow& row : evidence_register(input))
    if (shown(row.person->person)) documents.push_back(std::move(row));
  parts["evidence.txt"] = as_plain(evidence_table(state, documents, order.language), order.language);
  const Table units = sample_table(state, *drawn, order.language);
  parts["sample/" + order.sample + ".txt"] = as_plain(units, order.language);
  parts["sample/" + order.sample + ".units.txt"] = drawn->stored.units;
  const TemporaryFolder folder;
  write_sample(copy, state, *drawn, folder.path() / "sample.xlsx", order.language);
  parts["sample/" + order.sample + ".xlsx"] = read_file(folder.path() / "sample.xlsx");
  parts["pack.txt"] = text_of(order);
  for (const auto& [name, language] : {std::pair("LAS-MIG.txt", Language::Swedish), std::pair("README.txt", Language::English)})
    parts[name] = words({order.names ? "audit.readme.names" : "audit.readme", {order.sample, order.project}}, language) +
                  words({"audit.readme.how", {}}, language);

  AuditPackInput index{.input = input, .persons = made.persons, .names = order.names, .files = {}, .units = {}, .log_entries = entries,
                       .corrections = {}, .reports = {}};
  PackParts all = parts;
  all.insert(given.begin(), given.end());
  for (const auto& [path, bytes] : all)
    if (const Kind* kind = kind_of(path)) index.files.emplace_back(path, Message{kind->what, {}}, sha256_of(bytes));
  auto of_units = unit_records(state, *drawn);
  for (const auto& row : units.rows) {
    const std::int64_t value = std::get<std::int64_t>(row[7]);
    const auto& unit = std::get<std::string>(row[1]);
    const auto person = person_of_reference(std::get<std::string>(row[2]));
    index.units.push_back({unit, std::get<std::string>(row[2]), std::get<std::string>(row[3]),
                           std::holds_alternative<std::string>(row[6]) ? std::get<std::string>(row[6])
                                                                       : words(std::get<Message>(row[6]), order.language),
                           hours    ? minutes_cell(value, of_units[unit])
                           : costs  ? counted_cell(Money::of_ore(value), of_units[unit], Cell::Counted::StaffRecords)
                           : person ? counted_cell(value, {*person}, Cell::Counted::Persons)
                                    : cell(value),
                           std::get<Message>(row[8])});
    if (std::get<std::string>(row[2]).empty()) made.left_out.push_back(std::get<std::string>(row[1]));
  }
  for (const StoredCorrection& one : copy.store.corrections(order.project))
    index.corrections.push_back(said_of(*copy.schemas, one));
  for (const StoredReport& report : copy.store.reports(order.project))
    for (const StoredReport::File& file : report.files)
      index.reports.push_back({report.id, report.kind, report.period, report.at.iso(), file.name, file.sha256, whole.contains(report.id)});
  Report report = audit_pack(index);
  report.id = order.sample;
  const ReportInput* const inputs[] = {&input};
  made.index_text = to_text(report), made.index_behind = freeze(report, inputs);
  const auto layout = load_report_template(template_file(copy, "audit-pack"));
  if (!layout) return tl::make_unexpected(Problem{{layout.error().front().code, layout.error().front().values}});
  std::filesystem::create_directory(folder.path() / "index");
  for (const auto& path : render(report, **layout, folder.path() / "index",
                                 {.language = order.language, .created = drawn->stored.at, .fingerprint = {}}))
    parts[path.filename().string()] = read_file(path);
  return made;
}

std::string manifest_of(const PackParts& parts) {
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

std::string text_of(const PackReceipt& receipt) {
  return std::string(pack_receipt_begins) + "manifest: " + receipt.manifest + "\nentry: " + receipt.leaf + "\n\n" + receipt.proof;
}

std::optional<PackReceipt> pack_receipt_from(std::string_view text) {
  if (!text.starts_with(pack_receipt_begins)) return std::nullopt;
  text.remove_prefix(pack_receipt_begins.size());
  PackReceipt receipt;
  for (const auto& [name, into] : {std::pair("manifest: ", &receipt.manifest), std::pair("entry: ", &receipt.leaf)}) {
    const std::size_t end = text.find('\n');
    if (end == text.npos || !text.starts_with(name)) return std::nullopt;
    *into = text.substr(std::string_view(name).size(), end - std::string_view(name).size());
    text.remove_prefix(end + 1);
  }
  if (text.empty() || text[0] != '\n') return std::nullopt;
  receipt.proof = text.substr(1);
  return receipt;
}

}  // namespace horisont
