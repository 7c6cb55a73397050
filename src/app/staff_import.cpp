#include "app/staff_import.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/cases/staff_rows.h"
#include "edge/import/values.h"

namespace horisont {
namespace {

std::string text(const Record& record, std::string_view field) {
  const std::string* value = record.find(field);
  return value ? *value : std::string();
}

// A row of the file or of the store as it is held against others.
struct Held {
  const Record* record;
  StaffRowKey key;
  Month month;
  std::int64_t minutes;
  bool in_file;
  bool beside = false;  // of another file of the same import

  bool is_total() const { return key.when.size() == 7; }
  bool is_time() const { return minutes > 0 && text(*record, "absence").empty() && text(*record, "fixed_share_document").empty(); }
  bool may_be_one_activity(const Held& other) const {
    return key.activity == other.key.activity || key.activity.empty() || other.key.activity.empty();
  }
};

std::optional<Held> held(const Record& record, bool in_file) {
  StaffRowKey key = StaffRowKey::of(record);
  const auto month = Month::parse(key.when.substr(0, 7));
  if (!month) return std::nullopt;
  std::int64_t minutes = 0;
  for (const char c : text(record, "hours")) minutes = c >= '0' && c <= '9' && minutes < 10'000'000 ? minutes * 10 + (c - '0') : minutes;
  return Held{&record, std::move(key), *month, minutes, in_file};
}

class StaffHolder {
 public:
  StaffHolder(const std::vector<Record>& stored, std::span<const std::uint32_t> beside, ImportDraft& draft) : draft_(draft), beside_(beside) {
    for (const Record* record : standing_staff_time(stored)) take(*record, false);
    for (const Record& record : draft.records) take(record, true);
  }

  void hold() {
    for (const auto& [number, rows] : by_number_) {
      employers(rows);
      for (const Held& row : rows) {
        if (!row.in_file || dropped_.contains(row.record)) continue;
        if (row.is_time()) total_or_days(row, rows);
        if (dropped_.contains(row.record)) continue;
        other_function(row, rows);
        if (row.is_time()) other_activity(row, rows);
      }
    }
    drop();
  }

 private:
  void take(const Record& record, bool in_file) {
    auto row = held(record, in_file);
    if (!row) return;
    row->beside = !in_file && std::find(beside_.begin(), beside_.end(), record.origin.import) != beside_.end();
    by_number_[row->key.who.staff_id].push_back(std::move(*row));
  }

  // Once for each key; the row it is told of is not read in unless it is only told.
  void tell(const Held& row, const char* code, Level level, const std::string& once, std::vector<std::string> values) {
    if (!told_.insert(std::string(code) + "\n" + once).second) return;
    Finding finding{.code = code, .level = level, .values = std::move(values)};
    finding.place.file = draft_.file_name, finding.place.sheet = draft_.sheets[row.record->origin.sheet];
    finding.place.row = row.record->origin.row;
    draft_.findings.push_back(std::move(finding));
  }

  // A number without employer may be any of them: as two people it would have two days and two years.
  void employers(const std::vector<Held>& rows) {
    std::map<std::string, const Held*> named;  // the first of each employer
    const Held* stored_without = nullptr;
    for (const Held& row : rows) {
      if (!row.key.who.employer.empty()) named.try_emplace(row.key.who.employer, &row);
      if (row.key.who.employer.empty() && !row.in_file) stored_without = &row;
    }
    for (const Held& row : rows) {
      const bool without = row.key.who.employer.empty();
      if (!row.in_file || named.empty() || (!without && !stored_without)) continue;
      tell(row, "staff.employer-missing", Level::Error, row.key.who.staff_id,
           {text(*row.record, "staff_id"), text(*named.begin()->second->record, "employer")});
      dropped_.emplace(row.record, true);
    }
    for (auto one = named.begin(); one != named.end(); ++one)
      for (auto other = std::next(one); other != named.end(); ++other) {
        const Held& later = other->second->in_file ? *other->second : *one->second;
        const std::string name = text(*one->second->record, "name");
        if (!later.in_file || name.empty() || plain_word(name) != plain_word(text(*other->second->record, "name"))) continue;
        tell(later, "staff.two-employers", Level::Warning, one->first + "\n" + other->first + "\n" + later.key.who.staff_id,
             {text(*later.record, "staff_id"), text(*one->second->record, "employer"), text(*other->second->record, "employer")});
      }
  }

