#include "app/inspect.h"

#include <algorithm>

#include "core/cases/record.h"
#include "core/values/column_letters.h"
#include "edge/import/form.h"
#include "edge/import/heading.h"
#include "edge/import/schemas.h"
#include "edge/import/trouble.h"
#include "edge/spreadsheet/spreadsheet.h"
#include "edge/spreadsheet/text_rows.h"

namespace horisont {
namespace {

using Use = Inspection::Column::Use;

constexpr std::uint32_t head_rows = 60;  // as far down as headings are looked for

// The head of a sheet first, then what its columns hold.
class Look {
 public:
  explicit Look(bool date1904) : date1904_(date1904) {}

  void row(const RowView& row) {
    if (row.number <= head_rows) head_.push_back(head_row(row, date1904_));
    ++sheet_.rows;
    sheet_.hidden_rows += row.hidden;
    if (columns_.size() < row.cells.size()) columns_.resize(row.cells.size());
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const CellView& cell = row.cells[i];
      // Until the heading is known its rows are kept apart.
      auto& column = columns_[i];
      Count& count = row.number <= head_rows ? column.head[row.number] : column.below;
      ++count.cells[static_cast<std::size_t>(cell.kind)];
      count.formulas += cell.formula;
    }
  }

  // Of a sheet that is read as a form: its labels in the place of columns, and what each is read as.
  static void list_labels(Inspection::Sheet& sheet, const Form& form, const ImportSchema& schema, const ProjectTerms& project) {
    sheet.form = true, sheet.kind = schema.kind, sheet.first_heading_row = sheet.last_heading_row = 0;
    sheet.columns.clear();
    for (const FormLabel& label : form.labels) {
      Inspection::Column column{.number = label.column, .heading = label.heading, .field = {}, .field_words = {}};
      column.cell = cell_name(label.value_row, label.value_column);
      if (label.field >= 0) name_field(column, schema.fields[static_cast<std::size_t>(label.field)], project);
      if (label.written()) ++column.cells[static_cast<std::size_t>(label.own.empty() ? label.value.kind : CellView::Kind::Text)];
      sheet.columns.push_back(std::move(column));
    }
  }

  Inspection::Sheet end(const Workspace& workspace, const ImportRequest& asked, const ProjectTerms& project,
                        const std::vector<SheetView::Merge>& merges, const std::vector<std::uint32_t>& hidden,
                        const ImportOutcome* read) {
    HeadingGuess guess = best_heading(workspace, asked, merges);
    if (read && !guess.accepted) guess = heading_as_read(*read);
    if (guess.accepted)
      sheet_.kind = guess.kind, sheet_.first_heading_row = guess.first_row, sheet_.last_heading_row = guess.last_row;
    const ImportSchema& schema = workspace.schemas->of(guess.kind);
    for (std::size_t i = 0; i < std::max(columns_.size(), guess.accepted ? guess.columns.size() : 0); ++i) {
      Inspection::Column column{.number = static_cast<std::uint32_t>(i + 1)};
      if (i < columns_.size()) {
        add(column, columns_[i].below);
        for (const auto& [row, count] : columns_[i].head)
          if (row > sheet_.last_heading_row) add(column, count);
      }
      column.hidden = std::find(hidden.begin(), hidden.end(), column.number) != hidden.end();
      if (guess.accepted && i < guess.columns.size()) name(column, guess, i, schema, project);
      if (read && column.use == Use::None && !column.heading.empty()) name_as_read(column, *read, workspace, project);
      const bool holds = std::any_of(column.cells.begin() + 1, column.cells.end(), [](std::int64_t n) { return n != 0; });
      if (holds || !column.heading.empty()) sheet_.columns.push_back(std::move(column));
    }
    return std::move(sheet_);
  }

 private:
  struct Count {
    std::array<std::int64_t, 7> cells{};
    std::int64_t formulas = 0;
  };
  struct Columns {
    std::map<std::uint32_t, Count> head;
    Count below;
  };

