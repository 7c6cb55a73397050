// What was known on a day stays what was known that day: every answer that knows `--as-of` gives it again after corrections, more
// imports, decisions by hand and reports filed anew; a command that cannot does not have the option.

#include <gmock/gmock.h>

#include "cli/cli_fixture.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

class AsKnown : public Cli {
 protected:
  const std::string p = "--project=ung-horisont", day = "--today=2016-05-20";
  const std::vector<std::vector<std::string>> questions{
      {"participants"},
      {"explain", "D-0002"},
      {"hours", "--by", "participant"},
      {"indicators"},
      {"months"},
      {"plan"},
      {"status"},
      {"calendar"},
      {"follow-up"},
      {"problems", "list"},
      {"duplicates"},
      {"evidence", "list"},
      {"overrides"},
      {"history", "D-0002"},
      {"staff-time"},
      {"claim", "--from", "2016-03", "--to", "2016-03"},
      {"report", "list"},
      {"report", "preview", "hours-summary", "--period", "2016-03"},
      {"report", "preview", "scb-month", "--period", "2016-03"},
      {"report", "preview", "indicators-esf-2014", "--period", "2016-03"},
      {"report", "preview", "eligibility-log", "--period", "2016-03"},
  };
  void must(std::vector<std::string> line) {
    const std::string name = line[0];
    line.insert(line.end(), {p, day});
    const Said said = run(std::move(line));
    ASSERT_LE(said.status, 1) << name << ": " << said.messages;
  }
  std::string answer(std::vector<std::string> line, const std::string& known = "") {
    line.insert(line.end(), {p, day});
    if (line[0] != "report" || line[1] != "preview") line.push_back("--plain");
    if (!known.empty()) line.push_back("--as-of=" + known);
    const Said said = run(line);
    EXPECT_LE(said.status, 1) << testing::PrintToString(line) << ": " << said.messages;
    return said.out;
  }
};

TEST_F(AsKnown, every_answer_of_a_day_is_given_again_after_all_that_came_later) {
  must({"import", register_file(), "--yes"});
  must({"import",
        file("tid.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-01;5;praktik\nUH-2;2016-03-02;6;praktik\n"), "--yes"});
  must({"import",
        file("underlag.csv",
             "Deltagar-id;Krav;Dokument;Datum;Utfärdare;Beteckning;Kontrollerat datum;Kontrollerat av;Förvaras hos\n"
             "UH-1;bosättning;registerutdrag;2016-01-25;Skatteverket;FB 1;2016-01-26;Karin Berg;Karlstads kommun\n"),
        "--yes"});
  must({"assess"});
  must({"report", "make", "hours-summary", "--period", "2016-03", "-o", (folder.path() / "då").string()});
  std::vector<std::string> then;
  for (const auto& question : questions) then.push_back(answer(question));

  now = *Moment::parse("2016-04-20T08:00:00Z");
  must({"correct", "D-0002", "home_municipality=Stockholm", "--reason=Folkbokförd i Stockholm redan då"});
  must({"correct", "D-0001", "gender=man", "--reason=Fel i registret"});
  must({"import",
        file("mer.csv",
             "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;"
             "Fullständiga gymnasiebetyg;KAA\nUH-3;19980304-9809;Lind, Cia;Hammarö;2016-02-08;arbetslös;nej;nej;nej;ja\n"),
        "--missing=keep", "--yes"});
  must({"import", file("mer-tid.csv", "Deltagar-id;Datum;Timmar;Aktivitet\nUH-1;2016-03-08;4;praktik\nUH-3;2016-03-08;3;praktik\n"),
        "--yes"});
  must({"assess"});
  must({"override", "D-0003", "P07", "--reason=Avtal med kommunen finns"});
  must({"report", "make", "hours-summary", "--period", "2016-03", "-o", (folder.path() / "nu").string()});

  std::size_t changed = 0;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    SCOPED_TRACE(testing::PrintToString(questions[i]));
    EXPECT_EQ(answer(questions[i], "2016-04-19"), then[i]);
    EXPECT_EQ(answer(questions[i], "2016-04-15"), then[i]) << "the day itself is the first that knows";
    EXPECT_EQ(answer(questions[i], "2016-04-20"), answer(questions[i])) << "today is everything";
    changed += answer(questions[i]) != then[i];
  }
  EXPECT_GE(changed, 12u) << "what came later shows, where it is not asked as of then";
  EXPECT_THAT(answer({"participants"}, "2016-04-14"), Not(HasSubstr("D-0001"))) << "the day before nothing was known";
}

// The day that deadlines count from is that of the question: what was in time as known then is not late for what the clock says now.
TEST_F(AsKnown, nothing_is_late_as_known_on_a_day_before_it_was_due) {
  now = *Moment::parse("2016-03-10T08:00:00Z");
  must({"import", register_file(), "--yes"});
  const auto february = [&](std::vector<std::string> line) {
    line.push_back(p);
    std::istringstream lines(run(line).out);
    for (std::string text; std::getline(lines, text);)
      if (text.starts_with("2016-02\t")) return text;
    return std::string();
  };
  // The clock says 15 April; February was due on 28 March.
  struct Case {
    const char* what;
    std::vector<std::string> options;
    bool late;
  };
  for (const auto& [what, options, late] :
       {Case{"now", {}, true}, Case{"as known before it was due", {"--as-of=2016-03-12"}, false},
        Case{"as known on the last day", {"--as-of=2016-03-28"}, false}, Case{"as known when it had passed", {"--as-of=2016-04-10"}, true},
        Case{"as known then, with a day for deadlines", {"--as-of=2016-03-12", "--today=2016-04-15"}, true},
        Case{"as known on a day to come", {"--as-of=2017-04-10"}, true}}) {
    SCOPED_TRACE(what);
    std::vector<std::string> months{"months", "--plain"};
    months.insert(months.end(), options.begin(), options.end());
    const std::string month = february(months);
    EXPECT_NE(month, "");
    EXPECT_EQ(month.find("\tyes\t") != month.npos, late) << month;
  }
}

TEST_F(AsKnown, a_command_that_cannot_answer_as_of_then_refuses_the_option) {
  must({"import", register_file(), "--yes"});
  const std::vector<std::vector<std::string>> lines{
      {"imports", "list"}, {"log", "status"}, {"rules", "replay"}, {"report", "templates"},
      {"correct", "D-0001", "gender=man", "--reason=Fel i registret"}, {"import", "tid.csv"}};
  for (const auto& line : lines) {
    auto asked = line;
    asked.insert(asked.end(), {p, "--as-of=2016-04-15"});
    const Said said = run(asked);
    EXPECT_EQ(said.status, 2) << line[0];
    EXPECT_THAT(said.messages, HasSubstr("--as-of")) << testing::PrintToString(asked);
    asked = {"--as-of=2016-04-15"};
    asked.insert(asked.end(), line.begin(), line.end());
    EXPECT_EQ(run(asked).status, 2) << line[0] << ", in front";
  }
  EXPECT_THAT(run({"history", "D-0001", p, "--plain"}).out, Not(HasSubstr("man"))) << "nothing was done";
}

}  // namespace
}  // namespace horisont
