#include "edge/import/beside_people.h"

#include <algorithm>

#include "edge/import/beside.h"
#include "edge/import/fit.h"
#include "edge/import/parts.h"
#include "edge/import/words_in.h"
#include "edge/text/text.h"

namespace horisont {
namespace {

constexpr std::string_view state_headings[] = {"status",   "deltagarstatus", "beslut",   "antagen",   "antagning*", "antagningsbesked", "deltar",   "deltog",  "deltagit", "godkänd",
                                               "godkänt",  "beviljad",       "beviljat", "besked",    "läge",       "aktiv",            "aktuell",  "bedömning", "startat", "påbörjat",
                                               "tackat ja", "tackat nej",    "accepterat", "kommer",  "ärendestatus", "state",          "decision", "admitted", "accepted", "active"};
constexpr std::string_view takes_part[] = {"antagen", "antagna", "antaget", "beviljad", "beviljat", "bifall", "godkänd", "godkänt", "aktiv", "aktiva", "pågående", "pågår", "inskriven", "inskrivet",
                                           "deltar", "deltagare", "deltagit", "startat", "startad", "påbörjat", "påbörjad", "klar", "klart", "tackat ja", "accepterat", "accepterad", "fullföljt",
                                           "genomfört", "ja", "j", "x", "ok", "yes", "active", "admitted", "accepted", "approved", "completed", "1"};
constexpr std::string_view left[] = {"avslutad", "avslutat", "avslutade", "avhopp", "avhoppad", "hoppat av", "avbrott", "avbrutit", "slutat", "utskriven", "flyttat", "completed", "left", "dropped out"};
constexpr std::string_view no_words[] = {"nej", "n", "no", "0", "ej", "inte"};
// Days that are of something else than leaving.
constexpr std::string_view other_days[] = {"uppföljning*", "samtal*", "möte*", "samtycke*", "ansök*", "anmäl*", "kontakt*", "intyg*", "kartlägg*", "uppdaterad*", "ändrad*", "senast*", "registrer*",
                                           "beslut*", "remiss*", "anvis*", "född*", "födel*", "giltig*", "inkom*", "skapad*", "information*", "avtal*", "introduktion*", "besök*", "intervju*",
                                           "praktik*", "kurs*", "studie*", "enkät*", "handlingsplan*", "plan", "planer*", "planen", "beräkn*", "prel*", "förvänt*", "rapport*", "avstäm*", "nästa*", "brev*", "mail*", "mejl*",
                                           "skickad*", "skickat*", "mottag*", "cv", "sip", "next*", "planned", "expected*", "report*", "sent*", "received*", "plan*",
                                           "follow*", "meeting*", "consent*", "application*", "contact*", "updated*", "created*", "decision*", "born*", "birth*", "signed*", "underskr*", "sign*"};

// The day of a cell among the first rows; nothing where it is none, or where its order is open.
std::optional<std::int32_t> day_in(const HeadRow& row, std::size_t column, const DateFrame& frame) {
  if (column >= row.cells.size() || row.cells[column].text.empty()) return std::nullopt;
  CellView cell;
  cell.kind = CellView::Kind::Text, cell.text = row.cells[column].text;
  const auto read = read_day(cell, false, {}, frame);
  return read.error.empty() ? std::optional(read.value) : std::nullopt;
}

// "Trepartssamtal", "Startmöte": what the last word is about decides.
bool says_other_day(const std::string& heading) {
  static constexpr std::string_view ends[] = {"samtal", "samtalet", "möte", "mötet", "besök", "besöket", "kontakt", "intyg", "beslut", "plan", "planen", "rapport", "enkät", "start", "meeting", "report"};
  std::string word = lower_case(nfc(heading));
  const std::size_t last = word.find_last_not_of("0123456789 .-():");
  word.resize(last == word.npos ? 0 : last + 1);
  return says_any(heading, other_days) || std::any_of(std::begin(ends), std::end(ends), [&](std::string_view end) { return word.ends_with(end); });
}

bool is_number(const std::string& text) { return text.find_first_not_of("0123456789.,") == std::string::npos; }

}  // namespace

State state_said(const std::string& text, bool exits) {
  const std::string key = lower_case(text);
  if (is_one_of(key, no_words) || names_others(text, !exits)) return State::TakesNoPart;
  static constexpr std::string_view not_words[] = {"ej", "inte", "icke", "nej", "not", "no"};
  if (says_any(text, takes_part)) return says_any(text, not_words) ? State::TakesNoPart : State::TakesPart;
  if (says_any(text, left)) return exits ? State::TakesPart : State::TakesNoPart;
  return State::Unknown;
}

std::string part_of_state(const std::string& heading, const std::string& text) {
  return is_one_of(lower_case(text), no_words) ? heading + " " + text : text;
}

std::vector<std::size_t> state_columns(const ImportSchema& schema, const HeadingGuess& guess) {
  std::vector<std::size_t> found;
  for (const std::size_t c : remark_columns(schema, guess.columns))
    if (guess.columns[c].field < 0 && says_any(guess.columns[c].heading, state_headings)) found.push_back(c);
  return found;
}

void judge_beside_people(ImportJob& job, const FileTable& table, HeadingGuess& guess) {
  if (table.forms.contains(guess.kind)) return;
  const ImportSchema& schema = job.schema();
  const bool exits = serves(guess, schema, "exit_date");
  const int entry = guess.column_of(static_cast<int>(*schema.field("entry_date")));
  const DateFrame frame = date_frame(job);
  const auto states = state_columns(schema, guess);
  for (const std::size_t c : remark_columns(schema, guess.columns)) {
    ColumnPlan& column = guess.columns[c];
    if (column.field >= 0 || column.told) continue;
    std::size_t filled = 0, days = 0, before = 0, unknown = 0;
    for (const HeadRow& row : table.head) {
      if (row.number <= guess.last_row || c >= row.cells.size() || row.cells[c].text.empty()) continue;
      const std::string& text = row.cells[c].text;
      ++filled;
      unknown += row.cells[c].kind == CellView::Kind::Text && text.size() <= 40 && state_said(text, exits) == State::Unknown;
      const auto day = is_number(text) && text.size() != 8 ? std::nullopt : day_in(row, c, frame);
      if (!day) continue;
      ++days;
      const auto start = entry < 0 ? std::nullopt : day_in(row, static_cast<std::size_t>(entry), frame);
      before += start && *day < *start;
    }
    if (days > 0 && 2 * days >= filled) {
      const bool other = says_other_day(column.heading);
      if (other && (exits || before > 0)) continue;
      const bool maybe = !exits && before == 0 && !other && entry >= 0;
      if (maybe) job.draft.refused = true;
      column.told = true;
      job.trouble.at(maybe ? "header.maybe-exit" : "header.dates-beside-start", guess.last_row, c + 1, column.heading);
    } else if (unknown > 0 && std::find(states.begin(), states.end(), c) != states.end()) {
      column.told = true;
      job.trouble.at("header.says-state", guess.last_row, c + 1, column.heading);
    }
  }
}

}  // namespace horisont
