// Faults that were found once, and what the program says and does instead.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/cli_fixture.h"
#include "edge/json/json.h"
#include "edge/zip/rewrite.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(Cli, a_first_spell_that_only_the_results_end_is_read_in_again_without_contradiction) {
  const auto july = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--project", "ung-horisont", "--today", "2016-07-01", "--yes", "--json"});
    return run(arguments);
  };
  const std::string first = file("mars.csv",
                                 "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum\n"
                                 "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-03-01\n");
  const std::string results = file("resultat.csv", "Deltagar-id;Slutdatum;Avslutsorsak\nUH-1;2016-03-31;arbete\n");
  const std::string both = file("maj.csv",
                                "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum\n"
                                "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-03-01\n"
                                "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-05-01\n");
  for (const std::string& one : {first, results, both}) {
    const Said answer = july({"import", one});
    EXPECT_LE(answer.status, 1) << answer.out;
    EXPECT_THAT(answer.out, HasSubstr("\"stored\"")) << answer.out;
  }
  for (const std::string& one : {first, results, both}) {
    const auto again = parse_json(july({"import", one, "--again"}).out);
    ASSERT_TRUE(again);
    const JsonValue& row = again->find("rows")->items[0];
    EXPECT_EQ(row.find("state")->text, "stored") << one;
    EXPECT_EQ(row.find("new")->integer, 0) << one;
    EXPECT_EQ(row.find("changed")->integer, 0) << one;
    EXPECT_EQ(row.find("refused")->integer, 0) << one;
  }
  EXPECT_THAT(run({"participants", "--project", "ung-horisont", "--plain"}).out, HasSubstr("\t2016-03-01\t\t"));
}

TEST_F(Cli, an_option_before_the_command_is_taken_where_every_command_has_it_and_else_the_line_to_type_is_shown) {
  EXPECT_EQ(run({"--home", home, "rules", "list"}).status, 0);
  EXPECT_EQ(run({"rules", "list", "--home", home}).out, run({"--home", home, "rules", "list"}).out);
  struct Case {
    std::vector<std::string> line;
    const char* right;
  };
  const std::vector<Case> cases{
      {{"--month", "2016-03", "hours"}, "horisont hours --month 2016-03\n"},
      {{"--month=2016-03", "hours", "--by", "day"}, "horisont hours --month=2016-03 --by day\n"},
      {{"rules", "--home", "min mapp", "list"}, "horisont rules list --home \"min mapp\"\n"},
      {{"rules", "--home", "list", "list"}, "horisont rules list --home list\n"},
      {{"--end-date", "2016-03-31", "import", "a.csv"}, "horisont import --end-date 2016-03-31 a.csv\n"},
      {{"-o", "ut", "report", "make", "scb-month"}, "horisont report make -o ut scb-month\n"},
  };
  for (const Case& c : cases) {
    const Said said = run(c.line);
    EXPECT_EQ(said.status, 2) << c.right;
    EXPECT_THAT(said.messages, HasSubstr(c.right));
  }
  EXPECT_THAT(run({"--month", "2016-03", "explain", "19990517-9819"}).messages, Not(HasSubstr("9819")))
      << "no such option of explain, and no number is repeated";
  EXPECT_THAT(run({"--field", "x", "correct", "19990517-9819"}).messages, Not(HasSubstr("9819")));
}

