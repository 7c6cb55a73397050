#include <gmock/gmock.h>

#include "cli_fixture.h"
#include "core/values/message.h"

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace horisont {
namespace {

class Fixing : public Cli {
 protected:
  void SetUp() override { ASSERT_EQ(of_project({"import", register_file(), "--yes"}).status, 0); }
  Said of_project(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--project", "ung-horisont"});
    return run(arguments);
  }
  Said fix(const std::string& draft, const std::string& cell, const std::string& value, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"imports", "fix", draft, "--cell", cell, "--value", value});
    more.insert(more.end(), {"--reason", "enligt underskriven lista"});
    return of_project(more);
  }
};

const char* const times =
    "Deltagar-id;Datum;Timmar;Aktivitet\n"
    "UH-1;2016-03-02;25;praktik\n"
    "UH-1;2016-03-03;hel dag;praktik\n"
    "UH-2;2016-03-03;hel dag;praktik\n"
    "UH-2;2016-03-04;5;praktik\n";

TEST_F(Fixing, a_cell_is_read_as_something_else_the_file_stays_and_the_time_knows_who_fixed_it_and_why) {
  const std::string path = file("mars.csv", times);
  EXPECT_EQ(of_project({"import", path}).status, 1);

  const Said one = fix("U-1", "C2", "2,5");
  EXPECT_EQ(one.status, 1) << "two problems are left: " << one.messages;
  EXPECT_THAT(one.out, AllOf(HasSubstr("C2"), HasSubstr("2,5"), HasSubstr("anna"), HasSubstr("enligt underskriven lista")));
  EXPECT_THAT(one.messages, HasSubstr("heter nu U-2"));

  const Said shown = of_project({"imports", "fix", "U-2", "--cell", "C3", "--alike", "--dry-run"});
  EXPECT_THAT(shown.out, AllOf(HasSubstr("C3"), HasSubstr("C4"))) << "listed before anything is saved";
  EXPECT_THAT(of_project({"imports", "list"}).out, HasSubstr("U-2"));

  const Said all = fix("U-2", "C3", "6", {"--alike", "--json"});
  EXPECT_THAT(all.out, AllOf(HasSubstr("\"draft\":\"U-3\""), HasSubstr("\"cells\":\"2\""))) << all.out;
  const Said committed = of_project({"imports", "commit", "U-3"});
  EXPECT_EQ(committed.status, 0) << committed.out << committed.messages;
  EXPECT_THAT(committed.out, HasSubstr("19,50")) << "2:30 + 6 + 6 + 5";
  EXPECT_EQ(read_file(path), times);

  const Said problems = of_project({"problems", "list", "--code", "cell.fixed", "--json"});
  EXPECT_THAT(problems.out, AllOf(HasSubstr("C2"), HasSubstr("C3"), HasSubstr("C4"), HasSubstr("D-0002"),
                                  HasSubstr("enligt underskriven lista"), HasSubstr("hel dag")));
}

TEST_F(Fixing, a_fix_is_taken_back_until_the_draft_is_confirmed_and_lies_on_the_file_however_it_is_read_again) {
  const std::string path = file("mars.csv", times);
  EXPECT_EQ(of_project({"import", path}).status, 1);
  EXPECT_EQ(fix("U-1", "C3", "6", {"--alike"}).status, 1);
  EXPECT_EQ(fix("U-2", "C2", "2,5").status, 1) << "waits to be confirmed";
  EXPECT_THAT(of_project({"imports", "show", "U-3"}).messages, Not(HasSubstr("Fel")));

  const Said back = of_project({"imports", "fix", "U-3", "--cell", "C3", "--take-back"});
  EXPECT_THAT(back.messages, HasSubstr("1 rättelser borttagna"));
  EXPECT_THAT(back.messages, HasSubstr("hel dag"));
  EXPECT_THAT(back.out, AllOf(HasSubstr("C4"), HasSubstr("C2"), Not(HasSubstr("C3"))));
  EXPECT_EQ(of_project({"imports", "fix", "U-4", "--cell", "C3", "--take-back"}).status, 5) << "twice";
}

