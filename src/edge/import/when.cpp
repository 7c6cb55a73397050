// When the rows of a table were: the month, the weeks and the days that its headings, its title, its sheet or its file name.

#include "edge/import/when.h"

#include <algorithm>

#include "edge/import/said.h"
#include "edge/import/week.h"
#include "edge/import/words_in.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

// What may say when and what a table is about: the name of its sheet, and the cells above the row, each with what stands to the
// left of it.
struct SaidText {
  std::string text, before;
};
std::vector<SaidText> said_above(const FileTable& table, std::uint32_t row) {
  std::vector<SaidText> said{{table.name, {}}};
  for (const HeadRow& above : table.head) {
    if (above.number >= row) continue;
    std::string before;
    for (const HeadCell& cell : above.cells) {
      if (cell.text.empty()) continue;
      said.push_back({cell.text, before});
      before = cell.text;
    }
  }
  return said;
}

std::string stem_of(const std::string& file) { return std::filesystem::path(file).stem().string(); }

// All that a sheet says of its month, and the year that stands apart from it.
struct MonthSaid {
  struct Source {
    MonthMention mention;
    std::string text;
  };
  std::vector<Source> sources;
  std::optional<int> year;
  bool digits_alone = false;  ///< "1603" in a name is all there is
};
MonthSaid month_said(const ImportJob& job, const FileTable& table, std::uint32_t above_row, const std::string& file) {
  MonthSaid out;
  const auto look = [&](const SaidText& text) {
    SaidWhen said = when_said(text.text, text.before);
    for (std::size_t i = 0; i < said.months.size(); ++i)
      out.sources.push_back({said.months[i].month, said.months.size() > 1 ? said.months[i].words : text.text});
    if (!out.year) out.year = said.year;
  };
  for (const SaidText& text : said_above(table, above_row)) look(text);
  look({stem_of(file), {}});
  if (!out.sources.empty()) return out;
  const Period operation = job.project.operation();
  for (const std::string& name : {table.name, stem_of(file)}) {
    const auto packed = packed_month_in(name);
    const auto month = packed ? Month::of(*packed->year, packed->month) : std::nullopt;
    if (!month || month->last() < operation.first || month->first() > std::min(job.options.today, operation.last.value_or(job.options.today))) continue;
    out.sources.push_back({*packed, name}), out.digits_alone = true;
  }
  return out;
}

bool differ(const MonthMention& one, const MonthMention& other) {
  return one.month != other.month || (one.year && other.year && *one.year != *other.year);
}

}  // namespace

std::optional<int> only_year_of(const ImportJob& job, int month) {
  const Period operation = job.project.operation();
  const Date last = std::min(job.options.today, operation.last.value_or(job.options.today));
  std::optional<int> only;
  for (int candidate = operation.first.year(); candidate <= last.year(); ++candidate) {
    const auto here = Month::of(candidate, month);
    if (!here || here->last() < operation.first || here->first() > last) continue;
    if (only) return std::nullopt;
    only = candidate;
  }
  return only;
}

std::optional<Month> month_of(ImportJob& job, const FileTable& table, const HeadingGuess& guess, const std::string& file) {
  const MonthSaid said = month_said(job, table, guess.last_row, file);
  const auto refuse_with = [&](std::string_view code, std::vector<std::string> values = {}) -> std::optional<Month> {
    job.draft.refused = true;
    job.trouble.at(code, guess.last_row, 0, {}, std::move(values));
    return std::nullopt;
  };
  if (const auto& told = job.options.month) {
    // Of what the sheet says, that is meant; where all of it says otherwise, somebody is wrong.
    const MonthMention month{told->year(), told->month()};
    const auto agrees = [&](const MonthSaid::Source& source) { return !differ(source.mention, month); };
    if (!said.sources.empty() && !said.digits_alone && std::none_of(said.sources.begin(), said.sources.end(), agrees))
      return refuse_with("month.contradiction", {told->iso(), said.sources.front().text});
    return *told;
  }
  if (said.sources.empty()) return refuse_with("month.not-found");
  MonthMention settled = said.sources.front().mention;
  for (const MonthSaid::Source& source : said.sources) {
    if (differ(settled, source.mention)) return refuse_with("month.contradiction", {said.sources.front().text, source.text});
    if (!settled.year) settled.year = source.mention.year;
  }
  if (!settled.year) settled.year = said.year;
  if (!settled.year) settled.year = only_year_of(job, settled.month);
  if (!settled.year) return refuse_with("month.not-found");
  const auto month = Month::of(*settled.year, settled.month);
  if (month && said.digits_alone) job.trouble.at("month.of-digits", guess.last_row, 0, {}, {said.sources.front().text, month->iso()});
  return month;
}

