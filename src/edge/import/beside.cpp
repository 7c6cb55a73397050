#include "edge/import/beside.h"

#include <algorithm>

#include <optional>

#include "edge/import/beside_people.h"
#include "edge/import/day_cell.h"
#include "edge/import/fit.h"
#include "edge/import/parts.h"
#include "edge/import/words_in.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::string_view not_there[] = {
    "sjuk*",       "frånvar*",    "kom aldrig",   "kom ej",      "kom inte",  "dök aldrig upp", "dök inte upp", "dök ej upp",  "inställt", "inställd",
    "inställda",   "vab",         "vabbar",       "ledig",       "ledighet",  "semester",       "uteblev",      "uteblivit",   "utebliven", "skolk*",
    "ej kommit", "inte kommit", "kommer ej", "kommer inte", "planerad", "planerat", "bokad", "gick hem*", "åkte hem*", "avvek*", "flex ut", "flexledig", "tjänstledig*", "föräldraledig*", "vård av barn",
    "ej närvar*",  "inte närvar*", "inte här",    "ej här",      "var inte där", "ej på plats", "inte på plats", "avbokat",    "avbokad",  "deltog inte",
    "deltog ej",   "absent",      "sick",         "ill",         "did not come", "did not show", "no show",     "cancelled",   "canceled", "not there", "not present", "on leave", "var aldrig där", "aldrig där", "aldrig här", "avhopp", "avhoppad", "hoppat av", "ska ej räknas", "ska inte räknas", "räknas ej", "räknas inte", "dropped out"};

// Headings of columns that say whether somebody was there, or whether the time counts.
constexpr std::string_view presence_words[] = {"sjuk",  "sjukdom", "sjukfrånvaro", "frånvar*", "närvar*",   "deltog",   "deltagit", "deltar",   "deltagande", "uteblev",
                                               "utebliven", "vab", "ledig",        "på plats", "kom",       "godkänd",  "godkänt",  "godkända", "ej godkänd", "inställt",
                                               "inställd",  "absent", "absence",   "sick",     "attended",  "attending", "present", "approved", "cancelled",  "participated"};
// What is counted for a month or as a share says nothing of a day; nor does who approved it, or when.
constexpr std::string_view not_of_presence[] = {"dagar", "dag", "procent", "grad", "andel", "närvarograd", "närvaroprocent", "närvarodagar", "frånvarodagar",
                                                "av",    "datum", "den",   "days", "percent", "rate",      "by",             "date",         "on", "kl", "klockan"};
constexpr std::string_view part_words[] = {"varav", "därav", "of which", "whereof", "thereof"};
// Headings whose numbers are surely no time.
constexpr std::string_view other_numbers[] = {"nr*",   "nummer", "löpnr", "löpnummer", "vecka", "v",     "klass",   "grupp", "rum",   "sal",  "telefon*", "mobil*", "tel", "år",
                                              "ålder", "antal*", "kurs*", "id",        "kod",   "poäng", "no",      "week",  "class", "group", "room",    "phone",  "age", "year",
                                              "code",  "kostnad", "belopp", "kr",      "cost",  "postnr", "postnummer", "lokal", "pris", "summa", "totalt", "total"};

// Headings of time that was meant to be, and need not have been.
constexpr std::string_view planned_words[] = {"planer*", "schema*", "bokad*", "bokat", "budget*", "beviljad*", "förvänt*", "plan", "mål", "ordinarie", "beräkn*", "avtalad*", "överenskom*", "norm*", "planned", "schedul*", "expected", "budgeted"};
// Amounts of time that never are the hours of the day: breaks, balances, what an hour costs.
constexpr std::string_view other_amounts[] = {"rast*", "lunch*", "saldo*", "flex*", "ack*", "hittills", "max*", "ram", "ramtid", "kvar", "återst*", "heltid", "deltid", "nästa*", "per vecka", "i veckan", "vecka*", "vecko*", "månads*", "timpris", "timkostnad*", "timlön", "lön*", "kontrakt*", "balance*", "break*"};
// What says of hours that they were, that they are the project's, or that somebody has approved them.
constexpr std::string_view spent_words[] = {"esf*", "eu*", "projekt*", "socialfond*", "utfall", "faktisk*", "verklig*", "rapporter*", "godkän*", "redovis*", "närvar*", "arbetad*", "arbetat", "debiter*",
                                            "actual", "reported", "approved", "project*", "attended", "worked"};
