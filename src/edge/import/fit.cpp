// What a table is: the kind of record that its headings fit, with what stands above it or in its form.

#include "edge/import/fit.h"

#include <algorithm>
#include <set>

#include "edge/import/by_name.h"
#include "edge/import/covered.h"
#include "edge/import/profile.h"
#include "edge/import/said.h"
#include "edge/import/week.h"
#include "edge/import/when.h"
#include "edge/text/text.h"

namespace horisont {

int column_of(const HeadingGuess& guess, const ImportSchema& schema, std::string_view key) {
  const auto field = schema.field(key);
  return field ? guess.column_of(static_cast<int>(*field)) : -1;
}

bool serves(const HeadingGuess& guess, const ImportSchema& schema, std::string_view key) { return column_of(guess, schema, key) >= 0; }

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
    // Who says the month and no kind says as much where hours stand.
    const bool month_told = job.options.month && !job.options.kind && serves(guess, schema, "hours");
    // Totals of the staff for a month that is said, or that the sheet says where somebody has said that they are the staff's.
    const bool totals = guess.kind == RecordKind::StaffTime && names_staff(job, guess) && (asked || job.options.month) && serves(guess, schema, "hours") && !serves(guess, schema, "start_time");
    if (missing.group == "day" && ((attendance && (asked || month_told)) || totals) && !guess.days_as_columns)
      lack.day = true;
    else if (missing.group == "person" && (attendance || (asked && guess.kind == RecordKind::Results)) && serves(guess, schema, "name"))
      lack.person = true;
    else
      lack.headings.push_back(std::move(missing));
  }
  return lack;
}

namespace {

// Days over the columns that fall: the end of one month and the beginning of the next, or two tables side by side.
std::optional<std::pair<std::string, std::string>> falling_days(const HeadingGuess& guess, bool upper) {
  constexpr int fewest = 6;
  int days = 0, before = 0;
  std::string last;
  std::optional<std::pair<std::string, std::string>> falls;
  for (const ColumnPlan& column : guess.columns) {
    // Of two levels one may be the title above the days, or the first row below them.
    const std::size_t between = upper ? column.heading.find(" / ") : column.heading.rfind(" / ");
    const std::string text = between == std::string::npos ? column.heading : upper ? column.heading.substr(0, between) : column.heading.substr(between + 3);
    const std::string key = heading_key(text);
    const bool number = !key.empty() && key.size() <= 2 && key.find_first_not_of("0123456789") == std::string::npos;
    const int day = number ? std::stoi(key) : weekday_of(key);
    if (column.field >= 0 || day < 1 || day > 31) continue;
    ++days;
    if (day <= before && !falls) falls = std::pair(last, text);
    before = day, last = text;
  }
  return days >= fewest ? falls : std::nullopt;
}

// That no table was found: where something was near one, which headings were known there and what it lacks.
void tell_of_no_heading(ImportJob& job, const std::vector<FileTable>& tables, std::optional<RecordKind> kind) {
  job.draft.refused = true;
  const HeadingGuess* near = nullptr;
  std::size_t most = 0;
  for (const FileTable& table : tables)
    for (const HeadingGuess& guess : table.guesses) {
      if (kind && guess.kind != *kind) continue;
      const auto known = static_cast<std::size_t>(std::count_if(guess.columns.begin(), guess.columns.end(), [](const ColumnPlan& one) { return one.field >= 0; }));
      if (known == 0) continue;
      if (known > most || (known == most && guess.points > near->points)) near = &guess, most = known;
    }
  if (!near) return job.trouble.about_file("header.not-found", {});
  for (const bool upper : {true, false})
    if (const auto falls = falling_days(*near, upper))
      return job.trouble.about_file(falls->first == falls->second ? "header.day-again" : "header.days-fall", {std::to_string(upper ? near->first_row : near->last_row), falls->first, falls->second});
  const ImportSchema& schema = job.schemas.of(near->kind);
  std::string known, missing;
  for (const ColumnPlan& column : near->columns)
    // By its own name: what stands in the file may be a row of persons.
    if (column.field >= 0) known += (known.empty() ? "" : ", ") + schema.heading(static_cast<std::size_t>(column.field));
  for (const MissingHeading& one : missing_headings(*near, schema)) missing += (missing.empty() ? "" : "; ") + one.words;
  if (missing.empty()) return job.trouble.about_file("header.not-found", {});
  job.trouble.about_file("header.not-found-near", {in_both(schema.sheet.sv, schema.sheet.en), std::to_string(near->first_row), known, missing});
}

}  // namespace

