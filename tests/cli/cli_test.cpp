#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>
#include <set>
#include <sstream>

#include "cli/cli_fixture.h"
#include "edge/files/files.h"
#include "edge/json/json.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/store/store.h"
#include "edge/xlsx/plain_workbook.h"
#include "edge/zip/rewrite.h"
#include "edge/zip/zip.h"
#include "support/places.h"

namespace horisont {
namespace {

using testing::HasSubstr;

TEST_F(Cli, every_command_has_help_in_both_languages) {
  const std::vector<std::vector<std::string>> commands{{},
                                                       {"init"},
                                                       {"demo"},
                                                       {"doctor"},
                                                       {"config", "check"},
                                                       {"config", "show"},
                                                       {"project", "list"},
                                                       {"project", "show"},
                                                       {"import"},
                                                       {"imports", "list"},
                                                       {"imports", "show"},
                                                       {"imports", "commit"},
                                                       {"imports", "fix"},
                                                       {"imports", "drop"},
                                                       {"imports", "undo"},
                                                       {"problems", "export"},
                                                       {"template"},
                                                       {"profile", "list"},
                                                       {"profile", "show"},
                                                       {"profile", "export"},
                                                       {"profile", "add"},
                                                       {"profile", "retire"},
                                                       {"problems", "list"},
                                                       {"correct"},
                                                       {"participants"},
                                                       {"hours"},
                                                       {"staff-time"},
                                                       {"claim"},
                                                       {"balance"},
                                                       {"hourly-rate"},
                                                       {"follow-up"},
                                                       {"indicators"},
                                                       {"assess"},
                                                       {"explain"},
                                                       {"report"},
                                                       {"report", "templates"},
                                                       {"report", "preview"},
                                                       {"report", "make"},
                                                       {"report", "list"},
                                                       {"report", "check"},
                                                       {"report", "trace"},
                                                       {"report", "remake"},
                                                       {"report", "receipt"},
                                                       {"report", "mark-filed"},
                                                       {"months"},
                                                       {"month", "attest"},
                                                       {"month", "close"},
                                                       {"month", "reopen"},
                                                       {"status"},
                                                       {"plan"},
                                                       {"calendar"},
                                                       {"rules", "check"},
                                                       {"rules", "list"},
                                                       {"rules", "show"},
                                                       {"rules", "sql"},
                                                       {"rules", "publish"},
                                                       {"rules", "diff"},
                                                       {"rules", "impact"},
                                                       {"rules", "replay"},
                                                       {"rules", "test"},
                                                       {"identity", "check"},
                                                       {"version"}};
  for (auto command : commands) {
    auto swedish = command, english = command;
    swedish.insert(swedish.end(), {"--help"});
    english.insert(english.end(), {"--help", "--lang", "en"});
    // The language stands before the help flag for the parser, whatever the order on the line.
    if (command.empty()) english = {"--help"};
    const Said sv = run(swedish);
    EXPECT_EQ(sv.status, 0);
    EXPECT_THAT(sv.out, HasSubstr("Användning")) << testing::PrintToString(command);
    EXPECT_THAT(sv.out, testing::Not(HasSubstr("[cli."))) << "a text is missing: " << testing::PrintToString(command);
    const Said en = run(english);
    EXPECT_EQ(en.status, 0);
    if (!command.empty()) {
      EXPECT_THAT(en.out, HasSubstr("Exit status")) << testing::PrintToString(command);
    }
  }
}

TEST_F(Cli, wrong_usage_is_status_2_and_names_the_nearest_word) {
  const std::vector<std::tuple<std::vector<std::string>, std::string>> cases{
      {{"imprt"}, "import"},
      {{"import", "x.csv", "--projekt", "a"}, "--project"},
      {{"hours", "--by", "week"}, "week"},
      {{"hours", "--month", "mars"}, "mars"},
      {{"report", "make", "scb-months", "-o", "ut"}, "scb-month"},
      {{"import", "x.csv", "--header", "0"}, "--header"},
      {{"import", "x.csv", "--record", "people"}, "people"},
      {std::vector<std::string>{}, "--help"},
  };
  for (const auto& [arguments, named] : cases) {
    const Said answer = run(arguments);
    EXPECT_EQ(answer.status, 2) << testing::PrintToString(arguments);
    EXPECT_THAT(answer.messages, HasSubstr(named)) << testing::PrintToString(arguments);
    EXPECT_TRUE(answer.out.empty()) << testing::PrintToString(arguments);
  }
}

TEST_F(Cli, a_register_is_read_in_once_decided_explained_and_corrected) {
  const std::string deltagare = register_file();
  const Said first = run({"import", deltagare, "--project", "ung-horisont", "--yes", "--json"});
  EXPECT_EQ(first.status, 0) << first.out << first.messages;
  const auto json = parse_json(first.out);
  ASSERT_TRUE(json) << first.out;
  EXPECT_EQ(json->find("schema")->text, "horisont/import/1");
  EXPECT_EQ(json->find("rows")->items[0].find("new")->integer, 2);

  const Said again = run({"import", deltagare, "--project", "ung-horisont"});
  EXPECT_EQ(again.status, 0);
  EXPECT_THAT(again.messages, HasSubstr("redan inläst"));

  const Said decided = run({"assess", "--project", "ung-horisont", "--json"});
  EXPECT_EQ(decided.status, 1) << "no evidence is on file, so nobody can be decided";
  EXPECT_THAT(decided.out, HasSubstr("{\"verdict\":\"undecided\",\"participants\":2}"));

  const Said explained = run({"explain", "D-0001", "--project", "ung-horisont"});
  EXPECT_EQ(explained.status, 1);
  EXPECT_THAT(explained.out, HasSubstr("P12"));
  EXPECT_THAT(explained.out, HasSubstr("P01  uppfyllt  "));
  EXPECT_THAT(explained.out, testing::Not(HasSubstr("null"))) << "a question of absence has no limit";
  EXPECT_THAT(explained.out, HasSubstr("deltagare.csv"));
  EXPECT_THAT(explained.out, testing::Not(HasSubstr("9819"))) << "nobody is named by number";
  EXPECT_THAT(explained.out, testing::Not(HasSubstr("Åsa")));

  EXPECT_EQ(run({"correct", "D-0001", "home_municipality=Hammarö", "--reason", "kort", "--project", "ung-horisont"}).status, 5);
  EXPECT_EQ(
      run({"correct", "D-0001", "home_municipalty=Hammarö", "--reason", "flyttade före start", "--project", "ung-horisont"})
          .status,
      5);
  EXPECT_EQ(run({"correct", "D-0001", "entry_date=2016-02-30", "--reason", "flyttade före start", "--project", "ung-horisont"})
                .status,
            5);
  const Said corrected =
      run({"correct", "D-0001", "home_municipality=Hammarö", "--reason", "flyttade före start", "--project", "ung-horisont"});
  EXPECT_EQ(corrected.status, 0) << corrected.messages;
  EXPECT_THAT(run({"participants", "--project", "ung-horisont", "--plain"}).out, HasSubstr("D-0001\t"));
  EXPECT_THAT(run({"participants", "--project", "ung-horisont", "--verdict", "not-eligible", "--plain"}).out, HasSubstr("P05"));
  EXPECT_EQ(run({"doctor"}).status, 0);
}

// Who left in March and came back in May, seen in July.
TEST_F(Cli, a_correction_concerns_one_of_two_spells) {
  const auto july = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--project", "ung-horisont", "--today", "2016-07-01"});
    return run(arguments);
  };
  const auto correct = [&](std::vector<std::string> what) {
    what.insert(what.begin(), {"correct", "D-0001"});
    what.insert(what.end(), {"--reason", "datum enligt handledaren"});
    return july(what);
  };
  const auto reasons = [&] { return july({"hours", "--by", "reason", "--plain"}).out; };
  const std::string deltagare = file("deltagare.csv",
                                     "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Slutdatum\n"
                                     "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-03-01;2016-03-31\n"
                                     "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-05-01;\n");
  ASSERT_EQ(july({"import", deltagare, "--yes"}).status, 0);
  const auto again = parse_json(july({"import", deltagare, "--again", "--yes", "--json"}).out);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->find("rows")->items[0].find("changed")->integer, 0);
  EXPECT_EQ(again->find("rows")->items[0].find("unchanged")->integer, 2);
  const Said attendance = july({"import",
                                file("narvaro.csv",
                                     "Deltagar-id;Datum;Timmar\nUH-1;2016-03-15;1:00\nUH-1;2016-05-16;2:00\n"
                                     "UH-1;2016-06-15;4:00\n"),
                                "--yes"});
  ASSERT_EQ(attendance.status, 0) << attendance.out << attendance.messages;

  const std::string before = reasons();
  EXPECT_EQ(correct({"exit_date=2016-04-30"}).status, 5) << "before the entry of the last spell";
  EXPECT_THAT(correct({"exit_date=2016-04-30"}).messages, HasSubstr("Slutdatum 2016-04-30 ligger före startdatum 2016-05-01"));
  EXPECT_EQ(correct({"entry_date=2016-03-15"}).status, 5) << "would run into the first spell";
  EXPECT_EQ(july({"correct", "D-0001", "exit_date=2016-05-31", "--reason", "          "}).status, 5)
      << "ten blanks say nothing";
  EXPECT_EQ(reasons(), before) << "what is refused changes nothing";

  EXPECT_EQ(correct({"exit_date=2016-05-31"}).status, 0);
  EXPECT_THAT(july({"participants", "--plain"}).out, HasSubstr("\t2016-03-01\t2016-05-31\t"));
  EXPECT_NE(reasons(), before) << "June lies after the last spell now";
  EXPECT_EQ(correct({"entry_date=2016-06-01"}).status, 5) << "after the exit that was corrected";
  EXPECT_EQ(correct({"entry_date=2016-05-02"}).status, 0);
  EXPECT_THAT(july({"participants", "--plain"}).out, HasSubstr("\t2016-03-01\t2016-05-31\t"));
}