TEST_F(Cli, a_line_that_cannot_be_understood_says_what_to_write_in_the_language_asked_for) {
  struct Case {
    const char* name;
    std::vector<std::string> line;
    const char *sv, *en;
  };
  const std::vector<Case> cases{
      {"an unknown option",
       {"hours", "--mounth", "2016-03"},
       "Valet --mounth finns inte här. Menade du --month?",
       "There is no option --mounth here. Did you mean --month?"},
      {"an unknown option that is like no other",
       {"hours", "--nosuch"},
       "Valet --nosuch finns inte här.\n",
       "There is no option --nosuch here.\n"},
      {"an option before its command",
       {"--month", "2016-03", "hours"},
       "Valet --month hör till kommandot hours och skrivs efter det: horisont",
       "The option --month belongs to the command hours and comes after it: horisont"},
      {"an option of every command between the two words of one",
       {"rules", "--home", "x", "list"},
       "Valet --home hör till kommandot rules list och skrivs efter det: horisont rules list",
       "The option --home belongs to the command rules list and comes after it: horisont rules list"},
      {"an unknown option before the command",
       {"--mounth", "2016-03", "hours"},
       "Valet --mounth finns inte här.",
       "There is no option --mounth here."},
      {"an unknown command",
       {"imprt", "a.csv"},
       "är inget känt kommando. Menade du import?",
       "is no known command. Did you mean import?"},
      {"a word too many", {"doctor", "nu"}, "ett ord för mycket", "one word too many"},
      {"a command that is left out", {"report"}, "Ange ett kommando: templates", "Give a command: templates"},
      {"an argument that is left out", {"import"}, "Kommandot behöver FILE: Filer att läsa", "The command needs FILE: Files to read"},
      {"an option without its value", {"hours", "--month"}, "--month saknar värde", "--month has no value"},
      {"a choice without its value",
       {"hours", "--by"},
       "Välj ett av: participant, activity",
       "Choose one of: participant, activity"},
      {"a value that is no choice",
       {"hours", "--by", "week"},
       "”week” finns inte att välja. Välj ett av: participant, activity",
       "“week” is not a choice. Choose one of: participant, activity"},
      {"an option twice",
       {"hours", "--month", "2016-01", "--month", "2016-02"},
       "--month står flera gånger",
       "--month stands several times"},
      {"a word where a number is due",
       {"profile", "show", "x", "--version", "abc"},
       "”abc” är inget tal",
       "“abc” is not a number"},
      {"an empty value", {"import", "a.csv", "--home", ""}, "--home har ett tomt värde", "--home has an empty value"},
      {"an empty folder",
       {"report", "make", "scb-month", "-o", ""},
       "--output har ett tomt värde",
       "--output has an empty value"},
      {"a date that is none", {"hours", "--from", "i går"}, "är inget datum", "is not a date"},
      {"JSON and plain",
       {"hours", "--json", "--plain"},
       "--json och --plain går inte ihop",
       "--json and --plain do not go together"},
      {"a month and a day",
       {"hours", "--month", "2016-01", "--from", "2016-01-05"},
       "--month och --from går inte ihop",
       "--month and --from do not go together"},
      {"an end date for those who are kept",
       {"import", "a.csv", "--missing", "keep", "--end-date", "2016-03-31"},
       "--end-date hör till --missing end",
       "--end-date belongs to --missing end"},
      {"an end date alone",
       {"import", "a.csv", "--end-date", "2016-03-31"},
       "--end-date hör till --missing end",
       "--end-date belongs to --missing end"},
  };
  for (const Case& c : cases) {
    auto swedish = c.line, english = c.line;
    swedish.insert(swedish.begin(), {"--lang", "sv"});
    english.insert(english.begin(), {"--lang", "en"});
    const Said sv = run(swedish), en = run(english);
    EXPECT_EQ(sv.status, 2) << c.name;
    EXPECT_EQ(en.status, 2) << c.name;
    EXPECT_THAT(sv.out + sv.messages, HasSubstr(c.sv)) << c.name;
    EXPECT_THAT(en.out + en.messages, HasSubstr(c.en)) << c.name;
    for (const char* of_the_parser : {"required", "not in {", "Could not convert", "TEXT:"})
      EXPECT_THAT(sv.messages, Not(HasSubstr(of_the_parser))) << c.name;
  }
  const Said json = run({"hours", "--json", "--by", "week"});
  EXPECT_TRUE(parse_json(json.out)) << json.out;
}

TEST_F(Cli, a_home_that_cannot_be_is_told_before_anything_is_looked_for) {
  const std::string plain = file("fil", "");
  const std::vector<std::tuple<const char*, std::string, const char*, const char*>> cases{
      {"too long a name", folder.path().string() + "/" + std::string(300, 'a'), "för lång", "too long"},
      {"too long a path", folder.path().string() + std::string(3000, '/') + std::string(3000, 'a'), "för lång", "too long"},
      {"a plain file", plain, "ingen mapp", "not a folder"},
      {"below a plain file", plain + "/home", "ingen mapp", "not a folder"},
  };
  for (const auto& [name, where, sv, en] : cases)
    for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
             {"init"}, {"participants", "--project", "ung-horisont"}, {"config", "check"}, {"import", register_file()}}) {
      std::vector<std::string> line = command;
      line.insert(line.end(), {"--home", where});
      const Said swedish = run(line);
      line.insert(line.end(), {"--lang", "en"});
      const Said english = run(line);
      EXPECT_EQ(swedish.status, 2) << name << " " << command[0] << swedish.messages;
      EXPECT_THAT(swedish.messages, HasSubstr(sv)) << name << " " << command[0];
      EXPECT_THAT(english.messages, HasSubstr(en)) << name << " " << command[0];
    }
  home = "";
  const Said nowhere = run({"init"});
  EXPECT_EQ(nowhere.status, 2);
  EXPECT_THAT(nowhere.messages, HasSubstr("Ange --home"));
}