TEST_F(Fixing, what_cannot_be_fixed_is_refused_and_nothing_changes) {
  EXPECT_EQ(of_project({"import", file("mars.csv", times)}).status, 1);
  struct Case {
    const char* name;
    std::vector<std::string> arguments;
    int status;
    const char* says;
  };
  const std::vector<std::string> reason{"--reason", "enligt underskriven lista"};
  const Case cases[] = {
      {"a cell without a problem", {"U-1", "--cell", "C5", "--value", "4"}, 5, "inget problem"},
      {"a cell that is not there", {"U-1", "--cell", "Z99", "--value", "4"}, 5, "inget problem"},
      {"what is no cell", {"U-1", "--cell", "överallt", "--value", "4"}, 5, "inget problem"},
      {"a value that is wrong too", {"U-1", "--cell", "C2", "--value", "en halv"}, 5, "går inte heller"},
      {"a value that is empty where one is needed", {"U-1", "--cell", "C2", "--empty"}, 5, "går inte heller"},
      {"a value longer than a cell", {"U-1", "--cell", "C2", "--value", std::string(501, '1')}, 5, "längre än 500"},
      {"a draft that is not there", {"U-7", "--cell", "C2", "--value", "4"}, 5, "Utkastet U-7 finns inte"},
      {"what is no draft", {"7", "--cell", "C2", "--value", "4"}, 2, "U-"},
      {"nothing to read instead", {"U-1", "--cell", "C2"}, 2, "--value"},
      {"both ways at once", {"U-1", "--cell", "C2", "--value", "4", "--take-back"}, 2, "en av --value"},
      {"a fix that there is not", {"U-1", "--cell", "C2", "--take-back"}, 5, "inte rättad"},
  };
  for (const Case& one : cases) {
    std::vector<std::string> arguments{"imports", "fix"};
    arguments.insert(arguments.end(), one.arguments.begin(), one.arguments.end());
    arguments.insert(arguments.end(), reason.begin(), reason.end());
    const Said said = of_project(arguments);
    EXPECT_EQ(said.status, one.status) << one.name << ": " << said.messages;
    EXPECT_THAT(said.messages, HasSubstr(one.says)) << one.name;
    EXPECT_THAT(of_project({"imports", "list"}).out, HasSubstr("U-1")) << one.name;
  }
  EXPECT_EQ(of_project({"imports", "fix", "U-1", "--cell", "C2", "--value", "4", "--reason", "nio tecke"}).status, 5)
      << "a reason of nine letters";
  EXPECT_EQ(of_project({"imports", "fix", "U-1", "--cell", "C2", "--value", "4", "--reason", "tio tecken"}).status, 1);
  EXPECT_EQ(fix("U-1", "C3", "6").status, 5) << "the draft of the other window is U-2 now";
}

TEST_F(Fixing, the_29th_of_february_is_right_in_2016_and_wrong_in_2015) {
  const std::string path = file("februari.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-02-30;5;praktik\n");
  EXPECT_EQ(of_project({"import", path}).status, 1);
  EXPECT_THAT(fix("U-1", "B2", "2015-02-29").messages, HasSubstr("går inte heller"));
  EXPECT_EQ(fix("U-1", "B2", "2016-02-29").status, 1);
  EXPECT_EQ(of_project({"imports", "commit", "U-2"}).status, 0);
}

TEST_F(Fixing, a_number_that_was_fixed_is_the_persons_and_is_repeated_nowhere) {
  const std::string path = file("nya.csv",
                                "Deltagar-id;Personnummer;Startdatum\n"
                                "UH-3;19970303-9802;2016-03-01\n");
  EXPECT_EQ(of_project({"import", path}).status, 1);
  const Said said = fix("U-1", "B2", "19970303-9801");
  for (const char* number : {"9801", "9802"}) EXPECT_THAT(said.out + said.messages, Not(HasSubstr(number)));
  const Said committed = of_project({"imports", "commit", "U-2"});
  EXPECT_EQ(committed.status, 0) << committed.messages;
  const Said list = of_project({"problems", "list", "--json"});
  EXPECT_THAT(list.out, AllOf(HasSubstr("cell.fixed-private"), HasSubstr("D-0003"), Not(HasSubstr("9801"))));
}

TEST_F(Fixing, the_number_above_a_persons_sheet_is_fixed_once_for_all_its_rows) {
  const std::string book = std::string(HORISONT_SOURCE_DIR) + "/tests/scenarios/ett-blad-per-person-utan-nummer/narvaro.xlsx";
  const Said refused = of_project({"import", book});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.messages, HasSubstr("cell B1 (Personnr)")) << "the cell without a number, not the rows below";
  EXPECT_EQ(fix("U-1", "deltagare 2!b1", "19980303-9800").status, 1) << "waits to be confirmed";
  EXPECT_EQ(of_project({"imports", "commit", "U-2"}).status, 0);
  EXPECT_THAT(of_project({"hours", "--month", "2016-03", "--by", "month", "--plain"}).out, HasSubstr("1800")) << "2 people, 3 days, 5 h";

  const std::string marked = (folder.path() / "igen.xlsx").string();
  EXPECT_EQ(of_project({"import", book, "--marked-up", marked}).status, 0) << "read before";
  EXPECT_TRUE(std::filesystem::exists(marked));
}

}  // namespace
}  // namespace horisont