TEST_F(Cli, who_came_back_is_ended_on_the_day_but_nobody_before_having_come) {
  const auto july = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--project", "ung-horisont", "--today", "2016-07-01", "--yes"});
    return run(arguments);
  };
  ASSERT_EQ(july({"import", file("deltagare.csv",
                                 "Deltagar-id;Personnummer;Namn;Startdatum;Slutdatum\n"
                                 "UH-1;19990517-9819;Öberg, Åsa;2016-03-01;2016-03-31\n"
                                 "UH-1;19990517-9819;Öberg, Åsa;2016-05-01;\n"
                                 "UH-2;19980303-9800;Ek, Bo;2016-02-08;\n")})
                .status,
            0);
  const std::string june = file("deltagare juni.csv",
                                "Deltagar-id;Personnummer;Namn;Startdatum\n"
                                "UH-2;19980303-9800;Ek, Bo;2016-02-08\n"
                                "UH-3;19970303-9801;Al, Cia;2016-06-01\n");
  const auto ended_on = [&](const char* day) {
    return july({"import", june, "--missing", "end", "--end-date", day, "--reason", "slutade enligt handledaren"});
  };
  const Said too_early = ended_on("2016-04-30");
  EXPECT_EQ(too_early.status, 1);
  EXPECT_THAT(too_early.messages, HasSubstr("Slutdatum 2016-04-30 ligger före startdatum 2016-05-01"));
  EXPECT_THAT(july({"participants", "--plain"}).out, testing::Not(HasSubstr("D-0003"))) << "nothing half done";
  EXPECT_EQ(ended_on("2016-05-01").status, 0) << "the first day that may be";
  EXPECT_THAT(july({"participants", "--plain"}).out, HasSubstr("D-0001\t\t2016-03-01\t2016-05-01\t"));
}

TEST_F(Cli, a_file_with_errors_is_not_read_in_unless_its_good_rows_are_asked_for) {
  const std::string bad = file("deltagare.csv",
                               "Deltagar-id;Personnummer;Startdatum\n"
                               "UH-1;19990517-9819;2016-02-01\n"
                               "UH-2;19980303-9801;2016-02-08\n"
                               "UH-3;19970303-9801;2016-02-30\n");
  const Said refused = run({"import", bad, "--project", "ung-horisont", "--yes", "--json"});
  EXPECT_EQ(refused.status, 1);
  const auto json = parse_json(refused.out);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->find("rows")->items[0].find("state")->text, "refused");
  std::vector<std::string> codes;
  for (const JsonValue& problem : json->find("problems")->items)
    if (problem.find("level")->text == "error") codes.push_back(problem.find("code")->text);
  EXPECT_THAT(codes, testing::UnorderedElementsAre("pnr.check-digit", "date.not-in-calendar"));
  EXPECT_THAT(run({"participants", "--project", "ung-horisont"}).out, HasSubstr("Inga deltagare"));

  const Said good = run({"import", bad, "--project", "ung-horisont", "--yes", "--rows", "good"});
  EXPECT_EQ(good.status, 1);
  EXPECT_THAT(run({"participants", "--project", "ung-horisont", "--plain"}).out, HasSubstr("D-0001"));
}

TEST_F(Cli, nothing_is_stored_before_the_difference_is_confirmed) {
  const std::string deltagare = register_file();
  const auto with_project = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--project", "ung-horisont"});
    return run(arguments);
  };
  const Said shown = with_project({"import", deltagare});
  EXPECT_EQ(shown.status, 1) << "something waits";
  EXPECT_THAT(shown.out, HasSubstr("D-0001"));
  EXPECT_THAT(shown.messages, HasSubstr("U-1"));
  EXPECT_THAT(shown.out, testing::Not(HasSubstr("9819"))) << "nobody is named by number";
  EXPECT_THAT(with_project({"participants"}).out, HasSubstr("Inga deltagare"));
  EXPECT_THAT(with_project({"imports", "list"}).out, HasSubstr("U-1"));
  EXPECT_THAT(with_project({"imports", "show", "U-1"}).out, HasSubstr("D-0002"));

  EXPECT_EQ(with_project({"imports", "commit", "U-1"}).status, 0);
  EXPECT_THAT(with_project({"participants"}).out, HasSubstr("D-0002"));
  EXPECT_EQ(with_project({"imports", "commit", "U-1"}).status, 5) << "a draft is confirmed once";

  // The register a month later: one moved, one is not there any more, one is new.
  const std::string later = file("deltagare april.csv",
                                 "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum\n"
                                 "UH-1;19990517-9819;Öberg, Åsa;Kil;2016-02-01\n"
                                 "UH-3;19970303-9801;Al, Cia;Karlstad;2016-04-04\n");
  const auto json = parse_json(with_project({"import", later, "--dry-run", "--json"}).out);
  ASSERT_TRUE(json);
  std::vector<std::string> lines;
  for (const JsonValue& line : json->find("difference")->items)
    lines.push_back(line.find("change")->text + " " + line.find("participant")->text + " " + line.find("field")->text + " " +
                    line.find("before")->text + " " + line.find("after")->text);
  EXPECT_THAT(lines, testing::ElementsAre("changed D-0001 home_municipality 1780 1715", "new D-0003   ", "missing D-0002   "));
  const JsonValue& counts = json->find("rows")->items[0];
  EXPECT_EQ(counts.find("state")->text, "checked");
  EXPECT_EQ(counts.find("new")->integer, 1);
  EXPECT_EQ(counts.find("changed")->integer, 1);
  EXPECT_EQ(counts.find("missing")->integer, 1);
  EXPECT_GE(json->find("verdict-changes")->items.size(), 1u);
  EXPECT_THAT(with_project({"imports", "list"}).out, testing::Not(HasSubstr("U-2"))) << "a dry run leaves nothing";

  // Meanwhile somebody corrects: the draft is shown anew before it can be confirmed.
  EXPECT_EQ(with_project({"import", later}).status, 1);
  ASSERT_EQ(with_project({"correct", "D-0002", "home_municipality=Hammarö", "--reason", "flyttade före start"}).status, 0);
  EXPECT_EQ(with_project({"imports", "commit", "U-2"}).status, 5);
  EXPECT_THAT(with_project({"participants"}).out, testing::Not(HasSubstr("D-0003")));
  EXPECT_EQ(with_project({"imports", "commit", "U-2", "--missing", "end"}).status, 5) << "no day and no reason";
  EXPECT_EQ(with_project({"imports", "commit", "U-2", "--missing", "end", "--end-date", "2016-03-31", "--reason",
                          "slutade enligt handledaren"})
                .status,
            0);
  EXPECT_THAT(with_project({"participants", "--plain"}).out, HasSubstr("2016-03-31"));

  // Undone, the facts of before stand again.
  EXPECT_EQ(with_project({"imports", "undo", "I-1", "--reason", "fel fil lästes in"}).status, 5) << "I-2 rests on it";
  EXPECT_EQ(with_project({"imports", "undo", "I-2", "--reason", "kort"}).status, 5);
  EXPECT_THAT(with_project({"imports", "undo", "I-2", "--dry-run"}).out, HasSubstr("Hemkommun"));
  EXPECT_THAT(with_project({"participants"}).out, HasSubstr("D-0003"));
  EXPECT_EQ(with_project({"imports", "undo", "I-2", "--reason", "fel fil lästes in"}).status, 0);
  EXPECT_THAT(with_project({"participants"}).out, testing::Not(HasSubstr("D-0003")));
  EXPECT_THAT(with_project({"imports", "list"}).out, HasSubstr("återkallad"));
  EXPECT_EQ(with_project({"import", later, "--yes"}).status, 0) << "an undone file may be read in again";

  EXPECT_EQ(with_project({"import", file("tom april.csv", "Deltagar-id;Startdatum\nUH-4;2016-04-05\n")}).status, 1);
  EXPECT_EQ(with_project({"imports", "drop", "U-3"}).status, 0);
  EXPECT_EQ(with_project({"imports", "drop", "U-3"}).status, 5);
  EXPECT_EQ(with_project({"imports", "drop", "3"}).status, 2);
}

TEST_F(Cli, what_was_answered_in_march_is_not_asked_in_april) {
  const auto with_project = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--project", "ung-horisont", "--yes"});
    return run(arguments);
  };
  ASSERT_EQ(with_project({"import", register_file()}).status, 0);
  const std::string march = file("narvaro mars.csv",
                                 "Vem;Dag;Tid på plats;Fika\n"
                                 "UH-1;02/03/2016;360;ja\n"
                                 "UH-1;03/03/2016;90;nej\n"
                                 "UH-2;04/03/2016;45;ja\n");
  EXPECT_EQ(with_project({"import", march, "--record", "attendance"}).status, 3) << "nothing says whom and how long";
  EXPECT_EQ(with_project({"import", march, "--read-as", "Vem=participant", "--read-as", "vem?"}).status, 2);
  EXPECT_EQ(with_project({"import", march, "--profile", "narvaro"}).status, 5) << "no such profile";
  const Said first =
      with_project({"import", march, "--record", "attendance", "--read-as", "Vem=participant", "--read-as",
                    "Tid på plats=hours", "--read-as", "minutes", "--read-as", "dmy", "--save-profile", "narvaro"});
  EXPECT_EQ(first.status, 0) << first.out << first.messages;
  EXPECT_THAT(first.messages, HasSubstr("narvaro är sparad, version 1"));
  EXPECT_THAT(with_project({"hours", "--by", "participant", "--plain"}).out, HasSubstr("D-0001\t450\t"));
  const std::string text = with_project({"profile", "show", "narvaro"}).out;
  for (const char* line : {"record  = \"attendance\"", "participant = \"Vem\"", "hours = \"Tid på plats\"",
                           "not_read = [\"Fika\"]", "hours = \"minutes\"", "date_order = \"dmy\""})
    EXPECT_THAT(text, HasSubstr(line));

  const std::string april = file("narvaro april.csv", "Dag;Vem;Tid på plats;Fika\n04/04/2016;UH-1;420;ja\n");
  const Said second = with_project({"import", april, "--profile", "narvaro"});
  EXPECT_EQ(second.status, 0) << second.out << second.messages;
  EXPECT_THAT(second.messages, testing::Not(HasSubstr("header.")));
  EXPECT_THAT(with_project({"hours", "--by", "month", "--plain"}).out, HasSubstr("2016-04\t420\t"));

  const std::string may = file("narvaro maj.csv", "Vem;Dag;Tid på plats;Signatur chef\nUH-1;05/04/2016;60;LB\n");
  const Said drifted = with_project({"import", may, "--profile", "narvaro", "--dry-run"});
  EXPECT_THAT(drifted.messages, HasSubstr("header.new"));
  EXPECT_THAT(drifted.messages, HasSubstr("Signatur chef"));
  const std::string june = file("narvaro juni.csv", "Vem;Dag;Tid\nUH-1;05/04/2016;60\n");
  EXPECT_THAT(with_project({"import", june, "--profile", "narvaro", "--dry-run"}).messages, HasSubstr("header.gone"));

  const std::string exported = (folder.path() / "narvaro.toml").string();
  EXPECT_EQ(with_project({"profile", "export", "narvaro", "-o", exported}).status, 0);
  EXPECT_EQ(with_project({"profile", "add", exported}).status, 0);
  EXPECT_THAT(with_project({"profile", "list", "--plain"}).out, HasSubstr("narvaro\t2\t"));
  EXPECT_EQ(with_project({"profile", "add", file("fel.toml", "name = \"x\"\n[units]\nhours = \"dagar\"\n")}).status, 3);
  EXPECT_EQ(with_project({"profile", "add", file("fel.toml", "name = \n")}).status, 3);
  EXPECT_EQ(with_project({"profile", "retire", "narvaro"}).status, 0);
  EXPECT_EQ(with_project({"import", june, "--profile", "narvaro"}).status, 5);
}

