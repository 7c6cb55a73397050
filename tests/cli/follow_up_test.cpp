// Who is to be followed up: a result within four weeks of leaving, the situation six months after it.

#include <gmock/gmock.h>

#include "cli/cli_fixture.h"

namespace horisont {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class FollowUp : public Cli {
 protected:
  const std::string p = "--project=ung-horisont";
  void SetUp() override {
    ASSERT_EQ(run({"import",
                   file("deltagare.csv",
                        "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Slutdatum;Sysselsättning;Studerar;"
                        "I annan utbildning eller praktik;Fullständiga gymnasiebetyg;KAA\n"
                        "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;2016-02-29;arbetslös;nej;nej;nej;ja\n"
                        "UH-2;19980303-9800;Ek, Bo;Karlstad;2016-02-08;;arbetslös;nej;nej;nej;ja\n"),
                   p, "--yes"})
                  .status,
              0);
  }
  Said on(const std::string& today, const std::string& months = "1") {
    return run({"follow-up", p, "--today", today, "--months", months, "--plain"});
  }
};

TEST_F(FollowUp, who_left_without_a_result_is_listed_and_late_after_the_28th_day) {
  EXPECT_EQ(on("2016-02-29").status, 0) << "still there on the last day";
  const Said first = on("2016-03-01"), last = on("2016-03-28"), late = on("2016-03-29");
  EXPECT_EQ(first.status, 1);
  EXPECT_THAT(first.out, HasSubstr("2016-03-28\t27\tD-0001\t2016-02-29\tresult\tin-time\tverified"));
  EXPECT_THAT(last.out, HasSubstr("2016-03-28\t0\tD-0001\t2016-02-29\tresult\tin-time"));
  EXPECT_THAT(late.out, HasSubstr("2016-03-28\t-1\tD-0001\t2016-02-29\tresult\tlate"));
  EXPECT_THAT(late.out.substr(0, late.out.find("\n\n")), Not(HasSubstr("D-0002"))) << "who has not left is asked nothing";
}

TEST_F(FollowUp, six_months_after_leaving_is_told_when_it_comes_near) {
  EXPECT_THAT(on("2016-07-28").out, Not(HasSubstr("six_months")));
  EXPECT_THAT(on("2016-07-29").out, HasSubstr("2016-08-29\t31\tD-0001\t2016-02-29\tsix_months\tto-come"));
  EXPECT_THAT(on("2016-08-28").out, HasSubstr("2016-08-29\t1\tD-0001\t2016-02-29\tsix_months\tto-come"));
  EXPECT_THAT(on("2016-08-29").out, HasSubstr("2016-08-29\t0\tD-0001\t2016-02-29\tsix_months\tdue")) << "the first day that counts";
  EXPECT_THAT(on("2017-01-01").out, HasSubstr("2016-08-29\t-125\tD-0001\t2016-02-29\tsix_months\tdue")) << "until it is answered";
  EXPECT_EQ(on("2016-07-29", "0").status, 2);
}

TEST_F(FollowUp, time_that_a_corrected_exit_or_entry_puts_outside_is_a_problem_to_look_at) {
  ASSERT_LE(run({"import",
                 file("narvaro.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-2;2016-02-09;4;coachning\nUH-2;2016-02-10;3,5;coachning\n"), p, "--yes"})
                .status,
            1);
  const auto problems = [&] { return run({"problems", "list", p, "--json"}).out; };
  EXPECT_THAT(problems(), Not(HasSubstr("attendance.after-corrected-exit")));
  ASSERT_EQ(run({"correct", "D-0002", "exit_date=2016-02-10", "--reason=Slutade den tionde", "--yes", p}).status, 0);
  EXPECT_THAT(problems(), Not(HasSubstr("attendance.after-corrected-exit"))) << "the exit day counts";
  ASSERT_EQ(run({"correct", "D-0002", "exit_date=2016-02-09", "--reason=Slutade den nionde", "--yes", p}).status, 0);
  EXPECT_THAT(problems(), HasSubstr("attendance.after-corrected-exit"));
  EXPECT_THAT(problems(), HasSubstr("3,50 h ligger efter det rättade slutdatumet"));
  ASSERT_EQ(run({"correct", "D-0002", "exit_date=", "--reason=Han är kvar, fel i avtalet", "--yes", p}).status, 0);
  EXPECT_THAT(problems(), Not(HasSubstr("attendance.after-corrected-exit")));
  ASSERT_EQ(run({"correct", "D-0002", "entry_date=2016-02-10", "--reason=Startade den tionde", "--yes", p}).status, 0);
  EXPECT_THAT(problems(), HasSubstr("attendance.before-corrected-entry"));
}

TEST_F(FollowUp, status_names_whom_to_watch_within_a_month) {
  const auto status = [&](const std::string& today) { return run({"status", p, "--today", today, "--json"}).out; };
  EXPECT_THAT(status("2016-03-29"), HasSubstr("{\"kind\":\"exit-without-result\",\"count\":1,\"first\":\"2016-03-28\",\"days\":-1,\"participant\":\"D-0001\""));
  EXPECT_THAT(status("2016-03-07"), Not(HasSubstr("no-attendance"))) << "28 days after the start";
  EXPECT_THAT(status("2016-03-08"), HasSubstr("{\"kind\":\"no-attendance\",\"count\":1,\"first\":\"2016-03-07\",\"days\":-1,\"participant\":\"D-0002\"")) << "the 29th";
  EXPECT_THAT(status("2016-07-28"), Not(HasSubstr("six-months")));
  EXPECT_THAT(status("2016-07-29"), HasSubstr("six-months")) << "a month before it is due";
}

TEST_F(FollowUp, birthdays_that_the_rules_ask_for_are_told_on_their_day_and_29_February_as_the_programme_says) {
  ASSERT_LE(
      run({"import",
           file("fler.csv",
                "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;"
                "Fullständiga gymnasiebetyg;KAA\n"
                "UH-3;19920229-9807;Lind, Disa;Karlstad;2016-02-01;arbetslös;nej;nej;nej;ja\n"
                "UH-4;20020228-9815;Al, Ali;Karlstad;2016-02-01;arbetslös;nej;nej;nej;ja\n"),
           p, "--yes"})
          .status,
      1);
  const auto watched = [&](const std::string& today) {
    return run({"calendar", p, "--months", "1", "--today", today, "--json"}).out;
  };
  const std::string before = watched("2017-02-27");
  EXPECT_THAT(
      before,
      HasSubstr("{\"due\":\"2017-02-28\",\"days\":1,\"kind\":\"turns-age\",\"participant\":\"D-0003\",\"about\":\"25\"}"))
      << "the year is reached on 28 February of a common year";
  EXPECT_THAT(
      before,
      HasSubstr("{\"due\":\"2017-02-28\",\"days\":1,\"kind\":\"turns-age\",\"participant\":\"D-0004\",\"about\":\"15\"}"));
  EXPECT_THAT(watched("2017-02-28"), Not(HasSubstr("turns-age"))) << "that day they have turned";
  EXPECT_THAT(watched("2016-12-31"), Not(HasSubstr("D-0003\",\"about\":\"25"))) << "to the end of January only";
  EXPECT_THAT(watched("2017-01-01"), HasSubstr("D-0003\",\"about\":\"25"));
}

TEST_F(FollowUp, a_document_of_a_day_after_its_list_was_read_in_is_told) {
  const auto problems = [&](const char* name, const std::string& dated) {
    EXPECT_LE(run({"import", file(name, "Deltagar-id;Krav;Typ av underlag;Datum;Utfärdat av;Förvaras hos\nUH-2;bosättning;intyg;" + dated + ";Kommunen;Kommunen\n"),
                   p, "--record", "evidence", "--yes"})
                  .status,
              1);
    return run({"problems", "list", p, "--json"}).out;
  };
  EXPECT_THAT(problems("a.csv", "2016-04-14"), Not(HasSubstr("evidence.future"))) << "the day before";
  EXPECT_THAT(problems("b.csv", "2016-04-15"), Not(HasSubstr("evidence.future"))) << "the day on which it was read in";
  EXPECT_THAT(problems("c.csv", ""), Not(HasSubstr("evidence.future"))) << "no date";
  EXPECT_THAT(problems("d.csv", "2016-04-16"), HasSubstr("evidence.future")) << "the day after";
}

TEST_F(FollowUp, a_document_that_runs_out_is_told_until_its_last_day_and_another_that_is_good_for_longer_stands_in_for_it) {
  const auto import = [&](const char* name, const std::string& rows) {
    ASSERT_LE(run({"import", file(name, "Deltagar-id;Krav;Typ av underlag;Datum;Gäller till;Utfärdat av;Förvaras hos\n" + rows),
                   p, "--record", "evidence", "--yes"})
                  .status,
              1);
  };
  const auto status = [&](const std::string& today) { return run({"status", p, "--today", today, "--json"}).out; };
  const auto evidence = [&](const std::string& today) { return run({"evidence", "list", p, "--today", today, "--json"}).out; };
  import("a.csv",
         "UH-2;bosättning;intyg;2016-02-01;2016-04-30;Kommunen;Kommunen\nUH-2;sysselsättning;intyg;2016-02-01;;Kommunen;"
         "Kommunen\n");
  EXPECT_THAT(status("2016-03-29"), Not(HasSubstr("evidence-expires"))) << "more than a month before";
  EXPECT_THAT(
      status("2016-03-30"),
      HasSubstr("{\"kind\":\"evidence-expires\",\"count\":1,\"first\":\"2016-04-30\",\"days\":31,\"participant\":\"D-0002\""));
  EXPECT_THAT(status("2016-04-30"), HasSubstr("\"first\":\"2016-04-30\",\"days\":0")) << "its last day";
  EXPECT_THAT(status("2016-05-01"), Not(HasSubstr("evidence-expires"))) << "it has run out";
  EXPECT_THAT(evidence("2016-02-10"),
              HasSubstr("{\"due\":\"2016-04-30\",\"days\":80,\"kind\":\"evidence-expires\",\"participant\":\"D-0002\""))
      << "three months ahead";
  import("b.csv", "UH-2;bosättning;intyg;2016-02-02;2016-12-31;Kommunen;Kommunen\n");
  EXPECT_THAT(status("2016-04-30"), Not(HasSubstr("evidence-expires")));
}

TEST_F(FollowUp, planned_participants_and_budget_stand_beside_the_outcome_with_a_forecast) {
  // 300 participants are planned from 1 January 2016 to 30 June 2018, 912 days; on 8 February, the 39th, two have entered: 46
  // at the end.
  const Said said = run({"status", p, "--today", "2016-02-08", "--json"});
  EXPECT_THAT(
      said.out,
      HasSubstr("\"outlook\":[{\"what\":\"participants\",\"planned\":300,"
                "\"outcome\":2,"
                "\"outlook\":46}"));
  EXPECT_THAT(run({"calendar", p, "--today", "2016-02-08", "--json"}).out,
              HasSubstr("\"outlook\":[{\"what\":\"participants\""));
  EXPECT_THAT(run({"follow-up", p, "--today", "2016-03-29", "--json"}).out, HasSubstr("\"kind\":\"no-attendance\""))
      << "who has not left is told beside";
}

TEST_F(FollowUp, an_answer_that_came_too_early_is_told_and_asked_for_again) {
  const auto answered = [&](const char* name, const char* on_day) {
    const std::string row = std::string("UH-1;2016-02-29;") + on_day + ";svarat;anställd\n";
    const Said read = run({"import", file(name, "Deltagar-id;Slutdatum;Uppföljningsdatum;Svar vid uppföljning;Status efter 6 månader\n" + row), p,
                           "--record", "results", "--today", "2016-10-01", "--yes"});
    EXPECT_LE(read.status, 1);
    return read.out + read.messages + on("2016-10-01").out;
  };
  const std::string early = answered("a.csv", "2016-08-28"), due = answered("b.csv", "2016-08-29"), to_come = answered("c.csv", "2016-10-02");
  EXPECT_THAT(early, AllOf(HasSubstr("six_months"), HasSubstr("result.six-months-early"))) << "the day before the first that counts: " << early;
  EXPECT_THAT(due, AllOf(Not(HasSubstr("six_months")), Not(HasSubstr("result.")))) << "29 February and six months";
  EXPECT_THAT(to_come, AllOf(HasSubstr("six_months"), HasSubstr("result.future"))) << "a day that has not come";
}

TEST_F(FollowUp, results_with_another_end_date_show_it_as_changed_and_warn) {
  const auto said = [&](const char* name, const char* exit) {
    return run({"import", file(name, std::string("Deltagar-id;Slutdatum;Status efter\nUH-1;") + exit + ";anställd\n"), p, "--record", "results", "--dry-run", "--json"});
  };
  const Said same = said("a.csv", "2016-02-29"), other = said("b.csv", "2016-03-01");
  EXPECT_THAT(same.out, Not(HasSubstr("result.other-exit")));
  EXPECT_THAT(other.out, HasSubstr("result.other-exit"));
  EXPECT_THAT(same.out, Not(HasSubstr("\"change\":\"changed\"")));
  EXPECT_THAT(other.out, HasSubstr("\"change\":\"changed\",\"participant\":\"D-0001\",\"kind\":\"results\",\"when\":\"2016-03-01\",\"activity\":\"\","
                                   "\"field\":\"exit_date\",\"before\":\"2016-02-29\",\"after\":\"2016-03-01\""))
      << other.out;
}

TEST_F(FollowUp, what_is_answered_is_not_asked) {
  ASSERT_LE(run({"import",
                 file("resultat.csv", "Deltagar-id;Slutdatum;Status efter\nUH-1;2016-02-29;anställd\n"), p, "--record", "results",
                 "--yes"})
                .status,
            1);
  EXPECT_EQ(on("2016-03-29").status, 0) << on("2016-03-29").out;
  EXPECT_THAT(on("2016-08-01").out, HasSubstr("six_months"));
}

}  // namespace
}  // namespace horisont
