// Sheets of days as offices keep them: what the file says of its codes, two columns for a day, times in the cells.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "edge/files/files.h"
#include "edge/import/day_cell.h"
#include "edge/import/draft_text.h"
#include "edge/import/legend.h"
#include "edge/import/profile.h"
#include "edge/xlsx/plain_workbook.h"

namespace horisont {
namespace {

PlainCell text(std::string written) { return {std::move(written), false}; }
PlainCell number(std::string digits) { return {PlainCell::Number{std::move(digits), {}}, false}; }
const PlainCell nothing;

CellView cell(std::string_view of) {
  CellView out;
  out.kind = CellView::Kind::Text, out.text = of;
  return out;
}

TEST(Legend, says_what_codes_mean) {
  struct Case {
    const char* sentence;
    const char* text;
    const char* code;
    const char* meaning;  // empty: not explained
    int minutes;          // 0: none stated
  };
  for (const Case& c :
       {Case{"several in a line", "Teckenförklaring: P = praktik 6 tim, S = studiebesök 4 tim", "s", "studiebesök 4 tim", 240},
        Case{"the first of them", "Teckenförklaring: P = praktik 6 tim, S = studiebesök 4 tim", "p", "praktik 6 tim", 360},
        Case{"with colons", "S: sjuk, V: VAB", "v", "VAB", 0}, Case{"with dashes", "S - skola; F - frånvaro", "f", "frånvaro", 0},
        Case{"in brackets", "Närvaro (S = skola 3,5 h)", "s", "skola 3,5 h", 210}, Case{"with times of day", "X = 09.00-12.00 varje dag", "x", "09.00-12.00 varje dag", 180},
        Case{"figures", "1 = närvarande, 0 = frånvarande", "0", "frånvarande", 0}, Case{"a word", "heldag=7 tim", "heldag", "7 tim", 420},
        Case{"a label is no code", "Kurs: svenska", "kurs", "", 0}, Case{"a time of day is none", "Samling 8:30 i entrén", "8", "", 0},
        Case{"a week is none", "V: 10", "v", "", 0}}) {
    SCOPED_TRACE(c.sentence);
    Legend legend;
    const std::vector<CellView> cells{cell(c.text)};
    RowView row;
    row.number = 1, row.cells = cells;
    legend.look(row, "Blad", false);
    const CodeMeaning* found = legend.find(c.code);
    ASSERT_EQ(found != nullptr, *c.meaning != 0);
    if (!found) continue;
    EXPECT_EQ(found->meaning, c.meaning);
    EXPECT_EQ(found->minutes.value_or(0), c.minutes);
  }
}

TEST(Legend, tells_absence_from_other_things) {
  for (const auto& [meaning, absence] : std::initializer_list<std::pair<const char*, const char*>>{
           {"sjuk", "excused"}, {"Sjukanmäld", "excused"}, {"ogiltig frånvaro", "not_excused"}, {"ej giltig frånvaro", "not_excused"}, {"giltig frånvaro", "excused"},
           {"frånvarande", "unknown"}, {"ej närvarande", "unknown"}, {"skola", ""}, {"studiebesök", ""}, {"verkstad", ""}, {"föreläsning", ""}})
    EXPECT_EQ(absence_said(meaning), absence) << meaning;
}

TEST(DayCell, states_times_of_day) {
  struct Case {
    const char* sentence;
    const char* text;
    int between, pause;  // between 0: none
  };
  for (const Case& c : {Case{"whole hours that are no amounts", "8-15", 420, 0}, Case{"amounts or lessons", "6-7", 0, 0}, Case{"still amounts", "1-4", 0, 0},
                        Case{"two in a day", "8-12, 13-16", 420, 0}, Case{"a break in brackets", "8.30-15.00 (rast 30)", 390, 30},
                        Case{"a break behind", "08:00-16:30 rast 30", 510, 30}, Case{"a lunch with its unit", "8:00–16:30, lunch 30 min", 510, 30},
                        Case{"a break of one may be an hour", "8.30-15.00 rast 1", 0, 0}, Case{"two that overlap", "8-12, 11-16", 0, 0},
                        Case{"a decimal", "7,5", 0, 0}, Case{"a date", "2016-03-01", 0, 0}, Case{"words", "förmiddag", 0, 0}}) {
    SCOPED_TRACE(c.sentence);
    const auto found = read_times_of_day(cell(c.text), false);
    ASSERT_EQ(found.has_value(), c.between != 0);
    if (!found) continue;
    EXPECT_EQ(found->between, c.between);
    EXPECT_EQ(found->pause, c.pause);
  }
}

// Anna's row below a heading; the second heading row, when there is one, and what stands in her cells.
ImportDraft read(std::vector<PlainSheet> sheets, const std::string& answer_given = {}) {
  const TemporaryFolder folder;
  write_plain_workbook(folder.path() / "bok.xlsx", sheets);
  ImportOptions options;
  options.kind = RecordKind::Attendance;
  ImportProfile profile;
  if (!answer_given.empty()) {
    EXPECT_TRUE(answer(profile, answer_given));
    options.profile = &profile;
  }
  return read_story(folder.path() / "bok.xlsx", options);
}
std::vector<int> minutes(const ImportDraft& draft) {
  std::vector<int> out;
  for (const TimeRecord& time : draft.times) out.push_back(time.minutes);
  return out;
}
std::vector<std::string> codes(const ImportDraft& draft) {
  std::vector<std::string> out;
  for (const Finding& finding : draft.findings)
    if (finding.level != Level::Notice) out.push_back(finding.code);
  return out;
}

PlainSheet two_columns_a_day(bool words_below) {
  PlainSheet sheet{.name = "Mars 2026"};
  sheet.rows.resize(words_below ? 3 : 2);
  sheet.rows[0] = {text("Personnr"), text("Aktivitet")};
  if (words_below) sheet.rows[1] = {nothing, nothing};
  sheet.rows.back() = {text("19950102-2389"), text("Praktik")};
  for (std::uint32_t day = 0; day < 8; ++day) {
    sheet.rows[0].insert(sheet.rows[0].end(), {number(std::to_string(day + 9)), nothing});
    if (words_below) sheet.rows[1].insert(sheet.rows[1].end(), {text("fm"), text("em")});
    sheet.rows.back().insert(sheet.rows.back().end(), {number("3"), day < 5 ? number("3") : nothing});
    sheet.merges.push_back({1, 3 + 2 * day, 1, 4 + 2 * day});
  }
  return sheet;
}

TEST(DaysAsColumns, two_columns_of_a_day_are_added_up) {
  const auto merged = read({two_columns_a_day(false)});
  EXPECT_THAT(minutes(merged), testing::ElementsAre(360, 360, 360, 360, 360, 180, 180, 180));
  EXPECT_THAT(codes(merged), testing::ElementsAre("header.day-merged"));
  const auto in_words = read({two_columns_a_day(true)});
  EXPECT_EQ(minutes(in_words), minutes(merged));
  EXPECT_THAT(codes(in_words), testing::IsEmpty());
}

TEST(DaysAsColumns, numbers_under_no_heading_of_their_own_refuse_the_file) {
  PlainSheet bare = two_columns_a_day(false);
  bare.merges.clear();
  EXPECT_TRUE(read({bare}).refused);
  PlainSheet list{.name = "Blad"};
  list.rows = {{text("Personnr"), text("Datum"), text("Aktivitet"), text("Timmar"), nothing},
               {text("19950102-2389"), text("2026-03-02"), text("Praktik"), number("3"), number("2.5")}};
  const auto draft = read({list});
  EXPECT_TRUE(draft.refused);
  EXPECT_THAT(codes(draft), testing::ElementsAre("header.covers-two"));
}

TEST(DaysAsColumns, a_sheet_of_codes_goes_before_what_they_most_often_mean) {
  PlainSheet sheet{.name = "Mars 2026"};
  sheet.rows = {{text("Personnr"), text("Aktivitet")}, {text("19950102-2389"), text("Praktik")}};
  for (int day = 9; day < 17; ++day) sheet.rows[0].push_back(number(std::to_string(day))), sheet.rows[1].push_back(day == 10 ? text("S") : number("6"));
  EXPECT_THAT(codes(read({sheet})), testing::ElementsAre("day.codes-excused"));
  const PlainSheet explained{.name = "Koder", .rows = {{text("Kod"), text("Betydelse")}, {text("S"), text("Skola (halvdag 4 h)")}}, .hidden = true};
  const auto draft = read({sheet, explained});
  EXPECT_THAT(codes(draft), testing::ElementsAre("day.code-explained"));
  EXPECT_THAT(draft.times, testing::IsEmpty());
  EXPECT_EQ(read({sheet, explained}, "day:S=240").minutes_seen, 7 * 360 + 240);
}

}  // namespace
}  // namespace horisont