// Time of other projects is not this one's, whatever fund pays them.
constexpr std::string_view other_projects[] = {"annat projekt*", "andra projekt*", "övriga projekt*", "annat eu*", "andra eu*", "övriga eu*", "annat esf*", "andra esf*", "annat socialfond*", "andra socialfond*", "other project*", "other eu*", "another project*"};
// Time of all that somebody does, beside what is the project's.
constexpr std::string_view all_words[] = {"total*", "all", "hela", "sammanlagd*", "in all"};
constexpr std::string_view share_words[] = {"andel*", "procent*", "share", "percent*"};
constexpr std::string_view share_words_alone[] = {"andel", "andelar", "procent", "andelprocent", "andeliprocent", "share", "percent", "percentage"};
constexpr std::string_view share_ends[] = {"procent", "grad", "andel", "percent"};  // of one word: "närvarograd"
constexpr std::string_view project_words[] = {"esf*", "projekt*", "socialfond*", "project*", "i projekt*", "in project*"};

bool ends_with_one_of(std::string_view word, std::span<const std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return word.ends_with(end); });
}

// "Timmar em", "Faktisk tid", "Restid", "Minuter därutöver", "ESF-h": the numbers below are an amount of time.
bool says_time(const std::string& heading) {
  std::string word;
  for (const char c : lower_case(heading) + " ") {
    if ((c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80)) {
      word += c;
      continue;
    }
    static constexpr std::string_view ends[] = {"tid", "tiden", "timmar", "timme", "minuter", "hours", "minutes"};
    if (word == "h" || word == "min" || word == "tim" || word == "hrs" || ends_with_one_of(word, ends)) return true;
    word.clear();
  }
  return false;
}

// "Andel", "Andel %": a share, and nothing of what.
bool says_share_alone(const std::string& heading) {
  const std::string key = heading_key(heading);
  return is_one_of(key, share_words_alone);
}

// "Närvaro i %", "Närvarograd", "Frånvaro (procent)": how much of the time somebody was there or away, as a share.
bool says_share_of_presence(const std::string& heading) {
  static constexpr std::string_view presence[] = {"närvar*", "närv", "frånvar*", "frånv", "attendance*", "presence*", "absence*"};
  if (!says_any(heading, presence)) return false;
  return heading.find('%') != std::string::npos || says_any(heading, share_words) || ends_with_one_of(lower_case(heading), share_ends);
}

// Whether a column of such shares says that somebody was not there all the time.
bool takes_time_off(const FileTable& table, const HeadingGuess& guess, std::size_t column) {
  static constexpr std::string_view away[] = {"frånvar*", "frånv", "absence*"};
  const bool absence = says_any(guess.columns[column].heading, away);
  std::size_t wholes = 0, ones = 0, others = 0;
  for (const HeadRow& row : table.head) {
    if (row.number <= guess.last_row || column >= row.cells.size()) continue;
    std::string text;
    for (const char c : row.cells[column].text)
      if (c != '%' && c != ' ') text += c == ',' ? '.' : c;
    if (text.empty()) continue;
    const auto share = decimal_of(text);
    if (!share) continue;
    const bool nought = text.find_first_not_of("0.") == text.npos;
    ++(absence ? (nought ? wholes : others) : text == "100" ? wholes : text == "1" ? ones : others);
  }
  return others > 0 || (ones > 0 && wholes > 0);
}

// Whether the text is an amount as breaks have it: "30", "0,5", "30 min", "½ tim", "0:30".
bool is_amount(const std::string& text) {
  std::string rest;
  bool digit = false;
  for (const char c : lower_case(text)) {
    const bool figure = (c >= '0' && c <= '9') || c == '.' || c == ',' || c == ':';
    digit |= c >= '0' && c <= '9';
    if (!figure && c != ' ') rest += c;
  }
  if (rest.starts_with("½")) digit = true, rest.erase(0, 2);
  if (!digit || text.size() > 12) return false;
  for (const std::string_view unit : {"", "m", "min", "min.", "minuter", "minutes", "h", "t", "tim", "tim.", "timme", "timmar", "hour", "hours"})
    if (rest == unit) return true;
  return false;
}