TEST_F(Cli, a_plain_file_in_the_place_of_the_configuration_is_refused) {
  std::filesystem::create_directories(home);
  std::ofstream(home + "/config") << "";
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"init"}, {"config", "check"}, {"project", "list"}}) {
    const Said answer = run(command);
    EXPECT_EQ(answer.status, 3) << command[0];
    EXPECT_THAT(answer.messages, HasSubstr("ska vara en mapp men är en fil")) << command[0];
  }
  EXPECT_FALSE(std::filesystem::exists(home + "/data"));
}

TEST_F(Cli, nothing_that_a_terminal_would_obey_is_printed) {
  const std::string esc = "\x1b[31m", rtl = "\u202E";
  const std::string named = file("a" + esc + rtl + "\xff.csv", "Deltagar-id;Namn;Startdatum\nUH-1;Ek;" + esc + "2016-13-01\n");
  const std::vector<std::vector<std::string>> lines{
      {"import", named, "--project", "ung-horisont"},
      {"import", folder.path().string() + "/saknas" + esc + ".csv", "--project", "ung-horisont"},
      {"hours", "--by", esc + rtl + "\xff"},
      {"projekt" + esc},
      {"project", "show", "skidor" + esc + rtl},
      {"identity", "check", file("nummer.txt", "1999\a" + esc + rtl + "\xff\n")},
  };
  for (auto line : lines) {
    const Said text = run(line);
    line.push_back("--json");
    const Said json = run(line);
    for (const std::string& said : {text.out, text.messages, json.out, json.messages})
      for (const char* raw : {"\x1b", "\a", "\u202E", "\xff"})
        EXPECT_THAT(said, Not(HasSubstr(raw))) << line[0] << ": " << testing::PrintToString(said);
    EXPECT_THAT(text.out + text.messages, HasSubstr("\\x1b")) << line[0];
    EXPECT_TRUE(parse_json(json.out)) << line[0] << ": " << json.out;
  }
}

TEST_F(Cli, what_contradicts_itself_in_a_request_changes_nothing) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  const std::string before = sha256_of_file(home + "/data/horisont.db");
  const Said twice = run({"correct", "D-0001", "entry_date=2016-02-08", "entry_date=2016-02-09", "--reason",
                          "enligt handledaren", "--project", "ung-horisont"});
  EXPECT_EQ(twice.status, 2);
  EXPECT_THAT(twice.messages, HasSubstr("Fältet entry_date står två gånger"));
  const Said sheet = run(
      {"import", file("ny.csv", "Deltagar-id;Startdatum\nUH-9;2016-03-01\n"), "--sheet", "Mars", "--project", "ung-horisont"});
  EXPECT_EQ(sheet.status, 2);
  EXPECT_THAT(sheet.messages, HasSubstr("har inga blad. Ta bort --sheet Mars"));
  EXPECT_EQ(sha256_of_file(home + "/data/horisont.db"), before);
}

