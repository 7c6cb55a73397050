#include "edge/import/beside.h"

#include <algorithm>

#include "edge/import/fit.h"
#include "edge/import/parts.h"
#include "edge/import/words_in.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::string_view not_there[] = {
    "sjuk*",       "frånvar*",    "kom aldrig",   "kom ej",      "kom inte",  "dök aldrig upp", "dök inte upp", "dök ej upp",  "inställt", "inställd",
    "inställda",   "vab",         "vabbar",       "ledig",       "ledighet",  "semester",       "uteblev",      "uteblivit",   "utebliven", "skolk*",
    "ej närvar*",  "inte närvar*", "inte här",    "ej här",      "var inte där", "ej på plats", "inte på plats", "avbokat",    "avbokad",  "deltog inte",
    "deltog ej",   "absent",      "sick",         "ill",         "did not come", "did not show", "no show",     "cancelled",   "canceled", "not there", "not present", "on leave"};

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

namespace {

constexpr std::string_view exit_words[] = {"slut*", "avsl*", "utskr*", "stopp*", "lämna*", "avhopp*", "hoppa*", "avbrott*", "avbröt*", "sista", "upphör*", "end*", "left", "leave*", "leaving"};

constexpr std::string_view time_words[] = {"tim*", "tid", "tider", "h", "hours", "hour", "time", "utfall*", "faktisk*", "verklig*", "arbetad*", "esf*", "eu", "eu tid", "projekt*", "andel*", "rapporterad*", "minut*", "arbetstid*", "närvarotid*", "share"};
constexpr std::string_view turn_words[] = {"in", "ut", "start*", "slut*", "från", "till", "kom", "gick", "fm", "em", "börja*", "ankomst*", "avgång*"};
constexpr std::string_view planned[] = {"planer*", "schema*", "övrig*", "annan", "annat", "andra", "other", "beviljad*", "bokad*", "budget*", "ram", "ramtid", "max*", "plan", "prognos*", "kontrakt*", "ack*", "hittills", "saldo*", "flex*",
                                        "lunch*", "rast*", "rest*", "pris*", "kostnad*", "kr", "lön*", "timlön*", "timpris*", "timkostnad*", "planned", "scheduled", "dagar", "antal dagar"};

// A second column of time: "Faktiska timmar", "Tid i projektet", "ESF-timmar", "Andel %".
bool says_time(const ColumnPlan& column) {
  if (says_any(column.heading, planned)) return false;
  return says_any(column.heading, time_words) || says_any(column.heading, turn_words) || column.key.ends_with("tid") || column.key.ends_with("timmar") || column.heading.find('%') != std::string::npos;
}
bool says_turn(const ColumnPlan& column) { return says_any(column.heading, turn_words); }

// A register with a start, no end that is read, and further dates: nobody would ever have left.
void judge_dates(ImportJob& job, const FileTable& table, HeadingGuess& guess) {
  const ImportSchema& schema = job.schema();
  if (table.forms.contains(guess.kind) || !serves(guess, schema, "entry_date") || serves(guess, schema, "exit_date")) return;
  const auto entry = static_cast<std::size_t>(guess.column_of(static_cast<int>(*schema.field("entry_date"))));
  for (const std::size_t c : remark_columns(schema, guess.columns)) {
    ColumnPlan& column = guess.columns[c];
    if (column.field >= 0 || column.told) continue;
    std::size_t dates = 0, filled = 0;
    bool before = false;
    for (const HeadRow& row : table.head) {
      if (row.number <= guess.last_row || c >= row.cells.size() || row.cells[c].text.empty()) continue;
      const std::string& text = row.cells[c].text;
      const auto date = Date::parse(text.substr(0, 10));
      ++filled, dates += row.cells[c].kind == CellView::Kind::Date || date.has_value();
      if (entry < row.cells.size())
        if (const auto from = Date::parse(row.cells[entry].text.substr(0, 10)); from && date && *date < *from) before = true;
    }
    if (before || dates == 0 || 2 * dates < filled) continue;
    const bool says = says_any(column.heading, exit_words);
    column.told = true;
    if (says) job.draft.refused = true;
    job.trouble.at(says ? "header.says-exit" : "header.dates-not-read", guess.last_row, c + 1, column.heading);
  }
}

}  // namespace

void judge_beside(ImportJob& job, const FileTable& table, HeadingGuess& guess) {
  const ImportSchema& schema = job.schema();
  if (guess.kind == RecordKind::Participants) return judge_dates(job, table, guess);
  const bool attendance = guess.kind == RecordKind::Attendance;
  if (!attendance && guess.kind != RecordKind::StaffTime) return;
  if (guess.activities_as_columns)
    // Time of an activity that the project has not, among those that it has.
    for (const std::size_t c : remark_columns(schema, guess.columns)) {
      ColumnPlan& column = guess.columns[c];
      if (column.field >= 0 || column.told || says_any(column.heading, other_numbers) || says_any(column.heading, planned)) continue;
      const Values values = values_below(table, guess, c);
      if (values.filled == 0 || 2 * values.amounts <= values.filled) continue;
      job.draft.refused = true, column.told = true;
      job.trouble.at("header.other-activity", guess.last_row, c + 1, column.heading);
    }
  if (guess.days_as_columns || guess.activities_as_columns || guess.people_as_columns || table.forms.contains(guess.kind)) return;
  const bool times = serves(guess, schema, "start_time") && serves(guess, schema, "end_time");
  const bool amount = times || serves(guess, schema, "hours") || serves(guess, schema, "minutes");
  if (!amount) return;
  // What the heading, or somebody, says to be the project's time leaves nothing to ask.
  const bool project_said = std::any_of(guess.columns.begin(), guess.columns.end(), [&](const ColumnPlan& column) {
    const bool hours = column.field >= 0 && schema.fields[static_cast<std::size_t>(column.field)].key == "hours";
    return hours && (column.of_project || schema.told.contains(column.key) || schema.told.contains(heading_key(column.heading)));
  });
  for (const std::size_t c : remark_columns(schema, guess.columns)) {
    ColumnPlan& column = guess.columns[c];
    if (column.field >= 0 || column.told || holds_row_words(table, guess, c)) continue;
    if (std::any_of(guess.twice.begin(), guess.twice.end(), [&](const auto& pair) { return pair.second == c; })) continue;  // told as that
    const Values values = values_below(table, guess, c);
    if (values.filled == 0) continue;
    const char* code = says_part_of(column.heading)                                                                     ? "header.part-of-time"
                       : says_any(column.heading, presence_words) && !says_any(column.heading, not_of_presence) && column.heading.find('%') == std::string::npos ? "header.says-presence"
                                                                                                                        : nullptr;
    if (!code && !project_said && says_time(column) && 2 * values.amounts > values.filled) code = times && says_turn(column) ? "header.more-times" : "header.more-time";
    if (code) {
      job.draft.refused = true;
      column.told = true;
      job.trouble.at(code, guess.last_row, c + 1, column.heading);
    } else if (times && 2 * values.amounts > values.filled && !says_any(column.heading, other_numbers)) {
      column.told = true;
      job.trouble.at("header.numbers-beside-times", guess.last_row, c + 1, column.heading);
    }
  }
}

}  // namespace horisont
