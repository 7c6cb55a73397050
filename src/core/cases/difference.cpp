#include "core/cases/difference.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/cases/said.h"
#include "core/cases/staff_rows.h"
#include "core/cases/stays.h"

namespace horisont {
namespace {

struct Held {
  std::string value;
  Origin origin;
};
struct Row {
  const Record* latest = nullptr;
  std::map<std::string, Held> fields;
};

void add(Row& row, const Record& record) {
  // A later row of other kinds replaces the earlier one whole.
  if (record.kind != RecordKind::Participants) row.fields.clear();
  row.latest = &record;
  for (const FieldValue& value : record.values) row.fields[value.field] = {value.value, record.origin};
}

std::map<std::string, Row> rows_by_key(std::span<const Record> records) {
  std::map<std::string, Row> rows;
  for (const Record& record : records) add(rows[key_of(record)], record);
  return rows;
}

// What is known of each key; of a participant, of each spell.
using Spells = std::map<std::string, std::vector<Row>>;

Spells spells_by_key(std::span<const Record> records) {
  Spells rows;
  std::map<std::uint32_t, std::vector<const Record*>> of_person;
  std::set<std::uint32_t> several;
  for (const Record* record : standing_staff_time(records)) add(rows[key_of(*record)].emplace_back(), *record);
  for (const Record& record : records) {
    if (record.kind == RecordKind::StaffTime) continue;  // several rows of one file stand beside each other
    const bool participant = record.kind == RecordKind::Participants;
    if (participant || record.kind == RecordKind::Results) {
      auto& known = of_person[record.person];
      const std::string* entry = participant ? record.find("entry_date") : nullptr;
      for (const Record* other : known)
        if (const std::string* theirs = entry ? other->find("entry_date") : nullptr; theirs && *theirs != *entry)
          several.insert(record.person);
      known.push_back(&record);
    }
    std::vector<Row>& spells = rows[key_of(record)];
    if (spells.empty()) spells.emplace_back();
    add(spells[0], record);
  }
  for (const std::uint32_t person : several) {
    auto& known = of_person[person];
    std::stable_sort(known.begin(), known.end(), [](const Record* a, const Record* b) { return known_before(*a, *b); });
    const std::vector<Stay> stays = stays_of(known);
    std::vector<Row> spells;
    for (const Stay& stay : stays)
      for (const Record* record : stay.rows) {
        if (record == stay.rows.front()) spells.emplace_back();
        add(spells.back(), *record);
      }
    rows[key_of(*stays[0].rows[0])] = std::move(spells);
  }
  return rows;
}

std::string entry_of(const Row& row) {
  const auto entry = row.fields.find("entry_date");
  return entry == row.fields.end() ? std::string() : entry->second.value;
}

// Each spell with what it was: the one of the same entry, else the ones left over in their order (an entry that was changed).
// Null on either side: there is none.
std::vector<std::pair<const Row*, const Row*>> paired(const std::vector<Row>& before, const std::vector<Row>& after) {
  std::vector<std::pair<const Row*, const Row*>> pairs;
  std::vector<const Row*> left;
  for (const Row& row : before) left.push_back(&row);
  for (const Row& row : after) {
    const auto same = std::find_if(left.begin(), left.end(), [&](const Row* one) { return entry_of(*one) == entry_of(row); });
    pairs.emplace_back(same == left.end() ? nullptr : *same, &row);
    if (same != left.end()) left.erase(same);
  }
  for (auto& [was, is] : pairs)
    if (!was && !left.empty()) was = left.front(), left.erase(left.begin());
  for (const Row* gone : left) pairs.emplace_back(gone, nullptr);
  return pairs;
}

// Each row of staff time with what it was: the one that says the same, else the next of the same function, else the next.
std::vector<std::pair<const Row*, const Row*>> paired_staff(const std::vector<Row>& before, const std::vector<Row>& after) {
  std::vector<std::pair<const Row*, const Row*>> pairs;
  std::vector<const Row*> left;
  for (const Row& row : before) left.push_back(&row);
  for (const Row& row : after) pairs.emplace_back(nullptr, &row);
  const auto pair_those = [&](auto&& alike) {
    for (auto& [was, is] : pairs) {
      if (was) continue;
      const auto found = std::find_if(left.begin(), left.end(), [&, now = is](const Row* one) { return alike(*one, *now); });
      if (found != left.end()) was = *found, left.erase(found);
    }
  };
  const auto function = [](const Row& row) {
    const std::string* stated = row.latest->find("function");
    return stated ? *stated : std::string();
  };
  pair_those([](const Row& a, const Row& b) { return said_by(*a.latest) == said_by(*b.latest); });
  pair_those([&](const Row& a, const Row& b) { return function(a) == function(b); });
  pair_those([](const Row&, const Row&) { return true; });
  for (const Row* gone : left) pairs.emplace_back(gone, nullptr);
  return pairs;
}

// The stays of some, from all that is known of everybody.
std::map<std::uint32_t, std::vector<Stay>> stays_of(std::span<const Record> records, const std::set<std::uint32_t>& persons) {
  std::map<std::uint32_t, std::vector<const Record*>> known;
  for (const Record& record : records)
    if (persons.contains(record.person)) known[record.person].push_back(&record);
  std::map<std::uint32_t, std::vector<Stay>> stays;
  for (auto& [person, rows] : known) {
    std::stable_sort(rows.begin(), rows.end(), [](const Record* a, const Record* b) { return known_before(*a, *b); });
    stays.emplace(person, horisont::stays_of(rows));
  }
  return stays;
}

std::string value_of(const Record& record, const char* field) {
  const std::string* value = record.find(field);
  return value ? *value : std::string();
}

Change change_of(ChangeKind kind, const Record& record) {
  Change change{.kind = kind, .record = record.kind, .person = record.person};
  change.origin = record.origin;
  change.staff_id = value_of(record, "staff_id");
  for (const char* field : {"date", "month", "exit_date", "document_date"})
    if (change.when.empty() && record.kind != RecordKind::Participants) change.when = value_of(record, field);
  return change;
}

// What a row that comes or goes whole is first of all about.
std::string_view telling_field(RecordKind kind) {
  switch (kind) {
    case RecordKind::StaffTime: return "hours";
    case RecordKind::Results: return "status_after";
    case RecordKind::Evidence: return "document_type";
    case RecordKind::Participants:
    case RecordKind::Attendance: break;
  }
  return {};
}

// A row of results that comes or goes may move the last day of the stay: windows and ages of results move with it, so the old
// day is told beside the row.
void tell_moved_exits(Difference& found, std::span<const Record> before, std::span<const Record> after) {
  std::set<std::uint32_t> persons;
  for (const Change& change : found.changes)
    if (change.record == RecordKind::Results && change.kind != ChangeKind::Changed) persons.insert(change.person);
  if (persons.empty()) return;
  auto before_of = stays_of(before, persons);
  for (const auto& [person, are] : stays_of(after, persons)) {
    const std::vector<Stay>& were = before_of[person];
    for (const Stay& stay : are) {
      const auto was = std::find_if(were.begin(), were.end(), [&](const Stay& one) {
        return one.entered && stay.entered ? one.entered->value == stay.entered->value : were.size() == 1 && are.size() == 1;
      });
      if (was == were.end()) continue;
      const Fact<Date> old = was->exit(), now = stay.exit();
      if (!old || !now || old->value == now->value) continue;
      Change moved{.kind = ChangeKind::Changed, .record = RecordKind::Results, .person = person, .when = now->value.iso()};
      moved.field = "exit_date", moved.before = old->value.iso(), moved.after = now->value.iso(), moved.origin = now->origin;
      found.changes.push_back(std::move(moved));
      found.count(ChangeKind::Changed);
    }
  }
}

Change change_of(ChangeKind kind, const TimeRecord& time) {
  Change change{.kind = kind, .record = RecordKind::Attendance, .person = time.person};
  const std::string day = Date::of_days(time.day).iso();
  change.when = time.flags & TimeMonthly ? day.substr(0, 7) : day;
  change.start = time.start;
  change.activity = time.activity;
  change.field = "minutes";
  change.origin = time.origin;
  return change;
}

void by_person(std::vector<Change>& changes) {
  std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
    return std::tie(a.record, a.person) < std::tie(b.record, b.person);
  });
}

