// From a file to a draft: which sheets and headings, then every row, then what only all rows together can tell.

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "edge/files/files.h"
#include "edge/import/follow.h"
#include "edge/import/form.h"
#include "edge/import/job.h"
#include "edge/import/joined.h"
#include "edge/import/profile.h"
#include "edge/import/week.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/spreadsheet/text_rows.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::size_t head_rows = 60;

// "Personnummer: 20050304-2384" above a table: holds for all its rows.
struct Bound {
  std::string label, key;
  std::uint32_t row = 0, column = 0;  // of the value
  CellView::Kind kind = CellView::Kind::Empty;
  std::string text;
  const CellFix* fix = nullptr;
  bool laid = false;  ///< the fix lies over it
};

// One sheet of a workbook, or a text file as the only sheet of its own.
struct Table {
  std::string name;
  const SheetView* sheet = nullptr;  // null: the text file
  std::filesystem::path path;
  CsvOptions form;      // of the text file, once it was opened: its encoding may take all of it to find
  bool commas = false;  // it is the comma that stands between the cells of the text file
  std::vector<HeadRow> head;
  std::vector<HeadingGuess> guesses;  // by kind
  std::vector<Bound> bound;           // a sheet of one person: who, from above the table
  std::size_t bound_from = 0;         // the column, from 0, after all others, in which that stands as it were
  RecordKind bound_as = RecordKind::Attendance;  // the kind of record that is read so
  bool binds_list = false;                       // day or activity of a list of people, not who it is about
  std::map<RecordKind, Form> forms;   // a sheet of one person with labels and values
};

// Calls `f` with every row until it says false; `whole` when that is not soon. Returns what ended a text file before its end.
template <class F>
std::optional<Problem> for_each_row(const Table& table, bool whole, const ImportOptions* progress, Trouble* trouble, F&& f) {
  if (table.sheet) {
    std::uint64_t done = 0;
    for (const RowView& row : table.sheet->rows) {
      if (progress && progress->progress && ++done % 16384 == 0) progress->progress(done, table.sheet->rows.size());
      if (!f(row)) break;
    }
    return std::nullopt;
  }
  auto rows = TextRows::open(table.path, table.form, whole);
  if (!rows) return rows.error();
  for (std::uint64_t done = 0;; ++done) {
    const auto row = rows->next();
    if (!row) return row.error();
    if (*row == nullptr) break;
    if (progress && progress->progress && done % 16384 == 16383) progress->progress(rows->bytes_read(), rows->bytes_total());
    if (!f(**row)) break;
  }
  if (trouble)
    for (const Finding& finding : rows->findings()) trouble->passed_on(finding);
  return std::nullopt;
}

std::optional<Problem> read_head(Table& table, std::size_t rows) {
  const bool date1904 = table.sheet && table.sheet->date1904;
  const auto take = [&](const RowView& row) {
    if (row.number > rows) return false;
    table.head.push_back(head_row(row, date1904));
    return true;
  };
  if (table.sheet) return for_each_row(table, false, nullptr, nullptr, take);
  auto text = TextRows::open(table.path, table.form, false);
  if (!text) return text.error();
  // That a file is UTF-8 is found out once. Another encoding is assumed anew, so that each reading says so.
  if (text->encoding() == "utf-8" && text->encoding_is_certain()) table.form.encoding = text->encoding();
  table.commas = text->separator() == ',';
  while (true) {
    const auto row = text->next();
    if (!row) return row.error();
    if (*row == nullptr || !take(**row)) return std::nullopt;
  }
}

bool names_somebody(const ImportField& field) {
  return field.type == FieldType::Identity || field.type == FieldType::Email || field.type == FieldType::Phone ||
         field.key == "name" || field.key == "family_name" || field.key == "given_name";
}

// What is read in the place of a cell that said `before`; `column` as Trouble counts them.
void tell_of_fix(ImportJob& job, const CellFix& fix, int field, std::size_t column, const std::string& before) {
  std::vector<std::string> values{fix.by, fix.at.iso(), fix.reason};
  if (field >= 0 && names_somebody(job.schema().fields[static_cast<std::size_t>(field)]))
    return job.trouble.at("cell.fixed-private", fix.row, column, {}, std::move(values));
  values.insert(values.end(), {fix.value, before});
  job.trouble.at("cell.fixed", fix.row, column, before, std::move(values));
}

// A form as the one row of a table whose columns are its labels.
class FormRow {
 public:
  FormRow(ImportJob& job, const Table& table, const Form& form) : job_(job), form_(form) {
    const auto hidden = [&](std::uint32_t column) {
      const auto& columns = table.sheet->hidden_columns;
      return std::find(columns.begin(), columns.end(), column) != columns.end();
    };
    std::string read;
    int count = 0;
    for (std::size_t c = 0; c < form.labels.size(); ++c) {
      const FormLabel& label = form.labels[c];
      job.trouble.stands_above(c + 1, label.row, label.column);
      if (hidden(label.column) || hidden(label.value_column)) hidden_.push_back(static_cast<std::uint32_t>(c + 1));
      if (!label.under.empty()) job.trouble.at("form.of-another", label.row, c + 1, {}, {label.under});
      if (label.field < 0) continue;
      read += (count++ ? ", " : "") + label.heading + " (" + cell_name(label.value_row, label.value_column) + ")";
    }
    const FormLabel& first = form.labels.front();
    job.trouble.at("sheet.form", first.row, 1, {}, {std::to_string(count), read});
    if (form.other_texts) job.trouble.at("form.other-text", 0, 0, {}, {std::to_string(form.other_texts)});
    for (std::uint32_t i = 0; i < form.hidden_rows; ++i) job.trouble.at("row.hidden", first.row, 0, {});
  }
  const std::vector<std::uint32_t>& hidden_labels() const { return hidden_; }

  /// From here on messages stand where the values stand.
  const RowView& row(const Table& table, std::uint32_t number) {
    for (std::size_t c = 0; c < form_.labels.size(); ++c) {
      const FormLabel& label = form_.labels[c];
      job_.trouble.stands_above(c + 1, label.value_row, label.value_column);
      CellView cell = label.value;
      bool unclear = !label.problem.empty();
      if (!label.own.empty()) cell = {}, cell.kind = CellView::Kind::Text, cell.text = label.own;
      for (const CellFix& fix : job_.options.fixes) {
        if (fix.astray || fix.leaves_out || fix.sheet != table.name || fix.row != label.value_row || fix.column != label.value_column) continue;
        const std::string before = shown(cell, table.sheet->date1904);
        if (!job_.lays(fix, before)) {
          job_.trouble.at(job_.told_as(fix), fix.row, c + 1, {}, {fix.by, fix.at.iso(), fix.reason});
          continue;
        }
        tell_of_fix(job_, fix, label.field, c + 1, before);
        cell = {}, unclear = false;
        if (!fix.value.empty()) cell.kind = CellView::Kind::Text, cell.text = fix.value;
      }
      // As no value at all: "☐ Ja ☒" is not a yes.
      if (unclear) cell.kind = CellView::Kind::Error;
      cells_.push_back(cell);
    }
    row_.number = number, row_.cells = cells_;
    return row_;
  }
  /// Of what is told of a value that was unclear, the cause: not that the list has no such word, but that two boxes are ticked.
  void name_causes(std::size_t first) {
    for (std::size_t i = first; i < job_.draft.findings.size(); ++i) {
      Finding& finding = job_.draft.findings[i];
      if (finding.code != "cell.error") continue;
      for (const FormLabel& label : form_.labels)
        if (!label.problem.empty() && finding.place.heading == label.heading &&
            finding.place.cell == cell_name(label.value_row, label.value_column))
          finding.code = label.problem;
    }
  }
  /// The values of the records from `first` on get the cells in which they stand.
  void place(std::size_t first) const {
    for (std::size_t i = first; i < job_.draft.records.size(); ++i) {
      Record& record = job_.draft.records[i];
      for (FieldValue& value : record.values) {
        const FormLabel& label = form_.labels[value.column - 1u];
        value.column = static_cast<std::uint16_t>(label.value_column);
        value.row = label.value_row == record.origin.row ? 0 : label.value_row;
      }
    }
  }

