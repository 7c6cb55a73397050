// The auditor's copy of a project.

#include <algorithm>
#include <set>

#include "edge/store/log.h"
#include "edge/store/store.h"
#include "edge/store/state.h"
#include "log/entry.h"
#include "log/note.h"
#include "log/tree.h"
#include "log/verify.h"

namespace horisont {
namespace {

// A fact's lines ("field TAB value TAB column") with each value as it is to be shown.
struct Shown {
  const Extract& asked;
  std::string project;

  std::string values(std::string_view text) const {
    std::string out;
    while (!text.empty()) {
      const std::string_view line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(text.size(), line.size() + 1));
      const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
      if (second == line.npos) continue;
      const std::string field(line.substr(0, first)), value(line.substr(first + 1, second - first - 1));
      const auto shown = asked.shown(project, field, value);
      if (shown && shown->empty()) continue;
      out += field + "\t" + (shown ? *shown : value) + std::string(line.substr(second)) + "\n";
    }
    return out;
  }
  // Whether a fact is one of the chosen staff.
  bool of_staff(std::string_view text) const {
    std::pair<std::string, std::string> who;
    while (!text.empty()) {
      const std::string_view line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(text.size(), line.size() + 1));
      const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
      if (second == line.npos) continue;
      if (line.starts_with("employer\t")) who.first = line.substr(first + 1, second - first - 1);
      if (line.starts_with("staff_id\t")) who.second = line.substr(first + 1, second - first - 1);
    }
    return asked.staff.contains(who);
  }
  std::string value(const std::string& field, const std::string& text) const { return asked.shown(project, field, text).value_or(text); }
};

std::string_view text_of(sqlite3_value* value) {
  const auto* bytes = sqlite3_value_text(value);
  return bytes ? std::string_view(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_value_bytes(value)))
               : std::string_view();
}
void answer(sqlite3_context* context, const std::string& text) {
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}
void shown_values(sqlite3_context* context, int, sqlite3_value** values) {
  answer(context, static_cast<const Shown*>(sqlite3_user_data(context))->values(text_of(values[0])));
}
void shown_value(sqlite3_context* context, int, sqlite3_value** values) {
  answer(context, static_cast<const Shown*>(sqlite3_user_data(context))->value(std::string(text_of(values[0])), std::string(text_of(values[1]))));
}
void of_staff(sqlite3_context* context, int, sqlite3_value** values) {
  sqlite3_result_int(context, static_cast<const Shown*>(sqlite3_user_data(context))->of_staff(text_of(values[0])));
}

void define(const Database& database, const Shown& shown) {
  void* of = const_cast<Shown*>(&shown);
  constexpr int form = SQLITE_UTF8 | SQLITE_DIRECTONLY;
  for (const auto& [name, arguments, function] :
       {std::tuple("shown_values", 1, &shown_values), std::tuple("shown_value", 2, &shown_value),
        std::tuple("of_staff", 1, &of_staff)})
    if (const int code = sqlite3_create_function_v2(database.handle(), name, arguments, form, of, function, nullptr, nullptr, nullptr);
        code != SQLITE_OK)
      database.fail(code);
}