// Minutes of a text under hours; nothing where it is no amount.
std::optional<std::int32_t> minutes_of(const HeadRow& row, std::size_t column) {
  if (column >= row.cells.size() || row.cells[column].text.empty() || row.cells[column].kind == CellView::Kind::Date) return std::nullopt;
  CellView cell;
  cell.kind = CellView::Kind::Text, cell.text = row.cells[column].text;
  const auto read = read_hours(cell, {.decimal_dot = true});
  return read.error.empty() ? std::optional(read.value) : std::nullopt;
}

// Whether time stands as columns: days, weeks, months or activities.
bool has_time_as_columns(const HeadingGuess& guess) { return guess.days_as_columns || guess.activities_as_columns; }

// The minutes that a row is read with: those of its column of hours, or of all its columns of time. Words there are no time, but where
// they may say presence ("x") nothing is known of the row.
std::optional<std::int64_t> minutes_read(const HeadRow& row, const HeadingGuess& guess, int hours) {
  if (!has_time_as_columns(guess)) return hours < 0 ? std::nullopt : std::optional<std::int64_t>(minutes_of(row, static_cast<std::size_t>(hours)));
  static constexpr std::string_view marks[] = {"x", "n", "h", "j", "ja", "p", "½", "hel", "halv", "heldag", "halvdag", "närvarande", "present"};
  std::optional<std::int64_t> sum;
  for (std::size_t c = 0; c < guess.columns.size() && c < row.cells.size(); ++c) {
    if (!guess.columns[c].holds_time() || row.cells[c].text.empty()) continue;
    std::optional<std::int64_t> minutes = minutes_of(row, c);
    if (!minutes) {
      CellView cell;
      cell.kind = CellView::Kind::Text, cell.text = row.cells[c].text;
      if (const auto times = read_times_of_day(cell, true); times && times->to > times->from) minutes = times->between - times->pause;
    }
    if (!minutes && is_one_of(lower_case(row.cells[c].text), marks)) return std::nullopt;
    if (minutes) sum = sum.value_or(0) + *minutes;
  }
  return sum;
}

// How the numbers of a column stand to the hours that are read.
struct Beside {
  std::size_t rows = 0, same = 0, less = 0, more = 0, over_a_day = 0, of_day = 0;  // of_day: written as a time of day, from 5:00 on
};
Beside beside_hours(const FileTable& table, const HeadingGuess& guess, std::size_t column, int hours) {
  Beside out;
  for (const HeadRow& row : table.head) {
    const auto here = row.number > guess.last_row ? minutes_of(row, column) : std::nullopt;
    if (!here) continue;
    ++out.rows;
    out.over_a_day += *here > 24 * 60;
    out.of_day += row.cells[column].text.find(':') != std::string::npos && *here >= 5 * 60;
    const auto there = minutes_read(row, guess, hours);
    if (there) ++(*here == *there ? out.same : *here < *there ? out.less : out.more);
  }
  return out;
}

struct Values {
  std::size_t filled = 0, amounts = 0;
};
Values values_below(const FileTable& table, const HeadingGuess& guess, std::size_t column) {
  Values out;
  for (const HeadRow& row : table.head) {
    if (row.number <= guess.last_row || column >= row.cells.size() || row.cells[column].text.empty()) continue;
    const bool date = row.cells[column].kind == CellView::Kind::Date;
    ++out.filled, out.amounts += !date && is_amount(row.cells[column].text);
  }
  return out;
}

}  // namespace

bool says_not_there(std::string_view remark) { return says_any(remark, not_there); }

bool says_part_of(std::string_view heading) { return says_any(heading, part_words); }

std::vector<std::size_t> remark_columns(const ImportSchema& schema, const std::vector<ColumnPlan>& columns) {
  std::vector<std::size_t> found;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const ColumnPlan& column = columns[c];
    const bool note = column.field >= 0 && schema.fields[static_cast<std::size_t>(column.field)].key == "note";
    const bool unread = column.field < 0 && !column.heading.empty() && !column.part && !column.holds_time() && !column.row_total &&
                        !schema.not_read.contains(column.key) && !schema.not_read.contains(heading_key(column.heading));
    if (note || unread) found.push_back(c);
  }
  return found;
}

