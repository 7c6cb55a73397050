// What people are told when they ask for something that cannot be done as they wrote it, or that changes nothing.

#include <gmock/gmock.h>

#include "cli/cli_fixture.h"
#include "edge/json/json.h"

namespace horisont {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ToldRight : public Cli {
 protected:
  const std::string p = "--project=ung-horisont";
  void SetUp() override { ASSERT_LE(run({"import", register_file(), p, "--yes"}).status, 1); }
  std::string hours_file() {
    return file("tid.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-01;5;praktik\nUH-2;2016-03-02;6;praktik\n");
  }
};

TEST_F(ToldRight, a_value_that_is_in_no_list_is_answered_with_what_was_meant_or_with_the_list) {
  struct Case {
    const char *what, *change, *said, *not_said;
  };
  const Case cases[] = {
      {"a slip of the hand", "employment_status=arbetslsö", "Närmast: arbetslös.", "Välj ett av"},
      {"a word that is near to none", "employment_status=banan", "Välj ett av: ", "Närmast"},
      {"one letter, which is near to everything", "gender=x", "Välj ett av: kvinna, man", "Närmast"},
      {"a municipality with two letters turned", "home_municipality=Karlstda", "Närmast: Karlstad.", "Välj ett av"},
      {"no municipality at all: nobody reads 290 names", "home_municipality=Atlantis", "finns inte i listan.", "Välj ett av"},
      {"neither yes nor no", "Studerar=kanske", "Välj ett av: ja, nej.", "Närmast"},
      {"a day that can be read in several ways", "exit_date=10/3/16",
       "”10/3/16” kan läsas på mer än ett sätt. Skriv datumet som ÅÅÅÅ-MM-DD.", "datum i kolumnen"},
  };
  for (const Case& one : cases) {
    const Said said = run({"correct", "D-0001", one.change, "--reason=Rättat efter samtal", p});
    EXPECT_EQ(said.status, 5) << one.what;
    EXPECT_THAT(said.messages, AllOf(HasSubstr(one.said), Not(HasSubstr(one.not_said)))) << one.what;
  }
  EXPECT_THAT(run({"correct", "D-0001", "gender=x", "--reason=Rättat efter samtal", p, "--lang=en"}).messages,
              HasSubstr("Choose one of: woman, man"));
}

TEST_F(ToldRight, a_number_out_of_its_limits_is_told_with_the_option_and_the_limits) {
  struct Case {
    std::vector<std::string> line;
    const char* said;
  };
  const Case cases[] = {
      {{"sample", "draw", "hours", "--size", "0", "--seed", "x"}, "--size: 0 går inte. Skriv ett heltal, minst 1 och högst 1000000."},
      {{"sample", "draw", "hours", "--size", "många", "--seed", "x"}, "--size: ”många” är inget tal."},
      {{"indicators", "--year", "2012"}, "--year: 2012 går inte. Skriv ett heltal, minst 2013 och högst 2030."},
      {{"calendar", "--months", "0"}, "--months: 0 går inte. Skriv ett heltal, minst 1 och högst 120."},
      {{"log", "checkpoint", "--since", "-1"}, "--since: -1 går inte. Skriv ett heltal, minst 0."},
  };
  for (const Case& one : cases) {
    std::vector<std::string> line = one.line;
    line.push_back(p);
    const Said said = run(line);
    EXPECT_EQ(said.status, 2) << one.said;
    EXPECT_THAT(said.messages, HasSubstr(one.said));
  }
}

TEST_F(ToldRight, a_month_that_the_project_does_not_have_is_told_as_that) {
  const Said attested = run({"month", "attest", "2031-01", p});
  EXPECT_EQ(attested.status, 5);
  EXPECT_THAT(attested.messages, AllOf(HasSubstr("hör inte till projektets månader"), Not(HasSubstr("är inte slut"))));
  EXPECT_THAT(run({"hours", "--month=2031-01", p}).out, HasSubstr("Månaden 2031-01 hör inte till projektets månader"));
  EXPECT_THAT(run({"hours", "--month=2016-03", p}).out, HasSubstr("Inga timmar")) << "a month of the project without any";
}

TEST_F(ToldRight, a_file_that_changes_nothing_ends_with_that) {
  const Said first = run({"import", hours_file(), p, "--yes"});
  EXPECT_LE(first.status, 1) << first.messages;
  const std::string same = file("igen.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-2;2016-03-02;6;praktik\nUH-1;2016-03-01;5;praktik\n");
  const Said again = run({"import", same, p, "--yes"});
  EXPECT_THAT(again.messages, AllOf(HasSubstr("igen.csv: inget nytt."), Not(HasSubstr("horisont assess"))));
  const Said read_before = run({"import", hours_file(), p, "--yes", "--record=participants"});
  EXPECT_THAT(read_before.messages, AllOf(HasSubstr("redan inläst"), HasSubstr("--record har inte använts")));
  EXPECT_THAT(run({"import", hours_file(), p, "--yes", "--record=attendance"}).messages, Not(HasSubstr("har inte använts")))
      << "it was read as what the line says";
}

TEST_F(ToldRight, an_empty_template_of_everybody_says_nothing) {
  const std::string blank = (folder.path() / "mall.xlsx").string();
  ASSERT_EQ(run({"template", "attendance-wide", "--month=2016-03", "--prefill", "-o", blank, p}).status, 0);
  const Said read = run({"import", blank, p, "--yes"});
  EXPECT_THAT(read.messages, AllOf(HasSubstr("mall.xlsx: inget är ifyllt."), Not(HasSubstr("horisont assess")))) << read.out;
}

TEST_F(ToldRight, a_report_on_the_screen_is_a_table_in_words_without_identity_numbers) {
  ASSERT_LE(run({"import", hours_file(), p, "--yes"}).status, 1);
  const std::vector<std::string> line{"report", "preview", "scb-month", "--period=2016-03", p};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), line.begin(), line.end());
    return run(more).out;
  };
  const std::string screen = with({});
  EXPECT_THAT(screen, AllOf(HasSubstr("D-0001"), Not(HasSubstr("199905179819")), Not(HasSubstr("body\t"))));
  EXPECT_THAT(with({"--plain"}), AllOf(HasSubstr("D-0001"), Not(HasSubstr("199905179819"))));
  EXPECT_THAT(with({"--format=text"}), HasSubstr("body\t")) << "what the fingerprint is taken of";
}