TEST_F(Cli, every_command_gives_one_json_document_where_it_is_asked_for) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  const std::string at = folder.path().string();
  const std::vector<std::pair<std::vector<std::string>, const char*>> lines{
      {{"init"}, "init"},
      {{"version"}, "version"},
      {{"report", "preview", "project-outcome"}, "preview"},
      {{"report", "preview", "hours-summary"}, "preview"},
      {{"report", "templates"}, "templates"},
      {{"report", "make", "project-outcome", "-o", at + "/ut"}, "made"},
      {{"report", "list"}, "reports"},
      {{"correct", "D-0001", "home_municipality=Hammarö", "--reason", "flyttade före start"}, "corrected"},
      {{"template", "participants", "-o", at + "/mall.xlsx"}, "template"},
      {{"log", "checkpoint"}, "checkpoint"},
      {{"rules", "sql", "youth"}, "sql"},
      {{"rules", "sql", "youth", "-o", at + "/youth.sql"}, "sql-written"},
      {{"import", file("utkast.csv", "Deltagar-id;Startdatum\nUH-9;2016-03-01\n")}, "import"},
      {{"imports", "drop", "U-1"}, "draft-dropped"},
      {{"doctor"}, "doctor"},
  };
  for (auto [line, schema] : lines) {
    line.insert(line.end(), {"--json", "--project", "ung-horisont"});
    const Said answer = run(line);
    const auto json = parse_json(answer.out);
    ASSERT_TRUE(json) << testing::PrintToString(line) << answer.out << answer.messages;
    EXPECT_EQ(json->find("schema")->text, "horisont/" + std::string(schema) + "/1") << testing::PrintToString(line);
  }
  const auto preview = parse_json(run({"report", "preview", "project-outcome", "--project", "ung-horisont", "--json"}).out);
  const std::string first = preview->find("rows")->items.at(0).find("sheet")->text;
  EXPECT_EQ(static_cast<std::int64_t>(preview->find(first)->items.size()) -
                static_cast<std::int64_t>(preview->find("rows")->items.at(0).find("rows")->integer),
            std::count_if(preview->find(first)->items.begin(), preview->find(first)->items.end(),
                          [](const JsonValue& row) { return row.find("role")->text == "total"; }))
      << "every row, and the totals behind them";
}

TEST_F(Cli, a_dry_run_writes_nothing_and_needs_not_be_able_to) {
  const std::string deltagare = register_file();
  EXPECT_EQ(run({"import", deltagare, "--project", "ung-horisont", "--dry-run"}).status, 0);
  EXPECT_FALSE(std::filesystem::exists(home)) << "nothing was begun";
  ASSERT_EQ(run({"import", deltagare, "--project", "ung-horisont", "--yes"}).status, 0);
  if (geteuid() == 0) GTEST_SKIP() << "the administrator may write everywhere";
  using std::filesystem::perms;
  const std::string database = home + "/data/horisont.db";
  std::filesystem::permissions(database, perms::owner_read);
  std::filesystem::permissions(home + "/data", perms::owner_read | perms::owner_exec);
  const Said answer =
      run({"import", file("ny.csv", "Deltagar-id;Namn;Hemkommun;Startdatum\nUH-9;Al, Cia;Karlstad;2016-03-01\n"), "--project",
           "ung-horisont", "--dry-run"});
  EXPECT_LE(answer.status, 1) << answer.messages;
  EXPECT_THAT(answer.out, HasSubstr("D-0003"));
  std::filesystem::permissions(home + "/data", perms::owner_all);
}

TEST_F(Cli, explain_names_the_correction_and_the_cell_that_it_lies_over) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  ASSERT_EQ(
      run({"correct", "D-0001", "entry_date=2016-02-08", "--reason", "enligt handledaren", "--project", "ung-horisont"}).status,
      0);
  ASSERT_EQ(
      run({"correct", "D-0001", "home_municipality=Hammarö", "--reason", "flyttade före start", "--project", "ung-horisont"})
          .status,
      0);
  const std::string corrected = run({"explain", "D-0001", "--project", "ung-horisont"}).out;
  EXPECT_THAT(
      corrected,
      HasSubstr("2016-02-08 (rättat av anna 2016-04-15 10:00: enligt handledaren; i filen: F-1 deltagare.csv, cell E2)"));
  EXPECT_THAT(
      corrected,
      HasSubstr("Hammarö (rättat av anna 2016-04-15 10:00: flyttade före start; i filen: F-1 deltagare.csv, cell D2)"));
  EXPECT_THAT(corrected, HasSubstr("1999-05-17 (F-1 deltagare.csv, cell B2)")) << "what was not corrected has its cell alone";
  EXPECT_THAT(corrected, HasSubstr(": nej (F-1 deltagare.csv, cell G2)")) << "Swedish words";
  EXPECT_THAT(
      run({"explain", "D-0001", "--project", "ung-horisont", "--lang", "en"}).out,
      HasSubstr(
          "2016-02-08 (corrected by anna 2016-04-15 10:00: enligt handledaren; in the file: F-1 deltagare.csv, cell E2)"));
  EXPECT_THAT(run({"explain", "D-0002", "--project", "ung-horisont"}).out, Not(HasSubstr("rättat av")));
  // Whether he studies follows from two fields: the one that was corrected is named.
  for (const char* field : {"in_training=ja", "in_training=nej", "in_education=ja", "in_education=nej"}) {
    ASSERT_EQ(run({"correct", "D-0002", field, "--reason", "frågad på nytt " + std::string(field), "--project", "ung-horisont"})
                  .status,
              0);
    EXPECT_THAT(run({"explain", "D-0002", "--project", "ung-horisont"}).out, HasSubstr("frågad på nytt " + std::string(field)));
  }
}