 private:
  ImportJob& job_;
  const Form& form_;
  std::vector<std::uint32_t> hidden_;
  std::vector<CellView> cells_;
  RowView row_;
};

// The rows of a table with the values that somebody put in the place of what the file says.
class Overlay {
 public:
  Overlay(ImportJob& job, const TablePlan& plan, const Table& table) : job_(job), plan_(plan), table_(table) {
    if (table.forms.contains(job.draft.kind)) return;  // its row is made of cells that are fixed already
    numbered_days_ = plan.month ? plan.numbered_days : std::nullopt;
    changes_ = numbered_days_ || std::any_of(plan.columns.begin(), plan.columns.end(), [](const ColumnPlan& column) { return column.joined != ColumnPlan::Joined::No; });
    for (const CellFix& fix : job.options.fixes)
      if (!fix.astray && fix.sheet == table.name) (fix.leaves_out ? left_out_ : fixes_)[fix.row].push_back(&fix);
    for (std::size_t c = 0; c < plan.columns.size(); ++c)
      if (plan.columns[c].field >= 0 && job.schema().fields[static_cast<std::size_t>(plan.columns[c].field)].key == "date") date_ = c;
  }
  /// Whether somebody has left the row out, and it says what it said then; told when `tells`.
  bool leaves_out(const RowView& row, bool tells) {
    const auto here = left_out_.find(row.number);
    if (here == left_out_.end()) return false;
    std::string whole;
    for (const CellView& cell : row.cells) whole += shown(cell, plan_.date1904) + '\x1f';
    while (whole.ends_with('\x1f')) whole.pop_back();
    const CellFix& fix = *here->second.front();
    const bool laid = job_.lays(fix, sha256_of(whole).substr(0, 32));
    if (tells)
      job_.trouble.at(laid ? "row.left-out" : job_.told_as(fix), row.number, 0, {}, {fix.by, fix.at.iso(), fix.reason});
    return laid;
  }
  /// The row as it is to be read; told when `tells`. Valid until the next one.
  const RowView& over(const RowView& row, bool tells) {
    if (fixes_.empty() && table_.bound.empty() && !changes_) return row;
    const auto here = fixes_.find(row.number);
    const bool bound = !table_.bound.empty() && is_of_the_person(row);
    if (here == fixes_.end() && !bound && !changes_) return row;
    row_ = row;
    cells_.assign(row.cells.begin(), row.cells.end());
    if (bound) {
      cells_.resize(table_.bound_from + table_.bound.size());
      for (std::size_t i = 0; i < table_.bound.size(); ++i) {
        CellView& cell = cells_[table_.bound_from + i] = {};
        cell.kind = table_.bound[i].kind, cell.text = table_.bound[i].text;
      }
    }
    if (here != fixes_.end())
      for (const CellFix* fix : here->second) lay(*fix, tells);
    texts_.clear();
    if (changes_) join_cells(cells_, plan_.columns, plan_.date1904, texts_);
    if (numbered_days_) date_day();
    row_.cells = cells_;
    return row_;
  }

 private:
  // 7 in a sheet of February is 7 February; 30 there is no day, and stays what it is.
  void date_day() {
    if (*numbered_days_ >= cells_.size()) return;
    CellView& cell = cells_[*numbered_days_];
    const std::string text = text_of_cell(cell, plan_.date1904).text;
    if (text.empty() || text.size() > 2 || text.find_first_not_of("0123456789") != text.npos) return;
    const auto date = Date::of(plan_.month->year(), plan_.month->month(), std::stoi(text));
    if (!date) return;
    cell = {};
    cell.kind = CellView::Kind::Text, cell.text = texts_.emplace_back(date->iso());
  }
  void lay(const CellFix& fix, bool tells) {
    if (cells_.size() < fix.column) cells_.resize(fix.column);
    CellView& cell = cells_[fix.column - 1];
    if (!job_.lays(fix, shown(cell, plan_.date1904))) {
      if (tells) job_.trouble.at(job_.told_as(fix), fix.row, fix.column, {}, {fix.by, fix.at.iso(), fix.reason});
      return;
    }
    if (tells) tell(fix, cell);
    cell = {};
    if (!fix.value.empty()) cell.kind = CellView::Kind::Text, cell.text = fix.value;
  }
  void tell(const CellFix& fix, const CellView& cell) {
    tell_of_fix(job_, fix, fix.column <= plan_.columns.size() ? plan_.columns[fix.column - 1].field : -1, fix.column,
                shown(cell, plan_.date1904));
  }

  // A row with a day that is no sum; where the day itself stands above, a row with anything.
  bool is_of_the_person(const RowView& row) const {
    if (table_.binds_list) {
      if (std::all_of(row.cells.begin(), row.cells.end(), [](const CellView& cell) { return is_empty(cell); })) return false;
    } else if (!date_ || *date_ >= row.cells.size() || row.cells[*date_].kind == CellView::Kind::Empty || row.cells[*date_].text.empty()) {
      return false;
    }
    return std::none_of(row.cells.begin(), row.cells.end(),
                        [](const CellView& cell) { return cell.kind == CellView::Kind::Text && says_sum(std::string(cell.text)); });
  }

  ImportJob& job_;
  const TablePlan& plan_;
  const Table& table_;
  std::optional<std::size_t> date_;
  std::map<std::uint32_t, std::vector<const CellFix*>> fixes_, left_out_;  // by row
  std::vector<CellView> cells_;
  std::deque<std::string> texts_;  // of cells that are made of others
  std::optional<std::size_t> numbered_days_;
  bool changes_ = false;
  RowView row_;
};

bool same_form(const HeadingGuess& a, const HeadingGuess& b) {
  const auto form = [](const HeadingGuess& guess) {
    std::vector<std::string> keys;
    for (const ColumnPlan& column : guess.columns)
      if (!column.is_day() && !column.key.empty()) keys.push_back(column.key);
    return keys;
  };
  return a.days_as_columns == b.days_as_columns && form(a) == form(b);
}

void refuse(ImportJob& job, const Problem& problem) {
  job.draft.refused = true;
  job.trouble.about_file(problem.message.id, problem.message.values);
}

// Whether a column holds the field.
bool serves(const HeadingGuess& guess, const ImportSchema& schema, std::string_view key) {
  const auto field = schema.field(key);
  return field && guess.column_of(static_cast<int>(*field)) >= 0;
}

// What a heading lacks, and what of it may be found elsewhere.
struct Lack {
  std::vector<MissingHeading> headings;  // nothing stands in for these
  // A list of people and their hours, without a day: sums of the month that its title, its sheet or its file names, where
  // somebody says that it is attendance.
  bool day = false;
  // People by name alone: whether they may be taken by it is asked. A list of names and dates may be many things, so where no
  // hours say that it is attendance somebody has to say what it is.
  bool person = false;
};
Lack lack_of(const ImportJob& job, const HeadingGuess& guess) {
  const ImportSchema& schema = job.schemas.of(guess.kind);
  Lack lack;
  for (MissingHeading& missing : missing_headings(guess, schema)) {
    const bool attendance = guess.kind == RecordKind::Attendance, asked = job.options.kind == guess.kind;
    if (missing.group == "day" && attendance && asked && !guess.days_as_columns)
      lack.day = true;
    else if (missing.group == "person" && (attendance || (asked && guess.kind == RecordKind::Results)) && serves(guess, schema, "name"))
      lack.person = true;
    else
      lack.headings.push_back(std::move(missing));
  }
  return lack;
}

