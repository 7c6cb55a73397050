#include "edge/import/heading.h"

#include <algorithm>
#include <map>
#include <set>

#include "edge/import/beside.h"
#include "edge/import/joined.h"
#include "edge/import/values.h"
#include "edge/import/week.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::size_t longest_heading = 200, last_heading_row = 30;
constexpr int accepted_points = 8, fewest_days = 7;
// Whole dates, weekdays of a week and weeks are nothing else than days; small numbers may be.
constexpr int fewest_dates = 3, fewest_weekdays = 3, fewest_weeks = 2;

bool all_digits(const std::string& text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos; }

// A day of the month as people write it over a column: 7, "7", "7/3", "mån 7", a date.
void read_day_heading(const HeadCell& cell, ColumnPlan& column) {
  column.day = 0;
  column.date.reset();
  column.surely_day = false;
  if (cell.text.size() > 24) return;
  if (cell.kind == CellView::Kind::Date || (cell.text.size() == 10 && cell.text[4] == '-' && cell.text[7] == '-')) {
    if (const auto date = Date::parse(cell.text)) column.date = date->days();
    return;
  }
  std::string digits, second;
  bool letters = false;
  std::size_t groups = 0;
  char before = ' ', behind = 0;
  for (std::size_t i = 0; i < cell.text.size(); ++i) {
    const char c = cell.text[i];
    if (c >= '0' && c <= '9') {
      if (digits.empty() || before < '0' || before > '9') ++groups;
      (groups == 1 ? digits : second) += c;
    } else {
      if (groups == 1 && behind == 0) behind = c;
      letters |= c != ' ' && c != '/' && c != '.';
    }
    before = c;
  }
  if (digits.empty() || digits.size() > 2 || groups > 2) return;
  const int day = std::stoi(digits);
  if (day < 1 || day > 31) return;
  if (letters) {
    // Only a weekday may stand beside the number.
    static const std::vector<std::string> weekdays{"mån", "tis", "ons", "tor", "fre", "lör", "sön", "mon", "tue", "wed",
                                                   "thu", "fri", "sat", "sun", "må",  "ti",  "on",  "to",  "fr",  "lö",
                                                   "sö",  "m",   "t",   "o",   "f",   "l",   "s",   "w",   "den", "dag"};
    std::string word = cell.key;
    word.erase(std::remove_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }), word.end());
    const bool known = std::any_of(weekdays.begin(), weekdays.end(), [&](const std::string& weekday) {
      return word == weekday || (weekday.size() >= 3 && word.starts_with(weekday) && word.ends_with("dag"));
    });
    if (!known || groups != 1) return;
  } else if (groups == 2 && behind != '/') {
    return;
  }
  column.day = day;
  column.surely_day = letters || groups == 2;
  if (groups == 2 && second.size() <= 2) column.of_month = std::stoi(second);
}

// "Fullföljt (ja/nej)", "Timmar (h)": what stands in the brackets says how to write the value. "Telefon (vårdnadshavare)" and
// "Timmar (planerade)" are something else.
std::string without_hint(const std::string& text) {
  static const std::set<std::string> hints{
      "ja",   "nej",  "yes",      "no",         "j",        "n",         "vet",  "ej",         "okänt",     "k",           "m",
      "man",  "kvinna", "h",      "tim",        "timmar",   "timme",     "åååå", "mm",         "dd",        "ååååmmdd",    "yyyy",
      "10",   "12",   "efternamn", "förnamn",   "siffror",  "nnnn",      "xxxx", "frivilligt", "obligatoriskt", "om",      "känt",
      "och",  "eller", "isced",   "0",          "8",        "antal",     "hela", "decimaltal", "ååmmdd"};
  const std::size_t open = text.find('('), close = text.find(')');
  if (open == text.npos || open == 0 || close == text.npos || close < open || !tidy(text.substr(close + 1)).text.empty()) return {};
  std::string word;
  for (const char c : lower_case(text.substr(open + 1, close - open - 1)) + " ") {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80);
    if (letter) word += c;
    if (letter || word.empty()) continue;
    if (!hints.contains(word)) return {};
    word.clear();
  }
  return text.substr(0, open);
}

// "Mars 2016" is a month; "Timmar mars" is hours of one.
bool says_one_word(const std::string& text) {
  std::size_t words = 0;
  bool in_word = false;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80);
    words += letter && !in_word;
    in_word = letter;
  }
  return words <= 1 && text.size() <= 20;
}

// "Vecka 10" as the whole of a heading, or a weekday with the week above it or above the table.
void read_week_heading(const ColumnLevels& levels, ColumnPlan& column) {
  if (column.is_day() || levels.keys.empty()) return;
  const auto week = [&](const std::string& text) {
    const auto mention = week_in(text);
    if (!mention || !mention->alone) return false;
    column.week = mention->week, column.year = mention->year;
    return true;
  };
  column.weekday = weekday_of(levels.keys.front());
  if (column.weekday == 0) {
    if (week(levels.texts.front())) return;
    const std::string& text = levels.texts.front();
    if (const auto mention = month_in(text); mention && says_one_word(text)) column.month = mention->month, column.year = mention->year;
    return;
  }
  for (std::size_t level = 1; level < levels.texts.size(); ++level)
    if (week(levels.texts[level])) return;
}

