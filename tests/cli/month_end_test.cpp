// What somebody reads who ends a month under time pressure: why staff time is refused, what may be filed and why a draft is one, in
// the same words wherever it is told, and one advice at a time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "cli/cli_fixture.h"
#include "support/workbook_words.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string ung = "--project=ung-horisont", arbete = "--project=varmlands-unga-i-arbete";
const std::string why = "Underlagen kommer i april";

class MonthEnd : public Cli {
 public:
  const std::string out = (folder.path() / "ut").string();

  Said asked(std::vector<std::string> line) {
    line.push_back(ung);
    return run(std::move(line));
  }
  // All that the workbooks of the folder may say.
  std::string workbooks() const {
    std::string all;
    for (const auto& file : std::filesystem::directory_iterator(out)) all += workbook_words(file.path());
    return all;
  }
  std::string whole_register() {
    return file("deltagare.csv",
                "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;"
                "I annan utbildning eller praktik;Fullständiga gymnasiebetyg;KAA;E-post;Mobilnummer\n"
                "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;arbetslös;nej;nej;nej;ja;asa@example.se;070-1740605\n"
                "UH-2;19980303-9800;Ek, Bo;Karlstad;2016-02-08;arbetslös;nej;nej;nej;ja;bo@example.se;070-1740606\n");
  }
  std::string evidence() {
    std::string rows = "Deltagar-id;Krav;Typ av underlag;Datum;Utfärdat av;Förvaras hos\n";
    for (const char* who : {"UH-1", "UH-2"})
      for (const char* what : {"bosättning", "sysselsättning"})
        rows += std::string(who) + ";" + what + ";intyg;2016-02-01;Kommunen;Kommunen\n";
    return file("underlag.csv", rows);
  }
  std::string attendance(const std::string& name, const std::string& hours) {
    return file(name, "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-02-03;" + hours + ";coachning\n");
  }
  // A register, and hours of February.
  void february(bool with_evidence) {
    ASSERT_EQ(asked({"import", whole_register(), "--yes"}).status, 0);
    if (with_evidence) {
      ASSERT_EQ(asked({"import", evidence(), "--yes"}).status, 0);
    }
    ASSERT_EQ(asked({"import", attendance("feb.csv", "3"), "--yes"}).status, 0);
  }
  std::vector<std::string> make() { return {"report", "make", "scb-month", "--period", "2016-02", "-o", out}; }
  std::vector<std::string> filing(const std::string& report) {
    return {"report", "mark-filed", report, "--to", "SCB", "--on", "2016-03-01"};
  }
  void close_february() {
    february(true);
    ASSERT_EQ(asked({"month", "attest", "2016-02"}).status, 0);
    ASSERT_LE(asked(make()).status, 1);
    ASSERT_EQ(asked(filing("R-2016-02-001")).status, 0);
    ASSERT_EQ(asked({"month", "close", "2016-02"}).status, 0);
  }
};

TEST_F(MonthEnd, why_staff_time_is_refused_is_said_in_the_same_words_everywhere) {
  const std::string heading =
      "Anställningsnummer;Namn;Arbetsgivare;Funktion;Tjänstgöringsgrad;Datum;Aktivitet;Timmar;Underskrivet;Underskrivet av;"
      "Godkänd av;Godkänd datum\n";
  const std::string row = "10417;Berg, Eva;Karlstads kommun;projektmedarbetare;;2024-03-04;coachning;7;2024-04-02;Berg, Eva;Lind, Per;"
                          "2024-04-03\n";
  ASSERT_LE(run({"import", file("tid.csv", heading + row), "--record", "staff-time", arbete, "--today", "2024-05-03", "--yes"}).status, 1);
  struct Words {
    const char *language, *said;
  };
  for (const Words& words : {Words{"sv", "tjänstgöringsgraden, eller den fasta andelen av tjänsten, är inte känd"},
                             Words{"en", "the share of employment, or the fixed share of the post, is not known"}}) {
    const auto ask = [&](std::vector<std::string> line) {
      line.insert(line.end(), {arbete, "--today", "2024-05-03", "--lang", words.language});
      return run(std::move(line));
    };
    const Said time = ask({"staff-time"});
    EXPECT_THAT(time.out, HasSubstr(words.said));
    EXPECT_THAT(time.out, Not(HasSubstr("undecided"))) << "a code is for programs";
    EXPECT_THAT(ask({"staff-time", "--json"}).out, HasSubstr("\"reasons\":\"undecided\""));
    EXPECT_THAT(ask({"claim", "--period", "2024-03"}).messages, HasSubstr(words.said));
    std::filesystem::remove_all(out);
    ASSERT_LE(ask({"report", "make", "staff-time", "-o", out}).status, 1);
    const std::string all = workbooks();
    const auto first = all.find(words.said);
    ASSERT_NE(first, all.npos);
    EXPECT_THAT(all, Not(HasSubstr("behörigheten kan inte avgöras"))) << "it is not eligibility";
  }
}

