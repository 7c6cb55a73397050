// Who stands in a file with an error in the row is not missing from it.

#include <gmock/gmock.h>

#include "cli/cli_fixture.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* head = "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Slutdatum\n";

class Missing : public Cli {
 protected:
  Missing() {
    EXPECT_EQ(with({"import",
                    file("deltagare.csv", std::string(head) + "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;\n"
                                                              "UH-2;19980303-9800;Ek, Bo;Karlstad;2016-02-08;\n"
                                                              "UH-3;19970303-9801;Al, Cia;Karlstad;2016-02-08;\n")})
                  .status,
              0);
  }
  Said with(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--project", "ung-horisont", "--yes"});
    return run(arguments);
  }
  // The register a month later: Åsa whole, Bo as the case has it, Cia not there.
  Said ended(const std::string& bo) {
    return with({"import", "--verbose", file("april.csv", head + std::string("UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;\n") + bo + "\n"), "--rows",
                 "good", "--missing", "end", "--end-date", "2016-03-31", "--reason", "Står inte kvar i listan"});
  }
  std::string participants() { return with({"participants", "--plain"}).out; }
};

struct RowInError {
  const char* name;
  const char* bo;
  bool says_who;  ///< else nobody may be ended: Bo, or Cia, may be the one who stands there
};
class WhoStandsInARowInError : public Missing, public testing::WithParamInterface<RowInError> {};

TEST_P(WhoStandsInARowInError, is_not_ended) {
  const Said said = ended(GetParam().bo);
  EXPECT_EQ(said.status, 1) << said.messages;
  const std::string listed = participants();
  const bool cia_is_ended = listed.find("D-0003\t\t2016-02-08\t2016-03-31") != listed.npos;
  EXPECT_THAT(listed, Not(HasSubstr("D-0002\t\t2016-02-08\t2016-03-31"))) << listed;
  EXPECT_EQ(cia_is_ended, GetParam().says_who) << listed << said.messages;
  EXPECT_THAT(said.messages, HasSubstr(GetParam().says_who ? "står i rader som inte läses in: D-0002" : "den som saknas kan stå där")) << said.messages;
}

INSTANTIATE_TEST_SUITE_P(
    By, WhoStandsInARowInError,
    testing::Values(RowInError{"number_and_reference", "UH-2;19980303-9800;Ek, Bo;Kalstad;2016-02-08;", true},
                    RowInError{"number_alone", ";19980303-9800;;Karlstad;2016-02-30;", true},
                    RowInError{"reference_alone", "UH-2;;;Karlstad;2016-02-08;2016-02-01", true},
                    RowInError{"our_reference", "D-0002;;;Karlstad;2016-02-08;2016-02-01", true},
                    RowInError{"name_beside_a_wrong_number", ";19980303-9801;Bo Ek;Karlstad;2016-02-08;", true},
                    RowInError{"name_beside_another_right_number", ";19990426-9803;Ek, Bo;Karlstad;2016-02-30;", true},
                    RowInError{"nothing_but_a_wrong_number", ";19980303-9801;;Karlstad;2016-02-08;", false},
                    RowInError{"a_name_that_nobody_has", ";19980303-9801;Bosse E;Karlstad;2016-02-08;", false}),
    [](const auto& one) { return one.param.name; });

TEST_F(Missing, is_told_with_the_doubt_where_a_row_does_not_say_whom_it_concerns) {
  const std::string april = file("april.csv", head + std::string("UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;\n;19980303-9801;;Karlstad;2016-02-08;\n"));
  const Said shown = with({"import", april, "--dry-run", "--rows", "good", "--verbose"});
  EXPECT_THAT(shown.messages, HasSubstr("1 rad som inte läses in säger inte säkert vem den gäller")) << shown.out;
  const Said ending = with({"import", april, "--rows", "good", "--missing", "end", "--end-date", "2016-03-31", "--reason", "Står inte kvar i listan"});
  EXPECT_THAT(ending.messages, testing::AllOf(HasSubstr("--missing keep"), Not(HasSubstr("eller ta raderna utan fel med --rows good"))))
      << "good rows were asked for already";
  EXPECT_EQ(with({"import", april, "--rows", "good"}).status, 1) << "kept as they are, they may stand in it";
  EXPECT_THAT(participants(), Not(HasSubstr("2016-03-31")));
}

