#include "app/preview.h"

#include <algorithm>

#include "app/sheet_table.h"
#include "edge/csv/csv.h"
#include "edge/files/files.h"

namespace horisont {
namespace {

// "12 345,50" as Excel reads it: the space that groups is no part of a number.
std::string without_groups(std::string text, Language language) {
  const std::string group = language == Language::Swedish ? "\u00A0" : ",";
  const bool number = !text.empty() && text.find_first_not_of("-0123456789.,%\u00A0") == std::string::npos &&
                      text.find_first_of("0123456789") != std::string::npos;
  for (std::size_t at; number && (at = text.find(group)) != std::string::npos;) text.erase(at, group.size());
  return text;
}

std::string excel_words(const Table::Column& column, const Table::Value& value, Language language) {
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return column.kind == Table::Column::Kind::Hours   ? without_groups(hours_words(*number, language), language)
           : column.kind == Table::Column::Kind::Money ? without_groups(kronor_words(*number, language), language)
                                                       : std::to_string(*number);
  if (const auto* message = std::get_if<Message>(&value)) return without_groups(words(*message, language), language);
  if (const auto* word = std::get_if<Table::Word>(&value)) return word->shown.in(language);
  if (const auto* number = std::get_if<Table::Number>(&value)) return without_groups(number->shown.in(language), language);
  return std::get<std::string>(value);
}

std::string program_words(const Table::Value& value, Language language) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* message = std::get_if<Message>(&value)) return words(*message, language);
  if (const auto* word = std::get_if<Table::Word>(&value)) return word->key;
  if (const auto* number = std::get_if<Table::Number>(&value)) return std::to_string(number->value);
  return std::get<std::string>(value);
}

}  // namespace

std::string as_excel_csv(const Table& table, Language language) {
  std::vector<std::string> cells;
  for (const Table::Column& column : table.columns) cells.push_back(column.heading.in(language));
  std::string out = "\xEF\xBB\xBF" + csv_line(cells);
  for (const auto& row : table.rows) {
    cells.clear();
    for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(excel_words(table.columns[i], row[i], language));
    out += csv_line(cells);
  }
  return out;
}

void write_private_file(const std::filesystem::path& file, const std::string& bytes) {
  write_file(file, bytes, Readers::Owner);
}

std::string as_program_csv(const Sheet& sheet, Language language) {
  const Table table = sheet_table(sheet, language);
  std::vector<std::string> cells;
  for (const Table::Column& column : table.columns) cells.push_back(column.key);
  const auto line = [&] {
    std::string text = csv_line(cells, ',');
    return text.replace(text.size() - 2, 2, "\n");
  };
  std::string out = line();
  for (const auto& row : table.rows) {
    cells.clear();
    for (const Table::Value& value : row) cells.push_back(program_words(value, language));
    out += line();
  }
  return out;
}

}  // namespace horisont