// A part of a workbook, and the workbook with something else in that part.
std::string part_of(const std::string& file, const std::string& name) {
  auto zip = Zip::open(read_file(file));
  if (!zip || !zip->find(name)) return "no " + name;
  return zip->text(*zip->find(name), 10 << 20).value_or("unreadable");
}
void edit(const std::string& file, const std::string& name, const std::string& before, const std::string& after) {
  std::string part = part_of(file, name);
  const std::size_t at = part.find(before);
  ASSERT_NE(at, part.npos) << before << " in " << part.substr(0, 2000);
  part.replace(at, before.size(), after);
  const auto bytes = zip_with_parts(read_file(file), {{name, part}});
  ASSERT_TRUE(bytes);
  write_file(file, *bytes);
}

TEST_F(Cli, the_users_own_workbook_comes_back_marked_and_is_read_when_it_is_corrected) {
  const std::string own = (folder.path() / "Deltagare våren.xlsx").string(), marked = (folder.path() / "rättas.xlsx").string();
  const auto text = [](const char* written) { return PlainCell{std::string(written), false}; };
  PlainSheet sheet{.name = "Deltagare",
                   .rows = {{text("Deltagarlista våren 2016")},
                            {text("Deltagar-id"), text("Personnummer"), text("Startdatum")},
                            {text("UH-1"), text("19990517-9819"), text("2016-02-01")},
                            {text("UH-2"), text("19980303-9801"), text("2016-02-08")},
                            {text("UH-3"), text("19970303-9801"), text("2016-02-30")}}};
  PlainSheet notes{.name = "Anteckningar", .rows = {{text("Ring Karin")}}};
  write_plain_workbook(own, {sheet, notes});
  const auto with_project = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--project", "ung-horisont"});
    return run(arguments);
  };
  EXPECT_EQ(with_project({"import", own}).status, 1);
  const Said exported = with_project({"problems", "export", "U-1", "-o", marked});
  EXPECT_EQ(exported.status, 0) << exported.messages;
  EXPECT_THAT(exported.messages, HasSubstr("2 problem"));

  const std::string list = part_of(marked, "xl/worksheets/horisont1.xml");
  EXPECT_THAT(list, HasSubstr("U-1."));
  EXPECT_THAT(list, HasSubstr("'Deltagare'!B4"));
  EXPECT_THAT(list, testing::Not(HasSubstr("9801"))) << "the list does not repeat numbers";
  EXPECT_THAT(part_of(marked, "xl/commentsHorisont1.xml"), HasSubstr("ref=\"C5\""));
  EXPECT_THAT(part_of(marked, "docProps/custom.xml"), HasSubstr("horisont.marked_up"));
  for (const char* untouched : {"xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml", "docProps/core.xml"})
    EXPECT_EQ(part_of(marked, untouched), part_of(own, untouched)) << untouched;

  edit(marked, "xl/sharedStrings.xml", "19980303-9801", "19980303-9800");
  edit(marked, "xl/sharedStrings.xml", "2016-02-30", "2016-02-29");
  const Said corrected = with_project({"import", marked, "--yes"});
  EXPECT_EQ(corrected.status, 0) << corrected.out << corrected.messages;
  EXPECT_THAT(with_project({"participants"}).out, HasSubstr("D-0003"));

  // A text file has no cells to paint: it comes back as a new workbook.
  const std::string csv = file("deltagare.csv", "Deltagar-id;Personnummer;Startdatum\nUH-4;0305179810;2016-02-30\n");
  std::filesystem::remove(marked);
  const Said new_book = with_project({"import", csv, "--dry-run", "--marked-up", marked});
  EXPECT_THAT(new_book.messages, HasSubstr("ny arbetsbok"));
  EXPECT_THAT(part_of(marked, "xl/sharedStrings.xml"), HasSubstr("0305179810"));
  std::filesystem::remove(marked);
  EXPECT_EQ(with_project({"problems", "export", "U-9", "-o", marked}).status, 5);
  EXPECT_EQ(with_project({"problems", "export", "I-9", "-o", marked}).status, 5);
  EXPECT_EQ(with_project({"problems", "export", "9", "-o", marked}).status, 2);
}

// The prefixes of names that a part uses without having declared them before.
std::vector<std::string> undeclared_prefixes(const std::string& part) {
  std::vector<std::string> found;
  for (std::size_t colon = part.find(':'); colon != part.npos; colon = part.find(':', colon + 1)) {
    std::size_t first = colon;
    while (first > 0 && std::isalnum(static_cast<unsigned char>(part[first - 1]))) --first;
    const bool name = first > 0 && first < colon && (part[first - 1] == ' ' || part[first - 1] == '<' || part[first - 1] == '/');
    const std::string prefix = part.substr(first, colon - first);
    const bool in_tag = part.rfind('<', colon) != part.npos && part.find('>', part.rfind('<', colon)) > colon;
    const bool in_value = in_tag && std::count(part.begin() + static_cast<std::ptrdiff_t>(part.rfind('<', colon)),
                                               part.begin() + static_cast<std::ptrdiff_t>(colon), '"') % 2 == 1;
    if (!name || !in_tag || in_value || prefix == "xmlns" || prefix == "xml") continue;
    // An element may declare what it uses itself.
    if (part.rfind("xmlns:" + prefix + "=", part.find('>', colon)) == part.npos) found.push_back(prefix);
  }
  return found;
}