std::optional<Month> month_of_sheet(const ImportJob& job, const FileTable& table, const HeadingGuess& guess, const std::string& file) {
  const MonthSaid said = month_said(job, table, guess.last_row, file);
  if (job.options.month) return job.options.month;
  if (said.sources.empty() || said.digits_alone) return std::nullopt;
  MonthMention settled = said.sources.front().mention;
  for (const MonthSaid::Source& source : said.sources) {
    if (differ(settled, source.mention)) return std::nullopt;
    if (!settled.year) settled.year = source.mention.year;
  }
  if (!settled.year) settled.year = said.year ? said.year : only_year_of(job, settled.month);
  return settled.year ? Month::of(*settled.year, settled.month) : std::nullopt;
}

bool dated_headings_agree(ImportJob& job, const FileTable& table, const HeadingGuess& guess, const std::string& file) {
  std::vector<Month> months;
  for (const ColumnPlan& column : guess.columns)
    if (column.date && column.month == 0 && column.week == 0 && column.weekday == 0) months.push_back(Month::containing(Date::of_days(*column.date)));
  if (months.empty()) return true;
  const auto is_there = [&](const MonthMention& mention) {
    return std::any_of(months.begin(), months.end(), [&](const Month& month) { return !differ(mention, {month.year(), month.month()}); });
  };
  const auto refuse_with = [&](const std::string& text) {
    job.draft.refused = true;
    job.trouble.at("month.contradiction", guess.last_row, 0, {}, {text, months.front().iso() + (months.back() == months.front() ? "" : " \u2013 " + months.back().iso())});
    return false;
  };
  if (const auto& told = job.options.month) return is_there({told->year(), told->month()}) || refuse_with(told->iso());
  const MonthSaid said = month_said(job, table, guess.first_row, file);
  for (const MonthSaid::Source& source : said.sources)
    if (!said.digits_alone && !is_there(source.mention)) return refuse_with(source.text);
  return true;
}

bool place_in_calendar(ImportJob& job, const FileTable& table, HeadingGuess& guess, const std::string& file, int& sheet_week) {
  std::vector<SaidText> said = said_above(table, guess.first_row);
  // "lista v2" in a file's name is a version.
  const std::string stem = stem_of(file), lower = lower_case(nfc(stem));
  if (lower.find("vecka") != lower.npos || lower.find("week") != lower.npos || !week_in(stem)) said.push_back({stem, {}});
  std::optional<int> week, year;
  std::string week_said;
  const auto refuse_with = [&](std::string_view code, std::vector<std::string> values) {
    job.draft.refused = true;
    job.trouble.at(code, guess.last_row, 0, {}, std::move(values));
    return false;
  };
  const bool of_weeks = std::any_of(guess.columns.begin(), guess.columns.end(), [](const ColumnPlan& column) { return column.weekday != 0; });
  for (const auto& [text, before] : said) {
    if (const auto mention = week_in(text); mention && of_weeks) {
      if (week && *week != mention->week) return refuse_with("week.contradiction", {week_said, text});
      week = mention->week, week_said = text;
    }
    if (year) continue;
    const SaidWhen when = when_said(text, before);
    year = when.year;
    if (!year && when.months.size() == 1) year = when.months.front().month.year;
  }
  if (!year && job.options.month) year = job.options.month->year();
  sheet_week = week.value_or(0);
  const Period operation = job.project.operation();
  const Date last = std::min(job.options.today, operation.last.value_or(job.options.today));
  for (ColumnPlan& column : guess.columns) {
    if (column.week == 0 && column.weekday == 0 && column.month == 0) continue;
    const int number = column.week != 0 ? column.week : week.value_or(0);
    if (column.month == 0 && number == 0) return refuse_with("week.not-found", {column.heading});
    const auto span = [&](int of) -> std::optional<std::pair<Date, Date>> {
      if (column.month != 0) {
        const auto month = Month::of(of, column.month);
        return month ? std::optional(std::pair(month->first(), month->last())) : std::nullopt;
      }
      const auto monday = monday_of(of, number);
      return monday ? std::optional(std::pair(*monday, monday->plus_days(6))) : std::nullopt;
    };
    std::vector<int> fits;
    for (int candidate = operation.first.year(); candidate <= last.year() + 1; ++candidate)
      if (const auto days = span(candidate); days && days->second >= operation.first && days->first <= last) fits.push_back(candidate);
    const std::optional<int> of = column.year ? column.year : year ? year : fits.size() == 1 ? std::optional(fits.front()) : std::nullopt;
    if (!of) return refuse_with("week.year-not-found", {column.heading});
    const auto days = span(*of);
    if (!days) return refuse_with("week.not-in-year", {std::to_string(number), std::to_string(*of)});
    column.date = days->first.days() + std::max(column.weekday - 1, 0);
  }
  return true;
}

