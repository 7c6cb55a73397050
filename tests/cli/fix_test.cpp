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
  EXPECT_THAT(all.out, AllOf(HasSubstr("\"draft\":\"U-3\""), HasSubstr("\"cells\":2"))) << all.out;
  const Said committed = of_project({"imports", "commit", "U-3"});
  EXPECT_EQ(committed.status, 0) << committed.out << committed.messages;
  EXPECT_THAT(committed.out, HasSubstr("19,50")) << "2:30 + 6 + 6 + 5";
  EXPECT_EQ(read_file(path), times);

  const Said problems = of_project({"problems", "list", "--code", "cell.fixed", "--json"});
  EXPECT_THAT(problems.out, AllOf(HasSubstr("C2"), HasSubstr("C3"), HasSubstr("C4"), HasSubstr("D-0002"),
                                  HasSubstr("enligt underskriven lista"), HasSubstr("hel dag")));
}

// The file's own sum is compared again with what is read after each fix.
TEST_F(Fixing, a_fix_that_the_file_s_own_sum_speaks_against_is_told_and_keeps_the_draft_waiting) {
  const std::string with_sum =
      "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-02;hel dag;praktik\nUH-2;2016-03-03;5;praktik\nSumma;;11;\n";
  EXPECT_EQ(of_project({"import", file("mars.csv", with_sum)}).status, 1);
  const Said wrong = fix("U-1", "C2", "7");
  EXPECT_EQ(wrong.status, 1);
  EXPECT_THAT(wrong.messages, AllOf(HasSubstr("sum.mismatch"), HasSubstr("11:00"), HasSubstr("12:00"), HasSubstr("C4")));
  EXPECT_EQ(of_project({"imports", "commit", "U-2"}).status, 1) << "the sum still differs";
  const Said right = fix("U-1", "C2", "6");
  EXPECT_EQ(right.status, 5) << "U-1 is no draft any more";
  EXPECT_EQ(of_project({"imports", "fix", "U-2", "--cell", "C2", "--take-back"}).status, 1);
  const Said again = fix("U-3", "C2", "6");
  EXPECT_THAT(again.messages, Not(HasSubstr("sum.mismatch")));
  const Said stored = of_project({"imports", "commit", "U-4"});
  EXPECT_EQ(stored.status, 0) << again.messages << stored.messages;
}

