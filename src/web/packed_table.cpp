#include "web/packed_table.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "core/cases/record.h"

namespace horisont::web {
namespace {

constexpr std::uint32_t no_text = 0x8000'0000, nobody = 0xFFFF'FFFF;

// Two values have the same key exactly when they are the same.
std::string key_of(const Table::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return "s" + *text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return "n" + std::to_string(*number);
  if (const auto* word = std::get_if<Table::Word>(&value))
    return "w" + word->key + '\0' + word->shown.sv + '\0' + word->shown.en;
  if (const auto* number = std::get_if<Table::Number>(&value))
    return "a" + std::to_string(number->value) + '\0' + number->shown.sv + '\0' + number->shown.en;
  const Message& message = std::get<Message>(value);
  std::string key = "m" + message.id;
  for (const std::string& one : message.values) key += '\0' + std::to_string(one.size()) + '\0' + one;
  return key;
}

}  // namespace

PackedTable::PackedTable(Table&& table) : rows_(table.rows.size()), columns_(table.columns.size()) {
  for (std::size_t i = 0; i < columns_.size(); ++i) pack(columns_[i], table.rows, i);
  std::vector<std::vector<Table::Value>>().swap(table.rows);
  head_ = std::move(table);
}

void PackedTable::pack(Column& column, std::vector<std::vector<Table::Value>>& rows, std::size_t i) const {
  if (std::all_of(rows.begin(), rows.end(), [&](const auto& row) {
        const auto* number = std::get_if<std::int64_t>(&row[i]);
        return number && *number == static_cast<std::int32_t>(*number);
      })) {
    column.numbers.reserve(rows.size());
    for (const auto& row : rows) column.numbers.push_back(static_cast<std::int32_t>(std::get<std::int64_t>(row[i])));
    return;
  }
  column.which.reserve(rows.size());
  std::unordered_map<std::string, std::uint32_t> known;
  for (auto& row : rows) {
    const auto* text = std::get_if<std::string>(&row[i]);
    const std::uint32_t next =
        text ? static_cast<std::uint32_t>(column.ends.size()) : static_cast<std::uint32_t>(column.others.size()) | no_text;
    const auto [found, added] = known.emplace(key_of(row[i]), next);
    column.which.push_back(found->second);
    if (!added) continue;
    if (text) {
      column.texts += *text;
      column.ends.push_back(static_cast<std::uint32_t>(column.texts.size()));
    } else {
      column.others.push_back(std::move(row[i]));
    }
  }
  column.texts.shrink_to_fit();
  column.ends.shrink_to_fit();
  column.others.shrink_to_fit();
}

namespace {

std::vector<std::uint32_t> owners(const PersonRows& rows) {
  const auto& columns = rows.table.columns;
  const auto participant = std::find_if(columns.begin(), columns.end(), [](const auto& one) { return one.key == "participant"; });
  const auto at = static_cast<std::size_t>(participant - columns.begin());
  std::vector<std::uint32_t> persons(rows.table.rows.size(), nobody);
  for (std::size_t i = 0; i + rows.nobodys < persons.size(); ++i)
    persons[i] = person_of_reference(std::get<std::string>(rows.table.rows[i][at])).value_or(nobody);
  return persons;
}

}  // namespace

PackedTable::PackedTable(PersonRows&& rows) : rows_(0) {
  auto persons = owners(rows);
  *this = PackedTable(std::move(rows.table));
  persons_ = std::move(persons);
}

PackedTable::PackedTable(const PackedTable& before, std::span<const std::uint32_t> persons, PersonRows&& now) : rows_(0) {
  const auto owners_now = owners(now);
  // Where each row is taken from: of before, or (with the highest bit) of what is made now.
  std::vector<std::uint32_t> from;
  from.reserve(before.rows_ + owners_now.size());
  std::uint32_t next = 0;
  auto replaced = persons.begin();
  for (std::uint32_t row = 0; row < before.rows_ && before.persons_[row] != nobody; ++row) {
    const std::uint32_t person = before.persons_[row];
    for (; next < owners_now.size() && owners_now[next] < person; ++next) from.push_back(next | no_text);
    while (replaced != persons.end() && *replaced < person) ++replaced;
    if (replaced == persons.end() || *replaced != person) from.push_back(row);
  }
  for (; next < owners_now.size(); ++next) from.push_back(next | no_text);
  if (now.keep_nobodys) {
    const auto first = std::find(before.persons_.begin(), before.persons_.end(), nobody);
    for (auto row = static_cast<std::uint32_t>(first - before.persons_.begin()); row < before.rows_; ++row) from.push_back(row);
  }

  rows_ = from.size();
  persons_.reserve(rows_);
  for (const std::uint32_t one : from) persons_.push_back(one & no_text ? owners_now[one & ~no_text] : before.persons_[one]);
  columns_.resize(before.columns_.size());
  auto& rows = now.table.rows;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Column& old = before.columns_[i];
    Column added;
    pack(added, rows, i);
    Column& column = columns_[i];
    // A column of numbers stays one while all are; a column without rows is either.
    const bool old_numbers = (before.rows_ > 0 ? old : added).which.empty(), added_numbers = (rows.empty() ? old : added).which.empty();
    if (old_numbers && added_numbers) {
      column.numbers.reserve(rows_);
      for (const std::uint32_t one : from)
        column.numbers.push_back(one & no_text ? added.numbers[one & ~no_text] : old.numbers[one]);
      continue;
    }
    if (old_numbers || added_numbers) {
      std::vector<std::vector<Table::Value>> all(rows_, std::vector<Table::Value>(1));
      for (std::size_t row = 0; row < rows_; ++row) {
        const std::uint32_t at = from[row] & ~no_text;
        const Column& of = from[row] & no_text ? added : old;
        all[row][0] = of.which.empty() ? Table::Value(std::int64_t{of.numbers[at]}) : of.value(of.which[at]);
      }
      pack(column, all, 0);
      continue;
    }
    column.texts = old.texts + added.texts;
    column.ends = old.ends, column.others = old.others;
    const auto texts = static_cast<std::uint32_t>(old.ends.size()), others = static_cast<std::uint32_t>(old.others.size());
    for (const std::uint32_t end : added.ends) column.ends.push_back(static_cast<std::uint32_t>(old.texts.size()) + end);
    for (Table::Value& value : added.others) column.others.push_back(std::move(value));
    column.which.reserve(rows_);
    for (const std::uint32_t one : from) {
      if (!(one & no_text)) {
        column.which.push_back(old.which[one]);
        continue;
      }
      const std::uint32_t which = added.which[one & ~no_text];
      column.which.push_back(which + (which & no_text ? others : texts));
    }
  }
  head_ = std::move(now.table);
  head_.rows.clear();
}