bool says_of_project(std::string_view heading) { return says_any(heading, project_words); }

namespace {

// A column of activities' hours whose heading is none of the project's activities: its time would be lost.
void judge_beside_activities(ImportJob& job, const FileTable& table, HeadingGuess& guess) {
  for (const std::size_t c : remark_columns(job.schema(), guess.columns)) {
    ColumnPlan& column = guess.columns[c];
    if (column.field >= 0 || column.told || says_part_of(column.heading) || says_any(column.heading, other_numbers) || says_any(column.heading, planned_words)) continue;
    const Values values = values_below(table, guess, c);
    if (values.filled == 0 || 10 * values.amounts < 9 * values.filled || beside_hours(table, guess, c, -1).over_a_day > 0) continue;
    job.draft.refused = true;
    column.told = true;
    job.trouble.at("header.maybe-activity", guess.last_row, c + 1, column.heading, {column.heading});
  }
}

// Presence as a number: the hours, or a share that is judged beside them.
void judge_presence(ImportJob& job, const FileTable& table, HeadingGuess& guess, bool as_columns) {
  for (const char* key : {"present", "absence", "absence_hours"}) {
    const int column = column_of(guess, job.schema(), key);
    if (column >= 0 && !is_told(guess.columns[static_cast<std::size_t>(column)], job.schema()) && says_share_of_presence(guess.columns[static_cast<std::size_t>(column)].heading))
      guess.columns[static_cast<std::size_t>(column)].field = -1;
  }
  if (as_columns) return;  // beside days a column of presence is told as such (header.not-with-days)
  const auto present = job.schema().field("present");
  const int at = present ? guess.column_of(static_cast<int>(*present)) : -1;
  if (at < 0) return;
  ColumnPlan& column = guess.columns[static_cast<std::size_t>(at)];
  if (is_told(column, job.schema())) return;
  std::size_t filled = 0, hours = 0;
  for (const HeadRow& row : table.head) {
    if (row.number <= guess.last_row || static_cast<std::size_t>(at) >= row.cells.size() || row.cells[static_cast<std::size_t>(at)].text.empty()) continue;
    const std::string& text = row.cells[static_cast<std::size_t>(at)].text;
    ++filled, hours += is_amount(text) && text != "1" && text != "0";
  }
  if (hours == 0 || 2 * hours < filled) return;
  column.field = -1, column.told = true;
  job.draft.refused = true;
  job.trouble.at("header.second-time", guess.last_row, static_cast<std::size_t>(at) + 1, column.heading);
}

}  // namespace

namespace {

// Of columns that are read in a table with a row for each day, and cannot be where days stand as columns: other time than theirs, and what
// somebody has said to be presence or absence. It would be passed over.
void judge_read_beside_columns(ImportJob& job, const FileTable& table, HeadingGuess& guess) {
  for (const std::string_view key : {"hours", "minutes", "present", "absence", "absence_hours"}) {
    const int at = column_of(guess, job.schema(), key);
    if (at < 0) continue;
    ColumnPlan& column = guess.columns[static_cast<std::size_t>(at)];
    const bool amounts = key == "hours" || key == "minutes";
    const Beside beside = amounts ? beside_hours(table, guess, static_cast<std::size_t>(at), -1) : Beside{};
    if (amounts ? beside.less + beside.more == 0 : !is_told(column, job.schema())) continue;
    column.field = -1, column.told = true;
    job.draft.refused = true;
    job.trouble.at("header.beside-columns", guess.last_row, static_cast<std::size_t>(at) + 1, column.heading);
  }
}

}  // namespace

