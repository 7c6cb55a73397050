#include <algorithm>

#include "edge/import/job.h"
#include "edge/import/profile.h"
#include "edge/import/row_words.h"
#include "edge/import/words_in.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::uint32_t fewest_ones = 5;  // fewer may well be hours
constexpr std::uint32_t rows_of_a_gap = 20;

bool names_somebody(const std::string& key) {
  return key == "identity_number" || key == "participant" || key == "local_id" || key == "staff_id";
}
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }
bool is_name(const std::string& key) { return key == "name" || key == "family_name" || key == "given_name"; }

// Columns whose content alone shows that a row is about something, not a remark.
bool is_typed(FieldType type) {
  return type != FieldType::Text && type != FieldType::Code && type != FieldType::Email && type != FieldType::Phone;
}

// Whether a cell can be a value of its column: words alone are no date and no hours ("Frånvaro anmäls till Lisa" below a
// list whose first column is the date), and in a column of choices only a word of the list is one.
bool may_be_value(const CellView& cell, const ImportField& field) {
  if (cell.kind != CellView::Kind::Text) return true;
  switch (field.type) {
    case FieldType::Date:
    case FieldType::Month:
    case FieldType::Time:
    case FieldType::Hours:
    case FieldType::Integer:
    case FieldType::Percent: {
      const std::string text = tidy(cell.text).text;
      const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
      return digits > 0 && (characters(text) <= 12 || 3 * static_cast<std::size_t>(digits) >= characters(text));
    }
    case FieldType::Choice:
      // The activities are the project's own; one of them alone is a heading over what follows.
      return field.list &&
             (field.list->by_key.contains(heading_key(cell.text)) || field.list->asked_keys.contains(heading_key(cell.text)));
    default:
      return true;
  }
}

// A number or reference as lists have them: 050304-2384, D-0042, P0000017. Words of sums and headings have two letters in
// front and hardly a digit behind.
bool looks_like_a_number(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return is_digit(text[0]) || (text.size() > 2 && !is_letter(text[1]) && is_digit(text.back()));
}

// "Ex: 20050304-2384", "Exempel": how to fill the table in.
bool says_example(const std::string& text) {
  const std::string lower = lower_case(text);
  for (const std::string_view word : {"exempel", "example", "t.ex", "e.g"})
    if (lower.starts_with(word)) return true;
  return lower.starts_with("ex") && (lower.size() == 2 || std::string_view(":. ").find(lower[2]) != std::string_view::npos);
}

bool says_form(std::string_view text) {
  return text.size() >= 8 && text.find_first_not_of("ÅåYyMmDdNnXx-+") == std::string_view::npos;
}

bool one_or_two_digits(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && text.size() <= 2 && std::all_of(text.begin(), text.end(), is_digit);
}

// A heading under which whole numbers stand, whether or not its column is read.
bool says_number(const std::string& key) {
  static constexpr std::string_view beginnings[] = {
      "antal", "nr", "nummer", "grupp", "vecka", "klass", "årskurs", "åk",    "rast",  "minut", "min",  "tid", "tim",   "dag",
      "poäng", "no", "number", "count", "group", "week",  "class",   "grade", "break", "hours", "hour", "day", "points"};
  return std::any_of(std::begin(beginnings), std::end(beginnings),
                     [&](std::string_view each) { return key.starts_with(each); });
}

bool holds_numbers(const ColumnPlan& column, const ImportSchema& schema) {
  if (column.holds_time() || column.row_total) return true;
  if (column.field < 0) return says_number(column.key);
  switch (schema.fields[static_cast<std::size_t>(column.field)].type) {
    case FieldType::Hours:
    case FieldType::Integer:
    case FieldType::Percent:
    case FieldType::Time:
    case FieldType::Code:
      return true;
    default:
      return says_number(column.key);
  }
}

}  // namespace

