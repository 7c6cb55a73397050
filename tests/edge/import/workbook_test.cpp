// Workbooks as offices keep them: titles, merged headings, hidden rows and sheets, numbers that lost their zeros, times as
// [h]:mm, sums by formula, a sheet for each month.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "edge/files/files.h"
#include "edge/import/draft_text.h"
#include "edge/import/profile.h"
#include "edge/xlsx/plain_workbook.h"

namespace horisont {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

PlainCell text(std::string written) { return {std::move(written), false}; }
PlainCell number(std::string digits, std::string format = {}) {
  return {PlainCell::Number{std::move(digits), std::move(format)}, false};
}
PlainCell date(int year, int month, int day) { return {*Date::of(year, month, day), false}; }
PlainCell lasting(std::int64_t minutes) { return {PlainCell::Duration{minutes}, false}; }
PlainCell formula(std::string what, std::string value) {
  return {PlainCell::Formula{std::move(what), std::move(value)}, false};
}
const PlainCell nothing;

ImportDraft read(const std::vector<PlainSheet>& sheets, RecordKind kind, ImportOptions options = {},
                 const std::string& name = "bok.xlsx") {
  const TemporaryFolder folder;
  write_plain_workbook(folder.path() / name, sheets);
  options.kind = kind;
  return read_story(folder.path() / name, options);
}

std::vector<std::string> codes(const ImportDraft& draft) {
  std::vector<std::string> out;
  for (const Finding& finding : draft.findings) {
    std::string place =
        finding.place.sheet + "!" + (finding.place.cell.empty() ? std::to_string(finding.place.row) : finding.place.cell);
    out.push_back(place + " " + finding.code);
  }
  return out;
}
std::vector<int> minutes(const ImportDraft& draft) {
  std::vector<int> out;
  for (const TimeRecord& time : draft.times) out.push_back(time.minutes);
  return out;
}

PlainSheet month_of_days(const std::string& name, const std::string& title) {
  PlainSheet sheet{.name = name};
  sheet.rows = {
      {text(title)},
      {},
      {text("Deltagare"), nothing, text("Dag"), nothing, nothing, nothing, nothing, nothing, nothing},
      {text("Personnr"), text("Namn"), number("2"), number("3"), number("4"), number("5"), number("6"), number("9"),
       number("10"), text("Summa h")},
      {number("503042384"), text("Åberg, Cia"), number("7.5"), lasting(450), nothing, text("S"), number("0"), nothing, nothing,
       formula("SUM(C5:I5)", "15")},
      {text("19950102-2389"), text("Ek, Anna"), number("6"), nothing, number("6"), nothing, nothing, nothing, text("6:30"),
       formula("SUM(C6:I6)", "18.5")},
      {text("Summa"), nothing, formula("SUM(C5:C6)", "13.5"), number("7.5"), number("6"), nothing, nothing, nothing,
       number("6.5"), number("33.5")},
  };
  sheet.merges = {{1, 1, 1, 10}, {3, 1, 3, 2}, {3, 3, 3, 9}};
  return sheet;
}

TEST(ImportWorkbook, days_as_columns_under_a_title_and_a_merged_heading) {
  const auto draft = read({month_of_days("Blad1", "Närvarolista mars 2026")}, RecordKind::Attendance);
  EXPECT_THAT(minutes(draft), ElementsAre(450, 450, 0, 0, 360, 360, 390));
  EXPECT_THAT(codes(draft), ElementsAre("Blad1!A5 pnr.zero-restored", "Blad1!F5 day.codes-excused", "Blad1!7 row.sum"));
  EXPECT_EQ(Date::of_days(draft.times[1].day).iso(), "2026-03-03");
  EXPECT_EQ(draft.times[1].origin, (Origin{0, 0, 5, 4}));
  EXPECT_EQ(draft.minutes_seen, 2010);
}

TEST(ImportWorkbook, a_sheet_for_each_month) {
  auto march = month_of_days("Mars 2026", "Närvaro"), february = month_of_days("Februari 2026", "Närvaro");
  february.rows[3].insert(february.rows[3].end() - 1, {number("27")});
  february.rows[4].insert(february.rows[4].end() - 1, {number("1")});
  february.rows[4].back() = number("16");
  february.rows[5].insert(february.rows[5].end() - 1, {nothing});
  february.rows[6].resize(9);
  PlainSheet notes{.name = "Anteckningar", .rows = {{text("Ring Karin")}}, .hidden = true};
  PlainSheet other{.name = "Telefonlista", .rows = {{text("Namn"), text("Telefon")}, {text("Karin"), text("054-1")}}};
  const auto draft = read({february, march, notes, other}, RecordKind::Attendance);
  EXPECT_EQ(draft.sheets, (std::vector<std::string>{"Februari 2026", "Mars 2026"}));
  EXPECT_EQ(draft.times.size(), 15u);
  EXPECT_EQ(Date::of_days(draft.times[0].day).iso(), "2026-02-02");
  EXPECT_EQ(Date::of_days(draft.times.back().day).iso(), "2026-03-10");
  EXPECT_THAT(codes(draft), testing::UnorderedElementsAre("Anteckningar!0 sheet.hidden", "Telefonlista!0 sheet.not-read",
                                                          "!0 sheet.several-alike", "Februari 2026!A5 pnr.zero-restored", "Februari 2026!F5 day.codes-excused", "Mars 2026!F5 day.codes-excused",
                                                          "Februari 2026!7 row.sum", "Mars 2026!A5 pnr.zero-restored",
                                                          "Mars 2026!7 row.sum"));
}

TEST(ImportWorkbook, one_sheet_by_its_name) {
  const auto draft = read({month_of_days("Mars 2026", "Närvaro"), month_of_days("April 2026", "Närvaro")},
                          RecordKind::Attendance, {.sheet = "mars 2026"});
  EXPECT_EQ(draft.sheets, (std::vector<std::string>{"Mars 2026"}));
  const auto none = read({month_of_days("Mars 2026", "Närvaro")}, RecordKind::Attendance, {.sheet = "Maj"});
  EXPECT_TRUE(none.refused);
  EXPECT_THAT(codes(none), ElementsAre("!0 sheet.not-found"));
}

TEST(ImportWorkbook, the_month_may_be_stated_and_must_not_be_contradicted) {
  EXPECT_EQ(Date::of_days(
                read({month_of_days("Blad1", "Närvaro")}, RecordKind::Attendance, {.month = Month::of(2026, 3)}).times[0].day)
                .iso(),
            "2026-03-02");
  EXPECT_THAT(codes(read({month_of_days("Blad1", "Närvaro")}, RecordKind::Attendance)), ElementsAre("Blad1!4 month.not-found"));
  EXPECT_THAT(codes(read({month_of_days("Mars 2026", "Närvaro")}, RecordKind::Attendance, {.month = Month::of(2026, 2)})),
              ElementsAre("Mars 2026!4 month.contradiction"));
  // A month's name alone is enough when the year stands elsewhere, or when it lies in the project only once.
  EXPECT_EQ(Date::of_days(read({month_of_days("Mars", "Närvaro 2026")}, RecordKind::Attendance).times[0].day).iso(),
            "2026-03-02");
  EXPECT_EQ(Date::of_days(read({month_of_days("Maj", "Närvaro")}, RecordKind::Attendance).times[0].day).iso(), "2025-05-02");
  EXPECT_THAT(codes(read({month_of_days("Mars", "Närvaro")}, RecordKind::Attendance)), ElementsAre("Mars!4 month.not-found"));
}

TEST(ImportWorkbook, a_sum_that_is_off_is_told_with_both_numbers) {
  auto sheet = month_of_days("Mars 2026", "");
  sheet.rows[6][2] = formula("SUM(C5:C6)", "14");
  sheet.rows[4][9] = number("15.5");
  const auto draft = read({sheet}, RecordKind::Attendance);
  EXPECT_THAT(codes(draft), ElementsAre("Mars 2026!A5 pnr.zero-restored", "Mars 2026!F5 day.codes-excused", "Mars 2026!J5 sum.mismatch", "Mars 2026!7 row.sum",
                                        "Mars 2026!C7 sum.mismatch"));
  EXPECT_EQ(words({draft.findings[4].code, draft.findings[4].values}, Language::English),
            "The sum in the file is 14:00, but what was read gives 13:30.");
  EXPECT_EQ(draft.rows_read, 2);
}

TEST(ImportWorkbook, a_sum_row_without_a_word_is_known_by_its_formulas) {
  auto sheet = month_of_days("Mars 2026", "");
  sheet.rows[6] = {nothing, nothing, formula("SUM(C5:C6)", "13.5"), formula("SUM(D5:D6)", "7.5"), number("6")};
  EXPECT_THAT(codes(read({sheet}, RecordKind::Attendance)),
              ElementsAre("Mars 2026!A5 pnr.zero-restored", "Mars 2026!F5 day.codes-excused", "Mars 2026!7 row.sum"));
}

TEST(ImportWorkbook, a_register_with_dates_as_dates_and_numbers_as_numbers) {
  PlainSheet sheet{.name = "Deltagare"};
  sheet.rows = {
      {text("Personnummer"), text("Efternamn"), text("Förnamn"), text("Hemkommun"), text("Startdatum"), text("Slutdatum")},
      {number("199501022389"), text("Ek"), text("Anna"), number("1780"), date(2026, 1, 12), nothing},
      {number("4052387", "000000-0000"), text("Lind"), text("Eva"), text("Hagfors"), date(2026, 2, 2), date(2026, 3, 31)},
      {number("4052387"), text("Lind"), text("Eva"), text("Hagfors"), date(2026, 4, 1), number("46142")},
      {number("200005052386"), text("Dold"), text("Rad"), number("180"), date(2026, 2, 2), nothing}};
  sheet.hidden_rows = {5};
  const auto draft = read({sheet}, RecordKind::Participants);
  ASSERT_EQ(draft.records.size(), 4u);
  EXPECT_EQ(draft.records[0].person, 0u);
  EXPECT_EQ(draft.records[1].person, draft.records[2].person);
  EXPECT_EQ(*draft.records[1].find("identity_number"), "200004052387");
  EXPECT_EQ(*draft.records[1].find("entry_date"), "2026-02-02");
  EXPECT_EQ(*draft.records[2].find("exit_date"), "2026-04-30");
  EXPECT_EQ(*draft.records[0].find("home_municipality"), "1780");
  EXPECT_EQ(*draft.records[3].find("home_municipality"), "0180");
  // The format that shows the zeros and the hyphen has kept them.
  EXPECT_THAT(codes(draft), ElementsAre("Deltagare!A4 pnr.zero-restored", "Deltagare!F4 date.serial-without-format",
                                        "Deltagare!5 row.hidden"));
}

TEST(ImportWorkbook, hidden_rows_are_kept_or_left_out_as_the_profile_says_and_counted_in_both_cases) {
  PlainSheet sheet{.name = "Närvaro"};
  sheet.rows = {{text("Datum"), text("Deltagar-id"), text("Timmar")},
                {date(2026, 3, 2), text("K-03"), number("6")},
                {date(2026, 3, 3), text("K-03"), number("1")},
                {date(2026, 3, 4), text("K-03"), number("2")}};
  sheet.hidden_rows = {3};
  ImportProfile profile;
  ImportOptions options;
  options.profile = &profile;
  const auto kept = read({sheet}, RecordKind::Attendance, options);
  EXPECT_THAT(minutes(kept), ElementsAre(360, 60, 120));
  EXPECT_THAT(codes(kept), ElementsAre("Närvaro!3 row.hidden"));
  ASSERT_TRUE(answer(profile, "hidden=skip"));
  const auto again = read_profile(text_of(profile));
  ASSERT_TRUE(again && again->skip_hidden);
  const auto skipped = read({sheet}, RecordKind::Attendance, options);
  EXPECT_THAT(minutes(skipped), ElementsAre(360, 120));
  EXPECT_THAT(codes(skipped), ElementsAre("Närvaro!3 row.hidden-skipped"));
  EXPECT_EQ(skipped.rows_left_out, 1);
  ASSERT_TRUE(answer(profile, "hidden=keep"));
  EXPECT_FALSE(profile.skip_hidden);
}

TEST(ImportWorkbook, the_results_of_formulas_are_values) {
  PlainSheet sheet{.name = "Närvaro"};
  sheet.rows = {{text("Datum"), text("Deltagar-id"), text("Timmar")},
                {date(2026, 3, 2), text("K-03"), formula("2*3", "6")},
                {formula("A2+2", "46085"), text("K-03"), number("1")}};
  const auto draft = read({sheet}, RecordKind::Attendance);
  EXPECT_THAT(minutes(draft), ElementsAre(360, 60));
  EXPECT_THAT(codes(draft), ElementsAre("Närvaro!A3 date.serial-without-format"));
}

TEST(ImportWorkbook, the_rows_of_the_heading_may_be_named) {
  // Two rows that both could be headings: the user knows which one is.
  PlainSheet sheet{.name = "Närvaro"};
  sheet.rows = {{text("Datum"), text("Deltagar-id"), text("Timmar"), text("Aktivitet")},
                {text("Dag"), text("Löpnummer"), text("Tim"), text("")},
                {date(2026, 3, 2), text("K-03"), number("1")}};
  EXPECT_THAT(codes(read({sheet}, RecordKind::Attendance, {.header = std::pair{2u, 2u}})), testing::IsEmpty());
  const auto far = read({sheet}, RecordKind::Attendance, {.header = std::pair{9u, 9u}});
  EXPECT_TRUE(far.refused);
  EXPECT_THAT(codes(far), ElementsAre("!0 header.not-found"));
}

TEST(ImportWorkbook, a_file_that_is_none_is_told_as_what_it_is) {
  const TemporaryFolder folder;
  write_file(folder.path() / "lista.xlsx", "%PDF-1.7 nothing to read here");
  const auto draft = read_story(folder.path() / "lista.xlsx", {});
  EXPECT_TRUE(draft.refused);
  EXPECT_TRUE(draft.has_errors());
  ASSERT_EQ(draft.findings.size(), 1u);
  EXPECT_THAT(draft.findings[0].code, HasSubstr("file."));
  EXPECT_EQ(draft.findings[0].place.file, "lista.xlsx");
  EXPECT_THROW(read_story(folder.path() / "saknas.xlsx", {}), FileError);
}

// Tables below each other, each with headings of its own: nobody above the wider one is lost.
TEST(ImportWorkbook, all_tables_of_a_sheet_are_read_each_by_its_own_headings) {
  const auto head = [](std::vector<std::string> words) {
    std::vector<PlainCell> row;
    for (std::string& word : words) row.push_back(text(std::move(word)));
    return row;
  };
  struct Case {
    const char* sentence;
    std::vector<std::vector<PlainCell>> rows;
    std::vector<int> minutes;
    std::vector<std::string> codes;
  };
  const auto anna = [](const char* hours) { return std::vector<PlainCell>{text("19950102-2389"), date(2026, 3, 2), number(hours)}; };
  const std::vector<PlainCell> cia{date(2026, 3, 3), text("20050304-2384"), number("4"), text("praktik")};
  const Case cases[] = {
      {"one column more and another order", {head({"Personnr", "Datum", "Timmar"}), anna("6"), {}, head({"Datum", "Personnr", "Timmar", "Aktivitet"}), cia}, {360, 240},
       {"Blad1!0 sheet.blocks"}},
      {"with words above the second", {head({"Personnr", "Datum", "Timmar"}), anna("6"), head({"Grupp 2"}), head({"Datum", "Personnr", "Timmar", "Aktivitet"}), cia}, {360, 240},
       {"Blad1!0 sheet.blocks"}},
      {"the same headings below a title", {head({"Personnr", "Datum", "Timmar"}), anna("6"), head({"Grupp 2"}), head({"Personnr", "Datum", "Timmar"}), {text("20050304-2384"), date(2026, 3, 3), number("4")}}, {360, 240},
       {"Blad1!0 sheet.blocks"}},
      {"the same headings once more are a new page of one table", {head({"Personnr", "Datum", "Timmar"}), anna("6"), head({"Personnr", "Datum", "Timmar"}), {text("20050304-2384"), date(2026, 3, 3), number("4")}}, {360, 240},
       {"Blad1!3 row.repeated-header"}},
      {"sums above the days are told, not read", {head({"Namn", "Timmar"}), {text("Ek, Anna"), number("6")}, head({"Datum", "Personnr", "Timmar", "Aktivitet"}), cia}, {240},
       {"Blad1!1 block.not-read"}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.sentence);
    PlainSheet sheet{.name = "Blad1"};
    sheet.rows = c.rows;
    const auto draft = read({sheet}, RecordKind::Attendance);
    EXPECT_EQ(minutes(draft), c.minutes);
    EXPECT_THAT(codes(draft), testing::UnorderedElementsAreArray(c.codes));
  }
}

TEST(ImportWorkbook, a_register_with_people_as_columns_is_said_to_be_turned_and_one_below_long_instructions_is_read_whole) {
  PlainSheet turned{.name = "Blad1"};
  turned.rows = {{text("Namn"), text("Ny, Eva"), text("Ny, Ulf")},
                 {text("Personnummer"), text("20050304-2384"), text("19950102-2389")},
                 {text("Kommun"), text("Karlstad"), text("Hagfors")},
                 {text("Startdatum"), date(2026, 2, 3)}};
  const auto draft = read({turned}, RecordKind::Participants);
  EXPECT_TRUE(draft.refused);
  EXPECT_THAT(codes(draft), testing::Contains("!0 sheet.turned"));

  PlainSheet below{.name = "Blad1"};
  for (int i = 0; i < 34; ++i) below.rows.push_back({text("Anvisning nummer " + std::to_string(i))});
  below.rows.push_back({text("Personnr"), text("Namn"), text("Kommun"), text("Start")});
  below.rows.push_back({text("20050304-2384"), text("Åberg, Cia"), text("Karlstad"), date(2026, 1, 12)});
  below.rows.push_back({text("19950102-2389"), text("Ek, Anna"), text("Hagfors"), date(2026, 1, 12)});
  EXPECT_EQ(read({below}, RecordKind::Participants).records.size(), 2u);
}

TEST(ImportWorkbook, dates_beside_the_start_that_may_be_when_somebody_left_are_not_passed_over) {
  const auto with = [](const char* heading, int month = 5) {
    PlainSheet sheet{.name = "Blad1"};
    sheet.rows = {{text("Personnr"), text("Startdatum"), text(heading)}, {text("20050304-2384"), date(2026, 1, 12), date(2026, month, 10)}};
    return read({sheet}, RecordKind::Participants);
  };
  for (const char* heading : {"Avslut", "Avslutningsdatum", "Slutade", "Utskr.", "Slutdatum i projektet", "Stoppdatum"}) {
    const auto draft = with(heading, 3);
    EXPECT_FALSE(draft.refused) << heading;
    ASSERT_EQ(draft.records.size(), 1u) << heading;
    EXPECT_NE(draft.records[0].find("exit_date"), nullptr) << heading;
  }
  EXPECT_THAT(codes(with("Lämnade gruppen")), testing::Contains("Blad1!C1 header.maybe-exit"));
  EXPECT_TRUE(with("Lämnade gruppen").refused);
  EXPECT_THAT(codes(with("Samtal")), testing::Contains("Blad1!C1 header.dates-beside-start"));
  EXPECT_FALSE(with("Samtal").refused);
}

TEST(ImportWorkbook, an_activity_above_the_table_of_one_person_holds_for_all_rows) {
  for (const bool one_cell : {false, true}) {
    PlainSheet sheet{.name = "Blad1"};
    if (one_cell)
      sheet.rows = {{text("Namn: Åberg, Cia  Personnummer: 20050304-2384")}, {text("Aktivitet: praktik")}};
    else
      sheet.rows = {{text("Namn:"), text("Åberg, Cia"), nothing, text("Månad:"), text("mars 2026")}, {text("Personnummer:"), text("20050304-2384")}, {text("Aktivitet:"), text("praktik")}};
    sheet.rows.push_back({});
    sheet.rows.push_back({text("Datum"), text("Timmar")});
    sheet.rows.push_back({date(2026, 3, 3), number("4")});
    const auto draft = read({sheet}, RecordKind::Attendance);
    EXPECT_THAT(minutes(draft), ElementsAre(240)) << one_cell;
    ASSERT_EQ(draft.times.size(), 1u);
    EXPECT_EQ(draft.times[0].activity, 0);
    EXPECT_EQ(draft.times[0].person, 2u);
  }
}

TEST(ImportWorkbook, totals_of_the_staff_without_days_are_of_the_month_that_is_said) {
  PlainSheet sheet{.name = "Blad1"};
  sheet.rows = {{text("Anställningsnummer"), text("Namn"), text("Funktion"), text("Timmar")}, {text("A-17"), text("Berg, Lisa"), text("projektledare"), number("120.5")}};
  const auto told = read({sheet}, RecordKind::StaffTime, {.month = Month::of(2026, 3)});
  ASSERT_EQ(told.records.size(), 1u);
  EXPECT_EQ(*told.records[0].find("month"), "2026-03");
  EXPECT_EQ(*told.records[0].find("hours"), "7230");
  sheet.name = "Mars 2026";
  EXPECT_EQ(read({sheet}, RecordKind::StaffTime).records.size(), 1u);
  sheet.name = "Blad1";
  EXPECT_THAT(codes(read({sheet}, RecordKind::StaffTime)), testing::Contains("Blad1!1 month.not-found"));
}

TEST(ImportWorkbook, a_second_column_of_time_is_asked_about_and_absence_beside_hours_of_the_staff_is_told) {
  PlainSheet sheet{.name = "Blad1"};
  sheet.rows = {{text("Anst.nr"), text("Namn"), text("Funktion"), text("Datum"), text("Timmar"), text("Faktiska timmar"), text("Kommentar")},
                {text("A-17"), text("Berg, Lisa"), text("projektledare"), date(2026, 3, 2), number("8"), number("4"), nothing},
                {text("A-17"), text("Berg, Lisa"), text("projektledare"), date(2026, 3, 3), number("8"), number("8"), text("Semester")}};
  const auto asked = read({sheet}, RecordKind::StaffTime);
  EXPECT_TRUE(asked.refused);
  EXPECT_THAT(codes(asked), testing::Contains("Blad1!F1 header.second-time"));
  for (auto& row : sheet.rows) row.erase(row.begin() + 5);
  EXPECT_THAT(codes(read({sheet}, RecordKind::StaffTime)), testing::Contains("Blad1!F3 attendance.maybe-absent"));

  PlainSheet list{.name = "Blad1"};
  list.rows = {{text("Personnr"), text("Datum"), text("In"), text("Ut"), text("In em"), text("Ut em")},
               {text("19950102-2389"), date(2026, 3, 2), lasting(480), lasting(720), lasting(780), lasting(960)}};
  EXPECT_THAT(codes(read({list}, RecordKind::Attendance)), testing::Contains("Blad1!E1 header.more-times"));
}

TEST(ImportWorkbook, cells_are_read_as_they_are_shown_and_uncertain_days_are_errors) {
  PlainSheet sheet{.name = "Blad1"};
  sheet.rows = {{text("Personnr"), text("Datum"), text("Timmar"), text("Aktivitet")},
                {text("19950102-2389"), date(2026, 3, 2), number("0.5", "0%"), text("praktik")},
                {text("19950102-2389"), date(2026, 3, 3), number("10", "0\" min\""), text("praktik")},
                {text("19950102-2389"), text("2026-03-04?"), number("5"), text("praktik")},
                {text("20050304-2384"), date(2026, 3, 4), number("5", "0.0"), text("praktik")},
                {text("Antal deltagare"), nothing, number("2"), nothing}};
  const auto draft = read({sheet}, RecordKind::Attendance);
  EXPECT_THAT(codes(draft), ElementsAre("Blad1!C2 hours.percent", "Blad1!B4 date.uncertain", "Blad1!6 row.note"));
  EXPECT_THAT(minutes(draft), ElementsAre(10, 300));
}

TEST(ImportWorkbook, a_column_of_a_register_that_says_who_is_no_participant_is_asked_about) {
  PlainSheet sheet{.name = "Blad1"};
  sheet.rows = {{text("Personnr"), text("Startdatum"), text("Status")},
                {text("20050304-2384"), date(2026, 1, 12), text("Antagen")},
                {text("19950102-2389"), date(2026, 1, 12), text("Tackat nej")}};
  EXPECT_THAT(codes(read({sheet}, RecordKind::Participants)), testing::Contains("Blad1!C3 part.people-words"));
  sheet.rows[0][2] = text("Antagen"), sheet.rows[1][2] = text("ja"), sheet.rows[2][2] = text("nej");
  EXPECT_THAT(codes(read({sheet}, RecordKind::Participants)), testing::Contains("Blad1!C3 part.people-words"));
}

TEST(ImportWorkbook, a_sheet_of_the_same_kind_is_not_passed_over_because_one_heading_is_unknown) {
  PlainSheet one{.name = "Karlstad"}, other{.name = "Kil"};
  one.rows = {{text("Personnr"), text("Start"), text("Kommun")}, {text("20050304-2384"), date(2026, 1, 12), text("Karlstad")}};
  other.rows = {{text("Personnr"), text("Inskr. dag ca"), text("Kommun")}, {text("19950102-2389"), date(2026, 1, 12), text("Kil")}};
  EXPECT_THAT(codes(read({one, other}, RecordKind::Participants)), testing::Contains("Kil!0 sheet.heading-missing"));
}

}  // namespace
}  // namespace horisont