  void total_or_days(const Held& row, const std::vector<Held>& rows) {
    const auto same_time = [&](const Held& other) {
      return other.key.who == row.key.who && other.month == row.month && other.is_time() && row.may_be_one_activity(other);
    };
    if (row.is_total()) {
      std::int64_t days = 0, stated = 0;
      for (const Held& other : rows) {
        if (same_time(other) && !other.is_total()) days += other.minutes;
        if (other.in_file && other.is_total() && other.key == row.key && other.is_time()) stated += other.minutes;
      }
      if (days == 0) return;
      const bool agrees = stated / 60 == days / 60;
      tell(row, agrees ? "attendance.month-agrees" : "attendance.month-differs", agrees ? Level::Notice : Level::Error,
           key_text(row), {row.month.iso(), hours_text(stated), hours_text(days)});
      dropped_.emplace(row.record, !agrees);
      return;
    }
    for (const Held& other : rows)
      if (!other.in_file && other.is_total() && same_time(other)) {
        tell(row, "attendance.sum-stored", Level::Error, key_text(other),
             {row.month.iso(), hours_text(other.minutes), "I-" + std::to_string(other.record->origin.import)});
        dropped_.emplace(row.record, true);
        return;
      }
  }

  // A function that is new to the key takes the place of the stored ones that the file does not have.
  void other_function(const Held& row, const std::vector<Held>& rows) {
    std::set<std::string_view> before, now;
    for (const Held& other : rows)
      if (other.key == row.key && other.minutes > 0) (other.in_file ? now : before).insert(function_of(other));
    if (before.empty() || before.contains("") || now.contains("") || speaks_of_parts(before, now)) return;
    for (const Held& other : rows)
      if (!other.in_file && other.key == row.key && other.minutes > 0 && !now.contains(function_of(other)))
        tell(row, "staff.other-function", Level::Warning, key_text(row),
             {row.key.when, hours_text(other.minutes), "I-" + std::to_string(other.record->origin.import)});
  }
  static std::string_view function_of(const Held& row) {
    const std::string* function = row.record->find("function");
    return function ? std::string_view(*function) : std::string_view();
  }

  // Another activity of the day than the stored one, which the file is silent of: corrected, or additional? Times of the day that
  // are apart say that it is additional; a file that has both says so, too.
  void other_activity(const Held& row, const std::vector<Held>& rows) {
    const auto same_day = [&](const Held& other) { return other.key.who == row.key.who && other.key.when == row.key.when; };
    if (std::any_of(rows.begin(), rows.end(), [&](const Held& other) { return !other.in_file && other.key == row.key; })) return;
    for (const Held& other : rows) {
      if (other.in_file || other.beside || !same_day(other) || !other.is_time() || other.key.activity == row.key.activity || apart(other, row)) continue;
      const bool in_both = std::any_of(rows.begin(), rows.end(), [&](const Held& each) { return each.in_file && each.key == other.key; });
      if (in_both) continue;
      tell(row, "staff.other-activity", Level::Error, key_text(row),
           {row.key.when, hours_text(other.minutes), "I-" + std::to_string(other.record->origin.import), activity_text(other)});
      dropped_.emplace(row.record, true);
      return;
    }
  }
  static std::string activity_text(const Held& row) {
    const std::string activity = text(*row.record, "activity");
    return activity.empty() ? "\u2013" : activity;
  }
  // Clock times compare as they are written.
  static bool apart(const Held& a, const Held& b) {
    const std::string from_a = text(*a.record, "start_time"), to_a = text(*a.record, "end_time");
    const std::string from_b = text(*b.record, "start_time"), to_b = text(*b.record, "end_time");
    return !from_a.empty() && !to_a.empty() && !from_b.empty() && !to_b.empty() && (to_a <= from_b || to_b <= from_a);
  }

  static std::string key_text(const Held& row) {
    return row.key.who.employer + "\n" + row.key.who.staff_id + "\n" + row.key.when + "\n" + row.key.activity;
  }

  void drop() {
    if (dropped_.empty()) return;
    std::map<std::pair<std::uint16_t, std::uint32_t>, bool> rows;  // of which something is not read in; whether that is an error
    std::vector<Record> kept;
    for (Record& record : draft_.records) {
      const auto found = dropped_.find(&record);
      if (found == dropped_.end()) {
        kept.push_back(std::move(record));
        continue;
      }
      bool& error = rows[{record.origin.sheet, record.origin.row}];
      error = error || found->second;
      if (const auto row = held(record, true)) draft_.minutes_seen -= row->minutes;
    }
    draft_.records = std::move(kept);
    for (const Record& record : draft_.records) rows.erase({record.origin.sheet, record.origin.row});  // something of the row stays
    for (const auto& [row, error] : rows) --draft_.rows_read, ++(error ? draft_.rows_refused : draft_.rows_left_out);
  }