RowSieve::RowSieve(ImportJob& job, const TablePlan& plan) : job_(job), plan_(plan), last_row_(plan.last_heading_row) {
  set_width(plan.columns);
  for (std::size_t c = 0; c < plan.columns.size(); ++c) {
    if (plan.columns[c].field < 0) continue;
    const std::string& key = job.schema().fields[static_cast<std::size_t>(plan.columns[c].field)].key;
    if (plan.people_as_columns && key == "date") person_columns_.push_back(c);  // it is the day that a row is about
    if (names_somebody(key)) {
      // A number names more surely than a reference, and is what people look for.
      if (key == "identity_number")
        person_columns_.insert(person_columns_.begin(), c);
      else
        person_columns_.push_back(c);
    }
    if (is_name(key)) (plan.by_name ? person_columns_ : name_columns_).push_back(c);
  }
  if (!person_columns_.empty())
    key_column_ = person_columns_.front() + 1;
  else if (!name_columns_.empty())
    key_column_ = name_columns_.front() + 1;
}

void RowSieve::set_width(const std::vector<ColumnPlan>& columns) {
  for (std::size_t c = width_; c < columns.size(); ++c)
    if (!columns[c].heading.empty() || columns[c].is_day()) width_ = c + 1;
  hours_beside_words_.clear();
  if (!plan_.commas) return;
  for (std::size_t c = 0; c + 1 < columns.size(); ++c) {
    const int field = columns[c].field;
    const bool hours =
        columns[c].holds_time() || (field >= 0 && job_.schema().fields[static_cast<std::size_t>(field)].type == FieldType::Hours);
    if (hours && !holds_numbers(columns[c + 1], job_.schema())) hours_beside_words_.push_back(c);
  }
}

RowSieve::Verdict RowSieve::sift(const RowView& row) {
  const Verdict verdict = look(row);
  if (verdict != Verdict::Data) return verdict;
  if (const auto merged = plan_.merged.find(row.number); merged != plan_.merged.end()) {
    job_.trouble.at("cell.merged-hours", row.number, merged->second, shown(cell_at(row, merged->second - 1), plan_.date1904));
    ++job_.draft.rows_refused;
    return Verdict::LeftOut;
  }
  if ((row.cells.size() <= width_ || within_headings(row)) && !number_cut_in_two(row)) return verdict;
  ++job_.draft.rows_refused;
  return Verdict::LeftOut;
}

// What stands beyond the last heading has no meaning. In a text file it is most often the rest of a value that the separator
// cut in two (7,5 in a file with commas), and then no cell of the row can be trusted.
bool RowSieve::within_headings(const RowView& row) {
  for (std::size_t c = width_; c < row.cells.size(); ++c) {
    if (is_empty(row.cells[c])) continue;
    const std::string given = tidy(row.cells[c].text).text;
    if (given.empty() && row.cells[c].kind == CellView::Kind::Text) continue;
    job_.trouble.at(plan_.text_file ? "row.too-many-cells" : "cell.without-heading", row.number, c + 1, given);
    return !plan_.text_file;
  }
  return true;
}

// 7,5 in a file with commas fills the hours with 7 and the column behind them with 5. Where that column holds words, one or two
// digits alone are the rest of the hours: read as 7 they would be hours that nobody wrote.
bool RowSieve::number_cut_in_two(const RowView& row) {
  for (const std::size_t c : hours_beside_words_) {
    const CellView &hours = cell_at(row, c), &behind = cell_at(row, c + 1);
    if (!one_or_two_digits(hours.text) || !one_or_two_digits(behind.text)) continue;
    const std::string whole(hours.text), rest(behind.text);
    job_.trouble.at("row.cut-number", row.number, c + 1, whole, {whole, rest, whole + "," + rest});
    return true;
  }
  return false;
}