// Times sorted by key, and what several rows of one key say together.
std::vector<const TimeRecord*> sorted(std::span<const TimeRecord> times) {
  std::vector<const TimeRecord*> order;
  order.reserve(times.size());
  for (const TimeRecord& time : times) order.push_back(&time);
  const auto less = [](const TimeRecord* a, const TimeRecord* b) { return said_by(*a) < said_by(*b); };
  if (!std::is_sorted(order.begin(), order.end(), less)) std::sort(order.begin(), order.end(), less);
  return order;
}
using Order = std::vector<const TimeRecord*>;
std::size_t end_of_key(const Order& order, std::size_t from) {
  std::size_t to = from;
  while (to < order.size() && key_of(*order[to]) == key_of(*order[from])) ++to;
  return to;
}
std::string said(const Order& order, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) {
    text += (text.empty() ? "" : " + ") + std::to_string(order[i]->minutes);
    if (order[i]->flags & TimeAbsent) text += order[i]->flags & TimeExcused ? " excused" : " absent";
  }
  return text;
}
}  // namespace

std::string_view name_of(ChangeKind kind) {
  static constexpr std::string_view names[] = {"new", "changed", "gone", "missing"};
  return names[static_cast<std::size_t>(kind)];
}

void Difference::count(ChangeKind kind) {
  ++(kind == ChangeKind::New       ? new_facts
     : kind == ChangeKind::Changed ? changed_facts
     : kind == ChangeKind::Gone    ? gone_facts
                                   : missing_facts);
}

