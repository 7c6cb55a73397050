// What a table is: the kind of record that its headings fit, with what stands above it or in its form.

#include "edge/import/fit.h"

#include <algorithm>
#include <set>

#include "edge/import/profile.h"
#include "edge/import/week.h"
#include "edge/text/text.h"

namespace horisont {

bool serves(const HeadingGuess& guess, const ImportSchema& schema, std::string_view key) {
  const auto field = schema.field(key);
  return field && guess.column_of(static_cast<int>(*field)) >= 0;
}

bool serves(const BoundLabel& label, const ImportSchema& schema, std::string_view key) {
  const auto field = schema.by_heading.find(label.key);
  return field != schema.by_heading.end() && schema.fields[field->second].key == key;
}

namespace {

// Headings that only time of the staff has.
bool names_staff(const ImportJob& job, const HeadingGuess& guess) {
  const ImportSchema& staff = job.schemas.of(RecordKind::StaffTime);
  return std::any_of(guess.columns.begin(), guess.columns.end(), [&](const ColumnPlan& column) {
    const auto field = staff.by_heading.find(column.key);
    if (column.key.empty() || field == staff.by_heading.end()) return false;
    const std::string& key = staff.fields[field->second].key;
    return key == "staff_id" || key == "function" || key == "employer" || key == "employment_share" || key == "pay_group";
  });
}

}  // namespace

Lack lack_of(const ImportJob& job, const HeadingGuess& guess) {
  const ImportSchema& schema = job.schemas.of(guess.kind);
  Lack lack;
  for (MissingHeading& missing : missing_headings(guess, schema)) {
    const bool attendance = guess.kind == RecordKind::Attendance && !names_staff(job, guess), asked = job.options.kind == guess.kind;
    if (missing.group == "day" && attendance && asked && !guess.days_as_columns)
      lack.day = true;
    else if (missing.group == "person" && (attendance || (asked && guess.kind == RecordKind::Results)) && serves(guess, schema, "name"))
      lack.person = true;
    else
      lack.headings.push_back(std::move(missing));
  }
  return lack;
}

std::optional<RecordKind> choose_kind(ImportJob& job, std::vector<FileTable>& tables) {
  struct Fit {
    bool complete = false, accepted = false;
    int points = 0;
  };
  const auto fit = [&](RecordKind kind) {
    Fit best;
    for (const FileTable& table : tables) {
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
  for (FileTable& table : tables) {
    HeadingGuess& guess = table.guesses[static_cast<std::size_t>(kind)];
    const auto missing = missing_headings(guess, schema);
    if (guess.points > 0 && missing.size() == 1 && missing.front().group == "person") guess.accepted = near = true;
  }
  if (near || (asked.accepted && !job.draft.refused)) return kind;
  if (!job.draft.refused) job.trouble.about_file("header.not-found", {});
  job.draft.refused = true;
  return std::nullopt;
}

namespace {

// The labels above a table that serve these fields, each with its value in the same cell or to the right of it; none when a
// heading stands where the value would.
std::vector<BoundLabel> labels_of(ImportJob& job, const FileTable& table, const ImportSchema& schema, std::initializer_list<std::string_view> fields) {
  std::vector<BoundLabel> found;
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
      if (!is_wanted(key) || std::any_of(found.begin(), found.end(), [&](const BoundLabel& one) { return one.key == key; })) continue;
      BoundLabel bound{label, key, row.number, static_cast<std::uint32_t>(c + 1), CellView::Kind::Empty, {}};
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

// "Närvaro tisdag 1 mars 2016" above a list without days, as if it were "Datum: 2016-03-01". Only where the cell says nothing but
// that, and nothing else above names another month: a version, a meeting or "1 och 2 mars" is no day of attendance.
std::optional<BoundLabel> day_of_title(const ImportJob& job, const FileTable& table, std::uint32_t heading_row) {
  static constexpr std::string_view small[] = {"närvaro",  "närvarolista", "närvarande", "deltagarlista", "deltagare", "dagslista", "dag",  "den",
                                               "datum",    "attendance",   "list",       "day",           "date",      "of",        "the",  "on"};
  const ImportSchema& schema = job.schemas.of(RecordKind::Attendance);
  const DateFrame frame = date_frame(job);
  const auto day_alone = [&](const std::string& text) -> std::optional<Date> {
    std::string rest, word;
    for (const char c : lower_case(tidy(text).text) + " ") {
      if (c != ' ' && c != ':' && c != ',') {
        word += c;
        continue;
      }
      const bool says_nothing = weekday_of(heading_key(word)) != 0 || std::find(std::begin(small), std::end(small), word) != std::end(small);
      if (!word.empty() && !says_nothing) rest += (rest.empty() ? "" : " ") + word;
      word.clear();
    }
    if (rest.find_first_of("/-. ") == rest.npos) return std::nullopt;  // 20160301 may be any number
    CellView cell;
    cell.kind = CellView::Kind::Text, cell.text = rest;
    const auto read = read_day(cell, false, {}, frame);
    return read.error.empty() && read.remark.empty() ? std::optional(Date::of_days(read.value)) : std::nullopt;
  };
  std::optional<BoundLabel> found;
  std::optional<Date> day;
  for (const HeadRow& row : table.head)
    for (std::size_t c = 0; row.number < heading_row && c < row.cells.size(); ++c)
      if (const auto here = day_alone(row.cells[c].text)) {
        if (day && *day != *here) return std::nullopt;
        const std::string& label = schema.fields[*schema.field("date")].headings_sv.front();
        if (!day) found = BoundLabel{label, heading_key(label), row.number, static_cast<std::uint32_t>(c + 1), CellView::Kind::Text, here->iso()};
        day = here;
      }
  if (!day) return std::nullopt;
  const auto another = [&](const std::optional<MonthMention>& month) {
    return month && (month->month != day->month() || (month->year && *month->year != day->year()));
  };
  if (job.options.month && *job.options.month != Month::containing(*day)) return std::nullopt;
  if (another(month_in(table.name))) return std::nullopt;
  for (const HeadRow& row : table.head)
    for (std::size_t c = 0; row.number < heading_row && c < row.cells.size(); ++c)
      if (!day_alone(row.cells[c].text) && month_in(row.cells[c].text)) return std::nullopt;
  found->title = true;
  return found;
}

std::size_t width_of(const FileTable& table) {
  std::size_t width = 0;
  for (const RowView& row : table.sheet->rows) width = std::max(width, row.cells.size());
  return width;
}

// The heading of the sheet as if the labels above it were columns behind all others.
HeadingGuess heading_with(const ImportJob& job, const FileTable& table, const std::vector<BoundLabel>& bound, const ImportSchema& schema) {
  const std::size_t width = width_of(table);
  std::vector<HeadRow> head;
  for (const HeadRow& row : table.head) {
    if (std::any_of(bound.begin(), bound.end(), [&](const BoundLabel& one) { return one.row >= row.number; })) continue;
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

}  // namespace

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

void day_of_start(const FileTable& table, HeadingGuess& guess, const ImportSchema& schema) {
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

void bind_labels(ImportJob& job, FileTable& table) {
  if (!table.sheet) return;
  const auto bind = [&](RecordKind kind, std::vector<BoundLabel> bound, HeadingGuess guess) {
    table.guesses[static_cast<std::size_t>(kind)] = std::move(guess);
    table.bound = std::move(bound), table.bound_from = width_of(table), table.bound_as = kind;
  };
  const ImportSchema& attendance = job.schemas.of(RecordKind::Attendance);
  if (const HeadingGuess& list = table.guesses[static_cast<std::size_t>(RecordKind::Attendance)]; list.accepted) {
    const bool has_day = list.days_as_columns || list.day_in_start || serves(list, attendance, "date") || serves(list, attendance, "month");
    const bool has_activity = list.activities_as_columns || serves(list, attendance, "activity");
    std::vector<BoundLabel> bound = labels_of(job, table, attendance, {"date", "activity"});
    std::erase_if(bound, [&](const BoundLabel& one) {
      const bool activity = serves(one, attendance, "activity");
      return one.row >= list.first_row || one.text.empty() || (activity ? has_activity : has_day);
    });
    const auto is_day = [&](const BoundLabel& one) { return serves(one, attendance, "date"); };
    if (!has_day && std::none_of(bound.begin(), bound.end(), is_day))
      if (auto day = day_of_title(job, table, list.first_row)) bound.push_back(*std::move(day));
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
    std::vector<BoundLabel> bound = labels_of(job, table, schema,
                                         {"identity_number", "participant", "name", "staff_id", "function", "employer",
                                          "employment_share", "pay_group"});
    const auto names = [&](const BoundLabel& one) {
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

void find_forms(ImportJob& job, FileTable& table) {
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

std::string hours_unread(const ImportJob& job, const FileTable& table, RecordKind kind) {
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

}  // namespace horisont