bool RowSieve::skip_hidden(const RowView& row) {
  if (!row.filtered && !row.hidden) return false;
  const bool skipped = job_.options.profile && job_.options.profile->skip_hidden;
  if (skipped) ++job_.draft.rows_left_out;
  job_.trouble.at(skipped ? "row.hidden-skipped" : row.filtered ? "row.filtered" : "row.hidden", row.number, 0, {});
  return skipped;
}

// "Summa | 9" (or "Antal deltagare | 9") where the number stands under the references: the word is in the name's column or before whom the row is about.
bool RowSieve::says_sum_beside(const RowView& row) const {
  const auto says = [&](std::size_t c) {
    const CellView& cell = cell_at(row, c);
    if (cell.kind != CellView::Kind::Text || cell.text.empty() || cell.text.size() > 40) return false;
    // Most cells need no closer look.
    if (std::string_view("sSdDtTaAnNcC \xC2").find(cell.text[0]) == std::string_view::npos) return false;
    const std::string text = tidy(cell.text).text;
    return says_sum(text) || says_count(text);
  };
  for (std::size_t c = 0; c < person_columns_.front(); ++c)
    if (says(c)) return true;
  return std::any_of(name_columns_.begin(), name_columns_.end(), says);
}

// A number whose check digit is right, or a reference of letters and digits: whatever the name is, the row is a person's.
bool RowSieve::names_by_number(const RowView& row) const {
  return std::any_of(person_columns_.begin(), person_columns_.end(), [&](std::size_t c) {
    const CellView& cell = cell_at(row, c);
    if (is_empty(cell) || cell.text.size() < 3) return false;
    if (PersonalIdentityNumber::parse(identity_text(cell), job_.options.today)) return true;
    return cell.kind == CellView::Kind::Text && looks_like_a_number(cell.text) && std::any_of(cell.text.begin(), cell.text.end(), is_letter);
  });
}