TEST_F(ToldRight, several_projects_stand_side_by_side_in_the_report_on_good_practice) {
  const auto make = [&](std::vector<std::string> more, const char* folder_name) {
    std::vector<std::string> line{"report", "make", "good-practice", "-o", (folder.path() / folder_name).string(), "--json"};
    line.insert(line.end(), more.begin(), more.end());
    return run(line);
  };
  const Said made = make({"--projects", "ung-horisont,varmlands-framtid"}, "a");
  EXPECT_LE(made.status, 1) << made.messages;
  const auto json = parse_json(made.out);
  ASSERT_TRUE(json) << made.out;
  EXPECT_EQ(json->find("rows")->items.size(), 1u) << "one workbook of both";
  const std::string preview = run({"report", "preview", "good-practice", "--projects=ung-horisont,varmlands-framtid",
                                   "--sheet=comparison", "--format=text"}).out;
  EXPECT_THAT(preview, AllOf(HasSubstr("project_ung-horisont"), HasSubstr("project_varmlands-framtid")));

  EXPECT_EQ(make({"--projects", "ung-horisont,okand"}, "b").status, 2);
  EXPECT_EQ(make({"--projects", "ung-horisont", p}, "c").status, 2) << "one way or the other";
  const Said other = run({"report", "make", "hours-summary", "--projects=ung-horisont,varmlands-framtid", "-o",
                          (folder.path() / "d").string()});
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.messages, HasSubstr("bara rapporten good-practice"));
  EXPECT_THAT(run({"report", "make", "good-practice", p, p, "-o", (folder.path() / "e").string()}).messages,
              HasSubstr("--projects a,b"));
}

}  // namespace
}  // namespace horisont