std::string key_of(const Record& record) {
  std::string key = std::to_string(static_cast<int>(record.kind)) + "\t" + std::to_string(record.person) + "\t";
  switch (record.kind) {
    case RecordKind::Participants:
      return key;
    case RecordKind::Results:
      return key + value_of(record, "exit_date");
    case RecordKind::Evidence:
      return key + value_of(record, "criterion") + "\t" + value_of(record, "document_type") + "\t" +
             value_of(record, "document_date") + "\t" + value_of(record, "reference");
    case RecordKind::StaffTime: {
      const StaffRowKey of = StaffRowKey::of(record);
      return key + of.who.employer + "\t" + of.who.staff_id + "\t" + of.when + (of.from_midnight ? " 00:00\t" : "\t") + of.activity;
    }
    case RecordKind::Attendance:
      return key + value_of(record, "staff_id") + "\t" + value_of(record, "date") + value_of(record, "month") + "\t" +
             value_of(record, "activity");
  }
  return key;
}

TimeKey key_of(const TimeRecord& time) { return {time.person, time.day, time.start, time.activity, (time.flags & TimeMonthly) != 0}; }

Period period_of_sum(const TimeRecord& sum) {
  const Date first = Date::of_days(sum.day);
  return {first, first.day() == 1 ? Month::containing(first).last() : first.plus_days(6)};
}

Difference difference(std::span<const Record> before, std::span<const Record> after) {
  Difference found;
  const Spells old_rows = spells_by_key(before), new_rows = spells_by_key(after);
  static const std::vector<Row> none;
  // Where there are several spells, the entry says which of them.
  const auto change = [&](ChangeKind kind, const Row& row, bool several) {
    Change made = change_of(kind, *row.latest);
    if (several && row.latest->kind == RecordKind::Participants) made.when = entry_of(row);
    return made;
  };
  const auto compare = [&](const Row* was, const Row* is, bool several) {
    if (!was || !is) {
      const ChangeKind kind = is ? ChangeKind::New : ChangeKind::Gone;
      const Row& row = is ? *is : *was;
      Change made = change(kind, row, several);
      if (const auto told = row.fields.find(std::string(telling_field(row.latest->kind))); told != row.fields.end()) {
        made.field = told->first;
        (is ? made.after : made.before) = told->second.value;
      }
      found.changes.push_back(std::move(made));
      return found.count(kind);
    }
    bool changed = false;
    const auto differs = [&](const std::string& field, const std::string& old, const std::string& now, const Origin& origin) {
      Change made = change(ChangeKind::Changed, *is, several);
      made.field = field, made.before = old, made.after = now, made.origin = origin;
      found.changes.push_back(std::move(made));
      changed = true;
    };
    for (const auto& [field, held] : is->fields) {
      const auto old = was->fields.find(field);
      if (old == was->fields.end())
        differs(field, "", held.value, held.origin);
      else if (old->second.value != held.value)
        differs(field, old->second.value, held.value, held.origin);
    }
    for (const auto& [field, held] : was->fields)
      if (!is->fields.contains(field)) differs(field, held.value, "", held.origin);
    if (changed) found.count(ChangeKind::Changed);
  };
  const auto compare_all = [&](const std::vector<Row>& old, const std::vector<Row>& now) {
    const bool several = old.size() > 1 || now.size() > 1;
    const bool staff = (old.empty() ? now : old).front().latest->kind == RecordKind::StaffTime;
    for (const auto& [was, is] : staff ? paired_staff(old, now) : paired(old, now)) compare(was, is, several);
  };
  for (const auto& [key, now] : new_rows) {
    const auto old = old_rows.find(key);
    compare_all(old == old_rows.end() ? none : old->second, now);
  }
  for (const auto& [key, old] : old_rows)
    if (!new_rows.contains(key)) compare_all(old, none);
  tell_moved_exits(found, before, after);
  by_person(found.changes);
  return found;
}