// The persons and what is known of them. Other projects' persons stand for what they do elsewhere on the same days.
void copy_persons(const Database& to, std::int64_t project, const std::vector<std::uint32_t>& persons) {
  to.run("DELETE FROM temp.chosen");
  insert_many(to, "INSERT INTO temp.chosen", 1, persons.size(),
              [&](Statement& row, int at, std::size_t i) { row.bind(at, persons[i]); });
  for (const char* sql : {
           "INSERT INTO activity SELECT * FROM source.activity WHERE project = $1 ORDER BY id",
           "INSERT OR IGNORE INTO file SELECT sha256, size, received_at, NULL FROM source.file WHERE sha256 IN (SELECT file "
           "FROM "
           "source.import WHERE project = $1) ORDER BY sha256",
           "INSERT INTO import SELECT * FROM source.import WHERE project = $1 ORDER BY id",
           "INSERT INTO import_sheet SELECT * FROM source.import_sheet WHERE import IN (SELECT id FROM import WHERE project = "
           "$1)",
           "INSERT INTO import_column SELECT * FROM source.import_column WHERE import IN (SELECT id FROM import WHERE project "
           "= $1)",
           "INSERT INTO person SELECT project, number, CASE WHEN number IN temp.chosen THEN "
           "nullif(shown_value('identity_number', "
           "identity), '') END, CASE WHEN number IN temp.chosen THEN shown_value('local_id', local_id) ELSE '' END, CASE WHEN "
           "number "
           "IN temp.chosen THEN shown_value('name', name) ELSE '' END, import FROM source.person WHERE project = $1",
           "INSERT INTO fact SELECT id, project, person, kind, import, sheet, row, shown_values(\"values\") FROM source.fact "
           "WHERE "
           "project = $1 AND person IN temp.chosen AND kind <> 2 AND instr(\"values\", 'staff_id' || char(9)) = 0 ORDER BY id",
           "INSERT INTO fact SELECT id, project, person, kind, import, sheet, row, shown_values(\"values\") FROM source.fact "
           "WHERE "
           "project = $1 AND kind = 2 AND of_staff(\"values\") ORDER BY id",
           "INSERT INTO correction SELECT id, project, person, kind, over, field, CASE value WHEN '' THEN '' ELSE "
           "shown_value(field, "
           "value) END, shown_value('reason', reason), actor, role, at FROM source.correction WHERE project = $1 AND over IN "
           "(SELECT "
           "id FROM fact) ORDER BY id",
           "INSERT INTO withdrawal SELECT id, project, import, kind, person, day, start, activity, shown_value('reason', "
           "reason), actor, "
           "role, at FROM source.withdrawal WHERE project = $1 AND (person IS NULL OR person IN temp.chosen) ORDER BY id",
           "INSERT INTO time_record SELECT * FROM source.time_record WHERE project = $1 AND person IN temp.chosen",
       })
    Statement{to, sql}(project);
}

// What may be opened, by entry: of those about a chosen person and of those about nobody every group that is shown as it is; of the
// others that decisions were taken, under which rules. What binds to all of an import's persons stays closed.
std::map<std::int64_t, std::string> openable(const Database& source, std::int64_t project, const std::set<std::string>& subjects,
                                             const Shown& shown) {
  std::map<std::int64_t, std::string> found;
  Statement rows{source, "SELECT log_entry.seq, leaf, opening FROM log_entry JOIN log_opening USING (project, seq) WHERE project = $1"};
  rows.bind_all(project);
  while (rows.step()) {
    const std::string line = rows.text(1);
    const auto leaf = tlog::leaf_from(line);
    if (!leaf) continue;
    const bool theirs = leaf->subject == "-" || subjects.contains(std::string(leaf->subject));
    std::vector<tlog::Opening> all = tlog::openings_from(rows.view(2)).value_or(std::vector<tlog::Opening>{});
    const auto value_in = [&](std::string_view group, std::string_view name) {
      for (const tlog::Opening& one : all)
        for (const tlog::CommittedField& field : one.fields)
          if (one.group == group && field.name == name) return field.value;
      return std::string();
    };
    const std::string field = value_in("value", "field"), value = value_in("value", "value"), reason = value_in("reason", "text");
    const bool value_shown = value.empty() || shown.value(field, value) == value;
    const bool reason_shown = reason.empty() || shown.value("reason", reason) == reason;
    std::erase_if(all, [&](const tlog::Opening& one) {
      return one.group == "persons-key" || one.group == "account" || one.group == "approver" || (!theirs && one.group != "run") || (one.group == "value" && !value_shown) ||
             (one.group == "reason" && !reason_shown) || (one.group == "row" && leaf->kind == "profile") || (one.group == "row" && !(value_shown && reason_shown));
    });
    if (!all.empty()) found[rows.number(0)] = tlog::opening_text(all);
  }
  return found;
}