// The kind whose headings fit best; the kind that was asked for when one was.
std::optional<RecordKind> choose_kind(ImportJob& job, std::vector<Table>& tables) {
  struct Fit {
    bool complete = false, accepted = false;
    int points = 0;
  };
  const auto fit = [&](RecordKind kind) {
    Fit best;
    for (const Table& table : tables) {
      const HeadingGuess& guess = table.guesses[static_cast<std::size_t>(kind)];
      if (!guess.accepted) continue;
      const bool complete = lack_of(job, guess).headings.empty();
      const Fit now{complete, true, guess.points};
      if (std::tuple(now.complete, now.accepted, now.points) > std::tuple(best.complete, best.accepted, best.points))
        best = now;
    }
    return best;
  };
  std::optional<RecordKind> best;
  Fit best_fit;
  for (const ImportSchema& schema : job.schemas.schemas) {
    const Fit now = fit(schema.kind);
    if (std::tuple(now.complete, now.accepted, now.points) > std::tuple(best_fit.complete, best_fit.accepted, best_fit.points))
      best = schema.kind, best_fit = now;
  }
  if (!job.options.kind) {
    if (!best) job.draft.refused = true, job.trouble.about_file("header.not-found", {});
    return best;
  }
  const RecordKind kind = *job.options.kind;
  const ImportSchema& schema = job.schemas.of(kind);
  const Fit asked = fit(kind);
  if (asked.complete) return kind;
  if (best && best != kind && best_fit.complete) {
    job.draft.refused = true;
    job.trouble.about_file("header.other-kind", {schema.sheet.sv, job.schemas.of(*best).sheet.sv, std::string(name_of(*best))});
  }
  // Where all but the person is there, the column that names him or her may be said: what is missing is told, and the columns.
  bool near = false;
  for (Table& table : tables) {
    HeadingGuess& guess = table.guesses[static_cast<std::size_t>(kind)];
    const auto missing = missing_headings(guess, schema);
    if (guess.points > 0 && missing.size() == 1 && missing.front().group == "person") guess.accepted = near = true;
  }
  if (near || (asked.accepted && !job.draft.refused)) return kind;
  if (!job.draft.refused) job.trouble.about_file("header.not-found", {});
  job.draft.refused = true;
  return std::nullopt;
}

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
std::vector<std::string> said_above(const Table& table, std::uint32_t row) {
  std::vector<std::string> said{table.name};
  for (const HeadRow& above : table.head)
    if (above.number < row)
      for (const HeadCell& cell : above.cells) said.push_back(cell.text);
  return said;
}