TEST_F(Missing, is_ended_for_a_reason_and_the_line_says_which_option_gives_it) {
  const std::string april = file("april.csv", head + std::string("UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;\n"));
  struct Case {
    const char *reason, *says;
  };
  for (const Case& c : {Case{"", "--reason"}, Case{"kort", "minst tio tecken"}, Case{"19980303-9800 slutade", "innehåller ett personnummer"}}) {
    std::vector<std::string> line{"import", april, "--missing", "end", "--end-date", "2016-03-31"};
    if (*c.reason) line.insert(line.end(), {"--reason", c.reason});
    const Said said = with(line);
    EXPECT_EQ(said.status, 5) << c.reason;
    EXPECT_THAT(said.messages, HasSubstr(c.says)) << c.reason;
  }
}

// A draft waits for its answers; what it says of who is missing is the same.
TEST_F(Missing, in_a_draft_is_nobody_whose_row_has_an_error) {
  const std::string april = file("april.csv", head + std::string("UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;\nUH-2;19980303-9800;Ek, Bo;Kalstad;2016-02-08;\n"));
  const Said drafted = run({"import", april, "--rows", "good", "--verbose", "--project", "ung-horisont"});
  EXPECT_THAT(drafted.out + drafted.messages, HasSubstr("D-0003")) << "Cia is not there";
  EXPECT_THAT(drafted.messages, HasSubstr("står i rader som inte läses in: D-0002"));
  EXPECT_THAT(participants(), Not(HasSubstr("2016-03-31")));
}

TEST_F(Missing, time_of_somebody_whose_row_has_an_error_is_not_taken_back) {
  const std::string times = "Deltagar-id;Datum;Timmar;Aktivitet\n";
  ASSERT_LE(with({"import", file("mars.csv", times + "UH-1;2016-03-01;2;coachning\nUH-1;2016-03-02;2;coachning\nUH-2;2016-03-01;3;coachning\nUH-2;2016-03-02;3;coachning\n")}).status, 1);
  const Said said = with({"import", file("mars igen.csv", times + "UH-1;2016-03-01;2;coachning\nUH-2;2016-03-01;3;coachning\nUH-2;2016-03-02;26;coachning\n"),
                          "--rows", "good", "--missing", "misread", "--reason", "Stod fel i listan"});
  EXPECT_EQ(said.status, 1) << said.messages;
  const std::string hours = with({"hours", "--plain"}).out;
  EXPECT_THAT(hours, HasSubstr("480")) << "the two hours of D-0001 are withdrawn, and nothing of D-0002: " << hours;
}

TEST_F(Missing, an_entry_is_not_moved_behind_an_exit_that_only_the_results_know) {
  ASSERT_LE(with({"import", file("resultat.csv", "Deltagar-id;Slutdatum;Avslutsorsak;Sysselsättning efter avslut\nUH-2;2016-03-15;arbete;anställd\n")}).status, 1);
  const std::string before = participants();
  ASSERT_THAT(before, HasSubstr("2016-02-08\t2016-03-15"));
  const Said said = with({"correct", "D-0002", "entry_date=2016-03-16", "--reason", "Började senare än listan säger"});
  EXPECT_EQ(said.status, 5);
  EXPECT_THAT(said.messages, HasSubstr("Slutdatum 2016-03-15 ligger före startdatum 2016-03-16"));
  EXPECT_EQ(participants(), before) << "nothing is lost";
  EXPECT_EQ(with({"correct", "D-0002", "entry_date=2016-02-15", "--reason", "Började senare än listan säger"}).status, 0);
}

}  // namespace
}  // namespace horisont