std::optional<RecordKind> choose_kind(ImportJob& job, std::vector<FileTable>& tables) {
  struct Fit {
    bool complete = false, accepted = false;
    int points = 0;
  };
  // Whatever else it fits: a week of days with two times each is attendance.
  for (const FileTable& table : tables)
    if (const HeadingGuess& guess = table.guesses[static_cast<std::size_t>(RecordKind::Attendance)]; has_times_under_days(guess)) {
      job.draft.refused = true, job.draft.kind = RecordKind::Attendance;
      job.trouble.about_file("header.times-under-days", {table.name, guess.columns[guess.twice.front().second].heading});
      return std::nullopt;
    }
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
    if (!best) tell_of_no_heading(job, tables, std::nullopt);
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
  if (!job.draft.refused) tell_of_no_heading(job, tables, kind);
  job.draft.refused = true;
  return std::nullopt;
}

namespace {

// The labels above a table that serve these fields, each with its value in the same cell or to the right of it; none when a
// heading stands where the value would.
// The name and the number of a text that has both: "Åsa Öberg, 19980101-9804" or "19980101-9804 Åsa Öberg".
std::optional<std::pair<std::string, std::string>> name_and_number(const std::string& text, Date today) {
  std::string name, number;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find_first_of(" ,;()", at), text.size());
    const std::string word = text.substr(at, end - at);
    const bool is_number = word.size() >= 10 && word.size() <= 13 && PersonalIdentityNumber::parse(word, today).has_value();
    if (is_number && !number.empty()) return std::nullopt;
    if (is_number) number = word;
    if (!is_number && !word.empty()) name += (name.empty() ? "" : " ") + word;
    at = end + 1;
  }
  if (number.empty() || name.empty()) return std::nullopt;
  return std::pair(std::move(name), std::move(number));
}

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
        std::string value = tidy(text.substr(colon + 1)).text;
        // "Namn: Åsa Öberg  Personnummer: 19980101-9804" in one cell: each label has what stands up to the next.
        std::optional<BoundLabel> second;
        if (const std::size_t next = value.find(':'); next != value.npos) {
          const std::size_t word = value.rfind(' ', next);
          const std::string further = word == value.npos ? std::string() : value.substr(word + 1, next - word - 1), further_key = heading_key(further);
          if (is_wanted(further_key) && further_key != key && std::none_of(found.begin(), found.end(), [&](const BoundLabel& one) { return one.key == further_key; })) {
            second = BoundLabel{further, further_key, row.number, static_cast<std::uint32_t>(c + 1), CellView::Kind::Text, tidy(value.substr(next + 1)).text};
            value = tidy(value.substr(0, word)).text;
          }
        }
        bound.kind = CellView::Kind::Text, bound.text = std::move(value);
        if (second && !second->text.empty()) found.push_back(std::move(*second));
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
      // "Deltagare: Åsa Öberg, 19980101-9804": the number stands beside the name, and is what is certain of it.
      const auto identity = schema.field("identity_number");
      const std::string& field = schema.fields[schema.by_heading.find(key)->second].key;
      if (identity && bound.kind == CellView::Kind::Text && (field == "name" || field == "participant")) {
        const std::string heading = schema.heading(*identity), number_key = heading_key(heading);
        const bool there = std::any_of(found.begin(), found.end(), [&](const BoundLabel& one) { return one.key == number_key; });
        if (auto parts = there || !is_wanted(number_key) ? std::nullopt : name_and_number(bound.text, job.options.today)) {
          found.push_back({heading, number_key, row.number, bound.column, CellView::Kind::Text, std::move(parts->second)});
          bound.text = std::move(parts->first);
        }
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

// The day of a list without days, which its title, its sheet's name or its file's says, as if it were "Datum: 2016-03-01"; or why not.
struct DayOfTitle {
  std::optional<BoundLabel> bound;
  std::string_view code;
  std::vector<std::string> values;
};

// "Närvaro tisdag 1 mars 2016". Only where a text says nothing but that, or the weekday and an activity besides, and nothing else names
// another day or month: a version, a meeting or "1 och 2 mars" is no day of attendance. A day without a year is of the year of
// --month, of the one that stands by itself above, or of the project's only one with that month.
DayOfTitle day_of_title(const ImportJob& job, const FileTable& table, std::uint32_t heading_row) {
  static constexpr std::string_view small[] = {"närvaro",  "närvarolista", "närvarande", "deltagarlista", "deltagare", "dagslista", "dag",  "den",
                                               "datum",    "attendance",   "list",       "day",           "date",      "of",        "the",  "on"};
  const ImportSchema& schema = job.schemas.of(RecordKind::Attendance);
  const std::string stem = std::filesystem::path(job.draft.file_name).stem().string();
  struct Said {
    std::string text;
    std::uint32_t row = 0, column = 0;  // 0: a name
  };
  std::vector<Said> said;
  for (const HeadRow& row : table.head)
    for (std::size_t c = 0; row.number < heading_row && c < row.cells.size(); ++c)
      if (!row.cells[c].text.empty()) said.push_back({row.cells[c].text, row.number, static_cast<std::uint32_t>(c + 1)});
  said.push_back({table.name});
  std::optional<int> year_above;
  for (const Said& one : said)
    if (const SaidWhen when = when_said(one.text); !year_above)
      year_above = !when.year && when.months.size() == 1 ? when.months.front().month.year : when.year;
  if (!year_above) year_above = when_said(stem).year;

  const auto is_activity = [&](const std::string& word) {
    for (const Activity& activity : job.project.activities)
      for (const std::string& name : {activity.key, activity.name.sv, activity.name.en})
        if (heading_key(name) == heading_key(word)) return true;
    return false;
  };
  bool year_lacks = false;
  std::vector<std::string> other_weekday;
  const auto day_alone = [&](const std::string& text) -> std::optional<Date> {
    std::string rest, word;
    bool digits = false;
    int weekday = 0;
    for (const char c : lower_case(tidy(text).text) + " ") {
      if (c != ' ' && c != ':' && c != ',') {
        word += c, digits = digits || (c >= '0' && c <= '9');
        continue;
      }
      const int of_week = weekday_of(heading_key(word));
      if (of_week != 0) weekday = of_week;
      const bool says_nothing = of_week != 0 || std::find(std::begin(small), std::end(small), word) != std::end(small) || is_activity(word);
      if (!word.empty() && !says_nothing) rest += (rest.empty() ? "" : " ") + word;
      word.clear();
    }
    // 20160301 may be any number, and 16-03 a month.
    if (!digits || rest.find_first_of("/-. ") == rest.npos) return std::nullopt;
    if (rest.size() <= 5 && rest.find_first_not_of("0123456789-") == rest.npos) return std::nullopt;
    CellView cell;
    cell.kind = CellView::Kind::Text, cell.text = rest;
    DateFrame frame = date_frame(job);
    const auto fits = [&](Date here) {
      if (weekday == 0 || weekday == here.weekday()) return true;
      other_weekday = {text, here.iso() + " (" + weekday_words(here) + ")"};
      return false;
    };
    const auto read = read_day(cell, false, {}, frame);
    if (read.error.empty() && read.remark.empty())
      return fits(Date::of_days(read.value)) ? std::optional(Date::of_days(read.value)) : std::nullopt;
    // "9/3 2016": day and month, where the weekday or --month says that it is so.
    if (const auto& told = job.options.month; read.error == "date.order-ambiguous") {
      ColumnFacts settled;
      settled.date_slash_settled = true;
      const auto here = read_day(cell, false, settled, frame);
      const Date day_first = Date::of_days(here.value);
      const bool so = here.error.empty() && (told ? *told == Month::containing(day_first) : weekday == day_first.weekday());
      return so ? std::optional(day_first) : std::nullopt;
    }
    for (int month = 1; month <= 12; ++month) {
      const auto& told = job.options.month;
      const auto year = [&]() -> std::optional<int> {
        if (told && told->month() != month) return std::nullopt;
        if (told) return told->year();
        return year_above ? year_above : only_year_of(job, month);
      }();
      frame.sheet_month = Month::of(year ? *year : job.project.operation().first.year(), month);
      const auto here = read_day(cell, false, {}, frame);
      if (!here.error.empty() || here.remark != "date.year-of-sheet") continue;
      if (year) return fits(Date::of_days(here.value)) ? std::optional(Date::of_days(here.value)) : std::nullopt;
      year_lacks = !told;
    }
    return std::nullopt;
  };
  std::optional<Date> day;
  DayOfTitle found;
  std::string first;
  const auto take = [&](const Said& one) {
    const auto here = day_alone(one.text);
    if (!here || found.code == "day.contradiction") return;
    if (day && *day != *here) {
      found = {std::nullopt, "day.contradiction", {first, one.text}};
      return;
    }
    if (day) return;
    const std::string& label = schema.fields[*schema.field("date")].headings_sv.front();
    found.bound = BoundLabel{label, heading_key(label), one.row, one.column, CellView::Kind::Text, here->iso()};
    day = here, first = one.text;
  };
  for (const Said& one : said) take(one);
  // A file's date is when it was saved, unless nothing else in it says when.
  const bool says_when = job.options.month || std::any_of(said.begin(), said.end(), [](const Said& one) { return month_in(one.text).has_value(); });
  if (!day && !says_when && stem.find_first_of("0123456789") != stem.npos && !when_said(stem).year) take({stem});
  if (found.code == "day.contradiction") return found;
  if (!other_weekday.empty()) return {std::nullopt, "day.contradiction", std::move(other_weekday)};
  if (!day && year_lacks) return {std::nullopt, "month.year-of-day", {}};
  if (!day) return {};
  const auto another = [&](const std::optional<MonthMention>& month) {
    return month && (month->month != day->month() || (month->year && *month->year != day->year()));
  };
  if (job.options.month && *job.options.month != Month::containing(*day)) return {};
  if (!day_alone(table.name) && another(month_in(table.name))) return {std::nullopt, "month.contradiction", {first, table.name}};
  for (const Said& one : said)
    if (one.row != 0 && !day_alone(one.text) && month_in(one.text)) return {};
  found.bound->title = true;
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

namespace {

// Whom a heading names: by number or reference, alone or beside a name; by name where it is one participant's.
struct HeadingPerson {
  std::uint32_t person = nobody;
  bool near = false;   ///< nobody's name, but nearly
  bool looks = false;  ///< as names look: several words
};
HeadingPerson person_in(ImportJob& job, const std::string& text) {
  HeadingPerson out;
  if (text.empty()) return out;
  if (const auto found = person_by_number_in(job, text); found.person != nobody || found.looks_like_number) return {found.person, false, true};
  if (!job.names) job.names.emplace(job.draft.people);
  const auto all = job.names->all(text);
  if (!all.empty()) return {all.front(), false, true};
  return {nobody, job.names->nearest(text) != nobody, text.find(' ') != text.npos && characters(text) <= 60};
}

bool is_small_number(const std::string& text) {
  return !text.empty() && text.size() <= 2 && text.find_first_not_of("0123456789") == text.npos && std::stoi(text) >= 1 && std::stoi(text) <= 31;
}

}  // namespace

void people_of_columns(ImportJob& job, const FileTable& table, HeadingGuess& guess, const ImportSchema& schema) {
  const auto date = schema.field("date");
  if (guess.accepted || !date || job.options.header) return;
  const auto field_of = [&](const HeadCell& cell) {
    const auto found = schema.by_heading.find(cell.key);
    return cell.key.empty() || found == schema.by_heading.end() ? -1 : static_cast<int>(found->second);
  };
  constexpr std::uint32_t last_row = 30;
  for (std::size_t at = 0; at + 1 < table.head.size() && table.head[at].number <= last_row; ++at) {
    const HeadRow& row = table.head[at];
    if (holds_labels(row, schema)) continue;
    std::set<std::uint32_t> known;
    std::vector<HeadingPerson> whom(row.cells.size());
    std::size_t near = 0, first = row.cells.size();
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      if (field_of(row.cells[c]) >= 0 || says_sum(row.cells[c].text)) continue;
      whom[c] = person_in(job, row.cells[c].text);
      if (whom[c].person != nobody) known.insert(whom[c].person);
      near += whom[c].near;
      if (first == row.cells.size() && (whom[c].person != nobody || whom[c].near)) first = c;
    }
    // Somebody who is known or nearly so, and one more.
    const auto others = static_cast<std::size_t>(
        std::count_if(whom.begin(), whom.end(), [](const HeadingPerson& one) { return one.looks && one.person == nobody && !one.near; }));
    if (known.size() + near == 0 || known.size() + near + others < 2) continue;
    // The names above, the numbers below them.
    std::size_t last = at;
    const auto numbers_below = [&](const HeadRow& below) {
      std::size_t found = 0;
      for (std::size_t c = first; c < below.cells.size() && c < whom.size(); ++c) if (const auto one = person_by_number_in(job, below.cells[c].text); one.person != nobody || one.looks_like_number) ++found;
      return found > 0;
    };
    if (table.head[at + 1].number == row.number + 1 && numbers_below(table.head[at + 1])) last = at + 1;
    // Days stand before the first of them.
    std::optional<std::size_t> days;
    for (std::size_t c = 0; c < first && !days; ++c) {
      std::size_t dates = 0, small = 0, filled = 0;
      for (std::size_t below = last + 1; below < table.head.size(); ++below) {
        const HeadRow& body = table.head[below];
        if (c >= body.cells.size() || body.cells[c].text.empty() || says_sum(body.cells[c].text)) continue;
        ++filled;
        const std::string& text = body.cells[c].text;
        dates += body.cells[c].kind == CellView::Kind::Date || Date::parse(text).has_value() || month_in(text).has_value();
        small += is_small_number(text);
      }
      const bool says = c < row.cells.size() && field_of(row.cells[c]) == static_cast<int>(*date);
      if (filled >= 1 && (says || 2 * dates > filled || (filled >= 3 && small == filled))) days = c;
    }
    if (!days) continue;
    HeadingGuess found;
    found.kind = guess.kind, found.first_row = row.number, found.last_row = table.head[last].number, found.levels = static_cast<int>(last - at + 1);
    std::size_t width = 0;
    for (std::size_t level = at; level <= last; ++level) width = std::max(width, table.head[level].cells.size());
    found.columns.resize(width);
    std::vector<bool> taken(schema.fields.size(), false);
    taken[*date] = true;
    for (std::size_t c = 0; c < width; ++c) {
      ColumnPlan& column = found.columns[c];
      std::vector<std::string> said;
      for (std::size_t level = at; level <= last; ++level)
        if (c < table.head[level].cells.size() && !table.head[level].cells[c].text.empty()) said.push_back(table.head[level].cells[c].text);
      if (!said.empty()) column.heading = said.front(), column.key = heading_key(said.front());
      if (c == *days) {
        column.field = static_cast<int>(*date);
        if (column.heading.empty()) column.heading = schema.fields[*date].headings_sv.front(), column.key = heading_key(column.heading);
        continue;
      }
      if (said.empty()) continue;
      if (const int field = field_of({CellView::Kind::Text, column.heading, column.key}); field >= 0) {
        if (taken[static_cast<std::size_t>(field)]) continue;
        column.field = field, taken[static_cast<std::size_t>(field)] = true;
        continue;
      }
      if (says_sum(column.heading)) {
        column.row_total = true;
        continue;
      }
      if (schema.not_read.contains(column.key) || weekday_of(column.key) != 0 || job.project.activity(column.heading)) continue;
      const HeadingPerson one = c < whom.size() ? whom[c] : HeadingPerson{};
      const bool by_number = std::any_of(said.begin(), said.end(), [&](const std::string& text) { return person_by_number_in(job, text).person != nobody; });
      if (one.person != nobody || one.near || one.looks || by_number) {
        column.person = said;
        // A number is never told: who is meant is said by the reference.
        const auto numbered = person_by_number_in(job, column.heading);
        if (numbered.looks_like_number)
          column.heading = numbered.person != nobody ? participant_reference(numbered.person) : schema.heading(*schema.field("participant"));
      }
    }
    // Hours or codes stand below them.
    std::size_t amounts = 0, filled = 0;
    for (std::size_t below = last + 1; below < table.head.size(); ++below)
      for (std::size_t c = 0; c < table.head[below].cells.size() && c < width; ++c)
        if (const std::string& text = table.head[below].cells[c].text; found.columns[c].of_person() && !text.empty()) ++filled, amounts += characters(text) <= 5;
    if (amounts == 0 || 2 * amounts < filled) continue;
    found.people_as_columns = found.accepted = true;
    found.points = 6 + 4 * static_cast<int>(known.size() + near);
    guess = std::move(found);
    return;
  }
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
      if (auto day = day_of_title(job, table, list.first_row); day.bound) bound.push_back(*std::move(day.bound));
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
    // "Aktivitet: Praktik" among them, where no column has activities.
    if (!serves(guess, schema, "activity")) {
      std::vector<BoundLabel> activity = labels_of(job, table, schema, {"activity"});
      std::erase_if(activity, [&](const BoundLabel& one) { return one.row >= guess.first_row || one.text.empty(); });
      if (activity.size() == 1) {
        std::vector<BoundLabel> more = bound;
        more.push_back(std::move(activity.front()));
        HeadingGuess whole = heading_with(job, table, more, schema);
        hours_of_the_project(job, whole, schema);
        if (whole.accepted && whole.last_row == guess.last_row && serves(whole, schema, "activity")) bound = std::move(more), guess = std::move(whole);
      }
    }
    // A name alone is in both kinds of sheets: the one that lacks nothing is it.
    const bool complete = missing_headings(guess, schema).empty();
    if (table.bound.empty() || complete) bind(kind, std::move(bound), std::move(guess));
    if (complete) return;
  }
}

std::optional<std::pair<std::string_view, std::vector<std::string>>> why_no_day(const ImportJob& job, const FileTable& table, const HeadingGuess& guess) {
  DayOfTitle day = table.sheet ? day_of_title(job, table, guess.first_row) : DayOfTitle{};
  if (day.code.empty()) return std::nullopt;
  return std::pair(day.code, std::move(day.values));
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
    if (form.turned) {
      job.draft.refused = true;
      return job.trouble.about_file("sheet.turned", {table.name});
    }
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