  static void add(Inspection::Column& to, const Count& count) {
    for (std::size_t kind = 0; kind < count.cells.size(); ++kind) to.cells[kind] += count.cells[kind];
    to.formulas += count.formulas;
  }

  // Of the kind that was asked for; otherwise of the kind that misses nothing, and has most points.
  HeadingGuess best_heading(const Workspace& workspace, const ImportRequest& asked, const std::vector<SheetView::Merge>& merges) const {
    HeadingGuess best;
    bool best_complete = false;
    for (const ImportSchema& schema : workspace.schemas->schemas) {
      if (asked.kind && schema.kind != *asked.kind) continue;
      HeadingGuess guess = find_heading(head_, merges, schema, asked.header);
      if (!guess.accepted) continue;
      const bool complete = missing_headings(guess, schema).empty();
      if (best.accepted && std::pair(complete, guess.points) <= std::pair(best_complete, best.points)) continue;
      best = std::move(guess), best_complete = complete;
    }
    return best;
  }

  // Labels above a table may say what its headings lack: then the row in which most of what was read stands is the heading.
  HeadingGuess heading_as_read(const ImportOutcome& read) const {
    HeadingGuess found;
    std::size_t most = 1;
    for (const HeadRow& row : head_) {
      const auto stands = [&](const auto& mapped) {
        return std::any_of(row.cells.begin(), row.cells.end(), [&](const HeadCell& cell) { return cell.text == mapped.second; });
      };
      const auto here = static_cast<std::size_t>(std::count_if(read.mapping.begin(), read.mapping.end(), stands));
      if (here <= most) continue;
      most = here;
      found = {};
      found.accepted = true, found.kind = read.kind, found.first_row = found.last_row = row.number;
      for (const HeadCell& cell : row.cells) found.columns.push_back({.heading = cell.text, .key = cell.key});
    }
    return found;
  }
  // What the reading made of a heading beyond what the heading says by itself: hours under the project's name, an activity.
  static void name_as_read(Inspection::Column& column, const ImportOutcome& read, const Workspace& workspace, const ProjectTerms& project) {
    const ImportSchema& schema = workspace.schemas->of(read.kind);
    for (const auto& [field, heading] : read.mapping)
      if (const auto at = schema.field(field); heading == column.heading && at) return name_field(column, schema.fields[*at], project);
    const bool unread = std::find(read.unread.begin(), read.unread.end(), column.heading) != read.unread.end();
    if (!unread && project.activity(column.heading)) column.use = Use::Hours;
  }
  static void name_field(Inspection::Column& column, const ImportField& field, const ProjectTerms& project) {
    column.field_words = {field.headings_sv.front(), field.headings_en.front()};
    const bool collected = field.need != Need::Off || std::count(project.collect.begin(), project.collect.end(), field.key);
    column.field = field.key;
    column.use = collected ? Use::Field : Use::Off;
  }
  static void name(Inspection::Column& column, const HeadingGuess& guess, std::size_t i, const ImportSchema& schema,
                   const ProjectTerms& project) {
    const ColumnPlan& plan = guess.columns[i];
    column.heading = plan.heading;
    if (plan.is_day()) column.use = Use::Day;
    if (plan.row_total) column.use = Use::Total;
    for (const auto& [first, second] : guess.twice)
      if (second == i) column.use = Use::Taken;
    if (plan.part) column.use = Use::Part;
    if (plan.field < 0) return;
    const ImportField& field = schema.fields[static_cast<std::size_t>(plan.field)];
    name_field(column, field, project);
    if (column.use == Use::Field && plan.similar) column.use = Use::Similar;
  }

  bool date1904_;
  Inspection::Sheet sheet_;
  std::vector<HeadRow> head_;
  std::vector<Columns> columns_;
};

}  // namespace

