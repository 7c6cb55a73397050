// Staff time as files bring it: every minute ends in one place, once.

#include "app/staff_import.h"

#include <gtest/gtest.h>

#include <optional>

#include "app/duplicates.h"
#include "app/import_file.h"
#include "app/import_files.h"
#include "app/workspace.h"
#include "edge/files/files.h"
#include "edge/import/trouble.h"
#include "support/places.h"

namespace horisont {
namespace {

const std::string head = "Anställningsnummer;Namn;Arbetsgivare;Datum;Månad;Timmar;Aktivitet;Funktion;Tjänstgöringsgrad;Underskrivet\n";
const std::string tail = ";100;2024-04-02\n";

class Staff : public testing::Test {
 protected:
  TemporaryFolder folder;
  std::optional<Workspace> workspace;
  int files = 0;

  void SetUp() override {
    auto opened = open_workspace(folder.path() / "home", HORISONT_SOURCE_DIR);
    ASSERT_TRUE(opened);
    workspace.emplace(std::move(*opened));
  }
  // The codes of what is told of more than in passing.
  std::vector<std::string> read(const std::vector<std::string>& rows, const std::string& project = "varmlands-unga-i-arbete",
                                const std::string& heading = head) {
    std::string text = heading;
    for (const std::string& row : rows) text += row + tail;
    const auto file = folder.path() / ("fil " + std::to_string(++files) + ".csv");
    write_file(file, text);
    ImportRequest asked{.project = project, .file = file, .kind = RecordKind::StaffTime};
    asked.good_rows_only = true;
    asked.today = *Date::parse("2024-05-03"), asked.actor = {"anna", "case-worker"}, asked.now = *Moment::parse("2024-05-03T08:00:00Z");
    outcome = import_file(*workspace, asked);
    std::vector<std::string> codes;
    for (const Finding& finding : outcome.findings)
      if (finding.code.starts_with("staff.") || finding.code.starts_with("attendance.") || finding.code.starts_with("file.") ||
          finding.code == "row.twice")
        codes.push_back(finding.code);
    return codes;
  }
  // Minutes that are reported in the project.
  std::int64_t reported(const std::string& project = "varmlands-unga-i-arbete") {
    std::int64_t minutes = 0;
    for (const StaffTime& time : project_state(*workspace, project, *Date::parse("2024-05-03"), Explain::No).staff) minutes += time.minutes.count();
    return minutes;
  }
  ImportOutcome outcome;
};

using Codes = std::vector<std::string>;

TEST_F(Staff, two_rows_of_a_day_and_activity_both_count) {
  EXPECT_EQ(read({"30001;Berg, Eva;Karlstads kommun;2024-03-04;;8;projektarbete;projektledare",
                  "30001;Berg, Eva;Karlstads kommun;2024-03-04;;5;projektarbete;projektledare"}),
            Codes{});
  EXPECT_EQ(reported(), 13 * 60);
  EXPECT_EQ(outcome.stored.new_records, 2);
  EXPECT_EQ(outcome.stored.changed_records, 0);
  // The next file says the day anew.
  EXPECT_EQ(read({"30001;Berg, Eva;Karlstads kommun;2024-03-04;;7;projektarbete;projektledare"}), Codes{});
  EXPECT_EQ(reported(), 7 * 60);
}

TEST_F(Staff, spelling_makes_no_second_person_and_no_second_day) {
  EXPECT_EQ(read({"30001;Berg, Eva;Karlstads kommun;2024-03-04;;8;projektarbete;projektledare",
                  "030001;Berg, Eva;KARLSTADS KOMMUN;2024-03-04;;8;Projektarbete ;projektledare"}),
            Codes{"row.twice"});
  EXPECT_EQ(reported(), 8 * 60);
  EXPECT_EQ(read({"030001;Berg, Eva;Karlstads Kommun;2024-03-04;;8;PROJEKTARBETE;projektledare"}), Codes{});
  EXPECT_EQ(reported(), 8 * 60) << "another file, spelled otherwise";
}

TEST_F(Staff, a_number_without_employer_is_not_another_person) {
  EXPECT_EQ(read({"30001;Berg, Eva;Karlstads kommun;2024-03-04;;8;projektarbete;projektledare",
                  "30001;Berg, Eva;;2024-03-04;;8;projektarbete;projektledare"}),
            Codes{"staff.employer-missing"});
  EXPECT_EQ(outcome.rows_refused, 1);
  EXPECT_EQ(reported(), 8 * 60);
  EXPECT_EQ(read({"30001;Berg, Eva;;2024-03-05;;8;projektarbete;projektledare"}), Codes{"staff.employer-missing"});
  EXPECT_EQ(reported(), 8 * 60);
}

TEST_F(Staff, the_same_name_and_number_under_two_employers_is_told) {
  EXPECT_EQ(read({"30001;Berg, Eva;Karlstads kommun;2024-03-04;;8;projektarbete;projektledare",
                  "30001;Berg, Eva;Hagfors kommun;2024-03-04;;8;projektarbete;projektledare",
                  "30001;Ek, Ola;Arvika kommun;2024-03-04;;8;projektarbete;projektledare"}),
            Codes{"staff.two-employers"});
}

TEST_F(Staff, what_is_corrected_in_a_later_file_never_counts_beside_what_was_read_in) {
  const auto row = [](int staff, const char* hours, const char* activity, const char* function) {
    return std::to_string(staff) + ";Berg, Eva;K;2024-03-04;;" + hours + ";" + activity + ";" + function;
  };
  struct {
    const char* name;
    std::vector<std::string> first, second;
    Codes told;
    std::int64_t hours;
  } cases[] = {
      {"another function", {row(1, "4", "projektarbete", "projektledare")}, {row(1, "3", "projektarbete", "projektmedarbetare")}, {"staff.other-function"}, 3},
      {"two functions in one file",
       {}, {row(2, "4", "projektarbete", "projektledare"), row(2, "3", "projektarbete", "projektmedarbetare")}, {}, 7},
      {"both again, one corrected in its hours",
       {row(3, "4", "projektarbete", "projektledare"), row(3, "3", "projektarbete", "projektmedarbetare")}, {row(3, "2", "projektarbete", "projektledare")}, {}, 5},
      {"the first file had one, the next has both",
       {row(4, "4", "projektarbete", "projektledare")}, {row(4, "4", "projektarbete", "projektledare"), row(4, "3", "projektarbete", "projektmedarbetare")}, {}, 7},
      {"another activity: corrected or additional?", {row(5, "4", "projektarbete", "projektledare")}, {row(5, "4", "ledning", "projektledare")}, {"staff.other-activity"}, 4},
      {"an activity where none was stated", {row(6, "4", "", "projektledare")}, {row(6, "4", "ledning", "projektledare")}, {"staff.other-activity"}, 4},
      {"additional, in a file that has both",
       {row(7, "4", "projektarbete", "projektledare")}, {row(7, "4", "projektarbete", "projektledare"), row(7, "2", "ledning", "projektledare")}, {}, 6},
      {"of another day", {row(8, "4", "projektarbete", "projektledare")}, {"8;Berg, Eva;K;2024-03-05;;4;ledning;projektledare"}, {}, 8},
      {"of another member", {row(9, "4", "projektarbete", "projektledare")}, {row(10, "4", "ledning", "projektledare")}, {}, 8},
  };
  std::int64_t before = 0;
  for (const auto& each : cases) {
    if (!each.first.empty()) {
      EXPECT_EQ(read(each.first), Codes{}) << each.name;
    }
    EXPECT_EQ(read(each.second), each.told) << each.name;
    EXPECT_EQ(reported() - before, each.hours * 60) << each.name;
    before = reported();
  }
}

TEST_F(Staff, files_of_one_import_are_parts_of_one_export) {
  const auto asked = [&](const std::string& name, const std::string& row) {
    write_file(folder.path() / name, head + row + tail);
    ImportRequest one{.project = "varmlands-unga-i-arbete", .file = folder.path() / name, .kind = RecordKind::StaffTime};
    one.today = *Date::parse("2024-05-03"), one.actor = {"anna", "case-worker"}, one.now = *Moment::parse("2024-05-03T08:00:00Z");
    one.until = ImportRequest::Until::Store;
    return one;
  };
  const std::string row = "5;Berg, Eva;K;2024-03-04;;4;";
  const auto together = import_files(*workspace, {asked("a.csv", row + "projektarbete;projektledare"), asked("b.csv", row + "ledning;projektledare")});
  EXPECT_TRUE(together.all_may);
  EXPECT_EQ(reported(), 8 * 60) << "another activity of the same day comes besides";
  EXPECT_EQ(read({"5;Berg, Eva;K;2024-03-04;;4;utvärdering;projektledare"}), Codes{"staff.other-activity"}) << "alone it may be a correction";
  const auto otherwise = import_files(*workspace, {asked("c.csv", "6;Berg, Eva;K;2024-03-04;;4;ledning;projektledare"),
                                                   asked("d.csv", "6;Berg, Eva;K;2024-03-04;;5;ledning;projektledare")});
  EXPECT_FALSE(otherwise.all_may) << "the same activity in two files is one of them";
  EXPECT_EQ(reported(), 8 * 60);
}

TEST_F(Staff, what_cannot_be_funded_is_told_when_it_is_read_in) {
  EXPECT_EQ(read({"7;Berg, Eva;K;2012-03-04;;4;projektarbete;projektledare"}), Codes{"staff.outside-project"});
  EXPECT_EQ(reported(), 4 * 60) << "and read in, so that every minute has its place";
  ProjectTerms terms = *workspace->project("varmlands-unga-i-arbete");
  terms.staff_activities = {"coachning"};
  ImportDraft draft{.kind = RecordKind::StaffTime};
  draft.sheets = {""};
  for (const char* activity : {"städning", "Coachning", "städning"})
    draft.records.push_back({.kind = RecordKind::StaffTime, .values = {{"staff_id", "7"}, {"date", "2024-03-04"}, {"hours", "60"}, {"activity", activity}}});
  tell_what_cannot_be_funded(terms, workspace->programme(terms), draft);
  ASSERT_EQ(draft.findings.size(), 2u);
  EXPECT_EQ(draft.findings[0].code, "staff.activity-not-funded");
  EXPECT_EQ(draft.findings[0].values, (std::vector<std::string>{"2", "städning", "coachning"}));
  EXPECT_EQ(draft.findings[1].code, "staff.not-signed-yet");
  EXPECT_EQ(draft.findings[1].level, Level::Notice);
}

TEST_F(Staff, times_of_the_day_that_are_apart_say_that_another_activity_is_additional) {
  const std::string heading = "Anställningsnummer;Arbetsgivare;Datum;Starttid;Sluttid;Aktivitet;Tjänstgöringsgrad;Underskrivet\n";
  const auto of = [](const char* staff, const char* times, const char* activity) {
    return std::string(staff) + ";K;2024-03-04;" + times + ";" + activity;
  };
  EXPECT_EQ(read({of("1", "08:00;12:00", "projektarbete"), of("2", "08:00;12:00", "projektarbete")}, "varmlands-unga-i-arbete", heading), Codes{});
  EXPECT_EQ(reported(), 8 * 60);
  EXPECT_EQ(read({of("1", "12:00;13:00", "ledning"), of("2", "11:59;13:00", "ledning")}, "varmlands-unga-i-arbete", heading), Codes{"staff.other-activity"});
  EXPECT_EQ(reported(), 9 * 60) << "of the second, a minute is the same time";
}

TEST_F(Staff, a_night_at_the_end_of_a_month_is_not_replaced_by_the_next_month_s_file) {
  const std::string heading = "Anställningsnummer;Arbetsgivare;Datum;Starttid;Sluttid;Aktivitet;Tjänstgöringsgrad;Underskrivet\n";
  EXPECT_EQ(read({"1;K;2024-02-29;22:00;02:00;projektarbete"}, "varmlands-unga-i-arbete", heading), Codes{});
  EXPECT_EQ(read({"1;K;2024-03-01;08:00;12:00;projektarbete"}, "varmlands-unga-i-arbete", heading), Codes{});
  EXPECT_EQ(reported(), 8 * 60);
  EXPECT_EQ(read({"1;K;2024-02-29;22:00;01:00;projektarbete"}, "varmlands-unga-i-arbete", heading), Codes{});
  EXPECT_EQ(reported(), 7 * 60) << "the night corrected";
}

TEST_F(Staff, a_month_and_its_days_never_count_together) {
  struct {
    const char* name;
    std::vector<std::string> first, second;
    Codes told;
    std::int64_t hours;
  } cases[] = {
      {"a total and a day of it in one file", {}, {"1;Berg, Eva;K;;2024-03;100;projektarbete;projektledare", "1;Berg, Eva;K;2024-03-04;;8;projektarbete;projektledare"},
       {"attendance.month-differs"}, 8},
      {"the days are the total", {}, {"2;Berg, Eva;K;;2024-03;8;projektarbete;projektledare", "2;Berg, Eva;K;2024-03-04;;8;projektarbete;projektledare"},
       {"attendance.month-agrees"}, 8},
      {"a day after the total", {"3;Berg, Eva;K;;2024-03;100;projektarbete;projektledare"}, {"3;Berg, Eva;K;2024-03-04;;8;projektarbete;projektledare"},
       {"attendance.sum-stored"}, 100},
      {"a total after a day", {"4;Berg, Eva;K;2024-03-04;;8;projektarbete;projektledare"}, {"4;Berg, Eva;K;;2024-03;100;projektarbete;projektledare"},
       {"attendance.month-differs"}, 8},
      {"another month", {"5;Berg, Eva;K;;2024-02;100;projektarbete;projektledare"}, {"5;Berg, Eva;K;2024-03-04;;8;projektarbete;projektledare"}, {}, 108},
      {"another activity", {"6;Berg, Eva;K;;2024-03;100;projektarbete;projektledare"}, {"6;Berg, Eva;K;2024-03-04;;8;ledning;projektledare"}, {}, 108},
      {"the total again", {"7;Berg, Eva;K;;2024-03;100;projektarbete;projektledare"}, {"7;Berg, Eva;K;;2024-03;90;projektarbete;projektledare"}, {}, 90},
  };
  std::int64_t before = 0;
  for (const auto& each : cases) {
    if (!each.first.empty()) read(each.first);
    EXPECT_EQ(read(each.second), each.told) << each.name;
    EXPECT_EQ(reported() - before, each.hours * 60) << each.name;
    before = reported();
  }
}

TEST_F(Staff, one_time_sheet_in_two_projects_is_asked_about) {
  const std::vector<std::string> sheet{"30001;Berg, Eva;Karlstads kommun;2016-03-04;;8;projektarbete;projektledare",
                                       "30001;Berg, Eva;Karlstads kommun;2016-03-05;;7;projektarbete;projektledare"};
  EXPECT_EQ(read(sheet, "ung-horisont"), Codes{"staff.not-signed-yet"});
  EXPECT_EQ(read(sheet, "varmlands-framtid"), (Codes{"staff.not-signed-yet", "file.in-other-project"}));
  const ProjectState state = project_state(*workspace, "ung-horisont", *Date::parse("2024-05-03"), Explain::No);
  std::vector<std::string> asked;
  for (const DoubleUse& use : double_uses(*workspace, state, Language::Swedish))
    asked.push_back(std::string(name_of(use.kind)) + " " + use.who + " " + use.other + " " + use.on);
  EXPECT_EQ(asked, Codes{"same-staff-time 30001 varmlands-framtid 30001 2016-03"});
}

TEST_F(Staff, half_the_time_here_and_half_there_is_no_question) {
  read({"30001;Berg, Eva;Karlstads kommun;2016-03-04;;4;projektarbete;projektledare",
        "30001;Berg, Eva;Karlstads kommun;2016-03-05;;3;projektarbete;projektledare"},
       "ung-horisont");
  EXPECT_EQ(read({"30001;Berg, Eva;Karlstads kommun;2016-03-04;;4;projektarbete;projektledare",
                  "30001;Berg, Eva;Karlstads kommun;2016-03-05;;5;projektarbete;projektledare"},
                 "varmlands-framtid"),
            Codes{"staff.not-signed-yet"});
  const ProjectState state = project_state(*workspace, "ung-horisont", *Date::parse("2024-05-03"), Explain::No);
  EXPECT_TRUE(double_uses(*workspace, state, Language::Swedish).empty());
}

}  // namespace
}  // namespace horisont
