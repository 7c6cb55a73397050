#include "edge/store/store.h"

#include <algorithm>
#include <future>
#include <limits>
#include <map>
#include <set>
#include <sstream>
#include <tuple>
#include <unordered_map>

#include "core/cases/said.h"
#include "core/cases/staff_rows.h"
#include "core/cases/stays.h"
#include "core/reports/behind.h"
#include "edge/files/files.h"
#include "edge/store/database.h"
#include "edge/store/import_rows.h"
#include "edge/store/log.h"
#include "edge/store/state.h"
#include "log/evp.h"
#include "log/export.h"
#include "log/timestamp.h"
#include "log/tree.h"
#include "log/verify.h"
#include "log/witness.h"

namespace horisont {


std::int64_t project_id(const Database& database, const std::string& project) {
  Statement find{database, "SELECT id FROM project WHERE key = $1"};
  find.bind_all(project);
  return find.step() ? find.number(0) : 0;
}

std::int64_t project_id_made(const Database& database, const std::string& project) {
  if (const auto id = project_id(database, project)) return id;
  Statement{database, "INSERT INTO project (key) VALUES ($1)"}(project);
  return database.last_id();
}

namespace {

// ---- text of a fact row: field, value and column of each value, separated by tabs, a line each
// -------------------------------

void append_escaped(std::string& out, std::string_view text) {
  const auto is_plain = [](char c) { return c != '\\' && (c > '\r' || c < '\t'); };
  if (std::all_of(text.begin(), text.end(), is_plain)) {
    out += text;
    return;
  }
  for (const char c : text) {
    if (c == '\t')
      out += "\\t";
    else if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else if (c == '\\')
      out += "\\\\";
    else
      out += c;
  }
}

std::string unescaped(std::string_view text) {
  if (text.find('\\') == text.npos) return std::string(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    out += c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
  }
  return out;
}

std::string text_of_values(const std::vector<FieldValue>& values) {
  std::string out;
  for (const FieldValue& value : values) {
    append_escaped(out, value.field);
    out += '\t';
    append_escaped(out, value.value);
    out += '\t';
    out += std::to_string(value.column);
    if (value.row != 0) out += ":" + std::to_string(value.row);
    out += '\n';
  }
  return out;
}

[[noreturn]] void damaged(std::string what) {
  throw StoreError(StoreError::Kind::Damaged, {"store.damaged-row", {std::move(what)}});
}

// Which fields of a record are wanted; none named: all.
using Fields = std::span<const std::string_view>;
bool wanted(Fields fields, std::string_view field) {
  return fields.empty() || std::find(fields.begin(), fields.end(), field) != fields.end();
}

std::vector<FieldValue> values_of_text(std::string_view text, Fields fields) {
  std::vector<FieldValue> values;
  if (fields.empty()) values.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const std::size_t first = line.find('\t'), second = first == line.npos ? first : line.find('\t', first + 1);
    if (end == text.npos || second == line.npos) damaged("fact");
    const auto number = [](std::string_view digits, unsigned most) {
      unsigned value = 0;
      for (const char c : digits) {
        if (c < '0' || c > '9' || value > most) damaged("fact");
        value = value * 10 + static_cast<unsigned>(c - '0');
      }
      return value;
    };
    const std::string_view place = line.substr(second + 1);
    const std::size_t colon = place.find(':');
    const unsigned column = number(place.substr(0, colon), 6553),
                   row = colon == place.npos ? 0 : number(place.substr(colon + 1), 1u << 27);
    if (wanted(fields, line.substr(0, first))) {
      values.push_back({unescaped(line.substr(0, first)), unescaped(line.substr(first + 1, second - first - 1)),
                        static_cast<std::uint16_t>(column)});
      values.back().row = row;
    }
    text.remove_prefix(end + 1);
  }
  return values;
}

auto stored_order(const TimeRecord& time) {
  return std::tuple(time.person, time.day, time.start, time.origin.sheet, time.origin.row, time.origin.column);
}

// What was taken back, as known on a moment.
class Withdrawn {
 public:
  Withdrawn(const Database& database, std::int64_t project, std::optional<Moment> known_at) {
    Statement rows{database,
                   "SELECT import, kind, person, day, start, activity FROM withdrawal WHERE project = $1 AND at <= $2"};
    rows.bind_all(project, known_at ? known_at->seconds() : INT64_MAX);
    while (rows.step()) {
      const auto import = static_cast<std::uint32_t>(rows.number(0));
      if (rows.absent(2)) {
        imports_.push_back(import);
      } else if (rows.absent(3)) {
        auto& until = people_[{rows.number(1), rows.number(2)}];
        until = std::max(until, import);
      } else {
        auto& until = times_[{rows.number(2), rows.number(3), rows.number(4), rows.number(5)}];
        until = std::max(until, import);
      }
    }
  }
  bool import(std::uint32_t id) const { return std::find(imports_.begin(), imports_.end(), id) != imports_.end(); }
  bool fact(std::int64_t kind, std::int64_t person, std::uint32_t import_id) const {
    if (import(import_id)) return true;
    if (people_.empty()) return false;
    const auto found = people_.find({kind, person});
    return found != people_.end() && import_id <= found->second;
  }
  bool any_time() const { return !times_.empty() || !people_.empty(); }
  bool time(std::int64_t person, std::int64_t day, std::int64_t start, std::int64_t activity, std::uint32_t import_id) const {
    if (fact(static_cast<int>(RecordKind::Attendance), person, import_id)) return true;
    const auto found = times_.find({person, day, start, activity});
    return found != times_.end() && import_id <= found->second;
  }

 private:
  std::vector<std::uint32_t> imports_;
  std::map<std::pair<std::int64_t, std::int64_t>, std::uint32_t> people_;
  std::map<std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t>, std::uint32_t> times_;
};

// By number: whether the import is known on the moment and was not taken back as a whole.
class Standing {
 public:
  Standing(const Database& database, std::int64_t project, std::optional<Moment> known_at, const Withdrawn& withdrawn) {
    Statement rows{database, "SELECT id FROM import WHERE project = $1 AND at <= $2"};
    rows.bind_all(project, known_at ? known_at->seconds() : INT64_MAX);
    while (rows.step()) {
      const auto import = static_cast<std::size_t>(rows.number(0));
      if (stands_.size() <= import) stands_.resize(import + 1);
      stands_[import] = !withdrawn.import(static_cast<std::uint32_t>(import));
    }
  }
  bool operator[](std::size_t import) const { return import < stands_.size() && stands_[import]; }

 private:
  std::vector<char> stands_;
};

// What a row says of one field, as it is stored; nothing where it says nothing.
std::optional<std::string_view> stated(std::string_view text, std::string_view field) {
  for (std::size_t at = text.find(field); at != text.npos; at = text.find(field, at + 1)) {
    const std::size_t end = at + field.size();
    if ((at > 0 && text[at - 1] != '\n') || end >= text.size() || text[end] != '\t') continue;
    return text.substr(end + 1, text.find('\t', end + 1) - end - 1);
  }
  return std::nullopt;
}

// "[3,17]", for SQL.
std::string as_list(std::span<const std::uint32_t> persons) {
  std::string list = "[";
  for (const std::uint32_t person : persons) list += (list.size() > 1 ? "," : "") + std::to_string(person);
  return list + "]";
}

// The facts as imported (corrections not applied), oldest first, with the id of each row.
std::vector<std::pair<std::int64_t, Record>> imported(const Database& database, std::int64_t project,
                                                      std::optional<Moment> known_at, Fields fields = {},
                                                      const std::optional<Store::Wanted>& of = {}) {
  std::vector<std::pair<std::int64_t, Record>> found;
  if (project == 0) return found;
  if (of && of->persons.empty() && of->staff && of->staff->empty() && of->of_everybody == RecordKind::StaffTime) return found;
  const Withdrawn withdrawn(database, project, known_at);
  const Standing standing(database, project, known_at, withdrawn);
  // Everybody's are walked over as they came (the sign keeps them from being sorted); those of some are found by the index.
  std::string which = "+project = $1";
  if (of && of->persons.empty()) which = "project = $1 AND kind = $2";
  if (of && !of->persons.empty())
    which = "id IN (SELECT id FROM fact WHERE project = $1 AND kind = $2 UNION SELECT id FROM fact WHERE project = $1 AND kind "
            "IN (0, 1, 2, 3, 4) AND person IN (SELECT value FROM json_each($3)))";
  Statement rows{database, "SELECT id, person, kind, import, sheet, row, \"values\" FROM fact WHERE " + which + " ORDER BY id"};
  rows.bind(1, project);
  if (of) rows.bind(2, static_cast<int>(of->of_everybody));
  if (of && !of->persons.empty()) rows.bind(3, as_list(of->persons));
  while (rows.step()) {
    if (!standing[static_cast<std::size_t>(rows.number(3))]) continue;
    Record record;
    record.person = static_cast<std::uint32_t>(rows.number(1));
    const std::int64_t kind = rows.number(2);
    if (kind < 0 || kind > static_cast<int>(RecordKind::Evidence)) damaged("fact");
    if (withdrawn.fact(kind, record.person, static_cast<std::uint32_t>(rows.number(3)))) continue;
    if (of && of->staff && kind == static_cast<int>(RecordKind::StaffTime))
      if (const auto staff = stated(rows.view(6), "staff_id"); !staff || !of->staff->contains(staff_number_key(unescaped(*staff)))) continue;
    record.kind = static_cast<RecordKind>(kind);
    record.origin = {static_cast<std::uint32_t>(rows.number(3)), static_cast<std::uint16_t>(rows.number(4)),
                     static_cast<std::uint32_t>(rows.number(5)), 0};
    record.values = values_of_text(rows.view(6), fields);
    found.emplace_back(rows.number(0), std::move(record));
  }
  return found;
}

// The facts with corrections applied, oldest first, with the id of each row.
std::vector<std::pair<std::int64_t, Record>> corrected(const Database& database, std::int64_t project,
                                                       std::optional<Moment> known_at, Fields fields = {},
                                                       const std::optional<Store::Wanted>& of = {}) {
  auto rows = imported(database, project, known_at, fields, of);

  // A correction lies over the row it names, and over later rows of the same person that repeat the corrected value
  // (intake, section 13). Later corrections lie over earlier ones.
  const bool of_some = of && !of->persons.empty() && of->of_everybody == RecordKind::StaffTime;  // which nobody corrects
  Statement corrections{database, std::string("SELECT person, kind, over, field, value FROM correction WHERE project = $1 AND at <= $2 ") +
                                      (of_some ? "AND person IN (SELECT value FROM json_each($3)) " : "") + "ORDER BY id"};
  corrections.bind_all(project, known_at ? known_at->seconds() : INT64_MAX);
  if (of_some) corrections.bind(3, as_list(of->persons));
  std::unordered_map<std::uint32_t, std::uint16_t> of_person;
  while (corrections.step()) {
    const auto person = static_cast<std::uint32_t>(corrections.number(0));
    const std::uint16_t number = ++of_person[person];
    const auto kind = static_cast<RecordKind>(corrections.number(1));
    const std::int64_t over = corrections.number(2);
    const std::string field = corrections.text(3), value = corrections.text(4);
    if (!wanted(fields, field)) continue;
    const auto first = std::lower_bound(rows.begin(), rows.end(), over,
                                        [](const auto& row, std::int64_t wanted) { return row.first < wanted; });
    if (first == rows.end() || first->first != over) continue;  // the row itself is not known yet on that moment
    const std::string* before = first->second.find(field);
    const std::optional<std::string> wrong = before ? std::optional(*before) : std::nullopt;
    for (auto row = first; row != rows.end(); ++row) {
      Record& record = row->second;
      if (record.person != person || record.kind != kind) continue;
      const auto at =
          std::find_if(record.values.begin(), record.values.end(), [&](const FieldValue& v) { return v.field == field; });
      const bool repeats = row == first || (at != record.values.end() && wrong && at->value == *wrong);
      if (!repeats) continue;
      if (at == record.values.end()) {
        if (!value.empty()) record.values.push_back({field, value, 0, number});
      } else if (value.empty()) {
        record.values.erase(at);
      } else {
        *at = {field, value, at->column, number};  // the correction is the source; the cell beneath it stays known
      }
    }
  }
  return rows;
}

// Of two imports that state the same person, day, activity and start, the later one holds. Rows come in stored order, so
// the rows of one person, day and start stand together. `evenings` are those that were taken back: what one cell says from
// midnight on goes with what it says until then.
void keep_latest(std::vector<TimeRecord>& times, std::vector<TimeRecord> evenings) {
  std::size_t kept = 0;
  for (std::size_t from = 0; from < times.size();) {
    std::size_t to = from + 1;
    while (to < times.size() && times[to].person == times[from].person && times[to].day == times[from].day &&
           times[to].start == times[from].start)
      ++to;
    for (std::size_t i = from; i < to; ++i) {
      bool superseded = false;
      for (std::size_t j = from; j < to && !superseded; ++j)
        superseded = key_of(times[j]) == key_of(times[i]) && times[j].origin.import > times[i].origin.import;
      if (!superseded)
        times[kept++] = times[i];
      else if (times[i].end == 24 * 60)
        evenings.push_back(times[i]);
    }
    from = to;
  }
  times.resize(kept);
  for (const TimeRecord& evening : evenings) {
    const auto before = [](const TimeRecord& a, const std::tuple<std::uint32_t, std::int32_t, std::int16_t>& b) {
      return std::tuple(a.person, a.day, a.start) < b;
    };
    const std::tuple<std::uint32_t, std::int32_t, std::int16_t> morning{evening.person, evening.day + 1, std::int16_t{0}};
    for (auto at = std::lower_bound(times.begin(), times.end(), morning, before);
         at != times.end() && std::tuple(at->person, at->day, at->start) == morning; ++at)
      if (is_rest_of(*at, evening)) {
        times.erase(at);
        break;
      }
  }
}

// The keys that a file must state anew though it says the same of them: an evening and its morning hold together, so where one
// of them becomes another or they have parted or come together, both are stored. All ordered by key.
std::set<TimeKey> nights_to_state_anew(std::span<const TimeRecord* const> stored, std::span<const TimeRecord* const> incoming) {
  const auto of = [](std::span<const TimeRecord* const> times, const TimeKey& key) {
    const auto less = [](const TimeRecord* a, const TimeKey& b) { return key_of(*a) < b; };
    auto first = std::lower_bound(times.begin(), times.end(), key, less), last = first;
    while (last != times.end() && key_of(**last) == key) ++last;
    return std::span(first, last);
  };
  const auto same = [&](const TimeKey& key) {
    const auto was = of(stored, key), is = of(incoming, key);
    return std::equal(was.begin(), was.end(), is.begin(), is.end(),
                      [](const TimeRecord* a, const TimeRecord* b) { return said_by(*a) == said_by(*b); });
  };
  std::map<TimeKey, int> nights;  // of the evening: 1 is stored, 2 incoming
  for (const Night& night : nights_in(stored)) nights[key_of(*night.first)] |= 1;
  for (const Night& night : nights_in(incoming)) nights[key_of(*night.first)] |= 2;
  std::set<TimeKey> anew;
  for (const auto& [evening, where] : nights) {
    const TimeKey morning{evening.person, evening.day + 1, 0, evening.activity};
    if (where != 3 || !same(evening) || !same(morning)) anew.insert({evening, morning});
  }
  return anew;
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) append_escaped(out, value), out += '\n';
  return out;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t end; (end = text.find('\n')) != text.npos; text.remove_prefix(end + 1))
    out.push_back(unescaped(text.substr(0, end)));
  return out;
}

StoredImport import_from(const Database& database, Statement& row, const std::string& project) {
  StoredImport found;
  found.id = static_cast<std::uint32_t>(row.number(0));
  found.project = project;
  found.kind = static_cast<RecordKind>(row.number(1));
  found.file_name = row.text(2);
  found.sha256 = row.text(3);
  found.format = row.text(4);
  found.rows_seen = row.number(5);
  found.rows_read = row.number(6);
  found.rows_refused = row.number(7);
  found.actor = row.text(8);
  found.at = Moment::of_seconds(row.number(9));
  if (!row.absent(10)) found.withdrawn_at = Moment::of_seconds(row.number(10));
  Statement sheets{database, "SELECT name FROM import_sheet WHERE import = $1 ORDER BY sheet"};
  sheets.bind_all(found.id);
  while (sheets.step()) found.sheets.push_back(sheets.text(0));
  Statement columns{database,
                    "SELECT sheet, \"column\", heading FROM import_column WHERE import = $1 ORDER BY sheet, \"column\""};
  columns.bind_all(found.id);
  while (columns.step()) {
    const auto sheet = static_cast<std::size_t>(columns.number(0)), column = static_cast<std::size_t>(columns.number(1));
    if (sheet > 65535 || column == 0 || column > 65535) damaged("import_column");
    if (found.columns.size() <= sheet) found.columns.resize(sheet + 1);
    if (found.columns[sheet].size() < column) found.columns[sheet].resize(column);
    found.columns[sheet][column - 1] = columns.text(2);
  }
  return found;
}
// What the log binds to beside the fields that an entry names: every column of the rows that were written with it.
template <class... Ids>
std::string rows_of(const Database& database, const char* sql, const Ids&... ids) {
  Statement rows{database, sql};
  rows.bind_all(ids...);
  std::string all;
  while (rows.step()) all += rows.whole_row();
  return all;
}

// The same into a digest: a row of a large report has many megabytes, and is not held more often than it must be.
template <class... Ids>
void add_rows(tlog::Sha256& digest, const Database& database, const char* sql, const Ids&... ids) {
  Statement rows{database, sql};
  rows.bind_all(ids...);
  while (rows.step()) rows.whole_row([&](std::string_view part) { digest.add(part); });
}