RowSieve::Verdict RowSieve::look(const RowView& row) {
  // The ordinary row is decided by one look at its first naming cell.
  bool named = false;
  for (const std::size_t c : person_columns_) named = named || !is_empty(cell_at(row, c));
  const bool beside = named && says_sum_beside(row);
  const bool surely_a_person = beside && names_by_number(row);
  const bool sum_beside = beside && !surely_a_person;
  if (named && !sum_beside && row.cells.size() > 1 && row.number <= last_row_ + rows_of_a_gap) {
    const CellView& first = cell_at(row, person_columns_.front());
    if (!is_empty(first) && looks_like_a_number(first.text)) {
      last_row_ = row.number;
      ++job_.draft.rows_seen;
      return skip_hidden(row) ? Verdict::LeftOut : Verdict::Data;
    }
  }
  std::size_t filled = 0, only = 0;
  for (std::size_t c = 0; c < row.cells.size(); ++c)
    if (!is_empty(row.cells[c]) && !(row.cells[c].kind == CellView::Kind::Text && tidy(row.cells[c].text).text.empty())) ++filled, only = c;
  if (filled == 0) return Verdict::LeftOut;
  if (row.number > last_row_ + rows_of_a_gap) {
    // Somebody who would be read if the rows between were not there is not left out in passing.
    const bool somebody = named && names_by_number(row);
    job_.trouble.at("row.after-gap", row.number, 0, {}, {std::to_string(row.number - last_row_ - 1)}, {}, somebody ? std::optional(Level::Error) : std::nullopt);
    return Verdict::End;
  }
  last_row_ = row.number;
  ++job_.draft.rows_seen;
  if (skip_hidden(row)) return Verdict::LeftOut;

  const auto left_out = [&](std::string_view code, std::string given) {
    ++job_.draft.rows_left_out;
    // Somebody may have been forgotten: a name and nothing else of a row.
    const bool name = code == "row.note" && std::any_of(name_columns_.begin(), name_columns_.end(), [&](std::size_t c) {
                        return cell_at(row, c).kind == CellView::Kind::Text && looks_like_a_name(tidy(cell_at(row, c).text).text);
                      });
    job_.trouble.at(name ? "row.name-alone" : code, row.number, 0, std::move(given));
  };
  // The heading again, as printed lists repeat it on each page.
  std::size_t same = 0, different = 0;
  const CellView* moved = nullptr;  // a heading that stands over another column than above
  for (std::size_t c = 0; c < row.cells.size(); ++c) {
    const CellView& cell = row.cells[c];
    if (is_empty(cell)) continue;
    const std::string above = c < plan_.columns.size() ? plan_.columns[c].key : std::string(), key = heading_key(cell.text);
    if (key != above && job_.schema().by_heading.contains(key)) moved = &cell;
    if (!above.empty()) (key == above ? same : different) += 1;
  }
  if (moved && same >= 2) {
    job_.draft.refused = true;
    job_.trouble.at("block.other-headings", row.number, 0, {}, {tidy(moved->text).text});
    return Verdict::End;
  }
  if (same >= 2 && same > different) {
    left_out("row.repeated-header", {});
    return Verdict::LeftOut;
  }
  // ÅÅÅÅMMDD-NNNN below the heading says how to write what stands under it.
  if (named && says_form(tidy(cell_at(row, person_columns_.front()).text).text)) {
    left_out("row.note", tidy(cell_at(row, person_columns_.front()).text).text);
    return Verdict::LeftOut;
  }
  if (row.number <= plan_.last_heading_row + 3 && named && says_example(tidy(cell_at(row, person_columns_.front()).text).text)) {
    left_out("row.example", tidy(cell_at(row, person_columns_.front()).text).text);
    return Verdict::LeftOut;
  }
  const auto text_of_row = [&] {
    for (const CellView& cell : row.cells)
      if (cell.kind == CellView::Kind::Text && !is_empty(cell)) return tidy(cell.text).text;
    return std::string();
  };
  std::size_t numbers = 0, formulas = 0;
  bool sum_word = sum_beside, count_word = false, typed = false;
  for (std::size_t c = 0; c < row.cells.size(); ++c) {
    const CellView& cell = row.cells[c];
    if (is_empty(cell)) continue;
    if (cell.kind == CellView::Kind::Number || cell.kind == CellView::Kind::Duration)
      ++numbers, formulas += cell.formula ? 1 : 0;
    const bool person = std::find(person_columns_.begin(), person_columns_.end(), c) != person_columns_.end();
    const bool naming = person || std::find(name_columns_.begin(), name_columns_.end(), c) != name_columns_.end();
    // In a named row only the cell that should hold the name can turn it into a sum row.
    if (cell.kind == CellView::Kind::Text && (!named || (naming && !surely_a_person)) && says_sum(tidy(cell.text).text)) sum_word = true;
    if (cell.kind == CellView::Kind::Text && !surely_a_person && says_count(tidy(cell.text).text)) count_word = true;
    const int field = c < plan_.columns.size() ? plan_.columns[c].field : -1;
    if (c < plan_.columns.size() && plan_.columns[c].holds_time()) typed = true;
    if (field < 0 || person) continue;
    const ImportField& meant = job_.schema().fields[static_cast<std::size_t>(field)];
    if (is_typed(meant.type) && may_be_value(cell, meant)) typed = true;
  }
  if (sum_word || (!named && numbers > 0 && 2 * formulas >= numbers)) {
    left_out("row.sum", text_of_row());
    return Verdict::SumRow;
  }
  // Below a table, and nobody's row: a number or a name does not begin so.
  if (const CellView* first = [&]() -> const CellView* {
        for (const CellView& cell : row.cells)
          if (!is_empty(cell)) return &cell;
        return nullptr;
      }();
      first && first->kind == CellView::Kind::Text && says_foot(tidy(first->text).text)) {
    left_out("row.note", tidy(first->text).text);
    return Verdict::LeftOut;
  }
  if (count_word) {
    left_out("row.counts", text_of_row());
    return Verdict::LeftOut;
  }
  // A single text that is more than a word and no number is a remark, whatever the column.
  if (filled == 1 && row.cells[only].kind == CellView::Kind::Text) {
    const std::string text = tidy(row.cells[only].text).text;
    const auto digits =
        static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
    if (characters(text) > 12 && 3 * digits < characters(text)) {
      left_out("row.note", text);
      return Verdict::LeftOut;
    }
  }
  // Where people stand by name, a word alone may be anything.
  if (named && !(plan_.by_name && !typed)) return Verdict::Data;
  if (typed && !plan_.people_as_columns && job_.options.profile && job_.options.profile->skip_nameless) {
    left_out("row.nameless", text_of_row());
    return Verdict::LeftOut;
  }
  if (!typed) {
    left_out("row.note", text_of_row());
    return Verdict::LeftOut;
  }
  ++job_.draft.rows_refused;
  job_.trouble.at(plan_.people_as_columns ? "cell.must-missing" : "row.no-person", row.number, key_column_, {},
                  plan_.days_as_columns ? std::vector<std::string>{"days"} : std::vector<std::string>{});
  return Verdict::LeftOut;
}

