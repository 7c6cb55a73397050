// From a file to a draft: which sheets and headings, then every row, then what only all rows together can tell.

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "edge/files/files.h"
#include "edge/import/blocks.h"
#include "edge/import/beside.h"
#include "edge/import/covered.h"
#include "edge/import/follow.h"
#include "edge/import/fit.h"
#include "edge/import/job.h"
#include "edge/import/in_out.h"
#include "edge/import/joined.h"
#include "edge/import/named.h"
#include "edge/import/parts.h"
#include "edge/import/profile.h"
#include "edge/import/said.h"
#include "edge/import/when.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/spreadsheet/text_rows.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::size_t head_rows = 60;

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
  FormRow(ImportJob& job, const FileTable& table, const Form& form) : job_(job), form_(form) {
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
  const RowView& row(const FileTable& table, std::uint32_t number) {
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
  Overlay(ImportJob& job, const TablePlan& plan, const FileTable& table) : job_(job), plan_(plan), table_(table) {
    if (table.forms.contains(job.draft.kind)) return;  // its row is made of cells that are fixed already
    numbered_days_ = plan.month ? plan.numbered_days : std::nullopt;
    changes_ = numbered_days_ || std::any_of(plan.columns.begin(), plan.columns.end(), [](const ColumnPlan& column) { return column.joined != ColumnPlan::Joined::No || is_span_of_day(column); });
    for (const CellFix& fix : job.options.fixes)
      if (!fix.astray && fix.sheet == table.name) (fix.leaves_out ? left_out_ : fixes_)[fix.row].push_back(&fix);
    find_held();
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
  /// One of the two rows "In" and "Ut" with the times of its own that somebody has fixed, before both are read as one. What is fixed
  /// to a whole time of the day ("08:00-15:00", "7,5 h") in the first of them lies over both, and is left to `over`. Valid until the next.
  const RowView& of_pair(const RowView& row, bool second, bool tells) {
    const auto here = fixes_.find(row.number);
    if (here == fixes_.end()) return row;
    single_ = row;
    cells_.assign(row.cells.begin(), row.cells.end());
    for (const CellFix* fix : here->second) {
      if (!second && says_whole_time(fix->value)) continue;
      lay(*fix, tells);
      laid_before_.insert(fix);
    }
    of_single_ = cells_;
    single_.cells = of_single_;
    return single_;
  }
  /// The row as it is to be read; told when `tells`. Valid until the next one.
  const RowView& over(const RowView& row, bool tells) {
    const bool holds = !held_.empty();
    if (fixes_.empty() && table_.bound.empty() && !changes_ && !holds) return row;
    const auto here = fixes_.find(row.number);
    const bool bound = !table_.bound.empty() && is_of_the_person(row);
    if (here == fixes_.end() && !bound && !changes_ && !holds) return row;
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
      for (const CellFix* fix : here->second)
        if (!laid_before_.contains(fix)) lay(*fix, tells);
    texts_.clear();
    if (holds) fill_from_above(row.number, tells);
    if (changes_) join_cells(cells_, plan_.columns, plan_.date1904, texts_);
    if (numbered_days_) date_day();
    row_.cells = cells_;
    return row_;
  }

 private:
  // A column whose value may hold for rows below its own: a cell of it is merged with those below, or it names somebody and the
  // profile says that a row that names nobody is about the same.
  struct Held {
    std::size_t column;
    bool person;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> merged;  // first and last row
    CellView cell{};  // of `row`
    std::string text{};
    std::uint32_t row = 0;
  };
  const ImportField* field_of(std::size_t column) const {
    const int field = column < plan_.columns.size() ? plan_.columns[column].field : -1;
    return field < 0 ? nullptr : &job_.schema().fields[static_cast<std::size_t>(field)];
  }
  static bool is_day_field(const ImportField* field) { return field && (field->key == "date" || field->key == "month"); }
  void find_held() {
    carries_ = job_.options.profile && job_.options.profile->carry_person && !plan_.days_as_columns;
    bool activity = false;
    for (std::size_t c = 0; c < plan_.columns.size(); ++c) activity |= field_of(c) && field_of(c)->key == "activity";
    // A second row of one person in a sheet of days may be a part, a sum or an absence, unless each says its activity.
    if (plan_.days_as_columns && !activity) return;
    for (std::size_t c = 0; c < plan_.columns.size(); ++c) {
      const ImportField* field = field_of(c);
      if (!field) continue;
      const bool person = names_somebody(*field) || field->type == FieldType::Reference || field->key == "staff_id";
      if (!person && !is_day_field(field) && field->key != "activity" && field->type != FieldType::Municipality) continue;
      Held held{.column = c, .person = person, .merged = {}};
      if (table_.sheet)
        for (const auto& merge : table_.sheet->merges)
          if (merge.col1 == c + 1 && merge.row1 > plan_.last_heading_row && merge.row2 > merge.row1) held.merged.emplace_back(merge.row1, merge.row2);
      if (!held.merged.empty() || (person && carries_)) held_.push_back(std::move(held));
    }
  }
  void fill_from_above(std::uint32_t row, bool tells) {
    const auto is_there = [&](const Held& held) { return held.column < cells_.size() && !is_empty(cells_[held.column]); };
    // Words in columns that are not read may name somebody else, or say that the row is a sum.
    bool sum = false, words = false, day = false;
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (is_empty(cells_[c])) continue;
      day |= is_day_field(field_of(c));
      if (cells_[c].kind != CellView::Kind::Text) continue;
      sum |= says_sum(tidy(cells_[c].text).text);
      words |= !field_of(c) && !(c < plan_.columns.size() && (plan_.columns[c].holds_time() || plan_.columns[c].row_total));
    }
    const bool nobody_named = std::none_of(held_.begin(), held_.end(), [&](const Held& held) { return held.person && is_there(held); });
    const bool carried = carries_ && nobody_named && day && !sum && !words && named_in_ != 0;
    // After a sum, or words that may be somebody's name, it is no longer known who stands above.
    if (sum || !nobody_named || words) named_in_ = sum || nobody_named ? 0 : row;
    bool told = false;
    for (Held& held : held_) {
      const bool merged = std::any_of(held.merged.begin(), held.merged.end(),
                                      [&](const auto& rows) { return rows.first == held.row && row <= rows.second; });
      // Who stands in one row stands there whole: a number is not carried past another's name.
      const bool whole = held.person && carried && held.row == named_in_;
      const bool fills = held.row != 0 && !is_there(held) && !sum && ((merged && !words) || whole);
      if (!fills) {
        if (is_there(held) || (held.person && !nobody_named)) {
          held.cell = is_there(held) ? cells_[held.column] : CellView{};
          held.text = held.cell.text, held.row = row;
        }
        continue;
      }
      if (is_empty(held.cell)) continue;
      if (cells_.size() <= held.column) cells_.resize(held.column + 1);
      cells_[held.column] = held.cell, cells_[held.column].text = held.text;
      if (tells && held.person && !told) job_.trouble.at("row.person-above", row, held.column + 1, {}), told = true;
    }
  }
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
  static bool says_whole_time(const std::string& value) {
    CellView cell;
    cell.kind = CellView::Kind::Text, cell.text = value;
    return value.find_first_of("0123456789") != value.npos && !read_clock(cell).error.empty();
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
  const FileTable& table_;
  std::optional<std::size_t> date_;
  std::map<std::uint32_t, std::vector<const CellFix*>> fixes_, left_out_;  // by row
  std::vector<CellView> cells_;
  std::deque<std::string> texts_;  // of cells that are made of others
  std::optional<std::size_t> numbered_days_;
  std::vector<Held> held_;
  std::set<const CellFix*> laid_before_;  // over one of two rows that are read as one
  std::vector<CellView> of_single_;
  RowView single_;
  std::uint32_t named_in_ = 0;  // the newest row that names somebody
  bool changes_ = false, carries_ = false;
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
    if (column.heading.empty() || column.holds_time() || column.row_total || known.contains(column.key) || known.contains(whole))
      continue;
    job.trouble.at("header.new", guess.last_row, c + 1, column.heading, {profile.name});
  }
  for (const auto& [field, heading] : profile.columns)
    if (!here.contains(heading_key(heading))) job.trouble.at("header.gone", guess.last_row, 0, {}, {heading, profile.name});
}

// A column beside those of people that holds numbers, and is nobody's that is known.
bool holds_numbers_below(const FileTable& table, const HeadingGuess& guess, std::size_t column) {
  std::size_t numbers = 0, filled = 0;
  for (const HeadRow& row : table.head) {
    if (row.number <= guess.last_row || column >= row.cells.size() || row.cells[column].text.empty()) continue;
    ++filled;
    numbers += row.cells[column].text.find_first_not_of("0123456789,.:") == std::string::npos;
  }
  return filled > 0 && 2 * numbers > filled;
}

// Tells what is odd about the headings; false when the table cannot be read.
bool judge_heading(ImportJob& job, const FileTable& table, HeadingGuess& guess, const std::vector<std::uint32_t>& hidden) {
  const ImportSchema& schema = job.schema();
  const auto [missing, by_day] = [&] {
    Lack lack = lack_of(job, guess);
    return std::pair(std::move(lack.headings), lack.day);
  }();
  if (job.options.profile) judge_drift(job, guess);
  // Why the day that is missing is not the title's, where that can be told, in the place of "the column is missing".
  const auto is_day = [](const MissingHeading& one) { return one.group == "day"; };
  if (guess.kind == RecordKind::Attendance && std::any_of(missing.begin(), missing.end(), is_day))
    if (const auto why = why_no_day(job, table, guess)) {
      job.draft.refused = true;
      job.trouble.at(why->first, guess.last_row, 0, {}, why->second);
      if (missing.size() == 1) return false;
    }
  // "7 mars": the time of a day, and not of a month whose days nobody has said.
  if (by_day && table.sheet && month_in(table.name) && when_said(table.name).months.empty()) {
    job.draft.refused = true;
    const std::string& date = schema.fields[*schema.field("date")].headings_sv.front();
    job.trouble.at("header.must-missing", guess.last_row, 0, {}, {date, date});
  }
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
      if (guess.days_as_columns || guess.activities_as_columns || guess.people_as_columns)
        for (const char* other : {"other_eu_hours", "total_hours", "absence", "absence_hours", "present", "signature", "hours", "minutes", "start_time", "end_time", "break_minutes"})
          if (field.key == other) job.trouble.at("header.not-with-days", guess.last_row, c + 1, column.heading);
      if (guess.days_as_columns && guess.kind == RecordKind::StaffTime && (field.type == FieldType::Hours || field.type == FieldType::Time)) {
        column.field = -1;
        continue;
      }
      if (column.of_project) job.trouble.at("header.of-project", guess.last_row, c + 1, column.heading, {field.headings_sv.front()});
      if (column.similar) job.trouble.at("header.similar", guess.last_row, c + 1, column.heading, {field.headings_sv.front()});
      if (field.need == Need::Off && std::find(collect.begin(), collect.end(), field.key) == collect.end()) {
        job.trouble.at("header.not-collected", guess.last_row, c + 1, column.heading);
        column.field = -1;
      }
      continue;
    }
    if (column.between && holds_numbers_below(table, guess, c))
      job.trouble.at("header.day-between", guess.last_row, c + 1, {}, {column.date ? Date::of_days(*column.date).iso() : std::to_string(column.day)});
    const bool claimed =
        std::any_of(guess.twice.begin(), guess.twice.end(), [&](const auto& pair) { return pair.second == c; });
    const bool set_aside = schema.not_read.contains(column.key) || schema.not_read.contains(heading_key(column.heading));
    const bool total = column.row_total && (guess.days_as_columns || guess.activities_as_columns || guess.people_as_columns);  // compared
    if (!column.heading.empty() && !column.is_day() && !total && !column.part && !column.activity && !column.of_person() && !claimed && !set_aside && !column.told)
      job.trouble.at(guess.people_as_columns && holds_numbers_below(table, guess, c) ? "header.maybe-person" : "header.not-read", guess.last_row, c + 1, column.heading);
  }
  return missing.empty() && guess.twice.empty();
}

