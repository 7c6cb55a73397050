#include "edge/import/parts.h"

#include <algorithm>
#include <map>
#include <set>

#include "edge/import/beside.h"
#include "edge/import/beside_people.h"
#include "edge/import/fit.h"
#include "edge/import/profile.h"
#include "edge/import/words_in.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::string_view others[] = {
    "väntelist*", "väntande", "i kö",        "kö",         "kölista",      "reserv",     "reserver",      "reservlista",  "reservplats*", "ej antag*",
    "inte antag*", "ej påbörj*", "ej börjat", "ej startat", "inte börjat", "tackat nej", "tackade nej",   "avböj*",       "ej aktuell*",  "inte aktuell*",
    "intresseanmäl*", "intresserade", "sökande", "kandidater", "avslag",   "nekad*",     "ej målgrupp",   "ej behörig*",  "waiting list", "waitlist",
    "not admitted", "not accepted", "declined", "applicants", "rejected",  "reserve list", "reserves",    "ej deltagare", "inte deltagare"};
constexpr std::string_view who_left[] = {"avhopp", "avhoppade", "avhoppare", "hoppat av", "avslutade", "avslutad", "har slutat", "slutat", "tidigare deltagare", "dropouts", "dropped out", "former participants"};
constexpr std::string_view participants[] = {"aktiva", "aktiv", "antagna", "inskrivna", "pågående", "deltagare", "active", "participants", "admitted"};

// Words that say of what kind the time of a row is.
constexpr std::string_view kinds[] = {"schema",   "schemalagd*", "schemalagt", "schematid", "planerat", "planerad*", "planering", "plan",    "beviljat", "beviljad*", "bokad*", "bokat", "budget",
                                      "frånvar*", "absence",     "absent",     "planned",   "schedule*", "in",       "ut",        "out",     "ogiltig",  "giltig"};
constexpr std::string_view attended[] = {"närv*", "faktisk*", "verklig*", "utfall", "attendance", "present", "actual", "attended"};

// One to three words: "Planerad tid", not "ut i skogen med gruppen".
bool says_kind_word(const std::string& text) {
  return text.size() <= 30 && std::count(text.begin(), text.end(), ' ') <= 1 && says_any(text, kinds);
}

bool is_free(const ColumnPlan& column, const ImportSchema& schema) {
  return column.field < 0 && !column.part && !column.holds_time() && !column.row_total && !schema.not_read.contains(column.key) &&
         !schema.not_read.contains(heading_key(column.heading));
}

}  // namespace

PartIs part_said(const ImportOptions& options, const std::string& words) {
  const std::string* said = options.profile ? options.profile->said("part", words) : nullptr;
  return !said ? PartIs::Asked : *said == "skip" ? PartIs::Skipped : PartIs::Kept;
}

bool names_others(const std::string& text, bool ended) { return says_any(text, others) || (ended && says_any(text, who_left)); }

bool holds_row_words(const FileTable& table, const HeadingGuess& guess, std::size_t column) {
  std::size_t kind = 0, all = 0;
  for (const HeadRow& row : table.head) {
    if (row.number <= guess.last_row || column >= row.cells.size() || row.cells[column].text.empty()) continue;
    const std::string& text = row.cells[column].text;
    const bool says = row.cells[column].kind == CellView::Kind::Text && text.size() <= 40;
    if (says && says_kind_word(text))
      ++kind, ++all;
    else if (!says || !says_any(text, attended))
      ++all;
  }
  return kind > 0 && 10 * kind >= 9 * all;  // a word below the table may be something else
}

bool parts_rows_of_one(const FileTable& table, const HeadingGuess& guess, std::size_t column) {
  constexpr std::size_t longest = 20, most_words = 4;
  if (!guess.days_as_columns) return false;
  struct Seen {
    std::set<std::string> words;
    std::set<std::size_t> days;
  };
  std::map<std::string, Seen> rows_of;  // by who, and of what activity
  std::map<std::string, std::size_t> words;
  std::vector<std::string> last(guess.columns.size());  // who stands once, above the rows of his or hers
  bool same_day = false;
  for (const HeadRow& row : table.head) {
    if (row.number <= guess.last_row) continue;
    const auto text = [&](std::size_t c) { return c < row.cells.size() ? row.cells[c].text : std::string(); };
    const std::string word = heading_key(text(column));
    std::set<std::size_t> days;
    std::string who;
    for (std::size_t c = 0; c < guess.columns.size(); ++c) {
      if (guess.columns[c].is_day() && !text(c).empty()) days.insert(c);
      if (guess.columns[c].field < 0) continue;
      if (!text(c).empty()) last[c] = text(c);
      who += last[c] + '\x1f';
    }
    if (days.empty()) continue;
    if (word.empty() || word.size() > longest || (column < row.cells.size() && row.cells[column].kind != CellView::Kind::Text)) return false;
    Seen& seen = rows_of[who];
    if (!seen.words.insert(word).second) return false;
    ++words[word];
    for (const std::size_t day : days) same_day |= !seen.days.insert(day).second;
  }
  const bool again = std::any_of(words.begin(), words.end(), [](const auto& one) { return one.second > 1; });
  return same_day && words.size() > 1 && words.size() <= most_words && (again || rows_of.size() == 1);
}