std::set<std::string> names_in_log(const Database& source, std::int64_t project, std::span<const std::uint32_t> persons) {
  std::set<std::string> names;
  Statement find{source, "SELECT name FROM log_name WHERE project = $1 AND what = $2"};
  for (const std::uint32_t person : persons) {
    find.bind_all(project, participant_reference(person));
    if (find.step()) names.insert(find.text(0));
    find.reset();
  }
  return names;
}

// The log's tables as they are, in the order in which they were made; but of names and openings only those that may be seen.
void copy_log(const Database& to, const Database& source, std::int64_t project, std::span<const std::uint32_t> persons,
              const Shown& shown) {
  std::vector<std::string> tables;
  Statement known{source, "SELECT name FROM sqlite_master WHERE type = 'table' AND (name = 'log' OR name LIKE 'log\\_%' ESCAPE '\\') "
                          "AND name NOT IN ('log_opening', 'log_name') ORDER BY rowid"};
  while (known.step()) tables.push_back(known.text(0));
  for (const std::string& table : tables) {
    const char* order = table == "log_entry" ? " ORDER BY seq" : "";
    Statement{to, "INSERT INTO " + table + " SELECT * FROM source." + table + " WHERE project = $1" + order}(project);
  }
  for (const std::uint32_t person : persons)
    Statement{to, "INSERT INTO log_name SELECT * FROM source.log_name WHERE project = $1 AND what = $2"}(project,
                                                                                                        participant_reference(person));
  Statement opens{to, "INSERT INTO log_opening (project, seq, opening) VALUES ($1, $2, $3)"};
  for (const auto& [seq, opening] : openable(source, project, names_in_log(source, project, persons), shown))
    opens(project, seq, opening);
}

}  // namespace

void Store::extract(const Extract& asked, const std::filesystem::path& file, const std::filesystem::path& schemas) const {
  const Database& source = state_->database;
  const Reading moment{*this};
  const Store made = Store::open(file, schemas);
  const Database& to = made.state_->database;
  Statement{to, "ATTACH $1 AS source"}(std::string(sqlite3_db_filename(source.handle(), "main")));
  to.run("CREATE TEMP TABLE chosen (person INTEGER PRIMARY KEY)");
  to.run("CREATE TEMP TABLE whole (report TEXT PRIMARY KEY)");
  {
    to.run("BEGIN");  // not IMMEDIATE, which would lock the source, too; what fails leaves a file that nobody has
    const std::int64_t id = project_id(source, asked.project);
    const auto persons = asked.persons.find(asked.project);
    const std::vector<std::uint32_t> own = persons == asked.persons.end() ? std::vector<std::uint32_t>{} : persons->second;
    for (const auto& [project, theirs] : asked.persons) {
      const Shown shown{asked, project};
      define(to, shown);
      Statement{to, "INSERT INTO project SELECT * FROM source.project WHERE key = $1"}(project);
      copy_persons(to, project_id(source, project), theirs);
    }
    const Shown shown{asked, asked.project};
    define(to, shown);
    to.run("DELETE FROM temp.chosen");
    insert_many(to, "INSERT INTO temp.chosen", 1, own.size(), [&](Statement& row, int at, std::size_t i) { row.bind(at, own[i]); });
    for (const char* sql : {
             "INSERT INTO kept SELECT * FROM source.kept WHERE sha256 IN (SELECT rule_set FROM source.decision_run WHERE project = $1) "
             "OR sha256 IN (SELECT substr(terms, 1, 64) FROM source.decision_run WHERE project = $1) OR sha256 IN (SELECT "
             "substr(terms, 66) FROM source.decision_run WHERE project = $1) OR kind = 'workbook' OR kind = 'template' ORDER BY sha256",
             "INSERT INTO decision_run SELECT * FROM source.decision_run WHERE project = $1 ORDER BY id",
             "INSERT INTO decision SELECT * FROM source.decision WHERE run IN (SELECT id FROM decision_run WHERE project = $1) AND person IN temp.chosen",
             "INSERT INTO manual_decision SELECT id, project, person, codes, met, withdraws, run, rule_set, logic, inputs, before, after, "
             "shown_value('reason', reason), evidence, approved_by, actor, role, at FROM source.manual_decision WHERE project = $1 AND "
             "person IN temp.chosen ORDER BY id",
             "INSERT INTO same_person SELECT id, project, person, other_project, other, answer, signs, shown_value('reason', reason), "
             "actor, role, at FROM source.same_person WHERE project = $1 AND person IN temp.chosen ORDER BY id",
             "INSERT INTO month_event SELECT id, project, month, kind, content, report, filed_on, filed_to, reference, "
             "shown_value('reason', reason), same_person, actor, role, at FROM source.month_event WHERE project = $1 ORDER BY id",
             "INSERT INTO claim_filing SELECT id, project, report, month, total, filed_on, filed_to, reference, "
             "shown_value('reason', reason), actor, role, at FROM source.claim_filing WHERE project = $1 ORDER BY id",
         })
      Statement{to, sql}(id);
    Statement{to, "INSERT INTO sample SELECT * FROM source.sample WHERE project = $1 AND number = $2"}(id, asked.sample);
    // Of the other reports it is known that they were made, and what their files were.
    insert_many(to, "INSERT INTO temp.whole", 1, asked.reports.size(),
                [&](Statement& row, int at, std::size_t i) { row.bind(at, asked.reports[i]); });
    Statement{to,
              "INSERT INTO made_report SELECT id, project, kind, period, language, at, template, rule_set, programme, project_file, "
              "program, fingerprint, CASE WHEN id IN temp.whole THEN sheets ELSE '' END, replaces, actor, role FROM source.made_report WHERE project = $1 ORDER BY rowid"}(id);
    Statement{to, "INSERT INTO made_file SELECT * FROM source.made_file WHERE project = $1"}(id);
    Statement{to, "INSERT INTO made_behind SELECT * FROM source.made_behind WHERE project = $1 AND report IN temp.whole"}(id);
    copy_log(to, source, id, own, shown);
    to.run("COMMIT");
  }
}