// The days over the columns: whether they are of one kind, rise, and are enough to be no chance.
bool are_days(const std::vector<ColumnPlan>& columns) {
  enum class Kind : std::uint8_t { Number, Date, Weekday, Week, Month };
  const auto kind_of = [](const ColumnPlan& column) {
    return column.date           ? Kind::Date
           : column.weekday != 0 ? Kind::Weekday
           : column.week != 0    ? Kind::Week
           : column.month != 0   ? Kind::Month
                                 : Kind::Number;
  };
  std::optional<Kind> kind;
  int days = 0, year = 0;
  bool sure = true;
  std::int64_t before = -1;
  for (const ColumnPlan& column : columns) {
    if (!column.is_day()) continue;
    if (kind && *kind != kind_of(column)) return false;
    kind = kind_of(column);
    sure = sure && column.surely_day;
    year = column.year.value_or(year);  // "Jan 2016", "Feb", "Mars"
    const std::int64_t part = std::int64_t{year} * 54 + column.week + column.month;
    const std::int64_t value = column.date ? *column.date : column.day != 0 ? column.day : part * 8 + column.weekday;
    if (column.half == ColumnPlan::Half::Second) {
      if (value != before) return false;
      continue;
    }
    if (days++ > 0 && value <= before) return false;
    before = value;
  }
  return kind && days >= (*kind == Kind::Number    ? (sure ? fewest_dates : fewest_days)
                          : *kind == Kind::Date    ? fewest_dates
                          : *kind == Kind::Weekday ? fewest_weekdays
                                                   : fewest_weeks);  // or months
}

struct Match {
  int field = -1;
  bool similar = false;
};

// "Avslutas" for "avslutad": another form of the word, which says something else, and no slip of the hand.
bool only_inflected(const std::string& a, const std::string& b) {
  static constexpr std::string_view endings = "adenrst";
  return a.size() == b.size() && a != b && a.compare(0, a.size() - 1, b, 0, b.size() - 1) == 0 && endings.find(a.back()) != endings.npos && endings.find(b.back()) != endings.npos;
}

// Days and time decide what counts: only a slip of one letter, and not of the first one, leaves their words what they are.
// "Startmöte" is no start, and "Beslutsdatum" no end.
bool is_slip(const std::string& key, const std::string& heading, FieldType type) {
  const bool decides = type == FieldType::Date || type == FieldType::Month || type == FieldType::Time || type == FieldType::Hours;
  return !decides || (key.front() == heading.front() && edits(key, heading, 1) <= 1);
}

// Finds the field of a normal form: exact, then without å ä ö, then (when asked) with an edit or two.
class Matcher {
 public:
  explicit Matcher(const ImportSchema& schema) : schema_(schema) {}

  Match exact(const std::string& key) const {
    if (key.empty() || schema_.not_read.contains(key)) return {};
    if (const auto found = schema_.by_heading.find(key); found != schema_.by_heading.end())
      return {static_cast<int>(found->second), false};
    const std::string plain = plain_key(key);
    if (const auto found = schema_.by_plain.find(plain); found != schema_.by_plain.end())
      return {static_cast<int>(found->second), false};
    return {};
  }
  Match similar(const std::string& key) {
    const std::size_t letters = characters(key);
    if (letters < 5 || letters > 60 || all_digits(key) || schema_.not_read.contains(key)) return {};
    const auto [known, fresh] = similar_.emplace(key, Match{});
    if (!fresh) return known->second;
    const int limit = letters >= 9 ? 2 : 1;
    int best = limit + 1;
    for (const auto& [heading, field] : schema_.by_heading) {
      if (heading.size() + 4 < key.size() || key.size() + 4 < heading.size() || characters(heading) < 5) continue;
      if (only_inflected(key, heading)) continue;
      const int distance = edits(key, heading, limit);
      if (distance > limit || !is_slip(key, heading, schema_.fields[field].type)) continue;
      if (distance < best) best = distance, known->second = {static_cast<int>(field), true};
    }
    return known->second;
  }

 private:
  const ImportSchema& schema_;
  std::map<std::string, Match> similar_;
};

// The cell's text or, in a level above the last, the merged cell or the neighbour to the left that covers it.
const HeadCell* covering(const HeadRow& row, std::size_t column, bool upper, const std::vector<SheetView::Merge>& merges,
                         std::size_t texts) {
  const HeadCell* own = column < row.cells.size() ? &row.cells[column] : nullptr;
  if (own && !own->text.empty()) return own;
  if (!upper) return nullptr;
  for (const auto& merge : merges)
    if (merge.row1 <= row.number && row.number <= merge.row2 && merge.col1 <= column + 1 && column + 1 <= merge.col2) {
      if (merge.row1 == row.number && merge.col1 - 1 < row.cells.size()) return &row.cells[merge.col1 - 1];
      return nullptr;
    }
  if (texts < 2) return nullptr;
  for (std::size_t left = std::min(column, row.cells.size()); left-- > 0;)
    if (!row.cells[left].text.empty()) return &row.cells[left];
  return nullptr;
}

}  // namespace