std::optional<std::string> plan_in(const FileTable& table, const HeadingGuess& guess) {
  // Not the file: "Mall närvaro.xlsx" may well be filled in.
  for (const SaidText& text : said_above(table, guess.first_row))
    if (says_planned(text.text)) return text.text;
  return std::nullopt;
}

std::optional<std::string> absence_in(const FileTable& table, const HeadingGuess& guess, const std::string& file) {
  std::vector<SaidText> said = said_above(table, guess.first_row);
  said.push_back({stem_of(file), {}});
  std::optional<std::string> found;
  for (const SaidText& text : said) {
    if (says_attendance(text.text)) return std::nullopt;
    if (!found && says_absence(text.text)) found = text.text;
  }
  return found;
}

std::optional<std::string> minutes_in(const FileTable& table, const HeadingGuess& guess) {
  for (const SaidText& text : said_above(table, guess.first_row))
    if (says_minutes(text.text)) return text.text;
  return std::nullopt;
}

std::optional<std::string> break_in(const FileTable& table, const HeadingGuess& guess) {
  static constexpr std::string_view breaks[] = {"lunch*", "rast", "raster", "rasten", "paus", "pauser", "break", "breaks"};
  for (const SaidText& text : said_above(table, guess.first_row))
    if (says_any(text.text, breaks)) return text.text;
  if (!table.sheet) return std::nullopt;
  // Below, a note stands by itself; in a row with others it is a remark of that row.
  for (const RowView& row : table.sheet->rows) {
    if (row.number <= guess.last_row) continue;
    const CellView* only = nullptr;
    std::size_t filled = 0;
    for (const CellView& cell : row.cells)
      if (cell.kind != CellView::Kind::Empty && !cell.text.empty()) ++filled, only = &cell;
    if (filled != 1 || only->kind != CellView::Kind::Text) continue;
    if (std::string text = text_of_cell(*only, table.sheet->date1904).text; says_any(text, breaks)) return text;
  }
  return std::nullopt;
}

bool says_when_twice(ImportJob& job, const HeadingGuess& guess, bool days_as_columns) {
  const ImportSchema& schema = job.schema();
  const auto is = [&](const ColumnPlan& column, const char* key) {
    const auto field = schema.field(key);
    return field && column.field == static_cast<int>(*field);
  };
  for (std::size_t c = 0; c < guess.columns.size(); ++c) {
    const ColumnPlan& column = guess.columns[c];
    if (column.is_day()) continue;
    bool says = is(column, "month") || (days_as_columns && is(column, "date"));
    for (const char* key : {"vecka", "veckonummer", "veckanr", "v", "week", "år", "year"}) says = says || column.key == key;
    if (!says) continue;
    job.draft.refused = true;
    job.trouble.at("header.two-periods", guess.last_row, c + 1, column.heading, {});
    return true;
  }
  return false;
}

int weekday_said(std::string_view text) {
  std::string word;
  for (const char c : std::string(text) + " ") {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80);
    if (letter) word += c;
    if (letter || word.empty()) continue;
    if (const int day = weekday_of(heading_key(word))) return day;
    word.clear();
  }
  return 0;
}

std::string weekday_words(Date date) {
  static constexpr std::pair<const char*, const char*> names[] = {{"måndag", "Monday"},   {"tisdag", "Tuesday"}, {"onsdag", "Wednesday"}, {"torsdag", "Thursday"},
                                                                  {"fredag", "Friday"}, {"lördag", "Saturday"}, {"söndag", "Sunday"}};
  const auto& [sv, en] = names[date.weekday() - 1];
  return in_both(sv, en);
}

namespace {

bool is_weekday_column(const ColumnPlan& column) {
  if (column.field >= 0 || column.holds_time()) return false;
  for (const char* key : {"veckodag", "dag", "weekday", "day", "dagivecka", "dayofweek"})
    if (column.key == key) return true;
  return false;
}

}  // namespace