RowParts::RowParts(ImportJob& job, const TablePlan& plan, const FileTable& table, const HeadingGuess& guess)
    : job_(job), heading_row_(plan.last_heading_row), people_(guess.kind == RecordKind::Participants), exits_(serves(guess, job.schema(), "exit_date")) {
  const bool time = guess.kind == RecordKind::Attendance || guess.kind == RecordKind::StaffTime;
  if (people_ && !table.forms.contains(guess.kind)) {
    state_columns_ = state_columns(job.schema(), guess), remarks_ = remark_columns(job.schema(), guess.columns);
    for (const ColumnPlan& column : guess.columns) headings_.push_back(column.heading);
  }
  if (!time || table.forms.contains(guess.kind)) return;
  std::size_t width = guess.columns.size();
  for (const HeadRow& row : table.head) width = std::max(width, row.cells.size());
  for (std::size_t c = 0; c < width; ++c)
    if (c >= guess.columns.size() || is_free(guess.columns[c], job.schema())) {
      if (holds_row_words(table, guess, c))
        word_columns_.push_back(c);
      else if (parts_rows_of_one(table, guess, c))
        apart_columns_.push_back(c);
    }
}

bool RowParts::leaves_out(const RowView& row) { return says_kind(row) || is_below_others(row) || says_state(row); }

bool RowParts::asks_of(const std::string& part, std::string_view code, const RowView& row, std::size_t column, const std::string& text) {
  const PartIs is = part_said(job_.options, part);
  if (is == PartIs::Kept) return false;
  ++job_.draft.rows_seen;
  if (is == PartIs::Skipped) {
    ++job_.draft.rows_left_out;
    job_.trouble.at("part.row-skipped", row.number, column, text);
    return true;
  }
  ++job_.draft.rows_refused;
  if (asked_.emplace(heading_key(part), true).second) {
    job_.draft.refused = true;
    job_.trouble.at(code, row.number, column, part, {part});
  }
  return true;
}

// "Väntelista" under Status: nobody who takes part. A remark may say the same, and is only told.
bool RowParts::says_state(const RowView& row) {
  constexpr std::size_t longest = 60;
  static constexpr std::string_view never[] = {"hoppade av före*", "hoppat av före*", "avbröt före*", "kom aldrig", "började aldrig", "startade aldrig", "dubblett*", "deltog aldrig", "ej start", "ej start*",
                                               "never came", "never started", "duplicate*"};
  const auto text_in = [&](std::size_t c) {
    const CellView& cell = cell_at(row, c);
    const bool number = cell.kind == CellView::Kind::Number && cell.text == "0";
    return cell.kind == CellView::Kind::Text || number ? tidy(cell.text).text : std::string();
  };
  for (const std::size_t c : state_columns_) {
    const std::string text = text_in(c);
    if (text.empty() || text.size() > longest || state_said(text, exits_) != State::TakesNoPart) continue;
    if (asks_of(part_of_state(headings_[c], text), "part.people-words", row, c + 1, text)) return true;
  }
  for (const std::size_t c : remarks_) {
    const std::string text = text_in(c);
    const bool state = std::find(state_columns_.begin(), state_columns_.end(), c) != state_columns_.end();
    if (state || text.empty() || row.number <= heading_row_) continue;
    if (says_any(text, never) || (text.size() <= longest && names_others(text, false))) job_.trouble.at("row.maybe-no-participant", row.number, c + 1, text);
  }
  return false;
}

bool RowParts::says_kind(const RowView& row) {
  for (const std::size_t c : word_columns_) {
    const CellView& cell = cell_at(row, c);
    if (cell.kind != CellView::Kind::Text || cell.text.empty()) continue;
    const std::string text = tidy(cell.text).text;
    if (!says_kind_word(text)) continue;
    if (asks_of(text, "part.row-words", row, c + 1, text)) return true;
  }
  for (const std::size_t c : apart_columns_) {
    const CellView& cell = cell_at(row, c);
    if (cell.kind != CellView::Kind::Text || cell.text.empty()) continue;
    const std::string text = tidy(cell.text).text;
    if (asks_of(text, "part.row-kinds", row, c + 1, text)) return true;
  }
  return false;
}

bool RowParts::is_below_others(const RowView& row) {
  if (!people_) return false;
  const CellView* only = nullptr;
  std::size_t at = 0, filled = 0;
  for (std::size_t c = 0; c < row.cells.size(); ++c)
    if (!is_empty(row.cells[c])) only = &row.cells[c], at = c + 1, ++filled;
  if (filled == 0) return false;
  if (filled == 1 && only->kind == CellView::Kind::Text) {
    std::string text = tidy(only->text).text;
    while (text.ends_with(':') || text.ends_with(' ')) text.pop_back();
    if (names_others(text, !exits_)) {
      below_ = text, below_is_ = part_said(job_.options, text);
      ++job_.draft.rows_seen, ++job_.draft.rows_left_out;
      if (below_is_ == PartIs::Asked) {
        job_.trouble.at("part.rows-below", row.number, at, text, {text});
      } else {
        job_.trouble.at("row.note", row.number, 0, text);
      }
      return true;
    }
    if (below_.empty() || !says_any(text, participants)) return false;
    below_.clear();
    ++job_.draft.rows_seen, ++job_.draft.rows_left_out;
    job_.trouble.at("row.note", row.number, 0, text);
    return true;
  }
  if (below_.empty() || below_is_ == PartIs::Kept) return false;
  ++job_.draft.rows_seen;
  if (below_is_ == PartIs::Skipped)
    ++job_.draft.rows_left_out, job_.trouble.at("part.row-skipped", row.number, 0, below_);
  else
    ++job_.draft.rows_refused;
  return true;
}

}  // namespace horisont
