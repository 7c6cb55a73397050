#include "edge/import/file_table.h"

namespace horisont {

std::string wrong_letters(const FileTable& table) {
  // Å, Ä, Ö, å, ä, ö and é as their two bytes of UTF-8 look in Windows-1252.
  static constexpr std::string_view twice[] = {"\u00c3\u2026", "\u00c3\u201e", "\u00c3\u2013", "\u00c3\u00a5", "\u00c3\u00a4", "\u00c3\u00b6", "\u00c3\u00a9"};
  // å, ä, ö of code page 850 and of the Macintosh, where a letter stands on each side.
  static constexpr std::string_view within[] = {"\u2020", "\u201e", "\u201d", "\u0152", "\u0160"};
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  std::string caron;  // the first text with š in a word: ö of the Macintosh where several have it and nothing has ö
  std::size_t carons = 0;
  bool swedish = false;
  for (const HeadRow& row : table.head)
    for (const HeadCell& cell : row.cells) {
      if (cell.kind != CellView::Kind::Text) continue;
      const std::string& text = cell.text;
      for (const std::string_view sign : twice)
        if (text.find(sign) != std::string::npos) return text;
      swedish |= text.find("\u00f6") != std::string::npos;
      const auto stands_within = [&](std::string_view sign) {
        for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign, at + 1))
          if (at > 0 && at + sign.size() < text.size() && is_letter(text[at - 1]) && is_letter(text[at + sign.size()])) return true;
        return false;
      };
      // A capital within a word of an unmarked text file; in a workbook it may be somebody's name.
      for (const std::string_view sign : within)
        if ((table.assumed_encoding || sign[0] == '\xE2') && stands_within(sign)) return text;
      if (table.assumed_encoding && stands_within("\u0161") && carons++ == 0) caron = text;
    }
  return carons > 1 && !swedish ? caron : std::string();
}

std::optional<Problem> read_head(FileTable& table, std::size_t rows) {
  const bool date1904 = table.sheet && table.sheet->date1904;
  const auto take = [&](const RowView& row) {
    if (row.number > rows + table.rows.heading) return false;
    table.head.push_back(head_row(row, date1904));
    return true;
  };
  if (table.sheet) return for_each_row(table, false, nullptr, nullptr, take);
  auto text = TextRows::open(table.path, table.form, false);
  if (!text) return text.error();
  // That a file is UTF-8 is found out once. Another encoding is assumed anew, so that each reading says so.
  if (text->encoding() == "utf-8" && text->encoding_is_certain()) table.form.encoding = text->encoding();
  table.assumed_encoding = !text->encoding_is_certain() || text->encoding() == "windows-1252";
  table.commas = text->separator() == ',';
  while (true) {
    const auto row = text->next();
    if (!row) return row.error();
    if (*row == nullptr || (*row)->number > table.rows.last) return std::nullopt;
    if (table.block != 0 && !table.rows.hold((*row)->number)) continue;
    if (!take(**row)) return std::nullopt;
  }
}

}  // namespace horisont