void compare_weekday(ImportJob& job, const TablePlan& plan, const RowView& row, std::size_t date_column, std::int32_t day) {
  const Date date = Date::of_days(day);
  const auto compare = [&](std::size_t column) {
    const CellView& cell = cell_at(row, column);
    if (cell.kind != CellView::Kind::Text) return;
    // Most dates are figures alone.
    if (cell.text.size() <= 10 && cell.text.find_first_not_of("0123456789-/. ") == cell.text.npos) return;
    const int said = weekday_said(cell.text);
    if (said != 0 && said != date.weekday()) job.trouble.at("date.other-weekday", row.number, column + 1, shown(cell, plan.date1904), {date.iso(), weekday_words(date)});
  };
  compare(date_column);
  for (std::size_t c = 0; c < plan.columns.size(); ++c)
    if (c != date_column && is_weekday_column(plan.columns[c])) compare(c);
}

void compare_weekdays_over(ImportJob& job, const FileTable& table, const HeadingGuess& guess, const std::optional<Month>& month) {
  const auto above = std::find_if(table.head.begin(), table.head.end(), [&](const HeadRow& row) { return row.number + 1 == guess.first_row; });
  for (std::size_t c = 0; c < guess.columns.size(); ++c) {
    const ColumnPlan& column = guess.columns[c];
    if (column.weekday != 0 || column.month != 0 || column.is_whole_week()) continue;
    const auto date = column.date                 ? std::optional(Date::of_days(*column.date))
                      : column.day != 0 && month ? Date::of(month->year(), month->month(), column.day)
                                                 : std::nullopt;
    if (!date) continue;
    if (above != table.head.end() && c < above->cells.size())
      if (const int said = weekday_said(above->cells[c].text); said != 0 && said != date->weekday()) {
        job.trouble.at("date.other-weekday", above->number, c + 1, above->cells[c].text, {date->iso(), weekday_words(*date)});
        continue;
      }
    // "v. 9 / mån / 1": each level for itself.
    for (std::size_t at = 0; at < column.heading.size();) {
      const std::size_t next = std::min(column.heading.find(" / ", at), column.heading.size());
      const int said = weekday_said(std::string_view(column.heading).substr(at, next - at));
      if (said != 0 && said != date->weekday()) {
        job.trouble.at("date.other-weekday", guess.last_row, c + 1, column.heading, {date->iso(), weekday_words(*date)});
        break;
      }
      at = next + 3;
    }
  }
}

std::optional<std::string> other_period_in(const RowView& row, const TablePlan& plan, bool date1904) {
  std::size_t filled = 0;
  for (const CellView& cell : row.cells) filled += !is_empty(cell);
  if (filled == 0 || filled > 3) return std::nullopt;
  for (const CellView& cell : row.cells) {
    if (cell.kind != CellView::Kind::Text) continue;
    const std::string text = text_of_cell(cell, date1904).text;
    if (plan.month)
      for (const auto& said : when_said(text).months)
        if (differ(said.month, {plan.month->year(), plan.month->month()})) return text;
    const auto week = week_in(text);
    if (!week) continue;
    const auto is_weekday = [](const ColumnPlan& column) { return column.weekday != 0; };
    const auto is_of_it = [&](const ColumnPlan& column) {
      return is_weekday(column) && column.date && (column.week == week->week || (column.week == 0 && plan.week == week->week));
    };
    if (std::any_of(plan.columns.begin(), plan.columns.end(), is_weekday) && std::none_of(plan.columns.begin(), plan.columns.end(), is_of_it))
      return text;
  }
  return std::nullopt;
}

void widen_days(std::optional<Period>& days, const HeadingGuess& guess, bool first_sheet) {
  std::optional<Period> here;
  for (const ColumnPlan& column : guess.columns) {
    if (!column.is_day()) continue;
    if (!column.date || column.month != 0) return days.reset();
    const Date first = Date::of_days(*column.date), last = first.plus_days(column.week != 0 && column.weekday == 0 ? 6 : 0);
    here = here ? Period{std::min(here->first, first), std::max(*here->last, last)} : Period{first, last};
  }
  if (!here || (!days && !first_sheet)) return days.reset();
  days = days ? Period{std::min(days->first, here->first), std::max(*days->last, *here->last)} : *here;
}

}  // namespace horisont
