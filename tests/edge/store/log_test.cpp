// Every import, correction, decision and report is in the log when it is in the store; whoever changes the store is found.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <set>
#include <sstream>

#include "edge/files/files.h"
#include "edge/store/store.h"
#include "log/note.h"
#include "log/timestamp.h"
#include "log/verify.h"
#include "log/time_authority.h"
#include "support/places.h"

namespace horisont {
namespace {

const Actor anna{"anna", "case-worker"};
Moment second(std::int64_t n) { return Moment::of_seconds(1'460'000'000 + n); }
const std::string ung = "ung-horisont";

struct Given {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "horisont.db";
  Store store = Store::open(file, std::filesystem::path(HORISONT_SOURCE_DIR) / "schemas/store");
  People people{{std::nullopt, "UH-1", "Öberg, Åsa"}, {std::nullopt, "UH-2", "Ek, Bo"}};
  Given() { store.keep_log({std::string(32, 'm')}); }

  void import(int at = 0) {
    const std::vector<Record> records{
        {.kind = RecordKind::Participants, .origin = {0, 0, 5, 0}, .person = 0, .values = {{"entry_date", "2016-02-01", 3}}},
        {.kind = RecordKind::Participants, .origin = {0, 0, 6, 0}, .person = 1, .values = {{"entry_date", "2016-03-01", 3}}}};
    const std::vector<TimeRecord> times{{.person = 0, .day = 16850, .minutes = 360},
                                        {.person = 1, .day = 16851, .minutes = 300}};
    NewImport import{.project = ung,
                     .kind = RecordKind::Participants,
                     .file_name = "Åsas lista.xlsx",
                     .sha256 = sha256_of("one"),
                     .format = "xlsx"};
    import.rows_seen = import.rows_read = 2;
    import.records = records;
    import.times = times;
    import.activities = {"individual_support"};
    import.bytes = "one";
    import.sheets = {"Blad1"};
    import.columns = {{"Deltagare", "Startdatum"}};
    import.people = &people;
    const std::vector<Finding> findings{{.code = "register.row-empty", .level = Level::Error}};
    import.findings = findings;
    store.add(import, anna, second(at));
  }
  void decide(Verdict second_one, int at) {
    std::vector<Decision> decisions(2);
    decisions[0].person = 0, decisions[0].verdict = Verdict::Eligible;
    decisions[1].person = 1, decisions[1].verdict = second_one, decisions[1].hit = 4;
    store.keep("rule-set", sha256_of("rules"), "rules", second(at));
    store.keep("programme", sha256_of("terms"), "terms", second(at));
    store.add_run(ung, sha256_of("rules"), sha256_of("terms"), "0.1.0", Date::of_days(17000), decisions, anna, second(at));
  }
  std::string exported() {
    std::ostringstream out;
    store.export_log(ung, out);
    return out.str();
  }
  void behind_its_back(const std::string& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK) << (error ? error : "");
    sqlite3_close(database);
  }
  std::vector<std::string> faults() {
    std::vector<std::string> ids;
    for (const Message& fault : store.check_log(ung)) ids.push_back(fault.id);
    return ids;
  }
};

std::vector<std::string> kinds_in(const std::string& text) {
  std::vector<std::string> kinds;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (const auto leaf = tlog::leaf_from(line)) kinds.emplace_back(std::string(leaf->kind) + " " + std::string(leaf->outcome));
  return kinds;
}

TEST(StoreLog, imports_corrections_decisions_and_reports_are_entries_and_the_verifier_reads_them) {
  Given given;
  EXPECT_FALSE(given.store.log_head(ung));
  given.import();
  given.store.add(Correction{ung, 0, RecordKind::Participants, "entry_date", "2016-02-02", "enligt intyg från skolan"}, anna,
                  second(1));
  given.decide(Verdict::Undecided, 2);
  given.decide(Verdict::NotEligible, 3);
  given.decide(Verdict::NotEligible, 4);
  given.store.add(SamePersonAnswer{.one = {ung, 0},
                                   .other = {ung, 1},
                                   .said = SamePersonAnswer::Said::Same,
                                   .signs = "coordination",
                                   .reason = "samma person enligt kommunen"},
                  anna, second(5));
  given.store.keep("template", sha256_of("template"), "template", second(5));
  StoredReport report{.id = "R-2016-03-001", .kind = "hours-summary", .project = ung, .period = "2016-03", .language = "sv"};
  report.template_sha256 = sha256_of("template"), report.fingerprint = sha256_of("cells");
  report.files = {{"timmar.xlsx", sha256_of("workbook")}};
  given.store.add(report, anna, second(5));

  const std::string text = given.exported();
  EXPECT_EQ(kinds_in(text),
            (std::vector<std::string>{"log-opened -", "import accepted", "correction -", "decision eligible",
                                      "decision undecided", "decision not-eligible", "assessed unchanged", "same-person same",
                                      "report -"}));
  tlog::Question question;
  question.files = {tlog::sha256("workbook")};
  std::istringstream in(text);
  const auto answer = tlog::verify_export(in, question);
  EXPECT_EQ(answer.shown, tlog::Shown::NothingOutside) << (answer.lines.empty() ? "" : answer.lines.back());
  EXPECT_EQ(answer.entries, 9u);
  EXPECT_EQ(given.faults(), std::vector<std::string>{});
}

TEST(StoreLog, no_name_file_name_reason_or_account_stands_in_clear) {
  Given given;
  given.import();
  given.store.add(Correction{ung, 0, RecordKind::Participants, "entry_date", "2016-02-02", "enligt intyg från skolan"}, anna,
                  second(1));
  for (const char* word : {"berg", "UH-1", "lista", "skolan", "anna", "D-0001", "2016-02-02"})
    EXPECT_EQ(given.exported().find(word), std::string::npos) << word;
}

TEST(StoreLog, what_is_taken_back_leaves_no_entry_and_no_checkpoint) {
  Given given;
  given.import();
  const std::string before = given.store.log_head(ung)->note;
  given.store.try_out([&] { given.decide(Verdict::Undecided, 2); });
  EXPECT_EQ(given.store.log_head(ung)->note, before);
}

TEST(StoreLog, a_row_changed_behind_the_log_is_found) {
  struct Change {
    const char *name, *sql, *fault;
  };
  const Change changes[] = {
      {"an hour more", "UPDATE time_record SET minutes = minutes + 60 WHERE person = 0", "log.row-differs"},
      {"a row of time gone", "DROP TRIGGER time_record_stays; DELETE FROM time_record WHERE person = 1", "log.row-differs"},
      {"another entry date", "UPDATE fact SET \"values\" = replace(\"values\", '2016-03', '2016-04')", "log.row-differs"},
      {"a file renamed", "UPDATE import SET file_name = 'x'", "log.row-differs"},
      {"a verdict turned", "UPDATE decision SET verdict = 0", "log.row-differs"},
      {"an import that was never logged",
       "INSERT INTO import (project, kind, file, file_name, format, rows_seen, rows_read, rows_refused, unchanged, actor, "
       "role, at) "
       "SELECT project, kind, file, file_name, format, 0, 0, 0, 0, actor, role, at FROM import",
       "log.unknown-rows"},
      {"another name", "UPDATE person SET name = 'Ek, Bosse' WHERE number = 1", "log.row-differs"},
      {"another identity number", "UPDATE person SET identity = '199803039800' WHERE number = 1", "log.row-differs"},
      {"a person who was never registered",
       "INSERT INTO person SELECT project, 7, NULL, 'UH-8', 'Alm, Eva', import FROM person WHERE number = 1",
       "log.row-differs"},
      {"a person gone", "DROP TRIGGER person_stays; DELETE FROM person WHERE number = 1", "log.row-differs"},
      {"a finding made lighter", "UPDATE finding SET level = level + 1", "log.row-differs"},
      {"a finding gone", "DROP TRIGGER finding_stays; DELETE FROM finding", "log.row-differs"},
      {"hours that nobody registered",
       "INSERT INTO time_record SELECT project, person, day + 1, start, import, row, \"column\", sheet, \"end\", minutes, "
       "activity, "
       "flags FROM time_record WHERE person = 0",
       "log.row-differs"},
      {"an import taken back that was not",
       "INSERT INTO withdrawal (project, import, reason, actor, role, at) SELECT project, id, 'enligt brev', actor, role, at "
       "FROM "
       "import",
       "log.unknown-rows"},
      {"a run of decisions that was never logged",
       "INSERT INTO decision_run (project, rule_set, terms, program, today, actor, role, at) SELECT project, rule_set, terms, "
       "program, today, actor, role, at FROM decision_run; INSERT INTO decision SELECT run + 1, person, 0, hit, cannot_tell "
       "FROM "
       "decision",
       "log.unknown-rows"},
      {"a report's cells", "UPDATE made_report SET sheets = 'other cells'", "log.row-differs"},
      {"a report's period", "UPDATE made_report SET period = '2016-04'", "log.row-differs"},
      {"a report's file", "UPDATE made_file SET sha256 = 'x'", "log.row-differs"},
      {"a report that was never logged",
       "INSERT INTO made_file SELECT project, report, number + 1, name, sha256 FROM made_file", "log.unknown-rows"},
      {"a leaf rewritten", "UPDATE log_entry SET leaf = CAST(replace(CAST(leaf AS TEXT), 'undecided', 'not-eligible') AS BLOB)",
       "log.altered"},
  };
  for (const Change& change : changes) {
    Given given;
    given.import();
    given.decide(Verdict::Undecided, 1);
    given.store.keep("template", sha256_of("template"), "template", second(2));
    StoredReport report{.id = "R-2016-03-001", .kind = "hours-summary", .project = ung, .period = "2016-03", .language = "sv"};
    report.template_sha256 = sha256_of("template"), report.fingerprint = sha256_of("cells"), report.sheets_text = "cells";
    report.files = {{"timmar.xlsx", sha256_of("workbook")}};
    given.store.add(report, anna, second(2));
    ASSERT_TRUE(given.faults().empty());
    std::string sql;
    for (const char* table :
         {"time_record", "fact", "import", "decision", "log_entry", "person", "finding", "made_report", "made_file"})
      sql += "DROP TRIGGER " + std::string(table) + "_keeps;";
    given.behind_its_back(sql + change.sql);
    const auto faults = given.faults();
    EXPECT_NE(std::find(faults.begin(), faults.end(), change.fault), faults.end()) << change.name;
  }
}

TEST(StoreLog, an_assessment_without_changes_is_an_entry_too_and_binds_to_its_run) {
  struct Change {
    const char *name, *sql;
    bool seen;
  };
  const std::string unlocked = "DROP TRIGGER decision_run_keeps; DROP TRIGGER decision_keeps;";
  for (const Change& change :
       {Change{"nothing", "", false}, Change{"other rules", "UPDATE decision_run SET rule_set = 'x' WHERE id = 2", true},
        Change{"another day", "UPDATE decision_run SET today = today + 1 WHERE id = 2", true},
        Change{"somebody else", "UPDATE decision_run SET actor = 'bo' WHERE id = 3", true},
        Change{"one more run",
               "INSERT INTO decision_run (project, rule_set, terms, program, today, actor, role, at) SELECT project, rule_set, "
               "terms, program, today, actor, role, at FROM decision_run WHERE id = 2",
               true}}) {
    Given given;
    given.import();
    for (int i = 1; i < 4; ++i) given.decide(Verdict::Undecided, i);
    const auto kinds = kinds_in(given.exported());
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "assessed unchanged"), 2);
    given.behind_its_back(unlocked + change.sql);
    EXPECT_EQ(!given.faults().empty(), change.seen) << change.name;
  }
}

// The whole of a case: what an import, corrections, decisions by rule and by hand, months, a sample and a report leave.
void everything_happens(Given& given) {
  given.import();

  given.store.add(Correction{ung, 0, RecordKind::Participants, "entry_date", "2016-02-02", "enligt intyg från skolan"}, anna, second(2));
  given.store.add(Withdrawal{.project = ung,
                             .import = 1,
                             .of = Withdrawal::Of{RecordKind::Attendance, 1, Date::of_days(16851), -1, "individual_support"},
                             .reason = "läst i fel kolumn"},
                  anna, second(3));
  given.decide(Verdict::Undecided, 4);
  given.store.add(ung,
                  ManualDecision{.person = 1,
                                 .codes = {"P07"},
                                 .rule_set_sha256 = sha256_of("rules"),
                                 .logic_sha256 = sha256_of("logic"),
                                 .inputs = "home_municipality\t1780",
                                 .before = Verdict::Undecided,
                                 .after = Verdict::Eligible,
                                 .reason = "avtal med kommunen",
                                 .evidence = "avtal 7",
                                 .approved_by = "bo"},
                  anna, second(5));
  given.store.add(SamePersonAnswer{.one = {ung, 0},
                                   .other = {ung, 1},
                                   .said = SamePersonAnswer::Said::Same,
                                   .signs = "coordination",
                                   .reason = "samma person enligt kommunen"},
                  anna, second(5));
  given.store.keep("template", sha256_of("template"), "template", second(6));
  StoredReport report{.id = "R-2016-03-001", .kind = "scb-month", .project = ung, .period = "2016-03", .language = "sv"};
  report.template_sha256 = sha256_of("template"), report.fingerprint = sha256_of("cells"), report.sheets_text = "cells";
  report.behind = "behind", report.files = {{"a.xlsx", sha256_of("workbook")}, {"b.xlsx", sha256_of("control")}};
  given.store.add(report, anna, second(6));
  const Month march = *Month::parse("2016-03");
  given.store.add(ung, MonthEvent{.month = march, .kind = MonthEvent::Kind::Attested, .content = "content"}, anna, second(7));
  given.store.add(ung,
                  MonthEvent{.month = march,
                             .kind = MonthEvent::Kind::Filed,
                             .content = "content",
                             .report = report.id,
                             .filed_on = Date::of_days(16900),
                             .filed_to = "SCB",
                             .reference = "K-17"},
                  anna, second(8));
  given.store.add(ung,
                  ClaimFiling{.report = report.id,
                              .month = march,
                              .total = Money::of_ore(539'840),
                              .filed_on = Date::of_days(16901),
                              .filed_to = "ESF-rådet",
                              .reference = "K-18",
                              .reason = "rätt dag den här gången"},
                  anna, second(8));
  given.store.add(ung,
                  StoredSample{.frame = "participants",
                               .method = "simple",
                               .strata = "",
                               .period = "2016",
                               .places = 1,
                               .nonce = "00112233",
                               .origin = "o",
                               .size = 3,
                               .root = "r",
                               .digest = sha256_of("units"),
                               .units = "D-0001\t\t1\n"},
                  anna, second(9));
  given.store.add_profile(ung, "Skolans lista", "[read]\n", anna, second(10));
  given.store.add_profile(ung, "Skolans lista", "", anna, second(11));
  given.store.add(NewDraft{.project = ung, .file_name = "utkast.xlsx", .sha256 = sha256_of("draft"), .bytes = "draft"}, anna, second(11));
  // Somebody outside signs, twice in his way, and the key is changed.
  const auto newest = [&] { return tlog::checkpoint_note_from(given.store.log_head(ung)->note)->checkpoint; };
  const tlog::Digest seed = tlog::sha256("witness");
  const tlog::VKey witness = tlog::vkey_of("granskare.example/w1", tlog::KeyType::Witness, tlog::public_key_of(seed));
  for (int at : {12, 13}) {
    const auto time = second(at).seconds();
    ASSERT_FALSE(given.store.add_cosignature(ung, text_of(witness), tlog::cosignature(newest(), witness.name, seed, static_cast<std::uint64_t>(time)),
                                             anna, second(at)));
  }
  const TimeAuthority authority;
  for (int at : {14, 15})
    ASSERT_FALSE(given.store.add_token(ung, authority.token(tlog::sha256(text_of(newest())), second(at).seconds()), anna, second(at)));
  given.store.add_challenge(ung, "granskarens egna ord", {"bo", "auditor"}, second(16));
  for (int at : {17, 18}) given.store.rotate_log_key(ung, anna, second(at));
}

// What the log does not know and need not: docs/formats/eliglog.md, 9, gives the reasons.
struct NoEvidence {
  const char *what, *reason;
};
constexpr NoEvidence no_evidence[] = {
    {"draft", "waits to be confirmed, is no fact, and goes when it is"},
    {"sqlite_sequence", "the last number of a draft"},
    {"added project", "a project without rows says nothing"},
    {"fact.id", "a number of the database; corrections say by sheet and row what they lie over"},
    {"finding.id", "a number of the database"},
    {"activity.id", "a number of the database; rows are bound to the activity's key"},
    {"project.id", "a number of the database: rows under it are another project's then, and are missed"},
};
bool is_no_evidence(const std::string& what) {
  return std::any_of(std::begin(no_evidence), std::end(no_evidence), [&](const NoEvidence& one) { return what == one.what; });
}

// The deep check against whoever has the file: in every table that there is, each column of a row changed, a row gone, a row added.
TEST(StoreLog, no_row_of_any_table_is_changed_added_or_gone_behind_the_log_unseen) {
  Given first;
  everything_happens(first);
  ASSERT_EQ(first.faults(), std::vector<std::string>{});
  const auto opened = [](const std::filesystem::path& file) {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    return std::unique_ptr<sqlite3, int (*)(sqlite3*)>(database, sqlite3_close);
  };
  using Rows = std::vector<std::vector<std::string>>;
  const auto asked = [](sqlite3* database, const std::string& sql) {
    Rows rows;
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(
                  database, sql.c_str(),
                  [](void* into, int count, char** values, char**) {
                    auto& row = static_cast<Rows*>(into)->emplace_back();
                    for (int i = 0; i < count; ++i) row.emplace_back(values[i] ? values[i] : "");
                    return 0;
                  },
                  &rows, &error),
              SQLITE_OK)
        << sql << ": " << (error ? error : "");
    sqlite3_free(error);
    return rows;
  };
  const auto snapshot = first.folder.path() / "before.db", changed = first.folder.path() / "changed.db";
  {
    const auto database = opened(first.file);
    asked(database.get(), "VACUUM INTO '" + snapshot.string() + "'");
  }
  // Nothing guards the copy any more but the log.
  const auto before = opened(snapshot);
  const auto all = [&](const std::string& sql) { return asked(before.get(), sql); };
  for (const auto& trigger : all("SELECT name FROM sqlite_schema WHERE type = 'trigger'")) all("DROP TRIGGER " + trigger[0]);
  const std::string tables_sql = "SELECT name, wr FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name <> 'sqlite_schema'";
  // Whether somebody who has only the file can do it; what SQLite itself refuses is no case.
  std::size_t tried = 0, excused = 0;
  const auto is_found = [&](const std::string& sql) -> std::optional<bool> {
    std::filesystem::copy_file(snapshot, changed, std::filesystem::copy_options::overwrite_existing);
    {
      const auto database = opened(changed);
      sqlite3_exec(database.get(), "PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF; PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF",
                   nullptr, nullptr, nullptr);
      if (sqlite3_exec(database.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK || sqlite3_changes(database.get()) == 0) return std::nullopt;
    }
    ++tried;
    try {
      Store store = Store::open(changed, std::filesystem::path(HORISONT_SOURCE_DIR) / "schemas/store");
      store.keep_log({std::string(32, 'm')});
      return !store.check_log(ung).empty();
    } catch (const StoreError&) {
      return true;  // it cannot even be read any more
    }
  };
  const auto must_be_found = [&](const std::string& what, const std::string& sql) {
    const auto found = is_found(sql);
    if (!found || *found) return;
    ++excused;
    EXPECT_TRUE(is_no_evidence(what)) << what << ": " << sql;
  };
  std::set<std::string> without_rows;
  for (const auto& table_row : all(tables_sql)) {
    const std::string table = table_row[0];
    const auto count = all("SELECT count(*) FROM " + table)[0][0];
    if (count == "0") {
      without_rows.insert(table);
      continue;
    }
    if (is_no_evidence(table)) continue;
    std::vector<std::string> columns, keys, unique;
    for (const auto& column : all("SELECT name, pk FROM pragma_table_info('" + table + "') ORDER BY cid")) {
      columns.push_back("\"" + column[0] + "\"");
      if (column[1] != "0") keys.push_back(columns.back());
    }
    for (const auto& column :
         all("SELECT DISTINCT c.name FROM pragma_index_list('" + table + "') AS i, pragma_index_info(i.name) AS c WHERE i.\"unique\" = 1"))
      unique.push_back("\"" + column[0] + "\"");
    if (table_row[1] == "0" && keys.empty()) keys = {"rowid"};
    std::string which;
    for (const std::string& key : keys) which += (which.empty() ? "'" : " || ' AND ") + key + " IS ' || quote(" + key + ")";
    for (const auto& row : all("SELECT " + which + " FROM " + table + " LIMIT 12")) {
      const std::string where = " WHERE " + row[0];
      must_be_found("gone " + table, "DELETE FROM " + table + where);
      for (const std::string& column : columns) {
        // A number that is another one in 64 bits and the same in 32.
        must_be_found(table + "." + column.substr(1, column.size() - 2),
                      "UPDATE " + table + " SET " + column + " = " + column + " + 4294967296" + where + " AND typeof(" + column + ") = 'integer'");
        must_be_found(table + "." + column.substr(1, column.size() - 2),
                      "UPDATE " + table + " SET " + column + " = NULL" + where + " AND " + column + " IS NOT NULL");
        must_be_found(table + "." + column.substr(1, column.size() - 2),
                      "UPDATE " + table + " SET " + column + " = CASE typeof(" + column + ") WHEN 'integer' THEN " + column +
                          " + 7 WHEN 'blob' THEN CAST(CAST(" + column + " AS TEXT) || 'x' AS BLOB) WHEN 'text' THEN " + column + " || 'x' ELSE NULL END" +
                          where + " AND " + column + " IS NOT NULL");
      }
      // A copy of the row under another key: each column of a key alone, and all of them but whose project it is.
      std::set<std::string> own(keys.begin(), keys.end());
      own.insert(unique.begin(), unique.end());
      own.erase("\"project\"");
      std::vector<std::set<std::string>> ways;
      for (const std::string& key : own) ways.push_back({key});
      if (own.size() > 1) ways.push_back(own);
      for (const auto& way : ways) {
        std::string into, from;
        for (const std::string& column : columns) {
          into += (into.empty() ? "" : ", ") + column;
          from += (from.empty() ? "" : ", ") +
                  (!way.contains(column) ? column : "CASE typeof(" + column + ") WHEN 'integer' THEN " + column + " + 1000 ELSE " + column + " || '0' END");
        }
        must_be_found("added " + table, "INSERT INTO " + table + " (" + into + ") SELECT " + from + " FROM " + table + where);
      }
    }
  }
  EXPECT_EQ(without_rows, std::set<std::string>{}) << "every table is tried";
  EXPECT_GT(tried, 600u);
  RecordProperty("tried", static_cast<int>(tried));
  std::cout << tried << " changes, " << tried - excused << " found, " << excused << " of what is no evidence\n";
  // And the reasons stand where a reader of the format finds them.
  const std::string page = read_file(std::filesystem::path(HORISONT_SOURCE_DIR) / "docs/formats/eliglog.md");
  for (const NoEvidence& one : no_evidence) {
    std::string name = one.what;
    if (name.starts_with("added ")) name = name.substr(6);
    EXPECT_NE(page.find("`" + name + "`"), std::string::npos) << name;
  }
}

TEST(StoreLog, a_clock_that_was_set_back_is_no_tampering) {
  Given given;
  given.import(20);
  given.decide(Verdict::Undecided, 20);
  given.decide(Verdict::NotEligible, 5);
  EXPECT_EQ(given.faults(), std::vector<std::string>{});
}

TEST(StoreLog, rows_and_bytes_that_are_added_or_gone_behind_the_log_are_found) {
  struct Change {
    const char *name, *sql, *fault;
  };
  const std::string template_of_ours = "[form]\nworkbook = \"form.xlsx\"\nworkbook_sha256 = \"" + sha256_of("form") + "\"\n";
  for (const Change& change :
       {Change{"nothing", "", nullptr}, Change{"the rules that a run decided by", "DELETE FROM kept WHERE kind = 'rule-set'", "log.kept-missing"},
        Change{"the programme that it decided by", "DELETE FROM kept WHERE kind = 'programme'", "log.kept-missing"},
        Change{"the project's file", "DELETE FROM kept WHERE kind = 'project'", "log.kept-missing"},
        Change{"the template of a report", "DELETE FROM kept WHERE kind = 'template'", "log.kept-missing"},
        Change{"the workbook that the template fills", "DELETE FROM kept WHERE kind = 'workbook'", "log.kept-missing"},
        Change{"what kept bytes are", "UPDATE kept SET kind = 'template' WHERE kind = 'project'", "log.kept-differs"},
        Change{"rules kept after they were used", "UPDATE kept SET at = at + 1 WHERE kind = 'rule-set'", "log.kept-differs"},
        Change{"a file received before it was read in", "UPDATE file SET received_at = received_at - 1", "log.kept-differs"},
        Change{"a file received after it was read in", "UPDATE file SET received_at = received_at + 1", "log.kept-differs"},
        Change{"a file that nobody read in", "INSERT INTO file SELECT '" "0000000000000000000000000000000000000000000000000000000000000000', 0, 0, NULL",
               "log.kept-differs"},
        Change{"a run without decisions",
               "INSERT INTO decision_run SELECT 9, project, rule_set, terms, program, today, actor, role, at FROM decision_run", "log.unknown-rows"},
        Change{"a copy of the run",
               "INSERT INTO decision_run SELECT 9, project, rule_set, terms, program, today, actor, role, at FROM decision_run; "
               "INSERT INTO decision SELECT 9, person, verdict, hit, cannot_tell FROM decision",
               "log.unknown-rows"},
        Change{"a copy of the run, before it",
               "INSERT INTO decision_run SELECT -9, project, rule_set, terms, program, today, actor, role, at FROM decision_run; "
               "INSERT INTO decision SELECT -9, person, verdict, hit, cannot_tell FROM decision",
               "log.unknown-rows"},
        Change{"a report without files",
               "INSERT INTO made_report SELECT 'R-2016-03-002', project, kind, period, language, at, template, rule_set, programme, project_file, "
               "program, fingerprint, sheets, replaces, actor, role FROM made_report",
               "log.unknown-rows"},
        Change{"the first checkpoint", "DELETE FROM log_checkpoint WHERE size = (SELECT min(size) FROM log_checkpoint)", "log.checkpoint-missing"},
        Change{"a checkpoint in the middle", "DELETE FROM log_checkpoint WHERE size = (SELECT min(size) FROM log_checkpoint WHERE size > 2)",
               "log.checkpoint-missing"}}) {
    SCOPED_TRACE(change.name);
    Given given;
    given.import();
    given.store.keep("rule-set", sha256_of("rules"), "rules", second(1));
    given.store.keep("programme", sha256_of("terms"), "terms", second(1));
    given.store.keep("project", sha256_of("of the project"), "of the project", second(1));
    std::vector<Decision> decisions(2);
    decisions[1].person = 1;
    given.store.add_run(ung, sha256_of("rules"), sha256_of("terms") + " " + sha256_of("of the project"), "0.1.0", Date::of_days(17000), decisions,
                        anna, second(1));
    given.store.keep("template", sha256_of(template_of_ours), template_of_ours, second(2));
    given.store.keep("workbook", sha256_of("form"), "form", second(2));
    StoredReport report{.id = "R-2016-03-001", .kind = "hours-summary", .project = ung, .period = "2016-03", .language = "sv"};
    report.template_sha256 = sha256_of(template_of_ours), report.fingerprint = sha256_of("cells"), report.sheets_text = "cells";
    report.files = {{"a.xlsx", sha256_of("workbook")}, {"b.xlsx", sha256_of("control")}};
    given.store.add(report, anna, second(2));
    ASSERT_EQ(given.faults(), std::vector<std::string>{});
    std::string sql;
    for (const char* table : {"kept", "file", "log_checkpoint"})
      for (const char* what : {"_keeps", "_stays"}) sql += "DROP TRIGGER " + std::string(table) + what + ";";
    given.behind_its_back(sql + change.sql);
    const auto faults = given.faults();
    if (change.fault)
      EXPECT_NE(std::find(faults.begin(), faults.end(), change.fault), faults.end());
    else
      EXPECT_EQ(faults, std::vector<std::string>{});
  }
}

TEST(StoreLog, another_master_secret_does_not_go_on_with_the_log) {
  Given given;
  given.import();
  given.store.keep_log({std::string(32, 'n')});
  EXPECT_THROW(given.decide(Verdict::Eligible, 1), StoreError);
  given.store.keep_log({std::string(32, 'm')});
  given.decide(Verdict::Eligible, 1);
  EXPECT_TRUE(given.faults().empty());
}

TEST(StoreLog, one_entry_is_proved_by_its_number) {
  Given given;
  given.import();
  const auto proved = given.store.log_proof(ung, "L-1");
  ASSERT_TRUE(proved);
  EXPECT_EQ(tlog::verify_proof(proved->second, proved->first, {}).shown, tlog::Shown::NothingOutside);
  EXPECT_FALSE(given.store.log_proof(ung, "L-2"));
  EXPECT_FALSE(given.store.log_proof(ung, "x"));
}

}  // namespace
}  // namespace horisont