namespace {
constexpr std::size_t most_examples = 3;
}

void TablePlan::HoursSeen::add(const std::string& written) {
  if (examples.size() < most_examples && std::find(examples.begin(), examples.end(), written) == examples.end())
    examples.push_back(written);
}

std::vector<std::string> hours_seen(const TablePlan& plan, std::size_t column) {
  if (column >= plan.hours.size()) return {"1"};
  std::vector<std::string> seen{std::to_string(plan.hours[column].cells)};
  seen.insert(seen.end(), plan.hours[column].examples.begin(), plan.hours[column].examples.end());
  return seen;
}

namespace {

// A number has no sign of its own; a text stands as it was written.
std::string number_in_both(const CellView& cell, const std::string& shown) {
  if (cell.kind != CellView::Kind::Number || shown.find('.') == shown.npos) return shown;
  std::string with_comma = shown;
  std::replace(with_comma.begin(), with_comma.end(), '.', ',');
  return in_both(with_comma, shown);
}

}  // namespace

Survey::Survey(ImportJob& job, TablePlan& plan) : plan_(plan), frame_(date_frame(job)) {
  const std::size_t width = plan.columns.size();
  plan.hours.assign(width, {});
  plain_.resize(width);
  plan.facts.assign(width, told_facts(job.options, plan.said_unit));
  types_.assign(width, FieldType::Text);
  mapped_.assign(width, false);
  numbers_.resize(width);
  for (std::size_t c = 0; c < width; ++c) {
    const ColumnPlan& column = plan.columns[c];
    if (column.field >= 0) types_[c] = job.schema().fields[static_cast<std::size_t>(column.field)].type, mapped_[c] = true;
    if (column.holds_time()) types_[c] = FieldType::Hours, mapped_[c] = true;
  }
}