void judge_beside(ImportJob& job, const FileTable& table, HeadingGuess& guess) {
  const ImportSchema& schema = job.schema();
  const bool attendance = guess.kind == RecordKind::Attendance;
  if (guess.kind == RecordKind::Participants) return judge_beside_people(job, table, guess);
  if (!attendance && guess.kind != RecordKind::StaffTime) return;
  if (guess.people_as_columns || table.forms.contains(guess.kind)) return;
  if (guess.activities_as_columns) judge_beside_activities(job, table, guess);
  const bool as_columns = has_time_as_columns(guess);
  const bool times = !as_columns && serves(guess, schema, "start_time") && serves(guess, schema, "end_time");
  const int hours = as_columns ? -1 : column_of(guess, schema, "hours") >= 0 ? column_of(guess, schema, "hours") : column_of(guess, schema, "minutes");
  const bool has_hours = as_columns || hours >= 0;
  if (!times && !has_hours) return;
  if (as_columns) judge_read_beside_columns(job, table, guess);
  if (attendance) judge_presence(job, table, guess, as_columns);
  const ColumnPlan* chosen = hours < 0 ? nullptr : &guess.columns[static_cast<std::size_t>(hours)];
  // What the project's name stands over, or somebody has said to be the time that holds, leaves nothing to ask.
  const bool told_hours = chosen && (chosen->of_project || is_told(*chosen, schema));
  for (const std::size_t c : remark_columns(schema, guess.columns)) {
    ColumnPlan& column = guess.columns[c];
    if (column.field >= 0 || column.told || holds_row_words(table, guess, c)) continue;
    if (std::any_of(guess.twice.begin(), guess.twice.end(), [&](const auto& pair) { return pair.second == c; })) continue;  // told as that
    const Values values = values_below(table, guess, c);
    if (values.filled == 0) continue;
    const std::string& heading = column.heading;
    const Beside beside = beside_hours(table, guess, c, hours);
    const bool share = heading.find('%') != std::string::npos || says_any(heading, share_words) || lower_case(heading).ends_with("andel");
    // Beside days, numbers under "Sjuk" are how many of them there were.
    const bool says_presence = says_any(heading, presence_words), numbers = 2 * values.amounts > values.filled;
    const bool counts = guess.days_as_columns && numbers && says_presence && !says_any(heading, spent_words);
    const bool amounts = numbers && !counts && !share && !says_any(heading, not_of_presence) && (says_time(heading) || !says_any(heading, other_numbers));
    const bool presence = says_presence && !says_any(heading, not_of_presence) && !share && !counts;
    const bool approved = amounts && says_any(heading, spent_words);
    const bool attended_share = says_share_of_presence(heading) && takes_time_off(table, guess, c);
    // What was meant to be; what somebody has chosen against; the same once more; the whole day beside the project's part of it.
    const bool harmless = says_any(heading, planned_words) || says_any(heading, other_amounts) || (!attendance && says_any(heading, other_projects)) || told_hours ||
                          (!attendance && as_columns && says_any(heading, all_words) && beside.less == 0) || (beside.rows > 0 && beside.same == beside.rows) ||
                          (!attendance && hours >= 0 && says_of_project(guess.columns[static_cast<std::size_t>(hours)].heading) && !says_of_project(heading) && beside.less == 0);
    const bool share_alone = says_share_alone(heading) && takes_time_off(table, guess, c);
    // The sum of a row that cannot be made again is no time of its own.
    const bool compared = !as_columns || beside.same + beside.less + beside.more > 0;
    const char* code = says_part_of(heading)                                            ? "header.part-of-time"
                       : !attendance && share && says_any(heading, spent_words)         ? "header.share-of-time"
                       : share_alone && !told_hours                                     ? "header.share-of-time"
                       : attended_share && !told_hours                                  ? "header.share-of-presence"
                       : amounts && harmless                                            ? nullptr
                       : presence && !approved                                          ? "header.says-presence"
                       : amounts && times && !has_hours && 2 * beside.of_day > values.filled ? "header.more-times"
                       : amounts && has_hours && (approved || (compared && says_time(heading))) ? "header.second-time"
                                                                                        : nullptr;
    if (code) {
      job.draft.refused = true;
      column.told = true;
      job.trouble.at(code, guess.last_row, c + 1, heading);
    } else if (amounts && times && !says_any(heading, other_numbers) && !says_any(heading, planned_words)) {
      column.told = true;
      job.trouble.at("header.numbers-beside-times", guess.last_row, c + 1, heading);
    } else if (amounts && has_hours && !harmless && beside.rows > 0 && beside.over_a_day == 0) {
      column.told = true;
      job.trouble.at("header.numbers-beside-hours", guess.last_row, c + 1, heading);
    }
  }
}

}  // namespace horisont
