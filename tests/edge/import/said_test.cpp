// What titles and names say of when a table was, and of whether anybody has been there.

#include "edge/import/said.h"

#include <gtest/gtest.h>

namespace horisont {
namespace {

// "2016-03", "03" without its year, several with blanks; behind them "year 2016" where one stands for itself.
std::string said(const char* text, const char* before = "") {
  const SaidWhen when = when_said(text, before);
  std::string out;
  for (const SaidWhen::Mention& mention : when.months) {
    if (!out.empty()) out += ' ';
    if (mention.month.year) out += std::to_string(*mention.month.year) + "-";
    out += (mention.month.month < 10 ? "0" : "") + std::to_string(mention.month.month);
  }
  if (when.year) out += (out.empty() ? "" : " ") + ("year " + std::to_string(*when.year));
  return out.empty() ? "nothing" : out;
}

TEST(WhenSaid, a_month_of_the_table_is_taken_and_another_is_not) {
  const struct {
    const char *about, *text, *said;
  } cases[] = {
      {"a month and its year", "Närvaro mars 2016", "2016-03"},
      {"in digits", "Närvaro 2016-03", "2016-03"},
      {"without a blank", "Närvaro 201603", "2016-03"},
      {"month before year", "03/2016", "2016-03"},
      {"with an apostrophe's worth of year", "mars -16", "2016-03"},
      {"a name alone", "Mars", "03"},
      {"a name, and the year apart", "2016 Närvaro mars", "03 year 2016"},
      {"the group's number is no day", "Grupp 2 mars 2016", "2016-03"},
      {"nor is a week", "Vecka 10 mars 2016", "2016-03"},
      {"a period within one month", "1–31 mars 2016", "2016-03"},
      {"a period in whole dates", "Närvaro 2016-03-01 – 2016-03-31", "2016-03"},
      {"a period in days and months", "1/3 - 31/3 2016", "2016-03"},
      {"a period in words", "1 mars till 31 mars 2016", "2016-03"},
      {"a period over two months is none", "15 februari – 14 mars 2016", "nothing"},
      {"months of a project are none", "Projekttid januari 2015 – december 2017", "nothing"},
      {"a day it was changed", "Närvarolista (senast ändrad 28 feb 2016)", "nothing"},
      {"a day it was revised", "reviderad 3 april 2016", "nothing"},
      {"a month it was revised", "Reviderad april 2016", "nothing"},
      {"a day to hand it in", "Inlämnas senast 5 april 2016", "nothing"},
      {"paid in one, about another", "Utbetalning april 2016 avser mars 2016", "2016-03"},
      {"about one, paid in another", "Gäller mars 2016, utbetalas april 2016", "2016-03"},
      {"attendance of one, handed in in another", "Närvaro mars 2016, inlämnas april 2016", "2016-03"},
      {"when the group began", "Gruppstart 11 januari 2016", "nothing"},
      {"in what month it began", "Startade januari 2016", "nothing"},
      {"a version", "(version 28 feb 2016)", "nothing"},
      {"a numbered version", "Version 2, mars 2016", "2016-03"},
      {"saved, in a file's name", "Närvaro sparad 28 feb 2016", "nothing"},
      {"a decision and its record number", "Beslut 2015-03-14, dnr 2015/00678", "nothing"},
      {"a day of the file", "Närvaro (2016-04-05)", "nothing"},
      {"in six digits", "Närvaro 160405", "nothing"},
      {"two years are none", "2015 eller 2016", "nothing"},
      {"a school year is none", "Läsåret 2015/2016", "nothing"},
      {"a person is no month", "Handledare Jan Larsson", "nothing"},
      {"English, a day", "Attendance, saved March 3, 2016", "nothing"},
      {"English, about and paid", "Payment April 2016 for March 2016", "2016-03"},
      {"English, a month", "Attendance March 2016", "2016-03"},
      {"two that nothing tells apart", "mars 2016 april 2016", "2016-03 2016-04"},
  };
  for (const auto& each : cases) EXPECT_EQ(said(each.text), each.said) << each.about << ": " << each.text;
}

TEST(WhenSaid, the_cell_to_the_left_says_what_a_month_is_of) {
  EXPECT_EQ(said("april 2016", "Utbetalning:"), "nothing");
  EXPECT_EQ(said("mars 2016", "Avser"), "2016-03");
  EXPECT_EQ(said("Närvaro mars 2016", "Utbetalning"), "2016-03");
  EXPECT_EQ(said("mars 2016", "Startade januari 2016"), "2016-03") << "what the cell itself says belongs to it";
}

TEST(WhenSaid, four_digits_may_be_a_month) {
  const auto month = packed_month_in("Närvaro 1603");
  ASSERT_TRUE(month);
  EXPECT_EQ(month->year, 2016);
  EXPECT_EQ(month->month, 3);
  for (const char* none : {"Närvaro 2016", "Närvaro 2003", "Grupp 1630", "1603 och 1604", "160303"}) EXPECT_FALSE(packed_month_in(none)) << none;
}

TEST(WhatIsSaid, of_plans_absence_and_minutes) {
  for (const char* text : {"Schema mars 2016", "Planering", "Preliminär närvaro", "Bokade timmar", "Prognos", "Önskad närvaro", "MALL", "Exempel: mars 2016",
                           "Närvaroschema", "Schedule March", "Expected attendance", "Template"})
    EXPECT_TRUE(says_planned(text)) << text;
  for (const char* text : {"Närvaro mars 2016", "Malla", "Förmiddag", "Praktikplatser", "Attendance", "Planket"}) EXPECT_FALSE(says_planned(text)) << text;
  for (const char* text : {"Uteblivna", "Ledighetslista", "Sjukfrånvaro", "Frånvaro", "Absence", "Semester"}) EXPECT_TRUE(says_absence(text)) << text;
  for (const char* text : {"Närvaro", "Sjukhuset", "Praktik"}) EXPECT_FALSE(says_absence(text)) << text;
  for (const char* text : {"Närvaro i minuter mars 2016", "Tid (min)", "Attendance in minutes"}) EXPECT_TRUE(says_minutes(text)) << text;
  for (const char* text : {"Rast 30 min", "Närvaro i timmar och minuter", "Minst 3 dagar"}) EXPECT_FALSE(says_minutes(text)) << text;
}

}  // namespace
}  // namespace horisont
