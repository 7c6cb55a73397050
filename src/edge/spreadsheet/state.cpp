#include "edge/spreadsheet/state.h"

#include <algorithm>

namespace horisont {

std::span<const CellView> Workbook::State::keep(std::vector<CellView>& row, std::uint64_t rows) {
  const auto holds_something = [](const CellView& c) { return c.kind != CellView::Kind::Empty || c.formula; };
  const auto last = std::find_if(row.rbegin(), row.rend(), holds_something);
  const auto size = static_cast<std::size_t>(row.rend() - last);
  if (size == 0) return {};
  if ((cell_count += size * rows) > all_cells_limit) stop("file.too-many-cells", std::to_string(all_cells_limit));
  if (cells.empty() || cells.back().capacity() - cells.back().size() < size)
    cells.emplace_back().reserve(std::max<std::size_t>(4096, size));
  auto& block = cells.back();
  const std::size_t begin = block.size();
  block.insert(block.end(), row.begin(), row.begin() + static_cast<std::ptrdiff_t>(size));
  return {block.data() + begin, size};
}

void read_part(const Zip& zip, const ZipEntry& entry, const XmlHandler& handler) {
  auto part = zip.part(entry);
  if (!part) throw Stop{part.error()};
  const auto read = read_xml(
      [&]() -> std::string_view {
        const auto piece = part->next();
        if (!piece) throw Stop{piece.error()};
        return *piece;
      },
      handler);
  if (read) return;
  const Message& message = read.error().message;
  const std::string where = entry.name + ":" + (message.values.empty() ? "" : message.values[0]);
  if (message.id == "xml.doctype") stop("file.suspicious", "DOCTYPE, " + where);
  if (message.id == "xml.too-deep") stop("file.suspicious", "XML, " + where);
  stop("file.damaged", "XML, " + where);
}

std::string_view attribute(const XmlHandler::Attributes& attributes, std::string_view name) {
  for (const auto& [key, value] : attributes)
    if (key == name) return value;
  return {};
}

bool is_true(std::string_view text) { return text == "1" || text == "true"; }

void check_cell_text(std::string_view text, std::string_view where) {
  if (text.size() <= cell_limit) return;
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) count += byte >= 0xF0 ? 2 : 1;
  }
  if (count > cell_limit) stop("sheet.cell-too-long", where, std::to_string(cell_limit));
}

std::string cell_name(std::uint32_t row, std::uint32_t column) {
  std::string name;
  for (; column > 0; column = (column - 1) / 26) name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
  return name + std::to_string(row);
}

}  // namespace horisont