TEST_F(MonthEnd, a_draft_is_never_filed_and_says_why_it_is_one_wherever_it_stands) {
  february(false);
  const std::string cause = "2 deltagare kan inte avgöras";
  const Said made = asked(make());
  EXPECT_EQ(made.status, 1);
  EXPECT_THAT(made.messages, HasSubstr("R-2016-02-001 är ett utkast och får inte lämnas in. " + cause));
  EXPECT_THAT(workbooks(), HasSubstr("Får inte lämnas in. " + cause)) << "the control sheet";
  EXPECT_THAT(asked({"status", "--month", "2016-02"}).out, HasSubstr(cause));
  EXPECT_THAT(asked({"report", "list"}).out, HasSubstr("utkast"));

  // The one who attests answers for those who are left out; what was made before stays a draft.
  ASSERT_EQ(asked({"month", "attest", "2016-02", "--reason", why}).status, 0);
  auto with_reason = filing("R-2016-02-001");
  with_reason.insert(with_reason.end(), {"--reason", "a reason for something else"});
  const Said refused = asked(with_reason);
  EXPECT_EQ(refused.status, 5) << "a reason that is for gaps makes no draft right";
  EXPECT_THAT(refused.messages, HasSubstr("skapa SCB-filen för 2016-02 igen"));
  EXPECT_THAT(asked({"status", "--month", "2016-02"}).out, HasSubstr("skapa SCB-filen för 2016-02 igen")) << "the same answer";

  const Said again = asked(make());
  EXPECT_EQ(again.status, 1) << "people are left out, and that is said";
  EXPECT_THAT(again.messages, Not(HasSubstr("utkast")));
  EXPECT_THAT(again.messages, HasSubstr("R-2016-02-002, kvarstår: ")) << "never a status without a word";
  EXPECT_THAT(workbooks(), HasSubstr(why));
  EXPECT_EQ(asked(filing("R-2016-02-002")).status, 0);
}

TEST_F(MonthEnd, another_report_of_the_month_is_not_the_file_for_scb) {
  february(true);
  const auto reports = [&] {
    const std::string status = asked({"status", "--month", "2016-02"}).out;
    const auto at = status.find("\nRapporter");
    return at == status.npos ? status : status.substr(at, status.find('\n', at + 1) - at);
  };
  ASSERT_LE(asked({"report", "make", "attendance-certificate", "--period", "2016-02", "-o", out}).status, 1);
  EXPECT_THAT(reports(), HasSubstr("ingen fil till SCB för månaden"));
  ASSERT_LE(asked(make()).status, 1);
  EXPECT_THAT(reports(), HasSubstr("klart"));
  ASSERT_EQ(asked({"import", file("mer.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-02-04;2;coachning\n"), "--yes"}).status, 0);
  EXPECT_THAT(reports(), HasSubstr("har ändrats sedan")) << "what was made is no longer what the month says";
}

TEST_F(MonthEnd, the_list_has_the_names_that_the_files_have) {
  february(true);
  ASSERT_LE(asked(make()).status, 1);
  ASSERT_LE(asked(make()).status, 1);
  const std::string list = asked({"report", "list", "--plain"}).out;
  for (const auto& made : std::filesystem::directory_iterator(out))
    EXPECT_THAT(list, HasSubstr("\t" + made.path().filename().string() + "\t"));
  EXPECT_EQ(asked({"report", "remake", "R-2016-02-002", "-o", (folder.path() / "igen").string()}).status, 0);
}

TEST_F(MonthEnd, a_correction_against_the_identity_number_is_taken_with_a_warning_that_has_both_values) {
  ASSERT_EQ(asked({"import", whole_register(), "--yes"}).status, 0);
  for (const std::string field : {"gender", "kön", "Gender"}) {
    const Said said = asked({"correct", "D-0001", field + "=kvinna", "--reason", "enligt " + field + " i intyget"});
    EXPECT_EQ(said.status, field == "gender" ? 0 : 5) << said.messages;
    if (field != "gender") continue;  // the same again changes nothing
    EXPECT_THAT(said.messages, HasSubstr("Könet är nu kvinna, men personnumrets näst sista siffra säger man"));
  }
  EXPECT_THAT(asked({"effect", "D-0001", "kön=icke-binär"}).messages, Not(HasSubstr("näst sista siffra"))) << "no contradiction";
  EXPECT_THAT(asked({"correct", "D-0001", "kön=man", "--reason", "intyget var en annans"}).messages, Not(HasSubstr("näst sista")));
  EXPECT_THAT(asked({"correct", "D-0002", "kön=man", "--reason", "enligt folkbokföringen", "--json"}).out,
              HasSubstr("\"code\":\"correct.gender-differs\",\"level\":\"warning\""));
}

