// The forms that dates, hours, identity numbers and words come in, row by row as docs/import.md tells them, each read from a
// file: in a workbook where the cell's type matters, with the values that stand beside it in its column.

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

using Strings = std::vector<std::string>;

PlainCell text(std::string written) { return {std::move(written), false}; }
PlainCell number(std::string digits, std::string format = {}) {
  return {PlainCell::Number{std::move(digits), std::move(format)}, false};
}
PlainCell date(int year, int month, int day) { return {*Date::of(year, month, day), false}; }
PlainCell lasting(std::int64_t minutes) { return {PlainCell::Duration{minutes}, false}; }
const PlainCell nothing;

// A column as it is read: for each of its cells the value (or "–" when there is none) and the codes told of the cell, and
// behind all cells those of the file.
struct Column {
  RecordKind kind;
  std::string heading, field;
  Strings fixed_headings;                  // what else the file needs
  std::vector<PlainCell> (*fixed)(int i);  // and its cells in the row of the i-th value
};

Strings read(const Column& column, const std::vector<PlainCell>& cells, const std::string& answer_given = {},
             ProjectTerms project = story_project()) {
  PlainSheet sheet{.name = "Blad"};
  sheet.rows.emplace_back();
  for (const std::string& heading : column.fixed_headings) sheet.rows.back().push_back(text(heading));
  sheet.rows.back().push_back(text(column.heading));
  for (std::size_t i = 0; i < cells.size(); ++i) {
    sheet.rows.push_back(column.fixed(static_cast<int>(i)));
    sheet.rows.back().push_back(cells[i]);
  }
  const TemporaryFolder folder;
  write_plain_workbook(folder.path() / "bok.xlsx", {sheet});
  ImportOptions options;
  options.kind = column.kind;
  options.good_rows_only = true;
  ImportProfile profile;
  if (!answer_given.empty()) {
    EXPECT_TRUE(answer(profile, answer_given)) << answer_given;
    options.profile = &profile;
  }
  options.today = story::day(2026, 4, 10);
  const ImportDraft draft = read_import(folder.path() / "bok.xlsx", story::schemas(), project, story_programme(),
                                        story_people(), story_spells(), options);
  Strings out;
  const auto at = static_cast<std::uint16_t>(column.fixed_headings.size() + 1);
  for (std::uint32_t row = 2; row < cells.size() + 2; ++row) {
    std::string said;
    for (const TimeRecord& time : draft.times)
      if (time.origin.row == row) said = column.field == "date" ? Date::of_days(time.day).iso() : std::to_string(time.minutes);
    for (const Record& record : draft.records)
      if (record.origin.row == row)
        for (const FieldValue& value : record.values)
          if (value.field == column.field && value.column == at) said = value.value;
    if (said.empty()) said = "–";
    for (const Finding& finding : draft.findings)
      if (finding.place.row == row && finding.level != Level::Notice) said += " !" + finding.code;
    for (const Finding& finding : draft.findings)
      if (finding.place.row == row && finding.level == Level::Notice) said += " " + finding.code;
    out.push_back(said);
  }
  return out;
}

struct Row {
  const char* says;
  std::vector<PlainCell> cells;
  Strings expected;
  std::string answer = {};
};

void expect_rows(const Column& column, const std::vector<Row>& rows, const ProjectTerms& project = story_project()) {
  for (const Row& row : rows) EXPECT_EQ(read(column, row.cells, row.answer, project), row.expected) << row.says;
}

// Working days of February 2026, so that nothing else is said.
Date working_day(int i) { return story::day(2026, 2, 2).plus_days(i / 5 * 7 + i % 5); }
const Column hours{RecordKind::Attendance, "Timmar", "hours", {"Deltagar-id", "Datum"}, [](int i) {
                     return std::vector<PlainCell>{text("D-0001"), PlainCell{working_day(i), false}};
                   }};
const Column day{RecordKind::Attendance, "Datum", "date", {"Deltagar-id", "Timmar"}, [](int) {
                   return std::vector<PlainCell>{text("D-0001"), number("1")};
                 }};