TEST_F(Cli, the_marked_up_copy_of_a_workbook_as_a_library_writes_it_declares_every_prefix_it_uses) {
  EXPECT_EQ(undeclared_prefixes("<a xmlns:b=\"urn:b\"><b:c d=\"e:f\"/><g:h/><i j:k=\"\"/>text l:m</a>"), (std::vector<std::string>{"g", "j"}));
  // Each sheet of these has the one name space of sheets, and none for the drawing of comments that the copy adds.
  const std::string scenarios = std::string(HORISONT_SOURCE_DIR) + "/tests/scenarios/";
  ASSERT_EQ(run({"import", scenarios + "register.csv", "--project", "ung-horisont", "--yes"}).status, 0);
  const std::pair<const char*, const char*> files[] = {{"for-manga-timmar/narvaro.xlsx", "hours.over-24"},
                                                       {"fel-kontrollsiffra/deltagare.xlsx", "pnr.check-digit"},
                                                       {"formular-med-fel/blankett.xlsx", "pnr.check-digit"}};
  int number = 0;
  for (const auto& [name, code] : files) {
    const std::string copy = (folder.path() / ("kopia " + std::to_string(++number) + ".xlsx")).string();
    ASSERT_TRUE(std::filesystem::exists(scenarios + name)) << name;
    EXPECT_EQ(run({"import", scenarios + name, "--project", "ung-horisont", "--marked-up", copy}).status, 1) << name;
    const std::string sheet = part_of(copy, "xl/worksheets/sheet1.xml");
    EXPECT_THAT(sheet, HasSubstr("legacyDrawing")) << name << ": comments were added";
    for (const char* part : {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"})
      EXPECT_EQ(undeclared_prefixes(part_of(copy, part)), std::vector<std::string>{}) << name << " " << part;
    EXPECT_THAT(run({"import", copy, "--project", "ung-horisont", "--dry-run", "--json"}).out, HasSubstr(code)) << name;
  }
}

TEST_F(Cli, a_filled_in_template_is_read_without_a_question) {
  const auto with_project = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--project", "ung-horisont"});
    return run(arguments);
  };
  for (const char* record : {"participants", "attendance", "staff-time", "results", "evidence"})
    for (const char* language : {"sv", "en"}) {
      const std::string blank = (folder.path() / (std::string(record) + language + ".xlsx")).string();
      EXPECT_EQ(with_project({"template", record, "-o", blank, "--lang", language}).status, 0) << record;
      EXPECT_THAT(part_of(blank, "docProps/custom.xml"), HasSubstr(record));
      EXPECT_THAT(part_of(blank, "xl/worksheets/sheet2.xml"), HasSubstr("dataValidation"));
      const Said empty = with_project({"import", blank, "--dry-run"});
      EXPECT_EQ(empty.status, 0) << record << language << empty.out << empty.messages;
    }
  EXPECT_EQ(with_project({"template", "people", "-o", home}).status, 2);
  EXPECT_EQ(with_project({"template", "attendance-wide", "-o", home}).status, 2) << "of which month?";
  EXPECT_EQ(with_project({"template", "attendance", "--month", "2016-03", "-o", home}).status, 2);

  // Columns are found by their headings, so the cells are too.
  const std::string filled = (folder.path() / "participantssv.xlsx").string();
  const std::string strings = part_of(filled, "xl/sharedStrings.xml"), sheet = part_of(filled, "xl/worksheets/sheet2.xml");
  const auto column_of = [&](const std::string& heading) {
    std::size_t index = 0;
    for (std::size_t at = 0; (at = strings.find("<t", at)) != strings.npos; ++index) {
      at = strings.find('>', at) + 1;
      if (strings.compare(at, heading.size() + 4, heading + "</t>") == 0) {
        const std::size_t value = sheet.find("<v>" + std::to_string(index) + "</v>");
        const std::size_t cell = sheet.rfind("<c r=\"", value) + 6;
        return sheet.substr(cell, sheet.find('1', cell) - cell);
      }
      if (strings[at] == 't') --index;
    }
    return std::string("?");
  };
  std::string cells;
  std::vector<std::pair<std::string, std::string>> values;
  for (const auto& [heading, value] :
       {std::pair<std::string, std::string>{"Personnummer", "990517-9819"}, {"Startdatum", "2016-02-01"}}) {
    ASSERT_NE(column_of(heading), "?") << heading;
    values.emplace_back(column_of(heading), value);
  }
  std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.size(), a.first) < std::pair(b.first.size(), b.first);
  });
  for (const auto& [column, value] : values)
    cells += "<c r=\"" + column + "2\" t=\"inlineStr\"><is><t>" + value + "</t></is></c>";
  edit(filled, "xl/worksheets/sheet2.xml", "</sheetData>", "<row r=\"2\">" + cells + "</row></sheetData>");
  const Said read = with_project({"import", filled, "--yes"});
  EXPECT_EQ(read.status, 0) << read.out << read.messages;
  EXPECT_THAT(with_project({"participants"}).out, HasSubstr("D-0001"));
  std::filesystem::remove(filled);
  EXPECT_EQ(with_project({"template", "attendance", "-o", filled, "--prefill"}).status, 0);
  EXPECT_THAT(part_of(filled, "xl/sharedStrings.xml"), HasSubstr("D-0001"));

  // The days as columns: February of a leap year has 29 of them, after reference, name and activity.
  const std::string wide = (folder.path() / "bred.xlsx").string();
  EXPECT_EQ(with_project({"template", "attendance-wide", "--month", "2016-02", "-o", wide, "--prefill"}).status, 0);
  EXPECT_THAT(part_of(wide, "xl/workbook.xml"), HasSubstr("Närvaro 2016-02"));
  const std::string days = part_of(wide, "xl/worksheets/sheet2.xml");
  EXPECT_THAT(
      days, AllOf(HasSubstr("\"AF1\""), Not(HasSubstr("\"AG1\"")), HasSubstr("type=\"decimal\""), HasSubstr("type=\"list\"")));
  const Said untouched = with_project({"import", wide, "--dry-run", "--json"});
  EXPECT_THAT(untouched.out, AllOf(Not(HasSubstr("\"questions\"")), HasSubstr("\"errors\":0"), HasSubstr("sheet.no-time")))
      << untouched.out;
  const std::size_t activity = days.find("\"C2\"");
  EXPECT_EQ(activity, days.npos) << "nothing is chosen from the start";
  edit(wide, "xl/worksheets/sheet2.xml", "</row></sheetData>",
       "<c r=\"C2\" t=\"inlineStr\"><is><t>Praktik</t></is></c><c r=\"D2\"><v>6</v></c><c "
       "r=\"AF2\"><v>7.5</v></c></row></sheetData>");
  const Said hours = with_project({"import", wide, "--yes"});
  EXPECT_EQ(hours.status, 0) << hours.out << hours.messages;
  EXPECT_THAT(with_project({"hours", "--by", "day", "--plain"}).out, AllOf(HasSubstr("2016-02-01"), HasSubstr("2016-02-29")));
}

TEST_F(Cli, each_bad_input_has_its_status_its_sentence_and_changes_nothing) {
  const std::string good = register_file();
  ASSERT_EQ(run({"import", good, "--project", "ung-horisont", "--yes"}).status, 0);
  const std::string database = home + "/data/horisont.db";
  const std::string before = sha256_of_file(database);
  struct Case {
    const char* name;
    std::vector<std::string> arguments;
    int status;
    std::string says;
  };
  const std::vector<Case> cases{
      {"a file that is not there",
       {"import", (folder.path() / "saknas.csv").string(), "--project", "ung-horisont"},
       3,
       "saknas.csv"},
      {"a folder", {"import", folder.path().string(), "--project", "ung-horisont"}, 3, "mapp"},
      {"an empty file", {"import", file("tom.csv", ""), "--project", "ung-horisont"}, 3, "file.empty"},
      {"a PDF", {"import", file("a.xlsx", "%PDF-1.7\n%âãÏÓ\n1 0 obj"), "--project", "ung-horisont"}, 3, "file."},
      {"an old Excel file",
       {"import", file("b.xlsx", std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(1000, '\0')), "--project",
        "ung-horisont"},
       3,
       "file."},
      {"no heading", {"import", file("c.csv", "a;b;c\n1;2;3\n4;5;6\n"), "--project", "ung-horisont"}, 3, "header."},
      {"a heading that must be there",
       {"import", file("d.csv", "Personnummer;Namn\n19990517-9819;Öberg\n"), "--project", "ung-horisont", "--record",
        "participants"},
       3,
       "header.must-missing"},
      {"an unknown project", {"import", good, "--project", "ung-horisnt"}, 2, "ung-horisont"},
      {"no project", {"import", good}, 2, "--project"},
      {"an unknown participant", {"explain", "D-0999", "--project", "ung-horisont"}, 5, "D-0999"},
      {"a month before the project",
       {"report", "make", "scb-month", "-o", home, "--project", "ung-horisont", "--period", "2015-12"},
       2,
       "2015-12"},
      {"one report and all of them",
       {"report", "make", "scb-month", "--all", "-o", home, "--project", "ung-horisont"},
       2,
       "--all"},
      {"a report that needs a month", {"report", "make", "scb-month", "-o", home, "--project", "ung-horisont"}, 2, "--period"},
      {"a rule file that is no rule set", {"rules", "check", file("e.dmn", "<a/>")}, 3, "rules.L01"},
      {"a rule file that is no XML", {"rules", "check", file("f.dmn", "hej")}, 3, "rules.not-xml"},
      {"an installation that is not there", {"participants", "--home", home + "2", "--project", "ung-horisont"}, 5, "home2"},
      {"a project that nobody knows", {"project", "show", "skidor"}, 2, "skidor"},
      {"a folder that is not a demonstration's", {"demo", folder.path().string()}, 5, "inte tom"},
  };
  for (const Case& c : cases) {
    const Said answer = run(c.arguments);
    EXPECT_EQ(answer.status, c.status) << c.name << "\n" << answer.out << answer.messages;
    EXPECT_THAT(answer.messages + answer.out, HasSubstr(c.says)) << c.name;
    EXPECT_EQ(sha256_of_file(database), before) << c.name;
  }
}

TEST_F(Cli, a_database_of_another_program_is_left_as_it_was) {
  std::filesystem::create_directories(home + "/data");
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((home + "/data/horisont.db").c_str(), &other), SQLITE_OK);
  sqlite3_exec(other, "CREATE TABLE bokning (id INTEGER)", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  const std::string before = sha256_of_file(home + "/data/horisont.db");
  const Said answer = run({"import", register_file(), "--project", "ung-horisont", "--yes"});
  EXPECT_EQ(answer.status, 3);
  EXPECT_THAT(answer.messages, HasSubstr("inte en Horisont-databas"));
  EXPECT_EQ(sha256_of_file(home + "/data/horisont.db"), before);
}

TEST_F(Cli, errors_are_an_object_where_json_is_asked_for) {
  const Said answer = run({"participants", "--project", "ung-horisont", "--json"});
  EXPECT_EQ(answer.status, 5);
  const auto json = parse_json(answer.out);
  ASSERT_TRUE(json) << answer.out;
  EXPECT_EQ(json->find("schema")->text, "horisont/error/1");
  EXPECT_EQ(json->find("status")->integer, 5);
}

TEST_F(Cli, identity_check_says_of_each_line_what_it_is) {
  const Said answer =
      run({"identity", "check", "-", "--json", "--today", "2026-01-01"}, "19990517-9819\n\n19990577-9816\n990517-9810\n");
  EXPECT_EQ(answer.status, 1);
  const auto json = parse_json(answer.out);
  ASSERT_TRUE(json) << answer.out;
  const auto& rows = json->find("rows")->items;
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].find("normal_form")->text, "199905179819");
  EXPECT_EQ(rows[0].find("kind")->text, "personal");
  EXPECT_EQ(rows[0].find("born")->text, "1999-05-17");
  EXPECT_EQ(rows[0].find("gender_digit")->text, "1");
  EXPECT_EQ(rows[1].find("line")->integer, 3) << "empty lines are left out, but counted";
  EXPECT_EQ(rows[2].find("kind")->text, "refused");
}

TEST_F(Cli, reports_are_made_whole_numbered_and_listed) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  const std::string out = (folder.path() / "ut").string();
  const Said made = run({"report", "make", "project-outcome", "-o", out, "--project", "ung-horisont", "--json"});
  EXPECT_LE(made.status, 1) << made.messages << made.out;
  const auto json = parse_json(made.out);
  ASSERT_TRUE(json) << made.out;
  const std::string workbook = json->find("rows")->items.at(0).find("file")->text;
  EXPECT_TRUE(std::filesystem::exists(workbook)) << workbook;
  EXPECT_THAT(run({"report", "list", "--project", "ung-horisont"}).out, HasSubstr("R-"));
  {
    Store store = Store::open(home + "/data/horisont.db", std::filesystem::path(HORISONT_SOURCE_DIR) / "schemas/store");
    EXPECT_FALSE(store.decisions("ung-horisont").empty()) << "no report rests on decisions that are not on record";
  }
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(out)) files += entry.is_regular_file();
  EXPECT_EQ(files, static_cast<int>(json->find("rows")->items.size())) << "nothing half-made is left";

  // A number leads to what it counts; a cell that holds none, or is not there, is a question asked wrong.
  const std::string report = json->find("rows")->items.at(0).find("report")->text;
  const auto traced = [&](const char* cell) {
    return run({"report", "trace", report, cell, "--project", "ung-horisont", "--json"});
  };
  const Said number = traced("Resultat!B5");
  ASSERT_EQ(number.status, 0) << number.messages;
  EXPECT_THAT(number.out, testing::AllOf(HasSubstr("\"difference\":0"), HasSubstr("\"unit\":\"number\"")));
  for (const char* wrong : {"Resultat!A5", "Resultat!ZZ99", "Lunch!B5", "B5", ""}) EXPECT_EQ(traced(wrong).status, 2) << wrong;
  EXPECT_EQ(run({"report", "trace", "R-1999-01-001", "Resultat!B5", "--project", "ung-horisont"}).status, 5);

  // The same bytes again, also elsewhere; nothing is written over.
  const std::string again = (folder.path() / "igen").string();
  EXPECT_EQ(run({"report", "remake", report, "-o", again, "--project", "ung-horisont"}).status, 0);
  const std::string twin = again + "/" + std::filesystem::path(workbook).filename().string();
  EXPECT_EQ(sha256_of_file(twin), sha256_of_file(workbook));
  EXPECT_EQ(run({"report", "remake", report, "-o", again, "--project", "ung-horisont"}).status, 5);
  EXPECT_EQ(run({"report", "check", twin, "--project", "ung-horisont"}).status, 0);
}

