// What may be paid for twice, and what somebody should watch: two projects of one installation with people in common.

#include "app/duplicates.h"

#include <gtest/gtest.h>

#include "app/answers.h"
#include "app/correct.h"
#include "app/effect.h"
#include "app/import_file.h"
#include "app/watch.h"
#include "core/indicators/checks.h"
#include "edge/files/files.h"
#include "support/places.h"

namespace horisont {
namespace {

const std::string register_head =
    "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Slutdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;"
    "Fullständiga gymnasiebetyg;KAA\n";
const std::string register_tail = ";arbetslös;nej;nej;nej;ja\n";
const std::string evidence_head =
    "Deltagar-id;Krav;Dokument;Datum;Utfärdare;Beteckning;Kontrollerat datum;Kontrollerat av;Förvaras hos;Gäller till\n";

class Twice : public testing::Test {
 protected:
  TemporaryFolder folder;
  std::optional<Workspace> workspace;
  int files = 0;

  void SetUp() override {
    auto opened = open_workspace(folder.path() / "home", HORISONT_SOURCE_DIR);
    ASSERT_TRUE(opened);
    workspace.emplace(std::move(*opened));
  }
  void read(const std::string& project, const std::string& text) {
    const auto file = folder.path() / ("fil " + std::to_string(++files) + ".csv");
    write_file(file, text);
    ImportRequest asked{.project = project, .file = file};
    asked.today = *Date::parse("2016-12-31"), asked.actor = {"anna", "case-worker"}, asked.now = *Moment::parse("2016-12-31T08:00:00Z");
    const ImportOutcome outcome = import_file(*workspace, asked);
    ASSERT_EQ(outcome.state, ImportOutcome::State::Stored)
        << outcome.findings.front().code << " " << finding_words(outcome.findings.front(), Language::English);
  }
  void people(const std::string& project, const std::vector<std::string>& rows) {
    std::string text = register_head;
    for (const std::string& row : rows) text += row + register_tail;
    read(project, text);
  }
  ProjectState state(const char* today = "2016-12-31", const std::string& project = "ung-horisont") {
    return project_state(*workspace, project, *Date::parse(today), Explain::No);
  }
  // "same-person D-0001 D-0002", one a line.
  std::vector<std::string> found() {
    std::vector<std::string> lines;
    for (const DoubleUse& use : double_uses(*workspace, state(), Language::Swedish)) {
      lines.push_back(std::string(name_of(use.kind)) + " " + use.who + " " + use.other + " " + use.on +
                      (use.minutes ? " " + std::to_string(use.minutes) : ""));
      EXPECT_NE(use.where, "") << lines.back();
    }
    return lines;
  }
  using Lines = std::vector<std::string>;
};

TEST_F(Twice, HM_36_a_coordination_number_and_then_a_personal_one_is_a_question_and_two_personal_numbers_are_two_people) {
  people("ung-horisont", {"A;19990577-9808;Ek, Bo;Karlstad;2016-02-01;2016-03-01", "B;19990517-9819;Bo Ek;Karlstad;2016-04-01;",
                          "C;19980303-9800;Ek, Bo;Karlstad;2016-04-01;"});
  EXPECT_EQ(found(), (Lines{"same-person D-0001 D-0002 1999-05-17"})) << "C was born on another day";
}

TEST_F(Twice, former_numbers_stand_with_the_days_of_the_files_that_stated_them) {
  people("ung-horisont", {"A;19990577-9808;Ek, Bo;Karlstad;2016-02-01;"});
  people("ung-horisont", {"A;19990517-9819;Ek, Bo;Karlstad;2016-02-01;"});
  const ProjectState now = state();
  ASSERT_EQ(now.participations.size(), 1u) << "the participant id says who it is";
  const Table known = person_table(*workspace->schemas, now, now.participations[0], Language::Swedish);
  std::string former;
  const auto said = [](const Table::Value& value) {
    if (const auto* word = std::get_if<Table::Word>(&value)) return word->shown.sv;
    return std::get<std::string>(value);
  };
  for (const auto& row : known.rows)
    if (said(row[0]) == "Tidigare nummer") former += said(row[1]) + " | " + said(row[2]);
  EXPECT_TRUE(former.starts_with("samordningsnummer 19990577-****, enligt filer inlästa 2016-12-31 till 2016-12-31 | "))
      << former;
  EXPECT_NE(former.find("B2"), former.npos) << former;
  EXPECT_EQ(found(), Lines{}) << "one person is not asked about twice";
}

TEST_F(Twice, digits_that_have_changed_places_are_a_question_and_two_right_numbers_of_one_birth_date_are_not) {
  people("ung-horisont", {"A;19970303-9801;Ek, Bo;Karlstad;2016-02-01;", "B;19970330-9808;Bo Ek;Karlstad;2016-04-01;",
                          "C;19970303-9819;Ek, Bo;Karlstad;2016-04-01;"});
  EXPECT_EQ(found(), (Lines{"same-person D-0001 D-0002 1997-03-03"}));
  for (const DoubleUse& use : double_uses(*workspace, state(), Language::Swedish))
    EXPECT_EQ(use.why.id, "likeness.swapped-digits");
}

TEST_F(Twice, somebody_in_two_projects_is_told_with_the_days_in_common) {
  people("ung-horisont", {"A;19990517-9819;Ek, Bo;Karlstad;2016-02-01;2016-05-31"});
  people("varmlands-framtid", {"X;19990517-9819;Ek, Bo;Karlstad;2016-05-31;"});
  EXPECT_EQ(found(), (Lines{"in-two D-0001 varmlands-framtid D-0001 2016-05-31/2016-05-31"})) << "one day is enough";
}

TEST_F(Twice, who_left_the_day_before_is_in_two_projects_on_no_day) {
  people("ung-horisont", {"A;19990517-9819;Ek, Bo;Karlstad;2016-02-01;2016-05-30"});
  people("varmlands-framtid", {"X;19990517-9819;Ek, Bo;Karlstad;2016-05-31;"});
  EXPECT_EQ(found(), Lines{});
}

TEST_F(Twice, time_that_stands_in_two_files_is_told_with_the_row_it_repeats) {
  people("ung-horisont", {"A;19990517-9819;Ek, Bo;Karlstad;2016-02-01;"});
  read("ung-horisont", evidence_head +
                           "A;bosättning;registerutdrag;2016-01-25;Skatteverket;FB 8;2016-01-26;Karin Berg;Karlstads kommun;\n");
  read("ung-horisont", "Deltagar-id;Datum;Starttid;Sluttid;Aktivitet\nA;2016-03-01;08:00;10:00;praktik\nA;2016-03-01;09:00;11:00;studiebesök\n");
  const Lines lines = found();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_TRUE(lines[0].starts_with("same-row D-0001 D-0001 2016-03-01")) << lines[0];
}

TEST_F(Twice, a_sum_beside_its_days_or_another_sum_is_a_question_with_the_smaller_of_the_two) {
  people("ung-horisont", {"A;19990517-9819;Ek, Bo;Karlstad;2016-02-01;", "B;19980303-9800;Lind, Eva;Karlstad;2016-02-01;",
                          "C;19970303-9827;Al, Cia;Karlstad;2016-02-01;"});
  read("ung-horisont", evidence_head +
                           "A;bosättning;registerutdrag;2016-01-25;Skatteverket;FB 8;2016-01-26;Karin Berg;Karlstads kommun;\n"
                           "B;bosättning;registerutdrag;2016-01-25;Skatteverket;FB 9;2016-01-26;Karin Berg;Karlstads kommun;\n"
                           "C;bosättning;registerutdrag;2016-01-25;Skatteverket;FB 7;2016-01-26;Karin Berg;Karlstads kommun;\n");
  // Time of two activities is let in. A: the month, and a day in it and one in another. B: a week (7 to 13 March), its last day and the day after it. C: the week, and the month.
  read("ung-horisont", "Deltagar-id;Månad;Timmar;Aktivitet\nA;2016-03;40;praktik\nC;2016-03;20;praktik\n");
  read("ung-horisont", "Deltagar-id;Aktivitet;v. 10 2016;v. 11 2016\nB;praktik;12;\nC;SYV;6;\n");
  read("ung-horisont", "Deltagar-id;Datum;Timmar;Aktivitet\nA;2016-03-31;6;SYV\nA;2016-04-01;6;SYV\nB;2016-03-13;2;SYV\nB;2016-03-14;3;SYV\n");
  EXPECT_EQ(found(), (Lines{"sum-beside-days D-0001 D-0001 2016-03-01 360", "sum-beside-days D-0002 D-0002 2016-03-07 120"}))
      << "the week of C is of another activity than the month";
}

TEST_F(Twice, one_document_for_two_people_is_a_question_and_for_one_person_in_two_projects_is_none) {
  people("ung-horisont", {"A;19990517-9819;Ek, Bo;Karlstad;2016-02-01;2016-03-01", "B;19980303-9800;Lind, Eva;Karlstad;2016-02-01;"});
  people("varmlands-framtid", {"X;19990517-9819;Ek, Bo;Karlstad;2016-05-31;"});
  const std::string document = ";bosättning;registerutdrag;2016-01-25;Skatteverket;FB 7;2016-01-26;Karin Berg;Karlstads kommun;\n";
  read("ung-horisont", evidence_head + "A" + document);
  read("varmlands-framtid", evidence_head + "X" + document);
  EXPECT_EQ(found(), Lines{}) << "the same person";
  read("ung-horisont", evidence_head + "B" + document);
  EXPECT_EQ(found(), (Lines{"same-document D-0001 D-0002 FB 7", "same-document D-0002 varmlands-framtid D-0001 FB 7"}));
}

// The last day that is watched, and the first that is not.
TEST_F(Twice, what_is_watched_is_told_from_the_day_that_it_is_due) {
  people("ung-horisont", {"A;19990517-9819;Ek, Bo;Karlstad;2016-02-01;2016-03-01", "B;19980303-9800;Lind, Eva;Karlstad;2016-02-01;"});
  read("ung-horisont", evidence_head +
                           "B;bosättning;registerutdrag;2016-01-25;Skatteverket;FB 8;2016-01-26;Karin Berg;Karlstads kommun;2016-04-30\n");
  const auto lines = [&](const char* today, const char* to) {
    Lines all;
    for (const Watched& one : watch_list(state(today), *Date::parse(to))) all.push_back(one.due.iso() + " " + one.kind + " " + one.who);
    return all;
  };
  EXPECT_EQ(lines("2016-02-29", "2016-02-29"), Lines{}) << "28 days without time are not too many, and A has not left";
  EXPECT_EQ(lines("2016-03-01", "2016-03-28"), (Lines{"2016-02-29 no-attendance D-0001", "2016-02-29 no-attendance D-0002"}));
  EXPECT_EQ(lines("2016-03-02", "2016-03-29"), (Lines{"2016-02-29 no-attendance D-0002", "2016-03-29 exit-without-result D-0001"}));
  EXPECT_EQ(lines("2016-03-02", "2016-04-29").size(), 2u);
  EXPECT_EQ(lines("2016-03-02", "2016-04-30").back(), "2016-04-30 evidence-expires D-0002");
  EXPECT_EQ(lines("2016-03-02", "2016-09-01").back(), "2016-09-01 six-months D-0001");
  EXPECT_EQ(lines("2023-03-01", "2023-03-02").back().substr(11, 9), "six-month") << "turns 25 on the third";
  const Lines birthday = lines("2023-03-02", "2023-03-03");
  EXPECT_NE(std::find(birthday.begin(), birthday.end(), "2023-03-03 turns-age D-0002"), birthday.end());
}

TEST_F(Twice, a_corrected_gender_stands_in_its_correction_and_not_in_the_row_of_the_register) {
  people("ung-horisont", {"A;19990517-9819;Ek, Bo;Karlstad;2016-02-01;"});
  const auto stands_in = [&](const char* field) {
    const ProjectState now = state();
    const Table known = person_table(*workspace->schemas, now, now.participations[0], Language::Swedish);
    for (const auto& row : known.rows)
      if (const auto* word = std::get_if<Table::Word>(&row[0]); word && word->key == field) return std::get<std::string>(row[2]);
    return std::string("none");
  };
  EXPECT_NE(stands_in("gender").find("rad 2"), std::string::npos) << "the number says it: " << stands_in("gender");
  ASSERT_TRUE(correct(*workspace, {.project = "ung-horisont",
                                   .participant = "D-0001",
                                   .changes = {{"gender", "kvinna"}},
                                   .reason = "enligt folkbokföringen",
                                   .today = *Date::parse("2016-12-31"),
                                   .actor = {"anna", "case-worker"},
                                   .now = *Moment::parse("2016-12-31T09:00:00Z")}));
  EXPECT_NE(stands_in("gender").find("enligt folkbokföringen"), std::string::npos) << stands_in("gender");
  EXPECT_EQ(stands_in("name").find("enligt folkbokföringen"), std::string::npos) << stands_in("name");
}

TEST_F(Twice, a_correction_shows_verdicts_hours_and_indicators_before_anything_is_changed) {
  people("ung-horisont", {"A;19990517-9819;Ek, Bo;Karlstad;2016-02-01;"});
  read("ung-horisont", evidence_head +
                           "A;bosättning;registerutdrag;2016-01-25;Skatteverket;FB 8;2016-01-26;Karin Berg;Karlstads kommun;\n");
  read("ung-horisont", "Deltagar-id;Datum;Timmar;Aktivitet\nA;2016-03-01;5;praktik\n");
  const CorrectionRequest asked{.project = "ung-horisont",
                                .participant = "D-0001",
                                .changes = {{"entry_date", "2016-03-02"}},
                                .reason = "beslutet säger den andra mars",
                                .today = *Date::parse("2016-12-31"),
                                .actor = {"anna", "case-worker"},
                                .now = *Moment::parse("2016-12-31T09:00:00Z")};
  const Preview shown = preview(*workspace, "ung-horisont", asked.today, [&] { ASSERT_TRUE(correct(*workspace, asked)); });
  ASSERT_EQ(shown.effect.months.size(), 1u);
  EXPECT_EQ(shown.effect.months[0].accepted_before, 300);
  EXPECT_EQ(shown.effect.months[0].accepted_after, 0) << "the first of March is before the entry";
  EXPECT_TRUE(shown.effect.claims.empty()) << "participants' time costs nothing here";
  EXPECT_TRUE(shown.effect.indicators.empty());
  EXPECT_TRUE(shown.resend.rows.empty()) << "nothing was filed";
  EXPECT_EQ(state().participations[0].entered_on->value.iso(), "2016-02-01") << "nothing was changed";
}

}  // namespace
}  // namespace horisont