Column of_register(std::string heading, std::string field) {
  return {RecordKind::Participants, std::move(heading), std::move(field), {"Deltagar-id", "Namn", "Startdatum"}, [](int i) {
            const std::string n = std::to_string(i);
            return std::vector<PlainCell>{text("N-" + n), text("Namn " + n), date(2026, 1, 12)};
          }};
}

TEST(FormsOfDates, row_by_row) {
  expect_rows(
      day,
      {
          {"a number with a date format", {date(2026, 3, 2)}, {"2026-03-02"}},
          {"a time part is dropped with a notice", {number("46083.5", "yyyy-mm-dd hh:mm")}, {"2026-03-02 date.time-dropped"}},
          {"serial 60 never was, and there is none below 1",
           {number("60", "yyyy-mm-dd"), number("0.5", "yyyy-mm-dd")},
           {"– !date.not-in-calendar", "– !date.not-in-calendar"}},
          {"a serial without a format", {number("46083")}, {"2026-03-02 date.serial-without-format"}},
          {"year first, whatever stands between",
           {text("2026-03-02"), text("2026-3-3"), text("20260304"), text("2026/3/5"), text("2026.03.06")},
           {"2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"}},
          {"months by name, in both languages",
           {text("2 mars 2026"), text("3 mar 2026"), text("ons 4 mars 2026"), text("5 March 2026"), text("March 6, 2026")},
           {"2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"}},
          {"2/3 2026 is asked about while nothing settles it", {text("2/3 2026")}, {"– !date.order-ambiguous"}},
          {"2/3 2026 where another day is over 12", {text("2/3 2026"), text("13/3 2026")}, {"2026-03-02", "2026-03-13"}},
          {"2/3-26 likewise", {text("2/3-26"), text("13/3-26")}, {"2026-03-02 date.year-assumed", "2026-03-13"}},
          {"day, month and year with one sign are asked about once for the column",
           {text("02/03/26"), text("03/03/26"), text("04.03.2026")},
           {"– !date.order-ambiguous", "2026-03-03 date.year-assumed", "2026-03-04"}},
          {"dots are day.month as Swedes write", {text("02.03.2026"), text("2026-03-03")}, {"2026-03-02", "2026-03-03"}},
          {"unless a value settles the order", {text("02.03.2026"), text("13.03.2026")}, {"2026-03-02", "2026-03-13"}},
          {"or a profile", {text("02-03-2026")}, {"2026-03-02"}, "dmy"},
          {"260302 is yymmdd where no other order makes sense", {text("260302")}, {"2026-03-02 date.year-assumed"}},
          {"and stays so when the other form is answered", {text("260302"), text("4/3/2026")}, {"2026-03-02 date.year-assumed", "2026-03-04"}, "dmy"},
          {"six digits that may be two days are asked about", {text("270328")}, {"– !date.order-ambiguous"}},
          {"unless a profile says that the year stands first", {text("260302")}, {"2026-03-02 date.year-assumed"}, "ymd"},
          {"or last", {text("030326")}, {"2026-03-03 date.year-assumed"}, "dmy"},
          {"a month is no day", {text("mars 2026"), text("2026-03")}, {"– !date.day-missing", "– !date.day-missing"}},
          {"days that the calendar does not have",
           {text("2026-02-30"), text("31 april 2026"), text("2026-02-29")},
           {"– !date.not-in-calendar", "– !date.not-in-calendar", "– !date.not-in-calendar"}},
          {"two digits of a year: nearest to the project", {text("2 mars 26")}, {"2026-03-02 date.year-assumed"}},
          {"up to two years behind the project's end is plausible, if not for attendance",
           {text("2029-12-31"), text("2030-01-01")},
           {"2029-12-31 !attendance.outside-project", "– !date.implausible"}},
      });
  expect_rows(of_register("Arbetslös sedan", "unemployed_since"), {{"the plausible days of other dates only warn",
                                                                    {text("1900-01-01"), text("1899-12-31")},
                                                                    {"1900-01-01", "1899-12-31 !date.implausible"}}});
}