bool is_told(const ColumnPlan& column, const ImportSchema& schema) {
  return schema.told.contains(column.key) || schema.told.contains(heading_key(column.heading));
}

namespace {

// One column without a heading between the 9th and the 11th is the 10th.
void fill_day_between(std::vector<ColumnPlan>& columns) {
  for (std::size_t c = 1; c + 1 < columns.size(); ++c) {
    const ColumnPlan &before = columns[c - 1], &after = columns[c + 1];
    ColumnPlan& column = columns[c];
    if (!column.heading.empty() || column.field >= 0 || column.part || column.is_day()) continue;
    const bool plain = before.month == 0 && after.month == 0 && before.half == ColumnPlan::Half::No && after.half == ColumnPlan::Half::No;
    if (!plain) continue;
    if (before.day != 0 && after.day == before.day + 2 && before.of_month == after.of_month)
      column.day = before.day + 1, column.of_month = before.of_month;
    else if (before.date && after.date && before.week == 0 && after.week == 0 && *after.date == *before.date + 2)
      column.date = *before.date + 1;
    else
      continue;
    column.between = true;
  }
}

// "Totalt arbetad tid" beside the hours in the project: of all that the person does, and no sum of the row.
bool says_all_work(const std::string& key) { return key.find("arbetad") != key.npos || key.find("worked") != key.npos; }

// "1 fm" and "1 em", or "fm" and "em" below a day: half of that day, which is then all that is left in the cell.
bool read_half(HeadCell& cell, ColumnLevels& levels, ColumnPlan& column, std::size_t c, const std::vector<HeadRow>& head, std::size_t last,
               const std::vector<SheetView::Merge>& merges) {
  const std::string lower = lower_case(cell.text);
  for (const auto& [word, half] : {std::pair{"fm", ColumnPlan::Half::First}, std::pair{"em", ColumnPlan::Half::Second},
                                   std::pair{"förmiddag", ColumnPlan::Half::First}, std::pair{"eftermiddag", ColumnPlan::Half::Second},
                                   std::pair{"f.m.", ColumnPlan::Half::First}, std::pair{"e.m.", ColumnPlan::Half::Second},
                                   std::pair{"am", ColumnPlan::Half::First}, std::pair{"pm", ColumnPlan::Half::Second}}) {
    if (!lower.ends_with(word)) continue;
    HeadCell day{CellView::Kind::Text, tidy(cell.text.substr(0, cell.text.size() - std::string_view(word).size())).text, {}};
    if (day.text.empty()) {
      if (levels.texts.size() < 2 || last == 0) continue;
      // The level above, whose cell may be a date.
      const HeadRow& above = head[last - 1];
      const auto texts = static_cast<std::size_t>(std::count_if(above.cells.begin(), above.cells.end(), [](const HeadCell& one) { return !one.text.empty(); }));
      const HeadCell* covers = covering(above, c, true, merges, texts);
      if (!covers || covers->text != levels.texts[1]) continue;
      day = *covers;
    }
    day.key = heading_key(day.text);
    ColumnPlan read;
    read_day_heading(day, read);
    if (!read.is_day() && weekday_of(day.key) == 0) continue;
    cell = std::move(day), column.half = half;
    return true;
  }
  return false;
}

// "Från" and "Till" below one day: the first column is the day, and the second is read with it.
void pair_times(std::vector<ColumnPlan>& columns, std::vector<ColumnLevels>& over, const std::vector<HeadRow>& head, std::size_t last,
                const std::vector<SheetView::Merge>& merges) {
  static constexpr std::pair<std::string_view, std::string_view> pairs[] = {
      {"från", "till"}, {"fr", "till"}, {"in", "ut"}, {"start", "slut"}, {"starttid", "sluttid"}, {"start", "stopp"}, {"börjar", "slutar"}, {"kom", "gick"},
      {"from", "to"},   {"from", "tom"}, {"in", "out"}, {"start", "end"}, {"start", "stop"}};
  if (last == 0) return;
  const HeadRow& above = head[last - 1];
  const auto texts = static_cast<std::size_t>(std::count_if(above.cells.begin(), above.cells.end(), [](const HeadCell& one) { return !one.text.empty(); }));
  for (std::size_t c = 0; c + 1 < columns.size(); ++c) {
    const ColumnLevels &from = over[c], &to = over[c + 1];
    if (from.texts.size() < 2 || to.texts.size() < 2 || from.texts[1] != to.texts[1]) continue;
    const std::pair<std::string_view, std::string_view> words{from.keys.front(), to.keys.front()};
    if (std::find(std::begin(pairs), std::end(pairs), words) == std::end(pairs)) continue;
    const HeadCell* day = covering(above, c, true, merges, texts);
    if (!day || day->text != from.texts[1]) continue;
    ColumnPlan read;
    read_day_heading(*day, read);
    if (!read.is_day() && weekday_of(day->key) == 0) continue;
    columns[c + 1].is_no_day();
    columns[c + 1].part = true;
    over[c].keys.front() = day->key, over[c].texts.front() = day->text;
    read_day_heading(*day, columns[c]);
    read_week_heading(over[c], columns[c]);
    columns[c].surely_day = true;
    columns[c].key = day->key;
    columns[c].parts = {c, c + 1};
    ++c;
  }
}

// "M T O T F" side by side: each letter alone may be of two days, all of them together are a week's.
void read_weekday_letters(std::vector<ColumnPlan>& columns, const std::vector<ColumnLevels>& over) {
  const auto key = [&](std::size_t c) { return c < columns.size() && !over[c].keys.empty() && !columns[c].is_day() ? over[c].keys.front() : std::string(); };
  for (const std::string_view letters : {"mtotfls", "mtwtfss"})
    for (std::size_t first = 0; first + 5 <= columns.size(); ++first) {
      std::size_t found = 0;
      while (found < letters.size() && key(first + found) == letters.substr(found, 1)) ++found;
      if (found != 5 && found != 7) continue;
      for (std::size_t i = 0; i < found; ++i) {
        ColumnPlan& column = columns[first + i];
        column.weekday = static_cast<int>(i) + 1;
        for (std::size_t level = 1; level < over[first + i].texts.size(); ++level)
          if (const auto week = week_in(over[first + i].texts[level]); week && week->alone) column.week = week->week, column.year = week->year;
      }
      first += found - 1;
    }
}

// A day merged over two columns without a word below it: both are of that day.
void halve_merged_days(std::vector<ColumnPlan>& columns, std::uint32_t row, const std::vector<SheetView::Merge>& merges) {
  for (const auto& merge : merges) {
    if (merge.row1 > row || merge.row2 < row || merge.col2 != merge.col1 + 1 || merge.col2 > columns.size()) continue;
    ColumnPlan &first = columns[merge.col1 - 1], &second = columns[merge.col2 - 1];
    if (!first.is_day() || first.half != ColumnPlan::Half::No || !second.heading.empty()) continue;
    second = first;
    first.half = ColumnPlan::Half::First, second.half = ColumnPlan::Half::Second;
  }
}

// "Summa dagar" counts days, "Totalt hittills" holds earlier months too: neither is the sum of the row's hours.
bool says_other_sum(const std::string& key) {
  for (const char* more : {"hittills", "ackumulerat", "sedanstart", "sofar", "todate"})
    if (key.find(more) != key.npos) return true;
  const bool hours = key.find("tim") != key.npos || key.find("hour") != key.npos || key.find("tid") != key.npos;
  return !hours && (key.find("dagar") != key.npos || key.find("tillfällen") != key.npos || key.find("days") != key.npos || key.find("antalpass") != key.npos);
}

// Whether the columns are of the staff and hold their months or days. A week has no place in what is stored of staff time.
bool is_of_staff(const HeadingGuess& guess, const ImportSchema& schema) {
  bool staff = false;
  for (const ColumnPlan& column : guess.columns) {
    if (column.is_whole_week()) return false;
    if (column.field < 0) continue;
    const std::string& key = schema.fields[static_cast<std::size_t>(column.field)].key;
    for (const char* of_staff : {"staff_id", "function", "employer", "employment_share", "pay_group"}) staff |= key == of_staff;
  }
  return staff;
}

// Somebody's number or name, and no words of a heading: "10417", "D-0001", "Ask Öman"; not "12 siffror", "(efternamn)" or "Efternamn".
bool may_name_somebody(const HeadCell& cell, const std::string& field, const ImportSchema& schema) {
  if (cell.text.empty() || schema.by_heading.contains(cell.key) || cell.text.find('(') != std::string::npos) return false;
  const bool digit = cell.text.find_first_of("0123456789") != std::string::npos, blank = cell.text.find(' ') != std::string::npos;
  if (field == "name" || field == "family_name" || field == "given_name") return !digit && lower_case(cell.text).front() != cell.text.front();
  return (field == "identity_number" || field == "participant" || field == "local_id" || field == "staff_id") && digit && !blank;
}

// Whether one of the rows, with numbers in it, is of data below the headings: it names somebody, or the row above the lowest one has a
// word of its own over each of its numbers, which says no time ("Dag A", "Pass 1").
bool has_data(std::span<const HeadRow> rows, const std::vector<ColumnPlan>& columns, const ImportSchema& schema) {
  static constexpr std::string_view halves[] = {"fm", "em", "am", "pm"};
  const auto cell = [&](std::size_t row, std::size_t c) { return c < rows[row].cells.size() ? rows[row].cells[c] : HeadCell{}; };
  for (std::size_t r = 1; r < rows.size(); ++r) {
    std::size_t numbers = 0, worded = 0;
    std::set<std::string> words;
    bool names = false, headed = false;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const HeadCell here = cell(r, c), over = cell(r - 1, c);
      if (columns[c].field >= 0) {
        bool heading = false;
        for (std::size_t above = 0; above < r; ++above) heading |= schema.by_heading.contains(cell(above, c).key);
        headed |= heading;
        names |= heading && may_name_somebody(here, schema.fields[static_cast<std::size_t>(columns[c].field)].key, schema);
      } else if (all_digits(here.text) && here.text.size() <= 2) {
        ++numbers;
        ColumnPlan day;
        read_day_heading(over, day);
        const bool time = day.is_day() || weekday_of(over.key) != 0 || over.key.size() <= 1 || week_in(over.text) || month_in(over.text) || std::find(std::begin(halves), std::end(halves), over.key) != std::end(halves);
        if (!over.text.empty() && !all_digits(over.key) && !time) ++worded, words.insert(over.key);
      }
    }
    const bool over_words = r + 1 == rows.size() && headed && numbers > 2 && worded == numbers && words.size() == numbers;
    if (numbers > 0 && (names || over_words)) return true;
  }
  return false;
}