void Survey::row(const RowView& row) {
  for (std::size_t c = 0; c < row.cells.size() && c < types_.size(); ++c) {
    const CellView& cell = row.cells[c];
    if (!mapped_[c] || is_empty(cell)) continue;
    ColumnFacts& facts = plan_.facts[c];
    switch (types_[c]) {
      case FieldType::Date: {
        if (cell.text.size() == 10 && cell.text[4] == '-' && cell.text[7] == '-') break;
        const std::uint8_t orders = possible_orders(cell, frame_);
        if (orders != DateAnyOrder && (facts.date_orders & orders) != 0) facts.date_orders &= orders;
        break;
      }
      case FieldType::Hours: {
        const DotForm dot = dot_form(cell);
        numbers_[c].dots[static_cast<std::size_t>(dot)] += 1;
        if (cell.text.find_first_of("0123456789") != cell.text.npos) {
          ++plan_.hours[c].cells;
          const bool dotted = cell.kind == CellView::Kind::Text && cell.text.find_first_of(".,") != cell.text.npos;
          (dotted ? plan_.hours : plain_)[c].add(number_in_both(cell, shown(cell, plan_.date1904)));
        }
        const NumberForm form = number_form(cell);
        numbers_[c].behind += form == NumberForm::MinutesBehind, numbers_[c].of_day += form == NumberForm::DayFraction;
        numbers_[c].other += form == NumberForm::Other;
        const auto value = decimal_of(cell.text);
        if (cell.kind == CellView::Kind::Number && !cell.text.starts_with("0.") && cell.text != "0") ++numbers_[c].from_one;
        if (cell.kind != CellView::Kind::Text || value || cell.text == "0,5") ++numbers_[c].filled;
        const bool plain = cell.kind == CellView::Kind::Number || cell.kind == CellView::Kind::Text;
        if (plain && (cell.text == "0.5" || cell.text == "0,5")) ++numbers_[c].halves;
        if (const auto whole = plain && value ? whole_of(*value) : std::nullopt) {
          ++numbers_[c].all;
          if (*whole == 1) ++numbers_[c].ones;
          if (*whole == 0) ++numbers_[c].noughts;
          if (*whole >= 30 && *whole <= 720) ++numbers_[c].like_minutes;
          if (*whole % 5 != 0 || *whole > 55) ++numbers_[c].not_by_fives;
          if (*whole > 12) ++numbers_[c].over_a_day;
        }
        break;
      }
      case FieldType::YesNo:
      case FieldType::YesNoUnknown:
      case FieldType::YesNoUndisclosed: {
        const std::string key = heading_key(cell.text);
        (key == "x" ? facts.crosses : facts.other_than_crosses) = true;
        facts.answers |= yes_or_no(tidy(cell.text).text, {}) >= 0;
        break;
      }
      case FieldType::Choice:
        if (cell.text.size() <= 3 && heading_key(cell.text) == "k") facts.has_k = true;
        break;
      case FieldType::Percent: {
        std::string text(cell.text);
        std::replace(text.begin(), text.end(), ',', '.');
        if (const auto value = decimal_of(text)) {
          bool exact = true;
          const auto hundredths = scaled(*value, 100, exact);
          if (hundredths && *hundredths > 100) facts.percent_whole = true;
          if (hundredths && *hundredths > 0 && *hundredths < 100) facts.percent_fraction = true;
        }
        break;
      }
      default:
        break;
    }
  }
}