std::string import_row(const Database& database, std::int64_t import) {
  return sha256_of(rows_of(database, "SELECT * FROM import WHERE id = $1", import) +
                   rows_of(database, "SELECT sha256, size FROM file WHERE sha256 = (SELECT file FROM import WHERE id = $1)", import) +
                   rows_of(database, "SELECT * FROM import_sheet WHERE import = $1 ORDER BY sheet", import) +
                   rows_of(database, "SELECT * FROM import_column WHERE import = $1 ORDER BY sheet, \"column\"", import));
}
std::string correction_row(const Database& database, std::int64_t id) {
  return sha256_of(rows_of(database, "SELECT * FROM correction WHERE id = $1", id));
}
// Where the row stands that a correction lies over: import, sheet, row.
std::string place_of_fact(const Database& database, std::int64_t id) {
  Statement fact{database, "SELECT import || '/' || sheet || '/' || row FROM fact WHERE id = $1"};
  fact.bind_all(id);
  return fact.step() ? fact.text(0) : std::string();
}
std::string withdrawal_row(const Database& database, std::int64_t id) {
  return sha256_of(rows_of(database, "SELECT * FROM withdrawal WHERE id = $1", id));
}
std::string month_row(const Database& database, std::int64_t id) {
  return sha256_of(rows_of(database, "SELECT * FROM month_event WHERE id = $1", id));
}
std::string claim_filing_row(const Database& database, std::int64_t id) {
  return sha256_of(rows_of(database, "SELECT * FROM claim_filing WHERE id = $1", id));
}
std::string manual_row(const Database& database, std::int64_t id) {
  return sha256_of(rows_of(database, "SELECT * FROM manual_decision WHERE id = $1", id));
}
std::string same_person_row(const Database& database, std::int64_t id) {
  return sha256_of(rows_of(database, "SELECT * FROM same_person WHERE id = $1", id));
}
// The other of two as the log binds to it: "D-0003" or "varmlands-unga D-0003".
std::string other_of(const std::string& project, const OfProject& other) {
  return (other.project == project ? "" : other.project + " ") + participant_reference(other.person);
}
std::string sample_row(const Database& database, std::int64_t project, const std::string& nonce) {
  return sha256_of(rows_of(database, "SELECT * FROM sample WHERE project = $1 AND nonce = $2", project, nonce));
}
std::string run_row(const Database& database, std::int64_t id) {
  return sha256_of(rows_of(database, "SELECT * FROM decision_run WHERE id = $1", id));
}
// Whom a run decided how: everybody, also those who were decided as before.
std::string run_decisions(const Database& database, std::int64_t run) {
  tlog::Sha256 decisions;
  add_rows(decisions, database, "SELECT person, verdict, hit, cannot_tell FROM decision WHERE run = $1 ORDER BY person", run);
  return tlog::hex(decisions.finish());
}
std::string profile_row(const Database& database, std::int64_t project, const std::string& name, std::int64_t version) {
  return sha256_of(rows_of(database, "SELECT * FROM profile WHERE project = $1 AND name = $2 AND version = $3", project, name, version));
}
std::string rows_in(const Database& database, const std::string& table, std::int64_t project) {
  Statement count{database, "SELECT count(*) FROM " + table + " WHERE project = $1"};
  count.bind_all(project);
  count.step();
  return std::to_string(count.number(0));
}
// The report, all its files and what stands behind its numbers.
std::string report_row(const Database& database, std::int64_t project, const std::string& report) {
  tlog::Sha256 row, behind;
  add_rows(row, database, "SELECT * FROM made_report WHERE project = $1 AND id = $2", project, report);
  add_rows(row, database, "SELECT * FROM made_file WHERE project = $1 AND report = $2 ORDER BY number", project, report);
  add_rows(behind, database, "SELECT behind FROM made_behind WHERE project = $1 AND report = $2", project, report);
  row.add(tlog::hex(behind.finish()));
  return tlog::hex(row.finish());
}

// The cells of a report, as text.
std::string report_cells(const Database& database, std::int64_t project, const std::string& report) {
  Statement row{database, "SELECT sheets FROM made_report WHERE project = $1 AND id = $2"};
  row.bind_all(project, report);
  return row.step() ? tlog::hex(tlog::sha256(row.view(0))) : std::string();
}

bool has_sheets(const Database& database, std::int64_t project, const std::string& report) {
  Statement row{database, "SELECT sheets <> '' FROM made_report WHERE project = $1 AND id = $2"};
  row.bind_all(project, report);
  return row.step() && row.number(0) != 0;
}

// SHA-256 over all that an import stored: its facts, then its times, in the order of the tables.
class RowsDigest {
 public:
  void fact(std::initializer_list<std::int64_t> numbers, std::string_view values) {
    add(numbers);
    add({static_cast<std::int64_t>(values.size())});
    part_ += values;
  }
  void time(std::initializer_list<std::int64_t> numbers) { add(numbers); }
  void line(std::string_view text) {
    add({});
    (part_ += text) += '\n';
  }
  std::string finish() {
    hash_.add(part_);
    return tlog::hex(hash_.finish());
  }

 private:
  void add(std::initializer_list<std::int64_t> numbers) {
    if (part_.size() > 60'000) hash_.add(part_), part_.clear();
    for (const std::int64_t value : numbers)
      for (int shift = 0; shift < 64; shift += 8) part_ += static_cast<char>((value >> shift) & 255);
  }
  tlog::Sha256 hash_;
  std::string part_;
};

struct StoredDigests {
  std::string rows, activities;
};
StoredDigests stored_digests(const Database& database, std::uint32_t import) {
  RowsDigest digest, activities;
  Statement facts{database, "SELECT person, kind, sheet, row, \"values\" FROM fact WHERE import = $1 ORDER BY id"};
  facts.bind_all(import);
  while (facts.step()) digest.fact({facts.number(0), facts.number(1), facts.number(2), facts.number(3)}, facts.view(4));
  Statement times{
      database,
      "SELECT person, day, start, sheet, row, \"column\", \"end\", minutes, flags, key FROM time_record LEFT JOIN activity ON "
      "activity.id = time_record.activity AND activity.project = time_record.project WHERE import = $1 ORDER BY person, day, "
      "start, sheet, row, \"column\""};
  times.bind_all(import);
  while (times.step()) {
    digest.time({times.number(0), times.number(1), times.number(2), times.number(3), times.number(4), times.number(5),
                 times.number(6), times.number(7), times.number(8)});
    activities.line(times.absent(9) ? std::string_view() : times.view(9));
  }
  return {digest.finish(), activities.finish()};
}

// What a file brings, sorted by whose it is, before it is stored.
std::map<StaffKey, RowTexts> rows_by_person(const NewImport& import, std::span<const Record* const> records,
                                            std::span<const TimeRecord* const> times, const RowsByPerson::Person& each) {
  RowsByPerson rows(each);
  for (std::size_t i = import.people_before; import.people && i < import.people->size(); ++i) {
    const Person& person = (*import.people)[i];
    const std::string digits = person.number ? person.number->digits() : std::string();
    rows.person(static_cast<std::uint32_t>(i), person.number ? std::optional<std::string_view>(digits) : std::nullopt, person.local_id,
                person.name);
  }
  for (const Record* r : records) rows.fact(r->person, r->kind, r->origin.sheet, r->origin.row, text_of_values(r->values));
  for (const TimeRecord* t : times)
    rows.time(t->person, {t->day, t->start, t->end, t->minutes, t->flags, t->origin.sheet, t->origin.row, t->origin.column},
              import.activities[t->activity]);
  return rows.finish();
}

// Of every column of every row, each with its length; an empty column is told from an absent one.
std::string digest_of(const Database& database, const char* sql, std::int64_t import, int columns) {
  tlog::Sha256 digest;
  Statement rows{database, sql};
  rows.bind_all(import);
  while (rows.step())
    for (int i = 0; i < columns; ++i) {
      digest.add(rows.absent(i) ? "-" : std::to_string(rows.view(i).size()) + ":");
      if (!rows.absent(i)) digest.add(rows.view(i));
    }
  return tlog::hex(digest.finish());
}
std::string people_digest(const Database& database, std::int64_t import) {
  return digest_of(
      database,
      "SELECT CAST(number AS TEXT), identity, local_id, name FROM person WHERE project = (SELECT project FROM import "
      "WHERE id = $1) AND import = $1 ORDER BY number",
      import, 4);
}
std::string findings_digest(const Database& database, std::int64_t import) {
  return digest_of(
      database,
      "SELECT code, CAST(level AS TEXT), sheet, cell, heading, CAST(row AS TEXT), participant, given, \"values\" FROM "
      "finding WHERE import = $1 ORDER BY id",
      import, 9);
}

constexpr const char* import_columns =
    "SELECT id, kind, file_name, file, format, rows_seen, rows_read, rows_refused, actor, at, "
    "(SELECT min(at) FROM withdrawal WHERE withdrawal.import = import.id AND withdrawal.person IS NULL) AS gone FROM import ";

}  // namespace

Store Store::open(const std::filesystem::path& database, const std::filesystem::path& schemas) {
  return Store(std::make_unique<State>(database, schemas));
}
Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

struct Store::Reading::State {
  const Database& database;
  bool begun;
};
Store::Reading::Reading(const Store& store)
    : state_(new State{store.state_->database, sqlite3_get_autocommit(store.state_->database.handle()) != 0}) {
  if (!state_->begun) return;
  state_->database.run("BEGIN");
  state_->database.run("SELECT count(*) FROM project");  // the lock is taken by the first look
}
Store::Reading::~Reading() {
  if (state_->begun) sqlite3_exec(state_->database.handle(), "COMMIT", nullptr, nullptr, nullptr);
}

namespace {

Person person_from(const Statement& row) {
  Person person;
  if (!row.absent(1)) {
    auto number = PersonalIdentityNumber::of_normal_form(row.view(1));
    if (!number) damaged("person");
    person.number = std::move(*number);
  }
  person.local_id = row.text(2);
  person.name = row.text(3);
  return person;
}

}  // namespace

People Store::people(const std::string& project) const {
  const Database& database = state_->database;
  People people;
  Statement rows{database, "SELECT number, identity, local_id, name FROM person WHERE project = $1 ORDER BY number"};
  rows.bind_all(project_id(database, project));
  while (rows.step()) {
    if (rows.number(0) != static_cast<std::int64_t>(people.size())) damaged("person");
    people.push_back(person_from(rows));
  }
  return people;
}

std::size_t Store::people_count(const std::string& project) const {
  const Database& database = state_->database;
  Statement last{database, "SELECT ifnull(max(number) + 1, 0) FROM person WHERE project = $1"};
  last.bind_all(project_id(database, project));
  return last.step() ? static_cast<std::size_t>(last.number(0)) : 0;
}

SomePeople Store::people(const std::string& project, std::span<const std::uint32_t> persons) const {
  const Database& database = state_->database;
  const std::int64_t id = project_id(database, project);
  SomePeople people;
  Statement row{database, "SELECT number, identity, local_id, name FROM person WHERE project = $1 AND number = $2"};
  for (const std::uint32_t person : persons) {
    if (row.bind_all(id, person).step()) people.emplace(person, person_from(row));
    row.reset();
  }
  return people;
}

std::vector<std::uint32_t> Store::persons_known_by(const std::string& project, const std::set<std::string, std::less<>>& numbers) const {
  const Database& database = state_->database;
  const std::int64_t id = project_id(database, project);
  std::set<std::uint32_t> found;
  if (id == 0 || numbers.empty()) return {};
  Statement people{database, "SELECT number, identity FROM person WHERE project = $1 AND identity IS NOT NULL"};
  people.bind_all(id);
  while (people.step())
    if (numbers.contains(people.view(1))) found.insert(static_cast<std::uint32_t>(people.number(0)));
  // What registers and corrections state may be another number than the one that somebody was first known by.
  Statement corrected{database, "SELECT person, value FROM correction WHERE project = $1 AND field = 'identity_number'"};
  corrected.bind_all(id);
  while (corrected.step())
    if (numbers.contains(corrected.view(1))) found.insert(static_cast<std::uint32_t>(corrected.number(0)));
  Statement registers{database, "SELECT person, \"values\" FROM fact WHERE project = $1 AND kind = $2"};
  registers.bind_all(id, static_cast<int>(RecordKind::Participants));
  while (registers.step())
    if (const auto number = stated(registers.view(1), "identity_number"); number && numbers.contains(*number))
      found.insert(static_cast<std::uint32_t>(registers.number(0)));
  return {found.begin(), found.end()};
}

std::vector<Record> Store::records(const std::string& project, std::optional<Moment> known_at, Fields fields,
                                   const std::optional<Wanted>& of) const {
  const Database& database = state_->database;
  std::vector<Record> records;
  auto rows = corrected(database, project_id(database, project), known_at, fields, of);
  records.reserve(rows.size());
  for (auto& [row_id, record] : rows) records.push_back(std::move(record));
  return records;
}

namespace {

// The time that stands, as known on a moment.
class StoredTimes {
 public:
  StoredTimes(const Database& database, const std::string& project, const std::vector<std::string>& activities,
              std::optional<Moment> known_at)
      : database_(database),
        key_(project),
        project_(project_id(database, project)),
        withdrawn_(database, project_, known_at),
        standing_(database, project_, known_at, withdrawn_) {
    Statement named{database, "SELECT id, key FROM activity WHERE project = $1"};
    named.bind_all(project_);
    while (named.step()) {
      const auto found = std::find(activities.begin(), activities.end(), named.view(1));
      if (found != activities.end()) place_[named.number(0)] = static_cast<std::uint8_t>(found - activities.begin());
    }
  }
  std::vector<TimeRecord> all() const {
    std::vector<TimeRecord> times, evenings;
    Statement count{database_, "SELECT count(*) FROM time_record WHERE project = $1"};
    count.bind_all(project_);
    if (count.step()) times.reserve(static_cast<std::size_t>(count.number(0)));
    Statement rows{database_, sql};
    read(rows, 0, INT64_MAX, times, evenings);
    keep_latest(times, std::move(evenings));
    return times;
  }
  std::vector<TimeRecord> of(std::span<const std::uint32_t> persons) const {
    std::vector<TimeRecord> times, evenings;
    Statement rows{database_, sql};
    std::vector<std::uint32_t> in_order(persons.begin(), persons.end());
    std::sort(in_order.begin(), in_order.end());
    for (const std::uint32_t person : in_order) read(rows, person, person, times, evenings);
    keep_latest(times, std::move(evenings));
    return times;
  }

 private:
  static constexpr const char* sql =
      "SELECT person, day, start, \"end\", minutes, activity, flags, import, sheet, row, \"column\" FROM time_record "
      "WHERE project = $1 AND person BETWEEN $2 AND $3 ORDER BY person, day, start, import, sheet, row, \"column\"";

  void read(Statement& rows, std::int64_t first, std::int64_t last, std::vector<TimeRecord>& times, std::vector<TimeRecord>& evenings) const {
    rows.bind_all(project_, first, last);
    const bool single_times = withdrawn_.any_time();
    std::int64_t last_activity = -1;
    std::uint8_t last_place = 0;
    while (rows.step()) {
      const auto import = static_cast<std::size_t>(rows.number(7));
      if (!standing_[import]) continue;
      const bool taken_back =
          single_times &&
          withdrawn_.time(rows.number(0), rows.number(1), rows.number(2), rows.number(5), static_cast<std::uint32_t>(import));
      if (taken_back && rows.number(3) != 24 * 60) continue;
      if (rows.number(5) != last_activity) {
        const auto found = place_.find(rows.number(5));
        if (found == place_.end()) throw StoreError(StoreError::Kind::Damaged, {"store.activity-gone", {key_}});
        last_activity = found->first, last_place = found->second;
      }
      (taken_back ? evenings : times).push_back({.person = static_cast<std::uint32_t>(rows.number(0)),
                       .day = static_cast<std::int32_t>(rows.number(1)),
                       .start = static_cast<std::int16_t>(rows.number(2)),
                       .end = static_cast<std::int16_t>(rows.number(3)),
                       .minutes = static_cast<std::uint16_t>(rows.number(4)),
                       .activity = last_place,
                       .flags = static_cast<std::uint8_t>(rows.number(6)),
                       .origin = {static_cast<std::uint32_t>(import), static_cast<std::uint16_t>(rows.number(8)),
                                  static_cast<std::uint32_t>(rows.number(9)), static_cast<std::uint16_t>(rows.number(10))}});
    }
    rows.reset();
  }

  const Database& database_;
  const std::string key_;
  const std::int64_t project_;
  const Withdrawn withdrawn_;
  const Standing standing_;
  std::unordered_map<std::int64_t, std::uint8_t> place_;  // of an activity
};

}  // namespace

std::vector<TimeRecord> Store::times(const std::string& project, const std::vector<std::string>& activities,
                                     std::optional<Moment> known_at, std::optional<std::uint32_t> person) const {
  const StoredTimes times(state_->database, project, activities, known_at);
  return person ? times.of(std::span(&*person, 1)) : times.all();
}

std::vector<TimeRecord> Store::times(const std::string& project, const std::vector<std::string>& activities,
                                     std::optional<Moment> known_at, std::span<const std::uint32_t> persons) const {
  return StoredTimes(state_->database, project, activities, known_at).of(persons);
}

bool Store::has_sums(const std::string& project) const {
  const Database& database = state_->database;
  Statement any{database, "SELECT EXISTS (SELECT 1 FROM time_record WHERE project = $1 AND flags & $2 <> 0)"};
  any.bind_all(project_id(database, project), std::int64_t{TimeMonthly});
  return any.step() && any.number(0) != 0;
}

std::vector<StoredImport> Store::imports(const std::string& project) const {
  const Database& database = state_->database;
  std::vector<StoredImport> found;
  Statement rows{database, std::string(import_columns) + "WHERE project = $1 ORDER BY id"};
  rows.bind_all(project_id(database, project));
  while (rows.step()) found.push_back(import_from(database, rows, project));
  return found;
}

std::optional<StoredImport> Store::import_of_file(const std::string& project, const std::string& sha256) const {
  const Database& database = state_->database;
  Statement rows{database,
                 std::string(import_columns) + "WHERE project = $1 AND file = $2 AND gone IS NULL ORDER BY id LIMIT 1"};
  rows.bind_all(project_id(database, project), sha256);
  if (!rows.step()) return std::nullopt;
  return import_from(database, rows, project);
}