TEST_F(Fixing, a_fix_is_taken_back_until_the_draft_is_confirmed_and_lies_on_the_file_however_it_is_read_again) {
  const std::string path = file("mars.csv", times);
  EXPECT_EQ(of_project({"import", path}).status, 1);
  EXPECT_EQ(fix("U-1", "C3", "6", {"--alike"}).status, 1);
  EXPECT_EQ(fix("U-2", "C2", "2,5").status, 1) << "waits to be confirmed";
  EXPECT_THAT(of_project({"imports", "show", "U-3"}).messages, Not(HasSubstr("Fel")));

  const Said back = of_project({"imports", "fix", "U-3", "--cell", "C3", "--take-back"});
  EXPECT_THAT(back.messages, HasSubstr("1 rättelse borttagen"));
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

TEST_F(Fixing, what_was_shown_of_a_file_is_what_is_stored_whatever_its_headings_and_answers_are) {
  const std::string path = file("egna rubriker.csv",
                                "Deltagar-id;Dag närvaro;Tid i tim;Aktivitet\n"
                                "UH-1;2016-03-07;4;praktik\nUH-2;2016-03-08;5;praktik\n");
  struct Case {
    const char *answer, *says;
    int status;
  };
  const Case cases[] = {{"Tid i tim=xyz", "\"xyz\" (för kolumnen Tid i tim) är inget fält. Välj ett av: ", 2},
                        {"Tid i tim=minute", "Menade du minutes?", 2},
                        {"Dag närvaro=Datum", "Välj ett av: date, document_date", 2},  // two kinds of files have that heading
                        {"Tid i tim=slut datum", "exit_date, som inte finns i den sortens fil", 3}};
  for (const Case& one : cases) {
    const Said said = of_project({"import", path, "--record", "attendance", "--read-as", one.answer});
    EXPECT_EQ(said.status, one.status) << one.answer;
    EXPECT_THAT(said.messages, HasSubstr(one.says));
  }
  // By the program's own heading, with blanks in it; by the field's name; a word of a list with blanks.
  const Said shown = of_project(
      {"import", path, "--record", "attendance", "--read-as", "Dag närvaro=date", "--read-as", "Tid i tim=Antal timmar"});
  ASSERT_THAT(shown.out, HasSubstr("egna rubriker.csv  närvaro")) << shown.messages;
  EXPECT_THAT(shown.messages, Not(HasSubstr("ny sedan profilen"))) << "nobody has a profile";
  EXPECT_EQ(of_project({"imports", "commit", "U-1"}).status, 0);
  EXPECT_THAT(of_project({"hours", "--by", "participant", "--plain"}).out,
              AllOf(HasSubstr("D-0001\t240"), HasSubstr("D-0002\t300")));
}

TEST_F(Fixing, a_column_that_is_not_read_is_named_and_a_break_in_minutes_is_taken_away) {
  const Said said = of_project({"import",
                                file("rast.csv",
                                     "Deltagar-id;Datum;Från kl;Till kl;Rast (min);Aktivitet (kod);Egen anteckning\n"
                                     "UH-1;2016-03-07;08:00;16:00;60;praktik;ok\n"),
                                "--record", "attendance", "--yes"});
  EXPECT_EQ(said.status, 0) << said.messages;
  EXPECT_THAT(said.messages, HasSubstr("rast.csv: de här kolumnerna läses inte in: Egen anteckning."));
  EXPECT_THAT(of_project({"hours", "--by", "participant", "--plain"}).out, HasSubstr("D-0001\t420"));
}

TEST_F(Fixing, what_was_answered_and_fixed_goes_along_when_the_file_is_read_again_and_it_is_said) {
  const std::string text = std::string(times) + "UH-1;2016-03-07;4;PRAO\n";
  const std::string path = file("mars.csv", text);
  const Said first = of_project({"import", path});
  EXPECT_THAT(first.messages, HasSubstr("horisont imports answer U-1 --project ung-horisont --read-as"));
  EXPECT_EQ(of_project({"imports", "answer", "U-1"}).status, 2) << "no answer";
  EXPECT_EQ(of_project({"imports", "answer", "U-1", "--read-as", "kanske"}).status, 2) << "no answer that there is";
  EXPECT_EQ(of_project({"imports", "answer", "U-9", "--read-as", "dmy"}).status, 5) << "no such draft";
  EXPECT_THAT(of_project({"imports", "list"}).out, HasSubstr("U-1")) << "nothing changed";

  const Said answered = of_project({"imports", "answer", "U-1", "--read-as", "activity:PRAO=work_placement"});
  EXPECT_EQ(answered.status, 1) << "three problems are left";
  EXPECT_THAT(answered.messages, AllOf(HasSubstr("Utkastet U-1 heter nu U-2"), Not(HasSubstr("PRAO"))));
  EXPECT_EQ(fix("U-2", "C3", "6", {"--alike"}).status, 1);

  const Said again = of_project({"import", path, "--read-as", "hidden=skip", "--json"});
  EXPECT_THAT(again.out, AllOf(HasSubstr("\"draft.replaced\""), HasSubstr("[\"U-3\",\"1\",\"2\",\"0\"]"))) << again.out;
  EXPECT_THAT(again.messages + again.out, AllOf(Not(HasSubstr("PRAO")), Not(HasSubstr("hel dag\",\"level\":\"error"))));
  const Said list = of_project({"imports", "list"});
  EXPECT_THAT(list.out, AllOf(HasSubstr("U-4"), Not(HasSubstr("U-3"))));
  EXPECT_EQ(fix("U-4", "C2", "2,5").status, 1);
  EXPECT_EQ(of_project({"imports", "commit", "U-5"}).status, 0);
}

TEST_F(Fixing, a_fix_lies_over_the_cell_that_it_was_made_for_and_over_no_other_value) {
  EXPECT_EQ(of_project({"import", file("mars.csv", times)}).status, 1);
  EXPECT_EQ(fix("U-1", "C3", "6", {"--alike"}).status, 1);
  EXPECT_EQ(fix("U-2", "C2", "2,5").status, 1);
  // The corrected file: one cell says something else now, one what the fix said, one is as it was; nobody is in row 5.
  const std::string corrected = file("mars rättad.csv",
                                     "Deltagar-id;Datum;Timmar;Aktivitet\n"
                                     "UH-1;2016-03-02;2,5;praktik\n"
                                     "UH-1;2016-03-03;7;praktik\n"
                                     "UH-2;2016-03-03;hel dag;praktik\n");
  EXPECT_EQ(of_project({"import", corrected, "--replaces", "U-7"}).status, 5) << "no such draft";
  const Said said = of_project({"import", corrected, "--replaces", "U-3"});
  EXPECT_EQ(said.status, 1) << "waits";
  EXPECT_THAT(said.messages, AllOf(HasSubstr("utkastet U-3"), HasSubstr("Rättningar som följde med: 1, som inte används: 1"),
                                   HasSubstr("C3")));
  const Said list = of_project({"imports", "list"});
  EXPECT_THAT(list.out, AllOf(HasSubstr("U-4"), Not(HasSubstr("U-3"))));
  EXPECT_THAT(of_project({"imports", "show", "U-4", "--json"}).out,
              AllOf(HasSubstr("cell.fix-overtaken"), HasSubstr("cell.fix-in-file"), HasSubstr("\"minutes\":930")))
      << "2:30 + 7 + 6";
  EXPECT_EQ(of_project({"imports", "fix", "U-4", "--cell", "C3", "--take-back"}).status, 1);
  EXPECT_THAT(of_project({"imports", "show", "U-5", "--json"}).out, Not(HasSubstr("cell.fix-overtaken")));

  const Said shorter = of_project(
      {"import", file("kort.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-02;2;praktik\n"), "--replaces", "U-5"});
  EXPECT_THAT(shorter.messages, HasSubstr("Rättningen av C4 (Timmar) används inte: raden som den gjordes för finns inte"));
}

TEST_F(Fixing, the_marked_up_copy_of_a_draft_takes_its_place_with_its_fixes) {
  EXPECT_EQ(of_project({"import", file("mars.csv", times)}).status, 1);
  EXPECT_EQ(fix("U-1", "C3", "6", {"--alike"}).status, 1);
  const std::string copy = (folder.path() / "rattad.xlsx").string();
  EXPECT_EQ(of_project({"problems", "export", "U-2", "-o", copy}).status, 0);
  const Said tried = of_project({"import", copy, "--dry-run"});
  EXPECT_THAT(tried.messages, HasSubstr("skulle ta utkastet U-2:s plats"));
  EXPECT_THAT(of_project({"imports", "list"}).out, HasSubstr("U-2"));
  const Said said = of_project({"import", copy});
  EXPECT_THAT(said.messages, AllOf(HasSubstr("Filen tar utkastet U-2:s plats"),
                                   HasSubstr("Rättningar som följde med: 2, som inte används: 0")));
  EXPECT_THAT(of_project({"imports", "list"}).out, AllOf(HasSubstr("U-3"), Not(HasSubstr("U-2"))));
  EXPECT_EQ(fix("U-3", "Data!C2", "2,5").status, 1);
  EXPECT_EQ(of_project({"imports", "commit", "U-4"}).status, 0);
}

TEST_F(Fixing, a_fix_in_a_form_lies_over_the_cell_beside_its_label) {
  const std::string book = std::string(HORISONT_SOURCE_DIR) + "/tests/scenarios/formular-med-fel/blankett.xlsx";
  const Said refused = of_project({"import", book});
  EXPECT_EQ(refused.status, 1) << refused.messages;
  EXPECT_THAT(refused.messages, AllOf(HasSubstr("B4 (Personnummer)"), HasSubstr("B8 (Studerar)")));
  EXPECT_EQ(fix("U-1", "B8", "nej").status, 1);
  const Said fixed = fix("U-2", "B4", "19980714-9811");
  EXPECT_EQ(fixed.status, 1) << fixed.messages;
  EXPECT_EQ(of_project({"imports", "commit", "U-3"}).status, 0);
  const Said shown = of_project({"explain", "D-0003"});
  EXPECT_THAT(shown.out, AllOf(HasSubstr("cell B4"), HasSubstr("cell B6"), HasSubstr("cell B7")))
      << "each value says its own cell: " << shown.out;
}

TEST_F(Fixing, the_number_above_a_persons_sheet_is_fixed_once_for_all_its_rows) {
  const std::string book = std::string(HORISONT_SOURCE_DIR) + "/tests/scenarios/ett-blad-per-person-utan-nummer/narvaro.xlsx";
  const Said refused = of_project({"import", book});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.messages, HasSubstr("cell B1 (Personnr)")) << "the cell without a number, not the rows below";
  EXPECT_EQ(fix("U-1", "deltagare 2!b1", "19980303-9800").status, 1) << "waits to be confirmed";
  EXPECT_EQ(of_project({"imports", "commit", "U-2"}).status, 0);
  EXPECT_THAT(of_project({"hours", "--month", "2016-03", "--by", "month", "--plain"}).out, HasSubstr("1800"))
      << "2 people, 3 days, 5 h";

  const std::string marked = (folder.path() / "igen.xlsx").string();
  EXPECT_EQ(of_project({"import", book, "--marked-up", marked}).status, 0) << "read before";
  EXPECT_TRUE(std::filesystem::exists(marked));
}