TEST(FormsOfDates, weeks_name_no_day) {
  expect_rows(
      day,
      {{"a week is no day, however it is written",
        {text("v 12"), text("v.12 2016"), text("2016-W12"), text("vecka 12")},
        {"– !date.week", "– !date.week", "– !date.week", "– !date.week"}},
       {"a day of a week by its number is one",
        {text("2026-W10-1"), text("2026W105"), text("2020-W53-7"), text("2026-W53-5"), text("2026-W54-1"), text("2026-W10-8")},
        {"2026-03-02", "2026-03-06", "2021-01-03 !attendance.outside-project day.weekend", "– !attendance.future",
         "– !date.not-in-calendar", "– !date.not-in-calendar"}}});
}

TEST(FormsOfHours, row_by_row) {
  expect_rows(
      hours,
      {
          {"a number of hours", {number("7.5"), text("7,5"), number("7"), text("7")}, {"450", "450", "420", "420"}},
          {"a number shown as a length of time", {lasting(450), number("0.3125", "h:mm")}, {"450", "450"}},
          {"which is no whole minute", {number("0.313", "[h]:mm")}, {"– !hours.not-whole-minutes"}},
          {"hours and minutes in words and signs",
           {text("7:30"), text("07:30"), text("7 h 30 min"), text("7h30"), text("7t 30m"), text("7 tim"), text("450 min")},
           {"450", "450", "450", "450", "450", "420", "450"}},
          {"7.30 as text is asked about once for the column", {text("7.30"), text("6.15")}, {"– !hours.dot-ambiguous", "–"}},
          {"7.5 shows that a dot is a decimal sign", {text("7.5"), text("7.25")}, {"450", "435"}},
          {"or somebody says so", {text("7.30")}, {"438"}, "decimal"},
          {"or that it stands between hours and minutes", {text("7.30"), number("7.3")}, {"450", "450"}, "hours.minutes"},
          {"a comma is a decimal sign; the look of minutes is told",
           {text("7,30"), text("6,15")},
           {"438 !hours.maybe-hours-and-minutes", "369"}},
          {"one comma that looks so tells nothing", {text("7,30"), text("6,2")}, {"438", "372"}},
          {"what is no whole minute is rounded, half up",
           {text("7,33"), text("0,025"), text("0,0249")},
           {"440 hours.rounded-to-minute", "2", "1"}},
          {"empty is no record, zero a stated zero", {nothing, text("0"), number("0")}, {"– !cell.must-missing", "0", "0"}},
          {"negative",
           {number("-2"), text("-0,5"), text("\u22121")},
           {"– !hours.negative", "– !hours.negative", "– !hours.negative"}},
          {"twelve hours are plausible, more are not; 24 are the most",
           {text("12"), text("12:01"), text("24"), text("24:01")},
           {"720 !attendance.over-day-limit", "721 !hours.implausible", "1440 !hours.implausible", "– !hours.over-24"}},
          {"numbers that look like minutes are asked about", {number("450"), number("360")}, {"– !hours.unit-unclear", "–"}},
          {"unless somebody says what they are", {number("450"), text("360")}, {"450", "360"}, "minutes"},
          {"what cannot be read",
           {text("mycket"), text("7,5,5"), text("7:60")},
           {"– !hours.form", "– !hours.form", "– !hours.form"}},
      });
}