// A workbook that is there stays; the list and the control sheet call the new one what it is called in its folder.
TEST_F(Cli, a_report_is_listed_by_the_names_that_its_files_have) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  const std::string out = (folder.path() / "ut").string();
  for (int twice = 0; twice < 2; ++twice)
    ASSERT_LE(run({"report", "make", "scb-month", "--period", "2016-02", "-o", out, "--project", "ung-horisont"}).status, 1);
  std::set<std::string> there, listed;
  for (const auto& entry : std::filesystem::directory_iterator(out)) there.insert(entry.path().filename().string());
  const auto list = parse_json(run({"report", "list", "--project", "ung-horisont", "--json"}).out);
  ASSERT_TRUE(list);
  for (const JsonValue& row : list->find("rows")->items) listed.insert(row.find("file")->text);
  EXPECT_EQ(listed, there);
  EXPECT_EQ(there.size(), 4u);
  for (const std::string& name : there)
    EXPECT_EQ(run({"report", "check", out + "/" + name, "--project", "ung-horisont"}).status, 0) << name;
  const std::string again = (folder.path() / "igen").string();
  ASSERT_EQ(run({"report", "remake", "R-2016-02-002", "-o", again, "--project", "ung-horisont"}).status, 0);
  int same = 0;
  for (const auto& entry : std::filesystem::directory_iterator(again)) {
    const std::string name = entry.path().filename().string();
    EXPECT_EQ(sha256_of_file(entry.path()), sha256_of_file(out + "/" + name)) << name;
    ++same;
  }
  EXPECT_EQ(same, 2);
}

TEST_F(Cli, a_sample_that_cannot_be_written_or_is_of_no_size_is_not_drawn) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  const auto draw = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"sample", "draw", "participants", "--seed", "00112233445566778899aabbccddeeff", "--project", "ung-horisont"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words).status;
  };
  EXPECT_EQ(draw({"--size", "0"}), 2);
  EXPECT_EQ(draw({"--size", "-1"}), 2);
  EXPECT_EQ(draw({"--size", "18446744073709551616"}), 2);
  EXPECT_EQ(draw({"--size", "1", "--least", "-1"}), 2);
  EXPECT_EQ(draw({"--size", "1", "-o", (folder.path() / "saknas" / "s.xlsx").string()}), 74);
  EXPECT_EQ(draw({"--size", "1", "-o", (folder.path() / "s.xlsx").string()}), 0) << "the seed was not used up by those";
  EXPECT_EQ(draw({"--size", "1"}), 5) << "and is now";
}

TEST_F(Cli, a_number_of_a_report_is_traced_to_its_cells_and_the_workbook_made_again) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  const std::string out = (folder.path() / "ut").string(), again = (folder.path() / "igen").string();
  const Said made = run({"report", "make", "project-outcome", "-o", out, "--project", "ung-horisont", "--json"});
  const auto json = parse_json(made.out);
  ASSERT_TRUE(json) << made.out;
  const JsonValue& row = json->find("rows")->items.at(0);
  const std::string report = row.find("report")->text, workbook = row.find("file")->text;

  const Said traced = run({"report", "trace", report, "Resultat!B5", "--project", "ung-horisont", "--json"});
  EXPECT_EQ(traced.status, 0) << traced.messages;
  const auto parts = parse_json(traced.out);
  ASSERT_TRUE(parts) << traced.out;
  EXPECT_EQ(parts->find("value")->integer, 2);
  EXPECT_EQ(parts->find("difference")->integer, 0);
  ASSERT_EQ(parts->find("rows")->items.size(), 2u);
  EXPECT_EQ(parts->find("rows")->items[0].find("who")->text, "D-0001");
  EXPECT_EQ(parts->find("rows")->items[0].find("source_cell")->text, "E2");
  const Said all = run({"report", "trace", report, "--all", "--project", "ung-horisont", "--plain"});
  EXPECT_EQ(all.status, 0) << all.messages;
  EXPECT_THAT(all.out, HasSubstr("Resultat!B5\toutcome\tnumber\tpersons\tnumber\t2\t2\t0\t2\t0"));
  EXPECT_EQ(run({"report", "trace", report, "--project", "ung-horisont"}).status, 2);
  EXPECT_EQ(run({"report", "trace", report, "Resultat!B5", "--all", "--project", "ung-horisont"}).status, 2);
  EXPECT_EQ(run({"report", "trace", report, "Resultat!A5", "--project", "ung-horisont"}).status, 2);
  EXPECT_EQ(run({"report", "trace", "R-2016-04-099", "Resultat!B5", "--project", "ung-horisont"}).status, 5);

  EXPECT_EQ(run({"report", "remake", report, "-o", again, "--project", "ung-horisont"}).status, 0);
  const auto copy = std::filesystem::path(again) / std::filesystem::path(workbook).filename();
  EXPECT_EQ(read_file(copy), read_file(workbook));
  const Said twice = run({"report", "remake", report, "-o", again, "--project", "ung-horisont"});
  EXPECT_EQ(twice.status, 5) << "what is there is not written over";
  EXPECT_THAT(twice.messages, HasSubstr("finns redan"));
}

TEST_F(Cli, one_report_is_previewed_as_html_as_csv_for_excel_and_for_programs_and_as_json) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  const std::string hours = file("tid.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-02-03;7,5;Praktik\n");
  const Said read = run({"import", hours, "--project", "ung-horisont", "--yes"});
  ASSERT_LE(read.status, 1) << read.out << read.messages;
  const auto preview = [&](std::vector<std::string> more) {
    std::vector<std::string> all{"report", "preview", "scb-month", "--period", "2016-02", "--project", "ung-horisont"};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  };
  const std::string csv = (folder.path() / "rader.csv").string();
  EXPECT_LE(preview({"--format", "excel", "--sheet", "excluded", "-o", csv}).status, 1);
  const std::string excel = read_file(csv);
  EXPECT_TRUE(excel.starts_with("\xEF\xBB\xBF"
                                "Deltagare;"))
      << excel;
  EXPECT_THAT(excel, testing::AllOf(HasSubstr("\r\nD-0001;"), HasSubstr(";7,50;")));
  EXPECT_EQ(preview({"--format", "excel", "--sheet", "excluded", "-o", csv}).status, 5) << "it is there";
  EXPECT_EQ(preview({"--format", "excel", "--sheet", "excluded"}).status, 2);
  EXPECT_EQ(preview({"--format", "excel", "-o", csv + "2"}).status, 2) << "several sheets";
  EXPECT_EQ(preview({"--format", "ods"}).status, 2);

  const std::string programs = preview({"--format", "csv", "--sheet", "excluded"}).out;
  EXPECT_TRUE(programs.starts_with("role,participant,why,reported_minutes,")) << programs;
  EXPECT_THAT(programs, HasSubstr("\nbody,D-0001,undecided,450,P12?,"));
  EXPECT_EQ(programs.find('\r'), std::string::npos);

  const std::string html = preview({"--format", "html"}).out;
  EXPECT_THAT(html, testing::StartsWith("<!DOCTYPE html>\n<html lang=\"sv\">"));
  EXPECT_THAT(html, HasSubstr("<td class=\"number\">7,50</td>"));
  EXPECT_THAT(preview({"--format", "html", "--lang", "en"}).out, HasSubstr("<td class=\"number\">7.50</td>"));
  const Said json = preview({"--format", "json"});
  const auto document = parse_json(json.out);
  ASSERT_TRUE(document) << "a sheet is called rows, too: " << json.out;
  EXPECT_EQ(document->find("excluded")->items.size(), 3u);
  EXPECT_NE(document->find("sheet_rows"), nullptr);
  EXPECT_EQ(json.out, preview({"--json"}).out);
}