TEST_F(Cli, a_corrected_number_is_the_persons_number_from_then_on) {
  ASSERT_LE(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, DoneWithRemarks);
  const std::vector<std::string> named{"--project", "ung-horisont", "--reason", "avläst ur legitimationen"};
  const auto correct = [&](const std::string& change) {
    std::vector<std::string> line{"correct", "D-0002", change};
    line.insert(line.end(), named.begin(), named.end());
    return run(line);
  };
  EXPECT_EQ(correct("identity_number=19990517-9819").status, Refused) << "that is the number of D-0001";
  EXPECT_THAT(correct("birth_date=1990-01-01").messages, HasSubstr("1998-03-03")) << "the number says the birth date";
  EXPECT_EQ(correct("entry_date=").status, Refused) << "without it nobody takes part";
  EXPECT_EQ(correct("identity_number=19980304-9841").status, Done);
  EXPECT_THAT(run({"explain", "D-0002", "--project", "ung-horisont"}).out, HasSubstr("1998-03-04"));
  const std::string list = file("narvaro.csv",
                                "Personnummer;Datum;Aktivitet;Timmar\n"
                                "19980304-9841;2016-03-01;Individuellt stöd;2\n"
                                "19980303-9800;2016-03-02;Individuellt stöd;3\n");
  const Said read = run({"import", list, "--project", "ung-horisont", "--yes"});
  EXPECT_EQ(read.messages.find("row.unknown-person"), std::string::npos) << read.messages;
  EXPECT_THAT(run({"hours", "--by", "participant", "--plain", "--project", "ung-horisont"}).out, HasSubstr("D-0002"));
  EXPECT_THAT(run({"report", "preview", "scb-month", "--period", "2016-03", "--project", "ung-horisont"}).out,
              Not(HasSubstr("199803039800")));
}

TEST_F(Cli, nothing_that_is_there_is_written_over) {
  const std::string own = file("egen.xlsx", "mitt");
  const std::string registers = register_file();
  ASSERT_LE(run({"import", registers, "--project", "ung-horisont", "--yes"}).status, DoneWithRemarks);
  const std::vector<std::vector<std::string>> lines{
      {"template", "participants", "-o", own, "--project", "ung-horisont"},
      {"log", "export", "-o", own, "--project", "ung-horisont"},
      {"import", registers, "--again", "--marked-up", registers, "--project", "ung-horisont"},
      {"problems", "export", "I-1", "-o", own, "--project", "ung-horisont"},
      {"rules", "sql", "youth", "-o", own}};
  for (const auto& line : lines) {
    const Said said = run(line);
    EXPECT_EQ(said.status, Refused) << line[0] << " " << line[1] << said.messages;
    EXPECT_THAT(said.messages, HasSubstr("finns redan")) << line[0] << " " << line[1];
  }
  EXPECT_EQ(read_file(own), "mitt");
  EXPECT_EQ(read_file(registers).substr(0, 11), "Deltagar-id");
}

TEST_F(Cli, a_report_made_again_leaves_the_first_workbook_where_it_is) {
  ASSERT_LE(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, DoneWithRemarks);
  const std::string to = (folder.path() / "ut").string();
  const std::vector<std::string> make{"report", "make", "hours-summary", "--project", "ung-horisont", "-o", to};
  const auto files = [&] {
    std::map<std::string, std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(to))
      found[entry.path().filename().string()] = read_file(entry.path());
    return found;
  };
  ASSERT_LE(run(make).status, DoneWithRemarks);
  const auto first = files();
  ASSERT_LE(run(make).status, DoneWithRemarks);
  const auto both = files();
  ASSERT_EQ(both.size(), first.size() + 1);
  for (const auto& [name, bytes] : first) EXPECT_EQ(both.at(name), bytes) << name;
  const Said period = run({"report", "make", "project-outcome", "--period", "2016-03", "--project", "ung-horisont", "-o", to});
  EXPECT_EQ(period.status, WrongUsage);
  EXPECT_THAT(period.messages, HasSubstr("--as-of"));
}

