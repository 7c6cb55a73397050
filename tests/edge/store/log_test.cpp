// Every import, correction, decision and report is in the log when it is in the store; whoever changes the store is found.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <sstream>

#include "edge/files/files.h"
#include "edge/store/store.h"
#include "log/verify.h"
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
    import.people = &people;
    const std::vector<Finding> findings{{.code = "register.row-empty", .level = Level::Error}};
    import.findings = findings;
    store.add(import, anna, second(at));
  }
  void decide(Verdict second_one, int at) {
    std::vector<Decision> decisions(2);
    decisions[0].person = 0, decisions[0].verdict = Verdict::Eligible;
    decisions[1].person = 1, decisions[1].verdict = second_one, decisions[1].hit = 4;
    store.keep("rules", sha256_of("rules"), "rules", second(at));
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
  StoredReport report{.id = "R-2016-03-001", .kind = "hours-summary", .project = ung, .period = "2016-03", .language = "sv"};
  report.template_sha256 = sha256_of("template"), report.fingerprint = sha256_of("cells");
  report.files = {{"timmar.xlsx", sha256_of("workbook")}};
  given.store.add(report, anna, second(5));

  const std::string text = given.exported();
  EXPECT_EQ(kinds_in(text), (std::vector<std::string>{"log-opened -", "import accepted", "correction -", "decision eligible",
                                                      "decision undecided", "decision not-eligible", "report -"}));
  tlog::Question question;
  question.files = {tlog::sha256("workbook")};
  std::istringstream in(text);
  const auto answer = tlog::verify_export(in, question);
  EXPECT_EQ(answer.shown, tlog::Shown::NothingOutside) << (answer.lines.empty() ? "" : answer.lines.back());
  EXPECT_EQ(answer.entries, 7u);
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