Inspection inspect_file(Workspace& workspace, ImportRequest asked) {
  asked.until = ImportRequest::Until::Check;
  asked.again = true;
  Inspection found;
  const ProjectTerms& project = *workspace.project(asked.project);
  found.outcome = import_file(workspace, asked);
  if (!found.outcome.whole_file_refused) asked.kind = found.outcome.kind;
  const auto was_read = [&](const std::string& sheet) {
    const auto& read = found.outcome.sheets;
    return !found.outcome.whole_file_refused && std::find(read.begin(), read.end(), sheet) != read.end();
  };
  if (is_text(asked.file)) {
    auto rows = TextRows::open(asked.file);
    if (!rows) return found;
    Look look(false);
    while (true) {
      const auto row = rows->next();
      if (!row) return found;
      if (!*row) break;
      look.row(**row);
    }
    (void)rows->findings();  // ends the reading: then the encoding is known
    found.encoding = rows->encoding();
    found.separator = rows->separator() == '\t' ? std::string("TAB") : std::string(1, rows->separator());
    found.sheets.push_back(look.end(workspace, asked, project, {}, {}, was_read("") ? &found.outcome : nullptr));
    found.sheets.back().read = was_read("");
    return found;
  }
  const auto book = read_workbook(asked.file);
  if (!book) return found;
  for (const SheetView& view : book->sheets()) {
    Look look(view.date1904);
    for (const RowView& row : view.rows) look.row(row);
    found.sheets.push_back(look.end(workspace, asked, project, view.merges, view.hidden_columns,
                                    was_read(view.name) ? &found.outcome : nullptr));
    found.sheets.back().name = view.name;
    found.sheets.back().hidden = view.hidden;
    found.sheets.back().read = was_read(view.name);
    const auto& findings = found.outcome.findings;
    if (std::any_of(findings.begin(), findings.end(),
                    [&](const Finding& one) { return one.code == "sheet.form" && one.place.sheet == view.name; })) {
      const ImportSchema& schema = workspace.schemas->of(found.outcome.kind);
      const bool skip_hidden = asked.profile && asked.profile->skip_hidden;
      Look::list_labels(found.sheets.back(), find_form(view, schema, {}, skip_hidden), schema, project);
    }
  }
  return found;
}

Result<Inspection> inspect_draft(Workspace& workspace, const std::string& project, std::uint32_t draft) {
  const auto opened = open_draft(workspace, project, draft);
  if (!opened) return tl::make_unexpected(opened.error());
  return inspect_file(workspace, (*opened)->request);
}

Table inspected_sheets_table(const Inspection& found) {
  const ImportOutcome& outcome = found.outcome;
  Table table{.schema = "inspection"};
  table.facts = {{"file", outcome.file_name}, {"sha256", outcome.sha256}, {"format", outcome.format}};
  if (!found.encoding.empty()) table.facts.insert(table.facts.end(), {{"encoding", found.encoding}, {"separator", found.separator}});
  table.columns = {{"sheet", {"Blad", "Sheet"}},
                   {"hidden", {"Dolt", "Hidden"}},
                   {"kind", {"Innehåll", "Contents"}},
                   {"heading", {"Rubrikrad", "Heading row"}},
                   {"rows", {"Rader", "Rows"}, Table::Column::Kind::Count},
                   {"hidden_rows", {"Dolda rader", "Hidden rows"}, Table::Column::Kind::Count},
                   {"columns", {"Kolumner", "Columns"}, Table::Column::Kind::Count},
                   {"read", {"Läses", "Read"}}};
  table.when_empty = {"Filen går inte att läsa.", "The file cannot be read."};
  const auto yes_or_no = [](bool yes) { return Message{yes ? "yesno.yes" : "yesno.no", {}}; };
  for (const Inspection::Sheet& sheet : found.sheets) {
    Table::Value heading = std::string();
    if (sheet.form) {
      heading = Message{"inspect.form", {}};
    } else if (sheet.last_heading_row) {
      std::string rows = std::to_string(sheet.first_heading_row);
      if (sheet.last_heading_row != sheet.first_heading_row) rows += "-" + std::to_string(sheet.last_heading_row);
      heading = std::move(rows);
    }
    Table::Value kind = Message{"inspect.no-heading", {}};
    if (sheet.kind) kind = Message{"record." + std::string(name_of(*sheet.kind)), {}};
    table.rows.push_back({sheet.name.empty() ? outcome.file_name : sheet.name, yes_or_no(sheet.hidden), kind, heading, sheet.rows,
                          sheet.hidden_rows, static_cast<std::int64_t>(sheet.columns.size()), yes_or_no(sheet.read)});
  }
  return table;
}

