#include "edge/import/values.h"

#include <gtest/gtest.h>

#include <string>

namespace horisont {
namespace {

using Kind = CellView::Kind;

CellView text(std::string_view written) { return {Kind::Text, false, false, written, {}}; }
CellView number(std::string_view digits) { return {Kind::Number, false, false, digits, {}}; }
CellView dated(std::string_view serial) { return {Kind::Date, false, false, serial, {}}; }
CellView lasting(std::string_view fraction) { return {Kind::Duration, false, false, fraction, {}}; }

DateFrame frame() { return {Date::of(1900, 1, 1)->days(), Date::of(2029, 12, 31)->days(), 2026, false}; }
DateFrame births() { return {Date::of(1900, 1, 1)->days(), Date::of(2026, 4, 10)->days(), 2026, true}; }

// "2026-03-02", "2026-03-02 date.time-dropped" or the code of what is wrong.
std::string day(const CellView& cell, const ColumnFacts& facts = {}, bool date1904 = false,
                const DateFrame& seen_from = frame()) {
  const auto read = read_day(cell, date1904, facts, seen_from);
  if (!read.error.empty()) return std::string(read.error);
  return Date::of_days(read.value).iso() + (read.remark.empty() ? "" : " " + std::string(read.remark));
}
std::string hours(const CellView& cell, const ColumnFacts& facts = {}) {
  const auto read = read_hours(cell, facts);
  if (!read.error.empty()) return std::string(read.error);
  return std::to_string(read.value) + (read.remark.empty() ? "" : " " + std::string(read.remark));
}

struct Case {
  const char* written;
  const char* expected;
};

TEST(Day, texts_that_name_one_day) {
  const Case cases[] = {
      {"2026-03-02", "2026-03-02"},
      {"2026-3-2", "2026-03-02"},
      {"20260302", "2026-03-02"},
      {"2026/3/2", "2026-03-02"},
      {"2026.03.02", "2026-03-02"},
      {" 2026-03-02 ", "2026-03-02"},
      {"\u00A02026-03-02", "2026-03-02"},
      {"２０２６-０３-０２", "2026-03-02"},
      {"2 mars 2026", "2026-03-02"},
      {"2 mar 2026", "2026-03-02"},
      {"mån 2 mars 2026", "2026-03-02"},
      {"måndag den 2 mars 2026", "2026-03-02"},
      {"Monday, March 2, 2026", "2026-03-02"},
      {"2 May 2026", "2026-05-02"},
      {"2 maj -26", "2026-05-02 date.year-assumed"},
      {"13/3 2026", "2026-03-13"},
      {"13/3-26", "2026-03-13 date.year-assumed"},
      {"13.03.2026", "2026-03-13"},
      {"2026-02-28", "2026-02-28"},
      {"2028-02-29", "2028-02-29"},
      {"2026-03-02 08:15", "2026-03-02 date.time-dropped"},
      {"2026-03-02T00:00:00", "2026-03-02"},
      {"46083", "2026-03-02 date.serial-without-format"},
  };
  for (const Case& each : cases) EXPECT_EQ(day(text(each.written)), each.expected) << each.written;
}

// Cells of type d (openpyxl's iso_dates) and ODS hold the day itself, so the workbook's calendar does not matter.
TEST(Day, cells_that_hold_an_iso_date) {
  for (const bool date1904 : {false, true}) {
    EXPECT_EQ(day(dated("2026-03-02"), {}, date1904), "2026-03-02");
    EXPECT_EQ(day(dated("2026-03-02T00:00:00"), {}, date1904), "2026-03-02");
    EXPECT_EQ(day(dated("2026-03-02T07:30:00.000"), {}, date1904), "2026-03-02 date.time-dropped");
    EXPECT_EQ(day(dated("2026-02-29"), {}, date1904), "date.not-in-calendar");
    EXPECT_EQ(day(dated("2028-02-29T00:00:00"), {}, date1904), "2028-02-29");
  }
  EXPECT_EQ(hours(dated("2026-03-02T07:30:00")), "hours.form");
}

TEST(Day, texts_that_do_not) {
  const Case cases[] = {
      {"2026-02-29", "date.not-in-calendar"},
      {"2026-02-30", "date.not-in-calendar"},
      {"2026-04-31", "date.not-in-calendar"},
      {"2026-13-01", "date.not-in-calendar"},
      {"2026-00-10", "date.not-in-calendar"},
      {"31 april 2026", "date.not-in-calendar"},
      {"32/1 2026", "date.not-in-calendar"},
      {"8 mar", "date.year-missing"},
      {"torsdag 17 mars", "date.year-missing"},
      {"tis 1/3", "date.year-missing"},
      {"18.03", "date.year-missing"},
      {"mars 2026", "date.day-missing"},
      {"2026-03", "date.day-missing"},
      {"202603", "date.day-missing"},
      {"2 mars", "date.year-missing"},
      {"igår", "date.form"},
      {"-2016-03-01", "date.form"},
      {"+2016-03-01", "date.form"},
      {"\u22122016-03-01", "date.form"},
      {"- 2016-03-01", "date.form"},
      {"2016-03-01-", "date.form"},
      {"2016-03-01 \u2013", "date.form"},
      {"-2/3 2016", "date.form"},
      {"2026", "date.form"},
      {"12345", "date.form"},
      {"2026-03-02-04", "date.form"},
      {"1 2 3 4 5 6 7 8 9 10", "date.form"},
      {"2029-12-31", "2029-12-31"},
      {"2030-01-01", "date.implausible"},
      {"1900-01-01", "1900-01-01"},
      {"1899-12-31", "date.implausible"},
      {"", "date.form"},
      {"\xFF\xFE", "date.form"},
      {"99999999999999999999", "date.form"},
  };
  for (const Case& each : cases) EXPECT_EQ(day(text(each.written)), each.expected) << each.written;
}

TEST(Day, an_open_order_is_asked_unless_the_column_settles_it) {
  EXPECT_EQ(day(text("02/03/26")), "date.order-ambiguous");
  EXPECT_EQ(day(text("02.03.2026")), "2026-03-02");  // Swedish use
  EXPECT_EQ(day(text("260302")), "date.order-ambiguous");
  EXPECT_EQ(day(text("2/3 2026")), "date.order-ambiguous");
  EXPECT_EQ(day(text("03/03/2026")), "2026-03-03");  // the same day either way
  ColumnFacts day_first{.date_orders = DateDmy, .date_slash_settled = true};
  EXPECT_EQ(day(text("02/03/26"), day_first), "2026-03-02 date.year-assumed");
  EXPECT_EQ(day(text("02.03.2026"), day_first), "2026-03-02");
  EXPECT_EQ(day(text("2/3 2026"), day_first), "2026-03-02");
  ColumnFacts month_first{.date_orders = DateMdy};
  EXPECT_EQ(day(text("02/03/2026"), month_first), "2026-02-03");
  EXPECT_EQ(possible_orders(text("17.03.2026"), frame()), DateDmy);
  EXPECT_EQ(possible_orders(text("03/17/2026"), frame()), DateMdy);
  EXPECT_EQ(possible_orders(text("2026-03-02"), frame()), DateAnyOrder);
}

TEST(Day, serial_numbers_of_workbooks) {
  struct Serial {
    const char* serial;
    bool date1904;
    const char* expected;
  };
  const Serial cases[] = {
      {"46083", false, "2026-03-02"},
      {"44621", true, "2026-03-02"},
      {"46083.34375", false, "2026-03-02 date.time-dropped"},
      {"4.6083E4", false, "2026-03-02"},
      {"61", false, "1900-03-01"},
      {"60", false, "date.not-in-calendar"},  // 29 February 1900 never was
      {"59", false, "1900-02-28"},
      {"1", false, "1900-01-01"},
      {"0", false, "date.not-in-calendar"},
      {"-1", false, "date.not-in-calendar"},
      {"2958465", false, "date.implausible"},
      {"2958466", false, "date.not-in-calendar"},
      {"2026-03-02", false, "2026-03-02"},  // ODS
      {"2026-03-02T08:15:00", false, "2026-03-02 date.time-dropped"},
      {"rubbish", false, "date.form"},
  };
  for (const Serial& each : cases) EXPECT_EQ(day(dated(each.serial), {}, each.date1904), each.expected) << each.serial;
  EXPECT_EQ(day(number("46083")), "2026-03-02 date.serial-without-format");
  EXPECT_EQ(day(number("20260302")), "2026-03-02");
  EXPECT_EQ(day(number("7.5")), "date.form");
}

TEST(Day, two_digits_of_a_birthday_are_in_the_past) {
  EXPECT_EQ(day(text("4 mars 05"), {}, false, births()), "2005-03-04 date.year-assumed");
  EXPECT_EQ(day(text("4 mars 27"), {}, false, births()), "1927-03-04 date.year-assumed");
  EXPECT_EQ(day(text("2026-04-11"), {}, false, births()), "date.implausible");
}

TEST(Month, is_found_where_people_write_it) {
  struct Mention {
    const char* text;
    int year, month;  // 0: none
  };
  const Mention cases[] = {
      {"mars 2026", 2026, 3},
      {"Mars -26", 2026, 3},
      {"mar 2026", 2026, 3},
      {"2026-03", 2026, 3},
      {"202603", 2026, 3},
      {"03/2026", 2026, 3},
      {"2026 mars", 2026, 3},
      {"Närvaro mars 2026 Karlstad", 2026, 3},
      {"narvaro_mars_2026", 2026, 3},
      {"Attendance October 2026", 2026, 10},
      {"Mars", 0, 3},
      {"närvaro-2026-03", 2026, 3},
      {"Utskrivet 2026-03-02", 0, 0},  // a day, not the month of the sheet
      {"Marsvin och marschaller", 0, 0},
      {"Blad1", 0, 0},
      {"", 0, 0},
  };
  for (const Mention& each : cases) {
    const auto found = month_in(each.text);
    EXPECT_EQ(found ? found->month : 0, each.month) << each.text;
    EXPECT_EQ(found ? found->year.value_or(0) : 0, each.year) << each.text;
  }
}

// What is below nothing, or about, or a length between two, is never read as the numbers in it.
TEST(Hours, a_sign_is_not_passed_over) {
  const Case cases[] = {
      {"-1:30", "hours.negative"},      {"-0:30", "hours.negative"},        {"-30 min", "hours.negative"},
      {"- 30 min", "hours.negative"},   {"-0 h 30 min", "hours.negative"},  {"-0:45:00", "hours.negative"},
      {"-7 h 30 min", "hours.negative"}, {"-8 tim", "hours.negative"},      {"-1,5 h", "hours.negative"},
      {"\u22127:30", "hours.negative"}, {"(0:30)", "hours.form"},          {"8 h - 30 min", "hours.form"},
      {"7:-30", "hours.form"},          {"?7:30", "hours.form"},            {"7:30?", "hours.form"},
      {"=7:30", "hours.form"},          {"~8 h", "hours.form"},             {"<8 h", "hours.form"},
      {"(8 h)", "hours.form"},          {"8/h", "hours.form"},              {"8-h", "hours.form"},
      {"+8 h", "hours.form"},           {"8 h -", "hours.form"},            {"\u20138 h", "hours.form"},
      {"7 tim. 30 min.", "450"},        {"7tim 30min", "450"},              {"8 h.", "480"},
      {"7 :30", "450"},
  };
  for (const Case& each : cases) EXPECT_EQ(hours(text(each.written)), each.expected) << each.written;
}

TEST(Hours, in_every_form) {
  const Case cases[] = {
      {"7,5", "450"},
      {"7", "420"},
      {"0", "0"},
      {"0,25", "15"},
      {"7,33", "440 hours.rounded-to-minute"},
      {"7,30", "438"},
      {"7:30", "450"},
      {"07:30", "450"},
      {"7:30:00", "450"},
      {"7:60", "hours.form"},
      {"7:3", "hours.form"},
      {"7 h 30 min", "450"},
      {"7h30", "450"},
      {"7t 30m", "450"},
      {"7 tim", "420"},
      {"7,5 tim", "450"},
      {"7.5 h", "450"},
      {"450 min", "450"},
      {" 7,5 ", "450"},
      {"７，５", "450"},
      {"½", "30"},
      {"1½", "90"},
      {"2 ¼", "135"},
      {"7¾ h", "465"},
      {"a½", "hours.form"},
      {"1½½", "hours.form"},
      {"½ dag", "hours.form"},
      {"7.30", "hours.dot-ambiguous"},
      {"7.5", "hours.dot-ambiguous"},
      {"-2", "hours.negative"},
      {"\u22122", "hours.negative"},
      {"-0,5", "hours.negative"},
      {"mycket", "hours.form"},
      {"7,5,5", "hours.form"},
      {"7,", "hours.form"},
      {",5", "30"},
      {"1e3", "hours.form"},
      {"99999999999999999999", "hours.over-24"},
      {"1 2 3 4 5 6 7 8 9", "hours.form"},
      {"", "hours.form"},
      {"\xFF", "hours.form"},
  };
  for (const Case& each : cases) EXPECT_EQ(hours(text(each.written)), each.expected) << each.written;
  const ColumnFacts settled{.decimal_dot = true};
  EXPECT_EQ(hours(text("7.5"), settled), "450");
  EXPECT_EQ(hours(text("7.25"), settled), "435");
}

TEST(Hours, numbers_and_lengths_of_time_in_workbooks) {
  EXPECT_EQ(hours(number("7.5")), "450");
  EXPECT_EQ(hours(number("7.3999999999999995")), "444");  // shown as 7,4
  EXPECT_EQ(hours(number("-2")), "hours.negative");
  EXPECT_EQ(hours(number("1E3")), "60000");
  EXPECT_EQ(hours(number("1E30")), "hours.over-24");
  EXPECT_EQ(hours(lasting("0.3125")), "450") << "HM-45";
  EXPECT_EQ(hours(lasting("0.31319444444444444")), "451");
  EXPECT_EQ(hours(lasting("1.0416666666666667")), "1500");
  EXPECT_EQ(hours(lasting("0.3130")), "hours.not-whole-minutes");  // 7 h 30 min 43 s
  EXPECT_EQ(hours(lasting("-0.25")), "hours.negative");
  EXPECT_EQ(hours(lasting("PT07H30M00S")), "450");
  EXPECT_EQ(hours(dated("0.3125")), "450");
  EXPECT_EQ(hours(dated("46083")), "hours.form");
}

TEST(Hours, what_a_column_shows_about_dots_and_commas) {
  EXPECT_EQ(dot_form(text("7.5")), DotForm::OneDigit);
  EXPECT_EQ(dot_form(text("7.75")), DotForm::Decimal);
  EXPECT_EQ(dot_form(text("7.60")), DotForm::Decimal);
  EXPECT_EQ(dot_form(text("7.500")), DotForm::Decimal);
  EXPECT_EQ(dot_form(text("7.59")), DotForm::Either);
  EXPECT_EQ(dot_form(text("7.00")), DotForm::Either);
  EXPECT_EQ(dot_form(text("7.30")), DotForm::Tens);
  EXPECT_EQ(dot_form(text("7,5")), DotForm::None);
  EXPECT_EQ(comma_evidence(text("7,30")), 1);
  EXPECT_EQ(comma_evidence(text("7,00")), 0);
  EXPECT_EQ(comma_evidence(text("7,5")), 2);
}

TEST(Clock, times_of_a_day) {
  const Case cases[] = {{"08:30", "510"},          {"8:30", "510"},      {"8.30", "510"},
                        {"0830", "510"},           {"830", "510"},       {"8", "480"},
                        {"kl 8", "480"},           {"kl. 8.30", "510"},  {"00:00", "0"},
                        {"23:59", "1439"},         {"24:00", "1440"},    {"24:01", "time.form"},
                        {"8:60", "time.form"},     {"8:3", "time.form"}, {"25", "time.form"},
                        {"halv nio", "time.form"}, {"08:30:00", "510"},  {"08:30:30", "time.form"},
                        {"", "time.form"}};
  for (const Case& each : cases) {
    const auto read = read_clock(text(each.written));
    EXPECT_EQ(read.error.empty() ? std::to_string(read.value) : std::string(read.error), each.expected) << each.written;
  }
  EXPECT_EQ(read_clock(lasting("0.3541666666666667")).value, 510);
  EXPECT_EQ(read_clock(dated("46083.3541666666667")).value, 510);
  EXPECT_EQ(read_clock(number("8")).value, 480);
}

TEST(Decimal, is_exact_and_has_fifteen_digits) {
  const auto whole = [](std::string_view written) {
    const auto decimal = decimal_of(written);
    const auto value = decimal ? whole_of(*decimal) : std::nullopt;
    return value ? std::to_string(*value) : std::string("none");
  };
  EXPECT_EQ(whole("200503042384"), "200503042384");
  EXPECT_EQ(whole("2.00503042384E11"), "200503042384");
  EXPECT_EQ(whole("2.00503042384e+11"), "200503042384");
  EXPECT_EQ(whole("503042384.0"), "503042384");
  EXPECT_EQ(whole("7.5"), "none");
  EXPECT_EQ(whole("1E18"), "1000000000000000000");
  EXPECT_EQ(whole("1E19"), "none");
  EXPECT_EQ(whole("1E999"), "none");
  EXPECT_EQ(whole("0E999"), "0");
  for (const char* wrong : {"", "-", ".", "1..2", "1E", "1E+", "1E1000", "0x10", "1 2", "1,5", "NaN", "inf"})
    EXPECT_FALSE(decimal_of(wrong)) << wrong;
  bool exact = true;
  EXPECT_EQ(scaled(*decimal_of("7.33"), 60, exact), 440);
  EXPECT_FALSE(exact);
  EXPECT_EQ(scaled(*decimal_of("0.025"), 60, exact), 2);  // a minute and a half: half up
  EXPECT_EQ(scaled(*decimal_of("0.0249"), 60, exact), 1);
  EXPECT_EQ(scaled(*decimal_of("1E-300"), 60, exact), 0);
}

TEST(YesOrNo, is_what_people_write) {
  for (const char* yes : {"ja", "Ja", "J", "yes", "Y", "1", "sant", "TRUE"}) EXPECT_EQ(yes_or_no(yes, {}), 1) << yes;
  for (const char* no : {"nej", "N", "no", "0", "falskt", "FALSE"}) EXPECT_EQ(yes_or_no(no, {}), 0) << no;
  for (const char* unknown : {"vet ej", "okänt", "?", "-", "–", "uppges ej"}) EXPECT_EQ(yes_or_no(unknown, {}), -1) << unknown;
  for (const char* neither : {"kanske", "jaha", "2"}) EXPECT_EQ(yes_or_no(neither, {}), -2) << neither;
  EXPECT_EQ(yes_or_no("x", {}), 1);
  EXPECT_EQ(yes_or_no("x", {.other_than_crosses = true}), -2);
}

}  // namespace
}  // namespace horisont