TEST_F(Cli, the_funders_own_workbook_is_filled_and_made_again_when_it_has_gone) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  const auto own = std::filesystem::path(home) / "report-templates" / "project-outcome";
  std::filesystem::create_directories(own);
  const auto said = [](const char* text) { return PlainCell{std::string(text)}; };
  write_plain_workbook(own / "form.xlsx", {PlainSheet{.name = "Blankett", .rows = {{said("Sökande")}, {said("Rader")}}}});
  const auto write_template = [&](const std::string& cell) {
    write_file(own / "template.toml", "id = \"form\"\nkind = \"fill\"\nversion = 1\nreport = \"project-outcome\"\nperiod = \"date\"\n"
                                      "status = \"unverified-default\"\npersonal_data = \"none\"\ntitle.sv = \"B\"\ntitle.en = \"F\"\n"
                                      "workbook = \"form.xlsx\"\nworkbook_sha256 = \"" +
                                          sha256_of_file(own / "form.xlsx") +
                                          "\"\n[[source]]\nwhat = \"test\"\nwhere = \"none\"\n"
                                          "[[file]]\nid = \"form\"\nname.sv = \"form.xlsx\"\nname.en = \"form.xlsx\"\nstamp = \"companion\"\n"
                                          "[[file.put]]\nsheet = \"Blankett\"\nat = \"" +
                                          cell +
                                          "\"\nfield = \"count\"\nsource = \"outcome\"\nas = \"integer\"\n"
                                          "[[file.put]]\nsheet = \"Blankett\"\nat = \"B1\"\nfield = \"organisation\"\nas = \"text\"\n"
                                          "[[file]]\nid = \"k\"\nname.sv = \"kontroll.xlsx\"\nname.en = \"control.xlsx\"\n"
                                          "stamp = \"control-sheet\"\n[[file.sheet]]\nid = \"outcome\"\nname.sv = \"Rader\"\n"
                                          "name.en = \"Rows\"\nlayout = \"block\"\n[[file.sheet.column]]\nfield = \"number\"\n"
                                          "heading.sv = \"Antal\"\nheading.en = \"Number\"\nas = \"integer\"\nwidth = 9\n");
  };
  const std::string out = (folder.path() / "ut").string();
  const auto make = [&] {
    return run({"report", "make", "project-outcome", "-o", out, "--project", "ung-horisont", "--json"});
  };
  write_template("B99999999");
  EXPECT_EQ(make().status, 3) << "a template that is wrong";
  write_template("B2");
  const Said made = make();
  ASSERT_LE(made.status, 1) << made.messages << made.out;
  const auto book = read_workbook(out + "/form.xlsx");
  ASSERT_TRUE(book);
  const SheetRows& rows = book->sheets().at(0).rows;
  EXPECT_EQ(rows.cells(1)[0].text, "Rader");
  EXPECT_EQ(rows.cells(1)[1].kind, CellView::Kind::Number);
  const auto json = parse_json(made.out);
  ASSERT_TRUE(json) << made.out;
  const std::string report = json->find("rows")->items.at(0).find("report")->text, again = (folder.path() / "igen").string();
  std::filesystem::remove_all(own);
  EXPECT_EQ(run({"report", "remake", report, "-o", again, "--project", "ung-horisont"}).status, 0);
  EXPECT_EQ(read_file(again + "/form.xlsx"), read_file(out + "/form.xlsx"));
}

TEST_F(Cli, of_many_problems_of_one_kind_three_are_told_whole_and_the_others_by_place) {
  std::string rows = "Deltagar-id;Namn;Hemkommun;Startdatum\n";
  for (int i = 1; i <= 20; ++i) rows += "UH-" + std::to_string(i) + ";Ek, Bo;Karlstad;2016-13-01\n";
  const std::string name = file("fel.csv", rows);
  const auto times = [](const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
  };
  const Said brief = run({"import", name, "--project", "ung-horisont", "--lang", "en"});
  EXPECT_EQ(brief.status, 1) << brief.messages;
  EXPECT_THAT(brief.messages, HasSubstr("17 more of the same kind"));
  EXPECT_THAT(brief.messages, HasSubstr("D5, D6"));
  EXPECT_EQ(times(brief.messages, "2016-13-01"), 3u) << brief.messages;
  const Said whole = run({"import", name, "--project", "ung-horisont", "--verbose"});
  EXPECT_EQ(times(whole.messages, "2016-13-01"), 20u);
}

TEST_F(Cli, rule_sets_are_listed_shown_compared_written_as_sql_and_run_through_their_examples) {
  EXPECT_THAT(run({"rules", "list"}).out, HasSubstr("youth.dmn"));
  const Said shown = run({"rules", "show", "youth", "--lang", "en"});
  EXPECT_EQ(shown.status, 0);
  EXPECT_THAT(shown.out, HasSubstr("Age on entry is less than lowest age"));
  EXPECT_THAT(run({"rules", "show", "youth", "--json"}).out, HasSubstr("\"logic_sha256\""));
  EXPECT_THAT(run({"rules", "sql", "youth"}).out, HasSubstr("CREATE VIEW verdicts"));
  const std::string sql = (folder.path() / "youth.sql").string();
  EXPECT_EQ(run({"rules", "sql", "youth", "-o", sql}).status, 0);
  EXPECT_THAT(read_file(sql), HasSubstr("CREATE VIEW verdicts"));
  EXPECT_EQ(run({"rules", "sql", "youth", "-o", sql}).status, 5) << "nothing is written over";

  EXPECT_EQ(run({"rules", "diff", "youth", "youth.dmn"}).status, 0);
  std::string bytes = read_file(std::string(HORISONT_SOURCE_DIR) + "/config/rules/youth.dmn");
  bytes.replace(bytes.find("<text>24</text>"), 15, "<text>29</text>");
  const Said changed = run({"rules", "diff", "youth", file("new.dmn", bytes), "--lang", "en", "--plain"});
  EXPECT_EQ(changed.status, 1);
  EXPECT_THAT(changed.out, HasSubstr("limits\tung-horisont 2016-01-01\tthe limit max_age\t24\t29"));

  const Said examples = run({"rules", "test", "youth"});
  EXPECT_EQ(examples.status, 0) << examples.out;
  EXPECT_THAT(run({"rules", "show", "youht"}).messages, HasSubstr("youth"));
  EXPECT_EQ(run({"rules", "show", "youht"}).status, 3);
  for (const char* command : {"show", "sql", "impact", "test"}) {
    const Said folder_named = run({"rules", command, folder.path().string(), "--lang", "en"});
    EXPECT_EQ(folder_named.status, 3) << command;
    EXPECT_THAT(folder_named.messages, HasSubstr("is a folder, not a rule set")) << command;
  }
  EXPECT_EQ(run({"rules", "test", file("new.dmn", bytes)}).status, 3) << "no examples beside it";
}

TEST_F(Cli, a_rule_set_is_published_as_a_page_a_rule_with_how_often_it_hit) {
  const std::string before = (folder.path() / "before").string(), after = (folder.path() / "after").string();
  ASSERT_EQ(run({"rules", "publish", "youth", "-o", before}).status, 0);
  EXPECT_THAT(read_file(before + "/en/P12.html"), HasSubstr("Hits in the newest assessment: –"));
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  run({"assess", "--project", "ung-horisont"});
  ASSERT_EQ(run({"rules", "publish", "youth", "-o", after}).status, 0);
  // Nobody has evidence, everybody is old enough.
  EXPECT_THAT(read_file(after + "/en/P12.html"), HasSubstr("Hits in the newest assessment: 2 / 2"));
  EXPECT_THAT(read_file(after + "/sv/P12.html"), HasSubstr("Träffar i senaste bedömningen: 2 / 2"));
  const std::string page = read_file(after + "/en/P03.html");
  for (const char* part : {"Hits in the newest assessment: 0 / 2", "Age on entry is less than limits.min_age", "2016-01-01",
                           "Projektbanken 2015/00678", "Examples", "SHA-256"})
    EXPECT_THAT(page, HasSubstr(part));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(after + "/sv"), {}), 14) << "thirteen rules and the list";
  EXPECT_EQ(run({"rules", "publish", "youth", "-o", after}).status, 5) << "nothing is written over";
  const Said listed = run({"rules", "publish", "youth", "-o", (folder.path() / "third").string(), "--json"});
  ASSERT_TRUE(parse_json(listed.out)) << listed.out;
  EXPECT_THAT(listed.out, HasSubstr("sv/P13.html"));
  const auto sql = parse_json(run({"rules", "sql", "youth", "--json"}).out);
  ASSERT_TRUE(sql);
  ASSERT_TRUE(sql->find("sql"));
  EXPECT_THAT(sql->find("sql")->text, HasSubstr("CREATE VIEW verdicts"));
}

TEST_F(Cli, old_decisions_come_out_the_same_although_facts_were_corrected_since) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  now = *Moment::parse("2016-04-15T09:00:00Z");
  run({"assess", "--project", "ung-horisont"});
  now = *Moment::parse("2016-04-15T10:00:00Z");
  ASSERT_EQ(
      run({"correct", "D-0001", "home_municipality=Hammarö", "--reason", "flyttade före starten", "--project", "ung-horisont"})
          .status,
      0);
  now = *Moment::parse("2016-04-15T11:00:00Z");
  run({"assess", "--project", "ung-horisont"});
  const Said replayed = run({"rules", "replay", "--plain"});
  EXPECT_EQ(replayed.status, 0) << replayed.out << replayed.messages;
  EXPECT_THAT(replayed.out, HasSubstr("ung-horisont\t1\t2016-04-15T09:00:00Z"));
  EXPECT_THAT(replayed.out, HasSubstr("ung-horisont\t2\t2016-04-15T11:00:00Z"));

  // Somebody changes a stored decision behind the program's back.
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open((home + "/data/horisont.db").c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, "DROP TRIGGER decision_keeps; UPDATE decision SET verdict = 0 WHERE run = 1 AND person = 1",
                         nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(db);
  const Said differs = run({"rules", "replay"});
  EXPECT_EQ(differs.status, 4);
  EXPECT_THAT(differs.messages, HasSubstr("D-0002"));
}

