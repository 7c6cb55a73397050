// `horisont report check` where two projects have made reports of the same name.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "cli/cli_fixture.h"
#include "edge/files/files.h"
#include "edge/json/json.h"
#include "edge/zip/rewrite.h"

namespace horisont {
namespace {

using testing::HasSubstr;

class ReportCheckOfTwo : public Cli {
 protected:
  // One workbook of each project, both named R-…-001.
  std::string made(const std::string& project, const char* folder_name) {
    EXPECT_EQ(run({"import", register_file(), "--project", project, "--yes"}).status, 0);
    const Said said = run({"report", "make", "hours-summary", "--period", "2016-03", "-o",
                           (folder.path() / folder_name).string(), "--project", project, "--json"});
    EXPECT_LE(said.status, 1) << said.messages;
    const auto json = parse_json(said.out);
    return json ? json->find("rows")->items.at(0).find("file")->text : std::string();
  }
  std::string with(const std::string& workbook, const char* name, const std::map<std::string, std::string>& parts) {
    const auto path = folder.path() / name;
    write_file(path, *zip_with_parts(read_file(workbook), parts));
    return path.string();
  }
};

TEST_F(ReportCheckOfTwo, projects_tells_whose_the_file_is_whatever_it_is_called) {
  const std::string a = made("ung-horisont", "a"), b = made("varmlands-framtid", "b");
  ASSERT_NE(read_file(a), read_file(b));
  const auto project_of = [&](const std::string& path) {
    const Said said = run({"report", "check", path, "--json"});
    EXPECT_EQ(said.status, 0) << said.messages;
    EXPECT_THAT(said.out, HasSubstr("identical"));
    return said.out;
  };
  EXPECT_THAT(project_of(a), HasSubstr("ung-horisont"));
  EXPECT_THAT(project_of(b), HasSubstr("varmlands-framtid"));
  const auto renamed = folder.path() / "annat namn.xlsx";
  std::filesystem::copy_file(b, renamed);
  EXPECT_THAT(project_of(renamed.string()), HasSubstr("varmlands-framtid"));
  for (const char* other : {"varmlands-framtid", "varmlands-unga"}) {
    const Said said = run({"report", "check", a, "--project", other});
    EXPECT_EQ(said.status, 5) << other;
    EXPECT_THAT(said.messages, HasSubstr("i projektet ung-horisont, varje byte densamma")) << other;
  }
  const auto huge = folder.path() / "stor.xlsx";
  write_file(huge, "PK");
  std::filesystem::resize_file(huge, (1u << 30) + 1);  // a hole, which takes no room
  EXPECT_EQ(run({"report", "check", huge.string()}).status, 3) << "no workbook is as large, and none of it is read";
}

TEST_F(ReportCheckOfTwo, projects_knows_an_altered_file_by_what_it_says) {
  const std::string a = made("ung-horisont", "a");
  made("varmlands-framtid", "b");
  const Said altered = run({"report", "check", with(a, "andrad.xlsx", {{"extra.txt", "x"}}), "--json"});
  EXPECT_EQ(altered.status, 1) << "a part that says nothing: " << altered.messages;
  EXPECT_THAT(altered.out, HasSubstr("altered"));
  EXPECT_THAT(altered.out, HasSubstr("ung-horisont"));
}

TEST_F(ReportCheckOfTwo, projects_asks_which_when_nothing_tells) {
  const std::string a = made("ung-horisont", "a");
  made("varmlands-framtid", "b");
  const std::string properties =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
      "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" "
      "xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
      "<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"2\" name=\"Horisont report\">"
      "<vt:lpwstr>R-2016-03-001</vt:lpwstr></property></Properties>";
  const std::string bare = with(a, "utan.xlsx", {{"docProps/custom.xml", properties}});
  const Said asked = run({"report", "check", bare});
  EXPECT_EQ(asked.status, 5);
  EXPECT_THAT(asked.messages, HasSubstr("--project"));
  EXPECT_THAT(asked.messages, HasSubstr("R-2016-03-001"));
  EXPECT_EQ(run({"report", "check", bare, "--project", "ung-horisont"}).status, 1) << "then it is the same but for its bytes";
}

// Whoever has the machine drops the triggers and writes what he likes into the register; the log's entry he cannot sign.
TEST_F(ReportCheckOfTwo, a_row_of_the_register_that_the_log_does_not_know_makes_no_file_the_same) {
  const std::string honest = made("ung-horisont", "a"), forged = with(honest, "forged.xlsx", {{"extra.txt", "x"}});
  const std::string row = ", 'forged.xlsx', '" + sha256_of_file(forged) + "' FROM made_file WHERE number = 0;";
  const auto place = std::filesystem::path(home) / "data" / "horisont.db";
  const std::string before = read_file(place);
  struct Attack {
    const char* name;
    std::string sql;
  };
  const std::string copied =
      "CREATE TEMP TABLE one AS SELECT * FROM made_report; UPDATE one SET id = 'R-2016-03-002'; INSERT INTO made_report SELECT * FROM one;";
  for (const Attack& attack : {Attack{"one more file of a report", "INSERT INTO made_file SELECT project, report, 7" + row},
                               Attack{"a copy of the whole report", copied + "INSERT INTO made_file SELECT project, 'R-2016-03-002', 0" + row},
                               Attack{"and an entry in the log, which nobody signed",
                                      "DROP TRIGGER log_entry_in; INSERT INTO made_file SELECT project, report, 7" + row +
                                          "INSERT INTO log_entry SELECT project, (SELECT max(seq) + 1 FROM log_entry), "
                                          "CAST(replace(CAST(leaf AS TEXT), (SELECT sha256 FROM made_file WHERE number = 0), '" +
                                          sha256_of_file(forged) + "') AS BLOB), leaf_hash FROM log_entry WHERE CAST(leaf AS TEXT) LIKE '% report %';"}}) {
    SCOPED_TRACE(attack.name);
    write_file(place, before);
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(place.c_str(), &database), SQLITE_OK);
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(database, attack.sql.c_str(), nullptr, nullptr, &error), SQLITE_OK) << (error ? error : "");
    sqlite3_close(database);
    const Said said = run({"report", "check", forged});
    EXPECT_EQ(said.status, 4) << said.out;
    EXPECT_THAT(said.messages, HasSubstr("loggen har ingen sådan post"));
    EXPECT_THAT(run({"report", "check", forged, "--json"}).out, HasSubstr("unlogged"));
    if (std::string(attack.name).starts_with("one more")) {
      EXPECT_EQ(run({"report", "check", honest}).status, 0) << "what the log has is still the same";
    }
  }
}

}  // namespace
}  // namespace horisont