Table inspected_columns_table(const Inspection& found) {
  static constexpr const char* uses[] = {"field", "similar", "day", "total", "taken", "part", "hours", "off", "none"};
  Table table{.schema = "columns"};
  const auto count = Table::Column::Kind::Count;
  table.columns = {{"sheet", {"Blad", "Sheet"}},       {"column", {"Kolumn", "Column"}},
                   {"heading", {"Rubrik", "Heading"}}, {"use", {"Används", "Use"}},
                   {"field", {"Uppgift", "Field"}},    {"hidden", {"Dold", "Hidden"}},
                   {"text", {"Text", "Text"}, count},  {"number", {"Tal", "Number"}, count},
                   {"date", {"Datum", "Date"}, count}, {"duration", {"Tid", "Time"}, count},
                   {"boolean", {"Ja/nej", "Yes/no"}, count}, {"error", {"Felvärde", "Error"}, count},
                   {"formula", {"Formel", "Formula"}, count}};
  for (const Inspection::Sheet& sheet : found.sheets)
    for (const Inspection::Column& column : sheet.columns) {
      std::vector<Table::Value> row{
          sheet.name.empty() ? found.outcome.file_name : sheet.name,
          column.cell.empty() ? column_letters(column.number) : column.cell,
          column.heading,
          Message{std::string("inspect.") + uses[static_cast<std::size_t>(column.use)], {}},
          column.field.empty() ? Table::Value(std::string()) : Table::Word{column.field, column.field_words},
          Message{column.hidden ? "yesno.yes" : "yesno.no", {}}};
      for (const auto kind : {CellView::Kind::Text, CellView::Kind::Number, CellView::Kind::Date, CellView::Kind::Duration,
                              CellView::Kind::Boolean, CellView::Kind::Error})
        row.push_back(column.cells[static_cast<std::size_t>(kind)]);
      row.push_back(column.formulas);
      table.rows.push_back(std::move(row));
    }
  return table;
}

Table inspected_causes_table(const Inspection& found) {
  static constexpr const char* levels[] = {"level.error", "level.warning", "level.notice"};
  struct Cause {
    const Finding* first;
    std::int64_t places = 0;
  };
  std::vector<Cause> causes;
  for (const Finding& finding : found.outcome.findings) {
    auto known = std::find_if(causes.begin(), causes.end(), [&](const Cause& c) { return c.first->code == finding.code; });
    if (known == causes.end()) known = causes.insert(known, {&finding});
    ++known->places;
  }
  const auto rank = [](const Cause& cause) {
    return cause.first->level == Level::Error ? 0 : cause.first->level == Level::Warning ? 1 : 2;
  };
  std::stable_sort(causes.begin(), causes.end(), [&](const Cause& a, const Cause& b) { return rank(a) < rank(b); });
  Table table{.schema = "causes"};
  table.columns = {{"level", {"Nivå", "Level"}},
                   {"places", {"Ställen", "Places"}, Table::Column::Kind::Count},
                   {"first", {"Första", "First"}},
                   {"problem", {"Problem", "Problem"}}};
  for (const Cause& cause : causes) {
    const Place& place = cause.first->place;
    std::string where = place.cell.empty() && place.row ? std::to_string(place.row) : place.cell;
    if (!place.sheet.empty()) where = place.sheet + (where.empty() ? "" : "!" + where);
    table.rows.push_back({Message{levels[rank(cause)], {}}, cause.places, where, Message{cause.first->code, cause.first->values}});
  }
  return table;
}

}  // namespace horisont
