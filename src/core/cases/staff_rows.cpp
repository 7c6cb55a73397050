#include "core/cases/staff_rows.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/cases/stays.h"
#include "core/cases/terms.h"

namespace horisont {
namespace {

std::string_view text(const Record& record, std::string_view field) {
  const std::string* value = record.find(field);
  return value ? std::string_view(*value) : std::string_view();
}

// Rows of one key in the order of their imports; see standing_staff_time.
std::vector<const Record*> standing_of_key(std::span<const Record* const> ordered) {
  std::vector<const Record*> standing;
  for (std::size_t from = 0, to = 0; from < ordered.size(); from = to) {
    std::set<std::string_view> before, now;
    for (const Record* earlier : standing) before.insert(text(*earlier, "function"));
    for (; to < ordered.size() && ordered[to]->origin.import == ordered[from]->origin.import; ++to) now.insert(text(*ordered[to], "function"));
    const bool of_parts = speaks_of_parts(before, now);
    std::erase_if(standing, [&](const Record* earlier) { return !of_parts || now.contains(text(*earlier, "function")); });
    standing.insert(standing.end(), ordered.begin() + static_cast<std::ptrdiff_t>(from), ordered.begin() + static_cast<std::ptrdiff_t>(to));
  }
  return standing;
}

}  // namespace

bool speaks_of_parts(const std::set<std::string_view>& before, const std::set<std::string_view>& now) {
  return !before.contains("") && !now.contains("") && std::includes(before.begin(), before.end(), now.begin(), now.end());
}

std::string staff_number_key(std::string_view number) {
  std::string key = plain_word(number);
  // Spreadsheets drop the zeros in front of a number.
  if (key.find_first_not_of("0123456789") == key.npos) key.erase(0, std::min(key.find_first_not_of('0'), key.size()));
  return key;
}

StaffWho StaffWho::of(std::string_view employer, std::string_view staff_id) {
  return {plain_word(employer), staff_number_key(staff_id)};
}

StaffRowKey StaffRowKey::of(const Record& record) {
  const std::string_view day = text(record, "date");
  return {StaffWho::of(text(record, "employer"), text(record, "staff_id")), std::string(day.empty() ? text(record, "month") : day),
          plain_word(text(record, "activity")), text(record, "start_time") == "00:00"};
}

std::string staff_said_alike(const Record& record) {
  std::vector<std::string> lines;
  for (const FieldValue& value : record.values)
    lines.push_back(value.field + "\t" + (value.field == "staff_id" ? staff_number_key(value.value) : plain_word(value.value)));
  std::sort(lines.begin(), lines.end());
  std::string said;
  for (const std::string& line : lines) said += line + "\n";
  return said;
}

std::vector<const Record*> standing_staff_time(std::span<const Record* const> records) {
  std::vector<const Record*> ordered;
  for (const Record* record : records)
    if (record->kind == RecordKind::StaffTime) ordered.push_back(record);
  const auto in_order = [](const Record* a, const Record* b) { return known_before(*a, *b); };
  std::stable_sort(ordered.begin(), ordered.end(), in_order);
  std::map<StaffRowKey, std::vector<const Record*>> rows;
  for (const Record* record : ordered) rows[StaffRowKey::of(*record)].push_back(record);
  for (auto& [key, of_key] : rows) of_key = standing_of_key(of_key);
  std::vector<const Record*> standing;
  for (const auto& [key, of_key] : rows) standing.insert(standing.end(), of_key.begin(), of_key.end());
  std::stable_sort(standing.begin(), standing.end(), in_order);
  return standing;
}

std::vector<const Record*> standing_staff_time(std::span<const Record> records) {
  std::vector<const Record*> all;
  for (const Record& record : records)
    if (record.kind == RecordKind::StaffTime) all.push_back(&record);
  return standing_staff_time(all);
}

}  // namespace horisont
