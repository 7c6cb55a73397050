// When the rows of a table were: the month, the weeks and the days that its headings, its title, its sheet or its file name.

#include "edge/import/when.h"

#include <algorithm>

#include "edge/import/week.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

std::optional<int> year_in(std::string_view text) {
  for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
    const std::string_view four = text.substr(i, 4);
    if (four.find_first_not_of("0123456789") != std::string_view::npos) continue;
    const bool alone =
        (i == 0 || text[i - 1] < '0' || text[i - 1] > '9') && (i + 4 == text.size() || text[i + 4] < '0' || text[i + 4] > '9') &&
        !(i + 5 < text.size() && text[i + 4] == '/' && text[i + 5] >= '0' && text[i + 5] <= '9');  // "2015/00678" is a record number
    const int year = std::stoi(std::string(four));
    if (alone && year >= 1990 && year <= 2099) return year;
  }
  return std::nullopt;
}

// What may say when and what a table is about: the name of its sheet, and the cells above the row.
std::vector<std::string> said_above(const FileTable& table, std::uint32_t row) {
  std::vector<std::string> said{table.name};
  for (const HeadRow& above : table.head)
    if (above.number < row)
      for (const HeadCell& cell : above.cells) said.push_back(cell.text);
  return said;
}

}  // namespace

std::optional<Month> month_of(ImportJob& job, const FileTable& table, const HeadingGuess& guess, const std::string& file) {
  struct Source {
    MonthMention mention;
    std::string text;
  };
  std::vector<Source> sources;
  std::optional<int> year;
  const auto look = [&](const std::string& text) {
    if (const auto mention = month_in(text)) sources.push_back({*mention, text});
    if (!year) year = year_in(text);
  };
  if (job.options.month) sources.push_back({{job.options.month->year(), job.options.month->month()}, job.options.month->iso()});
  for (const std::string& text : said_above(table, guess.last_row)) look(text);
  look(std::filesystem::path(file).stem().string());
  if (sources.empty()) {
    job.draft.refused = true;
    job.trouble.at("month.not-found", guess.last_row, 0, {});
    return std::nullopt;
  }
  MonthMention settled = sources.front().mention;
  for (const Source& source : sources) {
    const bool other_year = settled.year && source.mention.year && *settled.year != *source.mention.year;
    if (source.mention.month != settled.month || other_year) {
      job.draft.refused = true;
      job.trouble.at("month.contradiction", guess.last_row, 0, {}, {sources.front().text, source.text});
      return std::nullopt;
    }
    if (!settled.year) settled.year = source.mention.year;
  }
  if (!settled.year) settled.year = year;
  if (!settled.year) {
    // A month's name alone: the year of the project in which it lies, when there is only one.
    const Period operation = job.project.operation();
    const Date last = std::min(job.options.today, operation.last.value_or(job.options.today));
    std::vector<int> fits;
    for (int candidate = operation.first.year(); candidate <= last.year(); ++candidate) {
      const auto month = Month::of(candidate, settled.month);
      if (month && month->last() >= operation.first && month->first() <= last) fits.push_back(candidate);
    }
    if (fits.size() != 1) {
      job.draft.refused = true;
      job.trouble.at("month.not-found", guess.last_row, 0, {});
      return std::nullopt;
    }
    settled.year = fits.front();
  }
  return Month::of(*settled.year, settled.month);
}

bool place_in_calendar(ImportJob& job, const FileTable& table, HeadingGuess& guess, const std::string& file, int& sheet_week) {
  std::vector<std::string> said = said_above(table, guess.first_row);
  // "lista v2" in a file's name is a version.
  const std::string stem = std::filesystem::path(file).stem().string(), lower = lower_case(nfc(stem));
  if (lower.find("vecka") != lower.npos || lower.find("week") != lower.npos || !week_in(stem)) said.push_back(stem);
  std::optional<int> week, year;
  std::string week_said;
  const auto refuse_with = [&](std::string_view code, std::vector<std::string> values) {
    job.draft.refused = true;
    job.trouble.at(code, guess.last_row, 0, {}, std::move(values));
    return false;
  };
  const bool of_weeks = std::any_of(guess.columns.begin(), guess.columns.end(), [](const ColumnPlan& column) { return column.weekday != 0; });
  for (const std::string& text : said) {
    if (const auto mention = week_in(text); mention && of_weeks) {
      if (week && *week != mention->week) return refuse_with("week.contradiction", {week_said, text});
      week = mention->week, week_said = text;
    }
    if (!year) year = year_in(text);
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

std::optional<std::string> plan_in(const FileTable& table, const HeadingGuess& guess, const std::string& file) {
  std::vector<std::string> said = said_above(table, guess.first_row);
  said.insert(said.begin() + 1, file);
  for (const std::string& text : said) {
    const std::string lower = lower_case(nfc(text));
    for (const char* word : {"planerad", "planerat", "planering", "planerade", "planned"})
      if (lower.find(word) != lower.npos) return text;
  }
  return std::nullopt;
}

std::optional<std::string> absence_in(const FileTable& table, const HeadingGuess& guess, const std::string& file) {
  std::optional<std::string> found;
  bool attendance = false;
  const auto look = [&](const std::string& text) {
    const std::string lower = lower_case(nfc(text));
    attendance |= lower.find("närvaro") != lower.npos || lower.find("narvaro") != lower.npos || lower.find("attendance") != lower.npos;
    for (const char* word : {"frånvaro", "franvaro", "absence"})
      if (!found && lower.find(word) != lower.npos) found = text;
  };
  for (const std::string& text : said_above(table, guess.first_row)) look(text);
  look(file);
  return attendance ? std::nullopt : found;
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

std::optional<std::string> other_period_in(const RowView& row, const TablePlan& plan, bool date1904) {
  std::size_t filled = 0;
  for (const CellView& cell : row.cells) filled += !is_empty(cell);
  if (filled == 0 || filled > 3) return std::nullopt;
  for (const CellView& cell : row.cells) {
    if (cell.kind != CellView::Kind::Text) continue;
    const std::string text = text_of_cell(cell, date1904).text;
    if (const auto month = month_in(text); month && plan.month && (month->month != plan.month->month() || (month->year && *month->year != plan.month->year())))
      return text;
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
