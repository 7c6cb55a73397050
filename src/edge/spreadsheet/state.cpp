#include "edge/spreadsheet/state.h"

#include "core/values/column_letters.h"

#include <algorithm>
#include <cstdint>
#include <functional>

namespace horisont {

const RowView& SheetRows::Iterator::operator*() const {
  const Row& row = rows_->held[at_];
  cells_.clear();
  for (const std::uint32_t number : row.cells) cells_.push_back(rows_->stock->at(number));
  row_ = {.number = row.number, .hidden = row.hidden, .filtered = row.filtered, .cells = cells_};
  return row_;
}

std::vector<CellView> SheetRows::cells(std::size_t row) const {
  std::vector<CellView> found;
  for (const std::uint32_t number : held.at(row).cells) found.push_back(stock->at(number));
  return found;
}

CellStock::CellStock() : cells_(1), slots_(1 << 10) {}

CellView CellStock::at(std::uint32_t number) const {
  const Held& held = cells_[number];
  return {.kind = held.kind,
          .formula = held.formula,
          .without_value = held.without_value,
          .text = {held.text, held.size},
          .format = formats_[held.format]};
}

std::uint32_t CellStock::number_of(const CellView& cell, TextKeeper& texts, bool text_stays) {
  if (cell.kind == CellView::Kind::Empty && !cell.formula) return 0;
  const std::uint16_t format = cell.format.empty() ? 0 : number_of_format(cell.format);
  const auto look =
      static_cast<std::size_t>(format << 5 | static_cast<int>(cell.kind) << 2 | cell.formula << 1 | cell.without_value);
  const std::size_t mixed = (std::hash<std::string_view>{}(cell.text) ^ look) * 0x9E37'79B9'7F4A'7C15u;
  const auto hash = static_cast<std::uint32_t>(mixed >> 32);
  for (std::size_t at = hash;; ++at) {
    Slot& slot = slots_[at & (slots_.size() - 1)];
    if (slot.number == 0) {
      const std::string_view text = text_stays ? cell.text : texts.keep(cell.text);
      slot = {hash, static_cast<std::uint32_t>(cells_.size())};
      cells_.push_back({.text = text.data(),
                        .size = static_cast<std::uint32_t>(text.size()),
                        .format = format,
                        .kind = cell.kind,
                        .formula = cell.formula,
                        .without_value = cell.without_value});
      if (cells_.size() * 4 > slots_.size() * 3) widen();
      return static_cast<std::uint32_t>(cells_.size() - 1);
    }
    if (slot.hash != hash) continue;
    const Held& known = cells_[slot.number];
    if (std::string_view(known.text, known.size) == cell.text && known.kind == cell.kind && known.format == format &&
        known.formula == cell.formula && known.without_value == cell.without_value)
      return slot.number;
  }
}

std::uint16_t CellStock::number_of_format(std::string_view code) {
  const auto [known, fresh] = format_numbers_.emplace(code, static_cast<std::uint16_t>(formats_.size()));
  if (!fresh) return known->second;
  if (formats_.size() > UINT16_MAX) stop("file.too-many", std::to_string(UINT16_MAX), "numFmt");
  formats_.push_back(code);
  return known->second;
}

void CellStock::widen() {
  std::vector<Slot> wider(slots_.size() * 2);
  for (const Slot& slot : slots_) {
    if (slot.number == 0) continue;
    std::size_t at = slot.hash;
    while (wider[at & (wider.size() - 1)].number != 0) ++at;
    wider[at & (wider.size() - 1)] = slot;
  }
  slots_ = std::move(wider);
}

std::span<const std::uint32_t> Workbook::State::keep(const std::vector<std::uint32_t>& row, std::uint64_t rows) {
  const auto last = std::find_if(row.rbegin(), row.rend(), [](std::uint32_t number) { return number != 0; });
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
  if (!part) throw ReadingStopped{part.error()};
  const auto read = read_xml(
      [&]() -> std::string_view {
        const auto piece = part->next();
        if (!piece) throw ReadingStopped{piece.error()};
        return *piece;
      },
      handler);
  if (read) return;
  const Message& message = read.error().message;
  const std::string where = entry.name + ":" + (message.values.empty() ? "" : message.values[0]);
  if (message.id == "xml.doctype") stop("file.suspicious", "DOCTYPE, " + where);
  if (message.id == "xml.too-deep" || message.id == "xml.too-large") stop("file.suspicious", "XML, " + where);
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

void tell_of_struck(Workbook::State& state, const std::string& sheet, const std::vector<std::uint32_t>& rows) {
  constexpr std::size_t most_named = 8;
  std::string named;
  for (std::size_t i = 0; i < rows.size() && i < most_named; ++i) named += (i ? ", " : "") + std::to_string(rows[i]);
  if (rows.size() > most_named) named += ", \u2026";
  state.findings.push_back({.code = "row.struck", .level = Level::Warning, .place = {.sheet = sheet, .row = rows.front()}, .values = {std::to_string(rows.size()), named}});
}

std::string cell_name(std::uint32_t row, std::uint32_t column) {
  return column_letters(column) + std::to_string(row);
}

}  // namespace horisont
