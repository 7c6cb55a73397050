#include "edge/import/file_table.h"

namespace horisont {

std::optional<Problem> read_head(FileTable& table, std::size_t rows) {
  const bool date1904 = table.sheet && table.sheet->date1904;
  const auto take = [&](const RowView& row) {
    if (row.number > rows + table.begins) return false;
    table.head.push_back(head_row(row, date1904));
    return true;
  };
  if (table.sheet) return for_each_row(table, false, nullptr, nullptr, take);
  auto text = TextRows::open(table.path, table.form, false);
  if (!text) return text.error();
  // That a file is UTF-8 is found out once. Another encoding is assumed anew, so that each reading says so.
  if (text->encoding() == "utf-8" && text->encoding_is_certain()) table.form.encoding = text->encoding();
  table.commas = text->separator() == ',';
  while (true) {
    const auto row = text->next();
    if (!row) return row.error();
    if (*row == nullptr || !take(**row)) return std::nullopt;
  }
}

}  // namespace horisont