// Shows the search every cell of the table that a fix may lie over.
void look_for_fixes(ImportJob& job, const FileTable& table, const TablePlan& plan, const RowView* form_row, Overlay& overlay, const std::optional<InAndOut>& in_and_out) {
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
  for (const BoundLabel& bound : table.bound) above += bound.text;
  if (!above.empty()) {
    above = table.name;
    for (const BoundLabel& bound : table.bound) above += '\x1f' + bound.key + '\x1f' + bound.text;
    above = sha256_of(above).substr(0, 32);
  }
  for (const BoundLabel& bound : table.bound) search.cell(above, bound.label, table.name, bound.row, bound.column);
  RowKeys keys(job, plan);
  std::string before;
  (void)for_each_row(table, true, nullptr, nullptr, [&](const RowView& raw) {
    if (raw.number <= plan.last_heading_row || keys.heads(raw)) return true;
    const RowView& row = overlay.over(raw, false);
    std::string key = keys.of(row);
    // "Ut" is the second row of the person above it, whether it names somebody or not.
    if (in_and_out && in_and_out->is_second(raw) && !before.empty())
      key = sha256_of(before + '\x1f' + "second").substr(0, 32), before.clear();
    else
      before = key;
    if (!search.is_of_a_fix(key, table.name, row.number)) return true;
    search.row(key, table.name, row.number);
    const std::size_t width = table.bound.empty() ? keys.width() : table.bound_from;
    for (std::size_t c = 0; c < width; ++c)
      search.cell(key, keys.heading(c), table.name, row.number, static_cast<std::uint32_t>(c + 1));
    return true;
  });
}