// Clock times, in rows of their own: from, to, break, hours.
TEST(FormsOfHours, clock_times_row_by_row) {
  struct Times {
    const char* says;
    Date day;
    PlainCell from, to, pause, hours;
    Strings expected;
  };
  const Date monday = story::day(2026, 3, 2), saturday = story::day(2026, 3, 28), change = story::day(2026, 3, 29),
             back = story::day(2025, 10, 26);
  const Times cases[] = {
      {"the difference on the clock", monday, text("08:30"), text("16:00"), nothing, nothing, {"450"}},
      {"less the break", monday, text("8.30"), text("16.45"), number("45"), nothing, {"450"}},
      {"times of a workbook",
       monday,
       number("0.3541666666666667", "hh:mm"),
       number("0.6666666666666666", "hh:mm"),
       nothing,
       nothing,
       {"450"}},
      {"end at start", monday, text("08:30"), text("08:30"), nothing, nothing, {"–", "hours.over-midnight"}},
      {"HM-46 over midnight", monday, text("22:00"), text("02:00"), nothing, nothing, {"120", "120", "hours.split-midnight"}},
      {"over midnight with stated hours",
       monday,
       text("22:00"),
       text("02:00"),
       nothing,
       text("4"),
       {"120", "120", "hours.split-midnight"}},
      {"over midnight with other hours",
       monday,
       text("22:00"),
       text("02:00"),
       nothing,
       text("5"),
       {"–", "hours.contradiction"}},
      {"over midnight, the break off the longer part",
       monday,
       text("21:00"),
       text("02:00"),
       number("30"),
       nothing,
       {"150", "120", "hours.split-midnight"}},
      {"over midnight, the break off the longer part after it",
       monday,
       text("23:00"),
       text("02:00"),
       number("30"),
       nothing,
       {"60", "90", "hours.split-midnight"}},
      {"over midnight, a break longer than the longer part",
       monday,
       text("23:00"),
       text("01:00"),
       number("90"),
       nothing,
       {"0", "30", "hours.split-midnight"}},
      {"over midnight, a break as long as the time",
       monday,
       text("23:00"),
       text("01:00"),
       number("120"),
       nothing,
       {"–", "break.form"}},
      {"to midnight by its other name", monday, text("20:00"), text("00:00"), nothing, nothing, {"240"}},
      {"from midnight by its other name",
       monday,
       text("24:00"),
       text("02:00"),
       nothing,
       nothing,
       {"120", "hours.split-midnight"}},
      {"a plausible day over midnight",
       monday,
       text("18:00"),
       text("06:00"),
       nothing,
       nothing,
       {"360", "360", "hours.split-midnight"}},
      {"a minute more is more likely a slip",
       monday,
       text("18:00"),
       text("06:01"),
       nothing,
       nothing,
       {"–", "hours.over-midnight"}},
      {"over midnight into the change of clocks",
       saturday,
       text("23:00"),
       text("03:30"),
       nothing,
       nothing,
       {"60", "150", "day.weekend", "hours.split-midnight"}},
      {"to midnight", monday, text("20:00"), text("24:00"), nothing, nothing, {"240"}},
      {"the night before the change of clocks",
       saturday,
       text("00:30"),
       text("04:00"),
       nothing,
       nothing,
       {"210", "day.weekend"}},
      {"over the hour that the change of clocks takes",
       change,
       text("01:30"),
       text("04:00"),
       nothing,
       nothing,
       {"90", "day.weekend"}},
      {"until a time that the change of clocks takes",
       change,
       text("01:30"),
       text("02:30"),
       nothing,
       nothing,
       {"–", "hours.clock-change"}},
      {"over the hour that the change of clocks gives",
       back,
       text("01:30"),
       text("03:30"),
       nothing,
       nothing,
       {"180", "attendance.before-entry", "day.weekend"}},
      {"until a time that comes twice",
       back,
       text("01:30"),
       text("02:30"),
       nothing,
       nothing,
       {"–", "hours.clock-change", "attendance.before-entry"}},
      {"the first time, by stated hours",
       back,
       text("01:30"),
       text("02:30"),
       nothing,
       text("1"),
       {"60", "attendance.before-entry", "day.weekend"}},
      {"the second time, by stated hours",
       back,
       text("01:30"),
       text("02:30"),
       nothing,
       text("2"),
       {"120", "attendance.before-entry", "day.weekend"}},
      {"neither of them",
       back,
       text("01:30"),
       text("02:30"),
       nothing,
       text("1:30"),
       {"–", "hours.clock-change", "attendance.before-entry"}},
      {"until that hour", change, text("00:30"), text("02:00"), nothing, nothing, {"90", "day.weekend"}},
      {"after it", change, text("03:00"), text("04:00"), nothing, nothing, {"60", "day.weekend"}},
      {"both agree within a minute", monday, text("08:30"), text("16:00"), nothing, text("7:31"), {"451"}},
      {"both do not", monday, text("08:30"), text("16:00"), nothing, text("7:32"), {"–", "hours.contradiction"}},
      {"a dot that the clock settles", monday, text("08:30"), text("16:00"), nothing, text("7.50"), {"450"}},
      {"a break as long as the time", monday, text("12:00"), text("12:45"), number("45"), nothing, {"–", "break.form"}},
  };
  for (const Times& each : cases) {
    const TemporaryFolder folder;
    write_plain_workbook(
        folder.path() / "bok.xlsx",
        {{.name = "Blad",
          .rows = {{text("Deltagar-id"), text("Datum"), text("Från kl"), text("Till kl"), text("Rast"), text("Timmar")},
                   {text("D-0001"), PlainCell{each.day, false}, each.from, each.to, each.pause, each.hours}}}});
    ImportOptions options;
    options.kind = RecordKind::Attendance;
    const ImportDraft draft = read_story(folder.path() / "bok.xlsx", options);
    Strings out;
    for (const TimeRecord& time : draft.times) {
      out.push_back(std::to_string(time.minutes));
      EXPECT_EQ(time.origin.row, 2u);
      EXPECT_EQ(time.origin.column, draft.times[0].origin.column) << each.says << ": one cell is cited";
    }
    if (draft.times.empty()) out.push_back("–");
    for (const Finding& finding : draft.findings) out.push_back(finding.code);
    EXPECT_EQ(out, each.expected) << each.says;
  }
}

