// Bad hours, the same hour in two projects, and what a closed month refuses, as a person at the command line meets them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "cli/cli_fixture.h"
#include "edge/files/files.h"
#include "edge/json/json.h"
#include "support/workbook_words.h"

namespace horisont {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string ung = "--project=ung-horisont", framtid = "--project=varmlands-framtid";

struct BadHours {
  const char* name;
  const char* rows;  ///< Deltagar-id;Datum;Starttid;Sluttid;Timmar;Aktivitet
  const char* code;  ///< of the finding; empty: none
  int read, refused;
};
void PrintTo(const BadHours& bad, std::ostream* out) { *out << bad.name; }

class Table : public Cli, public testing::WithParamInterface<BadHours> {};

TEST_P(Table, is_answered_with_a_finding_and_no_row_is_dropped) {
  const BadHours& bad = GetParam();
  ASSERT_EQ(run({"import", register_file(), ung, "--yes"}).status, 0);
  const std::string sheet =
      file("narvaro.csv", std::string("Deltagar-id;Datum;Starttid;Sluttid;Timmar;Aktivitet\n") + bad.rows);
  // Summer time ends in October; other rows are read in April.
  const bool autumn = std::string_view(bad.rows).find("2016-10") != std::string_view::npos;
  const Said said = run({"import", sheet, ung, autumn ? "--today=2016-11-15" : "--today=2016-04-15", "--dry-run", "--json"});
  const auto told = parse_json(said.out);
  ASSERT_TRUE(told) << said.out << said.messages;
  EXPECT_THAT(said.out, HasSubstr("\"read\":" + std::to_string(bad.read) + ",")) << said.out;
  EXPECT_THAT(said.out, HasSubstr("\"refused\":" + std::to_string(bad.refused) + ",")) << said.out;
  if (*bad.code) {
    EXPECT_THAT(said.out, HasSubstr(std::string("\"code\":\"") + bad.code + "\"")) << said.out;
    EXPECT_THAT(said.out, HasSubstr("\"row\":2")) << "the place is named";
  } else {
    EXPECT_THAT(said.out, Not(HasSubstr("\"level\":\"error\"")));
  }
  EXPECT_EQ(said.status, bad.refused > 0 ? 1 : 0);
}

const BadHours bad_hours[] = {
    {"hours_below_nothing", "UH-1;2016-03-02;;;-2;coachning\n", "hours.negative", 0, 1},
    {"no_hours_at_all_are_an_answer", "UH-1;2016-03-02;;;0;coachning\n", "", 1, 0},
    {"a_whole_day_is_the_longest", "UH-1;2016-03-02;;;24:00;coachning\n", "hours.implausible", 1, 0},
    {"a_minute_more_than_a_day", "UH-1;2016-03-02;;;24:01;coachning\n", "hours.over-24", 0, 1},
    {"hours_that_are_words", "UH-1;2016-03-02;;;många;coachning\n", "hours.form", 0, 1},
    {"midnight_ends_a_day", "UH-1;2016-03-02;18:00;24:00;;coachning\n", "", 1, 0},
    {"one_minute_past_midnight_is_no_time", "UH-1;2016-03-02;18:00;24:01;;coachning\n", "time.form", 0, 1},
    {"HM_46_over_midnight", "UH-1;2016-02-29;22:00;02:00;;coachning\n", "hours.split-midnight", 1, 0},
    {"an_end_before_the_start_by_a_slip", "UH-1;2016-03-02;09:00;08:00;;coachning\n", "hours.over-midnight", 0, 1},
    {"HM_47_the_hour_that_summer_time_takes", "UH-1;2016-03-27;01:30;03:30;;coachning\n", "", 1, 0},
    {"a_time_that_summer_time_takes", "UH-1;2016-03-27;01:30;02:30;;coachning\n", "hours.clock-change", 0, 1},
    {"until_the_change_to_summer_time", "UH-1;2016-03-27;00:30;02:00;;coachning\n", "", 1, 0},
    {"from_the_end_of_the_hour_that_is_taken", "UH-1;2016-03-27;03:00;04:00;;coachning\n", "", 1, 0},
    {"from_two_which_no_clock_showed", "UH-1;2016-03-27;02:00;04:00;;coachning\n", "hours.clock-change", 0, 1},
    {"from_two_whatever_the_hours_say", "UH-1;2016-03-27;02:00;04:00;1;coachning\n", "hours.clock-change", 0, 1},
    {"until_a_time_that_comes_twice_after_midnight", "UH-1;2016-10-29;22:00;02:30;;coachning\n", "hours.clock-change", 0, 1},
    {"the_second_time_as_the_hours_say", "UH-1;2016-10-29;22:00;02:30;5,5;coachning\n", "hours.split-midnight", 1, 0},
    {"the_first_time_as_the_hours_say", "UH-1;2016-10-29;22:00;02:30;4,5;coachning\n", "hours.split-midnight", 1, 0},
    {"neither_time_as_the_hours_say", "UH-1;2016-10-29;22:00;02:30;5;coachning\n", "hours.clock-change", 0, 1},
    {"the_clock_turned_back_between_them", "UH-1;2016-10-30;02:45;02:15;0,5;coachning\n", "", 1, 0},
    {"the_clock_turned_back_without_hours_to_say_so", "UH-1;2016-10-30;02:45;02:15;;coachning\n", "hours.clock-change", 0, 1},
    {"the_same_times_another_night", "UH-1;2016-10-23;02:45;02:15;0,5;coachning\n", "hours.over-midnight", 0, 1},
    {"the_same_night_a_week_before", "UH-1;2016-03-20;01:30;03:30;;coachning\n", "", 1, 0},
    {"hours_and_times_that_say_two_things", "UH-1;2016-03-02;09:00;12:00;4;coachning\n", "hours.contradiction", 0, 1},
    {"one_person_in_two_places_is_read_and_left_to_the_ledger",
     "UH-1;2016-03-02;09:00;12:00;;coachning\nUH-1;2016-03-02;11:00;14:00;;praktik\n", "", 2, 0},
};
INSTANTIATE_TEST_SUITE_P(BadHours, Table, testing::ValuesIn(bad_hours), [](const auto& bad) { return bad.param.name; });

class Hours : public Cli {
 public:
  std::string evidence() {
    std::string rows = "Deltagar-id;Krav;Typ av underlag;Datum;Utfärdat av;Förvaras hos\n";
    for (const char* who : {"UH-1", "UH-2"})
      for (const char* what : {"bosättning", "sysselsättning"})
        rows += std::string(who) + ";" + what + ";intyg;2016-02-01;Kommunen;Kommunen\n";
    return file("underlag.csv", rows);
  }
  // With all that SCB asks for.
  std::string whole_register() {
    return file("deltagare.csv",
                "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;"
                "I annan utbildning eller praktik;Fullständiga gymnasiebetyg;KAA;E-post;Mobilnummer\n"
                "UH-1;19990517-9819;Öberg, Åsa;Karlstad;2016-02-01;arbetslös;nej;nej;nej;ja;asa@example.se;070-1740605\n"
                "UH-2;19980303-9800;Ek, Bo;Karlstad;2016-02-08;arbetslös;nej;nej;nej;ja;bo@example.se;070-1740606\n");
  }
  void close_february() {
    ASSERT_EQ(run({"import", whole_register(), ung, "--yes"}).status, 0);
    ASSERT_EQ(run({"import", evidence(), ung, "--yes"}).status, 0);
    ASSERT_EQ(run({"import", attendance("feb.csv", "UH-1;2016-02-03;09:00;12:00;coachning\n"), ung, "--yes"}).status, 0);
    ASSERT_EQ(run({"month", "attest", "2016-02", ung}).status, 0);
    const std::string out = (folder.path() / "ut").string();
    ASSERT_LE(run({"report", "make", "scb-month", "--period", "2016-02", "-o", out, ung}).status, 1);
    ASSERT_EQ(run({"report", "mark-filed", "R-2016-02-001", "--to", "SCB", "--on", "2016-03-01", ung}).status, 0);
    ASSERT_EQ(run({"month", "close", "2016-02", ung}).status, 0);
  }
  static constexpr const char* staff_heading =
      "Anställningsnummer;Namn;Arbetsgivare;Funktion;Tjänstgöringsgrad;Datum;Aktivitet;Timmar;Underskrivet;Underskrivet av;"
      "Godkänd av;Godkänd datum\n";
  std::string staff_time(const std::string& name, const std::string& day, const std::string& hours) {
    return file(name, staff_heading + ("10417;Berg, Eva;Karlstads kommun;projektmedarbetare;100;" + day + ";coachning;" +
                                       hours + ";2016-03-01;Berg, Eva;Lind, Per;2016-03-02\n"));
  }
  std::string attendance(const std::string& name, const std::string& rows) {
    return file(name, "Deltagar-id;Datum;Starttid;Sluttid;Aktivitet\n" + rows);
  }
};

TEST_F(Hours, of_one_person_in_two_places_are_accepted_once) {
  ASSERT_EQ(run({"import", register_file(), ung, "--yes"}).status, 0);
  ASSERT_EQ(run({"import", evidence(), ung, "--yes"}).status, 0);
  ASSERT_EQ(
      run({"import", attendance("mars.csv", "UH-1;2016-03-02;09:00;12:00;coachning\nUH-1;2016-03-02;11:00;14:00;praktik\n"),
           ung, "--yes"})
          .status,
      0);
  const Said said = run({"hours", ung, "--month", "2016-03", "--by", "reason", "--json"});
  EXPECT_THAT(said.out, HasSubstr("\"accepted_min\":300")) << said.out;
  EXPECT_THAT(said.out, HasSubstr("\"overlap\"")) << said.out;
  EXPECT_THAT(said.out, HasSubstr("\"refused_min\":60"));
}

TEST_F(Hours, HM_46_over_midnight_are_of_two_days_and_HM_47_are_those_that_pass) {
  ASSERT_EQ(run({"import", register_file(), ung, "--yes"}).status, 0);
  ASSERT_EQ(run({"import", evidence(), ung, "--yes"}).status, 0);
  ASSERT_EQ(
      run({"import", attendance("natt.csv", "UH-1;2016-02-29;22:00;02:00;coachning\nUH-1;2016-03-27;01:30;03:30;coachning\n"),
           ung, "--yes"})
          .status,
      0);
  const Said days = run({"hours", ung, "--by", "day", "--plain"});
  for (const char* row : {"2016-02-29\t120\t120\t0", "2016-03-01\t120\t120\t0", "2016-03-27\t60\t60\t0"})
    EXPECT_THAT(days.out, HasSubstr(row));
  const Said months = run({"hours", ung, "--by", "month", "--plain"});
  EXPECT_THAT(months.out, HasSubstr("2016-02\t120\t120"));
  EXPECT_THAT(months.out, HasSubstr("2016-03\t180\t180"));
}

TEST_F(Hours, of_one_person_in_two_projects_are_told_of_in_both_and_accepted_in_one_at_most) {
  for (const std::string& project : {ung, framtid}) {
    ASSERT_EQ(run({"import", register_file(), project, "--yes"}).status, 0);
    ASSERT_EQ(run({"import", evidence(), project, "--yes"}).status, 0);
  }
  ASSERT_EQ(run({"import", attendance("a.csv", "UH-1;2016-03-02;09:00;12:00;coachning\n"), ung, "--yes"}).status, 0);
  ASSERT_EQ(run({"import", attendance("b.csv", "UH-1;2016-03-02;11:00;14:00;coachning\n"), framtid, "--yes"}).status, 0);
  const auto findings = [&](const std::string& project, const char* where) {
    const Said made = run({"report", "make", "findings", "-o", (folder.path() / where).string(), project, "--json"});
    EXPECT_LE(made.status, 1) << made.messages;
    const auto json = parse_json(made.out);
    return json ? workbook_words(json->find("rows")->items.at(0).find("file")->text) : std::string();
  };
  EXPECT_THAT(findings(ung, "ung"), HasSubstr("varmlands-framtid D-0001 11:00-14:00"));
  EXPECT_THAT(findings(framtid, "framtid"), HasSubstr("ung-horisont D-0001 09:00-12:00"));
}

TEST_F(Hours, of_one_person_whose_number_was_corrected_are_found_in_the_other_project_too) {
  ASSERT_EQ(run({"import", register_file(), ung, "--yes"}).status, 0);
  ASSERT_EQ(run({"import", evidence(), ung, "--yes"}).status, 0);
  ASSERT_EQ(run({"import", attendance("a.csv", "UH-1;2016-03-02;09:00;12:00;coachning\n"), ung, "--yes"}).status, 0);
  // The other project took the person in under a number that was someone else's.
  ASSERT_EQ(
      run({"import",
           file("andra.csv",
                "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;"
                "Fullständiga gymnasiebetyg;KAA\nVF-1;19990518-9818;Öberg, Åsa;Karlstad;2016-02-01;arbetslös;nej;nej;nej;ja\n"),
           framtid, "--yes"})
          .status,
      0);
  ASSERT_EQ(run({"import", attendance("b.csv", "VF-1;2016-03-02;11:00;14:00;coachning\n"), framtid, "--yes"}).status, 0);
  const auto told_in = [&](const std::string& project) { return run({"explain", "D-0001", project, "--json"}).out; };
  for (const std::string& project : {ung, framtid})
    EXPECT_THAT(told_in(project), HasSubstr("annat projekt samtidigt: 0")) << project;
  ASSERT_EQ(run({"correct", "D-0001", "identity_number=19990517-9819", "--reason", "fel nummer i registret", framtid}).status,
            0);
  for (const std::string& project : {ung, framtid})
    EXPECT_THAT(told_in(project), HasSubstr("annat projekt samtidigt: 75")) << project;
}

TEST_F(Hours, of_a_first_file_that_leaves_earlier_months_out_are_filed_only_with_a_reason) {
  ASSERT_EQ(run({"import", whole_register(), ung, "--yes"}).status, 0);
  ASSERT_EQ(run({"import", evidence(), ung, "--yes"}).status, 0);
  ASSERT_EQ(run({"import", attendance("mars.csv", "UH-1;2016-03-02;09:00;12:00;coachning\n"), ung, "--yes"}).status, 0);
  ASSERT_EQ(run({"month", "attest", "2016-03", ung}).status, 0);
  ASSERT_LE(run({"report", "make", "scb-month", "--period", "2016-03", "-o", (folder.path() / "ut").string(), ung}).status, 1);
  const std::vector<std::string> filing{"report", "mark-filed", "R-2016-03-001", "--to", "SCB", "--on", "2016-04-01", ung};
  const Said refused = run(filing);
  EXPECT_EQ(refused.status, 5);
  EXPECT_THAT(refused.messages, HasSubstr("2016-02"));
  auto with_reason = filing;
  with_reason.insert(with_reason.end(), {"--reason", "sent by the office in February"});
  EXPECT_EQ(run(with_reason).status, 0);
}

TEST_F(Hours, are_told_by_the_kind_of_signature) {
  ASSERT_EQ(run({"import", register_file(), ung, "--yes"}).status, 0);
  ASSERT_LE(run({"import",
                 file("narvaro.csv", "Deltagar-id;Datum;Timmar;Aktivitet;Underskrift\n"
                                     "UH-1;2016-03-01;1;coachning;papper\nUH-1;2016-03-02;2;coachning;sms-kod\n"
                                     "UH-1;2016-03-03;3;coachning;mejl\nUH-1;2016-03-04;4;coachning;saknas\n"
                                     "UH-1;2016-03-07;5;coachning;\n"),
                 ung, "--yes"})
                .status,
            1);
  const Said said = run({"hours", "--by", "signature", ung, "--plain"});
  EXPECT_EQ(said.status, run({"hours", "--by", "day", ung, "--plain"}).status);
  for (const char* row : {"email_exception\t180\t", "none\t240\t", "not_stated\t300\t", "paper\t60\t", "portal_code\t120\t"})
    EXPECT_THAT(said.out, HasSubstr(row));
}

TEST_F(Hours, of_a_month_that_only_another_person_may_attest_are_not_attested_by_the_one_who_read_them_in) {
  const auto config = std::filesystem::path(home) / "config";
  std::filesystem::create_directories(home);
  std::filesystem::copy(std::filesystem::path(HORISONT_SOURCE_DIR) / "config", config,
                        std::filesystem::copy_options::recursive);
  const auto terms = config / "projects" / "ung-horisont.toml";
  const std::string text = read_file(terms);
  write_file(terms, "attest_by_another = true\n" + text);
  ASSERT_EQ(run({"import", whole_register(), ung, "--yes"}).status, 0);
  ASSERT_EQ(run({"import", evidence(), ung, "--yes"}).status, 0);
  const Said same = run({"month", "attest", "2016-02", ung, "--json"});
  EXPECT_EQ(same.status, 5) << same.out;
  EXPECT_THAT(same.out + same.messages, HasSubstr("anna läste in eller rättade"));
  EXPECT_THAT(run({"months", ung, "--plain"}).out, Not(HasSubstr("attested\t2016"))) << "nothing is recorded";
  write_file(terms, "attest_by_another = false\n" + text);
  EXPECT_EQ(run({"month", "attest", "2016-02", ung}).status, 0);
}

TEST_F(Hours, are_the_same_in_whatever_order_the_files_are_read_in) {
  std::vector<std::string> order{"a", "b", "c"};
  std::set<std::string> answers;
  do {
    home = (folder.path() / (order[0] + order[1] + order[2])).string();
    ASSERT_EQ(run({"import", register_file(), ung, "--yes"}).status, 0);
    for (const std::string& which : order) {
      const std::string sheet =
          which == "a"   ? attendance("a.csv", "UH-1;2016-03-02;09:00;12:00;coachning\nUH-2;2016-03-02;09:00;12:00;coachning\n")
          : which == "b" ? attendance("b.csv", "UH-1;2016-03-02;11:00;14:00;praktik\nUH-1;2016-01-31;11:00;14:00;praktik\n")
                         : evidence();
      ASSERT_EQ(run({"import", sheet, ung, "--rows", "good", "--yes"}).status / 2, 0);
    }
    for (const char* by : {"reason", "participant", "activity"})
      answers.insert(std::string(by) + run({"hours", ung, "--by", by, "--json"}).out);
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(answers.size(), 3u) << "one answer to each question";
}

TEST_F(Hours, of_a_closed_month_are_refused_with_the_month_and_nothing_is_stored) {
  close_february();
  const Said again = run({"month", "close", "2016-02", ung});
  EXPECT_EQ(again.status, 5) << "somebody else closed it meanwhile: status 5 is the command line's conflict";
  EXPECT_THAT(again.messages, HasSubstr("2016-02"));
  ASSERT_LE(run({"report", "make", "scb-month", "--period", "2016-02", "-o", (folder.path() / "igen").string(), ung}).status,
            1);
  EXPECT_EQ(run({"report", "mark-filed", "R-2016-02-002", "--to", "SCB", "--on", "2016-03-02", ung}).status, 5)
      << "HM-32: the same hours are not filed twice";
  const Said late = run({"import", attendance("sent.csv", "UH-2;2016-02-29;09:00;12:00;coachning\n"), ung, "--yes"});
  EXPECT_EQ(late.status, 5) << late.messages;
  EXPECT_THAT(late.messages, HasSubstr("2016-02"));
  EXPECT_THAT(run({"hours", ung, "--by", "month", "--json"}).out, Not(HasSubstr("360"))) << "nothing was stored";
  EXPECT_EQ(run({"import", attendance("mars.csv", "UH-2;2016-03-01;09:00;12:00;coachning\n"), ung, "--yes"}).status, 0)
      << "the next day is of another month";
}

TEST_F(Hours, of_staff_in_a_closed_month_are_guarded_as_its_claim_is) {
  ASSERT_EQ(run({"import", staff_time("feb-personal.csv", "2016-02-03", "4"), ung, "--yes"}).status, 0);
  close_february();
  const auto staff_minutes = [&] { return run({"staff-time", ung, "--json"}).out; };
  const std::string before = staff_minutes();
  EXPECT_THAT(before, HasSubstr("\"reported_min\":240"));
  const Said other = run({"import", staff_time("feb-ny.csv", "2016-02-03", "5"), ung, "--yes"});
  EXPECT_EQ(other.status, 5) << other.messages;
  EXPECT_THAT(other.messages, HasSubstr("2016-02"));
  EXPECT_EQ(run({"import", staff_time("feb-till.csv", "2016-02-29", "1"), ung, "--yes"}).status, 5) << "the month's last day";
  EXPECT_EQ(staff_minutes(), before) << "nothing was stored";
  EXPECT_EQ(run({"import", staff_time("mars.csv", "2016-03-01", "1"), ung, "--yes"}).status, 0) << "the next month's first";
  const Said corrected =
      run({"import", staff_time("feb-ny.csv", "2016-02-03", "5"), ung, "--yes", "--reason", "Listan var fel avskriven"});
  EXPECT_EQ(corrected.status, 0) << corrected.messages;
  EXPECT_THAT(corrected.messages, HasSubstr("Öppnade igen: 2016-02"));
}

// Whatever changes the facts of a filed or closed month is refused without a reason; with one, what it does is shown, and it is
// done only with --yes.
struct ClosedChange {
  const char* name;
  std::function<std::vector<std::string>(Hours&)> line;
};

TEST_F(Hours, of_a_closed_month_change_only_with_yes_after_the_effect_is_shown) {
  const std::string why = "Upptäcktes vid genomgången";
  const ClosedChange changes[] = {
      {"correct",
       [&](Hours&) { return std::vector<std::string>{"correct", "D-0001", "entry_date=2016-02-02", "--reason", why, ung}; }},
      {"override",
       [&](Hours&) { return std::vector<std::string>{"override", "D-0001", "P05", "--not-met", "--reason", why, ung}; }},
      {"undo", [&](Hours&) { return std::vector<std::string>{"imports", "undo", "I-3", "--reason", why, ung}; }},
      {"commit", [&](Hours& t) {
         EXPECT_EQ(t.run({"import", t.attendance("sen.csv", "UH-2;2016-02-29;09:00;12:00;coachning\n"), ung}).status, 1);
         return std::vector<std::string>{"imports", "commit", "U-1", "--reason", why, ung};
       }}};
  for (const ClosedChange& change : changes) {
    home = (folder.path() / change.name).string();
    close_february();
    const auto line = change.line(*this);
    const auto with = [&](const char* more) {
      auto longer = line;
      longer.push_back(more);
      return run(longer);
    };
    const Said refused = run(line), program = with("--json"), no_input = with("--no-input");
    EXPECT_EQ(refused.status, 5) << change.name << refused.messages;
    EXPECT_EQ(program.status, 5) << change.name << program.out;
    EXPECT_EQ(no_input.status, 5) << change.name;
    EXPECT_THAT(refused.messages, HasSubstr("Det här öppnar 2016-02 igen")) << change.name;
    EXPECT_THAT(refused.out, HasSubstr("R-2016-02-001")) << change.name << ": what must be sent again";
    EXPECT_THAT(refused.out, HasSubstr("Gör nu")) << change.name;
    EXPECT_TRUE(parse_json(program.out)) << change.name << program.out;
    for (const char* part : {"\"code\":\"month.needs-yes\"", "\"plan\":[{\"order\":1,\"month\":\"2016-02\"",
                             "\"verdict-changes\":", "\"month-changes\":", "\"claim-changes\":", "\"indicator-changes\":"})
      EXPECT_THAT(program.out, HasSubstr(part)) << change.name;
    const auto state = [&] { return run({"months", ung, "--plain"}).out; };
    EXPECT_THAT(state(), HasSubstr("2016-02\tclosed")) << change.name << ": nothing was changed";
    const Said done = with("--yes");
    EXPECT_EQ(done.status, 0) << change.name << done.messages;
    EXPECT_THAT(done.messages, HasSubstr("2016-02")) << change.name;
    EXPECT_THAT(state(), HasSubstr("2016-02\topen")) << change.name;
  }
}

TEST_F(Hours, of_a_closed_month_are_refused_without_a_reason_whatever_file_brings_them) {
  struct File {
    const char *name, *record, *text;
  };
  const std::string staff_row =
      std::string(staff_heading) +
      "10417;Berg, Eva;Karlstads kommun;projektmedarbetare;100;2016-02-29;coachning;1;2016-03-01;Berg, Eva;Lind, "
      "Per;2016-03-02\n";
  const File files[] = {
      {"narvaro", "attendance", "Deltagar-id;Datum;Starttid;Sluttid;Aktivitet\nUH-2;2016-02-29;09:00;12:00;coachning\n"},
      {"resultat", "results", "Deltagar-id;Slutdatum\nUH-1;2016-02-29\n"},
      {"personal", "staff-time", staff_row.c_str()},
      {"deltagare", "participants",
       "Deltagar-id;Personnummer;Namn;Hemkommun;Startdatum;Sysselsättning;Studerar;I annan utbildning eller praktik;"
       "Fullständiga gymnasiebetyg;KAA;E-post;Mobilnummer\n"
       "UH-3;19970303-9827;Al-Hassan, Cia;Karlstad;2016-02-29;arbetslös;nej;nej;nej;ja;cia@example.se;070-1740607\n"}};
  for (const File& one : files) {
    home = (folder.path() / one.name).string();
    close_february();
    const std::string sheet = file(std::string(one.name) + "-sen.csv", one.text);
    const Said refused = run({"import", sheet, "--record", one.record, ung, "--yes"});
    EXPECT_EQ(refused.status, 5) << one.name << refused.messages << refused.out;
    EXPECT_THAT(refused.messages, HasSubstr("2016-02")) << one.name;
    const Said waits = run({"import", sheet, "--record", one.record, ung, "--reason", "Kom bort i posten", "--json"});
    EXPECT_EQ(waits.status, 1) << one.name;
    EXPECT_THAT(waits.out, HasSubstr("\"plan\":[{\"order\":1,\"month\":\"2016-02\"")) << one.name << ": shown, not done";
    EXPECT_THAT(run({"months", ung, "--plain"}).out, HasSubstr("2016-02\tclosed")) << one.name;
  }
}

TEST_F(Hours, of_a_closed_month_are_told_together_with_what_is_wrong_in_the_rows) {
  close_february();
  const std::string file = attendance("bada.csv", "UH-2;2016-02-29;09:00;12:00;coachning\nUH-2;2016-02-30;09:00;12:00;coachning\n");
  const Said said = run({"import", file, ung, "--yes"});
  EXPECT_EQ(said.status, 1) << said.messages;
  EXPECT_THAT(said.messages, AllOf(HasSubstr("date.not-in-calendar"), HasSubstr("month.filed")));
  const Said good_only = run({"import", attendance("rader.csv", "UH-2;2016-03-01;09:00;12:00;coachning\nUH-2;2016-02-30;09:00;12:00;coachning\n"), ung, "--yes"});
  EXPECT_THAT(good_only.messages, AllOf(HasSubstr("date.not-in-calendar"), testing::Not(HasSubstr("month.filed")))) << "another month";
}

TEST_F(Hours, of_evidence_that_would_change_a_closed_month_are_guarded_too) {
  ASSERT_EQ(run({"import", whole_register(), ung, "--yes"}).status, 0);
  ASSERT_EQ(run({"import", attendance("feb.csv", "UH-1;2016-02-03;09:00;12:00;coachning\n"), ung, "--yes"}).status, 0);
  ASSERT_EQ(run({"month", "attest", "2016-02", ung, "--reason", "Underlagen kommer senare"}).status, 0);
  ASSERT_LE(run({"report", "make", "scb-month", "--period", "2016-02", "-o", (folder.path() / "ut").string(), ung}).status, 1);
  ASSERT_EQ(run({"report", "mark-filed", "R-2016-02-001", "--to", "SCB", "--on", "2016-03-01", "--reason",
                 "Underlagen kommer senare", ung})
                .status,
            0);
  ASSERT_EQ(run({"month", "close", "2016-02", ung}).status, 0);
  const Said refused = run({"import", evidence(), ung, "--yes"});
  EXPECT_EQ(refused.status, 5) << "the documents decide who is in the file" << refused.messages;
  EXPECT_THAT(refused.messages, HasSubstr("2016-02"));
}

TEST_F(Hours, that_come_late_to_a_closed_month_are_read_in_and_refused_with_a_reason_of_their_own) {
  close_february();
  const std::string late = attendance(
      "sen.csv",
      "UH-1;2016-02-29;09:00;11:00;coachning\nUH-2;2016-02-29;09:00;12:00;coachning\nUH-2;2016-03-01;09:00;10:00;coachning\n");
  const Said stored = run({"import", late, "--late", ung, "--yes"});
  EXPECT_EQ(stored.status, 0) << stored.messages;
  EXPECT_THAT(stored.messages, HasSubstr("5:00 i månader som är lämnade eller stängda (2016-02)"));
  const auto by_reason = [&] { return run({"hours", "--by", "reason", ung, "--plain"}).out; };
  EXPECT_THAT(by_reason(), HasSubstr("accepted\t240\t240\t0"));
  EXPECT_THAT(by_reason(), HasSubstr("period_closed\t300\t0\t300"));
  EXPECT_THAT(run({"months", ung, "--plain"}).out, HasSubstr("2016-02\tclosed")) << "what was filed stands";
  EXPECT_EQ(run({"plan", ung}).status, 0) << "nothing is to be sent again";
  const Said made = run({"report", "make", "scb-month", "--period", "2016-02", "-o", (folder.path() / "igen").string(), ung});
  EXPECT_LE(made.status, 1) << made.messages;
  EXPECT_EQ(run({"import", late, "--again", ung, "--yes"}).status, 5) << "it is let in only with a reason";
  EXPECT_EQ(run({"import", late, "--again", "--reason", "Listan kom bort", ung, "--yes"}).status, 0);
  EXPECT_THAT(by_reason(), HasSubstr("accepted\t540\t540\t0"));
  EXPECT_THAT(by_reason(), Not(HasSubstr("period_closed")));
  EXPECT_THAT(run({"months", ung, "--plain"}).out, HasSubstr("2016-02\topen"));
}

TEST_F(Hours, come_late_with_what_is_missing_leave_a_closed_month_as_it_is_whatever_the_reason) {
  close_february();
  const std::string other = attendance("annan.csv", "UH-1;2016-02-29;09:00;11:00;coachning\n");
  const auto say = [&](std::vector<std::string> more) {
    std::vector<std::string> line{"import", other, "--missing", "misread", "--reason", "Listan var en annans", ung};
    line.insert(line.end(), more.begin(), more.end());
    return run(line);
  };
  const auto february = [&] { return run({"months", ung, "--plain"}).out; };
  const Said shown = say({"--late", "--dry-run"});
  EXPECT_THAT(shown.messages, HasSubstr("month.filed-late"));
  const Said refused = say({"--late", "--yes"});
  EXPECT_EQ(refused.status, 5) << refused.out << refused.messages;
  EXPECT_THAT(refused.messages, HasSubstr("2016-02"));
  EXPECT_THAT(refused.messages, HasSubstr("utan --missing"));
  EXPECT_THAT(february(), HasSubstr("2016-02\tclosed"));
  EXPECT_EQ(run({"import", other, "--late", ung, "--yes"}).status, 0) << "what it brings is read in";
  EXPECT_THAT(february(), HasSubstr("2016-02\tclosed"));
  const Said corrected = say({"--again", "--yes"});
  EXPECT_LE(corrected.status, 1) << "a correction opens the month: " << corrected.messages;
  EXPECT_THAT(february(), HasSubstr("2016-02\topen"));
}

TEST_F(Hours, of_a_day_that_is_plausible_without_its_break_are_read) {
  ASSERT_EQ(run({"import", register_file(), ung, "--yes"}).status, 0);
  const std::pair<const char*, int> cases[] = {{"22:00;11:00;60", 0}, {"22:00;11:00;59", 1}, {"22:00;10:00;", 0}, {"22:00;10:01;", 1}};
  for (const auto& [times, status] : cases) {
    const std::string sheet =
        file("natt.csv", std::string("Deltagar-id;Datum;Starttid;Sluttid;Rast (min);Aktivitet\nUH-1;2016-03-02;") + times + ";coachning\n");
    const Said said = run({"import", sheet, ung, "--dry-run", "--json"});
    EXPECT_EQ(said.status, status) << times << said.messages;
    EXPECT_EQ(said.out.find("hours.over-midnight") != std::string::npos, status == 1) << times;
  }
}

}  // namespace
}  // namespace horisont
