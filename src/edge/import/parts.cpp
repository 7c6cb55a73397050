#include "edge/import/parts.h"

#include <algorithm>
#include <map>
#include <set>

#include "edge/import/beside.h"
#include "edge/import/beside_people.h"
#include "edge/import/fit.h"
#include "edge/import/profile.h"
#include "edge/import/row_words.h"
#include "edge/import/said.h"
#include "edge/import/week.h"
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

// Words over rows of time that say who they are or when, and take nothing from what counts.
constexpr std::string_view plain_words[] = {"vecka", "v", "week", "den", "och", "and", "forts", "fortsättning", "kommun", "deltagare", "deltagarna", "aktiva", "aktiv", "antagna", "inskrivna", "personal", "medarbetare", "handledare",
                                            "ungdomar", "elever", "kvinnor", "män", "tjejer", "killar", "flickor", "pojkar", "nya", "närvaro", "närvarande", "participants", "active", "staff", "attendance", "women", "men"};
constexpr std::string_view groups[] = {"grupp*", "klass*", "team*", "lag", "årskurs*", "åk", "avdelning*", "enhet*", "group*", "class*", "unit*"};
constexpr std::string_view school_ends[] = {"skola", "skolan", "skolans", "gymnasium", "gymnasiet", "school", "lärcentrum", "gruppen", "klassen"};
constexpr std::string_view others_than[] = {"ej", "inte", "icke", "utan", "annan", "annat", "andra", "övrig*", "not", "other", "without"};

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : lower_case(text) + " ") {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80);
    if (letter)
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  words.pop_back();
  return words;
}

bool is_place(const ImportJob& job, const std::string& text) {
  std::string key = heading_key(text);
  const ImportSchema& register_ = job.schemas.of(RecordKind::Participants);
  const auto field = register_.field("home_municipality");
  const ChoiceList* list = field ? register_.fields[*field].list : nullptr;
  for (int attempt = 0; attempt < 3; ++attempt) {
    const bool ours = std::any_of(job.project.subprojects.begin(), job.project.subprojects.end(), [&](const Subproject& one) { return heading_key(one.name) == key; });
    if (ours || (list && list->by_key.contains(key))) return true;
    if (key.ends_with("kommun"))
      key.resize(key.size() - 6);
    else if (key.ends_with("s"))
      key.pop_back();
    else
      return false;
  }
  return false;
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
  time_ = true;
  for (const char* key : {"identity_number", "participant", "local_id", "staff_id", "name", "family_name", "given_name"}) {
    const int column = column_of(guess, job.schema(), key);
    if (column < 0) continue;
    if (!whom_) whom_ = static_cast<std::size_t>(column), whom_key_ = guess.columns[*whom_].key;
    naming_.push_back(static_cast<std::size_t>(column));
    if (!std::string_view(key).ends_with("name")) numbering_.push_back(static_cast<std::size_t>(column));
  }
  for (const ColumnPlan& column : guess.columns) of_time_.push_back(column.holds_time());
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

// Whether words alone above rows of time take nothing from what counts: a place, a time, a group, a school, somebody's name.
bool RowParts::says_nothing_of_time(const std::string& text, std::size_t column) {
  if (column < of_time_.size() && of_time_[column]) return true;
  if (says_sum(text) || says_foot(text) || says_count(text) || is_place(job_, text) || names_project(job_.project, text)) return true;
  const bool digit = text.find_first_of("0123456789") != std::string::npos, blank = text.find(' ') != std::string::npos;
  if (std::find(naming_.begin(), naming_.end(), column) != naming_.end()) {
    if (!job_.names) job_.names.emplace(job_.draft.people);
    if ((digit && !blank) || looks_like_a_name(text) || !job_.names->all(text).empty()) return true;
  }
  const std::vector<std::string> words = words_of(text);
  const auto plain = [&](const std::string& word) {
    const bool number = word.find_first_not_of("0123456789") == std::string::npos;
    return number || is_one_of(word, plain_words) || weekday_of(heading_key(word)) != 0 || month_in(word) || is_place(job_, word);
  };
  if (std::all_of(words.begin(), words.end(), plain)) return true;
  if (says_any(text, others_than) || says_planned(text) || says_absence(text)) return false;
  constexpr std::size_t longest_name = 3;
  const bool school = std::any_of(words.begin(), words.end(), [](const std::string& word) { return std::any_of(std::begin(school_ends), std::end(school_ends), [&](std::string_view end) { return word.ends_with(end); }); });
  return (words.size() <= longest_name && says_any(words.front(), groups)) || (words.size() <= longest_name + 1 && school);
}

// Words alone in a table of time. Whether they are left out here: what would be taken for somebody's number.
bool RowParts::stands_above_time(const RowView& row, const std::string& text, std::size_t column) {
  if (row.number <= heading_row_ || text.empty() || activities_above_) return false;
  title_ = {};
  if (job_.draft.kind == RecordKind::Attendance && job_.project.activity(text)) return activities_above_ = below_.empty(), false;
  if (says_any(text, participants) || (says_any(text, attended) && !says_any(text, others_than))) below_.clear();
  if (says_nothing_of_time(text, column)) return false;
  below_.clear();
  title_ = {text, row.number, column + 1};
  if (std::find(numbering_.begin(), numbering_.end(), column) == numbering_.end()) return false;
  ++job_.draft.rows_seen, ++job_.draft.rows_left_out;
  job_.trouble.at("row.note", row.number, 0, text);
  return true;
}

// The first row below such words: another person's, and what they say of it somebody has to answer; of the same person they are a remark.
void RowParts::begins_below_title(const RowView& row) {
  const std::string_view whom = whom_ && *whom_ < row.cells.size() ? std::string_view(row.cells[*whom_].text) : std::string_view();
  if (whom.empty() || row.number <= heading_row_) return;
  const bool known = seen_.find(whom) != nullptr;
  if (!known) seen_.insert(whom, 0);
  if (title_.text.empty() || heading_key(whom) == whom_key_ || says_sum(std::string(whom))) return;
  const Title title = std::exchange(title_, {});
  constexpr std::ptrdiff_t most_blanks = 2;  // more words are a remark, whatever they speak of
  const bool few = std::count(title.text.begin(), title.text.end(), ' ') <= most_blanks;
  if (known && !(few && (says_planned(title.text) || says_absence(title.text) || says_kind_word(title.text)))) return;
  below_ = title.text, below_is_ = part_said(job_.options, title.text);
  if (below_is_ == PartIs::Asked) job_.trouble.at("part.rows-below", title.row, title.column, title.text, {title.text});
}

bool RowParts::is_below_others(const RowView& row) {
  if (!people_ && !time_) return false;
  const CellView* only = nullptr;
  std::size_t at = 0, filled = 0;
  for (std::size_t c = 0; c < row.cells.size() && filled < 2; ++c)
    if (!is_empty(row.cells[c])) only = &row.cells[c], at = c + 1, ++filled;
  if (filled == 0) return false;
  if (filled > 1 && time_) begins_below_title(row);
  if (filled == 1 && only->kind == CellView::Kind::Text) {
    std::string text = tidy(only->text).text;
    while (text.ends_with(':') || text.ends_with(' ')) text.pop_back();
    if (time_ && stands_above_time(row, text, at - 1)) return true;
    if (time_) return false;
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