TEST_F(Cli, a_log_whose_key_has_gone_gets_no_other_key) {
  ASSERT_LE(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, DoneWithRemarks);
  const std::filesystem::path key = std::filesystem::path(home) / "keys" / "log-signing.key";
  const std::string bytes = read_file(key);
  std::filesystem::remove(key);
  for (int n = 0; n < 2; ++n) EXPECT_EQ(run({"participants", "--project", "ung-horisont"}).status, Unreadable);
  EXPECT_FALSE(std::filesystem::exists(key));
  std::ofstream(key) << bytes;
  EXPECT_LE(run({"participants", "--project", "ung-horisont"}).status, DoneWithRemarks);
}

TEST_F(Cli, a_correction_that_cannot_be_is_told_in_the_language_asked_for) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  const auto correct = [&](const char* change, const char* language) {
    return run({"correct", "D-0001", change, "--reason", "enligt handledaren", "--project", "ung-horisont", "--lang", language})
        .messages;
  };
  EXPECT_THAT(correct("entry_date=2016-02-30", "sv"), HasSubstr("finns inte i kalendern"));
  EXPECT_THAT(correct("entry_date=2016-02-30", "en"), HasSubstr("does not exist in the calendar"));
  EXPECT_THAT(correct("entry_date=2016-02-30", "en"), Not(HasSubstr("kalendern")));
}

TEST_F(Cli, who_is_born_after_the_entry_is_refused_without_an_age_below_nothing) {
  const Said read = run({"import",
                 file("deltagare.csv",
                      "Deltagar-id;Namn;Födelsedatum;Hemkommun;Startdatum\nUH-1;Ek, Bo;2016-03-01;Karlstad;2016-02-01\n"),
                 "--project", "ung-horisont", "--yes"});
  EXPECT_EQ(read.status, 1);
  EXPECT_THAT(read.messages, HasSubstr("date.implausible-age"));
  EXPECT_THAT(read.messages, Not(HasSubstr("-1")));
}

TEST_F(Cli, a_workbook_is_known_again_or_said_to_be_altered) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  const std::string out = (folder.path() / "ut").string();
  const auto made =
      parse_json(run({"report", "make", "project-outcome", "-o", out, "--project", "ung-horisont", "--json"}).out);
  ASSERT_TRUE(made);
  const std::string workbook = made->find("rows")->items.at(0).find("file")->text;
  const std::string report = made->find("rows")->items.at(0).find("report")->text;
  const auto check = [&](const std::string& path) { return run({"report", "check", path, "--json"}); };
  const auto state = [](const Said& said) { return parse_json(said.out)->find("state")->text; };

  const Said same = check(workbook);
  EXPECT_EQ(same.status, 0);
  EXPECT_EQ(state(same), "identical");
  EXPECT_THAT(same.out, HasSubstr(report));

  // One part is another: the report that the workbook names is still the same.
  const std::string altered = (folder.path() / "ut" / "altered.xlsx").string();
  const auto other_bytes =
      zip_with_parts(read_file(workbook), {{std::string("docProps/app.xml"), std::string("<Properties/>")}});
  ASSERT_TRUE(other_bytes);
  write_file(altered, *other_bytes);
  const Said other = check(altered);
  EXPECT_EQ(other.status, 1) << "other bytes, and nothing else in what it says: " << other.out << other.messages;
  EXPECT_EQ(state(other), "altered");
  EXPECT_THAT(run({"report", "check", altered}).messages, HasSubstr(report));

  const Said unknown = check(register_file());
  EXPECT_EQ(unknown.status, 5);
  EXPECT_EQ(state(unknown), "unknown");
  EXPECT_EQ(check(out + "/saknas.xlsx").status, 3);
}

TEST_F(Cli, a_report_that_cannot_be_written_leaves_nothing_and_only_our_sentence) {
  ASSERT_EQ(run({"import", register_file(), "--project", "ung-horisont", "--yes"}).status, 0);
  run({"assess", "--project", "ung-horisont"});
  const auto out = folder.path() / "ut";
  std::filesystem::create_directories(out);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = signal(SIGXFSZ, SIG_IGN);
  const rlimit small{4096, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  testing::internal::CaptureStderr();
  const Said answer = run({"report", "make", "project-outcome", "-o", out.string(), "--project", "ung-horisont"});
  const std::string of_the_library = testing::internal::GetCapturedStderr();
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, handler);
  EXPECT_EQ(answer.status, 74) << answer.messages;
  EXPECT_EQ(of_the_library, "");
  EXPECT_FALSE(answer.messages.empty());
  for (const auto& entry : std::filesystem::recursive_directory_iterator(out)) ADD_FAILURE() << entry.path() << " is left";
  EXPECT_THAT(run({"report", "list", "--project", "ung-horisont"}).out, Not(HasSubstr("R-")));
}

