#include "edge/import/heading.h"

#include <algorithm>
#include <map>

#include "edge/import/values.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::size_t longest_heading = 200, last_heading_row = 30;
constexpr int accepted_points = 8, fewest_days = 7;

bool all_digits(const std::string& text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos; }

// A day of the month as people write it over a column: 7, "7", "7/3", "mån 7", a date.
void read_day_heading(const HeadCell& cell, ColumnPlan& column) {
  column.day = 0;
  column.date.reset();
  if (cell.text.size() > 24) return;
  if (cell.kind == CellView::Kind::Date || (cell.text.size() == 10 && cell.text[4] == '-' && cell.text[7] == '-')) {
    if (const auto date = Date::parse(cell.text)) column.date = date->days();
    return;
  }
  std::string digits;
  bool letters = false;
  std::size_t groups = 0;
  char before = ' ', behind = 0;
  for (std::size_t i = 0; i < cell.text.size(); ++i) {
    const char c = cell.text[i];
    if (c >= '0' && c <= '9') {
      if (digits.empty() || before < '0' || before > '9') ++groups;
      if (groups == 1) digits += c;
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
}

struct Match {
  int field = -1;
  bool similar = false;
};

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
      const int distance = edits(key, heading, limit);
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

  std::vector<bool> taken(schema.fields.size(), false);
  std::vector<bool> plain_number(width, false);
  std::vector<std::vector<std::string>> keys(width);
  bool any_exact = false;
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
      keys[c].insert(keys[c].begin(), cell->key);
      if (!upper) {
        read_day_heading(*cell, column);
        plain_number[c] = !column.is_day() && (cell->kind == CellView::Kind::Number || cell->kind == CellView::Kind::Date ||
                                               all_digits(cell->text));
      }
    }
    if (keys[c].size() > 1) keys[c].push_back(heading_key(column.heading));
    column.key = keys[c].empty() ? std::string() : keys[c].front();
    for (const std::string& key : keys[c]) {
      const Match match = matcher.exact(key);
      if (match.field < 0) continue;
      any_exact = true;
      column.field = match.field;
      break;
    }
  }
  const auto take = [&](std::size_t c, int points) {
    const auto field = static_cast<std::size_t>(guess.columns[c].field);
    if (taken[field]) {
      for (std::size_t first = 0; first < width; ++first)
        if (first != c && guess.columns[first].field == static_cast<int>(field)) {
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
      take(c, need == Need::Must || need == Need::OneOf ? 6 : 4);
      guess.columns[c].day = 0;
      guess.columns[c].date.reset();
    }
  if (any_exact)
    for (std::size_t c = 0; c < width; ++c) {
      ColumnPlan& column = guess.columns[c];
      if (column.field >= 0 || column.is_day()) continue;
      for (const std::string& key : keys[c]) {
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

  // Days count when at least seven stand in rising order, as a block.
  int days = 0;
  std::int32_t before = 0;
  bool rising = true, whole_dates = false;
  for (const ColumnPlan& column : guess.columns) {
    if (!column.is_day()) continue;
    const std::int32_t value = column.date ? *column.date : column.day;
    if (days > 0 && (value <= before || whole_dates != column.date.has_value())) rising = false;
    whole_dates = column.date.has_value();
    before = value;
    ++days;
  }
  const bool attendance = schema.kind == RecordKind::Attendance;
  guess.days_as_columns = attendance && rising && days >= fewest_days;
  for (std::size_t c = 0; c < width; ++c) {
    ColumnPlan& column = guess.columns[c];
    if (column.is_day() && guess.days_as_columns) {
      guess.points += 1;
    } else if (column.is_day() || plain_number[c]) {
      guess.points -= 2;
      column.day = 0;
      column.date.reset();
    } else if (column.field < 0 && says_sum(column.heading)) {
      column.row_total = true;
    }
  }
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

HeadingGuess find_heading(const std::vector<HeadRow>& head, const std::vector<SheetView::Merge>& merges,
                          const ImportSchema& schema, const std::optional<std::pair<std::uint32_t, std::uint32_t>>& fixed) {
  HeadingGuess best;
  best.kind = schema.kind;
  bool any = false;
  std::vector<HeadingGuess> accepted;
  Matcher matcher(schema);
  for (std::size_t last = 0; last < head.size(); ++last) {
    if (!fixed && head[last].number > last_heading_row) break;
    if (fixed && head[last].number != fixed->second) continue;
    if (head[last].empty()) continue;
    for (int levels = 1; levels <= 3 && static_cast<std::size_t>(levels) <= last + 1; ++levels) {
      const std::size_t first = last + 1 - static_cast<std::size_t>(levels);
      if (head[first].number != head[last].number + 1 - static_cast<std::uint32_t>(levels)) break;
      if (fixed && head[first].number != fixed->first) continue;
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
    if (guess.levels == best.levels && guess.days_as_columns == best.days_as_columns && fields(guess) == fields(best))
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

std::vector<std::string> missing_headings(const HeadingGuess& guess, const ImportSchema& schema) {
  std::vector<std::string> missing;
  for (std::size_t f = 0; f < schema.fields.size(); ++f)
    if (schema.fields[f].need == Need::Must && guess.column_of(static_cast<int>(f)) < 0) missing.push_back(schema.heading(f));
  for (const FieldGroup& group : schema.groups) {
    if (guess.days_as_columns && group.name != "person") continue;
    bool served = false;
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
    if (!served) missing.push_back(names);
  }
  return missing;
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
