#include "edge/import/heading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "edge/import/draft_text.h"

namespace horisont {
namespace {

using testing::ElementsAre;
using Rows = std::vector<std::vector<std::string>>;

std::vector<HeadRow> head(const Rows& rows) {
  std::vector<HeadRow> out;
  for (std::uint32_t number = 1; number <= rows.size(); ++number) {
    std::vector<CellView> cells;
    for (const std::string& text : rows[number - 1])
      cells.push_back({text.empty() ? CellView::Kind::Empty : CellView::Kind::Text, false, false, text, {}});
    out.push_back(head_row({number, false, false, cells}, false));
  }
  return out;
}

HeadingGuess found(RecordKind kind, const Rows& rows, const std::vector<SheetView::Merge>& merges = {}) {
  return find_heading(head(rows), merges, story::schemas().of(kind), {});
}

std::vector<std::string> fields(const HeadingGuess& guess) {
  const ImportSchema& schema = story::schemas().of(guess.kind);
  std::vector<std::string> out;
  for (const ColumnPlan& column : guess.columns)
    out.push_back(column.field >= 0  ? schema.fields[static_cast<std::size_t>(column.field)].key + (column.similar ? "~" : "")
                  : column.day       ? std::to_string(column.day)
                  : column.row_total ? "total"
                                     : "-");
  return out;
}

TEST(Heading, stands_below_titles_and_empty_rows) {
  const auto guess =
      found(RecordKind::Attendance,
            {{"Närvaro i Karlstad"}, {"Utskrivet 2026-04-01"}, {}, {"Datum", "Personnr", "Timmar"}, {"2026-03-02", "x", "2"}});
  EXPECT_TRUE(guess.accepted);
  EXPECT_EQ(guess.last_row, 4u);
  EXPECT_EQ(guess.levels, 1);
  EXPECT_THAT(fields(guess), ElementsAre("date", "identity_number", "hours"));
}

TEST(Heading, in_two_rows_with_merged_cells_above) {
  // Merged for the eye: "Deltagare" over two columns, "Personnr" down two rows.
  const auto guess = found(
      RecordKind::Participants,
      {{"Personnr", "Deltagare", "", "Insatsen", ""}, {"", "Efternamn", "Förnamn", "Start", "Slut"}, {"1", "a", "b", "c", "d"}},
      {{1, 1, 2, 1}, {1, 2, 1, 3}, {1, 4, 1, 5}});
  EXPECT_TRUE(guess.accepted);
  EXPECT_EQ(guess.first_row, 1u);
  EXPECT_EQ(guess.last_row, 2u);
  EXPECT_THAT(fields(guess), ElementsAre("identity_number", "family_name", "given_name", "entry_date", "exit_date"));
  EXPECT_EQ(guess.columns[1].heading, "Deltagare / Efternamn");
}

TEST(Heading, in_two_rows_without_merges) {
  const auto guess = found(RecordKind::Participants, {{"Deltagare", "", "", "Vid start", ""},
                                                      {"Personnr", "Efternamn", "Förnamn", "Start", "Slut"},
                                                      {"1", "a", "b", "c", "d"}});
  EXPECT_TRUE(guess.accepted);
  EXPECT_EQ(guess.last_row, 2u);
  EXPECT_THAT(fields(guess), ElementsAre("identity_number", "family_name", "given_name", "entry_date", "exit_date"));
}

TEST(Heading, is_the_first_of_two_equal_ones) {
  EXPECT_EQ(found(RecordKind::Attendance,
                  {{"Datum", "Personnr", "Timmar"}, {"a", "b", "c"}, {"Datum", "Personnr", "Timmar"}, {"a", "b", "c"}})
                .last_row,
            1u);
}

TEST(Heading, days_are_columns_when_seven_stand_in_rising_order) {
  const auto with_days = [&](const std::vector<std::string>& days) {
    std::vector<std::string> row{"Personnr", "Namn"};
    row.insert(row.end(), days.begin(), days.end());
    row.push_back("Summa h");
    return found(RecordKind::Attendance, {row, {"1", "a"}});
  };
  EXPECT_TRUE(with_days({"1", "2", "3", "4", "5", "6", "7"}).days_as_columns);
  EXPECT_FALSE(with_days({"1", "2", "3", "4", "5", "6"}).days_as_columns);
  EXPECT_TRUE(with_days({"2", "3", "4", "5", "6", "9", "10", "31"}).days_as_columns);
  EXPECT_FALSE(with_days({"1", "2", "3", "3", "4", "5", "6"}).days_as_columns);
  EXPECT_TRUE(with_days({"mån 2", "tis 3", "ons 4", "tor 5", "fre 6", "mån 9", "tis 10"}).days_as_columns);
  EXPECT_TRUE(with_days({"1/3", "2/3", "3/3", "4/3", "5/3", "6/3", "7/3"}).days_as_columns);
  EXPECT_THAT(fields(with_days({"1", "2", "3", "4", "5", "6", "7"})),
              ElementsAre("identity_number", "name", "1", "2", "3", "4", "5", "6", "7", "total"));
}

TEST(Heading, a_slip_of_the_pen_is_read_and_said) {
  EXPECT_THAT(fields(found(RecordKind::Participants, {{"Personnumer", "Namn", "Startdatm", "Hemkomun"}, {"1", "a", "b", "c"}})),
              ElementsAre("identity_number~", "name", "entry_date~", "home_municipality~"));
}

TEST(Heading, rows_of_data_are_none) {
  EXPECT_FALSE(
      found(RecordKind::Attendance, {{"2026-03-02", "19950102-2389", "2"}, {"2026-03-03", "19950102-2389", "2"}}).accepted);
  EXPECT_FALSE(found(RecordKind::Attendance, {{"Timmar", "Datum"}, {"1", "2"}}).accepted);  // nobody is named
  EXPECT_FALSE(found(RecordKind::Attendance, {}).accepted);
}

TEST(Heading, a_sum_word_is_a_whole_word) {
  for (const char* sum : {"Summa", "summa h", "Totalt", "Total:", "Delsumma mars", "S:a", "Tot. tim", "SUM"})
    EXPECT_TRUE(says_sum(sum)) << sum;
  for (const char* name : {"Sara", "Totte", "Summander", "Totalsson", "Sum4", ""}) EXPECT_FALSE(says_sum(name)) << name;
}

}  // namespace
}  // namespace horisont