// "Datum:" or "Namn:" once more below: what is bound above holds for all rows, and these rows have their own.
std::string labelled_again(const RowView& row, const FileTable& table, bool date1904) {
  if (table.bound.empty()) return {};
  const auto is_date = [](const BoundLabel& one) { return one.title || one.key == "datum" || one.key == "date"; };
  if (std::any_of(table.bound.begin(), table.bound.end(), is_date)) {
    const CellView* only = nullptr;
    for (const CellView& cell : row.cells)
      if (!is_empty(cell)) {
        if (only) {
          only = nullptr;
          break;
        }
        only = &cell;
      }
    // Alone in its row: another day.
    if (only && (only->kind == CellView::Kind::Date || (only->kind == CellView::Kind::Text && month_in(only->text)))) return shown(*only, date1904);
  }
  for (const CellView& cell : row.cells) {
    if (cell.kind != CellView::Kind::Text) continue;
    const std::string text = text_of_cell(cell, date1904).text;
    const std::size_t colon = text.find(':');
    if (colon == text.npos) continue;
    const std::string key = heading_key(text.substr(0, colon));
    for (const BoundLabel& one : table.bound)
      if (one.key == key) return text.substr(0, colon);
  }
  return {};
}

// Values below no heading: told, so that nobody believes that they are read.
void tell_of_bare_columns(ImportJob& job, const FileTable& table, const HeadingGuess& guess) {
  if (!table.sheet || table.forms.contains(job.draft.kind)) return;
  std::map<std::size_t, int> bare;  // in a text file it is a separator too many
  for (const HeadRow& row : table.head) {
    if (row.number <= guess.last_row) continue;
    // A row of the table, not a note beside or below it.
    const auto holds_a_field = [&](std::size_t c) { return c < guess.columns.size() && guess.columns[c].field >= 0 && !row.cells[c].text.empty(); };
    std::size_t fields = 0;
    for (std::size_t c = 0; c < row.cells.size(); ++c) fields += holds_a_field(c);
    if (fields < (guess.days_as_columns ? 1u : 2u)) continue;
    for (std::size_t c = 0; c < row.cells.size(); ++c)
      if (!row.cells[c].text.empty() && (c >= guess.columns.size() || (guess.columns[c].heading.empty() && !guess.columns[c].part && !guess.columns[c].is_day()))) ++bare[c];
  }
  std::size_t last_day = 0;
  for (std::size_t c = 0; c < guess.columns.size() && guess.days_as_columns; ++c)
    if (guess.columns[c].is_day()) last_day = c;
  // Among the days one row is enough: it may be a day.
  for (const auto& [column, rows] : bare)
    if (rows > 1 || column < last_day) job.trouble.at("header.bare", guess.last_row, column + 1, {});
}