HeadingGuess candidate(const std::vector<HeadRow>& head, std::size_t last, int levels,
                       const std::vector<SheetView::Merge>& merges, const ImportSchema& schema, Matcher& matcher) {
  HeadingGuess guess;
  guess.kind = schema.kind;
  guess.levels = levels;
  guess.last_row = head[last].number;
  guess.first_row = head[last + 1 - static_cast<std::size_t>(levels)].number;
  std::size_t width = 0;
  for (std::size_t row = last + 1 - static_cast<std::size_t>(levels); row <= last; ++row)
    width = std::max(width, head[row].cells.size());
  // The last day may be merged over a column that has no cell of its own.
  for (const auto& merge : merges)
    if (schema.kind == RecordKind::Attendance && merge.row1 <= guess.last_row && guess.last_row <= merge.row2 && merge.col1 == width && merge.col2 == width + 1) {
      ++width;
      break;
    }

  std::vector<bool> taken(schema.fields.size(), false);
  std::vector<bool> plain_number(width, false);
  std::vector<ColumnLevels> over(width);
  bool any_exact = false;
  const bool attendance = schema.kind == RecordKind::Attendance, staff = schema.kind == RecordKind::StaffTime;
  guess.columns.resize(width);
  for (std::size_t c = 0; c < width; ++c) {
    ColumnPlan& column = guess.columns[c];
    std::string above;
    for (int level = 0; level < levels; ++level) {
      const HeadRow& row = head[last + 1 - static_cast<std::size_t>(levels - level)];
      const auto texts = static_cast<std::size_t>(
          std::count_if(row.cells.begin(), row.cells.end(), [](const HeadCell& cell) { return !cell.text.empty(); }));
      const bool upper = level + 1 < levels;
      const HeadCell* cell = covering(row, c, upper, merges, texts);
      if (!cell || cell->text == above) continue;
      above = cell->text;
      column.heading += (column.heading.empty() ? "" : " / ") + cell->text;
      over[c].keys.insert(over[c].keys.begin(), cell->key), over[c].texts.insert(over[c].texts.begin(), cell->text);
      if (!upper) {
        HeadCell bare = *cell;
        if ((attendance || staff) && read_half(bare, over[c], column, c, head, last, merges)) over[c].keys.front() = bare.key, over[c].texts.front() = bare.text;
        read_day_heading(bare, column);
        column.surely_day = column.surely_day || column.half != ColumnPlan::Half::No;
        plain_number[c] = !column.is_day() && (cell->kind == CellView::Kind::Number || cell->kind == CellView::Kind::Date ||
                                               all_digits(cell->text));
      }
    }
    column.key = over[c].keys.empty() ? std::string() : over[c].keys.front();
    if (attendance || staff) read_week_heading(over[c], column);
    if (!column.is_day()) column.half = ColumnPlan::Half::No;
    const std::size_t levels_here = over[c].texts.size();
    if (levels_here > 1) over[c].keys.push_back(heading_key(column.heading));
    for (std::size_t level = 0; level < levels_here; ++level)
      if (const std::string bare = without_hint(over[c].texts[level]); !bare.empty()) over[c].keys.push_back(heading_key(bare));
  }
  if (attendance || staff) read_weekday_letters(guess.columns, over);
  if (attendance && levels > 1) pair_times(guess.columns, over, head, last, merges);
  // From and to are worth as much as in columns of their own.
  constexpr int points_of_times = 12;
  const bool times_below = std::any_of(guess.columns.begin(), guess.columns.end(), is_span_of_day);
  if (times_below) guess.points += points_of_times;
  if (attendance) {
    halve_merged_days(guess.columns, head[last].number, merges);
    // Where "fm" and "em" stand below, they are part of the heading.
    for (std::size_t c = 0; c < width && last + 1 < head.size(); ++c)
      if (guess.columns[c].half != ColumnPlan::Half::No && c < head[last + 1].cells.size() && (head[last + 1].cells[c].key == "fm" || head[last + 1].cells[c].key == "em")) {
        guess.points -= 5;
        break;
      }
  }
  const auto weekdays = std::count_if(guess.columns.begin(), guess.columns.end(), [](const ColumnPlan& column) { return column.weekday != 0; });
  for (std::size_t c = 0; c < width; ++c) {
    ColumnPlan& column = guess.columns[c];
    if (column.part || is_span_of_day(column)) continue;
    // "To" among weekdays is no end, though it may be one in English.
    if (column.weekday != 0 && weekdays >= fewest_weekdays) continue;
    for (const std::string& key : over[c].keys) {
      const Match match = matcher.exact(key);
      if (match.field < 0) continue;
      // "Timmar" over months says what their cells hold, and is none of them.
      if (column.month != 0 && key != column.key && schema.fields[static_cast<std::size_t>(match.field)].type == FieldType::Hours) continue;
      any_exact = true;
      column.field = match.field;
      break;
    }
  }
  join_columns(guess.columns, over, std::span(head).subspan(last + 1), schema);
  const auto take = [&](std::size_t c, int points) {
    const auto field = static_cast<std::size_t>(guess.columns[c].field);
    if (taken[field]) {
      for (std::size_t first = 0; first < width; ++first)
        if (first != c && guess.columns[first].field == static_cast<int>(field)) {
          // What somebody has said to be the field has the better right; so has the staff's time in the project before all of it.
          const auto right = [&](const ColumnPlan& column) {
            return is_told(column, schema) ? 2 : staff && schema.fields[field].key == "hours" && says_of_project(column.heading) ? 1 : 0;
          };
          const int here = right(guess.columns[c]), there = right(guess.columns[first]);
          if (here > there) return void(guess.columns[first].field = -1);
          if (there > here) break;
          guess.twice.emplace_back(first, c);
          break;
        }
      guess.columns[c].field = -1;
      return;
    }
    taken[field] = true;
    guess.points += points;
  };
  for (std::size_t c = 0; c < width; ++c)
    if (guess.columns[c].field >= 0) {
      const Need need = schema.fields[static_cast<std::size_t>(guess.columns[c].field)].need;
      // Words of a list under their heading: a row more than that heading is worth its while.
      take(c, (need == Need::Must || need == Need::OneOf ? 6 : 4) + (guess.columns[c].joined == ColumnPlan::Joined::Choice ? 2 : 0));
      guess.columns[c].is_no_day();
    }
  if (any_exact)
    for (std::size_t c = 0; c < width; ++c) {
      ColumnPlan& column = guess.columns[c];
      if (column.field >= 0 || column.is_day() || column.part) continue;
      for (const std::string& key : over[c].keys) {
        const Match match = matcher.similar(key);
        if (match.field < 0 || taken[static_cast<std::size_t>(match.field)]) continue;
        column.field = match.field;
        column.similar = true;
        take(c, 2);
        break;
      }
    }

  // "Id" alone says whose id only where nothing else names the person.
  if (const auto reference = schema.field("participant"); reference && any_exact) {
    const auto number = schema.field("identity_number");
    const bool named = taken[*reference] || (number && taken[*number]);
    for (std::size_t c = 0; c < width && !named && !taken[*reference]; ++c) {
      ColumnPlan& column = guess.columns[c];
      if (column.field >= 0 || column.key != "id" || schema.not_read.contains(column.key)) continue;
      column.field = static_cast<int>(*reference);
      take(c, 6);
    }
  }

  // "feb-16" that a spreadsheet took for a date, beside months that it left as they were.
  const bool months = std::any_of(guess.columns.begin(), guess.columns.end(), [](const ColumnPlan& column) { return column.month != 0; });
  const bool firsts = std::all_of(guess.columns.begin(), guess.columns.end(), [](const ColumnPlan& column) { return !column.date || Date::of_days(*column.date).day() == 1; });
  if (months && firsts)
    for (ColumnPlan& column : guess.columns)
      if (column.date) column.month = Date::of_days(*column.date).month(), column.year = Date::of_days(*column.date).year(), column.date.reset();
  guess.days_as_columns = (attendance || (staff && is_of_staff(guess, schema))) && are_days(guess.columns);
  if (guess.days_as_columns) fill_day_between(guess.columns);
  if (!guess.days_as_columns && times_below) guess.points -= points_of_times;
  if (!guess.days_as_columns)
    for (ColumnPlan& column : guess.columns)
      if (is_span_of_day(column)) guess.columns[column.parts[1]].part = false, column.parts.clear();
  // "feb-16" that a spreadsheet took for the first of a month: dates that are all first days are months.
  const auto is_first = [](const ColumnPlan& column) { return !column.date || column.week || Date::of_days(*column.date).day() == 1; };
  if (guess.days_as_columns && std::all_of(guess.columns.begin(), guess.columns.end(), is_first))
    for (ColumnPlan& column : guess.columns)
      if (column.date) column.month = Date::of_days(*column.date).month(), column.year = Date::of_days(*column.date).year();
  for (std::size_t c = 0; c < width; ++c) {
    ColumnPlan& column = guess.columns[c];
    if (column.is_day() && guess.days_as_columns) {
      guess.points += 1;
    } else if (column.is_day() || plain_number[c]) {
      guess.points -= column.weekday || column.week || column.month ? 0 : 2;
      column.is_no_day();
    } else if (column.field < 0 && !column.part && says_sum(column.heading) && !(staff && says_all_work(column.key)) && !says_other_sum(heading_key(column.heading))) {
      column.row_total = true;
    }
  }
  constexpr int points_of_data = 100;  // more than any heading has
  if (has_data(std::span(head).subspan(last + 1 - static_cast<std::size_t>(levels), static_cast<std::size_t>(levels)), guess.columns, schema)) guess.points -= points_of_data;
  if (last + 1 >= head.size() || head[last + 1].number != head[last].number + 1 || head[last + 1].empty()) guess.points -= 3;
  guess.points -= levels - 1;

  int fields = 0;
  bool person = false;
  for (std::size_t f = 0; f < taken.size(); ++f) {
    if (!taken[f]) continue;
    ++fields;
    const std::string& key = schema.fields[f].key;
    person |= key == "identity_number" || key == "participant" || key == "local_id" || key == "name" || key == "family_name" ||
              key == "staff_id";
  }
  // Two columns of a wide sheet may be all that is not a day.
  guess.accepted = guess.points >= accepted_points && person && (fields >= 2 || guess.days_as_columns);
  return guess;
}

}  // namespace

