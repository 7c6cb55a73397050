// That a payment claim was sent is recorded, and known wherever claims are told of. The staff are invented.

#include <gmock/gmock.h>

#include "cli/cli_fixture.h"
#include "edge/files/files.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

class SentClaim : public Cli {
 protected:
  const std::string out = (folder.path() / "ut").string();

  Said asked(std::vector<std::string> line, const std::string& today = "2024-06-15") {
    line.insert(line.end(), {"--project=varmlands-unga-i-arbete", "--today", today});
    return run(std::move(line));
  }
  std::string staff(const std::string& name, const std::string& hours) {
    return file(name, "Anställningsnummer;Arbetsgivare;Datum;Timmar;Aktivitet;Funktion;Tjänstgöringsgrad;Underskrivet;Underskrivet av\n"
                      "10417;Karlstad;2024-03-04;" + hours + ";projektarbete;projektmedarbetare;100;2024-04-02;Ek\n");
  }
  std::vector<std::string> make(const std::string& kind) { return {"report", "make", kind, "--period", "2024-03", "-o", out}; }
  std::vector<std::string> sent(std::vector<std::string> more = {}) {
    std::vector<std::string> line{"report", "mark-filed", "R-2024-03-002", "--to", "ESF-rådet", "--on", "2024-05-31"};
    line.insert(line.end(), more.begin(), more.end());
    return line;
  }
  // March is closed, and its claim made.
  void close_march() {
    ASSERT_LE(asked({"import", staff("personal.csv", "8"), "--record", "staff-time", "--yes"}).status, 1);
    ASSERT_EQ(asked({"month", "attest", "2024-03"}).status, 0);
    ASSERT_LE(asked(make("scb-month")).status, 1);
    const Said filed = asked({"report", "mark-filed", "R-2024-03-001", "--to", "SCB", "--reason", "Ingen deltagare före mars"});
    ASSERT_EQ(filed.status, 0) << filed.messages;
    ASSERT_EQ(asked({"month", "close", "2024-03"}).status, 0);
    const Said made = asked(make("payment-claim"));
    ASSERT_LE(made.status, 1) << made.messages;
  }
};

TEST_F(SentClaim, is_told_where_reports_and_duties_are_told_and_is_no_longer_overdue) {
  close_march();
  EXPECT_THAT(asked({"calendar"}).out, HasSubstr("försenad: varken lämnad eller besvarad"));
  EXPECT_THAT(asked({"status", "--month", "2024-03"}).out, HasSubstr("inte lämnad; sista dag var 2024-05-31"));
  EXPECT_THAT(asked({"status", "--month", "2024-05"}).out, HasSubstr("försenade: 2024-03")) << "also of another month";
  const Said done = asked(sent({"--reference", "K-17", "--json"}));
  EXPECT_EQ(done.status, 0) << done.messages;
  EXPECT_THAT(done.out, HasSubstr("\"report\":\"R-2024-03-002\",\"month\":\"2024-03\",\"filed_on\":\"2024-05-31\",\"filed_to\":\"ESF-rådet\","
                                  "\"reference\":\"K-17\",\"total_ore\":539840"));
  EXPECT_THAT(asked({"calendar"}).out, Not(HasSubstr("försenad: varken")));
  EXPECT_THAT(asked({"status", "--month", "2024-03"}).out, HasSubstr("2024-05-31 till ESF-rådet, R-2024-03-002"));
  EXPECT_THAT(asked({"report", "list", "--json"}).out, HasSubstr("\"filed\":{\"id\":\"report.sent\",\"sv\":\"2024-05-31, ESF-rådet\""))
      << "when and to whom";
  EXPECT_EQ(run({"log", "verify", "--project=varmlands-unga-i-arbete"}).status, 0);
  EXPECT_EQ(asked({"plan"}).status, 0) << "nothing is to be sent again";
}

