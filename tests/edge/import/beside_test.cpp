// What stands beside what is read, and is not read itself: other time, a share, days, states, doubts. Each case is a small file
// as people write them, and what is told of it at the level of a warning or an error; nothing of the kind is passed over.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "edge/files/files.h"
#include "edge/import/draft_text.h"
#include "edge/import/profile.h"
#include "edge/xlsx/plain_workbook.h"

namespace horisont {
namespace {

std::string told(const ImportDraft& draft) {
  std::string out;
  for (const Finding& finding : draft.findings)
    if (finding.level != Level::Notice) out += (out.empty() ? "" : " ") + finding.place.cell + (finding.place.cell.empty() ? "" : "=") + finding.code;
  return out;
}
std::string told_after(const ImportDraft& draft) {
  return told(draft) + " | read " + std::to_string(draft.rows_read) + ", minutes " + std::to_string(draft.minutes_seen);
}

ImportDraft read_text(RecordKind kind, const std::string& csv, const std::vector<std::string>& answers = {}, const std::string& name = "fil.csv") {
  const TemporaryFolder folder;
  write_file(folder.path() / name, csv);
  ImportOptions options;
  options.kind = kind;
  ImportProfile profile;
  for (const std::string& one : answers) EXPECT_TRUE(answer(profile, one)) << one;
  if (!answers.empty()) options.profile = &profile;
  return read_story(folder.path() / name, options);
}

struct Case {
  const char* sentence;
  RecordKind kind;
  std::string csv;
  std::string expected;
  std::vector<std::string> answers = {};
};
void expect(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(told_after(read_text(c.kind, c.csv, c.answers)), c.expected) << c.sentence;
}

PlainCell text(std::string written) { return {std::move(written), false}; }
PlainCell number(std::string digits, std::string format = {}) { return {PlainCell::Number{std::move(digits), std::move(format)}, false}; }

ImportDraft read_sheet(RecordKind kind, std::vector<std::vector<PlainCell>> rows, const std::string& name = "Blad") {
  const TemporaryFolder folder;
  PlainSheet sheet{.name = name};
  sheet.rows = std::move(rows);
  write_plain_workbook(folder.path() / "bok.xlsx", {sheet});
  ImportOptions options;
  options.kind = kind;
  return read_story(folder.path() / "bok.xlsx", options);
}

TEST(BesideTheHours, other_time_is_asked_about) {
  const auto attendance = RecordKind::Attendance;
  const auto with = [](const std::string& headings, const std::string& first, const std::string& second) {
    return "Deltagar-id;Datum;Aktivitet;" + headings + "\nD-0001;2026-03-02;praktik;" + first + "\nD-0001;2026-03-03;praktik;" + second + "\n";
  };
  expect({
      {"the time that was, beside the time that was meant to be", attendance, with("Timmar;Faktiska timmar", "8;4", "8;6"), "E1=header.second-time | read 0, minutes 0"},
      {"the answer makes it the hours", attendance, with("Timmar;Faktiska timmar", "8;4", "8;6"), " | read 2, minutes 600", {"Faktiska timmar=hours"}},
      {"or leaves it", attendance, with("Timmar;Faktiska timmar", "8;4", "8;6"), " | read 2, minutes 960", {"Faktiska timmar=not-read"}},
      {"approved hours", attendance, with("Timmar;Godkända timmar", "8;4", "8;6"), "E1=header.second-time | read 0, minutes 0"},
      {"time in the afternoon", attendance, with("Timmar;Timmar em", "4;3", "4;2"), "E1=header.second-time | read 0, minutes 0"},
      {"planned time is no other time", attendance, with("Timmar;Planerade timmar", "4;8", "6;8"), " | read 2, minutes 600"},
      {"the same amounts once more lose nothing", attendance, with("Timmar;Decimaltid", "4;4,0", "6;6,0"), " | read 2, minutes 600"},
      {"numbers that may be time are told", attendance, with("Timmar;Workshop", "4;2", "6;1"), "E1=header.numbers-beside-hours | read 2, minutes 600"},
      {"a number of something else is not", attendance, with("Timmar;Grupp", "4;2", "6;1"), " | read 2, minutes 600"},
      {"a second pair of times", attendance, with("In;Ut;In em;Ut em", "08:00;12:00;13:00;16:00", "08:00;12:00;13:00;15:00"), "F1=header.more-times G1=header.more-times | read 0, minutes 0"},
      {"hours under presence", attendance, with("Timmar;Närvaro (h)", "8;4", "8;6"), "E1=header.second-time | read 0, minutes 0"},
      {"a share of presence may be to be taken off", attendance, with("Timmar;Närvaro i %", "8;50", "8;75"), "E1=header.share-of-presence | read 0, minutes 0"},
      {"in one word too", attendance, with("Timmar;Närvarograd", "8;0,5", "8;1"), "E1=header.share-of-presence | read 0, minutes 0"},
      {"of absence likewise", attendance, with("Timmar;Frånvaro (%)", "8;0", "8;25 %"), "E1=header.share-of-presence | read 0, minutes 0"},
      {"beside times from and to", attendance, with("In;Ut;Närvaro %", "08:00;12:00;50", "08:00;12:00;100"), "F1=header.share-of-presence | read 0, minutes 0"},
      {"until somebody says that the hours are what was attended", attendance, with("Timmar;Närvaro i %", "8;50", "8;75"), " | read 2, minutes 960", {"Närvaro i %=not-read"}},
      {"the whole share takes nothing off", attendance, with("Timmar;Närvaro %", "8;100", "8;100 %"), " | read 2, minutes 960"},
      {"minutes beside whole hours are asked about", attendance, with("Tim;Min", "1;30", "2;15"), "E2=hours.minutes-beside | read 0, minutes 0"},
      {"and may come to them", attendance, with("Tim;Min", "1;30", "2;15"), " | read 2, minutes 225", {"minutes:beside=added"}},
      {"an activity that is none of the project's", attendance, "Deltagar-id;Datum;Praktik;SYV;Friskvård\nD-0001;2026-03-02;3;1;1\nD-0001;2026-03-03;2;1;2\n",
       "E1=header.maybe-activity | read 0, minutes 0"},
      {"until somebody says which it is", attendance, "Deltagar-id;Datum;Praktik;SYV;Friskvård\nD-0001;2026-03-02;3;1;1\nD-0001;2026-03-03;2;1;2\n", " | read 2, minutes 600",
       {"activity:Friskvård=other"}},
  });
}

TEST(BesideTheStaffsHours, the_projects_part_is_the_one_that_counts) {
  const auto staff = RecordKind::StaffTime;
  const auto with = [](const std::string& headings, const std::string& first, const std::string& second) {
    return "Anst.nr;Datum;" + headings + "\n10417;2026-03-02;" + first + "\n10417;2026-03-03;" + second + "\n";
  };
  expect({
      {"time in the project beside all of it", staff, with("Arbetad tid;Tid i projekt", "8;4", "8;8"), " | read 2, minutes 720"},
      {"hours of the fund's", staff, with("Timmar;ESF-timmar", "8;4", "8;8"), " | read 2, minutes 720"},
      {"a share is not taken into account, and that is told", staff, with("Timmar;Andel ESF %", "8;50", "8;100"), "D1=header.share-of-time | read 0, minutes 0"},
      {"a remark that says an absence", staff, with("Timmar;Kommentar", "8;", "8;Semester"), "D3=attendance.maybe-absent | read 2, minutes 960"},
      {"a column that says it", staff, with("Timmar;Typ", "8;Arbete", "8;Sjuk"), "D3=attendance.maybe-absent | read 2, minutes 960"},
      {"time in other projects is not this one's", staff, with("Timmar;Timmar annat EU-projekt", "8;2", "8;1"), " | read 2, minutes 960"},
      {"a part of it is asked about", staff, with("Timmar;Varav semester", "8;2", "8;0"), "D1=header.part-of-time | read 0, minutes 0"},
      {"and no answer makes it what staff time has not", staff, with("Timmar;Varav semester", "8;2", "8;0"), "answer.field | read 0, minutes 0", {"Varav semester=absence_hours"}},
      {"hours on a day of absence", staff, with("Timmar;Frånvaro", "8;", "8;vab"), "D3=attendance.absent-with-hours | read 2, minutes 960"},
  });
}

TEST(BesideTheStart, days_and_states_are_asked_about) {
  const auto register_ = RecordKind::Participants;
  const auto with = [](const std::string& heading, const std::string& first, const std::string& second) {
    return "Deltagar-id;Namn;Startdatum;" + heading + "\nN-1;Öman, Ask;2026-01-12;" + first + "\nN-2;Öman, Eja;2026-01-12;" + second + "\n";
  };
  expect({
      {"the day of leaving under its many names", register_, with("Avslut", "2026-03-02", ""), " | read 2, minutes 0"},
      {"days from the start on may be when people left", register_, with("Ute", "2026-03-02", ""), "D1=header.maybe-exit | read 0, minutes 0"},
      {"the answer says so", register_, with("Ute", "2026-03-02", ""), " | read 2, minutes 0", {"Ute=exit_date"}},
      {"days of a meeting are only told", register_, with("Uppföljningssamtal", "2026-03-02", "2026-03-03"), "D1=header.dates-beside-start | read 2, minutes 0"},
      {"days before the start likewise", register_, with("Kö", "2025-11-02", "2025-12-01"), "D1=header.dates-beside-start | read 2, minutes 0"},
      {"a waiting list within the register", register_, with("Status", "Antagen", "Väntelista"), "D3=part.people-words | read 0, minutes 0"},
      {"is left out by an answer", register_, with("Status", "Antagen", "Väntelista"), " | read 1, minutes 0", {"part:Väntelista=skip"}},
      {"or kept", register_, with("Status", "Antagen", "Väntelista"), " | read 2, minutes 0", {"part:Väntelista=keep"}},
      {"a no under a decision is asked about with its heading", register_, with("Antagen", "ja", "nej"), "D3=part.people-words | read 0, minutes 0"},
      {"and answered with it", register_, with("Antagen", "ja", "nej"), " | read 1, minutes 0", {"part:Antagen nej=skip"}},
      {"a state that nobody knows", register_, with("Status", "Antagen", "Steg 2"), "D1=header.says-state | read 2, minutes 0"},
      {"a remark is told in its cell", register_, with("Anmärkning", "", "Hoppade av före start"), "D3=row.maybe-no-participant | read 2, minutes 0"},
      {"other remarks are not", register_, with("Anmärkning", "ring efter tre", ""), " | read 2, minutes 0"},
      {"a day that is not certain is no day", register_, "Deltagar-id;Namn;Startdatum\nN-1;Öman, Ask;2026-01-12?\nN-2;Öman, Eja;(2026-01-12)\nN-3;Öman, Bo;~2026-01-12\nN-4;Öman, Du;2026-01-12*\n",
       "C2=date.uncertain C3=date.uncertain C4=date.uncertain C5=date.uncertain | read 0, minutes 0"},
      {"a weekday in brackets is no doubt", register_, "Deltagar-id;Namn;Startdatum\nN-1;Öman, Ask;2026-01-12 (mån)\n", " | read 1, minutes 0"},
      {"somebody else's telephone is not read", register_, "Deltagar-id;Namn;Startdatum;Mobil\nN-1;Öman, Ask;2026-01-12;0701234567 (mamma)\n", "D2=phone.of-another | read 1, minutes 0"},
      {"an example of how to write", register_, "Personnummer;Namn;Startdatum\nEx: 20050304-2384;Öman, Ask;2026-01-12\n20050304-2384;Åberg, Cia;2026-01-12\n", "row.example | read 1, minutes 0"},
      {"somebody who may be an example", register_, "Deltagar-id;Namn;Startdatum\nN-9;Exempel Exempelsson;2026-01-12\n", "B2=row.maybe-example | read 1, minutes 0"},
      {"a telephone number gets its nought back", register_, with("Mobil", "701740605", ""), " | read 2, minutes 0"},
      {"a number of the century before", register_, "Personnummer;Namn;Startdatum\n19050304-2384;Öman, Ask;2026-01-12\n", "A2=pnr.maybe-other-century | read 0, minutes 0"},
  });
}

// Headings that people have beside what is read, with what stands below them. None of them is anything to ask about; where a wrong
// guess would cost something, it is told (at most a warning).
TEST(Headings, that_say_nothing_of_the_time_are_not_asked_about) {
  const std::vector<std::pair<const char*, const char*>> beside_hours = {
      {"Handledare", "Kim Berg"},      {"Lokal", "B214"},           {"Sal", "12"},               {"Grupp", "2"},            {"Vecka", "10"},           {"Veckodag", "måndag"},
      {"Nr", "1"},                     {"Kurs", "Svenska 1"},       {"Planerad tid", "8"},       {"Schematid", "8"},        {"Beräknad tid", "8"},     {"Avtalad tid", "6"},
      {"Timmar per vecka", "20"},      {"Veckotimmar", "20"},       {"Timmar kvar", "40"},       {"Återstående timmar", "40"}, {"Ack. tid", "24"},      {"Saldo", "3"},
      {"Flextid", "0,5"},              {"Heltid", "1"},             {"Deltid (%)", "50"},        {"Timpris", "450"},        {"Resekostnad", "120"},    {"Antal deltagare", "8"},
      {"Antal pass", "2"},             {"Poäng", "50"},             {"Plats", "Coop"},           {"Kommentar", "bra dag"},  {"Veckosumma", "20"},      {"Tjänstgöringsgrad", "100"},
      {"Årskurs", "9"},                {"Telefon", "070-1740605"},  {"Klass", "IM2"},            {"Närvaro i %", "100"},    {"Ålder", "19"},           {"Postnr", "65224"}};
  for (const auto& [heading, value] : beside_hours) {
    const auto draft = read_text(RecordKind::Attendance, std::string("Deltagar-id;Datum;Aktivitet;Timmar;") + heading + "\nD-0001;2026-03-02;praktik;4;" + value + "\nD-0001;2026-03-03;praktik;4;" + value + "\n");
    EXPECT_EQ(draft.minutes_seen, 480) << heading << ": " << told(draft);
  }
  const std::vector<std::pair<const char*, const char*>> beside_start = {
      {"Trepartssamtal", "2026-02-03"}, {"Startmöte", "2026-01-14"},   {"Uppföljning 1", "2026-03-02"}, {"Praktikstart", "2026-02-09"},   {"Kursstart", "2026-02-09"},  {"Planerat slut", "2026-06-12"},
      {"Prel. slutdatum", "2026-06-12"}, {"Beräknat avslut", "2026-06-12"}, {"Nästa möte", "2026-02-12"}, {"Enkät skickad", "2026-02-12"}, {"Handlingsplan", "2026-01-20"}, {"Läkarintyg", "2026-01-20"},
      {"SIP", "2026-01-20"},            {"Avstämning", "2026-02-20"},  {"Samtycke", "2026-01-12"},      {"Ansökan inkom", "2025-12-01"},  {"Senast uppdaterad", "2026-03-01"}, {"Kontaktperson", "Kim Berg"},
      {"Kontakt soc", "Lo Ek"},         {"Skostorlek", "42"},          {"Körkort", "B"},                {"Hemspråk", "somaliska"},        {"CV klart", "2026-02-01"},   {"Nr", "1"},
      {"Födelseår", "2004"},            {"Startvecka", "3"},           {"Status", "Antagen"},           {"Program/inriktning", "Bygg"},   {"Praktikplats", "Coop"},     {"Närvarokrav", "ja"}};
  for (const auto& [heading, value] : beside_start) {
    const auto draft = read_text(RecordKind::Participants, std::string("Deltagar-id;Namn;Startdatum;") + heading + "\nN-1;Öman, Ask;2026-01-12;" + value + "\nN-2;Öman, Eja;2026-01-12;" + value + "\n");
    EXPECT_EQ(draft.records.size(), 2u) << heading << ": " << told(draft);
    EXPECT_FALSE(!draft.records.empty() && draft.records.front().find("exit_date")) << heading;
  }
}

TEST(Headings, that_may_change_what_counts_are_asked_about) {
  const auto attendance = RecordKind::Attendance;
  const auto register_ = RecordKind::Participants;
  const auto time = [](const std::string& heading, const std::string& value) {
    return "Deltagar-id;Datum;Aktivitet;Timmar;" + heading + "\nD-0001;2026-03-02;praktik;4;" + value + "\nD-0001;2026-03-03;praktik;5;" + value + "\n";
  };
  const auto start = [](const std::string& heading, const std::string& value) {
    return "Deltagar-id;Namn;Startdatum;" + heading + "\nN-1;Öman, Ask;2026-01-12;" + value + "\nN-2;Öman, Eja;2026-01-12;" + value + "\n";
  };
  expect({
      {"the time that was", attendance, time("Verklig tid", "3"), "E1=header.second-time | read 0, minutes 0"},
      {"what was approved", attendance, time("Godk. tim", "3"), "E1=header.second-time | read 0, minutes 0"},
      {"travelling time", attendance, time("Restid", "1"), "E1=header.second-time | read 0, minutes 0"},
      {"the project's part", attendance, time("Varav projektet", "2"), "E1=header.part-of-time | read 0, minutes 0"},
      {"who was ill", attendance, time("Sjuk", "x"), "E1=header.says-presence | read 0, minutes 0"},
      {"the last day under another name", register_, start("Lämnade oss", "2026-03-02"), "D1=header.maybe-exit | read 0, minutes 0"},
      {"or under none that says anything", register_, start("Datum 2", "2026-03-02"), "D1=header.maybe-exit | read 0, minutes 0"},
      {"who was not admitted", register_, start("Beslut", "Avslag"), "D2=part.people-words | read 0, minutes 0"},
  });
}

// What is read as something by its likeness alone is told; what is only like it in its letters is not read as it.
TEST(Headings, that_are_nearly_a_fields_are_read_as_it_and_others_are_not) {
  const auto field_of = [](RecordKind kind, const std::string& heading) {
    const bool people = kind == RecordKind::Participants;
    const auto draft = read_text(kind, people ? "Deltagar-id;Startdatum;" + heading + "\nN-1;2026-01-12;\n" : "Deltagar-id;Datum;Timmar;" + heading + "\nD-0001;2026-03-02;4;\n");
    for (const auto& [field, written] : draft.mapping)
      if (written == heading) return field;
    return std::string("-");
  };
  struct Nearly {
    RecordKind kind;
    const char *heading, *field;
  };
  const auto people = RecordKind::Participants, attendance = RecordKind::Attendance;
  for (const Nearly& one : std::vector<Nearly>{
           {people, "Personumer", "identity_number"}, {people, "Hemkomun", "home_municipality"}, {people, "Slutdatun", "exit_date"}, {people, "Efternanm", "family_name"},
           {people, "Utbildningsnivo", "isced_level"}, {attendance, "Aktivitetet", "activity"},
           {people, "Personal", "-"}, {people, "Skolkod", "-"}, {people, "Födelseort", "-"}, {people, "Slutbesked", "-"}, {people, "Startlön", "-"}, {people, "Elevkår", "-"},
           {people, "Slutdatumm", "exit_date"}, {people, "Sluttdatum", "exit_date"}, {people, "Beslutsdatum", "-"}, {people, "Startmöte", "-"}, {people, "Startmätning", "-"},
           {people, "Mobilitet", "-"}, {people, "Utskick", "-"}, {people, "Handledning", "-"}, {people, "Avslutas", "-"}, {people, "Kommunal", "-"}, {people, "Programmet", "-"},
           {attendance, "Lunchen", "-"}, {attendance, "Signatur", "signature"}, {attendance, "Frånvarande", "-"}, {attendance, "Ansvar", "-"}, {attendance, "Närvarolista", "-"}, {attendance, "Datorn", "-"}})
    EXPECT_EQ(field_of(one.kind, one.heading), one.field) << one.heading;
}

// Words that neither the lists nor the domain settle are asked about, each in its column.
TEST(Words, of_work_practice_are_an_offer_and_no_state_of_employment) {
  const auto codes = [](RecordKind kind, const std::string& heading, const std::string& word) {
    const bool people = kind == RecordKind::Participants;
    return told(read_text(kind, people ? "Deltagar-id;Namn;Startdatum;" + heading + "\nN-1;Öman, Ask;2026-01-12;" + word + "\n" : "Deltagar-id;Slutdatum;" + heading + "\nD-0001;2026-04-01;" + word + "\n"));
  };
  for (const char* word : {"praktik", "internship", "lärling", "praktikant"}) {
    EXPECT_EQ(codes(RecordKind::Participants, "Sysselsättning", word), "D2=choice.unknown") << word;
    EXPECT_EQ(codes(RecordKind::Results, "Status vid avslut", word), "C2=choice.unknown") << word;
    EXPECT_EQ(codes(RecordKind::Results, "Avslutsorsak", word), "C2=choice.unknown") << word;
  }
  for (const char* word : {"praktik", "praktikplats", "internship"}) EXPECT_EQ(codes(RecordKind::Results, "Typ av erbjudande", word), "") << word;
}

TEST(Sums, are_no_people_with_numbers_and_people_with_numbers_are_no_sums) {
  const auto register_ = RecordKind::Participants;
  expect({
      {"a family name Sum", register_, "Personnummer;Namn;Startdatum\n20050304-2384;Sum Mang;2026-01-12\n19950102-2389;Total Ek;2026-01-12\n",
       "B2=name.differs B3=name.differs | read 2, minutes 0"},
      {"a count below the register", register_, "Personnummer;Namn;Startdatum\n20050304-2384;Åberg, Cia;2026-01-12\n1;Antal deltagare;\n", " | read 1, minutes 0"},
      {"a count in the column of numbers", register_, "Personnummer;Namn;Startdatum\n20050304-2384;Åberg, Cia;2026-01-12\nAntal: 1;;\n", " | read 1, minutes 0"},
      {"a sum without a right number", register_, "Personnummer;Namn;Startdatum\n20050304-2384;Åberg, Cia;2026-01-12\n1;Summa;\n", " | read 1, minutes 0"},
  });
}

TEST(Phones, whose_nought_a_spreadsheet_took_get_it_back) {
  const auto draft = read_text(RecordKind::Participants, "Deltagar-id;Namn;Startdatum;Mobil\nN-1;Öman, Ask;2026-01-12;701740605\n");
  ASSERT_EQ(draft.records.size(), 1u);
  ASSERT_TRUE(draft.records.front().find("mobile"));
  EXPECT_EQ(*draft.records.front().find("mobile"), "0701740605");
  EXPECT_TRUE(std::any_of(draft.findings.begin(), draft.findings.end(), [](const Finding& one) { return one.code == "phone.zero-restored"; }));
}

TEST(Tables, below_each_other_in_a_text_file_are_all_read) {
  const auto draft = read_text(RecordKind::Participants, "Deltagar-id;Namn;Startdatum\nN-1;Öman, Ask;2026-01-12\nN-2;Öman, Bo;2026-01-12\n\nDeltagar-id;Namn;Startdatum;Slutdatum\nN-3;Öman, Cia;2026-01-12;2026-03-02\n");
  EXPECT_EQ(told_after(draft), " | read 3, minutes 0");
  EXPECT_FALSE(draft.records[0].find("exit_date"));
  EXPECT_TRUE(draft.records[2].find("exit_date"));
}

TEST(Tables, whose_columns_stand_in_another_order_further_down_are_read_by_their_own_headings) {
  const auto draft = read_text(RecordKind::Participants, "Deltagar-id;Förnamn;Efternamn;Startdatum\nN-1;Ask;Öman;2026-01-12\nDeltagar-id;Efternamn;Förnamn;Startdatum\nN-2;Öman;Bo;2026-01-12\n");
  ASSERT_EQ(told_after(draft), " | read 2, minutes 0");
  EXPECT_EQ(*draft.records[1].find("given_name"), "Bo");
}

TEST(Sheets, with_people_that_are_not_read_are_errors_until_somebody_leaves_them_out) {
  const auto read = [](const std::vector<std::string>& answers) {
    const TemporaryFolder folder;
    PlainSheet one{.name = "Karlstad"}, two{.name = "Kil"};
    one.rows = {{text("Personnummer"), text("Namn"), text("Startdatum")}, {text("20050304-2384"), text("Åberg, Cia"), text("2026-01-12")}};
    two.rows = {{text("19950102-2389"), text("Ek, Dan"), text("2026-01-12")}};
    write_plain_workbook(folder.path() / "bok.xlsx", {one, two});
    ImportOptions options;
    options.kind = RecordKind::Participants;
    ImportProfile profile;
    for (const std::string& given : answers) EXPECT_TRUE(answer(profile, given)) << given;
    if (!answers.empty()) options.profile = &profile;
    return told(read_story(folder.path() / "bok.xlsx", options));
  };
  EXPECT_EQ(read({}), "sheet.people-not-read");
  EXPECT_EQ(read({"part:Kil=skip"}), "");
}

TEST(Rows, of_one_person_on_the_same_days_are_not_added_unasked) {
  const auto read = [](const std::string& heading, const std::vector<std::string>& words, const std::vector<std::string>& answers = {}) {
    std::string csv = "Deltagar-id;Aktivitet;" + heading + ";2;3;4;5;6;9;10;11\n";
    for (const char* person : {"D-0001", "D-0002"})
      for (const std::string& word : words) csv += std::string(person) + ";praktik;" + word + (word == words.front() ? ";6;6;6;6;6;6;6;6\n" : ";4;4;4;4;4;4;4;4\n");
    return told_after(read_text(RecordKind::Attendance, csv, answers, "mars 2026.csv"));
  };
  EXPECT_EQ(read("Typ", {"Plan", "Närv"}), "C2=part.row-words | read 0, minutes 0");
  EXPECT_EQ(read("Typ", {"Plan", "Närv"}, {"part:Plan=skip"}), " | read 2, minutes 3840");
  EXPECT_EQ(read("Typ", {"P", "N"}), "C2=part.row-kinds C3=part.row-kinds | read 0, minutes 0") << "what the letters mean nobody has said";
  EXPECT_EQ(read("Typ", {"P", "N"}, {"part:P=skip", "part:N=keep"}), " | read 2, minutes 3840");
  EXPECT_EQ(read("Grupp", {"Röd"}), " | read 2, minutes 5760") << "one row each is nothing to add";
}

TEST(Letters, that_were_coded_in_another_way_refuse_the_file) {
  const auto codes = [](const std::string& name) {
    return told(read_text(RecordKind::Participants, "Deltagar-id;Namn;Startdatum\nN-1;" + name + ";2026-01-12\nN-2;" + name + ";2026-01-12\n"));
  };
  EXPECT_EQ(codes("\u00c3\u2026sa \u00c3\u2013berg"), "text.wrong-letters") << "UTF-8 of UTF-8";
  EXPECT_EQ(codes("Sven Sj\x94str\x94m"), "text.wrong-letters") << "code page 850";
  EXPECT_EQ(codes("Sven Sj\x9astr\x9am"), "text.wrong-letters") << "the Macintosh";
  EXPECT_EQ(codes("P\x8ar \x8ckesson"), "text.wrong-letters") << "the Macintosh";
  EXPECT_EQ(codes("Sven Sj\xf6str\xf6m"), "text.encoding-assumed") << "Windows-1252";
  EXPECT_EQ(codes("Jan\xc5\xa1" "a Öberg"), "") << "a letter of other countries";
}

TEST(Formats, say_what_is_seen) {
  const auto of_format = [](const char* digits, const char* format) {
    return told_after(read_sheet(RecordKind::Attendance, {{text("Deltagar-id"), text("Datum"), text("Aktivitet"), text("Timmar")},
                                                          {text("D-0001"), text("2026-03-02"), text("praktik"), number(digits, format)}}));
  };
  EXPECT_EQ(of_format("0.5", "0%"), "D2=hours.percent | read 0, minutes 0");
  EXPECT_EQ(of_format("10", "0\" min\""), " | read 1, minutes 10");
  EXPECT_EQ(of_format("2", "0\" dagar\""), "D2=hours.unit-of-format | read 0, minutes 0");
  EXPECT_EQ(of_format("2.5", "0.0\\ \"tim\""), " | read 1, minutes 150");
  EXPECT_EQ(of_format("2.5", "0.00"), " | read 1, minutes 150");
  EXPECT_EQ(of_format("2.5", "#,##0.00_ ;[Red]-#,##0.00\\ "), " | read 1, minutes 150");
}

TEST(Formats, of_a_month_hide_the_day) {
  const auto start = [](const char* serial) {
    return told(read_sheet(RecordKind::Participants, {{text("Deltagar-id"), text("Namn"), text("Startdatum")}, {text("N-1"), text("Öman, Ask"), number(serial, "mmm-yy")}}));
  };
  EXPECT_EQ(start("46054"), "C2=date.day-missing") << "1 February 2026, seen as feb-26";
  EXPECT_EQ(start("46055"), "") << "a day that somebody wrote";
}

TEST(Days, without_a_heading_between_two_others_are_the_day_between) {
  std::vector<std::vector<PlainCell>> rows{{text("Deltagar-id"), text("Aktivitet")}, {text("D-0001"), text("praktik")}};
  for (int day = 2; day <= 13; ++day) {
    rows[0].push_back(day == 10 ? PlainCell{} : number(std::to_string(day)));
    rows[1].push_back(number("5"));
  }
  const auto draft = read_sheet(RecordKind::Attendance, rows, "Mars 2026");
  EXPECT_EQ(told_after(draft), "K1=header.day-between | read 1, minutes 3600");
}

// Days as columns: what stands beside them is judged as beside hours.
std::string days_of(const std::string& person, const std::string& heading, const std::string& value, const std::string& second = {}) {
  const bool staff = person == "Anst.nr";
  const std::string first = staff ? "10417" : "D-0001", other = staff ? "10418" : "D-0002";
  return person + (staff ? ";" : ";Aktivitet;") + heading + ";2;3;4;5;6;9;10;11\n" + first + (staff ? ";" : ";praktik;") + value + ";5;5;5;5;5;5;5;5\n" + other + (staff ? ";" : ";praktik;") +
         (second.empty() ? value : second) + ";5;5;5;5;5;5;5;5\n";
}

TEST(BesideTheDays, the_checks_of_hours_hold) {
  struct Beside {
    const char *heading, *value, *attendance, *staff;
  };
  const auto told_of = [](RecordKind kind, const std::string& csv, const std::vector<std::string>& answers = {}) { return told_after(read_text(kind, csv, answers, "mars 2026.csv")); };
  const std::string all = " | read 2, minutes 4800", none = " | read 0, minutes 0";
  for (const Beside& one : std::vector<Beside>{
           {"Godkänd", "nej", "header.says-presence", "header.says-presence"},
           {"Deltog", "nej", "header.says-presence", "header.says-presence"},
           {"Närv.grad", "80 %", "header.share-of-presence", "header.share-of-presence"},
           {"Närvarograd", "80 %", "header.share-of-presence", "header.share-of-presence"},
           {"Andel", "80 %", "header.share-of-time", "header.share-of-time"},
           {"Andel ESF %", "50", "", "header.share-of-time"},
           {"Godkända timmar", "20", "header.second-time", "header.second-time"},
           {"Verklig tid", "20", "header.second-time", "header.second-time"},
           {"Varav projekt", "20", "header.part-of-time", "header.part-of-time"},
           {"Varav semester", "8", "header.part-of-time", "header.part-of-time"},
           {"ESF-timmar", "20", "header.second-time", "header.beside-columns"},
           // What takes nothing from the days.
           {"Närvarograd", "100 %", "", ""}, {"Grupp", "2", "", ""}, {"Klass", "IM2", "", ""}, {"Planerad tid", "60", "", ""}, {"Godkända timmar", "40", "", ""},
           {"Sjuk", "2", "", ""}, {"Handledare", "Kim Berg", "", ""}, {"Antal dagar", "8", "", ""}, {"Andel", "100", "", ""}, {"Kommentar", "bra månad", "", ""}, {"Saldo", "3", "", ""}}) {
    for (const bool staff : {false, true}) {
      const char* code = staff ? one.staff : one.attendance;
      const std::string told = told_of(staff ? RecordKind::StaffTime : RecordKind::Attendance, days_of(staff ? "Anst.nr" : "Deltagar-id", one.heading, one.value));
      const std::string cell = staff ? "B1=" : "C1=";
      EXPECT_EQ(told, *code ? cell + code + none : all) << one.heading << " " << one.value << (staff ? " of staff" : "");
    }
  }
  EXPECT_EQ(told_of(RecordKind::Attendance, days_of("Deltagar-id", "Godkänd", "nej"), {"Godkänd=not-read"}), all) << "until somebody says that it is something else";
  EXPECT_EQ(told_of(RecordKind::StaffTime, days_of("Anst.nr", "Varav projekt", "20"), {"Varav projekt=not-read"}), all);
  EXPECT_EQ(told_of(RecordKind::StaffTime, days_of("Anst.nr", "Totalt arbetad tid", "160")), all) << "of all that somebody does";
  EXPECT_EQ(told_of(RecordKind::StaffTime, days_of("Anst.nr", "Totalt arbetad tid", "20")), "B1=header.second-time" + none) << "which is not less than the project's";
  for (const char* answer : {"Godkända timmar=hours", "Varav projekt=hours"}) {
    const std::string heading = std::string(answer).substr(0, std::string_view(answer).find('='));
    EXPECT_EQ(told_of(RecordKind::StaffTime, days_of("Anst.nr", heading, "20"), {answer}), "B1=header.beside-columns" + none) << "no answer puts other time in place of the days'";
  }
  EXPECT_EQ(told_of(RecordKind::Attendance, days_of("Deltagar-id", "Deltog", "nej"), {"Deltog=present"}), "C1=header.beside-columns" + none) << "which day is meant cannot be known";
  EXPECT_EQ(told_of(RecordKind::Attendance, days_of("Deltagar-id", "Kommentar", "var aldrig där", "bra")), "C2=attendance.maybe-absent" + all) << "a remark is told";
  EXPECT_EQ(told_of(RecordKind::StaffTime, days_of("Anst.nr", "Anm", "sjuk", "bra")), "B2=attendance.maybe-absent" + all);
  EXPECT_EQ(told_of(RecordKind::Attendance, days_of("Deltagar-id", "Status", "avhopp", "aktiv")), "C2=attendance.maybe-absent" + all);
}

TEST(BesideTheDays, months_weekdays_and_activities_are_no_different) {
  const auto staff = RecordKind::StaffTime, attendance = RecordKind::Attendance;
  const auto months = [](const std::string& heading, const std::string& value) { return "Anst.nr;Jan 2026;Feb 2026;Mars 2026;" + heading + "\n10417;50;50;60;" + value + "\n"; };
  const auto activities = [](const std::string& heading, const std::string& value) {
    return "Deltagar-id;Datum;Praktik;SYV;" + heading + "\nD-0001;2026-03-02;3;1;" + value + "\nD-0001;2026-03-03;2;1;" + value + "\n";
  };
  const auto month_rows = [](const std::string& heading, const std::string& value) { return "Anst.nr;Månad;Timmar;" + heading + "\n10417;2026-03;160;" + value + "\n"; };
  expect({
      {"the project's part of months", staff, months("Varav projekt", "80"), "E1=header.part-of-time | read 0, minutes 0"},
      {"approved hours", staff, months("Godkända timmar", "80"), "E1=header.second-time | read 0, minutes 0"},
      {"all of them approved", staff, months("Godkända timmar", "160"), " | read 1, minutes 9600"},
      {"the fund's hours", staff, months("ESF-timmar", "80"), "E1=header.beside-columns | read 0, minutes 0"},
      {"a no", staff, months("Godkänd", "nej"), "E1=header.says-presence | read 0, minutes 0"},
      {"a share of employment takes nothing off", staff, months("Tj.grad", "50 %"), " | read 1, minutes 9600"},
      {"a part of activities", attendance, activities("Varav projekt", "2"), "E1=header.part-of-time | read 0, minutes 0"},
      {"a no beside them", attendance, activities("Deltog", "nej"), "E1=header.says-presence | read 0, minutes 0"},
      {"a remark beside them", attendance, activities("Kommentar", "sjuk"), "E2=attendance.maybe-absent E3=attendance.maybe-absent | read 2, minutes 420"},
      {"a share alone, in a row for each month", staff, month_rows("Andel", "50 %"), "D1=header.share-of-time | read 0, minutes 0"},
      {"the whole share", staff, month_rows("Andel", "100 %"), " | read 1, minutes 9600"},
  });
}

// Words alone in a row stand over the rows below them.
TEST(WordsAlone, above_other_peoples_time_are_asked_about) {
  const auto days = [](const std::string& words, const std::vector<std::string>& answers = {}, bool same = false) {
    const std::string row = ";praktik;5;5;5;5;5;5;5;5\n";
    return told_after(read_text(RecordKind::Attendance, "Klass;Deltagar-id;Aktivitet;2;3;4;5;6;9;10;11\nIM;D-0001" + row + words + ";;;;;;;;;;\nIM;" + (same ? "D-0001" : "D-0002") + row, answers, "mars 2026.csv"));
  };
  const auto staff = [](const std::string& words, const std::vector<std::string>& answers = {}) {
    return told_after(read_text(RecordKind::StaffTime, "Anst.nr;Datum;Timmar\n10417;2026-03-02;8\n" + words + ";;\n10418;2026-03-03;8\n10419;2026-03-03;8\n", answers));
  };
  for (const char* words : {"Frånvaro", "Planerat", "Väntelista", "Ej godkänt", "Annat projekt", "Schema", "Borta", "Inställt", "Budget", "Övriga (räknas ej)", "Plan vecka 11", "Föregående månad", "Mall", "Exempel", "Annan grupp"}) {
    EXPECT_EQ(days(words), "A3=part.rows-below | read 1, minutes 2400") << words;
    EXPECT_EQ(days(words, {std::string("part:") + words + "=skip"}), " | read 1, minutes 2400") << words;
    EXPECT_EQ(days(words, {std::string("part:") + words + "=keep"}), " | read 2, minutes 4800") << words;
  }
  for (const char* words : {"Annat projekt", "Övrig verksamhet", "Ordinarie tjänst", "Schema"}) {
    EXPECT_EQ(staff(words), "A3=part.rows-below | read 1, minutes 480") << words;
    EXPECT_EQ(staff(words, {std::string("part:") + words + "=skip"}), " | read 1, minutes 480") << words;
    EXPECT_EQ(staff(words, {std::string("part:") + words + "=keep"}), " | read 3, minutes 1440") << words;
  }
  for (const char* words : {"Karlstad", "Karlstads kommun", "Mars 2026", "Vecka 11", "Grupp Röd", "Grupp 2", "Eftermiddagsgruppen", "Klass IM2", "Sundsta skola", "Ringsbergskolan", "Deltagare", "Måndag 9 mars", "Sida 1 av 2"})
    EXPECT_EQ(days(words), " | read 2, minutes 4800") << words;
  for (const char* words : {"Karlstad", "Mars 2026", "Personal"})
    EXPECT_EQ(told_after(read_text(RecordKind::StaffTime, std::string("Namn;Anst.nr;Datum;Timmar\n;10417;2026-03-02;8\n") + words + ";;;\n;10418;2026-03-03;8\n")), " | read 2, minutes 960") << words;
  EXPECT_EQ(days("Frånvaro", {}, true), "A3=part.rows-below | read 1, minutes 2400") << "of the same person too, where the words say a plan or an absence";
  const auto draft = read_text(RecordKind::Attendance, "Deltagar-id;Datum;Aktivitet;Timmar\nD-0001;2026-03-02;praktik;5\nRing om frånvaron nästa gång;;;\nD-0001;2026-03-03;praktik;5\nFyll i varje fredag;;;\n");
  EXPECT_EQ(draft.minutes_seen, 600) << "a remark between the days of one person, and one below";
}

TEST(HeadingsOfDays, are_no_row_of_data) {
  for (const char* headings : {"Dag A;Dag B;Dag C;Dag D;Dag E;Dag F;Dag G", "D1;D2;D3;D4;D5;D6;D7", "Pass 1;Pass 2;Pass 3;Pass 4;Pass 5;Pass 6;Pass 7"})
    for (const char* row : {"1;2;3;4;5;6;7", "2;3;4;5;6;7;8", "4;4;4;4;4;4;4"}) {
      const std::string csv = std::string("Anst.nr;Namn;") + headings + "\n10417;Kim Berg;" + row + "\n10418;Lo Ek;" + row + "\n";
      const auto draft = read_text(RecordKind::StaffTime, csv, {}, "mars 2026.csv");
      EXPECT_EQ(draft.records.size(), 0u) << csv;
      EXPECT_NE(told(draft).find("header."), std::string::npos) << csv << told(draft);
      EXPECT_EQ(told(draft).find("header.day-again"), std::string::npos) << csv;
      const auto attended = read_text(RecordKind::Attendance, std::string("Deltagar-id;Namn;") + headings + "\nD-0001;Öman, Ask;" + row + "\nD-0002;Öman, Eja;" + row + "\n", {}, "mars 2026.csv");
      EXPECT_EQ(attended.minutes_seen, 0) << headings;
    }
  // Weekdays over the numbers of the days, and words under the person's headings.
  EXPECT_EQ(told_after(read_text(RecordKind::StaffTime, "Anst.nr;mån;tis;ons;tors;fre;mån;tis\n;2;3;4;5;6;9;10\n10417;8;8;8;8;8;8;8\n", {}, "mars 2026.csv")), " | read 1, minutes 3360");
  EXPECT_EQ(told_after(read_text(RecordKind::Attendance, "Deltagar-id;Namn;Aktivitet;mån;tis;ons;tors;fre;mån;tis\n;(efternamn, förnamn);;2;3;4;5;6;9;10\nD-0001;Öman, Ask;praktik;5;5;5;5;5;5;5\n", {}, "mars 2026.csv")),
            "B3=name.differs | read 1, minutes 2100");
}

TEST(StaffHours, of_bare_numbers_are_from_and_to_where_they_are_far_apart) {
  for (const auto& [cell, minutes] : std::vector<std::pair<const char*, int>>{
           {"8-12", 240}, {"9-12", 180}, {"8-11", 180}, {"5-8", 180}, {"6:00-7:00", 60}, {"7.30-8", 30}, {"8-9, 13-15", 180}, {"6-7", 0}, {"7-8", 0}, {"10-11", 0}, {"10-12", 0}, {"22-02", 0}}) {
    const auto draft = read_text(RecordKind::StaffTime, std::string("Anst.nr;Datum;Timmar\n10417;2026-03-02;\"") + cell + "\"\n");
    EXPECT_EQ(told_after(draft), minutes ? " | read 1, minutes " + std::to_string(minutes) : "C2=hours.form | read 0, minutes 0") << cell;
  }
}

}  // namespace
}  // namespace horisont
