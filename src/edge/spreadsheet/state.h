#pragma once

#include <cstring>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "edge/spreadsheet/spreadsheet.h"
#include "edge/xml/xml.h"
#include "edge/zip/zip.h"

// What the readers of XLSX and ODS share.

namespace horisont {

constexpr std::uint32_t row_limit = 200'000, column_limit = 1'024, sheet_limit = 990;
constexpr std::size_t cell_limit = 32'767;
/// Cells with the empty ones to their left: what keeps a sparse sheet, and one whose rows are repeated, within the memory
/// of the reading child and the time of whoever walks through them.
constexpr std::uint64_t all_cells_limit = 8'000'000;

/// Text that stays where it is until the workbook goes.
class TextKeeper {
 public:
  std::string_view keep(std::string_view text) {
    if (text.size() > left_.size()) {
      const std::size_t size = std::max<std::size_t>(64 << 10, text.size());
      blocks_.push_back(std::make_unique<char[]>(size));
      left_ = {blocks_.back().get(), size};
    }
    if (!text.empty()) std::memcpy(left_.data(), text.data(), text.size());
    const std::string_view kept(left_.data(), text.size());
    left_ = left_.subspan(text.size());
    return kept;
  }

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::span<char> left_;
};

/// Every cell of a workbook that differs from the others, once: a sheet's cells are numbers of these, and what a column
/// says again and again takes four bytes. Number 0 is the empty cell.
class CellStock {
 public:
  CellStock();
  /// The number of a cell like this one. `texts` keeps its text, unless it stays where it is all the same.
  std::uint32_t number_of(const CellView&, TextKeeper& texts, bool text_stays = false);
  CellView at(std::uint32_t number) const;

 private:
  struct Held {
    const char* text = nullptr;
    std::uint32_t size = 0;
    std::uint16_t format = 0;  // its number among the formats
    CellView::Kind kind = CellView::Kind::Empty;
    bool formula : 1 = false, without_value : 1 = false;
  };
  static_assert(sizeof(Held) == 16);
  struct Slot {
    std::uint32_t hash = 0, number = 0;  // 0: free
  };
  std::uint16_t number_of_format(std::string_view);
  void widen();

  std::deque<Held> cells_;
  std::vector<Slot> slots_;  // a power of two of them, open addressing
  std::vector<std::string_view> formats_{{}};
  std::unordered_map<std::string_view, std::uint16_t> format_numbers_{{{}, 0}};
};

struct Workbook::State {
  std::string format;
  std::vector<SheetView> sheets;
  std::vector<Finding> findings;
  std::vector<std::pair<std::string, std::string>> properties;
  TextKeeper texts;
  std::set<std::string> word_formats;  // made up for what is shown; the stock points into them
  CellStock stock;
  std::deque<std::vector<std::uint32_t>> cells;  // blocks that never grow beyond what they reserved
  std::uint64_t cell_count = 0;

  std::uint32_t number_of(const CellView& cell, bool text_stays = false) { return stock.number_of(cell, texts, text_stays); }
  /// The cells without the empty ones at the end, kept once for `rows` rows; empty when no cell holds anything. Stops at
  /// the limits, for which each of the rows counts.
  std::span<const std::uint32_t> keep(const std::vector<std::uint32_t>& row, std::uint64_t rows = 1);
};

/// Rows that are struck through are read as any others, with a warning: what the line means nobody has said.
void tell_of_struck(Workbook::State&, const std::string& sheet, const std::vector<std::uint32_t>& rows);

/// Thrown inside a handler when the file cannot be read further; `read_part` and the readers turn it into their Result.
struct ReadingStopped {
  Problem problem;
};
template <class... Values>
[[noreturn]] void stop(const char* code, Values&&... values) {
  throw ReadingStopped{problem(code, std::forward<Values>(values)...).value()};
}

/// Feeds a part of the archive to the handler. Throws ReadingStopped: "file.damaged" with part and line, "file.suspicious" for a
/// document type and too deep nesting, and what Zip::Part says.
void read_part(const Zip&, const ZipEntry&, const XmlHandler&);

/// The value of an attribute without namespace ("r") or with ("uri local"); empty when it is absent.
std::string_view attribute(const XmlHandler::Attributes&, std::string_view name);

/// xsd:boolean, "1" or "true".
bool is_true(std::string_view);

/// As Excel counts them: UTF-16 units. Text of more than a cell may hold stops the file.
void check_cell_text(std::string_view text, std::string_view where);

/// "E17" from 1-based numbers.
std::string cell_name(std::uint32_t row, std::uint32_t column);

std::shared_ptr<Workbook::State> read_xlsx(const Zip&);
std::shared_ptr<Workbook::State> read_ods(const Zip&);

}  // namespace horisont