namespace {

// Of imports that stand; `tables` in the order in which they are to be asked.
std::string finding_rows(const char* tables) {
  return std::string("SELECT finding.code, finding.level, import.file_name, finding.sheet, finding.cell, finding.heading, finding.row, "
                     "finding.participant, finding.given, finding.\"values\", import.id FROM ") +
         tables +
         " WHERE import.id = finding.import AND import.project = $1 AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE "
         "withdrawal.import = import.id AND withdrawal.person IS NULL) ";
}

Finding finding_from(const Statement& row) {
  return {.code = row.text(0),
          .level = static_cast<Level>(row.number(1)),
          .place = {.file = row.text(2),
                    .sheet = row.text(3),
                    .cell = row.text(4),
                    .heading = row.text(5),
                    .row = static_cast<std::uint32_t>(row.number(6))},
          .participant = row.text(7),
          .given = row.text(8),
          .values = split(row.view(9))};
}

}  // namespace

std::vector<Finding> Store::findings(const std::string& project, std::uint32_t import) const {
  const Database& database = state_->database;
  std::vector<Finding> found;
  Statement rows{database, finding_rows("finding, import") + "AND ($2 = 0 OR import.id = $2) ORDER BY finding.id"};
  rows.bind_all(project_id(database, project), import);
  while (rows.step()) found.push_back(finding_from(rows));
  return found;
}

std::vector<std::pair<std::uint32_t, Finding>> Store::fixed_cells(const std::string& project) const {
  const Database& database = state_->database;
  std::vector<std::pair<std::uint32_t, Finding>> found;
  Statement rows{database, finding_rows("import CROSS JOIN finding") + "AND finding.code >= 'cell.fixed' AND finding.code < 'cell.fixee' ORDER BY finding.id"};
  rows.bind_all(project_id(database, project));
  while (rows.step()) found.emplace_back(static_cast<std::uint32_t>(rows.number(10)), finding_from(rows));
  return found;
}

std::vector<StoredCorrection> Store::corrections(const std::string& project, std::optional<Moment> known_at,
                                                 std::optional<std::uint32_t> person_alone) const {
  const Database& database = state_->database;
  std::vector<StoredCorrection> found;
  Statement rows{database, std::string("SELECT person, field, value, reason, actor, at FROM correction WHERE project = $1 AND at <= $2 ") +
                               (person_alone ? "AND person = $3 " : "") + "ORDER BY id"};
  rows.bind_all(project_id(database, project), known_at ? known_at->seconds() : INT64_MAX);
  if (person_alone) rows.bind(3, *person_alone);
  std::unordered_map<std::uint32_t, std::uint16_t> of_person;
  while (rows.step()) {
    const auto person = static_cast<std::uint32_t>(rows.number(0));
    found.push_back({.person = person,
                     .number = ++of_person[person],
                     .field = rows.text(1),
                     .value = rows.text(2),
                     .reason = rows.text(3),
                     .actor = rows.text(4),
                     .at = Moment::of_seconds(rows.number(5))});
  }
  return found;
}