bool HeadRow::empty() const {
  return std::all_of(cells.begin(), cells.end(), [](const HeadCell& cell) { return cell.text.empty(); });
}

HeadRow head_row(const RowView& row, bool date1904) {
  HeadRow out{row.number, {}};
  for (const CellView& cell : row.cells) {
    HeadCell head;
    head.kind = cell.kind;
    if (cell.kind != CellView::Kind::Empty) {
      head.text = text_of_cell(cell, date1904).text;
      if (head.text.size() > longest_heading) {
        std::size_t end = longest_heading;
        while (end > 0 && (static_cast<unsigned char>(head.text[end]) & 0xC0) == 0x80) --end;
        head.text.resize(end);
      }
      head.key = heading_key(head.text);
    }
    out.cells.push_back(std::move(head));
  }
  while (!out.cells.empty() && out.cells.back().text.empty()) out.cells.pop_back();
  return out;
}

int HeadingGuess::column_of(int field) const {
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (columns[c].field == field) return static_cast<int>(c);
  return -1;
}

namespace {

// A row with an identity number is somebody's, and no heading.
bool is_somebodys(const HeadRow& row) {
  return std::any_of(row.cells.begin(), row.cells.end(), [](const HeadCell& cell) {
    const auto digits = std::count_if(cell.text.begin(), cell.text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return (digits == 10 || digits == 12) && cell.text.find_first_not_of("0123456789-+ ") == std::string::npos;
  });
}

}  // namespace

bool holds_labels(const HeadRow& row, const ImportSchema& schema) {
  for (std::size_t c = 0; c + 1 < row.cells.size(); ++c) {
    if (!row.cells[c].text.ends_with(':')) continue;
    const auto next = std::find_if(row.cells.begin() + static_cast<std::ptrdiff_t>(c) + 1, row.cells.end(), [](const HeadCell& cell) { return !cell.text.empty(); });
    if (next != row.cells.end() && !next->text.ends_with(':') && !schema.by_heading.contains(next->key)) return true;
  }
  return false;
}

HeadingGuess find_heading(const std::vector<HeadRow>& head, const std::vector<SheetView::Merge>& merges,
                          const ImportSchema& schema, const std::optional<std::pair<std::uint32_t, std::uint32_t>>& fixed) {
  HeadingGuess best;
  best.kind = schema.kind;
  bool any = false;
  std::vector<HeadingGuess> accepted;
  Matcher matcher(schema);
  for (std::size_t last = 0; last < head.size(); ++last) {
    // Long instructions may stand above the headings: further down they are looked for only where nothing was found.
    if (!fixed && last >= last_heading_row && best.accepted) break;
    if (fixed && head[last].number != fixed->second) continue;
    if (head[last].empty()) continue;
    if (!fixed && (is_somebodys(head[last]) || holds_labels(head[last], schema))) continue;
    for (int levels = 1; levels <= 3 && static_cast<std::size_t>(levels) <= last + 1; ++levels) {
      const std::size_t first = last + 1 - static_cast<std::size_t>(levels);
      if (head[first].number != head[last].number + 1 - static_cast<std::uint32_t>(levels)) break;
      if (fixed && head[first].number != fixed->first) continue;
      if (!fixed && is_somebodys(head[first])) break;
      HeadingGuess guess = candidate(head, last, levels, merges, schema, matcher);
      if (fixed) guess.accepted = true;
      const bool better = !any || std::pair(guess.accepted, guess.points) > std::pair(best.accepted, best.points) ||
                          (guess.accepted == best.accepted && guess.points == best.points &&
                           (guess.levels < best.levels || (guess.levels == best.levels && guess.last_row < best.last_row)));
      if (better) best = guess, any = true;
      if (guess.accepted) accepted.push_back(std::move(guess));
    }
  }
  // The same heading further down is a repetition, even when the rest of a month has more days than its beginning.
  const auto fields = [](const HeadingGuess& guess) {
    std::vector<int> out;
    for (const ColumnPlan& column : guess.columns)
      if (column.field >= 0) out.push_back(column.field);
    return out;
  };
  for (HeadingGuess& guess : accepted)
    if (guess.levels == best.levels && guess.days_as_columns == best.days_as_columns && fields(guess) == fields(best) &&
        (guess.last_row == best.last_row || guess.last_row < best.first_row))
      return guess;
  return best;
}

std::vector<ColumnPlan> day_headings(const HeadRow& row) {
  std::vector<ColumnPlan> columns(row.cells.size());
  int days = 0;
  std::int32_t before = 0;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    columns[c].heading = row.cells[c].text;
    columns[c].key = row.cells[c].key;
    read_day_heading(row.cells[c], columns[c]);
    columns[c].row_total = !columns[c].is_day() && says_sum(row.cells[c].text);
    if (!columns[c].is_day()) continue;
    const std::int32_t value = columns[c].date ? *columns[c].date : columns[c].day;
    if (value <= before) return {};
    before = value;
    ++days;
  }
  return days >= fewest_days ? columns : std::vector<ColumnPlan>();
}