// Decided, then everything changes: the project's time, the rule set, a fact. Each old decision is made again as it was.
TEST_F(Cli, old_decisions_are_replayed_under_the_terms_and_rules_that_they_were_made_under) {
  const auto config = std::filesystem::path(home) / "config";
  std::filesystem::create_directories(home);
  std::filesystem::copy(std::filesystem::path(HORISONT_SOURCE_DIR) / "config", config,
                        std::filesystem::copy_options::recursive);
  const auto replace = [&](const char* path, const std::string& was, const std::string& becomes) {
    std::string bytes = read_file(config / path);
    const std::size_t at = bytes.find(was);
    ASSERT_NE(at, bytes.npos) << path;
    bytes.replace(at, was.size(), becomes);
    std::ofstream(config / path, std::ios::binary | std::ios::trunc) << bytes;
  };
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  const auto assessed = [&](const char* at) {
    now = *Moment::parse(at);
    return run({"assess", "--project", "ung-horisont", "--plain"}).out +
           run({"explain", "D-0002", "--project", "ung-horisont", "--plain"}).out;
  };
  const std::string first = assessed("2016-04-15T09:00:00Z");

  // The operation begins later: who entered in February is outside of it.
  replace("projects/ung-horisont.toml", "operation_from       = 2016-01-01", "operation_from       = 2016-02-05");
  const std::string second = assessed("2016-04-15T10:00:00Z");
  EXPECT_NE(first, second);
  // Another rule set: nobody is old enough.
  replace("rules/youth.dmn", "<text>15</text>", "<text>20</text>");
  const std::string third = assessed("2016-04-15T11:00:00Z");
  EXPECT_NE(second, third);
  // A fact is corrected.
  now = *Moment::parse("2016-04-15T12:00:00Z");
  ASSERT_EQ(
      run({"correct", "D-0002", "home_municipality=Hammarö", "--reason", "flyttade före starten", "--project", "ung-horisont"})
          .status,
      0);
  const std::string fourth = assessed("2016-04-15T13:00:00Z");
  EXPECT_NE(third, fourth);

  const Said replayed = run({"rules", "replay", "--plain"});
  EXPECT_EQ(replayed.status, 0) << replayed.out << replayed.messages;
  // "project, number, when, rule set, program, decisions, differing" of the four runs.
  std::vector<std::string> rule_sets;
  std::istringstream lines(replayed.out);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    if (cells.size() != 7 || cells[0] != "ung-horisont") continue;
    rule_sets.push_back(cells[3]);
    EXPECT_EQ(cells[5], "2") << line;
    EXPECT_EQ(cells[6], "0") << line;
  }
  ASSERT_EQ(rule_sets.size(), 4u) << replayed.out;
  EXPECT_EQ(rule_sets[0], rule_sets[1]);
  EXPECT_NE(rule_sets[1], rule_sets[2]);
  EXPECT_EQ(rule_sets[2], rule_sets[3]);
  EXPECT_EQ(run({"rules", "replay", "--from", "2016-04-16"}).status, 0);
  const Said turned = run({"rules", "replay", "--from", "2016-04-16", "--to", "2016-04-15"});
  EXPECT_EQ(turned.status, 2);
  EXPECT_THAT(turned.messages, HasSubstr("2016-04-16"));
}

TEST_F(Cli, impact_names_those_whose_verdict_another_rule_set_would_change_and_explain_what_would) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  std::string bytes = read_file(std::string(HORISONT_SOURCE_DIR) + "/config/rules/youth.dmn");
  EXPECT_EQ(run({"rules", "impact", file("same.dmn", bytes)}).status, 0);
  bytes.replace(bytes.find("<text>15</text>"), 15, "<text>18</text>");
  const Said impact = run({"rules", "impact", file("new.dmn", bytes), "--plain"});
  EXPECT_EQ(impact.status, 1);
  EXPECT_THAT(impact.out, HasSubstr("D-0001"));
  const Said explained = run({"explain", "D-0001", "--project", "ung-horisont", "--lang", "en"});
  EXPECT_THAT(explained.out, HasSubstr("This would change the verdict:"));
  EXPECT_THAT(explained.out, HasSubstr("Evidence on file: 2016-03-02 or earlier (now"));
}

TEST_F(Cli, a_database_that_is_empty_or_broken_is_damaged_to_every_command) {
  ASSERT_EQ(run({"init"}).status, 0);
  const auto database = std::filesystem::path(home) / "data" / "horisont.db";
  const auto whole = read_file(database);
  std::ofstream(database, std::ios::trunc).close();
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"doctor"},
                                             {"init"},
                                             {"participants", "--project", "ung-horisont"},
                                             {"imports", "list", "--project", "ung-horisont"}}) {
    const Said answer = run(command);
    EXPECT_EQ(answer.status, 4) << command[0];
    EXPECT_THAT(answer.messages, HasSubstr("filen är tom")) << command[0];
    EXPECT_EQ(std::filesystem::file_size(database), 0u) << command[0] << " must not initialise it";
  }
  // A page in the middle is overwritten; its header still says whose it is.
  std::string broken = whole;
  broken.replace(8192, 4096, std::string(4096, 'x'));
  std::ofstream(database, std::ios::trunc | std::ios::binary) << broken;
  EXPECT_EQ(run({"init"}).status, 4);
  EXPECT_EQ(run({"doctor"}).status, 4);
}

TEST_F(Cli, what_is_no_ordinary_file_is_refused_at_once) {
  const std::string pipe = (folder.path() / "pipe.csv").string();
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  for (const std::string& path : {pipe, std::string("/dev/zero")})
    for (const std::vector<std::string>& command :
         std::vector<std::vector<std::string>>{{"import", path, "--project", "ung-horisont"}, {"identity", "check", path}}) {
      const Said answer = run(command);
      EXPECT_EQ(answer.status, 3) << command[0] << ' ' << path;
      EXPECT_THAT(answer.messages, HasSubstr("inte en vanlig fil")) << command[0] << ' ' << path;
    }
  EXPECT_EQ(run({"import", "-", "--project", "ung-horisont"}, "Datum;Timmar\n").status, 3) << "standard input is not read";
  EXPECT_EQ(run({"rules", "check", pipe}).status, 3);
  std::filesystem::create_directories(home);
  std::filesystem::copy(std::filesystem::path(HORISONT_SOURCE_DIR) / "config", std::filesystem::path(home) / "config",
                        std::filesystem::copy_options::recursive);
  ASSERT_EQ(mkfifo((std::filesystem::path(home) / "config" / "projects" / "pipe.toml").c_str(), 0600), 0);
  EXPECT_EQ(run({"config", "check"}).status, 3);
}

TEST_F(Cli, of_several_files_none_is_read_when_one_is_missing_and_programs_get_one_document) {
  const Said answer =
      run({"import", register_file(), (folder.path() / "nope.csv").string(), "--project", "ung-horisont", "--yes", "--json"});
  EXPECT_EQ(answer.status, 3);
  EXPECT_TRUE(parse_json(answer.out)) << answer.out;
  EXPECT_THAT(answer.out, HasSubstr("file.not-found"));
  EXPECT_FALSE(std::filesystem::exists(std::filesystem::path(home) / "data")) << "nothing was begun";
}

TEST_F(Cli, several_files_are_one_import) {
  const auto asked = [&](std::vector<std::string> arguments, const char* more = "--no-input") {
    arguments.insert(arguments.end(), {"--project", "ung-horisont", more});
    return run(arguments);
  };
  const std::string people = register_file();
  const std::string hours = file("narvaro.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-01;3;praktik\nUH-2;2016-03-01;4;praktik\n");
  const std::string wrong = file("fler.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-02;3;praktik\nUH-1;2016-03-02;25:00;praktik\n");

  // Nothing of it is stored while one of them is wrong, and the problems of all are told.
  const Said refused = asked({"import", people, hours, wrong, "--yes"});
  EXPECT_EQ(refused.status, 1) << refused.out << refused.messages;
  EXPECT_THAT(refused.messages, HasSubstr("fel finns i: fler.csv"));
  EXPECT_THAT(asked({"participants"}).out, testing::Not(HasSubstr("D-0001")));
  EXPECT_THAT(asked({"imports", "list"}).out, testing::Not(HasSubstr("I-1")));

  // The second is read upon the first, which brings its people; one difference and one effect; a dry run leaves nothing.
  const auto json = parse_json(asked({"import", people, hours, "--dry-run"}, "--json").out);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->find("problems")->items.size(), 0u);
  ASSERT_EQ(json->find("month-changes")->items.size(), 1u) << "one month, and not one for each file";
  EXPECT_EQ(json->find("month-changes")->items[0].find("reported_after_min")->integer, 420);
  std::vector<std::string> lines;
  for (const JsonValue& line : json->find("difference")->items)
    lines.push_back(line.find("file")->text + " " + line.find("change")->text + " " + line.find("participant")->text);
  EXPECT_THAT(lines, testing::ElementsAre("deltagare.csv new D-0001", "deltagare.csv new D-0002", "narvaro.csv new D-0001", "narvaro.csv new D-0002"));
  EXPECT_THAT(asked({"imports", "list"}).out, testing::Not(HasSubstr("U-1")));

  // They wait, and are confirmed, together; each has its own number and original.
  const Said waits = asked({"import", people, hours});
  EXPECT_EQ(waits.status, 1);
  EXPECT_THAT(waits.messages, HasSubstr("horisont imports commit U-1 U-2 --project ung-horisont"));
  const Said done = asked({"imports", "commit", "U-1", "U-2"});
  EXPECT_EQ(done.status, 0) << done.out << done.messages;
  EXPECT_THAT(asked({"imports", "list"}).out, testing::AllOf(HasSubstr("I-1"), HasSubstr("I-2"), HasSubstr("narvaro.csv"), testing::Not(HasSubstr("U-1"))));
  EXPECT_EQ(asked({"import", people, hours, "--yes"}).status, 0) << "the same files twice change nothing";

  // What one file says against another: time is refused, for one would take the other's place; a field is told.
  const std::string north = file("norr.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-08;3;praktik\n");
  const std::string south = file("syd.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-08;5;praktik\n");
  const Said twice = asked({"import", north, south, "--yes", "--lang", "en"});
  EXPECT_EQ(twice.status, 1);
  EXPECT_THAT(twice.messages, HasSubstr("The time of 2016-03-08 stands in norr.csv already"));
  const std::string one = file("kil.csv", "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum\nUH-3;19970303-9801;Al, Cia;Kil;2016-04-04\n");
  const std::string other = file("sunne.csv", "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum\nUH-3;19970303-9801;Al, Cia;Sunne;2016-04-04\n");
  EXPECT_THAT(asked({"import", one, other, "--dry-run"}, "--verbose").messages,
              HasSubstr("kil.csv säger något annat om fältet Hemkommun"));

  // Among many, a file that is none is one refused file.
  const Said none = asked({"import", north, file("bild.xlsx", "PK"), "--yes"});
  EXPECT_EQ(none.status, 3) << none.out << none.messages;
  EXPECT_THAT(none.messages, HasSubstr("fel finns i: bild.xlsx"));
  EXPECT_EQ(asked({"import", north, south, "--missing", "misread", "--reason", "Stod fel i listan."}).status, 2) << "of one file at a time";
}

