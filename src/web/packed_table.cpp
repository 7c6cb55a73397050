#include "web/packed_table.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace horisont::web {
namespace {

constexpr std::uint32_t no_text = 0x8000'0000;

// Two values have the same key exactly when they are the same.
std::string key_of(const Table::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return "s" + *text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return "n" + std::to_string(*number);
  if (const auto* word = std::get_if<Table::Word>(&value))
    return "w" + word->key + '\0' + word->shown.sv + '\0' + word->shown.en;
  const Message& message = std::get<Message>(value);
  std::string key = "m" + message.id;
  for (const std::string& one : message.values) key += '\0' + std::to_string(one.size()) + '\0' + one;
  return key;
}

}  // namespace

PackedTable::PackedTable(Table&& table) : rows_(table.rows.size()), columns_(table.columns.size()) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Column& column = columns_[i];
    if (std::all_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
          const auto* number = std::get_if<std::int64_t>(&row[i]);
          return number && *number == static_cast<std::int32_t>(*number);
        })) {
      column.numbers.reserve(rows_);
      for (const auto& row : table.rows) column.numbers.push_back(static_cast<std::int32_t>(std::get<std::int64_t>(row[i])));
      continue;
    }
    column.which.reserve(rows_);
    std::unordered_map<std::string, std::uint32_t> known;
    for (auto& row : table.rows) {
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
  std::vector<std::vector<Table::Value>>().swap(table.rows);
  head_ = std::move(table);
}

Table::Value PackedTable::at(std::size_t row, std::size_t column) const {
  const Column& of = columns_[column];
  if (of.which.empty()) return std::int64_t{of.numbers[row]};
  const std::uint32_t which = of.which[row];
  if (which & no_text) return of.others[which & ~no_text];
  const std::size_t begin = which == 0 ? 0 : of.ends[which - 1];
  return of.texts.substr(begin, of.ends[which] - begin);
}

std::vector<Table::Value> PackedTable::row(std::size_t row) const {
  std::vector<Table::Value> values;
  values.reserve(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) values.push_back(at(row, i));
  return values;
}

}  // namespace horisont::web