TEST_F(Cli, an_empty_value_is_told_in_json_where_that_was_asked_for) {
  const Said said = run({"hours", "--project=ung-horisont", "--month", "", "--json"});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.out, HasSubstr("\"code\":\"cli.value-empty\""));
}

TEST_F(Cli, a_correction_that_cannot_be_right_or_changes_nothing_is_refused) {
  const std::string p = "--project=ung-horisont", why = "--reason=rättat efter samtal med deltagaren";
  ASSERT_EQ(run({"import", register_file(), p, "--yes"}).status, 0);
  struct Case {
    const char *change, *says;
  };
  const Case cases[] = {{"email=asa.example.se", "asa.example.se"},
                        {"email=asa@example", "asa@example"},
                        {"email=asa@@example.se", "asa@@example.se"},
                        {"mobile=070-1", "070-1"},
                        {"mobile=12345", "12345"},  // five digits; six are enough
                        {"home_municipality=Karlstad", "D-0001 har redan de uppgifterna"},
                        {"mobile=", "D-0001 har redan de uppgifterna"}};
  for (const Case& one : cases) {
    const Said said = run({"correct", "D-0001", one.change, why, p});
    EXPECT_EQ(said.status, 5) << one.change;
    EXPECT_THAT(said.messages, HasSubstr(one.says)) << one.change;
  }
  for (const char* right : {"email=asa@example.se", "mobile=123456", "mobile=070-174 06 05", "mobile=okänt"})
    EXPECT_EQ(run({"correct", "D-0001", right, why, p}).status, 0) << right;
  EXPECT_EQ(run({"correct", "D-0001", "email=asa@example.se", why, p}).status, 5) << "it says so already";
}

TEST_F(Cli, a_corrected_exit_holds_also_against_a_file_of_results) {
  const std::string p = "--project=ung-horisont";
  ASSERT_EQ(run({"import", register_file(), p, "--yes"}).status, 0);
  ASSERT_LE(run({"import", file("resultat.csv", "Deltagar-id;Slutdatum;Avslutsorsak\nUH-1;2016-03-31;arbete\n"), p, "--yes"}).status, 1);
  ASSERT_THAT(run({"participants", p, "--plain"}).out, HasSubstr("\t2016-02-01\t2016-03-31\t"));
  ASSERT_EQ(run({"correct", "D-0001", "exit_date=2016-03-01", "--reason=Fel datum enligt avtalet", p}).status, 0);
  EXPECT_THAT(run({"participants", p, "--plain"}).out, HasSubstr("\t2016-02-01\t2016-03-01\t"));
  EXPECT_THAT(run({"effect", "D-0001", "exit_date=2016-02-15", p, "--json"}).out, HasSubstr("2016-02-15"));
}

TEST_F(Cli, a_file_is_held_to_the_report_that_is_asked_about) {
  const std::string p = "--project=ung-horisont", out = (folder.path() / "ut").string();
  ASSERT_EQ(run({"import", register_file(), p, "--yes"}).status, 0);
  std::filesystem::create_directories(out);
  for (const char* month : {"2016-02", "2016-03"}) run({"report", "make", "scb-month", "--period", month, "-o", out, p});
  std::string february;
  for (const auto& entry : std::filesystem::directory_iterator(out))
    if (entry.path().filename().string().starts_with("februari")) february = entry.path();
  ASSERT_FALSE(february.empty());
  EXPECT_EQ(run({"report", "check", february, p, "--report", "R-2016-02-001"}).status, 0);
  EXPECT_NE(run({"report", "check", february, p, "--report", "R-2016-03-001"}).status, 0) << "another month's";
}

