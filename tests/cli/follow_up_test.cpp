// Who is to be followed up: a result within four weeks of leaving, the situation six months after it.

#include <gmock/gmock.h>

#include "cli/cli_fixture.h"

namespace horisont {
namespace {

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
  EXPECT_THAT(late.out, Not(HasSubstr("D-0002"))) << "who has not left is asked nothing";
}

TEST_F(FollowUp, six_months_after_leaving_is_told_when_it_comes_near) {
  EXPECT_THAT(on("2016-07-28").out, Not(HasSubstr("six_months")));
  EXPECT_THAT(on("2016-07-29").out, HasSubstr("2016-08-29\t31\tD-0001\t2016-02-29\tsix_months\tto-come"));
  EXPECT_THAT(on("2016-08-28").out, HasSubstr("2016-08-29\t1\tD-0001\t2016-02-29\tsix_months\tto-come"));
  EXPECT_THAT(on("2016-08-29").out, HasSubstr("2016-08-29\t0\tD-0001\t2016-02-29\tsix_months\tdue")) << "the first day that counts";
  EXPECT_THAT(on("2017-01-01").out, HasSubstr("2016-08-29\t-125\tD-0001\t2016-02-29\tsix_months\tdue")) << "until it is answered";
  EXPECT_EQ(on("2016-07-29", "0").status, 2);
}

TEST_F(FollowUp, status_names_whom_to_watch_within_a_month) {
  const auto status = [&](const std::string& today) { return run({"status", p, "--today", today, "--json"}).out; };
  EXPECT_THAT(status("2016-03-29"), HasSubstr("{\"kind\":\"exit-without-result\",\"count\":1,\"first\":\"2016-03-28\",\"days\":-1,\"participant\":\"D-0001\""));
  EXPECT_THAT(status("2016-03-07"), Not(HasSubstr("no-attendance"))) << "28 days after the start";
  EXPECT_THAT(status("2016-03-08"), HasSubstr("{\"kind\":\"no-attendance\",\"count\":1,\"first\":\"2016-03-07\",\"days\":-1,\"participant\":\"D-0002\"")) << "the 29th";
  EXPECT_THAT(status("2016-07-28"), Not(HasSubstr("six-months")));
  EXPECT_THAT(status("2016-07-29"), HasSubstr("six-months")) << "a month before it is due";
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