Table::Value PackedTable::Column::value(std::uint32_t number) const {
  if (number & no_text) return others[number & ~no_text];
  const std::size_t begin = number == 0 ? 0 : ends[number - 1];
  return texts.substr(begin, ends[number] - begin);
}

Table::Value PackedTable::at(std::size_t row, std::size_t column) const {
  const Column& of = columns_[column];
  return of.which.empty() ? Table::Value(std::int64_t{of.numbers[row]}) : of.value(of.which[row]);
}

std::vector<Table::Value> PackedTable::row(std::size_t row) const {
  std::vector<Table::Value> values;
  values.reserve(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) values.push_back(at(row, i));
  return values;
}

std::size_t PackedTable::values(std::size_t column) const { return columns_[column].ends.size() + columns_[column].others.size(); }

Table::Value PackedTable::value(std::size_t column, std::size_t number) const {
  const Column& of = columns_[column];
  return number < of.ends.size() ? of.value(static_cast<std::uint32_t>(number)) : of.others[number - of.ends.size()];
}

std::size_t PackedTable::number_of(std::size_t row, std::size_t column) const {
  const Column& of = columns_[column];
  const std::uint32_t which = of.which[row];
  return which & no_text ? of.ends.size() + (which & ~no_text) : which;
}

}  // namespace horisont::web