std::vector<MissingHeading> missing_headings(const HeadingGuess& guess, const ImportSchema& schema) {
  std::vector<MissingHeading> missing;
  for (std::size_t f = 0; f < schema.fields.size(); ++f)
    if (schema.fields[f].need == Need::Must && guess.column_of(static_cast<int>(f)) < 0 && !(guess.days_as_columns && schema.fields[f].key == "hours")) missing.push_back({{}, schema.heading(f)});
  for (const FieldGroup& group : schema.groups) {
    if (guess.days_as_columns && group.name != "person") continue;
    if (guess.people_as_columns && group.name == "person") continue;
    bool served = ((guess.activities_as_columns || guess.people_as_columns) && group.name == "time") || (guess.day_in_start && group.name == "day");
    std::string names;
    for (const std::string& key : group.fields) {
      const auto field = schema.field(key);
      if (!field) continue;
      const std::string& with = schema.fields[*field].with;
      const std::size_t partner = schema.field(with).value_or(*field);  // the field itself where it needs no other
      served |= guess.column_of(static_cast<int>(*field)) >= 0 && guess.column_of(static_cast<int>(partner)) >= 0;
      names += (names.empty() ? "" : " / ") + schema.heading(*field);
      if (partner != *field) names += " + " + schema.heading(partner);
    }
    // An absence or a stated presence is time of its own kind.
    if (!served && group.name == "time")
      for (const char* key : {"absence", "present"})
        if (const auto field = schema.field(key)) served |= guess.column_of(static_cast<int>(*field)) >= 0;
    if (!served) missing.push_back({group.name, names});
  }
  return missing;
}