TEST_F(Cli, limits_that_do_not_span_a_project_are_told_with_the_first_day) {
  std::filesystem::create_directories(home);
  std::filesystem::copy(std::filesystem::path(HORISONT_SOURCE_DIR) / "config", std::filesystem::path(home) / "config",
                        std::filesystem::copy_options::recursive);
  const auto rules = std::filesystem::path(home) / "config/rules/youth.dmn";
  std::string bytes = read_file(rules);
  const std::string days = "[date(\"2016-01-01\")..date(\"2018-06-30\")]";
  ASSERT_NE(bytes.find(days), std::string::npos);
  bytes.replace(bytes.find(days), days.size(), "[date(\"2016-01-01\")..date(\"2018-06-29\")]");
  std::ofstream(rules) << bytes;
  const Said answer = run({"config", "check", "--lang", "en"});
  EXPECT_EQ(answer.status, 3);
  EXPECT_THAT(answer.messages + answer.out, HasSubstr("no limits for ung-horisont on 2018-06-30"));
}

TEST_F(Cli, every_setting_is_shown_with_its_file_line_source_and_confidence) {
  const Said all = run({"config", "show", "--plain"});
  EXPECT_EQ(all.status, 0) << all.messages;
  EXPECT_THAT(all.out, HasSubstr("\norganisation_number\t212000-1850\t\t\tunverified-default\tKarlstads kommuns nummer; "));
  const Said one = run({"config", "show", "leap_birthday", "--project", "ung-horisont", "--json"});
  EXPECT_THAT(one.out, HasSubstr("\"schema\":\"horisont/settings/1\""));
  EXPECT_THAT(one.out, HasSubstr("\"key\":\"leap_birthday[1]\",\"value\":\"feb28\",\"from\":\"2013-09-01\""));
  EXPECT_THAT(one.out, HasSubstr("\"file\":\"programmes/yei.toml\""));
  EXPECT_THAT(one.out, testing::Not(HasSubstr("esf-plus"))) << "another project's programme";
  const Said swedish = run({"config", "show", "leap_birthday", "--project", "ung-horisont"});
  EXPECT_THAT(swedish.out, HasSubstr("Lag (1930:173) om beräkning av lagstadgad tid"));
  EXPECT_THAT(swedish.out, testing::Not(HasSubstr("Act (1930:173)"))) << "people read one language";
  const Said english = run({"config", "show", "leap_birthday", "--project", "ung-horisont", "--lang", "en"});
  EXPECT_THAT(english.out, HasSubstr("Act (1930:173) on the computation of statutory time"));
  EXPECT_THAT(english.out, testing::Not(HasSubstr("Lag (1930:173)")));
  EXPECT_THAT(run({"config", "show", "leap_birth"}).messages, HasSubstr("leap_birth")) << "a part of a key is none";
  EXPECT_EQ(run({"config", "show", "leap_birth"}).status, 5);
  EXPECT_EQ(run({"config", "show", "--project", "okant"}).status, 2);
}

TEST_F(Cli, all_shipped_configuration_is_sound) {
  EXPECT_EQ(run({"config", "check"}).status, 0) << run({"config", "check"}).messages;
}

TEST_F(Cli, a_month_is_attested_filed_and_closed_and_then_changes_only_with_a_reason) {
  const auto attendance = [&](const char* name, const char* hours) {
    return file(name, std::string("Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-02-03;") + hours + ";coachning\n");
  };
  const auto evidence = [&] {
    std::string rows = "Deltagar-id;Krav;Typ av underlag;Datum;Utfärdat av;Förvaras hos\n";
    for (const char* who : {"UH-1", "UH-2"})
      for (const char* what : {"bosättning", "sysselsättning"})
        rows += std::string(who) + ";" + what + ";intyg;2016-02-01;Kommunen;Kommunen\n";
    return file("underlag.csv", rows);
  };
  const std::string p = "--project=ung-horisont";
  ASSERT_EQ(
      run({"import",
           file("deltagare.csv",
                "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;"
                "Fullständiga gymnasiebetyg;KAA;E-post;Mobilnummer\n"
                "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;arbetslös;nej;nej;nej;ja;asa@example.se;070-1740605\n"
                "UH-2;19980303-9800;Ek, Bo;Karlstad;2016-02-08;arbetslös;nej;nej;nej;ja;bo@example.se;070-1740606\n"),
           p, "--yes"})
          .status,
      0);
  ASSERT_EQ(run({"import", attendance("feb.csv", "3"), p, "--yes"}).status, 0);

  const Said status = run({"status", p, "--month", "2016-02", "--plain"});
  EXPECT_EQ(status.status, 1);
  EXPECT_THAT(status.out, HasSubstr("3,00 rapporterade timmar"));
  EXPECT_THAT(run({"status", p, "--month", "2016-02", "--json"}).out, HasSubstr("{\"kind\":\"no-attendance\",\"count\":2,"))
      << "and what to watch";
  EXPECT_EQ(run({"month", "close", "2016-02", p}).status, 5) << "nothing was filed";
  EXPECT_EQ(run({"month", "attest", "2016-04", p}).status, 5) << "April is not over";
  EXPECT_EQ(run({"month", "attest", "2016-13", p}).status, 2);
  const Said undecided = run({"month", "attest", "2016-02", p});
  EXPECT_EQ(undecided.status, 5) << "two people cannot be decided";
  EXPECT_THAT(undecided.messages, HasSubstr("--reason")) << "pages leave the option out, the command line tells it";
  ASSERT_EQ(run({"import", evidence(), p, "--yes"}).status, 0);
  const Said attested = run({"month", "attest", "2016-02", p});
  EXPECT_EQ(attested.status, 0) << attested.messages;
  EXPECT_THAT(attested.out, HasSubstr("attesterad"));
  EXPECT_THAT(attested.messages, HasSubstr("Samma person")) << "anna read in the files, too";

  const std::string out = (folder.path() / "ut").string();
  const Said made = run({"report", "make", "scb-month", "--period", "2016-02", "-o", out, p});
  ASSERT_LE(made.status, 1) << made.messages;
  EXPECT_EQ(run({"report", "mark-filed", "R-2016-02-009", "--to", "SCB", p}).status, 5);
  EXPECT_EQ(run({"report", "mark-filed", "R-2016-02-001", "--to", "SCB", "--on", "2016-04-16", p}).status, 5) << "tomorrow";
  EXPECT_EQ(run({"report", "mark-filed", "R-2016-02-001", "--to", "SCB", "--on", "2016-02-29", p}).status, 5) << "not open yet";
  const Said filed = run({"report", "mark-filed", "R-2016-02-001", "--to", "SCB", "--on", "2016-03-01", p, "--json"});
  EXPECT_EQ(filed.status, 0) << filed.messages << filed.out;
  EXPECT_THAT(filed.out, HasSubstr("\"filed_on\":\"2016-03-01\""));
  EXPECT_EQ(run({"month", "close", "2016-02", p}).status, 0);
  EXPECT_EQ(run({"plan", p}).status, 0);

  // The same facts again, or facts of another month, change nothing that was filed.
  EXPECT_EQ(
      run({"import", file("mars.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-03;2;coachning\n"), p, "--yes"}).status,
      0);
  const Said refused = run({"import", attendance("feb2.csv", "4"), p, "--yes"});
  EXPECT_EQ(refused.status, 5) << "nothing is stored";
  EXPECT_THAT(refused.messages, HasSubstr("2016-02"));
  EXPECT_THAT(run({"hours", p, "--month", "2016-02", "--by", "month", "--plain"}).out, HasSubstr("180"))
      << "nothing was stored";
  EXPECT_THAT(run({"import", attendance("feb2.csv", "4"), p}).messages, HasSubstr("2016-02")) << "a draft says it beforehand";
  // A cell that was fixed in a draft is no way around.
  EXPECT_EQ(run({"import", attendance("feb3.csv", "fyra"), p}).status, 1);
  const Said fixed = run({"imports", "fix", "U-2", "--cell", "C2", "--value", "4", "--reason", "enligt underskriven lista", p});
  EXPECT_EQ(fixed.status, 1);
  EXPECT_THAT(fixed.messages, HasSubstr("2016-02"));
  EXPECT_EQ(run({"imports", "commit", "U-3", p}).status, 5);
  EXPECT_EQ(run({"imports", "drop", "U-3", p}).status, 0);

  const Said corrected = run({"import", attendance("feb2.csv", "4"), p, "--yes", "--reason", "Listan var fel avskriven"});
  EXPECT_EQ(corrected.status, 0) << corrected.messages;
  EXPECT_THAT(corrected.messages, HasSubstr("Öppnade igen: 2016-02"));
  const Said plan = run({"plan", p, "--plain"});
  EXPECT_EQ(plan.status, 1);
  EXPECT_THAT(plan.out, HasSubstr("horisont month attest 2016-02 --project ung-horisont")) << "it can be typed as it stands";
  EXPECT_THAT(run({"report", "mark-filed", "R-2016-02-001", "--to", "SCB", p}).messages,
              HasSubstr("horisont month attest 2016-02 --project ung-horisont"));
  EXPECT_EQ(run({"report", "mark-filed", "R-2016-02-001", "--to", "SCB", p}).status, 5) << "it has to be attested first";
  ASSERT_EQ(run({"month", "attest", "2016-02", p}).status, 0);
  const Said old = run({"report", "mark-filed", "R-2016-02-001", "--to", "SCB", p});
  EXPECT_EQ(old.status, 5) << "the old report says three hours";
  EXPECT_THAT(old.messages, HasSubstr("ändrats sedan R-2016-02-001"));
  ASSERT_LE(run({"report", "make", "scb-month", "--period", "2016-02", "-o", out, p}).status, 1);
  EXPECT_EQ(run({"report", "mark-filed", "R-2016-02-002", "--to", "SCB", p}).status, 0);
  EXPECT_EQ(run({"plan", p}).status, 0);
  const Said months = run({"months", p, "--json"});
  EXPECT_THAT(months.out, HasSubstr("\"version\":2"));
  EXPECT_EQ(run({"log", "verify", p}).status, 0) << "every event is an entry of the log";
  EXPECT_EQ(run({"calendar", p, "--months", "0"}).status, 2);
  EXPECT_EQ(run({"calendar", p, "--months", "2"}).status, 0);
}

}  // namespace
}  // namespace horisont