TEST(FormsOfWords, row_by_row) {
  expect_rows(of_register("Inskriven på AF", "registered_unemployed"),
              {
                  {"yes and no as people write them",
                   {text("ja"), text("Nej"), text("J"), text("n"), text("yes"), text("NO"), text("y"), number("1"), number("0"),
                    text("sant"), text("falskt"), text("true"), text("false")},
                   {"yes", "no", "yes", "no", "yes", "no", "yes", "yes", "no", "yes", "no", "yes", "no"}},
                  {"a cross and nothing, where nothing else is written", {text("x"), nothing, text("X")}, {"yes", "no", "yes"}},
                  {"a cross beside words is asked about", {text("x"), text("nej"), nothing}, {"– !choice.unknown", "no", "–"}},
                  {"unknown in its forms",
                   {text("-"), text("–"), text("?"), text("okänt"), text("vet ej"), text("saknas"), text("n/a")},
                   {"unknown", "unknown", "unknown", "unknown", "unknown", "unknown", "unknown"}},
                  {"anything else", {text("kanske")}, {"– !choice.unknown"}},
              });
  expect_rows(of_register("Kön", "gender"),
              {
                  {"a choice by its spellings; case and signs do not matter",
                   {text("Kvinna"), text("K."), text("kv"), text("MAN"), text("m"), text("female"), text("icke-binär")},
                   {"woman", "woman", "woman", "man", "man", "woman", "non_binary"}},
                  {"unknown where the list has it", {text("okänt"), text("?")}, {"unknown", "unknown"}},
                  {"f beside k", {text("k"), text("f")}, {"woman", "– !choice.unknown"}},
                  {"f alone", {text("f"), text("m")}, {"woman", "man"}},
                  {"an unknown spelling", {text("kvina")}, {"– !choice.unknown"}},
                  {"unless a profile knows it", {text("kvina"), text("Kvina")}, {"woman", "woman"}, "gender:kvina=woman"},
              });
  expect_rows(
      of_register("Hemkommun", "home_municipality"),
      {
          {"a municipality by code or name, with or without \"kommun\"",
           {number("1780"), text("0180"), number("180"), text("Karlstad"), text("Karlstads kommun"), text("hagfors kommun")},
           {"1780", "0180", "0180", "1780", "1780", "1783"}},
          {"unknown is as if nothing stood there", {text("okänt")}, {"– !cell.needed-missing"}},
          {"no county begins with 00, 02, 11, 15, 16 or 26",
           {text("0080"), text("0280"), text("1180"), text("1580"), text("1680"), text("2680")},
           {"– !place.unknown-municipality", "– !place.unknown-municipality", "– !place.unknown-municipality",
            "– !place.unknown-municipality", "– !place.unknown-municipality", "– !place.unknown-municipality"}},
          {"an unknown name", {text("Kalstad")}, {"– !place.unknown-municipality"}},
          {"unless a profile knows it", {text("Kalstad")}, {"1780"}, "home_municipality:Kalstad=1780"},
      });
  expect_rows(of_register("Organisationsnummer", "employer_org_number"),
              {
                  {"ten digits with their check digit",
                   {text("212000-1850"), number("2120001850"), text("16212000-1850")},
                   {"2120001850", "2120001850", "2120001850"}},
                  {"a wrong check digit", {text("212000-1851")}, {"– !organisation.check-digit"}},
                  {"the third digit is 2 at least",
                   {text("211000-1850"), text("12345")},
                   {"– !organisation.form", "– !organisation.form"}},
              });
  expect_rows(of_register("E-post", "email"), {
                                                  {"only the form is tested",
                                                   {text("anna@exempel.se"), text("anna.exempel.se"), text("okänt")},
                                                   {"anna@exempel.se", "anna.exempel.se !email.form", "–"}},
                                              });
  expect_rows(of_register("Anmärkning", "note"), {
                                                     {"the longest text and one character more",
                                                      {text(std::string(500, 'a')), text(std::string(501, 'a'))},
                                                      {std::string(500, 'a'), "– !text.too-long"}},
                                                     {"what cannot be seen is removed with a notice for the column",
                                                      {text("a\u202Eb"), text("a\u00ADb"), text("a\u200Bb")},
                                                      {"ab text.hidden-characters", "ab", "ab"}},
                                                     {"blanks within are one", {text("  a \u00A0  b ")}, {"a b"}},
                                                 });
}