void Survey::end() {
  // A sheet of days, activities or people is one column cut in pieces: what one shows, all show.
  TablePlan::HoursSeen days, plain_days;
  for (std::size_t c = 0; c < plan_.columns.size(); ++c) {
    if (!plan_.columns[c].holds_time()) continue;
    days.cells += plan_.hours[c].cells;
    for (const std::string& example : plan_.hours[c].examples) days.add(example);
    for (const std::string& example : plain_[c].examples) plain_days.add(example);
  }
  for (std::size_t c = 0; c < plan_.columns.size(); ++c) {
    const bool day = plan_.columns[c].holds_time();
    if (day) plan_.hours[c] = days;
    // What is doubtful stands first; that the answer holds for the others too is seen at one of them.
    for (const std::string& example : (day ? plain_days : plain_[c]).examples) plan_.hours[c].add(example);
  }
  Numbers sum;
  for (std::size_t c = 0; c < plan_.columns.size(); ++c)
    if (plan_.columns[c].holds_time()) {
      for (std::size_t form = 0; form < sum.dots.size(); ++form) sum.dots[form] += numbers_[c].dots[form];
      sum.all += numbers_[c].all, sum.like_minutes += numbers_[c].like_minutes;
      sum.ones += numbers_[c].ones, sum.halves += numbers_[c].halves, sum.noughts += numbers_[c].noughts, sum.filled += numbers_[c].filled;
      sum.behind += numbers_[c].behind, sum.of_day += numbers_[c].of_day, sum.other += numbers_[c].other, sum.from_one += numbers_[c].from_one;
      sum.not_by_fives += numbers_[c].not_by_fives, sum.over_a_day += numbers_[c].over_a_day;
    }
  for (std::size_t c = 0; c < plan_.columns.size(); ++c) {
    ColumnFacts& facts = plan_.facts[c];
    const bool day = plan_.columns[c].holds_time();
    const Numbers& numbers = day ? sum : numbers_[c];
    const auto any = [&](DotForm form) { return numbers.dots[static_cast<std::size_t>(form)] > 0; };
    // Who writes 1.5 would write 7.3: a 7.30 beside it may be half past.
    facts.decimal_dot |= any(DotForm::Decimal) || (any(DotForm::OneDigit) && !any(DotForm::Tens));
    facts.ones_alone = day && !plan_.activities_as_columns && sum.ones > 0 && sum.ones + sum.halves >= fewest_ones && sum.ones + sum.halves + sum.noughts == sum.filled;
    facts.unit_unclear = facts.hours_unit == HoursUnit::Unknown && types_[c] == FieldType::Hours && numbers.like_minutes >= 2 &&
                         2 * numbers.like_minutes > numbers.all;
    const bool open = facts.hours_unit == HoursUnit::Unknown && types_[c] == FieldType::Hours;
    facts.minutes_behind = open && numbers.behind >= 2 && numbers.other + numbers.of_day == 0;
    facts.day_fractions = open && numbers.of_day > 0 && numbers.from_one == 0;
    facts.few_minutes = open && numbers.all >= 2 && numbers.not_by_fives == 0 && numbers.filled == numbers.all && 2 * numbers.over_a_day > numbers.all;
    facts.date_slash_settled = (facts.date_orders & DateMdy) == 0 && (facts.date_orders & DateDmy) != 0;
  }
  plan_.surveyed = true;
}

ColumnFacts told_facts(const ImportOptions& options) {
  ColumnFacts facts;
  if (!options.profile) return facts;
  facts.hours_unit = options.profile->hours;
  facts.decimal_dot = facts.hours_unit == HoursUnit::Decimal;
  facts.date_orders = options.profile->date_order;
  facts.date_order_told = facts.date_orders != DateAnyOrder;
  facts.date_slash_settled = (facts.date_orders & DateMdy) == 0 && (facts.date_orders & DateDmy) != 0;
  return facts;
}

ColumnFacts told_facts(const ImportOptions& options, HoursUnit said) {
  ColumnFacts facts = told_facts(options);
  if (facts.hours_unit == HoursUnit::Unknown) facts.hours_unit = said;
  return facts;
}

DateFrame date_frame(const ImportJob& job, bool birth) {
  const std::int32_t first = Date::of(1900, 1, 1)->days();
  constexpr std::int32_t oldest = 75 * 365, long_before = 1000;  // days: a participant's life, and what a project may look back on
  if (birth)
    return {first, job.options.today.days(), job.options.today.year(), true, job.options.today.days() - oldest, job.options.today.days(), {}};
  const Period operation = job.project.operation();
  const Date last = operation.last ? *operation.last : std::max(job.options.today, operation.first);
  return {first, last.days() + 731, Date::of_days((operation.first.days() + last.days()) / 2).year(), false,
          operation.first.days() - long_before, last.days() + 731, {}};
}

bool names_project(const ProjectTerms& project, const std::string& text) {
  const std::string key = heading_key(text);
  return key == heading_key(project.key) || key == heading_key(project.record_number) ||
         key == heading_key(project.short_name) || key == heading_key(project.name.sv) || key == heading_key(project.name.en) ||
         key == heading_key(project.call_number);
}

}  // namespace horisont