TEST_F(Cli, drafts_stand_in_the_list_for_programs_of_either_kind) {
  const std::string p = "--project=ung-horisont";
  ASSERT_EQ(run({"import", register_file(), p}).status, 1) << "it waits to be confirmed";
  EXPECT_THAT(run({"imports", "list", p, "--plain"}).out, HasSubstr("\nU-1\t2016-04-15T08:00:00Z\tanna\tdeltagare.csv\t"));
  EXPECT_THAT(run({"imports", "list", p, "--json"}).out, HasSubstr("\"drafts\":[{\"draft\":\"U-1\""));
  // People read their own clocks.
  EXPECT_THAT(run({"imports", "list", p}).out, HasSubstr("U-1     2016-04-15 10:00  anna"));
  ASSERT_EQ(run({"imports", "drop", "U-1", p}).status, 0);
  EXPECT_THAT(run({"imports", "list", p, "--plain"}).out, HasSubstr("\ndraft\tat\tby\tfile\tsha256\n"));
  EXPECT_THAT(run({"imports", "list", p}).out, Not(HasSubstr("Utkast")));
}

TEST_F(Cli, the_text_of_a_problem_is_both_languages_whether_it_has_values_or_not) {
  const std::string p = "--project=ung-horisont";
  run({"import", file("fel.csv", "Deltagar-id;Personnummer;Namn;Startdatum\nUH-1;19990517-9818;Öberg, Åsa;2016-02-01\n"), p, "--yes",
       "--rows=good"});
  const auto answer = parse_json(run({"problems", "list", p, "--json"}).out);
  ASSERT_TRUE(answer);
  ASSERT_FALSE(answer->find("rows")->items.empty());
  for (const JsonValue& row : answer->find("rows")->items) {
    ASSERT_TRUE(row.find("text")->find("sv")) << row.find("code")->text;
    EXPECT_FALSE(row.find("text")->find("sv")->text.empty());
  }
}

TEST_F(Cli, a_draft_of_a_report_is_work_begun_and_not_done) {
  const std::string p = "--project=ung-horisont", out = (folder.path() / "ut").string();
  ASSERT_EQ(run({"import", register_file(), p, "--yes"}).status, 0);
  std::filesystem::create_directories(out);
  const auto step = [&] { return run({"status", "--month=2016-02", p}).out; };
  EXPECT_THAT(step(), HasSubstr("ingen fil till SCB för månaden"));
  run({"report", "make", "scb-month", "--period=2016-02", "-o", out, p});
  ASSERT_THAT(run({"report", "list", p}).out, HasSubstr("UTKAST"));
  EXPECT_THAT(step(), HasSubstr("R-2016-02-001 är ett utkast och får inte lämnas in"));
}

TEST_F(Cli, every_heading_of_the_help_is_in_the_language_asked_for) {
  for (const std::vector<std::string>& line :
       std::vector<std::vector<std::string>>{{"--help"}, {"hours", "--help"}, {"imports", "--help"}}) {
    EXPECT_THAT(run(line).out, HasSubstr("\nVal:\n"));
    EXPECT_THAT(run(line).out, Not(HasSubstr("Options:")));
  }
}

TEST_F(Cli, a_reason_names_nobody) {
  ASSERT_EQ(run({"import", register_file(), "--project=ung-horisont", "--yes"}).status, 0);
  const auto corrected = [&](const std::string& reason) {
    return run({"correct", "D-0001", "school=Nobelgymnasiet", "--reason", reason, "--project=ung-horisont"});
  };
  for (const char* number : {"19990517-9819", "990517-9819", "199905179819", "19990517 9819"}) {
    const Said said = corrected(std::string("enligt intyg om ") + number);
    EXPECT_EQ(said.status, 5) << number;
    EXPECT_THAT(said.messages, HasSubstr("innehåller ett personnummer")) << number;
  }
  EXPECT_EQ(corrected("enligt intyg 2016-03-01, ärende 12345678").status, 0) << "a day and another number name nobody";
}

TEST_F(Cli, a_file_above_four_gibibytes_is_refused_unread) {
  const auto huge = folder.path() / "stor.csv";
  write_file(huge, "a;b\n");
  std::filesystem::resize_file(huge, (4ull << 30) + 1);  // a hole, which takes no room
  for (const auto& line :
       {std::vector<std::string>{"inspect", huge.string()}, {"import", huge.string(), "--project=ung-horisont"}}) {
    const Said said = run(line);
    EXPECT_EQ(said.status, 3) << line[0];
    EXPECT_THAT(said.messages, HasSubstr("4 GiB")) << line[0];
  }
}

}  // namespace
}  // namespace horisont