Store::ImportResult Store::add(const NewImport& import, const Actor& actor, Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  const std::int64_t project = project_id_made(database, import.project);
  ImportResult result;

  // ---- what is new -------------------------------------------------------------------------------------------------------
  std::vector<const Record*> new_records;
  if (!import.records.empty()) {
    // What is stored now, as imported: a correction is not a statement of a file, so a file that repeats the corrected
    // value changes nothing.
    const auto stored = imported(database, project, std::nullopt);
    std::vector<const Record*> before;
    before.reserve(stored.size());
    for (const auto& [id, record] : stored) before.push_back(&record);
    KnownRecords known(before, import.records);
    for (const Record& record : import.records) {
      const KnownRecords::News news = known.take(record);
      if (news == KnownRecords::News::None) {
        ++result.unchanged_records;
        continue;
      }
      ++(news == KnownRecords::News::Changed ? result.changed_records : result.new_records);
      new_records.push_back(&record);
    }
  }

  std::int64_t restated = 0;  // of the unchanged times, those that are stored all the same
  std::vector<const TimeRecord*> new_times;
  new_times.reserve(import.times.size());
  for (const TimeRecord& time : import.times) new_times.push_back(&time);
  const auto as_stored = [](const TimeRecord* a, const TimeRecord* b) { return stored_order(*a) < stored_order(*b); };
  if (!std::is_sorted(new_times.begin(), new_times.end(), as_stored)) std::sort(new_times.begin(), new_times.end(), as_stored);
  if (!import.times.empty()) {
    const std::vector<TimeRecord> stored = times(import.project, import.activities);
    if (!stored.empty()) {
      // Rows with the same key belong together (a key may stand several times in a file): if a file says of a key exactly
      // what is stored, nothing is new; if it says something else, all its rows of that key hold from now on.
      const auto by_statement = [](const TimeRecord* a, const TimeRecord* b) { return said_by(*a) < said_by(*b); };
      std::vector<const TimeRecord*> before;
      for (const TimeRecord& time : stored) before.push_back(&time);
      std::sort(before.begin(), before.end(), by_statement);
      std::vector<const TimeRecord*> incoming = new_times, changed;
      std::sort(incoming.begin(), incoming.end(), by_statement);
      const std::set<TimeKey> anew = nights_to_state_anew(before, incoming);
      for (std::size_t i = 0, b = 0; i < incoming.size();) {
        const TimeKey key = key_of(*incoming[i]);
        std::size_t i_end = i;
        while (i_end < incoming.size() && key_of(*incoming[i_end]) == key) ++i_end;
        while (b < before.size() && key_of(*before[b]) < key) ++b;
        std::size_t b_end = b;
        while (b_end < before.size() && key_of(*before[b_end]) == key) ++b_end;
        const bool same =
            i_end - i == b_end - b &&
            std::equal(incoming.begin() + static_cast<std::ptrdiff_t>(i), incoming.begin() + static_cast<std::ptrdiff_t>(i_end),
                       before.begin() + static_cast<std::ptrdiff_t>(b),
                       [](const auto* x, const auto* y) { return said_by(*x) == said_by(*y); });
        if (same)
          result.unchanged_times += static_cast<std::int64_t>(i_end - i);
        else if (b_end > b)
          result.changed_times += static_cast<std::int64_t>(i_end - i);
        const bool stated_anew = same && anew.contains(key);
        if (stated_anew) restated += static_cast<std::int64_t>(i_end - i);
        if (!same || stated_anew)
          changed.insert(changed.end(), incoming.begin() + static_cast<std::ptrdiff_t>(i),
                         incoming.begin() + static_cast<std::ptrdiff_t>(i_end));
        i = i_end, b = b_end;
      }
      std::sort(changed.begin(), changed.end(),
                [](const TimeRecord* a, const TimeRecord* b) { return stored_order(*a) < stored_order(*b); });
      new_times = std::move(changed);
    }
  }
  result.new_times = static_cast<std::int64_t>(new_times.size()) - result.changed_times - restated;
  // For the log another thread works out the tree meanwhile; it does not touch the database.
  const bool logged = !state_->log.master.empty();
  std::uint32_t people = import.people ? static_cast<std::uint32_t>(import.people->size()) : 0;
  if (!import.people) {
    Statement count{database, "SELECT count(*) FROM person WHERE project = $1"};
    count.bind_all(project);
    if (count.step()) people = static_cast<std::uint32_t>(count.number(0));
  }
  const std::string secret = logged ? tlog::random_bytes(32) : std::string();
  auto digest = std::async(logged ? std::launch::async : std::launch::deferred, [&] {
    return tree_of(secret, people, [&](const RowsByPerson::Person& each) {
      return rows_by_person(import, new_records, new_times, each);
    });
  });

  // ---- the import and its file
  // -----------------------------------------------------------------------------------------------
  {
    Statement file{database,
                   "INSERT INTO file (sha256, size, received_at, bytes) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"};
    file.bind(1, import.sha256);
    file.bind(2, static_cast<std::int64_t>(import.bytes.size()));
    file.bind(3, now.seconds());
    if (import.bytes.empty())
      file.bind_nothing(4);
    else
      file.bind_bytes(4, import.bytes);
    file.step();
  }
  Statement{database,
            "INSERT INTO import (project, kind, file, file_name, format, rows_seen, rows_read, rows_refused, unchanged, actor, "
            "role, at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"}(
      project, static_cast<int>(import.kind), import.sha256, import.file_name, import.format, import.rows_seen,
      import.rows_read, import.rows_refused, result.unchanged_records + result.unchanged_times, actor.account, actor.role,
      now.seconds());
  result.id = static_cast<std::uint32_t>(database.last_id());
  {
    Statement sheet{database, "INSERT INTO import_sheet (import, sheet, name) VALUES ($1, $2, $3)"};
    for (std::size_t i = 0; i < import.sheets.size(); ++i) sheet(result.id, static_cast<int>(i), import.sheets[i]);
    Statement column{database, "INSERT INTO import_column (import, sheet, \"column\", heading) VALUES ($1, $2, $3, $4)"};
    for (std::size_t i = 0; i < import.columns.size(); ++i)
      for (std::size_t j = 0; j < import.columns[i].size(); ++j)
        if (!import.columns[i][j].empty())
          column(result.id, static_cast<int>(i), static_cast<int>(j) + 1, import.columns[i][j]);
  }

  // ---- people, facts, time
  // ---------------------------------------------------------------------------------------------------
  if (import.people && import.people->size() > import.people_before) {
    Statement count{database, "SELECT count(*) FROM person WHERE project = $1"};
    count.bind_all(project);
    if (!count.step() || count.number(0) != static_cast<std::int64_t>(import.people_before))
      throw StoreError(StoreError::Kind::Busy, {"store.changed-meanwhile", {import.project}});
    result.new_people = static_cast<std::int64_t>(import.people->size() - import.people_before);
    insert_many(database, "INSERT INTO person (project, number, identity, local_id, name, import)", 6,
                static_cast<std::size_t>(result.new_people), [&](Statement& person, int at, std::size_t i) {
                  const std::size_t number = import.people_before + i;
                  const Person& one = (*import.people)[number];
                  person.bind(at, project);
                  person.bind(at + 1, static_cast<std::int64_t>(number));
                  if (one.number)
                    person.bind(at + 2, one.number->digits());
                  else
                    person.bind_nothing(at + 2);
                  person.bind(at + 3, one.local_id);
                  person.bind(at + 4, one.name);
                  person.bind(at + 5, result.id);
                });
  }
  insert_many(database, "INSERT INTO fact (project, person, kind, import, sheet, row, \"values\")", 7, new_records.size(),
              [&](Statement& fact, int at, std::size_t i) {
                const Record& record = *new_records[i];
                fact.bind_from(at, project, record.person, static_cast<int>(record.kind), result.id,
                               static_cast<int>(record.origin.sheet), record.origin.row, text_of_values(record.values));
              });
  if (!new_times.empty()) {
    std::vector<std::int64_t> activity_id;
    for (const std::string& key : import.activities) {
      Statement{database, "INSERT INTO activity (project, key) VALUES ($1, $2) ON CONFLICT DO NOTHING"}(project, key);
      Statement find{database, "SELECT id FROM activity WHERE project = $1 AND key = $2"};
      find.bind_all(project, key);
      find.step();
      activity_id.push_back(find.number(0));
    }
    insert_many(
        database,
        "INSERT INTO time_record (project, person, day, start, import, row, \"column\", sheet, \"end\", minutes, activity, "
        "flags)",
        12, new_times.size(), [&](Statement& row, int at, std::size_t i) {
          const TimeRecord& time = *new_times[i];
          row.bind_from(at, project, time.person, time.day, int{time.start}, result.id, time.origin.row,
                        int{time.origin.column}, int{time.origin.sheet}, int{time.end}, int{time.minutes},
                        activity_id.at(time.activity), int{time.flags});
        });
  }
  {
    Statement finding{database,
                      "INSERT INTO finding (import, code, level, sheet, cell, heading, row, participant, given, \"values\") "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
    for (const Finding& one : import.findings)
      finding(result.id, one.code, static_cast<int>(one.level), one.place.sheet, one.place.cell, one.place.heading,
              one.place.row, one.participant, one.given, joined(one.values));
  }
  if (logged) {
    const ImportTree tree = digest.get();
    append_to_log(database, state_->log, project, import.project,
                  {{.kind = "import",
                    .outcome = "accepted",
                    .refs = {{"import", std::to_string(result.id)}, {"rows", std::to_string(import.rows_read)}},
                    .commits = {{"file", {{"name", 'v', import.file_name}, {"sha256", 'v', import.sha256}}},
                                {"findings", {{"sha256", 'v', findings_digest(database, result.id)}}},
                                {"persons",
                                 {{"people", 'v', std::to_string(people)},
                                  {"root", 'v', tree.root},
                                  {"staff", 'v', std::to_string(tree.staff)}}},
                                {"persons-key", {{"key", 'v', tlog::hex(secret)}}},
                                {"row",
                                 {{"activities", 'v', rows_in(database, "activity", project)},
                                  {"profiles", 'v', rows_in(database, "profile", project)},
                                  {"sha256", 'v', import_row(database, result.id)}}}}}},
                  actor, now);
  }
  transaction.commit();
  return result;
}

void Store::add(const Correction& correction, const Actor& actor, Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  const std::int64_t project = project_id(database, correction.project);
  const auto rows = corrected(database, project, std::nullopt, {}, Store::Wanted{.persons = {&correction.person, 1}});
  std::vector<const Record*> of_person;
  for (const auto& [id, record] : rows)
    if (record.person == correction.person) of_person.push_back(&record);
  std::stable_sort(of_person.begin(), of_person.end(), [](const Record* a, const Record* b) { return known_before(*a, *b); });
  const Record* row = row_to_correct(of_person, correction.field, std::nullopt);
  std::int64_t over = 0;
  for (const auto& [id, record] : rows)
    if (&record == row) over = id;
  if (over == 0)
    throw StoreError(StoreError::Kind::Busy,
                     {"store.nothing-to-correct", {participant_reference(correction.person), correction.field}});
  Statement{database,
            "INSERT INTO correction (project, person, kind, over, field, value, reason, actor, role, at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"}(project, correction.person, static_cast<int>(correction.kind),
                                                                over, correction.field, correction.value, correction.reason,
                                                                actor.account, actor.role, now.seconds());
  append_to_log(database, state_->log, project, correction.project,
                {{.kind = "correction",
                  .person = correction.person,
                  .refs = {{"correction", std::to_string(database.last_id())}, {"fact", std::to_string(over)}},
                  .commits = {{"reason", {{"text", 'v', correction.reason}}},
                              {"row", {{"sha256", 'v', correction_row(database, database.last_id())}}},
                              {"value",
                               {{"field", 'v', correction.field},
                                {"over", 'v', place_of_fact(database, over)},
                                {"value", 'v', correction.value}}}}}},
                actor, now);
  transaction.commit();
}

void Store::add(const Withdrawal& withdrawal, const Actor& actor, Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  const std::int64_t project = project_id(database, withdrawal.project);
  Statement add{database,
                "INSERT INTO withdrawal (project, import, kind, person, day, start, activity, reason, actor, role, at) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
  add.bind(1, project);
  add.bind(2, withdrawal.import);
  for (int place = 3; place <= 7; ++place) add.bind_nothing(place);
  if (withdrawal.of) {
    add.bind(3, static_cast<int>(withdrawal.of->kind));
    add.bind(4, withdrawal.of->person);
    if (withdrawal.of->day) {
      Statement activity{database, "SELECT id FROM activity WHERE project = $1 AND key = $2"};
      activity.bind_all(project, withdrawal.of->activity);
      if (!activity.step()) damaged("activity");
      add.bind(5, withdrawal.of->day->days());
      add.bind(6, int{withdrawal.of->start});
      add.bind(7, activity.number(0));
    }
  }
  add.bind(8, withdrawal.reason);
  add.bind(9, actor.account);
  add.bind(10, actor.role);
  add.bind(11, now.seconds());
  add.step();
  add.reset();
  append_to_log(database, state_->log, project, withdrawal.project,
                {{.kind = "import",
                  .outcome = withdrawal.of ? "taken-back-in-part" : "undone",
                  .person = withdrawal.of ? std::int64_t{withdrawal.of->person} : -1,
                  .refs = {{"import", std::to_string(withdrawal.import)}, {"withdrawal", std::to_string(database.last_id())}},
                  .commits = {{"reason", {{"text", 'v', withdrawal.reason}}},
                              {"row", {{"sha256", 'v', withdrawal_row(database, database.last_id())}}}}}},
                actor, now);
  transaction.commit();
}

std::vector<std::string> Store::dependants(const std::string& project, std::uint32_t import) const {
  const Database& database = state_->database;
  const std::int64_t id = project_id(database, project);
  std::vector<std::string> found;
  Statement later{
      database,
      "SELECT id FROM import AS later WHERE project = $1 AND id > $2 AND NOT EXISTS (SELECT 1 FROM withdrawal "
      "WHERE withdrawal.import = later.id AND withdrawal.person IS NULL) AND ((kind = (SELECT kind FROM import "
      "WHERE id = $2) AND (unchanged > 0 OR EXISTS (SELECT 1 FROM fact AS mine JOIN fact AS theirs USING (project, "
      "person, kind) WHERE mine.import = $2 AND theirs.import = later.id) OR EXISTS (SELECT 1 FROM time_record AS "
      "mine JOIN time_record AS theirs USING (project, person, day) WHERE mine.project = $1 AND mine.import = $2 "
      "AND theirs.import = later.id))) OR EXISTS (SELECT 1 FROM person WHERE person.project = $1 AND person.import = $2 AND "
      "(EXISTS (SELECT 1 FROM fact WHERE fact.import = later.id AND fact.person = person.number) OR EXISTS "
      "(SELECT 1 FROM time_record WHERE time_record.project = $1 AND time_record.person = person.number AND "
      "time_record.import = later.id)))) ORDER BY id"};
  later.bind_all(id, import);
  while (later.step()) found.push_back("I-" + later.text(0));
  Statement corrections{database,
                        "SELECT DISTINCT correction.person FROM correction JOIN fact ON fact.id = correction.over "
                        "WHERE correction.project = $1 AND fact.import = $2 ORDER BY 1"};
  corrections.bind_all(id, import);
  while (corrections.step()) found.push_back(participant_reference(static_cast<std::uint32_t>(corrections.number(0))));
  return found;
}

std::optional<std::string> Store::file_bytes(const std::string& sha256) const {
  Statement find{state_->database, "SELECT bytes FROM file WHERE sha256 = $1"};
  find.bind_all(sha256);
  if (!find.step() || find.absent(0)) return std::nullopt;
  return find.text(0);
}

void Store::try_out(const std::function<void()>& what) {
  Transaction transaction{state_->database};
  what();
}

void Store::at_once(const std::function<void()>& what) {
  Transaction transaction{state_->database};
  what();
  transaction.commit();
}

// ---- drafts ----------------------------------------------------------------------------------------------------------

std::string Store::seen(const std::string& project) const {
  const Database& database = state_->database;
  const std::int64_t id = project_id(database, project);
  std::string all;
  for (const char* table : {"import", "correction", "withdrawal", "month_event", "manual_decision", "claim_filing"}) {
    Statement newest{database, std::string("SELECT ifnull(max(id), 0) FROM ") + table + " WHERE project = $1"};
    newest.bind_all(id);
    newest.step();
    all += (all.empty() ? "" : " ") + newest.text(0);
  }
  return all;
}

bool Store::same_files(const std::string& seen, const std::string& other) {
  const auto files_of = [](const std::string& words) {
    std::string import, correction, withdrawal;
    std::istringstream(words) >> import >> correction >> withdrawal;
    return import + " " + withdrawal;
  };
  return files_of(seen) == files_of(other);
}

std::optional<std::vector<std::uint32_t>> Store::persons_since(const std::string& project, const std::string& seen,
                                                               std::size_t most) const {
  const Database& database = state_->database;
  const std::int64_t id = project_id(database, project);
  std::int64_t import = 0, correction = 0, withdrawal = 0, event = 0, manual = 0;
  if (std::istringstream words(seen); !(words >> import >> correction >> withdrawal >> event >> manual)) return std::nullopt;
  std::set<std::uint32_t> persons;
  // Whether there is room for all that the rows speak of.
  const auto room_for = [&](Statement& rows) {
    while (persons.size() <= most && rows.step()) persons.insert(static_cast<std::uint32_t>(rows.number(0)));
    return persons.size() <= most;
  };
  const auto room_for_import = [&](const char* what, std::int64_t of) {
    Statement rows{database, std::string("SELECT DISTINCT person FROM time_record WHERE project = $1 AND import ") + what};
    rows.bind_all(id, of);
    return room_for(rows);
  };
  const auto is_time = [&](const char* which, std::int64_t of) {
    Statement rows{database, std::string("SELECT 1 FROM import WHERE project = $1 AND id ") + which + " AND kind = $3"};
    return rows.bind_all(id, of, static_cast<int>(RecordKind::Attendance)).step();
  };
  {
    // Imports are numbered as they come, and their facts with them: the newest stand last.
    Statement facts{database, "SELECT person, import, project, kind FROM fact ORDER BY id DESC"};
    while (facts.step() && facts.number(1) > import)
      if (facts.number(2) == id && facts.number(3) != static_cast<int>(RecordKind::StaffTime)) {
        persons.insert(static_cast<std::uint32_t>(facts.number(0)));
        if (persons.size() > most) return std::nullopt;
      }
  }
  if (is_time("> $2", import) && !room_for_import("> $2", import)) return std::nullopt;
  Statement corrected{database, "SELECT DISTINCT person FROM correction WHERE project = $1 AND id > $2"};
  Statement taken_back{database, "SELECT DISTINCT person FROM withdrawal WHERE project = $1 AND id > $2 AND person IS NOT NULL"};
  Statement by_hand{database, "SELECT DISTINCT person FROM manual_decision WHERE project = $1"};
  corrected.bind_all(id, correction), taken_back.bind_all(id, withdrawal), by_hand.bind_all(id);
  if (!room_for(corrected) || !room_for(taken_back) || !room_for(by_hand)) return std::nullopt;
  Statement undone{database, "SELECT import FROM withdrawal WHERE project = $1 AND id > $2 AND person IS NULL"};
  undone.bind_all(id, withdrawal);
  while (undone.step()) {
    Statement facts{database, "SELECT DISTINCT person FROM fact WHERE +project = $1 AND import = $2 AND kind <> $3"};
    facts.bind_all(id, undone.number(0), static_cast<int>(RecordKind::StaffTime));
    if (!room_for(facts)) return std::nullopt;
    if (is_time("= $2", undone.number(0)) && !room_for_import("= $2", undone.number(0))) return std::nullopt;
  }
  return std::vector(persons.begin(), persons.end());
}

std::int64_t Store::version() const {
  Statement version{state_->database, "PRAGMA data_version"};
  version.step();
  return version.number(0);
}

void Store::give_memory_back() const { state_->database.run("PRAGMA shrink_memory"); }

std::uint32_t Store::add(const NewDraft& draft, const Actor& actor, Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  Statement add{database,
                "INSERT INTO draft (project, file_name, sha256, path, bytes, request, seen, actor, role, at) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
  add.bind(1, project_id_made(database, draft.project));
  add.bind(2, draft.file_name);
  add.bind(3, draft.sha256);
  add.bind(4, draft.path);
  if (draft.path.empty())
    add.bind_bytes(5, draft.bytes);
  else
    add.bind_nothing(5);
  add.bind(6, draft.request);
  add.bind(7, draft.seen);
  add.bind(8, actor.account);
  add.bind(9, actor.role);
  add.bind(10, now.seconds());
  add.step();
  add.reset();
  const auto id = static_cast<std::uint32_t>(database.last_id());
  transaction.commit();
  return id;
}

namespace {

constexpr const char* draft_columns = "SELECT id, file_name, sha256, path, request, seen, actor, at FROM draft ";
StoredDraft draft_from(const Statement& row, const std::string& project) {
  StoredDraft found;
  found.id = static_cast<std::uint32_t>(row.number(0));
  found.draft = {project, row.text(1), row.text(2), row.text(3), {}, row.text(4), row.text(5)};
  found.actor = row.text(6);
  found.at = Moment::of_seconds(row.number(7));
  return found;
}

}  // namespace

std::vector<StoredDraft> Store::drafts(const std::string& project) const {
  const Database& database = state_->database;
  std::vector<StoredDraft> found;
  Statement rows{database, std::string(draft_columns) + "WHERE project = $1 ORDER BY id"};
  rows.bind_all(project_id(database, project));
  while (rows.step()) found.push_back(draft_from(rows, project));
  return found;
}

std::optional<StoredDraft> Store::draft(const std::string& project, std::uint32_t id) const {
  const Database& database = state_->database;
  Statement row{database, std::string(draft_columns) + "WHERE project = $1 AND id = $2"};
  row.bind_all(project_id(database, project), id);
  if (!row.step()) return std::nullopt;
  StoredDraft found = draft_from(row, project);
  Statement bytes{database, "SELECT bytes FROM draft WHERE id = $1"};
  bytes.bind_all(id);
  if (bytes.step() && !bytes.absent(0)) found.draft.bytes = bytes.text(0);
  return found;
}

void Store::drop_draft(std::uint32_t id) {
  Transaction transaction{state_->database};
  Statement{state_->database, "DELETE FROM draft WHERE id = $1"}(id);
  transaction.commit();
}

void Store::drop_drafts_before(Moment moment) {
  Statement old{state_->database, "SELECT 1 FROM draft WHERE at < $1"};
  old.bind_all(moment.seconds());
  if (!old.step()) return;
  old.reset();
  Transaction transaction{state_->database};
  Statement{state_->database, "DELETE FROM draft WHERE at < $1"}(moment.seconds());
  transaction.commit();
}

void Store::draft_seen(std::uint32_t id, const std::string& seen) {
  Transaction transaction{state_->database};
  Statement{state_->database, "UPDATE draft SET seen = $1 WHERE id = $2"}(seen, id);
  transaction.commit();
}

// ---- profiles --------------------------------------------------------------------------------------------------------

int Store::add_profile(const std::string& project, const std::string& name, const std::string& text, const Actor& actor,
                       Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  const std::int64_t id = project_id_made(database, project);
  Statement newest{database, "SELECT ifnull(max(version), 0) FROM profile WHERE project = $1 AND name = $2"};
  newest.bind_all(id, name);
  newest.step();
  const int version = static_cast<int>(newest.number(0)) + 1;
  newest.reset();
  Statement{database,
            "INSERT INTO profile (project, name, version, text, actor, role, at) VALUES ($1, $2, $3, $4, $5, $6, $7)"}(
      id, name, version, text, actor.account, actor.role, now.seconds());
  // Its name may tell of people: it is bound to, and stands nowhere in clear.
  append_to_log(database, state_->log, id, project,
                {{.kind = "profile",
                  .outcome = text.empty() ? "retired" : "saved",
                  .refs = {{"version", std::to_string(version)}},
                  .commits = {{"row",
                               {{"name", 'v', name},
                                {"profiles", 'v', rows_in(database, "profile", id)},
                                {"sha256", 'v', profile_row(database, id, name, version)}}}}}},
                actor, now);
  transaction.commit();
  return version;
}

namespace {

constexpr const char* profile_columns = "SELECT name, version, text, actor, at FROM profile WHERE project = $1 ";
StoredProfile profile_from(const Statement& row) {
  return {row.text(0), static_cast<int>(row.number(1)), row.text(2), row.text(3), Moment::of_seconds(row.number(4))};
}

}  // namespace

std::vector<StoredProfile> Store::profiles(const std::string& project) const {
  const Database& database = state_->database;
  std::vector<StoredProfile> found;
  Statement rows{database, std::string(profile_columns) + "ORDER BY name, version"};
  rows.bind_all(project_id(database, project));
  while (rows.step()) found.push_back(profile_from(rows));
  return found;
}

std::optional<StoredProfile> Store::profile(const std::string& project, const std::string& name, int version) const {
  const Database& database = state_->database;
  Statement row{database, std::string(profile_columns) + "AND name = $2 AND ($3 = 0 OR version = $3) ORDER BY version DESC"};
  row.bind_all(project_id(database, project), name, version);
  if (!row.step()) return std::nullopt;
  StoredProfile found = profile_from(row);
  if (found.text.empty()) return std::nullopt;
  return found;
}

void Store::keep(const std::string& kind, const std::string& sha256, std::string_view bytes, Moment now) {
  Transaction transaction{state_->database};
  Statement insert{state_->database,
                   "INSERT INTO kept (sha256, kind, bytes, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"};
  insert.bind(1, sha256);
  insert.bind(2, kind);
  insert.bind_bytes(3, bytes);
  insert.bind(4, now.seconds());
  insert.step();
  insert.reset();
  transaction.commit();
}

std::optional<std::string> Store::kept(const std::string& sha256) const {
  Statement find{state_->database, "SELECT bytes FROM kept WHERE sha256 = $1"};
  find.bind_all(sha256);
  if (!find.step()) return std::nullopt;
  return find.text(0);
}

std::uint32_t Store::add_run(const std::string& project, const std::string& rule_set_sha256, const std::string& terms_sha256,
                             const std::string& program_version, Date today, std::span<const Decision> decisions,
                             const Actor& actor, Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  std::map<std::uint32_t, Decision> before;
  if (!state_->log.master.empty())
    for (Decision& decision : this->decisions(project)) before.emplace(decision.person, std::move(decision));
  Statement{database,
            "INSERT INTO decision_run (project, rule_set, terms, program, today, actor, role, at) VALUES ($1, $2, $3, $4, $5, "
            "$6, $7, $8)"}(project_id_made(database, project), rule_set_sha256, terms_sha256, program_version, today.days(),
                           actor.account, actor.role, now.seconds());
  const auto run = static_cast<std::uint32_t>(database.last_id());
  insert_many(database, "INSERT INTO decision (run, person, verdict, hit, cannot_tell)", 5, decisions.size(),
              [&](Statement& row, int at, std::size_t i) {
                const Decision& decision = decisions[i];
                row.bind_from(at, run, decision.person, static_cast<int>(decision.verdict),
                              static_cast<std::int64_t>(decision.hit), static_cast<std::int64_t>(decision.cannot_tell));
              });
  // Every first and every changed decision is an entry; which rules hit stands in the commitment only.
  std::vector<Happened> news;
  for (const Decision& decision : decisions) {
    const auto last = before.find(decision.person);
    if (last != before.end() && last->second.verdict == decision.verdict && last->second.hit == decision.hit &&
        last->second.cannot_tell == decision.cannot_tell)
      continue;
    news.push_back({.kind = "decision",
                    .outcome = std::string(name_of(decision.verdict)),
                    .person = decision.person,
                    .refs = {{"engine", "1"},
                             {"program", as_ref(program_version)},
                             {"rules", as_ref(rule_set_sha256)},
                             {"run", std::to_string(run)},
                             {"terms", as_ref(terms_sha256)}},
                    .commits = {{"findings",
                                 {{"cannot-tell", 'v', std::to_string(decision.cannot_tell)},
                                  {"hit", 'v', std::to_string(decision.hit)},
                                  {"person", 'v', participant_reference(decision.person)}}}}});
  }
  // The run is bound to, whom it decided how, and how many of the project's there are with it.
  const std::vector<tlog::CommittedField> bound{{"decisions", 'v', run_decisions(database, run)},
                                                {"runs", 'v', rows_in(database, "decision_run", project_id(database, project))},
                                                {"sha256", 'v', run_row(database, run)}};
  if (!news.empty()) news.front().commits.push_back({"run", bound});
  // Where everybody is decided as before, that they were is one entry.
  if (news.empty())
    news.push_back({.kind = "assessed",
                    .outcome = "unchanged",
                    .refs = {{"count", std::to_string(decisions.size())},
                             {"engine", "1"},
                             {"program", as_ref(program_version)},
                             {"rules", as_ref(rule_set_sha256)},
                             {"run", std::to_string(run)},
                             {"terms", as_ref(terms_sha256)}},
                    .commits = {{"row", bound}}});
  append_to_log(database, state_->log, project_id(database, project), project, std::move(news), actor, now);
  transaction.commit();
  return run;
}

std::vector<Decision> Store::decisions(const std::string& project) const {
  const auto all = runs(project);
  return all.empty() ? std::vector<Decision>{} : decisions_of(all.back().id);
}

std::vector<StoredRun> Store::runs(const std::string& project) const {
  const Database& database = state_->database;
  std::vector<StoredRun> found;
  Statement rows{database,
                 "SELECT id, rule_set, terms, program, actor, today, at FROM decision_run WHERE project = $1 ORDER BY id"};
  rows.bind_all(project_id(database, project));
  while (rows.step())
    found.push_back({.id = static_cast<std::uint32_t>(rows.number(0)),
                     .rule_set_sha256 = std::string(rows.text(1)),
                     .terms_sha256 = std::string(rows.text(2)),
                     .program_version = std::string(rows.text(3)),
                     .actor = std::string(rows.text(4)),
                     .today = Date::of_days(static_cast<std::int32_t>(rows.number(5))),
                     .at = Moment::of_seconds(rows.number(6))});
  return found;
}

std::vector<Decision> Store::decisions_of(std::uint32_t run) const {
  std::vector<Decision> found;
  Statement rows{state_->database, "SELECT person, verdict, hit, cannot_tell FROM decision WHERE run = $1 ORDER BY person"};
  rows.bind_all(run);
  while (rows.step()) {
    if (rows.number(1) < 0 || rows.number(1) > static_cast<int>(Verdict::Undecided)) damaged("decision");
    Decision decision;
    decision.person = static_cast<std::uint32_t>(rows.number(0));
    decision.verdict = static_cast<Verdict>(rows.number(1));
    decision.hit = static_cast<std::uint64_t>(rows.number(2));
    decision.cannot_tell = static_cast<std::uint64_t>(rows.number(3));
    found.push_back(std::move(decision));
  }
  return found;
}

bool Store::decided(const std::string& project, const std::string& rule_set_sha256, const std::string& terms_sha256,
                    std::span<const Decision> asked) const {
  const Database& database = state_->database;
  Statement run{database, "SELECT rule_set, terms FROM decision_run WHERE project = $1 ORDER BY id DESC LIMIT 1"};
  run.bind_all(project_id(database, project));
  if (!run.step() || run.view(0) != rule_set_sha256 || run.view(1) != terms_sha256) return false;
  const std::vector<Decision> last = decisions(project);
  return std::equal(last.begin(), last.end(), asked.begin(), asked.end(), [](const Decision& a, const Decision& b) {
    return a.person == b.person && a.verdict == b.verdict && a.hit == b.hit && a.cannot_tell == b.cannot_tell;
  });
}

ReportNumbers Store::report_numbers(const std::string& project) const {
  const Database& database = state_->database;
  std::map<std::string, std::int64_t> made;
  Statement rows{database, "SELECT period, count(*) FROM made_report WHERE project = $1 GROUP BY period"};
  rows.bind_all(project_id(database, project));
  while (rows.step()) made[rows.text(0)] = rows.number(1);
  return ReportNumbers{std::move(made)};
}

std::string ReportNumbers::next(const std::string& period) {
  std::string name = period;
  std::replace(name.begin(), name.end(), '/', '_');
  const std::string number = std::to_string(++made_[period]);
  return "R-" + name + "-" + (number.size() < 3 ? std::string(3 - number.size(), '0') : "") + number;
}

void Store::add(const StoredReport& report, const Actor& actor, Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  const std::int64_t project = project_id_made(database, report.project);
  Statement{
      database,
      "INSERT INTO made_report (id, project, kind, period, language, at, template, rule_set, programme, project_file, program, "
      "fingerprint, sheets, replaces, actor, role) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
      "$16)"}(report.id, project, report.kind, report.period, report.language, now.seconds(), report.template_sha256,
              report.rule_set_sha256, report.programme_sha256, report.project_sha256, report.program_version,
              report.fingerprint, report.sheets_text, report.replaces, actor.account, actor.role);
  if (!report.behind.empty()) {
    Statement behind{database, "INSERT INTO made_behind (project, report, behind) VALUES ($1, $2, $3)"};
    behind.bind_all(project, report.id);
    behind.bind_bytes(3, report.behind);
    behind.step();
  }
  Statement file{database, "INSERT INTO made_file (project, report, number, name, sha256) VALUES ($1, $2, $3, $4, $5)"};
  for (std::size_t i = 0; i < report.files.size(); ++i)
    file(project, report.id, static_cast<int>(i), report.files[i].name, report.files[i].sha256);
  std::vector<Happened> made;
  const std::string cells = tlog::hex(tlog::sha256(report.sheets_text)), row = report_row(database, project, report.id);
  for (const StoredReport::File& one : report.files) {
    made.push_back({.kind = "report",
                    .refs = {{"file", as_ref(one.sha256)},
                             {"fingerprint", as_ref(report.fingerprint)},
                             {"period", as_ref(report.period)},
                             {"report", as_ref(report.id)},
                             {"template", as_ref(report.template_sha256)}},
                    .commits = {{"cells", {{"sha256", 'v', cells}}}, {"row", {{"sha256", 'v', row}}}}});
    if (!report.replaces.empty()) made.back().refs.emplace_back("replaces", as_ref(report.replaces));
  }
  append_to_log(database, state_->log, project, report.project, std::move(made), actor, now);
  transaction.commit();
}

std::vector<StoredReport> Store::reports(const std::string& project) const {
  const Database& database = state_->database;
  const std::int64_t id = project_id(database, project);
  std::vector<StoredReport> found;
  Statement rows{database,
                 "SELECT id, kind, period, language, at, template, rule_set, programme, project_file, program, fingerprint, "
                 "sheets, replaces "
                 "FROM made_report WHERE project = $1 ORDER BY at, id"};
  rows.bind_all(id);
  while (rows.step()) {
    StoredReport report{.id = rows.text(0),
                        .kind = rows.text(1),
                        .project = project,
                        .period = rows.text(2),
                        .language = rows.text(3),
                        .at = Moment::of_seconds(rows.number(4)),
                        .template_sha256 = rows.text(5),
                        .rule_set_sha256 = rows.text(6),
                        .programme_sha256 = rows.text(7),
                        .project_sha256 = rows.text(8),
                        .program_version = rows.text(9),
                        .fingerprint = rows.text(10),
                        .sheets_text = rows.text(11),
                        .behind = {},
                        .files = {},
                        .replaces = rows.text(12)};
    Statement files{database, "SELECT name, sha256 FROM made_file WHERE project = $1 AND report = $2 ORDER BY number"};
    files.bind_all(id, report.id);
    while (files.step()) report.files.push_back({files.text(0), files.text(1)});
    found.push_back(std::move(report));
  }
  return found;
}

std::optional<std::string> Store::behind(const std::string& project, const std::string& report) const {
  Statement rows{state_->database, "SELECT behind FROM made_behind WHERE project = $1 AND report = $2"};
  rows.bind_all(project_id(state_->database, project), report);
  if (!rows.step()) return std::nullopt;
  return rows.text(0);
}

// ---- samples -----------------------------------------------------------------------------------------------------------

std::optional<std::uint32_t> Store::add(const std::string& project, const StoredSample& sample, const Actor& actor,
                                        Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  const std::int64_t id = project_id_made(database, project);
  Statement used{database, "SELECT 1 FROM sample WHERE project = $1 AND nonce = $2"};
  used.bind_all(id, sample.nonce);
  if (used.step()) return std::nullopt;
  Statement last{database, "SELECT coalesce(max(number), 0) FROM sample WHERE project = $1"};
  last.bind_all(id);
  const auto number = static_cast<std::uint32_t>(last.step() ? last.number(0) + 1 : 1);
  last.reset();
  Statement{database, "INSERT INTO sample VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"}(
      id, number, sample.frame, sample.method, sample.strata, sample.period, static_cast<std::int64_t>(sample.places),
      static_cast<std::int64_t>(sample.least), sample.nonce, sample.origin, static_cast<std::int64_t>(sample.size), sample.root,
      sample.digest, sample.units, actor.account, actor.role, now.seconds());
  append_to_log(database, state_->log, id, project,
                {{.kind = "sample-drawn",
                  .refs = {{"frame", sample.digest},
                           {"method", sample.method},
                           {"n", std::to_string(sample.places)},
                           {"nonce", sample.nonce},
                           {"size", std::to_string(sample.size)}},
                  .commits = {{"row", {{"sha256", 'v', sample_row(database, id, sample.nonce)}}}}}},
                actor, now);
  transaction.commit();
  return number;
}

std::vector<StoredSample> Store::samples(const std::string& project) const {
  std::vector<StoredSample> found;
  Statement rows{
      state_->database,
      "SELECT number, frame, method, strata, period, places, least, nonce, origin, size, root, digest, units, actor, "
      "role, at FROM sample WHERE project = $1 ORDER BY number"};
  rows.bind_all(project_id(state_->database, project));
  while (rows.step()) {
    StoredSample one;
    one.number = static_cast<std::uint32_t>(rows.number(0));
    one.frame = rows.text(1), one.method = rows.text(2), one.strata = rows.text(3), one.period = rows.text(4);
    one.places = static_cast<std::uint64_t>(rows.number(5)), one.least = static_cast<std::uint64_t>(rows.number(6));
    one.nonce = rows.text(7), one.origin = rows.text(8), one.size = static_cast<std::uint64_t>(rows.number(9));
    one.root = rows.text(10), one.digest = rows.text(11), one.units = rows.text(12);
    one.actor = rows.text(13), one.role = rows.text(14), one.at = Moment::of_seconds(rows.number(15));
    found.push_back(std::move(one));
  }
  return found;
}

// ---- months ------------------------------------------------------------------------------------------------------------

namespace {

Month month_stored(std::int64_t number, const char* table) {
  const auto month = number > 0 && number < 120'000
                         ? Month::of(static_cast<int>(number / 12), static_cast<int>(number % 12) + 1)
                         : std::nullopt;
  if (!month) damaged(table);
  return *month;
}

}  // namespace

std::vector<MonthEvent> Store::month_events(const std::string& project, std::optional<Moment> known_at) const {
  std::vector<MonthEvent> found;
  Statement rows{state_->database,
                 "SELECT id, month, kind, content, report, filed_on, filed_to, reference, reason, same_person, actor, role, at "
                 "FROM month_event WHERE project = $1 AND at <= $2 ORDER BY id"};
  rows.bind_all(project_id(state_->database, project), known_at ? known_at->seconds() : INT64_MAX);
  while (rows.step()) {
    const Month month = month_stored(rows.number(1), "month_event");
    if (rows.number(2) < 0 || rows.number(2) > static_cast<int>(MonthEvent::Kind::Reopened)) damaged("month_event");
    MonthEvent event{.order = rows.number(0), .month = month, .kind = static_cast<MonthEvent::Kind>(rows.number(2))};
    event.content = rows.text(3);
    event.report = rows.text(4);
    if (!rows.absent(5)) event.filed_on = Date::of_days(static_cast<std::int32_t>(rows.number(5)));
    event.filed_to = rows.text(6);
    event.reference = rows.text(7);
    event.reason = rows.text(8);
    event.same_person = rows.number(9) != 0;
    event.actor = rows.text(10);
    event.role = rows.text(11);
    event.at = Moment::of_seconds(rows.number(12));
    found.push_back(std::move(event));
  }
  return found;
}

std::int64_t Store::add(const std::string& project, const MonthEvent& event, const Actor& actor, Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  const std::int64_t id = project_id_made(database, project);
  Statement add{database,
                "INSERT INTO month_event (project, month, kind, content, report, filed_on, filed_to, reference, reason, "
                "same_person, actor, role, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"};
  add.bind_from(1, id, event.month.number(), static_cast<int>(event.kind), event.content, event.report);
  if (event.filed_on)
    add.bind(6, event.filed_on->days());
  else
    add.bind_nothing(6);
  add.bind_from(7, event.filed_to, event.reference, event.reason, int{event.same_person}, actor.account, actor.role,
                now.seconds());
  add.step();
  add.reset();
  const std::int64_t order = database.last_id();
  Happened happened{
      .kind = "month",
      .outcome = std::string(name_of(event.kind)),
      .refs = {{"content", as_ref(event.content)}, {"event", std::to_string(order)}, {"period", event.month.iso()}},
      .commits = {{"reason", {{"text", 'v', event.reason}}}}};
  if (event.kind == MonthEvent::Kind::Filed) {
    happened.refs.emplace_back("report", as_ref(event.report));
    happened.commits.emplace_back(
        "receipt", std::vector<tlog::CommittedField>{
                       {"on", 'v', event.filed_on->iso()}, {"reference", 'v', event.reference}, {"to", 'v', event.filed_to}});
  }
  happened.commits.emplace_back("row",
                                std::vector<tlog::CommittedField>{{"sha256", 'v', month_row(database, order)}});
  append_to_log(database, state_->log, id, project, {std::move(happened)}, actor, now);
  transaction.commit();
  return order;
}

std::vector<ClaimFiling> Store::claim_filings(const std::string& project, std::optional<Moment> known_at) const {
  std::vector<ClaimFiling> found;
  Statement rows{state_->database,
                 "SELECT id, report, month, total, filed_on, filed_to, reference, reason, actor, role, at FROM claim_filing "
                 "WHERE project = $1 AND at <= $2 ORDER BY id"};
  rows.bind_all(project_id(state_->database, project), known_at ? known_at->seconds() : INT64_MAX);
  while (rows.step())
    found.push_back({.order = rows.number(0),
                     .report = rows.text(1),
                     .month = month_stored(rows.number(2), "claim_filing"),
                     .total = Money::of_ore(rows.number(3)),
                     .filed_on = Date::of_days(static_cast<std::int32_t>(rows.number(4))),
                     .filed_to = rows.text(5),
                     .reference = rows.text(6),
                     .reason = rows.text(7),
                     .actor = rows.text(8),
                     .role = rows.text(9),
                     .at = Moment::of_seconds(rows.number(10))});
  return found;
}

std::int64_t Store::add(const std::string& project, const ClaimFiling& filing, const Actor& actor, Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  const std::int64_t id = project_id_made(database, project);
  Statement{database,
            "INSERT INTO claim_filing (project, report, month, total, filed_on, filed_to, reference, reason, actor, role, at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"}(id, filing.report, filing.month.number(), filing.total.ore(),
                                                                     filing.filed_on.days(), filing.filed_to, filing.reference,
                                                                     filing.reason, actor.account, actor.role, now.seconds());
  const std::int64_t order = database.last_id();
  append_to_log(database, state_->log, id, project,
                {{.kind = "filed",
                  .refs = {{"filing", std::to_string(order)}, {"period", filing.month.iso()}, {"report", as_ref(filing.report)}},
                  .commits = {{"reason", {{"text", 'v', filing.reason}}},
                              {"receipt",
                               {{"on", 'v', filing.filed_on.iso()},
                                {"reference", 'v', filing.reference},
                                {"to", 'v', filing.filed_to},
                                {"total", 'v', std::to_string(filing.total.ore())}}},
                              {"row", {{"sha256", 'v', claim_filing_row(database, order)}}}}}},
                actor, now);
  transaction.commit();
  return order;
}

std::uint32_t Store::add(const std::string& project, const ManualDecision& manual, const Actor& actor, Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  const std::int64_t id = project_id_made(database, project);
  std::string codes;
  for (const std::string& code : manual.codes) codes += (codes.empty() ? "" : " ") + code;
  Statement{database,
            "INSERT INTO manual_decision (project, person, codes, met, withdraws, rule_set, logic, inputs, before, after, reason, "
            "evidence, approved_by, actor, role, at, run) VALUES ($1, $2, $3, $4, nullif($5, 0), $6, $7, $8, $9, $10, $11, $12, $13, "
            "$14, $15, $16, (SELECT coalesce(max(id), 0) FROM decision_run WHERE project = $1))"}(id, manual.person, codes, manual.met ? 1 : 0, manual.withdraws, manual.rule_set_sha256, manual.logic_sha256,
                         manual.inputs, static_cast<int>(manual.before), static_cast<int>(manual.after), manual.reason,
                         manual.evidence, manual.approved_by, actor.account, actor.role, now.seconds());
  const auto number = static_cast<std::uint32_t>(database.last_id());
  Happened happened{.kind = "override",
                    .outcome = std::string(name_of(manual.after)),
                    .person = manual.person,
                    .refs = {},
                    .commits = {{"findings",
                                 {{"answer", 'v', manual.met ? "met" : "not-met"},
                                  {"before", 'v', std::string(name_of(manual.before))},
                                  {"codes", 'v', codes},
                                  {"withdraws", 'v', std::to_string(manual.withdraws)}}},
                                {"inputs", {{"read", 'v', manual.inputs}}},
                                {"reason",
                                 {{"approved-by", 'v', manual.approved_by},
                                  {"evidence", 'v', manual.evidence},
                                  {"text", 'v', manual.reason}}},
                                {"row", {{"sha256", 'v', manual_row(database, number)}}}}};
  if (!manual.approved_by.empty()) happened.refs.emplace_back("approver", manual.approved_by);
  // The newest entry on the person that it stands over.
  Statement earlier{database,
                    "SELECT max(seq) FROM log_name JOIN log_entry ON log_entry.project = log_name.project WHERE log_name.project = $1 "
                    "AND what = $2 AND instr(CAST(leaf AS TEXT), ' ' || name || ' ') > 0 AND (CAST(leaf AS TEXT) LIKE "
                    "'L1 % decision %' OR CAST(leaf AS TEXT) LIKE 'L1 % override %')"};
  earlier.bind_all(id, participant_reference(manual.person));
  if (earlier.step() && !earlier.absent(0)) happened.refs.emplace_back("of", std::to_string(earlier.number(0)));
  happened.refs.emplace_back("override", std::to_string(number));
  happened.refs.emplace_back("rules", as_ref(manual.rule_set_sha256));
  append_to_log(database, state_->log, id, project, {std::move(happened)}, actor, now);
  transaction.commit();
  return number;
}

std::vector<ManualDecision> Store::manual_decisions(const std::string& project, std::optional<Moment> known_at) const {
  std::vector<ManualDecision> found;
  Statement rows{state_->database,
                 "SELECT id, person, codes, met, coalesce(withdraws, 0), rule_set, logic, inputs, before, after, reason, evidence, "
                 "approved_by, actor, role, at, run FROM manual_decision WHERE project = $1 AND at <= $2 ORDER BY id"};
  rows.bind_all(project_id(state_->database, project), known_at ? known_at->seconds() : INT64_MAX);
  while (rows.step()) {
    if (std::min(rows.number(8), rows.number(9)) < 0 ||
        std::max(rows.number(8), rows.number(9)) > static_cast<int>(Verdict::Undecided))
      damaged("manual_decision");
    ManualDecision manual{.number = static_cast<std::uint32_t>(rows.number(0)),
                          .person = static_cast<std::uint32_t>(rows.number(1)),
                          .codes = {},
                          .met = rows.number(3) != 0,
                          .withdraws = static_cast<std::uint32_t>(rows.number(4)),
                          .run = static_cast<std::uint32_t>(rows.number(16)),
                          .rule_set_sha256 = rows.text(5),
                          .logic_sha256 = rows.text(6),
                          .inputs = rows.text(7),
                          .before = static_cast<Verdict>(rows.number(8)),
                          .after = static_cast<Verdict>(rows.number(9)),
                          .reason = rows.text(10),
                          .evidence = rows.text(11),
                          .approved_by = rows.text(12),
                          .actor = rows.text(13),
                          .role = rows.text(14),
                          .at = Moment::of_seconds(rows.number(15))};
    std::istringstream codes(rows.text(2));
    for (std::string code; codes >> code;) manual.codes.push_back(code);
    found.push_back(std::move(manual));
  }
  return found;
}

std::uint32_t Store::add(const SamePersonAnswer& answer, const Actor& actor, Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  const std::string& project = answer.one.project;
  const std::int64_t id = project_id_made(database, project);
  Statement{database,
            "INSERT INTO same_person (project, person, other_project, other, answer, signs, reason, actor, role, at) VALUES ($1, $2, "
            "$3, $4, $5, $6, $7, $8, $9, $10)"}(id, answer.one.person, answer.other.project, answer.other.person,
                                                static_cast<int>(answer.said), answer.signs, answer.reason, actor.account, actor.role,
                                                now.seconds());
  const auto number = static_cast<std::uint32_t>(database.last_id());
  append_to_log(database, state_->log, id, project,
                {{.kind = "same-person",
                  .outcome = std::string(name_of(answer.said)),
                  .person = answer.one.person,
                  .refs = {{"same-person", std::to_string(number)}},
                  .commits = {{"pair", {{"other", 'v', other_of(project, answer.other)}, {"signs", 'v', answer.signs}}},
                              {"reason", {{"text", 'v', answer.reason}}},
                              {"row", {{"sha256", 'v', same_person_row(database, number)}}}}}},
                actor, now);
  transaction.commit();
  return number;
}

std::vector<SamePersonAnswer> Store::same_person_answers(const std::string& project, std::optional<Moment> known_at) const {
  std::vector<SamePersonAnswer> found;
  Statement rows{state_->database,
                 "SELECT id, person, other_project, other, answer, signs, reason, actor, role, at FROM same_person WHERE project = $1 "
                 "AND at <= $2 ORDER BY id"};
  rows.bind_all(project_id(state_->database, project), known_at ? known_at->seconds() : INT64_MAX);
  while (rows.step())
    found.push_back({.number = static_cast<std::uint32_t>(rows.number(0)),
                     .one = {project, static_cast<std::uint32_t>(rows.number(1))},
                     .other = {rows.text(2), static_cast<std::uint32_t>(rows.number(3))},
                     .said = static_cast<SamePersonAnswer::Said>(rows.number(4)),
                     .signs = rows.text(5),
                     .reason = rows.text(6),
                     .actor = rows.text(7),
                     .role = rows.text(8),
                     .at = Moment::of_seconds(rows.number(9))});
  return found;
}

std::string Store::last_to_change(const std::string& project) const {
  Statement newest{state_->database,
                   "SELECT actor FROM (SELECT actor, at, 0 AS kind, id FROM import WHERE project = $1 UNION ALL SELECT actor, "
                   "at, 1, id FROM correction WHERE project = $1) ORDER BY at DESC, kind DESC, id DESC LIMIT 1"};
  newest.bind_all(project_id(state_->database, project));
  return newest.step() ? newest.text(0) : std::string();
}

bool Store::in_change() const { return sqlite3_get_autocommit(state_->database.handle()) == 0; }

// ---- the eligibility log -----------------------------------------------------------------------------------------------

std::vector<Store::LoggedLine> Store::log_lines(const std::string& project, std::optional<Moment> known_at) const {
  const Database& database = state_->database;
  const std::int64_t id = project_id(database, project);
  std::unordered_map<std::string, std::string> names;  // the random name → "D-0042"
  Statement known{database, "SELECT name, what FROM log_name WHERE project = $1 AND what NOT LIKE 'account %'"};
  known.bind_all(id);
  while (known.step()) names.emplace(known.text(0), known.text(1));
  std::vector<LoggedLine> found;
  std::map<std::string, std::pair<std::string, std::string>> files;  // by the number of the import: name and SHA-256
  Statement rows{database,
                 "SELECT e.seq, e.leaf, e.leaf_hash, o.opening FROM log_entry e LEFT JOIN log_opening o ON o.project = e.project "
                 "AND o.seq = e.seq WHERE e.project = $1 ORDER BY e.seq"};
  rows.bind_all(id);
  while (rows.step()) {
    const std::string text = rows.text(1);
    const auto leaf = tlog::leaf_from(text);
    if (!leaf) damaged("log_entry");
    if (known_at && leaf->milliseconds > known_at->seconds() * 1000 + 999) break;
    LoggedLine& one = found.emplace_back();
    const auto ref = [&](const char* name) { return std::string(tlog::value_of(leaf->refs, name)); };
    const auto said = [](std::string_view word) { return word == "-" ? std::string() : std::string(word); };
    one.line = {.entry = "L-" + std::to_string(leaf->seq),
                .time = std::string(leaf->time),
                .event = std::string(leaf->kind),
                .outcome = said(leaf->outcome),
                .actor_role = said(leaf->role),
                .leaf_hash = tlog::hex(rows.view(2)),
                .rule_set_sha256 = ref("rules"),
                .source_sha256 = ref("file")};
    if (const auto person = names.find(std::string(leaf->subject)); person != names.end()) one.line.participant = person->second;
    const std::string import = leaf->kind == "import" ? ref("import") : std::string();
    if (const auto openings = rows.absent(3) ? std::nullopt : tlog::openings_from(rows.text(3)))
      for (const auto& opening : *openings)
        for (const auto& field : opening.fields) {
          if (opening.group == "findings" && field.name == "hit") one.hit = tlog::number_from(field.value).value_or(0);
          if (opening.group == "findings" && field.name == "cannot-tell")
            one.cannot_tell = tlog::number_from(field.value).value_or(0);
          if (opening.group == "reason" && field.name == "text" && field.status == 'v') one.line.reason = field.value;
          if (!import.empty() && opening.group == "file" && field.name == "name") files[import].first = field.value;
          if (!import.empty() && opening.group == "file" && field.name == "sha256") files[import].second = field.value;
        }
    if (leaf->kind == "report") one.line.file = ref("report");
    if (import.empty()) continue;
    one.line.file = "F-" + import;
    // That a file is taken back tells of the one that was read in.
    if (const auto file = files.find(import); file != files.end())
      std::tie(one.line.file_name, one.line.source_sha256) = file->second;
  }
  return found;
}

namespace {

// Of each report the checkpoint note on its control sheet, which stands in the beginning of what was kept of it.
std::vector<std::pair<std::string, std::string>> notes_of_reports(const Database& database, std::int64_t project,
                                                                  std::optional<Moment> known_at) {
  constexpr int beginning = 1 << 16;
  std::vector<std::pair<std::string, std::string>> found;
  Statement rows{database,
                 "SELECT id, made_behind.rowid FROM made_report JOIN made_behind ON made_behind.project = made_report.project AND "
                 "report = id WHERE made_report.project = $1 AND at <= $2 ORDER BY at, id"};
  rows.bind_all(project, known_at ? known_at->seconds() : std::numeric_limits<std::int64_t>::max());
  while (rows.step()) {
    // What stands behind a large report takes many megabytes: no more of it is read than its beginning.
    sqlite3_blob* blob = nullptr;
    if (const int code = sqlite3_blob_open(database.handle(), "main", "made_behind", "behind", rows.number(1), 0, &blob);
        code != SQLITE_OK)
      database.fail(code);
    std::string bytes(static_cast<std::size_t>(std::min(beginning, sqlite3_blob_bytes(blob))), '\0');
    const int code = sqlite3_blob_read(blob, bytes.data(), static_cast<int>(bytes.size()), 0);
    sqlite3_blob_close(blob);
    if (code != SQLITE_OK) database.fail(code);
    for (auto& [label, value] : control_of(bytes))
      if (label == "control.checkpoint_table") found.emplace_back(rows.text(0), std::move(value));
  }
  return found;
}

}  // namespace

std::vector<LogCheckpoint> Store::log_checkpoints(const std::string& project, std::optional<Moment> known_at) const {
  const Database& database = state_->database;
  const std::int64_t id = project_id(database, project);
  std::map<std::string, std::pair<std::int64_t, LogCheckpoint::Anchor>> anchors;  // by the digest that the log told of
  Statement cosigned{database, "SELECT size, line FROM log_cosignature WHERE project = $1"};
  cosigned.bind_all(id);
  while (cosigned.step()) {
    const std::string_view line = cosigned.view(1);
    const auto time = tlog::time_of_cosignature(line);
    if (!time) damaged("log_cosignature");
    anchors[tlog::hex(tlog::sha256(line.substr(0, line.size() - 1)))] = {
        cosigned.number(0), {"witness", time->first, Moment::of_seconds(time->second).iso()}};
  }
  Statement stamped{database, "SELECT size, token, digest FROM log_token WHERE project = $1"};
  stamped.bind_all(id);
  while (stamped.step()) {
    const auto stamp = tlog::timestamp_from(stamped.view(1));
    if (!stamp) damaged("log_token");
    anchors[stamped.text(2)] = {stamped.number(0), {"authority", stamp->by, Moment::of_seconds(stamp->time).iso()}};
  }
  std::map<std::string, std::vector<std::string>> reports;  // by the note that they bear
  for (auto& [report, note] : notes_of_reports(database, id, known_at)) reports[note].push_back(std::move(report));

  std::vector<LogCheckpoint> found;
  std::map<std::int64_t, std::size_t> place;  // by size
  Statement rows{database,
                 "SELECT seq + 1, leaf, note FROM log_entry LEFT JOIN log_checkpoint ON log_checkpoint.project = log_entry.project "
                 "AND size = seq + 1 WHERE log_entry.project = $1 ORDER BY seq"};
  rows.bind_all(id);
  while (rows.step()) {
    const auto leaf = tlog::leaf_from(rows.view(1));
    if (!leaf) damaged("log_entry");
    if (known_at && leaf->milliseconds > known_at->seconds() * 1000 + 999) break;
    // An anchor came when the log told of it, after what it stands on.
    if (leaf->kind == "anchor")
      if (const auto anchor = anchors.find(std::string(tlog::value_of(leaf->refs, "digest"))); anchor != anchors.end())
        if (const auto of = place.find(anchor->second.first); of != place.end())
          found[of->second].anchors.push_back(anchor->second.second);
    if (rows.absent(2)) continue;
    const std::string text = rows.text(2);
    const auto note = tlog::checkpoint_note_from(text);
    if (!note) damaged("log_checkpoint");
    place[rows.number(0)] = found.size();
    LogCheckpoint& point = found.emplace_back();
    point.size = rows.number(0);
    point.root = tlog::hex(note->checkpoint.root);
    point.time = std::string(leaf->time);
    for (const auto& signature : note->signatures) point.signature += (point.signature.empty() ? "" : "\n") + signature.line;
    if (const auto bears = reports.find(text); bears != reports.end()) point.reports = bears->second;
  }
  for (LogCheckpoint& point : found)
    std::stable_sort(point.anchors.begin(), point.anchors.end(), [](const auto& a, const auto& b) { return a.when < b.when; });
  return found;
}

bool Store::has_log() const { return Statement{state_->database, "SELECT 1 FROM log LIMIT 1"}.step(); }
void Store::keep_log(LogKeeping log) { state_->log = std::move(log); }

// The log's first key: of the installation's secret, or of a copy's exported log, which has it in its header.
static tlog::VKey first_key(const LogKeeping& keeping, const std::string& origin) {
  if (keeping.exported.empty()) return log_key(keeping, origin, 0);
  const std::size_t at = keeping.exported.find("\nlog ");
  const auto key = at == std::string::npos
                       ? std::nullopt
                       : tlog::vkey_from(std::string_view(keeping.exported).substr(at + 5, keeping.exported.find('\n', at + 1) - at - 5));
  if (!key) throw StoreError(StoreError::Kind::Damaged, {"store.damaged-row", {"log"}});
  return *key;
}

std::optional<LogHead> Store::log_head(const std::string& project) const {
  Statement newest{
      state_->database,
      "SELECT origin, note, size FROM log JOIN log_checkpoint USING (project) WHERE project = $1 ORDER BY size DESC "
      "LIMIT 1"};
  newest.bind_all(project_id(state_->database, project));
  if (!newest.step()) return std::nullopt;
  LogHead head{newest.text(0), newest.text(1), static_cast<std::uint64_t>(newest.number(2)), {}, {}, {}};
  const std::int64_t id = project_id(state_->database, project);
  Statement key{state_->database, "SELECT vkey, seq FROM log_key WHERE project = $1 ORDER BY generation DESC LIMIT 1"};
  key.bind_all(id);
  if (key.step())
    head.key = key.text(0), head.key_since = static_cast<std::uint64_t>(key.number(1));
  else
    head.key = text_of(first_key(state_->log, head.origin));
  Statement cosigned{state_->database, "SELECT size, line FROM log_cosignature WHERE project = $1"};
  cosigned.bind_all(id);
  while (cosigned.step()) {
    const auto time = tlog::time_of_cosignature(cosigned.view(1));
    if (!time) damaged("log_cosignature");
    head.anchors.push_back(
        {true, time->first, static_cast<std::uint64_t>(cosigned.number(0)), Moment::of_seconds(time->second)});
  }
  Statement stamped{state_->database, "SELECT size, token FROM log_token WHERE project = $1"};
  stamped.bind_all(id);
  while (stamped.step()) {
    const auto stamp = tlog::timestamp_from(stamped.view(1));
    if (!stamp) damaged("log_token");
    head.anchors.push_back({false, stamp->by, static_cast<std::uint64_t>(stamped.number(0)), Moment::of_seconds(stamp->time)});
  }
  std::stable_sort(head.anchors.begin(), head.anchors.end(),
                   [](const LogAnchor& a, const LogAnchor& b) { return a.at < b.at; });
  return head;
}

void Store::export_log(const std::string& project, std::ostream& out) const {
  if (!state_->log.exported.empty())
    out << state_->log.exported;
  else
    write_log(project, out);
}

void Store::write_log(const std::string& project, std::ostream& out) const {
  const Database& database = state_->database;
  const Reading moment{*this};
  const std::int64_t id = project_id(database, project);
  const auto head = log_head(project);
  if (!head) return;
  std::vector<tlog::VKey> keys{first_key(state_->log, head->origin)};
  Statement later_keys{database, "SELECT vkey FROM log_key WHERE project = $1 ORDER BY generation"};
  later_keys.bind_all(id);
  while (later_keys.step()) {
    const auto key = tlog::vkey_from(later_keys.view(0));
    if (!key) damaged("log_key");
    keys.push_back(*key);
  }
  Statement count{database, "SELECT count(*) FROM log_checkpoint WHERE project = $1"};
  count.bind_all(id);
  count.step();
  std::vector<tlog::VKey> witnesses;
  Statement known{database, "SELECT vkey FROM log_witness WHERE project = $1 ORDER BY vkey"};
  known.bind_all(id);
  while (known.step()) {
    const auto witness = tlog::vkey_from(known.view(0));
    if (!witness) damaged("log_witness");
    witnesses.push_back(*witness);
  }
  std::map<std::uint64_t, std::vector<std::string>> cosignatures;
  Statement signed_outside{database, "SELECT size, line FROM log_cosignature WHERE project = $1"};
  signed_outside.bind_all(id);
  while (signed_outside.step())
    cosignatures[static_cast<std::uint64_t>(signed_outside.number(0))].push_back(signed_outside.text(1));
  std::map<std::uint64_t, std::vector<std::string>> tokens;
  Statement stamped{database, "SELECT size, token FROM log_token WHERE project = $1"};
  stamped.bind_all(id);
  while (stamped.step()) tokens[static_cast<std::uint64_t>(stamped.number(0))].push_back(stamped.text(1));
  tlog::ExportWriter writer(out, head->origin, keys, witnesses, head->size, static_cast<std::uint64_t>(count.number(0)));
  Statement entries{
      database,
      "SELECT leaf, note, seq + 1 FROM log_entry LEFT JOIN log_checkpoint ON log_checkpoint.project = log_entry.project AND "
      "size = seq + 1 WHERE log_entry.project = $1 ORDER BY seq"};
  entries.bind_all(id);
  while (entries.step()) {
    writer.leaf(entries.view(0));
    if (entries.absent(1)) continue;
    const auto at = static_cast<std::uint64_t>(entries.number(2));
    const auto of = [&](const auto& kept) {
      const auto found = kept.find(at);
      return found == kept.end() ? std::vector<std::string>{} : found->second;
    };
    writer.checkpoint(entries.view(1), of(cosignatures), of(tokens));
  }
  writer.end();
}

std::optional<std::pair<std::string, std::string>> Store::log_proof(const std::string& project, std::string_view entry) const {
  const auto wanted = tlog::number_from(entry.starts_with("L-") ? entry.substr(2) : entry);
  if (!wanted) return std::nullopt;
  const std::uint64_t seq = *wanted;
  const Database& database = state_->database;
  const Reading moment{*this};
  const auto head = log_head(project);
  if (!head || seq >= head->size) return std::nullopt;
  const auto proved =
      proved_entries(database, project_id(database, project), head->note, [&](std::uint64_t at, std::string_view) { return at == seq; });
  if (proved.empty()) return std::nullopt;
  return std::pair(proved[0].leaf, proved[0].proof);
}

std::vector<ProvedEntry> Store::report_proofs(const std::string& project, const std::string& report) const {
  const Database& database = state_->database;
  const Reading moment{*this};
  const auto head = log_head(project);
  if (!head) return {};
  return proved_entries(database, project_id(database, project), head->note, [name = as_ref(report)](std::uint64_t, std::string_view line) {
    const auto leaf = tlog::leaf_from(line);
    return leaf && leaf->kind == "report" && tlog::value_of(leaf->refs, "report") == name;
  });
}

std::optional<std::string> Store::log_request(const std::string& project, std::uint64_t old_size) const {
  const Database& database = state_->database;
  const Reading moment{*this};
  const auto head = log_head(project);
  if (!head || old_size > head->size) return std::nullopt;
  std::vector<tlog::Digest> hashes;
  Statement rows{database, "SELECT leaf_hash FROM log_entry WHERE project = $1 ORDER BY seq"};
  rows.bind_all(project_id(database, project));
  while (rows.step()) {
    const std::string_view hash = rows.view(0);
    std::copy_n(hash.begin(), std::min<std::size_t>(32, hash.size()), hashes.emplace_back().begin());
  }
  return tlog::text_of(
      tlog::WitnessRequest{old_size, old_size == 0 ? tlog::Proof{} : tlog::consistency_proof(hashes, old_size), head->note});
}

std::optional<Message> Store::add_cosignature(const std::string& project, const std::string& vkey, const std::string& line,
                                              const Actor& actor, Moment now) {
  constexpr std::int64_t tolerance = 300;  // seconds that the reader of the log allows between two clocks
  const auto witness = tlog::vkey_from(vkey);
  if (!witness || witness->type != tlog::KeyType::Witness) return Message{"witness.no-vkey", {vkey}};
  const Database& database = state_->database;
  Transaction transaction{database};
  const std::int64_t id = project_id(database, project);
  const tlog::Verifier verifier{witness->key};
  Statement points{
      database,
      "SELECT size, note, leaf FROM log_checkpoint JOIN log_entry ON log_entry.project = log_checkpoint.project AND "
      "seq = size - 1 WHERE log_checkpoint.project = $1 ORDER BY size DESC"};
  points.bind_all(id);
  while (points.step()) {
    const auto note = tlog::checkpoint_note_from(points.text(1) + line);
    std::uint64_t time = 0;
    if (!note || !tlog::signed_by(note->checkpoint, note->signatures.back(), *witness, verifier, &time)) continue;
    const std::int64_t size = points.number(0), at = static_cast<std::int64_t>(std::min<std::uint64_t>(time, 253'402'300'799));
    const auto last = tlog::leaf_from(points.view(2));
    if (!last) damaged("log_entry");
    if (at > now.seconds() + tolerance || last->milliseconds / 1000 > at + tolerance)
      return Message{"witness.clock", {Moment::of_seconds(at).iso()}};
    Statement known{database, "SELECT 1 FROM log_cosignature WHERE project = $1 AND size = $2 AND vkey = $3"};
    known.bind_all(id, size, vkey);
    if (known.step()) return Message{"witness.known", {witness->name, std::to_string(size)}};
    Statement{database, "INSERT OR IGNORE INTO log_witness (project, vkey) VALUES ($1, $2)"}(id, vkey);
    Statement{database, "INSERT INTO log_cosignature (project, size, vkey, line) VALUES ($1, $2, $3, $4)"}(id, size, vkey,
                                                                                                           line);
    append_to_log(database, state_->log, id, project,
                  {{.kind = "anchor",
                    .refs = {{"by", witness->id},
                             {"digest", tlog::hex(tlog::sha256(std::string_view(line).substr(0, line.size() - 1)))},
                             {"size", std::to_string(size)},
                             {"time", std::to_string(at)},
                             {"type", "cosignature"}}}},
                  actor, now);
    transaction.commit();
    return std::nullopt;
  }
  return Message{"witness.no-signature", {witness->name}};
}

std::optional<Message> Store::add_token(const std::string& project, const std::string& token, const Actor& actor, Moment now) {
  constexpr std::int64_t tolerance = 300;  // seconds that the reader of the log allows between two clocks
  const auto stamp = tlog::timestamp_from(token);
  if (!stamp) return Message{"timestamp.no-reply", {}};
  const Database& database = state_->database;
  Transaction transaction{database};
  const std::int64_t id = project_id(database, project);
  Statement points{
      database,
      "SELECT size, note, leaf FROM log_checkpoint JOIN log_entry ON log_entry.project = log_checkpoint.project AND "
      "seq = size - 1 WHERE log_checkpoint.project = $1 ORDER BY size DESC"};
  points.bind_all(id);
  while (points.step()) {
    const auto note = tlog::checkpoint_note_from(points.view(1));
    if (!note) damaged("log_checkpoint");
    if (tlog::sha256(text_of(note->checkpoint)) != stamp->imprint) continue;
    const std::int64_t size = points.number(0);
    const auto last = tlog::leaf_from(points.view(2));
    if (!last) damaged("log_entry");
    if (stamp->time > now.seconds() + tolerance || last->milliseconds / 1000 > stamp->time + tolerance)
      return Message{"timestamp.clock", {Moment::of_seconds(stamp->time).iso()}};
    const std::string digest = tlog::hex(tlog::sha256(token));
    Statement known{database, "SELECT 1 FROM log_token WHERE project = $1 AND size = $2 AND digest = $3"};
    known.bind_all(id, size, digest);
    if (known.step()) return Message{"timestamp.known", {std::to_string(size)}};
    Statement keep{database, "INSERT INTO log_token (project, size, digest, token) VALUES ($1, $2, $3, $4)"};
    keep.bind_from(1, id, size, digest);
    keep.bind_bytes(4, token);
    keep.step();
    Happened anchor{
        .kind = "anchor",
        .refs = {
            {"digest", digest}, {"size", std::to_string(size)}, {"time", std::to_string(stamp->time)}, {"type", "rfc3161"}}};
    if (!stamp->by.empty()) anchor.refs.insert(anchor.refs.begin(), {"by", stamp->by});
    append_to_log(database, state_->log, id, project, {std::move(anchor)}, actor, now);
    transaction.commit();
    return std::nullopt;
  }
  return Message{"timestamp.no-checkpoint", {}};
}

std::uint64_t Store::rotate_log_key(const std::string& project, const Actor& actor, Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  append_to_log(database, state_->log, project_id(database, project), project, {{.kind = "key-rotated"}}, actor, now);
  const std::uint64_t size = log_head(project).value_or(LogHead{}).size;
  transaction.commit();
  return size - 1;
}

std::uint64_t Store::add_challenge(const std::string& project, const std::string& text, const Actor& actor, Moment now) {
  const Database& database = state_->database;
  Transaction transaction{database};
  append_to_log(database, state_->log, project_id(database, project), project,
                {{.kind = "challenge", .refs = {{"nonce", tlog::hex(tlog::sha256(text))}}}}, actor, now);
  const std::uint64_t size = log_head(project).value_or(LogHead{}).size;
  transaction.commit();
  return size - 1;
}

namespace {

std::vector<Message> dangling(const Database& database) {
  std::vector<Message> found;
  Statement keys{database, "PRAGMA foreign_key_check"};
  while (keys.step()) found.push_back({"store.check-key", {keys.text(0)}});
  return found;
}

}  // namespace

std::vector<Message> Store::check_log(const std::string& project, std::vector<Message>* unproved,
                                      const std::function<void(std::uint64_t, std::uint64_t)>& progress) const {
  const Database& database = state_->database;
  const Reading moment{*this};
  std::vector<Message> found;
  // Each log bears the key of its project; a project with rows has a log, where logs are kept.
  Statement logs{database, "SELECT origin, key FROM log LEFT JOIN project ON project.id = log.project"};
  while (logs.step())
    if (logs.absent(1) || !logs.view(0).ends_with("/" + logs.text(1))) found.push_back({"log.head-differs", {}});
  const auto log = log_head(project);
  if (!log) {
    if (const std::string imports = rows_in(database, "import", project_id(database, project)); imports != "0" && (has_log() || !state_->log.master.empty() || !state_->log.exported.empty()))
      found.push_back({"log.unknown-rows", {"import", imports}});
    return found;
  }
  const bool copy = !state_->log.exported.empty();  // it holds a part of the rows and of the openings
  std::stringstream text;
  export_log(project, text);
  const tlog::Answer answer = tlog::verify_export(text, {});
  if (answer.shown == tlog::Shown::Altered || answer.shown == tlog::Shown::Unreadable)
    found.push_back({"log.altered", {answer.lines.empty() ? "" : answer.lines.back()}});

  const std::int64_t id = project_id(database, project);
  std::map<std::uint64_t, std::string> openings;
  Statement opened{database, "SELECT seq, opening FROM log_opening WHERE project = $1"};
  opened.bind_all(id);
  while (opened.step()) openings[static_cast<std::uint64_t>(opened.number(0))] = opened.text(1);
  std::map<std::string, std::string> persons, accounts;  // by their names in the log; of a copy the persons that it shows
  std::map<std::string, bool> used;                      // each name, and whether an entry has it
  Statement names{database, "SELECT name, what FROM log_name WHERE project = $1"};
  names.bind_all(id);
  while (names.step()) {
    const bool account = names.view(1).starts_with("account ");
    (account ? accounts : persons)[names.text(0)] = account ? names.text(1).substr(8) : names.text(1);
    if (!used.emplace(names.text(0), false).second) found.push_back({"log.unknown-rows", {"log_name", "1"}});
  }
  const auto rests = [&](Message what) {
    if (unproved) unproved->push_back(std::move(what));
  };

  std::int64_t imports_logged = 0, corrections_logged = 0, months_logged = 0, samples_logged = 0, withdrawals_logged = 0,
               files_logged = 0, decisions_logged = 0, overrides_logged = 0, answers_logged = 0, filings_logged = 0, anchors_logged = 0, keys_logged = 0;
  // How many rows there are of tables whose rows have no entry each: what the newest entry that counted them says.
  struct Counted {
    std::string entry, rows;
  };
  std::map<std::string, Counted> counted_rows{{"activity", {}}, {"profile", {}}};
  std::set<std::int64_t> runs_logged, runs_bound;
  std::set<std::string> reports_logged;
  std::int64_t first_counted = std::numeric_limits<std::int64_t>::max();  // the first run whose entry says how many there are with it
  // Each write of the program ends in a checkpoint: an entry stands alone, but for the decisions of a run and the files of a report.
  struct Written {
    std::string kind, actor, of;
    std::int64_t time;
    bool operator==(const Written&) const = default;
  };
  std::optional<Written> written_before;
  std::set<std::int64_t> points;
  Statement all_points{database, "SELECT size FROM log_checkpoint WHERE project = $1"};
  all_points.bind_all(id);
  while (all_points.step()) points.insert(all_points.number(0));
  std::int64_t first_assessed =
      std::numeric_limits<std::int64_t>::max();  // runs before it may have no entry: an older version made them
  struct OfReport {
    std::string row, cells;
    bool whole;
  };
  std::map<std::string, OfReport> reports;  // a report is read once, however many files it has
  Statement entries{database, "SELECT seq, leaf, leaf_hash FROM log_entry WHERE project = $1 ORDER BY seq"};
  entries.bind_all(id);
  tlog::CompactRange tree;
  std::int64_t last_time = 0;
  while (entries.step()) {
    const auto seq = static_cast<std::uint64_t>(entries.number(0));
    if (progress) progress(seq, log->size);
    const std::string place = "L-" + std::to_string(seq);
    const auto differs = [&] { found.push_back({"log.row-differs", {place}}); };
    const std::string line = entries.text(1);
    const tlog::Digest hash = tlog::leaf_hash(line);
    tree.push(hash);
    if (entries.view(2) != std::string_view(reinterpret_cast<const char*>(hash.data()), hash.size())) differs();
    const auto leaf = tlog::leaf_from(line);
    if (!leaf) continue;  // said above
    // What was written at a moment has its entry's time, unless the machine's clock stood behind the entry before.
    const auto written = [&, before = last_time](std::int64_t at) {
      return at * 1000 == leaf->milliseconds || (at * 1000 < leaf->milliseconds && before == leaf->milliseconds);
    };
    last_time = leaf->milliseconds;
    const bool many = leaf->kind == "decision" || leaf->kind == "report";
    Written here{std::string(leaf->kind), std::string(leaf->actor), std::string(tlog::value_of(leaf->refs, leaf->kind == "report" ? "report" : "run")),
               leaf->milliseconds};
    if (written_before && written_before->kind != "log-opened" && !(many && here == *written_before) &&
        !points.contains(static_cast<std::int64_t>(seq)))
      found.push_back({"log.checkpoint-missing", {std::to_string(seq)}});
    written_before = std::move(here);
    for (const std::string_view name : {leaf->actor, leaf->subject, tlog::value_of(leaf->refs, "approver")})
      if (const auto known = used.find(std::string(name)); known != used.end()) known->second = true;
    const bool about_other = copy && leaf->subject != "-" && !persons.contains(std::string(leaf->subject));
    std::map<std::string, std::string> values;
    std::set<std::string> groups;
    bool fits = true;
    if (leaf->commits != "-") {
      for (const auto& one : tlog::openings_from(openings[seq]).value_or(std::vector<tlog::Opening>{})) {
        groups.insert(one.group);
        fits = fits && tlog::value_of(leaf->commits, one.group) == tlog::hex(tlog::commitment(one.group, one.salt, one.fields));
        for (const auto& field : one.fields) values[one.group + " " + field.name] = field.value;
      }
      // Every group is open, but in a copy what is not shown as it is.
      for (std::string_view rest = leaf->commits; !rest.empty();) {
        const std::string group(rest.substr(0, rest.find('=')));
        rest.remove_prefix(std::min(rest.size(), rest.find(',') == rest.npos ? rest.size() : rest.find(',') + 1));
        if (groups.contains(group)) continue;
        const bool closed = group == "persons-key" || group == "account" || group == "approver" || group == "reason" || group == "receipt" || group == "value" ||
                            (group == "row" && leaf->kind != "import" && leaf->kind != "report" && leaf->kind != "sample-drawn") ||
                            (group == "row" && leaf->kind == "import" && leaf->outcome != "accepted");
        if (!copy || (!about_other && !closed)) fits = false;
      }
    } else if (openings.contains(seq)) {
      fits = false;
    }
    if (!fits) {
      differs();
      continue;
    }
    const auto ref = [&](const char* name) { return std::string(tlog::value_of(leaf->refs, name)); };
    const auto number_in = [&](const char* name) { return static_cast<std::int64_t>(tlog::number_from(ref(name)).value_or(0)); };
    const auto says_other = [&](const char* name, std::string_view now) {
      const auto bound = values.find(name);
      return bound != values.end() && bound->second != now;
    };
    // Every column of the rows, and not only those that the entry names. Entries of older versions do not bind to them.
    const auto row_differs = [&](const std::string& now) { return says_other("row sha256", now); };
    const auto about = [&](std::int64_t person) {
      const auto name = persons.find(std::string(leaf->subject));
      return name != persons.end() && name->second == participant_reference(static_cast<std::uint32_t>(person));
    };
    // Who acted is whom the row names. A copy does not say under which names accounts stand in the log.
    const auto acted = [&](const char* sql, auto... ids) {
      Statement row{database, sql};
      row.bind_all(ids...);
      if (copy || !row.step()) return true;
      const auto account = accounts.find(std::string(leaf->actor));
      return account != accounts.end() && account->second == row.view(0);
    };
    // Whose name is whose.
    const auto is_account = [&](std::string_view name, const char* bound) {
      const auto account = accounts.find(std::string(name));
      return name == "system" || (account != accounts.end() && !says_other(bound, account->second));
    };
    if (!copy && (!is_account(leaf->actor, "account name") ||
                  (!ref("approver").empty() && !is_account(ref("approver"), "approver name"))))
      differs();
    if (leaf->kind == "decision" || leaf->kind == "assessed") {
      const std::int64_t run = number_in("run");
      if (runs_logged.insert(run).second) {
        Statement row{database, "SELECT rule_set, terms, program, at FROM decision_run WHERE id = $1 AND project = $2"};
        row.bind_all(run, id);
        if (!row.step() || as_ref(row.text(0)) != ref("rules") || as_ref(row.text(1)) != ref("terms") ||
            as_ref(row.text(2)) != ref("program") || !written(row.number(3)) ||
            !acted("SELECT actor FROM decision_run WHERE id = $1", run))
          differs();
      }
      for (const char* bound : {"run decisions", "row decisions"})
        if (!copy && values.contains(bound) && says_other(bound, run_decisions(database, run))) differs();
      for (const char* bound : {"run sha256", "findings run", "row sha256"}) {
        if (!values.contains(bound)) continue;
        runs_bound.insert(run);
        if (says_other(bound, run_row(database, run))) differs();
      }
      for (const char* counted : {"run runs", "row runs"}) {
        if (!values.contains(counted)) continue;
        first_counted = std::min(first_counted, run);
        Statement count{database, "SELECT count(*) FROM decision_run WHERE project = $1 AND id <= $2"};
        count.bind_all(id, run);
        count.step();
        const auto said = static_cast<std::int64_t>(tlog::number_from(values[counted]).value_or(0));
        if (count.number(0) > said)
          found.push_back({"log.unknown-rows", {"decision_run", std::to_string(count.number(0) - said)}});
        else if (count.number(0) < said)
          differs();
      }
    }
    if (about_other) continue;
    if (leaf->kind == "override") {
      ++overrides_logged;
      Statement row{database, "SELECT codes, met, inputs, after, reason, approved_by, person, at FROM manual_decision WHERE id = $1 AND project = $2"};
      row.bind_all(number_in("override"), id);
      if (!row.step() || row.view(0) != values["findings codes"] || (row.number(1) ? "met" : "not-met") != values["findings answer"] ||
          row.view(2) != values["inputs read"] || says_other("reason text", row.view(4)) ||
          says_other("reason approved-by", row.view(5)) || row.number(3) < 0 ||
          row.number(3) > static_cast<int>(Verdict::Undecided) || name_of(static_cast<Verdict>(row.number(3))) != leaf->outcome ||
          !about(row.number(6)) || !written(row.number(7)) || row_differs(manual_row(database, number_in("override"))) ||
          !acted("SELECT actor FROM manual_decision WHERE id = $1", number_in("override")))
        differs();
    } else if (leaf->kind == "same-person") {
      ++answers_logged;
      Statement row{database,
                    "SELECT answer, other_project, other, signs, reason, person, at FROM same_person WHERE id = $1 AND project = $2"};
      row.bind_all(number_in("same-person"), id);
      if (!row.step() || row.number(0) < 0 || row.number(0) > static_cast<int>(SamePersonAnswer::Said::Open) ||
          name_of(static_cast<SamePersonAnswer::Said>(row.number(0))) != leaf->outcome ||
          says_other("pair other", other_of(project, {row.text(1), static_cast<std::uint32_t>(row.number(2))})) ||
          says_other("pair signs", row.view(3)) || says_other("reason text", row.view(4)) || !about(row.number(5)) ||
          !written(row.number(6)) || row_differs(same_person_row(database, number_in("same-person"))) ||
          !acted("SELECT actor FROM same_person WHERE id = $1", number_in("same-person")))
        differs();
    } else if (leaf->kind == "import" && leaf->outcome == "accepted") {
      ++imports_logged;
      const auto number = static_cast<std::uint32_t>(number_in("import"));
      Statement row{database, "SELECT file, file_name FROM import WHERE id = $1 AND project = $2"};
      row.bind_all(number, id);
      if (!row.step() || row.view(0) != values["file sha256"] || row.view(1) != values["file name"] ||
          row_differs(import_row(database, number)) || !acted("SELECT actor FROM import WHERE id = $1", number_in("import"))) {
        differs();
      } else if (!copy) {
        if (values.contains("row activities")) counted_rows["activity"] = {place, values["row activities"]};
        if (values.contains("row profiles")) counted_rows["profile"] = {place, values["row profiles"]};
        // A copy has some persons' rows; they are held against the entry one by one (check_rows).
        // Entries of older versions bind to all rows together.
        const bool by_person = values.contains("persons root");
        const StoredDigests stored = by_person ? StoredDigests{} : stored_digests(database, number);
        const auto secret = tlog::from_hex(values["persons-key key"]);
        const auto people = static_cast<std::uint32_t>(tlog::number_from(values["persons people"]).value_or(0));
        if ((!by_person && (stored.rows != values["rows sha256"] || says_other("activities sha256", stored.activities) ||
                            says_other("people sha256", people_digest(database, number)))) ||
            says_other("findings sha256", findings_digest(database, number)) ||
            (by_person &&
             (!secret || tree_of(*secret, people, [&](const RowsByPerson::Person& each) {
                           return rows_by_person(database, number, each);
                         }).root != values["persons root"])))
          differs();
      }
    } else if (leaf->kind == "import") {
      ++withdrawals_logged;
      if (const auto number = tlog::number_from(ref("withdrawal"))) {
        Statement row{database, "SELECT import, reason, person, at FROM withdrawal WHERE id = $1 AND project = $2"};
        row.bind_all(static_cast<std::int64_t>(*number), id);
        if (!row.step() || std::to_string(row.number(0)) != ref("import") || says_other("reason text", row.view(1)) ||
            row.absent(2) != (leaf->subject == "-") || (!row.absent(2) && !about(row.number(2))) || !written(row.number(3)) ||
            row_differs(withdrawal_row(database, number_in("withdrawal"))) ||
            !acted("SELECT actor FROM withdrawal WHERE id = $1", number_in("withdrawal")))
          differs();
      }
    } else if (leaf->kind == "correction") {
      ++corrections_logged;
      Statement row{database,
                    "SELECT field, value, reason, over, person, at, kind, (SELECT fact.kind FROM fact WHERE fact.id = over) FROM correction "
                    "WHERE id = $1 AND project = $2"};
      row.bind_all(number_in("correction"), id);
      if (!row.step() || says_other("value field", row.view(0)) || says_other("value value", row.view(1)) ||
          says_other("reason text", row.view(2)) || row.number(3) != number_in("fact") ||
          says_other("value over", place_of_fact(database, row.number(3))) || !about(row.number(4)) || !written(row.number(5)) ||
          row.number(6) != row.number(7) || row_differs(correction_row(database, number_in("correction"))) ||
          !acted("SELECT actor FROM correction WHERE id = $1", number_in("correction")))
        differs();
      else if (!groups.contains("value"))
        rests({"audit.rests.correction-value", {place}});
    } else if (leaf->kind == "decision") {
      ++decisions_logged;
      Statement row{database,
                    "SELECT verdict, hit, cannot_tell FROM decision JOIN log_name ON log_name.project = $1 AND log_name.what = "
                    "'D-' || printf('%04d', decision.person + 1) WHERE run = $2 AND log_name.name = $3"};
      row.bind_all(id, number_in("run"), leaf->subject);
      if (!row.step() || row.number(0) < 0 || row.number(0) > static_cast<int>(Verdict::Undecided) ||
          name_of(static_cast<Verdict>(row.number(0))) != leaf->outcome ||
          std::to_string(static_cast<std::uint64_t>(row.number(1))) != values["findings hit"] ||
          std::to_string(static_cast<std::uint64_t>(row.number(2))) != values["findings cannot-tell"] ||
          says_other("findings person", persons[std::string(leaf->subject)]))
        differs();
    } else if (leaf->kind == "assessed") {
      const std::int64_t run = number_in("run");
      first_assessed = std::min(first_assessed, run);
      Statement row{database, "SELECT count(*) FROM decision WHERE run = $1"};
      row.bind_all(run);
      if (!row.step() || (!copy && row.number(0) != number_in("count"))) differs();
    } else if (leaf->kind == "month") {
      ++months_logged;
      Statement row{database, "SELECT kind, month, content, report, reason, at FROM month_event WHERE id = $1 AND project = $2"};
      row.bind_all(number_in("event"), id);
      const auto month = Month::parse(ref("period"));
      if (!row.step() || row.number(0) < 0 || row.number(0) > static_cast<int>(MonthEvent::Kind::Reopened) ||
          name_of(static_cast<MonthEvent::Kind>(row.number(0))) != leaf->outcome || !month ||
          row.number(1) != month->number() || as_ref(row.text(2)) != ref("content") || says_other("reason text", row.view(4)) ||
          (leaf->outcome == "filed" && as_ref(row.text(3)) != ref("report")) || !written(row.number(5)) ||
          row_differs(month_row(database, number_in("event"))) ||
          !acted("SELECT actor FROM month_event WHERE id = $1", number_in("event")))
        differs();
    } else if (leaf->kind == "filed") {
      ++filings_logged;
      Statement row{database,
                    "SELECT report, month, total, filed_on, filed_to, reference, reason, at FROM claim_filing WHERE id = $1 AND project = $2"};
      row.bind_all(number_in("filing"), id);
      const auto month = Month::parse(ref("period"));
      if (!row.step() || as_ref(row.text(0)) != ref("report") || !month || row.number(1) != month->number() ||
          says_other("receipt total", std::to_string(row.number(2))) ||
          says_other("receipt on", Date::of_days(static_cast<std::int32_t>(row.number(3))).iso()) || says_other("receipt to", row.view(4)) ||
          says_other("receipt reference", row.view(5)) || says_other("reason text", row.view(6)) || !written(row.number(7)) ||
          row_differs(claim_filing_row(database, number_in("filing"))) ||
          !acted("SELECT actor FROM claim_filing WHERE id = $1", number_in("filing")))
        differs();
    } else if (leaf->kind == "sample-drawn") {
      Statement row{database,
                    "SELECT digest = $1 AND method = $2 AND places = $3 AND size = $4 FROM sample WHERE project = $5 AND nonce = $6"};
      row.bind_all(ref("frame"), ref("method"), number_in("n"), number_in("size"), id, ref("nonce"));
      const bool there = row.step();
      samples_logged += there || !copy;  // a copy has the one that it is about
      if (there ? !row.number(0) || row_differs(sample_row(database, id, ref("nonce"))) ||
                      !acted("SELECT actor FROM sample WHERE project = $1 AND nonce = $2", id, ref("nonce"))
                : !copy)
        differs();
    } else if (leaf->kind == "profile") {
      if (copy) continue;  // it has none
      counted_rows["profile"] = {place, values["row profiles"]};
      Statement row{database, "SELECT at FROM profile WHERE project = $1 AND name = $2 AND version = $3"};
      row.bind_all(id, values["row name"], number_in("version"));
      if (!row.step() || !written(row.number(0)) || row_differs(profile_row(database, id, values["row name"], number_in("version"))) ||
          !acted("SELECT actor FROM profile WHERE project = $1 AND name = $2 AND version = $3", id, values["row name"], number_in("version")))
        differs();
    } else if (leaf->kind == "anchor") {
      ++anchors_logged;
      const bool stamp = ref("type") == "rfc3161";
      Statement row{database, stamp ? "SELECT token FROM log_token WHERE project = $1 AND size = $2 AND digest = $3"
                                    : "SELECT line FROM log_cosignature WHERE project = $1 AND size = $2 AND $3 <> ''"};
      row.bind_all(id, number_in("size"), ref("digest"));
      bool there = false;
      while (row.step()) there = there || sha256_of(stamp ? row.view(0) : row.view(0).substr(0, row.view(0).find('\n'))) == ref("digest");
      if (!there) differs();
    } else if (leaf->kind == "key-rotated") {
      ++keys_logged;
      Statement row{database, "SELECT seq FROM log_key WHERE project = $1 AND generation = $2"};
      row.bind_all(id, keys_logged);
      if (!row.step() || row.number(0) != static_cast<std::int64_t>(seq)) differs();
    } else if (leaf->kind == "report") {
      ++files_logged;
      reports_logged.insert(ref("report"));
      Statement row{database,
                    "SELECT id, period, template FROM made_file JOIN made_report ON made_report.project = made_file.project AND id = "
                    "report WHERE made_file.project = $1 AND made_file.sha256 = $2 AND fingerprint = $3"};
      row.bind_all(id, ref("file"), ref("fingerprint"));
      bool known = false;
      while (row.step()) {
        const auto [report, is_new] = reports.try_emplace(row.text(0));
        if (is_new)
          report->second = {report_row(database, id, row.text(0)), report_cells(database, id, row.text(0)),
                            !copy || has_sheets(database, id, row.text(0))};
        known = known || (as_ref(row.text(0)) == ref("report") && as_ref(row.text(1)) == ref("period") &&
                          as_ref(row.text(2)) == ref("template") &&
                          (!report->second.whole ||
                           (!says_other("cells sha256", report->second.cells) && !row_differs(report->second.row))) &&
                          acted("SELECT actor FROM made_report WHERE project = $1 AND id = $2", id, row.text(0)));
      }
      if (!known) differs();
    }
    if (copy && !groups.contains("row") && leaf->kind != "report" && leaf->kind != "profile" && !tlog::value_of(leaf->commits, "row").empty())
      rests({"audit.rests.reason", {place}});
  }
  // What the next entry builds on.
  std::string range;
  for (const tlog::Digest& hash : tree.hashes()) range.append(reinterpret_cast<const char*>(hash.data()), hash.size());
  Statement head{database, "SELECT size, range, last_ms FROM log_head WHERE project = $1"};
  head.bind_all(id);
  // An auditor's copy has the log as exported beside it: the same entries, checkpoints and what was signed outside.
  const auto exported = [&] {
    std::ostringstream again;
    write_log(project, again);
    return again.str() == state_->log.exported;
  };
  if (!head.step() || head.number(0) != static_cast<std::int64_t>(tree.size()) || head.view(1) != range ||
      head.number(2) != last_time || (copy && !exported()))
    found.push_back({"log.head-differs", {}});
  // Bytes that are kept by their digest; and what points to a row that is not there.
  for (const char* kept : {"SELECT sha256, bytes, size FROM file WHERE bytes IS NOT NULL", "SELECT sha256, bytes, length(bytes) FROM kept"}) {
    Statement rows{database, kept};
    while (rows.step())
      if (sha256_of(rows.view(1)) != rows.view(0) || rows.number(2) != static_cast<std::int64_t>(rows.view(1).size()))
        found.push_back({"log.bytes-differ", {rows.text(0)}});
  }
  // An original that was kept is there still: one too large to be kept has no size either.
  Statement originals{database, "SELECT sha256 FROM file WHERE bytes IS NULL AND size > 0"};
  while (!copy && originals.step()) found.push_back({"log.original-missing", {originals.text(0)}});
  // What decisions and reports rest on is kept, as what it is, and not later than it was first used: by the first row, not by the
  // earliest moment, since a clock may be set back. A copy may lack the first.
  Statement uses{database,
                 "SELECT named, use, kept.sha256, kind, kept.at, CASE use "
                 "WHEN 'rule-set' THEN (SELECT at FROM decision_run WHERE rule_set = named ORDER BY id LIMIT 1) "
                 "WHEN 'programme' THEN (SELECT at FROM decision_run WHERE substr(terms, 1, 64) = named ORDER BY id LIMIT 1) "
                 "WHEN 'project' THEN (SELECT at FROM decision_run WHERE substr(terms, 66) = named ORDER BY id LIMIT 1) "
                 "ELSE (SELECT at FROM made_report WHERE template = named ORDER BY rowid LIMIT 1) END FROM ("
                 "SELECT rule_set AS named, 'rule-set' AS use FROM decision_run WHERE project = $1 UNION "
                 "SELECT substr(terms, 1, 64), 'programme' FROM decision_run WHERE project = $1 UNION "
                 "SELECT substr(terms, 66), 'project' FROM decision_run WHERE project = $1 UNION "
                 "SELECT template, 'template' FROM made_report WHERE project = $1) "
                 "LEFT JOIN kept ON kept.sha256 = named WHERE named <> ''"};
  uses.bind_all(id);
  while (uses.step()) {
    if (uses.absent(2))
      found.push_back({"log.kept-missing", {uses.text(0), uses.text(1)}});
    else if (uses.view(3) != uses.view(1) || (!copy && uses.number(4) > uses.number(5)))
      found.push_back({"log.kept-differs", {uses.text(0)}});
  }
  // The workbook that a template fills.
  Statement templates{database,
                      "SELECT DISTINCT bytes FROM kept JOIN made_report ON template = sha256 WHERE project = $1"};
  templates.bind_all(id);
  while (templates.step()) {
    const std::string_view layout = templates.view(0);
    const std::string_view key = "workbook_sha256";
    const std::size_t at = layout.find(key),
                      from = at == layout.npos ? at : layout.find_first_of("0123456789abcdef", layout.find('=', at));
    if (from == layout.npos) continue;
    const std::string named(layout.substr(from, 64));
    Statement workbook{database, "SELECT kind FROM kept WHERE sha256 = $1"};
    workbook.bind_all(named);
    if (!workbook.step())
      found.push_back({"log.kept-missing", {named, "workbook"}});
    else if (workbook.view(0) != "workbook")
      found.push_back({"log.kept-differs", {named}});
  }
  // A file came with the first import of it. A copy may lack that one.
  Statement received{database,
                     "SELECT sha256, received_at IS (SELECT at FROM import WHERE file = sha256 ORDER BY id LIMIT 1) FROM file"};
  while (!copy && received.step())
    if (!received.number(1)) found.push_back({"log.kept-differs", {received.text(0)}});
  for (Message& one : dangling(database)) found.push_back(std::move(one));
  // Rows whose import or run is another project's, or is not there.
  for (const auto& [table, sql] :
       {std::pair("fact", "SELECT count(*) FROM fact AS row LEFT JOIN import ON import.id = row.import WHERE row.project = $1 OR import.project = $1"),
        std::pair("time_record",
                  "SELECT count(*) FROM time_record AS row LEFT JOIN import ON import.id = row.import WHERE row.project = $1 OR import.project = $1"),
        std::pair("decision", "SELECT count(*) FROM decision LEFT JOIN decision_run ON id = run WHERE project IS NULL OR $1 < 0")}) {
    const bool of_run = std::string_view(table) == "decision";
    Statement strays{database, std::string(sql) + (of_run ? "" : " GROUP BY row.project IS import.project HAVING row.project IS NOT import.project")};
    strays.bind_all(id);
    if (strays.step() && strays.number(0) > 0) found.push_back({"log.unknown-rows", {table, std::to_string(strays.number(0))}});
  }
  // A row that the log does not know. A copy has what is about nobody or about the persons that it shows.
  using Logged = std::pair<const char*, std::int64_t>;
  for (const auto& [table, logged] :
       {Logged("import", imports_logged), Logged("correction", corrections_logged), Logged("month_event", months_logged),
        Logged("sample", samples_logged), Logged("withdrawal", withdrawals_logged), Logged("made_file", files_logged),
        Logged("manual_decision", overrides_logged), Logged("same_person", answers_logged),
        Logged("claim_filing", filings_logged)}) {
    Statement count{database, "SELECT count(*) FROM " + std::string(table) + " WHERE project = $1"};
    count.bind_all(id);
    if (count.step() && count.number(0) > logged)
      found.push_back({"log.unknown-rows", {table, std::to_string(count.number(0) - logged)}});
  }
  if (!copy)
    for (const auto& [table, said] : counted_rows) {
      if (said.entry.empty()) continue;  // an older version counted none
      const std::string there = rows_in(database, table, id);
      const auto more = static_cast<std::int64_t>(tlog::number_from(there).value_or(0)) - static_cast<std::int64_t>(tlog::number_from(said.rows).value_or(0));
      if (more > 0) found.push_back({"log.unknown-rows", {table, std::to_string(more)}});
      if (more < 0) found.push_back({"log.row-differs", {said.entry}});
    }
  const auto nobody = std::count_if(used.begin(), used.end(), [](const auto& name) { return !name.second; });
  if (nobody > 0) found.push_back({"log.unknown-rows", {"log_name", std::to_string(nobody)}});
  // What was signed outside has an entry each, and each witness signed something.
  Statement outside{database,
                    "SELECT (SELECT count(*) FROM log_cosignature WHERE project = $1) + (SELECT count(*) FROM log_token WHERE project = $1), "
                    "(SELECT count(*) FROM log_key WHERE project = $1), (SELECT count(*) FROM log_witness WHERE project = $1 AND vkey NOT IN "
                    "(SELECT vkey FROM log_cosignature WHERE project = $1))"};
  outside.bind_all(id);
  outside.step();
  for (const auto& [table, more] : {Logged("log_cosignature", outside.number(0) - anchors_logged), Logged("log_key", outside.number(1) - keys_logged),
                                    Logged("log_witness", outside.number(2))})
    if (more > 0) found.push_back({"log.unknown-rows", {table, std::to_string(more)}});
  Statement made{database, "SELECT id FROM made_report WHERE project = $1"};
  made.bind_all(id);
  std::int64_t unknown_reports = 0;
  while (made.step()) unknown_reports += !reports_logged.contains(as_ref(made.text(0)));
  if (unknown_reports > 0) found.push_back({"log.unknown-rows", {"made_report", std::to_string(unknown_reports)}});
  // An older version logged a run only where somebody was decided otherwise; one without an entry decided everybody as before.
  Statement runs{database, "SELECT id FROM decision_run WHERE project = $1 ORDER BY id"};
  runs.bind_all(id);
  std::int64_t unknown_runs = 0;
  const auto decided = [&](std::int64_t run) {
    return rows_of(database, "SELECT person, verdict, hit, cannot_tell FROM decision WHERE run = $1 ORDER BY person", run);
  };
  for (std::int64_t before = -1; runs.step(); before = runs.number(0)) {
    const bool known = runs_logged.contains(runs.number(0));
    const auto as_before = [&] { return decided(runs.number(0)) == decided(before) && !decided(before).empty(); };
    if (!known && (runs.number(0) > std::min(first_assessed, first_counted) || (!copy && !as_before()))) ++unknown_runs;
    if (copy && (!known || !runs_bound.contains(runs.number(0)))) rests({"audit.rests.run", {std::to_string(runs.number(0))}});
  }
  if (unknown_runs > 0) found.push_back({"log.unknown-rows", {"decision_run", std::to_string(unknown_runs)}});
  // Every first and every changed decision has an entry.
  Statement changed{database,
                    "SELECT count(*) FROM (SELECT verdict, hit, cannot_tell, lag(verdict) OVER w AS v, lag(hit) OVER w AS h, "
                    "lag(cannot_tell) OVER w AS c FROM decision JOIN decision_run ON id = run WHERE project = $1 "
                    "WINDOW w AS (PARTITION BY person ORDER BY run)) "
                    "WHERE v IS NULL OR v <> verdict OR h <> hit OR c <> cannot_tell"};
  changed.bind_all(id);
  if (changed.step() && changed.number(0) > decisions_logged)
    found.push_back({"log.unknown-rows", {"decision", std::to_string(changed.number(0) - decisions_logged)}});
  return found;
}

std::vector<std::pair<std::string, std::string>> Store::pragmas() const { return state_->database.pragmas(); }

std::vector<Message> Store::check() const {
  const Database& database = state_->database;
  std::vector<Message> found;
  Statement integrity{database, "PRAGMA integrity_check"};
  while (integrity.step())
    if (integrity.view(0) != "ok") found.push_back({"store.check-integrity", {integrity.text(0)}});
  for (Message& one : dangling(database)) found.push_back(std::move(one));
  // Tables, indexes and the triggers that keep rows from being changed are those that the program makes.
  const auto objects = [](const Database& of) {
    std::map<std::string, std::string> all;
    Statement rows{of, "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL"};
    while (rows.step()) all[rows.text(0)] = rows.text(1);
    return all;
  };
  const TemporaryFolder work;
  const State made(work.path() / "made.db", state_->schemas);
  const auto ours = objects(made.database), theirs = objects(database);
  for (const auto& [name, sql] : ours)
    if (const auto there = theirs.find(name); there == theirs.end() || there->second != sql) found.push_back({"store.check-schema", {name}});
  for (const auto& [name, sql] : theirs)
    if (!ours.contains(name)) found.push_back({"store.check-schema", {name}});
  // The volume tables carry no foreign keys (performance, 9.2); this proves them instead.
  const std::pair<const char*, const char*> volume[] = {
      {"fact",
       "SELECT count(*) FROM fact WHERE import NOT IN (SELECT id FROM import) OR project NOT IN (SELECT id FROM project)"},
      {"time_record",
       "SELECT count(*) FROM time_record WHERE import NOT IN (SELECT id FROM import) OR activity NOT IN (SELECT id FROM "
       "activity) OR "
       "NOT EXISTS (SELECT 1 FROM person WHERE person.project = time_record.project AND person.number = time_record.person)"},
      {"decision", "SELECT count(*) FROM decision WHERE run NOT IN (SELECT id FROM decision_run)"},
  };
  for (const auto& [table, sql] : volume) {
    Statement count{database, sql};
    if (count.step() && count.number(0) != 0) found.push_back({"store.check-volume", {table, std::to_string(count.number(0))}});
  }
  return found;
}

}  // namespace horisont