// The month of a sheet whose days have none (intake 3.5). Two sources that disagree are a problem, not a choice.
std::optional<Month> month_of(ImportJob& job, const Table& table, const HeadingGuess& guess, const std::string& file) {
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

// Gives weeks, weekdays and months as columns their dates: week and year stand over them, above the table, in the sheet's or the
// file's name; a year that stands nowhere is that of the project in which they lie, when there is only one.
bool place_in_calendar(ImportJob& job, const Table& table, HeadingGuess& guess, const std::string& file, int& sheet_week) {
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

// A title, a sheet or a file that speaks of what is planned: nobody has been there yet.
std::optional<std::string> plan_in(const Table& table, const HeadingGuess& guess, const std::string& file) {
  std::vector<std::string> said = said_above(table, guess.first_row);
  said.insert(said.begin() + 1, file);
  for (const std::string& text : said) {
    const std::string lower = lower_case(nfc(text));
    for (const char* word : {"planerad", "planerat", "planering", "planerade", "planned"})
      if (lower.find(word) != lower.npos) return text;
  }
  return std::nullopt;
}

// A title, a sheet or a file that speaks of absence alone: its numbers are not taken for attendance.
std::optional<std::string> absence_in(const Table& table, const HeadingGuess& guess, const std::string& file) {
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

// What is new and what has gone since the profile was saved: drift is said, not guessed away.
void judge_drift(ImportJob& job, const HeadingGuess& guess) {
  const ImportProfile& profile = *job.options.profile;
  if (profile.columns.empty() || profile.name.empty()) return;  // answers of today are no profile that a file can have left
  std::set<std::string> known;
  for (const auto& [field, heading] : profile.columns) known.insert(heading_key(heading));
  for (const std::string& heading : profile.not_read) known.insert(heading_key(heading));
  std::set<std::string> here;
  for (std::size_t c = 0; c < guess.columns.size(); ++c) {
    const ColumnPlan& column = guess.columns[c];
    const std::string whole = heading_key(column.heading);
    here.insert(column.key), here.insert(whole);
    if (column.heading.empty() || column.is_day() || column.row_total || known.contains(column.key) || known.contains(whole))
      continue;
    job.trouble.at("header.new", guess.last_row, c + 1, column.heading, {profile.name});
  }
  for (const auto& [field, heading] : profile.columns)
    if (!here.contains(heading_key(heading))) job.trouble.at("header.gone", guess.last_row, 0, {}, {heading, profile.name});
}

// Tells what is odd about the headings; false when the table cannot be read.
bool judge_heading(ImportJob& job, HeadingGuess& guess, const std::vector<std::uint32_t>& hidden) {
  const ImportSchema& schema = job.schema();
  const std::vector<MissingHeading> missing = lack_of(job, guess).headings;
  if (job.options.profile) judge_drift(job, guess);
  for (const auto& [group, words] : missing) {
    job.draft.refused = true;
    job.trouble.at("header.must-missing", guess.last_row, 0, {}, {words, words.substr(0, words.find(" / "))});
  }
  for (const auto& [first, second] : guess.twice) {
    job.draft.refused = true;
    job.trouble.at("header.field-twice", guess.last_row, second + 1, guess.columns[second].heading,
                   {guess.columns[first].heading, job.trouble.cell_of(guess.last_row, first + 1)});
  }
  for (std::size_t c = 0; c < guess.columns.size(); ++c) {
    ColumnPlan& column = guess.columns[c];
    if (column.field >= 0) {
      const ImportField& field = schema.fields[static_cast<std::size_t>(column.field)];
      const auto& collect = job.project.collect;
      if (std::find(hidden.begin(), hidden.end(), c + 1) != hidden.end())
        job.trouble.at("header.hidden", guess.last_row, c + 1, column.heading);
      if (column.joined != ColumnPlan::Joined::No) {
        std::string together;
        for (const std::size_t part : column.parts) together += (together.empty() ? "" : ", ") + guess.columns[part].heading;
        job.trouble.at("header.joined", guess.last_row, c + 1, column.heading, {together, field.headings_sv.front()});
      }
      if (guess.days_as_columns || guess.activities_as_columns)
        for (const char* other : {"absence", "absence_hours", "present", "signature", "hours", "minutes", "start_time", "end_time", "break_minutes"})
          if (field.key == other) job.trouble.at("header.not-with-days", guess.last_row, c + 1, column.heading);
      if (column.of_project) job.trouble.at("header.of-project", guess.last_row, c + 1, column.heading, {field.headings_sv.front()});
      if (column.similar) job.trouble.at("header.similar", guess.last_row, c + 1, column.heading, {field.headings_sv.front()});
      if (field.need == Need::Off && std::find(collect.begin(), collect.end(), field.key) == collect.end()) {
        job.trouble.at("header.not-collected", guess.last_row, c + 1, column.heading);
        column.field = -1;
      }
      continue;
    }
    const bool claimed =
        std::any_of(guess.twice.begin(), guess.twice.end(), [&](const auto& pair) { return pair.second == c; });
    const bool set_aside = schema.not_read.contains(column.key) || schema.not_read.contains(heading_key(column.heading));
    if (!column.heading.empty() && !column.is_day() && !column.row_total && !column.part && !column.activity && !claimed && !set_aside && !column.told)
      job.trouble.at("header.not-read", guess.last_row, c + 1, column.heading);
  }
  return missing.empty() && guess.twice.empty();
}

// Shows the search every cell of the table that a fix may lie over.
void look_for_fixes(ImportJob& job, const Table& table, const TablePlan& plan, const RowView* form_row, Overlay& overlay) {
  FixSearch& search = *job.search;
  if (form_row) {
    const RowKeys keys(job, plan);
    const std::string key = keys.of(*form_row);
    const std::vector<FormLabel>& labels = table.forms.at(job.draft.kind).labels;
    for (const FormLabel& label : labels)
      if (label.field >= 0) search.cell(key, label.heading, table.name, label.value_row, label.value_column);
    return;
  }
  // Who stands above a person's sheet is known by all that stands there, and by nothing where nothing does.
  std::string above;
  for (const Bound& bound : table.bound) above += bound.text;
  if (!above.empty()) {
    above = table.name;
    for (const Bound& bound : table.bound) above += '\x1f' + bound.key + '\x1f' + bound.text;
    above = sha256_of(above).substr(0, 32);
  }
  for (const Bound& bound : table.bound) search.cell(above, bound.label, table.name, bound.row, bound.column);
  RowKeys keys(job, plan);
  (void)for_each_row(table, true, nullptr, nullptr, [&](const RowView& raw) {
    if (raw.number <= plan.last_heading_row || keys.heads(raw)) return true;
    const RowView& row = overlay.over(raw, false);
    const std::string key = keys.of(row);
    if (!search.is_of_a_fix(key, table.name, row.number)) return true;
    search.row(key, table.name, row.number);
    const std::size_t width = table.bound.empty() ? keys.width() : table.bound_from;
    for (std::size_t c = 0; c < width; ++c)
      search.cell(key, keys.heading(c), table.name, row.number, static_cast<std::uint32_t>(c + 1));
    return true;
  });
}

// Days stand as columns or as numbers of one month, and yet each row says its own week, month or day.
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

// A line above another block of the table that names another week or month than the one whose days are read.
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

// "Datum:" or "Namn:" once more below: what is bound above holds for all rows, and these rows have their own.
std::string labelled_again(const RowView& row, const Table& table, bool date1904) {
  if (table.bound.empty()) return {};
  for (const CellView& cell : row.cells) {
    if (cell.kind != CellView::Kind::Text) continue;
    const std::string text = text_of_cell(cell, date1904).text;
    const std::size_t colon = text.find(':');
    if (colon == text.npos) continue;
    const std::string key = heading_key(text.substr(0, colon));
    for (const Bound& one : table.bound)
      if (one.key == key) return text.substr(0, colon);
  }
  return {};
}

// Values below no heading: told, so that nobody believes that they are read.
void tell_of_bare_columns(ImportJob& job, const Table& table, const HeadingGuess& guess) {
  if (!table.sheet || table.forms.contains(job.draft.kind)) return;
  std::map<std::size_t, int> bare;  // in a text file it is a separator too many
  for (const HeadRow& row : table.head) {
    if (row.number <= guess.last_row) continue;
    // A row of the table, not a note beside or below it.
    const auto holds_a_field = [&](std::size_t c) { return c < guess.columns.size() && guess.columns[c].field >= 0 && !row.cells[c].text.empty(); };
    std::size_t fields = 0;
    for (std::size_t c = 0; c < row.cells.size(); ++c) fields += holds_a_field(c);
    if (fields < 2) continue;
    for (std::size_t c = 0; c < row.cells.size(); ++c)
      if (!row.cells[c].text.empty() && (c >= guess.columns.size() || guess.columns[c].heading.empty())) ++bare[c];
  }
  for (const auto& [column, rows] : bare)
    if (rows > 1) job.trouble.at("header.bare", guess.last_row, column + 1, {});
}

// The days that a file of several sheets can speak of; none where one of them speaks of whole months.
void widen(std::optional<Period>& days, const HeadingGuess& guess, bool first_sheet) {
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

void read_table(ImportJob& job, const Table& table, HeadingGuess guess, const std::string& file) {
  TablePlan plan;
  plan.sheet = static_cast<std::uint16_t>(job.draft.sheets.size());
  job.draft.sheets.push_back(table.name);
  std::vector<std::string> headings;
  for (const ColumnPlan& column : guess.columns) headings.push_back(column.heading);
  job.draft.columns.push_back(std::move(headings));
  job.trouble.enter_sheet(plan.sheet);
  static const std::vector<std::uint32_t> no_columns;
  std::optional<FormRow> form;
  if (const auto found = table.forms.find(job.draft.kind); found != table.forms.end()) form.emplace(job, table, found->second);
  const bool can_be_read = judge_heading(job, guess,
                                         form          ? form->hidden_labels()
                                         : table.sheet ? table.sheet->hidden_columns
                                                       : no_columns);
  if (plan.sheet == 0)
    for (const ColumnPlan& column : guess.columns) {
      if (column.field >= 0)
        job.draft.mapping.emplace_back(job.schema().fields[static_cast<std::size_t>(column.field)].key, column.heading);
      else if (!column.heading.empty() && !column.is_day() && !column.row_total && !column.part && !column.activity)
        job.draft.unread.push_back(column.heading);
    }
  if (!can_be_read) return;
  if (job.draft.kind == RecordKind::Attendance && !serves(guess, job.schema(), "absence") && !serves(guess, job.schema(), "absence_hours"))
    if (const auto text = absence_in(table, guess, file)) {
      job.draft.refused = true;
      return job.trouble.at("sheet.says-absence", guess.last_row, 0, {}, {*text});
    }
  if (job.draft.kind == RecordKind::Attendance || job.draft.kind == RecordKind::StaffTime)
    if (const auto text = plan_in(table, guess, file)) {
      job.draft.refused = true;
      return job.trouble.at("sheet.says-planned", guess.last_row, 0, {}, {*text});
    }
  for (std::size_t i = 0; i < table.bound.size(); ++i) {
    const Bound& bound = table.bound[i];
    const std::size_t column = table.bound_from + i + 1;
    job.trouble.stands_above(column, bound.row, bound.column);
    const auto field = job.schema().by_heading.find(bound.key);
    const bool day = field != job.schema().by_heading.end() && (job.schema().fields[field->second].key == "date" || job.schema().fields[field->second].key == "activity");
    job.trouble.at(day ? "sheet.label" : "sheet.person", bound.row, column, {}, {bound.label, cell_name(bound.row, bound.column)});
    if (bound.fix)
      job.trouble.at(bound.laid ? "cell.fixed-private" : job.told_as(*bound.fix), bound.row, column, {},
                     {bound.fix->by, bound.fix->at.iso(), bound.fix->reason});
  }

  tell_of_bare_columns(job, table, guess);
  const Lack lack = lack_of(job, guess);
  plan.by_name = lack.person;
  plan.last_heading_row = guess.last_row;
  plan.date1904 = table.sheet && table.sheet->date1904;
  plan.text_file = table.sheet == nullptr;
  plan.commas = table.commas;
  plan.days_as_columns = guess.days_as_columns;
  const bool numbered_days =
      std::any_of(guess.columns.begin(), guess.columns.end(), [](const ColumnPlan& column) { return column.day != 0; });
  if (guess.days_by_number)
    plan.numbered_days = static_cast<std::size_t>(guess.column_of(static_cast<int>(*job.schema().field("date"))));
  if ((plan.days_as_columns && numbered_days) || plan.numbered_days || lack.day) {
    plan.month = month_of(job, table, guess, file);
    if (!plan.month) return;
  }
  if (plan.days_as_columns && !place_in_calendar(job, table, guess, file, plan.week)) return;
  plan.activities_as_columns = guess.activities_as_columns;
  plan.day_in_start = guess.day_in_start;
  if ((plan.days_as_columns || plan.numbered_days) && says_when_twice(job, guess, plan.days_as_columns)) return;
  for (const ColumnPlan& column : guess.columns)
    if (column.day != 0 && column.of_month != 0 && plan.month && column.of_month != plan.month->month()) {
      job.draft.refused = true;
      return job.trouble.at("month.contradiction", guess.last_row, 0, {}, {column.heading, plan.month->iso()});
    }
  widen(job.draft.days, guess, plan.sheet == 0);
  plan.columns = std::move(guess.columns);
  plan.facts.assign(plan.columns.size(), told_facts(job.options));

  // Once over the rows, or twice when a value has to be seen with its whole column.
  const ImportDraft before = [&] {
    ImportDraft state;  // everything that a first pass may have added; the tables before this one are small or few
    state.rows_seen = job.draft.rows_seen, state.rows_read = job.draft.rows_read, state.rows_refused = job.draft.rows_refused;
    state.rows_left_out = job.draft.rows_left_out, state.minutes_seen = job.draft.minutes_seen;
    return state;
  }();
  const std::size_t records = job.draft.records.size(), times = job.draft.times.size(), people = job.draft.people.size();
  const Trouble::State told = job.trouble.state();
  Overlay overlay(job, plan, table);
  const RowView* form_row = form ? &form->row(table, plan.last_heading_row + 1) : nullptr;
  if (job.search) return look_for_fixes(job, table, plan, form_row, overlay);
  const auto each_row = [&](const ImportOptions* progress, Trouble* trouble, auto&& f) -> std::optional<Problem> {
    if (form_row) return f(*form_row), std::nullopt;
    return for_each_row(table, true, progress, trouble, f);
  };
  const bool of_one_person = !table.bound.empty() && !table.binds_list;
  const bool calendar = plan.numbered_days || of_one_person;
  const auto says_time = [&](const RowView& row) {
    for (std::size_t c = 0; c < plan.columns.size() && c < row.cells.size(); ++c) {
      if (is_empty(row.cells[c])) continue;
      if (plan.columns[c].activity) return true;
      if (plan.columns[c].field < 0) continue;
      const std::string& key = job.schema().fields[static_cast<std::size_t>(plan.columns[c].field)].key;
      for (const char* time : {"hours", "minutes", "start_time", "end_time", "absence", "present", "absence_hours"})
        if (key == time) return true;
    }
    return false;
  };
  const auto pass = [&] {
    const auto reader = job.draft.kind == RecordKind::Attendance ? attendance_rows(job, plan) : record_rows(job, plan);
    std::optional<Date> last_day;
    bool again = false;
    const auto problem = each_row(&job.options, &job.trouble, [&](const RowView& row) {
      if (row.number <= plan.last_heading_row) return true;
      if (overlay.leaves_out(row, true)) return ++job.draft.rows_seen, ++job.draft.rows_left_out, true;
      if (plan.month || plan.week != 0)
        if (const auto other = other_period_in(row, plan, plan.date1904)) {
          job.draft.refused = true;
          job.trouble.at("block.other-period", row.number, 0, {}, {*other});
          return false;
        }
      if (const std::string label = labelled_again(row, table, plan.date1904); !label.empty()) {
        job.draft.refused = true;
        job.trouble.at("block.labelled-again", row.number, 0, {}, {label});
        return false;
      }
      const RowView& read = overlay.over(row, true);
      // Days of one person that fall are of another month than the one that stands above.
      if (plan.numbered_days && of_one_person && *plan.numbered_days < read.cells.size()) {
        const auto its = Date::parse(std::string(read.cells[*plan.numbered_days].text));
        if (its && last_day && *its < *last_day) {
          job.draft.refused = true;
          job.trouble.at("block.day-falls", row.number, *plan.numbered_days + 1, {}, {last_day->iso(), its->iso()});
          return false;
        }
        if (its) last_day = *its;
      }
      // A calendar has all days of its month, and below them perhaps who signs; those without time say nothing.
      if (calendar && !says_time(read)) {
        const bool written = std::any_of(row.cells.begin(), row.cells.end(), [](const CellView& cell) { return !is_empty(cell); });
        if (written) ++job.draft.rows_seen, ++job.draft.rows_left_out, job.trouble.at("row.day-without-time", row.number, 0, {});
        return true;
      }
      const RowResult result = reader->row(read);
      again = result == RowResult::NeedSurvey;
      return result == RowResult::GoOn;
    });
    if (again) return true;
    reader->end();
    if (problem)
      refuse(job, *problem);
    else if (job.draft.rows_seen == before.rows_seen)
      job.trouble.at("sheet.empty", plan.last_heading_row, 0, {});
    else if (job.draft.kind == RecordKind::Attendance && job.draft.times.size() == times && job.draft.rows_read > before.rows_read)
      job.trouble.at("sheet.no-time", plan.last_heading_row, 0, {}, {std::to_string(job.draft.rows_read - before.rows_read)});
    return false;
  };
  const auto placed = [&] {
    if (!form) return;
    form->place(records);
    form->name_causes(told.findings);
    job.draft.columns[plan.sheet].clear();  // its labels are no columns
  };
  if (!pass()) return placed();
  job.draft.records.resize(records);
  job.draft.times.resize(times);
  job.draft.people.resize(people, Person{});
  job.draft.rows_seen = before.rows_seen, job.draft.rows_read = before.rows_read, job.draft.rows_refused = before.rows_refused;
  job.draft.rows_left_out = before.rows_left_out, job.draft.minutes_seen = before.minutes_seen;
  job.trouble.back_to(told);
  job.index_people();
  Survey survey(job, plan);
  each_row(nullptr, nullptr, [&](const RowView& row) {
    if (row.number > plan.last_heading_row && !overlay.leaves_out(row, false)) survey.row(overlay.over(row, false));
    return true;
  });
  survey.end();
  pass();
  placed();
}

// Activities of the project over columns of hours, where the row has its day but no activity and no time.
void activities_of_columns(const ImportJob& job, HeadingGuess& guess, const ImportSchema& schema) {
  if (guess.days_as_columns || !(serves(guess, schema, "date") || serves(guess, schema, "month"))) return;
  for (const char* key : {"activity", "hours", "minutes", "start_time", "absence", "present"})
    if (serves(guess, schema, key)) return;
  std::vector<std::pair<std::size_t, std::uint8_t>> found;
  for (std::size_t c = 0; c < guess.columns.size(); ++c)
    if (const ColumnPlan& column = guess.columns[c]; column.field < 0 && !column.part && !column.row_total && !column.heading.empty())
      if (const auto activity = job.project.activity(column.heading)) found.emplace_back(c, *activity);
  if (found.size() < 2) return;
  for (const auto& [column, activity] : found) guess.columns[column].activity = activity, guess.points += 4;
  guess.activities_as_columns = true;
}

// "2016-03-01 09:00" as the start, and no column for the day.
void day_of_start(const Table& table, HeadingGuess& guess, const ImportSchema& schema) {
  if (!table.sheet || !serves(guess, schema, "start_time") || !serves(guess, schema, "end_time") || serves(guess, schema, "date") ||
      serves(guess, schema, "month"))
    return;
  const auto start = static_cast<std::size_t>(guess.column_of(static_cast<int>(*schema.field("start_time"))));
  std::size_t looked = 0;
  for (const RowView& row : table.sheet->rows) {
    const CellView& cell = cell_at(row, start);
    if (row.number <= guess.last_row || is_empty(cell)) continue;
    const bool has_both = cell.kind == CellView::Kind::Date && cell.text.find_first_of(".T") != cell.text.npos && !cell.text.starts_with("0");
    if (!has_both) break;
    guess.day_in_start = true;
    if (++looked == 20) return;
  }
}

// "Projekt Ung Horisont" over a column: the hours in the project, where no other column has them.
void hours_of_the_project(const ImportJob& job, HeadingGuess& guess, const ImportSchema& schema) {
  const auto hours = schema.field("hours");
  if (!hours || guess.days_as_columns || guess.column_of(static_cast<int>(*hours)) >= 0) return;
  std::set<std::string> wanted;
  for (const std::string& name : {job.project.name.sv, job.project.name.en, job.project.short_name, job.project.record_number}) {
    const std::string key = heading_key(name);
    if (key.size() <= 3) continue;
    for (const char* before : {"", "projekt", "projektet", "timmar", "timmari", "tim", "tid", "tidi", "arbetadtid", "arbetadtidi", "hours", "project"})
      wanted.insert(before + key);
  }
  // To the letter: "Annan tid än Ung Horisont" is other time, and of two such columns nobody knows which.
  std::vector<ColumnPlan*> found;
  for (ColumnPlan& column : guess.columns)
    if (column.field < 0 && !column.part && wanted.contains(column.key)) found.push_back(&column);
  if (found.size() == 1) found.front()->field = static_cast<int>(*hours), found.front()->of_project = true, guess.points += 6;
}

// The labels above a table that serve these fields, each with its value in the same cell or to the right of it; none when a
// heading stands where the value would.
std::vector<Bound> labels_of(ImportJob& job, const Table& table, const ImportSchema& schema, std::initializer_list<std::string_view> fields) {
  std::vector<Bound> found;
  const auto is_wanted = [&](const std::string& key) {
    const auto field = schema.by_heading.find(key);
    return field != schema.by_heading.end() &&
           std::find(fields.begin(), fields.end(), schema.fields[field->second].key) != fields.end();
  };
  std::vector<CellView> cells;
  std::size_t at = 0;
  for (const RowView& row : table.sheet->rows) {
    if (++at > 20 || found.size() >= 8) break;
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const CellView& cell = row.cells[c];
      if (cell.kind != CellView::Kind::Text) continue;
      const std::string text = text_of_cell(cell, table.sheet->date1904).text;
      const std::size_t colon = text.find(':');
      const std::string label = text.substr(0, colon), key = heading_key(label);
      if (!is_wanted(key) || std::any_of(found.begin(), found.end(), [&](const Bound& one) { return one.key == key; })) continue;
      Bound bound{label, key, row.number, static_cast<std::uint32_t>(c + 1), CellView::Kind::Empty, {}};
      if (colon != text.npos && !tidy(text.substr(colon + 1)).text.empty()) {
        bound.kind = CellView::Kind::Text, bound.text = tidy(text.substr(colon + 1)).text;
      } else {
        bound.column = static_cast<std::uint32_t>(c + 2);
        for (std::size_t right = c + 1; right < row.cells.size() && right < c + 5; ++right) {
          const CellView& value = row.cells[right];
          if (value.kind == CellView::Kind::Empty || value.text.empty()) continue;
          bound.column = static_cast<std::uint32_t>(right + 1), bound.kind = value.kind, bound.text = value.text;
          break;
        }
        if (schema.by_heading.contains(heading_key(bound.text))) continue;
      }
      for (const CellFix& fix : job.options.fixes) {
        if (fix.astray || fix.leaves_out || fix.sheet != table.name || fix.row != bound.row || fix.column != bound.column) continue;
        CellView beneath;
        beneath.kind = bound.kind, beneath.text = bound.text;
        bound.fix = &fix, bound.laid = job.lays(fix, shown(beneath, table.sheet->date1904));
        if (bound.laid) bound.kind = fix.value.empty() ? CellView::Kind::Empty : CellView::Kind::Text, bound.text = fix.value;
      }
      found.push_back(std::move(bound));
    }
  }
  return found;
}

std::size_t width_of(const Table& table) {
  std::size_t width = 0;
  for (const RowView& row : table.sheet->rows) width = std::max(width, row.cells.size());
  return width;
}

// The heading of the sheet as if the labels above it were columns behind all others.
HeadingGuess heading_with(const ImportJob& job, const Table& table, const std::vector<Bound>& bound, const ImportSchema& schema) {
  const std::size_t width = width_of(table);
  std::vector<HeadRow> head;
  for (const HeadRow& row : table.head) {
    if (std::any_of(bound.begin(), bound.end(), [&](const Bound& one) { return one.row >= row.number; })) continue;
    // "Månad: februari 2016" below the others is one more label, and no heading.
    const auto first = std::find_if(row.cells.begin(), row.cells.end(), [](const HeadCell& cell) { return !cell.text.empty(); });
    if (first != row.cells.end() && first->text.ends_with(':')) continue;
    HeadRow longer = row;
    if (!longer.empty()) longer.cells.resize(width);
    for (std::size_t i = 0; i < bound.size() && !longer.cells.empty(); ++i)
      longer.cells.push_back({CellView::Kind::Text, bound[i].label, bound[i].key});
    head.push_back(std::move(longer));
  }
  return find_heading(head, table.sheet->merges, schema, job.options.header);
}

// A sheet without a column for the person, but with labels above that say who; or a list of those who came, with the day above
// it: as if these stood in every row.
void bind_labels(ImportJob& job, Table& table) {
  if (!table.sheet) return;
  const auto bind = [&](RecordKind kind, std::vector<Bound> bound, HeadingGuess guess) {
    table.guesses[static_cast<std::size_t>(kind)] = std::move(guess);
    table.bound = std::move(bound), table.bound_from = width_of(table), table.bound_as = kind;
  };
  const ImportSchema& attendance = job.schemas.of(RecordKind::Attendance);
  if (const HeadingGuess& list = table.guesses[static_cast<std::size_t>(RecordKind::Attendance)]; list.accepted) {
    const bool has_day = list.days_as_columns || list.day_in_start || serves(list, attendance, "date") || serves(list, attendance, "month");
    const bool has_activity = list.activities_as_columns || serves(list, attendance, "activity");
    std::vector<Bound> bound = labels_of(job, table, attendance, {"date", "activity"});
    std::erase_if(bound, [&](const Bound& one) {
      const bool activity = attendance.fields[attendance.by_heading.find(one.key)->second].key == "activity";
      return one.row >= list.first_row || one.text.empty() || (activity ? has_activity : has_day);
    });
    if (bound.empty()) return;
    HeadingGuess guess = heading_with(job, table, bound, attendance);
    if (!guess.accepted || guess.last_row != list.last_row || guess.days_as_columns != list.days_as_columns) return;
    guess.day_in_start = list.day_in_start;
    table.binds_list = true;
    return bind(RecordKind::Attendance, std::move(bound), std::move(guess));
  }
  if (std::any_of(table.guesses.begin(), table.guesses.end(), [](const HeadingGuess& guess) { return guess.accepted; })) return;
  for (const RecordKind kind : {RecordKind::Attendance, RecordKind::StaffTime}) {
    const ImportSchema& schema = job.schemas.of(kind);
    std::vector<Bound> bound = labels_of(job, table, schema,
                                         {"identity_number", "participant", "name", "staff_id", "function", "employer",
                                          "employment_share", "pay_group"});
    const auto names = [&](const Bound& one) {
      const std::string& field = schema.fields[schema.by_heading.find(one.key)->second].key;
      return field == "identity_number" || field == "participant" || field == "name" || field == "staff_id";
    };
    if (std::none_of(bound.begin(), bound.end(), names)) continue;
    HeadingGuess guess = heading_with(job, table, bound, schema);
    hours_of_the_project(job, guess, schema);
    if (!guess.accepted || guess.days_as_columns || !serves(guess, schema, "date")) continue;
    // A name alone is in both kinds of sheets: the one that lacks nothing is it.
    const bool complete = missing_headings(guess, schema).empty();
    if (table.bound.empty() || complete) bind(kind, std::move(bound), std::move(guess));
    if (complete) return;
  }
}

// A sheet of one person with labels and values, where it is not a table of hours.
void find_forms(ImportJob& job, Table& table) {
  if (!table.sheet || job.options.header) return;
  for (const RecordKind kind : {RecordKind::Attendance, RecordKind::StaffTime}) {
    const HeadingGuess& guess = table.guesses[static_cast<std::size_t>(kind)];
    if (guess.accepted && lack_of(job, guess).headings.empty()) return;
  }
  const bool skip_hidden = job.options.profile && job.options.profile->skip_hidden;
  for (const RecordKind kind : {RecordKind::Participants, RecordKind::Results, RecordKind::Evidence}) {
    const ImportSchema& schema = job.schemas.of(kind);
    HeadingGuess& guess = table.guesses[static_cast<std::size_t>(kind)];
    Form form = find_form(*table.sheet, schema, guess, skip_hidden);
    if (!form.recognised) continue;
    guess = as_heading(form, schema);
    table.forms.emplace(kind, std::move(form));
  }
}

// A table that fits as a register, but whose unread columns are hours and an activity: perhaps time over periods, which is no
// register and has no days. The columns, by name; empty where nobody need be asked.
std::string hours_unread(const ImportJob& job, const Table& table, RecordKind kind) {
  if (kind != RecordKind::Participants || job.options.kind || table.forms.contains(kind)) return {};
  const HeadingGuess &guess = table.guesses[static_cast<std::size_t>(kind)],
                     &attendance = table.guesses[static_cast<std::size_t>(RecordKind::Attendance)];
  if (attendance.last_row != guess.last_row) return {};
  const auto activity = job.schemas.of(RecordKind::Attendance).field("activity");
  const int there = activity ? attendance.column_of(static_cast<int>(*activity)) : -1;
  std::string hours, other;
  for (std::size_t c = 0; c < guess.columns.size(); ++c) {
    const ColumnPlan& column = guess.columns[c];
    if (column.field >= 0 || column.part || column.row_total) continue;
    if (static_cast<int>(c) == there) other = column.heading;
    if (column.key.starts_with("tim") || column.key.starts_with("antaltim") || column.key.starts_with("hours")) hours = column.heading;
  }
  return hours.empty() || other.empty() ? std::string() : hours + ", " + other;
}

void read_tables(ImportJob& job, std::vector<Table>& tables, const std::string& file) {
  const std::size_t rows = job.options.header ? std::max<std::size_t>(head_rows, job.options.header->second + 1) : head_rows;
  for (Table& table : tables) {
    if (const auto problem = read_head(table, rows)) return refuse(job, *problem);
    static const std::vector<SheetView::Merge> no_merges;
    for (const ImportSchema& schema : job.schemas.schemas)
      table.guesses.push_back(
          find_heading(table.head, table.sheet ? table.sheet->merges : no_merges, schema, job.options.header));
    for (const RecordKind kind : {RecordKind::Attendance, RecordKind::StaffTime})
      hours_of_the_project(job, table.guesses[static_cast<std::size_t>(kind)], job.schemas.of(kind));
    if (HeadingGuess& guess = table.guesses[static_cast<std::size_t>(RecordKind::Attendance)]; guess.accepted) {
      activities_of_columns(job, guess, job.schemas.of(RecordKind::Attendance));
      day_of_start(table, guess, job.schemas.of(RecordKind::Attendance));
    }
    bind_labels(job, table);
    for (const RecordKind kind : {RecordKind::Attendance, RecordKind::StaffTime}) {
      HeadingGuess& guess = table.guesses[static_cast<std::size_t>(kind)];
      guess.days_by_number = guess.accepted && has_numbered_days(guess, table.head, job.schemas.of(kind));
    }
    find_forms(job, table);
  }
  job.draft.kind = job.options.kind.value_or(RecordKind::Participants);
  const auto kind = choose_kind(job, tables);
  if (!kind) return;
  job.draft.kind = *kind;
  const auto guess_of = [&](const Table& table) -> const HeadingGuess& {
    return table.guesses[static_cast<std::size_t>(*kind)];
  };
  for (Table& table : tables)
    if (table.bound_as != *kind) table.bound.clear();

  for (const Table& table : tables)
    if (const std::string columns = hours_unread(job, table, *kind); guess_of(table).accepted && !columns.empty()) {
      job.draft.refused = true;
      job.trouble.about_file("header.unsure-kind", {columns, in_both(job.schema().sheet.sv, job.schema().sheet.en), std::string(name_of(*kind))});
      return;
    }
  // The best sheet, and all that have its form.
  const Table* best = nullptr;
  for (const Table& table : tables) {
    if (!guess_of(table).accepted) continue;
    if (!best || guess_of(table).points > guess_of(*best).points) best = &table;
  }
  std::size_t alike = 0;
  for (const Table& table : tables) {
    // Forms are read by their labels, each for itself.
    const bool form = table.forms.contains(*kind), best_is_form = best->forms.contains(*kind);
    if (guess_of(table).accepted && form == best_is_form && (form || same_form(guess_of(table), guess_of(*best)))) {
      read_table(job, table, guess_of(table), file);
      ++alike;
    } else {
      // A sheet that would be read if it stood alone is not left out in passing.
      const bool other = guess_of(table).accepted && lack_of(job, guess_of(table)).headings.empty();
      Finding finding{table.head.empty() ? "sheet.empty" : other ? "sheet.other-headings" : "sheet.not-read", other ? Level::Error : Level::Notice, {}, {}, {}, {}};
      finding.place.sheet = table.name;
      job.trouble.passed_on(std::move(finding));
    }
  }
  if (alike > 1) job.trouble.about_file("sheet.several-alike", {std::to_string(alike)});
}

std::string lower_extension(const std::filesystem::path& path) { return lower_case(path.extension().string()); }

}  // namespace

namespace {

// The definitions and the project with a profile's headings and spellings in them: the readers need not know of profiles.
// A Problem when the profile names a field, a word or an activity that there is not.
struct Adapted {
  ImportSchemas schemas;
  ProjectTerms project;
};
Result<bool> adapt(Adapted& to, const ImportProfile& profile, std::optional<RecordKind> asked) {
  const auto kind = asked ? asked : profile.record;
  // Lists are found by pointer, so the copy's fields must point into the copy.
  for (ImportSchema& schema : to.schemas.schemas)
    for (ImportField& field : schema.fields)
      if (field.list) field.list = &to.schemas.lists.find(field.list->name)->second;
  for (ImportSchema& schema : to.schemas.schemas) {
    if (kind && schema.kind != *kind) continue;
    for (const auto& [key, heading] : profile.columns) {
      const auto field = schema.field(key);
      if (!field && kind) return profile.name.empty() ? problem("answer.field", key) : problem("profile.field", key, profile.name);
      if (field) schema.by_heading[heading_key(heading)] = *field, schema.not_read.erase(heading_key(heading));
    }
    for (const std::string& heading : profile.not_read) schema.not_read.insert(heading_key(heading));
  }
  for (const ImportProfile::Spelling& value : profile.values) {
    bool found = false;
    if (value.field == "activity")
      for (Activity& activity : to.project.activities)
        if (activity.key == value.word) activity.spellings.push_back(value.written), found = true;
    for (ImportSchema& schema : to.schemas.schemas) {
      const auto field = schema.field(value.field);
      if (!field || !schema.fields[*field].list) continue;
      ChoiceList& list = to.schemas.lists.find(schema.fields[*field].list->name)->second;
      for (std::size_t i = 0; i < list.choices.size(); ++i)
        if (list.choices[i].word == value.word) {
          list.by_key[heading_key(value.written)] = i;
          list.asked_keys.erase(heading_key(value.written));
          found = true;
        }
    }
    if (!found)
      return profile.name.empty() ? problem("answer.word", value.field, value.word)
                                  : problem("profile.word", value.field, value.word, profile.name);
  }
  return true;
}

ImportDraft read_adapted(const std::filesystem::path& path, const ImportSchemas& schemas, const ProjectTerms& project,
                         const ProgrammeTerms& programme, const People& people, std::span<const Spell> known,
                         ImportOptions options);

}  // namespace

bool CellFix::is_at(const Place& place) const {
  return !astray && !leaves_out && place.sheet == sheet && place.cell == cell_name(row, column);
}

bool ImportDraft::has_errors() const {
  return refused ||
         std::any_of(findings.begin(), findings.end(), [](const Finding& finding) { return finding.level == Level::Error; });
}

ImportDraft read_import(const std::filesystem::path& path, const ImportSchemas& schemas, const ProjectTerms& project,
                        const ProgrammeTerms& programme, const People& people, std::span<const Spell> known,
                        const ImportOptions& options) {
  if (!options.profile) return read_adapted(path, schemas, project, programme, people, known, options);
  ImportOptions told = options;
  if (!told.kind) told.kind = options.profile->record;
  if (!told.sheet && !options.profile->sheet.empty()) told.sheet = options.profile->sheet;
  Adapted adapted{schemas, project};
  if (const auto fits = adapt(adapted, *options.profile, told.kind); !fits) {
    ImportDraft draft;
    draft.file_name = nfc(path.filename().string());
    draft.people = people;
    draft.people_before = people.size();
    draft.refused = true;
    draft.findings.push_back(
        {fits.error().message.id, Level::Error, {.file = draft.file_name}, {}, {}, fits.error().message.values});
    return draft;
  }
  return read_adapted(path, adapted.schemas, adapted.project, programme, people, known, told);
}

namespace {

// A fix of a cell that is not read any more: the sheet, the row or the label is not there; and one of another file that could
// not follow its row and its column.
void tell_of_fixes_gone(ImportJob& job) {
  using State = ImportDraft::FixUse::State;
  for (const ImportDraft::FixUse& use : job.draft.fixes) {
    const bool row_gone = use.state == State::RowGone || (use.state == State::NotRead && use.fix.astray);
    const char* code = row_gone                          ? "cell.fix-row-gone"
                       : use.state == State::HeadingGone ? "cell.fix-heading-gone"
                       : use.state == State::Several     ? "cell.fix-several"
                       : use.state == State::NotRead     ? "cell.fix-gone"
                                                         : nullptr;
    if (!code) continue;
    const CellFix& fix = use.fix;
    Finding finding{code, Level::Warning, {}, {}, {}, {fix.by, fix.at.iso(), fix.reason}};
    const std::string cell = cell_name(fix.row, fix.column);
    if (!fix.astray)
      finding.place.sheet = fix.sheet, finding.place.row = fix.row, finding.place.cell = cell;
    else  // the address is of another file
      finding.values.insert(finding.values.end(), {(fix.sheet.empty() ? "" : fix.sheet + "!") + cell, fix.heading});
    job.trouble.passed_on(std::move(finding));
  }
}

// A fixed cell is known by the person whom its row speaks of.
void name_the_fixed(ImportDraft& draft) {
  for (Finding& finding : draft.findings) {
    if (!finding.code.starts_with("cell.fixed")) continue;
    const auto is_its = [&](const Origin& origin) {
      return origin.row == finding.place.row && draft.sheets[origin.sheet] == finding.place.sheet;
    };
    const auto has_its = [&](const Record& record) {
      return is_its(record.origin) || std::any_of(record.values.begin(), record.values.end(), [&](const FieldValue& value) {
               return value.row != 0 && is_its(origin_of(record, value));
             });
    };
    for (const Record& record : draft.records)
      if (has_its(record)) finding.participant = participant_reference(record.person);
    for (const TimeRecord& time : draft.times)
      if (is_its(time.origin)) finding.participant = participant_reference(time.person);
  }
}

ImportDraft read_adapted(const std::filesystem::path& path, const ImportSchemas& schemas, const ProjectTerms& project,
                         const ProgrammeTerms& programme, const People& people, std::span<const Spell> known,
                         ImportOptions options) {
  ImportDraft draft;
  draft.file_name = nfc(path.filename().string());
  draft.people = people;
  draft.people_before = people.size();
  draft.sha256 = options.sha256.empty() ? sha256_of_file(path) : options.sha256;
  std::vector<CellFix> fixes(options.fixes.begin(), options.fixes.end());
  options.fixes = fixes;
  ImportJob job(schemas, project, programme, known, options, draft, draft.file_name);

  const auto finish = [&] {
    name_the_fixed(draft);
    if (draft.refused)
      draft.records.clear(), draft.times.clear(), draft.people.resize(draft.people_before, Person{}), draft.rows_read = 0,
                                                                                                      draft.minutes_seen = 0;
    job.trouble.finish();
    return std::move(draft);
  };
  std::vector<Table> tables;
  std::optional<Workbook> workbook;
  if (is_text(path) || std::filesystem::is_empty(path)) {
    draft.format = "csv";
    tables.push_back({{}, nullptr, path, {}, {}, {}});
  } else {
    auto read = read_workbook(path);
    if (!read) {
      refuse(job, read.error());
      return finish();
    }
    workbook.emplace(std::move(*read));
    draft.format = workbook->format();
    // Our own blank templates and marked-up copies say what they are; the sheets that we added ourselves are not read.
    bool ours = false;
    std::string added;
    for (const auto& [name, value] : workbook->properties()) {
      if (name == "horisont.marked_up") added = "Problem";
      if (name == "horisont.source") draft.copy_of = value;
      if (name != "horisont.template") continue;
      ours = true;
      if (!options.kind) options.kind = record_kind(value);
    }
    const auto not_the_users = [&](const std::string& sheet) {
      return (ours && (sheet == "Instruktion" || sheet == "Instructions" || sheet == "Listor" || sheet == "Lists")) ||
             (!added.empty() && sheet.starts_with(added));
    };
    for (const Finding& finding : workbook->findings())
      if (!not_the_users(finding.place.sheet)) job.trouble.passed_on(finding);
    for (const auto& [name, value] : workbook->properties())
      if (name == "horisont.report") {
        draft.refused = true;
        job.trouble.about_file("file.own-report", {value});
        return finish();
      }
    for (const SheetView& sheet : workbook->sheets()) {
      if (not_the_users(sheet.name) || (sheet.hidden && !options.sheet)) continue;
      if (options.sheet && lower_case(nfc(*options.sheet)) != lower_case(nfc(sheet.name))) continue;
      tables.push_back({sheet.name, &sheet, {}, {}, {}, {}});
    }
    if (tables.empty()) {
      draft.refused = true;
      std::string names;
      for (const SheetView& sheet : workbook->sheets()) names += (names.empty() ? "" : ", ") + sheet.name;
      job.trouble.about_file("sheet.not-found", {options.sheet.value_or(std::string()), names});
      return finish();
    }
  }
  const std::string extension = lower_extension(path);
  const bool text_name = extension == ".csv" || extension == ".tsv" || extension == ".txt" || extension.empty();
  if (draft.format == "csv" ? !text_name : extension != "." + draft.format)
    job.trouble.about_file("file.name-and-content-differ", {draft.format});
  if (FixSearch search(fixes); search.needed()) {
    // A reading of its own, of which nothing is kept: where a cell is must be known before the first row is read.
    ImportDraft passing;
    passing.people = people;
    ImportOptions without = options;
    without.fixes = {};
    ImportJob looking(schemas, project, programme, known, without, passing, draft.file_name);
    looking.search = &search;
    std::vector<Table> same = tables;
    read_tables(looking, same, draft.file_name);
    search.settle();
    for (std::size_t i = 0; i < fixes.size(); ++i) draft.fixes[i].state = search.why(i), draft.fixes[i].fix = fixes[i];
  }
  read_tables(job, tables, draft.file_name);
  if (!draft.refused) {
    tell_of_fixes_gone(job);
    if (draft.kind == RecordKind::Attendance)
      check_attendance(job);
    else
      check_records(job);
  }
  return finish();
}

}  // namespace

}  // namespace horisont