  ImportDraft& draft_;
  std::span<const std::uint32_t> beside_;
  std::map<std::string, std::vector<Held>> by_number_;
  std::map<const Record*, bool> dropped_;  // whether that is an error
  std::set<std::string> told_;
};

}  // namespace

void hold_staff_against_stored(const Store& store, const std::string& project, ImportDraft& draft, std::span<const std::uint32_t> beside) {
  if (draft.kind != RecordKind::StaffTime || draft.records.empty()) return;
  const std::vector<Record> stored = store.records(project, {}, {}, Store::Wanted{.persons = {}, .of_everybody = RecordKind::StaffTime});
  StaffHolder(stored, beside, draft).hold();
}

void tell_what_cannot_be_funded(const ProjectTerms& project, const ProgrammeTerms& programme, ImportDraft& draft) {
  if (draft.kind != RecordKind::StaffTime) return;
  struct Seen {
    const Record* first = nullptr;
    std::int64_t rows = 0;
  };
  std::map<std::string, Seen> activities;
  Seen outside, unsigned_rows;
  const Period operation = project.grants.empty() ? Period{Date::of_days(0), std::nullopt} : project.operation();
  const auto count = [](Seen& seen, const Record& record) {
    if (!seen.first) seen.first = &record;
    ++seen.rows;
  };
  for (const Record& record : draft.records) {
    const auto row = held(record, true);
    if (!row || !row->is_time()) continue;
    const auto day = row->is_total() ? std::nullopt : std::optional(Date::parse(row->key.when));
    const Period when = day && *day ? Period{**day, **day} : Period{row->month.first(), row->month.last()};
    if (!project.has_staff_activity(text(record, "activity"))) count(activities[text(record, "activity")], record);
    if (!project.grants.empty() && !operation.touches(when)) count(outside, record);
    const auto* asked = programme.staff_signature.on(*when.last);
    const bool approved = !asked || asked->value != "person_and_approver" || !text(record, "approved_on").empty();
    if (asked && (text(record, "signed_on").empty() || !approved)) count(unsigned_rows, record);
  }
  const auto tell = [&](const char* code, Level level, const Seen& seen, std::vector<std::string> values) {
    Finding finding{.code = code, .level = level, .values = std::move(values)};
    finding.place.file = draft.file_name, finding.place.sheet = draft.sheets[seen.first->origin.sheet];
    finding.place.row = seen.first->origin.row;
    draft.findings.push_back(std::move(finding));
  };
  std::string known;
  for (const std::string& one : project.staff_activities) known += (known.empty() ? "" : ", ") + one;
  for (const auto& [activity, seen] : activities)
    tell("staff.activity-not-funded", Level::Warning, seen, {std::to_string(seen.rows), activity.empty() ? "\u2013" : activity, known});
  if (outside.first)
    tell("staff.outside-project", Level::Warning, outside,
         {std::to_string(outside.rows), operation.first.iso(), operation.last ? operation.last->iso() : ""});
  if (unsigned_rows.first) tell("staff.not-signed-yet", Level::Notice, unsigned_rows, {std::to_string(unsigned_rows.rows)});
}

void tell_whose_share_is_not_known(const Store& store, const std::string& project, const ProgrammeTerms& programme, ImportDraft& draft) {
  if (draft.kind != RecordKind::StaffTime) return;
  std::map<StaffWho, Month> since;  // the first month for which a share is stated
  const auto stated = [&](const Held& row) {
    if (text(*row.record, "employment_share").empty()) return;
    const auto [found, added] = since.try_emplace(row.key.who, row.month);
    if (!added) found->second = std::min(found->second, row.month);
  };
  std::vector<Held> rows;
  for (const Record& record : draft.records)
    if (auto row = held(record, true)) {
      stated(*row);
      if (row->is_time() && programme.staff_year_cap.on(row->month.last())) rows.push_back(std::move(*row));
    }
  const auto is_known = [&](const Held& row) {
    const auto found = since.find(row.key.who);
    return found != since.end() && found->second <= row.month;
  };
  if (std::all_of(rows.begin(), rows.end(), is_known)) return;
  const std::vector<Record> stored = store.records(project, {}, {}, Store::Wanted{.persons = {}, .of_everybody = RecordKind::StaffTime});
  for (const Record* record : standing_staff_time(stored))
    if (const auto row = held(*record, false)) stated(*row);
  std::erase_if(rows, is_known);
  std::map<StaffWho, std::vector<const Held*>> whose;
  for (const Held& row : rows) whose[row.key.who].push_back(&row);
  for (const auto& [who, all] : whose) {
    const Record& first = *all.front()->record;
    const std::string employer = text(first, "employer");
    Finding finding{.code = "staff.no-employment-share",
                    .level = Level::Warning,
                    .values = {text(first, "staff_id"), employer.empty() ? "\u2013" : employer, std::to_string(all.size()),
                               all.front()->month.iso()}};
    finding.place.file = draft.file_name, finding.place.sheet = draft.sheets[first.origin.sheet];
    finding.place.row = first.origin.row;
    draft.findings.push_back(std::move(finding));
  }
}

}  // namespace horisont