// Hours in a cell that is merged over several days or rows: how much is whose, and when, the file does not say.
void find_merged_amounts(const ImportJob& job, const FileTable& table, TablePlan& plan) {
  if (!table.sheet) return;
  constexpr std::uint32_t most_rows = 1000;
  const auto is_amount = [&](std::uint32_t column) {
    if (column == 0 || column > plan.columns.size()) return false;
    const ColumnPlan& one = plan.columns[column - 1];
    return one.holds_time() || (one.field >= 0 && job.schema().fields[static_cast<std::size_t>(one.field)].type == FieldType::Hours);
  };
  for (const auto& merge : table.sheet->merges) {
    if (merge.row1 <= plan.last_heading_row || !is_amount(merge.col1)) continue;
    if (merge.row2 == merge.row1 && !(merge.col2 > merge.col1 && is_amount(merge.col1 + 1))) continue;
    for (std::uint32_t row = merge.row1; row <= merge.row2 && row < merge.row1 + most_rows; ++row) plan.merged.emplace(row, merge.col1);
  }
}

// Which month or day each column of the staff's hours is taken for.
void tell_of_time_columns(ImportJob& job, const HeadingGuess& guess, const std::optional<Month>& month) {
  std::vector<std::pair<std::size_t, std::string>> columns;
  for (std::size_t c = 0; c < guess.columns.size(); ++c) {
    const ColumnPlan& column = guess.columns[c];
    if (!column.is_day()) continue;
    const auto date = column.date ? std::optional(Date::of_days(*column.date)) : month ? Date::of(month->year(), month->month(), column.day) : std::nullopt;
    if (date) columns.emplace_back(c, column.heading + " = " + (column.month != 0 ? Month::containing(*date).iso() : date->iso()));
  }
  if (columns.empty()) return;
  constexpr std::size_t most_named = 12;
  std::string named;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool named_here = columns.size() <= most_named || i == 0 || i + 1 == columns.size();
    if (named_here) named += (i == 0 ? "" : ", ") + columns[i].second;
    else if (i == 1) named += ", \u2026";
  }
  job.trouble.at("header.time-as-columns", guess.last_row, columns.front().first + 1, {}, {std::to_string(columns.size()), named});
}