// "In" and "Ut" are two rows of each person; what is wrong with the end stands in the row "Ut", and is fixed there.
TEST_F(Fixing, each_of_the_two_rows_of_a_person_in_and_out_is_fixed_in_its_own_cell) {
  const std::string stories = std::string(HORISONT_SOURCE_DIR) + "/tests/scenarios/";
  ASSERT_EQ(of_project({"import", stories + "register.csv", "--yes"}).status, 0);
  const Said told = of_project({"import", stories + "in-och-ut-pa-var-sin-rad/narvaro.xlsx"});
  EXPECT_THAT(told.messages, AllOf(HasSubstr("time.end-missing"), HasSubstr("E5"), Not(HasSubstr("hours.form")))) << told.messages;

  EXPECT_THAT(fix("U-1", "E6", "12:00").messages, HasSubstr("ovanför")) << "below the cell that is wrong";
  EXPECT_THAT(fix("U-1", "E5", "snart").messages, HasSubstr("går inte heller"));
  const Said mended = fix("U-1", "E5", "12:00");
  EXPECT_EQ(mended.status, 1) << mended.messages;
  EXPECT_THAT(mended.messages, Not(HasSubstr("time.end-missing"))) << "09:00 to 12:00";
  const Said stored = of_project({"imports", "commit", "U-2"});
  EXPECT_EQ(stored.status, 0) << stored.messages;
  EXPECT_THAT(stored.out, HasSubstr("27,00")) << "7 + 4 + 6 + 3, 4 + 3";
}

TEST_F(Fixing, of_the_rows_in_and_out_one_that_is_left_out_takes_the_other_with_it) {
  const std::string stories = std::string(HORISONT_SOURCE_DIR) + "/tests/scenarios/";
  ASSERT_EQ(of_project({"import", stories + "register.csv", "--yes"}).status, 0);
  ASSERT_EQ(of_project({"import", stories + "in-och-ut-pa-var-sin-rad/narvaro.xlsx"}).status, 1);
  const Said left = of_project({"imports", "fix", "U-1", "--leave-out", "5", "--reason", "enligt underskriven lista"});
  EXPECT_EQ(left.status, 1) << left.messages;
  EXPECT_THAT(of_project({"imports", "show", "U-2", "--json"}).out, AllOf(HasSubstr("row.left-out-with"), HasSubstr("\"row\":4"), Not(HasSubstr("time.end-missing"))));
  EXPECT_THAT(of_project({"imports", "commit", "U-2"}).out, HasSubstr("20,00")) << "7 + 4 + 6 + 3 of the other";
}

}  // namespace
}  // namespace horisont