Difference difference(std::span<const TimeRecord> before, std::span<const TimeRecord> after) {
  Difference found;
  const Order old_times = sorted(before), new_times = sorted(after);
  std::size_t o = 0, n = 0;
  while (o < old_times.size() || n < new_times.size()) {
    const bool old_first = n == new_times.size() || (o < old_times.size() && key_of(*old_times[o]) < key_of(*new_times[n]));
    const bool new_first = o == old_times.size() || (n < new_times.size() && key_of(*new_times[n]) < key_of(*old_times[o]));
    const std::size_t o_end = new_first ? o : end_of_key(old_times, o), n_end = old_first ? n : end_of_key(new_times, n);
    const bool unchanged =
        o_end - o == n_end - n &&
        std::equal(old_times.begin() + static_cast<std::ptrdiff_t>(o), old_times.begin() + static_cast<std::ptrdiff_t>(o_end),
                   new_times.begin() + static_cast<std::ptrdiff_t>(n),
                   [](const auto* a, const auto* b) { return said_by(*a) == said_by(*b); });
    if (!unchanged) {
      const ChangeKind kind = old_first ? ChangeKind::Gone : new_first ? ChangeKind::New : ChangeKind::Changed;
      Change change = change_of(kind, old_first ? *old_times[o] : *new_times[n]);
      change.before = said(old_times, o, o_end);
      change.after = said(new_times, n, n_end);
      found.changes.push_back(std::move(change));
      found.count(kind);
    }
    o = o_end, n = n_end;
  }
  return found;
}

Difference missing(RecordKind kind, std::span<const Record> stored, std::span<const Record> in_file, std::span<const std::uint32_t> unread) {
  Difference found;
  if (kind != RecordKind::Participants) return found;
  std::set<std::uint32_t> present(unread.begin(), unread.end());
  std::set<std::string> subprojects;
  for (const Record& record : in_file) {
    present.insert(record.person);
    if (const std::string* subproject = record.find("subproject")) subprojects.insert(*subproject);
  }
  std::map<std::uint32_t, std::vector<const Record*>> of_person;
  for (const Record& record : stored)
    if (!present.contains(record.person)) of_person[record.person].push_back(&record);
  // Who has left and come back is here: the last stay tells.
  const auto has_left = [&](std::uint32_t person) {
    auto& rows = of_person[person];
    std::stable_sort(rows.begin(), rows.end(), [](const Record* a, const Record* b) { return known_before(*a, *b); });
    return stays_of(rows).back().exit().has_value();
  };
  for (const auto& [key, row] : rows_by_key(stored)) {
    if (row.latest->kind != RecordKind::Participants || present.contains(row.latest->person)) continue;
    if (has_left(row.latest->person)) continue;
    const auto subproject = row.fields.find("subproject");
    const std::string theirs = subproject == row.fields.end() ? std::string() : subproject->second.value;
    if (!subprojects.empty() && !subprojects.contains(theirs)) continue;
    found.changes.push_back(change_of(ChangeKind::Missing, *row.latest));
    found.count(ChangeKind::Missing);
  }
  by_person(found.changes);
  return found;
}

Difference missing(std::span<const TimeRecord> stored, std::span<const TimeRecord> in_file, const std::optional<Period>& days,
                   std::span<const std::uint32_t> unread) {
  Difference found;
  const std::set<std::uint32_t> in_unread_rows(unread.begin(), unread.end());
  const auto month_of = [](const TimeRecord& time) {
    return std::pair(time.person, Month::containing(Date::of_days(time.day)).number());
  };
  std::vector<std::pair<std::uint32_t, int>> covered;
  covered.reserve(in_file.size());
  for (const TimeRecord& time : in_file)
    if (const auto month = month_of(time); covered.empty() || covered.back() != month) covered.push_back(month);
  std::sort(covered.begin(), covered.end());
  covered.erase(std::unique(covered.begin(), covered.end()), covered.end());
  const Order here = sorted(in_file), there = sorted(stored);
  // What is after midnight belongs to the row of the evening: stated with it, or missing with it, whatever its own month is.
  std::map<const TimeRecord*, const TimeRecord*> evening_of;
  for (const auto& [evening, morning] : nights_in(there)) evening_of.emplace(morning, evening);
  const auto stated = [&](const TimeRecord& time) {
    const auto at = std::lower_bound(here.begin(), here.end(), key_of(time), [](const TimeRecord* a, const TimeKey& b) { return key_of(*a) < b; });
    return at != here.end() && key_of(**at) == key_of(time);
  };
  std::size_t h = 0;
  for (std::size_t t = 0; t < there.size();) {
    const std::size_t end = end_of_key(there, t);
    while (h < here.size() && key_of(*here[h]) < key_of(*there[t])) ++h;
    const auto evening = evening_of.find(there[t]);
    const TimeRecord& row = evening == evening_of.end() ? *there[t] : *evening->second;
    const bool in = (h < here.size() && key_of(*here[h]) == key_of(*there[t])) || (&row != there[t] && stated(row));
    const bool may_be_said = !days || days->contains(Date::of_days(row.day));
    if (!in && may_be_said && !in_unread_rows.contains(row.person) && std::binary_search(covered.begin(), covered.end(), month_of(row))) {
      Change change = change_of(ChangeKind::Missing, *there[t]);
      change.before = said(there, t, end);
      found.changes.push_back(std::move(change));
      found.count(ChangeKind::Missing);
    }
    t = end;
  }
  return found;
}

}  // namespace horisont
