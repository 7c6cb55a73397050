#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "edge/import/joined.h"
#include "edge/import/values.h"
#include "edge/import/week.h"

namespace horisont {
namespace {

TEST(Weeks, are_found_in_what_people_write) {
  struct Case {
    const char* sentence;
    const char* text;
    int week, year;  // 0: none
    bool alone;
  };
  for (const Case& c : {Case{"the word and the number", "Vecka 10", 10, 0, true}, Case{"short with a point", "v. 7", 7, 0, true},
                        Case{"short without anything between", "v7", 7, 0, true}, Case{"in capitals", "V 53", 53, 0, true},
                        Case{"with its year", "Vecka 10 2016", 10, 2016, true}, Case{"as the standard writes it", "2016-W10", 10, 2016, true},
                        Case{"English", "Week 1", 1, 0, true}, Case{"in a title", "Närvaro vecka 6, klass 9A", 6, 0, false},
                        Case{"the same twice", "v 6 (vecka 6)", 6, 0, true}, Case{"two weeks are neither", "v 6 till v 7", 0, 0, false},
                        Case{"week 0 is none", "v 0", 0, 0, false}, Case{"week 54 is none", "v 54", 0, 0, false},
                        Case{"a number alone is none", "10", 0, 0, false}, Case{"a word that begins so is none", "vecka", 0, 0, false},
                        Case{"a class is no week", "Sundsta 9A", 0, 0, false}, Case{"nothing", "", 0, 0, false}}) {
    SCOPED_TRACE(c.sentence);
    const auto found = week_in(c.text);
    ASSERT_EQ(found.has_value(), c.week != 0);
    if (!found) continue;
    EXPECT_EQ(found->week, c.week);
    EXPECT_EQ(found->year.value_or(0), c.year);
    EXPECT_EQ(found->alone, c.alone);
  }
}

TEST(Weeks, begin_on_the_monday_that_the_calendar_says) {
  const auto monday = [](int year, int week) {
    const auto found = monday_of(year, week);
    return found ? found->iso() : std::string("none");
  };
  EXPECT_EQ(monday(2016, 1), "2016-01-04");
  EXPECT_EQ(monday(2015, 1), "2014-12-29") << "the first days of a year may be the last ones of December";
  EXPECT_EQ(monday(2016, 9), "2016-02-29") << "a leap day on a Monday";
  EXPECT_EQ(monday(2015, 53), "2015-12-28") << "a year of 53 weeks";
  EXPECT_EQ(monday(2016, 52), "2016-12-26") << "the last week of a year of 52";
  EXPECT_EQ(monday(2016, 53), "none");
  EXPECT_EQ(monday(2016, 0), "none");
}

TEST(Weeks, have_seven_days_with_names_of_two_letters_and_more) {
  for (const auto& [key, day] : std::initializer_list<std::pair<const char*, int>>{
           {"mån", 1}, {"måndag", 1}, {"ti", 2}, {"ons", 3}, {"tors", 4}, {"fre", 5}, {"lördag", 6}, {"sön", 7}, {"thu", 4}, {"m", 0}, {"t", 0}, {"monark", 0}, {"", 0}})
    EXPECT_EQ(weekday_of(key), day) << key;
}

TEST(Intervals, are_two_times_of_day_and_nothing_else) {
  struct Case {
    const char* sentence;
    const char* text;
    const char* heading;
    int from, to;  // from -1: none
  };
  for (const Case& c :
       {Case{"bare hours under time", "9-12", "tid", 540, 720}, Case{"bare hours under hours may be an amount", "6-7", "timmar", -1, 0},
        Case{"minutes make it clear", "8.30-11", "timmar", 510, 660}, Case{"a sign behind bare hours does not", "8-12.", "timmar", -1, 0},
        Case{"nor does a question mark", "1-2?", "timmar", -1, 0}, Case{"a dash of the printer's", "09.00–12.30", "timmar", 540, 750},
        Case{"with the word for o'clock and blanks", "kl 9:00 - 15:30", "timmar", 540, 930}, Case{"in words", "13 till 16", "tid", 780, 960},
        Case{"the last minute of the day", "23:00-24:00", "tid", 1380, 1440}, Case{"no such hour", "9-25", "tid", -1, 0},
        Case{"three times", "9-10-11", "tid", -1, 0}, Case{"a month", "2016-03", "tid", -1, 0}, Case{"a negative amount", "-5", "tid", -1, 0},
        Case{"half an interval", "9-", "tid", -1, 0}, Case{"an amount", "7,5", "tid", -1, 0}, Case{"words", "för- och eftermiddag", "tid", -1, 0}}) {
    SCOPED_TRACE(c.sentence);
    CellView cell;
    cell.kind = CellView::Kind::Text, cell.text = c.text;
    const auto found = read_interval(cell, c.heading);
    ASSERT_EQ(found.has_value(), c.from >= 0);
    if (found) {
      EXPECT_EQ(*found, std::pair(c.from, c.to));
    }
  }
}

CellView text(std::string_view of) {
  CellView cell;
  if (!of.empty()) cell.kind = CellView::Kind::Text, cell.text = of;
  return cell;
}
CellView number(std::string_view of) {
  CellView cell;
  cell.kind = CellView::Kind::Number, cell.text = of;
  return cell;
}

TEST(Joined, a_number_is_a_date_of_birth_and_four_figures) {
  std::vector<ColumnPlan> columns(2);
  columns[1].joined = ColumnPlan::Joined::Number, columns[1].parts = {0, 1};
  struct Case {
    const char* sentence;
    CellView born, four;
    const char* said;
  };
  for (const Case& c :
       {Case{"as a day and text", text("1999-05-17"), text("9811"), "19990517-9811"},
        Case{"figures alone", text("19990517"), text("9811"), "19990517-9811"}, Case{"six of them", text("990517"), text("9811"), "990517-9811"},
        Case{"numbers, one of which lost its nought", number("19990517"), number("811"), "19990517-0811"},
        Case{"a dash before them", text("1999-05-17"), text("-9811"), "19990517-9811"},
        Case{"text is not made longer", text("1999-05-17"), text("811"), "19990517-811"},
        Case{"no figures: nothing is said", text("1999-05-17"), text(""), ""}, Case{"no day: the figures stay", text(""), text("9811"), "9811"},
        Case{"the heading again stays", text("Födelsedatum"), text("Sista fyra"), "Sista fyra"}}) {
    SCOPED_TRACE(c.sentence);
    std::vector<CellView> cells{c.born, c.four};
    std::deque<std::string> texts;
    join_cells(cells, columns, false, texts);
    EXPECT_EQ(cells[1].text, c.said);
    EXPECT_EQ(cells[0].text, c.born.text);
  }
}

TEST(Joined, a_month_is_its_name_or_number_and_a_year) {
  std::vector<ColumnPlan> columns(2);
  columns[1].joined = ColumnPlan::Joined::Month, columns[1].parts = {0, 1};
  struct Case {
    const char* sentence;
    CellView year, month;
    const char* said;
  };
  for (const Case& c : {Case{"a name", number("2016"), text("februari"), "februari 2016"}, Case{"a number", number("2016"), number("2"), "2016-02"},
                        Case{"December", text("2016"), text("12"), "2016-12"}, Case{"the month has the same year", number("2016"), text("2016-02"), "2016-02"},
                        Case{"two years are told as two", number("2016"), text("februari 2015"), "2015 / 2016"},
                        Case{"no year", text(""), text("februari"), "februari"}, Case{"a year of two figures says no century", number("16"), text("februari"), "februari"}}) {
    SCOPED_TRACE(c.sentence);
    std::vector<CellView> cells{c.year, c.month};
    std::deque<std::string> texts;
    join_cells(cells, columns, false, texts);
    EXPECT_EQ(cells[1].text, c.said);
  }
}

TEST(Joined, a_choice_is_the_word_over_the_cross) {
  std::vector<ColumnPlan> columns(3);
  columns[0].joined = ColumnPlan::Joined::Choice, columns[0].parts = {0, 1, 2}, columns[0].words = {"K", "M", "Okänt"};
  struct Case {
    const char* sentence;
    std::vector<CellView> cells;
    const char* said;
  };
  for (const Case& c : {Case{"the first", {text("x"), text(""), text("")}, "K"}, Case{"the last, further than the row was long", {text(""), text(""), text("X")}, "Okänt"},
                        Case{"a one, and noes beside it", {number("0"), number("1"), text("-")}, "M"},
                        Case{"a short row", {text("ja")}, "K"}, Case{"two are told as two", {text("x"), text("x"), text("")}, "K + M"},
                        Case{"none is nothing", {text("nej"), text(""), text("-")}, ""},
                        Case{"a word stays, for the list to judge", {text("kanske"), text(""), text("")}, "kanske"}}) {
    SCOPED_TRACE(c.sentence);
    std::vector<CellView> cells = c.cells;
    std::deque<std::string> texts;
    join_cells(cells, columns, false, texts);
    EXPECT_EQ(cells[0].text, c.said);
  }
}

}  // namespace
}  // namespace horisont
