#include "app/table_file.h"

#include <algorithm>

#include "core/values/texts.h"
#include "edge/files/files.h"
#include "edge/xlsx/plain_workbook.h"

namespace horisont {
namespace {

constexpr std::size_t rows_to_measure = 500;
constexpr double narrowest = 9, widest = 60;

PlainCell text_cell(std::string text, bool bold = false) {
  return text.empty() ? PlainCell{.value = {}, .bold = bold} : PlainCell{.value = std::move(text), .bold = bold};
}

// A name as Excel takes it for a sheet.
std::string sheet_name(const std::string& name) {
  std::string out;
  for (const char c : name)
    if (std::string_view("[]:*?/\\'").find(c) == std::string_view::npos) out += c;
  while (count_characters(out) > 31) out.pop_back();
  return out.empty() ? "Horisont" : out;
}

}  // namespace

std::optional<std::string> as_workbook(
    const Table& table, const std::string& name, const std::vector<std::pair<std::string, std::string>>& about,
    Language language, const std::function<std::string(const Table::Column&, const Table::Value&)>& value) {
  if (table.rows.size() + 1 > most_sheet_rows) return std::nullopt;
  PlainSheet rows{.name = sheet_name(name)}, says{.name = words({"web.list.about", {}}, language)};
  rows.table = says.notes = true;
  rows.head = says.head = name;
  std::vector<PlainCell> headings;
  for (const Table::Column& column : table.columns) {
    const std::string heading = column.heading.in(language);
    rows.widths.push_back(static_cast<double>(count_characters(heading)) + 4);  // the filter's arrow stands beside it
    headings.push_back(text_cell(heading, true));
  }
  rows.rows.push_back(std::move(headings));
  for (const auto& row : table.rows) {
    std::vector<PlainCell> cells;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const Table::Column& column = table.columns[i];
      const auto* number = std::get_if<std::int64_t>(&row[i]);
      std::string text = number ? "" : value(column, row[i]);
      if (rows.rows.size() <= rows_to_measure)
        rows.widths[i] = std::max(rows.widths[i], static_cast<double>(count_characters(text)) + 2);
      if (!number)
        cells.push_back(text_cell(std::move(text)));
      else if (column.kind == Table::Column::Kind::Hours)
        cells.push_back({.value = PlainCell::Duration{*number, true}, .bold = false});
      else
        cells.push_back({.value = PlainCell::Number{std::to_string(*number), "#,##0"}, .bold = false});
    }
    rows.rows.push_back(std::move(cells));
  }
  for (double& width : rows.widths) width = std::clamp(width, narrowest, widest);
  says.widths = {28, 70};
  says.rows.push_back({text_cell(name, true)});
  for (const auto& [what, is] : about) says.rows.push_back({text_cell(what), text_cell(is)});
  const TemporaryFolder folder;
  const auto file = folder.path() / "table.xlsx";
  write_plain_workbook(file, {rows, says});
  return read_file(file);
}

}  // namespace horisont
