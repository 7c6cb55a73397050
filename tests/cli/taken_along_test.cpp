// What goes along when a file takes the place of a draft: fixes follow what their row is about and the heading of their column,
// answers the questions that the new file asks of columns with the same headings. And rows that are left out.

#include <gmock/gmock.h>

#include "cli_fixture.h"

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace horisont {
namespace {

class TakenAlong : public Cli {
 protected:
  void SetUp() override { ASSERT_EQ(of_project({"import", register_file(), "--yes"}).status, 0); }
  Said of_project(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--project", "ung-horisont"});
    return run(arguments);
  }
  Said fix(const std::string& draft, std::vector<std::string> more) {
    more.insert(more.begin(), {"imports", "fix", draft});
    more.insert(more.end(), {"--reason", "enligt underskriven lista"});
    return of_project(more);
  }
  std::string hours() { return of_project({"hours", "--by", "participant", "--plain"}).out; }
};

const char* const times =
    "Deltagar-id;Datum;Timmar;Aktivitet\n"
    "UH-1;2016-03-03;hel dag;praktik\n"
    "UH-2;2016-03-03;hel dag;praktik\n"
    "UH-2;2016-03-04;5;praktik\n";

TEST_F(TakenAlong, a_fix_follows_its_person_and_day_and_its_heading_and_lands_on_nobody_else) {
  struct Case {
    const char* sentence;
    std::string text;
    std::vector<const char*> says;
    const char* hours;  // after what was not used is left out; empty: still wrong
  };
  const Case cases[] = {
      {"rows inserted above",
       "Deltagar-id;Datum;Timmar;Aktivitet\nUH-2;2016-03-01;3;praktik\nUH-2;2016-03-02;3;praktik\nUH-1;2016-03-03;hel dag;praktik\n",
       {"Rättningar som följde med: 1, som inte används: 0"},
       "D-0001\t360"},
      {"the list sorted the other way",
       "Deltagar-id;Datum;Timmar;Aktivitet\nUH-2;2016-03-04;5;praktik\nUH-1;2016-03-03;hel dag;praktik\n",
       {"följde med: 1, som inte används: 0"},
       "D-0001\t360"},
      {"the columns in another order, the day as another text",
       "Aktivitet;Timmar;Datum;Deltagar-id\npraktik;hel dag;3 mars 2016;UH-1\n",
       {"följde med: 1, som inte används: 0"},
       "D-0001\t360"},
      {"the person by number and no longer by reference",
       "Personnummer;Datum;Timmar;Aktivitet\n19990517-9819;2016-03-03;hel dag;praktik\n",
       {"följde med: 1, som inte används: 0"},
       "D-0001\t360"},
      {"another person with the same words in the same cell",
       "Deltagar-id;Datum;Timmar;Aktivitet\nUH-2;2016-03-03;hel dag;praktik\n",
       {"följde med: 0, som inte används: 1", "C2 (Timmar) används inte: raden som den gjordes för finns inte"},
       ""},
      {"another day of the person",
       "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-07;hel dag;praktik\n",
       {"följde med: 0, som inte används: 1"},
       ""},
      {"another heading",
       "Deltagar-id;Datum;Antal timmar;Aktivitet\nUH-1;2016-03-03;hel dag;praktik\n",
       {"följde med: 0, som inte används: 1", "ingen kolumn heter \"Timmar\""},
       ""},
      {"two rows of that person, day and activity",
       "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-03;hel dag;praktik\nUH-1;2016-03-03;2;praktik\n",
       {"följde med: 0, som inte används: 1", "flera celler som den kan gälla"},
       ""},
      {"another text in the cell",
       "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-03;halv dag;praktik\n",
       {"följde med: 0, som inte används: 1", "i cellen står något annat än när den gjordes"},
       ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.sentence);
    ASSERT_EQ(of_project({"import", file("mars.csv", times), "--again"}).status, 1);
    const auto draft = [&] {
      const std::string list = of_project({"imports", "list", "--plain"}).out;
      const std::size_t at = list.rfind("U-");
      return at == list.npos ? std::string() : list.substr(at, list.find('\t', at) - at);
    };
    ASSERT_EQ(fix(draft(), {"--cell", "C2", "--value", "6"}).status, 1);
    const Said said = of_project({"import", file("ny.csv", one.text), "--replaces", draft()});
    for (const char* words : one.says) EXPECT_THAT(said.messages, HasSubstr(words));
    const Said shown = of_project({"imports", "show", draft(), "--json"});
    if (*one.hours) {
      EXPECT_THAT(shown.out, Not(HasSubstr("\"error\"")));
      EXPECT_EQ(of_project({"imports", "commit", draft()}).status, 0);
      EXPECT_THAT(hours(), HasSubstr(one.hours));
    } else {
      EXPECT_THAT(shown.out, HasSubstr("\"error\"")) << "nobody has got six hours";
      EXPECT_EQ(of_project({"imports", "drop", draft()}).status, 0);
    }
  }
}

TEST_F(TakenAlong, a_fix_that_found_no_row_is_taken_back_by_the_cell_that_it_had) {
  ASSERT_EQ(of_project({"import", file("mars.csv", times)}).status, 1);
  ASSERT_EQ(fix("U-1", {"--cell", "C2", "--value", "6"}).status, 1);
  const std::string other = file("ny.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-2;2016-03-03;4;praktik\n");
  EXPECT_EQ(of_project({"import", other, "--replaces", "U-2"}).status, 1);
  EXPECT_EQ(of_project({"imports", "fix", "U-3", "--cell", "C2", "--take-back"}).status, 1);
  EXPECT_THAT(of_project({"imports", "show", "U-4", "--json"}).out, Not(HasSubstr("cell.fix-")));
}

TEST_F(TakenAlong, an_answer_goes_along_where_the_file_asks_the_same_of_a_column_with_the_same_heading) {
  const std::string asked =
      "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-07;450;PRAO\nUH-1;2016-03-08;420;PRAO\nUH-2;2016-03-08;390;PRAO\n";
  struct Case {
    const char *sentence, *from, *to;
    std::vector<const char*> says;
    const char* not_said;
  };
  const Case cases[] = {
      {"the same columns in another order of rows", "UH-1;2016-03-07;450;PRAO\n", "", {"Svar som följde med: 2."}, "följde inte med"},
      {"the hours have another heading", "Timmar", "Tid", {"Svar som följde med: 1.", "Svaret minutes följde inte med"}, "Svaret activity"},
      {"the activity has another heading", "Aktivitet", "Insats", {"följde med: 1.", "Svaret activity:PRAO=work_placement följde inte"}, "Svaret minutes"},
      {"the hours are hours, and nobody asks", "450", "7,5", {"följde med: 1.", "Svaret minutes följde inte med"}, "Svaret activity"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.sentence);
    ASSERT_EQ(of_project({"import", file("april.csv", asked)}).status, 1);
    const auto draft = [&] {
      const std::string list = of_project({"imports", "list", "--plain"}).out;
      const std::size_t at = list.rfind("U-");
      return list.substr(at, list.find('\t', at) - at);
    };
    ASSERT_LE(of_project({"imports", "answer", draft(), "--read-as", "minutes", "--read-as", "activity:PRAO=work_placement"}).status, 1);
    std::string changed = asked;
    const std::string from = one.from;
    changed.replace(changed.find(from), from.size(), one.to);
    if (std::string(one.sentence).starts_with("the hours are hours")) {
      changed.replace(changed.find("420"), 3, "7");
      changed.replace(changed.find("390"), 3, "6,5");
    }
    const Said said = of_project({"import", file("ny.csv", changed), "--replaces", draft()});
    for (const char* words : one.says) EXPECT_THAT(said.messages, HasSubstr(words));
    EXPECT_THAT(said.messages, Not(HasSubstr(one.not_said)));
    EXPECT_EQ(of_project({"imports", "drop", draft()}).status, 0);
  }
}

TEST_F(TakenAlong, the_question_of_the_hours_says_what_the_column_would_be_under_each_answer) {
  const Said said = of_project({"import", file("timmar.csv",
                                               "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-07;7.30;praktik\n"
                                               "UH-1;2016-03-08;6.45;praktik\nUH-2;2016-03-08;7;praktik\n")});
  EXPECT_THAT(said.out, AllOf(HasSubstr("2 av 3 celler kan läsas på flera sätt, och svaret gäller alla 3"),
                              HasSubstr("decimal: 7.30 → 7:18, 6.45 → 6:27, 7 → 7:00"),
                              HasSubstr("hours.minutes: 7.30 → 7:30, 6.45 → 6:45, 7 → 7:00"), HasSubstr("minutes: 7.30 → ")));
}

TEST_F(TakenAlong, a_row_is_left_out_with_a_reason_shown_in_the_draft_and_follows_to_a_new_file) {
  const std::string rows =
      "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-03;6;praktik\nUH-99;2016-03-03;6;praktik\nUH-2;2016-03-04;5;praktik\n";
  ASSERT_EQ(of_project({"import", file("mars.csv", rows)}).status, 1);
  EXPECT_EQ(of_project({"imports", "fix", "U-1", "--leave-out", "3", "--reason", "för kort"}).status, 5);
  EXPECT_EQ(fix("U-1", {"--leave-out", "9"}).status, 5) << "no such row";
  EXPECT_EQ(fix("U-1", {"--leave-out", "C3"}).status, 5) << "a cell is no row";
  EXPECT_EQ(fix("U-1", {"--leave-out", "3", "--value", "4"}).status, 2);
  EXPECT_EQ(fix("U-1", {}).status, 2) << "neither cell nor row";
  const Said left = fix("U-1", {"--leave-out", "3"});
  EXPECT_EQ(left.status, 1) << left.messages;
  EXPECT_THAT(left.out, AllOf(HasSubstr("lämnas utanför"), HasSubstr("enligt underskriven lista"), HasSubstr("anna")));
  EXPECT_THAT(of_project({"imports", "show", "U-2", "--json"}).out, AllOf(HasSubstr("row.left-out"), Not(HasSubstr("row.unknown-person"))));

  // In the new file the row stands elsewhere; one that says something else is read.
  const std::string moved = file("ny.csv",
                                 "Deltagar-id;Datum;Timmar;Aktivitet\nUH-2;2016-03-04;5;praktik\nUH-1;2016-03-03;6;praktik\n"
                                 "UH-99;2016-03-03;6;praktik\n");
  EXPECT_THAT(of_project({"import", moved, "--replaces", "U-2"}).messages, HasSubstr("följde med: 1, som inte används: 0"));
  EXPECT_THAT(of_project({"imports", "fix", "U-3", "--leave-out", "4", "--take-back"}).messages, HasSubstr("cell A4 (Deltagar-id)"));
  EXPECT_EQ(fix("U-4", {"--leave-out", "4"}).status, 1);
  EXPECT_EQ(of_project({"imports", "commit", "U-5"}).status, 0);
  EXPECT_THAT(hours(), AllOf(HasSubstr("D-0001\t360"), HasSubstr("D-0002\t300")));
  EXPECT_THAT(of_project({"problems", "list", "--code", "row.left-out", "--json"}).out, HasSubstr("enligt underskriven lista"));
}

TEST_F(TakenAlong, time_that_has_not_been_is_refused_and_leave_that_is_planned_is_told) {
  const Said tomorrow = of_project({"import", file("april.csv",
                                                   "Deltagar-id;Datum;Timmar;Aktivitet;Frånvaro\nUH-1;2016-04-15;6;praktik;\n"
                                                   "UH-1;2016-04-18;6;praktik;\nUH-2;2016-04-18;;praktik;giltig\n")});
  EXPECT_EQ(tomorrow.status, 1);
  EXPECT_THAT(tomorrow.messages, HasSubstr("2016-04-18 har inte varit än (i dag är 2016-04-15)"));
  EXPECT_EQ(of_project({"imports", "commit", "U-1"}).status, 1) << "an error is not confirmed away";
  EXPECT_THAT(hours(), Not(HasSubstr("360")));
  EXPECT_EQ(fix("U-1", {"--leave-out", "3"}).status, 1);
  EXPECT_EQ(of_project({"imports", "commit", "U-2"}).status, 0);
  EXPECT_THAT(hours(), HasSubstr("D-0001\t360"));
}

TEST_F(TakenAlong, the_half_after_midnight_goes_with_its_row) {
  const auto night = [&](const std::string& name, const std::string& from, const std::string& to, const std::string& more = "") {
    return file(name, "Deltagar-id;Datum;Starttid;Sluttid;Aktivitet\nUH-1;2016-03-31;" + from + ";" + to + ";praktik\n" + more);
  };
  ASSERT_EQ(of_project({"import", night("natt.csv", "22:00", "02:00"), "--yes"}).status, 0);
  const auto of_day = [&] { return of_project({"hours", "--by", "month", "--plain"}).out; };
  EXPECT_THAT(of_day(), AllOf(HasSubstr("2016-03\t120"), HasSubstr("2016-04\t120")));

  struct Case {
    const char* sentence;
    std::string path;
    const char *gone, *march, *april;
  };
  const Case cases[] = {
      {"until 23", night("tidigare.csv", "22:00", "23:00"), "gone", "2016-03\t60", ""},
      {"until midnight", night("midnatt.csv", "22:00", "24:00"), "gone", "2016-03\t120", ""},
      {"the morning as a row of its own",
       night("rader.csv", "22:00", "24:00", "UH-1;2016-04-01;00:00;02:00;praktik\n"), "", "2016-03\t120", "2016-04\t120"},
      {"until one", night("till ett.csv", "22:00", "01:00"), "", "2016-03\t120", "2016-04\t60"},
  };
  std::uint32_t import = 3;
  for (const Case& one : cases) {
    SCOPED_TRACE(one.sentence);
    const Said shown = of_project({"import", one.path, "--dry-run", "--json"});
    if (*one.gone)
      EXPECT_THAT(shown.out, AllOf(HasSubstr("\"gone\""), HasSubstr("2016-04-01")));
    else
      EXPECT_THAT(shown.out, Not(HasSubstr("\"gone\"")));
    ASSERT_EQ(of_project({"import", one.path, "--yes"}).status, 0);
    EXPECT_THAT(of_day(), HasSubstr(one.march));
    if (*one.april)
      EXPECT_THAT(of_day(), HasSubstr(one.april));
    else
      EXPECT_THAT(of_day(), Not(HasSubstr("2016-04")));
    ASSERT_EQ(of_project({"imports", "undo", "I-" + std::to_string(import++), "--reason", "för provets skull"}).status, 0);
    EXPECT_THAT(of_day(), AllOf(HasSubstr("2016-03\t120"), HasSubstr("2016-04\t120"))) << "the facts of before stand again";
  }
}

TEST_F(TakenAlong, a_month_as_SCB_gets_it_is_read_back_as_people_and_as_hours_of_its_month_and_held_against_what_is_stored) {
  const std::string month = "Personnummer;Startdatum;Slutdatum;Timmar;E-post;Mobil\n";
  const std::string path = file("mars2016_ung-horisont.csv", month + "199905179819;2016-02-01;;11;asa@example.org;070-000 00 01\n"
                                                                      "199803039800;2016-02-09;2016-03-18;5;;\n");
  const Said people = of_project({"import", path, "--dry-run", "--json"});
  EXPECT_EQ(people.status, 0) << people.messages;
  EXPECT_THAT(people.out, AllOf(HasSubstr("\"field\":\"entry_date\",\"before\":\"2016-02-08\",\"after\":\"2016-02-09\""),
                                HasSubstr("\"field\":\"exit_date\",\"before\":\"\",\"after\":\"2016-03-18\"")))
      << people.out;
  const std::string hours_of_month = of_project({"import", path, "--record", "attendance", "--dry-run", "--json"}).out;
  EXPECT_THAT(hours_of_month, AllOf(HasSubstr("\"minutes\":960"), HasSubstr("\"errors\":0"), HasSubstr("\"when\":\"2016-03\"")));
  EXPECT_THAT(of_project({"import", file("lista.csv", month + "199905179819;2016-02-01;;11;;\n"), "--record", "attendance", "--dry-run"}).messages,
              HasSubstr("månad")) << "of no month that anybody has said";

  ASSERT_EQ(of_project({"import",
                        file("dagar.csv",
                             "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-01;6;praktik\nUH-1;2016-03-02;5,5;praktik\nUH-2;2016-03-02;6;praktik\n"),
                        "--yes"})
                .status,
            0);
  const Said held = of_project({"import", path, "--record", "attendance", "--dry-run", "--json"});
  EXPECT_EQ(held.status, 1);
  EXPECT_THAT(held.out, AllOf(HasSubstr("\"minutes\":0"), HasSubstr("[\"2016-03\",\"11:00\",\"11:30\"]"), HasSubstr("[\"2016-03\",\"5:00\",\"6:00\"]")));
}

}  // namespace
}  // namespace horisont