TEST(FormsOfIdentityNumbers, row_by_row) {
  const Column numbers{RecordKind::Participants, "Personnummer", "identity_number", {"Namn", "Startdatum"}, [](int) {
                         return std::vector<PlainCell>{text("Cia"), date(2026, 1, 12)};
                       }};
  const std::string cia = "200503042384";
  expect_rows(numbers,
              {
                  {"twelve digits", {text("20050304-2384")}, {cia}},
                  {"as text without a hyphen", {text("200503042384")}, {cia}},
                  {"as a number", {number("200503042384")}, {cia}},
                  {"as a number in powers of ten, exact", {number("2.00503042384E11")}, {cia}},
                  {"ten digits with a hyphen", {text("050304-2384")}, {cia}},
                  {"ten digits without: the century is told", {text("0503042384")}, {cia + " pnr.century-assumed"}},
                  {"with a plus a hundred years more", {text("090527+1474")}, {"190905271474"}},
                  {"a blank before", {text(" 20050304-2384")}, {cia + " pnr.cleaned"}},
                  {"a hyphen's look-alike", {text("20050304\u20132384")}, {cia + " pnr.cleaned"}},
                  {"full-width digits", {text("２００５０３０４-2384")}, {cia + " pnr.cleaned"}},
                  {"a blank in place of the hyphen, or beside it, is cleaned",
                   {text("20050304 2384"), text("19950102 - 2389"), text("200503 042384")},
                   {"200503042384 pnr.cleaned", "199501022389 !name.differs", "– !pnr.blank-for-hyphen"}},
                  {"nine digits of a number cell", {number("503042384")}, {cia + " pnr.zero-restored"}},
                  {"seven", {number("4059937")}, {"200004059937 pnr.zero-restored"}},
                  {"nine digits with a wrong check digit", {number("503042385")}, {"– !pnr.check-digit"}},
                  {"a custom format: the zeros were never lost", {number("503042384", "000000-0000")}, {cia}},
                  {"powers of ten as text", {text("2,00503E+11")}, {"– !pnr.digits-lost"}},
                  {"twelve digits that end in four zeros", {number("200503040000")}, {"– !pnr.digits-lost"}},
                  {"eleven digits", {text("20050304238")}, {"– !pnr.length"}},
                  {"a decimal part", {text("200503042384,5")}, {"– !pnr.decimals"}},
                  {"the letter O", {text("2OO5O3O42384")}, {"– !pnr.letter-for-digit"}},
                  {"a coordination number, known of somebody with another name", {text("19920262-2396")}, {"199202622396 !name.differs"}},
                  {"one whose month nobody knows", {text("200300802394")}, {"200300802394 !pnr.birth-date-incomplete"}},
                  {"a temporary code", {text("20050304-T123")}, {"20050304T123 !pnr.temporary"}},
                  {"a protected code", {text("20050304Tf29")}, {"20050304TF29 !pnr.protected"}},
                  {"serial 000", {text("20150916-0006")}, {"– !pnr.serial-000"}},
                  {"an organisation number", {text("212000-1850")}, {"– !pnr.organisation"}},
              });
}

}  // namespace
}  // namespace horisont