TEST_F(MonthEnd, a_field_that_is_not_there_is_answered_in_the_language_of_the_one_who_asks) {
  ASSERT_EQ(asked({"import", whole_register(), "--yes"}).status, 0);
  const Said sv = asked({"correct", "D-0001", "skonummer=42", "--reason", "står i registret"});
  EXPECT_EQ(sv.status, 5);
  EXPECT_THAT(sv.messages, HasSubstr("Startdatum"));
  EXPECT_THAT(sv.messages, Not(HasSubstr("entry_date")));
  EXPECT_THAT(asked({"correct", "D-0001", "startdatun=2016-02-02", "--reason", "står i registret"}).messages,
              HasSubstr("Närmast: Startdatum"));
}

TEST_F(MonthEnd, what_is_overdue_has_its_source_and_a_column_of_its_own) {
  ASSERT_EQ(asked({"import", whole_register(), "--yes"}).status, 0);
  const std::string rows = asked({"calendar", "--json"}).out;
  const auto late = rows.find("\"state\":\"overdue\"");
  ASSERT_NE(late, rows.npos);
  const std::string row = rows.substr(late, rows.find('}', late) - late);
  EXPECT_THAT(row, Not(HasSubstr("\"cited\":\"\"")));
  EXPECT_THAT(row, Not(HasSubstr("\"confidence\":\"overdue\"")));
  EXPECT_THAT(rows, HasSubstr("\"state\":\"to-come\""));
}

TEST_F(MonthEnd, a_file_that_touches_a_closed_month_gets_one_advice_and_that_works) {
  close_february();
  const Said waits = asked({"import", attendance("feb2.csv", "4")});
  EXPECT_THAT(waits.messages, HasSubstr("imports commit U-1 --project ung-horisont --reason"));
  EXPECT_THAT(waits.messages, Not(HasSubstr("Bekräfta:"))) << "that would be refused";
  const Said refused = asked({"import", attendance("feb2.csv", "4"), "--yes"});
  EXPECT_EQ(refused.status, 5);
  EXPECT_THAT(refused.messages, Not(HasSubstr("--rows good"))) << "no row is wrong";
  EXPECT_EQ(asked({"imports", "commit", "U-1", "--reason", "listan var fel avskriven", "--yes"}).status, 0);
}

TEST_F(MonthEnd, a_fix_says_what_remains_and_advises_to_read_in_only_what_can_be_read_in) {
  ASSERT_EQ(asked({"import", whole_register(), "--yes"}).status, 0);
  const std::string wrong = file("fel.csv",
                                 "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-01;fyra;coachning\nUH-1;2016-03-02;fem;coachning\n");
  ASSERT_EQ(asked({"import", wrong}).status, 1);
  const auto fix = [&](const char* draft, const char* cell) {
    return asked({"imports", "fix", draft, "--cell", cell, "--value", "4", "--reason", "enligt underskriven lista"}).messages;
  };
  const std::string one_left = fix("U-1", "C2");
  EXPECT_THAT(one_left, HasSubstr("1 cell rättad;"));
  EXPECT_THAT(one_left, HasSubstr("1 fel kvarstår (C3)"));
  EXPECT_THAT(one_left, Not(HasSubstr("Bekräfta:")));
  EXPECT_THAT(fix("U-2", "C3"), HasSubstr("Bekräfta: horisont imports commit U-3"));
}

TEST_F(MonthEnd, the_question_about_dates_names_every_column_that_it_decides) {
  const std::string dates = file("datum.csv",
                                 "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Slutdatum;Sysselsättning;Studerar;"
                                 "I annan utbildning eller praktik;Fullständiga gymnasiebetyg;KAA\n"
                                 "UH-1;19990517-9819;Öberg, Åsa;Karlstad;02/03/2016;04/05/2016;arbetslös;nej;nej;nej;ja\n");
  EXPECT_THAT(asked({"import", dates}).out, HasSubstr("i kolumnerna Startdatum, Slutdatum (till exempel 02/03/2016)?"));
}

}  // namespace
}  // namespace horisont