void read_table(ImportJob& job, const FileTable& table, HeadingGuess guess, const std::string& file) {
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
  judge_beside(job, table, guess);
  const bool can_be_read = judge_heading(job, table, guess,
                                         form          ? form->hidden_labels()
                                         : table.sheet ? table.sheet->hidden_columns
                                                       : no_columns);
  if (plan.sheet == 0)
    for (const ColumnPlan& column : guess.columns) {
      if (column.field >= 0)
        job.draft.mapping.emplace_back(job.schema().fields[static_cast<std::size_t>(column.field)].key, column.heading);
      else if (!column.heading.empty() && !column.is_day() && !column.row_total && !column.part && !column.activity && !column.of_person())
        job.draft.unread.push_back(column.heading);
    }
  if (!can_be_read) return;
  const bool attended = job.options.profile && job.options.profile->attended;  // somebody has said so
  if (job.draft.kind == RecordKind::Attendance && !attended && !serves(guess, job.schema(), "absence") && !serves(guess, job.schema(), "absence_hours"))
    if (const auto text = absence_in(table, guess, file)) {
      job.draft.refused = true;
      return job.trouble.at("sheet.says-absence", guess.last_row, 0, {}, {*text});
    }
  if ((job.draft.kind == RecordKind::Attendance || job.draft.kind == RecordKind::StaffTime) && !attended)
    if (const auto text = plan_in(table, guess)) {
      job.draft.refused = true;
      return job.trouble.at("sheet.says-planned", guess.last_row, 0, {}, {*text});
    }
  for (std::size_t i = 0; i < table.bound.size(); ++i) {
    const BoundLabel& bound = table.bound[i];
    const std::size_t column = table.bound_from + i + 1;
    job.trouble.stands_above(column, bound.row == 0 ? guess.first_row : bound.row, bound.row == 0 ? 1 : bound.column);
    const bool day = serves(bound, job.schema(), "date") || serves(bound, job.schema(), "activity");
    if (bound.title)
      job.trouble.at("sheet.day-of-title", bound.row, column, bound.text, {bound.text});
    else
      job.trouble.at(day ? "sheet.label" : "sheet.person", bound.row, column, {}, {bound.label, cell_name(bound.row, bound.column)});
    if (bound.fix)
      job.trouble.at(bound.laid ? "cell.fixed-private" : job.told_as(*bound.fix), bound.row, column, {},
                     {bound.fix->by, bound.fix->at.iso(), bound.fix->reason});
  }

  if ((job.draft.kind == RecordKind::Attendance || job.draft.kind == RecordKind::StaffTime) && !form && !all_hours_have_headings(job, table, guess)) return;
  tell_of_halves(job, guess);
  std::optional<InAndOut> in_and_out = job.draft.kind == RecordKind::Attendance ? InAndOut::find(table, guess) : std::nullopt;
  if (in_and_out) {
    if (guess.columns.size() <= in_and_out->column()) guess.columns.resize(in_and_out->column() + 1);
    guess.columns[in_and_out->column()].part = true;
  }
  tell_of_bare_columns(job, table, guess);
  const Lack lack = lack_of(job, guess);
  plan.by_name = lack.person;
  plan.activity_above = std::any_of(table.bound.begin(), table.bound.end(), [&](const BoundLabel& one) { return serves(one, job.schema(), "activity"); });
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
  if (plan.days_as_columns && !dated_headings_agree(job, table, guess, file)) return;
  if (plan.days_as_columns && !place_in_calendar(job, table, guess, file, plan.week)) return;
  plan.activities_as_columns = guess.activities_as_columns;
  plan.people_as_columns = guess.people_as_columns;
  plan.day_in_start = guess.day_in_start;
  if ((plan.days_as_columns || plan.numbered_days) && says_when_twice(job, guess, plan.days_as_columns)) return;
  for (const ColumnPlan& column : guess.columns)
    if (column.day != 0 && column.of_month != 0 && plan.month && column.of_month != plan.month->month()) {
      job.draft.refused = true;
      return job.trouble.at("month.contradiction", guess.last_row, 0, {}, {column.heading, plan.month->iso()});
    }
  if (plan.days_as_columns) compare_weekdays_over(job, table, guess, plan.month);
  if (plan.days_as_columns && job.draft.kind == RecordKind::StaffTime) tell_of_time_columns(job, guess, plan.month);
  widen_days(job.draft.days, guess, plan.sheet == 0);
  if (job.draft.kind == RecordKind::Attendance || job.draft.kind == RecordKind::StaffTime) {
    plan.said_month = month_of_sheet(job, table, guess, file);
    if (const auto text = minutes_in(table, guess); text && told_facts(job.options).hours_unit == HoursUnit::Unknown) {
      plan.said_unit = HoursUnit::Minutes;
      job.trouble.at("hours.minutes-of-title", guess.last_row, 0, {}, {*text});
    }
  }
  plan.columns = guess.columns;
  plan.facts.assign(plan.columns.size(), told_facts(job.options, plan.said_unit));
  find_merged_amounts(job, table, plan);

  // Once over the rows, or twice when a value has to be seen with its whole column.
  const ImportDraft before = [&] {
    ImportDraft state;  // everything that a first pass may have added; the tables before this one are small or few
    state.rows_seen = job.draft.rows_seen, state.rows_read = job.draft.rows_read, state.rows_refused = job.draft.rows_refused;
    state.rows_left_out = job.draft.rows_left_out, state.minutes_seen = job.draft.minutes_seen;
    state.unread_people = job.draft.unread_people, state.rows_of_nobody = job.draft.rows_of_nobody;
    return state;
  }();
  const std::size_t records = job.draft.records.size(), times = job.draft.times.size(), people = job.draft.people.size();
  const Trouble::State told = job.trouble.state();
  Overlay overlay(job, plan, table);
  const RowView* form_row = form ? &form->row(table, plan.last_heading_row + 1) : nullptr;
  if (job.search) return look_for_fixes(job, table, plan, form_row, overlay, in_and_out);
  const auto each_row = [&](const ImportOptions* progress, Trouble* trouble, auto&& f) -> std::optional<Problem> {
    if (form_row) return f(*form_row), std::nullopt;
    if (!in_and_out) return for_each_row(table, true, progress, trouble, f);
    in_and_out->restart();
    bool goes_on = true;
    const bool tells = trouble != nullptr;
    const auto each = [&](std::span<const InAndOut::Given> rows) {
      for (const InAndOut::Given& given : rows) {
        if (given.left_out != 0) {
          if (tells) ++job.draft.rows_seen, ++job.draft.rows_left_out;
          if (const std::uint32_t other = given.left_out == given.second ? given.row.number : given.second; tells && other != 0)
            job.trouble.at("row.left-out-with", other, 0, {}, {std::to_string(given.left_out)});
          continue;
        }
        for (const std::size_t c : given.wrong_in_second) job.trouble.stands_above(c + 1, given.second, c + 1);
        goes_on = goes_on && f(given.row);
        for (const std::size_t c : given.wrong_in_second) job.trouble.stands_in_its_row(c + 1);
      }
      return goes_on;
    };
    auto problem = for_each_row(table, true, progress, trouble, [&](const RowView& row) {
      if (row.number <= plan.last_heading_row) return true;
      const bool left_out = overlay.leaves_out(row, tells);
      return each(in_and_out->take(overlay.of_pair(row, in_and_out->is_second(row), tells), left_out));
    });
    if (goes_on) each(in_and_out->rest());
    return problem;
  };
  const bool of_one_person = !table.bound.empty() && !table.binds_list;
  const bool calendar = plan.numbered_days || of_one_person;
  // A list of one day has all its people, and some of them were not there. A word alone is a heading between rows.
  const bool of_one_day = table.binds_list && std::any_of(table.bound.begin(), table.bound.end(), [&](const BoundLabel& one) { return serves(one, job.schema(), "date"); });
  const auto somebody_absent = [&](const RowView& row) {
    return of_one_day && std::count_if(row.cells.begin(), row.cells.end(), [](const CellView& cell) { return !is_empty(cell); }) > 1;
  };
  const auto says_time = [&](const RowView& row) {
    for (std::size_t c = 0; c < plan.columns.size() && c < row.cells.size(); ++c) {
      if (is_empty(row.cells[c])) continue;
      if (plan.columns[c].activity || plan.columns[c].of_person()) return true;
      if (plan.columns[c].field < 0) continue;
      const std::string& key = job.schema().fields[static_cast<std::size_t>(plan.columns[c].field)].key;
      for (const char* time : {"hours", "minutes", "start_time", "end_time", "absence", "present", "absence_hours"})
        if (key == time) return true;
    }
    return false;
  };
  // Whoever stands in a row that gives nothing stands in the file all the same.
  const auto not_read_in = [&](const RowView& row, std::int64_t refused_before) {
    const bool refused = job.draft.rows_refused > refused_before;
    if (!refused && job.draft.kind != RecordKind::Participants) return;
    const std::vector<std::uint32_t> named = named_in(job, plan, row);
    job.draft.unread_people.insert(job.draft.unread_people.end(), named.begin(), named.end());
    if (refused && named.empty()) ++job.draft.rows_of_nobody;
  };
  const auto pass = [&] {
    const auto reader = job.draft.kind == RecordKind::Attendance ? attendance_rows(job, plan) : record_rows(job, plan);
    std::optional<Date> last_day;
    bool again = false;
    RowParts parts(job, plan, table, guess);
    const auto problem = each_row(&job.options, &job.trouble, [&](const RowView& row) {
      if (row.number <= plan.last_heading_row) return true;
      const std::int64_t read_before = job.draft.rows_read, refused_before = job.draft.rows_refused;
      if (!in_and_out && overlay.leaves_out(row, true)) return ++job.draft.rows_seen, ++job.draft.rows_left_out, not_read_in(row, refused_before), true;
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
      if (!form && parts.leaves_out(row)) return not_read_in(row, refused_before), true;
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
      if ((calendar || somebody_absent(row)) && !says_time(read)) {
        const bool written = std::any_of(row.cells.begin(), row.cells.end(), [](const CellView& cell) { return !is_empty(cell); });
        if (written) ++job.draft.rows_seen, ++job.draft.rows_left_out, job.trouble.at("row.day-without-time", row.number, 0, {});
        return true;
      }
      const RowResult result = reader->row(read);
      again = result == RowResult::NeedSurvey;
      if (!again && job.draft.rows_read == read_before) not_read_in(read, refused_before);
      return result == RowResult::GoOn;
    });
    if (again) return true;
    const std::int64_t refused_before = job.draft.rows_refused;
    reader->end();
    job.draft.rows_of_nobody += job.draft.rows_refused - refused_before;
    // From and to, whole, where the sheet says that a break is to be taken off: nobody has said how it was counted.
    const auto whole_span = [](const TimeRecord& time) { return time.start >= 0 && time.end > time.start && time.minutes == time.end - time.start; };
    if (job.draft.kind == RecordKind::Attendance && std::any_of(job.draft.times.begin() + static_cast<std::ptrdiff_t>(times), job.draft.times.end(), whole_span))
      if (const auto said = break_in(table, guess)) job.trouble.at("hours.break-said", plan.last_heading_row, 0, {}, {*said});
    if (problem)
      refuse(job, *problem);
    else if (job.draft.rows_seen == before.rows_seen)
      job.trouble.at("sheet.empty", plan.last_heading_row, 0, {});
    else if (job.draft.kind == RecordKind::Attendance && !plan.people_as_columns && job.draft.times.size() == times && job.draft.rows_read > before.rows_read)
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
  job.draft.unread_people = before.unread_people, job.draft.rows_of_nobody = before.rows_of_nobody;
  job.trouble.back_to(told);
  job.index_people();
  Survey survey(job, plan);
  each_row(nullptr, nullptr, [&](const RowView& row) {
    if (row.number > plan.last_heading_row && (in_and_out || !overlay.leaves_out(row, false))) survey.row(overlay.over(row, false));
    return true;
  });
  survey.end();
  pass();
  placed();
}

// A sheet whose name says people who are not in the project ("Väntelista"): told, and asked about where nobody has said whether
// it is to be read. Who names a sheet has said so.
bool leaves_out_sheet(ImportJob& job, const FileTable& table, const HeadingGuess& guess) {
  if (guess.kind == RecordKind::StaffTime) return false;
  const bool ended = guess.kind == RecordKind::Participants && !serves(guess, job.schema(), "exit_date");
  const bool by_title = names_others(table.rows.title, ended);
  if (!by_title && (job.options.sheet || !names_others(table.name, ended))) return false;
  const std::string& said = by_title ? table.rows.title : table.name;
  const PartIs is = part_said(job.options, said);
  if (is == PartIs::Kept) return false;
  const bool asked = is == PartIs::Asked;
  Finding finding{asked ? "part.sheet" : "part.sheet-skipped", asked ? Level::Error : Level::Notice, {}, {}, said, {said}};
  finding.place.sheet = table.name;
  job.trouble.passed_on(std::move(finding));
  if (asked) job.draft.refused = true;
  return true;
}

// What the file says of its codes, on any of its sheets. A legend is short and stands above or below a table.
void read_legend(ImportJob& job, const SheetView& sheet) {
  constexpr std::size_t most_rows = 200;
  std::size_t at = 0;
  for (const RowView& row : sheet.rows) {
    if (at < most_rows || at + most_rows >= sheet.rows.size()) job.legend.look(row, sheet.name, sheet.date1904);
    ++at;
  }
}
void read_legend(ImportJob& job, const FileTable& text) {
  constexpr std::uintmax_t largest = 4 << 20;
  if (std::filesystem::file_size(text.path) > largest) return;
  (void)for_each_row(text, false, nullptr, nullptr, [&](const RowView& row) {
    job.legend.look(row, text.name, false);
    return true;
  });
}

// The tables of a text file. Of a large one only those that begin early: headings of others further down are met by its rows.
std::vector<BlockRows> blocks_of_text(const FileTable& text, const ImportSchemas& schemas, const IsOfTable& is_of_table) {
  constexpr std::uintmax_t largest = 4 << 20;
  constexpr std::uint32_t most_rows = 2000;
  const bool whole = std::filesystem::file_size(text.path) <= largest;
  const EachRow each_row = [&](const auto& f) {
    (void)for_each_row(text, whole, nullptr, nullptr, [&](const RowView& row) { return (whole || row.number <= most_rows) && f(row); });
  };
  return blocks_among(each_row, schemas, is_of_table);
}

bool serves_person(const ImportJob& job, const HeadingGuess& guess) {
  const ImportSchema& schema = job.schemas.of(guess.kind);
  return std::any_of(guess.columns.begin(), guess.columns.end(), [&](const ColumnPlan& column) {
    if (column.field < 0) return false;
    const std::string& key = schema.fields[static_cast<std::size_t>(column.field)].key;
    return key == "identity_number" || key == "participant" || key == "local_id" || key == "staff_id";
  });
}

// A sheet that is not read, and has people or time of the kind that is read but for a heading, or people at all.
void look_for_people(const ImportJob& job, const FileTable& table, const HeadingGuess& guess, Finding& finding) {
  for (const HeadingGuess& other : table.guesses)
    if (other.kind != guess.kind && other.accepted && lack_of(job, other).headings.empty() && serves_person(job, other)) {
      const ImportSchema& schema = job.schemas.of(other.kind);
      finding.code = "sheet.other-kind", finding.level = Level::Warning, finding.values = {in_both(schema.sheet.sv, schema.sheet.en), std::string(name_of(other.kind)), table.name};
      return;
    }
  if (guess.accepted && serves_person(job, guess)) {
    std::string words;
    for (const MissingHeading& one : lack_of(job, guess).headings) words += (words.empty() ? "" : "; ") + one.words;
    finding.code = "sheet.heading-missing", finding.level = Level::Error, finding.given = table.name, finding.values = {words, table.name};
    return;
  }
  std::size_t numbers = 0;
  for (const HeadRow& row : table.head)
    numbers += std::any_of(row.cells.begin(), row.cells.end(), [&](const HeadCell& cell) {
      return cell.text.size() >= 10 && cell.text.size() <= 13 && PersonalIdentityNumber::parse(cell.text, job.options.today).has_value();
    });
  if (numbers > 0) finding.code = "sheet.people-not-read", finding.level = Level::Error, finding.given = table.name, finding.values = {std::to_string(numbers), table.name};
}

void read_tables(ImportJob& job, std::vector<FileTable>& tables, const std::string& file) {
  const std::size_t rows = job.options.header ? std::max<std::size_t>(head_rows, job.options.header->second + 1) : head_rows;
  for (FileTable& table : tables) {
    if (const auto problem = read_head(table, rows)) return refuse(job, *problem);
    if (!table.sheet) read_legend(job, table);
    if (const std::string text = wrong_letters(table); !text.empty()) {
      job.draft.refused = true;
      return job.trouble.about_file("text.wrong-letters", {text});
    }
    static const std::vector<SheetView::Merge> no_merges;
    for (const ImportSchema& schema : job.schemas.schemas)
      table.guesses.push_back(
          find_heading(table.head, table.sheet ? table.sheet->merges : no_merges, schema, job.options.header));
    for (const RecordKind kind : {RecordKind::Attendance, RecordKind::StaffTime})
      hours_of_the_project(job, table.guesses[static_cast<std::size_t>(kind)], job.schemas.of(kind));
    if (HeadingGuess& guess = table.guesses[static_cast<std::size_t>(RecordKind::Attendance)]; guess.accepted) {
      activities_of_columns(job, guess, job.schemas.of(RecordKind::Attendance));
      day_of_start(table, guess, job.schemas.of(RecordKind::Attendance));
    } else {
      people_of_columns(job, table, guess, job.schemas.of(RecordKind::Attendance));
    }
    bind_labels(job, table);
    for (const RecordKind kind : {RecordKind::Attendance, RecordKind::StaffTime}) {
      HeadingGuess& guess = table.guesses[static_cast<std::size_t>(kind)];
      guess.days_by_number = guess.accepted && has_numbered_days(guess, table.head, job.schemas.of(kind));
    }
    if (table.block == 0) find_forms(job, table);
    if (job.draft.refused) return;
  }
  job.draft.kind = job.options.kind.value_or(RecordKind::Participants);
  const auto kind = choose_kind(job, tables);
  if (!kind) return;
  job.draft.kind = *kind;
  // An answer about a field of another kind of record would be as no answer.
  if (job.options.profile && job.options.profile->name.empty())
    for (const auto& [field, heading] : job.options.profile->columns)
      if (!job.schema().field(field)) {
        job.draft.refused = true;
        return job.trouble.about_file("answer.field", {field});
      }
  const auto guess_of = [&](const FileTable& table) -> const HeadingGuess& {
    return table.guesses[static_cast<std::size_t>(*kind)];
  };
  for (FileTable& table : tables)
    if (table.bound_as != *kind) table.bound.clear();

  for (const FileTable& table : tables)
    if (const std::string columns = hours_unread(job, table, *kind); guess_of(table).accepted && !columns.empty()) {
      job.draft.refused = true;
      job.trouble.about_file("header.unsure-kind", {columns, in_both(job.schema().sheet.sv, job.schema().sheet.en), std::string(name_of(*kind))});
      return;
    }
  // The best sheet, and all that have its form.
  const FileTable* best = nullptr;
  for (const FileTable& table : tables) {
    if (!guess_of(table).accepted) continue;
    if (!best || guess_of(table).points > guess_of(*best).points) best = &table;
  }
  std::size_t alike = 0;
  std::map<std::string, std::size_t> parts_read;  // of sheets with several tables
  // Of one sheet all its tables are read, each by its own headings.
  const auto beside_the_best = [&](const FileTable& table) {
    if (table.block == 0 || best->block == 0 || table.name != best->name) return false;
    const Lack lack = lack_of(job, guess_of(table));
    return lack.headings.empty() && lack.day == lack_of(job, guess_of(*best)).day;
  };
  for (const FileTable& table : tables) {
    // Forms are read by their labels, each for itself.
    const bool form = table.forms.contains(*kind), best_is_form = best->forms.contains(*kind);
    if (table.block == 0 && !table.name.empty() && !job.options.sheet && part_said(job.options, table.name) == PartIs::Skipped) {
      Finding finding{"part.sheet-skipped", Level::Notice, {}, {}, table.name, {table.name}};
      finding.place.sheet = table.name;
      job.trouble.passed_on(std::move(finding));
      continue;
    }
    if (guess_of(table).accepted && !form && leaves_out_sheet(job, table, guess_of(table))) continue;
    if (guess_of(table).accepted && form == best_is_form && (form || same_form(guess_of(table), guess_of(*best)) || beside_the_best(table))) {
      read_table(job, table, guess_of(table), file);
      if (table.block == 0 || ++parts_read[table.name] == 1) ++alike;
    } else if (table.block != 0) {
      // Sums of what stands in full in another table have no day; all else is lost if it is not read.
      const Lack lack = lack_of(job, guess_of(table));
      const bool sums = !guess_of(table).accepted || lack.day || std::any_of(lack.headings.begin(), lack.headings.end(), [](const MissingHeading& one) { return one.group == "day"; });
      Finding finding{"block.not-read", sums ? Level::Warning : Level::Error, {}, {}, {}, {std::to_string(table.rows.heading)}};
      finding.place.sheet = table.name, finding.place.row = table.rows.heading;
      job.trouble.passed_on(std::move(finding));
    } else {
      // A sheet that would be read if it stood alone is not left out in passing.
      const bool other = guess_of(table).accepted && lack_of(job, guess_of(table)).headings.empty();
      Finding finding{table.head.empty() ? "sheet.empty" : other ? "sheet.other-headings" : "sheet.not-read", other ? Level::Error : Level::Notice, {}, {}, {}, {}};
      if (!other) look_for_people(job, table, guess_of(table), finding);
      // Anybody may stand there.
      if (finding.level == Level::Error) job.draft.rows_of_nobody += std::count_if(table.head.begin(), table.head.end(), [&](const HeadRow& row) { return row.number > guess_of(table).last_row && !row.empty(); });
      finding.place.sheet = table.name;
      job.trouble.passed_on(std::move(finding));
    }
  }
  for (const auto& [sheet, number] : parts_read)
    if (number > 1) {
      Finding finding{"sheet.blocks", Level::Notice, {}, {}, {}, {std::to_string(number)}};
      finding.place.sheet = sheet;
      job.trouble.passed_on(std::move(finding));
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
      if (field) schema.by_heading[heading_key(heading)] = *field, schema.not_read.erase(heading_key(heading)), schema.told.insert(heading_key(heading));
    }
    for (const std::string& heading : profile.not_read) schema.not_read.insert(heading_key(heading));
  }
  for (const ImportProfile::Spelling& value : profile.values) {
    bool found = ImportProfile::is_said_apart(value);
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
  std::vector<FileTable> tables;
  std::deque<SheetBlock> blocks;  // of sheets with several tables
  const auto is_of_table = [&](const std::string& words, bool exits) { return project.activity(words) || names_others(words, !exits); };
  std::optional<Workbook> workbook;
  if (is_text(path) || std::filesystem::is_empty(path)) {
    draft.format = "csv";
    FileTable text;
    text.path = path;
    auto parts = options.header || std::filesystem::is_empty(path) ? std::vector<BlockRows>() : blocks_of_text(text, schemas, is_of_table);
    if (parts.empty()) tables.push_back(text);
    for (BlockRows& part : parts) {
      tables.push_back(text);
      tables.back().block = static_cast<std::uint32_t>(tables.size()), tables.back().rows = std::move(part);
    }
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
    // A sheet of codes may well be hidden, or not the one that is asked for.
    for (const SheetView& sheet : workbook->sheets())
      if (!not_the_users(sheet.name)) read_legend(job, sheet);
    for (const SheetView& sheet : workbook->sheets()) {
      if (not_the_users(sheet.name) || (sheet.hidden && !options.sheet)) continue;
      if (options.sheet && lower_case(nfc(*options.sheet)) != lower_case(nfc(sheet.name))) continue;
      auto parts = options.header ? std::deque<SheetBlock>() : blocks_of(sheet, schemas, is_of_table);
      if (parts.empty()) tables.push_back({sheet.name, &sheet, {}, {}, {}, {}});
      std::uint32_t number = 0;
      for (SheetBlock& part : parts) {
        const SheetBlock& kept = blocks.emplace_back(std::move(part));
        FileTable& table = tables.emplace_back();
        table.name = sheet.name, table.sheet = &kept.sheet, table.block = ++number, table.rows = kept.rows;
      }
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
    std::vector<FileTable> same = tables;
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