TEST_F(SentClaim, is_recorded_only_when_it_can_be_and_says_why_not) {
  close_march();
  struct Case {
    const char* name;
    std::vector<std::string> line;
    const char* says;
  };
  for (const Case& each : {Case{"the month's last day", {"report", "mark-filed", "R-2024-03-002", "--to", "ESF-rådet", "--on", "2024-03-31"}, "report.claim-too-early"},
                           Case{"tomorrow", {"report", "mark-filed", "R-2024-03-002", "--to", "ESF-rådet", "--on", "2024-06-16"}, "report.filed-in-future"},
                           Case{"to nobody", {"report", "mark-filed", "R-2024-03-002", "--to", " "}, "report.claim-filed-to"},
                           Case{"to SCB", {"report", "mark-filed", "R-2024-03-002", "--to", "scb"}, "report.claim-to-scb"},
                           Case{"no such report", {"report", "mark-filed", "R-2024-03-009", "--to", "ESF-rådet"}, "report.not-made"}}) {
    std::vector<std::string> line = each.line;
    line.push_back("--json");
    const Said said = asked(line);
    EXPECT_EQ(said.status, 5) << each.name;
    EXPECT_THAT(said.out, HasSubstr(each.says)) << each.name;
  }
  EXPECT_EQ(asked({"report", "mark-filed", "R-2024-03-002", "--to", "ESF-rådet", "--on", "2024-04-01"}).status, 0) << "the day after the month";
  EXPECT_EQ(asked(sent()).status, 5) << "once more only with a reason";
  EXPECT_EQ(asked(sent({"--reason", "för kort"})).status, 5) << "of ten letters";
  EXPECT_THAT(asked(sent({"--reason", "för kort"})).messages, HasSubstr("minst tio tecken"));
  EXPECT_THAT(asked(sent({"--reason", "Gäller 900101-1239 också"})).messages, HasSubstr("innehåller ett personnummer"));
  EXPECT_THAT(asked({"report", "mark-filed", "R-2024-03-002", "--to", "ESF-rådet", "--on", "2024-06-16"}).messages,
              HasSubstr("--on ÅÅÅÅ-MM-DD")) << "what to do is said";
  EXPECT_EQ(asked(sent({"--reason", "Kvittensen har den 31 maj"})).status, 0);
  EXPECT_THAT(asked({"status", "--month", "2024-03"}).out, HasSubstr("2024-05-31 till ESF-rådet")) << "the newest holds";
}

TEST_F(SentClaim, that_is_a_draft_or_another_report_is_not_recorded) {
  ASSERT_LE(asked({"import", staff("personal.csv", "8"), "--record", "staff-time", "--yes"}).status, 1);
  ASSERT_LE(asked(make("payment-claim")).status, 1);
  ASSERT_LE(asked(make("staff-time")).status, 1);
  EXPECT_THAT(asked({"report", "mark-filed", "R-2024-03-001", "--to", "ESF-rådet", "--json"}).out, HasSubstr("report.claim-draft"));
}

TEST_F(SentClaim, is_named_with_what_differs_when_the_month_is_corrected_afterwards) {
  close_march();
  ASSERT_EQ(asked(sent()).status, 0);
  EXPECT_THAT(asked({"import", staff("rattad.csv", "7"), "--record", "staff-time", "--dry-run"}).out, HasSubstr("Personaltid förut")) << "what would change is told";
  const Said changed = asked({"import", staff("rattad.csv", "7"), "--record", "staff-time", "--reason", "En timme var sjukdom", "--yes"});
  EXPECT_LE(changed.status, 1) << changed.messages;
  EXPECT_THAT(asked({"report", "compare", "R-2024-03-002"}).out, testing::AllOf(Not(HasSubstr("staff_cost")), Not(HasSubstr("flat_rate_cost")), HasSubstr("månadens personalkostnad")))
      << "words, also for what no workbook shows";
  const Said plan = asked({"plan"});
  EXPECT_EQ(plan.status, 1);
  EXPECT_THAT(plan.out, HasSubstr("R-2024-03-002"));
  EXPECT_THAT(plan.out, HasSubstr("lämnad med 5\u00a0398,40 kr, säger nu 4\u00a0723,60 kr: 674,80 kr mindre än det lämnade"));
  EXPECT_THAT(asked({"status", "--month", "2024-03"}).out, HasSubstr("lämnad med 5\u00a0398,40 kr"));
  EXPECT_THAT(asked({"report", "compare", "R-2024-03-002"}).out, Not(HasSubstr("Ingen skillnad")));
}

}  // namespace
}  // namespace horisont