std::vector<ProvedEntry> Store::entries_about(const std::string& project, std::span<const std::uint32_t> persons) const {
  const Database& database = state_->database;
  const Reading moment{*this};
  const auto head = log_head(project);
  if (!head) return {};
  const std::int64_t id = project_id(database, project);
  const std::set<std::string> names = names_in_log(database, id, persons);
  return proved_entries(database, id, head->note, [&](std::uint64_t, std::string_view line) {
    const auto leaf = tlog::leaf_from(line);
    return leaf && names.contains(std::string(leaf->subject));
  });
}

std::vector<ProvedEntry> Store::entries_of(const std::string& project, const std::set<std::uint32_t>& imports,
                                           const std::string& seed) const {
  const Database& database = state_->database;
  const Reading moment{*this};
  const auto head = log_head(project);
  if (!head) return {};
  return proved_entries(database, project_id(database, project), head->note, [&](std::uint64_t, std::string_view line) {
    const auto leaf = tlog::leaf_from(line);
    if (!leaf) return false;
    if (leaf->kind == "sample-drawn") return tlog::value_of(leaf->refs, "nonce") == seed;
    const auto import = tlog::number_from(tlog::value_of(leaf->refs, "import"));
    return leaf->kind == "import" && import && imports.contains(static_cast<std::uint32_t>(*import));
  });
}

void Store::add_disclosure(const std::string& project, const std::string& manifest_sha256, const std::string& recipient,
                           const std::string& approver, const std::string& reason, const Actor& actor, Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  std::vector<std::pair<std::string, std::string>> refs;
  if (!approver.empty()) refs.emplace_back("approver", approver);
  refs.emplace_back("manifest", manifest_sha256);
  refs.emplace_back("recipient", as_ref(recipient));
  append_to_log(database, state_->log, project_id(database, project), project,
                {{.kind = "disclosure", .refs = std::move(refs), .commits = {{"reason", {{"text", 'v', reason}}}}}}, actor, now);
  transaction.commit();
}

void Store::only_read(std::string exported_log) {
  state_->log.exported = std::move(exported_log);
  state_->database.only_read();
}

}  // namespace horisont
