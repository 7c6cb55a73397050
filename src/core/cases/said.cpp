#include "core/cases/said.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include "core/cases/staff_rows.h"
#include "core/cases/stays.h"

namespace horisont {
namespace {

// What the rows of participants say last, field by field. The words are the rows' own. A person has a dozen fields: looking
// through them is faster than a map of a million names.
class LatestFields {
 public:
  std::string_view& of(std::uint32_t person, std::string_view field) {
    if (person >= by_person_.size()) by_person_.resize(std::size_t{person} + 1);
    auto& fields = by_person_[person];
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& known) { return known.first == field; });
    return found != fields.end() ? found->second : fields.emplace_back(field, std::string_view{}).second;
  }

 private:
  std::vector<std::vector<std::pair<std::string_view, std::string_view>>> by_person_;
};

// Who has rows with different entry dates: what such a row says is compared with what is known of its own stay, so that two
// spells read in again change nothing.
class SeveralSpells {
 public:
  SeveralSpells(std::span<const Record* const> stored, std::span<const Record> incoming) {
    std::unordered_map<std::uint32_t, std::string_view> entries;
    const auto look_at = [&](const Record& record) {
      const std::string* entry = record.kind == RecordKind::Participants ? record.find("entry_date") : nullptr;
      if (!entry) return;
      const auto [known, fresh] = entries.try_emplace(record.person, *entry);
      if (!fresh && known->second != *entry) rows_[record.person];
    };
    for (const Record* record : stored) look_at(*record);
    for (const Record& record : incoming) look_at(record);
    if (rows_.empty()) return;
    for (const Record* record : stored)
      if (const auto of = rows_.find(record->person); of != rows_.end()) of->second.push_back(record);
    for (auto& [person, rows] : rows_) in_order(rows);
  }
  bool has(std::uint32_t person) const { return rows_.contains(person); }
  bool knows(std::uint32_t person) const { return !rows_.at(person).empty(); }
  // Takes the row in when it says anything new.
  bool says_already(const Record& record) {
    std::vector<const Record*> rows = rows_.at(record.person);
    rows.push_back(&record);
    in_order(rows);
    bool same = false;
    for (const Stay& stay : stays_of(rows)) {
      if (std::find(stay.rows.begin(), stay.rows.end(), &record) == stay.rows.end()) continue;
      same = std::all_of(record.values.begin(), record.values.end(), [&](const FieldValue& value) {
        const std::string* latest = nullptr;
        for (const Record* row : stay.rows)
          if (row != &record)
            if (const std::string* text = row->find(value.field)) latest = text;
        return latest && *latest == value.value;
      });
    }
    if (!same) rows_[record.person] = std::move(rows);
    return same;
  }

 private:
  static void in_order(std::vector<const Record*>& rows) {
    std::stable_sort(rows.begin(), rows.end(), [](const Record* a, const Record* b) { return known_before(*a, *b); });
  }
  std::unordered_map<std::uint32_t, std::vector<const Record*>> rows_;
};

// Staff time is held against what is stored key by key, as attendance is: if a file says of a key exactly what holds, nothing is
// new; if it says something else, all its rows of that key are stored, so that they hold together.
class StaffGroups {
 public:
  StaffGroups(std::span<const Record* const> stored, std::span<const Record> incoming) {
    const bool any = std::any_of(incoming.begin(), incoming.end(), [](const Record& r) { return r.kind == RecordKind::StaffTime; });
    if (!any) return;
    for (const Record* record : standing_staff_time(stored)) known_[StaffRowKey::of(*record)][function_of(*record)].insert(said_by(*record));
    for (const Record& record : incoming)
      if (record.kind == RecordKind::StaffTime) told_[StaffRowKey::of(record)][function_of(record)].insert(said_by(record));
  }
  KnownRecords::News news(const Record& record) const {
    const auto key = StaffRowKey::of(record);
    const auto known = known_.find(key);
    if (known == known_.end()) return KnownRecords::News::New;
    const auto& told = told_.at(key);
    const std::string function = function_of(record);
    const bool same = speaks_of_parts(functions(known->second), functions(told)) ? known->second.at(function) == told.at(function)
                                                                                 : known->second == told;
    return same ? KnownRecords::News::None : KnownRecords::News::Changed;
  }

 private:
  using ByFunction = std::map<std::string, std::multiset<std::string>>;
  static std::string function_of(const Record& record) {
    const std::string* function = record.find("function");
    return function ? *function : std::string();
  }
  static std::set<std::string_view> functions(const ByFunction& rows) {
    std::set<std::string_view> all;
    for (const auto& [function, said] : rows) all.insert(function);
    return all;
  }
  std::map<StaffRowKey, ByFunction> known_, told_;
};

}  // namespace

std::string said_by(const Record& record) {
  std::vector<std::string> lines;
  for (const FieldValue& value : record.values) lines.push_back(value.field + "\t" + value.value);
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

struct KnownRecords::Parts {
  SeveralSpells several;
  LatestFields fields;
  std::unordered_map<std::string, std::string> latest;
  StaffGroups staff;
};

KnownRecords::KnownRecords(std::span<const Record* const> stored, std::span<const Record> incoming)
    : parts_(new Parts{.several = {stored, incoming}, .fields = {}, .latest = {}, .staff = {stored, incoming}}) {
  for (const Record* record : stored) {
    if (record->kind == RecordKind::Participants)
      for (const FieldValue& value : record->values) parts_->fields.of(record->person, value.field) = value.value;
    else if (record->kind != RecordKind::StaffTime)
      parts_->latest[key_of(*record)] = said_by(*record);
  }
}
KnownRecords::~KnownRecords() = default;

KnownRecords::News KnownRecords::take(const Record& record) {
  if (record.kind == RecordKind::StaffTime) return parts_->staff.news(record);
  bool known = false, same = true;
  if (record.kind != RecordKind::Participants) {
    std::string says = said_by(record);
    const auto [before, is_new] = parts_->latest.try_emplace(key_of(record), says);
    known = !is_new;
    same = before->second == says;
    before->second = std::move(says);
  } else if (parts_->several.has(record.person)) {
    known = parts_->several.knows(record.person);
    same = parts_->several.says_already(record);
  } else {
    for (const FieldValue& value : record.values) {
      std::string_view& before = parts_->fields.of(record.person, value.field);
      known = known || !before.empty();
      same = same && before == value.value;
      before = value.value;
    }
  }
  return !known ? News::New : same ? News::None : News::Changed;
}

std::vector<Night> nights_in(std::span<const TimeRecord* const> times) {
  std::vector<Night> nights;
  for (const TimeRecord* evening : times) {
    if (evening->end != 24 * 60) continue;
    const TimeKey key{evening->person, evening->day + 1, 0, evening->activity};
    auto at = std::lower_bound(times.begin(), times.end(), key, [](const TimeRecord* a, const TimeKey& b) { return key_of(*a) < b; });
    for (; at != times.end() && key_of(**at) == key; ++at)
      if (is_rest_of(**at, *evening)) nights.emplace_back(evening, *at);
  }
  return nights;
}

}  // namespace horisont