bool has_numbered_days(const HeadingGuess& guess, const std::vector<HeadRow>& head, const ImportSchema& schema) {
  const auto date = schema.field("date");
  const int column = date ? guess.column_of(static_cast<int>(*date)) : -1;
  if (column < 0 || guess.days_as_columns) return false;
  int days = 0;
  for (const HeadRow& row : head) {
    if (row.number <= guess.last_row || static_cast<std::size_t>(column) >= row.cells.size()) continue;
    const HeadCell& cell = row.cells[static_cast<std::size_t>(column)];
    if (cell.text.empty() || says_sum(cell.text)) continue;
    const bool number = cell.kind == CellView::Kind::Number || cell.kind == CellView::Kind::Text;
    if (number && all_digits(cell.text) && cell.text.size() <= 2 && std::stoi(cell.text) >= 1 && std::stoi(cell.text) <= 31)
      ++days;
    else if (days < 2)
      return false;
    else
      break;  // what stands below the table
  }
  return days >= 2;
}

bool says_sum(const std::string& text) {
  const std::string lower = lower_case(text);
  for (const std::string_view word :
       {"summa", "totalt", "total", "delsumma", "subtotal", "sum", "s:a", "tot.", "tot", "summering"}) {
    if (!lower.starts_with(word)) continue;
    if (lower.size() == word.size()) return true;
    const auto next = static_cast<unsigned char>(lower[word.size()]);
    if (next < 0x80 && !(next >= 'a' && next <= 'z') && !(next >= '0' && next <= '9')) return true;
  }
  return false;
}

}  // namespace horisont
